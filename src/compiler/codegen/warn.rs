//! Warnings about code that compiles but cannot be meant: `x is "a"`, `(1, 2)(3)`, `assert (x, "message")`.

use super::{Codegen, expr::literal};
use crate::syntax::{
    ast::{CmpOp, Constant, Expr, ExprKind},
    error::{Warning, WarningPlace},
};

impl Codegen<'_> {
    fn warn(&mut self, msg: String) {
        let loc = self.loc();
        let lineno = u32::try_from(loc.line).unwrap_or(0);
        let place = WarningPlace {
            offset: i64::from(loc.col) + 1,
            end_lineno: loc.end_line.into(),
            end_offset: i64::from(loc.end_col) + 1,
            by_compiler: true,
        };
        self.warnings.push(Warning { category: "SyntaxWarning", msg, lineno, place: Some(place) });
    }

    pub(super) fn warn_compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr]) {
        let mut left = may_be_identical(left);
        for (op, right) in ops.iter().zip(comparators) {
            let right = may_be_identical(right);
            if matches!(op, CmpOp::Is | CmpOp::IsNot) && (!left || !right) {
                let (found, meant) = if *op == CmpOp::Is { ("is", "==") } else { ("is not", "!=") };
                return self.warn(format!("\"{found}\" with a literal. Did you mean \"{meant}\"?"));
            }
            left = right;
        }
    }

    pub(super) fn warn_caller(&mut self, func: &Expr) {
        if matches!(
            func.kind,
            ExprKind::Constant { .. }
                | ExprKind::Tuple { .. }
                | ExprKind::List { .. }
                | ExprKind::ListComp { .. }
                | ExprKind::Dict { .. }
                | ExprKind::DictComp { .. }
                | ExprKind::Set { .. }
                | ExprKind::SetComp { .. }
                | ExprKind::GeneratorExp { .. }
                | ExprKind::JoinedStr { .. }
                | ExprKind::FormattedValue { .. }
        ) {
            let typ = type_name(func).unwrap_or_default();
            self.warn(format!("'{typ}' object is not callable; perhaps you missed a comma?"));
        }
    }

    pub(super) fn warn_subscript(&mut self, value: &Expr) {
        let bad = match &value.kind {
            ExprKind::Constant { value, .. } => {
                !matches!(value, Constant::True | Constant::False | Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_))
                    || matches!(value, Constant::True | Constant::False)
            }
            ExprKind::Set { .. } | ExprKind::SetComp { .. } | ExprKind::GeneratorExp { .. } | ExprKind::Lambda { .. } => true,
            _ => false,
        };
        if bad {
            let typ = type_name(value).unwrap_or_default();
            self.warn(format!("'{typ}' object is not subscriptable; perhaps you missed a comma?"));
        }
    }

    pub(super) fn warn_index(&mut self, value: &Expr, index: &Expr) {
        let sequence = match &value.kind {
            ExprKind::Constant { value, .. } => matches!(value, Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_)),
            ExprKind::Tuple { .. }
            | ExprKind::List { .. }
            | ExprKind::ListComp { .. }
            | ExprKind::JoinedStr { .. }
            | ExprKind::FormattedValue { .. } => true,
            _ => false,
        };
        let Some(index_type) = type_name(index).filter(|typ| !matches!(*typ, "int" | "bool" | "slice")) else {
            return;
        };
        if sequence {
            let typ = type_name(value).unwrap_or_default();
            self.warn(format!("{typ} indices must be integers or slices, not {index_type}; perhaps you missed a comma?"));
        }
    }

    pub(super) fn warn_assert(&mut self, test: &Expr) {
        let tuple = match &test.kind {
            ExprKind::Tuple { elts, .. } => !elts.is_empty(),
            _ => matches!(literal(test), Some(Constant::Tuple(items)) if !items.is_empty()),
        };
        if tuple {
            self.warn("assertion is always true, perhaps remove parentheses?".into());
        }
    }
}

/// Literals other than the singletons may be equal without being the same object.
fn may_be_identical(expr: &Expr) -> bool {
    literal(expr).is_none_or(|value| matches!(value, Constant::None | Constant::False | Constant::True | Constant::Ellipsis))
}

/// The type of an expression's value where that is plain to see.
fn type_name(expr: &Expr) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
        ExprKind::Constant { value, .. } => match value {
            Constant::None => "NoneType",
            Constant::True | Constant::False => "bool",
            Constant::Ellipsis => "ellipsis",
            Constant::Int(_) => "int",
            Constant::Float(_) => "float",
            Constant::Complex { .. } => "complex",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
            Constant::Tuple(_) => "tuple",
            Constant::FrozenSet(_) => "frozenset",
        },
        _ => return None,
    })
}

//! Constant folding on the tree, before names are looked at: `2 * 3` becomes `6`, `x in [1, 2]` tests a tuple.
//!
//! What would be big or would fail at run time stays as it is: `"a" * 5000`, `1 / 0`. Nodes are changed in place; only
//! what `%` formatting makes has no place in the source. Counterpart in CPython 3.11: `Python/ast_opt.c`.

use super::{RECURSION_LIMIT, Result, docstring, too_deep};
use crate::syntax::ast::{
    Arg, Arguments, CmpOp, Comprehension, Constant, Expr, ExprContext, ExprKind, Keyword, Mod, Operator, Pattern, PatternKind, Stmt,
    StmtKind, UnaryOp,
};

mod arith;

mod format;

pub(super) use arith::{distinct, equal};

/// Folds a module. With `future_annotations` annotations stay untouched, since their text is kept.
pub fn fold(module: &mut Mod, optimize: u8, future_annotations: bool) -> Result<()> {
    let mut folder = Folder { debug: optimize == 0, future_annotations, depth: 0 };
    match module {
        Mod::Module { body } => folder.docstring_body(body),
        Mod::Interactive { body } => folder.body(body),
        Mod::Expression { body } => folder.expr(body),
    }
}

struct Folder {
    /// The value of `__debug__`.
    debug: bool,
    future_annotations: bool,
    depth: u32,
}

impl Folder {
    fn body(&mut self, body: &mut [Stmt]) -> Result<()> {
        body.iter_mut().try_for_each(|stmt| self.stmt(stmt))
    }

    /// A body that may have a docstring. A string that only folding made is none.
    fn docstring_body(&mut self, body: &mut [Stmt]) -> Result<()> {
        let had_docstring = docstring(body).is_some();
        self.body(body)?;
        if !had_docstring
            && docstring(body).is_some()
            && let Some(Stmt { kind: StmtKind::Expr { value }, location }) = body.first_mut()
        {
            let text = std::mem::replace(&mut **value, Expr { kind: ExprKind::JoinedStr { values: Vec::new() }, location: *location });
            value.kind = ExprKind::JoinedStr { values: vec![text] };
        }
        Ok(())
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e mut Expr>) -> Result<()> {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > RECURSION_LIMIT { Err(too_deep()) } else { Ok(()) }
    }

    fn stmt(&mut self, stmt: &mut Stmt) -> Result<()> {
        self.deeper()?;
        match &mut stmt.kind {
            StmtKind::FunctionDef(function) | StmtKind::AsyncFunctionDef(function) => {
                self.arguments(&mut function.args)?;
                self.docstring_body(&mut function.body)?;
                self.exprs(&mut function.decorator_list)?;
                if !self.future_annotations {
                    self.exprs(function.returns.as_deref_mut())?;
                }
            }
            StmtKind::ClassDef(class) => {
                self.exprs(&mut class.bases)?;
                self.keywords(&mut class.keywords)?;
                self.docstring_body(&mut class.body)?;
                self.exprs(&mut class.decorator_list)?;
            }
            StmtKind::Return { value } => self.exprs(value.as_deref_mut())?,
            StmtKind::Delete { targets } => self.exprs(targets)?,
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)?;
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)?;
            }
            StmtKind::AnnAssign { target, annotation, value, .. } => {
                self.expr(target)?;
                if !self.future_annotations {
                    self.expr(annotation)?;
                }
                self.exprs(value.as_deref_mut())?;
            }
            StmtKind::For(node) | StmtKind::AsyncFor(node) => {
                self.expr(&mut node.target)?;
                self.expr(&mut node.iter)?;
                self.body(&mut node.body)?;
                self.body(&mut node.orelse)?;
                fold_iter(&mut node.iter);
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)?;
            }
            StmtKind::With { items, body } | StmtKind::AsyncWith { items, body } => {
                for item in items {
                    self.expr(&mut item.context_expr)?;
                    self.exprs(item.optional_vars.as_deref_mut())?;
                }
                self.body(body)?;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&mut case.pattern)?;
                    self.exprs(case.guard.as_deref_mut())?;
                    self.body(&mut case.body)?;
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.exprs(exc.as_deref_mut())?;
                self.exprs(cause.as_deref_mut())?;
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => {
                self.body(&mut node.body)?;
                for handler in &mut node.handlers {
                    self.exprs(handler.typ.as_deref_mut())?;
                    self.body(&mut handler.body)?;
                }
                self.body(&mut node.orelse)?;
                self.body(&mut node.finalbody)?;
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.exprs(msg.as_deref_mut())?;
            }
            StmtKind::Expr { value } => self.expr(value)?,
            StmtKind::Import { .. }
            | StmtKind::ImportFrom { .. }
            | StmtKind::Global { .. }
            | StmtKind::Nonlocal { .. }
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn arguments(&mut self, args: &mut Arguments) -> Result<()> {
        self.args(&mut args.posonlyargs)?;
        self.args(&mut args.args)?;
        self.args(args.vararg.as_deref_mut())?;
        self.args(&mut args.kwonlyargs)?;
        self.exprs(args.kw_defaults.iter_mut().flatten())?;
        self.args(args.kwarg.as_deref_mut())?;
        self.exprs(&mut args.defaults)
    }

    fn args<'e>(&mut self, args: impl IntoIterator<Item = &'e mut Arg>) -> Result<()> {
        if self.future_annotations {
            return Ok(());
        }
        args.into_iter().try_for_each(|arg| self.exprs(arg.annotation.as_deref_mut()))
    }

    fn keywords(&mut self, keywords: &mut [Keyword]) -> Result<()> {
        keywords.iter_mut().try_for_each(|keyword| self.expr(&mut keyword.value))
    }

    fn comprehensions(&mut self, generators: &mut [Comprehension]) -> Result<()> {
        for generator in generators {
            self.expr(&mut generator.target)?;
            self.expr(&mut generator.iter)?;
            self.exprs(&mut generator.ifs)?;
            fold_iter(&mut generator.iter);
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &mut Pattern) -> Result<()> {
        self.deeper()?;
        match &mut pattern.kind {
            PatternKind::MatchValue { value } => self.expr(value)?,
            PatternKind::MatchSingleton { .. } | PatternKind::MatchStar { .. } => {}
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => self.patterns(patterns)?,
            PatternKind::MatchMapping { keys, patterns, .. } => {
                self.exprs(keys)?;
                self.patterns(patterns)?;
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)?;
            }
            PatternKind::MatchAs { pattern, .. } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn patterns(&mut self, patterns: &mut [Pattern]) -> Result<()> {
        patterns.iter_mut().try_for_each(|pattern| self.pattern(pattern))
    }

    fn expr(&mut self, expr: &mut Expr) -> Result<()> {
        self.deeper()?;
        match &mut expr.kind {
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => self.exprs(values)?,
            ExprKind::NamedExpr { value, .. } => self.expr(value)?,
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)?;
                fold_binop(expr);
            }
            ExprKind::UnaryOp { operand, .. } => {
                self.expr(operand)?;
                fold_unaryop(expr);
            }
            ExprKind::Lambda { args, body } => {
                self.arguments(args)?;
                self.expr(body)?;
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                self.exprs(keys.iter_mut().flatten())?;
                self.exprs(values)?;
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } => self.exprs(elts)?,
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } | ExprKind::GeneratorExp { elt, generators } => {
                self.expr(elt)?;
                self.comprehensions(generators)?;
            }
            ExprKind::DictComp { key, value, generators } => {
                self.expr(key)?;
                self.expr(value)?;
                self.comprehensions(generators)?;
            }
            ExprKind::Await { value }
            | ExprKind::YieldFrom { value }
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. } => {
                self.expr(value)?;
            }
            ExprKind::Yield { value } => self.exprs(value.as_deref_mut())?,
            ExprKind::Compare { left, ops, comparators } => {
                self.expr(left)?;
                self.exprs(comparators.iter_mut())?;
                // Only the last operator's operand is its own alone.
                if let (Some(CmpOp::In | CmpOp::NotIn), Some(container)) = (ops.last(), comparators.last_mut()) {
                    fold_iter(container);
                }
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)?;
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.exprs(format_spec.as_deref_mut())?;
            }
            ExprKind::Constant { .. } => {}
            ExprKind::Subscript { value, slice, ctx } => {
                self.expr(value)?;
                self.expr(slice)?;
                if let (ExprContext::Load, Some(container), Some(index)) = (*ctx, constant(value), constant(slice)) {
                    let item = arith::subscript(container, index);
                    make_constant(expr, item);
                }
            }
            ExprKind::Name { id, ctx } => {
                if *ctx == ExprContext::Load && &**id == "__debug__" {
                    let value = if self.debug { Constant::True } else { Constant::False };
                    make_constant(expr, Some(value));
                }
            }
            ExprKind::Tuple { elts, ctx } => {
                self.exprs(elts.iter_mut())?;
                if *ctx == ExprContext::Load {
                    let tuple = constants(elts).map(|items| Constant::Tuple(items.into()));
                    make_constant(expr, tuple);
                }
            }
            ExprKind::Slice { lower, upper, step } => {
                for part in [lower, upper, step] {
                    self.exprs(part.as_deref_mut())?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }
}

fn constant(expr: &Expr) -> Option<&Constant> {
    match &expr.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

fn constants(elts: &[Expr]) -> Option<Vec<Constant>> {
    elts.iter().map(|elt| constant(elt).cloned()).collect()
}

/// Turns a node into a constant, if there is a value for it.
fn make_constant(expr: &mut Expr, value: Option<Constant>) {
    if let Some(value) = value {
        expr.kind = ExprKind::Constant { value, kind: false };
    }
}

/// What is only iterated over or searched need not be a list or a set of its own.
fn fold_iter(expr: &mut Expr) {
    match &mut expr.kind {
        ExprKind::List { elts, ctx } => {
            if elts.iter().any(|elt| matches!(elt.kind, ExprKind::Starred { .. })) {
                return;
            }
            let tuple = constants(elts).map(|items| Constant::Tuple(items.into()));
            expr.kind = ExprKind::Tuple { elts: std::mem::take(elts), ctx: *ctx };
            make_constant(expr, tuple);
        }
        ExprKind::Set { elts } => {
            let set = constants(elts).map(|items| Constant::FrozenSet(arith::distinct(items).into()));
            make_constant(expr, set);
        }
        _ => {}
    }
}

fn fold_unaryop(expr: &mut Expr) {
    let ExprKind::UnaryOp { op, operand } = &mut expr.kind else {
        return;
    };
    if let Some(value) = constant(operand) {
        let folded = arith::unary(*op, value);
        return make_constant(expr, folded);
    }
    // `not a is b` is `a is not b`; other comparisons may be overloaded so that this does not hold.
    if *op == UnaryOp::Not
        && let ExprKind::Compare { ops, .. } = &mut operand.kind
        && let [op] = &mut ops[..]
    {
        *op = match op {
            CmpOp::Is => CmpOp::IsNot,
            CmpOp::IsNot => CmpOp::Is,
            CmpOp::In => CmpOp::NotIn,
            CmpOp::NotIn => CmpOp::In,
            _ => return,
        };
        let none = Expr { kind: ExprKind::Constant { value: Constant::None, kind: false }, location: expr.location };
        *expr = std::mem::replace(&mut **operand, none);
    }
}

fn fold_binop(expr: &mut Expr) {
    let ExprKind::BinOp { left, op, right } = &mut expr.kind else {
        return;
    };
    if *op == Operator::Mod
        && let Some(Constant::Str(text)) = constant(left)
        && let ExprKind::Tuple { elts, .. } = &mut right.kind
        && !elts.iter().any(|elt| matches!(elt.kind, ExprKind::Starred { .. }))
    {
        if let Some(values) = format::split(&text.clone(), elts) {
            expr.kind = ExprKind::JoinedStr { values };
        }
        return;
    }
    if let (Some(left), Some(right)) = (constant(left), constant(right)) {
        let folded = arith::binary(*op, left, right);
        make_constant(expr, folded);
    }
}

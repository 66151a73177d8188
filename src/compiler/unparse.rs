//! An expression as text again: what `from __future__ import annotations` keeps of an annotation.
//!
//! `x: List[ int ]` keeps `'List[int]'`. Parentheses stand only where precedence needs them. Counterpart in CPython 3.11:
//! `Python/ast_unparse.c`.

use crate::{
    num::{complex::complex_repr, float_text, int_text},
    syntax::ast::{Arg, Arguments, BoolOp, CmpOp, Comprehension, Constant, Expr, ExprKind, Keyword, Operator, UnaryOp},
    text::{PyStr, repr},
};

/// How tightly a place binds; an expression that binds less needs parentheses there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arith,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    fn tighter(self) -> Level {
        match self {
            Level::Tuple => Level::Test,
            Level::Test => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Compare,
            Level::Compare => Level::BitOr,
            Level::BitOr => Level::BitXor,
            Level::BitXor => Level::BitAnd,
            Level::BitAnd => Level::Shift,
            Level::Shift => Level::Arith,
            Level::Arith => Level::Term,
            Level::Term => Level::Factor,
            Level::Factor => Level::Power,
            Level::Power => Level::Await,
            Level::Await | Level::Atom => Level::Atom,
        }
    }
}

pub fn unparse(expr: &Expr) -> PyStr {
    let mut unparser = Unparser { out: Vec::new() };
    unparser.expr(expr, Level::Test);
    PyStr::from_code_points(&unparser.out)
}

/// Collects code points: a literal may hold lone surrogates.
struct Unparser {
    out: Vec<u32>,
}

impl Unparser {
    fn text(&mut self, text: &str) {
        self.out.extend(text.chars().map(u32::from));
    }

    fn comma(&mut self, first: &mut bool) {
        if !std::mem::replace(first, false) {
            self.text(", ");
        }
    }

    /// In parentheses, if the place binds more tightly than what is written.
    fn grouped(&mut self, needed: bool, write: impl FnOnce(&mut Self)) {
        if needed {
            self.text("(");
        }
        write(self);
        if needed {
            self.text(")");
        }
    }

    fn list(&mut self, exprs: &[Expr], level: Level) {
        let mut first = true;
        for expr in exprs {
            self.comma(&mut first);
            self.expr(expr, level);
        }
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                let (own, word) = if *op == BoolOp::And { (Level::And, " and ") } else { (Level::Or, " or ") };
                self.grouped(level > own, |this| {
                    for (index, value) in values.iter().enumerate() {
                        if index > 0 {
                            this.text(word);
                        }
                        this.expr(value, own.tighter());
                    }
                });
            }
            ExprKind::NamedExpr { target, value } => self.grouped(level > Level::Tuple, |this| {
                this.expr(target, Level::Atom);
                this.text(" := ");
                this.expr(value, Level::Atom);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (own, word) = operator(*op);
                let (left_level, right_level) = if *op == Operator::Pow { (own.tighter(), own) } else { (own, own.tighter()) };
                self.grouped(level > own, |this| {
                    this.expr(left, left_level);
                    this.text(word);
                    this.expr(right, right_level);
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (own, word) = match op {
                    UnaryOp::Invert => (Level::Factor, "~"),
                    UnaryOp::Not => (Level::Not, "not "),
                    UnaryOp::UAdd => (Level::Factor, "+"),
                    UnaryOp::USub => (Level::Factor, "-"),
                };
                self.grouped(level > own, |this| {
                    this.text(word);
                    this.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body } => self.grouped(level > Level::Test, |this| {
                let positional = !args.args.is_empty() || !args.posonlyargs.is_empty();
                this.text(if positional { "lambda " } else { "lambda" });
                this.arguments(args);
                this.text(": ");
                this.expr(body, Level::Test);
            }),
            ExprKind::IfExp { test, body, orelse } => self.grouped(level > Level::Test, |this| {
                this.expr(body, Level::Or);
                this.text(" if ");
                this.expr(test, Level::Or);
                this.text(" else ");
                this.expr(orelse, Level::Test);
            }),
            ExprKind::Dict { keys, values } => {
                self.text("{");
                let mut first = true;
                for (key, value) in keys.iter().zip(values) {
                    self.comma(&mut first);
                    match key {
                        Some(key) => {
                            self.expr(key, Level::Test);
                            self.text(": ");
                            self.expr(value, Level::Test);
                        }
                        None => {
                            self.text("**");
                            self.expr(value, Level::BitOr);
                        }
                    }
                }
                self.text("}");
            }
            ExprKind::Set { elts } => {
                self.text("{");
                self.list(elts, Level::Test);
                self.text("}");
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("[", elt, None, generators, "]"),
            ExprKind::SetComp { elt, generators } => self.comprehension("{", elt, None, generators, "}"),
            ExprKind::DictComp { key, value, generators } => self.comprehension("{", key, Some(value), generators, "}"),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("(", elt, None, generators, ")"),
            ExprKind::Await { value } => self.grouped(level > Level::Await, |this| {
                this.text("await ");
                this.expr(value, Level::Atom);
            }),
            ExprKind::Yield { value: None } => self.text("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.text("(yield ");
                self.expr(value, Level::Test);
                self.text(")");
            }
            ExprKind::YieldFrom { value } => {
                self.text("(yield from ");
                self.expr(value, Level::Test);
                self.text(")");
            }
            ExprKind::Compare { left, ops, comparators } => self.grouped(level > Level::Compare, |this| {
                this.expr(left, Level::BitOr);
                for (op, right) in ops.iter().zip(comparators) {
                    this.text(comparison(*op));
                    this.expr(right, Level::BitOr);
                }
            }),
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::FormattedValue { .. } | ExprKind::JoinedStr { .. } => {
                let mut body = Unparser { out: Vec::new() };
                body.format_piece(expr);
                self.text("f");
                self.out.extend(repr::str_repr(&PyStr::from_code_points(&body.out)).iter());
            }
            ExprKind::Constant { value, kind } => {
                if *kind {
                    self.text("u");
                }
                self.constant(value);
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, Level::Atom);
                // `1.real` would be a number.
                let int = matches!(&value.kind, ExprKind::Constant { value: Constant::Int(_), .. });
                self.text(if int { " ." } else { "." });
                self.text(attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, Level::Atom);
                self.text("[");
                self.expr(slice, Level::Tuple);
                self.text("]");
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expr(value, Level::BitOr);
            }
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::List { elts, .. } => {
                self.text("[");
                self.list(elts, Level::Test);
                self.text("]");
            }
            ExprKind::Tuple { elts, .. } if elts.is_empty() => self.text("()"),
            ExprKind::Tuple { elts, .. } => self.grouped(level > Level::Tuple, |this| {
                this.list(elts, Level::Test);
                if elts.len() == 1 {
                    this.text(",");
                }
            }),
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, Level::Test);
                }
                self.text(":");
                if let Some(upper) = upper {
                    self.expr(upper, Level::Test);
                }
                if let Some(step) = step {
                    self.text(":");
                    self.expr(step, Level::Test);
                }
            }
        }
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut first = true;
        let positional: Vec<&Arg> = args.posonlyargs.iter().chain(&args.args).collect();
        let required = positional.len().saturating_sub(args.defaults.len());
        for (index, arg) in positional.iter().enumerate() {
            self.comma(&mut first);
            self.argument(arg);
            if let Some(default) = index.checked_sub(required).and_then(|index| args.defaults.get(index)) {
                self.text("=");
                self.expr(default, Level::Test);
            }
            if index + 1 == args.posonlyargs.len() {
                self.text(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            self.comma(&mut first);
            self.text("*");
            if let Some(arg) = &args.vararg {
                self.argument(arg);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            self.comma(&mut first);
            self.argument(arg);
            if let Some(default) = default {
                self.text("=");
                self.expr(default, Level::Test);
            }
        }
        if let Some(arg) = &args.kwarg {
            self.comma(&mut first);
            self.text("**");
            self.argument(arg);
        }
    }

    fn argument(&mut self, arg: &Arg) {
        self.text(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.text(": ");
            self.expr(annotation, Level::Test);
        }
    }

    fn comprehension(&mut self, open: &str, elt: &Expr, value: Option<&Expr>, generators: &[Comprehension], close: &str) {
        self.text(open);
        self.expr(elt, Level::Test);
        if let Some(value) = value {
            self.text(": ");
            self.expr(value, Level::Test);
        }
        for generator in generators {
            self.text(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, Level::Tuple);
            self.text(" in ");
            self.expr(&generator.iter, Level::Or);
            for test in &generator.ifs {
                self.text(" if ");
                self.expr(test, Level::Or);
            }
        }
        self.text(close);
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, Level::Atom);
        // A lone generator expression brings its own parentheses.
        if let ([only @ Expr { kind: ExprKind::GeneratorExp { .. }, .. }], []) = (args, keywords) {
            return self.expr(only, Level::Test);
        }
        self.text("(");
        let mut first = true;
        for arg in args {
            self.comma(&mut first);
            self.expr(arg, Level::Test);
        }
        for keyword in keywords {
            self.comma(&mut first);
            match &keyword.arg {
                Some(name) => {
                    self.text(name);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, Level::Test);
        }
        self.text(")");
    }

    /// A piece of an f-string's inside; braces of literal text are doubled.
    fn format_piece(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Constant { value: Constant::Str(text), .. } => {
                for c in text.iter() {
                    self.out.push(c);
                    if c == '{' as u32 || c == '}' as u32 {
                        self.out.push(c);
                    }
                }
            }
            ExprKind::JoinedStr { values } => values.iter().for_each(|value| self.format_piece(value)),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let mut inner = Unparser { out: Vec::new() };
                inner.expr(value, Level::Test.tighter());
                self.text("{");
                if inner.out.first() == Some(&('{' as u32)) {
                    self.text(" ");
                }
                self.out.extend(inner.out);
                if let Some(c) = u32::try_from(*conversion).ok().and_then(char::from_u32) {
                    self.text("!");
                    self.out.push(c.into());
                }
                if let Some(spec) = format_spec {
                    self.text(":");
                    self.format_piece(spec);
                }
                self.text("}");
            }
            _ => self.expr(expr, Level::Test),
        }
    }

    fn constant(&mut self, value: &Constant) {
        match value {
            Constant::None => self.text("None"),
            Constant::True => self.text("True"),
            Constant::False => self.text("False"),
            Constant::Ellipsis => self.text("..."),
            Constant::Int(value) => self.text(&int_text::unlimited_decimal(value)),
            // An infinity has no literal of its own.
            Constant::Float(value) => self.text(&float_text::repr(*value).replace("inf", "1e309")),
            Constant::Complex { real, imag } => self.text(&complex_repr((*real, *imag)).replace("inf", "1e309")),
            Constant::Str(text) => self.out.extend(repr::str_repr(text).iter()),
            Constant::Bytes(bytes) => self.text(&repr::bytes_repr(bytes)),
            Constant::Tuple(items) => {
                self.text("(");
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text(", ");
                    }
                    self.constant(item);
                }
                self.text(if items.len() == 1 { ",)" } else { ")" });
            }
            Constant::FrozenSet(_) => self.text("frozenset()"),
        }
    }
}

fn operator(op: Operator) -> (Level, &'static str) {
    match op {
        Operator::Add => (Level::Arith, " + "),
        Operator::Sub => (Level::Arith, " - "),
        Operator::Mult => (Level::Term, " * "),
        Operator::MatMult => (Level::Term, " @ "),
        Operator::Div => (Level::Term, " / "),
        Operator::Mod => (Level::Term, " % "),
        Operator::FloorDiv => (Level::Term, " // "),
        Operator::LShift => (Level::Shift, " << "),
        Operator::RShift => (Level::Shift, " >> "),
        Operator::BitOr => (Level::BitOr, " | "),
        Operator::BitXor => (Level::BitXor, " ^ "),
        Operator::BitAnd => (Level::BitAnd, " & "),
        Operator::Pow => (Level::Power, " ** "),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

//! `ast.dump(tree, include_attributes=True)`, byte for byte.
//!
//! Invariant: optional fields that are None are left out, as Python's `ast.dump` does. Counterpart in CPython 3.11: `Lib/ast.py`.
//! `x` is `Module(body=[Expr(value=Name(id='x', ctx=Load(), lineno=1, …), …)], type_ignores=[])`.

use std::fmt::Write;

use super::ast::*;
use crate::{
    num::float_text,
    text::{PyStr, repr},
};

/// The dump of a whole tree.
pub fn dump(module: &Mod) -> String {
    let mut dump = Dump { out: String::new() };
    match module {
        Mod::Module { body } => dump.node("Module", |d| {
            d.list("body", body, Dump::stmt);
            d.text("type_ignores", "[]");
        }),
        Mod::Interactive { body } => dump.node("Interactive", |d| d.list("body", body, Dump::stmt)),
        Mod::Expression { body } => dump.node("Expression", |d| d.field("body", |d| d.expr(body))),
    }
    dump.out
}

struct Dump {
    out: String,
}

impl Dump {
    fn node(&mut self, name: &str, fields: impl FnOnce(&mut Dump)) {
        self.out.push_str(name);
        self.out.push('(');
        fields(self);
        self.out.push(')');
    }

    fn located(&mut self, name: &str, location: &Location, fields: impl FnOnce(&mut Dump)) {
        self.node(name, |d| {
            fields(d);
            let Location { lineno, col_offset, end_lineno, end_col_offset } = location;
            for (name, value) in
                [("lineno", lineno), ("col_offset", col_offset), ("end_lineno", end_lineno), ("end_col_offset", end_col_offset)]
            {
                d.field(name, |d| {
                    let _ = write!(d.out, "{value}");
                });
            }
        });
    }

    fn field(&mut self, name: &str, value: impl FnOnce(&mut Dump)) {
        if !self.out.ends_with('(') {
            self.out.push_str(", ");
        }
        self.out.push_str(name);
        self.out.push('=');
        value(self);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.field(name, |d| d.out.push_str(value));
    }

    fn list<T>(&mut self, name: &str, items: &[T], each: impl FnMut(&mut Dump, &T)) {
        self.field(name, |d| d.items(items, each));
    }

    fn items<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Dump, &T)) {
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            each(self, item);
        }
        self.out.push(']');
    }

    fn child(&mut self, name: &str, expr: &Expr) {
        self.field(name, |d| d.expr(expr));
    }

    fn option(&mut self, name: &str, expr: &Option<Box<Expr>>) {
        if let Some(expr) = expr {
            self.child(name, expr);
        }
    }

    fn exprs(&mut self, name: &str, exprs: &[Expr]) {
        self.list(name, exprs, Dump::expr);
    }

    fn body(&mut self, name: &str, body: &[Stmt]) {
        self.list(name, body, Dump::stmt);
    }

    fn identifier(&mut self, name: &str, value: &str) {
        self.field(name, |d| d.repr(&PyStr::from(value)));
    }

    fn names(&mut self, name: &str, names: &[Identifier]) {
        self.list(name, names, |d, name| d.repr(&PyStr::from(&**name)));
    }

    fn context(&mut self, ctx: ExprContext) {
        self.text("ctx", &format!("{ctx:?}()"));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let at = &stmt.location;
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.located("FunctionDef", at, |d| d.function(def)),
            StmtKind::AsyncFunctionDef(def) => self.located("AsyncFunctionDef", at, |d| d.function(def)),
            StmtKind::ClassDef(def) => self.located("ClassDef", at, |d| {
                d.identifier("name", &def.name);
                d.exprs("bases", &def.bases);
                d.list("keywords", &def.keywords, Dump::keyword);
                d.body("body", &def.body);
                d.exprs("decorator_list", &def.decorator_list);
            }),
            StmtKind::Return { value } => self.located("Return", at, |d| d.option("value", value)),
            StmtKind::Delete { targets } => self.located("Delete", at, |d| d.exprs("targets", targets)),
            StmtKind::Assign { targets, value } => self.located("Assign", at, |d| {
                d.exprs("targets", targets);
                d.child("value", value);
            }),
            StmtKind::AugAssign { target, op, value } => self.located("AugAssign", at, |d| {
                d.child("target", target);
                d.text("op", &format!("{op:?}()"));
                d.child("value", value);
            }),
            StmtKind::AnnAssign { target, annotation, value, simple } => self.located("AnnAssign", at, |d| {
                d.child("target", target);
                d.child("annotation", annotation);
                d.option("value", value);
                d.text("simple", if *simple { "1" } else { "0" });
            }),
            StmtKind::For(parts) => self.located("For", at, |d| d.for_parts(parts)),
            StmtKind::AsyncFor(parts) => self.located("AsyncFor", at, |d| d.for_parts(parts)),
            StmtKind::While { test, body, orelse } => self.located("While", at, |d| d.test(test, body, orelse)),
            StmtKind::If { test, body, orelse } => self.located("If", at, |d| d.test(test, body, orelse)),
            StmtKind::With { items, body } => self.located("With", at, |d| d.with(items, body)),
            StmtKind::AsyncWith { items, body } => self.located("AsyncWith", at, |d| d.with(items, body)),
            StmtKind::Match { subject, cases } => self.located("Match", at, |d| {
                d.child("subject", subject);
                d.list("cases", cases, |d, case| {
                    d.node("match_case", |d| {
                        d.field("pattern", |d| d.pattern(&case.pattern));
                        d.option("guard", &case.guard);
                        d.body("body", &case.body);
                    });
                });
            }),
            StmtKind::Raise { exc, cause } => self.located("Raise", at, |d| {
                d.option("exc", exc);
                d.option("cause", cause);
            }),
            StmtKind::Try(parts) => self.located("Try", at, |d| d.try_parts(parts)),
            StmtKind::TryStar(parts) => self.located("TryStar", at, |d| d.try_parts(parts)),
            StmtKind::Assert { test, msg } => self.located("Assert", at, |d| {
                d.child("test", test);
                d.option("msg", msg);
            }),
            StmtKind::Import { names } => self.located("Import", at, |d| d.list("names", names, Dump::alias)),
            StmtKind::ImportFrom { module, names, level } => self.located("ImportFrom", at, |d| {
                if let Some(module) = module {
                    d.identifier("module", module);
                }
                d.list("names", names, Dump::alias);
                d.text("level", &level.to_string());
            }),
            StmtKind::Global { names } => self.located("Global", at, |d| d.names("names", names)),
            StmtKind::Nonlocal { names } => self.located("Nonlocal", at, |d| d.names("names", names)),
            StmtKind::Expr { value } => self.located("Expr", at, |d| d.child("value", value)),
            StmtKind::Pass => self.located("Pass", at, |_| {}),
            StmtKind::Break => self.located("Break", at, |_| {}),
            StmtKind::Continue => self.located("Continue", at, |_| {}),
        }
    }

    fn function(&mut self, def: &FunctionDef) {
        self.identifier("name", &def.name);
        self.field("args", |d| d.arguments(&def.args));
        self.body("body", &def.body);
        self.exprs("decorator_list", &def.decorator_list);
        self.option("returns", &def.returns);
    }

    fn for_parts(&mut self, parts: &For) {
        self.child("target", &parts.target);
        self.child("iter", &parts.iter);
        self.body("body", &parts.body);
        self.body("orelse", &parts.orelse);
    }

    fn test(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) {
        self.child("test", test);
        self.body("body", body);
        self.body("orelse", orelse);
    }

    fn with(&mut self, items: &[WithItem], body: &[Stmt]) {
        self.list("items", items, |d, item| {
            d.node("withitem", |d| {
                d.child("context_expr", &item.context_expr);
                d.option("optional_vars", &item.optional_vars);
            });
        });
        self.body("body", body);
    }

    fn try_parts(&mut self, parts: &Try) {
        self.body("body", &parts.body);
        self.list("handlers", &parts.handlers, |d, handler| {
            d.located("ExceptHandler", &handler.location, |d| {
                d.option("type", &handler.typ);
                if let Some(name) = &handler.name {
                    d.identifier("name", name);
                }
                d.body("body", &handler.body);
            });
        });
        self.body("orelse", &parts.orelse);
        self.body("finalbody", &parts.finalbody);
    }

    fn alias(&mut self, alias: &Alias) {
        self.located("alias", &alias.location, |d| {
            d.identifier("name", &alias.name);
            if let Some(asname) = &alias.asname {
                d.identifier("asname", asname);
            }
        });
    }

    fn keyword(&mut self, keyword: &Keyword) {
        self.located("keyword", &keyword.location, |d| {
            if let Some(arg) = &keyword.arg {
                d.identifier("arg", arg);
            }
            d.child("value", &keyword.value);
        });
    }

    fn arguments(&mut self, args: &Arguments) {
        self.node("arguments", |d| {
            d.list("posonlyargs", &args.posonlyargs, Dump::arg);
            d.list("args", &args.args, Dump::arg);
            if let Some(vararg) = &args.vararg {
                d.field("vararg", |d| d.arg(vararg));
            }
            d.list("kwonlyargs", &args.kwonlyargs, Dump::arg);
            d.list("kw_defaults", &args.kw_defaults, Dump::expr_or_none);
            if let Some(kwarg) = &args.kwarg {
                d.field("kwarg", |d| d.arg(kwarg));
            }
            d.exprs("defaults", &args.defaults);
        });
    }

    fn arg(&mut self, arg: &Arg) {
        self.located("arg", &arg.location, |d| {
            d.identifier("arg", &arg.arg);
            d.option("annotation", &arg.annotation);
        });
    }

    fn expr_or_none(&mut self, expr: &Option<Expr>) {
        match expr {
            Some(expr) => self.expr(expr),
            None => self.out.push_str("None"),
        }
    }

    fn comprehension(&mut self, generator: &Comprehension) {
        self.node("comprehension", |d| {
            d.child("target", &generator.target);
            d.child("iter", &generator.iter);
            d.exprs("ifs", &generator.ifs);
            d.text("is_async", if generator.is_async { "1" } else { "0" });
        });
    }

    fn collected(&mut self, name: &str, at: &Location, elt: &Expr, generators: &[Comprehension]) {
        self.located(name, at, |d| {
            d.child("elt", elt);
            d.list("generators", generators, Dump::comprehension);
        });
    }

    fn expr(&mut self, expr: &Expr) {
        let at = &expr.location;
        match &expr.kind {
            ExprKind::BoolOp { op, values } => self.located("BoolOp", at, |d| {
                d.text("op", &format!("{op:?}()"));
                d.exprs("values", values);
            }),
            ExprKind::NamedExpr { target, value } => self.located("NamedExpr", at, |d| {
                d.child("target", target);
                d.child("value", value);
            }),
            ExprKind::BinOp { left, op, right } => self.located("BinOp", at, |d| {
                d.child("left", left);
                d.text("op", &format!("{op:?}()"));
                d.child("right", right);
            }),
            ExprKind::UnaryOp { op, operand } => self.located("UnaryOp", at, |d| {
                d.text("op", &format!("{op:?}()"));
                d.child("operand", operand);
            }),
            ExprKind::Lambda { args, body } => self.located("Lambda", at, |d| {
                d.field("args", |d| d.arguments(args));
                d.child("body", body);
            }),
            ExprKind::IfExp { test, body, orelse } => self.located("IfExp", at, |d| {
                d.child("test", test);
                d.child("body", body);
                d.child("orelse", orelse);
            }),
            ExprKind::Dict { keys, values } => self.located("Dict", at, |d| {
                d.list("keys", keys, Dump::expr_or_none);
                d.exprs("values", values);
            }),
            ExprKind::Set { elts } => self.located("Set", at, |d| d.exprs("elts", elts)),
            ExprKind::ListComp { elt, generators } => self.collected("ListComp", at, elt, generators),
            ExprKind::SetComp { elt, generators } => self.collected("SetComp", at, elt, generators),
            ExprKind::GeneratorExp { elt, generators } => self.collected("GeneratorExp", at, elt, generators),
            ExprKind::DictComp { key, value, generators } => self.located("DictComp", at, |d| {
                d.child("key", key);
                d.child("value", value);
                d.list("generators", generators, Dump::comprehension);
            }),
            ExprKind::Await { value } => self.located("Await", at, |d| d.child("value", value)),
            ExprKind::Yield { value } => self.located("Yield", at, |d| d.option("value", value)),
            ExprKind::YieldFrom { value } => self.located("YieldFrom", at, |d| d.child("value", value)),
            ExprKind::Compare { left, ops, comparators } => self.located("Compare", at, |d| {
                d.child("left", left);
                d.list("ops", ops, |d, op| {
                    let _ = write!(d.out, "{op:?}()");
                });
                d.exprs("comparators", comparators);
            }),
            ExprKind::Call { func, args, keywords } => self.located("Call", at, |d| {
                d.child("func", func);
                d.exprs("args", args);
                d.list("keywords", keywords, Dump::keyword);
            }),
            ExprKind::FormattedValue { value, conversion, format_spec } => self.located("FormattedValue", at, |d| {
                d.child("value", value);
                d.text("conversion", &conversion.to_string());
                d.option("format_spec", format_spec);
            }),
            ExprKind::JoinedStr { values } => self.located("JoinedStr", at, |d| d.exprs("values", values)),
            ExprKind::Constant { value, kind } => self.located("Constant", at, |d| {
                d.field("value", |d| d.constant(value));
                if *kind {
                    d.text("kind", "'u'");
                }
            }),
            ExprKind::Attribute { value, attr, ctx } => self.located("Attribute", at, |d| {
                d.child("value", value);
                d.identifier("attr", attr);
                d.context(*ctx);
            }),
            ExprKind::Subscript { value, slice, ctx } => self.located("Subscript", at, |d| {
                d.child("value", value);
                d.child("slice", slice);
                d.context(*ctx);
            }),
            ExprKind::Starred { value, ctx } => self.located("Starred", at, |d| {
                d.child("value", value);
                d.context(*ctx);
            }),
            ExprKind::Name { id, ctx } => self.located("Name", at, |d| {
                d.identifier("id", id);
                d.context(*ctx);
            }),
            ExprKind::List { elts, ctx } => self.located("List", at, |d| {
                d.exprs("elts", elts);
                d.context(*ctx);
            }),
            ExprKind::Tuple { elts, ctx } => self.located("Tuple", at, |d| {
                d.exprs("elts", elts);
                d.context(*ctx);
            }),
            ExprKind::Slice { lower, upper, step } => self.located("Slice", at, |d| {
                d.option("lower", lower);
                d.option("upper", upper);
                d.option("step", step);
            }),
        }
    }

    fn patterns(&mut self, name: &str, patterns: &[Pattern]) {
        self.list(name, patterns, Dump::pattern);
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let at = &pattern.location;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.located("MatchValue", at, |d| d.child("value", value)),
            PatternKind::MatchSingleton { value } => self.located("MatchSingleton", at, |d| d.field("value", |d| d.constant(value))),
            PatternKind::MatchSequence { patterns } => self.located("MatchSequence", at, |d| d.patterns("patterns", patterns)),
            PatternKind::MatchMapping { keys, patterns, rest } => self.located("MatchMapping", at, |d| {
                d.exprs("keys", keys);
                d.patterns("patterns", patterns);
                if let Some(rest) = rest {
                    d.identifier("rest", rest);
                }
            }),
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => self.located("MatchClass", at, |d| {
                d.child("cls", cls);
                d.patterns("patterns", patterns);
                d.names("kwd_attrs", kwd_attrs);
                d.patterns("kwd_patterns", kwd_patterns);
            }),
            PatternKind::MatchStar { name } => self.located("MatchStar", at, |d| {
                if let Some(name) = name {
                    d.identifier("name", name);
                }
            }),
            PatternKind::MatchAs { pattern, name } => self.located("MatchAs", at, |d| {
                if let Some(pattern) = pattern {
                    d.field("pattern", |d| d.pattern(pattern));
                }
                if let Some(name) = name {
                    d.identifier("name", name);
                }
            }),
            PatternKind::MatchOr { patterns } => self.located("MatchOr", at, |d| d.patterns("patterns", patterns)),
        }
    }

    fn constant(&mut self, value: &Constant) {
        match value {
            Constant::None => self.out.push_str("None"),
            Constant::True => self.out.push_str("True"),
            Constant::False => self.out.push_str("False"),
            Constant::Ellipsis => self.out.push_str("Ellipsis"),
            Constant::Int(value) => {
                let _ = write!(self.out, "{value}");
            }
            Constant::Float(value) => self.out.push_str(&float_text::repr(*value)),
            Constant::Complex { imag, .. } => {
                let text = float_text::repr(*imag);
                self.out.push_str(text.strip_suffix(".0").unwrap_or(&text));
                self.out.push('j');
            }
            Constant::Str(value) => self.repr(value),
            Constant::Bytes(value) => self.out.push_str(&repr::bytes_repr(value)),
            Constant::Tuple(values) => {
                self.out.push('(');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.constant(value);
                }
                self.out.push_str(if values.len() == 1 { ",)" } else { ")" });
            }
            Constant::FrozenSet(values) => {
                self.out.push_str("frozenset({");
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.constant(value);
                }
                self.out.push_str("})");
            }
        }
    }

    fn repr(&mut self, text: &PyStr) {
        self.out.push_str(&repr::str_repr(text).to_string_lossy());
    }
}

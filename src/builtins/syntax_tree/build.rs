//! From our own tree to Python's node objects.
//!
//! Fields are set in the order of the grammar, then the place. `x + 1` becomes `BinOp(left=Name(…), op=Add(), right=Constant(1))`.
//! Counterpart in CPython 3.11: `ast2obj_…` in `Python/Python-ast.c`.

use super::{class, namespace};
use crate::{
    heap::ObjRef,
    objects::{Body, core_types::*, str::new_shared_str},
    syntax::ast::*,
    vm::Vm,
};

pub(super) struct Builder<'a> {
    vm: &'a mut Vm,
    dict: ObjRef,
    singletons: ObjRef,
}

impl<'a> Builder<'a> {
    pub fn new(vm: &'a mut Vm) -> Builder<'a> {
        let dict = namespace(vm);
        let singletons = vm.dict_get_text(dict, "_singletons").unwrap_or(dict);
        Builder { vm, dict, singletons }
    }

    pub fn module(&mut self, module: &Mod) -> ObjRef {
        match module {
            Mod::Module { body } => {
                let (body, ignores) = (self.stmts(body), self.vm.new_list([]));
                self.node("Module", [("body", body), ("type_ignores", ignores)], None)
            }
            Mod::Interactive { body } => {
                let body = self.stmts(body);
                self.node("Interactive", [("body", body)], None)
            }
            Mod::Expression { body } => {
                let body = self.expr(body);
                self.node("Expression", [("body", body)], None)
            }
        }
    }

    /// A node with its fields, which it takes over.
    fn node<const N: usize>(&mut self, name: &str, fields: [(&str, ObjRef); N], location: Option<&Location>) -> ObjRef {
        let class = class(self.vm, self.dict, name);
        let node = self.vm.new_instance(class);
        for (name, value) in fields {
            self.set(node, name, value);
        }
        if let Some(&Location { lineno, col_offset, end_lineno, end_col_offset }) = location {
            for (name, value) in
                [("lineno", lineno), ("col_offset", col_offset), ("end_lineno", end_lineno), ("end_col_offset", end_col_offset)]
            {
                let value = self.vm.new_int(i64::from(value));
                self.set(node, name, value);
            }
        }
        node
    }

    fn set(&mut self, node: ObjRef, name: &str, value: ObjRef) {
        let key = self.vm.new_interned(name);
        self.vm.set_own_attr(node, key, value);
        self.vm.decref_all([key, value]);
    }

    /// The one node of a kind that has nothing in it.
    fn single(&mut self, name: &str) -> ObjRef {
        match self.vm.dict_get_text(self.singletons, name) {
            Some(single) => self.vm.own(single),
            None => self.vm.none(),
        }
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T) -> ObjRef) -> ObjRef {
        let items: Vec<ObjRef> = items.iter().map(|item| each(self, item)).collect();
        self.vm.new_list(items)
    }

    fn stmts(&mut self, body: &[Stmt]) -> ObjRef {
        self.list(body, Self::stmt)
    }

    fn exprs(&mut self, exprs: &[Expr]) -> ObjRef {
        self.list(exprs, Self::expr)
    }

    fn maybe(&mut self, expr: &Option<Box<Expr>>) -> ObjRef {
        match expr {
            Some(expr) => self.expr(expr),
            None => self.vm.none(),
        }
    }

    fn name(&mut self, name: &str) -> ObjRef {
        self.vm.new_interned(name)
    }

    fn maybe_name(&mut self, name: &Option<Identifier>) -> ObjRef {
        match name {
            Some(name) => self.name(name),
            None => self.vm.none(),
        }
    }

    fn names(&mut self, names: &[Identifier]) -> ObjRef {
        self.list(names, |b, name| b.name(name))
    }

    fn int(&mut self, value: i64) -> ObjRef {
        self.vm.new_int(value)
    }

    fn stmt(&mut self, stmt: &Stmt) -> ObjRef {
        let at = Some(&stmt.location);
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function("FunctionDef", def, at),
            StmtKind::AsyncFunctionDef(def) => self.function("AsyncFunctionDef", def, at),
            StmtKind::ClassDef(def) => {
                let fields = [
                    ("name", self.name(&def.name)),
                    ("bases", self.exprs(&def.bases)),
                    ("keywords", self.list(&def.keywords, Self::keyword)),
                    ("body", self.stmts(&def.body)),
                    ("decorator_list", self.exprs(&def.decorator_list)),
                ];
                self.node("ClassDef", fields, at)
            }
            StmtKind::Return { value } => {
                let fields = [("value", self.maybe(value))];
                self.node("Return", fields, at)
            }
            StmtKind::Delete { targets } => {
                let fields = [("targets", self.exprs(targets))];
                self.node("Delete", fields, at)
            }
            StmtKind::Assign { targets, value } => {
                let fields = [("targets", self.exprs(targets)), ("value", self.expr(value)), ("type_comment", self.vm.none())];
                self.node("Assign", fields, at)
            }
            StmtKind::AugAssign { target, op, value } => {
                let fields = [("target", self.expr(target)), ("op", self.single(&format!("{op:?}"))), ("value", self.expr(value))];
                self.node("AugAssign", fields, at)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                let fields = [
                    ("target", self.expr(target)),
                    ("annotation", self.expr(annotation)),
                    ("value", self.maybe(value)),
                    ("simple", self.int(i64::from(*simple))),
                ];
                self.node("AnnAssign", fields, at)
            }
            StmtKind::For(parts) => self.for_parts("For", parts, at),
            StmtKind::AsyncFor(parts) => self.for_parts("AsyncFor", parts, at),
            StmtKind::While { test, body, orelse } => {
                let fields = [("test", self.expr(test)), ("body", self.stmts(body)), ("orelse", self.stmts(orelse))];
                self.node("While", fields, at)
            }
            StmtKind::If { test, body, orelse } => {
                let fields = [("test", self.expr(test)), ("body", self.stmts(body)), ("orelse", self.stmts(orelse))];
                self.node("If", fields, at)
            }
            StmtKind::With { items, body } => self.with("With", items, body, at),
            StmtKind::AsyncWith { items, body } => self.with("AsyncWith", items, body, at),
            StmtKind::Match { subject, cases } => {
                let fields = [
                    ("subject", self.expr(subject)),
                    (
                        "cases",
                        self.list(cases, |b, case| {
                            let fields =
                                [("pattern", b.pattern(&case.pattern)), ("guard", b.maybe(&case.guard)), ("body", b.stmts(&case.body))];
                            b.node("match_case", fields, None)
                        }),
                    ),
                ];
                self.node("Match", fields, at)
            }
            StmtKind::Raise { exc, cause } => {
                let fields = [("exc", self.maybe(exc)), ("cause", self.maybe(cause))];
                self.node("Raise", fields, at)
            }
            StmtKind::Try(parts) => self.try_parts("Try", parts, at),
            StmtKind::TryStar(parts) => self.try_parts("TryStar", parts, at),
            StmtKind::Assert { test, msg } => {
                let fields = [("test", self.expr(test)), ("msg", self.maybe(msg))];
                self.node("Assert", fields, at)
            }
            StmtKind::Import { names } => {
                let fields = [("names", self.list(names, Self::alias))];
                self.node("Import", fields, at)
            }
            StmtKind::ImportFrom { module, names, level } => {
                let fields =
                    [("module", self.maybe_name(module)), ("names", self.list(names, Self::alias)), ("level", self.int(i64::from(*level)))];
                self.node("ImportFrom", fields, at)
            }
            StmtKind::Global { names } => {
                let fields = [("names", self.names(names))];
                self.node("Global", fields, at)
            }
            StmtKind::Nonlocal { names } => {
                let fields = [("names", self.names(names))];
                self.node("Nonlocal", fields, at)
            }
            StmtKind::Expr { value } => {
                let fields = [("value", self.expr(value))];
                self.node("Expr", fields, at)
            }
            StmtKind::Pass => self.node("Pass", [], at),
            StmtKind::Break => self.node("Break", [], at),
            StmtKind::Continue => self.node("Continue", [], at),
        }
    }

    fn function(&mut self, name: &str, def: &FunctionDef, at: Option<&Location>) -> ObjRef {
        let fields = [
            ("name", self.name(&def.name)),
            ("args", self.arguments(&def.args)),
            ("body", self.stmts(&def.body)),
            ("decorator_list", self.exprs(&def.decorator_list)),
            ("returns", self.maybe(&def.returns)),
            ("type_comment", self.vm.none()),
        ];
        self.node(name, fields, at)
    }

    fn for_parts(&mut self, name: &str, parts: &For, at: Option<&Location>) -> ObjRef {
        let fields = [
            ("target", self.expr(&parts.target)),
            ("iter", self.expr(&parts.iter)),
            ("body", self.stmts(&parts.body)),
            ("orelse", self.stmts(&parts.orelse)),
            ("type_comment", self.vm.none()),
        ];
        self.node(name, fields, at)
    }

    fn with(&mut self, name: &str, items: &[WithItem], body: &[Stmt], at: Option<&Location>) -> ObjRef {
        let fields = [
            (
                "items",
                self.list(items, |b, item| {
                    let fields = [("context_expr", b.expr(&item.context_expr)), ("optional_vars", b.maybe(&item.optional_vars))];
                    b.node("withitem", fields, None)
                }),
            ),
            ("body", self.stmts(body)),
            ("type_comment", self.vm.none()),
        ];
        self.node(name, fields, at)
    }

    fn try_parts(&mut self, name: &str, parts: &Try, at: Option<&Location>) -> ObjRef {
        let handlers = self.list(&parts.handlers, |b, handler| {
            let fields = [("type", b.maybe(&handler.typ)), ("name", b.maybe_name(&handler.name)), ("body", b.stmts(&handler.body))];
            b.node("ExceptHandler", fields, Some(&handler.location))
        });
        let fields = [
            ("body", self.stmts(&parts.body)),
            ("handlers", handlers),
            ("orelse", self.stmts(&parts.orelse)),
            ("finalbody", self.stmts(&parts.finalbody)),
        ];
        self.node(name, fields, at)
    }

    fn alias(&mut self, alias: &Alias) -> ObjRef {
        let fields = [("name", self.name(&alias.name)), ("asname", self.maybe_name(&alias.asname))];
        self.node("alias", fields, Some(&alias.location))
    }

    fn keyword(&mut self, keyword: &Keyword) -> ObjRef {
        let fields = [("arg", self.maybe_name(&keyword.arg)), ("value", self.expr(&keyword.value))];
        self.node("keyword", fields, Some(&keyword.location))
    }

    fn arg(&mut self, arg: &Arg) -> ObjRef {
        let fields = [("arg", self.name(&arg.arg)), ("annotation", self.maybe(&arg.annotation)), ("type_comment", self.vm.none())];
        self.node("arg", fields, Some(&arg.location))
    }

    fn maybe_arg(&mut self, arg: &Option<Box<Arg>>) -> ObjRef {
        match arg {
            Some(arg) => self.arg(arg),
            None => self.vm.none(),
        }
    }

    fn arguments(&mut self, args: &Arguments) -> ObjRef {
        let fields = [
            ("posonlyargs", self.list(&args.posonlyargs, Self::arg)),
            ("args", self.list(&args.args, Self::arg)),
            ("vararg", self.maybe_arg(&args.vararg)),
            ("kwonlyargs", self.list(&args.kwonlyargs, Self::arg)),
            ("kw_defaults", self.list(&args.kw_defaults, Self::expr_or_none)),
            ("kwarg", self.maybe_arg(&args.kwarg)),
            ("defaults", self.exprs(&args.defaults)),
        ];
        self.node("arguments", fields, None)
    }

    fn expr_or_none(&mut self, expr: &Option<Expr>) -> ObjRef {
        match expr {
            Some(expr) => self.expr(expr),
            None => self.vm.none(),
        }
    }

    fn generators(&mut self, generators: &[Comprehension]) -> ObjRef {
        self.list(generators, |b, part| {
            let fields = [
                ("target", b.expr(&part.target)),
                ("iter", b.expr(&part.iter)),
                ("ifs", b.exprs(&part.ifs)),
                ("is_async", b.int(i64::from(part.is_async))),
            ];
            b.node("comprehension", fields, None)
        })
    }

    fn expr(&mut self, expr: &Expr) -> ObjRef {
        let at = Some(&expr.location);
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                let fields = [("op", self.single(&format!("{op:?}"))), ("values", self.exprs(values))];
                self.node("BoolOp", fields, at)
            }
            ExprKind::NamedExpr { target, value } => {
                let fields = [("target", self.expr(target)), ("value", self.expr(value))];
                self.node("NamedExpr", fields, at)
            }
            ExprKind::BinOp { left, op, right } => {
                let fields = [("left", self.expr(left)), ("op", self.single(&format!("{op:?}"))), ("right", self.expr(right))];
                self.node("BinOp", fields, at)
            }
            ExprKind::UnaryOp { op, operand } => {
                let fields = [("op", self.single(&format!("{op:?}"))), ("operand", self.expr(operand))];
                self.node("UnaryOp", fields, at)
            }
            ExprKind::Lambda { args, body } => {
                let fields = [("args", self.arguments(args)), ("body", self.expr(body))];
                self.node("Lambda", fields, at)
            }
            ExprKind::IfExp { test, body, orelse } => {
                let fields = [("test", self.expr(test)), ("body", self.expr(body)), ("orelse", self.expr(orelse))];
                self.node("IfExp", fields, at)
            }
            ExprKind::Dict { keys, values } => {
                let fields = [("keys", self.list(keys, Self::expr_or_none)), ("values", self.exprs(values))];
                self.node("Dict", fields, at)
            }
            ExprKind::Set { elts } => {
                let fields = [("elts", self.exprs(elts))];
                self.node("Set", fields, at)
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("ListComp", elt, generators, at),
            ExprKind::SetComp { elt, generators } => self.comprehension("SetComp", elt, generators, at),
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("GeneratorExp", elt, generators, at),
            ExprKind::DictComp { key, value, generators } => {
                let fields = [("key", self.expr(key)), ("value", self.expr(value)), ("generators", self.generators(generators))];
                self.node("DictComp", fields, at)
            }
            ExprKind::Await { value } => {
                let fields = [("value", self.expr(value))];
                self.node("Await", fields, at)
            }
            ExprKind::Yield { value } => {
                let fields = [("value", self.maybe(value))];
                self.node("Yield", fields, at)
            }
            ExprKind::YieldFrom { value } => {
                let fields = [("value", self.expr(value))];
                self.node("YieldFrom", fields, at)
            }
            ExprKind::Compare { left, ops, comparators } => {
                let fields = [
                    ("left", self.expr(left)),
                    ("ops", self.list(ops, |b, op| b.single(&format!("{op:?}")))),
                    ("comparators", self.exprs(comparators)),
                ];
                self.node("Compare", fields, at)
            }
            ExprKind::Call { func, args, keywords } => {
                let fields = [("func", self.expr(func)), ("args", self.exprs(args)), ("keywords", self.list(keywords, Self::keyword))];
                self.node("Call", fields, at)
            }
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let fields = [
                    ("value", self.expr(value)),
                    ("conversion", self.int(i64::from(*conversion))),
                    ("format_spec", self.maybe(format_spec)),
                ];
                self.node("FormattedValue", fields, at)
            }
            ExprKind::JoinedStr { values } => {
                let fields = [("values", self.exprs(values))];
                self.node("JoinedStr", fields, at)
            }
            ExprKind::Constant { value, kind } => {
                let kind = if *kind { self.name("u") } else { self.vm.none() };
                let fields = [("value", self.constant(value)), ("kind", kind)];
                self.node("Constant", fields, at)
            }
            ExprKind::Attribute { value, attr, ctx } => {
                let fields = [("value", self.expr(value)), ("attr", self.name(attr)), ("ctx", self.context(*ctx))];
                self.node("Attribute", fields, at)
            }
            ExprKind::Subscript { value, slice, ctx } => {
                let fields = [("value", self.expr(value)), ("slice", self.expr(slice)), ("ctx", self.context(*ctx))];
                self.node("Subscript", fields, at)
            }
            ExprKind::Starred { value, ctx } => {
                let fields = [("value", self.expr(value)), ("ctx", self.context(*ctx))];
                self.node("Starred", fields, at)
            }
            ExprKind::Name { id, ctx } => {
                let fields = [("id", self.name(id)), ("ctx", self.context(*ctx))];
                self.node("Name", fields, at)
            }
            ExprKind::List { elts, ctx } => {
                let fields = [("elts", self.exprs(elts)), ("ctx", self.context(*ctx))];
                self.node("List", fields, at)
            }
            ExprKind::Tuple { elts, ctx } => {
                let fields = [("elts", self.exprs(elts)), ("ctx", self.context(*ctx))];
                self.node("Tuple", fields, at)
            }
            ExprKind::Slice { lower, upper, step } => {
                let fields = [("lower", self.maybe(lower)), ("upper", self.maybe(upper)), ("step", self.maybe(step))];
                self.node("Slice", fields, at)
            }
        }
    }

    fn comprehension(&mut self, name: &str, elt: &Expr, generators: &[Comprehension], at: Option<&Location>) -> ObjRef {
        let fields = [("elt", self.expr(elt)), ("generators", self.generators(generators))];
        self.node(name, fields, at)
    }

    fn context(&mut self, ctx: ExprContext) -> ObjRef {
        self.single(&format!("{ctx:?}"))
    }

    fn pattern(&mut self, pattern: &Pattern) -> ObjRef {
        let at = Some(&pattern.location);
        match &pattern.kind {
            PatternKind::MatchValue { value } => {
                let fields = [("value", self.expr(value))];
                self.node("MatchValue", fields, at)
            }
            PatternKind::MatchSingleton { value } => {
                let fields = [("value", self.constant(value))];
                self.node("MatchSingleton", fields, at)
            }
            PatternKind::MatchSequence { patterns } => {
                let fields = [("patterns", self.patterns(patterns))];
                self.node("MatchSequence", fields, at)
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                let fields = [("keys", self.exprs(keys)), ("patterns", self.patterns(patterns)), ("rest", self.maybe_name(rest))];
                self.node("MatchMapping", fields, at)
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                let fields = [
                    ("cls", self.expr(cls)),
                    ("patterns", self.patterns(patterns)),
                    ("kwd_attrs", self.names(kwd_attrs)),
                    ("kwd_patterns", self.patterns(kwd_patterns)),
                ];
                self.node("MatchClass", fields, at)
            }
            PatternKind::MatchStar { name } => {
                let fields = [("name", self.maybe_name(name))];
                self.node("MatchStar", fields, at)
            }
            PatternKind::MatchAs { pattern, name } => {
                let pattern = match pattern {
                    Some(pattern) => self.pattern(pattern),
                    None => self.vm.none(),
                };
                let fields = [("pattern", pattern), ("name", self.maybe_name(name))];
                self.node("MatchAs", fields, at)
            }
            PatternKind::MatchOr { patterns } => {
                let fields = [("patterns", self.patterns(patterns))];
                self.node("MatchOr", fields, at)
            }
        }
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> ObjRef {
        self.list(patterns, Self::pattern)
    }

    fn constant(&mut self, constant: &Constant) -> ObjRef {
        match constant {
            Constant::None => self.vm.none(),
            Constant::True => self.vm.new_bool(true),
            Constant::False => self.vm.new_bool(false),
            Constant::Ellipsis => self.vm.own(ELLIPSIS),
            Constant::Int(value) => self.vm.new_big_int(value.clone()),
            Constant::Float(value) => self.vm.new_float(*value),
            Constant::Complex { real, imag } => self.vm.heap.alloc(COMPLEX, 0, Body::Complex(Box::new((*real, *imag)))),
            Constant::Str(text) => new_shared_str(&mut self.vm.heap, text.clone()),
            Constant::Bytes(bytes) => self.vm.new_bytes(bytes.to_vec()),
            Constant::Tuple(items) | Constant::FrozenSet(items) => {
                let items: Vec<ObjRef> = items.iter().map(|item| self.constant(item)).collect();
                self.vm.new_tuple(items)
            }
        }
    }
}

//! From Python's node objects to our own tree, which the compiler takes.
//!
//! A field of the wrong kind is a TypeError in CPython's words; a tree that no source could give may be a ValueError.
//! `compile(ast.Expression(ast.Constant(1, lineno=1, col_offset=0)), "f", "eval")`.
//! Counterpart in CPython 3.11: `obj2ast_…` in `Python/Python-ast.c` and `Python/ast.c`.

use super::{class, namespace, wrong};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number, int::to_big_int},
    syntax::{
        ast::*,
        validate::{Invalid, validate},
    },
    vm::{Raised, Vm},
};

type Read<T> = Result<T, Raised>;

/// A whole tree.
///
/// # Errors
///
/// TypeError or ValueError for what is no tree.
pub fn read(vm: &mut Vm, tree: ObjRef) -> Read<Mod> {
    let dict = namespace(vm);
    let module = Reader { vm, dict, depth: 0 }.module(tree)?;
    match validate(&module) {
        Ok(()) => Ok(module),
        Err(Invalid::Value(message)) => Err(vm.value_error(message)),
        Err(Invalid::Type(message)) => Err(vm.type_error(message)),
    }
}

/// Trees deeper than this are refused.
const DEEPEST: u32 = 2000;

struct Reader<'a> {
    vm: &'a mut Vm,
    dict: ObjRef,
    depth: u32,
}

impl Reader<'_> {
    /// The name of the class of `_ast` that the object is an instance of, below the given rule.
    fn kind(&mut self, node: ObjRef, rule: &str) -> Read<String> {
        let wanted = class(self.vm, self.dict, rule);
        if node != NONE && self.vm.is_instance(node, wanted) {
            let mro = self.vm.heap.tuple(self.vm.heap.type_of_type(self.vm.ty(node)).mro).unwrap_or_default().to_vec();
            for class in mro.into_iter().take_while(|&class| class != wanted) {
                let name = self.vm.heap.type_of_type(class).short_name().to_string();
                if self.vm.dict_get_text(self.dict, &name) == Some(class) {
                    return Ok(name);
                }
            }
        }
        let shown = self.vm.repr_now(node)?;
        Err(wrong(self.vm, format!("expected some sort of {rule}, but got {shown}")))
    }

    /// A field of a node, borrowed from it.
    fn field(&mut self, node: ObjRef, name: &str) -> Read<Option<ObjRef>> {
        let key = self.vm.new_interned(name);
        let found = self.vm.lookup_attribute_now(node, key);
        self.vm.decref(key);
        let found = found?;
        // The node goes on holding it.
        self.vm.xdecref(found);
        Ok(found)
    }

    fn required(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<ObjRef> {
        match self.field(node, name)? {
            Some(value) => Ok(value),
            None => Err(wrong(self.vm, format!("required field \"{name}\" missing from {kind}"))),
        }
    }

    fn number(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<i64> {
        let value = self.required(node, name, kind)?;
        self.int_of(value)
    }

    fn int_of(&mut self, value: ObjRef) -> Read<i64> {
        if !self.vm.is_int(value) {
            let shown = self.vm.repr_now(value)?;
            return Err(self.vm.value_error(format!("invalid integer value: {shown}")));
        }
        Ok(self.vm.small_value(value).unwrap_or(0))
    }

    fn location(&mut self, node: ObjRef, kind: &str) -> Read<Location> {
        let lineno = self.number(node, "lineno", kind)?;
        let col_offset = self.number(node, "col_offset", kind)?;
        let mut end = |name: &str, or: i64| -> Read<i64> {
            match self.field(node, name)? {
                Some(NONE) | None if kind != "pattern" => Ok(or),
                _ => self.number(node, name, kind),
            }
        };
        let (end_lineno, end_col_offset) = (end("end_lineno", lineno)?, end("end_col_offset", col_offset)?);
        let message = if lineno > end_lineno {
            format!("AST node line range ({lineno}, {end_lineno}) is not valid")
        } else if lineno < 0 && lineno != end_lineno || col_offset < 0 && col_offset != end_col_offset {
            format!("AST node column range ({col_offset}, {end_col_offset}) for line range ({lineno}, {end_lineno}) is not valid")
        } else if lineno == end_lineno && col_offset > end_col_offset {
            format!("line {lineno}, column {col_offset}-{end_col_offset} is not a valid range")
        } else {
            String::new()
        };
        if !message.is_empty() {
            return Err(self.vm.value_error(message));
        }
        let cut = |value: i64| u32::try_from(value).unwrap_or(0);
        Ok(Location { lineno: cut(lineno), col_offset: cut(col_offset), end_lineno: cut(end_lineno), end_col_offset: cut(end_col_offset) })
    }

    /// The items of a list field; a list that is not there is empty.
    fn items(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<Vec<ObjRef>> {
        let value = self.required(node, name, kind)?;
        match self.vm.heap.body(value) {
            Body::List(items) => Ok(items.to_vec()),
            _ => {
                let given = self.vm.type_name(value);
                Err(wrong(self.vm, format!("{kind} field \"{name}\" must be a list, not a {given}")))
            }
        }
    }

    fn list<T>(&mut self, node: ObjRef, name: &str, kind: &str, mut each: impl FnMut(&mut Self, ObjRef) -> Read<T>) -> Read<Vec<T>> {
        self.items(node, name, kind)?.into_iter().map(|item| each(self, item)).collect()
    }

    fn stmts(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<Vec<Stmt>> {
        self.list(node, name, kind, |r, item| if item == NONE { r.no_none("statement") } else { r.stmt(item) })
    }

    fn body(&mut self, node: ObjRef, kind: &str) -> Read<Vec<Stmt>> {
        self.stmts(node, "body", kind)
    }

    fn no_none<T>(&mut self, what: &str) -> Read<T> {
        Err(self.vm.value_error(format!("None disallowed in {what} list")))
    }

    fn exprs(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<Vec<Expr>> {
        self.list(node, name, kind, |r, item| if item == NONE { r.no_none("expression") } else { r.expr(item) })
    }

    fn child(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<Box<Expr>> {
        let value = self.required(node, name, kind)?;
        if value == NONE {
            return Err(self.vm.value_error(format!("field '{name}' is required for {kind}")));
        }
        self.expr(value).map(Box::new)
    }

    fn maybe(&mut self, node: ObjRef, name: &str) -> Read<Option<Box<Expr>>> {
        match self.field(node, name)? {
            None | Some(NONE) => Ok(None),
            Some(value) => self.expr(value).map(|expr| Some(Box::new(expr))),
        }
    }

    fn name_of(&mut self, value: ObjRef) -> Read<Identifier> {
        match self.vm.heap.str(value) {
            Some(text) => Ok(text.to_string_lossy().into()),
            None => Err(wrong(self.vm, "AST identifier must be of type str".into())),
        }
    }

    fn name(&mut self, node: ObjRef, name: &str, kind: &str) -> Read<Identifier> {
        let value = self.required(node, name, kind)?;
        if value == NONE {
            return Err(self.vm.value_error(format!("field '{name}' is required for {kind}")));
        }
        self.name_of(value)
    }

    fn maybe_name(&mut self, node: ObjRef, name: &str) -> Read<Option<Identifier>> {
        match self.field(node, name)? {
            None | Some(NONE) => Ok(None),
            Some(value) => self.name_of(value).map(Some),
        }
    }

    fn module(&mut self, tree: ObjRef) -> Read<Mod> {
        let kind = self.kind(tree, "mod")?;
        Ok(match &*kind {
            "Module" => Mod::Module { body: self.stmts(tree, "body", &kind)? },
            "Interactive" => Mod::Interactive { body: self.stmts(tree, "body", &kind)? },
            "Expression" => Mod::Expression { body: self.child(tree, "body", &kind)? },
            _ => return Err(wrong(self.vm, format!("{kind} is not supported here"))),
        })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.vm.raise(RECURSION_ERROR, "maximum recursion depth exceeded during ast construction"));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn stmt(&mut self, node: ObjRef) -> Read<Stmt> {
        self.deeper(|r| r.stmt_here(node))
    }

    fn stmt_here(&mut self, n: ObjRef) -> Read<Stmt> {
        let location = self.location(n, "stmt")?;
        let kind = self.kind(n, "stmt")?;
        let k = &*kind;
        let kind = match k {
            "FunctionDef" => StmtKind::FunctionDef(Box::new(self.function(n, k)?)),
            "AsyncFunctionDef" => StmtKind::AsyncFunctionDef(Box::new(self.function(n, k)?)),
            "ClassDef" => StmtKind::ClassDef(Box::new(ClassDef {
                name: self.name(n, "name", k)?,
                bases: self.exprs(n, "bases", k)?,
                keywords: self.list(n, "keywords", k, Self::keyword)?,
                body: self.body(n, k)?,
                decorator_list: self.exprs(n, "decorator_list", k)?,
            })),
            "Return" => StmtKind::Return { value: self.maybe(n, "value")? },
            "Delete" => StmtKind::Delete { targets: self.exprs(n, "targets", k)? },
            "Assign" => StmtKind::Assign { targets: self.exprs(n, "targets", k)?, value: self.child(n, "value", k)? },
            "AugAssign" => {
                StmtKind::AugAssign { target: self.child(n, "target", k)?, op: self.operator(n, k)?, value: self.child(n, "value", k)? }
            }
            "AnnAssign" => StmtKind::AnnAssign {
                target: self.child(n, "target", k)?,
                annotation: self.child(n, "annotation", k)?,
                value: self.maybe(n, "value")?,
                simple: self.number(n, "simple", k)? != 0,
            },
            "For" => StmtKind::For(Box::new(self.for_parts(n, k)?)),
            "AsyncFor" => StmtKind::AsyncFor(Box::new(self.for_parts(n, k)?)),
            "While" => StmtKind::While { test: self.child(n, "test", k)?, body: self.body(n, k)?, orelse: self.stmts(n, "orelse", k)? },
            "If" => StmtKind::If { test: self.child(n, "test", k)?, body: self.body(n, k)?, orelse: self.stmts(n, "orelse", k)? },
            "With" => StmtKind::With { items: self.list(n, "items", k, Self::with_item)?, body: self.body(n, k)? },
            "AsyncWith" => StmtKind::AsyncWith { items: self.list(n, "items", k, Self::with_item)?, body: self.body(n, k)? },
            "Match" => StmtKind::Match { subject: self.child(n, "subject", k)?, cases: self.list(n, "cases", k, Self::match_case)? },
            "Raise" => StmtKind::Raise { exc: self.maybe(n, "exc")?, cause: self.maybe(n, "cause")? },
            "Try" => StmtKind::Try(Box::new(self.try_parts(n, k)?)),
            "TryStar" => StmtKind::TryStar(Box::new(self.try_parts(n, k)?)),
            "Assert" => StmtKind::Assert { test: self.child(n, "test", k)?, msg: self.maybe(n, "msg")? },
            "Import" => StmtKind::Import { names: self.aliases(n, k)? },
            "ImportFrom" => {
                let level = match self.field(n, "level")? {
                    None | Some(NONE) => 0,
                    Some(level) => self.int_of(level)?,
                };
                if level < 0 {
                    return Err(self.vm.value_error("Negative ImportFrom level"));
                }
                StmtKind::ImportFrom { module: self.maybe_name(n, "module")?, names: self.aliases(n, k)?, level: level as u32 }
            }
            "Global" => StmtKind::Global { names: self.list(n, "names", k, Self::name_of)? },
            "Nonlocal" => StmtKind::Nonlocal { names: self.list(n, "names", k, Self::name_of)? },
            "Expr" => StmtKind::Expr { value: self.child(n, "value", k)? },
            "Pass" => StmtKind::Pass,
            "Break" => StmtKind::Break,
            _ => StmtKind::Continue,
        };
        Ok(Stmt { kind, location })
    }

    fn aliases(&mut self, n: ObjRef, k: &str) -> Read<Vec<Alias>> {
        self.list(n, "names", k, |r, alias| {
            r.is_a(alias, "alias")?;
            Ok(Alias {
                name: r.name(alias, "name", "alias")?,
                asname: r.maybe_name(alias, "asname")?,
                location: r.location(alias, "alias")?,
            })
        })
    }

    /// Must be an instance of a class without alternatives.
    fn is_a(&mut self, node: ObjRef, name: &str) -> Read<()> {
        let wanted = class(self.vm, self.dict, name);
        if self.vm.is_instance(node, wanted) {
            return Ok(());
        }
        let shown = self.vm.repr_now(node)?;
        Err(wrong(self.vm, format!("expected some sort of {name}, but got {shown}")))
    }

    fn function(&mut self, n: ObjRef, k: &str) -> Read<FunctionDef> {
        let name = self.name(n, "name", k)?;
        let args = self.required(n, "args", k)?;
        Ok(FunctionDef {
            name,
            args: self.arguments(args)?,
            body: self.body(n, k)?,
            decorator_list: self.exprs(n, "decorator_list", k)?,
            returns: self.maybe(n, "returns")?,
        })
    }

    fn for_parts(&mut self, n: ObjRef, k: &str) -> Read<For> {
        Ok(For {
            target: *self.child(n, "target", k)?,
            iter: *self.child(n, "iter", k)?,
            body: self.body(n, k)?,
            orelse: self.stmts(n, "orelse", k)?,
        })
    }

    fn try_parts(&mut self, n: ObjRef, k: &str) -> Read<Try> {
        Ok(Try {
            body: self.body(n, k)?,
            handlers: self.list(n, "handlers", k, |r, handler| {
                r.kind(handler, "excepthandler")?;
                Ok(ExceptHandler {
                    typ: r.maybe(handler, "type")?,
                    name: r.maybe_name(handler, "name")?,
                    body: r.body(handler, "ExceptHandler")?,
                    location: r.location(handler, "excepthandler")?,
                })
            })?,
            orelse: self.stmts(n, "orelse", k)?,
            finalbody: self.stmts(n, "finalbody", k)?,
        })
    }

    fn with_item(&mut self, n: ObjRef) -> Read<WithItem> {
        self.is_a(n, "withitem")?;
        Ok(WithItem { context_expr: *self.child(n, "context_expr", "withitem")?, optional_vars: self.maybe(n, "optional_vars")? })
    }

    fn match_case(&mut self, n: ObjRef) -> Read<MatchCase> {
        self.is_a(n, "match_case")?;
        let pattern = self.required(n, "pattern", "match_case")?;
        if pattern == NONE {
            return Err(self.vm.value_error("field 'pattern' is required for match_case"));
        }
        Ok(MatchCase { pattern: self.pattern(pattern)?, guard: self.maybe(n, "guard")?, body: self.body(n, "match_case")? })
    }

    fn keyword(&mut self, n: ObjRef) -> Read<Keyword> {
        self.is_a(n, "keyword")?;
        Ok(Keyword { arg: self.maybe_name(n, "arg")?, value: *self.child(n, "value", "keyword")?, location: self.location(n, "keyword")? })
    }

    fn arg(&mut self, n: ObjRef) -> Read<Arg> {
        self.is_a(n, "arg")?;
        Ok(Arg { arg: self.name(n, "arg", "arg")?, annotation: self.maybe(n, "annotation")?, location: self.location(n, "arg")? })
    }

    fn maybe_arg(&mut self, n: ObjRef, name: &str) -> Read<Option<Box<Arg>>> {
        match self.field(n, name)? {
            None | Some(NONE) => Ok(None),
            Some(arg) => self.arg(arg).map(|arg| Some(Box::new(arg))),
        }
    }

    fn arguments(&mut self, n: ObjRef) -> Read<Arguments> {
        self.is_a(n, "arguments")?;
        let k = "arguments";
        Ok(Arguments {
            posonlyargs: self.list(n, "posonlyargs", k, Self::arg)?,
            args: self.list(n, "args", k, Self::arg)?,
            vararg: self.maybe_arg(n, "vararg")?,
            kwonlyargs: self.list(n, "kwonlyargs", k, Self::arg)?,
            kw_defaults: self.list(n, "kw_defaults", k, Self::expr_or_none)?,
            kwarg: self.maybe_arg(n, "kwarg")?,
            defaults: self.exprs(n, "defaults", k)?,
        })
    }

    fn expr_or_none(&mut self, value: ObjRef) -> Read<Option<Expr>> {
        if value == NONE { Ok(None) } else { self.expr(value).map(Some) }
    }

    fn generators(&mut self, n: ObjRef, k: &str) -> Read<Vec<Comprehension>> {
        self.list(n, "generators", k, |r, part| {
            r.is_a(part, "comprehension")?;
            let k = "comprehension";
            Ok(Comprehension {
                target: *r.child(part, "target", k)?,
                iter: *r.child(part, "iter", k)?,
                ifs: r.exprs(part, "ifs", k)?,
                is_async: r.number(part, "is_async", k)? != 0,
            })
        })
    }

    fn expr(&mut self, node: ObjRef) -> Read<Expr> {
        self.deeper(|r| r.expr_here(node))
    }

    fn expr_here(&mut self, n: ObjRef) -> Read<Expr> {
        let location = self.location(n, "expr")?;
        let kind = self.kind(n, "expr")?;
        let k = &*kind;
        let kind = match k {
            "BoolOp" => {
                let op = self.choice(n, "op", "boolop", k)?;
                let values = self.exprs(n, "values", k)?;
                ExprKind::BoolOp { op: if op == "And" { BoolOp::And } else { BoolOp::Or }, values }
            }
            "NamedExpr" => ExprKind::NamedExpr { target: self.child(n, "target", k)?, value: self.child(n, "value", k)? },
            "BinOp" => ExprKind::BinOp { left: self.child(n, "left", k)?, op: self.operator(n, k)?, right: self.child(n, "right", k)? },
            "UnaryOp" => {
                let op = match &*self.choice(n, "op", "unaryop", k)? {
                    "Invert" => UnaryOp::Invert,
                    "Not" => UnaryOp::Not,
                    "UAdd" => UnaryOp::UAdd,
                    _ => UnaryOp::USub,
                };
                ExprKind::UnaryOp { op, operand: self.child(n, "operand", k)? }
            }
            "Lambda" => {
                let args = self.required(n, "args", k)?;
                ExprKind::Lambda { args: Box::new(self.arguments(args)?), body: self.child(n, "body", k)? }
            }
            "IfExp" => {
                ExprKind::IfExp { test: self.child(n, "test", k)?, body: self.child(n, "body", k)?, orelse: self.child(n, "orelse", k)? }
            }
            "Dict" => {
                let keys = self.list(n, "keys", k, Self::expr_or_none)?;
                let values = self.exprs(n, "values", k)?;
                ExprKind::Dict { keys, values }
            }
            "Set" => ExprKind::Set { elts: self.exprs(n, "elts", k)? },
            "ListComp" => ExprKind::ListComp { elt: self.child(n, "elt", k)?, generators: self.generators(n, k)? },
            "SetComp" => ExprKind::SetComp { elt: self.child(n, "elt", k)?, generators: self.generators(n, k)? },
            "GeneratorExp" => ExprKind::GeneratorExp { elt: self.child(n, "elt", k)?, generators: self.generators(n, k)? },
            "DictComp" => {
                ExprKind::DictComp { key: self.child(n, "key", k)?, value: self.child(n, "value", k)?, generators: self.generators(n, k)? }
            }
            "Await" => ExprKind::Await { value: self.child(n, "value", k)? },
            "Yield" => ExprKind::Yield { value: self.maybe(n, "value")? },
            "YieldFrom" => ExprKind::YieldFrom { value: self.child(n, "value", k)? },
            "Compare" => self.compare(n, k)?,
            "Call" => ExprKind::Call {
                func: self.child(n, "func", k)?,
                args: self.exprs(n, "args", k)?,
                keywords: self.list(n, "keywords", k, Self::keyword)?,
            },
            "FormattedValue" => ExprKind::FormattedValue {
                value: self.child(n, "value", k)?,
                conversion: self.number(n, "conversion", k)? as i32,
                format_spec: self.maybe(n, "format_spec")?,
            },
            "JoinedStr" => ExprKind::JoinedStr { values: self.exprs(n, "values", k)? },
            "Constant" => {
                let value = self.required(n, "value", k)?;
                let kind = self.field(n, "kind")?.is_some_and(|kind| kind != NONE);
                ExprKind::Constant { value: self.constant(value)?, kind }
            }
            "Attribute" => {
                ExprKind::Attribute { value: self.child(n, "value", k)?, attr: self.name(n, "attr", k)?, ctx: self.context(n, k)? }
            }
            "Subscript" => {
                ExprKind::Subscript { value: self.child(n, "value", k)?, slice: self.child(n, "slice", k)?, ctx: self.context(n, k)? }
            }
            "Starred" => ExprKind::Starred { value: self.child(n, "value", k)?, ctx: self.context(n, k)? },
            "Name" => ExprKind::Name { id: self.name(n, "id", k)?, ctx: self.context(n, k)? },
            "List" => ExprKind::List { elts: self.exprs(n, "elts", k)?, ctx: self.context(n, k)? },
            "Tuple" => ExprKind::Tuple { elts: self.exprs(n, "elts", k)?, ctx: self.context(n, k)? },
            _ => ExprKind::Slice { lower: self.maybe(n, "lower")?, upper: self.maybe(n, "upper")?, step: self.maybe(n, "step")? },
        };
        Ok(Expr { kind, location })
    }

    fn compare(&mut self, n: ObjRef, k: &str) -> Read<ExprKind> {
        let left = self.child(n, "left", k)?;
        let ops = self.list(n, "ops", k, |r, op| {
            Ok(match &*r.kind(op, "cmpop")? {
                "Eq" => CmpOp::Eq,
                "NotEq" => CmpOp::NotEq,
                "Lt" => CmpOp::Lt,
                "LtE" => CmpOp::LtE,
                "Gt" => CmpOp::Gt,
                "GtE" => CmpOp::GtE,
                "Is" => CmpOp::Is,
                "IsNot" => CmpOp::IsNot,
                "In" => CmpOp::In,
                _ => CmpOp::NotIn,
            })
        })?;
        let comparators = self.exprs(n, "comparators", k)?;
        Ok(ExprKind::Compare { left, ops, comparators })
    }

    /// The kind of a node that is one of several with nothing in them.
    fn choice(&mut self, n: ObjRef, field: &str, rule: &str, k: &str) -> Read<String> {
        let value = self.required(n, field, k)?;
        self.kind(value, rule)
    }

    fn context(&mut self, n: ObjRef, k: &str) -> Read<ExprContext> {
        Ok(match &*self.choice(n, "ctx", "expr_context", k)? {
            "Load" => ExprContext::Load,
            "Store" => ExprContext::Store,
            _ => ExprContext::Del,
        })
    }

    fn operator(&mut self, n: ObjRef, k: &str) -> Read<Operator> {
        Ok(match &*self.choice(n, "op", "operator", k)? {
            "Add" => Operator::Add,
            "Sub" => Operator::Sub,
            "Mult" => Operator::Mult,
            "MatMult" => Operator::MatMult,
            "Div" => Operator::Div,
            "Mod" => Operator::Mod,
            "Pow" => Operator::Pow,
            "LShift" => Operator::LShift,
            "RShift" => Operator::RShift,
            "BitOr" => Operator::BitOr,
            "BitXor" => Operator::BitXor,
            "BitAnd" => Operator::BitAnd,
            _ => Operator::FloorDiv,
        })
    }

    fn pattern(&mut self, node: ObjRef) -> Read<Pattern> {
        self.deeper(|r| r.pattern_here(node))
    }

    fn pattern_here(&mut self, n: ObjRef) -> Read<Pattern> {
        let location = self.location(n, "pattern")?;
        let kind = self.kind(n, "pattern")?;
        let k = &*kind;
        let kind = match k {
            "MatchValue" => PatternKind::MatchValue { value: self.child(n, "value", k)? },
            "MatchSingleton" => {
                let value = self.required(n, "value", k)?;
                PatternKind::MatchSingleton { value: self.constant(value)? }
            }
            "MatchSequence" => PatternKind::MatchSequence { patterns: self.list(n, "patterns", k, Self::pattern)? },
            "MatchMapping" => PatternKind::MatchMapping {
                keys: self.exprs(n, "keys", k)?,
                patterns: self.list(n, "patterns", k, Self::pattern)?,
                rest: self.maybe_name(n, "rest")?,
            },
            "MatchClass" => PatternKind::MatchClass {
                cls: self.child(n, "cls", k)?,
                patterns: self.list(n, "patterns", k, Self::pattern)?,
                kwd_attrs: self.list(n, "kwd_attrs", k, Self::name_of)?,
                kwd_patterns: self.list(n, "kwd_patterns", k, Self::pattern)?,
            },
            "MatchStar" => PatternKind::MatchStar { name: self.maybe_name(n, "name")? },
            "MatchAs" => {
                let pattern = match self.field(n, "pattern")? {
                    None | Some(NONE) => None,
                    Some(pattern) => Some(Box::new(self.pattern(pattern)?)),
                };
                PatternKind::MatchAs { pattern, name: self.maybe_name(n, "name")? }
            }
            _ => PatternKind::MatchOr { patterns: self.list(n, "patterns", k, Self::pattern)? },
        };
        Ok(Pattern { kind, location })
    }

    fn constant(&mut self, value: ObjRef) -> Read<Constant> {
        self.deeper(|r| r.constant_here(value))
    }

    fn constant_here(&mut self, value: ObjRef) -> Read<Constant> {
        match value {
            NONE => return Ok(Constant::None),
            TRUE => return Ok(Constant::True),
            FALSE => return Ok(Constant::False),
            ELLIPSIS => return Ok(Constant::Ellipsis),
            _ => {}
        }
        let vm = &*self.vm;
        let found = match vm.ty(value) {
            INT => Some(Constant::Int(to_big_int(&vm.heap, value))),
            FLOAT => match Number::of(&vm.heap, value) {
                Some(Number::Float(value)) => Some(Constant::Float(value)),
                _ => None,
            },
            COMPLEX => match vm.heap.body(value) {
                Body::Complex(parts) => Some(Constant::Complex { real: parts.0, imag: parts.1 }),
                _ => None,
            },
            STR => vm.text(value).map(Constant::Str),
            BYTES => vm.heap.bytes(value).map(|bytes| Constant::Bytes(bytes.into())),
            TUPLE => {
                let items = vm.heap.tuple(value).unwrap_or_default().to_vec();
                let items: Read<Vec<Constant>> = items.into_iter().map(|item| self.constant(item)).collect();
                return Ok(Constant::Tuple(items?.into()));
            }
            FROZENSET => match vm.heap.body(value) {
                Body::Set(set) => {
                    let items: Vec<ObjRef> = set.iter().map(|(item, _)| item).collect();
                    let items: Read<Vec<Constant>> = items.into_iter().map(|item| self.constant(item)).collect();
                    return Ok(Constant::FrozenSet(items?.into()));
                }
                _ => None,
            },
            _ => None,
        };
        match found {
            Some(constant) => Ok(constant),
            None => {
                let given = self.vm.type_name(value);
                Err(wrong(self.vm, format!("got an invalid type in Constant: {given}")))
            }
        }
    }
}

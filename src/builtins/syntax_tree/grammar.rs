//! The grammar of syntax trees, from which the classes of `_ast` are made: a line a rule, as the documentation writes it.
//!
//! `expr* args` is a list, `expr? value` may be None. Counterpart in CPython 3.11: `Parser/Python.asdl`.
//! The line of `alias` gives the class `ast.alias` with the fields `name` and `asname`.

pub(super) const GRAMMAR: &str = "\
mod = Module(stmt* body, type_ignore* type_ignores) | Interactive(stmt* body) | Expression(expr body) | FunctionType(expr* argtypes, expr returns)
stmt = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment) | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment) | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list) | Return(expr? value) | Delete(expr* targets) | Assign(expr* targets, expr value, string? type_comment) | AugAssign(expr target, operator op, expr value) | AnnAssign(expr target, expr annotation, expr? value, int simple) | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment) | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment) | While(expr test, stmt* body, stmt* orelse) | If(expr test, stmt* body, stmt* orelse) | With(withitem* items, stmt* body, string? type_comment) | AsyncWith(withitem* items, stmt* body, string? type_comment) | Match(expr subject, match_case* cases) | Raise(expr? exc, expr? cause) | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) | Assert(expr test, expr? msg) | Import(alias* names) | ImportFrom(identifier? module, alias* names, int? level) | Global(identifier* names) | Nonlocal(identifier* names) | Expr(expr value) | Pass | Break | Continue
expr = BoolOp(boolop op, expr* values) | NamedExpr(expr target, expr value) | BinOp(expr left, operator op, expr right) | UnaryOp(unaryop op, expr operand) | Lambda(arguments args, expr body) | IfExp(expr test, expr body, expr orelse) | Dict(expr* keys, expr* values) | Set(expr* elts) | ListComp(expr elt, comprehension* generators) | SetComp(expr elt, comprehension* generators) | DictComp(expr key, expr value, comprehension* generators) | GeneratorExp(expr elt, comprehension* generators) | Await(expr value) | Yield(expr? value) | YieldFrom(expr value) | Compare(expr left, cmpop* ops, expr* comparators) | Call(expr func, expr* args, keyword* keywords) | FormattedValue(expr value, int conversion, expr? format_spec) | JoinedStr(expr* values) | Constant(constant value, string? kind) | Attribute(expr value, identifier attr, expr_context ctx) | Subscript(expr value, expr slice, expr_context ctx) | Starred(expr value, expr_context ctx) | Name(identifier id, expr_context ctx) | List(expr* elts, expr_context ctx) | Tuple(expr* elts, expr_context ctx) | Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler = ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment)
keyword(identifier? arg, expr value)
alias(identifier name, identifier? asname)
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern = MatchValue(expr value) | MatchSingleton(constant value) | MatchSequence(pattern* patterns) | MatchMapping(expr* keys, pattern* patterns, identifier? rest) | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns) | MatchStar(identifier? name) | MatchAs(pattern? pattern, identifier? name) | MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
";

/// Rules whose nodes have a place in the source.
const LOCATED: [&str; 7] = ["stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    One,
    Optional,
    List,
}

pub(super) struct Field {
    pub name: &'static str,
    pub kind: Kind,
}

pub(super) struct Constructor {
    pub name: &'static str,
    pub fields: Vec<Field>,
    /// `Name(identifier id, expr_context ctx)`, the class's documentation.
    pub text: &'static str,
}

pub(super) struct Rule {
    pub name: &'static str,
    /// The fields of a rule that has no alternatives.
    pub product: Vec<Field>,
    pub constructors: Vec<Constructor>,
    pub attributes: Vec<&'static str>,
}

impl Rule {
    /// Its nodes have nothing in them, so one of each kind serves all trees.
    pub fn is_enumeration(&self) -> bool {
        matches!(self.name, "expr_context" | "boolop" | "operator" | "unaryop" | "cmpop")
    }
}

/// A line of the grammar.
pub(super) fn rule(line: &'static str) -> Rule {
    let line = line.trim();
    let (name, product, constructors) = match line.split_once(" = ") {
        Some((name, alternatives)) => (name, Vec::new(), alternatives.split(" | ").map(constructor).collect()),
        None => {
            let Constructor { name, fields, .. } = constructor(line);
            (name, fields, Vec::new())
        }
    };
    let attributes = if LOCATED.contains(&name) { vec!["lineno", "col_offset", "end_lineno", "end_col_offset"] } else { Vec::new() };
    Rule { name, product, constructors, attributes }
}

fn constructor(text: &'static str) -> Constructor {
    let text = text.trim();
    let Some((name, fields)) = text.split_once('(') else { return Constructor { name: text, fields: Vec::new(), text } };
    let fields = fields.trim_end_matches(')').split(", ").map(|field| {
        let (ty, name) = field.split_once(' ').unwrap_or(("", field));
        let kind = match ty.as_bytes().last() {
            Some(b'*') => Kind::List,
            Some(b'?') => Kind::Optional,
            _ => Kind::One,
        };
        Field { name, kind }
    });
    Constructor { name, fields: fields.collect(), text }
}

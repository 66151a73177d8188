//! What a tree must be that no parser made: programs may build their own with `ast` and give it to `compile`.
//!
//! `compile(ast.Module([ast.Delete([])], []), "f", "exec")` is "empty targets on Delete". A tree that [`super::parse`] gives always
//! passes. Counterpart in CPython 3.11: `Python/ast.c`.

use super::ast::*;

/// Why a tree can't be compiled: what becomes a ValueError or a TypeError.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    Value(String),
    Type(String),
}

type Checked = Result<(), Invalid>;

/// Whether a tree is one that could have been written.
///
/// # Errors
///
/// The first thing that is not so, in CPython's words.
pub fn validate(module: &Mod) -> Checked {
    match module {
        Mod::Module { body } | Mod::Interactive { body } => stmts(body),
        Mod::Expression { body } => load(body),
    }
}

fn wrong(message: impl Into<String>) -> Checked {
    Err(Invalid::Value(message.into()))
}

fn not_empty<T>(items: &[T], what: &str, owner: &str) -> Checked {
    if items.is_empty() { wrong(format!("empty {what} on {owner}")) } else { Ok(()) }
}

fn body(items: &[Stmt], owner: &str) -> Checked {
    not_empty(items, "body", owner)?;
    stmts(items)
}

fn stmts(items: &[Stmt]) -> Checked {
    items.iter().try_for_each(stmt)
}

fn load(it: &Expr) -> Checked {
    expr(it, ExprContext::Load)
}

fn maybe(it: &Option<Box<Expr>>) -> Checked {
    it.as_deref().map_or(Ok(()), load)
}

fn loads(items: &[Expr]) -> Checked {
    items.iter().try_for_each(load)
}

fn targets(items: &[Expr], owner: &str, ctx: ExprContext) -> Checked {
    not_empty(items, "targets", owner)?;
    items.iter().try_for_each(|item| expr(item, ctx))
}

fn stmt(it: &Stmt) -> Checked {
    use ExprContext::{Del, Store};
    match &it.kind {
        StmtKind::FunctionDef(def) => function(def, "FunctionDef"),
        StmtKind::AsyncFunctionDef(def) => function(def, "AsyncFunctionDef"),
        StmtKind::ClassDef(def) => {
            body(&def.body, "ClassDef")?;
            loads(&def.bases)?;
            keywords(&def.keywords)?;
            loads(&def.decorator_list)
        }
        StmtKind::Return { value } => maybe(value),
        StmtKind::Delete { targets: given } => targets(given, "Delete", Del),
        StmtKind::Assign { targets: given, value } => {
            targets(given, "Assign", Store)?;
            load(value)
        }
        StmtKind::AugAssign { target, value, .. } => {
            expr(target, Store)?;
            load(value)
        }
        StmtKind::AnnAssign { target, annotation, value, simple } => {
            if *simple && !matches!(target.kind, ExprKind::Name { .. }) {
                return Err(Invalid::Type("AnnAssign with simple non-Name target".into()));
            }
            expr(target, Store)?;
            maybe(value)?;
            load(annotation)
        }
        StmtKind::For(parts) => for_loop(parts, "For"),
        StmtKind::AsyncFor(parts) => for_loop(parts, "AsyncFor"),
        StmtKind::While { test, body: inner, orelse } => {
            load(test)?;
            body(inner, "While")?;
            stmts(orelse)
        }
        StmtKind::If { test, body: inner, orelse } => {
            load(test)?;
            body(inner, "If")?;
            stmts(orelse)
        }
        StmtKind::With { items, body } => with(items, body, "With"),
        StmtKind::AsyncWith { items, body } => with(items, body, "AsyncWith"),
        StmtKind::Match { subject, cases } => {
            load(subject)?;
            not_empty(cases, "cases", "Match")?;
            cases.iter().try_for_each(|case| {
                pattern(&case.pattern, false)?;
                maybe(&case.guard)?;
                body(&case.body, "match_case")
            })
        }
        StmtKind::Raise { exc: None, cause: Some(_) } => wrong("Raise with cause but no exception"),
        StmtKind::Raise { exc, cause } => {
            maybe(exc)?;
            maybe(cause)
        }
        StmtKind::Try(parts) => try_parts(parts, "Try"),
        StmtKind::TryStar(parts) => try_parts(parts, "TryStar"),
        StmtKind::Assert { test, msg } => {
            load(test)?;
            maybe(msg)
        }
        StmtKind::Import { names } => not_empty(names, "names", "Import"),
        StmtKind::ImportFrom { names, .. } => not_empty(names, "names", "ImportFrom"),
        StmtKind::Global { names } => not_empty(names, "names", "Global"),
        StmtKind::Nonlocal { names } => not_empty(names, "names", "Nonlocal"),
        StmtKind::Expr { value } => load(value),
        StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
    }
}

fn function(def: &FunctionDef, owner: &str) -> Checked {
    body(&def.body, owner)?;
    arguments(&def.args)?;
    loads(&def.decorator_list)?;
    maybe(&def.returns)
}

fn for_loop(parts: &For, owner: &str) -> Checked {
    expr(&parts.target, ExprContext::Store)?;
    load(&parts.iter)?;
    body(&parts.body, owner)?;
    stmts(&parts.orelse)
}

fn with(items: &[WithItem], inner: &[Stmt], owner: &str) -> Checked {
    not_empty(items, "items", owner)?;
    for item in items {
        load(&item.context_expr)?;
        item.optional_vars.as_deref().map_or(Ok(()), |target| expr(target, ExprContext::Store))?;
    }
    body(inner, owner)
}

fn try_parts(parts: &Try, owner: &str) -> Checked {
    body(&parts.body, owner)?;
    if parts.handlers.is_empty() && parts.finalbody.is_empty() {
        return wrong(format!("{owner} has neither except handlers nor finalbody"));
    }
    if parts.handlers.is_empty() && !parts.orelse.is_empty() {
        return wrong(format!("{owner} has orelse but no except handlers"));
    }
    for handler in &parts.handlers {
        maybe(&handler.typ)?;
        body(&handler.body, "ExceptHandler")?;
    }
    stmts(&parts.finalbody)?;
    stmts(&parts.orelse)
}

fn keywords(items: &[Keyword]) -> Checked {
    items.iter().try_for_each(|item| load(&item.value))
}

fn arguments(it: &Arguments) -> Checked {
    let annotations = |args: &[Arg]| args.iter().try_for_each(|arg| maybe(&arg.annotation));
    annotations(&it.posonlyargs)?;
    annotations(&it.args)?;
    it.vararg.iter().try_for_each(|arg| maybe(&arg.annotation))?;
    annotations(&it.kwonlyargs)?;
    it.kwarg.iter().try_for_each(|arg| maybe(&arg.annotation))?;
    if it.defaults.len() > it.posonlyargs.len() + it.args.len() {
        return wrong("more positional defaults than args on arguments");
    }
    if it.kw_defaults.len() != it.kwonlyargs.len() {
        return wrong("length of kwonlyargs is not the same as kw_defaults on arguments");
    }
    loads(&it.defaults)?;
    it.kw_defaults.iter().flatten().try_for_each(load)
}

fn generators(items: &[Comprehension]) -> Checked {
    if items.is_empty() {
        return wrong("comprehension with no generators");
    }
    items.iter().try_for_each(|part| {
        expr(&part.target, ExprContext::Store)?;
        load(&part.iter)?;
        loads(&part.ifs)
    })
}

fn expr(it: &Expr, ctx: ExprContext) -> Checked {
    let actual = match &it.kind {
        ExprKind::Attribute { ctx, .. }
        | ExprKind::Subscript { ctx, .. }
        | ExprKind::Starred { ctx, .. }
        | ExprKind::Name { ctx, .. }
        | ExprKind::List { ctx, .. }
        | ExprKind::Tuple { ctx, .. } => *ctx,
        _ if ctx != ExprContext::Load => return wrong(format!("expression which can't be assigned to in {ctx:?} context")),
        _ => ctx,
    };
    if actual != ctx {
        return wrong(format!("expression must have {ctx:?} context but has {actual:?} instead"));
    }
    match &it.kind {
        ExprKind::BoolOp { values, .. } => {
            if values.len() < 2 {
                return wrong("BoolOp with less than 2 values");
            }
            loads(values)
        }
        ExprKind::NamedExpr { target, value } => {
            if !matches!(target.kind, ExprKind::Name { .. }) {
                return Err(Invalid::Type("NamedExpr target must be a Name".into()));
            }
            load(value)
        }
        ExprKind::BinOp { left, right, .. } => {
            load(left)?;
            load(right)
        }
        ExprKind::Lambda { args, body } => {
            arguments(args)?;
            load(body)
        }
        ExprKind::IfExp { test, body, orelse } => {
            load(test)?;
            load(body)?;
            load(orelse)
        }
        ExprKind::Dict { keys, values } => {
            if keys.len() != values.len() {
                return wrong("Dict doesn't have the same number of keys as values");
            }
            keys.iter().flatten().try_for_each(load)?;
            loads(values)
        }
        ExprKind::ListComp { elt, generators: parts }
        | ExprKind::SetComp { elt, generators: parts }
        | ExprKind::GeneratorExp { elt, generators: parts } => {
            generators(parts)?;
            load(elt)
        }
        ExprKind::DictComp { key, value, generators: parts } => {
            generators(parts)?;
            load(key)?;
            load(value)
        }
        ExprKind::Yield { value } => maybe(value),
        ExprKind::UnaryOp { operand: value, .. }
        | ExprKind::Await { value }
        | ExprKind::YieldFrom { value }
        | ExprKind::Attribute { value, .. } => load(value),
        ExprKind::Compare { left, ops, comparators } => {
            if comparators.is_empty() {
                return wrong("Compare with no comparators");
            }
            if comparators.len() != ops.len() {
                return wrong("Compare has a different number of comparators and operands");
            }
            loads(comparators)?;
            load(left)
        }
        ExprKind::Call { func, args, keywords: named } => {
            load(func)?;
            loads(args)?;
            keywords(named)
        }
        ExprKind::FormattedValue { value, format_spec, .. } => {
            load(value)?;
            maybe(format_spec)
        }
        ExprKind::Set { elts: values } | ExprKind::JoinedStr { values } => loads(values),
        ExprKind::Subscript { value, slice, .. } => {
            load(slice)?;
            load(value)
        }
        ExprKind::Starred { value, .. } => expr(value, ctx),
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => elts.iter().try_for_each(|elt| expr(elt, ctx)),
        ExprKind::Slice { lower, upper, step } => [lower, upper, step].into_iter().try_for_each(maybe),
        ExprKind::Name { id, .. } => name(id),
        ExprKind::Constant { .. } => Ok(()),
    }
}

/// A name that is none of the constants.
fn name(id: &str) -> Checked {
    match id {
        "None" | "True" | "False" => wrong(format!("identifier field can't represent '{id}' constant")),
        _ => Ok(()),
    }
}

fn captured(id: &Option<Identifier>) -> Checked {
    match id.as_deref() {
        Some("_") => wrong("can't capture name '_' in patterns"),
        Some(id) => name(id),
        None => Ok(()),
    }
}

fn patterns(items: &[Pattern], star: bool) -> Checked {
    items.iter().try_for_each(|item| pattern(item, star))
}

/// `star`: `*rest` may stand here.
fn pattern(it: &Pattern, star: bool) -> Checked {
    match &it.kind {
        PatternKind::MatchValue { value } => matched_value(value),
        PatternKind::MatchSingleton { value: Constant::None | Constant::True | Constant::False } => Ok(()),
        PatternKind::MatchSingleton { .. } => wrong("MatchSingleton can only contain True, False and None"),
        PatternKind::MatchSequence { patterns: parts } => patterns(parts, true),
        PatternKind::MatchMapping { keys, patterns: parts, rest } => {
            if keys.len() != parts.len() {
                return wrong("MatchMapping doesn't have the same number of keys as patterns");
            }
            captured(rest)?;
            for key in keys {
                if !matches!(constant(key), Some(Constant::None | Constant::True | Constant::False)) {
                    matched_value(key)?;
                }
            }
            patterns(parts, false)
        }
        PatternKind::MatchClass { cls, patterns: parts, kwd_attrs, kwd_patterns } => {
            if kwd_attrs.len() != kwd_patterns.len() {
                return wrong("MatchClass doesn't have the same number of keyword attributes as patterns");
            }
            load(cls)?;
            let mut at = cls;
            while let ExprKind::Attribute { value, .. } = &at.kind {
                at = value;
            }
            if !matches!(at.kind, ExprKind::Name { .. }) {
                return wrong("MatchClass cls field can only contain Name or Attribute nodes.");
            }
            kwd_attrs.iter().try_for_each(|attr| name(attr))?;
            patterns(parts, false)?;
            patterns(kwd_patterns, false)
        }
        PatternKind::MatchStar { .. } if !star => wrong("can't use MatchStar here"),
        PatternKind::MatchStar { name } => captured(name),
        PatternKind::MatchAs { pattern: inner, name } => {
            captured(name)?;
            match (inner, name) {
                (None, _) => Ok(()),
                (Some(_), None) => wrong("MatchAs must specify a target name if a pattern is given"),
                (Some(inner), Some(_)) => pattern(inner, false),
            }
        }
        PatternKind::MatchOr { patterns: parts } => {
            if parts.len() < 2 {
                return wrong("MatchOr requires at least 2 patterns");
            }
            patterns(parts, false)
        }
    }
}

fn constant(it: &Expr) -> Option<&Constant> {
    match &it.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

fn is_number(it: &Expr, real: bool, imaginary: bool) -> bool {
    match constant(it) {
        Some(Constant::Int(_) | Constant::Float(_)) => real,
        Some(Constant::Complex { .. }) => imaginary,
        _ => false,
    }
}

/// `-1`, or what may stand behind the sign.
fn is_signed(it: &Expr, imaginary: bool) -> bool {
    match &it.kind {
        ExprKind::UnaryOp { op: UnaryOp::USub, operand } => is_number(operand, true, imaginary),
        _ => is_number(it, true, imaginary),
    }
}

/// A literal or a dotted name, that a value is compared with.
fn matched_value(it: &Expr) -> Checked {
    load(it)?;
    let fits = match &it.kind {
        ExprKind::Constant { value, .. } => {
            let literal =
                matches!(value, Constant::Int(_) | Constant::Float(_) | Constant::Complex { .. } | Constant::Str(_) | Constant::Bytes(_));
            return if literal { Ok(()) } else { wrong("unexpected constant inside of a literal pattern") };
        }
        ExprKind::Attribute { .. } | ExprKind::JoinedStr { .. } => true,
        ExprKind::UnaryOp { .. } => is_signed(it, true),
        ExprKind::BinOp { left, op: Operator::Add | Operator::Sub, right } => is_signed(left, false) && is_number(right, false, true),
        _ => false,
    };
    if fits { Ok(()) } else { wrong("patterns may only match literals and attribute lookups") }
}

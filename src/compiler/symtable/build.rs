//! The walk over the tree that notes for every block which names it binds and uses.
//!
//! Errors that need no knowledge of other blocks are found here: a parameter twice, `global x` after a use of `x`, an
//! assignment expression where none may stand. Counterpart in CPython 3.11: `symtable_visit_*`.

use std::collections::HashMap;

use super::{BlockType, Comprehension, Entry, NameMap, Scope, ScopeId, Symbol, SymbolTable, address, def, mangle};
use crate::{
    compiler::{RECURSION_LIMIT, Result, cfg::Loc, error_at, future::Future, too_deep},
    syntax::ast::{
        self, Alias, Arguments, Expr, ExprContext, ExprKind, Identifier, Keyword, Location, Mod, Pattern, PatternKind, Stmt, StmtKind,
    },
};

pub fn build(module: &Mod, future: &Future) -> Result<SymbolTable> {
    let mut builder = Builder {
        table: SymbolTable { entries: Vec::new(), by_node: HashMap::default() },
        stack: Vec::new(),
        private: None,
        future_annotations: future.annotations(),
        depth: 0,
    };
    builder.enter("top".into(), BlockType::Module, 0, None);
    match module {
        Mod::Module { body } | Mod::Interactive { body } => builder.body(body)?,
        Mod::Expression { body } => builder.expr(body)?,
    }
    Ok(builder.table)
}

struct Builder {
    table: SymbolTable,
    /// The open blocks, the innermost last.
    stack: Vec<ScopeId>,
    /// The class whose body this is in.
    private: Option<Identifier>,
    future_annotations: bool,
    depth: u32,
}

impl Builder {
    fn enter(&mut self, name: Identifier, block: BlockType, lineno: u32, node: Option<usize>) {
        let outer = self.stack.last().map(|id| &self.table[*id]);
        let entry = Entry {
            name,
            block,
            lineno,
            symbols: NameMap::default(),
            order: Vec::new(),
            varnames: Vec::new(),
            children: Vec::new(),
            directives: Vec::new(),
            nested: outer.is_some_and(|outer| outer.nested || outer.block == BlockType::Function),
            generator: false,
            coroutine: false,
            comprehension: Comprehension::No,
            varargs: false,
            varkeywords: false,
            needs_class_closure: false,
            comp_iter_target: false,
            comp_iter_expr: outer.map_or(0, |outer| outer.comp_iter_expr),
        };
        let id = ScopeId(self.table.entries.len() as u32);
        self.table.entries.push(entry);
        if block != BlockType::Annotation {
            if let Some(outer) = self.stack.last() {
                self.table[*outer].children.push(id);
            }
            if let Some(node) = node {
                self.table.by_node.insert(node, id);
            }
        }
        self.stack.push(id);
    }

    fn leave(&mut self) {
        self.stack.pop();
    }

    fn current_id(&self) -> ScopeId {
        self.stack.last().copied().unwrap_or(SymbolTable::TOP)
    }

    fn current(&mut self) -> &mut Entry {
        let id = self.current_id();
        &mut self.table[id]
    }

    fn mangled(&self, name: &Identifier) -> Identifier {
        mangle(self.private.as_ref(), name)
    }

    fn lookup(&mut self, name: &Identifier) -> u16 {
        let name = self.mangled(name);
        self.current().symbols.get(&name).map_or(0, |symbol| symbol.flags)
    }

    fn define(&mut self, name: &Identifier, flag: u16, location: Location) -> Result<()> {
        self.define_in(self.current_id(), name, flag, location)
    }

    fn define_in(&mut self, id: ScopeId, name: &Identifier, flag: u16, location: Location) -> Result<()> {
        let mangled = self.mangled(name);
        let entry = &mut self.table[id];
        let known = entry.symbols.get(&mangled).map(|symbol| symbol.flags);
        let mut flags = known.unwrap_or(0);
        if flag & flags & def::PARAM != 0 {
            return Err(error_at(location.into(), format!("duplicate argument '{name}' in function definition")));
        }
        flags |= flag;
        if entry.comp_iter_target {
            if flags & (def::GLOBAL | def::NONLOCAL) != 0 {
                let msg = format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                return Err(error_at(location.into(), msg));
            }
            flags |= def::COMP_ITER;
        }
        entry.symbols.insert(mangled.clone(), Symbol { flags, scope: Scope::Unknown });
        if known.is_none() {
            entry.order.push(mangled.clone());
        }
        if flag & def::PARAM != 0 {
            entry.varnames.push(mangled);
        } else if flag & def::GLOBAL != 0 {
            let top = &mut self.table[SymbolTable::TOP];
            match top.symbols.get_mut(&mangled) {
                Some(symbol) => symbol.flags |= flag,
                None => {
                    top.symbols.insert(mangled.clone(), Symbol { flags: flag, scope: Scope::Unknown });
                    top.order.push(mangled);
                }
            }
        }
        Ok(())
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > RECURSION_LIMIT { Err(too_deep()) } else { Ok(()) }
    }

    fn body(&mut self, body: &[Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Result<()> {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<()> {
        self.deeper()?;
        let location = stmt.location;
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(function, location, false)?,
            StmtKind::AsyncFunctionDef(function) => self.function(function, location, true)?,
            StmtKind::ClassDef(class) => {
                self.define(&class.name, def::LOCAL, location)?;
                self.exprs(&class.bases)?;
                self.keywords(&class.keywords)?;
                self.exprs(&class.decorator_list)?;
                self.enter(class.name.clone(), BlockType::Class, location.lineno, Some(address(&**class)));
                let outer = self.private.replace(class.name.clone());
                self.body(&class.body)?;
                self.private = outer;
                self.leave();
            }
            StmtKind::Return { value } => self.exprs(value.as_deref())?,
            StmtKind::Delete { targets } => self.exprs(targets)?,
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)?;
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)?;
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated_target(target, value.is_some(), *simple, location)?;
                self.annotation(annotation)?;
                self.exprs(value.as_deref())?;
            }
            StmtKind::For(node) | StmtKind::AsyncFor(node) => {
                self.expr(&node.target)?;
                self.expr(&node.iter)?;
                self.body(&node.body)?;
                self.body(&node.orelse)?;
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)?;
            }
            StmtKind::With { items, body } | StmtKind::AsyncWith { items, body } => {
                for item in items {
                    self.expr(&item.context_expr)?;
                    self.exprs(item.optional_vars.as_deref())?;
                }
                self.body(body)?;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    self.exprs(case.guard.as_deref())?;
                    self.body(&case.body)?;
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.exprs(exc.as_deref())?;
                self.exprs(cause.as_deref())?;
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => {
                self.body(&node.body)?;
                self.body(&node.orelse)?;
                for handler in &node.handlers {
                    self.exprs(handler.typ.as_deref())?;
                    if let Some(name) = &handler.name {
                        self.define(name, def::LOCAL, handler.location)?;
                    }
                    self.body(&handler.body)?;
                }
                self.body(&node.finalbody)?;
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.exprs(msg.as_deref())?;
            }
            StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => {
                names.iter().try_for_each(|alias| self.alias(alias))?;
            }
            StmtKind::Global { names } => self.directive(names, def::GLOBAL, "global", location)?,
            StmtKind::Nonlocal { names } => self.directive(names, def::NONLOCAL, "nonlocal", location)?,
            StmtKind::Expr { value } => self.expr(value)?,
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn function(&mut self, function: &ast::FunctionDef, location: Location, is_async: bool) -> Result<()> {
        self.define(&function.name, def::LOCAL, location)?;
        self.defaults(&function.args)?;
        self.annotations(&function.args, function.returns.as_deref())?;
        self.exprs(&function.decorator_list)?;
        self.enter(function.name.clone(), BlockType::Function, location.lineno, Some(address(function)));
        self.current().coroutine = is_async;
        self.arguments(&function.args)?;
        self.body(&function.body)?;
        self.leave();
        Ok(())
    }

    fn defaults(&mut self, args: &Arguments) -> Result<()> {
        self.exprs(&args.defaults)?;
        self.exprs(args.kw_defaults.iter().flatten())
    }

    fn arguments(&mut self, args: &Arguments) -> Result<()> {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            self.define(&arg.arg, def::PARAM, arg.location)?;
        }
        if let Some(arg) = &args.vararg {
            self.define(&arg.arg, def::PARAM, arg.location)?;
            self.current().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.define(&arg.arg, def::PARAM, arg.location)?;
            self.current().varkeywords = true;
        }
        Ok(())
    }

    fn annotations(&mut self, args: &Arguments, returns: Option<&Expr>) -> Result<()> {
        if self.future_annotations {
            self.enter("_annotation".into(), BlockType::Annotation, 0, None);
        }
        let all = args.posonlyargs.iter().chain(&args.args).chain(args.vararg.as_deref()).chain(args.kwarg.as_deref());
        for arg in all.chain(&args.kwonlyargs) {
            self.exprs(arg.annotation.as_deref())?;
        }
        if self.future_annotations {
            self.leave();
        }
        returns.map_or(Ok(()), |returns| self.annotation(returns))
    }

    fn annotation(&mut self, annotation: &Expr) -> Result<()> {
        if self.future_annotations {
            self.enter("_annotation".into(), BlockType::Annotation, 0, None);
            self.expr(annotation)?;
            self.leave();
            Ok(())
        } else {
            self.expr(annotation)
        }
    }

    fn annotated_target(&mut self, target: &Expr, has_value: bool, simple: bool, location: Location) -> Result<()> {
        let ExprKind::Name { id, .. } = &target.kind else {
            return self.expr(target);
        };
        let flags = self.lookup(id);
        if simple && flags & (def::GLOBAL | def::NONLOCAL) != 0 && self.stack.len() > 1 {
            let what = if flags & def::GLOBAL != 0 { "global" } else { "nonlocal" };
            return Err(error_at(location.into(), format!("annotated name '{id}' can't be {what}")));
        }
        if simple {
            self.define(id, def::ANNOT | def::LOCAL, target.location)?;
        }
        if has_value {
            self.define(id, def::LOCAL, target.location)?;
        }
        Ok(())
    }

    fn directive(&mut self, names: &[Identifier], flag: u16, word: &str, location: Location) -> Result<()> {
        for name in names {
            let flags = self.lookup(name);
            if flags & (def::PARAM | def::LOCAL | def::USE | def::ANNOT) != 0 {
                let msg = if flags & def::PARAM != 0 {
                    format!("name '{name}' is parameter and {word}")
                } else if flags & def::USE != 0 {
                    format!("name '{name}' is used prior to {word} declaration")
                } else if flags & def::ANNOT != 0 {
                    format!("annotated name '{name}' can't be {word}")
                } else {
                    format!("name '{name}' is assigned to before {word} declaration")
                };
                return Err(error_at(location.into(), msg));
            }
            self.define(name, flag, location)?;
            self.record_directive(name, location);
        }
        Ok(())
    }

    fn record_directive(&mut self, name: &Identifier, location: Location) {
        let name = self.mangled(name);
        self.current().directives.push((name, location.into()));
    }

    fn alias(&mut self, alias: &Alias) -> Result<()> {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            if self.current().block != BlockType::Module {
                return Err(error_at(alias.location.into(), "import * only allowed at module level"));
            }
            return Ok(());
        }
        let stored: Identifier = match name.split_once('.') {
            Some((first, _)) => first.into(),
            None => name.clone(),
        };
        self.define(&stored, def::IMPORT, alias.location)
    }

    fn keywords(&mut self, keywords: &[Keyword]) -> Result<()> {
        keywords.iter().try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn expr(&mut self, expr: &Expr) -> Result<()> {
        self.deeper()?;
        match &expr.kind {
            ExprKind::BoolOp { values, .. } => self.exprs(values)?,
            ExprKind::NamedExpr { target, value } => {
                self.not_in_annotation("named expression", expr)?;
                self.named_expr(expr, target, value)?;
            }
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)?;
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand)?,
            ExprKind::Lambda { args, body } => {
                self.defaults(args)?;
                self.enter("lambda".into(), BlockType::Function, expr.location.lineno, Some(address(expr)));
                self.arguments(args)?;
                self.expr(body)?;
                self.leave();
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                self.exprs(keys.iter().flatten())?;
                self.exprs(values)?;
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts)?,
            ExprKind::ListComp { elt, generators } => self.comprehension(expr, "listcomp", Comprehension::List, generators, elt, None)?,
            ExprKind::SetComp { elt, generators } => self.comprehension(expr, "setcomp", Comprehension::Set, generators, elt, None)?,
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(expr, "genexpr", Comprehension::Generator, generators, elt, None)?;
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension(expr, "dictcomp", Comprehension::Dict, generators, key, Some(value))?;
            }
            ExprKind::Await { value } => {
                self.not_in_annotation("await expression", expr)?;
                self.expr(value)?;
                self.current().coroutine = true;
            }
            ExprKind::Yield { value } => {
                self.not_in_annotation("yield expression", expr)?;
                self.exprs(value.as_deref())?;
                self.yields(expr)?;
            }
            ExprKind::YieldFrom { value } => {
                self.not_in_annotation("yield expression", expr)?;
                self.expr(value)?;
                self.yields(expr)?;
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)?;
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)?;
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.exprs(format_spec.as_deref())?;
            }
            ExprKind::JoinedStr { values } => self.exprs(values)?,
            ExprKind::Constant { .. } => {}
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => self.expr(value)?,
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)?;
            }
            ExprKind::Slice { lower, upper, step } => {
                for part in [lower, upper, step] {
                    self.exprs(part.as_deref())?;
                }
            }
            ExprKind::Name { id, ctx } => {
                let flag = if *ctx == ExprContext::Load { def::USE } else { def::LOCAL };
                self.define(id, flag, expr.location)?;
                // `super()` without arguments finds its class in the cell __class__.
                if *ctx == ExprContext::Load && &**id == "super" && self.current().block == BlockType::Function {
                    self.define(&"__class__".into(), def::USE, expr.location)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn yields(&mut self, expr: &Expr) -> Result<()> {
        let current = self.current();
        current.generator = true;
        let place = match current.comprehension {
            Comprehension::No => return Ok(()),
            Comprehension::List => "list comprehension",
            Comprehension::Set => "set comprehension",
            Comprehension::Dict => "dict comprehension",
            Comprehension::Generator => "generator expression",
        };
        Err(error_at(expr.location.into(), format!("'yield' inside {place}")))
    }

    fn not_in_annotation(&mut self, what: &str, expr: &Expr) -> Result<()> {
        if self.current().block != BlockType::Annotation {
            return Ok(());
        }
        Err(error_at(expr.location.into(), format!("'{what}' can not be used within an annotation")))
    }

    fn named_expr(&mut self, expr: &Expr, target: &Expr, value: &Expr) -> Result<()> {
        if self.current().comp_iter_expr > 0 {
            let msg = "assignment expression cannot be used in a comprehension iterable expression";
            return Err(error_at(expr.location.into(), msg));
        }
        if self.current().comprehension != Comprehension::No {
            self.extend_named_expr_scope(target)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    /// `(x := …)` inside comprehensions binds x in the function or module around them.
    fn extend_named_expr_scope(&mut self, target: &Expr) -> Result<()> {
        let ExprKind::Name { id: name, .. } = &target.kind else {
            return Ok(());
        };
        let location = target.location;
        for id in self.stack.clone().into_iter().rev() {
            let entry = &self.table[id];
            let flags = entry.symbols.get(name).map_or(0, |symbol| symbol.flags);
            if entry.comprehension != Comprehension::No {
                if flags & def::COMP_ITER != 0 && flags & (def::LOCAL | def::GLOBAL) != 0 {
                    let msg = format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                    return Err(error_at(location.into(), msg));
                }
                continue;
            }
            let (here, there) = match entry.block {
                BlockType::Function if flags & def::GLOBAL != 0 => (def::GLOBAL, def::LOCAL),
                BlockType::Function => (def::NONLOCAL, def::LOCAL),
                BlockType::Module => (def::GLOBAL, def::GLOBAL),
                BlockType::Class => {
                    let msg = "assignment expression within a comprehension cannot be used in a class body";
                    return Err(error_at(location.into(), msg));
                }
                BlockType::Annotation => continue,
            };
            self.define(name, here, location)?;
            self.record_directive(name, location);
            return self.define_in(id, name, there, location);
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        expr: &Expr,
        name: &str,
        kind: Comprehension,
        generators: &[ast::Comprehension],
        elt: &Expr,
        value: Option<&Expr>,
    ) -> Result<()> {
        let Some((outermost, rest)) = generators.split_first() else {
            return Ok(());
        };
        // The outermost iterable is evaluated in the block around.
        self.current().comp_iter_expr += 1;
        self.expr(&outermost.iter)?;
        self.current().comp_iter_expr -= 1;
        self.enter(name.into(), BlockType::Function, expr.location.lineno, Some(address(expr)));
        self.current().comprehension = kind;
        self.current().coroutine = outermost.is_async;
        self.define(&".0".into(), def::PARAM, expr.location)?;
        self.comprehension_target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for generator in rest {
            self.comprehension_target(&generator.target)?;
            self.current().comp_iter_expr += 1;
            self.expr(&generator.iter)?;
            self.current().comp_iter_expr -= 1;
            self.exprs(&generator.ifs)?;
            self.current().coroutine |= generator.is_async;
        }
        self.exprs(value)?;
        self.expr(elt)?;
        let current = self.current();
        current.generator = kind == Comprehension::Generator;
        let is_async = current.coroutine && !current.generator;
        self.leave();
        // An asynchronous list comprehension is awaited where it stands.
        self.current().coroutine |= is_async;
        Ok(())
    }

    fn comprehension_target(&mut self, target: &Expr) -> Result<()> {
        self.current().comp_iter_target = true;
        self.expr(target)?;
        self.current().comp_iter_target = false;
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<()> {
        self.deeper()?;
        let location = pattern.location;
        let name = match &pattern.kind {
            PatternKind::MatchValue { value } => {
                self.expr(value)?;
                None
            }
            PatternKind::MatchSingleton { .. } => None,
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))?;
                None
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))?;
                rest.as_ref()
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                patterns.iter().chain(kwd_patterns).try_for_each(|pattern| self.pattern(pattern))?;
                None
            }
            PatternKind::MatchStar { name } => name.as_ref(),
            PatternKind::MatchAs { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern)?;
                }
                name.as_ref()
            }
        };
        if let Some(name) = name {
            self.define(name, def::LOCAL, location)?;
        }
        self.depth -= 1;
        Ok(())
    }
}

impl From<&Location> for Loc {
    fn from(location: &Location) -> Loc {
        Loc::from(*location)
    }
}

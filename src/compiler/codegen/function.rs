//! Functions and lambdas: defaults, annotations, the code object, the closure.

use std::sync::Arc;

use super::{Codegen, UnitKind, string, strings};
use crate::{
    bytecode::{
        code::{CodeObject, Constant},
        opcode::Op,
    },
    compiler::{Result, symtable::Scope},
    syntax::ast::{Arg, Arguments, Expr, ExprContext, ExprKind, FunctionDef, Identifier, Stmt},
};

/// Bits of `MAKE_FUNCTION`'s argument.
const DEFAULTS: u32 = 1;
const KEYWORD_DEFAULTS: u32 = 2;
const ANNOTATIONS: u32 = 4;
const CLOSURE: u32 = 8;

impl<'a> Codegen<'a> {
    pub(super) fn function_def(&mut self, stmt: &'a Stmt, function: &'a FunctionDef, kind: UnitKind) -> Result<()> {
        self.check_argument_names(&function.args)?;
        self.decorators(&function.decorator_list)?;
        let first = function.decorator_list.first().map_or(stmt.location, |decorator| decorator.location);
        let mut flags = self.default_arguments(&function.args)?;
        if self.annotations(&function.args, function.returns.as_deref())? {
            flags |= ANNOTATIONS;
        }
        let scope = self.table.scope_for(function);
        self.enter(function.name.clone(), kind, scope, first.lineno as i32);
        let (docstring, body) = self.split_docstring(&function.body);
        self.add_const(docstring.unwrap_or(Constant::None));
        self.set_argument_counts(&function.args);
        self.stmts(body)?;
        let code = self.finish(true)?;
        self.make_closure(code, flags);
        self.apply_decorators(&function.decorator_list);
        self.name(&function.name, ExprContext::Store)
    }

    pub(super) fn lambda(&mut self, expr: &'a Expr, args: &'a Arguments, body: &'a Expr) -> Result<()> {
        self.check_argument_names(args)?;
        let flags = self.default_arguments(args)?;
        let scope = self.table.scope_for(expr);
        self.enter("<lambda>".into(), UnitKind::Lambda, scope, expr.location.lineno as i32);
        // The first constant is a docstring otherwise.
        self.add_const(Constant::None);
        self.set_argument_counts(args);
        self.expr(body)?;
        let code = if self.table[scope].generator {
            self.finish(false)?
        } else {
            self.op(Op::RETURN_VALUE);
            self.finish(true)?
        };
        self.make_closure(code, flags);
        Ok(())
    }

    fn set_argument_counts(&mut self, args: &Arguments) {
        let unit = self.unit();
        unit.argcount = (args.posonlyargs.len() + args.args.len()) as u32;
        unit.posonlyargcount = args.posonlyargs.len() as u32;
        unit.kwonlyargcount = args.kwonlyargs.len() as u32;
    }

    pub(super) fn decorators(&mut self, decorators: &'a [Expr]) -> Result<()> {
        self.exprs(decorators)
    }

    pub(super) fn apply_decorators(&mut self, decorators: &'a [Expr]) {
        let outer = self.loc();
        for decorator in decorators.iter().rev() {
            self.set_loc(decorator.location);
            self.op_arg(Op::PRECALL, 0);
            self.op_arg(Op::CALL, 0);
        }
        self.set_loc(outer);
    }

    fn check_argument_names(&mut self, args: &'a Arguments) -> Result<()> {
        let all = args.posonlyargs.iter().chain(&args.args).chain(args.vararg.as_deref());
        for arg in all.chain(&args.kwonlyargs).chain(args.kwarg.as_deref()) {
            self.check_forbidden(&arg.arg, ExprContext::Store)?;
        }
        Ok(())
    }

    fn default_arguments(&mut self, args: &'a Arguments) -> Result<u32> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            flags |= DEFAULTS;
            self.exprs(&args.defaults)?;
            self.op_arg(Op::BUILD_TUPLE, args.defaults.len() as u32);
        }
        let mut names: Vec<Identifier> = Vec::new();
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                names.push(self.mangled(&arg.arg));
                self.expr(default)?;
            }
        }
        if !names.is_empty() {
            flags |= KEYWORD_DEFAULTS;
            self.load_const(strings(&names));
            self.op_arg(Op::BUILD_CONST_KEY_MAP, names.len() as u32);
        }
        Ok(flags)
    }

    /// Pushes the tuple of names and annotations; says whether there are any.
    fn annotations(&mut self, args: &'a Arguments, returns: Option<&'a Expr>) -> Result<bool> {
        let mut count = 0;
        let all = args.args.iter().chain(&args.posonlyargs).chain(args.vararg.as_deref());
        for Arg { arg, annotation, .. } in all.chain(&args.kwonlyargs).chain(args.kwarg.as_deref()) {
            if let Some(annotation) = annotation {
                self.argument_annotation(arg, annotation)?;
                count += 2;
            }
        }
        if let Some(returns) = returns {
            self.argument_annotation(&"return".into(), returns)?;
            count += 2;
        }
        if count > 0 {
            self.op_arg(Op::BUILD_TUPLE, count);
        }
        Ok(count > 0)
    }

    fn argument_annotation(&mut self, name: &Identifier, annotation: &'a Expr) -> Result<()> {
        let name = self.mangled(name);
        self.load_const(string(&name));
        match &annotation.kind {
            // `*args: *Ts` stands for the one item that *Ts gives.
            ExprKind::Starred { value, .. } if !self.future.annotations() => {
                self.expr(value)?;
                self.op_arg(Op::UNPACK_SEQUENCE, 1);
                Ok(())
            }
            _ => self.annotation(annotation),
        }
    }

    /// Makes a function of a code object; cells for its free variables come from this unit.
    pub(super) fn make_closure(&mut self, code: Arc<CodeObject>, mut flags: u32) {
        let free: Vec<_> = code.freevars().cloned().collect();
        if !free.is_empty() {
            for name in &free {
                let table = self.table;
                let unit = self.unit();
                // A name that is both free in a method and bound in the class body is passed through from outside.
                let entry = &table[unit.scope];
                let is_class_cell = unit.kind == UnitKind::Class && &**name == "__class__";
                let scope = if is_class_cell || entry.scope_of(name) == Scope::Cell { Scope::Cell } else { Scope::Free };
                let slot = unit.deref_slot(name, scope);
                self.op_arg(Op::LOAD_CLOSURE, slot);
            }
            flags |= CLOSURE;
            self.op_arg(Op::BUILD_TUPLE, free.len() as u32);
        }
        self.load_const(Constant::Code(code));
        self.op_arg(Op::MAKE_FUNCTION, flags);
    }
}

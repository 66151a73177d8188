//! Classes: a call of `__build_class__` with the body as a function, the name, the bases and keywords.

use super::{Codegen, UnitKind, string};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::Result,
    syntax::ast::{ClassDef, ExprContext, Stmt},
};

impl<'a> Codegen<'a> {
    pub(super) fn class_def(&mut self, stmt: &'a Stmt, class: &'a ClassDef) -> Result<()> {
        self.decorators(&class.decorator_list)?;
        let first = class.decorator_list.first().map_or(stmt.location, |decorator| decorator.location);
        let scope = self.table.scope_for(class);
        self.enter(class.name.clone(), UnitKind::Class, scope, first.lineno as i32);
        self.unit().private = Some(class.name.clone());
        self.name(&"__name__".into(), ExprContext::Load)?;
        self.name(&"__module__".into(), ExprContext::Store)?;
        let qualname = self.unit().qualname.clone();
        self.load_const(string(&qualname));
        self.name(&"__qualname__".into(), ExprContext::Store)?;
        self.body(&class.body)?;
        self.unset_loc();
        if self.table[scope].needs_class_closure {
            // The cell is filled by `type.__new__`, which finds it in the namespace.
            self.op_arg(Op::LOAD_CLOSURE, 0);
            self.op_arg(Op::COPY, 1);
            self.name(&"__classcell__".into(), ExprContext::Store)?;
        } else {
            self.load_const(Constant::None);
        }
        self.op(Op::RETURN_VALUE);
        let code = self.finish(true)?;

        self.op(Op::PUSH_NULL);
        self.op(Op::LOAD_BUILD_CLASS);
        self.make_closure(code, 0);
        self.load_const(string(&class.name));
        self.call_arguments(2, &class.bases, &class.keywords)?;
        self.apply_decorators(&class.decorator_list);
        self.name(&class.name, ExprContext::Store)
    }
}

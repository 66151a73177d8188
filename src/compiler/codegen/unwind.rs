//! `try`, `with`, and the way out of them: what `return`, `break` and `continue` undo on every block they leave.
//!
//! Handlers cost nothing until something is raised: `SETUP_*` and `POP_BLOCK` exist only in the compiler and become the
//! exception table. Counterpart in CPython 3.11: `compiler_try_*`, `compiler_with`, `compiler_unwind_fblock`.

use super::{Codegen, FrameBlock, FrameKind};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{
        Result,
        cfg::{BlockId, Opcode},
    },
    syntax::ast::{ExceptHandler, ExprContext, Identifier, Stmt, Try, WithItem},
};

/// Blocks nested deeper than this are an error.
const MAX_BLOCKS: usize = 20;

impl<'a> Codegen<'a> {
    pub(super) fn push_frame(&mut self, kind: FrameKind<'a>, block: BlockId, exit: BlockId) -> Result<()> {
        if self.unit().frames.len() >= MAX_BLOCKS {
            return self.error("too many statically nested blocks");
        }
        self.unit().frames.push(FrameBlock { kind, block, exit });
        Ok(())
    }

    pub(super) fn pop_frame(&mut self) {
        self.unit().frames.pop();
    }

    /// Leaves all blocks, for `return`. With `preserve` there is a value on top that must survive.
    pub(super) fn unwind_all(&mut self, preserve: bool) -> Result<()> {
        self.unwind_stack(preserve, false).map(|_| ())
    }

    /// Leaves the blocks inside of the innermost loop, which is handed out.
    pub(super) fn unwind_to_loop(&mut self) -> Result<Option<FrameBlock<'a>>> {
        self.unwind_stack(false, true)
    }

    fn unwind_stack(&mut self, preserve: bool, to_loop: bool) -> Result<Option<FrameBlock<'a>>> {
        let Some(top) = self.unit().frames.last().copied() else {
            return Ok(None);
        };
        match top.kind {
            FrameKind::ExceptionGroupHandler => {
                return self.error("'break', 'continue' and 'return' cannot appear in an except* block");
            }
            FrameKind::WhileLoop | FrameKind::ForLoop if to_loop => return Ok(Some(top)),
            _ => {}
        }
        // A `finally` body is compiled outside of its own block.
        self.pop_frame();
        self.unwind(&top, preserve)?;
        let found = self.unwind_stack(preserve, to_loop)?;
        self.unit().frames.push(top);
        Ok(found)
    }

    /// Leaves one block.
    pub(super) fn unwind(&mut self, frame: &FrameBlock<'a>, preserve: bool) -> Result<()> {
        match frame.kind {
            FrameKind::WhileLoop | FrameKind::ExceptionHandler | FrameKind::ExceptionGroupHandler | FrameKind::AsyncComprehension => {}
            FrameKind::ForLoop | FrameKind::PopValue => {
                self.below_value(preserve);
                self.op(Op::POP_TOP);
            }
            FrameKind::TryExcept => self.op(Opcode::PopBlock),
            FrameKind::FinallyTry(body) => {
                self.op(Opcode::PopBlock);
                if preserve {
                    self.push_frame(FrameKind::PopValue, frame.block, frame.exit)?;
                }
                self.stmts(body)?;
                if preserve {
                    self.pop_frame();
                }
                self.unset_loc();
            }
            FrameKind::FinallyEnd => {
                self.below_value(preserve);
                self.op(Op::POP_TOP);
                self.below_value(preserve);
                self.op(Opcode::PopBlock);
                self.op(Op::POP_EXCEPT);
            }
            FrameKind::With(stmt) | FrameKind::AsyncWith(stmt) => {
                self.set_loc(stmt.location);
                self.op(Opcode::PopBlock);
                self.below_value(preserve);
                self.call_exit_with_nones();
                if let FrameKind::AsyncWith(_) = frame.kind {
                    self.await_exit();
                }
                self.op(Op::POP_TOP);
                self.unset_loc();
            }
            FrameKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.op(Opcode::PopBlock);
                }
                self.below_value(preserve);
                self.op(Opcode::PopBlock);
                self.op(Op::POP_EXCEPT);
                if let Some(name) = name {
                    self.unbind(name)?;
                }
            }
        }
        Ok(())
    }

    /// Brings what lies under a preserved value to the top.
    fn below_value(&mut self, preserve: bool) {
        if preserve {
            self.op_arg(Op::SWAP, 2);
        }
    }

    /// `name = None; del name`, so that the deletion cannot fail.
    fn unbind(&mut self, name: &Identifier) -> Result<()> {
        self.load_const(Constant::None);
        self.name(name, ExprContext::Store)?;
        self.name(name, ExprContext::Del)
    }

    fn pop_except_and_reraise(&mut self) {
        self.op_arg(Op::COPY, 3);
        self.op(Op::POP_EXCEPT);
        self.op_arg(Op::RERAISE, 1);
    }

    // try

    pub(super) fn try_stmt(&mut self, node: &'a Try, star: bool) -> Result<()> {
        if node.finalbody.is_empty() { self.try_handlers(node, star) } else { self.try_finally(node, star) }
    }

    fn try_handlers(&mut self, node: &'a Try, star: bool) -> Result<()> {
        if star { self.try_star(node) } else { self.try_except(node) }
    }

    fn try_finally(&mut self, node: &'a Try, star: bool) -> Result<()> {
        let body = self.new_block();
        let end = self.new_block();
        let exit = self.new_block();
        let cleanup = self.new_block();
        self.jump(Opcode::SetupFinally, end);
        self.use_block(body);
        self.push_frame(FrameKind::FinallyTry(&node.finalbody), body, end)?;
        if node.handlers.is_empty() {
            self.stmts(&node.body)?;
        } else {
            self.try_handlers(node, star)?;
        }
        self.op_noline(Opcode::PopBlock);
        self.pop_frame();
        self.stmts(&node.finalbody)?;
        self.jump_noline(Opcode::Jump, exit);

        self.use_block(end);
        self.unset_loc();
        self.jump(Opcode::SetupCleanup, cleanup);
        self.op(Op::PUSH_EXC_INFO);
        self.push_frame(FrameKind::FinallyEnd, end, end)?;
        self.stmts(&node.finalbody)?;
        self.pop_frame();
        self.op_arg(Op::RERAISE, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(exit);
        Ok(())
    }

    fn try_except(&mut self, node: &'a Try) -> Result<()> {
        let body = self.new_block();
        let except = self.new_block();
        let end = self.new_block();
        let cleanup = self.new_block();
        self.jump(Opcode::SetupFinally, except);
        self.use_block(body);
        self.push_frame(FrameKind::TryExcept, body, body)?;
        self.stmts(&node.body)?;
        self.pop_frame();
        self.op_noline(Opcode::PopBlock);
        self.stmts(&node.orelse)?;
        self.jump_noline(Opcode::Jump, end);

        self.use_block(except);
        self.unset_loc();
        self.jump(Opcode::SetupCleanup, cleanup);
        self.op(Op::PUSH_EXC_INFO);
        self.push_frame(FrameKind::ExceptionHandler, except, except)?;
        for (index, handler) in node.handlers.iter().enumerate() {
            self.set_loc(handler.location);
            if handler.typ.is_none() && index + 1 < node.handlers.len() {
                return self.error("default 'except:' must be last");
            }
            let next = self.new_block();
            if let Some(typ) = &handler.typ {
                self.expr(typ)?;
                self.op(Op::CHECK_EXC_MATCH);
                self.jump(Opcode::PopJumpIfFalse, next);
            }
            self.handler(handler, end)?;
            self.use_block(next);
        }
        self.unset_loc();
        self.pop_frame();
        self.op_arg(Op::RERAISE, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(end);
        Ok(())
    }

    fn handler(&mut self, handler: &'a ExceptHandler, end: BlockId) -> Result<()> {
        let Some(name) = &handler.name else {
            let body = self.new_block();
            self.op(Op::POP_TOP);
            self.use_block(body);
            self.push_frame(FrameKind::HandlerCleanup(None), body, body)?;
            self.stmts(&handler.body)?;
            self.pop_frame();
            self.unset_loc();
            self.op(Opcode::PopBlock);
            self.op(Op::POP_EXCEPT);
            self.jump(Opcode::Jump, end);
            return Ok(());
        };
        // The body is inside of a second `try`, whose `finally` deletes the name.
        let cleanup = self.new_block();
        let body = self.new_block();
        self.name(name, ExprContext::Store)?;
        self.jump(Opcode::SetupCleanup, cleanup);
        self.use_block(body);
        self.push_frame(FrameKind::HandlerCleanup(Some(name)), body, body)?;
        self.stmts(&handler.body)?;
        self.pop_frame();
        self.unset_loc();
        self.op(Opcode::PopBlock);
        self.op(Opcode::PopBlock);
        self.op(Op::POP_EXCEPT);
        self.unbind(name)?;
        self.jump(Opcode::Jump, end);

        self.use_block(cleanup);
        self.unset_loc();
        self.unbind(name)?;
        self.op_arg(Op::RERAISE, 1);
        Ok(())
    }

    /// `except*`: each handler takes its part of the group; what is left or raised anew is put together at the end.
    ///
    /// Stack in the handlers: `[previous, original group, list of what to raise, rest of the group]`.
    fn try_star(&mut self, node: &'a Try) -> Result<()> {
        let body = self.new_block();
        let mut except = self.new_block();
        let orelse = self.new_block();
        let end = self.new_block();
        let cleanup = self.new_block();
        let reraise_star = self.new_block();
        self.jump(Opcode::SetupFinally, except);
        self.use_block(body);
        self.push_frame(FrameKind::TryExcept, body, body)?;
        self.stmts(&node.body)?;
        self.pop_frame();
        self.op_noline(Opcode::PopBlock);
        self.jump_noline(Opcode::Jump, orelse);

        self.use_block(except);
        self.unset_loc();
        self.jump(Opcode::SetupCleanup, cleanup);
        self.op(Op::PUSH_EXC_INFO);
        self.push_frame(FrameKind::ExceptionGroupHandler, except, except)?;
        for (index, handler) in node.handlers.iter().enumerate() {
            self.set_loc(handler.location);
            except = self.new_block();
            let no_match = self.new_block();
            if index == 0 {
                self.op_arg(Op::COPY, 1);
                self.op_arg(Op::BUILD_LIST, 0);
                self.op_arg(Op::SWAP, 2);
            }
            if let Some(typ) = &handler.typ {
                self.expr(typ)?;
                self.op(Op::CHECK_EG_MATCH);
                self.op_arg(Op::COPY, 1);
                self.jump(Opcode::PopJumpIfNone, no_match);
            }
            let handled = self.new_block();
            self.star_handler(handler, handled, except)?;
            self.use_block(handled);
            self.op(Op::NOP); // keeps the line of the handler's end
            self.jump(Opcode::Jump, except);
            self.use_block(no_match);
            self.op(Op::POP_TOP);
            self.use_block(except);
            if index + 1 == node.handlers.len() {
                self.op_arg(Op::LIST_APPEND, 1);
                self.jump(Opcode::Jump, reraise_star);
            }
        }
        self.unset_loc();
        self.pop_frame();
        let reraise = self.new_block();
        self.use_block(reraise_star);
        self.op(Op::PREP_RERAISE_STAR);
        self.op_arg(Op::COPY, 1);
        self.jump(Opcode::PopJumpIfNotNone, reraise);
        self.op(Op::POP_TOP);
        self.op(Opcode::PopBlock);
        self.op(Op::POP_EXCEPT);
        self.jump(Opcode::Jump, end);

        self.use_block(reraise);
        self.op(Opcode::PopBlock);
        self.op_arg(Op::SWAP, 2);
        self.op(Op::POP_EXCEPT);
        self.op_arg(Op::RERAISE, 0);
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        self.use_block(orelse);
        self.stmts(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn star_handler(&mut self, handler: &'a ExceptHandler, handled: BlockId, raised: BlockId) -> Result<()> {
        let cleanup = self.new_block();
        let body = self.new_block();
        match &handler.name {
            Some(name) => self.name(name, ExprContext::Store)?,
            None => self.op(Op::POP_TOP),
        }
        self.jump(Opcode::SetupCleanup, cleanup);
        self.use_block(body);
        self.push_frame(FrameKind::HandlerCleanup(handler.name.as_ref()), body, body)?;
        self.stmts(&handler.body)?;
        self.pop_frame();
        self.unset_loc();
        self.op(Opcode::PopBlock);
        if let Some(name) = &handler.name {
            self.unbind(name)?;
        }
        self.jump(Opcode::Jump, handled);

        self.use_block(cleanup);
        self.unset_loc();
        if let Some(name) = &handler.name {
            self.unbind(name)?;
        }
        self.op_arg(Op::LIST_APPEND, 3);
        self.op(Op::POP_TOP);
        self.jump(Opcode::Jump, raised);
        Ok(())
    }

    // with

    pub(super) fn with(&mut self, stmt: &'a Stmt, items: &'a [WithItem], body: &'a [Stmt], is_async: bool) -> Result<()> {
        let Some((item, rest)) = items.split_first() else {
            return self.stmts(body);
        };
        let block = self.new_block();
        let handler = self.new_block();
        let exit = self.new_block();
        let cleanup = self.new_block();
        self.expr(&item.context_expr)?;
        if is_async {
            self.op(Op::BEFORE_ASYNC_WITH);
            self.op_arg(Op::GET_AWAITABLE, 1);
            self.load_const(Constant::None);
            self.yield_from(true);
        } else {
            self.op(Op::BEFORE_WITH);
        }
        self.jump(Opcode::SetupWith, handler);
        self.use_block(block);
        let kind = if is_async { FrameKind::AsyncWith(stmt) } else { FrameKind::With(stmt) };
        self.push_frame(kind, block, handler)?;
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.op(Op::POP_TOP),
        }
        self.with(stmt, rest, body, is_async)?;
        if !is_async {
            self.unset_loc();
        }
        self.op(Opcode::PopBlock);
        self.pop_frame();

        // Nothing was raised: __exit__(None, None, None).
        self.set_loc(stmt.location);
        self.call_exit_with_nones();
        if is_async {
            self.await_exit();
        }
        self.op(Op::POP_TOP);
        self.jump(Opcode::Jump, exit);

        self.use_block(handler);
        self.jump(Opcode::SetupCleanup, cleanup);
        self.op(Op::PUSH_EXC_INFO);
        self.op(Op::WITH_EXCEPT_START);
        if is_async {
            self.await_exit();
        }
        let suppress = self.new_block();
        self.jump(Opcode::PopJumpIfTrue, suppress);
        self.op_arg(Op::RERAISE, 2);
        self.unset_loc();
        self.use_block(cleanup);
        self.pop_except_and_reraise();
        // __exit__ was true: go on after the statement.
        self.use_block(suppress);
        self.op(Op::POP_TOP);
        self.op(Opcode::PopBlock);
        self.op(Op::POP_EXCEPT);
        self.op(Op::POP_TOP);
        self.op(Op::POP_TOP);
        self.use_block(exit);
        Ok(())
    }

    fn call_exit_with_nones(&mut self) {
        for _ in 0..3 {
            self.load_const(Constant::None);
        }
        self.op_arg(Op::PRECALL, 2);
        self.op_arg(Op::CALL, 2);
    }

    fn await_exit(&mut self) {
        self.op_arg(Op::GET_AWAITABLE, 2);
        self.load_const(Constant::None);
        self.yield_from(true);
    }
}

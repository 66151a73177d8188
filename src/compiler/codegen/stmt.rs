//! Statements: simple ones, loops, conditions, imports. `try` and `with` are in `unwind`, `match` in `pattern`.

use super::{Codegen, FrameKind, UnitKind, docstring};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{
        Result,
        cfg::{BlockId, Opcode},
        codegen::{constant, strings},
        error_at,
        symtable::BlockType,
    },
    syntax::ast::{self, Alias, CmpOp, Expr, ExprContext, ExprKind, Identifier, Stmt, StmtKind},
};

impl<'a> Codegen<'a> {
    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    pub(super) fn stmt(&mut self, stmt: &'a Stmt) -> Result<()> {
        self.set_loc(stmt.location);
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function_def(stmt, function, UnitKind::Function),
            StmtKind::AsyncFunctionDef(function) => self.function_def(stmt, function, UnitKind::AsyncFunction),
            StmtKind::ClassDef(class) => self.class_def(stmt, class),
            StmtKind::Return { value } => self.return_stmt(stmt, value.as_deref()),
            StmtKind::Delete { targets } => targets.iter().try_for_each(|target| self.expr(target)),
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value),
            StmtKind::AnnAssign { target, annotation, value, simple } => self.ann_assign(target, annotation, value.as_deref(), *simple),
            StmtKind::For(node) => self.for_stmt(node),
            StmtKind::AsyncFor(node) => self.async_for(node),
            StmtKind::While { test, body, orelse } => self.while_stmt(stmt, test, body, orelse),
            StmtKind::If { test, body, orelse } => self.if_stmt(test, body, orelse),
            StmtKind::With { items, body } => self.with(stmt, items, body, false),
            StmtKind::AsyncWith { items, body } => {
                if self.unit().kind != UnitKind::AsyncFunction {
                    return self.error("'async with' outside async function");
                }
                self.with(stmt, items, body, true)
            }
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                let mut count = 0;
                for part in [exc, cause].into_iter().flatten() {
                    self.expr(part)?;
                    count += 1;
                }
                self.op_arg(Op::RAISE_VARARGS, count);
                Ok(())
            }
            StmtKind::Try(node) => self.try_stmt(node, false),
            StmtKind::TryStar(node) => self.try_stmt(node, true),
            StmtKind::Assert { test, msg } => self.assert_stmt(test, msg.as_deref()),
            StmtKind::Import { names } => self.import(names),
            StmtKind::ImportFrom { module, names, level } => self.import_from(stmt, module.as_ref(), names, *level),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Expr { value } => self.expr_stmt(value),
            StmtKind::Pass => {
                self.op(Op::NOP);
                Ok(())
            }
            StmtKind::Break => self.break_stmt(),
            StmtKind::Continue => self.continue_stmt(),
        }
    }

    fn expr_stmt(&mut self, value: &'a Expr) -> Result<()> {
        if self.interactive && self.units.len() <= 1 {
            self.expr(value)?;
            self.op(Op::PRINT_EXPR);
            return Ok(());
        }
        if let ExprKind::Constant { .. } = value.kind {
            // Nothing to compute, but the line can be stepped on.
            self.op(Op::NOP);
            return Ok(());
        }
        self.expr(value)?;
        self.unset_loc();
        self.op(Op::POP_TOP);
        Ok(())
    }

    fn return_stmt(&mut self, stmt: &'a Stmt, value: Option<&'a Expr>) -> Result<()> {
        if self.block_type() != BlockType::Function {
            return self.error("'return' outside function");
        }
        let scope = self.unit().scope;
        let entry = &self.table[scope];
        if value.is_some() && entry.coroutine && entry.generator {
            return self.error("'return' with value in async generator");
        }
        // A constant is loaded after the blocks around are left, any other value before.
        let literal = match value.map(|value| &value.kind) {
            None => Some(Constant::None),
            Some(ExprKind::Constant { value, .. }) => Some(constant(value)),
            Some(_) => None,
        };
        let preserve = literal.is_none();
        if let Some(value) = value {
            if preserve {
                self.expr(value)?;
            } else {
                self.set_loc(value.location);
                self.op(Op::NOP);
            }
        }
        if value.is_none_or(|value| value.location.lineno != stmt.location.lineno) {
            self.set_loc(stmt.location);
            self.op(Op::NOP);
        }
        self.unwind_all(preserve)?;
        if let Some(literal) = literal {
            self.load_const(literal);
        }
        self.op(Op::RETURN_VALUE);
        Ok(())
    }

    fn break_stmt(&mut self) -> Result<()> {
        let origin = self.loc();
        self.op(Op::NOP);
        let Some(looped) = self.unwind_to_loop()? else {
            return Err(error_at(origin, "'break' outside loop"));
        };
        self.unwind(&looped, false)?;
        self.jump(Opcode::Jump, looped.exit);
        Ok(())
    }

    fn continue_stmt(&mut self) -> Result<()> {
        let origin = self.loc();
        self.op(Op::NOP);
        let Some(looped) = self.unwind_to_loop()? else {
            return Err(error_at(origin, "'continue' not properly in loop"));
        };
        self.jump(Opcode::Jump, looped.block);
        Ok(())
    }

    fn if_stmt(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Result<()> {
        let end = self.new_block();
        let next = if orelse.is_empty() { end } else { self.new_block() };
        self.jump_if(test, next, false)?;
        self.stmts(body)?;
        if !orelse.is_empty() {
            self.jump_noline(Opcode::Jump, end);
            self.use_block(next);
            self.stmts(orelse)?;
        }
        self.use_block(end);
        Ok(())
    }

    fn for_stmt(&mut self, node: &'a ast::For) -> Result<()> {
        let start = self.new_block();
        let body = self.new_block();
        let cleanup = self.new_block();
        let end = self.new_block();
        self.push_frame(FrameKind::ForLoop, start, end)?;
        self.expr(&node.iter)?;
        self.op(Op::GET_ITER);
        self.use_block(start);
        self.jump(Op::FOR_ITER, cleanup);
        self.use_block(body);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.unset_loc();
        self.jump(Opcode::Jump, start);
        self.use_block(cleanup);
        self.pop_frame();
        self.stmts(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn async_for(&mut self, node: &'a ast::For) -> Result<()> {
        if self.unit().kind != UnitKind::AsyncFunction {
            return self.error("'async for' outside async function");
        }
        let start = self.new_block();
        let except = self.new_block();
        let end = self.new_block();
        self.expr(&node.iter)?;
        self.op(Op::GET_AITER);
        self.use_block(start);
        self.push_frame(FrameKind::ForLoop, start, end)?;
        // StopAsyncIteration from __anext__ ends the loop.
        self.jump(Opcode::SetupFinally, except);
        self.op(Op::GET_ANEXT);
        self.load_const(Constant::None);
        self.yield_from(true);
        self.op(Opcode::PopBlock);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.unset_loc();
        self.jump(Opcode::Jump, start);
        self.pop_frame();
        self.use_block(except);
        // The end belongs to the `for`, not to its body.
        self.set_loc(node.iter.location);
        self.op(Op::END_ASYNC_FOR);
        self.stmts(&node.orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn while_stmt(&mut self, stmt: &'a Stmt, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Result<()> {
        let looped = self.new_block();
        let body_block = self.new_block();
        let anchor = self.new_block();
        let end = self.new_block();
        self.use_block(looped);
        self.push_frame(FrameKind::WhileLoop, looped, end)?;
        self.jump_if(test, anchor, false)?;
        self.use_block(body_block);
        self.stmts(body)?;
        self.set_loc(stmt.location);
        // The test stands at the bottom once more: one jump less each time round.
        self.jump_if(test, body_block, true)?;
        self.pop_frame();
        self.use_block(anchor);
        self.stmts(orelse)?;
        self.use_block(end);
        Ok(())
    }

    fn assert_stmt(&mut self, test: &'a Expr, msg: Option<&'a Expr>) -> Result<()> {
        self.warn_assert(test);
        if self.optimize > 0 {
            return Ok(());
        }
        let end = self.new_block();
        self.jump_if(test, end, true)?;
        self.op(Op::LOAD_ASSERTION_ERROR);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.op_arg(Op::PRECALL, 0);
            self.op_arg(Op::CALL, 0);
        }
        self.op_arg(Op::RAISE_VARARGS, 1);
        self.use_block(end);
        Ok(())
    }

    fn import(&mut self, names: &'a [Alias]) -> Result<()> {
        for alias in names {
            self.load_int(0);
            self.load_const(Constant::None);
            self.op_name(Op::IMPORT_NAME, &alias.name);
            let mut parts = alias.name.split('.');
            let first = parts.next().unwrap_or_default();
            let Some(asname) = &alias.asname else {
                self.name(&first.into(), ExprContext::Store)?;
                continue;
            };
            // `import a.b.c as d` walks down from a, which is what IMPORT_NAME gave.
            let mut parts = parts.peekable();
            let dotted = parts.peek().is_some();
            while let Some(part) = parts.next() {
                self.op_exact_name(Op::IMPORT_FROM, &part.into());
                if parts.peek().is_some() {
                    self.op_arg(Op::SWAP, 2);
                    self.op(Op::POP_TOP);
                }
            }
            self.name(asname, ExprContext::Store)?;
            if dotted {
                self.op(Op::POP_TOP);
            }
        }
        Ok(())
    }

    fn import_from(&mut self, stmt: &'a Stmt, module: Option<&'a Identifier>, names: &'a [Alias], level: u32) -> Result<()> {
        self.load_int(level as usize);
        if stmt.location.lineno as i32 > self.future.last_line && module.is_some_and(|module| &**module == "__future__") {
            return self.error("from __future__ imports must occur at the beginning of the file");
        }
        self.load_const(strings(names.iter().map(|alias| &alias.name)));
        self.op_name(Op::IMPORT_NAME, module.unwrap_or(&"".into()));
        if names.first().is_some_and(|alias| &*alias.name == "*") {
            self.op(Op::IMPORT_STAR);
            return Ok(());
        }
        for alias in names {
            self.op_name(Op::IMPORT_FROM, &alias.name);
            self.name(alias.asname.as_ref().unwrap_or(&alias.name), ExprContext::Store)?;
        }
        self.op(Op::POP_TOP);
        Ok(())
    }

    /// Jumps to `next` if the truth of `expr` is `condition`, without making a bool of it where that can be saved.
    pub(super) fn jump_if(&mut self, expr: &'a Expr, next: BlockId, condition: bool) -> Result<()> {
        self.deeper()?;
        match &expr.kind {
            ExprKind::UnaryOp { op: ast::UnaryOp::Not, operand } => self.jump_if(operand, next, !condition)?,
            ExprKind::BoolOp { op, values } => {
                let short = *op == ast::BoolOp::Or;
                let inner = if short == condition { next } else { self.new_block() };
                if let Some((last, rest)) = values.split_last() {
                    for value in rest {
                        self.jump_if(value, inner, short)?;
                    }
                    self.jump_if(last, next, condition)?;
                }
                if inner != next {
                    self.use_block(inner);
                }
            }
            ExprKind::IfExp { test, body, orelse } => {
                let end = self.new_block();
                let other = self.new_block();
                self.jump_if(test, other, false)?;
                self.jump_if(body, next, condition)?;
                self.jump_noline(Opcode::Jump, end);
                self.use_block(other);
                self.jump_if(orelse, next, condition)?;
                self.use_block(end);
            }
            ExprKind::Compare { left, ops, comparators } if ops.len() > 1 => {
                self.set_loc(expr.location);
                self.jump_if_chain(left, ops, comparators, next, condition)?;
            }
            _ => {
                if let ExprKind::Compare { .. } = expr.kind {
                    self.set_loc(expr.location);
                }
                self.expr(expr)?;
                self.jump(if condition { Opcode::PopJumpIfTrue } else { Opcode::PopJumpIfFalse }, next);
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn jump_if_chain(&mut self, left: &'a Expr, ops: &'a [CmpOp], comparators: &'a [Expr], next: BlockId, condition: bool) -> Result<()> {
        self.warn_compare(left, ops, comparators);
        let cleanup = self.new_block();
        self.expr(left)?;
        let last = ops.len() - 1;
        for (op, right) in ops[..last].iter().zip(comparators) {
            self.expr(right)?;
            self.op_arg(Op::SWAP, 2);
            self.op_arg(Op::COPY, 2);
            self.compare_op(*op);
            self.jump(Opcode::PopJumpIfFalse, cleanup);
        }
        self.expr(&comparators[last])?;
        self.compare_op(ops[last]);
        self.jump(if condition { Opcode::PopJumpIfTrue } else { Opcode::PopJumpIfFalse }, next);
        let end = self.new_block();
        self.jump_noline(Opcode::Jump, end);
        self.use_block(cleanup);
        self.op(Op::POP_TOP);
        if !condition {
            self.jump_noline(Opcode::Jump, next);
        }
        self.use_block(end);
        Ok(())
    }

    /// The statements of a function body after its docstring, which is handed out.
    pub(super) fn split_docstring(&self, body: &'a [Stmt]) -> (Option<Constant>, &'a [Stmt]) {
        match docstring(body) {
            Some(text) if self.optimize < 2 => (Some(Constant::Str(text.clone())), &body[1..]),
            _ => (None, body),
        }
    }
}

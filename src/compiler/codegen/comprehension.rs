//! Comprehensions and generator expressions: a function of one argument, the iterator of the outermost `for`.

use super::{Codegen, FrameKind, UnitKind};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{Result, cfg::Opcode},
    syntax::ast::{Comprehension, Expr, ExprKind},
};

/// What is collected, and how.
#[derive(Clone, Copy)]
struct Collect<'a> {
    /// `None` for a generator expression.
    build: Option<Op>,
    elt: &'a Expr,
    /// The value, for a dict.
    value: Option<&'a Expr>,
}

impl<'a> Codegen<'a> {
    pub(super) fn comprehension(&mut self, expr: &'a Expr) -> Result<()> {
        let (name, generators, collect): (_, &'a [Comprehension], _) = match &expr.kind {
            ExprKind::ListComp { elt, generators } => ("<listcomp>", generators, Collect { build: Some(Op::BUILD_LIST), elt, value: None }),
            ExprKind::SetComp { elt, generators } => ("<setcomp>", generators, Collect { build: Some(Op::BUILD_SET), elt, value: None }),
            ExprKind::DictComp { key, value, generators } => {
                ("<dictcomp>", generators, Collect { build: Some(Op::BUILD_MAP), elt: key, value: Some(value) })
            }
            ExprKind::GeneratorExp { elt, generators } => ("<genexpr>", generators, Collect { build: None, elt, value: None }),
            _ => return Ok(()),
        };
        let Some(outermost) = generators.first() else {
            return Ok(());
        };
        let outer_kind = self.unit().kind;
        let scope = self.table.scope_for(expr);
        self.enter(name.into(), UnitKind::Comprehension, scope, expr.location.lineno as i32);
        self.set_loc(expr.location);
        let is_async = self.table[scope].coroutine;
        if is_async && collect.build.is_some() && !matches!(outer_kind, UnitKind::AsyncFunction | UnitKind::Comprehension) {
            return self.error("asynchronous comprehension outside of an asynchronous function");
        }
        if let Some(build) = collect.build {
            self.op_arg(build, 0);
        }
        self.unit().argcount = 1;
        self.generator(generators, true, 0, collect)?;
        if collect.build.is_some() {
            self.op(Op::RETURN_VALUE);
        }
        let code = self.finish(true)?;
        self.make_closure(code, 0);
        self.expr(&outermost.iter)?;
        self.op(if outermost.is_async { Op::GET_AITER } else { Op::GET_ITER });
        self.op_arg(Op::PRECALL, 0);
        self.op_arg(Op::CALL, 0);
        if is_async && collect.build.is_some() {
            self.op_arg(Op::GET_AWAITABLE, 0);
            self.load_const(Constant::None);
            self.yield_from(true);
        }
        Ok(())
    }

    /// One `for` and what is inside of it. `depth`: iterators on the stack above the collection.
    fn generator(&mut self, generators: &'a [Comprehension], outermost: bool, depth: u32, collect: Collect<'a>) -> Result<()> {
        let Some((generator, rest)) = generators.split_first() else {
            return Ok(());
        };
        if generator.is_async {
            self.async_generator(generator, rest, outermost, depth, collect)
        } else {
            self.sync_generator(generator, rest, outermost, depth, collect)
        }
    }

    fn sync_generator(
        &mut self,
        generator: &'a Comprehension,
        rest: &'a [Comprehension],
        outermost: bool,
        mut depth: u32,
        collect: Collect<'a>,
    ) -> Result<()> {
        let start = self.new_block();
        let skip = self.new_block();
        let if_cleanup = self.new_block();
        let anchor = self.new_block();
        let mut looped = true;
        if outermost {
            self.op_arg(Op::LOAD_FAST, 0);
        } else if let Some(only) = single_item(&generator.iter) {
            // `for y in [f(x)]` is an assignment.
            self.expr(only)?;
            looped = false;
        } else {
            self.expr(&generator.iter)?;
            self.op(Op::GET_ITER);
        }
        if looped {
            depth += 1;
            self.use_block(start);
            self.jump(Op::FOR_ITER, anchor);
        }
        self.expr(&generator.target)?;
        for test in &generator.ifs {
            self.jump_if(test, if_cleanup, false)?;
        }
        if rest.is_empty() {
            self.collect(depth, collect)?;
            self.use_block(skip);
        } else {
            self.generator(rest, false, depth, collect)?;
        }
        self.use_block(if_cleanup);
        if looped {
            self.jump(Opcode::Jump, start);
            self.use_block(anchor);
        }
        Ok(())
    }

    fn async_generator(
        &mut self,
        generator: &'a Comprehension,
        rest: &'a [Comprehension],
        outermost: bool,
        depth: u32,
        collect: Collect<'a>,
    ) -> Result<()> {
        let start = self.new_block();
        let except = self.new_block();
        let if_cleanup = self.new_block();
        if outermost {
            self.op_arg(Op::LOAD_FAST, 0);
        } else {
            self.expr(&generator.iter)?;
            self.op(Op::GET_AITER);
        }
        self.use_block(start);
        self.push_frame(FrameKind::AsyncComprehension, start, start)?;
        self.jump(Opcode::SetupFinally, except);
        self.op(Op::GET_ANEXT);
        self.load_const(Constant::None);
        self.yield_from(true);
        self.op(Opcode::PopBlock);
        self.expr(&generator.target)?;
        for test in &generator.ifs {
            self.jump_if(test, if_cleanup, false)?;
        }
        if rest.is_empty() {
            self.collect(depth + 1, collect)?;
        } else {
            self.generator(rest, false, depth + 1, collect)?;
        }
        self.use_block(if_cleanup);
        self.jump(Opcode::Jump, start);
        self.pop_frame();
        self.use_block(except);
        self.op(Op::END_ASYNC_FOR);
        Ok(())
    }

    fn collect(&mut self, depth: u32, collect: Collect<'a>) -> Result<()> {
        self.expr(collect.elt)?;
        if let Some(value) = collect.value {
            self.expr(value)?;
        }
        match collect.build {
            None => {
                self.yield_value();
                self.op(Op::POP_TOP);
            }
            Some(Op::BUILD_LIST) => self.op_arg(Op::LIST_APPEND, depth + 1),
            Some(Op::BUILD_SET) => self.op_arg(Op::SET_ADD, depth + 1),
            Some(_) => self.op_arg(Op::MAP_ADD, depth + 1),
        }
        Ok(())
    }
}

fn single_item(iter: &Expr) -> Option<&Expr> {
    match &iter.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match &elts[..] {
            [elt] if !matches!(elt.kind, ExprKind::Starred { .. }) => Some(elt),
            _ => None,
        },
        _ => None,
    }
}

//! `match`: patterns test the subject on top of the stack and leave captured values below it.
//!
//! A test that fails jumps to a chain of blocks, each of which pops one value, at the link that leaves the stack as it was
//! before the pattern. Names are stored only after the whole pattern has matched. Counterpart in CPython 3.11:
//! `compiler_pattern_*`.

use super::{Codegen, expr::literal, strings};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{
        Result,
        cfg::{BlockId, Opcode},
    },
    syntax::ast::{CmpOp, Expr, ExprContext, ExprKind, Identifier, MatchCase, Operator, Pattern, PatternKind},
};

/// The state of the pattern being compiled.
#[derive(Clone, Default)]
struct Context {
    /// Captured names, in the order of their values on the stack.
    stores: Vec<Identifier>,
    /// May a name or `_` match everything here?
    allow_irrefutable: bool,
    /// Block n pops n values and goes to the next case.
    fail_pop: Vec<BlockId>,
    /// Values on top of the captured ones.
    on_top: usize,
}

impl<'a> Codegen<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Result<()> {
        self.expr(subject)?;
        let end = self.new_block();
        let has_default = cases.len() > 1 && cases.last().is_some_and(|case| is_wildcard(&case.pattern));
        let tested = cases.len() - usize::from(has_default);
        for (index, case) in cases[..tested].iter().enumerate() {
            let last = index + 1 == tested;
            self.set_loc(case.pattern.location);
            if !last {
                self.op_arg(Op::COPY, 1);
            }
            let mut context = Context { allow_irrefutable: case.guard.is_some() || index + 1 == cases.len(), ..Context::default() };
            self.pattern(&case.pattern, &mut context)?;
            for name in &context.stores {
                self.name(name, ExprContext::Store)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut context, 0);
                self.jump_if(guard, context.fail_pop[0], false)?;
            }
            if !last {
                self.op(Op::POP_TOP);
            }
            self.stmts(&case.body)?;
            self.unset_loc();
            self.jump(Opcode::Jump, end);
            // Cleaning up after a failure belongs to the pattern, not to the body.
            self.set_loc(case.pattern.location);
            self.emit_fail_pop(&mut context);
        }
        if has_default && let Some(case) = cases.last() {
            self.set_loc(case.pattern.location);
            self.op(Op::NOP);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false)?;
            }
            self.stmts(&case.body)?;
        }
        self.use_block(end);
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Result<()> {
        self.deeper()?;
        self.set_loc(pattern.location);
        match &pattern.kind {
            PatternKind::MatchValue { value } => {
                if !matches!(value.kind, ExprKind::Constant { .. } | ExprKind::Attribute { .. }) {
                    return self.error("patterns may only match literals and attribute lookups");
                }
                self.expr(value)?;
                self.compare_op(CmpOp::Eq);
                self.jump_to_fail(context, Opcode::PopJumpIfFalse);
            }
            PatternKind::MatchSingleton { value } => {
                self.load_const(super::constant(value));
                self.compare_op(CmpOp::Is);
                self.jump_to_fail(context, Opcode::PopJumpIfFalse);
            }
            PatternKind::MatchSequence { patterns } => self.sequence_pattern(patterns, context)?,
            PatternKind::MatchMapping { keys, patterns, rest } => self.mapping_pattern(keys, patterns, rest.as_ref(), context)?,
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.class_pattern(pattern, cls, patterns, kwd_attrs, kwd_patterns, context)?;
            }
            PatternKind::MatchStar { name } => self.capture(name.as_ref(), context)?,
            PatternKind::MatchAs { pattern: None, name } => {
                if !context.allow_irrefutable {
                    return match name {
                        Some(name) => self.error(format!("name capture '{name}' makes remaining patterns unreachable")),
                        None => self.error("wildcard makes remaining patterns unreachable"),
                    };
                }
                self.capture(name.as_ref(), context)?;
            }
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                context.on_top += 1;
                self.op_arg(Op::COPY, 1);
                self.pattern(inner, context)?;
                context.on_top -= 1;
                self.capture(name.as_ref(), context)?;
            }
            PatternKind::MatchOr { patterns } => self.or_pattern(patterns, context)?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// A pattern inside of another: there, anything may match everything.
    fn subpattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Result<()> {
        let outer = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(pattern, context)?;
        context.allow_irrefutable = outer;
        Ok(())
    }

    fn ensure_fail_pop(&mut self, context: &mut Context, pops: usize) {
        while context.fail_pop.len() <= pops {
            let block = self.new_block();
            context.fail_pop.push(block);
        }
    }

    fn jump_to_fail(&mut self, context: &mut Context, op: Opcode) {
        let pops = context.on_top + context.stores.len();
        self.ensure_fail_pop(context, pops);
        self.jump(op, context.fail_pop[pops]);
    }

    fn emit_fail_pop(&mut self, context: &mut Context) {
        let blocks = std::mem::take(&mut context.fail_pop);
        for (pops, block) in blocks.into_iter().enumerate().rev() {
            self.use_block(block);
            if pops > 0 {
                self.op(Op::POP_TOP);
            }
        }
    }

    /// Moves the top below `count - 1` other values.
    fn rotate(&mut self, count: usize) {
        for depth in (2..=count).rev() {
            self.op_arg(Op::SWAP, depth as u32);
        }
    }

    /// Keeps the top for a name, below everything that is still needed.
    fn capture(&mut self, name: Option<&Identifier>, context: &mut Context) -> Result<()> {
        let Some(name) = name else {
            self.op(Op::POP_TOP);
            return Ok(());
        };
        self.check_forbidden(name, ExprContext::Store)?;
        if context.stores.contains(name) {
            return self.error(format!("multiple assignments to name '{name}' in pattern"));
        }
        self.rotate(context.on_top + context.stores.len() + 1);
        context.stores.push(name.clone());
        Ok(())
    }

    // Sequences.

    fn sequence_pattern(&mut self, patterns: &'a [Pattern], context: &mut Context) -> Result<()> {
        let is_star = |pattern: &Pattern| matches!(pattern.kind, PatternKind::MatchStar { .. });
        let is_wildcard_star = |pattern: &Pattern| matches!(pattern.kind, PatternKind::MatchStar { name: None });
        if patterns.iter().filter(|pattern| is_star(pattern)).count() > 1 {
            return self.error("multiple starred names in sequence pattern");
        }
        let star = patterns.iter().position(is_star);
        let only_wildcard = patterns.iter().all(|pattern| is_wildcard(pattern) || is_wildcard_star(pattern));
        context.on_top += 1;
        self.op(Op::MATCH_SEQUENCE);
        self.jump_to_fail(context, Opcode::PopJumpIfFalse);
        if star.is_none() || patterns.len() > 1 {
            self.op(Op::GET_LEN);
            self.load_int(patterns.len() - usize::from(star.is_some()));
            self.compare_op(if star.is_some() { CmpOp::GtE } else { CmpOp::Eq });
            self.jump_to_fail(context, Opcode::PopJumpIfFalse);
        }
        context.on_top -= 1;
        match star {
            _ if only_wildcard => {
                self.op(Op::POP_TOP);
                Ok(())
            }
            Some(star) if is_wildcard_star(&patterns[star]) => self.sequence_by_index(patterns, star, context),
            _ => self.sequence_by_unpacking(patterns, star, context),
        }
    }

    fn sequence_by_unpacking(&mut self, patterns: &'a [Pattern], star: Option<usize>, context: &mut Context) -> Result<()> {
        match star {
            Some(star) => {
                let after = patterns.len() - star - 1;
                if star >= 1 << 8 || after >= 1 << 23 {
                    return self.error("too many expressions in star-unpacking sequence pattern");
                }
                self.op_arg(Op::UNPACK_EX, (star | after << 8) as u32);
            }
            None => self.op_arg(Op::UNPACK_SEQUENCE, patterns.len() as u32),
        }
        context.on_top += patterns.len();
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        Ok(())
    }

    /// With `*_` the items are fetched one by one, so that the rest need not be copied.
    fn sequence_by_index(&mut self, patterns: &'a [Pattern], star: usize, context: &mut Context) -> Result<()> {
        context.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || index == star {
                continue;
            }
            self.op_arg(Op::COPY, 1);
            if index < star {
                self.load_int(index);
            } else {
                // The subject may not support negative indices.
                self.op(Op::GET_LEN);
                self.load_int(patterns.len() - index);
                self.op_arg(Op::BINARY_OP, super::expr::operator_number(Operator::Sub));
            }
            self.op(Op::BINARY_SUBSCR);
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.op(Op::POP_TOP);
        Ok(())
    }

    // Mappings.

    fn mapping_pattern(
        &mut self,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&'a Identifier>,
        context: &mut Context,
    ) -> Result<()> {
        let size = keys.len();
        context.on_top += 1;
        self.op(Op::MATCH_MAPPING);
        self.jump_to_fail(context, Opcode::PopJumpIfFalse);
        if size == 0 && rest.is_none() {
            context.on_top -= 1;
            self.op(Op::POP_TOP);
            return Ok(());
        }
        if size > 0 {
            self.op(Op::GET_LEN);
            self.load_int(size);
            self.compare_op(CmpOp::GtE);
            self.jump_to_fail(context, Opcode::PopJumpIfFalse);
        }
        for (index, key) in keys.iter().enumerate() {
            match &key.kind {
                ExprKind::Constant { value, .. } => {
                    let known = keys[..index].iter().filter_map(literal).any(|other| crate::compiler::fold::equal(other, value));
                    if known {
                        let shown = crate::bytecode::repr::constant(&super::constant(value));
                        return self.error(format!("mapping pattern checks duplicate key ({shown})"));
                    }
                }
                ExprKind::Attribute { .. } => {}
                _ => return self.error("mapping pattern keys may only match literals and attribute lookups"),
            }
            self.expr(key)?;
        }
        self.op_arg(Op::BUILD_TUPLE, size as u32);
        self.op(Op::MATCH_KEYS);
        context.on_top += 2;
        self.test_not_none(context);
        self.op_arg(Op::UNPACK_SEQUENCE, size as u32);
        context.on_top += size;
        context.on_top -= 1;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = rest else {
            self.op(Op::POP_TOP); // the keys
            self.op(Op::POP_TOP); // the subject
            return Ok(());
        };
        // rest = dict(subject), then del rest[key] for each key.
        self.op_arg(Op::BUILD_MAP, 0);
        self.op_arg(Op::SWAP, 3);
        self.op_arg(Op::DICT_UPDATE, 2);
        self.op_arg(Op::UNPACK_SEQUENCE, size as u32);
        for left in (1..=size).rev() {
            self.op_arg(Op::COPY, 1 + left as u32);
            self.op_arg(Op::SWAP, 2);
            self.op(Op::DELETE_SUBSCR);
        }
        self.capture(Some(rest), context)
    }

    /// The values to match, or None if there are none.
    fn test_not_none(&mut self, context: &mut Context) {
        self.op_arg(Op::COPY, 1);
        self.load_const(Constant::None);
        self.op_arg(Op::IS_OP, 1);
        self.jump_to_fail(context, Opcode::PopJumpIfFalse);
    }

    // Classes.

    fn class_pattern(
        &mut self,
        pattern: &'a Pattern,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        kwd_attrs: &'a [Identifier],
        kwd_patterns: &'a [Pattern],
        context: &mut Context,
    ) -> Result<()> {
        for (index, (attr, sub)) in kwd_attrs.iter().zip(kwd_patterns).enumerate() {
            self.set_loc(sub.location);
            self.check_forbidden(attr, ExprContext::Store)?;
            if let Some(other) = kwd_attrs[index + 1..].iter().position(|other| other == attr) {
                self.set_loc(kwd_patterns[index + 1 + other].location);
                return self.error(format!("attribute name repeated in class pattern: {attr}"));
            }
        }
        self.set_loc(pattern.location);
        self.expr(cls)?;
        self.load_const(strings(kwd_attrs));
        self.op_arg(Op::MATCH_CLASS, patterns.len() as u32);
        self.op_arg(Op::COPY, 1);
        self.load_const(Constant::None);
        self.op_arg(Op::IS_OP, 1);
        context.on_top += 1;
        self.jump_to_fail(context, Opcode::PopJumpIfFalse);
        let count = patterns.len() + kwd_patterns.len();
        self.op_arg(Op::UNPACK_SEQUENCE, count as u32);
        context.on_top += count;
        context.on_top -= 1;
        for sub in patterns.iter().chain(kwd_patterns) {
            context.on_top -= 1;
            if is_wildcard(sub) {
                self.op(Op::POP_TOP);
            } else {
                self.subpattern(sub, context)?;
            }
        }
        Ok(())
    }

    // Alternatives.

    /// Each alternative works on a copy of the subject and must capture the same names; their values are brought into the
    /// order of the first one.
    fn or_pattern(&mut self, patterns: &'a [Pattern], context: &mut Context) -> Result<()> {
        let end = self.new_block();
        let mut control: Option<Vec<Identifier>> = None;
        for (index, alternative) in patterns.iter().enumerate() {
            self.set_loc(alternative.location);
            let last = index + 1 == patterns.len();
            let mut inner = Context { allow_irrefutable: last && context.allow_irrefutable, ..Context::default() };
            self.op_arg(Op::COPY, 1);
            self.pattern(alternative, &mut inner)?;
            match &control {
                None => control = Some(inner.stores.clone()),
                Some(control) => self.reorder(control, &mut inner)?,
            }
            self.jump(Opcode::Jump, end);
            self.emit_fail_pop(&mut inner);
        }
        self.op(Op::POP_TOP);
        self.jump_to_fail(context, Opcode::Jump);
        self.use_block(end);
        let control = control.unwrap_or_default();
        // Each capture goes below the older captures and what lies on top of them.
        let rotations = control.len() + 1 + context.on_top + context.stores.len();
        for name in control {
            self.rotate(rotations);
            if context.stores.contains(&name) {
                return self.error(format!("multiple assignments to name '{name}' in pattern"));
            }
            context.stores.push(name);
        }
        self.op(Op::POP_TOP);
        Ok(())
    }

    fn reorder(&mut self, control: &[Identifier], context: &mut Context) -> Result<()> {
        let stores = &mut context.stores;
        if stores.len() != control.len() {
            return self.error("alternative patterns bind different names");
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = stores.iter().position(|name| *name == control[wanted]) else {
                return self.error("alternative patterns bind different names");
            };
            if found == wanted {
                continue;
            }
            let rotations = found + 1;
            stores[..=wanted].rotate_left(rotations);
            for _ in 0..rotations {
                self.rotate(wanted + 1);
            }
        }
        Ok(())
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchAs { name: None, .. })
}

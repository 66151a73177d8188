//! Expressions: the value of each ends up on top of the stack.

use super::{Codegen, STACK_USE_GUIDELINE, UnitKind, constant};
use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{Result, cfg::Opcode, symtable::BlockType},
    syntax::ast::{self, BoolOp, CmpOp, Expr, ExprContext, ExprKind, Operator, UnaryOp},
};

/// The three displays, by the instructions that build them.
#[derive(Clone, Copy)]
pub(super) struct Display {
    pub build: Op,
    pub add: Op,
    pub extend: Op,
    pub tuple: bool,
}

pub(super) const LIST: Display = Display { build: Op::BUILD_LIST, add: Op::LIST_APPEND, extend: Op::LIST_EXTEND, tuple: false };
pub(super) const TUPLE: Display = Display { tuple: true, ..LIST };
const SET: Display = Display { build: Op::BUILD_SET, add: Op::SET_ADD, extend: Op::SET_UPDATE, tuple: false };

/// `BINARY_OP` numbers from here on are the in-place operators.
const IN_PLACE: u32 = 13;

impl<'a> Codegen<'a> {
    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) -> Result<()> {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &'a Expr) -> Result<()> {
        self.deeper()?;
        let outer = self.loc();
        self.set_loc(expr.location);
        let result = self.expr_inner(expr);
        self.set_loc(outer);
        self.depth -= 1;
        result
    }

    fn expr_inner(&mut self, expr: &'a Expr) -> Result<()> {
        match &expr.kind {
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                self.op_arg(Op::COPY, 1);
                self.expr(target)
            }
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values),
            ExprKind::BinOp { left, op, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.op_arg(Op::BINARY_OP, operator_number(*op));
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => {
                self.expr(operand)?;
                self.op(match op {
                    UnaryOp::Invert => Op::UNARY_INVERT,
                    UnaryOp::Not => Op::UNARY_NOT,
                    UnaryOp::UAdd => Op::UNARY_POSITIVE,
                    UnaryOp::USub => Op::UNARY_NEGATIVE,
                });
                Ok(())
            }
            ExprKind::Lambda { args, body } => self.lambda(expr, args, body),
            ExprKind::IfExp { test, body, orelse } => {
                let end = self.new_block();
                let next = self.new_block();
                self.jump_if(test, next, false)?;
                self.expr(body)?;
                self.jump_noline(Opcode::Jump, end);
                self.use_block(next);
                self.expr(orelse)?;
                self.use_block(end);
                Ok(())
            }
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Set { elts } => self.display(elts, 0, SET),
            ExprKind::ListComp { .. } | ExprKind::SetComp { .. } | ExprKind::DictComp { .. } | ExprKind::GeneratorExp { .. } => {
                self.comprehension(expr)
            }
            ExprKind::Yield { value } => {
                if self.block_type() != BlockType::Function {
                    return self.error("'yield' outside function");
                }
                match value {
                    Some(value) => self.expr(value)?,
                    None => self.load_const(Constant::None),
                }
                self.yield_value();
                Ok(())
            }
            ExprKind::YieldFrom { value } => {
                if self.block_type() != BlockType::Function {
                    return self.error("'yield' outside function");
                }
                if self.unit().kind == UnitKind::AsyncFunction {
                    return self.error("'yield from' inside async function");
                }
                self.expr(value)?;
                self.op(Op::GET_YIELD_FROM_ITER);
                self.load_const(Constant::None);
                self.yield_from(false);
                Ok(())
            }
            ExprKind::Await { value } => {
                if self.block_type() != BlockType::Function {
                    return self.error("'await' outside function");
                }
                if !matches!(self.unit().kind, UnitKind::AsyncFunction | UnitKind::Comprehension) {
                    return self.error("'await' outside async function");
                }
                self.expr(value)?;
                self.op_arg(Op::GET_AWAITABLE, 0);
                self.load_const(Constant::None);
                self.yield_from(true);
                Ok(())
            }
            ExprKind::Compare { left, ops, comparators } => self.compare(left, ops, comparators),
            ExprKind::Call { func, args, keywords } => self.call(expr, func, args, keywords),
            ExprKind::Constant { value, .. } => {
                self.load_const(constant(value));
                Ok(())
            }
            ExprKind::JoinedStr { values } => self.joined_str(values),
            ExprKind::FormattedValue { value, conversion, format_spec } => self.formatted_value(value, *conversion, format_spec.as_deref()),
            ExprKind::Attribute { value, attr, ctx } => {
                self.expr(value)?;
                self.set_loc(expr.location);
                self.loc_of_attribute(expr);
                let op = match ctx {
                    ExprContext::Load => Op::LOAD_ATTR,
                    ExprContext::Store => {
                        self.check_forbidden(attr, *ctx)?;
                        Op::STORE_ATTR
                    }
                    ExprContext::Del => Op::DELETE_ATTR,
                };
                self.op_name(op, attr);
                Ok(())
            }
            ExprKind::Subscript { value, slice, ctx } => {
                if *ctx == ExprContext::Load {
                    self.warn_subscript(value);
                    self.warn_index(value, slice);
                }
                self.expr(value)?;
                self.expr(slice)?;
                self.op(match ctx {
                    ExprContext::Load => Op::BINARY_SUBSCR,
                    ExprContext::Store => Op::STORE_SUBSCR,
                    ExprContext::Del => Op::DELETE_SUBSCR,
                });
                Ok(())
            }
            ExprKind::Starred { ctx: ExprContext::Store, .. } => self.error("starred assignment target must be in a list or tuple"),
            ExprKind::Starred { .. } => self.error("can't use starred expression here"),
            ExprKind::Slice { lower, upper, step } => {
                for bound in [lower, upper] {
                    match bound {
                        Some(bound) => self.expr(bound)?,
                        None => self.load_const(Constant::None),
                    }
                }
                if let Some(step) = step {
                    self.expr(step)?;
                }
                self.op_arg(Op::BUILD_SLICE, if step.is_some() { 3 } else { 2 });
                Ok(())
            }
            ExprKind::Name { id, ctx } => self.name(id, *ctx),
            ExprKind::List { elts, ctx } => self.sequence(elts, *ctx, LIST),
            ExprKind::Tuple { elts, ctx } => self.sequence(elts, *ctx, TUPLE),
        }
    }

    fn sequence(&mut self, elts: &'a [Expr], ctx: ExprContext, display: Display) -> Result<()> {
        match ctx {
            ExprContext::Load => self.display(elts, 0, display),
            ExprContext::Store => self.unpack(elts),
            ExprContext::Del => self.exprs(elts),
        }
    }

    fn bool_op(&mut self, op: BoolOp, values: &'a [Expr]) -> Result<()> {
        let jump = if op == BoolOp::And { Op::JUMP_IF_FALSE_OR_POP } else { Op::JUMP_IF_TRUE_OR_POP };
        let end = self.new_block();
        if let Some((last, rest)) = values.split_last() {
            for value in rest {
                self.expr(value)?;
                self.jump(jump, end);
            }
            self.expr(last)?;
        }
        self.use_block(end);
        Ok(())
    }

    fn compare(&mut self, left: &'a Expr, ops: &'a [CmpOp], comparators: &'a [Expr]) -> Result<()> {
        self.warn_compare(left, ops, comparators);
        self.expr(left)?;
        let Some((last_op, rest)) = ops.split_last() else {
            return Ok(());
        };
        if rest.is_empty() {
            self.exprs(comparators)?;
            self.compare_op(*last_op);
            return Ok(());
        }
        let cleanup = self.new_block();
        for (op, right) in rest.iter().zip(comparators) {
            self.expr(right)?;
            self.op_arg(Op::SWAP, 2);
            self.op_arg(Op::COPY, 2);
            self.compare_op(*op);
            self.jump(Op::JUMP_IF_FALSE_OR_POP, cleanup);
        }
        self.exprs(&comparators[rest.len()..])?;
        self.compare_op(*last_op);
        let end = self.new_block();
        self.jump_noline(Opcode::Jump, end);
        self.use_block(cleanup);
        self.op_arg(Op::SWAP, 2);
        self.op(Op::POP_TOP);
        self.use_block(end);
        Ok(())
    }

    pub(super) fn compare_op(&mut self, op: CmpOp) {
        let (op, arg) = match op {
            CmpOp::Lt => (Op::COMPARE_OP, 0),
            CmpOp::LtE => (Op::COMPARE_OP, 1),
            CmpOp::Eq => (Op::COMPARE_OP, 2),
            CmpOp::NotEq => (Op::COMPARE_OP, 3),
            CmpOp::Gt => (Op::COMPARE_OP, 4),
            CmpOp::GtE => (Op::COMPARE_OP, 5),
            CmpOp::Is => (Op::IS_OP, 0),
            CmpOp::IsNot => (Op::IS_OP, 1),
            CmpOp::In => (Op::CONTAINS_OP, 0),
            CmpOp::NotIn => (Op::CONTAINS_OP, 1),
        };
        self.op_arg(op, arg);
    }

    pub(super) fn in_place_op(&mut self, op: Operator) {
        self.op_arg(Op::BINARY_OP, operator_number(op) + IN_PLACE);
    }

    /// A list, tuple or set of `elts`, on `pushed` values that lie on the stack already.
    pub(super) fn display(&mut self, elts: &'a [Expr], pushed: usize, display: Display) -> Result<()> {
        if elts.len() > 2
            && let Some(items) = elts.iter().map(literal).collect::<Option<Vec<_>>>()
        {
            if display.tuple && pushed == 0 {
                self.load_const(Constant::Tuple(items.iter().map(|item| constant(item)).collect()));
                return Ok(());
            }
            let folded = if display.add == Op::SET_ADD {
                let items = crate::compiler::fold::distinct(items.into_iter().cloned().collect());
                Constant::FrozenSet(items.iter().map(constant).collect())
            } else {
                Constant::Tuple(items.iter().map(|item| constant(item)).collect())
            };
            self.op_arg(display.build, pushed as u32);
            self.load_const(folded);
            self.op_arg(display.extend, 1);
            if display.tuple {
                self.op(Op::LIST_TO_TUPLE);
            }
            return Ok(());
        }
        let big = elts.len() + pushed > STACK_USE_GUIDELINE;
        let starred = elts.iter().any(|elt| matches!(elt.kind, ExprKind::Starred { .. }));
        if !starred && !big {
            self.exprs(elts)?;
            self.op_arg(if display.tuple { Op::BUILD_TUPLE } else { display.build }, (elts.len() + pushed) as u32);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.op_arg(display.build, pushed as u32);
        }
        for (index, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.op_arg(display.build, (index + pushed) as u32);
                    built = true;
                }
                self.expr(value)?;
                self.op_arg(display.extend, 1);
            } else {
                self.expr(elt)?;
                if built {
                    self.op_arg(display.add, 1);
                }
            }
        }
        if display.tuple {
            self.op(Op::LIST_TO_TUPLE);
        }
        Ok(())
    }

    fn dict(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Result<()> {
        let mut have_dict = false;
        // Pairs seen since the last piece of the dict was built.
        let mut pending = 0;
        for (index, (key, value)) in keys.iter().zip(values).enumerate() {
            if key.is_none() {
                if pending > 0 {
                    self.dict_piece(&keys[index - pending..index], &values[index - pending..index], &mut have_dict)?;
                    pending = 0;
                }
                if !have_dict {
                    self.op_arg(Op::BUILD_MAP, 0);
                    have_dict = true;
                }
                self.expr(value)?;
                self.op_arg(Op::DICT_UPDATE, 1);
            } else if pending * 2 > STACK_USE_GUIDELINE {
                self.dict_piece(&keys[index - pending..=index], &values[index - pending..=index], &mut have_dict)?;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        if pending > 0 {
            let start = values.len() - pending;
            self.dict_piece(&keys[start..], &values[start..], &mut have_dict)?;
        }
        if !have_dict {
            self.op_arg(Op::BUILD_MAP, 0);
        }
        Ok(())
    }

    /// Some pairs of a dict display, merged into what there is already.
    fn dict_piece(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr], have_dict: &mut bool) -> Result<()> {
        let count = values.len();
        let big = count * 2 > STACK_USE_GUIDELINE;
        let literals: Option<Vec<_>> = keys.iter().map(|key| key.as_ref().and_then(literal)).collect();
        match literals {
            Some(literals) if count > 1 && !big => {
                self.exprs(values)?;
                self.load_const(Constant::Tuple(literals.into_iter().map(constant).collect()));
                self.op_arg(Op::BUILD_CONST_KEY_MAP, count as u32);
            }
            _ => {
                if big {
                    self.op_arg(Op::BUILD_MAP, 0);
                }
                for (key, value) in keys.iter().flatten().zip(values) {
                    self.expr(key)?;
                    self.expr(value)?;
                    if big {
                        self.op_arg(Op::MAP_ADD, 1);
                    }
                }
                if !big {
                    self.op_arg(Op::BUILD_MAP, count as u32);
                }
            }
        }
        if *have_dict {
            self.op_arg(Op::DICT_UPDATE, 1);
        }
        *have_dict = true;
        Ok(())
    }

    fn joined_str(&mut self, values: &'a [Expr]) -> Result<()> {
        if values.len() > STACK_USE_GUIDELINE {
            self.load_const(super::string(""));
            self.op_name(Op::LOAD_METHOD, &"join".into());
            self.op_arg(Op::BUILD_LIST, 0);
            for value in values {
                self.expr(value)?;
                self.op_arg(Op::LIST_APPEND, 1);
            }
            self.op_arg(Op::PRECALL, 1);
            self.op_arg(Op::CALL, 1);
            return Ok(());
        }
        self.exprs(values)?;
        if values.len() != 1 {
            self.op_arg(Op::BUILD_STRING, values.len() as u32);
        }
        Ok(())
    }

    fn formatted_value(&mut self, value: &'a Expr, conversion: i32, format_spec: Option<&'a Expr>) -> Result<()> {
        const HAVE_SPEC: u32 = 4;
        self.expr(value)?;
        let mut arg = match u8::try_from(conversion) {
            Ok(b's') => 1,
            Ok(b'r') => 2,
            Ok(b'a') => 3,
            _ => 0,
        };
        if let Some(spec) = format_spec {
            self.expr(spec)?;
            arg |= HAVE_SPEC;
        }
        self.op_arg(Op::FORMAT_VALUE, arg);
        Ok(())
    }

    pub(super) fn yield_value(&mut self) {
        let scope = self.unit().scope;
        let entry = &self.table[scope];
        if entry.generator && entry.coroutine {
            self.op(Op::ASYNC_GEN_WRAP);
        }
        self.op(Op::YIELD_VALUE);
        self.op_arg(Op::RESUME, 1);
    }

    /// Passes values between the caller and the iterator below the top until that returns.
    pub(super) fn yield_from(&mut self, is_await: bool) {
        let start = self.new_block();
        let resume = self.new_block();
        let exit = self.new_block();
        self.use_block(start);
        self.jump(Op::SEND, exit);
        self.use_block(resume);
        self.op(Op::YIELD_VALUE);
        self.op_arg(Op::RESUME, if is_await { 3 } else { 2 });
        self.jump(Opcode::JumpNoInterrupt, start);
        self.use_block(exit);
    }
}

pub(super) fn literal(expr: &Expr) -> Option<&ast::Constant> {
    match &expr.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

/// Index of an operator in [`crate::bytecode::opcode::OPERATORS`].
pub(super) fn operator_number(op: Operator) -> u32 {
    match op {
        Operator::Add => 0,
        Operator::BitAnd => 1,
        Operator::FloorDiv => 2,
        Operator::LShift => 3,
        Operator::MatMult => 4,
        Operator::Mult => 5,
        Operator::Mod => 6,
        Operator::BitOr => 7,
        Operator::Pow => 8,
        Operator::RShift => 9,
        Operator::Sub => 10,
        Operator::Div => 11,
        Operator::BitXor => 12,
    }
}

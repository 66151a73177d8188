//! What the loop does in one go while nobody looks between two instructions.
//!
//! ```text
//!   LOAD_FAST x  LOAD_CONST 1  BINARY_OP_ADD_INT  STORE_FAST x       four units, four steps
//!   └──────────── FUSED_LOADS_NUMBER_OP ────────────────────┘        one round of the loop
//! ```
//!
//! Operands come straight from where they are: their counts would go up and down again, and the stack would hold them for
//! nobody. What is seen before and after is the same, and so are the count of instructions and the order in which objects are made and
//! freed. Where the operands are not those that were expected, the first unit alone is done, as ever. Invariant: [`Unit::run`] is
//! what the opcodes here and behind make of it; no opcode is written but by [`Vm::write_op`].
//!
//! [`Unit::run`]: super::instr::Unit::run

use std::ops::Range;

use super::Vm;
use crate::bytecode::opcode::Op;

/// So many units behind one have a say in what is done there.
const REACH: usize = 4;

impl Vm {
    /// Puts an opcode at a unit.
    pub(super) fn write_op(&mut self, pc: usize, op: Op) {
        self.units[pc].op = op;
        self.fuse(pc.saturating_sub(REACH)..pc + 1);
    }

    /// Finds out anew what is done at some units.
    pub(super) fn fuse(&mut self, units: Range<usize>) {
        for at in units.rev() {
            self.units[at].run = self.fused(at);
        }
    }

    fn fused(&self, pc: usize) -> Op {
        let unit = |ahead: usize| self.units.get(pc + ahead);
        let op = |ahead| unit(ahead).map_or(Op::CACHE, |unit| unit.op);
        let first = op(0);
        if is_load(first) {
            let loads = if is_load(op(1)) { 2 } else { 1 };
            let fused = match (loads, op(loads)) {
                (1, found) if is_number_op(found) => Some(Op::FUSED_LOAD_NUMBER_OP),
                (_, found) if is_number_op(found) => Some(Op::FUSED_LOADS_NUMBER_OP),
                (1, found) if compares(found, op(2)) => Some(Op::FUSED_LOAD_COMPARE),
                (_, found) if compares(found, op(3)) => Some(Op::FUSED_LOADS_COMPARE),
                (1, Op::BINARY_SUBSCR_LIST_INT | Op::BINARY_SUBSCR_TUPLE_INT) => Some(Op::FUSED_LOAD_SUBSCR),
                (2, Op::BINARY_SUBSCR_LIST_INT | Op::BINARY_SUBSCR_TUPLE_INT) => Some(Op::FUSED_LOADS_SUBSCR),
                (2, Op::STORE_SUBSCR_LIST_INT) => Some(Op::FUSED_LOADS_STORE_SUBSCR),
                (1, found) if first == Op::LOAD_FAST => match found {
                    Op::LOAD_ATTR_INSTANCE_VALUE | Op::LOAD_ATTR_SLOT | Op::LOAD_ATTR_WITH_HINT => Some(Op::FUSED_LOAD_ATTR),
                    Op::LOAD_METHOD_WITH_VALUES | Op::LOAD_METHOD_NO_DICT => Some(Op::FUSED_LOAD_METHOD),
                    Op::STORE_ATTR_INSTANCE_VALUE | Op::STORE_ATTR_SLOT => Some(Op::FUSED_LOAD_STORE_ATTR),
                    found => found.jumps_if().map(|_| Op::FUSED_LOAD_JUMP),
                },
                _ => None,
            };
            if let Some(fused) = fused {
                return fused;
            }
        }
        // The second of two is better off with what comes behind, if that goes together.
        if unit(1).is_some_and(|next| next.run.is_fused()) {
            return if matches!(first.base(), Op::LOAD_FAST | Op::LOAD_CONST | Op::STORE_FAST) { first.base() } else { first };
        }
        match (first, op(1).base()) {
            (Op::PRECALL_PYFUNC, _) if op(1) == Op::CALL_PY_EXACT_ARGS => Op::FUSED_PRECALL_CALL,
            (Op::UNPACK_SEQUENCE_TWO_TUPLE | Op::UNPACK_SEQUENCE_TUPLE | Op::UNPACK_SEQUENCE_LIST, Op::STORE_FAST) => {
                Op::FUSED_UNPACK_STORE
            }
            (Op::COPY, _) if op(1) == Op::LOAD_ATTR_INSTANCE_VALUE && self.units[pc].arg == 1 => Op::FUSED_COPY_ATTR,
            (Op::LOAD_FAST, Op::LOAD_FAST) => Op::LOAD_FAST__LOAD_FAST,
            (Op::LOAD_FAST, Op::LOAD_CONST) => Op::LOAD_FAST__LOAD_CONST,
            (Op::LOAD_CONST, Op::LOAD_FAST) => Op::LOAD_CONST__LOAD_FAST,
            (Op::STORE_FAST, Op::LOAD_FAST) => Op::STORE_FAST__LOAD_FAST,
            (Op::STORE_FAST, Op::STORE_FAST) => Op::STORE_FAST__STORE_FAST,
            _ => first,
        }
    }
}

/// A load of a variable or a constant, or such a load in a superinstruction.
fn is_load(op: Op) -> bool {
    matches!(op.base(), Op::LOAD_FAST | Op::LOAD_CONST)
}

fn is_number_op(op: Op) -> bool {
    op.base() == Op::BINARY_OP && !matches!(op, Op::BINARY_OP_ADD_UNICODE | Op::BINARY_OP_INPLACE_ADD_UNICODE)
}

fn compares(op: Op, next: Op) -> bool {
    match op {
        Op::COMPARE_OP_INT_JUMP | Op::COMPARE_OP_FLOAT_JUMP => true,
        Op::COMPARE_OP => next.jumps_if().is_some(),
        _ => false,
    }
}

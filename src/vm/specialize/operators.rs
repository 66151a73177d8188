//! Forms of operators, subscripts, comparisons and unpacking: they depend on the types of the operands alone.
//!
//! `n % 2` goes back to plain BINARY_OP for good: only `+`, `-` and `*` have forms.

use super::Found;
use crate::{
    bytecode::{
        code::{CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS},
        opcode::Op,
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{Vm, instr::Unit},
};

/// The biggest number in one digit of an int.
pub(crate) const ONE_DIGIT: i64 = (1 << 30) - 1;

/// The order of two values, as bits of a comparison's mask.
pub(crate) const LESS: u16 = 1;
pub(crate) const EQUAL: u16 = 2;
pub(crate) const GREATER: u16 = 4;
/// For which orders each comparison holds.
const HOLDS: [u16; 6] = [LESS, LESS | EQUAL, EQUAL, LESS | GREATER, GREATER, EQUAL | GREATER];
/// A mask is so many bits higher where the jump goes back.
const BACKWARD: u16 = 3;

impl Vm {
    /// An int of type `int` whose absolute value has one digit.
    fn one_digit(&self, object: ObjRef) -> Option<i64> {
        let slot = self.heap.slot(object);
        let value = slot.num as i64;
        (slot.ty == INT && matches!(slot.body, Body::None) && (-ONE_DIGIT..=ONE_DIGIT).contains(&value)).then_some(value)
    }

    pub(super) fn binary_form(&mut self, pc: usize, unit: Unit) -> Found {
        let (left, right) = (self.peek(2), self.peek(1));
        let ty = self.ty(left);
        let forms = match unit.arg % 13 {
            0 => [Op::BINARY_OP_ADD_INT, Op::BINARY_OP_ADD_FLOAT, Op::BINARY_OP_ADD_UNICODE],
            5 => [Op::BINARY_OP_MULTIPLY_INT, Op::BINARY_OP_MULTIPLY_FLOAT, Op::BINARY_OP],
            10 => [Op::BINARY_OP_SUBTRACT_INT, Op::BINARY_OP_SUBTRACT_FLOAT, Op::BINARY_OP],
            _ => return Found::Never,
        };
        if ty != self.ty(right) {
            return Found::Nothing;
        }
        match ty {
            INT => Found::Form(forms[0]),
            FLOAT => Found::Form(forms[1]),
            STR if forms[2] != Op::BINARY_OP => {
                Found::Form(if self.goes_back_to(pc + 1, left) { Op::BINARY_OP_INPLACE_ADD_UNICODE } else { forms[2] })
            }
            _ => Found::Nothing,
        }
    }

    /// Whether an instruction stores into the variable that holds this object.
    pub(in crate::vm) fn goes_back_to(&self, pc: usize, object: ObjRef) -> bool {
        let unit = Unit { op: self.live_op(pc), ..self.units[pc] };
        matches!(unit.op, Op::STORE_FAST | Op::STORE_FAST__LOAD_FAST)
            && !unit.is_extended()
            && self.stack[self.base + unit.arg as usize] == Some(object)
    }

    pub(super) fn subscript_form(&mut self, pc: usize) -> Found {
        let (container, key) = (self.peek(2), self.peek(1));
        match self.ty(container) {
            LIST if self.ty(key) == INT => Found::Form(Op::BINARY_SUBSCR_LIST_INT),
            TUPLE if self.ty(key) == INT => Found::Form(Op::BINARY_SUBSCR_TUPLE_INT),
            LIST | TUPLE => Found::Nothing,
            DICT => Found::Form(Op::BINARY_SUBSCR_DICT),
            ty => {
                let Some(function) = self.type_lookup(ty, self.names.getitem) else { return Found::Nothing };
                if !self.heap.type_of_type(ty).is_heap || self.parameters_of(function).is_none_or(|parameters| parameters != 2) {
                    return Found::Nothing;
                }
                let version = self.function_version(function);
                if version > u32::from(u16::MAX) {
                    return Found::Nothing;
                }
                let type_version = self.heap.slot(ty).num as u32;
                let cache = &mut self.caches[pc];
                (cache.version, cache.other) = (type_version, version);
                Found::Form(Op::BINARY_SUBSCR_GETITEM)
            }
        }
    }

    /// How many parameters a Python function has, if it has no others than plain ones.
    pub(super) fn parameters_of(&self, function: ObjRef) -> Option<u32> {
        let Body::Function(record) = &self.heap.slot(function).body else { return None };
        let Body::Code(code) = self.heap.body(record.code) else { return None };
        let is_plain = code.flags & (CO_VARARGS | CO_VARKEYWORDS) == 0 && code.code.kwonlyargcount == 0 && code.flags & CO_OPTIMIZED != 0;
        is_plain.then_some(code.argcount)
    }

    pub(super) fn store_subscript_form(&mut self) -> Found {
        let (container, key) = (self.peek(2), self.peek(1));
        match self.ty(container) {
            LIST => match (self.one_digit(key), self.heap.sequence(container)) {
                (Some(index), Some(items)) if index >= 0 && (index as usize) < items.len() => Found::Form(Op::STORE_SUBSCR_LIST_INT),
                _ => Found::Nothing,
            },
            DICT => Found::Form(Op::STORE_SUBSCR_DICT),
            _ => Found::Nothing,
        }
    }

    pub(super) fn compare_form(&mut self, pc: usize, unit: Unit) -> Found {
        let next = self.unit_at(pc + 1);
        let holds = HOLDS.get(unit.arg as usize).copied().unwrap_or_default();
        let mask = match next.op {
            _ if next.is_extended() => return Found::Never,
            Op::POP_JUMP_FORWARD_IF_TRUE => holds,
            Op::POP_JUMP_BACKWARD_IF_TRUE => holds << BACKWARD,
            Op::POP_JUMP_FORWARD_IF_FALSE => !holds & (LESS | EQUAL | GREATER),
            Op::POP_JUMP_BACKWARD_IF_FALSE => (!holds & (LESS | EQUAL | GREATER)) << BACKWARD,
            _ => return Found::Never,
        };
        let (left, right) = (self.peek(2), self.peek(1));
        if self.ty(left) != self.ty(right) {
            return Found::Nothing;
        }
        let form = match self.ty(left) {
            FLOAT => Op::COMPARE_OP_FLOAT_JUMP,
            INT if self.one_digit(left).is_some() && self.one_digit(right).is_some() => Op::COMPARE_OP_INT_JUMP,
            STR if matches!(unit.arg, 2 | 3) => Op::COMPARE_OP_STR_JUMP,
            _ => return Found::Nothing,
        };
        self.caches[pc].index = mask;
        Found::Form(form)
    }

    pub(super) fn unpack_form(&mut self, unit: Unit) -> Found {
        let value = self.peek(1);
        let ty = self.ty(value);
        match (ty, self.heap.sequence(value)) {
            (TUPLE, Some(items)) if items.len() == unit.arg as usize => {
                Found::Form(if unit.arg == 2 { Op::UNPACK_SEQUENCE_TWO_TUPLE } else { Op::UNPACK_SEQUENCE_TUPLE })
            }
            (LIST, Some(items)) if items.len() == unit.arg as usize => Found::Form(Op::UNPACK_SEQUENCE_LIST),
            _ => Found::Nothing,
        }
    }

    /// Whether the operands are those of a form of an operator.
    pub(super) fn operands_fit(&mut self, pc: usize, unit: Unit) -> bool {
        let top = self.peek(1);
        let below = |vm: &Vm| vm.peek(2);
        let both = |vm: &Vm, ty: ObjRef| vm.ty(top) == ty && vm.ty(below(vm)) == ty;
        match unit.op {
            Op::BINARY_OP_ADD_INT | Op::BINARY_OP_SUBTRACT_INT | Op::BINARY_OP_MULTIPLY_INT => both(self, INT),
            Op::BINARY_OP_ADD_FLOAT | Op::BINARY_OP_SUBTRACT_FLOAT | Op::BINARY_OP_MULTIPLY_FLOAT => both(self, FLOAT),
            Op::BINARY_OP_ADD_UNICODE => both(self, STR),
            Op::BINARY_OP_INPLACE_ADD_UNICODE => {
                let next = self.units[pc + 1].arg as usize;
                both(self, STR) && self.stack[self.base + next] == Some(below(self))
            }
            Op::BINARY_SUBSCR_LIST_INT | Op::BINARY_SUBSCR_TUPLE_INT => {
                let container = below(self);
                let ty = if unit.op == Op::BINARY_SUBSCR_LIST_INT { LIST } else { TUPLE };
                self.ty(container) == ty
                    && self.one_digit(top).is_some_and(|index| {
                        index >= 0 && self.heap.sequence(container).is_some_and(|items| (index as usize) < items.len())
                    })
            }
            Op::STORE_SUBSCR_LIST_INT => {
                let container = below(self);
                self.ty(container) == LIST
                    && self.one_digit(top).is_some_and(|index| {
                        index >= 0 && self.heap.sequence(container).is_some_and(|items| (index as usize) < items.len())
                    })
            }
            Op::BINARY_SUBSCR_DICT | Op::STORE_SUBSCR_DICT => self.ty(below(self)) == DICT,
            Op::BINARY_SUBSCR_GETITEM => {
                let (ty, cache) = (self.ty(below(self)), self.caches[pc]);
                self.heap.slot(ty).num as u32 == cache.version
                    && self
                        .type_lookup(ty, self.names.getitem)
                        .is_some_and(|function| self.heap.slot(function).num == u64::from(cache.other))
            }
            Op::COMPARE_OP_INT_JUMP => self.one_digit(top).is_some() && self.one_digit(below(self)).is_some(),
            Op::COMPARE_OP_STR_JUMP => both(self, STR),
            Op::COMPARE_OP_FLOAT_JUMP => {
                let is_number = |object: ObjRef| !f64::from_bits(self.heap.slot(object).num).is_nan();
                both(self, FLOAT) && is_number(top) && is_number(below(self))
            }
            Op::UNPACK_SEQUENCE_TWO_TUPLE | Op::UNPACK_SEQUENCE_TUPLE | Op::UNPACK_SEQUENCE_LIST => {
                let ty = if unit.op == Op::UNPACK_SEQUENCE_LIST { LIST } else { TUPLE };
                self.ty(top) == ty && self.heap.sequence(top).is_some_and(|items| items.len() == unit.arg as usize)
            }
            _ => false,
        }
    }
}

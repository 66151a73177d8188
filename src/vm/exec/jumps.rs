//! Jumps and loops: conditional jumps, `GET_ITER`, `FOR_ITER`.

use super::{Flow, Unit};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, core_types::*},
    vm::{Outcome, Vm, frame::Receive},
};

/// `POP_JUMP_…_IF_TRUE/FALSE target`: `[… x] → […]`, for values other than True and False
#[inline(never)]
pub(super) fn pop_jump_if(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.peek(1);
    let depth = vm.frames.len();
    match vm.truth(value)? {
        Outcome::Done(truth) => {
            vm.sp -= 1;
            vm.stack[vm.sp] = None;
            branch(vm, truth);
            vm.decref(value);
        }
        Outcome::Pushed => {
            vm.receive(depth, Receive::Branch);
            vm.frames[depth].return_sp = vm.frames[depth].return_sp.min(vm.frames[depth].top) - 1;
        }
    }
    Ok(())
}

/// The truth value that the conditional jump before `pc` wanted is known: jumps or goes on.
pub fn branch(vm: &mut Vm, truth: bool) {
    let unit = vm.unit_at(vm.pc as usize - 1);
    match unit.op {
        Op::JUMP_IF_FALSE_OR_POP | Op::JUMP_IF_TRUE_OR_POP => {
            if truth == (unit.op == Op::JUMP_IF_TRUE_OR_POP) {
                vm.pc = unit.arg;
            } else {
                let value = vm.pop();
                vm.decref(value);
            }
        }
        Op::POP_JUMP_FORWARD_IF_TRUE | Op::POP_JUMP_BACKWARD_IF_TRUE if truth => vm.pc = unit.arg,
        Op::POP_JUMP_FORWARD_IF_FALSE | Op::POP_JUMP_BACKWARD_IF_FALSE if !truth => vm.pc = unit.arg,
        _ => {}
    }
}

/// `JUMP_IF_…_OR_POP target`: jumps and keeps the value, or drops it
pub(super) fn jump_if_or_pop(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.peek(1);
    let depth = vm.frames.len();
    match vm.truth(value)? {
        Outcome::Done(truth) => branch(vm, truth),
        Outcome::Pushed => vm.receive(depth, Receive::Branch),
    }
    Ok(())
}

/// The truth of None or an integer of 64 bits, which need nobody to be asked.
#[inline(always)]
pub(super) fn plain_truth(vm: &Vm, value: ObjRef) -> Option<bool> {
    let slot = vm.heap.slot(value);
    match slot.body {
        _ if value == NONE => Some(false),
        Body::None if slot.ty == INT => Some(slot.num != 0),
        _ => None,
    }
}

/// `POP_JUMP_…_IF_NOT_NONE target` and its opposite, for a value that dies here.
#[cold]
pub(super) fn pop_dying(vm: &mut Vm, jumps: bool, target: u32) -> Flow {
    let value = vm.pop();
    if jumps {
        vm.pc = target;
    }
    vm.decref(value);
    Ok(())
}

/// `GET_ITER`: `[… iterable] → [… iterator]`
pub(super) fn get_iter(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterable = vm.peek(1);
    vm.operate(1, Receive::Push, |vm| vm.get_iter(iterable))
}

/// The next item of an iterator over a list or tuple, owned. `None`: there is no more, or it is another iterator.
#[inline(never)]
pub(super) fn next_item(vm: &mut Vm, iterator: ObjRef) -> Option<ObjRef> {
    let slot = vm.heap.slot(iterator);
    let Body::SeqIter(Some(sequence)) = slot.body else { return None };
    let items = match (slot.ty, &vm.heap.slot(sequence).body) {
        (LIST_ITERATOR, Body::List(items)) | (TUPLE_ITERATOR, Body::Tuple(items)) => items,
        _ => return None,
    };
    let item = *items.get(slot.num as usize)?;
    vm.heap.slot_mut(iterator).num += 1;
    vm.heap.incref(item);
    Some(item)
}

/// `FOR_ITER target`: `[… iterator] → [… iterator item]`, or `[…]` and a jump at the end
#[inline(never)]
pub(super) fn for_iter(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterator = vm.peek(1);
    let depth = vm.frames.len();
    match vm.iter_next(iterator)? {
        Outcome::Done(Some(item)) => vm.push(item),
        Outcome::Done(None) => for_iter_exhausted(vm),
        Outcome::Pushed => vm.receive(depth, Receive::ForIter),
    }
    Ok(())
}

/// The iterator of the FOR_ITER before `pc` has no more items.
pub fn for_iter_exhausted(vm: &mut Vm) {
    vm.pc = vm.units[vm.pc as usize - 1].arg;
    let iterator = vm.pop();
    vm.decref(iterator);
}

//! Operators: unary, binary, comparison, identity, membership.
//!
//! What `+` means for two objects is decided in [`protocol::arith`](crate::vm::protocol::arith); small integers and floats
//! are computed in the loop with the functions here.

use std::{cmp::Ordering, sync::Arc};

use super::{Flow, Unit};
use crate::{
    bytecode::opcode::Op,
    heap::{ObjRef, Slot},
    objects::{Body, Objects, core_types::*, size::str_size},
    vm::{Vm, frame::Receive, specialize::ONE_DIGIT},
};

/// An operator on 64-bit integers; `None`: the result does not fit, or the general way is wanted.
#[inline(always)]
pub(super) fn small_int_op(op: u32, a: i64, b: i64) -> Option<i64> {
    match op {
        0 | 13 => a.checked_add(b),
        10 | 23 => a.checked_sub(b),
        5 | 18 => a.checked_mul(b),
        1 | 14 => Some(a & b),
        7 | 20 => Some(a | b),
        12 | 25 => Some(a ^ b),
        2 | 15 if b > 0 => Some(a.div_euclid(b)),
        6 | 19 if b > 0 => Some(a.rem_euclid(b)),
        9 | 22 if (0..64).contains(&b) => Some(a >> b),
        3 | 16 if (0..32).contains(&b) && a.unsigned_abs() < 1 << 30 => Some(a << b),
        _ => None,
    }
}

/// An operator on floats; `None`: the general way is wanted.
#[inline(always)]
pub(super) fn float_op(op: u32, a: f64, b: f64) -> Option<f64> {
    match op {
        0 | 13 => Some(a + b),
        10 | 23 => Some(a - b),
        5 | 18 => Some(a * b),
        11 | 24 if b != 0.0 => Some(a / b),
        _ => None,
    }
}

/// Whether a comparison (in the order of COMPARE_OP) holds.
#[inline(always)]
pub(super) fn holds(op: u32, order: Ordering) -> bool {
    match op {
        0 => order == Ordering::Less,
        1 => order != Ordering::Greater,
        2 => order == Ordering::Equal,
        3 => order != Ordering::Equal,
        4 => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }
}

/// The result (owned) of an operator on small integers or floats; `None`: the general way is wanted.
#[inline(always)]
pub(super) fn number_op(vm: &mut Vm, op: u32, left: ObjRef, right: ObjRef) -> Option<ObjRef> {
    let (a, b) = (vm.heap.slot(left), vm.heap.slot(right));
    if a.ty == INT && b.ty == INT && matches!(a.body, Body::None) && matches!(b.body, Body::None) {
        let (x, y) = (a.num as i64, b.num as i64);
        let Some(value) = small_int_op(op, x, y) else {
            // Of more than 53 bits the quotient is not that of two floats.
            let is_short = x.unsigned_abs() <= 1 << 53 && y.unsigned_abs() <= 1 << 53;
            let quotient = if is_short && op % 13 == 11 { float_op(op, x as f64, y as f64)? } else { return None };
            return Some(vm.heap.alloc_float(quotient));
        };
        return Some(match small_int(value) {
            Some(shared) => {
                vm.heap.incref(shared);
                shared
            }
            None => vm.heap.alloc_int(INT, value),
        });
    }
    let value = float_op(op, as_float(a)?, as_float(b)?)?;
    Some(vm.heap.alloc_float(value))
}

/// The value of a float or small integer.
#[inline(always)]
fn as_float(slot: &Slot<Body>) -> Option<f64> {
    match slot.ty {
        FLOAT => Some(f64::from_bits(slot.num)),
        INT if matches!(slot.body, Body::None) => Some(slot.num as i64 as f64),
        _ => None,
    }
}

/// Whether a comparison of two small integers or two floats holds; `None`: they are something else.
#[inline(always)]
pub(super) fn number_order(vm: &Vm, op: u32, left: ObjRef, right: ObjRef) -> Option<bool> {
    let (a, b) = (vm.heap.slot(left), vm.heap.slot(right));
    if a.ty == INT && b.ty == INT && matches!(a.body, Body::None) && matches!(b.body, Body::None) {
        return Some(holds(op, (a.num as i64).cmp(&(b.num as i64))));
    }
    if a.ty == FLOAT && b.ty == FLOAT {
        let (x, y) = (f64::from_bits(a.num), f64::from_bits(b.num));
        return Some(match x.partial_cmp(&y) {
            Some(order) => holds(op, order),
            None => op == 3,
        });
    }
    None
}

/// What the BINARY_OP at a unit, in whatever form it is, makes of two numbers, owned. `None`: it is to be done by itself.
#[cfg_attr(not(debug_assertions), inline(always))] // else the frame of the loop would grow
pub(super) fn number_at(vm: &mut Vm, at: usize, left: ObjRef, right: ObjRef) -> Option<ObjRef> {
    let (unit, ty) = (vm.units[at], vm.heap.ty(left));
    let are_alike = ty == vm.heap.ty(right);
    // An arm each: the compiler makes a short way of each of them.
    match unit.op {
        Op::BINARY_OP => number_op(vm, unit.arg, left, right),
        Op::BINARY_OP_ADD_INT | Op::BINARY_OP_SUBTRACT_INT | Op::BINARY_OP_MULTIPLY_INT if ty == INT && are_alike => {
            number_op(vm, unit.arg, left, right)
        }
        Op::BINARY_OP_ADD_FLOAT | Op::BINARY_OP_SUBTRACT_FLOAT | Op::BINARY_OP_MULTIPLY_FLOAT if ty == FLOAT && are_alike => {
            number_op(vm, unit.arg, left, right)
        }
        Op::BINARY_OP_ADAPTIVE if vm.will_wait(at) => number_op(vm, unit.arg, left, right).inspect(|_| _ = vm.waits(at)),
        _ => None,
    }
}

/// Whether the jump behind the COMPARE_OP at a unit is taken for two numbers. `None`: they are to be compared by themselves.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn jumps_at(vm: &Vm, at: usize, left: ObjRef, right: ObjRef) -> Option<bool> {
    let unit = vm.units[at];
    if unit.op != Op::COMPARE_OP {
        let order = order_for(vm, unit.op, left, right)?;
        return Some((9u32 << order) & u32::from(vm.caches[at].index) != 0);
    }
    let wanted = vm.units[at + 1].op.jumps_if()?;
    number_order(vm, unit.arg, left, right).map(|verdict| verdict == wanted)
}

/// How two numbers of the kind that a comparing form is for compare: 0 less, 1 equal, 2 greater. `None`: they are something else.
#[inline(always)]
pub(super) fn order_for(vm: &Vm, op: Op, left: ObjRef, right: ObjRef) -> Option<u32> {
    let (a, b) = (vm.heap.slot(left), vm.heap.slot(right));
    if a.ty == INT && b.ty == INT && op == Op::COMPARE_OP_INT_JUMP {
        let (x, y) = (a.num as i64, b.num as i64);
        let is_short = |value: i64| value.wrapping_add(ONE_DIGIT) as u64 <= 2 * ONE_DIGIT as u64;
        let fits = matches!(a.body, Body::None) && matches!(b.body, Body::None) && is_short(x) && is_short(y);
        return fits.then(|| 1 + u32::from(x > y) - u32::from(x < y));
    }
    if a.ty == FLOAT && b.ty == FLOAT && op == Op::COMPARE_OP_FLOAT_JUMP {
        let (x, y) = (f64::from_bits(a.num), f64::from_bits(b.num));
        return (!x.is_nan() && !y.is_nan()).then(|| 1 + u32::from(x > y) - u32::from(x < y));
    }
    None
}

/// Puts a result in the place of two numbers, and gives these back in order.
fn replace_numbers(vm: &mut Vm, value: ObjRef, first: ObjRef, second: ObjRef) {
    vm.sp -= 1;
    vm.stack[vm.sp] = None;
    vm.stack[vm.sp - 1] = Some(value);
    vm.decref(first);
    vm.decref(second);
}

/// `s += t` where `s` is a variable that alone holds its text, and STORE_FAST comes next: the text grows where it is, and both
/// instructions are done, unless somebody wants to look in between. False: nothing is done.
#[inline(never)]
pub(super) fn append(vm: &mut Vm) -> bool {
    if vm.countdown == 0 {
        return grow_beside(vm);
    }
    let is_done = append_in_place(vm);
    vm.countdown -= u32::from(is_done);
    is_done
}

/// If the block is too small for the text, all that can be seen is as if a new string were made and the old one freed afterwards.
fn append_in_place(vm: &mut Vm) -> bool {
    let Some((local, left, right, stays)) = growing(vm) else { return false };
    let Body::Str(more) = vm.heap.body(right) else { return false };
    let more = more.clone();
    let Body::Str(text) = vm.heap.body_mut(left) else { return false };
    // A copy of the machine may hold the same text: what is done here must not depend on that.
    if !Arc::make_mut(text).append(&more) {
        return false;
    }
    let added = more.len() as i64;
    if stays {
        vm.drop_top(2);
        vm.heap.pass_birth(); // that of the copy which `grow_beside` makes
    } else {
        let grown = text.clone();
        *text = more; // shared: what dies with the old string costs nothing
        let object = vm.heap.alloc(STR, 0, Body::Str(grown));
        vm.drop_top(2);
        let old = vm.stack[local].replace(object);
        vm.xdecref(old);
    }
    vm.heap.budget -= added;
    vm.pc += 1;
    true
}

/// If the text grows where it is, the variable is shown with a copy of the old one until STORE_FAST.
#[cold]
fn grow_beside(vm: &mut Vm) -> bool {
    let Some((local, left, right, true)) = growing(vm) else { return false };
    let Body::Str(more) = vm.heap.body(right) else { return false };
    let more = more.clone();
    let Body::Str(text) = vm.heap.body_mut(left) else { return false };
    let mut grown = (**text).clone();
    if !grown.append(&more) {
        return false;
    }
    let old = std::mem::replace(text, Arc::new(grown));
    vm.heap.budget -= more.len() as i64;
    let copy = vm.heap.alloc(STR, 0, Body::Str(old));
    vm.stack[local] = Some(copy);
    vm.decref(left); // the variable's
    vm.drop_top(1);
    true
}

/// The variable, its text and what is to be added, if nobody else holds the text; and whether its block is large enough.
fn growing(vm: &Vm) -> Option<(usize, ObjRef, ObjRef, bool)> {
    let (left, right) = (vm.peek(2), vm.peek(1));
    let local = vm.base + vm.units[vm.pc as usize].arg as usize;
    let is_it = vm.stack[local] == Some(left)
        && left != right
        && vm.ty(left) == STR
        && vm.ty(right) == STR
        && vm.heap.refcount(left) == 2
        && vm.heap.slot(left).num == 0 // a text whose hash is known stays what it is
        && !vm.interned.is_interned(left);
    if !is_it {
        return None;
    }
    let (text, more) = (vm.heap.str(left)?, vm.heap.str(right)?);
    let is_wide_enough = more.is_ascii() || !text.is_ascii() && more.kind() <= text.kind();
    if !is_wide_enough || text.is_empty() || more.is_empty() {
        return None;
    }
    let bytes = str_size(text) + more.len() * text.kind();
    Some((local, left, right, vm.heap.stays(left, bytes)))
}

/// `BINARY_OP op`: `[… left right] → [… left op right]`
///
/// `x += 1` comes here too: in-place operators are numbers 13 to 25 of the same opcode.
#[inline(never)]
pub(super) fn binary_op(vm: &mut Vm, unit: Unit) -> Flow {
    let (left, right) = (vm.peek(2), vm.peek(1));
    if let Some(value) = number_op(vm, unit.arg, left, right) {
        replace_numbers(vm, value, left, right);
        return Ok(());
    }
    vm.operate(2, Receive::Push, |vm| vm.binary_op(unit.arg, left, right))
}

/// The same in a form for numbers, which gives the right one back first.
pub(super) fn binary_op_of_numbers(vm: &mut Vm, unit: Unit) -> Flow {
    let (left, right) = (vm.peek(2), vm.peek(1));
    if let Some(value) = number_op(vm, unit.arg, left, right) {
        replace_numbers(vm, value, right, left);
        return Ok(());
    }
    let sp = vm.sp;
    vm.stack.swap(sp - 1, sp - 2);
    vm.operate(2, Receive::Push, |vm| vm.binary_op(unit.arg, left, right))
}

/// `COMPARE_OP op`: `[… left right] → [… verdict]`
#[inline(never)]
pub(super) fn compare_op(vm: &mut Vm, unit: Unit) -> Flow {
    let (left, right) = (vm.peek(2), vm.peek(1));
    if let Some(verdict) = number_order(vm, unit.arg, left, right) {
        let verdict = vm.new_bool(verdict);
        replace_numbers(vm, verdict, left, right);
        return Ok(());
    }
    vm.operate(2, Receive::Push, |vm| vm.rich_compare(left, right, unit.arg))
}

/// `UNARY_NEGATIVE` and the like: `[… x] → [… -x]`
pub(super) fn unary_op(vm: &mut Vm, unit: Unit) -> Flow {
    let value = vm.peek(1);
    let slot = vm.heap.slot(value);
    if unit.op == Op::UNARY_NEGATIVE
        && slot.ty == INT
        && matches!(slot.body, Body::None)
        && let Some(negated) = (slot.num as i64).checked_neg()
    {
        let negated = vm.new_int(negated);
        vm.drop_top(1);
        vm.push(negated);
        return Ok(());
    }
    vm.operate(1, Receive::Push, |vm| match unit.op {
        Op::UNARY_NEGATIVE => vm.unary_negative(value),
        Op::UNARY_POSITIVE => vm.unary_positive(value),
        _ => vm.unary_invert(value),
    })
}

/// `UNARY_NOT`: `[… x] → [… not x]`
pub(super) fn unary_not(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.peek(1);
    vm.operate_bool(1, true, |vm| vm.truth(value))
}

/// `IS_OP invert`: `[… left right] → [… left is right]`
#[inline(never)]
pub(super) fn is_op(vm: &mut Vm, unit: Unit) -> Flow {
    let (left, right) = (vm.peek(2), vm.peek(1));
    let verdict = vm.new_bool((left == right) != (unit.arg != 0));
    vm.drop_top(2);
    vm.push(verdict);
    Ok(())
}

/// `CONTAINS_OP invert`: `[… item container] → [… item in container]`
#[inline(never)]
pub(super) fn contains_op(vm: &mut Vm, unit: Unit) -> Flow {
    let (item, container) = (vm.peek(2), vm.peek(1));
    if vm.ty(container) == DICT
        && let Some(found) = vm.dict_contains_fast(container, item)
    {
        vm.drop_top(2);
        let verdict = vm.new_bool(found != (unit.arg != 0));
        vm.push(verdict);
        return Ok(());
    }
    vm.operate_bool(2, unit.arg != 0, |vm| vm.contains(container, item))
}

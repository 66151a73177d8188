//! Items and attributes: `x[k]`, `x.name`, and methods about to be called.
//!
//! Forms of attribute instructions remember the version of the instance's type, and where the value is: see
//! [`vm/specialize`](crate::vm::specialize).

use super::{Flow, Unit};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs},
    vm::{
        Vm,
        frame::Receive,
        protocol::item::slice::place_of,
        specialize::{CLASS_SLOT, Cache, ONE_DIGIT},
    },
};

/// The value that LOAD_ATTR_INSTANCE_VALUE remembers the place of, borrowed.
#[inline(always)]
pub(super) fn instance_value(vm: &Vm, object: ObjRef, cache: Cache) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    match &slot.body {
        Body::Instance(instance) if vm.heap.slot(slot.ty).num as u32 == cache.version => match &instance.attrs {
            Attrs::Values(values) => values.get(usize::from(cache.index)),
            _ => None,
        },
        _ => None,
    }
}

/// The value that LOAD_ATTR_SLOT remembers the place of, borrowed.
#[inline(always)]
pub(super) fn slot_value(vm: &Vm, object: ObjRef, cache: Cache) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    if vm.heap.slot(slot.ty).num as u32 != cache.version {
        return None;
    }
    match &slot.body {
        Body::Instance(instance) if cache.other != CLASS_SLOT => instance.slots.get(cache.other as usize).copied().flatten(),
        _ => (cache.other == CLASS_SLOT).then_some(slot.ty),
    }
}

/// The value that LOAD_ATTR_MODULE and LOAD_METHOD_MODULE remember the entry of, borrowed.
#[inline(always)]
pub(super) fn module_value(vm: &Vm, object: ObjRef, cache: Cache) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    let Body::Module(module) = &slot.body else { return None };
    match &vm.heap.slot(module.dict).body {
        Body::Dict(table) if slot.ty == MODULE && table.version == cache.version => Some(table.value_at(usize::from(cache.index))),
        _ => None,
    }
}

/// The instance's dict, and in it the value of a name that LOAD_ATTR_WITH_HINT remembers the entry of; both borrowed.
#[inline]
fn hinted_entry(vm: &Vm, object: ObjRef, cache: Cache, name: u32) -> Option<(ObjRef, ObjRef)> {
    let slot = vm.heap.slot(object);
    let Body::Instance(instance) = &slot.body else { return None };
    let Attrs::Dict(dict) = instance.attrs else { return None };
    match &vm.heap.slot(dict).body {
        Body::Dict(table) if table.split == 0 && vm.heap.slot(slot.ty).num as u32 == cache.version => {
            let entry = table.entry(usize::from(cache.index)).filter(|entry| entry.key.is_some_and(|key| key.index() == name))?;
            Some((dict, entry.value))
        }
        _ => None,
    }
}

/// The value that LOAD_ATTR_WITH_HINT remembers the place of, borrowed.
#[inline(never)]
pub(super) fn hinted_value(vm: &Vm, object: ObjRef, cache: Cache, name: u32) -> Option<ObjRef> {
    hinted_entry(vm, object, cache, name).map(|(_, value)| value)
}

/// `STORE_ATTR` in its form for an instance with a dict.
#[inline(never)]
pub(super) fn store_hinted(vm: &mut Vm, op: Op, unit: Unit) -> Flow {
    let (value, object, cache) = (vm.peek(2), vm.peek(1), vm.caches[vm.pc as usize - 1]);
    let Some((dict, _)) = hinted_entry(vm, object, cache, unit.arg) else { return vm.run_form(op) };
    let old = vm.heap.dict_mut(dict).expect("a dict").replace(usize::from(cache.index), value);
    vm.track_dict_for(dict, value);
    vm.sp -= 2;
    let sp = vm.sp;
    (vm.stack[sp], vm.stack[sp + 1]) = (None, None);
    vm.decref(old);
    vm.decref(object);
    Ok(())
}

/// Sets the value where STORE_ATTR_INSTANCE_VALUE remembers that it is, or right behind the others. `None`: it has to be looked
/// for; otherwise the value that was there before.
#[inline(always)]
pub(super) fn store_instance_value(vm: &mut Vm, object: ObjRef, cache: Cache, value: ObjRef) -> Option<Option<ObjRef>> {
    let version = vm.heap.slot(vm.heap.ty(object)).num as u32;
    let Body::Instance(instance) = &mut vm.heap.slot_mut(object).body else { return None };
    match &mut instance.attrs {
        Attrs::Values(values) if version == cache.version => values.set_in_order(usize::from(cache.index), value),
        _ => None,
    }
}

/// The same for STORE_ATTR_SLOT.
#[inline(always)]
pub(super) fn store_slot(vm: &mut Vm, object: ObjRef, cache: Cache, value: ObjRef) -> Option<Option<ObjRef>> {
    let version = vm.heap.slot(vm.heap.ty(object)).num as u32;
    match &mut vm.heap.slot_mut(object).body {
        Body::Instance(instance) if version == cache.version => {
            instance.slots.get_mut(cache.other as usize).map(|place| place.replace(value))
        }
        _ => None,
    }
}

/// Whether the type is that for which LOAD_METHOD_NO_DICT remembers a method.
#[inline(always)]
pub(super) fn is_of_type(vm: &Vm, object: ObjRef, cache: Cache) -> bool {
    vm.heap.slot(vm.heap.ty(object)).num as u32 == cache.version
}

/// The same for LOAD_METHOD_WITH_VALUES, where no instance has a value of that name.
#[inline(always)]
pub(super) fn has_no_such_value(vm: &Vm, object: ObjRef, cache: Cache) -> bool {
    let slot = vm.heap.slot(object);
    let class = vm.heap.slot(slot.ty);
    match (&slot.body, &class.body) {
        (Body::Instance(instance), Body::Type(record)) if class.num as u32 == cache.version => {
            matches!(instance.attrs, Attrs::Values(_)) && record.shared_keys.as_ref().is_some_and(|keys| keys.version == cache.other)
        }
        _ => false,
    }
}

/// The item of a list or tuple (as the form has it) at a small index from the start, borrowed.
#[inline(always)]
pub(super) fn item_at(vm: &Vm, container: ObjRef, key: ObjRef, op: Op) -> Option<ObjRef> {
    let (slot, index) = (vm.heap.slot(container), vm.heap.slot(key));
    if index.ty != INT || !matches!(index.body, Body::None) || index.num > ONE_DIGIT as u64 {
        return None;
    }
    match &slot.body {
        Body::List(items) if op == Op::BINARY_SUBSCR_LIST_INT && slot.ty == LIST => items.get(index.num as usize).copied(),
        Body::Tuple(items) if op == Op::BINARY_SUBSCR_TUPLE_INT && slot.ty == TUPLE => items.get(index.num as usize).copied(),
        _ => None,
    }
}

/// Puts a value into a list at a small index from the start; the old one is the caller's then. So many references to the list are
/// on the stack: where there are no others it would die.
#[inline(always)]
pub(super) fn store_item(vm: &mut Vm, list: ObjRef, key: ObjRef, value: ObjRef, on_stack: u32) -> Option<ObjRef> {
    let index = vm.heap.slot(key);
    if index.ty != INT || !matches!(index.body, Body::None) || index.num > ONE_DIGIT as u64 {
        return None;
    }
    let index = index.num as usize;
    let slot = vm.heap.slot_mut(list);
    let is_held = slot.refcount() > on_stack;
    match &mut slot.body {
        Body::List(items) if slot.ty == LIST && is_held => items.get_mut(index).map(|place| std::mem::replace(place, value)),
        _ => None,
    }
}

/// `STORE_SUBSCR` in its form for a list and a small index.
#[inline(never)]
pub(super) fn store_subscr_int(vm: &mut Vm, op: Op) -> Flow {
    let (value, container, key) = (vm.peek(3), vm.peek(2), vm.peek(1));
    let Some(old) = store_item(vm, container, key, value, 1) else { return vm.run_form(op) };
    vm.sp -= 3;
    let sp = vm.sp;
    (vm.stack[sp], vm.stack[sp + 1], vm.stack[sp + 2]) = (None, None, None);
    vm.decref(old);
    vm.decref(key);
    vm.decref(container);
    Ok(())
}

/// The value of an exact int that fits into a machine's.
#[inline(always)]
fn short_index(vm: &Vm, key: ObjRef) -> Option<i64> {
    let slot = vm.heap.slot(key);
    (slot.ty == INT && matches!(slot.body, Body::None)).then_some(slot.num as i64)
}

/// `BINARY_SUBSCR`: `[… container key] → [… container[key]]`
#[inline(never)]
pub(super) fn binary_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (container, key) = (vm.peek(2), vm.peek(1));
    if vm.ty(container) == DICT
        && let Some(value) = vm.dict_get_fast(container, key)
    {
        vm.incref(value);
        vm.drop_top(2);
        vm.push(value);
        return Ok(());
    }
    if let Some(index) = short_index(vm, key)
        && let Body::List(items) | Body::Tuple(items) = &vm.heap.slot(container).body
        && matches!(vm.ty(container), LIST | TUPLE)
        && let Some(&item) = place_of(index, items.len()).map(|at| &items[at])
    {
        vm.incref(item);
        vm.drop_top(2);
        vm.push(item);
        return Ok(());
    }
    if vm.ty(key) == SLICE && matches!(vm.ty(container), LIST | TUPLE | STR) {
        return vm.operate(2, Receive::Push, |vm| vm.get_slice(container, key));
    }
    vm.operate(2, Receive::Push, |vm| vm.get_item(container, key))
}

/// The same in its form for a dict.
#[inline(never)]
pub(super) fn subscr_dict(vm: &mut Vm, op: Op, unit: Unit) -> Flow {
    let (container, key) = (vm.peek(2), vm.peek(1));
    if vm.ty(container) != DICT {
        return vm.run_form(op);
    }
    match vm.dict_get_fast(container, key) {
        Some(value) => {
            vm.incref(value);
            vm.drop_top(2);
            vm.push(value);
            Ok(())
        }
        None => binary_subscr(vm, unit),
    }
}

/// `STORE_SUBSCR`: `[… value container key] → […]`
pub(super) fn store_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (value, container, key) = (vm.peek(3), vm.peek(2), vm.peek(1));
    if vm.ty(container) == DICT && vm.dict_set_fast(container, key, value) {
        vm.drop_top(3);
        return Ok(());
    }
    if vm.ty(container) == LIST
        && let Some(index) = short_index(vm, key)
        && let Body::List(items) = &mut vm.heap.slot_mut(container).body
        && let Some(place) = place_of(index, items.len()).map(|at| &mut items[at])
    {
        let old = std::mem::replace(place, value);
        vm.incref(value);
        vm.decref(old);
        vm.drop_top(3);
        return Ok(());
    }
    if vm.ty(container) == LIST && vm.ty(key) == SLICE {
        return vm.operate(3, Receive::Discard, |vm| vm.list_store_slice(container, key, Some(value)));
    }
    vm.operate(3, Receive::Discard, |vm| vm.set_item(container, key, value))
}

/// The same in its form for a dict.
#[inline(never)]
pub(super) fn store_subscr_dict(vm: &mut Vm, op: Op, unit: Unit) -> Flow {
    if vm.ty(vm.peek(2)) == DICT { store_subscr(vm, unit) } else { vm.run_form(op) }
}

/// `DELETE_SUBSCR`: `[… container key] → […]`
pub(super) fn delete_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (container, key) = (vm.peek(2), vm.peek(1));
    vm.operate(2, Receive::Discard, |vm| vm.del_item(container, key))
}

/// `LOAD_ATTR name`: `[… object] → [… object.name]`
pub(super) fn load_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.peek(1);
    if let Some(value) = vm.plain_attr(object, unit.object()) {
        vm.incref(value);
        vm.drop_top(1);
        vm.push(value);
        return Ok(());
    }
    vm.operate(1, Receive::Push, |vm| vm.get_attr(object, unit.object()))
}

/// `STORE_ATTR name`: `[… value object] → […]`
pub(super) fn store_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let (value, object) = (vm.peek(2), vm.peek(1));
    vm.operate(2, Receive::Discard, |vm| vm.set_attr(object, unit.object(), Some(value)))
}

/// `DELETE_ATTR name`: `[… object] → […]`
pub(super) fn delete_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.peek(1);
    vm.operate(1, Receive::Discard, |vm| vm.set_attr(object, unit.object(), None))
}

/// `LOAD_METHOD name`: `[… object] → [… method object]`, or `[… NULL attribute]` where it is no plain method
pub(super) fn load_method(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.peek(1);
    if let Some(method) = vm.find_method(object, unit.object()) {
        vm.incref(method);
        vm.stack[vm.sp - 1] = Some(method);
        vm.push(object);
        return Ok(());
    }
    // NULL goes below; the attribute takes the object's place above it, now or when it comes.
    vm.stack[vm.sp - 1] = None;
    vm.push(object);
    vm.operate(1, Receive::Push, |vm| vm.get_attr(object, unit.object()))
}

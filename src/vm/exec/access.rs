//! Items and attributes: `x[k]`, `x.name`, and methods about to be called.
//!
//! An attribute instruction remembers the version of the instance's type, and where the value was. With the version
//! unchanged no descriptor of the type can have come in between, and the numbers of the attributes are the same.

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs, types::special},
    vm::{Cache, Vm, frame::Receive},
};

/// `Cache::other` of a place among the `__slots__` rather than in the attributes.
const IN_SLOTS: u32 = 1;

/// The value where it was found last time, borrowed.
#[inline(always)]
pub(super) fn cached_attr(vm: &Vm, object: ObjRef, cache: Cache) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    let Body::Instance(instance) = &slot.body else { return None };
    if cache.version == 0 || vm.heap.slot(slot.ty).num as u32 != cache.version {
        return None;
    }
    if cache.other == IN_SLOTS {
        return instance.slots[cache.index as usize];
    }
    match &instance.attrs {
        Attrs::Values(values) => values.get(cache.index as usize),
        _ => None,
    }
}

/// Sets the value where it was found last time, or right behind the others. `None`: it has to be looked for; otherwise the
/// value that was there before.
#[inline(always)]
pub(super) fn store_cached(vm: &mut Vm, object: ObjRef, cache: Cache, value: ObjRef) -> Option<Option<ObjRef>> {
    let version = vm.heap.slot(vm.heap.ty(object)).num as u32;
    if cache.version == 0 || version != cache.version {
        return None;
    }
    let Body::Instance(instance) = &mut vm.heap.slot_mut(object).body else { return None };
    let number = cache.index as usize;
    if cache.other == IN_SLOTS {
        return instance.slots[number].as_mut().map(|place| Some(std::mem::replace(place, value)));
    }
    match &mut instance.attrs {
        Attrs::Values(values) => values.set_in_order(number, value),
        _ => None,
    }
}

/// The method found last time, borrowed, unless the instance has an attribute of that name.
#[inline(always)]
pub(super) fn cached_method(vm: &Vm, object: ObjRef, cache: Cache) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    if cache.version == 0 || vm.heap.slot(slot.ty).num as u32 != cache.version {
        return None;
    }
    match &slot.body {
        // No instance with values has the name: see `load_method`.
        Body::Instance(instance) if matches!(instance.attrs, Attrs::Dict(_)) => None,
        Body::Instance(_) => Some(ObjRef::new(cache.other)),
        Body::Type(_) | Body::Module(_) | Body::Exception(_) | Body::Function(_) => None,
        _ => Some(ObjRef::new(cache.other)),
    }
}

/// Remembers where an instance has an attribute.
fn remember_place(vm: &mut Vm, object: ObjRef, unit: Unit, hooks: u32) {
    let ty = vm.ty(object);
    let Body::Instance(instance) = &vm.heap.slot(object).body else { return };
    let class = vm.heap.type_of_type(ty);
    if class.special & hooks != 0 || class.solid_base == SUPER || class.solid_base == TYPE {
        return;
    }
    let position = match &instance.attrs {
        Attrs::Values(_) => class.shared_keys.as_ref().and_then(|keys| keys.position(unit.object())),
        _ => None,
    };
    let version = vm.heap.slot(ty).num as u32;
    let cache = match (vm.type_lookup(ty, unit.object()), position) {
        (None, Some(index)) => Cache { version, other: 0, index: index as u32 },
        (Some(found), _) if vm.ty(found) == MEMBER_DESCRIPTOR => match vm.field(found, 2).and_then(|index| vm.small_value(index)) {
            Some(index) => Cache { version, other: IN_SLOTS, index: index as u32 },
            None => return,
        },
        _ => return,
    };
    vm.caches[vm.pc as usize - 1] = cache;
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
    vm.operate(2, Receive::Push, |vm| vm.get_item(container, key))
}

/// `STORE_SUBSCR`: `[… value container key] → […]`
pub(super) fn store_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (value, container, key) = (vm.peek(3), vm.peek(2), vm.peek(1));
    if vm.ty(container) == DICT && vm.dict_set_fast(container, key, value) {
        vm.drop_top(3);
        return Ok(());
    }
    if vm.ty(container) == LIST
        && vm.ty(key) == INT
        && let Some(index) = vm.small_value(key)
        && let Body::List(items) = &mut vm.heap.slot_mut(container).body
        && let Some(place) = items.get_mut(index as usize)
    {
        let old = std::mem::replace(place, value);
        vm.incref(value);
        vm.decref(old);
        vm.drop_top(3);
        return Ok(());
    }
    vm.operate(3, Receive::Discard, |vm| vm.set_item(container, key, value))
}

/// `DELETE_SUBSCR`: `[… container key] → […]`
pub(super) fn delete_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (container, key) = (vm.peek(2), vm.peek(1));
    vm.operate(2, Receive::Discard, |vm| vm.del_item(container, key))
}

/// `LOAD_ATTR name`: `[… object] → [… object.name]`
pub(super) fn load_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.peek(1);
    remember_place(vm, object, unit, special::GETATTRIBUTE);
    vm.operate(1, Receive::Push, |vm| vm.get_attr(object, unit.object()))
}

/// `STORE_ATTR name`: `[… value object] → […]`
pub(super) fn store_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let (value, object) = (vm.peek(2), vm.peek(1));
    remember_place(vm, object, unit, special::SETATTR);
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
        let class = vm.ty(object);
        // Another instance may have an attribute that hides the method. A name that comes to the class's keys later makes a
        // new version of the class.
        if !vm.shared_keys(class).contains(&unit.object()) {
            let version = vm.heap.slot(class).num as u32;
            vm.caches[vm.pc as usize - 1] = Cache { version, other: method.index(), index: 0 };
        }
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

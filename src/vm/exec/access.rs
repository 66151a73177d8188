//! Items and attributes: `x[k]`, `x.name`, and methods about to be called.

use super::{Flow, Unit};
use crate::vm::{Vm, frame::Receive};

/// `BINARY_SUBSCR`: `[… container key] → [… container[key]]`
#[inline(never)]
pub(super) fn binary_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (container, key) = (vm.peek(2), vm.peek(1));
    vm.operate(2, Receive::Push, |vm| vm.get_item(container, key))
}

/// `STORE_SUBSCR`: `[… value container key] → […]`
pub(super) fn store_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let (value, container, key) = (vm.peek(3), vm.peek(2), vm.peek(1));
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

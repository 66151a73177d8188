//! Items and attributes: `x[k]`, `x.name`, and methods about to be called.

use super::{Flow, Unit};
use crate::vm::{Vm, protocol::attribute::Method};

/// `BINARY_SUBSCR`: `[… container key] → [… container[key]]`
#[inline(never)]
pub(super) fn binary_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let key = vm.pop();
    let container = vm.pop();
    let result = vm.get_item(container, key);
    vm.decref(container);
    vm.decref(key);
    vm.push_outcome(result?);
    Ok(())
}

/// `STORE_SUBSCR`: `[… value container key] → […]`
pub(super) fn store_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let key = vm.pop();
    let container = vm.pop();
    let value = vm.pop();
    let depth = vm.frames.len();
    let result = vm.set_item(container, key, value);
    vm.decref(value);
    vm.decref(container);
    vm.decref(key);
    let outcome = result?;
    vm.discard_outcome(depth, outcome);
    Ok(())
}

/// `DELETE_SUBSCR`: `[… container key] → […]`
pub(super) fn delete_subscr(vm: &mut Vm, _unit: Unit) -> Flow {
    let key = vm.pop();
    let container = vm.pop();
    let depth = vm.frames.len();
    let result = vm.del_item(container, key);
    vm.decref(container);
    vm.decref(key);
    let outcome = result?;
    vm.discard_outcome(depth, outcome);
    Ok(())
}

/// `LOAD_ATTR name`: `[… object] → [… object.name]`
pub(super) fn load_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.pop();
    let result = vm.get_attr(object, unit.object());
    vm.decref(object);
    vm.push_outcome(result?);
    Ok(())
}

/// `STORE_ATTR name`: `[… value object] → […]`
pub(super) fn store_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.pop();
    let value = vm.pop();
    let depth = vm.frames.len();
    let result = vm.set_attr(object, unit.object(), Some(value));
    vm.decref(value);
    vm.decref(object);
    let outcome = result?;
    vm.discard_outcome(depth, outcome);
    Ok(())
}

/// `DELETE_ATTR name`: `[… object] → […]`
pub(super) fn delete_attr(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.pop();
    let depth = vm.frames.len();
    let result = vm.set_attr(object, unit.object(), None);
    vm.decref(object);
    let outcome = result?;
    vm.discard_outcome(depth, outcome);
    Ok(())
}

/// `LOAD_METHOD name`: `[… object] → [… method object]`, or `[… NULL attribute]` where it is no plain method
pub(super) fn load_method(vm: &mut Vm, unit: Unit) -> Flow {
    let object = vm.peek(1);
    match vm.load_method(object, unit.object())? {
        Method::Unbound(method) => {
            vm.incref(method);
            vm.stack[vm.sp - 1] = Some(method);
            vm.push(object);
        }
        Method::Bound(outcome) => {
            // The object's place becomes NULL; the attribute is pushed above, now or when it comes.
            vm.stack[vm.sp - 1] = None;
            vm.decref(object);
            vm.push_outcome(outcome);
        }
    }
    Ok(())
}

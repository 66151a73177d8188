//! Values moved about on the stack: `COPY`, `SWAP` (`POP_TOP`, `PUSH_NULL` and `LOAD_CONST` are done in the loop).

use super::{Flow, Unit};
use crate::vm::Vm;

/// `COPY i`: `[… x … ] → [… x … x]`, x being the i-th from the top
pub(super) fn copy(vm: &mut Vm, unit: Unit) -> Flow {
    let value = vm.stack[vm.sp - unit.arg as usize];
    vm.xincref(value);
    vm.stack[vm.sp] = value;
    vm.sp += 1;
    Ok(())
}

/// `SWAP i`: `[… a … b] → [… b … a]`
pub(super) fn swap(vm: &mut Vm, unit: Unit) -> Flow {
    let top = vm.sp - 1;
    vm.stack.swap(top, top + 1 - unit.arg as usize);
    Ok(())
}

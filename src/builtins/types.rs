//! The methods of the builtin types, a file a type: each gives the rows of its natives.

use crate::{
    heap::ObjRef,
    objects::Objects,
    vm::{Vm, native::NativeDef},
};

/// Type → its natives. Siblings share a shape: `pub fn natives() -> Vec<NativeDef>`.
type Row = (ObjRef, fn() -> Vec<NativeDef>);

const TYPES: &[Row] = &[];

/// Puts the natives into the dicts of their types.
pub fn install(vm: &mut Vm) {
    for &(ty, natives) in TYPES {
        let dict = vm.heap.type_of_type(ty).dict;
        for def in natives() {
            let name = vm.new_interned(def.name);
            let descriptor = vm.new_native_descriptor(def, ty);
            vm.dict_set_str(dict, name, descriptor);
            vm.decref(name);
        }
    }
}

//! The methods of the builtin types, a file a type: each gives the rows of its natives.

pub mod dict;
pub mod list;
pub mod set;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{Vm, native::NativeDef},
};

/// Type → its natives. Siblings share a shape: `pub fn natives() -> Vec<NativeDef>`.
type Row = (ObjRef, fn() -> Vec<NativeDef>);

const TYPES: &[Row] = &[
    (DICT, dict::natives),
    (DICT_ITEMS, dict::set_view_natives),
    (DICT_KEYS, dict::set_view_natives),
    (DICT_VALUES, dict::values_natives),
    (FROZENSET, set::frozen_natives),
    (LIST, list::natives),
    (SET, set::natives),
    (TEXT_IO, crate::stdlib::sys::text_io::natives),
];

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

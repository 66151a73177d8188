//! The methods of the builtin types, a file a type: each gives the rows of its natives.

mod bytearray;
mod bytes;
mod complex;
pub mod dict;
mod float;
mod int;
pub mod list;
mod new;
mod numbers;
mod range;
mod sequence;
pub mod set;
mod slice;
mod str;
mod tuple;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{Vm, native::NativeDef},
};

/// Type → its natives. Siblings share a shape: `pub fn natives() -> Vec<NativeDef>`.
type Row = (ObjRef, fn() -> Vec<NativeDef>);

const TYPES: &[Row] = &[
    (BOOL, int::bool_natives),
    (BYTEARRAY, bytearray::natives),
    (BYTES, bytes::natives),
    (COMPLEX, complex::natives),
    (DICT, dict::natives),
    (DICT_ITEMS, dict::set_view_natives),
    (DICT_KEYS, dict::set_view_natives),
    (DICT_VALUES, dict::values_natives),
    (FLOAT, float::natives),
    (FROZENSET, set::frozen_natives),
    (INT, int::natives),
    (LIST, list::natives),
    (RANGE, range::natives),
    (SET, set::natives),
    (SLICE, slice::natives),
    (STR, str::natives),
    (TEXT_IO, crate::stdlib::sys::text_io::natives),
    (TUPLE, tuple::natives),
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

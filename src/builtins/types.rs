//! The methods of the builtin types, a file a type: each gives the rows of its natives.

mod bytearray;
mod bytes;
mod complex;
pub mod dict;
mod float;
mod int;
pub mod iterators;
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
    (BYTEARRAY_ITERATOR, iterators::positioned),
    (BYTES_ITERATOR, iterators::positioned),
    (CALLABLE_ITERATOR, iterators::plain),
    (DICT_ITEMITERATOR, iterators::counted),
    (DICT_KEYITERATOR, iterators::counted),
    (DICT_REVERSEITEMITERATOR, iterators::counted),
    (DICT_REVERSEKEYITERATOR, iterators::counted),
    (DICT_REVERSEVALUEITERATOR, iterators::counted),
    (DICT_VALUEITERATOR, iterators::counted),
    (ENUMERATE, iterators::enumerate_natives),
    (FILTER, iterators::filter_natives),
    (LIST_ITERATOR, iterators::positioned),
    (LIST_REVERSEITERATOR, iterators::positioned),
    (LONGRANGE_ITERATOR, iterators::positioned),
    (MAP, iterators::map_natives),
    (RANGE_ITERATOR, iterators::positioned),
    (REVERSED, iterators::reversed_natives),
    (SEQ_ITERATOR, iterators::positioned),
    (SET_ITERATOR, iterators::counted),
    (STR_ASCII_ITERATOR, iterators::positioned),
    (STR_ITERATOR, iterators::positioned),
    (TUPLE_ITERATOR, iterators::positioned),
    (ZIP, iterators::zip_natives),
];

/// Types whose instances change and so have no hash: `__hash__` is None.
const UNHASHABLE: [ObjRef; 6] = [BYTEARRAY, DICT, DICT_ITEMS, DICT_KEYS, LIST, SET];

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
    for ty in UNHASHABLE {
        let (dict, none) = (vm.heap.type_of_type(ty).dict, vm.none());
        vm.dict_set_text(dict, "__hash__", none);
    }
}

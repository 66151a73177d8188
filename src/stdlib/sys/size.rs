//! `sys.getsizeof`: the bytes that CPython 3.11 has for an object, on a 64-bit machine.
//!
//! ```text
//!   [ 16 dict and values pointers ][ 16 header of the collector ] object …
//!     classes by programs only       containers only
//! ```

use crate::{
    builtins::types::{dict, set},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, generator::GeneratorState},
    text::PyStr,
    vm::Vm,
};

/// The size with what CPython puts before the object.
pub fn size_of(vm: &Vm, object: ObjRef) -> usize {
    body_size(vm, object) + header_size(vm, object)
}

/// What stands before the object.
pub fn header_size(vm: &Vm, object: ObjRef) -> usize {
    let ty = vm.ty(object);
    let record = vm.heap.type_of_type(ty);
    let managed_dict = record.is_heap
        && !matches!(record.solid_base, INT | TUPLE | BYTES)
        && record.has_dict
        && !vm.heap.type_of_type(record.solid_base).has_dict;
    16 * usize::from(record.is_gc && ty != TYPE || vm.heap.as_type(object).is_some()) + 16 * usize::from(managed_dict)
}

/// `object.__sizeof__()`
pub fn body_size(vm: &Vm, object: ObjRef) -> usize {
    let ty = vm.ty(object);
    let record = vm.heap.type_of_type(ty);
    let mut more = 8 * record.slot_names.len();
    if record.is_heap && record.has_weakrefs && !vm.heap.type_of_type(record.solid_base).has_weakrefs {
        more += 8;
    }
    // Where the number of items varies, a dict has a place behind them.
    if record.is_heap && record.has_dict && matches!(record.solid_base, TUPLE | BYTES) {
        more += 8;
    }
    more + match vm.heap.body(object) {
        Body::Str(text) => str_size(text),
        Body::Bytes(bytes) => 33 + bytes.len(),
        Body::ByteArray(bytes) => {
            if bytes.is_empty() {
                56
            } else {
                57 + bytes.len()
            }
        }
        Body::Tuple(items) => 24 + 8 * items.len(),
        // While a list is sorted its `allocated` is -1.
        Body::List(_) => 40usize.wrapping_add(8usize.wrapping_mul(vm.heap.slot(object).num as usize)),
        Body::Dict(table) => dict::table_size(table),
        Body::Set(table) => set::table_size(table),
        Body::BigInt(value) => 24 + 4 * value.bits().div_ceil(30) as usize,
        Body::Complex(_) => 32,
        Body::Slice(_) => 40,
        Body::Range(_) => 48,
        Body::Cell(_) => 24,
        Body::Function(_) => 136,
        Body::Method(_) => 48,
        Body::Native(_) => 56,
        Body::Module(_) => 56,
        Body::Type(ty) => {
            if ty.is_heap {
                1672
            } else {
                408
            }
        }
        Body::Exception(exception) => 72 + 8 * exception.fields.len(),
        Body::Traceback(_) => 48,
        Body::Generator(generator) => {
            let frame = match &generator.state {
                GeneratorState::Suspended { frame, .. } => match vm.heap.body(frame.code) {
                    Body::Code(code) => 8 * (code.nlocalsplus + code.stacksize) as usize,
                    _ => 0,
                },
                _ => 0,
            };
            152 + frame
        }
        Body::Code(code) => 176 + code.code.code.len(),
        Body::SeqIter(_) => 32,
        Body::RangeIter(_) => 32,
        Body::DictIter(_) => 56,
        Body::Iter(_) => 48,
        Body::WeakRef(_) => 56,
        Body::Frame(_) => 56,
        Body::Fields(_) => 24 + if ty == PROPERTY { 40 } else { 0 },
        _ => match record.solid_base {
            INT | BOOL => {
                let value = vm.heap.slot(object).num as i64;
                24 + 4 * (64 - value.unsigned_abs().leading_zeros()).div_ceil(30).max(1) as usize
            }
            FLOAT => 24,
            _ => 16,
        },
    }
}

fn str_size(text: &PyStr) -> usize {
    let len = text.len();
    match text.kind() {
        _ if text.is_ascii() => 49 + len,
        1 => 73 + len,
        2 => 74 + 2 * len,
        _ => 76 + 4 * len,
    }
}

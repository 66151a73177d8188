//! The bytes that CPython 3.11 has for an object, on a 64-bit machine.
//!
//! ```text
//!   [ 16 dict and values pointers ][ 16 header of the collector ] object, items inside it        [ blocks of its own ]
//!     classes by programs only       containers only                str, bytes, int, tuple, …      list, dict, set, …
//!   └──────────────────────────── block_size: what the allocator gives ─────────────────┘
//!                                                                  └── __sizeof__: the object and what it alone has ──┘
//! ```
//!
//! `sys.getsizeof`, `__sizeof__`, the memory limit, the model of the allocator and the Inspector all start from here.
//!
//! ```python
//! sys.getsizeof([1, 2, 3])     # 88: 16 of the collector, 40 of the list, 4 slots of 8
//! ```

use super::{
    Body, Heap, Objects,
    core_types::*,
    dict::Dict,
    layout::{TypeLayout, module_layout},
    set::Set,
    types::Type,
};
use crate::{heap::ObjRef, text::PyStr};

/// One pointer.
const WORD: usize = 8;
/// The bits of a digit of an int.
const DIGIT_BITS: u64 = 30;
/// The header of a dict's keys, and the index table and entries behind it.
const KEYS_HEADER: usize = 32;
/// The keys that the instances of a class share: 64 slots, 42 entries, whatever is in them (`ht_cached_keys`).
pub const CLASS_KEYS: usize = KEYS_HEADER + 64 + 42 * 2 * WORD;
/// A builtin type is the same record without the methods' tables of a class made by a program.
const STATIC_TYPE: usize = 408;

/// `sys.getsizeof`: `__sizeof__` and what stands before the object.
pub fn size_of(heap: &Heap, object: ObjRef) -> usize {
    body_size(heap, object) + header_size(heap, object)
}

/// What stands before the object.
pub fn header_size(heap: &Heap, object: ObjRef) -> usize {
    heap.type_of_type(heap.ty(object)).front as usize
}

/// `__sizeof__()` of the object's type.
pub fn body_size(heap: &Heap, object: ObjRef) -> usize {
    let slot = heap.slot(object);
    let ty = heap.type_of_type(slot.ty);
    match heap.body(object) {
        Body::Type(record) if is_static(record) => STATIC_TYPE,
        Body::Type(record) => ty.basic_size as usize + if record.managed_dict { CLASS_KEYS } else { 0 },
        Body::Str(text) if ty.is_heap => 72 + WORD + characters(text),
        // Counted by hand in CPython, which leaves out what classes add.
        body if ty.solid_base == INT || ty.solid_base == BOOL => 24 + inline_size(heap, ty, body, slot.num),
        body => (whole(ty) + inline_size(heap, ty, body, slot.num)).wrapping_add(outside_size(body, slot.num)),
    }
}

/// A type that is a record in the interpreter's own data.
fn is_static(ty: &Type) -> bool {
    !ty.is_heap && !module_layout(&ty.name).is_some_and(TypeLayout::is_from_spec)
}

/// The bytes of an object's own block, which is what its type asks the allocator for; its address is behind [`Type::front`].
#[inline]
pub fn block_size(heap: &Heap, ty: &Type, body: &Body, num: u64) -> usize {
    let inner = match body {
        Body::Instance(instance) => &instance.inner,
        body => body,
    };
    // `PyType_GenericAlloc` makes room for one item more.
    let spare = if ty.is_heap { ty.item_size as usize } else { 0 };
    ty.front as usize + whole(ty) + inline_size(heap, ty, inner, num) + spare
}

/// The size of an object without items: bytes and strings are measured from where their items begin.
fn whole(ty: &Type) -> usize {
    if ty.solid_base == STR && !ty.is_heap { 0 } else { ty.basic_size as usize }
}

/// What lies inside the object's block behind its fields, and grows with its value.
fn inline_size(heap: &Heap, ty: &Type, body: &Body, num: u64) -> usize {
    let variables = |code: ObjRef| match heap.body(code) {
        Body::Code(code) => WORD * (code.nlocalsplus + code.stacksize) as usize,
        _ => 0,
    };
    match body {
        Body::Str(_) if ty.is_heap => 0,
        Body::Str(text) => str_size(text),
        Body::Bytes(bytes) => bytes.len(),
        Body::Tuple(items) => WORD * items.len(),
        Body::BigInt(value) => 4 * value.bits().div_ceil(DIGIT_BITS) as usize,
        Body::Code(code) => code.code.code.len().next_multiple_of(WORD),
        Body::Generator(generator) => variables(generator.code),
        Body::Frame(frame) => variables(frame.code),
        Body::Foreign(foreign) => foreign.inline_size(),
        Body::None if ty.item_size == 4 => 4 * digits(num as i64),
        _ => 0,
    }
}

/// The blocks that belong to the object alone and that `__sizeof__` counts.
fn outside_size(body: &Body, num: u64) -> usize {
    match body {
        // While a list is sorted its `allocated` is -1.
        Body::List(_) => WORD.wrapping_mul(super::list::allocated(num)),
        Body::Dict(table) => keys_size(table),
        Body::Set(table) => set_table_size(table),
        Body::ByteArray(bytes) => bytes.allocated(),
        Body::Foreign(foreign) => foreign.outside_size(),
        _ => 0,
    }
}

/// The digits of an int, at least one.
pub fn digits(value: i64) -> usize {
    u64::from(64 - value.unsigned_abs().leading_zeros()).div_ceil(DIGIT_BITS).max(1) as usize
}

/// The bytes of the characters behind a string's header, with the closing 0.
fn characters(text: &PyStr) -> usize {
    text.kind() * (text.len() + 1)
}

/// A string in one block: a header of 48 bytes if it is ASCII, else 72, and the characters.
pub fn str_size(text: &PyStr) -> usize {
    (if text.is_ascii() { 48 } else { 72 }) + characters(text)
}

/// The bytes of a dict's keys: 0 while it has the empty ones that all dicts share. Those of a class are not counted for the
/// dict, but the values are.
pub fn keys_size(dict: &Dict) -> usize {
    if dict.split > 0 {
        return WORD * usize::from(dict.split);
    }
    let slots = dict.slots();
    if slots < 8 {
        return 0;
    }
    let entry = if dict.is_unicode() { 2 * WORD } else { 3 * WORD };
    KEYS_HEADER + slots * index_width(slots) + slots * 2 / 3 * entry
}

/// The bytes of one slot in the index table of a dict.
pub fn index_width(slots: usize) -> usize {
    match slots {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

/// The bytes of a set's table: 0 while its elements fit into the object.
pub fn set_table_size(set: &Set) -> usize {
    let slots = set.slots();
    if slots <= 8 { 0 } else { 2 * WORD * slots }
}

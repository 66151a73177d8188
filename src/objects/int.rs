//! Integers: 64 bits in the slot, more in a body; -5 to 256 exist once.

use super::{Body, Heap, core_types::*};
use crate::{heap::ObjRef, num::BigInt};

/// The int object of a value, owned by the caller.
#[inline(always)]
pub fn new_int(heap: &mut Heap, value: i64) -> ObjRef {
    if let Some(shared) = small_int(value) {
        heap.incref(shared);
        shared
    } else {
        heap.alloc_int(INT, value)
    }
}

/// The int object of a big value, owned by the caller.
pub fn new_big_int(heap: &mut Heap, value: BigInt) -> ObjRef {
    match i64::try_from(&value) {
        Ok(small) => new_int(heap, small),
        Err(_) => {
            heap.budget -= (value.bits() / 8) as i64;
            heap.alloc(INT, 0, Body::BigInt(Box::new(value)))
        }
    }
}

/// The float object of a value, owned by the caller.
#[inline(always)]
pub fn new_float(heap: &mut Heap, value: f64) -> ObjRef {
    heap.alloc_float(value)
}

/// The value of an exact or derived int, as big as it may be.
pub fn to_big_int(heap: &Heap, object: ObjRef) -> BigInt {
    match super::Objects::body(heap, object) {
        Body::BigInt(value) => (**value).clone(),
        _ => BigInt::from(heap.slot(object).num as i64),
    }
}

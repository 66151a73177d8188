//! Equality and hash of values that need no Python: the fast path of dicts, sets and comparisons.
//!
//! `1 == 1.0`, `"a" == "a"`, `(1, "x") == (1, "x")` are answered here; an instance of a class with its own `__eq__` is not,
//! and `None` comes back: ask `vm/protocol`.

use std::sync::Arc;

use super::{Body, Heap, Objects, core_types::*};
use crate::{
    heap::ObjRef,
    num::{BigInt, hash},
    text::PyStr,
};

/// How deep tuples are compared.
pub const DEEPEST_EQUAL: u32 = 200;

/// Whether `a == b`, where no Python code can be involved.
pub fn equal_without_python(heap: &Heap, a: ObjRef, b: ObjRef) -> Option<bool> {
    equal(heap, a, b)
}

/// The same where it is asked all the time.
#[inline(always)]
pub fn equal(heap: &Heap, a: ObjRef, b: ObjRef) -> Option<bool> {
    equal_within(heap, a, b, 0)
}

#[inline(always)]
fn equal_within(heap: &Heap, a: ObjRef, b: ObjRef, depth: u32) -> Option<bool> {
    let (x, y) = (heap.slot(a), heap.slot(b));
    if x.ty == y.ty {
        match (&x.body, &y.body) {
            (Body::None, Body::None) if x.ty == INT => return Some(x.num == y.num),
            // Where both know their hash and these differ, the texts do.
            (Body::Str(_), Body::Str(_)) if x.ty == STR && x.num != y.num && x.num != 0 && y.num != 0 => return Some(false),
            (Body::Str(a), Body::Str(b)) if x.ty == STR => return Some(Arc::ptr_eq(a, b) || a == b),
            _ => {}
        }
    }
    equal_slow(heap, a, b, depth)
}

/// How deep tuples are looked into by [`plain_hash`].
const DEEPEST: u32 = 8;

/// The hash of what keys mostly are: short integers, floats, texts whose hash is known, tuples of them. `None`: somebody else must tell.
pub fn plain_hash(heap: &Heap, object: ObjRef) -> Option<i64> {
    hash_within(heap, object, DEEPEST)
}

#[inline(always)]
fn hash_within(heap: &Heap, object: ObjRef, depth: u32) -> Option<i64> {
    let slot = heap.slot(object);
    match &slot.body {
        Body::None if matches!(slot.ty, INT | BOOL) => Some(hash::hash_i64(slot.num as i64)),
        Body::None if slot.ty == FLOAT => hash::hash_float(f64::from_bits(slot.num)),
        // It has been asked before.
        Body::Str(_) | Body::Tuple(_) if matches!(slot.ty, STR | TUPLE) && slot.num != 0 => Some(slot.num as i64),
        Body::Tuple(items) if slot.ty == TUPLE => hash_items(heap, items, depth),
        Body::Instance(instance) if has_builtin_equality(heap, slot.ty) => match &instance.inner {
            Body::Tuple(items) => hash_items(heap, items, depth),
            _ => None,
        },
        _ => None,
    }
}

fn hash_items(heap: &Heap, items: &[ObjRef], depth: u32) -> Option<i64> {
    let below = depth.checked_sub(1)?;
    let mut hash = hash::TupleHash::default();
    for &item in items {
        hash.push(hash_within(heap, item, below)?);
    }
    Some(hash.finish())
}

fn equal_slow(heap: &Heap, a: ObjRef, b: ObjRef, depth: u32) -> Option<bool> {
    let (ty_a, ty_b) = (heap.ty(a), heap.ty(b));
    if !has_builtin_equality(heap, ty_a) || !has_builtin_equality(heap, ty_b) || depth > DEEPEST_EQUAL {
        return None;
    }
    Some(match (heap.body(a), heap.body(b)) {
        (Body::None | Body::BigInt(_) | Body::Complex(_), Body::None | Body::BigInt(_) | Body::Complex(_)) => numbers_equal(heap, a, b),
        (Body::Str(x), Body::Str(y)) => x == y,
        (Body::Bytes(x), Body::Bytes(y)) => x == y,
        (Body::Tuple(x), Body::Tuple(y)) => {
            if x.len() != y.len() {
                return Some(false);
            }
            for (&x, &y) in x.iter().zip(y.iter()) {
                if x != y && !equal_within(heap, x, y, depth + 1)? {
                    return Some(false);
                }
            }
            true
        }
        // Containers with mutable or unordered content: the protocol compares them.
        (Body::List(_), Body::List(_)) | (Body::Dict(_), Body::Dict(_)) | (Body::Set(_), Body::Set(_)) => return None,
        (Body::Method(x), Body::Method(y)) => x == y,
        (Body::Range(_), Body::Range(_)) | (Body::Slice(_), Body::Slice(_)) => return None,
        (Body::ByteArray(_), _) | (_, Body::ByteArray(_)) => return None,
        (Body::Foreign(_), _) | (_, Body::Foreign(_)) | (Body::Fields(_), _) | (_, Body::Fields(_)) => return None,
        (Body::WeakRef(_), _) | (_, Body::WeakRef(_)) | (Body::Code(_), _) | (_, Body::Code(_)) => return None,
        (Body::Native(_), Body::Native(_)) => return None,
        _ => a == b,
    })
}

/// Whether `==` on instances of this type is defined by the machine.
fn has_builtin_equality(heap: &Heap, ty: ObjRef) -> bool {
    is_core_type(ty) || !heap.type_of_type(ty).overrides_equality
}

fn numbers_equal(heap: &Heap, a: ObjRef, b: ObjRef) -> bool {
    match (Number::of(heap, a), Number::of(heap, b)) {
        (Some(x), Some(y)) => x.equals(&y),
        _ => a == b,
    }
}

/// A number taken out of its object.
pub enum Number<'a> {
    Int(i64),
    BigInt(&'a BigInt),
    Float(f64),
    Complex(f64, f64),
}

impl<'a> Number<'a> {
    /// The value of an int, bool, float or complex, or of an instance of a subclass.
    #[inline]
    /// How much the type's own methods know: those of int know ints, those of float ints too, those of complex all.
    pub fn level(heap: &'a Heap, object: ObjRef) -> Option<u8> {
        Some(match Number::of(heap, object)? {
            Number::Int(_) | Number::BigInt(_) => 0,
            Number::Float(_) => 1,
            Number::Complex(..) => 2,
        })
    }

    /// Whether `b` is a number that the methods of the number `a` don't know; false for all else.
    pub fn is_above(heap: &'a Heap, b: ObjRef, a: ObjRef) -> bool {
        match (Number::level(heap, a), Number::level(heap, b)) {
            (Some(a), Some(b)) => b > a,
            _ => false,
        }
    }

    pub fn of(heap: &'a Heap, object: ObjRef) -> Option<Number<'a>> {
        let slot = heap.slot(object);
        match slot.ty {
            INT | BOOL => Some(match &slot.body {
                Body::BigInt(value) => Number::BigInt(value),
                _ => Number::Int(slot.num as i64),
            }),
            FLOAT => Some(Number::Float(f64::from_bits(slot.num))),
            COMPLEX => match &slot.body {
                Body::Complex(value) => Some(Number::Complex(value.0, value.1)),
                _ => None,
            },
            ty if !is_core_type(ty) => match heap.type_of_type(ty).solid_base {
                INT | BOOL => Some(match heap.body(object) {
                    Body::BigInt(value) => Number::BigInt(value),
                    _ => Number::Int(slot.num as i64),
                }),
                FLOAT => Some(Number::Float(f64::from_bits(slot.num))),
                COMPLEX => match heap.body(object) {
                    Body::Complex(value) => Some(Number::Complex(value.0, value.1)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    pub fn equals(&self, other: &Number<'_>) -> bool {
        use Number::*;
        match (self, other) {
            (Int(a), Int(b)) => a == b,
            (BigInt(a), BigInt(b)) => a == b,
            (Int(_), BigInt(_)) | (BigInt(_), Int(_)) => false,
            (Float(a), Float(b)) => a == b,
            (Int(i), Float(f)) | (Float(f), Int(i)) => *f == *i as f64 && *f >= -(2f64.powi(63)) && *f < 2f64.powi(63) && *f as i64 == *i,
            (BigInt(i), Float(f)) | (Float(f), BigInt(i)) => {
                f.is_finite() && f.fract() == 0.0 && num_traits::FromPrimitive::from_f64(*f).is_some_and(|f: num_bigint::BigInt| f == **i)
            }
            (Complex(a, b), Complex(c, d)) => a == c && b == d,
            (Complex(real, imag), other) | (other, Complex(real, imag)) => *imag == 0.0 && Float(*real).equals(other),
        }
    }
}

/// The text of a string object known to be one.
pub fn text(heap: &Heap, object: ObjRef) -> &PyStr {
    heap.str(object).expect("a str object")
}

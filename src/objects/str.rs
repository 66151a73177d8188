//! String objects and interning.
//!
//! Interned strings exist once: names and attributes are, so that a lookup compares references. One-character Latin-1
//! strings exist once too. Counterpart in CPython 3.11: `PyUnicode_InternInPlace`, the latin1 singletons.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Body, Heap, Objects, core_types::*, size::str_size};
use crate::{heap::ObjRef, text::PyStr};

/// The strings that exist once. It does not own them: a string leaves the table when it dies.
#[derive(Clone, Default)]
pub struct Interned {
    table: FxHashMap<Arc<PyStr>, ObjRef>,
    /// One bit a slot of the heap: is it an interned string? Asked far more often than strings are interned.
    bits: Vec<u64>,
}

impl Interned {
    /// The interned string equal to `object`, owned by the caller; takes over the caller's reference to `object`.
    pub fn intern(&mut self, heap: &mut Heap, object: ObjRef) -> ObjRef {
        let Some(text) = heap.str(object).cloned() else { return object };
        match self.table.get(&text) {
            Some(&shared) if shared == object => object,
            Some(&shared) => {
                heap.incref(shared);
                if heap.decref_hits_zero(object) {
                    heap.release(object);
                }
                shared
            }
            None => {
                self.table.insert(text, object);
                let (word, bit) = Interned::place(object);
                if word >= self.bits.len() {
                    self.bits.resize(word + 1, 0);
                }
                self.bits[word] |= bit;
                object
            }
        }
    }

    /// The interned string of a text, owned by the caller.
    pub fn get(&mut self, heap: &mut Heap, text: &str) -> ObjRef {
        let object = new_str(heap, text.into());
        self.intern(heap, object)
    }

    /// The interned string of a text if there is one; borrowed.
    pub fn find(&self, text: &PyStr) -> Option<ObjRef> {
        self.table.get(text).copied()
    }

    #[inline]
    pub fn is_interned(&self, object: ObjRef) -> bool {
        let (word, bit) = Interned::place(object);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// One bit a slot.
    pub fn bits(&self) -> &[u64] {
        &self.bits
    }

    fn place(object: ObjRef) -> (usize, u64) {
        (object.index() as usize / 64, 1 << (object.index() % 64))
    }

    /// A string has died.
    pub fn forget(&mut self, text: &PyStr, object: ObjRef) {
        if self.table.get(text) == Some(&object) {
            self.table.remove(text);
            let (word, bit) = Interned::place(object);
            self.bits[word] &= !bit;
        }
    }
}

/// A string object, owned by the caller; empty and one-character Latin-1 strings are shared.
pub fn new_str(heap: &mut Heap, text: PyStr) -> ObjRef {
    match shared(&text) {
        Some(shared) => {
            heap.incref(shared);
            shared
        }
        None => {
            spend(heap, &text);
            heap.alloc_sized(str_size(&text), STR, 0, Body::Str(Arc::new(text)))
        }
    }
}

/// The string that exists once for its text, if it is so short; borrowed.
#[inline]
pub fn shared(text: &PyStr) -> Option<ObjRef> {
    match text.len() {
        0 => Some(EMPTY_STR),
        1 if text.at(0) < 256 => Some(latin1_character(text.at(0) as u8)),
        _ => None,
    }
}

/// Long texts count as memory.
#[inline]
pub fn spend(heap: &mut Heap, text: &PyStr) {
    if text.len() > 256 {
        heap.budget -= text.len() as i64;
    }
}

/// A string object that shares an immutable text.
pub fn new_shared_str(heap: &mut Heap, text: Arc<PyStr>) -> ObjRef {
    if text.len() <= 1 {
        return new_str(heap, (*text).clone());
    }
    heap.alloc(STR, 0, Body::Str(text))
}

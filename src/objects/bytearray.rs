//! How bytearrays grow: the buffer behind a bytearray, which CPython overallocates a little.
//!
//! Every change of the length goes through [`resized`]. Bytes that go in front leave a gap, until the buffer is made anew.
//! Counterpart in CPython 3.11: `PyByteArray_Resize`. Appending to `bytearray()` gives 2, 5, 8, 12, 19, 27 bytes.

use std::ops::{Deref, DerefMut};

use super::{Body, Heap, Objects};
use crate::heap::ObjRef;

/// The bytes, and what is allocated for them.
#[derive(Clone, Default)]
pub struct ByteArray {
    bytes: Vec<u8>,
    /// Bytes of the buffer, with one for a closing 0 (`ob_alloc`); 0: there is none.
    allocated: usize,
    /// The buffer.
    block: u32,
    /// Where the bytes begin in it (`ob_start - ob_bytes`).
    start: usize,
    /// How many bytes there were when it was last [`resized`].
    len: usize,
}

impl ByteArray {
    pub fn allocated(&self) -> usize {
        self.allocated
    }

    pub fn block(&self) -> u32 {
        self.block
    }

    /// Takes bytes out at the front, which does not move the others.
    pub fn cut_front(&mut self, n: usize) {
        self.bytes.drain(..n);
        self.start += n;
    }
}

impl From<Vec<u8>> for ByteArray {
    fn from(bytes: Vec<u8>) -> ByteArray {
        ByteArray { bytes, ..ByteArray::default() }
    }
}

impl Deref for ByteArray {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.bytes
    }
}

impl DerefMut for ByteArray {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }
}

/// The buffer for `len` bytes, where there is one of `allocated` bytes whose first `start` are not used.
pub fn bytearray_resize(allocated: usize, start: usize, len: usize) -> usize {
    let fits = len + start < allocated;
    if fits && len >= allocated / 2 {
        return allocated;
    }
    let is_moderate = !fits && len as f64 <= allocated as f64 * 1.125;
    if is_moderate { len + (len >> 3) + if len < 9 { 3 } else { 6 } } else { len + 1 }
}

/// Makes the buffer fit the bytes, after their number has changed.
pub fn resized(heap: &mut Heap, object: ObjRef) {
    let Body::ByteArray(array) = heap.body_mut(object) else { return };
    let len = array.bytes.len();
    if len != array.len {
        resize(heap, object, len);
    }
}

/// The same where the bytes came one by one.
pub fn filled(heap: &mut Heap, object: ObjRef) {
    let Body::ByteArray(array) = heap.body_mut(object) else { return };
    for len in array.len + 1..=array.bytes.len() {
        resize(heap, object, len);
    }
}

fn resize(heap: &mut Heap, object: ObjRef, len: usize) {
    let Body::ByteArray(array) = heap.body_mut(object) else { return };
    array.len = len;
    let (allocated, block) = (array.allocated, array.block);
    let wanted = bytearray_resize(allocated, array.start, len);
    if wanted == allocated {
        return;
    }
    array.allocated = wanted;
    let has_gap = std::mem::take(&mut array.start) > 0;
    heap.budget -= wanted.saturating_sub(allocated) as i64;
    let new = match block {
        _ if has_gap => {
            let new = heap.alloc_memory(wanted);
            heap.free_memory(block);
            new
        }
        _ => heap.realloc_memory(block, wanted),
    };
    if let Body::ByteArray(array) = heap.body_mut(object) {
        array.block = new;
    }
}

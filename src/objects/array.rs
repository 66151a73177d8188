//! `array.array`: numbers of one kind, side by side as in memory.
//!
//! `array("h", [1, -2])` is the bytes `01 00 fe ff`. A memory view shows them as items of the same kind.
//! Counterpart in CPython 3.11: `arrayobject`.

use super::{Body, Heap, Objects, instance::Foreign};
use crate::heap::ObjRef;

#[derive(Clone, Debug)]
pub struct Array {
    /// `b B u h H i I l L q Q f d`
    pub letter: u8,
    /// The items in native order.
    pub bytes: Vec<u8>,
    /// Items there is room for, as CPython would have allocated.
    pub allocated: usize,
    /// Where they are; 0: nowhere.
    pub block: u32,
}

/// Items there is room for when `old` items, with room for `allocated`, become `new` (`array_resize`).
fn array_resize(allocated: usize, old: usize, new: usize) -> usize {
    match new {
        _ if new <= allocated && old < new + 16 && allocated > 0 => allocated,
        0 => 0,
        _ => new + (new >> 4) + if old < 8 { 3 } else { 7 },
    }
}

impl Array {
    /// Bytes of one item.
    pub fn item_size(&self) -> usize {
        size_of(self.letter)
    }

    pub fn len(&self) -> usize {
        self.bytes.len() / self.item_size()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Other items in the place of these.
    pub fn replace(&mut self, bytes: Vec<u8>) {
        let old = self.len();
        self.bytes = bytes;
        self.resized(old);
    }

    /// Items behind the last.
    pub fn extend(&mut self, bytes: &[u8]) {
        let old = self.len();
        self.bytes.extend_from_slice(bytes);
        self.resized(old);
    }

    fn resized(&mut self, old: usize) {
        if self.len() != old {
            self.allocated = array_resize(self.allocated, old, self.len());
        }
    }

    /// The letter under which a memory view reads the items.
    pub fn view_letter(&self) -> u8 {
        if self.letter == b'u' { b'I' } else { self.letter }
    }
}

/// Bytes of one item of a type code; 0: there is no such code.
pub fn size_of(letter: u8) -> usize {
    match letter {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' | b'u' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        _ => 0,
    }
}

/// Makes the memory of an array fit its items.
pub fn settle(heap: &mut Heap, object: ObjRef) {
    let Some(array) = heap.array(object) else { return };
    let block = match (array.block, array.outside_size()) {
        (0, 0) => return,
        (block, 0) => {
            heap.free_memory(block);
            0
        }
        (block, bytes) => heap.realloc_memory(block, bytes),
    };
    if let Body::Foreign(foreign) = heap.body_mut(object)
        && let Some(array) = foreign.as_any_mut().downcast_mut::<Array>()
    {
        array.block = block;
    }
}

impl Foreign for Array {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }

    fn outside_size(&self) -> usize {
        self.allocated * self.item_size()
    }

    fn block(&self) -> u32 {
        self.block
    }
}

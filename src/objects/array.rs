//! `array.array`: numbers of one kind, side by side as in memory.
//!
//! `array("h", [1, -2])` is the bytes `01 00 fe ff`. A memory view shows them as items of the same kind.
//! Counterpart in CPython 3.11: `arrayobject`.

use super::instance::Foreign;
use crate::heap::ObjRef;

#[derive(Clone, Debug)]
pub struct Array {
    /// `b B u h H i I l L q Q f d`
    pub letter: u8,
    /// The items in native order.
    pub bytes: Vec<u8>,
    /// Items there is room for, as CPython would have allocated.
    pub allocated: usize,
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

impl Foreign for Array {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }

    fn outside_size(&self) -> usize {
        self.allocated * self.item_size()
    }
}

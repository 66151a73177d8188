//! Memory views: a window on the bytes of another object, with a format, a shape and strides.
//!
//! ```text
//!   memoryview(b"abcdef")[1::2]   base: the bytes   offset 1   shape (3,)   strides (2,)   format "B"
//! ```
//!
//! Counterpart in CPython 3.11: `PyMemoryViewObject`, `Py_buffer`.

use super::instance::Foreign;
use crate::heap::ObjRef;

#[derive(Clone, Debug)]
pub struct MemoryView {
    /// The managed buffer, which holds the object whose bytes these are and is shared by all views made of one another;
    /// `None` once released.
    pub buffer: Option<ObjRef>,
    pub format: Format,
    /// As the program wrote it: `"@i"` and `"i"` mean the same.
    pub native_prefix: bool,
    pub shape: Vec<usize>,
    /// Bytes from an item to the next, for each dimension.
    pub strides: Vec<i64>,
    /// Where the first item is.
    pub offset: i64,
    pub readonly: bool,
    pub hash: Option<i64>,
}

/// What an item is, by its letter in `struct`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format(pub u8);

impl Format {
    /// The letters that a view understands.
    pub fn new(letter: u8) -> Option<Format> {
        b"cbB?hHiIlLqQnNfdP".contains(&letter).then_some(Format(letter))
    }

    pub fn size(self) -> usize {
        match self.0 {
            b'h' | b'H' => 2,
            b'i' | b'I' | b'f' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
            _ => 1,
        }
    }

    pub fn is_byte(self) -> bool {
        matches!(self.0, b'c' | b'b' | b'B')
    }

    pub fn is_signed(self) -> bool {
        matches!(self.0, b'b' | b'h' | b'i' | b'l' | b'q' | b'n')
    }
}

impl MemoryView {
    /// Items in all dimensions.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    pub fn nbytes(&self) -> usize {
        self.count() * self.format.size()
    }

    /// Strides of items that lie one after the other, the last index running fastest.
    pub fn dense_strides(shape: &[usize], size: usize) -> Vec<i64> {
        let mut strides = vec![0; shape.len()];
        let mut stride = size as i64;
        for (place, &len) in strides.iter_mut().zip(shape).rev() {
            *place = stride;
            stride *= len as i64;
        }
        strides
    }

    pub fn is_c_contiguous(&self) -> bool {
        self.count() == 0 || self.follows(self.shape.iter().zip(&self.strides).rev())
    }

    pub fn is_f_contiguous(&self) -> bool {
        self.count() == 0 || self.follows(self.shape.iter().zip(&self.strides))
    }

    fn follows<'a>(&self, dimensions: impl Iterator<Item = (&'a usize, &'a i64)>) -> bool {
        let mut expected = self.format.size() as i64;
        for (&len, &stride) in dimensions {
            if len > 1 && stride != expected {
                return false;
            }
            expected *= len as i64;
        }
        true
    }

    /// Where each item is, the last index running fastest.
    pub fn positions(&self) -> Vec<i64> {
        let mut found = vec![self.offset];
        for (&len, &stride) in self.shape.iter().zip(&self.strides) {
            found = found.iter().flat_map(|&at| (0..len as i64).map(move |i| at + i * stride)).collect();
        }
        found
    }

    /// The bytes of all items in a row. `None` if the base has become too short.
    pub fn content(&self, base: &[u8]) -> Option<Vec<u8>> {
        if self.is_c_contiguous() {
            let start = self.offset as usize;
            return base.get(start..start + self.nbytes()).map(<[u8]>::to_vec);
        }
        let mut out = Vec::with_capacity(self.nbytes());
        for at in self.positions() {
            out.extend_from_slice(base.get(at as usize..at as usize + self.format.size())?);
        }
        Some(out)
    }
}

impl Foreign for MemoryView {
    fn inline_size(&self) -> usize {
        24 * self.shape.len()
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.buffer.iter().for_each(|&buffer| visit(buffer));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.buffer.take().into_iter().collect()
    }
}

//! The memory of a `StringIO`: what is written at the end is gathered in a string with room to grow; whoever reads or writes
//! elsewhere makes it an array of 4 bytes a character.
//!
//! Invariant: the blocks are those that CPython has allocated after the same operations; the text itself is kept in the state.
//! Counterpart in CPython 3.11: `resize_buffer`, `realize` and `_PyUnicodeWriter` of `stringio.c`.
//!
//! ```python
//! f = io.StringIO(); f.write("abc"); f.seek(0); f.read(1)      # from now on an array
//! ```

use super::State;
use crate::{
    heap::ObjRef,
    stdlib::{foreign, foreign_mut},
    text::PyStr,
    vm::Vm,
};

/// The blocks of one file; 0: there is none.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    /// The array, and the characters it has room for.
    pub buffer: u32,
    room: usize,
    /// What is written is put into the array at once.
    is_array: bool,
    /// The string that grows, the characters it has room for, and the size of each: 0 is ASCII.
    pub writer: u32,
    writer_room: usize,
    writer_kind: usize,
    /// What knows the ends of lines: a decoder, or texts of two characters.
    newlines: [u32; 2],
}

/// A decoder with its header.
const DECODER_SIZE: usize = 16 + 40;

/// Bytes of a string: 48 or 72 before the characters, and a closing 0.
fn string_size(kind: usize, len: usize) -> usize {
    if kind == 0 { 48 + len + 1 } else { 72 + kind * (len + 1) }
}

fn kind_of(text: &PyStr) -> usize {
    if text.is_ascii() { 0 } else { text.kind() }
}

fn change(vm: &mut Vm, file: ObjRef, change: impl FnOnce(&mut Memory, &mut crate::objects::Heap, usize)) {
    let Some(state) = foreign::<State>(vm, file) else { return };
    let (mut memory, len) = (state.memory, state.content.len());
    change(&mut memory, &mut vm.heap, len);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        state.memory = memory;
    }
}

impl Memory {
    /// All blocks, 0 for those that there are not.
    pub fn blocks(&self) -> [u32; 4] {
        [self.buffer, self.writer, self.newlines[0], self.newlines[1]]
    }

    /// The array for so many characters, and one more.
    fn resize(&mut self, heap: &mut crate::objects::Heap, size: usize) {
        let room = match size {
            _ if size < self.room / 2 => size + 1,
            _ if size < self.room => return,
            _ if (size as f64) < self.room as f64 * 1.125 => size + (size >> 3) + if size < 9 { 3 } else { 6 },
            _ => size + 1,
        };
        self.room = room;
        self.buffer = heap.realloc_memory(self.buffer, 4 * room);
    }

    fn drop_writer(&mut self, heap: &mut crate::objects::Heap) {
        if self.writer != 0 {
            heap.free_memory(self.writer);
        }
        (self.writer, self.writer_room, self.writer_kind) = (0, 0, 0);
    }

    /// Text of a kind is added to the string, which then has `len` characters.
    fn add(&mut self, heap: &mut crate::objects::Heap, kind: usize, len: usize) {
        let is_wider = kind > self.writer_kind;
        let room = if len > self.writer_room { len + len / 4 } else { self.writer_room };
        if self.writer != 0 && !is_wider && room == self.writer_room {
            return;
        }
        let kind = kind.max(self.writer_kind);
        let bytes = string_size(kind, room);
        self.writer = match self.writer {
            0 => heap.alloc_memory(bytes),
            old if is_wider => {
                let new = heap.alloc_memory(bytes);
                heap.free_memory(old);
                new
            }
            old => heap.realloc_memory(old, bytes),
        };
        (self.writer_room, self.writer_kind) = (room, kind);
    }
}

/// The file begins anew, empty, or is closed.
pub fn reset(vm: &mut Vm, file: ObjRef, newline: Option<&str>) {
    drop_given(vm, file);
    change(vm, file, |memory, heap, _| {
        memory.drop_writer(heap);
        memory.is_array = false;
        memory.resize(heap, 0);
        memory.newlines.iter_mut().filter(|block| **block != 0).for_each(|block| heap.free_memory(std::mem::take(block)));
        memory.newlines = match newline {
            None | Some("") => [heap.alloc_memory(DECODER_SIZE), 0],
            Some(text) if text.len() > 1 => [heap.alloc_memory(string_size(0, 2)), heap.alloc_memory(string_size(0, 2))],
            Some(_) => [0, 0],
        };
    });
}

/// The string that was given out is no longer the one that grows.
fn drop_given(vm: &mut Vm, file: ObjRef) {
    let given = foreign_mut::<State>(vm, file).and_then(|state| state.given.take());
    vm.xdecref(given);
}

pub fn is_accumulating(vm: &Vm, file: ObjRef) -> bool {
    foreign::<State>(vm, file).is_some_and(|state| !state.memory.is_array)
}

/// The array for so many characters.
pub fn resize(vm: &mut Vm, file: ObjRef, size: usize) {
    change(vm, file, |memory, heap, _| memory.resize(heap, size));
}

/// From now on there is an array.
pub fn realize(vm: &mut Vm, file: ObjRef) {
    if is_accumulating(vm, file) {
        change(vm, file, |memory, heap, len| {
            memory.is_array = true;
            if len > 0 {
                memory.resize(heap, len + 1);
            }
            memory.drop_writer(heap);
        });
        drop_given(vm, file);
    }
}

/// The string that grew is given out.
pub fn give(vm: &mut Vm, file: ObjRef) {
    change(vm, file, |memory, heap, _| {
        let kind = memory.writer_kind;
        memory.drop_writer(heap);
        memory.writer_kind = kind;
    });
}

/// Text will be written where the file stands.
pub fn before_write(vm: &mut Vm, file: ObjRef, text: &PyStr) {
    let Some((at, len)) = foreign::<State>(vm, file).map(|state| (state.at, state.content.len())) else { return };
    if at != len {
        realize(vm, file);
    }
    change(vm, file, |memory, heap, len| match memory.is_array {
        true if at + text.len() > len => memory.resize(heap, at + text.len()),
        true => {}
        false => memory.add(heap, kind_of(text), len + text.len()),
    });
    drop_given(vm, file);
}

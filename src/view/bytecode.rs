//! The disassembly of the selected frame's code object, with the instruction pointer.
//!
//! The listing itself never changes and is shared; what moves is `next`, `executed` and the live operand.
//! Counterpart in CPython 3.11: `dis.get_instructions(code)`; a row is an instruction as `dis` prints it, inline
//! caches are no rows.

use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BytecodeView {
    pub listing: Arc<Listing>,
    /// The offset (in bytes) of the next instruction; `None` when the frame has returned.
    pub next: Option<u32>,
    /// The offset of the instruction just executed, if it was in this code object.
    pub executed: Option<u32>,
    /// What the next instruction's operands are right now: `<Node #12>`.
    pub live_operand: Option<String>,
    /// That is also what it will push: a name or constant is loaded.
    pub is_loaded: bool,
    /// Offsets with a breakpoint.
    pub breakpoints: Vec<u32>,
}

/// A code object taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// `code.co_qualname`
    pub code_name: String,
    pub rows: Vec<BytecodeRow>,
    pub exception_table: Vec<ExceptionRow>,
}

/// One instruction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BytecodeRow {
    /// In bytes, as `dis` prints it.
    pub offset: u32,
    /// Set on the first instruction of a line.
    pub line_start: Option<u32>,
    /// The line the instruction belongs to.
    pub line: Option<u32>,
    pub opname: String,
    pub arg: Option<u32>,
    /// The argument resolved, as `dis` prints it in parentheses: `self`, `to 24`, `+`.
    pub argtext: String,
    /// Something jumps here.
    pub is_jump_target: bool,
    /// Where it jumps to.
    pub jump_target: Option<u32>,
}

/// An entry of the exception table: `4 to 22 -> 88 [1] lasti`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExceptionRow {
    /// The first and the last covered offset.
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub depth: u32,
    pub lasti: bool,
}

impl Listing {
    /// The index of the row with this offset.
    pub fn row_at(&self, offset: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&offset, |row| row.offset).ok()
    }
}

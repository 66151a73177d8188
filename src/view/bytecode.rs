//! The disassembly of the selected frame's code object, with the instruction pointer.
//!
//! The listing itself never changes and is shared; what moves is `next`, `executed` and the live operand.
//! Counterpart in CPython 3.11: `dis.get_instructions(code)`; a row is an instruction as `dis` prints it, inline
//! caches are no rows.

use std::sync::{Arc, OnceLock};

use super::FormRow;

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
    /// What stands in the place of each row of the listing now; empty where nobody asked.
    pub forms: Vec<FormRow>,
    /// How many times more the code must begin or jump back until it is quickened, where somebody asked and it is not.
    pub warm_up: Option<u8>,
}

/// A code object taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// `code.co_qualname`
    pub code_name: String,
    pub rows: Vec<BytecodeRow>,
    pub exception_table: Vec<ExceptionRow>,
    /// Measured when it is first painted.
    pub extent: OnceLock<Extent>,
}

/// What all rows of a listing need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Letters of the longest name.
    pub opname: usize,
    /// The last line; `None`: no row has one.
    pub line: Option<u32>,
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

impl BytecodeView {
    /// The index of the instruction on a line of the pane, or of the one whose cache the line shows.
    pub fn instruction_at(&self, line: usize) -> Option<usize> {
        let mut next = 0;
        for index in 0..self.listing.rows.len() {
            next += 1 + usize::from(self.has_cache_line(index));
            if line < next {
                return Some(index);
            }
        }
        None
    }

    /// The line of the pane with this instruction.
    pub fn line_of(&self, index: usize) -> usize {
        index + (0..index.min(self.forms.len())).filter(|&it| self.has_cache_line(it)).count()
    }

    /// Below the instruction its inline cache is shown.
    pub fn has_cache_line(&self, index: usize) -> bool {
        self.forms.get(index).is_some_and(|form| !form.cache.is_empty())
    }
}

impl Listing {
    pub fn extent(&self) -> Extent {
        let rows = || self.rows.iter();
        *self.extent.get_or_init(|| Extent {
            opname: rows().map(|row| row.opname.len()).max().unwrap_or(0),
            line: rows().filter_map(|row| row.line).max(),
        })
    }

    /// The index of the row with this offset.
    pub fn row_at(&self, offset: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&offset, |row| row.offset).ok()
    }
}

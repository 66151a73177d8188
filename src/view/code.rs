//! Code objects, and what is made of them: the tree of all that are alive, or one taken apart field by field.
//!
//! ```text
//! <module>            lru.py:1    78 instructions          co_argcount  2
//!   Node              lru.py:4     9 instructions          co_consts[1] 1
//!     Node.__init__   lru.py:5    14 instructions, 1 func  func_defaults (None,)
//! ```
//!
//! Offsets and names are those of CPython 3.11's `PyCodeObject`, `PyFunctionObject` and `_PyInterpreterFrame`. What has no
//! offset is computed when it is asked for, as `co_varnames` is.

use std::sync::Arc;

use super::{FormRow, Listing};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeView {
    /// All code objects, unless one is chosen.
    pub rows: Vec<CodeRow>,
    /// So many are not listed: of other files those inside of others, and what is too much.
    pub omitted: usize,
    pub chosen: Option<CodeDetail>,
}

/// A code object in the tree: below the one that has it among its constants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeRow {
    pub depth: usize,
    pub name: String,
    /// `module`, `class body`, `function`, `generator`, …
    pub kind: &'static str,
    pub file: String,
    pub line: i32,
    pub instructions: usize,
    /// Function objects made of it that are alive.
    pub functions: usize,
    /// Frames that run it.
    pub frames: usize,
    /// The frame that is looked at runs it.
    pub is_current: bool,
    pub slot: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeDetail {
    pub name: String,
    pub listing: Arc<Listing>,
    /// The live forms, one for each row of the listing, if they are wanted.
    pub forms: Vec<FormRow>,
    /// The next instruction, if the frame that is looked at runs it.
    pub next: Option<u32>,
    /// Before the instructions.
    pub sections: Vec<CodeSection>,
    /// After them: the tables decoded.
    pub tables: Vec<CodeSection>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeSection {
    pub title: String,
    pub fields: Vec<CodeField>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeField {
    /// In bytes, from the start of the struct.
    pub offset: Option<i64>,
    pub name: String,
    pub text: String,
    pub target: Option<CodeTarget>,
}

/// The slot of what a field refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTarget {
    Code(u32),
    Object(u32),
}

/// What `co_flags` says, in the words of `dis`.
pub fn flag_words(flags: u32) -> String {
    const NAMES: [(u32, &str); 18] = [
        (0x1, "OPTIMIZED"),
        (0x2, "NEWLOCALS"),
        (0x4, "VARARGS"),
        (0x8, "VARKEYWORDS"),
        (0x10, "NESTED"),
        (0x20, "GENERATOR"),
        (0x40, "NOFREE"),
        (0x80, "COROUTINE"),
        (0x100, "ITERABLE_COROUTINE"),
        (0x200, "ASYNC_GENERATOR"),
        (0x20000, "DIVISION"),
        (0x40000, "ABSOLUTE_IMPORT"),
        (0x80000, "WITH_STATEMENT"),
        (0x10_0000, "PRINT_FUNCTION"),
        (0x20_0000, "UNICODE_LITERALS"),
        (0x40_0000, "BARRY_AS_BDFL"),
        (0x80_0000, "GENERATOR_STOP"),
        (0x100_0000, "ANNOTATIONS"),
    ];
    let words: Vec<_> = NAMES.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name).collect();
    if words.is_empty() { format!("{flags:#x}") } else { format!("{flags:#x} = {}", words.join(", ")) }
}

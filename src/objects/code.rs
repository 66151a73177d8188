//! Code objects on the heap: the compiler's [`CodeObject`] with its constants and names made into objects, and the place of
//! its pre-decoded instructions in the machine's one table of units.

use std::sync::{Arc, OnceLock};

use crate::{
    bytecode::{
        code::CodeObject,
        exctable::Entry,
        linetable::{self, Position},
    },
    heap::ObjRef,
};

/// The fields of a code object that are byte strings, by their number in [`Code::byte_strings`].
pub const BYTE_STRINGS: [&str; 4] = ["co_code", "co_linetable", "co_exceptiontable", "co_localspluskinds"];
/// The byte strings of a code object, as far as they are there.
pub type ByteStrings = [Option<ObjRef>; BYTE_STRINGS.len()];

#[derive(Clone)]
pub struct Code {
    pub code: Arc<CodeObject>,
    /// `co_consts`, a tuple
    pub consts: ObjRef,
    /// `co_names`, a tuple of interned strings
    pub names: ObjRef,
    /// interned strings
    pub name: ObjRef,
    pub qualname: ObjRef,
    /// `co_filename`
    pub filename: ObjRef,
    /// `co_code` is made when somebody asks for it. The others are there from the start; for code of the library, which in CPython
    /// is mostly part of the interpreter's file, they are made for the asking too.
    pub byte_strings: ByteStrings,
    /// `co_localsplusnames`, a tuple of interned strings, one a frame slot
    pub localsplusnames: ObjRef,
    /// First unit in the machine's table.
    pub start: u32,
    pub tables: Arc<Tables>,
    // Copies of what every call reads.
    pub nlocalsplus: u32,
    pub stacksize: u32,
    pub argcount: u32,
    pub flags: u32,
    /// How many times more it begins or jumps back before it is specialized (`co_warmup`).
    pub warmup: u8,
    /// It has been quickened.
    pub is_quick: bool,
    /// Its arguments are plain: none by keyword only, no `*args`, no `**kwargs`.
    pub is_simple: bool,
}

/// What is decoded once from the bytes of a code object.
#[derive(Clone, Default, Debug)]
pub struct Tables {
    /// Byte offset of each unit's instruction, in the order of units.
    pub offsets: Vec<u32>,
    /// Offsets here are byte offsets.
    pub exceptions: Vec<Entry>,
    /// The unit of each one's target, counted from the first of the code.
    targets: Vec<u32>,
    /// The line of each code unit (two bytes), decoded when a traceback first asks.
    lines: OnceLock<Box<[i32]>>,
    /// Where to begin to read the location table.
    positions: OnceLock<linetable::Index>,
}

/// In the table of lines: an instruction that the compiler made for no line.
const NO_LINE: i32 = -1;

impl Tables {
    pub fn new(offsets: Vec<u32>, exceptions: Vec<Entry>) -> Tables {
        let targets = exceptions.iter().map(|entry| unit_at(&offsets, entry.target)).collect();
        Tables { offsets, exceptions, targets, ..Tables::default() }
    }
}

/// The unit of the instruction at a byte offset.
fn unit_at(offsets: &[u32], offset: u32) -> u32 {
    offsets.partition_point(|&other| other < offset) as u32
}

impl Code {
    /// The line of a byte offset; the first line where the table has none.
    pub fn line_at(&self, offset: u32) -> i32 {
        self.own_line_at(offset).unwrap_or(self.code.firstlineno)
    }

    /// The line of a byte offset, if the instruction there belongs to one.
    pub fn own_line_at(&self, offset: u32) -> Option<i32> {
        let first = self.code.firstlineno;
        let lines = self.tables.lines.get_or_init(|| {
            let mut lines = vec![NO_LINE; self.code.code.len() / 2];
            for range in linetable::decode(&self.code.linetable, first) {
                let units = range.start as usize / 2..(range.end as usize / 2).min(lines.len());
                if let (Some(line), Some(units)) = (range.position.line, lines.get_mut(units)) {
                    units.fill(line as i32);
                }
            }
            lines.into()
        });
        lines.get(offset as usize / 2).copied().filter(|&line| line != NO_LINE)
    }

    /// The place in the source of a byte offset.
    pub fn position_at(&self, offset: u32) -> Position {
        let code = &self.code;
        let index = self.tables.positions.get_or_init(|| linetable::Index::new(&code.linetable, code.firstlineno));
        index.lookup(&code.linetable, offset)
    }

    /// The byte offset of the instruction at absolute unit `pc`.
    pub fn offset_of(&self, pc: u32) -> u32 {
        self.tables.offsets.get((pc - self.start) as usize).copied().unwrap_or(self.code.code.len() as u32)
    }

    /// The absolute unit of the instruction at a byte offset.
    pub fn unit_at(&self, offset: u32) -> u32 {
        self.start + unit_at(&self.tables.offsets, offset)
    }

    /// What handles an exception of the instruction at a byte offset, and the absolute unit where that begins.
    #[inline]
    pub fn handler_of(&self, offset: u32) -> Option<(Entry, u32)> {
        let entries = &self.tables.exceptions;
        let at = entries.iter().take_while(|entry| entry.start <= offset).position(|entry| offset < entry.end)?;
        Some((entries[at], self.start + self.tables.targets[at]))
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.consts);
        visit(self.names);
        visit(self.localsplusnames);
        visit(self.name);
        visit(self.qualname);
        visit(self.filename);
        self.byte_strings.iter().flatten().for_each(|&o| visit(o));
    }
}

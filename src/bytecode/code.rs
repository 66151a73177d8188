//! Code objects: what the compiler makes and the machine runs. Immutable and shared.
//!
//! Counterpart in CPython 3.11: `PyCodeObject`. Every field has the value that CPython's has, bytes included.

use std::sync::Arc;

use crate::{num::BigInt, text::PyStr};

/// A compiled module, function, class body, lambda or comprehension.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeObject {
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    /// The greatest depth of the value stack.
    pub stacksize: u32,
    /// `CO_*` bits.
    pub flags: u32,
    pub firstlineno: i32,
    /// Two bytes a unit, `CACHE` entries (zero) included.
    pub code: Vec<u8>,
    pub consts: Vec<Constant>,
    pub names: Vec<Arc<str>>,
    /// Names of locals, then of cells that are no parameters, then of free variables: one a frame slot.
    pub localsplusnames: Vec<Arc<str>>,
    /// `CO_FAST_*` bits, one byte for each of `localsplusnames`.
    pub localspluskinds: Vec<u8>,
    pub filename: Arc<str>,
    pub name: Arc<str>,
    pub qualname: Arc<str>,
    pub linetable: Vec<u8>,
    pub exceptiontable: Vec<u8>,
}

/// A member of `co_consts`.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    Int(BigInt),
    Float(f64),
    Complex { real: f64, imag: f64 },
    Str(Arc<PyStr>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Constant]>),
    FrozenSet(Arc<[Constant]>),
    Code(Arc<CodeObject>),
}

pub const CO_OPTIMIZED: u32 = 0x1;
pub const CO_NEWLOCALS: u32 = 0x2;
pub const CO_VARARGS: u32 = 0x4;
pub const CO_VARKEYWORDS: u32 = 0x8;
pub const CO_NESTED: u32 = 0x10;
pub const CO_GENERATOR: u32 = 0x20;
pub const CO_COROUTINE: u32 = 0x80;
pub const CO_ITERABLE_COROUTINE: u32 = 0x100;
pub const CO_ASYNC_GENERATOR: u32 = 0x200;

/// Kinds of frame slots, bits of `localspluskinds`.
pub const CO_FAST_LOCAL: u8 = 0x20;
pub const CO_FAST_CELL: u8 = 0x40;
pub const CO_FAST_FREE: u8 = 0x80;

impl CodeObject {
    /// Slots of a frame below its value stack.
    pub fn nlocalsplus(&self) -> usize {
        self.localsplusnames.len()
    }

    fn names_of(&self, kind: u8) -> impl Iterator<Item = &Arc<str>> {
        self.localsplusnames.iter().zip(&self.localspluskinds).filter(move |(_, k)| **k & kind != 0).map(|(name, _)| name)
    }

    pub fn varnames(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names_of(CO_FAST_LOCAL)
    }

    pub fn cellvars(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names_of(CO_FAST_CELL)
    }

    pub fn freevars(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names_of(CO_FAST_FREE)
    }

    pub fn nlocals(&self) -> usize {
        self.varnames().count()
    }
}

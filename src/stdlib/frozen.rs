//! Modules in Python that come along: their text, and their code as it was compiled when uncoil was built.
//!
//! The code is what compiling the text now would give (a test compares them); the text is for tracebacks and the Source pane.
//! Counterpart in CPython 3.11: `Python/frozen.c`. `import enum` without an installed library reads `enum`'s marshalled code.

use std::sync::Arc;

use crate::bytecode::{
    code::{CodeObject, Constant},
    marshal,
};

/// A module with its text and its code.
#[derive(Debug)]
pub struct Frozen {
    pub name: &'static str,
    pub source: &'static str,
    /// The marshalled code, without assertions left out: that of `-O` is another.
    marshalled: &'static [u8],
}

// `SOURCES` and `MORE`, a row for each of those in `sources.rs`.
include!(concat!(env!("OUT_DIR"), "/frozen.rs"));

impl Frozen {
    /// The code of the module's body; None would be a build gone wrong.
    pub fn code(&self) -> Option<Arc<CodeObject>> {
        match marshal::load(self.marshalled) {
            Ok(Constant::Code(code)) => Some(code),
            _ => None,
        }
    }
}

//! One object taken apart: its header, its memory, what it holds, and who holds it.
//!
//! Offsets are in bytes from the object's address, `id(x)`; the header of the collector lies before it, at -16.
//! Counterpart in CPython 3.11: the structs behind the object, such as `PyListObject`.
//!
//! `[1, 2]`: refcount, type, size 2, the array of items with 2 slots allocated, and the two items.

use super::{Holder, Subject, layout::Block};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InspectorView {
    /// `None`: no object is chosen.
    pub subject: Option<Subject>,
    /// `id(x)`
    pub address: u64,
    /// `sys.getsizeof(x)`, in bytes.
    pub size: u64,
    /// The generation of the collector that it is in; `None`: not tracked.
    pub generation: Option<usize>,
    /// Its own block of memory first, then those that it owns.
    pub memory: Vec<Block>,
    /// What it consists of, with headings: items, slots of a table, digits, attributes.
    pub parts: Vec<Part>,
    /// Who refers to it, as many as the refcount says.
    pub holders: Vec<Holder>,
}

/// A row of what an object consists of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// `[0]`, `slot 3`, `digit 1`; a heading has nothing else.
    pub name: String,
    pub text: String,
    /// The object there, as [`super::ValueView::slot`] names it.
    pub slot: Option<u32>,
}

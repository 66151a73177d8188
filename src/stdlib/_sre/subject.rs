//! The text that a pattern is matched with: a `str`, or what a bytes-like object holds.
//!
//! It is held (or, where it may change, copied) for the time of a search, so that the machine is free to raise and to be
//! looked at meanwhile. Counterpart in CPython 3.11: `getstring`, `state_init` and `getslice` in `Modules/_sre/sre.c`.

use std::sync::Arc;

use super::{
    machine::Poll,
    program::Program,
    search::{Found, Mode, find},
};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::PyStr,
    vm::{Raised, Vm},
    with_units,
};

#[derive(Clone)]
pub enum Subject {
    Text(Arc<PyStr>),
    Bytes(Arc<Vec<u8>>),
}

/// The machine is asked whether to go on: a learner may interrupt, and memory has a limit.
struct Asks<'a>(&'a mut Vm);

impl Poll for Asks<'_> {
    type Stop = Raised;

    fn poll(&mut self, bytes: usize) -> Result<(), Raised> {
        self.0.poll()?;
        self.0.room_for(bytes as u64)
    }
}

impl Subject {
    /// The text of an object, if it has one.
    pub fn of(vm: &Vm, object: ObjRef) -> Option<Subject> {
        match vm.heap.body(object) {
            Body::Str(text) => Some(Subject::Text(text.clone())),
            Body::Bytes(bytes) => Some(Subject::Bytes(bytes.clone())),
            _ => vm.heap.buffer(object).map(|bytes| Subject::Bytes(Arc::new(bytes.into_owned()))),
        }
    }

    /// The text to be matched with a pattern for texts or for bytes.
    pub fn for_pattern(vm: &mut Vm, object: ObjRef, is_bytes: Option<bool>) -> Result<Subject, Raised> {
        let Some(subject) = Subject::of(vm, object) else {
            let name = vm.type_name(object);
            return Err(vm.type_error(format!("expected string or bytes-like object, got '{name}'")));
        };
        match (is_bytes, subject.is_bytes()) {
            (Some(true), false) => Err(vm.type_error("cannot use a bytes pattern on a string-like object")),
            (Some(false), true) => Err(vm.type_error("cannot use a string pattern on a bytes-like object")),
            _ => Ok(subject),
        }
    }

    pub fn is_bytes(&self) -> bool {
        matches!(self, Subject::Bytes(_))
    }

    pub fn size(&self) -> usize {
        match self {
            Subject::Text(text) => text.len(),
            Subject::Bytes(bytes) => bytes.len(),
        }
    }

    pub fn has_backslash(&self) -> bool {
        match self {
            Subject::Text(text) => text.find_point('\\'.into(), 0).is_some(),
            Subject::Bytes(bytes) => memchr::memchr(b'\\', bytes).is_some(),
        }
    }

    /// Its code points, or bytes.
    pub fn points(&self) -> Vec<u32> {
        match self {
            Subject::Text(text) => text.to_code_points(),
            Subject::Bytes(bytes) => bytes.iter().map(|&byte| byte.into()).collect(),
        }
    }

    /// A stretch of it as an object, owned. `whole`: the object that the text is of, if all of it is wanted.
    pub fn slice(&self, vm: &mut Vm, (start, end): (usize, usize), whole: ObjRef) -> ObjRef {
        if start == 0 && end == self.size() && matches!(vm.ty(whole), STR | BYTES) {
            return vm.own(whole);
        }
        match self {
            Subject::Text(text) => vm.new_str(text.slice(start, end)),
            Subject::Bytes(bytes) => vm.new_bytes(bytes[start..end].to_vec()),
        }
    }

    /// An empty text of the same kind, owned.
    pub fn empty(&self, vm: &mut Vm) -> ObjRef {
        match self {
            Subject::Text(_) => vm.new_str(PyStr::empty()),
            Subject::Bytes(_) => vm.new_bytes(Vec::new()),
        }
    }
}

/// A search that goes on where it found something.
#[derive(Clone)]
pub struct Walk {
    pub program: Arc<Program>,
    pub subject: Subject,
    /// Where the next match may start.
    pub start: usize,
    pub end: usize,
    /// The last match was empty: the next must not be, at the same place.
    must_advance: bool,
}

impl Walk {
    /// `pos` and `endpos` may lie anywhere.
    pub fn new(program: Arc<Program>, subject: Subject, pos: i64, endpos: i64) -> Walk {
        let len = subject.size();
        let within = |place: i64| usize::try_from(place).unwrap_or(0).min(len);
        Walk { program, start: within(pos), end: within(endpos), subject, must_advance: false }
    }

    /// The next match.
    pub fn next(&mut self, vm: &mut Vm, mode: Mode) -> Result<Option<Found>, Raised> {
        let (program, start, end, must_advance) = (&*self.program, self.start, self.end, self.must_advance);
        let mut asks = Asks(vm);
        let found = match &self.subject {
            Subject::Bytes(bytes) => find(program, &bytes[..end], start, mode, must_advance, &mut asks),
            Subject::Text(text) => with_units!(text, units => find(program, &units[..end], start, mode, must_advance, &mut asks)),
        }?;
        if let Some(found) = &found {
            let (from, to) = found.span();
            self.must_advance = from == to;
            self.start = to;
        }
        Ok(found)
    }
}

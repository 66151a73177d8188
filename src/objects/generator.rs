//! Generators, coroutines and async generators: a suspended frame inside an object.
//!
//! While the body runs, its frame is in the call stack; at `yield` the frame and its slots are copied back in here, where they have
//! their place all the time: what lies there while the body runs means nothing, so ask [`Generator::suspended`].
//! Counterpart in CPython 3.11: `PyGenObject` with its embedded frame.

use super::frame::PyFrame;
use crate::heap::ObjRef;

#[derive(Clone)]
pub struct Generator {
    pub code: ObjRef,
    pub name: ObjRef,
    pub qualname: ObjRef,
    pub state: GeneratorState,
    pub(crate) frame: PyFrame,
    /// Empty unless suspended.
    pub(crate) slots: Vec<Option<ObjRef>>,
    /// Values that the frame may have on the value stack.
    pub(crate) room: u32,
    /// The exception being handled inside, while suspended.
    pub handled: Option<ObjRef>,
    /// `cr_origin` of a coroutine; what is called when an async generator dies before its end.
    pub origin_or_finalizer: Option<ObjRef>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorState {
    /// Not started, or waiting at a `yield`.
    Suspended { started: bool },
    /// Its frame is in the call stack.
    Running,
    /// The body has ended.
    Finished,
}

/// The frame of a suspended generator.
#[derive(Clone, Copy)]
pub struct Suspended<'a> {
    pub frame: &'a PyFrame,
    pub slots: &'a [Option<ObjRef>],
    pub started: bool,
}

impl Generator {
    /// The frame and its slots, unless the body runs or has ended.
    pub fn suspended(&self) -> Option<Suspended<'_>> {
        match self.state {
            GeneratorState::Suspended { started } => Some(Suspended { frame: &self.frame, slots: &self.slots, started }),
            _ => None,
        }
    }

    /// The frame to be changed.
    pub fn suspended_mut(&mut self) -> Option<(&mut PyFrame, &mut Vec<Option<ObjRef>>)> {
        matches!(self.state, GeneratorState::Suspended { .. }).then_some((&mut self.frame, &mut self.slots))
    }

    /// Ends a suspended generator: frame and slots are the caller's.
    pub fn take_suspended(&mut self) -> Option<(PyFrame, Vec<Option<ObjRef>>)> {
        match std::mem::replace(&mut self.state, GeneratorState::Finished) {
            GeneratorState::Suspended { .. } => Some((self.frame, std::mem::take(&mut self.slots))),
            _ => None,
        }
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.code);
        visit(self.name);
        visit(self.qualname);
        self.handled.iter().chain(&self.origin_or_finalizer).for_each(|&o| visit(o));
        if let Some(Suspended { frame, slots, .. }) = self.suspended() {
            visit(frame.code);
            frame.func.iter().for_each(|&o| visit(o));
            frame.locals.iter().for_each(|&o| visit(o));
            frame.object.iter().for_each(|&o| visit(o));
            slots.iter().flatten().for_each(|&o| visit(o));
        }
    }
}

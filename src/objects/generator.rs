//! Generators, coroutines and async generators: a suspended frame inside an object.
//!
//! While the body runs, its frame is in the call stack; at `yield` the frame and its slots move back in here.
//! Counterpart in CPython 3.11: `PyGenObject` with its embedded frame.

use super::frame::PyFrame;
use crate::heap::ObjRef;

#[derive(Clone)]
pub struct Generator {
    pub code: ObjRef,
    pub name: ObjRef,
    pub qualname: ObjRef,
    pub state: GeneratorState,
    /// The exception being handled inside, while suspended.
    pub handled: Option<ObjRef>,
    /// `cr_origin` of a coroutine; what is called when an async generator dies before its end.
    pub origin_or_finalizer: Option<ObjRef>,
}

#[derive(Clone)]
pub enum GeneratorState {
    /// Not started, or waiting at a `yield`.
    Suspended { frame: Box<PyFrame>, slots: Vec<Option<ObjRef>>, started: bool },
    /// Its frame is in the call stack.
    Running,
    /// The body has ended.
    Finished,
}

impl Generator {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.code);
        visit(self.name);
        visit(self.qualname);
        self.handled.iter().chain(&self.origin_or_finalizer).for_each(|&o| visit(o));
        if let GeneratorState::Suspended { frame, slots, .. } = &self.state {
            visit(frame.code);
            frame.func.iter().for_each(|&o| visit(o));
            frame.locals.iter().for_each(|&o| visit(o));
            frame.object.iter().for_each(|&o| visit(o));
            slots.iter().flatten().for_each(|&o| visit(o));
        }
    }
}

//! What happens inside one instruction, written down while it runs: for looking at, never for running.
//!
//! A debugger switches the recorder on in a copy of the machine, runs one instruction, and reads what was recorded. Without
//! a recorder each of these places costs one test of a pointer, and all of them are off the hot path: collections,
//! deallocation, unwinding. Counterparts in CPython 3.11: the phases of `gc_collect_main`, `_Py_Dealloc`, `get_exception_handler`.
//!
//! `del a, b` of two objects that refer to each other records nothing; `gc.collect()` after it records all phases.

use super::Vm;
use crate::{
    bytecode::exctable::Entry,
    heap::{ObjRef, gc},
    objects::{Body, core_types::*},
};

/// An object that may be dead by the time somebody reads of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub object: ObjRef,
    pub birth: u32,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum MicroEvent {
    /// A collection begins: which generation, how many objects it looks at, the counts before.
    Collect { generation: usize, examined: usize, counts: [u32; 3] },
    /// `update_refs`, `subtract_refs`, `move_unreachable`
    Trial { step: gc::Trial, from: Option<Seen>, to: Option<Seen> },
    /// A tuple or dict that can be in no cycle leaves the collector's lists.
    Untracked(Seen),
    /// Garbage whose weak references are cleared; with a callback that will be called.
    WeakRefs { object: Seen, callback: bool },
    /// `__del__` is called, or a generator closed, before garbage is deleted.
    Finalize(Seen),
    /// What finalizers have made reachable again.
    Resurrected { examined: usize, still: usize },
    /// `tp_clear`: what the object refers to is taken out of it.
    Clear(Seen),
    /// The collection is over.
    Collected { generation: usize, collected: u64, survivors: usize },
    /// The last reference is gone. The level says how deep in the cascade it dies.
    Dealloc { object: Seen, level: usize, fate: Fate },
    /// An exception arrives in a frame of the call stack: what its exception table says.
    /// With how many values of the value stack are dropped.
    Unwind { exception: Seen, depth: usize, code: ObjRef, offset: u32, handler: Option<Entry>, dropped: usize },
    /// The exception's traceback gets an entry for the running frame.
    Traceback(Seen),
}

/// What becomes of an object whose count is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its memory goes back to the allocator.
    Freed,
    /// A free list keeps it for the next one of its kind.
    Kept,
    /// `__del__` must run first.
    Finalizer,
}

/// Events of one instruction.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    pub events: Vec<MicroEvent>,
    /// Events that there was no room for.
    pub lost: usize,
    /// Trial deletion is recorded for objects born after this, and counted for the others.
    pub base: u32,
    pub others: usize,
}

const MOST: usize = 20_000;

impl Recorder {
    pub fn push(&mut self, event: MicroEvent) {
        if self.events.len() < MOST { self.events.push(event) } else { self.lost += 1 }
    }
}

impl Vm {
    /// Writes an event down, if somebody wants to know.
    #[inline]
    pub(super) fn record(&mut self, event: impl FnOnce(&Vm) -> MicroEvent) {
        if self.micro.is_some() {
            let event = event(self);
            if let Some(recorder) = &mut self.micro {
                recorder.push(event);
            }
        }
    }

    /// A container has left the collector's lists.
    pub(super) fn record_untracked(&mut self, object: ObjRef) {
        match self.micro.as_ref().map(|recorder| recorder.base) {
            Some(base) if self.is_worth_telling(object, base) => self.record(|vm| MicroEvent::Untracked(vm.seen(object))),
            Some(_) => self.micro.iter_mut().for_each(|recorder| recorder.others += 1),
            None => {}
        }
    }

    pub(super) fn seen(&self, object: ObjRef) -> Seen {
        Seen { object, birth: self.heap.birth(object) }
    }

    /// An object of the program, and not one of those that come with an imported module or a class statement.
    fn is_worth_telling(&self, object: ObjRef, base: u32) -> bool {
        let slot = self.heap.slot(object);
        let comes_along =
            matches!(slot.ty, BUILTIN_FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR | GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR | MODULE);
        self.heap.birth(object) > base && !matches!(slot.body, Body::None) && !comes_along
    }

    /// Trial deletion with every step written down that concerns an object of the program.
    pub(super) fn partition_recorded(&mut self, members: &[ObjRef]) -> gc::Partition {
        let mut steps: Vec<gc::Trial> = Vec::new();
        let found = gc::partition(&mut self.heap, members, &mut |step| steps.push(step));
        let Some(mut recorder) = self.micro.take() else { return found };
        for step in steps {
            let (from, to) = step.objects();
            if to.is_some_and(|object| self.is_worth_telling(object, recorder.base)) {
                recorder.push(MicroEvent::Trial { step, from: from.map(|o| self.seen(o)), to: to.map(|o| self.seen(o)) });
            } else {
                recorder.others += 1;
            }
        }
        self.micro = Some(recorder);
        found
    }
}

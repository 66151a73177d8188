//! Waiting: a thread that cannot go on releases the GIL, and wakes up when what it waits for may be there.
//!
//! ```text
//!   lock.acquire()   taken: [module ▸ work ▸ acquire] parks; release() makes it ready; with the GIL it tries again
//! ```
//!
//! A native that waits is a [`Native`](crate::vm::native_frame::Native) whose `resume` looks, and if it finds nothing ends with
//! [`Vm::block`]. That a lock was released is no promise: who holds the GIL may take it again first, as in CPython.

use super::{Awaited, Resume, State, ThreadId, Why};
use crate::{
    heap::ObjRef,
    vm::{
        Outcome, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

impl Vm {
    /// The native on top of the running thread waits, with the clock's time at which it gives up; it is resumed when woken.
    pub fn block(&mut self, on: Awaited, deadline: Option<u64>) -> Res {
        if !self.may_switch() {
            return Err(self.raise(crate::objects::core_types::RUNTIME_ERROR, "cannot wait for another thread within this operation"));
        }
        let since = self.steps();
        self.threads.current_mut().state = State::Blocked { on, since, deadline };
        self.threads.current_mut().resume = Resume::Wake;
        self.threads.released = true;
        self.attention = true;
        Ok(Outcome::Pushed)
    }

    /// The threads that wait for a lock, the one that has waited longest first.
    pub fn waiting_for(&self, lock: ObjRef) -> Vec<ThreadId> {
        let mut waiting: Vec<(u64, ThreadId)> = self
            .threads
            .list
            .iter()
            .filter_map(|thread| match thread.state {
                State::Blocked { on: Awaited::Lock(awaited), since, .. } if awaited == lock => Some((since, thread.id)),
                _ => None,
            })
            .collect();
        waiting.sort_unstable();
        waiting.into_iter().map(|(_, id)| id).collect()
    }

    /// A lock is free: the first that waits for it may try.
    pub fn wake_one(&mut self, lock: ObjRef) {
        let Some(&id) = self.waiting_for(lock).first() else { return };
        let now = self.steps();
        if let Some(thread) = self.threads.list.iter_mut().find(|thread| thread.id == id) {
            (thread.state, thread.resume) = (State::Ready { since: now }, Resume::Wake);
        }
        self.revoke_grant();
    }

    /// `time.sleep` where there is somebody else who may run.
    pub fn sleep(&mut self, seconds: f64) -> Res {
        if seconds == 0.0 {
            return self.start_native(Yielding);
        }
        let deadline = self.clock().saturating_add((seconds * 1e9).min(9e18) as u64);
        self.start_native(Sleeping { deadline })
    }
}

/// A thread that sleeps.
#[derive(Clone)]
struct Sleeping {
    deadline: u64,
}

impl Native for Sleeping {
    fn name(&self) -> &'static str {
        "sleep"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        if vm.clock() >= self.deadline {
            return done(vm.none());
        }
        vm.block(Awaited::Sleep, Some(self.deadline))
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// `sleep(0)`: the GIL is released, and whoever waits for it takes it.
#[derive(Clone)]
struct Yielding;

impl Native for Yielding {
    fn name(&self) -> &'static str {
        "sleep"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if matches!(input, Input::Value(_)) || !vm.may_switch() {
            input.discard(vm);
            return done(vm.none());
        }
        let since = vm.steps();
        vm.threads.current_mut().state = State::Ready { since: since + 1 };
        vm.threads.current_mut().resume = Resume::Wake;
        vm.threads.released = true;
        vm.attention = true;
        Ok(Outcome::Pushed)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

impl Why {
    /// `blocked`, as the timeline writes it.
    pub fn told(self) -> &'static str {
        match self {
            Why::Request => "drop request",
            Why::Blocked => "blocked",
            Why::Yield => "yielded",
            Why::Ended => "ended",
            Why::Chosen => "chosen",
        }
    }
}

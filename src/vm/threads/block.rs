//! Waiting: a thread that cannot go on releases the GIL, and wakes up when what it waits for may be there.
//!
//! ```text
//!   lock.acquire()   taken: [module ▸ work ▸ acquire] parks; release() makes it ready; with the GIL it tries again
//! ```
//!
//! A native that waits is a [`Native`](crate::vm::native_frame::Native) whose `resume` looks, and if it finds nothing ends with
//! [`Vm::block`]. Where native code waits in Rust for the Python code it has called (an `__eq__` in an odd place), the other
//! threads run in the loop that this native code has started, and the waiting one goes on when those above it on the Rust stack
//! have: if that is not to be, it gets a RuntimeError. That a lock was released is no promise: who holds the GIL may take it again first, as in CPython.

use super::{Awaited, NANOSECONDS, Resume, State, ThreadId, Why};
use crate::{
    heap::ObjRef,
    objects::core_types::{EMPTY_TUPLE, RUNTIME_ERROR, SYSTEM_EXIT},
    vm::{
        Outcome, Raised, Res, Vm,
        frame::{Receive, Signal},
        host::{self, Answer, Request},
        native_frame::{Input, Native},
        raised::done,
    },
};

impl Vm {
    /// The native on top of the running thread waits, with the clock's time at which it gives up; it is resumed when woken.
    pub fn block(&mut self, on: Awaited, deadline: Option<u64>) -> Res {
        if !self.may_wait() {
            return Err(self.raise(RUNTIME_ERROR, WITHIN));
        }
        let since = self.steps();
        self.threads.current_mut().state = State::Blocked { on, since, deadline };
        self.threads.current_mut().resume = Resume::Wake;
        self.threads.released = true;
        self.attention = true;
        Ok(Outcome::Pushed)
    }

    /// Whether other threads may run if this one waits. Not at the end, nor while a user's question is answered.
    pub fn may_wait(&self) -> bool {
        !self.finalizing && (self.nested_runs > 0 || self.floor == 0)
    }

    /// No native code waits in Rust for Python code.
    pub(in crate::vm) fn is_outermost(&self) -> bool {
        self.nested_runs == 0 && self.threads.nest.is_empty()
    }

    /// Nobody can go on, and some thread stands within native code that waits in Rust: the innermost of these gives up.
    pub(super) fn give_up_nested(&mut self) {
        let innermost = self.threads.nest.last().copied().filter(|_| self.nested_runs == 0);
        let is_stuck = |state: &State| matches!(state, State::Blocked { .. } | State::Ended);
        if self.threads.list.iter().all(|thread| is_stuck(&thread.state)) {
            self.threads.explained = self.explain_deadlock();
            self.threads.deadlocked = true;
        }
        if let Some(next) = innermost.and_then(|id| self.threads.list.iter().position(|thread| thread.id == id)) {
            self.exchange(next);
        }
        self.threads.released = false;
        let thread = self.threads.current_mut();
        (thread.state, thread.resume) = (State::Running, Resume::GoOn);
        // Where the program ends, nobody is to hear of it.
        let is_end = self.threads.list.iter().any(|thread| thread.resume == Resume::Finish);
        let raised = match is_end {
            true => {
                let args = self.own(EMPTY_TUPLE);
                self.raise_args(SYSTEM_EXIT, args)
            }
            false => self.raise(RUNTIME_ERROR, WITHIN),
        };
        self.deliver(Receive::Push, Signal::Raised(raised));
    }

    /// What was asked within a loop that native code has started. Another thread's question waits until there is no such loop any
    /// more, if only the user can answer it. False: the machine has to be given up.
    pub(in crate::vm) fn answer_nested(&mut self) -> bool {
        let Some(question) = self.request.clone() else { return true };
        let mut output = std::mem::take(&mut self.output);
        let answer = self.aside.ask(&mut output, &question);
        self.output = output;
        match (answer, question) {
            (Some(answer), _) => self.answer(answer),
            (None, Request::Sleep(_) | Request::Wait(_)) => self.answer(Answer::Done),
            (None, question) if self.nested_runs == 0 => {
                self.request = None;
                let since = self.steps();
                let thread = self.threads.current_mut();
                (thread.state, thread.resume, thread.question) = (State::Ready { since }, Resume::Ask, Some(question));
                self.threads.released = true;
                self.attention = true;
            }
            (None, _) if self.aside.is_there() => return false,
            (None, _) => {
                let message = "input and clocks cannot be asked from within this operation";
                self.answer(Answer::Failed(5, message.into()));
            }
        }
        true
    }

    /// What runs below native code cannot go on: all of it ends, the loop is left, and the machine is thrown away. Who drives it
    /// goes on with a copy that stands before the outermost instruction, when the answer is there. What the exception given here
    /// does on its way out does not matter.
    pub(in crate::vm) fn give_up(&mut self, asks: bool) -> Raised {
        if self.given_up.is_none() {
            let output = self.take_output();
            self.given_up = Some(host::GivenUp { before: self.steps(), output, asks });
        }
        let innermost = self.threads.nest.last().copied().filter(|_| self.nested_runs == 0);
        if let Some(next) = innermost.and_then(|id| self.threads.list.iter().position(|thread| thread.id == id)) {
            self.exchange(next);
        }
        (self.request, self.result, self.threads.released) = (None, None, false);
        let thread = self.threads.current_mut();
        (thread.state, thread.resume) = (State::Running, Resume::GoOn);
        if let Some(frame) = self.frames.get(self.floor) {
            self.sp = frame.return_sp as usize;
            self.frames.truncate(self.floor);
            self.stack[self.sp..].fill(None);
        }
        self.reload_registers();
        self.revoke_grant();
        self.attention = true;
        let args = self.own(EMPTY_TUPLE);
        self.raise_args(SYSTEM_EXIT, args)
    }

    /// Asks for a line of standard input. Whoever waits for the GIL has it meanwhile, for an interval at most.
    pub fn ask_for_line(&mut self, then: host::Then) -> Res {
        if !self.may_switch() || self.threads.waiters().is_empty() {
            return self.ask(Request::ReadLine, then);
        }
        self.start_native(Reading { then })
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

/// What a thread is told that can't wait.
const WITHIN: &str = "cannot wait for another thread within this operation";

/// A thread that waits for a line of input: it has released the GIL, and asks when it has it again.
#[derive(Clone)]
struct Reading {
    then: host::Then,
}

impl Native for Reading {
    fn name(&self) -> &'static str {
        "input"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(none) = input {
            vm.decref(none);
            vm.request = Some(Request::ReadLine);
            vm.threads.late_question = true;
            vm.attention = true;
            return Ok(Outcome::Pushed);
        }
        let interval = vm.threads.slice() * NANOSECONDS;
        vm.block(Awaited::Input, Some(vm.clock() + interval))
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn answer_with(&self) -> Option<host::Then> {
        Some(self.then)
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

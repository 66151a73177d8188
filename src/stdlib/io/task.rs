//! Work on files that has to wait: for the outside world, or for a layer below that may be written in Python.
//!
//! A task is a little state machine. Each step says what to wait for next, and is called again with the result; what is there
//! at once is handed over at once. `f.write("x" * 10000)` is one: encode, call `buffer.write`, count the characters.

use crate::{
    heap::ObjRef,
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// What a step ends with.
pub enum Next {
    /// The task's result, owned.
    Done(ObjRef),
    /// Go on with this call's result.
    Wait(Res),
    /// Go on with the next item of this iterator (borrowed), or with `Exhausted`.
    Item(ObjRef),
}

pub type Step = Result<Next, Raised>;

/// A state machine, see above. Arguments of the native that started it stay alive while it runs.
pub trait Task: Clone + Send + Sync + 'static {
    /// The name shown in the call stack.
    fn name(&self) -> &'static str;

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step;

    /// What it waited for raised. By default it ends with the same exception.
    fn raised(&mut self, _vm: &mut Vm, raised: Raised) -> Step {
        Err(raised)
    }

    /// The references that it owns.
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// Runs a task to its end or to where it first waits.
pub fn run(vm: &mut Vm, task: impl Task) -> Res {
    vm.start_native(Running { task })
}

#[derive(Clone)]
struct Running<T> {
    task: T,
}

impl<T: Task> Running<T> {
    fn go_on(&mut self, vm: &mut Vm, mut step: Step) -> Res {
        loop {
            step = match step? {
                Next::Done(value) => return Ok(Outcome::Done(value)),
                Next::Wait(Ok(Outcome::Pushed)) => return Ok(Outcome::Pushed),
                Next::Wait(Ok(Outcome::Done(value))) => self.task.step(vm, Input::Value(value)),
                Next::Wait(Err(raised)) => self.task.raised(vm, raised),
                Next::Item(iterator) => match vm.iter_next_native(iterator) {
                    Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                    Ok(Outcome::Done(Some(item))) => self.task.step(vm, Input::Value(item)),
                    Ok(Outcome::Done(None)) => self.task.step(vm, Input::Exhausted),
                    Err(raised) => self.task.raised(vm, raised),
                },
            }
        }
    }
}

impl<T: Task> Native for Running<T> {
    fn name(&self) -> &'static str {
        self.task.name()
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let step = self.task.step(vm, input);
        self.go_on(vm, step)
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let step = self.task.raised(vm, raised);
        self.go_on(vm, step)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.task.trace(visit);
    }
}

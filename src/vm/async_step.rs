//! A step of an async generator: what `__anext__()`, `asend` and `athrow` gave is sent something, and its body runs until it awaits,
//! yields or ends.
//!
//! What the body yields comes wrapped, which tells it from what the body awaits. The number bits of an async generator's slot hold its
//! flags, those of an awaitable its state. Counterpart in CPython 3.11: `async_gen_asend_send`, `async_gen_unwrap_value`.

use super::{
    Outcome, Raised, Res, Vm,
    async_hooks::CLOSED,
    native_frame::{Input, Native},
    raised::done,
};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
};

/// Flags of an async generator.
pub const RUNNING: u64 = 1;

/// States of an awaitable.
pub const INIT: u64 = 0;
pub const ITERATING: u64 = 1;
pub const FINISHED: u64 = 2;

pub fn flag(vm: &Vm, generator: ObjRef, flag: u64) -> bool {
    vm.heap.slot(generator).num & flag != 0
}

pub fn set_flag(vm: &mut Vm, generator: ObjRef, flag: u64, value: bool) {
    let slot = vm.heap.slot_mut(generator);
    slot.num = if value { slot.num | flag } else { slot.num & !flag };
}

pub fn state(vm: &Vm, awaitable: ObjRef) -> u64 {
    vm.heap.slot(awaitable).num
}

pub fn set_state(vm: &mut Vm, awaitable: ObjRef, state: u64) {
    vm.heap.slot_mut(awaitable).num = state;
}

pub fn generator_of(vm: &Vm, awaitable: ObjRef) -> ObjRef {
    vm.field(awaitable, 0).expect("an async generator")
}

/// `generator.asend(value)`; both borrowed.
pub fn new_asend(vm: &mut Vm, generator: ObjRef, value: ObjRef) -> Res {
    vm.incref(generator);
    vm.incref(value);
    let awaitable = vm.alloc_tracked(ASYNC_GENERATOR_ASEND, INIT, Body::Fields([Some(generator), Some(value)].into_iter().collect()));
    vm.with_async_hooks(generator, awaitable)
}

pub fn is_aclose(vm: &Vm, awaitable: ObjRef) -> bool {
    vm.ty(awaitable) == ASYNC_GENERATOR_ATHROW && vm.field(awaitable, 1).is_none()
}

/// `awaitable.send(value)` of what `asend` gave; both borrowed.
pub fn asend_send(vm: &mut Vm, awaitable: ObjRef, value: ObjRef) -> Res {
    let generator = generator_of(vm, awaitable);
    let mut value = value;
    match state(vm, awaitable) {
        FINISHED => return Err(vm.raise(RUNTIME_ERROR, "cannot reuse already awaited __anext__()/asend()")),
        INIT => {
            if flag(vm, generator, RUNNING) {
                return Err(vm.raise(RUNTIME_ERROR, "anext(): asynchronous generator is already running"));
            }
            if value == NONE {
                value = vm.field(awaitable, 1).unwrap_or(NONE);
            }
            set_state(vm, awaitable, ITERATING);
        }
        _ => {}
    }
    set_flag(vm, generator, RUNNING, true);
    step(vm, awaitable, Step::Send(value))
}

pub enum Step {
    /// borrowed
    Send(ObjRef),
    /// owned
    Throw(ObjRef),
}

pub fn step(vm: &mut Vm, awaitable: ObjRef, what: Step) -> Res {
    vm.incref(awaitable);
    let (value, throw) = match what {
        Step::Send(value) => (vm.own(value), false),
        Step::Throw(exception) => (exception, true),
    };
    vm.start_native(AsyncStep { awaitable, value: Some(value), throw })
}

/// Drives the body until it awaits, yields or ends.
#[derive(Clone)]
struct AsyncStep {
    awaitable: ObjRef,
    value: Option<ObjRef>,
    throw: bool,
}

impl AsyncStep {
    /// The awaitable is used up.
    fn finish(&self, vm: &mut Vm) {
        let generator = generator_of(vm, self.awaitable);
        set_flag(vm, generator, RUNNING, false);
        set_state(vm, self.awaitable, FINISHED);
    }
}

impl Native for AsyncStep {
    fn name(&self) -> &'static str {
        match self.throw {
            true => "athrow",
            false => "asend",
        }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let generator = generator_of(vm, self.awaitable);
        let value = match input {
            Input::Value(value) => value,
            Input::Exhausted => vm.none(),
            Input::Start => {
                let value = self.value.take().expect("what is sent or thrown");
                let result = if self.throw {
                    vm.generator_throw(generator, value)
                } else {
                    let result = vm.generator_send(generator, value);
                    vm.decref(value);
                    result
                };
                match result {
                    Ok(Outcome::Done(value)) => value,
                    Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                    Err(raised) => return self.raised(vm, raised),
                }
            }
        };
        if vm.ty(value) != ASYNC_GENERATOR_WRAPPED_VALUE {
            return done(value); // the body awaits
        }
        let content = match vm.heap.body(value) {
            Body::Cell(content) => content.unwrap_or(NONE),
            _ => NONE,
        };
        vm.incref(content);
        vm.decref(value);
        self.finish(vm);
        if is_aclose(vm, self.awaitable) {
            vm.decref(content);
            return Err(vm.raise(RUNTIME_ERROR, "async generator ignored GeneratorExit"));
        }
        Err(vm.stop_iteration(content))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let generator = generator_of(vm, self.awaitable);
        let mut raised = raised;
        // The body's return.
        if vm.exception_matches(raised.0, STOP_ITERATION) {
            vm.decref(raised.0);
            let args = vm.own(EMPTY_TUPLE);
            raised = vm.raise_args(STOP_ASYNC_ITERATION, args);
        }
        let ended = vm.exception_matches(raised.0, STOP_ASYNC_ITERATION) || vm.exception_matches(raised.0, GENERATOR_EXIT);
        if ended {
            set_flag(vm, generator, CLOSED, true);
        }
        self.finish(vm);
        if ended && is_aclose(vm, self.awaitable) {
            vm.decref(raised.0);
            let none = vm.none();
            return Err(vm.stop_iteration(none));
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.awaitable);
        self.value.iter().for_each(|&o| visit(o));
    }
}

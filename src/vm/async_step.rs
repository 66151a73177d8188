//! A step of an async generator: what `__anext__()`, `asend` and `athrow` gave is sent something, and its body runs until it awaits,
//! yields or ends.
//!
//! What the body yields comes wrapped, which tells it from what the body awaits. The number bits of an async generator's slot hold its
//! flags, those of an awaitable its state. Counterpart in CPython 3.11: `async_gen_asend_send`, `async_gen_unwrap_value`.

use super::{
    Outcome, Raised, Res, Vm,
    async_hooks::CLOSED,
    frame::{Frame, FrameKind, NativeState, Receive},
    native_frame::{Input, Native},
    raised::done,
};
use crate::{
    heap::{Kept, ObjRef},
    objects::{Body, Objects, core_types::*},
};

/// Flags of an async generator.
pub const RUNNING: u64 = 1;

/// States of an awaitable.
pub const INIT: u64 = 0;
pub const ITERATING: u64 = 1;
pub const FINISHED: u64 = 2;

#[inline(always)]
pub fn flag(vm: &Vm, generator: ObjRef, flag: u64) -> bool {
    vm.heap.slot(generator).num & flag != 0
}

#[inline(always)]
pub fn set_flag(vm: &mut Vm, generator: ObjRef, flag: u64, value: bool) {
    let slot = vm.heap.slot_mut(generator);
    slot.num = if value { slot.num | flag } else { slot.num & !flag };
}

#[inline(always)]
pub fn state(vm: &Vm, awaitable: ObjRef) -> u64 {
    vm.heap.slot(awaitable).num
}

#[inline(always)]
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
    let fields = vm.spare.pair([Some(generator), Some(value)]);
    let awaitable = vm.alloc_from(Kept::AsyncSend, ASYNC_GENERATOR_ASEND, Body::Fields(fields));
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

/// SEND goes on with what `__anext__()` gave, which is sent None. False: it is not that plain, and nothing has been done.
#[inline(never)]
pub fn continue_step(vm: &mut Vm, awaitable: ObjRef, return_sp: usize) -> bool {
    let slot = vm.heap.slot(awaitable);
    let (state, Body::Fields(fields)) = (slot.num, &slot.body) else { return false };
    let [Some(generator), Some(sent)] = fields[..] else { return false };
    let is_plain = match state {
        INIT => sent == NONE && !flag(vm, generator, RUNNING),
        state => state == ITERATING,
    };
    if !is_plain || vm.wants_returns() || vm.native_depth != 0 {
        return false;
    }
    vm.save_registers();
    let (top, level) = (vm.sp as u32, vm.level());
    let place = vm.frames.next();
    (place.receive, place.return_sp, place.top, place.level) = (Receive::Send, return_sp as u32, top, level);
    place.kind = FrameKind::Native(NativeState::Step(AsyncStep { awaitable, value: None, throw: false }));
    if !vm.try_push_generator(generator, Receive::Push, vm.sp) {
        vm.frames.drop_last();
        return false;
    }
    vm.incref(awaitable);
    set_state(vm, awaitable, ITERATING);
    set_flag(vm, generator, RUNNING, true);
    vm.give(NONE);
    true
}

/// The body of an async generator has yielded a wrapped value (owned) to a SEND, which ends with what is in it. False: it is not
/// that plain, and nothing has been done.
///
/// As in CPython no StopIteration is made on the way, unless there is an exception that would be its context, or the value is one
/// of those that would not stay as they are in it.
#[inline(always)]
pub fn unwrap_to_send(vm: &mut Vm, wrapped: ObjRef) -> bool {
    let Some(&Frame { kind: FrameKind::Native(NativeState::Step(ref step)), receive: Receive::Send, return_sp, top, .. }) =
        vm.frames.last()
    else {
        return false;
    };
    let awaitable = step.awaitable;
    if vm.ty(wrapped) != ASYNC_GENERATOR_WRAPPED_VALUE || vm.ty(awaitable) != ASYNC_GENERATOR_ASEND || vm.wants_returns() {
        return false;
    }
    let &Body::Cell(Some(content)) = vm.heap.body(wrapped) else { return false };
    let stays = match vm.heap.body(content) {
        Body::Tuple(_) | Body::Exception(_) => false,
        Body::Instance(_) => !vm.is_instance(content, TUPLE) && !vm.is_instance(content, BASE_EXCEPTION),
        _ => true,
    };
    if !stays || vm.frames.len() <= vm.floor + 1 || vm.handled_exception().is_some() {
        return false;
    }
    vm.incref(content);
    vm.drop_wrapped(wrapped, content);
    use_up(vm, awaitable);
    vm.frames.drop_last();
    vm.decref(awaitable);
    vm.drop_stack(return_sp as usize, top as usize);
    vm.load_registers();
    // The value takes the place of the awaitable, and SEND jumps.
    vm.pc = vm.units[vm.pc as usize - 1].arg;
    let receiver = vm.pop();
    vm.push(content);
    vm.drop_asend(receiver);
    true
}

/// The awaitable's step is done.
#[inline]
fn use_up(vm: &mut Vm, awaitable: ObjRef) {
    let generator = generator_of(vm, awaitable);
    set_flag(vm, generator, RUNNING, false);
    set_state(vm, awaitable, FINISHED);
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
pub struct AsyncStep {
    awaitable: ObjRef,
    value: Option<ObjRef>,
    throw: bool,
}

impl AsyncStep {
    /// The body has returned.
    pub(super) fn returned(&mut self, vm: &mut Vm) -> Res {
        let args = vm.own(EMPTY_TUPLE);
        let raised = vm.raise_args(STOP_ASYNC_ITERATION, args);
        self.raised(vm, raised)
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
        use_up(vm, self.awaitable);
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
        use_up(vm, self.awaitable);
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

    fn release(&mut self, vm: &mut Vm) {
        vm.decref(self.awaitable);
        vm.xdecref(self.value);
    }

    fn into_state(self) -> NativeState {
        NativeState::Step(self)
    }
}

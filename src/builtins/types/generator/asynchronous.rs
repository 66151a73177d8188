//! Async generators: `__anext__`, `asend`, `athrow`, `aclose`, and the awaitables that these give.
//!
//! What the body yields comes wrapped, which tells it from what the body awaits. The number bits of an async generator's
//! slot hold its flags; those of an awaitable its state. Counterpart in CPython 3.11: the second half of `genobject.c`.

pub mod anext;

use super::{common, exception_to_throw, itself};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, generator::GeneratorState},
    vm::{
        Outcome, Raised, Res, Vm,
        async_hooks::CLOSED,
        native::{
            Args, NativeDef,
            Signature::{None as NoArgs, One, Range},
        },
        native_frame::{Input, Native},
        raised::done,
    },
};

/// Flags of an async generator.
const RUNNING: u64 = 1;

/// States of an awaitable.
const INIT: u64 = 0;
const ITERATING: u64 = 1;
const FINISHED: u64 = 2;

pub fn natives() -> Vec<NativeDef> {
    let mut natives = common(["ag_frame", "ag_code_running", "ag_code", "ag_await", "ag_suspended"]);
    natives.retain(|def| !matches!(def.name, "ag_code_running" | "ag_suspended"));
    natives.extend([
        NativeDef::member("ag_running", |vm, args| {
            let running = flag(vm, args.at(vm, 0), RUNNING);
            done(vm.new_bool(running))
        }),
        NativeDef::wrapper("__del__", NoArgs, |vm, args| vm.close_generator(args.at(vm, 0))),
        NativeDef::wrapper("__aiter__", NoArgs, itself),
        NativeDef::wrapper("__anext__", NoArgs, |vm, args| new_asend(vm, args.at(vm, 0), NONE)),
        NativeDef::method("asend", One, |vm, args| new_asend(vm, args.at(vm, 0), args.at(vm, 1))),
        NativeDef::method("athrow", Range(1, 3), |vm, args| {
            let parts = args.from(vm, 1);
            new_athrow(vm, args.at(vm, 0), &parts)
        }),
        NativeDef::method("aclose", NoArgs, |vm, args| new_athrow(vm, args.at(vm, 0), &[])),
        NativeDef::class_method("__class_getitem__", One, crate::builtins::types::generic_alias::class_getitem),
    ]);
    natives
}

/// What `__anext__()` and `asend(value)` give. Fields: generator, value.
pub fn asend_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__await__", NoArgs, itself),
        NativeDef::wrapper("__iter__", NoArgs, itself),
        NativeDef::wrapper("__next__", NoArgs, |vm, args| asend_send(vm, args.at(vm, 0), NONE)),
        NativeDef::method("send", One, |vm, args| asend_send(vm, args.at(vm, 0), args.at(vm, 1))),
        NativeDef::method("throw", Range(1, 3), asend_throw),
        NativeDef::method("close", NoArgs, close),
    ]
}

/// What `athrow(…)` and `aclose()` give. Fields: generator, then what is thrown; `aclose` has none.
pub fn athrow_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__await__", NoArgs, itself),
        NativeDef::wrapper("__iter__", NoArgs, itself),
        NativeDef::wrapper("__next__", NoArgs, |vm, args| athrow_send(vm, args.at(vm, 0), NONE)),
        NativeDef::method("send", One, |vm, args| athrow_send(vm, args.at(vm, 0), args.at(vm, 1))),
        NativeDef::method("throw", Range(1, 3), athrow_throw),
        NativeDef::method("close", NoArgs, close),
    ]
}

fn flag(vm: &Vm, generator: ObjRef, flag: u64) -> bool {
    vm.heap.slot(generator).num & flag != 0
}

fn set_flag(vm: &mut Vm, generator: ObjRef, flag: u64, value: bool) {
    let slot = vm.heap.slot_mut(generator);
    slot.num = if value { slot.num | flag } else { slot.num & !flag };
}

fn state(vm: &Vm, awaitable: ObjRef) -> u64 {
    vm.heap.slot(awaitable).num
}

fn set_state(vm: &mut Vm, awaitable: ObjRef, state: u64) {
    vm.heap.slot_mut(awaitable).num = state;
}

fn generator_of(vm: &Vm, awaitable: ObjRef) -> ObjRef {
    vm.field(awaitable, 0).expect("an async generator")
}

fn new_asend(vm: &mut Vm, generator: ObjRef, value: ObjRef) -> Res {
    vm.incref(generator);
    vm.incref(value);
    let awaitable = vm.alloc_tracked(ASYNC_GENERATOR_ASEND, INIT, Body::Fields([Some(generator), Some(value)].into_iter().collect()));
    vm.with_async_hooks(generator, awaitable)
}

fn new_athrow(vm: &mut Vm, generator: ObjRef, parts: &[ObjRef]) -> Res {
    let fields: Vec<Option<ObjRef>> = std::iter::once(generator).chain(parts.iter().copied()).map(Some).collect();
    fields.iter().flatten().for_each(|&object| vm.incref(object));
    let awaitable = vm.alloc_tracked(ASYNC_GENERATOR_ATHROW, INIT, Body::Fields(fields.into_iter().collect()));
    vm.with_async_hooks(generator, awaitable)
}

fn close(vm: &mut Vm, args: Args) -> Res {
    set_state(vm, args.at(vm, 0), FINISHED);
    done(vm.none())
}

fn is_aclose(vm: &Vm, awaitable: ObjRef) -> bool {
    vm.ty(awaitable) == ASYNC_GENERATOR_ATHROW && vm.field(awaitable, 1).is_none()
}

// ── asend ───────────────────────────────────────────────────────────────────────────────────────────────────────────

fn asend_send(vm: &mut Vm, awaitable: ObjRef, value: ObjRef) -> Res {
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

fn asend_throw(vm: &mut Vm, args: Args) -> Res {
    let awaitable = args.at(vm, 0);
    if state(vm, awaitable) == FINISHED {
        return Err(vm.raise(RUNTIME_ERROR, "cannot reuse already awaited __anext__()/asend()"));
    }
    let exception = exception_to_throw(vm, args)?;
    step(vm, awaitable, Step::Throw(exception))
}

// ── athrow and aclose ───────────────────────────────────────────────────────────────────────────────────────────────

fn athrow_send(vm: &mut Vm, awaitable: ObjRef, value: ObjRef) -> Res {
    let generator = generator_of(vm, awaitable);
    if state(vm, awaitable) == FINISHED {
        return Err(vm.raise(RUNTIME_ERROR, "cannot reuse already awaited aclose()/athrow()"));
    }
    if matches!(vm.heap.body(generator), Body::Generator(record) if matches!(record.state, GeneratorState::Finished)) {
        set_state(vm, awaitable, FINISHED);
        let none = vm.none();
        return Err(vm.stop_iteration(none));
    }
    if state(vm, awaitable) != INIT {
        return step(vm, awaitable, Step::Send(value));
    }
    let aclose = is_aclose(vm, awaitable);
    if flag(vm, generator, RUNNING) {
        set_state(vm, awaitable, FINISHED);
        let what = if aclose { "aclose" } else { "athrow" };
        return Err(vm.raise(RUNTIME_ERROR, format!("{what}(): asynchronous generator is already running")));
    }
    if flag(vm, generator, CLOSED) {
        set_state(vm, awaitable, FINISHED);
        let args = vm.own(EMPTY_TUPLE);
        return Err(vm.raise_args(STOP_ASYNC_ITERATION, args));
    }
    if value != NONE {
        return Err(vm.raise(RUNTIME_ERROR, "can't send non-None value to a just-started coroutine"));
    }
    set_state(vm, awaitable, ITERATING);
    set_flag(vm, generator, RUNNING, true);
    let exception = if aclose {
        set_flag(vm, generator, CLOSED, true);
        let args = vm.own(EMPTY_TUPLE);
        vm.new_exception(GENERATOR_EXIT, args)
    } else {
        let parts: Vec<ObjRef> = (1..4).filter_map(|index| vm.field(awaitable, index)).collect();
        thrown(vm, awaitable, &parts)?
    };
    step(vm, awaitable, Step::Throw(exception))
}

/// The exception made of the arguments of `athrow`, which lie on the stack for the purpose.
fn thrown(vm: &mut Vm, awaitable: ObjRef, parts: &[ObjRef]) -> Result<ObjRef, Raised> {
    vm.reserve_stack(parts.len() + 1);
    let start = vm.sp;
    for &object in std::iter::once(&awaitable).chain(parts) {
        vm.incref(object);
        vm.push(object);
    }
    let result = exception_to_throw(vm, Args { start, n: parts.len() + 1, kwnames: None });
    let end = vm.sp;
    vm.drop_stack(start, end);
    result
}

fn athrow_throw(vm: &mut Vm, args: Args) -> Res {
    let awaitable = args.at(vm, 0);
    if state(vm, awaitable) == FINISHED {
        return Err(vm.raise(RUNTIME_ERROR, "cannot reuse already awaited aclose()/athrow()"));
    }
    let exception = exception_to_throw(vm, args)?;
    step(vm, awaitable, Step::Throw(exception))
}

// ── one step of the body ────────────────────────────────────────────────────────────────────────────────────────────

enum Step {
    /// borrowed
    Send(ObjRef),
    /// owned
    Throw(ObjRef),
}

fn step(vm: &mut Vm, awaitable: ObjRef, what: Step) -> Res {
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

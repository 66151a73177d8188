//! Async generators: `__anext__`, `asend`, `athrow`, `aclose`, and the awaitables that these give.
//!
//! How they are driven is in `vm/async_step`. Counterpart in CPython 3.11: the second half of `genobject.c`.

pub mod anext;

use super::{common, exception_to_throw, itself};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, generator::GeneratorState},
    vm::{
        Raised, Res, Vm,
        async_hooks::CLOSED,
        async_step::{
            FINISHED, INIT, ITERATING, RUNNING, Step, asend_send, flag, generator_of, is_aclose, new_asend, set_flag, set_state, state,
            step,
        },
        native::{
            Args, NativeDef,
            Signature::{None as NoArgs, One, Range},
        },
        raised::done,
    },
};

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

// ── asend ───────────────────────────────────────────────────────────────────────────────────────────────────────────

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

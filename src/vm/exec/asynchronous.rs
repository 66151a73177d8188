//! `await`, `async for` and `async with`: what is waited for, and what an async generator gives.
//!
//! ```text
//!   async for x in agen:   GET_AITER, then for each item: GET_ANEXT, SEND until it ends with the item
//!   yield x                ASYNC_GEN_WRAP, YIELD_VALUE: what is yielded is told from what is awaited
//! ```
//!
//! The steps themselves are in [`async_step`].

use super::{Flow, Unit};
use crate::{
    bytecode::code::CO_ITERABLE_COROUTINE,
    heap::{Kept, ObjRef},
    objects::{Body, Objects, core_types::*, generator::GeneratorState},
    vm::{Outcome, Raised, Res, Vm, async_step, frame::Receive},
};

/// `GET_AWAITABLE where`: `[… awaitable] → [… iterator]`
pub(super) fn get_awaitable(vm: &mut Vm, unit: Unit) -> Flow {
    let awaitable = vm.peek(1);
    // A coroutine stays where it is.
    if vm.ty(awaitable) == COROUTINE && vm.generator_is_fresh(awaitable) {
        return Ok(());
    }
    vm.operate(1, Receive::Push, |vm| awaitable_iter(vm, awaitable, unit.arg))
}

/// What `await x` iterates over: a coroutine itself, or what `__await__` gives.
pub fn awaitable_iter(vm: &mut Vm, awaitable: ObjRef, place: u32) -> Res {
    match vm.heap.body(awaitable) {
        Body::Generator(record) if vm.ty(awaitable) == COROUTINE => {
            if matches!(record.state, GeneratorState::Running) || vm.delegate(awaitable).is_some() {
                return Err(vm.raise(RUNTIME_ERROR, "coroutine is being awaited already"));
            }
            return Ok(Outcome::Done(vm.own(awaitable)));
        }
        Body::Generator(record) => {
            if let Body::Code(code) = vm.heap.body(record.code)
                && code.flags & CO_ITERABLE_COROUTINE != 0
            {
                return Ok(Outcome::Done(vm.own(awaitable)));
            }
        }
        _ => {}
    }
    let ty = vm.ty(awaitable);
    if vm.type_lookup(ty, vm.names.await_).is_none() {
        let name = vm.type_name(awaitable);
        return Err(vm.type_error(match place {
            1 => format!("'async with' received an object from __aenter__ that does not implement __await__: {name}"),
            2 => format!("'async with' received an object from __aexit__ that does not implement __await__: {name}"),
            _ => format!("object {name} can't be used in 'await' expression"),
        }));
    }
    vm.call_then(
        "__await__",
        &[awaitable],
        |vm, refs| vm.call_special(refs[0], vm.names.await_, &[]).expect("looked up before"),
        |vm, _, iterator| {
            let name = vm.type_name(iterator);
            if vm.ty(iterator) == COROUTINE {
                vm.decref(iterator);
                return Err(vm.type_error("__await__() returned a coroutine"));
            }
            if !vm.is_iterator(iterator) {
                vm.decref(iterator);
                return Err(vm.type_error(format!("__await__() returned non-iterator of type '{name}'")));
            }
            Ok(Outcome::Done(iterator))
        },
    )
}

/// `GET_AITER`: `[… iterable] → [… async iterator]`
pub(super) fn get_aiter(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterable = vm.peek(1);
    let Some(method) = vm.type_lookup(vm.ty(iterable), vm.names.aiter) else {
        let name = vm.type_name(iterable);
        return Err(vm.type_error(format!("'async for' requires an object with __aiter__ method, got {name}")));
    };
    vm.operate(1, Receive::Push, |vm| vm.iterator_by(method, iterable, true))
}

/// `GET_ANEXT`: `[… iterator] → [… iterator awaitable]`
pub(super) fn get_anext(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterator = vm.peek(1);
    let refs = [iterator];
    let ty = vm.ty(iterator);
    if ty == ASYNC_GENERATOR {
        let outcome = async_step::new_asend(vm, iterator, NONE)?;
        vm.push_outcome(outcome);
        return Ok(());
    }
    if vm.type_lookup(ty, vm.names.anext).is_none() {
        let name = vm.type_name(iterator);
        return Err(vm.type_error(format!("'async for' requires an iterator with __anext__ method, got {name}")));
    }
    let outcome = vm.call_then(
        "__anext__",
        &refs,
        |vm, refs| vm.call_special(refs[0], vm.names.anext, &[]).expect("looked up before"),
        |vm, _, awaitable| {
            let depth = vm.frames.len();
            let result = awaitable_iter(vm, awaitable, 0).and_then(|outcome| vm.finish_now(depth, outcome));
            let name = vm.type_name(awaitable);
            vm.decref(awaitable);
            match result {
                Ok(iterator) => Ok(Outcome::Done(iterator)),
                Err(raised) => {
                    let message = format!("'async for' received an invalid object from __anext__: {name}");
                    Err(vm.raise_from(TYPE_ERROR, message, raised))
                }
            }
        },
    )?;
    vm.push_outcome(outcome);
    Ok(())
}

/// `END_ASYNC_FOR`: `[… iterator exc] → […]` if the iteration just ended, else goes on unwinding
pub(super) fn end_async_for(vm: &mut Vm, _unit: Unit) -> Flow {
    let exception = vm.pop();
    if !vm.exception_matches(exception, STOP_ASYNC_ITERATION) {
        vm.reraising = true;
        return Err(Raised(exception));
    }
    vm.decref(exception);
    let iterator = vm.pop();
    vm.decref(iterator);
    Ok(())
}

/// `BEFORE_ASYNC_WITH`: `[… manager] → [… aexit awaitable]`
pub(super) fn before_async_with(vm: &mut Vm, _unit: Unit) -> Flow {
    let (enter, exit) = (vm.names.aenter, vm.names.aexit);
    super::exceptions::enter_context(vm, enter, exit, "asynchronous context manager protocol")
}

/// `ASYNC_GEN_WRAP`: `[… value] → [… wrapped]`: what an async generator yields is told from what it awaits
pub(super) fn async_gen_wrap(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.pop();
    let wrapped = vm.alloc_from(Kept::AsyncValue, ASYNC_GENERATOR_WRAPPED_VALUE, Body::Cell(Some(value)));
    vm.push(wrapped);
    Ok(())
}

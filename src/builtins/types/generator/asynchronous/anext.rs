//! `anext(iterator, default)`: an awaitable that gives the default where the iterator's own would end.
//!
//! Fields: the awaitable of `__anext__`, the default. Counterpart in CPython 3.11: `PyAnextAwaitable_Type`.

use crate::{
    builtins::types::generator::itself,
    heap::ObjRef,
    objects::{Body, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        exec::asynchronous::awaitable_iter,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One},
        },
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__await__", NoArgs, itself),
        NativeDef::wrapper("__iter__", NoArgs, itself),
        NativeDef::wrapper("__next__", NoArgs, |vm, args| drive(vm, args, "__next__")),
        NativeDef::method("send", One, |vm, args| drive(vm, args, "send")),
        NativeDef::method("throw", Any, |vm, args| drive(vm, args, "throw")),
        NativeDef::method("close", NoArgs, |vm, args| drive(vm, args, "close")),
    ]
}

/// Takes over the awaitable; the default is borrowed.
pub fn new(vm: &mut Vm, awaitable: ObjRef, default: ObjRef) -> Res {
    vm.incref(default);
    done(vm.new_derived(ANEXT_AWAITABLE, 0, Body::Fields([Some(awaitable), Some(default)].into_iter().collect())))
}

fn drive(vm: &mut Vm, args: Args, method: &'static str) -> Res {
    let this = args.at(vm, 0);
    let values = args.from(vm, 1);
    [this].iter().chain(&values).for_each(|&object| vm.incref(object));
    vm.start_native(Drive { this, method, values, iterator: None })
}

/// Asks the awaitable's iterator to go on.
#[derive(Clone)]
struct Drive {
    this: ObjRef,
    method: &'static str,
    values: Vec<ObjRef>,
    iterator: Option<ObjRef>,
}

impl Native for Drive {
    fn name(&self) -> &'static str {
        "anext"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let result = match (input, self.iterator) {
            (Input::Start, _) => {
                let awaitable = vm.field(self.this, 0).unwrap_or(NONE);
                // A coroutine is asked through its wrapper, which has a `__next__`.
                let found = match vm.ty(awaitable) {
                    COROUTINE => vm.call_special(awaitable, vm.names.await_, &[]).unwrap_or_else(|| Ok(Outcome::Done(vm.none()))),
                    _ => awaitable_iter(vm, awaitable, 0),
                };
                match found {
                    Ok(Outcome::Done(iterator)) => {
                        self.iterator = Some(iterator);
                        self.ask(vm, iterator)
                    }
                    result => result,
                }
            }
            (Input::Value(iterator), None) => {
                self.iterator = Some(iterator);
                self.ask(vm, iterator)
            }
            (Input::Value(value), Some(_)) => return done(value),
            (Input::Exhausted, _) => Ok(Outcome::Done(vm.none())),
        };
        match result {
            Err(raised) => self.raised(vm, raised),
            other => other,
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.iterator.is_none() || !vm.exception_matches(raised.0, STOP_ASYNC_ITERATION) {
            return Err(raised);
        }
        vm.decref(raised.0);
        let default = vm.field(self.this, 1).unwrap_or(NONE);
        vm.incref(default);
        Err(vm.stop_iteration(default))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.this);
        self.values.iter().chain(&self.iterator).for_each(|&object| visit(object));
    }
}

impl Drive {
    fn ask(&self, vm: &mut Vm, iterator: ObjRef) -> Res {
        let name = vm.new_interned(self.method);
        let result = match vm.call_attribute(iterator, name, &self.values) {
            Some(result) => result,
            None => Err(vm.no_attribute(iterator, name)),
        };
        vm.decref(name);
        result
    }
}

//! `_thread`: threads, locks, and attributes that each thread has for itself; `threading` is made of it.
//!
//! What a thread is and when the GIL changes hands is in [`threads`](crate::vm::threads). `_thread.start_new_thread(f, (1,))`
//! gives the number of the new thread, which runs when the GIL is free. Counterpart in CPython 3.11: `Modules/_threadmodule.c`.

pub mod local;
pub mod lock;

use super::{add_functions, struct_sequence};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
        threads::MAIN,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {NativeDef as Def, Signature::*};
    lock::fill(vm, dict);
    local::fill(vm, dict);
    // The class has the name `lock`, and the module calls it LockType.
    if let Some(class) = vm.dict_get_text(dict, "lock") {
        vm.incref(class);
        vm.dict_set_text(dict, "LockType", class);
    }
    let functions = vec![
        Def::function("get_ident", None, |vm, _| {
            let ident = vm.threads.current().ident;
            done(vm.new_int(ident))
        }),
        Def::function("get_native_id", None, |vm, _| {
            let id = vm.threads.current().id.0;
            done(vm.new_int(id.into()))
        }),
        Def::function("allocate_lock", None, |vm, _| done(lock::new(vm))),
        Def::function("allocate", None, |vm, _| done(lock::new(vm))),
        Def::function("start_new_thread", Range(2, 3), start_new_thread),
        Def::function("start_new", Range(2, 3), start_new_thread),
        Def::function("exit", None, exit),
        Def::function("exit_thread", None, exit),
        Def::function("_count", None, |vm, _| {
            let count = vm.threads.list.len() - 1;
            done(vm.new_usize(count))
        }),
        Def::function("_set_sentinel", None, set_sentinel),
        Def::function("stack_size", Range(0, 1), |vm, _| done(vm.new_int(0))),
        Def::function("interrupt_main", Range(0, 1), interrupt_main),
        Def::function("_clock", None, |vm, _| {
            let seconds = vm.clock() as f64 * 1e-9;
            done(vm.new_float(seconds))
        }),
        Def::function("_context", Range(0, 1), context),
        Def::function("_set_handler", Range(2, 2), set_handler),
        Def::function("_main_ident", None, |vm, _| {
            let ident = main_ident(vm);
            done(vm.new_int(ident))
        }),
    ];
    add_functions(vm, dict, "_thread", functions);
    vm.incref(RUNTIME_ERROR);
    vm.dict_set_text(dict, "error", RUNTIME_ERROR);
    let longest = vm.new_float(lock::TIMEOUT_MAX);
    vm.dict_set_text(dict, "TIMEOUT_MAX", longest);
    let class = struct_sequence::new_class(vm, "_thread", "_ExceptHookArgs", &["exc_type", "exc_value", "exc_traceback", "thread"]);
    vm.dict_set_text(dict, "_ExceptHookArgs", class);
}

/// `start_new_thread(function, args[, kwargs])`
fn start_new_thread(vm: &mut Vm, args: Args) -> Res {
    let (function, arguments) = (args.at(vm, 0), args.at(vm, 1));
    if !vm.is_callable(function) {
        return Err(vm.type_error("first arg must be callable"));
    }
    if vm.heap.tuple(arguments).is_none() {
        return Err(vm.type_error("2nd arg must be a tuple"));
    }
    let keywords = match args.get(vm, 2) {
        Some(keywords) if vm.heap.dict(keywords).is_none() => return Err(vm.type_error("optional 3rd arg must be a dictionary")),
        Some(keywords) => vm.own(keywords),
        None => vm.new_dict(),
    };
    vm.incref(function);
    vm.incref(arguments);
    let ident = vm.start_thread(function, arguments, keywords);
    done(vm.new_int(ident))
}

fn exit(vm: &mut Vm, _args: Args) -> Res {
    let args = vm.own(EMPTY_TUPLE);
    Err(vm.raise_args(SYSTEM_EXIT, args))
}

/// A lock that is released when the running thread ends: what `join` waits for.
fn set_sentinel(vm: &mut Vm, _args: Args) -> Res {
    let lock = lock::new(vm);
    vm.incref(lock);
    let old = vm.threads.current_mut().sentinel.replace(lock);
    vm.xdecref(old);
    done(lock)
}

fn interrupt_main(vm: &mut Vm, args: Args) -> Res {
    let signal = args.get(vm, 0).and_then(|signal| vm.small_value(signal)).unwrap_or(2);
    if !(1..=64).contains(&signal) {
        return Err(vm.value_error("signal number out of range"));
    }
    vm.signal_arrived(signal as i32);
    done(vm.none())
}

/// `_context()`: the current context of the running thread, or None; `_context(new)` sets it and gives the old one.
fn context(vm: &mut Vm, args: Args) -> Res {
    if args.n == 0 {
        let context = vm.context.unwrap_or(NONE);
        return done(vm.own(context));
    }
    let new = args.given(vm, 0);
    new.iter().for_each(|&context| vm.incref(context));
    let old = std::mem::replace(&mut vm.context, new);
    let none = old.is_none();
    done(if none { vm.none() } else { old.unwrap_or(NONE) })
}

/// `_set_handler(signal, function)`: what the main thread calls when a signal comes; None for what it does by itself.
fn set_handler(vm: &mut Vm, args: Args) -> Res {
    let signal = vm.small_value(args.at(vm, 0)).unwrap_or(0) as i32;
    let handler = args.given(vm, 1);
    handler.iter().for_each(|&handler| vm.incref(handler));
    let handlers = &mut vm.threads.handlers;
    let old = handlers.iter().position(|(number, _)| *number == signal).map(|at| handlers.remove(at).1);
    handlers.extend(handler.map(|handler| (signal, handler)));
    vm.xdecref(old);
    done(vm.none())
}

/// The number of the main thread.
pub fn main_ident(vm: &Vm) -> i64 {
    vm.threads.get(MAIN).map_or(0, |thread| thread.ident)
}

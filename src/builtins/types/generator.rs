//! Generators and coroutines: `send`, `throw`, `close`, `gi_frame` and their siblings. Async generators are in [`asynchronous`].
//!
//! Counterpart in CPython 3.11: `Objects/genobject.c`. The frame's way on and off the call stack is in `vm/exec/generators`.

pub mod asynchronous;

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        frame::{FrameObject, FrameState, FrameTrace},
        generator::{Generator, GeneratorState},
    },
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef, NativeFn,
            Signature::{None as NoArgs, One, Range},
        },
        raised::done,
    },
};

pub fn generator_natives() -> Vec<NativeDef> {
    let mut natives = common(["gi_frame", "gi_running", "gi_code", "gi_yieldfrom", "gi_suspended"]);
    natives.push(NativeDef::wrapper("__iter__", NoArgs, itself));
    natives.push(NativeDef::wrapper("__next__", NoArgs, next));
    natives.extend(sending());
    natives
}

pub fn coroutine_natives() -> Vec<NativeDef> {
    let mut natives = common(["cr_frame", "cr_running", "cr_code", "cr_await", "cr_suspended"]);
    natives.push(NativeDef::wrapper("__await__", NoArgs, await_));
    natives.push(NativeDef::member("cr_origin", |vm, args| {
        let origin = record(vm, args).origin_or_finalizer.unwrap_or(NONE);
        done(vm.own(origin))
    }));
    natives.extend(sending());
    natives
}

/// What `coroutine.__await__()` gives: an iterator that drives the coroutine.
pub fn coroutine_wrapper_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__iter__", NoArgs, itself),
        NativeDef::wrapper("__next__", NoArgs, |vm, args| {
            let coroutine = wrapped(vm, args);
            vm.generator_send(coroutine, NONE)
        }),
        NativeDef::method("send", One, |vm, args| {
            let coroutine = wrapped(vm, args);
            vm.generator_send(coroutine, args.at(vm, 1))
        }),
        NativeDef::method("throw", Range(1, 3), |vm, args| {
            let coroutine = wrapped(vm, args);
            let (exception, given) = (exception_to_throw(vm, args), args.from(vm, 1));
            vm.generator_throw_given(coroutine, exception, &given)
        }),
        NativeDef::method("close", NoArgs, |vm, args| {
            let coroutine = wrapped(vm, args);
            vm.close_generator(coroutine)
        }),
    ]
}

fn sending() -> Vec<NativeDef> {
    vec![
        NativeDef::method("send", One, |vm, args| vm.generator_send(args.at(vm, 0), args.at(vm, 1))),
        NativeDef::method("throw", Range(1, 3), |vm, args| {
            let generator = args.at(vm, 0);
            let (exception, given) = (exception_to_throw(vm, args), args.from(vm, 1));
            vm.generator_throw_given(generator, exception, &given)
        }),
        NativeDef::method("close", NoArgs, |vm, args| vm.close_generator(args.at(vm, 0))),
        NativeDef::wrapper("__del__", NoArgs, |vm, args| vm.close_generator(args.at(vm, 0))),
    ]
}

/// Attributes that the three kinds have under names of their own: frame, running, code, delegate, suspended.
pub(super) fn common([frame_name, running_name, code_name, delegate_name, suspended_name]: [&'static str; 5]) -> Vec<NativeDef> {
    let getter = |name: &'static str, func: NativeFn| NativeDef::getter(name, func);
    vec![
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        getter("__name__", |vm, args| {
            let name = record(vm, args).name;
            done(vm.own(name))
        })
        .with_setter(|vm, args| set_text(vm, args, "__name__", |g| &mut g.name)),
        getter("__qualname__", |vm, args| {
            let name = record(vm, args).qualname;
            done(vm.own(name))
        })
        .with_setter(|vm, args| set_text(vm, args, "__qualname__", |g| &mut g.qualname)),
        getter(delegate_name, |vm, args| {
            let delegate = vm.delegate(args.at(vm, 0)).unwrap_or(NONE);
            done(vm.own(delegate))
        }),
        getter(running_name, |vm, args| {
            let running = matches!(record(vm, args).state, GeneratorState::Running);
            done(vm.new_bool(running))
        }),
        getter(frame_name, frame),
        getter(suspended_name, |vm, args| {
            let suspended = matches!(record(vm, args).state, GeneratorState::Suspended { started: true, .. });
            done(vm.new_bool(suspended))
        }),
        NativeDef::method("__sizeof__", NoArgs, super::object::measured),
        NativeDef::member(code_name, |vm, args| {
            let code = record(vm, args).code;
            done(vm.own(code))
        }),
    ]
}

fn record(vm: &Vm, args: Args) -> &Generator {
    match vm.heap.body(args.at(vm, 0)) {
        Body::Generator(generator) => generator,
        _ => panic!("a generator"),
    }
}

pub(crate) fn itself(vm: &mut Vm, args: Args) -> Res {
    done(vm.own(args.at(vm, 0)))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    vm.generator_send(args.at(vm, 0), NONE)
}

fn wrapped(vm: &Vm, args: Args) -> ObjRef {
    vm.field(args.at(vm, 0), 0).expect("a coroutine")
}

fn await_(vm: &mut Vm, args: Args) -> Res {
    let coroutine = args.at(vm, 0);
    vm.incref(coroutine);
    done(vm.alloc_tracked(COROUTINE_WRAPPER, 0, Body::Fields([Some(coroutine)].into_iter().collect())))
}

fn set_text(vm: &mut Vm, args: Args, name: &str, place: fn(&mut Generator) -> &mut ObjRef) -> Res {
    match args.get(vm, 1) {
        Some(value) if vm.heap.str(value).is_some() => {
            vm.incref(value);
            let Body::Generator(generator) = vm.heap.body_mut(args.at(vm, 0)) else { panic!("a generator") };
            let old = std::mem::replace(place(generator), value);
            vm.decref(old);
            done(vm.none())
        }
        _ => Err(vm.type_error(format!("{name} must be set to a string object"))),
    }
}

/// The frame object of a generator: of the suspended frame, of the running one, or None.
fn frame(vm: &mut Vm, args: Args) -> Res {
    let generator = args.at(vm, 0);
    match record(vm, args).state {
        GeneratorState::Finished => done(vm.none()),
        GeneratorState::Running => {
            let depth = (0..vm.frames.len()).find(|&depth| vm.python_frame(depth).is_some_and(|frame| frame.generator == Some(generator)));
            match depth {
                Some(depth) => done(vm.frame_object(depth)),
                None => done(vm.none()),
            }
        }
        GeneratorState::Suspended { .. } => {
            let frame = record(vm, args).frame;
            if let Some(object) = frame.object {
                return done(vm.own(object));
            }
            let (code, globals, builtins, pc) = (frame.code, frame.globals, frame.builtins, frame.pc);
            let lasti = vm.lasti_of(code, pc);
            let record = FrameObject {
                code,
                globals,
                builtins,
                back: None,
                state: FrameState::Suspended(generator),
                lasti,
                trace: FrameTrace::default(),
            };
            let object = vm.alloc_container(FRAME, 0, Body::Frame(Box::new(record)));
            if let Body::Generator(record) = vm.heap.body_mut(generator) {
                record.frame.object = Some(object);
            }
            done(vm.own(object))
        }
    }
}

/// The exception of `throw(exc)` or `throw(type, value, traceback)`, owned. A class is called to make one.
pub(super) fn exception_to_throw(vm: &mut Vm, args: Args) -> Result<ObjRef, Raised> {
    let (kind, value, traceback) = (args.at(vm, 1), args.given(vm, 2), args.given(vm, 3));
    if traceback.is_some_and(|traceback| vm.ty(traceback) != TRACEBACK) {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if vm.heap.exception(kind).is_some() {
        if value.is_some() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        vm.own(kind)
    } else if vm.heap.as_type(kind).is_some() && vm.is_subtype(kind, BASE_EXCEPTION) {
        match value {
            Some(value) if vm.heap.exception(value).is_some() && vm.is_instance(value, kind) => vm.own(value),
            Some(value) => match vm.heap.tuple(value).map(<[ObjRef]>::to_vec) {
                Some(items) => vm.call_now(kind, &items)?,
                None => vm.call_now(kind, &[value])?,
            },
            None => vm.call_now(kind, &[])?,
        }
    } else {
        let name = vm.type_name(kind);
        return Err(vm.type_error(format!("exceptions must be classes or instances deriving from BaseException, not {name}")));
    };
    if vm.heap.exception(exception).is_none() {
        let (class, made) = (vm.repr_lossy(kind), vm.repr_lossy(vm.ty(exception)));
        vm.decref(exception);
        return Err(vm.type_error(format!("calling {class} should have returned an instance of BaseException, not {made}")));
    }
    if let Some(traceback) = traceback {
        super::exception::assign_traceback(vm, exception, Some(traceback))?;
    }
    Ok(exception)
}

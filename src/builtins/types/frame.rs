//! Frame objects: `sys._getframe().f_locals`, `tb.tb_frame.f_lineno`, …
//!
//! A frame object looks at the running frame as long as there is one; when the call is over the variables live on in it.
//! Counterpart in CPython 3.11: `Objects/frameobject.c`.

pub mod jump;

use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        frame::{FrameObject, FrameState},
        generator::Suspended,
    },
    vm::{
        Res, Vm,
        frame::Receive,
        native::{
            Args, NativeDef,
            Signature::{None as NoArgs, One, Range},
        },
        raised::done,
        tracing::What,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__setattr__", Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::method("clear", NoArgs, clear),
        NativeDef::method("__sizeof__", NoArgs, super::object::measured),
        NativeDef::getter("f_back", back),
        NativeDef::getter("f_code", |vm, args| {
            let code = record(vm, args.at(vm, 0)).code;
            done(vm.own(code))
        }),
        NativeDef::getter("f_builtins", |vm, args| {
            let builtins = record(vm, args.at(vm, 0)).builtins;
            done(vm.own(builtins))
        }),
        NativeDef::getter("f_globals", |vm, args| {
            let globals = record(vm, args.at(vm, 0)).globals;
            done(vm.own(globals))
        }),
        NativeDef::getter("f_locals", locals),
        NativeDef::getter("f_lineno", lineno).with_setter(jump::set_lineno),
        NativeDef::getter("f_lasti", |vm, args| {
            let lasti = last_instruction(vm, args.at(vm, 0));
            done(vm.new_int(lasti.into()))
        }),
        NativeDef::getter("f_trace", |vm, args| {
            let function = record(vm, args.at(vm, 0)).trace.function.unwrap_or(NONE);
            done(vm.own(function))
        })
        .with_setter(set_trace),
        NativeDef::member("f_trace_lines", |vm, args| {
            let lines = record(vm, args.at(vm, 0)).trace.lines;
            done(vm.new_bool(lines))
        })
        .with_setter(|vm, args| {
            let flag = jump::flag(vm, args)?;
            record_mut(vm, args.at(vm, 0)).trace.lines = flag;
            done(vm.none())
        }),
        NativeDef::member("f_trace_opcodes", |vm, args| {
            let opcodes = record(vm, args.at(vm, 0)).trace.opcodes;
            done(vm.new_bool(opcodes))
        })
        .with_setter(|vm, args| {
            let flag = jump::flag(vm, args)?;
            record_mut(vm, args.at(vm, 0)).trace.opcodes = flag;
            done(vm.none())
        }),
    ]
}

fn record(vm: &Vm, object: ObjRef) -> &FrameObject {
    match vm.heap.body(object) {
        Body::Frame(frame) => frame,
        _ => panic!("a frame object"),
    }
}

fn record_mut(vm: &mut Vm, object: ObjRef) -> &mut FrameObject {
    match vm.heap.body_mut(object) {
        Body::Frame(frame) => frame,
        _ => panic!("a frame object"),
    }
}

/// The frame's own trace function; None or `del` takes it away.
fn set_trace(vm: &mut Vm, args: Args) -> Res {
    let (object, function) = (args.at(vm, 0), args.given(vm, 1));
    function.iter().for_each(|&function| vm.incref(function));
    let old = std::mem::replace(&mut record_mut(vm, object).trace.function, function);
    vm.xdecref(old);
    done(vm.none())
}

/// Where in the call stack the frame of this object runs.
pub fn depth_of(vm: &Vm, object: ObjRef) -> Option<usize> {
    (0..vm.frames.len()).rev().find(|&depth| vm.python_frame(depth).is_some_and(|frame| frame.object == Some(object)))
}

fn back(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    if let Some(depth) = depth_of(vm, object) {
        return match (0..depth).rev().find(|&below| vm.python_frame(below).is_some()) {
            Some(below) => done(vm.frame_object(below)),
            None => done(vm.none()),
        };
    }
    let back = record(vm, object).back.unwrap_or(NONE);
    done(vm.own(back))
}

/// The byte offset of the last instruction, -1 before the first.
fn last_instruction(vm: &Vm, object: ObjRef) -> i32 {
    match depth_of(vm, object) {
        Some(depth) => {
            let lasti = vm.tracing.fault_in(depth).unwrap_or_else(|| called_from(vm, object, depth));
            // While it is told of, an instruction begins with its EXTENDED_ARG.
            if matches!(vm.tracing.telling(), Some(What::Line | What::Opcode)) && is_told_of(vm, depth) {
                lasti - 2 * prefixes(vm, object, lasti)
            } else {
                lasti
            }
        }
        None => record(vm, object).lasti,
    }
}

/// The instruction that runs. While a Python function runs that CALL called, CPython's frame points at its last inline cache.
fn called_from(vm: &Vm, object: ObjRef, depth: usize) -> i32 {
    let lasti = vm.lasti_of(record(vm, object).code, vm.frame_pc(depth));
    let calls = vm.frames.get(depth + 1).is_some_and(|above| above.receive == Receive::Call);
    if calls { lasti + 2 * Op::CALL.caches() as i32 } else { lasti }
}

/// Whether the trace function that runs last was told of this frame.
fn is_told_of(vm: &Vm, depth: usize) -> bool {
    let told = (0..vm.frames.len()).rev().find(|&depth| vm.frames[depth].receive == Receive::Traced);
    told == Some(depth + 1)
}

/// How many EXTENDED_ARG stand before the instruction at a byte offset.
fn prefixes(vm: &Vm, object: ObjRef, lasti: i32) -> i32 {
    let Body::Code(code) = vm.heap.body(record(vm, object).code) else { return 0 };
    let before = code.code.code.get(..lasti.max(0) as usize).unwrap_or_default();
    before.rchunks(2).take_while(|unit| unit[0] == Op::EXTENDED_ARG as u8).count() as i32
}

/// The line that runs.
pub fn line_of(vm: &Vm, object: ObjRef) -> i32 {
    let code = record(vm, object).code;
    match last_instruction(vm, object) {
        lasti if lasti >= 0 => vm.line_at(code, lasti as u32),
        _ => match vm.heap.body(code) {
            Body::Code(code) => code.code.firstlineno,
            _ => 0,
        },
    }
}

fn lineno(vm: &mut Vm, args: Args) -> Res {
    let line = line_of(vm, args.at(vm, 0));
    done(vm.new_int(line.into()))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let line = line_of(vm, object);
    let Body::Code(code) = vm.heap.body(record(vm, object).code) else { panic!("a code object") };
    let (file, name) = (code.code.filename.clone(), code.code.name.clone());
    let file = vm.new_str(&*file);
    let text = format!("<frame at {:#x}, file {}, line {line}, code {name}>", vm.address(object), vm.repr_lossy(file));
    vm.decref(file);
    done(vm.new_str(text))
}

// ── variables ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn locals(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    record_mut(vm, object).trace.locals_shown = true;
    if let Some(depth) = depth_of(vm, object) {
        let locals = vm.locals_of_running(depth);
        return done(vm.own(locals));
    }
    let frame = record(vm, object);
    let code = frame.code;
    let (slots, dict) = match &frame.state {
        FrameState::Ended { locals, slots, .. } => (slots.clone(), *locals),
        FrameState::Suspended(generator) => match vm.heap.body(*generator) {
            Body::Generator(generator) => match generator.suspended() {
                Some(Suspended { frame, slots, .. }) => (slots.to_vec(), frame.locals),
                None => (Vec::new(), None),
            },
            _ => (Vec::new(), None),
        },
        FrameState::Live(_) => (Vec::new(), None),
    };
    if let Some(dict) = dict
        && !vm.is_optimized(code)
    {
        return done(vm.own(dict));
    }
    let dict = match dict {
        Some(dict) => dict,
        None => {
            let dict = vm.new_dict();
            keep_locals(vm, object, dict);
            dict
        }
    };
    vm.fill_locals(dict, code, &slots);
    done(vm.own(dict))
}

/// Stores a new dict of variables (owned) where the frame's variables are.
fn keep_locals(vm: &mut Vm, object: ObjRef, dict: ObjRef) {
    let generator = match vm.heap.body_mut(object) {
        Body::Frame(frame) => match &mut frame.state {
            FrameState::Ended { locals, .. } => {
                *locals = Some(dict);
                return;
            }
            FrameState::Suspended(generator) => *generator,
            FrameState::Live(_) => return,
        },
        _ => return,
    };
    if let Body::Generator(generator) = vm.heap.body_mut(generator)
        && let Some((frame, _)) = generator.suspended_mut()
    {
        frame.locals = Some(dict);
    }
}

/// `frame.clear()`: gives up the variables of a frame that has ended.
fn clear(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    if depth_of(vm, object).is_some() {
        return Err(vm.raise(RUNTIME_ERROR, "cannot clear an executing frame"));
    }
    let suspended = match &record(vm, object).state {
        FrameState::Suspended(generator) => Some(*generator),
        _ => None,
    };
    if let Some(generator) = suspended {
        return vm.close_generator(generator);
    }
    let Body::Frame(frame) = vm.heap.body_mut(object) else { panic!("a frame object") };
    let mut given_up = Vec::new();
    if let FrameState::Ended { slots, locals, .. } = &mut frame.state {
        given_up.extend(slots.iter_mut().filter_map(Option::take));
        given_up.extend(locals.take());
    }
    vm.decref_all(given_up);
    done(vm.none())
}

//! Frame objects: `sys._getframe().f_locals`, `tb.tb_frame.f_lineno`, …
//!
//! A frame object looks at the running frame as long as there is one; when the call is over the variables live on in it.
//! Counterpart in CPython 3.11: `Objects/frameobject.c`.

use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE, CO_OPTIMIZED},
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        frame::{FrameObject, FrameState},
        generator::GeneratorState,
    },
    vm::{
        Res, Vm,
        frame::FrameKind,
        native::{
            Args, NativeDef,
            Signature::{None as NoArgs, One, Range},
        },
        raised::done,
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
        NativeDef::getter("f_lineno", lineno),
        NativeDef::getter("f_lasti", |vm, args| {
            let lasti = last_instruction(vm, args.at(vm, 0));
            done(vm.new_int(lasti.into()))
        }),
        NativeDef::getter("f_trace", |vm, _| done(vm.none())).with_setter(|vm, _| done(vm.none())),
        NativeDef::member("f_trace_lines", |vm, _| done(vm.new_bool(true))).with_setter(|vm, _| done(vm.none())),
        NativeDef::member("f_trace_opcodes", |vm, _| done(vm.new_bool(false))).with_setter(|vm, _| done(vm.none())),
    ]
}

fn record(vm: &Vm, object: ObjRef) -> &FrameObject {
    match vm.heap.body(object) {
        Body::Frame(frame) => frame,
        _ => panic!("a frame object"),
    }
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
        Some(depth) => vm.lasti_of(record(vm, object).code, vm.frame_pc(depth)),
        None => record(vm, object).lasti,
    }
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
    if let Some(depth) = depth_of(vm, object) {
        let locals = locals_of_running(vm, depth);
        return done(vm.own(locals));
    }
    let frame = record(vm, object);
    let code = frame.code;
    let (slots, dict) = match &frame.state {
        FrameState::Ended { locals, slots, .. } => (slots.clone(), *locals),
        FrameState::Suspended(generator) => match vm.heap.body(*generator) {
            Body::Generator(generator) => match &generator.state {
                GeneratorState::Suspended { frame, slots, .. } => (slots.clone(), frame.locals),
                _ => (Vec::new(), None),
            },
            _ => (Vec::new(), None),
        },
        FrameState::Live(_) => (Vec::new(), None),
    };
    if let Some(dict) = dict
        && !is_function(vm, code)
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
    fill_locals(vm, dict, code, &slots);
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
        && let GeneratorState::Suspended { frame, .. } = &mut generator.state
    {
        frame.locals = Some(dict);
    }
}

fn is_function(vm: &Vm, code: ObjRef) -> bool {
    matches!(vm.heap.body(code), Body::Code(code) if code.flags & CO_OPTIMIZED != 0)
}

/// `locals()` in the frame at `depth`, borrowed: the namespace of a module or class, or the frame's dict of its variables,
/// brought up to date.
pub fn locals_of_running(vm: &mut Vm, depth: usize) -> ObjRef {
    let frame = vm.python_frame(depth).expect("a Python frame");
    let (code, base, locals, globals) = (frame.code, frame.base as usize, frame.locals, frame.globals);
    if !is_function(vm, code) {
        return locals.unwrap_or(globals);
    }
    let dict = match locals {
        Some(dict) => dict,
        None => {
            let dict = vm.new_dict();
            if let FrameKind::Python(frame) = &mut vm.frames[depth].kind {
                frame.locals = Some(dict);
            }
            dict
        }
    };
    let Body::Code(record) = vm.heap.body(code) else { panic!("a code object") };
    let slots: Vec<Option<ObjRef>> = vm.stack[base..base + record.nlocalsplus as usize].to_vec();
    fill_locals(vm, dict, code, &slots);
    dict
}

/// Copies variables into a dict; those without a value are deleted from it.
fn fill_locals(vm: &mut Vm, dict: ObjRef, code: ObjRef, slots: &[Option<ObjRef>]) {
    let Body::Code(record) = vm.heap.body(code) else { panic!("a code object") };
    let (names, shared) = (record.localsplusnames.clone(), record.code.clone());
    for (index, name) in names.into_iter().enumerate() {
        let mut value = slots.get(index).copied().flatten();
        let kind = shared.localspluskinds.get(index).copied().unwrap_or(0);
        if kind & (CO_FAST_CELL | CO_FAST_FREE) != 0
            && let Some(cell) = value
            && let Body::Cell(content) = vm.heap.body(cell)
        {
            value = *content;
        }
        match value {
            Some(value) => {
                vm.incref(value);
                vm.dict_set_str(dict, name, value);
            }
            None => {
                vm.dict_del_str(dict, name);
            }
        }
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

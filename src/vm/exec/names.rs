//! Where names live: frame slots, cells, namespaces (LOAD_FAST, STORE_FAST and LOAD_CONST are done in the loop).
//!
//! `x` in a function is a slot (`FAST`) or a cell (`DEREF`); in a module or class body a key of the namespace (`NAME`);
//! in a function that does not assign it, a key of globals or builtins (`GLOBAL`).

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Vm,
        frame::{FrameKind, Receive},
        specialize::Cache,
    },
};

/// `LOAD_FAST` of a slot that is NULL.
#[cold]
pub(super) fn unbound_local(vm: &mut Vm, unit: Unit) -> Flow {
    let name = local_name(vm, unit.arg);
    let text = vm.name_text(name);
    Err(vm.name_error(UNBOUND_LOCAL_ERROR, format!("cannot access local variable '{text}' where it is not associated with a value"), name))
}

fn local_name(vm: &Vm, slot: u32) -> ObjRef {
    match vm.heap.body(vm.frame().code) {
        Body::Code(code) => vm.heap.tuple(code.localsplusnames).unwrap_or_default()[slot as usize],
        _ => panic!("a code object"),
    }
}

/// `DELETE_FAST i`: the slot becomes NULL
pub(super) fn delete_fast(vm: &mut Vm, unit: Unit) -> Flow {
    let slot = vm.base + unit.arg as usize;
    match vm.stack[slot].take() {
        Some(old) => {
            vm.decref(old);
            Ok(())
        }
        None => unbound_local(vm, unit),
    }
}

/// The namespace of a module or class body.
fn namespace(vm: &mut Vm) -> Result<ObjRef, Raised> {
    match vm.frame().locals {
        Some(locals) => Ok(locals),
        None => Err(vm.raise(SYSTEM_ERROR, "no locals found")),
    }
}

fn name_not_defined(vm: &mut Vm, name: ObjRef) -> Raised {
    let text = vm.name_text(name);
    vm.name_error(NAME_ERROR, format!("name '{text}' is not defined"), name)
}

/// `LOAD_NAME name`: `[…] → [… value]`, from namespace, globals, builtins
pub(super) fn load_name(vm: &mut Vm, unit: Unit) -> Flow {
    let name = unit.object();
    let locals = namespace(vm)?;
    if vm.ty(locals) == DICT {
        if let Some(value) = vm.dict_get_str(locals, name) {
            vm.incref(value);
            vm.push(value);
            return Ok(());
        }
    } else if let Some(value) = lookup_in_mapping(vm, locals, name)? {
        vm.push(value);
        return Ok(());
    }
    let (globals, builtins) = (vm.frame().globals, vm.frame().builtins);
    let found = vm.dict_get_str(globals, name).or_else(|| vm.dict_get_str(builtins, name).filter(|_| vm.ty(builtins) == DICT));
    let value = match found {
        Some(value) => vm.own(value),
        None => missing_global(vm, None, builtins, name)?,
    };
    vm.push(value);
    Ok(())
}

/// A global that is in no plain dict, owned: namespaces given to `exec` may have a `__getitem__` or `__missing__` of their own.
#[cold]
fn missing_global(vm: &mut Vm, globals: Option<ObjRef>, builtins: ObjRef, name: ObjRef) -> Result<ObjRef, Raised> {
    for namespace in globals.into_iter().chain([builtins]).filter(|&namespace| vm.ty(namespace) != DICT).collect::<Vec<_>>() {
        if let Some(value) = lookup_in_mapping(vm, namespace, name)? {
            return Ok(value);
        }
    }
    Err(name_not_defined(vm, name))
}

/// The value of a name in a namespace that is no plain dict (from a metaclass's `__prepare__`), owned.
fn lookup_in_mapping(vm: &mut Vm, mapping: ObjRef, name: ObjRef) -> Result<Option<ObjRef>, Raised> {
    let depth = vm.frames.len();
    let result = match vm.get_item(mapping, name) {
        Ok(outcome) => vm.finish_now(depth, outcome),
        Err(raised) => Err(raised),
    };
    match result {
        Ok(value) => Ok(Some(value)),
        Err(raised) if vm.exception_matches(raised.0, KEY_ERROR) => {
            vm.decref(raised.0);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// `STORE_NAME name`: `[… value] → […]`
pub(super) fn store_name(vm: &mut Vm, unit: Unit) -> Flow {
    let name = unit.object();
    let locals = namespace(vm)?;
    let value = vm.pop();
    if vm.ty(locals) == DICT {
        vm.dict_set_str(locals, name, value);
        return Ok(());
    }
    vm.push(value);
    vm.operate(1, Receive::Discard, |vm| vm.set_item(locals, name, value))
}

/// `DELETE_NAME name`
pub(super) fn delete_name(vm: &mut Vm, unit: Unit) -> Flow {
    let locals = namespace(vm)?;
    if vm.dict_del_str(locals, unit.object()) { Ok(()) } else { Err(name_not_defined(vm, unit.object())) }
}

/// The entry of the globals that LOAD_GLOBAL_MODULE remembers, if their keys are the same.
#[inline(always)]
pub(super) fn cached_global(vm: &Vm, cache: Cache) -> Option<ObjRef> {
    let FrameKind::Python(frame) = &vm.frames.last()?.kind else { return None };
    match &vm.heap.slot(frame.globals).body {
        Body::Dict(globals) if globals.version == cache.version => Some(globals.value_at(usize::from(cache.index))),
        _ => None,
    }
}

/// The entry of the builtins that LOAD_GLOBAL_BUILTIN remembers, if neither dict's keys have changed.
#[inline(always)]
pub(super) fn cached_builtin(vm: &Vm, cache: Cache) -> Option<ObjRef> {
    let FrameKind::Python(frame) = &vm.frames.last()?.kind else { return None };
    match (&vm.heap.slot(frame.globals).body, &vm.heap.slot(frame.builtins).body) {
        (Body::Dict(globals), Body::Dict(builtins)) if globals.version == cache.version && builtins.version == cache.other => {
            Some(builtins.value_at(usize::from(cache.index)))
        }
        _ => None,
    }
}

/// `LOAD_GLOBAL name`: `[…] → [… value]`, with NULL below it if a call follows
pub(super) fn load_global(vm: &mut Vm, unit: Unit) -> Flow {
    let name = unit.object();
    let (globals, builtins) = (vm.frame().globals, vm.frame().builtins);
    let found = vm.dict_get_str(globals, name).or_else(|| vm.dict_get_str(builtins, name).filter(|_| vm.ty(builtins) == DICT));
    let value = match found {
        Some(value) => vm.own(value),
        None => missing_global(vm, Some(globals), builtins, name)?,
    };
    if unit.wants_null() {
        vm.push_null();
    }
    vm.push(value);
    Ok(())
}

/// `STORE_GLOBAL name`: `[… value] → […]`
pub(super) fn store_global(vm: &mut Vm, unit: Unit) -> Flow {
    let value = vm.pop();
    let globals = vm.frame().globals;
    vm.dict_set_str(globals, unit.object(), value);
    Ok(())
}

/// `DELETE_GLOBAL name`
pub(super) fn delete_global(vm: &mut Vm, unit: Unit) -> Flow {
    let globals = vm.frame().globals;
    if vm.dict_del_str(globals, unit.object()) { Ok(()) } else { Err(name_not_defined(vm, unit.object())) }
}

/// `MAKE_CELL i`: the slot's value moves into a new cell
pub(super) fn make_cell(vm: &mut Vm, unit: Unit) -> Flow {
    let slot = vm.base + unit.arg as usize;
    let content = vm.stack[slot].take();
    let cell = vm.new_cell(content);
    vm.stack[slot] = Some(cell);
    Ok(())
}

/// `COPY_FREE_VARS n`: the function's closure fills the last n slots
#[inline(never)]
pub(super) fn copy_free_vars(vm: &mut Vm, n: usize) {
    let frame = vm.frame();
    let func = frame.func.expect("a function with a closure");
    let Body::Code(code) = vm.heap.body(frame.code) else { panic!("a code object") };
    let end = vm.base + code.nlocalsplus as usize;
    let Body::Function(function) = &vm.heap.slot(func).body else { panic!("a function") };
    let Some(Body::Tuple(cells)) = function.closure.map(|closure| &vm.heap.slot(closure).body) else { return };
    for (place, &cell) in vm.stack[end - n..end].iter_mut().zip(cells) {
        *place = Some(cell);
    }
    for index in end - n..end {
        vm.xincref(vm.stack[index]);
    }
}

fn cell_content(vm: &mut Vm, unit: Unit) -> &mut Option<ObjRef> {
    let cell = vm.stack[vm.base + unit.arg as usize].expect("a cell");
    match &mut vm.heap.slot_mut(cell).body {
        Body::Cell(content) => content,
        _ => panic!("a cell"),
    }
}

/// `LOAD_DEREF i`: `[…] → [… content]`
pub(super) fn load_deref(vm: &mut Vm, unit: Unit) -> Flow {
    match *cell_content(vm, unit) {
        Some(value) => {
            vm.incref(value);
            vm.push(value);
            Ok(())
        }
        None => Err(unbound_deref(vm, unit)),
    }
}

fn unbound_deref(vm: &mut Vm, unit: Unit) -> Raised {
    let name = local_name(vm, unit.arg);
    let text = vm.name_text(name);
    let Body::Code(code) = vm.heap.body(vm.frame().code) else { panic!("a code object") };
    let is_free = code.code.localspluskinds[unit.arg as usize] & crate::bytecode::code::CO_FAST_FREE != 0;
    if is_free {
        let message = format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope");
        vm.name_error(NAME_ERROR, message, name)
    } else {
        let message = format!("cannot access local variable '{text}' where it is not associated with a value");
        vm.name_error(UNBOUND_LOCAL_ERROR, message, name)
    }
}

/// `DELETE_DEREF i`
pub(super) fn delete_deref(vm: &mut Vm, unit: Unit) -> Flow {
    match cell_content(vm, unit).take() {
        Some(old) => {
            vm.decref(old);
            Ok(())
        }
        None => Err(unbound_deref(vm, unit)),
    }
}

/// `LOAD_CLASSDEREF i`: in a class body, the namespace goes before the cell
pub(super) fn load_classderef(vm: &mut Vm, unit: Unit) -> Flow {
    let locals = namespace(vm)?;
    let name = local_name(vm, unit.arg);
    let found = if vm.ty(locals) == DICT {
        let value = vm.dict_get_str(locals, name);
        vm.xincref(value);
        value
    } else {
        lookup_in_mapping(vm, locals, name)?
    };
    match found {
        Some(value) => {
            vm.push(value);
            Ok(())
        }
        None => load_deref(vm, unit),
    }
}

/// `SETUP_ANNOTATIONS`: the namespace gets an `__annotations__` dict
pub(super) fn setup_annotations(vm: &mut Vm, _unit: Unit) -> Flow {
    let locals = namespace(vm)?;
    let name = vm.names.annotations;
    if vm.ty(locals) == DICT {
        if vm.dict_get_str(locals, name).is_none() {
            let dict = vm.new_dict();
            vm.dict_set_str(locals, name, dict);
        }
    } else if lookup_in_mapping(vm, locals, name)?.is_none() {
        let dict = vm.new_dict();
        let depth = vm.frames.len();
        let result = vm.set_item(locals, name, dict);
        vm.decref(dict);
        let outcome: Outcome = result?;
        vm.discard_outcome(depth, outcome);
    }
    Ok(())
}

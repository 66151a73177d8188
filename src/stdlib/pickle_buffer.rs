//! `_pickle_buffer`: `PickleBuffer`, a view of an object's bytes that `pickle` may leave out of its own.
//!
//! `PickleBuffer(bytearray(8))` is a memory view under another type, so that `memoryview` and `bytes` take it as they take
//! one. Counterpart in CPython 3.11: `Objects/picklebufobject.c`; programs find it in `pickle`.

use super::{NewClass, add_class, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::types::memoryview,
    heap::ObjRef,
    objects::{
        Objects,
        core_types::*,
        memoryview::{Format, MemoryView},
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::static_method("__new__", Signature::Range(2, 2), new),
        NativeDef::method("raw", Signature::None, raw),
        NativeDef::method("release", Signature::None, release),
    ];
    add_class(vm, dict, NewClass { module: "pickle", name: "PickleBuffer", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
}

/// The view, copied; a released one is an error.
fn alive(vm: &mut Vm, object: ObjRef) -> Result<MemoryView, Raised> {
    match foreign::<MemoryView>(vm, object).filter(|view| view.buffer.is_some()) {
        Some(view) => Ok(view.clone()),
        None => Err(vm.value_error("operation forbidden on released PickleBuffer object")),
    }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let (class, object) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.view(object).is_none() && vm.heap.memory(object).is_none() {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
    }
    let shared = memoryview::of_object(vm, object)?;
    let view = alive(vm, shared)?;
    vm.xincref(view.buffer);
    let made = vm.new_derived(class, 0, foreign_body(view));
    vm.decref(shared);
    done(made)
}

/// `buffer.raw()`: a view of its bytes in one row.
fn raw(vm: &mut Vm, args: Args) -> Res {
    let view = alive(vm, args.at(vm, 0))?;
    if !view.is_c_contiguous() && !view.is_f_contiguous() {
        return Err(vm.raise(BUFFER_ERROR, "cannot extract raw buffer from non-contiguous buffer"));
    }
    let shape = vec![view.nbytes()];
    let raw = MemoryView { format: Format(b'B'), native_prefix: false, shape, strides: vec![1], hash: None, ..view };
    vm.xincref(raw.buffer);
    done(vm.new_derived(MEMORYVIEW, 0, foreign_body(raw)))
}

fn release(vm: &mut Vm, args: Args) -> Res {
    let buffer = foreign_mut::<MemoryView>(vm, args.at(vm, 0)).and_then(|view| view.buffer.take());
    vm.xdecref(buffer);
    done(vm.none())
}

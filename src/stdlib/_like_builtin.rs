//! `_like_builtin`: makes a class written in Python look like one written in C, as which CPython has it.
//!
//! `builtin_class(Decimal, "decimal.Decimal")`: messages show the full name, nobody can set attributes of the class, and its
//! instances have the size that CPython's have.
//! `add_method` gives a class in Rust a method that is easier said in Python.
//! CPython 3.11 has no such module: there `decimal` and `datetime` are C.

use super::add_functions;
use crate::{
    heap::{Kept, ObjRef},
    objects::{Body, Objects, layout::module_layout},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::function("builtin_class", Signature::Range(2, 2), builtin_class),
        NativeDef::function("add_method", Signature::Range(3, 3), add_method),
    ];
    add_functions(vm, dict, "_like_builtin", natives);
}

/// `builtin_class(cls, full_name)`: the class shows itself under that name, and cannot be changed any more.
fn builtin_class(vm: &mut Vm, args: Args) -> Res {
    let name = vm.name_text(args.at(vm, 1));
    let class = args.at(vm, 0);
    let layout = module_layout(&name);
    if let Body::Type(record) = vm.heap.body_mut(class) {
        record.is_heap = false;
        if let Some(layout) = layout {
            record.is_gc = layout.is_collected();
            record.is_base = !layout.is_final();
            record.has_weakrefs = layout.weakrefs != 0;
        }
        if &*name == "_contextvars.Context" {
            record.kept = Some(Kept::Context);
        }
        record.name = name.into();
    }
    vm.measure_type(class);
    vm.type_modified(class);
    if layout.is_some_and(|layout| !layout.is_collected()) {
        let instances: Vec<ObjRef> = vm.heap.iter().filter(|(_, slot)| slot.ty == class).map(|(object, _)| object).collect();
        instances.into_iter().for_each(|object| vm.heap.collector.untrack(object));
    }
    done(vm.none())
}

/// `add_method(cls, name, function)`: a class in Rust learns a method in Python.
fn add_method(vm: &mut Vm, args: Args) -> Res {
    let (class, name, function) = (args.at(vm, 0), vm.name_text(args.at(vm, 1)), args.at(vm, 2));
    if let Body::Type(record) = vm.heap.body(class) {
        let members = record.dict;
        vm.incref(function);
        vm.dict_set_text(members, &name, function);
        vm.type_modified(class);
    }
    done(vm.none())
}

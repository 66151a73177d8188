//! `types.SimpleNamespace`: an object that is nothing but its attributes.
//!
//! Counterpart in CPython 3.11: `Objects/namespaceobject.c`.

use crate::{
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::method("__reduce__", NoArgs, reduce),
        NativeDef::wrapper("__setattr__", Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::member("__dict__", super::instance_dict),
    ]
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    if args.n > 1 {
        return Err(vm.type_error("no positional arguments expected"));
    }
    let keywords = args.keywords(vm);
    match vm.instance_dict(object).filter(|_| !keywords.is_empty()) {
        Some(dict) => super::dict::update_from(vm, dict, None, &keywords),
        None => done(vm.none()),
    }
}

/// Two namespaces are equal if their dicts are.
fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    if !vm.is_instance(a, SIMPLE_NAMESPACE) || !vm.is_instance(b, SIMPLE_NAMESPACE) {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let dicts: Option<(ObjRef, ObjRef)> = vm.instance_dict(a).zip(vm.instance_dict(b));
    match dicts {
        Some((a, b)) => vm.rich_compare(a, b, OP),
        None => done(vm.own(NOT_IMPLEMENTED)),
    }
}

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let ty = vm.ty(object);
    let dict = vm.instance_dict(object).unwrap_or(NONE);
    for part in [ty, EMPTY_TUPLE, dict] {
        vm.incref(part);
    }
    done(vm.new_tuple([ty, EMPTY_TUPLE, dict]))
}

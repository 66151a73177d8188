//! The types with one instance: `None`, `NotImplemented`, `...`.
//!
//! Counterpart in CPython 3.11: `_PyNone_Type`, `_PyNotImplemented_Type`, `PyEllipsis_Type`.

use crate::{
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs},
        },
        raised::done,
    },
};

pub fn none_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, |vm, _| done(vm.new_interned("None"))),
        NativeDef::wrapper("__bool__", NoArgs, |vm, _| done(vm.new_bool(false))),
        NativeDef::static_method("__new__", Any, |vm, args| only(vm, args, NONE, "NoneType")),
    ]
}

pub fn not_implemented_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, |vm, _| done(vm.new_interned("NotImplemented"))),
        NativeDef::method("__reduce__", NoArgs, |vm, _| done(vm.new_interned("NotImplemented"))),
        NativeDef::wrapper("__bool__", NoArgs, |vm, _| done(vm.new_bool(true))),
        NativeDef::static_method("__new__", Any, |vm, args| only(vm, args, NOT_IMPLEMENTED, "NotImplementedType")),
    ]
}

pub fn ellipsis_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, |vm, _| done(vm.new_interned("Ellipsis"))),
        NativeDef::method("__reduce__", NoArgs, |vm, _| done(vm.new_interned("Ellipsis"))),
        NativeDef::static_method("__new__", Any, |vm, args| only(vm, args, ELLIPSIS, "ellipsis")),
    ]
}

/// `type(None)()` is None again.
fn only(vm: &mut Vm, args: Args, value: ObjRef, name: &str) -> Res {
    if args.n > 1 || args.kwnames.is_some() {
        return Err(vm.type_error(if value == ELLIPSIS {
            "EllipsisType takes no arguments".to_string()
        } else {
            format!("{name} takes no arguments")
        }));
    }
    done(vm.own(value))
}

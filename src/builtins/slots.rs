//! Slot wrappers that many types share: `list.__lt__`, `dict.__or__`, `tuple.__len__`: thin doors to the protocols.
//!
//! A wrapper asks the builtin type behind the object, never a method that a class made by a program puts over it.
//! Counterpart in CPython 3.11: `slotdefs` in `Objects/typeobject.c`.

use crate::{
    heap::ObjRef,
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature::One},
        raised::done,
    },
};

/// `__lt__` … `__ge__` of a type that compares.
pub fn comparisons() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__lt__", One, compare::<0>),
        NativeDef::wrapper("__le__", One, compare::<1>),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::wrapper("__gt__", One, compare::<4>),
        NativeDef::wrapper("__ge__", One, compare::<5>),
    ]
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    vm.compare_method(args.at(vm, 0), args.at(vm, 1), OP)
}

/// `a op b`, for `__op__`; the number is BINARY_OP's.
pub fn binary<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    operate(vm, OP, a, b)
}

/// `b op a`, for `__rop__`.
pub fn reflected<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    operate(vm, OP, b, a)
}

fn operate(vm: &mut Vm, op: u32, a: ObjRef, b: ObjRef) -> Res {
    vm.binary_method(op, a, b)
}

pub fn length(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    match vm.builtin_length(this) {
        Some(Ok(len)) => done(vm.new_usize(len)),
        _ => vm.length_object(this),
    }
}

pub fn contains(vm: &mut Vm, args: Args) -> Res {
    let found = vm.contains_builtin(args.at(vm, 0), args.at(vm, 1));
    vm.bool_result(found)
}

pub fn get_item(vm: &mut Vm, args: Args) -> Res {
    vm.get_item_builtin(args.at(vm, 0), args.at(vm, 1))
}

pub fn set_item(vm: &mut Vm, args: Args) -> Res {
    vm.set_item_builtin(args.at(vm, 0), args.at(vm, 1), args.at(vm, 2))
}

pub fn del_item(vm: &mut Vm, args: Args) -> Res {
    vm.del_item_builtin(args.at(vm, 0), args.at(vm, 1))
}

/// The object itself, for `__iter__` of iterators.
pub fn itself(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    done(vm.own(this))
}

/// `list[int]`
pub fn class_getitem(vm: &mut Vm, args: Args) -> Res {
    let (class, item) = (args.at(vm, 0), args.at(vm, 1));
    done(vm.new_generic_alias(class, item))
}

/// `__repr__` of a builtin type.
pub fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    vm.repr_builtin(this)
}

/// The class of an object makes its instances as a builtin type does: no class has a `__new__` of its own, which takes keywords.
pub fn has_new_of(vm: &mut Vm, object: ObjRef, ty: ObjRef) -> bool {
    let (class, new) = (vm.ty(object), vm.names.new);
    vm.type_lookup(class, new) == vm.type_lookup(ty, new)
}

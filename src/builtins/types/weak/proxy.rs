//! `weakref.proxy(x)`: stands for an object in every operation, without keeping it alive between them.
//!
//! `p + 1` is `x + 1`. While an operation runs, the object is held. Counterpart in CPython 3.11: the `proxy_*` functions of
//! `Objects/weakrefobject.c`.

use super::alive;
use crate::{
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef, NativeFn,
            Signature::{Any, None as NoArgs, One, Range},
        },
        protocol::{after::After, arith::INPLACE},
        raised::done,
    },
};

/// Operators by the number of BINARY_OP: `__x__`, `__rx__`, `__ix__` and what they do.
macro_rules! operators {
    ($($op:literal $plain:literal $reflected:literal $inplace:literal;)*) => {
        fn operators() -> Vec<NativeDef> {
            vec![$(
                NativeDef::wrapper($plain, operands($plain), binary::<$op>),
                NativeDef::wrapper($reflected, operands($reflected), reflected::<$op>),
                NativeDef::wrapper($inplace, One, binary::<{ $op + INPLACE }>),
            )*]
        }
    };
}

operators! {
    0 "__add__" "__radd__" "__iadd__";
    1 "__and__" "__rand__" "__iand__";
    2 "__floordiv__" "__rfloordiv__" "__ifloordiv__";
    3 "__lshift__" "__rlshift__" "__ilshift__";
    4 "__matmul__" "__rmatmul__" "__imatmul__";
    5 "__mul__" "__rmul__" "__imul__";
    6 "__mod__" "__rmod__" "__imod__";
    7 "__or__" "__ror__" "__ior__";
    8 "__pow__" "__rpow__" "__ipow__";
    9 "__rshift__" "__rrshift__" "__irshift__";
    10 "__sub__" "__rsub__" "__isub__";
    11 "__truediv__" "__rtruediv__" "__itruediv__";
    12 "__xor__" "__rxor__" "__ixor__";
}

fn operands(name: &str) -> crate::vm::native::Signature {
    if matches!(name, "__pow__" | "__rpow__") { Range(1, 2) } else { One }
}

pub fn callable_proxy_natives() -> Vec<NativeDef> {
    let mut natives: Vec<NativeDef> = proxy_natives().into_iter().filter(|def| !matches!(def.name, "__bytes__" | "__reversed__")).collect();
    natives.push(NativeDef::wrapper("__call__", Any, |vm, args| {
        through(vm, args, |vm, target, args| vm.call_keywords(target, &args.from(vm, 1), &args.keywords(vm)))
    }));
    natives
}

pub fn proxy_natives() -> Vec<NativeDef> {
    let mut natives = operators();
    let compare: [(&'static str, NativeFn); 6] = [
        ("__lt__", compare::<0>),
        ("__le__", compare::<1>),
        ("__eq__", compare::<2>),
        ("__ne__", compare::<3>),
        ("__gt__", compare::<4>),
        ("__ge__", compare::<5>),
    ];
    natives.extend(compare.map(|(name, func)| NativeDef::wrapper(name, One, func)));
    natives.extend([
        NativeDef::wrapper("__repr__", NoArgs, crate::builtins::types::repr_builtin),
        wrapper("__str__", |vm, args| through(vm, args, |vm, target, _| vm.str(target))),
        NativeDef::wrapper("__getattribute__", One, |vm, args| through(vm, args, |vm, target, args| vm.get_attr(target, args.at(vm, 1)))),
        NativeDef::wrapper("__setattr__", Range(2, 2), |vm, args| {
            through(vm, args, |vm, target, args| vm.set_attr(target, args.at(vm, 1), Some(args.at(vm, 2))))
        }),
        NativeDef::wrapper("__delattr__", One, |vm, args| through(vm, args, |vm, target, args| vm.set_attr(target, args.at(vm, 1), None))),
        wrapper("__len__", |vm, args| through(vm, args, |vm, target, _| vm.length_object(target))),
        wrapper("__iter__", |vm, args| through(vm, args, |vm, target, _| vm.get_iter(target))),
        wrapper("__next__", |vm, args| through(vm, args, next)),
        NativeDef::wrapper("__getitem__", One, |vm, args| through(vm, args, |vm, target, args| vm.get_item(target, args.at(vm, 1)))),
        NativeDef::wrapper("__setitem__", Range(2, 2), |vm, args| {
            through(vm, args, |vm, target, args| vm.set_item(target, args.at(vm, 1), args.at(vm, 2)))
        }),
        NativeDef::wrapper("__delitem__", One, |vm, args| through(vm, args, |vm, target, args| vm.del_item(target, args.at(vm, 1)))),
        NativeDef::wrapper("__contains__", One, |vm, args| {
            through(vm, args, |vm, target, args| {
                let found = vm.contains(target, args.at(vm, 1));
                vm.bool_result(found)
            })
        }),
        wrapper("__bool__", |vm, args| {
            through(vm, args, |vm, target, _| {
                let truth = vm.truth(target);
                vm.bool_result(truth)
            })
        }),
        wrapper("__neg__", |vm, args| through(vm, args, |vm, target, _| vm.unary_negative(target))),
        wrapper("__pos__", |vm, args| through(vm, args, |vm, target, _| vm.unary_positive(target))),
        wrapper("__invert__", |vm, args| through(vm, args, |vm, target, _| vm.unary_invert(target))),
        wrapper("__abs__", |vm, args| through(vm, args, |vm, target, _| vm.abs(target))),
        wrapper("__index__", |vm, args| through(vm, args, |vm, target, _| vm.index(target))),
        wrapper("__int__", |vm, args| through(vm, args, |vm, target, _| vm.call(INT, &[target]))),
        wrapper("__float__", |vm, args| through(vm, args, |vm, target, _| vm.call(FLOAT, &[target]))),
        NativeDef::wrapper("__divmod__", One, |vm, args| {
            through(vm, args, |vm, target, args| {
                let other = unwrapped(vm, args.at(vm, 1))?;
                vm.divmod(target, other)
            })
        }),
        NativeDef::wrapper("__rdivmod__", One, |vm, args| {
            through(vm, args, |vm, target, args| {
                let other = unwrapped(vm, args.at(vm, 1))?;
                vm.divmod(other, target)
            })
        }),
        NativeDef::method("__bytes__", NoArgs, |vm, args| through(vm, args, |vm, target, _| call_method(vm, target, "__bytes__"))),
        NativeDef::method("__reversed__", NoArgs, |vm, args| through(vm, args, |vm, target, _| call_method(vm, target, "__reversed__"))),
    ]);
    natives
}

fn wrapper(name: &'static str, func: NativeFn) -> NativeDef {
    NativeDef::wrapper(name, NoArgs, func)
}

/// Does something with the object behind the proxy, which is held meanwhile.
fn through(vm: &mut Vm, args: Args, act: fn(&mut Vm, ObjRef, Args) -> Res) -> Res {
    let target = alive(vm, args.at(vm, 0))?;
    vm.incref(target);
    let depth = vm.frames.len();
    let result = act(vm, target, args);
    vm.after(depth, result, After::new("weakref.proxy", &[], 0, |_, _, value| done(value)).owning([target]))
}

/// The object that an operand stands for.
fn unwrapped(vm: &mut Vm, object: ObjRef) -> Result<ObjRef, Raised> {
    if matches!(vm.ty(object), WEAKPROXY | CALLABLE_WEAKPROXY) { alive(vm, object) } else { Ok(object) }
}

fn binary<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    through(vm, args, |vm, target, args| {
        let other = unwrapped(vm, args.at(vm, 1))?;
        vm.binary_op(OP, target, other)
    })
}

fn reflected<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    through(vm, args, |vm, target, args| {
        let other = unwrapped(vm, args.at(vm, 1))?;
        vm.binary_op(OP, other, target)
    })
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    through(vm, args, |vm, target, args| {
        let other = unwrapped(vm, args.at(vm, 1))?;
        vm.rich_compare(target, other, OP)
    })
}

fn next(vm: &mut Vm, target: ObjRef, _args: Args) -> Res {
    if !vm.is_iterator(target) {
        let name = vm.type_name(target);
        return Err(vm.type_error(format!("Weakref proxy referenced a non-iterator '{name}' object")));
    }
    let next = vm.dict_get_text(vm.builtins, "next").unwrap_or(NONE);
    vm.call(next, &[target])
}

fn call_method(vm: &mut Vm, target: ObjRef, name: &str) -> Res {
    let key = vm.new_interned(name);
    let result = match vm.call_attribute(target, key, &[]) {
        Some(result) => result,
        None => Err(vm.no_attribute(target, key)),
    };
    vm.decref(key);
    result
}

//! `list[int]` and `int | str`: classes with arguments, as annotations use them.
//!
//! Fields of an alias: origin, arguments; of a union: the arguments. Subscription and `|` are in `vm/protocol`.
//! Counterpart in CPython 3.11: `Objects/genericaliasobject.c`, `Objects/unionobject.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn alias_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__hash__", NoArgs, hash),
        NativeDef::wrapper("__eq__", One, super::compare_builtin::<2>),
        NativeDef::wrapper("__ne__", One, super::compare_builtin::<3>),
        NativeDef::wrapper("__getitem__", One, |vm, args| vm.get_item_builtin(args.at(vm, 0), args.at(vm, 1))),
        NativeDef::wrapper("__call__", Any, call),
        NativeDef::wrapper("__or__", One, union_or),
        NativeDef::wrapper("__ror__", One, union_ror),
        NativeDef::wrapper("__getattribute__", One, super::object::getattribute),
        NativeDef::wrapper("__iter__", NoArgs, iter),
        NativeDef::method("__reduce__", NoArgs, reduce),
        NativeDef::method("__dir__", NoArgs, dir),
        NativeDef::member("__unpacked__", unpacked),
        NativeDef::getter("__typing_unpacked_tuple_args__", unpacked_args),
        NativeDef::method("__mro_entries__", One, mro_entries),
        NativeDef::method(
            "__instancecheck__",
            One,
            |vm, _| Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic")),
        ),
        NativeDef::method(
            "__subclasscheck__",
            One,
            |vm, _| Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic")),
        ),
        NativeDef::member("__origin__", |vm, args| field(vm, args, 0)),
        NativeDef::member("__args__", |vm, args| field(vm, args, 1)),
        NativeDef::getter("__parameters__", parameters),
    ]
}

pub fn union_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__hash__", NoArgs, hash),
        NativeDef::wrapper("__eq__", One, super::compare_builtin::<2>),
        NativeDef::wrapper("__ne__", One, super::compare_builtin::<3>),
        NativeDef::wrapper("__or__", One, union_or),
        NativeDef::wrapper("__ror__", One, union_ror),
        NativeDef::wrapper("__getitem__", One, |vm, args| vm.get_item_builtin(args.at(vm, 0), args.at(vm, 1))),
        NativeDef::member("__args__", |vm, args| field(vm, args, 0)),
        NativeDef::getter("__parameters__", parameters),
    ]
}

/// For the builtin types that can be subscripted.
pub fn class_getitem_natives() -> Vec<NativeDef> {
    vec![NativeDef::class_method("__class_getitem__", One, class_getitem)]
}

/// `list.__class_getitem__(int)`
pub fn class_getitem(vm: &mut Vm, args: Args) -> Res {
    done(vm.new_generic_alias(args.at(vm, 0), args.at(vm, 1)))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if args.kwnames.is_some() {
        return Err(vm.type_error("GenericAlias() takes no keyword arguments"));
    }
    if args.n != 3 {
        return Err(vm.type_error(format!("GenericAlias expected 2 arguments, got {}", args.n - 1)));
    }
    if class == GENERIC_ALIAS {
        return done(vm.new_generic_alias(args.at(vm, 1), args.at(vm, 2)));
    }
    let (origin, params) = (args.at(vm, 1), args.at(vm, 2));
    vm.incref(origin);
    vm.incref(params);
    let params = if vm.heap.tuple(params).is_some() { params } else { vm.new_tuple([params]) };
    done(vm.new_derived(class, 0, Body::Fields([Some(origin), Some(params)].into_iter().collect())))
}

fn field(vm: &mut Vm, args: Args, index: usize) -> Res {
    let value = vm.field(args.at(vm, 0), index).unwrap_or(NONE);
    done(vm.own(value))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let result = vm.hash(args.at(vm, 0));
    vm.int_result(result)
}

/// `list[int](x)` is `list(x)`; the new object is told where it came from if it can remember.
fn call(vm: &mut Vm, args: Args) -> Res {
    let alias = args.at(vm, 0);
    let origin = vm.field(alias, 0).unwrap_or(NONE);
    let depth = vm.frames.len();
    let result = vm.call_keywords(origin, &args.from(vm, 1), &args.keywords(vm));
    use crate::vm::protocol::after::After;
    vm.after(
        depth,
        result,
        After::new("GenericAlias", &[alias], 0, |vm, state, object| {
            let ty = vm.ty(object);
            if !is_core_type(ty) && vm.heap.type_of_type(ty).has_dict {
                let name = vm.new_interned("__orig_class__");
                let depth = vm.frames.len();
                let set = vm.set_attr(object, name, Some(state.refs[0])).and_then(|outcome| vm.finish_now(depth, outcome));
                vm.decref(name);
                match set {
                    Ok(value) => vm.decref(value),
                    Err(raised) if vm.exception_matches(raised.0, ATTRIBUTE_ERROR) || vm.exception_matches(raised.0, TYPE_ERROR) => {
                        vm.decref(raised.0);
                    }
                    Err(raised) => {
                        vm.decref(object);
                        return Err(raised);
                    }
                }
            }
            done(object)
        }),
    )
}

fn mro_entries(vm: &mut Vm, args: Args) -> Res {
    let origin = vm.field(args.at(vm, 0), 0).unwrap_or(NONE);
    vm.incref(origin);
    done(vm.new_tuple([origin]))
}

/// The type variables among the arguments, each once.
fn parameters(vm: &mut Vm, args: Args) -> Res {
    let alias = args.at(vm, 0);
    let index = usize::from(vm.ty(alias) != UNION_TYPE);
    let found = vm.type_parameters(vm.field(alias, index).unwrap_or(EMPTY_TUPLE))?;
    done(vm.new_tuple(found))
}

// ── unions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

pub fn union_or(vm: &mut Vm, args: Args) -> Res {
    make_union(vm, args.at(vm, 0), args.at(vm, 1))
}

pub fn union_ror(vm: &mut Vm, args: Args) -> Res {
    make_union(vm, args.at(vm, 1), args.at(vm, 0))
}

fn make_union(vm: &mut Vm, a: ObjRef, b: ObjRef) -> Res {
    match vm.binary_builtin(super::mappingproxy::OR, a, b)? {
        Some(union) => done(union),
        None => done(vm.own(NOT_IMPLEMENTED)),
    }
}

// ── unpacking ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// `iter(tuple[int])` gives `*tuple[int]` once. Field 0: the alias, `None` when it was given.
fn iter(vm: &mut Vm, args: Args) -> Res {
    let alias = args.at(vm, 0);
    vm.incref(alias);
    done(vm.new_derived(GENERIC_ALIAS_ITERATOR, 0, Body::Fields([Some(alias)].into_iter().collect())))
}

pub fn iterator_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__iter__", NoArgs, crate::builtins::slots::itself),
        NativeDef::wrapper("__next__", NoArgs, next),
        NativeDef::method("__reduce__", NoArgs, |vm, args| {
            let alias = vm.field(args.at(vm, 0), 0);
            let iter = vm.dict_get_text(vm.builtins, "iter").unwrap_or(NONE);
            let content = vm.own(alias.unwrap_or(EMPTY_TUPLE));
            vm.incref(iter);
            let content = vm.new_tuple([content]);
            done(vm.new_tuple([iter, content]))
        }),
    ]
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let alias = match vm.heap.body_mut(this) {
        Body::Fields(fields) => fields[0].take(),
        _ => None,
    };
    let Some(alias) = alias else { return Err(crate::builtins::functions::iteration::stop(vm)) };
    let (origin, args) = (vm.field(alias, 0).unwrap_or(NONE), vm.field(alias, 1).unwrap_or(EMPTY_TUPLE));
    let starred = vm.new_generic_alias(origin, args);
    vm.heap.slot_mut(starred).num = UNPACKED;
    vm.decref(alias);
    done(starred)
}

/// The number bits of `*tuple[int]`.
const UNPACKED: u64 = 1;

fn unpacked(vm: &mut Vm, args: Args) -> Res {
    let unpacked = vm.heap.slot(args.at(vm, 0)).num == UNPACKED;
    done(vm.new_bool(unpacked))
}

/// The arguments of `*tuple[int, str]`.
fn unpacked_args(vm: &mut Vm, args: Args) -> Res {
    let alias = args.at(vm, 0);
    let is_tuple = vm.field(alias, 0) == Some(TUPLE) && vm.heap.slot(alias).num == UNPACKED;
    let found = vm.field(alias, 1).filter(|_| is_tuple).unwrap_or(NONE);
    done(vm.own(found))
}

/// Attributes of the class behind, but for those that an alias has itself.
fn dir(vm: &mut Vm, args: Args) -> Res {
    const OWN: [&str; 8] =
        ["__args__", "__class__", "__mro_entries__", "__origin__", "__parameters__", "__reduce__", "__reduce_ex__", "__unpacked__"];
    let origin = vm.field(args.at(vm, 0), 0).unwrap_or(NONE);
    let dir = vm.dict_get_text(vm.builtins, "dir").unwrap_or(NONE);
    let names = vm.call_now(dir, &[origin])?;
    let mut found = vm.heap.list(names).map(|names| names.to_vec()).unwrap_or_default();
    found.iter().for_each(|&name| vm.incref(name));
    vm.decref(names);
    for own in OWN {
        let name = vm.new_interned(own);
        if found.iter().any(|&other| vm.heap.str(other) == vm.heap.str(name)) {
            vm.decref(name);
        } else {
            found.push(name);
        }
    }
    done(vm.new_list(found))
}

/// `(types.GenericAlias, (origin, args))`; of an unpacked one how to unpack it again.
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let alias = args.at(vm, 0);
    let (origin, params) = (vm.field(alias, 0).unwrap_or(NONE), vm.field(alias, 1).unwrap_or(EMPTY_TUPLE));
    if vm.heap.slot(alias).num == UNPACKED {
        let plain = vm.new_generic_alias(origin, params);
        let next = vm.dict_get_text(vm.builtins, "next").unwrap_or(NONE);
        vm.incref(next);
        let iterator = vm.new_derived(GENERIC_ALIAS_ITERATOR, 0, Body::Fields([Some(plain)].into_iter().collect()));
        let content = vm.new_tuple([iterator]);
        return done(vm.new_tuple([next, content]));
    }
    for part in [origin, params, GENERIC_ALIAS] {
        vm.incref(part);
    }
    let parts = vm.new_tuple([origin, params]);
    done(vm.new_tuple([GENERIC_ALIAS, parts]))
}

//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions at once.
//!
//! ```python
//! eg = ExceptionGroup("two", [ValueError(1), TypeError(2)])
//! match, rest = eg.split(ValueError)
//! ```
//!
//! Counterpart in CPython 3.11: `BaseExceptionGroup_*` in `Objects/exceptions.c`.

use super::{argument_tuple, fields::field_natives, refuse_keywords, store_args};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        protocol::split::Condition,
        raised::done,
    },
};

/// What `ExceptionGroup` has of its own: it is a class made at the start.
pub fn exception_group_natives() -> Vec<NativeDef> {
    vec![NativeDef::getter("__weakref__", crate::builtins::types::instance_weakref)]
}

pub fn natives() -> Vec<NativeDef> {
    let mut natives: Vec<NativeDef> = field_natives(BASE_EXCEPTION_GROUP)
        .into_iter()
        .map(|mut def| {
            def.setter = NativeDef::member("", |vm, _| done(vm.none())).setter;
            def
        })
        .collect();
    natives.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin),
        NativeDef::method("derive", One, derive).packing(),
        NativeDef::method("split", Range(1, 1), split).packing(),
        NativeDef::method("subgroup", Range(1, 1), subgroup).packing(),
        NativeDef::class_method("__class_getitem__", One, crate::builtins::types::generic_alias::class_getitem),
    ]);
    natives
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let mut class = args.at(vm, 0);
    let given = args.n - 1;
    if given != 2 {
        return Err(vm.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({given} given)")));
    }
    let (message, list) = (args.at(vm, 1), args.at(vm, 2));
    if vm.heap.str(message).is_none() {
        let name = crate::builtins::convert::none_or_type_name(vm, message);
        return Err(vm.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {name}")));
    }
    if !vm.is_sequence(list) {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let members = vm.collect_now(list)?;
    let checked = check_members(vm, class, &members);
    match checked {
        Ok(plain) => {
            if class == BASE_EXCEPTION_GROUP && plain {
                class = EXCEPTION_GROUP;
            }
        }
        Err(raised) => {
            vm.decref_all(members);
            return Err(raised);
        }
    }
    let exceptions = vm.new_tuple(members);
    let tuple = argument_tuple(vm, args);
    let object = vm.bare_exception(class, tuple);
    vm.incref(message);
    vm.set_exception_field(object, 0, message);
    vm.set_exception_field(object, 1, exceptions);
    done(object)
}

/// Whether all members are `Exception`s; raises if the class may not hold them.
fn check_members(vm: &mut Vm, class: ObjRef, members: &[ObjRef]) -> Result<bool, Raised> {
    if members.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut plain = true;
    for (index, &member) in members.iter().enumerate() {
        if vm.heap.exception(member).is_none() {
            return Err(vm.value_error(format!("Item {index} of second argument (exceptions) is not an exception")));
        }
        plain &= vm.exception_matches(member, EXCEPTION);
    }
    if plain || class == BASE_EXCEPTION_GROUP {
        return Ok(plain);
    }
    if class == EXCEPTION_GROUP {
        return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    }
    if vm.is_subtype(class, EXCEPTION) {
        let name = vm.heap.type_of_type(class).name.clone();
        return Err(vm.type_error(format!("Cannot nest BaseExceptions in '{name}'")));
    }
    Ok(plain)
}

fn init(vm: &mut Vm, args: Args) -> Res {
    refuse_keywords(vm, args)?;
    store_args(vm, args);
    done(vm.none())
}

fn derive(vm: &mut Vm, args: Args) -> Res {
    let (group, members) = (args.at(vm, 0), args.at(vm, 1));
    let message = message_of(vm, group);
    vm.call(BASE_EXCEPTION_GROUP, &[message, members])
}

fn message_of(vm: &Vm, group: ObjRef) -> ObjRef {
    vm.heap.exception(group).and_then(|group| group.fields.first().copied().flatten()).unwrap_or(EMPTY_STR)
}

fn condition(vm: &mut Vm, object: ObjRef) -> Result<Condition, Raised> {
    let is_exception_class = |vm: &Vm, object: ObjRef| vm.heap.as_type(object).is_some() && vm.is_subtype(object, BASE_EXCEPTION);
    if is_exception_class(vm, object) {
        return Ok(Condition::Types(vec![object]));
    }
    if let Some(types) = vm.heap.tuple(object).map(<[ObjRef]>::to_vec)
        && types.iter().all(|&ty| is_exception_class(vm, ty))
    {
        return Ok(Condition::Types(types));
    }
    if vm.ty(object) == FUNCTION {
        return Ok(Condition::Function(object));
    }
    Err(vm.type_error("expected a function, exception type or tuple of exception types"))
}

fn split(vm: &mut Vm, args: Args) -> Res {
    let condition = condition(vm, args.at(vm, 1))?;
    vm.split(args.at(vm, 0), condition, true, |vm, (matched, rest)| {
        let [matched, rest] = [matched, rest].map(|part| part.unwrap_or_else(|| vm.none()));
        done(vm.new_tuple([matched, rest]))
    })
}

fn subgroup(vm: &mut Vm, args: Args) -> Res {
    let condition = condition(vm, args.at(vm, 1))?;
    vm.split(args.at(vm, 0), condition, false, |vm, (matched, rest)| {
        vm.xdecref(rest);
        done(matched.unwrap_or_else(|| vm.none()))
    })
}

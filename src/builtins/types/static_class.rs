//! `staticmethod` and `classmethod`: functions in a class that are not bound to an instance.
//!
//! Field 0 is the function. Counterpart in CPython 3.11: the end of `Objects/funcobject.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{
            Args, NativeDef, NativeFn,
            Signature::{Any, None as NoArgs, Range},
        },
        raised::done,
    },
};

pub fn static_natives() -> Vec<NativeDef> {
    let mut natives = common(new::<true>);
    natives.push(NativeDef::wrapper("__get__", Range(1, 2), static_get));
    natives.push(NativeDef::wrapper("__call__", Any, static_call));
    natives
}

pub fn class_natives() -> Vec<NativeDef> {
    let mut natives = common(new::<false>);
    natives.push(NativeDef::wrapper("__get__", Range(1, 2), class_get));
    natives
}

fn common(new: NativeFn) -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::member("__func__", func),
        NativeDef::member("__wrapped__", func),
        NativeDef::getter("__isabstractmethod__", is_abstract),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::getter("__dict__", super::instance_dict).with_setter(super::set_builtin_dict),
    ]
}

fn new<const STATIC: bool>(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let kind = vm.heap.type_of_type(vm.heap.type_of_type(vm.ty(this)).solid_base).name.clone();
    if args.kwnames.is_some() {
        return Err(vm.type_error(format!("{kind}() takes no keyword arguments")));
    }
    if args.n != 2 {
        return Err(vm.type_error(format!("{kind} expected 1 argument, got {}", args.n - 1)));
    }
    let function = args.at(vm, 1);
    vm.incref(function);
    let old = match vm.heap.body_mut(this) {
        Body::Fields(fields) => fields[0].replace(function),
        _ => None,
    };
    vm.xdecref(old);
    // It shows the function's names as its own.
    for name in [vm.names.module, vm.names.name, vm.names.qualname, vm.names.doc, vm.names.annotations] {
        if let Some(value) = vm.lookup_attribute_now(function, name)? {
            if let Some(dict) = vm.instance_dict(this) {
                vm.dict_set_str(dict, name, value);
            } else {
                vm.decref(value);
            }
        }
    }
    done(vm.none())
}

fn wrapped(vm: &mut Vm, this: ObjRef) -> Result<ObjRef, Raised> {
    match vm.field(this, 0) {
        Some(function) => Ok(function),
        None => {
            let name = vm.type_name(this);
            Err(vm.raise(RUNTIME_ERROR, format!("uninitialized {name} object")))
        }
    }
}

fn func(vm: &mut Vm, args: Args) -> Res {
    let function = vm.field(args.at(vm, 0), 0).unwrap_or(NONE);
    done(vm.own(function))
}

fn static_get(vm: &mut Vm, args: Args) -> Res {
    super::function::check_get(vm, args)?;
    let function = wrapped(vm, args.at(vm, 0))?;
    done(vm.own(function))
}

fn static_call(vm: &mut Vm, args: Args) -> Res {
    let function = wrapped(vm, args.at(vm, 0))?;
    vm.call_keywords(function, &args.from(vm, 1), &args.keywords(vm))
}

fn class_get(vm: &mut Vm, args: Args) -> Res {
    super::function::check_get(vm, args)?;
    let this = args.at(vm, 0);
    wrapped(vm, this)?;
    let object = args.at(vm, 1);
    let class = args.given(vm, 2).unwrap_or_else(|| vm.ty(object));
    vm.bind_descriptor(this, object, class)
}

fn is_abstract(vm: &mut Vm, args: Args) -> Res {
    let function = vm.field(args.at(vm, 0), 0).unwrap_or(NONE);
    let holds = is_abstract_object(vm, function)?;
    done(vm.new_bool(holds))
}

/// Whether an object says of itself `__isabstractmethod__`.
pub fn is_abstract_object(vm: &mut Vm, object: ObjRef) -> Result<bool, Raised> {
    let name = vm.new_interned("__isabstractmethod__");
    let found = vm.lookup_attribute_now(object, name);
    vm.decref(name);
    let Some(value) = found? else { return Ok(false) };
    let depth = vm.frames.len();
    let truth = vm.truth(value);
    let holds = match truth {
        Ok(Outcome::Done(truth)) => Ok(truth),
        Ok(Outcome::Pushed) => vm.finish_now(depth, Outcome::Pushed).map(|answer| {
            vm.decref(answer);
            answer == TRUE
        }),
        Err(raised) => Err(raised),
    };
    vm.decref(value);
    holds
}

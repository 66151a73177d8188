//! `property`: an attribute computed by functions.
//!
//! ```python
//! @property
//! def area(self): return self.w * self.h
//! ```
//!
//! Fields: getter, setter, deleter, doc, name, whether the doc came from the getter. Reading and writing through one is in
//! `vm/protocol/attribute`. Counterpart in CPython 3.11: `PyProperty_Type`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, Named, One, Range},
        },
        raised::done,
    },
};

const GETTER: usize = 0;
const SETTER: usize = 1;
const DELETER: usize = 2;
const DOC: usize = 3;
const NAME: usize = 4;
const GETTER_DOC: usize = 5;

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Named("fget=None, fset=None, fdel=None, doc=None"), init),
        NativeDef::wrapper("__get__", Range(1, 2), get),
        NativeDef::wrapper("__set__", Range(2, 2), set),
        NativeDef::wrapper("__delete__", One, delete),
        NativeDef::method("getter", One, with::<GETTER>),
        NativeDef::method("setter", One, with::<SETTER>),
        NativeDef::method("deleter", One, with::<DELETER>),
        NativeDef::method("__set_name__", Range(0, usize::MAX), set_name).packing(),
        NativeDef::member("fget", field::<GETTER>),
        NativeDef::member("fset", field::<SETTER>),
        NativeDef::member("fdel", field::<DELETER>),
        NativeDef::getter("__doc__", field::<DOC>).with_setter(set_doc),
        NativeDef::getter("__isabstractmethod__", is_abstract),
    ]
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

/// Puts a value (owned) into a field.
fn set_field(vm: &mut Vm, property: ObjRef, index: usize, value: Option<ObjRef>) {
    let old = match vm.heap.body_mut(property) {
        Body::Fields(fields) => std::mem::replace(&mut fields[index], value),
        _ => None,
    };
    vm.xdecref(old);
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let property = args.at(vm, 0);
    for index in [GETTER, SETTER, DELETER, DOC] {
        let value = args.given(vm, index + 1);
        vm.xincref(value);
        set_field(vm, property, index, value);
    }
    set_field(vm, property, GETTER_DOC, None);
    if let (Some(getter), None) = (args.given(vm, 1), args.given(vm, 4)) {
        let doc = vm.lookup_attribute_now(getter, vm.names.doc)?;
        if let Some(doc) = doc {
            if vm.ty(property) == PROPERTY {
                set_field(vm, property, DOC, Some(doc));
            } else {
                let name = vm.names.doc;
                if !vm.set_own_attr(property, name, doc) {
                    set_field(vm, property, DOC, None);
                }
                vm.decref(doc);
            }
            let yes = vm.new_bool(true);
            set_field(vm, property, GETTER_DOC, Some(yes));
        }
    }
    done(vm.none())
}

fn get(vm: &mut Vm, args: Args) -> Res {
    super::function::check_get(vm, args)?;
    let (property, object) = (args.at(vm, 0), args.at(vm, 1));
    if object == NONE {
        return done(vm.own(property));
    }
    let ty = vm.ty(object);
    match vm.field(property, GETTER) {
        Some(getter) => vm.call(getter, &[object]),
        None => Err(missing(vm, property, ty, "getter")),
    }
}

fn missing(vm: &mut Vm, property: ObjRef, ty: ObjRef, what: &str) -> crate::vm::Raised {
    let owner = vm.name_text(vm.heap.type_of_type(ty).qualname);
    let message = match vm.field(property, NAME) {
        Some(name) => {
            let name = vm.repr_lossy(name);
            format!("property {name} of '{owner}' object has no {what}")
        }
        None => format!("property of '{owner}' object has no {what}"),
    };
    vm.raise(ATTRIBUTE_ERROR, message)
}

fn set(vm: &mut Vm, args: Args) -> Res {
    let (property, object, value) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let ty = vm.ty(object);
    match vm.field(property, SETTER) {
        Some(setter) => vm.call(setter, &[object, value]),
        None => Err(missing(vm, property, ty, "setter")),
    }
}

fn delete(vm: &mut Vm, args: Args) -> Res {
    let (property, object) = (args.at(vm, 0), args.at(vm, 1));
    let ty = vm.ty(object);
    match vm.field(property, DELETER) {
        Some(deleter) => vm.call(deleter, &[object]),
        None => Err(missing(vm, property, ty, "deleter")),
    }
}

/// `@x.setter`: a copy with one function replaced.
fn with<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let (property, function) = (args.at(vm, 0), args.at(vm, 1));
    let mut parts: Vec<ObjRef> = (GETTER..=DOC).map(|index| vm.field(property, index).unwrap_or(NONE)).collect();
    if function != NONE {
        parts[INDEX] = function;
    }
    if vm.field(property, GETTER_DOC).is_some() && parts[GETTER] != NONE {
        parts[DOC] = NONE; // found again in the getter
    }
    let class = vm.ty(property);
    let mut refs = vec![class];
    refs.extend(parts);
    refs.push(property);
    vm.call_then(
        "property",
        &refs,
        |vm, refs| vm.call(refs[0], &refs[1..5]),
        |vm, refs, copy| {
            if vm.is_instance(copy, PROPERTY) {
                let name = vm.field(refs[5], NAME);
                vm.xincref(name);
                set_field(vm, copy, NAME, name);
            }
            done(copy)
        },
    )
}

fn set_name(vm: &mut Vm, args: Args) -> Res {
    if args.n != 3 || args.kwnames.is_some() {
        return Err(vm.type_error(format!("__set_name__() takes 2 positional arguments but {} were given", args.n - 1)));
    }
    let (property, name) = (args.at(vm, 0), args.at(vm, 2));
    vm.incref(name);
    set_field(vm, property, NAME, Some(name));
    done(vm.none())
}

fn field<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let value = vm.field(args.at(vm, 0), INDEX).unwrap_or(NONE);
    done(vm.own(value))
}

fn set_doc(vm: &mut Vm, args: Args) -> Res {
    let (property, doc) = (args.at(vm, 0), args.get(vm, 1));
    vm.xincref(doc);
    set_field(vm, property, DOC, doc);
    done(vm.none())
}

fn is_abstract(vm: &mut Vm, args: Args) -> Res {
    let property = args.at(vm, 0);
    for index in [GETTER, SETTER, DELETER] {
        if let Some(function) = vm.field(property, index)
            && super::static_class::is_abstract_object(vm, function)?
        {
            return done(vm.new_bool(true));
        }
    }
    done(vm.new_bool(false))
}

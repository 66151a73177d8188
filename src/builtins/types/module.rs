//! Modules: `types.ModuleType("m")`, `m.__dict__`.
//!
//! Counterpart in CPython 3.11: `Objects/moduleobject.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs, module::Module},
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, Named, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Named("name, doc=None"), init),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__getattribute__", One, super::object::getattribute),
        NativeDef::wrapper("__setattr__", crate::vm::native::Signature::Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::method("__dir__", NoArgs, dir),
        NativeDef::member("__dict__", |vm, args| {
            let dict = dict_of(vm, args.at(vm, 0));
            done(vm.own(dict))
        }),
        NativeDef::getter("__annotations__", annotations).with_setter(set_annotations),
    ]
}

fn dict_of(vm: &Vm, module: ObjRef) -> ObjRef {
    match vm.heap.body(module) {
        Body::Module(module) => module.dict,
        _ => NONE,
    }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let dict = vm.new_dict();
    let name = vm.own(EMPTY_STR);
    let body = Body::Module(Box::new(Module { dict, name }));
    let object = vm.new_derived(class, 0, body);
    if let Body::Instance(instance) = &mut vm.heap.slot_mut(object).body {
        instance.attrs = Attrs::Dict(dict);
        vm.incref(dict);
    }
    done(object)
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let (module, name, doc) = (args.at(vm, 0), args.at(vm, 1), args.get(vm, 2).unwrap_or(NONE));
    if vm.heap.str(name).is_none() {
        let given = crate::builtins::convert::none_or_type_name(vm, name);
        return Err(vm.type_error(format!("module() argument 'name' must be str, not {given}")));
    }
    let dict = dict_of(vm, module);
    for (key, value) in [("__name__", name), ("__doc__", doc), ("__package__", NONE), ("__loader__", NONE), ("__spec__", NONE)] {
        vm.incref(value);
        vm.dict_set_text(dict, key, value);
    }
    vm.incref(name);
    let old = match vm.heap.body_mut(module) {
        Body::Module(record) => std::mem::replace(&mut record.name, name),
        _ => name,
    };
    vm.decref(old);
    done(vm.none())
}

fn dir(vm: &mut Vm, args: Args) -> Res {
    let module = args.at(vm, 0);
    let mut dict = dict_of(vm, module);
    if vm.ty(module) != MODULE {
        // A class of modules may have a `__dict__` of its own.
        let found = vm.lookup_attribute_now(module, vm.names.dict)?;
        if found.is_none_or(|found| vm.heap.dict(found).is_none()) {
            vm.xdecref(found);
            return Err(vm.type_error("<module>.__dict__ is not a dictionary"));
        }
        vm.xdecref(found);
        dict = found.unwrap_or(dict);
    }
    if let Some(hook) = vm.dict_get_str(dict, vm.names.dir) {
        return vm.call(hook, &[]);
    }
    let names = vm.heap.dict(dict).map(|dict| dict.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    done(super::object::name_list(vm, names))
}

fn annotations(vm: &mut Vm, args: Args) -> Res {
    let dict = dict_of(vm, args.at(vm, 0));
    let name = vm.names.annotations;
    if let Some(found) = vm.dict_get_str(dict, name) {
        return done(vm.own(found));
    }
    let made = vm.new_dict();
    vm.incref(made);
    vm.dict_set_str(dict, name, made);
    done(made)
}

fn set_annotations(vm: &mut Vm, args: Args) -> Res {
    let dict = dict_of(vm, args.at(vm, 0));
    let name = vm.names.annotations;
    match args.get(vm, 1) {
        Some(value) => {
            vm.incref(value);
            vm.dict_set_str(dict, name, value);
            done(vm.none())
        }
        None if vm.dict_del_str(dict, name) => done(vm.none()),
        None => Err(vm.raise(ATTRIBUTE_ERROR, "__annotations__")),
    }
}

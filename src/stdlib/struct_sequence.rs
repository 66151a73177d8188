//! Tuples with named fields, such as `sys.version_info` and `time.struct_time`.
//!
//! Each kind is a class of its own that inherits from `tuple`; its fields are attributes by position.
//! Counterpart in CPython 3.11: `Objects/structseq.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        class::ClassParts,
        native::{Args, NativeDef, NativeFn, Signature},
        raised::done,
    },
};

/// A new class of such tuples, owned: `new_class(vm, "sys", "flags", &["debug", …])`.
pub fn new_class(vm: &mut Vm, module: &str, name: &str, fields: &[&'static str]) -> ObjRef {
    let namespace = vm.new_dict();
    let module = vm.new_interned(module);
    vm.dict_set_text(namespace, "__module__", module);
    let slots = vm.new_tuple([]);
    vm.dict_set_text(namespace, "__slots__", slots);
    let name = vm.new_interned(name);
    let bases = vm.bases_of_one(TUPLE);
    let parts = ClassParts { metaclass: TYPE, name, bases, namespace };
    let class = vm.new_class(&parts).unwrap_or_else(|raised| {
        vm.decref(raised.0);
        vm.own(TUPLE)
    });
    vm.decref_all([name, bases, namespace]);
    let dict = vm.heap.type_of_type(class).dict;
    for (i, &field) in fields.iter().enumerate().take(GETTERS.len()) {
        let getter = vm.new_native_descriptor(NativeDef::member(field, GETTERS[i]), class);
        vm.dict_set_text(dict, field, getter);
    }
    let repr = vm.new_native_descriptor(NativeDef::wrapper("__repr__", Signature::None, repr), class);
    vm.dict_set_text(dict, "__repr__", repr);
    let names: Vec<ObjRef> = fields.iter().map(|field| vm.new_interned(field)).collect();
    let names = vm.new_tuple(names);
    vm.dict_set_text(dict, "__match_args__", names);
    for (key, value) in [("n_fields", fields.len()), ("n_sequence_fields", fields.len()), ("n_unnamed_fields", 0)] {
        let value = vm.new_usize(value);
        vm.dict_set_text(dict, key, value);
    }
    vm.type_modified(class);
    class
}

/// A tuple of such a class; takes over the references to the items.
pub fn new(vm: &mut Vm, class: ObjRef, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
    let items = items.into_iter().collect();
    vm.new_derived(class, 0, Body::Tuple(items))
}

fn field<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let value = vm.heap.tuple(this).and_then(|items| items.get(INDEX).copied()).unwrap_or(NONE);
    done(vm.own(value))
}

const GETTERS: [NativeFn; 20] = [
    field::<0>,
    field::<1>,
    field::<2>,
    field::<3>,
    field::<4>,
    field::<5>,
    field::<6>,
    field::<7>,
    field::<8>,
    field::<9>,
    field::<10>,
    field::<11>,
    field::<12>,
    field::<13>,
    field::<14>,
    field::<15>,
    field::<16>,
    field::<17>,
    field::<18>,
    field::<19>,
];

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.ty(this);
    let title = vm.full_type_name(class);
    let names = vm.dict_get_text(vm.heap.type_of_type(class).dict, "__match_args__");
    let names: Vec<ObjRef> = names.and_then(|names| vm.heap.tuple(names)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let items: Vec<ObjRef> = vm.heap.tuple(this).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let mut parts = Vec::new();
    for (&name, &item) in names.iter().zip(&items) {
        let value = vm.repr_now(item)?;
        parts.push(format!("{}={value}", vm.name_text(name)));
    }
    done(vm.new_str(format!("{title}({})", parts.join(", "))))
}

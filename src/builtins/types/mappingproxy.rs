//! `mappingproxy`: a read-only window on a mapping, such as `C.__dict__`.
//!
//! Field 0 is the mapping. Counterpart in CPython 3.11: `PyDictProxy_Type`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
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
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__len__", NoArgs, |vm, args| forward(vm, args, "__len__")),
        NativeDef::wrapper("__getitem__", One, |vm, args| vm.get_item(inner(vm, args), args.at(vm, 1))),
        NativeDef::wrapper("__contains__", One, |vm, args| {
            let result = vm.contains(inner(vm, args), args.at(vm, 1));
            vm.bool_result(result)
        }),
        NativeDef::wrapper("__iter__", NoArgs, |vm, args| vm.get_iter(inner(vm, args))),
        NativeDef::wrapper("__str__", NoArgs, |vm, args| vm.str(inner(vm, args))),
        NativeDef::wrapper("__ior__", One, |vm, args| {
            let name = vm.type_name(args.at(vm, 0));
            Err(vm.type_error(format!("'|=' is not supported by {name}; use '|' instead")))
        }),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::wrapper("__or__", One, or),
        NativeDef::wrapper("__ror__", One, ror),
        NativeDef::method("get", Range(1, 2), |vm, args| forward(vm, args, "get")),
        NativeDef::method("keys", NoArgs, |vm, args| forward(vm, args, "keys")),
        NativeDef::method("values", NoArgs, |vm, args| forward(vm, args, "values")),
        NativeDef::method("items", NoArgs, |vm, args| forward(vm, args, "items")),
        NativeDef::method("copy", NoArgs, |vm, args| forward(vm, args, "copy")),
        NativeDef::method("__reversed__", NoArgs, |vm, args| forward(vm, args, "__reversed__")),
    ]
}

/// A proxy of a mapping, whose reference it takes over.
pub fn new_proxy(vm: &mut Vm, mapping: ObjRef) -> ObjRef {
    vm.alloc_tracked(MAPPINGPROXY, 0, Body::Fields([Some(mapping)].into_iter().collect()))
}

fn inner(vm: &Vm, args: Args) -> ObjRef {
    unwrap(vm, args.at(vm, 0))
}

fn unwrap(vm: &Vm, object: ObjRef) -> ObjRef {
    if vm.ty(object) == MAPPINGPROXY { vm.field(object, 0).unwrap_or(object) } else { object }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let keywords = args.keywords(vm);
    if args.n == 1 && keywords.len() < 2 && keywords.iter().all(|(name, _)| vm.name_text(*name) != "mapping") {
        return Err(vm.type_error("mappingproxy() missing required argument 'mapping' (pos 1)"));
    }
    let given = super::new::named(vm, args, MAPPINGPROXY, &["mapping"])?;
    let Some(mapping) = given.values[0] else {
        return Err(vm.type_error("mappingproxy() missing required argument 'mapping' (pos 1)"));
    };
    let ty = vm.ty(mapping);
    let is_mapping = !matches!(vm.heap.body(mapping), Body::List(_) | Body::Tuple(_)) && vm.type_lookup(ty, vm.names.getitem).is_some();
    if !is_mapping {
        let name = vm.type_name(mapping);
        return Err(vm.type_error(format!("mappingproxy() argument must be a mapping, not {name}")));
    }
    vm.incref(mapping);
    done(new_proxy(vm, mapping))
}

/// The method of the same name on the mapping.
fn forward(vm: &mut Vm, args: Args, name: &str) -> Res {
    let mapping = inner(vm, args);
    let key = vm.new_interned(name);
    let result = match vm.call_attribute(mapping, key, &args.from(vm, 1)) {
        Some(result) => result,
        None => Err(vm.no_attribute(mapping, key)),
    };
    vm.decref(key);
    result
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let mapping = inner(vm, args);
    vm.call_then(
        "mappingproxy.__repr__",
        &[mapping],
        |vm, refs| vm.repr(refs[0]),
        |vm, _, text| {
            let inside = vm.name_text(text);
            vm.decref(text);
            done(vm.new_str(format!("mappingproxy({inside})")))
        },
    )
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (inner(vm, args), args.at(vm, 1));
    let b = unwrap(vm, b);
    vm.rich_compare(a, b, OP)
}

fn or(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (inner(vm, args), args.at(vm, 1));
    let b = unwrap(vm, b);
    vm.binary_op(OR, a, b)
}

fn ror(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (inner(vm, args), args.at(vm, 1));
    let b = unwrap(vm, b);
    vm.binary_op(OR, b, a)
}

/// BINARY_OP's argument for `|`.
pub const OR: u32 = 7;

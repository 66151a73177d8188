//! `object`: what every value can do unless its class says otherwise.
//!
//! ```python
//! class C: pass
//! C(1)        # TypeError: C() takes no arguments
//! ```
//!
//! Counterpart in CPython 3.11: `PyBaseObject_Type` in `Objects/typeobject.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__hash__", NoArgs, hash),
        NativeDef::wrapper("__str__", NoArgs, str),
        NativeDef::wrapper("__getattribute__", One, getattribute),
        NativeDef::wrapper("__setattr__", Range(2, 2), setattr),
        NativeDef::wrapper("__delattr__", One, delattr),
        NativeDef::wrapper("__lt__", One, compare::<0>),
        NativeDef::wrapper("__le__", One, compare::<1>),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::wrapper("__gt__", One, compare::<4>),
        NativeDef::wrapper("__ge__", One, compare::<5>),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::method("__reduce_ex__", One, reduce_ex),
        NativeDef::method("__reduce__", NoArgs, reduce),
        NativeDef::method("__getstate__", NoArgs, getstate),
        NativeDef::class_method("__subclasshook__", Any, subclasshook),
        NativeDef::class_method("__init_subclass__", NoArgs, init_subclass),
        NativeDef::method("__format__", One, format),
        NativeDef::method("__sizeof__", NoArgs, sizeof),
        NativeDef::method("__dir__", NoArgs, dir),
        NativeDef::getter("__class__", class).with_setter(set_class),
    ]
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Whether a type inherits this special method (`__new__` or `__init__`) from `object`.
fn inherits(vm: &mut Vm, class: ObjRef, name: ObjRef) -> bool {
    let Some(found) = vm.type_lookup(class, name) else { return false };
    vm.native_of(found).is_some_and(|native| native.owner == Some(OBJECT))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if args.n > 1 || args.kwnames.is_some() {
        if !inherits(vm, class, vm.names.new) {
            return Err(vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if inherits(vm, class, vm.names.init) {
            let name = vm.heap.type_of_type(class).name.clone();
            return Err(vm.type_error(format!("{name}() takes no arguments")));
        }
    }
    vm.check_not_abstract(class)?;
    done(vm.new_instance(class))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    if args.n > 1 || args.kwnames.is_some() {
        let class = vm.ty(args.at(vm, 0));
        if !inherits(vm, class, vm.names.init) {
            return Err(vm.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
        }
        if inherits(vm, class, vm.names.new) && (class == OBJECT || vm.heap.type_of_type(class).is_heap) {
            let name = vm.heap.type_of_type(class).name.clone();
            return Err(vm.type_error(format!("{name}.__init__() takes exactly one argument (the instance to initialize)")));
        }
    }
    done(vm.none())
}

fn init_subclass(vm: &mut Vm, _args: Args) -> Res {
    done(vm.none())
}

fn subclasshook(vm: &mut Vm, _args: Args) -> Res {
    done(vm.own(NOT_IMPLEMENTED))
}

// ── text, hash, comparison ──────────────────────────────────────────────────────────────────────────────────────────

/// `<__main__.C object at 0x7f3a00012345>`
pub fn plain_repr(vm: &Vm, object: ObjRef) -> String {
    format!("<{} object at {:#x}>", vm.full_type_name(vm.ty(object)), vm.address(object))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let text = plain_repr(vm, args.at(vm, 0));
    done(vm.new_str(text))
}

fn str(vm: &mut Vm, args: Args) -> Res {
    vm.repr(args.at(vm, 0))
}

fn format(vm: &mut Vm, args: Args) -> Res {
    let (object, spec) = (args.at(vm, 0), args.at(vm, 1));
    let name = vm.type_name(object);
    match vm.heap.str(spec) {
        None => {
            let given = crate::builtins::convert::none_or_type_name(vm, spec);
            Err(vm.type_error(format!("__format__() argument must be str, not {given}")))
        }
        Some(spec) if !spec.is_empty() => Err(vm.type_error(format!("unsupported format string passed to {name}.__format__"))),
        Some(_) => vm.str(object),
    }
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let hash = vm.address_hash(args.at(vm, 0));
    done(vm.new_int(hash))
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    vm.compare_object_method(args.at(vm, 0), args.at(vm, 1), OP)
}

// ── attributes ──────────────────────────────────────────────────────────────────────────────────────────────────────

pub fn getattribute(vm: &mut Vm, args: Args) -> Res {
    let name = super::attribute_name(vm, args.at(vm, 1))?;
    vm.get_attr_plain(args.at(vm, 0), name)
}

pub fn setattr(vm: &mut Vm, args: Args) -> Res {
    let name = super::attribute_name(vm, args.at(vm, 1))?;
    vm.set_attr_plain(args.at(vm, 0), name, Some(args.at(vm, 2)))
}

pub fn delattr(vm: &mut Vm, args: Args) -> Res {
    let name = super::attribute_name(vm, args.at(vm, 1))?;
    vm.set_attr_plain(args.at(vm, 0), name, None)
}

fn class(vm: &mut Vm, args: Args) -> Res {
    let ty = vm.ty(args.at(vm, 0));
    done(vm.own(ty))
}

/// `x.__class__ = D`: allowed between classes made by programs whose instances look alike.
fn set_class(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Some(class) = args.get(vm, 1) else { return Err(vm.type_error("can't delete __class__ attribute")) };
    let Some(new) = vm.heap.as_type(class) else {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!("__class__ must be set to a class, not '{name}' object")));
    };
    let ty = vm.ty(object);
    let old = vm.heap.type_of_type(ty);
    let both_modules = vm.is_subtype(ty, MODULE) && vm.is_subtype(class, MODULE);
    if !both_modules && (!new.is_heap || !old.is_heap) {
        return Err(vm.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    let same_slots = old.slot_names.len() == new.slot_names.len()
        && old.slot_names.iter().zip(&new.slot_names).all(|(a, b)| vm.heap.str(*a) == vm.heap.str(*b));
    let alike = old.solid_base == new.solid_base && same_slots && old.has_dict == new.has_dict && old.has_weakrefs == new.has_weakrefs;
    if !alike && !both_modules {
        let (new, old) = (new.name.clone(), old.name.clone());
        return Err(vm.type_error(format!("__class__ assignment: '{new}' object layout differs from '{old}'")));
    }
    if !is_core_type(class) {
        vm.incref(class);
    }
    // The numbers of the attributes are those of the old class.
    if vm.heap.type_of_type(ty).shared_keys.is_some() {
        vm.instance_dict(object);
    }
    vm.heap.slot_mut(object).ty = class;
    if !is_core_type(ty) {
        vm.decref(ty);
    }
    done(vm.none())
}

/// The names that `dir(object)` shows, in the order found: own attributes, then those of the classes. Borrowed.
fn dir(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    // Its `__dict__` is asked for.
    vm.instance_dict(object);
    let mut names: Vec<ObjRef> = vm.own_attrs(object).into_iter().map(|(name, _)| name).collect();
    add_class_names(vm, vm.ty(object), &mut names);
    done(merged_names(vm, names))
}

/// The same as [`name_list`]: the keys of a dict in which CPython merges the dicts of the classes.
pub fn merged_names(vm: &mut Vm, names: Vec<ObjRef>) -> ObjRef {
    let merged = vm.new_dict();
    let texts: Vec<ObjRef> = names.iter().copied().filter(|&name| vm.heap.str(name).is_some()).take(MERGED).collect();
    for name in texts {
        let none = vm.none();
        vm.dict_set_str(merged, name, none);
    }
    let list = name_list(vm, names);
    vm.decref(merged);
    list
}

/// So many names make a dict's table one that is not kept when the dict dies.
const MERGED: usize = 6;

/// A new list of names, each once.
pub fn name_list(vm: &mut Vm, names: Vec<ObjRef>) -> ObjRef {
    let mut seen = rustc_hash::FxHashSet::default();
    let names: Vec<ObjRef> = names.into_iter().filter(|&name| vm.heap.str(name).is_none_or(|text| seen.insert(text.clone()))).collect();
    names.iter().for_each(|&name| vm.incref(name));
    vm.new_list(names)
}

/// Adds the names in a class's dict and those of its bases.
pub fn add_class_names(vm: &Vm, class: ObjRef, names: &mut Vec<ObjRef>) {
    let ty = vm.heap.type_of_type(class);
    if let Some(dict) = vm.heap.dict(ty.dict) {
        names.extend(dict.iter().map(|(name, _)| name));
    }
    for &base in vm.heap.tuple(ty.bases).unwrap_or_default() {
        if vm.heap.as_type(base).is_some() {
            add_class_names(vm, base, names);
        }
    }
}

// ── size and state ──────────────────────────────────────────────────────────────────────────────────────────────────

/// Bytes of an instance without what the collector keeps in front of it.
fn sizeof(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let ty = vm.ty(object);
    let more = match vm.heap.body(object) {
        Body::Tuple(items) => 8 * items.len(),
        Body::Bytes(bytes) => bytes.len(),
        Body::Foreign(foreign) => foreign.inline_size(),
        _ => 0,
    };
    done(vm.new_usize(super::type_::basic_size(vm, ty) + more))
}

/// `__sizeof__` of objects whose size depends on what they hold.
pub fn measured(vm: &mut Vm, args: Args) -> Res {
    let size = crate::objects::size::body_size(&vm.heap, args.at(vm, 0));
    done(vm.new_usize(size))
}

/// What `copy` and `pickle` save of an instance: its dict, with the slots beside it if it has any, or None.
fn getstate(vm: &mut Vm, args: Args) -> Res {
    let state = instance_state(vm, args.at(vm, 0));
    done(state)
}

fn instance_state(vm: &mut Vm, object: ObjRef) -> ObjRef {
    let ty = vm.ty(object);
    let mut slots: Vec<(ObjRef, ObjRef)> = Vec::new();
    let values = match &vm.heap.slot(object).body {
        Body::Instance(instance) => &instance.slots[..],
        Body::Exception(exception) => &exception.slots[..],
        _ => &[],
    };
    if !values.is_empty() {
        let class = vm.heap.type_of_type(ty);
        let names = &class.slot_names;
        // Those of a type written in Rust (`defaultdict.default_factory`) are its own business.
        let mro = vm.heap.tuple(class.mro).unwrap_or_default();
        let foreign = mro.iter().map(|&class| vm.heap.type_of_type(class)).find(|class| !class.is_heap);
        let skipped = foreign.map_or(0, |class| class.slot_names.len());
        slots.extend(names.iter().zip(values).skip(skipped).filter_map(|(&name, value)| value.map(|value| (name, value))));
    }
    let has_own = vm.heap.type_of_type(ty).has_dict && !vm.own_attrs(object).is_empty();
    let dict = match has_own.then(|| vm.instance_dict(object)).flatten() {
        Some(dict) => vm.own(dict),
        None => vm.none(),
    };
    if slots.is_empty() {
        return dict;
    }
    let values = vm.new_dict();
    for (name, value) in slots {
        vm.incref(value);
        vm.dict_set_str(values, name, value);
    }
    vm.new_tuple([dict, values])
}

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    reduce_with(vm, object, 0)
}

fn reduce_ex(vm: &mut Vm, args: Args) -> Res {
    let (object, protocol) = (args.at(vm, 0), args.at(vm, 1));
    let Some(protocol) = vm.small_value(protocol) else {
        let name = vm.type_name(protocol);
        return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
    };
    let name = vm.new_interned("__reduce__");
    let ty = vm.ty(object);
    let found = vm.type_lookup(ty, name);
    vm.decref(name);
    match found {
        Some(method) if vm.native_of(method).is_none_or(|native| native.owner != Some(OBJECT)) => {
            vm.call_method_object(method, object, &[])
        }
        _ => reduce_with(vm, object, protocol),
    }
}

/// `from module import name`, owned; runs on the Rust stack.
pub fn import_from(vm: &mut Vm, module: &str, name: &str) -> Result<ObjRef, Raised> {
    let import = vm.dict_get_text(vm.builtins, "__import__").unwrap_or(NONE);
    let module_name = vm.new_interned(module);
    let module = vm.call_now(import, &[module_name]);
    vm.decref(module_name);
    let module = module?;
    let key = vm.new_interned(name);
    let depth = vm.frames.len();
    let found = vm.get_attr(module, key).and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(key);
    vm.decref(module);
    found
}

/// A method's result, if the object's type has that method.
fn called(vm: &mut Vm, object: ObjRef, name: &str) -> Result<Option<ObjRef>, Raised> {
    let key = vm.new_interned(name);
    let found = vm.lookup_attribute_now(object, key);
    vm.decref(key);
    let Some(method) = found? else { return Ok(None) };
    let result = vm.call_now(method, &[]);
    vm.decref(method);
    result.map(Some)
}

/// `(copyreg.__newobj__, (cls, *args), state, list items, dict items)`; before protocol 2 `copyreg` does the work.
fn reduce_with(vm: &mut Vm, object: ObjRef, protocol: i64) -> Res {
    if protocol < 2 {
        let function = import_from(vm, "copyreg", "_reduce_ex")?;
        let protocol = vm.new_int(protocol);
        let depth = vm.frames.len();
        let result = vm.call(function, &[object, protocol]);
        let state = After::new("copyreg", &[], 0, |_, _, value| done(value)).owning([function, protocol]);
        return vm.after(depth, result, state);
    }
    let mut owned: Vec<ObjRef> = Vec::new();
    let result = reduce_new(vm, object, &mut owned);
    vm.decref_all(owned);
    result
}

/// What is made on the way goes into `owned`.
fn reduce_new(vm: &mut Vm, object: ObjRef, owned: &mut Vec<ObjRef>) -> Res {
    let ty = vm.ty(object);
    let new_args = if let Some(pair) = called(vm, object, "__getnewargs_ex__")? {
        owned.push(pair);
        let Some(&[args, keywords]) = vm.heap.tuple(pair) else {
            let given = vm.type_name(pair);
            return Err(vm.type_error(format!("__getnewargs_ex__ should return a tuple, not '{given}'")));
        };
        Some((args, Some(keywords)))
    } else if let Some(args) = called(vm, object, "__getnewargs__")? {
        owned.push(args);
        Some((args, None))
    } else {
        None
    };
    if let Some((args, _)) = new_args
        && vm.heap.tuple(args).is_none()
    {
        let given = vm.type_name(args);
        return Err(vm.type_error(format!("__getnewargs__ should return a tuple, not '{given}'")));
    }
    let (is_list, is_dict) = (vm.heap.list(object).is_some(), vm.heap.dict(object).is_some());
    if new_args.is_none() && !is_list && !is_dict {
        let solid = vm.heap.type_of_type(ty).solid_base;
        let mro = vm.heap.tuple(vm.heap.type_of_type(ty).mro).map(<[ObjRef]>::to_vec).unwrap_or_default();
        let foreign = mro.iter().any(|&class| class != OBJECT && !vm.heap.type_of_type(class).is_heap);
        let own_state = {
            let key = vm.new_interned("__getstate__");
            let found = vm.type_lookup(ty, key);
            vm.decref(key);
            found.is_some_and(|found| vm.native_of(found).is_none_or(|native| native.owner != Some(OBJECT)))
        };
        let small = matches!(solid, OBJECT | NONE_TYPE | NOT_IMPLEMENTED_TYPE | ELLIPSIS_TYPE) && !(foreign && solid == OBJECT);
        if !small && !own_state {
            let name = vm.type_name(object);
            let makes =
                vm.type_lookup(ty, vm.names.new).is_some_and(|new| vm.native_of(new).is_none_or(|native| native.owner != Some(OBJECT)));
            let varies = makes && vm.heap.type_of_type(ty).item_size > 0;
            return Err(vm.type_error(if varies {
                format!("cannot pickle {name} objects")
            } else {
                format!("cannot pickle '{name}' object")
            }));
        }
    }
    let state = called(vm, object, "__getstate__")?.unwrap_or(NONE);
    owned.push(state);
    let (items, pairs) = (
        if is_list {
            let depth = vm.frames.len();
            let outcome = vm.get_iter(object)?;
            vm.finish_now(depth, outcome)?
        } else {
            vm.none()
        },
        if is_dict {
            let view = called(vm, object, "items")?.unwrap_or(NONE);
            let depth = vm.frames.len();
            let outcome = vm.get_iter(view);
            let iterator = outcome.and_then(|outcome| vm.finish_now(depth, outcome));
            vm.decref(view);
            iterator?
        } else {
            vm.none()
        },
    );
    owned.extend([items, pairs]);
    let keywords =
        new_args.and_then(|(_, keywords)| keywords).filter(|&keywords| vm.heap.dict(keywords).is_some_and(|dict| !dict.is_empty()));
    let args = match (new_args, keywords) {
        (Some((args, _)), Some(keywords)) => {
            [ty, args, keywords].iter().for_each(|&part| vm.incref(part));
            vm.new_tuple([ty, args, keywords])
        }
        (args, _) => {
            let mut parts = vec![ty];
            parts.extend(args.and_then(|(args, _)| vm.heap.tuple(args)).unwrap_or_default());
            parts.iter().for_each(|&part| vm.incref(part));
            vm.new_tuple(parts)
        }
    };
    owned.push(args);
    let function = import_from(vm, "copyreg", if keywords.is_some() { "__newobj_ex__" } else { "__newobj__" })?;
    owned.push(function);
    let parts = [function, args, state, items, pairs];
    parts.iter().for_each(|&part| vm.incref(part));
    done(vm.new_tuple(parts))
}

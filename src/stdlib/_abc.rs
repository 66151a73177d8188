//! `_abc`: abstract methods, registered subclasses and the caches of `isinstance(x, AbstractClass)`.
//!
//! Each abstract class has an [`AbcData`] in its dict, which knows other classes by weak references only.
//! Counterpart in CPython 3.11: `Modules/_abc.c`.

use super::add_functions;
use crate::{
    builtins::types::{
        static_class::is_abstract_object,
        weak::{new_weakref, referent},
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign, set::Set, types::Collection},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{None as NoArgs, One, Range},
        },
        raised::done,
    },
};

/// What an abstract class remembers: weak references, owned.
#[derive(Clone, Default)]
struct AbcData {
    registry: Vec<ObjRef>,
    yes: Vec<ObjRef>,
    no: Vec<ObjRef>,
    /// The count of registrations for which `no` holds.
    version: u64,
}

impl Foreign for AbcData {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.registry.iter().chain(&self.yes).chain(&self.no).for_each(|&weakref| visit(weakref));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let AbcData { registry, yes, no, .. } = std::mem::take(self);
        registry.into_iter().chain(yes).chain(no).collect()
    }
}

const DATA: &str = "_abc_impl";
const COUNTER: &str = "_abc_invalidation_counter";

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let functions = vec![
        NativeDef::function("get_cache_token", NoArgs, |vm, _| {
            let count = registrations(vm);
            done(vm.new_int(count as i64))
        }),
        NativeDef::function("_abc_init", One, init),
        NativeDef::function("_abc_register", Range(2, 2), register),
        NativeDef::function("_abc_instancecheck", Range(2, 2), instancecheck),
        NativeDef::function("_abc_subclasscheck", Range(2, 2), subclasscheck),
        NativeDef::function("_get_dump", One, dump),
        NativeDef::function("_reset_registry", One, |vm, args| {
            let old = data(vm, args.at(vm, 0)).map(|data| std::mem::take(&mut data.registry)).unwrap_or_default();
            vm.decref_all(old);
            done(vm.none())
        }),
        NativeDef::function("_reset_caches", One, |vm, args| {
            let old: Vec<ObjRef> = data(vm, args.at(vm, 0))
                .map(|data| std::mem::take(&mut data.yes).into_iter().chain(std::mem::take(&mut data.no)).collect())
                .unwrap_or_default();
            vm.decref_all(old);
            done(vm.none())
        }),
    ];
    add_functions(vm, dict, "_abc", functions);
    let zero = vm.new_int(0);
    vm.dict_set_text(dict, COUNTER, zero);
}

/// The dict of this module.
fn module_dict(vm: &Vm) -> Option<ObjRef> {
    match vm.heap.body(vm.dict_get_text(vm.modules, "_abc")?) {
        Body::Module(module) => Some(module.dict),
        _ => None,
    }
}

/// How often a class was registered anywhere: then a "no" may have become wrong.
fn registrations(vm: &Vm) -> u64 {
    let count = module_dict(vm).and_then(|dict| vm.dict_get_text(dict, COUNTER)).and_then(|count| vm.small_value(count));
    count.unwrap_or(0) as u64
}

fn data(vm: &mut Vm, class: ObjRef) -> Option<&mut AbcData> {
    let dict = vm.heap.as_type(class)?.dict;
    let object = vm.dict_get_text(dict, DATA)?;
    match vm.heap.body_mut(object) {
        Body::Foreign(foreign) => foreign.as_any_mut().downcast_mut(),
        _ => None,
    }
}

/// `_get_dump(class)`: registry and caches as sets of weak references, and the version of the second cache.
fn dump(vm: &mut Vm, args: Args) -> Res {
    let Some(data) = data(vm, args.at(vm, 0)) else { return Err(vm.type_error("_abc_impl is set to a wrong type")) };
    let (parts, version) = ([data.registry.clone(), data.yes.clone(), data.no.clone()], data.version);
    let mut items = Vec::new();
    for part in parts {
        part.iter().for_each(|&weakref| vm.incref(weakref));
        let list = vm.new_list(part);
        let set = vm.call_now(SET, &[list]);
        vm.decref(list);
        items.push(set?);
    }
    items.push(vm.new_int(version as i64));
    done(vm.new_tuple(items))
}

/// `ABCMeta.__new__` has made a class: which of its methods are abstract?
fn init(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let Some(ty) = vm.heap.as_type(class) else { return Err(vm.type_error("_abc_init() argument must be a class")) };
    let (dict, bases) = (ty.dict, ty.bases);
    let mut names: Vec<ObjRef> = Vec::new();
    let members: Vec<(ObjRef, ObjRef)> = vm.heap.dict(dict).map(|dict| dict.iter().collect()).unwrap_or_default();
    for (name, value) in members {
        if is_abstract_object(vm, value)? {
            names.push(name);
        }
    }
    for base in vm.heap.tuple(bases).map(<[ObjRef]>::to_vec).unwrap_or_default() {
        let Some(inherited) = vm.lookup_attribute_now(base, vm.names.abstractmethods)? else { continue };
        let listed: Vec<ObjRef> = vm.heap.set(inherited).map(|set| set.iter().map(|(name, _)| name).collect()).unwrap_or_default();
        vm.decref(inherited); // the base goes on holding it
        for name in listed {
            let Some(value) = vm.lookup_attribute_now(class, name)? else { continue };
            let is_abstract = is_abstract_object(vm, value);
            vm.decref(value);
            if is_abstract? && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let mut table = Set::default();
    for name in names {
        let hash = vm.cached_str_hash(name);
        if matches!(table.lookup(&vm.heap, name, hash), crate::objects::set::Lookup::Missing) {
            vm.incref(name);
            table.insert_new(name, hash);
        }
    }
    let frozen = vm.new_set_from(FROZENSET, table);
    let name = vm.names.abstractmethods;
    vm.dict_set_str(dict, name, frozen);
    take_flags(vm, class, dict);
    let own = vm.alloc_tracked(OBJECT, 0, Body::Foreign(Box::new(Box::<AbcData>::default())));
    vm.dict_set_text(dict, DATA, own);
    vm.type_modified(class);
    done(vm.none())
}

/// `ABC.register(subclass)`
fn register(vm: &mut Vm, args: Args) -> Res {
    let (class, subclass) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.as_type(subclass).is_none() {
        return Err(vm.type_error("Can only register classes"));
    }
    if !issubclass(vm, subclass, class)? {
        if issubclass(vm, class, subclass)? {
            return Err(vm.raise(RUNTIME_ERROR, "Refusing to create an inheritance cycle"));
        }
        let weakref = new_weakref(vm, WEAKREF, subclass, None)?;
        match data(vm, class) {
            Some(data) => data.registry.push(weakref),
            None => vm.decref(weakref),
        }
        let count = vm.new_int(registrations(vm) as i64 + 1);
        if let Some(dict) = module_dict(vm) {
            vm.dict_set_text(dict, COUNTER, count);
        }
        let collection = vm.heap.type_of_type(class).collection;
        if collection != Collection::Neither {
            set_collection(vm, subclass, collection);
        }
    }
    done(vm.own(subclass))
}

/// `__abc_tpflags__` in the body of an abstract class says what patterns take its instances for; it does not stay there.
fn take_flags(vm: &mut Vm, class: ObjRef, dict: ObjRef) {
    let name = vm.new_interned("__abc_tpflags__");
    let flags = vm.dict_get_str(dict, name).and_then(|flags| vm.small_value(flags));
    if let Some(flags) = flags {
        let collection = match flags & (3 << 5) {
            0x20 => Collection::Sequence,
            0x40 => Collection::Mapping,
            _ => Collection::Neither,
        };
        if let Body::Type(ty) = vm.heap.body_mut(class)
            && collection != Collection::Neither
        {
            ty.collection = collection;
        }
        vm.dict_del_str(dict, name);
    }
    vm.decref(name);
}

/// A registered class, and what is derived from it, is the same to patterns as the abstract class; types written in C stay.
fn set_collection(vm: &mut Vm, class: ObjRef, collection: Collection) {
    let subclasses = match vm.heap.body_mut(class) {
        Body::Type(ty) if ty.is_heap && ty.collection != collection => {
            ty.collection = collection;
            vm.subclasses(class)
        }
        _ => return,
    };
    subclasses.into_iter().for_each(|class| set_collection(vm, class, collection));
}

/// `issubclass(a, b)` with all hooks, on the Rust stack.
fn issubclass(vm: &mut Vm, derived: ObjRef, class: ObjRef) -> Result<bool, Raised> {
    let Some(function) = vm.dict_get_text(vm.builtins, "issubclass") else { return Ok(vm.is_subtype(derived, class)) };
    let answer = vm.call_now(function, &[derived, class])?;
    vm.decref(answer);
    Ok(answer == TRUE)
}

fn knows(vm: &Vm, list: &[ObjRef], class: ObjRef) -> bool {
    list.iter().any(|&weakref| referent(vm, weakref) == Some(class))
}

/// What the caches say of a class.
fn cached(vm: &mut Vm, class: ObjRef, subclass: ObjRef) -> Option<bool> {
    let now = registrations(vm);
    let data = data(vm, class)?;
    let (yes, no, fresh) = (data.yes.clone(), data.no.clone(), data.version == now);
    if knows(vm, &yes, subclass) {
        return Some(true);
    }
    (fresh && knows(vm, &no, subclass)).then_some(false)
}

fn remember(vm: &mut Vm, class: ObjRef, subclass: ObjRef, answer: bool) -> Result<(), Raised> {
    let weakref = new_weakref(vm, WEAKREF, subclass, None)?;
    let now = registrations(vm);
    let mut old = Vec::new();
    match data(vm, class) {
        Some(data) if answer => data.yes.push(weakref),
        Some(data) => {
            if data.version != now {
                old = std::mem::take(&mut data.no);
                data.version = now;
            }
            data.no.push(weakref);
        }
        None => old.push(weakref),
    }
    vm.decref_all(old);
    Ok(())
}

/// `isinstance(instance, ABC)`
fn instancecheck(vm: &mut Vm, args: Args) -> Res {
    let (class, instance) = (args.at(vm, 0), args.at(vm, 1));
    let ty = vm.ty(instance);
    let given = vm.lookup_attribute_now(instance, vm.names.class)?.unwrap_or(ty);
    match cached(vm, class, given) {
        Some(true) => {
            vm.decref(given);
            return done(vm.new_bool(true));
        }
        Some(false) if given == ty => {
            vm.decref(given);
            return done(vm.new_bool(false));
        }
        _ => {}
    }
    if given == ty {
        let result = vm.call_special(class, vm.names.subclasscheck, &[given]);
        vm.decref(given); // the instance goes on holding its type
        return result.unwrap_or_else(|| done(NOT_IMPLEMENTED));
    }
    let holds = match issubclass(vm, given, class) {
        Ok(false) => issubclass(vm, ty, class),
        other => other,
    };
    vm.decref(given);
    let holds = holds?;
    done(vm.new_bool(holds))
}

/// `issubclass(subclass, ABC)`
fn subclasscheck(vm: &mut Vm, args: Args) -> Res {
    let (class, subclass) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.as_type(subclass).is_none() {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    let answer = match cached(vm, class, subclass) {
        Some(answer) => answer,
        None => {
            let answer = decide(vm, class, subclass)?;
            remember(vm, class, subclass, answer)?;
            answer
        }
    };
    done(vm.new_bool(answer))
}

/// The hook, the MRO, the registered classes and their subclasses, the subclasses.
fn decide(vm: &mut Vm, class: ObjRef, subclass: ObjRef) -> Result<bool, Raised> {
    let hook = vm.new_interned("__subclasshook__");
    let depth = vm.frames.len();
    let answer = vm.call_attribute(class, hook, &[subclass]);
    vm.decref(hook);
    if let Some(answer) = answer {
        let answer = answer.and_then(|outcome| vm.finish_now(depth, outcome))?;
        vm.decref(answer);
        match answer {
            TRUE => return Ok(true),
            FALSE => return Ok(false),
            NOT_IMPLEMENTED => {}
            _ => return Err(vm.raise(ASSERTION_ERROR, "__subclasshook__ must return either False, True, or NotImplemented")),
        }
    }
    if vm.is_subtype(subclass, class) {
        return Ok(true);
    }
    let registry = data(vm, class).map(|data| data.registry.clone()).unwrap_or_default();
    let registered: Vec<ObjRef> = registry.iter().filter_map(|&weakref| referent(vm, weakref)).collect();
    let children = vm.subclasses(class);
    for other in registered.into_iter().chain(children) {
        vm.incref(other);
        let holds = issubclass(vm, subclass, other);
        vm.decref(other);
        if holds? {
            return Ok(true);
        }
    }
    Ok(false)
}

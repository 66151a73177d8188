//! Weak references and proxies: they see an object without keeping it alive.
//!
//! ```python
//! r = weakref.ref(x, callback); r() is x; del x; r() is None
//! ```
//!
//! Which references an object has stands in [`Vm::weakrefs`]; when it dies `vm/dealloc` empties them and calls the callbacks.
//! Counterpart in CPython 3.11: `Objects/weakrefobject.c`.

mod proxy;

pub use proxy::{callable_proxy_natives, proxy_natives};

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::WeakRef},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn ref_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__hash__", NoArgs, hash),
        NativeDef::wrapper("__call__", NoArgs, |vm, args| {
            let referent = referent(vm, args.at(vm, 0)).unwrap_or(NONE);
            done(vm.own(referent))
        }),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::member("__callback__", |vm, args| {
            let callback = record(vm, args.at(vm, 0)).and_then(|weak| weak.callback).unwrap_or(NONE);
            done(vm.own(callback))
        }),
    ]
}

fn record(vm: &Vm, object: ObjRef) -> Option<&WeakRef> {
    match vm.heap.body(object) {
        Body::WeakRef(weak) => Some(weak),
        _ => None,
    }
}

/// What a weak reference refers to while that is alive; borrowed.
pub fn referent(vm: &Vm, weakref: ObjRef) -> Option<ObjRef> {
    record(vm, weakref).and_then(|weak| weak.referent)
}

/// The object behind a proxy.
pub fn alive(vm: &mut Vm, proxy: ObjRef) -> Result<ObjRef, Raised> {
    match referent(vm, proxy) {
        Some(object) => Ok(object),
        None => Err(vm.raise(REFERENCE_ERROR, "weakly-referenced object no longer exists")),
    }
}

/// A weak reference (or proxy) to an object, owned. One without callback is made once for each object.
pub fn new_weakref(vm: &mut Vm, class: ObjRef, object: ObjRef, callback: Option<ObjRef>) -> Result<ObjRef, Raised> {
    let callback = callback.filter(|&callback| callback != NONE);
    let ty = vm.ty(object);
    if !vm.heap.type_of_type(ty).has_weakrefs {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("cannot create weak reference to '{name}' object")));
    }
    Ok(vm.new_weakref(class, object, callback))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let given = args.n - 1;
    if given == 0 {
        return Err(vm.type_error("__new__ expected at least 1 argument, got 0"));
    }
    if given > 2 && class == WEAKREF {
        return Err(vm.type_error(format!("__new__ expected at most 2 arguments, got {given}")));
    }
    let made = new_weakref(vm, class, args.at(vm, 1), args.get(vm, 2))?;
    // It is `__init__` that refuses keywords.
    if class == WEAKREF && args.kwnames.is_some() {
        vm.decref(made);
        return Err(vm.type_error("ref() takes no keyword arguments"));
    }
    done(made)
}

fn init(vm: &mut Vm, _args: Args) -> Res {
    done(vm.none())
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let weakref = args.at(vm, 0);
    if let Some(hash) = record(vm, weakref).and_then(|weak| weak.hash) {
        return done(vm.new_int(hash));
    }
    let Some(object) = referent(vm, weakref) else { return Err(vm.type_error("weak object has gone away")) };
    vm.incref(object);
    let hash = vm.hash_now(object);
    vm.decref(object);
    let hash = hash?;
    if let Body::WeakRef(weak) = vm.heap.body_mut(weakref) {
        weak.hash = Some(hash);
    }
    done(vm.new_int(hash))
}

/// Live references are equal if what they refer to is; dead ones only to themselves.
fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    if record(vm, b).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    match (referent(vm, a), referent(vm, b)) {
        (Some(x), Some(y)) => vm.rich_compare(x, y, OP),
        _ => done(vm.new_bool((a == b) == (OP == 2))),
    }
}

//! Which weak references each object has.
//!
//! They are not counted on either side: a weak reference that dies leaves its referent's list, a referent that dies empties
//! its references and calls their callbacks. Every class but `object` has one, by which its bases know it: see
//! [`super::class::subclasses`]; those are kept apart, so that it costs next to nothing to see that an instance has none.
//! Counterpart in CPython 3.11: `tp_weaklistoffset`, `PyWeakref_NewRef`, `PyObject_ClearWeakRefs`.
//!
//! ```python
//! weakref.getweakrefcount(int), weakref.getweakrefcount(object)     # (1, 0)
//! ```

use rustc_hash::FxHashMap;

use super::Vm;
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::WeakRef},
};

/// Weak references by referent; neither is counted.
#[derive(Clone, Default)]
pub struct WeakRefs {
    classes: FxHashMap<ObjRef, Vec<ObjRef>>,
    others: FxHashMap<ObjRef, Vec<ObjRef>>,
}

impl WeakRefs {
    /// Those of an object, the one without callback first.
    pub fn of(&self, object: ObjRef) -> &[ObjRef] {
        self.others.get(&object).or_else(|| self.classes.get(&object)).map_or(&[], |list| list)
    }

    pub fn has(&self, object: ObjRef) -> bool {
        !self.of(object).is_empty()
    }

    /// Whether only classes have any.
    #[inline(always)]
    pub fn only_classes(&self) -> bool {
        self.others.is_empty()
    }

    fn table(&mut self, is_class: bool) -> &mut FxHashMap<ObjRef, Vec<ObjRef>> {
        if is_class { &mut self.classes } else { &mut self.others }
    }

    fn take(&mut self, object: ObjRef) -> Vec<ObjRef> {
        self.others.remove(&object).or_else(|| self.classes.remove(&object)).unwrap_or_default()
    }

    /// A weak reference to the object has died.
    pub(super) fn forget(&mut self, object: ObjRef, weakref: ObjRef) {
        for table in [&mut self.others, &mut self.classes] {
            if let Some(list) = table.get_mut(&object) {
                list.retain(|&it| it != weakref);
                if list.is_empty() {
                    table.remove(&object);
                }
            }
        }
    }
}

impl Vm {
    /// A weak reference (or proxy) to an object that may have one, owned. One without callback is made once for each object.
    pub fn new_weakref(&mut self, class: ObjRef, object: ObjRef, callback: Option<ObjRef>) -> ObjRef {
        if callback.is_none() && class.index() < TYPES_END {
            let is_shared = |weakref: ObjRef| {
                self.ty(weakref) == class && matches!(self.heap.body(weakref), Body::WeakRef(weak) if weak.callback.is_none())
            };
            let shared = self.weakrefs.of(object).iter().copied().find(|&weakref| is_shared(weakref));
            if let Some(shared) = shared {
                return self.own(shared);
            }
        }
        self.xincref(callback);
        let body = Body::WeakRef(Box::new(WeakRef { referent: Some(object), callback, hash: None }));
        let weakref = self.new_derived(class, 0, body);
        let is_class = self.heap.as_type(object).is_some();
        let list = self.weakrefs.table(is_class).entry(object).or_default();
        // The one without callback comes first, as `__weakref__` shows it.
        if callback.is_none() {
            list.insert(0, weakref);
        } else {
            list.push(weakref);
        }
        weakref
    }

    /// The referent dies (or is garbage): its weak references become empty, their callbacks will be called.
    pub fn clear_weakrefs(&mut self, object: ObjRef, by_collector: bool) {
        let mut callbacks = Vec::new();
        for weakref in self.weakrefs.take(object).into_iter().rev() {
            let Body::WeakRef(record) = self.heap.body_mut(weakref) else { continue };
            record.referent = None;
            if let Some(callback) = record.callback.take() {
                self.incref(weakref);
                callbacks.push((weakref, callback));
            }
        }
        self.will_call_back(callbacks, by_collector);
    }
}

//! How a class knows the classes below it: a dict of weak references by their addresses, made for the first of them.
//!
//! ```text
//!   class A(Base): …    Base.tp_subclasses ─▶ {0x7f3abff4c010: <weakref to A>}
//! ```
//!
//! Dict, keys and weak references are objects like all others: they are counted, and allocating them may start a collection.
//! The collector does not go through them, for a class does not keep those below it alive.
//! Counterpart in CPython 3.11: `tp_subclasses`, `add_subclass`, `remove_subclass`.
//!
//! `Base.__subclasses__()` gives those that are alive, in the order of the dict.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict::Lookup},
    vm::Vm,
};

impl Vm {
    /// The classes directly below a class, the oldest first.
    pub fn subclasses(&self, class: ObjRef) -> Vec<ObjRef> {
        let dict = self.heap.as_type(class).and_then(|ty| self.heap.dict(ty.subclasses?));
        let referent = |weakref: ObjRef| match self.heap.body(weakref) {
            Body::WeakRef(weak) => weak.referent,
            _ => None,
        };
        dict.into_iter().flat_map(|dict| dict.iter()).filter_map(|(_, weakref)| referent(weakref)).collect()
    }

    /// A base learns of a class that inherits from it.
    pub fn add_subclass(&mut self, base: ObjRef, class: ObjRef) {
        let Some(known) = self.heap.as_type(base).map(|ty| ty.subclasses) else { return };
        let dict = match known {
            Some(dict) => dict,
            None => {
                let dict = self.new_dict();
                if let Body::Type(ty) = self.heap.body_mut(base) {
                    ty.subclasses = Some(dict);
                }
                dict
            }
        };
        let key = self.new_int(self.address(class) as i64);
        let weakref = self.new_weakref(WEAKREF, class, None);
        self.dict_set_fast(dict, key, weakref);
        self.decref(key);
        self.decref(weakref);
    }

    /// A class inherits from a base no longer, or is dying. The base's dict goes with the last one.
    pub fn remove_subclass(&mut self, base: ObjRef, class: ObjRef) {
        let Some(dict) = self.heap.as_type(base).and_then(|ty| ty.subclasses) else { return };
        let address = self.address(class) as i64;
        let key = self.new_int(address);
        let hash = crate::num::hash::hash_i64(address);
        if let Some(Lookup::Found(entry)) = self.heap.dict(dict).map(|table| table.lookup(&self.heap, key, hash))
            && let Some(table) = self.heap.dict_mut(dict)
        {
            let (key, weakref) = table.remove(entry);
            self.decref(key);
            self.decref(weakref);
        }
        self.decref(key);
        if self.heap.dict(dict).is_some_and(|table| table.is_empty()) {
            if let Body::Type(ty) = self.heap.body_mut(base) {
                ty.subclasses = None;
            }
            self.decref(dict);
        }
    }
}

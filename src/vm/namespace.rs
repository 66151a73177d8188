//! Dicts keyed by names: the namespaces of modules, classes and instances.
//!
//! The keys are str objects, most of them interned, so that neither hash nor comparison can run Python code.
//! Counterpart in CPython 3.11: `_PyDict_GetItemIdWithError` and its kin, `MAINTAIN_TRACKING`.

use super::*;

impl Vm {
    /// The value of a str key in a dict, borrowed.
    #[inline]
    pub fn dict_get_str(&self, dict: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let hash = self.str_hash(name);
        let dict = self.heap.dict(dict)?;
        dict.find_str(&self.heap, name, hash).map(|entry| dict.value_at(entry))
    }

    pub fn dict_get_text(&self, dict: ObjRef, name: &str) -> Option<ObjRef> {
        let name = self.interned.find(&name.into())?;
        self.dict_get_str(dict, name)
    }

    /// Sets a str key in a dict. Takes over the reference to `value`, counts `name`.
    pub fn dict_set_str(&mut self, dict: ObjRef, name: ObjRef, value: ObjRef) {
        let hash = self.cached_str_hash(name);
        let table = self.heap.dict(dict).expect("a dict");
        match table.find_str(&self.heap, name, hash) {
            Some(entry) => {
                let old = self.heap.dict_mut(dict).expect("a dict").replace(entry, value);
                self.track_dict_for(dict, value);
                self.decref(old);
            }
            None => {
                self.incref(name);
                let exact = self.ty(name) == STR;
                crate::objects::dict::insert(&mut self.heap, dict, name, hash, value, exact);
                self.track_dict_for(dict, value);
            }
        }
    }

    /// Sets a key given as text. Takes over the reference to `value`.
    pub fn dict_set_text(&mut self, dict: ObjRef, name: &str, value: ObjRef) {
        let name = self.new_interned(name);
        self.dict_set_str(dict, name, value);
        self.decref(name);
    }

    /// Deletes a str key; false if it is not there.
    pub fn dict_del_str(&mut self, dict: ObjRef, name: ObjRef) -> bool {
        let hash = self.str_hash(name);
        let Some(entry) = self.heap.dict(dict).and_then(|table| table.find_str(&self.heap, name, hash)) else { return false };
        let (key, value) = crate::objects::dict::remove(&mut self.heap, dict, entry);
        self.decref(key);
        self.decref(value);
        true
    }

    /// A dict becomes part of the collector's lists when it first holds something that can be in a cycle.
    #[inline]
    pub fn track_dict_for(&mut self, dict: ObjRef, value: ObjRef) {
        if !matches!(self.ty(value), INT | STR) && !self.heap.collector.is_tracked(dict) && self.may_be_in_cycle(value) {
            self.heap.collector.track(dict);
        }
    }

    /// Whether the collector would look at the object (`_PyObject_GC_MAY_BE_TRACKED`).
    #[inline]
    pub fn may_be_in_cycle(&self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        match ty {
            INT | FLOAT | STR | BOOL | NONE_TYPE | BYTES => false,
            TUPLE => self.heap.collector.is_tracked(object),
            TYPE => self.heap.type_of_type(object).is_heap,
            _ => self.heap.type_of_type(ty).is_gc,
        }
    }
}

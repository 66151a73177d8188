//! Dicts by key: get, set, delete, and the operations of several steps that methods are made of.
//!
//! `d[k]`: a key that is an exact str is found without leaving Rust; any other goes through [`Keyed`].

use super::keyed::{Finish, Keyed};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict::Lookup},
    vm::{Outcome, Raised, Res, Vm, protocol::after::After, raised::done},
};

impl Vm {
    /// The hash of a key, if it is told without more.
    #[inline]
    pub(super) fn hash_fast(&mut self, key: ObjRef) -> Option<i64> {
        if self.ty(key) == STR { Some(self.cached_str_hash(key)) } else { self.plain_hash(key) }
    }

    /// The entry of a key where no Python code can be involved, and the key's hash; `Err(())` where it can.
    #[inline]
    fn dict_find_fast(&mut self, dict: ObjRef, key: ObjRef) -> Result<(Option<usize>, i64), ()> {
        let hash = self.hash_fast(key).ok_or(())?;
        match self.heap.dict(dict).map(|table| table.lookup(&self.heap, key, hash)) {
            Some(Lookup::Found(entry)) => Ok((Some(entry), hash)),
            Some(Lookup::Missing) => Ok((None, hash)),
            _ => Err(()),
        }
    }

    /// The value of a key, borrowed, where no Python code can be involved and the key is there.
    #[inline]
    pub fn dict_get_fast(&mut self, dict: ObjRef, key: ObjRef) -> Option<ObjRef> {
        match self.dict_find_fast(dict, key) {
            Ok((Some(entry), _)) => Some(self.dict_value(dict, entry)),
            _ => None,
        }
    }

    /// Whether a key is there, where no Python code can be involved.
    #[inline]
    pub fn dict_contains_fast(&mut self, dict: ObjRef, key: ObjRef) -> Option<bool> {
        self.dict_find_fast(dict, key).ok().map(|(at, _)| at.is_some())
    }

    /// Sets a key where no Python code can be involved; false: nothing is done. All borrowed.
    #[inline]
    pub fn dict_set_fast(&mut self, dict: ObjRef, key: ObjRef, value: ObjRef) -> bool {
        match self.dict_find_fast(dict, key) {
            Ok((at, hash)) => {
                self.dict_set_found(dict, key, hash, at, value);
                true
            }
            Err(()) => false,
        }
    }

    #[inline]
    fn dict_value(&self, dict: ObjRef, entry: usize) -> ObjRef {
        self.heap.dict(dict).expect("a dict").value_at(entry)
    }

    /// Looks for a key and goes on with `finish`.
    fn dict_operation(&mut self, name: &'static str, dict: ObjRef, key: ObjRef, value: Option<ObjRef>, finish: Finish) -> Res {
        let operation = Keyed::new(name, dict, key, value, finish);
        match self.dict_find_fast(dict, key) {
            Ok((at, hash)) => finish(self, &operation.hashed(hash), at),
            // Only what may insert both holds them while it looks (`PyDict_SetItem`).
            Err(()) if name == "dict.__setitem__" => {
                let operation = operation.holding_both(self);
                self.keyed(operation)
            }
            Err(()) => self.keyed(operation),
        }
    }

    /// `dict[key]`; a missing key is a KeyError. Does not look at `__missing__`.
    #[inline]
    pub fn dict_get_item(&mut self, dict: ObjRef, key: ObjRef) -> Res {
        if let Some(value) = self.dict_get_fast(dict, key) {
            return done(self.own(value));
        }
        self.dict_operation("dict.__getitem__", dict, key, None, |vm, op, at| match at {
            Some(entry) => {
                let value = vm.dict_value(op.table, entry);
                done(vm.own(value))
            }
            None => Err(vm.key_error(op.key)),
        })
    }

    /// `dict.get(key, default)`; the default is borrowed.
    pub fn dict_get_or(&mut self, dict: ObjRef, key: ObjRef, default: ObjRef) -> Res {
        if let Ok((at, _)) = self.dict_find_fast(dict, key) {
            let value = at.map_or(default, |entry| self.dict_value(dict, entry));
            return done(self.own(value));
        }
        self.dict_operation("dict.get", dict, key, Some(default), |vm, op, at| {
            let value = match at {
                Some(entry) => vm.dict_value(op.table, entry),
                None => op.value.expect("a default"),
            };
            done(vm.own(value))
        })
    }

    /// `dict.setdefault(key, default)`; the default is borrowed.
    pub fn dict_setdefault(&mut self, dict: ObjRef, key: ObjRef, default: ObjRef) -> Res {
        self.dict_operation("dict.setdefault", dict, key, Some(default), |vm, op, at| {
            let value = match at {
                Some(entry) => vm.dict_value(op.table, entry),
                None => {
                    let value = op.value.expect("a default");
                    vm.incref(value);
                    vm.dict_insert(op.table, op.key, op.hash, value);
                    value
                }
            };
            done(vm.own(value))
        })
    }

    /// `dict.pop(key[, default])`; the default is borrowed.
    pub fn dict_pop(&mut self, dict: ObjRef, key: ObjRef, default: Option<ObjRef>) -> Res {
        self.dict_operation("dict.pop", dict, key, default, |vm, op, at| match (at, op.value) {
            (Some(entry), _) => {
                let (key, value) = crate::objects::dict::remove(&mut vm.heap, op.table, entry);
                vm.decref(key);
                done(value)
            }
            (None, Some(default)) => done(vm.own(default)),
            (None, None) => Err(vm.key_error(op.key)),
        })
    }

    /// `dict[key] = value`, all borrowed. The result is None.
    #[inline]
    pub fn dict_set(&mut self, dict: ObjRef, key: ObjRef, value: ObjRef) -> Res {
        if self.dict_set_fast(dict, key, value) {
            return done(self.none());
        }
        self.dict_operation("dict.__setitem__", dict, key, Some(value), Vm::finish_dict_set)
    }

    /// The key of a `dict[key] = value` was found or not.
    pub(super) fn finish_dict_set(&mut self, op: &Keyed, at: Option<usize>) -> Res {
        self.dict_set_found(op.table, op.key, op.hash, at, op.value.expect("a value"));
        done(self.none())
    }

    fn dict_set_found(&mut self, dict: ObjRef, key: ObjRef, hash: i64, at: Option<usize>, value: ObjRef) {
        self.incref(value);
        match at {
            Some(entry) => {
                let old = self.heap.dict_mut(dict).expect("a dict").replace(entry, value);
                self.track_dict_for(dict, value);
                self.decref(old);
            }
            None => self.dict_insert(dict, key, hash, value),
        }
    }

    /// `del dict[key]`. The result is None.
    pub fn dict_remove(&mut self, dict: ObjRef, key: ObjRef) -> Res {
        self.dict_operation("dict.__delitem__", dict, key, None, |vm, op, at| match at {
            Some(entry) => {
                let (key, value) = crate::objects::dict::remove(&mut vm.heap, op.table, entry);
                vm.decref(value);
                vm.decref(key);
                done(vm.none())
            }
            None => Err(vm.key_error(op.key)),
        })
    }

    /// `key in dict`
    pub fn dict_contains(&mut self, dict: ObjRef, key: ObjRef) -> Res<bool> {
        if let Ok((at, _)) = self.dict_find_fast(dict, key) {
            return Ok(Outcome::Done(at.is_some()));
        }
        let result = self.keyed(Keyed::new("dict.__contains__", dict, key, None, |vm, _, at| done(vm.new_bool(at.is_some()))));
        self.as_bool(result)
    }

    /// Adds a key known to be missing; counts the key, takes over the reference to the value.
    pub fn dict_insert(&mut self, dict: ObjRef, key: ObjRef, hash: i64, value: ObjRef) {
        self.incref(key);
        let exact = self.ty(key) == STR;
        crate::objects::dict::insert(&mut self.heap, dict, key, hash, value, exact);
        self.track_dict_for(dict, key);
        self.track_dict_for(dict, value);
    }

    /// The value of a key, borrowed; any Python code runs on the Rust stack.
    pub fn dict_lookup_now(&mut self, dict: ObjRef, key: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let at = self.dict_entry_now(dict, key)?;
        Ok(at.map(|entry| self.dict_value(dict, entry)))
    }

    /// The number of a key's entry; any Python code runs on the Rust stack.
    pub fn dict_entry_now(&mut self, dict: ObjRef, key: ObjRef) -> Result<Option<usize>, Raised> {
        match self.dict_find_fast(dict, key) {
            Ok((at, _)) => Ok(at),
            Err(()) => self.keyed_now(dict, key),
        }
    }

    /// Sets a key; any Python code runs on the Rust stack. Key and value are borrowed.
    pub fn dict_set_now(&mut self, dict: ObjRef, key: ObjRef, value: ObjRef) -> Result<(), Raised> {
        let depth = self.frames.len();
        let outcome = self.dict_set(dict, key, value)?;
        let none = self.finish_now(depth, outcome)?;
        self.decref(none);
        Ok(())
    }

    /// Deletes a key and gives back its value (owned); any Python code runs on the Rust stack.
    pub fn dict_remove_now(&mut self, dict: ObjRef, key: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let Some(entry) = self.dict_entry_now(dict, key)? else { return Ok(None) };
        let (key, value) = crate::objects::dict::remove(&mut self.heap, dict, entry);
        self.decref(key);
        Ok(Some(value))
    }

    /// `dict.copy()`: a new dict object.
    pub fn dict_copy(&mut self, dict: ObjRef) -> ObjRef {
        let table = self.heap.dict(dict).expect("a dict").copy();
        for (key, value) in table.iter() {
            self.heap.incref(key);
            self.heap.incref(value);
        }
        let tracked = self.heap.collector.is_tracked(dict);
        let copy = self.new_dict_from(table);
        if tracked {
            self.heap.collector.track(copy);
        }
        copy
    }

    /// `KeyError(key)`
    pub fn key_error(&mut self, key: ObjRef) -> Raised {
        self.incref(key);
        self.raise_object(KEY_ERROR, key)
    }

    /// `dict[key]` for a dict or an instance of a subclass, whose `__missing__` is asked.
    pub fn dict_subscript(&mut self, dict: ObjRef, key: ObjRef) -> Res {
        if self.ty(dict) == DICT {
            return self.dict_get_item(dict, key);
        }
        self.dict_operation("dict.__getitem__", dict, key, None, |vm, op, at| match at {
            Some(entry) => {
                let value = vm.dict_value(op.table, entry);
                done(vm.own(value))
            }
            None => {
                let ty = vm.ty(op.table);
                match vm.own_method(ty, vm.names.missing) {
                    Some(method) => {
                        let state = After::new("__missing__", &[], 0, |_, _, value| done(value));
                        vm.call_bound_special(method, op.table, &[op.key], state)
                    }
                    None => Err(vm.key_error(op.key)),
                }
            }
        })
    }

    /// The dict behind a dict view.
    pub(crate) fn view_dict(&self, view: ObjRef) -> Option<ObjRef> {
        match self.heap.body(view) {
            Body::Fields(fields) if matches!(self.core_of(view), DICT_KEYS | DICT_VALUES | DICT_ITEMS) => fields.first().copied().flatten(),
            _ => None,
        }
    }
}

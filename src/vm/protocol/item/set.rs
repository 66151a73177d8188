//! Sets by element: add, discard, contains. An element that is an exact str or int is found without leaving Rust.

use super::keyed::{Finish, Keyed};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        set::{Lookup, Set},
    },
    vm::{Outcome, Raised, Res, Vm, raised::done},
};

impl Vm {
    /// A set object of a builtin type around a table whose references it takes over.
    pub fn new_set_from(&mut self, ty: ObjRef, table: Set) -> ObjRef {
        let set = self.alloc_tracked(ty, 0, Body::Set(Box::new(table)));
        crate::objects::set::settle(&mut self.heap, set);
        set
    }

    /// A set (or frozenset) with the elements of another.
    pub fn set_copy(&mut self, ty: ObjRef, set: ObjRef) -> ObjRef {
        let table = self.heap.set(set).expect("a set").copy();
        for (key, _) in table.iter() {
            self.heap.incref(key);
        }
        self.new_set_from(ty, table)
    }

    fn set_operation(&mut self, name: &'static str, set: ObjRef, key: ObjRef, finish: Finish) -> Res {
        let operation = Keyed::new(name, set, key, None, finish);
        if let Some(hash) = self.hash_fast(key) {
            match self.heap.set(set).map(|table| table.lookup(&self.heap, key, hash)) {
                Some(Lookup::Found(slot)) => return finish(self, &operation.hashed(hash), Some(slot)),
                Some(Lookup::Missing) => return finish(self, &operation.hashed(hash), None),
                _ => return self.keyed(operation.hashed(hash)),
            }
        }
        self.keyed(operation)
    }

    /// Adds an element where no Python code can be involved; false: nothing is done. Both borrowed.
    #[inline]
    pub fn set_add_fast(&mut self, set: ObjRef, key: ObjRef) -> bool {
        let Some(hash) = self.hash_fast(key) else { return false };
        match self.heap.set(set).map(|table| table.lookup(&self.heap, key, hash)) {
            Some(Lookup::Found(_)) => true,
            Some(Lookup::Missing) => {
                self.set_insert(set, key, hash);
                true
            }
            _ => false,
        }
    }

    /// `set.add(key)`, key borrowed. The result is None.
    pub fn set_add(&mut self, set: ObjRef, key: ObjRef) -> Res {
        if self.set_add_fast(set, key) {
            return done(self.none());
        }
        let finish: Finish = |vm, op, at| {
            if at.is_none() {
                vm.set_insert(op.table, op.key, op.hash);
            }
            done(vm.none())
        };
        self.keyed(Keyed::new("set.add", set, key, None, finish).holding_key())
    }

    /// Adds an element known to be missing; counts it.
    pub fn set_insert(&mut self, set: ObjRef, key: ObjRef, hash: i64) {
        self.incref(key);
        let table = self.heap.set_mut(set).expect("a set");
        table.insert_new(key, hash);
        if table.memory.is_stale {
            crate::objects::set::settle(&mut self.heap, set);
        }
    }

    /// `set.discard(key)`: True if the element was there. A set as key stands for the frozenset of its elements.
    pub fn set_discard(&mut self, set: ObjRef, key: ObjRef) -> Res<bool> {
        let result = self.set_operation_on_any(set, key, "set.discard", |vm, op, at| {
            if let Some(slot) = at {
                let key = vm.heap.set_mut(op.table).expect("a set").remove(slot);
                vm.decref(key);
            }
            done(vm.new_bool(at.is_some()))
        });
        self.as_bool(result)
    }

    /// `set.remove(key)`. The result is None, or KeyError.
    pub fn set_remove(&mut self, set: ObjRef, key: ObjRef) -> Res {
        self.set_operation_on_any(set, key, "set.remove", |vm, op, at| match at {
            Some(slot) => {
                let key = vm.heap.set_mut(op.table).expect("a set").remove(slot);
                vm.decref(key);
                done(vm.none())
            }
            None => Err(vm.key_error(op.key)),
        })
    }

    /// `key in set`. A set as key stands for the frozenset of its elements.
    pub fn set_contains(&mut self, set: ObjRef, key: ObjRef) -> Res<bool> {
        let result = self.set_operation_on_any(set, key, "set.__contains__", |vm, _, at| done(vm.new_bool(at.is_some())));
        self.as_bool(result)
    }

    fn set_operation_on_any(&mut self, set: ObjRef, key: ObjRef, name: &'static str, finish: Finish) -> Res {
        let ty = self.ty(key);
        if self.core_of(key) == SET && self.own_method(ty, self.names.hash).is_none_or(|method| method == NONE) {
            let frozen = self.set_copy(FROZENSET, key);
            let hash = self.hash_now(frozen)?;
            let mut operation = Keyed::new(name, set, key, None, finish).hashed(hash);
            operation.stand_in = Some(frozen);
            return self.keyed(operation);
        }
        self.set_operation(name, set, key, finish)
    }

    /// Like [`Vm::set_contains`] for an element with its hash, Python code running on the Rust stack.
    pub fn set_has_now(&mut self, set: ObjRef, key: ObjRef, hash: i64) -> Result<Option<usize>, Raised> {
        match self.heap.set(set).expect("a set").lookup(&self.heap, key, hash) {
            Lookup::Found(slot) => return Ok(Some(slot)),
            Lookup::Missing => return Ok(None),
            Lookup::Ask { .. } => {}
        }
        let depth = self.frames.len();
        let operation = Keyed::new("lookup", set, key, None, |vm, _, at| Ok(Outcome::Done(vm.new_int(at.map_or(-1, |at| at as i64)))));
        let outcome = self.keyed(operation.hashed(hash))?;
        let value = self.finish_now(depth, outcome)?;
        let at = self.small_value(value).filter(|&at| at >= 0).map(|at| at as usize);
        self.decref(value);
        Ok(at)
    }

    pub fn set_contains_now(&mut self, set: ObjRef, key: ObjRef) -> Result<bool, Raised> {
        let hash = self.hash_now(key)?;
        Ok(self.set_has_now(set, key, hash)?.is_some())
    }

    pub fn set_add_now(&mut self, set: ObjRef, key: ObjRef) -> Result<(), Raised> {
        let hash = self.hash_now(key)?;
        if self.set_has_now(set, key, hash)?.is_none() {
            self.set_insert(set, key, hash);
        }
        Ok(())
    }
}

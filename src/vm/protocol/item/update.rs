//! `dict.update`, `a | b`, `{**mapping}`: taking over all keys of another dict or mapping.
//!
//! Keys come with their hashes, so that `__hash__` is not asked again. Counterpart in CPython 3.11: `dict_merge`.

use thin_vec::ThinVec;

use super::keyed::Keyed;
use crate::{
    heap::ObjRef,
    objects::{
        Objects,
        core_types::{NONE, SET},
        dict::Dict,
        set::Set,
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

impl Vm {
    /// Sets all keys of another dict in a dict, both borrowed. The result is None.
    pub fn dict_merge(&mut self, dict: ObjRef, other: ObjRef) -> Res {
        let source = self.heap.dict(other).expect("a dict");
        if dict == other || source.is_empty() {
            return done(self.none());
        }
        let (more, unicode) = (source.len(), source.is_unicode());
        let target = self.heap.dict(dict).expect("a dict");
        let is_ordered = target.nodes.is_some();
        if !is_ordered && target.is_empty() && source.is_dense() {
            let table = source.copy();
            let pairs: Vec<(ObjRef, ObjRef)> = table.iter().collect();
            for &(key, value) in &pairs {
                self.incref(key);
                self.incref(value);
            }
            self.heap.dict_mut(dict).expect("a dict").become_copy(table);
            crate::objects::dict::settle(&mut self.heap, dict);
            if self.heap.collector.is_tracked(other) {
                self.heap.collector.track(dict);
            }
            return done(self.none());
        }
        // An OrderedDict is updated item by item.
        if !is_ordered {
            self.heap.dict_mut(dict).expect("a dict").reserve_for_merge(more, unicode);
            crate::objects::dict::settle(&mut self.heap, dict);
        }
        let entries = self.heap.dict(other).expect("a dict").nentries();
        self.drive(Merge { dict, other, position: 0, entries, pair: None })
    }

    /// The value of a key whose hash is known, or a default; both are borrowed.
    pub fn dict_value_hashed(&mut self, dict: ObjRef, key: ObjRef, hash: i64, default: ObjRef) -> Res {
        let operation = Keyed::new("dict.get", dict, key, Some(default), |vm, op, at| {
            let value = at.map_or(op.value.unwrap_or(NONE), |entry| vm.heap.dict(op.table).expect("a dict").value_at(entry));
            done(vm.own(value))
        });
        self.keyed(operation.hashed(hash))
    }

    /// Takes a key whose hash is known out of a dict, if it is there; the key is borrowed. The result is the value or None.
    pub fn dict_pop_hashed(&mut self, dict: ObjRef, key: ObjRef, hash: i64) -> Res {
        let operation = Keyed::new("dict.pop", dict, key, None, |vm, op, at| {
            let Some(entry) = at else { return done(vm.none()) };
            let (key, value) = crate::objects::dict::remove(&mut vm.heap, op.table, entry);
            vm.decref(key);
            done(value)
        });
        self.keyed(operation.hashed(hash))
    }

    /// Sets a key whose hash is known; key and value are borrowed. The result is None.
    pub fn dict_set_hashed(&mut self, dict: ObjRef, key: ObjRef, hash: i64, value: ObjRef) -> Res {
        let operation = Keyed::new("dict.__setitem__", dict, key, Some(value), Vm::finish_dict_set);
        let operation = operation.hashed(hash).holding_both(self);
        self.keyed(operation)
    }

    /// Sets all keys of a mapping (borrowed) in a dict. Python code of the mapping runs to its end.
    pub fn dict_update_now(&mut self, dict: ObjRef, mapping: ObjRef) -> Result<(), Raised> {
        let depth = self.frames.len();
        if self.heap.dict(mapping).is_some() {
            let outcome = self.dict_merge(dict, mapping)?;
            let none = self.finish_now(depth, outcome)?;
            self.decref(none);
            return Ok(());
        }
        let keys = match self.call_attribute(mapping, self.names.keys, &[]) {
            Some(result) => {
                let outcome = result?;
                self.finish_now(depth, outcome)?
            }
            None => return Err(self.no_attribute(mapping, self.names.keys)),
        };
        let items = self.collect_now(keys);
        self.decref(keys);
        let items = items?;
        for (i, &key) in items.iter().enumerate() {
            let depth = self.frames.len();
            let value = match self.get_item(mapping, key) {
                Ok(outcome) => self.finish_now(depth, outcome),
                Err(raised) => Err(raised),
            };
            let result = match value {
                Ok(value) => {
                    let result = self.dict_set_now(dict, key, value);
                    self.decref(value);
                    result
                }
                Err(raised) => Err(raised),
            };
            if let Err(raised) = result {
                self.decref_all(items[i..].iter().copied());
                return Err(raised);
            }
            self.decref(key);
        }
        Ok(())
    }
}

impl Vm {
    /// A new dict of keys and values, which are borrowed: `{k: v, …}`.
    pub fn new_dict_of(&mut self, pairs: Vec<(ObjRef, ObjRef)>) -> Res {
        let dict = self.new_dict_from(Dict::with_capacity(pairs.len()));
        self.drive(FillDict { dict: Some(dict), pairs, next: 0 })
    }

    /// A new set of items, which are owned and given up one by one: `{a, …}`.
    pub fn new_set_of(&mut self, items: ThinVec<ObjRef>) -> Res {
        let set = self.new_set_from(SET, Set::default());
        self.drive(FillSet { set: Some(set), items, next: 0 })
    }
}

/// A dict display at work.
#[derive(Clone)]
struct FillDict {
    dict: Option<ObjRef>,
    /// Borrowed.
    pairs: Vec<(ObjRef, ObjRef)>,
    next: usize,
}

impl Native for FillDict {
    fn name(&self) -> &'static str {
        "dict display"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        let dict = self.dict.expect("a dict");
        while let Some(&(key, value)) = self.pairs.get(self.next) {
            self.next += 1;
            match vm.dict_set(dict, key, value)? {
                Outcome::Done(none) => vm.decref(none),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        self.dict = None;
        done(dict)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.dict.iter().for_each(|&dict| visit(dict));
    }
}

/// A set display at work.
#[derive(Clone)]
struct FillSet {
    set: Option<ObjRef>,
    /// Owned from `next` on (the one at work included).
    items: ThinVec<ObjRef>,
    next: usize,
}

impl Native for FillSet {
    fn name(&self) -> &'static str {
        "set display"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        let set = self.set.expect("a set");
        loop {
            if let Some(none) = input.take() {
                vm.decref(none);
                let item = self.items[self.next];
                self.next += 1;
                vm.decref(item);
            }
            let Some(&item) = self.items.get(self.next) else {
                self.set = None;
                return done(set);
            };
            match vm.set_add(set, item)? {
                Outcome::Done(none) => input = Some(none),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.set.iter().chain(&self.items[self.next.min(self.items.len())..]).for_each(|&object| visit(object));
    }
}

/// A merge at work; the dicts are borrowed.
#[derive(Clone)]
struct Merge {
    dict: ObjRef,
    other: ObjRef,
    position: usize,
    /// How many entries the other dict had at the start.
    entries: usize,
    /// Key and value at work, held.
    pair: Option<[ObjRef; 2]>,
}

impl Native for Merge {
    fn name(&self) -> &'static str {
        "dict.update"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(none) = input.take() {
                vm.decref(none);
                vm.decref_all(self.pair.take().into_iter().flatten());
            }
            let Some(table) = vm.heap.dict(self.other) else { return done(vm.none()) };
            if table.nentries() != self.entries {
                return Err(vm.raise(crate::objects::core_types::RUNTIME_ERROR, "dict mutated during update"));
            }
            if self.position >= self.entries {
                return done(vm.none());
            }
            let entry = table.entry(self.position);
            self.position += 1;
            let Some((key, entry)) = entry.and_then(|entry| entry.key.map(|key| (key, entry))) else { continue };
            self.pair = Some([vm.own(key), vm.own(entry.value)]);
            match vm.dict_set_hashed(self.dict, key, entry.hash, entry.value)? {
                Outcome::Done(none) => input = Some(none),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.pair.iter().flatten().for_each(|&object| visit(object));
    }
}

//! `|`, `&`, `-`, `^` of sets, dicts and dict views; and `int | None` of types.
//!
//! Counterpart in CPython 3.11: `set_or` and its siblings, `dict_or`, `dictviews_as_number`, `_Py_union_type_or`. The order
//! in which elements go into the result is CPython's, so that results iterate in the same order.

use super::*;
use crate::{
    objects::set::Set,
    vm::protocol::{after::After, item::each::ForEach},
};

impl Vm {
    fn is_set(&self, object: ObjRef) -> bool {
        self.heap.set(object).is_some()
    }

    fn is_set_view(&self, object: ObjRef) -> bool {
        matches!(self.core_of(object), DICT_KEYS | DICT_ITEMS)
    }

    /// The operator on sets, dicts, views and types; `None` is NotImplemented.
    pub(super) fn set_op(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Result<Option<Outcome>, Raised> {
        if !matches!(op, OR | AND | SUBTRACT | XOR) {
            return Ok(None);
        }
        if self.is_set(a) && self.is_set(b) {
            let ty = self.core_of(a);
            return match op {
                OR => self.set_union(ty, a, b),
                AND => self.set_intersection(ty, a, b),
                SUBTRACT => self.set_difference(ty, a, b),
                _ => self.set_symmetric_difference(ty, a, b),
            }
            .map(Some);
        }
        if self.is_set_view(a) || self.is_set_view(b) {
            return self.view_op(op, a, b).map(|set| Some(Outcome::Done(set)));
        }
        if op != OR {
            return Ok(None);
        }
        let mapping = |vm: &Vm, object: ObjRef| if vm.ty(object) == MAPPINGPROXY { vm.field(object, 0).unwrap_or(object) } else { object };
        let (x, y) = (mapping(self, a), mapping(self, b));
        if self.heap.dict(x).is_some() && self.heap.dict(y).is_some() {
            let copy = self.dict_copy(x);
            let depth = self.frames.len();
            let result = self.dict_merge(copy, y);
            let then = After::new("dict.__or__", &[copy], 0, |vm, state, none| {
                vm.decref(none);
                done(vm.own(state.refs[0]))
            });
            return self.after(depth, result, then.owning([copy])).map(Some);
        }
        Ok(self.type_union(a, b).map(Outcome::Done))
    }

    /// `d.keys() & other`: the result is a set; `other` may be any iterable.
    fn view_op(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Result<ObjRef, Raised> {
        if op == AND {
            return self.view_intersection(a, b);
        }
        let result = self.new_set_from(SET, Set::default());
        let name = match op {
            OR => "update",
            SUBTRACT => "difference_update",
            _ => "symmetric_difference_update",
        };
        let filled = self.fill_from_view(result, a).and_then(|()| self.call_set_method(result, name, b));
        match filled {
            Ok(none) => {
                self.decref(none);
                Ok(result)
            }
            Err(raised) => {
                self.decref(result);
                Err(raised)
            }
        }
    }

    /// Puts the items of a view, or whatever stands left of one, into a new set. Keys of a dict come all at once.
    fn fill_from_view(&mut self, set: ObjRef, object: ObjRef) -> Result<(), Raised> {
        let dict = if self.ty(object) == DICT_KEYS { self.field(object, 0).filter(|&dict| self.ty(dict) == DICT) } else { None };
        let Some(dict) = dict else {
            let none = self.call_set_method(set, "update", object)?;
            self.decref(none);
            return Ok(());
        };
        let table = self.heap.dict(dict).expect("a dict");
        let len = table.len();
        let keys: Vec<(ObjRef, i64)> = (0..table.nentries())
            .filter_map(|position| table.entry(position))
            .filter_map(|entry| entry.key.map(|key| (key, entry.hash)))
            .collect();
        self.heap.set_mut(set).expect("a set").reserve_for_merge(len);
        crate::objects::set::settle(&mut self.heap, set);
        for (key, hash) in keys {
            self.set_insert(set, key, hash);
        }
        Ok(())
    }

    fn call_set_method(&mut self, set: ObjRef, name: &str, argument: ObjRef) -> Result<ObjRef, Raised> {
        let name = self.new_interned(name);
        let depth = self.frames.len();
        let result = self.call_attribute(set, name, &[argument]).expect("sets have it");
        self.decref(name);
        result.and_then(|outcome| self.finish_now(depth, outcome))
    }

    /// What one side has is looked up in the other, which is a view: see `_PyDictView_Intersect`.
    fn view_intersection(&mut self, a: ObjRef, b: ObjRef) -> Result<ObjRef, Raised> {
        let (mut view, mut other) = if self.is_set_view(a) { (a, b) } else { (b, a) };
        let len = self.view_len(view);
        if self.ty(other) == SET && len <= self.heap.set(other).expect("a set").len() {
            return self.call_set_method(other, "intersection", view);
        }
        if self.is_set_view(other) && self.view_len(other) > len {
            std::mem::swap(&mut view, &mut other);
        }
        let items = self.collect_now(other)?;
        let result = self.new_set_from(SET, Set::default());
        let mut failed = None;
        for &item in &items {
            let depth = self.frames.len();
            let found = self.contains(view, item);
            let found = self.bool_result(found).and_then(|found| self.finish_now(depth, found));
            let added = found.and_then(|found| {
                self.decref(found);
                if found == TRUE { self.set_add_now(result, item) } else { Ok(()) }
            });
            if let Err(raised) = added {
                failed = Some(raised);
                break;
            }
        }
        self.decref_all(items);
        match failed {
            None => Ok(result),
            Some(raised) => {
                self.decref(result);
                Err(raised)
            }
        }
    }

    fn view_len(&self, view: ObjRef) -> usize {
        self.field(view, 0).and_then(|dict| self.heap.dict(dict)).map_or(0, |dict| dict.len())
    }

    /// `set.update(iterable)`; the result is None.
    pub fn set_update(&mut self, set: ObjRef, iterable: ObjRef) -> Res {
        if self.is_set(iterable) {
            return self.set_merge(set, iterable);
        }
        if self.ty(iterable) == DICT {
            return self.set_add_keys(set, iterable);
        }
        let update = ForEach::new("set.update", iterable, set, |vm, each, item| vm.set_add(each.target, item), |vm, _| done(vm.none()));
        self.for_each(update.or_quick(Vm::set_add_fast))
    }

    /// A dict's keys have their hashes already, and there is room for all of them first.
    fn set_add_keys(&mut self, set: ObjRef, dict: ObjRef) -> Res {
        let len = self.heap.dict(dict).expect("a dict").len();
        self.heap.set_mut(set).expect("a set").reserve_for_merge(len);
        crate::objects::set::settle(&mut self.heap, set);
        let mut position = 0;
        while let Some((key, hash)) = self.next_key(dict, &mut position) {
            self.incref(key);
            let found = self.set_has_now(set, key, hash);
            if let Ok(None) = found {
                self.set_insert(set, key, hash);
            }
            self.decref(key);
            found?;
        }
        done(self.none())
    }

    /// The next key of a dict with its hash, from an entry on (`_PyDict_Next`).
    pub fn next_key(&self, dict: ObjRef, position: &mut usize) -> Option<(ObjRef, i64)> {
        let table = self.heap.dict(dict)?;
        while *position < table.nentries() {
            *position += 1;
            if let Some((key, hash)) = table.entry(*position - 1).and_then(|entry| Some((entry.key?, entry.hash))) {
                return Some((key, hash));
            }
        }
        None
    }

    // ── in place ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// `a |= b` and the like where the builtin type changes itself; `None`: as without `=`.
    pub(super) fn inplace_builtin(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Option<Res> {
        if self.core_of(a) == SET && self.is_set(b) {
            let depth = self.frames.len();
            let result = match op {
                OR => self.set_merge(a, b),
                AND => self.set_intersection_update(a, b),
                SUBTRACT => self.set_difference_update(a, b),
                XOR => self.set_symmetric_difference_update(a, b),
                _ => return None,
            };
            let then = After::new("in place", &[a], 0, |vm, state, none| {
                vm.decref(none);
                done(vm.own(state.refs[0]))
            });
            return Some(self.after(depth, result, then));
        }
        if op == OR && self.core_of(a) == DICT {
            let depth = self.frames.len();
            let result = self.dict_update(a, b);
            return Some(self.after(
                depth,
                result,
                After::new("dict.__ior__", &[a], 0, |vm, state, none| {
                    vm.decref(none);
                    done(vm.own(state.refs[0]))
                }),
            ));
        }
        None
    }

    /// `dict.update(other)`: a dict, something with `keys()`, or pairs. The result is None.
    pub fn dict_update(&mut self, dict: ObjRef, other: ObjRef) -> Res {
        if self.ty(other) == DICT || self.heap.dict(other).is_some() && !self.has_special(other, crate::objects::types::special::ITER) {
            return self.dict_merge(dict, other);
        }
        let mapping = if self.ty(other) == MAPPINGPROXY { self.field(other, 0) } else { None };
        if let Some(mapping) = mapping {
            return self.dict_update(dict, mapping);
        }
        if let Some(keys) = self.lookup_attribute_now(other, self.names.keys)? {
            let depth = self.frames.len();
            let result = self.call(keys, &[]);
            self.decref(keys);
            // Then each key is looked up in the mapping.
            return self.after(
                depth,
                result,
                After::new("dict.update", &[dict, other], 0, |vm, state, keys| {
                    state.owned.push(keys);
                    let [dict, other, _] = state.refs;
                    vm.drive(UpdateByKeys { dict, mapping: other, keys, iterator: None, key: None, value: None, stage: 0 })
                }),
            );
        }
        self.for_each(ForEach::new("dict.update", other, dict, Vm::update_with_pair, |vm, _| done(vm.none())))
    }

    fn update_with_pair(&mut self, each: &mut ForEach, item: ObjRef) -> Res {
        let pair = match self.heap.sequence(item).map(<[ObjRef]>::to_vec) {
            Some(pair) => pair,
            None if self.check_iterable(item) => {
                let list = self.new_list([]);
                let depth = self.frames.len();
                match self.list_extend(list, item).and_then(|outcome| self.finish_now(depth, outcome)) {
                    Ok(none) => self.decref(none),
                    Err(raised) => {
                        self.decref(list);
                        let message = format!("cannot convert dictionary update sequence element #{} to a sequence", each.count);
                        return Err(self.refused(raised, Some(message)));
                    }
                }
                let pair = self.heap.list(list).map(|items| items.to_vec()).unwrap_or_default();
                if let &[key, value] = &pair[..] {
                    self.dict_set_now(each.target, key, value)?;
                    self.decref(list);
                    return done(self.none());
                }
                self.decref(list);
                pair
            }
            None => {
                let message = format!("cannot convert dictionary update sequence element #{} to a sequence", each.count);
                return Err(self.type_error(message));
            }
        };
        match pair[..] {
            [key, value] => {
                self.incref(key);
                self.incref(value);
                let depth = self.frames.len();
                let result = self.dict_set(each.target, key, value);
                self.after(depth, result, After::new("dict.update", &[], 0, |_, _, none| done(none)).owning([key, value]))
            }
            _ => Err(self.value_error(format!(
                "dictionary update sequence element #{} has length {}; 2 is required",
                each.count,
                pair.len()
            ))),
        }
    }

    // ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// `int | str`, `list[int] | None`: a union; `None` is NotImplemented.
    fn type_union(&mut self, a: ObjRef, b: ObjRef) -> Option<ObjRef> {
        let part = |vm: &Vm, object: ObjRef| {
            object == NONE || vm.heap.as_type(object).is_some() || matches!(vm.core_of(object), GENERIC_ALIAS | UNION_TYPE)
        };
        if !part(self, a) || !part(self, b) || a == NONE && b == NONE {
            return None;
        }
        let mut args: Vec<ObjRef> = Vec::new();
        for object in [a, b] {
            let parts = match self.ty(object) {
                UNION_TYPE => self.field(object, 0).and_then(|args| self.heap.tuple(args)).map(<[ObjRef]>::to_vec).unwrap_or_default(),
                NONE_TYPE => vec![NONE_TYPE],
                _ => vec![object],
            };
            for part in parts {
                if !args.iter().any(|&arg| self.equal_now(arg, part).unwrap_or(false)) {
                    args.push(part);
                }
            }
        }
        if let [single] = args[..] {
            return Some(self.own(single));
        }
        args.iter().for_each(|&arg| self.incref(arg));
        let args = self.new_tuple(args);
        Some(self.alloc_tracked(UNION_TYPE, 0, Body::Fields([Some(args)].into_iter().collect())))
    }
}

/// `dict.update(mapping)` for a mapping written in Python: its keys, one by one.
#[derive(Clone)]
struct UpdateByKeys {
    dict: ObjRef,
    mapping: ObjRef,
    keys: ObjRef,
    iterator: Option<ObjRef>,
    key: Option<ObjRef>,
    value: Option<ObjRef>,
    stage: u8,
}

impl Native for UpdateByKeys {
    fn name(&self) -> &'static str {
        "dict.update"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return done(vm.none()),
            Input::Value(value) => Some(value),
        };
        loop {
            let result = match (self.stage, input.take()) {
                (0, None) => vm.get_iter(self.keys),
                (0, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    self.stage = 1;
                    continue;
                }
                (1, None) => match vm.iter_next_native(self.iterator.expect("an iterator"))? {
                    Outcome::Done(Some(key)) => done(key),
                    Outcome::Done(None) => return done(vm.none()),
                    Outcome::Pushed => Ok(Outcome::Pushed),
                },
                (1, Some(key)) => {
                    self.key = Some(key);
                    self.stage = 2;
                    vm.get_item(self.mapping, key)
                }
                (2, Some(value)) => {
                    self.value = Some(value);
                    self.stage = 3;
                    vm.dict_set(self.dict, self.key.expect("a key"), value)
                }
                (_, none) => {
                    vm.xdecref(none);
                    let (key, value) = (self.key.take(), self.value.take());
                    vm.xdecref(value);
                    vm.xdecref(key);
                    self.stage = 1;
                    continue;
                }
            };
            match result? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        [self.iterator, self.key, self.value].iter().flatten().for_each(|&object| visit(object));
    }
}

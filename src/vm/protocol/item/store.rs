//! `a[k] = v` and `del a[k]`, slices included.
//!
//! Counterpart in CPython 3.11: `PyObject_SetItem`, `PyObject_DelItem`, `list_ass_slice`, `list_ass_subscript`.

use super::slice::Positions;
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        bytearray::{self, ByteArray},
        core_types::*,
        equality::Number,
        list,
    },
    vm::{Raised, Res, Vm, protocol::after::After, raised::done},
};

impl Vm {
    /// `object[key] = value`, all borrowed. The result is to be dropped.
    #[inline]
    pub fn set_item(&mut self, object: ObjRef, key: ObjRef, value: ObjRef) -> Res {
        match self.ty(object) {
            DICT => self.dict_set(object, key, value),
            LIST if self.ty(key) == INT => {
                let index = self.fit_index(key, INDEX_ERROR)?;
                self.list_set_at(object, index, Some(value))
            }
            ty if is_core_type(ty) => self.set_item_builtin(object, key, value),
            ty => match self.own_method(ty, self.names.setitem) {
                Some(method) => self.call_item_method(method, object, key, Some(value)),
                None => self.set_item_builtin(object, key, value),
            },
        }
    }

    /// `object[key] = value` as the builtin type behind the object defines it.
    pub fn set_item_builtin(&mut self, object: ObjRef, key: ObjRef, value: ObjRef) -> Res {
        match self.heap.body(object) {
            Body::Dict(_) => self.dict_set(object, key, value),
            Body::List(_) | Body::ByteArray(_) => self.store_in_sequence(object, key, Some(value)),
            _ => {
                self.check_sequence_index(object, key)?;
                let name = self.type_name(object);
                Err(self.type_error(format!("'{name}' object does not support item assignment")))
            }
        }
    }

    /// `del object[key]`. The result is to be dropped.
    pub fn del_item(&mut self, object: ObjRef, key: ObjRef) -> Res {
        let ty = self.ty(object);
        match self.own_method(ty, self.names.delitem) {
            Some(method) => self.call_item_method(method, object, key, None),
            None => self.del_item_builtin(object, key),
        }
    }

    /// `del object[key]` as the builtin type behind the object defines it.
    pub fn del_item_builtin(&mut self, object: ObjRef, key: ObjRef) -> Res {
        match self.heap.body(object) {
            Body::Dict(_) => self.dict_remove(object, key),
            Body::List(_) | Body::ByteArray(_) => self.store_in_sequence(object, key, None),
            _ => {
                self.check_sequence_index(object, key)?;
                // Two ways to say it: what counts as a sequence refuses the index, the rest the operation.
                let is_sequence = !is_core_type(self.ty(object)) || self.builtin_length(object).is_some();
                let not = if is_sequence && self.has_index(key) { "doesn't" } else { "does not" };
                let name = self.type_name(object);
                Err(self.type_error(format!("'{name}' object {not} support item deletion")))
            }
        }
    }

    /// What counts as a sequence wants an index that fits before it says that it takes no items. A class that defines the one
    /// of `__setitem__` and `__delitem__` has the slot for both.
    fn check_sequence_index(&mut self, object: ObjRef, key: ObjRef) -> Result<(), Raised> {
        let ty = self.ty(object);
        let missing = [(self.names.delitem, "__setitem__"), (self.names.setitem, "__delitem__")];
        for (other, name) in missing {
            if self.own_method(ty, other).is_some() {
                return Err(self.raise(ATTRIBUTE_ERROR, name));
            }
        }
        let is_sequence = !is_core_type(ty) || self.builtin_length(object).is_some();
        if is_sequence && self.is_int(key) {
            self.fit_index(key, INDEX_ERROR)?;
        }
        Ok(())
    }

    /// Sets (or without a value deletes) an item or slice of a list or bytearray.
    fn store_in_sequence(&mut self, object: ObjRef, key: ObjRef, value: Option<ObjRef>) -> Res {
        if self.is_int(key) {
            let index = self.fit_index(key, INDEX_ERROR)?;
            return self.store_at(object, index, value);
        }
        if self.ty(key) == SLICE {
            return match self.heap.body(object) {
                Body::List(_) => self.list_store_slice(object, key, value),
                _ => self.bytearray_store_slice(object, key, value),
            };
        }
        if self.has_index(key) {
            let depth = self.frames.len();
            let index = self.index(key);
            let refs = [object, value.unwrap_or(NONE)];
            let number = i64::from(value.is_some());
            return self.after(
                depth,
                index,
                After::new("__index__", &refs, number, |vm, state, index| {
                    let value = (state.number != 0).then_some(state.refs[1]);
                    let result = match vm.fit_index(index, INDEX_ERROR) {
                        Ok(index) => vm.store_at(state.refs[0], index, value),
                        Err(raised) => Err(raised),
                    };
                    vm.decref(index);
                    result
                }),
            );
        }
        Err(self.wrong_index(object, key))
    }

    fn store_at(&mut self, object: ObjRef, index: i64, value: Option<ObjRef>) -> Res {
        match self.heap.body(object) {
            Body::List(_) => self.list_set_at(object, index, value),
            _ => self.bytearray_set_at(object, index, value),
        }
    }

    #[inline]
    fn list_set_at(&mut self, object: ObjRef, index: i64, value: Option<ObjRef>) -> Res {
        let items = self.heap.list_mut(object).expect("a list");
        let len = items.len();
        let Some(at) = super::slice::place_of(index, len) else {
            return Err(self.raise(INDEX_ERROR, "list assignment index out of range"));
        };
        let old = match value {
            Some(value) => {
                let old = std::mem::replace(&mut items[at], value);
                self.incref(value);
                old
            }
            None => {
                let old = items.remove(at);
                list::cut(&mut self.heap, object, len);
                old
            }
        };
        self.decref(old);
        done(self.none())
    }

    /// `list[slice] = value`, or `del list[slice]`.
    pub(in crate::vm) fn list_store_slice(&mut self, object: ObjRef, slice: ObjRef, value: Option<ObjRef>) -> Res {
        let (start, stop, step) = self.unpack_slice(slice)?;
        let len = self.heap.list(object).expect("a list").len();
        let positions = super::slice::adjust(len, start, stop, step);
        let Some(value) = value else {
            return self.list_delete_positions(object, positions);
        };
        // The new items: a list or tuple as it is, anything else is made a list first.
        if self.heap.sequence(value).is_some() {
            return self.list_assign_positions(object, positions, value);
        }
        let refusal = if positions.step == 1 { "can only assign an iterable" } else { "must assign iterable to extended slice" };
        let depth = self.frames.len();
        let list = self.list_of_items(value, refusal);
        let then = After::new("list.__setitem__", &[object, slice], 0, |vm, state, list| {
            state.owned.push(list);
            let [object, slice, _] = state.refs;
            let len = vm.heap.list(object).expect("a list").len();
            let positions = vm.slice_positions(slice, len)?;
            vm.list_assign_positions(object, positions, list)
        });
        self.after(depth, list, then)
    }

    /// Could `iter(object)` work?
    pub fn check_iterable(&mut self, object: ObjRef) -> bool {
        if self.ty(object) == UNION_TYPE {
            return false; // it has `__getitem__`, but as a mapping has
        }
        if is_core_type(self.ty(object)) {
            return match self.heap.body(object) {
                Body::None | Body::BigInt(_) | Body::Complex(_) | Body::Function(_) | Body::Code(_) | Body::Module(_) => false,
                _ => {
                    let ty = self.ty(object);
                    self.builtin_length(object).is_some() || self.is_iterator(object) || self.type_lookup(ty, self.names.iter).is_some()
                }
            };
        }
        let ty = self.ty(object);
        let iter = self.type_lookup(ty, self.names.iter);
        iter.is_some_and(|method| method != NONE)
            || iter.is_none() && self.type_lookup(ty, self.names.getitem).is_some()
            || self.builtin_length(object).is_some()
    }

    fn list_delete_positions(&mut self, object: ObjRef, positions: Positions) -> Res {
        if positions.len == 0 {
            return done(self.none());
        }
        let items = self.heap.list_mut(object).expect("a list");
        let old_len = items.len();
        let old: Vec<ObjRef> = if positions.step == 1 {
            items.drain(positions.start as usize..positions.start as usize + positions.len).collect()
        } else {
            let mut at: Vec<usize> = positions.iter().collect();
            at.sort_unstable();
            let old = at.iter().map(|&at| items[at]).collect();
            let mut next = 0;
            let mut position = 0;
            items.retain(|_| {
                let delete = at.get(next) == Some(&position);
                next += usize::from(delete);
                position += 1;
                !delete
            });
            old
        };
        if positions.step == 1 {
            list::cut(&mut self.heap, object, old_len);
        } else {
            list::resized(&mut self.heap, object, old_len);
        }
        self.drop_replaced(old, positions.step == 1);
        done(self.none())
    }

    /// Items taken out by a slice die from the last to the first; with a step, from the first on.
    fn drop_replaced(&mut self, mut old: Vec<ObjRef>, from_the_end: bool) {
        if from_the_end {
            self.decref_all(old.drain(..).rev());
        } else {
            self.decref_all(old.drain(..));
        }
        self.spare.refs = old;
    }

    fn list_assign_positions(&mut self, object: ObjRef, positions: Positions, value: ObjRef) -> Res {
        let mut new = std::mem::take(&mut self.spare.refs);
        new.extend_from_slice(self.heap.sequence(value).expect("a sequence"));
        if positions.step != 1 {
            if new.len() != positions.len {
                return Err(self.value_error(format!(
                    "attempt to assign sequence of size {} to extended slice of size {}",
                    new.len(),
                    positions.len
                )));
            }
            new.iter().for_each(|&item| self.incref(item));
            let items = self.heap.list_mut(object).expect("a list");
            let old: Vec<ObjRef> = positions.iter().zip(new).map(|(at, item)| std::mem::replace(&mut items[at], item)).collect();
            self.drop_replaced(old, false);
            return done(self.none());
        }
        new.iter().for_each(|&item| self.incref(item));
        let items = self.heap.list_mut(object).expect("a list");
        let old_len = items.len();
        let from = positions.start as usize;
        if new.len() == positions.len && old_len != 0 {
            let mut old = new;
            items[from..from + positions.len].swap_with_slice(&mut old);
            self.drop_replaced(old, true);
            return done(self.none());
        }
        let tail: Vec<ObjRef> = items.drain(from..).collect();
        items.extend(new);
        items.extend(tail[positions.len..].iter().copied());
        let new_len = items.len();
        if new_len == 0 {
            list::drop_items(&mut self.heap, object);
        } else if new_len != old_len {
            list::resized(&mut self.heap, object, old_len);
        }
        self.drop_replaced(tail[..positions.len].to_vec(), true);
        done(self.none())
    }

    // ── bytearray ───────────────────────────────────────────────────────────────────────────────────────────────────

    fn bytearray_mut(&mut self, object: ObjRef) -> &mut ByteArray {
        match self.heap.body_mut(object) {
            Body::ByteArray(bytes) => bytes,
            _ => panic!("a bytearray"),
        }
    }

    /// A byte's value: an int from 0 to 255.
    pub fn byte_value(&mut self, value: ObjRef) -> Result<u8, Raised> {
        let depth = self.frames.len();
        let outcome = self.index(value)?;
        let int = self.finish_now(depth, outcome)?;
        let byte = self.small_value(int).and_then(|value| u8::try_from(value).ok());
        self.decref(int);
        byte.ok_or_else(|| self.value_error("byte must be in range(0, 256)"))
    }

    /// A bytearray keeps its size while a memory view shows its bytes.
    pub fn check_resizable(&mut self, bytearray: ObjRef) -> Result<(), Raised> {
        match self.heap.slot(bytearray).num {
            0 => Ok(()),
            _ => Err(self.raise(BUFFER_ERROR, "Existing exports of data: object cannot be re-sized")),
        }
    }

    fn bytearray_set_at(&mut self, object: ObjRef, index: i64, value: Option<ObjRef>) -> Res {
        // The value first: its `__index__` could change the bytearray.
        let byte = match value {
            Some(value) => Some(self.byte_value(value)?),
            None => None,
        };
        let len = self.bytearray_mut(object).len();
        let Some(at) = super::slice::place_of(index, len) else {
            return Err(self.raise(INDEX_ERROR, "bytearray index out of range"));
        };
        match byte {
            Some(byte) => self.bytearray_mut(object)[at] = byte,
            None => {
                self.check_resizable(object)?;
                match at {
                    0 => self.bytearray_mut(object).cut_front(1),
                    _ => drop(self.bytearray_mut(object).remove(at)),
                }
                bytearray::resized(&mut self.heap, object);
            }
        }
        done(self.none())
    }

    /// The bytes that an object stands for when it is assigned to a slice of a bytearray.
    fn bytes_to_assign(&mut self, value: ObjRef) -> Result<Vec<u8>, Raised> {
        if let Some(bytes) = self.heap.buffer(value) {
            return Ok(bytes.into_owned());
        }
        let ty = self.ty(value);
        let is_number = self.has_index(value)
            || Number::of(&self.heap, value).is_some()
            || self.own_method(ty, self.names.int).is_some()
            || self.own_method(ty, self.names.float).is_some();
        if is_number || self.heap.str(value).is_some() {
            return Err(self.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
        }
        if !self.check_iterable(value) {
            let name = self.type_name(value);
            return Err(self.type_error(format!("cannot convert '{name}' object to bytearray")));
        }
        let depth = self.frames.len();
        let outcome = self.get_iter(value)?;
        let iterator = self.finish_now(depth, outcome)?;
        let mut bytes = Vec::new();
        let result = loop {
            match self.next_now(iterator) {
                Ok(Some(item)) => {
                    let byte = self.byte_value(item);
                    self.decref(item);
                    match byte {
                        Ok(byte) => bytes.push(byte),
                        Err(raised) => break Err(raised),
                    }
                }
                Ok(None) => break Ok(bytes),
                Err(raised) => break Err(raised),
            }
        };
        self.decref(iterator);
        result
    }

    fn bytearray_store_slice(&mut self, object: ObjRef, slice: ObjRef, value: Option<ObjRef>) -> Res {
        self.unpack_slice(slice)?;
        let new = match value {
            None => Vec::new(),
            Some(value) => self.bytes_to_assign(value)?,
        };
        let len = self.bytearray_mut(object).len();
        let positions = self.slice_positions(slice, len)?;
        if positions.step == 1 {
            let from = positions.start as usize;
            if new.len() != positions.len {
                self.check_resizable(object)?;
            }
            let bytes = self.bytearray_mut(object);
            let shrinks = positions.len.saturating_sub(new.len());
            if from == 0 && shrinks > 0 {
                bytes.cut_front(shrinks);
                bytes[..new.len()].copy_from_slice(&new);
            } else {
                bytes.splice(from..from + positions.len, new);
            }
            bytearray::resized(&mut self.heap, object);
            return done(self.none());
        }
        // No bytes for an extended slice delete it.
        if value.is_none() || new.is_empty() {
            if positions.len > 0 {
                self.check_resizable(object)?;
            }
            let doomed: Vec<usize> = positions.iter().collect();
            let mut at = 0;
            self.bytearray_mut(object).retain(|_| {
                at += 1;
                !doomed.contains(&(at - 1))
            });
            bytearray::resized(&mut self.heap, object);
            return done(self.none());
        }
        if new.len() != positions.len {
            return Err(self.value_error(format!(
                "attempt to assign bytes of size {} to extended slice of size {}",
                new.len(),
                positions.len
            )));
        }
        let bytes = self.bytearray_mut(object);
        positions.iter().zip(new).for_each(|(at, byte)| bytes[at] = byte);
        done(self.none())
    }
}

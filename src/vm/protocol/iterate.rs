//! Iteration: `iter(x)` and `next(it)` for everything that can be iterated.
//!
//! The end of an iteration is `None`, not an exception; a generator's body is a frame to be run, so `next` may be `Pushed`
//! and the item then comes to the frame below. Counterpart in CPython 3.11: `tp_iter` and `tp_iternext` of each type.

pub mod check; // what `__iter__` gives
mod compound;

pub use compound::OneItem;

use crate::{
    heap::ObjRef,
    num::BigInt,
    objects::{
        Body, Objects,
        core_types::*,
        iter::{DictIter, Iter, RangeIter},
        types::special,
    },
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Receive,
        native_frame::{Input, Native},
    },
};

impl Vm {
    /// `iter(object)`, owned.
    pub fn get_iter(&mut self, object: ObjRef) -> Res {
        let ty = self.ty(object);
        if !is_core_type(ty) {
            let class = self.heap.type_of_type(ty);
            if class.special & (special::ITER | special::GETITEM) != 0 || class.solid_base == OBJECT {
                return self.get_iter_by_method(object);
            }
        }
        let iterator = match self.heap.body(object) {
            Body::List(_) => self.new_seq_iter(LIST_ITERATOR, object),
            Body::Tuple(_) => self.new_seq_iter(TUPLE_ITERATOR, object),
            Body::Str(text) => {
                let kind = if text.is_ascii() && is_core_type(ty) { STR_ASCII_ITERATOR } else { STR_ITERATOR };
                self.new_seq_iter(kind, object)
            }
            Body::Bytes(_) => self.new_seq_iter(BYTES_ITERATOR, object),
            Body::ByteArray(_) => self.new_seq_iter(BYTEARRAY_ITERATOR, object),
            Body::Dict(_) => self.new_dict_iter(DICT_KEYITERATOR, object),
            Body::Set(set) => {
                let used = set.len();
                self.incref(object);
                self.alloc_tracked(SET_ITERATOR, 0, Body::Iter(Box::new(Iter::Set { set: Some(object), used, slot: 0 })))
            }
            Body::Range(parts) => {
                let [start, _, step, length] = **parts;
                self.new_range_iter(start, step, length)
            }
            Body::Fields(fields) if matches!(ty, DICT_KEYS | DICT_VALUES | DICT_ITEMS) => {
                let dict = fields[0].expect("a view's dict");
                let kind = match ty {
                    DICT_KEYS => DICT_KEYITERATOR,
                    DICT_VALUES => DICT_VALUEITERATOR,
                    _ => DICT_ITEMITERATOR,
                };
                self.new_dict_iter(kind, dict)
            }
            Body::Fields(fields) if ty == MAPPINGPROXY => {
                let mapping = fields[0].expect("a proxy's mapping");
                return self.get_iter(mapping);
            }
            Body::SeqIter(_) | Body::RangeIter(_) | Body::DictIter(_) | Body::Iter(_) => self.own(object),
            Body::Generator(_) if ty == GENERATOR => self.own(object),
            _ => return self.get_iter_by_method(object),
        };
        Ok(Outcome::Done(iterator))
    }

    fn get_iter_by_method(&mut self, object: ObjRef) -> Res {
        let ty = self.ty(object);
        match self.type_lookup(ty, self.names.iter) {
            Some(NONE) | None => {}
            Some(method) => {
                return self.iterator_by(method, object, false);
            }
        }
        if self.is_sequence(object) {
            self.incref(object);
            return Ok(Outcome::Done(self.alloc_tracked(
                SEQ_ITERATOR,
                0,
                Body::Iter(Box::new(Iter::GetItem { seq: Some(object), next: 0 })),
            )));
        }
        let name = self.type_name(object);
        Err(self.type_error(format!("'{name}' object is not iterable")))
    }

    /// Has it `__iter__`, or items by number?
    pub fn can_iterate(&mut self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        self.type_lookup(ty, self.names.iter).is_some() || self.is_sequence(object)
    }

    /// Has it items by number (`PySequence_Check`)? What is subscripted as mappings are has not, nor has any dict.
    pub fn is_sequence(&mut self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        let by_key = self.heap.dict(object).is_some() || matches!(self.core_of(object), MAPPINGPROXY | GENERIC_ALIAS | UNION_TYPE);
        !by_key && self.type_lookup(ty, self.names.getitem).is_some()
    }

    pub fn is_iterator(&mut self, object: ObjRef) -> bool {
        match self.heap.body(object) {
            Body::SeqIter(_) | Body::RangeIter(_) | Body::DictIter(_) | Body::Iter(_) => true,
            Body::Generator(_) => self.ty(object) == GENERATOR,
            _ => {
                let ty = self.ty(object);
                self.type_lookup(ty, self.names.next).is_some()
            }
        }
    }

    pub fn new_seq_iter(&mut self, kind: ObjRef, seq: ObjRef) -> ObjRef {
        self.incref(seq);
        self.alloc_tracked(kind, 0, Body::SeqIter(Some(seq)))
    }

    pub fn new_dict_iter(&mut self, kind: ObjRef, dict: ObjRef) -> ObjRef {
        self.incref(dict);
        let table = self.heap.dict(dict).expect("a dict");
        let used = table.len();
        let reversed = matches!(kind, DICT_REVERSEKEYITERATOR | DICT_REVERSEVALUEITERATOR | DICT_REVERSEITEMITERATOR);
        let position = if reversed { table.nentries() } else { 0 };
        let result = matches!(kind, DICT_ITEMITERATOR | DICT_REVERSEITEMITERATOR).then(|| {
            self.incref(NONE);
            self.incref(NONE);
            self.new_tuple([NONE, NONE])
        });
        self.alloc_tracked(kind, 0, Body::DictIter(Box::new(DictIter { dict: Some(dict), position, used, left: used, result })))
    }

    /// An iterator over `start, start + step, …` with `length` items; all borrowed ints.
    pub fn new_range_iter(&mut self, start: ObjRef, step: ObjRef, length: ObjRef) -> ObjRef {
        match (self.small_value(start), self.small_value(step), self.small_value(length)) {
            (Some(next), Some(step), Some(left)) if step.checked_mul(left).and_then(|whole| next.checked_add(whole)).is_some() => {
                self.heap.alloc(
                    RANGE_ITERATOR,
                    0,
                    Body::RangeIter(Box::new(RangeIter::Small { next, step, left: left as u64, total: left as u64 })),
                )
            }
            _ => {
                let parts = [self.new_int(0), self.own(start), self.own(step), self.own(length)];
                self.heap.alloc(LONGRANGE_ITERATOR, 0, Body::RangeIter(Box::new(RangeIter::Long(parts))))
            }
        }
    }

    /// The next item of an iterator, owned; `None` at the end. If `Pushed`, set [`Receive::Next`] or [`Receive::ForIter`]
    /// on the frame pushed.
    #[inline]
    pub fn iter_next(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        match self.ty(iterator) {
            LIST_ITERATOR => Ok(Outcome::Done(self.list_iter_next(iterator))),
            RANGE_ITERATOR => Ok(Outcome::Done(self.range_iter_next(iterator))),
            TUPLE_ITERATOR => Ok(Outcome::Done(self.tuple_iter_next(iterator))),
            GENERATOR => {
                self.resume_generator(iterator, NONE)?;
                Ok(Outcome::Pushed)
            }
            _ => self.iter_next_other(iterator),
        }
    }

    /// Like [`Vm::iter_next`], for native code that waits: sets [`Receive::Next`].
    pub fn iter_next_native(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        self.poll()?;
        let depth = self.frames.len();
        match self.iter_next(iterator) {
            Ok(Outcome::Pushed) => {
                self.receive(depth, Receive::Next);
                Ok(Outcome::Pushed)
            }
            Err(raised) if self.exception_matches(raised.0, STOP_ITERATION) => {
                self.decref(raised.0);
                Ok(Outcome::Done(None))
            }
            other => other,
        }
    }

    #[inline]
    fn list_iter_next(&mut self, iterator: ObjRef) -> Option<ObjRef> {
        let slot = self.heap.slot(iterator);
        let Body::SeqIter(Some(list)) = slot.body else { return None };
        let position = slot.num as usize;
        match self.heap.list(list).and_then(|items| items.get(position).copied()) {
            Some(item) => {
                self.heap.slot_mut(iterator).num += 1;
                self.incref(item);
                Some(item)
            }
            None => {
                self.heap.slot_mut(iterator).body = Body::SeqIter(None);
                self.decref(list);
                None
            }
        }
    }

    #[inline]
    fn tuple_iter_next(&mut self, iterator: ObjRef) -> Option<ObjRef> {
        let slot = self.heap.slot(iterator);
        let Body::SeqIter(Some(tuple)) = slot.body else { return None };
        let position = slot.num as usize;
        match self.heap.tuple(tuple).and_then(|items| items.get(position).copied()) {
            Some(item) => {
                self.heap.slot_mut(iterator).num += 1;
                self.incref(item);
                Some(item)
            }
            None => {
                self.heap.slot_mut(iterator).body = Body::SeqIter(None);
                self.decref(tuple);
                None
            }
        }
    }

    #[inline]
    pub fn range_iter_next(&mut self, iterator: ObjRef) -> Option<ObjRef> {
        let Body::RangeIter(range) = &mut self.heap.slot_mut(iterator).body else { return None };
        match &mut **range {
            RangeIter::Small { next, step, left, .. } => {
                if *left == 0 {
                    return None;
                }
                let value = *next;
                *left -= 1;
                *next = value.wrapping_add(*step);
                Some(self.new_int(value))
            }
            RangeIter::Long(_) => self.long_range_next(iterator),
        }
    }

    #[cold]
    fn long_range_next(&mut self, iterator: ObjRef) -> Option<ObjRef> {
        let [index, start, step, len] = self.long_range_parts(iterator)?;
        if index >= len {
            return None;
        }
        let next = self.new_big_int(&index + 1);
        self.set_long_range_index(iterator, next);
        Some(self.new_big_int(start + index * step))
    }

    /// Index, start, step and length of a `longrange_iterator`.
    pub fn long_range_parts(&self, iterator: ObjRef) -> Option<[BigInt; 4]> {
        match self.heap.body(iterator) {
            Body::RangeIter(range) => match **range {
                RangeIter::Long(parts) => Some(parts.map(|part| crate::objects::int::to_big_int(&self.heap, part))),
                RangeIter::Small { .. } => None,
            },
            _ => None,
        }
    }

    /// Sets the index of a `longrange_iterator`, an int object that it takes over.
    pub fn set_long_range_index(&mut self, iterator: ObjRef, index: ObjRef) {
        if let Body::RangeIter(range) = self.heap.body_mut(iterator)
            && let RangeIter::Long([old, ..]) = &mut **range
        {
            let old = std::mem::replace(old, index);
            self.decref(old);
        }
    }

    #[cold]
    fn iter_next_other(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        let ty = self.ty(iterator);
        if !is_core_type(ty) && self.heap.type_of_type(ty).special & special::NEXT != 0
            || matches!(self.heap.body(iterator), Body::Foreign(_))
        {
            self.descend()?;
            let result = self.iter_next_by_method(iterator);
            self.ascend();
            return result;
        }
        if !matches!(self.heap.body(iterator), Body::Iter(_)) {
            return self.iter_next_builtin(iterator);
        }
        self.descend()?;
        let result = self.iter_next_builtin(iterator);
        self.ascend();
        result
    }

    /// The next item as the builtin type behind the iterator defines it, whatever a subclass puts over `__next__`.
    pub fn iter_next_builtin(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        let ty = self.core_of(iterator);
        match self.heap.body(iterator) {
            Body::SeqIter(None) => Ok(Outcome::Done(None)),
            Body::SeqIter(Some(seq)) => {
                let (seq, position) = (*seq, self.heap.slot(iterator).num as usize);
                let reversed = ty == LIST_REVERSEITERATOR;
                let item = match self.heap.body(seq) {
                    Body::Str(text) if position < text.len() => {
                        let c = text.at(position);
                        Some(self.new_str(crate::text::PyStr::from_code_points(&[c])))
                    }
                    Body::Bytes(bytes) if position < bytes.len() => {
                        let value = i64::from(bytes[position]);
                        Some(self.new_int(value))
                    }
                    Body::ByteArray(bytes) if position < bytes.len() => {
                        let value = i64::from(bytes[position]);
                        Some(self.new_int(value))
                    }
                    // A reversed iterator counts up, and takes items from the end the list had at the start.
                    Body::List(items) if reversed && (position as i64) >= 0 && position < items.len() => Some(self.own(items[position])),
                    Body::Tuple(items) | Body::List(items) if !reversed && position < items.len() => Some(self.own(items[position])),
                    _ => None,
                };
                let slot = self.heap.slot_mut(iterator);
                match item {
                    Some(item) => {
                        slot.num = if reversed { slot.num.wrapping_sub(1) } else { slot.num + 1 };
                        Ok(Outcome::Done(Some(item)))
                    }
                    None => {
                        slot.body = Body::SeqIter(None);
                        self.decref(seq);
                        Ok(Outcome::Done(None))
                    }
                }
            }
            Body::RangeIter(_) => Ok(Outcome::Done(self.range_iter_next(iterator))),
            Body::DictIter(_) => Ok(Outcome::Done(self.dict_iter_next(iterator)?)),
            Body::Iter(_) => self.compound_next(iterator),
            Body::Generator(_) if ty == GENERATOR => {
                self.resume_generator(iterator, NONE)?;
                Ok(Outcome::Pushed)
            }
            _ => self.iter_next_by_method(iterator),
        }
    }

    fn iter_next_by_method(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        match self.call_special(iterator, self.names.next, &[]) {
            Some(Ok(Outcome::Done(value))) => Ok(Outcome::Done(Some(value))),
            Some(Ok(Outcome::Pushed)) => Ok(Outcome::Pushed),
            Some(Err(raised)) if self.exception_matches(raised.0, STOP_ITERATION) => {
                self.decref(raised.0);
                Ok(Outcome::Done(None))
            }
            Some(Err(raised)) => Err(raised),
            None => {
                let name = self.type_name(iterator);
                Err(self.type_error(format!("'{name}' object is not an iterator")))
            }
        }
    }

    fn dict_iter_next(&mut self, iterator: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let kind = self.ty(iterator);
        let Body::DictIter(state) = self.heap.body(iterator) else { return Ok(None) };
        let DictIter { dict, mut position, used, left, result } = (**state).clone();
        let Some(dict) = dict else { return Ok(None) };
        let table = self.heap.dict(dict).expect("a dict");
        if table.len() != used {
            let Body::DictIter(state) = self.heap.body_mut(iterator) else { unreachable!() };
            state.used = usize::MAX;
            return Err(self.raise(RUNTIME_ERROR, "dictionary changed size during iteration"));
        }
        let reversed = matches!(kind, DICT_REVERSEKEYITERATOR | DICT_REVERSEVALUEITERATOR | DICT_REVERSEITEMITERATOR);
        let found = loop {
            if reversed {
                if position == 0 {
                    break None;
                }
                position -= 1;
                if let Some(entry) = table.entry(position) {
                    break Some(entry);
                }
            } else {
                if position >= table.nentries() {
                    break None;
                }
                position += 1;
                if let Some(entry) = table.entry(position - 1) {
                    break Some(entry);
                }
            }
        };
        let Some(entry) = found else {
            let Body::DictIter(state) = self.heap.body_mut(iterator) else { unreachable!() };
            state.dict = None;
            self.decref(dict);
            return Ok(None);
        };
        if left == 0 {
            let Body::DictIter(state) = self.heap.body_mut(iterator) else { unreachable!() };
            state.dict = None;
            self.decref(dict);
            return Err(self.raise(RUNTIME_ERROR, "dictionary keys changed during iteration"));
        }
        let Body::DictIter(state) = self.heap.body_mut(iterator) else { unreachable!() };
        state.position = position;
        state.left = left - 1;
        let key = entry.key.expect("a live entry");
        Ok(Some(match result {
            None if matches!(kind, DICT_VALUEITERATOR | DICT_REVERSEVALUEITERATOR) => self.own(entry.value),
            None => self.own(key),
            Some(result) => {
                self.incref(key);
                self.incref(entry.value);
                self.reuse_tuple(result, [key, entry.value])
            }
        }))
    }

    /// The tuple kept by an iterator if nobody else holds it, with new items; otherwise a new tuple. Items are taken over.
    pub fn reuse_tuple<const N: usize>(&mut self, result: ObjRef, items: [ObjRef; N]) -> ObjRef {
        if self.heap.refcount(result) > 1 {
            return self.new_tuple(items);
        }
        self.incref(result);
        let mut items = items;
        self.heap.refilled_tuple(result).swap_with_slice(&mut items);
        items.into_iter().for_each(|item| self.decref(item));
        self.heap.collector.track(result);
        result
    }

    fn end_of_iteration(&mut self) -> Raised {
        let args = self.own(EMPTY_TUPLE);
        self.raise_args(STOP_ITERATION, args)
    }

    /// All items of an iterable as a list of owned references, running Python code to its end.
    pub fn collect_now(&mut self, iterable: ObjRef) -> Result<Vec<ObjRef>, Raised> {
        let depth = self.frames.len();
        let outcome = self.get_iter(iterable)?;
        let iterator = self.finish_now(depth, outcome)?;
        let mut items = Vec::new();
        loop {
            match self.next_now(iterator) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => {
                    self.decref(iterator);
                    return Ok(items);
                }
                Err(raised) => {
                    self.decref_all(items);
                    self.decref(iterator);
                    return Err(raised);
                }
            }
        }
    }

    /// The next item, running Python code to its end.
    pub fn next_now(&mut self, iterator: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let depth = self.frames.len();
        match self.iter_next(iterator)? {
            Outcome::Done(item) => Ok(item),
            Outcome::Pushed => match self.finish_now(depth, Outcome::Pushed) {
                Ok(item) => Ok(Some(item)),
                Err(raised) if self.exception_matches(raised.0, STOP_ITERATION) => {
                    self.decref(raised.0);
                    Ok(None)
                }
                Err(raised) => Err(raised),
            },
        }
    }
}

//! `a[k]` for every type that can be subscripted.
//!
//! Counterpart in CPython 3.11: `PyObject_GetItem` and the `mp_subscript` of each type. `list[int]` makes a generic alias.

use num_bigint::BigInt;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, int::to_big_int},
    vm::{Raised, Res, Vm, protocol::after::After, raised::done},
};

impl Vm {
    /// `object[key]`
    #[inline]
    pub fn get_item(&mut self, object: ObjRef, key: ObjRef) -> Res {
        match self.ty(object) {
            DICT => self.dict_get_item(object, key),
            LIST | TUPLE if self.ty(key) == INT => {
                let (ty, items) = (self.ty(object), self.heap.sequence(object).expect("a sequence"));
                let index = match self.small_value(key) {
                    Some(index) => index,
                    None => return self.get_item_builtin(object, key),
                };
                let at = if index < 0 { index + items.len() as i64 } else { index };
                match usize::try_from(at).ok().and_then(|at| items.get(at).copied()) {
                    Some(item) => done(self.own(item)),
                    None if ty == LIST => Err(self.raise(INDEX_ERROR, "list index out of range")),
                    None => Err(self.raise(INDEX_ERROR, "tuple index out of range")),
                }
            }
            ty if is_core_type(ty) => self.get_item_builtin(object, key),
            ty => match self.own_method(ty, self.names.getitem) {
                Some(method) => self.call_item_method(method, object, key, None),
                None => self.get_item_builtin(object, key),
            },
        }
    }

    /// `object[key]` as the builtin type behind the object defines it (`list.__getitem__`).
    pub fn get_item_builtin(&mut self, object: ObjRef, key: ObjRef) -> Res {
        match self.heap.body(object) {
            Body::Dict(_) => self.dict_subscript(object, key),
            Body::List(_) | Body::Tuple(_) | Body::Str(_) | Body::Bytes(_) | Body::ByteArray(_) | Body::Range(_) => {
                self.get_from_sequence(object, key)
            }
            Body::Fields(fields) if self.ty(object) == MAPPINGPROXY => {
                let mapping = fields[0].expect("a mapping");
                self.get_item(mapping, key)
            }
            Body::Fields(_) if self.core_of(object) == GENERIC_ALIAS => self.subscript_alias(object, key),
            Body::Fields(_) if self.ty(object) == UNION_TYPE => self.subscript_union(object, key),
            Body::Type(_) => self.get_class_item(object, key),
            _ => {
                let name = self.type_name(object);
                Err(self.type_error(format!("'{name}' object is not subscriptable")))
            }
        }
    }

    fn get_from_sequence(&mut self, object: ObjRef, key: ObjRef) -> Res {
        if self.is_int(key) {
            let index = self.fit_index(key, INDEX_ERROR);
            if let (Err(raised), Body::Range(_)) = (&index, self.heap.body(object)) {
                let raised = raised.0;
                self.decref(raised);
                return self.range_item(object, &to_big_int(&self.heap, key));
            }
            return self.get_at(object, index?);
        }
        if self.ty(key) == SLICE {
            return self.get_slice(object, key);
        }
        if self.has_index(key) {
            let depth = self.frames.len();
            let index = self.index(key);
            return self.after(
                depth,
                index,
                After::new("__index__", &[object], 0, |vm, state, index| {
                    let result = match vm.fit_index(index, INDEX_ERROR) {
                        Ok(value) => vm.get_at(state.refs[0], value),
                        Err(raised) => Err(raised),
                    };
                    vm.decref(index);
                    result
                }),
            );
        }
        Err(self.wrong_index(object, key))
    }

    /// `list indices must be integers or slices, not str`
    pub(super) fn wrong_index(&mut self, object: ObjRef, key: ObjRef) -> Raised {
        let name = self.type_name(key);
        self.type_error(match self.heap.body(object) {
            Body::Str(_) => format!("string indices must be integers, not '{name}'"),
            Body::Bytes(_) => format!("byte indices must be integers or slices, not {name}"),
            Body::List(_) => format!("list indices must be integers or slices, not {name}"),
            Body::Tuple(_) => format!("tuple indices must be integers or slices, not {name}"),
            Body::ByteArray(_) => format!("bytearray indices must be integers or slices, not {name}"),
            _ => format!("range indices must be integers or slices, not {name}"),
        })
    }

    /// The item at a position, counted from the end if negative.
    fn get_at(&mut self, object: ObjRef, index: i64) -> Res {
        let len = match self.heap.body(object) {
            Body::Range(_) => return self.range_item(object, &BigInt::from(index)),
            _ => self.builtin_length(object).and_then(Result::ok).unwrap_or(0) as i64,
        };
        let at = if index < 0 { index + len } else { index };
        if at < 0 || at >= len {
            return match self.heap.body(object) {
                Body::Str(_) => Err(self.raise(INDEX_ERROR, "string index out of range")),
                Body::Bytes(_) => Err(self.raise(INDEX_ERROR, "index out of range")),
                Body::List(_) => Err(self.raise(INDEX_ERROR, "list index out of range")),
                Body::Tuple(_) => Err(self.raise(INDEX_ERROR, "tuple index out of range")),
                _ => Err(self.raise(INDEX_ERROR, "bytearray index out of range")),
            };
        }
        let at = at as usize;
        match self.heap.body(object) {
            Body::Str(text) => {
                let c = text.at(at);
                if c < 256 {
                    return done(self.own(latin1_character(c as u8)));
                }
                let text = text.slice(at, at + 1);
                done(self.new_str(text))
            }
            Body::Bytes(bytes) => done(self.own(small_int(i64::from(bytes[at])).expect("a byte"))),
            Body::ByteArray(bytes) => done(self.own(small_int(i64::from(bytes[at])).expect("a byte"))),
            Body::List(items) | Body::Tuple(items) => done(self.own(items[at])),
            _ => done(self.none()),
        }
    }

    fn range_item(&mut self, range: ObjRef, index: &BigInt) -> Res {
        let Body::Range(parts) = self.heap.body(range) else { return done(self.none()) };
        let [start, _, step, length] = **parts;
        let length = to_big_int(&self.heap, length);
        let at = if index.sign() == num_bigint::Sign::Minus { index + &length } else { index.clone() };
        if at.sign() == num_bigint::Sign::Minus || at >= length {
            return Err(self.raise(INDEX_ERROR, "range object index out of range"));
        }
        let value = to_big_int(&self.heap, start) + at * to_big_int(&self.heap, step);
        done(self.new_big_int(value))
    }

    /// `object[slice]` of a builtin sequence.
    pub(in crate::vm) fn get_slice(&mut self, object: ObjRef, slice: ObjRef) -> Res {
        if let Body::Range(_) = self.heap.body(object) {
            return self.range_slice(object, slice);
        }
        let (start, stop, step) = self.unpack_slice(slice)?;
        let len = self.builtin_length(object).and_then(Result::ok).unwrap_or(0);
        let positions = super::slice::adjust(len, start, stop, step);
        let (from, to) = (positions.start as usize, positions.start as usize + positions.len);
        let whole = positions.len == len && step == 1;
        let exact = is_core_type(self.ty(object));
        match self.heap.body(object) {
            Body::Str(_) | Body::Tuple(_) | Body::Bytes(_) if whole && exact => done(self.own(object)),
            Body::Str(text) => {
                let text = if positions.len == 0 {
                    return done(self.own(EMPTY_STR));
                } else if step == 1 {
                    text.slice(from, to)
                } else {
                    crate::text::PyStr::from_code_points(&positions.iter().map(|at| text.at(at)).collect::<Vec<_>>())
                };
                done(self.new_str(text))
            }
            Body::Bytes(bytes) => {
                let bytes = if step == 1 { bytes[from..to].to_vec() } else { positions.iter().map(|at| bytes[at]).collect() };
                done(self.new_bytes(bytes))
            }
            Body::ByteArray(bytes) => {
                let bytes: Vec<u8> = positions.iter().map(|at| bytes[at]).collect();
                done(self.new_bytearray(bytes))
            }
            Body::Tuple(items) | Body::List(items) => {
                let mut taken = self.spare.items(positions.len);
                match step {
                    1 => taken.extend_from_slice(&items[from..to]),
                    -1 if positions.len > 0 => taken.extend(items[from + 1 - positions.len..=from].iter().rev().copied()),
                    _ => taken.extend(positions.iter().map(|at| items[at])),
                }
                let is_tuple = matches!(self.heap.body(object), Body::Tuple(_));
                taken.iter().for_each(|&item| self.heap.incref(item));
                done(if is_tuple { self.tuple_of(taken) } else { self.list_of(taken) })
            }
            _ => done(self.none()),
        }
    }

    fn range_slice(&mut self, range: ObjRef, slice: ObjRef) -> Res {
        let Body::Range(parts) = self.heap.body(range) else { return done(self.none()) };
        let parts = **parts;
        if let Some(short) = self.short_range_slice(parts, slice) {
            let parts = short.map(|part| self.new_int(part));
            return done(self.heap.alloc(RANGE, 0, Body::Range(Box::new(parts))));
        }
        let [start, _, step, length] = parts.map(|part| to_big_int(&self.heap, part));
        let (from, to, by) = self.unpack_slice(slice)?;
        // Numbers count with all their digits.
        let given = |vm: &Vm, index: usize, cut: i64| match vm.heap.body(slice) {
            Body::Slice(parts) if parts[index] == NONE => None,
            Body::Slice(parts) if vm.is_int(parts[index]) => Some(to_big_int(&vm.heap, parts[index])),
            _ => Some(BigInt::from(cut)),
        };
        let (from, to, by) = (given(self, 0, from), given(self, 1, to), given(self, 2, by).unwrap_or(BigInt::from(1)));
        let backwards = by < BigInt::ZERO;
        let (low, high) = if backwards { (BigInt::from(-1), &length - 1) } else { (BigInt::ZERO, length.clone()) };
        let fit = |index: BigInt| {
            if index < BigInt::ZERO { (index + &length).max(low.clone()) } else { index.min(high.clone()) }
        };
        let (unset_from, unset_to) = if backwards { (&high, &low) } else { (&low, &high) };
        let first = from.map_or(unset_from.clone(), fit);
        let end = to.map_or(unset_to.clone(), fit);
        let span = if backwards { &first - &end } else { &end - &first };
        let count = if span > BigInt::ZERO { (span - 1i32) / BigInt::from(by.magnitude().clone()) + 1i32 } else { BigInt::ZERO };
        let new_start = &start + first * &step;
        let new_stop = &start + end * &step;
        let new_step = step * by;
        let parts = [new_start, new_stop, new_step, count].map(|part| self.new_big_int(part));
        done(self.heap.alloc(RANGE, 0, Body::Range(Box::new(parts))))
    }

    /// The parts of a slice of a range where all numbers are short: start, stop, step and length.
    fn short_range_slice(&self, parts: [ObjRef; 4], slice: ObjRef) -> Option<[i64; 4]> {
        let short = |object: ObjRef| {
            let slot = self.heap.slot(object);
            matches!((slot.ty, &slot.body), (INT, Body::None)).then_some(i128::from(slot.num as i64))
        };
        let given = |object: ObjRef| if object == NONE { Some(None) } else { short(object).map(Some) };
        let &Body::Slice([from, to, by]) = self.heap.body(slice) else { return None };
        let (from, to, by) = (given(from)?, given(to)?, given(by)?.unwrap_or(1));
        let [start, step, length] = [short(parts[0])?, short(parts[2])?, short(parts[3])?];
        if by == 0 {
            return None;
        }
        let (low, high) = if by < 0 { (-1, length - 1) } else { (0, length) };
        let fit = |index: i128| if index < 0 { (index + length).max(low) } else { index.min(high) };
        let (unset_from, unset_to) = if by < 0 { (high, low) } else { (low, high) };
        let (first, end) = (from.map_or(unset_from, fit), to.map_or(unset_to, fit));
        let span = if by < 0 { first - end } else { end - first };
        let count = if span > 0 { (span - 1) as u64 / by.unsigned_abs() as u64 + 1 } else { 0 };
        let parts = [start + first * step, start + end * step, step * by, i128::from(count)].map(i64::try_from);
        let [Ok(start), Ok(stop), Ok(step), Ok(count)] = parts else { return None };
        Some([start, stop, step, count])
    }

    // ── classes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// `C[key]`: the metaclass's `__getitem__` was asked before.
    fn get_class_item(&mut self, class: ObjRef, key: ObjRef) -> Res {
        if class == TYPE {
            return done(self.new_generic_alias(class, key));
        }
        if let Some(method) = self.type_lookup(class, self.names.class_getitem)
            && self.native_of(method).is_none()
        {
            let depth = self.frames.len();
            let bound = self.bind_descriptor(method, class, class);
            // What `__class_getitem__` gives for this key.
            return self.after(
                depth,
                bound,
                After::new("__class_getitem__", &[key], 0, |vm, state, bound| {
                    state.owned.push(bound);
                    vm.call(bound, &[state.refs[0]])
                }),
            );
        }
        if self.is_generic(class) {
            return done(self.new_generic_alias(class, key));
        }
        let name = self.heap.type_of_type(class).name.clone();
        Err(self.type_error(format!("type '{name}' is not subscriptable")))
    }

    /// Does the class inherit `__class_getitem__` from a builtin type?
    fn is_generic(&mut self, class: ObjRef) -> bool {
        const GENERIC: [ObjRef; 10] = [LIST, TUPLE, DICT, SET, FROZENSET, ENUMERATE, BASE_EXCEPTION_GROUP, MAPPINGPROXY, WEAKREF, TYPE];
        let mro = self.heap.type_of_type(class).mro;
        self.heap.tuple(mro).is_some_and(|mro| mro[..mro.len() - 1].iter().any(|base| GENERIC.contains(base) && *base != TYPE))
            || self.type_lookup(class, self.names.class_getitem).is_some()
    }

    /// `types.GenericAlias(origin, args)`; one argument that is no tuple stands for a tuple of it. All borrowed.
    pub fn new_generic_alias(&mut self, origin: ObjRef, args: ObjRef) -> ObjRef {
        self.incref(origin);
        self.incref(args);
        let args = if self.heap.tuple(args).is_some() { args } else { self.new_tuple([args]) };
        self.alloc_tracked(GENERIC_ALIAS, 0, Body::Fields([Some(origin), Some(args)].into_iter().collect()))
    }
}

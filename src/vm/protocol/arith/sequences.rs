//! `+` and `*` of sequences: str, bytes, bytearray, list, tuple; and their in-place forms.
//!
//! Counterpart in CPython 3.11: `sq_concat`, `sq_repeat`, `sequence_repeat`. `[1] * 3` is a new list, `a += b` extends `a`.

use std::borrow::Cow;

use super::*;
use crate::{
    objects::{bytearray, list},
    text::PyStr,
    vm::protocol::after::After,
};

/// Results larger than this are a MemoryError.
const TOO_LARGE: usize = 1 << 33;

impl Vm {
    /// Concatenation or repetition; `None`: neither is a sequence that could.
    pub fn sequence_op(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Option<Res> {
        if op == ADD {
            return self.is_concatenable(a).then(|| self.concat(a, b));
        }
        if self.is_concatenable(a) {
            Some(self.repeat(a, b))
        } else if self.is_concatenable(b) {
            Some(self.repeat(b, a))
        } else {
            None
        }
    }

    pub(super) fn is_concatenable(&self, object: ObjRef) -> bool {
        matches!(self.heap.body(object), Body::Str(_) | Body::Bytes(_) | Body::ByteArray(_) | Body::List(_) | Body::Tuple(_))
    }

    /// `a + b` of sequences (`a` is one).
    pub fn concat(&mut self, a: ObjRef, b: ObjRef) -> Res {
        let exact = |vm: &Vm, object: ObjRef| is_core_type(vm.ty(object));
        match (self.heap.body(a), self.heap.body(b)) {
            (Body::Str(x), Body::Str(y)) => {
                if x.is_empty() && exact(self, b) {
                    return done(self.own(b));
                }
                if y.is_empty() && exact(self, a) {
                    return done(self.own(a));
                }
                let text = x.concat(y);
                done(self.new_str(text))
            }
            (Body::Bytes(x), Body::Bytes(_)) if x.is_empty() && exact(self, b) => done(self.own(b)),
            (Body::Bytes(_), Body::Bytes(y)) if y.is_empty() && exact(self, a) => done(self.own(a)),
            (Body::Bytes(_) | Body::ByteArray(_), Body::Bytes(_) | Body::ByteArray(_) | Body::Foreign(_))
                if let Some(more) = self.heap.buffer(b) =>
            {
                let bytes = [self.heap.bytes(a).unwrap_or(&[]), &more].concat();
                match self.heap.body(a) {
                    Body::Bytes(_) => done(self.new_bytes(bytes)),
                    _ => done(self.new_bytearray(bytes)),
                }
            }
            (Body::List(x), Body::List(y)) => {
                let items: Vec<ObjRef> = x.iter().chain(y.iter()).copied().collect();
                items.iter().for_each(|&item| self.incref(item));
                done(self.new_list(items))
            }
            (Body::Tuple(x), Body::Tuple(_)) if x.is_empty() && exact(self, b) => done(self.own(b)),
            (Body::Tuple(_), Body::Tuple(y)) if y.is_empty() && exact(self, a) => done(self.own(a)),
            (Body::Tuple(x), Body::Tuple(y)) => {
                let items: Vec<ObjRef> = x.iter().chain(y.iter()).copied().collect();
                items.iter().for_each(|&item| self.incref(item));
                done(self.new_tuple(items))
            }
            (body, _) => {
                let kind = match body {
                    Body::Str(_) => "str",
                    Body::List(_) => "list",
                    Body::Tuple(_) => "tuple",
                    _ => "",
                };
                let (x, y) = (self.type_name(a), self.type_name(b));
                Err(self.type_error(match kind {
                    "" => format!("can't concat {y} to {x}"),
                    _ => format!("can only concatenate {kind} (not \"{y}\") to {kind}"),
                }))
            }
        }
    }

    /// `sequence * count`
    pub fn repeat(&mut self, sequence: ObjRef, count: ObjRef) -> Res {
        if self.is_int(count) {
            let count = self.fit_index(count, OVERFLOW_ERROR)?;
            return self.repeat_times(sequence, count);
        }
        if !self.has_index(count) {
            let name = self.type_name(count);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{name}'")));
        }
        let depth = self.frames.len();
        let index = self.index(count);
        self.after(
            depth,
            index,
            After::new("__index__", &[sequence], 0, |vm, state, index| {
                let result = match vm.fit_index(index, OVERFLOW_ERROR) {
                    Ok(count) => vm.repeat_times(state.refs[0], count),
                    Err(raised) => Err(raised),
                };
                vm.decref(index);
                result
            }),
        )
    }

    fn repeat_times(&mut self, sequence: ObjRef, count: i64) -> Res {
        let count = count.max(0) as usize;
        let len = self.builtin_length(sequence).and_then(Result::ok).unwrap_or(0);
        let total = len.checked_mul(count).filter(|&total| total <= i64::MAX as usize);
        let exact = is_core_type(self.ty(sequence));
        let item_size = if self.heap.sequence(sequence).is_some() { 8 } else { 1 };
        match (self.heap.body(sequence), total) {
            (Body::Str(_), None) => return Err(self.raise(OVERFLOW_ERROR, "repeated string is too long")),
            (Body::Bytes(_), None) => return Err(self.raise(OVERFLOW_ERROR, "repeated bytes are too long")),
            (_, Some(total)) if total <= TOO_LARGE / item_size => {}
            _ => return Err(self.memory_error()),
        }
        self.room_for((total.unwrap_or(0) * item_size) as u64)?;
        match self.heap.body(sequence) {
            Body::Str(_) | Body::Bytes(_) if count == 1 && exact => done(self.own(sequence)),
            Body::Tuple(items) if (count == 1 || items.is_empty()) && exact => done(self.own(sequence)),
            Body::Str(text) => {
                let text = match text.as_ascii() {
                    Some(ascii) => PyStr::from(ascii.repeat(count)),
                    None => PyStr::from_code_points(&text.to_code_points().repeat(count)),
                };
                done(self.new_str(text))
            }
            Body::Bytes(bytes) => {
                let bytes = bytes.repeat(count);
                done(self.new_bytes(bytes))
            }
            Body::ByteArray(bytes) => {
                let bytes = bytes.repeat(count);
                done(self.new_bytearray(bytes))
            }
            Body::List(items) => {
                let items = items.repeat(count);
                items.iter().for_each(|&item| self.incref(item));
                done(self.new_list(items))
            }
            Body::Tuple(items) => {
                let items = items.repeat(count);
                items.iter().for_each(|&item| self.incref(item));
                done(self.new_tuple(items))
            }
            _ => done(self.none()),
        }
    }

    /// `a += b` and `a *= b` for lists and bytearrays, which change themselves; `None`: `a` is neither.
    pub(super) fn inplace_sequence(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Option<Res> {
        match (self.heap.body(a), op) {
            (Body::List(_), ADD) => {
                let depth = self.frames.len();
                let result = self.list_extend(a, b);
                Some(self.after(
                    depth,
                    result,
                    After::new("list.__iadd__", &[a], 0, |vm, state, none| {
                        vm.decref(none);
                        done(vm.own(state.refs[0]))
                    }),
                ))
            }
            (Body::ByteArray(_), ADD) => {
                let Some(more) = self.heap.buffer(b).map(Cow::into_owned) else {
                    let (x, y) = (self.type_name(a), self.type_name(b));
                    return Some(Err(self.type_error(format!("can't concat {y} to {x}"))));
                };
                if !more.is_empty()
                    && let Err(raised) = self.check_resizable(a)
                {
                    return Some(Err(raised));
                }
                if let Body::ByteArray(bytes) = self.heap.body_mut(a) {
                    bytes.extend(more);
                    bytearray::resized(&mut self.heap, a);
                }
                Some(done(self.own(a)))
            }
            (Body::List(_) | Body::ByteArray(_), MULTIPLY) => {
                if !self.has_index(b) {
                    let name = self.type_name(b);
                    return Some(Err(self.type_error(format!("can't multiply sequence by non-int of type '{name}'"))));
                }
                let depth = self.frames.len();
                let index = self.index(b);
                Some(self.after(
                    depth,
                    index,
                    After::new("__index__", &[a], 0, |vm, state, index| {
                        let result = vm.fit_index(index, OVERFLOW_ERROR);
                        vm.decref(index);
                        vm.repeat_in_place(state.refs[0], result?)
                    }),
                ))
            }
            _ => None,
        }
    }

    fn repeat_in_place(&mut self, object: ObjRef, count: i64) -> Res {
        let len = self.builtin_length(object).and_then(Result::ok).unwrap_or(0);
        let count = count.max(0) as usize;
        let item_size = if self.heap.sequence(object).is_some() { 8 } else { 1 };
        if len.checked_mul(count).is_none_or(|total| total > TOO_LARGE / item_size) {
            return Err(self.memory_error());
        }
        self.room_for((len * count * item_size) as u64)?;
        if count != 1 && matches!(self.heap.body(object), Body::ByteArray(_)) {
            self.check_resizable(object)?;
        }
        match self.heap.body_mut(object) {
            Body::ByteArray(bytes) => {
                ***bytes = bytes.repeat(count);
                bytearray::resized(&mut self.heap, object);
            }
            Body::List(items) if count == 0 => {
                let old = std::mem::take(items);
                self.decref_all(old.into_iter().rev());
                list::drop_items(&mut self.heap, object);
            }
            Body::List(items) if len > 0 && count > 1 => {
                let once = items.to_vec();
                for _ in 1..count {
                    items.extend(once.iter().copied());
                }
                for &item in &once {
                    self.heap.incref_by(item, count as u32 - 1);
                }
                list::resized(&mut self.heap, object, len);
            }
            _ => {}
        }
        done(self.own(object))
    }
}

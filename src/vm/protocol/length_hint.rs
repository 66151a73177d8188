//! How many items will probably come: what lists and bytes make room for before they take an iterable's items.
//!
//! ```text
//!   list(x)   →   len(x), or else x.__length_hint__(), or else a guess
//! ```
//!
//! Counterpart in CPython 3.11: `PyObject_LengthHint`.

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        iter::{Iter, RangeIter},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

/// Asks an object written in Python. A TypeError of either method means that it doesn't know.
#[derive(Clone)]
struct LengthHint {
    /// borrowed
    object: ObjRef,
    default: i64,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Len,
    Hint,
}

impl LengthHint {
    /// The type has no such method, or it raised a TypeError.
    fn next(&mut self, vm: &mut Vm) -> Res {
        if self.stage == Stage::Hint {
            return done(vm.new_int(self.default));
        }
        self.stage = Stage::Hint;
        let ty = vm.ty(self.object);
        let outcome = match vm.own_method(ty, vm.names.length_hint) {
            None => return done(vm.new_int(self.default)),
            Some(method) => {
                let then = After::new("__length_hint__", &[], 0, |_, _, value| done(value));
                vm.call_bound_special(method, self.object, &[], then)
            }
        };
        self.go_on(vm, outcome)
    }

    fn go_on(&mut self, vm: &mut Vm, outcome: Res) -> Res {
        match outcome {
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Ok(Outcome::Done(value)) => self.answer(vm, value),
            Err(raised) => self.raised(vm, raised),
        }
    }

    fn answer(&self, vm: &mut Vm, value: ObjRef) -> Res {
        if self.stage == Stage::Len {
            return done(value);
        }
        let hint = if value == NOT_IMPLEMENTED {
            Ok(vm.new_int(self.default))
        } else if !vm.is_int(value) {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("__length_hint__ must be an integer, not {name}")))
        } else {
            match vm.small_value(value) {
                Some(hint) if hint < 0 => Err(vm.value_error("__length_hint__() should return >= 0")),
                Some(hint) => Ok(vm.new_int(hint)),
                None => Err(too_large(vm)),
            }
        };
        vm.decref(value);
        hint.map(Outcome::Done)
    }
}

impl Native for LengthHint {
    fn name(&self) -> &'static str {
        match self.stage {
            Stage::Len => "__len__",
            Stage::Hint => "__length_hint__",
        }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) => self.answer(vm, value),
            Input::Start | Input::Exhausted => {
                let ty = vm.ty(self.object);
                match vm.own_method(ty, vm.names.len) {
                    Some(_) => {
                        let len = vm.length_object(self.object);
                        self.go_on(vm, len)
                    }
                    None => self.next(vm),
                }
            }
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if !vm.exception_matches(raised.0, TYPE_ERROR) {
            return Err(raised);
        }
        vm.decref(raised.0);
        self.next(vm)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

fn too_large(vm: &mut Vm) -> Raised {
    vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")
}

impl Vm {
    /// `operator.length_hint(object, default)` as an int object: asks `__len__`, then `__length_hint__`. The object is
    /// borrowed, also while this waits.
    pub fn length_hint(&mut self, object: ObjRef, default: i64) -> Res {
        let ty = self.ty(object);
        let own = |vm: &mut Vm, name| !is_core_type(ty) && vm.own_method(ty, name).is_some();
        if own(self, self.names.len) || self.builtin_length(object).is_none() && own(self, self.names.length_hint) {
            return self.start_native(LengthHint { object, default, stage: Stage::Len });
        }
        let endless = matches!(self.heap.body(object), Body::RangeIter(range)
            if matches!(**range, RangeIter::Long(_)))
            && self.builtin_length_hint(object).is_none();
        if endless || matches!(self.builtin_length(object), Some(Err(()))) {
            return Err(too_large(self));
        }
        if let Some(len) = self.builtin_length_hint(object) {
            return done(self.new_usize(len));
        }
        if let Some((sequence, _)) = self.iterated_by_number(object)
            && self.has_length(sequence)
        {
            return self.items_left(object);
        }
        self.start_native(LengthHint { object, default, stage: Stage::Len })
    }

    /// The sequence that an iterator asks for items by number, and how many it would give by now if none were missing.
    fn iterated_by_number(&self, iterator: ObjRef) -> Option<(ObjRef, Taken)> {
        match self.heap.body(iterator) {
            Body::Iter(iter) => match **iter {
                Iter::Reversed { seq: Some(seq), next } => Some((seq, Taken::Left(next + 1))),
                Iter::GetItem { seq: Some(seq), next } => Some((seq, Taken::Given(next))),
                _ => None,
            },
            _ => None,
        }
    }

    fn has_length(&mut self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        self.own_method(ty, self.names.len).is_some() || self.builtin_length(object).is_some()
    }

    /// `__length_hint__` of the builtin iterators, as an int object.
    pub fn items_left(&mut self, iterator: ObjRef) -> Res {
        if let Some(len) = self.builtin_length_hint(iterator) {
            return done(self.new_usize(len));
        }
        let Some((sequence, taken)) = self.iterated_by_number(iterator) else { return done(self.new_usize(0)) };
        if matches!(taken, Taken::Given(_)) && !self.has_length(sequence) {
            return done(self.own(NOT_IMPLEMENTED));
        }
        let depth = self.frames.len();
        let len = self.length_object(sequence);
        let then = match taken {
            Taken::Given(given) => After::new("__length_hint__", &[], given, |vm, state, len| {
                let left = vm.small_value(len).unwrap_or(0) - state.number;
                vm.decref(len);
                done(vm.new_int(left.max(0)))
            }),
            Taken::Left(left) => After::new("__length_hint__", &[], left, |vm, state, len| {
                let shrunk = vm.small_value(len).unwrap_or(0) < state.number;
                vm.decref(len);
                done(vm.new_int(if shrunk { 0 } else { state.number }))
            }),
        };
        self.after(depth, len, then)
    }

    /// How many items will come, as far as builtin types know.
    pub fn builtin_length_hint(&self, object: ObjRef) -> Option<usize> {
        if let Some(Ok(len)) = self.builtin_length(object) {
            return Some(len);
        }
        let position = self.heap.slot(object).num as usize;
        match self.heap.body(object) {
            Body::SeqIter(Some(sequence)) => {
                let len = self.builtin_length(*sequence).and_then(Result::ok)?;
                Some(if self.ty(object) == LIST_REVERSEITERATOR { position.wrapping_add(1).min(len) } else { len.saturating_sub(position) })
            }
            Body::SeqIter(None) => Some(0),
            Body::RangeIter(range) => match &**range {
                RangeIter::Small { left, .. } => Some(*left as usize),
                RangeIter::Long(_) => {
                    let [index, .., len] = self.long_range_parts(object)?;
                    i64::try_from(len - index).ok().map(|left| left as usize)
                }
            },
            Body::DictIter(iter) => Some(if iter.dict.is_some() { iter.left } else { 0 }),
            Body::Iter(iter) => match &**iter {
                Iter::Set { set: Some(set), slot, .. } => {
                    let set = self.heap.set(*set)?;
                    Some((*slot..set.slots()).filter(|&slot| set.slot(slot).is_some_and(|entry| entry.key.is_some())).count())
                }
                Iter::Set { set: None, .. } | Iter::Reversed { seq: None, .. } | Iter::GetItem { seq: None, .. } => Some(0),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How far such an iterator has come.
#[derive(Clone, Copy)]
enum Taken {
    /// So many items were given.
    Given(i64),
    /// So many items are left at most.
    Left(i64),
}

//! Iterators that ask others for their items: map, filter, zip, enumerate, reversed, `iter(f, sentinel)`.
//!
//! What they ask may be Python code, so each has a native frame for the time of one item.
//! Counterpart in CPython 3.11: `map_next`, `filter_next`, `zip_next` in `Python/bltinmodule.c`.

use num_traits::ToPrimitive;

use super::*;
use crate::vm::frame::NativeState;

impl Vm {
    /// `next` of the iterators that ask others: map, filter, zip, enumerate, reversed, callable, set.
    pub(super) fn compound_next(&mut self, iterator: ObjRef) -> Res<Option<ObjRef>> {
        let Body::Iter(state) = self.heap.body_mut(iterator) else { panic!("an iterator") };
        match &mut **state {
            Iter::Set { set: None, .. } => Ok(Outcome::Done(None)),
            Iter::Set { set: Some(set), used, slot } => {
                let (set, used, mut at) = (*set, *used, *slot);
                let table = self.heap.set(set).expect("a set");
                if table.len() != used {
                    let Body::Iter(state) = self.heap.body_mut(iterator) else { unreachable!() };
                    if let Iter::Set { used, .. } = &mut **state {
                        *used = usize::MAX;
                    }
                    return Err(self.raise(RUNTIME_ERROR, "Set changed size during iteration"));
                }
                let found = loop {
                    match table.slot(at) {
                        None => break None,
                        Some(entry) => {
                            at += 1;
                            if let Some(key) = entry.key {
                                break Some(key);
                            }
                        }
                    }
                };
                let Body::Iter(state) = self.heap.body_mut(iterator) else { unreachable!() };
                let Iter::Set { set: kept, slot, .. } = &mut **state else { unreachable!() };
                *slot = at;
                if found.is_none() {
                    *kept = None;
                    self.decref(set);
                }
                self.xincref(found);
                Ok(Outcome::Done(found))
            }
            Iter::Enumerate { iter, .. } => {
                let iter = *iter;
                match self.next_plainly(iter) {
                    Some(Some(item)) => Ok(Outcome::Done(Some(self.numbered(iterator, item)))),
                    Some(None) => Ok(Outcome::Done(None)),
                    None => self.wait_for_item(iterator, iter),
                }
            }
            Iter::Filter { iter, .. } => {
                let iter = *iter;
                self.wait_for_item(iterator, iter)
            }
            Iter::Map { iters, .. } | Iter::Zip { iters, .. } => {
                let (iters, is_map) = (*iters, matches!(**state, Iter::Map { .. }));
                if let (true, Some(&[iter])) = (is_map, self.heap.tuple(iters)) {
                    return self.wait_for_item(iterator, iter);
                }
                let mut items = Vec::new();
                if !is_map {
                    match self.zip_plainly(iterator, iters) {
                        Ok(tuple) => return Ok(Outcome::Done(Some(tuple))),
                        Err(first) => items = first,
                    }
                }
                self.incref(iterator);
                let result = self.start_native(GatherItems { iterator, items, calling: false });
                self.as_item(result)
            }
            Iter::Reversed { seq: None, .. } | Iter::GetItem { seq: None, .. } | Iter::Callable { func: None, .. } => {
                Ok(Outcome::Done(None))
            }
            Iter::Reversed { .. } | Iter::GetItem { .. } | Iter::Callable { .. } => {
                self.incref(iterator);
                let result = self.start_native(AskItem { iterator });
                self.as_item(result)
            }
        }
    }

    /// The next item of an iterator over a list, tuple or range, which asks nobody. `None`: it is another iterator.
    #[inline]
    fn next_plainly(&mut self, iterator: ObjRef) -> Option<Option<ObjRef>> {
        match self.ty(iterator) {
            LIST_ITERATOR => Some(self.list_iter_next(iterator)),
            TUPLE_ITERATOR => Some(self.tuple_iter_next(iterator)),
            RANGE_ITERATOR => Some(self.range_iter_next(iterator)),
            _ => None,
        }
    }

    /// The pair of an enumerate's number and an item (owned).
    fn numbered(&mut self, iterator: ObjRef, item: ObjRef) -> ObjRef {
        let Body::Iter(state) = self.heap.body_mut(iterator) else { panic!("an iterator") };
        let Iter::Enumerate { next, result, .. } = &mut **state else { panic!("an enumerate") };
        let (small, big, result) = (next.to_i64(), next.to_i64().is_none().then(|| next.clone()), *result);
        *next += 1;
        let index = match (small, big) {
            (Some(index), _) => self.new_int(index),
            (None, big) => self.new_big_int(big.unwrap_or_default()),
        };
        self.reuse_tuple(result, [index, item])
    }

    /// The tuple of a zip's next items where no iterator need ask anybody; or the items there are (owned), if one is exhausted.
    fn zip_plainly(&mut self, iterator: ObjRef, iters: ObjRef) -> Result<ObjRef, Vec<ObjRef>> {
        let count = self.heap.tuple(iters).map_or(0, <[ObjRef]>::len);
        let is_plain = |&iter: &ObjRef| matches!(self.ty(iter), LIST_ITERATOR | TUPLE_ITERATOR | RANGE_ITERATOR);
        if count == 0 || !self.heap.tuple(iters).is_some_and(|iters| iters.iter().all(is_plain)) {
            return Err(Vec::new());
        }
        let mut items = self.spare.items(count);
        for index in 0..count {
            let iter = self.heap.tuple(iters).expect("a tuple")[index];
            match self.next_plainly(iter).flatten() {
                Some(item) => items.push(item),
                None => return Err(items.to_vec()),
            }
        }
        let Body::Iter(state) = self.heap.body(iterator) else { panic!("an iterator") };
        let Iter::Zip { result, .. } = **state else { panic!("a zip") };
        if self.heap.refcount(result) > 1 {
            return Ok(self.tuple_of(items));
        }
        self.incref(result);
        let old = std::mem::replace(self.heap.refilled_tuple(result), items);
        old.iter().for_each(|&item| self.decref(item));
        self.spare.keep(Body::Tuple(old));
        self.heap.collector.track(result);
        Ok(result)
    }

    /// The result of a native that gives one item, or raises StopIteration.
    pub(super) fn as_item(&mut self, result: Res) -> Res<Option<ObjRef>> {
        match result {
            Ok(Outcome::Done(value)) => Ok(Outcome::Done(Some(value))),
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Err(raised) if self.exception_matches(raised.0, STOP_ITERATION) => {
                self.decref(raised.0);
                Ok(Outcome::Done(None))
            }
            Err(raised) => Err(raised),
        }
    }

    /// One inner iterator: takes its item and makes the outer one's of it.
    pub(super) fn wait_for_item(&mut self, iterator: ObjRef, inner: ObjRef) -> Res<Option<ObjRef>> {
        // Without Python code in between no native frame is needed.
        self.incref(iterator);
        let result = self.start_native(OneItem { iterator, inner, item: None });
        self.as_item(result)
    }
}

/// `next` of enumerate, filter, and map over one iterator.
#[derive(Clone)]
pub struct OneItem {
    iterator: ObjRef,
    /// borrowed from the iterator
    inner: ObjRef,
    /// filter: the item whose test runs
    item: Option<ObjRef>,
}

impl Native for OneItem {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return Err(vm.end_of_iteration()),
            Input::Value(value) => Some(value),
        };
        loop {
            let value = match input.take() {
                Some(value) => value,
                None => match vm.iter_next_native(self.inner)? {
                    Outcome::Done(Some(item)) => item,
                    Outcome::Done(None) => return Err(vm.end_of_iteration()),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
            };
            let Body::Iter(state) = vm.heap.body_mut(self.iterator) else { panic!("an iterator") };
            match &mut **state {
                Iter::Enumerate { .. } => return Ok(Outcome::Done(vm.numbered(self.iterator, value))),
                Iter::Map { func, .. } => {
                    let func = *func;
                    // The second time the value is the function's result.
                    if let Some(item) = self.item.take() {
                        vm.decref(item);
                        return Ok(Outcome::Done(value));
                    }
                    // The item is held while the function runs.
                    let result = vm.call(func, &[value]);
                    match result {
                        Ok(Outcome::Pushed) => self.item = Some(value),
                        _ => vm.decref(value),
                    }
                    return result;
                }
                Iter::Filter { func, .. } => {
                    let func = *func;
                    let (item, verdict) = match self.item.take() {
                        Some(item) => (item, value),
                        None if func == NONE => (value, vm.own(value)),
                        None => {
                            self.item = Some(value);
                            match vm.call(func, &[value])? {
                                Outcome::Pushed => return Ok(Outcome::Pushed),
                                Outcome::Done(verdict) => {
                                    self.item = None;
                                    (value, verdict)
                                }
                            }
                        }
                    };
                    let depth = vm.frames.len();
                    let truth = vm.truth(verdict);
                    vm.decref(verdict);
                    let truth = match truth {
                        Ok(Outcome::Done(truth)) => truth,
                        Ok(Outcome::Pushed) => {
                            let result = vm.finish_now(depth, Outcome::Pushed);
                            match result {
                                Ok(value) => {
                                    vm.decref(value);
                                    value == TRUE
                                }
                                Err(raised) => {
                                    vm.decref(item);
                                    return Err(raised);
                                }
                            }
                        }
                        Err(raised) => {
                            vm.decref(item);
                            return Err(raised);
                        }
                    };
                    if truth {
                        return Ok(Outcome::Done(item));
                    }
                    vm.decref(item);
                }
                _ => panic!("an iterator over one iterator"),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.iterator);
        self.item.iter().for_each(|&o| visit(o));
    }

    fn release(&mut self, vm: &mut Vm) {
        vm.decref(self.iterator);
        vm.xdecref(self.item);
    }

    fn into_state(self) -> NativeState {
        NativeState::Item(self)
    }
}

/// `next` of zip, and of map over several iterators.
#[derive(Clone)]
struct GatherItems {
    iterator: ObjRef,
    items: Vec<ObjRef>,
    /// map: all items are there and the function runs
    calling: bool,
}

impl Native for GatherItems {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) if self.calling => return Ok(Outcome::Done(value)),
            Input::Value(value) => self.items.push(value),
            Input::Exhausted => return self.exhausted(vm),
            Input::Start => {}
        }
        let Body::Iter(state) = vm.heap.body(self.iterator) else { panic!("an iterator") };
        let (iters, func, result) = match &**state {
            Iter::Map { func, iters } => (*iters, Some(*func), None),
            Iter::Zip { iters, result, .. } => (*iters, None, Some(*result)),
            _ => panic!("an iterator over several iterators"),
        };
        let count = vm.heap.tuple(iters).map_or(0, <[ObjRef]>::len);
        while self.items.len() < count {
            let iter = vm.heap.tuple(iters).expect("a tuple")[self.items.len()];
            match vm.iter_next_native(iter)? {
                Outcome::Done(Some(item)) => self.items.push(item),
                Outcome::Done(None) => return self.exhausted(vm),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        if let Some(func) = func {
            self.calling = true;
            // The items are held while the function runs.
            let items = self.items.clone();
            return vm.call(func, &items);
        }
        if count == 0 {
            return Err(vm.end_of_iteration());
        }
        let items = std::mem::take(&mut self.items);
        let result = result.expect("zip keeps a tuple");
        if vm.heap.refcount(result) > 1 {
            return Ok(Outcome::Done(vm.new_tuple(items)));
        }
        vm.incref(result);
        let old = std::mem::replace(vm.heap.refilled_tuple(result), items.into_iter().collect());
        vm.decref_all(old);
        vm.heap.collector.track(result);
        Ok(Outcome::Done(result))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.iterator);
        self.items.iter().for_each(|&o| visit(o));
    }
}

impl GatherItems {
    /// One iterator has no more items. With `strict` all must end together.
    fn exhausted(&mut self, vm: &mut Vm) -> Res {
        let Body::Iter(state) = vm.heap.body(self.iterator) else { panic!("an iterator") };
        if let Iter::Zip { iters, result, .. } = &**state
            && vm.heap.refcount(*result) > 1
        {
            // CPython has made the tuple by now that it has no items for.
            let n = vm.heap.tuple(*iters).map_or(0, <[ObjRef]>::len);
            vm.pass_packed(n, false);
        }
        let Body::Iter(state) = vm.heap.body(self.iterator) else { panic!("an iterator") };
        if let Iter::Zip { iters, strict: true, .. } = &**state {
            let (iters, index) = (vm.heap.tuple(*iters).expect("a tuple").to_vec(), self.items.len());
            let shorter = |index: usize| if index == 1 { "argument 1".to_string() } else { format!("arguments 1-{index}") };
            if index > 0 {
                let message = format!("zip() argument {} is shorter than {}", index + 1, shorter(index));
                return Err(vm.value_error(message));
            }
            for (i, &iter) in iters.iter().enumerate().skip(1) {
                if let Some(item) = vm.next_now(iter)? {
                    vm.decref(item);
                    return Err(vm.value_error(format!("zip() argument {} is longer than {}", i + 1, shorter(i))));
                }
            }
        }
        Err(vm.end_of_iteration())
    }
}

/// `next` of iterators that call `__getitem__` or a function.
#[derive(Clone)]
struct AskItem {
    iterator: ObjRef,
}

impl AskItem {
    fn give_up(&self, vm: &mut Vm) {
        let Body::Iter(state) = vm.heap.body_mut(self.iterator) else { return };
        let held = match &mut **state {
            Iter::Reversed { seq, .. } | Iter::GetItem { seq, .. } => seq.take(),
            Iter::Callable { func, .. } => func.take(),
            _ => None,
        };
        vm.xdecref(held);
    }
}

impl Native for AskItem {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let Body::Iter(state) = vm.heap.body_mut(self.iterator) else { panic!("an iterator") };
        let value = match input {
            Input::Value(value) => value,
            _ => {
                let result = match &mut **state {
                    Iter::GetItem { next: i64::MAX, .. } => Err(vm.raise(OVERFLOW_ERROR, "iter index too large")),
                    Iter::Reversed { seq, next } | Iter::GetItem { seq, next } if *next >= 0 => {
                        let (seq, index) = (seq.expect("a sequence"), *next);
                        let index = vm.new_int(index);
                        let result = vm.get_item(seq, index);
                        vm.decref(index);
                        result
                    }
                    Iter::Callable { func, .. } => {
                        let func = func.expect("a function");
                        vm.call(func, &[])
                    }
                    _ => {
                        self.give_up(vm);
                        return Err(vm.end_of_iteration());
                    }
                };
                match result {
                    Ok(Outcome::Done(value)) => value,
                    Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                    Err(raised) => return self.raised(vm, raised),
                }
            }
        };
        let Body::Iter(state) = vm.heap.body_mut(self.iterator) else { panic!("an iterator") };
        match &mut **state {
            Iter::Reversed { next, .. } => *next -= 1,
            Iter::GetItem { next, .. } => *next += 1,
            Iter::Callable { sentinel, .. } => {
                let sentinel = *sentinel;
                let equal = vm.equal_now(sentinel, value);
                if !matches!(equal, Ok(false)) {
                    vm.decref(value);
                }
                if equal? {
                    self.give_up(vm);
                    return Err(vm.end_of_iteration());
                }
            }
            _ => {}
        }
        Ok(Outcome::Done(value))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let Body::Iter(state) = vm.heap.body(self.iterator) else { return Err(raised) };
        let ends = match &**state {
            Iter::Callable { .. } => vm.exception_matches(raised.0, STOP_ITERATION),
            _ => vm.exception_matches(raised.0, INDEX_ERROR) || vm.exception_matches(raised.0, STOP_ITERATION),
        };
        if ends {
            vm.decref(raised.0);
            self.give_up(vm);
            return Err(vm.end_of_iteration());
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.iterator);
    }
}

//! `deque.index`, `count` and `remove`: its items are compared with a value one by one.
//!
//! Invariant: what is compared is kept alive, as the deque may lose it meanwhile; that is noticed after the comparison.
//! `deque([1, 2, 1]).count(1)` is 2. Counterpart in CPython 3.11: `deque_index`, `deque_count`, `deque_remove`.

use super::{deque, not_there, take_at};
use crate::{
    heap::ObjRef,
    objects::{
        core_types::{INDEX_ERROR, RUNTIME_ERROR, TRUE},
        equality::equal_without_python,
    },
    vm::{
        Outcome, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// What becomes of an equal item.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Want {
    Index,
    Count,
    Remove,
}

#[derive(Clone)]
struct Search {
    /// borrowed
    deque: ObjRef,
    /// borrowed
    value: ObjRef,
    at: usize,
    stop: usize,
    /// What [`super::Deque`] counted at the start.
    state: u64,
    /// The item being compared.
    item: Option<ObjRef>,
    found: usize,
    want: Want,
}

/// Looks for a value among the items from one position up to another.
pub(super) fn search(vm: &mut Vm, this: ObjRef, value: ObjRef, range: std::ops::Range<usize>, want: Want) -> Res {
    let state = deque(vm, this).map_or(0, |deque| deque.state);
    vm.start_native(Search { deque: this, value, at: range.start, stop: range.end, state, item: None, found: 0, want })
}

impl Native for Search {
    fn name(&self) -> &'static str {
        match self.want {
            Want::Index => "deque.index",
            Want::Count => "deque.count",
            Want::Remove => "deque.remove",
        }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut answer = match input {
            Input::Value(value) => {
                vm.decref(value);
                Some(value == TRUE)
            }
            _ => None,
        };
        loop {
            if let Some(equal) = answer.take() {
                let item = self.item.take();
                vm.xdecref(item);
                let is_changed = deque(vm, self.deque).is_none_or(|deque| deque.state != self.state);
                if is_changed && self.want == Want::Remove {
                    return Err(vm.raise(INDEX_ERROR, "deque mutated during iteration"));
                }
                if is_changed && !(equal && self.want == Want::Index) {
                    return Err(vm.raise(RUNTIME_ERROR, "deque mutated during iteration"));
                }
                self.at += 1;
                if equal && let Some(result) = self.hit(vm) {
                    return done(result);
                }
            }
            let next = deque(vm, self.deque).and_then(|deque| deque.items.get(self.at).copied());
            let Some(item) = next.filter(|_| self.at < self.stop) else {
                return match self.want {
                    Want::Count => done(vm.new_usize(self.found)),
                    Want::Index | Want::Remove => Err(not_there(vm, self.value)),
                };
            };
            answer = if item == self.value { Some(true) } else { equal_without_python(&vm.heap, item, self.value) };
            if answer.is_some() {
                continue;
            }
            self.item = Some(vm.own(item));
            match vm.equal(item, self.value)? {
                Outcome::Done(equal) => answer = Some(equal),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.item.iter().for_each(|&item| visit(item));
    }
}

impl Search {
    /// The item before `at` is equal: the result, unless the search goes on.
    fn hit(&mut self, vm: &mut Vm) -> Option<ObjRef> {
        match self.want {
            Want::Count => {
                self.found += 1;
                None
            }
            Want::Index => Some(vm.new_usize(self.at - 1)),
            Want::Remove => {
                let old = take_at(vm, self.deque, self.at - 1);
                vm.xdecref(old);
                Some(vm.none())
            }
        }
    }
}

//! Doing something with each item of an iterable: extending a list, filling a set or dict, searching.
//!
//! ```text
//!   [].extend(gen())     ask for an item (runs the generator's frame) ▸ append it ▸ ask for the next …
//! ```
//!
//! Counterpart in CPython 3.11: `list_extend`, `set_update_internal`, `_PySequence_IterSearch`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, list},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// Work on the items of an iterable, one by one.
#[derive(Clone)]
pub struct ForEach {
    name: &'static str,
    /// Borrowed.
    iterable: ObjRef,
    /// What the items go to or are compared with; borrowed.
    pub target: ObjRef,
    /// Items seen so far.
    pub count: i64,
    iterator: Option<ObjRef>,
    /// The item at work; held.
    item: Option<ObjRef>,
    /// Done with each item (borrowed). Its result True ends all, with that result.
    step: fn(&mut Vm, &mut ForEach, ObjRef) -> Res,
    /// The result when the items have come to their end.
    finish: fn(&mut Vm, &mut ForEach) -> Res,
    stage: Stage,
    /// Does the step where it runs nothing; false: it is to be done as ever.
    quick: Option<fn(&mut Vm, ObjRef, ObjRef) -> bool>,
    /// What is said of the iterable instead of any TypeError of `iter`.
    refusal: Option<fn(&Vm, ObjRef) -> String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Iterator,
    Next,
    Step,
}

impl ForEach {
    pub fn new(
        name: &'static str,
        iterable: ObjRef,
        target: ObjRef,
        step: fn(&mut Vm, &mut ForEach, ObjRef) -> Res,
        finish: fn(&mut Vm, &mut ForEach) -> Res,
    ) -> ForEach {
        let stage = Stage::Iterator;
        ForEach { name, iterable, target, count: 0, iterator: None, item: None, step, finish, stage, quick: None, refusal: None }
    }

    /// With a shorter way for items with which no Python code is involved: from the target and the item, both borrowed.
    pub fn or_quick(mut self, quick: fn(&mut Vm, ObjRef, ObjRef) -> bool) -> ForEach {
        self.quick = Some(quick);
        self
    }

    /// With a message of its own for what is not iterable.
    fn or_say(mut self, refusal: fn(&Vm, ObjRef) -> String) -> ForEach {
        self.refusal = Some(refusal);
        self
    }
}

impl Native for ForEach {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return (self.finish)(vm, self),
            Input::Value(value) => Some(value),
        };
        loop {
            match (self.stage, input.take()) {
                (Stage::Iterator, None) => match vm.get_iter(self.iterable).or_else(|raised| self.raised(vm, raised))? {
                    Outcome::Done(iterator) => input = Some(iterator),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                (Stage::Iterator, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    self.stage = Stage::Next;
                }
                (Stage::Next, None) => match vm.iter_next_native(self.iterator.expect("an iterator"))? {
                    Outcome::Done(None) => return (self.finish)(vm, self),
                    Outcome::Done(item) => input = item,
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                (Stage::Next, Some(item)) if self.take(vm, item) => {}
                (Stage::Next, Some(item)) => {
                    self.item = Some(item);
                    self.stage = Stage::Step;
                    let step = self.step;
                    match step(vm, self, item)? {
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                (Stage::Step, value) => {
                    let item = self.item.take();
                    vm.xdecref(item);
                    if value == Some(TRUE) {
                        return done(TRUE);
                    }
                    vm.xdecref(value);
                    self.count += 1;
                    self.stage = Stage::Next;
                }
            }
        }
    }

    fn take(&mut self, vm: &mut Vm, item: ObjRef) -> bool {
        let takes = self.stage == Stage::Next && self.quick.is_some_and(|quick| quick(vm, self.target, item));
        if takes {
            vm.decref(item);
            self.count += 1;
        }
        takes
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let refusal = self.refusal.filter(|_| self.stage == Stage::Iterator).map(|refusal| refusal(vm, self.iterable));
        Err(vm.refused(raised, refusal))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.item).for_each(|&object| visit(object));
    }
}

impl Vm {
    pub fn for_each(&mut self, work: ForEach) -> Res {
        self.drive(work)
    }

    /// Is the value in what the iterable gives? A bool object.
    pub fn search_iterable(&mut self, iterable: ObjRef, value: ObjRef) -> Res {
        let search =
            ForEach::new("in", iterable, value, |vm, each, item| vm.equal_object(item, each.target), |vm, _| done(vm.new_bool(false)));
        self.for_each(search.or_say(|vm, iterable| format!("argument of type '{}' is not iterable", vm.type_name(iterable))))
    }

    /// `list.extend(iterable)`; the result is None.
    pub fn list_extend(&mut self, list: ObjRef, iterable: ObjRef) -> Res {
        if matches!(self.ty(iterable), LIST | TUPLE) {
            let items: Vec<ObjRef> = self.heap.sequence(iterable).expect("a list or tuple").to_vec();
            if !items.is_empty() {
                items.iter().for_each(|&item| self.incref(item));
                let target = self.heap.list_mut(list).expect("a list");
                let old_len = target.len();
                target.extend(items);
                list::extended(&mut self.heap, list, old_len);
            }
            return done(self.none());
        }
        self.drive(Extend { list, iterable, iterator: None, stage: ExtendStage::Iterator })
    }

    /// Appends an item (owned) as `list.append` does.
    #[inline(never)]
    pub fn list_append(&mut self, list: ObjRef, item: ObjRef) {
        let Some(items) = self.heap.list_mut(list) else { return self.decref(item) };
        let len = items.len();
        items.push(item);
        if list::allocated(self.heap.slot(list).num) <= len {
            list::resize(&mut self.heap, list, len, len + 1);
        }
    }
}

/// `list.extend` with any iterable: room is made for as many items as it says it has, then they come one by one.
#[derive(Clone)]
struct Extend {
    list: ObjRef,
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    stage: ExtendStage,
}

#[derive(Clone, Copy)]
enum ExtendStage {
    Iterator,
    /// `__len__` or `__length_hint__` was called.
    Hint,
    Items,
}

impl Extend {
    fn make_room(&self, vm: &mut Vm, hint: usize) -> Result<(), Raised> {
        let len = vm.heap.list(self.list).map_or(0, |items| items.len());
        // It can't be true: some hints are nonsense.
        if len > 0 && hint as u64 > i64::MAX as u64 - len as u64 {
            return Ok(());
        }
        vm.room_for((hint as u64).saturating_mul(8))?;
        let num = vm.heap.slot(self.list).num;
        if list::block(num) == 0 {
            if hint > 0 {
                list::set_allocated(&mut vm.heap, self.list, list::preallocated(hint));
            }
        } else if list::allocated(num) < len + hint {
            list::resize(&mut vm.heap, self.list, len, len + hint);
        }
        Ok(())
    }

    fn finish(&self, vm: &mut Vm) -> Res {
        let len = vm.heap.list(self.list).map_or(0, |items| items.len());
        if len < list::allocated(vm.heap.slot(self.list).num) {
            list::resize(&mut vm.heap, self.list, len, len);
        }
        done(vm.none())
    }
}

impl Native for Extend {
    fn name(&self) -> &'static str {
        "list.extend"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return self.finish(vm),
            Input::Value(value) => Some(value),
        };
        loop {
            match (self.stage, input.take()) {
                (ExtendStage::Iterator, None) => match vm.get_iter(self.iterable)? {
                    Outcome::Done(iterator) => input = Some(iterator),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                (ExtendStage::Iterator, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    self.stage = ExtendStage::Hint;
                    match vm.length_hint(self.iterable, 8)? {
                        Outcome::Done(hint) => input = Some(hint),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                (ExtendStage::Hint, hint) => {
                    let count = hint.and_then(|hint| vm.small_value(hint)).unwrap_or(8).max(0) as usize;
                    vm.xdecref(hint);
                    self.make_room(vm, count)?;
                    self.stage = ExtendStage::Items;
                }
                (ExtendStage::Items, Some(item)) => vm.list_append(self.list, item),
                (ExtendStage::Items, None) => match vm.iter_next_native(self.iterator.expect("an iterator"))? {
                    Outcome::Done(None) => return self.finish(vm),
                    Outcome::Done(item) => input = item,
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
            }
        }
    }

    fn take(&mut self, vm: &mut Vm, item: ObjRef) -> bool {
        let takes = matches!(self.stage, ExtendStage::Items);
        if takes {
            vm.list_append(self.list, item);
        }
        takes
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().for_each(|&object| visit(object));
    }
}

//! Taking all items of an iterable: what `list(x)`, `sum(x)`, `[*x]` and `a, b = x` have in common.
//!
//! A [`Sink`] says what happens with each item. While the items come from builtin containers this is a plain loop; as soon
//! as one comes from Python code it waits in a native frame.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

/// What to do with the items of an iterable.
pub trait Sink: Clone + Send + Sync + 'static {
    /// The name shown in the call stack.
    fn name(&self) -> &'static str;
    /// Takes an item (owned). `Some` ends the iteration with a result (owned).
    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised>;
    /// The iteration has ended: the result (owned).
    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised>;
    /// The references the sink owns.
    fn trace(&self, visit: &mut dyn FnMut(ObjRef));
    /// The guess with which it asks how many items will come, if it does.
    fn guess(&self) -> Option<i64> {
        None
    }
    /// What is said instead of any TypeError of `iter(iterable)`, if anything.
    fn refusal(&self, _vm: &Vm, _iterable: ObjRef) -> Option<String> {
        None
    }
}

impl Vm {
    /// Feeds all items of an iterable to a sink, which owns its references from now on. The iterable is borrowed, also while
    /// this waits: the caller keeps it alive.
    pub fn consume(&mut self, iterable: ObjRef, sink: impl Sink) -> Res {
        self.start_native(Consume { iterable, iterator: None, hint_due: sink.guess().is_some(), sink })
    }
}

#[derive(Clone)]
struct Consume<S> {
    /// borrowed
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    /// The length hint is still to be asked for, or to come.
    hint_due: bool,
    sink: S,
}

impl<S: Sink> Consume<S> {
    /// Refuses what would not fit into memory. The hint is owned.
    fn make_room(&mut self, vm: &mut Vm, hint: ObjRef) -> Result<(), Raised> {
        self.hint_due = false;
        let count = vm.small_value(hint).unwrap_or(0).max(0) as u64;
        vm.decref(hint);
        vm.room_for(count)
    }
}

impl<S: Sink> Native for Consume<S> {
    fn name(&self) -> &'static str {
        self.sink.name()
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut item = None;
        match input {
            Input::Start => match vm.get_iter(self.iterable) {
                Ok(Outcome::Done(iterator)) => self.iterator = Some(iterator),
                Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                Err(raised) => return self.raised(vm, raised),
            },
            Input::Value(iterator) if self.iterator.is_none() => self.iterator = Some(iterator),
            Input::Value(hint) if self.hint_due => self.make_room(vm, hint)?,
            Input::Value(value) => item = Some(value),
            Input::Exhausted => return self.sink.finish(vm).map(Outcome::Done),
        }
        let iterator = self.iterator.expect("an iterator");
        if self.hint_due {
            match vm.length_hint(self.iterable, self.sink.guess().unwrap_or(0))? {
                Outcome::Done(hint) => self.make_room(vm, hint)?,
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        loop {
            if let Some(item) = item.take()
                && let Some(result) = self.sink.item(vm, item)?
            {
                return Ok(Outcome::Done(result));
            }
            match vm.iter_next_native(iterator)? {
                Outcome::Done(Some(next)) => item = Some(next),
                Outcome::Done(None) => return self.sink.finish(vm).map(Outcome::Done),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        match self.iterator {
            None => Err(vm.refused(raised, self.sink.refusal(vm, self.iterable))),
            Some(_) => Err(raised),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().for_each(|&o| visit(o));
        self.sink.trace(visit);
    }
}

/// `iter(iterable)` with a message of its own.
#[derive(Clone)]
struct IterOr {
    /// borrowed
    iterable: ObjRef,
    message: String,
}

impl Native for IterOr {
    fn name(&self) -> &'static str {
        "iter"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input.value() {
            Some(iterator) => done(iterator),
            None => vm.get_iter(self.iterable).or_else(|raised| self.raised(vm, raised)),
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        Err(vm.refused(raised, Some(std::mem::take(&mut self.message))))
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

impl Vm {
    /// `iter(iterable)`, whose TypeErrors all become one with this message.
    pub fn iter_or(&mut self, iterable: ObjRef, message: impl Into<String>) -> Res {
        self.drive(IterOr { iterable, message: message.into() })
    }

    /// A new list of the items of what is neither a list nor a tuple (`PySequence_Fast`).
    pub fn list_of_items(&mut self, iterable: ObjRef, message: &str) -> Res {
        let depth = self.frames.len();
        let iterator = self.iter_or(iterable, message);
        let then = After::new("list", &[], 0, |vm, state, iterator| {
            state.owned.push(iterator);
            vm.collect_into(iterator, false)
        });
        self.after(depth, iterator, then)
    }

    /// The same exception, or the message's if it is a TypeError.
    pub(super) fn refused(&mut self, raised: Raised, message: Option<String>) -> Raised {
        match message.filter(|_| self.exception_matches(raised.0, TYPE_ERROR)) {
            Some(message) => {
                self.decref(raised.0);
                self.type_error(message)
            }
            None => raised,
        }
    }
}

impl Vm {
    /// `list(iterable)` or `tuple(iterable)`; the iterable is borrowed, also while this waits.
    pub fn collect_into(&mut self, iterable: ObjRef, tuple: bool) -> Res {
        let ty = self.ty(iterable);
        if tuple && ty == TUPLE {
            return done(self.own(iterable));
        }
        if !tuple {
            let list = self.new_list([]);
            return self.start_native(IntoList { iterable, list: Some(list) });
        }
        if ty == LIST {
            let items = self.heap.list(iterable).map(|items| items.to_vec()).unwrap_or_default();
            items.iter().for_each(|&item| self.heap.incref(item));
            return done(self.new_tuple(items));
        }
        self.start_native(IntoTuple { iterable, iterator: None, items: Vec::new(), tuple: None, room: None })
    }
}

/// A new list of an iterable's items (`PySequence_List`).
#[derive(Clone)]
struct IntoList {
    /// borrowed
    iterable: ObjRef,
    list: Option<ObjRef>,
}

impl Native for IntoList {
    fn name(&self) -> &'static str {
        "list"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let list = self.list.expect("a list");
        let none = match input {
            Input::Value(none) => none,
            _ => match vm.list_extend(list, self.iterable)? {
                Outcome::Done(none) => none,
                Outcome::Pushed => return Ok(Outcome::Pushed),
            },
        };
        vm.decref(none);
        self.list = None;
        done(list)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.list.iter().for_each(|&list| visit(list));
    }
}

/// A new tuple of an iterable's items (`PySequence_Tuple`): asks how many will come, then takes them.
#[derive(Clone)]
struct IntoTuple {
    /// borrowed
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    items: Vec<ObjRef>,
    /// The tuple to be, made for as many items as were expected.
    tuple: Option<ObjRef>,
    /// How many items it has room for, once the length hint has been asked for.
    room: Option<usize>,
}

impl Native for IntoTuple {
    fn name(&self) -> &'static str {
        "tuple"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return self.finish(vm),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, input.take()) {
                (None, None) => vm.get_iter(self.iterable)?,
                (None, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    vm.length_hint(self.iterable, 10)?
                }
                (Some(_), Some(hint)) if self.room.is_none() => {
                    let count = vm.small_value(hint).unwrap_or(0).max(0) as usize;
                    vm.decref(hint);
                    vm.room_for((count as u64).saturating_mul(8))?;
                    self.room = Some(count);
                    self.tuple = (count > 0).then(|| vm.reserve_tuple(count));
                    continue;
                }
                (Some(_), Some(item)) => {
                    if self.room == Some(self.items.len()) {
                        self.make_room(vm);
                    }
                    self.items.push(item);
                    if is_step(self.items.len()) {
                        vm.room_for(8 * self.items.len() as u64)?;
                    }
                    continue;
                }
                (Some(iterator), None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return self.finish(vm),
                    Outcome::Pushed => Outcome::Pushed,
                },
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn take(&mut self, _vm: &mut Vm, item: ObjRef) -> bool {
        let takes = self.room.is_some_and(|room| room != self.items.len()) && !is_step(self.items.len() + 1);
        if takes {
            self.items.push(item);
        }
        takes
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.tuple).chain(&self.items).for_each(|&object| visit(object));
    }
}

/// At so many items memory is asked for.
fn is_step(items: usize) -> bool {
    items >= 1024 && items.is_power_of_two()
}

impl IntoTuple {
    /// More items come than were expected.
    fn make_room(&mut self, vm: &mut Vm) {
        let room = self.items.len() + 10;
        let room = room + (room >> 2);
        self.tuple = Some(match self.tuple {
            Some(tuple) => vm.resize_tuple(tuple, room, []),
            None => vm.reserve_tuple(room),
        });
        self.room = Some(room);
    }

    fn finish(&mut self, vm: &mut Vm) -> Res {
        let items = std::mem::take(&mut self.items);
        match self.tuple.take() {
            Some(tuple) if !items.is_empty() => {
                let len = items.len();
                done(vm.resize_tuple(tuple, len, items))
            }
            tuple => {
                vm.xdecref(tuple);
                done(vm.new_tuple(items))
            }
        }
    }
}

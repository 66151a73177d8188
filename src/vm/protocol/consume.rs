//! Taking all items of an iterable: what `list(x)`, `sum(x)`, `[*x]` and `a, b = x` have in common.
//!
//! A [`Sink`] says what happens with each item. While the items come from builtin containers this is a plain loop; as soon
//! as one comes from Python code it waits in a native frame.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
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
}

impl Vm {
    /// Feeds all items of an iterable (borrowed) to a sink. The sink owns its references from now on.
    pub fn consume(&mut self, iterable: ObjRef, sink: impl Sink) -> Res {
        self.incref(iterable);
        self.start_native(Consume { iterable: Some(iterable), iterator: None, sink })
    }
}

#[derive(Clone)]
struct Consume<S> {
    iterable: Option<ObjRef>,
    iterator: Option<ObjRef>,
    sink: S,
}

impl<S: Sink> Native for Consume<S> {
    fn name(&self) -> &'static str {
        self.sink.name()
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut item = None;
        match input {
            Input::Start => match vm.get_iter(self.iterable.expect("an iterable"))? {
                Outcome::Done(iterator) => self.set_iterator(vm, iterator),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            },
            Input::Value(iterator) if self.iterator.is_none() => self.set_iterator(vm, iterator),
            Input::Value(value) => item = Some(value),
            Input::Exhausted => return self.sink.finish(vm).map(Outcome::Done),
        }
        let iterator = self.iterator.expect("an iterator");
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

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterable.iter().chain(&self.iterator).for_each(|&o| visit(o));
        self.sink.trace(visit);
    }
}

impl<S: Sink> Consume<S> {
    fn set_iterator(&mut self, vm: &mut Vm, iterator: ObjRef) {
        self.iterator = Some(iterator);
        // The caller holds the iterable as long as CPython would.
        if let Some(iterable) = self.iterable.take() {
            vm.decref(iterable);
        }
    }
}

/// Collects items into a new list or tuple.
#[derive(Clone)]
pub struct Collect {
    pub items: Vec<ObjRef>,
    pub tuple: bool,
}

impl Sink for Collect {
    fn name(&self) -> &'static str {
        if self.tuple { "tuple" } else { "list" }
    }

    fn item(&mut self, _vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        self.items.push(item);
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let items = std::mem::take(&mut self.items);
        Ok(if self.tuple { vm.new_tuple(items) } else { vm.new_list(items) })
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.items.iter().for_each(|&o| visit(o));
    }
}

/// Adds items to an existing set.
#[derive(Clone)]
pub struct AddAll {
    pub set: ObjRef,
}

impl Sink for AddAll {
    fn name(&self) -> &'static str {
        "set.update"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let depth = vm.frames.len();
        let result = vm.set_add(self.set, item);
        vm.decref(item);
        let outcome = result?;
        let value = vm.finish_now(depth, outcome)?;
        vm.decref(value);
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        Ok(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.set);
    }
}

impl Vm {
    /// `list(iterable)` or `tuple(iterable)`.
    pub fn collect_into(&mut self, iterable: ObjRef, tuple: bool) -> Res {
        if tuple && self.ty(iterable) == TUPLE {
            return Ok(Outcome::Done(self.own(iterable)));
        }
        if let Body::List(items) | Body::Tuple(items) = self.heap.body(iterable)
            && is_core_type(self.ty(iterable))
        {
            let items = items.to_vec();
            items.iter().for_each(|&item| self.heap.incref(item));
            return Ok(Outcome::Done(if tuple { self.new_tuple(items) } else { self.new_list(items) }));
        }
        self.consume(iterable, Collect { items: Vec::new(), tuple })
    }
}

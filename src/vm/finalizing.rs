//! What runs when something dies: finalizers, the ends of suspended generators, callbacks of weak references.
//!
//! Counterpart in CPython 3.11: `slot_tp_finalize`, `_PyGen_Finalize`, `PyObject_ClearWeakRefs`.

use super::{
    Outcome, Pending, Raised, Res, Vm,
    frame::Receive,
    make::kept_when_dead,
    native_frame::{Input, Native},
};
use crate::{
    heap::ObjRef,
    objects::{Body, core_types::*},
};

impl Vm {
    /// Starts the Python code that the last instruction left to be run. True: a frame was pushed.
    pub fn run_pending(&mut self) -> bool {
        while !self.pending.is_empty() {
            // What dies while the first one runs has its turn then and there, not after the others.
            let work = std::mem::take(&mut self.pending);
            let depth = self.frames.len();
            let result = match <[Pending; 1]>::try_from(Vec::from(work)) {
                Ok([work]) => self.start_pending(work),
                Err(all) => self.start_native(Queue { work: all.into() }),
            };
            if self.has_pushed(depth, result, Receive::Discard) {
                return true;
            }
        }
        false
    }

    fn start_pending(&mut self, work: Pending) -> Res {
        match work {
            Pending::Finalize(object) => self.start_native(Finalizer { object: Some(object), method: None }),
            Pending::WeakCallback(callback) => self.start_native(callback),
            Pending::Told(generation) => self.start_native(super::collect::Told::new(generation)),
            Pending::Collect(garbage) => self.start_native(garbage),
        }
    }

    /// True: Python code runs, and its result is received so.
    fn has_pushed(&mut self, depth: usize, result: Res, receive: Receive) -> bool {
        match result {
            Ok(Outcome::Done(value)) => self.decref(value),
            Ok(Outcome::Pushed) => {
                self.receive(depth, receive);
                return true;
            }
            Err(raised) => self.write_unraisable(raised, None),
        }
        false
    }
}

/// The finalizers and callbacks that one instruction has brought about, one after the other.
#[derive(Clone)]
struct Queue {
    work: std::collections::VecDeque<Pending>,
}

impl Native for Queue {
    fn name(&self) -> &'static str {
        "dealloc"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        loop {
            let depth = vm.frames.len();
            // First what the last one has brought about itself.
            if vm.run_pending() {
                vm.receive(depth, Receive::Push);
                return Ok(Outcome::Pushed);
            }
            let Some(work) = self.work.pop_front() else { return Ok(Outcome::Done(vm.none())) };
            let result = vm.start_pending(work);
            if vm.has_pushed(depth, result, Receive::Push) {
                return Ok(Outcome::Pushed);
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.work.iter().for_each(|work| work.trace(visit));
    }
}

/// `__del__` of an object whose last reference this is, or the closing of a suspended generator.
#[derive(Clone)]
pub(super) struct Finalizer {
    pub object: Option<ObjRef>,
    pub method: Option<ObjRef>,
}

impl Finalizer {
    fn finish(&mut self, vm: &mut Vm) -> Res {
        if let Some(method) = self.method.take() {
            vm.decref(method);
        }
        // If nobody took a new reference, the object dies now; it is not finalized again.
        if let Some(object) = self.object.take() {
            vm.decref(object);
        }
        Ok(Outcome::Done(vm.none()))
    }
}

impl Native for Finalizer {
    fn name(&self) -> &'static str {
        "dealloc"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            vm.decref(value);
            return self.finish(vm);
        }
        let object = self.object.expect("the dying object");
        vm.finalized.insert(object);
        let result = if let Some(finalizer) = vm.async_finalizer(object) {
            vm.call(finalizer, &[object])
        } else if matches!(vm.ty(object), GENERATOR | COROUTINE | ASYNC_GENERATOR) {
            vm.warn_unless_awaited(object);
            vm.close_generator(object)
        } else {
            let ty = vm.ty(object);
            match vm.type_lookup(ty, vm.names.del) {
                Some(method) => {
                    vm.incref(method);
                    self.method = Some(method);
                    vm.call_method_object(method, object, &[])
                }
                None => Ok(Outcome::Done(vm.none())),
            }
        };
        match result {
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Ok(Outcome::Done(value)) => {
                vm.decref(value);
                self.finish(vm)
            }
            Err(raised) => self.raised(vm, raised),
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let place = self.method.or(self.object);
        vm.write_unraisable(raised, place);
        self.finish(vm)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.object.iter().chain(&self.method).for_each(|&o| visit(o));
    }
}

/// The callback of a weak reference whose referent is gone.
#[derive(Clone)]
pub struct WeakCallback {
    weakref: ObjRef,
    callback: ObjRef,
    hold: Hold,
}

/// Who holds a weak reference while its callback runs, beside the callback's parameter and whoever did before.
#[derive(Clone, Copy, PartialEq)]
enum Hold {
    /// This does, before the call.
    UntilCalled,
    /// Nobody else.
    Nobody,
    /// The collector, until its callback has returned.
    Collector,
    /// A tuple of all weak references to the same object and their callbacks, until the last one has returned.
    Tuple(ObjRef),
}

impl Vm {
    /// The callbacks of weak references to one dead object, in turn; each pair is handed over.
    pub(super) fn will_call_back(&mut self, pairs: Vec<(ObjRef, ObjRef)>, by_collector: bool) {
        let tuple = (!by_collector && pairs.len() > 1).then(|| {
            let body = Body::Tuple(pairs.iter().flat_map(|&(weakref, callback)| [weakref, callback]).collect());
            let tuple = match kept_when_dead(TUPLE, &body) {
                Some(kept) => self.heap.alloc_kept(kept, TUPLE, 0, body),
                None => (self.heap.alloc(TUPLE, 0, body), true),
            };
            // A collection in the middle of a deallocation has to wait for the next allocation.
            let _ = tuple.1 && self.heap.collector.note_allocation();
            self.heap.collector.track(tuple.0);
            (1..pairs.len()).for_each(|_| self.incref(tuple.0));
            tuple.0
        });
        for (weakref, callback) in pairs {
            let hold = match tuple {
                Some(tuple) => Hold::Tuple(tuple),
                None if by_collector => Hold::Collector,
                None => Hold::UntilCalled,
            };
            self.pending.push_back(Pending::WeakCallback(WeakCallback { weakref, callback, hold }));
            self.attention = true;
        }
    }
}

impl Native for WeakCallback {
    fn name(&self) -> &'static str {
        "weakref callback"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            return Ok(Outcome::Done(value));
        }
        let result = vm.call(self.callback, &[self.weakref]);
        if self.hold == Hold::UntilCalled {
            self.hold = Hold::Nobody;
            vm.decref(self.weakref);
        }
        match result {
            Err(raised) => self.raised(vm, raised),
            other => other,
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        vm.write_unraisable(raised, Some(self.callback));
        Ok(Outcome::Done(vm.none()))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self.hold {
            Hold::Nobody => visit(self.callback),
            Hold::UntilCalled | Hold::Collector => {
                visit(self.weakref);
                visit(self.callback);
            }
            Hold::Tuple(tuple) => visit(tuple),
        }
    }
}

//! Collections: running the collector's algorithm at the allocation that crosses a threshold, and deleting what it found.
//!
//! Garbage without finalizers is deleted at once, inside the allocating instruction. Where `__del__` or weak reference
//! callbacks must run, that happens at the instruction's end, in CPython's order: callbacks, finalizers, then clearing.
//! Counterpart in CPython 3.11: `gc_collect_main` in `Modules/gcmodule.c`.

mod told;

use rustc_hash::FxHashSet;

pub use told::{GcModule, Told, debug};

use super::{Outcome, Pending, Raised, Res, Vm, micro::MicroEvent, native_frame::Input, native_frame::Native};
use crate::{
    heap::{ObjRef, gc},
    objects::{Body, Objects, core_types::*, generator::Suspended, instance::Attrs, types::special},
};

/// A collection that has been.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The instant before the instruction that collected.
    pub step: u64,
    pub generation: usize,
    pub examined: usize,
    pub unreachable: usize,
}

/// So many of the last collections are remembered.
const REMEMBERED: usize = 40;

impl Vm {
    fn note_collection(&mut self, generation: usize, examined: usize, unreachable: usize) {
        if self.collections.len() == REMEMBERED {
            self.collections.pop_front();
        }
        let step = self.steps().saturating_sub(1);
        self.collections.push_back(Collection { step, generation, examined, unreachable });
        self.alert();
    }

    /// A container was allocated and the youngest threshold is exceeded.
    #[cold]
    pub(super) fn collect_if_due(&mut self) {
        let Some(generation) = self.heap.collector.due_generation() else { return };
        if self.gc_callbacks().is_empty() {
            self.collect(generation);
        } else {
            self.heap.collector.collecting = true;
            self.pending.push_back(Pending::Told(generation));
            self.attention = true;
        }
    }

    /// Collects a generation and the younger ones. Garbage with finalizers is left to [`Vm::run_pending`], and counted then.
    pub fn collect(&mut self, generation: usize) {
        let outer = std::mem::replace(&mut self.heap.collector.collecting, true);
        self.gc_says(debug::STATS, |vm| {
            let [young, middle, old, frozen] = [0, 1, 2, gc::FROZEN].map(|list| vm.heap.collector.size_of(list));
            format!(
                "gc: collecting generation {generation}...\ngc: objects in each generation: {young} {middle} {old}\n\
                 gc: objects in permanent generation: {frozen}\n"
            )
        });
        let counts = self.heap.collector.generations.map(|generation| generation.count);
        self.heap.collector.begin(generation);
        let members = self.heap.collector.members(generation);
        self.record(|_| MicroEvent::Collect { generation, examined: members.len(), counts });
        let gc::Partition { mut unreachable, survivors } = match self.micro {
            None => gc::partition(&mut self.heap, &members, &mut |_| {}),
            Some(_) => self.partition_recorded(&members),
        };
        self.note_collection(generation, members.len(), unreachable.len());
        let is_seen_weakly = unreachable.iter().any(|&object| self.weakrefs.has(object));
        let garbage: FxHashSet<ObjRef> = if is_seen_weakly { unreachable.iter().copied().collect() } else { FxHashSet::default() };
        self.untrack_tuples(&survivors);
        if generation == 2 {
            self.untrack_dicts(&survivors);
        }
        for &object in &unreachable {
            self.heap.collector.untrack(object);
        }
        self.heap.collector.arrange(generation, &survivors);
        self.heap.collector.promote(generation);
        // What survives its own deletion is found where the survivors are.
        for &object in &unreachable {
            self.heap.collector.track_in((generation + 1).min(2), object);
        }
        self.heap.collector.generations[generation].collections += 1;
        // The garbage is held while it is taken apart.
        for &object in &unreachable {
            self.heap.incref(object);
        }
        for &object in &unreachable {
            self.gc_says(debug::COLLECTABLE, |vm| {
                format!("gc: collectable <{} {:#x}>\n", vm.heap.type_of_type(vm.ty(object)).name, vm.address(object))
            });
        }
        let mut callbacks = false;
        for &object in &unreachable {
            if self.weakrefs.has(object) {
                self.drop_callbacks_of_garbage(object, &garbage);
                let before = self.pending.len();
                self.clear_weakrefs(object, true);
                let callback = self.pending.len() > before;
                self.record(|vm| MicroEvent::WeakRefs { object: vm.seen(object), callback });
                callbacks |= callback;
            }
        }
        if callbacks || unreachable.iter().any(|&object| self.has_finalizer(object)) {
            self.pending.push_back(Pending::Collect(DeleteGarbage { generation, garbage: unreachable, next: 0, current: None }));
            self.attention = true;
        } else {
            let suspended: Vec<ObjRef> = unreachable.iter().copied().filter(|&object| self.is_suspended(object)).collect();
            suspended.iter().for_each(|&generator| self.end_suspended(generator));
            if suspended.is_empty() {
                self.delete_counted(generation, &unreachable, &unreachable, survivors.len());
            } else {
                let still = self.still_unreachable(&mut unreachable);
                self.delete_counted(generation, &still, &unreachable, survivors.len());
            }
        }
        if generation == 2 {
            self.heap.clear_free_lists();
        }
        self.heap.collector.collecting = outer;
    }

    /// Lets go of what the collection has held, deletes what is garbage for good, and counts it.
    fn delete_counted(&mut self, generation: usize, garbage: &[ObjRef], held: &[ObjRef], survivors: usize) {
        self.decref_all(held.iter().copied());
        let collected = garbage.len() as u64;
        self.heap.collector.generations[generation].collected += collected;
        self.delete_garbage(garbage);
        self.record(|_| MicroEvent::Collected { generation, collected, survivors });
        self.gc_says(debug::STATS, |_| format!("gc: done, {collected} unreachable, 0 uncollectable, 0.0000s elapsed\n"));
    }

    /// A generator or coroutine whose body waits for nothing that it would have to be told of its end for.
    fn is_suspended(&self, object: ObjRef) -> bool {
        matches!(self.heap.body(object), Body::Generator(record) if record.suspended().is_some())
    }

    /// Weak references that are garbage themselves call nobody.
    fn drop_callbacks_of_garbage(&mut self, object: ObjRef, garbage: &FxHashSet<ObjRef>) {
        for weakref in self.weakrefs.of(object).to_vec() {
            if garbage.contains(&weakref)
                && let Body::WeakRef(record) = self.heap.body_mut(weakref)
                && let Some(callback) = record.callback.take()
            {
                self.decref(callback);
            }
        }
    }

    pub(super) fn has_finalizer(&self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        (!is_core_type(ty) && self.heap.type_of_type(ty).special & special::DEL != 0 && !self.finalized.contains(&object))
            || matches!(ty, GENERATOR | COROUTINE | ASYNC_GENERATOR)
                && !self.finalized.contains(&object)
                && (self.wants_close(object) || self.never_awaited(object))
            || is_io_type(self.core_of(object)) && !self.finalized.contains(&object) && self.wants_closing(object)
    }

    /// Tuples that hold only atoms cannot be part of a cycle, now or later. A tuple of such tuples comes before them, where it
    /// alone refers to them, and is left for another time.
    fn untrack_tuples(&mut self, survivors: &[ObjRef]) {
        for &object in survivors {
            if self.ty(object) == TUPLE {
                let items = self.heap.tuple(object).expect("a tuple");
                if !items.iter().any(|&item| self.may_be_in_cycle(item)) {
                    self.heap.collector.untrack(object);
                    self.record_untracked(object);
                }
            }
        }
    }

    fn untrack_dicts(&mut self, survivors: &[ObjRef]) {
        for &object in survivors {
            if self.ty(object) == DICT {
                let dict = self.heap.dict(object).expect("a dict");
                if !dict.iter().any(|(key, value)| self.may_be_in_cycle(key) || self.may_be_in_cycle(value)) {
                    self.heap.collector.untrack(object);
                    self.record_untracked(object);
                }
            }
        }
    }

    /// Breaks the cycles: takes out of each object what it refers to (`tp_clear`).
    pub(super) fn delete_garbage(&mut self, garbage: &[ObjRef]) {
        for &object in garbage {
            if self.heap.collector.debug & debug::SAVEALL != 0
                && let Some(module) = self.gc_module
                && let Body::List(items) = self.heap.body_mut(module.garbage)
            {
                let old_len = items.len();
                items.push(object);
                crate::objects::list::extended(&mut self.heap, module.garbage, old_len);
                self.incref(object);
                continue;
            }
            // Clearing the ones before it may have freed it; nothing is allocated meanwhile.
            if self.heap.is_alive(object) {
                self.record(|vm| MicroEvent::Clear(vm.seen(object)));
                self.heap.incref(object);
                self.clear_object(object);
                self.decref(object);
            }
        }
    }

    fn clear_object(&mut self, object: ObjRef) {
        let mut held = std::mem::take(&mut self.spare.refs);
        let mut memory = 0;
        let of_nodes = crate::objects::ordered::take_all(&mut self.heap, object);
        match &mut self.heap.slot_mut(object).body {
            // Tuples have no tp_clear: another object of the cycle is cleared. Generators have been closed before.
            Body::Tuple(_) | Body::Generator(_) | Body::Code(_) | Body::Native(_) | Body::Method(_) => return,
            Body::Instance(instance) if instance.is_plain() => {
                if let Attrs::Values(values) = &mut instance.attrs {
                    held.extend(values.each());
                    memory = values.memory;
                    values.clear();
                }
            }
            Body::Instance(instance) => {
                let slots = std::mem::take(&mut instance.slots);
                held.extend(slots.iter().flatten());
                instance.slots = slots.iter().map(|_| None).collect();
                let attrs = instance.attrs.take();
                attrs.trace(&mut |o| held.push(o));
                if let Attrs::Values(values) = attrs {
                    memory = values.memory;
                }
                match &mut instance.inner {
                    Body::List(items) => held.extend(std::mem::take(items)),
                    Body::Dict(dict) => held.extend(dict.take_all().into_iter().flat_map(|(key, value)| [key, value])),
                    Body::Set(set) => held.extend(set.take_all()),
                    Body::Foreign(foreign) => held.extend(foreign.clear()),
                    _ => {}
                }
            }
            Body::List(items) => held.extend(std::mem::take(items)),
            Body::Dict(dict) => held.extend(dict.take_all().into_iter().flat_map(|(key, value)| [key, value])),
            Body::Set(set) => held.extend(set.take_all()),
            Body::Foreign(foreign) => held.extend(foreign.clear()),
            Body::Cell(content) => held.extend(content.take()),
            Body::SeqIter(content) => held.extend(content.take()),
            Body::Function(function) => {
                held.extend(function.defaults.take());
                held.extend(function.kwdefaults.take());
                held.extend(function.closure.take());
                held.extend(function.dict.take());
                held.extend(function.annotations.take());
                held.extend(function.module.take());
            }
            Body::Exception(exception) => {
                exception.attrs.take().trace(&mut |o| held.push(o));
                held.extend(exception.traceback.take());
                held.extend(exception.cause.take());
                held.extend(exception.context.take());
                exception.slots.iter_mut().for_each(|slot| held.extend(slot.take()));
                exception.fields.iter_mut().for_each(|field| held.extend(field.take()));
            }
            Body::Traceback(traceback) => held.extend(traceback.next.take()),
            Body::Fields(fields) => fields.iter_mut().for_each(|field| held.extend(field.take())),
            Body::Frame(frame) => {
                held.extend(frame.back.take());
                held.extend(frame.trace.function.take());
                if let crate::objects::frame::FrameState::Ended { slots, .. } = &mut frame.state {
                    held.extend(std::mem::take(slots).into_iter().flatten());
                }
            }
            Body::Type(ty) => {
                let dict = ty.dict;
                held.push(std::mem::replace(&mut ty.mro, EMPTY_TUPLE));
                self.heap.incref(EMPTY_TUPLE);
                if let Body::Dict(table) = &mut self.heap.slot_mut(dict).body {
                    held.extend(table.take_all().into_iter().flat_map(|(key, value)| [key, value]));
                }
            }
            Body::Module(module) => {
                let dict = module.dict;
                if let Body::Dict(table) = &mut self.heap.slot_mut(dict).body {
                    held.extend(table.take_all().into_iter().flat_map(|(key, value)| [key, value]));
                }
            }
            _ => return,
        }
        held.extend(of_nodes);
        self.decref_all(held.drain(..));
        self.spare.refs = held;
        if memory != 0 {
            self.heap.free_memory(memory);
        }
        self.settle(object);
    }

    /// Memory that an object needs no more is given back.
    fn settle(&mut self, object: ObjRef) {
        let dict = match self.heap.body(object) {
            Body::List(_) => return crate::objects::list::drop_items(&mut self.heap, object),
            Body::Set(_) => return crate::objects::set::settle(&mut self.heap, object),
            Body::Type(ty) => ty.dict,
            Body::Module(module) => module.dict,
            _ => object,
        };
        crate::objects::dict::settle(&mut self.heap, dict);
    }
}

/// Garbage with finalizers: calls them, looks again what is still garbage, and deletes that.
#[derive(Clone)]
pub struct DeleteGarbage {
    generation: usize,
    garbage: Vec<ObjRef>,
    next: usize,
    current: Option<ObjRef>,
}

impl DeleteGarbage {
    fn go_on(&mut self, vm: &mut Vm) -> Res {
        while let Some(&object) = self.garbage.get(self.next) {
            self.next += 1;
            if !vm.has_finalizer(object) {
                if vm.is_suspended(object) {
                    vm.end_suspended(object);
                }
                continue;
            }
            self.current = Some(object);
            vm.record(|vm| MicroEvent::Finalize(vm.seen(object)));
            vm.finalized.insert(object);
            let result = if matches!(vm.ty(object), GENERATOR | COROUTINE | ASYNC_GENERATOR) {
                vm.warn_unless_awaited(object);
                vm.close_generator(object)
            } else {
                vm.call_special(object, vm.names.del, &[]).unwrap_or(Ok(Outcome::Done(NONE)))
            };
            match result {
                Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                Ok(Outcome::Done(value)) => vm.decref(value),
                Err(raised) => self.report(vm, raised),
            }
        }
        // handle_resurrected: what the finalizers made reachable again, and all it reaches, stays. This list holds one
        // reference to each, which must not count.
        let mut alive = std::mem::take(&mut self.garbage);
        let still = vm.still_unreachable(&mut alive);
        vm.record(|_| MicroEvent::Resurrected { examined: alive.len(), still: still.len() });
        vm.delete_counted(self.generation, &still, &alive, 0);
        Ok(Outcome::Done(vm.none()))
    }

    fn report(&mut self, vm: &mut Vm, raised: Raised) {
        let place = self.current.and_then(|object| {
            let ty = vm.ty(object);
            if is_core_type(ty) { Some(object) } else { vm.type_lookup(ty, vm.names.del) }
        });
        vm.write_unraisable(raised, place);
    }
}

impl Vm {
    /// Of garbage that the collection holds once more: lets go what the finalizers have freed but for that, and tells what is
    /// garbage still. Counterpart: `handle_resurrected_objects`.
    fn still_unreachable(&mut self, garbage: &mut Vec<ObjRef>) -> Vec<ObjRef> {
        loop {
            let before = garbage.len();
            garbage.retain(|&object| {
                let is_held = self.heap.refcount(object) > 1;
                if !is_held {
                    self.decref(object);
                }
                is_held
            });
            if garbage.len() == before {
                break;
            }
        }
        for &object in &*garbage {
            self.heap.decref_immortal(object);
        }
        let still = gc::partition(&mut self.heap, garbage, &mut |_| {}).unreachable;
        for &object in &*garbage {
            self.heap.incref(object);
        }
        still
    }

    /// A body suspended inside `try` or `with` must see GeneratorExit before it goes.
    pub(super) fn wants_close(&self, generator: ObjRef) -> bool {
        let Body::Generator(record) = self.heap.body(generator) else { return false };
        let Some(Suspended { frame, started: true, .. }) = record.suspended() else { return false };
        let Body::Code(code) = self.heap.body(frame.code) else { return false };
        let offset = code.offset_of(frame.pc - 1);
        // What it delegates to is closed before the rest of the frame is given up.
        self.delegate(generator).is_some() || code.tables.exceptions.iter().any(|entry| (entry.start..entry.end).contains(&offset))
    }
}

impl Native for DeleteGarbage {
    fn name(&self) -> &'static str {
        "gc"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        self.go_on(vm)
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        self.report(vm, raised);
        self.go_on(vm)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.garbage.iter().for_each(|&o| visit(o));
    }
}

//! Deallocation: what happens when a refcount reaches 0.
//!
//! The object dies at once, and what it held with it, without recursion however long the chain. Python code that must run
//! first (`__del__`, the callback of a weak reference, the `finally` of a suspended generator) is put into
//! [`Vm::pending`] and runs at the end of the instruction; the object lives until then.
//! Counterpart in CPython 3.11: `tp_dealloc`, `subtype_dealloc`, the trashcan.

use super::{
    Pending, Vm,
    micro::{Fate, MicroEvent},
};
use crate::{
    heap::{EMPTIED, Kept, ObjRef, Rest, Trace},
    objects::{
        Body, Objects,
        core_types::*,
        frame::FrameState,
        generator::{GeneratorState, Suspended},
        instance::Attrs,
        list,
        types::special,
    },
    vm::make::kept_when_dead,
};

/// So many generations of dead objects are buried while the one above them waits on the Rust stack.
const DEEPEST: u32 = 50;

impl Vm {
    /// The last reference to an object is gone.
    #[cold]
    #[inline(never)]
    pub fn dealloc(&mut self, object: ObjRef) {
        let floor = self.trash.len();
        if self.micro.is_some() {
            self.trash.push(object);
            return self.dealloc_recorded(floor);
        }
        if matches!(self.heap.slot(object).body, Body::Str(_)) && self.is_simple_str(object) {
            return self.free_str(object);
        }
        self.bury(object);
        while self.trash.len() > floor {
            let object = self.trash.pop().expect("an object to free");
            self.bury(object);
        }
    }

    /// The turn of an object on the trash stack.
    #[inline]
    fn bury(&mut self, object: ObjRef) {
        match self.heap.refcount(object) {
            0 => match &self.heap.slot(object).body {
                Body::None => self.heap.release_number(object),
                Body::List(_) | Body::Tuple(_) if matches!(self.ty(object), LIST | TUPLE) => self.free_items(object),
                Body::Str(_) if self.is_simple_str(object) => self.free_str(object),
                Body::Instance(instance) if instance.is_plain() && self.dies_quietly(object) => self.free_instance(object),
                Body::Slice(parts) => self.free_slice(object, *parts),
                Body::Fields(_) if self.ty(object) == ASYNC_GENERATOR_ASEND => self.free_asend(object),
                Body::Cell(content) if self.ty(object) == ASYNC_GENERATOR_WRAPPED_VALUE => self.free_wrapped(object, *content),
                Body::Generator(record) if record.state == GeneratorState::Finished && self.is_forgotten(object) => {
                    self.free_generator(object)
                }
                Body::Traceback(_) => self.free_traceback(object),
                Body::Exception(record) if is_core_type(self.ty(object)) => {
                    if record.is_plain() {
                        self.free_exception(object)
                    } else {
                        self.free_plain(object)
                    }
                }
                Body::Function(_) | Body::Method(_) | Body::Native(_) if self.is_forgotten(object) => self.free_plain(object),
                Body::Cell(_) | Body::Range(_) | Body::SeqIter(_) | Body::RangeIter(_) | Body::DictIter(_) | Body::Frame(_) => {
                    self.free_plain(object);
                }
                _ => self.free(object),
            },
            EMPTIED => {
                let rest = self.heap.resume(object);
                self.finish(object, rest);
            }
            // A callback may have taken a reference to a weak reference that was about to die.
            _ => {}
        }
    }

    /// The same, written down.
    fn dealloc_recorded(&mut self, floor: usize) {
        // How deep in the cascade each object of the trash stack dies: with whom it was pushed.
        let mut levels = vec![0; self.trash.len() - floor];
        let burying = std::mem::replace(&mut self.burying, DEEPEST);
        while self.trash.len() > floor {
            let object = self.trash.pop().expect("an object to free");
            let level = levels.pop().unwrap_or(0);
            if self.heap.refcount(object) == 0 {
                let fate = match kept_when_dead(self.ty(object), self.heap.body(object)) {
                    _ if self.wants_finalizer(object, self.ty(object)) => Fate::Finalizer,
                    Some(kept) if self.heap.free_lists.has_room(kept) => Fate::Kept,
                    _ => Fate::Freed,
                };
                self.record(|vm| MicroEvent::Dealloc { object: vm.seen(object), level, fate });
            }
            self.bury(object);
            levels.resize(self.trash.len() - floor, level + 1);
        }
        self.burying = burying;
    }

    /// Whether nothing is to be done for a string but to free it.
    #[inline(always)]
    fn is_simple_str(&self, object: ObjRef) -> bool {
        self.ty(object) == STR && !self.interned.is_interned(object) && self.heap.refcount(object) == 0
    }

    /// Frees such a string.
    #[inline]
    fn free_str(&mut self, object: ObjRef) {
        if let Body::Str(text) = self.heap.release_leaf(object) {
            self.spare.keep_text(text);
        }
    }

    /// Frees a list or tuple. Nothing refers weakly to it, and it has no finalizer.
    fn free_items(&mut self, object: ObjRef) {
        let num = self.heap.slot(object).num;
        let body = self.heap.take_body(object);
        let (Body::List(items) | Body::Tuple(items)) = &body else { return };
        let rest = match body {
            Body::List(_) => Rest { kept: Some(Kept::List), memory: list::block(num), memory_is_keys: false },
            _ => Rest { kept: Kept::tuple(items.len()), ..Rest::default() },
        };
        let first = self.trash.len();
        for &item in items.iter().rev() {
            if self.heap.decref_hits_zero(item) {
                self.put_in_turn(first, item);
            }
        }
        self.order_trash(first);
        self.spare.keep(body);
        if !self.is_put_off(object, first, rest) && self.heap.finish(object, rest) {
            self.heap.collector.note_deallocation();
        }
    }

    /// Frees a slice.
    fn free_slice(&mut self, object: ObjRef, parts: [ObjRef; 3]) {
        self.heap.take_body(object);
        self.free_holder(object, parts.into_iter(), Rest { kept: Some(Kept::Slice), ..Rest::default() });
    }

    /// Frees an entry of a traceback.
    fn free_traceback(&mut self, object: ObjRef) {
        let Body::Traceback(record) = self.heap.take_body(object) else { return };
        let held = record.next.into_iter().chain([record.frame]);
        self.spare.keep_traceback(record);
        self.free_holder(object, held, Rest::default());
    }

    /// Frees an exception of a builtin type without attributes of its own.
    fn free_exception(&mut self, object: ObjRef) {
        let Body::Exception(record) = self.heap.take_body(object) else { return };
        let held = record.held();
        self.spare.keep_exception(record);
        self.free_holder(object, held, Rest::default());
    }

    /// Frees an object of a builtin type whose body was taken out: gives up what it held, in this order, and its memory.
    #[inline(always)]
    fn free_holder(&mut self, object: ObjRef, held: impl Iterator<Item = ObjRef>, rest: Rest) {
        let first = self.trash.len();
        for child in held {
            if self.heap.decref_hits_zero(child) {
                self.put_in_turn(first, child);
            }
        }
        self.order_trash(first);
        if !self.is_put_off(object, first, rest) && self.heap.finish(object, rest) {
            self.heap.collector.note_deallocation();
        }
    }

    /// Frees a generator whose body has ended.
    fn free_generator(&mut self, object: ObjRef) {
        let Body::Generator(record) = self.heap.take_body(object) else { return };
        let first = self.trash.len();
        let names = [record.code, record.name, record.qualname];
        for child in names.into_iter().chain(record.handled).chain(record.origin_or_finalizer) {
            if self.heap.decref_hits_zero(child) {
                self.trash.push(child);
            }
        }
        self.order_trash(first);
        self.spare.keep_generator(record);
        if !self.is_put_off(object, first, Rest::default()) {
            self.heap.finish(object, Rest::default());
            self.heap.collector.note_deallocation();
        }
    }

    /// Frees what `__anext__()` gave.
    fn free_asend(&mut self, object: ObjRef) {
        let Body::Fields(fields) = self.heap.take_body(object) else { return };
        let first = self.trash.len();
        for &field in fields.iter().flatten() {
            if self.heap.decref_hits_zero(field) {
                self.put_in_turn(first, field);
            }
        }
        self.order_trash(first);
        self.spare.keep_pair(fields);
        let rest = Rest { kept: Some(Kept::AsyncSend), ..Rest::default() };
        if !self.is_put_off(object, first, rest) && self.heap.finish(object, rest) {
            self.heap.collector.note_deallocation();
        }
    }

    /// Gives back a reference to what `__anext__()` gave, by a short way if it was the last one.
    #[inline]
    pub(super) fn drop_asend(&mut self, object: ObjRef) {
        if self.micro.is_some() {
            self.decref(object);
        } else if self.heap.decref_hits_zero(object) {
            self.free_asend(object);
        }
    }

    /// The same for what an async generator yielded this value in.
    #[inline]
    pub(super) fn drop_wrapped(&mut self, object: ObjRef, content: ObjRef) {
        if self.micro.is_some() {
            self.decref(object);
        } else if self.heap.decref_hits_zero(object) {
            self.free_wrapped(object, Some(content));
        }
    }

    /// Frees what an async generator yielded its value in.
    fn free_wrapped(&mut self, object: ObjRef, content: Option<ObjRef>) {
        self.heap.take_body(object);
        let first = self.trash.len();
        if let Some(content) = content
            && self.heap.decref_hits_zero(content)
        {
            self.put_in_turn(first, content);
        }
        let rest = Rest { kept: Some(Kept::AsyncValue), ..Rest::default() };
        if !self.is_put_off(object, first, rest) && self.heap.finish(object, rest) {
            self.heap.collector.note_deallocation();
        }
    }

    /// Whether nothing but giving up its attributes is to be done for an instance of a class that inherits from `object` only.
    #[inline(always)]
    fn dies_quietly(&self, object: ObjRef) -> bool {
        let class = self.heap.type_of_type(self.ty(object));
        class.special & special::DEL == 0 && class.solid_base == OBJECT && self.is_forgotten(object)
    }

    /// Whether nobody refers weakly to an object or remembers that it was finalized.
    #[inline(always)]
    fn is_forgotten(&self, object: ObjRef) -> bool {
        (self.weakrefs.only_classes() || !self.weakrefs.has(object)) && self.finalized.is_empty()
    }

    /// Frees such an instance.
    fn free_instance(&mut self, object: ObjRef) {
        let Body::Instance(instance) = self.heap.take_body(object) else { return };
        let Attrs::Values(values) = &instance.attrs else { return };
        let (first, memory) = (self.trash.len(), values.memory);
        for value in values.each() {
            if self.heap.decref_hits_zero(value) {
                self.put_in_turn(first, value);
            }
        }
        self.order_trash(first);
        self.spare.keep_instance(instance);
        if self.is_put_off(object, first, Rest { memory, ..Rest::default() }) {
            return;
        }
        let class = self.ty(object);
        self.heap.finish_pair(object, memory);
        self.heap.collector.note_deallocation();
        if !is_core_type(class) && self.heap.decref_hits_zero(class) {
            self.trash.push(class);
        }
    }

    /// A child of a dead object dies: numbers at once, as long as no other one has to wait for its turn.
    #[inline(always)]
    fn put_in_turn(&mut self, first: usize, child: ObjRef) {
        let is_number = matches!(self.heap.slot(child).body, Body::None);
        if is_number && self.trash.len() == first && self.micro.is_none() {
            self.heap.release_number(child);
        } else {
            self.trash.push(child);
        }
    }

    /// The children put on the trash stack from a height on are in the order in which they die: turns them, so that the first one is
    /// on top.
    #[inline(always)]
    fn order_trash(&mut self, first: usize) {
        if self.trash.len() > first + 1 {
            self.trash[first..].reverse();
        }
    }

    /// Buries a dead object's children, those on the trash stack from a height on: they die before its memory is given back, and
    /// that before its class. True: there are too many generations of them below each other, and the object is put off.
    #[inline]
    fn is_put_off(&mut self, object: ObjRef, first: usize, rest: Rest) -> bool {
        if self.trash.len() == first {
            return false;
        }
        if self.burying == DEEPEST {
            self.trash.insert(first, object);
            self.heap.put_off(object, rest);
            return true;
        }
        self.burying += 1;
        while self.trash.len() > first {
            let child = self.trash.pop().expect("a child to free");
            self.bury(child);
        }
        self.burying -= 1;
        false
    }

    /// Frees an object of a builtin type that nothing can refer weakly to, that has no finalizer and no memory of its own.
    fn free_plain(&mut self, object: ObjRef) {
        let body = self.heap.take_body(object);
        let first = self.trash.len();
        self.drop_children(&body);
        self.spare.keep(body);
        if !self.is_put_off(object, first, Rest::default()) {
            self.finish(object, Rest::default());
        }
    }

    /// Frees one object; what dies with it goes on the trash stack, first child on top.
    fn free(&mut self, object: ObjRef) {
        let ty = self.ty(object);
        if self.wants_finalizer(object, ty) {
            self.heap.incref(object);
            self.pending.push_back(Pending::Finalize(object));
            self.attention = true;
            return;
        }
        if (!self.weakrefs.only_classes() || matches!(self.heap.slot(object).body, Body::Type(_))) && self.weakrefs.has(object) {
            self.clear_weakrefs(object, false);
        }
        if !self.finalized.is_empty() {
            self.finalized.remove(&object);
        }
        let rest = self.rest_of(object, ty);
        let body = self.heap.take_body(object);
        self.release_body(object, ty, &body);
        let first = self.trash.len();
        self.drop_children(&body);
        self.spare.keep(body);
        if !self.is_put_off(object, first, rest) {
            self.finish(object, rest);
        }
    }

    /// What is left to be done when the children of a dead object are gone.
    fn rest_of(&mut self, object: ObjRef, ty: ObjRef) -> Rest {
        if let Body::Foreign(foreign) = self.heap.body(object) {
            foreign.more_blocks().into_iter().for_each(|block| self.heap.free_memory(block));
        }
        if let Body::Instance(instance) = &self.heap.slot(object).body
            && let Body::Dict(table) = &instance.inner
            && table.nodes.is_some()
        {
            let blocks = crate::objects::ordered::blocks(table);
            blocks.into_iter().for_each(|block| self.heap.free_memory(block));
        }
        let slot = self.heap.slot(object);
        let owned = |body: &Body| match body {
            Body::List(_) => (list::block(slot.num), false),
            Body::Dict(table) => (table.memory.block, table.memory.is_small),
            Body::Set(table) => (table.memory.block, false),
            Body::ByteArray(bytes) => (bytes.block(), false),
            Body::Foreign(foreign) => (foreign.block(), false),
            Body::Type(class) => (class.keys_memory, false),
            _ => (0, false),
        };
        let (memory, memory_is_keys) = match &slot.body {
            Body::Instance(instance) => match (owned(&instance.inner), &instance.attrs) {
                ((0, _), Attrs::Values(values)) => (values.memory, false),
                (inner, Attrs::Values(values)) if values.memory != 0 => {
                    let block = values.memory;
                    self.heap.free_memory(block);
                    inner
                }
                (inner, _) => inner,
            },
            body => owned(body),
        };
        let kept = kept_when_dead(ty, self.heap.body(object)).or(self.heap.type_of_type(ty).kept);
        Rest { kept, memory, memory_is_keys }
    }

    /// Gives up what a dead object held. What dies with it goes on the trash stack, first child on top.
    fn drop_children(&mut self, body: &Body) {
        let first = self.trash.len();
        let (heap, trash) = (&mut self.heap, &mut self.trash);
        let mut give_up = |child: ObjRef| {
            if heap.decref_hits_zero(child) {
                trash.push(child);
            }
        };
        match body {
            // Lists and tuples begin at the end.
            Body::List(items) | Body::Tuple(items) => return items.iter().for_each(|&child| give_up(child)),
            Body::Instance(instance) if instance.inner.is_traversed_backwards() => {
                instance.slots.iter().flatten().for_each(|&child| give_up(child));
                instance.attrs.trace(&mut give_up);
                if let Body::List(items) | Body::Tuple(items) = &instance.inner {
                    items.iter().rev().for_each(|&child| give_up(child));
                }
            }
            body => body.trace(&mut give_up),
        }
        self.trash[first..].reverse();
    }

    /// The memory of a dead object that holds nothing any more.
    fn finish(&mut self, object: ObjRef, rest: Rest) {
        let ty = self.ty(object);
        let is_gc = self.heap.type_of_type(ty).is_gc;
        if self.heap.finish(object, rest) && is_gc {
            self.heap.collector.note_deallocation();
        }
        if !is_core_type(ty) && self.heap.decref_hits_zero(ty) {
            self.trash.push(ty);
        }
    }

    /// Whether Python code must run before the object may die.
    fn wants_finalizer(&self, object: ObjRef, ty: ObjRef) -> bool {
        let record = self.heap.type_of_type(ty);
        let has_one = record.special & special::DEL != 0
            || is_io_type(record.solid_base) && self.wants_closing(object)
            || matches!(ty, GENERATOR | COROUTINE | ASYNC_GENERATOR) && self.wants_end(object);
        has_one && !self.finalized.contains(&object)
    }

    /// Whether a generator, about to die, must be closed, told of as never awaited, or handed to `sys.set_asyncgen_hooks`'s
    /// finalizer.
    fn wants_end(&self, object: ObjRef) -> bool {
        // A tracer is told of any that is closed.
        let told = self.wants_returns() && matches!(self.heap.body(object), Body::Generator(record) if record.suspended().is_some());
        told || self.wants_close(object) || self.never_awaited(object) || self.async_finalizer(object).is_some()
    }

    /// Whether a file object, about to die, is still open: its `__del__` closes it. In memory only a class of the program could
    /// notice that.
    pub(super) fn wants_closing(&self, object: ObjRef) -> bool {
        match self.heap.body(object) {
            Body::Foreign(_) if matches!(self.ty(object), BYTES_IO | STRING_IO) => false,
            Body::Foreign(state) => state.wants_finalizer(),
            // Without a state of its own it is closed once it says so.
            _ => match self.interned.find(&"__IOBase_closed".into()) {
                Some(name) => self.own_attr(object, name).is_none(),
                None => true,
            },
        }
    }

    /// What must be undone beside giving up references.
    fn release_body(&mut self, object: ObjRef, ty: ObjRef, body: &Body) {
        match body {
            Body::Fields(fields) if ty == MANAGED_BUFFER => {
                // A bytearray or array counts who looks at its bytes: meanwhile it keeps its size.
                if let Some(base) = fields[0]
                    && self.heap.is_writable_buffer(base)
                {
                    self.heap.slot_mut(base).num -= 1;
                }
            }
            Body::Str(text) if self.interned.is_interned(object) => {
                self.interned.forget(text, object);
            }
            Body::Type(ty) => {
                let bases = self.heap.tuple(ty.bases).map(<[ObjRef]>::to_vec).unwrap_or_default();
                bases.into_iter().for_each(|base| self.remove_subclass(base, object));
            }
            Body::WeakRef(weak) => {
                if let Some(referent) = weak.referent {
                    self.weakrefs.forget(referent, object);
                }
            }
            Body::Generator(generator) => {
                // A frame object that outlives its generator has ended.
                if let Some(Suspended { frame, .. }) = generator.suspended()
                    && let Some(frame_object) = frame.object
                    && let Body::Frame(record) = self.heap.body_mut(frame_object)
                {
                    let (code, globals, builtins) = (record.code, record.globals, record.builtins);
                    record.state = FrameState::Ended { func: None, locals: None, slots: Vec::new() };
                    for object in [code, globals, builtins] {
                        self.incref(object);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the object's finalizer has run already (`gc.is_finalized`).
    pub fn is_finalized(&self, object: ObjRef) -> bool {
        self.finalized.contains(&object)
    }

    /// A coroutine that was made and not run at all.
    pub(super) fn never_awaited(&self, object: ObjRef) -> bool {
        self.ty(object) == COROUTINE && self.generator_is_fresh(object)
    }

    pub(super) fn warn_unless_awaited(&mut self, object: ObjRef) {
        if !self.never_awaited(object) {
            return;
        }
        let Body::Generator(record) = self.heap.body(object) else { return };
        let mut text = format!("coroutine '{}' was never awaited", self.name_text(record.qualname));
        if let Some(origin) = record.origin_or_finalizer {
            text.push_str("\nCoroutine created at (most recent call last)");
            for row in self.heap.tuple(origin).into_iter().flatten().rev() {
                let Some(&[file, line, name]) = self.heap.tuple(*row) else { continue };
                let (file, line, name) = (self.name_text(file), self.small_value(line).unwrap_or(0), self.name_text(name));
                text.push_str(&format!("\n  File \"{file}\", line {line}, in {name}"));
                let source = self.sources.get(file.as_str()).and_then(|source| source.line(line as usize));
                if let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) {
                    text.push_str(&format!("\n    {source}"));
                }
            }
        }
        if let Err(raised) = (self.warn)(self, RUNTIME_WARNING, &text, None, Some(object)) {
            self.write_unraisable(raised, Some(object));
        }
    }
}

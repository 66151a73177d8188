//! The heap: every Python object is a slot in one array, known by its index, with an exact reference count.
//!
//! ```text
//!   ObjRef 17 ─▶ slot 17 │ refcount u32 │ type ObjRef │ number bits u64 │ body 16 bytes │
//! ```
//!
//! The heap counts and recycles; what a body holds it knows only through [`Trace`], and it never runs Python: finalizers and
//! weak references are the business of `vm/dealloc`. A slot is also a block of the modelled allocator, see [`pymalloc`].
//! Invariant: a slot with refcount 0 holds no object; it is free, or kept in a free list of its type, or another object's memory.
//! Counterpart in CPython 3.11: `PyObject_HEAD`, `Py_INCREF`, `Py_DECREF` and `Modules/gcmodule.c`.

pub mod free_lists;
pub mod gc;
mod journal;
pub mod pymalloc;

use std::num::NonZeroU32;

pub use free_lists::{FreeLists, Kept};
pub use gc::{Collector, Generation};
pub use journal::Watcher;
use journal::{Journal, UNTOUCHED};
use pymalloc::{Pymalloc, class_of};

/// The name of an object: its slot. `Option<ObjRef>` is four bytes, and `None` is CPython's `NULL`.
///
/// Copying an `ObjRef` does not count: who stores one owns a count or says that it borrows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjRef(NonZeroU32);

impl ObjRef {
    /// The object in slot `index`, which is not 0.
    pub const fn new(index: u32) -> ObjRef {
        match NonZeroU32::new(index) {
            Some(index) => ObjRef(index),
            None => panic!("slot 0 holds no object"),
        }
    }

    #[inline(always)]
    pub const fn index(self) -> u32 {
        self.0.get()
    }
}

impl std::fmt::Debug for ObjRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// What the collector and the audit must know of an object's body: which references it owns.
pub trait Trace: Sized {
    /// The type of the numbers that have a free list of their own when they die: `float`.
    const KEPT_NUMBER: ObjRef;

    /// The bytes that CPython asks its allocator for to make this object.
    fn block_size(&self, heap: &Heap<Self>, ty: ObjRef, num: u64) -> usize;

    /// Calls `visit` once for each counted reference that the body owns, in the order of CPython's `tp_traverse`.
    fn trace(&self, visit: &mut dyn FnMut(ObjRef));

    /// The same without what `tp_traverse` leaves out, since it cannot be part of a cycle: what the collector goes through.
    #[inline(always)]
    fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.trace(visit);
    }

    /// Does CPython's `tp_traverse` go from the last to the first?
    fn is_traversed_backwards(&self) -> bool {
        false
    }
}

/// One object: 32 bytes.
#[derive(Clone)]
pub struct Slot<B> {
    /// In its top bit the mark of the [`journal`].
    refcount: u32,
    /// The type, itself an object.
    pub ty: ObjRef,
    /// The bits of an `int` or `float`; for other types a number of their own; in a free slot the next free one.
    pub num: u64,
    pub body: B,
}

impl<B> Slot<B> {
    /// The number of references; 0: it holds no object.
    #[inline(always)]
    pub fn refcount(&self) -> u32 {
        self.refcount & !UNTOUCHED
    }
}

/// What is left to be done for a dead object when its children are gone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rest {
    /// The free list that its block may go to.
    pub kept: Option<Kept>,
    /// A block of its own (0: none), which is freed first.
    pub memory: u32,
    /// The block is the keys of a dict, of the size that has a free list.
    pub memory_is_keys: bool,
}

/// The refcount of a dead object whose children are being freed: no object that is alive has so many references.
pub const EMPTIED: u32 = !UNTOUCHED;

/// What a slot that was never used before takes from the budget.
const SLOT_SIZE: i64 = 64;

/// All objects, and the free slots between them.
#[derive(Clone)]
pub struct Heap<B> {
    slots: Vec<Slot<B>>,
    /// Which slots are free, and at what address each is.
    pymalloc: Pymalloc,
    /// Objects in reserved slots.
    placed: usize,
    /// Slots that are memory of other objects.
    memory_blocks: usize,
    /// When each slot's object was born, see [`Heap::birth`].
    births: Vec<u32>,
    born: u32,
    /// What has changed, once somebody wants to know: see [`Heap::keep_journal`].
    journal: Journal,
    /// Bytes that may be allocated until somebody adds up what is held.
    pub budget: i64,
    pub collector: Collector,
    pub free_lists: FreeLists,
}

impl<B> Default for Heap<B> {
    /// A heap without any slot.
    fn default() -> Heap<B> {
        Heap {
            slots: Vec::new(),
            pymalloc: Pymalloc::new(),
            placed: 0,
            memory_blocks: 0,
            births: Vec::new(),
            born: 0,
            journal: Journal::default(),
            budget: i64::MAX,
            collector: Collector::default(),
            free_lists: FreeLists::default(),
        }
    }
}

impl<B: Trace + Default> Heap<B> {
    /// A heap whose first `reserved` slots will be filled by [`Heap::place`].
    pub fn new(reserved: u32) -> Heap<B> {
        let mut heap = Heap { slots: Vec::with_capacity(1 << 15), ..Heap::default() };
        let slots = (reserved as usize + 1).next_multiple_of(pymalloc::RUN_ALIGNMENT);
        heap.slots.resize_with(slots, || Slot { refcount: 0, ty: ObjRef::new(1), num: 0, body: B::default() });
        heap.births.resize(slots, 0);
        heap.collector.grow_to(slots);
        heap.pymalloc.reserve(slots);
        heap
    }

    /// Puts an object into a reserved slot, with one reference that is never given back.
    pub fn place(&mut self, object: ObjRef, ty: ObjRef, num: u64, body: B) {
        self.slots[object.index() as usize] = Slot { refcount: 1, ty, num, body };
        self.placed += 1;
    }

    /// A new object with refcount 1, owned by the caller.
    #[inline]
    pub fn alloc(&mut self, ty: ObjRef, num: u64, body: B) -> ObjRef {
        let bytes = body.block_size(self, ty, num);
        self.alloc_sized(bytes, ty, num, body)
    }

    /// The same, where the size of its block is known.
    #[inline]
    pub fn alloc_sized(&mut self, bytes: usize, ty: ObjRef, num: u64, body: B) -> ObjRef {
        let slot = self.take_bytes(bytes);
        self.fill(slot, ty, num, || body)
    }

    /// The same with a block of memory beside its own, which its body is made with.
    #[inline(always)]
    pub fn alloc_pair(&mut self, bytes: usize, more: usize, ty: ObjRef, body: impl FnOnce(u32) -> B) -> ObjRef {
        let slot = self.take_bytes(bytes);
        let memory = self.alloc_memory(more);
        self.fill(slot, ty, 0, || body(memory))
    }

    /// The same from a free list, if a dead object of the kind was kept there; else from the allocator, and true.
    #[inline]
    pub fn alloc_kept(&mut self, kept: Kept, ty: ObjRef, num: u64, body: B) -> (ObjRef, bool) {
        match self.take_kept(kept) {
            Some(slot) => (self.fill(slot, ty, num, || body), false),
            None => (self.alloc(ty, num, body), true),
        }
    }

    /// The same with room for more than what it holds now.
    pub fn alloc_kept_sized(&mut self, kept: Option<Kept>, bytes: usize, ty: ObjRef, body: B) -> (ObjRef, bool) {
        match kept.and_then(|kept| self.take_kept(kept)) {
            Some(slot) => (self.fill(slot, ty, 0, || body), false),
            None => (self.alloc_sized(bytes, ty, 0, body), true),
        }
    }

    /// Gives an object that nobody else knows a block of another size, and a body: it may be another object then (`realloc`).
    pub fn resize(&mut self, object: ObjRef, bytes: usize, body: B) -> ObjRef {
        if self.realloc_stays(object, bytes) {
            self.slot_mut(object).body = body;
            return object;
        }
        let was_tracked = self.collector.is_tracked(object);
        let moved = self.alloc_sized(bytes, self.ty(object), self.slot(object).num, body);
        self.slot_mut(object).refcount = 0;
        self.release(object);
        if was_tracked {
            self.collector.track(moved);
        }
        moved
    }

    /// Makes an object in a slot that was taken for it. Its body is made where it goes: a copy would have to wait for its parts.
    #[inline(always)]
    pub fn fill(&mut self, index: u32, ty: ObjRef, num: u64, body: impl FnOnce() -> B) -> ObjRef {
        let slot = self.slot_mut(ObjRef::new(index));
        slot.refcount = 1;
        slot.ty = ty;
        slot.num = num;
        // A free slot holds no body: there is nothing to be dropped.
        std::mem::forget(std::mem::replace(&mut slot.body, body()));
        self.born = self.born.wrapping_add(1);
        self.births[index as usize] = self.born;
        ObjRef::new(index)
    }

    /// A new integer of 64 bits, without a body: up to two digits of 30 bits take 32 bytes, three take 36.
    #[inline(always)]
    pub fn alloc_int(&mut self, ty: ObjRef, value: i64) -> ObjRef {
        const TWO_DIGITS: i64 = 1 << 60;
        let class = if (-TWO_DIGITS < value) & (value < TWO_DIGITS) { class_of(32) } else { class_of(36) };
        let index = self.take_block(class);
        self.fill_number(index, ty, value as u64)
    }

    /// A new float, without a body.
    #[inline(always)]
    pub fn alloc_float(&mut self, value: f64) -> ObjRef {
        let index = match self.take_kept(Kept::Float) {
            Some(index) => index,
            None => self.take_block(class_of(24)),
        };
        self.fill_number(index, B::KEPT_NUMBER, value.to_bits())
    }

    #[inline(always)]
    fn fill_number(&mut self, index: u32, ty: ObjRef, num: u64) -> ObjRef {
        let slot = &mut self.slots[index as usize];
        let mark = std::mem::replace(&mut slot.refcount, 1);
        slot.ty = ty;
        slot.num = num;
        if mark != 0 {
            self.note(index);
        }
        ObjRef::new(index)
    }

    /// Gives the block of a dead number back, or keeps it for the next of its kind.
    #[inline(always)]
    pub fn release_number(&mut self, object: ObjRef) {
        let is_kept = self.slots[object.index() as usize].ty == B::KEPT_NUMBER && self.keep(Kept::Float, object.index());
        if !is_kept {
            self.give_block_back(object.index());
        }
    }

    /// Takes a dead object's body out; the references in it are now the caller's. [`Heap::finish`] must follow.
    #[inline]
    pub fn take_body(&mut self, object: ObjRef) -> B {
        self.collector.untrack(object);
        let slot = self.slot_mut(object);
        debug_assert_eq!(slot.refcount(), 0, "{object:?} is released while referenced");
        std::mem::take(&mut slot.body)
    }

    /// Puts a dead object off whose children must die first: it waits with what [`Heap::finish`] is to be told.
    pub fn put_off(&mut self, object: ObjRef, rest: Rest) {
        self.touch(object.index());
        let slot = &mut self.slots[object.index() as usize];
        slot.refcount = EMPTIED;
        slot.num = u64::from(rest.memory) << 32 | u64::from(rest.memory_is_keys) << 16 | rest.kept.map_or(0, Kept::code);
    }

    /// The time of an object that was put off has come.
    pub fn resume(&mut self, object: ObjRef) -> Rest {
        self.touch(object.index());
        let slot = &mut self.slots[object.index() as usize];
        slot.refcount = 0;
        Rest { kept: Kept::from_code(slot.num & 0xffff), memory: (slot.num >> 32) as u32, memory_is_keys: slot.num >> 16 & 1 == 1 }
    }

    /// Keeps the block of a dead object for the next of its kind, or gives it back: then the answer is true.
    #[inline]
    pub fn finish(&mut self, object: ObjRef, rest: Rest) -> bool {
        if rest.memory != 0 {
            self.drop_memory(rest.memory, rest.memory_is_keys);
        }
        if let Some(kept) = rest.kept
            && self.keep(kept, object.index())
        {
            return false;
        }
        self.give_block_back(object.index());
        true
    }

    /// Gives the block of a dead object back, and that of its memory (0: none).
    #[inline]
    pub fn finish_pair(&mut self, object: ObjRef, memory: u32) {
        if memory != 0 {
            self.free_memory(memory);
        }
        self.give_block_back(object.index());
    }

    /// Frees a dead object that no free list keeps and returns its body, whose references are now the caller's.
    pub fn release(&mut self, object: ObjRef) -> B {
        let body = self.take_body(object);
        self.give_block_back(object.index());
        body
    }

    /// The same of an object that the collector does not know.
    #[inline]
    pub fn release_leaf(&mut self, object: ObjRef) -> B {
        debug_assert!(!self.collector.is_tracked(object), "{object:?} is no leaf");
        let body = std::mem::take(&mut self.slot_mut(object).body);
        self.give_block_back(object.index());
        body
    }

    #[inline(always)]
    pub fn slot(&self, object: ObjRef) -> &Slot<B> {
        &self.slots[object.index() as usize]
    }

    #[inline(always)]
    pub fn slot_mut(&mut self, object: ObjRef) -> &mut Slot<B> {
        let index = object.index() as usize;
        if index < self.journal.stamps.len() {
            self.stamp(object.index());
        }
        &mut self.slots[index]
    }

    #[inline(always)]
    pub fn ty(&self, object: ObjRef) -> ObjRef {
        self.slot(object).ty
    }

    #[inline(always)]
    pub fn refcount(&self, object: ObjRef) -> u32 {
        self.slot(object).refcount()
    }

    #[inline(always)]
    pub fn incref(&mut self, object: ObjRef) {
        self.incref_by(object, 1);
    }

    /// So many references more.
    #[inline(always)]
    pub fn incref_by(&mut self, object: ObjRef, n: u32) {
        let slot = &mut self.slots[object.index() as usize];
        slot.refcount += n;
        if slot.refcount & UNTOUCHED != 0 {
            self.note(object.index());
        }
    }

    /// Gives one reference back. At 0 the object is dead and the caller must dispose of it.
    #[inline(always)]
    #[must_use]
    pub fn decref_hits_zero(&mut self, object: ObjRef) -> bool {
        let slot = &mut self.slots[object.index() as usize];
        debug_assert!(slot.refcount() > 0, "{object:?} has no reference left to give back");
        slot.refcount -= 1;
        if slot.refcount as i32 > 0 {
            return false;
        }
        let is_marked = slot.refcount != 0;
        if is_marked {
            self.note(object.index());
        }
        !is_marked || self.refcount(object) == 0
    }

    /// Gives up the references in some places, one after the other, until an object dies: the index of its place, and the object.
    #[inline(always)]
    pub fn decref_until_dead(&mut self, places: &mut [Option<ObjRef>]) -> Option<(usize, ObjRef)> {
        for (index, place) in places.iter_mut().enumerate() {
            if let Some(object) = place.take()
                && self.decref_hits_zero(object)
            {
                return Some((index, object));
            }
        }
        None
    }

    /// The objects that are alive, in the order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = (ObjRef, &Slot<B>)> {
        self.slots.iter().enumerate().skip(1).filter(|(_, slot)| slot.refcount() > 0).map(|(index, slot)| (ObjRef::new(index as u32), slot))
    }

    pub fn is_alive(&self, object: ObjRef) -> bool {
        self.slots.get(object.index() as usize).is_some_and(|slot| slot.refcount() > 0)
    }

    /// The birth number of an object: what tells it from others that had or will have its slot. Numbers of [`Heap::alloc`]
    /// go up by one; objects without a body (small integers, floats) have none of their own and show an older one.
    pub fn birth(&self, object: ObjRef) -> u32 {
        self.births[object.index() as usize]
    }

    /// Gives references back to an object that never dies, such as `None`.
    #[inline(always)]
    pub fn decref_immortal(&mut self, object: ObjRef) {
        let slot = &mut self.slots[object.index() as usize];
        slot.refcount -= 1;
        if slot.refcount & UNTOUCHED != 0 {
            self.note(object.index());
        }
    }

    /// Sets the number of references, before the program starts.
    pub fn set_refcount(&mut self, object: ObjRef, references: u32) {
        self.slot_mut(object).refcount = references;
    }

    /// Leaves a birth number out.
    pub fn pass_birth(&mut self) {
        self.born = self.born.wrapping_add(1);
    }

    /// The birth number given last.
    pub fn born(&self) -> u32 {
        self.born
    }

    /// The slots whose objects were born after that number; some may be dead again.
    pub fn born_after(&self, birth: u32) -> Vec<ObjRef> {
        let found = self.births.iter().enumerate().filter(|(_, it)| **it > birth);
        found.map(|(index, _)| ObjRef::new(index as u32)).collect()
    }

    /// How many objects are alive.
    pub fn len(&self) -> usize {
        self.placed + self.allocated_blocks() - self.free_lists.total() - self.memory_blocks
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One bit a slot: is there an object that has no birth number?
    pub fn numbers(&self, is_number: impl Fn(&B) -> bool) -> Vec<u64> {
        let mut bits = vec![0; self.slots.len().div_ceil(64)];
        for (object, _) in self.iter().filter(|(_, slot)| is_number(&slot.body)) {
            bits[object.index() as usize / 64] |= 1 << (object.index() % 64);
        }
        bits
    }

    /// One more than the highest slot ever used.
    pub fn capacity(&self) -> usize {
        self.slots.len()
    }
}

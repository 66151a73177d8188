//! The heap: every Python object is a slot in one array, known by its index, with an exact reference count.
//!
//! ```text
//!   ObjRef 17 ─▶ slot 17 │ refcount u32 │ type ObjRef │ number bits u64 │ body 16 bytes │
//! ```
//!
//! The heap counts and recycles; what a body holds it knows only through [`Trace`], and it never runs Python: finalizers and
//! weak references are the business of `vm/dealloc`. Invariant: a slot with refcount 0 is on the free list.
//! Counterpart in CPython 3.11: `PyObject_HEAD`, `Py_INCREF`, `Py_DECREF` and `Modules/gcmodule.c`.

pub mod free_lists;
pub mod gc;

use std::num::NonZeroU32;

pub use free_lists::{FreeLists, Kept};
pub use gc::{Collector, Generation};

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
pub trait Trace {
    /// Calls `visit` once for each counted reference that the body owns, in the order of CPython's `tp_traverse`.
    fn trace(&self, visit: &mut dyn FnMut(ObjRef));

    /// Does CPython's `tp_traverse` go from the last to the first?
    fn is_traversed_backwards(&self) -> bool {
        false
    }
}

/// One object: 32 bytes.
#[derive(Clone)]
pub struct Slot<B> {
    pub refcount: u32,
    /// The type, itself an object.
    pub ty: ObjRef,
    /// The bits of an `int` or `float`; for other types a number of their own; in a free slot the next free one.
    pub num: u64,
    pub body: B,
}

/// What a slot that was never used before takes from the budget.
const SLOT_SIZE: i64 = 64;

/// All objects, and the free slots between them.
#[derive(Clone)]
pub struct Heap<B> {
    slots: Vec<Slot<B>>,
    /// The most recently freed slot (0: none): reuse is last in, first out, as in CPython's allocator.
    free: u32,
    live: usize,
    /// When each slot's object was born, see [`Heap::birth`].
    births: Vec<u32>,
    born: u32,
    /// Bytes that may be allocated until somebody adds up what is held.
    pub budget: i64,
    pub collector: Collector,
    pub free_lists: FreeLists,
}

impl<B: Trace + Default> Heap<B> {
    /// A heap whose first `reserved` slots will be filled by [`Heap::place`].
    pub fn new(reserved: u32) -> Heap<B> {
        let mut heap = Heap {
            slots: Vec::with_capacity(1 << 14),
            free: 0,
            live: 0,
            births: Vec::new(),
            born: 0,
            budget: i64::MAX,
            collector: Collector::default(),
            free_lists: FreeLists::default(),
        };
        for _ in 0..=reserved {
            heap.births.push(0);
            heap.slots.push(Slot { refcount: 0, ty: ObjRef::new(1), num: 0, body: B::default() });
            heap.collector.grow();
        }
        heap
    }

    /// Puts an object into a reserved slot, with one reference that is never given back.
    pub fn place(&mut self, object: ObjRef, ty: ObjRef, num: u64, body: B) {
        self.slots[object.index() as usize] = Slot { refcount: 1, ty, num, body };
        self.live += 1;
    }

    /// A new object with refcount 1, owned by the caller.
    #[inline]
    pub fn alloc(&mut self, ty: ObjRef, num: u64, body: B) -> ObjRef {
        let object = self.alloc_number(ty, num);
        self.slots[object.index() as usize].body = body;
        self.born = self.born.wrapping_add(1);
        self.births[object.index() as usize] = self.born;
        object
    }

    /// A new object without a body: a number.
    #[inline(always)]
    pub fn alloc_number(&mut self, ty: ObjRef, num: u64) -> ObjRef {
        let index = self.free;
        self.live += 1;
        if index == 0 {
            return self.grow(ty, num);
        }
        let slot = &mut self.slots[index as usize];
        self.free = slot.num as u32;
        slot.refcount = 1;
        slot.ty = ty;
        slot.num = num;
        ObjRef::new(index)
    }

    #[cold]
    fn grow(&mut self, ty: ObjRef, num: u64) -> ObjRef {
        let index = u32::try_from(self.slots.len()).expect("the heap has fewer than 2^32 objects");
        self.budget -= SLOT_SIZE;
        self.slots.push(Slot { refcount: 1, ty, num, body: B::default() });
        self.births.push(0);
        self.collector.grow();
        ObjRef::new(index)
    }

    /// Puts the slot of a dead number back on the free list.
    #[inline(always)]
    pub fn release_number(&mut self, object: ObjRef) {
        let slot = &mut self.slots[object.index() as usize];
        slot.num = u64::from(self.free);
        self.free = object.index();
        self.live -= 1;
    }

    /// Puts the slot of any dead object back on the free list and returns its body, whose references are now the caller's.
    pub fn release(&mut self, object: ObjRef) -> B {
        self.collector.untrack(object);
        let slot = &mut self.slots[object.index() as usize];
        debug_assert_eq!(slot.refcount, 0, "{object:?} is released while referenced");
        let body = std::mem::take(&mut slot.body);
        self.release_number(object);
        body
    }

    #[inline(always)]
    pub fn slot(&self, object: ObjRef) -> &Slot<B> {
        &self.slots[object.index() as usize]
    }

    #[inline(always)]
    pub fn slot_mut(&mut self, object: ObjRef) -> &mut Slot<B> {
        &mut self.slots[object.index() as usize]
    }

    #[inline(always)]
    pub fn ty(&self, object: ObjRef) -> ObjRef {
        self.slot(object).ty
    }

    #[inline(always)]
    pub fn refcount(&self, object: ObjRef) -> u32 {
        self.slot(object).refcount
    }

    #[inline(always)]
    pub fn incref(&mut self, object: ObjRef) {
        self.slots[object.index() as usize].refcount += 1;
    }

    /// Gives one reference back. At 0 the object is dead and the caller must dispose of it.
    #[inline(always)]
    #[must_use]
    pub fn decref_hits_zero(&mut self, object: ObjRef) -> bool {
        let slot = &mut self.slots[object.index() as usize];
        debug_assert!(slot.refcount > 0, "{object:?} has no reference left to give back");
        slot.refcount -= 1;
        slot.refcount == 0
    }

    /// The objects that are alive, in the order of their slots.
    pub fn iter(&self) -> impl Iterator<Item = (ObjRef, &Slot<B>)> {
        self.slots.iter().enumerate().skip(1).filter(|(_, slot)| slot.refcount > 0).map(|(index, slot)| (ObjRef::new(index as u32), slot))
    }

    pub fn is_alive(&self, object: ObjRef) -> bool {
        self.slots.get(object.index() as usize).is_some_and(|slot| slot.refcount > 0)
    }

    /// The birth number of an object: what tells it from others that had or will have its slot. Numbers of [`Heap::alloc`]
    /// go up by one; objects without a body (small integers, floats) have none of their own and show an older one.
    pub fn birth(&self, object: ObjRef) -> u32 {
        self.births[object.index() as usize]
    }

    /// The birth number given last.
    pub fn born(&self) -> u32 {
        self.born
    }

    /// How many objects are alive.
    pub fn len(&self) -> usize {
        self.live
    }

    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// One more than the highest slot ever used.
    pub fn capacity(&self) -> usize {
        self.slots.len()
    }
}

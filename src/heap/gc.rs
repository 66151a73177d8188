//! The cyclic collector's bookkeeping: three generations of tracked containers and CPython's algorithm to find garbage.
//!
//! Each tracked object is linked into the list of its generation, in order of tracking. A collection copies the refcounts
//! of the objects it examines, subtracts the references they hold among themselves, and what is left at zero and not
//! reachable from an object above zero is a garbage cycle. Deleting it is the business of `vm/collect`, since finalizers
//! are Python code. Counterpart in CPython 3.11: `PyGC_Head`, `update_refs`, `subtract_refs`, `move_unreachable`.

use super::{Heap, ObjRef, Trace, journal::Notes};

/// The links of one slot in the list of its generation. `next == 0`: not tracked.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Link {
    prev: u32,
    next: u32,
}

/// One generation: what `gc.get_count`, `gc.get_threshold` and `gc.get_stats` tell about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Generation {
    pub threshold: u32,
    /// Generation 0: container allocations minus deallocations; others: collections of the younger generation.
    pub count: u32,
    pub collections: u64,
    pub collected: u64,
    pub uncollectable: u64,
}

/// Lists and counters of the collector.
#[derive(Clone)]
pub struct Collector {
    /// One a slot. Those of the first slots, whose objects are builtin types and never tracked, are the heads of the lists: one a
    /// generation, and one for the objects that `gc.freeze` has put aside.
    pub(super) links: Vec<Link>,
    /// `gc_refs` of a collection under way, one a slot; [`OUTSIDE`] for objects that are not examined.
    pub(super) refs: Vec<u32>,
    /// How many objects all lists have.
    pub(super) tracked: usize,
    pub generations: [Generation; 3],
    pub enabled: bool,
    /// A collection is under way: allocations do not start another.
    pub collecting: bool,
    pub long_lived_total: u64,
    pub long_lived_pending: u64,
    /// `gc.get_debug`
    pub debug: i64,
    /// Which links have changed, for [`Heap::become_like`].
    pub(super) notes: Notes,
}

/// The head of generation g is the link of slot `HEAD + g`.
const HEAD: u32 = 1;

/// The last one of the heads.
const LAST_HEAD: u32 = HEAD + FROZEN as u32;

/// The number of the list that no collection looks at.
pub const FROZEN: usize = 3;

impl Default for Collector {
    fn default() -> Collector {
        let generation = |threshold| Generation { threshold, ..Generation::default() };
        Collector {
            links: (0..=LAST_HEAD).map(|at| Link { prev: at, next: at }).collect(),
            refs: vec![OUTSIDE; LAST_HEAD as usize + 1],
            tracked: 0,
            generations: [generation(700), generation(10), generation(10)],
            enabled: true,
            collecting: false,
            long_lived_total: 0,
            long_lived_pending: 0,
            debug: 0,
            notes: Notes::default(),
        }
    }
}

impl Collector {
    pub(super) fn grow_to(&mut self, slots: usize) {
        let slots = slots.max(self.links.len());
        self.links.resize(slots, Link::default());
        self.refs.resize(slots, OUTSIDE);
    }

    /// A link that is about to change.
    #[inline(always)]
    fn link(&mut self, at: u32) -> &mut Link {
        if self.notes.is_on() {
            self.notes.note(at);
        }
        &mut self.links[at as usize]
    }

    #[inline]
    pub fn is_tracked(&self, object: ObjRef) -> bool {
        object.index() > LAST_HEAD && self.links[object.index() as usize].next != 0
    }

    /// Whether a tracked object is in that generation's list: by going to the list's end.
    pub fn is_in(&self, generation: usize, object: ObjRef) -> bool {
        let mut at = object.index();
        while at > LAST_HEAD {
            at = self.links[at as usize].next;
        }
        at == HEAD + generation as u32
    }

    /// Appends the object to the youngest generation.
    #[inline]
    pub fn track(&mut self, object: ObjRef) {
        if !self.is_tracked(object) {
            self.append(0, object);
        }
    }

    /// The same for one that has just been made.
    #[inline(always)]
    pub fn track_new(&mut self, object: ObjRef) {
        debug_assert!(!self.is_tracked(object), "{object:?} is tracked already");
        self.append(0, object);
    }

    /// Appends an untracked object to a generation.
    pub fn track_in(&mut self, generation: usize, object: ObjRef) {
        self.append(generation as u32, object);
    }

    #[inline]
    fn append(&mut self, generation: u32, object: ObjRef) {
        let head = HEAD + generation;
        self.tracked += 1;
        let last = std::mem::replace(&mut self.link(head).prev, object.index());
        *self.link(object.index()) = Link { prev: last, next: head };
        self.link(last).next = object.index();
    }

    #[inline]
    pub fn untrack(&mut self, object: ObjRef) {
        let Link { prev, next } = self.links[object.index() as usize];
        if next != 0 {
            self.tracked -= 1;
            self.link(prev).next = next;
            self.link(next).prev = prev;
            *self.link(object.index()) = Link::default();
        }
    }

    /// A container was allocated. True: a collection is due.
    #[inline(always)]
    #[must_use]
    pub fn note_allocation(&mut self) -> bool {
        let young = &mut self.generations[0];
        young.count += 1;
        young.count > young.threshold && self.enabled && young.threshold != 0 && !self.collecting
    }

    /// A container was deallocated.
    #[inline(always)]
    pub fn note_deallocation(&mut self) {
        let young = &mut self.generations[0];
        young.count = young.count.saturating_sub(1);
    }

    /// The oldest generation whose threshold is exceeded, by CPython's rules.
    pub fn due_generation(&self) -> Option<usize> {
        (0..3).rev().find(|&g| {
            let generation = &self.generations[g];
            generation.count > generation.threshold && !(g == 2 && self.long_lived_pending < self.long_lived_total / 4)
        })
    }

    /// The tracked objects of a generation, in order.
    pub fn members(&self, generation: usize) -> Vec<ObjRef> {
        let mut members = Vec::new();
        let mut at = self.links[HEAD as usize + generation].next;
        while at > LAST_HEAD {
            members.push(ObjRef::new(at));
            at = self.links[at as usize].next;
        }
        members
    }

    /// Visits the tracked objects of a generation, in order.
    pub fn each_member(&self, generation: usize, mut visit: impl FnMut(ObjRef)) {
        let mut at = self.links[HEAD as usize + generation].next;
        while at > LAST_HEAD {
            visit(ObjRef::new(at));
            at = self.links[at as usize].next;
        }
    }

    /// How many objects a generation's list has. The oldest one may be long: it has what the others have not.
    pub fn size_of(&self, generation: usize) -> usize {
        if generation == 2 {
            return self.tracked - self.size_of(0) - self.size_of(1) - self.size_of(FROZEN);
        }
        let mut size = 0;
        self.each_member(generation, |_| size += 1);
        size
    }

    /// The objects that were tracked last, the newest first.
    pub fn newest(&self, most: usize) -> Vec<ObjRef> {
        let mut newest = Vec::new();
        let mut at = self.links[HEAD as usize].prev;
        while at > LAST_HEAD && newest.len() < most {
            newest.push(ObjRef::new(at));
            at = self.links[at as usize].prev;
        }
        newest
    }

    /// Moves all objects of a generation to the end of another.
    fn merge(&mut self, from: usize, into: usize) {
        let (from, into) = (HEAD + from as u32, HEAD + into as u32);
        let Link { prev: last, next: first } = *self.link(from);
        if first <= LAST_HEAD {
            return;
        }
        let end = std::mem::replace(&mut self.link(into).prev, last);
        self.link(end).next = first;
        self.link(first).prev = end;
        self.link(last).next = into;
        *self.link(from) = Link { prev: from, next: from };
    }

    /// Puts all tracked objects aside (`gc.freeze`).
    pub fn freeze(&mut self) {
        for generation in 0..3 {
            self.merge(generation, FROZEN);
            self.generations[generation].count = 0;
        }
    }

    /// Brings the objects put aside back, into the oldest generation.
    pub fn unfreeze(&mut self) {
        self.merge(FROZEN, 2);
    }

    /// All objects there are belong to the start: they are old, and the counts are what a program finds.
    pub fn begin_program(&mut self, counts: [u32; 3]) {
        self.merge(0, 2);
        self.merge(1, 2);
        for (generation, count) in self.generations.iter_mut().zip(counts) {
            generation.count = count;
        }
    }

    /// Starts a collection: counts it, and merges the younger generations into the examined one.
    pub fn begin(&mut self, generation: usize) {
        if generation < 2 {
            self.generations[generation + 1].count += 1;
        }
        for younger in 0..=generation {
            self.generations[younger].count = 0;
        }
        for younger in 0..generation {
            self.merge(younger, generation);
        }
    }

    /// Puts the tracked ones of a generation's objects in this order.
    pub fn arrange(&mut self, generation: usize, objects: &[ObjRef]) {
        for &object in objects {
            if self.is_tracked(object) {
                self.untrack(object);
                self.append(generation as u32, object);
            }
        }
    }

    /// Ends a collection: the survivors move to the next generation. Returns how many there were.
    pub fn promote(&mut self, generation: usize) -> usize {
        let survivors = self.members(generation).len();
        if generation < 2 {
            self.merge(generation, generation + 1);
            if generation == 1 {
                self.long_lived_pending += survivors as u64;
            }
        } else {
            self.long_lived_pending = 0;
            self.long_lived_total = survivors as u64;
        }
        survivors
    }
}

/// `gc_refs` of an object that the collection does not examine, of one that is done, and of one that seems to be garbage so far.
pub(super) const OUTSIDE: u32 = u32::MAX;
const REACHABLE: u32 = u32::MAX - 1;
const TENTATIVE: u32 = u32::MAX - 2;

/// What a look at objects found.
pub struct Partition {
    /// Those that only others of them refer to, directly or not, in the order that CPython finalizes them in.
    pub unreachable: Vec<ObjRef>,
    /// The others, in the order that the lists hold them in from now on: what seemed to be garbage until something reached it has moved
    /// to the end.
    pub survivors: Vec<ObjRef>,
}

/// One step of trial deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// update_refs: `gc_refs` is a copy of the refcount.
    Copied { object: ObjRef, refs: u32 },
    /// subtract_refs: a reference from one examined object to another does not count; what is left.
    Subtracted { from: ObjRef, to: ObjRef, refs: u32 },
    /// move_unreachable: something outside holds it.
    Reachable { object: ObjRef },
    /// Nothing outside holds it, as far as is known.
    Tentative { object: ObjRef },
    /// It is reachable after all, through another; `moved_back` if it had been put aside.
    Reached { from: ObjRef, to: ObjRef, moved_back: bool },
}

impl Trial {
    /// Through which object, and whom it concerns.
    pub fn objects(self) -> (Option<ObjRef>, Option<ObjRef>) {
        match self {
            Trial::Copied { object, .. } | Trial::Reachable { object } | Trial::Tentative { object } => (None, Some(object)),
            Trial::Subtracted { from, to, .. } | Trial::Reached { from, to, .. } => (Some(from), Some(to)),
        }
    }
}

/// Of `members`, those that only other members refer to. Each step is shown to `watch`, which is nothing but for who looks.
///
/// Counterpart: `deduce_unreachable`.
pub fn partition<B: Trace + Default>(heap: &mut Heap<B>, members: &[ObjRef], watch: &mut impl FnMut(Trial)) -> Partition {
    let mut gc_refs = std::mem::take(&mut heap.collector.refs);
    // update_refs: gc_refs is a copy of the refcount
    for &object in members {
        let refs = heap.refcount(object);
        gc_refs[object.index() as usize] = refs;
        watch(Trial::Copied { object, refs });
    }
    // subtract_refs: references among the members do not keep anything alive
    for &object in members {
        let slot = heap.slot(object);
        let mut subtract = |referent: ObjRef| {
            let refs = &mut gc_refs[referent.index() as usize];
            if *refs > 0 && *refs < TENTATIVE {
                *refs -= 1;
                watch(Trial::Subtracted { from: object, to: referent, refs: *refs });
            }
        };
        slot.body.traverse(&mut subtract);
        // An instance holds its class; the classes of the core are no members.
        subtract(slot.ty);
    }
    // move_unreachable: what is referred to from outside, and all it reaches, stays
    let mut order = members.to_vec();
    let mut survivors = Vec::with_capacity(members.len());
    let mut tentative = Vec::new();
    let mut visited = Vec::new();
    let mut at = 0;
    while let Some(&object) = order.get(at) {
        at += 1;
        let refs = &mut gc_refs[object.index() as usize];
        match *refs {
            0 => {
                *refs = TENTATIVE;
                tentative.push(object);
                watch(Trial::Tentative { object });
                continue;
            }
            OUTSIDE | REACHABLE | TENTATIVE => continue,
            _ => *refs = REACHABLE,
        }
        survivors.push(object);
        watch(Trial::Reachable { object });
        let slot = heap.slot(object);
        slot.body.traverse(&mut |referent| visited.push(referent));
        if slot.body.is_traversed_backwards() {
            visited.reverse();
        }
        visited.push(slot.ty);
        for referent in visited.drain(..) {
            let refs = &mut gc_refs[referent.index() as usize];
            match *refs {
                0 => {
                    *refs = 1;
                    watch(Trial::Reached { from: object, to: referent, moved_back: false });
                }
                TENTATIVE => {
                    *refs = 1;
                    order.push(referent);
                    watch(Trial::Reached { from: object, to: referent, moved_back: true });
                }
                _ => {}
            }
        }
    }
    let unreachable = tentative.into_iter().filter(|object| gc_refs[object.index() as usize] == TENTATIVE).collect();
    for &object in members {
        gc_refs[object.index() as usize] = OUTSIDE;
    }
    heap.collector.refs = gc_refs;
    Partition { unreachable, survivors }
}

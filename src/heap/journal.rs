//! What has changed in a heap: so that a debugger need not look at all of it after each step, nor copy all of it to go back.
//!
//! ```text
//!   begin ─▶ every slot is marked, in the top bit of its count       base 7, touched []
//!   INCREF slot 17 ─▶ the count is negative: mark off, note it       base 7, touched [17]
//! ```
//!
//! Counting must stay quick, so the mark lies where a count's sign is: a marked slot is found by the test for zero that a decref
//! makes anyway. Heaps with the same base were one when it began, so they differ at most in what either has touched. Which
//! bodies changed is told by stamps, which are never given twice. Invariant: as long as there is a base, a slot without a mark, and
//! a link that changed, is noted. A run that nobody goes back in notes nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{
    Heap, Slot, Trace,
    gc::{Collector, OUTSIDE},
};

/// The mark of a slot that nothing has touched since the base.
pub(super) const UNTOUCHED: u32 = 1 << 31;

/// More notes than this cost more than to look at everything.
const MOST: usize = 1 << 14;

/// Notes of one kind: which places are no longer as they were at the base.
#[derive(Clone, Default)]
pub struct Notes {
    /// The number of the state that the notes begin with; 0: nothing is noted.
    base: u64,
    /// Room for the notes, once there are any, and how many there are.
    places: Vec<u32>,
    len: usize,
}

impl Notes {
    fn begin(&mut self, base: u64) {
        self.base = base;
        self.places.resize(MOST, 0);
        self.len = 0;
    }

    #[inline(always)]
    pub(super) fn is_on(&self) -> bool {
        self.base != 0
    }

    /// Without a call: the loop of the machine would have to save its registers for it.
    #[inline(always)]
    pub(super) fn note(&mut self, place: u32) {
        match self.places.get_mut(self.len) {
            Some(free) => {
                *free = place;
                self.len += 1;
            }
            None => self.base = 0,
        }
    }

    /// The places that are noted.
    fn places(&self) -> &[u32] {
        &self.places[..self.len]
    }

    /// The places at most that differ between two of the same base; `None`: it is not known.
    fn both<'a>(&'a self, other: &'a Notes) -> Option<impl Iterator<Item = u32> + 'a> {
        let is_near = self.base != 0 && self.base == other.base;
        is_near.then(|| self.places().iter().chain(other.places()).copied())
    }
}

/// What tells one change of a body from all others, of copies of the heap too.
#[derive(Default)]
pub(super) struct Stamp(u64);

impl Stamp {
    /// Changes that a heap stamps under one number of its own.
    const RUN: u64 = 1 << 32;

    #[inline]
    fn next(&mut self) -> u64 {
        self.0 += 1;
        if self.0.is_multiple_of(Stamp::RUN) {
            *self = self.clone();
        }
        self.0
    }
}

impl Clone for Stamp {
    /// The copy goes its own way.
    fn clone(&self) -> Stamp {
        static HEAPS: AtomicU64 = AtomicU64::new(1);
        Stamp(HEAPS.fetch_add(1, Ordering::Relaxed) * Stamp::RUN)
    }
}

/// What is kept to tell changes.
#[derive(Clone, Default)]
pub(super) struct Journal {
    /// When each slot's body was last taken in hand to be changed; empty in a run that nobody goes back in.
    pub stamps: Vec<u64>,
    stamp: Stamp,
    slots: Notes,
}

impl Journal {
    /// The count of a slot that there has not been before.
    pub(super) fn mark(&self) -> u32 {
        if self.slots.is_on() { UNTOUCHED } else { 0 }
    }

    pub(super) fn grow_to(&mut self, slots: usize) {
        if !self.stamps.is_empty() {
            self.stamps.resize(slots, 0);
        }
    }
}

/// Looks at a heap, or at others of the same run, again and again, and wants to see each time only what may be other than the last
/// time.
#[derive(Default)]
pub struct Watcher {
    /// The base of the heap that was seen last.
    base: u64,
    /// What had been touched since then, and how many slots there were.
    touched: Vec<u32>,
    slots: usize,
}

impl Watcher {
    /// The slots to look at, some more than once; `None`: all of them. Slots that are no more are not among them.
    pub fn look<B>(&mut self, heap: &Heap<B>) -> Option<Vec<u32>> {
        let (notes, slots) = (&heap.journal.slots, heap.slots.len());
        let is_near = notes.is_on() && notes.base == self.base;
        let seen = is_near.then(|| {
            let grown = self.slots as u32..slots as u32;
            let touched = self.touched.iter().chain(notes.places()).copied();
            grown.chain(touched.filter(|&slot| (slot as usize) < slots)).collect()
        });
        (self.base, self.slots) = (notes.base, slots);
        self.touched.clear();
        self.touched.extend_from_slice(notes.places());
        seen
    }
}

impl<B: Trace + Default> Heap<B> {
    /// From now on it is noted what changes, for [`Heap::become_like`] and a [`Watcher`].
    pub fn keep_journal(&mut self) {
        self.journal.stamps.resize(self.slots.len(), 0);
        self.begin_journal();
    }

    /// Begins the notes anew, if there came to be too many and a journal is kept. Goes over all slots.
    pub fn begin_journal(&mut self) {
        if self.journal.stamps.is_empty() || self.journal.slots.is_on() && self.collector.notes.is_on() {
            return;
        }
        static BASES: AtomicU64 = AtomicU64::new(1);
        let base = BASES.fetch_add(1, Ordering::Relaxed);
        self.journal.slots.begin(base);
        self.collector.notes.begin(base);
        self.slots.iter_mut().for_each(|slot| slot.refcount |= UNTOUCHED);
    }

    /// The slots at most that differ from those of another heap, each once; `None`: it is not known.
    pub fn touched_since(&self, other: &Heap<B>) -> Option<Vec<u32>> {
        let mut slots: Vec<u32> = self.journal.slots.both(&other.journal.slots)?.collect();
        let (few, many) = (self.slots.len().min(other.slots.len()), self.slots.len().max(other.slots.len()));
        slots.extend(few as u32..many as u32);
        slots.sort_unstable();
        slots.dedup();
        Some(slots)
    }

    /// A slot changes, whatever it is.
    #[inline(always)]
    pub(super) fn touch(&mut self, slot: u32) {
        if self.slots[slot as usize].refcount & UNTOUCHED != 0 {
            self.note(slot);
        }
    }

    /// A slot with a mark changes.
    #[inline(always)]
    pub(super) fn note(&mut self, slot: u32) {
        std::hint::cold_path();
        self.slots[slot as usize].refcount &= !UNTOUCHED;
        self.journal.slots.note(slot);
    }

    /// A body is taken in hand to be changed, and a journal is kept.
    #[inline(always)]
    pub(super) fn stamp(&mut self, slot: u32) {
        std::hint::cold_path();
        self.journal.stamps[slot as usize] = self.journal.stamp.next();
        self.touch(slot);
    }

    /// Each slot, dead ones too, with its birth number and the stamp of its body: what tells what is in it from what was.
    pub fn cells(&self) -> impl Iterator<Item = (&Slot<B>, u32, u64)> {
        let stamps = self.journal.stamps.iter().copied().chain(std::iter::repeat(0));
        self.slots.iter().zip(&self.births).zip(stamps).map(|((slot, birth), stamp)| (slot, *birth, stamp))
    }

    /// The same of one slot.
    pub fn cell(&self, slot: u32) -> (&Slot<B>, u32, u64) {
        let at = slot as usize;
        (&self.slots[at], self.births[at], self.journal.stamps.get(at).copied().unwrap_or(0))
    }

    /// Takes over all of another heap's content. Bodies with the same stamp are the same, as both heaps were one when they got it:
    /// only the others are copied. Of a heap with the same base only what either has touched is looked at.
    pub fn become_like(&mut self, other: &Heap<B>)
    where
        B: Clone,
    {
        let both = self.slots.len().min(other.slots.len()).min(self.journal.stamps.len()).min(other.journal.stamps.len());
        let (mut slots, mut births) = (std::mem::take(&mut self.slots), std::mem::take(&mut self.births));
        let mut stamps = std::mem::take(&mut self.journal.stamps);
        slots.truncate(both);
        births.truncate(both);
        stamps.truncate(both);
        let mut copy = |at: usize| {
            let (mine, theirs) = (&mut slots[at], &other.slots[at]);
            (mine.refcount, mine.ty, mine.num) = (theirs.refcount, theirs.ty, theirs.num);
            births[at] = other.births[at];
            if stamps[at] != other.journal.stamps[at] {
                mine.body.clone_from(&theirs.body);
                stamps[at] = other.journal.stamps[at];
            }
        };
        match self.journal.slots.both(&other.journal.slots) {
            Some(touched) => touched.map(|slot| slot as usize).filter(|&slot| slot < both).for_each(&mut copy),
            None => (0..both).for_each(&mut copy),
        }
        slots.extend_from_slice(&other.slots[both..]);
        births.extend_from_slice(&other.births[both..]);
        stamps.extend_from_slice(&other.journal.stamps[both..]);
        let mut collector = std::mem::take(&mut self.collector);
        collector.become_like(&other.collector);
        *self = Heap {
            slots,
            births,
            collector,
            journal: Journal { stamps, stamp: other.journal.stamp.clone(), slots: other.journal.slots.clone() },
            pymalloc: other.pymalloc.clone(),
            free_lists: other.free_lists.clone(),
            ..*other
        };
        debug_assert!(self.is_like(other), "the two heaps belong to different runs");
    }

    /// Whether each slot holds the same, with the same references.
    fn is_like(&self, other: &Heap<B>) -> bool {
        let held = |slot: &Slot<B>| {
            let mut children = Vec::new();
            slot.body.trace(&mut |child| children.push(child));
            (slot.refcount, slot.ty, slot.num, children)
        };
        let is_same = |(mine, theirs)| held(mine) == held(theirs);
        self.slots.len() == other.slots.len()
            && self.slots.iter().zip(&other.slots).all(is_same)
            && self.births == other.births
            && self.collector.links == other.collector.links
            && self.collector.refs == other.collector.refs
    }
}

impl Collector {
    /// Takes over all of another's content.
    fn become_like(&mut self, other: &Collector) {
        let mut links = std::mem::take(&mut self.links);
        match self.notes.both(&other.notes) {
            Some(noted) => {
                links.truncate(other.links.len());
                let both = links.len();
                noted.map(|at| at as usize).filter(|&at| at < both).for_each(|at| links[at] = other.links[at]);
                links.extend_from_slice(&other.links[both..]);
            }
            None => links.clone_from(&other.links),
        }
        let mut refs = std::mem::take(&mut self.refs);
        refs.resize(links.len(), OUTSIDE);
        *self = Collector { links, refs, notes: other.notes.clone(), ..*other };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heap::ObjRef;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Text(String);

    impl Trace for Text {
        const KEPT_NUMBER: ObjRef = ObjRef::new(1);

        fn block_size(&self, _: &Heap<Text>, _: ObjRef, _: u64) -> usize {
            32
        }

        fn trace(&self, _: &mut dyn FnMut(ObjRef)) {}
    }

    #[test]
    fn only_what_was_touched_is_looked_at() {
        let ty = ObjRef::new(2);
        let mut heap: Heap<Text> = Heap::new(4);
        heap.keep_journal();
        let objects: Vec<ObjRef> = (0..1000).map(|n| heap.alloc(ty, n, Text("old".into()))).collect();
        // Making them was too little to be too much, but now it is forgotten.
        heap.journal.slots.base = 0;
        heap.begin_journal();
        let mut watcher = Watcher::default();
        assert_eq!(watcher.look(&heap), None, "the first look is at everything");
        let mut earlier = heap.clone();

        heap.incref(objects[3]);
        heap.incref(objects[3]);
        heap.slot_mut(objects[5]).body = Text("new".into());
        assert!(heap.decref_hits_zero(objects[7]), "its mark is no count");
        drop(heap.release(objects[7]));
        let born = heap.alloc_int(ty, 7);
        assert_eq!(born, objects[7], "the block freed last serves first");
        let slots = [3, 5, 7].map(|at: usize| objects[at].index());
        assert_eq!(watcher.look(&heap), Some(slots.to_vec()));
        assert_eq!(heap.touched_since(&earlier), Some(slots.to_vec()));
        assert_eq!((heap.refcount(objects[3]), heap.refcount(objects[4])), (3, 1));

        let later = heap.clone();
        heap.become_like(&earlier);
        assert_eq!(heap.slot(objects[5]).body, Text("old".into()));
        assert_eq!((heap.refcount(objects[3]), heap.refcount(objects[7])), (1, 1));
        assert_eq!(watcher.look(&heap), Some(slots.to_vec()), "they are as they were, which is a change too");
        earlier.become_like(&later);
        assert_eq!(earlier.slot(objects[5]).body, Text("new".into()));

        // Too many notes: from then on everything is looked at, until they begin anew.
        objects.iter().cycle().take(3).for_each(|&object| heap.incref(object));
        for place in 0..=MOST as u32 {
            heap.journal.slots.note(place);
        }
        assert_eq!(watcher.look(&heap), None);
        assert_eq!(heap.touched_since(&later), None);
        heap.become_like(&later);
        assert_eq!(heap.refcount(objects[3]), 3);
    }
}

//! Dead floats, tuples, lists, dicts and others that are kept for the next one of their kind.
//!
//! ```python
//! gc.get_count()[0]    # a list made from a dead one is no allocation; one that is kept is no deallocation
//! x = [1]; old = id(x); del x; y = [2]; id(y) == old     # True
//! ```
//!
//! A kept object's slot, and so its address, waits in a list that is linked through the number bits, the last one in front.
//! Counterpart in CPython 3.11: the free lists of `Objects/floatobject.c`, `tupleobject.c`, `listobject.c` and `dictobject.c`.

use super::{Heap, ObjRef, Trace};

/// Which list keeps an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A tuple of so many items, 1 to 20.
    Tuple(usize),
    List,
    Dict,
    Float,
    /// The smallest keys of a dict whose keys are all strings: a block of memory, no object.
    Keys,
    Slice,
    /// What `anext(g)` of an asynchronous generator gives.
    AsyncSend,
    /// What an asynchronous generator yields its values in.
    AsyncValue,
    /// A `contextvars.Context`.
    Context,
}

impl Kept {
    /// The list for a tuple of this length.
    #[inline]
    pub fn tuple(len: usize) -> Option<Kept> {
        (1..=LONGEST_TUPLE).contains(&len).then_some(Kept::Tuple(len))
    }

    /// Its place among all, and how many it keeps at most.
    #[inline(always)]
    fn place(self) -> (usize, u32) {
        match self {
            Kept::Float => (FLOATS, 100),
            Kept::Tuple(len) => (len, 2000),
            Kept::List => (LISTS, 80),
            Kept::Dict => (DICTS, 80),
            Kept::Keys => (KEYS, 80),
            Kept::Slice => (SLICES, 1),
            Kept::AsyncSend => (ASYNC_SENDS, 80),
            Kept::AsyncValue => (ASYNC_VALUES, 80),
            Kept::Context => (CONTEXTS, 255),
        }
    }

    /// As a number that is not 0.
    pub(super) fn code(self) -> u64 {
        self.place().0 as u64 + 1
    }

    pub(super) fn from_code(code: u64) -> Option<Kept> {
        match code.checked_sub(1)? as usize {
            FLOATS => Some(Kept::Float),
            LISTS => Some(Kept::List),
            DICTS => Some(Kept::Dict),
            KEYS => Some(Kept::Keys),
            SLICES => Some(Kept::Slice),
            ASYNC_SENDS => Some(Kept::AsyncSend),
            ASYNC_VALUES => Some(Kept::AsyncValue),
            CONTEXTS => Some(Kept::Context),
            len => Some(Kept::Tuple(len)),
        }
    }
}

const LONGEST_TUPLE: usize = 20;
/// The smallest keys for strings: a header, an index of 8 slots, 5 entries.
const SMALL_KEYS: usize = 32 + 8 + 5 * 16;
// Tuples are at the places of their lengths.
const FLOATS: usize = 0;
const LISTS: usize = LONGEST_TUPLE + 1;
const DICTS: usize = LONGEST_TUPLE + 2;
const KEYS: usize = LONGEST_TUPLE + 3;
const SLICES: usize = LONGEST_TUPLE + 4;
const ASYNC_SENDS: usize = LONGEST_TUPLE + 5;
const ASYNC_VALUES: usize = LONGEST_TUPLE + 6;
const CONTEXTS: usize = LONGEST_TUPLE + 7;

/// The dead objects of one kind.
#[derive(Clone, Copy, Default)]
struct FreeList {
    /// The slot in front; 0: none.
    first: u32,
    len: u32,
}

#[derive(Clone, Default)]
pub struct FreeLists {
    lists: [FreeList; CONTEXTS + 1],
}

impl FreeLists {
    /// How many objects of a kind are kept, and how many may be.
    pub fn count(&self, kept: Kept) -> (u32, u32) {
        let (place, most) = kept.place();
        (self.lists[place].len, most)
    }

    /// Whether a dead object would serve: then making one and dropping it changes nothing.
    #[inline]
    pub fn has(&self, kept: Kept) -> bool {
        self.lists[kept.place().0].len > 0
    }

    /// Whether one more would be kept.
    pub fn has_room(&self, kept: Kept) -> bool {
        let (count, most) = self.count(kept);
        count < most
    }

    /// All objects that are kept.
    pub fn total(&self) -> usize {
        self.lists.iter().map(|list| list.len as usize).sum()
    }
}

impl<B: Trace + Default> Heap<B> {
    /// The slot of a dead object of a kind, if one was kept: [`Heap::fill`] must follow.
    #[inline(always)]
    pub fn take_kept(&mut self, kept: Kept) -> Option<u32> {
        let list = &mut self.free_lists.lists[kept.place().0];
        let slot = list.first;
        if slot == 0 {
            return None;
        }
        list.len -= 1;
        list.first = self.slots[slot as usize].num as u32;
        Some(slot)
    }

    /// Keeps a dead object's slot. False: there are enough.
    #[inline(always)]
    pub(super) fn keep(&mut self, kept: Kept, slot: u32) -> bool {
        let (place, most) = kept.place();
        let list = &mut self.free_lists.lists[place];
        if list.len >= most {
            return false;
        }
        list.len += 1;
        self.slots[slot as usize].num = u64::from(list.first);
        list.first = slot;
        true
    }

    /// The keys of a dict: the smallest ones for strings only come from a free list if there are any.
    pub fn alloc_keys(&mut self, bytes: usize, is_small: bool) -> u32 {
        if is_small && let Some(block) = self.take_kept(Kept::Keys) {
            self.memory_blocks += 1;
            return block;
        }
        self.alloc_memory(bytes)
    }

    /// Has so many of the smallest keys kept at least.
    pub fn fill_keys(&mut self, wanted: usize) {
        let missing = wanted.saturating_sub(self.free_lists.count(Kept::Keys).0 as usize);
        let blocks: Vec<u32> = (0..missing).map(|_| self.alloc_memory(SMALL_KEYS)).collect();
        blocks.into_iter().for_each(|block| self.drop_memory(block, true));
    }

    /// Frees a block of memory, or keeps it if it is the smallest keys.
    #[inline(never)]
    pub fn drop_memory(&mut self, block: u32, is_small_keys: bool) {
        self.touch(block);
        if is_small_keys && self.keep(Kept::Keys, block) {
            self.memory_blocks -= 1;
        } else {
            self.free_memory(block);
        }
    }

    /// A full collection gives the memory of all of them back: all but slices.
    pub fn clear_free_lists(&mut self) {
        for place in (1..=LONGEST_TUPLE).chain([FLOATS, LISTS, DICTS, KEYS, ASYNC_VALUES, ASYNC_SENDS, CONTEXTS]) {
            let mut slot = std::mem::take(&mut self.free_lists.lists[place]).first;
            while slot != 0 {
                let next = self.slots[slot as usize].num as u32;
                self.touch(slot);
                self.give_block_back(slot);
                slot = next;
            }
        }
    }

    /// Whether an object is dead and kept for the next of its kind.
    pub fn is_kept(&self, object: ObjRef) -> bool {
        self.free_lists.lists.iter().any(|list| {
            let mut slot = list.first;
            while slot != 0 && slot != object.index() {
                slot = self.slots[slot as usize].num as u32;
            }
            slot != 0
        })
    }
}

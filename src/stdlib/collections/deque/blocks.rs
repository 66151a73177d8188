//! Where the items of a deque lie: a chain of blocks of 64, which grows and shrinks at both ends.
//!
//! ```text
//!   │‥‥‥‥ a b c│ ⇄ │d e f …│ ⇄ │… x y z ‥‥│       first: the place of `a` in the first block
//! ```
//!
//! Invariant: there is one block at least, and the chain is as long as CPython's after the same operations, so that
//! `sys.getsizeof` and the allocator agree; the items themselves are kept elsewhere. An empty deque begins in the middle of its
//! block. Blocks that are left over are kept for this deque's next ones.
//! Counterpart in CPython 3.11: `newblock`, `freeblock` and the indices of `dequeobject`.
//!
//! ```python
//! sys.getsizeof(deque(range(63))), sys.getsizeof(deque(range(64)))      # (760, 1288)
//! ```

use std::collections::VecDeque;

use crate::objects::Heap;

/// Items of a block.
const ITEMS: usize = 64;
/// A block: its items and the links to its neighbours.
const BYTES: usize = (ITEMS + 2) * 8;
/// Where the first item of an empty deque will be.
const CENTER: usize = ITEMS / 2;
/// Blocks that are kept.
const MOST_SPARE: usize = 16;

#[derive(Clone, Default)]
pub(super) struct Blocks {
    chain: VecDeque<u32>,
    first: usize,
    spare: Vec<u32>,
}

impl Blocks {
    /// Those of a new deque.
    pub fn new(heap: &mut Heap) -> Blocks {
        Blocks { chain: [heap.alloc_memory(BYTES)].into(), first: CENTER, spare: Vec::new() }
    }

    /// Whether there is no place for one more item at an end.
    #[inline]
    pub fn are_full(&self, left: bool, len: usize) -> bool {
        if left { self.first == 0 } else { self.first + len == self.chain.len() * ITEMS }
    }

    /// One block more at an end.
    pub fn grow(&mut self, heap: &mut Heap, left: bool) {
        let block = self.spare.pop().unwrap_or_else(|| heap.alloc_memory(BYTES));
        if left {
            self.chain.push_front(block);
            self.first += ITEMS;
        } else {
            self.chain.push_back(block);
        }
    }

    /// An item was put in front.
    #[inline]
    pub fn pushed_left(&mut self) {
        self.first = self.first.saturating_sub(1);
    }

    /// An item was taken away at an end, `len` are left. True: [`Blocks::shrink`] must follow.
    #[inline]
    pub fn popped(&mut self, left: bool, len: usize) -> bool {
        self.first += usize::from(left);
        if left { self.first == ITEMS } else { (self.first + len).is_multiple_of(ITEMS) }
    }

    /// The last block at an end is empty.
    pub fn shrink(&mut self, heap: &mut Heap, left: bool, len: usize) {
        if len == 0 {
            self.first = CENTER;
            return;
        }
        let block = if left {
            self.first -= ITEMS;
            self.chain.pop_front()
        } else {
            self.chain.pop_back()
        };
        self.let_go(heap, block);
    }

    fn let_go(&mut self, heap: &mut Heap, block: Option<u32>) {
        let Some(block) = block else { return };
        if self.spare.len() < MOST_SPARE {
            self.spare.push(block);
        } else {
            heap.free_memory(block);
        }
    }

    /// All items of a deque that had some are gone: it begins anew in another block.
    pub fn clear(&mut self, heap: &mut Heap) {
        let block = self.spare.pop().unwrap_or_else(|| heap.alloc_memory(BYTES));
        for old in std::mem::replace(&mut self.chain, [block].into()) {
            self.let_go(heap, Some(old));
        }
        self.first = CENTER;
    }

    /// An empty deque will get many items on one side.
    pub fn make_room(&mut self, left: bool) {
        self.first = if left { ITEMS - 1 } else { 1 };
    }

    /// `len` items are turned by so many places, to the right if that is above 0.
    pub fn rotate(&mut self, heap: &mut Heap, len: usize, by: i64) {
        if len <= 1 {
            return;
        }
        let (len, half) = (len as i64, len as i64 / 2);
        let mut by = by;
        if by.unsigned_abs() > half as u64 {
            by %= len;
            by += if by > half { -len } else { 0 } + if by < -half { len } else { 0 };
        }
        let left = by > 0;
        // The block that becomes empty at one end serves at the other.
        let mut free = None;
        let mut by = by.unsigned_abs() as usize;
        while by > 0 {
            if self.are_full(left, len as usize) {
                if let Some(block) = free.take() {
                    self.spare.push(block);
                }
                self.grow(heap, left);
            }
            let end = self.first + len as usize;
            // Items in the block that they are taken from, places in the one that they are put into.
            let (taken, given) = if left { ((end - 1) % ITEMS + 1, self.first) } else { (ITEMS - self.first, ITEMS - end % ITEMS) };
            let moved = by.min(taken).min(given);
            by -= moved;
            if left {
                self.first -= moved;
                if moved == taken {
                    free = self.chain.pop_back();
                }
            } else {
                self.first += moved;
                if moved == taken {
                    self.first -= ITEMS;
                    free = self.chain.pop_front();
                }
            }
        }
        self.let_go(heap, free);
    }

    /// The bytes of the blocks that `len` items need.
    pub fn size(&self, len: usize) -> usize {
        (self.first + len).div_ceil(ITEMS).max(1) * BYTES
    }

    /// All of them.
    pub fn all(&self) -> Vec<u32> {
        self.chain.iter().chain(&self.spare).copied().collect()
    }
}

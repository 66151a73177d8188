//! Modelled memory: how much a program may hold before `MemoryError`, the same on every machine and in every run.
//!
//! ```text
//!   budget −= what is allocated …   below 0: add up the sizes of all objects → over the limit: MemoryError
//!                                                                            → else a new budget, a quarter of what is left
//! ```
//!
//! Sizes are those of `sys.getsizeof`, so a limit means what it would to CPython. Allocation itself only counts down; the sum is
//! taken at the next backward jump, call or item of a native loop, which is always the same instruction. A request for much
//! at once is refused beforehand. Counterpart in CPython 3.11: `malloc` that fails.
//!
//! ```python
//! try: list(itertools.count())
//! except MemoryError: print("too much")   # and on it goes
//! ```

use std::sync::atomic::Ordering;

use super::{Raised, Vm};
use crate::{
    heap::{ObjRef, Trace},
    objects::{Body, core_types::*, size::size_of},
};

/// What a program may hold if nobody says otherwise.
pub const DEFAULT_LIMIT: u64 = 4 << 30;
/// After a MemoryError so much may be allocated before the next look: room to handle it.
const GRACE: i64 = 256 << 10;
/// What is asked for at once is compared with the limit from this size on.
const LARGE: u64 = 1 << 20;
/// The bytes of a frame beside its variables.
const FRAME_SIZE: u64 = 80;
/// Native code that goes through items calls itself at most so often: no nesting of iterators ends the process.
const DEEPEST: u32 = 20_000;

impl Vm {
    /// Sets the limit in bytes.
    pub fn set_memory_limit(&mut self, limit: u64) {
        self.memory_limit = limit;
        self.heap.budget = self.next_budget(0);
    }

    fn next_budget(&self, used: u64) -> i64 {
        i64::try_from(self.memory_limit.saturating_sub(used) / 4).unwrap_or(i64::MAX).max(GRACE)
    }

    /// The bytes that all objects and frames take.
    pub fn used_memory(&self) -> u64 {
        let size = |object: ObjRef, body: &Body| {
            let mut size = size_of(&self.heap, object) as u64;
            // Bodies of the library's own types (deque): what they refer to.
            if let Body::Foreign(_) = body {
                body.trace(&mut |_| size += 8);
            }
            size
        };
        let objects: u64 = self.heap.iter().map(|(object, slot)| size(object, &slot.body)).sum();
        objects + self.frames.len() as u64 * FRAME_SIZE + 8 * self.sp as u64
    }

    /// Raises MemoryError if the program holds more than it may. Cheap while the budget lasts.
    #[inline(always)]
    pub fn check_memory(&mut self) -> Result<(), Raised> {
        if self.heap.budget < 0 { self.add_up() } else { Ok(()) }
    }

    #[cold]
    fn add_up(&mut self) -> Result<(), Raised> {
        let used = self.used_memory();
        self.heap.budget = self.next_budget(used);
        if used > self.memory_limit { Err(self.memory_error()) } else { Ok(()) }
    }

    /// Raises MemoryError if so many bytes more would be too many.
    pub fn room_for(&mut self, bytes: u64) -> Result<(), Raised> {
        if bytes >= LARGE
            && i64::try_from(bytes).map_or(true, |bytes| bytes > self.heap.budget)
            && (bytes > self.memory_limit || self.used_memory() + bytes > self.memory_limit)
        {
            return Err(self.memory_error());
        }
        Ok(())
    }

    pub fn memory_error(&mut self) -> Raised {
        let args = self.own(EMPTY_TUPLE);
        self.raise_args(MEMORY_ERROR, args)
    }

    /// To be called once an item by native code that may go on for ever.
    #[inline]
    pub fn poll(&mut self) -> Result<(), Raised> {
        self.check_memory()?;
        match &self.interrupt {
            Some(interrupt) if interrupt.load(Ordering::Relaxed) => Err(self.interrupted()),
            _ => Ok(()),
        }
    }

    #[cold]
    fn interrupted(&mut self) -> Raised {
        if let Some(interrupt) = &self.interrupt {
            interrupt.store(false, Ordering::Relaxed);
        }
        let args = self.own(EMPTY_TUPLE);
        self.raise_args(KEYBOARD_INTERRUPT, args)
    }

    /// Goes one level deeper into native code that calls itself. Must be followed by [`Vm::ascend`].
    #[inline]
    pub fn descend(&mut self) -> Result<(), Raised> {
        if self.nesting >= DEEPEST {
            return Err(self.raise(RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.nesting += 1;
        Ok(())
    }

    #[inline]
    pub fn ascend(&mut self) {
        self.nesting -= 1;
    }
}

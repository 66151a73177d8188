//! Dead tuples, lists and dicts that are kept for the next one of their kind.
//!
//! ```python
//! gc.get_count()[0]    # a list made from a dead one is no allocation; one that is kept is no deallocation
//! ```
//!
//! Only their numbers matter here: the collector's count does not see objects that come from and go to these lists.
//! Counterpart in CPython 3.11: the free lists of `Objects/tupleobject.c`, `listobject.c` and `dictobject.c`.

/// Which list keeps an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A tuple of so many items, 1 to 20.
    Tuple(usize),
    List,
    Dict,
}

impl Kept {
    /// The list for a tuple of this length.
    #[inline]
    pub fn tuple(len: usize) -> Option<Kept> {
        (1..=LONGEST_TUPLE).contains(&len).then_some(Kept::Tuple(len))
    }
}

const LONGEST_TUPLE: usize = 20;
const TUPLES: u16 = 2000;
const LISTS_OR_DICTS: u16 = 80;

/// How many dead objects each list keeps.
#[derive(Clone, Default)]
pub struct FreeLists {
    /// by length
    tuples: [u16; LONGEST_TUPLE + 1],
    lists: u16,
    dicts: u16,
}

impl FreeLists {
    #[inline]
    fn list(&mut self, kept: Kept) -> (&mut u16, u16) {
        match kept {
            Kept::Tuple(len) => (&mut self.tuples[len], TUPLES),
            Kept::List => (&mut self.lists, LISTS_OR_DICTS),
            Kept::Dict => (&mut self.dicts, LISTS_OR_DICTS),
        }
    }

    /// Whether a dead object would serve: then making one and dropping it changes nothing.
    #[inline]
    pub fn has(&mut self, kept: Kept) -> bool {
        *self.list(kept).0 > 0
    }

    /// A new object is wanted. True: a dead one serves.
    #[inline]
    pub fn take(&mut self, kept: Kept) -> bool {
        let (count, _) = self.list(kept);
        let found = *count > 0;
        *count -= u16::from(found);
        found
    }

    /// An object dies. True: it is kept.
    #[inline]
    pub fn keep(&mut self, kept: Kept) -> bool {
        let (count, most) = self.list(kept);
        let room = *count < most;
        *count += u16::from(room);
        room
    }

    /// Whether [`FreeLists::keep`] would keep one more.
    pub fn has_room(&self, kept: Kept) -> bool {
        let mut lists = self.clone();
        lists.keep(kept)
    }

    /// A full collection gives the memory of all of them back.
    pub fn clear(&mut self) {
        *self = FreeLists::default();
    }
}

//! Iterators. Those over lists, tuples and strings are a [`super::Body::SeqIter`] whose position is in the number bits; the
//! others are here. What `next` does is in `vm/protocol/iterate`.

use crate::{heap::ObjRef, num::BigInt};

/// `range_iterator`, of which `left` of `total` items are still to come, and `longrange_iterator`, which holds its numbers as int
/// objects: index, start, step, length.
#[derive(Clone)]
pub enum RangeIter {
    Small { next: i64, step: i64, left: u64, total: u64 },
    Long([ObjRef; 4]),
}

impl RangeIter {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        if let RangeIter::Long(parts) = self {
            parts.iter().for_each(|&part| visit(part));
        }
    }
}

/// Iterators over a dict or its views.
#[derive(Clone)]
pub struct DictIter {
    /// `None` when exhausted.
    pub dict: Option<ObjRef>,
    /// The next entry to look at; reversed iterators count down to 0.
    pub position: usize,
    /// The number of keys at the start, to notice changes.
    pub used: usize,
    pub left: usize,
    /// The pair handed out by item iterators, used again when nobody kept it.
    pub result: Option<ObjRef>,
}

impl DictIter {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.dict.iter().for_each(|&o| visit(o));
        self.result.iter().for_each(|&o| visit(o));
    }
}

/// Iterators that ask other iterators or call functions.
#[derive(Clone)]
pub enum Iter {
    /// `set_iterator`: the set, its size at the start, the next slot
    Set { set: Option<ObjRef>, used: usize, slot: usize },
    /// `map(func, *iterators)`; the iterators are in a tuple
    Map { func: ObjRef, iters: ObjRef },
    /// `filter(func or None, iterator)`
    Filter { func: ObjRef, iter: ObjRef },
    /// `zip(*iterators)`, these in a tuple; `result` is used again when nobody kept it
    Zip { iters: ObjRef, result: ObjRef, strict: bool },
    /// `enumerate(iterator, start)`
    Enumerate { iter: ObjRef, next: BigInt, result: ObjRef },
    /// `reversed(sequence)`: asks `__getitem__`; `next` is -1 when exhausted
    Reversed { seq: Option<ObjRef>, next: i64 },
    /// `iter(callable, sentinel)`
    Callable { func: Option<ObjRef>, sentinel: ObjRef },
    /// over any object with `__getitem__`
    GetItem { seq: Option<ObjRef>, next: i64 },
}

impl Iter {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Iter::Set { set, .. } => set.iter().for_each(|&o| visit(o)),
            Iter::Map { func, iters } => {
                visit(*iters);
                visit(*func);
            }
            Iter::Filter { func, iter } => {
                visit(*func);
                visit(*iter);
            }
            Iter::Zip { iters, result, .. } => {
                visit(*iters);
                visit(*result);
            }
            Iter::Enumerate { iter, result, .. } => {
                visit(*iter);
                visit(*result);
            }
            Iter::Reversed { seq, .. } | Iter::GetItem { seq, .. } => seq.iter().for_each(|&o| visit(o)),
            Iter::Callable { func, sentinel } => {
                func.iter().for_each(|&o| visit(o));
                visit(*sentinel);
            }
        }
    }
}

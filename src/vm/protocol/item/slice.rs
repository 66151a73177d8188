//! Slices: `start:stop:step` made into positions of a sequence.
//!
//! Counterpart in CPython 3.11: `PySlice_Unpack`, `PySlice_AdjustIndices`. `"abcdef"[4:0:-2]` takes positions 4 and 2.

use num_bigint::Sign;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number},
    vm::{Raised, Vm},
};

/// A slice fitted to a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positions {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    pub len: usize,
}

impl Positions {
    /// The positions in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.len as i64).map(move |i| (self.start + i * self.step) as usize)
    }
}

/// The position that an index stands for, counted from the end if it is negative. `None`: it is out of range.
#[inline(always)]
pub fn place_of(index: i64, len: usize) -> Option<usize> {
    usize::try_from(if index < 0 { index + len as i64 } else { index }).ok().filter(|&at| at < len)
}

/// Fits unpacked slice parts to a sequence's length.
pub fn adjust(len: usize, mut start: i64, mut stop: i64, step: i64) -> Positions {
    let len = len as i64;
    let fit = |index: i64| {
        if index < 0 {
            let index = index.saturating_add(len);
            if index < 0 { if step < 0 { -1 } else { 0 } } else { index }
        } else if index >= len {
            if step < 0 { len - 1 } else { len }
        } else {
            index
        }
    };
    start = fit(start);
    stop = fit(stop);
    let count = if step < 0 {
        if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    Positions { start, stop, step, len: count as usize }
}

impl Vm {
    pub fn new_slice(&mut self, start: ObjRef, stop: ObjRef, step: ObjRef) -> ObjRef {
        [start, stop, step].iter().for_each(|&part| self.incref(part));
        self.alloc_tracked(SLICE, 0, Body::Slice([start, stop, step]))
    }

    /// The parts of a slice as machine integers, too large ones cut: start, stop, step.
    pub fn unpack_slice(&mut self, slice: ObjRef) -> Result<(i64, i64, i64), Raised> {
        let Body::Slice([start, stop, step]) = *self.heap.body(slice) else { return Ok((0, 0, 1)) };
        let step = match step {
            NONE => 1,
            step => match self.slice_part(step)? {
                0 => return Err(self.value_error("slice step cannot be zero")),
                step => step.max(-i64::MAX),
            },
        };
        let start = match start {
            NONE if step < 0 => i64::MAX,
            NONE => 0,
            start => self.slice_part(start)?,
        };
        let stop = match stop {
            NONE if step < 0 => i64::MIN,
            NONE => i64::MAX,
            stop => self.slice_part(stop)?,
        };
        Ok((start, stop, step))
    }

    /// A slice fitted to a length.
    pub fn slice_positions(&mut self, slice: ObjRef, len: usize) -> Result<Positions, Raised> {
        let (start, stop, step) = self.unpack_slice(slice)?;
        Ok(adjust(len, start, stop, step))
    }

    /// One part, by `__index__` if need be; that runs on the Rust stack.
    fn slice_part(&mut self, part: ObjRef) -> Result<i64, Raised> {
        let slot = self.heap.slot(part);
        if slot.ty == INT && matches!(slot.body, Body::None) {
            return Ok(slot.num as i64);
        }
        if let Some(value) = self.cut_int(part) {
            return Ok(value);
        }
        if !self.has_index(part) {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        let depth = self.frames.len();
        let outcome = self.index(part)?;
        let int = self.finish_now(depth, outcome)?;
        let value = self.cut_int(int).unwrap_or(0);
        self.decref(int);
        Ok(value)
    }

    /// An int's value, cut to 64 bits.
    fn cut_int(&self, object: ObjRef) -> Option<i64> {
        match Number::of(&self.heap, object) {
            Some(Number::Int(value)) => Some(value),
            Some(Number::BigInt(value)) => Some(if value.sign() == Sign::Minus { i64::MIN } else { i64::MAX }),
            _ => None,
        }
    }
}

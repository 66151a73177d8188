//! The records of the call stack: what a call writes over again and again.
//!
//! The record of a frame that has ended stays where it was, for the next one: to push a frame is to fill a record in, and to pop
//! one that owns nothing beside its references is to count down. Invariant: a record above the top owns nothing.

use std::ops::{Deref, DerefMut};

use super::frame::{Frame, FrameKind, NativeState};

#[derive(Default)]
pub struct Frames {
    records: Vec<Frame>,
    len: usize,
}

impl Clone for Frames {
    fn clone(&self) -> Frames {
        Frames { records: self.to_vec(), len: self.len }
    }
}

impl Deref for Frames {
    type Target = [Frame];

    #[inline(always)]
    fn deref(&self) -> &[Frame] {
        &self.records[..self.len]
    }
}

impl DerefMut for Frames {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [Frame] {
        &mut self.records[..self.len]
    }
}

impl Frames {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn last(&self) -> Option<&Frame> {
        self.records.get(self.len.wrapping_sub(1))
    }

    #[inline(always)]
    pub fn last_mut(&mut self) -> Option<&mut Frame> {
        self.records.get_mut(self.len.wrapping_sub(1))
    }

    /// One frame more: its record, which tells of another one still.
    #[inline(always)]
    pub(super) fn next(&mut self) -> &mut Frame {
        let at = self.len;
        if at == self.records.len() {
            self.grow();
        }
        self.len = at + 1;
        &mut self.records[at]
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let more = self.records.len().max(64);
        self.records.extend(std::iter::repeat_n(Frame::BLANK, more));
    }

    pub fn push(&mut self, frame: Frame) {
        *self.next() = frame;
    }

    pub fn pop(&mut self) -> Option<Frame> {
        let last = self.last_mut()?;
        let frame = std::mem::replace(last, Frame::BLANK);
        self.len -= 1;
        Some(frame)
    }

    /// Drops the last frame, which owns nothing but references that have been given back.
    #[inline(always)]
    pub(super) fn drop_last(&mut self) {
        debug_assert!(self.last().is_some_and(|frame| !frame.is_boxed()), "a boxed state would be kept");
        self.len -= 1;
    }

    pub fn truncate(&mut self, len: usize) {
        while self.len > len {
            self.len -= 1;
            let frame = &mut self.records[self.len];
            if frame.is_boxed() {
                *frame = Frame::BLANK;
            }
        }
    }

    pub fn insert(&mut self, at: usize, frame: Frame) {
        self.push(frame);
        self[at..].rotate_right(1);
    }
}

impl Frame {
    fn is_boxed(&self) -> bool {
        matches!(self.kind, FrameKind::Native(NativeState::Waiting(_)))
    }
}

impl<'a> IntoIterator for &'a Frames {
    type Item = &'a Frame;
    type IntoIter = std::slice::Iter<'a, Frame>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

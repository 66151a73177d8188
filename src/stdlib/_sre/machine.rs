//! The matcher: it goes forward through the operations, and back to the last open choice when one fails.
//!
//! ```text
//!   (a|ab)*c  on  "abab!"      trail: …│ iteration │ other alternative │ iteration │ …      ← the last open choice is tried next
//! ```
//!
//! Nothing recurses. Whatever must be undone or tried otherwise lies on the trail, a stack in the heap, so the length of a
//! match is limited by memory alone, and [`Poll`] is asked now and then whether to go on. Invariant: an entry of the trail is
//! popped in the state in which it was pushed, as far as marks and repetitions go.
//! Counterpart in CPython 3.11: `SRE(match)` in `Modules/_sre/sre_lib.h`, whose answers for groups inside of repetitions it
//! shares: marks beyond `last_mark` don't count, and those before are saved only where a repetition is under way.

use super::{
    program::{Kind, NO_LIMIT, Op, Pc, Place, Program, Words},
    set::{Fold, is_ascii_word, is_unicode_word},
};
use crate::text::pystr::{Unit, point};

/// No place in the text.
pub const NOWHERE: usize = usize::MAX;
/// No repetition is under way.
const NO_REPEAT: u32 = u32::MAX;
/// So many operations between two questions whether to go on.
const STRIDE: u32 = 1 << 12;

/// Whom the matcher asks whether to go on.
pub trait Poll {
    type Stop;
    /// `bytes` is what the matcher holds.
    fn poll(&mut self, bytes: usize) -> Result<(), Self::Stop>;
}

/// Which groups count.
#[derive(Clone, Copy, Debug)]
struct Extent {
    /// The highest mark set, and one more; those from here on are not set.
    marks: usize,
    /// The group closed last, counted from 1.
    last_group: usize,
    /// How many marks lie on `saved`.
    saved: usize,
}

/// A repetition under way.
#[derive(Clone, Debug)]
struct Rep {
    /// Iterations begun, the present one not counted.
    count: isize,
    op: Pc,
    /// The repetition around it.
    outer: u32,
    /// Where the last iteration began.
    last_start: usize,
}

/// What to undo or to try when something fails.
#[derive(Clone, Debug)]
enum Entry {
    /// The next alternative of a branch.
    Branch {
        op: Pc,
        next: u32,
        ptr: usize,
        extent: Extent,
    },
    /// One character fewer.
    Greedy {
        op: Pc,
        ptr: usize,
        floor: usize,
        extent: Extent,
    },
    /// One character more.
    Lazy {
        op: Pc,
        ptr: usize,
        left: usize,
        extent: Extent,
    },
    /// Instead of one more iteration, what follows.
    Iteration {
        rep: u32,
        ptr: usize,
        last_start: usize,
        extent: Extent,
    },
    /// Instead of what follows, one more iteration.
    Tail {
        rep: u32,
        ptr: usize,
        extent: Extent,
    },
    UndoCount {
        rep: u32,
    },
    UndoLastStart {
        rep: u32,
        last_start: usize,
    },
    UndoOuter {
        rep: u32,
    },
    UndoRepeat,
    /// A part that is matched for itself has failed.
    Inner,
}

/// A part that is matched for itself: once it has matched, its choices are closed.
#[derive(Clone, Debug)]
struct Inner {
    op: Pc,
    /// Heights to go back to.
    trail: usize,
    reps: usize,
    saved: usize,
    repeat: u32,
    ptr: usize,
    extent: Extent,
    /// For possessive repetitions.
    count: usize,
    last_start: usize,
}

pub struct Machine<'a, T> {
    program: &'a Program,
    /// The text up to the end of the search.
    text: &'a [T],
    /// The whole text has to match.
    pub match_all: bool,
    /// An empty match here is none.
    pub must_advance: usize,
    pub marks: Vec<usize>,
    pub last_mark: usize,
    pub last_group: usize,
    repeat: u32,
    reps: Vec<Rep>,
    trail: Vec<Entry>,
    saved: Vec<usize>,
    inner: Vec<Inner>,
    steps: u32,
}

/// How the next operation is found.
enum Next {
    Go(Pc, usize),
    Fail,
}

impl<'a, T: Unit> Machine<'a, T> {
    pub fn new(program: &'a Program, text: &'a [T]) -> Machine<'a, T> {
        Machine {
            program,
            text,
            match_all: false,
            must_advance: NOWHERE,
            marks: vec![NOWHERE; 2 * program.groups],
            last_mark: 0,
            last_group: 0,
            repeat: NO_REPEAT,
            reps: Vec::new(),
            trail: Vec::new(),
            saved: Vec::new(),
            inner: Vec::new(),
            steps: 0,
        }
    }

    fn bytes(&self) -> usize {
        self.trail.capacity() * size_of::<Entry>() + self.saved.capacity() * 8 + self.reps.capacity() * size_of::<Rep>()
    }

    /// Where a match that starts at `start` ends.
    pub fn run<P: Poll>(&mut self, start: usize, poll: &mut P) -> Result<Option<usize>, P::Stop> {
        self.last_mark = 0;
        self.last_group = 0;
        self.repeat = NO_REPEAT;
        self.reps.clear();
        self.trail.clear();
        self.saved.clear();
        self.inner.clear();
        let (mut pc, mut ptr) = (0, start);
        loop {
            self.steps = self.steps.wrapping_add(1);
            if self.steps.is_multiple_of(STRIDE) {
                poll.poll(self.bytes())?;
            }
            let next = match &self.program.ops[pc as usize] {
                Op::One(single) => match self.text.get(ptr) {
                    Some(&unit) if single.has(point(unit)) => Next::Go(pc + 1, ptr + 1),
                    _ => Next::Fail,
                },
                Op::Success if self.inner.is_empty() => {
                    if self.match_all && ptr != self.text.len() || ptr == self.must_advance {
                        Next::Fail
                    } else {
                        return Ok(Some(ptr));
                    }
                }
                Op::Success => self.inner_matched(ptr),
                Op::Failure => Next::Fail,
                Op::At(place) => {
                    if self.is_at(*place, ptr) {
                        Next::Go(pc + 1, ptr)
                    } else {
                        Next::Fail
                    }
                }
                Op::Mark(mark) => {
                    self.mark(*mark, ptr);
                    Next::Go(pc + 1, ptr)
                }
                Op::Jump(target) => Next::Go(*target, ptr),
                Op::Branch(alternatives) => self.branch(pc, alternatives, 0, ptr, None),
                Op::Repeat { until, .. } => {
                    self.reps.push(Rep { count: -1, op: pc, outer: self.repeat, last_start: NOWHERE });
                    self.trail.push(Entry::UndoRepeat);
                    self.repeat = self.reps.len() as u32 - 1;
                    Next::Go(*until, ptr)
                }
                Op::Until { lazy } => self.until(pc, *lazy, ptr),
                Op::RepeatOne { .. } => self.repeat_one(pc, ptr),
                Op::PossessiveRepeat { .. } => {
                    self.open(pc, ptr);
                    self.possessive(ptr, 0, NOWHERE)
                }
                Op::Atomic { .. } => {
                    self.open(pc, ptr);
                    Next::Go(pc + 1, ptr)
                }
                Op::Assert { back, negative, tail } => match ptr.checked_sub(*back) {
                    Some(from) => {
                        self.open(pc, ptr);
                        Next::Go(pc + 1, from)
                    }
                    None if *negative => Next::Go(*tail, ptr),
                    None => Next::Fail,
                },
                Op::GroupRef { group, fold } => match self.group_ref(*group, *fold, ptr) {
                    Some(end) => Next::Go(pc + 1, end),
                    None => Next::Fail,
                },
                Op::IfGroup { group, otherwise } => Next::Go(if self.group(*group).is_some() { pc + 1 } else { *otherwise }, ptr),
            };
            let mut next = next;
            loop {
                match next {
                    Next::Go(to, at) => {
                        (pc, ptr) = (to, at);
                        break;
                    }
                    Next::Fail => match self.trail.pop() {
                        Some(entry) => next = self.go_back(entry),
                        None => return Ok(None),
                    },
                }
            }
        }
    }

    /// A group's span, if it has matched.
    pub fn group(&self, group: usize) -> Option<(usize, usize)> {
        if 2 * group + 1 >= self.last_mark {
            return None;
        }
        let (start, end) = (self.marks[2 * group], self.marks[2 * group + 1]);
        (start != NOWHERE && end != NOWHERE && start <= end).then_some((start, end))
    }

    fn mark(&mut self, mark: usize, ptr: usize) {
        if mark & 1 == 1 {
            self.last_group = mark / 2 + 1;
        }
        if mark >= self.last_mark {
            self.marks[self.last_mark..mark].fill(NOWHERE);
            self.last_mark = mark + 1;
        }
        self.marks[mark] = ptr;
    }

    /// Remembers which groups count; inside a repetition (or if told to), also where they are.
    fn extent(&mut self, with_marks: bool) -> Extent {
        let saved = if with_marks { self.last_mark } else { 0 };
        self.saved.extend_from_slice(&self.marks[..saved]);
        Extent { marks: self.last_mark, last_group: self.last_group, saved }
    }

    /// Back to how the groups were. What was saved stays.
    fn restore(&mut self, extent: Extent) {
        let base = self.saved.len() - extent.saved;
        self.marks[..extent.saved].copy_from_slice(&self.saved[base..]);
        self.last_mark = extent.marks;
        self.last_group = extent.last_group;
    }

    /// Back to how the groups were, for the last time.
    fn restore_last(&mut self, extent: Extent) {
        self.restore(extent);
        self.saved.truncate(self.saved.len() - extent.saved);
    }

    fn is_repeating(&self) -> bool {
        self.repeat != NO_REPEAT
    }

    fn is_at(&self, place: Place, ptr: usize) -> bool {
        let text = self.text;
        let is_newline = |at: usize| text.get(at).is_some_and(|&unit| point(unit) == 10);
        match place {
            Place::Beginning => ptr == 0,
            Place::BeginningOfLine => ptr == 0 || is_newline(ptr - 1),
            Place::End => ptr == text.len() || ptr + 1 == text.len() && is_newline(ptr),
            Place::EndOfLine => ptr == text.len() || is_newline(ptr),
            Place::EndOfString => ptr == text.len(),
            Place::Boundary(words) => !text.is_empty() && self.is_boundary(words, ptr),
            Place::NonBoundary(words) => !text.is_empty() && !self.is_boundary(words, ptr),
        }
    }

    fn is_boundary(&self, words: Words, ptr: usize) -> bool {
        let is_word = |at: usize| {
            self.text.get(at).is_some_and(|&unit| match words {
                Words::Ascii => is_ascii_word(point(unit)),
                Words::Unicode => is_unicode_word(point(unit)),
            })
        };
        (ptr > 0 && is_word(ptr - 1)) != is_word(ptr)
    }

    /// Where the text of a group, found once more at `ptr`, ends.
    fn group_ref(&self, group: usize, fold: Fold, ptr: usize) -> Option<usize> {
        let (start, end) = self.group(group)?;
        let again = self.text.get(ptr..ptr + (end - start))?;
        let same = match fold {
            Fold::None => self.text[start..end] == *again,
            _ => self.text[start..end].iter().zip(again).all(|(&a, &b)| fold.lower(point(a)) == fold.lower(point(b))),
        };
        same.then_some(ptr + (end - start))
    }

    /// Could what starts at `pc` match at `ptr`? Looks at one character only.
    fn may_start(&self, pc: Pc, ptr: usize) -> bool {
        match &self.program.ops[pc as usize] {
            Op::One(single) => self.text.get(ptr).is_some_and(|&unit| single.has(point(unit))),
            _ => true,
        }
    }

    /// The next alternative that may match. `extent`: what is on the trail already, if this is not the first.
    fn branch(&mut self, op: Pc, alternatives: &[Pc], from: usize, ptr: usize, extent: Option<Extent>) -> Next {
        let mut candidates = (from..alternatives.len()).filter(|&i| self.may_start(alternatives[i], ptr));
        let (first, second) = (candidates.next(), candidates.next());
        match (first, second) {
            (None, _) => {
                if let Some(extent) = extent {
                    self.saved.truncate(self.saved.len() - extent.saved);
                }
                Next::Fail
            }
            (Some(first), None) => {
                if let Some(extent) = extent {
                    self.saved.truncate(self.saved.len() - extent.saved);
                }
                Next::Go(alternatives[first], ptr)
            }
            (Some(first), Some(second)) => {
                let extent = match extent {
                    Some(extent) => extent,
                    None => self.extent(self.is_repeating()),
                };
                self.trail.push(Entry::Branch { op, next: second as u32, ptr, extent });
                Next::Go(alternatives[first], ptr)
            }
        }
    }

    /// At the end of an iteration, or before the first one.
    fn until(&mut self, pc: Pc, lazy: bool, ptr: usize) -> Next {
        let index = self.repeat;
        let Some(rep) = self.reps.get_mut(index as usize) else { return Next::Fail };
        let Op::Repeat { min, max, .. } = self.program.ops[rep.op as usize] else { return Next::Fail };
        let body = rep.op + 1;
        let count = rep.count + 1;
        if (count as usize) < min {
            rep.count = count;
            self.trail.push(Entry::UndoCount { rep: index });
            return Next::Go(body, ptr);
        }
        if lazy {
            let outer = rep.outer;
            self.repeat = outer;
            let extent = self.extent(self.is_repeating());
            self.trail.push(Entry::Tail { rep: index, ptr, extent });
            return Next::Go(pc + 1, ptr);
        }
        if (max == NO_LIMIT || (count as usize) < max) && ptr != rep.last_start {
            rep.count = count;
            let last_start = std::mem::replace(&mut rep.last_start, ptr);
            let extent = self.extent(true);
            self.trail.push(Entry::Iteration { rep: index, ptr, last_start, extent });
            return Next::Go(body, ptr);
        }
        self.leave_repeat(index, ptr)
    }

    /// Goes on behind a repetition.
    fn leave_repeat(&mut self, index: u32, ptr: usize) -> Next {
        let rep = &self.reps[index as usize];
        let Op::Repeat { until, .. } = self.program.ops[rep.op as usize] else { return Next::Fail };
        self.repeat = rep.outer;
        self.trail.push(Entry::UndoOuter { rep: index });
        Next::Go(until + 1, ptr)
    }

    fn repeat_one(&mut self, op: Pc, ptr: usize) -> Next {
        let program = self.program;
        let Op::RepeatOne { min, max, what, tail, kind, .. } = &program.ops[op as usize] else { return Next::Fail };
        let rest = &self.text[ptr..];
        if rest.len() < *min {
            return Next::Fail;
        }
        let wanted = if *kind == Kind::Lazy { *min } else { *max };
        let count = what.run(&rest[..rest.len().min(wanted)]);
        if count < *min {
            return Next::Fail;
        }
        let (floor, end) = (ptr + min, ptr + count);
        match kind {
            Kind::Possessive => Next::Go(*tail, end),
            Kind::Greedy if count == *min => Next::Go(*tail, end),
            Kind::Greedy => {
                let extent = self.extent(self.is_repeating());
                self.try_shorter(op, end, floor, extent)
            }
            Kind::Lazy => {
                let extent = self.extent(self.is_repeating());
                self.try_longer(op, end, max.saturating_sub(*min), extent)
            }
        }
    }

    /// The longest end from `ptr` down to `floor` after which the tail may match.
    fn try_shorter(&mut self, op: Pc, ptr: usize, floor: usize, extent: Extent) -> Next {
        let Op::RepeatOne { tail, next, .. } = self.program.ops[op as usize] else { return Next::Fail };
        let end = match next {
            None => Some(ptr),
            Some(literal) => {
                let stretch = &self.text[floor..(ptr + 1).min(self.text.len())];
                stretch.iter().rposition(|&unit| point(unit) == literal).map(|at| at + floor)
            }
        };
        match end {
            Some(end) if end > floor => {
                self.trail.push(Entry::Greedy { op, ptr: end - 1, floor, extent });
                Next::Go(tail, end)
            }
            end => {
                self.saved.truncate(self.saved.len() - extent.saved);
                end.map_or(Next::Fail, |end| Next::Go(tail, end))
            }
        }
    }

    /// The shortest end from `ptr` on, at most `left` further, after which the tail may match.
    fn try_longer(&mut self, op: Pc, mut ptr: usize, mut left: usize, extent: Extent) -> Next {
        let program = self.program;
        let Op::RepeatOne { what, tail, next, .. } = &program.ops[op as usize] else { return Next::Fail };
        if let Some(literal) = *next {
            loop {
                match self.text.get(ptr).map(|&unit| point(unit)) {
                    Some(c) if c == literal => break,
                    Some(c) if left > 0 && what.has(c) => {
                        ptr += 1;
                        left -= 1;
                    }
                    _ => {
                        self.saved.truncate(self.saved.len() - extent.saved);
                        return Next::Fail;
                    }
                }
            }
        }
        self.trail.push(Entry::Lazy { op, ptr, left, extent });
        Next::Go(*tail, ptr)
    }

    // ── parts matched for themselves ────────────────────────────────────────────────────────────────────────────────

    fn open(&mut self, op: Pc, ptr: usize) {
        let negative = matches!(self.program.ops[op as usize], Op::Assert { negative: true, .. });
        let saved = self.saved.len();
        let extent = self.extent(negative && self.is_repeating());
        self.inner.push(Inner {
            op,
            trail: self.trail.len(),
            reps: self.reps.len(),
            saved,
            repeat: self.repeat,
            ptr,
            extent,
            count: 0,
            last_start: NOWHERE,
        });
        self.trail.push(Entry::Inner);
    }

    /// Closes what a part has left open.
    fn close(&mut self) -> Option<Inner> {
        let inner = self.inner.pop()?;
        self.trail.truncate(inner.trail);
        self.reps.truncate(inner.reps);
        self.saved.truncate(inner.saved);
        self.repeat = inner.repeat;
        Some(inner)
    }

    fn inner_matched(&mut self, ptr: usize) -> Next {
        let Some(op) = self.inner.last().map(|inner| inner.op) else { return Next::Fail };
        match self.program.ops[op as usize] {
            Op::PossessiveRepeat { .. } => {
                let Some(inner) = self.inner.last() else { return Next::Fail };
                let (count, last_start) = (inner.count + 1, inner.last_start);
                self.possessive(ptr, count, last_start)
            }
            Op::Atomic { tail } => {
                self.close();
                Next::Go(tail, ptr)
            }
            Op::Assert { negative, tail, .. } => match self.close() {
                Some(inner) if !negative => Next::Go(tail, inner.ptr),
                _ => Next::Fail,
            },
            _ => Next::Fail,
        }
    }

    /// One more iteration of a possessive repetition, or its end. `count` iterations have matched.
    fn possessive(&mut self, ptr: usize, count: usize, last_start: usize) -> Next {
        let Some(inner) = self.inner.last_mut() else { return Next::Fail };
        let Op::PossessiveRepeat { min, max, tail } = self.program.ops[inner.op as usize] else { return Next::Fail };
        let op = inner.op;
        // What the iteration before has left open is closed; the repetition itself goes on.
        let (trail, reps, saved, repeat) = (inner.trail, inner.reps, inner.saved, inner.repeat);
        self.trail.truncate(trail);
        self.reps.truncate(reps);
        self.saved.truncate(saved);
        self.repeat = repeat;
        if count < min {
            let Some(inner) = self.inner.last_mut() else { return Next::Fail };
            inner.count = count;
            self.trail.push(Entry::Inner);
            return Next::Go(op + 1, ptr);
        }
        if count >= max || ptr == last_start {
            self.close();
            return Next::Go(tail, ptr);
        }
        let extent = self.extent(true);
        let Some(inner) = self.inner.last_mut() else { return Next::Fail };
        (inner.count, inner.last_start, inner.ptr, inner.extent) = (count, ptr, ptr, extent);
        self.trail.push(Entry::Inner);
        Next::Go(op + 1, ptr)
    }

    /// A part has failed for good.
    fn inner_failed(&mut self) -> Next {
        let Some(inner) = self.inner.last().cloned() else { return Next::Fail };
        match self.program.ops[inner.op as usize] {
            Op::Assert { negative: true, tail, .. } => {
                self.restore_last(inner.extent);
                self.close();
                Next::Go(tail, inner.ptr)
            }
            Op::PossessiveRepeat { min, tail, .. } if inner.count >= min => {
                self.restore_last(inner.extent);
                self.close();
                Next::Go(tail, inner.ptr)
            }
            _ => {
                self.close();
                Next::Fail
            }
        }
    }

    // ── going back ──────────────────────────────────────────────────────────────────────────────────────────────────

    fn go_back(&mut self, entry: Entry) -> Next {
        match entry {
            Entry::Branch { op, next, ptr, extent } => {
                self.restore(extent);
                let program = self.program;
                let Op::Branch(alternatives) = &program.ops[op as usize] else { return Next::Fail };
                self.branch(op, alternatives, next as usize, ptr, Some(extent))
            }
            Entry::Greedy { op, ptr, floor, extent } => {
                self.restore(extent);
                self.try_shorter(op, ptr, floor, extent)
            }
            Entry::Lazy { op, ptr, left, extent } => {
                self.restore(extent);
                let program = self.program;
                let Op::RepeatOne { what, .. } = &program.ops[op as usize] else { return Next::Fail };
                match self.text.get(ptr) {
                    Some(&unit) if left > 0 && what.has(point(unit)) => self.try_longer(op, ptr + 1, left - 1, extent),
                    _ => {
                        self.saved.truncate(self.saved.len() - extent.saved);
                        Next::Fail
                    }
                }
            }
            Entry::Iteration { rep, ptr, last_start, extent } => {
                self.restore_last(extent);
                let record = &mut self.reps[rep as usize];
                record.last_start = last_start;
                record.count -= 1;
                self.repeat = rep;
                self.leave_repeat(rep, ptr)
            }
            Entry::Tail { rep, ptr, extent } => {
                self.restore_last(extent);
                self.repeat = rep;
                let record = &mut self.reps[rep as usize];
                let Op::Repeat { max, .. } = self.program.ops[record.op as usize] else { return Next::Fail };
                let count = record.count + 1;
                if max != NO_LIMIT && count as usize >= max || ptr == record.last_start {
                    return Next::Fail;
                }
                record.count = count;
                let last_start = std::mem::replace(&mut record.last_start, ptr);
                let body = record.op + 1;
                self.trail.push(Entry::UndoCount { rep });
                self.trail.push(Entry::UndoLastStart { rep, last_start });
                Next::Go(body, ptr)
            }
            Entry::UndoCount { rep } => {
                self.reps[rep as usize].count -= 1;
                Next::Fail
            }
            Entry::UndoLastStart { rep, last_start } => {
                self.reps[rep as usize].last_start = last_start;
                Next::Fail
            }
            Entry::UndoOuter { rep } => {
                self.repeat = rep;
                Next::Fail
            }
            Entry::UndoRepeat => {
                if let Some(rep) = self.reps.pop() {
                    self.repeat = rep.outer;
                }
                Next::Fail
            }
            Entry::Inner => self.inner_failed(),
        }
    }
}

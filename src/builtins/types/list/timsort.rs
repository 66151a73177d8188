//! The order of comparisons of `list.sort`: natural runs, binary insertion, and merges that gallop.
//!
//! It sorts a permutation and can stop at any comparison: the work is cut into small steps, each of which first compares
//! and then changes something. A step that must wait for an answer is done again from its start when the answer is there,
//! with the answers it already has. So `sorted(xs, key=f)` compares in CPython's order, and a debugger can stop in `__lt__`.
//! Counterpart in CPython 3.11: `Objects/listobject.c` and its description, `Objects/listsort.txt`; merges are chosen by
//! the "powersort" rule.

/// Why a comparison has no answer now.
pub enum Stop<E> {
    Wait,
    Failed(E),
}

/// Answers `x < y` for two numbers of items.
pub trait Less {
    type Error;
    fn less(&mut self, x: u32, y: u32) -> Result<bool, Stop<Self::Error>>;
}

/// From here on a merge gallops, and this many wins in a row keep it galloping.
const MIN_GALLOP: usize = 7;

/// A sorted stretch of the permutation.
#[derive(Clone, Copy)]
struct Run {
    base: usize,
    len: usize,
    power: u32,
}

/// What the next step is.
#[derive(Clone)]
enum Phase {
    /// Look for the run that starts at `lo`.
    Count {
        at: usize,
        descending: Option<bool>,
    },
    /// Insert item `next` into the sorted items before it, up to `end`.
    Insert {
        next: usize,
        end: usize,
    },
    /// A run of `len` items was found: merge what the powers say, then push it.
    Found {
        len: usize,
        power: u32,
    },
    /// No items are left: merge all runs.
    Collapse,
    /// Merge runs `i` and `i + 1`.
    Merge {
        i: usize,
        then: Box<Phase>,
        merge: Merge,
    },
    Done,
}

/// How far a merge of two neighbouring runs has come.
#[derive(Clone)]
enum Merge {
    /// Where does the right run's first item belong in the left one?
    SkipLeft,
    /// Where does the left run's last item belong in the right one?
    SkipRight {
        a: usize,
        na: usize,
    },
    Low(Sides),
    High(Sides),
}

/// The two sides of a merge. One of them was copied away; the result grows into its place.
#[derive(Clone)]
struct Sides {
    /// The copy: the left run's items if merging upwards, the right run's if downwards.
    copy: Vec<u32>,
    /// Next position in the left side: in `copy` upwards, in the permutation downwards.
    a: usize,
    na: usize,
    /// Next position in the right side: in the permutation upwards, in `copy` downwards.
    b: usize,
    nb: usize,
    /// Where the next item goes.
    dest: usize,
    wins_a: usize,
    wins_b: usize,
    mode: Mode,
    min_gallop: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    OneByOne,
    GallopRight,
    GallopLeft,
}

/// A sort under way.
#[derive(Clone)]
pub struct Timsort {
    pub order: Vec<u32>,
    lo: usize,
    left: usize,
    min_run: usize,
    runs: Vec<Run>,
    min_gallop: usize,
    phase: Phase,
    /// Answers to the comparisons of the present step.
    answers: Vec<bool>,
    asked: usize,
}

impl Timsort {
    pub fn new(n: usize) -> Timsort {
        let mut min_run = n;
        let mut rest = 0;
        while min_run >= 64 {
            rest |= min_run & 1;
            min_run >>= 1;
        }
        Timsort {
            order: (0..n as u32).collect(),
            lo: 0,
            left: n,
            min_run: min_run + rest,
            runs: Vec::new(),
            min_gallop: MIN_GALLOP,
            phase: if n < 2 { Phase::Done } else { Phase::Count { at: 1, descending: None } },
            answers: Vec::new(),
            asked: 0,
        }
    }

    /// The comparison that made [`Timsort::run`] wait has this answer.
    pub fn answer(&mut self, less: bool) {
        self.answers.push(less);
    }

    /// Sorts until it is done or a comparison stops it.
    pub fn run<L: Less>(&mut self, less: &mut L) -> Result<(), Stop<L::Error>> {
        while !matches!(self.phase, Phase::Done) {
            self.asked = 0;
            match self.step(less) {
                Ok(()) => self.answers.clear(),
                Err(stop) => {
                    if let Stop::Failed(_) = stop {
                        self.give_up();
                    }
                    return Err(stop);
                }
            }
        }
        Ok(())
    }

    /// A comparison failed: all items go back into the permutation.
    pub fn give_up(&mut self) {
        if let Phase::Merge { merge, .. } = &self.phase {
            match merge {
                Merge::Low(sides) => {
                    let (from, dest) = (sides.a, sides.dest);
                    self.order[dest..dest + sides.na].copy_from_slice(&sides.copy[from..from + sides.na]);
                }
                Merge::High(sides) => {
                    let start = sides.dest + 1 - sides.nb;
                    self.order[start..start + sides.nb].copy_from_slice(&sides.copy[..sides.nb]);
                }
                _ => {}
            }
        }
        self.phase = Phase::Done;
    }

    #[inline]
    fn ask<L: Less>(&mut self, less: &mut L, x: u32, y: u32) -> Result<bool, Stop<L::Error>> {
        if let Some(&answer) = self.answers.get(self.asked) {
            self.asked += 1;
            return Ok(answer);
        }
        let answer = less.less(x, y)?;
        self.answers.push(answer);
        self.asked += 1;
        Ok(answer)
    }

    fn step<L: Less>(&mut self, less: &mut L) -> Result<(), Stop<L::Error>> {
        match self.phase.clone_small() {
            Small::Count { at, descending } => self.count_step(less, at, descending),
            Small::Insert { next, end } => self.insert_step(less, next, end),
            Small::Found { len, power } => {
                self.found_step(len, power);
                Ok(())
            }
            Small::Collapse => {
                self.collapse_step();
                Ok(())
            }
            Small::Merge => {
                // Taken out while it is worked on; put back unless the merge ended.
                let Phase::Merge { i, then, mut merge } = std::mem::replace(&mut self.phase, Phase::Done) else { return Ok(()) };
                match self.merge_step(less, i, &mut merge) {
                    Ok(false) => self.phase = Phase::Merge { i, then, merge },
                    Ok(true) => self.phase = *then,
                    Err(stop) => {
                        self.phase = Phase::Merge { i, then, merge };
                        return Err(stop);
                    }
                }
                Ok(())
            }
            Small::Done => Ok(()),
        }
    }

    /// Follows the run at `lo`: ascending, or strictly descending, which is then turned round.
    fn count_step<L: Less>(&mut self, less: &mut L, at: usize, descending: Option<bool>) -> Result<(), Stop<L::Error>> {
        if at < self.left {
            let (x, y) = (self.order[self.lo + at], self.order[self.lo + at - 1]);
            let smaller = self.ask(less, x, y)?;
            if descending.is_none_or(|descending| descending == smaller) {
                self.phase = Phase::Count { at: at + 1, descending: Some(smaller) };
                return Ok(());
            }
        }
        if descending == Some(true) {
            self.order[self.lo..self.lo + at].reverse();
        }
        let end = if at < self.min_run { self.min_run.min(self.left) } else { at };
        self.phase = Phase::Insert { next: self.lo + at, end: self.lo + end };
        Ok(())
    }

    /// Binary insertion of one item.
    fn insert_step<L: Less>(&mut self, less: &mut L, next: usize, end: usize) -> Result<(), Stop<L::Error>> {
        if next >= end {
            self.phase = self.found(end - self.lo);
            return Ok(());
        }
        let pivot = self.order[next];
        let (mut left, mut right) = (self.lo, next);
        while left < right {
            let middle = left + ((right - left) >> 1);
            let other = self.order[middle];
            if self.ask(less, pivot, other)? {
                right = middle;
            } else {
                left = middle + 1;
            }
        }
        self.order.copy_within(left..next, left + 1);
        self.order[left] = pivot;
        self.phase = Phase::Insert { next: next + 1, end };
        Ok(())
    }

    /// The power of the border between the last run and one of `len` items after it.
    fn found(&self, len: usize) -> Phase {
        let Some(last) = self.runs.last() else { return Phase::Found { len, power: 0 } };
        let n = self.order.len();
        let mut a = 2 * last.base + last.len;
        let mut b = a + last.len + len;
        let mut power = 0;
        loop {
            power += 1;
            if a >= n {
                a -= n;
                b -= n;
            } else if b >= n {
                break;
            }
            a <<= 1;
            b <<= 1;
        }
        Phase::Found { len, power }
    }

    fn found_step(&mut self, len: usize, power: u32) {
        let n = self.runs.len();
        if n > 1 && self.runs[n - 2].power > power {
            self.start_merge(n - 2, Phase::Found { len, power });
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            last.power = power;
        }
        self.runs.push(Run { base: self.lo, len, power: 0 });
        self.lo += len;
        self.left -= len;
        self.phase = match self.left {
            0 => Phase::Collapse,
            1 => self.found(1),
            _ => Phase::Count { at: 1, descending: None },
        };
    }

    fn collapse_step(&mut self) {
        let n = self.runs.len();
        if n < 2 {
            self.phase = Phase::Done;
            return;
        }
        let mut i = n - 2;
        if i > 0 && self.runs[i - 1].len < self.runs[i + 1].len {
            i -= 1;
        }
        self.start_merge(i, Phase::Collapse);
    }

    fn start_merge(&mut self, i: usize, then: Phase) {
        self.phase = Phase::Merge { i, then: Box::new(then), merge: Merge::SkipLeft };
    }

    /// One step of a merge; true when it is complete.
    fn merge_step<L: Less>(&mut self, less: &mut L, i: usize, merge: &mut Merge) -> Result<bool, Stop<L::Error>> {
        match merge {
            Merge::SkipLeft => {
                let (left, right) = (self.runs[i], self.runs[i + 1]);
                let key = self.order[right.base];
                let skip = self.gallop(less, Side::Right, key, None, left.base, left.len, 0)?;
                *merge = Merge::SkipRight { a: left.base + skip, na: left.len - skip };
                if left.len == skip {
                    self.merged(i);
                    return Ok(true);
                }
                Ok(false)
            }
            Merge::SkipRight { a, na } => {
                let (a, na, right) = (*a, *na, self.runs[i + 1]);
                let key = self.order[a + na - 1];
                let nb = self.gallop(less, Side::Left, key, None, right.base, right.len, right.len - 1)?;
                if nb == 0 {
                    self.merged(i);
                    return Ok(true);
                }
                let upwards = na <= nb;
                let b = right.base;
                let copy = if upwards { self.order[a..a + na].to_vec() } else { self.order[b..b + nb].to_vec() };
                let min_gallop = self.min_gallop;
                let mut sides = Sides { copy, a, na, b, nb, dest: 0, wins_a: 0, wins_b: 0, mode: Mode::OneByOne, min_gallop };
                let ended;
                if upwards {
                    sides.a = 0;
                    sides.dest = a;
                    ended = self.take_b_low(&mut sides) || self.last_a_low(&sides);
                    *merge = Merge::Low(sides);
                } else {
                    sides.a = a + na - 1;
                    sides.b = nb - 1;
                    sides.dest = b + nb - 1;
                    ended = self.take_a_high(&mut sides) || self.last_b_high(&sides);
                    *merge = Merge::High(sides);
                }
                if ended {
                    self.merged(i);
                }
                Ok(ended)
            }
            Merge::Low(sides) => {
                let ended = self.low_step(less, sides)?;
                if ended {
                    self.merged(i);
                }
                Ok(ended)
            }
            Merge::High(sides) => {
                let ended = self.high_step(less, sides)?;
                if ended {
                    self.merged(i);
                }
                Ok(ended)
            }
        }
    }

    /// Two runs have become one.
    fn merged(&mut self, i: usize) {
        let right = self.runs.remove(i + 1);
        self.runs[i].len += right.len;
    }

    // ── upwards: the left side was copied ───────────────────────────────────────────────────────────────────────────

    /// The right side's next item goes out; true if it was the last one, and the left side's rest follows.
    fn take_b_low(&mut self, sides: &mut Sides) -> bool {
        self.order[sides.dest] = self.order[sides.b];
        sides.dest += 1;
        sides.b += 1;
        sides.nb -= 1;
        if sides.nb > 0 {
            return false;
        }
        self.order[sides.dest..sides.dest + sides.na].copy_from_slice(&sides.copy[sides.a..sides.a + sides.na]);
        true
    }

    fn take_a_low(&mut self, sides: &mut Sides) {
        self.order[sides.dest] = sides.copy[sides.a];
        sides.dest += 1;
        sides.a += 1;
        sides.na -= 1;
    }

    /// If one item is left on the left, it is the greatest of all: the rest of the right side goes before it.
    fn last_a_low(&mut self, sides: &Sides) -> bool {
        if sides.na != 1 {
            return false;
        }
        self.order.copy_within(sides.b..sides.b + sides.nb, sides.dest);
        self.order[sides.dest + sides.nb] = sides.copy[sides.a];
        true
    }

    fn low_step<L: Less>(&mut self, less: &mut L, sides: &mut Sides) -> Result<bool, Stop<L::Error>> {
        match sides.mode {
            Mode::OneByOne => {
                if self.ask(less, self.order[sides.b], sides.copy[sides.a])? {
                    sides.wins_b += 1;
                    sides.wins_a = 0;
                    if self.take_b_low(sides) {
                        return Ok(true);
                    }
                } else {
                    sides.wins_a += 1;
                    sides.wins_b = 0;
                    self.take_a_low(sides);
                    if self.last_a_low(sides) {
                        return Ok(true);
                    }
                }
                self.maybe_gallop(sides);
                Ok(false)
            }
            Mode::GallopRight => {
                let key = self.order[sides.b];
                let k = self.gallop(less, Side::Right, key, Some(&sides.copy), sides.a, sides.na, 0)?;
                self.keep_galloping(sides);
                sides.wins_a = k;
                if k > 0 {
                    self.order[sides.dest..sides.dest + k].copy_from_slice(&sides.copy[sides.a..sides.a + k]);
                    sides.dest += k;
                    sides.a += k;
                    sides.na -= k;
                    if self.last_a_low(sides) || sides.na == 0 {
                        return Ok(true);
                    }
                }
                sides.mode = Mode::GallopLeft;
                Ok(self.take_b_low(sides))
            }
            Mode::GallopLeft => {
                let key = sides.copy[sides.a];
                let k = self.gallop(less, Side::Left, key, None, sides.b, sides.nb, 0)?;
                sides.wins_b = k;
                if k > 0 {
                    self.order.copy_within(sides.b..sides.b + k, sides.dest);
                    sides.dest += k;
                    sides.b += k;
                    sides.nb -= k;
                    if sides.nb == 0 {
                        self.order[sides.dest..sides.dest + sides.na].copy_from_slice(&sides.copy[sides.a..sides.a + sides.na]);
                        return Ok(true);
                    }
                }
                self.take_a_low(sides);
                if self.last_a_low(sides) {
                    return Ok(true);
                }
                self.gallop_on(sides);
                Ok(false)
            }
        }
    }

    // ── downwards: the right side was copied ────────────────────────────────────────────────────────────────────────

    /// The left side's last item goes out; true if it was the first one, and the right side's rest follows.
    fn take_a_high(&mut self, sides: &mut Sides) -> bool {
        self.order[sides.dest] = self.order[sides.a];
        sides.dest -= 1;
        sides.a = sides.a.wrapping_sub(1);
        sides.na -= 1;
        if sides.na > 0 {
            return false;
        }
        self.rest_of_b_high(sides);
        true
    }

    fn rest_of_b_high(&mut self, sides: &Sides) {
        let start = sides.dest + 1 - sides.nb;
        self.order[start..start + sides.nb].copy_from_slice(&sides.copy[..sides.nb]);
    }

    fn take_b_high(&mut self, sides: &mut Sides) {
        self.order[sides.dest] = sides.copy[sides.b];
        sides.dest -= 1;
        sides.b = sides.b.wrapping_sub(1);
        sides.nb -= 1;
    }

    /// If one item is left on the right, it is the smallest of all: the rest of the left side goes after it.
    fn last_b_high(&mut self, sides: &Sides) -> bool {
        if sides.nb != 1 {
            return false;
        }
        let start = sides.a + 1 - sides.na;
        self.order.copy_within(start..start + sides.na, sides.dest + 1 - sides.na);
        self.order[sides.dest - sides.na] = sides.copy[sides.b];
        true
    }

    fn high_step<L: Less>(&mut self, less: &mut L, sides: &mut Sides) -> Result<bool, Stop<L::Error>> {
        match sides.mode {
            Mode::OneByOne => {
                if self.ask(less, sides.copy[sides.b], self.order[sides.a])? {
                    sides.wins_a += 1;
                    sides.wins_b = 0;
                    if self.take_a_high(sides) {
                        return Ok(true);
                    }
                } else {
                    sides.wins_b += 1;
                    sides.wins_a = 0;
                    self.take_b_high(sides);
                    if self.last_b_high(sides) {
                        return Ok(true);
                    }
                }
                self.maybe_gallop(sides);
                Ok(false)
            }
            Mode::GallopRight => {
                let key = sides.copy[sides.b];
                let start = sides.a + 1 - sides.na;
                let k = sides.na - self.gallop(less, Side::Right, key, None, start, sides.na, sides.na - 1)?;
                self.keep_galloping(sides);
                sides.wins_a = k;
                if k > 0 {
                    self.order.copy_within(sides.a + 1 - k..sides.a + 1, sides.dest + 1 - k);
                    sides.dest -= k;
                    sides.a = sides.a.wrapping_sub(k);
                    sides.na -= k;
                    if sides.na == 0 {
                        self.rest_of_b_high(sides);
                        return Ok(true);
                    }
                }
                sides.mode = Mode::GallopLeft;
                self.take_b_high(sides);
                Ok(self.last_b_high(sides))
            }
            Mode::GallopLeft => {
                let key = self.order[sides.a];
                let k = sides.nb - self.gallop(less, Side::Left, key, Some(&sides.copy), 0, sides.nb, sides.nb - 1)?;
                sides.wins_b = k;
                if k > 0 {
                    let (from, to) = (sides.b + 1 - k, sides.dest + 1 - k);
                    self.order[to..to + k].copy_from_slice(&sides.copy[from..from + k]);
                    sides.dest -= k;
                    sides.b = sides.b.wrapping_sub(k);
                    sides.nb -= k;
                    if self.last_b_high(sides) || sides.nb == 0 {
                        return Ok(true);
                    }
                }
                if self.take_a_high(sides) {
                    return Ok(true);
                }
                self.gallop_on(sides);
                Ok(false)
            }
        }
    }

    // ── galloping ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// One side has won often enough: gallop.
    fn maybe_gallop(&self, sides: &mut Sides) {
        if sides.wins_a >= sides.min_gallop || sides.wins_b >= sides.min_gallop {
            sides.min_gallop += 1;
            sides.mode = Mode::GallopRight;
        }
    }

    /// The start of a round of galloping makes the next one easier.
    fn keep_galloping(&mut self, sides: &mut Sides) {
        sides.min_gallop -= usize::from(sides.min_gallop > 1);
        self.min_gallop = sides.min_gallop;
    }

    /// The end of a round: gallop on while it pays, else make it harder to start again.
    fn gallop_on(&mut self, sides: &mut Sides) {
        if sides.wins_a >= MIN_GALLOP || sides.wins_b >= MIN_GALLOP {
            sides.mode = Mode::GallopRight;
        } else {
            sides.min_gallop += 1;
            self.min_gallop = sides.min_gallop;
            sides.wins_a = 0;
            sides.wins_b = 0;
            sides.mode = Mode::OneByOne;
        }
    }

    /// Where `key` belongs among `n` sorted items from `base` on (of `copy` or the permutation), looking first near `hint`
    /// in steps 1, 3, 7, …, then by bisection. `Left`: before equal items; `Right`: after them.
    #[expect(clippy::too_many_arguments, reason = "a search has that many sides")]
    fn gallop<L: Less>(
        &mut self,
        less: &mut L,
        side: Side,
        key: u32,
        copy: Option<&[u32]>,
        base: usize,
        n: usize,
        hint: usize,
    ) -> Result<usize, Stop<L::Error>> {
        // Does the item at an index belong before the key?
        let mut before = |sort: &mut Timsort, index: usize| {
            let item = copy.map_or_else(|| sort.order[base + index], |copy| copy[base + index]);
            match side {
                Side::Left => sort.ask(less, item, key),
                Side::Right => sort.ask(less, key, item).map(|less| !less),
            }
        };
        let (mut low, mut high);
        let (mut last, mut offset) = (0, 1);
        if before(self, hint)? {
            let most = n - hint;
            while offset < most && before(self, hint + offset)? {
                last = offset;
                offset = (offset << 1) + 1;
            }
            low = hint + last + 1;
            high = hint + offset.min(most);
        } else {
            let most = hint + 1;
            while offset < most && !before(self, hint - offset)? {
                last = offset;
                offset = (offset << 1) + 1;
            }
            low = hint + 1 - offset.min(most);
            high = hint - last;
        }
        while low < high {
            let middle = low + ((high - low) >> 1);
            if before(self, middle)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(high)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// A phase without what a merge carries along.
enum Small {
    Count { at: usize, descending: Option<bool> },
    Insert { next: usize, end: usize },
    Found { len: usize, power: u32 },
    Collapse,
    Merge,
    Done,
}

impl Phase {
    fn clone_small(&self) -> Small {
        match *self {
            Phase::Count { at, descending } => Small::Count { at, descending },
            Phase::Insert { next, end } => Small::Insert { next, end },
            Phase::Found { len, power } => Small::Found { len, power },
            Phase::Collapse => Small::Collapse,
            Phase::Merge { .. } => Small::Merge,
            Phase::Done => Small::Done,
        }
    }
}

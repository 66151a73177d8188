//! The run from its start to the latest instant that is known, in stretches of equal length.
//!
//! However long the run, there are at most [`MOST`] stretches: when they are full, two become one. What a screen makes of them
//! is a row of columns, see [`Scale`]: the same arithmetic serves painting, keys and the mouse.
//!
//! `fib(20)` has 1,024 stretches of 256 instructions, the deepest of them 20 frames deep.

/// So many stretches at most.
pub const MOST: usize = 1024;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineView {
    /// The first begins at instant 0.
    pub stretches: Vec<Stretch>,
    /// Instants in a stretch.
    pub length: u64,
    /// The latest instant that is known.
    pub furthest: u64,
    /// The program has been seen to end there.
    pub is_finished: bool,
    /// Where it stands.
    pub here: u64,
    /// Instants with a name, in order of time.
    pub marks: Vec<(u64, String)>,
    /// Where breakpoints have stopped it, in order.
    pub stops: Vec<u64>,
}

/// A piece of the run: how deep it got, and where each kind of event first happened in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The most frames that were seen at once.
    pub depth: u32,
    /// An exception has just been raised.
    pub raised: Option<u64>,
    /// The collector is about to run.
    pub collected: Option<u64>,
    /// The instruction that writes is next.
    pub wrote: Option<u64>,
}

/// What deserves a sign, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    Mark,
    Stop,
    Raised,
    Collected,
    Wrote,
}

/// What a column shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its first and its last instant; `None`: not known yet.
    pub instants: Option<(u64, u64)>,
    pub depth: u32,
    pub events: Vec<(EventKind, u64)>,
}

/// How instants lie on columns.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// How many instants there are, at least one.
    instants: u64,
    /// Columns for what is known.
    known: u64,
    pub columns: usize,
}

impl Stretch {
    /// This and the one after it as one.
    pub fn with(self, later: Stretch) -> Stretch {
        Stretch {
            depth: self.depth.max(later.depth),
            raised: self.raised.or(later.raised),
            collected: self.collected.or(later.collected),
            wrote: self.wrote.or(later.wrote),
        }
    }
}

impl EventKind {
    pub const ALL: [EventKind; 5] = [EventKind::Mark, EventKind::Stop, EventKind::Raised, EventKind::Collected, EventKind::Wrote];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Mark => "mark",
            EventKind::Stop => "breakpoint",
            EventKind::Raised => "exception",
            EventKind::Collected => "collection",
            EventKind::Wrote => "output",
        }
    }
}

impl TimelineView {
    pub fn scale(&self, columns: usize) -> Scale {
        let unknown = if self.is_finished { 0 } else { (columns / 10).clamp(1, 12) };
        let known = columns.saturating_sub(unknown).max(1);
        Scale { instants: self.furthest + 1, known: known as u64, columns }
    }

    /// The most frames that were seen at once.
    pub fn deepest(&self) -> u32 {
        self.stretches.iter().map(|it| it.depth).max().unwrap_or(0)
    }

    /// What a column shows.
    pub fn column(&self, scale: &Scale, column: usize) -> Column {
        let Some((first, last)) = scale.range(column) else { return Column::default() };
        let mut found = Column { instants: Some((first, last)), ..Column::default() };
        let length = self.length.max(1);
        let from = (first / length) as usize;
        let to = ((last / length) as usize + 1).min(self.stretches.len());
        for stretch in self.stretches.get(from..to).unwrap_or_default() {
            found.depth = found.depth.max(stretch.depth);
            let events =
                [(EventKind::Raised, stretch.raised), (EventKind::Collected, stretch.collected), (EventKind::Wrote, stretch.wrote)];
            for (kind, step) in events {
                if let Some(step) = step.filter(|step| (first..=last).contains(step)) {
                    found.events.push((kind, step));
                }
            }
        }
        let marks = self.marks.iter().map(|(step, _)| (EventKind::Mark, *step));
        let stops = self.stops.iter().map(|step| (EventKind::Stop, *step));
        found.events.extend(marks.chain(stops).filter(|(_, step)| (first..=last).contains(step)));
        found.events.sort_unstable();
        found.events.dedup_by_key(|(kind, _)| *kind);
        found
    }

    /// Where a column leads: to the most important event in it, else to its first instant.
    pub fn instant(&self, scale: &Scale, column: usize) -> u64 {
        let column = self.column(scale, column);
        match (column.events.first(), column.instants) {
            (Some((_, step)), _) => *step,
            (None, Some((first, _))) => first,
            (None, None) => self.furthest,
        }
    }
}

impl Scale {
    pub fn column_of(&self, step: u64) -> usize {
        let step = u128::from(step.min(self.instants - 1));
        (step * u128::from(self.known) / u128::from(self.instants)) as usize
    }

    /// The instants of a column. Where there are more columns than instants, several have the same one.
    pub fn range(&self, column: usize) -> Option<(u64, u64)> {
        let (column, known, instants) = (column as u128, u128::from(self.known), u128::from(self.instants));
        if column >= known {
            return None;
        }
        if instants < known {
            let one = (column * instants / known) as u64;
            return Some((one, one));
        }
        let first = (column * instants).div_ceil(known);
        let end = ((column + 1) * instants).div_ceil(known);
        Some((first as u64, (end - 1).max(first) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_instants() {
        for furthest in [0, 1, 5, 78, 79, 80, 81, 1000, 1_000_000_007] {
            for is_finished in [false, true] {
                let view = TimelineView { furthest, is_finished, length: 1, ..TimelineView::default() };
                let scale = view.scale(80);
                let known: Vec<_> = (0..80).map_while(|column| scale.range(column)).collect();
                assert_eq!(known.len(), if is_finished { 80 } else { 72 });
                assert_eq!((known[0].0, known[known.len() - 1].1), (0, furthest));
                for (column, (first, last)) in known.iter().enumerate() {
                    assert!(first <= last);
                    if furthest >= 80 {
                        assert_eq!((scale.column_of(*first), scale.column_of(*last)), (column, column));
                    }
                    assert!(column == 0 || known[column - 1].1 + 1 >= *first, "no gap");
                }
            }
        }
    }

    #[test]
    fn the_most_important_event_of_a_column() {
        let stretch = |wrote, raised| Stretch { depth: 2, wrote, raised, ..Stretch::default() };
        let stretches = vec![stretch(Some(3), None), stretch(None, Some(15)), stretch(Some(22), Some(21)), stretch(None, None)];
        let view = TimelineView { stretches, length: 10, furthest: 39, is_finished: true, ..TimelineView::default() };
        let scale = view.scale(2);
        assert_eq!(view.column(&scale, 0).events, [(EventKind::Raised, 15), (EventKind::Wrote, 3)]);
        assert_eq!((view.instant(&scale, 0), view.instant(&scale, 1)), (15, 21));
        assert_eq!(view.instant(&view.scale(4), 3), 30);
    }
}

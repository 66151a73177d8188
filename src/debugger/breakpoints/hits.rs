//! At which of its hits a breakpoint stops: `5`, `> 5`, `% 100`.
//!
//! Invariant: a hit keeps its number, from whichever direction and however often the run comes by, and whatever kind of step or leap
//! passes over it; so their instants are kept, of all of them up to one instant.
//!
//! `hits 2 % 1000` stops breakpoint 2 at every thousandth hit. CPython's `pdb` has `ignore` alone.

use std::fmt;

/// Which hits stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitCondition {
    Is(u64),
    Above(u64),
    Below(u64),
    Each(u64),
}

impl HitCondition {
    /// # Errors
    ///
    /// It is none.
    pub fn parse(text: &str) -> Result<HitCondition, String> {
        let text = text.trim();
        let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let number: u64 = digits.trim().parse().map_err(|_| format!("`{text}` is no number of hits: write 5, > 5 or % 5"))?;
        match text[..text.len() - digits.len()].trim() {
            "" | "=" | "==" => Ok(HitCondition::Is(number)),
            ">" => Ok(HitCondition::Above(number)),
            ">=" => Ok(HitCondition::Above(number.saturating_sub(1))),
            "<" => Ok(HitCondition::Below(number)),
            "<=" => Ok(HitCondition::Below(number.saturating_add(1))),
            "%" if number > 0 => Ok(HitCondition::Each(number)),
            _ => Err(format!("`{text}` is no number of hits: write 5, > 5 or % 5")),
        }
    }

    pub fn allows(self, hits: u64) -> bool {
        match self {
            HitCondition::Is(wanted) => hits == wanted,
            HitCondition::Above(limit) => hits > limit,
            HitCondition::Below(limit) => hits < limit,
            HitCondition::Each(every) => hits.is_multiple_of(every),
        }
    }
}

impl fmt::Display for HitCondition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HitCondition::Is(hits) => write!(out, "{hits}"),
            HitCondition::Above(hits) => write!(out, "> {hits}"),
            HitCondition::Below(hits) => write!(out, "< {hits}"),
            HitCondition::Each(hits) => write!(out, "% {hits}"),
        }
    }
}

/// The hits of a breakpoint that are known, where it is asked for their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hits {
    pub(super) wanted: Option<HitCondition>,
    /// In their order; all of them after the first and up to the second of these.
    instants: Vec<u64>,
    since: u64,
    known_to: u64,
}

impl Hits {
    /// They are counted from an instant on.
    pub(super) fn new(wanted: Option<HitCondition>, since: u64) -> Hits {
        Hits { wanted, instants: Vec::new(), since, known_to: since }
    }

    /// Up to where the hits are known, if anybody wants to know.
    pub(super) fn known_to(&self) -> Option<u64> {
        self.wanted.map(|_| self.known_to)
    }

    /// A run forward that began where they were known has come to an instant.
    pub(super) fn came_to(&mut self, from: u64, to: u64) {
        if from <= self.known_to {
            self.known_to = self.known_to.max(to);
        }
    }

    /// Whether the hit at an instant stops. One that the run forward has not come to has no number.
    pub(super) fn stops(&mut self, step: u64, is_forward: bool) -> bool {
        let Some(wanted) = self.wanted else { return true };
        if step <= self.since {
            return false;
        }
        let index = self.instants.partition_point(|at| *at < step);
        if self.instants.get(index) != Some(&step) {
            if !is_forward {
                return false;
            }
            self.instants.insert(index, step);
        }
        wanted.allows(index as u64 + 1)
    }

    /// The run has another future.
    pub(super) fn forget_after(&mut self, step: u64) {
        self.instants.truncate(self.instants.partition_point(|at| *at <= step));
        self.known_to = self.known_to.min(step);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hit_conditions() {
        let hits = |text: &str| (1..=6).filter(|&n| HitCondition::parse(text).unwrap().allows(n)).collect::<Vec<u64>>();
        assert_eq!(hits("3"), [3]);
        assert_eq!(hits(" == 3"), [3]);
        assert_eq!(hits(">4"), [5, 6]);
        assert_eq!(hits(">= 4"), [4, 5, 6]);
        assert_eq!(hits("<= 2"), [1, 2]);
        assert_eq!(hits("%3"), [3, 6]);
        for wrong in ["x", "", "% 0", "3 3", "!4"] {
            assert!(HitCondition::parse(wrong).is_err(), "{wrong}");
        }
    }
}

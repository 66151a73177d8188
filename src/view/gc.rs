//! The cyclic collector: three generations with their counters on the way to the thresholds, and the last collections.
//!
//! Counterpart in CPython 3.11: `gc.get_count()`, `gc.get_threshold()`, `gc.get_stats()`, and what `gc.callbacks` would tell.
//!
//! After `xs = [[] for _ in range(500)]`: generation 0 has 501 of 700; 200 more lists and it is collected.

use super::ValueView;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GcView {
    pub enabled: bool,
    pub generations: Vec<GenerationRow>,
    /// Survivors of middle collections since the last full one, and those of that one: a full collection waits for 25 %.
    pub long_lived_pending: u64,
    pub long_lived_total: u64,
    /// Objects that `gc.freeze` has put aside.
    pub frozen: usize,
    /// The last collections, the newest first.
    pub collections: Vec<CollectionRow>,
    /// The newest objects of the youngest generation, the newest first.
    pub youngest: Vec<ValueView>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GenerationRow {
    /// Generation 0: container allocations minus deallocations; others: collections of the next younger one.
    pub count: u64,
    pub threshold: u64,
    /// How far the last step moved the count.
    pub delta: i64,
    /// Objects in its list.
    pub objects: usize,
    pub collections: u64,
    pub collected: u64,
    pub uncollectable: u64,
}

/// One collection that has been.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CollectionRow {
    /// The instant before the instruction that collected.
    pub step: u64,
    pub generation: usize,
    pub examined: usize,
    pub unreachable: usize,
    /// The last step did it.
    pub is_new: bool,
}

impl GcView {
    /// What must happen until the next collection, in a sentence.
    pub fn outlook(&self) -> String {
        let [young, middle, old] = &self.generations[..] else { return String::new() };
        if !self.enabled {
            return "automatic collection is off (gc.disable)".into();
        }
        if young.threshold == 0 {
            return "the threshold of generation 0 is 0: nothing is collected by itself".into();
        }
        let left = (young.threshold + 1).saturating_sub(young.count);
        let is_full_due = old.count > old.threshold;
        let rule = self.long_lived_pending < self.long_lived_total / 4;
        let which = match (is_full_due, rule, middle.count > middle.threshold) {
            (true, false, _) => "generation 2",
            (true, true, _) => "generation 1, as the 25 % rule puts a full collection off",
            (_, _, true) => "generation 1",
            _ => "generation 0",
        };
        format!("{left} more container allocation{} and {which} is collected", if left == 1 { "" } else { "s" })
    }
}

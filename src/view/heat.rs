//! How often each line of the shown file and each instruction of the shown function has run.
//!
//! `3 │ 120 │     total += x`

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatView {
    /// Counted up to this instant.
    pub until: u64,
    /// By line. A line has run as often as the instruction of it that ran most.
    pub lines: BTreeMap<u32, u64>,
    /// By byte offset.
    pub offsets: BTreeMap<u32, u64>,
    /// The same for the specialized forms that stood there: hits and misses.
    pub forms: BTreeMap<u32, FormHeat>,
}

/// How often a specialized form fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormHeat {
    pub hits: u64,
    pub misses: u64,
}

//! The breakpoints, each with what it is and what it has seen.
//!
//! `1  line  bank.py:12  if amount > 50   3 hits`

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BreakpointRow {
    pub number: u32,
    /// The word for it: `line`, `op`, `refcount`.
    pub kind: String,
    pub place: String,
    pub condition: Option<String>,
    /// What it prints instead of stopping.
    pub log: Option<String>,
    pub hits: u64,
    /// So many hits more are passed over.
    pub ignore: u64,
    pub enabled: bool,
    /// It is gone after one stop.
    pub temporary: bool,
    /// The command that makes it.
    pub command: String,
}

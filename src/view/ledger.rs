//! The ledger of one object: every change of its reference count, when, by which instruction, and who took or gave it up.
//!
//! Invariant: the holders that the rows add up to are those that there are, and their number is the refcount, after each row
//! but those of one instruction. CPython 3.11 keeps no such book: `Py_INCREF` only adds one.
//!
//! ```text
//!   step  line  instruction     ±  who                    count
//!     12     4  STORE_NAME a    ·  stack 0 → global a         1
//!     13     5  LOAD_NAME a    +1  stack 0 of <module>        2
//! ```

use std::sync::Arc;

use super::Holder;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerView {
    /// The object; `None`: none is chosen.
    pub subject: Option<Subject>,
    /// All rows known, those of later instants included, in the order of time.
    pub rows: Arc<Vec<LedgerRow>>,
    /// Rows before these that are not kept any more.
    pub omitted: usize,
    /// Up to which instant the book is complete.
    pub until: u64,
    /// Who holds it at this instant.
    pub holders: Vec<Holder>,
    /// Why the book begins late or ends early.
    pub note: Option<String>,
}

/// The object of a ledger or of the Inspector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// What the user asked for: `x`, `#12`.
    pub asked: String,
    pub text: String,
    pub type_name: String,
    pub serial: Option<u32>,
    /// `None`: it is not born yet at this instant, or dead already.
    pub refcount: Option<u64>,
}

/// One reference taken, given up, or handed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerRow {
    /// The instant after the instruction.
    pub step: u64,
    pub function: String,
    pub line: Option<u32>,
    /// `LOAD_NAME a`; empty for what was there from the start.
    pub instruction: String,
    pub change: LedgerChange,
    /// The count after it.
    pub count: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LedgerChange {
    /// So many references were there when the book begins.
    Start { references: u64 },
    /// +1
    Taken { by: String },
    /// −1
    GivenUp { by: String },
    /// The reference went on, the count stays.
    Moved { from: String, to: String },
    /// The count reached 0.
    Freed,
}

impl Default for LedgerChange {
    fn default() -> Self {
        LedgerChange::Start { references: 0 }
    }
}

impl LedgerChange {
    /// `+1`, `−1`, nothing.
    pub fn sign(&self) -> &'static str {
        match self {
            LedgerChange::Taken { .. } => "+1",
            LedgerChange::GivenUp { .. } => "-1",
            _ => "",
        }
    }

    /// Who: `global a`, `stack 0 of <module> → global a`.
    pub fn who(&self, arrow: &str) -> String {
        match self {
            LedgerChange::Start { references: 1 } => "held once before the book begins".into(),
            LedgerChange::Start { references } => format!("held {references} times before the book begins"),
            LedgerChange::Taken { by } | LedgerChange::GivenUp { by } => by.clone(),
            LedgerChange::Moved { from, to } => format!("{from} {arrow} {to}"),
            LedgerChange::Freed => "freed".into(),
        }
    }
}

//! Steps inside one instruction: what an algorithm of the interpreter does, with a table that fills as it goes on.
//!
//! A [`Recording`] is the whole of it, in texts; [`Recording::at`] is the picture after one of its steps. Looking at them
//! moves nothing: the program stands before the instruction all the time.
//!
//! ```text
//!   gc.collect()   update_refs     <Node #18>   refcount 1   gc_refs 1
//!                  subtract_refs   <Node #18>   refcount 1   gc_refs 0
//! ```

use std::sync::Arc;

/// What one instruction does inside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// `PRECALL gc.collect`
    pub title: String,
    pub steps: Vec<MicroStep>,
    pub tables: Vec<MicroTable>,
    /// What is left out, in a sentence.
    pub note: Option<String>,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MicroStep {
    /// The part of the algorithm, by CPython's name where it has one: `subtract_refs`.
    pub chapter: &'static str,
    pub text: String,
    /// The index of its table; `None`: it has none.
    pub table: Option<usize>,
    /// The row that it is about.
    pub row: Option<usize>,
    /// What it writes into the table: row, column, text.
    pub writes: Vec<(usize, usize, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MicroTable {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// The picture after one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MicroView {
    pub recording: Arc<Recording>,
    /// The index of the step.
    pub at: usize,
    pub table: MicroTable,
    /// Rows that this step has written to.
    pub written: Vec<usize>,
}

impl Recording {
    /// The picture after step `at`.
    pub fn at(self: &Arc<Self>, at: usize) -> MicroView {
        let at = at.min(self.steps.len().saturating_sub(1));
        let Some(step) = self.steps.get(at) else { return MicroView::default() };
        let mut table = step.table.and_then(|table| self.tables.get(table)).cloned().unwrap_or_default();
        for earlier in self.steps[..=at].iter().filter(|earlier| earlier.table == step.table) {
            for (row, column, text) in &earlier.writes {
                if let Some(cell) = table.rows.get_mut(*row).and_then(|cells| cells.get_mut(*column)) {
                    cell.clone_from(text);
                }
            }
        }
        let written = step.writes.iter().map(|(row, ..)| *row).chain(step.row).collect();
        MicroView { recording: self.clone(), at, table, written }
    }
}

impl MicroView {
    pub fn step(&self) -> Option<&MicroStep> {
        self.recording.steps.get(self.at)
    }
}

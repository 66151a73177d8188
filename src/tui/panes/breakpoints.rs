//! The breakpoints. Space switches one on or off, Del removes it, Enter edits it.
//!
//! ```text
//! ● 1  line  bank.py:12         if amount > 50   3 hits
//! ○ 2  op    CALL* in total     off
//! ```

use super::{Content, Ink};
use crate::{
    tui::widgets::line::TextLine,
    view::{BreakpointRow, View},
};

pub struct Breakpoints<'a> {
    rows: &'a [BreakpointRow],
    ink: Ink<'a>,
    kind_width: usize,
    place_width: usize,
}

impl<'a> Breakpoints<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let rows = &view.breakpoints;
        let longest = |text: &dyn Fn(&BreakpointRow) -> usize| rows.iter().map(text).max().unwrap_or(0);
        Breakpoints {
            rows,
            ink,
            kind_width: longest(&|row| row.kind.len()),
            place_width: longest(&|row| place(row).chars().count()).min(ink.width / 2),
        }
    }
}

/// A file without its folder.
fn place(row: &BreakpointRow) -> &str {
    if row.kind == "line" { row.place.rsplit('/').next().unwrap_or_default() } else { &row.place }
}

impl Content for Breakpoints<'_> {
    fn rows(&self) -> usize {
        self.rows.len().max(1)
    }

    fn heading(&self) -> String {
        if self.rows.is_empty() { String::new() } else { "Space on/off, Del, Enter".into() }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let Some(row) = self.rows.get(index) else {
            return self.ink.nothing("no breakpoints: b sets one at the cursor, :break at other places");
        };
        let text = if row.enabled { theme.text } else { theme.dim };
        let mut line = TextLine::of(if row.enabled { glyphs.breakpoint } else { " " }, theme.breakpoint)
            .put(format!("{:>2}  ", row.number), theme.dim)
            .put(format!("{:<width$}  ", row.kind, width = self.kind_width), theme.opname)
            .put(format!("{:<width$}", place(row), width = self.place_width), text);
        if let Some(condition) = &row.condition {
            line.push(format!("  if {condition}"), theme.live);
        }
        if let Some(log) = &row.log {
            line.push(format!("  log \"{log}\""), theme.live);
        }
        if row.temporary {
            line.push("  once", theme.dim);
        }
        match row.hits {
            0 => {}
            1 => line.push("  1 hit", theme.dim),
            hits => line.push(format!("  {hits} hits"), theme.dim),
        }
        if row.ignore > 0 {
            line.push(format!("  {} to ignore", row.ignore), theme.dim);
        }
        if !row.enabled {
            line.push("  off", theme.dim);
        }
        line
    }
}

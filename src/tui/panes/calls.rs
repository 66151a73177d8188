//! The call tree: every call of the run so far with its first and last instant. Enter goes to where it begins.
//!
//! ```text
//!     0     <module>
//! ▶  12 40    total  line 9
//!    20 31      square  line 4
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::count},
    view::{CallsView, View},
};

pub struct Calls<'a> {
    view: &'a CallsView,
    ink: Ink<'a>,
    step: u64,
    width: usize,
}

impl<'a> Calls<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let width = view.calls.until.to_string().len().max(4);
        Calls { view: &view.calls, ink, step: view.step, width }
    }
}

impl Content for Calls<'_> {
    fn rows(&self) -> usize {
        (self.view.rows.len() + usize::from(self.view.omitted > 0)).max(1)
    }

    fn anchor(&self) -> Option<usize> {
        let last = self.view.rows.partition_point(|row| row.start <= self.step).checked_sub(1)?;
        // The innermost call that is under way.
        (0..=last).rev().find(|&index| self.view.rows[index].end.is_none_or(|end| end > self.step))
    }

    fn heading(&self) -> String {
        match self.view.rows.len() {
            0 => String::new(),
            rows => format!("{} calls", count(rows as u64 + self.view.omitted)),
        }
    }

    fn target(&self, index: usize) -> Option<Target> {
        self.view.rows.get(index).map(|row| Target::Step(row.start))
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let Some(row) = self.view.rows.get(index) else {
            return match self.view.omitted {
                0 => self.ink.nothing("nothing has been called yet"),
                more => self.ink.nothing(&format!("{} more", count(more))),
            };
        };
        let width = self.width;
        let runs = row.start <= self.step && row.end.is_none_or(|end| end > self.step);
        let end = row.end.map(|end| end.to_string()).unwrap_or_default();
        let mut line = TextLine::of(if self.anchor() == Some(index) { glyphs.next } else { " " }, theme.next)
            .put(format!("{:>width$} {end:>width$}  ", row.start), theme.dim)
            .put("  ".repeat(row.depth), theme.text)
            .put(
                &row.name,
                if runs {
                    theme.next
                } else if row.start > self.step {
                    theme.dim
                } else {
                    theme.text
                },
            );
        if let Some(number) = row.line {
            line.push(format!("  line {number}"), theme.dim);
        }
        if row.resumed {
            line.push("  goes on", theme.dim);
        }
        line
    }
}

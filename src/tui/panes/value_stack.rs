//! The value stack: a row a slot, the top above. Empty slots up to `co_stacksize` are shown too, so a slot keeps its
//! row while the stack grows and shrinks.
//!
//! ```text
//!   2 ·
//! + 1 1          int  rc 103 ↑ ◂ rhs
//!   0 3          int  rc  12   ◂ lhs
//! ```

use super::{Content, Ink, Target, digits};
use crate::{
    tui::widgets::line::TextLine,
    view::{Change, StackRow, ValueStackView, View},
};

pub struct ValueStack<'a> {
    view: &'a ValueStackView,
    ink: Ink<'a>,
    /// Slots shown above the top row.
    empty: usize,
    refcount_digits: usize,
    role_width: usize,
    type_width: usize,
}

impl<'a> ValueStack<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.value_stack;
        let highest = view.rows.first().map_or(0, |row| row.slot + 1);
        // All slots in sight, or only the used ones.
        let empty = if view.limit <= ink.height { view.limit.saturating_sub(highest) } else { 0 };
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
        ValueStack {
            view,
            ink,
            empty,
            refcount_digits: digits(view.rows.iter().filter_map(|row| row.value.refcount)),
            role_width: widest(&mut view.rows.iter().filter_map(|row| row.role.as_ref().map(|role| role.label().chars().count() + 2))),
            type_width: widest(&mut view.rows.iter().map(|row| row.value.type_name.chars().count())).min(14),
        }
    }

    fn slot(&self, row: &StackRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let value = &row.value;
        let removed = value.change == Change::Removed;
        let (mark, mark_style) = self.ink.mark(&value.change);
        let mut line = TextLine::of(mark, mark_style);
        let is_top = !removed && row.slot + 1 == self.view.depth;
        line.push(format!("{:>2} ", row.slot), if is_top { theme.message } else { theme.dim });
        self.ink.value(&mut line, value);
        if !removed {
            line = line
                .right(self.ink.serial(value))
                .right(vec![(format!("{:<width$}", value.type_name, width = self.type_width), theme.type_name)]);
        }
        line = line.right(self.ink.refcount(value.refcount, value.refcount_delta, self.refcount_digits));
        if self.role_width > 0 {
            let role = row.role.as_ref().map(|role| format!("{} {}", glyphs.operand, role.label())).unwrap_or_default();
            line = line.right(vec![(format!("{role:<width$}", width = self.role_width), theme.role)]);
        }
        line
    }
}

impl Content for ValueStack<'_> {
    fn rows(&self) -> usize {
        (self.empty + self.view.rows.len()).max(1)
    }

    fn anchor(&self) -> Option<usize> {
        Some(self.empty)
    }

    fn heading(&self) -> String {
        if self.view.limit == 0 { String::new() } else { format!("{} of {}", self.view.depth, self.view.limit) }
    }

    fn target(&self, index: usize) -> Option<Target> {
        let row = self.view.rows.get(index.checked_sub(self.empty)?)?;
        row.value.slot.filter(|_| row.value.change != Change::Removed).map(Target::Object)
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        if let Some(row) = index.checked_sub(self.empty).and_then(|index| self.view.rows.get(index)) {
            return self.slot(row);
        }
        if self.view.limit == 0 {
            return self.ink.nothing("no stack here");
        }
        if self.empty == 0 {
            return self.ink.nothing("empty");
        }
        let slot = self.view.rows.len() + self.empty - 1 - index;
        TextLine::of(format!(" {slot:>2} {}", glyphs.empty_slot), theme.dim)
    }
}

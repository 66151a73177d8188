//! The names of the selected frame, in the order of lookup: locals, cells, globals, builtins.
//!
//! ```text
//! Locals
//!   self    <LRU #9>          rc  3
//! ~ size    3 → 4             rc 12 ↑
//! ```

use super::{Content, Ink, Target, digits};
use crate::{
    tui::widgets::{line::TextLine, text::width},
    view::{Change, Scope, VariableRow, View},
};

pub struct Variables<'a> {
    rows: Vec<Row<'a>>,
    ink: Ink<'a>,
    name_width: usize,
    refcount_digits: usize,
}

enum Row<'a> {
    Section(Scope),
    Variable(&'a VariableRow),
}

impl<'a> Variables<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let mut rows = Vec::new();
        for section in view.variables.sections.iter().filter(|section| !section.rows.is_empty()) {
            rows.push(Row::Section(section.scope));
            // Names like __name__ after the program's own.
            let is_special = |row: &&VariableRow| row.name.starts_with("__") && row.name.ends_with("__");
            rows.extend(section.rows.iter().filter(|row| !is_special(row)).map(Row::Variable));
            rows.extend(section.rows.iter().filter(is_special).map(Row::Variable));
        }
        let variables = || {
            rows.iter().filter_map(|row| match row {
                Row::Variable(row) => Some(*row),
                Row::Section(_) => None,
            })
        };
        let longest = variables().map(|row| width(&row.name)).max().unwrap_or(0);
        let refcount_digits = digits(variables().filter_map(|row| row.value.as_ref()?.refcount));
        Variables { rows, ink, name_width: longest.min(ink.width / 3), refcount_digits }
    }
}

impl Content for Variables<'_> {
    fn rows(&self) -> usize {
        self.rows.len().max(1)
    }

    /// What the last step changed.
    fn anchor(&self) -> Option<usize> {
        self.rows.iter().position(|row| match row {
            Row::Variable(VariableRow { value: Some(value), .. }) => value.change != Change::None,
            _ => false,
        })
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.rows.get(index)? {
            Row::Variable(row) => row.value.as_ref().filter(|value| value.change != Change::Removed)?.slot.map(Target::Object),
            Row::Section(_) => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, .. } = self.ink;
        let row = match self.rows.get(index) {
            None => return self.ink.nothing("no names yet"),
            Some(Row::Section(scope)) => return TextLine::of(scope.title(), theme.dim),
            Some(Row::Variable(row)) => row,
        };
        let Some(value) = &row.value else {
            return TextLine::of("  ", theme.dim).put(&row.name, theme.dim).pad_to(self.name_width + 3).put("not bound", theme.dim);
        };
        let (mark, mark_style) = self.ink.mark(&value.change);
        let name_style = if value.change == Change::None { theme.variable } else { self.ink.value_style(&value.change) };
        let mut line = TextLine::of(mark, mark_style).put(" ", theme.text).put(&row.name, name_style).pad_to(self.name_width + 3);
        self.ink.value(&mut line, value);
        line.right(self.ink.serial(value)).right(self.ink.refcount(value.refcount, value.refcount_delta, self.refcount_digits))
    }
}

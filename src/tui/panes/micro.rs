//! The steps inside one instruction: the list of them, and the table as it is after the one that is shown.
//!
//! ```text
//! COMPARE …                                     step 3 of 9
//! ▷ compare    slot 3 leads to entry 0, 'k': the very same object; found
//!   slot  entry  hash (& mask)  key   look
//! ~    3      0  81273 (3)      'k'   1
//! ```

use super::{Content, Ink};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{cut, width},
    },
    view::{MicroStep, MicroView, View},
};

pub struct Micro<'a> {
    view: &'a MicroView,
    ink: Ink<'a>,
    /// Columns of the table, in cells.
    columns: Vec<usize>,
    chapter_width: usize,
    /// Steps that show above the table, the present one last but for those that follow.
    window: std::ops::Range<usize>,
}

impl<'a> Micro<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.micro;
        let steps = &view.recording.steps;
        // A third of the pane for the steps, the rest for the table.
        let room = match view.table.rows.is_empty() {
            true => ink.height.saturating_sub(2).max(1),
            false => (ink.height / 3).clamp(1, 7),
        };
        let start = (view.at + 1 + room / 3).saturating_sub(room).min(steps.len().saturating_sub(room));
        let mut columns: Vec<usize> = (0..view.table.columns.len())
            .map(|column| {
                let cells = view.table.rows.iter().map(|row| row.get(column).map_or(0, |cell| width(cell)));
                cells.chain([width(view.table.columns[column])]).max().unwrap_or(0).min(ink.width / 2)
            })
            .collect();
        // Where there is too little room the widest column gives way.
        while columns.iter().map(|width| width + 2).sum::<usize>() + 1 > ink.width
            && let Some(widest) = columns.iter_mut().max().filter(|widest| **widest > 8)
        {
            *widest -= 1;
        }
        let window = start..(start + room).min(steps.len());
        let chapter_width = steps.iter().map(|step| width(step.chapter)).max().unwrap_or(0);
        Micro { view, ink, columns, chapter_width, window }
    }

    fn step(&self, index: usize, step: &MicroStep) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let is_now = index == self.view.at;
        let style = if is_now { theme.next } else { theme.dim };
        TextLine::of(if is_now { glyphs.next } else { " " }, theme.next)
            .put(format!(" {:<width$}  ", step.chapter, width = self.chapter_width), style)
            .put(self.ink.legible(&step.text), if is_now { theme.text } else { theme.dim })
    }

    /// Cells of a row; numbers stand to the right.
    fn cells(&self, cells: impl Iterator<Item = String>, style: ratatui::style::Style, mark: &str) -> TextLine {
        let mut line = TextLine::of(mark, style);
        for (cell, &width) in cells.zip(&self.columns) {
            let cell = cut(&self.ink.legible(&cell), width, self.ink.glyphs.ellipsis).into_owned();
            let is_number = !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == '-');
            line.push(if is_number { format!(" {cell:>width$} ") } else { format!(" {cell:<width$} ") }, style);
        }
        line
    }

    fn head(&self) -> usize {
        2 + self.window.len()
    }
}

impl Content for Micro<'_> {
    fn rows(&self) -> usize {
        if self.view.recording.steps.is_empty() {
            return 1;
        }
        let table = if self.view.table.columns.is_empty() { 0 } else { 1 + self.view.table.rows.len() };
        self.head() + table
    }

    fn heading(&self) -> String {
        match self.view.recording.steps.len() {
            0 => String::new(),
            count => format!("{} of {count}", self.view.at + 1),
        }
    }

    /// The row of the table that the step is about.
    fn anchor(&self) -> Option<usize> {
        let row = self.view.step()?.row?;
        let at = self.head() + 1 + row;
        (at >= self.ink.height).then_some(at)
    }

    fn row(&self, index: usize) -> TextLine {
        let theme = self.ink.theme;
        if self.view.recording.steps.is_empty() {
            return self.ink.nothing("z looks into the next instruction");
        }
        if index == 0 {
            let mut line = TextLine::of(" ", theme.text).put(&self.view.recording.title, theme.message);
            if let Some(note) = &self.view.recording.note {
                line.push(format!("  {note}"), theme.dim);
            }
            return line;
        }
        let step = self.window.start + index - 1;
        if step < self.window.end {
            return self.step(step, &self.view.recording.steps[step]);
        }
        match index.checked_sub(self.head()) {
            None => TextLine::new(),
            Some(0) => self.cells(self.view.table.columns.iter().map(|&it| it.to_owned()), theme.dim, " "),
            Some(row) => {
                let row = row - 1;
                let is_written = self.view.written.contains(&row);
                let mark = if is_written { self.ink.glyphs.changed } else { " " };
                let style = if is_written { theme.changed } else { theme.text };
                self.cells(self.view.table.rows[row].iter().cloned(), style, mark)
            }
        }
    }
}

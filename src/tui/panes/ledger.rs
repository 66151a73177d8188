//! The ledger of the chosen object: a row a reference taken, given up or handed on. Enter travels to a row's instant.
//!
//! ```text
//!   step  where        instruction       ±  count  who
//! ▷   12  f 4          LOAD_FAST a      +1      3  stack 0 of f
//! ```

use super::{Content, Ink, Target, inspector};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{count, cut, refcount},
    },
    view::{LedgerChange, LedgerRow, LedgerView, View},
};

pub struct Ledger<'a> {
    view: &'a LedgerView,
    ink: Ink<'a>,
    /// The instant that the screen shows.
    step: u64,
    step_width: usize,
    place_width: usize,
    instruction_width: usize,
    /// Rows before the table.
    head: usize,
}

impl<'a> Ledger<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let ledger = &view.ledger;
        let longest = |text: &dyn Fn(&LedgerRow) -> usize, least: usize| {
            let rows = ledger.rows.iter().rev().take(500);
            rows.map(text).max().unwrap_or(0).max(least)
        };
        let step_width = ledger.rows.last().map_or(1, |row| row.step.to_string().len()).max(4);
        // Who it was comes first; with more room the instruction, then its place.
        let spare = ink.width.saturating_sub(step_width + 30);
        let (with_place, with_instruction) = (ink.width >= 66, ink.width >= 44);
        Ledger {
            view: ledger,
            ink,
            step: view.step,
            step_width,
            place_width: if with_place { longest(&|row| place(row).chars().count(), 5).min(spare / 4) } else { 0 },
            instruction_width: match with_instruction {
                true => longest(&|row| row.instruction.chars().count(), 11).min((spare / 3).max(14)),
                false => 0,
            },
            head: 2 + usize::from(ledger.note.is_some()) + usize::from(ledger.omitted > 0),
        }
    }

    /// The last row that has happened by now.
    fn now(&self) -> Option<usize> {
        self.view.rows.partition_point(|row| row.step <= self.step).checked_sub(1)
    }

    fn change(&self, row: &LedgerRow, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let is_future = row.step > self.step;
        let style = |style| if is_future { theme.dim } else { style };
        let is_now = row.step == self.step;
        let mark = match (is_now, self.now() == Some(index)) {
            (true, _) => glyphs.done,
            (_, true) => glyphs.selected,
            _ => " ",
        };
        let change_style = match row.change {
            LedgerChange::Taken { .. } => theme.up,
            LedgerChange::GivenUp { .. } | LedgerChange::Freed => theme.down,
            _ => theme.text,
        };
        let mut line = TextLine::of(mark, theme.done).put(format!("{:>width$} ", row.step, width = self.step_width), style(theme.dim));
        for (text, width, style) in
            [(place(row), self.place_width, style(theme.text)), (row.instruction.clone(), self.instruction_width, style(theme.opname))]
        {
            if width > 0 {
                line.push(format!("{:<width$} ", cut(&text, width, glyphs.ellipsis)), style);
            }
        }
        line.put(format!("{:>2} ", sign(&row.change, glyphs.removed)), style(change_style))
            .put(format!("{:>3}  ", refcount(row.count)), style(theme.refcount))
            .put(row.change.who(glyphs.arrow), style(theme.text))
    }
}

/// `f 12`
fn place(row: &LedgerRow) -> String {
    match row.line {
        Some(line) => format!("{} {line}", row.function),
        None => row.function.clone(),
    }
}

fn sign(change: &LedgerChange, minus: &str) -> String {
    match change {
        LedgerChange::GivenUp { .. } => format!("{minus}1"),
        other => other.sign().to_owned(),
    }
}

impl Content for Ledger<'_> {
    fn rows(&self) -> usize {
        match &self.view.subject {
            None => 1,
            Some(_) => self.head + self.view.rows.len() + 1 + self.view.holders.len(),
        }
    }

    fn anchor(&self) -> Option<usize> {
        self.now().map(|index| self.head + index)
    }

    fn heading(&self) -> String {
        match &self.view.subject {
            Some(subject) => {
                let rows = count((self.view.rows.len() + self.view.omitted) as u64);
                let rc = subject.refcount.map_or(String::new(), |refcount| format!("  rc {}", count(refcount)));
                format!("{}{rc}, {rows} rows", subject.asked)
            }
            None => String::new(),
        }
    }

    fn target(&self, index: usize) -> Option<Target> {
        let index = index.checked_sub(self.head)?;
        match self.view.rows.get(index) {
            Some(row) => Some(Target::Step(row.step)),
            None => self.view.holders.get(index.checked_sub(self.view.rows.len() + 1)?)?.owner.map(Target::Object),
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let theme = self.ink.theme;
        let Some(subject) = &self.view.subject else {
            return self.ink.nothing("no object is chosen: Enter on a value, or :ledger NAME");
        };
        if let Some(index) = index.checked_sub(self.head) {
            return match self.view.rows.get(index) {
                Some(row) => self.change(row, index),
                None => match index.checked_sub(self.view.rows.len() + 1) {
                    None => TextLine::of(format!("Held by {} at this step", self.view.holders.len()), theme.title),
                    Some(index) => inspector::holder_line(&self.view.holders[index], &self.ink),
                },
            };
        }
        match index {
            0 => inspector::subject_line(subject, &self.ink),
            _ if index + 1 == self.head => {
                let mut caption = format!(" {:>width$} ", "step", width = self.step_width);
                for (word, width) in [("where", self.place_width), ("instruction", self.instruction_width)] {
                    if width > 0 {
                        caption += &format!("{word:<width$} ");
                    }
                }
                let sign = if self.ink.glyphs.is_ascii() { "+-" } else { " ±" };
                TextLine::of(caption + sign + "  rc  who", theme.dim)
            }
            1 if self.view.note.is_some() => TextLine::of(format!(" {}", self.view.note.as_deref().unwrap_or_default()), theme.dim),
            _ => TextLine::of(format!(" {} earlier rows are not kept", count(self.view.omitted as u64)), theme.dim),
        }
    }
}

//! The threads: who holds the GIL, who waits for what, tasks of event loops, and the timeline of hand-overs below. Enter on a
//! thread shows its frames, on a hand-over it goes to its instant.
//!
//! ```text
//!  GIL: thread 2, 1200 of 250000 instructions, 1 waiting, switch 7
//!  ▶ 2 Thread-1 (w)   GIL      w line 7
//!    1 MainThread     blocked  <module> line 14  waits for the end of a thread: 2
//!    10,400  1 → 2    blocked
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::count},
    view::{
        View,
        threads::{ThreadState, ThreadsView},
    },
};

pub struct Threads<'a> {
    view: &'a ThreadsView,
    ink: Ink<'a>,
}

/// What stands in a row.
enum Row {
    Deadlock(usize),
    Gil,
    Interval,
    Thread(usize),
    Task(usize),
    HandOver(usize),
    Nothing,
}

impl<'a> Threads<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        Threads { view: &view.threads, ink }
    }

    fn at(&self, index: usize) -> Row {
        let view = self.view;
        let mut left = index;
        for (rows, make) in [
            (view.deadlock.len(), Row::Deadlock as fn(usize) -> Row),
            (1, |_| Row::Gil),
            (1, |_| Row::Interval),
            (view.rows.len(), Row::Thread),
            (view.tasks.len(), Row::Task),
            (view.hand_overs.len(), Row::HandOver),
        ] {
            if left < rows {
                return make(left);
            }
            left -= rows;
        }
        Row::Nothing
    }
}

impl Content for Threads<'_> {
    fn rows(&self) -> usize {
        let view = self.view;
        2 + view.deadlock.len() + view.rows.len() + view.tasks.len() + view.hand_overs.len()
    }

    fn heading(&self) -> String {
        match self.view.rows.len() {
            0 | 1 => String::new(),
            rows => format!("{rows} threads"),
        }
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.at(index) {
            Row::Thread(row) => Some(Target::Thread(self.view.rows[row].id)),
            Row::HandOver(row) => Some(Target::Step(self.view.hand_overs[row].step)),
            _ => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        match self.at(index) {
            Row::Deadlock(row) => TextLine::of(format!(" {}", self.ink.legible(&self.view.deadlock[row])), theme.removed),
            Row::Gil => TextLine::of(format!(" {}", self.view.gil()), theme.text),
            Row::Interval => {
                // How far the holder is on its way to the end of the interval.
                let width = self.ink.width.saturating_sub(4).clamp(8, 40);
                let held = self.view.held.min(self.view.interval) * width as u64;
                let share = held.checked_div(self.view.interval).unwrap_or(0);
                let mut line = TextLine::of(" [", theme.dim).put("=".repeat(share as usize), theme.next);
                line.push(" ".repeat(width - share as usize), theme.dim);
                line.push("]", theme.dim);
                line
            }
            Row::Thread(row) => {
                let row = &self.view.rows[row];
                let style = match row.state {
                    ThreadState::Running => theme.next,
                    ThreadState::Ready => theme.text,
                    ThreadState::Blocked | ThreadState::Ended => theme.dim,
                };
                let mark = match row.state {
                    _ if self.view.looked_at == Some(row.id) => glyphs.selected,
                    ThreadState::Running => glyphs.next,
                    _ => " ",
                };
                let name_width = self.view.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0).min(24);
                let mut line = TextLine::of(mark, theme.next)
                    .put(format!("{:>2} ", row.id), theme.dim)
                    .put(format!("{:<name_width$}  ", row.name), style)
                    .put(format!("{:<8}", row.state.told()), style);
                if row.line > 0 {
                    line.push(format!("{} line {}", row.function, row.line), theme.text);
                }
                if !row.waits_for.is_empty() {
                    line.push(format!("  {}", row.told()), theme.changed);
                }
                line
            }
            Row::Task(row) => {
                let task = &self.view.tasks[row];
                let style = if task.state == "running" { theme.next } else { theme.text };
                TextLine::of(format!(" {}", self.ink.legible(&task.told())), style)
            }
            Row::HandOver(row) => {
                let row = &self.view.hand_overs[row];
                TextLine::of(format!(" {:>9}  ", count(row.step)), theme.dim)
                    .put(format!("{} {} {}", row.from, glyphs.arrow, row.to), theme.text)
                    .put(format!("  {}", row.why), theme.dim)
            }
            Row::Nothing => TextLine::new(),
        }
    }
}

//! The run from its start to what is known of it, on one to many rows: how deep the frames are, and what happened where.
//!
//! ```text
//! ▁▁▃▃▅▅▇▇┃▅▃▃▁▁▁▁▁▁▁▁▁     one row has all of it, events over depths
//! ──·──✗──●────▲──◇──···    with two the events have theirs; ▲ is what Left and Right move
//! ▲ step 250: exception     with three, words
//! ```

use ratatui::style::{Modifier, Style};

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::count},
    view::{
        TimelineView, View,
        timeline::{Column, EventKind, Scale},
    },
};

pub struct Timeline<'a> {
    view: &'a TimelineView,
    ink: Ink<'a>,
    scale: Scale,
    columns: Vec<Column>,
    /// The column where the program stands, and the one that is chosen.
    here: usize,
    chosen: Option<usize>,
    deepest: u32,
}

impl<'a> Timeline<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.timeline;
        let width = ink.width.max(1);
        let scale = view.scale(width);
        let columns = (0..width).map(|column| view.column(&scale, column)).collect();
        let chosen = ink.instant.map(|step| scale.column_of(step));
        Timeline { view, ink, scale, columns, here: scale.column_of(view.here), chosen, deepest: view.deepest() }
    }

    fn sign(&self, kind: EventKind) -> (&'static str, Style) {
        let Ink { theme, glyphs, .. } = self.ink;
        let style = match kind {
            EventKind::Mark => theme.next,
            EventKind::Stop => theme.breakpoint,
            EventKind::Raised => theme.error,
            EventKind::Collected => theme.changed,
            EventKind::Wrote => theme.live,
        };
        (glyphs.event(kind), style)
    }

    /// How high a column is, in parts of a row, of so many parts in all.
    fn level(&self, depth: u32, parts: usize) -> usize {
        match depth {
            0 => 0,
            _ => 1 + (depth as usize - 1) * (parts - 1) / (self.deepest.max(2) as usize - 1),
        }
    }

    /// A row of the chart; row 0 is the highest of so many.
    fn depths(&self, row: usize, rows: usize, with_events: bool) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let signs = glyphs.heights;
        let parts = signs.len() * rows;
        let under = (rows - 1 - row) * signs.len();
        let mut line = Cells::default();
        for (index, column) in self.columns.iter().enumerate() {
            let level = self.level(column.depth, parts).saturating_sub(under).min(signs.len());
            let is_known = column.instants.is_some();
            let event = column.events.first().filter(|_| with_events);
            let is_chosen = self.chosen == Some(index) && with_events;
            let (sign, style) = match event {
                _ if is_chosen => (glyphs.chosen, theme.cursor),
                _ if index == self.here => (glyphs.here, theme.next),
                Some((kind, _)) => self.sign(*kind),
                None if !is_known && row + 1 == rows => (glyphs.unknown, theme.dim),
                None if level == 0 => (" ", theme.text),
                None => (signs[level - 1], if index < self.here { theme.live } else { theme.dim }),
            };
            line.put(sign, style);
        }
        line.finish()
    }

    fn events(&self) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let mut line = Cells::default();
        for (index, column) in self.columns.iter().enumerate() {
            let (sign, style) = match column.events.first() {
                _ if self.chosen == Some(index) => (glyphs.chosen, theme.cursor),
                Some((EventKind::Mark, step)) => {
                    line.put(&self.initial(*step), self.sign(EventKind::Mark).1.add_modifier(Modifier::UNDERLINED));
                    continue;
                }
                Some((kind, _)) => self.sign(*kind),
                None if column.instants.is_none() => (glyphs.unknown, theme.dim),
                None if index == self.here => (glyphs.here, theme.next),
                None => (glyphs.timeline[2], theme.rule),
            };
            line.put(sign, style);
        }
        line.finish()
    }

    /// The first letter of a mark's name.
    fn initial(&self, step: u64) -> String {
        let name = self.view.marks.iter().find(|(it, _)| *it == step).and_then(|(_, name)| name.chars().next());
        name.filter(char::is_ascii_graphic).unwrap_or('\'').to_string()
    }

    /// What is chosen, in words; else what the signs mean.
    fn words(&self) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        if let Some(column) = self.chosen.and_then(|index| self.columns.get(index)) {
            let index = self.chosen.unwrap_or(0);
            let to = self.view.instant(&self.scale, index);
            let mut line = TextLine::of(glyphs.chosen, theme.cursor).put(format!(" step {}", count(to)), theme.message);
            line.push(format!("  depth {}", column.depth), theme.dim);
            for (kind, step) in &column.events {
                line.push("  ", theme.text);
                let name = self.view.marks.iter().find(|(it, _)| it == step && *kind == EventKind::Mark).map(|(_, name)| name.as_str());
                let (sign, style) = self.sign(*kind);
                line.push(if *kind == EventKind::Mark { "" } else { sign }, style);
                line.push(format!(" {} {}", kind.word(), name.unwrap_or(&count(*step))), theme.text);
            }
            return line.right(vec![("Enter".into(), theme.key), (" goes there".into(), theme.label)]);
        }
        let mut line = TextLine::of(glyphs.here, theme.next).put(" here", theme.dim);
        for kind in EventKind::ALL.into_iter().filter(|kind| self.columns.iter().any(|column| column.events.iter().any(|it| it.0 == *kind)))
        {
            let (sign, style) = self.sign(kind);
            line = line.put("  ", theme.text).put(if kind == EventKind::Mark { "a-z" } else { sign }, style);
            line.push(format!(" {}", kind.word()), theme.dim);
        }
        if !self.view.is_finished {
            line = line.put("  ", theme.text).put(glyphs.unknown, theme.dim).put(" not run yet", theme.dim);
        }
        line
    }
}

impl Content for Timeline<'_> {
    fn rows(&self) -> usize {
        self.ink.height.max(1)
    }

    fn heading(&self) -> String {
        let furthest = count(self.view.furthest);
        match self.view.is_finished {
            true => format!("{furthest} instructions, up to {} frames", self.deepest),
            false => format!("{furthest} so far, the end is not known"),
        }
    }

    fn target(&self, _index: usize) -> Option<Target> {
        self.chosen.map(|column| Target::Step(self.view.instant(&self.scale, column)))
    }

    fn row(&self, index: usize) -> TextLine {
        match (self.ink.height, index) {
            (0 | 1, _) => self.depths(0, 1, true),
            (2, 0) => self.depths(0, 1, false),
            (2, _) => self.events(),
            (height, index) if index + 1 == height => self.words(),
            (height, index) if index + 2 == height => self.events(),
            (height, index) => self.depths(index, height - 2, false),
        }
    }
}

/// Cells next to each other, those of one style in one piece.
#[derive(Default)]
struct Cells {
    line: TextLine,
    text: String,
    style: Style,
}

impl Cells {
    fn put(&mut self, sign: &str, style: Style) {
        if style != self.style {
            self.flush();
            self.style = style;
        }
        self.text.push_str(sign);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.line.push(std::mem::take(&mut self.text), self.style);
        }
    }

    fn finish(mut self) -> TextLine {
        self.flush();
        self.line
    }
}

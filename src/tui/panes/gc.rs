//! The collector: generations with bars towards their thresholds, what comes next, the last collections, the youngest
//! objects. Enter on a collection travels to it, on an object inspects it.
//!
//! ```text
//!    count of threshold          objects  runs  collected
//! 0    271 of 700  ███████·····      280     3         12
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{count, wrap},
    },
    view::{CollectionRow, GcView, GenerationRow, ValueView, View},
};

pub struct Gc<'a> {
    view: &'a GcView,
    ink: Ink<'a>,
    rows: Vec<Row<'a>>,
    bar: usize,
}

enum Row<'a> {
    Caption,
    Generation(usize, &'a GenerationRow),
    Text(String),
    Heading(&'static str),
    Collection(&'a CollectionRow),
    Object(&'a ValueView),
    Empty,
}

impl<'a> Gc<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.gc;
        let mut rows = vec![Row::Caption];
        rows.extend(view.generations.iter().enumerate().map(|(index, row)| Row::Generation(index, row)));
        let lines = |text: String| wrap(&text, ink.width.saturating_sub(2).max(10)).into_iter().map(Row::Text);
        rows.extend(lines(view.outlook()));
        let percent = (100 * view.long_lived_pending).checked_div(view.long_lived_total).unwrap_or(0);
        rows.extend(lines(format!(
            "25 % rule: {} new old objects to {} at the last full collection, {percent} %",
            count(view.long_lived_pending),
            count(view.long_lived_total)
        )));
        if view.frozen > 0 {
            rows.push(Row::Text(format!("{} objects are frozen", count(view.frozen as u64))));
        }
        rows.push(Row::Heading("Last collections"));
        rows.extend(view.collections.iter().map(Row::Collection));
        if view.collections.is_empty() {
            rows.push(Row::Empty);
        }
        rows.push(Row::Heading("Youngest objects"));
        rows.extend(view.youngest.iter().map(Row::Object));
        Gc { view, ink, rows, bar: ink.width.saturating_sub(52).min(30) }
    }

    fn generation(&self, index: usize, row: &GenerationRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let filled =
            if row.threshold == 0 { 0 } else { (row.count.min(row.threshold) as usize * self.bar).div_ceil(row.threshold as usize) };
        let (arrow, style) = match row.delta {
            0 => (" ", theme.refcount),
            1.. => (glyphs.up, theme.up),
            _ => (glyphs.down, theme.down),
        };
        let is_full = row.count > row.threshold;
        let mut line = TextLine::of(format!(" {index} "), theme.title).put(format!("{:>6}", row.count), style).put(arrow, style);
        line.push(format!("of {:<5}", row.threshold), theme.dim);
        if self.bar > 2 {
            let (full, empty) = glyphs.bar;
            line.push(full.repeat(filled), if is_full { theme.changed } else { theme.done });
            line.push(empty.repeat(self.bar - filled), theme.dim);
            line.push(" ", theme.text);
        }
        line.put(format!("{:>8} {:>5} {:>9}", count(row.objects as u64), count(row.collections), count(row.collected)), theme.text)
    }
}

impl Content for Gc<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn heading(&self) -> String {
        if self.view.enabled || self.view.generations.is_empty() { String::new() } else { "disabled".into() }
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.rows.get(index)? {
            Row::Collection(row) => Some(Target::Step(row.step)),
            Row::Object(value) => value.slot.map(Target::Object),
            _ => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        match &self.rows[index] {
            Row::Caption => {
                let bar = if self.bar > 2 { " ".repeat(self.bar + 1) } else { String::new() };
                TextLine::of(format!("    count of limit {bar}{:>8} {:>5} {:>9}", "objects", "runs", "collected"), theme.dim)
            }
            Row::Generation(index, row) => self.generation(*index, row),
            Row::Text(text) => TextLine::of(format!(" {text}"), theme.text),
            Row::Heading(text) => TextLine::of(*text, theme.title),
            Row::Empty => self.ink.nothing("none since the program began"),
            Row::Collection(row) => {
                let (mark, style) = if row.is_new { (glyphs.new, theme.new) } else { (" ", theme.text) };
                TextLine::of(mark, style).put(format!(" step {:>6}  generation {}  ", row.step, row.generation), style).put(
                    format!("{:>6} examined  {:>5} unreachable", count(row.examined as u64), count(row.unreachable as u64)),
                    theme.text,
                )
            }
            Row::Object(value) => {
                let mut line = TextLine::of("  ", theme.text).put(format!("{} ", value.type_name), theme.type_name);
                line.push(&value.text, theme.text);
                line.right(self.ink.serial(value)).right(self.ink.refcount(value.refcount, value.refcount_delta, 2))
            }
        }
    }
}

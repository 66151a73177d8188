//! A page of the heap: birth number, type, reference count, size, and the value; with room also the address and whether
//! the cyclic collector tracks the object.
//!
//! ```text
//!     #  type      rc   size  value
//! +  31  Node       1↑    48  <Node #31>
//! ```

use super::{Content, Ink, Target, digits};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{clean, count, cut, refcount},
    },
    view::{Change, HeapOrder, HeapRow, HeapView, TypeRow, View},
};

pub struct Heap<'a> {
    view: &'a HeapView,
    ink: Ink<'a>,
    serial_width: usize,
    type_width: usize,
    refcount_digits: usize,
    size_width: usize,
    /// Wide enough for these columns.
    with_gc: bool,
    with_address: bool,
}

impl<'a> Heap<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.heap;
        let longest_type = view.rows.iter().map(|row| row.type_name.chars().count()).max().unwrap_or(4);
        Heap {
            view,
            ink,
            serial_width: view.rows.iter().map(|row| row.serial.to_string().len()).max().unwrap_or(1).max(3),
            type_width: longest_type.clamp(4, (ink.width / 5).max(7)),
            refcount_digits: digits(view.rows.iter().map(|row| row.refcount)),
            size_width: digits(view.rows.iter().map(|row| row.size)).max(4),
            with_gc: ink.width >= 44,
            with_address: ink.width >= 68,
        }
    }

    /// `Node      1 000 000     48 000 000 bytes`
    fn type_row(&self, row: &TypeRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let (arrow, style) = match row.delta {
            0 => (" ", theme.text),
            1.. => (glyphs.up, theme.up),
            _ => (glyphs.down, theme.down),
        };
        let room = self.ink.width.saturating_sub(32).clamp(8, 40);
        TextLine::of(format!("  {:<room$} ", cut(&clean(&row.name), room, glyphs.ellipsis)), theme.type_name)
            .put(format!("{:>10}", count(row.count)), if row.delta == 0 { theme.refcount } else { style })
            .put(arrow, style)
            .put(format!(" {:>14}", count(row.bytes)), theme.dim)
    }

    fn caption(&self) -> TextLine {
        if !self.view.types.is_empty() {
            let room = self.ink.width.saturating_sub(32).clamp(8, 40);
            return TextLine::of(format!("  {:<room$} {:>10}  {:>14}", "type", "objects", "bytes"), self.ink.theme.dim);
        }
        let mut text = format!(
            "  {:>serial$} {:<types$} {:>rc$}  {:>size$} ",
            "#",
            "type",
            "rc",
            "size",
            serial = self.serial_width,
            types = self.type_width,
            rc = self.refcount_digits,
            size = self.size_width
        );
        if self.with_gc {
            text.push_str("gc ");
        }
        if self.with_address {
            text.push_str(&format!("{:<14} ", "address"));
        }
        TextLine::of(text + "value", self.ink.theme.dim)
    }

    fn object(&self, row: &HeapRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let removed = row.change == Change::Removed;
        let style = |other| if removed { theme.removed } else { other };
        let (mark, mark_style) = self.ink.mark(&row.change);
        let (arrow, arrow_style) = match row.refcount_delta {
            0 => (" ", theme.text),
            1.. => (glyphs.up, theme.up),
            _ => (glyphs.down, theme.down),
        };
        let refcount_style = if row.refcount_delta == 0 { style(theme.refcount) } else { arrow_style };
        let type_name = clean(&row.type_name);
        // Small numbers are known by their value.
        let serial = if row.serial == 0 { String::new() } else { row.serial.to_string() };
        let mut line = TextLine::of(mark, mark_style)
            .put(format!(" {:>width$} ", serial, width = self.serial_width), theme.serial)
            .put(format!("{:<width$} ", cut(&type_name, self.type_width, glyphs.ellipsis), width = self.type_width), style(theme.type_name))
            .put(format!("{:>width$}", refcount(row.refcount), width = self.refcount_digits), refcount_style)
            .put(arrow, arrow_style)
            .put(format!(" {:>width$} ", row.size, width = self.size_width), theme.dim);
        if self.with_gc {
            line.push(row.generation.map_or("   ".into(), |generation| format!("g{generation} ")), theme.dim);
        }
        if self.with_address {
            line.push(format!("{:<#14x} ", row.address), theme.dim);
        }
        if let Change::Changed { old } = &row.change {
            line.push(cut(old, (self.ink.width / 4).max(6), glyphs.ellipsis), theme.dim);
            line.push(format!(" {} ", glyphs.arrow), theme.dim);
        }
        line.push(&row.text, self.ink.value_style(&row.change));
        line
    }
}

impl Content for Heap<'_> {
    /// The caption, then the page. The page is what the request asked for, so it scrolls by asking again.
    fn rows(&self) -> usize {
        self.view.rows.len().max(self.view.types.len()).max(1) + 1
    }

    fn anchor(&self) -> Option<usize> {
        self.view.rows.iter().position(|row| row.change != Change::None || row.refcount_delta != 0).map(|index| index + 1)
    }

    fn heading(&self) -> String {
        if self.view.objects == 0 {
            return String::new();
        }
        let order = match self.view.order {
            HeapOrder::Age => String::new(),
            order => format!(" by {}", order.name()),
        };
        match self.view.types.is_empty() {
            true => format!("{} of {} objects{order}", count(self.view.matching as u64), count(self.view.objects as u64)),
            false => format!("{} types, {} bytes{order}", count(self.view.matching as u64), count(self.view.bytes)),
        }
    }

    fn target(&self, index: usize) -> Option<Target> {
        if !self.view.types.is_empty() {
            return index.checked_sub(1).filter(|&row| row < self.view.types.len()).map(Target::HeapType);
        }
        let row = self.view.rows.get(index.checked_sub(1)?)?;
        (row.change != Change::Removed).then_some(Target::Object(row.slot))
    }

    fn row(&self, index: usize) -> TextLine {
        match index.checked_sub(1) {
            None => self.caption(),
            Some(index) if !self.view.types.is_empty() => match self.view.types.get(index) {
                Some(row) => self.type_row(row),
                None => TextLine::new(),
            },
            Some(index) => match self.view.rows.get(index) {
                Some(row) => self.object(row),
                None => self.ink.nothing("no objects of the program yet"),
            },
        }
    }
}

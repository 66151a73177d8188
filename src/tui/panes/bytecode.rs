//! The disassembly, as `dis` prints it, with the instruction pointer and the live operand.
//!
//! ```text
//! ● 21 ▷   24 LOAD_CONST     1 (1)
//!      ▶   26 BINARY_OP      0 (+)  → 3, 1
//!       »  30 RETURN_VALUE
//! ```

use ratatui::style::Style;

use super::{Content, Ink};
use crate::{
    tui::widgets::{line::TextLine, text::width},
    view::{BytecodeRow, BytecodeView, HeatView, View},
};

pub struct Bytecode<'a> {
    view: &'a BytecodeView,
    ink: Ink<'a>,
    over: bool,
    line_width: usize,
    offset_width: usize,
    opname_width: usize,
    heat: &'a HeatView,
    heat_width: usize,
}

impl<'a> Bytecode<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let over = view.status.is_over();
        let (view, heat) = (&view.bytecode, &view.heat);
        let rows = &view.listing.rows;
        let longest = rows.iter().map(|row| row.opname.len()).max().unwrap_or(0);
        Bytecode {
            view,
            ink,
            over,
            line_width: rows.iter().filter_map(|row| row.line).max().map_or(2, |line| line.to_string().len().max(2)),
            offset_width: rows.last().map_or(3, |row| row.offset.to_string().len().max(3)),
            heat,
            heat_width: super::heat_width(heat.offsets.values()),
            // Long names such as LIST_TO_TUPLE may push their argument aside, where the pane is narrow.
            opname_width: longest.min((ink.width / 3).max(12)),
        }
    }

    fn instruction(&self, row: &BytecodeRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let is_next = self.view.next == Some(row.offset);
        let is_done = self.view.executed == Some(row.offset);
        let mut line = TextLine::new();
        line.push(if self.view.breakpoints.contains(&row.offset) { glyphs.breakpoint } else { " " }, theme.breakpoint);
        let number = row.line_start.map(|number| number.to_string()).unwrap_or_default();
        line.push(format!("{number:>width$} ", width = self.line_width), theme.dim);
        if self.heat_width > 0 {
            line.push(super::heat_text(self.heat.offsets.get(&row.offset), self.heat_width), theme.refcount);
        }
        let (mark, mark_style) = match (is_next, is_done) {
            (true, _) => (glyphs.next, theme.next),
            (_, true) => (glyphs.done, theme.done),
            _ => (" ", Style::new()),
        };
        line.push(mark, mark_style);
        line.push(if row.is_jump_target { glyphs.jump_target } else { " " }, theme.done);
        line.push(format!("{:>width$} ", row.offset, width = self.offset_width), theme.dim);
        let emphasis = match (is_next, is_done) {
            (true, _) => theme.next,
            (_, true) => theme.done,
            _ => theme.opname,
        };
        line.push(&row.opname, emphasis);
        if let Some(arg) = row.arg {
            line = line.pad_to(self.gutter() + self.opname_width);
            let text = if row.argtext.is_empty() { String::new() } else { format!(" ({})", row.argtext) };
            let number = format!(" {arg:>2}");
            // Where there is no room for both, the resolved argument says more.
            if text.is_empty() || line.width() + number.len() + width(&text) <= self.ink.width {
                line.push(number, if is_next { emphasis } else { theme.dim });
            }
            line.push(text, if is_next { emphasis } else { theme.variable });
        }
        if is_next && let Some(live) = &self.view.live_operand {
            let sign = if self.view.is_loaded { glyphs.arrow } else { glyphs.operand };
            line.push(format!("  {sign} "), theme.dim);
            line.push(live, theme.live);
        }
        line
    }
}

impl Content for Bytecode<'_> {
    fn rows(&self) -> usize {
        let table = self.view.listing.exception_table.len();
        (self.view.listing.rows.len() + if table > 0 { table + 1 } else { 0 }).max(1)
    }

    fn anchor(&self) -> Option<usize> {
        self.view.listing.row_at(self.view.next.or(self.view.executed)?)
    }

    fn heading(&self) -> String {
        self.view.listing.code_name.clone()
    }

    fn gutter(&self) -> usize {
        self.line_width + self.offset_width + 5 + self.heat_width
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let listing = &self.view.listing;
        if let Some(row) = listing.rows.get(index) {
            return self.instruction(row);
        }
        match index.checked_sub(listing.rows.len() + 1).and_then(|index| listing.exception_table.get(index)) {
            Some(row) => {
                let lasti = if row.lasti { " lasti" } else { "" };
                let text = format!("   {} to {} {} {} [{}]{lasti}", row.start, row.end, glyphs.arrow, row.target, row.depth);
                TextLine::of(text, theme.dim)
            }
            None if listing.rows.is_empty() && self.over => self.ink.nothing("the program has ended; I goes back"),
            None if listing.rows.is_empty() => self.ink.nothing("no bytecode here"),
            None => TextLine::of(" Exception table: from to target [depth]", theme.title),
        }
    }
}

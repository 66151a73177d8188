//! The disassembly, as `dis` prints it, with the instruction pointer and the live operand; on demand the forms that running
//! code has in the place of its instructions, and their caches.
//!
//! ```text
//! ● 21 ▷   24 LOAD_CONST     1 (1)
//!      ▶   26 BINARY_OP      0 (+)        ◆ BINARY_OP_ADD_INT  → 3, 1
//!       »  30 RETURN_VALUE
//! ```
//!
//! Where there is no room for both, the form stands in the place of the instruction.

use ratatui::style::Style;

use super::{Content, Ink};
use crate::{
    tui::widgets::{line::TextLine, text::width},
    view::{BytecodeRow, BytecodeView, CacheCell, Extent, FormHeat, FormKind, FormRow, HeatView, View},
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
    /// Of the hits and misses of forms.
    form_heat_width: usize,
    /// Where the forms begin, if they stand beside the instructions.
    forms_at: Option<usize>,
    /// The lines with caches between them: the instruction, and whether its cache is meant. Empty where there are none.
    lines: Vec<(usize, bool)>,
}

impl<'a> Bytecode<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let over = view.status.is_over();
        let (view, heat) = (&view.bytecode, &view.heat);
        let rows = &view.listing.rows;
        let Extent { opname: longest, line: last_line } = view.listing.extent();
        let mut made = Bytecode {
            view,
            ink,
            over,
            line_width: last_line.map_or(2, |line| line.to_string().len().max(2)),
            offset_width: rows.last().map_or(3, |row| row.offset.to_string().len().max(3)),
            heat,
            heat_width: super::heat_width(heat.offsets.values()),
            form_heat_width: heat.forms.values().map(|form| form_heat_text(form).len() + 1).max().unwrap_or(0),
            // Long names such as LIST_TO_TUPLE may push their argument aside, where the pane is narrow.
            opname_width: longest.min((ink.width / 3).max(12)),
            forms_at: None,
            lines: Vec::new(),
        };
        if !view.forms.is_empty() {
            made.place_forms(longest);
        }
        if (0..view.forms.len()).any(|index| view.has_cache_line(index)) {
            for index in 0..rows.len() {
                made.lines.push((index, false));
                if view.has_cache_line(index) {
                    made.lines.push((index, true));
                }
            }
        }
        made
    }

    /// Beside the instructions, if there is room for that.
    fn place_forms(&mut self, longest: usize) {
        let rows = &self.view.listing.rows;
        let argument = |row: &BytecodeRow| row.arg.map_or(0, |_| if row.argtext.is_empty() { 3 } else { 6 + width(&row.argtext) });
        let arguments = rows.iter().map(argument).max().unwrap_or(0).min(26);
        let form = rows.iter().zip(&self.view.forms).filter(|(row, form)| row.opname != form.opname).map(|(_, form)| form.opname.len());
        let form = form.max().unwrap_or(0);
        let at = self.gutter() + longest + arguments + 2;
        if at + form + 4 <= self.ink.width {
            self.opname_width = longest;
            self.forms_at = Some(at);
        } else {
            self.opname_width = self.view.forms.iter().map(|form| form.opname.len()).max().unwrap_or(0).min(self.ink.width / 2).max(12);
        }
    }

    fn form_style(&self, form: &FormRow) -> (&'a str, Style) {
        let Ink { theme, glyphs, .. } = self.ink;
        match form.kind {
            FormKind::Plain => (" ", theme.opname),
            FormKind::Quick => (if form.opname.contains("__") { glyphs.fused } else { " " }, theme.opname),
            FormKind::Adaptive => (glyphs.adaptive, theme.adaptive),
            FormKind::Specialized => (glyphs.specialized, theme.specialized),
        }
    }

    /// The mark of a form, and that of a change before it: two cells.
    fn push_form_mark(&self, line: &mut TextLine, form: &FormRow) {
        let Ink { theme, glyphs, .. } = self.ink;
        let (mark, style) = self.form_style(form);
        line.push(if form.is_changed { glyphs.changed } else { " " }, theme.changed);
        line.push(mark, style);
    }

    fn instruction(&self, index: usize, row: &BytecodeRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let is_next = self.view.next == Some(row.offset);
        let is_done = self.view.executed == Some(row.offset);
        let form = self.view.forms.get(index);
        let mut line = TextLine::new();
        line.push(if self.view.breakpoints.contains(&row.offset) { glyphs.breakpoint } else { " " }, theme.breakpoint);
        let number = row.line_start.map(|number| number.to_string()).unwrap_or_default();
        line.push(format!("{number:>width$} ", width = self.line_width), theme.dim);
        if self.heat_width > 0 {
            line.push(super::heat_text(self.heat.offsets.get(&row.offset), self.heat_width), theme.refcount);
        }
        if self.form_heat_width > 0 {
            self.push_form_heat(&mut line, row.offset);
        }
        let (mark, mark_style) = match (is_next, is_done) {
            (true, _) => (glyphs.next, theme.next),
            (_, true) => (glyphs.done, theme.done),
            _ => (" ", Style::new()),
        };
        line.push(mark, mark_style);
        line.push(if row.is_jump_target { glyphs.jump_target } else { " " }, theme.done);
        line.push(format!("{:>width$}", row.offset, width = self.offset_width), theme.dim);
        let emphasis = match (is_next, is_done) {
            (true, _) => theme.next,
            (_, true) => theme.done,
            _ => theme.opname,
        };
        let in_place = form.filter(|_| self.forms_at.is_none());
        match in_place {
            Some(form) => {
                self.push_form_mark(&mut line, form);
                let style = if form.is_changed { theme.changed } else { self.form_style(form).1 };
                line.push(" ", theme.text);
                line.push(form.opname, if form.kind == FormKind::Plain { emphasis } else { style });
            }
            None => {
                line.push(" ", theme.text);
                line.push(&row.opname, emphasis);
            }
        }
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
        if let (Some(at), Some(form)) = (self.forms_at, form.filter(|form| form.opname != row.opname)) {
            line = line.pad_to(at);
            self.push_form_mark(&mut line, form);
            let style = if form.is_changed { theme.changed } else { self.form_style(form).1 };
            line.push(" ", theme.text);
            line.push(form.opname, style);
        }
        if is_next && let Some(live) = &self.view.live_operand {
            let sign = if self.view.is_loaded { glyphs.arrow } else { glyphs.operand };
            line.push(format!("  {sign} "), theme.dim);
            line.push(live, theme.live);
        }
        line
    }

    /// `118/3`: hits and misses.
    fn push_form_heat(&self, line: &mut TextLine, offset: u32) {
        let theme = self.ink.theme;
        let Some(form) = self.heat.forms.get(&offset) else {
            return line.push(" ".repeat(self.form_heat_width), theme.text);
        };
        let text = form_heat_text(form);
        let style = if form.misses > form.hits { theme.down } else { theme.up };
        line.push(format!("{text:>width$} ", width = self.form_heat_width - 1), style);
    }

    /// The numbers of an inline cache, with shorter names where there is little room.
    fn cache(&self, index: usize) -> TextLine {
        let cells = self.view.forms.get(index).map_or(&[][..], |form| &form.cache);
        let indent = self.gutter() + 2;
        if self.ink.width >= indent + LONGEST_CACHE {
            return self.cache_line(cells, indent, |cell| (cell.name, &cell.text));
        }
        self.cache_line(cells, 4, |cell| match cell.name {
            "counter" => ("", cell.text.rsplit(": ").next().unwrap_or_default()),
            name => (name.strip_suffix("_version").unwrap_or(name), &cell.text),
        })
    }

    fn cache_line<'c>(&self, cells: &'c [CacheCell], indent: usize, shown: impl Fn(&'c CacheCell) -> (&'c str, &'c str)) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let mut line = TextLine::new().pad_to(indent);
        for (number, (name, text)) in cells.iter().map(shown).enumerate() {
            line.push(if number == 0 { String::new() } else { format!(" {} ", glyphs.empty_slot) }, theme.dim);
            line.push(if name.is_empty() { String::new() } else { format!("{name} ") }, theme.dim);
            line.push(text, theme.refcount);
        }
        line
    }
}

/// Columns that the cache of a LOAD_METHOD takes with its names in full.
const LONGEST_CACHE: usize = 88;

fn form_heat_text(form: &FormHeat) -> String {
    format!("{}/{}", form.hits, form.misses)
}

impl Content for Bytecode<'_> {
    fn rows(&self) -> usize {
        let table = self.view.listing.exception_table.len();
        (self.lines() + if table > 0 { table + 1 } else { 0 }).max(1)
    }

    fn anchor(&self) -> Option<usize> {
        let index = self.view.listing.row_at(self.view.next.or(self.view.executed)?)?;
        Some(if self.lines.is_empty() { index } else { self.view.line_of(index) })
    }

    fn heading(&self) -> String {
        match self.view.warm_up {
            Some(left) => format!("{}, warm after {left} more", self.view.listing.code_name),
            None => self.view.listing.code_name.clone(),
        }
    }

    fn gutter(&self) -> usize {
        let in_place = !self.view.forms.is_empty() && self.forms_at.is_none();
        self.line_width + self.offset_width + 5 + self.heat_width + self.form_heat_width + if in_place { 2 } else { 0 }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let listing = &self.view.listing;
        let (instruction, is_cache) = self.lines.get(index).copied().unwrap_or((index, false));
        if is_cache {
            return self.cache(instruction);
        }
        if index < self.lines()
            && let Some(row) = listing.rows.get(instruction)
        {
            return self.instruction(instruction, row);
        }
        match index.checked_sub(self.lines() + 1).and_then(|index| listing.exception_table.get(index)) {
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

impl Bytecode<'_> {
    /// Instructions and caches.
    fn lines(&self) -> usize {
        self.lines.len().max(self.view.listing.rows.len())
    }
}

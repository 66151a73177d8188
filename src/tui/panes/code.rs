//! The code browser: the tree of code objects, or one of them with its functions, its frames, its instructions and tables.
//!
//! ```text
//! ‹ all code objects
//! PyCodeObject total #12, a function
//!   48  co_flags      0x3 = OPTIMIZED, NEWLOCALS
//!   68  co_stacksize  4
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::width},
    view::{
        BytecodeRow, FormRow, View,
        code::{CodeField, CodeRow, CodeTarget, CodeView},
    },
};

pub struct Code<'a> {
    view: &'a CodeView,
    ink: Ink<'a>,
    rows: Vec<Row<'a>>,
    name_width: usize,
    opname_width: usize,
}

enum Row<'a> {
    Back,
    Heading(String),
    Code(&'a CodeRow),
    Field(&'a CodeField),
    Instruction(&'a BytecodeRow, Option<&'a FormRow>),
    Nothing(String),
}

impl<'a> Code<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.code;
        let mut rows: Vec<Row<'a>> = Vec::new();
        let mut name_width = view.rows.iter().map(|row| 2 * row.depth + width(&row.name)).max().unwrap_or(0);
        let mut opname_width = 0;
        if let Some(detail) = &view.chosen {
            let sections = || detail.sections.iter().chain(&detail.tables);
            let fields = sections().flat_map(|section| &section.fields);
            name_width = fields.map(|field| width(&field.name)).max().unwrap_or(0);
            opname_width = detail.listing.rows.iter().map(|row| row.opname.len()).max().unwrap_or(0);
            rows.push(Row::Back);
            for (index, section) in sections().enumerate() {
                if index == detail.sections.len() {
                    rows.push(Row::Heading(format!("{} instructions", detail.listing.rows.len())));
                    let form = |index: usize| detail.forms.get(index);
                    rows.extend(detail.listing.rows.iter().enumerate().map(|(index, row)| Row::Instruction(row, form(index))));
                }
                rows.push(Row::Heading(section.title.clone()));
                rows.extend(section.fields.iter().map(Row::Field));
            }
        } else if view.rows.is_empty() {
            rows.push(Row::Nothing("no code object is alive: the program has ended".into()));
        } else {
            rows.extend(view.rows.iter().map(Row::Code));
            if view.omitted > 0 {
                rows.push(Row::Nothing(format!(
                    "and {} more: :code NAME finds them, and so do the constants of those above",
                    view.omitted
                )));
            }
        }
        Code { view, ink, rows, name_width: name_width.clamp(8, (ink.width / 2).max(12)), opname_width }
    }

    fn code(&self, row: &CodeRow) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let (mark, style) = match (row.is_current, row.frames) {
            (true, _) => (glyphs.next, theme.next),
            (_, 1..) => (glyphs.selected, theme.dim),
            _ => (" ", theme.text),
        };
        let mut line = TextLine::of(mark, style).put(" ".repeat(2 * row.depth + 1), theme.text);
        line.push(&row.name, if row.is_current { theme.next } else { theme.definition });
        let mut line = line.pad_to(self.name_width + 4).put(format!("{:<11}", row.kind), theme.type_name);
        line.push(format!("{:>4} instructions", row.instructions), theme.text);
        if row.functions > 0 {
            line.push(if row.functions == 1 { ", 1 function".into() } else { format!(", {} functions", row.functions) }, theme.text);
        }
        // One frame is what the mark says.
        if row.frames > 1 {
            line.push(format!(", {} frames", row.frames), theme.next);
        }
        line.right(vec![(format!("{}:", row.file), theme.dim), (row.line.to_string(), theme.variable)])
    }

    fn field(&self, field: &CodeField) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let offset = field.offset.map_or(String::new(), |offset| offset.to_string());
        let line = TextLine::of(format!(" {offset:>4}  "), theme.dim);
        let is_item = field.offset.is_none() && field.name.starts_with(['[', ' ']);
        let mut line = line.put(if is_item { "  " } else { "" }, theme.text).put(&field.name, theme.variable).pad_to(self.name_width + 10);
        if field.target.is_some() {
            line.push(format!("{} ", glyphs.arrow), theme.dim);
        }
        line.put(self.ink.legible(&field.text), theme.text)
    }

    fn instruction(&self, row: &BytecodeRow, form: Option<&FormRow>) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let is_next = self.view.chosen.as_ref().is_some_and(|detail| detail.next == Some(row.offset));
        let number = row.line_start.map_or(String::new(), |line| line.to_string());
        let mut line = TextLine::of(format!("{number:>5} "), theme.dim).put(if is_next { glyphs.next } else { " " }, theme.next);
        line.push(if row.is_jump_target { glyphs.jump_target } else { " " }, theme.done);
        line.push(format!("{:>4} ", row.offset), theme.dim);
        line.push(&row.opname, if is_next { theme.next } else { theme.opname });
        let form =
            form.filter(|form| form.opname != row.opname).map(|form| (format!("  {} {}", glyphs.arrow, form.opname), theme.specialized));
        let Some(arg) = row.arg else {
            form.into_iter().for_each(|(text, style)| line.push(text, style));
            return line;
        };
        let mut line = line.pad_to(14 + self.opname_width).put(format!("{arg:>3}"), theme.dim);
        if !row.argtext.is_empty() {
            line.push(format!(" ({})", row.argtext), theme.variable);
        }
        form.into_iter().for_each(|(text, style)| line.push(text, style));
        line
    }
}

impl Content for Code<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn anchor(&self) -> Option<usize> {
        match &self.view.chosen {
            Some(_) => Some(0),
            None => self.view.rows.iter().position(|row| row.is_current),
        }
    }

    fn heading(&self) -> String {
        match &self.view.chosen {
            Some(detail) => detail.name.clone(),
            None => format!("{} code objects", self.view.rows.len() + self.view.omitted),
        }
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.rows.get(index)? {
            Row::Back => Some(Target::Codes),
            Row::Code(row) => Some(Target::Code(row.slot)),
            Row::Field(field) => field.target.map(|target| match target {
                CodeTarget::Code(slot) => Target::Code(slot),
                CodeTarget::Object(slot) => Target::Object(slot),
            }),
            _ => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let theme = self.ink.theme;
        match &self.rows[index] {
            Row::Back => TextLine::of(if self.ink.glyphs.is_ascii() { "< all code objects" } else { "‹ all code objects" }, theme.key),
            Row::Heading(text) => TextLine::of(text, theme.message),
            Row::Code(row) => self.code(row),
            Row::Field(field) => self.field(field),
            Row::Instruction(row, form) => self.instruction(row, *form),
            Row::Nothing(text) => self.ink.nothing(text),
        }
    }
}

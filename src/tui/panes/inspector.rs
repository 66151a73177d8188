//! One object taken apart: who it is, its memory with offsets, what it consists of, who holds it.
//!
//! ```text
//! xs  list #5  rc 2  [1, 2]
//! at 0x7f3a0001a2c0, 72 bytes, gc generation 0
//! Held by 2
//!   name     global xs
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::count},
    view::{
        Holder, InspectorView, Part, Subject, View,
        layout::{Field, Part as FieldPart},
    },
};

pub struct Inspector<'a> {
    view: &'a InspectorView,
    ink: Ink<'a>,
    rows: Vec<Row<'a>>,
    part_width: usize,
    field_width: usize,
}

enum Row<'a> {
    Nothing(&'static str),
    Subject(&'a Subject),
    Place,
    Heading(String),
    Field(&'a Field),
    More(usize),
    Part(&'a Part),
    Holder(&'a Holder),
}

impl<'a> Inspector<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.inspector;
        let mut rows = Vec::new();
        match &view.subject {
            None => rows.push(Row::Nothing("no object is chosen: Enter on a value, or :inspect NAME")),
            Some(subject) => {
                rows.push(Row::Subject(subject));
                if subject.refcount.is_some() {
                    rows.push(Row::Place);
                    rows.push(Row::Heading(format!("Held by {}", view.holders.len())));
                    rows.extend(view.holders.iter().map(Row::Holder));
                    let is_heading = view.parts.first().is_none_or(|part| part.text.is_empty());
                    if !is_heading {
                        rows.push(Row::Heading("Content".into()));
                    }
                    rows.extend(view.parts.iter().map(Row::Part));
                    for block in &view.memory {
                        let address = block.address.map_or(String::new(), |address| format!(" at {address:#x}"));
                        rows.push(Row::Heading(format!("{}{address}, {} bytes", block.name, count(block.size))));
                        rows.extend(block.fields.iter().map(Row::Field));
                        if block.more > 0 {
                            rows.push(Row::More(block.more));
                        }
                    }
                }
            }
        }
        let part_width = view.parts.iter().filter(|part| !part.text.is_empty()).map(|part| part.name.chars().count()).max().unwrap_or(4);
        let fields = view.memory.iter().flat_map(|block| &block.fields);
        let field_width = fields.map(|field| field.name.chars().count()).max().unwrap_or(4).clamp(4, (ink.width / 3).max(8));
        Inspector { view, ink, rows, field_width, part_width: part_width.clamp(4, (ink.width / 3).max(8)) }
    }
}

/// `xs  list #5  rc 2  [1, 2]`
pub(super) fn subject_line(subject: &Subject, ink: &Ink<'_>) -> TextLine {
    let theme = ink.theme;
    let mut line = TextLine::of(" ", theme.text);
    // An object that was asked for by its number has no other name.
    if subject.serial.is_none_or(|serial| subject.asked != format!("#{serial}")) {
        line = line.put(&subject.asked, theme.message).put("  ", theme.text);
    }
    let Some(refcount) = subject.refcount else { return line.put("is not alive at this step", theme.dim) };
    line = line.put(&subject.type_name, theme.type_name);
    if let Some(serial) = subject.serial {
        line.push(format!(" #{serial}"), theme.serial);
    }
    line.put("  rc ", theme.dim).put(count(refcount), theme.refcount).put("  ", theme.text).put(&subject.text, theme.text)
}

pub(super) fn holder_line(holder: &Holder, ink: &Ink<'_>) -> TextLine {
    TextLine::of(format!("  {:<8}", holder.kind.word()), ink.theme.dim).put(&holder.text, ink.theme.text)
}

impl Content for Inspector<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn heading(&self) -> String {
        self.view.subject.as_ref().map(|subject| subject.asked.clone()).unwrap_or_default()
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.rows.get(index)? {
            Row::Part(part) => part.slot.map(Target::Object),
            Row::Holder(holder) => holder.owner.map(Target::Object),
            _ => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let theme = self.ink.theme;
        match &self.rows[index] {
            Row::Nothing(text) => self.ink.nothing(text),
            Row::Subject(subject) => subject_line(subject, &self.ink),
            Row::Place => {
                let gc = match self.view.generation {
                    Some(generation) => format!("gc generation {generation}"),
                    None => "not tracked by the gc".into(),
                };
                TextLine::of(format!(" at {:#x}, {} bytes, {gc}", self.view.address, count(self.view.size)), theme.dim)
            }
            Row::Heading(text) => TextLine::of(text, theme.title),
            Row::Field(field) => {
                let is_front = matches!(field.part, FieldPart::Managed | FieldPart::Collector | FieldPart::Spare);
                let (name, text) = if is_front { (theme.dim, theme.dim) } else { (theme.variable, theme.text) };
                let line = TextLine::of(format!("  {:>4} {:>3}  ", field.offset, field.size), theme.dim);
                let mut line = line.put(&field.name, name).pad_to(self.field_width + 14);
                if field.pointer.is_some() {
                    line.push(format!("{} ", self.ink.glyphs.arrow), theme.dim);
                }
                line.push(&field.text, text);
                match field.serial {
                    Some(serial) if !field.text.contains('#') => line.put(format!(" #{serial}"), theme.serial),
                    _ => line,
                }
            }
            Row::More(count) => TextLine::of(format!("  {count} more"), theme.dim),
            Row::Part(part) if part.text.is_empty() => TextLine::of(capitalized(&part.name), theme.title),
            Row::Part(part) => TextLine::of("  ", theme.text)
                .put(&part.name, theme.variable)
                .pad_to(self.part_width + 4)
                .put(self.ink.legible(&part.text), if part.slot.is_some() { theme.text } else { theme.dim }),
            Row::Holder(holder) => holder_line(holder, &self.ink),
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

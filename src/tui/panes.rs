//! The panes. All have one shape: a [`Content`] made of the view, a list of rows of which a window is drawn.
//!
//! `panes/value_stack.rs` draws what `view/value_stack.rs` holds, and so on: a file there, a file here.

pub mod allocator;
pub mod breakpoints;
pub mod bytecode;
pub mod call_stack;
pub mod calls;
pub mod code;
pub mod gc;
pub mod graph;
pub mod heap;
pub mod inspector;
pub mod ledger;
pub mod lesson;
pub mod micro;
pub mod output;
pub mod pipeline; // a screen of its own
pub mod source;
pub mod threads;
pub mod timeline;
pub mod value_stack;
pub mod variables;

use std::borrow::Cow;

use ratatui::style::Style;

use super::{
    glyphs::Glyphs,
    theme::Theme,
    widgets::{
        edit::Edit,
        line::TextLine,
        text::{cut, refcount},
    },
};
use crate::view::{Change, PaneKind, ValueView, View};

/// What a pane shows.
pub trait Content {
    fn rows(&self) -> usize;

    fn row(&self, index: usize) -> TextLine;

    /// The row that should be in sight as long as nobody scrolls.
    fn anchor(&self) -> Option<usize> {
        None
    }

    /// Where Enter on a row leads.
    fn target(&self, _index: usize) -> Option<Target> {
        None
    }

    /// A few words at the right end of the pane's rule.
    fn heading(&self) -> String {
        String::new()
    }

    /// Columns of the anchor's row that should be in sight as long as nobody scrolls.
    fn reveal(&self) -> Option<(usize, std::ops::Range<usize>)> {
        None
    }

    /// Cells at the left that don't scroll sideways with the rest.
    fn gutter(&self) -> usize {
        0
    }
}

/// Where Enter leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the Inspector, with the object in that slot.
    Object(u32),
    /// Into the code browser, with the code object in that slot; to all of them.
    Code(u32),
    Codes,
    /// To another instant.
    Step(u64),
    /// To the frames of a thread.
    Thread(u32),
    /// To the blocks of the pool at that address.
    Pool(u64),
    /// To the objects of the type in that row of the heap.
    HeapType(usize),
}

/// With what to draw.
#[derive(Clone, Copy)]
pub struct Ink<'a> {
    pub theme: &'a Theme,
    pub glyphs: &'a Glyphs,
    /// Columns of the pane.
    pub width: usize,
    /// Rows of the pane, without its rule.
    pub height: usize,
    /// The line being typed for `input()`.
    pub typing: Option<&'a Edit>,
    /// The row under the cursor.
    pub cursor: Option<usize>,
    /// The instant that is chosen in the Timeline.
    pub instant: Option<u64>,
}

/// The content of a pane.
pub fn content<'a>(kind: PaneKind, view: &'a View, ink: Ink<'a>) -> Box<dyn Content + 'a> {
    match kind {
        PaneKind::Source => Box::new(source::Source::new(view, ink)),
        PaneKind::Bytecode => Box::new(bytecode::Bytecode::new(view, ink)),
        PaneKind::ValueStack => Box::new(value_stack::ValueStack::new(view, ink)),
        PaneKind::CallStack => Box::new(call_stack::CallStack::new(view, ink)),
        PaneKind::Variables => Box::new(variables::Variables::new(view, ink)),
        PaneKind::Heap => Box::new(heap::Heap::new(view, ink)),
        PaneKind::Inspector => Box::new(inspector::Inspector::new(view, ink)),
        PaneKind::Ledger => Box::new(ledger::Ledger::new(view, ink)),
        PaneKind::Allocator => Box::new(allocator::Allocator::new(view, ink)),
        PaneKind::Graph => Box::new(graph::Graph::new(view, ink)),
        PaneKind::Gc => Box::new(gc::Gc::new(view, ink)),
        PaneKind::Micro => Box::new(micro::Micro::new(view, ink)),
        PaneKind::Breakpoints => Box::new(breakpoints::Breakpoints::new(view, ink)),
        PaneKind::Calls => Box::new(calls::Calls::new(view, ink)),
        PaneKind::Code => Box::new(code::Code::new(view, ink)),
        PaneKind::Timeline => Box::new(timeline::Timeline::new(view, ink)),
        PaneKind::Threads => Box::new(threads::Threads::new(view, ink)),
        PaneKind::Lesson => Box::new(lesson::Lesson::new(view, ink)),
        PaneKind::Output => Box::new(output::Output::new(view, ink)),
    }
}

impl<'a> Ink<'a> {
    /// The mark of a change and its style.
    pub fn mark(&self, change: &Change) -> (&'a str, Style) {
        match change {
            Change::None => (" ", Style::new()),
            Change::New => (self.glyphs.new, self.theme.new),
            Change::Changed { .. } => (self.glyphs.changed, self.theme.changed),
            Change::Removed => (self.glyphs.removed, self.theme.removed),
        }
    }

    /// The style of a value with this change.
    pub fn value_style(&self, change: &Change) -> Style {
        match change {
            Change::None => self.theme.text,
            Change::New => self.theme.new,
            Change::Changed { .. } => self.theme.changed,
            Change::Removed => self.theme.removed,
        }
    }

    /// `rc 3↑`, right-aligned to so many places; blank where there is no count.
    pub fn refcount(&self, count: Option<u64>, delta: i64, digits: usize) -> Vec<(String, Style)> {
        let Some(count) = count else { return vec![(" ".repeat(digits + 4), Style::new())] };
        let arrow = match delta {
            0 => (" ", Style::new()),
            1.. => (self.glyphs.up, self.theme.up),
            _ => (self.glyphs.down, self.theme.down),
        };
        let number_style = if delta == 0 { self.theme.refcount } else { arrow.1 };
        vec![("rc ".into(), self.theme.dim), (format!("{:>digits$}", refcount(count)), number_style), (arrow.0.into(), arrow.1)]
    }

    /// The value after its mark: `3 → 4` if it changed.
    pub fn value(&self, line: &mut TextLine, value: &ValueView) {
        if let Change::Changed { old } = &value.change {
            // What it is now says more than what it was.
            line.push(cut(old, (self.width / 4).max(6), self.glyphs.ellipsis), self.theme.dim);
            line.push(format!(" {} ", self.glyphs.arrow), self.theme.dim);
        }
        line.push(&value.text, self.value_style(&value.change));
    }

    /// The birth number, where the value's text doesn't have it.
    pub fn serial(&self, value: &ValueView) -> Vec<(String, Style)> {
        match value.serial {
            Some(serial) if !value.text.contains('#') => vec![(format!("#{serial}"), self.theme.serial)],
            _ => Vec::new(),
        }
    }

    /// A text of the view, which may have signs outside ASCII, as the screen can show it.
    pub fn legible<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.glyphs.is_ascii() || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let signs = [("→", "->"), ("·", "."), ("…", "..."), ("×", "x"), ("−", "-"), ("–", "-"), ("±", "+-")];
        Cow::Owned(signs.iter().fold(text.to_owned(), |text, (sign, plain)| text.replace(sign, plain)))
    }

    /// A line that says why there is nothing.
    pub fn nothing(&self, text: &str) -> TextLine {
        TextLine::of(format!(" {text}"), self.theme.dim)
    }
}

/// How many places the counts need, at least two.
pub fn digits(counts: impl Iterator<Item = u64>) -> usize {
    counts.map(|count| refcount(count).len()).max().unwrap_or(0).max(2)
}

/// The width of a column of counts; 0: there are none.
fn heat_width<'a>(counts: impl Iterator<Item = &'a u64>) -> usize {
    counts.max().map_or(0, |count| count.to_string().len() + 2)
}

/// A count in its column; nothing for what has not run.
fn heat_text(count: Option<&u64>, width: usize) -> String {
    match count {
        Some(&count) if count > 0 => format!("{count:>width$} ", width = width - 1),
        _ => " ".repeat(width),
    }
}

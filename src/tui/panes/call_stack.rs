//! The chain of frames, innermost first. `u` and `d` move the selection; the other panes show the selected frame. Those of
//! another thread than the one that runs are shown once it is chosen in the pane of threads, until the next step.
//!
//! ```text
//! ▶ 0 LRU.put     lru.py:21
//!   1 <module>    lru.py:38
//! −   LRU.get     lru.py:30 has returned
//!     words       lru.py:7  suspended
//! ```

use super::{Content, Ink};
use crate::{
    tui::widgets::line::TextLine,
    view::{CallStackView, FrameKind, View},
};

pub struct CallStack<'a> {
    view: &'a CallStackView,
    ink: Ink<'a>,
}

impl<'a> CallStack<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        CallStack { view: &view.call_stack, ink }
    }
}

impl Content for CallStack<'_> {
    fn rows(&self) -> usize {
        (self.view.frames.len() + self.view.finished.len() + self.view.suspended.len()).max(1)
    }

    fn anchor(&self) -> Option<usize> {
        Some(self.view.selected)
    }

    fn heading(&self) -> String {
        let count = match self.view.frames.len() {
            0 => String::new(),
            1 => "1 frame".into(),
            count => format!("{count} frames"),
        };
        match &self.view.thread {
            Some(thread) if count.is_empty() => format!("thread {thread}"),
            Some(thread) => format!("thread {thread}, {count}"),
            None => count,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let Some(frame) = self.view.frames.get(index) else { return self.aside(index - self.view.frames.len()) };
        let selected = index == self.view.selected;
        let (mark, mark_style) = match (index, selected) {
            (0, true) if self.view.thread.is_none() => (glyphs.next, theme.next),
            (_, true) => (glyphs.selected, theme.next),
            (0, false) if self.view.thread.is_none() => (glyphs.next, theme.dim),
            _ if frame.is_new => (glyphs.new, theme.new),
            _ => (" ", theme.dim),
        };
        let mut line = TextLine::of(mark, mark_style).put(format!("{index:>width$} ", width = self.number_width()), theme.dim);
        let name_style = match (selected, &frame.kind) {
            (true, _) => theme.message,
            (_, FrameKind::Native) => theme.dim,
            _ if frame.is_library => theme.dim,
            _ => theme.variable,
        };
        line.push(&*frame.name, name_style);
        if index == 0 && frame.is_new {
            line.push(format!(" {}", glyphs.new), theme.new);
        }
        let kind = match frame.kind {
            FrameKind::Python if frame.is_library => "library",
            FrameKind::Python => "",
            FrameKind::Generator => "generator",
            FrameKind::Coroutine => "coroutine",
            FrameKind::ClassBody => "class body",
            FrameKind::Native => "native",
        };
        if !kind.is_empty() {
            line = line.right(vec![(kind.into(), theme.dim)]);
        }
        if let Some(number) = frame.line {
            let file = frame.file.rsplit('/').next().unwrap_or_default();
            line = line.right(vec![(format!("{file}:"), theme.dim), (number.to_string(), theme.variable)]);
        }
        line
    }
}

impl CallStack<'_> {
    /// The digits that the numbers of frames need.
    fn number_width(&self) -> usize {
        self.view.frames.len().saturating_sub(1).to_string().len().max(2)
    }

    /// A frame that has just ended, or one that waits in a generator.
    fn aside(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let finished = &self.view.finished;
        let (frame, mark, word) = match (finished.get(index), index.checked_sub(finished.len()).and_then(|it| self.view.suspended.get(it)))
        {
            (Some(frame), _) => (frame, glyphs.removed, "has returned"),
            (None, Some(frame)) if frame.offset.is_none() => (frame, " ", "not begun"),
            (None, Some(frame)) => (frame, " ", "suspended"),
            (None, None) if self.view.thread.is_some() => return self.ink.nothing("no frame: it has not begun"),
            (None, None) => return self.ink.nothing("no frame: nothing runs"),
        };
        let style = if mark == " " { theme.dim } else { theme.removed };
        let mut line = TextLine::of(mark, style).put(" ".repeat(self.number_width() + 1), theme.dim).put(&*frame.name, style);
        let word = if frame.kind == FrameKind::Coroutine { format!("coroutine, {word}") } else { word.to_owned() };
        line = line.right(vec![(word, theme.dim)]);
        if let Some(number) = frame.line {
            let file = frame.file.rsplit('/').next().unwrap_or_default();
            line = line.right(vec![(format!("{file}:{number}"), theme.dim)]);
        }
        line
    }
}

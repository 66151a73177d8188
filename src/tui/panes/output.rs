//! What the program wrote, stdout and stderr in the order of writing, with what was typed for `input()`.
//!
//! `\r` and `\b` move back, as on a terminal; other control characters are shown. Lines are wrapped; the last line is the one to answer when the program waits.

use std::borrow::Cow;

use ratatui::style::Style;
use unicode_width::UnicodeWidthChar;

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{push_clean, wrap as words},
    },
    view::{OutputChunk, Status, Stream, View},
};

pub struct Output<'a> {
    lines: Vec<TextLine>,
    /// The instruction that began each row, where one did.
    steps: Vec<Option<u64>>,
    ink: Ink<'a>,
    waits: bool,
    is_new: bool,
    /// The row with what was written last; what was written later follows.
    now: usize,
}

impl<'a> Output<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let Ink { theme, glyphs, .. } = ink;
        let width = ink.width.saturating_sub(2).max(8);
        let mut wrap = Wrap { lines: vec![TextLine::of(" ", Style::new())], steps: vec![None], step: None, column: 0, width };
        if view.output.omitted > 0 {
            wrap.text(&format!("{} {} bytes before", glyphs.ellipsis, view.output.omitted), theme.dim);
            wrap.newline();
        }
        let style = |stream: Stream| match stream {
            Stream::Stdout => theme.text,
            Stream::Stderr => theme.stderr,
            Stream::Stdin => theme.stdin,
            Stream::Log => theme.breakpoint,
        };
        for (chunk, text) in struck_over(&view.output.chunks) {
            wrap.step = (chunk.stream != Stream::Stdin).then_some(chunk.step);
            wrap.text(&text, style(chunk.stream));
        }
        if !view.explanation.is_empty() {
            if wrap.column > 0 {
                wrap.newline();
            }
            wrap.step = None;
            for line in words(&format!("In words: {}", view.explanation), width) {
                wrap.text(&line, theme.message);
                wrap.newline();
            }
        }
        if let Some(edit) = ink.typing {
            let (before, after) = edit.parts();
            wrap.text(before, theme.stdin);
            let mut rest = after.chars();
            wrap.text(&rest.next().unwrap_or(' ').to_string(), theme.cursor);
            wrap.text(rest.as_str(), theme.stdin);
        }
        // What comes later goes on where this ends, perhaps on a line of its own.
        let is_line_over = |wrap: &Wrap| wrap.column == 0 && wrap.lines.len() > 1;
        let now = wrap.lines.len() - 1 - usize::from(is_line_over(&wrap));
        for (_, text) in struck_over(&view.output.later) {
            wrap.text(&text, theme.dim);
        }
        if is_line_over(&wrap) {
            wrap.lines.pop();
        }
        let waits = matches!(view.status, Status::AwaitingInput { .. });
        let is_new = view.output.chunks.last().is_some_and(|chunk| chunk.step + 1 == view.step);
        Output { lines: wrap.lines, steps: wrap.steps, ink, waits, is_new, now }
    }

    fn is_empty(&self) -> bool {
        self.lines.len() == 1 && self.lines[0].width() <= 1
    }
}

impl Content for Output<'_> {
    fn rows(&self) -> usize {
        self.lines.len()
    }

    fn anchor(&self) -> Option<usize> {
        Some(self.now)
    }

    fn target(&self, index: usize) -> Option<Target> {
        self.steps.get(index).copied().flatten().map(Target::Step)
    }

    fn heading(&self) -> String {
        if self.waits && self.ink.typing.is_none() {
            "Enter: answer the program".into()
        } else if self.waits {
            "the program waits for a line".into()
        } else if self.is_new {
            format!("{} new", self.ink.glyphs.new)
        } else {
            String::new()
        }
    }

    fn row(&self, index: usize) -> TextLine {
        if self.is_empty() && self.ink.typing.is_none() {
            return self.ink.nothing("nothing printed yet");
        }
        self.lines.get(index).cloned().unwrap_or_default()
    }
}

/// What stands there in the end: `\r` goes back to the start of a line and `\b` a column, what is written then stands over what
/// was there. Pieces in order, each with the chunk that wrote it.
fn struck_over(chunks: &[OutputChunk]) -> Vec<(&OutputChunk, Cow<'_, str>)> {
    if !chunks.iter().any(|chunk| chunk.text.contains(['\r', '\x08'])) {
        return chunks.iter().map(|chunk| (chunk, Cow::Borrowed(chunk.text.as_str()))).collect();
    }
    let mut pieces: Vec<(&OutputChunk, Cow<'_, str>)> = Vec::new();
    let mut line: Vec<(char, &OutputChunk)> = Vec::new();
    let mut at = 0_usize;
    for chunk in chunks {
        for c in chunk.text.chars() {
            match c {
                '\n' => {
                    line.push(('\n', chunk));
                    take_line(&mut line, &mut pieces);
                    at = 0;
                }
                '\r' => at = 0,
                '\x08' => at = at.saturating_sub(1),
                c => {
                    match line.get_mut(at) {
                        Some(place) => *place = (c, chunk),
                        None => line.push((c, chunk)),
                    }
                    at += 1;
                }
            }
        }
    }
    take_line(&mut line, &mut pieces);
    pieces
}

/// The characters of a line as pieces of one chunk each.
fn take_line<'a>(line: &mut Vec<(char, &'a OutputChunk)>, pieces: &mut Vec<(&'a OutputChunk, Cow<'a, str>)>) {
    for (c, chunk) in line.drain(..) {
        match pieces.last_mut() {
            Some((last, text)) if std::ptr::eq(*last, chunk) => text.to_mut().push(c),
            _ => pieces.push((chunk, Cow::Owned(c.to_string()))),
        }
    }
}

struct Wrap {
    lines: Vec<TextLine>,
    steps: Vec<Option<u64>>,
    step: Option<u64>,
    column: usize,
    width: usize,
}

impl Wrap {
    fn newline(&mut self) {
        self.lines.push(TextLine::of(" ", Style::new()));
        self.steps.push(None);
        self.column = 0;
    }

    fn text(&mut self, text: &str, style: Style) {
        let mut piece = String::new();
        for c in text.chars() {
            if c == '\n' {
                self.flush(&mut piece, style);
                self.newline();
                continue;
            }
            let start = piece.len();
            match c {
                '\t' => piece.push_str(&" ".repeat(8 - self.column % 8)),
                c => push_clean(&mut piece, c),
            }
            let cells: usize = piece[start..].chars().map(|c| c.width().unwrap_or(0)).sum();
            if self.column + cells > self.width && self.column > 0 {
                let rest = piece.split_off(start);
                self.flush(&mut piece, style);
                self.newline();
                piece = rest;
            }
            self.column += cells;
        }
        self.flush(&mut piece, style);
    }

    fn flush(&mut self, piece: &mut String, style: Style) {
        if let Some(step) = self.steps.last_mut().filter(|_| !piece.is_empty()) {
            *step = step.or(self.step);
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(&piece, style);
        }
        piece.clear();
    }
}

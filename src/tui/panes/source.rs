//! The source file: line numbers, marks, colouring, and the piece of it that the next instruction computes.
//!
//! ```text
//!   20      def put(self, key, value):
//! ● 21 ▶        if self.size + 1 > self.capacity:
//! ```

use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Content, Ink};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{clean, push_clean},
    },
    view::{HeatView, SourceView, View},
};

/// A range over more lines than this is marked at its first line and along the gutter only.
const MAX_MARKED_LINES: u32 = 4;

pub struct Source<'a> {
    view: &'a SourceView,
    ink: Ink<'a>,
    number_width: usize,
    /// How often the lines ran, and the width of that column.
    heat: &'a HeatView,
    heat_width: usize,
}

impl<'a> Source<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let (view, heat) = (&view.source, &view.heat);
        let heat_width = super::heat_width(heat.lines.values());
        Source { view, ink, number_width: view.text.lines.len().to_string().len().max(2), heat, heat_width }
    }

    /// The range's bytes in this line.
    fn marked(&self, line: u32, text: &str) -> Option<(usize, usize)> {
        let range = self.view.range?;
        if range.end_line - range.line.min(range.end_line) >= MAX_MARKED_LINES && line != range.line {
            return None;
        }
        range.columns_in(line, text)
    }
}

impl Content for Source<'_> {
    fn rows(&self) -> usize {
        self.view.text.lines.len().max(1)
    }

    fn anchor(&self) -> Option<usize> {
        // Where the program begins, no line is next.
        let line = self.view.current_line.or(self.view.executed_line).unwrap_or(1);
        Some(line.saturating_sub(1) as usize)
    }

    fn heading(&self) -> String {
        self.view.text.file.rsplit('/').next().unwrap_or_default().to_owned()
    }

    fn gutter(&self) -> usize {
        self.number_width + 4 + self.heat_width
    }

    fn reveal(&self) -> Option<(usize, std::ops::Range<usize>)> {
        let range = self.view.range?;
        let row = range.line.checked_sub(1)? as usize;
        let text = self.view.text.lines.get(row)?;
        let (start, end) = self.marked(range.line, text)?;
        let cells = |byte: usize| text.get(..byte).map(|before| clean(before).width());
        Some((row, self.gutter() + cells(start)?..self.gutter() + cells(end)?))
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let number = index as u32 + 1;
        let Some(text) = self.view.text.lines.get(index) else {
            return self.ink.nothing(if self.view.text.file.is_empty() { "no source here" } else { "the file is empty" });
        };
        let is_current = self.view.current_line == Some(number);
        let is_done = self.view.executed_line == Some(number);
        let in_range = self.view.range.is_some_and(|range| range.line < number && number <= range.end_line);
        let has_breakpoint = self.view.breakpoints.contains(&number);
        let under_cursor = self.ink.cursor == Some(index);

        let mut line = TextLine::new();
        line.push(if has_breakpoint { glyphs.breakpoint } else { " " }, theme.breakpoint);
        let number_style = if under_cursor {
            theme.cursor
        } else if is_current {
            theme.next
        } else {
            theme.dim
        };
        line.push(format!("{number:>width$}", width = self.number_width), number_style);
        if self.heat_width > 0 {
            line.push(super::heat_text(self.heat.lines.get(&number), self.heat_width), theme.refcount);
        }
        let (mark, mark_style) = if is_current {
            (glyphs.next, theme.next)
        } else if is_done {
            (glyphs.done, theme.done)
        } else if in_range {
            (glyphs.column, theme.next)
        } else {
            (" ", Style::new())
        };
        line.push(" ", Style::new());
        line.push(mark, mark_style);
        line.push(" ", Style::new());

        let marked = self.marked(number, text);
        let base = if is_current { theme.current_line } else { Style::new() };
        let style_at = |byte: usize| {
            let highlights = self.view.text.highlights_of(number);
            let token = highlights.iter().find(|it| (it.start as usize..it.end as usize).contains(&byte));
            let style = token.map_or(base, |it| base.patch(theme.token(it.kind)));
            // The marker pen hides the token's own colour: text on it must have one contrast.
            if marked.is_some_and(|(start, end)| (start..end).contains(&byte)) { theme.range } else { style }
        };
        paint(&mut line, text, base, style_at);
        line
    }
}

/// A line of source with a style for every byte; tabs become spaces.
pub fn paint(line: &mut TextLine, text: &str, base: Style, style_at: impl Fn(usize) -> Style) {
    let mut piece = String::new();
    let mut piece_style = base;
    let mut column = 0;
    for (byte, c) in text.char_indices() {
        let style = style_at(byte);
        if style != piece_style {
            line.push(&piece, piece_style);
            piece.clear();
            piece_style = style;
        }
        if c == '\t' {
            let spaces = 8 - column % 8;
            piece.push_str(&" ".repeat(spaces));
            column += spaces;
        } else {
            push_clean(&mut piece, c);
            column += c.width().unwrap_or(0);
        }
    }
    line.push(&piece, piece_style);
}

//! The source file of the selected frame, and the place in it that the next instruction came from.
//!
//! The text is shared and immutable; only the marks differ from step to step. Counterpart in CPython 3.11:
//! `code.co_positions()` (PEP 657).

use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceView {
    pub text: Arc<SourceText>,
    /// The line of the next instruction.
    pub current_line: Option<u32>,
    /// The expression or statement that the next instruction belongs to.
    pub range: Option<SourceRange>,
    /// The line of the instruction just executed, if it was in this file.
    pub executed_line: Option<u32>,
    /// Lines with a breakpoint.
    pub breakpoints: Vec<u32>,
}

/// A file's text with its colouring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceText {
    /// As in `code.co_filename`.
    pub file: String,
    pub lines: Vec<String>,
    /// Sorted by line and start, not overlapping.
    pub highlights: Vec<Highlight>,
}

/// A coloured piece of one line: `line` from 1, `start..end` in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    pub line: u32,
    pub start: u32,
    pub end: u32,
    pub kind: TokenKind,
}

/// What a piece of source text is, as far as colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Keyword,
    /// `None`, `True`, `False`.
    Constant,
    Number,
    String,
    Comment,
    /// The name after `def`.
    Function,
    /// The name after `class`.
    Class,
    Decorator,
    /// A name of the module `builtins`.
    Builtin,
    Operator,
}

/// PEP 657: from `line`, byte `col`, to before `end_line`, byte `end_col`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceRange {
    pub line: u32,
    pub end_line: u32,
    pub col: u32,
    pub end_col: u32,
}

impl SourceText {
    /// Splits a source text into lines, with no colouring.
    pub fn new(file: impl Into<String>, text: &str) -> Self {
        SourceText { file: file.into(), lines: text.lines().map(str::to_owned).collect(), highlights: Vec::new() }
    }

    /// The coloured pieces of a line.
    pub fn highlights_of(&self, line: u32) -> &[Highlight] {
        let start = self.highlights.partition_point(|it| it.line < line);
        let end = self.highlights.partition_point(|it| it.line <= line);
        &self.highlights[start..end]
    }
}

impl SourceRange {
    pub fn start(&self) -> (u32, u32) {
        (self.line, self.col)
    }

    pub fn end(&self) -> (u32, u32) {
        (self.end_line, self.end_col)
    }

    pub fn is_empty(&self) -> bool {
        self.start() == self.end()
    }

    /// Whether another range lies in this one, or is it.
    pub fn contains(&self, other: SourceRange) -> bool {
        self.start() <= other.start() && other.end() <= self.end()
    }

    /// The least range that has both in it.
    pub fn hull(self, other: SourceRange) -> SourceRange {
        let ((line, col), (end_line, end_col)) = (self.start().min(other.start()), self.end().max(other.end()));
        SourceRange { line, end_line, col, end_col }
    }

    /// The bytes of a line that the range covers, `None` where it covers none.
    pub fn columns_in(&self, line: u32, line_text: &str) -> Option<(usize, usize)> {
        if line < self.line || line > self.end_line {
            return None;
        }
        let indent = line_text.len() - line_text.trim_start().len();
        let start = if line == self.line { self.col as usize } else { indent };
        let end = if line == self.end_line { self.end_col as usize } else { line_text.len() };
        (start < end).then_some((start, end.min(line_text.len())))
    }
}

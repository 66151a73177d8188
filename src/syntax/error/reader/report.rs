//! From tokens to the places that a `SyntaxError` names.
//!
//! Invariant: offsets are characters from 1, computed with the text of the first line as CPython does, even for an end on a later line.
//! Counterpart in CPython 3.11: `_PyPegen_raise_error`, `_PyPegen_tokenize_full_source_to_check_for_errors`.

use super::{
    Reader, Rule, Stop,
    outline::{Outline, Targets},
};
use crate::syntax::{
    error::{SyntaxError, SyntaxErrorType},
    lexer::{held_from, unclosed_error},
    token::{Token, TokenKind},
};

/// A place: line, and byte column from 0 where there is one.
#[derive(Clone, Copy)]
struct Place {
    line: u32,
    column: Option<u32>,
}

impl Reader<'_> {
    /// The error that ends reading with that message, at the tokens `first..last`.
    pub(super) fn raise<T>(&self, msg: &str, first: u32, last: u32) -> Rule<T> {
        Err(Stop::Raised(Box::new(self.error_at_tokens(msg, first, last))))
    }

    pub(super) fn raise_on<T>(&self, msg: &str, outline: &Outline) -> Rule<T> {
        self.raise(msg, outline.first, outline.last)
    }

    /// At the last token fetched.
    pub(super) fn raise_last<T>(&self, msg: &str) -> Rule<T> {
        Err(Stop::Raised(Box::new(self.error_at_last(SyntaxErrorType::SyntaxError, msg))))
    }

    pub(super) fn raise_indentation<T>(&self, msg: &str) -> Rule<T> {
        Err(Stop::Raised(Box::new(self.error_at_last(SyntaxErrorType::IndentationError, msg))))
    }

    /// From `first` to the end of the last token fetched.
    pub(super) fn raise_from<T>(&self, msg: &str, first: u32) -> Rule<T> {
        let token = &self.tokens[self.fetched - 1];
        // The end is where the lexer stood, not one further.
        let end = Place { line: token.end_line, column: Some(token.end_col.saturating_sub(1)) };
        let start = &self.tokens[first as usize];
        let start = Place { line: start.line, column: Some(start.col) };
        Err(Stop::Raised(Box::new(self.error(SyntaxErrorType::SyntaxError, msg, start, end))))
    }

    /// At a place that is no token's: 0-based columns, the end may be none.
    pub(super) fn raise_place<T>(&self, msg: &str, line: u32, column: Option<u32>, end_line: u32) -> Rule<T> {
        let error = self.error(SyntaxErrorType::SyntaxError, msg, Place { line, column }, Place { line: end_line, column: None });
        Err(Stop::Raised(Box::new(error)))
    }

    /// "cannot assign to …" if some part of it can be no such target.
    pub(super) fn raise_invalid_target<T>(&self, outline: &Outline, targets: Targets) -> Rule<T> {
        match outline.invalid_target(targets) {
            None => Ok(None),
            Some(part) => {
                let verb = if targets == Targets::Del { "delete" } else { "assign to" };
                self.raise_on(&format!("cannot {verb} {}", part.shape.name()), part)
            }
        }
    }

    pub(super) fn error_at_tokens(&self, msg: &str, first: u32, last: u32) -> SyntaxError {
        let (start, end) = (&self.tokens[first as usize], &self.tokens[last as usize - 1]);
        let start = Place { line: self.token_line(start), column: self.column(start) };
        let end = Place { line: self.token_end_line(end), column: self.column(end).map(|_| self.end_column(end)) };
        self.error(SyntaxErrorType::SyntaxError, msg, start, end)
    }

    pub(super) fn error_at_last(&self, kind: SyntaxErrorType, msg: &str) -> SyntaxError {
        let token = &self.tokens[self.fetched.max(1) - 1];
        if self.column(token).is_some() {
            let index = self.fetched as u32 - 1;
            return SyntaxError { kind, ..self.error_at_tokens(msg, index, index + 1) };
        }
        // A token without text: where the lexer stood, and no end.
        let line = self.token_line(token);
        let text = self.line_text(line);
        let column = if self.is_at_end(token) {
            self.text_end - self.source.line_start(line as usize).min(self.text_end)
        } else {
            token.col as usize
        };
        let columns = self.source.error_columns(&text, column);
        let place = Place { line, column: None };
        SyntaxError { offset: Some(columns as i64), end_offset: Some(-1), ..self.error(kind, msg, place, place) }
    }

    fn error(&self, kind: SyntaxErrorType, msg: &str, start: Place, end: Place) -> SyntaxError {
        let text = self.line_text(start.line);
        let offset = |place: Place| Some(place.column.map_or(0, |column| self.source.error_columns(&text, column as usize + 1) as i64));
        let line = |line: u32| Some(i64::from(line + self.field.unwrap_or(0)));
        let prefix = if self.field.is_some() { "f-string: " } else { "" };
        SyntaxError {
            kind,
            msg: format!("{prefix}{msg}"),
            lineno: line(start.line),
            offset: offset(start),
            end_lineno: line(end.line),
            end_offset: offset(end),
            text: Some(text.into()),
        }
    }

    /// The text that goes with an error in that line: of a file the line itself. Elsewhere what the lexer has before it, if it is in
    /// that line, which is more than a line after a break inside of a token.
    fn line_text(&self, line: u32) -> String {
        if self.file_lines {
            return self.source.line_as_written(line as usize).unwrap_or_default();
        }
        let (first, last) = self.lexer_lines();
        if last > line {
            return self.source.line(line as usize).unwrap_or_default().to_owned();
        }
        let start = self.source.line_start(first as usize);
        let end = self.source.line_start(last as usize + 1).min(self.text_end);
        self.source.text().get(start..end).unwrap_or_default().to_owned()
    }

    /// The lines that CPython's lexer holds after the last token fetched.
    fn lexer_lines(&self) -> (u32, u32) {
        let index = self.fetched.max(1) - 1;
        let Some(token) = self.tokens.get(index) else { return (1, 1) };
        let last = self.token_end_line(token).max(self.token_line(token)).max(1);
        let first = held_from(self.source, &self.tokens[..=index], last);
        (first, last)
    }

    fn is_at_end(&self, token: &Token) -> bool {
        token.start as usize >= self.source.text().len()
    }

    /// Tokens that are no text have no column.
    fn column(&self, token: &Token) -> Option<u32> {
        (!self.is_at_end(token) && !matches!(token.kind, TokenKind::Indent | TokenKind::Dedent)).then_some(token.col)
    }

    /// A line break ends where it begins.
    fn end_column(&self, token: &Token) -> u32 {
        if token.kind == TokenKind::Newline { token.end_col - 1 } else { token.end_col }
    }

    /// What comes with the end of the text stands in its last line.
    fn token_line(&self, token: &Token) -> u32 {
        if self.is_at_end(token) { self.source.line_count() as u32 } else { token.line }
    }

    fn token_end_line(&self, token: &Token) -> u32 {
        if self.is_at_end(token) { self.token_line(token) } else { token.end_line }
    }

    /// The lexer's own error.
    pub(super) fn lexical_error(&self) -> Option<SyntaxError> {
        let error = self.lexed.error.as_ref()?;
        let shift = |line: Option<i64>| line.map(|line| line + i64::from(self.field.unwrap_or(0)));
        let mut error = SyntaxError { lineno: shift(error.error.lineno), end_lineno: shift(error.error.end_lineno), ..error.error.clone() };
        // Outside of files the line break at the end is there only if CPython adds it.
        if self.text_end < self.source.text().len()
            && error.text.as_deref().is_some_and(|text| text.ends_with('\n') && self.source.text().ends_with(text))
        {
            error.text = error.text.map(|text| text.trim_end_matches('\n').into());
        }
        Some(error)
    }

    /// An error of the lexer in the rest of the text comes before one of the parser; a bracket left open only if it was opened on an
    /// earlier line than where the parser stopped.
    pub(super) fn or_lexical(&self, error: SyntaxError) -> SyntaxError {
        self.reads_on.set(self.reads_on.get() || matches!(error.kind, SyntaxErrorType::SyntaxError | SyntaxErrorType::IndentationError));
        let Some(lexical) = &self.lexed.error else { return error };
        if !matches!(error.kind, SyntaxErrorType::SyntaxError | SyntaxErrorType::IndentationError) {
            return error;
        }
        if lexical.quiet {
            let Some(open) = lexical.unclosed.map(|open| &self.tokens[open as usize]) else { return error };
            let stopped = &self.tokens[self.fetched.max(1) - 1];
            return if stopped.line > open.line { unclosed_error(self.source, open, self.source.line_count() as u32) } else { error };
        }
        self.lexical_error().unwrap_or(error)
    }
}

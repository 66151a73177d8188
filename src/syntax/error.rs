//! Syntax errors and warnings as data: what CPython's `SyntaxError` carries. Raised by the front end and by the compiler.

mod reader;

use std::sync::Arc;

use super::{Mode, lexer::Lexed, lower::Reject};
use crate::text::SourceFile;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorType {
    SyntaxError,
    IndentationError,
    TabError,
    /// Source nested too deeply for CPython's own stack.
    MemoryError,
    RecursionError,
    /// A text that cannot be decoded outside of a file.
    UnicodeDecodeError,
    /// Null bytes in a source string.
    ValueError,
    OverflowError,
}

/// The learner's error: displayed, or turned into a Python exception by whoever asked for the compilation.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorType,
    pub msg: String,
    /// From 1; `None` where CPython has None.
    pub lineno: Option<i64>,
    /// In characters from 1; 0 where CPython has no column, `None` where it has None.
    pub offset: Option<i64>,
    pub end_lineno: Option<i64>,
    pub end_offset: Option<i64>,
    /// The line as the traceback module shows it.
    pub text: Option<Arc<str>>,
}

/// A `SyntaxWarning` or `DeprecationWarning` of compilation, in the order CPython issues them.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// `SyntaxWarning` or `DeprecationWarning`
    pub category: &'static str,
    pub msg: String,
    pub lineno: u32,
    /// Where a SyntaxError points that a filter makes of it.
    pub place: Option<WarningPlace>,
}

/// Offsets are counted from 1, by the parser in characters, by the compiler in bytes, as in CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarningPlace {
    pub offset: i64,
    pub end_lineno: i64,
    pub end_offset: i64,
    /// The compiler has no text any more: it looks for the line in the file.
    pub by_compiler: bool,
}

impl SyntaxError {
    /// An error that names no line.
    pub fn without_place(kind: SyntaxErrorType, msg: &str) -> SyntaxError {
        SyntaxError { kind, msg: msg.to_owned(), lineno: None, offset: None, end_lineno: None, end_offset: None, text: None }
    }
}

/// What CPython says of a text, read by its rules; `None` if they find nothing wrong. `issued` receives the warnings before the error.
pub(super) fn diagnose(source: &SourceFile, lexed: &Lexed, mode: Mode, issued: &mut Vec<Warning>) -> Option<SyntaxError> {
    let (error, warnings) = reader::explain(source, lexed, mode);
    if error.is_some() {
        *issued = warnings;
    }
    error
}

/// The error for a text that the lowering refused and CPython's rules do not.
pub(super) fn refused(source: &SourceFile, lexed: &Lexed, reject: &Reject) -> SyntaxError {
    let token = &lexed.tokens[reject.token as usize];
    let line = source.line(token.line as usize).unwrap_or("");
    let offset = |column: u32| Some(source.error_columns(line, column as usize + 1) as i64);
    SyntaxError {
        kind: SyntaxErrorType::SyntaxError,
        msg: reject.msg.clone(),
        lineno: Some(i64::from(token.line)),
        offset: offset(token.col),
        end_lineno: Some(i64::from(token.end_line)),
        end_offset: offset(token.end_col),
        text: source.line_as_written(token.line as usize).map(Into::into),
    }
}

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
}

impl SyntaxError {
    /// The error as the oracle's "error" document.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "error": {
            "type": format!("{:?}", self.kind), "msg": self.msg, "lineno": self.lineno, "offset": self.offset,
            "end_lineno": self.end_lineno, "end_offset": self.end_offset,
        }})
    }

    /// An error that names no line.
    pub fn without_place(kind: SyntaxErrorType, msg: &str) -> SyntaxError {
        SyntaxError { kind, msg: msg.to_owned(), lineno: None, offset: None, end_lineno: None, end_offset: None, text: None }
    }
}

/// Finds what CPython says of a text that has no tree. `reject`: where and why the lowering refused it, if it came so far.
pub(super) fn diagnose(source: &SourceFile, lexed: &Lexed, mode: Mode, reject: Option<Reject>) -> SyntaxError {
    if let Some(error) = reader::explain(source, lexed, mode) {
        return error;
    }
    let reject = reject.unwrap_or(Reject { token: 0, msg: "invalid syntax".to_owned() });
    let token = &lexed.tokens[reject.token as usize];
    let offset = |line: u32, col: u32| Some(source.character_column(line as usize, col as usize) as i64 + 1);
    SyntaxError {
        kind: SyntaxErrorType::SyntaxError,
        msg: reject.msg,
        lineno: Some(i64::from(token.line)),
        offset: offset(token.line, token.col),
        end_lineno: Some(i64::from(token.end_line)),
        end_offset: offset(token.end_line, token.end_col),
        text: source.line(token.line as usize).map(|line| format!("{line}\n").into()),
    }
}

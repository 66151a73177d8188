//! Syntax errors and warnings as data: what CPython's `SyntaxError` carries. Raised by the front end and by the compiler.

use std::sync::Arc;

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

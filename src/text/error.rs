//! A failure of a number or text function as data: the CPython exception type and its message.
//!
//! Counterpart in CPython 3.11: `PyErr_SetString(PyExc_ValueError, …)`. `int('x')` is a ValueError.

use std::fmt;

/// What CPython would raise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The name of a builtin exception type: `ValueError`, `TypeError`, `OverflowError`, `ZeroDivisionError`, …
    pub kind: &'static str,
    /// Its one argument.
    pub message: String,
}

impl TextError {
    pub fn new(kind: &'static str, message: impl Into<String>) -> TextError {
        TextError { kind, message: message.into() }
    }

    pub fn value(message: impl Into<String>) -> TextError {
        TextError::new("ValueError", message)
    }

    pub fn type_error(message: impl Into<String>) -> TextError {
        TextError::new("TypeError", message)
    }

    pub fn overflow(message: impl Into<String>) -> TextError {
        TextError::new("OverflowError", message)
    }

    pub fn zero_division(message: impl Into<String>) -> TextError {
        TextError::new("ZeroDivisionError", message)
    }
}

/// Longer results (in code points or bytes) are refused with a MemoryError: a request for terabytes must not end the program.
pub const MAX_LEN: usize = 1 << 30;

/// Error: MemoryError for more than [`MAX_LEN`].
pub fn check_len(len: usize) -> Result<(), TextError> {
    if len > MAX_LEN { Err(TextError::new("MemoryError", "")) } else { Ok(()) }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for TextError {}

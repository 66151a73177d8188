//! The values of literals: numbers, strings with their escapes, and the parts of f-strings.

pub mod fstring;
pub mod number;
pub mod string;

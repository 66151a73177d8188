//! Text: Python strings, source files and positions in them.

pub mod pystr;

pub use pystr::PyStr;

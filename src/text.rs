//! Text: Python strings, source files and positions in them.

pub mod error;
pub mod pystr;
pub mod repr;
pub mod unicode;
pub mod unicode14;

pub use error::TextError;
pub use pystr::PyStr;

//! Text: Python strings, source files and positions in them.

pub mod error;
pub mod pystr;
pub mod repr;
pub mod source;
pub mod unicode;
pub mod unicode14;

pub use error::TextError;
pub use pystr::PyStr;
pub use source::SourceFile;

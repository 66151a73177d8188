//! Text: Python strings, source files and positions in them.

pub mod bytes_methods;
pub mod codec;
pub mod distance; // for `did you mean`
pub mod error;
pub mod format;
pub mod methods;
pub mod normalize;
pub mod percent;
pub mod pystr;
pub mod repr;
pub mod search;
pub mod source;
pub mod template;
pub mod unicode;
pub mod unicode14;
pub mod visible;

pub use error::{MAX_LEN, TextError, check_len};
pub use pystr::PyStr;
pub use source::SourceFile;

//! The algorithms of `str`'s methods on [`PyStr`](super::PyStr), by noun; those of bytes are in `text/bytes_methods.rs`.
//!
//! Each has a path for ASCII that never leaves it, and one generic over the width of the units.
//! Where CPython hands back the very object it was given, the function says so by `None` or by a span.
//! Counterpart in CPython 3.11: `Objects/unicodeobject.c`, `Objects/stringlib/`.

pub mod case;
pub mod check;
pub mod pad;
pub mod search;
pub mod split;
pub mod translate;

pub use case::{capitalize, casefold, lower, swapcase, title, upper};
pub use pad::{center, expand_tabs, ljust, rjust, zfill};
pub use search::{contains, count, ends_with, find, remove_prefix, remove_suffix, replace, rfind, starts_with};
pub use split::{partition, rpartition, rsplit, split, split_lines, strip_span};
pub use translate::{join, translate};

//! `re`, for machines without Python: patterns read and compiled in Rust, to the same words of code as CPython's.
//!
//! ```text
//!   text ─source→ tokens ─parse→ tree ─emit→ words of code ─_sre→ program
//! ```

pub mod charset;
mod dump;
pub mod emit;
pub mod escape;
pub mod flags;
mod native;
pub mod parse;
pub mod source;
pub mod template;
pub mod tree;

pub use native::functions;

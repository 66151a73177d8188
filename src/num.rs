//! Numbers without objects: text of numbers and numbers of text, exact arithmetic, hashes, as CPython has them.
//!
//! Nothing here needs a heap or runs Python. Big integers are `num-bigint`'s; failures are [`TextError`](crate::text::TextError)s.

pub mod complex;
pub mod float_hex;
pub mod float_math;
pub mod float_parse;
pub mod float_text;
pub mod hash;
pub mod int_float;
pub mod int_math;
pub mod int_text;

pub use num_bigint::BigInt;

//! Numbers as text and text as numbers, as CPython writes and reads them. Thin wrappers of std and `num-bigint`.

pub use num_bigint::BigInt;

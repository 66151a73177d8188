//! Unicode 14.0 as CPython 3.11 has it: tables only, each a sorted list of runs; the questions are in `text/unicode.rs`.
//!
//! `generate.py` in this folder writes them by asking CPython.

pub mod aliases;
pub mod case;
pub mod category;
pub mod layout;
pub mod numeric;

//! All tests, one binary: a module a subject.

mod screens;
mod text;
mod tidy;

//! All tests, one binary: a module a subject.

mod ast;
mod screens;
mod text;
mod tidy;

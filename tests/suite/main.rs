//! All tests, one binary: a module a subject.

mod ast;
mod bytecode;
mod screens;
mod stepping;
mod text;
mod programs;
mod tidy;

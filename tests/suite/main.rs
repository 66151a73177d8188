//! All tests, one binary: a module a subject.

mod ast;
mod bytecode;
mod compiler;
mod fuzz;
mod pipeline;
mod programs;
mod screens;
mod stepping;
mod text;
mod tidy;

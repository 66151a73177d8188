//! The front end: source text → tokens → canonical copy → tree-sitter's tree → AST with CPython's node names and positions.

pub mod ast;
pub mod error;

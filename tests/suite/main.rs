//! All tests, one binary: a module a subject.

mod ast;
mod bytecode;
mod code_browser;
mod compiler;
mod dap;
mod data_model;
mod export;
mod files;
mod fuzz;
mod ledger;
mod lessons;
mod panes;
mod pipeline;
mod plain;
mod programs;
mod screens;
mod sessions;
mod startup;
mod stepping;
mod text;
mod threads;
mod tidy;
mod time_travel;
mod timeline;
mod trace;
mod trials;

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
mod heap_list;
mod ledger;
mod lessons;
mod library;
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

/// Runs what nests deep, as trees do and machines below native code, with room for it.
fn on_big_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(uncoil::STACK_SIZE).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

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

/// Numbers below a bound, the same ones for a seed each time (xorshift).
fn random(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}

/// Runs what nests deep, as trees do and machines below native code, with room for it.
fn on_big_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(uncoil::STACK_SIZE).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

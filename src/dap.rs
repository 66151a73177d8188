//! The Debug Adapter Protocol over a session: `uncoil dap` speaks it on its standard streams, and an editor steps, looks
//! and goes back with its own buttons.
//!
//! Invariant: every request is answered exactly once, bad ones with an error; nothing that comes in can end the adapter but
//! the end of its input. Counterpart in CPython: `debugpy.adapter`. The protocol: microsoft.github.io/debug-adapter-protocol.
//!
//! `setBreakpoints` with line 3 of `f.py` → `stopped` with reason `breakpoint` → `stepBack` → `stopped` with reason `step`.

mod adapter; // the session, what runs, what is said when it stops
mod breakpoints; // all requests that set them
mod change; // values set, lines jumped to: a new future
mod code; // sources and disassembly
mod inspect; // frames, scopes, variables, expressions
mod launch; // from initialize to the first instruction, and to the end
mod message; // arguments of requests
mod requests; // THE table of requests
mod wire; // headers and bodies

pub use self::{
    adapter::serve,
    launch::{Launch, LaunchError, Launcher},
    wire::{Wire, read_message},
};

//! **uncoil** is a step debugger for learning how Python works: a CPython 3.11 of our own that can pause after every
//! instruction, and a terminal screen that shows source, bytecode, value stack, frames, reference counts and heap.
//!
//! The way of the data, each arrow a function with one home:
//!
//! ```text
//! source text ─syntax→ AST ─compiler→ CodeObject ─vm/call→ Frame ─vm/exec→ objects on the heap
//!        ─vm/hooks→ debugger ─view→ View ─tui→ screen
//! ```
//!
//! The layers, bottom to top; a layer imports only what stands above it in this list (a test holds it):

pub mod num; // big integers, float text, number parsing
pub mod text; // source files, strings as Python has them, Unicode 14

pub mod syntax; // source → tokens → canonical copy → tree-sitter CST → AST; syntax errors. Knows no opcode.

pub mod bytecode; // THE opcode table, code objects, dis, line and exception tables. Knows no tree.

pub mod compiler; // AST → symbol tables → blocks → code objects. Knows no heap and runs nothing.

pub mod heap; // slots, refcounts, generations. Knows no Python: only what refers to what.

pub mod objects; // what a value is: layouts of int, str, list, dict, frame… Nothing here can run code.

pub mod vm; // frames, the loop, protocols, calls, unwinding. Knows no compiler, no debugger, no terminal.

pub mod builtins; // what a value does: methods of the builtin types, builtin functions

pub mod stdlib; // modules written in Rust

pub mod interpreter; // start-up, import, shutdown: a source file becomes a machine ready to run

pub mod view; // plain-data pictures of one instant: all that a pane can show

pub mod debugger; // commands, breakpoints, stepping, time travel. Knows no terminal.

pub mod export; // a drawn screen to SVG, ANSI or text; a run to HTML, asciicast, JSON, a worksheet

pub mod dap; // the Debug Adapter Protocol over a session, for editors. Knows no terminal and no command line.

pub mod lessons; // guided lessons, judged by the machine; courses, checks, progress. Knows no terminal.

pub mod tui; // the screen: panes, keys, layouts, themes. Draws views; has never seen an object of the machine.

pub mod cli; // arguments in, exit status out

/// Room for the stack of a thread that compiles or runs programs: trees nest as deep as their source, and machines run below native
/// code.
pub const STACK_SIZE: usize = 512 << 20;

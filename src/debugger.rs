//! The debugger: commands, stepping, breakpoints, time. It knows no terminal; a screen, a script or an editor drive it
//! through [`engine::Engine`].

pub mod command; // THE command table: names, keys, arguments, help
pub mod engine; // the seam: commands in, answers and views out

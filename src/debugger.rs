//! The debugger: commands, stepping, breakpoints, time. It knows no terminal; a screen, a script or an editor drive it
//! through [`engine::Engine`].

pub mod breakpoints; // lines and opcodes that stop a run
pub mod broken; // a program that doesn't compile: its error and the stages before it
pub mod command; // THE command table: names, keys, arguments, help
pub mod engine; // the seam: commands in, answers and views out
pub mod evaluate; // expressions of the user, on a copy of the machine
pub mod explore; // many schedules of one program
pub mod ledger; // every change of one object's reference count, and who made it
pub mod options; // THE table of what `set` changes
pub mod overlay; // the files that the program wrote, in memory, over those of the disk
pub mod places; // the line and the piece of source of every instruction
pub mod recording; // session files
pub mod session; // the engine over the real machine
pub mod step; // which instants are the start of a line, a sub-expression, a frame
pub mod timeline; // any instant of the run, by running again from a copy
pub mod world; // an outside world without chance, for pictures and tests

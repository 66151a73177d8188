//! What the screen asks of the world around it. The screen itself runs nothing and writes no file.

use crate::debugger::command::Command;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Let the engine do it, then show its answer and a new view.
    Execute(Command),
    /// Capture a new view: another frame, another layout, another page of the heap.
    Refresh,
    /// Pause the running program.
    Interrupt,
    /// Write the screen to a file.
    Export {
        file: String,
    },
    /// Take the mouse from the terminal, or leave it its own selecting.
    Mouse(bool),
    Quit,
}

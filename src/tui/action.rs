//! What the screen asks of the world around it. The screen itself runs nothing and writes no file.

use crate::{
    debugger::command::Command,
    export::{Format, walk::Span},
    view::ViewRequest,
};

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
        format: Format,
    },
    /// Look at these instants one after the other, for an export, and come back.
    Walk(Walk),
    /// Take the mouse from the terminal, or leave it its own selecting.
    Mouse(bool),
    Quit,
}

/// An export that holds more than a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    pub file: String,
    pub format: Format,
    /// `None`: the present instant.
    pub span: Option<Span>,
    /// What to look at.
    pub request: ViewRequest,
}

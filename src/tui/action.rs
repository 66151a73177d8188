//! What the screen asks of the world around it. The screen itself runs nothing and writes no file.

use crate::{
    debugger::command::Command,
    export::{Format, walk::Span},
    view::ViewRequest,
};

/// What to run anew when the screen has been left for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// The same program, from its start to this line, in this round of it.
    Rerun {
        line: Option<u32>,
        round: u64,
    },
    /// The user edits it first, at this line.
    Edit {
        line: Option<u32>,
        round: u64,
    },
    Open(String),
}

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
    /// Another run: of the program as it is now, or of another one.
    Again(Again),
    /// Give the terminal back to the shell for a while.
    Suspend,
    Quit,
}

/// An export that holds more than a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    pub file: String,
    pub format: Format,
    pub span: Span,
    /// A worksheet ends with its answers.
    pub answers: bool,
    /// What to look at.
    pub request: ViewRequest,
}

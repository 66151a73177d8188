//! The chain of frames, innermost first.
//!
//! Native frames are in it: `sorted(key=f)` calls `f` from a frame of its own, which CPython hides in C. A recursion may have
//! ten thousand: names are shared.

use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallStackView {
    /// The thread that they are of, if it is not the one that runs: `2 Thread-1 (work)`.
    pub thread: Option<String>,
    /// Innermost first.
    pub frames: Vec<FrameRow>,
    /// The index of the frame that the other panes show.
    pub selected: usize,
    /// Frames that the last step ended, the innermost first.
    pub finished: Vec<FrameRow>,
    /// Generators and coroutines that names lead to and that wait: `line` is where they go on, `offset` where they stand,
    /// `None` if they have not begun.
    pub suspended: Vec<FrameRow>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameRow {
    /// `code.co_qualname`, or the name of the native.
    pub name: Arc<str>,
    pub file: Arc<str>,
    /// The line being executed; `None` in native frames.
    pub line: Option<u32>,
    pub kind: FrameKind,
    /// The offset of the next instruction.
    pub offset: Option<u32>,
    /// It was entered in the last step.
    pub is_new: bool,
    /// It runs code that came with the interpreter.
    pub is_library: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum FrameKind {
    #[default]
    Python,
    Generator,
    Coroutine,
    ClassBody,
    /// A builtin that waits for the Python code it called.
    Native,
}

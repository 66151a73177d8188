//! The call tree of the run so far: which function called which, from which instant to which.
//!
//! ```text
//!      0 …  <module>
//!     12 40   total(xs=[1, 2])
//!     20 31     square
//! ```

use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallsView {
    /// In the order of their beginning.
    pub rows: Arc<Vec<CallRow>>,
    /// Calls that were not kept.
    pub omitted: u64,
    /// The tree is known up to this instant.
    pub until: u64,
}

/// One run of a frame: a call, or a generator from one `yield` to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallRow {
    pub name: String,
    /// How many frames are around it.
    pub depth: usize,
    /// The instant before its first instruction.
    pub start: u64,
    /// The instant after its last one; `None`: it is not over at the end of what is known.
    pub end: Option<u64>,
    /// The line that called it.
    pub line: Option<u32>,
    /// It goes on where a `yield` or `await` left it.
    pub resumed: bool,
}

//! What the program wrote, and what it was given to read, up to this instant.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutputView {
    pub chunks: Vec<OutputChunk>,
    /// Bytes before the first chunk that were left out.
    pub omitted: u64,
    /// The beginning of what was written later, where the run has been farther.
    pub later: Vec<OutputChunk>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OutputChunk {
    pub stream: Stream,
    pub text: String,
    /// The number of the instruction that wrote it.
    pub step: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
    /// A line that was typed for `input()`, newline included.
    Stdin,
    /// What a log-point printed.
    Log,
}

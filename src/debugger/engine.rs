//! The seam between a debugged program and whoever looks at it: commands in, answers and views out.
//!
//! An engine runs on a thread of its own. While it executes a long command, others may ask it to pause and see how
//! far it is, through the [`Signals`] it shares; nothing else is shared.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crate::{
    debugger::command::Command,
    view::{View, ViewRequest},
};

/// A program under the debugger.
pub trait Engine {
    /// Does what the command says and comes back when it is done, or soon after [`Signals::interrupt`].
    /// Commands for the screen ([`Command::is_for_screen`]) are answered with an error.
    fn execute(&mut self, command: &Command) -> Answer;

    /// The present instant, as far as the request names it.
    fn view(&self, request: &ViewRequest) -> View;

    /// There is something to be done when it is left: [`Engine::close`] must be waited for.
    fn has_to_close(&self) -> bool {
        false
    }

    /// The last that it is asked: a session that is to be recorded is saved. A line for who leaves, if there is something to say.
    ///
    /// # Errors
    ///
    /// A sentence for the user.
    fn close(&mut self) -> Result<Option<String>, String> {
        Ok(None)
    }

    /// The flags shared with those who wait.
    fn signals(&self) -> Signals {
        Signals::default()
    }
}

/// What a command has to say, beyond the new view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// One line: `breakpoint 2 at lru.py:14`.
    pub message: Option<String>,
    /// One line, why it couldn't be done.
    pub error: Option<String>,
    /// What must be said yes to first: the command that was given waits.
    pub question: Option<String>,
    /// Several lines to read at leisure: the list of breakpoints.
    pub listing: Vec<String>,
    /// How often a line has begun, for who asked.
    pub round: u64,
    /// What log-points printed on the way.
    pub log: Vec<String>,
}

/// Flags that a running engine shares with others.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    interrupt: Arc<AtomicBool>,
    /// A pause is wanted of whatever runs, until this is false again.
    held: Arc<AtomicBool>,
    progress: Arc<AtomicU64>,
}

impl Answer {
    /// Done, nothing to say.
    pub fn done() -> Self {
        Answer::default()
    }

    pub fn message(text: impl Into<String>) -> Self {
        Answer { message: Some(text.into()), ..Answer::default() }
    }

    pub fn error(text: impl Into<String>) -> Self {
        Answer { error: Some(text.into()), ..Answer::default() }
    }

    pub fn listing(lines: Vec<String>) -> Self {
        Answer { listing: lines, ..Answer::default() }
    }
}

impl Signals {
    /// Asks the engine to pause at the next instruction.
    pub fn request_interrupt(&self) {
        self.interrupt.store(true, Ordering::Relaxed);
    }

    /// From now on nothing runs for long, or again as long as it likes. A single request may be spent on a part of a command.
    pub fn hold_interrupt(&self, held: bool) {
        self.held.store(held, Ordering::Relaxed);
    }

    /// For the engine: whether a pause was asked for; clears the request.
    pub fn take_interrupt(&self) -> bool {
        self.held.load(Ordering::Relaxed) || self.interrupt.load(Ordering::Relaxed) && self.interrupt.swap(false, Ordering::Relaxed)
    }

    /// For the engine's loop: the flag itself.
    pub fn interrupt_flag(&self) -> &Arc<AtomicBool> {
        &self.interrupt
    }

    /// For the engine: how many instructions have run.
    pub fn set_progress(&self, step: u64) {
        self.progress.store(step, Ordering::Relaxed);
    }

    pub fn progress(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }
}

//! Playing: the last step is taken again and again, at a pace that keys change.
//!
//! `p` begins, `+` and `-` make it faster and slower, Space or `p` or Esc stops, and so does everything that deserves a look: a
//! breakpoint, an exception, the end. With `:set motion off` nothing on the screen moves by itself faster than once a second.

use std::time::Duration;

use super::{action::Action, app::App};
use crate::debugger::command::{Command, Direction, StepUnit};

/// From step to step, in milliseconds.
const PACES: [(u64, &str); 6] = [
    (2000, "a step every 2 seconds"),
    (1000, "1 step a second"),
    (500, "2 steps a second"),
    (250, "4 steps a second"),
    (100, "10 steps a second"),
    (50, "20 steps a second"),
];
/// The fastest where motion is off.
const CALM: usize = 1;

/// Whether it plays, and how fast.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    pub is_on: bool,
    /// Signs may move, and steps follow each other quickly.
    pub motion: bool,
    pace: usize,
}

impl Default for Play {
    fn default() -> Self {
        Play { is_on: false, motion: true, pace: 2 }
    }
}

impl Play {
    /// From one step to the next.
    pub fn every(&self) -> Duration {
        Duration::from_millis(PACES[self.limited()].0)
    }

    /// `2 steps a second`
    pub fn pace(&self) -> &'static str {
        PACES[self.limited()].1
    }

    fn limited(&self) -> usize {
        if self.motion { self.pace } else { self.pace.min(CALM) }
    }

    /// Keys that mean something only while it plays; `false`: this is none of them.
    fn key(&mut self, key: &str) -> bool {
        match key {
            "+" | "=" => self.pace = (self.limited() + 1).min(PACES.len() - 1),
            "-" | "_" => self.pace = self.limited().saturating_sub(1),
            "<space>" | "p" | "<esc>" | "<C-c>" => self.is_on = false,
            _ => return false,
        }
        true
    }
}

impl App {
    /// A key while it plays, or nothing: every other key ends the playing and does what it always does.
    pub(super) fn play_key(&mut self, key: &str) -> Option<Vec<Action>> {
        if self.play.is_on && self.play.key(key) {
            return Some(Vec::new());
        }
        self.play.is_on = false;
        None
    }

    /// Begins.
    pub(super) fn start_playing(&mut self) -> Vec<Action> {
        if self.view.status.is_over() {
            return self.refuse("the program has ended; I goes back, g to the start");
        }
        self.play.is_on = true;
        self.last_step.get_or_insert(Command::Step { unit: StepUnit::Instruction, direction: Direction::Forward, count: 1 });
        Vec::new()
    }

    /// The next step, if one is due.
    pub fn play_on(&mut self) -> Vec<Action> {
        match &self.last_step {
            Some(step) if self.play.is_on && self.running.is_none() => self.command(step.clone()),
            _ => Vec::new(),
        }
    }
}

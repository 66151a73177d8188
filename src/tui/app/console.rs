//! The console: statements tried on a copy of the program, with a history. It stays open until Esc.
//!
//! ```text
//!   >>> xs.sort()
//!   >>> xs
//!   [1, 2, 3]
//! ```

use super::{super::action::Action, App, Mode};
use crate::{
    debugger::{command::Command, engine::Answer, evaluate::is_whole},
    tui::widgets::edit::Edit,
};

/// The window with what was typed and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Console {
    pub edit: Edit,
    pub lines: Vec<(Kind, String)>,
    /// The lines of a statement that is not whole yet.
    pub begun: String,
    history: Vec<String>,
    /// How far back in the history.
    back: usize,
}

/// What a line of the console is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Typed,
    Said,
    Failed,
}

impl Console {
    /// What stands before the line that is typed.
    pub fn sign(&self) -> &'static str {
        if self.begun.is_empty() { ">>> " } else { "... " }
    }

    /// Shows what came of a statement.
    pub(super) fn answered(&mut self, answer: Answer) {
        let said = answer.message.into_iter().chain(answer.listing).map(|line| (Kind::Said, line));
        self.lines.extend(said.chain(answer.error.map(|line| (Kind::Failed, line))));
    }
}

impl App {
    /// Opens the console, with what was typed there before.
    pub(super) fn open_console(&mut self) -> Vec<Action> {
        self.mode = Mode::Console(std::mem::take(&mut self.console));
        Vec::new()
    }

    pub(super) fn console_key(&mut self, mut console: Console, key: &str) -> Vec<Action> {
        match key {
            "<esc>" => {
                console.begun.clear();
                self.console = console;
                return Vec::new();
            }
            "<ret>" => {
                let line = console.edit.text().to_owned();
                console.lines.push((Kind::Typed, format!("{}{line}", console.sign())));
                console.edit = Edit::default();
                console.back = 0;
                if !line.trim().is_empty() && console.history.last() != Some(&line) {
                    console.history.push(line.clone());
                }
                console.begun += &line;
                let is_ready = is_whole(&console.begun);
                let source = if is_ready { std::mem::take(&mut console.begun) } else { String::new() };
                if !is_ready {
                    console.begun.push('\n');
                }
                self.mode = Mode::Console(console);
                if source.trim().is_empty() {
                    return Vec::new();
                }
                return self.command(Command::Console { source: Some(source), frame: self.frame });
            }
            "<up>" | "<down>" => {
                let most = console.history.len();
                console.back = if key == "<up>" { (console.back + 1).min(most) } else { console.back.saturating_sub(1) };
                let text = most.checked_sub(console.back).and_then(|index| console.history.get(index));
                console.edit = Edit::of(text.cloned().unwrap_or_default());
            }
            _ => {
                console.edit.key(key);
            }
        }
        self.mode = Mode::Console(console);
        Vec::new()
    }
}

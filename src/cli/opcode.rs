//! `uncoil opcode NAME`: the card of an instruction; `uncoil opcode`: the list of all of them.
//!
//! ```text
//!   $ uncoil opcode GET_ITER --level novice
//! ```

use std::process::ExitCode;

use crate::view::{Audience, cards};

#[derive(clap::Args)]
pub struct Arguments {
    /// Instructions of CPython 3.11, such as LOAD_FAST; without one: the list of them
    name: Vec<String>,
    /// For whom: novice, student or internals, each with what those before it hear; otherwise everything
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    level: Option<Audience>,
    /// Columns
    #[arg(long, value_name = "N", default_value_t = 80)]
    width: usize,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    let mut text = String::new();
    if arguments.name.is_empty() {
        text = cards::listing().join("\n") + "\n";
    }
    for (index, name) in arguments.name.iter().enumerate() {
        match cards::named(name).map(|op| (op, cards::card(op))) {
            Ok((op, card)) => {
                if index > 0 {
                    text.push('\n');
                }
                text += &format!("{}\n", op.name());
                text += &cards::about_form(name).map_or(String::new(), |about| format!("{about}\n\n"));
                for line in card.map(|card| card.lines(arguments.level, arguments.width)).unwrap_or_default() {
                    text += &format!("{}\n", line.text);
                }
            }
            Err(error) => {
                super::run::print(&text);
                return super::complain(&error);
            }
        }
    }
    super::run::print(&text);
    ExitCode::SUCCESS
}

/// `novice`
pub(super) fn level(text: &str) -> Result<Audience, String> {
    Audience::named(text).ok_or_else(|| format!("a level is {}", Audience::ALL.map(Audience::name).join(", ")))
}

//! THE table of options: what `set NAME VALUE` can change, for the screen and for the session.
//!
//! `set skip loads on`, `set library on`. (`set x = 5` changes a variable of the program: that is no option.)

use super::{command::StepUnit, places::Places, step::Moment};
use crate::bytecode::opcode::Op;

/// An option.
#[derive(Debug)]
pub struct OptionRow {
    pub name: &'static str,
    /// The values, as the help shows them.
    pub values: &'static [&'static str],
    pub help: &'static str,
    /// The session knows it, not the screen.
    pub is_session: bool,
}

pub static OPTIONS: &[OptionRow] = &[
    OptionRow { name: "ascii", values: &["on", "off"], help: "no characters outside ASCII", is_session: false },
    OptionRow { name: "builtins", values: &["on", "off"], help: "the builtins among the variables", is_session: false },
    OptionRow { name: "confirm", values: &["on", "off"], help: "ask before a recorded future is lost", is_session: false },
    OptionRow { name: "heap", values: &["program", "touched", "all"], help: "which objects the Heap pane lists", is_session: false },
    OptionRow { name: "heat", values: &["on", "off"], help: "how often lines and instructions ran", is_session: false },
    OptionRow { name: "motion", values: &["on", "off"], help: "moving signs, and playing faster than a step a second", is_session: false },
    OptionRow {
        name: "level",
        values: &["novice", "student", "internals"],
        help: "for whom the narration and the opcode cards speak",
        is_session: false,
    },
    OptionRow {
        name: "skip",
        values: &["noise on", "noise off", "loads on", "loads off"],
        help: "instruction steps pass RESUME, NOP and CACHE; all but the first of several LOAD_CONST",
        is_session: true,
    },
    OptionRow {
        name: "library",
        values: &["on", "off"],
        help: "all steps stop in library code too, not only those of one instruction; and exceptions that it catches itself",
        is_session: true,
    },
];

/// The row of an option.
pub fn row(name: &str) -> Option<&'static OptionRow> {
    OPTIONS.iter().find(|row| row.name == name)
}

/// One line: the names and values.
pub fn syntax() -> String {
    let rows: Vec<String> = OPTIONS.iter().map(|row| format!("{} {}", row.name, row.values.join(" | "))).collect();
    rows.join(", ")
}

/// How steps pass over what is of no interest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub skip_noise: bool,
    pub skip_loads: bool,
    /// Line steps stop in library code.
    pub library: bool,
}

impl Filters {
    /// Whether an instruction is passed over.
    pub fn passes(&self, moment: &Moment) -> bool {
        let op = moment.place.op;
        self.skip_noise && matches!(op, Op::RESUME | Op::NOP | Op::CACHE)
            || self.skip_loads && op == Op::LOAD_CONST && moment.last_op == Some(Op::LOAD_CONST)
    }

    /// Whether a step of this kind stops at a moment, as far as events go.
    pub fn stops(&self, unit: StepUnit, moment: &Moment, places: &Places) -> bool {
        let event = match unit {
            StepUnit::Instruction => return !self.passes(moment),
            StepUnit::Expression => moment.expression_event,
            StepUnit::Call => moment.call_event,
            StepUnit::Yield => moment.yield_event,
            StepUnit::Raise => return if self.library { moment.raise_event } else { moment.own_raise_event },
            StepUnit::LineInto | StepUnit::LineOver => moment.line_event,
            StepUnit::Finish | StepUnit::Change | StepUnit::Continue => false,
        };
        event && (self.library || !places.is_library(moment.place))
    }

    /// Instruction steps pass over some.
    pub fn is_skipping(&self) -> bool {
        self.skip_noise || self.skip_loads
    }

    /// Sets one; what was done.
    ///
    /// # Errors
    ///
    /// There is no such value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<String, String> {
        let (what, value) = match name {
            "skip" => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            _ => (name, value),
        };
        let flag = match (name, what) {
            ("skip", "noise") => &mut self.skip_noise,
            ("skip", "loads") => &mut self.skip_loads,
            ("library", _) => &mut self.library,
            _ => return Err("write `set skip noise on` or `set skip loads on`".into()),
        };
        *flag = match value.trim() {
            "on" => true,
            "off" => false,
            _ => return Err(format!("`{what}` is on or off")),
        };
        Ok(format!("{what} {}", value.trim()))
    }
}

//! Breakpoints: at a line of a file, or before every instruction of a kind.
//!
//! A bitmap over the machine's table of instructions says where one may hit, so that a run pays one look for each
//! instruction; only there the rest is asked. A line's breakpoint hits where the line begins: once each time the line is
//! executed, on each round of a loop, and not again when a call in the line comes back.

use super::{
    command::Place as Wanted,
    places::{Place, Places},
    step::is_backward,
};
use crate::{bytecode::opcode::Op, view::PauseReason, vm::Vm};

#[derive(Clone, Debug, PartialEq)]
pub struct Breakpoint {
    pub number: u32,
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Line {
        file: String,
        line: u32,
    },
    /// A name, or the beginning of names before a `*`.
    Opcode(String),
}

/// All breakpoints, and where they may hit.
#[derive(Default)]
pub struct Breakpoints {
    list: Vec<Breakpoint>,
    last_number: u32,
    /// One a unit of the machine's table.
    may_hit: Vec<bool>,
}

impl Target {
    /// As the user would write it.
    pub fn place(&self) -> String {
        match self {
            Target::Line { file, line } => format!("{}:{line}", file.rsplit('/').next().unwrap_or(file)),
            Target::Opcode(name) => format!("op {name}"),
        }
    }

    fn matches(&self, op: Op) -> bool {
        match self {
            Target::Line { .. } => false,
            Target::Opcode(name) => match name.strip_suffix('*') {
                Some(start) => op.name().starts_with(start),
                None => op.name() == name,
            },
        }
    }
}

impl Breakpoints {
    pub fn list(&self) -> &[Breakpoint] {
        &self.list
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds one; the number of the one that is there already.
    pub fn add(&mut self, target: Target) -> Result<u32, u32> {
        if let Some(same) = self.list.iter().find(|breakpoint| breakpoint.target == target) {
            return Err(same.number);
        }
        self.last_number += 1;
        self.list.push(Breakpoint { number: self.last_number, target });
        self.may_hit.clear();
        Ok(self.last_number)
    }

    /// Removes one, or all; how many there were.
    pub fn delete(&mut self, number: Option<u32>) -> usize {
        let count = self.list.len();
        self.list.retain(|breakpoint| number.is_some_and(|number| breakpoint.number != number));
        self.may_hit.clear();
        count - self.list.len()
    }

    pub fn find(&self, target: &Target) -> Option<u32> {
        self.list.iter().find(|breakpoint| breakpoint.target == *target).map(|breakpoint| breakpoint.number)
    }

    /// The lines of a file with a breakpoint.
    pub fn lines_of(&self, file: &str) -> Vec<u32> {
        let line = |breakpoint: &Breakpoint| match &breakpoint.target {
            Target::Line { file: it, line } if same_file(it, file) => Some(*line),
            _ => None,
        };
        self.list.iter().filter_map(line).collect()
    }

    /// Whether an instruction of a listing has one.
    pub fn has(&self, opname: &str) -> bool {
        Op::ALL.iter().any(|op| op.name() == opname && self.list.iter().any(|breakpoint| breakpoint.target.matches(*op)))
    }

    /// The breakpoint that stops the machine before its next instruction. `last` is the unit executed just before.
    #[inline]
    pub fn hit(&mut self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<u32> {
        let unit = vm.pc;
        match self.may_hit.get(unit as usize) {
            Some(false) => None,
            Some(true) => self.ask(vm, places, last),
            None => {
                self.learn(vm, places);
                self.may_hit[unit as usize].then(|| self.ask(vm, places, last)).flatten()
            }
        }
    }

    /// Marks all instructions that have come to be known since the last time.
    #[cold]
    fn learn(&mut self, vm: &Vm, places: &mut Places) {
        places.of(vm, vm.frames.len() - 1);
        let from = self.may_hit.len();
        self.may_hit.extend((from..vm.units.len()).map(|unit| match places.at(unit as u32) {
            // Code that has not been met is looked at when it runs.
            None => true,
            Some(place) => {
                let file = &places.codes[place.code as usize].file;
                self.list.iter().any(|breakpoint| match &breakpoint.target {
                    Target::Line { file: it, line } => *line == place.line && same_file(it, file),
                    target => target.matches(place.op),
                })
            }
        }));
    }

    #[cold]
    fn ask(&self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<u32> {
        let unit = vm.pc;
        let place = places.of(vm, vm.frames.len() - 1);
        let begins = begins_line(places, place, unit, last);
        let file = &places.codes.get(place.code as usize)?.file;
        let hits = |breakpoint: &&Breakpoint| match &breakpoint.target {
            Target::Line { file: it, line } => begins && *line == place.line && same_file(it, file),
            target => target.matches(place.op),
        };
        self.list.iter().find(hits).map(|breakpoint| breakpoint.number)
    }

    pub fn reason(&self, number: u32) -> PauseReason {
        let place = self.list.iter().find(|breakpoint| breakpoint.number == number).map(|breakpoint| breakpoint.target.place());
        PauseReason::Breakpoint { number, place: place.unwrap_or_default() }
    }
}

/// Whether a line begins at a unit, after the unit executed just before.
fn begins_line(places: &Places, place: Place, unit: u32, last: Option<u32>) -> bool {
    let in_same_code = |other: &u32| places.at(*other).filter(|it| it.code == place.code);
    match last.and_then(|last| in_same_code(&last).map(|it| (last, it))) {
        Some((_, it)) if it.op == Op::RESUME => it.arg & 3 < 2,
        Some((last, it)) if !matches!(it.op, Op::RETURN_VALUE | Op::YIELD_VALUE | Op::RETURN_GENERATOR) => {
            it.line != place.line || is_backward(it.op) && unit <= last
        }
        // Out of a call or into one: where the listing has the line's start.
        _ => match unit.checked_sub(1).and_then(|before| in_same_code(&before)) {
            Some(before) => before.line != place.line,
            None => true,
        },
    }
}

/// A file as written by the user is that file, or the end of its path.
pub fn same_file(written: &str, file: &str) -> bool {
    written == file || file.strip_suffix(written).is_some_and(|rest| rest.ends_with('/')) || written.ends_with(&format!("/{file}"))
}

impl Wanted {
    /// The file meant, where none is written.
    pub fn file_or<'a>(&'a self, current: &'a str) -> &'a str {
        self.file.as_deref().unwrap_or(current)
    }
}

//! From instant to instant of a run, for exports that hold more than one.
//!
//! The engine stands at each instant while it is looked at, as a person would who presses `i`. It stops at the last one that is
//! wanted, at the end of the program, where the program waits for input, and at the limit; which of them it was is told.
//!
//! `0-500` walks over the first 501 instants; with `every: 10` over 0, 10, 20 …

use crate::{
    debugger::{
        command::{Command, Direction, Instant, StepUnit},
        engine::Engine,
    },
    view::{Status, View, ViewRequest},
};

/// Which instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: u64,
    /// `None`: to the end of the program.
    pub to: Option<u64>,
    /// In units.
    pub every: u64,
    pub unit: Unit,
    /// No more than so many.
    pub most: usize,
}

/// How far it is from one instant to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Instruction,
    /// To the next line, into calls.
    Line,
}

/// Why the walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything that was wanted.
    Reached,
    /// The program is over.
    Over,
    /// It waits for a line of input.
    Waits,
    /// There would have been more instants than the limit.
    Limit,
}

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    pub instants: usize,
    /// The last of them.
    pub last: u64,
    pub end: End,
}

/// So many instants are exported unless a number says otherwise, and at most.
pub const USUALLY: usize = 1000;
pub const MOST: usize = 10_000;

impl Span {
    /// The present instant alone.
    pub fn instant(step: u64) -> Span {
        Span::between(step, Some(step))
    }

    /// Every instruction; up to the usual limit, if no end is given.
    pub fn between(from: u64, to: Option<u64>) -> Span {
        let most = if to.is_some() { MOST } else { USUALLY };
        Span { from, to, every: 1, unit: Unit::Instruction, most }
    }

    /// A span that cannot be exported is refused before the walk.
    ///
    /// # Errors
    ///
    /// A sentence for the user.
    pub fn check(&self) -> Result<(), String> {
        let Some(to) = self.to else { return Ok(()) };
        if to < self.from {
            return Err(format!("instant {to} comes before {}", self.from));
        }
        let instants = (to - self.from) / self.every.max(1) + 1;
        if self.unit == Unit::Instruction && instants > self.most as u64 {
            return Err(format!("that is {instants} instants, and an export holds {}: take fewer", self.most));
        }
        Ok(())
    }
}

/// Stands at each instant of the span; `see` looks at the engine there and may end the walk, as a limit, with `false`.
///
/// # Errors
///
/// The engine could not go on; what was seen before is good.
pub fn walk<E: Engine>(engine: &mut E, span: &Span, mut see: impl FnMut(&mut E, &View) -> bool) -> Result<Walked, String> {
    span.check()?;
    let request = ViewRequest { panes: Vec::new(), output_bytes: 0, ..ViewRequest::default() };
    let mut here = engine.view(&request);
    if here.step != span.from {
        go(engine, &Command::Goto(Instant::At(span.from)))?;
        here = engine.view(&request);
    }
    let mut instants = 0;
    loop {
        instants += 1;
        let goes_on = see(engine, &here);
        let walked = |end| Ok(Walked { instants, last: here.step, end });
        if !goes_on {
            return walked(End::Limit);
        }
        if here.status.is_over() {
            return walked(End::Over);
        }
        if span.to.is_some_and(|to| here.step >= to || (span.unit == Unit::Instruction && here.step + span.every > to)) {
            return walked(End::Reached);
        }
        if matches!(here.status, Status::AwaitingInput { .. }) {
            return walked(End::Waits);
        }
        if instants == span.most {
            return walked(End::Limit);
        }
        let command = match span.unit {
            Unit::Instruction => Command::Goto(Instant::At(here.step + span.every.max(1))),
            Unit::Line => Command::Step { unit: StepUnit::LineInto, direction: Direction::Forward, count: span.every.max(1) },
        };
        if engine.signals().take_interrupt() {
            return Err("interrupted".into());
        }
        go(engine, &command)?;
        let next = engine.view(&request);
        if next.step == here.step && next.status == here.status {
            return walked(End::Reached);
        }
        if span.to.is_some_and(|to| next.step > to) {
            return walked(End::Reached);
        }
        here = next;
    }
}

fn go<E: Engine>(engine: &mut E, command: &Command) -> Result<(), String> {
    engine.execute(command).error.map_or(Ok(()), Err)
}

impl Walked {
    /// A remark for the user, where not everything is in it.
    pub fn remark(&self, span: &Span) -> Option<String> {
        match self.end {
            End::Limit => Some(format!("the run goes on after instant {}", self.last)),
            End::Waits => Some(format!("at instant {} the program waits for input", self.last)),
            End::Over if self.last < span.from => Some(format!("the program ends at instant {}", self.last)),
            End::Over | End::Reached => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_are_refused() {
        assert!(Span::between(5, Some(4)).check().unwrap_err().contains("before"));
        assert!(Span::between(0, Some(50_000)).check().unwrap_err().contains("holds 10000"));
    }
}

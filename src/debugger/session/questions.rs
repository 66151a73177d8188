//! Questions to the run: when did this value change, when was this object made, when will it be freed, who holds it, when was
//! this line written. Each goes where the answer is.
//!
//! `changed total` leads to the STORE_NAME that made it what it is.

use super::*;
use crate::debugger::{command::Wanted, evaluate::Sighting, ledger::Identity};

/// Notes instants after which an expression has another value.
pub(super) struct Changes {
    question: Option<Question>,
    last: Option<Sighting>,
}

impl Changes {
    pub fn new(question: Option<Question>) -> Changes {
        Changes { question, last: None }
    }

    /// Whether the last instruction changed it. Every instant must be shown, in order.
    pub fn look(&mut self, vm: &Vm) -> bool {
        let Some(question) = &self.question else { return false };
        let now = question.sight(vm);
        let changed = self.last.as_ref().is_some_and(|last| last.becomes(&now, vm));
        self.last = Some(now);
        changed
    }
}

impl Session {
    pub(super) fn next_change(&mut self, question: Option<&Question>, direction: Direction, count: u64) -> Answer {
        if let Some(question) = question {
            self.step_question = Some(question.clone());
        }
        let Some(question) = self.step_question.clone() else { return Answer::error("of what? for example `change total`") };
        let mut answer = self.command(&Command::Step { unit: StepUnit::Change, direction, count });
        if answer.error.is_none() && matches!(self.status, Status::Paused { reason: PauseReason::Step }) {
            answer.message = Some(format!("{} is {}", question.text, question.sight(&self.now.vm).text));
        }
        answer
    }

    /// Back to the instant before the instruction that gave an expression its value.
    pub(super) fn changed(&mut self, question: &Question) -> Answer {
        let vm = self.scene().vm;
        if !self.status.is_over() && question.sight(vm).is_nothing() {
            return Answer::error(match question.error(vm) {
                Some(error) => format!("{} has no value here: {error}", question.text),
                None => format!("{} has no value here", question.text),
            });
        }
        self.step_question = Some(question.clone());
        let here = self.step() + u64::from(!self.status.is_over());
        match self.last_event(here, StepUnit::Change) {
            Err(Interrupted) => Answer::error("interrupted; still where it was"),
            Ok((0, _)) => Answer::error(format!("{} has never changed before this step", question.text)),
            Ok((step, _)) => {
                let answer = self.go_back_or_on(step - 1);
                let value = self.timeline.machine_at(step).map_or(String::new(), |(machine, _)| question.sight(&machine.vm).text);
                let message = format!("the next instruction makes {} {value}", question.text);
                Answer { message: answer.message.or(Some(message)), ..answer }
            }
        }
    }

    /// To the instant before the instruction that makes an object, or after which it is dead.
    pub(super) fn born(&mut self, what: &Wanted, frame: usize, freed: bool) -> Answer {
        let (asked, object) = match self.find_object(what, frame) {
            Ok(found) => found,
            Err(error) => return Answer::error(error),
        };
        let vm = self.scene().vm;
        let (identity, from) = (Identity::of(vm, object), vm.steps());
        if freed {
            let mut machine = self.now.clone();
            let mut rule = Life { identity, wanted: false, until: u64::MAX, found: None };
            let halt = self.timeline.run(&mut machine, &mut rule);
            return match rule.found {
                Some(step) => {
                    let answer = self.go_back_or_on(step - 1);
                    Answer { message: answer.message.or(Some(format!("the next instruction frees {asked}"))), ..answer }
                }
                None if halt == Halt::Interrupted => Answer::error("interrupted; still where it was"),
                None if halt == Halt::Waiting => Answer::message(format!("{asked} is alive still where the program waits for input")),
                None => Answer::message(format!("{asked} lives to the end of the program")),
            };
        }
        let mut machine = self.timeline.last_copy(from, |vm| !identity.lives(vm)).clone();
        let start = machine.vm.steps();
        if identity.lives(&machine.vm) {
            return Answer::message(format!("{asked} is older than the program's first instruction"));
        }
        let mut rule = Life { identity, wanted: true, until: from, found: None };
        if self.timeline.run(&mut machine, &mut rule) == Halt::Interrupted {
            return Answer::error("interrupted; still where it was");
        }
        let step = rule.found.unwrap_or(from).max(start + 1);
        let answer = self.go_back_or_on(step - 1);
        Answer { message: answer.message.or(Some(format!("the next instruction makes {asked}"))), ..answer }
    }

    pub(super) fn holders(&self, what: &Wanted, frame: usize) -> Answer {
        let scene = self.scene();
        match self.find_object(what, frame) {
            Err(error) => Answer::error(error),
            Ok((asked, object)) => Answer::listing(scene.scribe().roots(&asked, object)),
        }
    }

    /// To the instruction that wrote the first character of a line of the output, counted from 1.
    pub(super) fn wrote(&mut self, line: u64) -> Answer {
        let mut number = 1;
        let mut at_start = true;
        let mut found = None;
        for chunk in self.timeline.whole_output() {
            for piece in chunk.text.split_inclusive('\n') {
                if at_start && number == line {
                    found = found.or(Some(chunk.step));
                }
                at_start = piece.ends_with('\n');
                number += u64::from(at_start);
            }
        }
        match found {
            Some(step) => {
                let answer = self.go_back_or_on(step);
                Answer { message: answer.message.or(Some(format!("the next instruction writes line {line}"))), ..answer }
            }
            None => Answer::error(format!("line {line} of the output has not been written")),
        }
    }
}

/// Looks for the first instant at which an object lives, or does not.
struct Life {
    identity: Identity,
    wanted: bool,
    until: u64,
    found: Option<u64>,
}

impl Rule for Life {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if self.identity.lives(vm) == self.wanted {
            self.found = Some(vm.steps());
            return None;
        }
        (vm.steps() < self.until).then_some(1)
    }
}

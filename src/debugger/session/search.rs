//! Questions to the whole run: where an expression becomes true.

use super::*;
use crate::debugger::evaluate::Question;

/// So many places are told.
const MOST: usize = 200;

impl Session {
    /// Runs through the program from its start, on a copy, and goes to the first line at whose start the expression has
    /// become true.
    pub(super) fn find(&mut self, question: &Question) -> Answer {
        let Ok((mut machine, _)) = self.timeline.machine_at(0) else { return Answer::error("interrupted; still where it was") };
        let mut rule = Becomes { question, places: &mut self.places, tracker: Tracker::default(), was: false, found: Vec::new() };
        let halt = self.timeline.run(&mut machine, &mut rule);
        let found = rule.found;
        if halt == Halt::Interrupted {
            return Answer::error("interrupted; still where it was");
        }
        let Some(&(first, ..)) = found.first() else {
            let what = if halt == Halt::Waiting { "up to where the program waits for input" } else { "at the start of any line" };
            return Answer::message(format!("{} is never true {what}", question.text));
        };
        let row = |(step, place, line): &(u64, String, u32)| format!("step {step:>6}  {place}, line {line}");
        let rows: Vec<String> = found.iter().map(row).collect();
        let answer = self.go_back_or_on(first);
        if answer.error.is_some() || rows.len() == 1 {
            return Answer { message: answer.message.or_else(|| rows.into_iter().next()), ..answer };
        }
        Answer::listing(rows)
    }

    pub(super) fn go_back_or_on(&mut self, target: u64) -> Answer {
        if target < self.step() || self.status.is_over() { self.go_back(target, PauseReason::Arrived) } else { self.goto(target) }
    }
}

/// Notes where a question becomes true.
struct Becomes<'a> {
    question: &'a Question,
    places: &'a mut Places,
    tracker: Tracker,
    was: bool,
    /// Instant, function and line.
    found: Vec<(u64, String, u32)>,
}

impl Rule for Becomes<'_> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let moment = self.tracker.look(vm, self.places);
        if moment.line_event {
            let is = self.question.holds(vm);
            if is && !self.was {
                let name = self.places.codes.get(moment.place.code as usize).map(|code| code.name.to_string());
                self.found.push((moment.step, name.unwrap_or_default(), moment.place.line));
            }
            self.was = is;
        }
        (self.found.len() < MOST).then_some(1)
    }
}

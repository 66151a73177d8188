//! Rounds: how often a line has begun up to now, and to the time that it begins for the N-th time.
//!
//! A program that is run anew after it was edited comes back to the same line in the same round of its loop. Breakpoints
//! don't stop it on the way.

use super::*;
use crate::debugger::command::Place;

impl Session {
    /// Counts the rounds of a line up to now; or runs on to a round of it.
    pub(super) fn round(&mut self, place: &Place, to: Option<u64>) -> Answer {
        let (file, line) = match self.real_place(place) {
            Ok(found) => found,
            Err(error) => return Answer::error(error),
        };
        let mut breakpoints = Breakpoints::default();
        if breakpoints.add(Target::Line { file, line }, None, false).is_err() {
            return Answer::done();
        }
        let here = self.step();
        match to {
            None => {
                let mut machine = self.timeline.copy_before(0).clone();
                breakpoints.begin(Direction::Forward, machine.vm.steps(), String::new());
                let mut rule = Rounds { places: &mut self.places, breakpoints, until: here, wanted: u64::MAX, count: 0, last: None };
                let halt = self.timeline.run(&mut machine, &mut rule);
                if halt == Halt::Interrupted { Answer::error("interrupted") } else { Answer { round: rule.count, ..Answer::done() } }
            }
            Some(wanted) => {
                breakpoints.begin(Direction::Forward, self.now.vm.steps(), String::new());
                let mut rule = Rounds { places: &mut self.places, breakpoints, until: u64::MAX, wanted, count: 0, last: None };
                let halt = self.timeline.run(&mut self.now, &mut rule);
                let (count, last) = (rule.count, rule.last);
                self.before = None;
                if count == wanted {
                    return self.arrived(Halt::Stopped, PauseReason::Arrived);
                }
                let answer = self.arrived(halt, PauseReason::Step);
                let text = match count {
                    0 => format!("line {line} was not reached"),
                    1 => format!("line {line} was reached once, not {wanted} times"),
                    count => format!("line {line} was reached {count} times, not {wanted}"),
                };
                let answer = match last.filter(|_| halt == Halt::Ended) {
                    Some(last) => self.go_back(last, PauseReason::Arrived),
                    None => answer,
                };
                Answer { message: answer.message.or(Some(text)), ..answer }
            }
        }
    }
}

/// Counts the hits of one breakpoint.
struct Rounds<'a> {
    places: &'a mut Places,
    breakpoints: Breakpoints,
    /// Hits up to this instant count.
    until: u64,
    wanted: u64,
    count: u64,
    last: Option<u64>,
}

impl Rounds<'_> {
    /// Whether that was the last one wanted. The same instant may be shown twice.
    fn note(&mut self, hit: Option<Hit>) -> bool {
        if let Some(hit) = hit.filter(|hit| hit.stop <= self.until && self.last != Some(hit.stop)) {
            self.last = Some(hit.stop);
            self.count += 1;
        }
        self.count == self.wanted
    }
}

impl Rule for Rounds<'_> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if vm.steps() > self.until {
            return None;
        }
        let hit = self.breakpoints.look(vm, self.places);
        let left = u32::try_from((self.until - vm.steps()).saturating_add(1)).unwrap_or(u32::MAX);
        if self.note(hit) { None } else { Some(self.breakpoints.grant(vm).min(left)) }
    }

    fn armed(&mut self, vm: &Vm) -> bool {
        let hit = self.breakpoints.look_at_armed(vm, self.places);
        self.note(hit)
    }

    fn arm(&mut self, vm: &mut Vm) {
        self.breakpoints.arm(vm, self.places);
    }

    fn written(&mut self, vm: &Vm) {
        self.breakpoints.read(vm);
    }
}

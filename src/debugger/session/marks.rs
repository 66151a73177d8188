//! Marks: instants with a name; and the run with all that is marked in it.
//!
//! `mark a`, …, `goto 'a`

use super::*;
use crate::view::TimelineView;

impl Session {
    pub(super) fn mark(&mut self, name: &str) -> Answer {
        let step = self.step();
        self.marks.insert(name.to_owned(), step);
        Answer::message(format!("mark {name} at step {step}"))
    }

    pub(super) fn go_to_mark(&mut self, name: &str) -> Answer {
        match self.marks.get(name).copied() {
            Some(step) if step == self.step() => Answer::message(format!("mark {name} is here")),
            Some(step) => self.goto(step),
            None if self.marks.is_empty() => Answer::error("there are no marks; `mark NAME` sets one"),
            None => Answer::error(format!("no mark `{name}`; there are {}", self.marks.keys().cloned().collect::<Vec<_>>().join(", "))),
        }
    }

    pub(super) fn timeline_view(&self) -> TimelineView {
        let summary = &self.timeline.summary;
        let (stretches, length) = summary.stretches();
        let mut marks: Vec<_> = self.marks.iter().map(|(name, step)| (*step, name.clone())).collect();
        marks.sort();
        let is_set = |number: u32| self.breakpoints.list().iter().any(|it| it.number == number);
        TimelineView {
            stretches: stretches.to_vec(),
            length,
            furthest: self.timeline.furthest().max(self.step()),
            is_finished: self.timeline.end.is_some(),
            here: self.step(),
            marks,
            stops: summary.stops().filter(|(_, number)| is_set(*number)).map(|(step, _)| step).collect(),
        }
    }

    pub(super) fn tell_marks(&self) -> Answer {
        if self.marks.is_empty() {
            return Answer::message("no marks; `mark NAME` sets one here");
        }
        Answer::listing(self.marks.iter().map(|(name, step)| format!("{name:<8} step {step}")).collect())
    }
}

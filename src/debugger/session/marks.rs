//! Marks: instants with a name.
//!
//! `mark a`, …, `goto 'a`

use super::*;

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

    pub(super) fn tell_marks(&self) -> Answer {
        if self.marks.is_empty() {
            return Answer::message("no marks; `mark NAME` sets one here");
        }
        Answer::listing(self.marks.iter().map(|(name, step)| format!("{name:<8} step {step}")).collect())
    }
}

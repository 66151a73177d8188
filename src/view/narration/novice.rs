//! The words of a novice's sentences: values and lines, no machinery.
//!
//! `worked out 3 + 4: it is 7`; `asked whether 3 < 4: yes`; `looked at False and goes on at line 9`.

use super::{Words, call::Call};
use crate::{
    bytecode::{instr, opcode::Op},
    view::capture::{self, Level, Scribe, callable_name},
};

impl Words<'_> {
    /// A whole sentence, without the name of the instruction.
    pub(super) fn novice(&self, template: &str, now: Option<&Scribe<'_>>) -> String {
        self.filled(template, now)
    }

    /// `None`: no such word.
    pub(super) fn fill_novice(&self, word: &str, now: Option<&Scribe<'_>>) -> Option<String> {
        let jumped = || now.is_some_and(|now| now.vm.pc != self.vm().pc + 1);
        let is_first = self.instr.arg & 3 == 0;
        Some(match word {
            "begin_words" => if is_first { "begin" } else { "go on" }.into(),
            "began_words" => if is_first { "has begun" } else { "goes on" }.into(),
            "way" => if self.instr.op == Op::JUMP_FORWARD { "on" } else { "back" }.into(),
            "to_line" => self.target_line().map_or(String::new(), |line| format!(" to line {line}")),
            "novice_jumped" => match (jumped(), self.target_line()) {
                (false, _) => "goes straight on".into(),
                (true, Some(line)) => format!("goes on at line {line}"),
                (true, None) => "goes on elsewhere".into(),
            },
            "and_or" => if self.instr.op == Op::JUMP_IF_FALSE_OR_POP { "and" } else { "or" }.into(),
            "needed" => if jumped() { "is not needed" } else { "is needed" }.into(),
            "result" => now.map(|now| self.result(now)).unwrap_or_default(),
            "yes" => match now.map(|now| self.result(now)).unwrap_or_default().as_str() {
                "True" => "yes".into(),
                "False" => "no".into(),
                other => other.to_owned(),
            },
            "novice_item" => self.novice_item(now?),
            "novice_called" => self.novice_called(now?),
            "novice_import" => match self.new_frame(now?) {
                Some(_) => format!("the module `{}` is new: its file runs now", self.arg()),
                None => format!("fetched the module `{}`", self.arg()),
            },
            _ => return None,
        })
    }

    /// What is on top now.
    fn result(&self, now: &Scribe<'_>) -> String {
        let top = now.vm.stack[..now.vm.sp].last().copied().flatten();
        top.map_or("nothing".into(), |top| now.text(top, 40))
    }

    /// The name of the function whose frame the instruction has begun.
    fn new_frame(&self, now: &Scribe<'_>) -> Option<String> {
        if now.vm.frames.len() <= self.vm().frames.len() {
            return None;
        }
        let python = Level::of(now.vm, now.vm.frames.len() - 1).python;
        Some(python.map_or("it".into(), |python| python.code.code.qualname.to_string()))
    }

    fn novice_item(&self, now: &Scribe<'_>) -> String {
        match self.new_frame(now) {
            Some(name) => format!("asked for the next item: {name} runs now"),
            None if now.vm.sp == self.vm().sp + 1 => format!("got the next item: {}", self.result(now)),
            None => "no item is left: the loop is over".into(),
        }
    }

    fn novice_called(&self, now: &Scribe<'_>) -> String {
        let Some(call) = Call::of(self.vm(), &self.instr) else { return "made the call".into() };
        let name = callable_name(self.vm(), call.callable);
        match self.new_frame(now) {
            Some(runs) if runs == name || runs == "it" => format!("called {name}: its lines run now"),
            Some(runs) => format!("called {name}: the lines of {runs} run now"),
            None => format!("called {name}, which gave back {}", self.result(now)),
        }
    }

    /// The line that it may jump to.
    fn target_line(&self) -> Option<u32> {
        let python = self.level.python?;
        let unit = python.code.unit_at(instr::target_of(&self.instr)?);
        capture::position_of(python.code, unit).line
    }
}

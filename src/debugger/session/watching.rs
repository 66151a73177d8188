//! Expressions of the user beside the program: the console, and those that are displayed at every stop.
//!
//! Both run on copies; the run and its numbers stay as they were.

use super::*;
use crate::{
    debugger::evaluate::{Question, Scratch},
    view::{Change, Scope, ValueView, VariableRow, VariableSection},
};

impl Session {
    /// Runs a statement on a copy of the present machine, which is kept as long as the program stands still.
    pub(super) fn console(&mut self, source: &str, frame: usize) -> Answer {
        let vm = self.scene().vm;
        let depth = (0..vm.frames.len().saturating_sub(frame)).rev().find(|&depth| vm.python_frame(depth).is_some());
        let Some(depth) = depth else { return Answer::error("there is no frame to ask in") };
        let of = (vm.steps(), self.timeline.epoch(), depth);
        let is_old = self.scratch.as_ref().is_none_or(|scratch| scratch.of != of);
        if let Some(new) = is_old.then(|| Scratch::new(vm, depth, of)) {
            self.scratch = Some(new);
        }
        // What fails is not half done.
        let Some(mut scratch) = self.scratch.clone() else { return Answer::done() };
        match scratch.run(source) {
            Err(error) => Answer::error(error),
            Ok(value) => {
                self.scratch = Some(scratch);
                let mut lines: Vec<String> = value.output.lines().map(str::to_owned).collect();
                lines.extend((!value.text.is_empty()).then_some(value.text));
                Answer::listing(lines)
            }
        }
    }

    /// An expression whose value is shown at every stop.
    pub(super) fn display(&mut self, question: Option<&Question>) -> Answer {
        let Some(question) = question else {
            return match self.displays.is_empty() {
                true => Answer::message("nothing is displayed; `display EXPR` shows a value at every stop"),
                false => {
                    Answer::listing(self.displayed().iter().map(|(number, text, value)| format!("{number:>3}  {text} = {value}")).collect())
                }
            };
        };
        self.last_display += 1;
        self.displays.push((self.last_display, question.clone()));
        let value = question.shown(self.scene_vm().0);
        Answer::message(format!("display {}: {} = {value}", self.last_display, question.text))
    }

    pub(super) fn undisplay(&mut self, number: Option<u32>) -> Answer {
        let count = self.displays.len();
        self.displays.retain(|(it, _)| number.is_some_and(|number| *it != number));
        match count - self.displays.len() {
            0 => Answer::error(number.map_or("nothing is displayed".into(), |number| format!("there is no display {number}"))),
            1 => Answer::message("one expression less"),
            count => Answer::message(format!("{count} expressions less")),
        }
    }

    fn displayed(&self) -> Vec<(u32, String, String)> {
        let (vm, _) = self.scene_vm();
        self.displays.iter().map(|(number, question)| (*number, question.text.clone(), question.shown(vm))).collect()
    }

    fn scene_vm(&self) -> (&Vm, Option<&Vm>) {
        let scene = self.scene();
        (scene.vm, scene.before)
    }

    /// The values as the first section of the variables.
    pub(super) fn show_displays(&self, view: &mut View) {
        if self.displays.is_empty() {
            return;
        }
        let (vm, before) = self.scene_vm();
        let row = |(_, question): &(u32, Question)| {
            let text = question.shown(vm);
            let old = before.and_then(|before| question.value_simply(before)).filter(|old| *old != text);
            let change = old.map_or(Change::None, |old| Change::Changed { old });
            VariableRow { name: question.text.clone(), value: Some(ValueView { text, change, ..ValueView::default() }) }
        };
        let rows = self.displays.iter().map(row).collect();
        view.variables.sections.insert(0, VariableSection { scope: Scope::Displayed, rows });
    }
}

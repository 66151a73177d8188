//! Looking into the next instruction: it runs on a copy of the machine with a recorder, and its steps are shown one by one.

use super::*;
use crate::{
    debugger::command::Direction,
    view::{MicroView, Recording},
    vm::micro::Recorder,
};

/// The steps of the instruction at an instant, and the one that is shown.
pub(super) struct Micro {
    step: u64,
    recording: Arc<Recording>,
    at: usize,
}

impl Session {
    /// One step on or back inside the next instruction; the first time records them.
    pub(super) fn micro(&mut self, direction: Direction) -> Answer {
        match &self.status {
            Status::AwaitingInput { .. } => return Answer::error("the program waits for a line of input"),
            status if status.is_over() => return Answer::error("the program has ended; I goes back"),
            _ => {}
        }
        let here = self.step();
        match &mut self.micro {
            Some(micro) if micro.step == here => match direction {
                Direction::Forward if micro.at + 1 < micro.recording.steps.len() => micro.at += 1,
                Direction::Forward => return Answer::message("that was all of this instruction; i executes it"),
                Direction::Back if micro.at > 0 => micro.at -= 1,
                Direction::Back => self.micro = None,
            },
            _ => return self.look_inside(),
        }
        Answer::done()
    }

    fn look_inside(&mut self) -> Answer {
        let here = self.step();
        let mut copy = self.now.clone();
        copy.vm.micro = Some(Box::new(Recorder { base: self.born, ..Recorder::default() }));
        let halt = self.timeline.replay(&mut copy, &mut Until(here + 1));
        let recorder = copy.vm.micro.take().unwrap_or_default();
        let mut scratch = self.now.vm.clone();
        let mut recording = capture::micro::capture(&self.scene(), &copy.vm, &recorder, &mut scratch);
        if halt == Halt::Waiting {
            recording.note = Some("the instruction asks the outside world; what comes after that is not shown".into());
        }
        if recording.steps.is_empty() {
            return Answer::message(format!(
                "{} has no steps inside; z shows collections, deaths, lookups, growth, unwinding, specialization",
                recording.title
            ));
        }
        self.micro = Some(Micro { step: here, recording: Arc::new(recording), at: 0 });
        Answer::done()
    }

    /// All steps inside the next instruction, as lines.
    pub(super) fn tell_micro(&mut self) -> Answer {
        let here = self.step();
        if self.micro.as_ref().is_none_or(|micro| micro.step != here) {
            let answer = self.micro(Direction::Forward);
            if answer != Answer::done() {
                return answer;
            }
        }
        Answer::listing(plain::recording(&self.micro.as_ref().map(|micro| micro.recording.clone()).unwrap_or_default()))
    }

    pub(super) fn micro_view(&self) -> MicroView {
        match &self.micro {
            Some(micro) if micro.step == self.step() => micro.recording.at(micro.at),
            _ => MicroView::default(),
        }
    }
}

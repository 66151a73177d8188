//! New futures: a variable set, a jump, an early return, another answer to `input()` in the past.
//!
//! What has been recorded after the present is forgotten then, so a question comes first, where there is something to lose:
//! `yes` does it. `yes COMMAND` asks nothing, and after `set confirm off` nothing is asked at all.

use super::*;
use crate::debugger::timeline::change::Change;

/// How the user stands to losing a recorded future.
#[derive(Default)]
pub(super) struct Consent {
    /// Nothing is asked.
    silent: bool,
    /// The command that waits for a yes.
    asked: Option<Command>,
}

impl Session {
    /// Changes the run here: the instant stays the same.
    pub(super) fn change(&mut self, change: &Change, sure: bool) -> Answer {
        match &self.status {
            Status::AwaitingInput { .. } => return Answer::error("the program waits for a line of input; I goes before it"),
            status if status.is_over() => return Answer::error("the program has ended; I goes back"),
            _ => {}
        }
        // First on a copy: what fails is refused and nothing has happened.
        let mut changed = self.now.clone();
        if let Err(error) = change.apply(&mut changed.vm) {
            return Answer::error(error);
        }
        if !sure && let Some(question) = self.question(Command::Change(change.clone())) {
            return question;
        }
        let mut changed = self.now.clone();
        if let Err(error) = self.timeline.change(&mut changed, change.clone()) {
            return Answer::error(error);
        }
        self.before = Some(std::mem::replace(&mut self.now, changed));
        self.status = Status::Paused { reason: PauseReason::Step };
        self.began_anew();
        Answer::message(change.told())
    }

    /// Another answer to the next `input()` whose answer is recorded.
    pub(super) fn answer_anew(&mut self, line: Option<&str>, sure: bool) -> Answer {
        if self.status.is_over() {
            return Answer::error("the program has ended; go back to before the input() that is to be answered anew");
        }
        let Some(index) = self.timeline.next_line(&self.now) else { return Answer::error("the program waits for no input") };
        if !sure && let Some(question) = self.question(Command::Input(line.map(str::to_owned))) {
            return question;
        }
        let mut machine = self.now.clone();
        match self.timeline.run_to_answer(&mut machine, index) {
            Halt::Waiting => {}
            Halt::Interrupted => return Answer::error("interrupted; still where it was"),
            _ => return Answer::error("the program does not come to that input()"),
        }
        let waits_below = machine.waits_below();
        let target = machine.vm.steps().saturating_sub(u64::from(!waits_below));
        self.timeline.type_line(&mut machine, line);
        let target_machine = self.timeline.machine_at(target).ok().map(|(machine, _)| machine);
        self.before = target_machine.filter(|before| waits_below || before.vm.steps() < machine.vm.steps());
        self.now = machine;
        self.began_anew();
        let target = self.now.vm.steps() + u64::from(waits_below);
        let halt = self.run(&mut Until(target));
        self.arrived(halt, PauseReason::Arrived)
    }

    /// Asks before a recorded future is lost; `None`: there is nothing to ask.
    fn question(&mut self, command: Command) -> Option<Answer> {
        if self.consent.silent || !self.timeline.has_future(&self.now) {
            return None;
        }
        let here = self.step();
        let lost = match self.timeline.furthest().saturating_sub(here) {
            0 => "what is recorded after this instant".to_owned(),
            1 => "the one step that is recorded after this instant".to_owned(),
            steps => format!("the {steps} steps that are recorded after this instant"),
        };
        self.consent.asked = Some(command);
        Some(Answer { question: Some(format!("a new future begins, {lost} will be forgotten: yes or no?")), ..Answer::default() })
    }

    /// Asks before a command does something outside the debugger; `None`: nothing is asked.
    pub(super) fn ask_first(&mut self, command: Command, question: String) -> Option<Answer> {
        if self.consent.silent {
            return None;
        }
        self.consent.asked = Some(command);
        Some(Answer { question: Some(question), ..Answer::default() })
    }

    /// Does what was asked about, or a command without asking.
    pub(super) fn yes(&mut self, command: Option<&Command>) -> Answer {
        let command = match command {
            Some(command) => command.clone(),
            None => match self.consent.asked.take() {
                Some(command) => command,
                None => return Answer::error("nothing was asked"),
            },
        };
        match &command {
            Command::Change(change) => self.change(change, true),
            Command::Input(line) if !matches!(self.status, Status::AwaitingInput { .. }) => self.answer_anew(line.as_deref(), true),
            command => {
                self.sure = true;
                let answer = self.command(command);
                self.sure = false;
                answer
            }
        }
    }

    pub(super) fn no(&mut self) -> Answer {
        match self.consent.asked.take() {
            Some(_) => Answer::message("all is left as it was"),
            None => Answer::error("nothing was asked"),
        }
    }

    /// Leaves the program for a prompt.
    pub(super) fn repl(&mut self) -> Answer {
        if let Some(question) = self.question(Command::Repl).filter(|_| !self.sure) {
            return Answer { question: Some("the program will be left for a prompt: yes or no?".into()), ..question };
        }
        let config = (*self.now.vm.config).clone();
        let (signals, consent) = (self.timeline.signals.clone(), std::mem::take(&mut self.consent));
        let listener = self.timeline.listener.take();
        let (limit, record_to) = (self.timeline.copies().limit(), self.record_to.take());
        *self = Session { consent, record_to, ..Session::typed(config, None, self.timeline.leave_world()) };
        (self.timeline.signals, self.timeline.listener) = (signals, listener);
        self.set_history_memory(limit);
        Answer::done()
    }

    /// Whether questions are asked.
    pub(super) fn confirm(&mut self, on: bool) -> Answer {
        self.consent.silent = !on;
        Answer::message(if on { "asks before a recorded future is lost" } else { "asks nothing" })
    }

    /// Another command came instead of a yes.
    pub(super) fn forget_question(&mut self) {
        self.consent.asked = None;
    }

    /// Other code may come to lie where code of the old future lay.
    fn began_anew(&mut self) {
        self.unfinished = None;
        self.last_look = None;
        self.micro = None;
        self.places = Places::default();
        let first = &self.timeline.copy_before(0).vm;
        if let Some(code) = capture::running_code(first) {
            self.places.add(first, code);
        }
        self.breakpoints.forget_places();
        self.breakpoints.forget_after(self.now.vm.steps());
        self.heard = RefCell::default();
        self.caches = RefCell::default();
    }
}

//! A session put down in a file, and opened again at the same instant.
//!
//! Invariant: a session that is opened has come by all the states that were saved, and stands at the one where it was left.

use std::path::Path;

use super::*;
use crate::debugger::{
    command::{self, Command},
    recording::{Code, Guard, Now, Problem, Recording, SavedProgram, State, digest, save},
};

/// At most so many states are put down besides the present one.
const MOST_STATES: usize = 24;

impl Session {
    /// All that the run depends on; `None`: it is not known where it came from.
    pub fn recording(&self) -> Option<Recording> {
        let program = self.origin.clone()?;
        let present = State { step: self.now.vm.steps(), hash: digest(&self.now.vm) };
        // Between two statements of a prompt there is no instant of their own.
        let copies: Vec<&Machine> = self.timeline.copies().machines().filter(|copy| !copy.is_idle()).collect();
        let every = copies.len().div_ceil(MOST_STATES).max(1);
        let mut states: Vec<State> =
            copies.into_iter().step_by(every).map(|copy| State { step: copy.vm.steps(), hash: digest(&copy.vm) }).collect();
        let changes = self.timeline.changes();
        let waits = matches!(self.status, Status::AwaitingInput { .. });
        let now = Now {
            step: self.step(),
            waits,
            answers: matches!(program.code, Code::Prompt).then_some(self.now.answered()),
            over: self.status.is_over(),
            furthest: self.timeline.furthest(),
            ended: self.timeline.end.is_some(),
        };
        // Inside an instruction there is no state to compare with.
        if !waits {
            states.retain(|state| state.step != present.step);
            states.push(present);
        }
        // At the instant of a change there are two.
        states.retain(|state| changes.iter().all(|(step, _)| *step != state.step));
        states.sort_by_key(|state| state.step);
        Some(Recording {
            program,
            stdin: self.timeline.stdin(),
            answers: self.timeline.answers(),
            changes: changes.to_vec(),
            breakpoints: self.script().lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect(),
            marks: self.marks.iter().map(|(name, step)| (name.clone(), *step)).collect(),
            states,
            now,
        })
    }

    /// The session is saved in this file when it is left.
    pub fn record_to(&mut self, file: Option<String>) {
        self.record_to = file;
    }

    /// Writes the session to a file: as a whole, or nothing.
    pub(super) fn save_to(&self, file: &str) -> Result<(), String> {
        let recording = self.recording().ok_or("this session cannot be saved: its program is not known")?;
        save(Path::new(file), &recording.to_text())
    }

    pub(super) fn save(&self, file: &str) -> Answer {
        match self.save_to(file) {
            Ok(()) => Answer::message(format!("saved in {file}; `uncoil {file}` opens it at this step")),
            Err(error) => Answer::error(error),
        }
    }

    /// The session of a recording, where it was left. What was not recorded is asked of `world`, but for files.
    ///
    /// # Errors
    ///
    /// Why it is not what was recorded.
    pub fn reopen(recording: &Recording, world: Box<dyn Host + Send>) -> Result<Session, Problem> {
        let world = Box::new(Guard::new(world));
        let mut session = match recording.program.code {
            Code::Prompt => Session::untyped(recording.program.config.clone(), recording.stdin.clone(), world),
            _ => Session::new(recording.program.program(recording.stdin.clone())?, world),
        };
        session.timeline.refuse_files("what a session file says of files is not written to this computer; run the program itself");
        session.timeline.preset(recording.answers.clone(), recording.changes.clone());
        for state in &recording.states {
            session.check(*state)?;
        }
        for text in &recording.breakpoints {
            let wrong = |why: String| Problem::Program(format!("its breakpoint `{text}`: {why}"));
            let command = command::parse(text).map_err(wrong)?;
            if !matches!(command, Command::Break { .. } | Command::Enable { .. } | Command::Ignore { .. }) {
                return Err(wrong("no breakpoint".into()));
            }
            session.command(&command);
        }
        session.marks = recording.marks.iter().cloned().collect();
        match recording.now.answers {
            Some(answers) => session.go_to_typed(recording.now, answers)?,
            None => session.go_to_saved(recording.now)?,
        }
        Ok(session)
    }

    /// Runs on to where a state was saved, and compares.
    fn check(&mut self, state: State) -> Result<(), Problem> {
        let differs = |step, what| Err(Problem::Differs { step, what });
        match self.timeline.run_to(&mut self.now, state.step) {
            Halt::Interrupted => return Err(Problem::Interrupted),
            Halt::Waiting => return differs(self.now.vm.steps(), "it asks something that it did not ask then"),
            halt if self.now.vm.steps() != state.step => {
                return differs(self.now.vm.steps(), if halt == Halt::Ended { "it ends there" } else { "it can't stop where it did" });
            }
            _ => {}
        }
        if digest(&self.now.vm) != state.hash { differs(state.step, "the state hash is another") } else { Ok(()) }
    }

    /// The same at a prompt: all that was typed runs again, then it stands behind so many answers.
    fn go_to_typed(&mut self, now: Now, answers: usize) -> Result<(), Problem> {
        let mut ahead = self.timeline.copy_before(0).clone();
        // As far as it came: to the end, or to the prompt that nothing was typed at, or to within an endless statement.
        let halt = match now.ended {
            true => self.timeline.run(&mut ahead, &mut ToEnd),
            false => self.timeline.run_to(&mut ahead, now.furthest),
        };
        if halt == Halt::Interrupted {
            return Err(Problem::Interrupted);
        }
        if now.over {
            self.now = ahead;
            self.arrived(halt, PauseReason::Arrived);
        } else if now.waits {
            let mut machine = self.timeline.copy_before(0).clone();
            let halt = self.timeline.run_to_answer(&mut machine, answers);
            self.now = machine;
            self.arrived(halt, PauseReason::Arrived);
        } else {
            self.go_back(now.step, PauseReason::Arrived);
        }
        let waits = matches!(self.status, Status::AwaitingInput { .. });
        let is_there = self.step() == now.step && self.status.is_over() == now.over && waits == now.waits && self.now.answered() == answers;
        if is_there { Ok(()) } else { Err(Problem::Differs { step: self.step(), what: "it does not come to where it was left" }) }
    }

    fn go_to_saved(&mut self, now: Now) -> Result<(), Problem> {
        // What lay ahead is known again.
        let mut ahead = self.now.clone();
        let halt = match now.ended {
            _ if self.timeline.end.is_some() => Halt::Ended,
            true => self.timeline.run(&mut ahead, &mut ToEnd),
            false if now.furthest > ahead.vm.steps() => self.timeline.run_to(&mut ahead, now.furthest),
            false => Halt::Stopped,
        };
        if halt == Halt::Interrupted {
            return Err(Problem::Interrupted);
        }
        let instant = if now.over { Instant::Last } else { Instant::At(now.step) };
        if now.step == self.now.vm.steps() && !now.over {
            let halt = if now.step == 0 { Halt::Stopped } else { self.run(&mut Until(now.step)) };
            let reason = if now.step == 0 { PauseReason::Start } else { PauseReason::Arrived };
            self.arrived(halt, reason);
        } else {
            if self.timeline.end.as_ref().is_some_and(|end| end.step == self.now.vm.steps()) {
                self.at_end();
            }
            self.command(&Command::Goto(instant));
        }
        if now.waits {
            self.command(&Command::Step { unit: StepUnit::Instruction, direction: command::Direction::Forward, count: 1 });
            self.unfinished = Some(StepUnit::Continue);
        }
        let is_there = self.step() == now.step
            && self.status.is_over() == now.over
            && matches!(self.status, Status::AwaitingInput { .. }) == now.waits;
        if is_there { Ok(()) } else { Err(Problem::Differs { step: self.step(), what: "it does not come to where it was left" }) }
    }
}

/// The program, as it can be written down.
pub(super) fn origin(program: &Program) -> SavedProgram {
    let (code, before) = match (&program.machine, &program.pyc) {
        (Some((_, module)), _) => (Code::Module(module.name.clone()), module.answers.clone()),
        (None, Some(path)) => (Code::Compiled { path: path.clone(), code: program.code.clone() }, Vec::new()),
        (None, None) => (Code::Source, Vec::new()),
    };
    SavedProgram { code, bytes: program.bytes.clone(), name: program.name.clone(), config: program.config.clone(), before }
}

/// That of a prompt: there is none.
pub(super) fn origin_of_prompt(config: &Config) -> SavedProgram {
    SavedProgram { code: Code::Prompt, bytes: Vec::new(), name: "<stdin>".into(), config: config.clone(), before: Vec::new() }
}

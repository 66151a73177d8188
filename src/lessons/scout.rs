//! A second machine with the same program, which goes ahead: where moments are, and what is true there.
//!
//! The learner's own machine stays where it stands, and nothing of the future shows on the screen. Both live in a
//! [`BareWorld`], so that they do the same, and so that a lesson from anywhere can do no harm.

use super::{
    format::{Lesson, PROGRAM, Step, StepKind},
    goal::Facts,
    moment::{Moment, MomentPlace},
    world::BareWorld,
};
use crate::{
    debugger::breakpoints::Target,
    debugger::{
        command::{Command, Direction, Instant, StepUnit, WantedTarget},
        engine::Engine,
        session::{Program, Session},
    },
    view::{PauseReason, Status},
    vm::Config,
};

/// A lesson may run so many instructions.
pub const BUDGET: u64 = 20_000_000;

pub struct Scout {
    pub session: Session,
    /// Where each step begins and ends, as far as it has been looked for.
    places: Vec<Option<Result<(u64, u64), String>>>,
}

/// A session of a lesson's program, or of what the learner made of it.
///
/// # Errors
///
/// The program does not compile: the line, and the error in one line.
pub fn session_of(lesson: &Lesson, program: &str) -> Result<Session, (u32, String)> {
    let stdin = Some(lesson.input.clone());
    let text = program.to_owned();
    let config = Config { argv: vec![PROGRAM.into()], memory_limit: 1 << 30, ..Config::default() };
    Program::compile(program.as_bytes().to_vec(), PROGRAM.into(), config, stdin)
        .map(|program| {
            let mut session = Session::new(program, Box::new(BareWorld::new(&text)));
            session.refuse_files("what a lesson's program writes stays in the lesson");
            session
        })
        .map_err(|error| (error.lineno.and_then(|line| u32::try_from(line).ok()).unwrap_or(0), format!("{:?}: {}", error.kind, error.msg)))
}

impl Scout {
    /// # Errors
    ///
    /// As of [`session_of`].
    pub fn new(lesson: &Lesson) -> Result<Scout, (u32, String)> {
        Ok(Scout { session: session_of(lesson, &lesson.program)?, places: vec![None; lesson.steps.len()] })
    }

    /// The instants where a step begins and where it ends.
    ///
    /// # Errors
    ///
    /// A sentence that says which moment is not reached.
    pub fn places(&mut self, lesson: &Lesson, index: usize) -> Result<(u64, u64), String> {
        if let Some(known) = self.places.get(index).cloned().flatten() {
            return known;
        }
        let found = self.look_for(lesson, index);
        if let Some(place) = self.places.get_mut(index) {
            *place = Some(found.clone());
        }
        found
    }

    fn look_for(&mut self, lesson: &Lesson, index: usize) -> Result<(u64, u64), String> {
        let step = &lesson.steps[index];
        let start = match &step.at {
            Some(moment) => self.find(0, moment)?,
            // What went wrong before is told there; this step begins where that one began.
            None => index.checked_sub(1).map_or(Ok(0), |before| self.places(lesson, before).map(|(_, end)| end)).unwrap_or(0),
        };
        if self.go(start).is_ok() {
            self.session.keep_instant();
        }
        let end = match (&step.until, &step.kind) {
            (Some(moment), kind) if !matches!(kind, StepKind::Edit { .. }) => self.find(start, moment)?,
            (None, StepKind::Reach { .. }) => {
                self.play(start, step)?;
                self.session.step()
            }
            (None, StepKind::Order { items, .. }) => {
                let mut last = start;
                for item in items {
                    last = last.max(self.find_here(start, &item.at)?);
                }
                last
            }
            _ => start,
        };
        if end != start && self.go(end).is_ok() {
            self.session.keep_instant();
        }
        Ok((start, end))
    }

    /// Plays a step's solution from its start.
    ///
    /// # Errors
    ///
    /// What the machine refused.
    pub fn play(&mut self, start: u64, step: &Step) -> Result<(), String> {
        self.go(start)?;
        for command in &step.solution {
            let answer = self.session.execute(command);
            if let Some(error) = answer.error {
                return Err(format!("the solution: {error}"));
            }
        }
        self.session.execute(&Command::Delete { number: None });
        Ok(())
    }

    /// Goes to an instant.
    ///
    /// # Errors
    ///
    /// It is not there.
    pub fn go(&mut self, step: u64) -> Result<(), String> {
        if self.session.step() == step && !self.session.status().is_over() {
            return Ok(());
        }
        if self.session.status().is_over() && self.session.step() <= step {
            return if self.session.step() == step { Ok(()) } else { Err(format!("the program ends before step {step}")) };
        }
        match self.session.execute(&Command::Goto(Instant::At(step))).error {
            Some(error) => Err(error),
            None if self.session.step() == step => Ok(()),
            None => Err(format!("step {step} cannot be stopped at")),
        }
    }

    /// The first instant after `from` that a moment means.
    ///
    /// # Errors
    ///
    /// It never comes.
    pub fn find(&mut self, from: u64, moment: &Moment) -> Result<u64, String> {
        let found = match &moment.place {
            MomentPlace::Start => 0,
            MomentPlace::End => {
                self.run_to_end(from)?;
                self.session.end().unwrap_or(1).saturating_sub(1)
            }
            MomentPlace::When => self.find_when(from, moment)?,
            // What the machine is about to do where it stands is not to come, but what comes after it is.
            MomentPlace::At(target) if moment.after && from > 0 && self.go(from - 1).is_ok() => self.find_stop(from - 1, moment, target)?,
            MomentPlace::At(target) => self.find_stop(from, moment, target)?,
        };
        if !moment.after {
            return Ok(found);
        }
        self.go(found)?;
        self.session.execute(&Command::Step { unit: StepUnit::Instruction, direction: Direction::Forward, count: 1 });
        Ok(self.session.step())
    }

    /// The same, or `from` itself.
    ///
    /// # Errors
    ///
    /// As of [`Scout::find`].
    pub fn find_here(&mut self, from: u64, moment: &Moment) -> Result<u64, String> {
        let from = from.checked_sub(1).filter(|&before| self.go(before).is_ok()).unwrap_or(from);
        self.find(from, moment)
    }

    /// Runs to the end of the program.
    ///
    /// # Errors
    ///
    /// It does not come to an end.
    pub fn run_to_end(&mut self, from: u64) -> Result<(), String> {
        if self.session.status().is_over() {
            return Ok(());
        }
        self.go(from)?;
        self.run_on("end")
    }

    fn run_on(&mut self, what: &str) -> Result<(), String> {
        self.session.execute(&Command::Delete { number: None });
        self.stop_at(&WantedTarget::Target(Target::Step(BUDGET)))?;
        self.session.run_to_stop();
        match self.session.status() {
            Status::AwaitingInput { .. } => {
                Err(format!("`{what}` is not reached: the program waits for input; give it lines by `input` in the front matter"))
            }
            status if status.is_over() => Ok(()),
            _ => Err(format!("`{what}` is not reached within {BUDGET} instructions")),
        }
    }

    fn stop_at(&mut self, target: &WantedTarget) -> Result<(), String> {
        let command = Command::Break { target: target.clone(), condition: None, temporary: false, log: None };
        self.session.execute(&command).error.map_or(Ok(()), Err)
    }

    fn find_stop(&mut self, from: u64, moment: &Moment, target: &WantedTarget) -> Result<u64, String> {
        self.go(from)?;
        self.session.execute(&Command::Delete { number: None });
        self.stop_at(target)?;
        self.stop_at(&WantedTarget::Target(Target::Step(BUDGET)))?;
        let mut count = 0;
        let mut passed = 0;
        let found = loop {
            self.session.run_to_stop();
            match self.session.status() {
                Status::Paused { reason: PauseReason::Breakpoint { .. } } if self.session.step() < BUDGET => {}
                Status::AwaitingInput { .. } => {
                    break Err(format!(
                        "`{}` is not reached: the program waits for input; give it lines by `input` in the front matter",
                        moment.text
                    ));
                }
                status if status.is_over() => {
                    let times = match count {
                        0 if passed > 0 => format!("; the place is come to {passed} times, but not with that line and condition"),
                        0 => String::new(),
                        _ => format!("; it is, but only {count} times"),
                    };
                    break Err(format!("`{}` is not reached after step {from}, where the step begins{times}", moment.text));
                }
                _ => break Err(format!("`{}` is not reached within {BUDGET} instructions", moment.text)),
            }
            passed += 1;
            if moment.line.is_some_and(|line| self.line() != Some(line)) {
                continue;
            }
            if let Some(condition) = &moment.condition {
                match self.facts_here(condition) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(error) => break Err(format!("`if {condition}`: {error}")),
                }
            }
            count += 1;
            if count == moment.nth {
                break Ok(self.session.step());
            }
        };
        self.session.execute(&Command::Delete { number: None });
        found
    }

    /// Looks after every instruction.
    fn find_when(&mut self, from: u64, moment: &Moment) -> Result<u64, String> {
        /// That is slow.
        const MOST: u64 = 20_000;
        self.go(from)?;
        let condition = moment.condition.as_deref().unwrap_or("False");
        let mut was = self.facts_here(condition).unwrap_or(false);
        let mut count = 0;
        for _ in 0..MOST {
            self.session.execute(&Command::Step { unit: StepUnit::Instruction, direction: Direction::Forward, count: 1 });
            if self.session.status().is_over() {
                return Err(format!("`{}` is not reached after step {from}, where the step begins", moment.text));
            }
            let is = self.facts_here(condition).unwrap_or(false); // a name may not be there yet
            if is && !was {
                count += 1;
                if count == moment.nth {
                    return Ok(self.session.step());
                }
            }
            was = is;
        }
        Err(format!("`{}` is not reached within {MOST} instructions; name the place instead: `op … if …`", moment.text))
    }

    fn line(&self) -> Option<u32> {
        let vm = self.session.vm();
        let (depth, _) = vm.top_python_frame()?;
        crate::view::capture::Level::of(vm, depth).python?.position().line
    }

    fn facts_here(&mut self, expression: &str) -> Result<bool, String> {
        let output = self.session.printed();
        Facts { vm: self.session.vm(), output: &output, before: None }.holds(expression)
    }

    /// The value of an expression at an instant of a step, as `repr` has it.
    ///
    /// # Errors
    ///
    /// The exception, in one line.
    pub fn value(&mut self, start: u64, at: u64, expression: &str) -> Result<String, String> {
        // What was before is looked up first, as the machine stands elsewhere then.
        let mut before = Vec::new();
        for text in quoted_befores(expression) {
            self.go(start)?;
            let output = self.session.printed();
            let value = Facts { vm: self.session.vm(), output: &output, before: None }.value(&text);
            before.push((text, value));
        }
        self.go(at)?;
        let output = self.session.printed();
        let look = |text: &str| before.iter().find(|(it, _)| it == text).map_or(Err("not known".into()), |(_, value)| value.clone());
        Facts { vm: self.session.last_vm(), output: &output, before: Some(&look) }.value(expression)
    }

    /// Whether it is true there.
    ///
    /// # Errors
    ///
    /// As of [`Scout::value`].
    pub fn holds(&mut self, start: u64, at: u64, expression: &str) -> Result<bool, String> {
        self.value(start, at, &format!("bool({expression}\n)")).map(|value| value == "True")
    }
}

/// The texts in `before("…")`.
fn quoted_befores(expression: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = expression;
    while let Some((_, after)) = rest.split_once("before(") {
        rest = after;
        if let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\''))
            && let Some((text, _)) = after[1..].split_once(quote)
        {
            found.push(text.to_owned());
        }
    }
    found
}

//! Commands to journeys: steps forward, breakpoints, input.

use super::*;
use crate::debugger::{
    breakpoints::{Breakpoint, Target, same_file},
    command::{Direction, Place, WantedTarget},
    evaluate::{Question, evaluate},
    step::Moment,
};

/// What was done to one breakpoint, or to all of them.
fn changed_breakpoints(count: usize, number: Option<u32>, what: &str) -> Answer {
    match (count, number) {
        (0, None) => Answer::error("there are no breakpoints"),
        (0, Some(number)) => Answer::error(format!("there is no breakpoint {number}")),
        (_, Some(number)) => Answer::message(format!("breakpoint {number} {what}")),
        (count, None) => Answer::message(format!("{count} breakpoint{} {what}", if count == 1 { "" } else { "s" })),
    }
}

impl Session {
    pub(super) fn command(&mut self, command: &Command) -> Answer {
        match command {
            Command::Step { unit, direction: Direction::Forward, count } => self.repeat(*count, |session| session.forward(*unit)),
            Command::Step { unit: StepUnit::Instruction, direction: Direction::Back, count } if *count > 1 => {
                self.go_back(self.step().saturating_sub(*count), PauseReason::Step)
            }
            Command::Step { unit, direction: Direction::Back, count } => self.repeat(*count, |session| session.back(*unit)),
            Command::Until { place } => match place {
                Some(place) => self.until(place),
                None => Answer::error("no line is chosen"),
            },
            Command::Goto(instant) => match instant.target(self.step()) {
                Some(target) => self.goto(target),
                None => self.go_to_end(),
            },
            Command::Break { target, condition, temporary } => self.add(target, condition.as_ref(), *temporary),
            Command::Condition { number, condition } => {
                let count = self.breakpoints.change(Some(*number), |breakpoint| breakpoint.condition = condition.clone());
                match (count, condition) {
                    (0, _) => Answer::error(format!("there is no breakpoint {number}")),
                    (_, None) => Answer::message(format!("breakpoint {number} hits always")),
                    (_, Some(condition)) => Answer::message(format!("breakpoint {number} hits if {}", condition.text)),
                }
            }
            Command::Enable { number, enabled } => {
                let count = self.breakpoints.change(*number, |breakpoint| breakpoint.enabled = *enabled);
                changed_breakpoints(count, *number, if *enabled { "enabled" } else { "disabled" })
            }
            Command::Print { expression, frame } => self.print(expression, *frame),
            Command::ToggleBreak { place: Some(place) } => self.toggle(place),
            Command::Delete { number } => changed_breakpoints(self.breakpoints.delete(*number), *number, "deleted"),
            Command::Breakpoints if self.breakpoints.is_empty() => {
                Answer::message("no breakpoints; b sets one at the cursor, `:break op CALL` one for an instruction")
            }
            Command::Breakpoints => Answer::listing(self.breakpoints.list().iter().map(Breakpoint::row).collect()),
            Command::Where(question) => self.find(question),
            Command::Show(pane) => {
                let view = self.view(&ViewRequest { panes: vec![*pane], ..ViewRequest::default() });
                match plain::lines(&view, *pane) {
                    lines if lines.is_empty() => Answer::message("nothing is there"),
                    lines => Answer::listing(lines),
                }
            }
            Command::Micro(direction) => self.micro(*direction),
            Command::Inside => self.tell_micro(),
            Command::Choose { what, frame } => self.choose(what, *frame),
            Command::Inspect { what, frame } => self.tell_chosen(what.as_ref(), *frame, PaneKind::Inspector),
            Command::Ledger { what, frame } => self.tell_chosen(what.as_ref(), *frame, PaneKind::Ledger),
            Command::Input(line) => match self.status {
                Status::AwaitingInput { .. } => self.input(line.as_deref()),
                _ => self.answer_anew(line.as_deref(), false),
            },
            Command::Change(change) => self.change(change, false),
            Command::Yes(command) => self.yes(command.as_deref()),
            Command::No => self.no(),
            Command::Confirm(on) => self.confirm(*on),
            Command::FrameMove(_) | Command::FrameSelect(_) => Answer::error("the screen chooses the frame"),
            Command::ToggleBreak { place: None } => Answer::error("no line is chosen"),
            _ => Answer::error("this is a command for the screen"),
        }
    }

    /// Repeats a step until it stops for another reason.
    fn repeat(&mut self, count: u64, mut step: impl FnMut(&mut Session) -> Answer) -> Answer {
        for _ in 0..count {
            let answer = step(self);
            if answer.error.is_some() || !matches!(self.status, Status::Paused { reason: PauseReason::Step }) {
                return answer;
            }
        }
        Answer::done()
    }

    fn forward(&mut self, unit: StepUnit) -> Answer {
        match &self.status {
            Status::AwaitingInput { .. } => return Answer::error("the program waits for a line of input"),
            status if status.is_over() => return Answer::error("the program has ended; I goes back, g to the start"),
            _ => {}
        }
        self.remember();
        self.advance(unit)
    }

    /// Runs on to where a step of this kind ends.
    fn advance(&mut self, unit: StepUnit) -> Answer {
        let here = self.now.vm.steps();
        self.unfinished = Some(unit);
        match unit {
            StepUnit::Instruction => {
                let halt = self.run(&mut Until(here + 1));
                self.finish_step(halt, None)
            }
            StepUnit::Expression => self.follow(|moment| moment.expression_event),
            StepUnit::LineInto => self.follow(|moment| moment.line_event),
            StepUnit::LineOver => self.follow(|moment| moment.line_event && moment.is_old_frame),
            StepUnit::Finish => self.follow(|moment| moment.origin_gone),
            StepUnit::Call => self.follow(|moment| moment.call_event),
            StepUnit::Yield => self.follow(|moment| moment.yield_event),
            StepUnit::Raise => {
                // The stop is before the instruction that raises, where its frame is still there.
                let answer = self.follow(|moment| moment.raise_event && moment.step > here + 1);
                match self.status {
                    Status::Paused { reason: PauseReason::Step } => self.go_back(self.step() - 1, PauseReason::Step),
                    _ => answer,
                }
            }
            StepUnit::Continue if self.breakpoints.is_empty() => {
                let mut rule = ToPause::default();
                let halt = self.run(&mut rule);
                self.far(halt, rule.hit)
            }
            StepUnit::Continue => {
                let (places, breakpoints) = (&mut self.places, &mut self.breakpoints);
                let mut rule = ToBreakpoint { places, breakpoints, last: None, is_first: true, hit: None };
                let halt = self.timeline.run(&mut self.now, &mut rule);
                let hit = rule.hit;
                self.far(halt, hit)
            }
        }
    }

    /// Runs instruction by instruction until one ends the step.
    fn follow(&mut self, decide: impl FnMut(&Moment) -> bool) -> Answer {
        let mut rule = Follow {
            places: &mut self.places,
            breakpoints: &mut self.breakpoints,
            tracker: Tracker::default(),
            last: None,
            is_first: true,
            hit: None,
            decide,
        };
        let halt = self.timeline.run(&mut self.now, &mut rule);
        let hit = rule.hit;
        self.finish_step(halt, hit)
    }

    fn finish_step(&mut self, halt: Halt, hit: Option<u32>) -> Answer {
        if halt != Halt::Waiting {
            self.unfinished = None;
        }
        let Some(number) = hit else { return self.arrived(halt, PauseReason::Step) };
        let here = self.now.vm.steps();
        let stop = self.breakpoints.stop_of(number, here);
        let reason = self.breakpoints.reason(number);
        if stop < here { self.go_back(stop, reason) } else { self.arrived(halt, reason) }
    }

    /// After a long way the marks show the last instruction, if that is not too far from a copy.
    fn far(&mut self, halt: Halt, hit: Option<u32>) -> Answer {
        let answer = self.finish_step(halt, hit);
        let here = self.now.vm.steps();
        let target = here.saturating_sub(1);
        let distance = target - self.timeline.copy_before(target).vm.steps().min(target);
        self.before = None;
        if here > 0 && distance < WORTH && halt != Halt::Waiting {
            self.before = self.timeline.machine_at(target).ok().map(|(machine, _)| machine).filter(|it| it.vm.steps() == target);
        }
        answer
    }

    fn until(&mut self, place: &Place) -> Answer {
        match &self.status {
            Status::AwaitingInput { .. } => return Answer::error("the program waits for a line of input"),
            status if status.is_over() => return Answer::error("the program has ended; I goes back"),
            _ => {}
        }
        let place = match self.real_place(place) {
            Ok((file, line)) => Target::Line { file, line },
            Err(error) => return Answer::error(error),
        };
        // A breakpoint for one run.
        let text = place.place();
        let added = self.breakpoints.add(place, None, false);
        let (places, breakpoints) = (&mut self.places, &mut self.breakpoints);
        let mut rule = ToBreakpoint { places, breakpoints, last: None, is_first: true, hit: None };
        self.unfinished = Some(StepUnit::Continue);
        let halt = self.timeline.run(&mut self.now, &mut rule);
        let hit = rule.hit;
        let mut answer = self.far(halt, hit);
        if let Ok(number) = added {
            self.breakpoints.delete(Some(number));
            if hit == Some(number) {
                self.status = Status::Paused { reason: PauseReason::Arrived };
            } else if halt == Halt::Ended {
                answer.message = Some(format!("{text} was not reached"));
            }
        }
        answer
    }

    fn go_to_end(&mut self) -> Answer {
        if let Some(end) = self.timeline.end.as_ref().map(|end| end.step) {
            return match self.status.is_over() {
                true => Answer::done(),
                false => self.goto(end),
            };
        }
        if let Status::AwaitingInput { .. } = self.status {
            return Answer::error("the program waits for a line of input");
        }
        let halt = self.run(&mut ToEnd);
        self.far(halt, None)
    }

    fn input(&mut self, line: Option<&str>) -> Answer {
        if self.before.is_none() {
            // The marks compare with the instant before the call that waits.
            let target = self.now.vm.steps().saturating_sub(1);
            self.before = self.timeline.machine_at(target).ok().map(|(machine, _)| machine);
        }
        self.timeline.type_line(&mut self.now, line);
        self.timeline.end = None;
        match self.unfinished {
            Some(unit) => self.advance_waiting(unit),
            None => {
                let target = self.now.vm.steps();
                let halt = self.run(&mut Until(target));
                self.arrived(halt, PauseReason::Step)
            }
        }
    }

    /// Goes on with the step that waited: first to the end of the instruction, where nothing is decided.
    fn advance_waiting(&mut self, unit: StepUnit) -> Answer {
        let target = self.now.vm.steps();
        let halt = self.run(&mut Until(target));
        if halt != Halt::Stopped || unit == StepUnit::Instruction {
            return self.finish_step(halt, None);
        }
        self.advance(unit)
    }

    // ── breakpoints ─────────────────────────────────────────────────────────────────────────────────────────────────

    fn add(&mut self, wanted: &WantedTarget, condition: Option<&Question>, temporary: bool) -> Answer {
        let target = match wanted {
            WantedTarget::Cursor => return Answer::error("no line is chosen"),
            WantedTarget::Line(place) => match self.real_place(place) {
                Ok((file, line)) => Target::Line { file, line },
                Err(error) => return Answer::error(error),
            },
            WantedTarget::Target(target) => target.clone(),
        };
        self.add_breakpoint(target, condition.cloned(), temporary)
    }

    /// An expression in a frame, or in the Python frame that called it.
    fn print(&mut self, expression: &str, frame: usize) -> Answer {
        let vm = self.last_look.as_ref().map_or(&self.now.vm, |machine| &machine.vm);
        let depth = (0..vm.frames.len().saturating_sub(frame)).rev().find(|&depth| vm.python_frame(depth).is_some());
        let Some(depth) = depth else { return Answer::error("there is no frame to ask in") };
        match evaluate(vm, depth, expression) {
            Err(error) => Answer::error(error),
            Ok(value) => {
                let mut lines: Vec<String> = value.output.lines().map(str::to_owned).collect();
                if !value.text.is_empty() {
                    lines.push(value.text);
                }
                match &lines[..] {
                    [] => Answer::message("done, on a copy: the program does not see it"),
                    [line] => Answer::message(format!("{expression} = {line}")),
                    _ => Answer::listing(lines),
                }
            }
        }
    }

    fn toggle(&mut self, place: &Place) -> Answer {
        let (file, line) = match self.real_place(place) {
            Ok(place) => place,
            Err(error) => return Answer::error(error),
        };
        match self.breakpoints.find(&Target::Line { file: file.clone(), line }) {
            Some(number) => {
                self.breakpoints.delete(Some(number));
                Answer::message(format!("breakpoint {number} deleted"))
            }
            None => self.add_breakpoint(Target::Line { file, line }, None, false),
        }
    }

    fn add_breakpoint(&mut self, target: Target, condition: Option<Question>, temporary: bool) -> Answer {
        let mut place = target.place();
        if let Some(condition) = &condition {
            place += &format!(" if {}", condition.text);
        }
        match self.breakpoints.add(target, condition, temporary) {
            Ok(number) => Answer::message(format!("breakpoint {number} at {place}")),
            Err(number) => Answer::message(format!("breakpoint {number} is at {place}")),
        }
    }

    /// The file as the machine knows it, and the line or the next one with instructions.
    pub(super) fn real_place(&mut self, place: &Place) -> Result<(String, u32), String> {
        let current = capture::running_code(&self.now.vm).map_or_else(|| self.name.to_string(), |code| code.code.filename.to_string());
        let wanted = place.file_or(&current);
        let file = self.places.codes.iter().map(|code| &code.file).find(|file| same_file(wanted, file)).map(|file| file.to_string());
        let Some(file) = file else {
            // A module that has not been imported yet.
            return Ok((wanted.to_owned(), place.line));
        };
        let lines = self.places.lines_of(|it| it == file);
        match lines.iter().find(|&&line| line >= place.line) {
            Some(&line) => Ok((file, line)),
            None => Err(format!("there is no code at or after line {}", place.line)),
        }
    }
}

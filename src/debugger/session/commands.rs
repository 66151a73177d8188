//! Commands to journeys: steps forward, breakpoints, input.

use super::{questions::Changes, *};
use crate::debugger::{
    breakpoints::{Breakpoint, Home, Target, Template, Uncaught, classes, is_named, same_file},
    command::{Place, Wanted, WantedTarget},
    evaluate::{Question, evaluate},
    ledger::Identity,
    step::Moment,
};
use crate::view::FormsWanted;

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
            Command::Step { unit, direction: Direction::Forward, count } => self.repeat(*unit, *count, |session| session.forward(*unit)),
            Command::Step { unit: StepUnit::Instruction, direction: Direction::Back, count }
                if *count > 1 && !self.filters.is_skipping() =>
            {
                self.go_back(self.step().saturating_sub(*count), PauseReason::Step)
            }
            Command::Step { unit, direction: Direction::Back, count } => self.repeat(*unit, *count, |session| session.back(*unit)),
            Command::Until { place, direction } => match place {
                Some(place) if *direction == Direction::Back => self.until_back(place),
                Some(place) => self.until(place),
                None => Answer::error("no line is chosen"),
            },
            Command::Goto(instant) => match instant.target(self.step()) {
                Some(target) => self.goto(target),
                None => self.go_to_end(),
            },
            Command::NextChange { question, direction, count } => self.next_change(question.as_ref(), *direction, *count),
            Command::Mark(Some(name)) => self.mark(name),
            Command::ToMark(Some(name)) => self.go_to_mark(name),
            Command::Marks => self.tell_marks(),
            Command::Changed(question) => self.changed(question),
            Command::Born { what, frame, freed } => self.born(what, *frame, *freed),
            Command::Holders { what, frame } => self.holders(what, *frame),
            Command::Wrote(line) => self.wrote(*line),
            Command::Heat => self.tell_heat(),
            Command::Set { name, value } => match self.filters.set(name, value) {
                Ok(done) => Answer::message(done),
                Err(error) => Answer::error(error),
            },
            Command::Diff { file, is_input } => self.diff(file, *is_input),
            Command::Ignore { number, count } => match self.breakpoints.ignore(*number, *count, self.now.vm.steps()) {
                0 => Answer::error(format!("there is no breakpoint {number}")),
                _ => Answer::message(format!("breakpoint {number} passes over the next {count} hits")),
            },
            Command::Hits { number, wanted } => match (self.breakpoints.stop_at_hits(*number, *wanted, self.now.vm.steps()), wanted) {
                (0, _) => Answer::error(format!("there is no breakpoint {number}")),
                (_, None) => Answer::message(format!("breakpoint {number} stops at every hit")),
                (_, Some(wanted)) => Answer::message(format!("breakpoint {number} stops at hits {wanted}")),
            },
            Command::Break { target, condition, temporary, log } => self.add(target, condition.as_ref(), *temporary, log.as_ref()),
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
            Command::Breakpoints if self.breakpoints.list().is_empty() => {
                Answer::message("no breakpoints; b sets one at the cursor, `:break op CALL` one for an instruction")
            }
            Command::Breakpoints => Answer::listing(self.breakpoints.list().iter().map(Breakpoint::row).collect()),
            Command::Where(question) => self.find(question),
            Command::Show { pane, frame } => {
                let view =
                    self.view(&ViewRequest { panes: vec![*pane], frame: *frame, forms: FormsWanted::Forms, ..ViewRequest::default() });
                match plain::lines(&view, *pane) {
                    lines if lines.is_empty() => Answer::message("nothing is there"),
                    lines => Answer::listing(lines),
                }
            }
            Command::Thread(id) => self.look_at_thread(*id),
            Command::Micro(direction) => self.micro(*direction),
            Command::Inside => self.tell_micro(),
            Command::Graph { what, frame } => self.choose_graphed(what.as_ref(), *frame),
            Command::Choose { what, frame } => self.choose(what, *frame),
            Command::Round { place, to } => self.round(place, *to),
            Command::Browse { what, frame } => self.browse(what.as_ref(), *frame),
            Command::Code { what, frame } => self.tell_code(what.as_ref(), *frame),
            Command::Inspect { what, frame } => self.tell_chosen(what.as_ref(), *frame, PaneKind::Inspector),
            Command::Ledger { what, frame } => self.tell_chosen(what.as_ref(), *frame, PaneKind::Ledger),
            Command::Input(line) => match self.status {
                Status::AwaitingInput { .. } => self.input(line.as_deref()),
                _ => self.answer_anew(line.as_deref(), false),
            },
            Command::Console { source: Some(source), frame } => self.console(source, *frame),
            Command::Display(question) => self.display(question.as_ref()),
            Command::Undisplay(number) => self.undisplay(*number),
            Command::Repl => self.repl(),
            Command::Change(change) => self.change(change, false),
            Command::Yes(command) => self.yes(command.as_deref()),
            Command::No => self.no(),
            Command::Confirm(on) => self.confirm(*on),
            Command::Save(file) => self.save(file),
            Command::Files => self.tell_files(),
            Command::Commit(path) => self.commit(path.as_deref()),
            Command::Lesson(_) => Answer::error("there is no lesson here; `uncoil learn` lists them"),
            Command::FrameMove(_) | Command::FrameSelect(_) => Answer::error("the screen chooses the frame"),
            Command::ToggleBreak { place: None } => Answer::error("no line is chosen"),
            _ => Answer::error("this is a command for the screen"),
        }
    }

    /// Repeats a step until it stops for another reason. What `continue` counts are stops at breakpoints.
    fn repeat(&mut self, unit: StepUnit, count: u64, mut step: impl FnMut(&mut Session) -> Answer) -> Answer {
        let mut answer = Answer::done();
        for _ in 0..count {
            answer = step(self);
            let goes_on = match &self.status {
                Status::Paused { reason: PauseReason::Step } => true,
                Status::Paused { reason: PauseReason::Breakpoint { .. } } => unit == StepUnit::Continue,
                _ => false,
            };
            if answer.error.is_some() || !goes_on {
                return answer;
            }
        }
        answer
    }

    fn forward(&mut self, unit: StepUnit) -> Answer {
        match &self.status {
            Status::AwaitingInput { .. } => return Answer::error("the program waits for a line of input"),
            status if status.is_over() => return Answer::error("the program has ended; I goes back, g to the start"),
            _ => {}
        }
        if !self.count_hits() {
            return Answer::error("interrupted; still where it was");
        }
        self.remember();
        let from = self.now.vm.steps();
        let answer = self.advance(unit);
        if unit != StepUnit::Instruction || self.filters.is_skipping() {
            self.breakpoints.came_to(from, self.now.vm.steps());
        }
        answer
    }

    /// Hits that were passed by leaps are counted before their numbers matter; false: somebody asked for a pause.
    pub(super) fn count_hits(&mut self) -> bool {
        let here = self.now.vm.steps();
        let Some(from) = self.breakpoints.known_to().filter(|&from| from < here) else { return true };
        let Ok((mut machine, _)) = self.timeline.machine_at(from) else { return false };
        let from = machine.vm.steps();
        self.begin(Direction::Forward, &machine);
        self.breakpoints.only_count(true);
        let mut rule = ToBreakpoint { places: &mut self.places, breakpoints: &mut self.breakpoints, hit: None };
        let mut rule = Limited { rule: &mut rule, until: here };
        let halt = self.timeline.run(&mut machine, &mut rule);
        self.breakpoints.only_count(false);
        self.breakpoints.came_to(from, machine.vm.steps());
        self.timeline.recycle(machine);
        halt != Halt::Interrupted
    }

    /// Runs on to where a step of this kind ends.
    fn advance(&mut self, unit: StepUnit) -> Answer {
        let here = self.now.vm.steps();
        self.unfinished = Some(unit);
        self.started = here;
        match unit {
            StepUnit::Instruction if self.filters.is_skipping() => self.follow_events(unit),
            StepUnit::Instruction => {
                let halt = self.run(&mut Until(here + 1));
                self.finish_step(halt, None)
            }
            StepUnit::Change => {
                let mut changes = Changes::new(self.step_question.clone());
                self.follow(|_, vm, _| changes.look(vm))
            }
            StepUnit::Expression | StepUnit::LineInto | StepUnit::LineOver | StepUnit::Call | StepUnit::Yield => self.follow_events(unit),
            StepUnit::Finish => self.follow(|moment, _, _| moment.origin_gone),
            StepUnit::Raise => {
                // The stop is before the instruction that raises, where its frame is still there.
                let filters = self.filters;
                let answer = self.follow(move |moment, vm, places| filters.stops(unit, moment, places) && vm.instant_before() > here);
                match self.status {
                    Status::Paused { reason: PauseReason::Step } => self.go_back(self.now.vm.instant_before(), PauseReason::Step),
                    _ => answer,
                }
            }
            StepUnit::Continue => {
                let (halt, hit) = self.run_to_breakpoint();
                self.far(halt, hit)
            }
        }
    }

    /// Runs on to the next breakpoint or the end, as `continue` does, but remembers nothing to compare with: for who goes
    /// through many.
    pub fn run_to_stop(&mut self) {
        if matches!(self.status, Status::AwaitingInput { .. }) || self.status.is_over() {
            return;
        }
        self.before = None;
        self.count_hits();
        self.started = self.now.vm.steps();
        let (halt, hit) = self.run_to_breakpoint();
        self.breakpoints.came_to(self.started, self.now.vm.steps());
        self.finish_step(halt, hit);
    }

    fn run_to_breakpoint(&mut self) -> (Halt, Option<Hit>) {
        self.begin_forward();
        let mut rule = ToBreakpoint { places: &mut self.places, breakpoints: &mut self.breakpoints, hit: None };
        let halt = self.timeline.run(&mut self.now, &mut rule);
        (halt, rule.hit)
    }

    fn begin_forward(&mut self) {
        let (start, line) = (self.now.vm.steps(), self.line_of_output(&self.now));
        self.know_homes(start);
        self.breakpoints.begin(Direction::Forward, start, line);
    }

    /// The breakpoints are about to be looked for from a machine on.
    pub(super) fn begin(&mut self, direction: Direction, machine: &Machine) {
        let line = self.line_of_output(machine);
        self.know_homes(machine.vm.steps());
        self.breakpoints.begin(direction, machine.vm.steps(), line);
    }

    /// The text on the last line of output, if a breakpoint wants to know.
    fn line_of_output(&self, machine: &Machine) -> String {
        if !self.breakpoints.list().iter().any(|breakpoint| matches!(breakpoint.target, Target::Output(_))) {
            return String::new();
        }
        let mut line = String::new();
        for chunk in self.timeline.output_of(machine).iter().rev().filter(|chunk| chunk.stream != Stream::Stdin) {
            match chunk.text.rsplit_once('\n') {
                Some((_, end)) => return end.to_owned() + &line,
                None => line.insert_str(0, &chunk.text),
            }
        }
        line
    }

    /// Runs instruction by instruction until one ends the step.
    fn follow_events(&mut self, unit: StepUnit) -> Answer {
        let filters = self.filters;
        self.follow(move |moment, _, places| filters.stops(unit, moment, places) && (unit != StepUnit::LineOver || moment.is_old_frame))
    }

    fn follow(&mut self, decide: impl FnMut(&Moment, &Vm, &Places) -> bool) -> Answer {
        self.begin_forward();
        let mut rule = Follow {
            places: &mut self.places,
            breakpoints: &mut self.breakpoints,
            tracker: Tracker::default(),
            is_first: true,
            hit: None,
            decide,
        };
        let halt = self.timeline.run(&mut self.now, &mut rule);
        let hit = rule.hit;
        self.finish_step(halt, hit)
    }

    fn finish_step(&mut self, halt: Halt, hit: Option<Hit>) -> Answer {
        if halt != Halt::Waiting {
            self.unfinished = None;
        }
        match hit {
            Some(hit) => {
                let here = self.now.vm.steps();
                let reason = self.breakpoints.reason(&hit);
                if hit.stop < here { self.go_back(hit.stop, reason) } else { self.arrived(halt, reason) }
            }
            None if halt == Halt::Ended => {
                let start = self.started;
                match self.uncaught_since(start) {
                    Some(hit) => {
                        let reason = self.breakpoints.reason(&hit);
                        self.go_back(hit.stop, reason)
                    }
                    None => self.arrived(halt, PauseReason::Step),
                }
            }
            None => self.arrived(halt, PauseReason::Step),
        }
    }

    /// The program has ended with an exception for which a breakpoint waits: where it was raised, if that is after an instant.
    fn uncaught_since(&mut self, start: u64) -> Option<Hit> {
        let is_wanted = |it: &Breakpoint| it.enabled && matches!(it.target, Target::Uncaught(_));
        if self.breakpoints.uncaught.is_some() || !self.breakpoints.list().iter().any(is_wanted) {
            return None;
        }
        let end = self.timeline.end.clone()?;
        let exception = end.exit.exception?;
        let mut until = end.step;
        // The last exception of its class is the one.
        let (step, classes) = loop {
            let mut machine = self.timeline.copy_before(until.saturating_sub(1)).clone();
            let from = machine.vm.steps();
            let mut rule = LastRaise { class: &exception.type_name, raises: machine.vm.raises, until, found: None };
            let halt = self.timeline.run(&mut machine, &mut rule);
            if halt == Halt::Ended && machine.vm.raises != rule.raises {
                // The last instruction of all raised it.
                let names = machine.vm.last_raised.map_or(Vec::new(), |ty| classes(&machine.vm, ty));
                break (machine.vm.steps().saturating_sub(1), names);
            }
            match rule.found {
                Some(found) => break found,
                None if from == 0 || halt == Halt::Interrupted => return None,
                None => until = from + 1,
            }
        };
        self.breakpoints.uncaught = Some(Uncaught { step, classes });
        if step <= start {
            return None;
        }
        // The question now is whether a breakpoint stops there.
        let (machine, _) = self.timeline.machine_at(step - 1).ok()?;
        let mut machine = machine;
        self.begin(Direction::Forward, &machine);
        let mut rule = ToBreakpoint { places: &mut self.places, breakpoints: &mut self.breakpoints, hit: None };
        self.timeline.run(&mut machine, &mut rule);
        rule.hit.filter(|hit| hit.stop == step)
    }

    /// After a long way the marks show the last instruction, if that is not too far from a copy. At the end there is no frame left
    /// that could have any.
    fn far(&mut self, halt: Halt, hit: Option<Hit>) -> Answer {
        let answer = self.finish_step(halt, hit);
        let here = self.now.vm.steps();
        let target = here.saturating_sub(1);
        let distance = target - self.timeline.copy_before(target).vm.steps().min(target);
        self.before = None;
        if here > 0 && distance < WORTH && !matches!(halt, Halt::Waiting | Halt::Ended) {
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
        self.unfinished = Some(StepUnit::Continue);
        self.started = self.now.vm.steps();
        let (halt, hit) = self.run_to_breakpoint();
        let number_hit = hit.as_ref().map(|hit| hit.number);
        let mut answer = self.far(halt, hit);
        if let Ok(number) = added {
            self.breakpoints.retire(number);
            if number_hit == Some(number) {
                self.status = Status::Paused { reason: PauseReason::Arrived };
            } else if halt == Halt::Ended {
                answer.message = Some(format!("{text} was not reached"));
            }
        }
        answer
    }

    /// The exact reverse: the last time that the line began before now.
    fn until_back(&mut self, place: &Place) -> Answer {
        let place = match self.real_place(place) {
            Ok((file, line)) => Target::Line { file, line },
            Err(error) => return Answer::error(error),
        };
        let text = place.place();
        let added = self.breakpoints.add(place, None, false);
        let mut answer = self.back(StepUnit::Continue);
        if let Ok(number) = added {
            self.breakpoints.retire(number);
            match &self.status {
                Status::Paused { reason: PauseReason::Breakpoint { number: hit, .. } } if *hit == number => {
                    self.status = Status::Paused { reason: PauseReason::Arrived };
                }
                Status::Paused { reason: PauseReason::FirstInstant } => answer.message = Some(format!("{text} was not reached before")),
                _ => {}
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
        if self.now.is_idle() {
            self.timeline.type_line(&mut self.now, line);
            self.unfinished = None;
            self.before = None;
            let target = self.now.vm.steps();
            let halt = self.run(&mut Until(target));
            return self.arrived(halt, PauseReason::Step);
        }
        if self.before.is_none() {
            // The marks compare with the instant before the call that waits.
            let target = self.now.vm.steps().saturating_sub(1);
            self.before = self.timeline.machine_at(target).ok().map(|(machine, _)| machine);
        }
        let waits_below = self.now.waits_below();
        self.timeline.type_line(&mut self.now, line);
        self.timeline.end = None;
        self.breakpoints.forget_after(self.step());
        // What is stepped over depends on where the step began: it is made again from there, with the line that is there now.
        if let Some(unit @ (StepUnit::LineOver | StepUnit::Finish)) = self.unfinished
            && let Ok((machine, Halt::Stopped)) = self.timeline.machine_at(self.started)
        {
            self.before = Some(machine.clone());
            self.now = machine;
            return self.advance(unit);
        }
        match self.unfinished {
            // The instruction that it stands before has not run.
            Some(unit) if waits_below => self.advance(unit),
            Some(unit) => self.advance_waiting(unit),
            None => {
                let target = self.now.vm.steps() + u64::from(waits_below);
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

    fn add(&mut self, wanted: &WantedTarget, condition: Option<&Question>, temporary: bool, log: Option<&Template>) -> Answer {
        let target = match wanted {
            WantedTarget::Cursor => return Answer::error("no line is chosen"),
            WantedTarget::Line(place) => match self.real_place(place) {
                Ok((file, line)) => Target::Line { file, line },
                Err(error) => return Answer::error(error),
            },
            WantedTarget::Offset(offset) => match capture::running_code(&self.now.vm) {
                Some(code) => Target::Offset { offset: *offset, function: code.code.qualname.to_string() },
                None => return Answer::error("no function runs; write `break offset N in FUNCTION`"),
            },
            WantedTarget::Watch { question, .. } => Target::Watch(question.clone()),
            WantedTarget::Target(target) => target.clone(),
        };
        if let Target::Offset { offset, function } = &target {
            self.places.add_all(&self.now.vm);
            let mut codes = self.places.codes.iter().filter(|code| *code.name == **function).peekable();
            if codes.peek().is_some() && !codes.any(|code| code.offsets.offsets.contains(offset)) {
                return Answer::error(format!("no instruction of {function} begins at offset {offset}"));
            }
        }
        let object = match &target {
            Target::Refcount { of, .. } => match self.find_object(of, 0) {
                Ok((_, object)) => Some(Identity::of(self.scene().vm, object)),
                // A name may come to be.
                Err(_) if matches!(of, Wanted::Named(_)) => None,
                Err(error) => return Answer::error(error),
            },
            _ => None,
        };
        let home = match wanted {
            WantedTarget::Watch { of: Some(function), .. } => Some(Home::to_come(function)),
            WantedTarget::Watch { question, frame, .. } => Home::of(question, self.scene().vm, *frame),
            _ => None,
        };
        let mut answer = self.add_breakpoint(target.clone(), condition.cloned(), temporary);
        if let (Some(message), Some(home)) = (&mut answer.message, &home) {
            *message += &match home.is_known() {
                true => format!(", in this call of {}", home.function),
                false => format!(", in the next call of {}", home.function),
            };
        }
        if let (Some(message), Some(doubt)) = (&mut answer.message, self.doubt(&target)) {
            *message += &doubt;
        }
        if let Some(number) = self.breakpoints.find(&target) {
            self.breakpoints.change(Some(number), |breakpoint| {
                breakpoint.log = log.cloned();
                breakpoint.home.clone_from(&home);
            });
            if let Some(object) = object {
                self.breakpoints.bind(number, object);
            }
        }
        answer
    }

    /// What is to be said of a place that the program does not have so far.
    fn doubt(&mut self, target: &Target) -> Option<String> {
        if !matches!(target, Target::Function(_) | Target::Line { .. }) {
            return None;
        }
        self.places.add_all(&self.now.vm);
        match target {
            Target::Function(name) if !self.places.codes.iter().any(|code| is_named(name, &code.name)) => {
                Some(match crate::bytecode::opcode::Op::ALL.iter().any(|op| op.name() == name) {
                    true => format!("; no function has that name, for the instruction write `break op {name}`"),
                    false => "; no function has that name so far".to_owned(),
                })
            }
            Target::Line { file, .. } if !self.places.codes.iter().any(|code| same_file(file, &code.file)) => {
                Some("; no such file is part of the program so far".to_owned())
            }
            _ => None,
        }
    }

    /// An expression in a frame, or in the Python frame that called it.
    fn print(&mut self, expression: &str, frame: usize) -> Answer {
        let vm = self.scene().vm;
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

/// Notes the last exception of a class.
struct LastRaise<'a> {
    class: &'a str,
    raises: u64,
    until: u64,
    found: Option<(u64, Vec<String>)>,
}

impl Rule for LastRaise<'_> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if vm.raises != self.raises {
            self.raises = vm.raises;
            let names = vm.last_raised.map_or(Vec::new(), |ty| classes(vm, ty));
            if names.first().is_some_and(|name| name == self.class.rsplit('.').next().unwrap_or_default()) {
                self.found = Some((vm.steps().saturating_sub(1), names));
            }
        }
        let left = self.until.checked_sub(vm.steps()).filter(|&left| left > 0)?;
        Some(u32::try_from(left).unwrap_or(u32::MAX))
    }

    /// It is told of exceptions.
    fn arm(&mut self, vm: &mut Vm) {
        vm.arm(&[], true);
    }
}

//! Time: the machine at any instant, by running on from a copy of an earlier one.
//!
//! ```text
//!   n   0 ───────────── 2^17 ───────────── 2·2^17 ── … ────── here-4096 ─ here-256 ─ here
//!       copy            copy               copy               copy        copy
//! ```
//!
//! A run is determined by the program and by the answers of the outside world, which are recorded; so to go back is to
//! copy the nearest machine before and run it again with the same answers and the same [`change`]s. Where copies are kept is
//! the business of [`copies`]. Output is recorded once, with the instant it was written.
//!
//! A new answer or a change in the past starts a new future: what was recorded after it is forgotten.

pub mod change; // what the user does to the run
pub mod copies; // the machines kept, within a budget
mod desk; // the answers of the outside world
mod files; // what the program wrote, in memory
mod output; // what it printed
pub mod prompt; // a program that is typed, statement by statement
pub mod summary; // the run from afar
mod watch; // what is looked at between two instructions of a run

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::watch::Until;
use self::{
    change::Change,
    copies::Copies,
    desk::{Desk, Mode},
    output::shown,
    prompt::Prompt,
    summary::Summary,
    watch::{OneByOne, Replay, Watch},
};
use crate::{
    debugger::{engine::Signals, world::StillWorld},
    interpreter::{self, Exit},
    view::{OutputChunk, Stream},
    vm::{
        Config, Vm,
        exec::RunEnd,
        hooks::Hooks,
        host::{self, Answer, Aside, GivenUp, Host, Request},
    },
};

/// A machine with its place in the recording.
#[derive(Clone)]
pub struct Machine {
    pub vm: Vm,
    /// Answers that it has been given.
    answers: usize,
    /// Pieces of output that it has written.
    chunks: usize,
    /// Changes of the user that it has gone through.
    changes: usize,
    /// The program is typed.
    prompt: Option<Prompt>,
    /// It stands before an instruction that cannot go on: what it calls waits for the user.
    question: Option<Below>,
}

/// A line of input that is asked for below native code: what the instruction that stands there will have come to by then.
#[derive(Clone, Copy)]
struct Below {
    answers: usize,
    chunks: usize,
}

impl Machine {
    /// A copy, made in the memory of another machine of the same run if there is one.
    pub fn copied(&mut self, spare: Option<Machine>) -> Machine {
        let Some(Machine { vm: Vm { mut heap, .. }, .. }) = spare else { return self.clone() };
        heap.become_like(&self.vm.heap);
        let own = std::mem::take(&mut self.vm.heap);
        let mut copy = self.clone();
        self.vm.heap = own;
        copy.vm.heap = heap;
        copy
    }
}

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The stop rule said so.
    Stopped,
    /// The program waits for a line of input that is not in the recording.
    Waiting,
    /// The program has ended.
    Ended,
    /// Somebody asked for a pause.
    Interrupted,
    /// The recorded answers take more room than they may.
    Full,
    /// Every thread waits for another one.
    Deadlocked,
}

/// A pause was asked for before the journey's end.
#[derive(Clone, Copy, Debug)]
pub struct Interrupted;

/// How the program ended, once it has been there.
#[derive(Clone, Debug)]
pub struct End {
    /// The number of instructions of the whole run.
    pub step: u64,
    pub exit: Exit,
}

/// When to stop: asked before an instruction, answers how many may run before it is asked again; `None` stops.
pub trait Rule {
    fn look(&mut self, vm: &Vm) -> Option<u32>;

    /// Before an armed instruction: whether to stop.
    fn armed(&mut self, vm: &Vm) -> bool {
        self.look(vm).is_none()
    }

    /// The machine is about to run, or has new code: instructions may be armed, so that it is asked there too.
    fn arm(&mut self, _vm: &mut Vm) {}

    /// What the machine has written will be taken from it.
    fn written(&mut self, _vm: &Vm) {}
}

/// Copies, answers, changes and output of one run.
pub struct Timeline {
    copies: Copies,
    desk: Arc<Mutex<Desk>>,
    /// What the user changed, with the instant; in order.
    changes: Vec<(u64, Change)>,
    output: Vec<OutputChunk>,
    /// So many pieces of output were dropped from the front, and so many bytes are there.
    output_gone: usize,
    output_bytes: usize,
    /// So many bytes may the answers take before the user is told.
    answers_limit: usize,
    pub end: Option<End>,
    pub signals: Signals,
    /// The latest instant that has been reached.
    furthest: u64,
    /// Where a run last left a copy, or would have, had there been room.
    tried: u64,
    /// Counts the changes of the past.
    epoch: u64,
    /// A machine of this run that nobody needs any more, and its epoch: the next copy is made in its memory.
    spare: Option<(u64, Machine)>,
    /// The run from afar.
    pub summary: Summary,
    /// Is told of output when it is recorded.
    pub listener: Option<Listener>,
}

/// Who hears of each piece of output when it is written for the first time.
pub type Listener = Box<dyn FnMut(&OutputChunk) + Send>;

/// At least so many instructions lie between two copies that a run leaves behind.
const SPACING: u64 = 1 << 22;
/// Distances of the denser copies before where a journey ends.
const LADDER: [u64; 4] = [1 << 20, 1 << 16, 1 << 12, 1 << 8];
/// Between two looks at the flags.
const GRANT: u32 = 1 << 20;

impl Timeline {
    /// A run that begins with this machine.
    pub fn new(vm: Vm, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> (Timeline, Machine) {
        Timeline::beginning(Machine { vm, answers: 0, chunks: 0, changes: 0, prompt: None, question: None }, stdin, world)
    }

    /// A run whose statements are typed.
    pub fn typed(config: Config, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> (Timeline, Machine) {
        let machine =
            Machine { vm: prompt::machine(config), answers: 0, chunks: 0, changes: 0, prompt: Some(Prompt::new()), question: None };
        Timeline::beginning(machine, stdin, world)
    }

    /// Gives the outside world to another run.
    pub fn leave_world(&mut self) -> Box<dyn Host + Send> {
        self.desk().world.leave(Box::new(StillWorld::default()))
    }

    fn beginning(mut machine: Machine, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> (Timeline, Machine) {
        machine.vm.heap.keep_journal();
        let timeline = Timeline {
            copies: Copies::new(machine.clone()),
            desk: Desk::new(stdin, world),
            changes: Vec::new(),
            output: Vec::new(),
            output_gone: 0,
            output_bytes: 0,
            answers_limit: copies::DEFAULT_LIMIT / 4,
            end: None,
            signals: Signals::default(),
            furthest: 0,
            tried: 0,
            epoch: 0,
            spare: None,
            summary: Summary::default(),
            listener: None,
        };
        (timeline, machine)
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that a machine gets next, if it is recorded.
    fn recorded(&self, machine: &Machine) -> Option<Answer> {
        self.desk().answers.get(machine.answers).map(|(_, answer)| answer.clone())
    }

    /// Runs a machine as far as the hooks let it. What it asks below native code is answered on the way.
    fn run_machine(&self, machine: &mut Machine, mode: Mode, hooks: &mut impl Hooks) -> RunEnd {
        self.desk().expect(mode, machine.answers, &self.signals);
        machine.vm.aside = Aside::new(self.desk.clone());
        let end = machine.vm.run(hooks);
        machine.vm.aside = Aside::default();
        machine.answers = self.desk().given();
        end
    }

    /// How many bytes the history may take: its copies; and besides a quarter of that for output, and for answers.
    pub fn set_history_memory(&mut self, bytes: usize, here: u64) {
        self.copies.set_limit(bytes, here);
        self.answers_limit = bytes / 4;
    }

    /// Keeps a copy of a machine: one will come back to it.
    pub fn keep(&mut self, machine: &mut Machine) {
        self.copies.keep(machine);
    }

    /// The copies that are kept.
    pub fn copies(&self) -> &Copies {
        &self.copies
    }

    /// The last copy at or before an instant.
    pub fn copy_before(&self, step: u64) -> &Machine {
        self.copies.before(step)
    }

    /// A machine to run on from the last copy at or before an instant.
    pub fn machine_before(&mut self, step: u64) -> Machine {
        let spare = self.spare.take().filter(|(epoch, _)| *epoch == self.epoch);
        self.copies.before_mut(step).copied(spare.map(|(_, machine)| machine))
    }

    /// Takes a machine of this run that is not needed any more: going over to another instant of the same run is quicker than a new
    /// copy, where only little of a big heap differs.
    pub fn recycle(&mut self, machine: Machine) {
        self.spare = Some((self.epoch, machine));
    }

    /// The last copy at or before an instant that is as wished; otherwise the first of all.
    pub fn last_copy(&self, step: u64, is_wished: impl Fn(&Vm) -> bool) -> &Machine {
        self.copies.last(step, is_wished)
    }

    /// The latest instant that has been reached.
    pub fn furthest(&self) -> u64 {
        self.furthest
    }

    /// A number that changes whenever the recording is given another continuation.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Runs a machine through what is recorded already, until the rule stops it; leaves nothing behind.
    pub fn replay(&self, machine: &mut Machine, rule: &mut impl Rule) -> Halt {
        loop {
            while machine.is_idle() {
                match self.recorded(machine) {
                    Some(Answer::Line(line)) => {
                        machine.answers += 1;
                        if !machine.read(&line) {
                            return Halt::Ended;
                        }
                        machine.vm.take_output();
                    }
                    _ => return Halt::Waiting,
                }
            }
            machine.vm.revoke_grant();
            let change_due = self.change_due(machine);
            let mut watch = Replay { rule, signals: &self.signals, halt: None, change_due, asked: true };
            let end = self.run_machine(machine, Mode::Replay, &mut watch);
            let halt = watch.halt;
            machine.vm.take_output();
            if let Some(GivenUp { before, asks, .. }) = machine.vm.given_up {
                *machine = self.copies.before(before).clone();
                let halt = self.replay(machine, &mut Until(before));
                return if asks && halt == Halt::Stopped { Halt::Waiting } else { Halt::Interrupted };
            }
            match end {
                RunEnd::Finished(result) => match machine.over(result) {
                    Some(_) => return Halt::Ended,
                    None => drop(machine.vm.take_output()),
                },
                RunEnd::Stopped => match halt {
                    Some(halt) => return halt,
                    None => self.settle(machine),
                },
                RunEnd::Deadlocked => return Halt::Deadlocked,
                RunEnd::Request => match self.recorded(machine) {
                    Some(answer) => {
                        machine.answers += 1;
                        machine.vm.revoke_grant();
                        machine.vm.answer(answer);
                    }
                    None => return Halt::Waiting,
                },
            }
        }
    }

    // ── changes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The instant of the next change that a machine has not gone through.
    fn change_due(&self, machine: &Machine) -> u64 {
        self.changes.get(machine.changes).map_or(u64::MAX, |(step, _)| *step)
    }

    /// Makes the changes of the instant where a machine stands, between two instructions.
    fn settle(&self, machine: &mut Machine) {
        while let Some((step, change)) = self.changes.get(machine.changes)
            && *step == machine.vm.steps()
        {
            machine.changes += 1;
            // It succeeded when it was made, and nothing is different now.
            let outcome = change.apply(&mut machine.vm);
            debug_assert!(outcome.is_ok(), "{outcome:?}");
        }
    }

    /// Changes the run where a machine stands, between two instructions: a new future begins.
    ///
    /// # Errors
    ///
    /// A sentence; then the machine must be thrown away and nothing else has changed.
    pub fn change(&mut self, machine: &mut Machine, change: Change) -> Result<(), String> {
        change.apply(&mut machine.vm)?;
        self.forget_future(machine);
        self.changes.push((machine.vm.steps(), change));
        machine.changes += 1;
        self.take_output(machine);
        Ok(())
    }

    /// Whether anything is recorded that lies after a machine.
    pub fn has_future(&self, machine: &Machine) -> bool {
        self.furthest > machine.vm.steps() || self.end.is_some() || machine.answers < self.desk().answers.len()
    }

    /// The place of the next line of input that is recorded after a machine.
    pub fn next_line(&self, machine: &Machine) -> Option<usize> {
        let desk = self.desk();
        (machine.answers..desk.answers.len()).find(|&index| desk.answers[index].0 == Request::ReadLine)
    }

    /// Runs a machine to where it waits for a recorded answer.
    pub fn run_to_answer(&mut self, machine: &mut Machine, index: usize) -> Halt {
        self.desk().hold_at = Some(index);
        let halt = self.run(machine, &mut Until(u64::MAX));
        self.desk().hold_at = None;
        halt
    }

    /// What is recorded after a machine is no more.
    fn forget_future(&mut self, machine: &mut Machine) {
        self.forget_after(machine, Below { answers: machine.answers, chunks: machine.chunks });
        machine.chunks = machine.chunks.min(self.output_gone + self.output.len());
    }

    /// The same, but for what its next instruction does until it asks.
    fn forget_after(&mut self, machine: &Machine, Below { answers, chunks }: Below) {
        self.desk().forget_after(answers);
        self.changes.truncate(machine.changes);
        self.output.truncate(chunks.saturating_sub(self.output_gone));
        self.copies.forget_from(machine.vm.steps());
        self.summary.forget_after(&machine.vm);
        self.furthest = machine.vm.steps();
        self.tried = 0;
        self.end = None;
        self.epoch += 1;
    }

    // ── for session files ───────────────────────────────────────────────────────────────────────────────────────────

    /// All answers of the outside world, in their order.
    pub fn answers(&self) -> Vec<(Request, Answer)> {
        self.desk().answers.clone()
    }

    /// What the user changed, each with its instant.
    pub fn changes(&self) -> &[(u64, Change)] {
        &self.changes
    }

    /// Answers and changes that were recorded at another time.
    pub fn preset(&mut self, answers: Vec<(Request, Answer)>, changes: Vec<(u64, Change)>) {
        self.changes = changes;
        self.desk().preset(answers);
    }

    /// The lines of a redirected standard input.
    pub fn stdin(&self) -> Option<Vec<String>> {
        self.desk().stdin.clone()
    }

    // ── running ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Runs a machine until the rule stops it.
    pub fn run(&mut self, machine: &mut Machine, rule: &mut impl Rule) -> Halt {
        let halt = self.run_on(machine, rule);
        self.furthest = self.furthest.max(machine.vm.steps());
        halt
    }

    fn run_on(&mut self, machine: &mut Machine, rule: &mut impl Rule) -> Halt {
        machine.question = None;
        loop {
            while machine.is_idle() {
                if let Some(halt) = self.read_statement(machine) {
                    return halt;
                }
            }
            machine.vm.revoke_grant();
            rule.arm(&mut machine.vm);
            machine.vm.arm(&[], true);
            let (copy_due, change_due) = (self.copy_due(machine), self.change_due(machine));
            // The summary is the watch's meanwhile.
            let mut summary = std::mem::take(&mut self.summary);
            let mut watch = Watch {
                rule,
                summary: &mut summary,
                signals: self.signals.clone(),
                halt: None,
                copy_due,
                wants_copy: false,
                change_due,
                asked: true,
                known: machine.vm.units.len(),
                is_heard: self.listener.is_some(),
            };
            let end = self.run_machine(machine, Mode::Live, &mut watch);
            let Watch { halt, wants_copy, .. } = watch;
            self.summary = summary;
            machine.vm.disarm();
            if let Some(given_up) = machine.vm.given_up.take() {
                return self.stand_before(machine, given_up);
            }
            rule.written(&machine.vm);
            self.take_output(machine);
            match end {
                RunEnd::Finished(result) => match machine.over(result) {
                    Some(result) => {
                        self.ended(machine, result);
                        return Halt::Ended;
                    }
                    None => self.take_output(machine),
                },
                RunEnd::Deadlocked => return Halt::Deadlocked,
                RunEnd::Request => {
                    if !self.answer(machine) {
                        return Halt::Waiting;
                    }
                    let bytes = self.desk().bytes;
                    if bytes > self.answers_limit {
                        self.answers_limit = bytes * 2;
                        return Halt::Full;
                    }
                }
                RunEnd::Stopped => {
                    if let Some(halt) = halt {
                        return halt;
                    }
                    if wants_copy {
                        self.tried = machine.vm.steps();
                        self.copies.keep(machine);
                    } else {
                        self.settle(machine);
                        self.take_output(machine);
                    }
                }
            }
        }
    }

    /// What runs below native code waits for the user, or the user wants a pause: the machine is brought before the outermost
    /// instruction again, which will do the same again when it goes on.
    fn stand_before(&mut self, machine: &mut Machine, GivenUp { before, output, asks }: GivenUp) -> Halt {
        machine.vm.output.chunks = output;
        self.take_output(machine);
        let question = Below { answers: machine.answers, chunks: machine.chunks };
        *machine = self.machine_before(before);
        if self.run_on(machine, &mut Until(before)) != Halt::Stopped || !asks {
            return Halt::Interrupted;
        }
        machine.question = Some(question);
        Halt::Waiting
    }

    /// Takes the next line of a statement. Not, if the user has to type it, or the input has ended.
    fn read_statement(&mut self, machine: &mut Machine) -> Option<Halt> {
        let Some(Answer::Line(line)) = self.desk().answer_to(&Request::ReadLine, machine.answers) else { return Some(Halt::Waiting) };
        machine.answers += 1;
        let (step, text) = (machine.vm.steps().saturating_sub(1), format!("{}{line}", machine.sign()));
        self.write(machine, OutputChunk { stream: Stream::Stdin, text, step });
        let goes_on = machine.read(&line);
        self.take_output(machine);
        if goes_on {
            return None;
        }
        let none = machine.vm.none();
        self.ended(machine, Ok(none));
        Some(Halt::Ended)
    }

    /// Where a run that comes from a machine leaves the next copy: farther on where copies are dear or the run is long.
    fn copy_due(&self, machine: &Machine) -> u64 {
        let here = machine.vm.steps();
        let spacing = SPACING.max(machine.vm.heap.capacity() as u64 * 2).max(self.furthest / 128);
        let last = self.copies.before(here).vm.steps().max(self.tried.min(here));
        let due = (last + spacing).max(here + 1);
        match self.copies.next_after(here) {
            Some(next) if next < due + spacing / 2 => next + spacing,
            _ => due,
        }
    }

    /// Runs a machine to an instant, or to the first one after it where it can stop. Leaves copies on the way.
    pub fn run_to(&mut self, machine: &mut Machine, target: u64) -> Halt {
        // A copy takes long to make, but who goes back one step often goes back many; and as long as a run has not touched much it is
        // quickly taken back to where it came from.
        let worth = machine.vm.heap.capacity() as u64 / 64;
        for distance in LADDER {
            let rung = target.saturating_sub(distance);
            if rung > machine.vm.steps() && rung - self.copies.before(rung).vm.steps() > worth {
                match self.run(machine, &mut Until(rung)) {
                    Halt::Stopped => self.copies.keep(machine),
                    halt => return halt,
                }
            }
        }
        self.run(machine, &mut Until(target))
    }

    /// The machine at an instant, or at the last one before it where it can stop, by running on from a copy.
    ///
    /// # Errors
    ///
    /// Somebody asked for a pause on the way.
    pub fn machine_at(&mut self, target: u64) -> Result<(Machine, Halt), Interrupted> {
        let mut machine = self.machine_before(target);
        if machine.vm.steps() == target && !machine.is_idle() {
            self.settle(&mut machine);
            return Ok((machine, Halt::Stopped));
        }
        let halt = self.run_to(&mut machine, target);
        if halt != Halt::Interrupted && (halt == Halt::Waiting || machine.vm.steps() <= target) {
            return Ok((machine, halt));
        }
        // It ran past: instructions below native code cannot be stopped at. Look for the last one that can.
        let mut slow = self.copy_before(target).clone();
        let mut last = OneByOne { target, last: slow.vm.steps() };
        if halt == Halt::Interrupted || self.run(&mut slow, &mut last) == Halt::Interrupted {
            return Err(Interrupted);
        }
        let mut machine = self.copy_before(last.last).clone();
        match self.run(&mut machine, &mut Until(last.last)) {
            Halt::Interrupted => Err(Interrupted),
            halt => Ok((machine, halt)),
        }
    }

    /// Gives the program a line that it waits for; `None` is the end of its input.
    pub fn type_line(&mut self, machine: &mut Machine, line: Option<&str>) {
        let answer = Answer::Line(line.map(|line| format!("{line}\n")).unwrap_or_default());
        if let Some(question) = machine.question.take() {
            if question.answers < self.desk().answers.len() {
                self.forget_after(machine, question);
            }
            self.desk().note(Request::ReadLine, answer);
            return;
        }
        if machine.answers < self.desk().answers.len() {
            self.forget_future(machine);
        }
        self.desk().note(Request::ReadLine, answer.clone());
        if machine.is_idle() {
            self.end = None;
        } else {
            self.give(machine, &Request::ReadLine, answer);
        }
    }

    /// Answers what the machine waits for, from the recording or from the world. False: only the user can.
    fn answer(&mut self, machine: &mut Machine) -> bool {
        let Some(request) = machine.vm.request.clone() else { return true };
        let Some(answer) = self.desk().answer_to(&request, machine.answers) else { return false };
        self.give(machine, &request, answer);
        true
    }

    fn give(&mut self, machine: &mut Machine, request: &Request, answer: Answer) {
        machine.answers += 1;
        if let (Request::ReadLine, Answer::Line(line)) = (request, &answer) {
            let step = machine.vm.steps().saturating_sub(1);
            self.write(machine, OutputChunk { stream: Stream::Stdin, text: line.clone(), step });
        }
        machine.vm.revoke_grant();
        machine.vm.answer(answer);
    }

    /// The first time at the end, the rest is done on a copy: what is printed for the exception, and the shutdown.
    fn ended(&mut self, machine: &mut Machine, result: Result<crate::heap::ObjRef, crate::vm::Raised>) {
        if self.end.is_some() {
            machine.chunks = self.output_gone + self.output.len();
            return;
        }
        let mut closing = machine.clone();
        let step = machine.vm.steps();
        self.desk().expect(Mode::Closing, machine.answers, &self.signals);
        closing.vm.aside = Aside::new(self.desk.clone());
        let exit = interpreter::conclude(&mut closing.vm, result);
        let mut host = Closing { desk: self.desk.clone(), chunks: Vec::new() };
        interpreter::pass_output(&mut closing.vm, &mut host);
        interpreter::shutdown(&mut closing.vm, &mut host);
        machine.chunks = self.output_gone + self.output.len();
        for chunk in host.chunks {
            self.write(machine, OutputChunk { step: step.saturating_sub(1), ..chunk });
        }
        self.end = Some(End { step, exit });
    }
}

/// Takes the output of the shutdown.
struct Closing {
    desk: Arc<Mutex<Desk>>,
    chunks: Vec<OutputChunk>,
}

impl Host for Closing {
    fn write(&mut self, stream: host::Stream, bytes: &[u8]) {
        self.chunks.push(OutputChunk { stream: shown(stream), text: String::from_utf8_lossy(bytes).into_owned(), step: 0 });
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).answer(request)
    }
}

//! Time: the machine at any instant, by running on from a copy of an earlier one.
//!
//! ```text
//!   n   0 ───────────── 2^17 ───────────── 2·2^17 ── … ────── here-4096 ─ here-256 ─ here
//!       copy            copy               copy               copy        copy
//! ```
//!
//! A run is determined by the program and by the answers of the outside world, which are recorded; so to go back is to
//! copy the nearest machine before and run it again with the same answers. Copies are kept at even spacing, doubled when
//! there are many, and more densely before where the user stands. Output is recorded once, with the instant it was written.

use crate::{
    debugger::engine::Signals,
    interpreter::{self, Exit},
    view::{OutputChunk, Stream},
    vm::{
        Vm,
        exec::RunEnd,
        hooks::{Due, Hooks},
        host::{self, Answer, Host, Request},
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
}

/// Copies, answers and output of one run.
pub struct Timeline {
    copies: Vec<Machine>,
    spacing: u64,
    answers: Vec<(Request, Answer)>,
    output: Vec<OutputChunk>,
    /// Lines of a redirected standard input that have not been read yet; `None`: the user is asked.
    stdin: Option<std::vec::IntoIter<String>>,
    world: Box<dyn Host + Send>,
    pub end: Option<End>,
    pub signals: Signals,
    /// Counts the changes of the past.
    epoch: u64,
    /// Is told of output when it is recorded.
    pub listener: Option<Listener>,
}

/// Who hears of each piece of output when it is written for the first time.
pub type Listener = Box<dyn FnMut(&OutputChunk) + Send>;

/// As many copies at even spacing.
const MAX_COPIES: usize = 16;
const FIRST_SPACING: u64 = 1 << 17;
/// All copies together may have so many slots of heap; some 100 bytes each.
const MAX_SLOTS: usize = 8_000_000;
/// Distances of the denser copies before where a journey ends.
const LADDER: [u64; 4] = [1 << 20, 1 << 16, 1 << 12, 1 << 8];
/// Between two looks at the flags.
const GRANT: u32 = 1 << 20;

impl Timeline {
    /// A run that begins with this machine.
    pub fn new(vm: Vm, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> (Timeline, Machine) {
        let machine = Machine { vm, answers: 0, chunks: 0 };
        let timeline = Timeline {
            copies: vec![machine.clone()],
            spacing: FIRST_SPACING,
            answers: Vec::new(),
            output: Vec::new(),
            stdin: stdin.map(Vec::into_iter),
            world,
            end: None,
            signals: Signals::default(),
            epoch: 0,
            listener: None,
        };
        (timeline, machine)
    }

    /// The last copy at or before an instant.
    pub fn copy_before(&self, step: u64) -> &Machine {
        let index = self.copies.partition_point(|copy| copy.vm.steps() <= step);
        &self.copies[index.max(1) - 1]
    }

    /// The last copy at or before an instant that is as wished; otherwise the first of all.
    pub fn last_copy(&self, step: u64, is_wished: impl Fn(&Vm) -> bool) -> &Machine {
        let index = self.copies.partition_point(|copy| copy.vm.steps() <= step).max(1);
        self.copies[..index].iter().rev().find(|copy| is_wished(&copy.vm)).unwrap_or(&self.copies[0])
    }

    /// A number that changes whenever the recording is given another continuation.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Runs a machine through what is recorded already, until the rule stops it; leaves nothing behind.
    pub fn replay(&self, machine: &mut Machine, rule: &mut impl Rule) -> Halt {
        loop {
            machine.vm.revoke_grant();
            let mut watch = Replay { rule, signals: &self.signals, halt: Halt::Ended };
            let end = machine.vm.run(&mut watch);
            let halt = watch.halt;
            machine.vm.take_output();
            match end {
                RunEnd::Finished(_) => return Halt::Ended,
                RunEnd::Stopped => return halt,
                RunEnd::Request => match self.answers.get(machine.answers) {
                    Some((_, answer)) => {
                        machine.answers += 1;
                        machine.vm.revoke_grant();
                        machine.vm.answer(answer.clone());
                    }
                    None => return Halt::Waiting,
                },
            }
        }
    }

    /// Keeps a copy, unless there is one of this instant.
    fn keep(&mut self, machine: &Machine) {
        let step = machine.vm.steps();
        let index = self.copies.partition_point(|copy| copy.vm.steps() < step);
        if self.copies.get(index).is_none_or(|copy| copy.vm.steps() != step) {
            self.copies.insert(index, machine.clone());
        }
        self.thin_out(step);
    }

    /// Drops copies that are too many: those at odd multiples of the spacing, then the dense ones far from here.
    fn thin_out(&mut self, here: u64) {
        let size = |copies: &[Machine]| copies.iter().map(|copy| copy.vm.heap.capacity()).sum::<usize>();
        let most = LADDER.len() * 2;
        loop {
            let even = self.copies.iter().filter(|copy| copy.vm.steps().is_multiple_of(self.spacing)).count();
            let is_heavy = size(&self.copies) > MAX_SLOTS && self.copies.len() > 4;
            if even > MAX_COPIES || is_heavy && even > 2 {
                let doubled = self.spacing * 2;
                self.copies.retain(|copy| !copy.vm.steps().is_multiple_of(self.spacing) || copy.vm.steps().is_multiple_of(doubled));
                self.spacing = doubled;
                continue;
            }
            if self.copies.len() - even > most || is_heavy && self.copies.len() > even {
                // The dense copy farthest from here.
                let dense = |copy: &Machine| !copy.vm.steps().is_multiple_of(self.spacing);
                let farthest = (0..self.copies.len())
                    .filter(|&index| dense(&self.copies[index]))
                    .max_by_key(|&index| self.copies[index].vm.steps().abs_diff(here));
                let Some(farthest) = farthest else { return };
                self.copies.remove(farthest);
                continue;
            }
            return;
        }
    }

    /// Output up to where a machine stands.
    pub fn output_of(&self, machine: &Machine) -> &[OutputChunk] {
        &self.output[..machine.chunks.min(self.output.len())]
    }

    /// All output, that of the shutdown included.
    pub fn whole_output(&self) -> &[OutputChunk] {
        &self.output
    }

    /// Runs a machine until the rule stops it.
    pub fn run(&mut self, machine: &mut Machine, rule: &mut impl Rule) -> Halt {
        loop {
            machine.vm.revoke_grant();
            let next_copy = (machine.vm.steps() / self.spacing + 1) * self.spacing;
            let (signals, is_heard) = (self.signals.clone(), self.listener.is_some());
            let mut watch = Watch { rule, signals, halt: None, copy_due: next_copy, wants_copy: false, asked: true, is_heard };
            let end = machine.vm.run(&mut watch);
            let Watch { halt, wants_copy, .. } = watch;
            self.take_output(machine);
            match end {
                RunEnd::Finished(result) => {
                    self.ended(machine, result);
                    return Halt::Ended;
                }
                RunEnd::Request => {
                    if !self.answer(machine) {
                        return Halt::Waiting;
                    }
                }
                RunEnd::Stopped => {
                    if wants_copy {
                        self.keep(machine);
                    }
                    if let Some(halt) = halt {
                        return halt;
                    }
                }
            }
        }
    }

    /// Runs a machine to an instant, or to the first one after it where it can stop. Leaves copies on the way.
    pub fn run_to(&mut self, machine: &mut Machine, target: u64) -> Halt {
        for distance in LADDER {
            let rung = target.saturating_sub(distance);
            if rung > machine.vm.steps() {
                match self.run(machine, &mut Until(rung)) {
                    Halt::Stopped => self.keep(machine),
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
        let mut machine = self.copy_before(target).clone();
        if machine.vm.steps() == target {
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
        self.record(machine, Request::ReadLine, answer);
    }

    /// Answers what the machine waits for, from the recording or from the world. False: only the user can.
    fn answer(&mut self, machine: &mut Machine) -> bool {
        let Some(request) = machine.vm.request.clone() else { return true };
        if let Some((_, answer)) = self.answers.get(machine.answers) {
            let answer = answer.clone();
            self.give(machine, &request, answer);
            return true;
        }
        let answer = match (&request, &mut self.stdin) {
            (Request::ReadLine, None) => return false,
            (Request::ReadLine, Some(lines)) => Answer::Line(lines.next().unwrap_or_default()),
            (request, _) => self.world.answer(request),
        };
        self.record(machine, request, answer);
        true
    }

    fn record(&mut self, machine: &mut Machine, request: Request, answer: Answer) {
        if machine.answers < self.answers.len() {
            self.answers.truncate(machine.answers);
            self.epoch += 1;
        }
        self.answers.push((request.clone(), answer.clone()));
        self.give(machine, &request, answer);
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

    fn take_output(&mut self, machine: &mut Machine) {
        for chunk in machine.vm.take_output() {
            let stream = match chunk.stream {
                host::Stream::Stdout => Stream::Stdout,
                host::Stream::Stderr => Stream::Stderr,
            };
            let text = String::from_utf8_lossy(&chunk.bytes).into_owned();
            self.write(machine, OutputChunk { stream, text, step: chunk.step.saturating_sub(1) });
        }
    }

    fn write(&mut self, machine: &mut Machine, chunk: OutputChunk) {
        if machine.chunks == self.output.len() {
            if let Some(listener) = &mut self.listener {
                listener(&chunk);
            }
            self.output.push(chunk);
        }
        machine.chunks += 1;
    }

    /// The first time at the end, the rest is done on a copy: what is printed for the exception, and the shutdown.
    fn ended(&mut self, machine: &mut Machine, result: Result<crate::heap::ObjRef, crate::vm::Raised>) {
        if self.end.is_some() {
            machine.chunks = self.output.len();
            return;
        }
        let mut closing = machine.clone();
        let step = machine.vm.steps();
        let exit = interpreter::conclude(&mut closing.vm, result);
        let mut host = Closing { world: &mut *self.world, chunks: Vec::new() };
        interpreter::pass_output(&mut closing.vm, &mut host);
        interpreter::shutdown(&mut closing.vm, &mut host);
        machine.chunks = self.output.len();
        for chunk in host.chunks {
            self.write(machine, OutputChunk { step: step.saturating_sub(1), ..chunk });
        }
        self.end = Some(End { step, exit });
    }
}

/// The hook behind every run.
struct Watch<'a, R> {
    rule: &'a mut R,
    signals: Signals,
    halt: Option<Halt>,
    copy_due: u64,
    wants_copy: bool,
    /// Look at the flags next time.
    asked: bool,
    is_heard: bool,
}

impl<R: Rule> Hooks for Watch<'_, R> {
    #[inline]
    fn due(&mut self, vm: &mut Vm) -> Due {
        let step = vm.steps();
        if step >= self.copy_due {
            self.wants_copy = true;
            return Due::Stop;
        }
        if self.asked || step & 0xffff == 0 {
            self.signals.set_progress(step);
            if self.signals.take_interrupt() {
                self.halt = Some(Halt::Interrupted);
                return Due::Stop;
            }
            // Who listens hears of output soon.
            if self.is_heard && !vm.output.chunks.is_empty() {
                return Due::Stop;
            }
        }
        match self.rule.look(vm) {
            None => {
                self.halt = Some(Halt::Stopped);
                Due::Stop
            }
            Some(1) => {
                self.asked = false;
                Due::Go(1)
            }
            Some(grant) => {
                self.asked = true;
                let to_copy = u32::try_from(self.copy_due - step).unwrap_or(GRANT);
                Due::Go(grant.min(to_copy).clamp(1, GRANT))
            }
        }
    }
}

/// The hook behind a run through what is recorded.
struct Replay<'a, R> {
    rule: &'a mut R,
    signals: &'a Signals,
    halt: Halt,
}

impl<R: Rule> Hooks for Replay<'_, R> {
    #[inline]
    fn due(&mut self, vm: &mut Vm) -> Due {
        if vm.steps() & 0xffff == 0 && self.signals.take_interrupt() {
            self.halt = Halt::Interrupted;
            return Due::Stop;
        }
        match self.rule.look(vm) {
            None => {
                self.halt = Halt::Stopped;
                Due::Stop
            }
            Some(grant) => Due::Go(grant.clamp(1, GRANT)),
        }
    }
}

/// Stops at an instant or soon after.
pub struct Until(pub u64);

impl Rule for Until {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let left = self.0.checked_sub(vm.steps()).filter(|&left| left > 0)?;
        Some(u32::try_from(left).unwrap_or(GRANT).min(GRANT))
    }
}

/// Notes the last instant at or before the target where it can stop.
struct OneByOne {
    target: u64,
    last: u64,
}

impl Rule for OneByOne {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if vm.steps() > self.target {
            return None;
        }
        self.last = vm.steps();
        Some(1)
    }
}

/// Takes the output of the shutdown.
struct Closing<'a> {
    world: &'a mut dyn Host,
    chunks: Vec<OutputChunk>,
}

impl Host for Closing<'_> {
    fn write(&mut self, stream: host::Stream, bytes: &[u8]) {
        let stream = match stream {
            host::Stream::Stdout => Stream::Stdout,
            host::Stream::Stderr => Stream::Stderr,
        };
        self.chunks.push(OutputChunk { stream, text: String::from_utf8_lossy(bytes).into_owned(), step: 0 });
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => Answer::Line(String::new()),
            request => self.world.answer(request),
        }
    }
}

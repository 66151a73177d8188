//! A program under the debugger: one machine that stands at an instant, and the timeline that takes it to any other.
//!
//! Invariant: [`Session::now`] is at an instruction boundary, or waits inside an instruction for a line of input; where native
//! code has called what asks for the line, it waits before that native code's instruction, which then runs again. The end
//! is an instant too: after an exception that nobody caught it shows the machine as it was before the last instruction,
//! when the frames were still there.

mod back;
mod browsing;
mod chosen;
mod commands;
mod diff;
pub mod editor;
mod elsewhere; // in threads that do not run
mod files; // what the program wrote
mod futures; // changes of the run, and the question before a recorded future is lost
mod homes; // of the calls that watches are about
mod marks;
mod micro;
mod questions;
mod record; // in a file and back
mod rounds;
pub mod saved; // breakpoints that outlive the session
mod search;
mod survey;
mod watching; // the console, and expressions displayed at every stop

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use self::{chosen::Chosen, elsewhere::Elsewhere, futures::Consent, micro::Micro, saved::Kept, survey::Heard};
use super::{
    breakpoints::{Breakpoint, Breakpoints, Hit, Target},
    command::{Command, Direction, Instant, StepUnit},
    engine::{Answer, Engine, Signals},
    evaluate::{Question, Scratch},
    options::Filters,
    places::Places,
    recording::SavedProgram,
    step::Tracker,
    timeline::{Halt, Interrupted, Machine, Rule, Timeline, Until},
};
use crate::{
    bytecode::code::CodeObject,
    interpreter,
    syntax::{Mode, error::SyntaxError},
    view::{
        OutputChunk, OutputView, PaneKind, PauseReason, PipelineView, Status, Stream, View, ViewRequest,
        capture::{self, Caches, Scene},
        explain, plain,
    },
    vm::{
        Config, Vm,
        host::{self, Host, Request},
    },
};

/// A compiled program with all that a run of it depends on.
pub struct Program {
    pub bytes: Vec<u8>,
    /// As tracebacks show it.
    pub name: String,
    /// The `.pyc` file that the code was read from, if it was: what `__file__` says.
    pub pyc: Option<String>,
    pub code: Arc<CodeObject>,
    pub config: Config,
    /// The lines of a redirected standard input; `None`: the user types them.
    pub stdin: Option<Vec<String>>,
    /// A machine that stands before the program's first instruction already: of `-m`, with what runs modules below.
    pub machine: Option<(Box<Vm>, Module)>,
}

/// The module that `-m` names, and what the outside world answered while it was looked for.
pub struct Module {
    pub name: String,
    pub answers: Vec<(Request, host::Answer)>,
}

impl Program {
    /// Compiles a program.
    ///
    /// # Errors
    ///
    /// The text is no Python.
    pub fn compile(bytes: Vec<u8>, name: String, config: Config, stdin: Option<Vec<String>>) -> Result<Program, SyntaxError> {
        let (_, code) = interpreter::compile_source(&bytes, &name, Mode::Exec, config.optimize);
        code.map(|code| Program { bytes, name, pyc: None, code, config, stdin, machine: None })
    }
}

/// The engine over the real machine.
pub struct Session {
    timeline: Timeline,
    now: Machine,
    /// The machine before the last step, for the marks.
    before: Option<Machine>,
    /// At the end after an uncaught exception: the machine just before.
    last_look: Option<Machine>,
    /// Another thread than the one that runs is looked at.
    elsewhere: Option<Elsewhere>,
    /// `ValueError: text`, there.
    last_words: String,
    status: Status,
    places: Places,
    breakpoints: Breakpoints,
    /// Where the step under way began.
    started: u64,
    /// Whose changes are looked for.
    step_question: Option<Question>,
    marks: BTreeMap<String, u64>,
    filters: Filters,
    /// Calls and counts of the run so far, once somebody asked.
    heard: RefCell<Option<Heard>>,
    /// A step that waits for a line of input.
    unfinished: Option<StepUnit>,
    /// Objects born up to here are the interpreter's, and the program's code and constants.
    born: u32,
    /// The numbers that there were when the program started, one bit a slot: they are constants.
    numbers: Vec<u64>,
    name: Arc<str>,
    /// The program, for a session file.
    origin: Option<SavedProgram>,
    /// Where the session is saved when it is left.
    record_to: Option<String>,
    caches: RefCell<Caches>,
    /// The code object of the code browser.
    browsed: Option<super::ledger::Identity>,
    /// The object of the Inspector and of the Ledger.
    chosen: Option<Chosen>,
    /// The object in the middle of the Graph pane.
    graphed: Option<super::ledger::Identity>,
    /// The steps inside the next instruction.
    micro: Option<Micro>,
    consent: Consent,
    kept: Option<Kept>,
    /// The user has said yes to the command that runs.
    sure: bool,
    /// The console's copy of the machine.
    scratch: Option<Scratch>,
    /// Expressions shown at every stop, with their numbers.
    displays: Vec<(u32, Question)>,
    last_display: u32,
}

/// Comparing with a machine this far back is done by running it on instead of copying.
const NEAR: u64 = 1 << 14;
/// So many bytes of what was written later are shown.
const LATER: usize = 4 << 10;
/// A journey to the instant before a far stop, only for the marks, may cost so many instructions.
const WORTH: u64 = 1 << 22;

impl Session {
    /// The program before its first instruction.
    pub fn new(program: Program, world: Box<dyn Host + Send>) -> Session {
        let origin = record::origin(&program);
        let mut vm = match program.machine {
            Some((machine, _)) => *machine,
            None => {
                let mut vm = interpreter::boot(program.config);
                interpreter::remember_source(&mut vm, &program.name, &program.bytes);
                let file = program.pyc.as_deref().or_else(|| (!program.name.starts_with('<')).then_some(&*program.name));
                interpreter::start_main(&mut vm, &program.code, file);
                if program.pyc.is_none() {
                    vm.keep_literals();
                }
                vm
            }
        };
        vm.collections.clear();
        let born = vm.heap.born();
        let numbers = vm.heap.numbers(|body| matches!(body, crate::objects::Body::None));
        let mut places = Places::default();
        if let Some(code) = capture::running_code(&vm) {
            places.add(&vm, code);
        }
        let started = Timeline::new(vm, program.stdin, world);
        let standing = Session::standing(started, program.name.into(), Status::Paused { reason: PauseReason::Start });
        Session { born, numbers, places, origin: Some(origin), ..standing }
    }

    /// A prompt: statements are compiled and run as they are typed.
    pub fn typed(config: Config, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> Session {
        let is_read = stdin.is_some();
        let mut session = Session::untyped(config, stdin, world);
        if is_read {
            // The first statement is there already.
            let halt = session.run(&mut Until(0));
            session.arrived(halt, PauseReason::Start);
        }
        session
    }

    /// A prompt at which nothing has been typed.
    fn untyped(config: Config, stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> Session {
        let origin = Some(record::origin_of_prompt(&config));
        let started = Timeline::typed(config, stdin, world);
        let (born, numbers) = (started.1.vm.heap.born(), started.1.vm.heap.numbers(|body| matches!(body, crate::objects::Body::None)));
        let status = Status::AwaitingInput { prompt: started.1.sign().into() };
        Session { born, numbers, origin, ..Session::standing(started, "<stdin>".into(), status) }
    }

    fn standing((timeline, now): (Timeline, Machine), name: Arc<str>, status: Status) -> Session {
        Session {
            timeline,
            now,
            before: None,
            last_look: None,
            elsewhere: None,
            last_words: String::new(),
            status,
            places: Places::default(),
            breakpoints: Breakpoints::default(),
            started: 0,
            step_question: None,
            marks: BTreeMap::new(),
            filters: Filters::default(),
            heard: RefCell::default(),
            unfinished: None,
            born: 0,
            numbers: Vec::new(),
            name,
            origin: None,
            record_to: None,
            caches: RefCell::default(),
            browsed: None,
            chosen: None,
            graphed: None,
            micro: None,
            consent: Consent::default(),
            kept: None,
            sure: false,
            scratch: None,
            displays: Vec::new(),
            last_display: 0,
        }
    }

    /// How many bytes the copies may take that lead back in time.
    pub fn set_history_memory(&mut self, bytes: usize) {
        self.timeline.set_history_memory(bytes, self.now.vm.steps());
    }

    /// How many bytes they take.
    pub fn history_bytes(&self) -> usize {
        self.timeline.copies().bytes()
    }

    /// How many instructions have run. One that waits for input has not.
    pub fn step(&self) -> u64 {
        match self.status {
            Status::AwaitingInput { .. } if self.now.vm.request.is_some() && !self.now.vm.threads.late_question => {
                self.now.vm.steps().saturating_sub(1)
            }
            _ => self.now.vm.steps(),
        }
    }

    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The machine, for tests and tools that look closer than views.
    pub fn vm(&self) -> &Vm {
        &self.now.vm
    }

    /// The same, but the machine as it was where the exception was raised that ended the program.
    pub fn last_vm(&self) -> &Vm {
        self.scene().vm
    }

    /// What the program has written to standard output up to now.
    pub fn printed(&self) -> String {
        let chunks = self.timeline.output_of(&self.now).iter();
        chunks.filter(|chunk| chunk.stream == Stream::Stdout).map(|chunk| chunk.text.as_str()).collect()
    }

    /// The number of instructions of the whole run, once it has been to its end.
    pub fn end(&self) -> Option<u64> {
        self.timeline.end.as_ref().map(|end| end.step)
    }

    /// One will come back to this instant: the way is made short.
    pub fn keep_instant(&mut self) {
        self.timeline.keep(&mut self.now);
    }

    /// From now on it shares the flags of whoever waits for another engine.
    pub fn share_signals(&mut self, signals: Signals) {
        self.timeline.signals = signals;
    }

    // ── going somewhere ─────────────────────────────────────────────────────────────────────────────────────────────

    /// Goes to an instant, forward or back; to the end if there is none so late.
    fn goto(&mut self, target: u64) -> Answer {
        self.unfinished = None;
        let here = self.now.vm.steps();
        let is_waiting = matches!(self.status, Status::AwaitingInput { .. });
        if target >= here && !is_waiting && !self.status.is_over() {
            if target == here {
                return Answer::done();
            }
            if self.timeline.copy_before(target).vm.steps() > here {
                return self.go_back(target, PauseReason::Arrived); // a copy is nearer than the present
            }
            // To the instant before, then one more: so the marks show what the last instruction did.
            let halt = match target - here {
                1 => Halt::Stopped,
                _ => self.timeline.run_to(&mut self.now, target - 1),
            };
            let halt = match halt {
                Halt::Stopped => {
                    self.now.vm.heap.begin_journal();
                    self.before = Some(self.now.copied(self.before.take()));
                    self.timeline.run(&mut self.now, &mut Until(target))
                }
                halt => {
                    self.before = None;
                    halt
                }
            };
            return self.arrived(halt, if target - here == 1 { PauseReason::Step } else { PauseReason::Arrived });
        }
        if target >= self.step() && self.status.is_over() {
            return Answer::error("the program has ended; I goes back");
        }
        if target > self.step() && is_waiting {
            return Answer::error("the program waits for a line of input");
        }
        self.go_back(target, PauseReason::Arrived)
    }

    /// Goes to an earlier instant.
    fn go_back(&mut self, target: u64, reason: PauseReason) -> Answer {
        // One step back: the machine to compare with is the one to go to.
        let ready = self.before.take_if(|before| before.vm.steps() == target && self.last_look.is_none());
        let journey = (|| {
            let before = match target.checked_sub(1) {
                Some(target) => Some(self.timeline.machine_at(target)?.0),
                None => None,
            };
            if let Some(machine) = ready {
                return Ok((before, machine, Halt::Stopped));
            }
            let (machine, halt) = match &before {
                Some(before) if before.vm.steps() < target => {
                    let mut machine = before.clone();
                    let halt = self.timeline.run(&mut machine, &mut Until(target));
                    if halt == Halt::Interrupted {
                        Err(Interrupted)?
                    }
                    if machine.vm.steps() > target && halt == Halt::Stopped {
                        (before.clone(), Halt::Stopped) // nothing in between can be stopped at
                    } else {
                        (machine, halt)
                    }
                }
                _ => self.timeline.machine_at(target)?,
            };
            Ok::<_, Interrupted>((before, machine, halt))
        })();
        match journey {
            Err(Interrupted) => Answer::error("interrupted; still where it was"),
            Ok((before, machine, halt)) => {
                self.before = before.filter(|before| before.vm.steps() < machine.vm.steps());
                self.timeline.recycle(std::mem::replace(&mut self.now, machine));
                self.unfinished = None;
                let reason = if self.now.vm.steps() == 0 { PauseReason::FirstInstant } else { reason };
                self.arrived(halt, reason)
            }
        }
    }

    /// Runs forward by a rule; the marks will compare with `before`.
    fn run(&mut self, rule: &mut impl Rule) -> Halt {
        self.timeline.run(&mut self.now, rule)
    }

    /// Keeps the present machine to compare with, by the cheaper way.
    fn remember(&mut self) {
        let here = self.now.vm.steps();
        self.now.vm.heap.begin_journal();
        if let Some(before) = self.before.as_mut().filter(|_| !matches!(self.status, Status::AwaitingInput { .. })) {
            let behind = here.saturating_sub(before.vm.steps());
            let is_cheap = behind > 0 && behind < NEAR && (behind as usize) < self.now.vm.heap.capacity();
            if is_cheap && self.timeline.run(before, &mut Until(here)) == Halt::Stopped && before.vm.steps() == here {
                return;
            }
        }
        self.before = Some(self.now.clone());
    }

    /// The status for how a run stopped.
    fn arrived(&mut self, halt: Halt, reason: PauseReason) -> Answer {
        self.last_look = None;
        if let PauseReason::Breakpoint { number, .. } = reason {
            self.timeline.summary.stopped(self.now.vm.steps(), number);
        }
        self.status = match halt {
            Halt::Stopped => Status::Paused { reason },
            Halt::Interrupted => Status::Paused { reason: PauseReason::Interrupted },
            Halt::Waiting => Status::AwaitingInput { prompt: self.prompt() },
            Halt::Ended => return self.at_end(),
            Halt::Deadlocked => {
                self.status = Status::Paused { reason: PauseReason::Deadlock };
                return Answer::message(self.now.vm.explain_deadlock().join("\n"));
            }
            Halt::Full => {
                self.status = Status::Paused { reason: PauseReason::Interrupted };
                return Answer::message("the answers of the outside world take up what --history-memory leaves for them; c goes on");
            }
        };
        Answer::done()
    }

    fn at_end(&mut self) -> Answer {
        let Some(end) = self.timeline.end.clone() else { return Answer::done() };
        self.status = match end.exit.exception {
            Some(exception) if exception.code.is_none() && exception.type_name != "SystemExit" => {
                // Where it was raised, the frames are still there.
                self.last_look = self.timeline.machine_at(end.step.saturating_sub(1)).ok().map(|(machine, _)| machine);
                self.last_words = match exception.message.is_empty() {
                    true => exception.type_name.clone(),
                    false => format!("{}: {}", exception.type_name, exception.message),
                };
                Status::Uncaught { type_name: exception.type_name, message: exception.message, traceback: exception.traceback }
            }
            _ => Status::Finished { exit_status: end.exit.status },
        };
        Answer::done()
    }

    /// The text on the last line of output, which a program that waits has written as its prompt.
    fn prompt(&self) -> String {
        if self.now.is_idle() {
            return self.now.sign().into();
        }
        let chunks = self.timeline.output_of(&self.now);
        let text: String = chunks.iter().rev().take(8).rev().map(|chunk| chunk.text.as_str()).collect();
        match &self.now.vm.request {
            _ if self.now.waits_below() => text.rsplit('\n').next().unwrap_or_default().to_owned(),
            Some(Request::ReadLine) => text.rsplit('\n').next().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    fn scene(&self) -> Scene<'_> {
        match &self.elsewhere {
            Some(elsewhere) => elsewhere.scene(self.scene_of_run()),
            None => self.scene_of_run(),
        }
    }

    fn scene_of_run(&self) -> Scene<'_> {
        let vm = self.last_look.as_ref().map_or(&self.now.vm, |machine| &machine.vm);
        let before = self.before.as_ref().map(|machine| &machine.vm).filter(|before| before.steps() <= vm.steps());
        Scene { vm, before, ended: self.last_look.as_ref().map(|_| self.last_words.as_str()), base: self.born, numbers: &self.numbers }
    }

    /// What log-points printed stands between what the program wrote.
    fn with_logs<'a>(&self, chunks: &'a [OutputChunk]) -> std::borrow::Cow<'a, [OutputChunk]> {
        let logged = self.breakpoints.logged(self.step());
        if logged.is_empty() {
            return chunks.into();
        }
        let logs = logged.iter().map(|it| OutputChunk { stream: Stream::Log, text: format!("{}\n", it.text), step: it.step });
        let mut merged: Vec<OutputChunk> = logs.chain(chunks.iter().cloned()).collect();
        merged.sort_by_key(|chunk| chunk.step);
        merged.into()
    }

    fn output(&self, limit: usize) -> OutputView {
        let chunks = self.with_logs(self.timeline.output_of(&self.now));
        let mut room = limit;
        let mut kept: Vec<OutputChunk> = Vec::new();
        let mut omitted = 0;
        for chunk in chunks.iter().rev() {
            if room == 0 {
                omitted += chunk.text.len() as u64;
            } else if chunk.text.len() <= room {
                room -= chunk.text.len();
                kept.push(chunk.clone());
            } else {
                let mut from = chunk.text.len() - room;
                while !chunk.text.is_char_boundary(from) {
                    from += 1;
                }
                omitted += from as u64;
                kept.push(OutputChunk { text: chunk.text[from..].to_owned(), ..chunk.clone() });
                room = 0;
            }
        }
        kept.reverse();
        let mut room = LATER.min(limit);
        let later = self.timeline.output_after(&self.now).iter().take_while(|chunk| {
            let fits = room > 0;
            room = room.saturating_sub(chunk.text.len());
            fits
        });
        OutputView { chunks: kept, omitted, later: later.cloned().collect() }
    }
}

impl Engine for Session {
    fn execute(&mut self, command: &Command) -> Answer {
        self.timeline.signals.take_interrupt();
        if !matches!(command, Command::Yes(None) | Command::No) {
            self.forget_question();
        }
        if let Some(refusal) = self.come_back(command) {
            return refusal;
        }
        let mut answer = self.command(command);
        if let Some(error) = self.save_breakpoints() {
            answer.error = answer.error.or(Some(error));
        }
        answer.log.extend(self.breakpoints.take_new_logs().into_iter().map(|logged| format!("step {}: {}", logged.step, logged.text)));
        self.timeline.signals.set_progress(self.step());
        answer
    }

    fn view(&self, request: &ViewRequest) -> View {
        // With the library on, no frame is passed over.
        let innermost =
            (request.frame == ViewRequest::OWN_FRAME && self.filters.library).then(|| ViewRequest { frame: 0, ..request.clone() });
        let request = innermost.as_ref().unwrap_or(request);
        let scene = self.scene();
        let mut caches = self.caches.borrow_mut();
        let mut view = capture::capture(&scene, request, &mut caches);
        if let Some(elsewhere) = &self.elsewhere {
            capture::of_run(&self.scene_of_run(), elsewhere.id(), request, &mut view);
        }
        if scene.vm.frames.is_empty() {
            view.source.text = caches.sources.main(&scene, &self.name);
            view.source.executed_line = scene.before.and_then(|before| {
                let level = before.frames.len().checked_sub(1)?;
                capture::Level::of(before, level).python?.position().line
            });
        }
        if request.pipeline && view.pipeline.is_none() {
            // Native code has no source of its own.
            view.pipeline = caches.pipelines.of(&scene, &self.name).map(|pipeline| PipelineView { pipeline, now: None });
        }
        view.step = self.step();
        if request.wants(PaneKind::Breakpoints) {
            view.breakpoints = self.breakpoints.list().iter().map(Breakpoint::view).collect();
        }
        if request.wants(PaneKind::Calls) {
            view.calls = self.calls_view();
        }
        if request.wants(PaneKind::Code) {
            view.code = capture::code(&scene, request, self.browsed(scene.vm), &mut caches);
        }
        if request.wants(PaneKind::Timeline) {
            view.timeline = self.timeline_view();
        }
        if request.heat {
            view.heat = self.heat_view(&view.source.text.file, &view.bytecode.listing.code_name);
        }
        view.last_step = self.timeline.end.as_ref().map(|end| end.step);
        view.is_past = view.step < self.timeline.furthest() && !matches!(self.status, Status::AwaitingInput { .. });
        view.status = self.status.clone();
        view.explanation = explain::of_status(&view.status);
        view.output = self.output(request.output_bytes);
        if request.wants(PaneKind::Variables) {
            self.show_displays(&mut view);
        }
        self.show_chosen(&mut view, request);
        if request.wants(PaneKind::Micro) {
            view.micro = self.micro_view();
        }
        if let Status::AwaitingInput { .. } = self.status {
            view.narration.next = match self.now.is_idle() {
                true => "type a statement: it is compiled, and its first instruction comes next".into(),
                false if self.now.waits_below() => "what this instruction calls waits for a line of input".into(),
                false => "the program waits for a line of input".into(),
            };
        }
        view.source.breakpoints = self.breakpoints.lines_of(&view.source.text.file);
        if !self.breakpoints.is_empty() {
            let rows = &view.bytecode.listing.rows;
            view.bytecode.breakpoints = rows
                .iter()
                .filter(|row| {
                    let at_line = row.line_start.is_some_and(|line| view.source.breakpoints.contains(&line));
                    at_line || self.breakpoints.has(&row.opname, row.offset, &view.bytecode.listing.code_name)
                })
                .map(|row| row.offset)
                .collect();
        }
        view
    }

    fn has_to_close(&self) -> bool {
        self.record_to.is_some()
    }

    fn close(&mut self) -> Result<Option<String>, String> {
        self.record_to.take().map_or(Ok(()), |file| self.save_to(&file))?;
        Ok(self.unwritten())
    }

    fn signals(&self) -> Signals {
        self.timeline.signals.clone()
    }
}

/// A rule that asks about every instruction, with all that is known of it.
struct Follow<'a, F> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    tracker: Tracker,
    /// The first instant is where it stands already.
    is_first: bool,
    /// The breakpoint that it stopped at.
    hit: Option<Hit>,
    decide: F,
}

impl<F: FnMut(&super::step::Moment, &Vm, &Places) -> bool> Rule for Follow<'_, F> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let moment = self.tracker.look(vm, self.places);
        self.hit = self.breakpoints.look(vm, self.places);
        if std::mem::take(&mut self.is_first) {
            return Some(1);
        }
        if self.hit.is_some() || (self.decide)(&moment, vm, self.places) { None } else { Some(1) }
    }

    fn written(&mut self, vm: &Vm) {
        self.breakpoints.read(vm);
    }
}

/// A rule that knows breakpoints only.
struct ToBreakpoint<'a> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    hit: Option<Hit>,
}

impl Rule for ToBreakpoint<'_> {
    #[inline]
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        self.hit = self.breakpoints.look(vm, self.places);
        if self.hit.is_some() { None } else { Some(self.breakpoints.grant(vm)) }
    }

    #[inline]
    fn armed(&mut self, vm: &Vm) -> bool {
        self.hit = self.breakpoints.look_at_armed(vm, self.places);
        self.hit.is_some()
    }

    fn arm(&mut self, vm: &mut Vm) {
        self.breakpoints.arm(vm, self.places);
    }

    fn written(&mut self, vm: &Vm) {
        self.breakpoints.read(vm);
    }
}

/// Another rule, up to an instant, which stops nothing else.
struct Limited<'a, R> {
    rule: &'a mut R,
    until: u64,
}

impl<R: Rule> Rule for Limited<'_, R> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let grant = self.rule.look(vm).unwrap_or(1);
        let left = self.until.checked_sub(vm.steps()).filter(|&left| left > 0)?;
        Some(u32::try_from(left).unwrap_or(u32::MAX).min(grant))
    }

    fn armed(&mut self, vm: &Vm) -> bool {
        self.rule.armed(vm);
        false
    }

    fn arm(&mut self, vm: &mut Vm) {
        self.rule.arm(vm);
    }

    fn written(&mut self, vm: &Vm) {
        self.rule.written(vm);
    }
}

/// Runs at full speed.
struct ToEnd;

impl Rule for ToEnd {
    fn look(&mut self, _vm: &Vm) -> Option<u32> {
        Some(1 << 20)
    }
}

impl Instant {
    fn target(self, here: u64) -> Option<u64> {
        match self {
            Instant::At(step) => Some(step),
            Instant::Later(by) => Some(here.saturating_add(by)),
            Instant::Earlier(by) => Some(here.saturating_sub(by)),
            Instant::First => Some(0),
            Instant::Last => None,
        }
    }
}

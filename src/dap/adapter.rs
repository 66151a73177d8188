//! The adapter: it holds the session, does what requests say one after the other, and tells where the program stops.
//!
//! A second thread reads the input. While the program runs it interrupts it for each message that comes in, so that a
//! breakpoint may be set and a pause be asked for at any time; the run then goes on from the same instant.
//!
//! ```text
//!   reader ── messages ──→ adapter ── commands ──→ session
//!        └──── interrupt, if it runs ────────────────┘
//! ```

use std::{
    collections::VecDeque,
    io::BufRead,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};

use super::{
    breakpoints::Rows,
    inspect::Container,
    launch::{Client, Launch, Launcher},
    message::Args,
    requests::{Outcome, REQUESTS, Then},
    wire::{Wire, read_message},
};
use crate::{
    debugger::{
        breakpoints::BY_PROGRAM,
        command::{Command, Direction, StepUnit},
        engine::{Engine, Signals},
        session::Session,
    },
    view::{PauseReason, Status},
};

/// The one thread of the program.
pub const THREAD: u64 = 1;

/// Serves one editor, from its first message to its last.
pub fn serve(mut input: impl BufRead + Send + 'static, wire: Wire, launcher: Box<Launcher>) {
    let inbox = Inbox::default();
    let reader = inbox.clone();
    let reading = std::thread::Builder::new().name("dap input".into()).spawn(move || {
        while let Some(message) = read_message(&mut input) {
            reader.put(message);
        }
        reader.close();
    });
    if let Err(error) = reading {
        wire.refuse(0, "", &format!("cannot start a thread: {error}"));
        return;
    }
    let mut adapter = Adapter::new(wire, launcher, inbox);
    while let Some(message) = adapter.inbox.take() {
        adapter.receive(message);
        if adapter.is_over || adapter.wire.has_failed() {
            break;
        }
    }
}

/// All that one editor and one program have to do with each other.
pub struct Adapter {
    pub wire: Wire,
    pub launcher: Box<Launcher>,
    inbox: Inbox,
    pub client: Client,
    pub launch: Option<Launch>,
    pub session: Option<Session>,
    pub rows: Rows,
    /// Lists of variables that the editor may ask for, by number from 1; of this stop alone.
    pub containers: Vec<Container>,
    /// Files that lie on no disk here, by number from 1.
    pub references: Vec<String>,
    /// Configuration is done.
    pub has_begun: bool,
    /// A run was interrupted to serve a message.
    runs: bool,
    pause_wanted: bool,
    /// A step that stays at this number of frames, or below it.
    over: Option<(usize, Direction)>,
    is_terminated: bool,
    is_over: bool,
}

impl Adapter {
    fn new(wire: Wire, launcher: Box<Launcher>, inbox: Inbox) -> Adapter {
        Adapter {
            wire,
            launcher,
            inbox,
            client: Client::default(),
            launch: None,
            session: None,
            rows: Rows::default(),
            containers: Vec::new(),
            references: Vec::new(),
            has_begun: false,
            runs: false,
            pause_wanted: false,
            over: None,
            is_terminated: false,
            is_over: false,
        }
    }

    pub fn session(&self) -> Result<&Session, String> {
        self.session.as_ref().ok_or_else(|| "no program is launched".into())
    }

    pub fn session_mut(&mut self) -> Result<&mut Session, String> {
        self.session.as_mut().ok_or_else(|| "no program is launched".into())
    }

    /// A new program, or the same again.
    pub fn put_session(&mut self, mut session: Session) {
        let wire = self.wire.clone();
        session.listen(move |chunk| match chunk.stream {
            crate::view::Stream::Stdout => wire.output("stdout", &chunk.text),
            crate::view::Stream::Stderr => wire.output("stderr", &chunk.text),
            crate::view::Stream::Stdin | crate::view::Stream::Log => {}
        });
        let wire = self.wire.clone();
        session.listen_to_logs(move |text| wire.output("console", &format!("{text}\n")));
        self.inbox.lock().signals = Some(session.signals());
        self.session = Some(session);
        self.containers.clear();
        self.is_terminated = false;
    }

    fn receive(&mut self, message: Result<Value, String>) {
        let message = match message {
            Ok(message) => message,
            Err(why) => return self.wire.refuse(0, "", &why),
        };
        let seq = message.get("seq").and_then(Value::as_u64).unwrap_or(0);
        if message.get("type").and_then(Value::as_str) == Some("response") {
            return; // this adapter asks nothing
        }
        let Some(command) = message.get("command").and_then(Value::as_str) else {
            return self.wire.refuse(seq, "", "the message has no command");
        };
        let nothing = json!({});
        let arguments = message.get("arguments").filter(|it| !it.is_null()).unwrap_or(&nothing);
        let outcome = match REQUESTS.iter().find(|(name, _)| *name == command) {
            None => Err(format!("unknown request `{command}`")),
            Some(_) if !arguments.is_object() => Err("arguments must be an object".into()),
            Some((_, handler)) => handler(self, Args(arguments)),
        };
        match outcome {
            Err(why) => self.wire.refuse(seq, command, &why),
            Ok((body, then)) => {
                self.wire.answer(seq, command, body);
                self.then(then);
            }
        }
    }

    fn then(&mut self, then: Then) {
        match then {
            Then::Nothing => {}
            Then::Initialized => self.wire.event("initialized", json!({})),
            Then::Begin => self.begin(),
            Then::Run(command) => self.run(&command),
            Then::Stopped(reason) => self.stopped(reason, None),
            Then::Pause => self.pause_wanted |= self.runs,
            Then::Terminate => self.terminate(),
            Then::Quit => self.is_over = true,
        }
    }

    /// What ran is over, as another program begins.
    pub fn cease(&mut self) {
        self.runs = false;
    }

    /// The program stands, and has begun.
    pub fn may_move(&self) -> bool {
        self.has_begun && !self.runs
    }

    // ── running ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Configuration is done: the program starts, or stands at its entry.
    pub fn begin(&mut self) {
        if self.session.is_none() || std::mem::replace(&mut self.has_begun, true) {
            return;
        }
        match self.launch.as_ref().is_some_and(|launch| launch.stop_on_entry && !launch.no_debug) {
            true => self.stopped("entry", None),
            false => self.run(&Command::Step { unit: StepUnit::Continue, direction: Direction::Forward, count: 1 }),
        }
    }

    /// A step, as a statement, a line or an instruction.
    pub fn granular(&mut self, unit: StepUnit, direction: Direction, args: Args<'_>) -> Outcome {
        self.session_mut()?.turn_to_thread(None)?;
        let unit = match args.text("granularity")? {
            None | Some("line" | "statement") => unit,
            Some("instruction") => {
                // A call is passed over: out of what the instruction led into.
                let depth = self.session()?.frame_count();
                self.over = (unit == StepUnit::LineOver).then_some((depth, direction));
                StepUnit::Instruction
            }
            Some(other) => return Err(format!("granularity `{other}` is not known")),
        };
        self.step(unit, direction, Value::Null)
    }

    pub fn step(&mut self, unit: StepUnit, direction: Direction, body: Value) -> Outcome {
        let session = self.session()?;
        if !self.has_begun {
            return Err("the program has not been started: configurationDone is missing".into());
        }
        if self.runs {
            return Err("the program is running".into());
        }
        if let (Status::AwaitingInput { .. }, Direction::Forward) = (session.status(), direction) {
            return Err("the program waits for a line of input; type it in the debug console".into());
        }
        if session.status().is_over() && direction == Direction::Forward {
            return Ok((body, Then::Terminate));
        }
        Ok((body, Then::Run(Command::Step { unit, direction, count: 1 })))
    }

    /// Runs until there is something to tell the editor.
    pub fn run(&mut self, command: &Command) {
        self.containers.clear();
        let over = self.over.take();
        let mut command = command.clone();
        loop {
            let kind = match command {
                Command::Step { unit: StepUnit::Continue, .. } => Busy::Long,
                _ => Busy::Step,
            };
            self.runs = true;
            self.pause_wanted = false;
            let mut error: Option<String> = None;
            self.inbox.set_busy(kind);
            if let Some(session) = &mut self.session {
                let answer = session.execute(&command);
                error = answer.error;
            }
            self.inbox.set_busy(Busy::No);
            let status = self.session.as_ref().map(|session| session.status().clone()).unwrap_or_default();
            // Steps back leave the program where it was.
            let is_interrupt = error.take_if(|error| error.starts_with("interrupted")).is_some();
            let was_interrupted = is_interrupt || matches!(status, Status::Paused { reason: PauseReason::Interrupted });
            // What has come in meanwhile is served while the program stands.
            while was_interrupted && let Some(message) = self.inbox.try_take() {
                self.receive(message);
                if self.is_over || self.is_terminated || !self.runs {
                    self.runs = false;
                    return;
                }
            }
            self.runs = false;
            if let Some(error) = error {
                self.wire.output("important", &format!("{error}\n"));
                return self.stopped("step", None);
            }
            if was_interrupted {
                let is_closed = self.inbox.lock().is_closed;
                match (self.pause_wanted, is_closed) {
                    (_, true) => return,
                    (false, _) => continue,
                    (true, _) => return self.stopped("pause", None),
                }
            }
            if let Some((depth, direction)) = over
                && matches!(status, Status::Paused { reason: PauseReason::Step })
                && self.session.as_ref().is_some_and(|session| session.frame_count() > depth)
            {
                command = Command::Step { unit: StepUnit::Finish, direction, count: 1 };
                continue;
            }
            return self.tell();
        }
    }

    /// Says how the program stands after a run.
    fn tell(&mut self) {
        self.tell_breakpoints();
        let Some(session) = &self.session else { return };
        let stop_at_end = self.launch.as_ref().is_some_and(|launch| launch.stop_at_end && !launch.no_debug);
        let status = session.status().clone();
        match &status {
            Status::AwaitingInput { prompt } => {
                let text = format!("the program waits for a line of input ({prompt}): type it here\n");
                self.wire.output("important", &text);
                self.stopped("input", None);
            }
            Status::Finished { .. } if stop_at_end => self.stopped("end", None),
            Status::Uncaught { .. } if stop_at_end || self.rows.stops_at_uncaught() => self.stopped("exception", None),
            Status::Finished { .. } | Status::Uncaught { .. } => self.terminate(),
            Status::Paused { reason: PauseReason::Breakpoint { number, .. } } if *number != BY_PROGRAM => {
                let reason = self.rows.reason(*number);
                self.stopped(reason, Some(*number));
            }
            Status::Paused { reason } => self.stopped(
                match reason {
                    PauseReason::Interrupted | PauseReason::Deadlock => "pause",
                    PauseReason::Start | PauseReason::FirstInstant => "entry",
                    PauseReason::Other(_) | PauseReason::Breakpoint { .. } => "breakpoint",
                    PauseReason::Step | PauseReason::Arrived => "step",
                },
                None,
            ),
            Status::Running => {}
        }
    }

    pub fn stopped(&mut self, reason: &str, breakpoint: Option<u32>) {
        self.containers.clear();
        let Some(session) = &self.session else { return };
        let status = session.status();
        let mut body = json!({
            "reason": reason,
            "description": format!("step {}: {status}", session.step()),
            "threadId": session.vm().threads.current().id.0,
            "allThreadsStopped": true,
        });
        if let Some(number) = breakpoint {
            body["hitBreakpointIds"] = json!([number]);
        }
        if reason == "exception" {
            body["text"] = match status {
                Status::Uncaught { .. } => status.to_string(),
                _ => session.next_exception().unwrap_or_default(),
            }
            .into();
        }
        self.wire.event("stopped", body);
    }

    fn terminate(&mut self) {
        if std::mem::replace(&mut self.is_terminated, true) {
            return;
        }
        if let Some(session) = &mut self.session {
            if let Ok(Some(last)) = session.close() {
                self.wire.event("output", json!({"category": "console", "output": format!("{last}\n")}));
            }
            let code = match session.status() {
                Status::Finished { exit_status } => Some(*exit_status),
                Status::Uncaught { .. } => Some(1),
                _ => None,
            };
            if let Some(code) = code {
                self.wire.event("exited", json!({"exitCode": code}));
            }
        }
        self.runs = false;
        self.wire.event("terminated", json!({}));
    }
}

// ── the inbox ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What the program is doing, as far as the reader must know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Busy {
    #[default]
    No,
    /// A step, which knows where it began: only what ends it interrupts it.
    Step,
    /// A run that goes on as well from any instant.
    Long,
}

/// Messages on their way from the reader to the adapter.
#[derive(Clone, Default)]
struct Inbox(Arc<(Mutex<Letters>, Condvar)>);

#[derive(Default)]
struct Letters {
    waiting: VecDeque<Result<Value, String>>,
    is_closed: bool,
    busy: Busy,
    signals: Option<Signals>,
}

impl Letters {
    /// Whether one of them must not wait for the end of what is running.
    fn is_urgent(&self) -> bool {
        let ends = |message: &Result<Value, String>| {
            let command = message.as_ref().ok().and_then(|message| message.get("command")?.as_str());
            matches!(command, Some("pause" | "terminate" | "disconnect" | "restart"))
        };
        match self.busy {
            Busy::No => false,
            Busy::Step => self.is_closed || self.waiting.iter().any(ends),
            Busy::Long => self.is_closed || !self.waiting.is_empty(),
        }
    }

    fn interrupt(&self) {
        if let Some(signals) = self.signals.as_ref().filter(|_| self.is_urgent()) {
            signals.hold_interrupt(true);
        }
    }
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, Letters> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, message: Result<Value, String>) {
        let mut letters = self.lock();
        letters.waiting.push_back(message);
        letters.interrupt();
        self.0.1.notify_one();
    }

    fn close(&self) {
        let mut letters = self.lock();
        letters.is_closed = true;
        letters.interrupt();
        self.0.1.notify_one();
    }

    /// The next message, waiting for it; `None` at the end.
    fn take(&self) -> Option<Result<Value, String>> {
        let mut letters = self.lock();
        loop {
            if let Some(message) = letters.waiting.pop_front() {
                return Some(message);
            }
            if letters.is_closed {
                return None;
            }
            letters = self.0.1.wait(letters).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn try_take(&self) -> Option<Result<Value, String>> {
        self.lock().waiting.pop_front()
    }

    /// A run begins or ends. An interrupt for what waits already is in place before it begins; an old one is not.
    fn set_busy(&self, busy: Busy) {
        let mut letters = self.lock();
        letters.busy = busy;
        if let Some(signals) = &letters.signals {
            signals.hold_interrupt(false);
        }
        letters.interrupt();
    }
}

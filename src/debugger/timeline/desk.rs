//! The answers of the outside world: those that are recorded, and the world that gives new ones.
//!
//! It is asked by the timeline, where the loop has been left for a question, and below native code by the machine itself, as it
//! cannot leave the loop there: `json.dumps(x, default=lambda it: time.time())`. Invariant: the answers are in the order of the
//! questions, wherever those came from; so a run over recorded answers is the same run.

use std::sync::{Arc, Mutex};

use crate::{
    debugger::{engine::Signals, overlay::Overlay},
    vm::host::{Answer, Chunk, Host, Output, Request, Stream},
};

/// What is done with a question below native code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The recording answers it, after its end the world, and then the recording goes on.
    Live,
    /// The recording alone answers.
    Replay,
    /// The program has ended: the world answers, and nobody can come back here.
    Closing,
}

pub(super) struct Desk {
    pub(super) answers: Vec<(Request, Answer)>,
    /// Lines of a redirected standard input, and how many have been read; `None`: the user is asked.
    pub(super) stdin: Option<Vec<String>>,
    pub(super) lines_read: usize,
    /// How many bytes the answers take.
    pub(super) bytes: usize,
    pub(super) world: Overlay,
    /// The request for this answer is left to the user, though it is recorded.
    pub(super) hold_at: Option<usize>,
    mode: Mode,
    /// The answer that the machine which runs gets next.
    next: usize,
    signals: Signals,
}

impl Desk {
    pub(super) fn new(stdin: Option<Vec<String>>, world: Box<dyn Host + Send>) -> Arc<Mutex<Desk>> {
        Arc::new(Mutex::new(Desk {
            answers: Vec::new(),
            stdin,
            lines_read: 0,
            bytes: 0,
            world: Overlay::new(world),
            hold_at: None,
            mode: Mode::Live,
            next: 0,
            signals: Signals::default(),
        }))
    }

    /// A machine that has been given so many answers is about to run.
    pub(super) fn expect(&mut self, mode: Mode, answers: usize, signals: &Signals) {
        (self.mode, self.next) = (mode, answers);
        self.signals = signals.clone();
    }

    /// So many answers has it been given when it comes back.
    pub(super) fn given(&self) -> usize {
        self.next
    }

    /// The answer to a question that is the next one after so many: from the recording or from the world, which is recorded.
    /// `None`: only the user can answer.
    pub(super) fn answer_to(&mut self, request: &Request, answers: usize) -> Option<Answer> {
        if self.hold_at == Some(answers) {
            return None;
        }
        if let Some((_, answer)) = self.answers.get(answers) {
            return Some(answer.clone());
        }
        let answer = match (request, &self.stdin) {
            (Request::ReadLine, None) => return None,
            (Request::ReadLine, Some(_)) => Answer::Line(self.next_line()),
            (request, _) => self.world.answer(request),
        };
        self.note(request.clone(), answer.clone());
        Some(answer)
    }

    /// The next line of a redirected standard input; empty at its end.
    pub(super) fn next_line(&self) -> String {
        self.stdin.as_ref().and_then(|lines| lines.get(self.lines_read)).cloned().unwrap_or_default()
    }

    pub(super) fn note(&mut self, request: Request, answer: Answer) {
        self.lines_read += usize::from(request == Request::ReadLine);
        self.bytes += weight(&answer);
        self.answers.push((request, answer));
    }

    /// Only so many answers have been given.
    pub(super) fn forget_after(&mut self, answers: usize) {
        self.answers.truncate(answers);
        self.recount();
    }

    pub(super) fn preset(&mut self, answers: Vec<(Request, Answer)>) {
        self.answers = answers;
        self.recount();
    }

    fn recount(&mut self) {
        self.world.rewind(&self.answers);
        self.lines_read = self.answers.iter().filter(|(request, _)| *request == Request::ReadLine).count();
        self.bytes = self.answers.iter().map(|(_, answer)| weight(answer)).sum();
    }
}

impl Host for Desk {
    /// Output is taken from the machine.
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    /// At the very end.
    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => Answer::Line(String::new()),
            request => self.world.answer(request),
        }
    }

    fn answer_below(&mut self, output: &mut Output, request: &Request) -> Option<Answer> {
        let answer = match self.mode {
            Mode::Closing => return Some(self.answer(request)),
            Mode::Live => self.answer_to(request, self.next)?,
            Mode::Replay => self.answers.get(self.next)?.1.clone(),
        };
        self.next += 1;
        if let (Request::ReadLine, Answer::Line(line)) = (request, &answer) {
            let step = output.chunks.last().map_or(0, |chunk| chunk.step);
            output.chunks.push(Chunk { stream: Stream::Stdin, step, bytes: line.clone().into_bytes() });
        }
        Some(answer)
    }

    fn wants_pause(&mut self, step: u64) -> bool {
        self.signals.set_progress(step);
        self.mode != Mode::Closing && self.signals.take_interrupt()
    }
}

/// About how many bytes an answer takes.
fn weight(answer: &Answer) -> usize {
    size_of::<(Request, Answer)>()
        + match answer {
            Answer::Line(text) | Answer::Failed(_, text) => text.len(),
            Answer::Bytes(bytes) => bytes.len(),
            Answer::Names(names) => names.iter().map(|name| name.len() + size_of::<Vec<u8>>()).sum(),
            _ => 0,
        }
}

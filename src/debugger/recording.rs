//! Session files: all that a run depends on, so that it can be opened at the same instant on another machine.
//!
//! A file is text, a JSON object a line, each with a checksum of its own; the last one says how many there are:
//!
//! ```text
//!   {"uncoil":{"file":"session","format":1,"version":"0.1.0"},"sum":"6b1c9f3a"}
//!   {"program":{"kind":"source","name":"/home/ada/bank.py","text":"…"},"sum":"…"}
//!   {"config":{…},"sum":"…"}        {"stdin":[…],"sum":"…"}
//!   {"answer":[{"read":"/home/ada/helper.py"},{"text":"…"}],"sum":"…"}    in the order in which the program asked
//!   {"change":{"step":9001,"set":"x = 5","frame":0},"sum":"…"}
//!   {"break":"break bank.py:12 if amount > 50","sum":"…"}
//!   {"state":{"step":131072,"hash":"…"},"sum":"…"}                         what the machine was there
//!   {"now":{"step":140210,…},"sum":"…"}
//!   {"end":{"lines":57},"sum":"…"}
//! ```
//!
//! Invariant: what is opened is what was saved, to the last reference count, or it is told why not. A file that was there is
//! replaced as a whole or not at all. Nothing in a file can write to this computer. CPython has no counterpart.

mod digest; // a machine in one number
mod lines; // lines with checksums
mod program; // the program and its configuration
mod safe; // writing as a whole or not at all
mod world; // questions and answers; who records them and who gives them

use std::fmt;

use serde_json::{Value, json};

pub use self::{
    digest::digest,
    lines::is_session,
    program::{Code, SavedProgram},
    safe::save,
    world::{Guard, Recorder},
};
use self::{
    lines::{Lines, Writer},
    world::{read_answer, read_request, tell_answer, tell_request},
};
use crate::{
    debugger::timeline::change::Change,
    vm::host::{Answer, Request},
};

/// The format that this program writes and reads.
const FORMAT: u64 = 1;
/// Who made a file must be who opens it: another version may count other instructions.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a session file holds.
#[derive(Clone, Debug)]
pub struct Recording {
    pub program: SavedProgram,
    /// Lines of a redirected standard input; `None`: the user types them.
    pub stdin: Option<Vec<String>>,
    pub answers: Vec<(Request, Answer)>,
    /// What the user changed, each with its instant.
    pub changes: Vec<(u64, Change)>,
    /// Commands that make them.
    pub breakpoints: Vec<String>,
    /// Instants with a name.
    pub marks: Vec<(String, u64)>,
    pub states: Vec<State>,
    pub now: Now,
}

/// What the machine was at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub step: u64,
    pub hash: u64,
}

/// Where the session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    pub step: u64,
    /// In the instruction after that, which waits for a line of input.
    pub waits: bool,
    /// So many answers of the outside world have been given up to there; at a prompt a statement that is typed takes no time.
    pub answers: Option<usize>,
    /// At the end of the program.
    pub over: bool,
    /// The latest instant that it has come to, and whether that was the end.
    pub furthest: u64,
    pub ended: bool,
}

/// Why a session file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is something else.
    NoSession,
    /// It has another format, or another version made it.
    Format(u64),
    Version(String),
    /// What is wrong in which line.
    Damaged {
        line: usize,
        what: String,
    },
    /// It ends before its end.
    CutOff {
        lines: usize,
    },
    /// The program did something else than when it was recorded.
    Differs {
        step: u64,
        what: &'static str,
    },
    /// The program that it holds can't be run here.
    Program(String),
    Interrupted,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoSession => f.write_str("it is no session file"),
            Problem::Format(format) => write!(f, "it has format {format}; this uncoil reads format {FORMAT}"),
            Problem::Version(version) => {
                write!(f, "uncoil {version} made it, this is {VERSION}: another version may count other instructions")
            }
            Problem::Damaged { line, what } => write!(f, "it is damaged in line {line}: {what}"),
            Problem::CutOff { lines } => write!(f, "it was cut off after line {lines}"),
            Problem::Differs { step, what } => write!(f, "the run differs from the recorded one at step {step}: {what}"),
            Problem::Program(why) => write!(f, "its program can't be run: {why}"),
            Problem::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl Recording {
    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut out = Writer::default();
        out.line("uncoil", json!({"file": "session", "format": FORMAT, "version": VERSION}));
        out.line("program", self.program.to_json());
        out.line("config", program::config_to_json(&self.program.config));
        if let Some(stdin) = &self.stdin {
            out.line("stdin", json!(stdin));
        }
        for (request, answer) in &self.program.before {
            out.line("before", json!([tell_request(request), tell_answer(answer)]));
        }
        for (request, answer) in &self.answers {
            out.line("answer", json!([tell_request(request), tell_answer(answer)]));
        }
        for (step, change) in &self.changes {
            out.line("change", tell_change(*step, change));
        }
        for command in &self.breakpoints {
            out.line("break", json!(command));
        }
        for (name, step) in &self.marks {
            out.line("mark", json!({"name": name, "step": step}));
        }
        for state in &self.states {
            out.line("state", json!({"step": state.step, "hash": format!("{:016x}", state.hash)}));
        }
        out.line("now", self.now.to_json());
        out.end()
    }

    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn read(bytes: &[u8]) -> Result<Recording, Problem> {
        let lines = Lines::read(bytes)?;
        let mut found = Parts::default();
        for line in &lines.lines {
            let wrong = |what: &str| Problem::Damaged { line: line.number, what: what.into() };
            match (line.kind.as_str(), &line.value) {
                ("uncoil", head) => check_head(head)?,
                ("program", value) => found.program = Some(SavedProgram::of_json(value).ok_or_else(|| wrong("this is no program"))?),
                ("config", value) => found.config = Some(program::config_of_json(value).ok_or_else(|| wrong("this is no configuration"))?),
                ("stdin", value) => found.stdin = Some(texts(value).ok_or_else(|| wrong("these are no lines"))?),
                ("before", value) => found.before.push(exchange(value).ok_or_else(|| wrong("this is no answer"))?),
                ("answer", value) => found.answers.push(exchange(value).ok_or_else(|| wrong("this is no answer"))?),
                ("change", value) => found.changes.push(read_change(value).ok_or_else(|| wrong("this is no change"))?),
                ("break", value) => found.breakpoints.push(value.as_str().ok_or_else(|| wrong("this is no breakpoint"))?.to_owned()),
                ("mark", value) => found.marks.push(mark(value).ok_or_else(|| wrong("this is no mark"))?),
                ("state", value) => found.states.push(state(value).ok_or_else(|| wrong("this is no state"))?),
                ("now", value) => found.now = Some(now(value).ok_or_else(|| wrong("this is no instant"))?),
                (other, _) => return Err(wrong(&format!("`{}` is not known", shown(other)))),
            }
        }
        let missing = |what: &str| Problem::Damaged { line: lines.lines.len() + 1, what: format!("the {what} is missing") };
        let mut program = found.program.ok_or_else(|| missing("program"))?;
        program.config = found.config.ok_or_else(|| missing("configuration"))?;
        program.before = found.before;
        Ok(Recording {
            program,
            stdin: found.stdin,
            answers: found.answers,
            changes: found.changes,
            breakpoints: found.breakpoints,
            marks: found.marks,
            states: found.states,
            now: found.now.ok_or_else(|| missing("instant"))?,
        })
    }
}

#[derive(Default)]
struct Parts {
    program: Option<SavedProgram>,
    config: Option<crate::vm::Config>,
    stdin: Option<Vec<String>>,
    before: Vec<(Request, Answer)>,
    answers: Vec<(Request, Answer)>,
    changes: Vec<(u64, Change)>,
    breakpoints: Vec<String>,
    marks: Vec<(String, u64)>,
    states: Vec<State>,
    now: Option<Now>,
}

impl Now {
    fn to_json(self) -> Value {
        let mut value = json!({"step": self.step, "waits": self.waits, "over": self.over, "furthest": self.furthest, "ended": self.ended});
        if let Some(answers) = self.answers {
            value["answers"] = answers.into();
        }
        value
    }
}

fn check_head(head: &Value) -> Result<(), Problem> {
    match (head["format"].as_u64(), head["version"].as_str()) {
        (Some(FORMAT), Some(VERSION)) => Ok(()),
        (Some(FORMAT), Some(version)) => Err(Problem::Version(shown(version))),
        (Some(format), _) => Err(Problem::Format(format)),
        (None, _) => Err(Problem::NoSession),
    }
}

fn exchange(value: &Value) -> Option<(Request, Answer)> {
    let [request, answer] = &value.as_array()?[..] else { return None };
    Some((read_request(request)?, read_answer(answer)?))
}

fn tell_change(step: u64, change: &Change) -> Value {
    match change {
        Change::Assign { text, frame } => json!({"step": step, "set": text, "frame": frame}),
        Change::Jump(line) => json!({"step": step, "jump": line}),
        Change::Return(text) => json!({"step": step, "return": text}),
        Change::Switch(id) => json!({"step": step, "switch": id}),
        Change::Hold(held) => json!({"step": step, "hold": held}),
    }
}

fn read_change(value: &Value) -> Option<(u64, Change)> {
    let change = if let Some(text) = value["set"].as_str() {
        Change::Assign { text: text.to_owned(), frame: usize::try_from(value["frame"].as_u64()?).ok()? }
    } else if let Some(line) = value["jump"].as_u64() {
        Change::Jump(u32::try_from(line).ok()?)
    } else if let Some(id) = value["switch"].as_u64() {
        Change::Switch(u32::try_from(id).ok()?)
    } else if let Some(held) = value["hold"].as_bool() {
        Change::Hold(held)
    } else {
        Change::Return(value["return"].as_str()?.to_owned())
    };
    Some((value["step"].as_u64()?, change))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

fn mark(value: &Value) -> Option<(String, u64)> {
    Some((value["name"].as_str()?.to_owned(), value["step"].as_u64()?))
}

fn state(value: &Value) -> Option<State> {
    Some(State { step: value["step"].as_u64()?, hash: u64::from_str_radix(value["hash"].as_str()?, 16).ok()? })
}

fn now(value: &Value) -> Option<Now> {
    Some(Now {
        step: value["step"].as_u64()?,
        waits: value["waits"].as_bool()?,
        answers: value["answers"].as_u64().and_then(|answers| usize::try_from(answers).ok()),
        over: value["over"].as_bool()?,
        furthest: value["furthest"].as_u64()?,
        ended: value["ended"].as_bool()?,
    })
}

/// A text from outside, in a message: short, and without what moves a terminal.
fn shown(text: &str) -> String {
    text.chars().take(40).map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// Bytes as JSON: text where they are UTF-8.
fn tell_bytes(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({"text": text}),
        Err(_) => json!({"hex": bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()}),
    }
}

fn read_bytes(value: &Value) -> Option<Vec<u8>> {
    if let Some(text) = value["text"].as_str() {
        return Some(text.as_bytes().to_vec());
    }
    let hex = value["hex"].as_str().filter(|hex| hex.len().is_multiple_of(2) && hex.is_ascii())?;
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

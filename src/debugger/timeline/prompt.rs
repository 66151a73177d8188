//! A run whose program is typed: statements read at a prompt, compiled in mode `single` and run one after the other.
//!
//! The lines are answers of the outside world as those of `input()` are, so the way back leads over all statements.
//! Between two statements the machine has no frame: it waits for a line. Counterpart in CPython 3.11: `python3 -i`.

use super::Machine;
use crate::{
    heap::ObjRef,
    interpreter::{self, interactive},
    vm::{Config, Raised, Vm, host},
};

/// Where the reading of statements stands.
#[derive(Clone, Default)]
pub struct Prompt {
    /// The lines of a statement that is not whole yet.
    text: String,
    /// The future features of the statements so far.
    features: u32,
    /// No statement runs.
    is_idle: bool,
}

impl Prompt {
    pub fn new() -> Prompt {
        Prompt { is_idle: true, ..Prompt::default() }
    }

    /// `>>> `, or within a statement `... `.
    fn sign(&self) -> &'static str {
        if self.text.is_empty() { ">>> " } else { "... " }
    }
}

/// A machine in which nothing has been typed yet.
pub fn machine(config: Config) -> Vm {
    let mut vm = interpreter::boot(config);
    interpreter::new_main(&mut vm);
    interactive::prepare(&mut vm);
    vm
}

impl Machine {
    /// So many answers of the outside world it has been given.
    pub fn answered(&self) -> usize {
        self.question.map_or(self.answers, |question| question.answers)
    }

    /// It stands before an instruction: what that calls, below native code, waits for a line of input.
    pub fn waits_below(&self) -> bool {
        self.question.is_some()
    }

    /// It waits for a statement.
    pub fn is_idle(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.is_idle)
    }

    /// What is shown before the next line.
    pub fn sign(&self) -> &'static str {
        self.prompt.as_ref().map_or("", Prompt::sign)
    }

    /// Takes a line of a statement, and starts the statement if that was the last one. False: the input has ended.
    pub(super) fn read(&mut self, line: &str) -> bool {
        let Some(prompt) = &mut self.prompt else { return false };
        if line.is_empty() && prompt.text.is_empty() {
            return false;
        }
        prompt.text.push_str(line);
        if !prompt.text.ends_with('\n') {
            prompt.text.push('\n');
        }
        if interactive::is_empty(&prompt.text) {
            prompt.text.clear();
            return true;
        }
        if !line.is_empty() && !interactive::is_complete(&prompt.text, line.trim().is_empty()) {
            return true;
        }
        let text = std::mem::take(&mut prompt.text);
        let start = self.vm.units.len() as u32;
        match interactive::compile(&mut self.vm, &text, &mut prompt.features) {
            Ok(()) => {
                prompt.is_idle = false;
                self.vm.typed.push((start, std::sync::Arc::new(crate::text::SourceFile::from_text(&text))));
            }
            Err(raised) => {
                interpreter::conclude(&mut self.vm, Err(raised));
            }
        }
        true
    }

    /// A statement has ended. Its result comes back where it ends the whole run.
    pub(super) fn over(&mut self, result: Result<ObjRef, Raised>) -> Option<Result<ObjRef, Raised>> {
        let Some(prompt) = &mut self.prompt else { return Some(result) };
        if let Err(raised) = &result
            && self.vm.exception_matches(raised.0, crate::objects::core_types::SYSTEM_EXIT)
        {
            return Some(result);
        }
        prompt.is_idle = true;
        interpreter::conclude(&mut self.vm, result);
        let mut aside = Aside(Vec::new());
        interpreter::finish::settle(&mut self.vm, &mut aside);
        self.vm.output.chunks.extend(aside.0);
        None
    }
}

/// Keeps output, and knows no world.
struct Aside(Vec<host::Chunk>);

impl host::Host for Aside {
    fn write(&mut self, stream: host::Stream, bytes: &[u8]) {
        self.0.push(host::Chunk { stream, step: 0, bytes: bytes.to_vec() });
    }

    fn answer(&mut self, _: &host::Request) -> host::Answer {
        host::Answer::Failed(5, "the outside world cannot be asked here".into())
    }
}

//! A copy of the machine to try things on: statements of the console, one after the other, at one instant of the run.
//!
//! ```text
//!   :console xs.sort()      :console xs          the program's own list is as it was
//! ```

use super::{Budget, Evaluated, last_line};
use crate::{
    heap::ObjRef,
    interpreter::{self, interactive},
    objects::core_types::NONE,
    syntax::Mode,
    vm::{Raised, Vm},
};

/// The copy, and the instant that it was made at.
#[derive(Clone)]
pub struct Scratch {
    vm: Vm,
    depth: usize,
    /// The instant, the history it belongs to, and the frame.
    pub of: (u64, u64, usize),
}

impl Scratch {
    /// A copy for a Python frame at `depth`.
    pub fn new(vm: &Vm, depth: usize, of: (u64, u64, usize)) -> Scratch {
        let mut vm = vm.clone();
        vm.take_output();
        Scratch { vm, depth, of }
    }

    /// Runs a statement or an expression on the copy, which keeps what it does.
    ///
    /// # Errors
    ///
    /// The exception as its last line in a traceback would say it, or that it takes too long.
    pub fn run(&mut self, source: &str) -> Result<Evaluated, String> {
        let compile = |mode| interpreter::compile_source(source.as_bytes(), "<console>", mode, 0).1;
        let (code, is_expression) = match compile(Mode::Eval) {
            Ok(code) => (code, true),
            Err(_) => match compile(Mode::Exec) {
                Ok(code) => (code, false),
                Err(error) => return Err(format!("{:?}: {}", error.kind, error.msg)),
            },
        };
        let depth = self.depth;
        let mut budget = Budget::default();
        let value = budget.finish(&mut self.vm, |vm| interpreter::call_in_frame(vm, depth, &code));
        let value = self.told(value)?;
        self.vm.take_locals(depth);
        let mut text = String::new();
        if is_expression && value != NONE {
            let repr = budget.finish(&mut self.vm, |vm| vm.repr(value));
            let repr = self.told(repr)?;
            text = self.vm.text(repr).map(|text| text.to_string_lossy()).unwrap_or_default();
        }
        Ok(Evaluated { text, output: self.output() })
    }

    fn output(&mut self) -> String {
        self.vm.take_output().iter().map(|chunk| String::from_utf8_lossy(&chunk.bytes).into_owned()).collect()
    }

    fn told(&mut self, result: Result<ObjRef, Result<Raised, String>>) -> Result<ObjRef, String> {
        result.map_err(|failure| failure.map_or_else(|text| text, |raised| last_line(&mut self.vm, &raised)))
    }
}

/// Whether a text typed at the console wants no more lines.
pub fn is_whole(text: &str) -> bool {
    let blank = text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    interactive::is_complete(&format!("{text}\n"), blank)
}

//! Expressions of the user, asked of a paused program: `:print`, conditions, watches.
//!
//! ```text
//!   :print total / len(xs)      :break 12 if x > 3      :watch self.size
//! ```
//!
//! They are run on a copy of the machine, so that nothing the expression does is ever seen by the program. What is asked
//! again and again (conditions, watches) is first tried [`simply`], without a copy.

mod scratch;
mod simply;

pub use self::scratch::{Scratch, is_whole};

use crate::{
    heap::ObjRef,
    interpreter::{self, traceback},
    syntax::{Mode, ast::Expr, ast::Mod, parse_str},
    vm::{
        Outcome, Raised, Res, Vm,
        exec::RunEnd,
        frame::Receive,
        hooks::{Due, Hooks},
        host::Answer,
        threads::Schedule,
    },
};

/// What an expression came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// its repr; empty for statements
    pub text: String,
    /// what was printed on the way
    pub output: String,
}

/// So many instructions may an expression take.
const BUDGET: u64 = 2_000_000;

/// Runs an expression, or else statements, in the Python frame at `depth` of a copy of the machine.
///
/// # Errors
///
/// The exception as its last line in a traceback would say it, or that it takes too long.
pub fn evaluate(vm: &Vm, depth: usize, source: &str) -> Result<Evaluated, String> {
    let mut copy = vm.clone();
    copy.request = None; // what the program waits for is not asked again
    copy.take_output();
    evaluate_on(&mut copy, depth, source)
}

/// The same on a copy that has been made already.
///
/// # Errors
///
/// As of [`evaluate`].
pub fn evaluate_on(copy: &mut Vm, depth: usize, source: &str) -> Result<Evaluated, String> {
    let (_, code) = interpreter::compile_source(source.as_bytes(), "<print>", Mode::Eval, 0);
    let (code, is_expression) = match code {
        Ok(code) => (code, true),
        Err(error) => match interpreter::compile_source(source.as_bytes(), "<print>", Mode::Exec, 0).1 {
            Ok(code) => (code, false),
            Err(_) => return Err(format!("{:?}: {}", error.kind, error.msg)),
        },
    };
    let mut budget = Budget::default();
    let value = budget.finish(copy, |vm| interpreter::call_in_frame(vm, depth, &code));
    let value = value.map_err(|failure| told(copy, failure))?;
    let mut text = String::new();
    if is_expression {
        let repr = budget.finish(copy, |vm| vm.repr(value));
        let repr = repr.map_err(|failure| told(copy, failure))?;
        text = copy.text(repr).map(|text| text.to_string_lossy()).unwrap_or_default();
    }
    let output = copy.take_output().iter().map(|chunk| String::from_utf8_lossy(&chunk.bytes).into_owned()).collect();
    Ok(Evaluated { text, output })
}

/// Why an expression has no value, in words.
fn told(copy: &mut Vm, failure: Result<Raised, String>) -> String {
    failure.map_or_else(|text| text, |raised| last_line(copy, &raised))
}

/// The object that an expression comes to on a copy of the machine, if the machine itself has it.
fn existing(vm: &Vm, depth: usize, source: &str) -> Result<ObjRef, String> {
    let mut copy = vm.clone();
    copy.request = None;
    let code = interpreter::compile_source(source.as_bytes(), "<print>", Mode::Eval, 0).1.map_err(|error| error.msg.to_string())?;
    let result = Budget::default().finish(&mut copy, |vm| interpreter::call_in_frame(vm, depth, &code));
    let object = result.map_err(|failure| told(&mut copy, failure))?;
    let is_same = vm.heap.is_alive(object) && vm.heap.birth(object) == copy.heap.birth(object) && vm.ty(object) == copy.ty(object);
    if is_same { Ok(object) } else { Err(format!("`{source}` makes a new object; `print` shows it")) }
}

/// Runs statements in a namespace of their own, a dict, on a copy of the machine: what they define is left there.
///
/// # Errors
///
/// As of [`evaluate`].
pub fn define_on(copy: &mut Vm, namespace: ObjRef, source: &str) -> Result<(), String> {
    let code = interpreter::compile_source(source.as_bytes(), "<define>", Mode::Exec, 0).1.map_err(|error| error.msg.to_string())?;
    let result = Budget::default().finish(copy, |vm| {
        let code = vm.new_code(&code);
        vm.call_code(code, namespace, namespace, None)
    });
    result.map(|_| ()).map_err(|failure| told(copy, failure))
}

/// An expression that is asked at many instants.
#[derive(Clone, Debug)]
pub struct Question {
    pub text: String,
    expr: Expr,
}

impl PartialEq for Question {
    fn eq(&self, other: &Question) -> bool {
        self.text == other.text
    }
}

impl Question {
    /// # Errors
    ///
    /// The text is no expression.
    pub fn new(text: &str) -> Result<Question, String> {
        match parse_str(text, Mode::Eval) {
            Ok(parsed) => match parsed.module {
                Mod::Expression { body } => Ok(Question { text: text.to_owned(), expr: *body }),
                _ => Err(format!("`{text}` is no expression")),
            },
            Err(error) => Err(format!("`{text}`: {}", error.msg)),
        }
    }

    /// Whether it is true in the innermost Python frame. What cannot be evaluated there is not true.
    pub fn holds(&self, vm: &Vm) -> bool {
        self.verdict(vm).unwrap_or(false)
    }

    /// The same.
    ///
    /// # Errors
    ///
    /// The exception that it raises, in a line; empty where only that is known.
    pub fn verdict(&self, vm: &Vm) -> Result<bool, String> {
        if let Some(verdict) = simply::compared(vm, &self.expr) {
            return Ok(verdict);
        }
        let Some((depth, _)) = vm.top_python_frame() else { return Ok(false) };
        match simply::evaluate(vm, depth, &self.expr) {
            Ok(value) if value.truth(vm).is_some() => return Ok(value.truth(vm) == Some(true)),
            Err(simply::Undecided::Raises) => return Err(String::new()),
            _ => {}
        }
        evaluate(vm, depth, &format!("bool({})", self.text)).map(|value| value.text == "True")
    }

    /// The exception that it raises at this instant, in a line.
    pub fn error(&self, vm: &Vm) -> Option<String> {
        let (depth, _) = vm.top_python_frame()?;
        evaluate(vm, depth, &self.text).err()
    }

    /// Its value in the innermost Python frame where it has one.
    pub fn sight(&self, vm: &Vm) -> Sighting {
        for depth in (0..vm.frames.len()).rev() {
            let Some(frame) = vm.python_frame(depth) else { continue };
            let text = match simply::evaluate(vm, depth, &self.expr) {
                Ok(value) => value.text(vm),
                Err(simply::Undecided::Raises) => continue,
                Err(simply::Undecided::NotSimple) => match self.ask(vm, depth, &self.text) {
                    text if text == NO_VALUE => continue,
                    text => text,
                },
            };
            return Sighting { frame: Some((depth, frame.base, frame.code)), text };
        }
        Sighting::default()
    }

    /// Its value in the Python frame at `depth` alone.
    pub fn sight_in(&self, vm: &Vm, depth: usize) -> Sighting {
        let Some(frame) = vm.python_frame(depth) else { return Sighting::default() };
        let text = match simply::evaluate(vm, depth, &self.expr) {
            Ok(value) => value.text(vm),
            Err(simply::Undecided::Raises) => NO_VALUE.into(),
            Err(simply::Undecided::NotSimple) => self.ask(vm, depth, &self.text),
        };
        if text == NO_VALUE {
            return Sighting::default();
        }
        Sighting { frame: Some((depth, frame.base, frame.code)), text }
    }

    /// The names in it that are no attributes.
    pub fn names(&self) -> Vec<&str> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let words = self.text.split(|c| !is_part(c)).filter(|word| !word.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        words.filter_map(|word| word.split('.').next()).filter(|word| !word.is_empty()).collect()
    }

    /// Its value as text: what `str` gives for a str, otherwise as [`Question::value`].
    pub fn text_of(&self, vm: &Vm) -> String {
        let simply = vm.top_python_frame().and_then(|(depth, _)| simply::evaluate(vm, depth, &self.expr).ok());
        simply.and_then(|value| value.as_str(vm)).unwrap_or_else(|| self.value(vm))
    }

    /// The object itself, where names, attributes and items alone lead to it, in the Python frame at `depth`.
    ///
    /// # Errors
    ///
    /// A sentence for the user.
    pub fn object(&self, vm: &Vm, depth: usize) -> Result<ObjRef, String> {
        match simply::object(vm, depth, &self.expr) {
            Ok(object) => Ok(object),
            Err(simply::Undecided::Raises) => Err(format!("there is no `{}` here", self.text)),
            Err(simply::Undecided::NotSimple) => existing(vm, depth, &self.text),
        }
    }

    /// Its value in the innermost Python frame, as a text that changes when the value does.
    pub fn value(&self, vm: &Vm) -> String {
        let Some((depth, _)) = vm.top_python_frame() else { return String::new() };
        match simply::evaluate(vm, depth, &self.expr) {
            Ok(value) => value.text(vm),
            Err(simply::Undecided::Raises) => NO_VALUE.into(),
            Err(simply::Undecided::NotSimple) => self.ask(vm, depth, &self.text),
        }
    }

    /// Its value for the user; why there is none, in words.
    pub fn shown(&self, vm: &Vm) -> String {
        let Some((depth, _)) = vm.top_python_frame() else { return "no frame".into() };
        self.value_simply(vm).unwrap_or_else(|| match evaluate(vm, depth, &self.text) {
            Ok(value) => value.text,
            Err(error) => error,
        })
    }

    /// Its value, where that can be looked up without running anything.
    pub fn value_simply(&self, vm: &Vm) -> Option<String> {
        let (depth, _) = vm.top_python_frame()?;
        simply::evaluate(vm, depth, &self.expr).ok().map(|value| value.text(vm))
    }

    fn ask(&self, vm: &Vm, depth: usize, source: &str) -> String {
        evaluate(vm, depth, source).map_or_else(|_| NO_VALUE.into(), |value| value.text)
    }
}

/// The value of an expression at an instant, and the frame where it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    frame: Option<(usize, u32, ObjRef)>,
    pub text: String,
}

const NO_VALUE: &str = "no value";

impl Default for Sighting {
    fn default() -> Sighting {
        Sighting { frame: None, text: NO_VALUE.into() }
    }
}

impl Sighting {
    /// No frame gives the expression a value.
    pub fn is_nothing(&self) -> bool {
        self.frame.is_none()
    }

    /// Whether it is another value one instruction later: of a name that has come to be, or gone, or of the same in the same
    /// frame. A call does not change what its caller's names mean.
    pub fn becomes(&self, later: &Sighting, vm: &Vm) -> bool {
        match (self.frame, later.frame) {
            (_, None) => self.frame.is_some_and(|(depth, base, code)| {
                depth < vm.frames.len() && vm.python_frame(depth).is_some_and(|frame| (frame.base, frame.code) == (base, code))
            }),
            (None, Some(_)) => true,
            (Some(before), Some(after)) => before == after && self.text != later.text,
        }
    }
}

/// Stops what takes too long.
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Budget {
        Budget(BUDGET)
    }
}

impl Hooks for Budget {
    fn due(&mut self, _vm: &mut Vm) -> Due {
        let portion = self.0.min(1 << 16);
        self.0 -= portion;
        if portion == 0 { Due::Stop } else { Due::Go(portion as u32) }
    }
}

impl Budget {
    /// Runs what `start` asks for to its end. Not the value, but an exception, or why it was stopped.
    pub(super) fn finish(&mut self, vm: &mut Vm, start: impl FnOnce(&mut Vm) -> Res) -> Result<ObjRef, Result<Raised, String>> {
        let depth = vm.frames.len();
        vm.threads.schedule = Schedule::Cooperative; // the other threads stand still while a question is asked
        vm.wake_to_be_asked();
        match start(vm) {
            Ok(Outcome::Done(value)) => Ok(value),
            Err(raised) => Err(Ok(raised)),
            Ok(Outcome::Pushed) => {
                vm.receive(depth, Receive::Exit);
                vm.floor = depth;
                vm.revoke_grant();
                loop {
                    match vm.run(self) {
                        RunEnd::Finished(Ok(value)) => return Ok(value),
                        RunEnd::Finished(Err(raised)) => return Err(Ok(raised)),
                        RunEnd::Request => vm.answer(Answer::Failed(5, "the outside world cannot be asked here".into())),
                        RunEnd::Stopped => return Err(Err("it takes too long; stopped".into())),
                        RunEnd::Deadlocked => return Err(Err("it waits for another thread, which stands still".into())),
                    }
                }
            }
        }
    }
}

/// `ZeroDivisionError: division by zero`
pub(super) fn last_line(vm: &mut Vm, raised: &Raised) -> String {
    let name = vm.type_name(raised.0);
    match traceback::message_of(vm, raised.0) {
        message if message.is_empty() => name.to_string(),
        message => format!("{name}: {message}"),
    }
}

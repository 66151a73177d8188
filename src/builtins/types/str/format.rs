//! `str.format` and `str.format_map`.
//!
//! ```text
//!   "{0.name:>{w}}".format(obj, w=9)
//!       obj ─.name→ value ─ spec ">{w}" is a template itself → ">9" ─ value.__format__(">9") → text
//! ```
//!
//! Attribute lookups, subscripts, conversions and `__format__` may all run Python code: the work is a native frame.
//! Counterpart in CPython 3.11: `Objects/stringlib/unicode_format.h`.

use std::{collections::VecDeque, sync::Arc};

use super::held;
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{
        PyStr, TextError,
        pystr::PyStrBuilder,
        template::{self, Field, First, Numbering, Piece, Step},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native::{NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::method("format", Signature::Any, |vm, args| {
            let keywords = args.keywords(vm);
            let template = held(vm, args);
            if is_literal(&template) {
                return done(vm.own(args.at(vm, 0)));
            }
            start(vm, template, Some(args.from(vm, 1)), Names::Keywords(keywords))
        })
        .packing(),
        NativeDef::method("format_map", Signature::One, |vm, args| {
            let template = held(vm, args);
            let mapping = args.at(vm, 1);
            if is_literal(&template) {
                return done(vm.own(args.at(vm, 0)));
            }
            start(vm, template, None, Names::Mapping(mapping))
        }),
    ]
}

/// Without any field, a template is its own result.
fn is_literal(template: &PyStr) -> bool {
    !template.is_empty() && !template.iter().any(|c| c == u32::from('{') || c == u32::from('}'))
}

fn start(vm: &mut Vm, template: Arc<PyStr>, positional: Option<Vec<ObjRef>>, names: Names) -> Res {
    vm.drive(Format { positional, names, numbering: Numbering::default(), levels: vec![Level::new(&template)], key: None, sole: None })
}

/// Where named fields are looked up; borrowed from the call's arguments.
#[derive(Clone)]
enum Names {
    Keywords(Vec<(ObjRef, ObjRef)>),
    Mapping(ObjRef),
}

/// The whole state: the template, and within a field's specification that one.
#[derive(Clone)]
struct Format {
    /// Borrowed; `format_map` has none.
    positional: Option<Vec<ObjRef>>,
    names: Names,
    numbering: Numbering,
    levels: Vec<Level>,
    /// The key of the subscript at work; held.
    key: Option<ObjRef>,
    /// The text of the one field that a template is made of, if it is: the result as it is; held.
    sole: Option<ObjRef>,
}

/// One template on its way to text.
#[derive(Clone)]
struct Level {
    pieces: VecDeque<Result<Piece, TextError>>,
    out: PyStrBuilder,
    field: Option<Work>,
}

/// The field at work.
#[derive(Clone)]
struct Work {
    field: Field,
    steps: VecDeque<Result<Step, TextError>>,
    /// The value so far; held.
    object: Option<ObjRef>,
    spec: Option<ObjRef>,
    stage: Stage,
}

/// What the value that comes next is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// the object that the field's first name stands for
    First,
    /// what a `.name` or `[key]` gave
    Step,
    /// the text of `!r`, `!s` or `!a`
    Converted,
    /// the formatted text
    Formatted,
}

impl Level {
    fn new(template: &PyStr) -> Level {
        Level { pieces: template::pieces(template).collect(), out: PyStrBuilder::new(), field: None }
    }
}

impl Native for Format {
    fn name(&self) -> &'static str {
        "str.format"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(value) = input.take() {
                self.take(vm, value)?;
            }
            match self.advance(vm)? {
                Progress::Value(value) => input = Some(value),
                Progress::Again => {}
                Progress::Pushed => return Ok(Outcome::Pushed),
                Progress::Finished(_) if self.sole.is_some() => return done(self.sole.take().expect("a text")),
                Progress::Finished(text) => return done(vm.new_str(text)),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.key.iter().chain(&self.sole).for_each(|&object| visit(object));
        for work in self.levels.iter().filter_map(|level| level.field.as_ref()) {
            work.object.iter().chain(&work.spec).for_each(|&object| visit(object));
        }
    }
}

enum Progress {
    Value(ObjRef),
    Again,
    Pushed,
    Finished(PyStr),
}

impl From<Outcome> for Progress {
    fn from(outcome: Outcome) -> Progress {
        match outcome {
            Outcome::Done(value) => Progress::Value(value),
            Outcome::Pushed => Progress::Pushed,
        }
    }
}

impl Format {
    fn work(&mut self) -> &mut Work {
        self.levels.last_mut().and_then(|level| level.field.as_mut()).expect("a field at work")
    }

    /// A value that the field at work waited for; owned.
    fn take(&mut self, vm: &mut Vm, value: ObjRef) -> Result<(), Raised> {
        let key = self.key.take();
        vm.xdecref(key);
        let work = self.work();
        if work.stage == Stage::Formatted {
            let work = self.levels.last_mut().and_then(|level| level.field.take()).expect("a field at work");
            let is_outermost = self.levels.len() == 1;
            let level = self.levels.last_mut().expect("a level");
            let text = vm.text(value).unwrap_or_default();
            if is_outermost && level.out.is_empty() && level.pieces.is_empty() && !text.is_empty() {
                self.sole = Some(value);
            } else {
                level.out.push_str(&text);
                vm.decref(value);
            }
            vm.xdecref(work.object);
            vm.xdecref(work.spec);
            return Ok(());
        }
        let old = work.object.replace(value);
        vm.xdecref(old);
        Ok(())
    }

    /// The next thing to do.
    fn advance(&mut self, vm: &mut Vm) -> Result<Progress, Raised> {
        let level = self.levels.last_mut().expect("a level");
        let Some(work) = &mut level.field else { return self.next_piece(vm) };
        if work.object.is_none() {
            return self.first(vm);
        }
        let object = work.object.expect("a value");
        match work.steps.pop_front() {
            Some(Err(error)) => return Err(vm.text_error(error)),
            Some(Ok(step)) => {
                work.stage = Stage::Step;
                return self.step(vm, object, step);
            }
            None => {}
        }
        if work.stage != Stage::Converted
            && let Some(conversion) = work.field.conversion
        {
            work.stage = Stage::Converted;
            let outcome = match char::from_u32(conversion) {
                Some('r') => vm.repr(object)?,
                Some('s') => vm.str(object)?,
                Some('a') => vm.ascii(object)?,
                _ => return Err(vm.text_error(template::unknown_conversion(conversion))),
            };
            return Ok(outcome.into());
        }
        let Some(spec) = work.spec else {
            if work.field.nested {
                let template = work.field.spec.clone();
                if self.levels.len() >= 2 {
                    return Err(vm.text_error(template::too_deep()));
                }
                self.levels.push(Level::new(&template));
            } else {
                work.spec = Some(vm.new_str(work.field.spec.clone()));
            }
            return Ok(Progress::Again);
        };
        work.stage = Stage::Formatted;
        Ok(vm.format(object, spec)?.into())
    }

    fn next_piece(&mut self, vm: &mut Vm) -> Result<Progress, Raised> {
        let level = self.levels.last_mut().expect("a level");
        match level.pieces.pop_front() {
            None => {
                let text = std::mem::take(&mut level.out).finish();
                if self.levels.len() == 1 {
                    return Ok(Progress::Finished(text));
                }
                self.levels.pop();
                self.work().spec = Some(vm.new_str(text));
            }
            Some(Err(error)) => return Err(vm.text_error(error)),
            Some(Ok(Piece::Literal(text))) => level.out.push_str(&text),
            Some(Ok(Piece::Field(field))) => {
                level.field = Some(Work { field, steps: VecDeque::new(), object: None, spec: None, stage: Stage::First });
            }
        }
        Ok(Progress::Again)
    }

    /// The object that the field's name starts with.
    fn first(&mut self, vm: &mut Vm) -> Result<Progress, Raised> {
        let name = self.work().field.name.clone();
        let split = template::split_name(&name).map(|(first, steps)| (first, steps.collect::<VecDeque<_>>()));
        let (first, steps) = split.map_err(|error| vm.text_error(error))?;
        self.work().steps = steps;
        let index = self.numbering.index(&first).map_err(|error| vm.text_error(error))?;
        if let Some(index) = index {
            let Some(positional) = &self.positional else {
                return Err(vm.value_error("Format string contains positional fields"));
            };
            return match positional.get(index) {
                Some(&object) => Ok(Progress::Value(vm.own(object))),
                None => Err(vm.raise(INDEX_ERROR, format!("Replacement index {index} out of range for positional args tuple"))),
            };
        }
        let First::Name(name) = first else { return Err(vm.value_error("Format string contains positional fields")) };
        match &self.names {
            Names::Keywords(keywords) => {
                let found = keywords.iter().find(|&&(key, _)| vm.heap.str(key).is_some_and(|key| **key == name));
                match found {
                    Some(&(_, value)) => Ok(Progress::Value(vm.own(value))),
                    None => {
                        let key = vm.new_str(name);
                        Err(vm.raise_object(KEY_ERROR, key))
                    }
                }
            }
            Names::Mapping(mapping) => {
                let mapping = *mapping;
                let key = vm.new_str(name);
                self.key = Some(key);
                Ok(vm.get_item(mapping, key)?.into())
            }
        }
    }

    fn step(&mut self, vm: &mut Vm, object: ObjRef, step: Step) -> Result<Progress, Raised> {
        let (key, attribute) = match step {
            Step::Attribute(name) => {
                let name = vm.new_str(name);
                (vm.intern(name), true)
            }
            Step::Index(index) => (vm.new_usize(index), false),
            Step::Key(key) => (vm.new_str(key), false),
        };
        self.key = Some(key);
        let outcome = if attribute { vm.get_attr(object, key)? } else { vm.get_item(object, key)? };
        Ok(outcome.into())
    }
}

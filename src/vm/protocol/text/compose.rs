//! Building the text of an object from pieces, some of which are the texts of other objects.
//!
//! Counterpart in CPython 3.11: `list_repr`, `dict_repr`, `set_repr`, …, with `Py_ReprEnter` against endless recursion:
//! a list that contains itself is `[[...]]`.

use super::*;
use crate::vm::native_frame::{Input, Native};

/// Text in the making: narrow as long as it can be.
#[derive(Clone, Default)]
pub(super) struct Builder {
    text: String,
    /// From the first lone surrogate on: all code points so far.
    wide: Option<Vec<u32>>,
}

impl Builder {
    pub(super) fn push(&mut self, text: &str) {
        match &mut self.wide {
            None => self.text.push_str(text),
            Some(points) => points.extend(text.chars().map(u32::from)),
        }
    }

    pub(super) fn push_py(&mut self, text: &PyStr) {
        match (text.as_ascii(), &mut self.wide) {
            (Some(ascii), None) => self.text.push_str(ascii),
            (_, Some(points)) => points.extend(text.iter()),
            _ => match text.to_utf8() {
                Some(text) => self.text.push_str(&text),
                None => {
                    let mut points: Vec<u32> = self.text.chars().map(u32::from).collect();
                    points.extend(text.iter());
                    self.wide = Some(points);
                }
            },
        }
    }

    pub(super) fn finish(&mut self) -> PyStr {
        match self.wide.take() {
            Some(points) => PyStr::from_code_points(&points),
            None => std::mem::take(&mut self.text).into(),
        }
    }
}

/// A piece of a text.
#[derive(Clone)]
pub(super) enum Part {
    Text(String),
    /// the repr of an object
    Repr(ObjRef),
    /// the str of an object
    Str(ObjRef),
}

/// Where the pieces come from.
#[derive(Clone)]
pub(super) enum Source {
    Parts {
        parts: Vec<Part>,
        next: usize,
    },
    /// The items of a list as it is at that moment.
    List {
        next: usize,
    },
    /// Keys and values: entry, and which of its two is next.
    Dict {
        entry: usize,
        first: bool,
        value: Option<ObjRef>,
    },
}

/// A text being composed.
#[derive(Clone)]
pub(super) struct Compose {
    pub(super) object: ObjRef,
    pub(super) source: Source,
    /// Put before and after the pieces.
    pub(super) close: &'static str,
    pub(super) text: Builder,
    /// References held to the end.
    pub(super) owned: Vec<ObjRef>,
    /// References held for the piece at work.
    pub(super) held: Vec<ObjRef>,
    /// The object is marked as being shown.
    pub(super) marked: bool,
}

impl Vm {
    pub(super) fn compose(&mut self, object: ObjRef, open: &str, source: Source, close: &'static str, owned: Vec<ObjRef>) -> Res {
        let mut text = Builder::default();
        text.push(open);
        self.repr_enter(object);
        self.drive(Compose { object, source, close, text, owned, held: Vec::new(), marked: true })
    }

    /// A text of pieces, without guard against recursion.
    pub(super) fn compose_parts(&mut self, object: ObjRef, parts: Vec<Part>, owned: Vec<ObjRef>) -> Res {
        let source = Source::Parts { parts, next: 0 };
        self.drive(Compose { object, source, close: "", text: Builder::default(), owned, held: Vec::new(), marked: false })
    }
}

impl Native for Compose {
    fn name(&self) -> &'static str {
        "repr"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(value) = input.take() {
                if let Some(text) = vm.text(value) {
                    self.text.push_py(&text);
                }
                vm.decref(value);
                vm.decref_all(std::mem::take(&mut self.held));
            }
            let result = match self.next_part(vm) {
                None => {
                    self.text.push(self.close);
                    let text = self.text.finish();
                    return done(vm.new_str(text));
                }
                Some(Part::Text(text)) => {
                    self.text.push(&text);
                    continue;
                }
                Some(Part::Repr(object)) => {
                    if is_core_type(vm.ty(object))
                        && let Some(Ok(text)) = vm.plain_repr(object)
                    {
                        self.text.push_py(&text);
                        vm.decref_all(std::mem::take(&mut self.held));
                        continue;
                    }
                    vm.repr(object)
                }
                Some(Part::Str(object)) => vm.str(object),
            };
            match result? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.owned.iter().chain(&self.held).for_each(|&object| visit(object));
        if let Source::Dict { value: Some(value), .. } = self.source {
            visit(value);
        }
    }

    fn release(&mut self, vm: &mut Vm) {
        if std::mem::take(&mut self.marked) {
            vm.repr_leave(self.object);
        }
        if let Source::Dict { value, .. } = &mut self.source {
            self.held.extend(value.take());
        }
        vm.decref_all(std::mem::take(&mut self.held));
        vm.decref_all(std::mem::take(&mut self.owned));
    }
}

impl Compose {
    fn next_part(&mut self, vm: &mut Vm) -> Option<Part> {
        match &mut self.source {
            Source::Parts { parts, next } => {
                let part = parts.get(*next).cloned();
                *next += 1;
                part
            }
            Source::List { next } => {
                let item = vm.heap.list(self.object)?.get(*next).copied()?;
                if *next > 0 {
                    self.text.push(", ");
                }
                *next += 1;
                Some(Part::Repr(item))
            }
            Source::Dict { entry, first, value } => {
                if let Some(value) = value.take() {
                    self.text.push(": ");
                    self.held.push(value);
                    return Some(Part::Repr(value));
                }
                loop {
                    let table = vm.heap.dict(self.object)?;
                    if *entry >= table.nentries() {
                        return None;
                    }
                    let found = table.entry(*entry);
                    *entry += 1;
                    let Some(found) = found else { continue };
                    let key = found.key.expect("a live entry");
                    if !std::mem::take(first) {
                        self.text.push(", ");
                    }
                    *value = Some(vm.own(found.value));
                    self.held.push(vm.own(key));
                    return Some(Part::Repr(key));
                }
            }
        }
    }
}

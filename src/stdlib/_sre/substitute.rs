//! `sub` and `subn`: what a pattern finds, replaced by a text or by what a function gives.
//!
//! A function in Python is called from a native frame, match after match, so that a debugger can stop in it.
//! Counterpart in CPython 3.11: `pattern_subx`. `re.sub(r"(\w+) (\w+)", r"\2 \1", "a b")` is `'b a'`.

use super::{
    matched::new_match,
    pattern::walk_on,
    search::Mode,
    subject::{Subject, Walk},
};
use crate::{
    builtins::{convert, types::memoryview},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::pystr::PyStrBuilder,
    vm::{
        Outcome, Raised, Res, Vm,
        native::Args,
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn sub(vm: &mut Vm, args: Args) -> Res {
    start(vm, args, false)
}

pub fn subn(vm: &mut Vm, args: Args) -> Res {
    start(vm, args, true)
}

/// A part of the result.
#[derive(Clone, Copy)]
enum Piece {
    /// of the text itself
    Slice(usize, usize),
    /// put in its place
    Object(ObjRef),
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// `re._subx` is asked what a template stands for.
    Template,
    Search,
    /// The function was called.
    Called,
}

#[derive(Clone)]
struct Substitution {
    pattern: ObjRef,
    string: ObjRef,
    template: ObjRef,
    walk: Walk,
    pos: usize,
    most: i64,
    counts: bool,
    stage: Stage,
    /// Holds a bytearray to its size.
    export: Option<ObjRef>,
    /// What replaces a match, or the function that says it; owned once it is not the template itself.
    filter: ObjRef,
    owns_filter: bool,
    calls: bool,
    /// The match that the function was given.
    current: Option<ObjRef>,
    pieces: Vec<Piece>,
    /// Up to here the text is in the pieces.
    done_to: usize,
    count: i64,
}

fn start(vm: &mut Vm, args: Args, counts: bool) -> Res {
    let [pattern, template, string] = std::array::from_fn(|i| args.at(vm, i));
    let most = match args.get(vm, 3) {
        Some(most) => convert::ssize(vm, most)?,
        None => 0,
    };
    let calls = vm.is_callable(template);
    let literal = calls || Subject::of(vm, template).is_some_and(|subject| !subject.has_backslash());
    let walk = walk_on(vm, pattern, string, 0, i64::MAX)?;
    let state = Substitution {
        pattern,
        string,
        template,
        pos: walk.start,
        walk,
        most,
        counts,
        stage: if literal { Stage::Search } else { Stage::Template },
        export: memoryview::export(vm, string),
        filter: template,
        owns_filter: false,
        calls,
        current: None,
        pieces: Vec::new(),
        done_to: 0,
        count: 0,
    };
    vm.drive(state)
}

impl Native for Substitution {
    fn name(&self) -> &'static str {
        if self.counts { "subn" } else { "sub" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            match self.stage {
                Stage::Template => {
                    let value = match input.take() {
                        Some(value) => value,
                        None => {
                            let make = super::function_of_re(vm, "_subx")?;
                            match vm.call(make, &[self.pattern, self.template])? {
                                Outcome::Done(value) => value,
                                Outcome::Pushed => return Ok(Outcome::Pushed),
                            }
                        }
                    };
                    (self.filter, self.owns_filter) = (value, true);
                    self.calls = vm.is_callable(value);
                    self.stage = Stage::Search;
                }
                Stage::Called => {
                    if let Some(value) = input.take() {
                        self.take(vm, value);
                    }
                    self.stage = Stage::Search;
                }
                Stage::Search => {
                    vm.poll()?;
                    let more = self.most == 0 || self.count < self.most;
                    let found = if more { self.walk.next(vm, Mode::Search)? } else { None };
                    let Some(found) = found else { return self.finish(vm) };
                    let (start, end) = found.span();
                    if self.done_to < start {
                        self.pieces.push(Piece::Slice(self.done_to, start));
                    }
                    self.done_to = end;
                    self.count += 1;
                    if !self.calls {
                        if self.filter != NONE {
                            vm.incref(self.filter);
                            self.pieces.push(Piece::Object(self.filter));
                        }
                        continue;
                    }
                    let current = new_match(vm, self.pattern, self.string, &found, self.pos, self.walk.end);
                    self.current = Some(current);
                    self.stage = Stage::Called;
                    match vm.call(self.filter, &[current])? {
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        let filter = self.owns_filter.then_some(self.filter);
        let pieces = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Object(object) => Some(*object),
            Piece::Slice(..) => None,
        });
        filter.into_iter().chain(self.current).chain(self.export).chain(pieces).for_each(visit);
    }
}

impl Substitution {
    /// What the function gave (owned) goes into the result, unless it is None.
    fn take(&mut self, vm: &mut Vm, value: ObjRef) {
        let current = self.current.take();
        vm.xdecref(current);
        if value == NONE {
            vm.decref(value);
        } else {
            self.pieces.push(Piece::Object(value));
        }
    }

    fn finish(&mut self, vm: &mut Vm) -> Res {
        if self.done_to < self.walk.end {
            self.pieces.push(Piece::Slice(self.done_to, self.walk.end));
        }
        let joined = self.join(vm)?;
        if !self.counts {
            return done(joined);
        }
        let count = vm.new_int(self.count);
        done(vm.new_tuple([joined, count]))
    }

    fn join(&self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let subject = &self.walk.subject;
        match self.pieces[..] {
            [] => return Ok(subject.empty(vm)),
            [Piece::Slice(start, end)] => return Ok(subject.slice(vm, (start, end), self.string)),
            [Piece::Object(object)] if vm.ty(object) == if subject.is_bytes() { BYTES } else { STR } => return Ok(vm.own(object)),
            _ => {}
        }
        match subject {
            Subject::Text(text) => {
                let mut joined = PyStrBuilder::with_capacity(text.len());
                for (index, piece) in self.pieces.iter().enumerate() {
                    match *piece {
                        Piece::Slice(start, end) => joined.push_str(&text.slice(start, end)),
                        Piece::Object(object) => match vm.text(object) {
                            Some(text) => joined.push_str(&text),
                            None => {
                                let name = vm.type_name(object);
                                return Err(vm.type_error(format!("sequence item {index}: expected str instance, {name} found")));
                            }
                        },
                    }
                }
                vm.room_for(joined.len() as u64)?;
                Ok(vm.new_str(joined.finish()))
            }
            Subject::Bytes(bytes) => {
                let mut joined = Vec::with_capacity(bytes.len());
                for (index, piece) in self.pieces.iter().enumerate() {
                    match *piece {
                        Piece::Slice(start, end) => joined.extend_from_slice(&bytes[start..end]),
                        Piece::Object(object) => match vm.heap.buffer(object) {
                            Some(bytes) => joined.extend_from_slice(&bytes),
                            None => {
                                let name = vm.type_name(object);
                                let message = format!("sequence item {index}: expected a bytes-like object, {name} found");
                                return Err(vm.type_error(message));
                            }
                        },
                    }
                }
                Ok(vm.new_bytes(joined))
            }
        }
    }
}

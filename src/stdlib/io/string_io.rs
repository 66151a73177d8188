//! `io.StringIO`: a text file in memory.
//!
//! `s = io.StringIO(); print("hi", file=s); s.getvalue()` gives `'hi\n'`. Counterpart in CPython 3.11: `Modules/_io/stringio.c`.

mod memory;

use self::memory::Memory;
use super::{base, io_state, newlines::Newlines, size_argument};
use crate::{
    builtins::{convert, functions::iteration::stop},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    text::{PyStr, pystr::PyStrBuilder},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Any, Named, None as NoArgs, One, Range},
        },
        raised::done,
    },
};

#[derive(Clone, Default)]
pub struct State {
    /// Code points.
    content: Vec<u32>,
    /// May lie behind the end.
    at: usize,
    ready: bool,
    closed: bool,
    /// Line ends are looked at on writing: `newline` is None or `""`.
    universal: Option<Newlines>,
    /// What `\n` becomes on writing.
    write_newline: Option<&'static str>,
    /// The `newline` argument.
    newline: Option<&'static str>,
    memory: Memory,
    /// All of the text as it was given out last, if nothing was written since.
    given: Option<ObjRef>,
}

io_state!(State, [given], |state| !state.closed, |state| state.memory.blocks().into());

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Named("initial_value='', newline='\\n'"), init),
        Def::wrapper("__next__", NoArgs, next),
        Def::method("close", NoArgs, close),
        Def::method("getvalue", NoArgs, |vm, args| {
            state(vm, args)?;
            done(value(vm, args.at(vm, 0)))
        }),
        Def::method("read", Range(0, 1), read),
        Def::method("readline", Range(0, 1), |vm, args| {
            state(vm, args)?;
            let limit = size_argument(vm, args.get(vm, 1))?;
            memory::realize(vm, args.at(vm, 0));
            let line = state(vm, args)?.line(limit);
            done(vm.new_str(line))
        }),
        Def::method("tell", NoArgs, |vm, args| {
            let at = state(vm, args)?.at;
            done(vm.new_usize(at))
        }),
        Def::method("truncate", Range(0, 1), truncate),
        Def::method("seek", Range(1, 2), seek),
        Def::method("write", One, write),
        Def::method("seekable", NoArgs, yes),
        Def::method("readable", NoArgs, yes),
        Def::method("writable", NoArgs, yes),
        Def::method("__getstate__", NoArgs, get_state),
        Def::method("__setstate__", One, set_state),
        Def::getter("closed", |vm, args| {
            let file = args.at(vm, 0);
            match foreign::<State>(vm, file).filter(|state| state.ready).map(|state| state.closed) {
                Some(closed) => done(vm.new_bool(closed)),
                None => Err(vm.value_error("I/O operation on uninitialized object")),
            }
        }),
        Def::getter("newlines", |vm, args| match state(vm, args)?.universal {
            Some(universal) => done(universal.met(vm)),
            None => done(vm.none()),
        }),
        Def::getter("line_buffering", |vm, args| state(vm, args).map(drop).and_then(|()| done(vm.new_bool(false)))),
    ]
}

pub fn is_closed(vm: &Vm, file: ObjRef) -> bool {
    foreign::<State>(vm, file).is_none_or(|state| state.closed)
}

/// The state of an open file.
fn state(vm: &mut Vm, args: Args) -> Result<&mut State, Raised> {
    open_state(vm, args.at(vm, 0))
}

fn open_state(vm: &mut Vm, file: ObjRef) -> Result<&mut State, Raised> {
    match foreign::<State>(vm, file) {
        Some(State { closed: true, .. }) => return Err(super::closed_plainly(vm)),
        Some(State { ready: true, .. }) => {}
        _ => return Err(vm.value_error("I/O operation on uninitialized object")),
    }
    Ok(foreign_mut::<State>(vm, file).expect("looked at before"))
}

/// All of the text, owned.
fn value(vm: &mut Vm, file: ObjRef) -> ObjRef {
    let Some(state) = foreign::<State>(vm, file) else { return vm.none() };
    if let Some(given) = state.given {
        return vm.own(given);
    }
    let (text, at) = (PyStr::from_code_points(&state.content), state.at);
    if !memory::is_accumulating(vm, file) || text.is_empty() {
        return vm.new_str(text);
    }
    memory::give(vm, file);
    let text = vm.new_str(text);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        (state.given, state.at) = (Some(text), at);
    }
    vm.own(text)
}

impl State {
    fn rest(&self) -> &[u32] {
        self.content.get(self.at..).unwrap_or(&[])
    }

    fn take(&mut self, most: usize) -> PyStr {
        let rest = self.rest();
        let len = most.min(rest.len());
        let text = PyStr::from_code_points(&rest[..len]);
        self.at += len;
        text
    }

    fn line(&mut self, limit: i64) -> PyStr {
        let len = line_len(self.rest(), self.newline, self.universal);
        self.take(usize::try_from(limit).map_or(len, |limit| limit.min(len)))
    }

    /// The text as it will be written.
    fn translated(&mut self, text: &PyStr) -> PyStr {
        let mut text = match &mut self.universal {
            Some(universal) => universal.decode(text.clone(), true),
            None => text.clone(),
        };
        if let Some(newline) = self.write_newline {
            text = with_newline(&text, newline);
        }
        text
    }

    fn write(&mut self, text: &PyStr) {
        let end = self.at + text.len();
        if self.content.len() == self.at {
            self.content.extend(text.iter());
        } else {
            if self.content.len() < end {
                self.content.resize(end, 0);
            }
            for (place, c) in self.content[self.at..end].iter_mut().zip(text.iter()) {
                *place = c;
            }
        }
        self.at = end;
    }
}

/// The length of the first line, its end included; of all where there is none.
pub fn line_len(rest: &[u32], newline: Option<&str>, universal: Option<Newlines>) -> usize {
    const CR: u32 = 13;
    const LF: u32 = 10;
    let end = match (universal, newline) {
        (Some(Newlines { translate: false, .. }), _) => {
            rest.iter().position(|&c| c == LF || c == CR).map(|at| if rest[at..].starts_with(&[CR, LF]) { at + 2 } else { at + 1 })
        }
        (None, Some("\r\n")) => rest.windows(2).position(|pair| pair == [CR, LF]).map(|at| at + 2),
        (None, Some("\r")) => rest.iter().position(|&c| c == CR).map(|at| at + 1),
        _ => rest.iter().position(|&c| c == LF).map(|at| at + 1),
    };
    end.unwrap_or(rest.len())
}

/// The text with another line end than `\n`.
pub fn with_newline(text: &PyStr, newline: &str) -> PyStr {
    if text.iter().all(|c| c != 10) {
        return text.clone();
    }
    let mut out = PyStrBuilder::with_capacity(text.len());
    for c in text.iter() {
        if c == 10 {
            out.push_chars(newline);
        } else {
            out.push(c);
        }
    }
    out.finish()
}

/// The `newline` argument as one of the five there may be.
pub fn newline_kind(newline: &str) -> Option<&'static str> {
    ["", "\n", "\r", "\r\n"].into_iter().find(|kind| *kind == newline)
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let newline = match args.get(vm, 2) {
        None => Some("\n"),
        Some(NONE) => None,
        Some(newline) => {
            let Some(text) = vm.text(newline) else {
                let given = vm.type_name(newline);
                return Err(vm.type_error(format!("newline must be str or None, not {given}")));
            };
            match newline_kind(&text.to_string_lossy()) {
                Some(kind) => Some(kind),
                None => {
                    let shown = vm.repr_now(newline)?;
                    return Err(vm.value_error(format!("illegal newline value: {shown}")));
                }
            }
        }
    };
    let initial = match args.given(vm, 1) {
        None => None,
        Some(initial) => match vm.text(initial) {
            Some(text) => Some(text),
            None => {
                let given = vm.type_name(initial);
                return Err(vm.type_error(format!("initial_value must be str or None, not {given}")));
            }
        },
    };
    let mut new = State {
        ready: true,
        universal: match newline {
            None => Some(Newlines::new(true)),
            Some("") => Some(Newlines::new(false)),
            _ => None,
        },
        write_newline: newline.filter(|kind| matches!(*kind, "\r" | "\r\n")),
        newline,
        ..State::default()
    };
    let initial = initial.filter(|text| !text.is_empty()).map(|text| new.translated(&text));
    replace(vm, args.at(vm, 0), new);
    if let Some(text) = initial {
        memory::realize(vm, args.at(vm, 0));
        write_text(vm, args.at(vm, 0), &text);
        if let Some(state) = foreign_mut::<State>(vm, args.at(vm, 0)) {
            state.at = 0;
        }
    }
    done(vm.none())
}

/// Another state in the place of what there was; its buffer stays.
fn replace(vm: &mut Vm, file: ObjRef, mut new: State) {
    memory::reset(vm, file, new.newline);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        new.memory = state.memory;
        *state = new;
    }
}

fn write_text(vm: &mut Vm, file: ObjRef, text: &PyStr) {
    memory::before_write(vm, file, text);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        state.write(text);
    }
}

fn yes(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    done(vm.new_bool(true))
}

fn close(vm: &mut Vm, args: Args) -> Res {
    if let Some(state) = foreign_mut::<State>(vm, args.at(vm, 0)) {
        state.closed = true;
        state.content = Vec::new();
    }
    memory::reset(vm, args.at(vm, 0), Some("\n"));
    done(vm.none())
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    state(vm, args)?;
    if vm.ty(file) != STRING_IO {
        // A class may have its own idea of a line.
        return vm.call_then(
            "__next__",
            &[file],
            |vm, refs| super::call(vm, refs[0], "readline", &[]),
            |vm, _, line| match vm.heap.str(line).map(|text| text.is_empty()) {
                Some(false) => done(line),
                Some(true) => {
                    vm.decref(line);
                    Err(stop(vm))
                }
                None => {
                    let given = vm.type_name(line);
                    vm.decref(line);
                    Err(vm.raise(OS_ERROR, format!("readline() should have returned a str object, not '{given}'")))
                }
            },
        );
    }
    memory::realize(vm, file);
    let line = state(vm, args)?.line(-1);
    if line.is_empty() { Err(stop(vm)) } else { done(vm.new_str(line)) }
}

fn read(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let size = size_argument(vm, args.get(vm, 1))?;
    let (file, size) = (args.at(vm, 0), usize::try_from(size).unwrap_or(usize::MAX));
    let is_all = state(vm, args)?.at == 0 && size >= state(vm, args)?.content.len();
    if is_all && memory::is_accumulating(vm, file) {
        let state = state(vm, args)?;
        state.at = state.content.len();
        return done(value(vm, file));
    }
    memory::realize(vm, file);
    let text = state(vm, args)?.take(size);
    done(vm.new_str(text))
}

fn write(vm: &mut Vm, args: Args) -> Res {
    let (file, text) = (args.at(vm, 0), args.at(vm, 1));
    open_state_unless_closed(vm, file)?;
    let Some(content) = vm.text(text) else {
        let given = vm.type_name(text);
        return Err(vm.type_error(format!("string argument expected, got '{given}'")));
    };
    if !content.is_empty() {
        let translated = state(vm, args)?.translated(&content);
        write_text(vm, file, &translated);
    }
    done(vm.new_usize(content.len()))
}

fn open_state_unless_closed(vm: &mut Vm, file: ObjRef) -> Result<(), Raised> {
    match foreign::<State>(vm, file) {
        Some(State { ready: false, .. }) => Err(vm.value_error("I/O operation on uninitialized object")),
        _ => open_state(vm, file).map(drop),
    }
}

fn seek(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let offset = convert::ssize(vm, args.at(vm, 1))?;
    let whence = match args.get(vm, 2) {
        Some(whence) => convert::c_int(vm, whence)?,
        None => 0,
    };
    let state = state(vm, args)?;
    match whence {
        0 if offset < 0 => return Err(vm.value_error(format!("Negative seek position {offset}"))),
        0 => state.at = offset as usize,
        1 | 2 if offset != 0 => return Err(unsupported_seek(vm)),
        1 => {}
        2 => state.at = state.content.len(),
        _ => return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
    let at = state.at;
    done(vm.new_usize(at))
}

fn unsupported_seek(vm: &mut Vm) -> Raised {
    vm.raise(OS_ERROR, "Can't do nonzero cur-relative seeks")
}

fn truncate(vm: &mut Vm, args: Args) -> Res {
    let at = state(vm, args)?.at as i64;
    let size = super::size_or(vm, args, at)?;
    let Ok(size) = usize::try_from(size) else { return Err(vm.value_error(format!("Negative size value {size}"))) };
    if size < state(vm, args)?.content.len() {
        memory::realize(vm, args.at(vm, 0));
        memory::resize(vm, args.at(vm, 0), size);
        state(vm, args)?.content.truncate(size);
    }
    done(vm.new_usize(size))
}

fn get_state(vm: &mut Vm, args: Args) -> Res {
    let (newline, at) = {
        let state = state(vm, args)?;
        (state.newline, state.at)
    };
    let dict = vm.dict_in_use(args.at(vm, 0));
    let newline = match newline {
        Some(newline) => vm.new_str(newline),
        None => vm.none(),
    };
    let parts = [value(vm, args.at(vm, 0)), newline, vm.new_usize(at), vm.own(dict)];
    done(vm.new_tuple(parts))
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    let given = args.at(vm, 1);
    let parts = vm.heap.tuple(given).map(<[ObjRef]>::to_vec).unwrap_or_default();
    if parts.len() < 4 {
        let (this, kind) = (vm.type_name(args.at(vm, 0)), vm.type_name(given));
        return Err(vm.type_error(format!("{this}.__setstate__ argument should be 4-tuple, got {kind}")));
    }
    let content: Vec<u32> = vm.text(parts[0]).map(|text| text.iter().collect()).unwrap_or_default();
    let at = convert::ssize(vm, parts[2])?;
    let Ok(at) = usize::try_from(at) else { return Err(vm.value_error("position value cannot be negative")) };
    let newline = vm.text(parts[1]).and_then(|text| newline_kind(&text.to_string_lossy()));
    let new = State {
        content,
        at,
        ready: true,
        universal: match newline {
            None => Some(Newlines::new(true)),
            Some("") => Some(Newlines::new(false)),
            _ => None,
        },
        write_newline: newline.filter(|kind| matches!(*kind, "\r" | "\r\n")),
        newline,
        ..State::default()
    };
    let len = new.content.len();
    replace(vm, args.at(vm, 0), new);
    memory::realize(vm, args.at(vm, 0));
    memory::resize(vm, args.at(vm, 0), len);
    if parts[3] != NONE {
        let pairs: Vec<(ObjRef, ObjRef)> = vm.heap.dict(parts[3]).map(|dict| dict.iter().collect()).unwrap_or_default();
        for (name, value) in pairs {
            vm.set_own_attr(args.at(vm, 0), name, value);
        }
    }
    done(vm.none())
}

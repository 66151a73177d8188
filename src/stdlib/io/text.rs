//! `io.TextIOWrapper`: text over a binary file, with an encoding and line ends.
//!
//! ```text
//!   buffer ─▶ snapshot (bytes) ─ decoder ─▶ decoded[used..] ─▶ the program reads
//!   buffer ◀─ pending (bytes) ◀─ encoder ◀─ the program writes
//! ```
//!
//! `open("x.txt")` gives one. Counterpart in CPython 3.11: `Modules/_io/textio.c`.

pub mod coding;
mod place;
mod reading;
mod setup;
mod writing;

pub use setup::{Wish, init};

use super::{
    attribute, base, call, io_state, is_closed,
    newlines::Newlines,
    task::{self, Next, Step, Task},
    unsupported,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    text::PyStr,
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Any, Named, None as NoArgs, One, Range},
        },
        native_frame::Input,
        raised::done,
    },
};
use coding::{Decoder, Encoder};

#[derive(Clone)]
pub struct State {
    pub buffer: Option<ObjRef>,
    detached: bool,
    encoder: Option<Encoder>,
    decoder: Option<Decoder>,
    /// As they were given.
    encoding: String,
    errors: String,
    /// The `newline` argument.
    newline: Option<&'static str>,
    line_buffering: bool,
    write_through: bool,
    /// Nothing is held back, though `write_through` is not set: the machine's own streams.
    immediate: bool,
    /// The error handler that it began with.
    first_errors: String,
    has_read1: bool,
    seekable: bool,
    /// Positions can be told: not while the file is iterated over.
    telling: bool,
    has_read: bool,
    /// How much is asked of the buffer at a time, and held back of what is written.
    chunk: usize,
    /// Text read ahead, and how much of it was asked for.
    decoded: PyStr,
    used: usize,
    /// The decoder's flags and the bytes it then decoded to `decoded`.
    snapshot: Option<(i64, Vec<u8>)>,
    /// Bytes of the last piece for each character of it.
    ratio: f64,
    /// Encoded, but not yet given to the buffer.
    pending: Vec<u8>,
}

io_state!(State, [buffer], |state| state.buffer.is_some());

impl Default for State {
    fn default() -> State {
        State {
            buffer: None,
            detached: false,
            encoder: None,
            decoder: None,
            encoding: String::new(),
            errors: String::new(),
            newline: None,
            line_buffering: false,
            write_through: false,
            immediate: false,
            first_errors: String::new(),
            has_read1: false,
            seekable: false,
            telling: false,
            has_read: false,
            chunk: super::DEFAULT_BUFFER_SIZE,
            decoded: PyStr::empty(),
            used: 0,
            snapshot: None,
            ratio: 0.0,
            pending: Vec::new(),
        }
    }
}

impl State {
    /// Forgets what was read ahead.
    fn forget(&mut self) {
        self.decoded = PyStr::empty();
        self.used = 0;
        self.snapshot = None;
    }

    /// Whatever is written goes to the buffer at once.
    pub fn hold_nothing_back(&mut self) {
        self.immediate = true;
        self.first_errors = self.errors.clone();
    }

    /// Writes UTF-8 and leaves line ends alone.
    pub fn writes_plainly(&self) -> bool {
        let is_utf8 = matches!(crate::text::codec::Encoding::lookup(&self.encoding), Some(crate::text::codec::Encoding::Utf8));
        is_utf8 && self.errors == self.first_errors && !matches!(self.newline, Some("\r" | "\r\n"))
    }

    /// All that was asked of the outside world has been handed to the program.
    pub fn is_drained(&self) -> bool {
        self.used == self.decoded.len()
    }
}

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper(
            "__init__",
            Named("buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False"),
            setup::init_method,
        ),
        Def::wrapper("__repr__", NoArgs, repr),
        Def::wrapper("__next__", NoArgs, reading::next),
        Def::method("detach", NoArgs, detach),
        Def::method(
            "reconfigure",
            Named("*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None"),
            setup::reconfigure,
        ),
        Def::method("write", One, writing::write),
        Def::method("read", Range(0, 1), reading::read),
        Def::method("readline", Range(0, 1), reading::read_line),
        Def::method("flush", NoArgs, writing::flush),
        Def::method("close", NoArgs, writing::close),
        Def::method("fileno", NoArgs, |vm, args| ask_buffer(vm, args, "fileno")),
        Def::method("seekable", NoArgs, |vm, args| ask_buffer(vm, args, "seekable")),
        Def::method("readable", NoArgs, |vm, args| ask_buffer(vm, args, "readable")),
        Def::method("writable", NoArgs, |vm, args| ask_buffer(vm, args, "writable")),
        Def::method("isatty", NoArgs, |vm, args| ask_buffer(vm, args, "isatty")),
        Def::method("seek", Range(1, 2), place::seek),
        Def::method("tell", NoArgs, place::tell),
        Def::method("truncate", Range(0, 1), place::truncate),
        Def::member("encoding", |vm, args| {
            let encoding = state(vm, args.at(vm, 0)).map(|state| state.encoding.clone()).unwrap_or_default();
            done(vm.new_str(encoding))
        }),
        Def::member("buffer", |vm, args| {
            let file = args.at(vm, 0);
            match state(vm, file).and_then(|state| state.buffer) {
                Some(buffer) => done(vm.own(buffer)),
                None => done(vm.none()),
            }
        }),
        Def::member("line_buffering", |vm, args| {
            let flag = state(vm, args.at(vm, 0)).is_some_and(|state| state.line_buffering);
            done(vm.new_bool(flag))
        }),
        Def::member("write_through", |vm, args| {
            let flag = state(vm, args.at(vm, 0)).is_some_and(|state| state.write_through);
            done(vm.new_bool(flag))
        }),
        Def::getter("name", |vm, args| {
            let buffer = buffer_of(vm, args.at(vm, 0))?;
            attribute(vm, buffer, "name")
        }),
        Def::getter("closed", |vm, args| {
            let buffer = buffer_of(vm, args.at(vm, 0))?;
            attribute(vm, buffer, "closed")
        }),
        Def::getter("newlines", |vm, args| {
            let file = args.at(vm, 0);
            buffer_of(vm, file)?;
            match state(vm, file).and_then(|state| state.decoder.as_ref()).and_then(|decoder| decoder.newlines) {
                Some(newlines) => done(newlines.met(vm)),
                None => done(vm.none()),
            }
        }),
        Def::getter("errors", |vm, args| {
            let file = args.at(vm, 0);
            buffer_of(vm, file)?;
            let errors = state(vm, file).map(|state| state.errors.clone()).unwrap_or_default();
            done(vm.new_str(errors))
        }),
        Def::getter("_CHUNK_SIZE", |vm, args| {
            let chunk = state(vm, args.at(vm, 0)).map_or(0, |state| state.chunk);
            done(vm.new_usize(chunk))
        })
        .with_setter(set_chunk_size),
    ]
}

pub fn state(vm: &Vm, file: ObjRef) -> Option<&State> {
    foreign(vm, file)
}

pub fn state_mut(vm: &mut Vm, file: ObjRef) -> Option<&mut State> {
    foreign_mut(vm, file)
}

/// The state of a file that has its buffer.
fn attached(vm: &mut Vm, file: ObjRef) -> Result<&mut State, Raised> {
    buffer_of(vm, file)?;
    Ok(foreign_mut(vm, file).expect("it has a buffer"))
}

/// The binary file below, borrowed.
fn buffer_of(vm: &mut Vm, file: ObjRef) -> Result<ObjRef, Raised> {
    match state(vm, file) {
        Some(State { buffer: Some(buffer), .. }) => Ok(*buffer),
        Some(State { detached: true, .. }) => Err(vm.value_error("underlying buffer has been detached")),
        _ => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

/// The binary file below, which must not be closed.
fn open_buffer(vm: &mut Vm, file: ObjRef) -> Result<ObjRef, Raised> {
    let buffer = buffer_of(vm, file)?;
    if is_closed(vm, buffer)? { Err(super::closed(vm)) } else { Ok(buffer) }
}

fn ask_buffer(vm: &mut Vm, args: Args, method: &str) -> Res {
    let buffer = buffer_of(vm, args.at(vm, 0))?;
    call(vm, buffer, method, &[])
}

fn set_chunk_size(vm: &mut Vm, args: Args) -> Res {
    let Some(size) = args.get(vm, 1) else { return Err(vm.raise(ATTRIBUTE_ERROR, "cannot delete attribute")) };
    let size = convert::ssize(vm, size)?;
    if size <= 0 {
        return Err(vm.value_error("a strictly positive integer is required"));
    }
    attached(vm, args.at(vm, 0))?.chunk = size as usize;
    done(vm.none())
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let title = super::class_title(vm, file);
    if state(vm, file).is_none_or(|state| state.buffer.is_none() && !state.detached) {
        return Err(vm.value_error("I/O operation on uninitialized object"));
    }
    if vm.is_shown(file) {
        return Err(vm.raise(RUNTIME_ERROR, format!("reentrant call inside {title}.__repr__")));
    }
    vm.repr_enter(file);
    let name = super::shown_name(vm, file, "name");
    let mode = super::shown_name(vm, file, "mode");
    vm.repr_leave(file);
    let mut text = format!("<{title}");
    if let Some(name) = name? {
        text.push_str(&format!(" name={name}"));
    }
    if let Some(mode) = mode? {
        text.push_str(&format!(" mode={mode}"));
    }
    let encoding = state(vm, file).map(|state| state.encoding.clone()).unwrap_or_default();
    text.push_str(&format!(" encoding='{encoding}'>"));
    done(vm.new_str(text))
}

/// Gives the binary file away; this one is of no use any more.
fn detach(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    buffer_of(vm, file)?;
    vm.call_then(
        "detach",
        &[file],
        |vm, refs| call(vm, refs[0], "flush", &[]),
        |vm, refs, none| {
            vm.decref(none);
            let state = attached(vm, refs[0])?;
            let buffer = state.buffer.take();
            state.detached = true;
            vm.heap.slot_mut(refs[0]).num = 0;
            done(buffer.expect("it has a buffer"))
        },
    )
}

//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`: bytes of a raw file through a buffer.
//!
//! ```text
//!   raw file   … read already │ ahead, not yet asked for │ …          written: given to us, not yet to the raw file
//!                             ▲ read[at..]
//! ```
//!
//! Never both at once: before a write the raw file goes back to where the reader stands, before a read what was written goes
//! out. `open("x.bin", "rb")` is a BufferedReader. Counterpart in CPython 3.11: `Modules/_io/bufferedio.c`.

pub mod pair;
mod place;
mod reading;
mod writing;

use super::{
    attribute, base,
    base::{Able, Check},
    call, io_state, is_closed,
    task::{self, Next, Step, Task},
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::core_types::*,
    stdlib::{foreign, foreign_mut},
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

#[derive(Clone, Default)]
pub struct State {
    pub raw: Option<ObjRef>,
    detached: bool,
    size: usize,
    /// Bytes read from the raw file.
    read: Vec<u8>,
    /// How many of them were asked for.
    at: usize,
    written: Vec<u8>,
    /// One of the machine's own streams: nothing is held back.
    unbuffered: bool,
}

io_state!(State, [raw], |state| state.raw.is_some());

impl State {
    fn ahead(&self) -> &[u8] {
        &self.read[self.at..]
    }

    /// The next bytes of those that were read ahead.
    fn take(&mut self, most: usize) -> Vec<u8> {
        let end = self.at + most.min(self.read.len() - self.at);
        let bytes = self.read[self.at..end].to_vec();
        self.at = end;
        bytes
    }

    /// All that was read has been handed on.
    pub fn is_drained(&self) -> bool {
        self.ahead().is_empty()
    }

    fn forget_ahead(&mut self) {
        self.read.clear();
        self.at = 0;
    }
}

fn common() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Named("raw, buffer_size=8192"), init_method),
        Def::wrapper("__repr__", NoArgs, repr),
        Def::method("close", NoArgs, |vm, args| {
            let file = args.at(vm, 0);
            let raw = raw_of(vm, file)?;
            if is_closed(vm, raw)? {
                return done(vm.none());
            }
            task::run(vm, base::CloseLayer::new(file, raw))
        }),
        Def::method("detach", NoArgs, detach),
        Def::method("seekable", NoArgs, |vm, args| ask_raw(vm, args, "seekable")),
        Def::method("fileno", NoArgs, |vm, args| ask_raw(vm, args, "fileno")),
        Def::method("isatty", NoArgs, |vm, args| ask_raw(vm, args, "isatty")),
        Def::method("_dealloc_warn", One, super::nothing),
        Def::method("flush", NoArgs, writing::flush),
        Def::method("seek", Range(1, 2), place::seek),
        Def::method("tell", NoArgs, place::tell),
        Def::method("truncate", Range(0, 1), place::truncate),
        Def::method("__sizeof__", NoArgs, |vm, args| {
            let size = state(vm, args.at(vm, 0)).map_or(0, |state| state.size);
            done(vm.new_usize(152 + size))
        }),
        Def::member("raw", |vm, args| {
            let file = args.at(vm, 0);
            match state(vm, file).and_then(|state| state.raw) {
                Some(raw) => done(vm.own(raw)),
                None => done(vm.none()),
            }
        }),
        Def::getter("closed", |vm, args| {
            let raw = raw_of(vm, args.at(vm, 0))?;
            attribute(vm, raw, "closed")
        }),
        Def::getter("name", |vm, args| {
            let raw = raw_of(vm, args.at(vm, 0))?;
            attribute(vm, raw, "name")
        }),
        Def::getter("mode", |vm, args| {
            let raw = raw_of(vm, args.at(vm, 0))?;
            attribute(vm, raw, "mode")
        }),
    ]
}

fn reading_rows() -> Vec<Def> {
    vec![
        Def::wrapper("__next__", NoArgs, reading::next),
        Def::method("readable", NoArgs, |vm, args| ask_raw(vm, args, "readable")),
        Def::method("read", Range(0, 1), reading::read),
        Def::method("peek", Range(0, 1), reading::peek),
        Def::method("read1", Range(0, 1), reading::read1),
        Def::method("readinto", One, reading::read_into::<false>),
        Def::method("readinto1", One, reading::read_into::<true>),
        Def::method("readline", Range(0, 1), reading::read_line),
    ]
}

fn writing_rows() -> Vec<Def> {
    vec![Def::method("writable", NoArgs, |vm, args| ask_raw(vm, args, "writable")), Def::method("write", One, writing::write)]
}

pub fn reader_natives() -> Vec<Def> {
    let mut rows = common();
    rows.extend(reading_rows());
    rows
}

pub fn writer_natives() -> Vec<Def> {
    let mut rows = common();
    rows.extend(writing_rows());
    rows
}

pub fn random_natives() -> Vec<Def> {
    let mut rows = common();
    rows.extend(reading_rows());
    rows.extend(writing_rows());
    rows
}

pub fn state(vm: &Vm, file: ObjRef) -> Option<&State> {
    foreign(vm, file)
}

fn state_mut(vm: &mut Vm, file: ObjRef) -> Option<&mut State> {
    foreign_mut(vm, file)
}

/// The raw file below, borrowed.
fn raw_of(vm: &mut Vm, file: ObjRef) -> Result<ObjRef, Raised> {
    match state(vm, file) {
        Some(State { raw: Some(raw), .. }) => Ok(*raw),
        Some(State { detached: true, .. }) => Err(vm.value_error("raw stream has been detached")),
        _ => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

/// The raw file of a file that must not be closed: `ValueError: read of closed file`.
fn open_raw(vm: &mut Vm, file: ObjRef, what: &str) -> Result<ObjRef, Raised> {
    let raw = raw_of(vm, file)?;
    if is_closed(vm, raw)? {
        return Err(vm.value_error(format!("{what} of closed file")));
    }
    Ok(raw)
}

fn ask_raw(vm: &mut Vm, args: Args, method: &str) -> Res {
    let raw = raw_of(vm, args.at(vm, 0))?;
    call(vm, raw, method, &[])
}

fn init_method(vm: &mut Vm, args: Args) -> Res {
    let size = match args.get(vm, 2) {
        Some(size) => convert::ssize(vm, size)?,
        None => super::DEFAULT_BUFFER_SIZE as i64,
    };
    let (file, raw) = (args.at(vm, 0), args.at(vm, 1));
    let wanted = match vm.core_of(file) {
        BUFFERED_READER => vec![Able::Readable],
        BUFFERED_WRITER => vec![Able::Writable],
        _ => vec![Able::Writable, Able::Readable, Able::Seekable],
    };
    let check: fn(&mut Vm, &[ObjRef], ObjRef) -> Res = |vm, refs, answer| {
        vm.decref(answer);
        let size = convert::ssize(vm, refs[2])?;
        if size <= 0 {
            return Err(vm.value_error("buffer size must be strictly positive"));
        }
        set_up(vm, refs[0], refs[1], size as usize);
        done(vm.none())
    };
    let size = vm.new_int(size);
    let first: fn(&mut Vm, &[ObjRef]) -> Res = match wanted.len() {
        3 => |vm, refs| task::run(vm, Check { file: refs[1], wanted: vec![Able::Writable, Able::Readable, Able::Seekable], asked: false }),
        _ if wanted == [Able::Readable] => |vm, refs| task::run(vm, Check { file: refs[1], wanted: vec![Able::Readable], asked: false }),
        _ => |vm, refs| task::run(vm, Check { file: refs[1], wanted: vec![Able::Writable], asked: false }),
    };
    let result = vm.holding(size, |vm| vm.call_then("__init__", &[file, raw, size], first, check));
    vm.decref(size);
    result
}

/// Makes a buffered file over a raw one that `open` has just opened.
pub fn init(vm: &mut Vm, file: ObjRef, raw: ObjRef, size: usize) -> Res {
    if vm.ty(file) == BUFFERED_RANDOM {
        set_up(vm, file, raw, size);
        return task::run(vm, Check { file: raw, wanted: vec![Able::Seekable], asked: false });
    }
    set_up(vm, file, raw, size);
    done(vm.none())
}

/// The state of a fresh file over a raw one (borrowed).
pub fn set_up(vm: &mut Vm, file: ObjRef, raw: ObjRef, size: usize) {
    vm.incref(raw);
    let unbuffered = super::file::state(vm, raw).is_some_and(|state| matches!(state.fd, 1 | 2));
    let new = State { raw: Some(raw), size, unbuffered, ..State::default() };
    let old = match state_mut(vm, file) {
        Some(state) => std::mem::replace(state, new).raw,
        None => None,
    };
    vm.xdecref(old);
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let title = super::class_title(vm, file);
    if vm.is_shown(file) {
        return Err(vm.raise(RUNTIME_ERROR, format!("reentrant call inside {title}.__repr__")));
    }
    vm.repr_enter(file);
    let name = super::shown_name(vm, file, "name");
    vm.repr_leave(file);
    done(vm.new_str(match name? {
        Some(name) => format!("<{title} name={name}>"),
        None => format!("<{title}>"),
    }))
}

/// Gives the raw file away; this one is of no use any more.
fn detach(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    vm.call_then(
        "detach",
        &[file],
        |vm, refs| call(vm, refs[0], "flush", &[]),
        |vm, refs, none| {
            vm.decref(none);
            let raw = raw_of(vm, refs[0])?;
            if let Some(state) = state_mut(vm, refs[0]) {
                *state = State { detached: true, ..State::default() };
            }
            done(raw)
        },
    )
}

/// Reads at most so many bytes from a raw file, bytes or None; straight from a FileIO.
fn read_raw(vm: &mut Vm, raw: ObjRef, most: usize) -> Res {
    if vm.ty(raw) == FILE_IO {
        return super::file::read_some(vm, raw, Some(most));
    }
    task::run(vm, base::ReadByBuffer::new(raw, most, true))
}

/// Goes to a place in a raw file.
fn seek_raw(vm: &mut Vm, raw: ObjRef, offset: i64, whence: i32) -> Res {
    if vm.ty(raw) == FILE_IO {
        return super::file::seek_to(vm, raw, offset, whence);
    }
    let args = [vm.new_int(offset), vm.new_int(i64::from(whence))];
    let result = call(vm, raw, "seek", &args);
    vm.decref_all(args);
    result
}

/// A `write`, `flush`, … that first has to bring the raw file to where the reader stands, or to write out: what both need.
#[derive(Clone)]
struct Settle {
    /// borrowed
    file: ObjRef,
    sought: bool,
}

impl Settle {
    fn new(file: ObjRef) -> Settle {
        Settle { file, sought: false }
    }
}

/// Writes out what was written, and gives up what was read ahead: the raw file stands where this one does.
impl Task for Settle {
    fn name(&self) -> &'static str {
        "flush"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        if let Some(value) = value {
            if self.sought {
                vm.decref(value);
                return Ok(Next::Done(vm.none()));
            }
            writing::written(vm, self.file, value)?;
        }
        let raw = raw_of(vm, self.file)?;
        if let Some(step) = writing::write_out(vm, self.file, raw) {
            return Ok(step);
        }
        let Some(state) = state_mut(vm, self.file) else { return Ok(Next::Done(vm.none())) };
        let ahead = state.ahead().len() as i64;
        state.forget_ahead();
        if ahead == 0 {
            return Ok(Next::Done(vm.none()));
        }
        self.sought = true;
        Ok(Next::Wait(seek_raw(vm, raw, -ahead, 1)))
    }
}

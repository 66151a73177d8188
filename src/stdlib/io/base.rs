//! `_io._IOBase` and the three abstract layers: what a file class written in Python inherits.
//!
//! Its methods are defined by one another: `for line in f` calls `f.readline()`, which calls `f.read(1)`.
//! Counterpart in CPython 3.11: `Modules/_io/iobase.c` and the abstract classes of its neighbours.

use super::{
    attribute_now, buffer_len, buffered, bytes_argument, bytes_io, call, check_open, closed, file, fill_buffer, is_closed, new_object,
    newlines, size_argument, string_io,
    task::{self, Next, Step, Task},
    text, unsupported,
};
use crate::{
    builtins::{convert, functions::iteration::stop, types},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Any, None as NoArgs, One, Range},
        },
        native_frame::Input,
        raised::done,
    },
};

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, new),
        Def::wrapper("__iter__", NoArgs, iter),
        Def::wrapper("__next__", NoArgs, next),
        Def::wrapper("__del__", NoArgs, del),
        Def::getter("__dict__", types::instance_dict),
        Def::method("seek", Any, |vm, _| Err(unsupported(vm, "seek"))),
        Def::method("tell", NoArgs, tell),
        Def::method("truncate", Any, |vm, _| Err(unsupported(vm, "truncate"))),
        Def::method("flush", NoArgs, flush),
        Def::method("close", NoArgs, |vm, args| task::run(vm, Close { file: args.at(vm, 0), stage: 0 })),
        Def::method("seekable", NoArgs, no),
        Def::method("readable", NoArgs, no),
        Def::method("writable", NoArgs, no),
        Def::method("_checkClosed", Range(0, 1), |vm, args| check_open(vm, args.at(vm, 0)).and_then(|()| done(vm.none()))),
        Def::method("_checkSeekable", Range(0, 1), |vm, args| check_able(vm, args, Able::Seekable)),
        Def::method("_checkReadable", Range(0, 1), |vm, args| check_able(vm, args, Able::Readable)),
        Def::method("_checkWritable", Range(0, 1), |vm, args| check_able(vm, args, Able::Writable)),
        Def::method("fileno", NoArgs, |vm, _| Err(unsupported(vm, "fileno"))),
        Def::method("isatty", NoArgs, |vm, args| check_open(vm, args.at(vm, 0)).and_then(|()| done(vm.new_bool(false)))),
        Def::method("__enter__", NoArgs, iter),
        Def::method("__exit__", Any, |vm, args| call(vm, args.at(vm, 0), "close", &[])),
        Def::method("readline", Range(0, 1), read_line),
        Def::method("readlines", Range(0, 1), read_lines),
        Def::method("writelines", One, write_lines),
        Def::getter("closed", |vm, args| {
            let closed = says_closed(vm, args.at(vm, 0))?;
            done(vm.new_bool(closed))
        }),
    ]
}

/// `_RawIOBase`
pub fn raw_natives() -> Vec<Def> {
    vec![
        Def::method("read", Range(0, 1), raw_read),
        Def::method("readall", NoArgs, |vm, args| task::run(vm, ReadAll { file: args.at(vm, 0), got: Vec::new() })),
        Def::method("readinto", Any, not_implemented),
        Def::method("write", Any, not_implemented),
    ]
}

/// `_BufferedIOBase`
pub fn buffered_natives() -> Vec<Def> {
    vec![
        Def::method("detach", NoArgs, |vm, _| Err(unsupported(vm, "detach"))),
        Def::method("read", Any, |vm, _| Err(unsupported(vm, "read"))),
        Def::method("read1", Any, |vm, _| Err(unsupported(vm, "read1"))),
        Def::method("readinto", One, |vm, args| read_into(vm, args, "read")),
        Def::method("readinto1", One, |vm, args| read_into(vm, args, "read1")),
        Def::method("write", Any, |vm, _| Err(unsupported(vm, "write"))),
    ]
}

/// `_TextIOBase`
pub fn text_natives() -> Vec<Def> {
    vec![
        Def::method("detach", Any, |vm, _| Err(unsupported(vm, "detach"))),
        Def::method("read", Any, |vm, _| Err(unsupported(vm, "read"))),
        Def::method("readline", Any, |vm, _| Err(unsupported(vm, "readline"))),
        Def::method("write", Any, |vm, _| Err(unsupported(vm, "write"))),
        Def::getter("encoding", super::nothing),
        Def::getter("newlines", super::nothing),
        Def::getter("errors", super::nothing),
    ]
}

/// `__new__` of all file types: an object that is not initialised.
pub fn new(vm: &mut Vm, args: Args) -> Res {
    let Some(class) = args.get(vm, 0).filter(|&class| vm.heap.as_type(class).is_some()) else {
        return Err(vm.type_error("object.__new__(X): X is not a type object"));
    };
    vm.check_not_abstract(class)?;
    let solid = vm.heap.type_of_type(class).solid_base;
    done(match solid {
        FILE_IO => new_object(vm, class, file::State::default()),
        BYTES_IO => new_object(vm, class, bytes_io::State::default()),
        STRING_IO => new_object(vm, class, string_io::State::default()),
        BUFFERED_READER | BUFFERED_WRITER | BUFFERED_RANDOM => new_object(vm, class, buffered::State::default()),
        BUFFERED_RW_PAIR => new_object(vm, class, buffered::pair::State::default()),
        NEWLINE_DECODER => new_object(vm, class, newlines::State::default()),
        TEXT_IO => new_object(vm, class, text::State::default()),
        _ => vm.new_instance(class),
    })
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    check_open(vm, file)?;
    done(vm.own(file))
}

fn no(vm: &mut Vm, _args: Args) -> Res {
    done(vm.new_bool(false))
}

fn tell(vm: &mut Vm, args: Args) -> Res {
    let (zero, one) = (small_int(0).expect("small"), small_int(1).expect("small"));
    call(vm, args.at(vm, 0), "seek", &[zero, one])
}

fn not_implemented(vm: &mut Vm, _args: Args) -> Res {
    let empty = vm.own(EMPTY_TUPLE);
    Err(vm.raise_args(NOT_IMPLEMENTED_ERROR, empty))
}

/// What the object's own mark says.
fn says_closed(vm: &mut Vm, file: ObjRef) -> Result<bool, Raised> {
    let found = attribute_now(vm, file, "__IOBase_closed")?;
    let is_closed = found.is_some();
    vm.xdecref(found);
    Ok(is_closed)
}

fn flush(vm: &mut Vm, args: Args) -> Res {
    if says_closed(vm, args.at(vm, 0))? { Err(closed(vm)) } else { done(vm.none()) }
}

/// A file object dies: it is closed, whatever comes of it.
fn del(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    match is_closed(vm, file) {
        Ok(true) => done(vm.none()),
        Ok(false) => {
            warn_unclosed(vm, file);
            task::run(vm, Del { file, called: false })
        }
        Err(raised) => {
            vm.decref(raised.0);
            done(vm.none())
        }
    }
}

/// `ResourceWarning: unclosed file`, about the outermost layer over a file of the system.
fn warn_unclosed(vm: &mut Vm, file: ObjRef) {
    let buffer = text::state(vm, file).and_then(|state| state.buffer).unwrap_or(file);
    let raw = buffered::state(vm, buffer).and_then(|state| state.raw).unwrap_or(buffer);
    // At the end nobody has filters any more: only who asked for warnings gets this one.
    let is_quiet = vm.finalizing && vm.config.warn_options.is_empty();
    if is_quiet || !file::state(vm, raw).is_some_and(|state| state.fd >= 0 && state.closefd) {
        return;
    }
    let result = match vm.repr_now(file) {
        Ok(text) => crate::stdlib::_warnings::warn_text(vm, RESOURCE_WARNING, &format!("unclosed file {text}"), Some(file)),
        Err(raised) => Err(raised),
    };
    if let Err(raised) = result {
        vm.write_unraisable(raised, Some(raw));
    }
}

#[derive(Clone)]
struct Del {
    file: ObjRef,
    called: bool,
}

impl Task for Del {
    fn name(&self) -> &'static str {
        "__del__"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if self.called {
            vm.xdecref(input.value());
            return Ok(Next::Done(vm.none()));
        }
        self.called = true;
        Ok(Next::Wait(call(vm, self.file, "close", &[])))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        vm.decref(raised.0);
        Ok(Next::Done(vm.none()))
    }
}

/// `close()`: flushes, then notes that the file is closed, even if flushing failed.
#[derive(Clone)]
struct Close {
    file: ObjRef,
    stage: u8,
}

/// Notes on the object itself that it is closed.
pub fn mark_closed(vm: &mut Vm, file: ObjRef) {
    let name = vm.new_interned("__IOBase_closed");
    vm.set_own_attr(file, name, TRUE);
    vm.decref(name);
}

impl Task for Close {
    fn name(&self) -> &'static str {
        "close"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if self.stage == 0 {
            self.stage = 1;
            if says_closed(vm, self.file)? {
                return Ok(Next::Done(vm.none()));
            }
            return Ok(Next::Wait(call(vm, self.file, "flush", &[])));
        }
        mark_closed(vm, self.file);
        Ok(Next::Done(input.value().expect("what flush returned")))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        mark_closed(vm, self.file);
        Err(raised)
    }
}

// ── what a file can do ──────────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Able {
    Seekable,
    Readable,
    Writable,
}

impl Able {
    fn method(self) -> &'static str {
        match self {
            Able::Seekable => "seekable",
            Able::Readable => "readable",
            Able::Writable => "writable",
        }
    }

    fn complaint(self) -> &'static str {
        match self {
            Able::Seekable => "File or stream is not seekable.",
            Able::Readable => "File or stream is not readable.",
            Able::Writable => "File or stream is not writable.",
        }
    }
}

fn check_able(vm: &mut Vm, args: Args, able: Able) -> Res {
    task::run(vm, Check { file: args.at(vm, 0), wanted: vec![able], asked: false })
}

/// Asks a file whether it can do some things, and raises if not.
#[derive(Clone)]
pub struct Check {
    /// borrowed
    pub file: ObjRef,
    /// The last one first.
    pub wanted: Vec<Able>,
    pub asked: bool,
}

impl Task for Check {
    fn name(&self) -> &'static str {
        self.wanted.last().map_or("check", |able| able.method())
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if self.asked {
            let answer = input.value().expect("an answer");
            vm.decref(answer);
            if answer != TRUE {
                let complaint = self.wanted.last().expect("what was asked").complaint();
                return Err(unsupported(vm, complaint));
            }
            self.wanted.pop();
        }
        self.asked = true;
        match self.wanted.last() {
            Some(able) => Ok(Next::Wait(call(vm, self.file, able.method(), &[]))),
            None => Ok(Next::Done(vm.own(TRUE))),
        }
    }
}

// ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

fn next(vm: &mut Vm, args: Args) -> Res {
    vm.call_then(
        "__next__",
        &[args.at(vm, 0)],
        |vm, refs| call(vm, refs[0], "readline", &[]),
        |vm, _, line| {
            let is_empty = match (vm.heap.bytes(line), vm.heap.str(line)) {
                (Some(bytes), _) => bytes.is_empty(),
                (_, Some(text)) => text.is_empty(),
                _ => line == NONE,
            };
            if is_empty {
                vm.decref(line);
                return Err(stop(vm));
            }
            done(line)
        },
    )
}

fn read_line(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let limit = size_argument(vm, args.get(vm, 1))?;
    let peek = attribute_now(vm, file, "peek")?;
    let has_peek = peek.is_some();
    vm.xdecref(peek);
    task::run(vm, ReadLine { file, limit, line: Vec::new(), has_peek, stage: 0 })
}

/// Byte by byte, or with `peek` as many as are there.
#[derive(Clone)]
struct ReadLine {
    file: ObjRef,
    limit: i64,
    line: Vec<u8>,
    has_peek: bool,
    /// 1: `peek` was called, 2: `read` was
    stage: u8,
}

impl ReadLine {
    fn checked(vm: &mut Vm, bytes: ObjRef, function: &str) -> Result<Vec<u8>, Raised> {
        let result = match vm.heap.body(bytes) {
            Body::Bytes(content) => Ok(content.to_vec()),
            _ => {
                let given = vm.type_name(bytes);
                Err(vm.raise(OS_ERROR, format!("{function}() should have returned a bytes object, not '{given}'")))
            }
        };
        vm.decref(bytes);
        result
    }
}

impl Task for ReadLine {
    fn name(&self) -> &'static str {
        "readline"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let mut want = 1;
        match self.stage {
            1 => {
                let ahead = Self::checked(vm, input.value().expect("what peek returned"), "peek")?;
                if !ahead.is_empty() {
                    let most = if self.limit < 0 { ahead.len() } else { ahead.len().min(self.limit as usize - self.line.len()) };
                    want = ahead[..most].iter().position(|&byte| byte == b'\n').map_or(most, |at| at + 1);
                }
            }
            2 => {
                let bytes = Self::checked(vm, input.value().expect("what read returned"), "read")?;
                self.line.extend(&bytes);
                if bytes.is_empty() || self.line.ends_with(b"\n") {
                    return Ok(Next::Done(vm.new_bytes(std::mem::take(&mut self.line))));
                }
            }
            _ => {}
        }
        if self.limit >= 0 && self.line.len() as i64 >= self.limit {
            return Ok(Next::Done(vm.new_bytes(std::mem::take(&mut self.line))));
        }
        if self.has_peek && self.stage != 1 {
            self.stage = 1;
            return Ok(Next::Wait(call(vm, self.file, "peek", &[small_int(1).expect("small")])));
        }
        self.stage = 2;
        let want = vm.new_usize(want);
        let result = call(vm, self.file, "read", &[want]);
        vm.decref(want);
        Ok(Next::Wait(result))
    }
}

fn read_lines(vm: &mut Vm, args: Args) -> Res {
    let hint = size_argument(vm, args.get(vm, 1))?;
    task::run(vm, ReadLines { file: args.at(vm, 0), iterator: None, lines: Vec::new(), hint, size: 0 })
}

#[derive(Clone)]
struct ReadLines {
    file: ObjRef,
    iterator: Option<ObjRef>,
    lines: Vec<ObjRef>,
    hint: i64,
    size: i64,
}

impl Task for ReadLines {
    fn name(&self) -> &'static str {
        "readlines"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        match (input, self.iterator) {
            (Input::Start, _) => return Ok(Next::Wait(vm.get_iter(self.file))),
            (Input::Value(iterator), None) => self.iterator = Some(iterator),
            (Input::Value(line), Some(_)) => {
                self.lines.push(line);
                let len = match (vm.heap.bytes(line), vm.heap.str(line)) {
                    (Some(bytes), _) => bytes.len(),
                    (_, Some(text)) => text.len(),
                    _ => 0,
                };
                self.size += len as i64;
            }
            (Input::Exhausted, _) => return Ok(Next::Done(vm.new_list(std::mem::take(&mut self.lines)))),
        }
        if self.hint > 0 && self.size > self.hint {
            return Ok(Next::Done(vm.new_list(std::mem::take(&mut self.lines))));
        }
        Ok(Next::Item(self.iterator.expect("an iterator")))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.lines).for_each(|&object| visit(object));
    }
}

fn write_lines(vm: &mut Vm, args: Args) -> Res {
    let (file, lines) = (args.at(vm, 0), args.at(vm, 1));
    check_open(vm, file)?;
    task::run(vm, WriteLines { file, lines, iterator: None, line: None })
}

#[derive(Clone)]
struct WriteLines {
    file: ObjRef,
    lines: ObjRef,
    iterator: Option<ObjRef>,
    /// The line that is being written.
    line: Option<ObjRef>,
}

impl Task for WriteLines {
    fn name(&self) -> &'static str {
        "writelines"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        match (input, self.iterator) {
            (Input::Start, _) => return Ok(Next::Wait(vm.get_iter(self.lines))),
            (Input::Exhausted, _) => return Ok(Next::Done(vm.none())),
            (Input::Value(iterator), None) => self.iterator = Some(iterator),
            (Input::Value(written), Some(_)) if self.line.is_some() => {
                vm.decref(written);
                let line = self.line.take();
                vm.xdecref(line);
            }
            (Input::Value(line), Some(_)) => {
                self.line = Some(line);
                let name = vm.names.write;
                return Ok(Next::Wait(crate::builtins::functions::io::call_method(vm, self.file, name, &[line])));
            }
        }
        Ok(Next::Item(self.iterator.expect("an iterator")))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.line).for_each(|&object| visit(object));
    }
}

// ── raw files ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// `read(n)` by `readinto`, everything by `readall`.
fn raw_read(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let size = match args.get(vm, 1) {
        None => -1,
        Some(size) => convert::ssize(vm, size)?,
    };
    if size < 0 {
        return call(vm, file, "readall", &[]);
    }
    task::run(vm, ReadByBuffer::new(file, size as usize, false))
}

/// Reads at most so many bytes by `file.readinto(bytearray(n))`: bytes, or None if there are none yet.
#[derive(Clone)]
pub struct ReadByBuffer {
    file: ObjRef,
    size: usize,
    /// `readinto` is given a view of the buffer.
    by_view: bool,
    buffer: Option<ObjRef>,
}

impl ReadByBuffer {
    pub fn new(file: ObjRef, size: usize, by_view: bool) -> ReadByBuffer {
        ReadByBuffer { file, size, by_view, buffer: None }
    }
}

impl Task for ReadByBuffer {
    fn name(&self) -> &'static str {
        "read"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let Some(buffer) = self.buffer else {
            let buffer = vm.new_bytearray(vec![0; self.size]);
            self.buffer = Some(buffer);
            if !self.by_view {
                return Ok(Next::Wait(call(vm, self.file, "readinto", &[buffer])));
            }
            let view = match vm.call(MEMORYVIEW, &[buffer])? {
                Outcome::Done(view) => view,
                Outcome::Pushed => unreachable!("a view is made at once"),
            };
            let result = call(vm, self.file, "readinto", &[view]);
            vm.decref(view);
            return Ok(Next::Wait(result));
        };
        let count = input.value().expect("what readinto returned");
        if count == NONE {
            return Ok(Next::Done(count));
        }
        let len = convert::ssize(vm, count);
        vm.decref(count);
        let (len, size) = (len?, self.size);
        if len < 0 || len as usize > size {
            let message = format!("raw readinto() returned invalid length {len} (should have been between 0 and {size})");
            return Err(vm.raise(OS_ERROR, message));
        }
        let mut bytes = vm.heap.bytes(buffer).unwrap_or(&[]).to_vec();
        bytes.truncate(len as usize);
        Ok(Next::Done(vm.new_bytes(bytes)))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.buffer.iter().for_each(|&buffer| visit(buffer));
    }
}

#[derive(Clone)]
struct ReadAll {
    file: ObjRef,
    got: Vec<u8>,
}

impl Task for ReadAll {
    fn name(&self) -> &'static str {
        "readall"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if let Some(chunk) = input.value() {
            if chunk == NONE && self.got.is_empty() {
                return Ok(Next::Done(chunk));
            }
            let bytes = match vm.heap.body(chunk) {
                Body::Bytes(bytes) => Some(bytes.to_vec()),
                _ => None,
            };
            vm.decref(chunk);
            match bytes {
                None if chunk != NONE => return Err(vm.type_error("read() should return bytes")),
                Some(bytes) if !bytes.is_empty() => self.got.extend(bytes),
                _ => return Ok(Next::Done(vm.new_bytes(std::mem::take(&mut self.got)))),
            }
        }
        let size = vm.new_usize(super::DEFAULT_BUFFER_SIZE);
        let result = call(vm, self.file, "read", &[size]);
        vm.decref(size);
        Ok(Next::Wait(result))
    }
}

// ── buffered files ──────────────────────────────────────────────────────────────────────────────────────────────────

/// `readinto` by `read` or `read1`.
fn read_into(vm: &mut Vm, args: Args, method: &'static str) -> Res {
    let (file, buffer) = (args.at(vm, 0), args.at(vm, 1));
    let function = if method == "read" { "readinto" } else { "readinto1" };
    let len = buffer_len(vm, function, buffer)?;
    task::run(vm, ReadInto { file, buffer, len, method, called: false })
}

#[derive(Clone)]
struct ReadInto {
    file: ObjRef,
    buffer: ObjRef,
    len: usize,
    method: &'static str,
    called: bool,
}

impl Task for ReadInto {
    fn name(&self) -> &'static str {
        "readinto"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if !self.called {
            self.called = true;
            let len = vm.new_usize(self.len);
            let result = call(vm, self.file, self.method, &[len]);
            vm.decref(len);
            return Ok(Next::Wait(result));
        }
        let data = input.value().expect("what read returned");
        let bytes = match vm.heap.body(data) {
            Body::Bytes(_) => bytes_argument(vm, data),
            _ => Err(vm.type_error("read() should return bytes")),
        };
        vm.decref(data);
        let bytes = bytes?;
        if bytes.len() > self.len {
            let (got, most) = (bytes.len(), self.len);
            return Err(vm.value_error(format!("read() returned too much data: {most} bytes requested, {got} returned")));
        }
        fill_buffer(vm, self.buffer, &bytes);
        Ok(Next::Done(vm.new_usize(bytes.len())))
    }
}

/// `close()` of a layer: flushes, then closes the file below, even if flushing failed.
#[derive(Clone)]
pub struct CloseLayer {
    /// borrowed
    file: ObjRef,
    /// The file below; borrowed from it.
    below: ObjRef,
    /// What flushing raised.
    failure: Option<ObjRef>,
    stage: u8,
}

impl CloseLayer {
    pub fn new(file: ObjRef, below: ObjRef) -> CloseLayer {
        CloseLayer { file, below, failure: None, stage: 0 }
    }

    fn close_below(&mut self, vm: &mut Vm) -> Step {
        self.stage = 2;
        Ok(Next::Wait(call(vm, self.below, "close", &[])))
    }
}

impl Task for CloseLayer {
    fn name(&self) -> &'static str {
        "close"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            0 => {
                self.stage = 1;
                Ok(Next::Wait(call(vm, self.file, "flush", &[])))
            }
            1 => {
                vm.xdecref(value);
                self.close_below(vm)
            }
            _ => match self.failure.take() {
                Some(failure) => {
                    vm.xdecref(value);
                    Err(Raised(failure))
                }
                None => Ok(Next::Done(value.expect("what close returned"))),
            },
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        if self.stage == 1 {
            self.failure = Some(raised.0);
            return self.close_below(vm);
        }
        // Both failed: the first one is the context of the second.
        if let Some(first) = self.failure.take() {
            match vm.heap.exception_mut(raised.0) {
                Some(record) if record.context.is_none() => record.context = Some(first),
                _ => vm.decref(first),
            }
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.failure.iter().for_each(|&object| visit(object));
    }
}

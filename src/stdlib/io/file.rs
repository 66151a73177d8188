//! `io.FileIO`: a file as the system has it, without a buffer. Each call is a question to the outside world.
//!
//! Numbers 0 to 2 are the machine's own streams, others were given by [`Vm::free_handle`].
//! `io.FileIO("x.bin").read(3)` asks Open, then Read. Counterpart in CPython 3.11: `Modules/_io/fileio.c`.

use super::{
    base, buffer_len, bytes_argument, fill_buffer, io_state, os_error, size_argument,
    task::{self, Next, Step, Task},
    unsupported,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    vm::{
        Raised, Res, Vm,
        host::{Answer, FileFacts, FileRequest, OpenHow, Request, Stream},
        native::{
            Args, NativeDef as Def,
            Signature::{Any, Named, None as NoArgs, One, Range},
        },
        native_frame::Input,
        raised::done,
    },
};

#[derive(Clone)]
pub struct State {
    /// -1: closed, or not opened yet.
    pub fd: i64,
    created: bool,
    pub readable: bool,
    pub writable: bool,
    appending: bool,
    /// Whether it can be moved about in, once that has been tried.
    seekable: Option<bool>,
    pub closefd: bool,
    pub is_terminal: bool,
    pub block_size: u64,
    /// Bytes of a line of standard input that were not asked for yet.
    ahead: Vec<u8>,
}

io_state!(State, [], |state| state.fd >= 0);

impl Default for State {
    fn default() -> State {
        State {
            fd: -1,
            created: false,
            readable: false,
            writable: false,
            appending: false,
            seekable: None,
            closefd: true,
            is_terminal: false,
            block_size: super::DEFAULT_BUFFER_SIZE as u64,
            ahead: Vec::new(),
        }
    }
}

impl State {
    /// All that was read has been handed on.
    pub fn is_drained(&self) -> bool {
        self.ahead.is_empty()
    }

    /// One of the machine's own streams.
    pub fn of_stream(fd: i64) -> State {
        State { fd, readable: fd == 0, writable: fd != 0, seekable: Some(false), closefd: false, ..State::default() }
    }
}

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Named("file, mode='r', closefd=True, opener=None"), init),
        Def::wrapper("__repr__", NoArgs, repr),
        Def::method("read", Range(0, 1), read),
        Def::method("readall", NoArgs, |vm, args| {
            let file = args.at(vm, 0);
            open_fd(vm, file)?;
            if !state(vm, file).is_some_and(|state| state.readable) {
                return Err(os_error(vm, Answer::Failed(9, "Bad file descriptor".into()), None));
            }
            read_some(vm, file, None)
        }),
        Def::method("readinto", One, read_into),
        Def::method("write", One, |vm, args| write(vm, args.at(vm, 0), args.at(vm, 1))),
        Def::method("seek", Range(1, 2), seek),
        Def::method("tell", NoArgs, |vm, args| seek_to(vm, args.at(vm, 0), 0, 1)),
        Def::method("truncate", Range(0, 1), truncate),
        Def::method("close", NoArgs, close),
        Def::method("seekable", NoArgs, seekable),
        Def::method("readable", NoArgs, |vm, args| flag(vm, args, |state| state.readable)),
        Def::method("writable", NoArgs, |vm, args| flag(vm, args, |state| state.writable)),
        Def::method("fileno", NoArgs, |vm, args| {
            let fd = open_fd(vm, args.at(vm, 0))?;
            done(vm.new_int(fd))
        }),
        Def::method("isatty", NoArgs, |vm, args| flag(vm, args, |state| state.is_terminal)),
        Def::method("_dealloc_warn", One, super::nothing),
        Def::getter("closed", |vm, args| {
            let closed = state(vm, args.at(vm, 0)).is_none_or(|state| state.fd < 0);
            done(vm.new_bool(closed))
        }),
        Def::getter("closefd", |vm, args| {
            let closefd = state(vm, args.at(vm, 0)).is_some_and(|state| state.closefd);
            done(vm.new_bool(closefd))
        }),
        Def::getter("mode", |vm, args| {
            let mode = mode(vm, args.at(vm, 0));
            done(vm.new_str(mode))
        }),
        Def::member("_blksize", |vm, args| {
            let size = state(vm, args.at(vm, 0)).map_or(0, |state| state.block_size);
            done(vm.new_int(size as i64))
        }),
    ]
}

pub fn state(vm: &Vm, file: ObjRef) -> Option<&State> {
    foreign(vm, file)
}

pub fn state_mut(vm: &mut Vm, file: ObjRef) -> Option<&mut State> {
    foreign_mut(vm, file)
}

fn open_fd(vm: &mut Vm, file: ObjRef) -> Result<i64, Raised> {
    match state(vm, file).map(|state| state.fd) {
        Some(fd) if fd >= 0 => Ok(fd),
        _ => Err(super::closed_plainly(vm)),
    }
}

fn flag(vm: &mut Vm, args: Args, of: fn(&State) -> bool) -> Res {
    let file = args.at(vm, 0);
    open_fd(vm, file)?;
    let flag = state(vm, file).is_some_and(of);
    done(vm.new_bool(flag))
}

fn mode(vm: &Vm, file: ObjRef) -> &'static str {
    let Some(state) = state(vm, file) else { return "rb" };
    match (state.created, state.appending, state.readable, state.writable) {
        (true, _, false, _) => "xb",
        (true, _, true, _) => "xb+",
        (_, true, false, _) => "ab",
        (_, true, true, _) => "ab+",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    }
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let title = super::class_title(vm, file);
    let title = title.rsplit('.').next().unwrap_or(&title).to_string();
    let Some(state) = state(vm, file).filter(|state| state.fd >= 0) else {
        return done(vm.new_str(format!("<_io.{title} [closed]>")));
    };
    let (fd, closefd) = (state.fd, if state.closefd { "True" } else { "False" });
    let name = super::shown_name(vm, file, "name")?;
    let name = name.map_or(format!("fd={fd}"), |name| format!("name={name}"));
    let mode = mode(vm, file);
    done(vm.new_str(format!("<_io.{title} {name} mode='{mode}' closefd={closefd}>")))
}

// ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What a mode such as `"rb+"` asks for; the flags that `open(2)` would get.
pub fn parse_mode(vm: &mut Vm, mode: &str) -> Result<(OpenHow, u32), Raised> {
    let (mut how, mut kinds, mut plus) = (OpenHow::default(), 0, 0);
    for c in mode.chars() {
        match c {
            'r' => how.read = true,
            'w' => (how.write, how.create, how.truncate) = (true, true, true),
            'a' => (how.write, how.create, how.append) = (true, true, true),
            'x' => (how.write, how.exclusive) = (true, true),
            '+' => plus += 1,
            'b' => {}
            _ => return Err(vm.value_error(format!("invalid mode: {mode}"))),
        }
        kinds += usize::from(matches!(c, 'r' | 'w' | 'a' | 'x'));
    }
    if kinds != 1 || plus > 1 {
        return Err(vm.value_error("Must have exactly one of create/read/write/append mode and at most one plus"));
    }
    if plus == 1 {
        (how.read, how.write) = (true, true);
    }
    const O_CLOEXEC: u32 = 0o2000000;
    let access = match (how.read, how.write) {
        (true, true) => 2,
        (false, true) => 1,
        _ => 0,
    };
    let flags = access
        | if how.create || how.exclusive { 0o100 } else { 0 }
        | if how.exclusive { 0o200 } else { 0 }
        | if how.truncate { 0o1000 } else { 0 }
        | if how.append { 0o2000 } else { 0 };
    Ok((how, flags | O_CLOEXEC))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let (file, name) = (args.at(vm, 0), args.at(vm, 1));
    let mode = match args.get(vm, 2) {
        Some(mode) => convert::text(vm, mode, "FileIO() argument 'mode'")?.to_string_lossy(),
        None => "r".to_string(),
    };
    let closefd = match args.get(vm, 3) {
        Some(flag) => convert::flag(vm, Some(flag))?,
        None => true,
    };
    let opener = args.given(vm, 4);
    let open = Open::new(vm, file, name, &mode, closefd, opener)?;
    task::run(vm, open)
}

/// Opens a file for a `FileIO` object; all references are borrowed. Its result is None.
#[derive(Clone)]
pub struct Open {
    file: ObjRef,
    name: ObjRef,
    how: OpenHow,
    flags: u32,
    closefd: bool,
    opener: Option<ObjRef>,
    handle: u32,
    stage: u8,
}

impl Open {
    pub fn new(vm: &mut Vm, file: ObjRef, name: ObjRef, mode: &str, closefd: bool, opener: Option<ObjRef>) -> Result<Open, Raised> {
        let (how, flags) = parse_mode(vm, mode)?;
        Ok(Open { file, name, how, flags, closefd, opener, handle: 0, stage: 0 })
    }

    fn start(&mut self, vm: &mut Vm) -> Step {
        if vm.is_int(self.name) {
            let fd = convert::c_int(vm, self.name)?;
            if fd < 0 {
                return Err(vm.value_error("negative file descriptor"));
            }
            let is_open = fd <= 2 || vm.open_files.contains(&(fd as u32));
            if !is_open {
                return Err(os_error(vm, Answer::Failed(9, "Bad file descriptor".into()), None));
            }
            return self.opened(vm, i64::from(fd), None);
        }
        if !self.closefd {
            return Err(vm.value_error("Cannot use closefd=False with file name"));
        }
        if vm.heap.str(self.name).is_none() && vm.heap.bytes(self.name).is_none() {
            self.stage = 1;
            return Ok(Next::Wait(path_of(vm, self.name)));
        }
        let name = self.name;
        self.open_path(vm, name)
    }

    /// Goes on with a path, str or bytes.
    fn open_path(&mut self, vm: &mut Vm, path: ObjRef) -> Step {
        let path = path_bytes(vm, path)?;
        if let Some(opener) = self.opener {
            self.stage = 2;
            let flags = vm.new_int(i64::from(self.flags));
            let result = vm.call(opener, &[self.name, flags]);
            vm.decref(flags);
            return Ok(Next::Wait(result));
        }
        self.stage = 3;
        self.handle = vm.free_handle();
        let request = FileRequest::Open { handle: self.handle, path, how: self.how };
        Ok(Next::Wait(vm.ask_for(Request::File(request))))
    }

    fn opened(&mut self, vm: &mut Vm, fd: i64, facts: Option<FileFacts>) -> Step {
        let how = self.how;
        let new = State {
            fd,
            created: how.exclusive,
            readable: how.read,
            writable: how.write,
            appending: how.append,
            seekable: if fd <= 2 { Some(false) } else { facts.map(|facts| facts.seekable) },
            closefd: self.closefd,
            is_terminal: facts.is_some_and(|facts| facts.is_terminal),
            block_size: facts.map(|facts| facts.block_size).filter(|&size| size > 1).unwrap_or(super::DEFAULT_BUFFER_SIZE as u64),
            ahead: Vec::new(),
        };
        if let Some(state) = state_mut(vm, self.file) {
            *state = new;
        }
        let key = vm.new_interned("name");
        vm.set_own_attr(self.file, key, self.name);
        vm.decref(key);
        Ok(Next::Done(vm.none()))
    }
}

impl Task for Open {
    fn name(&self) -> &'static str {
        "open"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            0 => self.start(vm),
            1 => {
                let path = value.expect("what __fspath__ returned");
                let result = self.open_path(vm, path);
                vm.decref(path);
                result
            }
            2 => {
                let fd = value.expect("what the opener returned");
                if !vm.is_int(fd) {
                    vm.decref(fd);
                    return Err(vm.type_error("expected integer from opener"));
                }
                let number = convert::c_int(vm, fd);
                vm.decref(fd);
                let number = number?;
                if number < 0 {
                    return Err(vm.value_error(format!("opener returned {number}")));
                }
                if number > 2 && !vm.open_files.contains(&(number as u32)) {
                    return Err(os_error(vm, Answer::Failed(9, "Bad file descriptor".into()), None));
                }
                self.opened(vm, number.into(), None)
            }
            3 => {
                vm.xdecref(value);
                match vm.take_answer() {
                    Answer::Opened(facts) if facts.is_folder => {
                        self.stage = 4;
                        let request = FileRequest::Close { handle: self.handle };
                        Ok(Next::Wait(vm.ask_for(Request::File(request))))
                    }
                    Answer::Opened(facts) => {
                        vm.open_files.insert(self.handle);
                        self.opened(vm, self.handle.into(), Some(facts))
                    }
                    answer => Err(os_error(vm, answer, Some(self.name))),
                }
            }
            _ => {
                vm.xdecref(value);
                Err(os_error(vm, Answer::Failed(21, "Is a directory".into()), Some(self.name)))
            }
        }
    }
}

/// `os.fspath(object)`: a str or bytes.
pub fn path_of(vm: &mut Vm, object: ObjRef) -> Res {
    if vm.heap.str(object).is_some() || matches!(vm.heap.body(object), crate::objects::Body::Bytes(_)) {
        return done(vm.own(object));
    }
    let name = vm.new_interned("__fspath__");
    let ty = vm.ty(object);
    let has_method = vm.type_lookup(ty, name).is_some();
    vm.decref(name);
    if !has_method {
        let given = vm.type_name(object);
        return Err(vm.type_error(format!("expected str, bytes or os.PathLike object, not {given}")));
    }
    vm.call_then(
        "__fspath__",
        &[object],
        |vm, refs| {
            let name = vm.new_interned("__fspath__");
            let result = vm.call_special_bound(refs[0], name, &[]).expect("looked up before");
            vm.decref(name);
            result
        },
        |vm, refs, path| {
            if vm.heap.str(path).is_some() || vm.heap.bytes(path).is_some() {
                return done(path);
            }
            let (class, given) = (vm.type_name(refs[0]), vm.type_name(path));
            vm.decref(path);
            Err(vm.type_error(format!("expected {class}.__fspath__() to return str or bytes, not {given}")))
        },
    )
}

/// The bytes by which the system knows a path.
pub fn path_bytes(vm: &mut Vm, path: ObjRef) -> Result<Vec<u8>, Raised> {
    let bytes = match vm.text(path) {
        Some(text) => crate::builtins::types::str::coding::encode(vm, path, &text, "utf-8", "surrogateescape")?,
        None => bytes_argument(vm, path)?,
    };
    if bytes.contains(&0) {
        return Err(vm.value_error("embedded null byte"));
    }
    Ok(bytes)
}

// ── reading and writing ─────────────────────────────────────────────────────────────────────────────────────────────

fn read(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_fd(vm, file)?;
    let size = size_argument(vm, args.get(vm, 1))?;
    read_some(vm, file, usize::try_from(size).ok())
}

/// At most so many bytes, or all: a bytes object.
pub fn read_some(vm: &mut Vm, file: ObjRef, limit: Option<usize>) -> Res {
    let fd = open_fd(vm, file)?;
    if !state(vm, file).is_some_and(|state| state.readable) {
        return Err(unsupported(vm, "File not open for reading"));
    }
    match fd {
        0 => task::run(vm, ReadInput { file, limit, got: Vec::new() }),
        1 | 2 => done(vm.new_bytes(Vec::new())),
        _ => vm.ask(Request::File(FileRequest::Read { handle: fd as u32, limit }), bytes_answer),
    }
}

fn bytes_answer(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Bytes(bytes) => Ok(vm.new_bytes(bytes)),
        other => Err(os_error(vm, other, None)),
    }
}

fn count_answer(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Count(count) => Ok(vm.new_int(count)),
        Answer::Done => Ok(vm.none()),
        other => Err(os_error(vm, other, None)),
    }
}

/// Standard input comes in lines.
#[derive(Clone)]
struct ReadInput {
    file: ObjRef,
    limit: Option<usize>,
    got: Vec<u8>,
}

impl Task for ReadInput {
    fn name(&self) -> &'static str {
        "read"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let mut at_end = false;
        if let Some(none) = input.value() {
            vm.decref(none);
            match vm.take_answer() {
                Answer::Line(line) => {
                    at_end = line.is_empty();
                    self.got.extend(line.into_bytes());
                }
                other => return Err(os_error(vm, other, None)),
            }
        } else if let Some(state) = state_mut(vm, self.file) {
            self.got = std::mem::take(&mut state.ahead);
        }
        let enough = match self.limit {
            Some(limit) => !self.got.is_empty() || limit == 0,
            None => false,
        };
        if !enough && !at_end {
            return Ok(Next::Wait(vm.ask_for_input()));
        }
        let mut got = std::mem::take(&mut self.got);
        let most = self.limit.unwrap_or(usize::MAX);
        if got.len() > most {
            let rest = got.split_off(most);
            if let Some(state) = state_mut(vm, self.file) {
                state.ahead = rest;
            }
        }
        Ok(Next::Done(vm.new_bytes(got)))
    }
}

fn read_into(vm: &mut Vm, args: Args) -> Res {
    let (file, buffer) = (args.at(vm, 0), args.at(vm, 1));
    open_fd(vm, file)?;
    buffer_len(vm, "readinto", buffer)?;
    vm.call_then(
        "readinto",
        &[file, buffer],
        |vm, refs| {
            let len = buffer_len(vm, "readinto", refs[1])?;
            read_some(vm, refs[0], Some(len))
        },
        |vm, refs, data| {
            let bytes = bytes_argument(vm, data);
            vm.decref(data);
            let bytes = bytes?;
            fill_buffer(vm, refs[1], &bytes);
            done(vm.new_usize(bytes.len()))
        },
    )
}

fn write(vm: &mut Vm, file: ObjRef, data: ObjRef) -> Res {
    let bytes = bytes_argument(vm, data)?;
    write_bytes(vm, file, bytes)
}

/// Writes bytes; the result is how many were taken.
pub fn write_bytes(vm: &mut Vm, file: ObjRef, bytes: Vec<u8>) -> Res {
    let fd = open_fd(vm, file)?;
    if !state(vm, file).is_some_and(|state| state.writable) {
        return Err(unsupported(vm, "File not open for writing"));
    }
    match fd {
        0 => Err(os_error(vm, Answer::Failed(9, "Bad file descriptor".into()), None)),
        1 | 2 => {
            let stream = if fd == 1 { Stream::Stdout } else { Stream::Stderr };
            let len = bytes.len();
            vm.write(stream, &bytes);
            done(vm.new_usize(len))
        }
        _ => vm.ask(Request::File(FileRequest::Write { handle: fd as u32, bytes }), count_answer),
    }
}

// ── moving about ────────────────────────────────────────────────────────────────────────────────────────────────────

fn seek(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_fd(vm, file)?;
    let position = args.at(vm, 1);
    let offset = convert::ssize(vm, position)?;
    let whence = match args.get(vm, 2) {
        Some(whence) => convert::c_int(vm, whence)?,
        None => 0,
    };
    seek_to(vm, file, offset, whence)
}

/// Moves to a position; the result is the new one.
pub fn seek_to(vm: &mut Vm, file: ObjRef, offset: i64, whence: i32) -> Res {
    let fd = open_fd(vm, file)?;
    if fd <= 2 {
        return Err(os_error(vm, Answer::Failed(29, "Illegal seek".into()), None));
    }
    let Some(whence) = u8::try_from(whence).ok().filter(|&whence| whence <= 2) else {
        return Err(os_error(vm, Answer::Failed(22, "Invalid argument".into()), None));
    };
    vm.ask(Request::File(FileRequest::Seek { handle: fd as u32, offset, whence }), count_answer)
}

fn seekable(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_fd(vm, file)?;
    match state(vm, file).and_then(|state| state.seekable) {
        Some(seekable) => done(vm.new_bool(seekable)),
        None => task::run(vm, TrySeek { file, asked: false }),
    }
}

/// Finds out whether one can move about in the file.
#[derive(Clone)]
struct TrySeek {
    file: ObjRef,
    asked: bool,
}

impl TrySeek {
    fn found(&self, vm: &mut Vm, seekable: bool) -> Step {
        if let Some(state) = state_mut(vm, self.file) {
            state.seekable = Some(seekable);
        }
        Ok(Next::Done(vm.new_bool(seekable)))
    }
}

impl Task for TrySeek {
    fn name(&self) -> &'static str {
        "seekable"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if self.asked {
            vm.xdecref(input.value());
            return self.found(vm, true);
        }
        self.asked = true;
        Ok(Next::Wait(seek_to(vm, self.file, 0, 1)))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        if !vm.exception_matches(raised.0, OS_ERROR) {
            return Err(raised);
        }
        vm.decref(raised.0);
        self.found(vm, false)
    }
}

fn truncate(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_fd(vm, file)?;
    if !state(vm, file).is_some_and(|state| state.writable) {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let size = args.given(vm, 1);
    task::run(vm, Truncate { file, size, stage: 0, result: None })
}

#[derive(Clone)]
struct Truncate {
    file: ObjRef,
    /// borrowed
    size: Option<ObjRef>,
    stage: u8,
    result: Option<ObjRef>,
}

impl Task for Truncate {
    fn name(&self) -> &'static str {
        "truncate"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match (self.stage, self.size) {
            (0, None) => {
                self.stage = 1;
                return Ok(Next::Wait(seek_to(vm, self.file, 0, 1)));
            }
            (0, Some(size)) => self.result = Some(vm.own(size)),
            (1, _) => self.result = value,
            _ => {
                vm.xdecref(value);
                return Ok(Next::Done(self.result.take().expect("the size")));
            }
        }
        self.stage = 2;
        let size = convert::ssize(vm, self.result.expect("the size"))?;
        let Ok(size) = u64::try_from(size) else {
            return Err(os_error(vm, Answer::Failed(22, "Invalid argument".into()), None));
        };
        let handle = open_fd(vm, self.file)? as u32;
        Ok(Next::Wait(vm.ask(Request::File(FileRequest::Truncate { handle, size }), count_answer)))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.result.iter().for_each(|&object| visit(object));
    }
}

fn close(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    // What a class above does on closing, `flush` first of all, comes before.
    if vm.ty(file) != FILE_IO {
        let name = vm.new_interned("close");
        let base = vm.type_lookup(RAW_IO_BASE, name).expect("RawIOBase inherits it");
        vm.decref(name);
        return vm.call_then(
            "close",
            &[file, base],
            |vm, refs| vm.call_method_object(refs[1], refs[0], &[]),
            |vm, refs, none| {
                vm.decref(none);
                close_descriptor(vm, refs[0])
            },
        );
    }
    base::mark_closed(vm, file);
    close_descriptor(vm, file)
}

fn close_descriptor(vm: &mut Vm, file: ObjRef) -> Res {
    let Some(state) = state_mut(vm, file) else { return done(vm.none()) };
    let fd = std::mem::replace(&mut state.fd, -1);
    if fd < 0 || !state.closefd {
        if !state.closefd {
            state.fd = -1;
        }
        return done(vm.none());
    }
    let handle = fd as u32;
    if fd <= 2 || !vm.open_files.remove(&handle) {
        return done(vm.none());
    }
    vm.ask(Request::File(FileRequest::Close { handle }), count_answer)
}

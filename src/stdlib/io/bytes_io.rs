//! `io.BytesIO`: a binary file in memory.
//!
//! `b = io.BytesIO(b"abc"); b.seek(1); b.read()` gives `b'bc'`. Counterpart in CPython 3.11: `Modules/_io/bytesio.c`.

use super::{base, buffer_len, bytes_argument, fill_buffer, io_state, size_argument};
use crate::{
    builtins::{convert, functions::iteration::stop, slots},
    heap::ObjRef,
    objects::{Objects, bytearray::bytearray_resize, core_types::*},
    stdlib::{foreign, foreign_mut},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Any, Named, None as NoArgs, One, Range},
        },
        protocol::consume::Sink,
        raised::done,
    },
};

/// `sys.getsizeof(b"")`: the buffer is a bytes object.
const BYTES_HEADER: usize = 33;

#[derive(Clone, Default)]
pub struct State {
    content: Vec<u8>,
    /// The bytes object that is the buffer, as long as it was not written to: what the file began with, or what was given out.
    /// Its content is the same.
    given: Option<ObjRef>,
    /// The block of a buffer of its own, and the bytes in it (`PyBytes_GET_SIZE(self->buf)`); 0: there is none.
    block: u32,
    allocated: usize,
    /// May lie behind the end.
    at: usize,
    closed: bool,
    /// The bytearray that has the content as long as views of it are about.
    shared: Option<ObjRef>,
}

io_state!(State, [shared, given], |state| !state.closed, |state| vec![state.block]);

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Named("initial_bytes=b''"), init),
        Def::wrapper("__iter__", NoArgs, slots::itself),
        Def::wrapper("__next__", NoArgs, next),
        Def::method("readable", NoArgs, yes),
        Def::method("seekable", NoArgs, yes),
        Def::method("writable", NoArgs, yes),
        Def::method("close", NoArgs, close),
        Def::method("flush", NoArgs, |vm, args| state(vm, args).map(drop).and_then(|()| done(vm.none()))),
        Def::method("isatty", NoArgs, |vm, args| state(vm, args).map(drop).and_then(|()| done(vm.new_bool(false)))),
        Def::method("tell", NoArgs, |vm, args| {
            let at = state(vm, args)?.at;
            done(vm.new_usize(at))
        }),
        Def::method("write", One, |vm, args| {
            state(vm, args)?;
            let bytes = bytes_argument(vm, args.at(vm, 1))?;
            changing(vm, args)?;
            write(vm, args.at(vm, 0), &bytes);
            done(vm.new_usize(bytes.len()))
        }),
        Def::method("writelines", One, write_lines),
        Def::method("read", Range(0, 1), read),
        Def::method("read1", Range(0, 1), read),
        Def::method("readinto", One, read_into),
        Def::method("readline", Range(0, 1), read_line),
        Def::method("readlines", Range(0, 1), read_lines),
        Def::method("getbuffer", NoArgs, get_buffer),
        Def::method("getvalue", NoArgs, |vm, args| {
            state(vm, args)?;
            done(value(vm, args.at(vm, 0)))
        }),
        Def::method("seek", Range(1, 2), seek),
        Def::method("truncate", Range(0, 1), truncate),
        Def::method("__getstate__", NoArgs, get_state),
        Def::method("__setstate__", One, set_state),
        Def::method("__sizeof__", NoArgs, |vm, args| {
            let state = foreign::<State>(vm, args.at(vm, 0));
            let own = match state.map(|state| (state.given, state.block)) {
                Some((Some(given), _)) if vm.heap.refcount(given) > 1 => 0,
                Some((Some(given), _)) => BYTES_HEADER + vm.heap.bytes(given).map_or(0, <[u8]>::len),
                Some((None, block)) if block != 0 => BYTES_HEADER + state.map_or(0, |state| state.allocated),
                _ => 0,
            };
            done(vm.new_usize(64 + own))
        }),
        Def::getter("closed", |vm, args| {
            let closed = is_closed(vm, args.at(vm, 0));
            done(vm.new_bool(closed))
        }),
    ]
}

pub fn is_closed(vm: &Vm, file: ObjRef) -> bool {
    foreign::<State>(vm, file).is_none_or(|state| state.closed)
}

/// The state of an open file.
fn state(vm: &mut Vm, args: Args) -> Result<&mut State, Raised> {
    let file = args.at(vm, 0);
    if is_closed(vm, file) {
        return Err(super::closed(vm));
    }
    take_back(vm, file);
    Ok(foreign_mut::<State>(vm, file).expect("it is not closed"))
}

/// What was written through views is the content; once there are no views the bytearray goes. True: there are some.
fn take_back(vm: &mut Vm, file: ObjRef) -> bool {
    let Some(shared) = foreign::<State>(vm, file).and_then(|state| state.shared) else { return false };
    let content = vm.heap.bytes(shared).unwrap_or(&[]).to_vec();
    let has_views = vm.heap.slot(shared).num > 0;
    if let Some(state) = foreign_mut::<State>(vm, file) {
        state.content = content;
        if !has_views {
            state.shared = None;
        }
    }
    if !has_views {
        vm.decref(shared);
    }
    has_views
}

/// The state of a file that is about to change.
fn changing(vm: &mut Vm, args: Args) -> Result<&mut State, Raised> {
    let file = args.at(vm, 0);
    check_no_views(vm, file)?;
    state(vm, args)
}

fn check_no_views(vm: &mut Vm, file: ObjRef) -> Result<(), Raised> {
    if take_back(vm, file) {
        return Err(vm.raise(BUFFER_ERROR, "Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

impl State {
    fn rest(&self) -> &[u8] {
        self.content.get(self.at..).unwrap_or(&[])
    }

    fn take(&mut self, most: usize) -> Vec<u8> {
        let bytes = self.rest();
        let bytes = bytes[..most.min(bytes.len())].to_vec();
        self.at += bytes.len();
        bytes
    }

    fn write(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let end = self.at + bytes.len();
        if self.content.len() < end {
            self.content.resize(end, 0);
        }
        self.content[self.at..end].copy_from_slice(bytes);
        self.at = end;
    }

    fn line(&mut self, limit: i64) -> Vec<u8> {
        let rest = self.rest();
        let len = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |at| at + 1);
        self.take(usize::try_from(limit).map_or(len, |limit| limit.min(len)))
    }
}

/// The bytes in the buffer.
fn buffer_size(vm: &Vm, file: ObjRef) -> usize {
    match foreign::<State>(vm, file).map(|state| (state.given, state.allocated)) {
        Some((Some(given), _)) => vm.heap.bytes(given).map_or(0, <[u8]>::len),
        Some((None, allocated)) => allocated,
        None => 0,
    }
}

/// From now on the buffer is the file's own, of so many bytes; 0: the one that all empty ones share.
fn own_buffer(vm: &mut Vm, file: ObjRef, allocated: usize) {
    let Some((given, old)) = foreign_mut::<State>(vm, file).map(|state| (state.given.take(), state.block)) else { return };
    let bytes = BYTES_HEADER + allocated;
    // A buffer that nobody else has is written to where it is.
    let is_alone = given.is_some_and(|given| vm.heap.refcount(given) == 1);
    if is_alone {
        vm.xdecref(given);
    }
    let block = match (old, allocated) {
        (0, 0) => 0,
        (old, 0) => {
            vm.heap.free_memory(old);
            0
        }
        (old, _) => vm.heap.realloc_memory(old, bytes),
    };
    if !is_alone {
        vm.xdecref(given);
    }
    if let Some(state) = foreign_mut::<State>(vm, file) {
        (state.block, state.allocated) = (block, allocated);
    }
}

/// Makes the buffer fit so many bytes.
fn resize_buffer(vm: &mut Vm, file: ObjRef, size: usize) {
    let old = buffer_size(vm, file);
    let wanted = bytearray_resize(old, 0, size);
    if wanted != old || old == 0 {
        own_buffer(vm, file, wanted);
    }
}

fn write(vm: &mut Vm, file: ObjRef, bytes: &[u8]) {
    let Some(state) = foreign::<State>(vm, file).filter(|_| !bytes.is_empty()) else { return };
    let (end, len, is_given) = (state.at + bytes.len(), state.content.len(), state.given.is_some());
    if end > buffer_size(vm, file) {
        resize_buffer(vm, file, end);
    } else if is_given {
        own_buffer(vm, file, end.max(len));
    }
    if let Some(state) = foreign_mut::<State>(vm, file) {
        state.write(bytes);
    }
}

/// All of the content, owned: the buffer itself, cut to size.
fn value(vm: &mut Vm, file: ObjRef) -> ObjRef {
    let Some(state) = foreign::<State>(vm, file) else { return vm.none() };
    if let Some(given) = state.given {
        return vm.own(given);
    }
    let (content, has_views) = (state.content.clone(), state.shared.is_some());
    if has_views {
        return vm.new_bytes(content);
    }
    own_buffer(vm, file, 0);
    let value = vm.new_bytes(content);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        state.given = Some(value);
        vm.incref(value);
    }
    value
}

/// Lets go of the buffer and all content.
fn empty(vm: &mut Vm, file: ObjRef) {
    own_buffer(vm, file, 0);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        (state.content, state.at) = (Vec::new(), 0);
    }
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let (file, initial) = (args.at(vm, 0), args.given(vm, 1));
    let content = match initial {
        Some(initial) => bytes_argument(vm, initial)?,
        None => Vec::new(),
    };
    check_no_views(vm, file)?;
    empty(vm, file);
    let given = initial.filter(|&initial| vm.ty(initial) == BYTES);
    if given.is_none() {
        write(vm, file, &content);
    }
    vm.xincref(given);
    if let Some(state) = foreign_mut::<State>(vm, file) {
        (state.content, state.given, state.at, state.closed) = (content, given, 0, false);
    }
    done(vm.none())
}

fn yes(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    done(vm.new_bool(true))
}

fn close(vm: &mut Vm, args: Args) -> Res {
    check_no_views(vm, args.at(vm, 0))?;
    empty(vm, args.at(vm, 0));
    if let Some(state) = foreign_mut::<State>(vm, args.at(vm, 0)) {
        state.closed = true;
    }
    done(vm.none())
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let line = state(vm, args)?.line(-1);
    if line.is_empty() { Err(stop(vm)) } else { done(vm.new_bytes(line)) }
}

fn read(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let size = size_argument(vm, args.get(vm, 1))?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let state = state(vm, args)?;
    let is_all = state.at == 0 && state.content.len() > 1 && size >= state.content.len();
    match state.given.filter(|_| is_all) {
        // The buffer itself.
        Some(given) => {
            state.at = state.content.len();
            done(vm.own(given))
        }
        None => {
            let bytes = state.take(size);
            done(vm.new_bytes(bytes))
        }
    }
}

fn read_into(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let buffer = args.at(vm, 1);
    let len = buffer_len(vm, "readinto", buffer)?;
    let bytes = state(vm, args)?.take(len);
    fill_buffer(vm, buffer, &bytes);
    done(vm.new_usize(bytes.len()))
}

fn read_line(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let limit = size_argument(vm, args.get(vm, 1))?;
    let line = state(vm, args)?.line(limit);
    done(vm.new_bytes(line))
}

fn read_lines(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let hint = size_argument(vm, args.get(vm, 1))?;
    let (mut lines, mut size) = (Vec::new(), 0);
    loop {
        let line = state(vm, args)?.line(-1);
        if line.is_empty() {
            break;
        }
        size += line.len() as i64;
        lines.push(vm.new_bytes(line));
        if hint > 0 && size >= hint {
            break;
        }
    }
    done(vm.new_list(lines))
}

fn write_lines(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let (file, lines) = (args.at(vm, 0), args.at(vm, 1));
    vm.incref(file);
    vm.consume(lines, WriteLines { file })
}

#[derive(Clone)]
struct WriteLines {
    file: ObjRef,
}

impl Sink for WriteLines {
    fn name(&self) -> &'static str {
        "writelines"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let bytes = bytes_argument(vm, item);
        vm.decref(item);
        let bytes = bytes?;
        if is_closed(vm, self.file) {
            return Err(super::closed(vm));
        }
        check_no_views(vm, self.file)?;
        write(vm, self.file, &bytes);
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        Ok(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.file);
    }
}

/// A view of the content, which moves into a bytearray for it.
fn get_buffer(vm: &mut Vm, args: Args) -> Res {
    let content = state(vm, args)?.content.clone();
    if state(vm, args)?.given.is_some() {
        own_buffer(vm, args.at(vm, 0), content.len());
    }
    let shared = match state(vm, args)?.shared {
        Some(shared) => shared,
        None => {
            let shared = vm.new_bytearray(content);
            state(vm, args)?.shared = Some(shared);
            shared
        }
    };
    vm.call(MEMORYVIEW, &[shared])
}

fn seek(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let offset = convert::ssize(vm, args.at(vm, 1))?;
    let whence = match args.get(vm, 2) {
        Some(whence) => convert::c_int(vm, whence)?,
        None => 0,
    };
    let state = state(vm, args)?;
    let base = match whence {
        0 if offset < 0 => return Err(vm.value_error(format!("negative seek value {offset}"))),
        0 => 0,
        1 => state.at as i64,
        2 => state.content.len() as i64,
        _ => return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let Some(at) = base.checked_add(offset) else { return Err(vm.raise(OVERFLOW_ERROR, "new position too large")) };
    state.at = at.max(0) as usize;
    let at = state.at;
    done(vm.new_usize(at))
}

fn truncate(vm: &mut Vm, args: Args) -> Res {
    let at = state(vm, args)?.at as i64;
    let size = super::size_or(vm, args, at)?;
    let Ok(size) = usize::try_from(size) else { return Err(vm.value_error(format!("negative size value {size}"))) };
    if size < changing(vm, args)?.content.len() {
        resize_buffer(vm, args.at(vm, 0), size);
        if let Some(given) = state(vm, args)?.given {
            // It is cut when it is asked for.
            own_buffer(vm, args.at(vm, 0), vm.heap.bytes(given).map_or(0, <[u8]>::len));
        }
        state(vm, args)?.content.truncate(size);
    }
    done(vm.new_usize(size))
}

fn get_state(vm: &mut Vm, args: Args) -> Res {
    let at = state(vm, args)?.at;
    let dict = vm.dict_in_use(args.at(vm, 0));
    let parts = [value(vm, args.at(vm, 0)), vm.new_usize(at), vm.own(dict)];
    done(vm.new_tuple(parts))
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    state(vm, args)?;
    let given = args.at(vm, 1);
    let parts = vm.heap.tuple(given).map(<[ObjRef]>::to_vec).unwrap_or_default();
    if parts.len() < 3 {
        let (this, kind) = (vm.type_name(args.at(vm, 0)), vm.type_name(given));
        return Err(vm.type_error(format!("{this}.__setstate__ argument should be 3-tuple, got {kind}")));
    }
    let content = bytes_argument(vm, parts[0])?;
    let at = convert::ssize(vm, parts[1])?;
    let Ok(at) = usize::try_from(at) else { return Err(vm.value_error("position value cannot be negative")) };
    changing(vm, args)?;
    empty(vm, args.at(vm, 0));
    write(vm, args.at(vm, 0), &content);
    state(vm, args)?.at = at;
    if parts[2] != NONE {
        let pairs: Vec<(ObjRef, ObjRef)> = vm.heap.dict(parts[2]).map(|dict| dict.iter().collect()).unwrap_or_default();
        for (name, value) in pairs {
            vm.set_own_attr(args.at(vm, 0), name, value);
        }
    }
    done(vm.none())
}

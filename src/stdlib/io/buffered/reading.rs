//! Reading through the buffer: `read`, `read1`, `readline`, `peek`, `readinto`, iteration.
//!
//! `f.readline()` looks for the line's end in what was read ahead, and asks the raw file for another buffer only if there is
//! none.

use super::{
    super::{buffer_len, bytes_argument, fill_buffer, size_argument},
    *,
};
use crate::{builtins::functions::iteration::stop, objects::Objects};

pub fn read(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    let size = size_argument(vm, args.get(vm, 1))?;
    if size < -1 {
        return Err(vm.value_error("read length must be non-negative or -1"));
    }
    if size >= 0
        && let Some(state) = state_mut(vm, file).filter(|state| state.written.is_empty() && state.ahead().len() as i64 >= size)
    {
        let bytes = state.take(size as usize);
        if !bytes.is_empty() {
            return done(vm.new_bytes(bytes));
        }
    }
    open_raw(vm, file, "read")?;
    task::run(vm, Read { file, limit: usize::try_from(size).ok(), got: Vec::new(), whole_line: false, stage: Stage::Start })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Start,
    Settling,
    /// Waits for the raw file.
    Reading,
    /// Waits for all the rest of it.
    ReadingAll,
    /// Looks whether it has `readall`, written in Python.
    Chunks,
}

/// `read(n)`, `read()` and `readline()`.
#[derive(Clone)]
struct Read {
    /// borrowed
    file: ObjRef,
    limit: Option<usize>,
    got: Vec<u8>,
    /// Up to the end of a line.
    whole_line: bool,
    stage: Stage,
}

impl Read {
    /// Takes what is there; true if that is enough.
    fn take(&mut self, vm: &mut Vm) -> bool {
        let Some(state) = state_mut(vm, self.file) else { return true };
        let left = self.limit.map_or(usize::MAX, |limit| limit - self.got.len());
        let ahead = state.ahead();
        let mut most = left.min(ahead.len());
        let mut ended = false;
        if self.whole_line
            && let Some(at) = ahead[..most].iter().position(|&byte| byte == b'\n')
        {
            most = at + 1;
            ended = true;
        }
        let bytes = state.take(most);
        self.got.extend(bytes);
        ended || self.limit.is_some_and(|limit| self.got.len() >= limit)
    }

    fn finish(&mut self, vm: &mut Vm) -> Step {
        Ok(Next::Done(vm.new_bytes(std::mem::take(&mut self.got))))
    }

    fn ask(&mut self, vm: &mut Vm) -> Step {
        let raw = raw_of(vm, self.file)?;
        if self.limit.is_none() && !self.whole_line {
            if vm.ty(raw) == FILE_IO {
                self.stage = Stage::ReadingAll;
                return Ok(Next::Wait(super::super::file::read_some(vm, raw, None)));
            }
            if let Some(readall) = super::super::attribute_now(vm, raw, "readall")? {
                vm.decref(readall);
                self.stage = Stage::ReadingAll;
                return Ok(Next::Wait(call(vm, raw, "readall", &[])));
            }
            self.stage = Stage::Chunks;
            return Ok(Next::Wait(call(vm, raw, "read", &[])));
        }
        self.stage = Stage::Reading;
        let size = state(vm, self.file).map_or(1, |state| state.size);
        let left = self.limit.map_or(size, |limit| limit - self.got.len());
        // Whole buffers go straight to the reader.
        let most = if self.whole_line || left < size { size } else { left - left % size };
        Ok(Next::Wait(read_raw(vm, raw, most)))
    }
}

impl Task for Read {
    fn name(&self) -> &'static str {
        if self.whole_line { "readline" } else { "read" }
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            Stage::Start => {
                if state(vm, self.file).is_some_and(|state| !state.written.is_empty()) {
                    self.stage = Stage::Settling;
                    return Ok(Next::Wait(task::run(vm, Settle::new(self.file))));
                }
            }
            Stage::Settling => vm.xdecref(value),
            Stage::Reading => {
                let data = value.expect("what the raw file gave");
                if data == NONE {
                    vm.decref(data);
                    return if self.got.is_empty() { Ok(Next::Done(vm.none())) } else { self.finish(vm) };
                }
                let bytes = bytes_argument(vm, data);
                vm.decref(data);
                let bytes = bytes?;
                if bytes.is_empty() {
                    return self.finish(vm);
                }
                if let Some(state) = state_mut(vm, self.file) {
                    state.read = bytes;
                    state.at = 0;
                }
            }
            Stage::ReadingAll | Stage::Chunks => {
                let data = value.expect("what the raw file gave");
                if data == NONE {
                    vm.decref(data);
                    return if self.got.is_empty() { Ok(Next::Done(vm.none())) } else { self.finish(vm) };
                }
                if vm.heap.bytes(data).is_none() {
                    vm.decref(data);
                    let function = if self.stage == Stage::ReadingAll { "readall" } else { "read" };
                    return Err(vm.type_error(format!("{function}() should return bytes")));
                }
                let bytes = bytes_argument(vm, data);
                vm.decref(data);
                let bytes = bytes?;
                let at_end = bytes.is_empty() || self.stage == Stage::ReadingAll;
                self.got.extend(bytes);
                return if at_end { self.finish(vm) } else { self.ask(vm) };
            }
        }
        if self.take(vm) {
            return self.finish(vm);
        }
        self.ask(vm)
    }
}

pub fn read_line(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    let limit = size_argument(vm, args.get(vm, 1))?;
    line(vm, file, usize::try_from(limit).ok())
}

fn line(vm: &mut Vm, file: ObjRef, limit: Option<usize>) -> Res {
    if limit.is_none()
        && let Some(state) = state_mut(vm, file)
        && let Some(at) = state.ahead().iter().position(|&byte| byte == b'\n')
    {
        let bytes = state.take(at + 1);
        return done(vm.new_bytes(bytes));
    }
    open_raw(vm, file, "readline")?;
    task::run(vm, Read { file, limit, got: Vec::new(), whole_line: true, stage: Stage::Start })
}

pub fn next(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    raw_of(vm, file)?;
    if !matches!(vm.ty(file), BUFFERED_READER | BUFFERED_RANDOM) {
        return vm.call_then("__next__", &[file], |vm, refs| call(vm, refs[0], "readline", &[]), line_or_stop);
    }
    vm.call_then("__next__", &[file], |vm, refs| line(vm, refs[0], None), line_or_stop)
}

fn line_or_stop(vm: &mut Vm, _refs: &[ObjRef], line: ObjRef) -> Res {
    match vm.heap.bytes(line) {
        Some([]) => {
            vm.decref(line);
            Err(stop(vm))
        }
        Some(_) => done(line),
        None => {
            let given = vm.type_name(line);
            vm.decref(line);
            Err(vm.raise(OS_ERROR, format!("readline() should have returned a bytes object, not '{given}'")))
        }
    }
}

// ── at most one question to the raw file ────────────────────────────────────────────────────────────────────────────

pub fn peek(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_raw(vm, file, "peek")?;
    if let Some(size) = args.get(vm, 1) {
        convert::ssize(vm, size)?;
    }
    task::run(vm, Once { file, most: None, called: 0 })
}

pub fn read1(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let size = match args.get(vm, 1) {
        Some(size) => convert::ssize(vm, size)?,
        None => -1,
    };
    read_once(vm, file, size, "read")
}

fn read_once(vm: &mut Vm, file: ObjRef, size: i64, what: &str) -> Res {
    raw_of(vm, file)?;
    open_raw(vm, file, what)?;
    let most = match usize::try_from(size) {
        Ok(0) => return done(vm.new_bytes(Vec::new())),
        Ok(size) => size,
        Err(_) => state(vm, file).map_or(0, |state| state.size),
    };
    task::run(vm, Once { file, most: Some(most), called: 0 })
}

/// What was read ahead, or else what one read gives. `most`: to be taken; without it only looked at.
#[derive(Clone)]
struct Once {
    file: ObjRef,
    most: Option<usize>,
    /// 1: settles what was written, 2: asked the raw file
    called: u8,
}

impl Task for Once {
    fn name(&self) -> &'static str {
        if self.most.is_some() { "read1" } else { "peek" }
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        if self.called == 2 {
            let data = value.expect("what the raw file gave");
            let bytes = if data == NONE { Ok(Vec::new()) } else { bytes_argument(vm, data) };
            vm.decref(data);
            let bytes = bytes?;
            if self.most.is_none()
                && let Some(state) = state_mut(vm, self.file)
            {
                state.read.clone_from(&bytes);
                state.at = 0;
            }
            return Ok(Next::Done(vm.new_bytes(bytes)));
        }
        vm.xdecref(value);
        let raw = raw_of(vm, self.file)?;
        if self.called == 0 && state(vm, self.file).is_some_and(|state| !state.written.is_empty()) {
            self.called = 1;
            return Ok(Next::Wait(task::run(vm, Settle::new(self.file))));
        }
        let Some(state) = state_mut(vm, self.file) else { return Ok(Next::Done(vm.none())) };
        if !state.ahead().is_empty() {
            let bytes = match self.most {
                Some(most) => state.take(most),
                None => state.ahead().to_vec(),
            };
            return Ok(Next::Done(vm.new_bytes(bytes)));
        }
        state.forget_ahead();
        let most = self.most.unwrap_or(state.size);
        self.called = 2;
        Ok(Next::Wait(read_raw(vm, raw, most)))
    }
}

pub fn read_into<const ONCE: bool>(vm: &mut Vm, args: Args) -> Res {
    let (file, buffer) = (args.at(vm, 0), args.at(vm, 1));
    let function = if ONCE { "readinto1" } else { "readinto" };
    raw_of(vm, file)?;
    buffer_len(vm, function, buffer)?;
    open_raw(vm, file, function)?;
    let first: fn(&mut Vm, &[ObjRef]) -> Res = |vm, refs| {
        let len = buffer_len(vm, "readinto", refs[1])?;
        if ONCE {
            return read_once(vm, refs[0], len as i64, "readinto1");
        }
        task::run(vm, Read { file: refs[0], limit: Some(len), got: Vec::new(), whole_line: false, stage: Stage::Start })
    };
    vm.call_then(function, &[file, buffer], first, |vm, refs, data| {
        if data == NONE {
            return done(data);
        }
        let bytes = bytes_argument(vm, data);
        vm.decref(data);
        let bytes = bytes?;
        fill_buffer(vm, refs[1], &bytes);
        done(vm.new_usize(bytes.len()))
    })
}

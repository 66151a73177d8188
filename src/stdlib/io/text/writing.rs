//! Writing text: encoded at once, handed to the buffer in pieces.
//!
//! `f.write("hi")` returns 2 and usually only makes `pending` longer.

use super::{super::string_io::with_newline, *};
use crate::builtins::functions::io::own_stream;
use std::sync::Arc;

pub fn write(vm: &mut Vm, args: Args) -> Res {
    let (file, object) = (args.at(vm, 0), args.at(vm, 1));
    let Some(text) = vm.text(object) else {
        let given = convert::none_or_type_name(vm, object);
        return Err(vm.type_error(format!("write() argument must be str, not {given}")));
    };
    buffer_of(vm, file)?;
    let len = text.len();
    if let Some(stream) = own_stream(vm, file) {
        vm.write_text(stream, &text)?;
        return done(vm.new_usize(len));
    }
    open_buffer(vm, file)?;
    let state = attached(vm, file)?;
    let (newline, line_buffering) = (state.newline, state.line_buffering);
    let Some(mut encoder) = state.encoder.clone() else { return Err(unsupported(vm, "not writable")) };
    let needs_flush = line_buffering && text.iter().any(|c| c == 10 || c == 13);
    let bytes = match newline.filter(|kind| matches!(*kind, "\r" | "\r\n")) {
        Some(newline) => {
            let text = Arc::new(with_newline(&text, newline));
            let object = vm.new_str((*text).clone());
            let bytes = encoder.encode(vm, object, &text);
            vm.decref(object);
            bytes?
        }
        None => encoder.encode(vm, object, &text)?,
    };
    let state = attached(vm, file)?;
    state.encoder = Some(encoder);
    let overflows = state.pending.len() + bytes.len() > state.chunk;
    let is_full = state.pending.len() + bytes.len() >= state.chunk;
    if !(is_full || needs_flush || state.write_through || state.immediate) {
        state.pending.extend(bytes);
        after_write(state);
        return done(vm.new_usize(len));
    }
    let rest = if overflows && !state.pending.is_empty() {
        bytes
    } else {
        state.pending.extend(bytes);
        Vec::new()
    };
    task::run(vm, Write { file, rest, len, needs_flush, stage: Stage::Pending })
}

/// What was read ahead is of no use after a write.
fn after_write(state: &mut State) {
    state.forget();
    if let Some(decoder) = &mut state.decoder {
        decoder.reset();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// `pending` is to be written.
    Pending,
    Flush,
    Done,
}

#[derive(Clone)]
struct Write {
    /// borrowed
    file: ObjRef,
    /// What comes after `pending`.
    rest: Vec<u8>,
    len: usize,
    needs_flush: bool,
    stage: Stage,
}

impl Task for Write {
    fn name(&self) -> &'static str {
        "write"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        vm.xdecref(input.value());
        if self.stage == Stage::Pending {
            if let Some(result) = write_pending(vm, self.file)? {
                return Ok(Next::Wait(result));
            }
            let rest = std::mem::take(&mut self.rest);
            let state = attached(vm, self.file)?;
            state.pending = rest;
            let is_full = state.pending.len() >= state.chunk || self.needs_flush || state.write_through || state.immediate;
            if is_full && let Some(result) = write_pending(vm, self.file)? {
                return Ok(Next::Wait(result));
            }
            self.stage = Stage::Flush;
        }
        if self.stage == Stage::Flush {
            self.stage = Stage::Done;
            after_write(attached(vm, self.file)?);
            if self.needs_flush {
                let buffer = buffer_of(vm, self.file)?;
                return Ok(Next::Wait(call(vm, buffer, "flush", &[])));
            }
        }
        Ok(Next::Done(vm.new_usize(self.len)))
    }
}

/// Hands what is pending to the buffer; `None`: nothing is.
pub fn write_pending(vm: &mut Vm, file: ObjRef) -> Result<Option<Res>, Raised> {
    let state = attached(vm, file)?;
    if state.pending.is_empty() {
        return Ok(None);
    }
    let bytes = std::mem::take(&mut state.pending);
    let buffer = buffer_of(vm, file)?;
    let bytes = vm.new_bytes(bytes);
    let result = call(vm, buffer, "write", &[bytes]);
    vm.decref(bytes);
    Ok(Some(result))
}

pub fn flush(vm: &mut Vm, args: Args) -> Res {
    if let Some(stream) = own_stream(vm, args.at(vm, 0)) {
        vm.flush_text(stream);
    }
    let file = args.at(vm, 0);
    open_buffer(vm, file)?;
    let state = attached(vm, file)?;
    state.telling = state.seekable;
    task::run(vm, Flush { file, stage: 0 })
}

#[derive(Clone)]
struct Flush {
    /// borrowed
    file: ObjRef,
    stage: u8,
}

impl Task for Flush {
    fn name(&self) -> &'static str {
        "flush"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        self.stage += 1;
        if self.stage == 1 {
            if let Some(result) = write_pending(vm, self.file)? {
                return Ok(Next::Wait(result));
            }
            self.stage = 2;
        }
        if self.stage == 2 {
            vm.xdecref(value);
            let buffer = buffer_of(vm, self.file)?;
            return Ok(Next::Wait(call(vm, buffer, "flush", &[])));
        }
        Ok(Next::Done(value.expect("what flush returned")))
    }
}

pub fn close(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let buffer = buffer_of(vm, file)?;
    if is_closed(vm, buffer)? {
        return done(vm.none());
    }
    super::super::standard::closes(vm, file);
    task::run(vm, base::CloseLayer::new(file, buffer))
}

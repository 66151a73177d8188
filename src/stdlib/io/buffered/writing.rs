//! Writing through the buffer: `write`, `flush`, `close`.
//!
//! `f.write(b"ab")` only fills the buffer; the raw file sees the bytes when the buffer is full, on `flush` or on `close`.

use super::{super::bytes_argument, *};

pub fn write(vm: &mut Vm, args: Args) -> Res {
    let (file, data) = (args.at(vm, 0), args.at(vm, 1));
    raw_of(vm, file)?;
    let bytes = bytes_argument(vm, data)?;
    let raw = raw_of(vm, file)?;
    if is_closed(vm, raw)? {
        return Err(vm.value_error("write to closed file"));
    }
    let len = bytes.len();
    if let Some(state) = state_mut(vm, file)
        && state.ahead().is_empty()
        && state.written.len() + len <= state.size
        && !state.unbuffered
    {
        state.forget_ahead();
        state.written.extend(bytes);
        return done(vm.new_usize(len));
    }
    task::run(vm, Write { file, bytes, len, stage: Stage::Start })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Start,
    Settling,
    /// The raw file writes a part.
    Writing,
}

/// A write that does not fit into the buffer, or comes after reading.
#[derive(Clone)]
struct Write {
    /// borrowed
    file: ObjRef,
    bytes: Vec<u8>,
    len: usize,
    stage: Stage,
}

impl Task for Write {
    fn name(&self) -> &'static str {
        "write"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            Stage::Start => {
                self.stage = Stage::Settling;
                return Ok(Next::Wait(task::run(vm, Settle::new(self.file))));
            }
            Stage::Settling => vm.xdecref(value),
            Stage::Writing => {
                let count = taken(vm, value.expect("what write returned"), self.bytes.len())?;
                match count {
                    Some(count) => drop(self.bytes.drain(..count)),
                    None => return Err(blocked(vm, self.len - self.bytes.len())),
                }
            }
        }
        let raw = raw_of(vm, self.file)?;
        let Some(state) = state_mut(vm, self.file) else { return Ok(Next::Done(vm.none())) };
        let fits = self.bytes.len() <= state.size && !state.unbuffered;
        if fits || self.bytes.is_empty() {
            state.written = std::mem::take(&mut self.bytes);
            return Ok(Next::Done(vm.new_usize(self.len)));
        }
        self.stage = Stage::Writing;
        let bytes = self.bytes.clone();
        Ok(Next::Wait(write_raw(vm, raw, bytes)))
    }
}

fn write_raw(vm: &mut Vm, raw: ObjRef, bytes: Vec<u8>) -> Res {
    if vm.ty(raw) == FILE_IO {
        return super::super::file::write_bytes(vm, raw, bytes);
    }
    let data = vm.new_bytes(bytes);
    let result = call(vm, raw, "write", &[data]);
    vm.decref(data);
    result
}

/// How many bytes a raw file took; `None`: it cannot take any now. Takes over the reference.
fn taken(vm: &mut Vm, count: ObjRef, given: usize) -> Result<Option<usize>, Raised> {
    if count == NONE {
        vm.decref(count);
        return Ok(None);
    }
    let number = convert::ssize(vm, count);
    vm.decref(count);
    let number = number?;
    if number < 0 || number as usize > given {
        let message = format!("raw write() returned invalid length {number} (should have been between 0 and {given})");
        return Err(vm.raise(OS_ERROR, message));
    }
    Ok(Some(number as usize))
}

fn blocked(vm: &mut Vm, written: usize) -> Raised {
    let args = [vm.new_int(11), vm.new_str("write could not complete without blocking"), vm.new_usize(written)];
    let args = vm.new_tuple(args);
    vm.raise_args(BLOCKING_IO_ERROR, args)
}

/// The next piece of what was written goes to the raw file; `None`: nothing is left.
pub(super) fn write_out(vm: &mut Vm, file: ObjRef, raw: ObjRef) -> Option<Next> {
    let bytes = state(vm, file).map(|state| state.written.clone()).filter(|bytes| !bytes.is_empty())?;
    Some(Next::Wait(write_raw(vm, raw, bytes)))
}

/// The raw file took a piece: that much is written.
pub(super) fn written(vm: &mut Vm, file: ObjRef, count: ObjRef) -> Result<(), Raised> {
    let given = state(vm, file).map_or(0, |state| state.written.len());
    match taken(vm, count, given)? {
        Some(count) => {
            if let Some(state) = state_mut(vm, file) {
                state.written.drain(..count);
            }
            Ok(())
        }
        None => Err(blocked(vm, 0)),
    }
}

pub fn flush(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    if vm.core_of(file) == BUFFERED_READER {
        let raw = raw_of(vm, file)?;
        return call(vm, raw, "flush", &[]);
    }
    open_raw(vm, file, "flush")?;
    task::run(vm, Settle::new(file))
}

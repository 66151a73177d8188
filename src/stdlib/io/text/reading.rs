//! Reading text: a piece of bytes is decoded, the program gets it as lines or by number of characters.
//!
//! `for line in f` finds most lines in what was decoded already.

use super::{
    super::{size_argument, string_io::line_len},
    *,
};
use crate::{builtins::functions::iteration::stop, text::pystr::PyStrBuilder};

#[derive(Clone, Copy, PartialEq)]
enum Want {
    All,
    Characters(usize),
    /// A line of at most so many characters.
    Line(usize),
    /// The same for `next`: an end of the file is StopIteration.
    Next,
}

pub fn read(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    buffer_of(vm, file)?;
    let size = size_argument(vm, args.get(vm, 1))?;
    open_buffer(vm, file)?;
    let want = usize::try_from(size).map_or(Want::All, Want::Characters);
    start(vm, file, want)
}

pub fn read_line(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    buffer_of(vm, file)?;
    let limit = match args.get(vm, 1) {
        Some(limit) => convert::ssize(vm, limit)?,
        None => -1,
    };
    open_buffer(vm, file)?;
    if limit < 0
        && let Some(line) = ready_line(vm, file)
    {
        return done(line);
    }
    start(vm, file, Want::Line(usize::try_from(limit).unwrap_or(usize::MAX)))
}

pub fn next(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    attached(vm, file)?.telling = false;
    if vm.ty(file) != TEXT_IO {
        // A class may have its own idea of a line.
        return vm.call_then(
            "__next__",
            &[file],
            |vm, refs| call(vm, refs[0], "readline", &[]),
            |vm, refs, line| match vm.heap.str(line).map(|text| text.is_empty()) {
                Some(false) => done(line),
                Some(true) => {
                    vm.decref(line);
                    Err(ended(vm, refs[0]))
                }
                None => {
                    let given = vm.type_name(line);
                    vm.decref(line);
                    Err(vm.raise(OS_ERROR, format!("readline() should have returned a str object, not '{given}'")))
                }
            },
        );
    }
    open_buffer(vm, file)?;
    if let Some(line) = ready_line(vm, file) {
        return done(line);
    }
    start(vm, file, Want::Next)
}

/// The iteration is over: positions can be told again.
fn ended(vm: &mut Vm, file: ObjRef) -> Raised {
    if let Some(state) = state_mut(vm, file) {
        state.snapshot = None;
        state.telling = state.seekable;
    }
    stop(vm)
}

/// The next line, if all of it has been decoded.
fn ready_line(vm: &mut Vm, file: ObjRef) -> Option<ObjRef> {
    let state = state_mut(vm, file)?;
    if !state.pending.is_empty() {
        return None;
    }
    let end = line_end(state, false)?;
    let line = state.decoded.slice(state.used, end);
    state.used = end;
    Some(vm.new_str(line))
}

/// Where the line that begins at `used` ends; `None`: not in what is decoded. `after_cr`: the piece before ended in `\r`.
fn line_end(state: &State, after_cr: bool) -> Option<usize> {
    let (used, len) = (state.used, state.decoded.len());
    if used == len {
        return None;
    }
    let newlines = state.decoder.as_ref().and_then(|decoder| decoder.newlines);
    let is_plain = newlines.is_some_and(|newlines| newlines.translate) || newlines.is_none() && state.newline == Some("\n");
    if is_plain && let Some(ascii) = state.decoded.as_ascii() {
        return ascii.as_bytes()[used..].iter().position(|&byte| byte == b'\n').map(|at| used + at + 1);
    }
    if after_cr && state.newline == Some("\r\n") && state.decoded.at(used) == 10 {
        return Some(used + 1);
    }
    let rest: Vec<u32> = state.decoded.slice(used, len).iter().collect();
    let line = line_len(&rest, state.newline, newlines);
    // A line that goes up to the end of the piece has an end of its own, or not.
    let closed = match (state.newline, newlines) {
        (_, Some(Newlines { translate: false, .. })) => matches!(rest[line - 1], 10 | 13),
        (Some("\r\n"), _) => rest[..line].ends_with(&[13, 10]),
        (Some("\r"), _) => rest[line - 1] == 13,
        _ => rest[line - 1] == 10,
    };
    closed.then_some(used + line)
}

fn start(vm: &mut Vm, file: ObjRef, want: Want) -> Res {
    if attached(vm, file)?.decoder.is_none() {
        return Err(unsupported(vm, "not readable"));
    }
    task::run(vm, Read { file, want, got: Vec::new(), len: 0, stage: Stage::Start })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Start,
    /// What was written goes out first.
    Writing,
    Reading,
}

#[derive(Clone)]
struct Read {
    /// borrowed
    file: ObjRef,
    want: Want,
    got: Vec<PyStr>,
    /// Characters in `got`.
    len: usize,
    stage: Stage,
}

impl Read {
    /// Takes what is decoded; true if that is enough.
    fn take(&mut self, vm: &mut Vm) -> Result<bool, Raised> {
        let state = attached(vm, self.file)?;
        let (used, len) = (state.used, state.decoded.len());
        let (mut end, mut enough) = match self.want {
            Want::All => (len, false),
            Want::Characters(count) => (used.saturating_add(count - self.len).min(len), false),
            Want::Line(_) | Want::Next => {
                let after_cr = self.got.last().is_some_and(|piece| !piece.is_empty() && piece.at(piece.len() - 1) == 13);
                match line_end(state, after_cr) {
                    Some(end) => (end, true),
                    None => (len, false),
                }
            }
        };
        if let Want::Line(limit) = self.want {
            let most = limit - self.len;
            if end - used >= most {
                (end, enough) = (used + most, true);
            }
        }
        if end > used {
            self.len += end - used;
            let piece = if used == 0 && end == len { state.decoded.clone() } else { state.decoded.slice(used, end) };
            self.got.push(piece);
            state.used = end;
        }
        Ok(enough || matches!(self.want, Want::Characters(count) if self.len >= count))
    }

    fn finish(&mut self, vm: &mut Vm) -> Step {
        if self.want == Want::Next && self.len == 0 {
            return Err(ended(vm, self.file));
        }
        let text = match &mut self.got[..] {
            [] => PyStr::empty(),
            [piece] => std::mem::take(piece),
            pieces => {
                let mut all = PyStrBuilder::with_capacity(self.len);
                pieces.iter().for_each(|piece| all.push_str(piece));
                all.finish()
            }
        };
        Ok(Next::Done(vm.new_str(text)))
    }

    fn ask(&mut self, vm: &mut Vm) -> Step {
        self.stage = Stage::Reading;
        let buffer = buffer_of(vm, self.file)?;
        let state = attached(vm, self.file)?;
        state.has_read = true;
        if self.want == Want::All {
            return Ok(Next::Wait(call(vm, buffer, "read", &[])));
        }
        let hint = match self.want {
            Want::Characters(count) => (state.ratio.max(1.0) * (count - self.len) as f64) as usize,
            _ => 0,
        };
        let (size, method) = (state.chunk.max(hint), if state.has_read1 { "read1" } else { "read" });
        let size = vm.new_usize(size);
        let result = call(vm, buffer, method, &[size]);
        vm.decref(size);
        Ok(Next::Wait(result))
    }
}

impl Task for Read {
    fn name(&self) -> &'static str {
        match self.want {
            Want::Line(_) => "readline",
            Want::Next => "__next__",
            _ => "read",
        }
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            Stage::Start => {
                self.stage = Stage::Writing;
                if let Some(result) = super::writing::write_pending(vm, self.file)? {
                    return Ok(Next::Wait(result));
                }
            }
            Stage::Writing => vm.xdecref(value),
            Stage::Reading if self.want == Want::All => {
                let data = value.expect("what read returned");
                let bytes = match vm.heap.bytes(data) {
                    Some(bytes) => Ok(bytes.to_vec()),
                    None => {
                        let given = vm.type_name(data);
                        Err(vm.type_error(if data == NONE {
                            "can't concat NoneType to bytes".to_string()
                        } else {
                            format!("can't concat {given} to bytes")
                        }))
                    }
                };
                vm.decref(data);
                let bytes = bytes?;
                let mut decoder = attached(vm, self.file)?.decoder.clone().expect("looked at before");
                let text = decoder.decode(vm, &bytes, true)?;
                let state = attached(vm, self.file)?;
                state.decoder = Some(decoder);
                state.forget();
                self.len += text.len();
                self.got.push(text);
                return self.finish(vm);
            }
            Stage::Reading => {
                let more = take_piece(vm, self.file, value.expect("what read1 returned"))?;
                let enough = self.take(vm)?;
                if !more && !enough && matches!(self.want, Want::Line(_) | Want::Next) {
                    // The end of the file.
                    attached(vm, self.file)?.forget();
                }
                return if enough || !more { self.finish(vm) } else { self.ask(vm) };
            }
        }
        if self.take(vm)? {
            return self.finish(vm);
        }
        self.ask(vm)
    }
}

/// Decodes a piece (takes over the reference); false at the end of the file.
fn take_piece(vm: &mut Vm, file: ObjRef, data: ObjRef) -> Result<bool, Raised> {
    let bytes = match vm.heap.bytes(data) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            let given = vm.type_name(data);
            let function = if attached(vm, file)?.has_read1 { "read1" } else { "read" };
            Err(vm.type_error(format!("underlying {function}() should have returned a bytes-like object, not '{given}'")))
        }
    };
    vm.decref(data);
    let bytes = bytes?;
    let state = attached(vm, file)?;
    let telling = state.telling;
    let mut decoder = state.decoder.clone().expect("looked at before");
    let (waiting, flags) = decoder.state();
    let at_end = bytes.is_empty();
    let text = decoder.decode(vm, &bytes, at_end)?;
    let state = attached(vm, file)?;
    state.decoder = Some(decoder);
    state.ratio = if text.is_empty() { 0.0 } else { bytes.len() as f64 / text.len() as f64 };
    let got_text = !text.is_empty();
    state.decoded = text;
    state.used = 0;
    state.snapshot = telling.then(|| (flags, [waiting, bytes].concat()));
    Ok(!at_end || got_text)
}

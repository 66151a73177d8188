//! Positions in a text file. A position is a number that only `seek` understands: mostly a byte offset, with the decoder's
//! flags and a number of bytes and characters to go on packed above it where the place is inside a piece that cannot be cut.
//!
//! ```text
//!   bits   160        128              96              64            0
//!          need_eof │ chars_to_skip  │ bytes_to_feed │ dec_flags   │ position
//! ```

use super::*;
use crate::{num::BigInt, objects::int::to_big_int};

/// A position, unpacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cookie {
    position: u64,
    flags: u64,
    bytes_to_feed: u64,
    chars_to_skip: u64,
    needs_end: bool,
}

impl Cookie {
    fn pack(self) -> BigInt {
        let high = u128::from(self.chars_to_skip) << 64 | u128::from(self.bytes_to_feed) << 32 | u128::from(self.flags);
        (BigInt::from(u8::from(self.needs_end)) << 160) + (BigInt::from(high) << 64) + BigInt::from(self.position)
    }

    fn unpack(number: &BigInt) -> Cookie {
        let digits = number.magnitude().to_u32_digits();
        let digit = |index: usize| u64::from(digits.get(index).copied().unwrap_or(0));
        Cookie {
            position: digit(1) << 32 | digit(0),
            flags: digit(2),
            bytes_to_feed: digit(3),
            chars_to_skip: digit(4),
            needs_end: digit(5) != 0,
        }
    }
}

pub fn tell(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    open_buffer(vm, file)?;
    let state = attached(vm, file)?;
    let (seekable, telling) = (state.seekable, state.telling);
    if !seekable {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if !telling {
        return Err(vm.raise(OS_ERROR, "telling position disabled by next() call"));
    }
    task::run(vm, Tell { file, stage: 0 })
}

#[derive(Clone)]
struct Tell {
    /// borrowed
    file: ObjRef,
    stage: u8,
}

impl Task for Tell {
    fn name(&self) -> &'static str {
        "tell"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(call(vm, self.file, "flush", &[]))),
            2 => {
                vm.xdecref(value);
                let buffer = buffer_of(vm, self.file)?;
                Ok(Next::Wait(call(vm, buffer, "tell", &[])))
            }
            _ => {
                let position = value.expect("a position");
                let state = attached(vm, self.file)?;
                if state.snapshot.is_none() || state.decoder.is_none() {
                    return Ok(Next::Done(position));
                }
                let at = convert::ssize(vm, position);
                vm.decref(position);
                let cookie = locate(vm, self.file, at?)?;
                Ok(Next::Done(vm.new_big_int(cookie.pack())))
            }
        }
    }
}

/// Where in the bytes of the last piece the program stands, the buffer being at `end`, behind that piece.
fn locate(vm: &mut Vm, file: ObjRef, end: i64) -> Result<Cookie, Raised> {
    let state = attached(vm, file)?;
    let (flags, piece) = state.snapshot.clone().expect("looked at before");
    let (used, ratio) = (state.used, state.ratio);
    let mut decoder = state.decoder.clone().expect("looked at before");
    let start = (end - piece.len() as i64).max(0) as u64;
    let mut here = Cookie { position: start, flags: flags as u64, ..Cookie::default() };
    if used == 0 {
        return Ok(here);
    }
    let mut left = used;
    // A guess by the last piece's ratio; from there back to where the decoder holds nothing back.
    let mut skip = ((ratio * used as f64) as usize).min(piece.len());
    let mut back = 1;
    while skip > 0 {
        decoder.set_state(Vec::new(), flags);
        let count = decoder.decode(vm, &piece[..skip], false)?.len();
        if count > left {
            skip = skip.saturating_sub(back);
            back *= 2;
            continue;
        }
        let (waiting, now) = decoder.state();
        if waiting.is_empty() {
            here.flags = now as u64;
            left -= count;
            break;
        }
        skip = skip.saturating_sub(waiting.len());
        back = 1;
    }
    if skip == 0 {
        decoder.set_state(Vec::new(), flags);
    }
    here.position += skip as u64;
    if left == 0 {
        return Ok(here);
    }
    // Byte by byte, remembering the last place where the decoder holds nothing back.
    let (mut fed, mut count) = (0, 0);
    for byte in &piece[skip..] {
        fed += 1;
        count += decoder.decode(vm, &[*byte], false)?.len();
        let (waiting, now) = decoder.state();
        if waiting.is_empty() && count <= left {
            here.position += fed;
            here.flags = now as u64;
            left -= count;
            (fed, count) = (0, 0);
        }
        if count >= left {
            return Ok(Cookie { bytes_to_feed: fed, chars_to_skip: left as u64, ..here });
        }
    }
    count += decoder.decode(vm, &[], true)?.len();
    if count < left {
        return Err(vm.raise(OS_ERROR, "can't reconstruct logical file position"));
    }
    Ok(Cookie { bytes_to_feed: fed, chars_to_skip: left as u64, needs_end: true, ..here })
}

pub fn seek(vm: &mut Vm, args: Args) -> Res {
    let (file, target) = (args.at(vm, 0), args.at(vm, 1));
    buffer_of(vm, file)?;
    let whence = match args.get(vm, 2) {
        Some(whence) => convert::c_int(vm, whence)?,
        None => 0,
    };
    open_buffer(vm, file)?;
    if !attached(vm, file)?.seekable {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    let zero = vm.small_value(target) == Some(0);
    match whence {
        0 => {}
        1 if !zero => return Err(unsupported(vm, "can't do nonzero cur-relative seeks")),
        2 if !zero => return Err(unsupported(vm, "can't do nonzero end-relative seeks")),
        1 => {
            return vm.call_then(
                "seek",
                &[file],
                |vm, refs| call(vm, refs[0], "tell", &[]),
                |vm, refs, position| {
                    let cookie = Cookie::unpack(&to_big_int(&vm.heap, position));
                    task::run(vm, Seek { file: refs[0], cookie, result: Some(position), to_end: false, stage: 0 })
                },
            );
        }
        2 => return task::run(vm, Seek { file, cookie: Cookie::default(), result: None, to_end: true, stage: 0 }),
        _ => return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
    if !vm.is_int(target) {
        let given = vm.type_name(target);
        return Err(vm.type_error(format!("'<' not supported between instances of '{given}' and 'int'")));
    }
    let number = to_big_int(&vm.heap, target);
    if number < BigInt::ZERO {
        return Err(vm.value_error(format!("negative seek position {number}")));
    }
    let result = Some(vm.own(target));
    task::run(vm, Seek { file, cookie: Cookie::unpack(&number), result, to_end: false, stage: 0 })
}

#[derive(Clone)]
struct Seek {
    /// borrowed
    file: ObjRef,
    cookie: Cookie,
    /// The number to return.
    result: Option<ObjRef>,
    to_end: bool,
    stage: u8,
}

impl Seek {
    fn finish(&mut self, vm: &mut Vm) -> Step {
        let result = self.result.take().expect("a position");
        let is_start = vm.small_value(result) == Some(0) || self.cookie.position == 0 && self.cookie.flags == 0 && !self.to_end;
        if let Some(encoder) = &mut attached(vm, self.file)?.encoder {
            encoder.at_start = is_start;
        }
        Ok(Next::Done(result))
    }
}

impl Task for Seek {
    fn name(&self) -> &'static str {
        "seek"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(call(vm, self.file, "flush", &[]))),
            2 => {
                vm.xdecref(value);
                let buffer = buffer_of(vm, self.file)?;
                let (offset, whence) = if self.to_end { (0, 2) } else { (self.cookie.position as i64, 0) };
                let args = [vm.new_int(offset), vm.new_int(whence)];
                let result = call(vm, buffer, "seek", &args[..if self.to_end { 2 } else { 1 }]);
                vm.decref_all(args);
                Ok(Next::Wait(result))
            }
            3 => {
                let position = value.expect("a position");
                let cookie = self.cookie;
                let state = attached(vm, self.file)?;
                state.forget();
                if let Some(decoder) = &mut state.decoder {
                    if self.to_end || cookie.position == 0 && cookie.flags == 0 {
                        decoder.reset();
                    } else {
                        decoder.set_state(Vec::new(), cookie.flags as i64);
                    }
                }
                if self.to_end {
                    self.result = Some(position);
                    return self.finish(vm);
                }
                vm.decref(position);
                let state = attached(vm, self.file)?;
                if state.decoder.is_some() {
                    state.snapshot = Some((cookie.flags as i64, Vec::new()));
                }
                if cookie.chars_to_skip == 0 {
                    return self.finish(vm);
                }
                let buffer = buffer_of(vm, self.file)?;
                let size = vm.new_int(cookie.bytes_to_feed as i64);
                let result = call(vm, buffer, "read", &[size]);
                vm.decref(size);
                Ok(Next::Wait(result))
            }
            _ => {
                let data = value.expect("what read returned");
                let bytes = super::super::bytes_argument(vm, data);
                vm.decref(data);
                let (bytes, cookie) = (bytes?, self.cookie);
                let Some(mut decoder) = attached(vm, self.file)?.decoder.clone() else { return self.finish(vm) };
                let text = decoder.decode(vm, &bytes, cookie.needs_end)?;
                if (text.len() as u64) < cookie.chars_to_skip {
                    return Err(vm.raise(OS_ERROR, "can't restore logical file position"));
                }
                let state = attached(vm, self.file)?;
                state.decoder = Some(decoder);
                state.snapshot = Some((cookie.flags as i64, bytes));
                state.used = cookie.chars_to_skip as usize;
                state.decoded = text;
                self.finish(vm)
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.result.iter().for_each(|&object| visit(object));
    }
}

pub fn truncate(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    buffer_of(vm, file)?;
    let size = args.get(vm, 1).unwrap_or(NONE);
    vm.call_then(
        "truncate",
        &[file, size],
        |vm, refs| call(vm, refs[0], "flush", &[]),
        |vm, refs, none| {
            vm.decref(none);
            let buffer = buffer_of(vm, refs[0])?;
            call(vm, buffer, "truncate", &refs[1..])
        },
    )
}

//! Line ends: `\r\n` and `\r` as `\n`, also where a `\r` is the last character of one piece and `\n` the first of the next.
//!
//! `io.IncrementalNewlineDecoder(None, True).decode("a\r\nb")` is `'a\nb'`. Counterpart in CPython 3.11: the same class in
//! `Modules/_io/textio.c`.

use super::{base, call, io_state};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    text::{PyStr, pystr::PyStrBuilder},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Any, Named, None as NoArgs, One},
        },
        raised::done,
    },
};

const CR: u32 = 13;
const LF: u32 = 10;

/// Translates piece by piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newlines {
    /// `\r` and `\r\n` become `\n`.
    pub translate: bool,
    /// The last piece ended in `\r`, which is held back: it may be half of a line end.
    pub pending: bool,
    /// The kinds met: 1 `\r`, 2 `\n`, 4 `\r\n`.
    pub seen: u8,
}

impl Newlines {
    pub fn new(translate: bool) -> Newlines {
        Newlines { translate, ..Newlines::default() }
    }

    pub fn decode(&mut self, text: PyStr, last: bool) -> PyStr {
        let mut text = text;
        if self.pending && (!text.is_empty() || last) {
            text = PyStr::from("\r").concat(&text);
            self.pending = false;
        }
        if !last && !text.is_empty() && text.at(text.len() - 1) == CR {
            text = text.slice(0, text.len() - 1);
            self.pending = true;
        }
        if let Some(ascii) = text.as_ascii() {
            if !ascii.contains('\r') {
                if self.seen & 2 == 0 && ascii.contains('\n') {
                    self.seen |= 2;
                }
                return text;
            }
        } else if text.iter().all(|c| c != CR) {
            if self.seen & 2 == 0 && text.iter().any(|c| c == LF) {
                self.seen |= 2;
            }
            return text;
        }
        let mut out = PyStrBuilder::with_capacity(text.len());
        let mut points = text.iter().peekable();
        while let Some(c) = points.next() {
            match c {
                CR if points.peek() == Some(&LF) => {
                    points.next();
                    self.seen |= 4;
                    if !self.translate {
                        out.push(CR);
                    }
                    out.push(LF);
                }
                CR => {
                    self.seen |= 1;
                    out.push(if self.translate { LF } else { CR });
                }
                c => {
                    self.seen |= if c == LF { 2 } else { 0 };
                    out.push(c);
                }
            }
        }
        out.finish()
    }

    /// `newlines`: None, a str, or a tuple of those met; owned.
    pub fn met(self, vm: &mut Vm) -> ObjRef {
        let kinds: Vec<&str> =
            [(1, "\r"), (2, "\n"), (4, "\r\n")].into_iter().filter(|(bit, _)| self.seen & bit != 0).map(|(_, kind)| kind).collect();
        match kinds[..] {
            [] => vm.none(),
            [kind] => vm.new_str(kind),
            _ => {
                let kinds: Vec<ObjRef> = kinds.into_iter().map(|kind| vm.new_str(kind)).collect();
                vm.new_tuple(kinds)
            }
        }
    }
}

// ── the class ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone, Default)]
pub struct State {
    decoder: Option<ObjRef>,
    newlines: Newlines,
}

io_state!(State, [decoder], |_| false);

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Named("decoder, translate, errors='strict'"), init),
        Def::method("decode", Named("input, final=False"), decode),
        Def::method("getstate", NoArgs, get_state),
        Def::method("setstate", One, set_state),
        Def::method("reset", NoArgs, reset),
        Def::getter("newlines", |vm, args| {
            let newlines = state(vm, args)?.newlines;
            done(newlines.met(vm))
        }),
    ]
}

fn state(vm: &mut Vm, args: Args) -> Result<&mut State, Raised> {
    let this = args.at(vm, 0);
    if foreign::<State>(vm, this).is_none() {
        return Err(vm.value_error("IncrementalNewlineDecoder.__init__() not called"));
    }
    Ok(foreign_mut::<State>(vm, this).expect("looked at before"))
}

fn decoder(vm: &mut Vm, args: Args) -> Result<Option<ObjRef>, Raised> {
    state(vm, args).map(|state| state.decoder)
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let decoder = args.given(vm, 1);
    let translate = convert::flag(vm, args.get(vm, 2))?;
    vm.xincref(decoder);
    let old = std::mem::replace(state(vm, args)?, State { decoder, newlines: Newlines::new(translate) });
    vm.xdecref(old.decoder);
    done(vm.none())
}

fn decode(vm: &mut Vm, args: Args) -> Res {
    let (this, input) = (args.at(vm, 0), args.at(vm, 1));
    let last = bool_object(convert::flag(vm, args.get(vm, 2))?);
    let first: fn(&mut Vm, &[ObjRef]) -> Res = match decoder(vm, args)? {
        Some(_) => |vm, refs| {
            let decoder = foreign::<State>(vm, refs[0]).and_then(|state| state.decoder).unwrap_or(NONE);
            call(vm, decoder, "decode", &refs[1..])
        },
        None => |vm, refs| done(vm.own(refs[1])),
    };
    vm.call_then("decode", &[this, input, last], first, |vm, refs, output| {
        let Some(text) = vm.text(output) else {
            let given = vm.type_name(output);
            vm.decref(output);
            return Err(vm.type_error(format!("decoder should return a string result, not '{given}'")));
        };
        vm.decref(output);
        let last = refs[2] == TRUE;
        let text = foreign_mut::<State>(vm, refs[0]).map(|state| state.newlines.decode((*text).clone(), last));
        done(vm.new_str(text.unwrap_or_default()))
    })
}

fn get_state(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let first: fn(&mut Vm, &[ObjRef]) -> Res = match decoder(vm, args)? {
        Some(_) => |vm, refs| {
            let decoder = foreign::<State>(vm, refs[0]).and_then(|state| state.decoder).unwrap_or(NONE);
            call(vm, decoder, "getstate", &[])
        },
        None => |vm, _| {
            let parts = [vm.own(EMPTY_BYTES), vm.new_int(0)];
            done(vm.new_tuple(parts))
        },
    };
    vm.call_then("getstate", &[this], first, |vm, refs, inner| {
        let parts: Vec<ObjRef> = vm.heap.tuple(inner).map(<[ObjRef]>::to_vec).unwrap_or_default();
        let flag = parts.get(1).and_then(|&flag| vm.small_value(flag));
        let (2, Some(flag)) = (parts.len(), flag) else {
            vm.decref(inner);
            return Err(vm.type_error("illegal decoder state"));
        };
        let pending = foreign::<State>(vm, refs[0]).is_some_and(|state| state.newlines.pending);
        let result = [vm.own(parts[0]), vm.new_int(flag << 1 | i64::from(pending))];
        vm.decref(inner);
        done(vm.new_tuple(result))
    })
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    let given = args.at(vm, 1);
    let Some(parts) = vm.heap.tuple(given).map(<[ObjRef]>::to_vec) else {
        return Err(vm.type_error("state argument must be a tuple"));
    };
    let flag = parts.get(1).and_then(|&flag| vm.small_value(flag));
    let (2, Some(flag)) = (parts.len(), flag) else { return Err(vm.type_error("setstate(): illegal state argument")) };
    state(vm, args)?.newlines.pending = flag & 1 != 0;
    let Some(decoder) = decoder(vm, args)? else { return done(vm.none()) };
    let inner = [vm.own(parts[0]), vm.new_int(flag >> 1)];
    let inner = vm.new_tuple(inner);
    let result = call(vm, decoder, "setstate", &[inner]);
    vm.decref(inner);
    result
}

fn reset(vm: &mut Vm, args: Args) -> Res {
    let newlines = &mut state(vm, args)?.newlines;
    *newlines = Newlines::new(newlines.translate);
    match decoder(vm, args)? {
        Some(decoder) => call(vm, decoder, "reset", &[]),
        None => done(vm.none()),
    }
}

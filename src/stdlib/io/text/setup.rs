//! Making a text file over a binary one: `TextIOWrapper(buffer, …)`, `reconfigure`.
//!
//! `sys.stdout.reconfigure(encoding="latin-1")` changes encoder and decoder, once nothing is left in them.

use super::{super::string_io::newline_kind, *};
use crate::text::codec::{self, Encoding};

/// How a text file shall be.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// `None`: that of the locale
    pub encoding: Option<String>,
    pub errors: Option<String>,
    pub newline: Option<String>,
    pub line_buffering: bool,
    pub write_through: bool,
}

/// The encoding of the locale.
const LOCALE_ENCODING: &str = "UTF-8";

fn text_argument(vm: &mut Vm, args: Args, index: usize, function: &str, name: &str) -> Result<Option<String>, Raised> {
    match args.given(vm, index) {
        None => Ok(None),
        Some(text) if vm.heap.str(text).is_some() => Ok(Some(vm.name_text(text))),
        Some(other) => {
            let given = vm.type_name(other);
            Err(vm.type_error(format!("{function}() argument '{name}' must be str or None, not {given}")))
        }
    }
}

pub fn init_method(vm: &mut Vm, args: Args) -> Res {
    let (file, buffer) = (args.at(vm, 0), args.at(vm, 1));
    let wish = Wish {
        encoding: text_argument(vm, args, 2, "TextIOWrapper", "encoding")?,
        errors: text_argument(vm, args, 3, "TextIOWrapper", "errors")?,
        newline: text_argument(vm, args, 4, "TextIOWrapper", "newline")?,
        line_buffering: convert::flag(vm, args.get(vm, 5))?,
        write_through: convert::flag(vm, args.get(vm, 6))?,
    };
    init(vm, file, buffer, &wish)
}

/// Makes a text file over a binary one (borrowed), asking it what it can do.
pub fn init(vm: &mut Vm, file: ObjRef, buffer: ObjRef, wish: &Wish) -> Res {
    let newline = check_newline(vm, wish.newline.as_deref())?;
    let name = wish.encoding.clone().filter(|name| name != "locale").unwrap_or_else(|| LOCALE_ENCODING.to_string());
    let encoding = find_encoding(vm, &name)?;
    let new = State {
        encoding: name,
        errors: wish.errors.clone().unwrap_or_else(|| "strict".to_string()),
        newline,
        line_buffering: wish.line_buffering,
        write_through: wish.write_through,
        ..State::default()
    };
    task::run(vm, Init { file, buffer, encoding, new: Box::new(new), stage: 0 })
}

fn find_encoding(vm: &mut Vm, name: &str) -> Result<Encoding, Raised> {
    Encoding::lookup(name).ok_or_else(|| vm.text_error(codec::unknown_encoding(name)))
}

fn check_newline(vm: &mut Vm, newline: Option<&str>) -> Result<Option<&'static str>, Raised> {
    match newline {
        None => Ok(None),
        Some(newline) => match newline_kind(newline) {
            Some(kind) => Ok(Some(kind)),
            None => Err(vm.value_error(format!("illegal newline value: {newline}"))),
        },
    }
}

/// How line ends are looked at on reading: None and `""` know all three kinds.
fn universal(newline: Option<&str>) -> Option<Newlines> {
    match newline {
        None => Some(Newlines::new(true)),
        Some("") => Some(Newlines::new(false)),
        _ => None,
    }
}

#[derive(Clone)]
struct Init {
    /// borrowed
    file: ObjRef,
    buffer: ObjRef,
    encoding: Encoding,
    new: Box<State>,
    stage: u8,
}

impl Task for Init {
    fn name(&self) -> &'static str {
        "__init__"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        let flag = |vm: &mut Vm| {
            let flag = convert::flag(vm, value);
            vm.xdecref(value);
            flag
        };
        self.stage += 1;
        let new = &mut self.new;
        match self.stage {
            1 => Ok(Next::Wait(call(vm, self.buffer, "readable", &[]))),
            2 => {
                if flag(vm)? {
                    new.decoder = Some(Decoder::new(self.encoding, &new.errors, universal(new.newline)));
                }
                Ok(Next::Wait(call(vm, self.buffer, "writable", &[])))
            }
            3 => {
                if flag(vm)? {
                    new.encoder = Some(Encoder::new(self.encoding, &new.encoding, &new.errors));
                }
                Ok(Next::Wait(call(vm, self.buffer, "seekable", &[])))
            }
            4 => {
                new.seekable = flag(vm)?;
                new.telling = new.seekable;
                let read1 = super::super::attribute_now(vm, self.buffer, "read1")?;
                new.has_read1 = read1.is_some();
                vm.xdecref(read1);
                if new.seekable && new.encoder.as_ref().is_some_and(Encoder::has_mark) {
                    return Ok(Next::Wait(call(vm, self.buffer, "tell", &[])));
                }
                self.step(vm, Input::Start)
            }
            _ => {
                if let Some(position) = value {
                    if let Some(encoder) = &mut new.encoder {
                        encoder.at_start = vm.small_value(position) == Some(0);
                    }
                    vm.decref(position);
                }
                new.buffer = Some(vm.own(self.buffer));
                let new = std::mem::take(&mut **new);
                let old = state_mut(vm, self.file).and_then(|state| std::mem::replace(state, new).buffer);
                vm.xdecref(old);
                Ok(Next::Done(vm.none()))
            }
        }
    }
}

pub fn reconfigure(vm: &mut Vm, args: Args) -> Res {
    let file = args.at(vm, 0);
    let encoding = text_argument(vm, args, 1, "reconfigure", "encoding")?;
    let errors = text_argument(vm, args, 2, "reconfigure", "errors")?;
    let changes_newline = args.get(vm, 3).is_some();
    let newline = text_argument(vm, args, 3, "reconfigure", "newline")?;
    let newline = check_newline(vm, newline.as_deref())?;
    let open = attached(vm, file)?;
    if open.has_read && (encoding.is_some() || errors.is_some() || changes_newline) {
        return Err(unsupported(vm, "It is not possible to set the encoding or newline of stream after the first read"));
    }
    open_buffer(vm, file)?;
    for (index, is_through) in [(4, false), (5, true)] {
        if let Some(flag) = args.given(vm, index) {
            let flag = convert::flag(vm, Some(flag))?;
            let state = attached(vm, file)?;
            *(if is_through { &mut state.write_through } else { &mut state.line_buffering }) = flag;
        }
    }
    let old = attached(vm, file)?;
    let name = encoding.clone().unwrap_or_else(|| old.encoding.clone());
    let errors = errors.unwrap_or_else(|| if encoding.is_some() { "strict".to_string() } else { old.errors.clone() });
    let newline = if changes_newline { newline } else { old.newline };
    let name = if name == "locale" { LOCALE_ENCODING.to_string() } else { name };
    let found = find_encoding(vm, &name)?;
    let is_other = encoding.is_some() || args.given(vm, 2).is_some() || changes_newline;
    let next = Reconfigure { file, name, errors, newline, encoding: found, is_other, called: false };
    task::run(vm, next)
}

/// Flushes with the old settings, then takes the new ones.
#[derive(Clone)]
struct Reconfigure {
    /// borrowed
    file: ObjRef,
    name: String,
    errors: String,
    newline: Option<&'static str>,
    encoding: Encoding,
    is_other: bool,
    called: bool,
}

impl Task for Reconfigure {
    fn name(&self) -> &'static str {
        "reconfigure"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        if !self.called {
            self.called = true;
            return Ok(Next::Wait(call(vm, self.file, "flush", &[])));
        }
        vm.xdecref(input.value());
        if !self.is_other {
            return Ok(Next::Done(vm.none()));
        }
        let state = attached(vm, self.file)?;
        if state.decoder.is_some() {
            state.decoder = Some(Decoder::new(self.encoding, &self.errors, universal(self.newline)));
        }
        if let Some(old) = &state.encoder {
            let mut encoder = Encoder::new(self.encoding, &self.name, &self.errors);
            encoder.at_start = old.at_start;
            state.encoder = Some(encoder);
        }
        state.newline = self.newline;
        state.encoding = std::mem::take(&mut self.name);
        state.errors = std::mem::take(&mut self.errors);
        super::super::standard::settings_changed(vm, self.file);
        Ok(Next::Done(vm.none()))
    }
}

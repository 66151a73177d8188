//! `"%d items" % n`: formatting in the manner of C's printf, for str and bytes.
//!
//! Each conversion takes the next argument and turns it into text, for which `__str__`, `__int__`, … may have to run.
//! Counterpart in CPython 3.11: `PyUnicode_Format`, `_PyBytes_FormatEx`. `"%(a)s" % {"a": 1}` is `"1"`.

use std::sync::Arc;

use super::*;
use crate::{
    num::int_float,
    objects::{equality::Number, int::to_big_int},
    text::{
        PyStr, TextError,
        percent::{Amount, Conversion, Piece, pieces},
    },
};

impl Vm {
    /// `format % args`
    pub fn percent(&mut self, format: ObjRef, args: ObjRef) -> Res {
        let (text, is_bytes) = match self.heap.body(format) {
            Body::Str(text) => (Arc::clone(text), false),
            _ => {
                let bytes = self.heap.bytes(format).unwrap_or(&[]);
                (Arc::new(PyStr::from_code_points(&bytes.iter().map(|&byte| u32::from(byte)).collect::<Vec<_>>())), true)
            }
        };
        let is_tuple = self.heap.tuple(args).is_some();
        let arguments = if is_tuple { self.heap.tuple(args).map(<[ObjRef]>::to_vec).unwrap_or_default() } else { vec![args] };
        let is_data = is_bytes && matches!(self.heap.body(args), Body::Bytes(_) | Body::ByteArray(_));
        let is_mapping = !is_tuple && !is_data && self.is_mapping(args);
        let pieces: Vec<Result<Piece, TextError>> = pieces(&text).collect();
        self.drive(Percent {
            format,
            mapping: is_mapping.then_some(args),
            arguments,
            next: 0,
            pieces,
            piece: 0,
            is_bytes,
            out: Vec::new(),
            whole: None,
            conversion: None,
            stage: Stage::Piece,
            value: None,
        })
    }

    /// Can `%(key)s` look things up in it? Then it need not be used up either.
    fn is_mapping(&mut self, object: ObjRef) -> bool {
        match self.heap.body(object) {
            Body::Str(_) | Body::Tuple(_) => false,
            Body::Bytes(_) | Body::ByteArray(_) | Body::Dict(_) | Body::List(_) | Body::Range(_) => true,
            Body::Fields(_) if self.ty(object) == MAPPINGPROXY => true,
            Body::Fields(_) if matches!(self.ty(object), GENERIC_ALIAS | UNION_TYPE) => true,
            _ if self.heap.view(object).is_some() => true,
            _ => {
                let ty = self.ty(object);
                self.own_method(ty, self.names.getitem).is_some_and(|method| !self.is_sequence_method(method))
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The next piece of the format.
    Piece,
    /// A mapping was asked for a key.
    Key,
    /// Width and precision, then the value.
    Amounts,
    /// The value is being turned into text or a number.
    Convert,
}

/// A format at work. Format and arguments are borrowed.
#[derive(Clone)]
struct Percent {
    format: ObjRef,
    mapping: Option<ObjRef>,
    arguments: Vec<ObjRef>,
    next: usize,
    pieces: Vec<Result<Piece, TextError>>,
    piece: usize,
    is_bytes: bool,
    out: Vec<u32>,
    /// The one text that is the whole result: it comes out itself, not a copy. Counted.
    whole: Option<ObjRef>,
    conversion: Option<Conversion>,
    stage: Stage,
    /// What a mapping gave; counted.
    value: Option<ObjRef>,
}

impl Native for Percent {
    fn name(&self) -> &'static str {
        "str.__mod__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let outcome = match self.stage {
                Stage::Piece => {
                    let Some(piece) = self.pieces.get(self.piece).cloned() else { return self.end(vm) };
                    self.piece += 1;
                    match piece {
                        Err(error) => return Err(vm.text_error(error)),
                        Ok(Piece::Literal(text)) => {
                            if self.pieces.len() == 1
                                && !text.is_empty()
                                && !self.is_bytes
                                && vm.heap.str(self.format).is_some_and(|format| **format == text)
                            {
                                self.whole = Some(vm.own(self.format));
                            }
                            self.out.extend(text.iter());
                            continue;
                        }
                        Ok(Piece::Conversion(conversion)) => self.begin(vm, conversion)?,
                        Ok(Piece::Broken { key, error }) => {
                            if let Some(key) = key {
                                let depth = vm.frames.len();
                                let outcome = self.look_up(vm, key)?;
                                let value = vm.finish_now(depth, outcome)?;
                                vm.decref(value);
                            } else if self.mapping.is_none() {
                                return Err(vm.type_error("format requires a mapping"));
                            }
                            return Err(vm.text_error(error));
                        }
                    }
                }
                Stage::Key => {
                    let value = input.take().expect("the mapping's value");
                    let old = self.value.replace(value);
                    vm.xdecref(old);
                    self.arguments = vec![value];
                    self.next = 0;
                    self.stage = Stage::Amounts;
                    None
                }
                Stage::Amounts => self.amounts(vm)?,
                Stage::Convert => {
                    let value = input.take().expect("the converted value");
                    self.stage = Stage::Piece;
                    let result = self.converted(vm, value);
                    vm.decref(value);
                    result?;
                    None
                }
            };
            match outcome {
                None => {}
                Some(Outcome::Done(value)) => input = Some(value),
                Some(Outcome::Pushed) => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.value.iter().chain(&self.whole).for_each(|&value| visit(value));
    }
}

impl Percent {
    fn begin(&mut self, vm: &mut Vm, conversion: Conversion) -> Result<Option<Outcome>, Raised> {
        let key = conversion.key.clone();
        self.conversion = Some(conversion);
        let Some(key) = key else {
            self.stage = Stage::Amounts;
            return Ok(None);
        };
        self.stage = Stage::Key;
        self.look_up(vm, key).map(Some)
    }

    fn look_up(&self, vm: &mut Vm, key: PyStr) -> Res {
        let Some(mapping) = self.mapping else { return Err(vm.type_error("format requires a mapping")) };
        let key = if self.is_bytes { vm.new_bytes(key.iter().map(|c| c as u8).collect()) } else { vm.new_str(key) };
        let depth = vm.frames.len();
        let result = vm.get_item(mapping, key);
        use crate::vm::protocol::after::After;
        vm.after(depth, result, After::new("__getitem__", &[], 0, |_, _, value| done(value)).owning([key]))
    }

    fn argument(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        match self.arguments.get(self.next) {
            Some(&argument) => {
                self.next += 1;
                Ok(argument)
            }
            None => Err(vm.type_error("not enough arguments for format string")),
        }
    }

    /// Reads `*` arguments, takes the value and starts its conversion.
    fn amounts(&mut self, vm: &mut Vm) -> Result<Option<Outcome>, Raised> {
        let mut conversion = self.conversion.clone().expect("a conversion");
        let star = |this: &mut Percent, vm: &mut Vm, most: i64, c_type: &str| -> Result<i64, Raised> {
            let argument = this.argument(vm)?;
            if !vm.is_int(argument) {
                return Err(vm.type_error("* wants int"));
            }
            match vm.small_value(argument).filter(|value| (-most - 1..=most).contains(value)) {
                Some(value) => Ok(value),
                None => Err(vm.raise(OVERFLOW_ERROR, format!("Python int too large to convert to C {c_type}"))),
            }
        };
        if conversion.width == Amount::Star {
            let width = star(self, vm, i64::MAX, "ssize_t")?;
            conversion.set_width(width);
        }
        if conversion.precision == Amount::Star {
            let precision = star(self, vm, i64::from(i32::MAX), "int")?;
            conversion.set_precision(precision);
        }
        let code = char::from_u32(conversion.code).unwrap_or('\0');
        self.conversion = Some(conversion);
        let value = self.argument(vm)?;
        self.stage = Stage::Convert;
        match code {
            's' | 'b' if self.is_bytes => self.bytes_value(vm, value).map(Some),
            's' => vm.str(value).map(Some),
            'r' if !self.is_bytes => vm.repr(value).map(Some),
            'a' | 'r' => vm.ascii(value).map(Some),
            'd' | 'i' | 'u' | 'x' | 'X' | 'o' => self.int_value(vm, value, code).map(Some),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => self.float_value(vm, value).map(Some),
            'c' => Ok(Some(Outcome::Done(vm.own(value)))),
            _ => {
                let error = self.conversion.as_ref().expect("a conversion").unsupported();
                Err(vm.text_error(error))
            }
        }
    }

    /// The value as an int object.
    fn int_value(&self, vm: &mut Vm, value: ObjRef, code: char) -> Result<Outcome, Raised> {
        if vm.is_int(value) {
            return Ok(Outcome::Done(vm.own(value)));
        }
        let hex = matches!(code, 'x' | 'X' | 'o');
        let ty = vm.ty(value);
        if !hex
            && vm.own_method(ty, vm.names.int).is_none()
            && let Some(Number::Float(float)) = Number::of(&vm.heap, value)
        {
            return match int_float::float_to_int(float) {
                Ok(int) => Ok(Outcome::Done(vm.new_big_int(int))),
                Err(error) => Err(vm.text_error(error)),
            };
        }
        let ty = vm.ty(value);
        let depth = vm.frames.len();
        let converted = if !hex && let Some(method) = vm.own_method(ty, vm.names.int) {
            Some(vm.call_method_object(method, value, &[]))
        } else if vm.has_index(value) {
            Some(vm.index(value))
        } else if !hex && vm.own_method(ty, vm.names.float).is_some() {
            // It counts as a number, and is then read as `int(value)` reads it: digits, if it is a str.
            Some(vm.call(INT, &[value]))
        } else {
            None
        };
        // A TypeError on the way is told as the format's own.
        if let Some(outcome) = converted {
            match outcome.and_then(|outcome| vm.finish_now(depth, outcome)) {
                Ok(int) if vm.is_int(int) => return Ok(Outcome::Done(int)),
                Ok(other) => vm.decref(other),
                Err(raised) if vm.exception_matches(raised.0, TYPE_ERROR) => vm.decref(raised.0),
                Err(raised) => return Err(raised),
            }
        }
        let name = vm.type_name(value);
        let code = if self.is_bytes && code == 'i' { 'd' } else { code };
        Err(vm.type_error(if hex {
            format!("%{code} format: an integer is required, not {name}")
        } else {
            format!("%{code} format: a real number is required, not {name}")
        }))
    }

    /// The value as a float object.
    fn float_value(&self, vm: &mut Vm, value: ObjRef) -> Result<Outcome, Raised> {
        let float = match Number::of(&vm.heap, value) {
            Some(Number::Float(value)) => Some(Ok(value)),
            Some(Number::Int(value)) => Some(Ok(value as f64)),
            Some(Number::BigInt(value)) => Some(int_float::int_to_float(value)),
            _ => None,
        };
        match float {
            Some(Ok(float)) => return Ok(Outcome::Done(vm.new_float(float))),
            Some(Err(error)) => return Err(vm.text_error(error)),
            None => {}
        }
        if let Some(float) = vm.float_by_method(value) {
            return float;
        }
        if vm.has_index(value) {
            return vm.index(value);
        }
        if self.is_bytes {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("float argument required, not {name}")));
        }
        let name = vm.type_name(value);
        Err(vm.type_error(format!("must be real number, not {name}")))
    }

    /// `%b` and `%s` of bytes: a bytes object.
    fn bytes_value(&self, vm: &mut Vm, value: ObjRef) -> Result<Outcome, Raised> {
        if vm.heap.buffer(value).is_some() {
            return Ok(Outcome::Done(vm.own(value)));
        }
        let ty = vm.ty(value);
        if let Some(method) = vm.own_method(ty, vm.names.bytes) {
            return vm.call_method_object(method, value, &[]);
        }
        let name = vm.type_name(value);
        Err(vm.type_error(format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'")))
    }

    /// The value came: its text goes out.
    fn converted(&mut self, vm: &mut Vm, value: ObjRef) -> Result<(), Raised> {
        let conversion = self.conversion.take().expect("a conversion");
        let code = char::from_u32(conversion.code).unwrap_or('\0');
        let text = match code {
            's' | 'b' if self.is_bytes => {
                let bytes: Vec<u32> = vm.heap.buffer(value).unwrap_or_default().iter().map(|&byte| u32::from(byte)).collect();
                conversion.format_text(&PyStr::from_code_points(&bytes))
            }
            's' | 'r' | 'a' => {
                let text = vm.text(value).unwrap_or_default();
                let plain = conversion.width == Amount::Absent && conversion.precision == Amount::Absent;
                if plain && self.out.is_empty() && self.piece == self.pieces.len() && !self.is_bytes {
                    self.whole = Some(vm.own(value));
                }
                conversion.format_text(&text)
            }
            'c' => {
                let c = self.character(vm, value)?;
                conversion.format_text(&PyStr::from_code_points(&[c]))
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => match Number::of(&vm.heap, value) {
                Some(Number::Float(value)) => conversion.format_float(value).map(PyStr::from),
                Some(Number::Int(value)) => conversion.format_float(value as f64).map(PyStr::from),
                _ => return Err(vm.type_error("must be real number")),
            },
            _ => {
                let int = to_big_int(&vm.heap, value);
                conversion.format_int(&int, vm.int_max_str_digits).map(PyStr::from)
            }
        };
        match text {
            Ok(text) => {
                self.out.extend(text.iter());
                Ok(())
            }
            Err(error) => Err(vm.number_error(error)),
        }
    }

    /// The number that `%c` is given, if it is one; nothing inside if it is too large. `__index__` runs on the Rust stack.
    fn code_of(&self, vm: &mut Vm, value: ObjRef) -> Option<Option<i64>> {
        if !vm.has_index(value) {
            return None;
        }
        let depth = vm.frames.len();
        match vm.index(value).and_then(|outcome| vm.finish_now(depth, outcome)) {
            Ok(int) => {
                let code = vm.small_value(int);
                vm.decref(int);
                Some(code)
            }
            Err(raised) => {
                // Whatever went wrong, it is no character.
                vm.decref(raised.0);
                None
            }
        }
    }

    fn character(&self, vm: &mut Vm, value: ObjRef) -> Result<u32, Raised> {
        if self.is_bytes {
            if let Some(&[byte]) = vm.heap.bytes(value) {
                return Ok(byte.into());
            }
            if let Some(code) = self.code_of(vm, value) {
                return match code.filter(|code| (0..256).contains(code)) {
                    Some(code) => Ok(code as u32),
                    None => Err(vm.raise(OVERFLOW_ERROR, "%c arg not in range(256)")),
                };
            }
            return Err(vm.type_error("%c requires an integer in range(256) or a single byte"));
        }
        if let Some(text) = vm.heap.str(value) {
            if text.len() == 1 {
                return Ok(text.at(0));
            }
            return Err(vm.type_error("%c requires int or char"));
        }
        if let Some(code) = self.code_of(vm, value) {
            return match code.filter(|code| (0..0x11_0000).contains(code)) {
                Some(code) => Ok(code as u32),
                None => Err(vm.raise(OVERFLOW_ERROR, "%c arg not in range(0x110000)")),
            };
        }
        Err(vm.type_error("%c requires int or char"))
    }

    fn end(&mut self, vm: &mut Vm) -> Res {
        if self.mapping.is_none() && self.next < self.arguments.len() {
            let whole = self.whole.take();
            vm.xdecref(whole);
            let kind = if self.is_bytes { "bytes" } else { "string" };
            return Err(vm.type_error(format!("not all arguments converted during {kind} formatting")));
        }
        if let Some(whole) = self.whole.take() {
            return done(whole);
        }
        if !self.is_bytes {
            let text = PyStr::from_code_points(&self.out);
            return done(vm.new_str(text));
        }
        let bytes: Vec<u8> = self.out.iter().map(|&c| c as u8).collect();
        match vm.heap.body(self.format) {
            Body::ByteArray(_) => done(vm.new_bytearray(bytes)),
            _ => done(vm.new_bytes(bytes)),
        }
    }
}

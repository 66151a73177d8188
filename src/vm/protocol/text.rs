//! Text of objects: `repr(x)`, `str(x)`, `ascii(x)`, `format(x, spec)`.
//!
//! ```text
//!   repr([a, b])   →   "[" repr(a) ", " repr(b) "]"      a.__repr__ may be Python: then the half-built text waits in a frame
//! ```
//!
//! Counterpart in CPython 3.11: `PyObject_Repr`, `PyObject_Str`, `PyObject_Format` and the `tp_repr` of each type.

mod compose;
mod exceptions;
mod format;
mod objects;
mod recursion;

use std::sync::Arc;

use super::after::After;
use crate::{
    heap::ObjRef,
    num::{complex, float_text, int_text},
    objects::{Body, Objects, core_types::*, equality::Number},
    text::{PyStr, repr},
    vm::{Outcome, Raised, Res, Vm, host::Stream, raised::done},
};

impl Vm {
    /// `repr(object)`: a str object.
    pub fn repr(&mut self, object: ObjRef) -> Res {
        let ty = self.ty(object);
        if ty == BOOL {
            return done(self.own(if object == TRUE { TRUE_TEXT } else { FALSE_TEXT }));
        }
        if let Some(method) = self.own_method(ty, self.names.repr) {
            self.enter(" while getting the repr of an object")?;
            let result = self.call_for_text(object, method, "__repr__");
            self.leave();
            return result;
        }
        self.repr_builtin(object)
    }

    /// `repr(object)` as the builtin type behind the object defines it (`list.__repr__`).
    pub fn repr_builtin(&mut self, object: ObjRef) -> Res {
        if let Some(text) = self.plain_repr(object) {
            self.check_level(" while getting the repr of an object")?;
            return self.plain_text(text);
        }
        self.enter(" while getting the repr of an object")?;
        let result = self.compose_repr(object);
        self.leave();
        result
    }

    /// Calls `__repr__` or `__str__` and checks that it gives a str.
    fn call_for_text(&mut self, object: ObjRef, method: ObjRef, name: &'static str) -> Res {
        let depth = self.frames.len();
        let result = self.call_method_object(method, object, &[]);
        let number = i64::from(name == "__str__");
        self.after(
            depth,
            result,
            After::new(name, &[], number, |vm, state, value| {
                if vm.heap.str(value).is_some() {
                    return done(value);
                }
                let name = if state.number == 0 { "__repr__" } else { "__str__" };
                let given = vm.type_name(value);
                vm.decref(value);
                Err(vm.type_error(format!("{name} returned non-string (type {given})")))
            }),
        )
    }

    fn text_result(&mut self, text: Result<PyStr, crate::text::TextError>) -> Res {
        match text {
            Ok(text) => done(self.new_str(text)),
            Err(error) => Err(self.text_error(error)),
        }
    }

    /// The same for a [plain](Vm::plain_repr) one: `str(5)` is a string of its own each time, not the character.
    fn plain_text(&mut self, text: Result<PyStr, crate::text::TextError>) -> Res {
        match text {
            Ok(text) if text.len() == 1 => done(self.new_own_str(text)),
            text => self.text_result(text),
        }
    }

    /// The text of values that contain no others: numbers, strings, None.
    pub(super) fn plain_repr(&self, object: ObjRef) -> Option<Result<PyStr, crate::text::TextError>> {
        Some(Ok(match Number::of(&self.heap, object) {
            Some(Number::Int(value)) if self.core_of(object) == BOOL => if value != 0 { "True" } else { "False" }.into(),
            Some(Number::Int(value)) => PyStr::of_integer(value),
            Some(Number::BigInt(value)) => return Some(int_text::to_decimal(value, self.int_max_str_digits).map(PyStr::from)),
            Some(Number::Float(value)) => float_text::repr(value).into(),
            Some(Number::Complex(real, imag)) => complex::complex_repr((real, imag)).into(),
            None => match self.heap.body(object) {
                Body::Str(text) => repr::str_repr(text),
                Body::Bytes(bytes) => repr::bytes_repr(bytes).into(),
                Body::ByteArray(bytes) => repr::bytearray_repr(bytes, &self.type_name(object)).into(),
                Body::None => match object {
                    NONE => "None".into(),
                    NOT_IMPLEMENTED => "NotImplemented".into(),
                    ELLIPSIS => "Ellipsis".into(),
                    _ => return None,
                },
                _ => return None,
            },
        }))
    }

    /// `str(object)`: a str object.
    pub fn str(&mut self, object: ObjRef) -> Res {
        let ty = self.ty(object);
        if ty == STR {
            return done(self.own(object));
        }
        self.enter(" while getting the str of an object")?;
        let result = self.str_below(object, ty);
        self.leave();
        result
    }

    /// What `str` finds below its level of recursion: `__str__`, or the `__repr__` that stands for it, called directly.
    fn str_below(&mut self, object: ObjRef, ty: ObjRef) -> Res {
        if ty == INT
            && let Some(value) = self.small_value(object)
        {
            return self.plain_text(Ok(PyStr::of_integer(value)));
        }
        if let Some(method) = self.own_method(ty, self.names.str) {
            return self.call_for_text(object, method, "__str__");
        }
        if matches!(self.heap.body(object), Body::Str(_) | Body::Exception(_)) {
            return self.str_builtin(object);
        }
        // Bytes have a `__str__` of their own, which does not ask for the `__repr__` of a subclass.
        let is_bytes = matches!(self.heap.body(object), Body::Bytes(_) | Body::ByteArray(_));
        if let Some(method) = self.own_method(ty, self.names.repr).filter(|_| !is_bytes) {
            return self.call_for_text(object, method, "__str__");
        }
        if ty == BOOL {
            return self.repr(object);
        }
        if ty == MAPPINGPROXY
            && let Some(mapping) = self.field(object, 0)
        {
            return self.str(mapping);
        }
        match self.plain_repr(object) {
            Some(text) => self.plain_text(text),
            None => self.compose_repr(object),
        }
    }

    /// `str(object)` as the builtin type behind the object defines it.
    pub fn str_builtin(&mut self, object: ObjRef) -> Res {
        match self.heap.body(object) {
            Body::Str(text) if self.ty(object) != STR => {
                let text = Arc::clone(text);
                done(crate::objects::str::new_shared_str(&mut self.heap, text))
            }
            Body::Str(_) => done(self.own(object)),
            Body::Exception(_) => self.exception_str(object),
            Body::Bytes(_) | Body::ByteArray(_) => self.repr_builtin(object),
            _ => self.repr(object),
        }
    }

    /// `ascii(object)`: `repr` with everything beyond ASCII escaped.
    pub fn ascii(&mut self, object: ObjRef) -> Res {
        let depth = self.frames.len();
        let result = self.repr(object);
        self.after(
            depth,
            result,
            After::new("ascii", &[], 0, |vm, _, value| {
                let text = vm.text(value).expect("a str object");
                if text.is_ascii() {
                    return done(value);
                }
                vm.decref(value);
                let text = repr::escape_non_ascii(&text);
                done(vm.new_str(text))
            }),
        )
    }

    /// `repr(object)` as text; Python code runs on the Rust stack.
    pub fn repr_now(&mut self, object: ObjRef) -> Result<String, Raised> {
        let depth = self.frames.len();
        let outcome = self.repr(object)?;
        self.finish_text(depth, outcome).map(|text| text.to_string_lossy())
    }

    /// `str(object)` as text; Python code runs on the Rust stack.
    pub fn str_now(&mut self, object: ObjRef) -> Result<Arc<PyStr>, Raised> {
        let depth = self.frames.len();
        let outcome = self.str(object)?;
        self.finish_text(depth, outcome)
    }

    fn finish_text(&mut self, depth: usize, outcome: Outcome) -> Result<Arc<PyStr>, Raised> {
        let value = self.finish_now(depth, outcome)?;
        let text = self.text(value).unwrap_or_default();
        self.decref(value);
        Ok(text)
    }

    /// A text for messages and for people, made without running any Python: `<A object at 0x…>` where it would be needed.
    pub fn repr_lossy(&self, object: ObjRef) -> String {
        self.structural_repr(object, 0)
    }

    fn structural_repr(&self, object: ObjRef, depth: u32) -> String {
        if let Some(Ok(text)) = self.plain_repr(object) {
            return text.to_string_lossy();
        }
        let list = |items: &[ObjRef]| {
            let shown: Vec<String> = items.iter().take(100).map(|&item| self.structural_repr(item, depth + 1)).collect();
            shown.join(", ") + if items.len() > 100 { ", ..." } else { "" }
        };
        if depth > 4 {
            return "...".into();
        }
        match self.heap.body(object) {
            Body::List(items) => format!("[{}]", list(items)),
            Body::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
            Body::Tuple(items) => format!("({})", list(items)),
            Body::Set(set) if set.is_empty() => format!("{}()", self.type_name(object)),
            Body::Set(set) => {
                let items: Vec<ObjRef> = set.iter().map(|(key, _)| key).collect();
                let inner = list(&items);
                if self.ty(object) == SET { format!("{{{inner}}}") } else { format!("{}({{{inner}}})", self.type_name(object)) }
            }
            Body::Dict(dict) => {
                let pairs: Vec<String> = dict
                    .iter()
                    .take(100)
                    .map(|(key, value)| format!("{}: {}", self.structural_repr(key, depth + 1), self.structural_repr(value, depth + 1)))
                    .collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Body::Exception(exception) => {
                let args = self.heap.tuple(exception.args).unwrap_or(&[]);
                let name = self.type_name(object);
                format!("{}({})", name.rsplit('.').next().unwrap_or(&name), list(args))
            }
            Body::Slice(parts) => format!("slice({})", list(parts)),
            Body::Range(parts) => match self.small_value(parts[2]) {
                Some(1) => format!("range({})", list(&parts[..2])),
                _ => format!("range({})", list(&parts[..3])),
            },
            _ => self.opaque_repr(object),
        }
    }

    /// Writes text to a standard stream, as UTF-8; a lone surrogate cannot be encoded (stderr escapes it).
    pub fn write_text(&mut self, stream: Stream, text: &PyStr) -> Result<(), Raised> {
        if let Some(text) = text.as_ascii() {
            self.note_text(stream, text.len());
            self.write(stream, text.as_bytes());
            return Ok(());
        }
        match text.to_utf8() {
            Some(text) => {
                self.note_text(stream, text.len());
                self.write(stream, text.as_bytes());
            }
            None if stream == Stream::Stderr => {
                let mut out = String::new();
                for c in text.iter() {
                    match char::from_u32(c) {
                        Some(c) => out.push(c),
                        None => repr::push_escape(&mut out, c),
                    }
                }
                self.write(stream, out.as_bytes());
            }
            None => return Err(self.surrogate_error(text)),
        }
        Ok(())
    }

    /// `UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed`
    pub fn surrogate_error(&mut self, text: &PyStr) -> Raised {
        let is_surrogate = |c: u32| (0xd800..0xe000).contains(&c);
        let start = text.iter().position(is_surrogate).unwrap_or(0);
        let len = text.iter().skip(start).take_while(|&c| is_surrogate(c)).count();
        let args = [
            self.new_str("utf-8"),
            self.new_str(text.clone()),
            self.new_usize(start),
            self.new_usize(start + len),
            self.new_str("surrogates not allowed"),
        ];
        let args = self.new_tuple(args);
        self.raise_args(UNICODE_ENCODE_ERROR, args)
    }
}

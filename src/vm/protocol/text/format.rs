//! `format(x, spec)`: what f-strings and `str.format` ask for.
//!
//! Counterpart in CPython 3.11: `PyObject_Format`, `int.__format__` and its siblings. `format(255, "#x")` is `'0xff'`.

use super::*;
use crate::{objects::int::to_big_int, text::format};

impl Vm {
    /// `format(object, spec)`; `spec` is a str object, borrowed.
    pub fn format(&mut self, object: ObjRef, spec: ObjRef) -> Res {
        let ty = self.ty(object);
        if spec == EMPTY_STR && matches!(ty, STR | INT) {
            return self.str(object);
        }
        if ty == INT
            && let Some(value) = self.small_value(object)
            && let Some(text) = self.heap.str(spec).and_then(|spec| format::format_short(value, spec.as_ascii()?))
        {
            return self.text_result(Ok(text.into()));
        }
        match self.own_method(ty, self.names.format) {
            Some(method) => self.call_bound_special(
                method,
                object,
                &[spec],
                After::new("__format__", &[], 0, |vm, _, value| {
                    if vm.heap.str(value).is_some() {
                        return done(value);
                    }
                    let name = vm.type_name(value);
                    vm.decref(value);
                    Err(vm.type_error(format!("__format__ must return a str, not {name}")))
                }),
            ),
            None if is_core_type(ty) => self.format_builtin(object, spec),
            None => {
                // `object.__format__` is looked up as a bound method, which holds the object.
                self.incref(object);
                let depth = self.frames.len();
                self.native_depth += 1;
                let result = self.format_builtin(object, spec);
                self.native_depth -= 1;
                self.after(depth, result, After::new("__format__", &[], 0, |_, _, text| done(text)).owning([object]))
            }
        }
    }

    /// `format(object, spec)` as the builtin type behind the object defines it.
    pub fn format_builtin(&mut self, object: ObjRef, spec: ObjRef) -> Res {
        let text = self.text(spec).unwrap_or_default();
        if text.is_empty() {
            return self.str(object);
        }
        let (ty, name) = (self.ty(object), self.type_name(object));
        // An int whose class has a `__float__` is asked for it where a float is to be shown.
        if shows_float(&text) && self.is_int(object) && self.own_method(ty, self.names.float).is_some() {
            let value = self.double_by_method(object).expect("the method")?;
            return self.text_result(format::format_float(value, &text, &name));
        }
        let result = match (Number::of(&self.heap, object), self.heap.body(object)) {
            (Some(Number::Int(_) | Number::BigInt(_)), _) => {
                let value = to_big_int(&self.heap, object);
                format::format_int(&value, &text, &name, self.int_max_str_digits)
            }
            (Some(Number::Float(value)), _) => format::format_float(value, &text, &name),
            (Some(Number::Complex(real, imag)), _) => format::format_complex((real, imag), &text, &name),
            (None, Body::Str(value)) => match format::format_str(value, &text, &name) {
                // A text that is long enough already is the result itself.
                Ok(same) if same == **value && !same.is_empty() => return done(self.own(object)),
                result => result,
            },
            _ => return Err(self.type_error(format!("unsupported format string passed to {name}.__format__"))),
        };
        self.text_result(result)
    }
}

/// Does a format end with the letter of a float's presentation?
fn shows_float(spec: &PyStr) -> bool {
    !spec.is_empty() && char::from_u32(spec.at(spec.len() - 1)).is_some_and(|letter| "eEfFgG%".contains(letter))
}

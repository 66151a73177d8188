//! `complex`: `complex("1+2j")`, `complex(1, 2)`, parts and conjugate.
//!
//! Counterpart in CPython 3.11: `Objects/complexobject.c`. `complex(real=obj)` asks `obj.__complex__()`.

use super::{
    new::{self, of_class},
    numbers,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    num::complex,
    objects::{Objects, core_types::*, equality::Number},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One};
    let mut rows = numbers::natives();
    rows.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", None, repr),
        NativeDef::method("__complex__", None, numbers::itself),
        NativeDef::method("__format__", One, numbers::format),
        NativeDef::method("__getnewargs__", None, getnewargs),
        NativeDef::method("conjugate", None, conjugate),
        NativeDef::member("real", |vm, args| {
            let real = value(vm, args).0;
            done(vm.new_float(real))
        }),
        NativeDef::member("imag", |vm, args| {
            let imag = value(vm, args).1;
            done(vm.new_float(imag))
        }),
    ]);
    rows
}

fn value(vm: &Vm, args: Args) -> (f64, f64) {
    match Number::of(&vm.heap, args.at(vm, 0)) {
        Some(Number::Complex(real, imag)) => (real, imag),
        _ => (0.0, 0.0),
    }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::named(vm, args, COMPLEX, &["real", "imag"])?;
    let class = new.class;
    let (real, imag) = (new.values[0], new.values[1]);
    if class == COMPLEX
        && imag.is_none()
        && let Some(real) = real.filter(|&real| vm.ty(real) == COMPLEX)
    {
        return done(vm.own(real));
    }
    let number = complex_of(vm, real, imag)?;
    let number = vm.new_complex(number);
    done(of_class(vm, class, number))
}

/// `complex(real, imag)`; `__complex__` and `__float__` run on the Rust stack.
fn complex_of(vm: &mut Vm, real: Option<ObjRef>, imag: Option<ObjRef>) -> Result<(f64, f64), Raised> {
    if let Some(text) = real.and_then(|real| vm.text(real)) {
        if imag.is_some() {
            return Err(vm.type_error("complex() can't take second arg if first is a string"));
        }
        let parsed = complex::parse_complex(&text);
        return convert::check(vm, parsed);
    }
    if imag.is_some_and(|imag| vm.heap.str(imag).is_some()) {
        return Err(vm.type_error("complex() second arg can't be a string"));
    }
    let first = match real {
        Some(real) => part(vm, real, true)?,
        None => (0.0, 0.0),
    };
    let second = match imag {
        Some(imag) => part(vm, imag, false)?,
        None => return Ok(first),
    };
    // A real first part has no imaginary one that could be added: the sign of a zero stays.
    let is_complex = real.is_some_and(|real| {
        let ty = vm.ty(real);
        matches!(Number::of(&vm.heap, real), Some(Number::Complex(..))) || vm.own_method(ty, vm.names.complex).is_some()
    });
    let second_is_complex = imag.is_some_and(|imag| matches!(Number::of(&vm.heap, imag), Some(Number::Complex(..))));
    let real = if second_is_complex { first.0 - second.1 } else { first.0 };
    Ok((real, if is_complex { first.1 + second.0 } else { second.0 }))
}

fn part(vm: &mut Vm, object: ObjRef, first: bool) -> Result<(f64, f64), Raised> {
    let ty = vm.ty(object);
    if first && let Some(method) = vm.own_method(ty, vm.names.complex) {
        let depth = vm.frames.len();
        let outcome = vm.call_method_object(method, object, &[])?;
        let value = vm.finish_now(depth, outcome)?;
        let number = match Number::of(&vm.heap, value) {
            Some(Number::Complex(real, imag)) => {
                vm.inexact_allowed("__complex__", value, COMPLEX)?;
                Ok((real, imag))
            }
            _ => {
                let name = vm.type_name(value);
                Err(vm.type_error(format!("__complex__ returned non-complex (type {name})")))
            }
        };
        vm.decref(value);
        return number;
    }
    if let Some(Number::Complex(real, imag)) = Number::of(&vm.heap, object) {
        return Ok((real, imag));
    }
    let is_number = Number::of(&vm.heap, object).is_some() || vm.has_index(object) || vm.own_method(ty, vm.names.float).is_some();
    if !is_number {
        let name = vm.type_name(object);
        return Err(vm.type_error(if first {
            format!("complex() first argument must be a string or a number, not '{name}'")
        } else {
            format!("complex() second argument must be a number, not '{name}'")
        }));
    }
    let depth = vm.frames.len();
    let outcome = super::float::float_of(vm, object)?;
    let float = vm.finish_now(depth, outcome)?;
    let real = f64::from_bits(vm.heap.slot(float).num);
    vm.decref(float);
    Ok((real, 0.0))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let text = complex::complex_repr(value(vm, args));
    done(vm.new_str(text))
}

fn getnewargs(vm: &mut Vm, args: Args) -> Res {
    let (real, imag) = value(vm, args);
    let (real, imag) = (vm.new_float(real), vm.new_float(imag));
    done(vm.new_tuple([real, imag]))
}

fn conjugate(vm: &mut Vm, args: Args) -> Res {
    let (real, imag) = value(vm, args);
    done(vm.new_complex((real, -imag)))
}

//! Arguments of natives made into Rust values, with CPython's messages where they cannot be.
//!
//! An argument's `__index__` or `__float__` written in Python is rare and short: it runs on the Rust stack.
//! Counterpart in CPython 3.11: Argument Clinic's converters, `PyNumber_AsSsize_t`, `_PyEval_SliceIndex`.
//! `"abc".find("c", -2)` finds at 2.

use std::sync::Arc;

use num_bigint::{BigInt, Sign};

use crate::{
    heap::ObjRef,
    num::int_float,
    objects::{Objects, core_types::*, equality::Number, int::to_big_int},
    text::{PyStr, TextError},
    vm::{Outcome, Raised, Res, Vm, native::Args, raised::done},
};

/// `operator.index(object)`, owned.
pub fn index(vm: &mut Vm, object: ObjRef) -> Result<ObjRef, Raised> {
    if vm.is_int(object) {
        return Ok(vm.own(object));
    }
    let depth = vm.frames.len();
    let outcome = vm.index(object)?;
    vm.finish_now(depth, outcome)
}

/// The integer that an object stands for, as big as it may be.
pub fn big(vm: &mut Vm, object: ObjRef) -> Result<BigInt, Raised> {
    let int = index(vm, object)?;
    let value = to_big_int(&vm.heap, int);
    vm.decref(int);
    Ok(value)
}

/// A `Py_ssize_t` argument.
pub fn ssize(vm: &mut Vm, object: ObjRef) -> Result<i64, Raised> {
    match limited(vm, object)? {
        Ok(value) => Ok(value),
        Err(_) => Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
    }
}

/// A C `int` argument.
pub fn c_int(vm: &mut Vm, object: ObjRef) -> Result<i32, Raised> {
    match limited(vm, object)?.ok().and_then(|value| i32::try_from(value).ok()) {
        Some(value) => Ok(value),
        None => Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C int")),
    }
}

/// The integer in 64 bits; beyond them whether it is negative.
pub fn limited(vm: &mut Vm, object: ObjRef) -> Result<Result<i64, bool>, Raised> {
    let int = index(vm, object)?;
    let value = match Number::of(&vm.heap, int) {
        Some(Number::Int(value)) => Ok(value),
        Some(Number::BigInt(value)) => Err(value.sign() == Sign::Minus),
        _ => Ok(0),
    };
    vm.decref(int);
    Ok(value)
}

/// A bound such as `find` and `startswith` take: None or an index, too large ones cut.
pub fn bound(vm: &mut Vm, object: Option<ObjRef>, default: i64) -> Result<i64, Raised> {
    let Some(object) = object.filter(|&object| object != NONE) else { return Ok(default) };
    if !vm.has_index(object) {
        return Err(vm.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    cut(vm, object)
}

/// A bound as `list.index` and `tuple.index` take: an index, not None.
pub fn strict_bound(vm: &mut Vm, object: Option<ObjRef>, default: i64) -> Result<i64, Raised> {
    let Some(object) = object else { return Ok(default) };
    if !vm.has_index(object) {
        return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
    }
    cut(vm, object)
}

/// The integer, cut to 64 bits.
pub fn cut(vm: &mut Vm, object: ObjRef) -> Result<i64, Raised> {
    Ok(limited(vm, object)?.unwrap_or_else(|negative| if negative { i64::MIN } else { i64::MAX }))
}

/// The float of a builtin number, without `__float__`.
pub fn plain_float(vm: &mut Vm, object: ObjRef) -> Option<Result<f64, Raised>> {
    Some(match Number::of(&vm.heap, object)? {
        Number::Float(value) => Ok(value),
        Number::Int(value) => Ok(int_float::i64_to_float(value)),
        Number::BigInt(value) => int_float::int_to_float(value).map_err(|error| vm.number_error(error)),
        Number::Complex(..) => return None,
    })
}

/// A C `double` argument: a float, an int, or what has `__float__` or `__index__`.
pub fn real(vm: &mut Vm, object: ObjRef) -> Result<f64, Raised> {
    let ty = vm.ty(object);
    if ty == FLOAT {
        return Ok(f64::from_bits(vm.heap.slot(object).num));
    }
    // An instance of a class that inherits from float is its value, whatever `__float__` it has.
    if let Some(Number::Float(value)) = Number::of(&vm.heap, object) {
        return Ok(value);
    }
    if let Some(value) = vm.double_by_method(object) {
        return value;
    }
    if let Some(value) = plain_float(vm, object) {
        return value;
    }
    if vm.has_index(object) {
        let int = index(vm, object)?;
        let value = plain_float(vm, int).expect("an int");
        vm.decref(int);
        return value;
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("must be real number, not {name}")))
}

/// For functions that unpack their arguments from a tuple: how many there must be. `name` is the function's and the one it
/// calls itself in the message about their number.
pub fn parsed_arity(vm: &mut Vm, args: Args, (name, title): (&str, &str), range: std::ops::RangeInclusive<usize>) -> Result<(), Raised> {
    if args.kwnames.is_some() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let (least, most) = (*range.start(), *range.end());
    if range.contains(&args.n) {
        return Ok(());
    }
    let bound = if args.n < least { least } else { most };
    let how = match (least == most, args.n < least) {
        (true, _) => "exactly",
        (_, true) => "at least",
        (_, false) => "at most",
    };
    let plural = if bound == 1 { "" } else { "s" };
    Err(vm.type_error(format!("{title}() takes {how} {bound} argument{plural} ({} given)", args.n)))
}

/// A str argument: `replace() argument 1 must be str, not int`.
pub fn text(vm: &mut Vm, object: ObjRef, what: &str) -> Result<Arc<PyStr>, Raised> {
    expect_text(vm, object, what)?;
    Ok(vm.text(object).unwrap_or_default())
}

/// Whether it is a str, to be looked at.
pub fn expect_text(vm: &mut Vm, object: ObjRef, what: &str) -> Result<(), Raised> {
    if vm.heap.str(object).is_some() {
        return Ok(());
    }
    let name = none_or_type_name(vm, object);
    Err(vm.type_error(format!("{what} must be str, not {name}")))
}

/// How messages name the type of a wrong argument: `None` is itself.
pub fn none_or_type_name(vm: &Vm, object: ObjRef) -> Arc<str> {
    if object == NONE { "None".into() } else { vm.type_name(object) }
}

/// The bytes of a bytes-like argument, copied.
pub fn buffer(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    match vm.heap.buffer(object) {
        Some(bytes) => Ok(bytes.into_owned()),
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")))
        }
    }
}

/// Whether an optional flag is set (an int or any object with a truth).
pub fn flag(vm: &mut Vm, object: Option<ObjRef>) -> Result<bool, Raised> {
    let Some(object) = object else { return Ok(false) };
    let depth = vm.frames.len();
    let truth = vm.truth(object);
    match vm.bool_result(truth)? {
        Outcome::Done(value) => {
            vm.decref(value);
            Ok(value == TRUE)
        }
        Outcome::Pushed => {
            let value = vm.finish_now(depth, Outcome::Pushed)?;
            vm.decref(value);
            Ok(value == TRUE)
        }
    }
}

/// Whether CPython's `sys.set_int_max_str_digits` stands in the way of long decimal texts.
pub fn max_str_digits(vm: &Vm) -> usize {
    vm.int_max_str_digits
}

/// A str object or the failure.
pub fn str_result(vm: &mut Vm, result: Result<PyStr, TextError>) -> Res {
    match result {
        Ok(text) => done(vm.new_str(text)),
        Err(error) => Err(vm.number_error(error)),
    }
}

/// A big int object or the failure.
pub fn int_result(vm: &mut Vm, result: Result<BigInt, TextError>) -> Res {
    match result {
        Ok(value) => done(vm.new_big_int(value)),
        Err(error) => Err(vm.number_error(error)),
    }
}

/// A float object or the failure.
pub fn float_result(vm: &mut Vm, result: Result<f64, TextError>) -> Res {
    match result {
        Ok(value) => done(vm.new_float(value)),
        Err(error) => Err(vm.number_error(error)),
    }
}

/// Unwraps what the text and number layer gives.
pub fn check<T>(vm: &mut Vm, result: Result<T, TextError>) -> Result<T, Raised> {
    result.map_err(|error| vm.number_error(error))
}

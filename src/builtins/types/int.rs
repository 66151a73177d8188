//! `int` and `bool`: making them of anything, bits and bytes, rounding, format.
//!
//! ```python
//! int("ff", 16)  int(3.9)  int(obj)          # obj.__int__(), obj.__index__() or obj.__trunc__()
//! (300).to_bytes(2, "big")  int.from_bytes(b"\x01\x2c", "big")
//! ```
//!
//! Counterpart in CPython 3.11: `Objects/longobject.c`, `Objects/boolobject.c`, `PyNumber_Long`.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::{
    new::{self, of_class, plain},
    numbers,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    num::{int_float, int_math, int_text},
    objects::{Body, Objects, core_types::*, equality::Number, int::to_big_int},
    text::TextError,
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, Named, None, Range};
    let mut rows = numbers::natives();
    rows.extend(numbers::real_natives());
    rows.extend(numbers::bit_natives());
    rows.extend(numbers::shift_natives());
    rows.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", None, repr),
        NativeDef::wrapper("__int__", None, numbers::itself),
        NativeDef::wrapper("__index__", None, numbers::itself),
        NativeDef::wrapper("__float__", None, float),
        NativeDef::method("__trunc__", None, numbers::itself),
        NativeDef::method("__floor__", None, numbers::itself),
        NativeDef::method("__ceil__", None, numbers::itself),
        NativeDef::method("__round__", Range(0, 1), round),
        NativeDef::method("__format__", Signature::One, numbers::format),
        NativeDef::method("__getnewargs__", None, numbers::getnewargs),
        NativeDef::method("__sizeof__", None, super::object::measured),
        NativeDef::method("conjugate", None, numbers::itself),
        NativeDef::method("bit_length", None, bit_length),
        NativeDef::method("bit_count", None, bit_count),
        NativeDef::method("as_integer_ratio", None, as_integer_ratio),
        NativeDef::method("to_bytes", Named("length=1, byteorder='big', *, signed=False"), to_bytes),
        NativeDef::class_method("from_bytes", Named("bytes, byteorder='big', *, signed=False"), from_bytes),
        NativeDef::getter("real", numbers::itself),
        NativeDef::getter("numerator", numbers::itself),
        NativeDef::getter("imag", zero),
        NativeDef::getter("denominator", one),
    ]);
    rows
}

/// `bool` adds to int what differs.
pub fn bool_natives() -> Vec<NativeDef> {
    let mut rows = numbers::bit_natives();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_bool));
    rows.push(NativeDef::wrapper("__repr__", Signature::None, repr_bool));
    rows
}

// ── __new__ ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::named(vm, args, INT, &["", "base"])?;
    let class = new.class;
    match (new.values[0], new.values[1]) {
        (None, None) => {
            let value = vm.new_int(0);
            done(of_class(vm, class, value))
        }
        (None, Some(_)) => Err(vm.type_error("int() missing string argument")),
        (Some(value), None) => {
            let depth = vm.frames.len();
            let result = int_of(vm, value);
            if is_core_type(class) {
                return result;
            }
            vm.after(depth, result, After::new("int.__new__", &[class], 0, |vm, state, value| done(of_class(vm, state.refs[0], value))))
        }
        (Some(value), Some(base)) => {
            let base = convert::cut(vm, base)?;
            if base != 0 && !(2..=36).contains(&base) {
                return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"));
            }
            let digits = convert::max_str_digits(vm);
            let parsed = match (vm.text(value), vm.heap.bytes(value)) {
                (Some(text), _) => int_text::parse_int(&text, base, digits),
                (_, Some(bytes)) => int_text::parse_int_bytes(bytes, base, digits),
                _ => return Err(vm.type_error("int() can't convert non-string with explicit base")),
            };
            let value = convert::check(vm, parsed)?;
            let value = vm.new_big_int(value);
            done(of_class(vm, class, value))
        }
    }
}

/// `int(object)`: an exact int, owned.
pub fn int_of(vm: &mut Vm, object: ObjRef) -> Res {
    let ty = vm.ty(object);
    if ty == INT {
        return done(vm.own(object));
    }
    let depth = vm.frames.len();
    if let Some(method) = vm.own_method(ty, vm.names.int) {
        let result = vm.call_method_object(method, object, &[]);
        return vm.after(depth, result, After::new("__int__", &[], 0, |vm, _, value| exact_int(vm, value, "__int__")));
    }
    match Number::of(&vm.heap, object) {
        Some(Number::Int(_) | Number::BigInt(_)) => return done(plain(vm, object)),
        Some(Number::Float(value)) => return convert::int_result(vm, int_float::float_to_int(value)),
        _ => {}
    }
    if vm.has_index(object) {
        let result = vm.index(object);
        return vm.after(depth, result, After::new("__index__", &[], 0, |vm, _, value| exact_int(vm, value, "__index__")));
    }
    if let Some(method) = vm.own_method(ty, vm.names.trunc) {
        (vm.warn)(vm, DEPRECATION_WARNING, "The delegation of int() to __trunc__ is deprecated.", None, None)?;
        let result = vm.call_method_object(method, object, &[]);
        return vm.after(depth, result, After::new("__trunc__", &[], 0, truncated));
    }
    let digits = convert::max_str_digits(vm);
    if let Some(text) = vm.text(object) {
        let parsed = int_text::parse_int(&text, 10, digits);
        let parsed = own_repr(vm, object, parsed, "invalid literal for int() with base 10: ")?;
        return convert::int_result(vm, parsed);
    }
    if let Some(bytes) = vm.heap.buffer(object) {
        let parsed = int_text::parse_int_bytes(&bytes, 10, digits);
        return convert::int_result(vm, parsed);
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{name}'")))
}

/// A text that is no number is shown by its own `__repr__`, if its class has one.
pub fn own_repr<T>(vm: &mut Vm, object: ObjRef, parsed: Result<T, TextError>, message: &str) -> Result<Result<T, TextError>, Raised> {
    let ty = vm.ty(object);
    match parsed {
        Err(error) if error.message.starts_with(message) && vm.own_method(ty, vm.names.repr).is_some() => {
            let shown: String = vm.repr_now(object)?.chars().take(200).collect();
            Ok(Err(TextError::value(format!("{message}{shown}"))))
        }
        parsed => Ok(parsed),
    }
}

/// The result of `__int__` (owned) as an exact int.
fn exact_int(vm: &mut Vm, value: ObjRef, method: &str) -> Res {
    if vm.ty(value) == INT {
        return done(value);
    }
    let result = if vm.is_int(value) {
        if method != "__trunc__" {
            vm.inexact_allowed(method, value, INT)?;
        }
        Ok(plain(vm, value))
    } else {
        let name = vm.type_name(value);
        Err(vm.type_error(format!("{method} returned non-int (type {name})")))
    };
    vm.decref(value);
    result.map(Outcome::Done)
}

/// The result of `__trunc__` (owned): an int, or something with `__index__`.
fn truncated(vm: &mut Vm, _: &mut After, value: ObjRef) -> Res {
    if vm.is_int(value) {
        return exact_int(vm, value, "__trunc__");
    }
    let result = if vm.has_index(value) {
        convert::big(vm, value).map(|value| vm.new_big_int(value))
    } else {
        let name = vm.type_name(value);
        Err(vm.type_error(format!("__trunc__ returned non-Integral (type {name})")))
    };
    vm.decref(value);
    result.map(Outcome::Done)
}

fn new_bool(vm: &mut Vm, args: Args) -> Res {
    let new = new::positional(vm, args, BOOL, 0, 1)?;
    match new.values[0] {
        None => done(vm.new_bool(false)),
        Some(value) => {
            let truth = vm.truth(value);
            vm.bool_result(truth)
        }
    }
}

// ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────

fn repr(vm: &mut Vm, args: Args) -> Res {
    let value = to_big_int(&vm.heap, args.at(vm, 0));
    let digits = convert::max_str_digits(vm);
    let text = int_text::to_decimal(&value, digits);
    convert::str_result(vm, text.map(Into::into))
}

fn repr_bool(vm: &mut Vm, args: Args) -> Res {
    let text = if args.at(vm, 0) == TRUE { TRUE_TEXT } else { FALSE_TEXT };
    done(vm.own(text))
}

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn zero(vm: &mut Vm, _: Args) -> Res {
    done(vm.new_int(0))
}

fn one(vm: &mut Vm, _: Args) -> Res {
    done(vm.new_int(1))
}

fn float(vm: &mut Vm, args: Args) -> Res {
    let value = to_big_int(&vm.heap, args.at(vm, 0));
    convert::float_result(vm, int_float::int_to_float(&value))
}

fn round(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(digits) = args.get(vm, 1) else { return done(plain(vm, this)) };
    let digits = convert::big(vm, digits)?;
    if digits.sign() != Sign::Minus {
        return done(plain(vm, this));
    }
    let value = to_big_int(&vm.heap, this);
    // More places than the number has leave nothing.
    let rounded = match (-digits).to_u32() {
        Some(digits) if u64::from(digits) <= value.bits() => int_math::round_to_tens(&value, digits),
        _ => BigInt::ZERO,
    };
    done(vm.new_big_int(rounded))
}

fn bit_length(vm: &mut Vm, args: Args) -> Res {
    let bits = int_math::bit_length(&to_big_int(&vm.heap, args.at(vm, 0)));
    done(vm.new_int(bits as i64))
}

fn bit_count(vm: &mut Vm, args: Args) -> Res {
    let bits = int_math::bit_count(&to_big_int(&vm.heap, args.at(vm, 0)));
    done(vm.new_int(bits as i64))
}

fn as_integer_ratio(vm: &mut Vm, args: Args) -> Res {
    let value = plain(vm, args.at(vm, 0));
    let one = vm.new_int(1);
    done(vm.new_tuple([value, one]))
}

/// `'little'` or `'big'`: is it little?
fn byte_order(vm: &mut Vm, order: Option<ObjRef>, what: &str) -> Result<bool, Raised> {
    let Some(order) = order else { return Ok(false) };
    let order = convert::text(vm, order, &format!("{what}() argument 'byteorder'"))?;
    match order.as_ascii() {
        Some("little") => Ok(true),
        Some("big") => Ok(false),
        _ => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn to_bytes(vm: &mut Vm, args: Args) -> Res {
    let length = match args.get(vm, 1) {
        Some(length) => convert::ssize(vm, length)?,
        None => 1,
    };
    let little = byte_order(vm, args.get(vm, 2), "to_bytes")?;
    let signed = convert::flag(vm, args.get(vm, 3))?;
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    super::bytes::fits(vm, length as i64)?;
    vm.room_for(length as u64)?;
    let value = to_big_int(&vm.heap, args.at(vm, 0));
    let bytes = int_math::to_bytes(&value, length, little, signed);
    let bytes = convert::check(vm, bytes)?;
    done(vm.new_bytes(bytes))
}

fn from_bytes(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let little = byte_order(vm, args.get(vm, 2), "from_bytes")?;
    let signed = convert::flag(vm, args.get(vm, 3))?;
    let bytes = bytes_of(vm, args.at(vm, 1))?;
    let value = vm.new_big_int(int_math::from_bytes(&bytes, little, signed));
    if class == INT {
        return done(value);
    }
    let depth = vm.frames.len();
    let result = vm.call(class, &[value]);
    vm.after(depth, result, After::new("int.from_bytes", &[], 0, |_, _, value| done(value)).owning([value]))
}

/// `bytes(object)` for an object that is bytes-like, has `__bytes__` or gives ints, on the Rust stack.
fn bytes_of(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    if let Some(bytes) = vm.heap.buffer(object) {
        return Ok(bytes.into_owned());
    }
    let ty = vm.ty(object);
    if let Some(method) = vm.own_method(ty, vm.names.bytes) {
        let depth = vm.frames.len();
        let outcome = vm.call_method_object(method, object, &[])?;
        let value = vm.finish_now(depth, outcome)?;
        let bytes = match vm.heap.body(value) {
            Body::Bytes(bytes) => Ok(bytes.to_vec()),
            _ => {
                let name = vm.type_name(value);
                Err(vm.type_error(format!("__bytes__ returned non-bytes (type {name})")))
            }
        };
        vm.decref(value);
        return bytes;
    }
    if vm.heap.str(object).is_some() || vm.is_int(object) {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("cannot convert '{name}' object to bytes")));
    }
    super::bytes::bytes_from_iterable(vm, object)
}

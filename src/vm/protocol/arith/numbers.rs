//! Arithmetic of int, float, complex and bool: the part of `a + b` that needs no other types.
//!
//! Machine integers are tried first and grow into big ones; int with float is float, with complex complex.
//! Counterpart in CPython 3.11: `long_as_number`, `float_as_number`, `complex_as_number`. `7 // -2` is -4.

use std::borrow::Cow;

use num_bigint::{BigInt, Sign};

use super::*;
use crate::{
    num::{complex, float_math, float_math::Power, int_float, int_math},
    objects::{equality::Number, int::to_big_int},
    text::TextError,
};

/// The result of an operation on numbers, not yet an object.
enum Value {
    Int(i64),
    Big(BigInt),
    Float(f64),
    Complex((f64, f64)),
    NotImplemented,
}

impl Vm {
    /// `a op b` if both are builtin numbers; `None` is NotImplemented.
    pub fn number_op(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let (Some(x), Some(y)) = (Number::of(&self.heap, a), Number::of(&self.heap, b)) else { return Ok(None) };
        if matches!(op, AND | OR | XOR) && self.ty(a) == BOOL && self.ty(b) == BOOL {
            let (x, y) = (a == TRUE, b == TRUE);
            return Ok(Some(self.new_bool(match op {
                AND => x & y,
                OR => x | y,
                _ => x ^ y,
            })));
        }
        match compute(op, &x, &y) {
            // What has fewer digits than the modulus is the result itself.
            Ok(Value::Int(value)) if op == REMAINDER && self.ty(a) == INT && is_unchanged(value, &x, &y) => Ok(Some(self.own(a))),
            Ok(value) => Ok(self.new_number(value)),
            Err(error) => Err(self.number_error(error)),
        }
    }

    fn new_number(&mut self, value: Value) -> Option<ObjRef> {
        Some(match value {
            Value::Int(value) => self.new_int(value),
            Value::Big(value) => self.new_big_int(value),
            Value::Float(value) => self.new_float(value),
            Value::Complex(value) => self.new_complex(value),
            Value::NotImplemented => return None,
        })
    }

    pub fn new_complex(&mut self, value: (f64, f64)) -> ObjRef {
        self.heap.alloc(COMPLEX, 0, Body::Complex(Box::new(value)))
    }

    /// An arithmetic failure; that of C's `pow` has a number as its first argument.
    pub fn number_error(&mut self, error: TextError) -> Raised {
        if error.kind == "MemoryError" {
            let args = self.own(EMPTY_TUPLE);
            return self.raise_args(MEMORY_ERROR, args);
        }
        if error.kind == "OverflowError" && error.message == "Numerical result out of range" {
            let (errno, text) = (self.new_int(34), self.new_str(error.message));
            let args = self.new_tuple([errno, text]);
            return self.raise_args(OVERFLOW_ERROR, args);
        }
        self.text_error(error)
    }

    /// `pow(a, b, modulus)`
    pub fn pow3(&mut self, a: ObjRef, b: ObjRef, modulus: ObjRef) -> Res {
        if modulus == NONE {
            return self.binary_op(POWER, a, b);
        }
        let ty = self.ty(a);
        if let Some(method) = self.own_method(ty, self.names.operators[POWER as usize][0]) {
            let depth = self.frames.len();
            let result = self.call_method_object(method, a, &[b, modulus]);
            return self.after(
                depth,
                result,
                crate::vm::protocol::after::After::new("pow", &[a, b, modulus], 0, |vm, state, value| {
                    if value != NOT_IMPLEMENTED {
                        return done(value);
                    }
                    vm.decref(value);
                    let [a, b, modulus] = state.refs;
                    vm.pow3_builtin(a, b, modulus)
                }),
            );
        }
        self.pow3_builtin(a, b, modulus)
    }

    fn pow3_builtin(&mut self, a: ObjRef, b: ObjRef, modulus: ObjRef) -> Res {
        if [a, b, modulus].iter().all(|&object| self.is_int(object)) {
            let [a, b, modulus] = [a, b, modulus].map(|object| to_big_int(&self.heap, object));
            return match int_math::pow_mod(&a, &b, &modulus) {
                Ok(value) => done(self.new_big_int(value)),
                Err(error) => Err(self.number_error(error)),
            };
        }
        // A class with a `__rpow__` has the slot, which asks for `__pow__` where there is a third operand.
        let class = self.ty(a);
        let rpow = self.new_interned("__rpow__");
        let has_slot = !is_core_type(class) && self.type_lookup(class, rpow).is_some_and(|found| self.ty(found) == FUNCTION);
        self.decref(rpow);
        if has_slot && self.own_method(class, self.names.operators[POWER as usize][0]).is_none() && Number::of(&self.heap, a).is_none() {
            return Err(self.raise(ATTRIBUTE_ERROR, "__pow__"));
        }
        // Each type's own power is asked in turn; that of int knows ints only.
        for object in [a, b, modulus] {
            match self.core_of(object) {
                FLOAT => return Err(self.type_error("pow() 3rd argument not allowed unless all arguments are integers")),
                COMPLEX if [a, b].iter().all(|&object| Number::of(&self.heap, object).is_some()) => {
                    return Err(self.value_error("complex modulo"));
                }
                _ => {}
            }
        }
        if has_slot {
            return Err(self.raise(ATTRIBUTE_ERROR, "__pow__"));
        }
        let [x, y, z] = [a, b, modulus].map(|object| self.type_name(object));
        Err(self.type_error(format!("unsupported operand type(s) for ** or pow(): '{x}', '{y}', '{z}'")))
    }

    /// `divmod` of builtin numbers; `None` is NotImplemented.
    pub fn divmod_builtin(&mut self, a: ObjRef, b: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let (Some(x), Some(y)) = (Number::of(&self.heap, a), Number::of(&self.heap, b)) else { return Ok(None) };
        use Number::*;
        let result = match (&x, &y) {
            (Complex(..), _) | (_, Complex(..)) => return Ok(None),
            (Float(_), _) | (_, Float(_)) => to_float(&x)
                .and_then(|x| to_float(&y).and_then(|y| float_math::div_mod(x, y)))
                .map(|(quotient, rest)| (Value::Float(quotient), Value::Float(rest))),
            _ => int_math::div_mod(&to_big(&x), &to_big(&y)).map(|(quotient, rest)| (Value::Big(quotient), Value::Big(rest))),
        };
        match result {
            Ok((quotient, rest)) => {
                let (quotient, rest) = (self.new_number(quotient), self.new_number(rest));
                Ok(Some(self.new_tuple([quotient, rest].into_iter().flatten())))
            }
            Err(error) => Err(self.number_error(error)),
        }
    }
}

/// Whether `x % y`, which is `value`, is `x` itself: not where both have one digit, and only if the top digits show it
/// (`long_rem`).
fn is_unchanged(value: i64, x: &Number<'_>, y: &Number<'_>) -> bool {
    const DIGIT: u64 = 30;
    if !matches!(x, Number::Int(x) if *x == value) {
        return false;
    }
    let y = to_big(y);
    let digits = |bits: u64| bits.div_ceil(DIGIT);
    let (x_bits, y_bits) = (u64::from(64 - value.unsigned_abs().leading_zeros()), y.bits());
    match digits(x_bits).cmp(&digits(y_bits)) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal if digits(y_bits) > 1 => {
            let shift = DIGIT * (digits(y_bits) - 1);
            BigInt::from(value.unsigned_abs() >> shift) < (y.magnitude() >> shift).into()
        }
        _ => false,
    }
}

fn to_big<'a>(number: &Number<'a>) -> Cow<'a, BigInt> {
    match number {
        Number::Int(value) => Cow::Owned(BigInt::from(*value)),
        Number::BigInt(value) => Cow::Borrowed(value),
        _ => Cow::Owned(BigInt::ZERO),
    }
}

fn to_float(number: &Number<'_>) -> Result<f64, TextError> {
    match number {
        Number::Int(value) => Ok(*value as f64),
        Number::BigInt(value) => int_float::int_to_float(value),
        Number::Float(value) => Ok(*value),
        Number::Complex(real, _) => Ok(*real),
    }
}

fn to_complex(number: &Number<'_>) -> Result<(f64, f64), TextError> {
    match number {
        Number::Complex(real, imag) => Ok((*real, *imag)),
        other => Ok((to_float(other)?, 0.0)),
    }
}

fn compute(op: u32, x: &Number<'_>, y: &Number<'_>) -> Result<Value, TextError> {
    use Number::*;
    match (x, y) {
        (Int(x), Int(y)) => compute_small(op, *x, *y),
        (Int(_) | BigInt(_), Int(_) | BigInt(_)) => compute_big(op, &to_big(x), &to_big(y)),
        (Complex(..), _) | (_, Complex(..)) => compute_complex(op, to_complex(x)?, to_complex(y)?),
        _ if matches!(op, ADD | SUBTRACT | MULTIPLY | TRUE_DIVIDE | FLOOR_DIVIDE | REMAINDER | POWER) => {
            compute_float(op, to_float(x)?, to_float(y)?)
        }
        _ => Ok(Value::NotImplemented),
    }
}

#[inline]
fn compute_small(op: u32, x: i64, y: i64) -> Result<Value, TextError> {
    let small = match op {
        ADD => x.checked_add(y),
        SUBTRACT => x.checked_sub(y),
        MULTIPLY => x.checked_mul(y),
        FLOOR_DIVIDE => int_math::floor_div_i64(x, y)?,
        REMAINDER => Some(int_math::modulo_i64(x, y)?),
        AND => Some(x & y),
        OR => Some(x | y),
        XOR => Some(x ^ y),
        LSHIFT => int_math::shift_left_i64(x, y),
        RSHIFT => int_math::shift_right_i64(x, y),
        POWER => int_math::pow_i64(x, y),
        TRUE_DIVIDE if y != 0 && x.unsigned_abs() <= 1 << 53 && y.unsigned_abs() <= 1 << 53 => {
            return Ok(Value::Float(x as f64 / y as f64));
        }
        _ => None,
    };
    match small {
        Some(value) => Ok(Value::Int(value)),
        None => compute_big(op, &BigInt::from(x), &BigInt::from(y)),
    }
}

fn compute_big(op: u32, x: &BigInt, y: &BigInt) -> Result<Value, TextError> {
    Ok(Value::Big(match op {
        ADD => x + y,
        SUBTRACT => x - y,
        MULTIPLY => x * y,
        FLOOR_DIVIDE => int_math::floor_div(x, y)?,
        REMAINDER => int_math::modulo(x, y)?,
        AND => x & y,
        OR => x | y,
        XOR => x ^ y,
        LSHIFT => int_math::shift_left(x, y)?,
        RSHIFT => int_math::shift_right(x, y)?,
        TRUE_DIVIDE => return Ok(Value::Float(int_float::true_div(x, y)?)),
        POWER if y.sign() == Sign::Minus => return compute_float(POWER, int_float::int_to_float(x)?, int_float::int_to_float(y)?),
        POWER => int_math::pow(x, y)?,
        _ => return Ok(Value::NotImplemented),
    }))
}

fn compute_float(op: u32, x: f64, y: f64) -> Result<Value, TextError> {
    Ok(Value::Float(match op {
        ADD => x + y,
        SUBTRACT => x - y,
        MULTIPLY => x * y,
        TRUE_DIVIDE => float_math::true_div(x, y)?,
        FLOOR_DIVIDE => float_math::floor_div(x, y)?,
        REMAINDER => float_math::modulo(x, y)?,
        _ => match float_math::pow(x, y)? {
            Power::Real(value) => value,
            Power::NeedsComplex => return Ok(Value::Complex(complex::pow((x, 0.0), (y, 0.0))?)),
        },
    }))
}

fn compute_complex(op: u32, x: (f64, f64), y: (f64, f64)) -> Result<Value, TextError> {
    Ok(Value::Complex(match op {
        ADD => (x.0 + y.0, x.1 + y.1),
        SUBTRACT => (x.0 - y.0, x.1 - y.1),
        MULTIPLY => complex::mul(x, y),
        TRUE_DIVIDE => complex::div(x, y)?,
        POWER => complex::pow(x, y)?,
        _ => return Ok(Value::NotImplemented),
    }))
}

//! What operators give for two constants, as Python computes it, or `None` where it fails or would be too big to keep.
//!
//! The limits: ints of 128 bits, strings of 4096 characters, collections of 256 items. Counterpart in CPython 3.11:
//! `safe_multiply`, `safe_power` and their like in `Python/ast_opt.c`.

use std::sync::Arc;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use crate::{
    num::complex,
    syntax::ast::{Constant, Operator, UnaryOp},
    text::PyStr,
};

const MAX_INT_BITS: u64 = 128;
const MAX_COLLECTION: usize = 256;
const MAX_STRING: usize = 4096;
const MAX_TOTAL_ITEMS: i64 = 1024;

/// A constant as a number, in Python's order of widening.
enum Number {
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
}

pub fn unary(op: UnaryOp, value: &Constant) -> Option<Constant> {
    if op == UnaryOp::Not {
        return Some(boolean(!truth(value)));
    }
    Some(match (op, number(value)?) {
        (UnaryOp::Invert, Number::Int(value)) => Constant::Int(!value),
        (UnaryOp::UAdd, Number::Int(value)) => Constant::Int(value),
        (UnaryOp::USub, Number::Int(value)) => Constant::Int(-value),
        (UnaryOp::UAdd, Number::Float(value)) => Constant::Float(value),
        (UnaryOp::USub, Number::Float(value)) => Constant::Float(-value),
        (UnaryOp::UAdd, Number::Complex(real, imag)) => Constant::Complex { real, imag },
        (UnaryOp::USub, Number::Complex(real, imag)) => Constant::Complex { real: -real, imag: -imag },
        _ => return None,
    })
}

pub fn binary(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    if let (Some(left), Some(right)) = (boolean_of(left), boolean_of(right)) {
        match op {
            Operator::BitAnd => return Some(boolean(left & right)),
            Operator::BitOr => return Some(boolean(left | right)),
            Operator::BitXor => return Some(boolean(left ^ right)),
            _ => {}
        }
    }
    if let (Some(left), Some(right)) = (number(left), number(right)) {
        return match (left, right) {
            (Number::Int(left), Number::Int(right)) => int_op(op, left, right),
            (Number::Complex(ar, ai), right) => complex_op(op, (ar, ai), as_complex(right)?),
            (left, Number::Complex(br, bi)) => complex_op(op, as_complex(left)?, (br, bi)),
            (left, right) => float_op(op, as_float(left)?, as_float(right)?),
        };
    }
    match (op, left, right) {
        (Operator::Add, Constant::Str(a), Constant::Str(b)) => Some(Constant::Str(Arc::new(a.concat(b)))),
        (Operator::Add, Constant::Bytes(a), Constant::Bytes(b)) => Some(Constant::Bytes([&**a, &**b].concat().into())),
        (Operator::Add, Constant::Tuple(a), Constant::Tuple(b)) => Some(Constant::Tuple(a.iter().chain(b.iter()).cloned().collect())),
        (Operator::Mult, sequence, count) | (Operator::Mult, count, sequence)
            if matches!(sequence, Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_)) =>
        {
            let Some(Number::Int(count)) = number(count) else {
                return None;
            };
            repeat(sequence, &count)
        }
        _ => None,
    }
}

/// `container[index]`
pub fn subscript(container: &Constant, index: &Constant) -> Option<Constant> {
    let Some(Number::Int(index)) = number(index) else {
        return None;
    };
    let len = match container {
        Constant::Str(text) => text.len(),
        Constant::Bytes(bytes) => bytes.len(),
        Constant::Tuple(items) => items.len(),
        _ => return None,
    };
    let mut index = index.to_i64()?;
    if index < 0 {
        index += len as i64;
    }
    let index = usize::try_from(index).ok().filter(|index| *index < len)?;
    Some(match container {
        Constant::Str(text) => Constant::Str(Arc::new(text.slice(index, index + 1))),
        Constant::Bytes(bytes) => Constant::Int(bytes[index].into()),
        Constant::Tuple(items) => items[index].clone(),
        _ => return None,
    })
}

/// The items of a set display: of equal ones the first stays (`{1, True}` is `{1}`).
pub fn distinct(items: Vec<Constant>) -> Vec<Constant> {
    let mut set: Vec<Constant> = Vec::with_capacity(items.len());
    for item in items {
        if !set.iter().any(|other| equal(other, &item)) {
            set.push(item);
        }
    }
    set
}

/// Python's `==` between constants.
pub fn equal(a: &Constant, b: &Constant) -> bool {
    match (a, b) {
        (Constant::Str(a), Constant::Str(b)) => a == b,
        (Constant::Tuple(a), Constant::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b)),
        (Constant::FrozenSet(a), Constant::FrozenSet(b)) => a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| equal(a, b))),
        _ => match (number(a), number(b)) {
            (Some(Number::Int(a)), Some(Number::Int(b))) => a == b,
            (Some(Number::Int(a)), Some(Number::Float(b))) | (Some(Number::Float(b)), Some(Number::Int(a))) => int_equals_float(&a, b),
            (Some(Number::Complex(ar, ai)), Some(Number::Complex(br, bi))) => ar == br && ai == bi,
            (Some(Number::Complex(real, imag)), Some(other)) | (Some(other), Some(Number::Complex(real, imag))) => {
                imag == 0.0
                    && match other {
                        Number::Int(int) => int_equals_float(&int, real),
                        Number::Float(float) => float == real,
                        Number::Complex(..) => false,
                    }
            }
            (Some(Number::Float(a)), Some(Number::Float(b))) => a == b,
            (None, None) => a == b,
            _ => false,
        },
    }
}

/// Python's truth value.
pub fn truth(value: &Constant) -> bool {
    match value {
        Constant::None | Constant::False => false,
        Constant::True | Constant::Ellipsis => true,
        Constant::Int(value) => !value.is_zero(),
        Constant::Float(value) => *value != 0.0,
        Constant::Complex { real, imag } => *real != 0.0 || *imag != 0.0,
        Constant::Str(text) => !text.is_empty(),
        Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
    }
}

fn boolean(value: bool) -> Constant {
    if value { Constant::True } else { Constant::False }
}

fn boolean_of(value: &Constant) -> Option<bool> {
    match value {
        Constant::True => Some(true),
        Constant::False => Some(false),
        _ => None,
    }
}

fn number(value: &Constant) -> Option<Number> {
    Some(match value {
        Constant::True => Number::Int(1.into()),
        Constant::False => Number::Int(0.into()),
        Constant::Int(value) => Number::Int(value.clone()),
        Constant::Float(value) => Number::Float(*value),
        Constant::Complex { real, imag } => Number::Complex(*real, *imag),
        _ => return None,
    })
}

/// An int too big for a float fails, as in Python.
fn as_float(value: Number) -> Option<f64> {
    match value {
        Number::Int(value) => int_to_float(&value),
        Number::Float(value) => Some(value),
        Number::Complex(..) => None,
    }
}

fn as_complex(value: Number) -> Option<(f64, f64)> {
    match value {
        Number::Complex(real, imag) => Some((real, imag)),
        other => Some((as_float(other)?, 0.0)),
    }
}

fn int_to_float(value: &BigInt) -> Option<f64> {
    true_divide(value, &BigInt::from(1))
}

fn int_equals_float(int: &BigInt, float: f64) -> bool {
    float.is_finite() && float == float.floor() && num_traits::FromPrimitive::from_f64(float).is_some_and(|exact: BigInt| exact == *int)
}

fn int_op(op: Operator, left: BigInt, right: BigInt) -> Option<Constant> {
    let nonzero = !left.is_zero() && !right.is_zero();
    Some(Constant::Int(match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => {
            if nonzero && left.bits() + right.bits() > MAX_INT_BITS {
                return None;
            }
            left * right
        }
        Operator::Div => return true_divide(&left, &right).map(Constant::Float),
        Operator::FloorDiv if right.is_zero() => return None,
        Operator::FloorDiv => left.div_floor(&right),
        Operator::Mod if right.is_zero() => return None,
        Operator::Mod => left.mod_floor(&right),
        Operator::Pow if right.is_negative() => return float_op(op, int_to_float(&left)?, int_to_float(&right)?),
        Operator::Pow => {
            let exponent = if nonzero {
                let exponent = right.to_u64()?;
                if left.bits() > MAX_INT_BITS / exponent {
                    return None;
                }
                exponent
            } else {
                // 0 ** n is 0 or 1 and n ** 0 is 1, however big the n.
                u64::from(!right.is_zero())
            };
            left.pow(exponent)
        }
        Operator::LShift | Operator::RShift if right.is_negative() => return None,
        Operator::LShift => {
            if left.is_zero() {
                return Some(Constant::Int(left));
            }
            let shift = right.to_u64()?;
            if shift > MAX_INT_BITS || (shift != 0 && left.bits() > MAX_INT_BITS - shift) {
                return None;
            }
            left << shift
        }
        Operator::RShift => match right.to_u64() {
            Some(shift) => left >> shift,
            None if left.is_negative() => BigInt::from(-1),
            None => BigInt::zero(),
        },
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::BitAnd => left & right,
        Operator::MatMult => return None,
    }))
}

/// The float nearest to the quotient, ties to even.
fn true_divide(left: &BigInt, right: &BigInt) -> Option<f64> {
    if right.is_zero() {
        return None;
    }
    if left.is_zero() {
        return Some(if right.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = left.is_negative() != right.is_negative();
    let (left, right) = (left.magnitude(), right.magnitude());
    // Scale so that the integer quotient has 55 or more bits, the last one standing for whatever is cut off.
    let exponent = left.bits() as i64 - right.bits() as i64;
    if exponent > 1024 {
        return None;
    }
    let shift = (55 - exponent).min(1074 + 2);
    let (mut quotient, rest) = if shift >= 0 { (left << shift as u64).div_rem(right) } else { left.div_rem(&(right << (-shift) as u64)) };
    if !rest.is_zero() {
        quotient |= num_bigint::BigUint::from(1u8);
    }
    // Now round to 53 bits, or to fewer where the result is subnormal.
    let bits = quotient.bits() as i64;
    let drop = (bits - 53).max(shift - 1074).max(0);
    let mut quotient = quotient.to_u64()?;
    if drop > 0 {
        let half = 1u64 << (drop - 1);
        let low = quotient & ((1u64 << drop) - 1);
        quotient >>= drop;
        if low > half || (low == half && quotient & 1 == 1) {
            quotient += 1;
        }
    }
    let result = scale(quotient as f64, drop - shift);
    if result.is_infinite() {
        return None;
    }
    Some(if negative { -result } else { result })
}

/// `value * 2 ** exponent`, exact wherever the result is a float.
fn scale(mut value: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 {
        value *= 2f64.powi(1000);
        exponent -= 1000;
    }
    while exponent < -1000 {
        value *= 2f64.powi(-1000);
        exponent += 1000;
    }
    value * 2f64.powi(exponent as i32)
}

fn float_op(op: Operator, left: f64, right: f64) -> Option<Constant> {
    Some(Constant::Float(match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div | Operator::FloorDiv | Operator::Mod if right == 0.0 => return None,
        Operator::Div => left / right,
        Operator::FloorDiv => float_divmod(left, right).0,
        Operator::Mod => float_divmod(left, right).1,
        Operator::Pow => return float_pow(left, right),
        _ => return None,
    }))
}

fn float_divmod(left: f64, right: f64) -> (f64, f64) {
    let mut rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest != 0.0 {
        if (right < 0.0) != (rest < 0.0) {
            rest += right;
            quotient -= 1.0;
        }
    } else {
        rest = 0f64.copysign(right);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0f64.copysign(left / right)
    };
    (floor, rest)
}

fn float_pow(base: f64, exponent: f64) -> Option<Constant> {
    if base == 0.0 && exponent < 0.0 {
        return None;
    }
    if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent != exponent.floor() {
        return complex_op(Operator::Pow, (base, 0.0), (exponent, 0.0));
    }
    let result = base.powf(exponent);
    if result.is_infinite() && base.is_finite() && exponent.is_finite() {
        return None;
    }
    Some(Constant::Float(result))
}

fn complex_op(op: Operator, (ar, ai): (f64, f64), (br, bi): (f64, f64)) -> Option<Constant> {
    let (real, imag) = match op {
        Operator::Add => (ar + br, ai + bi),
        Operator::Sub => (ar - br, ai - bi),
        Operator::Mult => complex_mul((ar, ai), (br, bi)),
        Operator::Div => complex_div((ar, ai), (br, bi))?,
        Operator::Pow => complex_pow((ar, ai), (br, bi))?,
        _ => return None,
    };
    Some(Constant::Complex { real, imag })
}

fn complex_mul((ar, ai): (f64, f64), (br, bi): (f64, f64)) -> (f64, f64) {
    (ar * br - ai * bi, ar * bi + ai * br)
}

/// Divides through by the greater part of the divisor, so that nothing overflows early.
fn complex_div((ar, ai): (f64, f64), (br, bi): (f64, f64)) -> Option<(f64, f64)> {
    if br.abs() >= bi.abs() {
        if br == 0.0 {
            return None;
        }
        let ratio = bi / br;
        let divisor = br + bi * ratio;
        Some(((ar + ai * ratio) / divisor, (ai - ar * ratio) / divisor))
    } else if bi.abs() >= br.abs() {
        let ratio = br / bi;
        let divisor = br * ratio + bi;
        Some(((ar * ratio + ai) / divisor, (ai * ratio - ar) / divisor))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

fn complex_pow(base: (f64, f64), exponent: (f64, f64)) -> Option<(f64, f64)> {
    let result = complex::pow(base, exponent).ok()?;
    (result.0.is_finite() && result.1.is_finite()).then_some(result)
}

fn repeat(sequence: &Constant, count: &BigInt) -> Option<Constant> {
    let (len, limit) = match sequence {
        Constant::Str(text) => (text.len(), MAX_STRING),
        Constant::Bytes(bytes) => (bytes.len(), MAX_STRING),
        Constant::Tuple(items) => (items.len(), MAX_COLLECTION),
        _ => return None,
    };
    if len != 0 && count.sign() == Sign::Minus {
        return None;
    }
    // Even of nothing there can be too many.
    let count = count.to_i64()?.max(0) as usize;
    if len == 0 {
        return Some(sequence.clone());
    }
    if count > limit / len {
        return None;
    }
    Some(match sequence {
        Constant::Str(text) => Constant::Str(Arc::new(PyStr::from_code_points(&text.to_code_points().repeat(count)))),
        Constant::Bytes(bytes) => Constant::Bytes(bytes.repeat(count).into()),
        Constant::Tuple(items) => {
            if count != 0 && room_left(items, MAX_TOTAL_ITEMS / count as i64) < 0 {
                return None;
            }
            Constant::Tuple(std::iter::repeat_n(&**items, count).flatten().cloned().collect())
        }
        _ => return None,
    })
}

/// How many more items, nested ones included, fit under a limit.
fn room_left(items: &[Constant], mut limit: i64) -> i64 {
    limit -= items.len() as i64;
    for item in items {
        if limit < 0 {
            break;
        }
        match item {
            Constant::Tuple(inner) => limit = room_left(inner, limit),
            Constant::FrozenSet(inner) => limit -= inner.len() as i64,
            _ => {}
        }
    }
    limit
}

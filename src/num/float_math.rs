//! Arithmetic of floats where Python's rules are its own: floor division, modulo, power, rounding, exact ratio.
//!
//! Counterpart in CPython 3.11: `Objects/floatobject.c`. `-1.0 % 3.0` is 2.0, `round(2.675, 2)` is 2.67.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::float_text::{Layout, to_text};
use super::int_float::{float_parts, float_to_int};
use crate::text::TextError;

/// `a / b`. Error: ZeroDivisionError.
pub fn true_div(a: f64, b: f64) -> Result<f64, TextError> {
    if b == 0.0 { Err(TextError::zero_division("float division by zero")) } else { Ok(a / b) }
}

/// `a // b`. Error: ZeroDivisionError.
pub fn floor_div(a: f64, b: f64) -> Result<f64, TextError> {
    if b == 0.0 { Err(TextError::zero_division("float floor division by zero")) } else { Ok(quotient_and_rest(a, b).0) }
}

/// `a % b`: the sign of `b`. Error: ZeroDivisionError.
pub fn modulo(a: f64, b: f64) -> Result<f64, TextError> {
    if b == 0.0 {
        return Err(TextError::zero_division("float modulo"));
    }
    let rest = a % b;
    Ok(if rest == 0.0 {
        0.0f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    })
}

/// `divmod(a, b)`. Error: ZeroDivisionError.
pub fn div_mod(a: f64, b: f64) -> Result<(f64, f64), TextError> {
    if b == 0.0 { Err(TextError::zero_division("float divmod()")) } else { Ok(quotient_and_rest(a, b)) }
}

fn quotient_and_rest(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0.0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0.0f64.copysign(a / b)
    } else {
        // `quotient` is nearly whole: take the nearest whole number.
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, rest)
}

/// What `a ** b` gives for floats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Power {
    Real(f64),
    /// A negative number to a broken power: Python goes on with complex numbers.
    NeedsComplex,
}

/// `a ** b`. Errors: ZeroDivisionError, OverflowError (whose args are `(34, 'Numerical result out of range')`: the message
/// holds only the text, the caller adds the number).
pub fn pow(a: f64, b: f64) -> Result<Power, TextError> {
    if b == 0.0 {
        return Ok(Power::Real(1.0));
    }
    if a.is_nan() {
        return Ok(Power::Real(a));
    }
    if b.is_nan() {
        return Ok(Power::Real(if a == 1.0 { 1.0 } else { b }));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Power::Real(a.powf(b)));
    }
    if a == 0.0 && b < 0.0 {
        return Err(TextError::zero_division("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && b != b.floor() {
        return Ok(Power::NeedsComplex);
    }
    let x = a.powf(b);
    if x.is_infinite() {
        return Err(TextError::overflow("Numerical result out of range"));
    }
    Ok(Power::Real(x))
}

/// `round(x)`: the nearest integer, half to even. Errors as `int(x)`.
pub fn round_to_int(x: f64) -> Result<BigInt, TextError> {
    float_to_int(x.round_ties_even())
}

/// `round(x, digits)`: correctly rounded on the decimal expansion. Error: OverflowError.
pub fn round(x: f64, digits: i64) -> Result<f64, TextError> {
    if !x.is_finite() || digits > 323 {
        return Ok(x);
    }
    if digits < -308 {
        return Ok(0.0 * x);
    }
    let text = if digits >= 0 {
        to_text(x.abs(), Layout::Fixed, digits as usize, false, false)
    } else {
        let (mantissa, exponent) = float_parts(x.abs());
        let unit = BigInt::from(10u8).pow(-digits as u32);
        let (over, under) =
            if exponent >= 0 { (BigInt::from(mantissa) << exponent, unit) } else { (BigInt::from(mantissa), unit << -exponent) };
        format!("{}e{}", div_half_even(&over, &under), -digits)
    };
    let rounded: f64 = text.parse().unwrap_or(f64::NAN);
    if rounded.is_infinite() {
        return Err(TextError::overflow("rounded value too large to represent"));
    }
    Ok(rounded.copysign(x))
}

/// `over / under` to the nearest integer, half to even (`under > 0`).
pub fn div_half_even(over: &BigInt, under: &BigInt) -> BigInt {
    let (quotient, rest) = over.div_mod_floor(under);
    match (rest * 2u8).cmp(under) {
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal if quotient.is_odd() => quotient + 1,
        _ => quotient,
    }
}

/// `x.as_integer_ratio()` in lowest terms. Errors: ValueError for nan, OverflowError for inf.
pub fn as_integer_ratio(x: f64) -> Result<(BigInt, BigInt), TextError> {
    if x.is_nan() {
        return Err(TextError::value("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(TextError::overflow("cannot convert Infinity to integer ratio"));
    }
    let (mut mantissa, mut exponent) = float_parts(x.abs());
    if mantissa == 0 {
        return Ok((BigInt::zero(), BigInt::one()));
    }
    let zeros = mantissa.trailing_zeros();
    mantissa >>= zeros;
    exponent += i64::from(zeros);
    let mut over = BigInt::from(mantissa);
    let mut under = BigInt::one();
    if exponent > 0 {
        over <<= exponent;
    } else {
        under <<= -exponent;
    }
    Ok((if x < 0.0 { -over } else { over }, under))
}

/// `x.is_integer()`
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.fract() == 0.0
}

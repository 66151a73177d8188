//! Between integers and floats, exactly: conversion, comparison, true division, each rounded once, half to even.
//!
//! Counterpart in CPython 3.11: `PyLong_AsDouble`, `long_true_divide`, `PyLong_FromDouble`, `float_richcompare`.
//! `10**400 / 10**399` is 10.0 although neither fits a float.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

use crate::text::TextError;

/// `mantissa * 2**exponent` rounded to the nearest float, half to even; the lowest bit of `mantissa` may stand for
/// "and something more" if the mantissa has more than 54 bits or the result is exact otherwise. `None` if too large.
pub fn round_to_float(mantissa: u64, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let bits = 64 - i64::from(mantissa.leading_zeros());
    // The result's last place is 2**(exponent + drop), and never below 2**-1074.
    let drop = (bits - 53).max(-1074 - exponent).max(0);
    let mut kept = mantissa;
    if drop > 64 {
        kept = 0;
    } else if drop > 0 {
        let wide = u128::from(mantissa);
        let (half, rest) = (1u128 << (drop - 1), wide & ((1u128 << drop) - 1));
        kept = (wide >> drop) as u64;
        if rest > half || rest == half && kept & 1 == 1 {
            kept += 1;
        }
    }
    scale(kept, exponent + drop)
}

/// `kept * 2**exponent` where it is known to be exact (`kept <= 2**53`).
fn scale(kept: u64, exponent: i64) -> Option<f64> {
    if kept == 0 {
        return Some(0.0);
    }
    let bits = 64 - i64::from(kept.leading_zeros());
    if bits + exponent > 1024 {
        return None;
    }
    let power = |e: i64| f64::from_bits(((e + 1023) as u64) << 52);
    let x = kept as f64;
    Some(match exponent {
        -1022..=1023 => x * power(exponent),
        1024.. => x * power(1023) * power((exponent - 1023).min(1023)),
        _ => x * power(-1022) * power((exponent + 1022).max(-1022)),
    })
}

/// The float nearest to `n`. Error: OverflowError.
pub fn int_to_float(n: &BigInt) -> Result<f64, TextError> {
    magnitude_to_float(n.magnitude()).map(|x| if n.sign() == Sign::Minus { -x } else { x }).ok_or_else(too_large)
}

fn too_large() -> TextError {
    TextError::overflow("int too large to convert to float")
}

fn magnitude_to_float(n: &BigUint) -> Option<f64> {
    let shift = n.bits().saturating_sub(64);
    let mut top = if shift == 0 { n.to_u64()? } else { (n >> shift).to_u64()? };
    if shift > 0 && n.trailing_zeros().is_some_and(|zeros| zeros < shift) {
        top |= 1;
    }
    round_to_float(top, i64::try_from(shift).ok()?)
}

/// `a / b`. Errors: ZeroDivisionError, OverflowError.
pub fn true_div(a: &BigInt, b: &BigInt) -> Result<f64, TextError> {
    if b.is_zero() {
        return Err(TextError::zero_division("division by zero"));
    }
    let failure = || TextError::overflow("integer division result too large for a float");
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    let (a, b) = (a.magnitude(), b.magnitude());
    if a.is_zero() {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    let x = if a.bits() <= 53 && b.bits() <= 53 {
        a.to_u64().unwrap_or(0) as f64 / b.to_u64().unwrap_or(1) as f64
    } else {
        let difference = a.bits() as i64 - b.bits() as i64;
        if difference > 1025 {
            return Err(failure());
        }
        // A quotient of 63 or 64 bits, fewer for subnormal results, with a sticky last bit.
        let shift = (difference - 63).max(-1140);
        let (mut quotient, rest) = if shift >= 0 { a.div_rem(&(b << shift)) } else { (a << -shift).div_rem(b) };
        if !rest.is_zero() {
            quotient |= BigUint::from(1u8);
        }
        round_to_float(quotient.to_u64().ok_or_else(failure)?, shift).ok_or_else(failure)?
    };
    Ok(if negative { -x } else { x })
}

/// `int(x)`: the whole part. Errors: ValueError for nan, OverflowError for inf.
pub fn float_to_int(x: f64) -> Result<BigInt, TextError> {
    if x.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(TextError::overflow("cannot convert float infinity to integer"));
    }
    if x.abs() < 9e18 {
        return Ok(BigInt::from(x as i64));
    }
    let (mantissa, exponent) = float_parts(x.abs());
    let n = BigInt::from(mantissa) << exponent;
    Ok(if x < 0.0 { -n } else { n })
}

/// `(mantissa, exponent)` with `x == mantissa * 2**exponent`, for finite `x >= 0`.
pub fn float_parts(x: f64) -> (u64, i64) {
    let bits = x.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

/// How `n` compares with `x`, exactly; `None` if `x` is nan.
pub fn compare_int_float(n: &BigInt, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = float_to_int(x).ok()?;
    Some(n.cmp(&whole).then_with(|| 0.0f64.total_cmp(&(x.fract() + 0.0))))
}

/// The same for a machine integer.
pub fn compare_i64_float(n: i64, x: f64) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x >= 9_223_372_036_854_775_808.0 {
        return Some(Ordering::Less);
    }
    if x < -9_223_372_036_854_775_808.0 {
        return Some(Ordering::Greater);
    }
    Some(n.cmp(&(x as i64)).then_with(|| 0.0f64.total_cmp(&(x.fract() + 0.0))))
}

/// The float nearest to a machine integer (half to even), which never overflows.
pub fn i64_to_float(n: i64) -> f64 {
    n as f64
}

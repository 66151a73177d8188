//! Complex numbers as pairs of floats: text both ways, and the arithmetic that has rules of its own.
//!
//! Counterpart in CPython 3.11: `Objects/complexobject.c`. `complex('1-2j')` is `(1-2j)`.

use super::float_parse::{is_number_space, parse_prefix, plain_digits};
use super::float_text::{Layout, to_text};
use crate::text::{PyStr, TextError, repr};

/// `(real, imag)`
pub type Complex = (f64, f64);

/// `repr(z)`: the real part is left out if it is +0.0.
pub fn complex_repr((real, imag): Complex) -> String {
    let text = |x: f64| to_text(x, Layout::Repr, 0, false, false);
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", text(imag));
    }
    let sign = if imag.is_sign_negative() && !imag.is_nan() { "" } else { "+" };
    format!("({}{sign}{}j)", text(real), text(imag))
}

/// `complex(text)`. Error: ValueError.
pub fn parse_complex(text: &PyStr) -> Result<Complex, TextError> {
    let plain = match text.as_ascii() {
        Some(ascii) => ascii.to_string(),
        None => plain_digits(text),
    };
    let bytes = plain.as_bytes();
    let mut clean = Vec::with_capacity(bytes.len());
    let underscores = bytes.contains(&b'_');
    for (i, &byte) in bytes.iter().enumerate() {
        if byte != b'_' && !(underscores && byte == 0) {
            clean.push(byte);
        } else if byte == 0 || i == 0 || !bytes[i - 1].is_ascii_digit() || !bytes.get(i + 1).is_some_and(u8::is_ascii_digit) {
            return Err(TextError::value(format!("could not convert string to complex: {}", repr::str_repr(text).to_string_lossy())));
        }
    }
    parse(&clean).ok_or_else(|| TextError::value("complex() arg is a malformed string"))
}

fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|&b| !is_number_space(b)).unwrap_or(text.len());
    let end = text.iter().rposition(|&b| !is_number_space(b)).map_or(start, |last| last + 1);
    &text[start..end]
}

fn parse(text: &[u8]) -> Option<Complex> {
    let mut text = trim(text);
    if let Some(inner) = text.strip_prefix(b"(") {
        text = trim(inner.strip_suffix(b")")?);
    }
    let is_j = |rest: &[u8]| matches!(rest, [b'j' | b'J']);
    // A sign with nothing but `j` after it stands for one.
    let unit = |rest: &[u8]| match rest {
        [b'+', b'j' | b'J'] | [b'j' | b'J'] => Some(1.0),
        [b'-', b'j' | b'J'] => Some(-1.0),
        _ => None,
    };
    if let Some(imag) = unit(text) {
        return Some((0.0, imag));
    }
    let (first, length) = parse_prefix(text)?;
    let rest = &text[length..];
    if rest.is_empty() {
        return Some((first, 0.0));
    }
    if is_j(rest) {
        return Some((0.0, first));
    }
    if !matches!(rest[0], b'+' | b'-') {
        return None;
    }
    if let Some(imag) = unit(rest) {
        return Some((first, imag));
    }
    let (second, length) = parse_prefix(rest)?;
    is_j(&rest[length..]).then_some((first, second))
}

pub fn mul(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `a / b`. Error: ZeroDivisionError.
pub fn div(a: Complex, b: Complex) -> Result<Complex, TextError> {
    quotient(a, b).ok_or_else(|| TextError::zero_division("complex division by zero"))
}

fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    if b.0 == 0.0 && b.1 == 0.0 {
        return None;
    }
    // Divide by the larger part first, against overflow.
    Some(if b.0.abs() >= b.1.abs() {
        let ratio = b.1 / b.0;
        let under = b.0 + b.1 * ratio;
        ((a.0 + a.1 * ratio) / under, (a.1 - a.0 * ratio) / under)
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let under = b.0 * ratio + b.1;
        ((a.0 * ratio + a.1) / under, (a.1 * ratio - a.0) / under)
    } else {
        (f64::NAN, f64::NAN)
    })
}

/// `abs(z)`. Error: OverflowError.
pub fn abs((real, imag): Complex) -> Result<f64, TextError> {
    if real.is_infinite() || imag.is_infinite() {
        return Ok(f64::INFINITY);
    }
    let size = real.hypot(imag);
    if size.is_infinite() { Err(TextError::overflow("absolute value too large")) } else { Ok(size) }
}

/// `a ** b`. Errors: ZeroDivisionError, OverflowError.
pub fn pow(a: Complex, b: Complex) -> Result<Complex, TextError> {
    let zero = || TextError::zero_division("0.0 to a negative or complex power");
    let small_int = b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0;
    let z = if small_int {
        let power = integer_power(a, b.0.abs() as u32);
        if b.0 > 0.0 {
            power
        } else if b.0 == 0.0 {
            (1.0, 0.0)
        } else {
            quotient((1.0, 0.0), power).ok_or_else(zero)?
        }
    } else if b.0 == 0.0 && b.1 == 0.0 {
        (1.0, 0.0)
    } else if a.0 == 0.0 && a.1 == 0.0 {
        if b.1 != 0.0 || b.0 < 0.0 {
            return Err(zero());
        }
        (0.0, 0.0)
    } else {
        let size = a.0.hypot(a.1);
        let turn = a.1.atan2(a.0);
        let mut length = size.powf(b.0);
        let mut phase = turn * b.0;
        if b.1 != 0.0 {
            length /= (turn * b.1).exp();
            phase += b.1 * size.ln();
        }
        // cos(inf) is a domain error for C.
        if phase.is_infinite() {
            return Err(zero());
        }
        (length * phase.cos(), length * phase.sin())
    };
    if z.0.is_infinite() || z.1.is_infinite() {
        return Err(TextError::overflow("complex exponentiation"));
    }
    Ok(z)
}

fn integer_power(base: Complex, exponent: u32) -> Complex {
    let (mut result, mut power, mut mask) = ((1.0, 0.0), base, 1);
    while mask <= exponent {
        if exponent & mask != 0 {
            result = mul(result, power);
        }
        mask <<= 1;
        power = mul(power, power);
    }
    result
}

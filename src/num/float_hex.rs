//! Hexadecimal text of floats, both ways.
//!
//! Counterpart in CPython 3.11: `float_hex`, `float_fromhex`. `(0.1).hex()` is `'0x1.999999999999ap-4'`.

use super::float_parse::is_number_space;
use super::int_float::round_to_float;
use crate::text::TextError;

/// `x.hex()`
pub fn hex(x: f64) -> String {
    if !x.is_finite() {
        return super::float_text::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let bits = x.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    if exponent == 0 && fraction == 0 {
        return format!("{sign}0x0.0p+0");
    }
    let (first, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
    format!("{sign}0x{first}.{fraction:013x}p{exponent:+}")
}

/// `float.fromhex(text)` on ASCII text (a text with other characters is never valid). Errors: ValueError, OverflowError.
pub fn from_hex(text: &str) -> Result<f64, TextError> {
    let failure = || TextError::value("invalid hexadecimal floating-point string");
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|&b| !is_number_space(b)).ok_or_else(failure)?;
    let end = bytes.iter().rposition(|&b| !is_number_space(b)).ok_or_else(failure)? + 1;
    let mut rest = &bytes[start..end];
    let negative = rest.first() == Some(&b'-');
    if matches!(rest.first(), Some(b'+' | b'-')) {
        rest = &rest[1..];
    }
    let x = if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
        f64::INFINITY
    } else if rest.eq_ignore_ascii_case(b"nan") {
        f64::NAN
    } else {
        magnitude(rest)?
    };
    Ok(if negative { -x } else { x })
}

fn magnitude(mut rest: &[u8]) -> Result<f64, TextError> {
    let failure = || TextError::value("invalid hexadecimal floating-point string");
    if rest.len() >= 2 && rest[..2].eq_ignore_ascii_case(b"0x") {
        rest = &rest[2..];
    }
    let (mut mantissa, mut exponent, mut digits, mut point) = (0u64, 0i64, 0usize, false);
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        if byte == b'.' && !point {
            point = true;
        } else if let Some(digit) = char::from(byte).to_digit(16) {
            digits += 1;
            if mantissa >> 60 == 0 {
                mantissa = mantissa << 4 | u64::from(digit);
                exponent -= if point { 4 } else { 0 };
            } else {
                mantissa |= u64::from(digit != 0); // sticky
                exponent += if point { 0 } else { 4 };
            }
        } else {
            break;
        }
        at += 1;
    }
    if digits == 0 {
        return Err(failure());
    }
    if matches!(rest.get(at), Some(b'p' | b'P')) {
        at += 1;
        let negative = rest.get(at) == Some(&b'-');
        if matches!(rest.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        let count = rest[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if count == 0 {
            return Err(failure());
        }
        let power = rest[at..at + count].iter().fold(0i64, |n, b| (n * 10 + i64::from(b - b'0')).min(1 << 50));
        exponent += if negative { -power } else { power };
        at += count;
    }
    if at != rest.len() {
        return Err(failure());
    }
    round_to_float(mantissa, exponent).ok_or_else(|| TextError::overflow("hexadecimal value too large to represent as a float"))
}

//! Integers as text and text as integers, in any base, with CPython's limit on decimal digits.
//!
//! Counterpart in CPython 3.11: `PyLong_FromString`, `long_to_decimal_string`. `int('0x_ff', 0)` is 255.

use num_bigint::{BigInt, Sign};
use num_traits::{ToPrimitive, Zero};

use super::float_parse::{is_number_space, plain_digits};
use crate::text::{PyStr, TextError, repr};

/// `sys.int_info.default_max_str_digits`; 0 means no limit.
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;
/// `sys.int_info.str_digits_check_threshold`: up to so many digits the limit isn't looked at.
pub const STR_DIGITS_CHECK_THRESHOLD: usize = 640;

/// `int(text, base)` for a str. `max_digits` is `sys.get_int_max_str_digits()`. Error: ValueError.
pub fn parse_int(text: &PyStr, base: i64, max_digits: usize) -> Result<BigInt, TextError> {
    let shown = || repr::str_repr(text);
    match text.as_ascii() {
        Some(ascii) => parse(ascii.as_bytes(), base, max_digits, shown),
        None => parse(plain_digits(text).as_bytes(), base, max_digits, shown),
    }
}

/// `int(data, base)` for bytes or a bytearray. Error: ValueError.
pub fn parse_int_bytes(data: &[u8], base: i64, max_digits: usize) -> Result<BigInt, TextError> {
    parse(data, base, max_digits, || repr::bytes_repr(data).into())
}

/// `str(n)`. Error: ValueError over the limit.
pub fn to_decimal(n: &BigInt, max_digits: usize) -> Result<String, TextError> {
    let failure = || {
        TextError::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // So many bits have more digits than the limit for sure.
    if max_digits > 0 && n.bits() as f64 * std::f64::consts::LOG10_2 > max_digits.max(STR_DIGITS_CHECK_THRESHOLD) as f64 + 2.0 {
        return Err(failure());
    }
    let text = unlimited_decimal(n);
    let digits = text.len() - usize::from(text.starts_with('-'));
    if max_digits > 0 && digits > max_digits && digits > STR_DIGITS_CHECK_THRESHOLD {
        return Err(failure());
    }
    Ok(text)
}

/// Decimal text of any length.
pub fn unlimited_decimal(n: &BigInt) -> String {
    match n.to_i64() {
        Some(short) => short.to_string(),
        None => n.to_str_radix(10),
    }
}

/// Digits of `n` in base 2, 8, 10 or 16 (lower case) without prefix, with `-` if negative. No limit applies.
pub fn to_base(n: &BigInt, base: u32) -> String {
    n.to_str_radix(base)
}

/// `bin(n)`, `oct(n)`, `hex(n)`: with `0b`, `0o`, `0x` after the sign.
pub fn to_prefixed(n: &BigInt, base: u32) -> String {
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    let sign = if n.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}{prefix}{}", n.magnitude().to_str_radix(base))
}

fn parse(text: &[u8], base: i64, max_digits: usize, shown: impl Fn() -> PyStr) -> Result<BigInt, TextError> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(TextError::value("int() base must be >= 2 and <= 36, or 0"));
    }
    let failure = || {
        let shown = shown();
        let shown = shown.slice(0, shown.len().min(200));
        TextError::value(format!("invalid literal for int() with base {base}: {}", shown.to_string_lossy()))
    };
    let start = text.iter().position(|&b| !is_number_space(b)).ok_or_else(failure)?;
    let mut rest = &text[start..];
    let negative = rest.first() == Some(&b'-');
    if matches!(rest.first(), Some(b'+' | b'-')) {
        rest = &rest[1..];
    }
    let prefix = match rest {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    // In base 0 a number without prefix that starts with 0 must be 0.
    let zero_only = base == 0 && prefix == 0 && rest.first() == Some(&b'0');
    let radix = match base {
        0 if prefix != 0 => prefix,
        0 => 10,
        _ => base as u32,
    };
    if prefix == radix {
        rest = &rest[2..];
        if rest.first() == Some(&b'_') {
            rest = &rest[1..];
        }
    }
    let (digits, used) = collect_digits(rest, radix).ok_or_else(failure)?;
    if max_digits > 0 && !radix.is_power_of_two() && digits.len() > max_digits && digits.len() > STR_DIGITS_CHECK_THRESHOLD {
        return Err(TextError::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    if digits.is_empty() || !rest[used..].iter().all(|&b| is_number_space(b)) {
        return Err(failure());
    }
    let n = from_digits(&digits, radix);
    if zero_only && !n.is_zero() {
        return Err(failure());
    }
    Ok(if negative { -n } else { n })
}

/// The digit values at the start of `text` and the bytes they take, single underscores between them left out; `None` if an
/// underscore stands wrong.
fn collect_digits(text: &[u8], radix: u32) -> Option<(Vec<u8>, usize)> {
    let mut digits = Vec::with_capacity(text.len());
    let mut underscore = true; // may none follow?
    let mut used = 0;
    for &byte in text {
        if byte == b'_' {
            if underscore {
                return None;
            }
            underscore = true;
        } else if let Some(digit) = char::from(byte).to_digit(radix) {
            digits.push(digit as u8);
            underscore = false;
        } else {
            break;
        }
        used += 1;
    }
    (!underscore || used == 0).then_some((digits, used))
}

/// From digit values, most significant first: halves joined by multiplication where that is faster.
fn from_digits(digits: &[u8], radix: u32) -> BigInt {
    if digits.len() <= 18 && radix <= 10 {
        return BigInt::from(digits.iter().fold(0i64, |n, &d| n * i64::from(radix) + i64::from(d)));
    }
    if digits.len() <= 2000 || radix.is_power_of_two() {
        return BigInt::from_radix_be(Sign::Plus, digits, radix).unwrap_or_default();
    }
    let low = digits.len() / 2;
    let (high_digits, low_digits) = digits.split_at(digits.len() - low);
    from_digits(high_digits, radix) * BigInt::from(radix).pow(low as u32) + from_digits(low_digits, radix)
}

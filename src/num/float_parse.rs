//! Text as floats: what `float('…')` accepts, and the bare decimal grammar inside it.
//!
//! Counterpart in CPython 3.11: `PyFloat_FromString`. `float(' 1_000.5\n')` is 1000.5, `float('٣')` is 3.0.

use crate::text::{PyStr, TextError, repr, unicode};

/// `float(text)` for a str. Error: ValueError.
pub fn parse_float(text: &PyStr) -> Result<f64, TextError> {
    let failure = || TextError::value(format!("could not convert string to float: {}", repr::str_repr(text).to_string_lossy()));
    match text.as_ascii() {
        Some(ascii) => parse(ascii.as_bytes()).ok_or_else(failure),
        None => parse(plain_digits(text).as_bytes()).ok_or_else(failure),
    }
}

/// `float(data)` for bytes-like data; `shown` is the repr of the object, for the message.
pub fn parse_float_bytes(data: &[u8], shown: impl FnOnce() -> String) -> Result<f64, TextError> {
    parse(data).ok_or_else(|| TextError::value(format!("could not convert string to float: {}", shown())))
}

/// Decimal digits of all scripts as ASCII digits, spaces beyond ASCII as `' '`; any other character ends the text with a `?`.
pub fn plain_digits(text: &PyStr) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.iter() {
        if c < 0x7f {
            plain.push(c as u8 as char);
        } else if unicode::is_space(c) {
            plain.push(' ');
        } else if let Some(digit) = unicode::decimal(c) {
            plain.push((b'0' + digit as u8) as char);
        } else {
            plain.push('?');
            break;
        }
    }
    plain
}

/// The spaces that numbers may stand between.
pub fn is_number_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Spaces around, underscores between digits, then the bare grammar.
fn parse(text: &[u8]) -> Option<f64> {
    let start = text.iter().position(|&b| !is_number_space(b))?;
    let end = text.iter().rposition(|&b| !is_number_space(b))? + 1;
    let text = &text[start..end];
    if !text.contains(&b'_') {
        return parse_bare(text);
    }
    let mut clean = Vec::with_capacity(text.len());
    for (i, &byte) in text.iter().enumerate() {
        if byte != b'_' {
            clean.push(byte);
        } else if i == 0 || !text[i - 1].is_ascii_digit() || !text.get(i + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
    }
    parse_bare(&clean)
}

/// All of `text` as a float: `[sign] (digits [. digits] | . digits) [e [sign] digits] | inf | infinity | nan`.
pub fn parse_bare(text: &[u8]) -> Option<f64> {
    let (x, length) = parse_prefix(text)?;
    (length == text.len()).then_some(x)
}

/// The longest float that `text` starts with, and its length in bytes (what C's `strtod` does for decimal text).
pub fn parse_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let signed = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(signed);
    let mut end = signed + whole;
    let mut fraction = 0;
    if text.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        let word = &text[signed..];
        let starts = |name: &[u8]| word.len() >= name.len() && word[..name.len()].eq_ignore_ascii_case(name);
        let (x, length) = if starts(b"infinity") {
            (f64::INFINITY, 8)
        } else if starts(b"inf") {
            (f64::INFINITY, 3)
        } else if starts(b"nan") {
            (f64::NAN, 3)
        } else {
            return None;
        };
        return Some((if text[0] == b'-' { -x } else { x }, signed + length));
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = if end + 1 + signed <= text.len() { digits(end + 1 + signed) } else { 0 };
        if exponent > 0 {
            end += 1 + signed + exponent;
        }
    }
    let x = std::str::from_utf8(&text[..end]).ok()?.parse().ok()?;
    Some((x, end))
}

//! `unicode_escape` and `raw_unicode_escape`: text as Python literals spell it.
//!
//! `'é\n'.encode('unicode_escape')` is `b'\\xe9\\n'`.

use super::Fault;
use crate::text::{PyStr, pystr::PyStrBuilder, repr, unicode};

/// Decode `unicode_escape` from `at` to the end or to the first fault.
pub fn decode(data: &[u8], mut at: usize, out: &mut PyStrBuilder) -> Option<Fault> {
    while at < data.len() {
        let start = at;
        at += 1;
        if data[start] != b'\\' {
            out.push(data[start].into());
            continue;
        }
        let fault = |end: usize, reason| Some(Fault { encoding: "unicodeescape", start, end, reason });
        let Some(&c) = data.get(at) else { return fault(data.len(), "\\ at end of string") };
        at += 1;
        let plain = match c {
            b'\n' => continue,
            b'\\' | b'\'' | b'"' => c,
            b'b' => 8,
            b't' => 9,
            b'n' => 10,
            b'v' => 11,
            b'f' => 12,
            b'r' => 13,
            b'a' => 7,
            b'0'..=b'7' => {
                let digits = data[at - 1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                out.push(data[at - 1..at - 1 + digits].iter().fold(0, |n, b| n * 8 + u32::from(b - b'0')));
                at += digits - 1;
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (count, reason) = match c {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let (point, found) = hex_digits(&data[at..], count);
                at += found;
                if found < count {
                    return fault(at, reason);
                }
                if point > unicode::MAX_CODE_POINT {
                    return fault(at, "illegal Unicode character");
                }
                out.push(point);
                continue;
            }
            b'N' => {
                let malformed = "malformed \\N character escape";
                if data.get(at) != Some(&b'{') {
                    return fault(at, malformed);
                }
                let Some(length) = data[at..].iter().position(|&b| b == b'}') else { return fault(data.len(), malformed) };
                let name = &data[at + 1..at + length];
                at += length + 1;
                if name.is_empty() {
                    return fault(at, malformed);
                }
                match std::str::from_utf8(name).ok().and_then(unicode::lookup_name) {
                    Some(c) => out.push(c),
                    None => return fault(at, "unknown Unicode character name"),
                }
                continue;
            }
            _ => {
                // An unknown escape stays; CPython warns of it.
                out.push(b'\\'.into());
                c
            }
        };
        out.push(plain.into());
    }
    None
}

/// The value of up to `count` hexadecimal digits, and how many there are.
fn hex_digits(data: &[u8], count: usize) -> (u32, usize) {
    let digits = data.iter().take(count).map_while(|&b| char::from(b).to_digit(16));
    digits.fold((0, 0), |(n, found), digit| (n << 4 | digit, found + 1))
}

/// The first escape of `unicode_escape` data that Python doesn't know, for the DeprecationWarning "invalid escape sequence '\q'".
pub fn first_unknown_escape(data: &[u8]) -> Option<u8> {
    let mut at = 0;
    while at + 1 < data.len() {
        if data[at] != b'\\' {
            at += 1;
            continue;
        }
        if !b"\n\\'\"btnvfra01234567xuUN".contains(&data[at + 1]) {
            return Some(data[at + 1]);
        }
        at += 2;
    }
    None
}

/// Decode `raw_unicode_escape`: only `\u` and `\U` behind an odd number of backslashes count.
pub fn decode_raw(data: &[u8], mut at: usize, out: &mut PyStrBuilder) -> Option<Fault> {
    while at < data.len() {
        let start = at;
        at += 1;
        if data[start] != b'\\' || at >= data.len() {
            out.push(data[start].into());
            continue;
        }
        let c = data[at];
        at += 1;
        let (count, reason) = match c {
            b'u' => (4, "truncated \\uXXXX escape"),
            b'U' => (8, "truncated \\UXXXXXXXX escape"),
            _ => {
                out.push(b'\\'.into());
                out.push(c.into());
                continue;
            }
        };
        let (point, found) = hex_digits(&data[at..], count);
        at += found;
        let reason = if found < count {
            reason
        } else if point > unicode::MAX_CODE_POINT {
            "\\Uxxxxxxxx out of range"
        } else {
            out.push(point);
            continue;
        };
        return Some(Fault { encoding: "rawunicodeescape", start, end: at, reason });
    }
    None
}

/// Encode as `unicode_escape` from `at`.
pub fn encode(text: &PyStr, at: usize, out: &mut Vec<u8>) {
    let mut escaped = String::new();
    for c in text.iter().skip(at) {
        match c {
            0x5c => escaped.push_str("\\\\"),
            0x09 => escaped.push_str("\\t"),
            0x0a => escaped.push_str("\\n"),
            0x0d => escaped.push_str("\\r"),
            0x20..0x7f => escaped.push(c as u8 as char),
            _ => repr::push_escape(&mut escaped, c),
        }
    }
    out.extend(escaped.into_bytes());
}

/// Encode as `raw_unicode_escape` from `at`.
pub fn encode_raw(text: &PyStr, at: usize, out: &mut Vec<u8>) {
    for c in text.iter().skip(at) {
        match u8::try_from(c) {
            Ok(byte) => out.push(byte),
            Err(_) => {
                let mut escaped = String::new();
                repr::push_escape(&mut escaped, c);
                out.extend(escaped.into_bytes());
            }
        }
    }
}

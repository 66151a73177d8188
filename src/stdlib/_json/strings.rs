//! Strings as JSON writes them: escapes of what is neither printable nor ASCII, pairs of surrogates for points beyond 16 bits.

use crate::text::{PyStr, pystr::PyStrBuilder};

/// The string in quotes.
pub fn quoted(text: &PyStr, ascii: bool) -> PyStr {
    let mut out = PyStrBuilder::with_capacity(text.len() + 2);
    out.push(u32::from(b'"'));
    for point in text.iter() {
        match point {
            0x22 => out.push_chars("\\\""),
            0x5c => out.push_chars("\\\\"),
            0x0a => out.push_chars("\\n"),
            0x0d => out.push_chars("\\r"),
            0x09 => out.push_chars("\\t"),
            0x08 => out.push_chars("\\b"),
            0x0c => out.push_chars("\\f"),
            0x20..=0x7e => out.push(point),
            0x7f.. if !ascii => out.push(point),
            0x1_0000.. => {
                let rest = point - 0x1_0000;
                out.push_chars(&format!("\\u{:04x}\\u{:04x}", 0xd800 | rest >> 10, 0xdc00 | rest & 0x3ff));
            }
            _ => out.push_chars(&format!("\\u{point:04x}")),
        }
    }
    out.push(u32::from(b'"'));
    out.finish()
}

/// The string from `start` on up to its closing quote, and the place behind that; or what is wrong, and where.
pub fn scan(text: &PyStr, start: usize, strict: bool) -> Result<(PyStr, usize), (&'static str, i64)> {
    let unterminated = ("Unterminated string starting at", start as i64 - 1);
    let (len, mut at) = (text.len(), start);
    // Most strings have no escapes.
    while at < len && !matches!(text.at(at), 0x22 | 0x5c | 0..=0x1f) {
        at += 1;
    }
    if at < len && text.at(at) == 0x22 {
        return Ok((text.slice(start, at), at + 1));
    }
    let mut out = PyStrBuilder::new();
    out.push_str(&text.slice(start, at));
    loop {
        if at >= len {
            return Err(unterminated);
        }
        let point = text.at(at);
        at += 1;
        match point {
            0x22 => return Ok((out.finish(), at)),
            0..=0x1f if strict => return Err(("Invalid control character at", at as i64 - 1)),
            0x5c => {}
            _ => {
                out.push(point);
                continue;
            }
        }
        if at >= len {
            return Err(unterminated);
        }
        let escape = text.at(at);
        at += 1;
        out.push(match escape {
            0x22 | 0x5c | 0x2f => escape,
            0x62 => 8,
            0x66 => 12,
            0x6e => 10,
            0x72 => 13,
            0x74 => 9,
            0x75 => {
                let invalid = ("Invalid \\uXXXX escape", at as i64 - 1);
                let high = four_digits(text, at).ok_or(invalid)?;
                at += 4;
                if (0xd800..0xdc00).contains(&high)
                    && at + 6 <= len
                    && text.at(at) == 0x5c
                    && text.at(at + 1) == 0x75
                    && let Some(low @ 0xdc00..=0xdfff) = four_digits(text, at + 2)
                {
                    at += 6;
                    0x1_0000 + ((high - 0xd800) << 10 | (low - 0xdc00))
                } else {
                    high
                }
            }
            _ => return Err(("Invalid \\escape", at as i64 - 2)),
        });
    }
}

/// Four hexadecimal digits, which must be followed by something.
fn four_digits(text: &PyStr, at: usize) -> Option<u32> {
    if at + 4 >= text.len() {
        return None;
    }
    (at..at + 4).try_fold(0, |number, at| Some(number << 4 | char::from_u32(text.at(at))?.to_digit(16)?))
}

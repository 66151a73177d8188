//! UTF-8, strict about surrogates, overlong forms and the range, with CPython's spans and reasons of faults.

use super::Fault;
use crate::text::{PyStr, pystr::PyStrBuilder};

/// Decode from `at` to the end or to the first fault.
pub fn decode(data: &[u8], at: usize, out: &mut PyStrBuilder) -> Option<Fault> {
    let rest = &data[at..];
    let (good, length) = match std::str::from_utf8(rest) {
        Ok(text) => {
            out.push_chars(text);
            return None;
        }
        Err(error) => (error.valid_up_to(), error.error_len()),
    };
    if let Ok(text) = std::str::from_utf8(&rest[..good]) {
        out.push_chars(text);
    }
    let start = at + good;
    let (end, reason) = match length {
        None => (data.len(), "unexpected end of data"),
        Some(_) if !(0xc2..=0xf4).contains(&data[start]) => (start + 1, "invalid start byte"),
        Some(length) => (start + length, "invalid continuation byte"),
    };
    Some(Fault { encoding: "utf-8", start, end, reason })
}

/// Encode from `at` to the end or to the first run of surrogates.
pub fn encode(text: &PyStr, at: usize, out: &mut Vec<u8>) -> Option<Fault> {
    let surrogate = |c: u32| (0xd800..0xe000).contains(&c);
    for (i, c) in text.iter().enumerate().skip(at) {
        match char::from_u32(c) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => {
                let end = (i..text.len()).find(|&i| !surrogate(text.at(i))).unwrap_or(text.len());
                return Some(Fault { encoding: "utf-8", start: i, end, reason: "surrogates not allowed" });
            }
        }
    }
    None
}

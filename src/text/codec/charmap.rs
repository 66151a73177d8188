//! One byte a character: ASCII, Latin-1 and the encodings of `charmap_tables.rs`.

use super::{Fault, charmap_tables::CHARMAPS};
use crate::text::{PyStr, pystr::PyStrBuilder};

/// A byte or code point that means nothing.
const UNDEFINED: u16 = 0xfffe;

/// Decode ASCII from `at` to the end or to the first fault.
pub fn decode_ascii(data: &[u8], at: usize, out: &mut PyStrBuilder) -> Option<Fault> {
    let start = (at..data.len()).find(|&i| !data[i].is_ascii());
    let good = &data[at..start.unwrap_or(data.len())];
    good.iter().for_each(|&b| out.push(b.into()));
    start.map(|start| Fault { encoding: "ascii", start, end: start + 1, reason: "ordinal not in range(128)" })
}

/// Decode from `at` to the end or to the first fault.
pub fn decode(data: &[u8], at: usize, table: usize, out: &mut PyStrBuilder) -> Option<Fault> {
    for (i, &byte) in data.iter().enumerate().skip(at) {
        let point = if byte < 0x80 { byte.into() } else { CHARMAPS[table].2[usize::from(byte - 0x80)] };
        if point == UNDEFINED {
            return Some(Fault { encoding: "charmap", start: i, end: i + 1, reason: "character maps to <undefined>" });
        }
        out.push(point.into());
    }
    None
}

/// Encode ASCII (`last` is 0x7f) or Latin-1 (0xff) from `at` to the end or to the first run that doesn't fit.
pub fn encode_narrow(text: &PyStr, at: usize, last: u32, out: &mut Vec<u8>) -> Option<Fault> {
    let (encoding, reason) = if last == 0x7f { ("ascii", "ordinal not in range(128)") } else { ("latin-1", "ordinal not in range(256)") };
    run(text, at, out, |c| u8::try_from(c).ok().filter(|&b| u32::from(b) <= last), encoding, reason)
}

/// Encode from `at` to the end or to the first run that doesn't fit.
pub fn encode(text: &PyStr, at: usize, table: usize, out: &mut Vec<u8>) -> Option<Fault> {
    let byte = |c: u32| match c {
        0..0x80 => Some(c as u8),
        0xfffe => None,
        _ => CHARMAPS[table].2.iter().position(|&point| u32::from(point) == c).map(|i| i as u8 + 0x80),
    };
    run(text, at, out, byte, "charmap", "character maps to <undefined>")
}

fn run(
    text: &PyStr,
    at: usize,
    out: &mut Vec<u8>,
    byte: impl Fn(u32) -> Option<u8>,
    encoding: &'static str,
    reason: &'static str,
) -> Option<Fault> {
    for (i, c) in text.iter().enumerate().skip(at) {
        match byte(c) {
            Some(byte) => out.push(byte),
            None => {
                let end = (i..text.len()).find(|&i| byte(text.at(i)).is_some()).unwrap_or(text.len());
                return Some(Fault { encoding, start: i, end, reason });
            }
        }
    }
    None
}

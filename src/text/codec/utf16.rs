//! UTF-16 of either byte order.

use super::{ByteOrder, Fault};
use crate::text::{PyStr, pystr::PyStrBuilder};

/// Decode from `at` to the end or to the first fault.
pub fn decode(data: &[u8], mut at: usize, big: bool, out: &mut PyStrBuilder) -> Option<Fault> {
    let encoding = if big { "utf-16-be" } else { "utf-16-le" };
    let fault = |start: usize, end: usize, reason| Some(Fault { encoding, start, end, reason });
    let unit = |at: usize| {
        let pair = [data[at], data[at + 1]];
        u32::from(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    while at < data.len() {
        if at + 1 == data.len() {
            return fault(at, data.len(), "truncated data");
        }
        let first = unit(at);
        match first {
            0xd800..0xdc00 if at + 4 > data.len() => return fault(at, data.len(), "unexpected end of data"),
            0xd800..0xdc00 => {
                let second = unit(at + 2);
                if !(0xdc00..0xe000).contains(&second) {
                    return fault(at, at + 2, "illegal UTF-16 surrogate");
                }
                out.push(0x10000 + ((first & 0x3ff) << 10 | second & 0x3ff));
                at += 4;
            }
            0xdc00..0xe000 => return fault(at, at + 2, "illegal encoding"),
            _ => {
                out.push(first);
                at += 2;
            }
        }
    }
    None
}

/// Encode from `at` to the end or to the first surrogate.
pub fn encode(text: &PyStr, at: usize, order: ByteOrder, out: &mut Vec<u8>) -> Option<Fault> {
    let encoding = match order {
        ByteOrder::Marked => "utf-16",
        ByteOrder::Little => "utf-16-le",
        ByteOrder::Big => "utf-16-be",
    };
    for (i, c) in text.iter().enumerate().skip(at) {
        let Some(c) = char::from_u32(c) else {
            return Some(Fault { encoding, start: i, end: i + 1, reason: "surrogates not allowed" });
        };
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.extend(if order == ByteOrder::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
    }
    None
}

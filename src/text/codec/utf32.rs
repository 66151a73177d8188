//! UTF-32 of either byte order.

use super::{ByteOrder, Fault};
use crate::text::{PyStr, pystr::PyStrBuilder};

/// Decode from `at` to the end or to the first fault.
pub fn decode(data: &[u8], mut at: usize, big: bool, out: &mut PyStrBuilder) -> Option<Fault> {
    let encoding = if big { "utf-32-be" } else { "utf-32-le" };
    let fault = |start: usize, end: usize, reason| Some(Fault { encoding, start, end, reason });
    while at < data.len() {
        let Some(&[a, b, c, d]) = data.get(at..at + 4) else { return fault(at, data.len(), "truncated data") };
        let point = if big { u32::from_be_bytes([a, b, c, d]) } else { u32::from_le_bytes([a, b, c, d]) };
        if (0xd800..0xe000).contains(&point) {
            return fault(at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
        }
        if point > 0x10_ffff {
            return fault(at, at + 4, "code point not in range(0x110000)");
        }
        out.push(point);
        at += 4;
    }
    None
}

/// Encode from `at` to the end or to the first surrogate.
pub fn encode(text: &PyStr, at: usize, order: ByteOrder, out: &mut Vec<u8>) -> Option<Fault> {
    let encoding = match order {
        ByteOrder::Marked => "utf-32",
        ByteOrder::Little => "utf-32-le",
        ByteOrder::Big => "utf-32-be",
    };
    for (i, c) in text.iter().enumerate().skip(at) {
        if (0xd800..0xe000).contains(&c) {
            return Some(Fault { encoding, start: i, end: i + 1, reason: "surrogates not allowed" });
        }
        out.extend(if order == ByteOrder::Big { c.to_be_bytes() } else { c.to_le_bytes() });
    }
    None
}

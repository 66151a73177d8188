//! The error handlers that are always there: `strict`, `ignore`, `replace`, `backslashreplace`, `xmlcharrefreplace`,
//! `namereplace`, `surrogateescape`, `surrogatepass`.
//!
//! Counterpart in CPython 3.11: `Python/codecs.c`. `b'a\xff'.decode('ascii', 'backslashreplace')` is `'a\\xff'`.

use std::fmt::Write;

use super::{ByteOrder, CodecError, Encoding, Fault, Replacement};
use crate::text::{PyStr, TextError, repr, unicode};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Handler {
    pub fn named(name: &str) -> Option<Handler> {
        Some(match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            _ => return None,
        })
    }
}

/// The LookupError for a name that isn't registered: raised when a fault comes, not before.
pub fn unknown_handler(name: &str) -> TextError {
    TextError::new("LookupError", format!("unknown error handler name '{name}'"))
}

fn is_surrogate(c: u32) -> bool {
    (0xd800..0xe000).contains(&c)
}

/// What a handler does about a fault in decoding: text, and where to go on.
pub fn on_decode(handler: Handler, data: &[u8], encoding: Encoding, fault: Fault) -> Result<(PyStr, usize), CodecError> {
    let end = fault.end;
    let data = super::decoded_object(data, encoding);
    let bad = &data[fault.start..end];
    match handler {
        Handler::Strict => Err(CodecError::Decode(fault)),
        Handler::Ignore => Ok((PyStr::empty(), end)),
        Handler::Replace => Ok((PyStr::from_point(0xfffd), end)),
        Handler::BackslashReplace => {
            let mut text = String::new();
            for byte in bad {
                let _ = write!(text, "\\x{byte:02x}");
            }
            Ok((text.into(), end))
        }
        Handler::XmlCharRefReplace | Handler::NameReplace => {
            Err(CodecError::Other(TextError::type_error("don't know how to handle UnicodeDecodeError in error callback")))
        }
        Handler::SurrogateEscape => {
            let points: Vec<u32> = bad.iter().take(4).take_while(|b| **b >= 0x80).map(|&b| 0xdc00 + u32::from(b)).collect();
            if points.is_empty() {
                return Err(CodecError::Decode(fault));
            }
            Ok((PyStr::from_code_points(&points), fault.start + points.len()))
        }
        Handler::SurrogatePass => {
            let rest = &data[fault.start..];
            let (point, size) = match (encoding, rest, fault.encoding) {
                (Encoding::Utf8 | Encoding::Utf8Sig, [a, b, c, ..], _) if a & 0xf0 == 0xe0 && b & 0xc0 == 0x80 && c & 0xc0 == 0x80 => {
                    (u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63), 3)
                }
                (Encoding::Utf16(_), [a, b, ..], "utf-16-be") => (u16::from_be_bytes([*a, *b]).into(), 2),
                (Encoding::Utf16(_), [a, b, ..], _) => (u16::from_le_bytes([*a, *b]).into(), 2),
                (Encoding::Utf32(_), [a, b, c, d, ..], "utf-32-be") => (u32::from_be_bytes([*a, *b, *c, *d]), 4),
                (Encoding::Utf32(_), [a, b, c, d, ..], _) => (u32::from_le_bytes([*a, *b, *c, *d]), 4),
                _ => (0, 0),
            };
            if !is_surrogate(point) {
                return Err(CodecError::Decode(fault));
            }
            Ok((PyStr::from_point(point), fault.start + size))
        }
    }
}

/// What a handler does about a fault in encoding: a replacement, and where to go on.
pub fn on_encode(handler: Handler, text: &PyStr, encoding: Encoding, fault: Fault) -> Result<(Replacement, usize), CodecError> {
    let end = fault.end;
    let bad = || (fault.start..end).map(|i| text.at(i));
    let mut written = String::new();
    match handler {
        Handler::Strict => return Err(CodecError::Encode(fault)),
        Handler::Ignore => {}
        Handler::Replace => written.extend(bad().map(|_| '?')),
        Handler::BackslashReplace => bad().for_each(|c| repr::push_escape(&mut written, c)),
        Handler::XmlCharRefReplace => {
            for c in bad() {
                let _ = write!(written, "&#{c};");
            }
        }
        Handler::NameReplace => {
            for c in bad() {
                match unicode::name(c) {
                    Some(name) => {
                        let _ = write!(written, "\\N{{{name}}}");
                    }
                    None => repr::push_escape(&mut written, c),
                }
            }
        }
        Handler::SurrogateEscape => {
            let bytes: Vec<u8> = bad().take_while(|c| (0xdc80..0xdd00).contains(c)).map(|c| (c - 0xdc00) as u8).collect();
            let all = bytes.len() == end - fault.start;
            // These three encoders look at one character after the other, the rest at all of the fault.
            let piecemeal = matches!(encoding, Encoding::Utf8 | Encoding::Utf8Sig | Encoding::Ascii | Encoding::Latin1);
            if bytes.is_empty() || !all && !piecemeal {
                return Err(CodecError::Encode(fault));
            }
            let next = fault.start + bytes.len();
            return Ok((Replacement::Bytes(bytes), next));
        }
        Handler::SurrogatePass => {
            let mut bytes = Vec::new();
            for c in bad() {
                match encoding {
                    _ if !is_surrogate(c) => return Err(CodecError::Encode(fault)),
                    Encoding::Utf8 | Encoding::Utf8Sig => bytes.extend(PyStr::from_point(c).to_wtf8()),
                    Encoding::Utf16(ByteOrder::Big) => bytes.extend((c as u16).to_be_bytes()),
                    Encoding::Utf16(_) => bytes.extend((c as u16).to_le_bytes()),
                    Encoding::Utf32(ByteOrder::Big) => bytes.extend(c.to_be_bytes()),
                    Encoding::Utf32(_) => bytes.extend(c.to_le_bytes()),
                    _ => return Err(CodecError::Encode(fault)),
                }
            }
            return Ok((Replacement::Bytes(bytes), end));
        }
    }
    Ok((Replacement::Text(written.into()), end))
}

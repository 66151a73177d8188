//! `repr` and `ascii` of strings and bytes.
//!
//! Counterpart in CPython 3.11: `unicode_repr`, `PyBytes_Repr`. `repr("it's")` is `"it's"` in double quotes.

use std::fmt::Write;

use super::{PyStr, unicode};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Single quotes unless there are single quotes and no double ones.
fn quote_for(single: bool, double: bool) -> u8 {
    if single && !double { b'"' } else { b'\'' }
}

/// Does `repr` write the ASCII byte as it is (the quotes aside)?
fn is_plain(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte) && byte != b'\\'
}

/// `repr(text)`
pub fn str_repr(text: &PyStr) -> PyStr {
    match text.as_ascii() {
        Some(ascii) => ascii_repr(ascii).into(),
        None => wide_repr(text, false),
    }
}

/// `ascii(text)`: `repr` with everything beyond ASCII escaped.
pub fn str_ascii(text: &PyStr) -> String {
    match text.as_ascii() {
        Some(ascii) => ascii_repr(ascii),
        None => wide_repr(text, true).to_string_lossy(),
    }
}

/// What `ascii(x)` makes of `repr(x)`: everything beyond ASCII escaped.
pub fn escape_non_ascii(text: &PyStr) -> PyStr {
    if text.is_ascii() {
        return text.clone();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.iter() {
        if c < 0x80 { out.push(c as u8 as char) } else { push_escape(&mut out, c) }
    }
    out.into()
}

fn ascii_repr(text: &str) -> String {
    let bytes = text.as_bytes();
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push(quote as char);
    if bytes.iter().all(|&b| is_plain(b) && b != quote) {
        out.push_str(text);
    } else {
        for &byte in bytes {
            push_byte(&mut out, byte, quote);
        }
    }
    out.push(quote as char);
    out
}

fn push_byte(out: &mut String, byte: u8, quote: u8) {
    match byte {
        b'\\' => out.push_str("\\\\"),
        b'\t' => out.push_str("\\t"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        _ if byte == quote => {
            out.push('\\');
            out.push(byte as char);
        }
        _ if is_plain(byte) => out.push(byte as char),
        _ => {
            out.push_str("\\x");
            out.push(HEX[usize::from(byte >> 4)] as char);
            out.push(HEX[usize::from(byte & 15)] as char);
        }
    }
}

/// `\xhh`, `\uhhhh` or `\Uhhhhhhhh`, the shortest that fits.
pub fn push_escape(out: &mut String, c: u32) {
    let _ = match c {
        0..=0xff => write!(out, "\\x{c:02x}"),
        0x100..=0xffff => write!(out, "\\u{c:04x}"),
        _ => write!(out, "\\U{c:08x}"),
    };
}

fn wide_repr(text: &PyStr, only_ascii: bool) -> PyStr {
    let quote = quote_for(text.iter().any(|c| c == 0x27), text.iter().any(|c| c == 0x22));
    let mut out = String::with_capacity(text.len() + 16);
    out.push(quote as char);
    for c in text.iter() {
        match char::from_u32(c) {
            _ if c < 0x80 => push_byte(&mut out, c as u8, quote),
            Some(c) if !only_ascii && unicode::is_printable(c.into()) => out.push(c),
            _ => push_escape(&mut out, c),
        }
    }
    out.push(quote as char);
    out.into()
}

/// `repr` of bytes.
pub fn bytes_repr(data: &[u8]) -> String {
    let quote = quote_for(data.contains(&b'\''), data.contains(&b'"'));
    quoted_bytes(data, quote)
}

/// `repr` of a bytearray; `type_name` is `bytearray` or that of a subclass.
pub fn bytearray_repr(data: &[u8], type_name: &str) -> String {
    let quote = quote_for(data.contains(&b'\''), data.contains(&b'"'));
    // Unlike bytes, a bytearray escapes the single quote between double quotes, too.
    let text = quoted_bytes(data, quote);
    let text = if quote == b'"' { text.replace('\'', "\\'") } else { text };
    format!("{type_name}({text})")
}

fn quoted_bytes(data: &[u8], quote: u8) -> String {
    let mut out = String::with_capacity(data.len() + 3);
    out.push('b');
    out.push(quote as char);
    for &byte in data {
        push_byte(&mut out, byte, quote);
    }
    out.push(quote as char);
    out
}

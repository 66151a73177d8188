//! String tokens: prefix, body, and what its escapes stand for.
//!
//! Counterpart in CPython 3.11: `Parser/string_parser.c` and `_PyUnicode_DecodeUnicodeEscapeInternal`.
//! `r'\d'` is two characters, `'\d'` too but with a warning, `'\ud800'` is one lone surrogate.

use crate::text::{PyStr, unicode};

/// A string token taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Literal<'a> {
    pub is_bytes: bool,
    pub is_raw: bool,
    pub is_format: bool,
    /// `u'…'`, which `Constant.kind` remembers; not `U'…'`.
    pub is_unicode: bool,
    /// What stands between the quotes.
    pub body: &'a str,
    /// Where it begins in the token.
    pub offset: usize,
}

/// Takes a token apart.
pub fn split(token: &str) -> Literal<'_> {
    let quote = token.find(['"', '\'']).unwrap_or(0);
    let prefix = &token[..quote];
    let has = |letter: char| prefix.contains([letter, letter.to_ascii_uppercase()]);
    let rest = &token.as_bytes()[quote..];
    let width = if rest.len() >= 6 && rest[1] == rest[0] && rest[2] == rest[0] { 3 } else { 1 };
    Literal {
        is_bytes: has('b'),
        is_raw: has('r'),
        is_format: has('f'),
        is_unicode: prefix.starts_with('u'),
        body: &token[quote + width..token.len() - width],
        offset: quote + width,
    }
}

/// Text being put together: UTF-8 until a lone surrogate comes.
#[derive(Default)]
pub struct Text {
    text: String,
    wide: Option<Vec<u32>>,
}

impl Text {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.wide.is_none()
    }

    pub fn push_str(&mut self, text: &str) {
        match &mut self.wide {
            Some(wide) => wide.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    fn push(&mut self, point: u32) {
        match (&mut self.wide, char::from_u32(point)) {
            (None, Some(c)) => self.text.push(c),
            (Some(wide), _) => wide.push(point),
            (None, None) => {
                let mut wide: Vec<u32> = self.text.chars().map(u32::from).collect();
                wide.push(point);
                self.wide = Some(wide);
            }
        }
    }

    /// The string; leaves this empty.
    pub fn take(&mut self) -> PyStr {
        let text = std::mem::take(&mut self.text);
        match self.wide.take() {
            Some(wide) => PyStr::from_code_points(&wide),
            None => PyStr::from(text),
        }
    }
}

/// Appends what `body` stands for. The first invalid escape is a warning in `warning`; an error is the message of a `SyntaxError`.
pub fn decode(body: &str, raw: bool, out: &mut Text, warning: &mut Option<String>) -> Result<(), String> {
    if raw || !body.contains('\\') {
        out.push_str(body);
        return Ok(());
    }
    // CPython writes each non-ASCII character as `\UXXXXXXXX` first, so its positions count ten for them.
    let mut position = 0;
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        position += rest[..at].chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
        rest = &rest[at + 1..];
        // It is written `\u005c` before a non-ASCII character.
        if rest.bytes().next().is_some_and(|byte| !byte.is_ascii()) {
            position += 5;
        }
        let length = escape(rest, position, out, warning)?;
        position += 1 + length;
        rest = &rest[length..];
    }
    out.push_str(rest);
    Ok(())
}

/// Reads what follows a backslash; its length.
fn escape(rest: &str, position: usize, out: &mut Text, warning: &mut Option<String>) -> Result<usize, String> {
    let simple = match rest.as_bytes().first() {
        None => {
            out.push(u32::from(b'\\'));
            return Ok(0);
        }
        Some(b'\n') => return Ok(1),
        Some(b'\\') => '\\',
        Some(b'\'') => '\'',
        Some(b'"') => '"',
        Some(b'a') => '\x07',
        Some(b'b') => '\x08',
        Some(b'f') => '\x0c',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'v') => '\x0b',
        Some(b'x') => return hexadecimal(rest, 2, "truncated \\xXX escape", position, out),
        Some(b'u') => return hexadecimal(rest, 4, "truncated \\uXXXX escape", position, out),
        Some(b'U') => return hexadecimal(rest, 8, "truncated \\UXXXXXXXX escape", position, out),
        Some(b'N') => return named(rest, position, out),
        Some(b'0'..=b'7') => {
            let (value, length) = octal(rest.as_bytes());
            if value > 0o377 && warning.is_none() {
                *warning = Some(format!("invalid octal escape sequence '\\{}'", &rest[..length]));
            }
            out.push(value);
            return Ok(length);
        }
        Some(_) => {
            // A backslash before a non-ASCII character is kept without a warning.
            if let Some(c) = rest.chars().next().filter(|c| c.is_ascii() && warning.is_none()) {
                *warning = Some(format!("invalid escape sequence '\\{c}'"));
            }
            out.push(u32::from(b'\\'));
            return Ok(0);
        }
    };
    out.push(u32::from(simple));
    Ok(1)
}

fn octal(bytes: &[u8]) -> (u32, usize) {
    let length = bytes.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    (bytes[..length].iter().fold(0, |value, byte| value * 8 + u32::from(byte - b'0')), length)
}

fn codec_error<T>(position: usize, end: usize, reason: &str) -> Result<T, String> {
    let place = if end == position { format!("byte 0x5c in position {position}") } else { format!("bytes in position {position}-{end}") };
    Err(format!("(unicode error) 'unicodeescape' codec can't decode {place}: {reason}"))
}

fn hexadecimal(rest: &str, count: usize, truncated: &str, position: usize, out: &mut Text) -> Result<usize, String> {
    let digits = rest.as_bytes()[1..].iter().take(count).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits < count {
        return codec_error(position, position + 1 + digits, truncated);
    }
    let value = u32::from_str_radix(&rest[1..=count], 16).unwrap_or(u32::MAX);
    if value > 0x10_ffff {
        return codec_error(position, position + 1 + count, "illegal Unicode character");
    }
    out.push(value);
    Ok(1 + count)
}

/// `\N{name}`
fn named(rest: &str, position: usize, out: &mut Text) -> Result<usize, String> {
    const MALFORMED: &str = "malformed \\N character escape";
    let Some(inner) = rest[1..].strip_prefix('{') else { return codec_error(position, position + 1, MALFORMED) };
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
    match inner.find('}') {
        None => codec_error(position, position + 2 + width(inner), MALFORMED),
        Some(0) => codec_error(position, position + 2, MALFORMED),
        Some(end) => match unicode::lookup_name(&inner[..end]) {
            Some(c) => {
                out.push(c);
                Ok(end + 3)
            }
            None => codec_error(position, position + 3 + width(&inner[..end]), "unknown Unicode character name"),
        },
    }
}

/// The bytes that the body of a bytes literal stands for.
pub fn decode_bytes(body: &str, raw: bool, out: &mut Vec<u8>, warning: &mut Option<String>) -> Result<(), String> {
    if raw {
        out.extend_from_slice(body.as_bytes());
        return Ok(());
    }
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let position = at;
        at += 2;
        match bytes.get(position + 1) {
            None => out.push(b'\\'),
            Some(b'\n') => {}
            Some(&byte @ (b'\\' | b'\'' | b'"')) => out.push(byte),
            Some(b'a') => out.push(7),
            Some(b'b') => out.push(8),
            Some(b'f') => out.push(12),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'v') => out.push(11),
            Some(b'x') => {
                let digits = bytes.get(at..at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                match digits
                    .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok())
                {
                    Some(value) => out.push(value),
                    None => return Err(format!("(value error) invalid \\x escape at position {position}")),
                }
                at += 2;
            }
            Some(b'0'..=b'7') => {
                let (value, length) = octal(&bytes[position + 1..]);
                if value > 0o377 && warning.is_none() {
                    *warning = Some(format!("invalid octal escape sequence '\\{}'", &body[position + 1..position + 1 + length]));
                }
                out.push(value as u8);
                at = position + 1 + length;
            }
            Some(&byte) => {
                if warning.is_none() {
                    *warning = Some(format!("invalid escape sequence '\\{}'", byte as char));
                }
                out.push(b'\\');
                at = position + 1;
            }
        }
    }
    Ok(())
}

//! Text encodings: `str.encode` and `bytes.decode` with CPython's error handlers; failures are data.
//!
//! Every codec runs until it can't go on and hands the failure to a handler, which gives a replacement and the place to go on
//! from: the built-in handlers are here, those of `codecs.register_error` come in through [`decode_with`] and [`encode_with`].
//! Counterpart in CPython 3.11: `Objects/unicodeobject.c`, `Python/codecs.c`. `'é'.encode('ascii', 'namereplace')` is
//! `b'\\N{LATIN SMALL LETTER E WITH ACUTE}'`.

pub mod charmap;
pub mod charmap_tables;
pub mod escape;
pub mod handler;
pub mod utf16;
pub mod utf32;
pub mod utf8;

use std::fmt;

use super::{PyStr, TextError, pystr::PyStrBuilder};
pub use handler::Handler;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// With a byte order mark: read if there is one, written always (little-endian).
    Marked,
    Little,
    Big,
}

/// A text encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Sig,
    Utf16(ByteOrder),
    Utf32(ByteOrder),
    Latin1,
    Ascii,
    /// A single-byte encoding: index into [`charmap_tables::CHARMAPS`].
    Charmap(usize),
    UnicodeEscape,
    RawUnicodeEscape,
}

impl Encoding {
    /// By any of its names, as `codecs.lookup` finds it.
    pub fn lookup(name: &str) -> Option<Encoding> {
        // Runs of anything but letters and digits are one underscore.
        let mut key = String::with_capacity(name.len());
        let mut gap = false;
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                if gap && !key.is_empty() {
                    key.push('_');
                }
                gap = false;
                key.push(c.to_ascii_lowercase());
            } else if c.is_ascii() {
                gap = true;
            } else {
                return None;
            }
        }
        Some(match &*key {
            "utf_8" | "u8" | "utf" | "utf8" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Encoding::Utf8,
            "utf_8_sig" => Encoding::Utf8Sig,
            "utf_16" | "u16" | "utf16" => Encoding::Utf16(ByteOrder::Marked),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Encoding::Utf16(ByteOrder::Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Encoding::Utf16(ByteOrder::Big),
            "utf_32" | "u32" | "utf32" => Encoding::Utf32(ByteOrder::Marked),
            "utf_32_le" | "utf_32le" => Encoding::Utf32(ByteOrder::Little),
            "utf_32_be" | "utf_32be" => Encoding::Utf32(ByteOrder::Big),
            "latin_1" | "8859" | "cp819" | "csisolatin1" | "ibm819" | "iso8859" | "iso8859_1" | "iso_8859_1" | "iso_8859_1_1987"
            | "iso_ir_100" | "l1" | "latin" | "latin1" => Encoding::Latin1,
            "ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367" | "csascii" | "ibm367" | "iso646_us"
            | "iso_646.irv_1991" | "iso_ir_6" | "us" | "us_ascii" => Encoding::Ascii,
            "unicode_escape" => Encoding::UnicodeEscape,
            "raw_unicode_escape" => Encoding::RawUnicodeEscape,
            key => {
                let found = charmap_tables::CHARMAPS.iter().position(|(name, others, _)| *name == key || others.contains(&key));
                Encoding::Charmap(found?)
            }
        })
    }

    /// The name that `codecs.lookup(…).name` has: `utf-8`, `iso8859-1`, `cp1252`, …
    pub fn name(self) -> String {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Sig => "utf-8-sig",
            Encoding::Utf16(ByteOrder::Marked) => "utf-16",
            Encoding::Utf16(ByteOrder::Little) => "utf-16-le",
            Encoding::Utf16(ByteOrder::Big) => "utf-16-be",
            Encoding::Utf32(ByteOrder::Marked) => "utf-32",
            Encoding::Utf32(ByteOrder::Little) => "utf-32-le",
            Encoding::Utf32(ByteOrder::Big) => "utf-32-be",
            Encoding::Latin1 => "iso8859-1",
            Encoding::Ascii => "ascii",
            Encoding::Charmap(table) => return charmap_tables::CHARMAPS[table].0.replace('_', "-"),
            Encoding::UnicodeEscape => "unicode-escape",
            Encoding::RawUnicodeEscape => "raw-unicode-escape",
        }
        .to_string()
    }
}

/// The LookupError for a name that [`Encoding::lookup`] doesn't know.
pub fn unknown_encoding(name: &str) -> TextError {
    TextError::new("LookupError", format!("unknown encoding: {name}"))
}

/// The error that comes out of `decode` or `encode` after one of a handler: only the encodings that CPython takes a short way to,
/// by their common names, let it through as it is (`None`).
pub fn wrapped_error(name: &str, decoding: bool, error: &TextError) -> Option<TextError> {
    let mut key = name.to_ascii_lowercase();
    key.retain(|c| c.is_ascii_alphanumeric());
    let direct = matches!(&*key, "utf8" | "utf16" | "utf32" | "ascii" | "usascii" | "latin1" | "iso88591");
    let way = if decoding { "decoding" } else { "encoding" };
    (!direct).then(|| TextError::new(error.kind, format!("{way} with '{name}' codec failed ({error})")))
}

/// The object of a UnicodeDecodeError over `data`: without the mark of utf-8-sig, from behind which its positions count.
pub fn decoded_object(data: &[u8], encoding: Encoding) -> &[u8] {
    if encoding == Encoding::Utf8Sig { data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data) } else { data }
}

/// What a UnicodeDecodeError or UnicodeEncodeError holds besides the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub encoding: &'static str,
    /// In bytes of the data or code points of the text: `start..end` can't be converted.
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

impl Fault {
    /// `str()` of a UnicodeDecodeError over `data`.
    pub fn decode_message(&self, data: &[u8]) -> String {
        let Fault { encoding, start, end, reason } = self;
        match data.get(*start) {
            Some(byte) if *end == start + 1 => {
                format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
            }
            _ => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", *end as i64 - 1),
        }
    }

    /// `str()` of a UnicodeEncodeError over `text`.
    pub fn encode_message(&self, text: &PyStr) -> String {
        let Fault { encoding, start, end, reason } = self;
        if *end == start + 1 && *start < text.len() {
            let mut shown = String::new();
            super::repr::push_escape(&mut shown, text.at(*start));
            return format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}");
        }
        format!("'{encoding}' codec can't encode characters in position {start}-{}: {reason}", *end as i64 - 1)
    }
}

/// Why a conversion with a built-in handler failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodecError {
    /// A UnicodeDecodeError: its object is the data given.
    Decode(Fault),
    /// A UnicodeEncodeError: its object is the text given.
    Encode(Fault),
    /// A handler that doesn't serve this direction, and other plain errors.
    Other(TextError),
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodecError::Decode(fault) | CodecError::Encode(fault) => write!(f, "{}: {}..{}", fault.reason, fault.start, fault.end),
            CodecError::Other(error) => error.fmt(f),
        }
    }
}

/// What an encoder writes in place of what it can't encode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// To be encoded in turn.
    Text(PyStr),
    /// Written as they are.
    Bytes(Vec<u8>),
}

/// `data.decode(encoding, handler)`
pub fn decode(data: &[u8], encoding: Encoding, handler: Handler) -> Result<PyStr, CodecError> {
    decode_with(data, encoding, |fault| handler::on_decode(handler, data, encoding, fault))
}

/// `text.encode(encoding, handler)`
pub fn encode(text: &PyStr, encoding: Encoding, handler: Handler) -> Result<Vec<u8>, CodecError> {
    encode_with(text, encoding, CodecError::Encode, |fault| handler::on_encode(handler, text, encoding, fault))
}

/// Decode; each fault goes to `on_fault`, which gives replacement text and where to go on.
pub fn decode_with<E>(data: &[u8], encoding: Encoding, mut on_fault: impl FnMut(Fault) -> Result<(PyStr, usize), E>) -> Result<PyStr, E> {
    let mut out = PyStrBuilder::new();
    let data = decoded_object(data, encoding);
    let (encoding, mut at) = read_mark(data, encoding);
    if matches!(encoding, Encoding::Utf8 | Encoding::Utf8Sig | Encoding::Ascii | Encoding::Latin1) && data.is_ascii() {
        return Ok(PyStr::from_latin1(data));
    }
    loop {
        let fault = match encoding {
            Encoding::Utf8 | Encoding::Utf8Sig => utf8::decode(data, at, &mut out),
            Encoding::Utf16(order) => utf16::decode(data, at, order == ByteOrder::Big, &mut out),
            Encoding::Utf32(order) => utf32::decode(data, at, order == ByteOrder::Big, &mut out),
            Encoding::Latin1 => return Ok(PyStr::from_latin1(data)),
            Encoding::Ascii => charmap::decode_ascii(data, at, &mut out),
            Encoding::Charmap(table) => charmap::decode(data, at, table, &mut out),
            Encoding::UnicodeEscape => escape::decode(data, at, &mut out),
            Encoding::RawUnicodeEscape => escape::decode_raw(data, at, &mut out),
        };
        let Some(fault) = fault else { return Ok(out.finish()) };
        let (text, next) = on_fault(fault)?;
        out.push_str(&text);
        at = next;
    }
}

/// The byte order found, and where the text starts.
fn read_mark(data: &[u8], encoding: Encoding) -> (Encoding, usize) {
    match encoding {
        Encoding::Utf16(ByteOrder::Marked) if data.starts_with(b"\xfe\xff") => (Encoding::Utf16(ByteOrder::Big), 2),
        Encoding::Utf16(ByteOrder::Marked) => (encoding, if data.starts_with(b"\xff\xfe") { 2 } else { 0 }),
        Encoding::Utf32(ByteOrder::Marked) if data.starts_with(b"\0\0\xfe\xff") => (Encoding::Utf32(ByteOrder::Big), 4),
        Encoding::Utf32(ByteOrder::Marked) => (encoding, if data.starts_with(b"\xff\xfe\0\0") { 4 } else { 0 }),
        _ => (encoding, 0),
    }
}

/// Encode; each fault goes to `on_fault`, which gives a replacement and where to go on. `raise` makes the error of a fault whose
/// replacement can't be encoded either.
pub fn encode_with<E>(
    text: &PyStr,
    encoding: Encoding,
    raise: impl Fn(Fault) -> E,
    mut on_fault: impl FnMut(Fault) -> Result<(Replacement, usize), E>,
) -> Result<Vec<u8>, E> {
    let mut out = Vec::with_capacity(text.len());
    match encoding {
        Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1 if text.is_ascii() => {
            return Ok(text.as_ascii().unwrap_or("").as_bytes().to_vec());
        }
        Encoding::Utf8Sig => out.extend_from_slice(b"\xef\xbb\xbf"),
        Encoding::Utf16(ByteOrder::Marked) => out.extend_from_slice(b"\xff\xfe"),
        Encoding::Utf32(ByteOrder::Marked) => out.extend_from_slice(b"\xff\xfe\0\0"),
        _ => {}
    }
    let mut at = 0;
    loop {
        let Some(fault) = encode_run(text, at, encoding, &mut out) else { return Ok(out) };
        let (replacement, next) = on_fault(fault.clone())?;
        match replacement {
            Replacement::Bytes(bytes) if !bytes.len().is_multiple_of(unit_size(encoding)) => return Err(raise(fault)),
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Text(text) => {
                let wide = !text.is_ascii() && !matches!(encoding, Encoding::Latin1 | Encoding::Charmap(_));
                if wide || encode_run(&text, 0, encoding, &mut out).is_some() {
                    return Err(raise(fault));
                }
            }
        }
        at = next;
    }
}

fn unit_size(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf16(_) => 2,
        Encoding::Utf32(_) => 4,
        _ => 1,
    }
}

/// Encode from `at` to the end or to the first fault.
fn encode_run(text: &PyStr, at: usize, encoding: Encoding, out: &mut Vec<u8>) -> Option<Fault> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => utf8::encode(text, at, out),
        Encoding::Utf16(order) => utf16::encode(text, at, order, out),
        Encoding::Utf32(order) => utf32::encode(text, at, order, out),
        Encoding::Latin1 => charmap::encode_narrow(text, at, 0xff, out),
        Encoding::Ascii => charmap::encode_narrow(text, at, 0x7f, out),
        Encoding::Charmap(table) => charmap::encode(text, at, table, out),
        Encoding::UnicodeEscape => {
            escape::encode(text, at, out);
            None
        }
        Encoding::RawUnicodeEscape => {
            escape::encode_raw(text, at, out);
            None
        }
    }
}

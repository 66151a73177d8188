//! A source file: its text decoded as CPython decodes it, and the table of its lines.
//!
//! Invariants: the text has `\n` as its only line break, ends with one (unless empty), and carries no byte order mark.
//! Lines are counted from 1, columns are UTF-8 bytes from 0. Counterpart in CPython 3.11: `decode_str` and
//! `translate_newlines` in `Parser/tokenizer.c`. Example: `# -*- coding: latin-1 -*-` in line 1 or 2 chooses the codec.

use std::{borrow::Cow, sync::OnceLock};

use super::codec::{self, CodecError, Encoding, handler::Handler};

/// Decoded text with line starts. Tracebacks and the source pane read lines from it.
#[derive(Clone, Debug)]
pub struct SourceFile {
    text: String,
    /// Made when a line is asked for: of most imported files none is.
    line_starts: OnceLock<Vec<u32>>,
    names_encoding: bool,
    /// The final line break was added.
    break_added: bool,
    /// The text is the content of a file, where CPython looks lines up that it shows.
    in_file: bool,
}

/// Why bytes could not be decoded: the message of CPython's `SyntaxError`, and the line: 0 where only the encoding is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    pub msg: String,
    pub lineno: u32,
    /// What running the file says instead, after "encoding problem: ".
    pub encoding: Option<String>,
}

impl SourceFile {
    /// Text that was a Python string: only newlines are translated, a coding cookie has no say.
    pub fn from_text(text: &str) -> SourceFile {
        SourceFile::new(text, true)
    }

    fn new(text: &str, names_encoding: bool) -> SourceFile {
        let break_added = !text.is_empty() && !text.ends_with(['\n', '\r']);
        let text = translate_newlines(text);
        SourceFile { text, line_starts: OnceLock::new(), names_encoding, break_added, in_file: false }
    }

    /// Bytes of a file: byte order mark, PEP 263 cookie, default UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<SourceFile, DecodeError> {
        let marked = bytes.starts_with(BYTE_ORDER_MARK);
        Ok(SourceFile { in_file: true, ..SourceFile::new(&decode(bytes)?, marked || cookie(bytes).is_some()) })
    }

    /// The same for bytes that are in no file: those given to `compile`.
    pub fn from_loose_bytes(bytes: &[u8]) -> Result<SourceFile, DecodeError> {
        Ok(SourceFile { in_file: false, ..SourceFile::from_bytes(bytes)? })
    }

    /// UTF-8 that never was a file and says nothing of it: how CPython reads the fields of f-strings.
    pub fn from_utf8(text: &str) -> SourceFile {
        SourceFile::new(text, false)
    }

    /// Was the final line break missing?
    pub fn break_added(&self) -> bool {
        self.break_added
    }

    /// Does the text lie in a file?
    pub fn in_file(&self) -> bool {
        self.in_file
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(index, _)| index as u32 + 1)).collect()
        })
    }

    /// Number of lines; a final line break opens no further line.
    pub fn line_count(&self) -> usize {
        self.line_starts().len() - 1
    }

    /// Line `lineno` (from 1) without its line break; `None` past the end.
    pub fn line(&self, lineno: usize) -> Option<&str> {
        let start = *self.line_starts().get(lineno.checked_sub(1)?)? as usize;
        let end = *self.line_starts().get(lineno)? as usize;
        Some(&self.text[start..end - 1])
    }

    /// The same with its line break, if it has one.
    pub fn line_as_written(&self, lineno: usize) -> Option<String> {
        let line = self.line(lineno)?;
        Some(if self.break_added && lineno == self.line_count() { line.to_owned() } else { format!("{line}\n") })
    }

    /// Byte offset at which line `lineno` (from 1) begins; past the end, the length of the text.
    pub fn line_start(&self, lineno: usize) -> usize {
        lineno.checked_sub(1).and_then(|index| self.line_starts().get(index)).map_or(self.text.len(), |&start| start as usize)
    }

    /// Line (from 1) and byte column (from 0) of a byte offset.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let line = self.line_starts().partition_point(|&start| start as usize <= offset);
        (line as u32, offset as u32 - self.line_starts()[line - 1])
    }

    /// How many columns a `SyntaxError` counts for the first `bytes` bytes of `text`, a started character included: characters, but
    /// bytes in a file whose encoding nobody named (so does CPython 3.11). At most one more than the text has.
    pub fn error_columns(&self, text: &str, bytes: usize) -> usize {
        if !self.names_encoding {
            return bytes;
        }
        let inside = text.as_bytes().iter().take(bytes).filter(|&&byte| byte & 0xc0 != 0x80).count();
        inside + usize::from(bytes > text.len())
    }

    /// The column in characters, from 0, that the byte column `column` of line `lineno` stands for.
    pub fn character_column(&self, lineno: usize, column: usize) -> usize {
        let start = self.line_start(lineno);
        let end = (start + column).min(self.text.len());
        self.text.as_bytes().get(start..end).map_or(column, |bytes| bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count())
    }
}

/// U+FEFF in UTF-8
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// `\r\n` and `\r` become `\n`; a missing final line break is added.
fn translate_newlines(text: &str) -> String {
    let mut out = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    let (bytes, marked) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let cookie = cookie(bytes);
    let name = cookie.as_deref().map_or("utf-8".to_owned(), normal_name);
    // With a mark CPython knows only `utf-8` itself by that name.
    if marked && cookie.as_deref().is_some_and(|cookie| !is_utf_8(cookie)) {
        return Err(DecodeError {
            msg: format!("encoding problem: {name} with BOM"),
            lineno: 0,
            encoding: Some(format!("{name} with BOM")),
        });
    }
    if name == "utf-8" {
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| not_utf8(bytes, error.valid_up_to()));
    }
    let at_fault = |msg: String| DecodeError { msg, lineno: 0, encoding: Some(name.clone()) };
    if let Some(encoding) = Encoding::lookup(&name) {
        return match codec::decode(bytes, encoding, Handler::Strict) {
            Ok(text) => Ok(text.to_string_lossy().into()),
            Err(CodecError::Decode(fault)) => Err(at_fault(fault.decode_message(bytes))),
            Err(error) => Err(at_fault(error.to_string())),
        };
    }
    // Several bytes a character: the tables of the web's encodings are CPython's but for corner cases.
    let unknown = || at_fault(format!("unknown encoding: {}", cookie.clone().unwrap_or_default()));
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(unknown)?;
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text);
    }
    Err(at_fault(multibyte_fault(&name, encoding, bytes)))
}

/// Where a text of several bytes a character is broken.
fn multibyte_fault(name: &str, encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut out, true);
    let at = match result {
        encoding_rs::DecoderResult::Malformed(wrong, after) => read.saturating_sub(usize::from(wrong) + usize::from(after)),
        _ => read.saturating_sub(1),
    };
    let reason = if at + 1 >= bytes.len() { "incomplete multibyte sequence" } else { "illegal multibyte sequence" };
    format!("'{name}' codec can't decode byte 0x{:02x} in position {at}: {reason}", bytes.get(at).copied().unwrap_or(0))
}

/// `utf-8` or `utf-8-…`, in any case and with `_` for `-`.
fn is_utf_8(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    name == "utf-8" || name.starts_with("utf-8-")
}

/// What CPython says of the byte at `at`, with its reason.
fn not_utf8(bytes: &[u8], at: usize) -> DecodeError {
    let first = bytes[at];
    let rest = &bytes[at + 1..];
    let wanted = match first {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => 0,
    };
    let good = rest.iter().take(wanted).take_while(|&&byte| byte & 0xc0 == 0x80).count();
    let lineno = 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count() as u32;
    let reason = match wanted {
        0 => "invalid start byte",
        _ if at + 1 + good == bytes.len() && good < wanted => "unexpected end of data",
        _ => "invalid continuation byte",
    };
    let place = if good == 0 || wanted == 0 {
        format!("byte 0x{first:02x} in position {at}")
    } else {
        format!("bytes in position {at}-{}", at + good)
    };
    DecodeError { msg: format!("(unicode error) 'utf-8' codec can't decode {place}: {reason}"), lineno, encoding: None }
}

/// CPython's own spellings of the two encodings its tokenizer knows by heart; any other name as it is.
fn normal_name(name: &str) -> String {
    let dashed = name.to_ascii_lowercase().replace('_', "-");
    let is = |known: &str| dashed == known || dashed.strip_prefix(known).is_some_and(|rest| rest.starts_with('-'));
    if is_utf_8(name) {
        "utf-8".to_owned()
    } else if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") {
        "iso-8859-1".to_owned()
    } else {
        name.to_owned()
    }
}

/// The encoding that a comment in the first two lines names (`coding[:=]\s*([-\w.]+)`); line 2 counts only if line 1 is blank or a comment.
fn cookie(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n' || byte == b'\r').take(2) {
        let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0c)).count();
        let line = &line[blank..];
        if line.is_empty() {
            continue;
        }
        if line[0] != b'#' {
            return None;
        }
        let found = line.windows(7).position(|window| window.starts_with(b"coding") && matches!(window[6], b':' | b'='));
        if let Some(at) = found {
            let rest = &line[at + 7..];
            let rest = &rest[rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()..];
            let name: String = rest
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
                .map(|&byte| byte as char)
                .collect();
            if !name.is_empty() {
                return Some(name);
            }
        }
    }
    None
}

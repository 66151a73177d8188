//! The algorithms of the methods of bytes and bytearray; letters and spaces are ASCII's.
//!
//! Names, order of arguments and `None` for "unchanged" are those of `text/methods.rs`.
//! Counterpart in CPython 3.11: `Objects/bytes_methods.c`. `b'a1 '.title()` is `b'A1 '`.

use super::{
    PyStr, TextError, check_len,
    methods::pad::center_left,
    search::{self, Searched, span},
};

/// ASCII whitespace as bytes count it.
pub fn is_space_byte(byte: u8) -> bool {
    matches!(byte, 9..=13 | b' ')
}

pub fn find(data: &[u8], part: &[u8], start: i64, end: i64) -> Option<usize> {
    let (start, end) = span(data.len(), start, end)?;
    Searched::find(&data[start..end], part).map(|at| at + start)
}

pub fn rfind(data: &[u8], part: &[u8], start: i64, end: i64) -> Option<usize> {
    let (start, end) = span(data.len(), start, end)?;
    Searched::rfind(&data[start..end], part).map(|at| at + start)
}

pub fn count(data: &[u8], part: &[u8], start: i64, end: i64) -> usize {
    span(data.len(), start, end).map_or(0, |(start, end)| search::count(&data[start..end], part, usize::MAX))
}

pub fn starts_with(data: &[u8], part: &[u8], start: i64, end: i64) -> bool {
    span(data.len(), start, end).is_some_and(|(start, end)| data[start..end].starts_with(part))
}

pub fn ends_with(data: &[u8], part: &[u8], start: i64, end: i64) -> bool {
    span(data.len(), start, end).is_some_and(|(start, end)| data[start..end].ends_with(part))
}

/// `data.replace(old, new, count)`; `None` if nothing changes. Error: MemoryError.
pub fn replace(data: &[u8], old: &[u8], new: &[u8], count: i64) -> Result<Option<Vec<u8>>, TextError> {
    search::replace(data, old, new, usize::try_from(count).unwrap_or(usize::MAX))
}

fn slices(data: &[u8], spans: Vec<(usize, usize)>) -> Vec<Vec<u8>> {
    spans.into_iter().map(|(start, end)| data[start..end].to_vec()).collect()
}

fn empty_separator() -> TextError {
    TextError::value("empty separator")
}

/// `data.split(separator, maxsplit)`. Error: ValueError for an empty separator.
pub fn split(data: &[u8], separator: Option<&[u8]>, maxsplit: i64) -> Result<Vec<Vec<u8>>, TextError> {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    Ok(slices(
        data,
        match separator {
            None => search::split_space_spans(data, limit, is_space_byte),
            Some([]) => return Err(empty_separator()),
            Some(separator) => search::split_spans(data, separator, limit),
        },
    ))
}

/// `data.rsplit(separator, maxsplit)`. Error: ValueError for an empty separator.
pub fn rsplit(data: &[u8], separator: Option<&[u8]>, maxsplit: i64) -> Result<Vec<Vec<u8>>, TextError> {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    Ok(slices(
        data,
        match separator {
            None => search::rsplit_space_spans(data, limit, is_space_byte),
            Some([]) => return Err(empty_separator()),
            Some(separator) => search::rsplit_spans(data, separator, limit),
        },
    ))
}

/// `data.splitlines(keepends)`: only `\n`, `\r` and `\r\n` end lines.
pub fn split_lines(data: &[u8], keep_ends: bool) -> Vec<Vec<u8>> {
    let lines = search::line_spans(data, |b| matches!(b, b'\n' | b'\r'));
    lines.into_iter().map(|(start, end, next)| data[start..if keep_ends { next } else { end }].to_vec()).collect()
}

/// `data.partition(separator)`: where the separator starts. Error: ValueError for an empty one.
pub fn partition(data: &[u8], separator: &[u8]) -> Result<Option<usize>, TextError> {
    if separator.is_empty() { Err(empty_separator()) } else { Ok(Searched::find(data, separator)) }
}

/// `data.rpartition(separator)`. Error: ValueError for an empty separator.
pub fn rpartition(data: &[u8], separator: &[u8]) -> Result<Option<usize>, TextError> {
    if separator.is_empty() { Err(empty_separator()) } else { Ok(Searched::rfind(data, separator)) }
}

/// What `strip`, `lstrip` and `rstrip` leave: `start..end`.
pub fn strip_span(data: &[u8], bytes: Option<&[u8]>, left: bool, right: bool) -> (usize, usize) {
    let strip = |b: &u8| bytes.map_or_else(|| is_space_byte(*b), |bytes| bytes.contains(b));
    let start = if left { data.iter().position(|b| !strip(b)).unwrap_or(data.len()) } else { 0 };
    let kept = &data[start..];
    let end = if right { kept.iter().rposition(|b| !strip(b)).map_or(0, |last| last + 1) } else { kept.len() };
    (start, start + end)
}

fn padded(data: &[u8], fill: u8, left: usize, right: usize) -> Vec<u8> {
    [&vec![fill; left], data, &vec![fill; right]].concat()
}

fn missing(data: &[u8], width: i64) -> Result<Option<usize>, TextError> {
    let missing = usize::try_from(width).ok().and_then(|width| width.checked_sub(data.len())).filter(|&missing| missing > 0);
    missing.map_or(Ok(()), check_len)?;
    Ok(missing)
}

pub fn ljust(data: &[u8], width: i64, fill: u8) -> Result<Option<Vec<u8>>, TextError> {
    Ok(missing(data, width)?.map(|missing| padded(data, fill, 0, missing)))
}

pub fn rjust(data: &[u8], width: i64, fill: u8) -> Result<Option<Vec<u8>>, TextError> {
    Ok(missing(data, width)?.map(|missing| padded(data, fill, missing, 0)))
}

pub fn center(data: &[u8], width: i64, fill: u8) -> Result<Option<Vec<u8>>, TextError> {
    Ok(missing(data, width)?.map(|missing| {
        let left = center_left(missing, width as usize);
        padded(data, fill, left, missing - left)
    }))
}

pub fn zfill(data: &[u8], width: i64) -> Result<Option<Vec<u8>>, TextError> {
    let Some(missing) = missing(data, width)? else { return Ok(None) };
    let signed = usize::from(matches!(data.first(), Some(b'+' | b'-')));
    Ok(Some([&data[..signed], &vec![b'0'; missing], &data[signed..]].concat()))
}

/// `data.expandtabs(size)`; columns start anew after `\n` and `\r`.
pub fn expand_tabs(data: &[u8], size: i64) -> Result<Vec<u8>, TextError> {
    let mut out = Vec::with_capacity(data.len());
    let mut column = 0;
    for &byte in data {
        match byte {
            b'\t' => {
                if let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) {
                    let spaces = size - column % size;
                    check_len(out.len().saturating_add(spaces))?;
                    out.resize(out.len() + spaces, b' ');
                    column += spaces;
                }
            }
            _ => {
                column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
                out.push(byte);
            }
        }
    }
    Ok(out)
}

pub fn swapcase(data: &[u8]) -> Vec<u8> {
    data.iter().map(|&b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { b }).collect()
}

pub fn capitalize(data: &[u8]) -> Vec<u8> {
    let mut out = data.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

pub fn title(data: &[u8]) -> Vec<u8> {
    let mut in_word = false;
    let turn = |&b: &u8| {
        let turned = if in_word { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
        in_word = b.is_ascii_alphabetic();
        turned
    };
    data.iter().map(turn).collect()
}

fn all(data: &[u8], test: impl Fn(u8) -> bool) -> bool {
    !data.is_empty() && data.iter().all(|&b| test(b))
}

pub fn is_alpha(data: &[u8]) -> bool {
    all(data, |b| b.is_ascii_alphabetic())
}

pub fn is_alnum(data: &[u8]) -> bool {
    all(data, |b| b.is_ascii_alphanumeric())
}

pub fn is_digit(data: &[u8]) -> bool {
    all(data, |b| b.is_ascii_digit())
}

pub fn is_space(data: &[u8]) -> bool {
    all(data, is_space_byte)
}

pub fn is_lower(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase)
}

pub fn is_upper(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase)
}

/// Each word starts with one upper case letter and goes on in lower case, and there is a word.
pub fn is_title(data: &[u8]) -> bool {
    let (mut in_word, mut any) = (false, false);
    for byte in data {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() == in_word {
                return false;
            }
            any = true;
        }
        in_word = byte.is_ascii_alphabetic();
    }
    any
}

/// `data.translate(table, delete)`; the table has 256 bytes.
pub fn translate(data: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) -> Vec<u8> {
    let kept = data.iter().filter(|b| !delete.contains(b));
    kept.map(|&b| table.map_or(b, |table| table[usize::from(b)])).collect()
}

/// `data.hex(separator, group)`: groups count from the right, from the left if `group` is negative.
pub fn hex(data: &[u8], separator: Option<char>, group: i64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = String::with_capacity(data.len() * 2);
    for (i, &byte) in data.iter().enumerate() {
        if let Some(separator) = separator.filter(|_| i > 0 && size > 0) {
            let from_edge = if group > 0 { data.len() - i } else { i };
            if from_edge.is_multiple_of(size) {
                out.push(separator);
            }
        }
        out.push(DIGITS[usize::from(byte >> 4)] as char);
        out.push(DIGITS[usize::from(byte & 15)] as char);
    }
    out
}

/// `bytes.fromhex(text)`: pairs of digits, spaces between pairs. Error: ValueError.
pub fn from_hex(text: &PyStr) -> Result<Vec<u8>, TextError> {
    let failure = |at: usize| TextError::value(format!("non-hexadecimal number found in fromhex() arg at position {at}"));
    if let Some(at) = text.iter().position(|c| c >= 0x80) {
        return Err(failure(at));
    }
    let mut out = Vec::with_capacity(text.len() / 2);
    let digit = |at: usize| {
        let c = if at < text.len() { char::from_u32(text.at(at)) } else { None };
        c.and_then(|c| c.to_digit(16)).ok_or_else(|| failure(at))
    };
    let mut at = 0;
    while at < text.len() {
        if is_space_byte(text.at(at) as u8) {
            at += 1;
            continue;
        }
        out.push((digit(at)? << 4 | digit(at + 1)?) as u8);
        at += 2;
    }
    Ok(out)
}

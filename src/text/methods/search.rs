//! Finding, counting and replacing: `find`, `rfind`, `count`, `in`, `startswith`, `endswith`, `replace`, `removeprefix`.
//!
//! `start` and `end` are Python's, negative ones counting from the end. Positions are in code points.
//! `'banana'.find('na', 3)` is 4.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::{
    text::{
        PyStr, TextError,
        pystr::{Unit, Units, point},
        search::{self, Searched, span},
    },
    with_units,
};

/// Texts up to this length are changed in a buffer.
const SHORT: usize = 64;

/// No `end` argument.
pub const END: i64 = i64::MAX;

/// Units of a part as units of the text it is looked for in; `None` if one is too wide to stand there.
pub(super) fn fitted<T: Unit>(part: &PyStr) -> Option<Vec<T>> {
    part.iter().map(|c| T::try_from(c).ok()).collect()
}

/// The part's units in the text's width, borrowed where both are bytes.
pub(super) fn as_bytes(part: &PyStr) -> Option<Cow<'_, [u8]>> {
    match part.units() {
        Units::Ascii(s) => Some(s.as_bytes().into()),
        Units::Latin1(s) => Some(s.into()),
        _ => None,
    }
}

/// Runs the body with both texts as slices of the unit of `text`; `default` if the part is wider and so cannot be there.
macro_rules! with_both {
    ($text:expr, $part:expr, $a:ident, $b:ident => $body:expr, else $default:expr) => {
        match ($text.units(), $part) {
            (Units::Ascii(text), part) => match as_bytes(part) {
                Some(part) => {
                    let ($a, $b): (&[u8], &[u8]) = (text.as_bytes(), &part);
                    $body
                }
                None => $default,
            },
            (Units::Latin1($a), part) => match as_bytes(part) {
                Some(part) => {
                    let $b: &[u8] = &part;
                    $body
                }
                None => $default,
            },
            (Units::Ucs2($a), part) => match fitted::<u16>(part) {
                Some(part) => {
                    let $b: &[u16] = &part;
                    $body
                }
                None => $default,
            },
            (Units::Ucs4($a), part) => match fitted::<u32>(part) {
                Some(part) => {
                    let $b: &[u32] = &part;
                    $body
                }
                None => $default,
            },
        }
    };
}
pub(super) use with_both;

/// `part in text`
pub fn contains(text: &PyStr, part: &PyStr) -> bool {
    find(text, part, 0, END).is_some()
}

/// `text.find(part, start, end)`: the first place, `None` for -1.
pub fn find(text: &PyStr, part: &PyStr, start: i64, end: i64) -> Option<usize> {
    let (start, end) = span(text.len(), start, end)?;
    with_both!(text, part, a, b => Searched::find(&a[start..end], b).map(|at| at + start), else None)
}

/// `text.rfind(part, start, end)`: the last place.
pub fn rfind(text: &PyStr, part: &PyStr, start: i64, end: i64) -> Option<usize> {
    let (start, end) = span(text.len(), start, end)?;
    with_both!(text, part, a, b => Searched::rfind(&a[start..end], b).map(|at| at + start), else None)
}

/// `text.count(part, start, end)`
pub fn count(text: &PyStr, part: &PyStr, start: i64, end: i64) -> usize {
    let Some((start, end)) = span(text.len(), start, end) else { return 0 };
    with_both!(text, part, a, b => search::count(&a[start..end], b, usize::MAX), else 0)
}

/// `text.startswith(part, start, end)`
pub fn starts_with(text: &PyStr, part: &PyStr, start: i64, end: i64) -> bool {
    let Some((start, end)) = span(text.len(), start, end) else { return false };
    with_both!(text, part, a, b => a[start..end].starts_with(b), else false)
}

/// `text.endswith(part, start, end)`
pub fn ends_with(text: &PyStr, part: &PyStr, start: i64, end: i64) -> bool {
    let Some((start, end)) = span(text.len(), start, end) else { return false };
    with_both!(text, part, a, b => a[start..end].ends_with(b), else false)
}

/// `text.removeprefix(prefix)`; `None` if it isn't there.
pub fn remove_prefix(text: &PyStr, prefix: &PyStr) -> Option<PyStr> {
    (!prefix.is_empty() && starts_with(text, prefix, 0, END)).then(|| text.slice(prefix.len(), text.len()))
}

/// `text.removesuffix(suffix)`; `None` if it isn't there.
pub fn remove_suffix(text: &PyStr, suffix: &PyStr) -> Option<PyStr> {
    (!suffix.is_empty() && ends_with(text, suffix, 0, END)).then(|| text.slice(0, text.len() - suffix.len()))
}

/// `text.replace(old, new, count)`, a negative count meaning all; `None` if nothing changes. Error: MemoryError.
pub fn replace(text: &PyStr, old: &PyStr, new: &PyStr, count: i64) -> Result<Option<PyStr>, TextError> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    if text.len() < old.len() || old.kind() > text.kind() {
        return Ok(None);
    }
    if let (Some(text), Some(old), Some(new)) = (text.as_ascii(), old.as_ascii(), new.as_ascii()) {
        if let (&[old], &[new]) = (old.as_bytes(), new.as_bytes())
            && old != new
            && text.len() <= SHORT
        {
            return Ok(replace_byte(text.as_bytes(), old, new, limit));
        }
        if old.len() == new.len() && !old.is_empty() && old != new {
            // The parts are put in their places.
            let mut replaced: Option<CompactString> = None;
            for at in search::matches(text.as_bytes(), old.as_bytes()).take(limit) {
                replaced.get_or_insert_with(|| text.into()).replace_range(at..at + old.len(), new);
            }
            return Ok(replaced.map(PyStr::from));
        }
        let bytes = search::replace(text.as_bytes(), old.as_bytes(), new.as_bytes(), limit)?;
        return Ok(bytes.map(|bytes| PyStr::from_latin1(&bytes)));
    }
    fn wide<T: Searched>(text: &PyStr, old: &PyStr, new: &PyStr, limit: usize) -> Result<Option<PyStr>, TextError> {
        let (Some(text), Some(old), Some(new)) = (fitted::<T>(text), fitted::<T>(old), fitted::<T>(new)) else { return Ok(None) };
        Ok(search::replace(&text, &old, &new, limit)?.map(|units| PyStr::from_units(&units)))
    }
    match text.kind().max(new.kind()) {
        1 => wide::<u8>(text, old, new, limit),
        2 => wide::<u16>(text, old, new, limit),
        _ => wide::<u32>(text, old, new, limit),
    }
}

/// The same of one character in a short ASCII text.
fn replace_byte(text: &[u8], old: u8, new: u8, limit: usize) -> Option<PyStr> {
    let first = memchr::memchr(old, text).filter(|_| limit > 0)?;
    let mut bytes = [0; SHORT];
    let bytes = &mut bytes[..text.len()];
    bytes.copy_from_slice(text);
    bytes[first..].iter_mut().filter(|byte| **byte == old).take(limit).for_each(|byte| *byte = new);
    Some(PyStr::from_latin1(bytes))
}

/// Where one of `chars` doesn't stand any more from the left and from the right.
pub(super) fn strip_where(text: &PyStr, left: bool, right: bool, strip: impl Fn(u32) -> bool) -> (usize, usize) {
    with_units!(text, units => {
        let start = if left { units.iter().position(|&c| !strip(point(c))).unwrap_or(units.len()) } else { 0 };
        let kept = &units[start..];
        let end = if right { kept.iter().rposition(|&c| !strip(point(c))).map_or(0, |last| last + 1) } else { kept.len() };
        (start, start + end)
    })
}

//! Substring search in slices of units: `memmem` for bytes, a two-ended scan for wider units.
//!
//! Counterpart in CPython 3.11: `Objects/stringlib/fastsearch.h`.

use super::{MAX_LEN, TextError, check_len, pystr::Unit};

/// Python's `start` and `end` arguments brought into `0..=len`; `None` if nothing, not even the empty text, lies between.
pub fn span(len: usize, start: i64, end: i64) -> Option<(usize, usize)> {
    let len = len as i64;
    let end = if end > len {
        len
    } else if end < 0 {
        (end + len).max(0)
    } else {
        end
    };
    let start = if start < 0 { start.saturating_add(len).max(0) } else { start };
    (start <= end).then_some((start as usize, end as usize))
}

/// A text made of units that can be searched.
pub trait Searched: Unit {
    fn find(text: &[Self], part: &[Self]) -> Option<usize>;
    fn rfind(text: &[Self], part: &[Self]) -> Option<usize>;
}

impl Searched for u8 {
    fn find(text: &[u8], part: &[u8]) -> Option<usize> {
        match part {
            [one] => memchr::memchr(*one, text),
            _ => memchr::memmem::find(text, part),
        }
    }

    fn rfind(text: &[u8], part: &[u8]) -> Option<usize> {
        match part {
            [one] => memchr::memrchr(*one, text),
            _ => memchr::memmem::rfind(text, part),
        }
    }
}

macro_rules! searched_by_scan {
    ($($unit:ty)*) => {
        $(impl Searched for $unit {
            fn find(text: &[$unit], part: &[$unit]) -> Option<usize> {
                let Some((&first, &last)) = part.first().zip(part.last()) else { return Some(0) };
                let room = (text.len() + 1).checked_sub(part.len())?;
                (0..room).find(|&i| text[i] == first && text[i + part.len() - 1] == last && text[i..i + part.len()] == *part)
            }

            fn rfind(text: &[$unit], part: &[$unit]) -> Option<usize> {
                let Some((&first, &last)) = part.first().zip(part.last()) else { return Some(text.len()) };
                let room = (text.len() + 1).checked_sub(part.len())?;
                (0..room).rev().find(|&i| text[i] == first && text[i + part.len() - 1] == last && text[i..i + part.len()] == *part)
            }
        })*
    };
}
searched_by_scan!(u16 u32);

/// Where `part` stands in `text`, left to right without overlap. `part` isn't empty.
pub fn matches<'a, T: Searched>(text: &'a [T], part: &'a [T]) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + T::find(&text[from..], part)?;
        from = at + part.len();
        Some(at)
    })
}

/// How often `part` stands in `text` without overlap; the empty part stands at every place.
pub fn count<T: Searched>(text: &[T], part: &[T], limit: usize) -> usize {
    if part.is_empty() { (text.len() + 1).min(limit) } else { matches(text, part).take(limit).count() }
}

/// `text` with `old` replaced by `new` at most `limit` times; `None` if there is nothing to do. Error: MemoryError.
pub fn replace<T: Searched>(text: &[T], old: &[T], new: &[T], limit: usize) -> Result<Option<Vec<T>>, TextError> {
    if old == new || limit == 0 {
        return Ok(None);
    }
    // Only a replacement that may grow the text beyond all measure needs counting first.
    let most = (text.len() / old.len().max(1) + 1).saturating_mul(new.len());
    if most > MAX_LEN {
        check_len(count(text, old, limit).saturating_mul(new.len()))?;
    }
    Ok(replaced(text, old, new, limit))
}

fn replaced<T: Searched>(text: &[T], old: &[T], new: &[T], limit: usize) -> Option<Vec<T>> {
    if old.is_empty() {
        let places = (text.len() + 1).min(limit);
        let mut out = Vec::with_capacity(text.len() + places * new.len());
        for i in 0..=text.len() {
            if i < places {
                out.extend_from_slice(new);
            }
            out.extend(text.get(i));
        }
        return Some(out);
    }
    if old.len() == new.len() {
        let mut out: Option<Vec<T>> = None;
        for at in matches(text, old).take(limit) {
            out.get_or_insert_with(|| text.to_vec())[at..at + new.len()].copy_from_slice(new);
        }
        return out;
    }
    let mut out = Vec::new();
    let mut from = 0;
    for at in matches(text, old).take(limit) {
        out.extend_from_slice(&text[from..at]);
        out.extend_from_slice(new);
        from = at + old.len();
    }
    if from == 0 {
        return None;
    }
    out.extend_from_slice(&text[from..]);
    Some(out)
}

/// The spans that `split` gives: between separators, the last taking the rest once `limit` splits are made.
pub fn split_spans<T: Searched>(text: &[T], separator: &[T], limit: usize) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = 0;
    for at in matches(text, separator).take(limit) {
        spans.push((from, at));
        from = at + separator.len();
    }
    spans.push((from, text.len()));
    spans
}

/// The spans of `rsplit`, left to right.
pub fn rsplit_spans<T: Searched>(text: &[T], separator: &[T], limit: usize) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut to = text.len();
    while spans.len() < limit {
        let Some(at) = T::rfind(&text[..to], separator) else { break };
        spans.push((at + separator.len(), to));
        to = at;
    }
    spans.push((0, to));
    spans.reverse();
    spans
}

/// The spans between runs of whitespace; with `limit` splits made, the last takes the rest.
pub fn split_space_spans<T: Unit>(text: &[T], limit: usize, is_space: impl Fn(T) -> bool) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut at = 0;
    let skip = |at: usize, space: bool| (at..text.len()).find(|&i| is_space(text[i]) != space).unwrap_or(text.len());
    loop {
        at = skip(at, true);
        if at == text.len() {
            return spans;
        }
        if spans.len() == limit {
            spans.push((at, text.len()));
            return spans;
        }
        let end = skip(at, false);
        spans.push((at, end));
        at = end;
    }
}

/// The same from the right, in order from left to right.
pub fn rsplit_space_spans<T: Unit>(text: &[T], limit: usize, is_space: impl Fn(T) -> bool) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut to = text.len();
    loop {
        to = (0..to).rev().find(|&i| !is_space(text[i])).map_or(0, |last| last + 1);
        if to == 0 {
            break;
        }
        if spans.len() == limit {
            spans.push((0, to));
            break;
        }
        let start = (0..to).rev().find(|&i| is_space(text[i])).map_or(0, |space| space + 1);
        spans.push((start, to));
        to = start;
    }
    spans.reverse();
    spans
}

/// The lines of a text: (start, end without its break, end with it). `breaks(unit)` tells line ends; `\r\n` is one.
pub fn line_spans<T: Unit>(text: &[T], breaks: impl Fn(T) -> bool) -> Vec<(usize, usize, usize)> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = (at..text.len()).find(|&i| breaks(text[i])).unwrap_or(text.len());
        let mut next = (end + 1).min(text.len());
        if next < text.len() && text[end].into() == 0x0d && text[next].into() == 0x0a {
            next += 1;
        }
        lines.push((at, end, next));
        at = next;
    }
    lines
}

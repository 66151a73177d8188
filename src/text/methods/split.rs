//! Taking apart: `split`, `rsplit`, `splitlines`, `partition`, `strip`.
//!
//! `' a  b '.split()` is `['a', 'b']`, `' a  b '.split(' ')` is `['', 'a', '', 'b', '']`.

use super::search::{END, as_bytes, find, fitted, rfind, strip_where, with_both};
use crate::{
    text::{
        PyStr, TextError,
        pystr::{Units, point},
        search, unicode,
    },
    with_units,
};

fn slices(text: &PyStr, spans: Vec<(usize, usize)>) -> Vec<PyStr> {
    spans.into_iter().map(|(start, end)| text.slice(start, end)).collect()
}

fn empty_separator() -> TextError {
    TextError::value("empty separator")
}

/// `text.split(separator, maxsplit)`, a negative `maxsplit` meaning all. Error: ValueError for an empty separator.
pub fn split(text: &PyStr, separator: Option<&PyStr>, maxsplit: i64) -> Result<Vec<PyStr>, TextError> {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    let Some(separator) = separator else {
        let spans = with_units!(text, units => search::split_space_spans(units, limit, |c| unicode::is_space(point(c))));
        return Ok(slices(text, spans));
    };
    if separator.is_empty() {
        return Err(empty_separator());
    }
    let spans = with_both!(text, separator, a, b => search::split_spans(a, b, limit), else vec![(0, text.len())]);
    Ok(slices(text, spans))
}

/// `text.rsplit(separator, maxsplit)`. Error: ValueError for an empty separator.
pub fn rsplit(text: &PyStr, separator: Option<&PyStr>, maxsplit: i64) -> Result<Vec<PyStr>, TextError> {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    let Some(separator) = separator else {
        let spans = with_units!(text, units => search::rsplit_space_spans(units, limit, |c| unicode::is_space(point(c))));
        return Ok(slices(text, spans));
    };
    if separator.is_empty() {
        return Err(empty_separator());
    }
    let spans = with_both!(text, separator, a, b => search::rsplit_spans(a, b, limit), else vec![(0, text.len())]);
    Ok(slices(text, spans))
}

/// Does the code point end a line?
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// `text.splitlines(keepends)`
pub fn split_lines(text: &PyStr, keep_ends: bool) -> Vec<PyStr> {
    let lines = with_units!(text, units => search::line_spans(units, |c| is_line_break(point(c))));
    lines.into_iter().map(|(start, end, next)| text.slice(start, if keep_ends { next } else { end })).collect()
}

/// `text.partition(separator)`: what stands before and after it; `None` if it isn't there. Error: ValueError.
pub fn partition(text: &PyStr, separator: &PyStr) -> Result<Option<(PyStr, PyStr)>, TextError> {
    around(text, separator, find(text, separator, 0, END))
}

/// `text.rpartition(separator)`. Error: ValueError for an empty separator.
pub fn rpartition(text: &PyStr, separator: &PyStr) -> Result<Option<(PyStr, PyStr)>, TextError> {
    around(text, separator, rfind(text, separator, 0, END))
}

fn around(text: &PyStr, separator: &PyStr, at: Option<usize>) -> Result<Option<(PyStr, PyStr)>, TextError> {
    if separator.is_empty() {
        return Err(empty_separator());
    }
    Ok(at.map(|at| (text.slice(0, at), text.slice(at + separator.len(), text.len()))))
}

/// What `strip`, `lstrip` and `rstrip` leave: `start..end`. Without `chars` whitespace goes.
pub fn strip_span(text: &PyStr, chars: Option<&PyStr>, left: bool, right: bool) -> (usize, usize) {
    match chars {
        None => strip_where(text, left, right, unicode::is_space),
        Some(chars) => strip_where(text, left, right, |c| chars.find_point(c, 0).is_some()),
    }
}

//! Putting together: `translate` and `join`.

use crate::text::{PyStr, TextError, check_len, pystr::PyStrBuilder};

/// What a translation table says of a code point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translation {
    /// Not in the table (LookupError): it stays.
    Keep,
    /// `None`: it goes.
    Delete,
    Point(u32),
    Text(PyStr),
}

/// `text.translate(table)`; the first error of the table ends it.
pub fn translate<E>(text: &PyStr, mut table: impl FnMut(u32) -> Result<Translation, E>) -> Result<PyStr, E> {
    let mut out = PyStrBuilder::with_capacity(text.len());
    for c in text.iter() {
        match table(c)? {
            Translation::Keep => out.push(c),
            Translation::Delete => {}
            Translation::Point(point) => out.push(point),
            Translation::Text(text) => out.push_str(&text),
        }
    }
    Ok(out.finish())
}

/// `separator.join(parts)`. Error: MemoryError.
pub fn join<'a>(separator: &PyStr, parts: impl IntoIterator<Item = &'a PyStr>) -> Result<PyStr, TextError> {
    let mut out = PyStrBuilder::new();
    for (i, part) in parts.into_iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        out.push_str(part);
        check_len(out.len())?;
    }
    Ok(out.finish())
}

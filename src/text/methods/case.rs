//! Case: `upper`, `lower`, `casefold`, `title`, `capitalize`, `swapcase`, with Unicode's full mappings.
//!
//! A sigma at the end of a word becomes `ς` in lower case: `'ΟΔΟΣ'.lower()` is `'οδος'`. `'straße'.upper()` is `'STRASSE'`.

use crate::text::{
    PyStr,
    pystr::PyStrBuilder,
    unicode::{self, Mapped},
};

/// `text.upper()`
pub fn upper(text: &PyStr) -> PyStr {
    match text.as_ascii() {
        Some(ascii) => PyStr::of_ascii(ascii, str::make_ascii_uppercase),
        None => each(text, |_, c| unicode::upper(c)),
    }
}

/// `text.lower()`
pub fn lower(text: &PyStr) -> PyStr {
    match text.as_ascii() {
        Some(ascii) => PyStr::of_ascii(ascii, str::make_ascii_lowercase),
        None => each(text, |i, c| lower_at(text, i, c)),
    }
}

/// `text.casefold()`
pub fn casefold(text: &PyStr) -> PyStr {
    match text.as_ascii() {
        Some(ascii) => PyStr::of_ascii(ascii, str::make_ascii_lowercase),
        None => each(text, |_, c| unicode::fold(c)),
    }
}

/// `text.swapcase()`
pub fn swapcase(text: &PyStr) -> PyStr {
    if let Some(ascii) = text.as_ascii() {
        let swap = |b: u8| if b.is_ascii_alphabetic() { b ^ 0x20 } else { b };
        return ascii.bytes().map(|b| swap(b) as char).collect::<String>().into();
    }
    each(text, |i, c| match () {
        () if unicode::is_upper(c) => lower_at(text, i, c),
        () if unicode::is_lower(c) => unicode::upper(c),
        () => Mapped::one(c),
    })
}

/// `text.capitalize()`: the first in title case, the rest in lower case.
pub fn capitalize(text: &PyStr) -> PyStr {
    if let Some(ascii) = text.as_ascii() {
        let mut out = ascii.to_ascii_lowercase();
        if let Some(first) = out.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        return out.into();
    }
    each(text, |i, c| if i == 0 { unicode::title(c) } else { lower_at(text, i, c) })
}

/// `text.title()`: each first letter of a word in title case, the others in lower case.
pub fn title(text: &PyStr) -> PyStr {
    let mut in_word = false;
    if let Some(ascii) = text.as_ascii() {
        let turn = |b: u8| {
            let turned = if in_word { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
            in_word = b.is_ascii_alphabetic();
            turned as char
        };
        return ascii.bytes().map(turn).collect::<String>().into();
    }
    each(text, |i, c| {
        let turned = if in_word { lower_at(text, i, c) } else { unicode::title(c) };
        in_word = unicode::is_cased(c);
        turned
    })
}

fn each(text: &PyStr, mut map: impl FnMut(usize, u32) -> Mapped) -> PyStr {
    let mut out = PyStrBuilder::with_capacity(text.len());
    for (i, c) in text.iter().enumerate() {
        out.push_slice(map(i, c).as_slice());
    }
    out.finish()
}

fn lower_at(text: &PyStr, index: usize, c: u32) -> Mapped {
    if c == 0x3a3 && is_final_sigma(text, index) { Mapped::one(0x3c2) } else { unicode::lower(c) }
}

/// Is there a cased letter before the sigma and none after it, case-ignorable characters aside?
fn is_final_sigma(text: &PyStr, index: usize) -> bool {
    let before = (0..index).rev().map(|i| text.at(i)).find(|&c| !unicode::is_case_ignorable(c));
    let after = (index + 1..text.len()).map(|i| text.at(i)).find(|&c| !unicode::is_case_ignorable(c));
    before.is_some_and(unicode::is_cased) && !after.is_some_and(unicode::is_cased)
}

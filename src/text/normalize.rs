//! Unicode normalization of Python strings, as of Unicode 14.0.
//!
//! The crate knows a later Unicode: code points unassigned in 14.0, and lone surrogates, stand as they are and part the text.
//! Counterpart in CPython 3.11: `unicodedata.normalize`. The identifier `ﬁx` is `fix` because of NFKC.

use unicode_normalization::UnicodeNormalization;

use super::{PyStr, pystr::PyStrBuilder, unicode};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

impl Form {
    pub fn named(name: &str) -> Option<Form> {
        Some(match name {
            "NFC" => Form::Nfc,
            "NFD" => Form::Nfd,
            "NFKC" => Form::Nfkc,
            "NFKD" => Form::Nfkd,
            _ => return None,
        })
    }
}

/// `unicodedata.normalize(form, text)`
pub fn normalize(form: Form, text: &PyStr) -> PyStr {
    if text.is_ascii() {
        return text.clone();
    }
    let mut out = PyStrBuilder::with_capacity(text.len());
    let mut part = String::new();
    for point in text.iter() {
        match char::from_u32(point) {
            Some(c) if unicode::is_assigned(point) => part.push(c),
            _ => {
                push_normalized(form, &part, &mut out);
                part.clear();
                out.push(point);
            }
        }
    }
    push_normalized(form, &part, &mut out);
    out.finish()
}

/// `unicodedata.is_normalized(form, text)`
pub fn is_normalized(form: Form, text: &PyStr) -> bool {
    normalize(form, text) == *text
}

fn push_normalized(form: Form, part: &str, out: &mut PyStrBuilder) {
    match form {
        Form::Nfc => part.nfc().for_each(|c| out.push(c.into())),
        Form::Nfd => part.nfd().for_each(|c| out.push(c.into())),
        Form::Nfkc => part.nfkc().for_each(|c| out.push(c.into())),
        Form::Nfkd => part.nfkd().for_each(|c| out.push(c.into())),
    }
}

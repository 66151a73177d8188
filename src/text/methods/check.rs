//! Questions about all of a text: `isalpha`, `isdigit`, `isidentifier`, `islower`, …
//!
//! Except for `isascii` and `isprintable` the empty text answers no. `'a1'.isalnum()` is True.

use crate::text::{PyStr, unicode};

fn all(text: &PyStr, test: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && text.iter().all(test)
}

pub fn is_alpha(text: &PyStr) -> bool {
    all(text, unicode::is_alpha)
}

pub fn is_alnum(text: &PyStr) -> bool {
    all(text, unicode::is_alnum)
}

pub fn is_decimal(text: &PyStr) -> bool {
    all(text, unicode::is_decimal)
}

pub fn is_digit(text: &PyStr) -> bool {
    all(text, unicode::is_digit)
}

pub fn is_numeric(text: &PyStr) -> bool {
    all(text, unicode::is_numeric)
}

pub fn is_space(text: &PyStr) -> bool {
    all(text, unicode::is_space)
}

pub fn is_printable(text: &PyStr) -> bool {
    text.iter().all(unicode::is_printable)
}

/// All letters that have case are lower, and there is one.
pub fn is_lower(text: &PyStr) -> bool {
    text.iter().any(unicode::is_lower) && !text.iter().any(|c| unicode::is_upper(c) || unicode::is_title(c))
}

/// All letters that have case are upper, and there is one.
pub fn is_upper(text: &PyStr) -> bool {
    text.iter().any(unicode::is_upper) && !text.iter().any(|c| unicode::is_lower(c) || unicode::is_title(c))
}

/// Each word starts with one upper or title case letter and goes on in lower case, and there is a word.
pub fn is_title(text: &PyStr) -> bool {
    let (mut in_word, mut any) = (false, false);
    for c in text.iter() {
        if unicode::is_upper(c) || unicode::is_title(c) {
            if in_word {
                return false;
            }
            (in_word, any) = (true, true);
        } else if unicode::is_lower(c) {
            if !in_word {
                return false;
            }
            any = true;
        } else {
            in_word = false;
        }
    }
    any
}

pub fn is_identifier(text: &PyStr) -> bool {
    !text.is_empty() && unicode::is_id_start(text.at(0)) && text.iter().skip(1).all(unicode::is_id_continue)
}

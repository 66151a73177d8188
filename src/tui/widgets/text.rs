//! Text that is safe to show: no control character reaches the terminal, widths are counted in cells.
//!
//! `'a\x1b[2J'` printed by a program is drawn as `a\x1b[2J`, seven cells; `'語'` takes two cells.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use crate::text::visible::{clean, push_clean};

/// In cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The same of one letter.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Cuts a clean text to a width, with an ellipsis as its last cells.
pub fn cut<'a>(text: &'a str, max: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    let room = max.saturating_sub(width(ellipsis));
    let mut used = 0;
    let end = text.char_indices().find_map(|(index, c)| {
        used += c.width().unwrap_or(0);
        (used > room).then_some(index)
    });
    let kept = &text[..end.unwrap_or(text.len())];
    Cow::Owned(format!("{kept}{}", if max >= width(ellipsis) { ellipsis } else { "" }))
}

/// A clean text in lines of at most so many cells, cut between words.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ') {
        if !line.is_empty() && width(&line) + 1 + width(word) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Thousands apart: `12 345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A refcount for a narrow column: those of static objects, which begin at 999 999 999, as `1e9+5`.
pub fn refcount(number: u64) -> String {
    const STATIC: u64 = 999_999_999;
    const LIKE_THEM: u64 = STATIC + 10_000_000;
    match number.checked_sub(STATIC) {
        Some(0) => "1e9-1".into(),
        Some(more) if number < LIKE_THEM => format!("1e9+{}", more - 1),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_and_counting() {
        assert_eq!(cut("語語語", 5, "…"), "語語…");
        assert_eq!(cut("abcdef", 5, "..."), "ab...");
        assert_eq!(count(1234567), "1 234 567");
    }
}

//! Text that is safe to show: no control character reaches the terminal, widths are counted in cells.
//!
//! `'a\x1b[2J'` printed by a program is drawn as `a\x1b[2J`, seven cells; `'語'` takes two cells.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with escapes for what a terminal would act on or not show.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push_clean(&mut cleaned, c);
    }
    Cow::Owned(cleaned)
}

/// One character of [`clean`].
pub fn push_clean(to: &mut String, c: char) {
    match c {
        c if is_safe(c) => to.push(c),
        '\n' => to.push_str("\\n"),
        '\r' => to.push_str("\\r"),
        '\t' => to.push_str("\\t"),
        '\u{fe0e}' | '\u{fe0f}' => {} // they only choose between two pictures of the character before
        c if (c as u32) < 0x100 => to.push_str(&format!("\\x{:02x}", c as u32)),
        c if (c as u32) < 0x10000 => to.push_str(&format!("\\u{:04x}", c as u32)),
        c => to.push_str(&format!("\\U{:08x}", c as u32)),
    }
}

/// In cells.
pub fn width(text: &str) -> usize {
    text.width()
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

fn is_safe(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_is_left() {
        assert_eq!(clean("a\x1b[2J\u{202e}\u{9b}\n"), "a\\x1b[2J\\u202e\\x9b\\n");
        assert_eq!(cut("語語語", 5, "…"), "語語…");
        assert_eq!(cut("abcdef", 5, "..."), "ab...");
        assert_eq!(count(1234567), "1 234 567");
    }
}

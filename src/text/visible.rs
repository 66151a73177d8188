//! Text that is safe to show: what a terminal or a page would act on, or not show at all, is written out.
//!
//! `'a\x1b[2J'` printed by a program is shown as `a\x1b[2J`, seven characters; a right-to-left override as `\u202e`.

use std::borrow::Cow;

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

/// It shows as one character, and does nothing else.
pub fn is_safe(c: char) -> bool {
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
    }
}

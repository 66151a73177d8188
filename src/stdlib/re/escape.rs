//! What a backslash means in a pattern: outside of sets and inside.
//!
//! Counterpart in CPython 3.11: `_escape` and `_class_escape` in `re._parser`. `\d` is a class, `\x41` a letter, `\1` a group.

use super::{
    parse::State,
    source::{Failure, Source, Token, with_repr, with_text},
    tree::{Item, Node},
};
use crate::{
    stdlib::_sre::opcodes::{at, category},
    text::{PyStr, unicode},
};

/// The character that a letter behind a backslash names.
pub fn control(c: char) -> Option<u32> {
    Some(match c {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 0x5c,
        _ => return None,
    })
}

fn class(c: char) -> Option<u32> {
    Some(match c {
        'd' => category::DIGIT,
        'D' => category::DIGIT + 1,
        's' => category::SPACE,
        'S' => category::SPACE + 1,
        'w' => category::WORD,
        'W' => category::WORD + 1,
        _ => return None,
    })
}

fn place(c: char) -> Option<u32> {
    Some(match c {
        'A' => at::BEGINNING_STRING,
        'b' => at::BOUNDARY,
        'B' => at::NON_BOUNDARY,
        'Z' => at::END_STRING,
        _ => return None,
    })
}

fn is_octal(c: char) -> bool {
    matches!(c, '0'..='7')
}

fn bad(source: &Source<'_>, escape: &PyStr) -> Failure {
    source.error(with_text("bad escape ", escape), escape.len())
}

/// Number of an octal escape, `\377` at most.
pub fn octal(source: &Source<'_>, digits: &str) -> Result<u32, Failure> {
    match u32::from_str_radix(digits, 8) {
        Ok(value) if value <= 0o377 => Ok(value),
        _ => Err(source.error(format!("octal escape value \\{digits} outside of range 0-0o377"), digits.len() + 1)),
    }
}

/// A character by its number or name: `\x41`, `\u0041`, `\N{DIGIT ONE}`; with what was read. `None`: the letter means another thing.
fn by_number(source: &mut Source<'_>, letter: char) -> Result<Option<(u32, PyStr)>, Failure> {
    let count = match letter {
        'x' => 2,
        'u' if source.is_text => 4,
        'U' if source.is_text => 8,
        'N' if source.is_text => {
            if !source.matches('{')? {
                return Err(source.error("missing {", 0));
            }
            let name = source.until('}', "character name")?;
            let found = name.to_utf8().and_then(|name| unicode::lookup_name(&name));
            return match found {
                // What was read is shown as the two characters alone.
                Some(c) => Ok(Some((c, "\\N".into()))),
                None => Err(source.error(with_repr("undefined character name ", &name), name.len() + 4)),
            };
        }
        _ => return Ok(None),
    };
    let digits = source.take_while(count, |c| c.is_ascii_hexdigit())?;
    let escape: PyStr = format!("\\{letter}{digits}").into();
    if digits.len() != count {
        return Err(source.error(with_text("incomplete escape ", &escape), escape.len()));
    }
    match u32::from_str_radix(&digits, 16) {
        Ok(c) if c <= unicode::MAX_CODE_POINT => Ok(Some((c, escape))),
        _ => Err(bad(source, &escape)),
    }
}

/// In a set: an item, and the text that stands for it.
pub fn inside(source: &mut Source<'_>, c: u32) -> Result<(Item, PyStr), Failure> {
    let text = Token::Escape(c).text();
    let letter = char::from_u32(c).unwrap_or('\0');
    if let Some(c) = control(letter) {
        return Ok((Item::Literal(c), text));
    }
    if let Some(category) = class(letter) {
        return Ok((Item::Category(category), text));
    }
    if let Some((c, escape)) = by_number(source, letter)? {
        // Messages about ranges show the escape as the first token.
        let _ = escape;
        return Ok((Item::Literal(c), text));
    }
    if is_octal(letter) {
        let digits = format!("{letter}{}", source.take_while(2, is_octal)?);
        return Ok((Item::Literal(octal(source, &digits)?), text));
    }
    if letter.is_ascii_alphanumeric() { Err(bad(source, &text)) } else { Ok((Item::Literal(c), text)) }
}

/// Outside of sets.
pub fn outside(source: &mut Source<'_>, c: u32, state: &State) -> Result<Node, Failure> {
    let text = Token::Escape(c).text();
    let letter = char::from_u32(c).unwrap_or('\0');
    if let Some(place) = place(letter) {
        return Ok(Node::At(place));
    }
    if let Some(category) = class(letter) {
        return Ok(Node::Set(vec![Item::Category(category)]));
    }
    if let Some(c) = control(letter) {
        return Ok(Node::Literal(c));
    }
    if let Some((c, _)) = by_number(source, letter)? {
        return Ok(Node::Literal(c));
    }
    match letter {
        '0' => {
            let digits = format!("0{}", source.take_while(2, is_octal)?);
            Ok(Node::Literal(octal(source, &digits)?))
        }
        '1'..='9' => {
            let mut digits = format!("{letter}{}", source.take_while(1, |c| c.is_ascii_digit())?);
            if digits.len() == 2 && digits.chars().all(is_octal) {
                let third = source.take_while(1, is_octal)?;
                if !third.is_empty() {
                    digits.push_str(&third);
                    return Ok(Node::Literal(octal(source, &digits)?));
                }
            }
            let group: u32 = digits.parse().unwrap_or(u32::MAX);
            if group >= state.groups() {
                return Err(source.error(format!("invalid group reference {group}"), digits.len()));
            }
            if !state.is_closed(group) {
                return Err(source.error("cannot refer to an open group", digits.len() + 1));
            }
            state.check_behind(group, source)?;
            Ok(Node::GroupRef(group))
        }
        letter if letter.is_ascii_alphabetic() => Err(bad(source, &text)),
        _ => Ok(Node::Literal(c)),
    }
}

//! Flags: the letters in `(?im-s:…)`, and what goes together.
//!
//! Counterpart in CPython 3.11: `_parse_flags` and `fix_flags` in `re._parser`. A `str` pattern without ASCII is UNICODE.

use super::{
    parse::{Parser, as_char},
    source::{Failure, Source, Token},
};
use crate::{stdlib::_sre::opcodes::flag, text::unicode};

const TYPE_FLAGS: u32 = flag::ASCII | flag::LOCALE | flag::UNICODE;
const GLOBAL_FLAGS: u32 = flag::DEBUG | flag::TEMPLATE;

/// The flag of a letter behind `(?`.
pub fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => flag::IGNORECASE,
        'L' => flag::LOCALE,
        'm' => flag::MULTILINE,
        's' => flag::DOTALL,
        'x' => flag::VERBOSE,
        'a' => flag::ASCII,
        't' => flag::TEMPLATE,
        'u' => flag::UNICODE,
        _ => return None,
    })
}

/// The flags as they are in the end, for a text or bytes.
pub fn fix_flags(is_text: bool, flags: u32) -> Result<u32, Failure> {
    let both = |a, b| flags & a != 0 && flags & b != 0;
    if is_text {
        if flags & flag::LOCALE != 0 {
            return Err(Failure::Value("cannot use LOCALE flag with a str pattern"));
        }
        if both(flag::ASCII, flag::UNICODE) {
            return Err(Failure::Value("ASCII and UNICODE flags are incompatible"));
        }
        return Ok(if flags & flag::ASCII == 0 { flags | flag::UNICODE } else { flags });
    }
    if flags & flag::UNICODE != 0 {
        return Err(Failure::Value("cannot use UNICODE flag with a bytes pattern"));
    }
    if both(flag::LOCALE, flag::ASCII) {
        return Err(Failure::Value("ASCII and LOCALE flags are incompatible"));
    }
    Ok(flags)
}

fn is_alpha(token: Token) -> bool {
    match token {
        Token::Char(c) => unicode::is_alpha(c),
        Token::Escape(_) => false,
    }
}

impl Parser<'_> {
    /// Flags behind `(?`: those of a group (added, taken away), or `None` when they are the whole pattern's.
    pub(super) fn inline_flags(&mut self, first: char) -> Result<Option<(u32, u32)>, Failure> {
        let (mut add, mut remove, mut letter) = (0, 0, first);
        let wrong = |source: &Source<'_>, token: Token, missing: &str| {
            source.error(if is_alpha(token) { "unknown flag" } else { missing }, token.width())
        };
        if letter != '-' {
            loop {
                let flag = flag_of(letter).unwrap_or(0);
                let forbidden = match (letter, self.source.is_text) {
                    ('L', true) => "bad inline flags: cannot use 'L' flag with a str pattern",
                    ('u', false) => "bad inline flags: cannot use 'u' flag with a bytes pattern",
                    _ => "",
                };
                if !forbidden.is_empty() {
                    return Err(self.source.error(forbidden, 0));
                }
                add |= flag;
                if flag & TYPE_FLAGS != 0 && add & TYPE_FLAGS != flag {
                    return Err(self.source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible", 0));
                }
                let Some(token) = self.source.get()? else { return Err(self.source.error("missing -, : or )", 0)) };
                letter = as_char(token);
                if matches!(letter, ')' | '-' | ':') {
                    break;
                }
                if flag_of(letter).is_none() {
                    return Err(wrong(&self.source, token, "missing -, : or )"));
                }
            }
        }
        if letter == ')' {
            self.state.flags |= add;
            return Ok(None);
        }
        if add & GLOBAL_FLAGS != 0 {
            return Err(self.source.error("bad inline flags: cannot turn on global flag", 1));
        }
        if letter == '-' {
            let Some(token) = self.source.get()? else { return Err(self.source.error("missing flag", 0)) };
            letter = as_char(token);
            if flag_of(letter).is_none() {
                return Err(wrong(&self.source, token, "missing flag"));
            }
            loop {
                let flag = flag_of(letter).unwrap_or(0);
                if flag & TYPE_FLAGS != 0 {
                    return Err(self.source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", 0));
                }
                remove |= flag;
                let Some(token) = self.source.get()? else { return Err(self.source.error("missing :", 0)) };
                letter = as_char(token);
                if letter == ':' {
                    break;
                }
                if flag_of(letter).is_none() {
                    return Err(wrong(&self.source, token, "missing :"));
                }
            }
        }
        if remove & GLOBAL_FLAGS != 0 {
            return Err(self.source.error("bad inline flags: cannot turn off global flag", 1));
        }
        if add & remove != 0 {
            return Err(self.source.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((add, remove)))
    }
}

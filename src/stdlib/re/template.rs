//! What `sub` and `expand` put in the place of a match: text with groups in it.
//!
//! Counterpart in CPython 3.11: `re._parser.parse_template`. `r"\2-\g<year>"` is group 2, a hyphen, a named group.

use super::{
    escape::{control, octal},
    parse::group_number,
    source::{Failure, Source, Token, is_identifier, with_repr, with_text},
};
use crate::{
    stdlib::_sre::opcodes::MAX_GROUPS,
    text::{PyStr, pystr::PyStrBuilder, repr},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(PyStr),
    Group(u32),
}

/// Why a template is no template.
pub enum Wrong {
    Failure(Failure),
    /// a name that no group has, told by an IndexError; and what was warned of before
    Unknown(PyStr, Vec<PyStr>),
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Wrong {
        Wrong::Failure(failure)
    }
}

pub struct Template {
    pub pieces: Vec<Piece>,
    /// Texts of deprecation warnings.
    pub warnings: Vec<PyStr>,
}

struct Builder {
    pieces: Vec<Piece>,
    literal: PyStrBuilder,
}

impl Builder {
    fn group(&mut self, group: u32) {
        let literal = std::mem::take(&mut self.literal);
        if !literal.is_empty() {
            self.pieces.push(Piece::Text(literal.finish()));
        }
        self.pieces.push(Piece::Group(group));
    }
}

/// `names`: the pattern's groups with names; `groups`: how many groups it has.
pub fn parse(text: &[u32], is_text: bool, names: &[(PyStr, u32)], groups: u32) -> Result<Template, Wrong> {
    let mut source = Source::new(text, is_text)?;
    let mut builder = Builder { pieces: Vec::new(), literal: PyStrBuilder::new() };
    let mut warnings = Vec::new();
    while let Some(token) = source.get()? {
        let Token::Escape(c) = token else {
            token.push_to(&mut builder.literal);
            continue;
        };
        let letter = char::from_u32(c).unwrap_or('\0');
        match letter {
            'g' => {
                if !source.matches('<')? {
                    return Err(source.error("missing <", 0).into());
                }
                let name = source.until('>', "group name")?;
                let group = named(&source, &name, names, &mut warnings)?;
                if group > groups {
                    return Err(source.error(format!("invalid group reference {group}"), name.len() + 1).into());
                }
                builder.group(group);
            }
            '0' => {
                let digits = format!("0{}", source.take_while(2, |c| matches!(c, '0'..='7'))?);
                builder.literal.push(octal(&source, &digits)?);
            }
            '1'..='9' => {
                let is_octal = |c: char| matches!(c, '0'..='7');
                let mut digits = format!("{letter}{}", source.take_while(1, |c| c.is_ascii_digit())?);
                if digits.len() == 2 && digits.chars().all(is_octal) {
                    let third = source.take_while(1, is_octal)?;
                    if !third.is_empty() {
                        digits.push_str(&third);
                        builder.literal.push(octal(&source, &digits)?);
                        continue;
                    }
                }
                let group: u32 = digits.parse().unwrap_or(u32::MAX);
                if group > groups {
                    return Err(source.error(format!("invalid group reference {group}"), digits.len()).into());
                }
                builder.group(group);
            }
            letter => match control(letter) {
                Some(c) => builder.literal.push(c),
                None if letter.is_ascii_alphabetic() => return Err(source.error(with_text("bad escape ", &token.text()), 2).into()),
                None => token.push_to(&mut builder.literal),
            },
        }
    }
    let literal = std::mem::take(&mut builder.literal);
    if !literal.is_empty() {
        builder.pieces.push(Piece::Text(literal.finish()));
    }
    Ok(Template { pieces: builder.pieces, warnings })
}

/// The number of a group in `\g<…>`.
fn named(source: &Source<'_>, name: &PyStr, names: &[(PyStr, u32)], warnings: &mut Vec<PyStr>) -> Result<u32, Wrong> {
    let mut warn = || {
        let shown = if source.is_text { repr::str_repr(name) } else { repr::str_ascii(name).into() };
        let position = source.tell() - name.len() - 1;
        warnings.push(with_text("bad character in group name ", &shown).concat(&format!(" at position {position}").into()));
    };
    if is_identifier(name) {
        if !source.is_text && !name.is_ascii() {
            warn();
        }
        return match names.iter().find(|(other, _)| other == name) {
            Some(&(_, group)) => Ok(group),
            None => Err(Wrong::Unknown(with_repr("unknown group name ", name), std::mem::take(warnings))),
        };
    }
    let Some(group) = group_number(name) else {
        return Err(source.error(with_repr("bad character in group name ", name), name.len() + 1).into());
    };
    if group >= u64::from(MAX_GROUPS) {
        return Err(source.error(format!("invalid group reference {group}"), name.len() + 1).into());
    }
    if !name.as_ascii().is_some_and(|name| name.bytes().all(|b| b.is_ascii_digit())) {
        warn();
    }
    Ok(group as u32)
}

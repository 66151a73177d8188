//! `str.format` templates: literal text and replacement fields, field names, automatic numbering.
//!
//! Pieces and steps come one at a time, because CPython looks up and formats each before it reads on, and fails that late.
//! Counterpart in CPython 3.11: `Objects/stringlib/unicode_format.h`. `'{0.name[3]!r:>{w}}'` is one field.

use super::{PyStr, TextError, format::decimal_number};

/// A replacement field, unparsed inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `0.name[3]`: see [`split_name`].
    pub name: PyStr,
    /// The character after `!`: `r`, `s`, `a`, or one that isn't valid.
    pub conversion: Option<u32>,
    /// What stands after `:`.
    pub spec: PyStr,
    /// The specification holds fields: it is a template itself, to be formatted first.
    pub nested: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Literal(PyStr),
    Field(Field),
}

/// The pieces of a template, in order. An error ends it.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    text: &'a PyStr,
    at: usize,
    /// Parsed with the literal text in front of it, which goes first.
    pending: Option<Field>,
}

pub fn pieces(template: &PyStr) -> Pieces<'_> {
    Pieces { text: template, at: 0, pending: None }
}

const OPEN: u32 = '{' as u32;
const CLOSE: u32 = '}' as u32;

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, TextError>;

    fn next(&mut self) -> Option<Result<Piece, TextError>> {
        if let Some(field) = self.pending.take() {
            return Some(Ok(Piece::Field(field)));
        }
        let len = self.text.len();
        if self.at >= len {
            return None;
        }
        let start = self.at;
        let brace = (start..len).find(|&i| matches!(self.text.at(i), OPEN | CLOSE)).unwrap_or(len);
        if brace == len {
            self.at = len;
            return Some(Ok(Piece::Literal(self.text.slice(start, len))));
        }
        let c = self.text.at(brace);
        let doubled = brace + 1 < len && self.text.at(brace + 1) == c;
        if doubled {
            self.at = brace + 2;
            return Some(Ok(Piece::Literal(self.text.slice(start, brace + 1))));
        }
        // An error of the brace comes before the text in front of it is written.
        if c == CLOSE || brace + 1 == len {
            self.at = len;
            let shown = if c == OPEN { '{' } else { '}' };
            return Some(Err(TextError::value(format!("Single '{shown}' encountered in format string"))));
        }
        self.at = brace + 1;
        match self.field() {
            Ok(field) if brace > start => {
                self.pending = Some(field);
                Some(Ok(Piece::Literal(self.text.slice(start, brace))))
            }
            Ok(field) => Some(Ok(Piece::Field(field))),
            Err(error) => {
                self.at = len;
                Some(Err(error))
            }
        }
    }
}

impl Pieces<'_> {
    /// The field right behind the literal text that came last, if one belongs to it.
    pub fn take_field(&mut self) -> Option<Field> {
        self.pending.take()
    }

    fn bump(&mut self) -> Option<u32> {
        let c = (self.at < self.text.len()).then(|| self.text.at(self.at))?;
        self.at += 1;
        Some(c)
    }

    /// After the `{`, to after its `}`.
    fn field(&mut self) -> Result<Field, TextError> {
        let start = self.at;
        let end = loop {
            match self.bump() {
                None => return Err(TextError::value("expected '}' before end of string")),
                Some(OPEN) => return Err(TextError::value("unexpected '{' in field name")),
                // Anything may stand in brackets.
                Some(0x5b) => self.at = self.text.find_point(']'.into(), self.at).unwrap_or(self.text.len()),
                Some(c @ (CLOSE | 0x3a | 0x21)) => break c,
                Some(_) => {}
            }
        };
        let mut field = Field { name: self.text.slice(start, self.at - 1), conversion: None, spec: PyStr::empty(), nested: false };
        if end == CLOSE {
            return Ok(field);
        }
        if end == u32::from('!') {
            let failure = || TextError::value("end of string while looking for conversion specifier");
            field.conversion = Some(self.bump().ok_or_else(failure)?);
            match self.bump() {
                Some(CLOSE) => return Ok(field),
                Some(0x3a) | None => {}
                Some(_) => return Err(TextError::value("expected ':' after conversion specifier")),
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(c) = self.bump() {
            match c {
                OPEN => {
                    field.nested = true;
                    depth += 1;
                }
                CLOSE => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                field.spec = self.text.slice(start, self.at - 1);
                return Ok(field);
            }
        }
        Err(TextError::value("unmatched '{' in format spec"))
    }
}

/// What a field name starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    /// `{}`: the next positional argument.
    Auto,
    Index(usize),
    Name(PyStr),
}

/// A step from an object to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Attribute(PyStr),
    Index(usize),
    Key(PyStr),
}

/// The steps after the first part of a field name. An error ends it.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    name: &'a PyStr,
    at: usize,
}

/// `0.name[3]` as its first part and the steps from there. Error: ValueError for an index beyond `sys.maxsize`.
pub fn split_name(name: &PyStr) -> Result<(First, Steps<'_>), TextError> {
    let end = (0..name.len()).find(|&i| matches!(name.at(i), 0x2e | 0x5b)).unwrap_or(name.len());
    let first = name.slice(0, end);
    let first = match whole_number(&first)? {
        _ if first.is_empty() => First::Auto,
        Some(index) => First::Index(index),
        None => First::Name(first),
    };
    Ok((first, Steps { name, at: end }))
}

fn whole_number(text: &PyStr) -> Result<Option<usize>, TextError> {
    let mut at = 0;
    let number = decimal_number(text, &mut at)?;
    Ok(number.filter(|_| at == text.len()))
}

impl Iterator for Steps<'_> {
    type Item = Result<Step, TextError>;

    fn next(&mut self) -> Option<Result<Step, TextError>> {
        if self.at >= self.name.len() {
            return None;
        }
        let step = self.step();
        if step.is_err() {
            self.at = self.name.len();
        }
        Some(step)
    }
}

impl Steps<'_> {
    fn step(&mut self) -> Result<Step, TextError> {
        let empty = || TextError::value("Empty attribute in format string");
        let len = self.name.len();
        let start = self.at + 1;
        match char::from_u32(self.name.at(self.at)) {
            Some('.') => {
                self.at = (start..len).find(|&i| matches!(self.name.at(i), 0x2e | 0x5b)).unwrap_or(len);
                let name = self.name.slice(start, self.at);
                if name.is_empty() { Err(empty()) } else { Ok(Step::Attribute(name)) }
            }
            Some('[') => {
                let end = self.name.find_point(']'.into(), start);
                let end = end.ok_or_else(|| TextError::value("Missing ']' in format string"))?;
                self.at = end + 1;
                let key = self.name.slice(start, end);
                let index = whole_number(&key)?;
                if key.is_empty() {
                    return Err(empty());
                }
                Ok(index.map_or_else(|| Step::Key(key), Step::Index))
            }
            _ => Err(TextError::value("Only '.' or '[' may follow ']' in format field specifier")),
        }
    }
}

/// Whether a template numbers its fields itself or leaves it to us; the two don't mix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    #[default]
    Undecided,
    Manual,
    /// The next index.
    Automatic(usize),
}

impl Numbering {
    /// The positional index of a field, `None` if it is named. Error: ValueError on mixing.
    pub fn index(&mut self, first: &First) -> Result<Option<usize>, TextError> {
        match (first, *self) {
            (First::Name(_), _) => Ok(None),
            (First::Auto, Numbering::Manual) => {
                Err(TextError::value("cannot switch from manual field specification to automatic field numbering"))
            }
            (First::Index(_), Numbering::Automatic(_)) => {
                Err(TextError::value("cannot switch from automatic field numbering to manual field specification"))
            }
            (First::Auto, numbering) => {
                let index = if let Numbering::Automatic(next) = numbering { next } else { 0 };
                *self = Numbering::Automatic(index + 1);
                Ok(Some(index))
            }
            (First::Index(index), _) => {
                *self = Numbering::Manual;
                Ok(Some(*index))
            }
        }
    }
}

/// The error for a conversion that isn't `r`, `s` or `a`.
pub fn unknown_conversion(c: u32) -> TextError {
    let shown = if c > 32 && c < 127 { char::from(c as u8).to_string() } else { format!("\\x{c:x}") };
    TextError::value(format!("Unknown conversion specifier {shown}"))
}

/// The error for nesting deeper than a field in a specification.
pub fn too_deep() -> TextError {
    TextError::value("Max string recursion exceeded")
}

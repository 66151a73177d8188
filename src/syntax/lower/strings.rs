//! String atoms: one or more string tokens in a row become one `Constant` or `JoinedStr`.
//!
//! Invariant: the parts of an f-string carry the span of the whole row (a format specification that of its token), its expressions
//! their own places.
//! Counterpart in CPython 3.11: `_PyPegen_concatenate_strings`. `'a' f'{b}c' 'd'` has the parts `'a'`, `b`, `'cd'`.

use std::sync::Arc;

use super::{Lower, Result};
use crate::syntax::{
    ast::{Constant, Expr, ExprKind, Location},
    error::{Warning, WarningPlace},
    literal::{
        fstring::{Format, Piece},
        string::{self, Text},
    },
};

/// What an f-string's parts are put together from.
struct Joined {
    values: Vec<Expr>,
    text: Text,
    location: Location,
    /// The first token has the prefix `u`.
    kind: bool,
}

impl Joined {
    /// The literal text since the last field becomes a part.
    fn flush(&mut self, location: Location) {
        if !self.text.is_empty() {
            let value = Constant::Str(Arc::new(self.text.take()));
            self.values.push(Expr { kind: ExprKind::Constant { value, kind: self.kind }, location });
        }
    }
}

impl Lower<'_> {
    pub(super) fn strings(&self, first: u32, last: u32) -> Result<Expr> {
        let location = self.span(first, last);
        let head = string::split(self.token_text(first));
        if head.is_bytes {
            return self.bytes(first, last, location);
        }
        let mut joined = Joined { values: Vec::new(), text: Text::default(), location, kind: head.is_unicode };
        let mut is_format = false;
        for index in first..last {
            let token = self.token_text(index);
            let literal = string::split(token);
            if literal.is_bytes {
                return self.reject_with(index, "cannot mix bytes and nonbytes literals");
            }
            if literal.is_format {
                is_format = true;
                let Some(format) = self.unit.formats.get(&index) else { return self.reject(index) };
                self.pieces(index, format, &format.pieces, literal.is_raw, &mut joined)?;
            } else {
                self.decode(index, 0, literal.body, literal.is_raw, &mut joined.text)?;
            }
        }
        if is_format {
            joined.flush(location);
            return Ok(Expr { kind: ExprKind::JoinedStr { values: joined.values }, location });
        }
        let value = Constant::Str(Arc::new(joined.text.take()));
        Ok(Expr { kind: ExprKind::Constant { value, kind: head.is_unicode }, location })
    }

    fn bytes(&self, first: u32, last: u32, location: Location) -> Result<Expr> {
        let mut value = Vec::new();
        for index in first..last {
            let literal = string::split(self.token_text(index));
            if !literal.is_bytes {
                return self.reject_with(index, "cannot mix bytes and nonbytes literals");
            }
            if !literal.body.is_ascii() {
                return self.reject_with(index, "bytes can only contain ASCII literal characters");
            }
            let mut warning = None;
            if let Err(msg) = string::decode_bytes(literal.body, literal.is_raw, &mut value, &mut warning) {
                return self.reject_with(index, &msg);
            }
            self.warn(index, 0, warning);
        }
        Ok(Expr { kind: ExprKind::Constant { value: Constant::Bytes(value.into()), kind: false }, location })
    }

    fn decode(&self, index: u32, at: usize, body: &str, raw: bool, out: &mut Text) -> Result<()> {
        let mut warning = None;
        let result = string::decode(body, raw, out, &mut warning);
        self.warn(index, at, warning);
        match result {
            Ok(()) => Ok(()),
            Err(msg) => self.reject_with(index, &msg),
        }
    }

    /// A warning about the byte `at` of a token.
    fn warn(&self, index: u32, at: usize, msg: Option<String>) {
        if let Some(msg) = msg {
            let token = &self.unit.tokens[index as usize];
            let characters = |line: u32, col: u32| {
                let before = self.unit.source.line(line as usize).and_then(|text| text.get(..col as usize));
                before.map_or(i64::from(col), |before| before.chars().count() as i64) + 1
            };
            let place = WarningPlace {
                offset: characters(token.line, token.col),
                end_lineno: token.end_line.into(),
                end_offset: characters(token.end_line, token.end_col),
                by_compiler: false,
            };
            let place = self.outer.get().is_none().then_some(place);
            let warning = Warning { category: "DeprecationWarning", msg, lineno: token.line, place };
            self.shared.warnings.borrow_mut().push((self.outer.get().unwrap_or((index, at as u32)), warning));
        }
    }

    fn pieces(&self, index: u32, format: &Format, pieces: &[Piece], raw: bool, joined: &mut Joined) -> Result<()> {
        let token = self.token_text(index);
        for piece in pieces {
            match piece {
                Piece::Literal(range) => {
                    // `\{`: the backslash ends the text, the warning names the brace.
                    let body = &token[range.clone()];
                    let trailing = body.len() - body.trim_end_matches('\\').len();
                    if !raw && trailing % 2 == 1 {
                        let brace = token.as_bytes()[range.end] as char;
                        self.warn(index, range.start, Some(format!("invalid escape sequence '\\{brace}'")));
                    }
                    self.decode(index, range.start, body, raw, &mut joined.text)?;
                }
                &Piece::Field(number) => {
                    let field = &format.fields[number];
                    if let Some(debug) = &field.debug {
                        joined.text.push_str(&token[debug.clone()]);
                    }
                    joined.flush(joined.location);
                    let value = Box::new(self.format_field(index, field.brace, format.first_field + number)?);
                    let format_spec = match &field.spec {
                        None => None,
                        Some(spec) => {
                            let mut inner =
                                Joined { values: Vec::new(), text: Text::default(), location: joined.location, kind: joined.kind };
                            self.pieces(index, format, spec, raw, &mut inner)?;
                            // A specification ends with its own token, not with the row.
                            let location = self.span(index, index + 1);
                            inner.flush(location);
                            Some(Box::new(Expr { kind: ExprKind::JoinedStr { values: inner.values }, location }))
                        }
                    };
                    let kind = ExprKind::FormattedValue { value, conversion: field.conversion, format_spec };
                    joined.values.push(Expr { kind, location: joined.location });
                }
            }
        }
        Ok(())
    }

    /// The expression of a field, which was read with all other fields of the unit.
    fn format_field(&self, index: u32, brace: usize, number: usize) -> Result<Expr> {
        let Some((lower, statements)) = &self.fields else { return self.reject(index) };
        let Some(&statement) = statements.get(number) else { return self.reject(index) };
        let outer = self.outer.get().unwrap_or((index, brace as u32));
        lower.outer.set(Some(outer));
        // The statement is `(expression)`, which also admits a yield.
        let mut children = lower.children(statement);
        match (children.next(), children.next()) {
            (Some(expression), None) => lower.any(expression),
            _ => self.reject(index),
        }
    }
}

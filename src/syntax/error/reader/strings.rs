//! String atoms: what is wrong in them shows while the first reading is still under way.
//!
//! Counterpart in CPython 3.11: `_PyPegen_concatenate_strings`, `fstring_compile_expr`. `f'{a b}'` names columns of `(a b)`.

use super::{
    Reader, Rule, Start, Stop,
    outline::{Outline, Shape},
};
use crate::{
    syntax::{
        error::Warning,
        lexer,
        literal::{
            fstring::{self, Piece},
            string::{self, Literal, Text},
        },
        token::TokenKind,
    },
    text::SourceFile,
};

impl Reader<'_> {
    pub(super) fn strings(&mut self) -> Rule<Outline> {
        self.keep(super::Kept::Strings, |r| {
            let first = r.at as u32;
            while r.eat(TokenKind::String)?.is_some() {}
            let last = r.at as u32;
            let mut is_format = false;
            let is_bytes = string::split(r.word(first)).is_bytes;
            for index in first..last {
                let literal = string::split(r.word(index));
                is_format |= literal.is_format;
                if literal.is_bytes && !literal.body.is_ascii() {
                    return r.raise("bytes can only contain ASCII literal characters", index, index + 1);
                }
                if !literal.is_format {
                    r.check_escapes(index, &literal)?;
                }
                if literal.is_bytes != is_bytes {
                    return r.raise_last("cannot mix bytes and nonbytes literals");
                }
                if literal.is_format {
                    r.check_format(index, &literal)?;
                }
            }
            Ok(Some(Outline::new(if is_format { Shape::JoinedStr } else { Shape::Literal }, first, last)))
        })
    }

    fn check_escapes(&mut self, index: u32, literal: &Literal<'_>) -> Result<(), Stop> {
        let mut warning = None;
        let outcome = if literal.is_bytes {
            string::decode_bytes(literal.body, literal.is_raw, &mut Vec::new(), &mut warning)
        } else {
            string::decode(literal.body, literal.is_raw, &mut Text::default(), &mut warning)
        };
        // The second reading warns of nothing.
        if let (Some(msg), false) = (warning, self.explaining) {
            self.warn(index, msg);
        }
        match outcome {
            Ok(()) => Ok(()),
            Err(msg) => self.raise_last::<()>(&msg).map(|_| ()),
        }
    }

    fn warn(&mut self, index: u32, msg: String) {
        self.fetch_warnings();
        let lineno = self.tokens[index as usize].line + self.field.unwrap_or(0);
        self.warnings.push(Warning { category: "DeprecationWarning", msg, lineno, place: None });
    }

    fn check_format(&mut self, index: u32, literal: &Literal<'_>) -> Result<(), Stop> {
        let text = self.word(index);
        let format = fstring::scan(text, literal.offset..literal.offset + literal.body.len(), literal.is_raw);
        for part in &format.order {
            match part {
                Piece::Literal(range) => {
                    if !literal.is_raw
                        && fstring::ends_with_escape(&text[range.clone()])
                        && text.as_bytes()[range.end] == b'{'
                        && !self.explaining
                    {
                        self.warn(index, "invalid escape sequence '\\{'".to_owned());
                    }
                    self.check_escapes(index, &Literal { body: &text[range.clone()], ..*literal })?;
                }
                &Piece::Field(number) => self.check_field(index, text, &format.fields[number])?,
            }
        }
        match format.error {
            Some(msg) => self.raise_last::<()>(&msg).map(|_| ()),
            None => Ok(()),
        }
    }

    /// A field is read by a reader of its own, in the second reading too.
    fn check_field(&mut self, index: u32, text: &str, field: &fstring::Field) -> Result<(), Stop> {
        let source = SourceFile::from_utf8(&format!("({})", &text[field.expression.clone()]));
        let lexed = lexer::lex(&source);
        let lines = text.as_bytes()[..field.brace].iter().filter(|&&byte| byte == b'\n').count() as u32;
        let mut reader = Reader::new(&source, &lexed, &lexed.tokens);
        reader.field = Some(self.field.unwrap_or(0) + self.tokens[index as usize].line + lines - 1);
        reader.depth = self.depth;
        let error = reader.explain(Start::Field);
        let issued = reader.issued();
        if !issued.is_empty() {
            self.fetch_warnings();
            self.warnings.extend(issued);
        }
        match error {
            Some(error) => Err(Stop::Raised(Box::new(error))),
            None => Ok(()),
        }
    }
}

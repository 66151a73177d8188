//! Number tokens: where a literal ends, and what is wrong with it.
//!
//! Counterpart in CPython 3.11: the number part of `tok_get` and `verify_end_of_number`. `0xfor x` is the number `0xf` and the
//! keyword `or`, with a warning; `1_` is "invalid decimal literal".

use super::{Lexer, Result, Warning, is_identifier};
use crate::syntax::error::WarningPlace;
use crate::syntax::{error::SyntaxErrorType, token::TokenKind};

impl Lexer<'_> {
    pub(super) fn number(&mut self) -> Result<()> {
        let (length, what) = match (self.peek(0), self.peek(1).to_ascii_lowercase()) {
            (b'0', b'x') => (self.radix("hexadecimal", |byte| byte.is_ascii_hexdigit())?, "hexadecimal"),
            (b'0', b'o') => (self.radix("octal", |byte| matches!(byte, b'0'..=b'7'))?, "octal"),
            (b'0', b'b') => (self.radix("binary", |byte| matches!(byte, b'0' | b'1'))?, "binary"),
            _ => self.decimal()?,
        };
        self.verify_end(length, what)?;
        self.push(TokenKind::Number, length);
        Ok(())
    }

    /// `0x…`, `0o…` or `0b…`: its length.
    fn radix(&mut self, what: &str, digit: fn(u8) -> bool) -> Result<usize> {
        let mut length = 2;
        loop {
            if self.peek(length) == b'_' {
                length += 1;
            }
            if !digit(self.peek(length)) {
                let byte = self.peek(length);
                return if byte.is_ascii_digit() {
                    self.at_cursor(&format!("invalid digit '{}' in {what} literal", byte as char), length + 1)
                } else {
                    self.at_cursor(&format!("invalid {what} literal"), length)
                };
            }
            while digit(self.peek(length)) {
                length += 1;
            }
            match self.peek(length) {
                b'_' => {}
                byte if byte.is_ascii_digit() => {
                    return self.at_cursor(&format!("invalid digit '{}' in {what} literal", byte as char), length + 1);
                }
                _ => return Ok(length),
            }
        }
    }

    /// Digits and single underscores from `length` on: where they end.
    fn digits(&mut self, mut length: usize) -> Result<usize> {
        loop {
            while self.peek(length).is_ascii_digit() {
                length += 1;
            }
            if self.peek(length) != b'_' {
                return Ok(length);
            }
            length += 1;
            if !self.peek(length).is_ascii_digit() {
                return self.at_cursor("invalid decimal literal", length);
            }
        }
    }

    fn decimal(&mut self) -> Result<(usize, &'static str)> {
        let mut length = if self.peek(0) == b'.' { 0 } else { self.digits(0)? };
        let whole = &self.text[self.at..self.at + length];
        // `00` is a number, `07` is not, but `07.5` and `07j` are.
        let zeros = whole.iter().take_while(|byte| matches!(byte, b'0' | b'_')).count();
        let leading_zero = whole.first() == Some(&b'0') && zeros < whole.len();
        let mut integer = true;
        if self.peek(length) == b'.' {
            integer = false;
            length += 1;
            if self.peek(length).is_ascii_digit() {
                length = self.digits(length)?;
            }
        }
        if self.peek(length).eq_ignore_ascii_case(&b'e') {
            match self.peek(length + 1) {
                b'+' | b'-' => {
                    if !self.peek(length + 2).is_ascii_digit() {
                        return self.at_cursor("invalid decimal literal", length + 2);
                    }
                    integer = false;
                    length = self.digits(length + 2)?;
                }
                byte if byte.is_ascii_digit() => {
                    integer = false;
                    length = self.digits(length + 1)?;
                }
                _ => return Ok((length, "decimal")),
            }
        }
        if self.peek(length).eq_ignore_ascii_case(&b'j') {
            return Ok((length + 1, "imaginary"));
        }
        if integer && leading_zero {
            let msg = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            let start = self.characters(self.at) as i64;
            return self.fail(SyntaxErrorType::SyntaxError, msg, start + 1, start + 1 + zeros as i64, false);
        }
        Ok((length, "decimal"))
    }

    /// A keyword may follow a number directly, with a warning; any other letter may not.
    fn verify_end(&mut self, length: usize, what: &str) -> Result<()> {
        let next = self.peek(length);
        if next >= 0x80 || !is_identifier(next) {
            return Ok(());
        }
        let rest = &self.text[self.at + length..];
        // Of the two-letter ones only the letters count, the others must end there.
        let short: [&[u8]; 3] = [b"if", b"in", b"is"];
        let long: [&[u8]; 5] = [b"and", b"else", b"for", b"or", b"not"];
        let ends = |keyword: &[u8]| rest.strip_prefix(keyword).is_some_and(|rest| !rest.first().is_some_and(|&byte| is_identifier(byte)));
        if short.iter().any(|keyword| rest.starts_with(keyword)) || long.iter().any(|keyword| ends(keyword)) {
            let offset = self.characters(self.at + length) as i64;
            let place = WarningPlace { offset, end_lineno: self.line.into(), end_offset: offset, by_compiler: false };
            let msg = format!("invalid {what} literal");
            let warning = Warning { category: "SyntaxWarning", msg, lineno: self.line, place: Some(place) };
            self.out.warnings.push((self.out.tokens.len() as u32, warning));
            return Ok(());
        }
        self.at_cursor(&format!("invalid {what} literal"), length)
    }
}

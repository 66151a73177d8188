//! Printf-style formatting: the pieces of a `%` format string, and the text of one piece for a plain value.
//!
//! The pieces come one at a time, because CPython converts each argument before it reads on, and fails that late.
//! Bytes formats work the same over their Latin-1 view. Counterpart in CPython 3.11: `PyUnicode_Format`.
//! `'%-5s|%+.2f' % ('ab', 1.5)` is `'ab   |+1.50'`.

use num_bigint::{BigInt, Sign};

use super::{PyStr, TextError, check_len};
use crate::num::{
    float_text::{Layout, to_text},
    int_text,
};

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Absent,
    Number(usize),
    /// `*`: the next argument, an int (else TypeError "* wants int").
    Star,
}

/// One `%…` conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// `%(key)s`
    pub key: Option<PyStr>,
    pub left: bool,
    pub plus: bool,
    pub space: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: Amount,
    pub precision: Amount,
    /// The conversion character: `s`, `d`, …
    pub code: u32,
    /// Where that character stands, for messages.
    pub index: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Literal(PyStr),
    Conversion(Conversion),
    /// A conversion with a key that is no conversion: the mapping is asked for the key (if there is one) before the error.
    Broken {
        key: Option<PyStr>,
        error: TextError,
    },
}

/// The pieces of a format, in order. An error ends it.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    format: &'a PyStr,
    at: usize,
}

pub fn pieces(format: &PyStr) -> Pieces<'_> {
    Pieces { format, at: 0 }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, TextError>;

    fn next(&mut self) -> Option<Result<Piece, TextError>> {
        let start = self.at;
        if start >= self.format.len() {
            return None;
        }
        let percent = self.format.find_point('%'.into(), start).unwrap_or(self.format.len());
        if percent > start {
            self.at = percent;
            return Some(Ok(Piece::Literal(self.format.slice(start, percent))));
        }
        self.at += 1;
        if self.peek() == Some('%') {
            self.at += 1;
            return Some(Ok(Piece::Literal("%".into())));
        }
        let keyed = self.peek() == Some('(');
        let from = self.at;
        match self.conversion() {
            Ok(conversion) => Some(Ok(Piece::Conversion(conversion))),
            Err(error) => {
                self.at = from;
                let key = if keyed { self.key().ok() } else { None };
                self.at = self.format.len();
                Some(if keyed { Ok(Piece::Broken { key, error }) } else { Err(error) })
            }
        }
    }
}

impl Pieces<'_> {
    fn peek(&self) -> Option<char> {
        (self.at < self.format.len()).then(|| char::from_u32(self.format.at(self.at)).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn conversion(&mut self) -> Result<Conversion, TextError> {
        let incomplete = || TextError::value("incomplete format");
        let mut conversion = Conversion {
            key: None,
            left: false,
            plus: false,
            space: false,
            alternate: false,
            zero: false,
            width: Amount::Absent,
            precision: Amount::Absent,
            code: 0,
            index: 0,
        };
        if self.peek() == Some('(') {
            conversion.key = Some(self.key()?);
        }
        while let Some(c) = self.peek() {
            match c {
                '-' => conversion.left = true,
                '+' => conversion.plus = true,
                ' ' => conversion.space = true,
                '#' => conversion.alternate = true,
                '0' => conversion.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        conversion.width = self.amount("width too big", isize::MAX as usize)?;
        if self.peek() == Some('.') {
            self.at += 1;
            conversion.precision = match self.amount("precision too big", i32::MAX as usize)? {
                Amount::Absent => Amount::Number(0),
                amount => amount,
            };
        }
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1; // C's length modifiers mean nothing
        }
        if self.at >= self.format.len() {
            return Err(incomplete());
        }
        conversion.code = self.format.at(self.at);
        conversion.index = self.at;
        self.at += 1;
        Ok(conversion)
    }

    /// The text in balanced parentheses.
    fn key(&mut self) -> Result<PyStr, TextError> {
        let start = self.at + 1;
        let mut depth = 0usize;
        while let Some(c) = self.peek() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Ok(self.format.slice(start, self.at - 1));
            }
        }
        Err(TextError::value("incomplete format key"))
    }

    fn amount(&mut self, too_big: &str, limit: usize) -> Result<Amount, TextError> {
        if self.peek() == Some('*') {
            self.at += 1;
            return Ok(Amount::Star);
        }
        let mut amount = Amount::Absent;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let before = if let Amount::Number(n) = amount { n } else { 0 };
            let next = before.checked_mul(10).and_then(|n| n.checked_add(digit as usize)).filter(|&n| n <= limit);
            amount = Amount::Number(next.ok_or_else(|| TextError::value(too_big))?);
            self.at += 1;
        }
        Ok(amount)
    }
}

impl Conversion {
    /// Width from a `*` argument: negative means left.
    pub fn set_width(&mut self, width: i64) {
        self.left |= width < 0;
        self.width = Amount::Number(width.unsigned_abs() as usize);
    }

    /// Precision from a `*` argument: negative means 0.
    pub fn set_precision(&mut self, precision: i64) {
        self.precision = Amount::Number(precision.max(0) as usize);
    }

    /// The error for a code that isn't one.
    pub fn unsupported(&self) -> TextError {
        let shown = if (31..=126).contains(&self.code) { char::from(self.code as u8) } else { '?' };
        TextError::value(format!("unsupported format character '{shown}' (0x{:x}) at index {}", self.code, self.index))
    }

    fn number(amount: Amount) -> Option<usize> {
        if let Amount::Number(n) = amount { Some(n) } else { None }
    }

    /// For `%s`, `%r`, `%a` after conversion to text, and `%c`: precision cuts, width pads. Error: MemoryError.
    pub fn format_text(&self, text: &PyStr) -> Result<PyStr, TextError> {
        let precision = if self.code == u32::from('c') { None } else { Self::number(self.precision) };
        let len = text.len().min(precision.unwrap_or(usize::MAX));
        let missing = Self::number(self.width).unwrap_or(0).saturating_sub(len);
        if missing == 0 && len == text.len() {
            return Ok(text.clone());
        }
        check_len(missing)?;
        let kept = text.slice(0, len);
        let spaces = PyStr::from(" ".repeat(missing));
        Ok(if self.left { kept.concat(&spaces) } else { spaces.concat(&kept) })
    }

    /// For `%d %i %u %x %X %o`. Error: ValueError over the digit limit.
    pub fn format_int(&self, n: &BigInt, max_digits: usize) -> Result<String, TextError> {
        let (base, prefix) = match char::from_u32(self.code) {
            Some('x') => (16, "0x"),
            Some('X') => (16, "0X"),
            Some('o') => (8, "0o"),
            _ => (10, ""),
        };
        let mut digits = if base == 10 {
            int_text::to_decimal(n, max_digits)?.trim_start_matches('-').to_string()
        } else {
            n.magnitude().to_str_radix(base)
        };
        if prefix == "0X" {
            digits.make_ascii_uppercase();
        }
        let missing = Self::number(self.precision).unwrap_or(0).saturating_sub(digits.len());
        check_len(missing)?;
        if missing > 0 {
            digits = "0".repeat(missing) + &digits;
        }
        self.lay_out(n.sign() == Sign::Minus, if self.alternate { prefix } else { "" }, &digits)
    }

    /// For `%e %f %g` and upper case. Error: ValueError for a precision beyond C's int.
    pub fn format_float(&self, x: f64) -> Result<String, TextError> {
        let code = char::from_u32(self.code).unwrap_or('f');
        let layout = match code.to_ascii_lowercase() {
            'e' => Layout::Exponent,
            'g' => Layout::General,
            _ => Layout::Fixed,
        };
        let precision = Self::number(self.precision).unwrap_or(6);
        if precision > i32::MAX as usize {
            return Err(TextError::value("precision too big"));
        }
        check_len(precision)?;
        let mut text = to_text(x, layout, precision, self.alternate, false);
        if code.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        let magnitude = text.strip_prefix('-');
        self.lay_out(magnitude.is_some(), "", magnitude.unwrap_or(&text))
    }

    fn lay_out(&self, negative: bool, prefix: &str, digits: &str) -> Result<String, TextError> {
        let sign = match negative {
            true => "-",
            false if self.plus => "+",
            false if self.space => " ",
            false => "",
        };
        let len = sign.len() + prefix.len() + digits.len();
        let missing = Self::number(self.width).unwrap_or(0).saturating_sub(len);
        check_len(missing)?;
        Ok(match (self.left, self.zero) {
            (true, _) => [sign, prefix, digits, &" ".repeat(missing)].concat(),
            (false, true) => [sign, prefix, &"0".repeat(missing), digits].concat(),
            (false, false) => [&" ".repeat(missing), sign, prefix, digits].concat(),
        })
    }
}

//! f-strings of Python 3.11: literal text, fields, conversions and format specifications.
//!
//! A field's expression ends where CPython's own scan says, before anybody has read it as Python; it is read as `(expression)`.
//! Invariant: fields are in source order, a format specification's fields after the field it belongs to.
//! Counterpart in CPython 3.11: `fstring_find_literal` and `fstring_find_expr`. `f'{x!r:>{w}}'` has the fields `x` and `w`.

use std::ops::Range;

/// The parts of one f-string token; all ranges are bytes of the token.
#[derive(Clone, Debug, Default)]
pub struct Format {
    pub pieces: Vec<Piece>,
    pub fields: Vec<Field>,
    /// Literal texts and fields in the order they were come upon.
    pub order: Vec<Piece>,
    /// Why the scan stopped; `fields` and `order` are those before.
    pub error: Option<String>,
    /// Number of its first field among those of all f-strings of the unit.
    pub first_field: usize,
}

#[derive(Clone, Debug)]
pub enum Piece {
    /// Text whose escapes are still to be decoded; doubled braces are single in it.
    Literal(Range<usize>),
    /// Index in [`Format::fields`].
    Field(usize),
}

#[derive(Clone, Debug)]
pub struct Field {
    /// Where `{` stands.
    pub brace: usize,
    pub expression: Range<usize>,
    /// `{x = }`: the text to show, up to the blanks after `=`.
    pub debug: Option<Range<usize>>,
    /// Code of `s`, `r` or `a`, or -1.
    pub conversion: i32,
    pub spec: Option<Vec<Piece>>,
}

/// Finds the parts of `token`, whose body is the bytes `body`. Also gives the escapes `\{`, which warn.
pub fn scan(token: &str, body: Range<usize>, raw: bool) -> Format {
    let mut scan = Scan { text: token.as_bytes(), at: body.start, end: body.end, raw, fields: Vec::new(), order: Vec::new() };
    match scan.pieces(0) {
        Ok(pieces) => Format { pieces, fields: scan.fields, order: scan.order, error: None, first_field: 0 },
        Err(error) => Format { pieces: Vec::new(), fields: scan.fields, order: scan.order, error: Some(error), first_field: 0 },
    }
}

/// Does a literal text end with the backslash of `\{`?
pub fn ends_with_escape(body: &str) -> bool {
    (body.len() - body.trim_end_matches('\\').len()) % 2 == 1
}

/// How deep brackets may nest in a field.
const MAX_NESTING: usize = 200;

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    end: usize,
    raw: bool,
    fields: Vec<Field>,
    order: Vec<Piece>,
}

type Result<T> = std::result::Result<T, String>;

impl Scan<'_> {
    fn peek(&self) -> u8 {
        if self.at < self.end { self.text[self.at] } else { 0 }
    }

    fn next(&self) -> u8 {
        if self.at + 1 < self.end { self.text[self.at + 1] } else { 0 }
    }

    /// Up to the end, or in a format specification up to its `}`.
    fn pieces(&mut self, level: usize) -> Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        loop {
            let more = self.literal(level, &mut pieces)?;
            if more {
                continue;
            }
            if self.at >= self.end || self.peek() == b'}' {
                return if level == 0 || self.at < self.end { Ok(pieces) } else { Err("f-string: expecting '}'".to_owned()) };
            }
            let field = self.field(level)?;
            pieces.push(Piece::Field(field));
        }
    }

    /// Text up to a brace; true if it ended with a doubled one, after which more text follows.
    fn literal(&mut self, level: usize, pieces: &mut Vec<Piece>) -> Result<bool> {
        let start = self.at;
        while self.at < self.end {
            match self.peek() {
                b'\\' if !self.raw && self.at + 1 < self.end => {
                    self.at += 1;
                    match self.peek() {
                        b'N' => {
                            self.at += 1;
                            // The braces of `\N{name}` are no field.
                            if self.peek() == b'{' {
                                while self.at < self.end && self.peek() != b'}' {
                                    self.at += 1;
                                }
                                self.at = (self.at + 1).min(self.end);
                            }
                        }
                        // `\{` is a backslash and a field.
                        b'{' | b'}' => {}
                        _ => self.at += 1,
                    }
                }
                brace @ (b'{' | b'}') => {
                    if level == 0 {
                        if self.next() == brace {
                            self.literal_piece(start..self.at + 1, pieces);
                            self.at += 2;
                            return Ok(true);
                        }
                        if brace == b'}' {
                            return Err("f-string: single '}' is not allowed".to_owned());
                        }
                    }
                    break;
                }
                _ => self.at += 1,
            }
        }
        if start < self.at {
            self.literal_piece(start..self.at, pieces);
        }
        Ok(false)
    }

    fn literal_piece(&mut self, range: Range<usize>, pieces: &mut Vec<Piece>) {
        self.order.push(Piece::Literal(range.clone()));
        pieces.push(Piece::Literal(range));
    }

    /// A field from its `{` on; its index.
    fn field(&mut self, level: usize) -> Result<usize> {
        if level >= 2 {
            return Err("f-string: expressions nested too deeply".to_owned());
        }
        let brace = self.at;
        self.at += 1;
        let start = self.at;
        self.expression()?;
        let expression = start..self.at;
        if self.at >= self.end {
            return Err("f-string: expecting '}'".to_owned());
        }
        if self.text[expression.clone()].iter().all(|&byte| is_blank(byte)) {
            return Err(match self.peek() {
                byte @ (b'!' | b':' | b'=') => format!("f-string: expression required before '{}'", byte as char),
                _ => "f-string: empty expression not allowed".to_owned(),
            });
        }
        let index = self.fields.len();
        self.fields.push(Field { brace, expression, debug: None, conversion: -1, spec: None });
        self.order.push(Piece::Field(index));
        let mut debug = None;
        if self.peek() == b'=' {
            self.at += 1;
            while self.at < self.end && is_blank(self.peek()) {
                self.at += 1;
            }
            debug = Some(start..self.at);
            if self.at >= self.end {
                return Err("f-string: expecting '}'".to_owned());
            }
        }
        let mut conversion = -1;
        if self.peek() == b'!' {
            self.at += 1;
            if self.at >= self.end {
                return Err("f-string: expecting '}'".to_owned());
            }
            let letter = self.peek();
            self.at += 1;
            if !matches!(letter, b's' | b'r' | b'a') {
                return Err("f-string: invalid conversion character: expected 's', 'r', or 'a'".to_owned());
            }
            conversion = i32::from(letter);
            if self.at >= self.end {
                return Err("f-string: expecting '}'".to_owned());
            }
        }
        let mut spec = None;
        if self.peek() == b':' {
            self.at += 1;
            if self.at >= self.end {
                return Err("f-string: expecting '}'".to_owned());
            }
            spec = Some(self.pieces(level + 1)?);
        }
        if self.at >= self.end || self.peek() != b'}' {
            return Err("f-string: expecting '}'".to_owned());
        }
        self.at += 1;
        if debug.is_some() && spec.is_none() && conversion == -1 {
            conversion = i32::from(b'r');
        }
        let field = &mut self.fields[index];
        (field.debug, field.conversion, field.spec) = (debug, conversion, spec);
        Ok(index)
    }

    /// Steps over the expression of a field.
    fn expression(&mut self) -> Result<()> {
        let mut quote: Option<(u8, usize)> = None;
        let mut open: Vec<u8> = Vec::new();
        while self.at < self.end {
            let byte = self.peek();
            if byte == b'\\' {
                return Err("f-string expression part cannot include a backslash".to_owned());
            }
            let triple = self.at + 2 < self.end && self.text[self.at + 1] == byte && self.text[self.at + 2] == byte;
            if let Some((mark, width)) = quote {
                if byte == mark && (width == 1 || triple) {
                    self.at += width;
                    quote = None;
                } else {
                    self.at += 1;
                }
                continue;
            }
            match byte {
                b'\'' | b'"' => {
                    let width = if triple { 3 } else { 1 };
                    quote = Some((byte, width));
                    self.at += width;
                    continue;
                }
                b'[' | b'{' | b'(' => {
                    if open.len() >= MAX_NESTING {
                        return Err("f-string: too many nested parenthesis".to_owned());
                    }
                    open.push(byte);
                }
                b'#' => return Err("f-string expression part cannot include '#'".to_owned()),
                b'!' | b':' | b'}' | b'=' | b'<' | b'>' if open.is_empty() => {
                    if matches!(byte, b'!' | b'=' | b'<' | b'>') && self.next() == b'=' {
                        self.at += 2;
                        continue;
                    }
                    if !matches!(byte, b'<' | b'>') {
                        break;
                    }
                }
                b']' | b'}' | b')' => {
                    let Some(opening) = open.pop() else { return Err(format!("f-string: unmatched '{}'", byte as char)) };
                    if !matches!((opening, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        return Err(format!(
                            "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
                            byte as char, opening as char
                        ));
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        if quote.is_some() {
            return Err("f-string: unterminated string".to_owned());
        }
        match open.last() {
            Some(&opening) => Err(format!("f-string: unmatched '{}'", opening as char)),
            None => Ok(()),
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0c | b'\r')
}

//! Source text → tokens, exactly as CPython 3.11 cuts them, and every lexical error in its words.
//!
//! Invariant: tokens are in order and cover all of the text but blanks, comments and line continuations; `Indent` and `Dedent`
//! balance. Counterpart: `tok_get` in `Parser/tokenizer.c`. Example: `x = 1if y else 2` is `Name Equal Number If Name …` with a
//! warning `invalid decimal literal`.

mod number;

use super::{
    error::{SyntaxError, SyntaxErrorType, Warning},
    token::{Token, TokenKind},
};
use crate::text::{SourceFile, unicode};

/// CPython's limits.
const MAX_PARENTHESES: usize = 200;
const MAX_INDENTS: usize = 100;

/// What became of a text. With `error`, the tokens are those before it.
pub struct Lexed {
    pub tokens: Vec<Token>,
    pub error: Option<LexError>,
    /// With the index of the token that they concern.
    pub warnings: Vec<(u32, Warning)>,
    /// Set where the tokens alone tell that no tree can come of them (an indent after no colon, `$`).
    pub hopeless: bool,
}

/// Why reading tokens stopped.
pub struct LexError {
    pub error: SyntaxError,
    /// CPython's tokenizer raises nothing here, it only stops: an error of the parser before it stands.
    pub quiet: bool,
    /// The innermost bracket open there, as an index into the tokens.
    pub unclosed: Option<u32>,
}

/// Cuts the whole of `source`.
pub fn lex(source: &SourceFile) -> Lexed {
    let mut lexer = Lexer {
        source,
        text: source.text().as_bytes(),
        at: 0,
        line: 1,
        line_start: 0,
        out: Lexed { tokens: Vec::with_capacity(source.text().len() / 4 + 4), error: None, warnings: Vec::new(), hopeless: false },
        brackets: Vec::new(),
        indents: vec![Indent { column: 0, alternative: 0 }],
    };
    if let Err(error) = lexer.run() {
        lexer.out.error = Some(*error);
    }
    lexer.out
}

type Result<T> = std::result::Result<T, Box<LexError>>;

/// A level of indentation, measured with tabs to 8 and tabs to 1: both must agree on its order.
#[derive(Clone, Copy)]
struct Indent {
    column: u32,
    alternative: u32,
}

struct Lexer<'a> {
    source: &'a SourceFile,
    text: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
    out: Lexed,
    /// Open brackets, as indices into the tokens.
    brackets: Vec<u32>,
    indents: Vec<Indent>,
}

impl Lexer<'_> {
    fn run(&mut self) -> Result<()> {
        let (mut begin, mut comment) = (true, None);
        loop {
            if std::mem::take(&mut begin) && !self.indentation()? {
                begin = true;
                continue;
            }
            match self.peek(0) {
                // A zero byte cannot be in the text, so it stands for the end.
                0 => return self.end(),
                b' ' | b'\t' | 0x0c => self.at += 1,
                b'\n' => {
                    if self.brackets.is_empty() {
                        self.push(TokenKind::Newline, 1);
                        // To CPython the line ends with its comment, which shows in errors.
                        if let (Some(comment), Some(token)) = (comment, self.out.tokens.last_mut()) {
                            token.col = (comment - self.line_start) as u32;
                        }
                        begin = true;
                    } else {
                        self.at += 1;
                    }
                    comment = None;
                    self.next_line();
                }
                b'#' => {
                    comment = Some(self.at);
                    self.skip_comment();
                }
                b'\\' => self.continuation()?,
                b'"' | b'\'' => self.string(0)?,
                b'0'..=b'9' => self.number()?,
                b'.' if self.peek(1).is_ascii_digit() => self.number()?,
                byte if is_identifier(byte) => self.name()?,
                _ => self.operator()?,
            }
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn next_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
    }

    fn skip_comment(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    }

    /// A token of `length` bytes on this line.
    fn push(&mut self, kind: TokenKind, length: usize) {
        let col = (self.at - self.line_start) as u32;
        let (start, end) = (self.at as u32, (self.at + length) as u32);
        self.out.tokens.push(Token { kind, start, end, line: self.line, col, end_line: self.line, end_col: col + length as u32 });
        self.at += length;
    }

    /// Reads the blanks at the start of a line; false if the line has no token.
    fn indentation(&mut self) -> Result<bool> {
        let (mut column, mut alternative, mut continued) = (0, 0, 0);
        loop {
            match self.peek(0) {
                b' ' => {
                    column += 1;
                    alternative += 1;
                }
                b'\t' => {
                    column = (column / 8 + 1) * 8;
                    alternative += 1;
                }
                0x0c => {
                    column = 0;
                    alternative = 0;
                }
                // The blanks before the first backslash tell how deep the line is.
                b'\\' => {
                    if continued == 0 {
                        continued = column;
                    }
                    self.continuation()?;
                    continue;
                }
                _ => break,
            }
            self.at += 1;
        }
        match self.peek(0) {
            b'#' => {
                self.skip_comment();
                if self.peek(0) == b'\n' {
                    self.at += 1;
                    self.next_line();
                }
                return Ok(false);
            }
            b'\n' => {
                self.at += 1;
                self.next_line();
                return Ok(false);
            }
            0 => return Ok(true),
            _ => {}
        }
        if continued != 0 {
            column = continued;
            alternative = continued;
        }
        self.indent(Indent { column, alternative })?;
        Ok(true)
    }

    fn indent(&mut self, new: Indent) -> Result<()> {
        let last = self.last_indent();
        if new.column == last.column {
            if new.alternative != last.alternative {
                return self.tabs();
            }
        } else if new.column > last.column {
            if self.indents.len() >= MAX_INDENTS {
                return self.at_line(SyntaxErrorType::IndentationError, "too many levels of indentation");
            }
            if new.alternative <= last.alternative {
                return self.tabs();
            }
            self.indents.push(new);
            let kinds = self.out.tokens.iter().rev().map(|token| token.kind).take(2).collect::<Vec<_>>();
            self.out.hopeless |= kinds != [TokenKind::Newline, TokenKind::Colon];
            self.push(TokenKind::Indent, 0);
        } else {
            while new.column < self.last_indent().column {
                self.indents.pop();
                self.push(TokenKind::Dedent, 0);
            }
            let last = self.last_indent();
            if new.column != last.column {
                self.out
                    .tokens
                    .truncate(self.out.tokens.iter().rposition(|token| token.kind != TokenKind::Dedent).map_or(0, |index| index + 1));
                return self.dedent_error();
            }
            if new.alternative != last.alternative {
                return self.tabs();
            }
        }
        Ok(())
    }

    fn last_indent(&self) -> Indent {
        *self.indents.last().expect("level 0 is never popped")
    }

    fn end(&mut self) -> Result<()> {
        if let Some(&open) = self.brackets.last() {
            let token = self.out.tokens[open as usize];
            let error = unclosed_error(self.source, &token, self.line);
            return Err(Box::new(LexError { error, quiet: true, unclosed: Some(open) }));
        }
        for _ in 1..self.indents.len() {
            self.push(TokenKind::Dedent, 0);
        }
        self.push(TokenKind::EndMarker, 0);
        Ok(())
    }

    fn continuation(&mut self) -> Result<()> {
        if self.peek(1) != b'\n' {
            return Err(Box::new(self.bad_continuation()));
        }
        self.at += 2;
        if self.at >= self.text.len() {
            if let Some(&open) = self.brackets.last() {
                let token = self.out.tokens[open as usize];
                return Err(Box::new(LexError {
                    error: unclosed_error(self.source, &token, self.line),
                    quiet: true,
                    unclosed: Some(open),
                }));
            }
            let offset = self.error_columns(self.at);
            return self.fail(SyntaxErrorType::SyntaxError, "unexpected EOF while parsing", offset as i64, -1, true);
        }
        self.next_line();
        Ok(())
    }

    /// A string whose prefix of `prefix` letters stands before the quote.
    fn string(&mut self, prefix: usize) -> Result<()> {
        let quote = self.peek(prefix);
        let triple = self.peek(prefix + 1) == quote && self.peek(prefix + 2) == quote;
        let mut at = self.at + prefix + if triple { 3 } else { 1 };
        let (mut line, mut line_start) = (self.line, self.line_start);
        loop {
            match self.text.get(at) {
                None => return self.unterminated(triple, line - 1),
                Some(b'\n') if !triple => return self.unterminated(false, line),
                Some(b'\n') => {
                    line += 1;
                    line_start = at + 1;
                }
                Some(b'\\') => {
                    at += 1;
                    if self.text.get(at) == Some(&b'\n') {
                        line += 1;
                        line_start = at + 1;
                    }
                }
                Some(&byte) if byte == quote => {
                    if !triple {
                        at += 1;
                        break;
                    }
                    if self.text.get(at + 1) == Some(&quote) && self.text.get(at + 2) == Some(&quote) {
                        at += 3;
                        break;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        let token = Token {
            kind: TokenKind::String,
            start: self.at as u32,
            end: at as u32,
            line: self.line,
            col: (self.at - self.line_start) as u32,
            end_line: line,
            end_col: (at - line_start) as u32,
        };
        self.out.tokens.push(token);
        (self.at, self.line, self.line_start) = (at, line, line_start);
        Ok(())
    }

    fn unterminated(&mut self, triple: bool, line: u32) -> Result<()> {
        let what = if triple { "triple-quoted string" } else { "string" };
        let offset = self.characters(self.at) as i64 + 1;
        self.fail(SyntaxErrorType::SyntaxError, &format!("unterminated {what} literal (detected at line {line})"), offset, offset, false)
    }

    fn name(&mut self) -> Result<()> {
        if let Some(prefix) = string_prefix(&self.text[self.at..]) {
            return self.string(prefix);
        }
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|&byte| !is_identifier(byte)).unwrap_or(rest.len());
        let text = &rest[..length];
        if text.is_ascii() {
            self.push(TokenKind::keyword(text).unwrap_or(TokenKind::Name), length);
            return Ok(());
        }
        let text = &self.source.text()[self.at..self.at + length];
        for (index, c) in text.char_indices() {
            let good = if index == 0 { c == '_' || unicode::is_id_start(u32::from(c)) } else { unicode::is_id_continue(u32::from(c)) };
            if !good {
                self.at += index;
                return self.bad_character(c);
            }
        }
        self.push(TokenKind::Name, length);
        Ok(())
    }

    fn bad_character(&mut self, c: char) -> Result<()> {
        let offset = self.characters(self.at) as i64 + 1;
        let code = u32::from(c);
        let msg = if unicode::is_printable(u32::from(c)) {
            format!("invalid character '{c}' (U+{code:04X})")
        } else {
            format!("invalid non-printable character U+{code:04X}")
        };
        self.fail(SyntaxErrorType::SyntaxError, &msg, offset, offset, false)
    }

    fn operator(&mut self) -> Result<()> {
        let byte = self.peek(0);
        let Some((kind, length)) = TokenKind::operator(&self.text[self.at..]) else {
            if byte.is_ascii_graphic() {
                self.out.hopeless = true;
                self.push(TokenKind::Other, 1);
                return Ok(());
            }
            return self.bad_character(byte as char);
        };
        self.out.hopeless |= kind == TokenKind::LessGreater;
        match kind {
            TokenKind::LPar | TokenKind::LSqb | TokenKind::LBrace => {
                if self.brackets.len() >= MAX_PARENTHESES {
                    return self.at_cursor("too many nested parentheses", 1);
                }
                self.brackets.push(self.out.tokens.len() as u32);
            }
            TokenKind::RPar | TokenKind::RSqb | TokenKind::RBrace => self.close(kind)?,
            _ => {}
        }
        self.push(kind, length);
        Ok(())
    }

    fn close(&mut self, kind: TokenKind) -> Result<()> {
        let close = self.peek(0) as char;
        let Some(open) = self.brackets.pop() else {
            return self.at_cursor(&format!("unmatched '{close}'"), 1);
        };
        let open = self.out.tokens[open as usize];
        let matching = match open.kind {
            TokenKind::LPar => TokenKind::RPar,
            TokenKind::LSqb => TokenKind::RSqb,
            _ => TokenKind::RBrace,
        };
        if kind != matching {
            let opening = self.text[open.start as usize] as char;
            let line = if open.line == self.line { String::new() } else { format!(" on line {}", open.line) };
            return self.at_cursor(&format!("closing parenthesis '{close}' does not match opening parenthesis '{opening}'{line}"), 1);
        }
        Ok(())
    }

    /// Characters between the start of the line and the byte offset `at`.
    fn characters(&self, at: usize) -> usize {
        self.text[self.line_start..at].iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
    }

    /// CPython counts its columns from the start of what its lexer holds: more than a line after a break inside of a token.
    fn bad_continuation(&self) -> LexError {
        let first = held_from(self.source, &self.out.tokens, self.line);
        let (start, end) = (self.source.line_start(first as usize), self.source.line_start(self.line as usize + 1));
        let shown = if self.source.in_file() { self.line_start..end } else { start..end };
        let text = &self.source.text()[shown];
        let lineno = Some(i64::from(self.line));
        let error = SyntaxError {
            kind: SyntaxErrorType::SyntaxError,
            msg: "unexpected character after line continuation character".to_owned(),
            lineno,
            offset: Some(self.source.error_columns(text, self.at + 2 - start) as i64),
            end_lineno: lineno,
            end_offset: Some(0),
            text: Some(text.into()),
        };
        LexError { error, quiet: true, unclosed: self.brackets.last().copied() }
    }

    /// The columns that a `SyntaxError` of the parser counts up to the byte offset `at`.
    fn error_columns(&self, at: usize) -> usize {
        let line = self.source.line(self.line as usize).map_or(String::new(), |line| format!("{line}\n"));
        self.source.error_columns(&line, at - self.line_start)
    }

    /// An error at the last of the `consumed` bytes from here.
    fn at_cursor<T>(&self, msg: &str, consumed: usize) -> Result<T> {
        let offset = self.characters(self.at + consumed) as i64;
        self.fail(SyntaxErrorType::SyntaxError, msg, offset, offset, false)
    }

    fn tabs<T>(&self) -> Result<T> {
        self.at_line(SyntaxErrorType::TabError, "inconsistent use of tabs and spaces in indentation")
    }

    fn at_line<T>(&self, kind: SyntaxErrorType, msg: &str) -> Result<T> {
        self.fail(kind, msg, 1, 0, true)
    }

    fn dedent_error<T>(&self) -> Result<T> {
        let line = self.source.line(self.line as usize).unwrap_or("");
        let offset = self.source.error_columns(line, line.len() + 1) as i64;
        self.fail(SyntaxErrorType::IndentationError, "unindent does not match any outer indentation level", offset, -1, true)
    }

    /// `newline`: the error is the parser's, of a tokenizer that stopped quietly; its text ends with a line break.
    fn fail<T>(&self, kind: SyntaxErrorType, msg: &str, offset: i64, end_offset: i64, newline: bool) -> Result<T> {
        let line = self.source.line(self.line as usize).unwrap_or("");
        let text = match newline {
            false => line.to_owned(),
            true if self.source.in_file() => self.source.line_as_written(self.line as usize).unwrap_or_default(),
            true => format!("{line}\n"),
        };
        let lineno = Some(i64::from(self.line));
        let error = SyntaxError {
            kind,
            msg: msg.to_owned(),
            lineno,
            offset: Some(offset),
            end_lineno: lineno,
            end_offset: Some(end_offset),
            text: Some(text.into()),
        };
        Err(Box::new(LexError { error, quiet: newline, unclosed: self.brackets.last().copied() }))
    }
}

/// The first line that CPython's lexer still holds when it is in line `last`, after these tokens.
pub fn held_from(source: &SourceFile, tokens: &[Token], last: u32) -> u32 {
    let mut first = last;
    for token in tokens.iter().rev() {
        if token.end_line < first {
            // A continued line stays with the next one.
            let end = source.line_start(token.end_line as usize + 1);
            let rest = source.text().get(token.end as usize..end).unwrap_or_default();
            if rest.trim_matches([' ', '\t', '\x0c', '\n']) != "\\" || token.end_line + 1 != first {
                break;
            }
            first = token.end_line;
        }
        // What comes with the end of the text has no line of its own.
        if (token.start as usize) < source.text().len() {
            first = first.min(token.line);
        }
    }
    first
}

/// "'(' was never closed", at the bracket `token`, told when the lexer stands in line `stand`.
pub fn unclosed_error(source: &SourceFile, token: &Token, stand: u32) -> SyntaxError {
    let bracket = source.text().as_bytes()[token.start as usize] as char;
    let lineno = Some(i64::from(token.line));
    let line = token.line as usize;
    let text = if source.in_file() {
        source.line_as_written(line)
    } else {
        let end = if stand.min(source.line_count() as u32) > token.line { "" } else { "\n" };
        source.line(line).map(|line| format!("{line}{end}"))
    };
    let text = text.map(Into::into);
    SyntaxError {
        kind: SyntaxErrorType::SyntaxError,
        msg: format!("'{bracket}' was never closed"),
        lineno,
        offset: Some(source.error_columns(source.line(token.line as usize).unwrap_or(""), token.col as usize + 1) as i64),
        end_lineno: lineno,
        end_offset: Some(0),
        text,
    }
}

fn is_identifier(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The number of letters of the string prefix that `text` begins with, if it begins with a string: `rb"…"` has two.
fn string_prefix(text: &[u8]) -> Option<usize> {
    let (mut bytes, mut raw, mut format, mut unicode) = (false, false, false, false);
    for (index, byte) in text.iter().enumerate() {
        match byte.to_ascii_lowercase() {
            b'b' if !(bytes || unicode || format) => bytes = true,
            b'u' if !(bytes || unicode || raw || format) => unicode = true,
            b'r' if !(raw || unicode) => raw = true,
            b'f' if !(format || bytes || unicode) => format = true,
            b'"' | b'\'' => return Some(index),
            _ => return None,
        }
    }
    None
}

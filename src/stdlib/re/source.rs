//! A pattern's text, taken apart character by character; a backslash and what follows it are one token.
//!
//! The next token is always known. So a backslash at the very end is an error as soon as the token before it is taken,
//! as in CPython 3.11's `re._parser.Tokenizer`. `re.compile("*\\")` is `bad escape (end of pattern) at position 1`.

use crate::text::{PyStr, pystr::PyStrBuilder, repr, unicode};

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `re.error`: text and position
    Pattern(PyStr, Option<usize>),
    /// too large a number of repetitions
    Overflow(&'static str),
    /// flags that don't go together
    Value(&'static str),
    /// nested too deep
    Recursion,
}

/// One or two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    Char(u32),
    Escape(u32),
}

impl Token {
    pub fn width(self) -> usize {
        match self {
            Token::Char(_) => 1,
            Token::Escape(_) => 2,
        }
    }

    pub fn is(self, c: char) -> bool {
        self == Token::Char(c.into())
    }

    pub fn push_to(self, text: &mut PyStrBuilder) {
        match self {
            Token::Char(c) => text.push(c),
            Token::Escape(c) => {
                text.push('\\'.into());
                text.push(c);
            }
        }
    }

    pub fn text(self) -> PyStr {
        let mut text = PyStrBuilder::new();
        self.push_to(&mut text);
        text.finish()
    }
}

pub struct Source<'a> {
    text: &'a [u32],
    /// A `str` pattern, not a `bytes` one.
    pub is_text: bool,
    /// Behind the next token.
    index: usize,
    pub next: Option<Token>,
}

/// `what` and a text, for a message.
pub fn with_text(what: &str, text: &PyStr) -> PyStr {
    PyStr::from(what).concat(text)
}

/// `what` and the text as `repr` shows it.
pub fn with_repr(what: &str, text: &PyStr) -> PyStr {
    with_text(what, &repr::str_repr(text))
}

impl<'a> Source<'a> {
    pub fn new(text: &'a [u32], is_text: bool) -> Result<Source<'a>, Failure> {
        let mut source = Source { text, is_text, index: 0, next: None };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Result<(), Failure> {
        let Some(&c) = self.text.get(self.index) else {
            self.next = None;
            return Ok(());
        };
        self.index += 1;
        self.next = Some(Token::Char(c));
        if c == u32::from('\\') {
            let Some(&c) = self.text.get(self.index) else {
                return Err(Failure::Pattern("bad escape (end of pattern)".into(), Some(self.text.len() - 1)));
            };
            self.index += 1;
            self.next = Some(Token::Escape(c));
        }
        Ok(())
    }

    pub fn get(&mut self) -> Result<Option<Token>, Failure> {
        let this = self.next;
        self.advance()?;
        Ok(this)
    }

    /// Takes the next token if it is this character.
    pub fn matches(&mut self, c: char) -> Result<bool, Failure> {
        let found = self.is_next(c);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub fn is_next(&self, c: char) -> bool {
        self.next == Some(Token::Char(c.into()))
    }

    /// The next token, if it is a character that passes.
    pub fn next_if(&self, test: impl Fn(char) -> bool) -> Option<u32> {
        match self.next {
            Some(Token::Char(c)) if char::from_u32(c).is_some_and(test) => Some(c),
            _ => None,
        }
    }

    /// At most so many characters that pass.
    pub fn take_while(&mut self, most: usize, test: impl Fn(char) -> bool) -> Result<String, Failure> {
        let mut taken = String::new();
        while taken.len() < most
            && let Some(c) = self.next_if(&test)
        {
            taken.extend(char::from_u32(c));
            self.advance()?;
        }
        Ok(taken)
    }

    /// All up to a terminator, which is taken too.
    pub fn until(&mut self, terminator: char, what: &str) -> Result<PyStr, Failure> {
        let mut text = PyStrBuilder::new();
        loop {
            match self.get()? {
                None if text.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => {
                    let len = text.len();
                    return Err(self.error(format!("missing {terminator}, unterminated name"), len));
                }
                Some(token) if token.is(terminator) => {
                    if text.is_empty() {
                        return Err(self.error(format!("missing {what}"), 1));
                    }
                    return Ok(text.finish());
                }
                Some(token) => token.push_to(&mut text),
            }
        }
    }

    /// Where the next token starts.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::width)
    }

    /// Back to an earlier place.
    pub fn seek(&mut self, index: usize) -> Result<(), Failure> {
        self.index = index;
        self.advance()
    }

    /// An error so many characters before the next token.
    pub fn error(&self, message: impl Into<PyStr>, offset: usize) -> Failure {
        let message = message.into();
        // What a bytes pattern has beyond ASCII is shown as its number.
        let message = if self.is_text { message } else { repr::escape_non_ascii(&message) };
        Failure::Pattern(message, Some(self.tell().saturating_sub(offset)))
    }

    /// Is it a name for a group? `offset`: characters behind it that were taken already.
    pub fn check_name(&self, name: &PyStr, offset: usize) -> Result<(), Failure> {
        if is_identifier(name) {
            return Ok(());
        }
        Err(self.error(with_repr("bad character in group name ", name), name.len() + offset))
    }
}

/// `str.isidentifier()`
pub fn is_identifier(name: &PyStr) -> bool {
    let mut points = name.iter();
    points.next().is_some_and(unicode::is_id_start) && points.all(unicode::is_id_continue)
}

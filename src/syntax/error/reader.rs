//! Reads a text that has no tree once more, by the rules of CPython's own grammar, to find what CPython says of it.
//!
//! CPython reads twice: first plainly, noting the last token it had to fetch; then with rules that match typical mistakes
//! (`invalid_…`), the first of which to match gives the message. So does this reader; it builds no tree, only the outline that
//! messages need. Alternatives are tried in CPython's order, since the order decides which message wins.
//! Counterpart in CPython 3.11: `Parser/pegen.c`, `Parser/pegen_errors.c`. `f(a b)` is "invalid syntax. Perhaps you forgot a comma?".

mod arguments;
mod compound;
mod displays;
mod expressions;
mod outline;
mod parameters;
mod patterns;
mod report;
mod statements;
mod strings;
mod targets;

use std::{borrow::Cow, cell::Cell};

use rustc_hash::FxHashMap;

use crate::{
    syntax::{
        Mode,
        error::{SyntaxError, SyntaxErrorType, Warning},
        lexer::Lexed,
        token::{Token, TokenKind},
    },
    text::SourceFile,
};
use outline::Outline;

/// What CPython says of the text; `None` if it finds nothing wrong.
pub(super) fn explain(source: &SourceFile, lexed: &Lexed, mode: Mode) -> (Option<SyntaxError>, Vec<Warning>) {
    let tokens = tokens_in(mode, source, &lexed.tokens);
    let mut reader = Reader::new(source, lexed, &tokens);
    let error = reader.explain(Start::Mode(mode));
    (error, reader.issued())
}

/// The tokens as CPython's parser is given them: outside of files no line break is added at the end, but at the prompt one is implied
/// in front of the end marker.
fn tokens_in<'t>(mode: Mode, source: &SourceFile, tokens: &'t [Token]) -> Cow<'t, [Token]> {
    if mode == Mode::Exec {
        return Cow::Borrowed(tokens);
    }
    let mut tokens = tokens.to_vec();
    let Some(end) = tokens.last().copied().filter(|token| token.kind == TokenKind::EndMarker) else { return Cow::Owned(tokens) };
    let last = tokens.iter().rposition(|token| !matches!(token.kind, TokenKind::Dedent | TokenKind::EndMarker));
    let implied = Token { kind: TokenKind::Newline, ..end };
    match last {
        Some(last) if source.break_added() && tokens[last].kind == TokenKind::Newline && tokens[last].end == end.start => {
            tokens.remove(last);
            if mode == Mode::Single {
                tokens.insert(last, implied);
                // The end marker that follows dedents implies one more.
                if tokens[last + 1].kind == TokenKind::Dedent {
                    tokens.insert(tokens.len() - 1, implied);
                }
            }
        }
        Some(_) if mode == Mode::Single => tokens.insert(tokens.len() - 1, implied),
        _ => {}
    }
    Cow::Owned(tokens)
}

/// Why reading ended early.
enum Stop {
    /// A token was needed that the lexer could not cut.
    Lexical,
    Raised(Box<SyntaxError>),
}

/// `Ok(None)`: the rule does not match here.
type Rule<T = ()> = Result<Option<T>, Stop>;

/// Where reading starts.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    Mode(Mode),
    /// `(expression)` of an f-string.
    Field,
}

/// The rules whose results are kept, so that trying alternatives stays cheap. CPython keeps the same, and it shows: a result found
/// while the extra rules were off serves when they are on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kept {
    SimpleStatement,
    Block,
    StarExpression,
    Expression,
    Disjunction,
    Conjunction,
    Inversion,
    BitwiseOr,
    BitwiseXor,
    BitwiseAnd,
    Shift,
    Sum,
    Term,
    Factor,
    AwaitPrimary,
    Primary,
    Arguments,
    Strings,
    StarTarget,
    TargetWithStarAtom,
    TPrimary,
    DelTarget,
    ClosedPattern,
    InvalidNamedExpression,
}

/// How deep rules may call each other, as CPython's `MAXSTACK`.
const MAX_DEPTH: usize = 6000;

struct Reader<'a> {
    source: &'a SourceFile,
    lexed: &'a Lexed,
    tokens: &'a [Token],
    /// Where the text ends for CPython: outside of files without the line break that was added.
    text_end: usize,
    /// Brackets open after each token.
    levels: Vec<u32>,
    at: usize,
    /// Tokens looked at so far.
    fetched: usize,
    /// Are the extra rules on?
    explaining: bool,
    kept: FxHashMap<(Kept, u32), (Option<Outline>, u32)>,
    depth: usize,
    /// In a field of an f-string: the lines before it.
    field: Option<u32>,
    /// Lines of the text are shown as they stand in its file.
    file_lines: bool,
    /// What was issued, in order.
    warnings: Vec<Warning>,
    /// So many of the lexer's own were.
    lexical_warnings: usize,
    /// The rest of the text was cut into tokens, for errors in it.
    reads_on: Cell<bool>,
}

/// The value of a rule that must match for the alternative to go on.
macro_rules! need {
    ($rule:expr) => {
        match $rule? {
            Some(value) => value,
            None => return Ok(None),
        }
    };
}

/// The condition that must hold for the alternative to go on.
macro_rules! check {
    ($condition:expr) => {
        if !$condition {
            return Ok(None);
        }
    };
}

/// The first alternative that matches.
macro_rules! choose {
    ($self:ident; $($alternative:expr),+ $(,)?) => {{
        $(if let Some(value) = $self.alternative($alternative)? {
            return Ok(Some(value));
        })+
        Ok(None)
    }};
}

use {check, choose, need};

impl<'a> Reader<'a> {
    fn new(source: &'a SourceFile, lexed: &'a Lexed, tokens: &'a [Token]) -> Reader<'a> {
        let mut level = 0u32;
        let levels = tokens
            .iter()
            .map(|token| {
                match token.kind {
                    TokenKind::LPar | TokenKind::LSqb | TokenKind::LBrace => level += 1,
                    TokenKind::RPar | TokenKind::RSqb | TokenKind::RBrace => level -= 1,
                    _ => {}
                }
                level
            })
            .collect();
        Reader {
            source,
            lexed,
            tokens,
            text_end: source.text().len(),
            levels,
            at: 0,
            fetched: 0,
            explaining: false,
            kept: FxHashMap::default(),
            depth: 0,
            field: None,
            file_lines: false,
            warnings: Vec::new(),
            lexical_warnings: 0,
            reads_on: Cell::new(false),
        }
    }

    fn explain(&mut self, start: Start) -> Option<SyntaxError> {
        self.file_lines = start == Start::Mode(Mode::Exec) && self.source.in_file();
        if matches!(start, Start::Mode(Mode::Single | Mode::Eval)) && self.source.break_added() {
            self.text_end -= 1;
        }
        match self.start(start) {
            Ok(Some(())) if start == Start::Mode(Mode::Single) => return self.second_statement(),
            Ok(Some(())) => return None,
            Err(Stop::Lexical) => return self.lexical_error(),
            Err(Stop::Raised(error)) => return Some(self.or_lexical(*error)),
            Ok(None) => {}
        }
        let last = self.fetched.max(1) - 1;
        self.at = 0;
        self.depth = 0;
        self.kept.clear();
        self.explaining = true;
        match self.start(start) {
            Err(Stop::Lexical) => self.lexical_error(),
            Err(Stop::Raised(error)) => Some(self.or_lexical(*error)),
            Ok(_) => {
                let kind = self.tokens.get(last)?.kind;
                if matches!(kind, TokenKind::Indent | TokenKind::Dedent) {
                    let msg = if kind == TokenKind::Indent { "unexpected indent" } else { "unexpected unindent" };
                    return Some(self.error_at_last(SyntaxErrorType::IndentationError, msg));
                }
                let error = self.error_at_tokens("invalid syntax", last as u32, last as u32 + 1);
                Some(self.or_lexical(error))
            }
        }
    }

    /// At the prompt, anything but blanks and comments after the statement is too much.
    fn second_statement(&self) -> Option<SyntaxError> {
        let end = self.tokens[self.fetched.max(1) - 1].end as usize;
        let rest = self.source.text().get(end..).unwrap_or("");
        let more = rest.lines().any(|line| !matches!(line.trim_start_matches([' ', '\t', '\x0c']).chars().next(), None | Some('#')));
        more.then(|| self.error_at_last(SyntaxErrorType::SyntaxError, "multiple statements found while compiling a single statement"))
    }

    fn start(&mut self, start: Start) -> Rule {
        match start {
            Start::Field => {
                need!(self.star_expressions());
                Ok(Some(()))
            }
            Start::Mode(Mode::Exec) => {
                self.statements()?;
                need!(self.eat(TokenKind::EndMarker));
                Ok(Some(()))
            }
            Start::Mode(Mode::Single) => self.statement_newline(),
            Start::Mode(Mode::Eval) => {
                need!(self.expressions());
                while self.eat(TokenKind::Newline)?.is_some() {}
                need!(self.eat(TokenKind::EndMarker));
                Ok(Some(()))
            }
        }
    }

    /// The lexer's warnings come when their token is fetched.
    fn fetch_warnings(&mut self) {
        while let Some((token, warning)) = self.lexed.warnings.get(self.lexical_warnings)
            && (self.reads_on.get() || (*token as usize) < self.fetched)
        {
            let lineno = warning.lineno + self.field.unwrap_or(0);
            self.warnings.push(Warning { lineno, ..warning.clone() });
            self.lexical_warnings += 1;
        }
    }

    /// All that was issued.
    fn issued(&mut self) -> Vec<Warning> {
        self.fetch_warnings();
        std::mem::take(&mut self.warnings)
    }

    /// The kind of the token here; looking at it is what "fetching" means.
    fn kind(&mut self) -> Result<TokenKind, Stop> {
        let token = self.tokens.get(self.at).ok_or(Stop::Lexical)?;
        self.fetched = self.fetched.max(self.at + 1);
        Ok(token.kind)
    }

    fn is(&mut self, kind: TokenKind) -> Result<bool, Stop> {
        Ok(self.kind()? == kind)
    }

    /// Takes a token of that kind; its index.
    fn eat(&mut self, kind: TokenKind) -> Rule<u32> {
        if self.kind()? != kind {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(self.at as u32 - 1))
    }

    /// A token that nothing else may stand for (`&&` in CPython's grammar).
    fn force(&mut self, kind: TokenKind, text: &str) -> Rule<u32> {
        if self.kind()? != kind {
            let at = self.at as u32;
            return self.raise(&format!("expected '{text}'"), at, at + 1);
        }
        self.eat(kind)
    }

    fn word(&self, index: u32) -> &'a str {
        let token = &self.tokens[index as usize];
        &self.source.text()[token.start as usize..token.end as usize]
    }

    /// A name with that text: a soft keyword.
    fn soft(&mut self, text: &str) -> Rule<u32> {
        if self.is(TokenKind::Name)? && self.word(self.at as u32) == text { self.eat(TokenKind::Name) } else { Ok(None) }
    }

    /// Runs one alternative; if it does not match, nothing is consumed.
    fn alternative<T>(&mut self, rule: impl FnOnce(&mut Self) -> Rule<T>) -> Rule<T> {
        let mark = self.at;
        let value = rule(self)?;
        if value.is_none() {
            self.at = mark;
        }
        Ok(value)
    }

    /// Would the rule match here? Consumes nothing.
    fn ahead<T>(&mut self, rule: impl FnOnce(&mut Self) -> Rule<T>) -> Result<bool, Stop> {
        let mark = self.at;
        let value = rule(self)?;
        self.at = mark;
        Ok(value.is_some())
    }

    /// The rule as often as it matches; how often.
    fn repeat<T>(&mut self, mut rule: impl FnMut(&mut Self) -> Rule<T>) -> Result<usize, Stop> {
        let mut count = 0;
        while self.alternative(&mut rule)?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    /// Items with commas between them, at least one; a trailing comma is left.
    fn separated<T>(&mut self, mut rule: impl FnMut(&mut Self) -> Rule<T>) -> Rule<Vec<T>> {
        let Some(first) = self.alternative(&mut rule)? else { return Ok(None) };
        let mut items = vec![first];
        loop {
            let item = self.alternative(|r| {
                need!(r.eat(TokenKind::Comma));
                rule(r)
            })?;
            match item {
                Some(item) => items.push(item),
                None => return Ok(Some(items)),
            }
        }
    }

    /// Runs a rule one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Rule<T>) -> Rule<T> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::Raised(Box::new(SyntaxError::without_place(SyntaxErrorType::MemoryError, ""))));
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn keep(&mut self, rule: Kept, read: impl FnOnce(&mut Self) -> Rule<Outline>) -> Rule<Outline> {
        let mark = self.at;
        if let Some((value, end)) = self.kept.get(&(rule, mark as u32)) {
            self.at = *end as usize;
            return Ok(value.clone());
        }
        let value = self.deeper(read)?;
        if value.is_none() {
            self.at = mark;
        }
        self.kept.insert((rule, mark as u32), (value.clone(), self.at as u32));
        Ok(value)
    }
}

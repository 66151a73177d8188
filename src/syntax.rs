//! The front end: source text → tokens → canonical copy → tree-sitter's tree → AST with CPython's node names and positions.
//!
//! ```text
//! SourceFile ─lexer→ Token ─canonical→ copy ─cst→ Cst ─lower→ ast::Mod
//! ```
//!
//! f-string fields go the same way a second time, all fields of a file in one text. When any step refuses, `error` reads the tokens
//! again by CPython's rules and finds the message. Counterpart in CPython 3.11: `Parser/`. `dump::dump` is `ast.dump`.

pub mod ast;
mod canonical;
mod cst;
pub mod dump;
pub mod error;
mod lexer;
mod literal;
mod lower;
pub mod stages;
pub mod token;
pub mod validate;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::text::{SourceFile, source::DecodeError};
use ast::Mod;
use error::{SyntaxError, SyntaxErrorType, Warning};
use literal::{fstring, string};
use lower::{Reject, Shared, Spot, Unit};
use token::{Token, TokenKind};

/// A program that CPython would accept, as far as parsing goes.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub module: Mod,
    /// In the order CPython issues them.
    pub warnings: Vec<Warning>,
}

/// What `compile` is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file.
    Exec,
    /// One statement at the prompt.
    Single,
    /// One expression.
    Eval,
}

/// The tokens of a text, as far as it can be cut into tokens; for colouring.
pub fn tokens(source: &SourceFile) -> Vec<Token> {
    lexer::lex(source).tokens
}

/// The same with the error that ends them, if it is one that the reading of tokens raises itself.
pub fn tokens_and_error(source: &SourceFile) -> (Vec<Token>, Option<error::SyntaxError>) {
    let lexed = lexer::lex(source);
    (lexed.tokens, lexed.error.filter(|error| !error.quiet).map(|error| error.error))
}

/// A text to be parsed, by where it comes from.
#[derive(Clone, Copy, Debug)]
pub enum Input<'t> {
    /// The bytes of a file, where errors look lines up.
    File(&'t [u8]),
    /// Bytes given to `compile`.
    Bytes(&'t [u8]),
    /// The text of `compile`, `exec` or `-c`; a coding cookie in it has no effect.
    Text(&'t str),
}

impl<'t> Input<'t> {
    /// The bytes of a program with that name: names in angle brackets are no files'.
    pub fn of_program(bytes: &'t [u8], filename: &str) -> Input<'t> {
        if filename.starts_with('<') { Input::Bytes(bytes) } else { Input::File(bytes) }
    }

    fn bytes(&self) -> &'t [u8] {
        match self {
            Input::File(bytes) | Input::Bytes(bytes) => bytes,
            Input::Text(text) => text.as_bytes(),
        }
    }
}

/// Parses a text: decodes it, honouring a coding cookie. `issued` receives the warnings of a text that is refused, as CPython had
/// issued them by then.
///
/// # Errors
///
/// What CPython says of a text that is no program.
pub fn parse(input: Input<'_>, mode: Mode, issued: &mut Vec<Warning>) -> Result<Parsed, SyntaxError> {
    if input.bytes().contains(&0) {
        return Err(null_bytes());
    }
    let source = match input {
        Input::File(bytes) => SourceFile::from_bytes(bytes),
        Input::Bytes(bytes) => SourceFile::from_loose_bytes(bytes),
        Input::Text(text) => Ok(SourceFile::from_text(text)),
    };
    parse_source(source.map_err(undecodable)?, mode, issued)
}

/// [`parse`] for the bytes of a file.
pub fn parse_bytes(bytes: &[u8], mode: Mode) -> Result<Parsed, SyntaxError> {
    parse(Input::File(bytes), mode, &mut Vec::new())
}

/// [`parse`] for a text in no file.
pub fn parse_str(source: &str, mode: Mode) -> Result<Parsed, SyntaxError> {
    parse(Input::Text(source), mode, &mut Vec::new())
}

fn parse_source(source: SourceFile, mode: Mode, issued: &mut Vec<Warning>) -> Result<Parsed, SyntaxError> {
    let source = Arc::new(source);
    let mut lexed = lexer::lex(&source);
    // A statement at the prompt and an expression are short, and have a grammar of their own.
    let read_first = mode != Mode::Exec || lexed.error.is_some() || lexed.hopeless;
    if let Some(error) = read_first.then(|| error::diagnose(&source, &lexed, mode, issued)).flatten() {
        return Err(error);
    }
    let shared = Shared::default();
    shared.warnings.borrow_mut().extend(lexed.warnings.drain(..).map(|(token, warning)| ((token, 0), warning)));
    let outcome = read(source.clone(), lexed.tokens, &shared, None).and_then(|unit| lower::module(&unit, &shared));
    match outcome.and_then(|module| in_mode(module, mode)) {
        Ok(module) => {
            let mut warnings = shared.warnings.take();
            warnings.sort_by_key(|&(spot, _)| spot);
            Ok(Parsed { module, warnings: warnings.into_iter().map(|(_, warning)| warning).collect() })
        }
        Err(reject) if reject.too_deep => Err(SyntaxError::without_place(SyntaxErrorType::MemoryError, "")),
        Err(reject) => {
            let lexed = lexer::lex(&source);
            Err(error::diagnose(&source, &lexed, mode, issued).unwrap_or_else(|| error::refused(&source, &lexed, &reject)))
        }
    }
}

/// Gives the module the root that the mode asks for.
fn in_mode(module: Mod, mode: Mode) -> lower::Result<Mod> {
    let Mod::Module { mut body } = module else { return Ok(module) };
    match mode {
        Mode::Exec => Ok(Mod::Module { body }),
        Mode::Single => Ok(Mod::Interactive { body }),
        Mode::Eval => match lower::only_expression(&mut body) {
            Some(body) => Ok(Mod::Expression { body: Box::new(body) }),
            None => Err(Reject::new(0, "invalid syntax")),
        },
    }
}

/// Tokens → tree, and the same for the fields of its f-strings. `outer`: for each token, where in the file the field stands.
fn read(source: Arc<SourceFile>, tokens: Vec<Token>, shared: &Shared, outer: Option<&[Spot]>) -> lower::Result<Unit> {
    let canonical = canonical::canonical(source.text().as_bytes(), &tokens);
    let cst = cst::parse(&canonical, &tokens).map_err(|breach| Reject::new(breach.token, "invalid syntax"))?;
    let mut formats = FxHashMap::default();
    let mut batch = Batch::default();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::String) {
        let text = &source.text()[token.start as usize..token.end as usize];
        // Most strings have no prefix at all.
        if text.starts_with(['"', '\'']) {
            continue;
        }
        let literal = string::split(text);
        if !literal.is_format {
            continue;
        }
        let mut format = fstring::scan(text, literal.offset..literal.offset + literal.body.len(), literal.is_raw);
        if let Some(msg) = format.error {
            return Err(Reject::new(index as u32, &msg));
        }
        format.first_field = batch.origins.len();
        for field in &format.fields {
            let top = outer.map_or((index as u32, field.brace as u32), |outer| outer[index]);
            batch.add(text, token, field, top);
        }
        formats.insert(index as u32, format);
    }
    let fields = if batch.origins.is_empty() { None } else { Some(Box::new(batch.read(shared)?)) };
    Ok(Unit { source, tokens, cst, hidden: canonical.hidden, formats, fields })
}

/// The fields of f-strings as one text, a line (at least) each.
#[derive(Default)]
struct Batch {
    text: String,
    line: u32,
    origins: Vec<Origin>,
}

/// Where a field comes from: its first line in the batch, and the place of its `{`.
struct Origin {
    batch_line: u32,
    line: u32,
    col: u32,
    outer: Spot,
}

impl Batch {
    fn add(&mut self, text: &str, token: &Token, field: &fstring::Field, outer: Spot) {
        let (line, col) = field_place(text, token, field);
        self.origins.push(Origin { batch_line: self.line + 1, line, col, outer });
        let expression = &text[field.expression.clone()];
        self.line += 1 + expression.bytes().filter(|&byte| byte == b'\n').count() as u32;
        self.text.push('(');
        self.text.push_str(expression);
        self.text.push_str(")\n");
    }

    fn read(self, shared: &Shared) -> lower::Result<Unit> {
        let source = SourceFile::from_text(&self.text);
        let mut lexed = lexer::lex(&source);
        let reject = |origin: &Origin| Reject::new(origin.outer.0, "f-string: invalid syntax");
        if lexed.error.is_some() || lexed.hopeless {
            return Err(reject(&self.origins[0]));
        }
        let mut outer = Vec::with_capacity(lexed.tokens.len());
        let mut number = 0;
        for token in &mut lexed.tokens {
            while self.origins.get(number + 1).is_some_and(|next| next.batch_line <= token.line) {
                number += 1;
            }
            let origin = &self.origins[number];
            outer.push(origin.outer);
            // A string over several lines keeps its column: CPython looks at the line where it ends.
            if token.end_line == origin.batch_line {
                token.col += origin.col;
                token.end_col += origin.col;
            }
            token.line = token.line - origin.batch_line + origin.line;
            token.end_line = token.end_line - origin.batch_line + origin.line;
        }
        for (token, mut warning) in lexed.warnings {
            warning.lineno = lexed.tokens[token as usize].line;
            shared.warnings.borrow_mut().push((outer[token as usize], warning));
        }
        let count = self.origins.len();
        let unit = read(Arc::new(source), lexed.tokens, shared, Some(&outer))?;
        if unit.cst.named(0).count() != count {
            return Err(reject(&self.origins[0]));
        }
        Ok(unit)
    }
}

/// Line and column that CPython gives to the `(` it puts in place of a field's `{`.
fn field_place(text: &str, token: &Token, field: &fstring::Field) -> (u32, u32) {
    let before = &text.as_bytes()[..field.brace];
    let lines = before.iter().filter(|&&byte| byte == b'\n').count() as u32;
    let after = &text.as_bytes()[field.brace + 1..];
    let first = after.iter().find(|byte| !matches!(byte, b' ' | b'\t' | 0x0c));
    let col = match before.iter().rposition(|&byte| byte == b'\n') {
        _ if matches!(first, Some(b'\n' | b'}')) => 0,
        Some(newline) => field.brace - newline - 1,
        None => field.brace,
    };
    (token.line + lines, col as u32 + if lines == 0 { token.col } else { 0 })
}

fn null_bytes() -> SyntaxError {
    SyntaxError::without_place(SyntaxErrorType::SyntaxError, "source code string cannot contain null bytes")
}

fn undecodable(error: DecodeError) -> SyntaxError {
    let lineno = Some(i64::from(error.lineno));
    let offset = (error.lineno == 0).then_some(-1);
    SyntaxError { lineno, offset, ..SyntaxError::without_place(SyntaxErrorType::SyntaxError, &error.msg) }
}

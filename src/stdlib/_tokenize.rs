//! `_tokenize`: the tokens that the parser reads, one by one.
//!
//! `next(_tokenize.TokenizerIter("x = 1"))` is `('x', 1, 1, 1, 0, 1, 'x = 1\n')`: text, kind, first and last line, first and last
//! column in bytes, and the line. Comments stand with the line break behind them; indents have no columns (-1).
//! Counterpart in CPython 3.11: `Python/Python-tokenize.c`.

use super::{NewClass, add_class, class_of_module, foreign_body, foreign_mut};
use crate::{
    builtins::{convert, functions::code, slots},
    heap::ObjRef,
    objects::{core_types::*, instance::Foreign},
    syntax::{
        self,
        error::SyntaxError,
        token::{Token, TokenKind},
    },
    text::SourceFile,
    vm::{
        Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

const MODULE: &str = "_tokenize";

#[derive(Clone)]
struct Tokens {
    source: SourceFile,
    tokens: Vec<Token>,
    /// Why there are no more.
    error: Option<SyntaxError>,
    at: usize,
}

impl Foreign for Tokens {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        Def::static_method("__new__", Signature::Any, new),
        Def::wrapper("__iter__", Signature::None, slots::itself),
        Def::wrapper("__next__", Signature::None, next),
    ];
    add_class(vm, dict, NewClass { module: MODULE, name: "TokenizerIter", base: OBJECT, natives, slots: Some(&[]) });
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let Some(source) = args.get(vm, 1) else {
        return Err(vm.type_error("tokenizeriter() missing required argument 'source' (pos 1)"));
    };
    let text = convert::text(vm, source, "tokenizeriter() argument 'source'")?.to_string_lossy();
    let source = SourceFile::from_text(&text);
    let (tokens, error) = syntax::tokens_and_error(&source);
    let class = class_of_module(vm, MODULE, "TokenizerIter");
    done(vm.new_derived(class, 0, foreign_body(Tokens { source, tokens, error, at: 0 })))
}

/// What one token is told as.
struct Row {
    text: String,
    kind: i64,
    lines: (i64, i64),
    columns: (i64, i64),
    line: String,
}

impl Tokens {
    fn row(&self, token: &Token) -> Row {
        let text = self.source.text();
        let cut = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default().to_string();
        let count = text.lines().count() as u32;
        let (first, last) = (token.line.clamp(1, count.max(1)), token.end_line.clamp(1, count.max(1)));
        let line =
            (first..=last).filter_map(|line| self.source.line(line as usize)).map(|line| format!("{}\n", line.trim_end_matches('\n')));
        let row = |text: String, columns: (i64, i64)| Row {
            text,
            kind: number_of(token.kind),
            lines: (first.into(), last.into()),
            columns,
            line: line.collect(),
        };
        match token.kind {
            TokenKind::Indent | TokenKind::Dedent => row(String::new(), (-1, -1)),
            TokenKind::Newline => {
                // A comment before the break belongs to it.
                let before = self.at.checked_sub(2).and_then(|index| self.tokens.get(index)).map_or(0, |token| token.end);
                let between = cut(before, token.start);
                let comment = between.find('#').map_or("", |at| &between[at..]);
                let column = i64::from(token.col);
                Row { lines: (first.into(), first.into()), ..row(comment.to_string(), (column - comment.len() as i64, column)) }
            }
            _ => row(cut(token.start, token.end), (token.col.into(), token.end_col.into())),
        }
    }
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let stop = |vm: &mut Vm| {
        let message = vm.new_str("EOF");
        Err(vm.stop_iteration(message))
    };
    let Some(tokens) = foreign_mut::<Tokens>(vm, args.at(vm, 0)) else { return stop(vm) };
    match tokens.tokens.get(tokens.at).copied().filter(|token| token.kind != TokenKind::EndMarker) {
        Some(token) => {
            tokens.at += 1;
            let row = tokens.row(&token);
            let numbers = [row.kind, row.lines.0, row.lines.1, row.columns.0, row.columns.1];
            let mut items = vec![vm.new_str(row.text.as_str())];
            items.extend(numbers.map(|number| vm.new_int(number)));
            items.push(vm.new_str(row.line.as_str()));
            done(vm.new_tuple(items))
        }
        None => match tokens.error.take() {
            // The parser says this, the tokenizer only stops.
            Some(error) if &*error.msg != "too many levels of indentation" => Err(code::syntax_error(vm, &error, "<string>")),
            _ => stop(vm),
        },
    }
}

/// The number that `token.py` has for a kind; operators stand there in the order of our own table.
fn number_of(kind: TokenKind) -> i64 {
    match kind {
        TokenKind::EndMarker => 0,
        TokenKind::Number => 2,
        TokenKind::String => 3,
        TokenKind::Newline => 4,
        TokenKind::Indent => 5,
        TokenKind::Dedent => 6,
        TokenKind::Await => 55,
        TokenKind::Async => 56,
        TokenKind::Other => 59,
        TokenKind::LessGreater => 28,
        kind if kind.is_keyword() || kind == TokenKind::Name => 1,
        operator => 7 + operator as i64 - TokenKind::LPar as i64,
    }
}

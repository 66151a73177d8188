//! Colouring of source text, from its tokens.
//!
//! Text that doesn't parse is coloured as far as it can be cut into tokens. `def f(): return None  # why` has the
//! pieces Keyword, Function, Keyword, Constant, Comment.

use super::{Highlight, SourceText, TokenKind};
use crate::{
    syntax::token::{Token, TokenKind as Lexical},
    text::SourceFile,
};

/// A file with its colouring.
pub fn highlighted(file: impl Into<String>, source: &SourceFile) -> SourceText {
    let mut text = SourceText::new(file, source.text());
    let tokens = crate::syntax::tokens(source);
    let mut end_of_last = 0;
    for (index, token) in tokens.iter().enumerate() {
        comments(&mut text.highlights, source, end_of_last, token.start as usize);
        end_of_last = token.end as usize;
        if let Some(kind) = kind(source, &tokens, index) {
            pieces(&mut text.highlights, source, token.start as usize, token.end as usize, kind);
        }
    }
    comments(&mut text.highlights, source, end_of_last, source.text().len());
    text
}

fn kind(source: &SourceFile, tokens: &[Token], index: usize) -> Option<TokenKind> {
    let token = tokens[index];
    let before = index.checked_sub(1).map(|index| tokens[index].kind);
    match token.kind {
        Lexical::String => Some(TokenKind::String),
        Lexical::Number => Some(TokenKind::Number),
        Lexical::None | Lexical::True | Lexical::False => Some(TokenKind::Constant),
        kind if kind.is_keyword() => Some(TokenKind::Keyword),
        // `@` is a decorator's at the start of a line, an operator elsewhere.
        Lexical::At if matches!(before, None | Some(Lexical::Newline | Lexical::Indent | Lexical::Dedent)) => Some(TokenKind::Decorator),
        Lexical::Name => match before {
            Some(Lexical::Def) => Some(TokenKind::Function),
            Some(Lexical::Class) => Some(TokenKind::Class),
            Some(Lexical::At) => Some(TokenKind::Decorator),
            Some(Lexical::Dot) => None,
            _ => {
                let name = source.text().get(token.start as usize..token.end as usize)?;
                BUILTINS.contains(&name).then_some(TokenKind::Builtin)
            }
        },
        _ => None,
    }
}

/// What lies between two tokens is blank or a comment.
fn comments(highlights: &mut Vec<Highlight>, source: &SourceFile, start: usize, end: usize) {
    let Some(gap) = source.text().get(start..end) else { return };
    let mut at = start;
    for line in gap.split_inclusive('\n') {
        if let Some(hash) = line.find('#') {
            pieces(highlights, source, at + hash, at + line.trim_end().len(), TokenKind::Comment);
        }
        at += line.len();
    }
}

/// One piece a line.
fn pieces(highlights: &mut Vec<Highlight>, source: &SourceFile, start: usize, end: usize, kind: TokenKind) {
    let (mut line, column) = source.position(start);
    let mut from = column;
    for part in source.text().get(start..end).unwrap_or_default().split('\n') {
        let to = from + part.len() as u32;
        if to > from {
            highlights.push(Highlight { line, start: from, end: to, kind });
        }
        line += 1;
        from = 0;
    }
}

/// The functions and types of the module `builtins`.
#[rustfmt::skip]
const BUILTINS: &[&str] = &[
    "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod",
    "compile", "complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec", "filter", "float", "format", "frozenset",
    "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "list",
    "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "range", "repr",
    "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_line() {
        let source = SourceFile::from_text("def f(): return None  # why\n\"\"\"a\nb\"\"\"\n@ f . print\nprint(1)\n# end\n");
        let text = highlighted("x.py", &source);
        let kinds: Vec<_> = text.highlights.iter().map(|it| (it.line, it.start, it.end, it.kind)).collect();
        use TokenKind::*;
        assert_eq!(
            kinds,
            [
                (1, 0, 3, Keyword),
                (1, 4, 5, Function),
                (1, 9, 15, Keyword),
                (1, 16, 20, Constant),
                (1, 22, 27, Comment),
                (2, 0, 4, String),
                (3, 0, 4, String),
                (4, 0, 1, Decorator),
                (4, 2, 3, Decorator),
                (5, 0, 5, Builtin),
                (5, 6, 7, Number),
                (6, 0, 5, Comment),
            ]
        );
    }
}

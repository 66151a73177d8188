//! The front end with its intermediate results shown: tokens, and tree-sitter's tree with what was repaired for it.
//!
//! tree-sitter reads a copy of the program ([`super::canonical`]); where the copy says something else than the program, the node is
//! marked with what the copy says. The contents of strings never reach tree-sitter and are not marked.
//! CPython 3.11 has no such tree: its PEG parser builds the AST at once. In `print(*a)` the name is read as `prinT` and the star is hidden.

use std::sync::Arc;

use super::{
    canonical, cst,
    error::SyntaxError,
    lexer,
    token::{Token, TokenKind},
};
use crate::text::SourceFile;

/// One node of the tree, in preorder.
pub struct Line {
    pub depth: usize,
    pub kind: String,
    /// The part that the node plays in its parent.
    pub field: Option<String>,
    /// The text of a leaf.
    pub text: Option<String>,
    /// Lines from 1, columns in bytes from 0; the end is exclusive.
    pub start: (u32, u32),
    pub end: (u32, u32),
    /// How tree-sitter was told something else.
    pub repair: Option<String>,
}

/// The tokens of a program, and what ended them too early.
pub fn tokens(source: &SourceFile) -> (Vec<Token>, Option<SyntaxError>) {
    let lexed = lexer::lex(source);
    (lexed.tokens, lexed.error.map(|error| error.error))
}

/// tree-sitter's tree of a program; `None` if it has none.
pub fn tree(source: &Arc<SourceFile>) -> Option<Vec<Line>> {
    let tokens = lexer::lex(source).tokens;
    let canonical = canonical::canonical(source.text().as_bytes(), &tokens);
    let tree = cst::parse(&canonical, &tokens).ok()?;
    let mut lines = Vec::new();
    // (node, depth): trees can be as deep as their source is long.
    let mut todo = vec![(0, 0)];
    let mut next_token = 0;
    while let Some((id, depth)) = todo.pop() {
        let node = tree.node(id);
        for index in next_token..node.first {
            lines.extend(hidden(source, &tokens, &canonical.hidden, index, depth));
        }
        next_token = next_token.max(node.first);
        let children: Vec<cst::Id> = tree.children(id).collect();
        let leaf = children.is_empty() && node.first < node.last;
        let start = tokens.get(node.first as usize).map_or((1, 0), |token| (token.line, token.col));
        let end = (node.last > node.first).then(|| tokens.get(node.last as usize - 1)).flatten();
        lines.push(Line {
            depth,
            kind: format!("{:?}", node.kind),
            field: (node.field != cst::Field::None).then(|| format!("{:?}", node.field)),
            text: leaf.then(|| word(source, &tokens[node.first as usize], &tokens[node.last as usize - 1])),
            start,
            end: end.map_or(start, |token| (token.end_line, token.end_col)),
            repair: leaf.then(|| repair(source, &tokens, &canonical.text, node.first)).flatten(),
        });
        if leaf {
            next_token = node.last;
        }
        todo.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
    Some(lines)
}

fn word(source: &SourceFile, first: &Token, last: &Token) -> String {
    source.text()[first.start as usize..last.end as usize].to_owned()
}

/// What the copy says in place of a token.
fn repair(source: &SourceFile, tokens: &[Token], copy: &[u8], index: u32) -> Option<String> {
    let token = &tokens[index as usize];
    let range = token.start as usize..token.end as usize;
    let read = &copy[range.clone()];
    let differs = token.kind != TokenKind::String && read != &source.text().as_bytes()[range];
    differs.then(|| format!("read as {}", String::from_utf8_lossy(read)))
}

/// A token that the copy leaves out.
fn hidden(source: &SourceFile, tokens: &[Token], hidden: &[bool], index: u32, depth: usize) -> Option<Line> {
    let token = tokens.get(index as usize).filter(|_| hidden[index as usize])?;
    Some(Line {
        depth,
        kind: "Token".into(),
        field: None,
        text: Some(word(source, token, token)),
        start: (token.line, token.col),
        end: (token.end_line, token.end_col),
        repair: Some("hidden, and remembered".into()),
    })
}

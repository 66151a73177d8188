//! Tokens → a copy of the source, of the same length, that tree-sitter's Python grammar reads as CPython would.
//!
//! That grammar accepts several Pythons at once and has a few precedences of its own; the copy avoids every spelling where it
//! strays. Invariant: each token keeps its byte span, so a leaf of the tree is found again by its offset. What is rewritten:
//!
//! * comments, line breaks in brackets and continuations become blanks, indentation becomes one space a level;
//! * string contents, non-ASCII names, and names that are words of other Pythons (`print`, `exec`, `type`) become neutral;
//! * `&` and `^` change places (their precedences are swapped there), prefix `*` disappears and is remembered;
//! * a name in front of `[` becomes digits (else `x: a[b]` is a "generic type"); a line break between two simple statements
//!   becomes `;` (else `a,⏎b = c` is one assignment), and a trailing comma of a one-line suite disappears and is remembered.
//!
//! Example: `print(*a) # hi` → `prinT( a)     `. CPython has no counterpart.

use super::token::{Token, TokenKind};

/// The copy and what it hides.
pub struct Canonical {
    pub text: Vec<u8>,
    /// For each token: a prefix `*` or trailing comma that the copy leaves out.
    pub hidden: Vec<bool>,
}

/// Writes the copy of `source` that `tokens` were cut from.
pub fn canonical(source: &[u8], tokens: &[Token]) -> Canonical {
    let soft = soft_keywords(source, tokens);
    let mut hidden = hide_stars(source, tokens, &soft);
    hide_commas(tokens, &soft, &mut hidden);
    let joined = join_statements(tokens, &soft);
    let mut text = vec![b' '; source.len()];
    let (mut level, mut line_begins, mut line_start) = (0, true, 0);
    for (index, token) in tokens.iter().enumerate() {
        let (start, end) = (token.start as usize, token.end as usize);
        match token.kind {
            TokenKind::Indent => level += 1,
            TokenKind::Dedent => level -= 1,
            TokenKind::Newline if joined[index] => text[start] = b';',
            TokenKind::Newline => {
                text[start] = b'\n';
                (line_begins, line_start) = (true, end);
            }
            TokenKind::EndMarker => break,
            _ if hidden[index] => {}
            kind => {
                if std::mem::take(&mut line_begins) {
                    // A form feed resets the column, so that only the last blanks count.
                    text[line_start..start - level].fill(0x0c);
                }
                let previous = index.checked_sub(1).map(|before| tokens[before]);
                write(source, &mut text, kind, (start, end), previous, tokens[index + 1].kind, soft[index]);
            }
        }
    }
    Canonical { text, hidden }
}

/// Writes one token.
fn write(
    source: &[u8],
    text: &mut [u8],
    kind: TokenKind,
    (start, end): (usize, usize),
    previous: Option<Token>,
    next: TokenKind,
    soft: bool,
) {
    let word = &source[start..end];
    let touches = |kind: TokenKind| previous.is_some_and(|token| token.kind == kind && token.end as usize == start);
    match kind {
        TokenKind::String => {
            text[start..end].fill(b'_');
            // `''"x"` must not become `"""`.
            let quote = if touches(TokenKind::String) && text[start - 1] == b'"' { b'\'' } else { b'"' };
            text[start] = quote;
            text[end - 1] = quote;
        }
        TokenKind::Name if soft => text[start..end].copy_from_slice(word),
        TokenKind::Name if next == TokenKind::LSqb && previous.is_none_or(|token| token.kind != TokenKind::Dot) => {
            text[start..end].fill(b'1')
        }
        TokenKind::Name if !word.is_ascii() => text[start..end].fill(b'a'),
        TokenKind::Name => {
            text[start..end].copy_from_slice(word);
            match word {
                b"print" | b"exec" | b"type" | b"match" | b"case" => text[end - 1] ^= 0x20,
                b"__future__" => text[start + 2] = b'F',
                // Followed by a quote this would be a prefix.
                _ if next == TokenKind::String && word.len() <= 3 => text[start] = b'x',
                _ => {}
            }
        }
        TokenKind::Amper => text[start] = b'^',
        TokenKind::Circumflex => text[start] = b'&',
        _ => text[start..end].copy_from_slice(word),
    }
}

/// Marks `match` and `case` where they are keywords: where a match block really follows.
fn soft_keywords(source: &[u8], tokens: &[Token]) -> Vec<bool> {
    let word = |token: &Token| &source[token.start as usize..token.end as usize];
    let mut soft = vec![false; tokens.len()];
    let (mut level, mut blocks, mut line_begins) = (0, Vec::new(), true);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Indent => level += 1,
            TokenKind::Dedent => {
                level -= 1;
                while blocks.last().is_some_and(|&block| block > level) {
                    blocks.pop();
                }
            }
            TokenKind::Newline => line_begins = true,
            _ if !std::mem::take(&mut line_begins) => {}
            TokenKind::Name if word(token) == b"match" => {
                let Some(length) = tokens[index..].iter().position(|token| token.kind == TokenKind::Newline) else { continue };
                let newline = index + length;
                let block = length > 2
                    && tokens[newline - 1].kind == TokenKind::Colon
                    && tokens.get(newline + 1).is_some_and(|token| token.kind == TokenKind::Indent)
                    && tokens.get(newline + 2).is_some_and(|token| word(token) == b"case");
                if block {
                    soft[index] = true;
                    blocks.push(level + 1);
                }
            }
            TokenKind::Name if word(token) == b"case" && blocks.last() == Some(&level) => soft[index] = true,
            _ => {}
        }
    }
    soft
}

/// Can an expression end with this token?
fn ends_operand(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(kind, Name | Number | String | None | True | False | RPar | RSqb | RBrace | Ellipsis)
}

/// Marks the stars of starred expressions: those in front of an operand, but not in parameter lists, patterns and imports.
fn hide_stars(source: &[u8], tokens: &[Token], soft: &[bool]) -> Vec<bool> {
    use TokenKind::*;
    let mut hidden = vec![false; tokens.len()];
    // For each open bracket: is it a parameter list? And at which depths of brackets a lambda's parameters are being read.
    let (mut brackets, mut lambdas): (Vec<bool>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut in_case, mut after_def) = (false, false);
    let (mut previous, mut before) = (Newline, Newline);
    for (index, token) in tokens.iter().enumerate() {
        let kind = token.kind;
        match kind {
            Indent | Dedent => continue,
            Newline | Semi => {
                (in_case, after_def, previous) = (in_case && kind == Semi, false, Newline);
                if kind == Newline {
                    lambdas.clear();
                }
                continue;
            }
            Name if soft[index] && source[token.start as usize] == b'c' => in_case = true,
            Def => after_def = true,
            If | Colon if in_case && brackets.is_empty() => in_case = false,
            _ => {}
        }
        match kind {
            LPar | LSqb | LBrace => {
                let parameters = kind == LPar && after_def && previous == Name && before == Def;
                after_def &= !parameters;
                brackets.push(parameters);
            }
            RPar | RSqb | RBrace => {
                brackets.pop();
                while lambdas.last().is_some_and(|&depth| depth > brackets.len()) {
                    lambdas.pop();
                }
            }
            Lambda => lambdas.push(brackets.len()),
            Colon if lambdas.last() == Some(&brackets.len()) => {
                lambdas.pop();
            }
            Star => {
                let in_parameters = (brackets.last() == Some(&true) && matches!(previous, LPar | Comma))
                    || (lambdas.last() == Some(&brackets.len()) && matches!(previous, Lambda | Comma));
                let keyword = index > 0 && soft[index - 1];
                hidden[index] =
                    (!ends_operand(previous) || keyword) && !in_parameters && !in_case && !matches!(previous, Import | Except | Star);
            }
            _ => {}
        }
        (before, previous) = (previous, kind);
    }
    hidden
}

/// Does a compound statement (or a clause, or a decorator) begin here?
fn begins_compound(token: &Token, soft: bool) -> bool {
    use TokenKind::*;
    soft || matches!(token.kind, If | For | While | Try | With | Def | Class | Async | At | Else | Elif | Except | Finally)
}

/// Marks the trailing comma of a simple statement on the line of its compound statement: `if a: b,`.
fn hide_commas(tokens: &[Token], soft: &[bool], hidden: &mut [bool]) {
    let (mut line_begins, mut compound) = (true, false);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Indent | TokenKind::Dedent => {}
            TokenKind::Newline => {
                if compound && tokens[index - 1].kind == TokenKind::Comma {
                    hidden[index - 1] = true;
                }
                line_begins = true;
            }
            _ => {
                if std::mem::take(&mut line_begins) {
                    compound = begins_compound(token, soft[index]);
                }
            }
        }
    }
}

/// Marks the line breaks between two simple statements of one block.
fn join_statements(tokens: &[Token], soft: &[bool]) -> Vec<bool> {
    let mut joined = vec![false; tokens.len()];
    let (mut line_begins, mut compound) = (true, false);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Indent | TokenKind::Dedent => {}
            TokenKind::Newline => {
                let next = &tokens[index + 1];
                let simple_next = !matches!(next.kind, TokenKind::Indent | TokenKind::Dedent | TokenKind::EndMarker)
                    && !begins_compound(next, soft[index + 1]);
                joined[index] = simple_next && !compound && index > 0 && tokens[index - 1].kind != TokenKind::Semi;
                line_begins = true;
            }
            _ => {
                if std::mem::take(&mut line_begins) {
                    compound = begins_compound(token, soft[index]);
                }
            }
        }
    }
    joined
}

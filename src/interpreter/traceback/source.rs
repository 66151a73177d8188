//! The source line of a traceback's entry and the markers under it.
//!
//! ```text
//!     print(a / b)
//!           ~~^~~        the operation, with its operator; `^^^^` for what is no operation
//! ```
//!
//! A wide (East Asian) character has two markers under it. Counterpart in CPython 3.11: `tb_displayline` in
//! `Python/traceback.c`.

use std::sync::Arc;

use crate::{
    compiler,
    heap::ObjRef,
    objects::{Body, Objects},
    syntax::{
        self, Mode,
        ast::{Expr, ExprKind, Mod, StmtKind},
    },
    text::{source::SourceFile, unicode},
    vm::{
        Vm,
        host::{Answer, Output, Request},
    },
};

const BLANK: [char; 3] = [' ', '\t', '\x0c'];

/// The source line and the markers under it, each with its newline; nothing if the file's text is not known.
pub fn source_lines(vm: &Vm, code: ObjRef, file: &str, lineno: i32, lasti: u32) -> String {
    // To CPython what is in no file has no lines.
    if file.starts_with('<') {
        return String::new();
    }
    let Some(source) = source_of(vm, file) else { return String::new() };
    let Some(line) = usize::try_from(lineno).ok().and_then(|lineno| source.line(lineno)) else { return String::new() };
    let line = line.trim_end_matches(['\n', '\r']);
    let stripped = line.trim_matches(BLANK);
    if stripped.is_empty() {
        return "    \n".to_string();
    }
    let mut out = format!("    {stripped}\n");
    let Body::Code(record) = vm.heap.body(code) else { return out };
    let position = record.position_at(lasti);
    let (Some(start_line), Some(end_line), Some(col), Some(end_col)) = (position.line, position.end_line, position.col, position.end_col)
    else {
        return out;
    };
    let one_line = start_line == end_line;
    let shown_end = line.trim_end_matches(BLANK).len();
    let indent = line.len() - line.trim_start_matches(BLANK).len();
    let (start, end) = (floor(line, col as usize), if one_line { floor(line, end_col as usize) } else { shown_end });
    let anchors = if one_line { line.get(start..end).and_then(anchors_of) } else { None };
    if anchors.is_none() && start <= indent && end >= shown_end {
        return out;
    }
    out.push_str("    ");
    out.push_str(&" ".repeat(line.get(indent..start).map_or(0, width)));
    let Some(marked) = line.get(start..end) else { return out + "\n" };
    match anchors {
        None => out.push_str(&"^".repeat(width(marked))),
        Some((left, right)) => {
            for (part, sign) in [(&marked[..left], "~"), (&marked[left..right], "^"), (&marked[right..], "~")] {
                out.push_str(&sign.repeat(width(part)));
            }
        }
    }
    out.push('\n');
    out
}

/// The text of a file that code was compiled from; one that was not imported is read now, if the world can be asked.
fn source_of(vm: &Vm, file: &str) -> Option<Arc<SourceFile>> {
    if let Some(source) = vm.sources.get(file) {
        return Some(source.clone());
    }
    if vm.finalizing {
        return None; // so it is in CPython: the modules that read files are gone
    }
    match vm.aside.ask(&mut Output::default(), &Request::ReadFile(file.to_string()))? {
        Answer::Bytes(bytes) => SourceFile::from_bytes(&bytes).ok().map(Arc::new),
        _ => None,
    }
}

/// The last place not beyond `at` where a character starts or the line ends.
fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How many columns a text takes on a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() || !matches!(unicode::east_asian_width(c as u32), "W" | "F") { 1 } else { 2 }).sum()
}

/// Where the operator of `a + b`, or the brackets of `a[b]`, stand in a piece of source: bytes from its start.
fn anchors_of(segment: &str) -> Option<(usize, usize)> {
    let mut parsed = syntax::parse_str(segment, Mode::Exec).ok()?;
    // As in CPython the piece is optimised first: of `"t"[0]` in `"t"[0] = 1` a constant is left, without an operator.
    compiler::fold::fold(&mut parsed.module, 0, false).ok()?;
    anchors_in(&parsed.module, segment, |c| !c.is_whitespace())
}

/// The same in the tree of the piece, a line of its own; `is_second`: whether this character is the second of an operator.
pub fn anchors_in(module: &Mod, segment: &str, is_second: fn(char) -> bool) -> Option<(usize, usize)> {
    let Mod::Module { body } = module else { return None };
    let [statement] = &body[..] else { return None };
    let StmtKind::Expr { value } = &statement.kind else { return None };
    let end = |part: &Expr| part.location.end_col_offset as usize;
    match &value.kind {
        ExprKind::BinOp { left, right, .. } => {
            let (from, to) = (end(left), right.location.col_offset as usize);
            let between = segment.get(from..to)?;
            let at = from + between.find(|c: char| !c.is_whitespace() && c != ')')?;
            let two = at + 1 < to && segment[at..].chars().nth(1).is_some_and(is_second);
            Some((at, at + if two { 2 } else { 1 }))
        }
        ExprKind::Subscript { value, slice, .. } => {
            let open = end(value) + segment.get(end(value)..)?.find('[')?;
            let close = end(slice) + segment.get(end(slice)..)?.find(']')?;
            Some((open, close + 1))
        }
        _ => None,
    }
}

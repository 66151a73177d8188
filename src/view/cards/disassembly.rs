//! The example of a card, compiled when it is shown, as `dis` prints it: the rows around the opcode.
//!
//! ```text
//!   LOAD_NAME                0 (names)
//! ▶ GET_ITER
//!   FOR_ITER                12 (to 34)
//! ```

use super::Example;
use crate::{
    bytecode::{
        code::{CodeObject, Constant},
        dis,
        opcode::Op,
    },
    interpreter,
    syntax::Mode,
};

/// So many rows before and after.
const BEFORE: usize = 4;
const AFTER: usize = 4;

/// A row of the listing.
pub(super) struct Row {
    pub text: String,
    /// It is the opcode that the card is about.
    pub is_it: bool,
}

/// The rows around the first place of an opcode; none if the example doesn't compile to it.
pub(super) fn around(op: Op, example: &Example) -> Vec<Row> {
    let (mode, source) = match example.is_interactive {
        true => (Mode::Single, example.text.replace(">>> ", "").replace("... ", "")),
        false => (Mode::Exec, example.text.clone()),
    };
    let (_, code) = interpreter::compile_source(source.as_bytes(), "<example>", mode, 0);
    code.ok().and_then(|code| find(&code, op)).unwrap_or_default()
}

/// In this code object, or else in one inside it.
fn find(code: &CodeObject, op: Op) -> Option<Vec<Row>> {
    let mut rows: Vec<(Op, String)> = Vec::new();
    for row in dis::rows(code, &|_| 0) {
        let argument = match row.arg {
            Some(arg) if row.text.is_empty() => format!("{arg:>5}"),
            Some(arg) => format!("{arg:>5} ({})", without_address(&row.text)),
            None => String::new(),
        };
        rows.push((row.op, format!("{:>4} {:<27}{argument}", row.offset, row.op.name()).trim_end().to_owned()));
        if op == Op::CACHE {
            let caches = (0..row.op.caches() as u32).map(|index| (Op::CACHE, format!("{:>4} CACHE", row.offset + 2 + 2 * index)));
            rows.extend(caches);
        }
    }
    let Some(at) = rows.iter().position(|row| row.0 == op) else {
        return code.consts.iter().find_map(|constant| match constant {
            Constant::Code(inner) => find(inner, op),
            _ => None,
        });
    };
    let (from, to) = (at.saturating_sub(BEFORE), (at + AFTER + 1).min(rows.len()));
    let mut found: Vec<Row> = rows[from..to]
        .iter()
        .map(|(it, text)| Row { text: format!("{} {text}", if *it == op { "▶" } else { " " }), is_it: *it == op })
        .collect();
    let more = |count: usize| Row { text: format!("       ({count} more)"), is_it: false };
    if from > 0 {
        found.insert(0, more(from));
    }
    if to < rows.len() {
        found.push(more(rows.len() - to));
    }
    Some(found)
}

/// `<code object f at 0x…, file "<example>", line 1>` as `<code object f>`.
fn without_address(text: &str) -> String {
    match text.split_once(" at 0x") {
        Some((start, _)) if start.starts_with("<code object") => format!("{start}>"),
        _ => text.to_owned(),
    }
}

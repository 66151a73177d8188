//! `from __future__ import …` at the start of a module: which features it asks for.
//!
//! Only `annotations` (and the joke `barry_as_FLUFL`) still change anything in 3.11. Counterpart: `Python/future.c`.

use super::{Result, cfg::Loc, docstring};
use crate::syntax::{
    ast::{Mod, StmtKind},
    error::{SyntaxError, SyntaxErrorType},
};

pub const CO_FUTURE_BARRY_AS_BDFL: u32 = 0x40_0000;
pub const CO_FUTURE_ANNOTATIONS: u32 = 0x100_0000;

/// The bits of `co_flags` that nested compilations inherit.
pub const MASK: u32 = 0x2_0000 | 0x4_0000 | 0x8_0000 | 0x10_0000 | 0x20_0000 | CO_FUTURE_BARRY_AS_BDFL | 0x80_0000 | CO_FUTURE_ANNOTATIONS;

#[derive(Clone, Copy, Debug)]
pub struct Future {
    pub features: u32,
    /// Line of the last future import, -1 if there is none; one after it is an error.
    pub last_line: i32,
}

impl Future {
    /// Annotations are not evaluated but kept as text.
    pub fn annotations(&self) -> bool {
        self.features & CO_FUTURE_ANNOTATIONS != 0
    }
}

pub fn scan(module: &Mod) -> Result<Future> {
    let mut future = Future { features: 0, last_line: -1 };
    let (Mod::Module { body } | Mod::Interactive { body }) = module else {
        return Ok(future);
    };
    let start = usize::from(docstring(body).is_some());
    // After another statement only those on its line are looked at; code generation finds the others.
    let (mut done, mut previous) = (false, 0);
    for stmt in &body[start..] {
        if done && stmt.location.lineno > previous {
            break;
        }
        previous = stmt.location.lineno;
        let names = match &stmt.kind {
            StmtKind::ImportFrom { module: Some(module), names, .. } if &**module == "__future__" => names,
            _ => {
                done = true;
                continue;
            }
        };
        if done {
            // This one counts its column from 0.
            let mut late = error(stmt.location.into(), "from __future__ imports must occur at the beginning of the file".into());
            late.offset = late.offset.map(|offset| offset - 1);
            return Err(late);
        }
        for alias in names {
            match &*alias.name {
                "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement" | "print_function"
                | "unicode_literals" | "generator_stop" => {}
                "barry_as_FLUFL" => future.features |= CO_FUTURE_BARRY_AS_BDFL,
                "annotations" => future.features |= CO_FUTURE_ANNOTATIONS,
                "braces" => return Err(error(stmt.location.into(), "not a chance".into())),
                name => return Err(error(stmt.location.into(), format!("future feature {name} is not defined"))),
            }
        }
        future.last_line = stmt.location.lineno as i32;
    }
    Ok(future)
}

/// These errors have a start but no end column.
fn error(loc: Loc, msg: String) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: SyntaxErrorType::SyntaxError,
        msg,
        lineno: Some(loc.line.into()),
        offset: Some(i64::from(loc.col) + 1),
        end_lineno: Some(loc.line.into()),
        end_offset: None,
        text: None,
    })
}

//! `uncoil stages FILE`: every stage between a program's text and its bytecode, one below the other.
//!
//! ```text
//! source → tokens → CST → AST → folded AST → symbol tables → blocks → instructions → bytes and tables
//! ```
//!
//! These are the rows that the screen's Pipeline view shows.

use std::{fmt::Write, process::ExitCode};

use super::inspect;
use crate::view::pipeline::{self, Mark, Pipeline, Row, Stage, StageKind};

#[derive(clap::Args)]
pub struct Arguments {
    /// 0, 1 (no assertions) or 2 (no docstrings)
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    optimize: u8,
    #[arg(required = true)]
    files: Vec<String>,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    inspect::each_file(&arguments.files, |file, bytes| {
        let pipeline = pipeline::of_bytes(file, bytes, arguments.optimize);
        let printed = super::run::print(&text(&pipeline));
        match &pipeline.failure {
            None => printed,
            Some(failure) => {
                eprint!("{}", failure.traceback);
                false
            }
        }
    })
}

/// The stages, as far as the program gets.
fn text(pipeline: &Pipeline) -> String {
    let mut out = String::new();
    for kind in StageKind::ALL {
        let stage = pipeline.stage(kind);
        if stage.rows.is_empty() && !pipeline.reaches(kind) {
            continue;
        }
        let gap = if out.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(out, "{gap}── {}: {}", kind.title(), kind.meaning());
        if stage.repeats {
            out += "  the same: nothing to fold\n";
        } else if stage.rows.is_empty() {
            out += "  empty\n";
        } else {
            rows(kind, stage, &mut out);
        }
    }
    out
}

fn rows(kind: StageKind, stage: &Stage, out: &mut String) {
    // Where rows have a second column it begins at one place.
    let is_tree = matches!(kind, StageKind::Cst | StageKind::Ast | StageKind::Folded);
    let plain = stage.rows.iter().filter(|row| row.mark != Mark::Heading && !row.detail.is_empty());
    let width = if is_tree { 0 } else { plain.map(|row| row.text.chars().count()).max().unwrap_or(0) };
    for row in &stage.rows {
        let _ = writeln!(out, "{}", line(row, width).trim_end());
    }
}

fn line(row: &Row, width: usize) -> String {
    let mark = match row.mark {
        Mark::Repaired => '!',
        Mark::Differs => '+',
        Mark::None | Mark::Heading => ' ',
    };
    let mut line = format!("{mark} {}{}", "  ".repeat(row.depth), row.label);
    line += &match &row.detail {
        detail if detail.is_empty() || detail.starts_with('(') => format!("{}{detail}", row.text),
        detail => format!("{:<width$} {detail}", row.text),
    };
    if let Some(place) = row.place_text() {
        line += &format!("  @{place}");
    }
    if !row.note.is_empty() {
        line += &format!("  ({})", row.note);
    }
    line
}

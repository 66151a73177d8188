//! `uncoil stages FILE`: every stage between a program's text and its bytecode, one below the other.
//!
//! ```text
//! source → tokens → CST → AST → folded AST → symbol tables → blocks → instructions → bytes and tables
//! ```
//!
//! Nothing is computed for the show: each stage is what the compiler itself hands on to the next.

mod tree;

use std::{fmt::Write, process::ExitCode, sync::Arc};

use super::inspect;
use crate::{
    bytecode::{
        code::{CodeObject, Constant},
        dis, exctable, instr, linetable,
        linetable::Position,
        repr,
    },
    compiler::{Options, stages as back, symtable::report},
    interpreter,
    syntax::{self, Mode, dump, stages as front},
    text::SourceFile,
};

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
        let mut out = String::new();
        let outcome = stages(file, bytes, arguments.optimize, &mut out);
        let printed = super::run::print(&out);
        match outcome {
            Ok(()) => printed,
            Err(error) => {
                eprint!("{}", interpreter::syntax_error_text(&error, bytes, file));
                false
            }
        }
    })
}

/// Writes the stages, as far as the program gets.
fn stages(file: &str, bytes: &[u8], optimize: u8, out: &mut String) -> Result<(), syntax::error::SyntaxError> {
    // Writing to a String cannot fail, here and below.
    if let Ok(source) = SourceFile::from_bytes(bytes) {
        let source = Arc::new(source);
        title(out, "source", "the text, decoded, with line ends made \\n");
        for line in 1..=source.line_count() {
            let _ = writeln!(out, "{line:>5}  {}", source.line(line).unwrap_or_default());
        }
        title(out, "tokens", "line:column of start and end");
        for token in syntax::tokens(&source) {
            let text = &source.text()[token.start as usize..token.end as usize];
            let place = span((token.line, token.col), (token.end_line, token.end_col));
            let _ = writeln!(out, "  {place:<15} {:<12} {text:?}", format!("{:?}", token.kind));
        }
        title(out, "CST", "tree-sitter's tree; ! marks what the front end repaired. CPython's own PEG parser keeps no such tree");
        concrete(&source, out);
    }
    let parsed = syntax::parse_bytes(bytes, Mode::Exec)?;
    let before = tree::layout(&dump::dump(&parsed.module));
    title(out, "AST", "as ast.parse gives it; @ line:column of start and end");
    *out += &before;
    let stages = back::run(&parsed.module, &Options { optimize, ..Options::new(file) })?;
    let after = tree::layout(&dump::dump(&stages.folded));
    title(out, "folded AST", "constants computed ahead; + marks lines that differ");
    if after == before {
        *out += "  the same: nothing to fold\n";
    } else {
        let known: std::collections::HashSet<&str> = before.lines().collect();
        for line in after.lines() {
            let _ = writeln!(out, "{}{}", if known.contains(line) { ' ' } else { '+' }, line.strip_prefix(' ').unwrap_or(line));
        }
    }
    title(out, "symbol tables", "one a block, of the folded tree");
    *out += &report::text(&stages.table);
    title(out, "blocks", "straight pieces of code, as generated and as optimised");
    for unit in &stages.units {
        let _ = writeln!(out, "{}, as generated", unit.qualname);
        *out += &back::blocks_text(&unit.generated);
        let _ = writeln!(out, "{}, optimised", unit.qualname);
        *out += &back::blocks_text(&unit.optimized);
    }
    let code = &stages.compiled.code;
    title(out, "instructions", "as dis shows them");
    *out += &dis::dis(code, &inspect::fake_address);
    title(out, "bytes", "co_code, co_linetable and co_exceptiontable, decoded");
    tables(code, out);
    Ok(())
}

fn title(out: &mut String, name: &str, meaning: &str) {
    let gap = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}── {name}: {meaning}");
}

fn span(start: (u32, u32), end: (u32, u32)) -> String {
    format!("{}:{}-{}:{}", start.0, start.1, end.0, end.1)
}

fn concrete(source: &Arc<SourceFile>, out: &mut String) {
    let Some(lines) = front::tree(source) else {
        *out += "  none: this is no program\n";
        return;
    };
    for line in lines {
        let mark = if line.repair.is_some() { '!' } else { ' ' };
        let field = line.field.map(|field| format!("{}: ", field.to_lowercase())).unwrap_or_default();
        let text = line.text.map(|text| format!(" {text:?}")).unwrap_or_default();
        let repair = line.repair.map(|repair| format!("  ({repair})")).unwrap_or_default();
        let place = span(line.start, line.end);
        let _ = writeln!(out, "{mark} {}{field}{}{text} @{place}{repair}", "  ".repeat(line.depth), line.kind);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn place(position: Position) -> String {
    match (position.line, position.col, position.end_line, position.end_col) {
        (Some(line), Some(col), Some(end_line), Some(end_col)) => span((line, col), (end_line, end_col)),
        (Some(line), ..) => format!("line {line}"),
        _ => "no place".into(),
    }
}

fn tables(code: &CodeObject, out: &mut String) {
    let _ = writeln!(out, "{}", repr::code_object(code, 0));
    for instr in instr::decode(&code.code) {
        let bytes = hex(&code.code[instr.start as usize..instr.next as usize]);
        let position = linetable::lookup(&code.linetable, code.firstlineno, instr.offset);
        let _ = writeln!(out, "  {:>5}  {bytes:<36} {:<24} {}", instr.start, instr.op.name(), place(position));
    }
    let _ = writeln!(out, "  co_linetable {}", hex(&code.linetable));
    for range in linetable::decode(&code.linetable, code.firstlineno) {
        let _ = writeln!(out, "  {:>5} to {:<5} {}", range.start, range.end, place(range.position));
    }
    if !code.exceptiontable.is_empty() {
        let _ = writeln!(out, "  co_exceptiontable {}", hex(&code.exceptiontable));
        for entry in exctable::decode(&code.exceptiontable) {
            let lasti = if entry.lasti { ", lasti" } else { "" };
            let _ =
                writeln!(out, "  {:>5} to {:<5} handler {} at stack depth {}{lasti}", entry.start, entry.end, entry.target, entry.depth);
        }
    }
    for constant in &code.consts {
        if let Constant::Code(inner) = constant {
            tables(inner, out);
        }
    }
}

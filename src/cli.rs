//! The command line: which command, with which arguments, and what exit status.

use std::{process::ExitCode, sync::Arc};

use serde_json::{Value, json};

use crate::{
    bytecode::{self, code::CodeObject, dis},
    compiler,
    syntax::{
        self, Mode, dump,
        error::{SyntaxError, Warning},
    },
};

/// Runs the program; returns its exit status.
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, files)) if command == "ast" => on_big_stack(files.to_vec(), print_trees),
        Some((command, arguments)) if command == "dis" => on_big_stack(arguments.to_vec(), disassemble),
        _ => ExitCode::from(2),
    }
}

/// Trees nest as deep as their source.
fn on_big_stack(arguments: Vec<String>, command: fn(&[String]) -> ExitCode) -> ExitCode {
    let thread = std::thread::Builder::new().stack_size(512 << 20).spawn(move || command(&arguments));
    thread.ok().and_then(|thread| thread.join().ok()).unwrap_or(ExitCode::FAILURE)
}

/// `uncoil ast FILE…`: `ast.dump` of each file, a line each.
fn print_trees(files: &[String]) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    for file in files {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("uncoil: {file}: {error}");
                status = ExitCode::FAILURE;
                continue;
            }
        };
        match syntax::parse_bytes(&bytes, Mode::Exec) {
            Ok(parsed) => println!("{}", dump::dump(&parsed.module)),
            Err(error) => {
                println!("{}", error.to_json());
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}

/// `uncoil dis [--json] [--optimize N] FILE…`: the code of each file, as `python3 -m dis` prints it or as JSON, a line each.
fn disassemble(arguments: &[String]) -> ExitCode {
    let (mut as_json, mut optimize, mut files) = (false, 0, Vec::new());
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => as_json = true,
            "--optimize" => optimize = arguments.next().and_then(|level| level.parse().ok()).unwrap_or(0),
            file => files.push(file),
        }
    }
    let mut status = ExitCode::SUCCESS;
    for file in files {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("uncoil: {file}: {error}");
                status = ExitCode::FAILURE;
                continue;
            }
        };
        let (warnings, outcome) = compile_file(file, &bytes, optimize);
        if as_json {
            println!("{}", document(file, optimize, &warnings, outcome.as_deref()));
            continue;
        }
        match outcome {
            Ok(code) => print!("{}", dis::dis(&code, &fake_address)),
            Err(error) => {
                eprintln!("{error:?}");
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}

fn compile_file(file: &str, bytes: &[u8], optimize: u8) -> (Vec<Warning>, Result<Arc<CodeObject>, SyntaxError>) {
    let parsed = match syntax::parse_bytes(bytes, Mode::Exec) {
        Ok(parsed) => parsed,
        Err(error) => return (Vec::new(), Err(error)),
    };
    let mut warnings = parsed.warnings;
    let options = compiler::Options { optimize, ..compiler::Options::new(file) };
    match compiler::compile_with_warnings(&parsed.module, &options) {
        Ok(compiled) => {
            warnings.extend(compiled.warnings);
            (warnings, Ok(compiled.code))
        }
        Err(mut failure) => {
            warnings.extend(failure.warnings);
            if failure.error.text.is_none() {
                failure.error.text = failure.error.lineno.and_then(|line| source_line(bytes, line));
            }
            (warnings, Err(failure.error))
        }
    }
}

/// A line of a file, with its end, as a SyntaxError shows it.
fn source_line(bytes: &[u8], line: i64) -> Option<Arc<str>> {
    let line = bytes.split_inclusive(|byte| *byte == b'\n').nth(usize::try_from(line - 1).ok()?)?;
    Some(String::from_utf8_lossy(line).into())
}

fn document(file: &str, optimize: u8, warnings: &[Warning], outcome: Result<&CodeObject, &SyntaxError>) -> String {
    let warnings: Vec<Value> = warnings.iter().map(|w| json!({"category": w.category, "msg": w.msg, "lineno": w.lineno})).collect();
    let mut document = json!({"file": file, "optimize": optimize, "warnings": warnings});
    match outcome {
        Ok(code) => document["code"] = bytecode::json::code_object(code),
        Err(error) => document["error"] = error_document(error),
    }
    bytecode::json::to_line(&document)
}

fn error_document(error: &SyntaxError) -> Value {
    let typ = format!("{:?}", error.kind);
    if !matches!(&*typ, "SyntaxError" | "IndentationError" | "TabError") {
        return json!({"type": typ, "msg": error.msg});
    }
    json!({
        "type": typ,
        "msg": error.msg,
        "lineno": error.lineno,
        "offset": error.offset,
        "end_lineno": error.end_lineno,
        "end_offset": error.end_offset,
        "text": error.text.as_deref(),
    })
}

/// Nothing lies in memory yet: an address that looks like one and is the same on every run.
fn fake_address(code: &Arc<CodeObject>) -> u64 {
    0x7f00_0000_0000 + 0x10 * code.firstlineno.unsigned_abs() as u64
}

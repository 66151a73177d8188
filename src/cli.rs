//! The command line: which command, with which arguments, and what exit status.

use std::process::ExitCode;

use crate::syntax::{self, Mode, dump};

/// Runs the program; returns its exit status.
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, files)) if command == "ast" => on_big_stack(files.to_vec()),
        _ => ExitCode::from(2),
    }
}

/// Trees nest as deep as their source.
fn on_big_stack(files: Vec<String>) -> ExitCode {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(move || print_trees(&files));
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

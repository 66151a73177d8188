//! The command line: which command, with which arguments, and what exit status.
//!
//! ```text
//!   uncoil FILE [ARGS]   the debugger        uncoil run FILE     headless, as python3 runs it
//!   uncoil dis FILE      disassembly         uncoil trace FILE   every instruction as JSON
//! ```
//!
//! Our own failures (a missing file, an unknown flag) are told in one line on stderr; exit status 2.

mod compile;
mod dap;
mod debug;
mod explore;
mod export;
mod host;
mod inspect;
mod learn;
mod lesson;
mod library;
mod man;
mod opcode;
mod plain;
mod pyc;
mod python;
mod run;
mod script;
mod stages;
mod trace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// See what CPython 3.11 does, instruction by instruction.
#[derive(Parser)]
#[command(name = "uncoil", version, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    debug: debug::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Run a program to its end, as python3 does
    Run(run::Arguments),
    /// Print the bytecode of programs, as `python3 -m dis` does
    Dis(inspect::DisArguments),
    /// Print the syntax trees of programs, as `ast.dump` does
    Ast(inspect::AstArguments),
    /// Print the symbol tables of programs, as the `symtable` module tells them
    Symtable(inspect::SymtableArguments),
    /// Show every stage between a program's text and its bytecode
    Stages(stages::Arguments),
    /// Look for errors in programs, without running them
    Check(compile::CheckArguments),
    /// Write .pyc files, as `python3 -m py_compile` does
    Compile(compile::Arguments),
    /// Show what .pyc files hold
    Pyc(pyc::Arguments),
    /// List the modules that can be imported, where each comes from, and which wins
    Modules(library::Arguments),
    /// Show what an instruction does: its card; without a name list all instructions
    Opcode(opcode::Arguments),
    /// Run a program and print its state before each instruction, as JSON lines
    Trace(trace::Arguments),
    /// Debug a program by commands from a script, without a screen
    Debug(script::Arguments),
    /// Serve an editor on standard input and output, by the Debug Adapter Protocol
    Dap(dap::Arguments),
    /// Write a run as a page, a recording, data or a worksheet, without a terminal
    Export(export::Arguments),
    /// Take guided lessons: without a name, choose one
    Learn(learn::Arguments),
    /// Try many schedules of a program with threads, and tell what they lead to
    Explore(explore::Arguments),
    /// Make and check lessons
    Lesson(lesson::Arguments),
    /// Print the settings as they are without a file, to begin one with
    Config,
    /// Print the manual page, for `man -l -`
    Man,
    /// Draw the debugger's screen after some keys, without a terminal
    Shot(debug::ShotArguments),
}

/// Runs the program; returns its exit status.
pub fn main() -> ExitCode {
    let arguments = match CommandLine::try_parse_from(python::separate(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print(); // nowhere is left to complain to
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    // A file that may not grow is an error of whoever writes it, as in CPython, and no end of the process.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    on_big_stack(move || match arguments.command {
        Some(Command::Run(arguments)) => run::main(&arguments),
        Some(Command::Dis(arguments)) => inspect::dis(&arguments),
        Some(Command::Ast(arguments)) => inspect::ast(&arguments),
        Some(Command::Symtable(arguments)) => inspect::symtable(&arguments),
        Some(Command::Stages(arguments)) => stages::main(&arguments),
        Some(Command::Check(arguments)) => compile::check(&arguments),
        Some(Command::Compile(arguments)) => compile::main(&arguments),
        Some(Command::Pyc(arguments)) => pyc::main(&arguments),
        Some(Command::Modules(arguments)) => library::main(&arguments),
        Some(Command::Opcode(arguments)) => opcode::main(&arguments),
        Some(Command::Trace(arguments)) => trace::main(&arguments),
        Some(Command::Debug(arguments)) => script::main(&arguments),
        Some(Command::Dap(arguments)) => dap::main(&arguments),
        Some(Command::Export(arguments)) => export::main(&arguments),
        Some(Command::Learn(arguments)) => learn::main(&arguments),
        Some(Command::Explore(arguments)) => explore::main(&arguments),
        Some(Command::Lesson(arguments)) => lesson::main(&arguments),
        Some(Command::Config) => debug::config(),
        Some(Command::Man) => man::main(&CommandLine::command()),
        Some(Command::Shot(arguments)) => debug::shot(&arguments),
        None => debug::main(&arguments.debug),
    })
}

/// Trees nest as deep as their source, and so do the functions that walk them.
fn on_big_stack(command: impl FnOnce() -> ExitCode + Send + 'static) -> ExitCode {
    let thread = std::thread::Builder::new().name("main".into()).stack_size(crate::STACK_SIZE).spawn(command);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status,
        Ok(Err(_)) => ExitCode::from(101), // it panicked, and the message has been printed
        Err(error) => complain(&format!("cannot start a thread: {error}")),
    }
}

/// Tells what went wrong on our side.
fn complain(message: &str) -> ExitCode {
    eprintln!("uncoil: {}", script::visible(message));
    ExitCode::from(2)
}

/// A program's text: a file, standard input (`-`), or the text after `-c`. With the name that tracebacks show.
fn read_program(file: Option<&str>, code: Option<&str>) -> Result<(Vec<u8>, String), String> {
    if let Some(code) = code {
        return Ok((code.as_bytes().to_vec(), "<string>".to_string()));
    }
    let Some(file) = file else { return Err("no program given".to_string()) };
    if file == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map_err(|error| format!("standard input: {error}"))?;
        return Ok((bytes, "<stdin>".to_string()));
    }
    let describe = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("can't open file '{file}': No such file or directory"),
        std::io::ErrorKind::IsADirectory => format!("'{file}' is a directory, not a program"),
        std::io::ErrorKind::PermissionDenied => format!("can't open file '{file}': Permission denied"),
        _ => format!("can't read file '{file}': {error}"),
    };
    if std::path::Path::new(file).is_dir() {
        return Err(format!("'{file}' is a directory, not a program"));
    }
    std::fs::read(file).map(|bytes| (bytes, file.to_string())).map_err(describe)
}

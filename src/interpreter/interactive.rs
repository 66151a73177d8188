//! The prompt: statements are read, compiled in mode `single` and run, one after the other, in `__main__`.
//!
//! ```text
//!   >>> for i in range(2):      a compound statement ends with an empty line
//!   ...     i
//!   ...
//! ```
//!
//! Prompts go to standard error where standard input is no terminal, as CPython's do. Counterpart in CPython 3.11:
//! `PyRun_InteractiveLoopFlags`. Not here: editing of lines and a history, which are the terminal's.

use crate::{
    builtins::functions::{
        code::{syntax_error, warn},
        io::write_stderr,
    },
    compiler::future,
    interpreter::{Exit, conclude, drive, finish, pass_output, start_code},
    objects::{Body, Objects, core_types::*},
    syntax::{self, Input, Mode, error::SyntaxError, token::TokenKind},
    text::SourceFile,
    vm::{
        Raised, Vm,
        hooks::Hooks,
        host::{Answer, Host, Request, Stream},
    },
};

/// Reads and runs statements up to the end of input or `SystemExit`.
pub fn run(vm: &mut Vm, host: &mut dyn Host, hooks: &mut dyn Hooks) -> Exit {
    finish::forget_file(vm);
    prepare(vm);
    let mut features = 0;
    loop {
        finish::settle(vm, host);
        let Some(text) = read_statement(vm, host) else {
            write_stderr(vm, "\n");
            pass_output(vm, host);
            return Exit { status: 0, exception: None };
        };
        if is_empty(&text) {
            continue;
        }
        let result = match compile(vm, &text, &mut features) {
            Ok(()) => loop {
                if let Some(result) = drive(vm, host, hooks) {
                    break result;
                }
            },
            Err(raised) => Err(raised),
        };
        if let Err(raised) = &result
            && vm.exception_matches(raised.0, SYSTEM_EXIT)
        {
            return match result {
                Err(raised) => finish::system_exit(vm, raised),
                result => conclude(vm, result),
            };
        }
        conclude(vm, result);
        pass_output(vm, host);
    }
}

/// The prompts' texts are there from now on.
pub fn prepare(vm: &mut Vm) {
    for (name, prompt) in [("ps1", ">>> "), ("ps2", "... ")] {
        if vm.dict_get_text(vm.sys_dict, name).is_none() {
            let (dict, prompt) = (vm.sys_dict, vm.new_str(prompt));
            vm.dict_set_text(dict, name, prompt);
        }
    }
}

/// The next statement starts with the next instruction.
///
/// # Errors
///
/// Its SyntaxError.
pub fn compile(vm: &mut Vm, text: &str, features: &mut u32) -> Result<(), Raised> {
    let (warnings, code) = super::compile_text(text, "<stdin>", Mode::Single, vm.config.optimize, *features);
    warn(vm, "<stdin>", warnings.iter())?;
    match code {
        Ok(code) => {
            *features |= code.flags & future::MASK;
            let main = vm.dict_get_text(vm.modules, "__main__").unwrap_or(NONE);
            let namespace = match vm.heap.body(main) {
                Body::Module(record) => record.dict,
                _ => vm.builtins,
            };
            start_code(vm, &code, namespace);
            Ok(())
        }
        Err(error) => Err(syntax_error(vm, &error, "<stdin>")),
    }
}

/// Lines up to the end of a statement; `None` at the end of input.
fn read_statement(vm: &mut Vm, host: &mut dyn Host) -> Option<String> {
    let mut text = String::new();
    loop {
        prompt(vm, host, if text.is_empty() { "ps1" } else { "ps2" });
        let line = match host.answer(&Request::ReadLine) {
            Answer::Line(line) => line,
            _ => String::new(),
        };
        if line.is_empty() {
            if text.is_empty() {
                return None;
            }
            write_stderr(vm, "\n");
            return Some(text);
        }
        let blank = line.trim().is_empty();
        text.push_str(&line);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        if is_empty(&text) || is_complete(&text, blank) {
            return Some(text);
        }
    }
}

fn prompt(vm: &mut Vm, host: &mut dyn Host, name: &str) {
    let text = match vm.dict_get_text(vm.sys_dict, name) {
        Some(prompt) => super::traceback::text_of(vm, prompt),
        None => return,
    };
    let stream = if vm.config.terminals[0] && vm.config.terminals[1] { Stream::Stdout } else { Stream::Stderr };
    vm.write(stream, text.as_bytes());
    pass_output(vm, host);
}

/// Would CPython's parser ask for no more lines? `blank`: the last line is empty.
pub fn is_complete(text: &str, blank: bool) -> bool {
    let last = text.lines().next_back().unwrap_or("");
    match syntax::parse(Input::Text(text), Mode::Single, &mut Vec::new()) {
        Ok(_) => blank || !is_compound(text),
        Err(error) if is_open(&error) => false,
        Err(error) => {
            let header = last.trim_end().ends_with(':') && error.msg.starts_with("expected an indented block");
            let block = last.starts_with([' ', '\t']) && error.msg.starts_with("expected 'except' or 'finally' block");
            let decorated = text.lines().all(|line| line.starts_with('@'));
            blank || !(header || block || decorated)
        }
    }
}

/// A bracket or a string is open: even an empty line goes on.
fn is_open(error: &SyntaxError) -> bool {
    let msg = &error.msg;
    msg.ends_with("was never closed") || msg.starts_with("unterminated triple-quoted") || msg.starts_with("unexpected EOF")
}

/// Is there anything but comments?
pub fn is_empty(text: &str) -> bool {
    text.lines().all(|line| matches!(line.trim_start().chars().next(), None | Some('#')))
}

/// Does the text begin with a statement that has a block?
fn is_compound(text: &str) -> bool {
    let source = SourceFile::from_text(text);
    let tokens = syntax::tokens(&source);
    let first = tokens.iter().find(|token| token.kind != TokenKind::Newline);
    let word = first.map_or("", |token| &source.text()[token.start as usize..token.end as usize]);
    matches!(word, "if" | "while" | "for" | "try" | "with" | "def" | "class" | "async" | "@")
        || word == "match" && tokens.iter().any(|token| token.kind == TokenKind::Indent)
}

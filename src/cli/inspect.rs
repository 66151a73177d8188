//! `uncoil dis`, `uncoil ast` and `uncoil symtable`: what the compiler makes of a file.

use std::{process::ExitCode, sync::Arc};

use serde_json::{Value, json};

use crate::{
    bytecode::{self, code::CodeObject, dis, pyc},
    compiler::symtable::{SymbolTable, report},
    heap::ObjRef,
    interpreter,
    objects::{Body, Objects},
    syntax::{
        self, Mode, dump,
        error::{SyntaxError, Warning},
    },
    vm::{
        Config, Vm,
        hooks::NoHooks,
        host::{Answer, Host, Request, Stream},
    },
};

#[derive(clap::Args)]
pub struct DisArguments {
    /// One JSON document a file, in the schema of the oracle's code dumps
    #[arg(long)]
    json: bool,
    /// Run each file first, and show its code as it then is: the forms that opcodes have taken
    #[arg(long, conflicts_with = "json")]
    adaptive: bool,
    /// 0, 1 (no assertions) or 2 (no docstrings)
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    optimize: u8,
    #[arg(required = true)]
    files: Vec<String>,
}

#[derive(clap::Args)]
pub struct AstArguments {
    /// What the text is: `exec` a file, `single` a statement at the prompt, `eval` an expression
    #[arg(long, default_value = "exec", value_parser = ["exec", "single", "eval"])]
    mode: String,
    /// Print errors as JSON, a line each, where the tree would stand
    #[arg(long)]
    json: bool,
    #[arg(required = true)]
    files: Vec<String>,
}

#[derive(clap::Args)]
pub struct SymtableArguments {
    /// One JSON document a file
    #[arg(long)]
    json: bool,
    #[arg(required = true)]
    files: Vec<String>,
}

/// The symbol tables of each file.
pub fn symtable(arguments: &SymtableArguments) -> ExitCode {
    each_file(&arguments.files, |file, bytes| {
        match syntax::parse_bytes(bytes, Mode::Exec).and_then(|parsed| report::tables(&parsed.module)) {
            Ok(table) if arguments.json => {
                let document = json!({"file": file, "table": report::document(&table, SymbolTable::TOP)});
                super::run::print(&(document.to_string() + "\n"))
            }
            Ok(table) => super::run::print(&report::text(&table)),
            Err(error) if arguments.json => super::run::print(&(json!({"file": file, "error": error_document(&error)}).to_string() + "\n")),
            Err(error) => {
                eprint!("{}", interpreter::syntax_error_text(&error, bytes, file));
                false
            }
        }
    })
}

/// `ast.dump` of each file, a line each.
pub fn ast(arguments: &AstArguments) -> ExitCode {
    let mode = match &*arguments.mode {
        "single" => Mode::Single,
        "eval" => Mode::Eval,
        _ => Mode::Exec,
    };
    each_file(&arguments.files, |file, bytes| match syntax::parse_bytes(bytes, mode) {
        Ok(parsed) => super::run::print(&(dump::dump(&parsed.module) + "\n")),
        Err(error) if arguments.json => super::run::print(&(json!({"error": error_document(&error)}).to_string() + "\n")),
        Err(error) => {
            eprint!("{}", interpreter::syntax_error_text(&error, bytes, file));
            false
        }
    })
}

/// Runs a program, whose output nobody sees, and shows its code as `dis.dis(code, adaptive=True)` does.
fn running(file: &str, bytes: &[u8], optimize: u8) -> bool {
    let mut config = Config { optimize, ..Config::default() };
    config.script_dir = std::path::Path::new(&super::python::absolute(file)).parent().map(|folder| folder.display().to_string());
    config.argv = vec![file.to_owned()];
    let mut vm = match interpreter::load(bytes, file, config).1 {
        Ok(vm) => vm,
        Err(error) => {
            eprint!("{}", interpreter::syntax_error_text(&error, bytes, file));
            return false;
        }
    };
    let Some(main) = vm.python_frame(0).map(|frame| frame.code) else { return false };
    vm.incref(main);
    let mut all = Vec::new();
    all_code(&vm, main, &mut all);
    let mut host = Quiet(super::host::Process::new(Arc::default()));
    while interpreter::drive(&mut vm, &mut host, &mut NoHooks).is_none() {}
    let bytes_of = |code: &CodeObject| {
        let (_, object) = all.iter().find(|(it, _)| std::ptr::eq(&**it, code))?;
        vm.adaptive_code_of(*object)
    };
    let Some((code, _)) = all.first() else { return false };
    super::run::print(&dis::dis_running(code, &fake_address, &bytes_of))
}

/// The code objects in a code object, which comes first.
fn all_code(vm: &Vm, object: ObjRef, all: &mut Vec<(Arc<CodeObject>, ObjRef)>) {
    let Body::Code(record) = vm.heap.body(object) else { return };
    all.push((record.code.clone(), object));
    vm.heap.tuple(record.consts).unwrap_or_default().iter().for_each(|&constant| all_code(vm, constant, all));
}

/// The outside world, but what is written is forgotten.
struct Quiet(super::host::Process);

impl Host for Quiet {
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        self.0.answer(request)
    }
}

/// The code of each file, as `python3 -m dis` prints it or as JSON, a line each.
pub fn dis(arguments: &DisArguments) -> ExitCode {
    each_file(&arguments.files, |file, bytes| {
        if arguments.adaptive {
            return running(file, bytes, arguments.optimize);
        }
        if pyc::is_pyc(file, bytes) {
            return match pyc::read_verified(bytes) {
                Ok((code, _)) if arguments.json => super::run::print(&(document(file, arguments.optimize, &[], Ok(&code)) + "\n")),
                Ok((code, _)) => super::run::print(&dis::dis(&code, &fake_address)),
                Err(error) => {
                    eprintln!("uncoil: {file}: {error}");
                    false
                }
            };
        }
        let (warnings, outcome) = interpreter::compile_source(bytes, file, Mode::Exec, arguments.optimize);
        if arguments.json {
            return super::run::print(&(document(file, arguments.optimize, &warnings, outcome.as_deref()) + "\n"));
        }
        match outcome {
            Ok(code) => super::run::print(&dis::dis(&code, &fake_address)),
            Err(error) => {
                eprint!("{}", interpreter::syntax_error_text(&error, bytes, file));
                false
            }
        }
    })
}

/// Does something with the bytes of each file; the status says whether all went well.
pub fn each_file(files: &[String], mut work: impl FnMut(&str, &[u8]) -> bool) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    for file in files {
        match super::read_program(Some(file), None) {
            Ok((bytes, name)) => {
                if !work(&name, &bytes) {
                    status = ExitCode::FAILURE;
                }
            }
            Err(message) => status = super::complain(&message),
        }
    }
    status
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
pub fn fake_address(code: &Arc<CodeObject>) -> u64 {
    0x7f00_0000_0000 + 0x10 * u64::from(code.firstlineno.unsigned_abs())
}

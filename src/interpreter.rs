//! The façade: a program's source becomes a machine that is ready to run, and a machine that ran becomes an exit status.
//!
//! ```text
//!   Interpreter::load(bytes, "x.py") → Vm paused before the first instruction → drive(vm, host, hooks) → Exit
//! ```
//!
//! Start-up and shutdown are here, and the import system in [`import`]. Counterpart in CPython 3.11: `Python/pylifecycle.c`,
//! `Python/pythonrun.c`.

pub mod import;
pub mod traceback;

use std::sync::Arc;

use crate::{
    builtins,
    bytecode::{
        code::CodeObject,
        pyc::{self, PycError},
    },
    compiler,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, module::Module},
    stdlib,
    syntax::{
        self, Input, Mode,
        error::{SyntaxError, SyntaxErrorType, Warning},
    },
    text::source::SourceFile,
    vm::{
        Config, Raised, Res, Vm,
        exec::RunEnd,
        hooks::{Hooks, NoHooks},
        host::{Host, Stream},
    },
};

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The process's exit status.
    pub status: i32,
    /// The exception that ended it: its type's name, its text and what was printed for it.
    pub exception: Option<Uncaught>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncaught {
    pub type_name: String,
    pub message: String,
    pub traceback: String,
    /// The code that SystemExit carries, as its text.
    pub code: Option<String>,
}

/// Compiles a source text.
pub fn compile_source(bytes: &[u8], filename: &str, mode: Mode, optimize: u8) -> (Vec<Warning>, Result<Arc<CodeObject>, SyntaxError>) {
    let mut issued = Vec::new();
    let parsed = match syntax::parse(Input::of_program(bytes, filename), mode, &mut issued) {
        Ok(parsed) => parsed,
        Err(error) => return (issued, Err(error)),
    };
    let mut warnings = parsed.warnings;
    let options = compiler::Options { optimize, ..compiler::Options::new(filename) };
    match compiler::compile_with_warnings(&parsed.module, &options) {
        Ok(compiled) => {
            warnings.extend(compiled.warnings);
            (warnings, Ok(compiled.code))
        }
        Err(mut failure) => {
            warnings.extend(failure.warnings);
            if failure.error.text.is_none() && !filename.starts_with('<') {
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

/// A machine with builtins and `sys`, and no program yet.
pub fn boot(config: Config) -> Vm {
    let mut vm = Vm::new(Vec::new(), config);
    vm.format_exception = traceback::format_exception;
    builtins::install(&mut vm);
    import::install(&mut vm);
    // The namespaces of builtins and sys exist before their modules.
    let (builtins_dict, sys_dict) = (vm.builtins, vm.sys_dict);
    for (name, dict) in [("builtins", builtins_dict), ("sys", sys_dict)] {
        let module = new_module_around(&mut vm, name, dict);
        if let Some((_, fill)) = stdlib::MODULES.iter().find(|(module, _)| *module == name) {
            fill(&mut vm, dict);
        }
        let modules = vm.modules;
        vm.dict_set_text(modules, name, module);
    }
    vm
}

/// A module object around an existing dict, which it counts.
fn new_module_around(vm: &mut Vm, name: &str, dict: ObjRef) -> ObjRef {
    vm.incref(dict);
    let text = vm.new_interned(name);
    vm.incref(text);
    let key = vm.names.name;
    vm.dict_set_str(dict, key, text);
    vm.alloc_tracked(MODULE, 0, Body::Module(Box::new(Module { dict, name: text })))
}

/// A new module with the attributes that every module has from the start; owned.
pub fn new_module(vm: &mut Vm, name: &str) -> ObjRef {
    let dict = vm.new_dict();
    let module = new_module_around(vm, name, dict);
    for attribute in ["__doc__", "__package__", "__loader__", "__spec__"] {
        let none = vm.none();
        vm.dict_set_text(dict, attribute, none);
    }
    vm.decref(dict);
    module
}

/// Makes compiled code the program `__main__` of a machine: the next instruction is its first.
pub fn start_main(vm: &mut Vm, code: &Arc<CodeObject>, file: Option<&str>) {
    let module = new_module(vm, "__main__");
    let Body::Module(record) = vm.heap.body(module) else { unreachable!("just made") };
    let dict = record.dict;
    let annotations = vm.new_dict();
    vm.dict_set_text(dict, "__annotations__", annotations);
    let builtins = vm.dict_get_text(vm.modules, "builtins").expect("made at the start");
    vm.incref(builtins);
    vm.dict_set_text(dict, "__builtins__", builtins);
    if let Some(file) = file {
        let file = vm.new_str(file);
        vm.dict_set_text(dict, "__file__", file);
        let none = vm.none();
        vm.dict_set_text(dict, "__cached__", none);
    }
    let modules = vm.modules;
    vm.dict_set_text(modules, "__main__", module);
    let code = vm.new_code(code);
    let started = vm.start(code, dict);
    debug_assert!(started.is_ok(), "a module's code takes no arguments");
    vm.decref(code);
}

/// Runs code with the variables of the Python frame at `depth`, as `exec` and `eval` there would.
pub fn call_in_frame(vm: &mut Vm, depth: usize, code: &Arc<CodeObject>) -> Res {
    let globals = vm.python_frame(depth).expect("a Python frame").globals;
    let locals = builtins::types::frame::locals_of_running(vm, depth);
    let code = vm.new_code(code);
    let result = vm.call_code(code, globals, locals, None);
    vm.decref(code);
    result
}

/// A machine with a program ready to run, or the program's syntax error.
pub fn load(bytes: &[u8], filename: &str, config: Config) -> (Vec<Warning>, Result<Vm, SyntaxError>) {
    load_into(bytes, filename, config.optimize, || boot(config))
}

/// The same with a machine of the caller's, which is only made if the program is without errors.
pub fn load_into(bytes: &[u8], filename: &str, optimize: u8, machine: impl FnOnce() -> Vm) -> (Vec<Warning>, Result<Vm, SyntaxError>) {
    let (warnings, code) = compile_source(bytes, filename, Mode::Exec, optimize);
    let code = code.map_err(|error| told_for_file(error, bytes, filename));
    let vm = code.map(|code| {
        let mut vm = machine();
        remember_source(&mut vm, filename, bytes);
        start_main(&mut vm, &code, (!filename.starts_with('<')).then_some(filename));
        vm
    });
    (warnings, vm)
}

/// A machine with the code of a `.pyc` file ready to run, or why it is not run.
///
/// # Errors
///
/// One line that names what is wrong with the file.
pub fn load_pyc(bytes: &[u8], filename: &str, config: Config) -> Result<Vm, PycError> {
    let (code, _) = pyc::read_verified(bytes)?;
    let mut vm = boot(config);
    start_main(&mut vm, &code, Some(filename));
    Ok(vm)
}

/// What running a file says of it where its bytes are at fault; CPython words that differently from `compile`.
pub fn told_for_file(error: SyntaxError, bytes: &[u8], filename: &str) -> SyntaxError {
    if error.text.is_some() || filename.starts_with('<') {
        return error;
    }
    let placeless = |msg: String| SyntaxError::without_place(SyntaxErrorType::SyntaxError, &msg);
    if let Some(nul) = bytes.iter().position(|&byte| byte == 0) {
        let line = bytes[..nul].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let error = placeless("source code cannot contain null bytes".to_string());
        return SyntaxError { lineno: Some(line as i64), text: Some("".into()), ..error };
    }
    let Err(decoding) = SourceFile::from_bytes(bytes) else { return error };
    if let Some(encoding) = decoding.encoding {
        return placeless(format!("encoding problem: {encoding}"));
    }
    let Err(utf8) = std::str::from_utf8(bytes) else { return error };
    let at = utf8.valid_up_to();
    let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    placeless(format!(
        "Non-UTF-8 code starting with '\\x{:02x}' in file {filename} on line {line}, but no encoding declared; see \
         https://peps.python.org/pep-0263/ for details",
        bytes[at]
    ))
}

/// What a command prints of a file that does not compile.
pub fn syntax_error_text(error: &SyntaxError, bytes: &[u8], filename: &str) -> String {
    traceback::format_syntax_error(&told_for_file(error.clone(), bytes, filename), filename)
}

/// Keeps a file's text for tracebacks.
pub fn remember_source(vm: &mut Vm, filename: &str, bytes: &[u8]) {
    if let Ok(source) = SourceFile::from_bytes(bytes) {
        vm.sources.insert(filename.into(), Arc::new(source));
    }
}

/// Runs a machine, answering its requests, until the program ends or a hook stops it (then `None`).
pub fn drive<H: Hooks>(vm: &mut Vm, host: &mut dyn Host, hooks: &mut H) -> Option<Result<ObjRef, Raised>> {
    loop {
        let end = vm.run(hooks);
        pass_output(vm, host);
        match end {
            RunEnd::Finished(result) => return Some(result),
            RunEnd::Stopped => return None,
            RunEnd::Request => {
                let request = vm.request.clone().expect("it waits for something");
                let answer = host.answer(&request);
                vm.answer(answer);
            }
        }
    }
}

/// Hands the output written so far to the host.
pub fn pass_output(vm: &mut Vm, host: &mut dyn Host) {
    for chunk in vm.take_output() {
        host.write(chunk.stream, &chunk.bytes);
    }
}

/// What the end of a program means: exit status, and the traceback on stderr if an exception ended it.
pub fn conclude(vm: &mut Vm, result: Result<ObjRef, Raised>) -> Exit {
    let raised = match result {
        Ok(value) => {
            vm.decref(value);
            return Exit { status: 0, exception: None };
        }
        Err(raised) => raised,
    };
    let type_name = vm.type_name(raised.0).to_string();
    let message = traceback::message_of(vm, raised.0);
    if vm.exception_matches(raised.0, SYSTEM_EXIT) {
        let code = vm.heap.exception(raised.0).and_then(|exception| exception.fields.first().copied().flatten());
        let text = code.map(|code| vm.repr_lossy(code));
        let status = match code {
            None | Some(NONE) => 0,
            Some(code) if vm.is_int(code) => vm.small_value(code).map_or(-1, |code| code as i32) & 0xff,
            Some(code) => {
                let text = traceback::text_of(vm, code) + "\n";
                vm.write(Stream::Stderr, text.as_bytes());
                1
            }
        };
        vm.decref(raised.0);
        return Exit { status, exception: Some(Uncaught { type_name, message, traceback: String::new(), code: text }) };
    }
    let traceback = traceback::format_exception(vm, raised.0);
    vm.write(Stream::Stderr, traceback.as_bytes());
    let status = if vm.exception_matches(raised.0, KEYBOARD_INTERRUPT) { 130 } else { 1 };
    vm.decref(raised.0);
    Exit { status, exception: Some(Uncaught { type_name, message, traceback, code: None }) }
}

/// Takes the program's modules down: what they hold dies, finalizers run, cycles are collected.
///
/// Counterpart: `finalize_modules`.
pub fn shutdown(vm: &mut Vm, host: &mut dyn Host) {
    run_exit_functions(vm, host);
    let modules = vm.modules;
    let names: Vec<ObjRef> = vm.heap.dict(modules).map(|dict| dict.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    for name in names {
        if matches!(&*vm.name_text(name), "sys" | "builtins") {
            continue;
        }
        vm.dict_del_str(modules, name);
        settle(vm, host);
    }
    vm.collect(2);
    settle(vm, host);
    pass_output(vm, host);
}

fn run_exit_functions(vm: &mut Vm, host: &mut dyn Host) {
    let Some(module) = vm.dict_get_text(vm.modules, "atexit") else { return };
    let name = vm.new_interned("_run_exitfuncs");
    if let Ok(Some(function)) = vm.lookup_attribute_now(module, name) {
        let depth = vm.frames.len();
        let result = match vm.call(function, &[]) {
            Ok(outcome) => vm.finish_now(depth, outcome),
            Err(raised) => Err(raised),
        };
        vm.decref(function);
        match result {
            Ok(value) => vm.decref(value),
            Err(raised) => vm.write_unraisable(raised, None),
        }
    }
    vm.decref(name);
    pass_output(vm, host);
}

/// Lets the Python code run that dying objects left to be run.
fn settle(vm: &mut Vm, host: &mut dyn Host) {
    while !vm.pending.is_empty() {
        vm.attention = false;
        if vm.run_pending() {
            vm.receive(0, crate::vm::frame::Receive::Exit);
            if let Some(Ok(value)) = drive(vm, host, &mut NoHooks) {
                vm.decref(value);
            }
        }
    }
    vm.attention = false;
}

//! The façade: a program's source becomes a machine that is ready to run, and a machine that ran becomes an exit status.
//!
//! ```text
//!   Interpreter::load(bytes, "x.py") → Vm paused before the first instruction → drive(vm, host, hooks) → Exit
//! ```
//!
//! Start-up and shutdown are here, and the import system in [`import`]. Counterpart in CPython 3.11: `Python/pylifecycle.c`,
//! `Python/pythonrun.c`.

pub mod files;
pub mod finish;
pub mod import;
pub mod importlib;
pub mod interactive;
pub mod run_module;
pub mod traceback;
pub mod unraisable;

pub use crate::builtins::types::frame::jump; // a paused frame goes on elsewhere
pub use finish::{conclude, shutdown};
pub use run_module::{load_module, load_module_to_start};

use std::sync::Arc;

use crate::{
    builtins::{
        self,
        functions::code::{syntax_error, warn},
    },
    bytecode::{
        code::CodeObject,
        pyc::{self, PycError},
    },
    compiler,
    heap::ObjRef,
    interpreter::importlib::Origin,
    objects::{Body, Objects, core_types::*, module::Module},
    stdlib::{self, _warnings},
    syntax::{
        self, Input, Mode,
        error::{SyntaxError, SyntaxErrorType, Warning},
    },
    text::source::SourceFile,
    vm::{Config, Raised, Res, Vm, exec::RunEnd, hooks::Hooks, host::Host},
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
    compile_input(Input::of_program(bytes, filename), filename, mode, optimize, 0)
}

/// The same for a text that was never bytes, a line at the prompt, under the future features of those before it.
pub fn compile_text(
    text: &str,
    filename: &str,
    mode: Mode,
    optimize: u8,
    flags: u32,
) -> (Vec<Warning>, Result<Arc<CodeObject>, SyntaxError>) {
    compile_input(Input::Text(text), filename, mode, optimize, flags)
}

fn compile_input(
    input: Input<'_>,
    filename: &str,
    mode: Mode,
    optimize: u8,
    flags: u32,
) -> (Vec<Warning>, Result<Arc<CodeObject>, SyntaxError>) {
    let mut issued = Vec::new();
    let parsed = match syntax::parse(input, mode, &mut issued) {
        Ok(parsed) => parsed,
        Err(error) => return (issued, Err(error)),
    };
    let mut warnings = parsed.warnings;
    let options = compiler::Options { optimize, flags, ..compiler::Options::new(filename) };
    match compiler::compile_with_warnings(&parsed.module, &options) {
        Ok(compiled) => {
            warnings.extend(compiled.warnings);
            (warnings, Ok(compiled.code))
        }
        Err(mut failure) => {
            warnings.extend(failure.warnings);
            if let (None, Input::File(bytes)) = (&failure.error.text, input) {
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
    vm.print_exception = traceback::print_exception;
    let limit = vm.config.memory_limit;
    vm.set_memory_limit(limit);
    if let Some(seed) = vm.config.schedule {
        vm.threads.schedule = crate::vm::threads::Schedule::seeded(seed);
    }
    vm.unraisable = unraisable::tell;
    vm.warn = |vm, category, text, place, source| match place {
        Some((file, line)) => _warnings::warn_at(vm, category, text, file, line),
        None => _warnings::warn_text(vm, category, text, source),
    };
    builtins::install(&mut vm);
    import::install(&mut vm);
    unraisable::install(&mut vm);
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
    importlib::install(&mut vm);
    import::install_finders(&mut vm);
    let warnings = new_module(&mut vm, "_warnings");
    let Body::Module(record) = vm.heap.body(warnings) else { unreachable!("just made") };
    let dict = record.dict;
    _warnings::fill(&mut vm, dict);
    let modules = vm.modules;
    vm.dict_set_text(modules, "_warnings", warnings);
    for (name, dict) in [("sys", sys_dict), ("builtins", builtins_dict)] {
        let loader = importlib::new_loader(&mut vm, name, &Origin::Builtin);
        vm.incref(loader);
        vm.dict_set_text(dict, "__loader__", loader);
        let spec = importlib::new_spec(&mut vm, name, loader, &Origin::Builtin, None, None);
        vm.dict_set_text(dict, "__spec__", spec);
    }
    if !vm.config.no_site {
        stdlib::_sitebuiltins::install(&mut vm);
    }
    vm.builtins_count = vm.heap.dict(builtins_dict).map_or(0, |dict| dict.iter().count());
    // The start leaves a dead slice behind, which serves the first one of the program.
    let slice = vm.new_slice(NONE, NONE, NONE);
    vm.decref(slice);
    vm.heap.collector.begin_program(COUNTS_AT_START);
    vm
}

/// `gc.get_count()` of a CPython that has just started and has not compiled the program yet.
const COUNTS_AT_START: [u32; 3] = [228, 0, 2];

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

/// The module `__main__`, which is there before any program runs in it; its namespace, borrowed.
pub fn new_main(vm: &mut Vm) -> ObjRef {
    let module = new_module(vm, "__main__");
    let Body::Module(record) = vm.heap.body(module) else { unreachable!("just made") };
    let dict = record.dict;
    let annotations = vm.new_dict();
    vm.dict_set_text(dict, "__annotations__", annotations);
    let builtins = vm.dict_get_text(vm.modules, "builtins").expect("made at the start");
    vm.incref(builtins);
    vm.dict_set_text(dict, "__builtins__", builtins);
    let loader = importlib::new_loader(vm, "__main__", &Origin::Builtin);
    vm.dict_set_text(dict, "__loader__", loader);
    let modules = vm.modules;
    vm.dict_set_text(modules, "__main__", module);
    dict
}

/// Makes compiled code the program `__main__` of a machine: the next instruction is its first.
pub fn start_main(vm: &mut Vm, code: &Arc<CodeObject>, file: Option<&str>) {
    let dict = new_main(vm);
    if file == Some("<stdin>") {
        let file = vm.new_str("<stdin>");
        vm.dict_set_text(dict, "__file__", file);
        let none = vm.none();
        vm.dict_set_text(dict, "__cached__", none);
    } else if let Some(file) = file {
        let origin = if file.ends_with(".pyc") { Origin::Sourceless(file.into()) } else { Origin::Source(file.into()) };
        let loader = importlib::new_loader(vm, "__main__", &origin);
        vm.dict_set_text(dict, "__loader__", loader);
        let file = vm.new_str(file);
        vm.dict_set_text(dict, "__file__", file);
        let none = vm.none();
        vm.dict_set_text(dict, "__cached__", none);
    }
    vm.begin_program(COUNTS_AT_START[0]);
    vm.pass_compilation(code);
    start_code(vm, code, dict);
}

/// The next instruction is the first of this code.
pub fn start_code(vm: &mut Vm, code: &Arc<CodeObject>, namespace: ObjRef) {
    let code = vm.new_code(code);
    let started = vm.start(code, namespace);
    debug_assert!(started.is_ok(), "a module's code takes no arguments");
    vm.decref(code);
}

/// Runs code with the variables of the Python frame at `depth`, as `exec` and `eval` there would.
pub fn call_in_frame(vm: &mut Vm, depth: usize, code: &Arc<CodeObject>) -> Res {
    let globals = vm.python_frame(depth).expect("a Python frame").globals;
    let locals = vm.locals_of_running(depth);
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

/// A machine that runs a program; a program that does not compile is one that raises its syntax error.
pub fn load_source(bytes: &[u8], filename: &str, config: Config) -> Vm {
    let (warnings, code) = compile_source(bytes, filename, Mode::Exec, config.optimize);
    let mut vm = boot(config);
    remember_source(&mut vm, filename, bytes);
    let file = (filename != "<string>").then_some(filename);
    let outcome = match (warn(&mut vm, filename, warnings.iter()), code) {
        (Err(raised), _) => Err(raised),
        (Ok(()), Ok(code)) => {
            start_main(&mut vm, &code, file);
            vm.keep_literals();
            return vm;
        }
        (Ok(()), Err(error)) => {
            let error = told_for_file(error, bytes, filename);
            Err(syntax_error(&mut vm, &error, filename))
        }
    };
    new_main(&mut vm);
    vm.result = Some(outcome);
    vm.attention = true;
    vm
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
pub fn drive(vm: &mut Vm, host: &mut dyn Host, hooks: &mut dyn Hooks) -> Option<Result<ObjRef, Raised>> {
    loop {
        let end = vm.run(hooks);
        pass_output(vm, host);
        match end {
            RunEnd::Finished(result) => return Some(result),
            RunEnd::Stopped => return None,
            RunEnd::Deadlocked => finish::deadlocked(vm, host),
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

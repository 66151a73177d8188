//! `compile`, `exec`, `eval`: from text to code objects and into them.
//!
//! The code runs in a frame of its own above the caller's, so that a debugger steps into it like into a function.
//! Counterpart in CPython 3.11: `builtin_compile_impl`, `builtin_exec_impl`, `builtin_eval_impl`.

use std::sync::Arc;

use crate::{
    builtins::{syntax_tree, types::list::index_argument},
    bytecode::code::CodeObject,
    compiler::{self, future},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    syntax::{
        self, Input, Mode,
        ast::Mod,
        error::{SyntaxError, SyntaxErrorType, Warning},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::Named};
    vec![
        Def::function(
            "compile",
            Named("source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1"),
            compile,
        ),
        Def::function("exec", Named("source, globals=None, locals=None, /, *, closure=None"), exec),
        Def::function("eval", Named("source, globals=None, locals=None, /"), eval),
        Def::function("breakpoint", Signature::Any, breakpoint),
    ]
}

/// Flags of `compile()` that ask for a syntax tree instead of code.
const ONLY_AST: i64 = 0x400;
/// Other flags of `compile()` that may be given: `PyCF_DONT_IMPLY_DEDENT`, `PyCF_TYPE_COMMENTS`,
/// `PyCF_ALLOW_TOP_LEVEL_AWAIT`, `PyCF_ALLOW_INCOMPLETE_INPUT`.
const OTHER_FLAGS: i64 = 0x200 | 0x1000 | 0x2000 | 0x4000;

/// What a text to be compiled is given as.
enum Source {
    Text(String),
    Bytes(Vec<u8>),
}

/// The text of the first argument; the message names the function.
fn source_of(vm: &mut Vm, object: ObjRef, function: &str, what: &str) -> Result<Source, Raised> {
    let text = match vm.heap.body(object) {
        Body::Str(text) => text.clone(),
        Body::Bytes(bytes) => return Ok(Source::Bytes(bytes.to_vec())),
        _ => match vm.heap.buffer(object) {
            Some(bytes) => return Ok(Source::Bytes(bytes.into_owned())),
            None => return Err(vm.type_error(format!("{function}() arg 1 must be a {what}"))),
        },
    };
    match text.to_utf8() {
        Some(text) => Ok(Source::Text(text)),
        None => {
            let at = text.iter().position(|c| char::from_u32(c).is_none()).unwrap_or(0);
            let c = text.at(at);
            let message = format!("'utf-8' codec can't encode character '\\u{c:04x}' in position {at}: surrogates not allowed");
            Err(vm.raise(VALUE_ERROR, message))
        }
    }
}

/// Compiles a text to a code object, owned; warnings go to stderr.
fn compile_source(vm: &mut Vm, source: &Source, filename: &str, mode: Mode, optimize: u8, flags: u32) -> Result<ObjRef, Raised> {
    let input = match source {
        Source::Text(text) => Input::Text(text),
        Source::Bytes(bytes) => Input::Bytes(bytes),
    };
    let text = match source {
        Source::Text(text) => Some(text.as_str()),
        Source::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
    };
    let mut issued = Vec::new();
    let parsed = match syntax::parse(input, mode, &mut issued) {
        Ok(parsed) => parsed,
        Err(error) => {
            warn_of(vm, filename, text, issued.iter())?;
            return Err(syntax_error(vm, &error, filename));
        }
    };
    let options = compiler::Options { optimize, flags, ..compiler::Options::new(filename) };
    match compiler::compile_with_warnings(&parsed.module, &options) {
        Ok(compiled) => {
            warn_of(vm, filename, text, parsed.warnings.iter().chain(&compiled.warnings))?;
            vm.pass_compilation(&compiled.code);
            let from = vm.units.len();
            let code = vm.new_code(&compiled.code);
            vm.note_compiled(from, filename);
            Ok(code)
        }
        Err(failure) => {
            warn_of(vm, filename, text, parsed.warnings.iter().chain(&failure.warnings))?;
            Err(syntax_error(vm, &failure.error, filename))
        }
    }
}

/// The tree of a text; warnings go to stderr.
fn parse_source(vm: &mut Vm, source: &Source, filename: &str, mode: Mode) -> Result<Mod, Raised> {
    let (input, text) = match source {
        Source::Text(text) => (Input::Text(text), Some(text.as_str())),
        Source::Bytes(bytes) => (Input::Bytes(bytes), std::str::from_utf8(bytes).ok()),
    };
    let mut issued = Vec::new();
    match syntax::parse(input, mode, &mut issued) {
        Ok(parsed) => {
            warn_of(vm, filename, text, parsed.warnings.iter())?;
            Ok(parsed.module)
        }
        Err(error) => {
            warn_of(vm, filename, text, issued.iter())?;
            Err(syntax_error(vm, &error, filename))
        }
    }
}

/// The tree of the text that `function` was given.
///
/// # Errors
///
/// TypeError for what is no text, SyntaxError for one that is no program.
pub fn tree_of(vm: &mut Vm, source: ObjRef, filename: &str, mode: Mode, function: &str) -> Result<Mod, Raised> {
    let source = source_of(vm, source, function, "string or bytes")?;
    parse_source(vm, &source, filename, mode)
}

/// Compiles a tree of node objects.
fn compile_tree(vm: &mut Vm, tree: ObjRef, filename: &str, mode: Mode, optimize: u8, flags: u32) -> Res {
    let module = syntax_tree::read(vm, tree)?;
    let expected = match mode {
        Mode::Exec => "Module",
        Mode::Single => "Interactive",
        Mode::Eval => "Expression",
    };
    let given = match module {
        Mod::Module { .. } => "Module",
        Mod::Interactive { .. } => "Interactive",
        Mod::Expression { .. } => "Expression",
    };
    if given != expected {
        return Err(vm.type_error(format!("expected {expected} node, got {given}")));
    }
    let options = compiler::Options { optimize, flags, ..compiler::Options::new(filename) };
    match compiler::compile_with_warnings(&module, &options) {
        Ok(compiled) => {
            warn_of(vm, filename, None, compiled.warnings.iter())?;
            let from = vm.units.len();
            let code = vm.new_code(&compiled.code);
            vm.note_compiled(from, filename);
            done(code)
        }
        Err(failure) => {
            warn_of(vm, filename, None, failure.warnings.iter())?;
            Err(syntax_error(vm, &failure.error, filename))
        }
    }
}

/// Issues the warnings of a compilation.
///
/// # Errors
///
/// A filter may make an exception of a warning.
pub fn warn<'a>(vm: &mut Vm, filename: &str, warnings: impl Iterator<Item = &'a Warning>) -> Result<(), Raised> {
    warn_of(vm, filename, None, warnings)
}

/// The same for a text that is in no file.
fn warn_of<'a>(vm: &mut Vm, filename: &str, text: Option<&str>, warnings: impl Iterator<Item = &'a Warning>) -> Result<(), Raised> {
    for warning in warnings {
        let category = if warning.category == "DeprecationWarning" { DEPRECATION_WARNING } else { SYNTAX_WARNING };
        let issued = (vm.warn)(vm, category, &warning.msg, Some((filename, i64::from(warning.lineno))), None);
        if let Err(raised) = issued {
            // What is wrong with the text is a syntax error.
            if !vm.exception_matches(raised.0, category) {
                return Err(raised);
            }
            vm.decref(raised.0);
            let by_compiler = warning.place.is_some_and(|place| place.by_compiler);
            let line = match text.filter(|_| !by_compiler) {
                Some(text) => text.lines().nth(warning.lineno as usize - 1).map(|line| format!("{line}\n")),
                None => vm.sources.get(filename).and_then(|source| source.line_as_written(warning.lineno as usize)),
            };
            let error = SyntaxError::without_place(SyntaxErrorType::SyntaxError, &warning.msg);
            let line = line.filter(|_| !by_compiler || !filename.starts_with('<'));
            let error = SyntaxError {
                lineno: Some(warning.lineno.into()),
                offset: warning.place.map(|place| place.offset),
                end_lineno: warning.place.map(|place| place.end_lineno),
                end_offset: warning.place.map(|place| place.end_offset),
                text: line.map(Into::into),
                ..error
            };
            return Err(syntax_error(vm, &error, filename));
        }
    }
    Ok(())
}

/// The exception that a failed compilation raises.
pub fn syntax_error(vm: &mut Vm, error: &SyntaxError, filename: &str) -> Raised {
    let ty = match error.kind {
        SyntaxErrorType::SyntaxError => SYNTAX_ERROR,
        SyntaxErrorType::IndentationError => INDENTATION_ERROR,
        SyntaxErrorType::TabError => TAB_ERROR,
        SyntaxErrorType::MemoryError => MEMORY_ERROR,
        SyntaxErrorType::RecursionError => RECURSION_ERROR,
        SyntaxErrorType::OverflowError => OVERFLOW_ERROR,
        SyntaxErrorType::UnicodeDecodeError | SyntaxErrorType::ValueError => VALUE_ERROR,
    };
    if !matches!(ty, SYNTAX_ERROR | INDENTATION_ERROR | TAB_ERROR) || error.lineno.is_none() {
        return vm.raise(ty, error.msg.as_str());
    }
    let number = |vm: &mut Vm, value: Option<i64>| match value {
        Some(value) => vm.new_int(value),
        None => vm.none(),
    };
    let file = vm.new_str(filename);
    let (lineno, offset) = (number(vm, error.lineno), number(vm, error.offset));
    let text = match &error.text {
        Some(text) => vm.new_str(&**text),
        None => vm.none(),
    };
    let (end_lineno, end_offset) = (number(vm, error.end_lineno), number(vm, error.end_offset));
    let details = vm.new_tuple([file, lineno, offset, text, end_lineno, end_offset]);
    let message = vm.new_str(error.msg.as_str());
    let args = vm.new_tuple([message, details]);
    vm.raise_args(ty, args)
}

/// The `from __future__` features of the code that calls.
fn inherited_flags(vm: &Vm) -> u32 {
    let Some((_, frame)) = vm.top_python_frame() else { return 0 };
    match vm.heap.body(frame.code) {
        Body::Code(code) => code.flags & future::MASK,
        _ => 0,
    }
}

fn compile(vm: &mut Vm, args: Args) -> Res {
    let (source, filename, mode) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let filename = filename_of(vm, filename)?;
    let Some(mode_text) = vm.text(mode) else {
        let given = vm.type_name(mode);
        return Err(vm.type_error(format!("compile() argument 'mode' must be str, not {given}")));
    };
    let flags = number(vm, args.get(vm, 3), 0)?;
    if flags & !(i64::from(future::MASK) | ONLY_AST | OTHER_FLAGS) != 0 {
        return Err(vm.value_error("compile(): unrecognised flags"));
    }
    let inherit = number(vm, args.get(vm, 4), 0)? == 0;
    let optimize = match number(vm, args.get(vm, 5), -1)? {
        -1 => vm.config.optimize,
        level @ 0..=2 => level as u8,
        _ => return Err(vm.value_error("compile(): invalid optimize value")),
    };
    let mode = match &*mode_text.to_string_lossy() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let inherited = if inherit { inherited_flags(vm) } else { 0 };
    if syntax_tree::is_node(vm, source) {
        if flags & ONLY_AST != 0 {
            return done(vm.own(source));
        }
        return compile_tree(vm, source, &filename, mode, optimize, flags as u32 & future::MASK | inherited);
    }
    let source = source_of(vm, source, "compile", "string, bytes or AST object")?;
    if flags & ONLY_AST != 0 {
        let tree = parse_source(vm, &source, &filename, mode)?;
        return done(syntax_tree::build(vm, &tree));
    }
    done(compile_source(vm, &source, &filename, mode, optimize, flags as u32 & future::MASK | inherited)?)
}

/// A file's name: a str, bytes, something with `__fspath__`, or (with a warning) another buffer.
///
/// # Errors
///
/// TypeError for anything else.
pub fn filename_of(vm: &mut Vm, object: ObjRef) -> Result<String, Raised> {
    let depth = vm.frames.len();
    if !matches!(vm.heap.body(object), Body::Str(_) | Body::Bytes(_))
        && let Some(bytes) = vm.heap.buffer(object).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    {
        let given = vm.type_name(object);
        let message = format!("path should be string, bytes, or os.PathLike, not {given}");
        (vm.warn)(vm, DEPRECATION_WARNING, &message, None, None)?;
        return Ok(bytes);
    }
    let outcome = crate::stdlib::io::file::path_of(vm, object)?;
    let path = vm.finish_now(depth, outcome)?;
    let text = match vm.heap.body(path) {
        Body::Str(text) => text.to_string_lossy(),
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    };
    vm.decref(path);
    Ok(text)
}

fn number(vm: &mut Vm, object: Option<ObjRef>, default: i64) -> Result<i64, Raised> {
    match object {
        Some(object) => index_argument(vm, object),
        None => Ok(default),
    }
}

fn exec(vm: &mut Vm, args: Args) -> Res {
    let (source, globals, locals) = (args.at(vm, 0), args.given(vm, 1), args.given(vm, 2));
    let closure = args.given(vm, 3);
    let (globals, locals) = namespaces(vm, globals, locals, "exec")?;
    if let Body::Code(code) = vm.heap.body(source) {
        let free = code.code.freevars().count();
        match closure {
            None if free > 0 && args.get(vm, 3).is_none() => {
                return Err(vm.type_error("code object passed to exec() may not contain free variables"));
            }
            None if free > 0 => return Err(wrong_closure(vm, free)),
            Some(_) if free == 0 => return Err(vm.type_error("cannot use a closure with this code object")),
            Some(closure) => {
                let cells = vm.heap.tuple(closure).filter(|cells| cells.len() == free && cells.iter().all(|&cell| vm.ty(cell) == CELL));
                if cells.is_none() {
                    return Err(wrong_closure(vm, free));
                }
            }
            None => {}
        }
        return vm.call_code(source, globals, locals, closure);
    }
    if closure.is_some() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let text = source_of(vm, source, "exec", "string, bytes or code object")?;
    run(vm, &text, Mode::Exec, globals, locals)
}

fn wrong_closure(vm: &mut Vm, free: usize) -> Raised {
    vm.type_error(format!("code object requires a closure of exactly length {free}"))
}

fn eval(vm: &mut Vm, args: Args) -> Res {
    let (source, globals, locals) = (args.at(vm, 0), args.given(vm, 1), args.given(vm, 2));
    let (globals, locals) = namespaces(vm, globals, locals, "eval")?;
    if let Body::Code(code) = vm.heap.body(source) {
        if code.code.freevars().count() > 0 {
            return Err(vm.type_error("code object passed to eval() may not contain free variables"));
        }
        return vm.call_code(source, globals, locals, None);
    }
    let text = match source_of(vm, source, "eval", "string, bytes or code object")? {
        Source::Text(text) => Source::Text(text.trim_start_matches([' ', '\t']).to_string()),
        Source::Bytes(bytes) => {
            let start = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(bytes.len());
            Source::Bytes(bytes[start..].to_vec())
        }
    };
    run(vm, &text, Mode::Eval, globals, locals)
}

fn run(vm: &mut Vm, source: &Source, mode: Mode, globals: ObjRef, locals: ObjRef) -> Res {
    let (optimize, flags) = (vm.config.optimize, inherited_flags(vm));
    let code = compile_source(vm, source, "<string>", mode, optimize, flags)?;
    let result = vm.call_code(code, globals, locals, None);
    vm.decref(code);
    result
}

/// Where `exec` and `eval` run their code: what was given, or the caller's; borrowed.
fn namespaces(vm: &mut Vm, globals: Option<ObjRef>, locals: Option<ObjRef>, function: &str) -> Result<(ObjRef, ObjRef), Raised> {
    let (globals, locals) = match globals {
        Some(globals) => (globals, locals.unwrap_or(globals)),
        None => {
            let Some((depth, frame)) = vm.top_python_frame() else {
                return Err(vm.raise(SYSTEM_ERROR, "globals and locals cannot be NULL"));
            };
            let globals = frame.globals;
            let locals = match locals {
                Some(locals) => locals,
                None => vm.locals_of_running(depth),
            };
            (globals, locals)
        }
    };
    if vm.heap.dict(globals).is_none() {
        let given = vm.type_name(globals);
        return Err(match function {
            "exec" => vm.type_error(format!("exec() globals must be a dict, not {given}")),
            _ => vm.type_error("globals must be a dict"),
        });
    }
    let ty = vm.ty(locals);
    if vm.type_lookup(ty, vm.names.getitem).is_none() {
        let given = vm.type_name(locals);
        return Err(match function {
            "exec" => vm.type_error(format!("locals must be a mapping or None, not {given}")),
            _ => vm.type_error("locals must be a mapping"),
        });
    }
    if vm.dict_get_str(globals, vm.names.builtins).is_none() {
        let (name, builtins) = (vm.names.builtins, vm.own(vm.builtins));
        vm.dict_set_str(globals, name, builtins);
    }
    Ok((globals, locals))
}

/// Calls `sys.breakpointhook`, which stops a debugger.
fn breakpoint(vm: &mut Vm, args: Args) -> Res {
    match vm.dict_get_text(vm.sys_dict, "breakpointhook") {
        Some(hook) => {
            let (positional, keywords) = (args.from(vm, 0), args.keywords(vm));
            vm.call_keywords(hook, &positional, &keywords)
        }
        None => Err(vm.raise(RUNTIME_ERROR, "lost sys.breakpointhook")),
    }
}

/// Makes a code object of compiled code and runs it as the body of a module; the namespace is borrowed.
pub fn run_module(vm: &mut Vm, code: &Arc<CodeObject>, namespace: ObjRef) -> Result<Outcome, Raised> {
    let code = vm.new_code(code);
    let result = vm.call_code(code, namespace, namespace, None);
    vm.decref(code);
    result
}

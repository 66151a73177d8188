//! `uncoil trace FILE`: the state before every instruction, as JSON lines in the schema of the oracle's step traces.
//!
//! ```text
//!   {"n":7,"depth":1,"code":"f","off":4,"op":"LOAD_FAST","arg":0,"line":2,"stack":[…],"locals":{"x":{"t":"int",…}}}
//! ```

use std::{fmt::Write as _, io::Write, process::ExitCode};

use super::python::{self, Options, Program, Source};
use crate::{
    bytecode::{code::CO_OPTIMIZED, instr, opcode::Op, pyc},
    debugger::{breakpoints::is_like, world},
    heap::ObjRef,
    interpreter::{self, compile_source, files::Files},
    num::{BigInt, float_text, int_text},
    objects::{Body, Objects, core_types::*, equality::Number},
    syntax::Mode,
    text::{PyStr, repr},
    vm::{
        Config, Raised, Vm,
        frame::FrameKind,
        hooks::{Due, Hooks, NoHooks},
        host::{Answer, Host, Request, Shared, Stream},
    },
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Print the names of modules and class bodies too
    #[arg(long)]
    globals: bool,
    /// Stop after so many instructions
    #[arg(long, value_name = "N")]
    max_steps: Option<u64>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    program: Program,
}

/// Which instructions are printed; those left out are counted all the same.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Filter {
    /// Only instructions of this name; `*` stands for anything: CALL*, *JUMP*
    #[arg(long, value_name = "NAME")]
    opcode: Vec<String>,
    /// Only in functions of this name, or qualified name
    #[arg(long, value_name = "NAME")]
    function: Vec<String>,
    /// Only of these lines: 7, 3-9
    #[arg(long, value_name = "LINE[-LINE]", value_parser = parse_lines)]
    line: Vec<(u32, u32)>,
    /// From the N-th instruction on
    #[arg(long, value_name = "N")]
    from: Option<u64>,
    /// Up to the N-th instruction; the run stops there
    #[arg(long, value_name = "N")]
    to: Option<u64>,
    /// Stop after so many lines
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

impl Filter {
    fn prints(&self, n: u64, op: Op, function: &str, line: Option<u32>) -> bool {
        let is_function = |name: &String| name == function || function.strip_suffix(&**name).is_some_and(|rest| rest.ends_with('.'));
        let in_lines = |&(first, last): &(u32, u32)| line.is_some_and(|line| (first..=last).contains(&line));
        self.from.is_none_or(|from| n >= from)
            && (self.opcode.is_empty() || self.opcode.iter().any(|pattern| is_like(&pattern.to_ascii_uppercase(), op.name())))
            && (self.function.is_empty() || self.function.iter().any(is_function))
            && (self.line.is_empty() || self.line.iter().any(in_lines))
    }

    /// Opcodes that there are not.
    fn unknown(&self) -> Option<&str> {
        let is_known = |pattern: &String| Op::ALL.iter().any(|op| is_like(&pattern.to_ascii_uppercase(), op.name()));
        self.opcode.iter().find(|pattern| !is_known(pattern)).map(String::as_str)
    }
}

/// `7` or `3-9`
fn parse_lines(text: &str) -> Result<(u32, u32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse().map_err(|_| "lines are written 7 or 3-9".to_string());
    let (first, last) = (number(first)?, number(last)?);
    if first <= last { Ok((first, last)) } else { Err(format!("{first} comes after {last}")) }
}

pub fn main(arguments: &Arguments) -> ExitCode {
    if let Some(name) = arguments.filter.unknown() {
        return super::complain(&format!("--opcode: no instruction is called `{name}` in 3.11"));
    }
    let (source, args) = arguments.options.source(&arguments.program);
    let program = match &source {
        Source::File(file) => super::read_program(Some(file), None),
        Source::Code(code) => super::read_program(None, Some(code)),
        Source::Stdin => super::read_program(Some("-"), None),
        Source::Module(_) => Err("modules are traced by their files; -m works with uncoil run".to_string()),
        Source::None => Err("no program given".to_string()),
    };
    let program = program.and_then(|program| Ok((program, arguments.options.config(&source, args)?)));
    let ((bytes, name), config) = match program {
        Ok(program) => program,
        Err(message) => return super::complain(&message),
    };
    let name = if matches!(source, Source::File(_)) { python::absolute(&name) } else { name };
    let vm = if pyc::is_pyc(&name, &bytes) {
        match interpreter::load_pyc(&bytes, &name, config) {
            Ok(vm) => Ok(vm),
            Err(error) => return super::complain(&format!("{name}: {error}")),
        }
    } else {
        interpreter::load_into(&bytes, &name, 0, || machine_under_recorder(config)).1
    };
    let mut tracer = Tracer {
        out: std::io::BufWriter::with_capacity(1 << 16, std::io::stdout()),
        file: name.clone(),
        globals: arguments.globals,
        max_steps: arguments.max_steps.unwrap_or(u64::MAX).min(arguments.filter.to.unwrap_or(u64::MAX)),
        filter: arguments.filter.clone(),
        printed: 0,
        n: 0,
        line: String::new(),
        broken: false,
    };
    let mut host = Shared::new(Captured::default());
    let mut vm = match vm {
        Ok(vm) => vm,
        Err(error) => {
            let end = serde_json::json!({"end": true, "n": 0, "exit": format!("{:?}", error.kind), "message": error.msg, "stdout": ""});
            tracer.write(&end.to_string());
            let _ = tracer.out.flush(); // a closed pipe is no failure of ours
            return ExitCode::from(1);
        }
    };
    let mut end = serde_json::json!({"end": true, "n": 0});
    vm.aside = host.aside();
    match interpreter::drive(&mut vm, &mut host, &mut tracer) {
        None => {
            end["exit"] = serde_json::Value::Null;
            end["truncated"] = true.into();
        }
        Some(result) => {
            let exit = interpreter::conclude(&mut vm, result);
            match exit.exception {
                None => end["exit"] = serde_json::Value::Null,
                Some(exception) => {
                    end["exit"] = exception.type_name.clone().into();
                    match exception.type_name.as_str() {
                        "SystemExit" => {
                            end["code"] = match exception.code.as_deref() {
                                None | Some("None") => serde_json::Value::Null,
                                Some(code) => code.parse::<i64>().map_or_else(|_| code.trim_matches('\'').into(), Into::into),
                            }
                        }
                        _ => end["message"] = exception.message.into(),
                    }
                }
            }
        }
    }
    interpreter::pass_output(&mut vm, &mut host);
    end["n"] = tracer.n.into();
    end["stdout"] = String::from_utf8_lossy(&host.lock().stdout).into_owned().into();
    tracer.write(&end.to_string());
    let _ = tracer.out.flush(); // a closed pipe is no failure of ours
    ExitCode::SUCCESS
}

/// The oracle's traces are recorded by a trace function in the same process, by a program that has imported some modules
/// for itself: `tempfile`, hence `random`, hence `contextlib`. They hold `math.pi` and `functools.wraps`. And it starts with
/// `site`: the path files of installed packages want `importlib.util`, which holds `contextmanager`.
fn machine_under_recorder(config: Config) -> Vm {
    let prelude = compile_source(b"import importlib.util, random", "<recorder>", Mode::Exec, 0).1.expect("it is right");
    let mut vm = interpreter::boot(config);
    interpreter::start_main(&mut vm, &prelude, None);
    if let Some(Ok(value) | Err(Raised(value))) = interpreter::drive(&mut vm, &mut Captured::default(), &mut NoHooks) {
        vm.decref(value);
    }
    vm.collect(2);
    vm.revoke_grant();
    vm.count_as_traced();
    vm
}

/// A host that keeps standard output, with nothing to read.
#[derive(Default)]
struct Captured {
    stdout: Vec<u8>,
    files: Files,
}

impl Host for Captured {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        match stream {
            Stream::Stdout => self.stdout.extend_from_slice(bytes),
            Stream::Stderr => {
                let _ = std::io::stderr().write_all(bytes); // nowhere is left to complain to
            }
            Stream::Stdin => {}
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => Answer::Line(String::new()),
            Request::Time | Request::Monotonic => Answer::Seconds(0.0),
            Request::Entropy(n) => Answer::Bytes(vec![0; *n]),
            Request::Sleep(_) | Request::Wait(_) => Answer::Done,
            Request::WriteFile(path, bytes) => match super::compile::write(std::path::Path::new(path), bytes) {
                Ok(()) => Answer::Done,
                Err(error) => interpreter::files::failed(&error),
            },
            Request::File(request) => self.files.answer(request),
            request => world::look(request),
        }
    }
}

struct Tracer {
    out: std::io::BufWriter<std::io::Stdout>,
    file: String,
    globals: bool,
    max_steps: u64,
    filter: Filter,
    printed: u64,
    n: u64,
    line: String,
    broken: bool,
}

/// Instructions that CPython's tracing does not show.
fn is_hidden(op: Op) -> bool {
    matches!(op, Op::MAKE_CELL | Op::COPY_FREE_VARS | Op::RETURN_GENERATOR)
}

impl Hooks for Tracer {
    fn due(&mut self, vm: &mut Vm) -> Due {
        if self.n >= self.max_steps || self.broken || self.filter.limit.is_some_and(|limit| self.printed >= limit) {
            return Due::Stop;
        }
        self.record(vm);
        Due::Go(1)
    }
}

impl Tracer {
    fn write(&mut self, line: &str) {
        self.broken |= writeln!(self.out, "{line}").is_err();
    }

    fn record(&mut self, vm: &Vm) {
        let frame = vm.frame();
        let Body::Code(code) = vm.heap.body(frame.code) else { return };
        if *code.code.filename != *self.file || is_hidden(vm.unit_at(vm.pc as usize).op) {
            return;
        }
        let offset = code.offset_of(vm.pc);
        let Some(instr) = instr::at(&code.code.code, offset) else { return };
        self.n += 1;
        let position = code.position_at(offset);
        if !self.filter.prints(self.n, instr.op, &code.code.qualname, position.line) {
            return;
        }
        self.printed += 1;
        let depth = vm
            .frames
            .iter()
            .filter(|frame| match &frame.kind {
                FrameKind::Python(frame) => matches!(vm.heap.body(frame.code), Body::Code(code) if *code.code.filename == *self.file),
                FrameKind::Native(_) => false,
            })
            .count()
            - 1;
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        let _ = write!(
            line,
            "{{\"n\":{},\"depth\":{depth},\"code\":{},\"off\":{offset},\"op\":\"{}\",\"arg\":",
            self.n,
            quote(&code.code.qualname),
            instr.op.name()
        );
        if instr.op.has_arg() {
            let _ = write!(line, "{}", instr.arg);
        } else {
            line.push_str("null");
        }
        let _ = match position.line {
            Some(number) => write!(line, ",\"line\":{number},\"stack\":["),
            None => write!(line, ",\"line\":null,\"stack\":["),
        };
        let first = vm.base + code.nlocalsplus as usize;
        for (i, slot) in vm.stack[first..vm.sp].iter().enumerate() {
            if i > 0 {
                line.push(',');
            }
            push_value(vm, &mut line, *slot);
        }
        line.push_str("],\"locals\":{");
        for (i, name) in code.code.localsplusnames.iter().enumerate() {
            let _ = write!(line, "{}{}:", if i > 0 { "," } else { "" }, quote(name));
            push_value(vm, &mut line, vm.stack[vm.base + i]);
        }
        line.push('}');
        if self.globals
            && code.flags & CO_OPTIMIZED == 0
            && let Some(locals) = frame.locals.filter(|&locals| vm.ty(locals) == DICT)
        {
            push_namespace(vm, &mut line, locals, if locals == frame.globals { "globals" } else { "ns" });
        }
        line.push('}');
        self.write(&line);
        self.line = line;
    }
}

const HIDDEN_NAMES: [&str; 9] =
    ["__name__", "__doc__", "__package__", "__loader__", "__spec__", "__annotations__", "__builtins__", "__file__", "__cached__"];

fn push_namespace(vm: &Vm, line: &mut String, namespace: ObjRef, label: &str) {
    let _ = write!(line, ",\"{label}\":{{");
    let mut first = true;
    for (name, value) in vm.heap.dict(namespace).expect("a dict").iter() {
        let Some(text) = vm.heap.str(name) else { continue };
        let text = text.to_string_lossy();
        if HIDDEN_NAMES.contains(&&*text) {
            continue;
        }
        let _ = write!(line, "{}{}:", if first { "" } else { "," }, quote(&text));
        first = false;
        push_value(vm, line, Some(value));
    }
    line.push('}');
}

const MAX_TEXT: usize = 60;

fn push_value(vm: &Vm, line: &mut String, slot: Option<ObjRef>) {
    let Some(object) = slot else {
        line.push_str("{\"t\":\"NULL\"}");
        return;
    };
    let ty = vm.ty(object);
    let _ = write!(line, "{{\"t\":{},\"r\":", quote(vm.heap.type_of_type(ty).short_name()));
    if is_uncounted(vm, object, ty) {
        line.push_str("null");
    } else {
        let _ = write!(line, "{}", vm.heap.refcount(object));
    }
    match vm.heap.body(object) {
        Body::Str(text) if ty == STR => push_text(line, string_text(text.len(), |n| repr::str_repr(&text.slice(0, n))), text.len()),
        Body::Bytes(bytes) if ty == BYTES => {
            push_text(line, string_text(bytes.len(), |n| repr::bytes_repr(&bytes[..n]).into()), bytes.len());
        }
        Body::Tuple(items) if ty == TUPLE => drop(write!(line, ",\"len\":{}", items.len())),
        Body::List(items) if ty == LIST => drop(write!(line, ",\"len\":{}", items.len())),
        Body::Dict(dict) if ty == DICT => drop(write!(line, ",\"len\":{}", dict.len())),
        Body::Set(set) if ty == SET || ty == FROZENSET => drop(write!(line, ",\"len\":{}", set.len())),
        Body::ByteArray(bytes) if ty == BYTEARRAY => drop(write!(line, ",\"len\":{}", bytes.len())),
        Body::Cell(content) if ty == CELL => {
            line.push_str(",\"cell\":");
            push_value(vm, line, *content);
        }
        _ => {
            if let Some(text) = scalar_text(vm, object, ty) {
                let _ = write!(line, ",\"v\":{}", quote(&text));
            }
        }
    }
    line.push('}');
}

fn push_text(line: &mut String, text: PyStr, len: usize) {
    let _ = write!(line, ",\"v\":{}", quote_points(&text));
    if len > MAX_TEXT {
        let _ = write!(line, ",\"len\":{len}");
    }
}

fn string_text(len: usize, repr_of_first: impl Fn(usize) -> PyStr) -> PyStr {
    let text = repr_of_first(len.min(MAX_TEXT));
    if len <= MAX_TEXT && text.len() <= MAX_TEXT {
        return text;
    }
    text.slice(0, text.len().min(MAX_TEXT - 3)).concat(&PyStr::from("..."))
}

/// The text of numbers and singletons.
fn scalar_text(vm: &Vm, object: ObjRef, ty: ObjRef) -> Option<String> {
    Some(match ty {
        NONE_TYPE => "None".into(),
        BOOL => if object == TRUE { "True" } else { "False" }.into(),
        ELLIPSIS_TYPE => "Ellipsis".into(),
        NOT_IMPLEMENTED_TYPE => "NotImplemented".into(),
        INT => match Number::of(&vm.heap, object)? {
            Number::BigInt(value) => big_text(value),
            Number::Int(value) => value.to_string(),
            _ => return None,
        },
        FLOAT | COMPLEX => match Number::of(&vm.heap, object)? {
            Number::Float(value) => float_text::repr(value),
            Number::Complex(real, imag) => crate::num::complex::complex_repr((real, imag)).chars().take(MAX_TEXT).collect(),
            _ => return None,
        },
        _ => return None,
    })
}

fn big_text(value: &BigInt) -> String {
    let bits = value.bits();
    if bits <= 192 {
        return int_text::unlimited_decimal(value);
    }
    let sign = if value.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    let low = value.magnitude().iter_u64_digits().next().unwrap_or(0);
    format!("{sign}int bits={bits} low64=0x{low:016x}")
}

/// Objects whose count is noise: shared ones and those that CPython's own tables refer to.
fn is_uncounted(vm: &Vm, object: ObjRef, ty: ObjRef) -> bool {
    if object == TRUE_TEXT || object == FALSE_TEXT {
        return false;
    }
    if object.index() <= RESERVED || vm.heap.as_type(object).is_some() {
        return true;
    }
    matches!(
        ty,
        BUILTIN_FUNCTION
            | METHOD_DESCRIPTOR
            | WRAPPER_DESCRIPTOR
            | METHOD_WRAPPER
            | CLASSMETHOD_DESCRIPTOR
            | GETSET_DESCRIPTOR
            | MEMBER_DESCRIPTOR
            | MODULE
            | CODE
    ) || ty == STR && vm.interned.is_interned(object)
}

/// JSON with ASCII only.
fn quote(text: &str) -> String {
    quote_points(&PyStr::from(text))
}

fn quote_points(text: &PyStr) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.iter() {
        match c {
            0x22 => out.push_str("\\\""),
            0x5c => out.push_str("\\\\"),
            0x0a => out.push_str("\\n"),
            0x0d => out.push_str("\\r"),
            0x09 => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            0x20..=0x7e => out.push(c as u8 as char),
            0..=0xffff => drop(write!(out, "\\u{c:04x}")),
            _ => {
                let c = c - 0x10000;
                let _ = write!(out, "\\u{:04x}\\u{:04x}", 0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
            }
        }
    }
    out.push('"');
    out
}

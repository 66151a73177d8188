//! `uncoil run FILE`: a program from start to end, with the streams and the exit status that `python3` would have.

use std::{
    io::Write,
    path::Path,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    host::Process,
    python::{self, Options, Program, Source},
};
use crate::{
    bytecode::{code::CodeObject, pyc},
    debugger::recording::{Code, Now, Recorder, Recording, SavedProgram, State, digest, save},
    interpreter::{self, Exit, interactive},
    stdlib::sys::version,
    syntax::Mode,
    vm::{
        Config, Vm,
        hooks::{Due, Hooks},
        host::{Answer, Request, Shared, errno},
    },
};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    /// After the run, print how many instructions ran
    #[arg(long)]
    stats: bool,
    /// Compare all refcounts with all references after the run (with -v: after each instruction) and tell differences
    #[arg(long)]
    audit: bool,
    /// With --audit: after every N-th instruction too
    #[arg(long, value_name = "N", requires = "audit")]
    audit_every: Option<u32>,
    /// Save the run in a session file: `uncoil FILE` opens it at its end, to go back from there, on any machine
    #[arg(long, value_name = "FILE")]
    record: Option<String>,
    /// Wait where all threads sleep, and where an event loop has nothing to do; otherwise only the clock goes on
    #[arg(long)]
    real_time: bool,
    /// Print the version of Python; twice: more of it
    #[arg(short = 'V', action = clap::ArgAction::Count)]
    version: u8,
    #[command(flatten)]
    program: Program,
}

/// Looks up from the program every million instructions: was Ctrl-C pressed?
struct Plain {
    interrupted: Arc<AtomicBool>,
    audit_every: Option<u32>,
    grants: u64,
    wrong: Vec<String>,
    /// Where Ctrl-C was heard.
    interrupted_at: Option<u64>,
}

impl Hooks for Plain {
    fn due(&mut self, vm: &mut Vm) -> Due {
        if self.interrupted.swap(false, Ordering::Relaxed) {
            self.interrupted_at.get_or_insert(vm.steps());
            return Due::Interrupt;
        }
        if vm.pause_at == Some(vm.steps()) {
            eprintln!("uncoil: {}: breakpoint(): `uncoil FILE` stops here, `uncoil run` goes on", interpreter::traceback::place(vm));
        }
        self.grants += 1;
        if let Some(every) = self.audit_every {
            if self.wrong.is_empty() && self.grants > 1 {
                let step = vm.steps();
                self.wrong = vm.audit().iter().take(5).map(|mismatch| format!("step {step}: {mismatch}")).collect();
            }
            return Due::Go(every.max(1));
        }
        if vm.output.chunks.is_empty() { Due::Go(1 << 20) } else { Due::Stop }
    }
}

pub fn main(arguments: &Arguments) -> ExitCode {
    match arguments.version {
        0 => {}
        1 => return said(&format!("Python {}\n", version().split(' ').next().unwrap_or_default())),
        _ => return said(&format!("Python {}\n", version())),
    }
    let (source, args) = arguments.options.source(&arguments.program);
    let config = match arguments.options.config(&source, args) {
        Ok(config) => config,
        Err(message) => return super::complain(&message),
    };
    let interrupted = Arc::new(AtomicBool::new(false));
    // Without a handler Ctrl-C still ends the process, only without a traceback. So does a second one, while the first has not
    // been seen: a single long operation, such as a power of big numbers, looks up only at its end.
    let _ = signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, interrupted.clone());
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupted.clone());
    if arguments.record.is_some() && (config.inspect || config.interactive || !is_recordable(&source)) {
        return super::complain("--record wants a file or -c; `uncoil -m NAME --record FILE` records a module");
    }
    let program = match &source {
        Source::Module(name) => return execute(arguments, interpreter::load_module(name, config), interrupted),
        Source::File(file) if Path::new(file).is_dir() => return folder(arguments, file, config, interrupted),
        Source::None if config.interactive => {
            let mut vm = interpreter::boot(config);
            interpreter::new_main(&mut vm);
            vm.result = Some(Ok(vm.none()));
            vm.attention = true;
            if !vm.config.quiet {
                let hint = "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.";
                eprintln!("Python {} on linux\n{hint}", version());
            }
            return execute(arguments, vm, interrupted);
        }
        Source::Code(code) => super::read_program(None, Some(code)),
        Source::Stdin | Source::None => super::read_program(Some("-"), None),
        Source::File(file) => super::read_program(Some(file), None),
    };
    let (bytes, name) = match program {
        Ok(program) => program,
        Err(message) => return super::complain(&message),
    };
    let name = if matches!(source, Source::File(_)) { python::absolute(&name) } else { name };
    if pyc::is_pyc(&name, &bytes) {
        return match interpreter::load_pyc(&bytes, &name, config) {
            Ok(mut vm) => {
                let sources = remember_sources(&mut vm, &bytes);
                let code = sources.map(|(text, filename, code)| (text, filename, Code::Compiled { path: name, code }));
                execute_recorded(arguments, vm, interrupted, code)
            }
            Err(error) => super::complain(&format!("{name}: {error}")),
        };
    }
    let vm = interpreter::load_source(&bytes, &name, config);
    execute_recorded(arguments, vm, interrupted, Some((bytes, name, Code::Source)))
}

fn is_recordable(source: &Source) -> bool {
    match source {
        Source::File(file) => !Path::new(file).is_dir(),
        Source::Code(_) | Source::Stdin => true,
        Source::Module(_) | Source::None => false,
    }
}

/// A folder is run by what it holds as `__main__`.
fn folder(arguments: &Arguments, file: &str, config: Config, interrupted: Arc<AtomicBool>) -> ExitCode {
    if !["py", "pyc"].iter().any(|ending| Path::new(file).join("__main__").with_extension(ending).exists()) {
        eprintln!("uncoil: can't find '__main__' module in '{}'", python::absolute(file));
        return ExitCode::from(1);
    }
    execute(arguments, interpreter::load_module("__main__", config), interrupted)
}

/// Prints an answer.
fn said(text: &str) -> ExitCode {
    print(text);
    ExitCode::SUCCESS
}

/// The source that a .pyc file was made from, if it still lies there: tracebacks show its lines.
fn remember_sources(vm: &mut Vm, bytes: &[u8]) -> Option<(Vec<u8>, String, Arc<CodeObject>)> {
    let (code, _) = pyc::read(bytes).ok()?;
    let source = std::fs::read(&*code.filename).unwrap_or_default();
    if !source.is_empty() {
        interpreter::remember_source(vm, &code.filename, &source);
    }
    Some((source, code.filename.to_string(), code))
}

fn execute(arguments: &Arguments, vm: Vm, interrupted: Arc<AtomicBool>) -> ExitCode {
    execute_recorded(arguments, vm, interrupted, None)
}

/// Runs a program, given with its text and name for where it is recorded.
fn execute_recorded(arguments: &Arguments, mut vm: Vm, interrupted: Arc<AtomicBool>, program: Option<(Vec<u8>, String, Code)>) -> ExitCode {
    let mut process = Process::new(interrupted.clone());
    process.real_time = arguments.real_time;
    let mut host = Shared::new(Recorder::only_if(arguments.record.is_some(), process));
    vm.aside = host.aside();
    vm.interrupt = Some(interrupted.clone());
    let mut hooks = Plain { interrupted, audit_every: arguments.audit_every, grants: 0, wrong: Vec::new(), interrupted_at: None };
    let compiles = vm.result.is_none();
    let result = loop {
        match interpreter::drive(&mut vm, &mut host, &mut hooks) {
            Some(result) => break result,
            None if host.lock().world.failure.is_some() => return unwritten(&host.lock().world),
            None => {}
        }
    };
    let recorded = match (&arguments.record, program) {
        (Some(file), Some(program)) if compiles => record(file, &vm, program, &mut host.lock().answers, hooks.interrupted_at),
        (Some(file), _) => Err(format!("{file}: not saved: the program does not compile")),
        (None, _) => Ok(()),
    };
    let mut exit = interpreter::conclude(&mut vm, result);
    interpreter::pass_output(&mut vm, &mut host);
    if vm.config.inspect || vm.config.interactive {
        exit = interactive::run(&mut vm, &mut host, &mut hooks);
        interpreter::pass_output(&mut vm, &mut host);
    }
    let flushed = interpreter::shutdown(&mut vm, &mut host);
    if arguments.stats {
        let (steps, nested) = (vm.steps(), vm.nested_steps);
        eprintln!("{steps} instructions, {nested} of them below native calls ({:.2} %)", 100.0 * nested as f64 / steps.max(1) as f64);
    }
    if arguments.audit {
        let mut wrong = std::mem::take(&mut hooks.wrong);
        wrong.extend(vm.audit().iter().map(|mismatch| format!("at the end: {mismatch}")));
        wrong.iter().take(20).for_each(|line| eprintln!("audit: {line}"));
        if !wrong.is_empty() {
            return ExitCode::from(3);
        }
    }
    if let Err(message) = recorded {
        return super::complain(&message);
    }
    if host.lock().world.failure.is_some() {
        return unwritten(&host.lock().world);
    }
    if flushed { finish(&exit) } else { ExitCode::from(120) }
}

/// Writes the run, just ended, to a session file.
fn record(
    file: &str,
    vm: &Vm,
    (bytes, name, code): (Vec<u8>, String, Code),
    answers: &mut Vec<(Request, Answer)>,
    interrupted_at: Option<u64>,
) -> Result<(), String> {
    let config = Config::clone(&vm.config);
    let step = interrupted_at.unwrap_or(vm.steps());
    // A session has no part in warnings of the compiler, which leave objects behind.
    let warns = matches!(code, Code::Source) && !interpreter::compile_source(&bytes, &name, Mode::Exec, config.optimize).0.is_empty();
    let is_same = interrupted_at.is_none() && !warns;
    let recording = Recording {
        program: SavedProgram { code, bytes, name, config, before: Vec::new() },
        // Nothing is left to read, or the user goes on.
        stdin: None,
        answers: std::mem::take(answers),
        changes: Vec::new(),
        breakpoints: Vec::new(),
        marks: Vec::new(),
        states: if is_same { vec![State { step, hash: digest(vm) }] } else { Vec::new() },
        now: Now { step, waits: false, answers: None, over: interrupted_at.is_none(), furthest: step, ended: interrupted_at.is_none() },
    };
    save(Path::new(file), &recording.to_text())
}

/// Standard output could not be written: what CPython says when it cannot flush.
fn unwritten(host: &Process) -> ExitCode {
    let Some(error) = &host.failure else { return ExitCode::SUCCESS };
    let errno = error.raw_os_error().unwrap_or(5);
    let text = errno::words(error);
    let kind = if error.kind() == std::io::ErrorKind::BrokenPipe { "BrokenPipeError" } else { "OSError" };
    let stdout = "<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>";
    eprintln!("Exception ignored in: {stdout}\n{kind}: [Errno {errno}] {text}");
    ExitCode::from(120)
}

/// The exit status; a program ended by Ctrl-C dies by SIGINT, so that a shell knows.
fn finish(exit: &Exit) -> ExitCode {
    let interrupted = exit.exception.as_ref().is_some_and(|exception| exception.type_name == "KeyboardInterrupt");
    if interrupted {
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
    }
    ExitCode::from(exit.status as u8)
}

/// Prints on standard output; false if nobody reads it.
pub fn print(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

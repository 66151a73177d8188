//! `uncoil run FILE`: a program from start to end, with the streams and the exit status that `python3` would have.

use std::{
    io::Write,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::host::Process;
use crate::{
    bytecode::pyc,
    interpreter::{self, Exit},
    vm::{
        Vm,
        hooks::{Due, Hooks},
    },
};

#[derive(clap::Args)]
pub struct Arguments {
    /// The program as text
    #[arg(short = 'c', value_name = "CODE", conflicts_with = "file")]
    code: Option<String>,
    /// After the run, print how many instructions ran
    #[arg(long)]
    stats: bool,
    /// Compare all refcounts with all references after the run (with -v: after each instruction) and tell differences
    #[arg(long)]
    audit: bool,
    /// With --audit: after every N-th instruction too
    #[arg(long, value_name = "N", requires = "audit")]
    audit_every: Option<u32>,
    /// The program: a file, or - for standard input
    #[arg(required_unless_present = "code")]
    file: Option<String>,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Looks up from the program every million instructions: was Ctrl-C pressed?
struct Plain {
    interrupted: Arc<AtomicBool>,
    audit_every: Option<u32>,
    grants: u64,
    wrong: Vec<String>,
}

impl Hooks for Plain {
    fn due(&mut self, vm: &mut Vm) -> Due {
        if self.interrupted.swap(false, Ordering::Relaxed) {
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
    let (bytes, name) = match super::read_program(arguments.file.as_deref(), arguments.code.as_deref()) {
        Ok(program) => program,
        Err(message) => return super::complain(&message),
    };
    let argv0 = name.clone();
    let name = super::run_name(&name);
    let interrupted = Arc::new(AtomicBool::new(false));
    // Without a handler Ctrl-C still ends the process, only without a traceback.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupted.clone());
    let mut args = arguments.args.clone();
    if let (Some(_), Some(file)) = (&arguments.code, &arguments.file) {
        args.insert(0, file.clone());
    }
    let config = super::configure(&argv0, &args, 0);
    if pyc::is_pyc(&name, &bytes) {
        return match interpreter::load_pyc(&bytes, &name, config) {
            Ok(mut vm) => {
                remember_sources(&mut vm, &bytes);
                execute(arguments, vm, interrupted)
            }
            Err(error) => super::complain(&format!("{name}: {error}")),
        };
    }
    let (warnings, vm) = interpreter::load(&bytes, &name, config);
    for warning in &warnings {
        if warning.category == "SyntaxWarning" {
            let line =
                String::from_utf8_lossy(&bytes).lines().nth(warning.lineno as usize - 1).map(str::trim).unwrap_or_default().to_string();
            eprintln!("{name}:{}: {}: {}\n  {line}", warning.lineno, warning.category, warning.msg);
        }
    }
    match vm {
        Ok(vm) => execute(arguments, vm, interrupted),
        Err(error) => {
            eprint!("{}", interpreter::traceback::format_syntax_error(&error, &name));
            ExitCode::from(1)
        }
    }
}

/// The source that a .pyc file was made from, if it still lies there: tracebacks show its lines.
fn remember_sources(vm: &mut Vm, bytes: &[u8]) {
    if let Ok((code, _)) = pyc::read(bytes)
        && let Ok(source) = std::fs::read(&*code.filename)
    {
        interpreter::remember_source(vm, &code.filename, &source);
    }
}

fn execute(arguments: &Arguments, mut vm: Vm, interrupted: Arc<AtomicBool>) -> ExitCode {
    let mut host = Process::new(interrupted.clone());
    let mut hooks = Plain { interrupted, audit_every: arguments.audit_every, grants: 0, wrong: Vec::new() };
    let result = loop {
        match interpreter::drive(&mut vm, &mut host, &mut hooks) {
            Some(result) => break result,
            None if host.broken_pipe => return broken_pipe(),
            None => {}
        }
    };
    let exit = interpreter::conclude(&mut vm, result);
    interpreter::pass_output(&mut vm, &mut host);
    interpreter::shutdown(&mut vm, &mut host);
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
    if host.broken_pipe {
        return broken_pipe();
    }
    finish(&exit)
}

/// Nobody reads standard output any more: what CPython says when it cannot flush.
fn broken_pipe() -> ExitCode {
    eprintln!(
        "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\nBrokenPipeError: [Errno 32] Broken pipe"
    );
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

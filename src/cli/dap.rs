//! `uncoil dap`: an editor debugs a program over the Debug Adapter Protocol, on standard input and output.
//!
//! The editor's `launch` names the program; its `options` are those of `uncoil FILE`.

use std::process::ExitCode;

use clap::Parser;

use super::{
    debug::{self, Failure, Input},
    host::Clocks,
    python::{self, Options},
};
use crate::{
    dap::{Launch, LaunchError, Wire, serve},
    debugger::session::Session,
};

#[derive(clap::Args)]
pub struct Arguments {}

/// The options that an editor may give.
#[derive(Parser)]
#[command(name = "options", no_binary_name = true, disable_help_flag = true)]
struct Given {
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    program: python::Program,
}

pub fn main(_: &Arguments) -> ExitCode {
    let wire = Wire::new(std::io::stdout());
    serve(std::io::BufReader::new(std::io::stdin()), wire, Box::new(launch));
    ExitCode::SUCCESS
}

/// Makes a session of what the editor wants to run.
fn launch(wanted: &Launch) -> Result<Session, LaunchError> {
    let own = |message: String| LaunchError { message, traceback: String::new() };
    if let Some(folder) = &wanted.cwd {
        std::env::set_current_dir(folder).map_err(|error| own(format!("cwd '{folder}': {error}")))?;
    }
    let mut line = wanted.options.clone();
    match (&wanted.program, &wanted.module, &wanted.code) {
        (Some(file), ..) => line.extend(["--".into(), python::absolute(file)]),
        (None, Some(module), _) => line.extend(["-m".into(), module.clone(), "--".into()]),
        (None, None, code) => line.extend(["-c".into(), code.clone().unwrap_or_default(), "--".into()]),
    }
    line.extend(wanted.args.iter().cloned());
    let given = Given::try_parse_from(&line).map_err(|error| own(error.to_string().lines().next().unwrap_or_default().to_owned()))?;
    let (source, args) = given.options.source(&given.program);
    let stdin = wanted.stdin.as_deref().map_or(Input::Typed, Input::File);
    match debug::open(&source, args, &given.options, stdin, Box::new(Clocks::default())) {
        Ok(session) => Ok(session),
        Err(Failure::Own(message)) => Err(own(message)),
        Err(Failure::Program(broken)) => {
            let traceback = broken.traceback().to_owned();
            let message = traceback.lines().last().unwrap_or_default().to_owned();
            Err(LaunchError { message, traceback })
        }
    }
}

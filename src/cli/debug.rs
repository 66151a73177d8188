//! `uncoil FILE`: the debugger's screen; `uncoil shot FILE`: a picture of it without a terminal.

use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// The program as text
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<String>,
    /// The program: a file, or - for standard input
    file: Option<String>,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

#[derive(clap::Args)]
pub struct ShotArguments {
    file: String,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    match super::read_program(arguments.file.as_deref(), arguments.code.as_deref()) {
        Ok((_, name)) => super::complain(&format!("{name}: the screen is not connected")),
        Err(message) => super::complain(&message),
    }
}

pub fn shot(arguments: &ShotArguments) -> ExitCode {
    super::complain(&format!("{}: the screen is not connected", arguments.file))
}

//! `uncoil debug FILE --script cmds.txt`: the debugger without a screen, one command a line, plain text back.
//!
//! ```text
//!   $ uncoil debug bank.py -e 'break withdraw if amount > 50' -e continue -e 'show stack'
//! ```
//!
//! The commands are those of the `:` line. After each stands where the program is now.

use std::process::ExitCode;

use super::{
    debug::{self, Failure, Input},
    python::{Options, Program, Source},
};
use crate::{
    debugger::{command, engine::Engine, session::Session},
    view::{Audience, PaneKind, ViewRequest, plain},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Commands, one a line; `#` begins a comment; - for standard input
    #[arg(long, value_name = "FILE")]
    script: Option<String>,
    /// A command; may be given several times, after those of --script
    #[arg(short = 'e', long = "execute", value_name = "COMMAND")]
    execute: Vec<String>,
    /// First go to this instruction of the run
    #[arg(long, value_name = "N")]
    at: Option<u64>,
    /// At the end show a pane by its name: source, bytecode, stack, frames, variables, heap, output, inspector, gc, graph, …
    #[arg(long, value_name = "PANE")]
    print: Vec<String>,
    #[command(flatten)]
    options: Options,
    /// Take the program's standard input from a file
    #[arg(long, value_name = "FILE")]
    stdin: Option<String>,
    /// Save the session in a file at the end; `uncoil FILE` opens it there again, on any machine
    #[arg(long, value_name = "FILE")]
    record: Option<String>,
    /// A dialogue: after those commands, more are read from standard input, until it ends
    #[arg(long)]
    plain: bool,
    /// For whom the narration of --plain speaks: novice, student, internals
    #[arg(long, value_name = "LEVEL", value_parser = super::opcode::level)]
    level: Option<Audience>,
    #[command(flatten)]
    history: debug::History,
    #[command(flatten)]
    program: Program,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    let commands = match commands(arguments) {
        Ok(commands) => commands,
        Err(message) => return super::complain(&message),
    };
    let (source, args) = arguments.options.source(&arguments.program);
    let stdin = match (arguments.plain, arguments.stdin.as_deref()) {
        (true, None) => Input::Typed, // our own brings the commands
        (_, file) => Input::of(file),
    };
    let world = Box::new(super::host::Clocks::default());
    let opened = match source == Source::None && arguments.options.wants_prompt() {
        true => debug::typed(&arguments.options, arguments.stdin.as_deref()).map_err(Failure::Own),
        false => debug::open(&source, args, &arguments.options, stdin, world),
    };
    let session = match opened {
        Ok(session) => session,
        Err(failure) if arguments.plain => return failure.tell_in_words(),
        Err(failure) => return Failure::tell(failure),
    };
    let mut session = arguments.history.bound(session);
    session.record_to(arguments.record.clone());
    if arguments.plain {
        return super::plain::talk(session, arguments.level, &commands);
    }
    let mut failed = false;
    // The frame that is looked at, until the program moves.
    let mut frame = 0;
    let mut out = String::new();
    for line in &commands {
        out += &format!("> {line}\n");
        let command = match command::parse(line) {
            Ok(command) if !command.is_for_screen() => command.in_frame(frame),
            Ok(command::Command::FrameMove(_) | command::Command::FrameSelect(_)) if session.frame_count() == 0 => {
                out += "there is no frame\n";
                failed = true;
                continue;
            }
            Ok(command::Command::FrameMove(by)) => {
                let outermost = session.frame_count() - 1;
                frame = frame.saturating_add_signed(isize::try_from(by).unwrap_or(0)).min(outermost);
                out += &format!("{}\n", looked_at(&session, frame));
                continue;
            }
            Ok(command::Command::FrameSelect(number)) => {
                let is_there = number < session.frame_count();
                frame = if is_there { number } else { frame };
                failed |= !is_there;
                out += &if is_there { looked_at(&session, frame) + "\n" } else { "there is no such frame\n".to_owned() };
                continue;
            }
            Ok(command::Command::Quit) => break,
            Ok(_) => {
                out += "this is a command for the screen\n";
                failed = true;
                continue;
            }
            Err(error) => {
                out += &format!("{error}\n");
                failed = true;
                continue;
            }
        };
        let answer = session.execute(&command);
        failed |= answer.error.is_some();
        for text in answer.log.iter().chain(&answer.error).chain(&answer.question).chain(&answer.message).chain(&answer.listing) {
            out += &format!("{text}\n");
        }
        match command {
            command::Command::Thread(_) => {
                let request = ViewRequest { panes: Vec::new(), frame: ViewRequest::OWN_FRAME, ..ViewRequest::default() };
                frame = session.view(&request).call_stack.selected;
            }
            _ if command.moves() => frame = 0,
            _ => {}
        }
        if command.moves() {
            out += &format!("{}\n", plain::position(&session.view(&ViewRequest { panes: Vec::new(), ..ViewRequest::default() })));
        }
        super::run::print(&visible(&std::mem::take(&mut out)));
    }
    super::run::print(&visible(&out));
    match session.close() {
        Err(message) => return super::complain(&message),
        Ok(Some(last)) => eprintln!("{}", visible(&last)),
        Ok(None) => {}
    }
    ExitCode::from(u8::from(failed))
}

/// `frame 1: <module>, line 7`
fn looked_at(session: &Session, frame: usize) -> String {
    let place = session.frames(frame, 1).pop().unwrap_or_default();
    let line = place.line.map_or(String::new(), |line| format!(", line {line}"));
    format!("frame {frame}: {}{line}", place.name)
}

/// Text for a terminal: what would move it is written out, as `\x1b`.
pub(super) fn visible(text: &str) -> String {
    let is_harmless = |c: char| !c.is_control() || c == '\n' || c == '\t';
    text.chars().map(|c| if is_harmless(c) { c.to_string() } else { format!("\\x{:02x}", c as u32) }).collect()
}

/// All commands, in their order.
fn commands(arguments: &Arguments) -> Result<Vec<String>, String> {
    let mut commands: Vec<String> = arguments.at.iter().map(|step| format!("goto {step}")).collect();
    if let Some(script) = &arguments.script {
        let (bytes, _) = super::read_program(Some(script), None)?;
        let text = String::from_utf8(bytes).map_err(|_| format!("{script}: no UTF-8 text"))?;
        commands
            .extend(text.lines().map(str::trim_start).filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(str::to_owned));
    }
    commands.extend(arguments.execute.iter().cloned());
    for pane in &arguments.print {
        if !PaneKind::ALL.iter().any(|kind| kind.name() == pane) {
            return Err(format!("--print: no pane `{pane}`"));
        }
        commands.push(format!("show {pane}"));
    }
    Ok(commands)
}

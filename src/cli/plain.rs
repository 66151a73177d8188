//! `uncoil --plain FILE`, `uncoil debug --plain FILE`: the debugger as a dialogue on the standard streams.
//!
//! A prompt, a line, an answer; where the lines come from a pipe or a file each is echoed, so that what is printed can be read by itself. It
//! reads to the end of the input or to `quit`. Ctrl-C pauses a program that runs. The program's own input is asked for in the
//! dialogue, or comes from `--stdin FILE`. Exit status 1 if a command of a pipe or file couldn't be done.

use std::{
    io::{BufRead, IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
};

use crate::{debugger::engine::Engine, tui::plain::Plain, view::Audience};

/// Talks about a program until the input ends, after some commands given before.
pub(super) fn talk<E: Engine>(session: E, level: Option<Audience>, commands: &[String]) -> ExitCode {
    let is_typed = std::io::stdin().is_terminal();
    let interrupt = Arc::clone(session.signals().interrupt_flag());
    if let Err(error) = signal_hook::flag::register(signal_hook::consts::SIGINT, interrupt) {
        return super::complain(&format!("cannot watch for Ctrl-C: {error}"));
    }
    let mut plain = Plain::new(session, level.unwrap_or_default());
    let mut failed = false;
    let mut is_open = say(&plain.greeting());
    let mut given = commands.iter();
    while is_open {
        let line = match given.next() {
            Some(line) => {
                is_open = show(plain.prompt()) && show(&format!("{}\n", super::script::visible(line)));
                line.clone()
            }
            None => {
                if !show(plain.prompt()) {
                    break;
                }
                match next_line() {
                    Some(line) => {
                        is_open = is_typed || show(&format!("{}\n", super::script::visible(&line)));
                        line
                    }
                    None => {
                        show("\n");
                        break;
                    }
                }
            }
        };
        let reply = plain.line(&line);
        failed |= reply.failed;
        is_open &= say(&reply.lines) && !reply.quit;
    }
    match plain.engine().close() {
        Err(message) => return super::complain(&message),
        Ok(last) => drop(say(last.as_slice())),
    }
    ExitCode::from(u8::from(failed && !is_typed))
}

/// A line of our input without its end; `None` at the end.
fn next_line() -> Option<String> {
    let mut bytes = Vec::new();
    let count = std::io::stdin().lock().read_until(b'\n', &mut bytes).ok()?;
    let line = String::from_utf8_lossy(&bytes);
    (count > 0).then(|| line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Prints lines; false if nobody reads any more.
fn say(lines: &[String]) -> bool {
    lines.iter().all(|line| show(&format!("{}\n", super::script::visible(line))))
}

fn show(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

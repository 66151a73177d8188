//! `uncoil man`: the manual page, written by the tables that the program itself goes by: its arguments, the commands with
//! their keys, the settings, the presets.

use std::{fmt::Write, process::ExitCode};

use crate::{
    debugger::command::{COMMANDS, Category},
    tui::{
        keymap::{Keymap, PRESETS},
        layout::LAYOUTS,
        popups::keys_text,
        theme::THEMES,
    },
};

pub fn main(program: &clap::Command) -> ExitCode {
    super::run::print(&page(program));
    ExitCode::SUCCESS
}

/// In roff, with the macros of man(7).
fn page(program: &clap::Command) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = format!(".TH UNCOIL 1 \"\" \"uncoil {version}\" \"User Commands\"\n");
    out += ".SH NAME\nuncoil \\- see what CPython 3.11 does, instruction by instruction\n";
    out += ".SH SYNOPSIS\n.B uncoil\n[\\fIOPTIONS\\fR] [\\fIFILE\\fR [\\fIARGS\\fR]]\n.br\n.B uncoil\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n";
    out += ".SH DESCRIPTION\nA step debugger for learning how Python works: a complete Python interpreter that can pause before every bytecode\n";
    out += "instruction, forwards and backwards in time, with source, bytecode, value stack, frames, variables, reference counts and\n";
    out += "heap side by side. Without a file it begins with a list of programs.\n";
    out += ".SH OPTIONS\n";
    options(program, &mut out);
    out += ".SH COMMANDS OF THE SHELL\n";
    for command in program.get_subcommands() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(out, ".TP\n.B uncoil {}\n{}\n", text(command.get_name()), text(&about));
    }
    out += ".SH KEYS AND COMMANDS OF THE SCREEN\nEach key is short for a line that can be typed after \\fB:\\fR as well.\n";
    let keymap = Keymap::default();
    for category in Category::ALL {
        let _ = writeln!(out, ".SS {}", text(category.title()));
        for row in COMMANDS.iter().filter(|row| row.category == category) {
            let keys = keys_text(row, &keymap);
            let keys = if keys.is_empty() || row.name.ends_with("-back") { String::new() } else { format!("\\fB{}\\fR   ", text(&keys)) };
            let _ = write!(out, ".TP\n{keys}:{} \\fI{}\\fR\n{}\n", text(row.name), text(row.syntax), text(row.help));
        }
    }
    out += ".SH LAYOUTS\n";
    for (name, about) in LAYOUTS {
        let _ = write!(out, ".TP\n.B {name}\n{}\n", text(about));
    }
    let _ = write!(out, ".SH THEMES\n{}\n", THEMES.join(", "));
    out += ".SH PRESETS\n";
    for (name, about, _) in PRESETS {
        let _ = write!(out, ".TP\n.B {name}\n{}\n", text(about));
    }
    out += ".SH FILES\n.TP\n.I ~/.config/uncoil/config.toml\nsettings; \\fBuncoil config\\fR prints them all\n";
    out += ".TP\n.I ~/.local/state/uncoil/\nrecent programs, breakpoints, layout and history\n";
    out += ".SH ENVIRONMENT\n.B NO_COLOR, COLORTERM, TERM, VISUAL, EDITOR, XDG_CONFIG_HOME, XDG_STATE_HOME, UNCOIL_STATE\n";
    out += ".SH EXIT STATUS\nThat of the program for \\fBuncoil run\\fR; otherwise 0, 1 if the program has an error, 2 for failures of uncoil itself.\n";
    out
}

fn options(command: &clap::Command, out: &mut String) {
    for argument in command.get_arguments().filter(|it| !it.is_positional() && !it.is_hide_set()) {
        let short = argument.get_short().map(|it| format!("-{it}"));
        let long = argument.get_long().map(|it| format!("--{it}"));
        let mut names = short.into_iter().chain(long).collect::<Vec<_>>().join(", ");
        if argument.get_action().takes_values()
            && let Some(values) = argument.get_value_names()
        {
            let values: Vec<&str> = values.iter().map(|it| it.as_str()).collect();
            names = format!("{names} {}", values.join(" "));
        }
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = write!(out, ".TP\n.B {}\n{}\n", text(&names), text(&help));
    }
}

/// A text as roff takes it literally.
fn text(plain: &str) -> String {
    let escaped = plain.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if escaped.starts_with('.') { format!("\\&{escaped}") } else { escaped }
}

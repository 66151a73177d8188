//! `uncoil lesson`: for authors: a template, a check, a handout.

use std::{fs, path::Path, process::ExitCode};

use clap::Subcommand;

use crate::lessons::{Problem, catalogue, check::check};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a folder with a lesson to begin with
    New {
        /// The folder: `07_my_lesson`
        name: String,
    },
    /// Play lessons through and tell all that is wrong
    Check {
        /// A lesson's folder, or a folder of lessons
        #[arg(required = true)]
        paths: Vec<String>,
    },
}

pub fn main(arguments: &Arguments) -> ExitCode {
    match &arguments.command {
        Command::New { name } => new(name),
        Command::Check { paths } => check_all(paths),
    }
}

/// Tells problems, one a line; exit status 1 if there are any.
fn check_all(paths: &[String]) -> ExitCode {
    let mut problems: Vec<Problem> = Vec::new();
    let mut count = 0;
    for path in paths {
        match catalogue::folders(path) {
            Err(more) => problems.extend(more),
            Ok(folders) => {
                for folder in folders {
                    count += 1;
                    match catalogue::read(&folder) {
                        Err(more) => problems.extend(more),
                        Ok(lesson) => problems.extend(check(&lesson)),
                    }
                }
            }
        }
    }
    let visible = super::script::visible;
    for problem in &problems {
        super::run::print(&format!("{}\n", visible(&problem.to_string())));
    }
    let lessons = if count == 1 { "lesson" } else { "lessons" };
    let said = match problems.len() {
        0 => "all right".to_owned(),
        1 => "1 problem".to_owned(),
        more => format!("{more} problems"),
    };
    super::run::print(&format!("{count} {lessons}, {said}\n"));
    ExitCode::from(u8::from(!problems.is_empty()))
}

const TEMPLATE: &str = include_str!("lesson/template.md");
const TEMPLATE_PROGRAM: &str = "total = 0\nfor number in [3, 4, 5]:\n    total += number\nprint(total)\n";

fn new(name: &str) -> ExitCode {
    let folder = Path::new(name);
    if folder.exists() {
        return super::complain(&format!("{name}: it is there already; choose another name"));
    }
    let title = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    let (number, title) = match title.split_once('_') {
        Some((number, title)) if number.parse::<u32>().is_ok() => (number.trim_start_matches('0'), title),
        _ => ("1", title),
    };
    let number = if number.is_empty() { "0" } else { number };
    let title = title.replace('_', " ").replace('"', "'");
    let text = TEMPLATE.replace("{title}", &title).replace("{number}", number);
    let files = [("lesson.md", text.as_str()), ("program.py", TEMPLATE_PROGRAM), ("expected.txt", "12\n")];
    let written = fs::create_dir_all(folder).and_then(|()| files.iter().try_for_each(|(file, text)| fs::write(folder.join(file), text)));
    match written {
        Ok(()) => {
            super::run::print(&format!(
                "{name}: lesson.md, program.py and expected.txt are there; `uncoil learn {name}` shows it, `uncoil lesson check {name}` checks it\n"
            ));
            ExitCode::SUCCESS
        }
        Err(error) => super::complain(&format!("{name}: {error}")),
    }
}

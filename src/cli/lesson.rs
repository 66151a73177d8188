//! `uncoil lesson`: for authors: a template, a check, a handout.

use std::{fs, path::Path, process::ExitCode};

use clap::Subcommand;

use crate::lessons::{
    Lesson, Problem, catalogue,
    check::check,
    export::{Form, Where, handout},
};
use crate::{
    debugger::{
        command::{self as debugger, LessonOrder},
        engine::Engine,
    },
    export::{svg, text},
    tui::{app::App, layout::LAYOUTS, theme::Theme},
    view::PaneKind,
};

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
    /// Write a handout: the text, the questions, pictures of the screen
    Export {
        /// A lesson's folder, or the number of one of ours
        lesson: String,
        /// With the answers, and pictures of where steps end
        #[arg(long)]
        answers: bool,
        /// The columns and rows of pictures
        #[arg(long, default_value = "100x28", value_parser = super::debug::parse_size)]
        size: (u16, u16),
        /// The file to write, .md or .html
        #[arg(short = 'o', long, value_name = "FILE")]
        output: String,
    },
}

pub fn main(arguments: &Arguments) -> ExitCode {
    match &arguments.command {
        Command::New { name } => new(name),
        Command::Check { paths } => check_all(paths),
        Command::Export { lesson, answers, size, output } => match handout_of(lesson, *answers, *size, output) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => super::complain(&message),
        },
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

/// Writes a handout into a file.
fn handout_of(lesson: &str, answers: bool, size: (u16, u16), output: &str) -> Result<(), String> {
    let form = match output.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "md" => Form::Markdown,
        "html" => Form::Html,
        _ => return Err("the output's name must end in .md or .html".into()),
    };
    let mut course = super::learn::course(lesson)?;
    let lesson = course.lesson().clone();
    let mut draw = |index: usize, place: Where| {
        course.execute(&debugger::Command::Lesson(LessonOrder::Step(index + 1)));
        let mut presses = 0;
        while place == Where::End && !course.is_done() && presses < 20 {
            course.execute(&debugger::Command::Lesson(LessonOrder::Solve));
            presses += 1;
        }
        let mut app = App::new(Theme::named("light")?, false);
        app.audience = lesson.level;
        app.layout = LAYOUTS.iter().position(|(name, _)| *name == layout_for(&lesson)).unwrap_or(0);
        app.size = size;
        app.at(course.session()); // so that the layout is known
        let screen = app.at(course.session());
        Some(match form {
            Form::Markdown => {
                // The keys at the bottom are for who sits before it.
                let text = text::text(&screen);
                text.trim_end().rsplit_once('\n').map_or(String::new(), |(rows, _)| rows.to_owned())
            }
            Form::Html => {
                let title = format!("step {}", index + 1);
                svg::svg(&screen, &svg::Options { title, light: true, ..svg::Options::default() })
            }
        })
    };
    let written = handout(&lesson, form, answers, &mut draw)?;
    fs::write(output, written).map_err(|error| format!("{output}: {error}"))
}

/// The layout that has most of what a lesson shows.
fn layout_for(lesson: &Lesson) -> &'static str {
    let shows = |kinds: &[PaneKind]| lesson.panes.iter().any(|pane| kinds.contains(pane));
    if shows(&[PaneKind::Gc]) {
        "gc"
    } else if shows(&[PaneKind::Inspector, PaneKind::Ledger, PaneKind::Allocator, PaneKind::Graph]) {
        "memory"
    } else {
        "standard"
    }
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

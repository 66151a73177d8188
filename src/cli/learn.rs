//! `uncoil learn`: lessons, their list with progress, and one of them on the screen.
//!
//! Progress is kept in the folder of state, see [`crate::lessons::progress`].

use std::{
    collections::BTreeSet,
    fs,
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex},
};

use super::debug::{
    Look,
    desk::Desk,
    edit,
    recent::{self, complete},
};
use crate::{
    lessons::{
        Lesson, Problem, catalogue,
        course::Course,
        progress::{self, Progress, Row},
    },
    tui::{
        action::Again,
        app::App,
        layout::{LAYOUTS, LESSON},
        start::{Entry, Start},
        terminal::{self, How, Left},
    },
    view::Audience,
};

#[derive(clap::Args, Default)]
pub struct Arguments {
    /// A lesson by its number, or a folder with a lesson or a course; without it: the list
    lesson: Option<String>,
    /// Forget what was done, of this lesson or of all
    #[arg(long)]
    reset: bool,
    /// Hide what a question is about until it is answered
    #[arg(long)]
    quiz: bool,
    /// Print the list, even on a terminal
    #[arg(long)]
    list: bool,
    /// A dialogue in lines of text instead of a screen
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    look: Look,
    /// For whom narration and opcode cards speak: novice, student, internals; otherwise the lesson says it
    #[arg(long, value_name = "LEVEL", value_parser = super::opcode::level)]
    level: Option<Audience>,
}

/// Lessons, the one that is meant, and where they are from.
struct Found {
    lessons: Vec<Arc<Lesson>>,
    index: Option<usize>,
    /// Before the names in the file of progress: nothing for our own.
    prefix: String,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    match learn(arguments) {
        Ok(status) => status,
        Err(problems) => {
            for problem in problems {
                eprintln!("uncoil: {}", super::script::visible(&problem));
            }
            ExitCode::from(2)
        }
    }
}

/// One of our lessons, chosen on the start screen.
pub fn of_start_screen(name: &str) -> ExitCode {
    main(&Arguments { lesson: Some(name.to_owned()), ..Arguments::default() })
}

fn learn(arguments: &Arguments) -> Result<ExitCode, Vec<String>> {
    let one = |message: String| vec![message];
    let mut found = find(arguments.lesson.as_deref())?;
    let file = recent::state_folder().map(|folder| progress::file_in(&folder));
    if arguments.reset {
        let file = file.ok_or_else(|| one("there is no folder of state: HOME is not set".into()))?;
        let mut progress = Progress::load(&file);
        let lesson = found.index.map(|index| key_of(&found.prefix, &found.lessons[index]));
        progress.reset(lesson.as_deref());
        progress.save(&file).map_err(|error| one(format!("{}: {error}", file.display())))?;
        super::run::print(&match found.index {
            Some(index) => format!("lesson {} begins anew\n", found.lessons[index].title),
            None => "all lessons begin anew\n".to_owned(),
        });
        return Ok(ExitCode::SUCCESS);
    }
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let index = match found.index {
        Some(index) => index,
        None if arguments.list || arguments.plain || !is_terminal => {
            super::run::print(&super::script::visible(&list(&found, file.as_ref())));
            return Ok(ExitCode::SUCCESS);
        }
        None => {
            let mut desk = Desk::new(&arguments.look, arguments.level).map_err(one)?;
            match choose(&mut desk, &mut found, file.as_ref()).map_err(one)? {
                Some(index) => index,
                None => return Ok(ExitCode::SUCCESS),
            }
        }
    };
    let opened = || open(&found, index, arguments.quiz, file.clone());
    if arguments.plain {
        let (course, _) = opened().map_err(one)?;
        let level = arguments.level.unwrap_or(course.lesson().level);
        return Ok(super::plain::talk(course, Some(level), &[]));
    }
    let (course, place) = opened().map_err(one)?;
    Ok(screen(arguments, &found, course, &place, file).unwrap_or_else(|message| super::complain(&message)))
}

/// Where the learner is: kept while the screen is left for an editor.
type Place = Arc<Mutex<(String, usize, BTreeSet<usize>)>>;

fn open(found: &Found, index: usize, quiz: bool, file: Option<PathBuf>) -> Result<(Course, Place), String> {
    let place: Place = Arc::default();
    let kept = Arc::clone(&place);
    let prefix = found.prefix.clone();
    let lesson = found.lessons.get(index).ok_or("there is no such lesson")?;
    let row = file.as_ref().map(|file| Progress::load(file).of(&key_of(&prefix, lesson))).unwrap_or_default();
    let mut course = Course::new(found.lessons.clone(), index)?.with_quiz(quiz);
    // A lesson that is complete begins anew, with what was done still marked.
    let at = if row.is_complete() || row.at >= lesson.steps.len() { 0 } else { row.at };
    course.resume(at, &row.done);
    let course = course.with_listener(Box::new(move |lesson, at, done| {
        if let Ok(mut place) = kept.lock() {
            *place = (lesson.name.clone(), at, done.clone());
        }
        if let Some(file) = &file {
            let mut progress = Progress::load(file);
            let mut row = progress.of(&key_of(&prefix, lesson));
            row = Row { at, steps: lesson.steps.len(), done: &row.done | done };
            progress.set(&key_of(&prefix, lesson), row);
            let _ = progress.save(file); // a convenience
        }
    }));
    Ok((course, place))
}

/// Shows it until it is left.
fn screen(arguments: &Arguments, found: &Found, mut course: Course, place: &Place, file: Option<PathBuf>) -> Result<ExitCode, String> {
    let mut desk = Desk::new(&arguments.look, arguments.level)?;
    let usual = desk.app.layout;
    if arguments.look.layout_name().is_none() {
        desk.app = prepared(desk.app);
    }
    let mut place = Arc::clone(place);
    loop {
        desk.app.audience = arguments.level.unwrap_or(course.lesson().level);
        desk.app.can_rerun = true;
        let (index, at) = course.place();
        let wants_edit = course.wants_edit();
        let program = course.program().to_owned();
        let left = terminal::run(course, &mut desk.app, How { first: None, watch: None, colors: desk.colors });
        let again = match left {
            Ok(Left::Again(again)) => again,
            left => {
                desk.app.layout = usual;
                return Ok(desk.leave(left));
            }
        };
        // It may be another lesson and step by now.
        let (name, at, done) = place.lock().map(|place| place.clone()).unwrap_or_else(|_| (String::new(), at, BTreeSet::new()));
        let index = found.lessons.iter().position(|lesson| lesson.name == name).unwrap_or(index);
        (course, place) = open(found, index, arguments.quiz, file.clone())?;
        course.resume(at, &done);
        match again {
            Again::Edit { line, .. } if course.wants_edit() => {
                let text = if wants_edit { program } else { course.program().to_owned() };
                match edited(course.lesson(), &text, line) {
                    Ok(text) => {
                        course.edited(&text);
                    }
                    Err(message) => desk.app.complain(message),
                }
            }
            Again::Edit { .. } => desk.app.complain("in this step the program stays as it is; other steps ask to edit it"),
            Again::Rerun { .. } => {}
            Again::Open(_) => desk.app.complain("this is a lesson; `uncoil FILE` looks at another program"),
        }
    }
}

/// What the user makes of a lesson's program, in a file of its own.
fn edited(lesson: &Lesson, text: &str, line: Option<u32>) -> Result<String, String> {
    let folder = recent::state_folder().ok_or("there is no folder of state: HOME is not set")?.join("edited");
    // The name may be anybody's.
    let name: String = lesson.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let file = folder.join(format!("{name}.py"));
    let told = |error: io::Error| format!("{}: {error}", file.display());
    fs::create_dir_all(&folder).and_then(|()| fs::write(&file, text)).map_err(told)?;
    edit::edit(&file.display().to_string(), line)?;
    let bytes = fs::read(&file).map_err(told)?;
    String::from_utf8(bytes).map_err(|_| format!("{}: no UTF-8 text", file.display()))
}

/// The screen in the layout of lessons.
pub fn prepared(mut app: App) -> App {
    app.layout = LAYOUTS.iter().position(|(name, _)| *name == LESSON).unwrap_or(app.layout);
    app.can_rerun = true;
    app
}

/// A lesson by its number or folder, without progress: for pictures.
pub fn course(lesson: &str) -> Result<Course, String> {
    let found = find(Some(lesson)).map_err(|problems| problems.join("\n"))?;
    Course::new(found.lessons, found.index.unwrap_or(0))
}

fn key_of(prefix: &str, lesson: &Lesson) -> String {
    format!("{prefix}{}", lesson.name).replace(char::is_whitespace, "_")
}

/// The lessons that are meant.
fn find(wanted: Option<&str>) -> Result<Found, Vec<String>> {
    let told = |problems: Vec<Problem>| problems.iter().map(Problem::to_string).collect::<Vec<_>>();
    let own = || catalogue::own().map_err(told);
    let Some(wanted) = wanted else { return Ok(Found { lessons: own()?, index: None, prefix: String::new() }) };
    if let Ok(number) = wanted.parse::<u32>() {
        let lessons = own()?;
        let index = lessons.iter().position(|lesson| lesson.number == number);
        let numbers = || lessons.iter().map(|lesson| lesson.number.to_string()).collect::<Vec<_>>().join(", ");
        let index = index.ok_or_else(|| vec![format!("there is no lesson {number}; there are {}", numbers())])?;
        return Ok(Found { lessons, index: Some(index), prefix: String::new() });
    }
    if !std::path::Path::new(wanted).exists() {
        let lessons = own()?;
        return match lessons.iter().position(|lesson| lesson.name == wanted) {
            Some(index) => Ok(Found { lessons, index: Some(index), prefix: String::new() }),
            None => Err(vec![format!(
                "'{wanted}' is no lesson: give a number, or a folder with `lesson.md` in it; `uncoil learn --list` lists the lessons"
            )]),
        };
    }
    let lessons = catalogue::of_folder(wanted).map_err(told)?;
    let index = (lessons.len() == 1).then_some(0);
    let place = fs::canonicalize(wanted).map_or_else(|_| wanted.to_owned(), |path| path.display().to_string());
    Ok(Found { lessons, index, prefix: format!("{place}:") })
}

/// `3/12`, `done`, or nothing.
fn standing(row: &Row, lesson: &Lesson) -> String {
    match row.done.len() {
        0 => String::new(),
        _ if row.is_complete() => "done".into(),
        done => format!("{done} of {}", lesson.steps.len()),
    }
}

fn rows<'a>(found: &'a Found, file: Option<&PathBuf>) -> Vec<(&'a Lesson, Row)> {
    let progress = file.map(|file| Progress::load(file)).unwrap_or_default();
    found.lessons.iter().map(|lesson| (&**lesson, progress.of(&key_of(&found.prefix, lesson)))).collect()
}

fn list(found: &Found, file: Option<&PathBuf>) -> String {
    let rows = rows(found, file);
    let widest = rows.iter().map(|(lesson, _)| lesson.title.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (lesson, row) in &rows {
        let line = format!(
            "{:>3}  {:<widest$}  {:>2} steps  {:>2} min  {}",
            lesson.number,
            lesson.title,
            lesson.steps.len(),
            lesson.minutes,
            standing(row, lesson)
        );
        text += line.trim_end();
        text.push('\n');
    }
    text + "\n`uncoil learn NUMBER` opens one.\n"
}

/// Lets the user choose a lesson; `None`: none. A folder may be chosen too.
fn choose(desk: &mut Desk, found: &mut Found, file: Option<&PathBuf>) -> Result<Option<usize>, String> {
    let entries = rows(found, file)
        .into_iter()
        .map(|(lesson, row)| {
            let about = format!("{} min   {}", lesson.minutes, standing(&row, lesson));
            Entry { path: lesson.name.clone(), name: format!("{:>2}  {}", lesson.number, lesson.title), about: about.trim_end().to_owned() }
        })
        .collect();
    let mut start = Start::new(desk.app.theme.clone(), desk.app.glyphs, vec![("Lessons", entries)], |path| complete(path, false));
    let chosen = terminal::choose(&mut start, desk.app.mouse, desk.colors).map_err(|error| format!("{error:#}"))?;
    let Some(chosen) = chosen else { return Ok(None) };
    if let Some(index) = found.lessons.iter().position(|lesson| lesson.name == chosen) {
        return Ok(Some(index));
    }
    *found = find(Some(&recent::expanded(&chosen))).map_err(|problems| problems.join("\n"))?;
    Ok(Some(found.index.unwrap_or(0)))
}

//! The lists of the start screen, `uncoil` without a file: programs looked at lately, lessons and examples at hand.
//!
//! What was looked at is kept where XDG wants it, `$XDG_STATE_HOME/uncoil/recent`, one absolute path a line, the newest
//! first.

use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use crate::lessons::{Lesson, catalogue};
use crate::tui::{
    app::App,
    start::{Entry, Start},
    terminal,
    theme::depth::Depth,
};

const MOST: usize = 9;
/// Where examples may be.
const EXAMPLES: &str = "tests/programs/examples";
/// Those that are always at hand.
const OWN: [(&str, &str); 3] = [
    ("bank.py", include_str!("../../../tests/programs/examples/bank.py")),
    ("lru_cache.py", include_str!("../../../tests/programs/examples/lru_cache.py")),
    ("tokenizer.py", include_str!("../../../tests/programs/examples/tokenizer.py")),
];

/// Lets the user choose a program; `None`: none.
pub fn choose(app: &mut App, colors: Depth) -> Result<Option<String>, String> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err("no program given; `uncoil FILE` looks at one, `uncoil --help` tells more".into());
    }
    let list = |files: Vec<String>| files.iter().map(|file| entry(file)).collect::<Vec<_>>();
    let mut examples = list(programs(EXAMPLES));
    if examples.is_empty() {
        examples = OWN
            .iter()
            .map(|(name, text)| Entry { path: format!("{OWN_PREFIX}{name}"), name: (*name).into(), about: about(text) })
            .collect();
    }
    let sections = vec![("Recent", list(recent())), ("Lessons", lessons()), ("Examples", examples)];
    let mut start = Start::new(app.theme.clone(), app.glyphs, sections, |path| complete(path, true));
    start.message = app.message.take().map(|message| message.text);
    loop {
        let chosen = terminal::choose(&mut start, app.mouse, colors).map_err(|error| format!("{error:#}"))?;
        let path = match chosen {
            Some(path) if path.starts_with(OWN_PREFIX) => return unpacked(&path[OWN_PREFIX.len()..]).map(Some),
            Some(path) if path.starts_with(LESSON_PREFIX) => return Ok(Some(path)),
            Some(path) => expanded(&path),
            None => return Ok(None),
        };
        match unreadable(&path) {
            None => return Ok(Some(path)),
            Some(error) => start.message = Some(format!("can't open '{path}': {error}")),
        }
    }
}

/// Why a path that was typed leads nowhere.
fn unreadable(path: &str) -> Option<String> {
    let path = Path::new(path);
    let file = if path.is_dir() { path.join("__main__.py") } else { path.to_owned() };
    match fs::File::open(file) {
        Ok(_) => None,
        Err(_) if path.is_dir() => Some("a folder without a __main__.py".into()),
        Err(error) => Some(match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".into(),
            _ => error.to_string(),
        }),
    }
}

/// The lessons in the program.
fn lessons() -> Vec<Entry> {
    let entry = |lesson: &std::sync::Arc<Lesson>| Entry {
        path: format!("{LESSON_PREFIX}{}", lesson.name),
        name: format!("{:>2}  {}", lesson.number, lesson.title),
        about: format!("{} min", lesson.minutes),
    };
    catalogue::own().map_or(Vec::new(), |lessons| lessons.iter().map(entry).collect())
}

/// Before the name of a lesson.
pub const LESSON_PREFIX: &str = "lesson:";

/// Before the name of an example that is in no file yet.
const OWN_PREFIX: &str = "example:";

/// Puts one of our examples into a file, so that it can be edited.
fn unpacked(name: &str) -> Result<String, String> {
    let folder = state_folder().ok_or("there is no folder for examples: HOME is not set")?.join("examples");
    let file = folder.join(name);
    if !file.exists() {
        let text = OWN.iter().find(|(it, _)| *it == name).map_or("", |(_, text)| text);
        fs::create_dir_all(&folder).and_then(|()| fs::write(&file, text)).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(file.display().to_string())
}

fn entry(file: &str) -> Entry {
    let text = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&text[..text.len().min(4096)]).into_owned();
    Entry { path: file.to_owned(), name: shown(file), about: about(&text) }
}

/// The first line of a program's docstring or comment.
fn about(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("#!"));
    let mut lines = lines.map(|line| line.trim_matches(['"', '\'']).trim());
    let first = match lines.next() {
        Some("") => lines.next().unwrap_or_default(),
        first => first.unwrap_or_default(),
    };
    let is_prose = text.trim_start().starts_with(['"', '\'', '#']);
    if is_prose { first.trim_start_matches('#').trim().to_owned() } else { String::new() }
}

/// Folders and files that a path may go on to; of the files only programs and sessions, if it is to be looked at.
pub fn complete(path: &str, programs: bool) -> Vec<String> {
    let (folder, start) = path.rsplit_once('/').map_or(("", path), |(folder, start)| (&path[..=folder.len()], start));
    let place = expanded(if folder.is_empty() { "." } else { folder });
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut ways = Vec::new();
    for entry in entries.flatten().take(5_000) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if !name.starts_with(start) || name.starts_with('.') && !start.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            ways.push((1, format!("{folder}{name}/")));
        } else if !programs || [".py", ".pyc", ".uncoil", ".pyw"].iter().any(|end| name.ends_with(end)) {
            ways.push((0, format!("{folder}{name}")));
        }
    }
    ways.sort();
    ways.into_iter().map(|(_, way)| way).collect()
}

/// `~/x` with the user's folder.
pub fn expanded(path: &str) -> String {
    match (path.strip_prefix('~'), std::env::var("HOME")) {
        (Some(rest), Ok(home)) if rest.is_empty() || rest.starts_with('/') => format!("{home}{rest}"),
        _ => path.to_owned(),
    }
}

/// Puts a file on top of the list. Failing to is no reason to bother anybody.
pub fn remember(file: &str) {
    let (Some(list), Ok(path)) = (list_file(), fs::canonicalize(file)) else { return };
    let path = path.display().to_string();
    let mut files = recent();
    files.retain(|it| *it != path);
    files.insert(0, path);
    files.truncate(MOST);
    if let Some(folder) = list.parent() {
        let _ = fs::create_dir_all(folder); // the write below fails then
    }
    let _ = fs::write(list, files.join("\n") + "\n"); // a list of conveniences
}

fn recent() -> Vec<String> {
    let text = list_file().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    text.lines().filter(|line| Path::new(line).is_file()).take(MOST).map(str::to_owned).collect()
}

fn list_file() -> Option<PathBuf> {
    Some(state_folder()?.join("recent"))
}

/// `$UNCOIL_STATE`, or `uncoil` where XDG wants what outlives a session.
pub fn state_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|it| Path::new(it).is_absolute()).map(PathBuf::from);
    if let Some(own) = of("UNCOIL_STATE") {
        return Some(own);
    }
    let state = of("XDG_STATE_HOME").or_else(|| Some(of("HOME")?.join(".local/state")))?;
    Some(state.join("uncoil"))
}

/// The programs of a folder. A lesson is a folder with its program in it.
fn programs(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let path = if path.is_dir() { path.join("program.py") } else { path };
        if path.extension().is_some_and(|it| it == "py") && path.is_file() {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found.truncate(100);
    found
}

fn shown(file: &str) -> String {
    match std::env::var("HOME") {
        Ok(home) if !home.is_empty() => file.strip_prefix(&home).map_or(file.to_owned(), |rest| format!("~{rest}")),
        _ => file.to_owned(),
    }
}

//! The start screen of `uncoil` without a file: programs looked at lately, and the examples at hand.
//!
//! The list is kept where XDG wants it, `$XDG_STATE_HOME/uncoil/recent`, one absolute path a line, the newest first.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
};

use crate::tui::app::App;

const MOST: usize = 9;
/// Where example programs may be.
const EXAMPLES: [&str; 2] = ["lessons", "tests/programs/examples"];

/// Lets the user choose a program; `None`: none.
pub fn choose(app: Result<App, String>) -> Result<Option<String>, String> {
    app?;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err("no program given; `uncoil FILE` looks at one, `uncoil --help` tells more".into());
    }
    let recent = recent();
    let examples = examples();
    let mut out = io::stdout().lock();
    let mut text = String::from("\n  uncoil: see what CPython 3.11 does, instruction by instruction\n");
    let mut choices: Vec<String> = Vec::new();
    for (title, files) in [("Recent", &recent), ("Examples", &examples)] {
        if files.is_empty() {
            continue;
        }
        text += &format!("\n  {title}\n");
        for file in files {
            choices.push(file.clone());
            text += &format!("    {:>2}  {}\n", choices.len(), shown(file));
        }
    }
    text += if choices.is_empty() { "\n  The name of a program: " } else { "\n  A number, or the name of a program; Enter leaves: " };
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| error.to_string())?;
    let line = line.trim();
    Ok(match line.parse::<usize>() {
        _ if line.is_empty() => None,
        Ok(number) => {
            Some(number.checked_sub(1).and_then(|index| choices.get(index)).cloned().ok_or(format!("there is no number {number}"))?)
        }
        Err(_) => Some(line.to_owned()),
    })
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

fn examples() -> Vec<String> {
    let mut found = Vec::new();
    for folder in EXAMPLES {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            // A lesson is a folder with its program in it.
            let path = if path.is_dir() { path.join("program.py") } else { path };
            if path.extension().is_some_and(|it| it == "py") && path.is_file() {
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    found.truncate(2 * MOST);
    found
}

fn shown(file: &str) -> String {
    match std::env::var("HOME") {
        Ok(home) if !home.is_empty() => file.strip_prefix(&home).map_or(file.to_owned(), |rest| format!("~{rest}")),
        _ => file.to_owned(),
    }
}

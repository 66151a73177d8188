//! What the screen keeps from one session to the next: layout, theme, the splits that were moved, the history of the `:` line.
//!
//! Two text files in the folder of state, `screen` and `history`. They hold conveniences: a line that can't be read is
//! passed over, and failing to write them bothers nobody.

use std::{fs, io, path::Path};

use super::{app::App, layout::LAYOUTS, theme::Theme};

/// The most lines of history.
const MOST: usize = 500;

/// Which of what was kept is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub layout: bool,
    pub theme: bool,
}

/// Takes over what was kept, layout and theme only if they are wanted.
pub fn restore(app: &mut App, folder: &Path, wanted: Wanted) {
    app.keeps_theme = wanted.theme;
    for line in fs::read_to_string(folder.join("screen")).unwrap_or_default().lines() {
        match line.split_once(' ') {
            Some(("theme", name)) if wanted.theme => {
                app.theme = Theme::named(name).unwrap_or_else(|| app.theme.clone());
            }
            Some(("theme", name)) => app.theme_kept = Some(name.to_owned()),
            Some(("layout", name)) if wanted.layout => {
                app.layout = LAYOUTS.iter().position(|(it, _)| *it == name).unwrap_or(app.layout);
            }
            Some(("split", rest)) => app.splits.take_line(rest),
            _ => {}
        }
    }
    app.history = history(folder);
    app.history_kept = app.history.len();
}

/// Puts it down.
///
/// # Errors
///
/// The folder can't be written.
pub fn save(app: &mut App, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let splits = app.splits.lines().map(|line| format!("split {line}\n"));
    let theme = if app.keeps_theme { Some(app.theme.name) } else { app.theme_kept.as_deref() };
    let theme = theme.map(|name| format!("theme {name}\n"));
    let text: String = [format!("layout {}\n", LAYOUTS[app.layout].0)].into_iter().chain(theme).chain(splits).collect();
    write(folder, "screen", &text)?;
    // Another session may have written since.
    let mut lines = history(folder);
    let typed = app.history.get(app.history_kept..).unwrap_or_default();
    if typed.is_empty() {
        return Ok(());
    }
    lines.extend(typed.iter().filter(|line| !line.contains('\n')).cloned());
    lines.dedup();
    let from = lines.len().saturating_sub(MOST);
    app.history_kept = app.history.len();
    write(folder, "history", &(lines[from..].join("\n") + "\n"))
}

fn history(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("history")).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Whole or not at all.
fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    fs::write(&new, text).and_then(|()| fs::rename(&new, folder.join(name)))
}

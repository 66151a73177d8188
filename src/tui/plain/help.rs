//! The help of plain mode: the commands of the one table that need no screen.
//!
//! `help` lists them by what they are about, `help break` tells about one.

use crate::debugger::{
    breakpoints::KINDS,
    command::{COMMANDS, Category, CommandRow, row_named},
    options::OPTIONS,
};

/// Commands that move or paint what isn't there.
const FOR_SCREEN: [&str; 17] = [
    "play",
    "pause",
    "focus",
    "zoom",
    "layout",
    "scroll",
    "theme",
    "mouse",
    "palette",
    "command",
    "search",
    "search-next",
    "search-previous",
    "pipeline",
    "export",
    "heap",
    "repeat",
];

/// All commands, or one of them.
///
/// # Errors
///
/// There is no such command.
pub(super) fn lines(topic: Option<&str>) -> Result<Vec<String>, String> {
    match topic {
        Some(topic) => row_named(topic).map(one).ok_or_else(|| format!("no command `{topic}`; `help` lists them")),
        None => Ok(all()),
    }
}

fn all() -> Vec<String> {
    let mut lines = vec![
        "Enter repeats the last step. A name may be shortened as long as it is clear. `help COMMAND` tells more.".to_owned(),
        "The name of a pane alone shows it: stack, variables, frames, source, bytecode, output, and so on.".to_owned(),
    ];
    for category in Category::ALL {
        lines.push(category.title().replace("Shift: the same backwards", "with -back after its name: the same backwards"));
        let rows = COMMANDS.iter().filter(|row| row.category == category && !row.name.ends_with("-back"));
        lines.extend(rows.filter(|row| !FOR_SCREEN.contains(&row.name)).map(|row| format!("  {}: {}", head(row), row.help)));
    }
    lines
}

/// `instruction, i [COUNT]`
fn head(row: &CommandRow) -> String {
    let short = row.aliases.first().map_or(String::new(), |alias| format!(", {alias}"));
    format!("{}{short} {}", row.name, row.syntax).trim_end().to_owned()
}

fn one(row: &'static CommandRow) -> Vec<String> {
    let mut lines = vec![format!("{} {}: {}", row.name, row.syntax, row.help)];
    if !row.aliases.is_empty() {
        lines.push(format!("short: {}", row.aliases.join(", ")));
    }
    if FOR_SCREEN.contains(&row.name) {
        lines.push("It is for the screen.".into());
    }
    match row.name {
        "break" | "tbreak" | "log" => lines.extend(KINDS.iter().map(|(written, meaning)| format!("  {written}: {meaning}"))),
        "set" => lines.extend(OPTIONS.iter().map(|row| format!("  {} {}: {}", row.name, row.values.join(" | "), row.help))),
        _ => {}
    }
    lines
}

//! Completion of a `:` line: names of commands first, then the words that an argument may be.

use super::{COMMANDS, row_named};
use crate::view::PaneKind;

/// The ways to go on from a `:` line, each a whole line; the best first.
pub fn complete(line: &str) -> Vec<String> {
    let Some((name, argument)) = line.split_once(' ') else {
        return COMMANDS.iter().map(|row| row.name).filter(|name| name.starts_with(line)).map(str::to_owned).collect();
    };
    let Some(row) = row_named(name) else { return Vec::new() };
    let words: Vec<&str> = match row.name {
        "focus" => PaneKind::ALL.iter().map(|pane| pane.name()).chain(["next", "previous"]).collect(),
        "help" => COMMANDS.iter().map(|row| row.name).collect(),
        "set" => vec!["ascii on", "ascii off", "builtins on", "builtins off", "heap program", "heap touched", "heap all"],
        "break" => vec!["op "],
        // A syntax of plain words is its own list: `in | out`.
        _ => row.syntax.split(" | ").filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect(),
    };
    words.into_iter().filter(|word| word.starts_with(argument) && *word != argument).map(|word| format!("{name} {word}")).collect()
}

#[cfg(test)]
mod tests {
    use super::complete;

    #[test]
    fn names_then_words() {
        assert_eq!(complete("fin"), ["finish", "finish-back"]);
        assert_eq!(complete("zoom "), ["zoom in", "zoom out"]);
        assert_eq!(complete("focus h"), ["focus heap"]);
        assert!(complete("goto ").is_empty());
    }
}

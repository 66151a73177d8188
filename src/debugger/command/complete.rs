//! Completion of a `:` line: names of commands first, then the words that an argument may be.

use super::{COMMANDS, row_named};
use crate::debugger::options::OPTIONS;
use crate::{bytecode::opcode::Op, view::PaneKind};

/// The ways to go on from a `:` line, each a whole line; the best first.
pub fn complete(line: &str) -> Vec<String> {
    let Some((name, argument)) = line.split_once(' ') else {
        return COMMANDS.iter().map(|row| row.name).filter(|name| name.starts_with(line)).map(str::to_owned).collect();
    };
    let Some(row) = row_named(name) else { return Vec::new() };
    let words: Vec<&str> = match row.name {
        "focus" => PaneKind::ALL.iter().map(|pane| pane.name()).chain(["next", "previous"]).collect(),
        "help" => COMMANDS.iter().map(|row| row.name).collect(),
        "set" => {
            let ways = OPTIONS.iter().flat_map(|row| row.values.iter().map(|value| format!("{} {value}", row.name)));
            let fits = |way: &String| way.starts_with(argument) && way != argument;
            return ways.filter(fits).map(|way| format!("{name} {way}")).collect();
        }
        "card" => return opnames(line, argument),
        "heap" => vec!["program", "touched", "all", "types", "by age", "by size", "by refcount", "by type", "by generation"],
        "break" | "tbreak" | "log" => match argument.strip_prefix("op ") {
            None => vec!["op ", "offset ", "raise ", "uncaught ", "watch ", "refcount ", "alloc ", "free ", "gc ", "output ", "step "],
            Some(opname) => return opnames(line, opname),
        },
        // A syntax of plain words is its own list: `in | out`.
        _ => row.syntax.split(" | ").filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect(),
    };
    words.into_iter().filter(|word| word.starts_with(argument) && *word != argument).map(|word| format!("{name} {word}")).collect()
}

/// Where a `:` line goes on with a file: what stands before its path, and the path so far.
pub fn file_argument(line: &str) -> Option<(&str, &str)> {
    let (name, argument) = line.split_once(' ')?;
    let start = match row_named(name)?.name {
        "open" | "save" | "export" => 0,
        "diff" if argument.starts_with("input ") => "input ".len(),
        "diff" => 0,
        _ => return None,
    };
    Some(line.split_at(name.len() + 1 + start))
}

fn opnames(line: &str, opname: &str) -> Vec<String> {
    let start = &line[..line.len() - opname.len()];
    let opname = opname.to_ascii_uppercase();
    Op::ALL.iter().map(|op| op.name()).filter(|name| name.starts_with(&opname)).map(|name| format!("{start}{name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{complete, file_argument};

    #[test]
    fn names_then_words() {
        assert_eq!(complete("fin"), ["finish", "finish-back"]);
        assert_eq!(complete("zoom "), ["zoom in", "zoom out"]);
        assert_eq!(complete("focus h"), ["focus heap"]);
        assert_eq!(complete("break op store_f"), ["break op STORE_FAST"]);
        assert_eq!(complete("card get_a"), ["card GET_AITER", "card GET_ANEXT", "card GET_AWAITABLE"]);
        assert_eq!(complete("goto "), ["goto first", "goto last"]);
        assert_eq!(file_argument("open a/b"), Some(("open ", "a/b")));
        assert_eq!(file_argument("diff input x"), Some(("diff input ", "x")));
        assert_eq!(file_argument("goto 12"), None);
    }
}

//! Keys: their written form, and which command each stands for.
//!
//! A key is written as the character it types (`i`, `I`, `:`) or between angle brackets: `<ret>`, `<esc>`, `<tab>`,
//! `<space>`, `<left>`, `<f5>`, `<C-p>`, `<lt>` for `<` itself. Scripts, the command table, the configuration and the screen
//! use the same form. A [`Keymap`] is the command table's own keys, changed by a preset and then by the user.

mod presets;

pub use self::presets::PRESETS;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{
    debugger::command::{self, COMMANDS, Command, CommandRow, Direction, StepUnit, row_named},
    view::PaneKind,
};

/// What each key does.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A key and the `:` line that it is short for.
#[derive(Clone, Debug, PartialEq)]
struct Binding {
    key: String,
    line: String,
    name: &'static str,
}

impl Default for Keymap {
    /// The keys of the command table.
    fn default() -> Self {
        let of_row = |row: &'static CommandRow| {
            row.keys.iter().map(|(key, arguments)| Binding {
                key: (*key).to_owned(),
                line: format!("{} {arguments}", row.name).trim_end().to_owned(),
                name: row.name,
            })
        };
        Keymap { bindings: COMMANDS.iter().flat_map(of_row).collect() }
    }
}

impl Keymap {
    /// The keys of a preset of [`PRESETS`].
    pub fn preset(name: &str) -> Option<Keymap> {
        let (_, _, keys) = PRESETS.iter().find(|(it, ..)| *it == name)?;
        let mut keymap = Keymap::default();
        for (key, line) in *keys {
            keymap.bind(key, line).ok()?;
        }
        Some(keymap)
    }

    /// Gives a key another meaning; an empty line takes it away.
    ///
    /// # Errors
    ///
    /// It is no key, or no command.
    pub fn bind(&mut self, key: &str, line: &str) -> Result<(), String> {
        if !matches!(script(key)?.as_slice(), [one] if one == key) {
            return Err(format!("`{key}` is not one key; write `i`, `<C-p>`, `<f5>`, `<space>`"));
        }
        if line.trim().is_empty() {
            self.bindings.retain(|it| it.key != key);
            return Ok(());
        }
        let word = line.trim_start_matches([':', ' ']).trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let word = word.split_whitespace().next().unwrap_or_default();
        let row = row_named(word).ok_or_else(|| format!("no command `{word}`"))?;
        command::parse(line)?;
        self.bindings.retain(|it| it.key != key);
        self.bindings.push(Binding { key: key.to_owned(), line: line.trim().to_owned(), name: row.name });
        Ok(())
    }

    /// The command of a key in the focused pane.
    pub fn command(&self, key: &str, focus: PaneKind) -> Option<Command> {
        let binding = self.bindings.iter().find(|it| it.key == key)?;
        let step = |direction| Some(Command::Step { unit: StepUnit::Instruction, direction, count: 1 });
        match binding.line.as_str() {
            "scroll right" if key == "<right>" && matches!(focus, PaneKind::Source | PaneKind::Bytecode) => step(Direction::Forward),
            "scroll left" if key == "<left>" && matches!(focus, PaneKind::Source | PaneKind::Bytecode) => step(Direction::Back),
            line => command::parse(line).ok(),
        }
    }

    /// The row of a key.
    pub fn row_of(&self, key: &str) -> Option<&'static CommandRow> {
        self.bindings.iter().find(|it| it.key == key).and_then(|it| row_named(it.name))
    }

    /// The keys of a command, in the order of the table.
    pub fn keys_of(&self, row: &CommandRow) -> Vec<&str> {
        self.bindings.iter().filter(|it| it.name == row.name).map(|it| it.key.as_str()).collect()
    }
}

/// Splits a script into keys: `iin<ret>:break op CALL<ret>`. `<tick>` is no key: while playing, the next step is due.
///
/// # Errors
///
/// Names a `<…>` that is no key.
pub fn script(text: &str) -> Result<Vec<String>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            keys.push(if c == ' ' { "<space>".into() } else { c.to_string() });
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = rest.find('>').ok_or_else(|| format!("`{rest}`: a key without its `>`; `<` itself is `<lt>`"))?;
        let key = &rest[..=end];
        let name = &key[1..key.len() - 1];
        let modified = name.strip_prefix("C-").or(name.strip_prefix("A-"));
        let is_function = name.strip_prefix('f').and_then(|it| it.parse().ok()).is_some_and(|it: u8| (1..=12).contains(&it));
        if !is_function
            && !NAMED.iter().any(|(it, _)| *it == name)
            && modified.is_none_or(|it| it.chars().count() != 1)
            && !matches!(name, "S-tab" | "tick")
        {
            return Err(format!("`{key}` is no key"));
        }
        keys.push(key.to_owned());
        rest = &rest[end + 1..];
    }
    Ok(keys)
}

/// The key that types a character.
pub fn of_char(c: char) -> String {
    match c {
        '\n' => "<ret>".into(),
        ' ' => "<space>".into(),
        '<' => "<lt>".into(),
        '\t' => "<tab>".into(),
        c => c.to_string(),
    }
}

/// The written form of a key event; `None` for keys without meaning here.
pub fn written(event: &KeyEvent) -> Option<String> {
    if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == event.code) {
        return Some(format!("<{name}>"));
    }
    match event.code {
        KeyCode::F(number) => Some(format!("<f{number}>")),
        KeyCode::BackTab => Some("<S-tab>".into()),
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => Some(format!("<C-{}>", c.to_ascii_lowercase())),
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::ALT) => Some(format!("<A-{c}>")),
        KeyCode::Char(c) => Some(c.to_string()),
        _ => None,
    }
}

/// How the help and the footer show a key.
pub fn shown(key: &str) -> String {
    match key {
        "<ret>" => "Enter".into(),
        "<pgup>" => "PgUp".into(),
        "<pgdn>" => "PgDn".into(),
        "<S-tab>" => "Shift-Tab".into(),
        "<lt>" => "<".into(),
        _ => match key.strip_prefix("<C-").and_then(|rest| rest.strip_suffix('>')) {
            Some(letter) => format!("Ctrl-{}", letter.to_uppercase()),
            None if key.len() > 2 && key.starts_with('<') => {
                let name = &key[1..key.len() - 1];
                name[..1].to_uppercase() + &name[1..]
            }
            None => key.to_owned(),
        },
    }
}

const NAMED: [(&str, KeyCode); 16] = [
    ("esc", KeyCode::Esc),
    ("ret", KeyCode::Enter),
    ("tab", KeyCode::Tab),
    ("space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("bs", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("ins", KeyCode::Insert),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        let keys = script("iI<ret>:b 3<esc><C-p><lt>").unwrap();
        assert_eq!(keys, ["i", "I", "<ret>", ":", "b", "<space>", "3", "<esc>", "<C-p>", "<lt>"]);
        assert_eq!(script("<enter>").unwrap_err(), "`<enter>` is no key");
        assert_eq!(shown("<tab>"), "Tab");
        assert_eq!(shown("<C-p>"), "Ctrl-P");
        assert_eq!(shown("<f5>"), "F5");
    }

    #[test]
    fn presets_are_sound() {
        for (name, _, keys) in PRESETS {
            let mut keymap = Keymap::default();
            for (key, line) in *keys {
                keymap.bind(key, line).unwrap_or_else(|error| panic!("{name}: {key}: {error}"));
            }
            assert!(["?", ":", "q"].iter().all(|key| keymap.row_of(key).is_some()), "{name}");
            assert_eq!(Keymap::preset(name), Some(keymap));
        }
    }

    #[test]
    fn bindings() {
        let mut keymap = Keymap::default();
        keymap.bind("<f5>", "continue").unwrap();
        assert_eq!(keymap.row_of("<f5>").unwrap().name, "continue");
        assert_eq!(keymap.keys_of(row_named("continue").unwrap()), ["c", "<f5>"]);
        keymap.bind("c", "").unwrap();
        assert_eq!(keymap.keys_of(row_named("continue").unwrap()), ["<f5>"]);
        assert!(keymap.bind("<f5>", "contnue").unwrap_err().contains("no command"));
        assert!(keymap.bind("ab", "next").unwrap_err().contains("not one key"));
        assert!(keymap.bind("x", "scroll sideways").is_err());
    }
}

//! Keys: their written form, and which command each stands for.
//!
//! A key is written as the character it types (`i`, `I`, `:`) or between angle brackets: `<ret>`, `<esc>`, `<tab>`,
//! `<space>`, `<left>`, `<C-p>`, `<lt>` for `<` itself. Scripts, the command table and the screen use the same form.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::{
    debugger::command::{Command, Direction, StepUnit},
    view::PaneKind,
};

/// The command of a key in the focused pane.
pub fn command(key: &str, focus: PaneKind) -> Option<Command> {
    let step = |direction| Some(Command::Step { unit: StepUnit::Instruction, direction, count: 1 });
    match key {
        "<right>" if matches!(focus, PaneKind::Source | PaneKind::Bytecode) => step(Direction::Forward),
        "<left>" if matches!(focus, PaneKind::Source | PaneKind::Bytecode) => step(Direction::Back),
        _ => Command::of_key(key),
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
        if !NAMED.iter().any(|(it, _)| *it == name)
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

/// The written form of a key event; `None` for keys without meaning here.
pub fn written(event: &KeyEvent) -> Option<String> {
    if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == event.code) {
        return Some(format!("<{name}>"));
    }
    match event.code {
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
    }
}

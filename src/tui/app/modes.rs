//! Modes: while one is on, keys go to it. The `:` line, the search, the palette, a popup, the answer to `input()`.

use super::{super::action::Action, App, console::Console};
use crate::{
    debugger::command::{self, COMMANDS, Command},
    tui::{
        keymap::{self, Keymap},
        layout::LAYOUTS,
        popups::Popup,
        theme::THEMES,
        widgets::edit::Edit,
    },
    view::PaneKind,
};

/// Who gets the keys.
#[derive(Clone, Debug, Default)]
pub enum Mode {
    #[default]
    Normal,
    Command(CommandLine),
    Search(Edit),
    Palette(Palette),
    /// The answer to `input()`.
    Typing(Edit),
    Popup(Popup),
    /// Statements on a copy of the program.
    Console(Console),
    /// A question that y or n answers.
    Question(String),
}

/// The `:` line.
#[derive(Clone, Debug, Default)]
pub struct CommandLine {
    pub edit: Edit,
    /// What was typed before `Tab`, and which completion of it shows.
    completing: Option<(String, usize)>,
    /// How far back in the history.
    back: usize,
}

/// The list of all commands, narrowed by what is typed.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    pub edit: Edit,
    pub selected: usize,
}

impl App {
    /// Takes a text that was pasted. It is never read as commands: it goes where a text can be typed.
    pub fn paste(&mut self, text: &str) -> Vec<Action> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.running.is_some() {
            return Vec::new();
        }
        if matches!(self.mode, Mode::Normal) && self.waits_for_line() {
            self.begin_typing();
        }
        match &self.mode {
            Mode::Typing(_) => {
                self.typed_ahead = text.split_inclusive('\n').map(str::to_owned).collect();
                self.type_ahead()
            }
            Mode::Console(_) => text.chars().flat_map(|c| self.key(&keymap::of_char(c))).collect(),
            Mode::Command(_) | Mode::Search(_) | Mode::Palette(_) => {
                let line = text.lines().next().unwrap_or_default();
                line.chars().flat_map(|c| self.key(&keymap::of_char(if c == '\t' { ' ' } else { c }))).collect()
            }
            Mode::Normal | Mode::Popup(_) | Mode::Question(_) => self.refuse("a pasted text needs a line: `:` opens one"),
        }
    }

    /// Answers the program with what was pasted, as far as it asks.
    pub(super) fn type_ahead(&mut self) -> Vec<Action> {
        let Mode::Typing(edit) = &mut self.mode else { return Vec::new() };
        let Some(line) = self.typed_ahead.pop_front() else { return Vec::new() };
        for c in line.trim_end_matches('\n').chars() {
            edit.key(&if c == '\t' { "\t".to_owned() } else { keymap::of_char(c) });
        }
        if line.ends_with('\n') { self.key("<ret>") } else { Vec::new() }
    }

    pub(super) fn mode_key(&mut self, key: &str) -> Vec<Action> {
        match std::mem::take(&mut self.mode) {
            Mode::Normal => Vec::new(),
            Mode::Command(line) => self.command_line_key(line, key),
            Mode::Search(edit) => self.search_key(edit, key),
            Mode::Palette(palette) => self.palette_key(palette, key),
            Mode::Typing(edit) => self.typing_key(edit, key),
            Mode::Popup(popup) => self.popup_key(popup, key),
            Mode::Console(console) => self.console_key(console, key),
            Mode::Question(_) => match key {
                "y" | "<ret>" => self.command(Command::Yes(None)),
                _ => self.command(Command::No),
            },
        }
    }

    fn command_line_key(&mut self, mut line: CommandLine, key: &str) -> Vec<Action> {
        match key {
            "<esc>" => return Vec::new(),
            "<ret>" => return self.enter(line.edit.text()),
            "<bs>" if line.edit.text().is_empty() => return Vec::new(),
            "<tab>" | "<S-tab>" => {
                let (typed, last) = match line.completing.take() {
                    Some((typed, index)) => (typed, Some(index)),
                    None => (line.edit.text().to_owned(), None),
                };
                let ways = self.ways(&typed);
                if !ways.is_empty() {
                    let index = match (last, key) {
                        (None, _) => 0,
                        (Some(last), "<tab>") => (last + 1) % ways.len(),
                        (Some(last), _) => (last + ways.len() - 1) % ways.len(),
                    };
                    line.edit = Edit::of(ways[index].clone());
                    line.completing = Some((typed, index));
                }
            }
            "<up>" | "<down>" => {
                line.back = if key == "<up>" { (line.back + 1).min(self.history.len()) } else { line.back.saturating_sub(1) };
                let text = self.history.len().checked_sub(line.back).and_then(|index| self.history.get(index));
                line.edit = Edit::of(text.cloned().unwrap_or_default());
                line.completing = None;
            }
            _ => {
                line.edit.key(key);
                line.completing = None;
            }
        }
        self.mode = Mode::Command(line);
        Vec::new()
    }

    /// Runs a `:` line.
    pub fn enter(&mut self, text: &str) -> Vec<Action> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        if self.history.last().is_none_or(|last| last != text) {
            self.history.push(text.to_owned());
        }
        match command::parse(text) {
            Ok(command) => self.command(command),
            Err(error) => {
                self.complain(error);
                Vec::new()
            }
        }
    }

    fn search_key(&mut self, mut edit: Edit, key: &str) -> Vec<Action> {
        match key {
            "<esc>" => Vec::new(),
            "<ret>" if edit.text().is_empty() => Vec::new(),
            "<ret>" => self.command(Command::Search(edit.text().to_owned())),
            _ => {
                edit.key(key);
                self.mode = Mode::Search(edit);
                Vec::new()
            }
        }
    }

    fn palette_key(&mut self, mut palette: Palette, key: &str) -> Vec<Action> {
        let rows = palette.rows(&self.keymap);
        match key {
            "<esc>" | "<C-p>" => return Vec::new(),
            "<up>" => palette.selected = palette.selected.saturating_sub(1),
            "<down>" | "<tab>" => palette.selected = (palette.selected + 1).min(rows.len().saturating_sub(1)),
            "<ret>" => {
                let Some(row) = rows.get(palette.selected) else {
                    return self.refuse("nothing was found; `?` lists all commands, `0` panes and layouts");
                };
                // A command that can't do without arguments asks for them.
                return match command::parse(&row.line) {
                    Ok(command) if row.line != "input" => self.command(command),
                    _ => {
                        self.mode = Mode::Command(CommandLine { edit: Edit::of(format!("{} ", row.line)), ..CommandLine::default() });
                        Vec::new()
                    }
                };
            }
            _ => {
                palette.edit.key(key);
                palette.selected = 0;
            }
        }
        self.mode = Mode::Palette(palette);
        Vec::new()
    }

    fn typing_key(&mut self, mut edit: Edit, key: &str) -> Vec<Action> {
        match key {
            "<esc>" => {
                self.say("the program still waits; Enter goes back to typing");
                Vec::new()
            }
            "<ret>" => {
                self.has_typed = true;
                self.command(Command::Input(Some(edit.text().to_owned())))
            }
            "<C-d>" if edit.text().is_empty() => self.command(Command::Input(None)),
            _ => {
                edit.key(key);
                self.mode = Mode::Typing(edit);
                Vec::new()
            }
        }
    }

    fn popup_key(&mut self, mut popup: Popup, key: &str) -> Vec<Action> {
        let page = usize::from(self.size.1).saturating_sub(6).max(1);
        match key {
            "<up>" | "k" => popup.top = popup.top.saturating_sub(1),
            "<down>" | "j" => popup.top += 1,
            "<pgup>" => popup.top = popup.top.saturating_sub(page),
            "<pgdn>" | "<space>" => popup.top += page,
            "<home>" => popup.top = 0,
            "<end>" => popup.top = popup.lines.len(),
            _ => return Vec::new(), // any other key closes it
        }
        popup.top = popup.top.min(popup.lines.len().saturating_sub(page));
        self.mode = Mode::Popup(popup);
        Vec::new()
    }
}

impl App {
    /// The ways to go on from a `:` line: words of commands, or files where one is wanted.
    pub fn ways(&self, line: &str) -> Vec<String> {
        let Some((start, path)) = command::file_argument(line) else { return words(line) };
        let programs = command::row_named(line.split(' ').next().unwrap_or_default()).is_some_and(|row| row.name == "open");
        (self.complete_path)(path, programs).into_iter().map(|path| format!("{start}{path}")).collect()
    }

    /// The completions to show, and the one that is taken.
    pub fn choices(&self, line: &CommandLine) -> (Vec<String>, Option<usize>) {
        match &line.completing {
            Some((typed, index)) => (self.ways(typed), Some(*index)),
            None if line.edit.text().is_empty() => (Vec::new(), None),
            // The folder is read when Tab is pressed, not at every letter.
            None if command::file_argument(line.edit.text()).is_some() => (Vec::new(), None),
            None => (words(line.edit.text()), None),
        }
    }
}

/// The words that a `:` line may go on with; those that only the screen knows too.
fn words(line: &str) -> Vec<String> {
    let (name, argument) = line.split_once(' ').unwrap_or((line, ""));
    let names: Vec<&str> = match command::row_named(name).map(|row| row.name).filter(|_| line.contains(' ')) {
        Some("layout") => LAYOUTS.iter().map(|(name, _)| *name).collect(),
        Some("theme") => THEMES.to_vec(),
        _ => return command::complete(line),
    };
    names.into_iter().filter(|it| it.starts_with(argument) && *it != argument).map(|it| format!("{name} {it}")).collect()
}

impl CommandLine {
    /// With a text to go on from.
    pub fn of(text: &str) -> CommandLine {
        CommandLine { edit: Edit::of(text.to_owned()), ..CommandLine::default() }
    }
}

/// What can be chosen in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteRow {
    /// The key that does the same, as shown; empty where there is none.
    pub key: String,
    pub name: String,
    pub help: &'static str,
    /// The `:` line for it.
    pub line: String,
}

impl Palette {
    /// What fits what is typed, the best first: its key, the beginning of its name, a part of it, every word in its name or
    /// help, most letters of its name in their order.
    pub fn rows(&self, keymap: &Keymap) -> Vec<PaletteRow> {
        let text = self.edit.text().trim();
        let typed = text.to_lowercase();
        let rank = |row: &PaletteRow, is_key: bool, is_alias: bool| {
            let name = row.name.to_lowercase();
            let is_in = |word: &str| name.contains(word) || row.help.to_lowercase().contains(word);
            let ranks = [
                typed.is_empty() || is_key,
                name.starts_with(&typed) || is_alias,
                name.contains(&typed),
                typed.split_whitespace().all(is_in),
                is_scattered(&typed, &name),
            ];
            ranks.iter().position(|fits| *fits)
        };
        let mut rows: Vec<(usize, PaletteRow)> = Vec::new();
        for row in COMMANDS {
            let keys = keymap.keys_of(row);
            let is_key = keys.iter().any(|key| *key == text || keymap::shown(key).to_lowercase() == typed);
            let key = keys.first().map(|key| keymap::shown(key)).unwrap_or_default();
            let made = PaletteRow { key, name: row.name.into(), help: row.help, line: row.name.into() };
            rows.extend(rank(&made, is_key, row.aliases.contains(&text)).map(|rank| (rank, made)));
        }
        for pane in PaneKind::ALL {
            let key = pane.number().map(|number| number.to_string()).unwrap_or_default();
            let made =
                PaletteRow { key, name: format!("{} pane", pane.title()), help: pane.about(), line: format!("focus {}", pane.name()) };
            rows.extend(rank(&made, false, pane.name() == typed).map(|rank| (rank, made)));
        }
        let layouts = LAYOUTS.iter().map(|(name, about)| ("layout", *name, *about));
        for (kind, name, about) in layouts.chain(THEMES.iter().map(|name| ("theme", *name, "colours"))) {
            let made = PaletteRow { key: String::new(), name: format!("{kind} {name}"), help: about, line: format!("{kind} {name}") };
            rows.extend(rank(&made, false, name == typed).map(|rank| (rank, made)));
        }
        rows.sort_by_key(|(rank, _)| *rank);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// All letters are there, in this order, from the beginning of the name, and little is left out between them: `brkpt` in
/// `breakpoints`.
fn is_scattered(typed: &str, name: &str) -> bool {
    const MOST_GAPS: usize = 2;
    const WIDEST_GAP: usize = 3;
    let letters: Vec<char> = name.chars().collect();
    let (mut at, mut gaps) = (0, 0);
    for (index, c) in typed.chars().filter(|c| !c.is_whitespace()).enumerate() {
        let Some(gap) = letters[at..].iter().take(WIDEST_GAP + 1).position(|it| *it == c) else { return false };
        if gap > 0 && (index == 0 || gaps == MOST_GAPS) {
            return false;
        }
        gaps += usize::from(gap > 0);
        at += gap + 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_scattered;

    #[test]
    fn few_letters_are_left_out() {
        assert!(is_scattered("brkpt", "breakpoints"));
        assert!(is_scattered("fin", "finish"));
        assert!(!is_scattered("stack", "instruction-back"));
        assert!(!is_scattered("stack", "step-back"));
    }
}

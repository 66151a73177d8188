//! The start screen of `uncoil` without a program: what was looked at lately, lessons, examples, and a line for a path.
//!
//! It knows no folder: whoever opens it brings the lists, and a function that completes a path. Keys are those of lists:
//! Up, Down, Enter; `o` types a path with completion by Tab; Esc or `q` leaves.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{
    glyphs::Glyphs,
    keymap,
    theme::Theme,
    widgets::{edit::Edit, line::TextLine},
};

/// A program that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: String,
    /// As it is shown.
    pub name: String,
    /// What it is about, in a few words.
    pub about: String,
}

/// The screen's state.
#[derive(Debug)]
pub struct Start {
    pub theme: Theme,
    pub glyphs: &'static Glyphs,
    /// Titles with their programs.
    pub sections: Vec<(&'static str, Vec<Entry>)>,
    /// The ways to go on from the beginning of a path.
    pub complete: fn(&str) -> Vec<String>,
    pub message: Option<String>,
    selected: usize,
    top: usize,
    /// The path that is typed.
    path: Option<Edit>,
    /// The completions of what was typed before Tab, and which one shows.
    completing: Option<(Vec<String>, usize)>,
}

/// What a key led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet.
    None,
    Open(String),
    Leave,
}

impl Start {
    pub fn new(
        theme: Theme,
        glyphs: &'static Glyphs,
        sections: Vec<(&'static str, Vec<Entry>)>,
        complete: fn(&str) -> Vec<String>,
    ) -> Start {
        let is_empty = sections.iter().all(|(_, entries)| entries.is_empty());
        Start {
            theme,
            glyphs,
            sections: sections.into_iter().filter(|(_, entries)| !entries.is_empty()).collect(),
            complete,
            message: None,
            selected: 0,
            top: 0,
            path: is_empty.then(Edit::default),
            completing: None,
        }
    }

    /// Takes a key in script notation.
    pub fn key(&mut self, key: &str) -> Choice {
        self.message = None;
        if self.path.is_some() {
            return self.path_key(key);
        }
        let count = self.entries().count();
        match key {
            "<up>" | "k" => self.selected = self.selected.saturating_sub(1),
            "<down>" | "j" | "<tab>" => self.selected = (self.selected + 1).min(count.saturating_sub(1)),
            "<home>" | "g" => self.selected = 0,
            "<end>" | "G" => self.selected = count.saturating_sub(1),
            "<ret>" | "<right>" => {
                let path = self.entries().nth(self.selected).map(|entry| entry.path.clone());
                return path.map_or(Choice::None, Choice::Open);
            }
            "o" | ":" | "/" | "~" | "." => {
                self.path = Some(Edit::of(if matches!(key, "/" | "~" | ".") { key } else { "" }));
            }
            "q" | "<esc>" | "<C-c>" => return Choice::Leave,
            _ => self.message = Some(format!("{} means nothing here", keymap::shown(key))),
        }
        Choice::None
    }

    fn path_key(&mut self, key: &str) -> Choice {
        let Some(edit) = &mut self.path else { return Choice::None };
        let completing = self.completing.take();
        match key {
            "<C-c>" => return Choice::Leave,
            "<esc>" if self.sections.is_empty() => return Choice::Leave,
            "<esc>" => self.path = None,
            "<ret>" if edit.text().trim().is_empty() => {}
            "<ret>" => return Choice::Open(edit.text().trim().to_owned()),
            "<tab>" | "<S-tab>" => {
                let (ways, index) = match completing {
                    None => ((self.complete)(edit.text()), 0),
                    Some((ways, index)) => {
                        let count = ways.len().max(1);
                        (ways, if key == "<tab>" { (index + 1) % count } else { (index + count - 1) % count })
                    }
                };
                match ways.get(index) {
                    None => self.message = Some("no such file".into()),
                    Some(way) => {
                        *edit = Edit::of(way.clone());
                        // A folder that is the only way is gone into by the next Tab.
                        self.completing = (ways.len() > 1).then_some((ways, index));
                    }
                }
            }
            _ => {
                edit.key(key);
            }
        }
        Choice::None
    }

    /// A click on a program opens it.
    pub fn click(&mut self, y: u16) -> Choice {
        let row = self.top + usize::from(y.saturating_sub(HEAD));
        match self.rows().get(row) {
            Some(Row::Entry(index, entry)) if y >= HEAD && self.path.is_none() => {
                let path = entry.path.clone();
                self.selected = *index;
                Choice::Open(path)
            }
            _ => Choice::None,
        }
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().flat_map(|(_, entries)| entries)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        let mut index = 0;
        for (title, entries) in &self.sections {
            if !rows.is_empty() {
                rows.push(Row::Space);
            }
            rows.push(Row::Title(title));
            for entry in entries {
                rows.push(Row::Entry(index, entry));
                index += 1;
            }
        }
        rows
    }

    /// Draws it over the whole buffer.
    pub fn draw(&mut self, buffer: &mut Buffer) {
        let area = buffer.area;
        buffer.set_style(area, self.theme.text);
        let theme = self.theme.clone();
        let mut put = |y: u16, line: TextLine| {
            if y < area.height {
                line.draw(buffer, Rect { y, height: 1, ..area }, 0, self.glyphs.ellipsis);
            }
        };
        let header = TextLine::of(" uncoil ", theme.badge).put("  see what CPython 3.11 does, instruction by instruction", theme.message);
        put(0, header);
        let selected = self.rows().iter().position(|row| matches!(row, Row::Entry(index, _) if *index == self.selected)).unwrap_or(0);
        let height = usize::from(area.height.saturating_sub(HEAD + 2)).max(1);
        // The title of the first section shows with its first program.
        self.top = self.top.min(if selected == 1 { 0 } else { selected }).max((selected + 1).saturating_sub(height));
        let rows = self.rows();
        let widest = self.entries().map(|entry| super::widgets::text::width(&entry.name)).max().unwrap_or(0).min(48) + 6;
        for (y, row) in (HEAD..).zip(rows.iter().skip(self.top).take(height)) {
            put(
                y,
                match row {
                    Row::Space => TextLine::new(),
                    Row::Title(title) => TextLine::of(format!("  {title}"), theme.title_focused),
                    Row::Entry(index, entry) => {
                        let is_selected = *index == self.selected && self.path.is_none();
                        let (mark, style) = if is_selected { (self.glyphs.next, theme.next) } else { (" ", Style::new()) };
                        let name =
                            TextLine::of(format!("  {mark} "), style).put(&entry.name, if is_selected { theme.next } else { theme.text });
                        name.pad_to(widest).put(&entry.about, theme.dim)
                    }
                },
            );
        }
        let foot = area.height.saturating_sub(1);
        if let Some((ways, taken)) = &self.completing {
            let room = usize::from(area.height / 3).clamp(1, 8).min(ways.len());
            let top = (taken + 1).saturating_sub(room);
            for (line, (index, way)) in ways.iter().enumerate().skip(top).take(room).enumerate() {
                let style = if index == *taken { theme.cursor } else { theme.message };
                let y = foot.saturating_sub((room - line) as u16);
                put(y, TextLine::of(format!("  {way} "), style).pad_to(usize::from(area.width)));
            }
        }
        let line = match (&self.message, &self.path) {
            (Some(message), _) => TextLine::of(format!(" {message}"), theme.error),
            (None, Some(edit)) => {
                let (before, after) = edit.parts();
                let mut rest = after.chars();
                let under = rest.next().unwrap_or(' ').to_string();
                let typed =
                    TextLine::of(" a file: ", theme.key).put(before, theme.text).put(under, theme.cursor).put(rest.as_str(), theme.text);
                if before.is_empty() && after.is_empty() { typed.put("  Tab completes, Enter opens, Esc leaves", theme.dim) } else { typed }
            }
            _ => [("Enter", "opens"), ("o", "a file by its path"), ("Up Down", "choose"), ("q", "quit")]
                .iter()
                .fold(TextLine::of(" ", theme.text), |line, (key, label)| {
                    line.put(*key, theme.key).put(format!(" {label}   "), theme.label)
                }),
        };
        put(foot, line);
    }
}

/// Rows above the list.
const HEAD: u16 = 2;

enum Row<'a> {
    Space,
    Title(&'a str),
    Entry(usize, &'a Entry),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::UNICODE;

    fn start() -> Start {
        let entry = |path: &str| Entry { path: path.into(), name: path.into(), about: "what it shows".into() };
        let sections = vec![("Recent", vec![entry("a.py"), entry("b.py")]), ("Lessons", vec![]), ("Examples", vec![entry("c.py")])];
        let complete =
            |text: &str| ["src/", "src/main.py", "src/more.py"].into_iter().filter(|it| it.starts_with(text)).map(str::to_owned).collect();
        Start::new(Theme::named("default").unwrap(), &UNICODE, sections, complete)
    }

    #[test]
    fn choosing() {
        let mut it = start();
        assert_eq!(it.key("<ret>"), Choice::Open("a.py".into()));
        it.key("<down>");
        it.key("j");
        it.key("j");
        assert_eq!(it.key("<ret>"), Choice::Open("c.py".into()));
        assert_eq!(it.click(3), Choice::Open("a.py".into()));
        assert_eq!(it.click(2), Choice::None);
        assert_eq!(it.key("q"), Choice::Leave);
    }

    #[test]
    fn a_path_is_completed() {
        let mut it = start();
        for key in ["o", "s", "r", "c", "/", "m", "o", "<tab>", "<ret>"] {
            match it.key(key) {
                Choice::None => {}
                choice => return assert_eq!(choice, Choice::Open("src/more.py".into())),
            }
        }
        panic!("nothing was opened");
    }

    #[test]
    fn it_draws_at_any_size() {
        for (width, height) in [(1, 1), (10, 3), (40, 10), (80, 24), (200, 60)] {
            let mut it = start();
            for key in ["<down>", "<down>", "o", "s", "<tab>", "<tab>"] {
                it.key(key);
                it.draw(&mut Buffer::empty(Rect::new(0, 0, width, height)));
            }
        }
    }
}

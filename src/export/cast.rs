//! Screens one after the other as an asciicast, version 2: what `asciinema play` and its web player show.
//!
//! The first line is the header, each other line `[seconds, "o", text]`. The first picture is whole, the others send only the cells
//! that differ. Colours are those of [`super::ansi`]; no character of the program can act on the terminal that plays it, as the
//! screens hold none.

use ratatui::buffer::Buffer;
use serde_json::json;

use super::ansi::codes;
use crate::text::visible::clean;

/// A recording in the making.
pub struct Cast {
    text: String,
    shown: Option<Buffer>,
    seconds: f64,
}

impl Cast {
    /// For screens of this size.
    pub fn new(width: u16, height: u16, title: &str) -> Cast {
        let title = clean(title);
        let env = json!({"TERM": "xterm-256color", "SHELL": "/bin/sh"});
        let header = json!({"version": 2, "width": width, "height": height, "title": title, "env": env});
        Cast { text: format!("{header}\n"), shown: None, seconds: 0.0 }
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shown.is_none()
    }

    /// Shows a screen, for so many seconds.
    pub fn show(&mut self, screen: &Buffer, seconds: f64) {
        let text = match &self.shown {
            Some(shown) if shown.area == screen.area => changes(shown, screen),
            _ => {
                let blank = Buffer::empty(screen.area);
                format!("\x1b[?25l\x1b[0m\x1b[2J{}", changes(&blank, screen))
            }
        };
        self.event(&text);
        self.shown = Some(screen.clone());
        self.seconds += seconds;
    }

    /// The whole file; the last picture stays as long as it should.
    pub fn finish(mut self) -> String {
        self.event("\x1b[0m");
        self.text
    }

    fn event(&mut self, text: &str) {
        let seconds = (self.seconds * 1000.0).round() / 1000.0;
        self.text += &format!("{}\n", json!([seconds, "o", text]));
    }
}

/// What turns one screen into the other.
fn changes(from: &Buffer, to: &Buffer) -> String {
    let mut text = String::new();
    let mut style = None;
    let mut next = None;
    for (x, y, cell) in from.diff(to) {
        if next != Some((x, y)) {
            text += &format!("\x1b[{};{}H", y - to.area.y + 1, x - to.area.x + 1);
        }
        let codes = codes(cell.fg, cell.bg, cell.modifier);
        if style.as_ref() != Some(&codes) {
            text += &format!("\x1b[0{codes}m");
            style = Some(codes);
        }
        text += cell.symbol();
        let width = unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1) as u16;
        next = Some((x + width, y));
    }
    text
}

//! A drawn screen with its colours as ECMA-48 sequences (`\x1b[1;33m`): `cat` shows it.

use std::fmt::Write;

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier},
};

use super::cells;

pub fn ansi(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.y..area.bottom() {
        let mut now = String::new();
        for (_, _, cell) in cells(buffer, y) {
            let codes = codes(cell.fg, cell.bg, cell.modifier);
            if codes != now {
                let _ = write!(text, "\x1b[0{codes}m"); // writing to a string cannot fail
                now = codes;
            }
            text.push_str(cell.symbol());
        }
        text.push_str(if now.is_empty() { "\n" } else { "\x1b[0m\n" });
    }
    text
}

pub(super) fn codes(fg: Color, bg: Color, modifier: Modifier) -> String {
    let mut codes = String::new();
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    for (bit, code) in modifiers {
        if modifier.contains(bit) {
            let _ = write!(codes, ";{code}");
        }
    }
    for (color, ground) in [(fg, 30), (bg, 40)] {
        match color {
            Color::Reset => {}
            Color::Indexed(index) => {
                let _ = write!(codes, ";{};5;{index}", ground + 8);
            }
            Color::Rgb(r, g, b) => {
                let _ = write!(codes, ";{};2;{r};{g};{b}", ground + 8);
            }
            color => {
                let index = ansi_index(color);
                let _ = write!(codes, ";{}", if index < 8 { ground + index } else { ground + 60 + index - 8 });
            }
        }
    }
    codes
}

/// The number of one of the 16 colours.
pub(super) fn ansi_index(color: Color) -> u8 {
    match color {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        _ => 0,
    }
}

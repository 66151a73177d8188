//! A drawn screen to a file: SVG for slides and pages, ANSI for terminals, plain text for mail and tests.

pub mod ansi;
pub mod svg;
pub mod text;

use std::{fs, io};

use ratatui::buffer::{Buffer, Cell};
use unicode_width::UnicodeWidthStr;

/// Writes the screen in the format that the file's name ends in: `.svg`, `.ansi`, `.txt`.
///
/// # Errors
///
/// The file cannot be written, or the ending is another.
pub fn write(buffer: &Buffer, file: &str) -> io::Result<()> {
    let text = match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("svg") => svg::svg(buffer, &svg::Options::default()),
        Some("ansi") => ansi::ansi(buffer),
        Some("txt") => text::text(buffer),
        _ => return Err(io::Error::other("the name must end in .svg, .ansi or .txt")),
    };
    fs::write(file, text)
}

/// The cells of a row that start a character, with their column: what a wide character covers is left out.
fn cells(buffer: &Buffer, y: u16) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let area = buffer.area;
    let mut covered = 0;
    (area.x..area.right()).filter_map(move |x| {
        if x < covered {
            return None;
        }
        let cell = &buffer[(x, y)];
        let width = (cell.symbol().width() as u16).max(1);
        covered = x + width;
        Some((x, width, cell))
    })
}

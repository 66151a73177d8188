//! What is seen, in files: a drawn screen as SVG, ANSI or plain text; a run as a page, a recording, data, a worksheet.
//!
//! The formats stand in one table, [`FORMATS`], by the ending of the file's name. What a program printed or named is data in all of
//! them: no control character of it is written as it is.

pub mod ansi;
pub mod cast;
pub mod html;
pub mod python_tutor;
pub mod svg;
pub mod text;
pub mod trace;
pub mod walk;
pub mod worksheet;

use std::{fs, io};

use ratatui::buffer::{Buffer, Cell};
use unicode_width::UnicodeWidthStr;

use crate::view::View;

/// A way to write what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Svg,
    Text,
    Ansi,
    Html,
    Cast,
    Json,
    Markdown,
}

/// The ending of the file's name, and what it stands for.
pub const FORMATS: [(&str, Format, &str); 7] = [
    ("svg", Format::Svg, "a picture of the screen"),
    ("txt", Format::Text, "the screen as text"),
    ("ansi", Format::Ansi, "the screen as text with colours"),
    ("html", Format::Html, "a run as a page with a scrubber, for any browser"),
    ("cast", Format::Cast, "a run as an asciicast, for asciinema"),
    ("json", Format::Json, "a run as data"),
    ("md", Format::Markdown, "a worksheet about a run"),
];

impl Format {
    /// By the ending of a file's name.
    ///
    /// # Errors
    ///
    /// It has another ending, or none: a sentence with all there are.
    pub fn of(file: &str) -> Result<Format, String> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
        let found = FORMATS.iter().find(|(it, ..)| *it == ending).map(|(_, format, _)| *format);
        found.ok_or_else(|| {
            let endings: Vec<String> = FORMATS.iter().map(|(ending, ..)| format!(".{ending}")).collect();
            format!("the file's name says the format; it must end in {}", endings.join(", "))
        })
    }

    /// One screen is all of it.
    pub fn is_screen(self) -> bool {
        matches!(self, Format::Svg | Format::Text | Format::Ansi)
    }
}

/// A drawn screen in a format that is one.
///
/// # Errors
///
/// The format holds a run.
pub fn screen(buffer: &Buffer, format: Format, options: &svg::Options) -> io::Result<String> {
    match format {
        Format::Svg => Ok(svg::svg(buffer, options)),
        Format::Ansi => Ok(ansi::ansi(buffer)),
        Format::Text => Ok(text::text(buffer)),
        _ => Err(io::Error::other("this format holds a run, not a screen")),
    }
}

/// Writes a screen in the format that the file's name ends in.
///
/// # Errors
///
/// The file cannot be written, or the ending is none of a screen's.
pub fn write(buffer: &Buffer, file: &str) -> io::Result<()> {
    let format = Format::of(file).map_err(io::Error::other)?;
    fs::write(file, screen(buffer, format, &svg::Options::default())?)
}

/// Writes views of a run in the format that the file's name ends in; not a recording, which is made of screens.
///
/// # Errors
///
/// The file cannot be written, or the ending is none of a run's.
pub fn write_run(views: &[View], file: &str, options: worksheet::Options) -> io::Result<()> {
    let name = views.first().map_or("", |view| view.source.text.file.rsplit('/').next().unwrap_or_default());
    let text = match Format::of(file).map_err(io::Error::other)? {
        Format::Markdown => {
            let mut sheet = worksheet::Worksheet::default();
            views.iter().for_each(|view| sheet.add(view));
            sheet.markdown(name, options)
        }
        format @ (Format::Html | Format::Json) => {
            let mut trace = trace::Trace::new(name);
            views.iter().for_each(|view| trace.add(view));
            if format == Format::Json { trace.json() } else { html::html(&trace, name, html::Ground::Auto) }
        }
        _ => return Err(io::Error::other("this format holds screens")),
    };
    write_text(file, &text)
}

/// Writes a file anew, but no worksheet over a text that somebody has worked on.
///
/// # Errors
///
/// It cannot be written, or there is such a text.
pub fn write_text(file: &str, text: &str) -> io::Result<()> {
    let is_sheet = Format::of(file) == Ok(Format::Markdown);
    if is_sheet && fs::read(file).is_ok_and(|old| !std::str::from_utf8(&old).is_ok_and(worksheet::is_untouched)) {
        return Err(io::Error::other("there is a text of this name that was written or changed by hand; take another name"));
    }
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

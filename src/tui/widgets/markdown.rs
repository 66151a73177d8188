//! Markdown to rows of text: paragraphs, headings, lists, quotes, tables, code, and accents inside a line.
//!
//! What it doesn't know it shows as it is. Rows are cleaned as all rows are: an escape sequence in the text is shown, never sent.

use ratatui::style::{Modifier, Style};

use super::{
    line::TextLine,
    text::{clean, width},
};
use crate::{
    tui::theme::Theme,
    view::lesson::{Accent, spans},
};

/// The rows of a text at a width.
pub fn rows(text: &str, room: usize, theme: &Theme) -> Vec<TextLine> {
    let room = room.max(10);
    let mut rows: Vec<TextLine> = Vec::new();
    let mut paragraph = String::new();
    let mut lines = text.lines().peekable();
    let flush = |paragraph: &mut String, rows: &mut Vec<TextLine>| {
        if !paragraph.is_empty() {
            rows.extend(wrapped(paragraph, room, "", "", theme));
            paragraph.clear();
        }
    };
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            flush(&mut paragraph, &mut rows);
            for code in lines.by_ref().take_while(|line| !line.starts_with("```")) {
                rows.push(TextLine::of("  ", theme.text).put(code, theme.key));
            }
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut rows);
            rows.push(TextLine::new());
        } else if let Some(heading) = line.strip_prefix("### ") {
            flush(&mut paragraph, &mut rows);
            rows.extend(wrapped(heading, room, "", "", theme).into_iter().map(|row| restyled(&row, theme.message)));
        } else if line.trim_start().starts_with('|') {
            flush(&mut paragraph, &mut rows);
            let mut table = vec![cells(line)];
            while let Some(line) = lines.next_if(|line| line.trim_start().starts_with('|')) {
                table.push(cells(line));
            }
            rows.extend(table_rows(&table, theme));
        } else if let Some((mark, item)) = item(line) {
            flush(&mut paragraph, &mut rows);
            let mut item = item.to_owned();
            // Its lines go on as long as they are indented.
            while let Some(more) = lines.next_if(|line| line.starts_with("  ") && !line.trim().is_empty() && self::item(line).is_none()) {
                item.push(' ');
                item += more.trim();
            }
            let indent = " ".repeat(width(&mark));
            rows.extend(wrapped(&item, room, &mark, &indent, theme));
        } else if let Some(quoted) = line.strip_prefix("> ") {
            flush(&mut paragraph, &mut rows);
            rows.extend(wrapped(quoted, room, "| ", "| ", theme));
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph += line.trim();
        }
    }
    flush(&mut paragraph, &mut rows);
    rows
}

/// A text with accents, between words cut to a width; `first` and `others` stand before its rows.
pub fn wrapped(text: &str, room: usize, first: &str, others: &str, theme: &Theme) -> Vec<TextLine> {
    let room = room.saturating_sub(width(first).max(width(others))).max(4);
    let mut rows = Vec::new();
    let mut row = TextLine::of(first, theme.text);
    let mut used = 0;
    let mut gap = false;
    for (accent, piece) in spans(text) {
        let style = style_of(accent, theme);
        let piece = clean(&piece);
        for (index, word) in piece.split(' ').enumerate() {
            gap |= index > 0;
            if word.is_empty() {
                continue;
            }
            let mut word = word;
            let space = usize::from(gap && used > 0);
            if used > 0 && used + space + width(word) > room && gap {
                rows.push(std::mem::replace(&mut row, TextLine::of(others, theme.text)));
                used = 0;
            } else if space > 0 {
                // A gap inside of code or emphasis has its look.
                row.push(" ", if index > 0 { style } else { theme.text });
                used += 1;
            }
            // A word that no row can hold is cut.
            while width(word) > room.saturating_sub(used).max(1) && width(word) > room {
                let mut end = 0;
                for (at, c) in word.char_indices() {
                    if width(&word[..at + c.len_utf8()]) > room.saturating_sub(used).max(1) {
                        break;
                    }
                    end = at + c.len_utf8();
                }
                if end == 0 {
                    break;
                }
                row.push(&word[..end], style);
                rows.push(std::mem::replace(&mut row, TextLine::of(others, theme.text)));
                used = 0;
                word = &word[end..];
            }
            row.push(word, style);
            used += width(word);
            gap = false;
        }
        gap |= piece.ends_with(' ');
    }
    rows.push(row);
    rows
}

fn style_of(accent: Accent, theme: &Theme) -> Style {
    match accent {
        Accent::Plain => theme.text,
        Accent::Strong => theme.message,
        Accent::Emphasis => theme.text.add_modifier(Modifier::ITALIC | Modifier::UNDERLINED),
        Accent::Code => theme.key,
        Accent::Link => theme.text.add_modifier(Modifier::UNDERLINED),
    }
}

fn restyled(row: &TextLine, style: Style) -> TextLine {
    row.spans().iter().fold(TextLine::new(), |line, (text, _)| line.put(text, style))
}

/// The mark of a list's item, as it is shown, and the text behind it.
fn item(line: &str) -> Option<(String, &str)> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if let Some(rest) = text.strip_prefix("- ").or(text.strip_prefix("* ")) {
        return Some((format!("{}- ", " ".repeat(indent)), rest));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix(". ").filter(|_| (1..3).contains(&digits))?;
    Some((format!("{}{}. ", " ".repeat(indent), &text[..digits]), rest))
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    // A bar in code or after a backslash is no border.
    let mut cells = vec![String::new()];
    let mut in_code = false;
    let mut last = ' ';
    for c in line.chars() {
        in_code ^= c == '`';
        match (c, cells.last_mut()) {
            ('|', _) if !in_code && last != '\\' => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            _ => {}
        }
        last = c;
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn table_rows(table: &[Vec<String>], theme: &Theme) -> Vec<TextLine> {
    let is_border = |row: &Vec<String>| row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')));
    let has_head = table.get(1).is_some_and(is_border);
    let plain = |cell: &str| -> usize { spans(cell).iter().map(|(_, text)| width(&clean(text))).sum() };
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            table.iter().filter(|row| !is_border(row)).filter_map(|row| row.get(column)).map(|cell| plain(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut rows = Vec::new();
    for (index, row) in table.iter().enumerate().filter(|(_, row)| !is_border(row)) {
        let mut line = TextLine::of("  ", theme.text);
        let mut column = 2;
        for (cell, width) in row.iter().zip(&widths) {
            for (accent, text) in spans(cell) {
                line.push(text, if index == 0 && has_head { theme.message } else { style_of(accent, theme) });
            }
            column += width + 2;
            line = line.pad_to(column);
        }
        rows.push(line);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, room: usize) -> Vec<String> {
        let theme = Theme::named("mono").unwrap();
        rows(text, room, &theme)
            .iter()
            .map(|row| row.spans().iter().map(|(text, _)| text.as_str()).collect::<String>().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn blocks() {
        assert_eq!(plain("one **two**\nthree four", 10), ["one two", "three four"]);
        assert_eq!(plain("- a b c\n  d e f\n- g", 10), ["- a b c d", "  e f", "- g"]);
        assert_eq!(plain("```\n  x = *1*\n```", 10), ["    x = *1*"]);
        assert_eq!(plain("| a | bb |\n|---|---|\n| `c|d` | e |", 20), ["  a    bb", "  c|d  e"]);
        assert_eq!(plain("`a`, *b*.", 20), ["a, b."]);
        assert_eq!(plain("a \x1b[2J b", 30), ["a \\x1b[2J b"]);
    }

    #[test]
    fn any_width_will_do() {
        let text = "# x\n\n- *long*wordsomewhere **a b**\n\n| a |\n\n> q\n\n12. n\n```\ncode";
        for room in 0..40 {
            plain(text, room);
        }
    }
}

//! A row of styled text: a left part that is cut when room is short, and segments at the right edge that are dropped,
//! the first of them first.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::text::{clean, cut, width};

#[derive(Clone, Debug, Default)]
pub struct TextLine {
    left: Vec<(String, Style)>,
    right: Vec<Vec<(String, Style)>>,
    /// The whole row, under the other styles.
    base: Style,
}

impl TextLine {
    pub fn new() -> Self {
        TextLine::default()
    }

    pub fn of(text: impl AsRef<str>, style: Style) -> Self {
        TextLine::new().put(text, style)
    }

    /// Adds to the left part; the text is cleaned.
    pub fn put(mut self, text: impl AsRef<str>, style: Style) -> Self {
        self.push(text, style);
        self
    }

    pub fn push(&mut self, text: impl AsRef<str>, style: Style) {
        self.left.push((clean(text.as_ref()).into_owned(), style));
    }

    /// Spaces up to a column, at least one.
    pub fn pad_to(mut self, column: usize) -> Self {
        let used = self.width();
        let spaces = column.saturating_sub(used).max(1);
        self.left.push((" ".repeat(spaces), Style::new()));
        self
    }

    /// Adds a segment at the right edge; earlier ones are less important.
    pub fn right(mut self, spans: Vec<(String, Style)>) -> Self {
        if spans.is_empty() {
            return self;
        }
        self.right.push(spans.into_iter().map(|(text, style)| (clean(&text).into_owned(), style)).collect());
        self
    }

    /// The left part of another row after this one's.
    pub fn append(mut self, other: &TextLine) -> Self {
        self.left.extend(other.left.iter().cloned());
        self
    }

    pub fn base(mut self, style: Style) -> Self {
        self.base = style;
        self
    }

    /// Cells of the left part.
    pub fn width(&self) -> usize {
        self.left.iter().map(|(text, _)| width(text)).sum()
    }

    /// The left part, piece by piece.
    pub fn spans(&self) -> &[(String, Style)] {
        &self.left
    }

    /// The text without styles, for searching.
    pub fn plain(&self) -> String {
        let spans = self.left.iter().chain(self.right.iter().flatten());
        spans.map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Draws into the first row of the area; `skip` cells of the left part are scrolled away.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, skip: usize, ellipsis: &str) {
        let room = area.width as usize;
        if room == 0 || area.height == 0 {
            return;
        }
        buffer.set_style(Rect { height: 1, ..area }, self.base);
        let needed = self.width().saturating_sub(skip);
        let mut right = self.right.as_slice();
        let segment_width = |spans: &Vec<(String, Style)>| spans.iter().map(|(text, _)| width(text)).sum::<usize>() + 1;
        let mut right_width: usize = right.iter().map(segment_width).sum();
        while let [first, rest @ ..] = right {
            // The left part may lose an end, but not more than it keeps.
            let left_room = room.saturating_sub(right_width);
            if needed <= left_room || left_room * 2 >= room {
                break;
            }
            right_width -= segment_width(first);
            right = rest;
        }
        let left_room = room - right_width.min(room);
        self.draw_left(buffer, Rect { width: left_room as u16, ..area }, skip, ellipsis);
        let mut x = area.x + (room - right_width.min(room)) as u16;
        for spans in right {
            x += 1;
            for (text, style) in spans {
                let (end, _) = buffer.set_stringn(x, area.y, text, (area.right() - x.min(area.right())) as usize, self.base.patch(*style));
                x = end;
            }
        }
    }

    fn draw_left(&self, buffer: &mut Buffer, area: Rect, mut skip: usize, ellipsis: &str) {
        let mut x = area.x;
        let mut remaining: usize = self.width().saturating_sub(skip);
        for (text, style) in &self.left {
            let mut text = text.as_str();
            if skip > 0 {
                let total = width(text);
                if total <= skip {
                    skip -= total;
                    continue;
                }
                let start = text.char_indices().map(|(index, _)| index).find(|index| width(&text[..*index]) >= skip);
                text = &text[start.unwrap_or(text.len())..];
                skip = 0;
            }
            let room = (area.right() - x) as usize;
            let style = self.base.patch(*style);
            if remaining > room {
                // It doesn't fit: this span is the last one when it reaches the place of the ellipsis.
                if width(text) + width(ellipsis) > room {
                    let text = format!("{text}{}", " ".repeat(room + 1)); // whatever follows is cut as well
                    buffer.set_stringn(x, area.y, cut(&text, room, ellipsis).as_ref(), room, style);
                    return;
                }
            }
            let (end, _) = buffer.set_stringn(x, area.y, text, room, style);
            remaining -= width(text).min(remaining);
            x = end;
        }
    }
}

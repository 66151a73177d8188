//! The object graph as boxes and arrows, drawn on a canvas of cells: names at the left, objects by their distance from them.
//!
//! ```text
//! <module>            ╭ list #4  rc 3 ───╮
//!   a ──────────┬───▶ │ [0]  1           │
//!   b ────────╮ │     ╰──────────────────╯
//!             ╰─┼───▶ …
//! ```
//!
//! Arrows to the next column share one vertical line per box, so that what is shared looks shared. References that lead
//! back, or past a column, are written `↩ list #4`.

use ratatui::style::Style;

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{
        line::TextLine,
        text::{char_width, clean, cut, refcount, width},
    },
    view::{GraphBox, GraphRow, GraphView, View},
};

pub struct Graph<'a> {
    view: &'a GraphView,
    ink: Ink<'a>,
    canvas: Vec<Vec<Cell>>,
    /// Boxes with the rows that they take.
    places: Vec<(std::ops::Range<usize>, u32)>,
}

#[derive(Clone, Copy)]
struct Cell {
    /// `None`: the letter on the left takes this cell too.
    letter: Option<char>,
    style: Style,
}

/// Lines that meet in a cell: left, right, up, down.
type Arms = [bool; 4];

const MOST_LABEL: usize = 14;
const MOST_TEXT: usize = 22;

impl<'a> Graph<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let mut graph = Graph { view: &view.graph, ink, canvas: Vec::new(), places: Vec::new() };
        graph.draw();
        graph
    }

    fn draw(&mut self) {
        let columns = &self.view.columns;
        let mut x = 0;
        // The top rows of the boxes, column by column.
        let mut tops: Vec<Vec<usize>> = Vec::new();
        for (column, boxes) in columns.iter().enumerate() {
            // No arrow may arrive in a row where one to another box sets out.
            let sources: Vec<(usize, usize)> = match column.checked_sub(1) {
                None => Vec::new(),
                Some(last) => columns[last]
                    .iter()
                    .zip(&tops[last])
                    .flat_map(|(it, top)| it.rows.iter().enumerate().map(move |(by, row)| (top + 1 + by, row.target)))
                    .filter_map(|(y, target)| target.filter(|(to, _)| *to == column).map(|(_, index)| (y, index)))
                    .collect(),
            };
            let mut y = 0;
            let mut starts = Vec::new();
            for (index, it) in boxes.iter().enumerate() {
                while sources.iter().any(|&(row, to)| row == y && to != index) {
                    y += 1;
                }
                starts.push(y);
                y += it.rows.len() + if column == 0 { 2 } else { 3 };
            }
            tops.push(starts);
        }
        for (column, boxes) in columns.iter().enumerate() {
            let inner = boxes.iter().map(|it| self.box_width(it, column)).max().unwrap_or(0);
            for (index, it) in boxes.iter().enumerate() {
                self.draw_box(it, column, (x, tops[column][index]), inner);
            }
            let right = x + inner + if column == 0 { 0 } else { 2 };
            let Some(next) = tops.get(column + 1) else { break };
            x = self.draw_arrows(column, right, &tops[column], next);
        }
    }

    fn box_width(&self, it: &GraphBox, column: usize) -> usize {
        let title = width(&it.title) + it.refcount.map_or(0, |count| 7 + refcount(count).len()) + 2;
        let rows = it.rows.iter().map(|row| width(&self.label(row)) + 1 + width(&self.text(row, column)) + 1);
        rows.max().unwrap_or(0).max(title)
    }

    fn label(&self, row: &GraphRow) -> String {
        cut(&clean(&row.label), MOST_LABEL, self.ink.glyphs.ellipsis).into_owned()
    }

    /// What stands in a row beside its label: a value, or where it leads if no arrow does.
    fn text(&self, row: &GraphRow, column: usize) -> String {
        match row.target {
            Some((to, _)) if to == column + 1 => String::new(),
            Some(target) => {
                let title = self.view.at(target).map_or("", |it| &it.title);
                format!("{} {title}", self.ink.glyphs.back)
            }
            None => cut(&clean(&row.text), MOST_TEXT, self.ink.glyphs.ellipsis).into_owned(),
        }
    }

    fn draw_box(&mut self, it: &GraphBox, column: usize, (x, y): (usize, usize), inner: usize) {
        let Ink { theme, glyphs, .. } = self.ink;
        let mut title = TextLine::of(&it.title, if it.is_new { theme.new } else { theme.type_name });
        if let Some(count) = it.refcount {
            let (arrow, style) = match it.refcount_delta {
                0 => ("", theme.refcount),
                1.. => (glyphs.up, theme.up),
                _ => (glyphs.down, theme.down),
            };
            title = title.put("  rc ", theme.dim).put(refcount(count), style).put(arrow, style);
        }
        if column == 0 {
            self.put(x + 1, y, &it.title, theme.title);
            for (by, row) in it.rows.iter().enumerate() {
                let style = if row.target.is_some() { theme.variable } else { theme.dim };
                let label = self.label(row);
                self.put(x + 2, y + 1 + by, &label, theme.variable);
                let text = self.text(row, column);
                self.put(x + 3 + width(&label), y + 1 + by, &text, style);
            }
            return;
        }
        let [top_left, top_right, bottom_left, bottom_right] = glyphs.corners;
        self.put(x, y, &format!("{top_left}{}{top_right}", glyphs.rule.repeat(inner)), theme.rule);
        let mut at = x + 2;
        self.put(x + 1, y, " ", theme.rule);
        for (text, style) in title.spans() {
            self.put(at, y, text, *style);
            at += width(text);
        }
        if at < x + inner + 1 {
            self.put(at, y, " ", theme.rule);
        }
        for (by, row) in it.rows.iter().enumerate() {
            let y = y + 1 + by;
            self.put(x, y, glyphs.column, theme.rule);
            let label = self.label(row);
            self.put(x + 1, y, &label, theme.variable);
            let text = self.text(row, column);
            let gap = usize::from(!label.is_empty());
            self.put(x + 1 + width(&label) + gap, y, &text, if row.target.is_some() { theme.live } else { theme.text });
            self.put(x + inner + 1, y, glyphs.column, theme.rule);
        }
        let bottom = y + 1 + it.rows.len();
        self.put(x, bottom, &format!("{bottom_left}{}{bottom_right}", glyphs.rule.repeat(inner)), theme.rule);
        if let Some(slot) = it.slot {
            self.places.push((y..bottom + 1, slot));
        }
    }

    /// The arrows from a column to the next one, which begins at the returned x.
    fn draw_arrows(&mut self, column: usize, right: usize, from: &[usize], to: &[usize]) -> usize {
        let theme = self.ink.theme;
        // Every box that something leads to has a vertical line of its own.
        let mut tracks: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
        for (source, top) in self.view.columns[column].iter().zip(from) {
            for (by, row) in source.rows.iter().enumerate() {
                let Some((_, index)) = row.target.filter(|(to, _)| *to == column + 1) else { continue };
                let start = match column {
                    0 => 3 + width(&self.label(row)),
                    _ => right,
                };
                let y = top + 1 + by;
                match tracks.iter_mut().find(|(it, _)| *it == index) {
                    Some((_, starts)) => starts.push((start, y)),
                    None => tracks.push((index, vec![(start, y)])),
                }
            }
        }
        // The track of the lowest target stands leftmost, so that lines cross little.
        tracks.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
        let left = right + 1;
        let next = left + 2 * tracks.len() + 3;
        let mut arms: std::collections::BTreeMap<(usize, usize), Arms> = std::collections::BTreeMap::new();
        let mut line = |a: (usize, usize), b: (usize, usize)| {
            let (mut x, mut y) = a;
            while (x, y) != b {
                let horizontal = x != b.0;
                let (here, there) = match horizontal {
                    true if x < b.0 => (1, 0),
                    true => (0, 1),
                    false if y < b.1 => (3, 2),
                    false => (2, 3),
                };
                arms.entry((y, x)).or_default()[here] = true;
                match (here, horizontal) {
                    (1, _) => x += 1,
                    (0, _) => x -= 1,
                    (3, _) => y += 1,
                    _ => y -= 1,
                }
                arms.entry((y, x)).or_default()[there] = true;
            }
        };
        let mut heads = Vec::new();
        for (number, (index, starts)) in tracks.iter().enumerate() {
            let track = left + 2 * number;
            let target = to[*index];
            for &(start, y) in starts {
                line((start, y), (track, y));
                line((track, y), (track, target));
            }
            line((track, target), (next - 2, target));
            heads.push((next - 2, target));
        }
        for ((y, x), arms) in arms {
            self.put(x, y, joint(arms, self.ink.glyphs.is_ascii()), theme.done);
        }
        for (x, y) in heads {
            self.put(x, y, self.ink.glyphs.next, theme.done);
        }
        next
    }

    fn put(&mut self, x: usize, y: usize, text: &str, style: Style) {
        while self.canvas.len() <= y {
            self.canvas.push(Vec::new());
        }
        let row = &mut self.canvas[y];
        let mut at = x;
        for c in text.chars() {
            let cells = char_width(c).max(1);
            if row.len() < at + cells {
                row.resize(at + cells, Cell { letter: Some(' '), style: Style::new() });
            }
            row[at] = Cell { letter: Some(c), style };
            for covered in &mut row[at + 1..at + cells] {
                covered.letter = None;
            }
            at += cells;
        }
    }
}

/// The sign where lines meet.
fn joint([left, right, up, down]: Arms, ascii: bool) -> &'static str {
    if ascii {
        return match (left || right, up || down) {
            (true, false) => "-",
            (false, true) => "|",
            _ => "+",
        };
    }
    match (left, right, up, down) {
        (_, _, false, false) => "─",
        (false, false, _, _) => "│",
        (true, false, true, false) => "╯",
        (true, false, false, true) => "╮",
        (false, true, true, false) => "╰",
        (false, true, false, true) => "╭",
        (true, false, true, true) => "┤",
        (false, true, true, true) => "├",
        (true, true, true, false) => "┴",
        (true, true, false, true) => "┬",
        (true, true, true, true) => "┼",
    }
}

impl Content for Graph<'_> {
    fn rows(&self) -> usize {
        self.canvas.len().max(1) + usize::from(self.view.more > 0)
    }

    fn heading(&self) -> String {
        let boxes: usize = self.view.columns.iter().skip(1).map(Vec::len).sum();
        match boxes {
            0 => String::new(),
            1 => "1 object".into(),
            _ => format!("{boxes} objects"),
        }
    }

    /// The leftmost object whose box is in the row.
    fn target(&self, index: usize) -> Option<Target> {
        self.places.iter().find(|(rows, _)| rows.contains(&index)).map(|(_, slot)| Target::Object(*slot))
    }

    fn row(&self, index: usize) -> TextLine {
        match self.canvas.get(index) {
            Some(cells) => {
                let mut line = TextLine::new();
                for run in cells.chunk_by(|a, b| a.style == b.style) {
                    line.push(run.iter().filter_map(|cell| cell.letter).collect::<String>(), run[0].style);
                }
                line
            }
            None if self.view.more > 0 => self.ink.nothing(&format!("{} more references", self.view.more)),
            None => self.ink.nothing("no names yet"),
        }
    }
}

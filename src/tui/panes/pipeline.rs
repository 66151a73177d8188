//! The Pipeline view: the source, the stages of the compiler beside it, and the selected piece in every one of them.
//!
//! ```text
//! ─ Source ──────────┬━ AST ━━━━━━━━━━━━━━━┯─ Instructions ───   as many stages as there is room for
//!   4   x = 1 + y    │ ● value: BinOp      │ ●  8 BINARY_OP
//! ─ The piece ───────┤ ·  left: Constant   │ ·  4 LOAD_CONST
//! ▶ AST     ● BinOp  │ ·  right: Name      │ ·  6 LOAD_NAME
//! ```
//!
//! The rows are those of `view/pipeline.rs`; the marks say how a row belongs to the selected one.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use unicode_width::UnicodeWidthChar;

use super::source;
use crate::{
    tui::{
        app::{App, PipelineState},
        glyphs::Glyphs,
        layout::SMALLEST,
        theme::Theme,
        widgets::{
            line::TextLine,
            text::{cut, width},
        },
    },
    view::{
        SourceRange,
        pipeline::{Mark, Pipeline, Row, StageKind, Tie},
    },
};

/// The least width of a stage's column.
const COLUMN: u16 = 37;
/// Below this width the source stands above the stage, not beside it.
const STACKED: u16 = 72;
/// A piece over more lines than this is not marked word by word.
const MAX_MARKED_LINES: u32 = 8;

/// What lies under the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The name of a stage.
    Stage(StageKind),
    /// A row of a stage, by number.
    Row(StageKind, usize),
    /// A line from 1 and a byte of the source's text.
    Source(usize, usize),
}

/// Where everything is.
struct Places {
    source: Rect,
    trail: Option<Rect>,
    stages: Vec<(StageKind, Rect)>,
    /// Lines between columns: x, first row, row after the last.
    lines: Vec<(u16, u16, u16)>,
    narration: Rect,
}

fn left_width(width: u16) -> u16 {
    if width < 100 { width * 2 / 5 } else { (width / 3).clamp(38, 60) }
}

/// How many stages have a column.
fn columns(width: u16) -> u16 {
    if width < STACKED { 1 } else { ((width - left_width(width)) / (COLUMN + 1)).max(1) }
}

fn places(state: &PipelineState, width: u16, height: u16) -> Places {
    let narration = if height >= 22 { 2 } else { 1 };
    let body = Rect::new(0, 1, width, height.saturating_sub(2 + narration));
    let below = Rect::new(0, body.bottom(), width, narration);
    if width < STACKED {
        // One above the other.
        let upper = (body.height / 3).max(3);
        let source = Rect { height: upper, ..body };
        let stage = Rect { y: body.y + upper, height: body.height - upper, ..body };
        return Places {
            source,
            trail: None,
            stages: state.columns.iter().map(|kind| (*kind, stage)).collect(),
            lines: Vec::new(),
            narration: below,
        };
    }
    let left = left_width(width);
    let trail_rows = StageKind::ALL.len() as u16;
    let has_trail = body.height >= trail_rows + 6;
    let source = Rect { width: left, height: if has_trail { body.height - trail_rows } else { body.height }, ..body };
    let trail = has_trail.then(|| Rect { y: source.bottom(), height: trail_rows, ..source });
    let (mut stages, mut lines) = (Vec::new(), Vec::new());
    let mut x = left;
    for (index, kind) in state.columns.iter().enumerate() {
        lines.push((x, body.y, body.bottom()));
        let share = (width - x) / (state.columns.len() - index) as u16 - 1;
        stages.push((*kind, Rect { x: x + 1, width: share, ..body }));
        x += 1 + share;
    }
    Places { source, trail, stages, lines, narration: below }
}

/// What lies at a place of the screen, as last drawn.
pub fn spot(state: &PipelineState, width: u16, height: u16, x: u16, y: u16) -> Option<Spot> {
    let (least_width, least_height) = SMALLEST;
    if width < least_width || height < least_height || state.columns.len() != usize::from(columns(width)) {
        return None; // not drawn at this size yet
    }
    let places = places(state, width, height);
    let at = (x, y).into();
    if let Some(trail) = places.trail.filter(|trail| trail.contains(at)) {
        return StageKind::ALL.get(usize::from((y - trail.y).max(1))).map(|kind| Spot::Stage(*kind));
    }
    if places.source.contains(at) {
        let Some(row) = (y - places.source.y).checked_sub(1) else { return Some(Spot::Stage(StageKind::Source)) };
        let line = state.windows[StageKind::Source as usize].top + usize::from(row);
        let pipeline = state.pipeline()?;
        let text = pipeline.text.lines.get(line)?;
        let cell = usize::from(x).checked_sub(gutter(pipeline)).map_or(0, |cell| cell + shift(pipeline, state, places.source.width));
        return Some(Spot::Source(line + 1, byte_at(text, cell)));
    }
    let (kind, area) = places.stages.into_iter().find(|(_, area)| area.contains(at))?;
    Some(match (y - area.y).checked_sub(1) {
        None => Spot::Stage(kind),
        Some(row) => Spot::Row(kind, state.windows[kind as usize].top + usize::from(row)),
    })
}

/// Draws it over the whole screen but the footer.
pub fn draw(app: &App, state: &mut PipelineState, buffer: &mut Buffer) {
    let (screen_width, screen_height) = app.size;
    state.arrange(usize::from(columns(screen_width)));
    let places = places(state, screen_width, screen_height);
    let header = Rect::new(0, 0, screen_width, 1);
    let pen = Pen { theme: &app.theme, glyphs: app.glyphs };
    let Some(pipeline) = state.pipeline().cloned() else {
        pen.header(None, state, buffer, header);
        TextLine::of(" the source of this code is not at hand", pen.theme.dim).draw(buffer, Rect { y: 2, ..header }, 0, "");
        return;
    };
    pen.header(Some(&pipeline), state, buffer, header);
    pen.source(&pipeline, state, buffer, places.source);
    if let Some(trail) = places.trail {
        pen.trail(&pipeline, state, buffer, trail);
    }
    for (kind, area) in &places.stages {
        pen.stage(&pipeline, *kind, state, buffer, *area);
    }
    let active_at = |x: u16, y: u16| {
        let slots = places.stages.iter().copied().chain([(StageKind::Source, places.source)]);
        let trail = places.trail.filter(|trail| trail.y == y && x < trail.right()).map(|_| false);
        let slot = slots.into_iter().find(|(_, area)| area.y == y && area.x <= x && x < area.right());
        slot.map(|(kind, _)| kind == state.active).or(trail)
    };
    for (x, top, bottom) in &places.lines {
        for y in *top..*bottom {
            let joint = pen.glyphs.joint(active_at(x - 1, y), active_at(x + 1, y), y == *top);
            buffer[(*x, y)].set_symbol(joint).set_style(pen.theme.rule);
        }
    }
    pen.narration(&pipeline, state, buffer, places.narration);
}

/// How far the source moves left, so that the piece shows.
fn shift(pipeline: &Pipeline, state: &PipelineState, room: u16) -> usize {
    let Some(place) = state.piece.places.first().filter(|place| place.line == place.end_line) else { return 0 };
    let text = place.line.checked_sub(1).and_then(|index| pipeline.text.lines.get(index as usize)).map_or("", String::as_str);
    let cells = |column: u32| gutter(pipeline) + width(text.get(..column as usize).unwrap_or(text));
    let spare = cells(place.col).saturating_sub(gutter(pipeline) + 4);
    (cells(place.end_col) + 2).saturating_sub(usize::from(room)).min(spare)
}

/// The byte of a line that a cell shows.
fn byte_at(text: &str, cell: usize) -> usize {
    let mut used = 0;
    let found = text.char_indices().find(|(_, c)| {
        used += if *c == '\t' { 8 - used % 8 } else { c.width().unwrap_or(0) };
        used > cell
    });
    found.map_or(text.len(), |(index, _)| index)
}

/// Number and mark before the source's text.
fn gutter(pipeline: &Pipeline) -> usize {
    pipeline.text.lines.len().to_string().len().max(2) + 3
}

struct Pen<'a> {
    theme: &'a Theme,
    glyphs: &'a Glyphs,
}

impl Pen<'_> {
    fn header(&self, pipeline: Option<&Pipeline>, state: &PipelineState, buffer: &mut Buffer, area: Rect) {
        let theme = self.theme;
        let mut line = TextLine::of(" PIPELINE ", theme.badge_busy);
        if let Some(pipeline) = pipeline {
            line.push(format!(" {}  ", pipeline.text.file.rsplit('/').next().unwrap_or_default()), theme.header);
            if let Some(place) = state.piece.places.first() {
                let more = match state.piece.places.len() {
                    1 => String::new(),
                    count => format!(" and {} more", count - 1),
                };
                let snippet = snippet(pipeline, *place);
                line.push(snippet, theme.header.patch(theme.current_line));
                line = line.right(vec![(format!("{}{more} ", place_words(*place)), theme.header)]);
            } else if state.piece.code.is_some() {
                line.push("made up by the compiler: no place in the source", theme.header);
            }
        }
        line.base(theme.header).draw(buffer, area, 0, self.glyphs.ellipsis);
    }

    /// `━ AST ━━━━ 3–20/41 ━`
    fn rule(&self, title: &str, is_active: bool, remark: &str, buffer: &mut Buffer, area: Rect) {
        let (rule, style) = if is_active { (self.glyphs.heavy_rule, self.theme.rule_focused) } else { (self.glyphs.rule, self.theme.rule) };
        for x in area.x..area.right() {
            buffer[(x, area.y)].set_symbol(rule).set_style(style);
        }
        let room = usize::from(area.width);
        let title_style = if is_active { self.theme.title_focused } else { self.theme.title };
        let title = format!(" {} ", cut(title, room.saturating_sub(4), self.glyphs.ellipsis));
        let (end, _) = buffer.set_stringn(area.x + 1, area.y, &title, room.saturating_sub(2), title_style);
        let remark = format!(" {remark} ");
        let start = area.right().saturating_sub(width(&remark) as u16 + 1);
        if remark.trim() != "" && start > end {
            buffer.set_stringn(start, area.y, remark, room, self.theme.dim);
        }
    }

    fn source(&self, pipeline: &Pipeline, state: &mut PipelineState, buffer: &mut Buffer, area: Rect) {
        let is_active = state.active == StageKind::Source;
        let height = usize::from(area.height.saturating_sub(1));
        let top = state.window(StageKind::Source, height);
        let lines = &pipeline.text.lines;
        self.rule("Source", is_active, &hidden(top, height, lines.len(), self.glyphs), buffer, area);
        let digits = gutter(pipeline) - 3;
        let cursor = state.cursor(StageKind::Source).filter(|_| is_active);
        let left = shift(pipeline, state, area.width);
        for (y, index) in (area.y + 1..area.bottom()).zip(top..lines.len()) {
            let (number, text) = (index as u32 + 1, &lines[index]);
            let tie = state.links[StageKind::Source as usize].tie(index).is_some();
            let is_touched = state.piece.places.iter().any(|place| place.line <= number && number <= place.end_line) || tie;
            let failed = pipeline.failure.as_ref().and_then(|failure| failure.place).filter(|place| place.line == number);
            let (mark, mark_style) = match (cursor == Some(index), failed, is_touched) {
                (true, ..) => (self.glyphs.next, self.theme.next),
                (_, Some(_), _) => (self.glyphs.breakpoint, self.theme.error),
                (.., true) => (self.glyphs.column, self.theme.next),
                _ => (" ", Style::new()),
            };
            let number_style = if is_touched { self.theme.next } else { self.theme.dim };
            let mut line = TextLine::of(format!("{number:>digits$} "), number_style).put(mark, mark_style).put(" ", Style::new());
            let marked: Vec<(usize, usize, Style)> = state
                .piece
                .places
                .iter()
                .filter_map(|place| {
                    let (start, end) = place.columns_in(number, text)?;
                    let is_long = place.end_line - place.line >= MAX_MARKED_LINES;
                    Some((start, end, if is_long { self.theme.part } else { self.theme.range }))
                })
                .chain(failed.and_then(|place| place.columns_in(number, text)).map(|(start, end)| (start, end, self.theme.badge_bad)))
                .collect();
            source::paint(&mut line, text, Style::new(), |byte| {
                let pen = marked.iter().rfind(|(start, end, _)| (*start..*end).contains(&byte)).map(|(.., style)| *style);
                let token = pipeline.text.highlights_of(number).iter().find(|it| (it.start as usize..it.end as usize).contains(&byte));
                pen.unwrap_or_else(|| token.map_or(Style::new(), |it| self.theme.token(it.kind)))
            });
            let row = Rect { y, height: 1, ..area };
            let fixed = (gutter(pipeline) as u16).min(row.width);
            if left > 0 {
                line.draw(buffer, Rect { width: fixed, ..row }, 0, "");
                let rest = Rect { x: row.x + fixed, width: row.width - fixed, ..row };
                line.draw(buffer, rest, usize::from(fixed) + left, self.glyphs.ellipsis);
            } else {
                line.draw(buffer, row, 0, self.glyphs.ellipsis);
            }
        }
    }

    /// The piece in every stage, a line each; also the list of stages.
    fn trail(&self, pipeline: &Pipeline, state: &PipelineState, buffer: &mut Buffer, area: Rect) {
        self.rule("This piece in every stage", false, "", buffer, area);
        for (y, kind) in (area.y + 1..area.bottom()).zip(&StageKind::ALL[1..]) {
            let is_active = *kind == state.active;
            let (mark, style) = if is_active { (self.glyphs.next, self.theme.title_focused) } else { (" ", self.theme.title) };
            let number = format!("{:>2} ", *kind as usize);
            let mut line = TextLine::of(mark, self.theme.next).put(number, self.theme.dim).put(kind.short(), style).pad_to(12);
            let linked = &state.links[*kind as usize];
            let failure = pipeline.failure.as_ref().filter(|failure| failure.stage == *kind);
            if let Some(failure) = failure {
                line.push(format!("{}: {}", failure.kind, failure.message), self.theme.error);
            } else if let Some(best) = linked.anchor().and_then(|row| linked.tie(row)) {
                let (mark, style) = self.tie(Some(best));
                line.push(format!("{mark} "), style);
                let rows: Vec<&Row> =
                    linked.ties.iter().filter(|(_, tie)| *tie == best).map(|(row, _)| &pipeline.stage(*kind).rows[*row]).collect();
                if rows.len() > 1 {
                    line.push(format!("{}: ", rows.len()), self.theme.dim);
                }
                let joint = if *kind == StageKind::Tokens { " " } else { ", " };
                let words: Vec<String> = rows.iter().take(12).map(|row| brief(*kind, row)).collect();
                line.push(words.join(joint), self.theme.text);
            } else {
                line.push(format!("{} {}", self.glyphs.dash, linked.why_not.unwrap_or_default()), self.theme.dim);
            }
            line.draw(buffer, Rect { y, height: 1, ..area }, 0, self.glyphs.ellipsis);
        }
    }

    fn tie(&self, tie: Option<Tie>) -> (&str, Style) {
        match tie {
            Some(Tie::Same) => (self.glyphs.same, self.theme.next),
            Some(Tie::Part) => (self.glyphs.part, self.theme.part),
            Some(Tie::Around) => (self.glyphs.around, self.theme.part),
            None => (" ", Style::new()),
        }
    }

    fn stage(&self, pipeline: &Pipeline, kind: StageKind, state: &mut PipelineState, buffer: &mut Buffer, area: Rect) {
        let is_active = kind == state.active;
        let room = usize::from(area.width);
        let height = usize::from(area.height.saturating_sub(1));
        let top = state.window(kind, height);
        let stage = pipeline.stage(kind);
        let title = format!("{} {}", kind as usize, kind.title());
        self.rule(&title, is_active, &hidden(top, height, stage.rows.len(), self.glyphs), buffer, area);
        if stage.rows.is_empty() {
            return self.nothing(pipeline, kind, buffer, area);
        }
        let linked = &state.links[kind as usize];
        let step = if room >= 60 { 2 } else { 1 };
        let is_tree = matches!(kind, StageKind::Cst | StageKind::Ast | StageKind::Folded);
        let shown = &stage.rows[top.min(stage.rows.len())..(top + height).min(stage.rows.len())];
        let longest = shown.iter().filter(|row| row.mark != Mark::Heading).map(|row| width(&row.text)).max().unwrap_or(0);
        let text_width = if is_tree { 0 } else { longest.min((room / 3).max(12)) };
        // A deep row that matters moves the whole tree left.
        let cursor = state.cursor(kind);
        let deep = cursor.and_then(|row| stage.rows.get(row)).map_or(0, |row| row.depth * step);
        let left = if is_tree { deep.saturating_sub(room / 3) } else { 0 };
        for (y, (index, row)) in (area.y + 1..).zip((top..).zip(shown)) {
            let is_selected = state.selected == Some((kind, index));
            let tie = linked.tie(index);
            let (mark, mark_style) = match is_selected || is_active && cursor == Some(index) {
                true => (self.glyphs.next, self.theme.next),
                false => self.tie(tie),
            };
            let style = |plain: Style| match tie {
                Some(Tie::Same) => self.theme.range,
                Some(Tie::Part) => self.theme.part,
                Some(Tie::Around) => self.theme.around,
                None => plain,
            };
            let sign = match row.mark {
                Mark::Repaired => "!",
                Mark::Differs => self.glyphs.new,
                _ => " ",
            };
            let text_style = if row.mark == Mark::Heading { self.theme.title_focused } else { self.theme.text };
            let indent = (row.depth * step).saturating_sub(left);
            let before = TextLine::of(mark, mark_style).put(sign, self.theme.changed).put(" ".repeat(indent), Style::new());
            let mut line = before.put(&row.label, style(self.theme.dim)).put(&row.text, style(text_style));
            if !row.detail.is_empty() {
                let column = 2 + indent + width(&row.label) + text_width;
                let gap = if row.detail.starts_with('(') { 0 } else { column.saturating_sub(line.width()) + 1 };
                let is_tight = if is_tree { room < 60 } else { line.width() + gap + width(&row.detail) > room };
                line = line.put(" ".repeat(gap), style(Style::new()));
                let short = row.short.as_ref().filter(|_| is_tight);
                line = line.put(short.unwrap_or(&row.detail), style(self.theme.live));
            }
            if !row.note.is_empty() {
                line = line.put(format!("  {}", row.note), style(self.theme.dim));
            }
            if let Some(place) = row.place_text()
                && line.width() + place.len() + 2 <= room
            {
                line = line.right(vec![(place, self.theme.dim)]);
            }
            let cells = Rect { y, height: 1, ..area };
            line.draw(buffer, cells, 0, self.glyphs.ellipsis);
            if is_selected {
                buffer.set_style(cells, Style::reset().patch(self.theme.text).patch(self.theme.cursor));
            }
        }
    }

    fn nothing(&self, pipeline: &Pipeline, kind: StageKind, buffer: &mut Buffer, area: Rect) {
        let failure = pipeline.failure.as_ref().filter(|failure| kind >= failure.stage);
        let mut rows = Vec::new();
        match failure {
            Some(failure) if failure.stage == kind => {
                rows.push(("The program gets only as far as here.".to_owned(), self.theme.text));
                rows.extend(failure.traceback.lines().map(|line| (line.strip_prefix("  ").unwrap_or(line).to_owned(), self.theme.error)));
                if let Some(place) = failure.place {
                    rows.push((place_words(place), self.theme.dim));
                }
            }
            Some(failure) => rows.push((format!("not reached: {} stops it", failure.stage.title()), self.theme.dim)),
            None if kind == StageKind::Exceptions => rows.push(("empty: no try, no with".into(), self.theme.dim)),
            None => rows.push(("empty".into(), self.theme.dim)),
        }
        let room = usize::from(area.width.saturating_sub(2));
        let wrapped = rows.into_iter().flat_map(|(text, style)| wrap(&text, room).into_iter().map(move |line| (line, style)));
        for (y, (text, style)) in (area.y + 1..area.bottom()).zip(wrapped) {
            TextLine::of(format!(" {text}"), style).draw(buffer, Rect { y, height: 1, ..area }, 0, self.glyphs.ellipsis);
        }
    }

    /// What the active stage is, or why the program gets no further; and what the marks mean.
    fn narration(&self, pipeline: &Pipeline, state: &PipelineState, buffer: &mut Buffer, area: Rect) {
        let theme = self.theme;
        let failure = pipeline.failure.as_ref();
        let first = match failure {
            Some(failure) => TextLine::of(format!(" {}: {}", failure.kind, failure.message), theme.error).put(
                format!("  {} the way ends at stage {}, {}", self.glyphs.dash, failure.stage as usize, failure.stage.title()),
                theme.text,
            ),
            None => TextLine::of(format!(" {}: ", state.active.title()), theme.message).put(state.active.meaning(), theme.text),
        };
        let entry = |line: TextLine, mark: &str, style: Style, text: &str| {
            line.put(mark, theme.next).put(" ", Style::new()).put(text, style).put("   ", Style::new())
        };
        let line = entry(TextLine::of(" ", theme.text), self.glyphs.next, theme.cursor, "selected");
        let line = entry(line, self.glyphs.same, theme.range, "the same piece");
        let line = entry(line, self.glyphs.part, theme.part, "a part of it");
        let line = entry(line, self.glyphs.around, theme.around, "the smallest around it");
        for (y, line) in (area.y..area.bottom()).zip([first, line]) {
            line.draw(buffer, Rect { y, height: 1, ..area }, 0, self.glyphs.ellipsis);
        }
    }
}

/// `3–20/41` where not everything shows.
fn hidden(top: usize, height: usize, rows: usize, glyphs: &Glyphs) -> String {
    if rows <= height { String::new() } else { format!("{}{}{}/{rows}", top + 1, glyphs.dash, (top + height).min(rows)) }
}

/// `line 3, columns 4 to 9`
fn place_words(place: SourceRange) -> String {
    if place.end_line > place.line {
        return format!("lines {} to {}", place.line, place.end_line);
    }
    match place.end_col.saturating_sub(place.col) {
        0 | 1 => format!("line {}, column {}", place.line, place.col),
        _ => format!("line {}, columns {} to {}", place.line, place.col, place.end_col),
    }
}

/// A text in lines of at most so many cells, as far as its words allow.
fn wrap(text: &str, room: usize) -> Vec<String> {
    // What CPython points to with carets stays as it is.
    if width(text) <= room || text.trim_start().starts_with(['^', '~']) {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("it begins with one");
        match last.is_empty() || width(last) + 1 + width(word) <= room {
            true if last.is_empty() => last.push_str(word),
            true => last.extend([" ", word]),
            false => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text of a piece, as far as its first line goes.
fn snippet(pipeline: &Pipeline, place: SourceRange) -> String {
    let text = place.line.checked_sub(1).and_then(|index| pipeline.text.lines.get(index as usize));
    let text = text.and_then(|text| place.columns_in(place.line, text).and_then(|(start, end)| text.get(start..end)));
    let more = if place.end_line > place.line { " ..." } else { "" };
    text.map(|text| format!("{text}{more}")).unwrap_or_default()
}

/// A row in a few letters.
fn brief(kind: StageKind, row: &Row) -> String {
    let detail = row.short.as_ref().unwrap_or(&row.detail);
    match kind {
        StageKind::Tokens => match row.detail.trim_matches('"') {
            "" | "\\n" => row.text.to_uppercase(),
            word => word.replace("\\\"", "\""),
        },
        StageKind::Lines | StageKind::Exceptions => format!("{}{}", row.label.trim_start(), row.text),
        StageKind::Source => row.text.trim().to_owned(),
        StageKind::Symbols => row.text.clone(),
        _ if detail.is_empty() || detail.starts_with('(') && kind <= StageKind::Folded => format!("{}{detail}", row.text),
        _ => format!("{} {detail}", row.text),
    }
}

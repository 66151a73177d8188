//! The lesson beside the machine: the step's text, its question with the choices, hints and verdicts, and what to do next.
//!
//! ```text
//!  ━ Lesson ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ step 4 of 12 ━
//!  Who owns the object?
//!  …
//!  a  1        b  2        ✓ c  3
//! ```

use ratatui::style::Style;

use super::{Content, Ink};
use crate::{
    tui::theme::Theme,
    tui::widgets::{line::TextLine, markdown},
    view::{LessonTone, LessonView, View},
};

pub struct Lesson<'a> {
    view: Option<&'a LessonView>,
    rows: Vec<TextLine>,
    /// The row of the last note.
    anchor: Option<usize>,
}

impl<'a> Lesson<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let Some(view) = view.lesson.as_deref() else {
            return Lesson { view: None, rows: vec![ink.nothing("there is no lesson; `uncoil learn` lists them")], anchor: None };
        };
        let theme = ink.theme;
        // A long line is hard to read.
        let room = ink.width.saturating_sub(2).min(92);
        let mut rows = markdown::wrapped(&view.heading, room, " ", " ", theme);
        rows = rows
            .iter()
            .map(|row| row.spans().iter().fold(TextLine::new(), |line, (text, _)| line.put(text, theme.title_focused)))
            .collect();
        let indented = |line: &TextLine| TextLine::of(" ", theme.text).append(line);
        rows.extend(markdown::rows(&ink.legible(&view.text), room, theme).iter().map(indented));
        if !view.question.is_empty() {
            rows.push(TextLine::new());
            rows.extend(markdown::wrapped(&ink.legible(&view.question), room, " ? ", "   ", theme));
        }
        for choice in &view.choices {
            let mark = match (choice.verdict, choice.place) {
                (_, Some(place)) => format!(" {place}"),
                (Some(true), _) => format!(" {}", ink.glyphs.new),
                (Some(false), _) => format!(" {}", ink.glyphs.removed),
                _ => "  ".into(),
            };
            let style = match choice.verdict {
                Some(true) => theme.new,
                Some(false) => theme.removed,
                None => theme.key,
            };
            for (index, line) in markdown::wrapped(&ink.legible(&choice.text), room.saturating_sub(6), "", "", theme).iter().enumerate() {
                let start = match index {
                    0 => TextLine::of(&mark, style).put(format!(" {}  ", choice.key), style),
                    _ => TextLine::of("      ", theme.text),
                };
                rows.push(start.append(line));
            }
        }
        let mut anchor = None;
        for note in &view.notes {
            rows.push(TextLine::new());
            anchor = Some(rows.len());
            let style = match note.tone {
                LessonTone::Right => theme.new,
                LessonTone::Wrong => theme.removed,
                LessonTone::Hint | LessonTone::Why => theme.message,
            };
            let text = ink.legible(&note.text);
            let start = format!(" {}: ", note.tone.title());
            for (index, line) in markdown::wrapped(&text, room, &start, "   ", theme).iter().enumerate() {
                let spans = line.spans().iter().enumerate();
                rows.push(spans.fold(TextLine::new(), |row, (place, (text, other))| {
                    row.put(text, if index == 0 && place == 0 { style } else { *other })
                }));
            }
        }
        if !view.task.is_empty() {
            rows.push(TextLine::new());
            let start = format!(" {} ", ink.glyphs.next);
            for line in markdown::wrapped(&view.task, room, &start, "   ", theme) {
                rows.push(line.spans().iter().fold(TextLine::new(), |row, (text, _)| row.put(text, theme.next)));
            }
        }
        let last = rows.len().saturating_sub(1);
        let margin = (ink.height / 4).min(3);
        let anchor = anchor.map(|row| (row + ink.height.saturating_sub(1 + margin)).min(last));
        Lesson { view: Some(view), rows, anchor }
    }
}

impl Content for Lesson<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, index: usize) -> TextLine {
        self.rows[index].clone()
    }

    fn anchor(&self) -> Option<usize> {
        self.anchor
    }

    fn heading(&self) -> String {
        self.view.map_or(String::new(), |view| format!("{}, step {} of {}", view.title, view.step, view.steps))
    }
}

/// A pane that a quiz hides.
pub struct Hidden {
    style: Style,
}

impl Hidden {
    pub fn new(theme: &Theme) -> Hidden {
        Hidden { style: theme.dim }
    }
}

impl Content for Hidden {
    fn rows(&self) -> usize {
        1
    }

    fn row(&self, _index: usize) -> TextLine {
        TextLine::of(" hidden until you have answered", self.style)
    }
}

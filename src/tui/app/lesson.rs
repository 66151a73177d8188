//! The lesson on the screen: what keys mean while a question is open, and what becomes of the panes when a step begins.
//!
//! Letters answer while there is a question; Enter in the Lesson pane goes on, first to the end of the text.

use super::{super::action::Action, App, CommandLine, Mode};
use crate::{
    debugger::command::{Command, LessonOrder, Scroll},
    view::PaneKind,
};

impl App {
    /// Which step of which lesson is shown, and how much has been said.
    pub(super) fn lesson_visit(&self) -> Option<(u64, usize)> {
        self.view.lesson.as_ref().map(|lesson| (lesson.visit, lesson.notes.len()))
    }

    /// Another step may have begun: its text is shown from the start, and the pane that it is about.
    pub(super) fn visit_lesson(&mut self, before: Option<(u64, usize)>) {
        let Some(lesson) = &self.view.lesson else { return };
        if let Some((visit, notes)) = before
            && visit == lesson.visit
        {
            // What is said shows.
            self.panes[PaneKind::Lesson as usize].follow |= notes != lesson.notes.len();
            return;
        }
        let focus = lesson.focus;
        let state = &mut self.panes[PaneKind::Lesson as usize];
        (state.top, state.left, state.cursor, state.follow) = (0, 0, None, true);
        self.bring_forward(PaneKind::Lesson);
        if let Some(focus) = focus {
            self.recent.retain(|it| *it != focus);
            self.recent.insert(1, focus);
        }
    }

    /// Some of the text is below what shows.
    pub fn has_more_lesson(&self) -> bool {
        let state = self.pane(PaneKind::Lesson);
        let width = self.lesson_width();
        state.top + state.height < self.content(PaneKind::Lesson, width, state.height).rows()
    }

    pub(super) fn lesson_width(&self) -> usize {
        let slots = self.arrangement().map(|it| it.slots).unwrap_or_default();
        slots.iter().find(|slot| slot.active == PaneKind::Lesson).map_or(usize::from(self.size.0), |slot| usize::from(slot.area.width))
    }

    /// Keys of a lesson; `None`: none of them.
    pub(super) fn lesson_key(&mut self, key: &str) -> Option<Vec<Action>> {
        let lesson = self.view.lesson.as_ref()?;
        let is_focused = self.focus() == PaneKind::Lesson;
        let is_choice = lesson.choices.iter().any(|choice| choice.key.to_string() == key);
        if lesson.is_open && !lesson.is_typed && (is_choice || key == "-" && lesson.kind == "order") {
            return Some(self.command(Command::Lesson(LessonOrder::Answer(key.to_owned()))));
        }
        let asks = lesson.is_open && lesson.is_typed;
        match key {
            "=" if asks => self.mode = Mode::Command(CommandLine::of("lesson answer ")),
            "<ret>" | "<space>" if is_focused && self.has_more_lesson() => self.scroll_pane(PaneKind::Lesson, Scroll::PageDown),
            "<ret>" if is_focused && asks => self.mode = Mode::Command(CommandLine::of("lesson answer ")),
            "<ret>" if is_focused => return Some(self.command(Command::Lesson(LessonOrder::Next))),
            "<bs>" if is_focused => return Some(self.command(Command::Lesson(LessonOrder::Previous))),
            _ => return None,
        }
        Some(Vec::new())
    }
}

//! The Timeline under keys and mouse: Left and Right move a column, Up and Down to the event before and after, Enter goes
//! there; a press goes at once, and so does every place that the pressed mouse is dragged to.

use super::{super::action::Action, App};
use crate::{
    debugger::command::{Command, Instant, Scroll},
    view::PaneKind,
};

impl App {
    /// Moves what is chosen in the Timeline.
    pub(super) fn scrub(&mut self, scroll: Scroll) -> Vec<Action> {
        let view = &self.view.timeline;
        let scale = view.scale(self.timeline_columns());
        let last = scale.column_of(view.furthest);
        let at = scale.column_of(self.instant.unwrap_or(view.here));
        let is_event = |column: &usize| !view.column(&scale, *column).events.is_empty();
        let column = match scroll {
            Scroll::Left => at.saturating_sub(1),
            Scroll::Right => (at + 1).min(last),
            Scroll::PageUp => at.saturating_sub(scale.columns / 10),
            Scroll::PageDown => (at + scale.columns / 10).min(last),
            Scroll::Top => 0,
            Scroll::Bottom => last,
            Scroll::Up => match (0..at).rev().find(is_event) {
                Some(column) => column,
                None => return self.refuse("nothing happened before"),
            },
            Scroll::Down => match (at + 1..=last).find(is_event) {
                Some(column) => column,
                None => return self.refuse("nothing is known to happen later"),
            },
        };
        // The instant of a column lies in it, so it stays where it is when the pane gets another width.
        self.instant = if scroll == Scroll::Bottom { Some(view.furthest) } else { scale.range(column).map(|(first, _)| first) };
        Vec::new()
    }

    fn timeline_columns(&self) -> usize {
        let slots = self.arrangement().map(|it| it.slots).unwrap_or_default();
        slots.iter().find(|slot| slot.active == PaneKind::Timeline).map_or(usize::from(self.size.0), |slot| usize::from(slot.area.width))
    }

    /// Enter: to what is chosen.
    pub(super) fn follow_timeline(&mut self) -> Vec<Action> {
        let Some(step) = self.instant else { return self.refuse("Left and Right choose an instant, Enter goes there") };
        let view = &self.view.timeline;
        let scale = view.scale(self.timeline_columns());
        let step = if step == view.furthest { step } else { view.instant(&scale, scale.column_of(step)) };
        self.command(Command::Goto(Instant::At(step)))
    }

    /// The mouse is pressed or held over the Timeline, in that column of the screen.
    pub(super) fn scrub_at(&mut self, x: u16, exactly: bool) -> Vec<Action> {
        let slots = self.arrangement().map(|it| it.slots).unwrap_or_default();
        let left = slots.iter().find(|slot| slot.active == PaneKind::Timeline).map_or(0, |slot| slot.area.x);
        let x = x.saturating_sub(left);
        let view = &self.view.timeline;
        let scale = view.scale(self.timeline_columns());
        let column = usize::from(x).min(scale.column_of(view.furthest));
        let step = match exactly {
            true => view.instant(&scale, column),
            false => scale.range(column).map_or(view.furthest, |(first, _)| first),
        };
        if self.running.is_some() {
            self.wanted_instant = Some(step);
            return Vec::new();
        }
        if step == self.view.step { Vec::new() } else { self.command(Command::Goto(Instant::At(step))) }
    }

    /// Where the mouse has been dragged to meanwhile.
    pub(super) fn scrub_on(&mut self) -> Vec<Action> {
        match self.wanted_instant.take() {
            Some(step) if step != self.view.step => self.command(Command::Goto(Instant::At(step))),
            _ => Vec::new(),
        }
    }
}

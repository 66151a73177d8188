//! The mouse, and the keys that move splits: a press chooses a pane, a tab, a row; a line between panes can be dragged.

use super::{super::action::Action, App, Mode};
use crate::{
    debugger::command::{Command, Focus, Resize, Scroll},
    tui::layout::{self, splits::Side},
    view::PaneKind,
};

impl App {
    /// The button goes down: on a line between panes it takes hold of it, elsewhere it is a click.
    pub fn press(&mut self, x: u16, y: u16) -> Vec<Action> {
        self.dragged = None;
        self.scrubs = false;
        let is_free = self.pipeline.is_none() && matches!(self.mode, Mode::Normal);
        let is_title = self.tabs.iter().any(|(area, _)| area.contains((x, y).into()));
        if is_free && !is_title {
            self.dragged = self.arrangement().and_then(|it| it.handle_at(x, y));
        }
        self.click(x, y)
    }

    /// It is moved while it is down.
    pub fn drag(&mut self, x: u16, y: u16) -> Vec<Action> {
        if self.scrubs {
            return self.scrub_at(x, false);
        }
        let Some((held, before)) = &self.dragged else { return Vec::new() };
        // Where it is now: it has moved since it was taken.
        let now = self.arrangement().and_then(|it| it.splits.into_iter().find(|split| split.path == held.path));
        let Some(now) = now.filter(|now| now.areas.len() > before + 1) else { return Vec::new() };
        let (to, at) = match now.side {
            Side::Columns => (x, now.areas[*before].right()),
            Side::Rows => (y, now.areas[before + 1].y),
        };
        let handle = (now, *before);
        if self.splits.shift(&handle, i32::from(to) - i32::from(at)) { vec![Action::Refresh] } else { Vec::new() }
    }

    /// It goes up.
    pub fn release(&mut self) {
        self.scrubs = false;
        self.dragged = None;
    }

    /// Moves an edge of the focused pane.
    pub(super) fn resize_pane(&mut self, resize: Resize) -> Vec<Action> {
        let (side, by) = match resize {
            Resize::Narrower => (Side::Columns, -4),
            Resize::Wider => (Side::Columns, 4),
            Resize::Lower => (Side::Rows, -2),
            Resize::Higher => (Side::Rows, 2),
            Resize::Reset => {
                self.splits.forget(layout::LAYOUTS[self.layout].0);
                self.splits.forget("zoom");
                return vec![Action::Refresh];
            }
        };
        let found = self.arrangement().and_then(|it| it.handle_of(self.focus(), side));
        let Some((handle, way)) = found else {
            return self.refuse(match side {
                Side::Columns => "nothing stands beside this pane",
                Side::Rows => "nothing stands over or under this pane",
            });
        };
        if self.splits.shift(&handle, by * way) { vec![Action::Refresh] } else { self.refuse("there is no more room") }
    }

    /// A click focuses the pane under it; in the source's margin it sets or removes a breakpoint, in the frames it
    /// selects one.
    pub fn click(&mut self, x: u16, y: u16) -> Vec<Action> {
        if self.pipeline.is_some() {
            self.click_pipeline(x, y);
            return Vec::new();
        }
        let Some(slot) = self.slot_at(x, y).filter(|_| self.running.is_none() && matches!(self.mode, Mode::Normal)) else {
            return Vec::new();
        };
        let kind = slot.active;
        let Some(row) = y.checked_sub(slot.area.y + 1).map(|row| usize::from(row) + self.pane(kind).top) else {
            // On the rule: the pane of that title.
            let title = self.tabs.iter().find(|(area, _)| area.contains((x, y).into()));
            return self.focus_pane(Focus::Pane(title.map_or(kind, |(_, kind)| *kind)));
        };
        self.bring_forward(kind);
        let (rows, gutter) = {
            let content = self.content(kind, usize::from(slot.area.width), self.pane(kind).height);
            (content.rows(), content.gutter())
        };
        if row >= rows {
            return vec![Action::Refresh];
        }
        match kind {
            PaneKind::CallStack => self.select_frame(row as i64, "there is no such frame"),
            PaneKind::Heap => vec![Action::Refresh],
            PaneKind::Timeline => {
                self.scrubs = true;
                self.instant = None;
                let actions = self.scrub_at(x, true);
                if actions.is_empty() { vec![Action::Refresh] } else { actions }
            }
            _ => {
                let state = &mut self.panes[kind as usize];
                state.cursor = Some(row);
                state.follow = false;
                if kind == PaneKind::Source && usize::from(x - slot.area.x) < gutter {
                    return self.command(Command::ToggleBreak { place: None });
                }
                vec![Action::Refresh]
            }
        }
    }

    /// The wheel scrolls the pane under the pointer, whichever has the focus.
    pub fn wheel(&mut self, x: u16, y: u16, scroll: Scroll) -> Vec<Action> {
        if let Mode::Popup(_) = self.mode {
            return self.key(if scroll == Scroll::Up { "<up>" } else { "<down>" });
        }
        if self.pipeline.is_some() {
            self.wheel_pipeline(x, y, scroll);
            return Vec::new();
        }
        let Some(kind) = self.slot_at(x, y).map(|slot| slot.active).filter(|_| self.running.is_none()) else { return Vec::new() };
        if kind == PaneKind::Heap {
            return self.wheel_heap(scroll);
        }
        let height = self.pane(kind).height;
        let rows = self.content(kind, usize::from(self.size.0), height).rows();
        let state = &mut self.panes[kind as usize];
        state.follow = false;
        state.cursor = None;
        state.top = match scroll {
            Scroll::Up => state.top.saturating_sub(3),
            _ => (state.top + 3).min(rows.saturating_sub(height)),
        };
        Vec::new()
    }

    fn slot_at(&self, x: u16, y: u16) -> Option<layout::Slot> {
        self.arrangement()?.slots.into_iter().find(|slot| slot.area.contains((x, y).into()))
    }
}

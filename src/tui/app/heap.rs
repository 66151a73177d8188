//! The Heap pane: its pages come from the engine, so that scrolling, searching and choosing ask for a new picture.

use super::{super::action::Action, App};
use crate::{
    debugger::command::{Direction, Scroll},
    view::{HeapFilter, HeapFind, HeapFound, HeapOrder, PaneKind},
};

impl App {
    /// `:heap Node by size`
    pub(super) fn choose_heap(&mut self, text: &str) -> Vec<Action> {
        let (what, order) = match text.strip_prefix("by ").map(|order| ("", order)).or(text.split_once(" by ")) {
            Some((what, order)) => (what.trim(), Some(order.trim())),
            None => (text.trim(), None),
        };
        if let Some(order) = order {
            match HeapOrder::ALL.iter().find(|(_, name)| *name == order) {
                Some((order, _)) => self.heap_order = *order,
                None => {
                    let names: Vec<_> = HeapOrder::ALL.iter().map(|(_, name)| *name).collect();
                    return self.refuse(&format!("no order `{order}`; there are {}", names.join(", ")));
                }
            }
        }
        match what {
            "" => {}
            "types" => self.heap_by_type = true,
            _ => {
                self.heap_by_type = false;
                self.heap_filter = match what {
                    "program" => HeapFilter::Program,
                    "touched" => HeapFilter::Touched,
                    "all" => HeapFilter::All,
                    type_name => HeapFilter::Type(type_name.to_owned()),
                };
            }
        }
        self.first_heap_page()
    }

    /// From the list of types to the objects of one.
    pub(super) fn choose_heap_type(&mut self, row: usize) -> Vec<Action> {
        let Some(row) = self.view.heap.types.get(row) else { return Vec::new() };
        self.heap_filter = HeapFilter::Type(row.name.clone());
        self.heap_by_type = false;
        self.first_heap_page()
    }

    fn first_heap_page(&mut self) -> Vec<Action> {
        self.heap_first = None;
        let state = &mut self.panes[PaneKind::Heap as usize];
        (state.cursor, state.top, state.follow) = (None, 0, true);
        vec![Action::Refresh]
    }

    fn heap_page(&self) -> usize {
        self.view.heap.rows.len().max(self.view.heap.types.len()).max(1)
    }

    /// Moves the cursor; at the ends of the page the page moves.
    pub(super) fn scroll_heap(&mut self, scroll: Scroll) -> Vec<Action> {
        let page = self.heap_page();
        let (first, last) = (self.view.heap.first, self.view.heap.matching.saturating_sub(1));
        let anchor = {
            let content = self.content(PaneKind::Heap, usize::from(self.size.0), page + 1);
            content.anchor()
        };
        let cursor = self.pane(PaneKind::Heap).cursor;
        let at = first + cursor.or(anchor).unwrap_or(1).saturating_sub(1);
        let to = match scroll {
            Scroll::Up => at.saturating_sub(1),
            Scroll::Down => at + usize::from(cursor.is_some() || anchor.is_some()),
            Scroll::PageUp => at.saturating_sub(page),
            Scroll::PageDown => at + page,
            Scroll::Top => 0,
            Scroll::Bottom => last,
            Scroll::Left | Scroll::Right => {
                self.scroll_pane(PaneKind::Heap, scroll);
                return Vec::new();
            }
        };
        self.heap_cursor_to(to.min(last))
    }

    fn heap_cursor_to(&mut self, to: usize) -> Vec<Action> {
        let page = self.heap_page();
        let first = match self.view.heap.first {
            first if to < first => to,
            first if to >= first + page => to + 1 - page,
            first => first,
        };
        self.heap_first = Some(first);
        self.panes[PaneKind::Heap as usize].cursor = Some(to - first + 1);
        vec![Action::Refresh]
    }

    /// The wheel moves the page and leaves the cursor.
    pub(super) fn wheel_heap(&mut self, scroll: Scroll) -> Vec<Action> {
        let last = self.view.heap.matching.saturating_sub(self.heap_page());
        let first = self.view.heap.first;
        self.heap_first = Some(if scroll == Scroll::Up { first.saturating_sub(3) } else { (first + 3).min(last) });
        vec![Action::Refresh]
    }

    /// Asks for the page with the next object whose type, text or number has what is sought.
    pub(super) fn find_in_heap(&mut self, direction: Direction) -> Vec<Action> {
        let cursor = self.pane(PaneKind::Heap).cursor.unwrap_or(1).saturating_sub(1);
        let from = self.view.heap.first + cursor;
        let is_backward = direction == Direction::Back;
        self.heap_find = Some(HeapFind { text: self.search.to_lowercase(), from, is_backward });
        self.heap_first = Some(self.view.heap.first);
        vec![Action::Refresh]
    }

    /// The picture that answers a search.
    pub(super) fn take_heap_found(&mut self) {
        if self.heap_find.take().is_none() {
            return;
        }
        match self.view.heap.found {
            Some(HeapFound::At(at)) => {
                self.heap_first = Some(self.view.heap.first);
                self.panes[PaneKind::Heap as usize].cursor = Some(at.saturating_sub(self.view.heap.first) + 1);
                self.say(format!("/{}   . next   , previous", self.search));
            }
            Some(HeapFound::NotUntil(at)) => {
                self.heap_first = Some(at);
                self.panes[PaneKind::Heap as usize].cursor = Some(1);
                self.say(format!("/{} isn't in the next 20 000 objects; . goes on", self.search));
            }
            _ => self.complain(format!("`{}` is in none of these objects", self.search)),
        }
    }
}

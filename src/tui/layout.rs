//! Which pane is where, for a layout, a size and a zoom.
//!
//! ```text
//!  header                                          one row
//! ━ 1 Source ━━━━━━━━━┬─ 3 Value stack ──────────  a pane = a rule with its title, then its rows
//!  …                  │  …
//! ─ 2 Bytecode ───────┤─ 4 Frames  5 Variables ──  several panes in one place are tabs
//!  …                  │  …
//!  narration                                       two rows, one where the screen is low
//!  footer                                          one row
//! ```
//!
//! A layout is a tree of splits; every pane is somewhere in every layout, so that focusing it always shows it. A split that
//! the user has moved stays where it was put, in proportion, see [`splits`].

pub mod splits; // what the user moved
mod trees; // the layouts themselves, for every size

use ratatui::layout::Rect;

use self::splits::{Side, Split, Splits};
use crate::view::PaneKind::{self, *};

/// The least screen that can be drawn on, in cells.
pub const SMALLEST: (u16, u16) = (40, 10);

/// The layouts, in the order of the key `L`.
pub const LAYOUTS: [(&str, &str); 8] = [
    ("standard", "everything at once"),
    ("beginner", "source, variables and output"),
    ("bytecode", "source and bytecode side by side, and the stack"),
    ("memory", "heap, one object, its ledger, reference counts"),
    ("gc", "the collector at work"),
    ("threads", "threads, who holds the GIL, hand-overs"),
    ("presenter", "two large panes, and the last key in words"),
    (LESSON, "the panes that a lesson asks for"),
];

/// The layout of lessons; without a lesson it is as the standard one.
pub const LESSON: &str = "lesson";

/// The layout for showing to others.
pub const PRESENTER: &str = "presenter";

/// Where everything goes.
#[derive(Clone, Debug, Default)]
pub struct Arrangement {
    pub header: Rect,
    pub slots: Vec<Slot>,
    /// Lines between columns: x, first row, row after the last.
    pub columns: Vec<(u16, u16, u16)>,
    /// What can be moved, the outermost first.
    pub splits: Vec<Split>,
    pub narration: Rect,
    pub footer: Rect,
}

/// A place for one pane, or for several as tabs.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The first row is the rule.
    pub area: Rect,
    pub panes: Vec<PaneKind>,
    /// The one that shows.
    pub active: PaneKind,
}

enum Node {
    /// One pane or several tabs.
    Panes(Vec<PaneKind>),
    Rows(Vec<(Share, Node)>),
    Columns(Vec<(Share, Node)>),
}

#[derive(Clone, Copy)]
enum Share {
    Cells(u16),
    Part(u16),
}

use Share::{Cells, Part};

/// Arranges the panes. `recent` lists the panes, the most recently focused first: it decides which tab shows.
/// `zoom`: 0 as it is, 1 the focused pane large, 2 nothing else. `moved` has the splits that the user has moved.
pub fn arrange(layout: &str, zoom: u8, recent: &[PaneKind], moved: &Splits, width: u16, height: u16) -> Arrangement {
    arrange_with(layout, None, zoom, recent, moved, width, height)
}

/// The same with a lesson beside the other panes, of which it asks for some.
pub fn arrange_with(
    layout: &str,
    lesson: Option<&[PaneKind]>,
    zoom: u8,
    recent: &[PaneKind],
    moved: &Splits,
    width: u16,
    height: u16,
) -> Arrangement {
    let narration = if height >= 24 { 2 } else { 1 };
    let body = Rect::new(0, 1, width, height - 2 - narration);
    let focus = recent.first().copied().unwrap_or(Source);
    let root = match (zoom, lesson) {
        (0, Some(panes)) => trees::with_lesson(layout, panes, width, height),
        (0, None) => trees::tree(layout, width, height),
        (1, _) => trees::zoomed(focus, width, height),
        _ => trees::pane(focus),
    };
    let with = if lesson.is_some() { "+" } else { "" };
    let path = format!("{}{with}/{}", if zoom == 0 { layout } else { "zoom" }, trees::shape(width, height));
    let mut arrangement = Arrangement {
        header: Rect::new(0, 0, width, 1),
        narration: Rect::new(0, height - 1 - narration, width, narration),
        footer: Rect::new(0, height - 1, width, 1),
        ..Arrangement::default()
    };
    place(&root, body, recent, moved, path, &mut arrangement);
    if zoom < 2 {
        invite(recent, &mut arrangement);
    }
    arrangement
}

/// Which panes show where there are tabs: those that had the focus, the latest first, then as the layout has it.
pub fn in_order(layout: &str, recent: &[PaneKind]) -> Vec<PaneKind> {
    let usual = match layout {
        "beginner" | PRESENTER => [Source, Variables, CallStack, Output, ValueStack, Bytecode, Heap],
        _ => [Source, Bytecode, ValueStack, Variables, CallStack, Output, Heap],
    };
    recent.iter().copied().chain(usual.into_iter().filter(|kind| !recent.contains(kind))).collect()
}

/// Panes that have been opened and have no place in this layout become tabs beside the heap; the code browser, which needs
/// more width, beside the bytecode.
fn invite(recent: &[PaneKind], arrangement: &mut Arrangement) {
    for &kind in recent {
        if arrangement.slots.iter().any(|slot| slot.panes.contains(&kind)) {
            continue;
        }
        let host = if kind == Code { Bytecode } else { Heap };
        let Some(host) = arrangement.slots.iter_mut().find(|slot| slot.panes.contains(&host)) else { continue };
        host.panes.push(kind);
        host.active = recent.iter().find(|kind| host.panes.contains(kind)).copied().unwrap_or(host.active);
    }
}

/// The panes that every layout has.
const ALWAYS: [PaneKind; 7] = [Source, Bytecode, ValueStack, CallStack, Variables, Heap, Output];

fn place(node: &Node, area: Rect, recent: &[PaneKind], moved: &Splits, path: String, arrangement: &mut Arrangement) {
    let (side, children) = match node {
        Node::Panes(panes) => {
            let active = recent.iter().find(|kind| panes.contains(kind)).or(panes.first()).copied().unwrap_or(Source);
            arrangement.slots.push(Slot { area, panes: panes.clone(), active });
            return;
        }
        Node::Rows(children) => (Side::Rows, children),
        Node::Columns(children) => (Side::Columns, children),
    };
    let lines = if side == Side::Columns { children.len() as u16 - 1 } else { 0 };
    let room = if side == Side::Columns { area.width } else { area.height } - lines;
    let least: Vec<u16> = children.iter().map(|(_, child)| least(child, side)).collect();
    let sizes = moved.sizes(&path, room, &least).unwrap_or_else(|| sizes(children, room));
    let mut at = if side == Side::Columns { area.x } else { area.y };
    let mut areas = Vec::new();
    for (index, size) in sizes.into_iter().enumerate() {
        if side == Side::Columns && index > 0 {
            arrangement.columns.push((at, area.y, area.bottom()));
            at += 1;
        }
        areas.push(match side {
            Side::Columns => Rect { x: at, width: size, ..area },
            Side::Rows => Rect { y: at, height: size, ..area },
        });
        at += size;
    }
    arrangement.splits.push(Split { path: path.clone(), side, areas: areas.clone(), least });
    for (index, ((_, child), area)) in children.iter().zip(areas).enumerate() {
        place(child, area, recent, moved, format!("{path}.{index}"), arrangement);
    }
}

/// The least cells that a part needs, along a side.
fn least(node: &Node, along: Side) -> u16 {
    let (side, children) = match node {
        Node::Panes(_) => return if along == Side::Columns { 12 } else { 3 },
        Node::Rows(children) => (Side::Rows, children),
        Node::Columns(children) => (Side::Columns, children),
    };
    let of_children = children.iter().map(|(_, child)| least(child, along));
    if side != along {
        return of_children.max().unwrap_or(0);
    }
    of_children.sum::<u16>() + if side == Side::Columns { children.len() as u16 - 1 } else { 0 }
}

/// Fixed cells first, the rest in proportion; the last child takes what rounding leaves.
fn sizes(children: &[(Share, Node)], total: u16) -> Vec<u16> {
    let fixed: u16 = children.iter().map(|(share, _)| if let Cells(cells) = share { *cells } else { 0 }).sum();
    let parts: u32 = children.iter().map(|(share, _)| if let Part(part) = share { u32::from(*part) } else { 0 }).sum();
    let free = total.saturating_sub(fixed);
    let mut left = total;
    let mut sizes: Vec<u16> = children
        .iter()
        .map(|(share, _)| {
            let size = match share {
                Cells(cells) => *cells,
                Part(part) => (u32::from(free) * u32::from(*part) / parts.max(1)) as u16,
            };
            let size = size.min(left);
            left -= size;
            size
        })
        .collect();
    // What rounding left goes to the last child that has a part of the whole.
    if let Some(index) = children.iter().rposition(|(share, _)| matches!(share, Part(_))) {
        sizes[index] += left;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pane_has_a_place_at_every_size() {
        for (layout, _) in LAYOUTS {
            for zoom in 0..2 {
                for (width, height) in
                    [(40, 10), (60, 80), (79, 30), (80, 24), (90, 70), (100, 30), (120, 36), (160, 48), (200, 60), (300, 100)]
                {
                    for focus in PaneKind::ALL {
                        let arrangement = arrange(layout, zoom, &[focus], &Splits::default(), width, height);
                        let mut panes: Vec<_> = arrangement.slots.iter().flat_map(|slot| slot.panes.clone()).collect();
                        panes.sort();
                        assert!(ALWAYS.iter().chain([&focus]).all(|kind| panes.contains(kind)), "{layout} {width}x{height}");
                        assert!(panes.windows(2).all(|two| two[0] != two[1]), "{layout} {width}x{height}");
                        assert!(arrangement.slots.iter().any(|slot| slot.active == focus));
                        assert!(arrangement.slots.iter().all(|slot| slot.area.height >= 3 && slot.area.bottom() < height));
                    }
                }
            }
        }
    }
}

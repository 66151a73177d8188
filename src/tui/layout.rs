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
//! A layout is a tree of splits; every pane is somewhere in every layout, so that focusing it always shows it.

use ratatui::layout::Rect;

use crate::view::PaneKind::{self, *};

/// The least screen that can be drawn on, in cells.
pub const SMALLEST: (u16, u16) = (40, 10);

/// The layouts, in the order of the key `L`.
pub const LAYOUTS: [(&str, &str); 5] = [
    ("standard", "everything at once"),
    ("code", "source and bytecode side by side"),
    ("memory", "heap, one object, its ledger, reference counts"),
    ("gc", "the collector at work"),
    ("program", "source, variables and output"),
];

/// Where everything goes.
#[derive(Clone, Debug, Default)]
pub struct Arrangement {
    pub header: Rect,
    pub slots: Vec<Slot>,
    /// Lines between columns: x, first row, row after the last.
    pub columns: Vec<(u16, u16, u16)>,
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
/// `zoom`: 0 as it is, 1 the focused pane large, 2 nothing else.
pub fn arrange(layout: &str, zoom: u8, recent: &[PaneKind], width: u16, height: u16) -> Arrangement {
    let narration = if height >= 24 { 2 } else { 1 };
    let body = Rect::new(0, 1, width, height - 2 - narration);
    let focus = recent.first().copied().unwrap_or(Source);
    let root = match zoom {
        0 => tree(layout, width, height),
        1 => zoomed(focus, width, height),
        _ => pane(focus),
    };
    let mut arrangement = Arrangement {
        header: Rect::new(0, 0, width, 1),
        narration: Rect::new(0, height - 1 - narration, width, narration),
        footer: Rect::new(0, height - 1, width, 1),
        ..Arrangement::default()
    };
    place(&root, body, recent, &mut arrangement);
    if zoom < 2 {
        invite(recent, &mut arrangement);
    }
    arrangement
}

/// Panes that have been opened and have no place in this layout become tabs beside the heap.
fn invite(recent: &[PaneKind], arrangement: &mut Arrangement) {
    let Some(host) = arrangement.slots.iter().position(|slot| slot.panes.contains(&Heap)) else { return };
    for &kind in recent {
        if !arrangement.slots.iter().any(|slot| slot.panes.contains(&kind)) {
            arrangement.slots[host].panes.push(kind);
        }
    }
    let host = &mut arrangement.slots[host];
    host.active = recent.iter().find(|kind| host.panes.contains(kind)).copied().unwrap_or(host.active);
}

/// The panes that every layout has.
const ALWAYS: [PaneKind; 7] = [Source, Bytecode, ValueStack, CallStack, Variables, Heap, Output];

fn pane(kind: PaneKind) -> Node {
    Node::Panes(vec![kind])
}

fn tabs(kinds: &[PaneKind]) -> Node {
    Node::Panes(kinds.to_vec())
}

fn tree(layout: &str, width: u16, height: u16) -> Node {
    let code = || Node::Rows(vec![(Part(48), pane(Source)), (Part(52), pane(Bytecode))]);
    if width < 80 {
        return if height < 20 {
            tabs(&ALWAYS)
        } else {
            let upper = if layout == "program" { [Source, Bytecode] } else { [Bytecode, Source] };
            Node::Rows(vec![(Part(50), tabs(&upper)), (Part(50), tabs(&[ValueStack, CallStack, Variables, Heap, Output]))])
        };
    }
    let wide = width >= 112;
    let tall = height >= 28;
    let output_rows = Cells((height / 5).clamp(5, 10));
    let stack_rows = Cells((height / 4).clamp(7, 14));
    match layout {
        "code" => Node::Rows(vec![
            (Part(1), Node::Columns(vec![(Part(48), pane(Source)), (Part(52), pane(Bytecode))])),
            (stack_rows, Node::Columns(vec![(Part(48), pane(ValueStack)), (Part(52), tabs(&[CallStack, Variables, Heap, Output]))])),
        ]),
        "memory" => Node::Columns(vec![
            (Part(50), Node::Rows(vec![(Part(1), tabs(&[Heap, Allocator])), (Part(1), tabs(&[Inspector, Ledger, Graph, Gc]))])),
            (
                Part(50),
                Node::Rows(match tall {
                    true => vec![
                        (Part(3), tabs(&[Source, Output])),
                        (Part(3), tabs(&[Variables, CallStack])),
                        (Part(4), tabs(&[ValueStack, Bytecode])),
                    ],
                    false => vec![(Part(1), tabs(&[Source, Bytecode, Output])), (Part(1), tabs(&[Variables, ValueStack, CallStack]))],
                }),
            ),
        ]),
        "gc" => Node::Columns(vec![
            (Part(55), Node::Rows(vec![(Part(1), pane(Gc)), (Part(1), tabs(&[Heap, Inspector, Ledger]))])),
            (
                Part(45),
                Node::Rows(match tall {
                    true => vec![
                        (Part(3), tabs(&[Source, Output])),
                        (Part(2), tabs(&[Variables, CallStack])),
                        (Part(3), tabs(&[Bytecode, ValueStack])),
                    ],
                    false => vec![(Part(1), tabs(&[Source, Output])), (Part(1), tabs(&[Bytecode, Variables, ValueStack, CallStack]))],
                }),
            ),
        ]),
        "program" => Node::Rows(vec![
            (
                Part(1),
                Node::Columns(vec![
                    (Part(60), tabs(&[Source, Bytecode])),
                    (Part(40), Node::Rows(vec![(Part(3), pane(Variables)), (Part(2), tabs(&[ValueStack, CallStack, Heap]))])),
                ]),
            ),
            (output_rows, pane(Output)),
        ]),
        _ if width >= 180 => Node::Rows(vec![
            (
                Part(1),
                Node::Columns(vec![
                    (Part(31), pane(Source)),
                    (Part(24), pane(Bytecode)),
                    (Part(23), Node::Rows(vec![(stack_rows, pane(ValueStack)), (Part(1), pane(CallStack)), (Part(2), pane(Variables))])),
                    (Part(22), pane(Heap)),
                ]),
            ),
            (output_rows, pane(Output)),
        ]),
        _ if wide => Node::Rows(vec![
            (
                Part(1),
                Node::Columns(vec![
                    (Part(44), code()),
                    (Part(28), Node::Rows(vec![(stack_rows, pane(ValueStack)), (Part(5), pane(CallStack)), (Part(9), pane(Variables))])),
                    (Part(28), pane(Heap)),
                ]),
            ),
            (output_rows, pane(Output)),
        ]),
        _ => {
            let right = if tall {
                vec![(stack_rows, pane(ValueStack)), (Part(1), tabs(&[CallStack, Variables, Heap])), (output_rows, pane(Output))]
            } else {
                vec![(stack_rows, pane(ValueStack)), (Part(1), tabs(&[CallStack, Variables, Heap, Output]))]
            };
            Node::Columns(vec![(Part(57), code()), (Part(43), Node::Rows(right))])
        }
    }
}

/// The focused pane large, its usual companion and the rest in a narrow column.
fn zoomed(focus: PaneKind, width: u16, height: u16) -> Node {
    if height < 16 {
        return tabs(&ALWAYS);
    }
    let companion = match focus {
        Bytecode | Micro => Source,
        _ => Bytecode,
    };
    let rest: Vec<_> = ALWAYS.into_iter().filter(|kind| *kind != focus && *kind != companion).collect();
    if width < 80 {
        return Node::Rows(vec![(Part(3), pane(focus)), (Part(1), tabs(&[&[companion], rest.as_slice()].concat()))]);
    }
    Node::Columns(vec![(Part(64), pane(focus)), (Part(36), Node::Rows(vec![(Part(1), pane(companion)), (Part(1), tabs(&rest))]))])
}

fn place(node: &Node, area: Rect, recent: &[PaneKind], arrangement: &mut Arrangement) {
    match node {
        Node::Panes(panes) => {
            let active = recent.iter().find(|kind| panes.contains(kind)).or(panes.first()).copied().unwrap_or(Source);
            arrangement.slots.push(Slot { area, panes: panes.clone(), active });
        }
        Node::Rows(children) => {
            let mut y = area.y;
            for (size, (_, child)) in sizes(children, area.height).into_iter().zip(children) {
                place(child, Rect { y, height: size, ..area }, recent, arrangement);
                y += size;
            }
        }
        Node::Columns(children) => {
            let mut x = area.x;
            let lines = children.len() as u16 - 1;
            for (index, (size, (_, child))) in sizes(children, area.width - lines).into_iter().zip(children).enumerate() {
                if index > 0 {
                    arrangement.columns.push((x, area.y, area.bottom()));
                    x += 1;
                }
                place(child, Rect { x, width: size, ..area }, recent, arrangement);
                x += size;
            }
        }
    }
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
                for (width, height) in [(40, 10), (79, 30), (80, 24), (100, 30), (120, 36), (300, 100)] {
                    for focus in PaneKind::ALL {
                        let arrangement = arrange(layout, zoom, &[focus], width, height);
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

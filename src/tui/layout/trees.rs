//! THE layouts: for each, and for each shape of the screen, a tree of splits with the panes as leaves.
//!
//! Every pane of [`ALWAYS`] is in every tree; the others join as tabs when they are opened. Shares in cells keep their size
//! on larger screens, parts divide what is left.

use super::{
    ALWAYS, LESSON, Node, PRESENTER,
    Share::{Cells, Part},
};
use crate::view::PaneKind::{self, *};

/// The classes of sizes that have arrangements of their own: a split that was moved is kept for each.
pub fn shape(width: u16, height: u16) -> &'static str {
    match (width, height) {
        (..80, 40..) => "portrait",
        (..80, 20..) => "narrow",
        (..80, _) => "small",
        (..112, 28..) => "high",
        (..112, _) => "standard",
        (..150, _) => "wide",
        (..180, _) => "wider",
        _ => "widest",
    }
}

pub fn pane(kind: PaneKind) -> Node {
    Node::Panes(vec![kind])
}

fn tabs(kinds: &[PaneKind]) -> Node {
    Node::Panes(kinds.to_vec())
}

/// The panes of a layout on a screen of this size.
pub fn tree(layout: &str, width: u16, height: u16) -> Node {
    match layout {
        _ if shape(width, height) == "small" => tabs(&ALWAYS),
        PRESENTER => presenter(width),
        _ if width < 80 && height >= 40 => portrait(layout, height),
        _ if width < 80 => {
            let upper = if layout == "beginner" { [Source, Bytecode] } else { [Bytecode, Source] };
            Node::Rows(vec![(Part(50), tabs(&upper)), (Part(50), tabs(&[ValueStack, CallStack, Variables, Heap, Output]))])
        }
        "beginner" => beginner(height),
        "bytecode" => bytecode(width, height),
        "memory" => memory(width, height),
        "gc" => gc(width, height),
        "threads" => threads(width, height),
        _ => standard(width, height),
    }
}

/// The lesson under the panes of a layout, or to their left where the screen is wide.
pub fn with_lesson(layout: &str, panes: &[PaneKind], width: u16, height: u16) -> Node {
    let lesson = || pane(Lesson);
    if shape(width, height) == "small" || height < 16 {
        return Node::Panes([&[Lesson], ALWAYS.as_slice()].concat());
    }
    let machine = |width: u16, height: u16| match layout {
        LESSON => asked_for(panes, width, height),
        _ => tree(layout, width, height),
    };
    if width >= 112 {
        let column = (width * 2 / 5).clamp(50, 84);
        return Node::Columns(vec![(Cells(column), lesson()), (Part(1), machine(width - column - 1, height))]);
    }
    let rows = (height * 2 / 5).max(9);
    Node::Rows(vec![(Part(1), machine(width, height - rows)), (Cells(rows), lesson())])
}

/// The panes that a lesson asks for, as many as there is room for; the others are tabs.
fn asked_for(panes: &[PaneKind], width: u16, height: u16) -> Node {
    let mut asked: Vec<PaneKind> = panes.iter().copied().filter(|kind| *kind != Lesson).collect();
    asked.extend(ALWAYS.into_iter().filter(|kind| !panes.contains(kind)));
    let wanted = panes.len().clamp(1, 4);
    let places = match (width, height) {
        (..60, ..24) => 2,
        (..60, _) => 4,
        (_, ..22) => 3,
        _ => 4,
    };
    let places = places.min(wanted).min(asked.len());
    // The last place has all others as tabs.
    let mut slots: Vec<Vec<PaneKind>> = asked[..places].iter().map(|kind| vec![*kind]).collect();
    if let Some(last) = slots.last_mut() {
        last.extend(&asked[places..]);
    }
    let mut slots = slots.into_iter().map(|kinds| (Part(1), Node::Panes(kinds)));
    if width < 60 || places == 1 {
        return Node::Rows(slots.collect());
    }
    let left: Vec<_> = slots.by_ref().take(places / 2).collect();
    let right: Vec<_> = slots.collect();
    Node::Columns(vec![(Part(1), Node::Rows(left)), (Part(1), Node::Rows(right))])
}

fn output_rows(height: u16) -> super::Share {
    Cells((height / 5).clamp(5, 10))
}

/// The run, where there is room for it: a rule, and two rows or more.
fn timeline_rows(height: u16) -> Option<super::Share> {
    match height {
        ..36 => None,
        36..50 => Some(Cells(3)),
        _ => Some(Cells(6)),
    }
}

fn stack_rows(height: u16) -> super::Share {
    Cells((height / 4).clamp(7, 14))
}

/// Higher than wide: a terminal beside a browser, a screen on its side.
fn portrait(layout: &str, height: u16) -> Node {
    Node::Rows(match layout {
        "beginner" => vec![
            (Part(3), tabs(&[Source, Bytecode])),
            (Part(2), tabs(&[Variables, CallStack, ValueStack, Heap])),
            (output_rows(height), pane(Output)),
        ],
        "memory" => vec![
            (Part(3), tabs(&[Source, Bytecode])),
            (Part(3), tabs(&[Heap, Allocator])),
            (Part(3), tabs(&[Inspector, Ledger, Graph, Gc])),
            (Part(2), tabs(&[Variables, ValueStack, CallStack, Output])),
        ],
        "gc" => vec![
            (Part(3), tabs(&[Source, Bytecode])),
            (Part(3), pane(Gc)),
            (Part(3), tabs(&[Heap, Inspector, Ledger])),
            (Part(2), tabs(&[Variables, ValueStack, CallStack, Output])),
        ],
        _ => vec![
            (Part(3), pane(Source)),
            (Part(3), pane(Bytecode)),
            (stack_rows(height), pane(ValueStack)),
            (Part(2), tabs(&[Variables, CallStack, Heap])),
            (output_rows(height), pane(Output)),
        ],
    })
}

fn standard(width: u16, height: u16) -> Node {
    let code = || Node::Rows(vec![(Part(48), pane(Source)), (Part(52), pane(Bytecode))]);
    let (output_rows, stack_rows) = (output_rows(height), stack_rows(height));
    // The strip of the timeline takes its rows from the output.
    let output_rows = if width >= 112 && (36..50).contains(&height) { Cells(5) } else { output_rows };
    let strip = |mut rows: Vec<(super::Share, Node)>| {
        if let Some(cells) = timeline_rows(height) {
            rows.push((cells, pane(Timeline)));
        }
        Node::Rows(rows)
    };
    if width >= 180 {
        return strip(vec![
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
        ]);
    }
    if width >= 112 {
        return strip(vec![
            (
                Part(1),
                Node::Columns(vec![
                    (Part(44), code()),
                    (Part(28), Node::Rows(vec![(stack_rows, pane(ValueStack)), (Part(5), pane(CallStack)), (Part(9), pane(Variables))])),
                    (Part(28), pane(Heap)),
                ]),
            ),
            (output_rows, pane(Output)),
        ]);
    }
    let right = if height >= 28 {
        vec![(stack_rows, pane(ValueStack)), (Part(1), tabs(&[CallStack, Variables, Heap])), (output_rows, pane(Output))]
    } else {
        vec![(stack_rows, pane(ValueStack)), (Part(1), tabs(&[CallStack, Variables, Heap, Output]))]
    };
    Node::Columns(vec![(Part(57), code()), (Part(43), Node::Rows(right))])
}

/// What a first lesson needs: no bytecode, unless it is asked for.
fn beginner(height: u16) -> Node {
    Node::Rows(vec![
        (
            Part(1),
            Node::Columns(vec![
                (Part(60), tabs(&[Source, Bytecode])),
                (Part(40), Node::Rows(vec![(Part(3), pane(Variables)), (Part(2), tabs(&[CallStack, ValueStack, Heap]))])),
            ]),
        ),
        (output_rows(height), pane(Output)),
    ])
}

fn bytecode(width: u16, height: u16) -> Node {
    if width >= 150 {
        let right = vec![
            (stack_rows(height), pane(ValueStack)),
            (Part(3), pane(Variables)),
            (Part(2), tabs(&[CallStack, Heap])),
            (output_rows(height), pane(Output)),
        ];
        return Node::Columns(vec![(Part(36), pane(Source)), (Part(34), pane(Bytecode)), (Part(30), Node::Rows(right))]);
    }
    Node::Rows(vec![
        (Part(1), Node::Columns(vec![(Part(48), pane(Source)), (Part(52), pane(Bytecode))])),
        (stack_rows(height), Node::Columns(vec![(Part(48), pane(ValueStack)), (Part(52), tabs(&[Variables, CallStack, Heap, Output]))])),
    ])
}

fn memory(width: u16, height: u16) -> Node {
    let program = match height >= 28 {
        true => {
            vec![(Part(3), tabs(&[Source, Output])), (Part(3), tabs(&[Variables, CallStack])), (Part(4), tabs(&[ValueStack, Bytecode]))]
        }
        false => vec![(Part(1), tabs(&[Source, Bytecode, Output])), (Part(1), tabs(&[Variables, ValueStack, CallStack]))],
    };
    if width >= 150 {
        return Node::Columns(vec![
            (Part(36), Node::Rows(vec![(Part(3), tabs(&[Heap, Allocator])), (Part(2), tabs(&[Graph, Gc]))])),
            (Part(34), Node::Rows(vec![(Part(1), pane(Inspector)), (Part(1), pane(Ledger))])),
            (Part(30), Node::Rows(program)),
        ]);
    }
    let memory = vec![(Part(1), tabs(&[Heap, Allocator])), (Part(1), tabs(&[Inspector, Ledger, Graph, Gc]))];
    Node::Columns(vec![(Part(50), Node::Rows(memory)), (Part(50), Node::Rows(program))])
}

fn gc(width: u16, height: u16) -> Node {
    let program = match height >= 28 {
        true => {
            vec![(Part(3), tabs(&[Source, Output])), (Part(2), tabs(&[Variables, CallStack])), (Part(3), tabs(&[Bytecode, ValueStack]))]
        }
        false => vec![(Part(1), tabs(&[Source, Output])), (Part(1), tabs(&[Bytecode, Variables, ValueStack, CallStack]))],
    };
    if width >= 150 {
        return Node::Columns(vec![
            (Part(40), Node::Rows(vec![(Part(2), pane(Gc)), (Part(3), pane(Heap))])),
            (Part(30), Node::Rows(vec![(Part(3), pane(Graph)), (Part(2), tabs(&[Inspector, Ledger]))])),
            (Part(30), Node::Rows(program)),
        ]);
    }
    let collector = vec![(Part(1), pane(Gc)), (Part(1), tabs(&[Heap, Inspector, Ledger]))];
    Node::Columns(vec![(Part(55), Node::Rows(collector)), (Part(45), Node::Rows(program))])
}

fn threads(width: u16, height: u16) -> Node {
    let code = || vec![(Part(55), pane(Source)), (Part(45), pane(Bytecode))];
    if width >= 112 {
        return Node::Columns(vec![
            (Part(40), Node::Rows(code())),
            (
                Part(60),
                Node::Rows(vec![
                    (Part(3), pane(Threads)),
                    (Part(2), tabs(&[CallStack, ValueStack, Variables, Heap])),
                    (output_rows(height), pane(Output)),
                ]),
            ),
        ]);
    }
    Node::Rows(vec![
        (
            Part(45),
            Node::Columns(vec![(Part(50), tabs(&[Source, Bytecode])), (Part(50), tabs(&[Variables, CallStack, ValueStack, Output, Heap]))]),
        ),
        (Part(55), pane(Threads)),
    ])
}

/// For a projector: the font is large, so the screen is small; two panes and nothing to puzzle over.
fn presenter(width: u16) -> Node {
    let main = tabs(&[Source, Bytecode, Heap]);
    let side = tabs(&[Variables, ValueStack, CallStack, Output]);
    match width {
        ..100 => Node::Rows(vec![(Part(3), main), (Part(2), side)]),
        _ => Node::Columns(vec![(Part(60), main), (Part(40), side)]),
    }
}

/// The focused pane large, its usual companion and the rest in a narrow column.
pub fn zoomed(focus: PaneKind, width: u16, height: u16) -> Node {
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

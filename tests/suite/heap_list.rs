//! The list of the Heap pane is kept from step to step; it must be what it is when it is made anew.

use uncoil::{
    debugger::{
        command::parse,
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    view::{HeapFilter, HeapOrder, HeapRequest, PaneKind, ViewRequest},
    vm::Config,
};

const PROGRAM: &str = "
import gc, sys
gc.set_threshold(40, 3, 3)
class Node:
    def __init__(self, value):
        self.value = [value, str(value) * 3]
        self.me = self
kept = []
for n in range(60):
    node = Node(n * 1.5)
    kept.append(node) if n % 3 else None
    name = sys.intern('name' + str(n)) if n % 7 == 0 else 'other' + str(n)
    class Other: pass
    if n % 20 == 19:
        kept.clear()
del node, Other
";

const COMMANDS: [&str; 18] =
    ["i", "goto 900", "7i", "n", "300i", "I", "I", "i", "20I", "5n", "goto 1800", "i", "N", "g", "goto 2500", "I", "G", "I"];

#[test]
fn the_kept_list_is_the_one_made_anew() {
    let program = Program::compile(PROGRAM.into(), "case.py".into(), Config::default(), None).unwrap();
    let mut session = Session::new(program, Box::new(StillWorld::default()));
    for filter in [HeapFilter::Program, HeapFilter::All, HeapFilter::Touched, HeapFilter::Type("Node".into())] {
        for (order, _) in HeapOrder::ALL {
            for by_type in [false, true] {
                let heap = HeapRequest { rows: 100_000, filter: filter.clone(), order, by_type, ..HeapRequest::default() };
                let other = HeapRequest { filter: HeapFilter::Type("no such type".into()), rows: 1, ..HeapRequest::default() };
                let request = |heap| ViewRequest { panes: vec![PaneKind::Heap], heap, value_width: 12, ..ViewRequest::default() };
                session.execute(&parse("g").unwrap());
                for (at, command) in COMMANDS.iter().enumerate() {
                    session.execute(&parse(command).unwrap());
                    let kept = session.view(&request(heap.clone())).heap;
                    if at % 4 == (order as usize + usize::from(by_type)) % 4 {
                        // Another question between makes it forget.
                        session.view(&request(other.clone()));
                        let anew = session.view(&request(heap.clone())).heap;
                        assert!(kept == anew, "{filter:?} {order:?} {by_type} after {command}");
                    }
                }
            }
        }
    }
}

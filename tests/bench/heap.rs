//! Keys in the Heap pane over 1,000,000 objects, from the key to the painted frame at 120x36: `cargo bench --bench heap`.
//!
//! The first key after a step makes the list; those that follow use it.

use std::time::Instant;

use uncoil::{
    debugger::{
        session::{Program, Session},
        world::StillWorld,
    },
    tui::{app::App, driver::Driver, theme::Theme},
    vm::Config,
};

const PROGRAM: &str = "
class Node:
    def __init__(self, value):
        self.value = value
nodes = [Node([value, str(value)]) for value in range(250_000)]
pairs = {(n, n + 1): n for n in range(125_000)}
print(len(nodes), len(pairs))
x = 1
y = 2
";

fn main() {
    let program = Program::compile(PROGRAM.into(), "heap.py".into(), Config::default(), None).unwrap_or_else(|error| panic!("{error:?}"));
    let session = Session::new(program, Box::new(StillWorld::default()));
    let mut driver = Driver::new(session, App::new(Theme::named("default").expect("the default theme"), false), 120, 36);
    driver.keys(":break 9<ret>c").expect("keys");
    for (what, keys) in [
        ("open", "6"),
        ("scroll down", "<down>"),
        ("page up", "<pgup>"),
        ("top", "<home>"),
        ("bottom", "<end>"),
        ("search a number", "/#700000<ret>"),
        ("search what is not there", "/nowhere<ret>"),
        ("search on", "."),
        ("filter: Node", ":heap Node<ret>"),
        ("scroll down", "<down>"),
        ("all", ":heap all<ret>"),
        ("by size", ":heap program by size<ret>"),
        ("page down", "<pgdn>"),
        ("by type", ":heap by type<ret>"),
        ("by generation", ":heap by generation<ret>"),
        ("by refcount", ":heap by refcount<ret>"),
        ("types", ":heap types<ret>"),
        ("inspect", ":heap program by age<ret><home><down><ret>"),
        ("gc pane", ":focus gc<ret>"),
    ] {
        let keys = uncoil::tui::keymap::script(keys).expect("a script");
        let mut slowest = std::time::Duration::ZERO;
        for key in keys {
            let start = Instant::now();
            driver.keys(&key).expect("a key");
            std::hint::black_box(driver.screen());
            slowest = slowest.max(start.elapsed());
        }
        println!("{what:<28} {slowest:>9.2?}");
    }
    let screen = uncoil::export::text::text(&driver.screen());
    println!("{}", screen.lines().take(12).collect::<Vec<_>>().join("\n"));
}

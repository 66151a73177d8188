//! From a key to the painted frame at 200x60 with 1,000,000 objects in the heap and 50,000 lines of source, and from the start to
//! the first frame of a program of 1,000 lines: `cargo bench --bench screen`. What should hold: 16 ms at p99, 50 ms; and a tenth of
//! the objects should make no difference.

use std::time::{Duration, Instant};

use uncoil::{
    debugger::{
        session::{Program, Session},
        world::StillWorld,
    },
    tui::{app::App, driver::Driver, theme::Theme},
    vm::Config,
};

const STEPS: usize = 200;

fn driver(source: &str) -> Driver<Session> {
    let program = Program::compile(source.into(), "big.py".into(), Config::default(), None).unwrap_or_else(|error| panic!("{error:?}"));
    let session = Session::new(program, Box::new(StillWorld::default()));
    Driver::new(session, App::new(Theme::named("default").expect("the default theme"), false), 200, 60)
}

/// A program with 50,000 lines and four objects for each node, in the loop at its end.
fn big(nodes: usize) -> Driver<Session> {
    let mut source = format!(
        "class Node:\n    def __init__(self, value):\n        self.value = value\nnodes = [Node([value, str(value)]) for value in range({nodes})]\n",
    );
    let lines = 50_000 - 24;
    for line in 0..lines / 4 {
        source += &format!("def f{line}(x, y):\n    z = x + y * {line}  # a comment\n    return [z, 'text', x]\n\n");
    }
    source += "total = 0\nfor i in range(100_000):\n    total += len(f17(i, 2))\n    last = nodes[i].value\n";
    let start = Instant::now();
    let mut driver = driver(&source);
    driver.screen();
    println!("{:<34} {:>9.2?}   {} lines", "first frame", start.elapsed(), source.lines().count());
    let start = Instant::now();
    let line = source.lines().count() - 1;
    driver.keys(&format!(":break {line}<ret>c:delete<ret>")).expect("keys");
    println!("{:<34} {:>9.2?}   step {}, {} objects", "to the loop", start.elapsed(), driver.app.view.step, driver.app.view.heap.objects);
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}", "layout, keys", "median", "p95", "p99", "worst");
    driver
}

/// Times the steps of a layout.
fn steps(driver: &mut Driver<Session>, layout: &str, keys: &[(&str, &str)]) {
    driver.keys(&format!(":layout {layout}<ret>1")).expect("keys");
    for (label, key) in keys {
        measure(driver, &format!("{layout}, {label}"), key);
    }
}

const STEPPING: [(&str, &str); 3] = [("instruction", "i"), ("back", "I"), ("line over", "n")];
const LOOKING: [(&str, &str); 2] = [("cursor", "<down>"), ("page", "<pgup>")];

fn main() {
    first_frame();
    let mut driver = big(250_000);
    // `-- beginner` measures one layout.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    for layout in ["standard", "beginner", "bytecode", "memory", "gc", "presenter"] {
        if !wanted.is_empty() && !wanted.iter().any(|it| it == layout) {
            continue;
        }
        steps(&mut driver, layout, &[&STEPPING[..], &LOOKING].concat());
    }
    for pane in ["frames", "variables", "output", "graph", "allocator", "code", "timeline"] {
        driver.keys(&format!(":layout standard<ret>:focus {pane}<ret>i")).expect("keys");
        measure(&mut driver, &format!("{pane}, instruction"), "i");
    }
    drop(driver);
    deep();
    let mut driver = big(25_000);
    steps(&mut driver, "standard", &STEPPING);
    steps(&mut driver, "memory", &STEPPING);
}

fn first_frame() {
    let mut source = String::new();
    for line in 0..250 {
        source += &format!("def f{line}(x, y):\n    z = x + y * {line}\n    return [z, 'text', x]\n\n");
    }
    let mut times: Vec<Duration> = (0..20)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(driver(&source).screen());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{:<34} {:>9.2?}   worst of 20: {:.2?}", "first frame, 1,000 lines", times[10], times[19]);
}

/// 10,000 frames on each other.
fn deep() {
    let source = "import sys\nsys.setrecursionlimit(20_000)\ndef f(n):\n    x = n\n    return f(n - 1) if n else 0\nf(10_000)\n";
    let mut driver = driver(source);
    driver.keys(":break f if n == 3<ret>c4").expect("keys");
    println!("{} frames", driver.app.view.call_stack.frames.len());
    for (label, key) in [("instruction", "i"), ("back", "I"), ("frame up", "u")] {
        measure(&mut driver, &format!("deep, {label}"), key);
    }
}

fn measure(driver: &mut Driver<Session>, what: &str, key: &str) {
    let mut times: Vec<Duration> = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        let start = Instant::now();
        driver.keys(key).expect("a key");
        std::hint::black_box(driver.screen());
        times.push(start.elapsed());
    }
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("{what:<34} {:>9.2?} {:>9.2?} {:>9.2?} {:>9.2?}", at(0.5), at(0.95), at(0.99), at(1.0));
}

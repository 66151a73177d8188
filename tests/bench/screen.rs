//! From a key to the painted frame at 200x60 with 1,000,000 objects in the heap and 50,000 lines of source, and from the start to
//! the first frame of a program of 1,000 lines: `cargo bench --bench screen`. What should hold: 16 ms at p99, 50 ms.

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

fn main() {
    first_frame();
    let mut source = String::from(
        "class Node:\n    def __init__(self, value):\n        self.value = value\nnodes = [Node([value, str(value)]) for value in range(250_000)]\n",
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
    // `-- beginner` measures one layout.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    for layout in ["standard", "beginner", "bytecode", "memory", "gc", "presenter"] {
        if !wanted.is_empty() && !wanted.iter().any(|it| it == layout) {
            continue;
        }
        driver.keys(&format!(":layout {layout}<ret>1")).expect("keys");
        for (label, key) in [("instruction", "i"), ("back", "I"), ("line over", "n"), ("cursor", "<down>"), ("page", "<pgup>")] {
            measure(&mut driver, &format!("{layout}, {label}"), key);
        }
    }
    for pane in ["frames", "variables", "output", "graph", "allocator", "code", "timeline"] {
        driver.keys(&format!(":layout standard<ret>:focus {pane}<ret>i")).expect("keys");
        measure(&mut driver, &format!("{pane}, instruction"), "i");
    }
    deep();
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

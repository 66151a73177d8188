//! From a key to the painted frame, forward and back, in the example programs at 120x36: `cargo bench --bench stepping`.

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

fn main() {
    println!("{:<12} {:<22} {:>9} {:>9} {:>9}", "program", "keys", "median", "p95", "worst");
    for name in ["lru_cache", "bank", "tokenizer"] {
        let path = format!("{}/tests/programs/examples/{name}.py", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let program = Program::compile(source, path, Config::default(), None).unwrap_or_else(|error| panic!("{error:?}"));
        let session = Session::new(program, Box::new(StillWorld::default()));
        let app = App::new(Theme::named("default").expect("the default theme"), false);
        let mut driver = Driver::new(session, app, 120, 36);
        driver.keys(":goto 300<ret>").expect("keys");
        for (label, key) in [
            ("instruction", "i"),
            ("instruction back", "I"),
            ("line into", "s"),
            ("line into back", "S"),
            ("line over", "n"),
            ("line over back", "N"),
        ] {
            measure(&mut driver, name, label, key);
        }
    }
}

fn measure(driver: &mut Driver<Session>, program: &str, label: &str, key: &str) {
    let mut times: Vec<Duration> = Vec::with_capacity(STEPS);
    for _ in 0..STEPS {
        let start = Instant::now();
        driver.keys(key).expect("a key");
        std::hint::black_box(driver.screen());
        times.push(start.elapsed());
    }
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("{program:<12} {label:<22} {:>9.2?} {:>9.2?} {:>9.2?}", at(0.5), at(0.95), at(1.0));
}

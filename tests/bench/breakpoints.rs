//! What armed breakpoints cost: a run of ten million instructions to its end, plain, under the debugger, with breakpoints on 20
//! lines that are not reached, an opcode that does not occur, a condition that is never true: `cargo bench --bench breakpoints`.

use std::time::{Duration, Instant};

use uncoil::{
    debugger::{
        command,
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    vm::{Config, exec::RunEnd, hooks::NoHooks},
};

/// A loop with a branch that is never taken, and a function that is never called.
const PROGRAM: &str = "\
def step(total, i):
    if total < 0:
        total = 1
        total = 2
        total = 3
        total = 4
        total = 5
        total = 6
        total = 7
        total = 8
        total = 9
        total = 10
    return total + i

def work(n):
    total = 0
    for i in range(n):
        x = i & 255
        x = x * 3 + 1
        y = x ^ i
        y = y - x if y > x else x - y
        total = (total + x + y) & 65535
        for j in 1, 2:
            y = y + j
            total = total ^ y
        if i & 63 == 0:
            total = step(total, i)
    return total

def never():
    a = 1
    b = 2
    c = 3
    d = 4
    e = 5
    f = 6
    g = 7
    h = 8
    i = 9
    j = 10

work(140000)
";
const RUNS: usize = 7;

fn session(commands: &[String]) -> Session {
    let program = Program::compile(PROGRAM.into(), "work.py".into(), Config::default(), None);
    let mut session = Session::new(program.unwrap_or_else(|error| panic!("{error:?}")), Box::new(StillWorld::default()));
    for line in commands {
        let answer = session.execute(&command::parse(line).unwrap_or_else(|error| panic!("{line}: {error}")));
        assert_eq!(answer.error, None, "{line}");
    }
    session
}

fn measure(name: &str, plain: Option<Duration>, mut run: impl FnMut() -> (Duration, u64)) -> Duration {
    let mut times: Vec<(Duration, u64)> = (0..RUNS).map(|_| run()).collect();
    times.sort();
    let (best, steps) = times[0];
    let ratio = plain.map_or(1.0, |plain| best.as_secs_f64() / plain.as_secs_f64());
    println!("{name:<34} {steps:>10} instructions  best of {RUNS}: {best:>9.2?}  {ratio:.2} times the plain run");
    best
}

fn main() {
    let plain = measure("plain run", None, || {
        let mut vm = session(&[]).vm().clone();
        let start = Instant::now();
        while !matches!(vm.run(&mut NoHooks), RunEnd::Finished(_)) {}
        (start.elapsed(), vm.steps())
    });
    let mut commands: Vec<String> = (3..13).chain(31..41).map(|line| format!("break {line}")).collect();
    commands.push("break op DELETE_SUBSCR".into());
    let armed = |name: &str, commands: &[String]| {
        measure(name, Some(plain), || {
            let mut session = session(commands);
            let go_on = command::parse("continue").expect("a command");
            let start = Instant::now();
            session.execute(&go_on);
            assert!(session.status().is_over(), "a breakpoint was hit");
            (start.elapsed(), session.step())
        });
    };
    armed("debugger, no breakpoints", &[]);
    armed("20 lines and an opcode", &commands);
    commands.push("break step if total < 0".into());
    armed("and a condition, once in 70", &commands);
    commands.push("break 20 if x > 1000".into());
    armed("and a condition in the loop", &commands);
}

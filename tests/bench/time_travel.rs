//! Time travel over ten million instructions: `cargo bench --bench time_travel`.
//!
//! What is promised: after the first pass any instant within 200 ms (95th percentile), a step back within 16 ms, reverse
//! continue over the whole run within twice the forward time, and copies for all that within 300 MB.

use std::time::{Duration, Instant};

use uncoil::{
    debugger::{
        command,
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    vm::Config,
};

/// Some ten million instructions with calls, lists, dicts and strings.
const STEADY: &str = "
def mix(x, table):
    y = (x * 31 + 7) % 1009
    table[y] = table.get(y, 0) + 1
    return y

def main():
    table = {}
    recent = []
    total = 0
    for i in range(220_000):
        y = mix(i, table)
        recent.append((i, y))
        if len(recent) > 100:
            recent.pop(0)
        total += len(str(y))
    print(total, len(table))

main()
";

/// The same number of instructions with a heap that grows to hundreds of thousands of objects.
const GROWING: &str = "
class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next

head = None
index = {}
for i in range(400_000):
    head = Node(i * 1000, head)
    index[i] = [i]
print(len(index))
";

fn main() {
    for (name, source) in [("steady", STEADY), ("growing", GROWING)] {
        let start = resident();
        let program = Program::compile(source.into(), "bench.py".into(), Config::default(), None);
        let mut session = Session::new(program.unwrap_or_else(|error| panic!("{error:?}")), Box::new(StillWorld::default()));
        let mut run = |line: &str| {
            let command = command::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            let started = Instant::now();
            let answer = session.execute(&command);
            let took = started.elapsed();
            assert_eq!(answer.error, None, "{line}");
            (took, session.step(), session.vm().heap.capacity())
        };
        let (plain, end, slots) = run("last");
        println!("{name}: {end} instructions, {slots} slots, to the end in {plain:.2?}");
        println!("  resident {:.0} MB more than at the start", (resident() - start) as f64 / 1e6);
        let mut times = Vec::new();
        let mut state = 1u64;
        for _ in 0..60 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            times.push(run(&format!("goto {}", (state >> 20) % end)).0);
        }
        tell("goto anywhere", &mut times);
        for part in [10, 5, 9] {
            run(&format!("goto {}", end * part / 10 - 1));
            let mut times: Vec<Duration> = (0..200).map(|_| run("instruction-back").0).collect();
            tell(&format!("a step back, at {part}0 %"), &mut times);
        }
        run("goto 0");
        run("break 3 if x == -1");
        run("break op LOAD_BUILD_CLASS in nowhere");
        let (forward, ..) = run("continue");
        let (back, at, _) = run("continue-back");
        println!("  continue {forward:.2?}, back {back:.2?}: {:.2} times; at {at}", back.as_secs_f64() / forward.as_secs_f64());
        println!("  resident {:.0} MB more than at the start", (resident() - start) as f64 / 1e6);
    }
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    println!("  {what:<22} median {:>9.2?}  p95 {:>9.2?}  worst {:>9.2?}", at(0.5), at(0.95), at(1.0));
}

/// Bytes that the process has in memory, where the system tells.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

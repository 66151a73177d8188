//! Time both ways: from the end of a program `I` leads back to its first instant, over the same machines.
//!
//! Every instant is stepped to forward and kept as one number; then the way back is walked. Long programs are compared at
//! samples: some stretches are walked, each at the end of a leap. `WALK_BACK=folder` takes the programs there instead.

use std::{fs, path::Path};

use super::stepping::{digest, programs, session, step};
use uncoil::debugger::{
    command::{self, Command, Direction, Instant, StepUnit},
    engine::Engine,
    session::Session,
};
use uncoil::objects::core_types::NONE;

/// Programs with more instants than this are compared at samples.
const ALL: usize = 500;
/// So many instants are looked at forward.
const MOST: usize = 20_000;
const STRETCHES: usize = 12;
const STRETCH: usize = 16;

#[test]
fn from_the_end_back_to_the_start() {
    super::on_big_stack(walk_programs);
}

fn walk_programs() {
    let by_hand = std::env::var("WALK_BACK").ok();
    let (all, programs) = match &by_hand {
        Some(folder) => (MOST, programs(folder, "py")),
        None => {
            let mut programs = programs("tests/programs/examples", "py");
            programs.extend(programs_of(&["language", "protocol", "memory", "iteration", "threads", "asyncio"], 3));
            (ALL, programs)
        }
    };
    for path in programs {
        let count = walk(&path, all);
        if by_hand.is_some() {
            println!("{}: {count} instants compared", path.display());
        }
    }
}

/// A few programs of each folder, by an even choice.
fn programs_of(folders: &[&str], each: usize) -> Vec<std::path::PathBuf> {
    let mut chosen = Vec::new();
    for folder in folders {
        let found = programs(&format!("tests/programs/{folder}"), "py");
        chosen.extend(found.iter().step_by((found.len() / each).max(1)).cloned());
    }
    chosen
}

/// Steps forward to the end, then walks back; how many instants were compared.
fn walk(path: &Path, all: usize) -> usize {
    let source = fs::read_to_string(path).unwrap();
    let mut session = session("program.py", &source);
    let mut instants = vec![(0, digest(session.vm()))];
    while !session.status().is_over() && instants.len() <= all && !is_waiting(&session) {
        assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Forward), None);
        if !session.status().is_over() && !is_waiting(&session) {
            instants.push((session.step(), digest(session.vm())));
        }
    }
    if session.status().is_over() {
        return back(&mut session, &instants, path);
    }
    // A long one: from its end in leaps, and a stretch of steps from each place.
    session.execute(&Command::Goto(Instant::Last));
    let mut compared = 0;
    for number in (1..=STRETCHES).rev() {
        let until = instants.len() * number / STRETCHES;
        let stretch = &instants[until.saturating_sub(STRETCH + 1)..until];
        session.execute(&Command::Goto(Instant::At(stretch[stretch.len() - 1].0)));
        compare(&session, stretch[stretch.len() - 1], path);
        compared += back(&mut session, &stretch[..stretch.len() - 1], path) + 1;
    }
    compared
}

fn is_waiting(session: &Session) -> bool {
    matches!(session.status(), uncoil::view::Status::AwaitingInput { .. })
}

/// `I` leads to these instants, the last one first.
fn back(session: &mut Session, instants: &[(u64, u64)], path: &Path) -> usize {
    for &instant in instants.iter().rev() {
        assert_eq!(step(session, StepUnit::Instruction, Direction::Back), None, "{}: back to step {}", path.display(), instant.0);
        compare(session, instant, path);
    }
    instants.len()
}

fn compare(session: &Session, instant: (u64, u64), path: &Path) {
    assert_eq!((session.step(), digest(session.vm())), instant, "{}: back at step {}", path.display(), instant.0);
}

/// What changes the run leaves every reference count right: at once, in the new future, and in that run again from its start.
#[test]
fn changes_leave_every_count_right() {
    let source = "
def f(a, b):
    c = [a, b]
    d = {'k': c}
    for e in c:
        a = (e, d)
    return c

x = f(1, 'two')
y = [x, x]
print(x, y)
";
    let changes = [
        "set c = [7, c]",
        "set d['k'] = None",
        "set c[0] = [d, a]",
        "set a, *b = c, d, c",
        "jump 3",
        "jump 7",
        "return [c, d]",
        "return 1 / 2",
    ];
    for stop in ["break 4", "break 6", "break 7"] {
        for change in changes {
            let mut session = session("changed.py", source);
            for line in ["set confirm off", stop, "continue", change] {
                let command = command::parse(line).unwrap();
                // What is refused, such as a jump into a loop, changes nothing.
                session.execute(&command);
                assert!(session.vm().audit().is_empty(), "{stop}, {line}: {:?}", session.vm().audit());
            }
            session.execute(&Command::Delete { number: None });
            for command in [Instant::Last, Instant::First, Instant::Last] {
                session.execute(&Command::Goto(command));
                // What the program returned in the end, None, is the timeline's.
                let wrong = session.vm().audit().into_iter().find(|mismatch| mismatch.object != NONE);
                assert!(wrong.is_none(), "{stop}, {change}: {wrong:?}");
            }
            assert!(session.status().is_over(), "{stop}, {change}");
        }
    }
}

/// What native code calls asks the outside world: the answers are recorded, and there and back the machines are the same.
#[test]
fn questions_below_native_code_are_answered_again() {
    let source = r#"
import codecs, collections, json, random, sys, time, warnings

class Odd:
    def __str__(self):
        return input("str? ")
    def __hash__(self):
        return len(input("hash? "))
    def __eq__(self, other):
        return bool(input("eq? "))
    def __index__(self):
        return int(input("index? "))
    def __reduce__(self):
        return str, (input("reduce? "),)
    def __del__(self):
        print("gone", input("gone? "), time.time())

class Table(collections.OrderedDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, (value, input("value? "), random.random() < 2))

def mended(error):
    time.sleep(2)
    return input("letter? "), error.end

def written(it):
    import bisect
    with open("/dev/null") as empty:
        return [input("first? "), input("second? "), empty.read(), bisect.__name__, time.monotonic()]

codecs.register_error("mended", mended)
print("a\xe4b".encode("ascii", "mended"))
print(json.dumps([1, Odd(), 2j], default=written))
print([1, 2, 3, 4][Odd():Odd()])
print("%s" % Odd(), {Odd(): 1, Odd(): 2}.__len__())
print(Table(a=1, b=2))
warnings.showwarning = lambda message, *rest: print(message, input("warning? "))
warnings.warn("a warning")
print(random.randrange(10) < 10, time.time() > 0)
"#;
    let mut session = session("below.py", source);
    session.execute(&command::parse("until 32").unwrap());
    let mut instants = vec![(session.step(), digest(session.vm()))];
    let mut lines = 0;
    while !session.status().is_over() {
        if is_waiting(&session) {
            lines += 1;
            session.execute(&Command::Input(Some((lines % 3 + 1).to_string())));
        } else {
            assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Forward), None);
        }
        if !session.status().is_over() && !is_waiting(&session) {
            instants.push((session.step(), digest(session.vm())));
        }
        assert!(lines < 100, "{}", session.printed());
    }
    let printed = session.printed();
    assert!(printed.starts_with("letter? b'a2b'\n") && printed.contains("[\"3\", \"1\", \"\", \"bisect\", "), "{printed}");
    assert!(session.vm().audit().iter().all(|mismatch| mismatch.object == NONE), "{:?}", session.vm().audit());
    let path = Path::new("below.py");
    assert_eq!(back(&mut session, &instants, path), instants.len());
    // In leaps, too.
    for instant in instants.iter().skip(1).step_by(97) {
        session.execute(&Command::Goto(Instant::Last));
        assert_eq!(session.printed(), printed);
        session.execute(&Command::Goto(Instant::At(instant.0)));
        compare(&session, *instant, path);
    }
}

/// A text grows where it is also where a copy of the machine holds the same text.
#[test]
fn growing_texts_are_the_same_on_the_way_back() {
    let source = "
def build(text):
    out = ''
    for letter in text:
        out += letter
    return out

for word in 'hello, world', 'a longer text than that':
    print(build(word), build(word[::-1]))
";
    let mut session = session("growing.py", source);
    let mut instants = vec![(0, digest(session.vm()))];
    while !session.status().is_over() {
        assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Forward), None);
        instants.push((session.step(), digest(session.vm())));
    }
    instants.pop();
    let path = Path::new("growing.py");
    back(&mut session, &instants, path);
    for instant in instants.iter().step_by(37) {
        session.execute(&Command::Goto(Instant::Last));
        session.execute(&Command::Goto(Instant::At(instant.0 + 38)));
        for _ in 0..session.step().saturating_sub(instant.0) {
            step(&mut session, StepUnit::Instruction, Direction::Back);
        }
        compare(&session, *instant, path);
    }
}

//! Stepping: where each kind of step stops, forward and back; that going back finds the same machine; the screens of real
//! programs.
//!
//! A case in `tests/stepping` is a program, a line `----`, then commands of the `:` line with the stops they lead to:
//! `next => total 8`; lines that begin with `|` are what it listed. `UPDATE_GOLDEN=1 cargo test` rewrites the stops.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use uncoil::{
    debugger::{
        command::{self, Command, Direction, Instant, StepUnit},
        engine::Engine,
        session::{Program, Session, saved},
        world::StillWorld,
    },
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
    view::{HeapFound, PaneKind, PauseReason, Status, Stream, View, ViewRequest},
    vm::{Config, Vm, frame::FrameKind},
};

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn session(name: &str, source: &str) -> Session {
    let program = Program::compile(source.into(), name.into(), Config::default(), None);
    Session::new(program.unwrap_or_else(|error| panic!("{name}: {error:?}")), Box::new(StillWorld::default()))
}

pub(super) fn programs(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == ending));
    files.sort();
    files
}

/// `total 8`, `<module> 15, breakpoint 1`, `finished`
fn stop(view: &View) -> String {
    let place = match view.call_stack.frames.first() {
        Some(frame) => match frame.line {
            Some(line) => format!("{} {line}", frame.name),
            None => frame.name.to_string(),
        },
        None => String::new(),
    };
    match &view.status {
        Status::Paused { reason: PauseReason::Step | PauseReason::Arrived } => place,
        Status::Paused { reason: PauseReason::Breakpoint { number, .. } } => format!("{place}, breakpoint {number}"),
        Status::Paused { reason } => format!("{place}, {reason}"),
        Status::Finished { .. } => "finished".into(),
        Status::AwaitingInput { .. } => format!("{place}, waits for input"),
        Status::Uncaught { type_name, .. } => format!("{place}, uncaught {type_name}"),
        Status::Running => "running".into(),
    }
}

#[test]
fn cases() {
    let mut failures = String::new();
    for path in programs("tests/stepping", "txt") {
        let text = fs::read_to_string(&path).unwrap();
        let (program, steps) = text.split_once("----\n").unwrap_or_else(|| panic!("{}: no line ----", path.display()));
        let mut session = match program.starts_with("# at a prompt") {
            true => Session::typed(Config::default(), None, Box::new(StillWorld::default())),
            false => session("case.py", program),
        };
        let mut played = format!("{program}----\n");
        for line in steps.lines().filter(|line| !line.starts_with("  |")) {
            let written = line.split_once(" => ").map_or(line, |(command, _)| command).trim_start();
            if written.is_empty() || written.starts_with('#') {
                played += &format!("{line}\n");
                continue;
            }
            let command = match command::parse(written) {
                Ok(command) => command,
                Err(error) => {
                    played += &format!("{written} => no command: {error}\n");
                    continue;
                }
            };
            let answer = session.execute(&command);
            let view = session.view(&ViewRequest::default());
            let is_text = matches!(
                command,
                Command::Show { .. }
                    | Command::Inside
                    | Command::Inspect { .. }
                    | Command::Ledger { .. }
                    | Command::Holders { .. }
                    | Command::Heat
                    | Command::Diff { .. }
                    | Command::Marks
            );
            let listing = (!answer.listing.is_empty() && !is_text).then(|| answer.listing.join(" | "));
            let what = answer
                .error
                .or(answer.question)
                .or(answer.message)
                .or(listing)
                .map_or(stop(&view), |text| format!("{} ({text})", stop(&view)));
            played += &format!("{written} => {}\n", what.replace('\n', " |"));
            for line in answer.log.iter().chain(answer.listing.iter().filter(|_| is_text)) {
                // Addresses are checked elsewhere.
                played += &format!("  | {}\n", without_address(line));
            }
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &played).unwrap();
        } else if played != text {
            for (got, want) in played.lines().zip(text.lines()).filter(|(got, want)| got != want) {
                failures += &format!("{}:\n  want {want}\n  got  {got}\n", path.display());
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn without_address(line: &str) -> String {
    match line.split_once("at 0x") {
        Some((before, after)) => format!("{before}at 0x…{}", after.trim_start_matches(|c: char| c.is_ascii_hexdigit())),
        None => line.to_owned(),
    }
}

/// What a machine holds, in one number.
pub(super) fn digest(vm: &Vm) -> u64 {
    let mut hash = DefaultHasher::new();
    (vm.steps(), vm.pc, vm.sp, vm.base, vm.frames.len(), vm.heap.len(), vm.heap.born()).hash(&mut hash);
    for slot in &vm.stack[..vm.sp] {
        slot.map(|object| object.index()).hash(&mut hash);
    }
    for frame in &vm.frames {
        if let FrameKind::Python(frame) = &frame.kind {
            (frame.code.index(), frame.base).hash(&mut hash);
        }
    }
    for (object, slot) in vm.heap.iter() {
        (object.index(), slot.refcount(), slot.ty.index(), slot.num, vm.heap.birth(object)).hash(&mut hash);
    }
    hash.finish()
}

pub(super) fn step(session: &mut Session, unit: StepUnit, direction: Direction) -> Option<String> {
    session.execute(&Command::Step { unit, direction, count: 1 }).error
}

#[test]
fn back_finds_the_same_machine_at_every_instant() {
    for path in programs("tests/programs/examples", "py") {
        let source = fs::read_to_string(&path).unwrap();
        let mut session = session("program.py", &source);
        let mut digests = BTreeMap::from([(0, digest(session.vm()))]);
        while !session.status().is_over() && digests.len() < 3000 {
            assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Forward), None);
            if !session.status().is_over() {
                digests.insert(session.step(), digest(session.vm()));
            }
        }
        // Backwards one by one, and in leaps in both directions.
        for (&at, &expected) in digests.iter().rev().take(400) {
            session.execute(&Command::Goto(Instant::At(at)));
            assert_eq!((session.step(), digest(session.vm())), (at, expected), "{}: step {at}", path.display());
        }
        for leap in [977, 389, 2111, 1, 0, 1500] {
            if let Some((&at, &expected)) = digests.range(leap..).next() {
                session.execute(&Command::Goto(Instant::At(at)));
                assert_eq!((session.step(), digest(session.vm())), (at, expected), "{}: step {at}", path.display());
            }
        }
    }
}

/// All steps that stop at events: Shift undoes the step from any of its stops.
#[test]
fn shift_is_the_exact_reverse() {
    for path in programs("tests/programs/examples", "py") {
        let source = fs::read_to_string(&path).unwrap();
        for unit in [
            StepUnit::Instruction,
            StepUnit::Expression,
            StepUnit::LineInto,
            StepUnit::Call,
            StepUnit::Yield,
            StepUnit::Raise,
            StepUnit::Change,
        ] {
            let mut session = session("program.py", &source);
            if unit == StepUnit::Change {
                session.execute(&command::parse("change self.head").unwrap());
                session.execute(&Command::Goto(Instant::First));
            }
            let mut stops = vec![0];
            while !session.status().is_over() && stops.len() < 120 {
                assert_eq!(step(&mut session, unit, Direction::Forward), None);
                stops.push(session.step());
            }
            stops.pop();
            let (count, started) = (stops.len(), std::time::Instant::now());
            while let Some(expected) = stops.pop() {
                step(&mut session, unit, Direction::Back);
                assert_eq!(session.step(), expected, "{}: {unit:?}", path.display());
            }
            println!("{unit:?} back: {:?} a step", started.elapsed() / count as u32);
        }
    }
}

/// Line over in a frame that isn't left: back over the same lines.
#[test]
fn over_goes_back_over_the_same_lines() {
    let source = fs::read_to_string(root().join("tests/programs/examples/lru_cache.py")).unwrap();
    let mut session = session("program.py", &source);
    session.execute(&command::parse("break 110").unwrap());
    session.execute(&command::parse("continue").unwrap());
    let mut stops = vec![session.step()];
    for _ in 0..14 {
        step(&mut session, StepUnit::LineOver, Direction::Forward);
        stops.push(session.step());
    }
    stops.pop();
    while let Some(expected) = stops.pop() {
        step(&mut session, StepUnit::LineOver, Direction::Back);
        assert_eq!(session.step(), expected);
    }
}

/// The example programs print what CPython 3.11 prints.
#[test]
fn examples_run_as_recorded() {
    for path in programs("tests/programs/examples", "py") {
        let mut session = session("program.py", &fs::read_to_string(&path).unwrap());
        session.execute(&Command::Goto(Instant::Last));
        let view = session.view(&ViewRequest::default());
        let printed: String =
            view.output.chunks.iter().filter(|chunk| chunk.stream == Stream::Stdout).map(|chunk| chunk.text.as_str()).collect();
        // The recorded output ends with the exit status where it is not 0.
        let recorded = fs::read_to_string(path.with_extension("out")).unwrap();
        let recorded = recorded.split("# status").next().unwrap_or_default();
        assert_eq!(printed, recorded, "{}", path.display());
    }
}

/// Real programs at the four sizes, as the learner sees them.
/// Addresses and large numbers, which grow with the library, are no part of these goldens.
pub(super) fn without_figures(screen: &str) -> String {
    let mut chars: Vec<char> = screen.chars().collect();
    for at in 0..chars.len() {
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        if is_digit(at) && chars.get(at + 1) == Some(&' ') && (2..5).all(|by| is_digit(at + by)) && !is_digit(at + 5) {
            let from = (0..at).rev().find(|&it| !chars[it].is_ascii_digit()).map_or(0, |it| it + 1);
            chars[from..at + 5].fill('#');
        }
        if chars[at..].starts_with(&['0', 'x']) {
            let end = (at + 2..chars.len()).find(|&it| !chars[it].is_ascii_hexdigit()).unwrap_or(chars.len());
            chars[at + 2..end].fill('#');
        }
    }
    chars.into_iter().collect()
}

/// Enter leads from a value to the Inspector, from a row of the ledger to its instant; what z opens, a step closes.
#[test]
fn enter_leads_on() {
    let session = session("graph.py", &fs::read_to_string(root().join("tests/stepping/programs/graph.py")).unwrap());
    let mut driver = Driver::new(session, App::new(Theme::named("default").unwrap(), false), 120, 36);
    driver.keys(":break 23<ret>c5<home><down><down><down><down><ret>").unwrap();
    assert_eq!(driver.app.focus(), PaneKind::Inspector);
    let subject = driver.app.view.inspector.subject.clone().unwrap();
    assert_eq!((subject.text.as_str(), subject.type_name.as_str()), ("<Node #92>", "Node"));
    driver.keys("9<home><down><down><down><ret>").unwrap();
    let row = &driver.app.view.ledger.rows[1];
    assert_eq!(driver.app.view.step, row.step);
    // The rows are known still, those that lie ahead too.
    assert!(driver.app.view.ledger.rows.last().unwrap().step > row.step);
    driver.keys(":focus heap<ret>").unwrap();
    let zoom = driver.app.zoom;
    driver.keys("cz").unwrap();
    assert_eq!(driver.app.focus(), PaneKind::Heap, "PUSH_NULL has no steps inside");
    driver.keys("iz").unwrap();
    assert_eq!(driver.app.focus(), PaneKind::Micro);
    assert_eq!(driver.app.view.micro.at, 0);
    driver.keys("z").unwrap();
    assert_eq!(driver.app.view.micro.at, 1);
    driver.keys("i").unwrap();
    assert_eq!((driver.app.focus(), driver.app.zoom), (PaneKind::Heap, zoom));
    driver.keys("/list<ret>").unwrap();
    assert!(matches!(driver.app.view.heap.found, Some(HeapFound::At(_))));
    driver.keys(":heap Node by refcount<ret>/leaf<ret>..,:heap types<ret>/node<ret><ret><end><home><pgdn>").unwrap();
    assert!(driver.app.view.heap.rows.iter().all(|row| row.type_name == "Node"));
}

/// Keys and sizes by chance, over all panes: everything can be drawn at any time.
#[test]
fn any_keys_at_any_size() {
    let keys = [
        "i",
        "I",
        "s",
        "n",
        "N",
        "f",
        "e",
        "c",
        "C",
        "g",
        "z",
        "z",
        "z",
        "Z",
        "<ret>",
        "<ret>",
        "<up>",
        "<down>",
        "<down>",
        "<pgdn>",
        "<pgup>",
        "<home>",
        "<end>",
        "<left>",
        "<right>",
        "1",
        "3",
        "5",
        "6",
        "8",
        "9",
        "<tab>",
        "L",
        "+",
        "_",
        "u",
        "d",
        "P",
        "<esc>",
        "0",
        "?",
        ".",
        ":graph<ret>",
        ":gc<ret>",
        ":allocator<ret>",
        ":micro<ret>",
        ":heap types<ret>",
        ":heap all by size<ret>",
        ":heap program by age<ret>",
        ":heap Node by refcount<ret>",
        ":heap by generation<ret>",
        ":heap touched by type<ret>",
        "/node<ret>",
        ":ledger leaf<ret>",
        ":inspect ages<ret>",
        ":ledger None<ret>",
        ":inspect root.children<ret>",
        ":goto 122<ret>",
        ":goto 340<ret>",
        ":set builtins on<ret>",
        ":stops<ret>",
        ":calls<ret>",
        ":set heat on<ret>",
        ":break op CALL* if 1 > 2<ret>",
        ":log 12 \"{root}\"<ret>",
        ":break alloc Node<ret>",
        "<space>",
        "<del>",
        "ma<ret>",
        "'a<ret>",
        ":heat<ret>",
        ":changed root<ret>",
        ":wrote 1<ret>",
    ];
    for (name, seed) in [("graph", 1u64), ("cycles", 2), ("holders", 3), ("graph", 4)] {
        let source = fs::read_to_string(root().join(format!("tests/stepping/programs/{name}.py"))).unwrap();
        let mut driver =
            Driver::new(session(&format!("{name}.py"), &source), App::new(Theme::named("default").unwrap(), seed == 4), 120, 36);
        let mut state = seed;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as usize % below
        };
        for _ in 0..70 {
            let key = keys[next(keys.len())];
            driver.keys(key).unwrap_or_else(|error| panic!("{key}: {error}"));
            if next(5) == 0 {
                driver.resize(30 + next(200) as u16, 8 + next(60) as u16);
            }
            driver.screen();
        }
    }
}

/// The screens after the keys, at each size, are those of `tests/screens/NAME_*.txt`; `UPDATE_GOLDEN=1` rewrites them.
pub(super) fn same_screens(name: &str, program: &str, keys: &str, sizes: &[(u16, u16)]) {
    let program = root().join(program);
    let source = fs::read_to_string(&program).unwrap();
    let file_name = program.file_name().unwrap().to_string_lossy();
    for &(width, height) in sizes {
        let app = App::new(Theme::named("default").unwrap(), false);
        let mut driver = Driver::new(session(&file_name, &source), app, width, height);
        driver.keys(keys).unwrap();
        let screen = without_figures(&text::text(&driver.screen()));
        let golden = root().join(format!("tests/screens/{name}_{width}x{height}.txt"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &screen).unwrap();
        }
        let differ = fs::read_to_string(&golden).unwrap_or_default() != screen;
        assert!(!differ, "{} (UPDATE_GOLDEN=1 rewrites it):\n{screen}", golden.display());
    }
}

/// The panes about memory, with a small graph of objects.
#[test]
fn screens_of_memory() {
    let shots = [
        ("ledger", ":layout memory<ret>:break 23<ret>c:ledger leaf<ret>"),
        ("inspector", ":layout memory<ret>:break 23<ret>c:inspect ages<ret>+"),
        ("heap", ":layout memory<ret>:break 23<ret>c6<up><up><up>"),
        ("heap_types", ":layout memory<ret>:break 23<ret>c:heap types<ret>"),
        ("gc", ":layout gc<ret>:break 26<ret>cn"),
        ("graph", ":break 23<ret>c:focus graph<ret>++"),
        ("allocator", ":break 23<ret>cnn:inspect ages<ret>:focus allocator<ret>++"),
        ("micro_gc", ":break 26<ret>c:tbreak op CALL<ret>czzzzzz"),
        ("micro_dict", ":break op BINARY_SUBSCR<ret>czz"),
    ];
    for (name, keys) in shots {
        same_screens(&format!("memory_{name}"), "tests/stepping/programs/graph.py", keys, &[(80, 24), (120, 36), (200, 60)]);
    }
}

/// The breakpoints, the call tree and the columns of counts.
#[test]
fn screens_of_stops() {
    let set = ":break op BINARY_OP if amount > 50<ret>:log Account.deposit \"{self.owner} gets {amount}\"<ret>:break refcount bank 0<ret>:break 33<ret>cc";
    let shots = [
        ("stops", format!("{set}:ignore 4 2<ret>:disable 3<ret>:stops<ret>+<home><down>")),
        ("calls", format!("{set}:calls<ret>+")),
        ("heat", "G:goto 400<ret>:set heat on<ret>".to_owned()),
        ("output", "G7<up><up><up><ret>".to_owned()),
    ];
    for (name, keys) in shots {
        same_screens(&format!("stops_{name}"), "tests/programs/examples/bank.py", &keys, &[(80, 24), (120, 36)]);
    }
}

#[test]
fn screens_of_real_programs() {
    let shots = [("lru", "lru_cache", ":until 69<ret>iii"), ("bank", "bank", ":break op BINARY_OP<ret>cccc"), ("error", "uncaught", "c7")];
    for (name, program, keys) in shots {
        let program = format!("tests/programs/examples/{program}.py");
        same_screens(&format!("real_{name}"), &program, keys, &[(80, 24), (100, 30), (120, 36), (200, 60)]);
    }
}

/// Where breakpoints stop depends neither on whether the machine runs at full speed between them nor on the direction.
#[test]
fn armed_and_watched_runs_stop_at_the_same_instants() {
    for path in programs("tests/programs/examples", "py") {
        let source = fs::read_to_string(&path).unwrap();
        let lines = source.lines().count() as u32;
        let stops = |slow: bool, back: bool| {
            let mut session = session("program.py", &source);
            let mut set: Vec<String> = (1..lines).step_by(4).map(|line| format!("break {line}")).collect();
            set.extend(
                ["break op *FOR*", "break op RETURN_VALUE", "break raise", "break gc 0", "break op CALL if 1 > 2"].map(str::to_owned),
            );
            if slow {
                set.push("watch 0".into());
            }
            for line in set {
                session.execute(&command::parse(&line).unwrap());
            }
            let mut stops = Vec::new();
            if back {
                session.execute(&Command::Goto(Instant::At(4000)));
            }
            let direction = if back { Direction::Back } else { Direction::Forward };
            while stops.len() < 150 {
                let answer = step(&mut session, StepUnit::Continue, direction);
                if answer.is_some() || session.status().is_over() || session.step() == 0 || session.step() > 4000 {
                    break;
                }
                stops.push(session.step());
            }
            stops
        };
        let (fast, slow) = (stops(false, false), stops(true, false));
        assert_eq!(fast, slow, "{}", path.display());
        let (mut fast_back, mut slow_back) = (stops(false, true), stops(true, true));
        assert_eq!(fast_back, slow_back, "{}: back", path.display());
        fast_back.reverse();
        slow_back.reverse();
        // The nearer end of both lists is the same run.
        let first = *fast_back.first().unwrap_or(&0);
        let forward: Vec<u64> = fast.into_iter().filter(|&stop| stop >= first).collect();
        let common = forward.len().min(fast_back.len());
        assert_eq!(forward[..common], fast_back[..common], "{}: forward and back", path.display());
    }
}

/// Breakpoints are there again in the next session; a damaged file is told of and kept.
#[test]
fn breakpoints_outlive_the_session() {
    let folder = std::env::temp_dir().join(format!("uncoil-breakpoints-{}", std::process::id()));
    let file = saved::file_for(&folder, Path::new("/home/ada/case.py"));
    let source = "def f(x):\n    y = x\n    return y\n\nfor i in range(4):\n    f(i)\n";
    let run = |session: &mut Session, line: &str| session.execute(&command::parse(line).unwrap());
    let mut first = session("case.py", source);
    assert_eq!(first.keep_breakpoints(file.clone()), Ok(0));
    let lines = [
        "break 3 if x > 1",
        "break refcount y 0",
        "log f \"x is {x}\"",
        "tbreak op CALL* in <module>",
        "break output \"a b\"",
        "watch y",
        "break uncaught",
        "ignore 3 2",
        "disable 4",
        "break refcount #0 1",
    ];
    for line in lines {
        run(&mut first, line);
    }
    let text = fs::read_to_string(&file).unwrap();
    let mut second = session("case.py", source);
    assert_eq!(second.keep_breakpoints(file.clone()), Ok(7));
    let listed = |session: &mut Session| run(session, "breakpoints").listing;
    assert_eq!(listed(&mut first), listed(&mut second));
    run(&mut second, "delete 1");
    run(&mut second, "delete");
    assert_eq!(fs::read_to_string(&file).unwrap(), "# uncoil: breakpoints of case.py\n");
    // Damage.
    fs::write(&file, text.replace("disable 4", "\u{1b}[2Jquit")).unwrap();
    let mut third = session("case.py", source);
    let error = third.keep_breakpoints(file.clone()).unwrap_err();
    assert!(error.contains("line 7: ") && error.contains(".damaged"), "{error}");
    assert_eq!(listed(&mut third).len(), 7);
    run(&mut third, "break 2");
    assert!(fs::read_to_string(format!("{}.damaged", file.display())).unwrap().contains("[2Jquit"));
    // Nowhere to write.
    let mut fourth = session("case.py", source);
    assert!(fourth.keep_breakpoints(file.join("below_a_file")).is_err());
    fs::remove_dir_all(&folder).unwrap();
}

//! Threads: the same run each time, other runs for other seeds, all outcomes found, and what the screen shows of them.
//!
//! What programs with threads print is compared with CPython by [`super::programs`].

use std::{fs, path::Path};

use super::stepping::{digest, same_screens, session, step};
use uncoil::{
    debugger::{
        command::{Direction, StepUnit, parse},
        engine::Engine,
        explore::{Bounds, Explored, explore},
        world::StillWorld,
    },
    interpreter,
    vm::{Config, Vm, hooks::NoHooks, threads::Schedule},
};

const BOUNDS: Bounds = Bounds { preemptions: 2, schedules: 400, steps: 1_000_000 };

fn machine(program: &str, arguments: &[&str]) -> Vm {
    let source = fs::read(program).expect("a program");
    let mut argv = vec!["program.py".to_string()];
    argv.extend(arguments.iter().map(ToString::to_string));
    interpreter::load(&source, "program.py", Config { argv, ..Config::default() }).1.expect("it compiles")
}

/// Standard output, the number of instructions and of hand-overs.
fn run(mut vm: Vm) -> (String, u64, u64) {
    let mut output = String::new();
    struct Collect<'a>(&'a mut String, StillWorld);
    impl uncoil::vm::host::Host for Collect<'_> {
        fn write(&mut self, _stream: uncoil::vm::host::Stream, bytes: &[u8]) {
            self.0.push_str(&String::from_utf8_lossy(bytes));
        }
        fn answer(&mut self, request: &uncoil::vm::host::Request) -> uncoil::vm::host::Answer {
            self.1.answer(request)
        }
    }
    let result = interpreter::drive(&mut vm, &mut Collect(&mut output, StillWorld::default()), &mut NoHooks);
    let exit = interpreter::conclude(&mut vm, result.expect("no hook stops it"));
    assert_eq!(exit.status, 0);
    (output, vm.steps(), vm.threads.switch_number)
}

/// The increments of lesson 14, with fewer rounds.
fn lesson_14() -> Vm {
    let source = fs::read_to_string("tests/programs/threads/lesson_14.py").unwrap();
    let source = source.replace("20_000", "300").replace("80_000", "1_200").replace("print(", "print(m, ");
    interpreter::load(source.as_bytes(), "program.py", Config::default()).1.expect("it compiles")
}

#[test]
fn a_hundred_runs_are_equal() {
    let vm = lesson_14();
    let first = run(vm.clone());
    assert!(first.2 > 50, "{first:?}");
    for _ in 0..100 {
        assert_eq!(run(vm.clone()), first);
    }
}

#[test]
fn seeds_are_repeatable_and_differ() {
    let runs: Vec<_> = (0..8)
        .map(|seed| {
            let mut vm = lesson_14();
            vm.threads.schedule = Schedule::seeded(seed);
            let ran = run(vm.clone());
            assert_eq!(run(vm), ran, "seed {seed}");
            ran
        })
        .collect();
    assert!(runs.iter().any(|ran| *ran != runs[0]), "{runs:?}");
    // `n += 1` loses nothing in any of them.
    assert!(runs.iter().all(|(output, ..)| output.contains(" True ")), "{runs:?}");
}

fn outputs(explored: &Explored) -> Vec<&str> {
    let mut outputs: Vec<&str> = explored.outcomes.iter().map(|outcome| outcome.output.trim()).collect();
    outputs.sort_unstable();
    outputs
}

#[test]
fn a_lost_update_is_found_and_leads_there_again() {
    let explored = explore(machine("tests/programs/threads/lost_update.py", &[]), BOUNDS);
    assert!(explored.is_complete && !explored.is_alone);
    assert_eq!(outputs(&explored), ["10", "20", "30"]);
    for outcome in &explored.outcomes {
        assert_eq!(outcome.lost_updates.is_empty(), outcome.output == "30\n", "{outcome:?}");
    }
}

/// What 1,000 runs of CPython printed (`tests/schedules/record.py`) is among what is found, and updates that were lost are told.
#[test]
fn all_that_cpython_does_is_found() {
    let lost = [("attribute", "account.balance"), ("closure", "n"), ("item", "counts['a']"), ("check_then_act", ""), ("order", "")];
    for (name, variable) in lost {
        let file = format!("tests/schedules/{name}.py");
        // All three threads of it have read before one writes.
        let preemptions = if name == "item" { 3 } else { 2 };
        let explored = explore(machine(&file, &[]), Bounds { preemptions, schedules: 2_000, steps: 1_000_000 });
        let found = outputs(&explored);
        let recorded = fs::read_to_string(file.replace(".py", ".outcomes")).unwrap();
        let missing: Vec<&str> = recorded.lines().filter(|line| !found.contains(line)).collect();
        assert!(missing.is_empty() && recorded.lines().count() >= 4, "{name}: {missing:?} not among {found:?}");
        let told = format!("an update of {variable} by thread ");
        let is_told = explored.outcomes.iter().flat_map(|outcome| &outcome.lost_updates).any(|it| it.starts_with(&told));
        assert_eq!(is_told, !variable.is_empty(), "{name}: {:?}", explored.outcomes);
    }
}

#[test]
fn a_deadlock_is_found_and_its_cycle_named() {
    let explored = explore(machine("tests/programs/threads/lock_order.py", &["deadlock"]), BOUNDS);
    let deadlock = explored.outcomes.iter().find(|outcome| outcome.ending.starts_with("deadlock")).expect("a deadlock");
    assert!(deadlock.ending.contains("waits for the lock log, which thread 3"), "{}", deadlock.ending);
    assert!(deadlock.ending.contains("the cycle: thread 2 (Thread-1 (transfer)) → thread 3"), "{}", deadlock.ending);
    let explored = explore(machine("tests/programs/threads/lock_order.py", &[]), BOUNDS);
    assert!(explored.outcomes.iter().all(|outcome| outcome.ending.is_empty()), "{:?}", explored.outcomes);
}

#[test]
fn a_single_thread_has_one_schedule() {
    assert!(explore(machine("tests/programs/examples/bank.py", &[]), BOUNDS).is_alone);
}

/// `:switch N`: the thread takes the GIL at the next check point, and going back and forth leads there again.
#[test]
fn a_switch_can_be_forced() {
    let source = fs::read_to_string("tests/programs/threads/lost_update.py").unwrap();
    let mut session = session("program.py", &source);
    session.execute(&parse("break plus").unwrap());
    session.execute(&parse("continue").unwrap());
    let before = session.step();
    let holder = session.vm().threads.current().id;
    session.execute(&parse("switch 1").unwrap());
    let mut digests = vec![digest(session.vm())];
    for _ in 0..400 {
        assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Forward), None);
        digests.push(digest(session.vm()));
    }
    assert_ne!(session.vm().threads.hand_overs.back().map(|it| it.from), None);
    assert!(session.vm().threads.hand_overs.iter().any(|it| it.from == holder && it.why.told() == "chosen"));
    for &expected in digests.iter().rev().skip(1) {
        assert_eq!(step(&mut session, StepUnit::Instruction, Direction::Back), None);
        assert_eq!(digest(session.vm()), expected, "step {}", session.step());
    }
    assert_eq!(session.step(), before);
}

/// `:hold`: the others stand still, for as long as the holder can go on; a variable that is set leaves the turns as they are.
#[test]
fn one_thread_steps_while_the_others_stand_still() {
    let source = "import sys, threading\nsys.setswitchinterval(1e-6)\ndef work(n):\n    for i in range(200):\n        pass\n    done.append(n)\n\
                  done = []\njobs = [threading.Thread(target=work, args=(n,)) for n in range(3)]\n[job.start() for job in jobs]\n\
                  [job.join() for job in jobs]\n";
    let switches = |commands: &[&str]| {
        let mut session = session("program.py", source);
        for command in ["break 5", "continue"].iter().chain(commands) {
            let answer = session.execute(&parse(command).unwrap());
            assert_eq!(answer.error, None, "{command}");
        }
        let begun = session.vm().threads.switch_number;
        session.execute(&parse("finish").unwrap());
        let seen = session.vm().threads.switch_number - begun;
        session.execute(&parse("delete").unwrap());
        session.execute(&parse("last").unwrap());
        let last = session.vm().threads.switch_number;
        // There and back again.
        let digests: Vec<u64> = ["goto 2500", "last", "goto 2500"]
            .iter()
            .map(|command| {
                session.execute(&parse(command).unwrap());
                digest(session.vm())
            })
            .collect();
        assert_eq!(digests[0], digests[2]);
        (seen, last)
    };
    let (free, all) = switches(&["delete"]);
    assert!(free > 5 && all > 20, "{free} {all}");
    assert_eq!(switches(&["delete", "set done = done"]), (free, all));
    let (held, all) = switches(&["delete", "hold"]);
    assert!(held <= 1 && all < 20, "{held} {all}");
    let (held, all) = switches(&["delete", "hold", "hold off"]);
    assert_eq!((held, all), (free, switches(&["delete"]).1));
}

#[test]
fn screens_of_threads() {
    let shots = [
        ("lost_update", ":layout threads<ret>:break plus<ret>cc"),
        ("producer_consumer", ":layout threads<ret>:goto 3000<ret>"),
        ("dining_philosophers", ":layout threads<ret>:goto 3000<ret>"),
        ("lock_order", ":layout threads<ret>:break report<ret>cnn"),
        ("convoy", ":layout threads<ret>:break wait_often<ret>cnnn"),
    ];
    for (name, keys) in shots {
        let program = format!("tests/programs/threads/{name}.py");
        assert!(Path::new(&program).exists());
        same_screens(&format!("threads_{name}"), &program, keys, &[(80, 24), (120, 36)]);
    }
    let keys = ":layout threads<ret>:break 13<ret>c:threads<ret><home><down><down><ret>";
    same_screens("threads_elsewhere", "tests/programs/threads/lock_order.py", keys, &[(80, 24), (120, 36)]);
    same_screens("threads_tasks", "tests/programs/asyncio/waiting_for_several.py", ":layout threads<ret>:break job<ret>cccn", &[(120, 36)]);
}

/// `break switch`: each hand-over stops the run, and the way back stops at the same instants.
#[test]
fn hand_overs_are_stops_both_ways() {
    let source = fs::read_to_string("tests/programs/threads/lost_update.py").unwrap();
    let mut session = session("program.py", &source);
    session.execute(&parse("break switch").unwrap());
    let mut stops = Vec::new();
    while !session.status().is_over() && stops.len() < 50 {
        session.execute(&parse("continue").unwrap());
        if !session.status().is_over() {
            assert_eq!(session.vm().threads.hand_overs.back().map(|it| it.step), Some(session.step()));
            stops.push(session.step());
        }
    }
    assert!(stops.len() >= 4, "{stops:?}");
    for &stop in stops.iter().rev() {
        session.execute(&parse("continue-back").unwrap());
        assert_eq!(session.step(), stop);
    }
}

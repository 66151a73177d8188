//! Holders and ledgers: every reference is found and named, and the books add up.

use std::{fs, path::Path};

use rustc_hash::FxHashMap;
use uncoil::{
    debugger::{
        command::{self, Command, Wanted},
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    heap::{ObjRef, Trace},
    objects::core_types::is_core_type,
    view::{
        LedgerChange, PaneKind, ViewRequest,
        capture::{edges, holders},
    },
    vm::{Config, Vm},
};

/// The programs of these tests; `LEDGER_MORE=DIR` adds all of a folder.
fn programs() -> Vec<String> {
    let mut programs: Vec<String> = PROGRAMS.iter().map(|path| (*path).to_owned()).collect();
    if let Some(folder) = std::env::var_os("LEDGER_MORE") {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        programs.extend(files.filter(|path| path.extension().is_some_and(|it| it == "py")).map(|path| path.display().to_string()));
    }
    programs
}

fn session(path: &str) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let source = fs::read(&path).unwrap();
    let program = Program::compile(source, "program.py".into(), Config::default(), None).unwrap();
    Session::new(program, Box::new(StillWorld::default()))
}

fn run(session: &mut Session, line: &str) {
    let answer = session.execute(&command::parse(line).unwrap());
    assert_eq!(answer.error, None, "{line}");
}

const PROGRAMS: [&str; 7] = [
    "tests/programs/examples/lru_cache.py",
    "tests/programs/examples/bank.py",
    "tests/programs/examples/tokenizer.py",
    "tests/programs/tracing/functions.py",
    "tests/stepping/programs/cycles.py",
    "tests/stepping/programs/holders.py",
    "tests/stepping/programs/hidden_holders.py",
];

/// The named references of every object are those that the collector and the audit see.
fn edges_are_complete(vm: &Vm) {
    for (object, slot) in vm.heap.iter() {
        let mut named: FxHashMap<ObjRef, i32> = FxHashMap::default();
        edges::edges(vm, object, &mut |_, part| *named.entry(part).or_default() += 1);
        slot.body.trace(&mut |part| *named.entry(part).or_default() -= 1);
        if !is_core_type(slot.ty) {
            *named.entry(slot.ty).or_default() -= 1;
        }
        assert!(named.values().all(|&count| count == 0), "{object:?} {}: {named:?}", vm.repr_lossy(object));
    }
}

#[test]
fn every_reference_has_a_name() {
    for path in &programs() {
        let mut session = session(path);
        for line in ["+150", "+333", "+1000", "last"] {
            session.execute(&command::parse(line).unwrap());
            edges_are_complete(session.vm());
        }
    }
}

#[test]
fn holders_are_as_many_as_the_refcount() {
    for path in &programs() {
        let mut session = session(path);
        let mut step = 40;
        while !session.status().is_over() && step < 4000 {
            run(&mut session, &format!("goto {step}"));
            let vm = session.vm();
            let likely = holders::likely(vm);
            // Objects of the program, and a few of the interpreter's.
            let objects = vm.heap.iter().map(|(object, _)| object).collect::<Vec<_>>();
            let from = objects.len().saturating_sub(120);
            for &object in objects[from..].iter().chain(objects[..from].iter().step_by(997)) {
                let places = holders::places(vm, object, &likely);
                let sum: usize = places.iter().map(|place| place.references()).sum();
                assert_eq!(sum, vm.heap.refcount(object) as usize, "{path}, step {step}: {}: {places:?}", vm.repr_lossy(object));
                assert!(places.iter().all(|place| place.still_holds(vm, object)), "{path}, step {step}: {places:?}");
            }
            step += 311;
        }
    }
}

/// The same at 80 random instants of each program, for 20 random objects.
#[test]
fn holders_are_as_many_at_any_instant() {
    let mut random = super::random(0x2545_f491_4f6c_dd1d);
    let mut instants = 0;
    for path in &programs() {
        let mut session = session(path);
        session.execute(&command::parse("last").unwrap());
        let last = session.step().clamp(1, 20_000);
        let mut steps: Vec<u64> = (0..80).map(|_| random(last)).collect();
        steps.sort_unstable();
        for step in steps {
            run(&mut session, &format!("goto {step}"));
            let vm = session.vm();
            let likely = holders::likely(vm);
            let objects: Vec<ObjRef> = vm.heap.iter().map(|(object, _)| object).collect();
            for _ in 0..20 {
                let object = objects[random(objects.len() as u64) as usize];
                let places = holders::places(vm, object, &likely);
                let sum: usize = places.iter().map(|place| place.references()).sum();
                assert_eq!(sum, vm.heap.refcount(object) as usize, "{path}, step {step}: {}: {places:?}", vm.repr_lossy(object));
            }
            instants += 1;
        }
    }
    assert!(instants >= 500, "{instants}");
}

/// The rows of the book of every object alive at some instant lead to its count and to its holders.
#[test]
fn books_add_up() {
    let mut books = 0;
    for path in &programs() {
        let mut session = session(path);
        for step in [90, 400, 1100] {
            session.execute(&command::parse(&format!("goto {step}")).unwrap());
            let slots: Vec<u32> = session.vm().heap.iter().map(|(object, _)| object.index()).collect();
            for &slot in slots.iter().rev().step_by(2).take(12) {
                let choose = Command::Choose { what: Wanted::Slot(slot), frame: 0 };
                assert_eq!(session.execute(&choose).error, None);
                let view = session.view(&ViewRequest { panes: vec![PaneKind::Ledger], ..ViewRequest::default() }).ledger;
                let subject = view.subject.expect("chosen");
                let mut count = 0;
                for (index, row) in view.rows.iter().enumerate() {
                    match row.change {
                        LedgerChange::Start { references } => count = references,
                        LedgerChange::Taken { .. } => count += 1,
                        LedgerChange::GivenUp { .. } => count -= 1,
                        _ => {}
                    }
                    assert_eq!(row.count, count, "{path}, step {step}, {}: row {index}", subject.asked);
                    assert!(row.change != LedgerChange::Freed, "it lives");
                }
                assert_eq!(Some(count), subject.refcount, "{path}, step {step}: {} {}", subject.asked, subject.text);
                assert_eq!(Some(view.holders.len() as u64), subject.refcount);
                // The holders that the rows add up to.
                if !view.rows.is_empty() && !matches!(view.rows[0].change, LedgerChange::Start { .. }) {
                    let mut held: Vec<String> = Vec::new();
                    let drop = |held: &mut Vec<String>, by: &String| {
                        let index = held.iter().position(|it| it == by).unwrap_or_else(|| panic!("{path}: {by} in {held:?}"));
                        held.remove(index);
                    };
                    for row in view.rows.iter() {
                        match &row.change {
                            LedgerChange::Taken { by } => held.push(by.clone()),
                            LedgerChange::GivenUp { by } => drop(&mut held, by),
                            LedgerChange::Moved { from, to } => {
                                drop(&mut held, from);
                                held.push(to.clone());
                            }
                            _ => {}
                        }
                    }
                    assert_eq!(held.len(), view.holders.len());
                    books += 1;
                }
            }
        }
    }
    assert!(books > 40, "{books}");
}

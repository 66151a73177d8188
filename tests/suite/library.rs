//! The library that comes along: what was compiled when uncoil was built is what compiling gives now.

use std::{collections::BTreeSet, fs, path::Path};

use super::programs;
use uncoil::{
    bytecode::verify,
    interpreter::compile_source,
    stdlib::{MORE, SOURCES},
    syntax::Mode,
};

#[test]
fn frozen_code_is_what_compiling_gives() {
    for module in SOURCES.iter().chain(MORE) {
        let filename = format!("<frozen {}>", module.name);
        let (warnings, compiled) = compile_source(module.source.as_bytes(), &filename, Mode::Exec, 0);
        assert!(warnings.is_empty(), "{}: {warnings:?}", module.name);
        let frozen = module.code().unwrap_or_else(|| panic!("{} has no code", module.name));
        assert!(Ok(&frozen) == compiled.as_ref(), "{} was frozen to other code", module.name);
        assert!(verify::module(&frozen).is_ok(), "the code of {} is not fit to run", module.name);
    }
}

#[test]
fn modules_are_listed_once_and_in_order() {
    let names: Vec<&str> = SOURCES.iter().map(|module| module.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
}

/// Names that CPython documents are there, or the page of differences tells that they are not; it tells so of no others.
#[test]
fn public_names_are_there_or_listed_as_differences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = programs::run(&root.join("tests/cpython/public_names.py"));
    assert_eq!(ran.errors, "");
    let mut lacking = BTreeSet::new();
    for line in ran.printed.lines() {
        let (module, names) = line.split_once(':').expect("a module and names");
        lacking.extend(names.split_whitespace().map(|name| format!("{module}.{name}")));
    }
    assert!(ran.printed.lines().count() >= 90, "only {} modules were looked at", ran.printed.lines().count());
    let page = fs::read_to_string(root.join("src/stdlib/DIFFERENCES.md")).expect("the page of differences");
    let (_, table) = page.split_once("## Names that are not there").expect("its part about names");
    let mut told = BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let module = cells[1].trim_matches('`');
        for name in cells[2].split(", ").map(|name| format!("{module}.{}", name.trim_matches('`'))) {
            match name.strip_suffix('*') {
                Some(start) => told.extend(lacking.iter().filter(|name| name.starts_with(start)).cloned()),
                None => _ = told.insert(name),
            }
        }
    }
    let untold: Vec<_> = lacking.difference(&told).collect();
    let there: Vec<_> = told.difference(&lacking).collect();
    assert!(untold.is_empty() && there.is_empty(), "not there, and not told: {untold:?}; told, but there: {there:?}");
}

/// The modules that come along for programs to use, and the program whose recorded lines are about each, where that is not
/// `cases/MODULE_cases.py`.
const RECORDED: &[(&str, &str)] = &[
    ("argparse", "library/command_lines"),
    ("array", "modules/arrays"),
    ("ast", "library/ast_trees"),
    ("asyncio", "asyncio/tasks"),
    ("atexit", ""),
    ("base64", ""),
    ("binascii", "modules/binary_text"),
    ("bisect", ""),
    ("calendar", "modules/calendars"),
    ("cmath", ""),
    ("code", ""),
    ("codecs", ""),
    ("collections", ""),
    ("collections.abc", "modules/collections_abc"),
    ("concurrent.futures", ""),
    ("contextlib", "stdlib/context_managers"),
    ("contextvars", ""),
    ("copy", ""),
    ("copyreg", ""),
    ("csv", "modules/tables_of_text"),
    ("dataclasses", ""),
    ("datetime", "modules/dates"),
    ("decimal", "modules/decimals"),
    ("dis", "library/disassembly"),
    ("doctest", "library/doctests"),
    ("enum", ""),
    ("errno", ""),
    ("fnmatch", ""),
    ("fractions", ""),
    ("functools", ""),
    ("gc", ""),
    ("glob", ""),
    ("hashlib", "modules/digests"),
    ("heapq", ""),
    ("inspect", "library/inspecting"),
    ("io", "io/python_files"),
    ("itertools", "modules/itertools_all"),
    ("json", ""),
    ("keyword", ""),
    ("linecache", ""),
    ("logging", "library/log_messages"),
    ("math", "stdlib/math_functions"),
    ("numbers", ""),
    ("opcode", ""),
    ("operator", ""),
    ("os", "library/os_files"),
    ("os.path", "library/os_paths"),
    ("pathlib", "library/path_objects"),
    ("pickle", "library/pickling"),
    ("platform", ""),
    ("pprint", "stdlib/pretty_print"),
    ("queue", "threads/queues"),
    ("random", "stdlib/random_sequences"),
    ("re", "re/matching"),
    ("reprlib", ""),
    ("secrets", ""),
    ("shutil", ""),
    ("signal", ""),
    ("statistics", ""),
    ("string", ""),
    ("struct", "modules/structs"),
    ("symtable", "library/symbol_tables"),
    ("sys", ""),
    ("tempfile", ""),
    ("textwrap", "stdlib/text_wrap"),
    ("threading", "threads/life_of_a_thread"),
    ("time", ""),
    ("timeit", ""),
    ("tokenize", "library/tokens"),
    ("traceback", "library/tracebacks"),
    ("types", ""),
    ("typing", "modules/type_hints"),
    ("unicodedata", ""),
    ("unittest", "library/unit_tests"),
    ("uuid", ""),
    ("warnings", ""),
    ("weakref", "memory/weak_references"),
];

/// Those that most programs use.
const MUCH_USED: &[&str] = &["re", "json", "datetime", "random", "collections", "itertools", "functools"];

#[test]
fn each_module_has_its_recorded_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    for (module, program) in RECORDED {
        let program = if program.is_empty() { format!("cases/{}_cases", module.replace('.', "_")) } else { program.to_string() };
        let recorded = fs::read_to_string(root.join(program).with_extension("out")).unwrap_or_default();
        let (cases, wanted) = (recorded.lines().count(), if MUCH_USED.contains(module) { 30 } else { 10 });
        assert!(cases >= wanted, "{module}: {cases} cases recorded, {wanted} are wanted");
    }
}

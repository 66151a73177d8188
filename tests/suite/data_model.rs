//! Every builtin type has what CPython 3.11 lists: each entry of its dict in its order and of its kind, signatures, sizes and
//! flags, and the modules have their public names.
//!
//! `tests/data_model/walk.py` prints it all, one line a fact; `walk.out` is what CPython printed (`tests/data_model/record.sh`).
//! What is known to be missing stands in `pending.txt` with its reason, a pattern a line; a pattern that nothing needs any more
//! fails too.

use std::{collections::BTreeSet, fs, path::Path};

use super::programs::{Ran, run};

#[test]
fn types_and_modules_have_all_that_cpython_lists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data_model");
    let work = move || {
        let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a file of the test");
        let Ran { printed, audit, .. } = run(&folder.join("walk.py"));
        assert!(audit.is_empty(), "{audit:?}");
        let (want, pending) = (read("walk.out"), read("pending.txt"));
        let facts = |text: &str| text.lines().map(str::to_string).collect::<BTreeSet<String>>();
        let (want, have) = (facts(&want), facts(&printed));
        let patterns: Vec<&str> =
            pending.lines().map(|line| line.split('#').next().unwrap_or("").trim_end()).filter(|line| !line.is_empty()).collect();
        let missing: Vec<&String> = want.difference(&have).collect();
        let unexpected: Vec<&&String> = missing.iter().filter(|fact| !patterns.iter().any(|pattern| fact.starts_with(pattern))).collect();
        assert!(
            unexpected.is_empty(),
            "{} facts are missing:\n{unexpected:#?}\nprinted at the end: {:?}",
            unexpected.len(),
            printed.lines().last()
        );
        let idle: Vec<&&str> = patterns.iter().filter(|pattern| !missing.iter().any(|fact| fact.starts_with(**pattern))).collect();
        assert!(idle.is_empty(), "no longer missing: {idle:?}");
    };
    super::on_big_stack(work);
}

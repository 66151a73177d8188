//! The library that comes along: what was compiled when uncoil was built is what compiling gives now.

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

//! `_sre`: compiled regular expressions, which `re` makes of patterns, and the matcher that runs them.
//!
//! ```text
//!   words of code ─program→ operations ─search→ places where a match may start ─machine→ spans
//!                                    pattern, matched, scanner, substitute: the objects that a program sees
//! ```
//!
//! The words are CPython's, so that the `re` of an installed CPython 3.11 runs on it unchanged, and so does the embedded one.
//! Counterpart in CPython 3.11: `Modules/_sre/`.

mod machine;
mod matched;
pub mod opcodes;
mod pattern;
mod program;
mod scanner;
mod search;
pub mod set;
mod subject;
mod substitute;

use super::{add_functions, class_of_module, re};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::PyStr,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};
pub use pattern::{Parts, new_pattern};
pub use subject::Subject;

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {NativeDef as Def, Signature::*};
    let mut functions = vec![
        Def::function("compile", Named("pattern, flags, code, groups, groupindex, indexgroup"), pattern::compile),
        Def::function("getcodesize", None, |vm, _| done(vm.new_int(opcodes::CODE_SIZE.into()))),
        Def::function("ascii_iscased", Named("character, /"), |vm, args| iscased(vm, args, re::charset::Case::Ascii)),
        Def::function("ascii_tolower", Named("character, /"), |vm, args| tolower(vm, args, re::charset::Case::Ascii)),
        Def::function("unicode_iscased", Named("character, /"), |vm, args| iscased(vm, args, re::charset::Case::Unicode)),
        Def::function("unicode_tolower", Named("character, /"), |vm, args| tolower(vm, args, re::charset::Case::Unicode)),
    ];
    functions.extend(re::functions());
    add_functions(vm, dict, "_sre", functions);
    for (name, value) in [
        ("MAGIC", opcodes::MAGIC),
        ("CODESIZE", opcodes::CODE_SIZE),
        ("MAXREPEAT", opcodes::MAX_REPEAT),
        ("MAXGROUPS", opcodes::MAX_GROUPS),
    ] {
        let value = vm.new_int(value.into());
        vm.dict_set_text(dict, name, value);
    }
    pattern::fill(vm, dict);
    matched::fill(vm, dict);
    scanner::fill(vm, dict);
}

/// A class of this module, borrowed.
fn class_named(vm: &Vm, name: &str) -> ObjRef {
    class_of_module(vm, "_sre", name)
}

/// A function of `re` that is not written in Rust, borrowed.
fn function_of_re(vm: &mut Vm, name: &str) -> Result<ObjRef, Raised> {
    let module = vm.dict_get_text(vm.modules, "re");
    let found = module.and_then(|module| match vm.heap.slot(module).body {
        Body::Module(ref record) => vm.dict_get_text(record.dict, name),
        _ => Option::None,
    });
    found.ok_or_else(|| vm.raise(IMPORT_ERROR, "the module re has not been imported"))
}

/// Names and numbers of a pattern's groups, and how many there are.
pub fn group_names(vm: &Vm, object: ObjRef) -> (Vec<(PyStr, u32)>, u32) {
    let Some(pattern) = pattern::pattern(vm, object) else { return (Vec::new(), 0) };
    let names = vm.heap.dict(pattern.group_index).into_iter().flat_map(|dict| dict.iter());
    let names = names.filter_map(|(name, number)| {
        let number = u32::try_from(vm.small_value(number)?).ok()?;
        Some((vm.heap.str(name)?.as_ref().clone(), number))
    });
    (names.collect(), pattern.program.groups as u32)
}

fn character(vm: &mut Vm, args: Args) -> Result<u32, Raised> {
    let character = args.at(vm, 0);
    Ok(convert::c_int(vm, character)? as u32)
}

fn iscased(vm: &mut Vm, args: Args, case: re::charset::Case) -> Res {
    let c = character(vm, args)?;
    done(vm.new_bool(case.is_cased(c)))
}

fn tolower(vm: &mut Vm, args: Args, case: re::charset::Case) -> Res {
    let c = character(vm, args)?;
    done(vm.new_int(case.lower(c).into()))
}

//! Scanners: a pattern that goes through a text, match after match. What `finditer` iterates over.
//!
//! Counterpart in CPython 3.11: `scanner_…` in `Modules/_sre/sre.c`. `re.compile("a").scanner("aa").search()`.

use super::{matched::new_match, search::Mode, subject::Walk};
use crate::{
    builtins::types::memoryview,
    heap::ObjRef,
    objects::{core_types::*, instance::Foreign},
    stdlib::{NewClass, add_class, foreign, foreign_body, foreign_mut},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

#[derive(Clone)]
struct Scanner {
    pattern: ObjRef,
    string: ObjRef,
    /// Holds a bytearray to its size.
    export: Option<ObjRef>,
    /// Where it started.
    pos: usize,
    /// `None`: nothing more was found.
    walk: Option<Walk>,
}

impl Foreign for Scanner {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        [self.string, self.pattern].into_iter().filter(|&object| object != NONE).chain(self.export).for_each(visit);
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let parts = [&mut self.string, &mut self.pattern];
        let parts = parts.into_iter().map(|part| std::mem::replace(part, NONE)).filter(|&object| object != NONE);
        parts.chain(self.export.take()).collect()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::method("match", Signature::None, |vm, args| next(vm, args, Mode::Match)),
        NativeDef::method("search", Signature::None, |vm, args| next(vm, args, Mode::Search)),
        NativeDef::member("pattern", |vm, args| {
            let pattern = foreign::<Scanner>(vm, args.at(vm, 0)).map_or(NONE, |scanner| scanner.pattern);
            done(vm.own(pattern))
        }),
    ];
    add_class(vm, dict, NewClass { module: "_sre", name: "SRE_Scanner", base: OBJECT, natives, slots: Some(&[]) });
}

/// A scanner, owned. Pattern and string are borrowed.
pub fn new_scanner(vm: &mut Vm, pattern: ObjRef, string: ObjRef, walk: Walk) -> ObjRef {
    vm.incref(pattern);
    vm.incref(string);
    let export = memoryview::export(vm, string);
    let class = super::class_named(vm, "SRE_Scanner");
    vm.new_derived(class, 0, foreign_body(Scanner { pattern, string, export, pos: walk.start, walk: Some(walk) }))
}

fn next(vm: &mut Vm, args: Args, mode: Mode) -> Res {
    let this = args.at(vm, 0);
    let Some(Scanner { pattern, string, pos, walk: Some(mut walk), .. }) = foreign::<Scanner>(vm, this).cloned() else {
        return done(vm.none());
    };
    vm.poll()?;
    let found = walk.next(vm, mode)?;
    let endpos = walk.end;
    if let Some(scanner) = foreign_mut::<Scanner>(vm, this) {
        scanner.walk = found.is_some().then_some(walk);
    }
    match found {
        Some(found) => done(new_match(vm, pattern, string, &found, pos, endpos)),
        None => done(vm.none()),
    }
}

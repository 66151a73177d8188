//! The names that a frame can see: its slots, its cells, the globals.

use rustc_hash::FxHashSet;

use super::{Level, Scene, call_stack::existed, main_globals};
use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_OPTIMIZED},
    heap::ObjRef,
    objects::{Body, Objects},
    view::{Change, Scope, ValueView, VariableRow, VariableSection, VariablesView, ViewRequest},
    vm::Vm,
};

/// What every module has; it would hide the program's own names.
const HIDDEN: [&str; 9] =
    ["__name__", "__doc__", "__package__", "__loader__", "__spec__", "__annotations__", "__builtins__", "__file__", "__cached__"];
/// A namespace with more names is cut.
const MAX_NAMES: usize = 400;

pub(super) fn capture(scene: &Scene<'_>, level: Option<&Level<'_>>, request: &ViewRequest) -> VariablesView {
    let width = request.value_width;
    let mut sections = Vec::new();
    match level.and_then(|level| Some((level, level.python?))) {
        Some((level, python)) => {
            if python.code.flags & CO_OPTIMIZED != 0 {
                slots(scene, level, width, &mut sections);
            } else if let Some(locals) = python.frame.locals.filter(|_| python.has_namespace()) {
                sections.push(namespace(scene, Scope::Locals, locals, width));
            }
            sections.push(namespace(scene, Scope::Globals, python.frame.globals, width));
        }
        None => {
            if let Some(globals) = main_globals(scene.vm) {
                sections.push(namespace(scene, Scope::Globals, globals, width));
            }
        }
    }
    if request.builtins {
        sections.push(namespace(scene, Scope::Builtins, scene.vm.builtins, width));
    }
    VariablesView { sections }
}

/// Locals, cells and free variables of a function.
fn slots(scene: &Scene<'_>, level: &Level<'_>, width: usize, sections: &mut Vec<VariableSection>) {
    let Some(python) = &level.python else { return };
    let code = &python.code.code;
    let old_frame = scene.before.filter(|_| existed(scene, level));
    for (scope, kind) in [(Scope::Locals, CO_FAST_LOCAL), (Scope::Cells, CO_FAST_CELL), (Scope::Free, CO_FAST_FREE)] {
        let mut rows = Vec::new();
        for (index, (name, &kinds)) in code.localsplusnames.iter().zip(&code.localspluskinds).enumerate() {
            // A parameter that inner functions share is both: it is shown as a cell.
            let shown_as = [CO_FAST_FREE, CO_FAST_CELL, CO_FAST_LOCAL].into_iter().find(|bit| kinds & bit != 0);
            if shown_as != Some(kind) {
                continue;
            }
            let at = python.frame.base as usize + index;
            let is_cell = kind != CO_FAST_LOCAL;
            let now = content(scene.vm, scene.vm.stack[at], is_cell);
            let old = match old_frame {
                Some(before) => content(before, before.stack.get(at).copied().flatten(), is_cell),
                None => None,
            };
            let value = now.map(|object| scene.value(object, scene.before.map(|_| old), width));
            rows.push(VariableRow { name: name.to_string(), value: value.or_else(|| unbound_now(scene, old, width)) });
        }
        sections.push(VariableSection { scope, rows });
    }
}

/// A name that the last step unbound stays for one step.
fn unbound_now(scene: &Scene<'_>, old: Option<ObjRef>, width: usize) -> Option<ValueView> {
    let old = old?;
    let mut value = scene.scribe_before()?.value(Some(old), width);
    value.refcount_delta = scene.refcount_delta(old);
    value.refcount = scene.lived_before(old).then(|| scene.vm.heap.refcount(old).into()).or(Some(0));
    value.change = Change::Removed;
    Some(value)
}

/// What a slot holds, or what its cell holds.
fn content(vm: &Vm, slot: Option<ObjRef>, is_cell: bool) -> Option<ObjRef> {
    let object = slot?;
    match vm.heap.body(object) {
        Body::Cell(content) if is_cell => *content,
        _ => Some(object),
    }
}

fn namespace(scene: &Scene<'_>, scope: Scope, dict: ObjRef, width: usize) -> VariableSection {
    let before = scene.before.filter(|_| scene.lived_before(dict));
    let mut rows = Vec::new();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for (name, object) in names(scene.vm, dict).take(MAX_NAMES) {
        let old = before.map(|before| before.dict_get_text(dict, &name));
        rows.push(VariableRow { value: Some(scene.value(object, old, width)), name: name.clone() });
        seen.insert(name);
    }
    // Where not all names are shown, those that are gone are not looked for.
    if let Some(before) = before.filter(|_| rows.len() < MAX_NAMES) {
        let mut gone: Vec<_> = names(before, dict).filter(|(name, _)| !seen.contains(name)).take(MAX_NAMES).collect();
        gone.sort();
        rows.extend(gone.into_iter().map(|(name, object)| VariableRow { value: unbound_now(scene, Some(object), width), name }));
    }
    VariableSection { scope, rows }
}

pub(super) fn names(vm: &Vm, dict: ObjRef) -> impl Iterator<Item = (String, ObjRef)> {
    let dict = vm.heap.dict(dict);
    dict.into_iter().flat_map(|dict| dict.iter()).filter_map(|(key, value)| {
        let name = vm.heap.str(key)?.to_string_lossy();
        (!HIDDEN.contains(&&*name)).then_some((name, value))
    })
}

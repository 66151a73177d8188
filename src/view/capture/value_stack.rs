//! The value stack of a frame: what it holds, what the next instruction takes it for, and what the last step popped.

use super::{Level, Scene, call_stack::existed};
use crate::view::{Change, StackRow, ValueStackView, narration};

pub(super) fn capture(scene: &Scene<'_>, level: Option<&Level<'_>>, width: usize) -> ValueStackView {
    let Some((level, python)) = level.and_then(|level| Some((level, level.python?))) else { return ValueStackView::default() };
    let start = python.stack_start();
    let scribe = scene.scribe();
    let roles = if python.waits || scene.ended.is_some() { Vec::new() } else { narration::roles(&scribe) };
    let old = scene
        .before
        .filter(|before| before.steps() < scene.vm.steps() && existed(scene, level))
        .map(|before| &before.stack[start.min(before.stack.len())..before.frame_sp(level.depth).max(start).min(before.stack.len())]);
    let mut rows = Vec::new();
    for (index, slot) in (start..python.sp).enumerate() {
        let now = scene.vm.stack[slot];
        let was = old.map(|old| old.get(index).copied());
        let mut value = scribe.value(now, width);
        if let Some(object) = now {
            value.refcount_delta = scene.refcount_delta(object);
        }
        value.change = match (was, scene.before) {
            (Some(Some(was)), Some(before)) if was != now || was.is_some_and(|object| !super::is_same(before, scene.vm, object)) => {
                let old = super::Scribe { vm: before, base: scene.base }.value(was, width);
                Change::Changed { old: old.text }
            }
            (Some(None), _) => Change::New,
            (None, Some(before)) if before.steps() < scene.vm.steps() => Change::New,
            _ => Change::None,
        };
        let role = (python.sp - 1 - slot < roles.len()).then(|| roles[python.sp - 1 - slot].clone()).flatten();
        rows.push(StackRow { slot: index, value, role });
    }
    // What one instruction popped stays for one step; after more of them it would only be noise.
    if let (Some(old), Some(before), true) = (old, scene.before, scene.is_single_step()) {
        for (index, &slot) in old.iter().enumerate().skip(rows.len()) {
            let mut value = super::Scribe { vm: before, base: scene.base }.value(slot, width);
            if let Some(object) = slot {
                value.refcount_delta = scene.refcount_delta(object);
                value.refcount = scene.lived_before(object).then(|| scene.vm.heap.refcount(object).into()).or(Some(0));
            }
            value.change = Change::Removed;
            rows.push(StackRow { slot: index, value, role: None });
        }
    }
    rows.reverse();
    ValueStackView { rows, depth: python.sp - start, limit: python.code.stacksize as usize }
}

//! A page of the heap, in order of birth, with what the last step did to each object.

use super::{Scene, is_same, text::short_name};
use crate::{
    heap::ObjRef,
    objects::{
        Body,
        core_types::{GETSET_DESCRIPTOR, RESERVED},
        size::size_of,
    },
    view::{Change, HeapFilter, HeapRequest, HeapRow, HeapView},
    vm::Vm,
};

/// An object that may be shown, with where it stands in the order.
type Found = (u32, ObjRef, bool);

pub(super) fn capture(scene: &Scene<'_>, request: &HeapRequest, width: usize) -> HeapView {
    let vm = scene.vm;
    let mut found: Vec<Found> = Vec::new();
    let mut touched = None;
    let numbers_from = u32::MAX - vm.heap.capacity() as u32;
    // Objects without a birth number come last, by slot.
    let order = |vm: &Vm, object: ObjRef| match vm.heap.slot(object).body {
        Body::None => numbers_from + object.index(),
        _ => vm.heap.birth(object),
    };
    for (object, _) in vm.heap.iter().filter(|(object, _)| object.index() > RESERVED) {
        let is_touched = scene.before.is_some() && (!scene.lived_before(object) || scene.refcount_delta(object) != 0);
        if passes(scene, vm, object, is_touched, &request.filter) {
            let order = order(vm, object);
            if is_touched {
                touched = touched.max(Some(order));
            }
            found.push((order, object, false));
        }
    }
    // What died in the last step stays for one step.
    if let Some(before) = scene.before.filter(|before| before.steps() < vm.steps()) {
        for (object, _) in before.heap.iter().filter(|(object, _)| object.index() > RESERVED) {
            if !is_same(before, vm, object) && passes(scene, before, object, true, &request.filter) {
                let order = order(before, object);
                touched = touched.max(Some(order));
                found.push((order, object, true));
            }
        }
    }
    let matching = found.len();
    let rows = request.rows.min(matching);
    let last = matching - rows;
    let first = match (request.first, touched) {
        (Some(first), _) => first.min(last),
        (None, Some(touched)) => {
            let before = found.iter().filter(|(order, ..)| *order < touched).count();
            (before + 1).saturating_sub(rows.saturating_sub(rows / 4)).min(last)
        }
        (None, None) => last,
    };
    if first > 0 && first < matching {
        found.select_nth_unstable(first);
    }
    let page = &mut found[first..];
    if rows < page.len() {
        page.select_nth_unstable(rows);
    }
    let page = &mut page[..rows];
    page.sort_unstable();
    HeapView {
        rows: page.iter().map(|&(_, object, is_dead)| row(scene, object, is_dead, width)).collect(),
        first,
        matching,
        objects: vm.heap.len(),
        bytes: 0,
    }
}

fn passes(scene: &Scene<'_>, vm: &Vm, object: ObjRef, is_touched: bool, filter: &HeapFilter) -> bool {
    match filter {
        HeapFilter::All => true,
        HeapFilter::Touched => is_touched,
        HeapFilter::Type(name) => short_name(&vm.type_name(object)) == *name && is_of_program(scene, vm, object),
        HeapFilter::Program => is_of_program(scene, vm, object),
    }
}

/// Born while the program ran. What a class statement or a `def` makes besides is left out: names, and the descriptors of
/// `__dict__` and `__weakref__`.
fn is_of_program(scene: &Scene<'_>, vm: &Vm, object: ObjRef) -> bool {
    let slot = vm.heap.slot(object);
    match slot.body {
        Body::None => object.index() > scene.slots,
        _ if vm.heap.birth(object) <= scene.base => false,
        Body::Str(_) => !vm.interned.is_interned(object),
        _ => slot.ty != GETSET_DESCRIPTOR,
    }
}

fn row(scene: &Scene<'_>, object: ObjRef, is_dead: bool, width: usize) -> HeapRow {
    let (vm, scribe) = match scene.before.filter(|_| is_dead) {
        Some(before) => (before, super::Scribe { vm: before, base: scene.base }),
        None => (scene.vm, scene.scribe()),
    };
    let mut row = HeapRow {
        serial: scribe.serial(object).unwrap_or(0),
        slot: object.index(),
        type_name: short_name(&vm.type_name(object)),
        text: scribe.text(object, width),
        refcount: vm.heap.refcount(object).into(),
        refcount_delta: scene.refcount_delta(object),
        gc_tracked: vm.heap.collector.is_tracked(object),
        address: vm.address(object),
        size: size_of(&vm.heap, object) as u64,
        change: Change::None,
    };
    if is_dead {
        row.refcount_delta = -(row.refcount as i64);
        row.refcount = 0;
        row.change = Change::Removed;
    } else if let Some(before) = scene.before {
        if !scene.lived_before(object) {
            row.change = Change::New;
        } else {
            let old = super::Scribe { vm: before, base: scene.base }.text(object, width);
            if old != row.text {
                row.change = Change::Changed { old };
            }
        }
    }
    row
}

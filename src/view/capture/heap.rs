//! A page of the heap, with what the last step did to each object.
//!
//! The list of all objects that pass the filter, in their order, is kept by [`index`], so that a step costs what it changed, and
//! scrolling a page.

mod index;
mod ordered;

use rustc_hash::FxHashMap;

pub use self::index::HeapIndex;
use self::ordered::Entry;
use super::{Scene, text::short_name};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::GETSET_DESCRIPTOR, size::size_of},
    view::{Change, HeapFilter, HeapFind, HeapFound, HeapOrder, HeapRequest, HeapRow, HeapView},
    vm::Vm,
};

/// So many rows are looked at in one search.
const MOST_SEARCHED: usize = 20_000;
/// They are taken from the list so many at a time.
const PIECE: usize = 1024;

pub(super) fn capture(scene: &Scene<'_>, request: &HeapRequest, index: &mut HeapIndex, width: usize) -> HeapView {
    index.refresh(scene, request);
    let matching = if request.by_type { index.type_rows.len() } else { index.rows.len() };
    let rows = request.rows.min(matching);
    let last = matching - rows;
    let found = request.find.as_ref().map(|find| index.find(scene, find, request.by_type));
    let first = match (found, request.first) {
        (Some(HeapFound::At(at)), first) => match first.unwrap_or(usize::MAX) {
            first if (first..first.saturating_add(rows)).contains(&at) && first <= last => first,
            _ => at.saturating_sub(rows / 3).min(last),
        },
        (_, Some(first)) => first.min(last),
        (_, None) if request.by_type => 0,
        (_, None) => match index.touched() {
            Some(touched) => (touched + 1).saturating_sub(rows.saturating_sub(rows / 4)).min(last),
            None if request.order == HeapOrder::Age => last,
            None => 0,
        },
    };
    let mut view =
        HeapView { first, matching, objects: scene.vm.heap.len(), bytes: index.bytes, order: request.order, found, ..HeapView::default() };
    match request.by_type {
        true => view.types = index.type_rows[first..first + rows].to_vec(),
        false => view.rows = index.rows.from(first, rows).iter().map(|entry| row(scene, entry, index, width)).collect(),
    }
    view
}

impl HeapIndex {
    fn find(&self, scene: &Scene<'_>, find: &HeapFind, by_type: bool) -> HeapFound {
        let count = if by_type { self.type_rows.len() } else { self.rows.len() };
        if count == 0 {
            return HeapFound::Nowhere;
        }
        let at = |by: usize| match find.is_backward {
            false => (find.from + by) % count,
            true => (find.from + count - by % count) % count,
        };
        // Rows are taken in pieces.
        let (mut start, mut piece) = (0, Vec::new());
        for by in 1..=count.min(MOST_SEARCHED) {
            let at = at(by);
            let holds = if by_type {
                self.type_rows[at].name.to_lowercase().contains(&find.text)
            } else {
                if at < start || at >= start + piece.len() {
                    start = if find.is_backward { (at + 1).saturating_sub(PIECE) } else { at };
                    piece = self.rows.from(start, PIECE);
                }
                piece.get(at - start).is_some_and(|entry| self.holds(scene, entry, &find.text))
            };
            if holds {
                return HeapFound::At(at);
            }
        }
        if count > MOST_SEARCHED { HeapFound::NotUntil(at(MOST_SEARCHED)) } else { HeapFound::Nowhere }
    }

    fn holds(&self, scene: &Scene<'_>, entry: &Entry, text: &str) -> bool {
        let vm = scene.before.filter(|_| entry.is_dead).unwrap_or(scene.vm);
        let scribe = super::Scribe { vm, base: scene.base };
        if vm.type_name(entry.object).to_lowercase().contains(text) || scribe.text(entry.object, 80).to_lowercase().contains(text) {
            return true;
        }
        scribe.serial(entry.object).is_some_and(|serial| format!("#{serial}") == text || serial.to_string() == text)
    }
}

/// A filter, made ready for many objects.
struct Wanted<'a> {
    filter: &'a HeapFilter,
    /// The types of that name.
    types: Vec<ObjRef>,
}

impl<'a> Wanted<'a> {
    fn of(scene: &Scene<'_>, filter: &'a HeapFilter, names: &FxHashMap<u32, String>) -> Wanted<'a> {
        let mut types = Vec::new();
        if let HeapFilter::Type(wanted) = filter {
            types.extend(names.iter().filter(|(_, name)| *name == wanted).map(|(slot, _)| ObjRef::new(*slot)));
            // One that died in the last step.
            let had = scene.before.filter(|_| types.is_empty()).and_then(|before| {
                before.heap.iter().find(|(_, slot)| matches!(&slot.body, Body::Type(ty) if short_name(&ty.name) == *wanted))
            });
            types.extend(had.map(|(object, _)| object));
        }
        Wanted { filter, types }
    }

    fn passes(&self, scene: &Scene<'_>, vm: &Vm, object: ObjRef, is_touched: bool) -> bool {
        match self.filter {
            HeapFilter::All => true,
            HeapFilter::Touched => is_touched,
            HeapFilter::Type(_) => self.types.contains(&vm.ty(object)) && is_of_program(scene, vm, object),
            HeapFilter::Program => is_of_program(scene, vm, object),
        }
    }
}

/// Born while the program ran, and not in a library's module that was imported. What a class statement or a `def` makes besides is left out: names, and the descriptors of
/// `__dict__` and `__weakref__`.
fn is_of_program(scene: &Scene<'_>, vm: &Vm, object: ObjRef) -> bool {
    let slot = vm.heap.slot(object);
    match slot.body {
        Body::None => scene.numbers.get(object.index() as usize / 64).is_none_or(|bits| bits >> (object.index() % 64) & 1 == 0),
        _ if vm.heap.birth(object) <= scene.base || vm.is_born_in_library(vm.heap.birth(object)) => false,
        Body::Str(_) => !vm.interned.is_interned(object),
        // The functions of a module that was imported.
        Body::Native(ref native) if slot.ty != GETSET_DESCRIPTOR => {
            !native.this.is_some_and(|this| matches!(vm.heap.body(this), Body::Module(_)))
        }
        _ => slot.ty != GETSET_DESCRIPTOR,
    }
}

fn row(scene: &Scene<'_>, entry: &Entry, index: &HeapIndex, width: usize) -> HeapRow {
    let Entry { object, is_dead, .. } = *entry;
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
        generation: if is_dead { None } else { index.generation(vm, object) },
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

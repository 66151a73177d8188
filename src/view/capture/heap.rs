//! A page of the heap, with what the last step did to each object.
//!
//! The list of all objects that pass the filter, in their order, is made when it is first asked for at an instant and kept
//! until the instant or the question changes, so that scrolling costs a page and not a heap.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Scene, is_same, text::short_name};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::{GETSET_DESCRIPTOR, RESERVED},
        size::size_of,
    },
    view::{Change, HeapFilter, HeapFind, HeapFound, HeapOrder, HeapRequest, HeapRow, HeapView, TypeRow},
    vm::Vm,
};

/// So many rows are looked at in one search.
const MOST_SEARCHED: usize = 20_000;

/// The list for one question at one instant.
#[derive(Default)]
pub struct HeapIndex {
    question: Option<Question>,
    rows: Vec<Entry>,
    /// The rows in this range are in their order; those before are smaller, those after are larger.
    ordered: Range<usize>,
    /// The last row that the last step touched.
    touched: Option<usize>,
    types: Vec<TypeRow>,
    bytes: u64,
    /// The generations of the objects that are not in the oldest one.
    young: FxHashMap<ObjRef, u8>,
}

/// An object that is listed: 16 bytes, as there are as many as objects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u32,
    age: u32,
    object: ObjRef,
    is_dead: bool,
}

/// What the list depends on.
#[derive(Clone, PartialEq)]
struct Question {
    now: (u64, u32, usize),
    before: Option<(u64, u32, usize)>,
    filter: HeapFilter,
    order: HeapOrder,
    by_type: bool,
}

impl Question {
    fn of(scene: &Scene<'_>, request: &HeapRequest) -> Question {
        let instant = |vm: &Vm| (vm.steps(), vm.heap.born(), vm.heap.len());
        Question {
            now: instant(scene.vm),
            before: scene.before.map(instant),
            filter: request.filter.clone(),
            order: request.order,
            by_type: request.by_type,
        }
    }
}

pub(super) fn capture(scene: &Scene<'_>, request: &HeapRequest, index: &mut HeapIndex, width: usize) -> HeapView {
    let question = Question::of(scene, request);
    if index.question.as_ref() != Some(&question) {
        index.make(scene, request);
        index.question = Some(question);
    }
    let matching = if request.by_type { index.types.len() } else { index.rows.len() };
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
        (_, None) => match index.touched {
            Some(touched) => (touched + 1).saturating_sub(rows.saturating_sub(rows / 4)).min(last),
            None if request.order == HeapOrder::Age => last,
            None => 0,
        },
    };
    let mut view =
        HeapView { first, matching, objects: scene.vm.heap.len(), bytes: index.bytes, order: request.order, found, ..HeapView::default() };
    match request.by_type {
        true => view.types = index.types[first..first + rows].to_vec(),
        false => {
            index.order(first..first + rows);
            view.rows = index.rows[first..first + rows].iter().map(|entry| row(scene, entry, index, width)).collect();
        }
    }
    view
}

impl HeapIndex {
    fn make(&mut self, scene: &Scene<'_>, request: &HeapRequest) {
        let vm = scene.vm;
        self.rows.clear();
        self.touched = None;
        self.bytes = 0;
        self.note_generations(vm);
        let mut types = TypeSums::default();
        let ranks = if request.order == HeapOrder::Type { type_ranks(scene) } else { FxHashMap::default() };
        let wanted = Wanted::of(scene, &request.filter);
        // What died in the last step stays for one step.
        let before = scene.before.filter(|before| before.steps() < vm.steps());
        let slots = vm.heap.capacity().max(before.map_or(0, |before| before.heap.capacity())) as u32;
        let mut last: Option<Entry> = None;
        for object in (RESERVED + 1..slots).map(ObjRef::new) {
            let lives = vm.heap.is_alive(object);
            let is_same = before.is_some_and(|before| lives && is_same(before, vm, object));
            if lives {
                let refcount = vm.heap.refcount(object);
                let is_touched = before.is_some_and(|before| !is_same || before.heap.refcount(object) != refcount);
                if wanted.passes(scene, vm, object, is_touched) {
                    if request.by_type {
                        types.add(vm.ty(object), size_of(&vm.heap, object) as u64, i64::from(before.is_some() && !is_same), 1);
                    } else {
                        let key = self.key(vm, object, request.order, &ranks);
                        let entry = Entry { key, age: age(vm, object), object, is_dead: false };
                        last = last.max(Some(entry).filter(|_| is_touched));
                        self.rows.push(entry);
                    }
                }
            }
            if let Some(before) =
                before.filter(|before| !is_same && before.heap.is_alive(object) && wanted.passes(scene, before, object, true))
            {
                if request.by_type {
                    types.add(before.ty(object), 0, -1, 0);
                } else {
                    let key = self.key(before, object, request.order, &ranks);
                    let entry = Entry { key, age: age(before, object), object, is_dead: true };
                    last = last.max(Some(entry));
                    self.rows.push(entry);
                }
            }
        }
        self.bytes = types.bytes;
        self.types = types.rows(scene, request.order);
        self.ordered = 0..0;
        self.touched = last.map(|last| self.rows.iter().filter(|entry| **entry < last).count());
    }

    /// Puts the rows of a range, and some around them, where they belong; the rest stays as it is.
    fn order(&mut self, range: Range<usize>) {
        const AROUND: usize = 1000;
        if range.is_empty() || self.ordered.start <= range.start && range.end <= self.ordered.end {
            return;
        }
        let start = range.start.saturating_sub(AROUND);
        let end = (range.end + AROUND).min(self.rows.len());
        if start > 0 {
            self.rows.select_nth_unstable(start);
        }
        let rest = &mut self.rows[start..];
        if end - start < rest.len() {
            rest.select_nth_unstable(end - start);
        }
        rest[..end - start].sort_unstable();
        self.ordered = start..end;
    }

    fn note_generations(&mut self, vm: &Vm) {
        let collector = &vm.heap.collector;
        self.young.clear();
        for generation in 0..2 {
            collector.each_member(generation, |object| {
                self.young.insert(object, generation as u8);
            });
        }
    }

    fn generation(&self, vm: &Vm, object: ObjRef) -> Option<u8> {
        vm.heap.collector.is_tracked(object).then(|| self.young.get(&object).copied().unwrap_or(2))
    }

    /// What the object is ordered by: the smallest first.
    fn key(&self, vm: &Vm, object: ObjRef, order: HeapOrder, ranks: &FxHashMap<ObjRef, u32>) -> u32 {
        match order {
            HeapOrder::Age => 0,
            HeapOrder::Size => u32::MAX - u32::try_from(size_of(&vm.heap, object)).unwrap_or(u32::MAX),
            HeapOrder::Refcount => u32::MAX - vm.heap.refcount(object),
            HeapOrder::Type => ranks.get(&vm.ty(object)).copied().unwrap_or(u32::MAX),
            HeapOrder::Generation => self.generation(vm, object).unwrap_or(3).into(),
        }
    }

    fn find(&mut self, scene: &Scene<'_>, find: &HeapFind, by_type: bool) -> HeapFound {
        let count = if by_type { self.types.len() } else { self.rows.len() };
        if count == 0 {
            return HeapFound::Nowhere;
        }
        let at = |by: usize| match find.is_backward {
            false => (find.from + by) % count,
            true => (find.from + count - by % count) % count,
        };
        for by in 1..=count.min(MOST_SEARCHED) {
            let at = at(by);
            if !by_type && !self.ordered.contains(&at) {
                let ahead = if find.is_backward { at.saturating_sub(MOST_SEARCHED)..at + 1 } else { at..(at + MOST_SEARCHED).min(count) };
                self.order(ahead);
            }
            let holds = match by_type {
                true => self.types[at].name.to_lowercase().contains(&find.text),
                false => self.holds(scene, &self.rows[at], &find.text),
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

/// Objects without a birth number come last, by slot.
fn age(vm: &Vm, object: ObjRef) -> u32 {
    match vm.heap.slot(object).body {
        Body::None => u32::MAX - vm.heap.capacity() as u32 + object.index(),
        _ => vm.heap.birth(object),
    }
}

/// The types in the order of their names.
fn type_ranks(scene: &Scene<'_>) -> FxHashMap<ObjRef, u32> {
    let mut types: Vec<(String, ObjRef)> = Vec::new();
    for vm in scene.before.iter().copied().chain([scene.vm]) {
        types.extend(vm.heap.iter().filter_map(|(object, slot)| match &slot.body {
            Body::Type(ty) => Some((short_name(&ty.name), object)),
            _ => None,
        }));
    }
    types.sort();
    types.into_iter().zip(0..).map(|((_, object), rank)| (object, rank)).collect()
}

/// Sums by type.
#[derive(Default)]
struct TypeSums {
    by_type: FxHashMap<ObjRef, (u64, u64, i64)>,
    bytes: u64,
}

impl TypeSums {
    fn add(&mut self, ty: ObjRef, bytes: u64, delta: i64, count: u64) {
        let sums = self.by_type.entry(ty).or_default();
        *sums = (sums.0 + count, sums.1 + bytes, sums.2 + delta);
        self.bytes += bytes;
    }

    fn rows(self, scene: &Scene<'_>, order: HeapOrder) -> Vec<TypeRow> {
        let name = |ty: ObjRef| {
            let vm = [Some(scene.vm), scene.before].into_iter().flatten().find(|vm| vm.heap.is_alive(ty));
            vm.and_then(|vm| vm.heap.as_type(ty)).map(|ty| short_name(&ty.name)).unwrap_or_default()
        };
        let mut rows: Vec<TypeRow> =
            self.by_type.into_iter().map(|(ty, (count, bytes, delta))| TypeRow { name: name(ty), count, bytes, delta }).collect();
        rows.sort_by(|a, b| match order {
            HeapOrder::Type => a.name.cmp(&b.name),
            HeapOrder::Size => b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)),
            _ => b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)),
        });
        rows
    }
}

/// A filter, made ready for many objects.
struct Wanted<'a> {
    filter: &'a HeapFilter,
    /// The types of that name.
    types: Vec<ObjRef>,
}

impl<'a> Wanted<'a> {
    fn of(scene: &Scene<'_>, filter: &'a HeapFilter) -> Wanted<'a> {
        let mut types = Vec::new();
        if let HeapFilter::Type(name) = filter {
            for vm in scene.before.iter().copied().chain([scene.vm]) {
                let named =
                    |(_, slot): &(ObjRef, &crate::heap::Slot<Body>)| matches!(&slot.body, Body::Type(ty) if short_name(&ty.name) == *name);
                types.extend(vm.heap.iter().filter(named).map(|(object, _)| object));
            }
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

/// Born while the program ran. What a class statement or a `def` makes besides is left out: names, and the descriptors of
/// `__dict__` and `__weakref__`.
fn is_of_program(scene: &Scene<'_>, vm: &Vm, object: ObjRef) -> bool {
    let slot = vm.heap.slot(object);
    match slot.body {
        Body::None => scene.numbers.get(object.index() as usize / 64).is_none_or(|bits| bits >> (object.index() % 64) & 1 == 0),
        _ if vm.heap.birth(object) <= scene.base => false,
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

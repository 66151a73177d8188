//! The list behind the Heap pane, kept from step to step: what has changed since the last look is put in its new place.
//!
//! What has changed is among the slots that the heap has noted since both looks' common base; where there is none, all slots are
//! compared with what was seen in each the last time. Nothing is looked at more closely but the slots that differ. A new question
//! makes the list anew.

use rustc_hash::FxHashMap;

use super::{
    super::{Scene, is_same, text::short_name},
    Wanted,
    ordered::{Entry, Ordered},
};
use crate::{
    heap::{ObjRef, Slot, Watcher},
    objects::{Body, Objects, core_types::RESERVED, size::size_of},
    view::{HeapFilter, HeapOrder, HeapRequest, TypeRow},
    vm::Vm,
};

/// The list for one question.
#[derive(Default)]
pub struct HeapIndex {
    question: Option<Question>,
    /// The instants that it tells of.
    now: Option<Instant>,
    before: Option<Instant>,
    /// What was in each slot, and where it stands in the list.
    seen: Vec<Seen>,
    listed: Vec<Place>,
    watcher: Watcher,
    /// Which strings were interned, one bit a slot.
    interned: Vec<u64>,
    /// The generation that each object is in if it is tracked, as far as the last collection says.
    generations: Vec<u8>,
    /// How often each generation has been collected.
    collections: [u64; 3],
    pub(super) rows: Ordered,
    /// Those among the rows that died in the last step.
    dead: Vec<Entry>,
    /// The last row that the last step touched.
    touched: Option<Entry>,
    /// The names of the types, by their slots.
    types: FxHashMap<u32, String>,
    ranks: FxHashMap<u32, u32>,
    sums: FxHashMap<ObjRef, Sum>,
    pub(super) type_rows: Vec<TypeRow>,
    pub(super) bytes: u64,
}

/// What the list depends on besides the heap.
#[derive(Clone, PartialEq)]
struct Question {
    filter: HeapFilter,
    order: HeapOrder,
    by_type: bool,
}

/// What tells an instant from the others of a run.
type Instant = (u64, u32, usize);

/// What tells what is in a slot from what was in it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    refcount: u32,
    ty: u32,
    birth: u32,
    stamp: u64,
    num: u64,
}

/// Where an object stands in the list: its key and age; in a list of types its size and type.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    key: u32,
    age: u32,
}

const NOWHERE: Place = Place { key: u32::MAX, age: u32::MAX };

/// All objects of a type that are listed.
#[derive(Clone, Copy, Default)]
struct Sum {
    count: u64,
    bytes: u64,
    delta: i64,
}

/// Objects without a birth number come after all that have one, by slot.
const UNBORN: u32 = u32::MAX - (1 << 27);

impl HeapIndex {
    /// Brings the list to an instant.
    pub(super) fn refresh(&mut self, scene: &Scene<'_>, request: &HeapRequest) {
        let instant = |vm: &Vm| (vm.steps(), vm.heap.born(), vm.heap.len());
        let question = Question { filter: request.filter.clone(), order: request.order, by_type: request.by_type };
        let before = scene.before.filter(|before| before.steps() < scene.vm.steps());
        let (now, then) = (Some(instant(scene.vm)), before.map(instant));
        let is_same_question = self.question.as_ref() == Some(&question);
        if is_same_question && (self.now, self.before) == (now, then) {
            return;
        }
        let follows = is_same_question && self.now.is_some() && self.now == then;
        let changed = self.look(scene.vm);
        let have_types_changed = self.look_at_types(scene.vm, &changed);
        let have_moved = self.look_at_generations(scene.vm, &changed);
        let is_list_other = match (&question.filter, question.order) {
            (HeapFilter::Type(_), _) | (_, HeapOrder::Type) if have_types_changed => true,
            (_, HeapOrder::Generation) => have_moved,
            _ => false,
        };
        if have_types_changed || self.ranks.is_empty() {
            self.rank_types();
        }
        self.take_dead_out();
        let wanted = Wanted::of(scene, &question.filter, &self.types);
        let is_anew = !is_same_question || is_list_other || changed.len() > self.seen.len() / 8;
        self.question = Some(question.clone());
        (self.now, self.before) = (now, then);
        match question.filter {
            HeapFilter::Touched => self.empty(),
            _ if is_anew => self.list_all(scene, request, &wanted),
            _ => changed.iter().for_each(|&slot| self.list_again(scene, request, &wanted, slot)),
        }
        let touched = match before {
            None => Vec::new(),
            Some(_) if follows => changed,
            Some(before) => differences(before, scene.vm),
        };
        self.mark(scene, before, request, &wanted, &touched);
        if request.by_type {
            self.tell_types(scene, request.order);
        }
    }

    /// The place in the list of what the last step touched last.
    pub(super) fn touched(&self) -> Option<usize> {
        self.touched.map(|entry| self.rows.rank(&entry))
    }

    /// The generation of the collector that an object is in; `None`: it is not tracked.
    pub(super) fn generation(&self, vm: &Vm, object: ObjRef) -> Option<u8> {
        let known = self.generations.get(object.index() as usize).copied().unwrap_or(0);
        vm.heap.collector.is_tracked(object).then_some(known)
    }

    /// The slots in which something is otherwise than at the last look.
    fn look(&mut self, vm: &Vm) -> Vec<u32> {
        let mut changed = Vec::new();
        let slots = vm.heap.capacity();
        for (index, seen) in self.seen.iter_mut().enumerate().skip(slots) {
            if std::mem::take(seen).refcount != 0 {
                changed.push(index as u32);
            }
        }
        if self.seen.len() < slots {
            self.seen.resize(slots, Seen::default());
            self.listed.resize(slots, NOWHERE);
            self.generations.resize(slots, 0);
        }
        let mut compare = |index: u32, seen: &mut Seen, (slot, birth, stamp): (&Slot<Body>, u32, u64)| {
            let is = Seen { refcount: slot.refcount(), ty: slot.ty.index(), birth, stamp, num: slot.num };
            if is != *seen {
                // What is in a dead slot is of no interest.
                if is.refcount != 0 || seen.refcount != 0 {
                    changed.push(index);
                }
                *seen = is;
            }
        };
        match self.watcher.look(&vm.heap) {
            Some(slots) => slots.into_iter().for_each(|index| compare(index, &mut self.seen[index as usize], vm.heap.cell(index))),
            None => (0..).zip(&mut self.seen).zip(vm.heap.cells()).for_each(|((index, seen), cell)| compare(index, seen, cell)),
        }
        let words = vm.interned.bits();
        if self.interned.len() < words.len() {
            self.interned.resize(words.len(), 0);
        }
        for (at, seen) in self.interned.iter_mut().enumerate() {
            let word = words.get(at).copied().unwrap_or(0);
            let mut differs = word ^ std::mem::replace(seen, word);
            while differs != 0 {
                changed.push(at as u32 * 64 + differs.trailing_zeros());
                differs &= differs - 1;
            }
        }
        changed.retain(|&slot| slot > RESERVED);
        changed
    }

    /// Keeps the names of the types; whether there are others now.
    fn look_at_types(&mut self, vm: &Vm, changed: &[u32]) -> bool {
        let mut have_changed = false;
        let mut look = |slot: u32| {
            let object = ObjRef::new(slot);
            let name = match vm.heap.is_alive(object).then(|| vm.heap.body(object)) {
                Some(Body::Type(ty)) => Some(short_name(&ty.name)),
                _ => None,
            };
            match name {
                Some(name) => {
                    if self.types.get(&slot) != Some(&name) {
                        self.types.insert(slot, name);
                        have_changed = true;
                    }
                }
                None => have_changed |= self.types.remove(&slot).is_some(),
            }
        };
        if self.now.is_none() {
            (1..=RESERVED).for_each(&mut look);
        }
        changed.iter().copied().for_each(look);
        have_changed
    }

    fn rank_types(&mut self) {
        let mut types: Vec<(&String, u32)> = self.types.iter().map(|(slot, name)| (name, *slot)).collect();
        types.sort_unstable();
        self.ranks = types.into_iter().zip(0..).map(|((_, slot), rank)| (slot, rank)).collect();
    }

    /// Between two collections no object leaves its generation; whether there was one.
    fn look_at_generations(&mut self, vm: &Vm, changed: &[u32]) -> bool {
        let collector = &vm.heap.collector;
        // Slots of a later instant are not there.
        let is_tracked = |slot: usize| slot < vm.heap.capacity() && collector.is_tracked(ObjRef::new(slot as u32));
        let collections = collector.generations.map(|generation| generation.collections);
        if collections == self.collections && self.now.is_some() {
            for &slot in changed {
                if !is_tracked(slot as usize) {
                    self.generations[slot as usize] = 0;
                }
            }
            return false;
        }
        self.collections = collections;
        // What is not tracked yet will be in the youngest.
        for (slot, generation) in self.generations.iter_mut().enumerate().skip(RESERVED as usize + 1) {
            *generation = if is_tracked(slot) { 2 } else { 0 };
        }
        for generation in 0..2 {
            collector.each_member(generation, |object| self.generations[object.index() as usize] = generation as u8);
        }
        true
    }

    fn empty(&mut self) {
        self.rows = Ordered::default();
        self.listed.fill(NOWHERE);
        self.sums.clear();
        self.bytes = 0;
    }

    fn list_all(&mut self, scene: &Scene<'_>, request: &HeapRequest, wanted: &Wanted<'_>) {
        self.empty();
        let vm = scene.vm;
        let mut entries = Vec::new();
        for object in (RESERVED + 1..vm.heap.capacity() as u32).map(ObjRef::new) {
            if let Some(place) = self.place(scene, vm, request, wanted, object, false) {
                self.listed[object.index() as usize] = place;
                match request.by_type {
                    true => self.count(vm.ty(object), place.key, true),
                    false => entries.push(Entry { key: place.key, age: place.age, object, is_dead: false }),
                }
            }
        }
        self.rows = Ordered::of(entries);
    }

    /// One slot is looked at again.
    fn list_again(&mut self, scene: &Scene<'_>, request: &HeapRequest, wanted: &Wanted<'_>, slot: u32) {
        let object = ObjRef::new(slot);
        let place = self.place(scene, scene.vm, request, wanted, object, false).unwrap_or(NOWHERE);
        let old = std::mem::replace(&mut self.listed[slot as usize], place);
        if request.by_type {
            if old != NOWHERE {
                self.count(ObjRef::new(old.age), old.key, false);
            }
            if place != NOWHERE {
                self.count(ObjRef::new(place.age), place.key, true);
            }
            return;
        }
        if old != place {
            let entry = |place: Place| Entry { key: place.key, age: place.age, object, is_dead: false };
            if old != NOWHERE {
                self.rows.remove(&entry(old));
            }
            if place != NOWHERE {
                self.rows.insert(entry(place));
            }
        }
    }

    /// Where an object stands; `None`: it is not listed.
    fn place(
        &self,
        scene: &Scene<'_>,
        vm: &Vm,
        request: &HeapRequest,
        wanted: &Wanted<'_>,
        object: ObjRef,
        is_touched: bool,
    ) -> Option<Place> {
        if !vm.heap.is_alive(object) || !wanted.passes(scene, vm, object, is_touched) {
            return None;
        }
        let size = || u32::try_from(size_of(&vm.heap, object)).unwrap_or(u32::MAX);
        if request.by_type {
            return Some(Place { key: size(), age: vm.ty(object).index() });
        }
        let key = match request.order {
            HeapOrder::Age => 0,
            HeapOrder::Size => u32::MAX - size(),
            HeapOrder::Refcount => u32::MAX - vm.heap.refcount(object),
            HeapOrder::Type => self.ranks.get(&vm.ty(object).index()).copied().unwrap_or(u32::MAX - 1),
            HeapOrder::Generation => self.generation(vm, object).unwrap_or(3).into(),
        };
        let age = match vm.heap.slot(object).body {
            Body::None => UNBORN.saturating_add(object.index()),
            _ => vm.heap.birth(object).min(UNBORN),
        };
        Some(Place { key, age })
    }

    fn count(&mut self, ty: ObjRef, bytes: u32, is_more: bool) {
        let sum = self.sums.entry(ty).or_default();
        match is_more {
            true => {
                (sum.count, sum.bytes) = (sum.count + 1, sum.bytes + u64::from(bytes));
                self.bytes += u64::from(bytes);
            }
            false => {
                (sum.count, sum.bytes) = (sum.count.saturating_sub(1), sum.bytes.saturating_sub(bytes.into()));
                self.bytes = self.bytes.saturating_sub(bytes.into());
            }
        }
    }

    /// The step is over in which they died.
    fn take_dead_out(&mut self) {
        for entry in std::mem::take(&mut self.dead) {
            self.rows.remove(&entry);
        }
        self.sums.values_mut().for_each(|sum| sum.delta = 0);
    }

    /// What the last step did: what died stays for one step, and the last one touched is where the page begins.
    fn mark(&mut self, scene: &Scene<'_>, before: Option<&Vm>, request: &HeapRequest, wanted: &Wanted<'_>, touched: &[u32]) {
        self.touched = None;
        let Some(before) = before else { return };
        let vm = scene.vm;
        let entry = |place: Place, object, is_dead| Entry { key: place.key, age: place.age, object, is_dead };
        for object in touched.iter().map(|&slot| ObjRef::new(slot)) {
            let (lives, lived) = (vm.heap.is_alive(object), before.heap.is_alive(object));
            let is_same = is_same(before, vm, object);
            if is_same && before.heap.refcount(object) == vm.heap.refcount(object) {
                continue;
            }
            if lives && let Some(place) = self.place(scene, vm, request, wanted, object, true) {
                if request.by_type {
                    if request.filter == HeapFilter::Touched {
                        self.count(vm.ty(object), place.key, true);
                    }
                    self.sums.entry(vm.ty(object)).or_default().delta += i64::from(!is_same);
                } else {
                    let entry = entry(place, object, false);
                    if request.filter == HeapFilter::Touched {
                        self.rows.insert(entry);
                    }
                    self.touched = self.touched.max(Some(entry));
                }
            }
            if lived
                && !is_same
                && let Some(place) = self.place(scene, before, request, wanted, object, true)
            {
                if request.by_type {
                    self.sums.entry(before.ty(object)).or_default().delta -= 1;
                } else {
                    let entry = entry(place, object, true);
                    self.rows.insert(entry);
                    self.dead.push(entry);
                    self.touched = self.touched.max(Some(entry));
                }
            }
        }
    }

    fn tell_types(&mut self, scene: &Scene<'_>, order: HeapOrder) {
        self.sums.retain(|_, sum| sum.count > 0 || sum.delta != 0);
        let name = |ty: ObjRef| match self.types.get(&ty.index()) {
            Some(name) => name.clone(),
            None => scene.before.and_then(|before| before.heap.as_type(ty)).map(|ty| short_name(&ty.name)).unwrap_or_default(),
        };
        let rows = self.sums.iter().map(|(&ty, sum)| TypeRow { name: name(ty), count: sum.count, bytes: sum.bytes, delta: sum.delta });
        let mut rows: Vec<TypeRow> = rows.collect();
        rows.sort_by(|a, b| match order {
            HeapOrder::Type => a.name.cmp(&b.name),
            HeapOrder::Size => b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)),
            _ => b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)),
        });
        self.type_rows = rows;
    }
}

/// The slots that differ between two machines.
fn differences(before: &Vm, now: &Vm) -> Vec<u32> {
    let mut slots = now.heap.touched_since(&before.heap).unwrap_or_else(|| {
        let (old, new) = (before.heap.capacity(), now.heap.capacity());
        let is_other = |(a, born, _): (&Slot<Body>, u32, u64), (b, birth, _): (&Slot<Body>, u32, u64)| {
            (a.refcount(), a.ty, a.num, born) != (b.refcount(), b.ty, b.num, birth)
        };
        let both = (0..).zip(before.heap.cells().zip(now.heap.cells()));
        let differs = both.filter(|(_, (a, b))| is_other(*a, *b)).map(|(slot, _)| slot);
        differs.chain(old.min(new) as u32..old.max(new) as u32).collect()
    });
    slots.retain(|&slot| slot > RESERVED);
    slots
}

//! Keeps the ledger of one object, by running the program again from the object's birth and looking who holds it after each
//! instruction that changed anything about that.
//!
//! Invariant: the places known are exactly those that hold the object. As long as each of them still does and the count is
//! the same, nothing has happened; so an instruction costs a few comparisons, and the machine itself pays nothing.
//!
//! `:ledger a` after `a = []; b = [a, a]`

use std::{collections::VecDeque, sync::Arc};

use super::timeline::{Halt, Machine, Rule, Timeline};
use crate::{
    bytecode::code::CodeObject,
    heap::ObjRef,
    objects::Body,
    view::{
        LedgerChange, LedgerRow,
        capture::{
            Level, Listings, Scribe,
            holders::{self, Owners, Place},
        },
    },
    vm::Vm,
};

/// What tells an object from others that had or will have its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub object: ObjRef,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Birth(u32),
    /// Numbers have no birth: type and bits.
    Number(ObjRef, u64),
}

impl Identity {
    /// Of a living object.
    pub fn of(vm: &Vm, object: ObjRef) -> Identity {
        let slot = vm.heap.slot(object);
        let kind = match slot.body {
            Body::None => Kind::Number(slot.ty, slot.num),
            _ => Kind::Birth(vm.heap.birth(object)),
        };
        Identity { object, kind }
    }

    /// Whether the object lives in this machine.
    pub fn lives(&self, vm: &Vm) -> bool {
        if !vm.heap.is_alive(self.object) {
            return false;
        }
        match (self.kind, &vm.heap.slot(self.object).body) {
            (Kind::Birth(birth), body) => !matches!(body, Body::None) && vm.heap.birth(self.object) == birth,
            (Kind::Number(ty, num), Body::None) => {
                let slot = vm.heap.slot(self.object);
                slot.ty == ty && slot.num == num
            }
            _ => false,
        }
    }

    /// Whether it cannot have been born by then.
    fn is_unborn(&self, vm: &Vm) -> bool {
        match self.kind {
            Kind::Birth(birth) => vm.heap.born() < birth,
            Kind::Number(..) => !self.lives(vm),
        }
    }
}

/// So many rows are kept.
const MOST_ROWS: usize = 20_000;
/// With more references at the start only changes of the count are looked for, and only so many instructions before now.
const CROWD: usize = 300;
const CROWD_WINDOW: u64 = 3_000;

/// A ledger that can be carried on.
pub struct Book {
    pub identity: Identity,
    machine: Machine,
    /// Which history of the program it belongs to.
    epoch: u64,
    state: State,
    rows: Option<Arc<Vec<LedgerRow>>>,
}

struct State {
    identity: Identity,
    base: u32,
    rows: VecDeque<LedgerRow>,
    omitted: usize,
    places: Vec<Place>,
    count: u32,
    alive: bool,
    is_crowded: bool,
    owners: Owners,
    listings: Listings,
    /// The instruction that runs next: its frame's code and its unit.
    next: Option<(Arc<CodeObject>, u32)>,
    /// Nothing has been looked at yet.
    first: bool,
    /// The object that is meant lives at the end of this stretch: what lived before in its slot was another.
    opening: bool,
    until: u64,
    note: Option<String>,
    /// The names of the places, from when they were last right.
    names: Vec<(Place, String)>,
}

impl Book {
    /// Opens the book of an object, written from its birth to `until`.
    pub fn open(timeline: &Timeline, identity: Identity, base: u32, until: u64) -> Book {
        let mut machine = timeline.last_copy(until, |vm| identity.is_unborn(vm)).clone();
        let mut note = None;
        let crowd = machine.vm.heap.is_alive(identity.object) && machine.vm.heap.refcount(identity.object) as usize > CROWD;
        if crowd && identity.lives(&machine.vm) {
            let from = until.saturating_sub(CROWD_WINDOW);
            machine = timeline.last_copy(from, |_| true).clone();
            timeline.replay(&mut machine, &mut super::timeline::Until(from));
            if from > 0 {
                note = Some(format!("so many hold it that the book begins at step {}", machine.vm.steps()));
            }
        }
        let state = State {
            identity,
            base,
            rows: VecDeque::new(),
            omitted: 0,
            places: Vec::new(),
            count: 0,
            alive: false,
            is_crowded: false,
            owners: Owners::default(),
            listings: Listings::default(),
            next: None,
            first: true,
            opening: true,
            until,
            note,
            names: Vec::new(),
        };
        let mut book = Book { identity, machine, epoch: timeline.epoch(), state, rows: None };
        book.carry_on(timeline, until);
        book.state.opening = false;
        book
    }

    /// Whether it tells of the program's present history.
    pub fn is_current(&self, timeline: &Timeline) -> bool {
        self.epoch == timeline.epoch()
    }

    /// Writes the book up to an instant.
    pub fn carry_on(&mut self, timeline: &Timeline, until: u64) {
        if until <= self.machine.vm.steps() && !self.state.first {
            return;
        }
        self.state.until = until;
        let written = self.state.rows.len() + self.state.omitted;
        let halt = timeline.replay(&mut self.machine, &mut self.state);
        if halt == Halt::Ended || halt == Halt::Waiting {
            // The last instruction has not been looked at.
            self.state.compare(&self.machine.vm);
        }
        if written != self.state.rows.len() + self.state.omitted {
            self.rows = None;
        }
    }

    /// The instant up to which it is written.
    pub fn until(&self) -> u64 {
        self.machine.vm.steps()
    }

    pub fn rows(&mut self) -> Arc<Vec<LedgerRow>> {
        let rows = &self.state.rows;
        self.rows.get_or_insert_with(|| Arc::new(rows.iter().cloned().collect())).clone()
    }

    pub fn omitted(&self) -> usize {
        self.state.omitted
    }

    pub fn note(&self) -> Option<String> {
        self.state.note.clone()
    }
}

impl Rule for State {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        self.compare(vm);
        let level = Level::of(vm, vm.frames.len().saturating_sub(1));
        match level.python {
            Some(python) => {
                let is_same = self.next.as_ref().is_some_and(|(code, ..)| Arc::ptr_eq(code, &python.code.code));
                match &mut self.next {
                    Some((_, offset)) if is_same => *offset = python.offset(),
                    next => *next = Some((python.code.code.clone(), python.offset())),
                }
            }
            None => self.next = None,
        }
        if vm.steps() >= self.until { None } else { Some(1) }
    }
}

impl State {
    /// Writes down what the last instruction did.
    fn compare(&mut self, vm: &Vm) {
        let identity = self.identity;
        let is_first = std::mem::take(&mut self.first);
        if !identity.lives(vm) {
            if self.alive {
                self.died(vm);
            }
            return;
        }
        let count = vm.heap.refcount(identity.object);
        if self.alive && count == self.count && (self.is_crowded || self.places.iter().all(|place| place.still_holds(vm, identity.object)))
        {
            return;
        }
        let mut likely = holders::likely(vm);
        likely.extend(self.places.iter().filter_map(Place::container).take(64));
        let mut places = holders::places(vm, identity.object, &likely);
        places.sort_unstable();
        if !self.alive {
            if !self.rows.is_empty() && !self.opening {
                return; // an equal number in the same slot
            }
            self.rows.clear();
            self.alive = true;
            if is_first {
                // It is older than the book.
                self.is_crowded = places.len() > CROWD;
                self.count = count;
                self.push(vm, LedgerChange::Start { references: count.into() }, count.into(), true);
                if !self.is_crowded {
                    self.name_all(vm, &places);
                }
                self.places = places;
                return;
            }
        }
        self.changed(vm, places, count);
    }

    fn changed(&mut self, vm: &Vm, places: Vec<Place>, count: u32) {
        let (mut gone, mut new) = difference(&self.places, &places);
        // References on the stack are handed on before others.
        let on_stack = |place: &Place| !matches!(place, Place::Stack { .. });
        gone.sort_by_key(on_stack);
        let moved = gone.len().min(new.len());
        let arrived: Vec<Place> = new.drain(..moved).collect();
        let left: Vec<Place> = gone.drain(..moved).collect();
        let mut running = u64::from(self.count);
        for (from, to) in left.iter().zip(&arrived) {
            let change = LedgerChange::Moved { from: self.old_name(vm, from), to: self.name(vm, to) };
            self.push(vm, change, running, false);
        }
        for place in &new {
            running += 1;
            let change = LedgerChange::Taken { by: self.name(vm, place) };
            self.push(vm, change, running, false);
        }
        for place in &gone {
            running = running.saturating_sub(1);
            let change = LedgerChange::GivenUp { by: self.old_name(vm, place) };
            self.push(vm, change, running, false);
        }
        if !self.is_crowded {
            self.name_all(vm, &places);
        }
        self.places = places;
        self.count = count;
    }

    fn died(&mut self, vm: &Vm) {
        self.changed(vm, Vec::new(), 0);
        self.push(vm, LedgerChange::Freed, 0, false);
        self.alive = false;
    }

    fn name(&mut self, vm: &Vm, place: &Place) -> String {
        Scribe { vm, base: self.base }.holder(place, &mut self.owners).text
    }

    /// What a place was called when it still held the object.
    fn old_name(&mut self, vm: &Vm, place: &Place) -> String {
        match self.names.iter().find(|(it, _)| it == place) {
            Some((_, name)) => name.clone(),
            None => self.name(vm, place),
        }
    }

    fn name_all(&mut self, vm: &Vm, places: &[Place]) {
        let mut names = std::mem::take(&mut self.names);
        names.retain(|(place, _)| places.contains(place));
        for place in places {
            if !names.iter().any(|(it, _)| it == place) {
                names.push((*place, self.name(vm, place)));
            }
        }
        self.names = names;
    }

    fn push(&mut self, vm: &Vm, change: LedgerChange, count: u64, is_start: bool) {
        let mut row = LedgerRow { step: vm.steps(), change, count, ..LedgerRow::default() };
        if let Some((code, offset)) = self.next.as_ref().filter(|_| !is_start) {
            let listing = self.listings.of(code);
            row.function = code.qualname.to_string();
            if let Some(index) = listing.row_at(*offset) {
                let instruction = &listing.rows[index];
                row.line = instruction.line.filter(|&line| line > 0);
                row.instruction = match instruction.argtext.is_empty() {
                    true => instruction.opname.clone(),
                    false => format!("{} {}", instruction.opname, instruction.argtext),
                };
            }
        }
        self.rows.push_back(row);
        if self.rows.len() > MOST_ROWS {
            self.rows.pop_front();
            self.omitted += 1;
        }
    }
}

/// Two sorted lists: what only the first has, and what only the second has.
fn difference(old: &[Place], new: &[Place]) -> (Vec<Place>, Vec<Place>) {
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (0, 0);
    loop {
        match (old.get(a), new.get(b)) {
            (None, None) => return (gone, added),
            (Some(x), Some(y)) if x == y => (a, b) = (a + 1, b + 1),
            (Some(x), Some(y)) if x < y => {
                gone.push(*x);
                a += 1;
            }
            (Some(x), None) => {
                gone.push(*x);
                a += 1;
            }
            (_, Some(y)) => {
                added.push(*y);
                b += 1;
            }
        }
    }
}

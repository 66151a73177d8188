//! The set: an open hash table that probes nine neighbours before it jumps, in CPython's order.
//!
//! Iteration goes through the table's slots, so the order of a set's elements follows from their hashes and from its
//! history, exactly as in CPython. Like the dict, it never runs Python: [`Lookup::Ask`] asks the caller.
//! Counterpart in CPython 3.11: `Objects/setobject.c`.

use super::{Heap, Objects, dict::Memory, equality, size};
use crate::heap::ObjRef;

#[derive(Clone, Copy, Default)]
pub struct Entry {
    pub key: Option<ObjRef>,
    /// The hash; in a slot without key: [`DUMMY`] if an element was deleted there.
    pub hash: i64,
}

const DUMMY: i64 = -1;
const LINEAR_PROBES: usize = 9;
const SMALL: usize = 8;

#[derive(Clone)]
pub struct Set {
    table: Vec<Entry>,
    /// Slots with a key or dummy.
    fill: usize,
    used: usize,
    pub memory: Memory,
}

pub enum Lookup {
    /// The slot of the element.
    Found(usize),
    Missing,
    /// The element in `slot` may be equal: only Python's `__eq__` can tell.
    Ask {
        slot: usize,
        probe: Probe,
    },
}

#[derive(Clone, Copy)]
pub struct Probe {
    hash: i64,
    perturb: u64,
    start: usize,
    step: usize,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Probe {
        Probe { hash, perturb: hash as u64, start: hash as usize & mask, step: 0 }
    }

    fn slot(&self) -> usize {
        self.start + self.step
    }

    fn next(&mut self, mask: usize) {
        let limit = if self.start + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        if self.step < limit {
            self.step += 1;
        } else {
            self.perturb >>= 5;
            self.start = self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & mask;
            self.step = 0;
        }
    }
}

impl Default for Set {
    fn default() -> Set {
        Set { table: vec![Entry::default(); SMALL], fill: 0, used: 0, memory: Memory::default() }
    }
}

impl Set {
    pub fn len(&self) -> usize {
        self.used
    }

    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Slots with an element or a dummy.
    pub fn fill(&self) -> usize {
        self.fill
    }

    pub fn slots(&self) -> usize {
        self.table.len()
    }

    /// The content of a slot of the table.
    pub fn slot(&self, slot: usize) -> Option<Entry> {
        self.table.get(slot).copied()
    }

    /// The elements in the order of iteration.
    pub fn iter(&self) -> impl Iterator<Item = (ObjRef, i64)> + '_ {
        self.table.iter().filter_map(|entry| entry.key.map(|key| (key, entry.hash)))
    }

    fn mask(&self) -> usize {
        self.table.len() - 1
    }

    pub fn lookup(&self, heap: &Heap, key: ObjRef, hash: i64) -> Lookup {
        self.probe(heap, key, Probe::new(hash, self.mask()))
    }

    /// Goes on after `Ask` was answered with "not equal".
    pub fn resume(&self, heap: &Heap, key: ObjRef, mut probe: Probe) -> Lookup {
        probe.next(self.mask());
        self.probe(heap, key, probe)
    }

    fn probe(&self, heap: &Heap, key: ObjRef, mut probe: Probe) -> Lookup {
        let mask = self.mask();
        loop {
            let slot = probe.slot() & mask;
            let entry = self.table[slot];
            match entry.key {
                None if entry.hash != DUMMY => return Lookup::Missing,
                Some(candidate) if candidate == key => return Lookup::Found(slot),
                Some(candidate) if entry.hash == probe.hash => match equality::equal(heap, candidate, key) {
                    Some(true) => return Lookup::Found(slot),
                    Some(false) => {}
                    None => return Lookup::Ask { slot, probe },
                },
                _ => {}
            }
            probe.next(mask);
        }
    }

    /// Adds an element that is not there. The reference becomes the set's.
    pub fn insert_new(&mut self, key: ObjRef, hash: i64) {
        let mask = self.mask();
        let mut probe = Probe::new(hash, mask);
        // The last dummy on the way is used again, which leaves the fill as it is.
        let mut free = None;
        loop {
            let slot = probe.slot() & mask;
            match self.table[slot] {
                Entry { key: None, hash: DUMMY } => free = Some(slot),
                Entry { key: None, .. } => break,
                _ => {}
            }
            probe.next(mask);
        }
        self.used += 1;
        if let Some(slot) = free {
            self.table[slot] = Entry { key: Some(key), hash };
            return;
        }
        self.table[probe.slot() & mask] = Entry { key: Some(key), hash };
        self.fill += 1;
        if self.fill * 5 >= mask * 3 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Makes the table the smallest power of two above `minimum`, and drops the dummies.
    fn resize(&mut self, minimum: usize) {
        let mut size = SMALL;
        while size <= minimum {
            size <<= 1;
        }
        self.memory.is_stale = true;
        let old = std::mem::replace(&mut self.table, vec![Entry::default(); size]);
        let mask = size - 1;
        self.fill = self.used;
        for entry in old {
            if entry.key.is_some() {
                let mut probe = Probe::new(entry.hash, mask);
                while self.table[probe.slot() & mask].key.is_some() {
                    probe.next(mask);
                }
                self.table[probe.slot() & mask] = entry;
            }
        }
    }

    /// Makes room before `more` elements are merged in, as `set_merge` does.
    pub fn reserve_for_merge(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// A new table with the same elements, laid out as `set(other)` lays it out; the caller counts the elements.
    pub fn copy(&self) -> Set {
        let mut copy = Set::default();
        if self.used > 0 {
            copy.reserve_for_merge(self.used);
            if copy.mask() == self.mask() && self.fill == self.used {
                return Set { memory: Memory::NEW, ..self.clone() };
            }
            self.iter().for_each(|(key, hash)| copy.insert_new(key, hash));
        }
        copy
    }

    /// Drops the dummies if there are many, as a difference update does at its end.
    pub fn compact(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Deletes the element in a slot; the reference is the caller's now.
    pub fn remove(&mut self, slot: usize) -> ObjRef {
        let key = self.table[slot].key.take().expect("an element is removed once");
        self.table[slot].hash = DUMMY;
        self.used -= 1;
        key
    }

    /// Empties the table; the elements are the caller's now.
    pub fn take_all(&mut self) -> Vec<ObjRef> {
        let old = std::mem::take(self);
        self.memory = old.memory.stale();
        old.iter().map(|(key, _)| key).collect()
    }

    /// Takes over a copy of another table.
    pub fn become_copy(&mut self, copy: Set) {
        let memory = self.memory.stale();
        *self = copy;
        self.memory = memory;
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iter().for_each(|(key, _)| visit(key));
    }
}

/// Gives a table that was made anew the block that CPython has for it, and then the old one back. Small ones are in the object.
pub fn settle(heap: &mut Heap, set: ObjRef) {
    let Some(table) = heap.set(set).filter(|table| table.memory.is_stale) else { return };
    let (old, bytes) = (table.memory, size::set_table_size(table));
    let block = if bytes == 0 { 0 } else { heap.alloc_memory(bytes) };
    if old.block != 0 {
        heap.free_memory(old.block);
    }
    if let Some(table) = heap.set_mut(set) {
        table.memory = Memory { block, ..Memory::default() };
    }
}

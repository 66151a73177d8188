//! The dict: a compact, ordered hash table.
//!
//! ```text
//!   {"a": 1, "b": 2}      indices (8 slots)            entries, in order of insertion
//!                         [ . . 1 . . 0 . . ]    0: hash("a") "a" 1
//!                                                1: hash("b") "b" 2
//! ```
//!
//! A slot of `indices` holds the number of an entry, or says empty or dummy (deleted). Probing starts at `hash & mask` and
//! goes on with `perturb`, as in CPython, so that order, sizes and collisions are CPython's. The table never runs Python:
//! where keys must be compared by a Python `__eq__`, [`Lookup::Ask`] hands the question to the caller.
//! Counterpart in CPython 3.11: `Objects/dictobject.c`.

use super::{
    Heap, Objects, equality,
    ordered::{self, Nodes},
    size,
};
use crate::heap::ObjRef;

/// One key and its value. A deleted entry has no key.
#[derive(Clone, Copy)]
pub struct Entry {
    pub hash: i64,
    pub key: Option<ObjRef>,
    pub value: ObjRef,
}

/// The index table, as narrow as its size allows.
#[derive(Clone)]
enum Indices {
    /// no table yet: the shared empty keys of `{}`
    Empty,
    I8(Box<[i8]>),
    I16(Box<[i16]>),
    I32(Box<[i32]>),
}

const EMPTY: i32 = -1;
const DUMMY: i32 = -2;

/// The table.
#[derive(Clone)]
pub struct Dict {
    indices: Indices,
    entries: Vec<Entry>,
    used: u32,
    /// How many entries may still be appended before a resize.
    usable: u32,
    log2_size: u8,
    /// All keys are exact strings (`DICT_KEYS_UNICODE`).
    unicode: bool,
    /// Names the present set of keys for inline caches; 0 when none is given. Changing a value keeps it.
    pub version: u32,
    pub memory: Memory,
    /// The `__dict__` of an instance whose class has the keys: so many places for values (`DICT_KEYS_SPLIT`); else 0.
    pub split: u8,
    /// Those of an `OrderedDict`.
    pub nodes: Option<Box<Nodes>>,
}

/// The block of a table in the allocator's model. See [`settle`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// 0: none
    pub block: u32,
    /// It is of the size and kind that has a free list.
    pub is_small: bool,
    /// The table was made anew and has no block yet.
    pub is_stale: bool,
    /// It is a copy of another one: what is in the free list does not serve it (`clone_combined_dict_keys`).
    pub is_copy: bool,
}

impl Memory {
    /// The same block, which belongs to an older table.
    pub fn stale(self) -> Memory {
        Memory { is_stale: true, ..self }
    }

    /// That of a new table.
    pub const NEW: Memory = Memory { block: 0, is_small: false, is_stale: true, is_copy: false };
}

/// What looking for a key gave.
pub enum Lookup {
    /// The number of the entry.
    Found(usize),
    Missing,
    /// The key may equal that of entry `entry`: only Python's `__eq__` can tell. Go on with [`Dict::resume`].
    Ask {
        entry: usize,
        probe: Probe,
    },
}

/// A place in the sequence of slots that a hash visits.
#[derive(Clone, Copy)]
pub struct Probe {
    hash: i64,
    perturb: u64,
    slot: usize,
}

impl Probe {
    fn new(hash: i64, mask: usize) -> Probe {
        Probe { hash, perturb: hash as u64, slot: hash as usize & mask }
    }

    #[inline]
    fn next(&mut self, mask: usize) {
        self.perturb >>= 5;
        self.slot = (self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1)) & mask;
    }
}

impl Default for Dict {
    fn default() -> Dict {
        Dict {
            indices: Indices::Empty,
            entries: Vec::new(),
            used: 0,
            usable: 0,
            log2_size: 0,
            unicode: true,
            version: 0,
            memory: Memory::default(),
            split: 0,
            nodes: None,
        }
    }
}

/// Entries that a table of `2^log2` slots may hold.
fn usable_of(log2: u8) -> u32 {
    ((1u64 << log2) * 2 / 3) as u32
}

/// The smallest table, of at least 8 slots, with room for `wanted` slots.
fn log2_for(wanted: u64) -> u8 {
    (64 - (((wanted | 8) - 1) | 7).leading_zeros()) as u8
}

impl Dict {
    /// An empty dict presized for `n` entries.
    pub fn with_capacity(n: usize) -> Dict {
        let mut dict = Dict::default();
        if n > 5 {
            dict.resize(log2_for((n as u64 * 3).div_ceil(2)));
        }
        dict
    }

    pub fn len(&self) -> usize {
        self.used as usize
    }

    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// The slots of the index table (1 for an empty dict, whose keys are shared).
    pub fn slots(&self) -> usize {
        if matches!(self.indices, Indices::Empty) { 1 } else { 1 << self.log2_size }
    }

    pub fn is_unicode(&self) -> bool {
        self.unicode
    }

    /// Entries ever appended since the last resize, deleted ones included.
    pub fn nentries(&self) -> usize {
        self.entries.len()
    }

    pub fn usable(&self) -> usize {
        self.usable as usize
    }

    /// The content of index slot `slot`: an entry number, -1 (empty) or -2 (dummy).
    #[inline(always)]
    pub fn index_at(&self, slot: usize) -> i32 {
        match &self.indices {
            Indices::Empty => EMPTY,
            Indices::I8(table) => i32::from(table[slot]),
            Indices::I16(table) => i32::from(table[slot]),
            Indices::I32(table) => table[slot],
        }
    }

    fn set_index(&mut self, slot: usize, entry: i32) {
        match &mut self.indices {
            Indices::Empty => unreachable!("an empty table has no slots"),
            Indices::I8(table) => table[slot] = entry as i8,
            Indices::I16(table) => table[slot] = entry as i16,
            Indices::I32(table) => table[slot] = entry,
        }
    }

    fn mask(&self) -> usize {
        (1 << self.log2_size) - 1
    }

    /// The entry numbered `position` if it is not deleted.
    #[inline]
    pub fn entry(&self, position: usize) -> Option<Entry> {
        self.entries.get(position).copied().filter(|entry| entry.key.is_some())
    }

    #[inline]
    pub fn value_at(&self, entry: usize) -> ObjRef {
        self.entries[entry].value
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ObjRef, ObjRef)> + '_ {
        self.entries.iter().filter_map(|entry| entry.key.map(|key| (key, entry.value)))
    }

    /// Looks for a key. `Ask` can come back only if the key or a key in the table is of a type with a Python `__eq__`.
    #[inline]
    pub fn lookup(&self, heap: &Heap, key: ObjRef, hash: i64) -> Lookup {
        if matches!(self.indices, Indices::Empty) {
            return Lookup::Missing;
        }
        self.probe(heap, key, Probe::new(hash, self.mask()))
    }

    /// Goes on after `Ask` was answered with "not equal".
    pub fn resume(&self, heap: &Heap, key: ObjRef, mut probe: Probe) -> Lookup {
        if matches!(self.indices, Indices::Empty) {
            return Lookup::Missing;
        }
        let mask = self.mask();
        probe.slot &= mask; // the table may have shrunk meanwhile
        probe.next(mask);
        self.probe(heap, key, probe)
    }

    #[inline]
    fn probe(&self, heap: &Heap, key: ObjRef, probe: Probe) -> Lookup {
        match &self.indices {
            Indices::Empty => Lookup::Missing,
            Indices::I8(table) => self.probe_in(table, heap, key, probe),
            Indices::I16(table) => self.probe_in(table, heap, key, probe),
            Indices::I32(table) => self.probe_in(table, heap, key, probe),
        }
    }

    #[inline]
    fn probe_in<I: Copy + Into<i32>>(&self, table: &[I], heap: &Heap, key: ObjRef, mut probe: Probe) -> Lookup {
        let mask = table.len() - 1;
        loop {
            let index: i32 = table[probe.slot & mask].into();
            if index >= 0 {
                let entry = &self.entries[index as usize];
                if entry.key == Some(key) {
                    return Lookup::Found(index as usize);
                }
                if entry.hash == probe.hash
                    && let Some(candidate) = entry.key
                {
                    match equality::equal(heap, candidate, key) {
                        Some(true) => return Lookup::Found(index as usize),
                        Some(false) => {}
                        None => return Lookup::Ask { entry: index as usize, probe },
                    }
                }
            } else if index == EMPTY {
                return Lookup::Missing;
            }
            probe.next(mask);
        }
    }

    /// Looks for a string key: never needs Python.
    #[inline]
    pub fn find_str(&self, heap: &Heap, key: ObjRef, hash: i64) -> Option<usize> {
        match self.lookup(heap, key, hash) {
            Lookup::Found(entry) => Some(entry),
            Lookup::Missing => None,
            // A key of a subclass of str with its own __eq__: take it for different, as no attribute name is one.
            Lookup::Ask { .. } => None,
        }
    }

    /// Appends a key that is not in the table. Key and value references become the table's.
    pub fn insert_new(&mut self, key: ObjRef, hash: i64, value: ObjRef, key_is_str: bool) {
        self.version = 0;
        if !key_is_str && self.unicode {
            self.unicode = false;
            self.split = 0;
            if !matches!(self.indices, Indices::Empty) {
                self.resize(log2_for(u64::from(self.used) * 3));
            }
        }
        if self.usable == 0 || self.split > 0 && self.used >= u32::from(self.split) {
            self.resize(log2_for(u64::from(self.used) * 3));
        }
        let slot = self.free_slot(hash);
        self.set_index(slot, self.entries.len() as i32);
        self.entries.push(Entry { hash, key: Some(key), value });
        self.used += 1;
        self.usable -= 1;
    }

    /// The class's keys have no room for one more: from now on the dict has keys of its own.
    pub fn unsplit(&mut self) {
        if self.split > 0 {
            self.split = 0;
            self.resize(log2_for(u64::from(self.used) * 3));
        }
    }

    /// The first slot of the probe sequence that holds no entry.
    fn free_slot(&self, hash: i64) -> usize {
        let mask = self.mask();
        let mut probe = Probe::new(hash, mask);
        while self.index_at(probe.slot) >= 0 {
            probe.next(mask);
        }
        probe.slot
    }

    /// Puts another value into an entry; the old one is the caller's now.
    #[inline]
    pub fn replace(&mut self, entry: usize, value: ObjRef) -> ObjRef {
        std::mem::replace(&mut self.entries[entry].value, value)
    }

    /// Deletes an entry; key and value are the caller's now.
    pub fn remove(&mut self, entry: usize) -> (ObjRef, ObjRef) {
        self.version = 0;
        let Entry { hash, key, value } = self.entries[entry];
        let mask = self.mask();
        let mut probe = Probe::new(hash, mask);
        while self.index_at(probe.slot) != entry as i32 {
            probe.next(mask);
        }
        self.set_index(probe.slot, DUMMY);
        self.entries[entry].key = None;
        self.used -= 1;
        (key.expect("a deleted entry is removed once"), value)
    }

    /// Deletes the last entry (`popitem`).
    pub fn pop_last(&mut self) -> Option<(ObjRef, ObjRef)> {
        let last = self.entries.iter().rposition(|entry| entry.key.is_some())?;
        let pair = self.remove(last);
        self.entries.truncate(last); // popitem, unlike del, gives the entry back
        Some(pair)
    }

    /// Empties the table; all keys and values are the caller's now, in order.
    pub fn take_all(&mut self) -> Vec<(ObjRef, ObjRef)> {
        let old = std::mem::take(self);
        self.memory = old.memory.stale();
        let all = old.iter().collect();
        self.nodes = old.nodes;
        all
    }

    /// Rebuilds the table with `2^log2` slots and without deleted entries.
    fn resize(&mut self, log2: u8) {
        self.version = 0;
        if self.used >= u32::from(self.split) || !self.unicode {
            self.split = 0;
            self.memory = Memory { is_stale: true, is_copy: false, ..self.memory };
        }
        self.log2_size = log2;
        self.reindex();
        self.usable = usable_of(log2) - self.used;
        self.entries.reserve_exact(self.usable as usize);
    }

    /// Makes the index table anew, for the entries that are not deleted.
    fn reindex(&mut self) {
        self.entries.retain(|entry| entry.key.is_some());
        let size = 1usize << self.log2_size;
        self.indices = match self.log2_size {
            0..=7 => Indices::I8(vec![-1; size].into_boxed_slice()),
            8..=15 => Indices::I16(vec![-1; size].into_boxed_slice()),
            _ => Indices::I32(vec![-1; size].into_boxed_slice()),
        };
        for entry in 0..self.entries.len() {
            let slot = self.free_slot(self.entries[entry].hash);
            self.set_index(slot, entry as i32);
        }
    }

    /// Makes an entry the last one or the first. In CPython only the nodes of an `OrderedDict` change: so the room for further
    /// entries stays what it was.
    pub fn move_entry(&mut self, entry: usize, to_end: bool) {
        self.version = 0;
        if to_end && self.entries.len() + (self.usable as usize) < self.slots() {
            let moved = self.entries[entry];
            let (key, value) = self.remove(entry);
            let slot = self.free_slot(moved.hash);
            self.set_index(slot, self.entries.len() as i32);
            self.entries.push(Entry { hash: moved.hash, key: Some(key), value });
            self.used += 1;
            return;
        }
        let moved = self.entries.remove(entry);
        self.entries.insert(if to_end { self.entries.len() } else { 0 }, moved);
        self.reindex();
    }

    /// Makes room for the keys of another dict before they are merged in.
    pub fn reserve_for_merge(&mut self, more: usize, unicode: bool) {
        let usable = if matches!(self.indices, Indices::Empty) { 0 } else { usable_of(self.log2_size) as usize };
        if usable < more {
            self.unicode &= unicode;
            self.resize(log2_for(((u64::from(self.used) + more as u64) * 3).div_ceil(2)));
        }
    }

    /// May an empty dict take over a copy of this table as it is, when it is updated with this one?
    pub fn is_dense(&self) -> bool {
        self.entries.len() == self.used as usize && (self.log2_size == 3 || usable_of(self.log2_size.saturating_sub(1)) < self.used)
    }

    /// A copy that owns no references yet: the caller counts every key and value. The table stays as it is unless more than a
    /// third of the entries are deleted.
    pub fn copy(&self) -> Dict {
        if self.used == 0 {
            return Dict::default();
        }
        let mut copy = self.copy_as_is();
        if (self.used as usize) < self.entries.len() * 2 / 3 {
            copy.resize(log2_for((u64::from(self.used) * 3).div_ceil(2)));
        }
        copy
    }

    /// The same with all deleted entries.
    pub fn copy_as_is(&self) -> Dict {
        Dict { version: 0, memory: Memory { is_copy: true, ..Memory::NEW }, nodes: None, ..self.clone() }
    }

    /// Takes over a copy of another table.
    pub fn become_copy(&mut self, copy: Dict) {
        let (memory, is_copy) = (self.memory.stale(), copy.memory.is_copy);
        *self = copy;
        self.memory = Memory { is_copy, ..memory };
    }

    fn has_small_keys(&self) -> bool {
        self.unicode && self.slots() == 8 && self.split == 0
    }

    /// Makes room for the keys of a dict or set that `dict.fromkeys` puts in one by one.
    pub fn reserve_for_keys(&mut self, more: usize, unicode: bool) {
        self.unicode = unicode;
        self.resize(log2_for((more as u64 * 3).div_ceil(2)).max(self.log2_size));
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.nodes.iter().for_each(|nodes| nodes.trace(visit));
        for (key, value) in self.iter() {
            visit(key);
            visit(value);
        }
    }
}

/// Appends a key that is not in a dict object; see [`Dict::insert_new`].
pub fn insert(heap: &mut Heap, dict: ObjRef, key: ObjRef, hash: i64, value: ObjRef, key_is_str: bool) {
    let Some(table) = heap.dict_mut(dict) else { return };
    table.insert_new(key, hash, value, key_is_str);
    let is_ordered = table.nodes.is_some();
    if table.memory.is_stale {
        settle(heap, dict);
    }
    if is_ordered {
        ordered::add(heap, dict, key);
    }
}

/// Deletes an entry of a dict object; key and value are the caller's now.
pub fn remove(heap: &mut Heap, dict: ObjRef, entry: usize) -> (ObjRef, ObjRef) {
    let table = heap.dict_mut(dict).expect("a dict");
    let (key, value) = table.remove(entry);
    if table.nodes.is_some() {
        ordered::remove(heap, dict, key);
    }
    (key, value)
}

/// Deletes the last entry of a dict object (`popitem`).
pub fn pop_last(heap: &mut Heap, dict: ObjRef) -> Option<(ObjRef, ObjRef)> {
    let table = heap.dict_mut(dict).expect("a dict");
    let pair = table.pop_last();
    if let (Some((key, _)), true) = (pair, table.nodes.is_some()) {
        ordered::remove(heap, dict, key);
    }
    pair
}

/// Gives the keys of a table that was made anew the block that CPython has for them, and then the old one back.
pub fn settle(heap: &mut Heap, dict: ObjRef) {
    let Some(table) = heap.dict(dict).filter(|table| table.memory.is_stale) else { return };
    let (old, bytes, is_small) = (table.memory, size::keys_size(table), table.has_small_keys());
    let block = if bytes == 0 { 0 } else { heap.alloc_keys(bytes, is_small && !old.is_copy) };
    if old.block != 0 {
        heap.drop_memory(old.block, old.is_small);
    }
    if let Some(table) = heap.dict_mut(dict) {
        table.memory = Memory { block, is_small, ..Memory::default() };
    }
}

/// The same for a table that belongs to no object yet.
pub fn settle_new(heap: &mut Heap, table: &mut Dict) {
    if table.memory.is_stale {
        let (bytes, is_small) = (size::keys_size(table), table.has_small_keys());
        let block = if bytes == 0 { 0 } else { heap.alloc_keys(bytes, is_small && !table.memory.is_copy) };
        table.memory = Memory { block, is_small, ..Memory::default() };
    }
}

//! The nodes that an `OrderedDict` has beside its table: one for each key, in the order that `move_to_end` changes, and a table
//! that finds the node of an entry.
//!
//! ```text
//!   keys of the dict     [ . . 1 . . 0 . . ]  0: "a"   1: "b"
//!   table of nodes       [ . . ● . . ● . . ]          as many slots, made anew when the keys are
//!                            ╰─▶ node "b" ◀─▶ node "a"    each counts its key once more
//! ```
//!
//! Here the order is that of the dict's entries; what is modelled is the memory of the nodes, and that each holds its key:
//!
//! ```python
//! key = object(); d = OrderedDict({key: 1}); sys.getrefcount(key)      # 4: the name, the argument, the dict, the node
//! ```
//!
//! Counterpart in CPython 3.11: `_odictnode` and `od_fast_nodes` in `Objects/odictobject.c`.

use rustc_hash::FxHashMap;

use super::{Heap, Objects, dict::Dict};
use crate::heap::ObjRef;

/// Key, hash, next, previous.
const NODE: usize = 32;

#[derive(Clone, Default)]
pub struct Nodes {
    /// The block of the node of each key; a node counts its key.
    blocks: FxHashMap<ObjRef, u32>,
    /// The block of the table; 0: none yet.
    table: u32,
    /// The block of the keys for which the table was made, and their slots.
    made_for: (u32, usize),
}

impl Nodes {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.blocks.keys().for_each(|&key| visit(key));
    }
}

/// All blocks of memory of a table's nodes, in the order in which they are freed.
pub fn blocks(table: &Dict) -> Vec<u32> {
    let Some(nodes) = &table.nodes else { return Vec::new() };
    let of_keys = table.iter().filter_map(|(key, _)| nodes.blocks.get(&key).copied());
    Some(nodes.table).filter(|&block| block != 0).into_iter().chain(of_keys).collect()
}

fn nodes(heap: &mut Heap, dict: ObjRef) -> Option<&mut Nodes> {
    heap.dict_mut(dict)?.nodes.as_deref_mut()
}

/// A key has been added: a node for it, and a new table if the dict has new keys.
pub fn add(heap: &mut Heap, dict: ObjRef, key: ObjRef) {
    let Some(table) = heap.dict(dict) else { return };
    let Some(nodes) = &table.nodes else { return };
    let (old, keys) = (nodes.table, (table.memory.block, table.slots()));
    if old == 0 || nodes.made_for != keys {
        let new = heap.alloc_memory(8 * keys.1);
        if old != 0 {
            heap.free_memory(old);
        }
        if let Some(nodes) = self::nodes(heap, dict) {
            (nodes.table, nodes.made_for) = (new, keys);
        }
    }
    heap.incref(key);
    let block = heap.alloc_memory(NODE);
    if let Some(nodes) = self::nodes(heap, dict) {
        nodes.blocks.insert(key, block);
    }
}

/// A key has been deleted; the caller still holds it.
pub fn remove(heap: &mut Heap, dict: ObjRef, key: ObjRef) {
    let Some(block) = nodes(heap, dict).and_then(|nodes| nodes.blocks.remove(&key)) else { return };
    let dead = heap.decref_hits_zero(key);
    debug_assert!(!dead, "whoever deletes a key holds it");
    heap.free_memory(block);
}

/// Frees all nodes before the dict is emptied; the keys that they held are the caller's now.
pub fn take_all(heap: &mut Heap, dict: ObjRef) -> Vec<ObjRef> {
    let Some(table) = heap.dict(dict).filter(|table| table.nodes.is_some()) else { return Vec::new() };
    let (blocks, keys) = (blocks(table), table.iter().map(|(key, _)| key).collect());
    blocks.into_iter().for_each(|block| heap.free_memory(block));
    if let Some(nodes) = nodes(heap, dict) {
        *nodes = Nodes::default();
    }
    keys
}

//! How lists grow: the size of the array behind a list, which CPython overallocates.
//!
//! The number bits of a list's slot are `allocated`, what `sys.getsizeof` counts. Every change of a list's length goes
//! through [`resized`]. Counterpart in CPython 3.11: `list_resize`. Appending to `[]` gives 4, 8, 16, 24, 32, 40, 52 slots.

use super::{Body, Heap, Objects};
use crate::heap::ObjRef;

/// The slots allocated after a list of `old_len` items in `allocated` slots has got `new_len` items.
pub fn list_resize(allocated: usize, old_len: usize, new_len: usize) -> usize {
    if allocated >= new_len && new_len >= allocated >> 1 {
        return allocated;
    }
    if new_len == 0 {
        return 0;
    }
    let grown = (new_len + (new_len >> 3) + 6) & !3;
    // No overallocation if the list is unlikely to grow again: it grew by more than the spare room.
    if new_len > old_len && new_len - old_len > grown - new_len { (new_len + 3) & !3 } else { grown }
}

/// The slots of a list without any, once `list.extend` gives it `n` items (`list_preallocate_exact`).
pub fn preallocated(n: usize) -> usize {
    (n + 1) & !1
}

/// Notes that a list was extended by a list, tuple or other sequence of known length.
pub fn extended(heap: &mut Heap, list: ObjRef, old_len: usize) {
    let new_len = heap.list(list).map_or(0, |items| items.len());
    if heap.slot(list).num == 0 {
        heap.slot_mut(list).num = preallocated(new_len - old_len) as u64;
    } else if new_len != old_len {
        resized(heap, list, old_len);
    }
}

/// Notes that the list, which had `old_len` items, has its present length.
pub fn resized(heap: &mut Heap, list: ObjRef, old_len: usize) {
    let new_len = heap.list(list).map_or(0, |items| items.len());
    let slot = heap.slot_mut(list);
    let allocated = slot.num;
    slot.num = list_resize(slot.num as usize, old_len, new_len) as u64;
    let more = slot.num.saturating_sub(allocated);
    heap.budget -= 8 * more as i64;
}

/// Empties a list and returns its items, whose references are now the caller's.
pub fn take_all(heap: &mut Heap, list: ObjRef) -> thin_vec::ThinVec<ObjRef> {
    heap.slot_mut(list).num = 0;
    match heap.body_mut(list) {
        Body::List(items) => std::mem::take(items),
        _ => thin_vec::ThinVec::new(),
    }
}

//! How lists grow: the size of the array behind a list, which CPython overallocates.
//!
//! The number bits of a list's slot are `allocated`, what `sys.getsizeof` counts, and above that the block of the items. Every
//! change of a list's length goes through [`resized`]. Counterpart in CPython 3.11: `list_resize`. Appending to `[]` gives 4, 8, 16, 24, 32, 40, 52 slots.

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

/// The slots allocated, from the number bits of a list; -1 (as a `usize`) while it is being sorted.
#[inline(always)]
pub fn allocated(num: u64) -> usize {
    num as i32 as isize as usize
}

/// The block of the items, from the number bits of a list; 0: it has none (`ob_item` is NULL).
#[inline(always)]
pub fn block(num: u64) -> u32 {
    (num >> 32) as u32
}

/// Gives the items so many slots.
#[inline(never)]
pub fn set_allocated(heap: &mut Heap, list: ObjRef, slots: usize) {
    let num = heap.slot(list).num;
    let more = slots.saturating_sub(allocated(num));
    heap.budget -= 8 * more as i64;
    let block = heap.realloc_memory(block(num), 8 * slots);
    heap.slot_mut(list).num = u64::from(block) << 32 | u64::from(slots as u32);
}

/// Gives the memory of the items back (`list_clear`).
pub fn drop_items(heap: &mut Heap, list: ObjRef) {
    let num = std::mem::take(&mut heap.slot_mut(list).num);
    if block(num) != 0 {
        heap.free_memory(block(num));
    }
}

/// Notes that a list was extended by a list, tuple or other sequence of known length.
pub fn extended(heap: &mut Heap, list: ObjRef, old_len: usize) {
    let new_len = heap.list(list).map_or(0, |items| items.len());
    if new_len == old_len {
        return;
    }
    if block(heap.slot(list).num) == 0 {
        set_allocated(heap, list, preallocated(new_len - old_len));
    } else {
        resized(heap, list, old_len);
    }
}

/// Notes that the list, which had `old_len` items, has its present length.
pub fn resized(heap: &mut Heap, list: ObjRef, old_len: usize) {
    let new_len = heap.list(list).map_or(0, |items| items.len());
    resize(heap, list, old_len, new_len);
}

/// Makes room for another number of items.
#[inline]
pub fn resize(heap: &mut Heap, list: ObjRef, old_len: usize, new_len: usize) {
    let now = allocated(heap.slot(list).num);
    let wanted = list_resize(now, old_len, new_len);
    if wanted != now {
        set_allocated(heap, list, wanted);
    }
}

/// Notes that items were taken out of a list, which had `old_len`: if none is left, neither is the memory (`list_ass_slice`).
pub fn cut(heap: &mut Heap, list: ObjRef, old_len: usize) {
    match heap.list(list) {
        Some(items) if items.is_empty() => drop_items(heap, list),
        _ => resized(heap, list, old_len),
    }
}

/// Empties a list and returns its items, whose references are now the caller's.
pub fn take_all(heap: &mut Heap, list: ObjRef) -> thin_vec::ThinVec<ObjRef> {
    drop_items(heap, list);
    match heap.body_mut(list) {
        Body::List(items) => std::mem::take(items),
        _ => thin_vec::ThinVec::new(),
    }
}

//! Tables that the instruction made larger or smaller: a list's array, a dict's and a set's table.

use super::{Maker, plural};
use crate::objects::{Body, Objects, dict::Dict, list::allocated};

pub(super) fn growths(maker: &mut Maker<'_>) {
    let (before, after) = (maker.before, maker.after);
    for (object, slot) in before.vm.heap.iter() {
        if !super::super::is_same(before.vm, after.vm, object) {
            continue;
        }
        match (before.vm.heap.body(object), after.vm.heap.body(object)) {
            (Body::List(old), Body::List(new)) if allocated(slot.num) != allocated(after.vm.heap.slot(object).num) => {
                let name = before.name(object);
                list(maker, &name, (old.len(), allocated(slot.num)), (new.len(), allocated(after.vm.heap.slot(object).num)));
            }
            (Body::Dict(old), Body::Dict(new)) if old.slots() != new.slots() => {
                let name = before.name(object);
                dict(maker, &name, old, new);
            }
            (Body::Set(old), Body::Set(new)) if old.slots() != new.slots() => {
                let text = format!(
                    "{}: {} used of {} slots; a new table of {} slots, into which every element is put by its hash",
                    before.name(object),
                    old.len(),
                    old.slots(),
                    new.slots()
                );
                maker.step("set_table_resize", text);
            }
            _ => {}
        }
    }
}

fn list(maker: &mut Maker<'_>, name: &str, (old_len, old): (usize, usize), (new_len, new): (usize, usize)) {
    if old > 1 << 60 || new > 1 << 60 {
        return; // while it is sorted
    }
    let table = maker.table(
        &["", "items", "allocated", "bytes"],
        vec![
            vec!["before".into(), old_len.to_string(), old.to_string(), (56 + 8 * old).to_string()],
            vec!["after".into(), String::new(), String::new(), String::new()],
        ],
    );
    let needs = format!("{name} has {old_len} items in {old} slots and is to have {new_len}");
    maker.step("list_resize", needs).on(table, Some(0));
    let grown = (new_len + (new_len >> 3) + 6) & !3;
    let text = match new {
        _ if new == grown && new_len > 0 => format!("({new_len} + ({new_len} >> 3) + 6) & ~3 = {new} slots"),
        0 => "no items: no array".to_owned(),
        _ if new == new_len => format!("{new} slots: exactly what is needed"),
        _ => format!("{new} slots: what is needed, rounded up to an even number"),
    };
    maker.step("list_resize", text).on(table, Some(1)).write(1, 2, new.to_string()).write(1, 3, (56 + 8 * new).to_string());
    let text = match new {
        0 => "the array is given back",
        _ if new > old => "realloc: the pointers may move, the items do not",
        _ => "realloc: the array shrinks",
    };
    maker.step("list_resize", text).on(table, Some(1)).write(1, 1, new_len.to_string());
}

fn dict(maker: &mut Maker<'_>, name: &str, old: &Dict, new: &Dict) {
    let why = if old.usable() == 0 { "no usable entry is left" } else { "it must change its kind or size" };
    let deleted = old.nentries() - old.len();
    let mut text = format!("{name}: {} used, {} slots, {why}", old.len(), old.slots());
    if deleted > 0 {
        text += &format!("; {} left behind", plural(deleted, "deleted entry is", "deleted entries are"));
    }
    if new.slots() == 1 {
        maker.step("dictresize", format!("{name}: emptied; it has no table of its own any more"));
        return;
    }
    let rows = (0..new.slots()).map(|slot| vec![slot.to_string(), "·".into(), String::new()]).collect();
    let table = maker.table(&["slot", "entry", "key"], rows);
    maker.step("dictresize", text).on(table, None);
    let size = format!("a new index table of {} slots; {} entries are usable", new.slots(), new.slots() * 2 / 3);
    maker.step("dictresize", size).on(table, None);
    let mask = new.slots() - 1;
    for index in 0..new.nentries() {
        let Some((entry, key)) = new.entry(index).and_then(|entry| Some((entry, entry.key?))) else { continue };
        let Some(slot) = (0..new.slots()).find(|&slot| new.index_at(slot) == index as i32) else { continue };
        let key = maker.after.text(key, 24);
        let first = entry.hash as usize & mask;
        let probed = if first == slot { String::new() } else { format!(", taken; probing leads to {slot}") };
        let text = format!("entry {index}, {key}: hash & {mask} = slot {first}{probed}");
        maker.step("dictresize", text).on(table, Some(slot)).write(slot, 1, index.to_string()).write(slot, 2, key);
    }
}

//! The blocks that containers own: the items of a list, the keys of a dict, the table of a set.
//!
//! ```text
//!   {"a": 1}   ma_keys: dk_refcnt dk_log2_size … │ dk_indices[0..8] │ entries: hash? key value …
//! ```

use super::{MOST_ITEMS, Sheet};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        dict::Dict,
        instance::Attrs,
        list,
        set::{Entry, Set},
        size::{index_width, keys_size, set_table_size},
    },
    view::layout::Part,
};

/// The elements that fit into a set itself.
const SMALL_TABLE: usize = 8;

impl Sheet<'_> {
    pub(super) fn owned_blocks(&mut self, object: ObjRef) {
        let vm = self.vm;
        let slot = vm.heap.slot(object);
        match vm.heap.body(object) {
            Body::List(items) if list::block(slot.num) != 0 => {
                let allocated = list::allocated(slot.num);
                self.begin("ob_item", self.memory(list::block(slot.num)), 8 * allocated);
                self.items(0, "ob_item", items);
                let len = items.len();
                if allocated > len {
                    self.plain(Part::Spare, 8 * len as i64, (8 * (allocated - len)) as u32, "", "allocated, not in use");
                }
            }
            Body::Dict(dict) if dict.split > 0 => {
                self.begin("ma_values", self.memory(dict.memory.block), keys_size(dict));
                for (i, (key, value)) in dict.iter().enumerate() {
                    self.refers(Part::Item, 8 * i as i64, &self.scribe.text(key, 20), Some(value));
                }
            }
            Body::Dict(dict) if dict.slots() >= SMALL_TABLE => self.keys(dict),
            Body::Set(set) if set.slots() > SMALL_TABLE => {
                self.begin("table", self.memory(set.memory.block), set_table_size(set));
                self.entries(0, "table", set);
            }
            _ => {}
        }
        if let Body::Instance(instance) = &slot.body
            && let Attrs::Values(values) = &instance.attrs
        {
            let names = vm.shared_keys(slot.ty);
            let (front, size) = (values.front() as i64, usize::from(values.size));
            self.begin("values", self.memory(values.memory), values.block_size());
            let order: Vec<String> = values.numbers().map(|number| vm.name_text(names[number]).to_string()).collect();
            self.plain(Part::Field, 0, front as u32, "order", order.join(", "));
            for (number, &name) in names.iter().enumerate().take(size) {
                self.refers(Part::Item, front + 8 * number as i64, &vm.name_text(name), values.get(number));
            }
            if size > names.len() {
                let offset = front + 8 * names.len() as i64;
                self.plain(Part::Spare, offset, (8 * (size - names.len())) as u32, "", "for names that the class may meet");
            }
        }
        self.end();
    }

    pub(super) fn dict_fields(&mut self, dict: &Dict) {
        self.number(16, "ma_used", dict.len());
        self.number(24, "ma_version_tag", "");
        if dict.split > 0 {
            self.number(32, "ma_keys", "the keys of the class");
            self.number(40, "ma_values", "the values");
            return;
        }
        self.number(32, "ma_keys", if dict.slots() < SMALL_TABLE { "the empty keys, shared by all" } else { "the keys" });
        self.number(40, "ma_values", "NULL");
    }

    fn keys(&mut self, dict: &Dict) {
        let slots = dict.slots();
        let width = index_width(slots);
        self.begin("ma_keys", self.memory(dict.memory.block), keys_size(dict));
        self.number(0, "dk_refcnt", 1);
        self.plain(Part::Field, 8, 1, "dk_log2_size", slots.ilog2().to_string());
        self.plain(Part::Field, 9, 1, "dk_log2_index_bytes", (slots * width).ilog2().to_string());
        self.plain(Part::Field, 10, 1, "dk_kind", if dict.is_unicode() { "1, only exact strings" } else { "0, any keys" });
        self.plain(Part::Field, 12, 4, "dk_version", dict.version.to_string());
        self.number(16, "dk_usable", dict.usable());
        self.number(24, "dk_nentries", dict.nentries());
        for slot in 0..slots.min(MOST_ITEMS) {
            let index = dict.index_at(slot);
            let (part, text) = match index {
                -1 => (Part::Spare, "-1 empty".to_owned()),
                -2 => (Part::Spare, "-2 deleted".to_owned()),
                entry => (Part::Item, entry.to_string()),
            };
            self.plain(part, (32 + slot * width) as i64, width as u32, &format!("dk_indices[{slot}]"), text);
        }
        let (first, size) = (32 + (slots * width) as i64, if dict.is_unicode() { 16 } else { 24 });
        for entry in 0..dict.nentries().min(MOST_ITEMS) {
            let at = first + size * entry as i64;
            match dict.entry(entry) {
                Some(found) => {
                    if !dict.is_unicode() {
                        self.plain(Part::Item, at, 8, &format!("entries[{entry}].me_hash"), found.hash.to_string());
                    }
                    self.refers(Part::Item, at + size - 16, &format!("entries[{entry}].me_key"), found.key);
                    self.refers(Part::Item, at + size - 8, &format!("entries[{entry}].me_value"), Some(found.value));
                }
                None => self.plain(Part::Spare, at, size as u32, &format!("entries[{entry}]"), "deleted"),
            }
        }
        self.block.more += dict.nentries().saturating_sub(MOST_ITEMS);
        if dict.usable() > 0 {
            let at = first + size * dict.nentries() as i64;
            self.plain(Part::Spare, at, size as u32 * dict.usable() as u32, "", format!("room for {} entries", dict.usable()));
        }
    }

    pub(super) fn set_fields(&mut self, set: &Set, num: u64) {
        self.number(16, "fill", set.fill());
        self.number(24, "used", set.len());
        self.number(32, "mask", set.slots() - 1);
        self.number(40, "table", if set.slots() > SMALL_TABLE { "the table" } else { "smalltable" });
        self.hash(48, "hash", num);
        self.number(56, "finger", "");
        if set.slots() <= SMALL_TABLE {
            self.entries(64, "smalltable", set);
        } else {
            self.plain(Part::Spare, 64, 128, "smalltable", "not in use");
        }
        self.number(192, "weakreflist", "");
    }

    fn entries(&mut self, offset: i64, name: &str, set: &Set) {
        for slot in 0..set.slots().min(MOST_ITEMS) {
            let at = offset + 16 * slot as i64;
            let Some(Entry { key, hash }) = set.slot(slot) else { continue };
            match key {
                Some(key) => {
                    self.refers(Part::Item, at, &format!("{name}[{slot}].key"), Some(key));
                    self.plain(Part::Item, at + 8, 8, &format!("{name}[{slot}].hash"), hash.to_string());
                }
                None => self.plain(Part::Spare, at, 16, &format!("{name}[{slot}]"), if hash == -1 { "dummy" } else { "empty" }),
            }
        }
        self.block.more += set.slots().saturating_sub(MOST_ITEMS);
    }
}

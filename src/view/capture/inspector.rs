//! Takes one object apart: header, memory, content by its kind, holders.
//!
//! `{'a': 1}`: 8 slots of index table, one of which leads to entry 0, with hash, key and value.

use super::{
    Scene, Scribe,
    edges::{Link, edges},
    text::short_name,
};
use crate::{
    heap::ObjRef,
    num::BigInt,
    objects::{Body, Objects, core_types::*, dict::Dict, set::Set, size::size_of},
    text::PyStr,
    view::{InspectorView, Part, Subject},
};

/// So many rows of one kind are shown.
const MOST: usize = 256;

/// An object, or a dead one's name.
pub fn capture(scene: &Scene<'_>, asked: &str, object: Option<ObjRef>, width: usize) -> InspectorView {
    let scribe = scene.scribe();
    let vm = scene.vm;
    let Some(object) = object else {
        return InspectorView { subject: Some(Subject { asked: asked.into(), ..Subject::default() }), ..InspectorView::default() };
    };
    let generation = vm.heap.collector.is_tracked(object).then(|| (0..3).find(|&g| vm.heap.collector.is_in(g, object))).flatten();
    InspectorView {
        subject: Some(subject(&scribe, asked, object, width)),
        address: vm.address(object),
        size: size_of(&vm.heap, object) as u64,
        generation,
        memory: super::layout::layout(vm, scene.base, object).blocks,
        parts: parts(&scribe, object, width),
        holders: scribe.holders(object),
    }
}

/// The object in a line.
pub fn subject(scribe: &Scribe<'_>, asked: &str, object: ObjRef, width: usize) -> Subject {
    Subject {
        asked: asked.into(),
        text: scribe.text(object, width),
        type_name: short_name(&scribe.vm.type_name(object)),
        serial: scribe.serial(object),
        refcount: Some(scribe.vm.heap.refcount(object).into()),
    }
}

/// Rows in the making.
struct Rows<'a> {
    scribe: Scribe<'a>,
    width: usize,
    rows: Vec<Part>,
}

impl Rows<'_> {
    fn heading(&mut self, text: String) {
        self.rows.push(Part { name: text, ..Part::default() });
    }

    fn plain(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.rows.push(Part { name: name.into(), text: text.into(), slot: None });
    }

    fn object(&mut self, name: impl Into<String>, object: ObjRef) {
        let text = self.scribe.text(object, self.width);
        self.rows.push(Part { name: name.into(), text, slot: Some(object.index()) });
    }

    fn more(&mut self, count: usize) {
        if count > MOST {
            self.plain("…", format!("{} more", count - MOST));
        }
    }
}

fn parts(scribe: &Scribe<'_>, object: ObjRef, width: usize) -> Vec<Part> {
    let vm = scribe.vm;
    let mut rows = Rows { scribe: *scribe, width, rows: Vec::new() };
    match &vm.heap.slot(object).body {
        Body::None if vm.is_int(object) => int(&mut rows, &BigInt::from(vm.small_value(object).unwrap_or(0))),
        Body::None if vm.ty(object) == FLOAT => float(&mut rows, vm.heap.slot(object).num),
        Body::BigInt(value) => int(&mut rows, value),
        Body::Str(text) => str_parts(&mut rows, text, vm.interned.is_interned(object), super::text::known_hash(vm, object)),
        body => {
            let inner = vm.heap.body(object);
            match inner {
                Body::List(items) => {
                    let allocated = crate::objects::list::allocated(vm.heap.slot(object).num);
                    rows.heading(format!("items: {} in {allocated} allocated slots", items.len()));
                    sequence(&mut rows, items);
                    if allocated > items.len() && items.len() <= MOST {
                        let free = allocated - items.len();
                        rows.plain(format!("[{}…]", items.len()), format!("{free} free slot{}", if free == 1 { "" } else { "s" }));
                    }
                }
                Body::Tuple(items) => {
                    rows.heading(format!("items: {}", items.len()));
                    sequence(&mut rows, items);
                }
                Body::Dict(dict) => dict_parts(&mut rows, dict),
                Body::Set(set) => set_parts(&mut rows, set),
                Body::Bytes(bytes) => rows.plain("bytes", bytes.len().to_string()),
                Body::ByteArray(bytes) => rows.plain("bytes", bytes.len().to_string()),
                Body::BigInt(value) => int(&mut rows, value),
                Body::Str(text) => str_parts(&mut rows, text, false, 0),
                _ => {}
            }
            let is_shown = matches!(inner, Body::List(_) | Body::Tuple(_) | Body::Dict(_) | Body::Set(_));
            if !is_shown || matches!(body, Body::Instance(_)) {
                references(&mut rows, object, is_shown);
            }
        }
    }
    rows.rows
}

/// Attributes, slots, fields: what it refers to by name.
fn references(rows: &mut Rows<'_>, object: ObjRef, without_items: bool) {
    let scribe = rows.scribe;
    let mut found: Vec<(Link, ObjRef)> = Vec::new();
    edges(scribe.vm, object, &mut |link, part| {
        let is_item = matches!(link, Link::Item(_) | Link::Key(_) | Link::Value(_) | Link::Element(_));
        if !(link == Link::Type || without_items && is_item) {
            found.push((link, part));
        }
    });
    if found.is_empty() {
        return;
    }
    rows.heading(match found.iter().all(|(link, _)| matches!(link, Link::Attribute(_) | Link::Slot(_) | Link::Dict)) {
        true => "attributes".into(),
        false => "refers to".into(),
    });
    for &(link, part) in found.iter().take(MOST) {
        rows.object(scribe.link(object, link).trim_start(), part);
    }
    rows.more(found.len());
}

fn sequence(rows: &mut Rows<'_>, items: &[ObjRef]) {
    for (index, &item) in items.iter().enumerate().take(MOST) {
        rows.object(format!("[{index}]"), item);
    }
    rows.more(items.len());
}

/// Digits of 30 bits, the lowest first.
fn int(rows: &mut Rows<'_>, value: &BigInt) {
    let negative = *value < BigInt::from(0);
    let magnitude = if negative { -value.clone() } else { value.clone() };
    let count = magnitude.bits().div_ceil(30).max(1) as usize;
    let is_zero = magnitude.bits() == 0;
    rows.heading(match (is_zero, negative) {
        (true, _) => "ob_size 0: no digits".into(),
        (false, true) => format!("ob_size -{count}: negative, {count} digit{} of 30 bits", if count == 1 { "" } else { "s" }),
        (false, false) => format!("ob_size {count}: {count} digit{} of 30 bits", if count == 1 { "" } else { "s" }),
    });
    let mask = BigInt::from((1u64 << 30) - 1);
    let mut rest = magnitude;
    for index in 0..count.min(MOST) {
        let digit: BigInt = &rest & &mask;
        rest >>= 30;
        let scale = if index == 0 { String::new() } else { format!(" × 2**{}", 30 * index) };
        rows.plain(format!("digit {index}"), format!("{digit}{scale}"));
    }
    rows.more(count);
}

fn float(rows: &mut Rows<'_>, bits: u64) {
    rows.heading("64 bits, IEEE 754".into());
    rows.plain("sign", (bits >> 63).to_string());
    rows.plain("exponent", format!("{} (2**{})", bits >> 52 & 0x7ff, (bits >> 52 & 0x7ff) as i64 - 1023));
    rows.plain("fraction", format!("{:#015x}", bits & ((1 << 52) - 1)));
}

fn str_parts(rows: &mut Rows<'_>, text: &PyStr, interned: bool, hash: u64) {
    let kind = match text.kind() {
        _ if text.is_ascii() => "1 byte a character, ASCII",
        1 => "1 byte a character, Latin-1",
        2 => "2 bytes a character",
        _ => "4 bytes a character",
    };
    rows.heading(format!("{} character{}", text.len(), if text.len() == 1 { "" } else { "s" }));
    rows.plain("kind", kind);
    rows.plain("interned", if interned { "yes: the only one with this text" } else { "no" });
    rows.plain("hash", if hash == 0 { "not computed yet".to_string() } else { (hash as i64).to_string() });
}

fn dict_parts(rows: &mut Rows<'_>, dict: &Dict) {
    let kind = if dict.is_unicode() { "all keys are str" } else { "keys of any type" };
    rows.heading(format!("{} used, {} usable, {} slots; {kind}", dict.len(), dict.usable(), dict.slots()));
    let slots = if dict.nentries() == 0 && dict.slots() == 1 { 0 } else { dict.slots() };
    if slots > 0 {
        rows.heading("index table".into());
    }
    for slot in 0..slots.min(MOST) {
        rows.plain(
            format!("slot {slot}"),
            match dict.index_at(slot) {
                -1 => "·".to_string(),
                -2 => "dummy: deleted".to_string(),
                entry => format!("→ entry {entry}"),
            },
        );
    }
    rows.more(slots);
    if dict.nentries() > 0 {
        rows.heading("entries, in order of insertion".into());
    }
    let scribe = rows.scribe;
    for index in 0..dict.nentries().min(MOST) {
        match dict.entry(index).and_then(|entry| Some((entry, entry.key?))) {
            None => rows.plain(format!("entry {index}"), "deleted"),
            Some((entry, key)) => {
                let mask = dict.slots() - 1;
                let text = format!(
                    "{}: {}   hash & {mask} = {}",
                    scribe.text(key, rows.width / 2),
                    scribe.text(entry.value, rows.width / 2),
                    entry.hash as usize & mask
                );
                rows.rows.push(Part { name: format!("entry {index}"), text, slot: Some(entry.value.index()) });
            }
        }
    }
    rows.more(dict.nentries());
}

fn set_parts(rows: &mut Rows<'_>, set: &Set) {
    rows.heading(format!("{} used, {} slots", set.len(), set.slots()));
    let mask = set.slots() - 1;
    for slot in 0..set.slots().min(MOST) {
        match set.slot(slot) {
            Some(entry) => match entry.key {
                Some(key) => {
                    let text = format!("{}   hash & {mask} = {}", rows.scribe.text(key, rows.width), entry.hash as usize & mask);
                    rows.rows.push(Part { name: format!("slot {slot}"), text, slot: Some(key.index()) });
                }
                None => rows.plain(format!("slot {slot}"), if entry.hash == -1 { "dummy: deleted" } else { "·" }),
            },
            None => rows.plain(format!("slot {slot}"), "·"),
        }
    }
    rows.more(set.slots());
}

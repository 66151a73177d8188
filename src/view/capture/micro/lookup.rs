//! Lookups: the probe sequence of a key in a dict or set, the chain of namespaces of a name, an attribute along the MRO.
//!
//! Nothing is recorded for these: where a key is sought follows from its hash and from the table before the instruction.

use super::{Maker, operand, plural};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict::Dict, equality::equal_without_python, set::Set, types::special},
    view::capture::{Level, text::short_name},
    vm::Vm,
};

/// What the next instruction looks up, if it does.
pub(super) fn lookups(maker: &mut Maker<'_>, scratch: &mut Vm) {
    let vm = maker.before.vm;
    let Some(python) = vm.frames.len().checked_sub(1).and_then(|top| Level::of(vm, top).python) else { return };
    let unit = vm.unit_at(python.unit as usize);
    let frame = python.frame;
    let stack = |depth: usize| operand(vm, depth);
    match unit.op {
        Op::LOAD_NAME => {
            let namespaces = frame.locals.into_iter().filter(|&it| it != frame.globals).map(|it| ("locals", it));
            chain(maker, namespaces.chain([("globals", frame.globals), ("builtins", frame.builtins)]).collect(), unit.object());
        }
        Op::LOAD_GLOBAL => chain(maker, vec![("globals", frame.globals), ("builtins", frame.builtins)], unit.object()),
        Op::STORE_NAME | Op::DELETE_NAME => {
            let namespace = frame.locals.unwrap_or(frame.globals);
            let word = if namespace == frame.globals { "globals" } else { "locals" };
            name_in(maker, word, namespace, unit.object(), unit.op == Op::STORE_NAME);
        }
        Op::STORE_GLOBAL | Op::DELETE_GLOBAL => name_in(maker, "globals", frame.globals, unit.object(), unit.op == Op::STORE_GLOBAL),
        Op::BINARY_SUBSCR | Op::DELETE_SUBSCR | Op::STORE_SUBSCR => {
            if let (Some(container), Some(key)) = (stack(2), stack(1)) {
                key_in(maker, scratch, container, key, unit.op == Op::STORE_SUBSCR);
            }
        }
        Op::CONTAINS_OP => {
            if let (Some(key), Some(container)) = (stack(2), stack(1)) {
                key_in(maker, scratch, container, key, false);
            }
        }
        Op::CALL => method_call(maker, scratch, unit.arg as usize),
        Op::LOAD_ATTR | Op::LOAD_METHOD => {
            if let Some(object) = stack(1) {
                attribute(maker, object, unit.object(), false);
            }
        }
        Op::STORE_ATTR | Op::DELETE_ATTR => {
            if let Some(object) = stack(1) {
                attribute(maker, object, unit.object(), true);
            }
        }
        _ => {}
    }
}

/// `d.get(k)`, `s.add(k)` and the like: the native is called with the key first.
fn method_call(maker: &mut Maker<'_>, scratch: &mut Vm, arguments: usize) {
    let vm = maker.before.vm;
    let (Some(function), Some(this)) = (operand(vm, arguments + 2), operand(vm, arguments + 1)) else { return };
    let Some(key) = operand(vm, arguments).filter(|_| arguments > 0) else { return };
    let Some(native) = vm.native_of(function) else { return };
    let of_dict = matches!(native.name, "get" | "setdefault" | "pop" | "__getitem__" | "__contains__") && vm.heap.dict(this).is_some();
    let of_set = matches!(native.name, "add" | "discard" | "remove" | "__contains__") && vm.heap.set(this).is_some();
    if of_dict || of_set {
        key_in(maker, scratch, this, key, matches!(native.name, "add" | "setdefault"));
    }
}

/// A name, namespace by namespace.
fn chain(maker: &mut Maker<'_>, namespaces: Vec<(&'static str, ObjRef)>, name: ObjRef) {
    let vm = maker.before.vm;
    let hash = vm.str_hash(name);
    for (word, namespace) in namespaces {
        let Some(dict) = vm.heap.dict(namespace) else { return };
        if probe_dict(maker, word, dict, name, hash, false) {
            return;
        }
    }
    let text = format!("{} is in no namespace: NameError", vm.name_text(name));
    maker.step("lookup", text);
}

fn name_in(maker: &mut Maker<'_>, word: &str, namespace: ObjRef, name: ObjRef, inserts: bool) {
    let vm = maker.before.vm;
    if let Some(dict) = vm.heap.dict(namespace) {
        probe_dict(maker, word, dict, name, vm.str_hash(name), inserts);
    }
}

fn key_in(maker: &mut Maker<'_>, scratch: &mut Vm, container: ObjRef, key: ObjRef, inserts: bool) {
    let vm = maker.before.vm;
    let Some(hash) = scratch.hash_without_python(key) else {
        if matches!(vm.heap.body(container), Body::Dict(_) | Body::Set(_)) {
            let text = format!("{} has a __hash__ of its own, which is called first", maker.before.name(key));
            maker.step("lookup", text);
        }
        return;
    };
    let name = maker.before.name(container);
    match vm.heap.body(container) {
        Body::Dict(dict) => {
            probe_dict(maker, &name, dict, key, hash, inserts);
        }
        Body::Set(set) => probe_set(maker, &name, set, key, hash, inserts),
        _ => {}
    }
}

/// The rows of an index table: slot, what it says, hash and key of the entry.
fn dict_rows(maker: &Maker<'_>, dict: &Dict) -> Vec<Vec<String>> {
    let mask = dict.slots() - 1;
    (0..dict.slots())
        .map(|slot| {
            let none = String::new;
            let (index, masked, hash, key) = match dict.index_at(slot) {
                -1 => ("·".into(), none(), none(), none()),
                -2 => ("dummy".into(), none(), none(), none()),
                index => match dict.entry(index as usize).and_then(|entry| Some((entry.hash, entry.key?))) {
                    Some((hash, key)) => {
                        (index.to_string(), (hash as usize & mask).to_string(), hash.to_string(), maker.before.text(key, 24))
                    }
                    None => (index.to_string(), none(), none(), "deleted".into()),
                },
            };
            vec![slot.to_string(), index, masked, key, none(), hash]
        })
        .collect()
}

const LOOK: usize = 4;

/// The probe sequence of a key. True: it is there.
fn probe_dict(maker: &mut Maker<'_>, name: &str, dict: &Dict, key: ObjRef, hash: i64, inserts: bool) -> bool {
    let vm = maker.before.vm;
    let text = maker.before.text(key, 32);
    if dict.slots() == 1 {
        let more = if inserts { ": it gets one of 8 slots" } else { "" };
        maker.step("lookup", format!("{name} is empty and has no table{more}"));
        return false;
    }
    let mask = dict.slots() - 1;
    let rows = dict_rows(maker, dict);
    let table = maker.table(&["slot", "entry", "& mask", "key", "look", "hash"], rows);
    let mut slot = hash as usize & mask;
    let mut perturb = hash as u64;
    // An insertion takes the first slot without an entry, a dummy's too.
    let mut free = None;
    let first = format!("{text} in {name}: hash {hash}; & mask {mask} is slot {slot}");
    maker.step("hash", first).on(table, None);
    for look in 1.. {
        let at = format!("{look}");
        match dict.index_at(slot) {
            -1 => {
                let text = match inserts {
                    true if dict.usable() == 0 => {
                        format!("slot {slot} is empty: {text} is not there, and no entry is usable; the table grows")
                    }
                    true => {
                        let place = free.map_or(String::new(), |free| format!(", in slot {free}, the first that is free"));
                        format!("slot {slot} is empty: {text} is not there; it becomes entry {}{place}", dict.nentries())
                    }
                    false => format!("slot {slot} is empty: {text} is not in {name}"),
                };
                maker.step("probe", text).on(table, Some(slot)).write(slot, LOOK, at);
                return false;
            }
            -2 => {
                free = free.or(Some(slot));
                maker
                    .step("probe", format!("slot {slot} is a dummy, a key was deleted there: go on"))
                    .on(table, Some(slot))
                    .write(slot, LOOK, at);
            }
            index => {
                let Some((entry, candidate)) = dict.entry(index as usize).and_then(|entry| Some((entry, entry.key?))) else { return false };
                let other = maker.before.text(candidate, 32);
                let (what, is_found) = if candidate == key {
                    ("the very same object".to_owned(), true)
                } else if entry.hash != hash {
                    (format!("another hash, {}", entry.hash), false)
                } else {
                    match equal_without_python(&vm.heap, candidate, key) {
                        Some(true) => ("the same hash, and equal".to_owned(), true),
                        Some(false) => ("the same hash, but not equal".to_owned(), false),
                        None => ("the same hash: __eq__ is called, which decides".to_owned(), true),
                    }
                };
                let found = if is_found { "found" } else { "go on" };
                let text = format!("slot {slot} leads to entry {index}, {other}: {what}; {found}");
                maker.step("compare", text).on(table, Some(slot)).write(slot, LOOK, at);
                if is_found {
                    return true;
                }
            }
        }
        perturb >>= 5;
        let next = slot.wrapping_mul(5).wrapping_add(perturb as usize).wrapping_add(1) & mask;
        maker
            .step("perturb", format!("perturb >>= 5 is {perturb}; (5 * {slot} + {perturb} + 1) & {mask} is slot {next}"))
            .on(table, Some(slot));
        slot = next;
        if look > 2 * dict.slots() + 20 {
            return false;
        }
    }
    false
}

/// Nine neighbours first, then a jump.
fn probe_set(maker: &mut Maker<'_>, name: &str, set: &Set, key: ObjRef, hash: i64, inserts: bool) {
    const LINEAR_PROBES: usize = 9;
    let vm = maker.before.vm;
    let text = maker.before.text(key, 32);
    let mask = set.slots() - 1;
    let rows = (0..set.slots())
        .map(|slot| {
            let (masked, hash, key) = match set.slot(slot).map(|entry| (entry.hash, entry.key)) {
                Some((hash, Some(key))) => ((hash as usize & mask).to_string(), hash.to_string(), maker.before.text(key, 24)),
                Some((-1, None)) => (String::new(), String::new(), "dummy".into()),
                _ => (String::new(), String::new(), "·".into()),
            };
            vec![slot.to_string(), masked, key, String::new(), hash]
        })
        .collect();
    let table = maker.table(&["slot", "& mask", "key", "look", "hash"], rows);
    let mut start = hash as usize & mask;
    let mut perturb = hash as u64;
    maker.step("hash", format!("{text} in {name}: hash {hash}; & mask {mask} is slot {start}")).on(table, None);
    let mut look = 0;
    loop {
        let neighbours = if start + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        for slot in start..=start + neighbours {
            look += 1;
            let found = set.slot(slot).map(|entry| (entry.hash, entry.key));
            let (what, is_over) = match found {
                Some((-1, None)) => ("a dummy, an element was removed there: go on".to_owned(), false),
                Some((_, None)) | None if inserts => (format!("empty: {text} is put there"), true),
                Some((_, None)) | None => (format!("empty: {text} is not in {name}"), true),
                Some((_, Some(other))) if other == key => ("the very same object: found".to_owned(), true),
                Some((other_hash, Some(other))) if other_hash != hash => {
                    (format!("{}, another hash: go on", maker.before.text(other, 24)), false)
                }
                Some((_, Some(other))) => match equal_without_python(&vm.heap, other, key) {
                    Some(true) => (format!("{}, equal: found", maker.before.text(other, 24)), true),
                    Some(false) => (format!("{}, the same hash but not equal: go on", maker.before.text(other, 24)), false),
                    None => (format!("{}: __eq__ is called, which decides", maker.before.text(other, 24)), true),
                },
            };
            maker.step("probe", format!("slot {slot}: {what}")).on(table, Some(slot)).write(slot, 3, look.to_string());
            if is_over || look > 2 * set.slots() + 20 {
                return;
            }
        }
        perturb >>= 5;
        let next = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        maker.step("perturb", format!("perturb >>= 5 is {perturb}; (5 * {start} + 1 + {perturb}) & {mask} is slot {next}")).on(table, None);
        start = next;
    }
}

/// An attribute: the classes of the MRO first, then the object's own.
fn attribute(maker: &mut Maker<'_>, object: ObjRef, name: ObjRef, is_store: bool) {
    let vm = maker.before.vm;
    let ty = vm.ty(object);
    let word = vm.name_text(name);
    let noun = maker.before.name(object);
    if let Body::Module(module) = vm.heap.body(object) {
        let hash = vm.str_hash(name);
        if let Some(dict) = vm.heap.dict(module.dict) {
            probe_dict(maker, &noun, dict, name, hash, is_store);
        }
        return;
    }
    let is_class = vm.heap.as_type(object).is_some();
    let record = vm.heap.type_of_type(ty);
    let classes: Vec<ObjRef> = vm.heap.tuple(record.mro).unwrap_or_default().to_vec();
    let own_classes: Vec<ObjRef> =
        vm.heap.as_type(object).and_then(|class| vm.heap.tuple(class.mro)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let class_name = |class: ObjRef| format!("class {}", vm.heap.as_type(class).map(|ty| short_name(&ty.name)).unwrap_or_default());
    let mut rows: Vec<Vec<String>> = classes.iter().map(|&class| vec![class_name(class), "type's MRO".into(), String::new()]).collect();
    match is_class {
        true => rows.extend(own_classes.iter().map(|&class| vec![class_name(class), "its own MRO".into(), String::new()])),
        false => rows.push(vec![noun.clone(), "its own attributes".into(), String::new()]),
    }
    let table = maker.table(&["where", "", "has it"], rows);
    let special = if is_store { special::SETATTR | special::DELATTR } else { special::GETATTRIBUTE };
    if !is_core_type(ty) && record.special & special != 0 {
        let method = if is_store { "__setattr__" } else { "__getattribute__" };
        maker.step("lookup", format!("{} defines {method}, which is called", short_name(&record.name))).on(table, None);
        return;
    }
    let count = plural(classes.len(), "class", "classes");
    maker.step("lookup", format!(".{word} of {noun}: first on its type, {count} in the MRO")).on(table, None);
    let on_type = walk(maker, table, 0, &classes, name, &word);
    let is_data = on_type.is_some_and(|found| is_data_descriptor(vm, found));
    if let Some(found) = on_type.filter(|_| is_data) {
        let text = format!("{} is a data descriptor: it goes before the object's own attributes, and decides", maker.before.name(found));
        maker.step("descriptor", text).on(table, None);
        return;
    }
    if is_store {
        let text = format!("no data descriptor on the type: .{word} is an attribute of {noun} itself");
        maker.step("own attribute", text).on(table, Some(classes.len())).write(classes.len(), 2, "written");
        return;
    }
    if is_class {
        if let Some(found) = walk(maker, table, classes.len(), &own_classes, name, &word) {
            let text = format!("{} is the result, through __get__ if it has one", maker.before.text(found, 40));
            maker.step("result", text).on(table, None);
            return;
        }
    } else {
        let own = vm.own_attr(object, name);
        let (text, cell) = match own {
            Some(value) => (format!("{noun} has .{word} itself: {} is the result", maker.before.text(value, 40)), "yes"),
            None => (format!("{noun} has no .{word} of its own"), "no"),
        };
        maker.step("own attribute", text).on(table, Some(classes.len())).write(classes.len(), 2, cell);
        if own.is_some() {
            return;
        }
    }
    let text = match on_type {
        Some(found) if matches!(vm.heap.body(found), Body::Function(_) | Body::Native(_)) => {
            format!("{} from the type is a function: bound to {noun} it is the method", maker.before.name(found))
        }
        Some(found) => format!("{} from the type is the result, through __get__ if it has one", maker.before.text(found, 40)),
        None if record.special & special::GETATTR != 0 => "nothing found: __getattr__ is called".into(),
        None => format!("nothing found: AttributeError, {word}"),
    };
    maker.step("result", text).on(table, None);
}

/// Class by class; what was found.
fn walk(maker: &mut Maker<'_>, table: usize, first: usize, classes: &[ObjRef], name: ObjRef, word: &str) -> Option<ObjRef> {
    let vm = maker.before.vm;
    let hash = vm.str_hash(name);
    for (row, &class) in (first..).zip(classes) {
        let record = vm.heap.as_type(class)?;
        let found = vm.heap.dict(record.dict).and_then(|dict| dict.find_str(&vm.heap, name, hash).map(|entry| dict.value_at(entry)));
        let class = short_name(&record.name);
        let (text, cell) = match found {
            Some(value) => (format!("{class} has {word}: {}", maker.before.text(value, 40)), "yes"),
            None => (format!("{class} has no {word}"), "no"),
        };
        maker.step("MRO", text).on(table, Some(row)).write(row, 2, cell);
        if found.is_some() {
            return found;
        }
    }
    None
}

fn is_data_descriptor(vm: &Vm, value: ObjRef) -> bool {
    match vm.ty(value) {
        PROPERTY | GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR => true,
        ty if is_core_type(ty) => false,
        ty => {
            let record = vm.heap.type_of_type(ty);
            record.special & special::GET != 0 && record.special & (special::SET | special::DELETE) != 0 || record.solid_base == PROPERTY
        }
    }
}

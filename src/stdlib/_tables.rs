//! `_tables`: the tables behind lists, dicts and sets, for tests that compare them with what `ctypes` reads in CPython.
//!
//! ```python
//! from _tables import table
//! table([1, 2, 3])      # (3, 4): the length, and the slots allocated
//! table({"a": 1})       # ((1, 8, 1, 4, 1), (-1, …, 0, …), ('a',)): used, slots, all keys strings, usable, entries
//! table({7})            # ((1, 1, 7), (None, …, 7)): fill, used, mask, and the element in each slot
//! ```
//!
//! CPython 3.11 has no such module; the fields are those of `PyListObject`, `PyDictKeysObject` and `PySetObject`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    super::add_functions(vm, dict, "_tables", vec![NativeDef::function("table", Signature::One, table)]);
}

/// A tuple of small numbers.
fn numbers(vm: &mut Vm, values: &[i64]) -> ObjRef {
    let values: Vec<ObjRef> = values.iter().map(|&value| vm.new_int(value)).collect();
    vm.new_tuple(values)
}

/// A tuple of objects, borrowed; where there is none, None.
fn objects(vm: &mut Vm, objects: &[Option<ObjRef>]) -> ObjRef {
    let owned: Vec<ObjRef> = objects
        .iter()
        .map(|object| match object {
            Some(object) => vm.own(*object),
            None => vm.none(),
        })
        .collect();
    vm.new_tuple(owned)
}

fn table(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let allocated = crate::objects::list::allocated(vm.heap.slot(object).num) as i64;
    match vm.heap.body(object) {
        Body::List(items) => {
            let len = items.len() as i64;
            done(numbers(vm, &[len, allocated]))
        }
        Body::Dict(dict) => {
            let head = [dict.len() as i64, dict.slots() as i64, i64::from(dict.is_unicode()), dict.usable() as i64, dict.nentries() as i64];
            let indices: Vec<i64> = (0..dict.slots()).map(|slot| i64::from(dict.index_at(slot))).collect();
            let keys: Vec<Option<ObjRef>> = (0..dict.nentries()).map(|entry| dict.entry(entry)?.key).collect();
            let (head, indices, keys) = (numbers(vm, &head), numbers(vm, &indices), objects(vm, &keys));
            done(vm.new_tuple([head, indices, keys]))
        }
        Body::Set(set) => {
            let head = [set.fill() as i64, set.len() as i64, set.slots() as i64 - 1];
            let keys: Vec<Option<ObjRef>> = (0..set.slots()).map(|slot| set.slot(slot)?.key).collect();
            let (head, keys) = (numbers(vm, &head), objects(vm, &keys));
            done(vm.new_tuple([head, keys]))
        }
        _ => Err(vm.type_error("a list, dict or set is wanted")),
    }
}

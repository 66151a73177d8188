//! The views and the iterator of `OrderedDict`: `odict_keys`, `odict_values`, `odict_items`, `odict_iterator`.
//!
//! The views are those of dict but for their names and their iterators, which notice another kind of change.
//! Counterpart in CPython 3.11: `PyODictKeys_Type` and its siblings in `Objects/odictobject.c`.

use crate::{
    builtins::{functions::iteration::stop, slots},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign},
    stdlib::{foreign, foreign_body, foreign_mut},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// What an iterator gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Give {
    Keys,
    Values,
    Items,
}

#[derive(Clone)]
struct Iter {
    dict: Option<ObjRef>,
    give: Give,
    backwards: bool,
    /// The entry to look at next; counted from the end if backwards.
    position: usize,
    /// Items and entries that the dict had at the start.
    size: (usize, usize),
    /// The pair given last, used again if nobody else holds it.
    pair: Option<ObjRef>,
}

impl Foreign for Iter {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.dict.iter().chain(&self.pair).for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.dict.take().into_iter().collect()
    }
}

pub fn keys_natives() -> Vec<NativeDef> {
    view(|vm, args| iter(vm, args, Give::Keys, false), |vm, args| iter(vm, args, Give::Keys, true))
}

pub fn values_natives() -> Vec<NativeDef> {
    view(|vm, args| iter(vm, args, Give::Values, false), |vm, args| iter(vm, args, Give::Values, true))
}

pub fn items_natives() -> Vec<NativeDef> {
    view(|vm, args| iter(vm, args, Give::Items, false), |vm, args| iter(vm, args, Give::Items, true))
}

fn view(forwards: crate::vm::native::NativeFn, backwards: crate::vm::native::NativeFn) -> Vec<NativeDef> {
    vec![NativeDef::wrapper("__iter__", Signature::None, forwards), NativeDef::method("__reversed__", Signature::None, backwards)]
}

pub fn iterator_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__iter__", Signature::None, slots::itself),
        NativeDef::wrapper("__next__", Signature::None, next),
        NativeDef::method("__reduce__", Signature::None, reduce),
    ]
}

/// A view of a dict.
pub fn new_view(vm: &mut Vm, ty: ObjRef, dict: ObjRef) -> ObjRef {
    vm.incref(dict);
    vm.new_derived(ty, 0, Body::Fields([Some(dict)].into_iter().collect()))
}

/// An iterator over a dict (borrowed).
pub fn new_iter(vm: &mut Vm, dict: ObjRef, give: Give, backwards: bool) -> ObjRef {
    vm.incref(dict);
    let size = size(vm, dict);
    let pair = (give == Give::Items).then(|| {
        vm.incref(NONE);
        vm.incref(NONE);
        vm.new_tuple([NONE, NONE])
    });
    vm.new_derived(ODICT_ITERATOR, 0, foreign_body(Iter { dict: Some(dict), give, backwards, position: 0, size, pair }))
}

fn size(vm: &Vm, dict: ObjRef) -> (usize, usize) {
    vm.heap.dict(dict).map_or((0, 0), |table| (table.len(), table.nentries()))
}

fn iter(vm: &mut Vm, args: Args, give: Give, backwards: bool) -> Res {
    let dict = vm.field(args.at(vm, 0), 0).unwrap_or(NONE);
    done(new_iter(vm, dict, give, backwards))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(Iter { dict: Some(dict), give, backwards, mut position, size: before, pair }) = foreign::<Iter>(vm, this).cloned() else {
        return Err(stop(vm));
    };
    if size(vm, dict) != before {
        return Err(vm.raise(RUNTIME_ERROR, "OrderedDict mutated during iteration"));
    }
    let entries = before.1;
    let found = vm.heap.dict(dict).and_then(|table| {
        while position < entries {
            let at = if backwards { entries - 1 - position } else { position };
            position += 1;
            if let Some(entry) = table.entry(at) {
                return Some(entry);
            }
        }
        None
    });
    let Some(entry) = found else {
        let held = foreign_mut::<Iter>(vm, this).and_then(|iter| iter.dict.take());
        vm.xdecref(held);
        return Err(stop(vm));
    };
    if let Some(iter) = foreign_mut::<Iter>(vm, this) {
        iter.position = position;
    }
    let key = entry.key.expect("a live entry");
    done(match (give, pair) {
        (Give::Keys, _) => vm.own(key),
        (Give::Values, _) => vm.own(entry.value),
        (Give::Items, pair) => {
            vm.incref(key);
            vm.incref(entry.value);
            match pair {
                Some(pair) => vm.reuse_tuple(pair, [key, entry.value]),
                None => vm.new_tuple([key, entry.value]),
            }
        }
    })
}

/// `(iter, ([items left],))`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let copy = foreign::<Iter>(vm, this).cloned();
    let items = match copy.filter(|copy| copy.dict.is_some()) {
        Some(copy) => {
            vm.xincref(copy.dict);
            vm.xincref(copy.pair);
            let copy = vm.new_derived(ODICT_ITERATOR, 0, foreign_body(copy));
            let items = vm.collect_now(copy);
            vm.decref(copy);
            items?
        }
        None => Vec::new(),
    };
    let list = vm.new_list(items);
    let iter = vm.dict_get_text(vm.builtins, "iter").unwrap_or(NONE);
    vm.incref(iter);
    let arguments = vm.new_tuple([list]);
    done(vm.new_tuple([iter, arguments]))
}

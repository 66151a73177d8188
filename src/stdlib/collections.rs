//! `_collections`: the part of `collections` that is not written in Python: `deque`, `defaultdict`, `OrderedDict`, the fields
//! of named tuples. Counterpart in CPython 3.11: `Modules/_collectionsmodule.c`, `Objects/odictobject.c`.

mod deque;
mod dicts;
pub mod ordered_views;

use super::{NewClass, add_class, add_functions, class_of_module, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::types::list::index_argument,
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::consume::Sink,
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    let functions = vec![Def::function("_count_elements", Signature::Range(2, 2), count_elements)];
    add_functions(vm, dict, "_collections", functions);
    deque::fill(vm, dict);
    dicts::fill(vm, dict);
    let natives = vec![
        Def::static_method("__new__", Signature::Any, new_getter),
        Def::wrapper("__get__", Signature::Range(1, 2), get),
        Def::wrapper("__set__", Signature::Range(2, 2), |vm, _| Err(vm.raise(ATTRIBUTE_ERROR, "can't set attribute"))),
        Def::wrapper("__delete__", Signature::One, |vm, _| Err(vm.raise(ATTRIBUTE_ERROR, "can't delete attribute"))),
        Def::wrapper("__repr__", Signature::None, |vm, args| {
            let (name, parts) = (vm.short_type_name(args.at(vm, 0)), getter_parts(vm, args));
            let text = vm.repr_now(parts);
            vm.decref(parts);
            let text = text?;
            done(vm.new_str(format!("{name}{text}")))
        }),
        Def::method("__reduce__", Signature::None, |vm, args| {
            let parts = getter_parts(vm, args);
            let class = vm.ty(args.at(vm, 0));
            vm.incref(class);
            done(vm.new_tuple([class, parts]))
        }),
        Def::member("__doc__", getter_doc).with_setter(set_getter_doc),
    ];
    add_class(vm, dict, NewClass { module: "_collections", name: "_tuplegetter", base: OBJECT, natives, slots: Some(&[]) });
}

/// A class of this module, borrowed.
fn class_named(vm: &Vm, name: &str) -> ObjRef {
    class_of_module(vm, "_collections", name)
}

// ── a field of a named tuple ────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone)]
struct TupleGetter {
    index: usize,
    doc: Option<ObjRef>,
}

impl Foreign for TupleGetter {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.doc.iter().for_each(|&doc| visit(doc));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.doc.take().into_iter().collect()
    }
}

/// `(index, doc)`, owned.
fn getter_parts(vm: &mut Vm, args: Args) -> ObjRef {
    let (index, doc) = foreign::<TupleGetter>(vm, args.at(vm, 0)).map_or((0, None), |getter| (getter.index, getter.doc));
    let index = vm.new_usize(index);
    let doc = vm.own(doc.unwrap_or(NONE));
    vm.new_tuple([index, doc])
}

/// `object.__getstate__()`, for `__reduce__`; owned.
pub(super) fn state_of(vm: &mut Vm, object: ObjRef) -> Result<ObjRef, Raised> {
    let name = vm.new_interned("__getstate__");
    let depth = vm.frames.len();
    let result = vm.call_attribute(object, name, &[]);
    vm.decref(name);
    match result {
        Some(result) => result.and_then(|outcome| vm.finish_now(depth, outcome)),
        None => Ok(vm.none()),
    }
}

fn new_getter(vm: &mut Vm, args: Args) -> Res {
    if args.n != 3 {
        let given = args.n.saturating_sub(1);
        return Err(vm.type_error(format!("_tuplegetter expected 2 arguments, got {given}")));
    }
    let [class, index, doc] = std::array::from_fn(|i| args.at(vm, i));
    let index = index_argument(vm, index)?.max(0) as usize;
    vm.incref(doc);
    done(vm.new_derived(class, 0, foreign_body(TupleGetter { index, doc: Some(doc) })))
}

fn get(vm: &mut Vm, args: Args) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    let index = foreign::<TupleGetter>(vm, this).map_or(0, |getter| getter.index);
    match vm.heap.tuple(object) {
        Some(items) => match items.get(index).copied() {
            Some(item) => done(vm.own(item)),
            None => Err(vm.raise(INDEX_ERROR, "tuple index out of range")),
        },
        None if object == NONE => done(vm.own(this)),
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("descriptor for index '{index}' for tuple subclasses doesn't apply to '{name}' object")))
        }
    }
}

fn getter_doc(vm: &mut Vm, args: Args) -> Res {
    let doc = foreign::<TupleGetter>(vm, args.at(vm, 0)).and_then(|getter| getter.doc).unwrap_or(NONE);
    done(vm.own(doc))
}

fn set_getter_doc(vm: &mut Vm, args: Args) -> Res {
    let (this, doc) = (args.at(vm, 0), args.get(vm, 1));
    vm.xincref(doc);
    let old = foreign_mut::<TupleGetter>(vm, this).and_then(|getter| std::mem::replace(&mut getter.doc, doc));
    vm.xdecref(old);
    done(vm.none())
}

// ── counting ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `_count_elements(mapping, iterable)`: `mapping[item] = mapping.get(item, 0) + 1` for each item.
fn count_elements(vm: &mut Vm, args: Args) -> Res {
    let (mapping, iterable) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.dict(mapping).is_none() {
        let given = vm.type_name(mapping);
        return Err(vm.type_error(format!("_count_elements() argument must be a dict, not {given}")));
    }
    vm.incref(mapping);
    vm.consume(iterable, Count { mapping })
}

#[derive(Clone)]
struct Count {
    mapping: ObjRef,
}

impl Count {
    fn count(&self, vm: &mut Vm, item: ObjRef) -> Result<(), Raised> {
        let after = match vm.dict_lookup_now(self.mapping, item)? {
            None => vm.new_int(1),
            Some(count) => {
                vm.incref(count);
                let one = vm.new_int(1);
                let depth = vm.frames.len();
                let sum = vm.number_add(count, one).and_then(|outcome| vm.finish_now(depth, outcome));
                vm.decref(count);
                vm.decref(one);
                sum?
            }
        };
        let result = vm.dict_set_now(self.mapping, item, after);
        vm.decref(after);
        result
    }
}

impl Sink for Count {
    fn name(&self) -> &'static str {
        "_count_elements"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let result = self.count(vm, item);
        vm.decref(item);
        result.map(|()| None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        Ok(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.mapping);
    }
}

//! The methods of `dict` and of its views.
//!
//! Looking a key up may call `__hash__` and `__eq__` written in Python: the operations of `vm/protocol/item` wait for them.
//! Counterpart in CPython 3.11: `Objects/dictobject.c`. `d.keys() & other` is a set.

use crate::{
    builtins::slots,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        protocol::item::each::ForEach,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use {
        NativeDef as Def,
        Signature::{Any, One, Range},
    };
    let mut rows = slots::comparisons();
    rows.extend([
        Def::static_method("__new__", Any, new),
        Def::wrapper("__init__", Any, init),
        Def::wrapper("__repr__", Signature::None, slots::repr),
        Def::wrapper("__len__", Signature::None, slots::length),
        Def::wrapper("__iter__", Signature::None, iter::<0>),
        Def::method("__reversed__", Signature::None, iter::<3>),
        Def::method("__getitem__", One, get_item),
        Def::wrapper("__setitem__", Range(2, 2), slots::set_item),
        Def::wrapper("__delitem__", One, slots::del_item),
        Def::method("__contains__", One, slots::contains),
        Def::wrapper("__or__", One, slots::binary::<7>),
        Def::wrapper("__ror__", One, slots::reflected::<7>),
        Def::wrapper("__ior__", One, or_in_place),
        Def::method("__sizeof__", Signature::None, super::object::measured),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::method("clear", Signature::None, clear),
        Def::method("copy", Signature::None, copy),
        Def::class_method("fromkeys", Range(1, 2), fromkeys),
        Def::method("get", Range(1, 2), get),
        Def::method("items", Signature::None, view::<2>),
        Def::method("keys", Signature::None, view::<0>),
        Def::method("pop", Range(1, 2), pop),
        Def::method("popitem", Signature::None, popitem),
        Def::method("setdefault", Range(1, 2), setdefault),
        Def::method("update", Any, update).packing(),
        Def::method("values", Signature::None, view::<1>),
    ]);
    rows
}

/// `dict_keys` and `dict_items`, which behave like sets.
pub fn set_view_natives() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::One};
    let mut rows = slots::comparisons();
    rows.extend([
        Def::wrapper("__and__", One, slots::binary::<1>),
        Def::wrapper("__rand__", One, slots::reflected::<1>),
        Def::wrapper("__or__", One, slots::binary::<7>),
        Def::wrapper("__ror__", One, slots::reflected::<7>),
        Def::wrapper("__sub__", One, slots::binary::<10>),
        Def::wrapper("__rsub__", One, slots::reflected::<10>),
        Def::wrapper("__xor__", One, slots::binary::<12>),
        Def::wrapper("__rxor__", One, slots::reflected::<12>),
        Def::wrapper("__contains__", One, slots::contains),
        Def::method("isdisjoint", One, super::set::is_disjoint),
    ]);
    rows.extend(values_natives());
    rows
}

/// `dict_values`, and what all views have.
pub fn values_natives() -> Vec<NativeDef> {
    use NativeDef as Def;
    vec![
        Def::wrapper("__repr__", Signature::None, slots::repr),
        Def::wrapper("__len__", Signature::None, slots::length),
        Def::wrapper("__iter__", Signature::None, view_iter::<0>),
        Def::method("__reversed__", Signature::None, view_iter::<3>),
        Def::getter("mapping", mapping),
    ]
}

/// The iterators by kind: keys, values, items, and the same backwards.
const ITERATORS: [ObjRef; 6] =
    [DICT_KEYITERATOR, DICT_VALUEITERATOR, DICT_ITEMITERATOR, DICT_REVERSEKEYITERATOR, DICT_REVERSEVALUEITERATOR, DICT_REVERSEITEMITERATOR];
const VIEWS: [ObjRef; 3] = [DICT_KEYS, DICT_VALUES, DICT_ITEMS];

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if class == DICT {
        // Past the free list, and not tracked before something trackable is in it.
        let dict = vm.alloc_generic(DICT, 0, Body::Dict(Box::default()));
        vm.heap.collector.untrack(dict);
        return done(dict);
    }
    done(vm.new_instance(class))
}

/// `dict(other, **keywords)`
fn init(vm: &mut Vm, args: Args) -> Res {
    // `dict(a=1)` puts the names in as they come.
    if vm.ty(args.at(vm, 0)) == DICT && args.n == 1 {
        let this = args.at(vm, 0);
        let keywords = args.keywords(vm);
        keywords.into_iter().try_for_each(|(name, value)| vm.dict_set_now(this, name, value))?;
        return done(vm.none());
    }
    update_named(vm, args, "dict")
}

fn update(vm: &mut Vm, args: Args) -> Res {
    update_named(vm, args, "update")
}

fn update_named(vm: &mut Vm, args: Args, name: &str) -> Res {
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("{name} expected at most 1 argument, got {given}")));
    }
    let (this, other) = (args.at(vm, 0), args.get(vm, 1));
    let keywords = args.keywords(vm);
    update_from(vm, this, other, &keywords)
}

/// `dict.update(other, **keywords)`, all borrowed; the result is None.
pub fn update_from(vm: &mut Vm, this: ObjRef, other: Option<ObjRef>, keywords: &[(ObjRef, ObjRef)]) -> Res {
    let keywords: Vec<ObjRef> = keywords.iter().flat_map(|&(key, value)| [key, value]).collect();
    match other {
        None => {
            set_keywords(vm, this, &keywords)?;
            done(vm.none())
        }
        Some(other) if keywords.is_empty() => vm.dict_update(this, other),
        Some(other) => {
            let mut refs = vec![this, other];
            refs.extend(keywords);
            vm.call_then(
                "dict.update",
                &refs,
                |vm, refs| vm.dict_update(refs[0], refs[1]),
                |vm, refs, none| {
                    vm.decref(none);
                    set_keywords(vm, refs[0], &refs[2..])?;
                    done(vm.none())
                },
            )
        }
    }
}

/// What comes by name; only an OrderedDict takes keys that are no names, from `d.update(**{1: 2})`.
fn set_keywords(vm: &mut Vm, dict: ObjRef, keywords: &[ObjRef]) -> Result<(), super::Raised> {
    let takes_any = &*vm.heap.type_of_type(vm.ty(dict)).name == "collections.OrderedDict";
    if !takes_any && keywords.chunks_exact(2).any(|pair| vm.heap.str(pair[0]).is_none()) {
        return Err(vm.type_error("keywords must be strings"));
    }
    // The keywords are a dict of their own in CPython, and an empty dict gets a copy of its table.
    let is_empty = vm.heap.dict(dict).is_some_and(|table| table.is_empty()) && !keywords.is_empty();
    let target = if is_empty { vm.new_dict() } else { vm.own(dict) };
    let mut result = keywords.chunks_exact(2).try_for_each(|pair| vm.dict_set_now(target, pair[0], pair[1]));
    if is_empty && result.is_ok() {
        result = vm.dict_update_now(dict, target);
    }
    vm.decref(target);
    result
}

fn iter<const KIND: usize>(vm: &mut Vm, args: Args) -> Res {
    let dict = args.at(vm, 0);
    done(vm.new_dict_iter(ITERATORS[KIND], dict))
}

fn get_item(vm: &mut Vm, args: Args) -> Res {
    vm.dict_subscript(args.at(vm, 0), args.at(vm, 1))
}

fn or_in_place(vm: &mut Vm, args: Args) -> Res {
    let (dict, other) = (args.at(vm, 0), args.at(vm, 1));
    vm.call_then(
        "dict.__ior__",
        &[dict, other],
        |vm, refs| vm.dict_update(refs[0], refs[1]),
        |vm, refs, none| {
            vm.decref(none);
            done(vm.own(refs[0]))
        },
    )
}

fn clear(vm: &mut Vm, args: Args) -> Res {
    let dict = args.at(vm, 0);
    let of_nodes = crate::objects::ordered::take_all(&mut vm.heap, dict);
    let old = vm.heap.dict_mut(dict).expect("a dict").take_all();
    for (key, value) in old {
        vm.decref(key);
        vm.decref(value);
    }
    crate::objects::dict::settle(&mut vm.heap, dict);
    vm.decref_all(of_nodes);
    done(vm.none())
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let dict = args.at(vm, 0);
    done(vm.dict_copy(dict))
}

fn get(vm: &mut Vm, args: Args) -> Res {
    let (dict, key) = (args.at(vm, 0), args.at(vm, 1));
    let default = args.get(vm, 2).unwrap_or(NONE);
    vm.dict_get_or(dict, key, default)
}

fn setdefault(vm: &mut Vm, args: Args) -> Res {
    let (dict, key) = (args.at(vm, 0), args.at(vm, 1));
    let default = args.get(vm, 2).unwrap_or(NONE);
    vm.dict_setdefault(dict, key, default)
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let (dict, key, default) = (args.at(vm, 0), args.at(vm, 1), args.get(vm, 2));
    if vm.heap.dict(dict).expect("a dict").is_empty() {
        // Nothing is hashed.
        return match default {
            Some(default) => done(vm.own(default)),
            None => Err(vm.key_error(key)),
        };
    }
    vm.dict_pop(dict, key, default)
}

fn popitem(vm: &mut Vm, args: Args) -> Res {
    let dict = args.at(vm, 0);
    match crate::objects::dict::pop_last(&mut vm.heap, dict) {
        Some((key, value)) => done(vm.new_tuple([key, value])),
        None => {
            let message = vm.new_str("popitem(): dictionary is empty");
            Err(vm.raise_object(KEY_ERROR, message))
        }
    }
}

fn view<const KIND: usize>(vm: &mut Vm, args: Args) -> Res {
    let dict = args.at(vm, 0);
    vm.incref(dict);
    done(vm.alloc_tracked(VIEWS[KIND], 0, Body::Fields([Some(dict)].into_iter().collect())))
}

/// `fromkeys(iterable, value=None)`: with a class that overrides things, through its methods.
pub fn fromkeys(vm: &mut Vm, args: Args) -> Res {
    let (class, iterable) = (args.at(vm, 0), args.at(vm, 1));
    let value = args.get(vm, 2).unwrap_or(NONE);
    vm.start_native(FromKeys { class, iterable, value, dict: None })
}

#[derive(Clone)]
struct FromKeys {
    /// The operands are borrowed.
    class: ObjRef,
    iterable: ObjRef,
    value: ObjRef,
    dict: Option<ObjRef>,
}

impl Native for FromKeys {
    fn name(&self) -> &'static str {
        "dict.fromkeys"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let outcome = match (self.dict, input.take()) {
                (None, None) => vm.call(self.class, &[])?,
                (None, Some(dict)) => {
                    self.dict = Some(dict);
                    let more = match vm.heap.body(self.iterable) {
                        Body::Dict(source) if vm.ty(self.iterable) == DICT => Some((source.len(), source.is_unicode())),
                        Body::Set(source) if matches!(vm.ty(self.iterable), SET | FROZENSET) => Some((source.len(), false)),
                        _ => None,
                    };
                    if let Some((more, unicode)) = more
                        && vm.ty(dict) == DICT
                        && let Some(table) = vm.heap.dict_mut(dict)
                        && table.is_empty()
                    {
                        table.reserve_for_keys(more, unicode);
                        crate::objects::dict::settle(&mut vm.heap, dict);
                    }
                    vm.start_native(Fill { dict, iterable: self.iterable, value: self.value, iterator: None, key: None })?
                }
                (Some(dict), value) => {
                    vm.xdecref(value);
                    self.dict = None;
                    return done(dict);
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.dict.iter().for_each(|&dict| visit(dict));
    }
}

/// `dict[key] = value` for each key of an iterable; operands borrowed.
#[derive(Clone)]
struct Fill {
    dict: ObjRef,
    iterable: ObjRef,
    value: ObjRef,
    iterator: Option<ObjRef>,
    key: Option<ObjRef>,
}

impl Native for Fill {
    fn name(&self) -> &'static str {
        "dict.fromkeys"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return done(vm.none()),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, self.key, input.take()) {
                (None, _, None) => vm.get_iter(self.iterable)?,
                (None, _, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    continue;
                }
                (Some(iterator), None, None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(key)) => Outcome::Done(key),
                    Outcome::Done(None) => return done(vm.none()),
                    Outcome::Pushed => Outcome::Pushed,
                },
                (_, None, Some(key)) => {
                    self.key = Some(key);
                    if vm.ty(self.dict) == DICT {
                        vm.dict_set(self.dict, key, self.value)?
                    } else {
                        vm.set_item(self.dict, key, self.value)?
                    }
                }
                (_, Some(key), none) => {
                    vm.xdecref(none);
                    vm.decref(key);
                    self.key = None;
                    continue;
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.key).for_each(|&object| visit(object));
    }
}

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

fn view_iter<const BACK: usize>(vm: &mut Vm, args: Args) -> Res {
    let view = args.at(vm, 0);
    let dict = vm.view_dict(view).expect("a view's dict");
    let kind = VIEWS.iter().position(|&ty| ty == vm.ty(view)).unwrap_or(0);
    done(vm.new_dict_iter(ITERATORS[kind + BACK], dict))
}

fn mapping(vm: &mut Vm, args: Args) -> Res {
    let dict = vm.view_dict(args.at(vm, 0)).expect("a view's dict");
    vm.incref(dict);
    done(vm.alloc_tracked(MAPPINGPROXY, 0, Body::Fields([Some(dict)].into_iter().collect())))
}

/// Feeds the items of an iterable to a function, until that answers True; a bool.
pub fn any_item(vm: &mut Vm, name: &'static str, iterable: ObjRef, target: ObjRef, step: fn(&mut Vm, &mut ForEach, ObjRef) -> Res) -> Res {
    vm.for_each(ForEach::new(name, iterable, target, step, |vm, _| done(vm.new_bool(false))))
}

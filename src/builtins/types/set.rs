//! The methods and operators of `set` and `frozenset`.
//!
//! Other sets are merged without a frame; any other iterable is walked by a native frame, as its items may come from
//! Python code. Counterpart in CPython 3.11: `Objects/setobject.c`.

use crate::{
    builtins::slots,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, set::Set},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        protocol::{after::After, item::each::ForEach},
        raised::done,
    },
};

/// `set`
pub fn natives() -> Vec<NativeDef> {
    use {
        NativeDef as Def,
        Signature::{Any, One, Range},
    };
    let mut rows = common();
    rows.extend([
        Def::static_method("__new__", Any, new_set),
        Def::wrapper("__init__", Any, init),
        Def::wrapper("__iand__", One, in_place::<1>),
        Def::wrapper("__ior__", One, in_place::<7>),
        Def::wrapper("__isub__", One, in_place::<10>),
        Def::wrapper("__ixor__", One, in_place::<12>),
        Def::method("add", One, add),
        Def::method("clear", Signature::None, clear),
        Def::method("copy", Signature::None, copy_set),
        Def::method("discard", One, discard),
        Def::method("pop", Signature::None, pop),
        Def::method("remove", One, remove),
        Def::method("update", Range(0, usize::MAX), update).packing(),
        Def::method("difference_update", Range(0, usize::MAX), difference_update).packing(),
        Def::method("intersection_update", Range(0, usize::MAX), intersection_update).packing(),
        Def::method("symmetric_difference_update", One, symmetric_difference_update),
    ]);
    rows
}

/// `frozenset`
pub fn frozen_natives() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::Any};
    let mut rows = common();
    rows.extend([
        Def::static_method("__new__", Any, new_frozenset),
        Def::wrapper("__hash__", Signature::None, hash),
        Def::method("copy", Signature::None, copy_frozenset),
    ]);
    rows
}

fn common() -> Vec<NativeDef> {
    use {
        NativeDef as Def,
        Signature::{One, Range},
    };
    let mut rows = slots::comparisons();
    rows.extend([
        Def::wrapper("__repr__", Signature::None, slots::repr),
        Def::wrapper("__len__", Signature::None, slots::length),
        Def::wrapper("__iter__", Signature::None, iter),
        Def::method("__contains__", One, slots::contains),
        Def::wrapper("__and__", One, slots::binary::<1>),
        Def::wrapper("__rand__", One, slots::reflected::<1>),
        Def::wrapper("__or__", One, slots::binary::<7>),
        Def::wrapper("__ror__", One, slots::reflected::<7>),
        Def::wrapper("__sub__", One, slots::binary::<10>),
        Def::wrapper("__rsub__", One, slots::reflected::<10>),
        Def::wrapper("__xor__", One, slots::binary::<12>),
        Def::wrapper("__rxor__", One, slots::reflected::<12>),
        Def::method("__reduce__", Signature::None, reduce),
        Def::method("__sizeof__", Signature::None, super::object::measured),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::method("union", Range(0, usize::MAX), union).packing(),
        Def::method("intersection", Range(0, usize::MAX), intersection).packing(),
        Def::method("difference", Range(0, usize::MAX), difference).packing(),
        Def::method("symmetric_difference", One, symmetric_difference),
        Def::method("isdisjoint", One, is_disjoint),
        Def::method("issubset", One, is_subset),
        Def::method("issuperset", One, is_superset),
    ]);
    rows
}

fn table(vm: &Vm, set: ObjRef) -> &Set {
    vm.heap.set(set).expect("a set")
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

fn new_set(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, Body::Set(Box::default())))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let init = vm.names.init;
    let plain = |vm: &mut Vm| vm.type_lookup(vm.ty(set), init) == vm.type_lookup(SET, init);
    if args.kwnames.is_some() && (vm.ty(set) == SET || plain(vm)) {
        return Err(vm.type_error("set() takes no keyword arguments"));
    }
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("set expected at most 1 argument, got {given}")));
    }
    let old = vm.heap.set_mut(set).expect("a set").take_all();
    vm.decref_all(old);
    crate::objects::set::settle(&mut vm.heap, set);
    match args.get(vm, 1) {
        Some(iterable) => vm.set_update(set, iterable),
        None => done(vm.none()),
    }
}

fn new_frozenset(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let init = vm.names.init;
    if args.kwnames.is_some() && (class == FROZENSET || vm.type_lookup(class, init) == vm.type_lookup(FROZENSET, init)) {
        return Err(vm.type_error("frozenset() takes no keyword arguments"));
    }
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("frozenset expected at most 1 argument, got {given}")));
    }
    let iterable = args.get(vm, 1);
    if let Some(iterable) = iterable
        && class == FROZENSET
        && vm.ty(iterable) == FROZENSET
    {
        return done(vm.own(iterable));
    }
    let set = vm.new_derived(class, 0, Body::Set(Box::default()));
    match iterable {
        None => done(set),
        Some(iterable) => filled(vm, "frozenset", set, iterable),
    }
}

/// The set (owned), once the items of an iterable are in it.
fn filled(vm: &mut Vm, name: &'static str, set: ObjRef, iterable: ObjRef) -> Res {
    let depth = vm.frames.len();
    let result = vm.set_update(set, iterable);
    let then = After::new(name, &[set], 0, |vm, state, none| {
        vm.decref(none);
        done(vm.own(state.refs[0]))
    });
    vm.after(depth, result, then.owning([set]))
}

/// A set with the items of an iterable, on the Rust stack for items of builtin containers; a native frame else.
fn with_set(vm: &mut Vm, this: ObjRef, other: ObjRef, then: fn(&mut Vm, &[ObjRef], ObjRef) -> Res) -> Res {
    if vm.heap.set(other).is_some() {
        let other = vm.own(other);
        return then(vm, &[this], other);
    }
    vm.call_then(
        "set",
        &[this, other],
        |vm, refs| {
            let set = vm.new_set_from(SET, Set::default());
            filled(vm, "set", set, refs[1])
        },
        then,
    )
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let used = table(vm, set).len();
    vm.incref(set);
    let iter = crate::objects::iter::Iter::Set { set: Some(set), used, slot: 0 };
    done(vm.alloc_tracked(SET_ITERATOR, 0, Body::Iter(Box::new(iter))))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let hash = crate::num::hash::hash_frozenset(table(vm, set).iter().map(|(_, hash)| hash));
    done(vm.new_int(hash))
}

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let items: Vec<ObjRef> = table(vm, set).iter().map(|(key, _)| key).collect();
    items.iter().for_each(|&item| vm.incref(item));
    let items = vm.new_list(items);
    let args = vm.new_tuple([items]);
    let class = vm.ty(set);
    vm.incref(class);
    let depth = vm.frames.len();
    let state = vm.call_method(set, "__getstate__", &[]).and_then(|outcome| vm.finish_now(depth, outcome));
    match state {
        Ok(state) => done(vm.new_tuple([class, args, state])),
        Err(raised) => {
            vm.decref_all([class, args]);
            Err(raised)
        }
    }
}

// ── elements ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn add(vm: &mut Vm, args: Args) -> Res {
    vm.set_add(args.at(vm, 0), args.at(vm, 1))
}

fn discard(vm: &mut Vm, args: Args) -> Res {
    let (set, key) = (args.at(vm, 0), args.at(vm, 1));
    vm.call_then(
        "set.discard",
        &[set, key],
        |vm, refs| {
            let found = vm.set_discard(refs[0], refs[1]);
            vm.bool_result(found)
        },
        |vm, _, found| {
            vm.decref(found);
            done(vm.none())
        },
    )
}

fn remove(vm: &mut Vm, args: Args) -> Res {
    vm.set_remove(args.at(vm, 0), args.at(vm, 1))
}

fn clear(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let old = vm.heap.set_mut(set).expect("a set").take_all();
    vm.decref_all(old);
    crate::objects::set::settle(&mut vm.heap, set);
    done(vm.none())
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    // CPython goes on where the last pop ended: the number bits of the slot are its finger.
    let finger = vm.heap.slot(set).num as usize;
    let content = table(vm, set);
    if content.is_empty() {
        let message = vm.new_str("pop from an empty set");
        return Err(vm.raise_object(KEY_ERROR, message));
    }
    let slots = content.slots();
    let start = finger & (slots - 1);
    let slot = (0..slots)
        .map(|i| (start + i) % slots)
        .find(|&slot| content.slot(slot).is_some_and(|entry| entry.key.is_some()))
        .expect("a set that is not empty has an element");
    let key = vm.heap.set_mut(set).expect("a set").remove(slot);
    vm.heap.slot_mut(set).num = slot as u64 + 1;
    done(key)
}

// ── whole sets ──────────────────────────────────────────────────────────────────────────────────────────────────────

fn copy_set(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    done(vm.set_copy(SET, set))
}

fn copy_frozenset(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    if vm.ty(set) == FROZENSET {
        return done(vm.own(set));
    }
    done(vm.set_copy(FROZENSET, set))
}

/// The operands, which as in CPython a tuple holds once more.
fn packed(vm: &mut Vm, args: Args) -> Vec<ObjRef> {
    let others = args.from(vm, 1);
    others.iter().for_each(|&other| vm.incref(other));
    others
}

fn kind(vm: &Vm, set: ObjRef) -> ObjRef {
    vm.core_of(set)
}

fn update(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let others = packed(vm, args);
    vm.start_native(Chain { name: "set.update", set, others, next: 0, step: Vm::set_update, owns: false })
}

fn union(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let others = packed(vm, args);
    let ty = kind(vm, this);
    let set = vm.set_copy(ty, this);
    vm.start_native(Chain { name: "set.union", set, others, next: 0, step: Vm::set_update, owns: true })
}

fn difference_update(vm: &mut Vm, args: Args) -> Res {
    let set = args.at(vm, 0);
    let others = packed(vm, args);
    vm.start_native(Chain { name: "set.difference_update", set, others, next: 0, step: subtract, owns: false })
}

fn difference(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let ty = kind(vm, this);
    // The first one may be a set: then the result is built in CPython's order.
    let first = args.get(vm, 1).filter(|&other| vm.heap.set(other).is_some() || vm.ty(other) == DICT);
    let set = match first {
        Some(other) if vm.ty(other) == DICT => {
            let keys = vm.new_set_from(SET, Set::default());
            let filled = vm.set_update(keys, other);
            let depth = vm.frames.len();
            let result = filled
                .and_then(|outcome| vm.finish_now(depth, outcome))
                .and_then(|none| {
                    vm.decref(none);
                    vm.set_difference(ty, this, keys)
                })
                .and_then(|outcome| vm.finish_now(depth, outcome));
            vm.decref(keys);
            result?
        }
        Some(other) => {
            let depth = vm.frames.len();
            let outcome = vm.set_difference(ty, this, other)?;
            vm.finish_now(depth, outcome)?
        }
        None => vm.set_copy(ty, this),
    };
    let others = packed(vm, args);
    let next = usize::from(first.is_some());
    vm.start_native(Chain { name: "set.difference", set, others, next, step: subtract, owns: true })
}

/// `set -= iterable`; the result is None.
fn subtract(vm: &mut Vm, set: ObjRef, other: ObjRef) -> Res {
    if vm.heap.set(other).is_some() {
        return vm.set_difference_update(set, other);
    }
    vm.for_each(ForEach::new(
        "set.difference",
        other,
        set,
        |vm, each, item| {
            check_hashable_in(vm, each.target, item)?;
            let found = vm.set_discard(each.target, item)?;
            match found {
                Outcome::Done(_) => done(vm.none()),
                Outcome::Pushed => Ok(Outcome::Pushed),
            }
        },
        |vm, each| {
            vm.set_compact(each.target);
            done(vm.none())
        },
    ))
}

fn intersection(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let others = packed(vm, args);
    let ty = kind(vm, this);
    if others.is_empty() {
        return done(vm.set_copy(ty, this));
    }
    vm.incref(this);
    vm.start_native(Intersection { ty, set: this, others, next: 0, result: None, update: None })
}

fn intersection_update(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let others = packed(vm, args);
    if others.is_empty() {
        // The set gets the table of a copy of itself, which may be in another order.
        let copy = vm.set_copy(SET, this);
        let table = std::mem::take(vm.heap.set_mut(copy).expect("a set"));
        let old = std::mem::replace(vm.heap.set_mut(this).expect("a set"), table);
        *vm.heap.set_mut(copy).expect("a set") = old;
        vm.decref(copy);
        return done(vm.none());
    }
    vm.incref(this);
    vm.start_native(Intersection { ty: SET, set: this, others, next: 0, result: None, update: Some(this) })
}

fn symmetric_difference(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    let ty = kind(vm, this);
    // The other's items first, then this set's, as CPython does.
    let set = vm.new_set_from(ty, Set::default());
    let depth = vm.frames.len();
    let filled = filled(vm, "set", set, other);
    let then = After::new("set.symmetric_difference", &[this], 0, |vm, state, set| {
        state.owned.push(set);
        let depth = vm.frames.len();
        let result = vm.set_symmetric_difference_update(set, state.refs[0]);
        let then = After::new("set.symmetric_difference", &[set], 0, |vm, state, none| {
            vm.decref(none);
            done(vm.own(state.refs[0]))
        });
        vm.after(depth, result, then)
    });
    vm.after(depth, filled, then)
}

fn symmetric_difference_update(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(other) == DICT {
        return toggle_keys(vm, this, other);
    }
    with_set(vm, this, other, |vm, refs, other| {
        let depth = vm.frames.len();
        let result = vm.set_symmetric_difference_update(refs[0], other);
        vm.after(depth, result, After::new("set", &[], 0, |_, _, none| done(none)).owning([other]))
    })
}

/// Keys of a dict come one by one, without making room for all of them.
fn toggle_keys(vm: &mut Vm, set: ObjRef, dict: ObjRef) -> Res {
    let mut position = 0;
    while let Some((key, hash)) = vm.next_key(dict, &mut position) {
        vm.incref(key);
        match vm.set_has_now(set, key, hash) {
            Ok(Some(slot)) => {
                let removed = vm.heap.set_mut(set).expect("a set").remove(slot);
                vm.decref(removed);
            }
            Ok(None) => vm.set_insert(set, key, hash),
            Err(raised) => {
                vm.decref(key);
                return Err(raised);
            }
        }
        vm.decref(key);
    }
    done(vm.none())
}

fn in_place<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.set(other).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let depth = vm.frames.len();
    let result = match OP {
        1 => vm.set_intersection_update(this, other),
        7 => vm.set_merge(this, other),
        10 => vm.set_difference_update(this, other),
        _ => vm.set_symmetric_difference_update(this, other),
    };
    let then = After::new("set", &[this], 0, |vm, state, none| {
        vm.decref(none);
        done(vm.own(state.refs[0]))
    });
    vm.after(depth, result, then)
}

// ── relations ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// `a.isdisjoint(b)` of sets and dict views: no item of `b` is in `a`.
pub fn is_disjoint(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if this == other && vm.heap.set(this).is_some() {
        let empty = table(vm, this).is_empty();
        return done(vm.new_bool(empty));
    }
    if vm.heap.set(this).is_some() && vm.heap.set(other).is_some() {
        return vm.set_is_disjoint(this, other);
    }
    vm.call_then(
        "isdisjoint",
        &[this, other],
        |vm, refs| {
            super::dict::any_item(vm, "isdisjoint", refs[1], refs[0], |vm, each, item| {
                check_hashable_in(vm, each.target, item)?;
                let found = vm.contains_builtin(each.target, item);
                vm.bool_result(found)
            })
        },
        |vm, _, found| {
            vm.decref(found);
            done(vm.new_bool(found != TRUE))
        },
    )
}

/// Unlike `in`, these methods don't find a set where an equal frozenset is.
fn check_hashable_in(vm: &mut Vm, target: ObjRef, item: ObjRef) -> Result<(), Raised> {
    if vm.heap.set(target).is_some() && vm.core_of(item) == SET {
        vm.hash_now(item)?;
    }
    Ok(())
}

fn is_subset(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    with_set(vm, this, other, |vm, refs, other| compare(vm, refs[0], other, 1, other))
}

fn is_superset(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.set(other).is_some() {
        return vm.compare_method(other, this, 1);
    }
    // The first item that is missing decides.
    vm.call_then(
        "issuperset",
        &[this, other],
        |vm, refs| {
            super::dict::any_item(vm, "issuperset", refs[1], refs[0], |vm, each, item| {
                check_hashable_in(vm, each.target, item)?;
                let depth = vm.frames.len();
                let found = vm.contains_builtin(each.target, item);
                let found = vm.bool_result(found);
                let missing = |vm: &mut Vm, _: &mut After, found| {
                    vm.decref(found);
                    done(vm.new_bool(found != TRUE))
                };
                vm.after(depth, found, After::new("issuperset", &[], 0, missing))
            })
        },
        |vm, _, missing| {
            vm.decref(missing);
            done(vm.new_bool(missing != TRUE))
        },
    )
}

/// `a <= b`; gives up `held` at the end.
fn compare(vm: &mut Vm, a: ObjRef, b: ObjRef, op: u32, held: ObjRef) -> Res {
    let depth = vm.frames.len();
    let result = vm.compare_method(a, b, op);
    vm.after(depth, result, After::new("set", &[], 0, |_, _, verdict| done(verdict)).owning([held]))
}

// ── several operands ────────────────────────────────────────────────────────────────────────────────────────────────

/// A set changed by one iterable after the other.
#[derive(Clone)]
struct Chain {
    name: &'static str,
    set: ObjRef,
    others: Vec<ObjRef>,
    next: usize,
    step: fn(&mut Vm, ObjRef, ObjRef) -> Res,
    /// The set is a new one, and the result; otherwise it is borrowed and the result is None.
    owns: bool,
}

impl Native for Chain {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        while let Some(&other) = self.others.get(self.next) {
            self.next += 1;
            match (self.step)(vm, self.set, other)? {
                Outcome::Done(none) => vm.decref(none),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        if self.owns {
            self.owns = false;
            return done(self.set);
        }
        done(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.others.iter().for_each(|&other| visit(other));
        if self.owns {
            visit(self.set);
        }
    }
}

/// `set.intersection(*others)`: one after the other; with an iterable that is no set, its items are looked up.
#[derive(Clone)]
struct Intersection {
    ty: ObjRef,
    /// What was common so far.
    set: ObjRef,
    others: Vec<ObjRef>,
    next: usize,
    /// The result of the iteration under way.
    result: Option<ObjRef>,
    /// The set that gets the result; borrowed.
    update: Option<ObjRef>,
}

impl Native for Intersection {
    fn name(&self) -> &'static str {
        "set.intersection"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            match self.result {
                Some(_) => vm.decref(value),
                // the intersection of two sets
                None => self.result = Some(value),
            }
            self.step_done(vm);
        }
        while let Some(&other) = self.others.get(self.next) {
            self.next += 1;
            if vm.heap.set(other).is_some() {
                match vm.set_intersection(self.ty, self.set, other)? {
                    Outcome::Done(common) => {
                        self.result = Some(common);
                        self.step_done(vm);
                        continue;
                    }
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                }
            }
            let common = vm.new_set_from(self.ty, Set::default());
            self.result = Some(common);
            match vm.start_native(Common { searched: self.set, walked: other, result: common, iterator: None })? {
                Outcome::Done(none) => {
                    vm.decref(none);
                    self.step_done(vm);
                }
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        let Some(target) = self.update else {
            let set = self.set;
            vm.incref(set);
            return done(set);
        };
        exchange(vm, target, self.set);
        done(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.set);
        self.others.iter().for_each(|&other| visit(other));
        self.result.iter().for_each(|&set| visit(set));
    }
}

impl Intersection {
    fn step_done(&mut self, vm: &mut Vm) {
        if let Some(common) = self.result.take() {
            vm.decref(std::mem::replace(&mut self.set, common));
        }
    }
}

/// Exchanges the elements of two sets.
fn exchange(vm: &mut Vm, a: ObjRef, b: ObjRef) {
    if a != b {
        let table = std::mem::take(vm.heap.set_mut(a).expect("a set"));
        let table = std::mem::replace(vm.heap.set_mut(b).expect("a set"), table);
        *vm.heap.set_mut(a).expect("a set") = table;
    }
}

/// Adds the items of an iterable that are in a set to another set; all borrowed.
#[derive(Clone)]
struct Common {
    searched: ObjRef,
    walked: ObjRef,
    result: ObjRef,
    iterator: Option<ObjRef>,
}

impl Native for Common {
    fn name(&self) -> &'static str {
        "set.intersection"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return done(vm.none()),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, input.take()) {
                (None, None) => vm.get_iter(self.walked)?,
                (None, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    continue;
                }
                (Some(iterator), None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return done(vm.none()),
                    Outcome::Pushed => Outcome::Pushed,
                },
                (Some(_), Some(item)) => {
                    let found = self.look(vm, item);
                    vm.decref(item);
                    let found = found?;
                    let len = |set: ObjRef| table(vm, set).len();
                    if found && len(self.result) >= len(self.searched) {
                        return done(vm.none());
                    }
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
        self.iterator.iter().for_each(|&iterator| visit(iterator));
    }
}

impl Common {
    /// An element's `__hash__` and `__eq__` run on the Rust stack here.
    fn look(&self, vm: &mut Vm, item: ObjRef) -> Result<bool, Raised> {
        let hash = vm.hash_now(item)?;
        if vm.set_has_now(self.searched, item, hash)?.is_none() {
            return Ok(false);
        }
        if vm.set_has_now(self.result, item, hash)?.is_none() {
            vm.set_insert(self.result, item, hash);
        }
        Ok(true)
    }
}

//! The iterator types: `__iter__`, `__next__`, `__length_hint__`, `__reduce__`, `__setstate__`, and the classes that make
//! iterators: `enumerate`, `zip`, `map`, `filter`, `reversed`.
//!
//! What `next` does is in `vm/protocol/iterate`. Counterparts in CPython 3.11: `Objects/iterobject.c`, `Objects/enumobject.c`,
//! `Objects/rangeobject.c` and `Python/bltinmodule.c`.

use thin_vec::ThinVec;

use crate::{
    builtins::{functions::iteration::stop, slots},
    heap::ObjRef,
    num::BigInt,
    objects::{
        Body, Objects,
        core_types::*,
        int::to_big_int,
        iter::{Iter, RangeIter},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Receive,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

/// Iterators over builtin containers that know how many items are left and can be set to a position.
pub fn positioned() -> Vec<NativeDef> {
    let mut rows = counted();
    rows.push(NativeDef::method("__setstate__", Signature::One, set_state));
    rows
}

/// Iterators that know how many items are left.
pub fn counted() -> Vec<NativeDef> {
    let mut rows = plain();
    rows.push(NativeDef::method("__length_hint__", Signature::None, length_hint));
    rows
}

/// What all iterators have.
pub fn plain() -> Vec<NativeDef> {
    use NativeDef as Def;
    vec![
        Def::wrapper("__iter__", Signature::None, slots::itself),
        Def::wrapper("__next__", Signature::None, next),
        Def::method("__reduce__", Signature::None, reduce),
    ]
}

pub fn enumerate_natives() -> Vec<NativeDef> {
    let mut rows = plain();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_enumerate));
    rows.push(NativeDef::class_method("__class_getitem__", Signature::One, slots::class_getitem));
    rows
}

pub fn zip_natives() -> Vec<NativeDef> {
    let mut rows = plain();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_zip));
    rows.push(NativeDef::method("__setstate__", Signature::One, set_state));
    rows
}

pub fn map_natives() -> Vec<NativeDef> {
    let mut rows = plain();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_map));
    rows
}

pub fn filter_natives() -> Vec<NativeDef> {
    let mut rows = plain();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_filter));
    rows
}

pub fn reversed_natives() -> Vec<NativeDef> {
    let mut rows = positioned();
    rows.push(NativeDef::static_method("__new__", Signature::Any, new_reversed));
    rows
}

// ── methods ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn next(vm: &mut Vm, args: Args) -> Res {
    let iterator = args.at(vm, 0);
    let depth = vm.frames.len();
    match vm.iter_next_builtin(iterator)? {
        Outcome::Done(Some(item)) => done(item),
        Outcome::Done(None) => Err(stop(vm)),
        Outcome::Pushed => {
            vm.receive(depth, Receive::Push);
            Ok(Outcome::Pushed)
        }
    }
}

fn length_hint(vm: &mut Vm, args: Args) -> Res {
    vm.items_left(args.at(vm, 0))
}

fn builtin(vm: &mut Vm, name: &str) -> ObjRef {
    match vm.dict_get_text(vm.builtins, name) {
        Some(function) => vm.own(function),
        None => vm.none(),
    }
}

/// How to make the iterator again: a callable, its arguments and perhaps a position.
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let (ty, class) = (vm.core_of(this), vm.ty(this));
    let position = vm.heap.slot(this).num as i64;
    let parts: (ObjRef, Vec<ObjRef>, Option<i64>) = match vm.heap.body(this) {
        Body::SeqIter(Some(sequence)) => {
            let sequence = *sequence;
            vm.incref(sequence);
            let maker = if ty == LIST_REVERSEITERATOR { vm.own(REVERSED) } else { builtin(vm, "iter") };
            (maker, vec![sequence], Some(position))
        }
        Body::SeqIter(None) => {
            let empty = match ty {
                LIST_ITERATOR | LIST_REVERSEITERATOR => vm.new_list([]),
                STR_ITERATOR | STR_ASCII_ITERATOR => vm.own(EMPTY_STR),
                _ => vm.own(EMPTY_TUPLE),
            };
            (builtin(vm, "iter"), vec![empty], None)
        }
        Body::RangeIter(range) => {
            // The whole range, and how far in it this is.
            let [index, start, step, total] = match **range {
                RangeIter::Small { next, step, left, total } => {
                    let index = BigInt::from(total - left);
                    [index.clone(), BigInt::from(next) - index * step, BigInt::from(step), BigInt::from(total)]
                }
                RangeIter::Long(_) => vm.long_range_parts(this).expect("a long one"),
            };
            let end = &start + &step * &total;
            let parts = [start, end, step, total].map(|part| vm.new_big_int(part));
            let range = vm.heap.alloc(RANGE, 0, Body::Range(Box::new(parts)));
            (builtin(vm, "iter"), vec![range], Some(i64::try_from(index).unwrap_or(i64::MAX)))
        }
        Body::DictIter(_) => {
            let copy = match vm.heap.body(this) {
                Body::DictIter(state) => (**state).clone(),
                _ => unreachable!("looked at above"),
            };
            let mut copy = copy;
            vm.xincref(copy.dict);
            copy.result = copy.result.map(|_| vm.new_tuple([NONE, NONE]));
            if copy.result.is_some() {
                vm.incref(NONE);
                vm.incref(NONE);
            }
            let copy = vm.alloc_tracked(ty, 0, Body::DictIter(Box::new(copy)));
            let items = vm.collect_now(copy);
            vm.decref(copy);
            let items = items?;
            let list = vm.new_list(items);
            (builtin(vm, "iter"), vec![list], None)
        }
        Body::Iter(state) => match (**state).clone() {
            Iter::Set { set, slot, .. } => {
                let mut items = Vec::new();
                if let Some(set) = set.and_then(|set| vm.heap.set(set)) {
                    items.extend((slot..set.slots()).filter_map(|slot| set.slot(slot).and_then(|entry| entry.key)));
                }
                items.iter().for_each(|&item| vm.incref(item));
                let list = vm.new_list(items);
                (builtin(vm, "iter"), vec![list], None)
            }
            Iter::Map { func, iters } => {
                let iters = vm.heap.tuple(iters).unwrap_or_default();
                let args: Vec<ObjRef> = std::iter::once(func).chain(iters.iter().copied()).collect();
                args.iter().for_each(|&arg| vm.incref(arg));
                (vm.own(class), args, None)
            }
            Iter::Filter { func, iter } => {
                vm.incref(func);
                vm.incref(iter);
                (vm.own(class), vec![func, iter], None)
            }
            Iter::Zip { iters, strict, .. } => {
                vm.incref(iters);
                vm.incref(class);
                let mut items = vec![class, iters];
                if strict {
                    items.push(vm.own(TRUE));
                }
                return done(vm.new_tuple(items));
            }
            Iter::Enumerate { iter, next, .. } => {
                vm.incref(iter);
                let next = vm.new_big_int(next);
                (vm.own(class), vec![iter, next], None)
            }
            Iter::Reversed { seq: Some(seq), next } => {
                vm.incref(seq);
                (vm.own(class), vec![seq], Some(next))
            }
            Iter::Reversed { seq: None, .. } => (vm.own(class), vec![vm.own(EMPTY_TUPLE)], None),
            Iter::GetItem { seq: Some(seq), next } => {
                vm.incref(seq);
                (builtin(vm, "iter"), vec![seq], Some(next))
            }
            Iter::Callable { func: Some(func), sentinel } => {
                vm.incref(func);
                vm.incref(sentinel);
                (builtin(vm, "iter"), vec![func, sentinel], None)
            }
            Iter::GetItem { .. } | Iter::Callable { .. } => (builtin(vm, "iter"), vec![vm.own(EMPTY_TUPLE)], None),
        },
        _ => return Err(vm.type_error("cannot pickle this iterator")),
    };
    let (maker, args, position) = parts;
    let args = vm.new_tuple(args);
    let mut items = vec![maker, args];
    if let Some(position) = position {
        items.push(vm.new_int(position));
    }
    done(vm.new_tuple(items))
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    let (this, state) = (args.at(vm, 0), args.at(vm, 1));
    if vm.core_of(this) == ZIP {
        let truth = vm.truth(state)?;
        if let (Outcome::Done(truth), Body::Iter(iter)) = (truth, vm.heap.body_mut(this))
            && let Iter::Zip { strict, .. } = &mut **iter
        {
            *strict = truth;
        }
        return done(vm.none());
    }
    if !vm.is_int(state) {
        let message = match vm.ty(this) {
            RANGE_ITERATOR | LONGRANGE_ITERATOR => {
                let name = vm.type_name(state);
                format!("'{name}' object cannot be interpreted as an integer")
            }
            _ => "an integer is required".into(),
        };
        return Err(vm.type_error(message));
    }
    let position = super::list::index_argument(vm, state)?;
    let reversed = vm.ty(this) == LIST_REVERSEITERATOR;
    match vm.heap.body(this) {
        Body::SeqIter(Some(sequence)) => {
            let len = vm.builtin_length(*sequence).and_then(Result::ok).unwrap_or(0) as i64;
            let fitted = if reversed { position.clamp(-1, len - 1) } else { position.clamp(0, len) };
            vm.heap.slot_mut(this).num = fitted as u64;
        }
        Body::RangeIter(_) => {
            let of_long = vm.long_range_parts(this);
            let Body::RangeIter(range) = vm.heap.body_mut(this) else { unreachable!("looked at above") };
            match &mut **range {
                RangeIter::Small { next, step, left, total } => {
                    let index = position.clamp(0, i64::try_from(*total).unwrap_or(i64::MAX));
                    let skip = index.wrapping_sub((*total - *left) as i64);
                    *next = next.wrapping_add(step.wrapping_mul(skip));
                    *left = *total - index as u64;
                }
                RangeIter::Long(_) => {
                    let [.., len] = of_long.expect("a long one");
                    let index = vm.new_big_int(BigInt::from(position.max(0)).min(len));
                    vm.set_long_range_index(this, index);
                }
            }
        }
        Body::Iter(_) => {
            let Body::Iter(iter) = vm.heap.body_mut(this) else { unreachable!("looked at above") };
            match &mut **iter {
                Iter::Reversed { seq: Some(_), next } => *next = position.max(-1),
                Iter::GetItem { seq: Some(_), next } => *next = position.max(0),
                _ => {}
            }
        }
        _ => {}
    }
    done(vm.none())
}

// ── enumerate, zip, map, filter ─────────────────────────────────────────────────────────────────────────────────────

fn new_enumerate(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let keywords = args.keywords(vm);
    let given = args.n - 1 + keywords.len();
    let (mut iterable, mut start) = (args.get(vm, 1), args.get(vm, 2));
    if given > 2 {
        return Err(vm.type_error(format!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "iterable" if iterable.is_none() => iterable = Some(value),
            "start" if start.is_none() => start = Some(value),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for enumerate()"))),
        }
    }
    let Some(iterable) = iterable else { return Err(vm.type_error("enumerate() missing required argument 'iterable'")) };
    let start = match start {
        None => vm.new_int(0),
        Some(start) => {
            let depth = vm.frames.len();
            let outcome = vm.index(start)?;
            vm.finish_now(depth, outcome)?
        }
    };
    let result = make(vm, "enumerate", class, vec![iterable], vec![start], |vm, made| {
        let next = to_big_int(&vm.heap, made.held[0]);
        vm.incref(NONE);
        vm.incref(NONE);
        let result = vm.new_tuple([NONE, NONE]);
        Body::Iter(Box::new(Iter::Enumerate { iter: made.iters.remove(0), next, result }))
    });
    vm.decref(start);
    result
}

fn new_zip(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let mut strict = FALSE;
    let keywords = args.keywords(vm);
    if keywords.len() > 1 {
        return Err(vm.type_error(format!("zip() takes at most 1 keyword argument ({} given)", keywords.len())));
    }
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "strict" => {
                let depth = vm.frames.len();
                let truth = vm.truth(value);
                let truth = vm.bool_result(truth)?;
                strict = vm.finish_now(depth, truth)?;
                vm.decref(strict);
            }
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for zip()"))),
        }
    }
    let iterables = args.from(vm, 1);
    make(vm, "zip", class, iterables, vec![strict], |vm, made| {
        let items = vec![NONE; made.iters.len()];
        items.iter().for_each(|&none| vm.incref(none));
        let iters = vm.new_tuple(std::mem::take(&mut made.iters));
        let result = vm.new_tuple(items);
        Body::Iter(Box::new(Iter::Zip { iters, result, strict: made.held[0] == TRUE }))
    })
}

fn new_map(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if class == MAP && args.kwnames.is_some() {
        return Err(vm.type_error("map() takes no keyword arguments"));
    }
    if args.n < 3 {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    let (func, iterables) = (args.at(vm, 1), args.from(vm, 2));
    make(vm, "map", class, iterables, vec![func], |vm, made| {
        let func = vm.own(made.held[0]);
        let iters = vm.new_tuple(std::mem::take(&mut made.iters));
        Body::Iter(Box::new(Iter::Map { func, iters }))
    })
}

fn new_filter(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if class == FILTER && args.kwnames.is_some() {
        return Err(vm.type_error("filter() takes no keyword arguments"));
    }
    if args.n != 3 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("filter expected 2 arguments, got {given}")));
    }
    let (func, iterable) = (args.at(vm, 1), args.at(vm, 2));
    make(vm, "filter", class, vec![iterable], vec![func], |vm, made| {
        let func = vm.own(made.held[0]);
        Body::Iter(Box::new(Iter::Filter { func, iter: made.iters.remove(0) }))
    })
}

/// Asks all iterables for iterators, then builds the new one; class and operands are borrowed.
pub fn make(
    vm: &mut Vm,
    name: &'static str,
    class: ObjRef,
    iterables: Vec<ObjRef>,
    held: Vec<ObjRef>,
    build: fn(&mut Vm, &mut Make) -> Body,
) -> Res {
    held.iter().for_each(|&object| vm.incref(object));
    vm.start_native(Make { name, class, iterables, iters: ThinVec::new(), held, build })
}

/// What an iterator is built of.
#[derive(Clone)]
pub struct Make {
    name: &'static str,
    /// borrowed
    class: ObjRef,
    /// borrowed
    iterables: Vec<ObjRef>,
    /// The iterators, to be taken.
    pub iters: ThinVec<ObjRef>,
    /// The other operands, which the result must count for itself.
    pub held: Vec<ObjRef>,
    build: fn(&mut Vm, &mut Make) -> Body,
}

impl Native for Make {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(iterator) = input {
            self.iters.push(iterator);
        }
        while let Some(&iterable) = self.iterables.get(self.iters.len()) {
            match vm.get_iter(iterable)? {
                Outcome::Done(iterator) => self.iters.push(iterator),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        let build = self.build;
        let body = build(vm, self);
        done(vm.new_derived(self.class, 0, body))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iters.iter().chain(&self.held).for_each(|&object| visit(object));
    }
}

// ── reversed ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn new_reversed(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if class == REVERSED && args.kwnames.is_some() {
        return Err(vm.type_error("reversed() takes no keyword arguments"));
    }
    if args.n != 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("reversed expected 1 argument, got {given}")));
    }
    let sequence = args.at(vm, 1);
    let ty = vm.ty(sequence);
    match vm.type_lookup(ty, vm.names.reversed) {
        Some(NONE) => return Err(not_reversible(vm, sequence)),
        Some(method) => {
            // The bound method is an object that holds the sequence while it runs.
            let depth = vm.frames.len();
            let outcome = vm.bind_descriptor(method, sequence, ty)?;
            let bound = vm.finish_now(depth, outcome)?;
            let result = vm.call(bound, &[]);
            vm.decref(bound);
            return result;
        }
        None => {}
    }
    if !vm.is_sequence(sequence) {
        return Err(not_reversible(vm, sequence));
    }
    vm.call_then(
        "reversed",
        &[sequence, class],
        |vm, refs| vm.length_object(refs[0]),
        |vm, refs, length| {
            let last = vm.small_value(length).unwrap_or(0) - 1;
            vm.decref(length);
            vm.incref(refs[0]);
            done(vm.new_derived(refs[1], 0, Body::Iter(Box::new(Iter::Reversed { seq: Some(refs[0]), next: last }))))
        },
    )
}

fn not_reversible(vm: &mut Vm, object: ObjRef) -> Raised {
    let name = vm.type_name(object);
    vm.type_error(format!("'{name}' object is not reversible"))
}

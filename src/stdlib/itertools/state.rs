//! `__reduce__` and `__setstate__` of the iterators: a callable, its arguments, and a state to go on from.
//!
//! ```python
//! it = itertools.cycle("ab"); next(it); it.__reduce__()      # (cycle, (<str_ascii_iterator>,), (['a'], False))
//! ```
//!
//! Counterpart in CPython 3.11: the `*_reduce` and `*_setstate` functions of `Modules/itertoolsmodule.c`.

use super::{Tool, step::Kind};
use crate::{
    builtins::{convert, types::list::index_argument},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::{class_of_module, foreign, foreign_body, foreign_mut},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// The rows of a class, by its name.
pub fn natives(class: &str) -> Vec<NativeDef> {
    let mut rows = Vec::new();
    if class != "pairwise" {
        rows.push(NativeDef::method("__reduce__", Signature::None, reduce));
    }
    const WITH_STATE: [&str; 11] = [
        "accumulate",
        "chain",
        "combinations",
        "combinations_with_replacement",
        "cycle",
        "dropwhile",
        "groupby",
        "islice",
        "permutations",
        "product",
        "takewhile",
    ];
    if WITH_STATE.contains(&class) || class == "zip_longest" {
        rows.push(NativeDef::method("__setstate__", Signature::One, set_state));
    }
    if matches!(class, "combinations" | "combinations_with_replacement" | "permutations" | "product") {
        rows.push(NativeDef::method("__sizeof__", Signature::None, crate::builtins::types::object::measured));
    }
    rows
}

/// A new tuple of borrowed references.
fn tuple(vm: &mut Vm, items: &[ObjRef]) -> ObjRef {
    items.iter().for_each(|&item| vm.incref(item));
    vm.new_tuple(items.to_vec())
}

fn ints(vm: &mut Vm, numbers: &[i64]) -> ObjRef {
    let items: Vec<ObjRef> = numbers.iter().map(|&number| vm.new_int(number)).collect();
    vm.new_tuple(items)
}

/// `(class, args)` or `(class, args, state)`; args and state are taken over.
fn reduced(vm: &mut Vm, this: ObjRef, args: ObjRef, state: Option<ObjRef>) -> Res {
    let class = vm.ty(this);
    vm.incref(class);
    let parts: Vec<ObjRef> = [class, args].into_iter().chain(state).collect();
    done(vm.new_tuple(parts))
}

fn empty_iterator(vm: &mut Vm) -> ObjRef {
    let list = vm.new_list([]);
    let iterator = vm.new_seq_iter(LIST_ITERATOR, list);
    vm.decref(list);
    iterator
}

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(tool) = foreign::<Tool>(vm, this).cloned() else { return done(vm.none()) };
    let at = |index: usize| tool.refs.get(index).copied().flatten();
    let or_none = |index: usize| at(index).unwrap_or(NONE);
    let plain = |vm: &mut Vm, items: &[ObjRef]| {
        let args = tuple(vm, items);
        reduced(vm, this, args, None)
    };
    match tool.kind {
        Kind::Accumulate => {
            if let Some(initial) = at(3) {
                // The initial value goes in front again.
                let first = tuple(vm, &[initial]);
                let pair = tuple(vm, &[first, or_none(0)]);
                vm.decref(first);
                let source = vm.new_seq_iter(TUPLE_ITERATOR, pair);
                vm.decref(pair);
                let class = class_of_module(vm, "itertools", "chain");
                let chain = vm.new_derived(class, 0, foreign_body(Tool::new(Kind::Chain, [Some(source), None])));
                let args = tuple(vm, &[chain, or_none(1)]);
                vm.decref(chain);
                let none = vm.none();
                return reduced(vm, this, args, Some(none));
            }
            let args = tuple(vm, &[or_none(0), or_none(1)]);
            let total = vm.own(or_none(2));
            reduced(vm, this, args, Some(total))
        }
        Kind::Chain => {
            let args = vm.own(EMPTY_TUPLE);
            let state = at(0).map(|source| {
                let parts: Vec<ObjRef> = [Some(source), at(1)].into_iter().flatten().collect();
                tuple(vm, &parts)
            });
            reduced(vm, this, args, state)
        }
        Kind::Compress | Kind::StarMap | Kind::FilterFalse => plain(vm, &[or_none(0), or_none(1)]),
        Kind::Count => {
            let args = match (tool.numbers.first(), at(0), at(1)) {
                (Some(&next), _, _) => ints(vm, &[next]),
                (None, Some(next), Some(step)) => tuple(vm, &[next, step]),
                _ => vm.own(EMPTY_TUPLE),
            };
            reduced(vm, this, args, None)
        }
        Kind::Cycle => {
            let list = match at(1) {
                Some(saved) => vm.own(saved),
                None => vm.new_list([]),
            };
            match at(0) {
                Some(iterator) => {
                    let args = tuple(vm, &[iterator]);
                    let state = vm.new_tuple([list, FALSE]);
                    vm.incref(FALSE);
                    reduced(vm, this, args, Some(state))
                }
                None => {
                    let iterator = vm.new_seq_iter(LIST_ITERATOR, list);
                    vm.heap.slot_mut(iterator).num = tool.numbers[0] as u64;
                    let args = vm.new_tuple([iterator]);
                    vm.incref(TRUE);
                    let state = vm.new_tuple([list, TRUE]);
                    reduced(vm, this, args, Some(state))
                }
            }
        }
        Kind::DropWhile | Kind::TakeWhile => {
            let args = tuple(vm, &[or_none(0), or_none(1)]);
            let state = vm.new_int(tool.flag.into());
            reduced(vm, this, args, Some(state))
        }
        Kind::GroupBy => {
            let args = tuple(vm, &[or_none(0), or_none(1)]);
            let state = at(4).map(|value| tuple(vm, &[value, or_none(2), or_none(3)]));
            reduced(vm, this, args, state)
        }
        Kind::Grouper => plain(vm, &[or_none(0), or_none(1)]),
        Kind::ISlice => match at(0) {
            None => {
                let iterator = empty_iterator(vm);
                let zero = vm.new_int(0);
                let args = vm.new_tuple([iterator, zero]);
                let state = vm.new_int(0);
                reduced(vm, this, args, Some(state))
            }
            Some(iterator) => {
                let [next, stop, step, position] = [0, 1, 2, 3].map(|index| tool.numbers[index]);
                vm.incref(iterator);
                let stop = if stop < 0 { vm.none() } else { vm.new_int(stop) };
                let parts = [iterator, vm.new_int(next), stop, vm.new_int(step)];
                let args = vm.new_tuple(parts);
                let state = vm.new_int(position);
                reduced(vm, this, args, Some(state))
            }
        },
        Kind::Combinations | Kind::CombinationsWithReplacement | Kind::Permutations => {
            let pool = tool.pools.first().cloned().unwrap_or_default();
            let is_permutations = tool.kind == Kind::Permutations;
            let r = if is_permutations { tool.numbers.len().saturating_sub(pool.len()) } else { tool.numbers.len() };
            let pool_tuple = if tool.flag { vm.own(EMPTY_TUPLE) } else { tuple(vm, &pool) };
            let r_object = vm.new_usize(r);
            let args = vm.new_tuple([pool_tuple, r_object]);
            let state = (at(0).is_some() && !tool.flag).then(|| {
                if is_permutations {
                    let (indices, cycles) = tool.numbers.split_at(pool.len());
                    let parts = [ints(vm, indices), ints(vm, cycles)];
                    vm.new_tuple(parts)
                } else {
                    ints(vm, &tool.numbers)
                }
            });
            reduced(vm, this, args, state)
        }
        Kind::Product => {
            if tool.flag {
                let empty = vm.own(EMPTY_TUPLE);
                let args = vm.new_tuple([empty]);
                return reduced(vm, this, args, None);
            }
            let pools: Vec<ObjRef> = tool.pools.iter().map(|pool| tuple(vm, pool)).collect();
            let args = vm.new_tuple(pools);
            let state = at(0).is_some().then(|| ints(vm, &tool.numbers));
            reduced(vm, this, args, state)
        }
        Kind::Repeat => {
            let object = vm.own(or_none(0));
            let left = tool.numbers[0];
            let mut parts = vec![object];
            if left >= 0 {
                parts.push(vm.new_int(left));
            }
            let args = vm.new_tuple(parts);
            reduced(vm, this, args, None)
        }
        Kind::ZipLongest => {
            let iterators = vm.heap.tuple(or_none(0)).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let iterators: Vec<ObjRef> = iterators.into_iter().map(|it| if it == NONE { EMPTY_TUPLE } else { it }).collect();
            let args = tuple(vm, &iterators);
            let fill = vm.own(or_none(2));
            reduced(vm, this, args, Some(fill))
        }
        Kind::Pairwise | Kind::Ended => plain(vm, &[]),
    }
}

fn no_tuple(vm: &mut Vm) -> Raised {
    vm.type_error("state is not a tuple")
}

/// Numbers from a tuple of ints, each cut to its range.
fn positions(vm: &mut Vm, state: ObjRef, wanted: usize, limit: impl Fn(usize) -> i64) -> Result<Vec<i64>, Raised> {
    let items = vm.heap.tuple(state).map(<[ObjRef]>::to_vec).filter(|items| items.len() == wanted);
    let Some(items) = items else { return Err(vm.value_error("invalid arguments")) };
    let mut numbers = Vec::with_capacity(wanted);
    for (index, item) in items.into_iter().enumerate() {
        if !vm.is_int(item) {
            return Err(vm.type_error("an integer is required"));
        }
        numbers.push(index_argument(vm, item)?.min(limit(index)).max(0));
    }
    Ok(numbers)
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    let (this, state) = (args.at(vm, 0), args.at(vm, 1));
    let Some(tool) = foreign::<Tool>(vm, this).cloned() else { return done(vm.none()) };
    let parts = vm.heap.tuple(state).map(<[ObjRef]>::to_vec);
    match tool.kind {
        Kind::Accumulate => put(vm, this, 2, state),
        Kind::Chain => {
            let Some(parts) = parts else { return Err(no_tuple(vm)) };
            if parts.is_empty() || parts.len() > 2 {
                let (bound, given) = (if parts.is_empty() { "at least 1 argument" } else { "at most 2 arguments" }, parts.len());
                return Err(vm.type_error(format!("function takes {bound} ({given} given)")));
            }
            for &part in &parts {
                if !vm.is_iterator(part) {
                    return Err(vm.type_error("Arguments must be iterators."));
                }
            }
            for (index, &part) in parts.iter().enumerate() {
                put(vm, this, index, part);
            }
        }
        Kind::Cycle => {
            let Some(parts) = parts else { return Err(no_tuple(vm)) };
            let [saved, first_pass] = parts[..] else {
                return Err(vm.type_error(format!("function takes exactly 2 arguments ({} given)", parts.len())));
            };
            if vm.heap.list(saved).is_none() {
                let given = vm.type_name(saved);
                return Err(vm.type_error(format!("argument 1 must be list, not {given}")));
            }
            convert::c_int(vm, first_pass)?;
            if let Some(tool) = foreign_mut::<Tool>(vm, this) {
                tool.numbers[0] = 0;
            }
            put(vm, this, 1, saved);
        }
        Kind::DropWhile | Kind::TakeWhile => {
            let flag = convert::flag(vm, Some(state))?;
            if let Some(tool) = foreign_mut::<Tool>(vm, this) {
                tool.flag = flag;
            }
        }
        Kind::GroupBy => {
            let Some(parts) = parts else { return Err(no_tuple(vm)) };
            let [value, target, current] = parts[..] else {
                return Err(vm.type_error(format!("function takes exactly 3 arguments ({} given)", parts.len())));
            };
            for (index, part) in [(4, value), (2, target), (3, current)] {
                put(vm, this, index, part);
            }
        }
        Kind::ISlice => {
            if !vm.is_int(state) {
                return Err(vm.type_error("an integer is required"));
            }
            let position = index_argument(vm, state)?;
            if let Some(tool) = foreign_mut::<Tool>(vm, this) {
                tool.numbers[3] = position;
            }
        }
        Kind::ZipLongest => {
            put(vm, this, 2, state);
        }
        Kind::Combinations | Kind::CombinationsWithReplacement | Kind::Product => {
            let n = tool.pools.first().map_or(0, Vec::len) as i64;
            let r = tool.numbers.len();
            let sizes: Vec<i64> = tool.pools.iter().map(|pool| pool.len() as i64 - 1).collect();
            let numbers = positions(vm, state, r, |index| match tool.kind {
                Kind::Product => sizes[index],
                Kind::Combinations => index as i64 + n - r as i64,
                _ => n - 1,
            })?;
            resume_at(vm, this, numbers);
        }
        Kind::Permutations => {
            let Some(parts) = parts else { return Err(no_tuple(vm)) };
            let [indices, cycles] = &parts[..] else {
                let given = parts.len();
                return Err(vm.type_error(format!("function takes exactly 2 arguments ({given} given)")));
            };
            let n = tool.pools.first().map_or(0, Vec::len);
            let r = tool.numbers.len().saturating_sub(n);
            let mut numbers = positions(vm, *indices, n, |_| n as i64 - 1)?;
            numbers.extend(positions(vm, *cycles, r, |index| (n - index) as i64)?);
            resume_at(vm, this, numbers);
        }
        _ => {}
    }
    done(vm.none())
}

/// Puts a reference (borrowed) into the state.
fn put(vm: &mut Vm, this: ObjRef, index: usize, object: ObjRef) {
    vm.incref(object);
    let old = foreign_mut::<Tool>(vm, this).and_then(|tool| tool.refs[index].replace(object));
    vm.xdecref(old);
}

/// The tuple of these indices was the last one given.
fn resume_at(vm: &mut Vm, this: ObjRef, numbers: Vec<i64>) {
    let items = match foreign_mut::<Tool>(vm, this) {
        Some(tool) if !tool.flag => {
            tool.numbers = numbers;
            super::combine::items(tool)
        }
        _ => return,
    };
    let last = tuple(vm, &items);
    let old = foreign_mut::<Tool>(vm, this).and_then(|tool| tool.refs[0].replace(last));
    vm.xdecref(old);
}

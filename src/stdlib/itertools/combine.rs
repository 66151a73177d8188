//! `product`, `permutations`, `combinations`: tuples of items from pools, by counting indices.
//!
//! The last tuple is kept; if nobody else holds it, it is changed and given again, as in CPython.

use super::{Tool, bind, class, finish, step::Kind};
use crate::{
    builtins::types::list::index_argument,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    vm::{Outcome, Raised, Res, Vm, native::Args, protocol::consume::Collect, raised::done},
};

/// `product(*iterables, repeat=1)`
pub fn product(vm: &mut Vm, args: Args) -> Res {
    let mut repeat = 1;
    for (keyword, value) in args.keywords(vm) {
        match &*vm.name_text(keyword) {
            "repeat" => repeat = index_argument(vm, value)?,
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for product()"))),
        }
    }
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let iterables = args.from(vm, 1);
    // Iterables that need Python code run to their end here, one after the other.
    let mut pools: Vec<Vec<ObjRef>> = Vec::new();
    if repeat > 0 {
        for iterable in iterables {
            match vm.collect_now(iterable) {
                Ok(pool) => pools.push(pool),
                Err(raised) => {
                    vm.decref_all(pools.into_iter().flatten());
                    return Err(raised);
                }
            }
        }
    }
    let count = pools.len();
    for _ in 1..repeat {
        for i in 0..count {
            let pool = pools[i].clone();
            pool.iter().for_each(|&item| vm.incref(item));
            pools.push(pool);
        }
    }
    let mut tool = Tool::new(Kind::Product, [None]);
    tool.flag = pools.iter().any(Vec::is_empty);
    tool.numbers = vec![0; pools.len()];
    tool.pools = pools;
    finish(vm, class(vm, args), tool)
}

/// How many items a tuple has.
fn length(vm: &mut Vm, r: Option<ObjRef>, size: usize) -> Result<usize, Raised> {
    let Some(r) = r else { return Ok(size) };
    match index_argument(vm, r)? {
        r if r < 0 => Err(vm.value_error("r must be non-negative")),
        r => Ok(r as usize),
    }
}

/// Collects the pool, then builds the iterator with its indices.
fn from_pool(vm: &mut Vm, args: Args, kind: Kind, iterable: ObjRef, r: Option<ObjRef>) -> Res {
    let class = class(vm, args);
    let depth = vm.frames.len();
    let outcome = vm.consume(iterable, Collect { items: Vec::new(), tuple: true })?;
    // A generator as pool runs to its end here.
    let tuple = match outcome {
        Outcome::Done(tuple) => tuple,
        Outcome::Pushed => vm.finish_now(depth, Outcome::Pushed)?,
    };
    let pool: Vec<ObjRef> = vm.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default();
    pool.iter().for_each(|&item| vm.incref(item));
    vm.decref(tuple);
    let n = pool.len();
    let r = match length(vm, r, n) {
        Ok(r) => r,
        Err(raised) => {
            vm.decref_all(pool);
            return Err(raised);
        }
    };
    let mut tool = Tool::new(kind, [None]);
    tool.flag = match kind {
        Kind::CombinationsWithReplacement => n == 0 && r > 0,
        _ => r > n,
    };
    tool.numbers = match kind {
        _ if tool.flag => Vec::new(),
        Kind::CombinationsWithReplacement => vec![0; r],
        Kind::Combinations => (0..r as i64).collect(),
        // permutations: all indices, then the cycles
        _ => (0..n as i64).chain((0..r as i64).map(|i| n as i64 - i)).collect(),
    };
    tool.pools = vec![pool];
    done(vm.new_derived(class, 0, tool.body()))
}

pub fn permutations(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "permutations", ["iterable", "r"], 1)?;
    let r = r.filter(|&r| r != NONE);
    if let Some(r) = r
        && !vm.is_int(r)
    {
        return Err(vm.type_error("Expected int as r"));
    }
    from_pool(vm, args, Kind::Permutations, iterable.unwrap_or(NONE), r)
}

pub fn combinations(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "combinations", ["iterable", "r"], 2)?;
    from_pool(vm, args, Kind::Combinations, iterable.unwrap_or(NONE), r)
}

pub fn combinations_with_replacement(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "combinations_with_replacement", ["iterable", "r"], 2)?;
    from_pool(vm, args, Kind::CombinationsWithReplacement, iterable.unwrap_or(NONE), r)
}

/// The next tuple, owned; `None` at the end.
pub fn next(vm: &mut Vm, this: ObjRef) -> Option<ObjRef> {
    let tool = foreign_mut::<Tool>(vm, this)?;
    if tool.flag {
        return None;
    }
    if tool.refs[0].is_some() && !advance(tool) {
        tool.flag = true;
        let last = tool.refs[0].take();
        vm.xdecref(last);
        return None;
    }
    let items = items(foreign::<Tool>(vm, this)?);
    items.iter().for_each(|&item| vm.incref(item));
    let last = foreign::<Tool>(vm, this)?.refs[0];
    if let Some(last) = last
        && vm.heap.refcount(last) == 1
        && last != EMPTY_TUPLE
    {
        vm.incref(last);
        if let Body::Tuple(old) = vm.heap.body_mut(last) {
            let old = std::mem::replace(old, items.into_iter().collect());
            vm.decref_all(old);
        }
        vm.heap.collector.track(last);
        return Some(last);
    }
    let tuple = vm.new_tuple(items);
    vm.incref(tuple);
    foreign_mut::<Tool>(vm, this)?.refs[0] = Some(tuple);
    vm.xdecref(last);
    Some(tuple)
}

/// The items that the indices name.
fn items(tool: &Tool) -> Vec<ObjRef> {
    match tool.kind {
        Kind::Product => tool.numbers.iter().zip(&tool.pools).map(|(&index, pool)| pool[index as usize]).collect(),
        Kind::Permutations => {
            let pool = &tool.pools[0];
            let r = tool.numbers.len() - pool.len();
            tool.numbers[..r].iter().map(|&index| pool[index as usize]).collect()
        }
        _ => tool.numbers.iter().map(|&index| tool.pools[0][index as usize]).collect(),
    }
}

/// Moves the indices on; false after the last ones.
fn advance(tool: &mut Tool) -> bool {
    match tool.kind {
        Kind::Product => {
            for (index, pool) in tool.numbers.iter_mut().zip(&tool.pools).rev() {
                *index += 1;
                if (*index as usize) < pool.len() {
                    return true;
                }
                *index = 0;
            }
            false
        }
        Kind::Permutations => {
            let n = tool.pools[0].len();
            let (indices, cycles) = tool.numbers.split_at_mut(n);
            for i in (0..cycles.len()).rev() {
                cycles[i] -= 1;
                if cycles[i] == 0 {
                    indices[i..].rotate_left(1);
                    cycles[i] = (n - i) as i64;
                } else {
                    indices.swap(i, n - cycles[i] as usize);
                    return true;
                }
            }
            false
        }
        Kind::Combinations => {
            let (n, r) = (tool.pools[0].len() as i64, tool.numbers.len() as i64);
            let Some(i) = (0..r).rev().find(|&i| tool.numbers[i as usize] != i + n - r) else { return false };
            let first = tool.numbers[i as usize] + 1;
            for j in i..r {
                tool.numbers[j as usize] = first + j - i;
            }
            true
        }
        _ => {
            let n = tool.pools[0].len() as i64;
            let Some(i) = tool.numbers.iter().rposition(|&index| index != n - 1) else { return false };
            let next = tool.numbers[i] + 1;
            tool.numbers[i..].fill(next);
            true
        }
    }
}

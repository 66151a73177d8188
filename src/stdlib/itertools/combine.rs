//! `product`, `permutations`, `combinations`: tuples of items from pools, by counting indices.
//!
//! The last tuple is kept; if nobody else holds it, it is changed and given again, as in CPython.

use super::{Tool, bind, class, step::Kind};
use crate::{
    builtins::types::list::index_argument,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::{foreign, foreign_mut},
    vm::{
        Outcome, Raised, Res, Vm,
        native::Args,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// `product(*iterables, repeat=1)`
pub fn product(vm: &mut Vm, args: Args) -> Res {
    let mut repeat = 1;
    let keywords = args.keywords(vm);
    if keywords.len() > 1 {
        return Err(vm.type_error(format!("product() takes at most 1 keyword argument ({} given)", keywords.len())));
    }
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "repeat" => repeat = index_argument(vm, value)?,
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for product()"))),
        }
    }
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let iterables = if repeat > 0 { args.from(vm, 1) } else { Vec::new() };
    pools(vm, "product", class(vm, args), iterables, repeat, |vm, made| {
        let count = made.pools.len();
        let once: Vec<Vec<ObjRef>> = made.pools.iter().map(|&pool| items_of(vm, pool)).collect();
        let pools: Vec<Vec<ObjRef>> = (0..count * made.number.max(0) as usize).map(|i| once[i % count].clone()).collect();
        let tuples: Vec<ObjRef> = (0..pools.len()).map(|i| vm.own(made.pools[i % count])).collect();
        let tuples = vm.new_tuple(tuples);
        let mut tool = Tool::new(Kind::Product, [None, Some(tuples)]);
        tool.flag = pools.iter().any(Vec::is_empty);
        tool.numbers = vec![0; pools.len()];
        tool.add_table(&mut vm.heap, pools.len());
        tool.pools = pools;
        tool.body()
    })
}

fn items_of(vm: &Vm, tuple: ObjRef) -> Vec<ObjRef> {
    vm.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default()
}

/// Makes tuples of all iterables, then builds the iterator of them; class and operands are borrowed.
fn pools(
    vm: &mut Vm,
    name: &'static str,
    class: ObjRef,
    iterables: Vec<ObjRef>,
    number: i64,
    build: fn(&mut Vm, &mut Pools) -> Body,
) -> Res {
    vm.start_native(Pools { name, class, iterables, pools: Vec::new(), number, build })
}

#[derive(Clone)]
struct Pools {
    name: &'static str,
    /// borrowed
    class: ObjRef,
    /// borrowed
    iterables: Vec<ObjRef>,
    /// tuples
    pools: Vec<ObjRef>,
    /// How often `product` repeats the pools; the length of the tuples of the others.
    number: i64,
    build: fn(&mut Vm, &mut Pools) -> Body,
}

impl Native for Pools {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(pool) = input {
            self.pools.push(pool);
        }
        while let Some(&iterable) = self.iterables.get(self.pools.len()) {
            match vm.collect_into(iterable, true)? {
                Outcome::Done(pool) => self.pools.push(pool),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        let build = self.build;
        let body = build(vm, self);
        done(vm.new_derived(self.class, 0, body))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.pools.iter().for_each(|&pool| visit(pool));
    }
}

/// How many items a tuple has; -1: as many as the pool.
fn length(vm: &mut Vm, iterable: Option<ObjRef>, r: Option<ObjRef>) -> Result<i64, Raised> {
    let Some(r) = r else { return Ok(-1) };
    match index_argument(vm, r)? {
        r if r < 0 => Err(wrong_length(vm, iterable, |vm| vm.value_error("r must be non-negative"))?),
        r => Ok(r),
    }
}

/// The length is looked at when the items are there.
fn wrong_length(vm: &mut Vm, iterable: Option<ObjRef>, error: impl Fn(&mut Vm) -> Raised) -> Result<Raised, Raised> {
    if let Some(iterable) = iterable {
        let items = vm.collect_now(iterable)?;
        vm.decref_all(items);
    }
    Ok(error(vm))
}

/// The iterator over tuples of `r` items of the only pool.
fn of_pool(vm: &mut Vm, made: &mut Pools, kind: Kind) -> Body {
    let tuple = vm.own(made.pools[0]);
    let pool = items_of(vm, tuple);
    let n = pool.len();
    let r = if made.number < 0 { n } else { made.number as usize };
    let mut tool = Tool::new(kind, [None, Some(tuple)]);
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
    if kind == Kind::Permutations {
        tool.add_table(&mut vm.heap, n);
    }
    tool.add_table(&mut vm.heap, r);
    tool.pools = vec![pool];
    tool.body()
}

pub fn permutations(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "permutations", ["iterable", "r"], 1)?;
    let r = r.filter(|&r| r != NONE);
    if let Some(r) = r
        && !vm.is_int(r)
    {
        return Err(wrong_length(vm, iterable, |vm| vm.type_error("Expected int as r"))?);
    }
    let r = length(vm, iterable, r)?;
    let iterables = iterable.into_iter().collect();
    pools(vm, "permutations", class(vm, args), iterables, r, |vm, made| of_pool(vm, made, Kind::Permutations))
}

pub fn combinations(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "combinations", ["iterable", "r"], 2)?;
    let r = length(vm, iterable, r)?;
    let iterables = iterable.into_iter().collect();
    pools(vm, "combinations", class(vm, args), iterables, r, |vm, made| of_pool(vm, made, Kind::Combinations))
}

pub fn combinations_with_replacement(vm: &mut Vm, args: Args) -> Res {
    let [iterable, r] = bind(vm, args, "combinations_with_replacement", ["iterable", "r"], 2)?;
    let r = length(vm, iterable, r)?;
    let iterables = iterable.into_iter().collect();
    pools(vm, "combinations_with_replacement", class(vm, args), iterables, r, |vm, made| {
        of_pool(vm, made, Kind::CombinationsWithReplacement)
    })
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
        let old = std::mem::replace(vm.heap.refilled_tuple(last), items.into_iter().collect());
        vm.decref_all(old);
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
pub fn items(tool: &Tool) -> Vec<ObjRef> {
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

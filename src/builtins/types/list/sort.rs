//! `list.sort` and `sorted`: keys first, then the comparisons, each call a stop of a native frame.
//!
//! ```python
//! sorted(words, key=len)    # len(w) for every word, then comparisons of the ints, no Python code
//! ```
//!
//! The list is empty while it is sorted, as in CPython; whoever changes it meanwhile gets ValueError at the end.

use super::timsort::{Less, Stop, Timsort};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::PyStr,
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// `allocated` of a list that is being sorted.
const SORTING: u64 = u32::MAX as u64;

/// Sorts a list in place (list and key function borrowed); the result is None.
pub fn sort_list(vm: &mut Vm, list: ObjRef, key: Option<ObjRef>, reverse: bool) -> Res {
    let slot = vm.heap.slot_mut(list);
    let allocated = std::mem::replace(&mut slot.num, SORTING);
    let items: Vec<ObjRef> = match vm.heap.list_mut(list) {
        Some(items) => std::mem::take(items).into_iter().collect(),
        None => Vec::new(),
    };
    let sort = Timsort::new(items.len());
    vm.start_native(Sort {
        list,
        key,
        reverse,
        allocated,
        items,
        keys: Vec::new(),
        sort,
        by_slot: false,
        ordered: false,
        stage: Stage::Keys,
        ended: false,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Keys,
    Order,
    /// The result of `__lt__` came or comes.
    Answer,
    /// The truth of that result comes.
    Truth,
}

#[derive(Clone)]
struct Sort {
    /// borrowed
    list: ObjRef,
    /// borrowed
    key: Option<ObjRef>,
    reverse: bool,
    allocated: u64,
    items: Vec<ObjRef>,
    keys: Vec<ObjRef>,
    sort: Timsort,
    /// All keys are of one type.
    by_slot: bool,
    /// The keys are in order.
    ordered: bool,
    stage: Stage,
    ended: bool,
}

impl Native for Sort {
    fn name(&self) -> &'static str {
        "sort"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let input = input.value();
        match self.go_on(vm, input) {
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Err(raised) => self.raised(vm, raised),
            result => self.end(vm, result),
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        // Only in the order of comparing the permutation can be half done.
        if self.stage != Stage::Keys {
            self.sort.give_up();
        }
        self.end(vm, Err(raised))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.items.iter().chain(&self.keys).for_each(|&object| visit(object));
    }
}

impl Sort {
    fn go_on(&mut self, vm: &mut Vm, mut input: Option<ObjRef>) -> Res {
        loop {
            match self.stage {
                Stage::Keys => {
                    self.keys.extend(input.take());
                    let Some(key) = self.key else {
                        self.start_order(vm);
                        continue;
                    };
                    while let Some(&item) = self.items.get(self.keys.len()) {
                        match vm.call(key, &[item])? {
                            Outcome::Done(value) => self.keys.push(value),
                            Outcome::Pushed => return Ok(Outcome::Pushed),
                        }
                    }
                    self.start_order(vm);
                }
                Stage::Order if self.ordered => return done(vm.none()),
                Stage::Order => {
                    let mut compare = Compare {
                        vm: &mut *vm,
                        keys: if self.key.is_some() { &self.keys } else { &self.items },
                        by_slot: self.by_slot,
                        truth: false,
                    };
                    match self.sort.run(&mut compare) {
                        Ok(()) => return done(vm.none()),
                        Err(Stop::Failed(raised)) => return Err(raised),
                        Err(Stop::Wait) => {
                            self.stage = if compare.truth { Stage::Truth } else { Stage::Answer };
                            return Ok(Outcome::Pushed);
                        }
                    }
                }
                Stage::Answer => {
                    let value = input.take().expect("the result of __lt__");
                    let truth = vm.truth(value);
                    vm.decref(value);
                    match truth? {
                        Outcome::Done(truth) => {
                            self.sort.answer(truth);
                            self.stage = Stage::Order;
                        }
                        Outcome::Pushed => {
                            self.stage = Stage::Truth;
                            return Ok(Outcome::Pushed);
                        }
                    }
                }
                Stage::Truth => {
                    let value = input.take().expect("a truth value");
                    vm.decref(value);
                    self.sort.answer(value == TRUE);
                    self.stage = Stage::Order;
                }
            }
        }
    }

    /// All keys are there: looks how they can be compared.
    fn start_order(&mut self, vm: &Vm) {
        self.stage = Stage::Order;
        if self.reverse {
            self.sort.order.reverse();
        }
        let keys = if self.key.is_some() { &self.keys } else { &self.items };
        let Some(&first) = keys.first() else { return };
        let ty = vm.ty(first);
        if keys.iter().any(|&key| vm.ty(key) != ty) {
            return;
        }
        self.by_slot = true;
        self.order_plain(vm, ty);
    }

    /// Values that are compared without running any code and of which one is always less, more or the same: any way of sorting
    /// that keeps the order of equals gives the same result, so Rust's own is taken.
    fn order_plain(&mut self, vm: &Vm, ty: ObjRef) {
        let keys = if self.key.is_some() { &self.keys } else { &self.items };
        let order = &mut self.sort.order;
        match ty {
            INT => {
                let value = |index: u32| {
                    let slot = vm.heap.slot(keys[index as usize]);
                    matches!(slot.body, Body::None).then_some(slot.num as i64)
                };
                let Some(values) = order.iter().map(|&index| value(index)).collect() else { return };
                *order = order_of_integers(order, values);
            }
            FLOAT => {
                let value = |index: u32| f64::from_bits(vm.heap.slot(keys[index as usize]).num);
                let mut values: Vec<(f64, u32)> = order.iter().map(|&index| (value(index), index)).collect();
                if values.iter().any(|(value, _)| value.is_nan()) {
                    return;
                }
                values.sort_by(|(x, _), (y, _)| x.partial_cmp(y).expect("no nan"));
                order.iter_mut().zip(values).for_each(|(place, (_, index))| *place = index);
            }
            STR => {
                let texts: Vec<&PyStr> = keys.iter().filter_map(|&key| vm.heap.str(key).map(|text| &**text)).collect();
                order.sort_by(|&x, &y| texts[x as usize].compare(texts[y as usize]));
            }
            _ => return,
        }
        self.ordered = true;
    }

    /// Puts the items back, sorted as far as it went.
    fn end(&mut self, vm: &mut Vm, mut result: Res) -> Res {
        if std::mem::replace(&mut self.ended, true) {
            return result;
        }
        let modified = vm.heap.slot(self.list).num != SORTING || vm.heap.list(self.list).is_none_or(|items| !items.is_empty());
        if modified && let Ok(Outcome::Done(none)) = result {
            vm.decref(none);
            result = Err(vm.value_error("list modified during sort"));
        }
        let mut order = std::mem::take(&mut self.sort.order);
        if self.reverse && self.stage != Stage::Keys {
            order.reverse();
        }
        let items = std::mem::take(&mut self.items);
        let sorted = order.iter().map(|&index| items[index as usize]).collect();
        let keys = std::mem::take(&mut self.keys);
        vm.decref_all(keys);
        let added = match vm.heap.list_mut(self.list) {
            Some(items) => std::mem::replace(items, sorted),
            None => return result,
        };
        if modified {
            crate::objects::list::drop_items(&mut vm.heap, self.list);
        }
        vm.heap.slot_mut(self.list).num = self.allocated;
        vm.decref_all(added);
        result
    }
}

/// The indices in the order of their values.
fn order_of_integers(order: &[u32], values: Vec<i64>) -> Vec<u32> {
    let (least, most) = values.iter().fold((i64::MAX, i64::MIN), |(least, most), &value| (least.min(value), most.max(value)));
    if most.wrapping_sub(least) as u64 > u64::from(u32::MAX) {
        let mut pairs: Vec<(i64, u32)> = values.into_iter().zip(order.iter().copied()).collect();
        pairs.sort_by_key(|&(value, _)| value);
        return pairs.into_iter().map(|(_, index)| index).collect();
    }
    // Value and place in one word: no two are equal then.
    let mut words: Vec<u64> = values.iter().zip(0u64..).map(|(value, place)| (value.wrapping_sub(least) as u64) << 32 | place).collect();
    words.sort_unstable();
    words.into_iter().map(|word| order[word as u32 as usize]).collect()
}

struct Compare<'a> {
    vm: &'a mut Vm,
    keys: &'a [ObjRef],
    by_slot: bool,
    /// What was pushed gives a truth value already.
    truth: bool,
}

impl Compare<'_> {
    fn compared(&mut self, x: ObjRef, y: ObjRef) -> Res {
        if self.by_slot { self.vm.rich_compare_by_slot(x, y, 0) } else { self.vm.rich_compare(x, y, 0) }
    }
}

impl Less for Compare<'_> {
    type Error = Raised;

    #[inline]
    fn less(&mut self, x: u32, y: u32) -> Result<bool, Stop<Raised>> {
        let (x, y) = (x as usize, y as usize);
        match self.compared(self.keys[x], self.keys[y]) {
            Ok(Outcome::Done(value)) => {
                if self.vm.ty(value) == BOOL {
                    self.vm.decref(value);
                    return Ok(value == TRUE);
                }
                let truth = self.vm.truth(value);
                self.vm.decref(value);
                match truth {
                    Ok(Outcome::Done(truth)) => Ok(truth),
                    Ok(Outcome::Pushed) => {
                        self.truth = true;
                        Err(Stop::Wait)
                    }
                    Err(raised) => Err(Stop::Failed(raised)),
                }
            }
            Ok(Outcome::Pushed) => Err(Stop::Wait),
            Err(raised) => Err(Stop::Failed(raised)),
        }
    }
}

/// `sorted(iterable, key=…, reverse=…)`: a new list, sorted. Iterable and key are borrowed.
pub fn sorted(vm: &mut Vm, iterable: ObjRef, key: Option<ObjRef>, reverse: bool) -> Res {
    vm.start_native(Sorted { iterable, key, reverse, list: None })
}

#[derive(Clone)]
struct Sorted {
    /// borrowed
    iterable: ObjRef,
    /// borrowed
    key: Option<ObjRef>,
    reverse: bool,
    list: Option<ObjRef>,
}

impl Native for Sorted {
    fn name(&self) -> &'static str {
        "sorted"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let outcome = match (self.list, input.take()) {
                (None, None) => vm.collect_into(self.iterable, false)?,
                (None, Some(list)) => {
                    self.list = Some(list);
                    // The list is sorted by its method, which is called.
                    vm.enter(" while calling a Python object")?;
                    let result = sort_list(vm, list, self.key, self.reverse);
                    vm.leave();
                    result?
                }
                (Some(list), value) => {
                    vm.xdecref(value);
                    self.list = None;
                    return done(list);
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.list.iter().for_each(|&list| visit(list));
    }
}

/// Whether a list is being sorted at this moment.
pub fn is_sorting(vm: &Vm, list: ObjRef) -> bool {
    matches!(vm.heap.body(list), Body::List(_)) && vm.heap.slot(list).num == SORTING
}

//! The methods of `list`.
//!
//! Every change of a list's length tells `objects/list`, which knows how many slots CPython's list would have allocated.
//! `xs.append(1)` of an exact list never comes here: the loop does it. Counterpart in CPython 3.11: `Objects/listobject.c`.

pub mod sort;
pub mod timsort;

use crate::{
    builtins::slots,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::equal_without_python, list},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use {
        NativeDef as Def,
        Signature::{Any, Named, One, Range},
    };
    let mut rows = slots::comparisons();
    rows.extend([
        Def::static_method("__new__", Any, new),
        Def::wrapper("__init__", Any, init),
        Def::wrapper("__repr__", Signature::None, slots::repr),
        Def::wrapper("__len__", Signature::None, slots::length),
        Def::wrapper("__iter__", Signature::None, iter),
        Def::method("__reversed__", Signature::None, reversed),
        Def::method("__getitem__", One, slots::get_item),
        Def::wrapper("__setitem__", Range(2, 2), slots::set_item),
        Def::wrapper("__delitem__", One, slots::del_item),
        Def::wrapper("__contains__", One, slots::contains),
        Def::wrapper("__add__", One, add),
        Def::wrapper("__mul__", One, multiply),
        Def::wrapper("__rmul__", One, multiply),
        Def::wrapper("__iadd__", One, add_in_place),
        Def::wrapper("__imul__", One, multiply_in_place),
        Def::method("__sizeof__", Signature::None, super::object::measured),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::method("append", One, append),
        Def::method("clear", Signature::None, clear),
        Def::method("copy", Signature::None, copy),
        Def::method("count", One, count),
        Def::method("extend", One, extend),
        Def::method("index", Range(1, 3), index),
        Def::method("insert", Range(2, 2), insert),
        Def::method("pop", Range(0, 1), pop),
        Def::method("remove", One, remove),
        Def::method("reverse", Signature::None, reverse),
        Def::method("sort", Named("*, key=None, reverse=False"), sort_method),
    ]);
    rows
}

fn items(vm: &Vm, list: ObjRef) -> &[ObjRef] {
    vm.heap.list(list).map_or(&[], |items| items)
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    if args.kwnames.is_some() && crate::builtins::slots::has_new_of(vm, list, LIST) {
        return Err(vm.type_error("list() takes no keyword arguments"));
    }
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("list expected at most 1 argument, got {given}")));
    }
    let old = list::take_all(&mut vm.heap, list);
    vm.decref_all(old);
    match args.get(vm, 1) {
        Some(iterable) => vm.list_extend(list, iterable),
        None => done(vm.none()),
    }
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    done(vm.new_seq_iter(LIST_ITERATOR, list))
}

fn reversed(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    let last = items(vm, list).len() as i64 - 1;
    let iterator = vm.new_seq_iter(LIST_REVERSEITERATOR, list);
    vm.heap.slot_mut(iterator).num = last as u64;
    done(iterator)
}

fn add(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    vm.concat(a, b)
}

fn multiply(vm: &mut Vm, args: Args) -> Res {
    let (list, count) = (args.at(vm, 0), args.at(vm, 1));
    if !vm.has_index(count) {
        let name = vm.type_name(count);
        return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
    }
    vm.repeat(list, count)
}

fn add_in_place(vm: &mut Vm, args: Args) -> Res {
    let (list, iterable) = (args.at(vm, 0), args.at(vm, 1));
    vm.call_then(
        "list.__iadd__",
        &[list, iterable],
        |vm, refs| vm.list_extend(refs[0], refs[1]),
        |vm, refs, none| {
            vm.decref(none);
            done(vm.own(refs[0]))
        },
    )
}

fn multiply_in_place(vm: &mut Vm, args: Args) -> Res {
    let (list, count) = (args.at(vm, 0), args.at(vm, 1));
    let depth = vm.frames.len();
    let index = vm.index(count)?;
    let index = vm.finish_now(depth, index)?;
    let times = vm.fit_index(index, OVERFLOW_ERROR);
    vm.decref(index);
    let times = times?.max(0) as usize;
    let old: Vec<ObjRef> = items(vm, list).to_vec();
    if times == 0 {
        let old = list::take_all(&mut vm.heap, list);
        vm.decref_all(old);
        return done(vm.own(list));
    }
    if old.len().checked_mul(times).is_none_or(|len| len > 1 << 40) {
        let args = vm.own(EMPTY_TUPLE);
        return Err(vm.raise_args(MEMORY_ERROR, args));
    }
    for _ in 1..times {
        old.iter().for_each(|&item| vm.incref(item));
        if let Some(target) = vm.heap.list_mut(list) {
            target.extend(old.iter().copied());
        }
    }
    list::resized(&mut vm.heap, list, old.len());
    done(vm.own(list))
}

fn append(vm: &mut Vm, args: Args) -> Res {
    let (list, item) = (args.at(vm, 0), args.at(vm, 1));
    vm.incref(item);
    vm.list_append(list, item);
    done(vm.none())
}

fn clear(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    if !items(vm, list).is_empty() || !sort::is_sorting(vm, list) {
        let old = list::take_all(&mut vm.heap, list);
        // The last item goes first.
        vm.decref_all(old.into_iter().rev());
    }
    done(vm.none())
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let copied: Vec<ObjRef> = items(vm, args.at(vm, 0)).to_vec();
    copied.iter().for_each(|&item| vm.incref(item));
    done(vm.new_list(copied))
}

fn extend(vm: &mut Vm, args: Args) -> Res {
    let (list, iterable) = (args.at(vm, 0), args.at(vm, 1));
    vm.list_extend(list, iterable)
}

fn insert(vm: &mut Vm, args: Args) -> Res {
    let (list, position, item) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let position = index_argument(vm, position)?;
    let len = items(vm, list).len();
    let position = if position < 0 { (position + len as i64).max(0) as usize } else { (position as usize).min(len) };
    vm.incref(item);
    if let Some(items) = vm.heap.list_mut(list) {
        items.insert(position, item);
    }
    list::resized(&mut vm.heap, list, len);
    done(vm.none())
}

/// An argument that must be an integer that fits 64 bits.
pub fn index_argument(vm: &mut Vm, object: ObjRef) -> Result<i64, Raised> {
    let depth = vm.frames.len();
    let outcome = vm.index(object)?;
    let int = vm.finish_now(depth, outcome)?;
    let value = vm.small_value(int);
    vm.decref(int);
    match value {
        Some(value) => Ok(value),
        None => Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
    }
}

/// An argument that is cut to 64 bits: start and stop of `index`.
pub fn cut_index_argument(vm: &mut Vm, object: ObjRef) -> Result<i64, Raised> {
    let depth = vm.frames.len();
    if !vm.has_index(object) {
        return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
    }
    let outcome = vm.index(object)?;
    let int = vm.finish_now(depth, outcome)?;
    let value = vm.small_value(int).unwrap_or_else(|| match vm.heap.body(int) {
        Body::BigInt(value) if value.sign() == num_bigint::Sign::Minus => i64::MIN,
        _ => i64::MAX,
    });
    vm.decref(int);
    Ok(value)
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    let position = match args.get(vm, 1) {
        Some(position) => index_argument(vm, position)?,
        None => -1,
    };
    let len = items(vm, list).len();
    if len == 0 {
        return Err(vm.raise(INDEX_ERROR, "pop from empty list"));
    }
    let position = if position < 0 { position + len as i64 } else { position };
    if position < 0 || position >= len as i64 {
        return Err(vm.raise(INDEX_ERROR, "pop index out of range"));
    }
    let item = vm.heap.list_mut(list).expect("a list").remove(position as usize);
    list::resized(&mut vm.heap, list, len);
    done(item)
}

fn reverse(vm: &mut Vm, args: Args) -> Res {
    let list = args.at(vm, 0);
    if let Some(items) = vm.heap.list_mut(list) {
        items.reverse();
    }
    done(vm.none())
}

fn sort_method(vm: &mut Vm, args: Args) -> Res {
    let (list, key) = (args.at(vm, 0), args.given(vm, 1));
    let reverse = flag_argument(vm, args.get(vm, 2))?;
    sort::sort_list(vm, list, key, reverse)
}

/// `reverse=`: an int as truth value.
pub fn flag_argument(vm: &mut Vm, value: Option<ObjRef>) -> Result<bool, Raised> {
    let Some(value) = value else { return Ok(false) };
    if let Some(value) = vm.small_value(value) {
        return Ok(value != 0);
    }
    Ok(index_argument(vm, value)? != 0)
}

// ── looking for equal items ─────────────────────────────────────────────────────────────────────────────────────────

fn count(vm: &mut Vm, args: Args) -> Res {
    let (list, value) = (args.at(vm, 0), args.at(vm, 1));
    vm.start_native(Search { sequence: list, value, at: 0, stop: usize::MAX, item: None, found: 0, want: Want::Count })
}

fn index(vm: &mut Vm, args: Args) -> Res {
    search_index(vm, args, Want::Index)
}

fn remove(vm: &mut Vm, args: Args) -> Res {
    let (list, value) = (args.at(vm, 0), args.at(vm, 1));
    vm.start_native(Search { sequence: list, value, at: 0, stop: usize::MAX, item: None, found: 0, want: Want::Remove })
}

/// `sequence.index(value, start, stop)` of lists and tuples.
pub fn sequence_index(vm: &mut Vm, args: Args) -> Res {
    search_index(vm, args, Want::TupleIndex)
}

/// `sequence.count(value)` of lists and tuples.
pub fn sequence_count(vm: &mut Vm, args: Args) -> Res {
    count(vm, args)
}

fn search_index(vm: &mut Vm, args: Args, want: Want) -> Res {
    let (sequence, value) = (args.at(vm, 0), args.at(vm, 1));
    let len = vm.heap.sequence(sequence).map_or(0, <[ObjRef]>::len);
    let mut bounds = [0, i64::MAX];
    for (i, bound) in bounds.iter_mut().enumerate() {
        if let Some(given) = args.get(vm, i + 2) {
            *bound = cut_index_argument(vm, given)?;
        }
    }
    let [start, stop] = bounds.map(|bound| if bound < 0 { bound.saturating_add(len as i64).max(0) as usize } else { bound as usize });
    vm.start_native(Search { sequence, value, at: start, stop, item: None, found: 0, want })
}

#[derive(Clone, Copy, PartialEq)]
enum Want {
    Index,
    TupleIndex,
    Count,
    Remove,
}

/// Compares the items of a list or tuple with a value, one by one.
#[derive(Clone)]
struct Search {
    /// borrowed
    sequence: ObjRef,
    /// borrowed
    value: ObjRef,
    at: usize,
    stop: usize,
    /// The item being compared.
    item: Option<ObjRef>,
    found: usize,
    want: Want,
}

impl Native for Search {
    fn name(&self) -> &'static str {
        match self.want {
            Want::Index => "list.index",
            Want::TupleIndex => "tuple.index",
            Want::Count => "count",
            Want::Remove => "list.remove",
        }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut answer = match input {
            Input::Value(value) => {
                vm.decref(value);
                Some(value == TRUE)
            }
            _ => None,
        };
        loop {
            if let Some(equal) = answer.take() {
                let item = self.item.take();
                vm.xdecref(item);
                self.at += 1;
                if equal && let Some(result) = self.hit(vm) {
                    return done(result);
                }
            }
            let next = vm.heap.sequence(self.sequence).and_then(|items| items.get(self.at).copied());
            let Some(item) = next.filter(|_| self.at < self.stop) else { return self.miss(vm) };
            answer = if item == self.value { Some(true) } else { equal_without_python(&vm.heap, item, self.value) };
            if answer.is_some() {
                continue;
            }
            // A list may lose the item meanwhile; a tuple cannot.
            if vm.heap.list(self.sequence).is_some() {
                self.item = Some(vm.own(item));
            }
            match vm.equal(item, self.value)? {
                Outcome::Done(equal) => answer = Some(equal),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.item.iter().for_each(|&item| visit(item));
    }
}

impl Search {
    /// The item before `at` is equal: the result, unless the search goes on.
    fn hit(&mut self, vm: &mut Vm) -> Option<ObjRef> {
        match self.want {
            Want::Count => {
                self.found += 1;
                None
            }
            Want::Index | Want::TupleIndex => Some(vm.new_usize(self.at - 1)),
            Want::Remove => {
                let len = items(vm, self.sequence).len();
                if self.at <= len {
                    let item = vm.heap.list_mut(self.sequence).expect("a list").remove(self.at - 1);
                    list::cut(&mut vm.heap, self.sequence, len);
                    vm.decref(item);
                }
                Some(vm.none())
            }
        }
    }

    fn miss(&mut self, vm: &mut Vm) -> Res {
        match self.want {
            Want::Count => done(vm.new_usize(self.found)),
            Want::Remove => Err(vm.value_error("list.remove(x): x not in list")),
            Want::TupleIndex => Err(vm.value_error("tuple.index(x): x not in tuple")),
            Want::Index => {
                let depth = vm.frames.len();
                let text = vm.repr(self.value)?;
                let text = vm.finish_now(depth, text)?;
                let message = vm.text(text).map(|text| text.concat(&" is not in list".into())).unwrap_or_else(|| "".into());
                vm.decref(text);
                Err(vm.value_error(message))
            }
        }
    }
}

//! `deque`: a queue with two ends, perhaps of limited length.
//!
//! Counterpart in CPython 3.11: `Modules/_collectionsmodule.c`. An iterator notices that its deque was changed.

mod blocks;
mod search;

use std::collections::VecDeque;

use self::{
    blocks::Blocks,
    search::{Want, search},
};
use crate::{
    builtins::{
        convert,
        functions::iteration::stop,
        slots,
        types::list::{cut_index_argument, index_argument},
    },
    heap::ObjRef,
    objects::{Heap, Objects, core_types::*, instance::Foreign, types::special},
    stdlib::{NewClass, add_class, foreign, foreign_body, foreign_mut},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::{after::After, consume::Sink},
        raised::done,
    },
};

#[derive(Clone, Default)]
struct Deque {
    items: VecDeque<ObjRef>,
    blocks: Blocks,
    maxlen: Option<usize>,
    /// Counts the changes of length.
    state: u64,
}

#[derive(Clone)]
struct Iter {
    deque: Option<ObjRef>,
    position: usize,
    state: u64,
    backwards: bool,
}

impl Foreign for Deque {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.items.iter().for_each(|&item| visit(item));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        std::mem::take(&mut self.items).into_iter().collect()
    }

    fn outside_size(&self) -> usize {
        self.blocks.size(self.items.len())
    }

    fn more_blocks(&self) -> Vec<u32> {
        self.blocks.all()
    }
}

impl Foreign for Iter {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.deque.iter().for_each(|&deque| visit(deque));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.deque.take().into_iter().collect()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {
        NativeDef as Def,
        Signature::{Any, One, Range},
    };
    let natives = vec![
        Def::static_method("__new__", Any, new),
        Def::wrapper("__init__", Any, init),
        Def::wrapper("__repr__", Signature::None, repr),
        Def::wrapper("__len__", Signature::None, len),
        Def::wrapper("__iter__", Signature::None, |vm, args| iter(vm, args, false)),
        Def::method("__reversed__", Signature::None, |vm, args| iter(vm, args, true)),
        Def::wrapper("__getitem__", One, get_item),
        Def::wrapper("__setitem__", Range(2, 2), set_item),
        Def::wrapper("__delitem__", One, del_item),
        Def::wrapper("__contains__", One, contains),
        Def::wrapper("__add__", One, add),
        Def::wrapper("__iadd__", One, add_in_place),
        Def::wrapper("__mul__", One, multiply),
        Def::wrapper("__rmul__", One, multiply),
        Def::wrapper("__imul__", One, multiply_in_place),
        Def::wrapper("__lt__", One, compare::<0>),
        Def::wrapper("__le__", One, compare::<1>),
        Def::wrapper("__eq__", One, compare::<2>),
        Def::wrapper("__ne__", One, compare::<3>),
        Def::wrapper("__gt__", One, compare::<4>),
        Def::wrapper("__ge__", One, compare::<5>),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::method("__copy__", Signature::None, copy),
        Def::method("__reduce__", Signature::None, reduce),
        Def::method("__sizeof__", Signature::None, crate::builtins::types::object::measured),
        Def::method("append", One, append),
        Def::method("appendleft", One, append_left),
        Def::method("clear", Signature::None, clear),
        Def::method("copy", Signature::None, copy),
        Def::method("count", One, count),
        Def::method("extend", One, extend),
        Def::method("extendleft", One, extend_left),
        Def::method("index", Any, index),
        Def::method("insert", Any, insert),
        Def::method("pop", Signature::None, pop),
        Def::method("popleft", Signature::None, pop_left),
        Def::method("remove", One, remove),
        Def::method("reverse", Signature::None, reverse),
        Def::method("rotate", Any, rotate),
        Def::getter("maxlen", maxlen),
    ];
    let class =
        add_class(vm, dict, NewClass { module: "collections", name: "deque", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
    let (members, none) = (vm.heap.type_of_type(class).dict, vm.none());
    vm.dict_set_text(members, "__hash__", none);
    vm.type_modified(class);
    for name in ["_deque_iterator", "_deque_reverse_iterator"] {
        let natives = vec![
            Def::wrapper("__iter__", Signature::None, slots::itself),
            Def::wrapper("__next__", Signature::None, next),
            Def::method("__length_hint__", Signature::None, length_hint),
            Def::method("__reduce__", Signature::None, reduce_iter),
            Def::static_method("__new__", Any, if name == "_deque_iterator" { new_iter::<false> } else { new_iter::<true> }),
        ];
        add_class(vm, dict, NewClass { module: "_collections", name, base: OBJECT, natives, slots: Some(&[]) });
    }
}

// ── the content ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn deque(vm: &Vm, object: ObjRef) -> Option<&Deque> {
    foreign(vm, object)
}

/// The deque, about to change its length.
fn changed(vm: &mut Vm, object: ObjRef) -> Option<&mut Deque> {
    let deque = foreign_mut::<Deque>(vm, object)?;
    deque.state += 1;
    Some(deque)
}

fn items(vm: &Vm, object: ObjRef) -> Vec<ObjRef> {
    deque(vm, object).map(|deque| deque.items.iter().copied().collect()).unwrap_or_default()
}

/// A list of the items, owned.
fn as_list(vm: &mut Vm, object: ObjRef) -> ObjRef {
    let items = items(vm, object);
    items.iter().for_each(|&item| vm.incref(item));
    vm.new_list(items)
}

/// The deque's blocks are changed.
fn with_blocks(vm: &mut Vm, object: ObjRef, change: impl FnOnce(&mut Blocks, &mut Heap)) {
    let Some(deque) = foreign_mut::<Deque>(vm, object) else { return };
    let mut blocks = std::mem::take(&mut deque.blocks);
    change(&mut blocks, &mut vm.heap);
    if let Some(deque) = foreign_mut::<Deque>(vm, object) {
        deque.blocks = blocks;
    }
}

/// Adds an item (owned) at an end; one at the other end makes room.
fn push(vm: &mut Vm, object: ObjRef, item: ObjRef, left: bool) {
    vm.heap.budget -= 8;
    if deque(vm, object).is_some_and(|deque| deque.blocks.are_full(left, deque.items.len())) {
        with_blocks(vm, object, |blocks, heap| blocks.grow(heap, left));
    }
    let Some(deque) = changed(vm, object) else { return vm.decref(item) };
    if left {
        deque.items.push_front(item);
        deque.blocks.pushed_left();
    } else {
        deque.items.push_back(item);
    }
    if deque.maxlen.is_some_and(|maxlen| deque.items.len() > maxlen) {
        let surplus = take(vm, object, !left);
        vm.xdecref(surplus);
    }
}

/// Takes the item at an end away, if there is one.
fn take(vm: &mut Vm, object: ObjRef, left: bool) -> Option<ObjRef> {
    let deque = foreign_mut::<Deque>(vm, object)?;
    let item = if left { deque.items.pop_front() } else { deque.items.pop_back() }?;
    let len = deque.items.len();
    if deque.blocks.popped(left, len) {
        with_blocks(vm, object, |blocks, heap| blocks.shrink(heap, left, len));
    }
    Some(item)
}

/// Takes the item at a position away: it is turned to the front.
fn take_at(vm: &mut Vm, object: ObjRef, at: usize) -> Option<ObjRef> {
    let deque = changed(vm, object)?;
    let item = deque.items.remove(at)?;
    let len = deque.items.len();
    with_blocks(vm, object, |blocks, heap| {
        blocks.rotate(heap, len + 1, -(at as i64));
        if blocks.popped(true, len) {
            blocks.shrink(heap, true, len);
        }
        blocks.rotate(heap, len, at as i64);
    });
    Some(item)
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(made(vm, class, None))
}

/// A new deque, empty.
fn made(vm: &mut Vm, class: ObjRef, maxlen: Option<usize>) -> ObjRef {
    let new = vm.new_derived(class, 0, foreign_body(Deque { maxlen, ..Deque::default() }));
    with_blocks(vm, new, |blocks, heap| *blocks = Blocks::new(heap));
    new
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let keywords = args.keywords(vm);
    let given = args.n - 1 + keywords.len();
    if given > 2 {
        return Err(vm.type_error(format!("deque() takes at most 2 arguments ({given} given)")));
    }
    let (mut iterable, mut maxlen) = (args.get(vm, 1), args.get(vm, 2));
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "iterable" => iterable = Some(value),
            "maxlen" => maxlen = Some(value),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for deque()"))),
        }
    }
    let maxlen = match maxlen {
        None | Some(NONE) => None,
        Some(maxlen) if !vm.is_int(maxlen) => return Err(vm.type_error("an integer is required")),
        Some(maxlen) => match index_argument(vm, maxlen)? {
            maxlen if maxlen < 0 => return Err(vm.value_error("maxlen must be non-negative")),
            maxlen => Some(maxlen as usize),
        },
    };
    if let Some(deque) = foreign_mut::<Deque>(vm, this) {
        deque.maxlen = maxlen;
    }
    empty(vm, this);
    match iterable {
        Some(iterable) => extend_with(vm, this, iterable, false),
        None => done(vm.none()),
    }
}

/// A deque of the same kind with these items (owned).
fn like(vm: &mut Vm, this: ObjRef, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
    let (class, maxlen) = (vm.ty(this), deque(vm, this).and_then(|deque| deque.maxlen));
    let new = made(vm, class, maxlen);
    if deque(vm, this).is_some_and(|deque| deque.items.len() != 1) {
        with_blocks(vm, new, |blocks, _| blocks.make_room(false));
    }
    for item in items {
        push(vm, new, item, false);
    }
    new
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let items = items(vm, this);
    items.iter().for_each(|&item| vm.incref(item));
    done(like(vm, this, items))
}

fn add(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if deque(vm, other).is_none() {
        let given = vm.type_name(other);
        return Err(vm.type_error(format!("can only concatenate deque (not \"{given}\") to deque")));
    }
    let mut all = items(vm, this);
    all.extend(items(vm, other));
    all.iter().for_each(|&item| vm.incref(item));
    done(like(vm, this, all))
}

/// How often the items are repeated, no oftener than `maxlen` lets be seen.
fn count_argument(vm: &mut Vm, this: ObjRef, count: ObjRef) -> Result<usize, Raised> {
    let count = slot_index(vm, count)?.max(0) as usize;
    let (len, maxlen) = deque(vm, this).map_or((0, None), |deque| (deque.items.len(), deque.maxlen));
    let needed = match maxlen {
        Some(maxlen) if len == 1 => count.min(maxlen.max(1)),
        _ => count,
    };
    if needed.checked_mul(len).is_none_or(|total| total > MOST_ITEMS && (maxlen.is_none() || total > isize::MAX as usize)) {
        let args = vm.own(EMPTY_TUPLE);
        return Err(vm.raise_args(MEMORY_ERROR, args));
    }
    Ok(match maxlen {
        Some(maxlen) if len > 0 => needed.min(maxlen.div_ceil(len).max(1)),
        _ if len == 0 => needed.min(1),
        _ => needed,
    })
}

/// More are a MemoryError.
const MOST_ITEMS: usize = 1 << 30;

fn multiply(vm: &mut Vm, args: Args) -> Res {
    let (this, count) = (args.at(vm, 0), args.at(vm, 1));
    let count = count_argument(vm, this, count)?;
    let once = items(vm, this);
    let is_emptied = count == 0 && !once.is_empty();
    let all: Vec<ObjRef> = std::iter::repeat_n(once, count).flatten().collect();
    all.iter().for_each(|&item| vm.incref(item));
    let new = like(vm, this, all);
    if is_emptied {
        with_blocks(vm, new, |blocks, heap| blocks.clear(heap));
    }
    done(new)
}

fn multiply_in_place(vm: &mut Vm, args: Args) -> Res {
    let (this, count) = (args.at(vm, 0), args.at(vm, 1));
    let count = count_argument(vm, this, count)?;
    let once = items(vm, this);
    if count == 0 {
        empty(vm, this);
    }
    for _ in 1..count {
        for &item in &once {
            vm.incref(item);
            push(vm, this, item, false);
        }
    }
    done(vm.own(this))
}

/// `(class, arguments, state, iterator)`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let state = super::state_of(vm, this)?;
    let class = vm.ty(this);
    vm.incref(class);
    let arguments = match deque(vm, this).and_then(|deque| deque.maxlen) {
        Some(maxlen) => {
            vm.incref(EMPTY_TUPLE);
            let maxlen = vm.new_usize(maxlen);
            vm.new_tuple([EMPTY_TUPLE, maxlen])
        }
        None => vm.own(EMPTY_TUPLE),
    };
    let iterator = new_iterator(vm, this, false);
    done(vm.new_tuple([class, arguments, state, iterator]))
}

// ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if vm.is_shown(this) {
        return done(vm.new_str("[...]"));
    }
    vm.repr_enter(this);
    let ty = vm.ty(this);
    let list = if vm.heap.type_of_type(ty).special & special::ITER == 0 {
        Ok(as_list(vm, this))
    } else {
        vm.collect_now(this).map(|items| vm.new_list(items))
    };
    let text = list.and_then(|list| {
        let text = vm.repr_now(list);
        vm.decref(list);
        text
    });
    vm.repr_leave(this);
    let (text, class) = (text?, vm.short_type_name(this));
    done(vm.new_str(match deque(vm, this).and_then(|deque| deque.maxlen) {
        Some(maxlen) => format!("{class}({text}, maxlen={maxlen})"),
        None => format!("{class}({text})"),
    }))
}

fn len(vm: &mut Vm, args: Args) -> Res {
    let len = deque(vm, args.at(vm, 0)).map_or(0, |deque| deque.items.len());
    done(vm.new_usize(len))
}

fn maxlen(vm: &mut Vm, args: Args) -> Res {
    match deque(vm, args.at(vm, 0)).and_then(|deque| deque.maxlen) {
        Some(maxlen) => done(vm.new_usize(maxlen)),
        None => done(vm.none()),
    }
}

/// Compares with another deque as their lists do.
fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if deque(vm, this).is_none() || deque(vm, other).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let lists = [as_list(vm, this), as_list(vm, other)];
    let depth = vm.frames.len();
    let result = vm.rich_compare(lists[0], lists[1], OP);
    vm.after(depth, result, After::new("deque", &[], 0, |_, _, result| done(result)).owning(lists))
}

fn contains(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    let list = as_list(vm, this);
    let depth = vm.frames.len();
    let found = vm.contains_builtin(list, value);
    let found = vm.bool_result(found);
    vm.after(depth, found, After::new("deque.__contains__", &[], 0, |_, _, found| done(found)).owning([list]))
}

fn count(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    search(vm, this, value, 0..usize::MAX, Want::Count)
}

fn not_there(vm: &mut Vm, value: ObjRef) -> Raised {
    match vm.repr_now(value) {
        Ok(text) => vm.value_error(format!("{text} is not in deque")),
        Err(raised) => raised,
    }
}

fn no_keywords(vm: &mut Vm, args: Args, name: &str) -> Result<(), Raised> {
    match args.kwnames {
        Some(_) => Err(vm.type_error(format!("deque.{name}() takes no keyword arguments"))),
        None => Ok(()),
    }
}

fn index(vm: &mut Vm, args: Args) -> Res {
    no_keywords(vm, args, "index")?;
    let given = args.n - 1;
    if given < 1 {
        return Err(vm.type_error(format!("index() takes at least 1 argument ({given} given)")));
    }
    if given > 3 {
        return Err(vm.type_error(format!("index() takes at most 3 arguments ({given} given)")));
    }
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    let len = deque(vm, this).map_or(0, |deque| deque.items.len()) as i64;
    let mut bounds = [0, i64::MAX];
    for (i, bound) in bounds.iter_mut().enumerate() {
        if let Some(given) = args.get(vm, i + 2) {
            *bound = cut_index_argument(vm, given)?;
        }
    }
    let [start, stop] = bounds.map(|bound| if bound < 0 { bound.saturating_add(len).max(0) as usize } else { bound as usize });
    search(vm, this, value, start..stop, Want::Index)
}

/// A valid position; a class that inherits from deque may have a `__len__` of its own.
fn position(vm: &mut Vm, this: ObjRef, index: ObjRef) -> Result<usize, Raised> {
    let index = slot_index(vm, index)?;
    let len = deque(vm, this).map_or(0, |deque| deque.items.len()) as i64;
    let index = if index < 0 { index.saturating_add(own_length(vm, this)?.unwrap_or(len)) } else { index };
    if (0..len).contains(&index) { Ok(index as usize) } else { Err(vm.raise(INDEX_ERROR, "deque index out of range")) }
}

fn own_length(vm: &mut Vm, this: ObjRef) -> Result<Option<i64>, Raised> {
    let ty = vm.ty(this);
    if vm.heap.type_of_type(ty).special & special::LEN == 0 {
        return Ok(None);
    }
    let depth = vm.frames.len();
    let outcome = vm.length_object(this)?;
    let len = vm.finish_now(depth, outcome)?;
    let value = vm.small_value(len);
    vm.decref(len);
    Ok(value)
}

/// The argument of `__mul__` and `__getitem__`, which take a C index.
fn slot_index(vm: &mut Vm, index: ObjRef) -> Result<i64, Raised> {
    convert::limited(vm, index)?.map_err(|_| {
        let name = vm.type_name(index);
        vm.raise(OVERFLOW_ERROR, format!("cannot fit '{name}' into an index-sized integer"))
    })
}

fn get_item(vm: &mut Vm, args: Args) -> Res {
    let (this, index) = (args.at(vm, 0), args.at(vm, 1));
    let at = position(vm, this, index)?;
    let item = items_at(vm, this, at);
    done(vm.own(item))
}

fn items_at(vm: &Vm, this: ObjRef, at: usize) -> ObjRef {
    deque(vm, this).and_then(|deque| deque.items.get(at).copied()).unwrap_or(NONE)
}

// ── changing ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn set_item(vm: &mut Vm, args: Args) -> Res {
    let (this, index, value) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let at = position(vm, this, index)?;
    vm.incref(value);
    let old = foreign_mut::<Deque>(vm, this).and_then(|deque| deque.items.get_mut(at).map(|slot| std::mem::replace(slot, value)));
    vm.xdecref(old);
    done(vm.none())
}

fn del_item(vm: &mut Vm, args: Args) -> Res {
    let (this, index) = (args.at(vm, 0), args.at(vm, 1));
    let at = position(vm, this, index)?;
    let old = take_at(vm, this, at);
    vm.xdecref(old);
    done(vm.none())
}

fn append(vm: &mut Vm, args: Args) -> Res {
    let (this, item) = (args.at(vm, 0), args.at(vm, 1));
    vm.incref(item);
    push(vm, this, item, false);
    done(vm.none())
}

fn append_left(vm: &mut Vm, args: Args) -> Res {
    let (this, item) = (args.at(vm, 0), args.at(vm, 1));
    vm.incref(item);
    push(vm, this, item, true);
    done(vm.none())
}

fn extend(vm: &mut Vm, args: Args) -> Res {
    extend_with(vm, args.at(vm, 0), args.at(vm, 1), false)
}

fn extend_left(vm: &mut Vm, args: Args) -> Res {
    extend_with(vm, args.at(vm, 0), args.at(vm, 1), true)
}

fn add_in_place(vm: &mut Vm, args: Args) -> Res {
    let (this, iterable) = (args.at(vm, 0), args.at(vm, 1));
    vm.call_then(
        "deque.__iadd__",
        &[this, iterable],
        |vm, refs| extend_with(vm, refs[0], refs[1], false),
        |vm, refs, none| {
            vm.decref(none);
            done(vm.own(refs[0]))
        },
    )
}

fn extend_with(vm: &mut Vm, this: ObjRef, iterable: ObjRef, left: bool) -> Res {
    vm.incref(this);
    if deque(vm, this).is_some_and(|deque| deque.items.is_empty() && deque.maxlen != Some(0)) {
        with_blocks(vm, this, |blocks, _| blocks.make_room(left));
    }
    if this == iterable {
        let list = as_list(vm, this);
        let result = vm.consume(list, Extend { deque: this, left });
        vm.decref(list);
        return result;
    }
    vm.consume(iterable, Extend { deque: this, left })
}

#[derive(Clone)]
struct Extend {
    deque: ObjRef,
    left: bool,
}

impl Sink for Extend {
    fn name(&self) -> &'static str {
        "deque.extend"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        push(vm, self.deque, item, self.left);
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        Ok(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.deque);
    }
}

fn popped(vm: &mut Vm, item: Option<ObjRef>) -> Res {
    match item {
        Some(item) => done(item),
        None => Err(vm.raise(INDEX_ERROR, "pop from an empty deque")),
    }
}

fn popped_item(vm: &mut Vm, object: ObjRef, left: bool) -> Option<ObjRef> {
    changed(vm, object)?;
    take(vm, object, left)
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let item = popped_item(vm, args.at(vm, 0), false);
    popped(vm, item)
}

fn pop_left(vm: &mut Vm, args: Args) -> Res {
    let item = popped_item(vm, args.at(vm, 0), true);
    popped(vm, item)
}

fn empty(vm: &mut Vm, this: ObjRef) {
    let old = changed(vm, this).map(|deque| std::mem::take(&mut deque.items)).unwrap_or_default();
    if !old.is_empty() {
        with_blocks(vm, this, |blocks, heap| blocks.clear(heap));
    }
    vm.decref_all(old);
}

fn clear(vm: &mut Vm, args: Args) -> Res {
    empty(vm, args.at(vm, 0));
    done(vm.none())
}

fn insert(vm: &mut Vm, args: Args) -> Res {
    no_keywords(vm, args, "insert")?;
    if args.n != 3 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("insert() takes exactly 2 arguments ({given} given)")));
    }
    let (this, index, item) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let index = index_argument(vm, index)?;
    let Some(deque) = changed(vm, this) else { return done(vm.none()) };
    let len = deque.items.len() as i64;
    if deque.maxlen.is_some_and(|maxlen| len as usize >= maxlen) {
        return Err(vm.raise(INDEX_ERROR, "deque already at its maximum size"));
    }
    let at = if index < 0 { (index + len).max(0) } else { index.min(len) };
    deque.items.insert(at as usize, item);
    vm.incref(item);
    // It is put in at an end, while the others are turned away.
    let at_left = index < len && (index >= 0 || index <= -len);
    let turned = if index >= len || index <= -len { 0 } else { index };
    with_blocks(vm, this, |blocks, heap| {
        blocks.rotate(heap, len as usize, -turned);
        if blocks.are_full(at_left, len as usize) {
            blocks.grow(heap, at_left);
        }
        if at_left {
            blocks.pushed_left();
        }
        blocks.rotate(heap, len as usize + 1, turned);
    });
    done(vm.none())
}

fn remove(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    search(vm, this, value, 0..usize::MAX, Want::Remove)
}

fn reverse(vm: &mut Vm, args: Args) -> Res {
    if let Some(deque) = foreign_mut::<Deque>(vm, args.at(vm, 0)) {
        deque.items.make_contiguous().reverse();
    }
    done(vm.none())
}

fn rotate(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if args.kwnames.is_some() {
        return Err(vm.type_error("deque.rotate() takes no keyword arguments"));
    }
    if args.n > 2 {
        return Err(vm.type_error(format!("deque.rotate expected at most 1 argument, got {}", args.n - 1)));
    }
    let steps = match args.get(vm, 1) {
        Some(steps) => index_argument(vm, steps)?,
        None => 1,
    };
    if let Some(deque) = changed(vm, this)
        && !deque.items.is_empty()
    {
        let len = deque.items.len();
        deque.items.rotate_right(steps.rem_euclid(len as i64) as usize);
        with_blocks(vm, this, |blocks, heap| blocks.rotate(heap, len, steps));
    }
    done(vm.none())
}

// ── iterating ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn iter(vm: &mut Vm, args: Args, backwards: bool) -> Res {
    done(new_iterator(vm, args.at(vm, 0), backwards))
}

/// `_deque_iterator(deque, index=0)`
fn new_iter<const BACKWARDS: bool>(vm: &mut Vm, args: Args) -> Res {
    let (source, index) = (args.get(vm, 1), args.get(vm, 2));
    let Some(source) = source.filter(|&source| deque(vm, source).is_some()) else {
        let given = source.map_or("nothing".into(), |source| vm.type_name(source));
        return Err(vm.type_error(format!("argument 1 must be collections.deque, not {given}")));
    };
    let index = index.map_or(Ok(0), |index| index_argument(vm, index))?.max(0) as usize;
    let made = new_iterator(vm, source, BACKWARDS);
    if let Some(iter) = foreign_mut::<Iter>(vm, made) {
        iter.position = index;
    }
    done(made)
}

/// `(class, (deque, items given))`
fn reduce_iter(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(iter) = foreign::<Iter>(vm, this).cloned() else { return done(vm.none()) };
    let source = match iter.deque {
        Some(source) => vm.own(source),
        None => {
            let class = super::class_named(vm, "deque");
            vm.new_derived(class, 0, foreign_body(Deque::default()))
        }
    };
    let position = vm.new_usize(iter.position);
    let arguments = vm.new_tuple([source, position]);
    let class = vm.ty(this);
    vm.incref(class);
    done(vm.new_tuple([class, arguments]))
}

fn new_iterator(vm: &mut Vm, this: ObjRef, backwards: bool) -> ObjRef {
    let state = deque(vm, this).map_or(0, |deque| deque.state);
    vm.incref(this);
    let class = super::class_named(vm, if backwards { "_deque_reverse_iterator" } else { "_deque_iterator" });
    vm.new_derived(class, 0, foreign_body(Iter { deque: Some(this), position: 0, state, backwards }))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(Iter { deque: Some(source), position, state, backwards }) = foreign::<Iter>(vm, this).cloned() else { return Err(stop(vm)) };
    let content = deque(vm, source);
    if content.is_some_and(|content| content.state != state) {
        return Err(vm.raise(RUNTIME_ERROR, "deque mutated during iteration"));
    }
    let len = content.map_or(0, |content| content.items.len());
    if position >= len {
        let held = foreign_mut::<Iter>(vm, this).and_then(|iter| iter.deque.take());
        vm.xdecref(held);
        return Err(stop(vm));
    }
    let item = items_at(vm, source, if backwards { len - 1 - position } else { position });
    if let Some(iter) = foreign_mut::<Iter>(vm, this) {
        iter.position += 1;
    }
    done(vm.own(item))
}

fn length_hint(vm: &mut Vm, args: Args) -> Res {
    let iter = foreign::<Iter>(vm, args.at(vm, 0)).cloned();
    let left = iter.and_then(|iter| deque(vm, iter.deque?).map(|deque| deque.items.len().saturating_sub(iter.position)));
    done(vm.new_usize(left.unwrap_or(0)))
}

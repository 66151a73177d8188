//! Functions about iterables: `len iter next sorted min max any all aiter anext`.
//!
//! Whatever may ask Python code for an item, a key or a truth value is a native frame.
//! Counterpart in CPython 3.11: `Python/bltinmodule.c`. `max(words, key=len)` calls `len` once a word.

use crate::{
    builtins::types::list::{flag_argument, sort},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, iter::Iter},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::*};
    vec![
        Def::function("len", One, len),
        Def::function("iter", Range(1, 2), iter),
        Def::function("next", Range(1, 2), next),
        Def::function("sorted", Any, sorted),
        Def::function("min", Any, min),
        Def::function("max", Any, max),
        Def::function("any", One, any),
        Def::function("all", One, all),
        Def::function("aiter", One, aiter),
        Def::function("anext", Range(1, 2), anext),
    ]
}

fn len(vm: &mut Vm, args: Args) -> Res {
    vm.length_object(args.at(vm, 0))
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Some(sentinel) = args.get(vm, 1) else { return vm.get_iter(object) };
    if !vm.is_callable(object) {
        return Err(vm.type_error("iter(v, w): v must be callable"));
    }
    vm.incref(object);
    vm.incref(sentinel);
    done(vm.alloc_tracked(CALLABLE_ITERATOR, 0, Body::Iter(Box::new(Iter::Callable { func: Some(object), sentinel }))))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let (iterator, default) = (args.at(vm, 0), args.get(vm, 1));
    if !vm.is_iterator(iterator) {
        let name = vm.type_name(iterator);
        return Err(vm.type_error(format!("'{name}' object is not an iterator")));
    }
    let Some(default) = default else { return next_item(vm, iterator) };
    vm.start_native(NextOr { iterator, default })
}

/// The next item, or StopIteration as the iterator raises it.
fn next_item(vm: &mut Vm, iterator: ObjRef) -> Res {
    if !matches!(vm.heap.body(iterator), Body::SeqIter(_) | Body::RangeIter(_) | Body::DictIter(_) | Body::Iter(_) | Body::Generator(_)) {
        let name = vm.names.next;
        if let Some(result) = vm.call_special(iterator, name, &[]) {
            return result;
        }
    }
    match vm.iter_next(iterator)? {
        Outcome::Done(Some(item)) => done(item),
        Outcome::Done(None) => Err(stop(vm)),
        Outcome::Pushed => Ok(Outcome::Pushed),
    }
}

/// A bare StopIteration.
pub fn stop(vm: &mut Vm) -> Raised {
    let args = vm.own(EMPTY_TUPLE);
    vm.raise_args(STOP_ITERATION, args)
}

/// `next(iterator, default)`; both borrowed.
#[derive(Clone)]
struct NextOr {
    iterator: ObjRef,
    default: ObjRef,
}

impl Native for NextOr {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) => done(value),
            Input::Exhausted => done(vm.own(self.default)),
            Input::Start => match vm.iter_next_native(self.iterator)? {
                Outcome::Done(Some(item)) => done(item),
                Outcome::Done(None) => done(vm.own(self.default)),
                Outcome::Pushed => Ok(Outcome::Pushed),
            },
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if vm.exception_matches(raised.0, STOP_ITERATION) {
            vm.decref(raised.0);
            return done(vm.own(self.default));
        }
        Err(raised)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// The keywords are those of `list.sort`, which also names them in its messages.
fn sorted(vm: &mut Vm, args: Args) -> Res {
    if args.n != 1 {
        let given = args.n;
        return Err(vm.type_error(format!("sorted expected 1 argument, got {given}")));
    }
    // The list is made before it is sorted, and that is where the keywords are read.
    let iterable = args.at(vm, 0);
    if args.kwnames.is_some() && !vm.check_iterable(iterable) {
        return Err(vm.type_error(format!("'{}' object is not iterable", vm.type_name(iterable))));
    }
    let keywords = args.keywords(vm);
    if !keywords.is_empty() {
        // `list.sort` parses them.
        let sort = vm.dict_get_text(vm.heap.type_of_type(LIST).dict, "sort");
        if let Some(sort) = sort.and_then(|sort| vm.native_of(sort)) {
            let id = sort.id;
            vm.prepare_parser(id.0, ["key", "reverse"]);
        }
    }
    if keywords.len() > 2 {
        return Err(vm.type_error(format!("sort() takes at most 2 keyword arguments ({} given)", keywords.len())));
    }
    let (mut key, mut reverse) = (None, None);
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "key" => key = Some(value).filter(|&key| key != NONE),
            "reverse" => reverse = Some(value),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for sort()"))),
        }
    }
    let reverse = flag_argument(vm, reverse)?;
    sort::sorted(vm, args.at(vm, 0), key, reverse)
}

// ── min and max ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn min(vm: &mut Vm, args: Args) -> Res {
    extremum(vm, args, "min", 0)
}

fn max(vm: &mut Vm, args: Args) -> Res {
    extremum(vm, args, "max", 4)
}

fn extremum(vm: &mut Vm, args: Args, name: &'static str, op: u32) -> Res {
    if args.n == 0 {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let keywords = args.keywords(vm);
    if keywords.len() > 2 {
        return Err(vm.type_error(format!("{name}() takes at most 2 keyword arguments ({} given)", keywords.len())));
    }
    let (mut key, mut default) = (None, None);
    for (keyword, value) in keywords {
        match &*vm.name_text(keyword) {
            "key" => key = Some(value).filter(|&key| key != NONE),
            "default" => default = Some(value),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for {name}()"))),
        }
    }
    let several = args.n > 1;
    if several && default.is_some() {
        return Err(vm.type_error(format!("Cannot specify a default for {name}() with multiple positional arguments")));
    }
    // As in CPython a tuple holds the arguments, and a dict the keyword arguments.
    let tuple = args.packed(vm, 0);
    let iterable = if several { tuple } else { args.at(vm, 0) };
    let mut held = vec![tuple];
    let keywords = args.keywords(vm);
    if !keywords.is_empty() {
        let dict = vm.new_dict();
        for (keyword, value) in keywords {
            vm.incref(value);
            vm.dict_set_str(dict, keyword, value);
        }
        held.push(dict);
    }
    vm.start_native(Extremum {
        name,
        op,
        iterable,
        held,
        key,
        default,
        iterator: None,
        item: None,
        value: None,
        best: None,
        stage: Stage::Iterator,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Iterator,
    Item,
    Key,
    Compare,
    Truth,
}

#[derive(Clone)]
struct Extremum {
    name: &'static str,
    op: u32,
    /// borrowed, or held
    iterable: ObjRef,
    held: Vec<ObjRef>,
    /// borrowed
    key: Option<ObjRef>,
    /// borrowed
    default: Option<ObjRef>,
    iterator: Option<ObjRef>,
    /// The item at work and what it is compared by.
    item: Option<ObjRef>,
    value: Option<ObjRef>,
    /// The best item so far and what it is compared by.
    best: Option<(ObjRef, ObjRef)>,
    stage: Stage,
}

impl Native for Extremum {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return self.finish(vm),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.stage, input.take()) {
                (Stage::Iterator, None) => vm.get_iter(self.iterable)?,
                (Stage::Iterator, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    self.stage = Stage::Item;
                    continue;
                }
                (Stage::Item, None) => match vm.iter_next_native(self.iterator.expect("an iterator"))? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return self.finish(vm),
                    Outcome::Pushed => Outcome::Pushed,
                },
                (Stage::Item, Some(item)) => {
                    self.item = Some(item);
                    self.stage = Stage::Key;
                    match self.key {
                        Some(key) => vm.call(key, &[item])?,
                        None => Outcome::Done(vm.own(item)),
                    }
                }
                (Stage::Key, value) => {
                    let value = value.expect("a key");
                    self.value = Some(value);
                    match self.best {
                        None => {
                            self.prefer(vm);
                            continue;
                        }
                        Some((_, best)) => {
                            self.stage = Stage::Compare;
                            vm.rich_compare(value, best, self.op)?
                        }
                    }
                }
                (Stage::Compare, result) => {
                    let result = result.expect("the result of a comparison");
                    self.stage = Stage::Truth;
                    let truth = vm.truth(result);
                    vm.decref(result);
                    match truth? {
                        Outcome::Done(truth) => Outcome::Done(vm.new_bool(truth)),
                        Outcome::Pushed => Outcome::Pushed,
                    }
                }
                (Stage::Truth, truth) => {
                    vm.xdecref(truth);
                    if truth == Some(TRUE) {
                        self.prefer(vm);
                    } else {
                        let (value, item) = (self.value.take(), self.item.take());
                        vm.xdecref(item);
                        vm.xdecref(value);
                        self.stage = Stage::Item;
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
        self.held.iter().for_each(|&object| visit(object));
        [self.iterator, self.item, self.value].iter().flatten().for_each(|&object| visit(object));
        if let Some((item, value)) = self.best {
            visit(item);
            visit(value);
        }
    }
}

impl Extremum {
    /// The item at work is the best so far.
    fn prefer(&mut self, vm: &mut Vm) {
        let old = self.best.take();
        if let (Some(item), Some(value)) = (self.item.take(), self.value.take()) {
            self.best = Some((item, value));
        }
        if let Some((item, value)) = old {
            vm.decref(value);
            vm.decref(item);
        }
        self.stage = Stage::Item;
    }

    fn finish(&mut self, vm: &mut Vm) -> Res {
        match (self.best.take(), self.default) {
            (Some((item, value)), _) => {
                vm.decref(value);
                done(item)
            }
            (None, Some(default)) => done(vm.own(default)),
            (None, None) => Err(vm.value_error(format!("{}() arg is an empty sequence", self.name))),
        }
    }
}

// ── any and all ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn any(vm: &mut Vm, args: Args) -> Res {
    let iterable = args.at(vm, 0);
    vm.start_native(AnyAll { wanted: true, iterable, iterator: None, item: None })
}

fn all(vm: &mut Vm, args: Args) -> Res {
    let iterable = args.at(vm, 0);
    vm.start_native(AnyAll { wanted: false, iterable, iterator: None, item: None })
}

/// Looks for an item whose truth is the wanted one.
#[derive(Clone)]
struct AnyAll {
    wanted: bool,
    /// borrowed
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    /// The item whose truth is asked.
    item: Option<ObjRef>,
}

impl Native for AnyAll {
    fn name(&self) -> &'static str {
        if self.wanted { "any" } else { "all" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return done(vm.new_bool(!self.wanted)),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, self.item, input.take()) {
                (None, _, None) => vm.get_iter(self.iterable)?,
                (None, _, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    continue;
                }
                (Some(iterator), None, None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return done(vm.new_bool(!self.wanted)),
                    Outcome::Pushed => Outcome::Pushed,
                },
                (_, None, Some(item)) => {
                    self.item = Some(item);
                    match vm.truth(item)? {
                        Outcome::Done(truth) => Outcome::Done(vm.new_bool(truth)),
                        Outcome::Pushed => Outcome::Pushed,
                    }
                }
                (_, Some(item), truth) => {
                    vm.xdecref(truth);
                    self.item = None;
                    vm.decref(item);
                    if (truth == Some(TRUE)) == self.wanted {
                        return done(vm.new_bool(self.wanted));
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

    fn take(&mut self, vm: &mut Vm, item: ObjRef) -> bool {
        let goes_on = if self.wanted { FALSE } else { TRUE };
        let takes = self.iterator.is_some() && self.item.is_none() && item == goes_on;
        if takes {
            vm.decref(item);
        }
        takes
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.item).for_each(|&object| visit(object));
    }
}

// ── asynchronous iteration ──────────────────────────────────────────────────────────────────────────────────────────

fn aiter(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    if vm.ty(object) == ASYNC_GENERATOR {
        return done(vm.own(object));
    }
    let name = vm.names.aiter;
    match vm.call_special(object, name, &[]) {
        Some(result) => result,
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("'{name}' object is not an async iterable")))
        }
    }
}

fn anext(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let name = vm.names.anext;
    let default = args.get(vm, 1);
    let depth = vm.frames.len();
    match vm.call_special(object, name, &[]) {
        Some(result) => match default {
            None => result,
            Some(default) => vm.after(
                depth,
                result,
                crate::vm::protocol::after::After::new("anext", &[default], 0, |vm, state, awaitable| {
                    crate::builtins::types::generator::asynchronous::anext::new(vm, awaitable, state.refs[0])
                }),
            ),
        },
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("'{name}' object is not an async iterator")))
        }
    }
}

//! `_lru_cache_wrapper`: a function with a cache of its results.
//!
//! ```text
//!   cache   {key: [result, key], …}        order   1 ▸ [..]  5 ▸ [..]  9 ▸ [..]     the smallest number was used longest ago
//! ```
//!
//! Invariant: an entry is in `order` under its stamp exactly if it is in the dict.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::class_named;
use crate::{
    builtins::types::list::index_argument,
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    stdlib::{NewClass, add_class, foreign, foreign_body, foreign_mut},
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

#[derive(Clone)]
struct Cache {
    func: Option<ObjRef>,
    /// The dict of results.
    dict: Option<ObjRef>,
    /// The class of `cache_info()`.
    info: Option<ObjRef>,
    /// `None`: grows without bound.
    maxsize: Option<i64>,
    typed: bool,
    hits: i64,
    misses: i64,
    stamp: u64,
    /// Entries by the time of their last use, not counted.
    order: BTreeMap<u64, ObjRef>,
    stamps: FxHashMap<ObjRef, (u64, i64)>,
}

impl Foreign for Cache {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        [self.func, self.dict, self.info].iter().flatten().for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.order.clear();
        self.stamps.clear();
        [self.func.take(), self.dict.take(), self.info.take()].into_iter().flatten().collect()
    }
}

impl Cache {
    /// The entry is used now.
    fn touch(&mut self, entry: ObjRef, hash: i64) {
        self.stamp += 1;
        if let Some((old, _)) = self.stamps.insert(entry, (self.stamp, hash)) {
            self.order.remove(&old);
        }
        self.order.insert(self.stamp, entry);
    }

    /// An entry goes; its key's hash.
    fn forget(&mut self, entry: ObjRef) -> i64 {
        let Some((stamp, hash)) = self.stamps.remove(&entry) else { return 0 };
        self.order.remove(&stamp);
        hash
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    let natives = vec![
        Def::static_method("__new__", Signature::Any, new),
        Def::wrapper("__call__", Signature::Any, call),
        Def::wrapper("__get__", Signature::Range(1, 2), get),
        Def::method("__reduce__", Signature::None, |vm, args| {
            let key = vm.names.qualname;
            let this = args.at(vm, 0);
            vm.get_attr(this, key)
        }),
        Def::getter("__dict__", crate::builtins::types::instance_dict).with_setter(crate::builtins::types::set_builtin_dict),
        Def::method("cache_info", Signature::None, cache_info),
        Def::method("cache_clear", Signature::None, cache_clear),
        Def::method("__copy__", Signature::None, crate::builtins::slots::itself),
        Def::method("__deepcopy__", Signature::One, crate::builtins::slots::itself),
    ];
    add_class(vm, dict, NewClass { module: "functools", name: "_lru_cache_wrapper", base: OBJECT, natives, slots: None });
    add_class(vm, dict, NewClass { module: "functools", name: "_kwd_mark", base: OBJECT, natives: Vec::new(), slots: Some(&[]) });
}

/// `_lru_cache_wrapper(user_function, maxsize, typed, cache_info_type)`
fn new(vm: &mut Vm, args: Args) -> Res {
    if args.n != 5 {
        return Err(vm.type_error("_lru_cache_wrapper() takes 4 arguments"));
    }
    let [class, func, maxsize, typed, info] = std::array::from_fn(|i| args.at(vm, i));
    if !vm.is_callable(func) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let maxsize = match maxsize {
        NONE => None,
        maxsize => Some(index_argument(vm, maxsize)?.max(0)),
    };
    let typed = typed == TRUE || vm.small_value(typed).is_some_and(|typed| typed != 0);
    vm.incref(func);
    vm.incref(info);
    let dict = vm.new_dict();
    let cache = Cache {
        func: Some(func),
        dict: Some(dict),
        info: Some(info),
        maxsize,
        typed,
        hits: 0,
        misses: 0,
        stamp: 0,
        order: BTreeMap::new(),
        stamps: FxHashMap::default(),
    };
    done(vm.new_derived(class, 0, foreign_body(cache)))
}

fn get(vm: &mut Vm, args: Args) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    if object == NONE {
        return done(vm.own(this));
    }
    done(vm.new_method(this, object))
}

fn cache_info(vm: &mut Vm, args: Args) -> Res {
    let Some(cache) = foreign::<Cache>(vm, args.at(vm, 0)).cloned() else { return done(vm.none()) };
    let size = cache.dict.and_then(|dict| vm.heap.dict(dict)).map_or(0, |dict| dict.len());
    let maxsize = match cache.maxsize {
        Some(maxsize) => vm.new_int(maxsize),
        None => vm.none(),
    };
    let numbers = [vm.new_int(cache.hits), vm.new_int(cache.misses), maxsize, vm.new_usize(size)];
    let result = vm.call(cache.info.unwrap_or(NONE), &numbers);
    vm.decref_all(numbers);
    result
}

fn cache_clear(vm: &mut Vm, args: Args) -> Res {
    let new = vm.new_dict();
    let old = foreign_mut::<Cache>(vm, args.at(vm, 0)).and_then(|cache| {
        cache.hits = 0;
        cache.misses = 0;
        cache.order.clear();
        cache.stamps.clear();
        cache.dict.replace(new)
    });
    vm.xdecref(old);
    done(vm.none())
}

fn call(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(cache) = foreign::<Cache>(vm, this) else { return done(vm.none()) };
    let (func, maxsize, typed) = (cache.func.unwrap_or(NONE), cache.maxsize, cache.typed);
    let (values, keywords) = (args.from(vm, 1), args.keywords(vm));
    if maxsize == Some(0) {
        if let Some(cache) = foreign_mut::<Cache>(vm, this) {
            cache.misses += 1;
        }
        return vm.call_keywords(func, &values, &keywords);
    }
    let key = make_key(vm, &values, &keywords, typed);
    vm.start_native(Call { this, values, keywords, key, hash: 0, result: None, entry: None, stage: Stage::Hash })
}

/// The key of a call, owned: the argument itself if it is a single int or str.
fn make_key(vm: &mut Vm, values: &[ObjRef], keywords: &[(ObjRef, ObjRef)], typed: bool) -> ObjRef {
    if let ([only], true) = (values, keywords.is_empty() && !typed)
        && matches!(vm.ty(*only), INT | STR)
    {
        return vm.own(*only);
    }
    let mut items = values.to_vec();
    if !keywords.is_empty() {
        items.push(class_named(vm, "_kwd_mark"));
        items.extend(keywords.iter().flat_map(|&(name, value)| [name, value]));
    }
    if typed {
        items.extend(values.iter().chain(keywords.iter().map(|(_, value)| value)).map(|&value| vm.ty(value)));
    }
    items.iter().for_each(|&item| vm.incref(item));
    vm.new_tuple(items)
}

#[derive(Clone, Copy)]
enum Stage {
    /// The key is hashed once for all that follows.
    Hash,
    Hashed,
    /// Is there a result?
    Look,
    Looked,
    /// The function runs.
    Called,
    /// Has it put a result there meanwhile, by calling itself?
    Again,
    /// The oldest entry goes.
    Evict,
    Stored,
}

/// A call of a function with a cache.
#[derive(Clone)]
struct Call {
    /// Operands are borrowed.
    this: ObjRef,
    values: Vec<ObjRef>,
    keywords: Vec<(ObjRef, ObjRef)>,
    key: ObjRef,
    hash: i64,
    result: Option<ObjRef>,
    entry: Option<ObjRef>,
    stage: Stage,
}

impl Native for Call {
    fn name(&self) -> &'static str {
        "lru_cache"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let Some(cache) = foreign_mut::<Cache>(vm, self.this) else { return done(vm.none()) };
            let dict = cache.dict.unwrap_or(NONE);
            let outcome = match self.stage {
                Stage::Hash => {
                    self.stage = Stage::Hashed;
                    match vm.hash(self.key)? {
                        Outcome::Done(hash) => {
                            (self.hash, self.stage) = (hash, Stage::Look);
                            continue;
                        }
                        Outcome::Pushed => Outcome::Pushed,
                    }
                }
                Stage::Hashed => {
                    let hash = input.take().expect("a hash");
                    self.hash = vm.small_value(hash).unwrap_or(0);
                    vm.decref(hash);
                    self.stage = Stage::Look;
                    continue;
                }
                Stage::Look => {
                    self.stage = Stage::Looked;
                    vm.dict_value_hashed(dict, self.key, self.hash)?
                }
                Stage::Looked => {
                    let entry = input.take().expect("an entry or None");
                    if entry != NONE {
                        cache.hits += 1;
                        if cache.maxsize.is_some() {
                            cache.touch(entry, self.hash);
                        }
                        let result = vm.heap.list(entry).and_then(|items| items.first().copied()).unwrap_or(NONE);
                        vm.incref(result);
                        vm.decref(entry);
                        return done(result);
                    }
                    cache.misses += 1;
                    let func = cache.func.unwrap_or(NONE);
                    vm.decref(entry);
                    self.stage = Stage::Called;
                    vm.call_keywords(func, &self.values, &self.keywords)?
                }
                Stage::Called => {
                    let result = input.take().expect("the function's result");
                    self.result = Some(result);
                    self.stage = Stage::Again;
                    match cache.maxsize {
                        Some(_) => vm.dict_value_hashed(dict, self.key, self.hash)?,
                        None => Outcome::Done(vm.none()),
                    }
                }
                Stage::Again => {
                    let entry = input.take().expect("an entry or None");
                    vm.decref(entry);
                    if entry != NONE {
                        return done(self.result.take().expect("the function's result"));
                    }
                    let Some(cache) = foreign_mut::<Cache>(vm, self.this) else { return done(vm.none()) };
                    let full = cache.maxsize.is_some_and(|maxsize| cache.order.len() as i64 >= maxsize);
                    let oldest = cache.order.first_key_value().map(|(_, &entry)| entry).filter(|_| full);
                    self.stage = Stage::Evict;
                    match oldest {
                        None => Outcome::Done(vm.none()),
                        Some(entry) => {
                            let hash = cache.forget(entry);
                            let key = vm.heap.list(entry).and_then(|items| items.get(1).copied()).unwrap_or(NONE);
                            vm.dict_pop_hashed(dict, key, hash)?
                        }
                    }
                }
                Stage::Evict => {
                    let gone = input.take();
                    vm.xdecref(gone);
                    let (result, key) = (self.result.expect("the function's result"), self.key);
                    vm.incref(result);
                    vm.incref(key);
                    let entry = vm.new_list([result, key]);
                    self.entry = Some(entry);
                    self.stage = Stage::Stored;
                    vm.dict_set_hashed(dict, key, self.hash, entry)?
                }
                Stage::Stored => {
                    if let (Some(entry), Some(_)) = (self.entry, cache.maxsize) {
                        cache.touch(entry, self.hash);
                    }
                    let none = input.take();
                    vm.xdecref(none);
                    return done(self.result.take().expect("the function's result"));
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.key);
        self.result.iter().chain(&self.entry).for_each(|&object| visit(object));
    }
}

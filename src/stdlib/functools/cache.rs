//! `_lru_cache_wrapper`: a function with a cache of its results.
//!
//! ```text
//!   maxsize=None     cache   {key: result, …}
//!   maxsize=3        cache   {key: link, …}      order   1 ▸ link   5 ▸ link   9 ▸ link     the smallest number was used longest ago
//! ```
//!
//! Invariant: a link is in `order` under its stamp exactly if it is in the dict. A link holds a result and its key, and the
//! collector does not know it: it sees both through the wrapper. A full cache uses the oldest link again.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::class_named;
use crate::{
    builtins::types::list::index_argument,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign},
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
    /// Links by the time of their last use, not counted.
    order: BTreeMap<u64, Link>,
    stamps: FxHashMap<ObjRef, (u64, i64)>,
}

/// A link and what it holds.
#[derive(Clone, Copy)]
struct Link {
    object: ObjRef,
    result: ObjRef,
    key: ObjRef,
}

impl Foreign for Cache {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        [self.func, self.dict, self.info].iter().flatten().for_each(|&object| visit(object));
    }

    fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.trace(visit);
        for link in self.order.values() {
            visit(link.key);
            visit(link.result);
        }
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.order.clear();
        self.stamps.clear();
        [self.func.take(), self.dict.take(), self.info.take()].into_iter().flatten().collect()
    }
}

impl Cache {
    /// The link is used now.
    fn touch(&mut self, link: Link, hash: i64) {
        self.stamp += 1;
        if let Some((old, _)) = self.stamps.insert(link.object, (self.stamp, hash)) {
            self.order.remove(&old);
        }
        self.order.insert(self.stamp, link);
    }

    /// A link goes; its key's hash.
    fn forget(&mut self, link: ObjRef) -> i64 {
        let Some((stamp, hash)) = self.stamps.remove(&link) else { return 0 };
        self.order.remove(&stamp);
        hash
    }
}

/// Says that a key is not in the cache: a type that no program can get hold of as a result.
const MISSING: ObjRef = MANAGED_BUFFER;

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
    add_class(vm, dict, NewClass { module: "functools", name: "_lru_list_elem", base: OBJECT, natives: Vec::new(), slots: Some(&[]) });
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
    let is_bounded = maxsize.is_some();
    vm.start_native(Call { this, values, keywords, key, hash: 0, is_bounded, result: None, link: None, old: [None; 2], stage: Stage::Hash })
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
    is_bounded: bool,
    result: Option<ObjRef>,
    /// The one for the result.
    link: Option<ObjRef>,
    /// What it held before.
    old: [Option<ObjRef>; 2],
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
                    vm.dict_value_hashed(dict, self.key, self.hash, MISSING)?
                }
                Stage::Looked => {
                    let found = input.take().expect("a result, a link or the mark of none");
                    if found != MISSING {
                        cache.hits += 1;
                        if !self.is_bounded {
                            return done(found);
                        }
                        let link = link_of(vm, found);
                        if let Some(cache) = foreign_mut::<Cache>(vm, self.this) {
                            cache.touch(link, self.hash);
                        }
                        vm.incref(link.result);
                        vm.decref(found);
                        return done(link.result);
                    }
                    cache.misses += 1;
                    let func = cache.func.unwrap_or(NONE);
                    vm.decref(found);
                    self.stage = Stage::Called;
                    vm.call_keywords(func, &self.values, &self.keywords)?
                }
                Stage::Called => {
                    let result = input.take().expect("the function's result");
                    self.result = Some(result);
                    if self.is_bounded {
                        self.stage = Stage::Again;
                        vm.dict_value_hashed(dict, self.key, self.hash, MISSING)?
                    } else {
                        self.stage = Stage::Stored;
                        vm.dict_set_hashed(dict, self.key, self.hash, result)?
                    }
                }
                Stage::Again => {
                    let found = input.take().expect("a link or the mark of none");
                    vm.decref(found);
                    if found != MISSING {
                        return done(self.result.take().expect("the function's result"));
                    }
                    let Some(cache) = foreign_mut::<Cache>(vm, self.this) else { return done(vm.none()) };
                    let full = cache.maxsize.is_some_and(|maxsize| cache.order.len() as i64 >= maxsize);
                    let oldest = cache.order.first_key_value().map(|(_, &link)| link).filter(|_| full);
                    self.stage = Stage::Evict;
                    match oldest {
                        None => Outcome::Done(vm.none()),
                        Some(link) => {
                            let hash = cache.forget(link.object);
                            vm.dict_pop_hashed(dict, link.key, hash)?
                        }
                    }
                }
                Stage::Evict => {
                    let gone = input.take().expect("a link or None");
                    let (result, key) = (self.result.expect("the function's result"), self.key);
                    self.link = Some(self.link_holding(vm, gone, [result, key]));
                    self.stage = Stage::Stored;
                    vm.dict_set_hashed(dict, key, self.hash, self.link.unwrap_or(NONE))?
                }
                Stage::Stored => {
                    if let (Some(object), Some(result)) = (self.link, self.result) {
                        cache.touch(Link { object, result, key: self.key }, self.hash);
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
        self.result.iter().chain(&self.link).chain(self.old.iter().flatten()).for_each(|&object| visit(object));
    }
}

impl Call {
    /// A link that holds a result and its key (borrowed): the one that has left the cache, else a new one.
    fn link_holding(&mut self, vm: &mut Vm, gone: ObjRef, content: [ObjRef; 2]) -> ObjRef {
        content.iter().for_each(|&object| vm.incref(object));
        if let Body::Fields(fields) = vm.heap.body_mut(gone) {
            for ((field, new), old) in fields.iter_mut().zip(content).zip(&mut self.old) {
                *old = field.replace(new);
            }
            return gone;
        }
        vm.decref(gone);
        let class = class_named(vm, "_lru_list_elem");
        vm.new_derived(class, 0, Body::Fields(content.map(Some).into_iter().collect()))
    }
}

/// A link and what it holds.
fn link_of(vm: &Vm, object: ObjRef) -> Link {
    match vm.heap.body(object) {
        Body::Fields(fields) => Link { object, result: fields[0].unwrap_or(NONE), key: fields[1].unwrap_or(NONE) },
        _ => Link { object, result: NONE, key: NONE },
    }
}

//! `_functools`: the part of `functools` that is not written in Python: `partial`, `reduce`, `cmp_to_key`, the cache behind
//! `lru_cache`. Counterpart in CPython 3.11: `Modules/_functoolsmodule.c`.

mod cache;

use super::{NewClass, add_class, add_functions, class_of_module, foreign, foreign_body};
use crate::{
    builtins::slots,
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    let functions = vec![
        Def::function("cmp_to_key", Signature::Named("mycmp"), cmp_to_key).packing(),
        Def::function("reduce", Signature::Range(2, 3), reduce),
    ];
    add_functions(vm, dict, "_functools", functions);
    let natives = vec![
        Def::static_method("__new__", Signature::Any, new_partial),
        Def::wrapper("__call__", Signature::Any, call_partial),
        Def::wrapper("__repr__", Signature::None, partial_repr),
        Def::wrapper("__setattr__", Signature::Range(2, 2), crate::builtins::types::object::setattr),
        Def::wrapper("__delattr__", Signature::One, crate::builtins::types::object::delattr),
        Def::method("__reduce__", Signature::None, reduce_partial),
        Def::method("__setstate__", Signature::One, set_partial_state),
        Def::member("__vectorcalloffset__", |vm, _| done(vm.new_int(56))),
        Def::getter("__dict__", crate::builtins::types::instance_dict).with_setter(crate::builtins::types::set_builtin_dict),
        Def::member("func", |vm, args| partial_part(vm, args, 0)),
        Def::member("args", |vm, args| partial_part(vm, args, 1)),
        Def::member("keywords", |vm, args| partial_part(vm, args, 2)),
        Def::class_method("__class_getitem__", Signature::One, slots::class_getitem),
    ];
    add_class(vm, dict, NewClass { module: "functools", name: "partial", base: OBJECT, natives, slots: None });
    let natives = vec![
        Def::wrapper("__call__", Signature::Named("obj"), call_key),
        Def::wrapper("__lt__", Signature::One, compare_keys::<0>),
        Def::wrapper("__le__", Signature::One, compare_keys::<1>),
        Def::wrapper("__eq__", Signature::One, compare_keys::<2>),
        Def::wrapper("__ne__", Signature::One, compare_keys::<3>),
        Def::wrapper("__gt__", Signature::One, compare_keys::<4>),
        Def::wrapper("__ge__", Signature::One, compare_keys::<5>),
        Def::member("obj", key_object),
    ];
    let class = add_class(vm, dict, NewClass { module: "functools", name: "KeyWrapper", base: OBJECT, natives, slots: Some(&[]) });
    let (members, none) = (vm.heap.type_of_type(class).dict, vm.none());
    vm.dict_set_text(members, "__hash__", none);
    cache::fill(vm, dict);
}

/// A class of this module, borrowed.
fn class_named(vm: &Vm, name: &str) -> ObjRef {
    class_of_module(vm, "_functools", name)
}

/// A few references.
#[derive(Clone)]
struct Refs<const N: usize>([Option<ObjRef>; N]);

impl<const N: usize> Foreign for Refs<N> {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.0.iter().flatten().for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.0.iter_mut().filter_map(Option::take).collect()
    }
}

// ── partial: function, arguments (a tuple), keywords (a dict) ───────────────────────────────────────────────────────

type Partial = Refs<3>;

fn parts(vm: &Vm, object: ObjRef) -> Option<(ObjRef, ObjRef, ObjRef)> {
    match foreign::<Partial>(vm, object) {
        Some(Refs([Some(func), Some(args), Some(keywords)])) => Some((*func, *args, *keywords)),
        _ => None,
    }
}

fn new_partial(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let Some(mut func) = args.get(vm, 1) else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !vm.is_callable(func) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let mut values = args.from(vm, 2);
    let keywords = args.keywords(vm);
    // A partial of a partial calls the innermost function.
    let inner = parts(vm, func).filter(|_| vm.own_attrs(func).is_empty());
    let dict = match inner {
        Some((innermost, first, inner_keywords)) => {
            func = innermost;
            let first = vm.heap.tuple(first).map(<[ObjRef]>::to_vec).unwrap_or_default();
            values.splice(0..0, first);
            vm.dict_copy(inner_keywords)
        }
        None => vm.new_dict(),
    };
    for (name, value) in keywords {
        vm.incref(value);
        vm.dict_set_str(dict, name, value);
    }
    vm.incref(func);
    values.iter().for_each(|&value| vm.incref(value));
    let values = vm.new_tuple(values);
    done(vm.new_derived(class, 0, foreign_body(Refs([Some(func), Some(values), Some(dict)]))))
}

fn call_partial(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some((func, first, keywords)) = parts(vm, this) else { return Err(vm.type_error("the partial was cleared")) };
    let mut values = vm.heap.tuple(first).map(<[ObjRef]>::to_vec).unwrap_or_default();
    values.extend(args.from(vm, 1));
    let mut named: Vec<(ObjRef, ObjRef)> = vm.heap.dict(keywords).map(|dict| dict.iter().collect()).unwrap_or_default();
    for (name, value) in args.keywords(vm) {
        let text = vm.name_text(name);
        match named.iter_mut().find(|(other, _)| vm.name_text(*other) == text) {
            Some(slot) => slot.1 = value,
            None => named.push((name, value)),
        }
    }
    if vm.heap.dict(keywords).is_none_or(|dict| dict.iter().next().is_none()) {
        return vm.call_keywords(func, &values, &named);
    }
    // Only a partial without keywords of its own passes the call on without a level of recursion.
    vm.enter(" while calling a Python object")?;
    let result = vm.call_keywords(func, &values, &named);
    vm.leave();
    result
}

fn partial_part(vm: &mut Vm, args: Args, index: usize) -> Res {
    let part = foreign::<Partial>(vm, args.at(vm, 0)).and_then(|partial| partial.0[index]).unwrap_or(NONE);
    done(vm.own(part))
}

/// `(class, (func,), (func, args, keywords, __dict__))`
fn reduce_partial(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some((func, values, keywords)) = parts(vm, this) else { return done(vm.none()) };
    let dict = vm.dict_in_use(this);
    let class = vm.ty(this);
    [class, func, func, values, keywords, dict].iter().for_each(|&object| vm.incref(object));
    let arguments = vm.new_tuple([func]);
    let state = vm.new_tuple([func, values, keywords, dict]);
    done(vm.new_tuple([class, arguments, state]))
}

fn set_partial_state(vm: &mut Vm, args: Args) -> Res {
    let (this, state) = (args.at(vm, 0), args.at(vm, 1));
    let Some(&[func, values, keywords, dict]) = vm.heap.tuple(state) else { return Err(vm.type_error("invalid partial state")) };
    let fits = vm.is_callable(func)
        && vm.heap.tuple(values).is_some()
        && (keywords == NONE || vm.heap.dict(keywords).is_some())
        && (dict == NONE || vm.heap.dict(dict).is_some());
    if !fits {
        return Err(vm.type_error("invalid partial state"));
    }
    // Of kinds of their own only what is in them is taken.
    let keywords = match vm.ty(keywords) {
        NONE_TYPE => vm.new_dict(),
        DICT => vm.own(keywords),
        _ => vm.dict_copy(keywords),
    };
    let values = if vm.ty(values) == TUPLE {
        vm.own(values)
    } else {
        let items = vm.heap.tuple(values).map(<[ObjRef]>::to_vec).unwrap_or_default();
        items.iter().for_each(|&item| vm.incref(item));
        vm.new_tuple(items)
    };
    vm.incref(func);
    let new = Refs([Some(func), Some(values), Some(keywords)]);
    let old = super::foreign_mut::<Partial>(vm, this).map(|partial| std::mem::replace(partial, new));
    let mut held = Vec::new();
    old.iter().for_each(|old| old.trace(&mut |object| held.push(object)));
    vm.decref_all(held);
    let dict = if dict == NONE { vm.new_dict() } else { vm.own(dict) };
    vm.set_instance_dict(this, dict);
    done(vm.none())
}

fn partial_repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some((func, values, keywords)) = parts(vm, this).filter(|_| !vm.is_shown(this)) else { return done(vm.new_str("...")) };
    vm.repr_enter(this);
    let text = partial_text(vm, func, values, keywords);
    vm.repr_leave(this);
    let class = vm.ty(this);
    let title = vm.heap.type_of_type(class).name.clone();
    done(vm.new_str(format!("{title}({})", text?)))
}

fn partial_text(vm: &mut Vm, func: ObjRef, values: ObjRef, keywords: ObjRef) -> Result<String, Raised> {
    let mut texts = vec![vm.repr_now(func)?];
    for value in vm.heap.tuple(values).map(<[ObjRef]>::to_vec).unwrap_or_default() {
        texts.push(vm.repr_now(value)?);
    }
    let named: Vec<(ObjRef, ObjRef)> = vm.heap.dict(keywords).map(|dict| dict.iter().collect()).unwrap_or_default();
    for (name, value) in named {
        // They are held: what shows them may change the dict.
        vm.incref(name);
        vm.incref(value);
        let text = keyword_text(vm, name, value);
        vm.decref_all([name, value]);
        texts.push(text?);
    }
    Ok(texts.join(", "))
}

fn keyword_text(vm: &mut Vm, name: ObjRef, value: ObjRef) -> Result<String, Raised> {
    let depth = vm.frames.len();
    let outcome = vm.str(name)?;
    let key = vm.finish_now(depth, outcome)?;
    let text = vm.name_text(key);
    vm.decref(key);
    Ok(format!("{text}={}", vm.repr_now(value)?))
}

// ── cmp_to_key: comparison function, object ─────────────────────────────────────────────────────────────────────────

type Key = Refs<2>;

fn cmp_to_key(vm: &mut Vm, args: Args) -> Res {
    let compare = args.at(vm, 0);
    vm.incref(compare);
    let class = class_named(vm, "KeyWrapper");
    done(vm.new_derived(class, 0, foreign_body(Refs([Some(compare), None]))))
}

fn call_key(vm: &mut Vm, args: Args) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    let compare = foreign::<Key>(vm, this).and_then(|key| key.0[0]);
    vm.xincref(compare);
    vm.incref(object);
    let class = vm.ty(this);
    done(vm.new_derived(class, 0, foreign_body(Refs([compare, Some(object)]))))
}

fn key_object(vm: &mut Vm, args: Args) -> Res {
    match foreign::<Key>(vm, args.at(vm, 0)).and_then(|key| key.0[1]) {
        Some(object) => done(vm.own(object)),
        None => Err(vm.raise(ATTRIBUTE_ERROR, "obj")),
    }
}

fn compare_keys<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    let (Some(x), Some(y)) = (foreign::<Key>(vm, a).cloned(), foreign::<Key>(vm, b).cloned()) else {
        return Err(vm.type_error("other argument must be K instance"));
    };
    let ([Some(compare), Some(x)], [_, Some(y)]) = (x.0, y.0) else {
        return Err(vm.raise(ATTRIBUTE_ERROR, "object"));
    };
    vm.call_then(
        "cmp_to_key",
        &[compare, x, y],
        |vm, refs| vm.call(refs[0], &refs[1..3]),
        |vm, _, order| {
            let zero = vm.new_int(0);
            let result = vm.rich_compare(order, zero, OP);
            vm.decref(order);
            vm.decref(zero);
            result
        },
    )
}

// ── reduce ──────────────────────────────────────────────────────────────────────────────────────────────────────────

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let (func, iterable, total) = (args.at(vm, 0), args.at(vm, 1), args.get(vm, 2));
    vm.xincref(total);
    let values = args.packed(vm, 0);
    vm.pass_packed(2, false); // the two values that the function is called with
    vm.start_native(Reduce { values, func, iterable, iterator: None, total, item: None })
}

#[derive(Clone)]
struct Reduce {
    values: ObjRef,
    /// borrowed
    func: ObjRef,
    /// borrowed
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    total: Option<ObjRef>,
    /// The item that the function works on.
    item: Option<ObjRef>,
}

impl Reduce {
    fn finish(&mut self, vm: &mut Vm) -> Result<Outcome, Raised> {
        match self.total.take() {
            Some(total) => done(total),
            None => Err(vm.type_error("reduce() of empty iterable with no initial value")),
        }
    }
}

impl Native for Reduce {
    fn name(&self) -> &'static str {
        "reduce"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return self.finish(vm),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, self.item, input.take()) {
                (None, _, None) => vm.iter_or(self.iterable, "reduce() arg 2 must support iteration")?,
                (None, _, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    continue;
                }
                (_, Some(item), Some(total)) => {
                    self.item = None;
                    let old = self.total.replace(total);
                    vm.xdecref(old);
                    vm.decref(item);
                    continue;
                }
                (Some(iterator), _, None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return self.finish(vm),
                    Outcome::Pushed => Outcome::Pushed,
                },
                (Some(_), None, Some(item)) => match self.total {
                    None => {
                        self.total = Some(item);
                        continue;
                    }
                    Some(total) => {
                        self.item = Some(item);
                        vm.call(self.func, &[total, item])?
                    }
                },
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.values);
        [self.iterator, self.total, self.item].iter().flatten().for_each(|&object| visit(object));
    }
}

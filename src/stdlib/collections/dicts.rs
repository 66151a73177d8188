//! `defaultdict` and `OrderedDict`: dicts with a little more.

use super::ordered_views::{Give, new_iter, new_view};
use crate::{
    builtins::{slots, types::dict::update_from},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict},
    stdlib::{NewClass, add_class},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    let natives = vec![
        Def::wrapper("__init__", Signature::Any, init),
        Def::method("__missing__", Signature::One, missing),
        Def::wrapper("__repr__", Signature::None, repr),
        Def::wrapper("__or__", Signature::One, or),
        Def::wrapper("__ror__", Signature::One, reflected_or),
        Def::method("copy", Signature::None, copy),
        Def::method("__copy__", Signature::None, copy),
        Def::method("__reduce__", Signature::None, reduce),
        Def::class_method("__class_getitem__", Signature::One, slots::class_getitem),
    ];
    let slots = Some(&["default_factory"][..]);
    add_class(vm, dict, NewClass { module: "collections", name: "defaultdict", base: DICT, natives, slots });
    let natives = vec![
        Def::wrapper("__eq__", Signature::One, ordered_eq::<2>),
        Def::wrapper("__ne__", Signature::One, ordered_eq::<3>),
        Def::wrapper("__repr__", Signature::None, ordered_repr),
        Def::wrapper("__or__", Signature::One, ordered_or),
        Def::wrapper("__ror__", Signature::One, ordered_reflected_or),
        Def::method("copy", Signature::None, ordered_copy),
        Def::method("move_to_end", Signature::Named("key, last=True"), move_to_end),
        Def::method("popitem", Signature::Named("last=True"), popitem),
        Def::wrapper("__init__", Signature::Any, ordered_init),
        Def::wrapper("__iter__", Signature::None, |vm, args| done(new_iter(vm, args.at(vm, 0), Give::Keys, false))),
        Def::method("__reversed__", Signature::None, |vm, args| done(new_iter(vm, args.at(vm, 0), Give::Keys, true))),
        Def::method("keys", Signature::None, |vm, args| done(new_view(vm, ODICT_KEYS, args.at(vm, 0)))),
        Def::method("values", Signature::None, |vm, args| done(new_view(vm, ODICT_VALUES, args.at(vm, 0)))),
        Def::method("items", Signature::None, |vm, args| done(new_view(vm, ODICT_ITEMS, args.at(vm, 0)))),
        Def::wrapper("__ior__", Signature::One, |vm, args| {
            let this = args.at(vm, 0);
            let depth = vm.frames.len();
            let updated = ordered_update_from(vm, this, args.get(vm, 1), &[]);
            vm.after(
                depth,
                updated,
                After::new("OrderedDict.__ior__", &[this], 0, |vm, state, none| {
                    vm.decref(none);
                    done(vm.own(state.refs[0]))
                }),
            )
        }),
        Def::method("update", Signature::Any, ordered_update).packing(),
        Def::method("pop", Signature::Named("key, default=<unrepresentable>"), ordered_pop),
        Def::method("setdefault", Signature::Named("key, default=None"), ordered_setdefault),
        Def::class_method("fromkeys", Signature::Named("iterable, value=None"), crate::builtins::types::dict::fromkeys),
        Def::method("__reduce__", Signature::None, ordered_reduce),
        Def::method("__sizeof__", Signature::None, ordered_sizeof),
        Def::getter("__dict__", crate::builtins::types::instance_dict).with_setter(crate::builtins::types::set_builtin_dict),
    ];
    let mut natives = natives;
    const AS_DICT: [&str; 3] = ["__setitem__", "__delitem__", "clear"];
    natives.extend(crate::builtins::types::dict::natives().into_iter().filter(|def| AS_DICT.contains(&def.name)));
    let class = add_class(vm, dict, NewClass { module: "collections", name: "OrderedDict", base: DICT, natives, slots: None });
    let (members, none) = (vm.heap.type_of_type(class).dict, vm.none());
    vm.dict_set_text(members, "__hash__", none);
    vm.type_modified(class);
}

// ── defaultdict ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn factory(vm: &Vm, this: ObjRef) -> ObjRef {
    match &vm.heap.slot(this).body {
        Body::Instance(instance) => instance.slots.first().copied().flatten().unwrap_or(NONE),
        _ => NONE,
    }
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let factory = args.get(vm, 1).unwrap_or(NONE);
    if factory != NONE && !vm.is_callable(factory) {
        return Err(vm.type_error("first argument must be callable or None"));
    }
    if args.n > 3 {
        let given = args.n - 2;
        return Err(vm.type_error(format!("dict expected at most 1 argument, got {given}")));
    }
    vm.incref(factory);
    let old = match &mut vm.heap.slot_mut(this).body {
        Body::Instance(instance) => instance.slots.first_mut().and_then(|slot| slot.replace(factory)),
        _ => Some(factory),
    };
    vm.xdecref(old);
    let (other, keywords) = (args.get(vm, 2), args.keywords(vm));
    update_from(vm, this, other, &keywords)
}

/// A missing key: asks the factory for a value, which goes into the dict.
fn missing(vm: &mut Vm, args: Args) -> Res {
    let (this, key) = (args.at(vm, 0), args.at(vm, 1));
    let factory = factory(vm, this);
    if factory == NONE {
        return Err(vm.key_error(key));
    }
    vm.call_then(
        "__missing__",
        &[this, key, factory],
        |vm, refs| vm.call(refs[2], &[]),
        |vm, refs, value| {
            let depth = vm.frames.len();
            let stored = match vm.set_item(refs[0], refs[1], value) {
                Ok(outcome) => vm.finish_now(depth, outcome),
                Err(raised) => Err(raised),
            };
            match stored {
                Ok(none) => {
                    vm.decref(none);
                    done(value)
                }
                Err(raised) => {
                    vm.decref(value);
                    Err(raised)
                }
            }
        },
    )
}

/// `(class, (factory,), None, None, iterator over the items)`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let (class, factory) = (vm.ty(this), factory(vm, this));
    let arguments = match factory {
        NONE => vm.own(EMPTY_TUPLE),
        factory => {
            vm.incref(factory);
            vm.new_tuple([factory])
        }
    };
    let iterator = vm.new_dict_iter(DICT_ITEMITERATOR, this);
    [class, NONE, NONE].iter().for_each(|&object| vm.incref(object));
    done(vm.new_tuple([class, arguments, NONE, NONE, iterator]))
}

/// The text of the dict itself.
fn dict_text(vm: &mut Vm, this: ObjRef) -> Result<String, Raised> {
    let depth = vm.frames.len();
    let outcome = vm.repr_builtin(this)?;
    let text = vm.finish_now(depth, outcome)?;
    let result = vm.name_text(text);
    vm.decref(text);
    Ok(result)
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let factory = factory(vm, this);
    let factory = if vm.is_shown(factory) { "...".to_string() } else { vm.repr_now(factory)? };
    let content = dict_text(vm, this)?;
    let class = vm.short_type_name(this);
    done(vm.new_str(format!("{class}({factory}, {content})")))
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let (class, factory) = (vm.ty(this), factory(vm, this));
    vm.call(class, &[factory, this])
}

fn or(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    joined(vm, this, this, other)
}

fn reflected_or(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    joined(vm, this, other, this)
}

/// A dict like `this` with the items of two dicts.
fn joined(vm: &mut Vm, this: ObjRef, first: ObjRef, second: ObjRef) -> Res {
    if vm.heap.dict(first).is_none() || vm.heap.dict(second).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let (class, factory) = (vm.ty(this), factory(vm, this));
    let new = vm.call_now(class, &[factory, first])?;
    match merge(vm, new, second) {
        Ok(()) => done(new),
        Err(raised) => {
            vm.decref(new);
            Err(raised)
        }
    }
}

/// Puts a dict's items into another one; an `__eq__` in Python runs on the Rust stack.
fn merge(vm: &mut Vm, dict: ObjRef, other: ObjRef) -> Result<(), Raised> {
    let depth = vm.frames.len();
    let outcome = vm.dict_merge(dict, other)?;
    let none = vm.finish_now(depth, outcome)?;
    vm.decref(none);
    Ok(())
}

// ── OrderedDict: what it shares with dict ───────────────────────────────────────────────────────────────────────────

fn ordered_init(vm: &mut Vm, args: Args) -> Res {
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("expected at most 1 arguments, got {given}")));
    }
    let (this, other, keywords) = (args.at(vm, 0), args.get(vm, 1), args.keywords(vm));
    ordered_update_from(vm, this, other, &keywords)
}

fn ordered_update(vm: &mut Vm, args: Args) -> Res {
    if args.n > 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("update() takes at most 1 positional argument ({given} given)")));
    }
    let (this, other, keywords) = (args.at(vm, 0), args.get(vm, 1), args.keywords(vm));
    ordered_update_from(vm, this, other, &keywords)
}

/// As `MutableMapping.update` does: each item through `self[key] = value`, for a subclass may have its own `__setitem__`.
fn ordered_update_from(vm: &mut Vm, this: ObjRef, other: Option<ObjRef>, keywords: &[(ObjRef, ObjRef)]) -> Res {
    let exact = vm.ty(this) == super::class_named(vm, "OrderedDict");
    if exact && other.is_none_or(|other| vm.heap.dict(other).is_some()) {
        return update_from(vm, this, other, keywords);
    }
    // What comes before a pair that is none goes in all the same.
    let mut pairs = Vec::new();
    let failed = other.and_then(|other| pairs_of(vm, other, &mut pairs).err());
    let mut held: Vec<ObjRef> = pairs.iter().flat_map(|&(key, value)| [key, value]).collect();
    for &(key, value) in keywords.iter().filter(|_| failed.is_none()) {
        vm.incref(key);
        vm.incref(value);
        held.extend([key, value]);
    }
    let mut result = Ok(());
    for pair in held.chunks_exact(2) {
        let depth = vm.frames.len();
        result = vm.set_item(this, pair[0], pair[1]).and_then(|outcome| vm.finish_now(depth, outcome)).map(|none| vm.decref(none));
        if result.is_err() {
            break;
        }
    }
    vm.decref_all(held);
    match (result, failed) {
        (Ok(()), Some(raised)) => Err(raised),
        (Err(raised), Some(other)) => {
            vm.decref(other.0);
            Err(raised)
        }
        (result, None) => result.and_then(|()| done(vm.none())),
    }
}

/// Adds the items of a mapping or of an iterable of pairs, owned; Python code runs on the Rust stack.
fn pairs_of(vm: &mut Vm, other: ObjRef, pairs: &mut Vec<(ObjRef, ObjRef)>) -> Result<(), Raised> {
    if let Some(table) = vm.heap.dict(other).filter(|_| vm.ty(other) == DICT) {
        pairs.extend(table.iter());
        for &(key, value) in &*pairs {
            vm.incref(key);
            vm.incref(value);
        }
        return Ok(());
    }
    let name = vm.new_interned("keys");
    let keys = vm.lookup_attribute_now(other, name);
    vm.decref(name);
    if let Some(keys) = keys? {
        let listed = vm.call_now(keys, &[]);
        vm.decref(keys);
        let listed = listed?;
        let keys = vm.collect_now(listed);
        vm.decref(listed);
        let keys = keys?;
        for (i, &key) in keys.iter().enumerate() {
            let depth = vm.frames.len();
            match vm.get_item(other, key).and_then(|outcome| vm.finish_now(depth, outcome)) {
                Ok(value) => pairs.push((key, value)),
                Err(raised) => {
                    vm.decref_all(keys[i..].to_vec());
                    return Err(raised);
                }
            }
        }
        return Ok(());
    }
    let items = vm.collect_now(other)?;
    let mut failed = None;
    for item in items {
        if failed.is_none() {
            failed = add_pair(vm, item, pairs).err();
        }
        vm.decref(item);
    }
    failed.map_or(Ok(()), Err)
}

fn add_pair(vm: &mut Vm, item: ObjRef, pairs: &mut Vec<(ObjRef, ObjRef)>) -> Result<(), Raised> {
    let parts = vm.collect_now(item)?;
    if let [key, value] = parts[..] {
        pairs.push((key, value));
        return Ok(());
    }
    let count = parts.len();
    vm.decref_all(parts);
    Err(vm.value_error(if count < 2 {
        format!("need more than {count} value{} to unpack", if count == 1 { "" } else { "s" })
    } else {
        "too many values to unpack (expected 2)".to_string()
    }))
}

fn ordered_pop(vm: &mut Vm, args: Args) -> Res {
    let (this, key, default) = (args.at(vm, 0), args.at(vm, 1), args.get(vm, 2));
    if default.is_none() && vm.dict_lookup_now(this, key)?.is_none() {
        return Err(key_as_arguments(vm, key));
    }
    vm.dict_pop(this, key, default)
}

/// The KeyError that `OrderedDict` raises: None is no argument, a tuple is all of them.
fn key_as_arguments(vm: &mut Vm, key: ObjRef) -> Raised {
    let args = match key {
        NONE => EMPTY_TUPLE,
        key if vm.heap.tuple(key).is_some() => key,
        key => {
            vm.incref(key);
            let args = vm.new_tuple([key]);
            return vm.raise_args(KEY_ERROR, args);
        }
    };
    vm.incref(args);
    vm.raise_args(KEY_ERROR, args)
}

fn ordered_setdefault(vm: &mut Vm, args: Args) -> Res {
    let default = args.get(vm, 2).unwrap_or(NONE);
    vm.dict_setdefault(args.at(vm, 0), args.at(vm, 1), default)
}

/// `(class, (), state, None, iterator over the items)`
fn ordered_reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let state = super::state_of(vm, this)?;
    let class = vm.ty(this);
    let iterator = new_iter(vm, this, Give::Items, false);
    [class, EMPTY_TUPLE, NONE].iter().for_each(|&object| vm.incref(object));
    done(vm.new_tuple([class, EMPTY_TUPLE, state, NONE, iterator]))
}

/// The dict, its list of nodes, and the table that finds them.
fn ordered_sizeof(vm: &mut Vm, args: Args) -> Res {
    let table = vm.heap.dict(args.at(vm, 0)).expect("a dict");
    let (slots, len) = (table.slots(), table.len());
    let plain = 48 + crate::objects::size::keys_size(table);
    let nodes = if len == 0 { 0 } else { 8 * slots.max(8) + 32 * len };
    done(vm.new_usize(plain + 64 + nodes))
}

// ── OrderedDict ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn is_ordered(vm: &Vm, object: ObjRef) -> bool {
    vm.is_instance(object, super::class_named(vm, "OrderedDict"))
}

/// Equal dicts; two ordered dicts also have the same order.
fn ordered_eq<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.dict(other).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    vm.call_then(
        "OrderedDict.__eq__",
        &[this, other],
        |vm, refs| vm.compare_method(refs[0], refs[1], 2),
        |vm, refs, equal| {
            vm.decref(equal);
            let mut equal = equal == TRUE;
            if equal && is_ordered(vm, refs[1]) {
                let keys = |vm: &Vm, dict: ObjRef| vm.heap.dict(dict).map(|dict| dict.iter().map(|(key, _)| key).collect::<Vec<_>>());
                let (x, y) = (keys(vm, refs[0]).unwrap_or_default(), keys(vm, refs[1]).unwrap_or_default());
                for (x, y) in x.into_iter().zip(y) {
                    equal = equal && vm.equal_now(x, y)?;
                }
            }
            done(vm.new_bool(equal == (OP == 2)))
        },
    )
}

fn ordered_repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.short_type_name(this);
    let pairs: Vec<(ObjRef, ObjRef)> = vm.heap.dict(this).map(|dict| dict.iter().collect()).unwrap_or_default();
    if pairs.is_empty() {
        return done(vm.new_str(format!("{class}()")));
    }
    if vm.is_shown(this) {
        return done(vm.new_str("..."));
    }
    vm.repr_enter(this);
    let list = match vm.ty(this) == super::class_named(vm, "OrderedDict") {
        true => {
            let mut items = Vec::new();
            for (key, value) in pairs {
                vm.incref(key);
                vm.incref(value);
                items.push(vm.new_tuple([key, value]));
            }
            Ok(vm.new_list(items))
        }
        false => items_of_subclass(vm, this),
    };
    let text = list.and_then(|list| {
        let text = vm.repr_now(list);
        vm.decref(list);
        text
    });
    vm.repr_leave(this);
    let text = text?;
    done(vm.new_str(format!("{class}({text})")))
}

/// The list of what `items()` of a class that inherits from OrderedDict gives.
fn items_of_subclass(vm: &mut Vm, this: ObjRef) -> Result<ObjRef, Raised> {
    let name = vm.new_interned("items");
    let depth = vm.frames.len();
    let method = vm.get_attr(this, name).and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(name);
    let method = method?;
    let given = vm.call_now(method, &[]);
    vm.decref(method);
    let given = given?;
    let items = vm.collect_now(given);
    vm.decref(given);
    items.map(|items| vm.new_list(items))
}

fn ordered_copy(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.ty(this);
    if class == super::class_named(vm, "OrderedDict") {
        return vm.call(class, &[this]);
    }
    let made = vm.call_now(class, &[])?;
    let depth = vm.frames.len();
    match ordered_update_from(vm, made, Some(this), &[]).and_then(|outcome| vm.finish_now(depth, outcome)) {
        Ok(none) => {
            vm.decref(none);
            done(made)
        }
        Err(raised) => {
            vm.decref(made);
            Err(raised)
        }
    }
}

fn ordered_or(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    ordered_joined(vm, this, this, other)
}

fn ordered_reflected_or(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    ordered_joined(vm, this, other, this)
}

fn ordered_joined(vm: &mut Vm, this: ObjRef, first: ObjRef, second: ObjRef) -> Res {
    if vm.heap.dict(first).is_none() || vm.heap.dict(second).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let class = vm.ty(this);
    let new = vm.call_now(class, &[first])?;
    match merge(vm, new, second) {
        Ok(()) => done(new),
        Err(raised) => {
            vm.decref(new);
            Err(raised)
        }
    }
}

fn truth_argument(vm: &mut Vm, value: Option<ObjRef>) -> Result<bool, Raised> {
    let Some(value) = value else { return Ok(true) };
    let depth = vm.frames.len();
    Ok(match vm.truth(value)? {
        Outcome::Done(truth) => truth,
        Outcome::Pushed => {
            let truth = vm.finish_now(depth, Outcome::Pushed)?;
            vm.decref(truth);
            truth == TRUE
        }
    })
}

fn move_to_end(vm: &mut Vm, args: Args) -> Res {
    let (this, key) = (args.at(vm, 0), args.at(vm, 1));
    let last = truth_argument(vm, args.get(vm, 2))?;
    if vm.heap.dict(this).is_some_and(|dict| dict.is_empty()) {
        return Err(key_as_arguments(vm, key));
    }
    let Some(entry) = vm.dict_entry_now(this, key)? else { return Err(key_as_arguments(vm, key)) };
    vm.heap.dict_mut(this).expect("a dict").move_entry(entry, last);
    done(vm.none())
}

fn popitem(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let last = truth_argument(vm, args.get(vm, 1))?;
    let pair = if last {
        dict::pop_last(&mut vm.heap, this)
    } else {
        let table = vm.heap.dict(this).expect("a dict");
        let first = (0..table.nentries()).find(|&position| table.entry(position).is_some());
        first.map(|position| dict::remove(&mut vm.heap, this, position))
    };
    match pair {
        Some((key, value)) => done(vm.new_tuple([key, value])),
        None => {
            let message = vm.new_str("dictionary is empty");
            Err(vm.raise_object(KEY_ERROR, message))
        }
    }
}

//! `defaultdict` and `OrderedDict`: dicts with a little more.

use crate::{
    builtins::{slots, types::dict::update_from},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::{NewClass, add_class},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
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
        Def::method("__copy__", Signature::None, ordered_copy),
        Def::method("move_to_end", Signature::Named("key, last=True"), move_to_end),
        Def::method("popitem", Signature::Named("last=True"), popitem),
    ];
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
    let mut items = Vec::new();
    for (key, value) in pairs {
        vm.incref(key);
        vm.incref(value);
        items.push(vm.new_tuple([key, value]));
    }
    let list = vm.new_list(items);
    let text = vm.repr_now(list);
    vm.decref(list);
    vm.repr_leave(this);
    let text = text?;
    done(vm.new_str(format!("{class}({text})")))
}

fn ordered_copy(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.ty(this);
    vm.call(class, &[this])
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
    let hash = vm.hash_now(key)?;
    let Some(value) = vm.dict_remove_now(this, key)? else { return Err(vm.key_error(key)) };
    if last {
        vm.dict_insert(this, key, hash, value);
        return done(vm.none());
    }
    let table = vm.heap.dict(this).expect("a dict");
    let rest: Vec<_> = (0..table.nentries()).filter_map(|position| table.entry(position)).collect();
    vm.heap.dict_mut(this).expect("a dict").take_all();
    vm.dict_insert(this, key, hash, value);
    for entry in rest {
        let key = entry.key.expect("a live entry");
        vm.dict_insert(this, key, entry.hash, entry.value);
        vm.decref(key);
    }
    done(vm.none())
}

fn popitem(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let last = truth_argument(vm, args.get(vm, 1))?;
    let table = vm.heap.dict_mut(this).expect("a dict");
    let pair = if last {
        table.pop_last()
    } else {
        let first = (0..table.nentries()).find(|&position| table.entry(position).is_some());
        first.map(|position| table.remove(position))
    };
    match pair {
        Some((key, value)) => done(vm.new_tuple([key, value])),
        None => {
            let message = vm.new_str("dictionary is empty");
            Err(vm.raise_object(KEY_ERROR, message))
        }
    }
}

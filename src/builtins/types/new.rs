//! What the `__new__` of builtin types have in common: the class, the arguments by name, and instances of subclasses.
//!
//! ```python
//! int("ff", base=16)          # int.__new__(int, "ff", base=16)
//! class N(int): pass
//! N(3)                        # int.__new__(N, 3): an instance of N with an int's value
//! ```
//!
//! Counterpart in CPython 3.11: `tp_new_wrapper`, `long_subtype_new` and its siblings.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, types::special},
    vm::{Raised, Vm, native::Args, native::plural},
};

/// No builtin constructor here has more parameters.
const MOST: usize = 3;

/// The class and the arguments after it.
pub struct NewArgs {
    pub class: ObjRef,
    pub values: [Option<ObjRef>; MOST],
}

/// The positional arguments after the class.
fn behind_class(vm: &Vm, args: Args, most: usize) -> [Option<ObjRef>; MOST] {
    std::array::from_fn(|i| if i < most { args.get(vm, i + 1) } else { None })
}

/// Positional arguments only: `float expected at most 1 argument, got 2`.
pub fn positional(vm: &mut Vm, args: Args, owner: ObjRef, least: usize, most: usize) -> Result<NewArgs, Raised> {
    let class = args.at(vm, 0);
    let own_init = !is_core_type(class) && vm.heap.type_of_type(class).special & special::INIT != 0;
    if args.kwnames.is_some() && !own_init {
        let name = vm.heap.type_of_type(owner).name.clone();
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.n - 1;
    if given < least || given > most {
        let name = vm.heap.type_of_type(owner).name.clone();
        let (bound, n) = if given < least { ("at least", least) } else { ("at most", most) };
        let bound = if least == most { String::new() } else { format!("{bound} ") };
        return Err(vm.type_error(format!("{name} expected {bound}{n} argument{}, got {given}", plural(n))));
    }
    Ok(NewArgs { class, values: behind_class(vm, args, most) })
}

/// Arguments with names; those without one (`""`) are positional only.
pub fn named(vm: &mut Vm, args: Args, owner: ObjRef, names: &[&str]) -> Result<NewArgs, Raised> {
    let class = args.at(vm, 0);
    let mut values = behind_class(vm, args, names.len());
    if args.kwnames.is_none() && args.n <= names.len() + 1 {
        return Ok(NewArgs { class, values });
    }
    let title = vm.heap.type_of_type(owner).name.clone();
    let keywords = args.keywords(vm);
    let given = args.n - 1 + keywords.len();
    if given > names.len() {
        let most = names.len();
        let what = if args.n == 1 { "keyword " } else { "" };
        return Err(vm.type_error(format!("{title}() takes at most {most} {what}argument{} ({given} given)", plural(most))));
    }
    for (key, value) in keywords {
        let key = vm.name_text(key);
        match names.iter().position(|name| *name == key && !name.is_empty()) {
            Some(place) if values[place].is_some() => {
                let place = place + 1;
                return Err(vm.type_error(format!("argument for {title}() given by name ('{key}') and position ({place})")));
            }
            Some(place) => values[place] = Some(value),
            None => return Err(vm.type_error(format!("'{key}' is an invalid keyword argument for {title}()"))),
        }
    }
    Ok(NewArgs { class, values })
}

/// A value (owned) of an exact builtin type as an instance of `class`: itself, or a copy in a new instance.
pub fn of_class(vm: &mut Vm, class: ObjRef, value: ObjRef) -> ObjRef {
    if is_core_type(class) {
        return value;
    }
    let (num, body) = copy_value(vm, value);
    let object = vm.new_derived(class, num, body);
    vm.decref(value);
    object
}

/// The object itself if it is of an exact builtin type, else its value in a new object of that type; owned.
pub fn plain(vm: &mut Vm, object: ObjRef) -> ObjRef {
    let core = vm.core_of(object);
    if core == vm.ty(object) && core != BOOL {
        return vm.own(object);
    }
    match core {
        INT | BOOL => {
            let value = crate::objects::int::to_big_int(&vm.heap, object);
            vm.new_big_int(value)
        }
        FLOAT => {
            let value = f64::from_bits(vm.heap.slot(object).num);
            vm.new_float(value)
        }
        _ => {
            let text = vm.heap.str(object).map(|text| (**text).clone());
            if let Some(text) = text {
                return vm.new_str(text);
            }
            let (num, body) = copy_value(vm, object);
            match body {
                Body::Tuple(items) => vm.new_tuple(items),
                Body::Bytes(bytes) => vm.new_bytes(bytes.to_vec()),
                body => vm.new_derived(core, num, body),
            }
        }
    }
}

/// Number bits and body for another object of the same value; the references in it are counted.
fn copy_value(vm: &mut Vm, object: ObjRef) -> (u64, Body) {
    let body = vm.heap.body(object).clone();
    if let Body::Tuple(items) | Body::List(items) = &body {
        items.iter().for_each(|&item| vm.heap.incref(item));
    }
    let num = match body {
        Body::None => vm.heap.slot(object).num,
        _ => 0,
    };
    (num, body)
}

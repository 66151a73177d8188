//! `_weakref`: what `weakref` is made of. The types themselves are in `builtins/types/weak`.

use super::add_functions;
use crate::{
    builtins::types::weak::{new_weakref, referent},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Outcome, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{One, Range},
        },
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let functions = vec![
        NativeDef::function("proxy", Range(1, 2), proxy),
        NativeDef::function("_remove_dead_weakref", Range(2, 2), remove_dead),
        NativeDef::function("getweakrefcount", One, count),
        NativeDef::function("getweakrefs", One, all),
    ];
    add_functions(vm, dict, "_weakref", functions);
    for (name, ty) in [("ref", WEAKREF), ("ReferenceType", WEAKREF), ("ProxyType", WEAKPROXY), ("CallableProxyType", CALLABLE_WEAKPROXY)] {
        vm.incref(ty);
        vm.dict_set_text(dict, name, ty);
    }
}

fn proxy(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let class = if vm.is_callable(object) { CALLABLE_WEAKPROXY } else { WEAKPROXY };
    new_weakref(vm, class, object, args.get(vm, 1)).map(Outcome::Done)
}

/// Takes a key out of a dict if its value is a weak reference to nothing.
fn remove_dead(vm: &mut Vm, args: Args) -> Res {
    let (dict, key) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.dict(dict).is_none() {
        let given = vm.type_name(dict);
        return Err(vm.type_error(format!("_remove_dead_weakref() argument 1 must be dict, not {given}")));
    }
    match vm.dict_lookup_now(dict, key)? {
        Some(value) if vm.is_instance(value, WEAKREF) => {
            if referent(vm, value).is_none() {
                let old = vm.dict_remove_now(dict, key)?;
                vm.xdecref(old);
            }
            done(vm.none())
        }
        Some(_) => Err(vm.type_error("not a weakref")),
        None => done(vm.none()),
    }
}

fn count(vm: &mut Vm, args: Args) -> Res {
    let count = vm.weakrefs.of(args.at(vm, 0)).len();
    done(vm.new_usize(count))
}

fn all(vm: &mut Vm, args: Args) -> Res {
    let list = vm.weakrefs.of(args.at(vm, 0)).to_vec();
    list.iter().for_each(|&weakref| vm.incref(weakref));
    done(vm.new_list(list))
}

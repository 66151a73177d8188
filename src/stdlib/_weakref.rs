//! `_weakref`: what `weakref` is made of. The types themselves are in `builtins/types/weak`.

use super::add_functions;
use crate::{
    builtins::types::weak::new_weakref,
    heap::ObjRef,
    objects::core_types::*,
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

fn count(vm: &mut Vm, args: Args) -> Res {
    let count = vm.weakrefs.get(&args.at(vm, 0)).map_or(0, Vec::len);
    done(vm.new_usize(count))
}

fn all(vm: &mut Vm, args: Args) -> Res {
    let list = vm.weakrefs.get(&args.at(vm, 0)).cloned().unwrap_or_default();
    list.iter().for_each(|&weakref| vm.incref(weakref));
    done(vm.new_list(list))
}

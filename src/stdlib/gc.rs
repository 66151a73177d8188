//! `gc`: the cyclic collector, to be switched, started and looked at.
//!
//! `gc.collect()` runs the finalizers of the garbage it finds before it returns.
//! Counterpart in CPython 3.11: `Modules/gcmodule.c`.

use super::add_functions;
use crate::{
    builtins::{functions::io::write_stderr, types::list::index_argument},
    heap::{ObjRef, Trace, gc::FROZEN},
    objects::{Body, Objects, dict::Dict},
    vm::{
        Res, Vm,
        collect::{GcModule, Told, debug},
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

fn functions() -> Vec<NativeDef> {
    use {NativeDef as Def, Signature::*};
    vec![
        Def::function("collect", Named("generation=2"), collect),
        Def::function("enable", None, |vm, _| set_enabled(vm, true)),
        Def::function("disable", None, |vm, _| set_enabled(vm, false)),
        Def::function("isenabled", None, |vm, _| {
            let enabled = vm.heap.collector.enabled;
            done(vm.new_bool(enabled))
        }),
        Def::function("get_count", None, |vm, _| numbers(vm, |generation| generation.count)),
        Def::function("get_threshold", None, |vm, _| numbers(vm, |generation| generation.threshold)),
        Def::function("set_threshold", Any, set_threshold).packing(),
        Def::function("get_stats", None, get_stats),
        Def::function("get_objects", Named("generation=None"), get_objects),
        Def::function("get_referrers", Any, get_referrers).packing(),
        Def::function("get_referents", Any, get_referents).packing(),
        Def::function("is_tracked", One, is_tracked),
        Def::function("is_finalized", One, is_finalized),
        Def::function("freeze", None, |vm, _| {
            vm.heap.collector.freeze();
            done(vm.none())
        }),
        Def::function("unfreeze", None, |vm, _| {
            vm.heap.collector.unfreeze();
            done(vm.none())
        }),
        Def::function("get_freeze_count", None, |vm, _| {
            let count = vm.heap.collector.size_of(FROZEN);
            done(vm.new_usize(count))
        }),
        Def::function("set_debug", One, set_debug),
        Def::function("get_debug", None, |vm, _| {
            let flags = vm.heap.collector.debug;
            done(vm.new_int(flags))
        }),
    ]
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    add_functions(vm, dict, "gc", functions());
    let [garbage, callbacks] = ["garbage", "callbacks"].map(|name| {
        let list = vm.new_list([]);
        vm.incref(list);
        vm.dict_set_text(dict, name, list);
        list
    });
    vm.gc_module = Some(GcModule { callbacks, garbage, say: write_stderr });
    let flags = [
        ("DEBUG_STATS", debug::STATS),
        ("DEBUG_COLLECTABLE", debug::COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", debug::UNCOLLECTABLE),
        ("DEBUG_SAVEALL", debug::SAVEALL),
        ("DEBUG_LEAK", debug::LEAK),
    ];
    for (name, value) in flags {
        let value = vm.new_int(value);
        vm.dict_set_text(dict, name, value);
    }
}

fn set_enabled(vm: &mut Vm, enabled: bool) -> Res {
    vm.heap.collector.enabled = enabled;
    done(vm.none())
}

fn numbers(vm: &mut Vm, number: fn(&crate::heap::Generation) -> u32) -> Res {
    let items = [0, 1, 2].map(|generation| number(&vm.heap.collector.generations[generation]));
    let items = items.map(|number| vm.new_int(i64::from(number)));
    done(vm.new_tuple(items))
}

// ── collecting ──────────────────────────────────────────────────────────────────────────────────────────────────────

fn collect(vm: &mut Vm, args: Args) -> Res {
    let generation = match args.get(vm, 0) {
        Some(generation) => index_argument(vm, generation)?,
        None => 2,
    };
    if !(0..3).contains(&generation) {
        return Err(vm.value_error("invalid generation"));
    }
    let generation = generation as usize;
    if vm.heap.collector.collecting {
        return done(vm.new_int(0)); // from within a collection
    }
    vm.drive(Told::new(generation))
}

fn set_threshold(vm: &mut Vm, args: Args) -> Res {
    if args.n == 0 {
        return Err(vm.type_error("set_threshold() takes at least 1 argument (0 given)"));
    }
    if args.n > 3 {
        let given = args.n;
        return Err(vm.type_error(format!("set_threshold() takes at most 3 arguments ({given} given)")));
    }
    for (generation, threshold) in args.from(vm, 0).into_iter().enumerate() {
        let threshold = index_argument(vm, threshold)?;
        vm.heap.collector.generations[generation].threshold = threshold.max(0) as u32;
    }
    done(vm.none())
}

fn set_debug(vm: &mut Vm, args: Args) -> Res {
    let flags = args.at(vm, 0);
    vm.heap.collector.debug = index_argument(vm, flags)?;
    done(vm.none())
}

// ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn get_stats(vm: &mut Vm, _args: Args) -> Res {
    let mut stats = Vec::new();
    for generation in 0..3 {
        let record = vm.heap.collector.generations[generation];
        let dict = vm.new_dict();
        for (key, value) in [("collections", record.collections), ("collected", record.collected), ("uncollectable", record.uncollectable)]
        {
            let value = vm.new_int(value as i64);
            vm.dict_set_text(dict, key, value);
        }
        stats.push(dict);
    }
    done(vm.new_list(stats))
}

fn get_objects(vm: &mut Vm, args: Args) -> Res {
    let generations = match args.given(vm, 0) {
        None => 0..3,
        Some(generation) => {
            if !vm.is_int(generation) && !vm.has_index(generation) {
                let given = vm.type_name(generation);
                return Err(vm.type_error(format!("argument should be integer or None, not '{given}'")));
            }
            let generation = index_argument(vm, generation)?;
            if generation >= 3 {
                return Err(vm.value_error("generation parameter must be less than the number of available generations (3)"));
            }
            match usize::try_from(generation) {
                Ok(generation) => generation..generation + 1,
                Err(_) if generation == -1 => 0..3, // what None stands for
                Err(_) => return Err(vm.value_error("generation parameter cannot be negative")),
            }
        }
    };
    let objects: Vec<ObjRef> = generations.flat_map(|generation| vm.heap.collector.members(generation)).collect();
    objects.iter().for_each(|&object| vm.incref(object));
    done(vm.new_list(objects))
}

/// The references that an object holds and CPython's `tp_traverse` visits: not the strings that are keys of a dict, nor the
/// names that belong to a class.
fn referents(vm: &Vm, object: ObjRef) -> Vec<ObjRef> {
    let mut found = Vec::new();
    let mut visit = |referent| found.push(referent);
    match &vm.heap.slot(object).body {
        Body::Dict(table) => dict_referents(table, &mut visit),
        Body::Instance(instance) => {
            if let Body::Dict(table) = &instance.inner {
                if table.nodes.is_some() {
                    table.iter().for_each(|(key, _)| visit(key));
                }
                dict_referents(table, &mut visit);
                instance.slots.iter().flatten().for_each(|&value| visit(value));
                instance.attrs.trace(&mut visit);
            } else {
                instance.trace(&mut visit);
            }
        }
        Body::Type(ty) => [ty.dict, ty.mro, ty.bases].into_iter().chain(ty.base).for_each(visit),
        body => body.trace(&mut visit),
    }
    let ty = vm.ty(object);
    if vm.heap.type_of_type(ty).is_heap {
        found.push(ty);
    }
    found
}

fn dict_referents(table: &Dict, visit: &mut dyn FnMut(ObjRef)) {
    for (key, value) in table.iter() {
        visit(value);
        if !table.is_unicode() {
            visit(key);
        }
    }
}

fn get_referrers(vm: &mut Vm, args: Args) -> Res {
    let wanted = args.from(vm, 0);
    let mut found = Vec::new();
    for generation in 0..3 {
        for object in vm.heap.collector.members(generation) {
            if referents(vm, object).iter().any(|referent| wanted.contains(referent)) {
                found.push(object);
            }
        }
    }
    found.iter().for_each(|&object| vm.incref(object));
    done(vm.new_list(found))
}

fn get_referents(vm: &mut Vm, args: Args) -> Res {
    let mut found = Vec::new();
    for object in args.from(vm, 0) {
        if vm.heap.type_of_type(vm.ty(object)).is_gc {
            let inner = referents(vm, object);
            match vm.heap.slot(object).body {
                // The collector goes through them from the end.
                Body::List(_) | Body::Tuple(_) => found.extend(inner.into_iter().rev()),
                _ => found.extend(inner),
            }
        }
    }
    found.iter().for_each(|&object| vm.incref(object));
    done(vm.new_list(found))
}

fn is_tracked(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let tracked = vm.heap.collector.is_tracked(object);
    done(vm.new_bool(tracked))
}

fn is_finalized(vm: &mut Vm, args: Args) -> Res {
    let finalized = vm.is_finalized(args.at(vm, 0));
    done(vm.new_bool(finalized))
}

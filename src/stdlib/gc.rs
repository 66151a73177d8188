//! `gc`: the cyclic collector, to be switched, started and looked at.
//!
//! `gc.collect()` runs the finalizers of the garbage it finds before it returns.
//! Counterpart in CPython 3.11: `Modules/gcmodule.c`.

use super::add_functions;
use crate::{
    builtins::types::list::index_argument,
    heap::{ObjRef, Trace, gc::FROZEN},
    objects::Objects,
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Receive,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
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
        Def::function("set_threshold", Any, set_threshold),
        Def::function("get_stats", None, get_stats),
        Def::function("get_objects", Named("generation=None"), get_objects),
        Def::function("get_referrers", Any, get_referrers),
        Def::function("get_referents", Any, get_referents),
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
            let count = vm.heap.collector.members(FROZEN).len();
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
    for name in ["garbage", "callbacks"] {
        let list = vm.new_list([]);
        vm.dict_set_text(dict, name, list);
    }
    let flags = [("DEBUG_STATS", 1), ("DEBUG_COLLECTABLE", 2), ("DEBUG_UNCOLLECTABLE", 4), ("DEBUG_SAVEALL", 32), ("DEBUG_LEAK", 38)];
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
    vm.drive(Collect { generation, collected_before: None, found: 0, phase: 0, callbacks: Vec::new(), next: 0 })
}

/// The functions in `gc.callbacks`, borrowed.
fn callbacks(vm: &Vm) -> Vec<ObjRef> {
    let Some(module) = vm.dict_get_text(vm.modules, "gc") else { return Vec::new() };
    let crate::objects::Body::Module(record) = vm.heap.body(module) else { return Vec::new() };
    vm.dict_get_text(record.dict, "callbacks").and_then(|list| vm.heap.list(list)).map(|list| list.to_vec()).unwrap_or_default()
}

/// A collection asked for, with callbacks before and after it, and the finalizers of the garbage in between.
#[derive(Clone)]
struct Collect {
    generation: usize,
    /// What the generation's statistics said before.
    collected_before: Option<u64>,
    found: usize,
    /// 0: before; 1: the callbacks for "start"; 2: those for "stop".
    phase: u8,
    callbacks: Vec<ObjRef>,
    next: usize,
}

impl Collect {
    fn call(&mut self, vm: &mut Vm) -> Result<Option<Outcome>, Raised> {
        let Some(&callback) = self.callbacks.get(self.next) else { return Ok(None) };
        self.next += 1;
        let phase = vm.new_str(if self.phase == 1 { "start" } else { "stop" });
        let info = vm.new_dict();
        let collected = if self.phase == 1 { 0 } else { self.found };
        for (key, value) in [("generation", self.generation), ("collected", collected), ("uncollectable", 0)] {
            let value = vm.new_usize(value);
            vm.dict_set_text(info, key, value);
        }
        let result = vm.call(callback, &[phase, info]);
        vm.decref(phase);
        vm.decref(info);
        match result {
            Ok(outcome) => Ok(Some(outcome)),
            Err(raised) => {
                vm.write_unraisable(raised, Some(callback));
                Ok(Some(Outcome::Done(vm.none())))
            }
        }
    }

    fn start_phase(&mut self, vm: &mut Vm) {
        self.phase += 1;
        let old = std::mem::take(&mut self.callbacks);
        vm.decref_all(old);
        self.callbacks = callbacks(vm);
        self.callbacks.iter().for_each(|&callback| vm.incref(callback));
        self.next = 0;
    }
}

impl Native for Collect {
    fn name(&self) -> &'static str {
        "gc.collect"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        loop {
            if self.phase == 0 {
                self.start_phase(vm);
            }
            match self.call(vm)? {
                Some(Outcome::Done(value)) => vm.decref(value),
                Some(Outcome::Pushed) => return Ok(Outcome::Pushed),
                None if self.phase == 1 => {
                    let before = match self.collected_before {
                        Some(before) => before,
                        None => {
                            let before = vm.heap.collector.generations[self.generation].collected;
                            vm.collect(self.generation);
                            *self.collected_before.insert(before)
                        }
                    };
                    let depth = vm.frames.len();
                    if vm.run_pending() {
                        vm.receive(depth, Receive::Push);
                        return Ok(Outcome::Pushed);
                    }
                    self.found = (vm.heap.collector.generations[self.generation].collected - before) as usize;
                    self.start_phase(vm);
                }
                None => return done(vm.new_usize(self.found)),
            }
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        vm.write_unraisable(raised, None);
        self.resume(vm, Input::Start)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.callbacks.iter().for_each(|&callback| visit(callback));
    }
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
            let generation = index_argument(vm, generation)?;
            if generation >= 3 {
                return Err(vm.value_error("generation parameter must be less than the number of available generations (3)"));
            }
            if generation < 0 {
                return Err(vm.value_error("generation parameter cannot be negative"));
            }
            generation as usize..generation as usize + 1
        }
    };
    let objects: Vec<ObjRef> = generations.flat_map(|generation| vm.heap.collector.members(generation)).collect();
    objects.iter().for_each(|&object| vm.incref(object));
    done(vm.new_list(objects))
}

/// The references that an object holds: those of its body, and its class if a program made it.
fn referents(vm: &Vm, object: ObjRef) -> Vec<ObjRef> {
    let mut found = Vec::new();
    vm.heap.slot(object).body.trace(&mut |referent| found.push(referent));
    let ty = vm.ty(object);
    if vm.heap.type_of_type(ty).is_heap {
        found.push(ty);
    }
    found
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
            found.extend(referents(vm, object));
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

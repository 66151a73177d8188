//! A collection that tells: the functions in `gc.callbacks` are called before and after it, flags of `gc.set_debug` print.
//!
//! ```python
//! gc.callbacks.append(lambda phase, info: print(phase, info["generation"], info["collected"]))
//! ```
//!
//! `gc.collect()` is always of this kind; one that an allocation sets off is, at the end of its instruction, if there are
//! callbacks. Counterpart in CPython 3.11: `gc_collect_with_callback`.

use crate::{
    heap::ObjRef,
    objects::Objects,
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Receive,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// What the module `gc` shares with the collector.
#[derive(Clone, Copy)]
pub struct GcModule {
    /// the lists, both counted
    pub callbacks: ObjRef,
    pub garbage: ObjRef,
    /// Writes on `sys.stderr`.
    pub say: fn(&mut Vm, &str),
}

/// Flags of `gc.set_debug`.
pub mod debug {
    pub const STATS: i64 = 1;
    pub const COLLECTABLE: i64 = 2;
    pub const UNCOLLECTABLE: i64 = 4;
    pub const SAVEALL: i64 = 32;
    pub const LEAK: i64 = COLLECTABLE | UNCOLLECTABLE | SAVEALL;
}

impl Vm {
    /// The functions in `gc.callbacks`, borrowed.
    pub(super) fn gc_callbacks(&self) -> &[ObjRef] {
        self.gc_module.and_then(|module| self.heap.list(module.callbacks)).map(|list| &list[..]).unwrap_or_default()
    }

    /// Prints for `gc.set_debug`, if this flag is set.
    pub(super) fn gc_says(&mut self, flag: i64, text: impl FnOnce(&Vm) -> String) {
        if self.heap.collector.debug & flag != 0
            && let Some(module) = self.gc_module
        {
            let text = text(self);
            (module.say)(self, &text);
        }
    }
}

/// A collection with callbacks before and after it, and the finalizers of the garbage in between.
#[derive(Clone)]
pub struct Told {
    generation: usize,
    /// What the generation's statistics said before.
    collected_before: Option<u64>,
    found: usize,
    /// 0: before; 1: the callbacks for "start"; 2: those for "stop".
    phase: u8,
    callbacks: Vec<ObjRef>,
    next: usize,
}

impl Told {
    pub fn new(generation: usize) -> Told {
        Told { generation, collected_before: None, found: 0, phase: 0, callbacks: Vec::new(), next: 0 }
    }

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
        self.callbacks = vm.gc_callbacks().to_vec();
        self.callbacks.iter().for_each(|&callback| vm.incref(callback));
        self.next = 0;
    }
}

impl Native for Told {
    fn name(&self) -> &'static str {
        "gc.collect"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        loop {
            if self.phase == 0 {
                vm.heap.collector.collecting = true;
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
                None => {
                    vm.heap.collector.collecting = false;
                    return done(vm.new_usize(self.found));
                }
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

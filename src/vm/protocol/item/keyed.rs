//! Looking for a key in a dict or set whose keys may compare in Python: one state machine for all such operations.
//!
//! ```text
//!   d[k]    hash(k) ──▶ probe ──▶ the same hash: k == key? ──▶ found, or probe on ──▶ finish: value, KeyError, insert …
//!              └ may call __hash__         └ may call __eq__
//! ```
//!
//! If a Python `__eq__` changes the table meanwhile, the search starts again, as in CPython (`lookdict`, `set_lookkey`).

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict, set},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// An operation on the entry of a key.
#[derive(Clone)]
pub struct Keyed {
    /// The dict or set; borrowed.
    pub table: ObjRef,
    /// Borrowed.
    pub key: ObjRef,
    /// The key that is looked for in place of `key`: a set's contents as a frozenset. Counted.
    pub stand_in: Option<ObjRef>,
    /// A further operand: value or default; borrowed.
    pub value: Option<ObjRef>,
    pub hash: i64,
    /// What to do when it is known whether the key is there: the number of its entry (or slot of the set).
    pub finish: Finish,
    pub name: &'static str,
    stage: Stage,
    /// The key in the table that is being compared; counted.
    candidate: Option<ObjRef>,
    /// References held meanwhile, as CPython does for a key that it may insert.
    held: [Option<ObjRef>; 2],
    /// Hold the key once its hash is known.
    holds_key: bool,
}

pub type Finish = fn(&mut Vm, &Keyed, Option<usize>) -> Res;

#[derive(Clone, Copy)]
enum Stage {
    Hash,
    Probe,
    Dict(usize, dict::Probe),
    Set(usize, set::Probe),
    Finishing,
}

/// The next thing to look at in a probe.
enum Found {
    At(Option<usize>),
    Ask(ObjRef, Stage),
}

impl Keyed {
    pub fn new(name: &'static str, table: ObjRef, key: ObjRef, value: Option<ObjRef>, finish: Finish) -> Keyed {
        Keyed {
            table,
            key,
            stand_in: None,
            value,
            hash: 0,
            finish,
            name,
            stage: Stage::Hash,
            candidate: None,
            held: [None; 2],
            holds_key: false,
        }
    }

    /// Holds key and value from the start (`PyDict_SetItem`).
    pub fn holding_both(mut self, vm: &mut Vm) -> Keyed {
        vm.incref(self.key);
        vm.xincref(self.value);
        self.held = [Some(self.key), self.value];
        self
    }

    /// Holds the key while the table is searched (`set_add_entry`).
    pub fn holding_key(mut self) -> Keyed {
        self.holds_key = true;
        self
    }

    /// The hash is known.
    pub fn hashed(mut self, hash: i64) -> Keyed {
        self.hash = hash;
        self.stage = Stage::Probe;
        self
    }

    fn key(&self) -> ObjRef {
        self.stand_in.unwrap_or(self.key)
    }

    fn probe(&self, vm: &Vm) -> Found {
        match vm.heap.body(self.table) {
            Body::Dict(table) => {
                let looked = match self.stage {
                    Stage::Dict(_, probe) => table.resume(&vm.heap, self.key(), probe),
                    _ => table.lookup(&vm.heap, self.key(), self.hash),
                };
                match looked {
                    dict::Lookup::Found(entry) => Found::At(Some(entry)),
                    dict::Lookup::Missing => Found::At(None),
                    dict::Lookup::Ask { entry, probe } => {
                        let key = table.entry(entry).and_then(|entry| entry.key).expect("a key");
                        Found::Ask(key, Stage::Dict(entry, probe))
                    }
                }
            }
            Body::Set(table) => {
                let looked = match self.stage {
                    Stage::Set(_, probe) => table.resume(&vm.heap, self.key(), probe),
                    _ => table.lookup(&vm.heap, self.key(), self.hash),
                };
                match looked {
                    set::Lookup::Found(slot) => Found::At(Some(slot)),
                    set::Lookup::Missing => Found::At(None),
                    set::Lookup::Ask { slot, probe } => {
                        let key = table.slot(slot).and_then(|entry| entry.key).expect("a key");
                        Found::Ask(key, Stage::Set(slot, probe))
                    }
                }
            }
            _ => Found::At(None),
        }
    }

    /// The entry that was compared is still the same one?
    fn is_unchanged(&self, vm: &Vm) -> bool {
        let now = match (self.stage, vm.heap.body(self.table)) {
            (Stage::Dict(entry, _), Body::Dict(table)) => table.entry(entry).and_then(|entry| entry.key),
            (Stage::Set(slot, _), Body::Set(table)) => table.slot(slot).and_then(|entry| entry.key),
            _ => None,
        };
        now == self.candidate
    }

    fn run(&mut self, vm: &mut Vm, mut input: Option<ObjRef>) -> Res {
        if let (Stage::Hash, Some(value)) = (self.stage, input) {
            self.hash = vm.small_value(value).unwrap_or(0);
            vm.decref(value);
            self.stage = Stage::Probe;
            input = None;
        }
        if let (Stage::Finishing, Some(value)) = (self.stage, input) {
            return Ok(Outcome::Done(value));
        }
        if let Stage::Hash = self.stage {
            match vm.hash(self.key)? {
                Outcome::Done(hash) => self.hash = hash,
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
            self.stage = Stage::Probe;
        }
        if self.holds_key {
            self.holds_key = false;
            self.held[0] = Some(vm.own(self.key));
        }
        loop {
            if let Some(equal) = input.take() {
                vm.decref(equal);
                let unchanged = self.is_unchanged(vm);
                let candidate = self.candidate.take();
                let at = match self.stage {
                    Stage::Dict(at, _) | Stage::Set(at, _) => at,
                    _ => 0,
                };
                vm.xdecref(candidate);
                if !unchanged {
                    self.stage = Stage::Probe;
                } else if equal == TRUE {
                    return self.end(vm, Some(at));
                }
            }
            match self.probe(vm) {
                Found::At(at) => return self.end(vm, at),
                Found::Ask(candidate, stage) => {
                    self.stage = stage;
                    self.candidate = Some(vm.own(candidate));
                    match vm.equal_object(candidate, self.key())? {
                        Outcome::Done(equal) => input = Some(equal),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
            }
        }
    }

    fn end(&mut self, vm: &mut Vm, at: Option<usize>) -> Res {
        self.stage = Stage::Finishing;
        (self.finish)(vm, self, at)
    }
}

impl Native for Keyed {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) => self.run(vm, Some(value)),
            Input::Start | Input::Exhausted => self.run(vm, None),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.candidate.iter().for_each(|&key| visit(key));
        self.stand_in.iter().for_each(|&key| visit(key));
        self.held.iter().flatten().for_each(|&held| visit(held));
    }
}

impl Vm {
    /// Runs an operation on a key, waiting for Python's `__hash__` and `__eq__` where they are needed.
    #[inline]
    pub fn keyed(&mut self, operation: Keyed) -> Res {
        self.drive(operation)
    }

    /// The entry of a key on the Rust stack.
    pub(super) fn keyed_now(&mut self, table: ObjRef, key: ObjRef) -> Result<Option<usize>, Raised> {
        let depth = self.frames.len();
        let operation = Keyed::new("lookup", table, key, None, |vm, _, at| Ok(Outcome::Done(vm.new_int(at.map_or(-1, |at| at as i64)))));
        let outcome = self.keyed(operation)?;
        let value = self.finish_now(depth, outcome)?;
        let at = self.small_value(value).filter(|&at| at >= 0).map(|at| at as usize);
        self.decref(value);
        Ok(at)
    }
}

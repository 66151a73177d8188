//! Comparing containers: lists and tuples in lexicographic order, dicts and sets by content.
//!
//! `[1, x] < [1, y]` looks for the first pair that is not equal and compares that one. A comparison that must run Python
//! leaves its state behind as a native frame.

use super::{EQ, GE, GT, LE, LT, NE};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        equality::{DEEPEST_EQUAL, equal_without_python},
        set::{Entry, Lookup, Set},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

impl Vm {
    /// `a op b` if `a` is a container that knows how to compare itself with `b`.
    pub(super) fn compare_containers(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Option<Result<Outcome, Raised>> {
        let equality = op == EQ || op == NE;
        Some(match (self.heap.body(a), self.heap.body(b)) {
            (Body::List(x), Body::List(y)) => {
                if equality && x.len() != y.len() {
                    return Some(done(self.new_bool(op == NE)));
                }
                self.drive(CompareSequences { a, b, op, index: 0, pair: None, last: false })
            }
            (Body::Tuple(_), Body::Tuple(_)) => self.drive(CompareSequences { a, b, op, index: 0, pair: None, last: false }),
            (Body::Dict(x), Body::Dict(y)) if equality => {
                if x.len() != y.len() {
                    return Some(done(self.new_bool(op == NE)));
                }
                self.drive(CompareDicts { a, b, op, position: 0, held: Vec::new(), stage: DictStage::Key })
            }
            (Body::Set(_), Body::Set(_)) => self.compare_sets(a, b, op),
            (Body::Slice(x), Body::Slice(y)) => {
                let (x, y) = (*x, *y);
                if a == b {
                    return Some(done(self.new_bool(matches!(op, EQ | LE | GE))));
                }
                [x, y].iter().flatten().for_each(|&part| self.incref(part));
                let (x, y) = (self.new_tuple(x), self.new_tuple(y));
                let depth = self.frames.len();
                let result = self.rich_compare(x, y, op);
                self.after(depth, result, super::After::new("slice", &[], 0, |_, _, value| done(value)).owning([x, y]))
            }
            (Body::Cell(x), Body::Cell(y)) => match (*x, *y) {
                (Some(x), Some(y)) => self.rich_compare(x, y, op),
                (x, y) => done(self.new_bool(super::holds(op, Some(x.is_some().cmp(&y.is_some()))))),
            },
            (Body::WeakRef(x), Body::WeakRef(y)) if equality => match (x.referent, y.referent) {
                (Some(x), Some(y)) => self.rich_compare(x, y, op),
                _ => done(self.new_bool((a == b) == (op == EQ))),
            },
            (Body::Fields(x), Body::Fields(y)) => {
                let (x, y) = (x.clone(), y.clone());
                return self.compare_fields(a, b, op, &x, &y);
            }
            (Body::Fields(x), _) => match self.core_of(a) {
                MAPPINGPROXY => {
                    let mapping = x.first().copied().flatten()?;
                    self.rich_compare(mapping, b, op)
                }
                DICT_KEYS | DICT_ITEMS if self.heap.set(b).is_some() => self.compare_views(a, b, op),
                _ => return None,
            },
            (Body::Set(_), Body::Fields(_)) => return None,
            _ if equality && self.core_of(a) == SIMPLE_NAMESPACE && self.core_of(b) == SIMPLE_NAMESPACE => {
                let (a, b) = (self.instance_dict(a)?, self.instance_dict(b)?);
                self.rich_compare(a, b, op)
            }
            _ => return None,
        })
    }

    fn compare_fields(
        &mut self,
        a: ObjRef,
        b: ObjRef,
        op: u32,
        x: &[Option<ObjRef>],
        y: &[Option<ObjRef>],
    ) -> Option<Result<Outcome, Raised>> {
        let equality = op == EQ || op == NE;
        let (core_a, core_b) = (self.core_of(a), self.core_of(b));
        match core_a {
            DICT_KEYS | DICT_ITEMS if matches!(core_b, DICT_KEYS | DICT_ITEMS) => Some(self.compare_views(a, b, op)),
            MAPPINGPROXY => {
                let mapping = x.first().copied().flatten()?;
                Some(self.rich_compare(mapping, b, op))
            }
            GENERIC_ALIAS if core_b == GENERIC_ALIAS && equality => {
                let mut equal = x.len() == y.len();
                for (&x, &y) in x.iter().zip(y) {
                    equal = equal
                        && match (x, y) {
                            (Some(x), Some(y)) => match self.equal_now(x, y) {
                                Ok(equal) => equal,
                                Err(raised) => return Some(Err(raised)),
                            },
                            (x, y) => x == y,
                        };
                }
                Some(done(self.new_bool(equal == (op == EQ))))
            }
            UNION_TYPE if core_b == UNION_TYPE && equality => {
                let args = |union: &[Option<ObjRef>]| -> Vec<ObjRef> {
                    union.first().copied().flatten().and_then(|args| self.heap.tuple(args)).map(<[ObjRef]>::to_vec).unwrap_or_default()
                };
                let (x, y) = (args(x), args(y));
                let mut equal = x.len() == y.len();
                for &x in &x {
                    let mut found = false;
                    for &y in &y {
                        match self.equal_now(x, y) {
                            Ok(equal) => found |= equal,
                            Err(raised) => return Some(Err(raised)),
                        }
                    }
                    equal &= found;
                }
                Some(done(self.new_bool(equal == (op == EQ))))
            }
            _ => None,
        }
    }

    /// `a == b` on the Rust stack.
    pub fn equal_now(&mut self, a: ObjRef, b: ObjRef) -> Result<bool, Raised> {
        if a == b {
            return Ok(true);
        }
        if let Some(equal) = equal_without_python(&self.heap, a, b) {
            return Ok(equal);
        }
        let depth = self.frames.len();
        let outcome = self.equal_object(a, b)?;
        let value = self.finish_now(depth, outcome)?;
        self.decref(value);
        Ok(value == TRUE)
    }

    /// The answer of two builtin containers of a kind, where no Python code need be asked about what is in them.
    pub(super) fn compare_containers_plainly(&self, a: ObjRef, b: ObjRef, op: u32) -> Option<bool> {
        let (ty_a, ty_b) = (self.ty(a), self.ty(b));
        if matches!(ty_a, SET | FROZENSET) && matches!(ty_b, SET | FROZENSET) {
            let (x, y) = (self.heap.set(a)?, self.heap.set(b)?);
            return match op {
                EQ | NE if x.len() != y.len() || self.known_different(a, b) => Some(op == NE),
                EQ | NE => self.is_subset_plainly(x, y).map(|is_subset| is_subset == (op == EQ)),
                LE if x.len() > y.len() => Some(false),
                LT if x.len() >= y.len() => Some(false),
                LE | LT => self.is_subset_plainly(x, y),
                GE if y.len() > x.len() => Some(false),
                GT if y.len() >= x.len() => Some(false),
                _ => self.is_subset_plainly(y, x),
            };
        }
        // Each tuple in a tuple takes a level of recursion.
        let are_tuples = ty_a == TUPLE && ty_b == TUPLE && self.level() + DEEPEST_EQUAL < self.recursion_limit;
        if !are_tuples || !matches!(op, EQ | NE) {
            return None;
        }
        equal_without_python(&self.heap, a, b).map(|is_equal| is_equal == (op == EQ))
    }

    fn is_subset_plainly(&self, a: &Set, b: &Set) -> Option<bool> {
        for (key, hash) in a.iter() {
            match b.lookup(&self.heap, key, hash) {
                Lookup::Found(_) => {}
                Lookup::Missing => return Some(false),
                Lookup::Ask { .. } => return None,
            }
        }
        Some(true)
    }

    /// Subset and superset relations.
    fn compare_sets(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        let (x, y) = (self.heap.set(a).expect("a set").len(), self.heap.set(b).expect("a set").len());
        let answer = |vm: &mut Vm, value: bool| done(vm.new_bool(value));
        match op {
            EQ | NE if x != y => answer(self, op == NE),
            EQ | NE if self.known_different(a, b) => answer(self, op == NE),
            EQ | NE | LE if op == LE && x > y => answer(self, false),
            EQ | NE | LE => self.drive(Subset { a, b, slot: 0, negate: op == NE, element: None }),
            LT if x >= y => answer(self, false),
            LT => self.drive(Subset { a, b, slot: 0, negate: false, element: None }),
            GE if y > x => answer(self, false),
            GT if y >= x => answer(self, false),
            _ => self.drive(Subset { a: b, b: a, slot: 0, negate: false, element: None }),
        }
    }

    /// Two frozensets whose cached hashes differ.
    fn known_different(&self, a: ObjRef, b: ObjRef) -> bool {
        let hash = |set: ObjRef| if self.ty(set) == FROZENSET { self.heap.slot(set).num } else { 0 };
        hash(a) != 0 && hash(b) != 0 && hash(a) != hash(b)
    }

    /// `d.keys() <= {1, 2}`: views compare like sets.
    fn compare_views(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        let length = |vm: &Vm, object: ObjRef| vm.builtin_length(object).and_then(Result::ok).unwrap_or(0);
        let (x, y) = (length(self, a), length(self, b));
        let (small, large, possible) = match op {
            EQ | NE => (a, b, x == y),
            LT => (a, b, x < y),
            LE => (a, b, x <= y),
            GT => (b, a, y < x),
            _ => (b, a, y <= x),
        };
        if !possible {
            return done(self.new_bool(op == NE));
        }
        self.drive(ViewSubset { small, large, position: 0, negate: op == NE, element: None })
    }
}

/// Lists and tuples: the first pair of items that differ decides.
#[derive(Clone)]
struct CompareSequences {
    a: ObjRef,
    b: ObjRef,
    op: u32,
    index: usize,
    /// The items being compared, held for lists.
    pair: Option<[ObjRef; 2]>,
    /// The deciding comparison: its result is the result.
    last: bool,
}

impl Native for CompareSequences {
    fn name(&self) -> &'static str {
        "sequence comparison"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        let (a, b, op) = (self.a, self.b, self.op);
        loop {
            if let Some(value) = input.take() {
                if let Some(pair) = self.pair.take() {
                    vm.decref_all(pair);
                }
                if self.last {
                    return done(value);
                }
                vm.decref(value);
                if value != TRUE {
                    return self.decide(vm);
                }
                self.index += 1;
            }
            // On over the items that are equal without Python.
            let pair = loop {
                let (Some(x), Some(y)) = (vm.heap.sequence(a), vm.heap.sequence(b)) else { return done(vm.new_bool(false)) };
                match (x.get(self.index).copied(), y.get(self.index).copied()) {
                    (Some(x), Some(y)) if x == y => self.index += 1,
                    (Some(x), Some(y)) => match equal_without_python(&vm.heap, x, y) {
                        Some(true) => self.index += 1,
                        Some(false) => return self.decide(vm),
                        None => break [x, y],
                    },
                    _ => {
                        let order = x.len().cmp(&y.len());
                        return done(vm.new_bool(super::holds(op, Some(order))));
                    }
                }
            };
            if vm.heap.list(a).is_some() {
                pair.iter().for_each(|&item| vm.incref(item));
                self.pair = Some(pair);
            }
            match vm.equal_object(pair[0], pair[1])? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.pair.iter().flatten().for_each(|&item| visit(item));
    }
}

impl CompareSequences {
    /// The items at `index` differ.
    fn decide(&mut self, vm: &mut Vm) -> Res {
        let (Some(x), Some(y)) = (vm.heap.sequence(self.a), vm.heap.sequence(self.b)) else { return done(vm.new_bool(false)) };
        match (x.get(self.index).copied(), y.get(self.index).copied()) {
            (Some(_), Some(_)) if self.op == EQ || self.op == NE => done(vm.new_bool(self.op == NE)),
            (Some(x), Some(y)) => {
                self.last = true;
                vm.rich_compare(x, y, self.op)
            }
            // the comparison made a list shorter
            _ => {
                let order = x.len().cmp(&y.len());
                done(vm.new_bool(super::holds(self.op, Some(order))))
            }
        }
    }
}

#[derive(Clone, Copy)]
enum DictStage {
    Key,
    /// The other dict's value was looked up.
    Found,
    Compared,
}

/// Dicts of the same size: every key of one is in the other with an equal value.
#[derive(Clone)]
struct CompareDicts {
    a: ObjRef,
    b: ObjRef,
    op: u32,
    position: usize,
    /// Value of `a`, key, value of `b`: held while they are looked at.
    held: Vec<ObjRef>,
    stage: DictStage,
}

impl Native for CompareDicts {
    fn name(&self) -> &'static str {
        "dict.__eq__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let result = match (self.stage, input.take()) {
                (DictStage::Found, Some(value)) => {
                    let known = value != NOT_IMPLEMENTED || self.is_found_not_implemented(vm);
                    self.held.push(value);
                    if !known {
                        return done(vm.new_bool(self.op == NE));
                    }
                    self.stage = DictStage::Compared;
                    vm.equal_object(self.held[0], value)
                }
                (DictStage::Compared, Some(value)) => {
                    vm.decref(value);
                    vm.decref_all(std::mem::take(&mut self.held));
                    if value != TRUE {
                        return done(vm.new_bool(self.op == NE));
                    }
                    self.stage = DictStage::Key;
                    continue;
                }
                _ => {
                    let Some(table) = vm.heap.dict(self.a) else { return done(vm.new_bool(false)) };
                    if self.position >= table.nentries() {
                        return done(vm.new_bool(self.op == EQ));
                    }
                    let entry = table.entry(self.position);
                    self.position += 1;
                    let Some(entry) = entry else { continue };
                    let key = entry.key.expect("a live entry");
                    self.held = vec![vm.own(entry.value), vm.own(key)];
                    self.stage = DictStage::Found;
                    // A missing key gives NotImplemented: is_found_not_implemented tells it from that value.
                    vm.dict_get_hashed(self.b, key, entry.hash)
                }
            };
            match result? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.held.iter().for_each(|&object| visit(object));
    }
}

impl CompareDicts {
    /// NotImplemented came as the other dict's value: is it really stored there?
    fn is_found_not_implemented(&self, vm: &Vm) -> bool {
        vm.heap.dict(self.b).is_some_and(|table| table.iter().any(|(_, value)| value == NOT_IMPLEMENTED))
    }
}

impl Vm {
    /// The value of a key whose hash is known; NotImplemented if it is missing.
    fn dict_get_hashed(&mut self, dict: ObjRef, key: ObjRef, hash: i64) -> Res {
        use crate::vm::protocol::item::keyed::Keyed;
        let operation = Keyed::new("dict.get", dict, key, None, |vm, op, at| {
            let value = match at {
                Some(entry) => vm.heap.dict(op.table).expect("a dict").value_at(entry),
                None => NOT_IMPLEMENTED,
            };
            done(vm.own(value))
        });
        self.keyed(operation.hashed(hash))
    }

    /// Whether a set has an element whose hash is known: a bool object.
    fn set_contains_hashed(&mut self, set: ObjRef, key: ObjRef, hash: i64) -> Res {
        use crate::vm::protocol::item::keyed::Keyed;
        self.keyed(Keyed::new("set.__contains__", set, key, None, |vm, _, at| done(vm.new_bool(at.is_some()))).hashed(hash))
    }
}

/// Every element of `a` is in `b`.
#[derive(Clone)]
struct Subset {
    a: ObjRef,
    b: ObjRef,
    slot: usize,
    negate: bool,
    element: Option<ObjRef>,
}

impl Native for Subset {
    fn name(&self) -> &'static str {
        "set.issubset"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(found) = input.take() {
                vm.decref(found);
                let element = self.element.take();
                vm.xdecref(element);
                if found != TRUE {
                    return done(vm.new_bool(self.negate));
                }
            }
            let (a, b) = (vm.heap.set(self.a).expect("a set"), vm.heap.set(self.b).expect("a set"));
            let (key, hash) = loop {
                let Some(Entry { key, hash }) = a.slot(self.slot) else { return done(vm.new_bool(!self.negate)) };
                self.slot += 1;
                let Some(key) = key else { continue };
                match b.lookup(&vm.heap, key, hash) {
                    Lookup::Found(_) => {}
                    Lookup::Missing => return done(vm.new_bool(self.negate)),
                    Lookup::Ask { .. } => break (key, hash),
                }
            };
            self.element = Some(vm.own(key));
            match vm.set_contains_hashed(self.b, key, hash)? {
                Outcome::Done(found) => input = Some(found),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.element.iter().for_each(|&element| visit(element));
    }
}

/// Every element of `small` (a view or set) is in `large`.
#[derive(Clone)]
struct ViewSubset {
    small: ObjRef,
    large: ObjRef,
    position: usize,
    negate: bool,
    element: Option<ObjRef>,
}

impl Native for ViewSubset {
    fn name(&self) -> &'static str {
        "all contained"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(found) = input.take() {
                vm.decref(found);
                let element = self.element.take();
                vm.xdecref(element);
                if found != TRUE {
                    return done(vm.new_bool(self.negate));
                }
            }
            let Some(element) = vm.element_at(self.small, &mut self.position) else { return done(vm.new_bool(!self.negate)) };
            self.element = Some(element);
            let found = vm.contains(self.large, element);
            match vm.bool_result(found)? {
                Outcome::Done(found) => input = Some(found),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.element.iter().for_each(|&element| visit(element));
    }
}

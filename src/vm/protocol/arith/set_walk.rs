//! The algorithms of set arithmetic, element by element: each search may have to wait for a Python `__eq__`.
//!
//! ```text
//!   a & b    walk the smaller one ▸ is the element in the other? ▸ add it to the result
//! ```
//!
//! The order of walking and adding is CPython's, so that results iterate in the same order.
//! Counterpart in CPython 3.11: `set_merge`, `set_intersection`, `set_difference`, `set_symmetric_difference_update`.

use super::*;
use crate::{
    objects::set::{Lookup, Set},
    vm::protocol::{after::After, item::keyed::Keyed},
};

/// What is done with each element of the walked set.
#[derive(Clone, Copy, PartialEq)]
enum Walk {
    /// Add it to the target.
    Add,
    /// Add it to the target if the other set has it.
    KeepFound,
    /// Add it to the target if the other set does not have it.
    KeepMissing,
    /// Delete it from the target.
    Discard,
    /// Delete it from the target if it is there, else add it.
    Toggle,
    /// Stop with False if the other set has it; True at the end.
    Disjoint,
}

/// A walk over a set; all sets are borrowed.
#[derive(Clone)]
struct SetWalk {
    walk: Walk,
    walked: ObjRef,
    searched: ObjRef,
    target: ObjRef,
    slot: usize,
    /// The element at work, held; and its hash.
    element: Option<ObjRef>,
    hash: i64,
    adding: bool,
}

impl SetWalk {
    fn new(walk: Walk, walked: ObjRef, searched: ObjRef, target: ObjRef) -> SetWalk {
        SetWalk { walk, walked, searched, target, slot: 0, element: None, hash: 0, adding: false }
    }

    /// The elements that come into the target, where no Python code need be asked about any of them.
    fn kept_plainly(&self, vm: &Vm) -> Option<Vec<(ObjRef, i64)>> {
        let wanted = match self.walk {
            Walk::KeepFound => true,
            Walk::KeepMissing => false,
            _ => return None,
        };
        let (walked, searched) = (vm.heap.set(self.walked)?, vm.heap.set(self.searched)?);
        let mut kept = Vec::with_capacity(walked.len());
        for (key, hash) in walked.iter() {
            let found = match searched.lookup(&vm.heap, key, hash) {
                Lookup::Found(_) => true,
                Lookup::Missing => false,
                Lookup::Ask { .. } => return None,
            };
            if found == wanted {
                kept.push((key, hash));
            }
        }
        Some(kept)
    }

    /// Looks for the element; the result is a bool for what needs to know.
    fn search(&mut self, vm: &mut Vm, key: ObjRef) -> Res {
        let keyed = |table, finish| Keyed::new("set", table, key, None, finish).hashed(self.hash);
        match self.walk {
            _ if self.adding => self.add(vm, key),
            Walk::Add => self.add(vm, key),
            Walk::KeepFound | Walk::KeepMissing | Walk::Disjoint => {
                vm.keyed(keyed(self.searched, |vm, _, at| done(vm.new_bool(at.is_some()))))
            }
            Walk::Discard | Walk::Toggle => vm.keyed(keyed(self.target, |vm, op, at| {
                if let Some(slot) = at {
                    let key = vm.heap.set_mut(op.table).expect("a set").remove(slot);
                    vm.decref(key);
                }
                done(vm.new_bool(at.is_some()))
            })),
        }
    }

    /// The same for an element that no Python code need be asked about; false: one must, and nothing is done. `Err`: the walk ends.
    fn search_plainly(&self, vm: &mut Vm, key: ObjRef) -> Result<bool, ObjRef> {
        let table = if matches!(self.walk, Walk::Add | Walk::Discard | Walk::Toggle) { self.target } else { self.searched };
        let Some(at) = vm.set_find_plainly(table, key, self.hash) else { return Ok(false) };
        let adds = match (self.walk, at) {
            (Walk::Disjoint, Some(_)) => return Err(vm.new_bool(false)),
            (Walk::Discard | Walk::Toggle, Some(slot)) => {
                let key = vm.heap.set_mut(table).expect("a set").remove(slot);
                vm.decref(key);
                false
            }
            (walk, found) => match walk {
                Walk::Add | Walk::Toggle | Walk::KeepMissing => found.is_none(),
                Walk::KeepFound => found.is_some(),
                Walk::Discard | Walk::Disjoint => false,
            },
        };
        if adds && table != self.target {
            match vm.set_find_plainly(self.target, key, self.hash) {
                Some(Some(_)) => return Ok(true),
                Some(None) => {}
                None => return Ok(false),
            }
        }
        if adds {
            vm.set_insert(self.target, key, self.hash);
        }
        Ok(true)
    }

    fn add(&self, vm: &mut Vm, key: ObjRef) -> Res {
        let operation = Keyed::new("set", self.target, key, None, |vm, op, at| {
            if at.is_none() {
                vm.set_insert(op.table, op.key, op.hash);
            }
            done(vm.none())
        });
        let operation = operation.hashed(self.hash);
        vm.keyed(if self.walk == Walk::Add { operation } else { operation.holding_key() })
    }
}

impl Native for SetWalk {
    fn name(&self) -> &'static str {
        "set"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(value) = input.take() {
                vm.decref(value);
                let wanted = match self.walk {
                    Walk::KeepFound => Some(TRUE),
                    Walk::KeepMissing | Walk::Toggle => Some(FALSE),
                    Walk::Disjoint if value == TRUE => return done(vm.new_bool(false)),
                    Walk::Add | Walk::Discard | Walk::Disjoint => None,
                };
                if !self.adding && wanted == Some(value) {
                    self.adding = true;
                } else {
                    self.adding = false;
                    let element = self.element.take();
                    vm.xdecref(element);
                }
            }
            let key = match self.element {
                Some(element) => element,
                None => {
                    let Some(entry) = vm.heap.set(self.walked).and_then(|set| set.slot(self.slot)) else {
                        return done(if self.walk == Walk::Disjoint { vm.new_bool(true) } else { vm.none() });
                    };
                    self.slot += 1;
                    let Some(key) = entry.key else { continue };
                    self.hash = entry.hash;
                    match self.search_plainly(vm, key) {
                        Ok(true) => continue,
                        Ok(false) => {}
                        Err(verdict) => return done(verdict),
                    }
                    self.element = Some(vm.own(key));
                    key
                }
            };
            match self.search(vm, key)? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.element.iter().for_each(|&element| visit(element));
    }
}

impl Vm {
    /// The slot of a key in a set, where no Python code need be asked about it.
    pub(in crate::vm::protocol) fn set_find_plainly(&self, set: ObjRef, key: ObjRef, hash: i64) -> Option<Option<usize>> {
        match self.heap.set(set)?.lookup(&self.heap, key, hash) {
            Lookup::Found(slot) => Some(Some(slot)),
            Lookup::Missing => Some(None),
            Lookup::Ask { .. } => None,
        }
    }

    fn set_len(&self, set: ObjRef) -> usize {
        self.heap.set(set).map_or(0, Set::len)
    }

    /// Runs a walk whose target (owned) is the result.
    fn walk_to_result(&mut self, walk: SetWalk) -> Res {
        let (depth, target) = (self.frames.len(), walk.target);
        if let Some(kept) = walk.kept_plainly(self) {
            for (key, hash) in kept {
                self.set_insert(target, key, hash);
            }
            return done(target);
        }
        let result = self.drive(walk);
        let then = After::new("set", &[target], 0, |vm, state, none| {
            vm.decref(none);
            done(vm.own(state.refs[0]))
        });
        self.after(depth, result, then.owning([target]))
    }

    /// `a | b`, a set of type `ty`.
    pub fn set_union(&mut self, ty: ObjRef, a: ObjRef, b: ObjRef) -> Res {
        let target = self.set_copy(ty, a);
        let depth = self.frames.len();
        let result = self.set_merge(target, b);
        let then = After::new("set.__or__", &[target], 0, |vm, state, none| {
            vm.decref(none);
            done(vm.own(state.refs[0]))
        });
        self.after(depth, result, then.owning([target]))
    }

    /// Adds the elements of a set to another; the result is None.
    pub fn set_merge(&mut self, set: ObjRef, other: ObjRef) -> Res {
        let more = self.set_len(other);
        if set == other || more == 0 {
            return done(self.none());
        }
        let target = self.heap.set_mut(set).expect("a set");
        if target.is_empty() && target.slots() == Set::default().slots() {
            let table = self.heap.set(other).expect("a set").copy();
            for (key, _) in table.iter() {
                self.heap.incref(key);
            }
            self.heap.set_mut(set).expect("a set").become_copy(table);
            crate::objects::set::settle(&mut self.heap, set);
            return done(self.none());
        }
        target.reserve_for_merge(more);
        crate::objects::set::settle(&mut self.heap, set);
        self.drive(SetWalk::new(Walk::Add, other, other, set))
    }

    /// `a & b`: goes through the smaller one.
    pub fn set_intersection(&mut self, ty: ObjRef, a: ObjRef, b: ObjRef) -> Res {
        if a == b {
            return done(self.set_copy(ty, a));
        }
        let (searched, walked) = if self.set_len(b) > self.set_len(a) { (b, a) } else { (a, b) };
        let target = self.new_set_from(ty, Set::default());
        self.walk_to_result(SetWalk::new(Walk::KeepFound, walked, searched, target))
    }

    /// `a - b`
    pub fn set_difference(&mut self, ty: ObjRef, a: ObjRef, b: ObjRef) -> Res {
        if self.set_len(a) >> 2 > self.set_len(b) {
            let target = self.set_copy(ty, a);
            let depth = self.frames.len();
            let result = self.set_difference_update(target, b);
            let then = After::new("set.__sub__", &[target], 0, |vm, state, none| {
                vm.decref(none);
                done(vm.own(state.refs[0]))
            });
            return self.after(depth, result, then.owning([target]));
        }
        let target = self.new_set_from(ty, Set::default());
        self.walk_to_result(SetWalk::new(Walk::KeepMissing, a, b, target))
    }

    /// `a ^ b`
    pub fn set_symmetric_difference(&mut self, ty: ObjRef, a: ObjRef, b: ObjRef) -> Res {
        let target = self.set_copy(ty, b);
        self.walk_to_result(SetWalk::new(Walk::Toggle, a, a, target))
    }

    /// `a.isdisjoint(b)`: no element of the smaller one is in the other.
    pub fn set_is_disjoint(&mut self, a: ObjRef, b: ObjRef) -> Res {
        let (searched, walked) = if self.set_len(b) > self.set_len(a) { (b, a) } else { (a, b) };
        self.drive(SetWalk::new(Walk::Disjoint, walked, searched, searched))
    }

    /// Drops the dummies of a set if there are many.
    pub fn set_compact(&mut self, set: ObjRef) {
        if let Some(table) = self.heap.set_mut(set) {
            table.compact();
            crate::objects::set::settle(&mut self.heap, set);
        }
    }

    fn set_clear(&mut self, set: ObjRef) -> Res {
        let old = self.heap.set_mut(set).expect("a set").take_all();
        self.decref_all(old);
        crate::objects::set::settle(&mut self.heap, set);
        done(self.none())
    }

    /// `a -= b`; the result is None.
    pub fn set_difference_update(&mut self, a: ObjRef, b: ObjRef) -> Res {
        if a == b {
            return self.set_clear(a);
        }
        // Against a much larger set, only what both have is looked at.
        if self.set_len(b) >> 3 > self.set_len(a) {
            let (ty, depth) = (self.core_of(a), self.frames.len());
            let common = self.set_intersection(ty, a, b);
            return self.after(
                depth,
                common,
                After::new("set.__isub__", &[a], 0, |vm, state, common| {
                    state.owned.push(common);
                    vm.discard_all(state.refs[0], common)
                }),
            );
        }
        self.discard_all(a, b)
    }

    fn discard_all(&mut self, a: ObjRef, b: ObjRef) -> Res {
        let depth = self.frames.len();
        let result = self.drive(SetWalk::new(Walk::Discard, b, b, a));
        let then = After::new("set.__isub__", &[a], 0, |vm, state, none| {
            vm.set_compact(state.refs[0]);
            done(none)
        });
        self.after(depth, result, then)
    }

    /// `a ^= b`; the result is None.
    pub fn set_symmetric_difference_update(&mut self, a: ObjRef, b: ObjRef) -> Res {
        if a == b {
            return self.set_clear(a);
        }
        self.drive(SetWalk::new(Walk::Toggle, b, b, a))
    }

    /// `a &= b`: the elements are exchanged for those of the intersection. The result is None.
    pub fn set_intersection_update(&mut self, a: ObjRef, b: ObjRef) -> Res {
        let (ty, depth) = (self.core_of(a), self.frames.len());
        let common = self.set_intersection(ty, a, b);
        let then = After::new("set.__iand__", &[a], 0, |vm, state, common| {
            let a = state.refs[0];
            let table = std::mem::take(vm.heap.set_mut(common).expect("a set"));
            let old = std::mem::replace(vm.heap.set_mut(a).expect("a set"), table);
            *vm.heap.set_mut(common).expect("a set") = old;
            vm.decref(common);
            done(vm.none())
        });
        self.after(depth, common, then)
    }
}

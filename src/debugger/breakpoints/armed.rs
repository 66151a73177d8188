//! Which units may hit, and which must be looked at so that the answer is certain.
//!
//! A line's breakpoint hits where the line begins: once each time it is executed, on each round of a loop, and not again when
//! a call in the line comes back. For most units the listing alone says whether the line begins there. Where it depends on
//! what ran before, such as at FOR_ITER of `for x in xs:` after GET_ITER or after the jump back, some of the units before are
//! armed too, so that the machine stops there and it is known.

use rustc_hash::FxHashMap;

use super::{Breakpoint, Breakpoints, Target, same_file};
use crate::{
    bytecode::opcode::{ArgKind, Op},
    debugger::{
        places::{Place, Places},
        step::is_backward,
    },
    vm::Vm,
};

/// Where breakpoints may hit, of all units known so far.
#[derive(Default)]
pub(super) struct Map {
    /// One a unit of the machine's table.
    may_hit: Vec<bool>,
    /// Which breakpoints, where one may.
    here: FxHashMap<u32, Vec<u32>>,
    /// Units to be armed: those, and where it must be seen what ran before.
    to_arm: Vec<u32>,
}

impl Map {
    /// Which breakpoints may hit at a unit, by their places in the list.
    #[inline]
    pub(super) fn here(&self, unit: u32) -> &[u32] {
        self.here.get(&unit).map_or(&[], |here| here)
    }

    pub(super) fn may_hit(&self, unit: u32) -> Option<bool> {
        self.may_hit.get(unit as usize).copied()
    }
}

impl Breakpoints {
    /// Some breakpoint must be looked for after every instruction.
    pub(super) fn is_slow(&self) -> bool {
        self.enabled().any(|breakpoint| breakpoint.target.is_everywhere())
    }

    pub(super) fn enabled(&self) -> impl Iterator<Item = &Breakpoint> {
        self.list.iter().filter(|breakpoint| breakpoint.enabled)
    }

    /// Lets the machine run at full speed between the instructions where something may hit.
    pub fn arm(&mut self, vm: &mut Vm, places: &mut Places) {
        if self.is_slow() {
            return;
        }
        self.learn(vm, places);
        let is_told = self.enabled().any(|breakpoint| breakpoint.target.is_told() || breakpoint.target.is_placed());
        vm.arm(&self.map.to_arm, is_told);
    }

    /// Marks all instructions that have come to be known since the last time.
    #[cold]
    pub(super) fn learn(&mut self, vm: &Vm, places: &mut Places) {
        let from = self.map.may_hit.len();
        if from >= vm.units.len() {
            return;
        }
        places.add_all(vm);
        self.settle(places);
        let mut may_hit = std::mem::take(&mut self.map.may_hit);
        let is_wanted = |(_, breakpoint): &(usize, &Breakpoint)| breakpoint.enabled && breakpoint.target.is_placed();
        let enabled: Vec<(usize, &Breakpoint)> = self.list.iter().enumerate().filter(is_wanted).collect();
        let mut to_arm = Vec::new();
        let mut all_here: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        may_hit.resize(vm.units.len(), false);
        // Code of later instants is known already where one has gone back: it is looked at when the machine has it.
        let is_new = |units: &std::ops::Range<u32>| units.start as usize >= from && (units.end as usize) <= may_hit.len();
        for code in places.codes.iter().filter(|code| is_new(&code.units)).collect::<Vec<_>>() {
            for unit in code.units.clone() {
                let Some(place) = places.at(unit) else { continue };
                let is_here = |(_, breakpoint): &&(usize, &Breakpoint)| match &breakpoint.target {
                    Target::Line { file: it, line } => *line == place.line && same_file(it, &code.file),
                    Target::Unit(it) => *it == unit,
                    target => target.matches(place.op, places.offset_of(unit).unwrap_or(u32::MAX), &code.name),
                };
                let here: Vec<&(usize, &Breakpoint)> = enabled.iter().filter(is_here).collect();
                if here.is_empty() {
                    continue;
                }
                all_here.insert(unit, here.iter().map(|(index, _)| *index as u32).collect());
                may_hit[unit as usize] = true;
                if here.iter().any(|(_, breakpoint)| !matches!(breakpoint.target, Target::Line { .. })) {
                    to_arm.push(unit);
                }
                to_arm.extend(to_know(vm, places, place, unit));
            }
        }
        to_arm.sort_unstable();
        to_arm.dedup();
        self.map.to_arm.extend(to_arm);
        self.map.may_hit = may_hit;
        self.map.here.extend(all_here);
    }
}

/// The units to be looked at so that it is known when the line of a unit begins there: none if it never does.
fn to_know(vm: &Vm, places: &Places, place: Place, unit: u32) -> Vec<u32> {
    let Some(code) = places.codes.get(place.code as usize) else { return Vec::new() };
    let otherwise = begins_line(places, place, unit, None);
    let mut decisive = Vec::new();
    let mut ask = |before: u32| {
        if begins_line(places, place, unit, Some(before)) != otherwise {
            decisive.push(before);
        }
    };
    if unit > code.units.start && !is_way_out(places.at(unit - 1).map_or(Op::NOP, |place| place.op)) {
        ask(unit - 1);
    }
    for from in code.units.clone() {
        let Some(it) = places.at(from) else { continue };
        if matches!(it.op.arg_kind(), ArgKind::JumpForward | ArgKind::JumpBackward) && vm.unit_at(from as usize).arg == unit {
            ask(from);
        }
    }
    for (covered, _) in code.handlers.iter().filter(|(_, target)| *target == unit) {
        covered.clone().for_each(&mut ask);
    }
    if otherwise || !decisive.is_empty() {
        decisive.push(unit);
    }
    decisive
}

/// What follows it in the listing never runs right after it.
fn is_way_out(op: Op) -> bool {
    matches!(op, Op::RETURN_VALUE | Op::RAISE_VARARGS | Op::RERAISE | Op::JUMP_FORWARD | Op::JUMP_BACKWARD | Op::JUMP_BACKWARD_NO_INTERRUPT)
}

/// Whether a line begins at a unit, after the unit executed just before; `None`: one of another code, or none.
pub(super) fn begins_line(places: &Places, place: Place, unit: u32, last: Option<u32>) -> bool {
    let in_same_code = |other: &u32| places.at(*other).filter(|it| it.code == place.code);
    match last.and_then(|last| in_same_code(&last).map(|it| (last, it))) {
        Some((_, it)) if it.op == Op::RESUME => it.arg & 3 < 2,
        Some((last, it)) if !matches!(it.op, Op::RETURN_VALUE | Op::YIELD_VALUE | Op::RETURN_GENERATOR) => {
            it.line != place.line || is_backward(it.op) && unit <= last
        }
        // Out of a call or into one: where the listing has the line's start.
        _ => match unit.checked_sub(1).and_then(|before| in_same_code(&before)) {
            Some(before) => before.line != place.line,
            None => true,
        },
    }
}

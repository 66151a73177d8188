//! Armed instructions: where a hook wants to be asked before they run, while everything else runs at full speed.
//!
//! An armed unit has the opcode CACHE, which no decoded unit has; what it was stands in a table beside. So a run without
//! armed places pays nothing, and one with them pays only there. Invariant: arming changes neither the instruction count nor
//! anything that the program can see; who reads opcodes out of the table asks [`Vm::unit_at`]. A machine is disarmed before
//! it is kept. Counterpart in CPython 3.12: `INSTRUMENTED_LINE`; 3.11 has none.
//!
//! `break 12`, `continue`: the first unit of line 12 is armed, the loop stops there and nowhere else.

use rustc_hash::FxHashMap;

use super::{
    Vm,
    hooks::{Due, Hooks},
    instr::Unit,
};
use crate::bytecode::opcode::Op;

/// What is armed.
#[derive(Clone, Default)]
pub struct Arming {
    /// The opcodes that stood there.
    places: FxHashMap<u32, Op>,
    /// Units that run once as they were.
    again: Vec<u32>,
    /// Raised exceptions, collections, output and new code end a grant, so that the hooks look at once.
    alert: bool,
    alerted: bool,
}

impl Vm {
    /// Arms units; those that are armed stay so.
    pub fn arm(&mut self, units: &[u32], alert: bool) {
        self.arming.alert = alert;
        for &unit in units {
            let Some(place) = self.units.get_mut(unit as usize).filter(|place| place.op != Op::CACHE) else { continue };
            let op = std::mem::replace(&mut place.op, Op::CACHE);
            self.arming.places.insert(unit, op);
        }
    }

    /// Makes all units what they were.
    pub fn disarm(&mut self) {
        for (unit, op) in std::mem::take(&mut self.arming).places {
            self.units[unit as usize].op = op;
        }
    }

    /// An instruction of the table as it was compiled.
    #[inline]
    pub fn unit_at(&self, pc: usize) -> Unit {
        let unit = self.units[pc];
        match self.arming.places.get(&(pc as u32)) {
            Some(&op) if unit.op == Op::CACHE => Unit { op, ..unit },
            _ => unit,
        }
    }

    /// The hooks are to look before the next instruction.
    #[cold]
    pub(super) fn alert(&mut self) {
        if self.arming.alert {
            self.arming.alerted = true;
            self.revoke_grant();
        }
    }

    /// What is left of the grant of a run in whose midst another one took place.
    pub(super) fn left_after_nested(&self, left: u32) -> u32 {
        if self.arming.alerted { 0 } else { left }
    }

    /// Before a unit that stands as CACHE. True: leave the loop.
    #[cold]
    pub(super) fn at_armed<H: Hooks>(&mut self, hooks: &mut H) -> bool {
        let Some(&op) = self.arming.places.get(&self.pc) else {
            // A program's own CACHE, made by `code.replace`.
            self.pc += 1;
            self.countdown -= 1;
            return false;
        };
        if hooks.armed(self) == Due::Stop {
            return true;
        }
        // It runs once as it was; then the grant is up and it is armed again.
        self.units[self.pc as usize].op = op;
        self.arming.again.push(self.pc);
        self.revoke_grant();
        self.grant(1);
        false
    }

    /// A grant is up.
    #[inline]
    pub(super) fn arm_again(&mut self) {
        self.arming.alerted = false;
        while let Some(unit) = self.arming.again.pop() {
            self.units[unit as usize].op = Op::CACHE;
        }
    }
}

//! Armed instructions: where a hook wants to be asked before they run, while everything else runs at full speed.
//!
//! An armed unit has the opcode CACHE, which no decoded unit has; what it was stands in a table beside. So a run without
//! armed places pays nothing, and one with them pays only there. Invariant: arming changes neither the instruction count nor
//! anything that the program can see; who reads opcodes out of the table asks [`Vm::unit_at`]. A machine is disarmed before
//! it is kept. Counterpart in CPython 3.12: `INSTRUMENTED_LINE`; 3.11 has none.
//!
//! `break 12`, `continue`: the first unit of line 12 is armed, the loop stops there and nowhere else.

use super::{
    Vm,
    hooks::{Due, Hooks},
    instr::Unit,
};
use crate::bytecode::opcode::Op;

/// What is armed.
#[derive(Clone, Default)]
pub struct Arming {
    /// The opcodes that stood there; CACHE elsewhere. Empty: nothing is armed.
    ops: Vec<Op>,
    /// Raised exceptions, collections, output and new code end a grant, so that the hooks look at once.
    alert: bool,
    alerted: bool,
}

impl Vm {
    /// Arms units; those that are armed stay so.
    pub fn arm(&mut self, units: &[u32], alert: bool) {
        self.arming.alert = alert;
        if !units.is_empty() {
            self.arming.ops.resize(self.units.len(), Op::CACHE);
        }
        for &unit in units {
            let Some(place) = self.units.get_mut(unit as usize).filter(|place| place.op != Op::CACHE) else { continue };
            self.arming.ops[unit as usize] = std::mem::replace(&mut place.op, Op::CACHE);
        }
    }

    /// Makes all units what they were.
    pub fn disarm(&mut self) {
        let ops = std::mem::take(&mut self.arming).ops;
        for (place, op) in self.units.iter_mut().zip(ops).filter(|(_, op)| *op != Op::CACHE) {
            place.op = op;
        }
    }

    /// An instruction of the table as it was compiled.
    #[inline]
    pub fn unit_at(&self, pc: usize) -> Unit {
        let unit = self.units[pc];
        match self.arming.ops.get(pc) {
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

    /// Before a unit that stands as CACHE: what it was, if it may run.
    #[cold]
    #[inline(never)]
    pub(super) fn at_armed<H: Hooks>(&mut self, hooks: &mut H) -> Option<Op> {
        match self.arming.ops.get(self.pc as usize) {
            Some(&op) if op != Op::CACHE => (hooks.armed(self) != Due::Stop).then_some(op),
            // A program's own CACHE, made by `code.replace`.
            _ => Some(Op::NOP),
        }
    }

    /// The hooks look now.
    #[inline]
    pub(super) fn heard(&mut self) {
        self.arming.alerted = false;
    }
}

//! Armed instructions: where a hook wants to be asked before they run, while everything else runs at full speed.
//!
//! An armed unit has the opcode CACHE, which no decoded unit has; what it was stands in a table beside. So a run without
//! armed places pays nothing, and one with them pays only there. A unit whose forms may do the next one too is armed with
//! that, so that they never do. Invariant: arming changes neither the instruction count nor
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
    /// The unit that runs now, and what was granted beyond it.
    lifted: Option<(usize, u32)>,
}

impl Vm {
    /// Arms units; those that are armed stay so.
    pub fn arm(&mut self, units: &[u32], alert: bool) {
        self.arming.alert = alert;
        if !units.is_empty() {
            self.arming.ops.resize(self.units.len(), Op::CACHE);
        }
        for &unit in units {
            self.arm_unit(unit as usize);
            let before = (unit as usize).wrapping_sub(1);
            if self.units.get(before).is_some_and(|unit| unit.op.base().may_do_next()) {
                self.arm_unit(before);
            }
        }
    }

    fn arm_unit(&mut self, unit: usize) {
        if let Some(place) = self.units.get(unit).filter(|place| place.op != Op::CACHE) {
            self.arming.ops[unit] = place.op;
            self.write_op(unit, Op::CACHE);
        }
    }

    /// Makes all units what they were.
    pub fn disarm(&mut self) {
        let ops = std::mem::take(&mut self.arming).ops;
        for (unit, op) in ops.into_iter().enumerate().filter(|(_, op)| *op != Op::CACHE) {
            self.write_op(unit, op);
        }
    }

    /// An instruction of the table as it was compiled.
    #[inline]
    pub fn unit_at(&self, pc: usize) -> Unit {
        let unit = self.units[pc];
        match self.arming.ops.get(pc) {
            Some(&op) if unit.op == Op::CACHE => Unit { op: op.base(), ..unit },
            _ => Unit { op: unit.op.base(), ..unit },
        }
    }

    /// What stands in the place of an armed unit.
    pub(super) fn armed_op(&self, pc: usize) -> Option<Op> {
        self.arming.ops.get(pc).copied()
    }

    /// Puts another form of its opcode at a unit, armed or not.
    pub(super) fn put_op(&mut self, pc: usize, op: Op) {
        match self.arming.ops.get_mut(pc) {
            Some(place) if self.units[pc].op == Op::CACHE => *place = op,
            _ => self.write_op(pc, op),
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

    /// Somebody wants to be told of what comes up.
    pub(super) fn is_alert(&self) -> bool {
        self.arming.alert
    }

    /// What is left of the grant of a run in whose midst another one took place.
    pub(super) fn left_after_nested(&self, left: u32) -> u32 {
        if self.arming.alerted { 0 } else { left }
    }

    /// Before a unit that stands as CACHE: false if it may not run. Else it is what it was for one instruction.
    #[cold]
    #[inline(never)]
    pub(super) fn at_armed(&mut self, hooks: &mut dyn Hooks) -> bool {
        let pc = self.pc as usize;
        let armed = self.arming.ops.get(pc).copied().filter(|&op| op != Op::CACHE);
        if armed.is_some() && hooks.armed(self) == Due::Stop {
            return false;
        }
        // A program's own CACHE, made by `code.replace`, does nothing.
        self.write_op(pc, armed.unwrap_or(Op::NOP));
        let rest = std::mem::replace(&mut self.countdown, 1) - 1;
        self.granted -= u64::from(rest);
        self.arming.lifted = Some((pc, rest));
        true
    }

    /// The instruction has run: its unit is armed again, and what was left of the grant goes on.
    #[inline]
    pub(super) fn lower(&mut self) -> Option<u32> {
        let (pc, rest) = self.arming.lifted.take()?;
        let op = self.units[pc].op;
        self.write_op(pc, Op::CACHE);
        if let Some(place) = self.arming.ops.get_mut(pc).filter(|place| **place != Op::CACHE) {
            *place = op;
        }
        (rest > 0 && !self.arming.alerted).then_some(rest)
    }

    /// The hooks look now.
    #[inline]
    pub(super) fn heard(&mut self) {
        self.arming.alerted = false;
    }
}

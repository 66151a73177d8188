//! The specializing adaptive interpreter: code that has run a few times rewrites itself.
//!
//! ```text
//!   LOAD_ATTR ──8 times──▶ LOAD_ATTR_ADAPTIVE ──counter at 0──▶ LOAD_ATTR_INSTANCE_VALUE ──53 misses──▶ LOAD_ATTR_ADAPTIVE …
//! ```
//!
//! What stands in the table of units and of caches is the truth: [`Vm::adaptive_code`] shows it as CPython's bytes. A form only
//! says how its instruction comes by the result; no result, reference count or instruction count depends on it.
//! Counterpart in CPython 3.11: `Python/specialize.c`, PEP 659.

mod attributes; // LOAD_ATTR, STORE_ATTR, LOAD_METHOD, LOAD_GLOBAL
mod calls; // PRECALL, CALL
mod operators; // BINARY_OP, BINARY_SUBSCR, STORE_SUBSCR, COMPARE_OP, UNPACK_SEQUENCE
mod show; // the bytes of running code

pub(crate) use attributes::CLASS_SLOT;
pub use calls::Convention;
pub(crate) use operators::ONE_DIGIT;
pub use show::CacheWord;

use super::{Vm, instr::Unit};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects},
};

/// Code that has begun or jumped back so often is quickened (`QUICKENING_WARMUP_DELAY`).
pub const WARM_UP: u8 = 8;
/// The counter of a form that was just found: so many misses and it is given up (`ADAPTIVE_CACHE_BACKOFF`).
const MISSES: u16 = 53;
/// The counter of a form that was given up: 31 executions, and an exponent of 5.
const GIVEN_UP: u16 = 31 << BACKOFF_BITS | 5;
/// The low bits of the counter of an adaptive form are the exponent of its next delay.
const BACKOFF_BITS: u16 = 4;
const LONGEST_BACKOFF: u16 = 12;

/// One inline cache: what an instruction remembers of earlier executions. The fields are those of CPython's cache words.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Cache {
    /// Of an adaptive form how long until the next try, and in the low bits the exponent; of others how many misses are left.
    pub counter: u16,
    /// `index`, `dict_offset`, `mask`, `min_args`
    pub index: u16,
    /// `version`, `type_version`, `module_keys_version`, `func_version`
    pub version: u32,
    /// `keys_version`, `builtin_keys_version`, the `func_version` of BINARY_SUBSCR; of the SLOT forms the number of the slot.
    pub other: u32,
    /// `descr`: the slot of the method; of PRECALL the native, plus one.
    pub object: u32,
}

/// What looking for a form gave.
pub(crate) enum Found {
    Form(Op),
    /// None fits this time.
    Nothing,
    /// There will never be one.
    Never,
}

/// What happened to the form of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The instant of the instruction in which it happened.
    pub step: u64,
    pub unit: u32,
    pub from: Op,
    pub to: Op,
}

impl Vm {
    /// RESUME or JUMP_BACKWARD of code that is not warm yet (`_PyCode_Warmup`).
    #[cold]
    pub(super) fn warm_up(&mut self) {
        let object = self.frame().code;
        let Body::Code(code) = self.heap.body_mut(object) else { return };
        if code.warmup > 0 {
            code.warmup -= 1;
            if code.warmup == 0 && self.config.specialize {
                self.quicken(object);
            }
        }
    }

    /// Puts adaptive forms and superinstructions into code that is warm (`_PyCode_Quicken`).
    fn quicken(&mut self, object: ObjRef) {
        let Body::Code(code) = self.heap.body_mut(object) else { return };
        code.is_quick = true;
        let (start, tables) = (code.start as usize, code.tables.clone());
        let mut previous: Option<Op> = None;
        for pc in start..start + tables.offsets.len() {
            let unit = self.unit_at(pc);
            if unit.is_extended() {
                previous = None;
            }
            if let Some(adaptive) = unit.op.adaptive() {
                self.put_op(pc, adaptive);
                previous = None;
                continue;
            }
            match (previous, unit.op) {
                (_, Op::JUMP_BACKWARD) => self.put_op(pc, Op::JUMP_BACKWARD_QUICK),
                (_, Op::RESUME) => self.put_op(pc, Op::RESUME_QUICK),
                (Some(Op::LOAD_FAST), Op::LOAD_FAST) => self.put_op(pc - 1, Op::LOAD_FAST__LOAD_FAST),
                (Some(Op::STORE_FAST), Op::LOAD_FAST) => self.put_op(pc - 1, Op::STORE_FAST__LOAD_FAST),
                (Some(Op::LOAD_CONST), Op::LOAD_FAST) => self.put_op(pc - 1, Op::LOAD_CONST__LOAD_FAST),
                (Some(Op::STORE_FAST), Op::STORE_FAST) => self.put_op(pc - 1, Op::STORE_FAST__STORE_FAST),
                (Some(Op::LOAD_FAST), Op::LOAD_CONST) => self.put_op(pc - 1, Op::LOAD_FAST__LOAD_CONST),
                _ => {}
            }
            previous = Some(unit.op);
        }
    }

    /// An adaptive form at a unit runs: what is to be done in its place.
    #[cold]
    #[inline(never)]
    pub(super) fn adapt(&mut self, pc: usize, op: Op) -> Op {
        let cache = &mut self.caches[pc];
        if cache.counter >> BACKOFF_BITS != 0 {
            cache.counter -= 1 << BACKOFF_BITS;
            return op.base();
        }
        let unit = Unit { op: op.base(), ..self.units[pc] };
        match self.find_form(pc, unit) {
            Found::Form(form) => {
                self.caches[pc].counter = MISSES;
                self.change_form(pc, op, form);
                form
            }
            Found::Never => {
                self.change_form(pc, op, unit.op);
                unit.op
            }
            Found::Nothing => {
                let cache = &mut self.caches[pc];
                let exponent = ((cache.counter & ((1 << BACKOFF_BITS) - 1)) + 1).min(LONGEST_BACKOFF);
                // The instruction begins anew, and so this execution counts as the first of the delay.
                cache.counter = ((1 << exponent) - 2) << BACKOFF_BITS | exponent;
                unit.op
            }
        }
    }

    /// An adaptive form that is not to look for a better one yet: counts, and it is done as it was compiled.
    #[inline(always)]
    pub(super) fn waits(&mut self, pc: usize) -> bool {
        let waits = self.will_wait(pc);
        if waits {
            self.caches[pc].counter -= 1 << BACKOFF_BITS;
        }
        waits
    }

    /// The same without counting.
    #[inline(always)]
    pub(super) fn will_wait(&self, pc: usize) -> bool {
        self.caches[pc].counter >> BACKOFF_BITS != 0
    }

    /// A form did not fit: the instruction is done as it was compiled.
    #[cold]
    #[inline(never)]
    pub(super) fn miss(&mut self, pc: usize, op: Op) -> Op {
        let cache = &mut self.caches[pc];
        cache.counter = cache.counter.wrapping_sub(1);
        if cache.counter == 0 {
            cache.counter = GIVEN_UP;
            self.change_form(pc, op, op.base().adaptive().unwrap_or(op.base()));
        }
        op.base()
    }

    fn change_form(&mut self, pc: usize, from: Op, to: Op) {
        self.put_op(pc, to);
        self.last_change = Some(Change { step: self.steps(), unit: pc as u32, from, to });
        self.alert();
    }

    fn find_form(&mut self, pc: usize, unit: Unit) -> Found {
        match unit.op {
            Op::LOAD_GLOBAL => self.global_form(pc, unit),
            Op::LOAD_ATTR => self.attribute_form(pc, unit, false),
            Op::STORE_ATTR => self.attribute_form(pc, unit, true),
            Op::LOAD_METHOD => self.method_form(pc, unit),
            Op::PRECALL => self.precall_form(pc, unit),
            Op::CALL => self.call_form(pc, unit),
            Op::BINARY_OP => self.binary_form(pc, unit),
            Op::BINARY_SUBSCR => self.subscript_form(pc),
            Op::STORE_SUBSCR => self.store_subscript_form(),
            Op::COMPARE_OP => self.compare_form(pc, unit),
            Op::UNPACK_SEQUENCE => self.unpack_form(unit),
            _ => Found::Never,
        }
    }

    /// Whether the operands are those that a form is for; `pc` is its unit.
    pub(super) fn fits(&mut self, pc: usize, op: Op) -> bool {
        let unit = Unit { op, ..self.units[pc] };
        match op.base() {
            Op::LOAD_ATTR | Op::STORE_ATTR | Op::LOAD_METHOD => self.attribute_fits(pc, unit),
            Op::LOAD_GLOBAL => self.global_fits(pc, unit),
            Op::PRECALL => self.precall_fits(pc, unit),
            Op::CALL => self.call_fits(pc, unit),
            _ => self.operands_fit(pc, unit),
        }
    }

    /// The function's version, a new one if it has none (`_PyFunction_GetVersionForCurrentState`).
    fn function_version(&mut self, function: ObjRef) -> u32 {
        let slot = self.heap.slot_mut(function);
        if slot.num == 0 {
            slot.num = u64::from(self.next_function_version);
            self.next_function_version += 1;
        }
        slot.num as u32
    }
}

//! Binary operators: `a + b` and `a += b` for objects of any type, in CPython's order of asking.
//!
//! ```text
//!   a += b   a.__iadd__(b) · then as a + b
//!   a + b    b.__radd__(a) first if type(b) is a subclass of type(a) with its own __radd__ · a.__add__(b) · b.__radd__(a)
//!            · for sequences: concatenate, repeat · else TypeError
//! ```
//!
//! A method written in Python is a frame; what it returns (NotImplemented: go on) comes back to the state machine here.
//! Counterpart in CPython 3.11: `binary_op1`, `binary_iop`, `PyNumber_Add`, `slot_nb_add`.

pub mod numbers;
mod percent;
pub mod sequences;
mod set_walk;
pub mod sets;
pub mod unary;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

pub const ADD: u32 = 0;
pub const AND: u32 = 1;
pub const FLOOR_DIVIDE: u32 = 2;
pub const LSHIFT: u32 = 3;
pub const MATMUL: u32 = 4;
pub const MULTIPLY: u32 = 5;
pub const REMAINDER: u32 = 6;
pub const OR: u32 = 7;
pub const POWER: u32 = 8;
pub const RSHIFT: u32 = 9;
pub const SUBTRACT: u32 = 10;
pub const TRUE_DIVIDE: u32 = 11;
pub const XOR: u32 = 12;
/// `a += b` is `INPLACE + ADD`.
pub const INPLACE: u32 = 13;

/// Operators in the order of BINARY_OP.
pub const SYMBOLS: [&str; 13] = ["+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"];

impl Vm {
    /// `a op b`, both borrowed; `op` is BINARY_OP's argument, 13 and above being in-place operators.
    pub fn binary_op(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Res {
        let (ty_a, ty_b) = (self.ty(a), self.ty(b));
        if is_core_type(ty_a) && is_core_type(ty_b) {
            return self.binary_of_builtins(op, a, b);
        }
        let start = if op >= INPLACE { Stage::InPlace } else { Stage::Choose };
        self.drive(Binary { op: op % INPLACE, inplace: op >= INPLACE, a, b, stage: start, reflected_done: false })
    }

    /// `a + b`
    pub fn number_add(&mut self, a: ObjRef, b: ObjRef) -> Res {
        self.binary_op(ADD, a, b)
    }

    /// Neither operand has a method of its own.
    fn binary_of_builtins(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Res {
        let plain = op % INPLACE;
        if op >= INPLACE
            && let Some(result) = self.inplace_builtin(plain, a, b)
        {
            return result;
        }
        if let Some(result) = self.number_protocol(plain, a, b)? {
            return Ok(result);
        }
        self.binary_end(plain, op >= INPLACE, a, b)
    }

    /// The operator as the builtin types define it for numbers, sets and the like, for slot wrappers such as `int.__add__`:
    /// NotImplemented where they have no answer. Sequences are not here: see [`Vm::sequence_op`].
    pub fn binary_method(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Res {
        match self.number_protocol(op, a, b)? {
            Some(outcome) => Ok(outcome),
            None => done(self.own(NOT_IMPLEMENTED)),
        }
    }

    /// Like [`Vm::binary_method`], Python code running on the Rust stack; `None` is NotImplemented.
    pub fn binary_builtin(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let depth = self.frames.len();
        match self.number_protocol(op, a, b)? {
            Some(outcome) => self.finish_now(depth, outcome).map(Some),
            None => Ok(None),
        }
    }

    /// Numbers, `%` formatting, sets and the like; `None` is NotImplemented.
    fn number_protocol(&mut self, op: u32, a: ObjRef, b: ObjRef) -> Result<Option<Outcome>, Raised> {
        if op == REMAINDER && matches!(self.heap.body(a), Body::Str(_) | Body::Bytes(_) | Body::ByteArray(_)) {
            return self.percent(a, b).map(Some);
        }
        match self.number_op(op, a, b)? {
            Some(result) => Ok(Some(Outcome::Done(result))),
            None => self.set_op(op, a, b),
        }
    }

    /// What is left when nobody's number methods know the answer: concatenation, repetition, or TypeError.
    fn binary_end(&mut self, op: u32, inplace: bool, a: ObjRef, b: ObjRef) -> Res {
        if op == ADD || op == MULTIPLY {
            if inplace && let Some(result) = self.inplace_sequence(op, a, b) {
                return result;
            }
            if inplace && op == MULTIPLY && self.might_be_sequence(a) && !self.is_concatenable(a) {
                return Err(self.unsupported(op, inplace, a, b));
            }
            if let Some(result) = self.sequence_op(op, a, b) {
                return result;
            }
        }
        Err(self.unsupported(op, inplace, a, b))
    }

    fn unsupported(&mut self, op: u32, inplace: bool, a: ObjRef, b: ObjRef) -> Raised {
        let symbol = SYMBOLS[op as usize];
        let symbol = match (op, inplace) {
            (POWER, false) => "** or pow()".to_string(),
            (_, false) => symbol.to_string(),
            (_, true) => format!("{symbol}="),
        };
        let (x, y) = (self.type_name(a), self.type_name(b));
        let hint = if op == RSHIFT && !inplace && self.ty(a) == BUILTIN_FUNCTION && self.native_of(a).is_some_and(|f| f.name == "print") {
            ". Did you mean \"print(<message>, file=<output_stream>)\"?"
        } else {
            ""
        };
        self.type_error(format!("unsupported operand type(s) for {symbol}: '{x}' and '{y}'{hint}"))
    }

    /// The operator's method of a type, unless a sequence has it as a sequence only: numbers are asked before.
    fn number_method(&mut self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        self.own_method(ty, name).filter(|&method| !self.is_sequence_method(method))
    }

    fn sequence_method(&mut self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        self.own_method(ty, name).filter(|&method| self.is_sequence_method(method))
    }

    /// `deque + deque`, `deque * 3`: what a sequence is multiplied with must be an index.
    fn call_sequence_method(&mut self, op: u32, method: ObjRef, sequence: ObjRef, other: ObjRef) -> Res {
        if op == MULTIPLY && !self.has_index(other) {
            let name = self.type_name(other);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{name}'")));
        }
        self.call_method_object(method, sequence, &[other])
    }

    /// Has its type room for what sequences do (`tp_as_sequence`)? `a *= b` asks the sequence on the right only if `a` has none.
    fn might_be_sequence(&self, object: ObjRef) -> bool {
        !is_core_type(self.ty(object)) || self.builtin_length(object).is_some()
    }

    /// A class that has a `__mul__`, `__rmul__` or `__add__` of its own loses the way in which the builtin sequence that it
    /// inherits from is repeated or joined (`sq_repeat`, `sq_concat`). `None`: nothing is lost.
    fn without_sequence_slots(&mut self, op: u32, inplace: bool, a: ObjRef, b: ObjRef) -> Option<Res> {
        let (ty_a, ty_b) = (self.ty(a), self.ty(b));
        let [forward, _, own_inplace] = self.names.operators[op as usize];
        if inplace && self.own_method(ty_a, own_inplace).is_none() && matches!(self.heap.body(a), Body::List(_) | Body::ByteArray(_)) {
            return None;
        }
        let a_counts = self.counts_as_sequence(a);
        match op {
            ADD if a_counts && self.own_method(ty_a, forward).is_some() => Some(Err(self.unsupported(op, inplace, a, b))),
            MULTIPLY => {
                let b_counts = self.counts_as_sequence(b);
                let a_lost = a_counts && self.has_own_operator(ty_a, op);
                let b_lost = b_counts && self.has_own_operator(ty_b, op);
                if a_lost && (b_lost || !b_counts || inplace) || b_lost && !a_counts {
                    Some(Err(self.unsupported(op, inplace, a, b)))
                } else if a_lost {
                    self.sequence_op(op, b, a)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    fn counts_as_sequence(&mut self, object: ObjRef) -> bool {
        matches!(self.heap.body(object), Body::List(_) | Body::Tuple(_) | Body::Str(_) | Body::Bytes(_) | Body::ByteArray(_))
    }

    /// Does the type define the operator or its reflection itself?
    fn has_own_operator(&mut self, ty: ObjRef, op: u32) -> bool {
        if is_core_type(ty) {
            return false;
        }
        let [forward, reflected, _] = self.names.operators[op as usize];
        self.own_method(ty, forward).is_some() || self.own_method(ty, reflected).is_some()
    }
}

/// Who is to be asked next.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// `a.__iadd__(b)`
    InPlace,
    /// Whose turn is it first?
    Choose,
    Forward,
    Reflected,
    /// The builtin meaning for both.
    Builtin,
    End,
}

/// An operator with an operand whose class has methods of its own; operands borrowed.
#[derive(Clone)]
struct Binary {
    op: u32,
    inplace: bool,
    a: ObjRef,
    b: ObjRef,
    stage: Stage,
    reflected_done: bool,
}

impl Native for Binary {
    fn name(&self) -> &'static str {
        SYMBOLS[self.op as usize]
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            // The result of `binary_end` is final whatever it is.
            if value != NOT_IMPLEMENTED || self.stage == Stage::End {
                return done(value);
            }
            vm.decref(value);
        }
        loop {
            match self.ask(vm)? {
                None => {}
                Some(Outcome::Done(NOT_IMPLEMENTED)) if self.stage != Stage::End => vm.decref(NOT_IMPLEMENTED),
                Some(outcome) => return Ok(outcome),
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

impl Binary {
    /// Asks the next one; `None`: nobody there.
    fn ask(&mut self, vm: &mut Vm) -> Result<Option<Outcome>, Raised> {
        let (op, a, b) = (self.op, self.a, self.b);
        let (ty_a, ty_b) = (vm.ty(a), vm.ty(b));
        let [forward, reflected, inplace] = vm.names.operators[op as usize];
        match self.stage {
            Stage::InPlace => {
                self.stage = Stage::Choose;
                if let Some(method) = vm.number_method(ty_a, inplace) {
                    return vm.call_method_object(method, a, &[b]).map(Some);
                }
                // A class that inherits from list extends in place even if it has an `__add__` of its own.
                if op == ADD
                    && !is_core_type(ty_a)
                    && let Some(result) = vm.inplace_sequence(op, a, b)
                {
                    return result.map(Some);
                }
                vm.inplace_builtin(op, a, b).transpose()
            }
            Stage::Choose => {
                let own_a = vm.has_own_operator(ty_a, op);
                let first = ty_a != ty_b
                    && vm.has_own_operator(ty_b, op)
                    && vm.is_subtype(ty_b, ty_a)
                    && (!own_a || vm.type_lookup(ty_a, reflected) != vm.type_lookup(ty_b, reflected));
                self.stage = Stage::Forward;
                if first && let Some(method) = vm.number_method(ty_b, reflected) {
                    self.reflected_done = true;
                    return vm.call_method_object(method, b, &[a]).map(Some);
                }
                Ok(None)
            }
            Stage::Forward => {
                self.stage = Stage::Reflected;
                match vm.number_method(ty_a, forward) {
                    Some(method) => vm.call_method_object(method, a, &[b]).map(Some),
                    // A sequence whose class has a method for the other way round answers as its own method does.
                    None if matches!(op, ADD | MULTIPLY) && vm.has_own_operator(ty_a, op) && vm.counts_as_sequence(a) => {
                        let core = vm.core_of(a);
                        match vm.type_lookup(core, forward) {
                            Some(method) => vm.call_method_object(method, a, &[b]).map(Some),
                            None => Ok(None),
                        }
                    }
                    // A builtin number asks itself before the other side.
                    None if vm.has_own_operator(ty_b, op) && !Number::is_above(&vm.heap, b, a) => vm.number_protocol(op, a, b),
                    None => Ok(None),
                }
            }
            Stage::Reflected => {
                self.stage = Stage::Builtin;
                if ty_a != ty_b
                    && !self.reflected_done
                    && let Some(method) = vm.number_method(ty_b, reflected)
                {
                    return vm.call_method_object(method, b, &[a]).map(Some);
                }
                // Here too: `None * C()`, where `C` inherits from str and has a `__mul__`.
                if op == MULTIPLY
                    && ty_a != ty_b
                    && !self.reflected_done
                    && vm.has_own_operator(ty_b, op)
                    && vm.counts_as_sequence(b)
                    && let Some(method) = vm.type_lookup(vm.core_of(b), reflected)
                {
                    return vm.call_method_object(method, b, &[a]).map(Some);
                }
                Ok(None)
            }
            Stage::Builtin => {
                self.stage = Stage::End;
                let names = [inplace, forward];
                for name in &names[usize::from(!self.inplace)..] {
                    if let Some(method) = vm.sequence_method(ty_a, *name) {
                        return vm.call_sequence_method(op, method, a, b).map(Some);
                    }
                }
                if op == MULTIPLY
                    && let Some(method) = vm.sequence_method(ty_b, reflected)
                    && (!vm.counts_as_sequence(a) || vm.has_own_operator(ty_a, op))
                    && !(self.inplace && vm.might_be_sequence(a))
                {
                    return vm.call_sequence_method(op, method, b, a).map(Some);
                }
                // What `a` overrides has answered; what it does not is the builtin's, and so is what `b` is asked for.
                let both = [a, b].iter().all(|&object| Number::level(&vm.heap, object).is_some());
                let kin = both && !Number::is_above(&vm.heap, a, b) || vm.core_of(a) == vm.core_of(b);
                let b_answers = kin && !vm.has_own_operator(ty_b, op);
                let a_answers = vm.own_method(ty_a, forward).is_none() && (b_answers || !Number::is_above(&vm.heap, b, a));
                if (b_answers || a_answers)
                    && let Some(outcome) = vm.number_protocol(op, a, b)?
                {
                    return Ok(Some(outcome));
                }
                if let Some(result) = vm.without_sequence_slots(op, self.inplace, a, b) {
                    return result.map(Some);
                }
                vm.binary_end(op, self.inplace, a, b).map(Some)
            }
            Stage::End => Ok(Some(Outcome::Done(vm.own(NOT_IMPLEMENTED)))),
        }
    }
}

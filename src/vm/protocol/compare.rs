//! Comparisons: `a < b`, `a == b`, and the equality that dicts, `in` and `list.index` ask for.
//!
//! ```text
//!   a < b   →   b.__gt__(a) first if type(b) is a subclass of type(a); a.__lt__(b); b.__gt__(a); else TypeError
//! ```
//!
//! Counterpart in CPython 3.11: `PyObject_RichCompare`, `slot_tp_richcompare`. Containers compare item by item, each
//! comparison a step that may wait for Python: see [`containers`].

mod containers;

use std::cmp::Ordering;

use super::after::After;
use crate::{
    heap::ObjRef,
    num::int_float,
    objects::{Body, Objects, core_types::*, equality::Number},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

pub const LT: u32 = 0;
pub const LE: u32 = 1;
pub const EQ: u32 = 2;
pub const NE: u32 = 3;
pub const GT: u32 = 4;
pub const GE: u32 = 5;

/// The operators in the order of COMPARE_OP.
pub const SYMBOLS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
/// `a < b` is `b > a`.
const SWAPPED: [u32; 6] = [GT, GE, EQ, NE, LT, LE];

/// Whether an order answers a comparison with yes; `None` is unordered (nan).
#[inline]
pub fn holds(op: u32, order: Option<Ordering>) -> bool {
    match (op, order) {
        (NE, order) => order != Some(Ordering::Equal),
        (_, None) => false,
        (LT, Some(order)) => order == Ordering::Less,
        (LE, Some(order)) => order != Ordering::Greater,
        (EQ, Some(order)) => order == Ordering::Equal,
        (GT, Some(order)) => order == Ordering::Greater,
        (_, Some(order)) => order != Ordering::Less,
    }
}

impl Vm {
    /// `a op b`; the result may be any object.
    #[inline]
    pub fn rich_compare(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        match (self.ty(a), self.ty(b)) {
            (STR, STR) | (INT, INT) | (FLOAT, FLOAT) | (INT, FLOAT) | (FLOAT, INT) => {
                let holds = self.compare_plain(a, b, op).expect("numbers or strings compare");
                done(self.new_bool(holds))
            }
            _ => self.rich_compare_slow(a, b, op),
        }
    }

    /// The same for two objects of one class made by a program or a module, whose slot `list.sort` goes right into: no level of
    /// recursion is counted.
    pub fn rich_compare_by_slot(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        if self.ty(a) != self.ty(b) || is_core_type(self.ty(a)) {
            return self.rich_compare(a, b, op);
        }
        self.drive(Compare { a, b, op, stage: Stage::Forward })
    }

    fn rich_compare_slow(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        let (ty_a, ty_b) = (self.ty(a), self.ty(b));
        if is_core_type(ty_a)
            && is_core_type(ty_b)
            && !self.is_container(a)
            && let Some(holds) = self.compare_plain(a, b, op)
        {
            return done(self.new_bool(holds));
        }
        if self.has_levels()
            && let Some(holds) = self.compare_containers_plainly(a, b, op)
        {
            return done(self.new_bool(holds));
        }
        self.enter(" in comparison")?;
        let reflected_first = ty_a != ty_b && self.is_subtype(ty_b, ty_a);
        let result = self.drive(Compare { a, b, op, stage: if reflected_first { Stage::ReflectedFirst } else { Stage::Forward } });
        self.leave();
        result
    }

    fn is_container(&self, object: ObjRef) -> bool {
        matches!(self.heap.body(object), Body::Tuple(_) | Body::List(_) | Body::Dict(_) | Body::Set(_) | Body::Fields(_) | Body::Slice(_))
    }

    /// `a == b` as Python's containers ask it: an object equals itself. A bool object.
    pub fn equal_object(&mut self, a: ObjRef, b: ObjRef) -> Res {
        if a == b {
            return done(self.new_bool(true));
        }
        let depth = self.frames.len();
        let result = self.rich_compare(a, b, EQ);
        match result {
            Ok(Outcome::Done(value)) if self.ty(value) == BOOL => done(value),
            result => self.after(depth, result, After::new("==", &[], 0, |vm, _, value| vm.truth_object(value))),
        }
    }

    /// The truth of a value (owned) as a bool object.
    pub fn truth_object(&mut self, value: ObjRef) -> Res {
        if self.ty(value) == BOOL {
            return done(value);
        }
        let depth = self.frames.len();
        let truth = self.truth(value);
        let truth = self.bool_result(truth);
        self.after(depth, truth, After::new("bool", &[], 0, |_, _, truth| done(truth)).owning([value]))
    }

    /// `a is b or a == b`. When `Pushed`, a bool object comes.
    #[inline]
    pub fn equal(&mut self, a: ObjRef, b: ObjRef) -> Res<bool> {
        if a == b {
            return Ok(Outcome::Done(true));
        }
        let result = self.equal_object(a, b);
        self.as_bool(result)
    }

    /// `a op b` of builtin values, Python code running on the Rust stack; `None` is NotImplemented.
    pub fn compare_builtin(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Result<Option<bool>, Raised> {
        let depth = self.frames.len();
        let Some(result) = self.compare_core(a, b, op)? else { return Ok(None) };
        let value = self.finish_now(depth, result)?;
        let truth = value == TRUE;
        self.decref(value);
        Ok(Some(truth))
    }

    /// What a builtin type's own `__lt__` … `__ge__` gives, for slot wrappers: NotImplemented where it has no answer.
    pub fn compare_method(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        // Only bytearrays know how to be compared with the other kind.
        if matches!(self.heap.body(a), Body::Bytes(_)) && !matches!(self.heap.body(b), Body::Bytes(_)) {
            return done(self.own(NOT_IMPLEMENTED));
        }
        match self.compare_core(a, b, op)? {
            Some(outcome) => Ok(outcome),
            None => done(self.own(NOT_IMPLEMENTED)),
        }
    }

    /// `object.__eq__` and its siblings: identity, and `!=` as the opposite of `==`.
    pub fn compare_object_method(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        match op {
            EQ if a == b => done(self.new_bool(true)),
            NE => {
                let depth = self.frames.len();
                let result = self.compare_one(a, b, EQ);
                self.after(depth, result, After::new("object.__ne__", &[], 0, |vm, _, value| vm.negate_unless_not_implemented(value)))
            }
            _ => done(self.own(NOT_IMPLEMENTED)),
        }
    }

    fn negate_unless_not_implemented(&mut self, value: ObjRef) -> Res {
        if value == NOT_IMPLEMENTED {
            return done(value);
        }
        let depth = self.frames.len();
        let truth = self.truth_object(value);
        self.after(
            depth,
            truth,
            After::new("not", &[], 0, |vm, _, truth| {
                vm.decref(truth);
                done(vm.new_bool(truth != TRUE))
            }),
        )
    }

    /// One side's answer to `a op b`: a value or NotImplemented.
    fn compare_one(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Res {
        let ty = self.ty(a);
        let name = self.names.comparisons[op as usize];
        if let Some(method) = self.own_method(ty, name) {
            return self.call_method_object(method, a, &[b]);
        }
        if op == NE && !is_core_type(ty) && self.own_method(ty, self.names.eq).is_some() && self.inherits_object_ne(ty) {
            // The slot wrapper of `object.__ne__` is called with an argument tuple, and slices it.
            let depth = self.frames.len();
            [a, b, b].iter().for_each(|&object| self.incref(object));
            let result = self.compare_object_method(a, b, NE);
            return self.after(depth, result, After::new("object.__ne__", &[], 0, |_, _, value| done(value)).owning([a, b, b]));
        }
        if Number::is_above(&self.heap, b, a) {
            return done(self.own(NOT_IMPLEMENTED));
        }
        match self.compare_core(a, b, op)? {
            Some(outcome) => Ok(outcome),
            None => done(self.own(NOT_IMPLEMENTED)),
        }
    }

    /// Is `!=` of this type the one of `object`?
    fn inherits_object_ne(&mut self, ty: ObjRef) -> bool {
        match self.type_lookup(ty, self.names.ne) {
            Some(found) => self.native_of(found).is_some_and(|native| native.owner == Some(OBJECT)),
            None => true,
        }
    }

    /// The answer of the builtin type behind `a`; `None` is NotImplemented.
    fn compare_core(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Result<Option<Outcome>, Raised> {
        if let Some(result) = self.compare_containers(a, b, op) {
            return result.map(Some);
        }
        Ok(self.compare_plain(a, b, op).map(|holds| Outcome::Done(self.new_bool(holds))))
    }

    /// `a op b` for values that contain no others: numbers, text, bytes, ranges; `None` is NotImplemented.
    fn compare_plain(&self, a: ObjRef, b: ObjRef, op: u32) -> Option<bool> {
        if let Some(x) = Number::of(&self.heap, a) {
            let y = Number::of(&self.heap, b)?;
            return compare_numbers(&x, &y, op);
        }
        match (self.heap.body(a), self.heap.body(b)) {
            (Body::Str(x), Body::Str(y)) => match op {
                EQ => Some(x == y),
                NE => Some(x != y),
                _ => Some(holds(op, Some(x.compare(y)))),
            },
            (Body::Str(_), _) => None,
            (Body::Bytes(_) | Body::ByteArray(_), Body::Bytes(_) | Body::ByteArray(_)) => {
                let order = self.heap.bytes(a)?.cmp(self.heap.bytes(b)?);
                Some(holds(op, Some(order)))
            }
            (Body::ByteArray(x), _) if self.heap.view(b).is_some() => {
                let order = x[..].cmp(&self.heap.buffer(b)?);
                Some(holds(op, Some(order)))
            }
            (Body::Range(x), Body::Range(y)) if op == EQ || op == NE => {
                let same = |i: usize| match (Number::of(&self.heap, x[i]), Number::of(&self.heap, y[i])) {
                    (Some(x), Some(y)) => x.equals(&y),
                    _ => false,
                };
                let equal = same(3) && (self.is_small(x[3], 0) || same(0) && (self.is_small(x[3], 1) || same(2)));
                Some(equal == (op == EQ))
            }
            (Body::Method(x), Body::Method(y)) if op == EQ || op == NE => Some((x[0] == y[0] && x[1] == y[1]) == (op == EQ)),
            (Body::Native(x), Body::Native(y)) if (op == EQ || op == NE) && self.ty(a) == self.ty(b) && x.this.is_some() => {
                Some((x.id == y.id && x.this == y.this) == (op == EQ))
            }
            (Body::Code(x), Body::Code(y)) if op == EQ || op == NE => Some((a == b || x.code == y.code) == (op == EQ)),
            _ => match op {
                EQ if a == b => Some(true),
                NE if a == b => Some(false),
                _ => None,
            },
        }
    }

    fn is_small(&self, int: ObjRef, value: i64) -> bool {
        self.small_value(int) == Some(value)
    }

    fn not_supported(&mut self, a: ObjRef, b: ObjRef, op: u32) -> Raised {
        let (x, y) = (self.type_name(a), self.type_name(b));
        self.type_error(format!("'{}' not supported between instances of '{x}' and '{y}'", SYMBOLS[op as usize]))
    }
}

fn compare_numbers(x: &Number<'_>, y: &Number<'_>, op: u32) -> Option<bool> {
    use Number::*;
    let order = match (x, y) {
        (Int(x), Int(y)) => Some(x.cmp(y)),
        (Float(x), Float(y)) => x.partial_cmp(y),
        (Complex(..), _) | (_, Complex(..)) => {
            return match op {
                EQ => Some(x.equals(y)),
                NE => Some(!x.equals(y)),
                _ => None,
            };
        }
        (Int(x), Float(y)) => int_float::compare_i64_float(*x, *y),
        (Float(x), Int(y)) => int_float::compare_i64_float(*y, *x).map(Ordering::reverse),
        (BigInt(x), Float(y)) => int_float::compare_int_float(x, *y),
        (Float(x), BigInt(y)) => int_float::compare_int_float(y, *x).map(Ordering::reverse),
        (BigInt(x), BigInt(y)) => Some(x.cmp(y)),
        (Int(x), BigInt(y)) => Some(num_bigint::BigInt::from(*x).cmp(y)),
        (BigInt(x), Int(y)) => Some((**x).cmp(&num_bigint::BigInt::from(*y))),
    };
    Some(holds(op, order))
}

/// The order in which both sides are asked.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// `b` is of a subclass: it is asked first.
    ReflectedFirst,
    Forward,
    /// `a` is asked after `b` was.
    ForwardLast,
    Reflected,
    End,
}

/// `a op b`, both borrowed.
#[derive(Clone)]
struct Compare {
    a: ObjRef,
    b: ObjRef,
    op: u32,
    stage: Stage,
}

impl Native for Compare {
    fn name(&self) -> &'static str {
        SYMBOLS[self.op as usize]
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            if value != NOT_IMPLEMENTED {
                return done(value);
            }
            vm.decref(value);
        }
        let (a, b, op) = (self.a, self.b, self.op);
        loop {
            let result = match self.stage {
                Stage::ReflectedFirst => {
                    self.stage = Stage::ForwardLast;
                    vm.compare_one(b, a, SWAPPED[op as usize])
                }
                Stage::ForwardLast => {
                    self.stage = Stage::End;
                    vm.compare_one(a, b, op)
                }
                Stage::Forward => {
                    self.stage = Stage::Reflected;
                    vm.compare_one(a, b, op)
                }
                Stage::Reflected => {
                    self.stage = Stage::End;
                    vm.compare_one(b, a, SWAPPED[op as usize])
                }
                Stage::End => {
                    return match op {
                        EQ => done(vm.new_bool(a == b)),
                        NE => done(vm.new_bool(a != b)),
                        _ => Err(vm.not_supported(a, b, op)),
                    };
                }
            };
            match result? {
                Outcome::Done(NOT_IMPLEMENTED) => vm.decref(NOT_IMPLEMENTED),
                other => return Ok(other),
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

//! `-x`, `+x`, `~x`, `abs(x)`, `divmod(a, b)`.
//!
//! Counterpart in CPython 3.11: `PyNumber_Negative` and its siblings, `PyNumber_Divmod`. `-True` is -1, an int.

use num_bigint::{BigInt, Sign};

use super::*;
use crate::{num::complex, objects::equality::Number};

impl Vm {
    /// `-a`
    pub fn unary_negative(&mut self, a: ObjRef) -> Res {
        self.unary(a, self.names.neg, Vm::negative_builtin, "unary -")
    }

    /// `+a`
    pub fn unary_positive(&mut self, a: ObjRef) -> Res {
        self.unary(a, self.names.pos, Vm::positive_builtin, "unary +")
    }

    /// `~a`
    pub fn unary_invert(&mut self, a: ObjRef) -> Res {
        self.unary(a, self.names.invert, Vm::invert_builtin, "unary ~")
    }

    /// `abs(a)`
    pub fn abs(&mut self, a: ObjRef) -> Res {
        self.unary(a, self.names.abs, Vm::abs_builtin, "abs()")
    }

    fn unary(&mut self, a: ObjRef, name: ObjRef, builtin: fn(&mut Vm, ObjRef) -> Result<Option<ObjRef>, Raised>, what: &str) -> Res {
        let ty = self.ty(a);
        if let Some(method) = self.own_method(ty, name) {
            return self.call_method_object(method, a, &[]);
        }
        match builtin(self, a)? {
            Some(value) => done(value),
            None => {
                let name = self.type_name(a);
                Err(self.type_error(format!("bad operand type for {what}: '{name}'")))
            }
        }
    }

    /// `-a` of a builtin number; `None`: it is none.
    pub fn negative_builtin(&mut self, a: ObjRef) -> Result<Option<ObjRef>, Raised> {
        Ok(Some(match Number::of(&self.heap, a) {
            Some(Number::Int(value)) => match value.checked_neg() {
                Some(value) => self.new_int(value),
                None => self.new_big_int(-BigInt::from(value)),
            },
            Some(Number::BigInt(value)) => {
                let value = -value;
                self.new_big_int(value)
            }
            Some(Number::Float(value)) => self.new_float(-value),
            Some(Number::Complex(real, imag)) => self.new_complex((-real, -imag)),
            None => return Ok(None),
        }))
    }

    /// `+a` of a builtin number.
    pub fn positive_builtin(&mut self, a: ObjRef) -> Result<Option<ObjRef>, Raised> {
        if matches!(self.ty(a), INT | FLOAT | COMPLEX) {
            return Ok(Some(self.own(a)));
        }
        Ok(Some(match Number::of(&self.heap, a) {
            Some(Number::Int(value)) => self.new_int(value),
            Some(Number::BigInt(value)) => {
                let value = value.clone();
                self.new_big_int(value)
            }
            Some(Number::Float(value)) => self.new_float(value),
            Some(Number::Complex(real, imag)) => self.new_complex((real, imag)),
            None => return Ok(None),
        }))
    }

    /// `~a` of an int.
    pub fn invert_builtin(&mut self, a: ObjRef) -> Result<Option<ObjRef>, Raised> {
        Ok(match Number::of(&self.heap, a) {
            Some(Number::Int(value)) => Some(self.new_int(!value)),
            Some(Number::BigInt(value)) => {
                let value = -value - 1;
                Some(self.new_big_int(value))
            }
            _ => None,
        })
    }

    /// `abs(a)` of a builtin number.
    pub fn abs_builtin(&mut self, a: ObjRef) -> Result<Option<ObjRef>, Raised> {
        Ok(Some(match Number::of(&self.heap, a) {
            Some(Number::Int(value)) if value < 0 => return self.negative_builtin(a),
            Some(Number::BigInt(value)) if value.sign() == Sign::Minus => return self.negative_builtin(a),
            Some(Number::Int(_) | Number::BigInt(_)) => return self.positive_builtin(a),
            Some(Number::Float(value)) => self.new_float(value.abs()),
            Some(Number::Complex(real, imag)) => match complex::abs((real, imag)) {
                Ok(value) => self.new_float(value),
                Err(error) => return Err(self.number_error(error)),
            },
            None => return Ok(None),
        }))
    }

    /// `divmod(a, b)`
    pub fn divmod(&mut self, a: ObjRef, b: ObjRef) -> Res {
        let (ty_a, ty_b) = (self.ty(a), self.ty(b));
        let first = ty_a != ty_b && self.is_subtype(ty_b, ty_a) && self.own_method(ty_b, self.names.rdivmod).is_some();
        self.drive(Divmod { a, b, stage: if first { 0 } else { 1 } })
    }
}

/// `divmod(a, b)` asked of both sides; operands borrowed.
#[derive(Clone)]
struct Divmod {
    a: ObjRef,
    b: ObjRef,
    stage: u8,
}

impl Native for Divmod {
    fn name(&self) -> &'static str {
        "divmod"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            if value != NOT_IMPLEMENTED {
                return done(value);
            }
            vm.decref(value);
        }
        let (a, b) = (self.a, self.b);
        let (ty_a, ty_b) = (vm.ty(a), vm.ty(b));
        loop {
            let stage = self.stage;
            self.stage += 1;
            let outcome = match stage {
                0 | 2 => match vm.own_method(ty_b, vm.names.rdivmod) {
                    Some(method) if ty_a != ty_b => vm.call_method_object(method, b, &[a])?,
                    _ => continue,
                },
                1 => match vm.own_method(ty_a, vm.names.divmod) {
                    Some(method) => vm.call_method_object(method, a, &[b])?,
                    None if Number::is_above(&vm.heap, b, a) && vm.own_method(ty_b, vm.names.rdivmod).is_some() => continue,
                    None => match vm.divmod_builtin(a, b)? {
                        Some(value) => Outcome::Done(value),
                        None => continue,
                    },
                },
                _ => {
                    let (x, y) = (vm.type_name(a), vm.type_name(b));
                    return Err(vm.type_error(format!("unsupported operand type(s) for divmod(): '{x}' and '{y}'")));
                }
            };
            match outcome {
                Outcome::Done(NOT_IMPLEMENTED) => vm.decref(NOT_IMPLEMENTED),
                outcome => return Ok(outcome),
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

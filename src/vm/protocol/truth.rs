//! Truth and length: `if x`, `not x`, `bool(x)`, `len(x)`.
//!
//! Counterpart in CPython 3.11: `PyObject_IsTrue`, `PyObject_Size`. `bool([])` is False because `len([])` is 0.

use num_traits::Zero;

use super::after::After;
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number, types::special},
    vm::{Outcome, Raised, Res, Vm, raised::done},
};

impl Vm {
    /// Whether the object counts as true. When `Pushed`, a bool object comes.
    #[inline]
    pub fn truth(&mut self, object: ObjRef) -> Res<bool> {
        match self.ty(object) {
            BOOL => Ok(Outcome::Done(object == TRUE)),
            NONE_TYPE => Ok(Outcome::Done(false)),
            _ if object == NOT_IMPLEMENTED => {
                let text = "NotImplemented should not be used in a boolean context";
                (self.warn)(self, DEPRECATION_WARNING, text, None, None)?;
                Ok(Outcome::Done(true))
            }
            ty if is_core_type(ty) => Ok(Outcome::Done(self.builtin_truth(object))),
            _ => self.truth_of_instance(object),
        }
    }

    fn truth_of_instance(&mut self, object: ObjRef) -> Res<bool> {
        let ty = self.ty(object);
        let class = self.heap.type_of_type(ty);
        if class.special & (special::BOOL | special::LEN) == 0
            && class.solid_base == OBJECT
            && matches!(self.heap.body(object), Body::Instance(instance) if instance.is_plain())
        {
            return Ok(Outcome::Done(true));
        }
        if let Some(method) = self.own_method(ty, self.names.bool_) {
            let depth = self.frames.len();
            let result = self.call_method_object(method, object, &[]);
            let result = self.after(
                depth,
                result,
                After::new("__bool__", &[], 0, |vm, _, value| {
                    if vm.ty(value) == BOOL {
                        return done(value);
                    }
                    let name = vm.type_name(value);
                    vm.decref(value);
                    Err(vm.type_error(format!("__bool__ should return bool, returned {name}")))
                }),
            );
            return self.as_bool(result);
        }
        // A number's own truth comes before a length.
        if matches!(self.core_of(object), INT | FLOAT | COMPLEX) {
            return Ok(Outcome::Done(self.builtin_truth(object)));
        }
        if self.own_method(ty, self.names.len).is_some() {
            let depth = self.frames.len();
            let result = self.length_object(object);
            let result = self.after(
                depth,
                result,
                After::new("__len__", &[], 0, |vm, _, value| {
                    vm.decref(value);
                    done(vm.new_bool(value != small_int(0).expect("a small integer")))
                }),
            );
            return self.as_bool(result);
        }
        Ok(Outcome::Done(self.builtin_truth(object)))
    }

    /// The truth of builtin values.
    fn builtin_truth(&self, object: ObjRef) -> bool {
        match Number::of(&self.heap, object) {
            Some(Number::Int(value)) => return value != 0,
            Some(Number::Float(value)) => return value != 0.0,
            Some(Number::Complex(real, imag)) => return real != 0.0 || imag != 0.0,
            Some(Number::BigInt(value)) => return !value.is_zero(),
            None => {}
        }
        match self.builtin_length(object) {
            Some(Ok(len)) => len != 0,
            Some(Err(())) => true,
            None => object != NONE,
        }
    }

    /// The length of builtin containers. `Err`: a range too long for a machine integer.
    pub fn builtin_length(&self, object: ObjRef) -> Option<Result<usize, ()>> {
        Some(Ok(match self.heap.body(object) {
            Body::Str(text) => text.len(),
            Body::Bytes(bytes) => bytes.len(),
            Body::ByteArray(bytes) => bytes.len(),
            Body::Tuple(items) | Body::List(items) => items.len(),
            Body::Dict(dict) => dict.len(),
            Body::Set(set) => set.len(),
            Body::Range(parts) => return Some(self.small_value(parts[3]).map(|len| len as usize).ok_or(())),
            Body::Fields(fields) if matches!(self.core_of(object), DICT_KEYS | DICT_VALUES | DICT_ITEMS | MAPPINGPROXY) => {
                return self.builtin_length(fields[0]?);
            }
            _ => return None,
        }))
    }

    /// `len(object)` as an int object.
    pub fn length_object(&mut self, object: ObjRef) -> Res {
        let ty = self.ty(object);
        match self.own_method(ty, self.names.len) {
            Some(method) => {
                let depth = self.frames.len();
                let result = self.call_method_object(method, object, &[]);
                self.after(
                    depth,
                    result,
                    After::new("__len__", &[], 0, |vm, _, value| {
                        let depth = vm.frames.len();
                        let index = vm.index(value);
                        vm.after(depth, index, After::new("__len__", &[], 0, |vm, _, index| check_length(vm, index)).owning([value]))
                    }),
                )
            }
            None => match self.builtin_length(object) {
                Some(Ok(len)) => done(self.new_usize(len)),
                Some(Err(())) => Err(self.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
                None => match self.heap.body(object) {
                    Body::Fields(fields) if self.ty(object) == MAPPINGPROXY => {
                        let mapping = fields[0].expect("a mapping");
                        self.length_object(mapping)
                    }
                    _ => Err(self.no_length(object)),
                },
            },
        }
    }

    /// `len(object)`. When `Pushed`, an int object comes.
    pub fn length(&mut self, object: ObjRef) -> Res<usize> {
        if is_core_type(self.ty(object))
            && let Some(Ok(len)) = self.builtin_length(object)
        {
            return Ok(Outcome::Done(len));
        }
        Ok(match self.length_object(object)? {
            Outcome::Done(value) => {
                let len = self.small_value(value).unwrap_or(0) as usize;
                self.decref(value);
                Outcome::Done(len)
            }
            Outcome::Pushed => Outcome::Pushed,
        })
    }

    fn no_length(&mut self, object: ObjRef) -> Raised {
        let name = self.type_name(object);
        self.type_error(format!("object of type '{name}' has no len()"))
    }
}

/// The value that `__len__` returned (owned, an int).
fn check_length(vm: &mut Vm, value: ObjRef) -> Res {
    let result = vm.fit_length(value);
    match result {
        Ok(()) if vm.ty(value) == INT => done(value),
        Ok(()) => {
            let len = vm.small_value(value).unwrap_or(0);
            vm.decref(value);
            done(vm.new_int(len))
        }
        Err(raised) => {
            vm.decref(value);
            Err(raised)
        }
    }
}

impl Vm {
    fn fit_length(&mut self, value: ObjRef) -> Result<(), Raised> {
        let negative = match Number::of(&self.heap, value) {
            Some(Number::Int(value)) => value < 0,
            Some(Number::BigInt(value)) => value.sign() == num_bigint::Sign::Minus,
            _ => false,
        };
        if negative {
            return Err(self.value_error("__len__() should return >= 0"));
        }
        self.fit_index(value, OVERFLOW_ERROR).map(|_| ())
    }
}

//! Hashes: `hash(x)`, and what dicts and sets ask of their keys.
//!
//! Equal builtin values have equal hashes; an instance's hash is its `__hash__`, or its address. Mutable containers have none.
//! Counterpart in CPython 3.11: `PyObject_Hash`, `slot_tp_hash`. `hash((1, "a"))` asks its items.

use super::after::After;
use crate::{
    heap::ObjRef,
    num::hash as hashes,
    objects::{
        Body, Objects,
        core_types::*,
        equality::{Number, plain_hash},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// What is known of a hash without running Python.
enum Known {
    Hash(i64),
    /// The items of a tuple must be asked.
    Tuple,
    /// Another object's hash is combined in: only Python can tell.
    Python,
    Unhashable,
}

impl Vm {
    /// `hash(object)`. When `Pushed`, an int object comes.
    #[inline]
    pub fn hash(&mut self, object: ObjRef) -> Res<i64> {
        if self.ty(object) == STR {
            return Ok(Outcome::Done(self.cached_str_hash(object)));
        }
        if let Some(hash) = self.plain_hash(object) {
            return Ok(Outcome::Done(hash));
        }
        self.hash_slow(object)
    }

    /// The hash of what keys mostly are. That of a tuple is kept: its items are such that it can't change.
    #[inline]
    pub fn plain_hash(&mut self, object: ObjRef) -> Option<i64> {
        let hash = plain_hash(&self.heap, object)?;
        let slot = self.heap.slot(object);
        if slot.ty == TUPLE && slot.num != hash as u64 {
            self.heap.slot_mut(object).num = hash as u64;
        }
        Some(hash)
    }

    fn hash_slow(&mut self, object: ObjRef) -> Res<i64> {
        if let Some(hash) = self.hash_without_python(object) {
            return Ok(Outcome::Done(hash));
        }
        let ty = self.ty(object);
        if let Some(method) = self.own_method(ty, self.names.hash) {
            if method == NONE {
                return Err(self.unhashable(object));
            }
            let depth = self.frames.len();
            let result = self.call_method_object(method, object, &[]);
            let result = self.after(
                depth,
                result,
                After::new("__hash__", &[], 0, |vm, _, value| {
                    let hash = match Number::of(&vm.heap, value) {
                        Some(Number::Int(value)) => Some(if value == -1 { -2 } else { value }),
                        Some(Number::BigInt(value)) => Some(hashes::hash_int(value)),
                        _ => None,
                    };
                    let Some(hash) = hash else {
                        vm.lose(value);
                        return Err(vm.type_error("__hash__ method should return an integer"));
                    };
                    vm.decref(value);
                    Ok(Outcome::Done(vm.new_int(hash)))
                }),
            );
            return self.as_hash(result);
        }
        match self.known_hash(object) {
            Known::Hash(hash) => Ok(Outcome::Done(hash)),
            Known::Unhashable => Err(self.unhashable(object)),
            Known::Tuple => {
                self.enter("")?;
                let result = self.drive(HashTuple { tuple: object, next: 0, hash: hashes::TupleHash::default() });
                self.leave();
                self.as_hash(result)
            }
            Known::Python => self.hash_of_parts(object),
        }
    }

    fn as_hash(&mut self, result: Res) -> Res<i64> {
        Ok(match result? {
            Outcome::Done(value) => {
                let hash = self.small_value(value).unwrap_or(0);
                self.decref(value);
                Outcome::Done(hash)
            }
            Outcome::Pushed => Outcome::Pushed,
        })
    }

    /// `hash(object)` on the Rust stack.
    pub fn hash_now(&mut self, object: ObjRef) -> Result<i64, Raised> {
        let depth = self.frames.len();
        match self.hash(object)? {
            Outcome::Done(hash) => Ok(hash),
            Outcome::Pushed => {
                let value = self.finish_now(depth, Outcome::Pushed)?;
                let hash = self.small_value(value).unwrap_or(0);
                self.decref(value);
                Ok(hash)
            }
        }
    }

    /// The hash where neither Python code nor an error is involved.
    pub fn hash_without_python(&mut self, object: ObjRef) -> Option<i64> {
        let ty = self.ty(object);
        if ty == STR {
            return Some(self.cached_str_hash(object));
        }
        if self.own_method(ty, self.names.hash).is_some() {
            return None;
        }
        match self.known_hash(object) {
            Known::Hash(hash) => Some(hash),
            Known::Tuple => {
                let len = self.heap.tuple(object)?.len();
                let mut hash = hashes::TupleHash::default();
                if self.level() >= self.recursion_limit {
                    return None;
                }
                self.native_depth += 1;
                let mut all = true;
                for index in 0..len {
                    let item = self.heap.tuple(object)?[index];
                    match self.plain_hash(item).or_else(|| self.hash_without_python(item)) {
                        Some(item) => hash.push(item),
                        None => {
                            all = false;
                            break;
                        }
                    }
                }
                self.native_depth -= 1;
                all.then(|| hash.finish())
            }
            Known::Python | Known::Unhashable => None,
        }
    }

    fn known_hash(&mut self, object: ObjRef) -> Known {
        if matches!(self.heap.slot(object).body, Body::Tuple(_)) {
            return Known::Tuple;
        }
        match Number::of(&self.heap, object) {
            Some(Number::Int(value)) => return Known::Hash(hashes::hash_i64(value)),
            Some(Number::BigInt(value)) => return Known::Hash(hashes::hash_int(value)),
            Some(Number::Float(value)) => {
                return Known::Hash(hashes::hash_float(value).unwrap_or_else(|| self.address_hash(object)));
            }
            Some(Number::Complex(real, imag)) => {
                let part = |part: f64| hashes::hash_float(part).unwrap_or_else(|| self.address_hash(object));
                return Known::Hash(hashes::hash_complex(part(real), part(imag)));
            }
            None => {}
        }
        let core = self.core_of(object);
        match self.heap.body(object) {
            Body::Str(text) => Known::Hash(hashes::hash_str(text, self.hash_key)),
            Body::Bytes(bytes) => {
                let num = self.heap.slot(object).num;
                if num != 0 && self.ty(object) == BYTES {
                    return Known::Hash(num as i64);
                }
                let hash = hashes::hash_bytes(bytes, self.hash_key);
                if self.ty(object) == BYTES {
                    self.heap.slot_mut(object).num = hash as u64;
                }
                Known::Hash(hash)
            }
            Body::Tuple(_) => Known::Tuple,
            Body::Set(set) if core == FROZENSET => Known::Hash(hashes::hash_frozenset(set.iter().map(|(_, hash)| hash))),
            Body::Range(_) => Known::Hash(self.range_hash(object)),
            Body::List(_) | Body::Dict(_) | Body::Set(_) | Body::ByteArray(_) | Body::Slice(_) | Body::Cell(_) => Known::Unhashable,
            Body::Fields(_) => match core {
                DICT_KEYS | DICT_ITEMS | MAPPINGPROXY => Known::Unhashable,
                GENERIC_ALIAS | UNION_TYPE => Known::Python,
                _ => Known::Hash(self.address_hash(object)),
            },
            Body::Method(_) | Body::WeakRef(_) => Known::Python,
            Body::Native(native) => match native.this {
                Some(this) if self.ty(object) == BUILTIN_FUNCTION => {
                    let hash = self.address_hash(this) ^ (i64::from(native.id.0) << 4);
                    Known::Hash(if hash == -1 { -2 } else { hash })
                }
                _ => Known::Hash(self.address_hash(object)),
            },
            _ if core == SIMPLE_NAMESPACE => Known::Unhashable,
            _ => Known::Hash(self.address_hash(object)),
        }
    }

    /// `object.__hash__(object)`
    pub fn address_hash(&self, object: ObjRef) -> i64 {
        hashes::hash_address(self.address(object))
    }

    /// Ranges that give the same numbers have the same hash: that of `(length, start, step)`.
    fn range_hash(&self, object: ObjRef) -> i64 {
        let Body::Range(parts) = self.heap.body(object) else { return 0 };
        let int = |part: ObjRef| match Number::of(&self.heap, part) {
            Some(Number::Int(value)) => hashes::hash_i64(value),
            Some(Number::BigInt(value)) => hashes::hash_int(value),
            _ => 0,
        };
        let none = self.address_hash(NONE);
        let [start, _, step, length] = **parts;
        let items = match self.small_value(length) {
            Some(0) => [int(length), none, none],
            Some(1) => [int(length), int(start), none],
            _ => [int(length), int(start), int(step)],
        };
        hashes::hash_tuple(items)
    }

    /// Hashes made of those of other objects.
    fn hash_of_parts(&mut self, object: ObjRef) -> Res<i64> {
        let (first, second) = match self.heap.body(object) {
            Body::Method(parts) => {
                let [function, this] = **parts;
                let hash = self.address_hash(this) ^ self.hash_now(function)?;
                return Ok(Outcome::Done(if hash == -1 { -2 } else { hash }));
            }
            Body::WeakRef(weak) => {
                if let Some(hash) = weak.hash {
                    return Ok(Outcome::Done(hash));
                }
                let Some(referent) = weak.referent else { return Err(self.type_error("weak object has gone away")) };
                self.incref(referent);
                let hash = self.hash_now(referent);
                self.decref(referent);
                let hash = hash?;
                if let Body::WeakRef(weak) = self.heap.body_mut(object) {
                    weak.hash = Some(hash);
                }
                return Ok(Outcome::Done(hash));
            }
            Body::Fields(fields) => (fields.first().copied().flatten(), fields.get(1).copied().flatten()),
            _ => (None, None),
        };
        if self.ty(object) == UNION_TYPE {
            let args: Vec<ObjRef> = first.and_then(|args| self.heap.tuple(args)).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let mut hashes_of = Vec::new();
            for arg in args {
                hashes_of.push(self.hash_now(arg)?);
            }
            return Ok(Outcome::Done(hashes::hash_frozenset(hashes_of)));
        }
        let mut hash = 0;
        for part in [first, second].into_iter().flatten() {
            hash ^= self.hash_now(part)?;
        }
        Ok(Outcome::Done(if hash == -1 { -2 } else { hash }))
    }

    pub fn unhashable(&mut self, object: ObjRef) -> Raised {
        let name = self.type_name(object);
        self.type_error(format!("unhashable type: '{name}'"))
    }
}

/// The hash of a tuple some of whose items have a `__hash__` in Python.
#[derive(Clone)]
struct HashTuple {
    /// borrowed
    tuple: ObjRef,
    next: usize,
    hash: hashes::TupleHash,
}

impl Native for HashTuple {
    fn name(&self) -> &'static str {
        "tuple.__hash__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            self.hash.push(vm.small_value(value).unwrap_or(0));
            vm.decref(value);
        }
        while let Some(&item) = vm.heap.tuple(self.tuple).and_then(|items| items.get(self.next)) {
            self.next += 1;
            match vm.hash(item)? {
                Outcome::Done(hash) => self.hash.push(hash),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
        Ok(Outcome::Done(vm.new_int(self.hash.finish())))
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

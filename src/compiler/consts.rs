//! The constants of a code object while it is compiled: each kept once, equal by value *and* type.
//!
//! `1`, `1.0` and `True` are three constants, `0.0` and `-0.0` two; tuples compare so item by item, and equal code objects
//! are one. Counterpart in CPython 3.11: `_PyCode_ConstantKey` and `compiler_add_const`.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hash, Hasher},
};

use rustc_hash::FxHasher;

use crate::bytecode::code::{CodeObject, Constant};

/// A constant compared as the compiler compares them.
#[derive(Clone, Debug)]
struct Key(Constant);

/// Constants in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct ConstPool {
    list: Vec<Constant>,
    index: HashMap<Key, u32, BuildHasherDefault<FxHasher>>,
}

impl ConstPool {
    /// The index of a constant, which is added if it is not there.
    pub fn add(&mut self, constant: Constant) -> u32 {
        let key = Key(constant);
        if let Some(index) = self.index.get(&key) {
            return *index;
        }
        let index = self.list.len() as u32;
        self.list.push(key.0.clone());
        self.index.insert(key, index);
        index
    }

    pub fn get(&self, index: u32) -> Option<&Constant> {
        self.list.get(index as usize)
    }

    /// Forgets the constants from `len` on, if there are so many.
    pub fn truncate(&mut self, len: usize) {
        self.list.truncate(len);
    }

    pub fn into_list(self) -> Vec<Constant> {
        self.list
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

fn same(a: &Constant, b: &Constant) -> bool {
    match (a, b) {
        (Constant::Float(a), Constant::Float(b)) => same_float(*a, *b),
        (Constant::Complex { real: ar, imag: ai }, Constant::Complex { real: br, imag: bi }) => {
            same_float(*ar, *br) && same_float(*ai, *bi)
        }
        (Constant::Tuple(a), Constant::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (Constant::FrozenSet(a), Constant::FrozenSet(b)) => a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| same(a, b))),
        (Constant::Code(a), Constant::Code(b)) => same_code(a, b),
        _ => a == b,
    }
}

/// NaN is like nothing, not even itself: each is an object of its own.
fn same_float(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() && !a.is_nan()
}

/// Code objects are equal if nothing that matters when they run differs; file and qualified name don't.
fn same_code(a: &CodeObject, b: &CodeObject) -> bool {
    a.name == b.name
        && a.argcount == b.argcount
        && a.posonlyargcount == b.posonlyargcount
        && a.kwonlyargcount == b.kwonlyargcount
        && a.flags == b.flags
        && a.firstlineno == b.firstlineno
        && a.code == b.code
        && a.consts.len() == b.consts.len()
        && a.consts.iter().zip(&b.consts).all(|(a, b)| same(a, b))
        && a.names == b.names
        && a.localsplusnames == b.localsplusnames
        && a.linetable == b.linetable
        && a.exceptiontable == b.exceptiontable
}

fn hash<H: Hasher>(constant: &Constant, state: &mut H) {
    std::mem::discriminant(constant).hash(state);
    match constant {
        Constant::None | Constant::True | Constant::False | Constant::Ellipsis => {}
        Constant::Int(value) => value.hash(state),
        Constant::Float(value) => value.to_bits().hash(state),
        Constant::Complex { real, imag } => (real.to_bits(), imag.to_bits()).hash(state),
        Constant::Str(value) => value.hash(state),
        Constant::Bytes(value) => value.hash(state),
        Constant::Tuple(items) => items.iter().for_each(|item| hash(item, state)),
        // Equal sets may list their items in different orders.
        Constant::FrozenSet(items) => items.len().hash(state),
        Constant::Code(code) => (&code.name, code.firstlineno, &code.code).hash(state),
    }
}

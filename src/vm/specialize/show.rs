//! The bytes of running code, as `code._co_code_adaptive` has them: forms in the place of opcodes, caches filled in.
//!
//! ```text
//!   48 01 35 00 21 00 58 00 …      LOAD_GLOBAL_BUILTIN 1, counter 53, index 33, module_keys_version 88 …
//! ```

use super::Cache;
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, code::Code},
    vm::Vm,
};

/// One number in an inline cache.
#[derive(Clone, Debug, PartialEq)]
pub struct CacheWord {
    /// as `dis` calls it
    pub name: &'static str,
    /// in code units
    pub size: usize,
    pub value: u64,
}

impl Vm {
    /// The opcode that stands at a unit now, also if it is armed.
    #[inline]
    pub fn live_op(&self, pc: usize) -> Op {
        let op = self.units[pc].op;
        if op == Op::CACHE { self.armed_op(pc).unwrap_or(op) } else { op }
    }

    /// The numbers in the inline cache of the instruction at a unit.
    pub fn cache_words(&self, pc: usize) -> Vec<CacheWord> {
        let cache = self.caches[pc];
        let op = self.live_op(pc).base();
        fields(op).iter().map(|&(name, size)| CacheWord { name, size, value: self.cache_value(op, cache, name) }).collect()
    }

    fn cache_value(&self, op: Op, cache: Cache, name: &str) -> u64 {
        match name {
            "counter" => cache.counter.into(),
            "index" | "dict_offset" | "mask" | "min_args" => cache.index.into(),
            "keys_version" | "builtin_keys_version" => cache.other.into(),
            "func_version" if op == Op::BINARY_SUBSCR => cache.other.into(),
            "descr" if cache.object != 0 && self.heap.is_alive(ObjRef::new(cache.object)) => self.address(ObjRef::new(cache.object)),
            "descr" => 0,
            _ => cache.version.into(),
        }
    }

    /// The code of a code object as it runs now.
    pub fn adaptive_code(&self, code: &Code) -> Vec<u8> {
        let mut bytes = code.code.code.clone();
        let mut behind = 0;
        for (pc, &offset) in (code.start as usize..).zip(&code.tables.offsets) {
            let at = offset as usize;
            if code.is_quick {
                // EXTENDED_ARGs stand between the instruction before and this one.
                bytes[behind..at].chunks_mut(2).for_each(|unit| unit[0] = Op::EXTENDED_ARG_QUICK as u8);
            }
            let op = self.live_op(pc);
            bytes[at] = op as u8;
            let mut place = at + 2;
            for word in self.cache_words(pc) {
                let value = word.value.to_le_bytes();
                bytes[place..place + 2 * word.size].copy_from_slice(&value[..2 * word.size]);
                place += 2 * word.size;
            }
            behind = place;
        }
        bytes
    }

    /// The same of a code object on the heap.
    pub fn adaptive_code_of(&self, code: ObjRef) -> Option<Vec<u8>> {
        match self.heap.body(code) {
            Body::Code(code) => Some(self.adaptive_code(code)),
            _ => None,
        }
    }
}

/// Names and sizes, in code units, of what is in the inline cache of an opcode.
pub(super) fn fields(op: Op) -> &'static [(&'static str, usize)] {
    match op {
        Op::LOAD_GLOBAL => &[("counter", 1), ("index", 1), ("module_keys_version", 2), ("builtin_keys_version", 1)],
        Op::BINARY_OP | Op::UNPACK_SEQUENCE | Op::PRECALL | Op::STORE_SUBSCR => &[("counter", 1)],
        Op::COMPARE_OP => &[("counter", 1), ("mask", 1)],
        Op::BINARY_SUBSCR => &[("counter", 1), ("type_version", 2), ("func_version", 1)],
        Op::LOAD_ATTR | Op::STORE_ATTR => &[("counter", 1), ("version", 2), ("index", 1)],
        Op::LOAD_METHOD => &[("counter", 1), ("type_version", 2), ("dict_offset", 1), ("keys_version", 2), ("descr", 4)],
        Op::CALL => &[("counter", 1), ("func_version", 2), ("min_args", 1)],
        _ => &[],
    }
}

//! Instructions as the machine runs them: eight bytes each, pre-decoded, of all code objects in one table.
//!
//! Arguments are what the handler needs: the object of a constant or name, the absolute unit of a jump target. EXTENDED_ARG
//! is folded into its instruction and CACHE entries are gone, so one unit is one instruction of `dis`, one step.

use std::sync::Arc;

use super::{Cache, Vm};
use crate::{
    bytecode::{
        code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_VARARGS, CO_VARKEYWORDS, CodeObject, Constant},
        exctable, instr,
        opcode::{ArgKind, Op},
    },
    heap::ObjRef,
    objects::{
        Body,
        code::{Code, Tables},
        core_types::*,
    },
};

/// Code that has begun so often is specialized (`QUICKENING_WARMUP_DELAY`).
const WARM_UP: u8 = 8;

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    pub op: Op,
    /// The low bit of LOAD_GLOBAL's argument; of RESUME how many times more it runs before CPython specializes the code.
    pub flag: u8,
    /// The argument as compiled, if it is below 65536.
    pub short: u16,
    /// The argument as the handler wants it.
    pub arg: u32,
}

impl Unit {
    /// The object that the argument names: of LOAD_CONST and of the opcodes with a name.
    #[inline(always)]
    pub fn object(self) -> ObjRef {
        ObjRef::new(self.arg)
    }
}

impl Vm {
    /// Makes a code object of compiled code: its constants and names become objects, its instructions units.
    pub fn new_code(&mut self, code: &Arc<CodeObject>) -> ObjRef {
        let consts: Vec<ObjRef> = code.consts.iter().map(|constant| self.new_constant(constant)).collect();
        self.new_code_with(code, consts)
    }

    /// The same with constants (taken over) that are objects already: `code.replace(co_consts=…)`.
    pub fn new_code_with(&mut self, code: &Arc<CodeObject>, consts: Vec<ObjRef>) -> ObjRef {
        let constant = |arg: u32| consts.get(arg as usize).copied().unwrap_or(NONE).index();
        let names: Vec<ObjRef> = code.names.iter().map(|name| self.new_interned(name)).collect();
        let localsplusnames: Vec<ObjRef> = code.localsplusnames.iter().map(|name| self.new_interned(name)).collect();
        let start = self.units.len() as u32;
        let instructions: Vec<instr::Instr> = instr::decode(&code.code).collect();
        let offsets: Vec<u32> = instructions.iter().map(|instr| instr.offset).collect();
        // A jump may aim at the EXTENDED_ARG before its target.
        let unit_of = |offset: u32| start + instructions.partition_point(|instr| instr.offset < offset) as u32;
        for instr in &instructions {
            let arg = match instr.op.arg_kind() {
                ArgKind::Const => constant(instr.arg),
                ArgKind::Name => names[instr.arg as usize].index(),
                ArgKind::GlobalName => names[(instr.arg >> 1) as usize].index(),
                ArgKind::JumpForward | ArgKind::JumpBackward => unit_of(instr::target_of(instr).unwrap_or(0)),
                _ => instr.arg,
            };
            let arg = if instr.op == Op::KW_NAMES { constant(instr.arg) } else { arg };
            let flag = if instr.op == Op::RESUME { WARM_UP } else { (instr.arg & 1) as u8 };
            self.units.push(Unit { op: instr.op, flag, short: instr.arg as u16, arg });
        }
        // A sentinel, so that the unit after the last instruction can be read.
        self.units.push(Unit { op: Op::NOP, flag: 0, short: 0, arg: 0 });
        self.caches.resize(self.units.len(), Cache::default());
        let exceptions = exctable::decode(&code.exceptiontable).collect();
        const SPECIAL: u32 = CO_VARARGS | CO_VARKEYWORDS | CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
        let body = Code {
            consts,
            names,
            localsplusnames,
            start,
            tables: Arc::new(Tables::new(offsets, exceptions)),
            nlocalsplus: code.nlocalsplus() as u32,
            stacksize: code.stacksize,
            argcount: code.argcount,
            flags: code.flags,
            is_simple: code.kwonlyargcount == 0 && code.flags & SPECIAL == 0,
            code: code.clone(),
        };
        self.heap.alloc(CODE, 0, Body::Code(Box::new(body)))
    }

    /// The object of a constant.
    pub fn new_constant(&mut self, constant: &Constant) -> ObjRef {
        match constant {
            Constant::None => self.own(NONE),
            Constant::True => self.own(TRUE),
            Constant::False => self.own(FALSE),
            Constant::Ellipsis => self.own(ELLIPSIS),
            Constant::Int(value) => self.new_big_int(value.clone()),
            Constant::Float(value) => self.new_float(*value),
            Constant::Complex { real, imag } => self.heap.alloc(COMPLEX, 0, Body::Complex(Box::new((*real, *imag)))),
            Constant::Str(text) => {
                let object = crate::objects::str::new_shared_str(&mut self.heap, text.clone());
                // Constants that look like names are interned.
                let like_name = text.as_ascii().is_some_and(|text| text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_'));
                if like_name { self.intern(object) } else { object }
            }
            Constant::Bytes(bytes) => self.new_bytes(bytes.to_vec()),
            Constant::Tuple(items) => {
                let items: Vec<ObjRef> = items.iter().map(|item| self.new_constant(item)).collect();
                self.new_tuple(items)
            }
            Constant::FrozenSet(items) => {
                let mut set = crate::objects::set::Set::default();
                for item in items.iter() {
                    let item = self.new_constant(item);
                    let hash = self.hash_without_python(item).unwrap_or(0);
                    match set.lookup(&self.heap, item, hash) {
                        crate::objects::set::Lookup::Missing => set.insert_new(item, hash),
                        _ => self.decref(item),
                    }
                }
                // CPython's compiler, too, makes it twice: `merge_consts_recursive` rebuilds it in its own order, which
                // decides about the order of those that collide.
                let mut rebuilt = crate::objects::set::Set::default();
                set.iter().for_each(|(item, hash)| rebuilt.insert_new(item, hash));
                self.alloc_tracked(FROZENSET, 0, Body::Set(Box::new(rebuilt)))
            }
            Constant::Code(code) => self.new_code(code),
        }
    }
}

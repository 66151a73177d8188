//! Instructions as the machine runs them: eight bytes each, pre-decoded, of all code objects in one table.
//!
//! Arguments are what the handler needs: the object of a constant or name, the absolute unit of a jump target. EXTENDED_ARG
//! is folded into its instruction and CACHE entries are gone, so one unit is one instruction of `dis`, one step.

use std::sync::Arc;

use super::{Vm, specialize::Cache};
use crate::{
    bytecode::{
        code::{CO_VARARGS, CO_VARKEYWORDS, CodeObject, Constant},
        exctable, instr,
        opcode::{ArgKind, Op},
    },
    heap::ObjRef,
    objects::{
        Body, Objects,
        code::{ByteStrings, Code, Tables},
        core_types::*,
    },
};

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    pub op: Op,
    /// What is done here while nobody looks between two instructions: the same, or several units in one (see [`super::fusion`]).
    pub run: Op,
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

    /// The low bit of LOAD_GLOBAL's argument: a NULL goes below the value.
    #[inline(always)]
    pub fn wants_null(self) -> bool {
        self.short & 1 != 0
    }

    /// EXTENDED_ARGs stand before it.
    pub fn is_extended(self) -> bool {
        self.short > 0xff
    }
}

impl Vm {
    /// Makes a code object of compiled code: its constants and names become objects, its instructions units.
    pub fn new_code(&mut self, code: &Arc<CodeObject>) -> ObjRef {
        self.code_sharing(code, &mut Shared::default())
    }

    fn code_sharing(&mut self, code: &Arc<CodeObject>, shared: &mut Shared) -> ObjRef {
        // Inner code is made before the names of the outer.
        let consts: Vec<ObjRef> = code.consts.iter().map(|constant| self.constant(constant, shared)).collect();
        let byte_strings = if self.is_library_file(&code.filename) {
            Default::default()
        } else {
            let [exceptions, lines] =
                [&code.exceptiontable, &code.linetable].map(|table| self.constant(&Constant::Bytes(table.as_slice().into()), shared));
            [None, Some(lines), Some(exceptions), Some(self.new_kinds(code))]
        };
        let names: Vec<ObjRef> = code.names.iter().map(|name| self.new_interned(name)).collect();
        let names = self.shared_tuple(names, shared);
        let consts = self.shared_tuple(consts, shared);
        let variables: Vec<ObjRef> = code.localsplusnames.iter().map(|name| self.new_interned(name)).collect();
        let variables = self.shared_tuple(variables, shared);
        self.new_code_of(code, consts, names, variables, byte_strings)
    }

    /// `co_localspluskinds`: an object of its own even if it is a single byte.
    pub fn new_kinds(&mut self, code: &CodeObject) -> ObjRef {
        match code.localspluskinds.is_empty() {
            true => self.own(EMPTY_BYTES),
            false => self.heap.alloc(BYTES, 0, Body::Bytes(Arc::new(code.localspluskinds.clone()))),
        }
    }

    /// The same with tuples (taken over) of constants, interned names and names of variables, and with byte strings (taken over):
    /// `code.replace(co_consts=…)`.
    pub fn new_code_of(
        &mut self,
        code: &Arc<CodeObject>,
        consts: ObjRef,
        names: ObjRef,
        localsplusnames: ObjRef,
        byte_strings: ByteStrings,
    ) -> ObjRef {
        let filename = self.new_interned(&code.filename);
        let name = self.new_interned(&code.name);
        let qualname = self.new_interned(&code.qualname);
        self.alert(); // breakpoints may be wanted there
        let start = self.units.len() as u32;
        let objects = |tuple: ObjRef| self.heap.tuple(tuple).unwrap_or_default();
        let constant = |arg: u32| objects(consts).get(arg as usize).copied().unwrap_or(NONE).index();
        let instructions: Vec<instr::Instr> = instr::decode(&code.code).collect();
        let offsets: Vec<u32> = instructions.iter().map(|instr| instr.offset).collect();
        // A jump may aim at the EXTENDED_ARG before its target.
        let unit_of = |offset: u32| start + instructions.partition_point(|instr| instr.offset < offset) as u32;
        for instr in &instructions {
            let arg = match instr.op.arg_kind() {
                ArgKind::Const => constant(instr.arg),
                ArgKind::Name => objects(names)[instr.arg as usize].index(),
                ArgKind::GlobalName => objects(names)[(instr.arg >> 1) as usize].index(),
                ArgKind::JumpForward | ArgKind::JumpBackward => unit_of(instr::target_of(instr).unwrap_or(0)),
                _ => instr.arg,
            };
            let arg = if instr.op == Op::KW_NAMES { constant(instr.arg) } else { arg };
            self.units.push(Unit { op: instr.op, run: instr.op, short: instr.arg as u16, arg });
        }
        // A sentinel, so that the unit after the last instruction can be read.
        self.units.push(Unit { op: Op::NOP, run: Op::NOP, short: 0, arg: 0 });
        self.fuse(start as usize..self.units.len());
        self.caches.resize(self.units.len(), Cache::default());
        self.longest = self.longest.max(self.units.len() as u32 - start);
        let exceptions = exctable::decode(&code.exceptiontable).collect();
        const SPECIAL: u32 = CO_VARARGS | CO_VARKEYWORDS;
        let body = Code {
            consts,
            names,
            name,
            qualname,
            filename,
            byte_strings,
            localsplusnames,
            start,
            tables: Arc::new(Tables::new(offsets, exceptions)),
            nlocalsplus: code.nlocalsplus() as u32,
            stacksize: code.stacksize,
            argcount: code.argcount,
            flags: code.flags,
            warmup: super::specialize::WARM_UP,
            is_quick: false,
            is_simple: code.kwonlyargcount == 0 && code.flags & SPECIAL == 0,
            code: code.clone(),
        };
        self.heap.alloc(CODE, 0, Body::Code(Box::new(body)))
    }

    /// The object of a constant, owned: one for all that are equal and of one type.
    fn constant(&mut self, constant: &Constant, shared: &mut Shared) -> ObjRef {
        let key = match constant {
            Constant::Int(value) => Key::Int(value.clone()),
            Constant::Float(value) if !value.is_nan() => Key::Float(value.to_bits()),
            Constant::Complex { real, imag } if !real.is_nan() && !imag.is_nan() => Key::Complex(real.to_bits(), imag.to_bits()),
            Constant::Str(text) => Key::Str(text.clone()),
            Constant::Bytes(bytes) => Key::Bytes(bytes.clone()),
            Constant::Tuple(items) => {
                let items: Vec<ObjRef> = items.iter().map(|item| self.constant(item, shared)).collect();
                return self.shared_tuple(items, shared);
            }
            Constant::FrozenSet(items) => return self.frozenset_constant(items, shared),
            Constant::Code(code) => return self.code_sharing(code, shared),
            other => return self.lone_constant(other),
        };
        if let Some(&object) = shared.get(&key) {
            return self.own(object);
        }
        let object = self.lone_constant(constant);
        shared.insert(key, object);
        object
    }

    /// A tuple of constants or names (taken over), the same for all that are equal.
    fn shared_tuple(&mut self, items: Vec<ObjRef>, shared: &mut Shared) -> ObjRef {
        let key = Key::Tuple(items);
        if let Some(&object) = shared.get(&key) {
            if let Key::Tuple(items) = key {
                self.decref_all(items);
            }
            return self.own(object);
        }
        let Key::Tuple(items) = &key else { return self.own(EMPTY_TUPLE) };
        let tuple = self.new_tuple(items.iter().copied());
        shared.insert(key, tuple);
        tuple
    }

    fn frozenset_constant(&mut self, items: &[Constant], shared: &mut Shared) -> ObjRef {
        let mut set = crate::objects::set::Set::default();
        for item in items {
            let item = self.constant(item, shared);
            let hash = self.hash_without_python(item).unwrap_or(0);
            match set.lookup(&self.heap, item, hash) {
                crate::objects::set::Lookup::Missing => set.insert_new(item, hash),
                _ => self.decref(item),
            }
        }
        let mut items: Vec<ObjRef> = set.iter().map(|(item, _)| item).collect();
        items.sort_unstable();
        let key = Key::FrozenSet(items);
        if let Some(&object) = shared.get(&key) {
            self.decref_all(set.take_all());
            return self.own(object);
        }
        // CPython's compiler, too, makes it twice: `merge_consts_recursive` rebuilds it in its own order, which
        // decides about the order of those that collide.
        let mut rebuilt = crate::objects::set::Set::default();
        set.iter().for_each(|(item, hash)| rebuilt.insert_new(item, hash));
        let object = self.new_set_from(FROZENSET, rebuilt);
        shared.insert(key, object);
        object
    }

    /// The object of a constant that holds no others.
    fn lone_constant(&mut self, constant: &Constant) -> ObjRef {
        match constant {
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
            Constant::None | Constant::Tuple(_) | Constant::FrozenSet(_) | Constant::Code(_) => self.own(NONE),
        }
    }
}

/// The constants of a code object and of all inside it: equal ones are one object, borrowed from the code that has it.
///
/// Counterpart in CPython 3.11: `c_const_cache` and `_PyCode_ConstantKey`.
type Shared = rustc_hash::FxHashMap<Key, ObjRef>;

/// A constant compared by type and value; the parts of tuples and sets are one object already if they are equal.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Int(crate::num::BigInt),
    Float(u64),
    Complex(u64, u64),
    Str(Arc<crate::text::PyStr>),
    Bytes(Arc<[u8]>),
    Tuple(Vec<ObjRef>),
    FrozenSet(Vec<ObjRef>),
}

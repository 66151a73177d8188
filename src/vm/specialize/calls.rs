//! Forms of calls: they depend on what is called, and how CPython hands arguments to it.
//!
//! ```text
//!   len(x)        PRECALL_NO_KW_LEN does it all, CALL is skipped
//!   f(x)          PRECALL_PYFUNC, CALL_PY_EXACT_ARGS: func_version 109
//! ```
//!
//! Here a PRECALL that does it all only says that CALL is not to look for a form of its own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Found;
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{Vm, instr::Unit, native::Kind},
};

/// How C code takes its arguments (`METH_O` and the like).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    NoArgs,
    One,
    Fast,
    FastKeywords,
    /// a tuple and a dict
    Packed,
}

/// Functions and methods by convention: `len`, `math.sqrt`, `list.append`.
const CONVENTIONS: &str = include_str!("conventions.txt");

/// The same as a table: name → those of which module or type, and their convention.
static BY_NAME: LazyLock<FxHashMap<&str, Vec<(&str, Convention)>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&str, Vec<(&str, Convention)>> = FxHashMap::default();
    for line in CONVENTIONS.lines() {
        let mut words = line.split(' ');
        let convention = match words.next() {
            Some("NOARGS") => Convention::NoArgs,
            Some("O") => Convention::One,
            Some("FAST") => Convention::Fast,
            _ => Convention::FastKeywords,
        };
        for word in words {
            let (owner, name) = word.rsplit_once('.').unwrap_or(("", word));
            table.entry(name).or_default().push((owner, convention));
        }
    }
    table
});

/// The convention of a function or method, by its name and that of its module or type.
fn convention_of(owner: &str, name: &str) -> Convention {
    let rows = BY_NAME.get(name).map_or(&[][..], Vec::as_slice);
    rows.iter().find(|row| row.0 == owner).map_or(Convention::Packed, |row| row.1)
}

impl Vm {
    /// Where the callable of a PRECALL or CALL lies, and how many arguments follow it.
    #[inline(always)]
    pub(in crate::vm) fn call_shape(&self, unit: Unit) -> (usize, usize) {
        let (at, n) = (self.sp - 1 - unit.arg as usize, unit.arg as usize);
        if self.stack[at - 1].is_some() { (at - 1, n + 1) } else { (at, n) }
    }

    /// How CPython calls a builtin function or method.
    fn convention(&self, callable: ObjRef) -> Option<Convention> {
        let native = self.native_of(callable)?;
        let def = &self.natives[native.id.0 as usize];
        let owner = match native.owner {
            Some(owner) => self.heap.type_of_type(owner).short_name().to_owned(),
            None => def.module.trim_start_matches('_').to_owned(),
        };
        Some(convention_of(&owner, def.name))
    }

    pub(super) fn precall_form(&mut self, pc: usize, unit: Unit) -> Found {
        let (at, n) = self.call_shape(unit);
        let Some(callable) = self.stack[at] else { return Found::Nothing };
        let has_names = self.kwnames.is_some();
        let form = match self.ty(callable) {
            FUNCTION => Op::PRECALL_PYFUNC,
            METHOD => Op::PRECALL_BOUND_METHOD,
            BUILTIN_FUNCTION => match self.convention(callable) {
                Some(Convention::One) if has_names || n != 1 => return Found::Nothing,
                Some(Convention::One) if self.is_builtin(callable, "len") => Op::PRECALL_NO_KW_LEN,
                Some(Convention::One) => Op::PRECALL_NO_KW_BUILTIN_O,
                Some(Convention::Fast) if has_names => return Found::Nothing,
                Some(Convention::Fast) if n == 2 && self.is_builtin(callable, "isinstance") => Op::PRECALL_NO_KW_ISINSTANCE,
                Some(Convention::Fast) => Op::PRECALL_NO_KW_BUILTIN_FAST,
                Some(Convention::FastKeywords) => Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS,
                _ => return Found::Nothing,
            },
            METHOD_DESCRIPTOR => match self.convention(callable) {
                _ if has_names => return Found::Nothing,
                Some(Convention::NoArgs) if n == 1 => Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS,
                Some(Convention::One) if n == 2 => {
                    let is_dropped = unit.arg == 1 && self.live_op(pc + 2) == Op::POP_TOP;
                    if is_dropped && self.is_method_of(callable, LIST, "append") {
                        Op::PRECALL_NO_KW_LIST_APPEND
                    } else {
                        Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_O
                    }
                }
                Some(Convention::Fast) => Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST,
                Some(Convention::FastKeywords) => Op::PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS,
                _ => return Found::Nothing,
            },
            _ if self.heap.as_type(callable).is_some_and(|ty| !ty.is_heap) => {
                let is_plain = n == 1 && !has_names && unit.arg == 1;
                match callable {
                    STR if is_plain => Op::PRECALL_NO_KW_STR_1,
                    TYPE if is_plain => Op::PRECALL_NO_KW_TYPE_1,
                    TUPLE if is_plain => Op::PRECALL_NO_KW_TUPLE_1,
                    _ if has_vectorcall(callable) => Op::PRECALL_BUILTIN_CLASS,
                    _ => return Found::Nothing,
                }
            }
            _ => return Found::Nothing,
        };
        // A class method has a flag more than the form knows.
        let native = self.native_of(callable).filter(|native| self.natives[native.id.0 as usize].kind != Kind::ClassMethod);
        self.caches[pc].object = native.map_or(0, |native| native.id.0 + 1);
        Found::Form(form)
    }

    fn is_builtin(&self, callable: ObjRef, name: &str) -> bool {
        self.native_of(callable).is_some_and(|native| {
            let def = &self.natives[native.id.0 as usize];
            def.name == name && def.module.is_empty() && def.kind == Kind::Function
        })
    }

    fn is_method_of(&self, callable: ObjRef, owner: ObjRef, name: &str) -> bool {
        self.native_of(callable).is_some_and(|native| native.name == name && native.owner == Some(owner))
    }

    pub(super) fn call_form(&mut self, pc: usize, unit: Unit) -> Found {
        let (at, n) = self.call_shape(unit);
        let Some(callable) = self.stack[at].filter(|&callable| self.ty(callable) == FUNCTION) else { return Found::Nothing };
        if self.kwnames.is_some() {
            return Found::Nothing;
        }
        let Some(parameters) = self.parameters_of(callable) else { return Found::Nothing };
        let Body::Function(function) = &self.heap.slot(callable).body else { return Found::Nothing };
        let defaults = function.defaults.and_then(|defaults| self.heap.tuple(defaults)).map_or(0, <[ObjRef]>::len) as u32;
        let least = parameters.saturating_sub(defaults);
        if n as u32 > parameters || (n as u32) < least || parameters > u32::from(u16::MAX) {
            return Found::Nothing;
        }
        let version = self.function_version(callable);
        let cache = &mut self.caches[pc];
        (cache.version, cache.index) = (version, least as u16);
        Found::Form(if parameters == n as u32 { Op::CALL_PY_EXACT_ARGS } else { Op::CALL_PY_WITH_DEFAULTS })
    }

    /// Whether what PRECALL finds is what its form is for.
    pub(super) fn precall_fits(&mut self, pc: usize, unit: Unit) -> bool {
        let is_method = self.stack[self.sp - 2 - unit.arg as usize].is_some();
        let (at, n) = self.call_shape(unit);
        let Some(callable) = self.stack[at] else { return false };
        let ty = self.ty(callable);
        let wanted = match unit.op {
            Op::PRECALL_PYFUNC => return ty == FUNCTION,
            Op::PRECALL_BOUND_METHOD => return ty == METHOD && !is_method,
            Op::PRECALL_NO_KW_STR_1 => return callable == STR && n == 1,
            Op::PRECALL_NO_KW_TYPE_1 => return callable == TYPE && n == 1,
            Op::PRECALL_NO_KW_TUPLE_1 => return callable == TUPLE && n == 1,
            Op::PRECALL_BUILTIN_CLASS => return has_vectorcall(callable),
            Op::PRECALL_NO_KW_LEN => return n == 1 && ty == BUILTIN_FUNCTION && self.is_builtin(callable, "len"),
            Op::PRECALL_NO_KW_ISINSTANCE => return n == 2 && ty == BUILTIN_FUNCTION && self.is_builtin(callable, "isinstance"),
            Op::PRECALL_NO_KW_LIST_APPEND => {
                return ty == METHOD_DESCRIPTOR
                    && self.is_method_of(callable, LIST, "append")
                    && self.stack[at + 1].is_some_and(|list| self.ty(list) == LIST);
            }
            Op::PRECALL_NO_KW_BUILTIN_O if n == 1 => Convention::One,
            Op::PRECALL_NO_KW_BUILTIN_FAST => Convention::Fast,
            Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS => Convention::FastKeywords,
            Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_O if n == 2 => Convention::One,
            Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS if n == 1 => Convention::NoArgs,
            Op::PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST => Convention::Fast,
            Op::PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS => Convention::FastKeywords,
            _ => return false,
        };
        let is_descriptor =
            !matches!(unit.op, Op::PRECALL_NO_KW_BUILTIN_O | Op::PRECALL_NO_KW_BUILTIN_FAST | Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS);
        if ty != if is_descriptor { METHOD_DESCRIPTOR } else { BUILTIN_FUNCTION } {
            return false;
        }
        let Some(native) = self.native_of(callable) else { return false };
        let (id, owner) = (native.id, native.owner);
        // A class method has a flag more than the form knows.
        if self.natives[id.0 as usize].kind == Kind::ClassMethod
            || is_descriptor && self.stack[at + 1].is_none_or(|receiver| Some(self.ty(receiver)) != owner)
        {
            return false;
        }
        self.caches[pc].object == id.0 + 1 || self.convention(callable) == Some(wanted)
    }

    pub(super) fn call_fits(&mut self, pc: usize, unit: Unit) -> bool {
        let (at, n) = self.call_shape(unit);
        let cache = self.caches[pc];
        let Some(callable) = self.stack[at] else { return false };
        let slot = self.heap.slot(callable);
        if slot.ty != FUNCTION || slot.num != u64::from(cache.version) {
            return false;
        }
        let parameters = self.parameters_of(callable).unwrap_or_default() as usize;
        match unit.op {
            Op::CALL_PY_EXACT_ARGS => n == parameters,
            _ => n <= parameters && n >= usize::from(cache.index),
        }
    }
}

/// The types that can be called without packing arguments (`tp_vectorcall`).
fn has_vectorcall(ty: ObjRef) -> bool {
    matches!(ty, BOOL | DICT | ENUMERATE | FILTER | FLOAT | FROZENSET | LIST | MAP | RANGE | REVERSED | SET | SUPER | TUPLE | TYPE)
}

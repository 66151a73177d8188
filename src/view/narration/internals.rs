//! What is added for who wants the internals: the bytes of an instruction before it runs, the reference counts that moved after it.
//!
//! `LOAD_FAST n pushed the int 5 (refcount 4); counts: 5 from 3 to 4`

use super::Words;
use crate::{
    bytecode::opcode::{ArgKind, Op},
    heap::ObjRef,
    objects::{Body, Objects},
    view::capture::{Scribe, is_same},
};

/// So many counts are told.
const MOST: usize = 4;

impl Words<'_> {
    /// ` (bytes 7a 00 at offset 12, then 1 unit of cache)`
    pub(super) fn bytes(&self) -> String {
        let Some(python) = self.level.python else { return String::new() };
        let code = &python.code.code.code;
        let end = (self.instr.offset as usize + 2).min(code.len());
        let bytes: Vec<String> = code[(self.instr.start as usize).min(end)..end].iter().map(|byte| format!("{byte:02x}")).collect();
        let caches = match self.instr.op.caches() {
            0 => String::new(),
            1 => ", then 1 unit of cache".into(),
            count => format!(", then {count} units of cache"),
        };
        format!(" (bytes {} at offset {}{caches})", bytes.join(" "), self.instr.start)
    }

    /// `; counts: 5 from 3 to 4, [1] from 2 to 1`: of the operands, of what was loaded, overwritten and pushed.
    pub(super) fn moved(&self, now: &Scribe<'_>, tells_freed: bool) -> String {
        let vm = self.vm();
        let pops = self.instr.op.effect(self.instr.arg).0.min(8) as usize;
        let mut objects: Vec<ObjRef> = (1..=pops).filter_map(|depth| self.slot(depth).flatten()).collect();
        objects.extend(self.loaded());
        objects.extend(self.overwritten());
        objects.extend(now.vm.stack[..now.vm.sp].last().copied().flatten());
        let mut seen: Vec<ObjRef> = Vec::new();
        let mut told = Vec::new();
        for object in objects {
            if seen.contains(&object) || !is_same(vm, now.vm, object) {
                continue;
            }
            seen.push(object);
            let (old, new) = (vm.heap.refcount(object), now.vm.heap.refcount(object));
            if old != new {
                told.push(format!("{} from {old} to {new}", now.text(object, 24)));
            }
        }
        let freed = if tells_freed || matches!(self.instr.op, Op::CALL | Op::CALL_FUNCTION_EX) { String::new() } else { self.freed(now) };
        told.truncate(MOST);
        match told.as_slice() {
            [] => freed,
            told => format!("; counts: {}{freed}", told.join(", ")),
        }
    }

    /// What the variable that is stored to referred to.
    fn overwritten(&self) -> Option<ObjRef> {
        let vm = self.vm();
        let python = self.level.python?;
        match (self.instr.op, self.instr.op.arg_kind()) {
            (Op::STORE_FAST | Op::DELETE_FAST, _) => vm.stack.get(python.frame.base as usize + self.instr.arg as usize).copied().flatten(),
            (Op::STORE_DEREF | Op::DELETE_DEREF, _) => {
                let cell = vm.stack.get(python.frame.base as usize + self.instr.arg as usize).copied().flatten()?;
                match vm.heap.body(cell) {
                    Body::Cell(content) => *content,
                    _ => None,
                }
            }
            (Op::STORE_NAME | Op::DELETE_NAME | Op::STORE_GLOBAL | Op::DELETE_GLOBAL, ArgKind::Name) => {
                let is_global = matches!(self.instr.op, Op::STORE_GLOBAL | Op::DELETE_GLOBAL);
                let space = python.frame.locals.filter(|_| !is_global && python.has_namespace()).unwrap_or(python.frame.globals);
                let name = *vm.heap.tuple(python.code.names)?.get(self.instr.arg as usize)?;
                vm.heap.dict(space).and_then(|_| vm.dict_get_str(space, name))
            }
            _ => None,
        }
    }
}

//! The constants of the program's text, which its syntax tree holds as long as the program runs.
//!
//! ```text
//!   x = 'hello world'
//!   sys.getrefcount(x)     # 4: the variable, the code object's constants, the argument, and the syntax tree
//! ```
//!
//! CPython 3.11 frees the tree of a script (not that of a module) when its run is over. The names in a tree are held too, once
//! for each time that the parser looked at them; those counts are not modelled. Counterpart: `_PyArena_AddPyObject`.

use rustc_hash::FxHashSet;

use super::Vm;
use crate::{
    bytecode::{
        code::{CO_NEWLOCALS, CO_OPTIMIZED, Constant},
        opcode::Op,
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
};

impl Vm {
    /// Holds the constants of the code that is about to start, and of all code in it.
    pub fn keep_literals(&mut self) {
        let Some(code) = self.frames.len().checked_sub(1).and_then(|top| self.python_frame(top)).map(|frame| frame.code) else { return };
        let mut literals = Literals::default();
        literals.of_code(self, code);
        literals.found.iter().for_each(|&object| self.incref(object));
        self.literals = literals.found;
    }

    /// The program is over, and its tree with it.
    pub fn drop_literals(&mut self) {
        let literals = std::mem::take(&mut self.literals);
        self.decref_all(literals);
    }
}

#[derive(Default)]
struct Literals {
    found: Vec<ObjRef>,
    seen: FxHashSet<ObjRef>,
}

impl Literals {
    fn of_code(&mut self, vm: &Vm, code: ObjRef) {
        let Body::Code(record) = vm.heap.body(code) else { return };
        let has_docstring = record.flags & CO_NEWLOCALS != 0 && record.flags & CO_OPTIMIZED != 0 && !record.code.name.starts_with('<');
        let consts = vm.heap.tuple(record.consts).unwrap_or_default();
        if let (Some(Constant::Str(_)), Some(&doc), true) = (record.code.consts.first(), consts.first(), has_docstring) {
            self.add(vm, doc);
        }
        let start = record.start as usize;
        for pc in start..start + record.tables.offsets.len() {
            let pair = [vm.unit_at(pc), vm.unit_at(pc + 1)];
            // These tuples and sets are the compiler's own.
            let made = matches!(pair[1].op, Op::LIST_EXTEND | Op::SET_UPDATE | Op::IMPORT_NAME | Op::BUILD_CONST_KEY_MAP);
            if pair[0].op == Op::LOAD_CONST && !made {
                self.add(vm, pair[0].object());
            }
        }
        for &constant in consts {
            self.of_code(vm, constant);
        }
    }

    fn add(&mut self, vm: &Vm, object: ObjRef) {
        if vm.heap.is_static(object) || vm.ty(object) == CODE || !self.seen.insert(object) {
            return;
        }
        self.found.push(object);
        if let Some(items) = vm.heap.sequence(object) {
            items.iter().for_each(|&item| self.add(vm, item));
        }
    }
}

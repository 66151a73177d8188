//! The containers that CPython's compiler needs for the time of a compilation: what they do to free lists and to the collector's count.
//!
//! ```python
//! gc.collect(); gc.get_count()[0]; compile("x = 1", "", "exec"); gc.get_count()[0]      # 25 more
//! ```
//!
//! Its symbol tables and units are dicts and lists, and what it merges is looked up by keys that are tuples. All of them die with
//! the compilation and are kept by the free lists, so that only the first one after a full collection shows.
//! Counterpart in CPython 3.11: `symtable_new`, `compiler_enter_scope`, `_PyCode_ConstantKey`, `merge_const_one`.

use std::{fmt::Write, sync::Arc};

use rustc_hash::FxHashSet;

use super::Vm;
use crate::{
    bytecode::code::{CodeObject, Constant},
    heap::{Kept, ObjRef},
    objects::core_types::NONE,
};

/// Dicts and lists of a compilation without inner scopes.
const DICTS: usize = 8;
const LISTS: usize = 6;
/// What an inner scope needs while it is compiled, and a symbol table for as long as all is.
const DICTS_OF_UNIT: usize = 5;
const DICTS_OF_SCOPE: usize = 1;
const LISTS_OF_SCOPE: usize = 2;
/// Longer tuples are not kept.
const LONGEST: usize = 20;

/// What the start of CPython leaves in the free lists: measured with its site module, before the program is compiled.
const DICTS_AT_START: usize = 8;
const LISTS_AT_START: usize = 40;
const FLOATS_AT_START: usize = 4;
const KEYS_AT_START: usize = 71;
/// Tuples by length, from 1 on.
const TUPLES_AT_START: [usize; LONGEST] = [4, 8, 2, 2, 3, 0, 8, 6, 1, 0, 1, 3, 5, 1, 2, 2, 2, 3, 1, 6];

impl Vm {
    /// The program is about to be compiled: free lists and the collector's count are as CPython's are then.
    pub fn begin_program(&mut self, count: u32) {
        self.make_and_drop(Kept::Dict, DICTS_AT_START, Vm::new_dict);
        self.make_and_drop(Kept::List, LISTS_AT_START, |vm| vm.new_list([]));
        self.make_and_drop(Kept::Float, FLOATS_AT_START, |vm| vm.new_float(0.5));
        for (at, &wanted) in TUPLES_AT_START.iter().enumerate() {
            self.pass_tuples(at + 1, wanted);
        }
        self.heap.fill_keys(KEYS_AT_START);
        self.heap.collector.generations[0].count = count;
    }

    /// So many tuples of a length live at the same time.
    fn pass_tuples(&mut self, len: usize, wanted: usize) {
        self.make_and_drop(Kept::Tuple(len), wanted, |vm| {
            vm.heap.incref_by(NONE, len as u32);
            vm.new_tuple(std::iter::repeat_n(NONE, len))
        });
    }

    /// Text has been compiled to this code.
    pub fn pass_compilation(&mut self, code: &CodeObject) {
        let mut tally = Tally::default();
        tally.code(code);
        let (scopes, depth) = inner_scopes(code);
        let dicts = DICTS + DICTS_OF_UNIT * depth + DICTS_OF_SCOPE * scopes;
        self.make_and_drop(Kept::Dict, dicts, Vm::new_dict);
        self.make_and_drop(Kept::List, LISTS + LISTS_OF_SCOPE * scopes, |vm| vm.new_list([]));
        for len in 1..=LONGEST {
            self.pass_tuples(len, tally.made[len]);
        }
    }

    /// So many of a kind live at the same time.
    fn make_and_drop(&mut self, kept: Kept, wanted: usize, make: impl Fn(&mut Vm) -> ObjRef) {
        if (self.heap.free_lists.count(kept).0 as usize) < wanted {
            let made: Vec<ObjRef> = (0..wanted).map(|_| make(self)).collect();
            self.decref_all(made);
        }
    }
}

/// How many scopes there are in a code object, and how deep they are nested.
fn inner_scopes(code: &CodeObject) -> (usize, usize) {
    let inner = code.consts.iter().filter_map(|constant| match constant {
        Constant::Code(code) => Some(inner_scopes(code)),
        _ => None,
    });
    inner.fold((0, 0), |(scopes, depth), (more, below)| (scopes + more + 1, depth.max(below + 1)))
}

/// Tuples by length: how many had to be made, and how many of them are free again.
#[derive(Default)]
struct Tally {
    made: [usize; LONGEST + 1],
    idle: [usize; LONGEST + 1],
    /// What constants have been merged, by their text.
    known: FxHashSet<String>,
}

impl Tally {
    fn take(&mut self, len: usize) {
        if (1..=LONGEST).contains(&len) {
            match self.idle[len].checked_sub(1) {
                Some(left) => self.idle[len] = left,
                None => self.made[len] += 1,
            }
        }
    }

    fn code(&mut self, code: &CodeObject) {
        for constant in &*code.consts {
            match constant {
                Constant::Code(inner) => self.code(inner),
                _ => {
                    self.take_tuples(constant);
                    self.merge(constant, 0);
                }
            }
        }
        for bytes in [&code.exceptiontable, &code.linetable, &code.code] {
            self.merge(&Constant::Bytes(bytes.as_slice().into()), 0);
        }
        let strings =
            |names: &[Arc<str>]| -> Arc<[Constant]> { names.iter().map(|name| Constant::Str(Arc::new((&**name).into()))).collect() };
        for items in [strings(&code.names), code.consts.iter().cloned().collect(), strings(&code.localsplusnames)] {
            self.take(items.len());
            let len = items.len();
            self.merge(&Constant::Tuple(items), len);
        }
    }

    /// A constant tuple and the tuples in it.
    fn take_tuples(&mut self, constant: &Constant) {
        if let Constant::Tuple(items) = constant {
            self.take(items.len());
            items.iter().for_each(|item| self.take_tuples(item));
        }
    }

    /// Looks a constant up; if there is an equal one, the key goes again, and with it the tuple of this length that it is. Else the
    /// items of a tuple are looked up, too (`merge_consts_recursive`).
    fn merge(&mut self, constant: &Constant, own: usize) {
        let mut taken = Vec::new();
        let mut text = String::new();
        self.key(constant, &mut taken, &mut text);
        if !self.known.insert(text) {
            taken.into_iter().chain([own]).filter(|len| (1..=LONGEST).contains(len)).for_each(|len| self.idle[len] += 1);
        } else if let (Constant::Tuple(items), 0) = (constant, own) {
            items.iter().for_each(|item| self.merge(item, 0));
        }
    }

    /// The key of a constant: itself, or a tuple that says its type too.
    fn key(&mut self, constant: &Constant, taken: &mut Vec<usize>, text: &mut String) {
        match constant {
            Constant::Code(code) => {
                let _ = write!(text, "code {:p}", Arc::as_ptr(code));
                return;
            }
            Constant::Tuple(items) => {
                text.push('(');
                for item in &**items {
                    self.key(item, taken, text);
                    text.push(',');
                }
                text.push(')');
                self.take(items.len());
                taken.push(items.len());
            }
            _ => {
                let _ = write!(text, "{constant:?}");
            }
        }
        if !matches!(constant, Constant::None | Constant::Ellipsis | Constant::Int(_) | Constant::Str(_)) {
            self.take(2);
            taken.push(2);
        }
    }
}

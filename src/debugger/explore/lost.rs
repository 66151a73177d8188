//! Lost updates: a function reads a variable, another thread writes it, and the function writes what it made of the old value.
//!
//! Invariant: nothing here changes the machine. Watched are the program's own functions, and what threads share: global
//! variables, attributes, items, and variables of enclosing functions. Objects are told apart by their births.
//!
//! `account.balance = account.balance + interest()` in two threads. CPython has no counterpart.

use std::collections::HashMap;

use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects},
    vm::{Vm, frame::FrameKind, threads::ThreadId},
};

/// What threads share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Variable {
    Global(u32, String),
    Attribute(u32, String),
    Item(u32, Key),
    /// Of an enclosing function, in its cell.
    Cell(u32),
}

/// What an item is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Number(i64),
    Text(String),
    Other(u32),
}

/// Who has read and written what.
#[derive(Default)]
pub(super) struct Watch {
    /// When each thread last read a variable, in which code object.
    reads: HashMap<(ThreadId, Variable), (u64, ObjRef)>,
    /// Who wrote it last, and when.
    writes: HashMap<Variable, (ThreadId, u64)>,
    pub(super) lost: Vec<String>,
}

impl Watch {
    /// Looks at the next instruction.
    pub(super) fn look(&mut self, vm: &Vm, step: u64) {
        let Some(FrameKind::Python(frame)) = vm.frames.last().map(|frame| &frame.kind) else { return };
        let unit = vm.unit_at(vm.pc as usize);
        let is_write = match unit.op {
            Op::LOAD_GLOBAL | Op::LOAD_NAME | Op::LOAD_ATTR | Op::BINARY_SUBSCR | Op::LOAD_DEREF | Op::LOAD_CLASSDEREF => false,
            Op::STORE_GLOBAL | Op::STORE_NAME | Op::STORE_ATTR | Op::STORE_SUBSCR | Op::STORE_DEREF => true,
            _ => return,
        };
        let code = frame.code;
        let Body::Code(record) = vm.heap.body(code) else { return };
        if record.code.filename.starts_with("<frozen") {
            return;
        }
        let above = |depth: usize| vm.stack.get(vm.sp.wrapping_sub(depth)).copied().flatten();
        let birth = |object: ObjRef| vm.heap.birth(object);
        let found = match unit.op {
            // A namespace of a class body is nobody else's.
            Op::LOAD_NAME | Op::STORE_NAME if frame.locals.is_some_and(|locals| locals != frame.globals) => None,
            Op::LOAD_GLOBAL | Op::LOAD_NAME | Op::STORE_GLOBAL | Op::STORE_NAME => {
                Some((Variable::Global(birth(frame.globals), vm.name_text(unit.object())), None))
            }
            Op::LOAD_ATTR | Op::STORE_ATTR => {
                above(1).map(|owner| (Variable::Attribute(birth(owner), vm.name_text(unit.object())), Some(owner)))
            }
            Op::BINARY_SUBSCR | Op::STORE_SUBSCR => {
                above(2).zip(above(1)).map(|(owner, key)| (Variable::Item(birth(owner), Key::of(vm, key)), Some(owner)))
            }
            _ => vm.stack.get(frame.base as usize + unit.arg as usize).copied().flatten().map(|cell| (Variable::Cell(birth(cell)), None)),
        };
        let Some((variable, owner)) = found else { return };
        let thread = vm.threads.current().id;
        if !is_write {
            self.reads.insert((thread, variable), (step, code));
            return;
        }
        let read = self.reads.remove(&(thread, variable.clone()));
        if let (Some((read, reader)), Some(&(writer, written))) = (read, self.writes.get(&variable))
            && writer != thread
            && written > read
            && reader == code
        {
            let name = match &variable {
                Variable::Cell(_) => record.code.localsplusnames.get(unit.arg as usize).map(ToString::to_string).unwrap_or_default(),
                variable => variable.told(vm, owner),
            };
            self.lost.push(format!(
                "an update of {name} by thread {} is lost: thread {} had read it before, and writes it in {}",
                writer.0,
                thread.0,
                super::own_place(vm).unwrap_or_default()
            ));
        }
        self.writes.insert(variable, (thread, step));
    }
}

impl Variable {
    /// `balance`, `account.balance`, `counts['a']`
    fn told(&self, vm: &Vm, owner: Option<ObjRef>) -> String {
        let owner = owner.map(|owner| vm.name_of(owner).unwrap_or_else(|| format!("<{}>", vm.type_name(owner)))).unwrap_or_default();
        match self {
            Variable::Global(_, name) => name.clone(),
            Variable::Attribute(_, name) => format!("{owner}.{name}"),
            Variable::Item(_, Key::Number(number)) => format!("{owner}[{number}]"),
            Variable::Item(_, Key::Text(text)) => format!("{owner}['{text}']"),
            Variable::Item(_, Key::Other(_)) => format!("{owner}[…]"),
            Variable::Cell(_) => String::new(),
        }
    }
}

impl Key {
    fn of(vm: &Vm, key: ObjRef) -> Key {
        match (vm.small_value(key), vm.heap.str(key)) {
            (Some(number), _) => Key::Number(number),
            (None, Some(text)) => Key::Text(text.to_string_lossy()),
            (None, None) => Key::Other(vm.heap.birth(key)),
        }
    }
}

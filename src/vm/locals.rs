//! The variables of a running frame as a dict, and back: `locals()`, `frame.f_locals`.
//!
//! A function keeps its variables in slots; the dict is a copy, made when somebody asks and brought up to date each time.
//! What a trace function writes into it goes back into the slots when it returns.
//! Counterpart in CPython 3.11: `PyFrame_FastToLocals`, `PyFrame_LocalsToFast`.

use super::{Vm, frame::FrameKind};
use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE, CO_OPTIMIZED},
    heap::ObjRef,
    objects::{Body, Objects},
};

impl Vm {
    /// `locals()` in the frame at `depth`, borrowed: the namespace of a module or class, or the frame's dict of its variables,
    /// brought up to date.
    pub fn locals_of_running(&mut self, depth: usize) -> ObjRef {
        let frame = self.python_frame(depth).expect("a Python frame");
        let (code, base, locals, globals) = (frame.code, frame.base as usize, frame.locals, frame.globals);
        if !self.is_optimized(code) {
            return locals.unwrap_or(globals);
        }
        let dict = match locals {
            Some(dict) => dict,
            None => {
                let dict = self.new_dict();
                if let FrameKind::Python(frame) = &mut self.frames[depth].kind {
                    frame.locals = Some(dict);
                }
                dict
            }
        };
        let Body::Code(record) = self.heap.body(code) else { panic!("a code object") };
        let slots: Vec<Option<ObjRef>> = self.stack[base..base + record.nlocalsplus as usize].to_vec();
        self.fill_locals(dict, code, &slots);
        dict
    }

    /// Whether the code keeps its variables in slots: that of a function.
    pub fn is_optimized(&self, code: ObjRef) -> bool {
        matches!(self.heap.body(code), Body::Code(code) if code.flags & CO_OPTIMIZED != 0)
    }

    /// Copies variables into a dict; those without a value are deleted from it.
    pub fn fill_locals(&mut self, dict: ObjRef, code: ObjRef, slots: &[Option<ObjRef>]) {
        for (index, (name, in_cell)) in self.variables_of(code).into_iter().enumerate() {
            let mut value = slots.get(index).copied().flatten();
            if in_cell
                && let Some(cell) = value
                && let Body::Cell(content) = self.heap.body(cell)
            {
                value = *content;
            }
            match value {
                Some(value) => {
                    self.incref(value);
                    self.dict_set_str(dict, name, value);
                }
                None => {
                    self.dict_del_str(dict, name);
                }
            }
        }
    }

    /// Takes the variables of the running frame at `depth` from the dict that [`Vm::locals_of_running`] made.
    pub fn take_locals(&mut self, depth: usize) {
        let Some(frame) = self.python_frame(depth) else { return };
        let (code, base, Some(dict)) = (frame.code, frame.base as usize, frame.locals) else { return };
        if !self.is_optimized(code) || self.heap.dict(dict).is_none() {
            return;
        }
        for (index, (name, in_cell)) in self.variables_of(code).into_iter().enumerate() {
            let value = self.dict_get_str(dict, name);
            let slot = self.stack[base + index];
            let cell = slot.filter(|&cell| in_cell && matches!(self.heap.body(cell), Body::Cell(_)));
            let old = match cell {
                Some(cell) => match self.heap.body(cell) {
                    Body::Cell(content) => *content,
                    _ => None,
                },
                None => slot,
            };
            if old == value {
                continue;
            }
            value.iter().for_each(|&value| self.incref(value));
            match cell.map(|cell| self.heap.body_mut(cell)) {
                Some(Body::Cell(content)) => *content = value,
                _ => self.stack[base + index] = value,
            }
            self.xdecref(old);
        }
    }

    /// Gives a variable of the running function at `depth` a value, which is owned. False: it has none of that name, and the
    /// value is still the caller's.
    pub fn set_variable(&mut self, depth: usize, name: &str, value: ObjRef) -> bool {
        let Some(frame) = self.python_frame(depth) else { return false };
        let (code, base) = (frame.code, frame.base as usize);
        let is_it = |vm: &Vm, object: ObjRef| vm.text(object).is_some_and(|text| text.to_string_lossy() == name);
        let found = self.variables_of(code).into_iter().enumerate().find(|(_, (object, _))| is_it(self, *object));
        let Some((index, (_, in_cell))) = found else { return false };
        let cell = self.stack[base + index].filter(|_| in_cell);
        let old = match cell.map(|cell| self.heap.body_mut(cell)) {
            Some(Body::Cell(content)) => content.replace(value),
            _ => self.stack[base + index].replace(value),
        };
        self.xdecref(old);
        true
    }

    /// The names of a code object's slots, and whether a cell lies there.
    fn variables_of(&self, code: ObjRef) -> Vec<(ObjRef, bool)> {
        let Body::Code(record) = self.heap.body(code) else { panic!("a code object") };
        let kinds = &record.code.localspluskinds;
        let in_cell = |index: usize| kinds.get(index).copied().unwrap_or(0) & (CO_FAST_CELL | CO_FAST_FREE) != 0;
        self.heap
            .tuple(record.localsplusnames)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(|(index, &name)| (name, in_cell(index)))
            .collect()
    }
}

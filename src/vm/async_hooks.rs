//! What the program wants to know of its coroutines and async generators.
//!
//! ```text
//!   sys.set_asyncgen_hooks(firstiter=f, finalizer=g)     f(agen) before its first step, g(agen) when it dies unfinished
//!   sys.set_coroutine_origin_tracking_depth(2)           coroutine.cr_origin: who called, and who called that
//! ```
//!
//! Counterpart in CPython 3.11: `async_gen_init_hooks`, `compute_cr_origin` in `Objects/genobject.c`.

use super::{Res, Vm, protocol::after::After};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, generator::GeneratorState},
};

#[derive(Clone, Default)]
pub struct AsyncHooks {
    pub firstiter: Option<ObjRef>,
    pub finalizer: Option<ObjRef>,
    /// So many frames above a new coroutine are remembered.
    pub origin_depth: u32,
}

/// A flag of async generators, in the number bits of the slot: the hooks have been asked.
const INITED: u64 = 4;
/// Another: `aclose` has begun, or its body has ended.
pub const CLOSED: u64 = 2;

impl Vm {
    /// Somebody asks an async generator for something: the first time it learns of its finalizer and `firstiter` of it. Then
    /// the awaitable (owned) is given.
    pub fn with_async_hooks(&mut self, generator: ObjRef, awaitable: ObjRef) -> Res {
        let slot = self.heap.slot_mut(generator);
        let inited = slot.num & INITED != 0;
        slot.num |= INITED;
        if !inited {
            if let Some(finalizer) = self.async_hooks.finalizer {
                self.incref(finalizer);
                if let Body::Generator(record) = self.heap.body_mut(generator) {
                    record.origin_or_finalizer = Some(finalizer);
                }
            }
            if let Some(firstiter) = self.async_hooks.firstiter {
                let depth = self.frames.len();
                self.incref(firstiter);
                let result = self.call(firstiter, &[generator]);
                let state = After::new("firstiter", &[], 0, |vm, state, value| {
                    vm.decref(value);
                    super::raised::done(vm.own(state.owned[0]))
                });
                return self.after(depth, result, state.owning([awaitable, firstiter]));
            }
        }
        super::raised::done(awaitable)
    }

    /// What is called when this async generator dies, if it has not ended or been closed.
    pub(super) fn async_finalizer(&self, object: ObjRef) -> Option<ObjRef> {
        if self.ty(object) != ASYNC_GENERATOR || self.heap.slot(object).num & CLOSED != 0 {
            return None;
        }
        match self.heap.body(object) {
            Body::Generator(record) if !matches!(record.state, GeneratorState::Finished) => record.origin_or_finalizer,
            _ => None,
        }
    }

    /// The tuple that becomes `cr_origin`: file, line and function of so many frames, from the caller's on. Owned.
    pub(super) fn coroutine_origin(&mut self) -> Option<ObjRef> {
        if self.async_hooks.origin_depth == 0 {
            return None;
        }
        let depths: Vec<usize> = (0..self.frames.len()).rev().filter(|&depth| self.python_frame(depth).is_some()).collect();
        let mut rows = Vec::new();
        for depth in depths.into_iter().skip(1).take(self.async_hooks.origin_depth as usize) {
            let code = self.python_frame(depth).expect("looked for above").code;
            let line = self.line_at(code, self.lasti_of(code, self.frame_pc(depth)).max(0) as u32);
            let Body::Code(record) = self.heap.body(code) else { continue };
            let (file, name) = (record.code.filename.clone(), record.code.name.clone());
            let row = [self.new_str(&*file), self.new_int(line.into()), self.new_interned(&name)];
            rows.push(self.new_tuple(row));
        }
        Some(self.new_tuple(rows))
    }
}

//! The audit: recomputes every refcount from all references there are, and compares.
//!
//! It finds what Rust's types cannot: a native that forgot to give a reference back, or gave it back twice.

use rustc_hash::FxHashMap;

use super::{
    Pending, Vm,
    frame::{FrameKind, NativeState},
};
use crate::{
    heap::{ObjRef, Trace},
    objects::core_types::*,
};

/// One object whose count is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    pub object: ObjRef,
    pub type_name: String,
    pub text: String,
    pub refcount: u32,
    pub references: u32,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Mismatch { object, type_name, text, refcount, references } = self;
        write!(f, "{object:?} ({type_name} {text}): refcount {refcount}, but {references} references")
    }
}

impl Vm {
    /// Every object whose refcount is not the number of references to it. Empty: all is well.
    pub fn audit(&self) -> Vec<Mismatch> {
        let mut references: FxHashMap<ObjRef, u32> = FxHashMap::default();
        let mut count = |object: ObjRef| *references.entry(object).or_default() += 1;
        for (object, slot) in self.heap.iter() {
            slot.body.trace(&mut count);
            if !is_core_type(slot.ty) {
                count(slot.ty);
            }
            if object.index() <= RESERVED {
                count(object); // fixed objects hold themselves
            }
        }
        for object in [TRUE_TEXT, FALSE_TEXT] {
            references.entry(object).and_modify(|found| *found += STATIC_REFCOUNT - 1);
        }
        let mut count = |object: ObjRef| *references.entry(object).or_default() += 1;
        self.stack.iter().flatten().for_each(|&object| count(object));
        self.trace_roots(&mut count);
        self.heap
            .iter()
            .filter_map(|(object, slot)| {
                let found = references.get(&object).copied().unwrap_or(0);
                (found != slot.refcount).then(|| Mismatch {
                    object,
                    type_name: self.type_name(object).to_string(),
                    text: self.repr_lossy(object),
                    refcount: slot.refcount,
                    references: found,
                })
            })
            .collect()
    }

    /// References held by the machine itself, outside heap and stack.
    pub fn trace_roots(&self, count: &mut dyn FnMut(ObjRef)) {
        for frame in &self.frames {
            match &frame.kind {
                FrameKind::Python(frame) => {
                    count(frame.code);
                    match frame.func {
                        Some(func) => count(func),
                        None => {
                            count(frame.globals);
                            count(frame.builtins);
                        }
                    }
                    frame.locals.iter().chain(&frame.object).for_each(|&object| count(object));
                }
                FrameKind::Native(NativeState::Init { instance, args }) => {
                    count(*instance);
                    count(*args);
                }
                FrameKind::Native(NativeState::Waiting(native)) => native.trace(count),
                FrameKind::Native(NativeState::Active) => {}
            }
        }
        self.names.each().into_iter().for_each(&mut *count);
        self.type_cache.iter().filter_map(|entry| entry.name).for_each(&mut *count);
        self.thread_dict.iter().for_each(|&object| count(object));
        self.handled.iter().flatten().for_each(|&object| count(object));
        [self.modules, self.builtins, self.sys_dict].into_iter().for_each(&mut *count);
        for work in &self.pending {
            match work {
                Pending::Finalize(object) => count(*object),
                Pending::WeakCallback { weakref, callback } => {
                    count(*weakref);
                    count(*callback);
                }
                Pending::Collect(garbage) => super::native_frame::Native::trace(garbage, count),
            }
        }
        match &self.result {
            Some(Ok(value)) => count(*value),
            Some(Err(raised)) => count(raised.0),
            None => {}
        }
    }
}

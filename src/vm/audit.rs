//! The audit: recomputes every refcount from all references there are, and compares.
//!
//! It finds what Rust's types cannot: a native that forgot to give a reference back, or gave it back twice.

use rustc_hash::FxHashMap;

use super::{
    Pending, Vm,
    frame::{Frame, FrameKind, NativeState},
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
        for (_, slot) in self.heap.iter() {
            slot.body.trace(&mut count);
            if !is_core_type(slot.ty) {
                count(slot.ty);
            }
        }
        // fixed objects hold themselves
        for object in (1..=RESERVED).map(ObjRef::new) {
            *references.entry(object).or_default() += static_references(object);
        }
        let mut count = |object: ObjRef| *references.entry(object).or_default() += 1;
        self.stack.iter().flatten().for_each(|&object| count(object));
        self.trace_roots(&mut count);
        self.heap
            .iter()
            .filter_map(|(object, slot)| {
                let found = references.get(&object).copied().unwrap_or(0);
                (found != slot.refcount()).then(|| Mismatch {
                    object,
                    type_name: self.type_name(object).to_string(),
                    text: self.repr_lossy(object),
                    refcount: slot.refcount(),
                    references: found,
                })
            })
            .collect()
    }

    /// References held by the machine itself, outside heap and stack.
    pub fn trace_roots(&self, count: &mut dyn FnMut(ObjRef)) {
        self.each_root(&mut |_, object| count(object));
    }

    /// The same, each with what it is.
    pub fn each_root(&self, visit: &mut dyn FnMut(Root, ObjRef)) {
        (0..self.frames.len()).for_each(|depth| self.frame_roots(depth, visit));
        self.names.each().into_iter().for_each(|object| visit(Root::Names, object));
        self.type_cache.iter().filter_map(|entry| entry.name).for_each(|object| visit(Root::TypeCache, object));
        self.other_roots(visit);
    }

    /// Whether a place holds an object. The machine's own names are never given up.
    pub fn root_holds(&self, root: Root, object: ObjRef) -> bool {
        let mut holds = false;
        let mut look = |it: Root, held: ObjRef| holds |= it == root && held == object;
        match root {
            Root::FrameCode(depth)
            | Root::FrameFunction(depth)
            | Root::FrameGlobals(depth)
            | Root::FrameBuiltins(depth)
            | Root::FrameLocals(depth)
            | Root::FrameObject(depth)
            | Root::Native(depth) => self.frame_roots(depth as usize, &mut look),
            Root::Names => return true,
            Root::TypeCache => return self.type_cache.iter().any(|entry| entry.name == Some(object)),
            _ => self.other_roots(&mut look),
        }
        holds
    }

    /// What the frame at `depth` holds beside its variables and its value stack.
    fn frame_roots(&self, depth: usize, visit: &mut dyn FnMut(Root, ObjRef)) {
        if let Some(frame) = self.frames.get(depth) {
            roots_of(frame, depth as u32, visit);
        }
    }

    /// The places outside frames and tables.
    fn other_roots(&self, visit: &mut dyn FnMut(Root, ObjRef)) {
        self.tracing.trace(&mut |object| visit(Root::Tracing, object));
        let hooks = self.async_hooks.firstiter.iter().chain(&self.async_hooks.finalizer);
        hooks.for_each(|&object| visit(Root::AsyncHooks, object));
        self.gc_module.iter().flat_map(|module| [module.callbacks, module.garbage]).for_each(|object| visit(Root::GcModule, object));
        self.pending_text.list.iter().for_each(|&object| visit(Root::PendingText, object));
        self.parsers.iter().for_each(|&(_, names)| visit(Root::Parsers, names));
        self.literals.iter().for_each(|&object| visit(Root::SyntaxTree, object));
        self.lost.iter().for_each(|&object| visit(Root::Lost, object));
        self.unraisable_args.iter().for_each(|&object| visit(Root::UnraisableArgs, object));
        self.thread_dict.iter().for_each(|&object| visit(Root::ThreadDict, object));
        self.handled.iter().flatten().for_each(|&object| visit(Root::Handled, object));
        self.context.iter().for_each(|&object| visit(Root::ThreadDict, object));
        self.threads.trace(&mut |object| visit(Root::Thread, object));
        for thread in &self.threads.list {
            thread.parked.frames.iter().for_each(|frame| roots_of(frame, 0, &mut |_, object| visit(Root::Thread, object)));
        }
        visit(Root::Modules, self.modules);
        visit(Root::Builtins, self.builtins);
        visit(Root::SysDict, self.sys_dict);
        for work in &self.pending {
            match work {
                Pending::Finalize(object) => visit(Root::Finalizer, *object),
                Pending::WeakCallback(callback) => {
                    super::native_frame::Native::trace(callback, &mut |object| visit(Root::WeakCallback, object));
                }
                Pending::Told(_) => {}
                Pending::Collect(garbage) => super::native_frame::Native::trace(garbage, &mut |object| visit(Root::Collector, object)),
            }
        }
        match &self.result {
            Some(Ok(value)) => visit(Root::Result, *value),
            Some(Err(raised)) => visit(Root::Result, raised.0),
            None => {}
        }
    }
}

/// What a frame holds beside its variables and its value stack.
fn roots_of(frame: &Frame, depth: u32, visit: &mut dyn FnMut(Root, ObjRef)) {
    match &frame.kind {
        FrameKind::Python(frame) => {
            visit(Root::FrameCode(depth), frame.code);
            match frame.func {
                Some(func) => visit(Root::FrameFunction(depth), func),
                None => {
                    visit(Root::FrameGlobals(depth), frame.globals);
                    visit(Root::FrameBuiltins(depth), frame.builtins);
                }
            }
            frame.locals.iter().for_each(|&object| visit(Root::FrameLocals(depth), object));
            frame.object.iter().for_each(|&object| visit(Root::FrameObject(depth), object));
        }
        FrameKind::Native(NativeState::Init { instance, args }) => {
            visit(Root::Native(depth), *instance);
            visit(Root::Native(depth), *args);
        }
        FrameKind::Native(state) => {
            if let Some(native) = state.waiting() {
                native.trace(&mut |object| visit(Root::Native(depth), object));
            }
        }
    }
}

/// A place of the machine that holds a reference. The number is the depth of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Root {
    FrameCode(u32),
    FrameFunction(u32),
    FrameGlobals(u32),
    FrameBuiltins(u32),
    FrameLocals(u32),
    FrameObject(u32),
    /// native code that waits for Python code
    Native(u32),
    /// the names that the machine looks up itself
    Names,
    /// the cache of attribute lookups, which holds names
    TypeCache,
    /// the functions of `sys.settrace` and `sys.setprofile`
    Tracing,
    /// those of `sys.set_asyncgen_hooks`
    AsyncHooks,
    /// what `sys.stdout` has not handed on
    PendingText,
    /// the names that natives take
    Parsers,
    /// the constants of the program's text
    SyntaxTree,
    /// references that CPython loses
    Lost,
    /// the type `UnraisableHookArgs`
    UnraisableArgs,
    /// the lists of `gc`
    GcModule,
    ThreadDict,
    /// another thread: its frames, its variables, its function
    Thread,
    /// the exception that is being handled
    Handled,
    Modules,
    Builtins,
    SysDict,
    /// `__del__` is about to be called
    Finalizer,
    WeakCallback,
    /// garbage that is being taken apart
    Collector,
    /// the result of the program
    Result,
}

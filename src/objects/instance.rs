//! Instances of classes: attributes, slots, and the body of the builtin type that the class inherits from.
//!
//! ```python
//! class P: pass          # inner: nothing            attrs: [("x", 1), ("y", 2)]
//! class L(list): pass    # inner: a list's items     attrs: …
//! ```
//!
//! Attributes are name-value pairs in the order of their first assignment, found by comparing interned names; beyond
//! [`MAX_PAIRS`], or once somebody asks for `__dict__`, they become a dict. Counterpart: inline values and split dicts.

use std::any::Any;

use thin_vec::ThinVec;

use super::Body;
use crate::heap::{ObjRef, Trace};

/// More attributes than this make a dict, as in CPython's shared keys.
pub const MAX_PAIRS: usize = 30;

#[derive(Clone, Default)]
pub struct Instance {
    /// What the builtin base keeps: a list's items, a dict's table; nothing for plain objects.
    pub inner: Body,
    pub attrs: Attrs,
    /// Values of `__slots__`, as many as the type has names.
    pub slots: ThinVec<Option<ObjRef>>,
}

/// The attributes of one object.
#[derive(Clone)]
pub enum Attrs {
    /// name and value, both counted
    Pairs(ThinVec<(ObjRef, ObjRef)>),
    /// the `__dict__` object
    Dict(ObjRef),
}

impl Default for Attrs {
    fn default() -> Attrs {
        Attrs::Pairs(ThinVec::new())
    }
}

impl Attrs {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Attrs::Pairs(pairs) => pairs.iter().for_each(|&(name, value)| {
                visit(name);
                visit(value);
            }),
            Attrs::Dict(dict) => visit(*dict),
        }
    }
}

impl Instance {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.slots.iter().flatten().for_each(|&o| visit(o));
        self.attrs.trace(visit);
        self.inner.trace(visit);
    }
}

/// A weak reference or proxy.
#[derive(Clone)]
pub struct WeakRef {
    /// Not counted; `None` once the referent is dead.
    pub referent: Option<ObjRef>,
    pub callback: Option<ObjRef>,
    pub hash: Option<i64>,
}

impl WeakRef {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.callback.iter().for_each(|&o| visit(o));
    }
}

/// The body of an object whose type a Rust module defines, such as `collections.deque`.
pub trait Foreign: AnyForeign + Send + Sync {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef));
    /// Gives up all references that it can do without, to the caller (`tp_clear`).
    fn clear(&mut self) -> Vec<ObjRef>;
    /// The bytes of items inside the object's block, behind `__basicsize__`.
    fn inline_size(&self) -> usize {
        0
    }
    /// The bytes of further blocks that `__sizeof__` counts.
    fn outside_size(&self) -> usize {
        0
    }
    /// Whether the type's `__del__` has something to do before the object may die.
    fn wants_finalizer(&self) -> bool {
        false
    }
}

/// Cloning and looking inside through `dyn Foreign`.
pub trait AnyForeign: Any {
    fn clone_box(&self) -> Box<dyn Foreign>;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<T: Foreign + Clone> AnyForeign for T {
    fn clone_box(&self) -> Box<dyn Foreign> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

impl Clone for Box<dyn Foreign> {
    fn clone(&self) -> Box<dyn Foreign> {
        (**self).clone_box()
    }
}

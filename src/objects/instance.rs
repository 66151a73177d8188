//! Instances of classes: attributes, slots, and the body of the builtin type that the class inherits from.
//!
//! ```text
//!   class P:                          P's shared keys   "x" "y"
//!       def __init__(self): …         P() ─▶ values      1   2        no dict, and no name of its own
//! ```
//!
//! All instances of a class keep their values under the numbers that the class has given to the names; each remembers only
//! in which order they came. Once somebody asks for `__dict__`, or the class has [`MAX_KEYS`] names, a dict object takes over.
//! Counterpart in CPython 3.11: inline values, `ht_cached_keys`, `PyDictValues`.

use std::any::Any;

use thin_vec::ThinVec;

use super::Body;
use crate::heap::{ObjRef, Trace};

/// More attributes than this make a dict (`SHARED_KEYS_MAX_SIZE`).
pub const MAX_KEYS: u8 = 30;

/// The names that a class's instances have values for, numbered in the order in which they were first met.
#[derive(Clone)]
pub struct SharedKeys {
    /// counted, once for all instances
    names: Vec<ObjRef>,
    /// How many more names may come: one fewer with each name, and with each instance made, as long as one is left.
    usable: u8,
    /// Names the present names for inline caches; 0 when no number is given.
    pub version: u32,
}

impl Default for SharedKeys {
    fn default() -> SharedKeys {
        SharedKeys { names: Vec::new(), usable: MAX_KEYS, version: 0 }
    }
}

impl SharedKeys {
    #[inline]
    pub fn names(&self) -> &[ObjRef] {
        &self.names
    }

    #[inline]
    pub fn position(&self, name: ObjRef) -> Option<usize> {
        self.names.iter().position(|&known| known == name)
    }

    /// Numbers a new name, and takes over its reference; false if there is no room.
    pub fn add(&mut self, name: ObjRef) -> bool {
        if self.usable == 0 {
            return false;
        }
        self.usable -= 1;
        self.version = 0;
        self.names.push(name);
        true
    }

    /// Values for a new instance.
    #[inline]
    pub fn new_values(&mut self) -> Values {
        let mut values = Values { slots: ThinVec::with_capacity(self.names.len()), order: ThinVec::new(), size: 0, memory: 0 };
        self.renew(&mut values);
        values
    }

    /// The same with the room of an instance that is dead.
    #[inline]
    pub fn renew(&mut self, values: &mut Values) {
        if self.usable > 1 {
            self.usable -= 1;
        }
        values.size = self.size();
    }

    /// How many values an instance made now has room for.
    pub fn size(&self) -> u8 {
        self.names.len() as u8 + self.usable
    }
}

/// The values of one instance, numbered as the class's [`SharedKeys`].
#[derive(Clone)]
pub struct Values {
    /// as many as were ever set
    slots: ThinVec<Option<ObjRef>>,
    /// The numbers in the order in which they were set; empty: as they are numbered.
    order: ThinVec<u8>,
    /// Places that CPython allocates for it.
    pub size: u8,
    /// Their block in the allocator's model; 0: none yet.
    pub memory: u32,
}

impl Values {
    #[inline(always)]
    pub fn get(&self, number: usize) -> Option<ObjRef> {
        self.slots.get(number).copied().flatten()
    }

    /// Sets a value that is there already, or the next in order, without looking at the order. `None`: it is neither;
    /// otherwise the old value, which is the caller's now.
    #[inline(always)]
    pub fn set_in_order(&mut self, number: usize, value: ObjRef) -> Option<Option<ObjRef>> {
        if number == self.slots.len() {
            return self.order.is_empty().then(|| {
                self.slots.push(Some(value));
                None
            });
        }
        let place = self.slots.get_mut(number)?.as_mut()?;
        Some(Some(std::mem::replace(place, value)))
    }

    /// Sets a value; the old one is the caller's now.
    pub fn set(&mut self, number: usize, value: ObjRef) -> Option<ObjRef> {
        if let Some(old) = self.set_in_order(number, value) {
            return old;
        }
        if number >= self.slots.len() {
            if !self.order.is_empty() {
                self.order.push(number as u8);
            }
            self.slots.resize(number, None);
            self.slots.push(Some(value));
            return None;
        }
        if self.order.is_empty() {
            self.order = self.numbers().map(|number| number as u8).collect();
        }
        self.order.push(number as u8);
        self.slots[number] = Some(value);
        None
    }

    /// Takes a value away.
    pub fn take(&mut self, number: usize) -> Option<ObjRef> {
        let value = self.slots.get_mut(number)?.take()?;
        self.order.retain(|&other| usize::from(other) != number);
        while self.slots.last() == Some(&None) {
            self.slots.pop();
        }
        Some(value)
    }

    /// The numbers of the values that are there, in the order in which they were set.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        let by_number = if self.order.is_empty() { self.slots.len() } else { 0 };
        self.order.iter().map(|&number| usize::from(number)).chain((0..by_number).filter(|&number| self.slots[number].is_some()))
    }

    /// Bytes that CPython has in front of the values: how many there are, and their order.
    pub fn front(&self) -> usize {
        (usize::from(self.size) + 2).next_multiple_of(8)
    }

    /// The bytes of their block.
    pub fn block_size(&self) -> usize {
        self.front() + 8 * usize::from(self.size)
    }

    /// Numbers and values in the order of the numbers.
    pub fn by_number(&self) -> impl Iterator<Item = (usize, ObjRef)> + '_ {
        self.slots.iter().enumerate().filter_map(|(number, value)| value.map(|value| (number, value)))
    }

    /// The values in the order of their numbers.
    #[inline(always)]
    pub fn each(&self) -> impl Iterator<Item = ObjRef> + '_ {
        self.slots.iter().copied().flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Forgets the values of a dead instance, whose references have been given back. False: the room is not worth keeping.
    pub fn clear(&mut self) -> bool {
        self.slots.clear();
        self.order.clear();
        self.memory = 0;
        self.slots.capacity() <= 8
    }
}

#[derive(Clone, Default)]
pub struct Instance {
    /// What the builtin base keeps: a list's items, a dict's table; nothing for plain objects.
    pub inner: Body,
    pub attrs: Attrs,
    /// Values of `__slots__`, as many as the type has names.
    pub slots: ThinVec<Option<ObjRef>>,
}

/// The attributes of one object.
#[derive(Clone, Default)]
pub enum Attrs {
    /// values under the names that the class shares
    Values(Values),
    /// the `__dict__` object
    Dict(ObjRef),
    /// no attribute, and no dict so far
    #[default]
    Missing,
}

impl Attrs {
    /// The values in the order of their numbers, or the dict.
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Attrs::Values(values) => values.by_number().for_each(|(_, value)| visit(value)),
            Attrs::Dict(dict) => visit(*dict),
            Attrs::Missing => {}
        }
    }

    /// Gives up the values, or the dict.
    pub fn take(&mut self) -> Attrs {
        match self {
            Attrs::Values(values) => {
                let slots = std::mem::take(&mut values.slots);
                Attrs::Values(Values {
                    slots,
                    order: std::mem::take(&mut values.order),
                    size: values.size,
                    memory: std::mem::take(&mut values.memory),
                })
            }
            _ => std::mem::take(self),
        }
    }
}

impl Instance {
    /// Nothing but values under the names that the class shares.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        matches!((&self.inner, &self.attrs), (Body::None, Attrs::Values(_))) && self.slots.is_empty()
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.slots.iter().flatten().for_each(|&o| visit(o));
        self.attrs.trace(visit);
        self.inner.trace(visit);
    }

    /// What the collector goes through.
    pub fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.slots.iter().flatten().for_each(|&o| visit(o));
        self.attrs.trace(visit);
        self.inner.traverse(visit);
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
    /// What the collector goes through: also what uncounted parts of the object hold.
    fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.trace(visit);
    }
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
    /// The block of memory that it has beside its own; 0: none.
    fn block(&self) -> u32 {
        0
    }
    /// Further blocks of memory that it has, which are freed first.
    fn more_blocks(&self) -> Vec<u32> {
        Vec::new()
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

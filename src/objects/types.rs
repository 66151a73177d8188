//! Type objects: classes, builtin or made by `class`.
//!
//! The number bits of a type's slot are its version tag: whatever changes what an attribute lookup on the type may find
//! gives it (and its subclasses) a new one, which makes cached lookups stale.
//! Counterpart in CPython 3.11: `PyTypeObject` and `PyHeapTypeObject`.

use std::sync::Arc;

use super::{core_types::Layout, function::NativeId, instance::SharedKeys};
use crate::heap::{Kept, ObjRef};

#[derive(Clone)]
pub struct Type {
    /// As messages write it (`tp_name`): with the module in front if no program made the type, `types.SimpleNamespace`.
    pub name: Arc<str>,
    pub qualname: ObjRef,
    /// a tuple
    pub bases: ObjRef,
    /// a tuple: the type itself first, `object` last; not counted for the type itself
    pub mro: ObjRef,
    /// `__base__`: the base whose layout this type extends
    pub base: Option<ObjRef>,
    /// the dict object behind `__dict__`
    pub dict: ObjRef,
    /// The builtin type that decides the layout of the instances (not counted).
    pub solid_base: ObjRef,
    pub layout: Layout,
    /// Made by a program (`Py_TPFLAGS_HEAPTYPE`).
    pub is_heap: bool,
    /// May be inherited from.
    pub is_base: bool,
    /// Instances can be part of cycles.
    pub is_gc: bool,
    /// Instances have a `__dict__`.
    pub has_dict: bool,
    /// Instances can be weakly referenced.
    pub has_weakrefs: bool,
    /// `__basicsize__`: the bytes of an instance without items, from its refcount on.
    pub basic_size: u32,
    /// `__itemsize__`: the bytes of one item inside an instance.
    pub item_size: u32,
    /// The bytes in front of an instance: the header of the collector, the pointers to its dict and values.
    pub front: u32,
    /// A dict that is made when it is asked for (`Py_TPFLAGS_MANAGED_DICT`).
    pub managed_dict: bool,
    /// A class in the MRO that is made by a program defines `__eq__` or `__hash__`.
    pub overrides_equality: bool,
    /// The special methods that classes made by programs in the MRO define: bits of [`special`].
    pub special: u32,
    /// What a pattern takes the instances for.
    pub collection: Collection,
    /// Names (mangled) of all `__slots__`, inherited ones first: one a value in [`super::instance::Instance::slots`]. Not counted.
    pub slot_names: Vec<ObjRef>,
    /// The tuple of the class's own ones (`ht_slots`).
    pub slots: Option<ObjRef>,
    /// The names that the instances keep values for; `None` where each has a dict, or nothing.
    pub shared_keys: Option<SharedKeys>,
    /// The memory that CPython's class has for them (`ht_cached_keys`); 0: none.
    pub keys_memory: u32,
    /// The function (not counted) that initialises new instances, if nothing else is asked to make one; with the version of
    /// the type for which that was found out.
    pub plain_init: Option<(u32, ObjRef)>,
    /// `__new__` and `__init__` of a builtin type that is called with its arguments where they lie, once it has been called.
    pub constructor: Option<(NativeId, Option<NativeId>)>,
    /// The free list that keeps dead instances.
    pub kept: Option<Kept>,
    /// The dict of the classes directly below it, by address; made for the first of them.
    pub subclasses: Option<ObjRef>,
}

/// What instances are to `match`: `[…]` matches sequences, `{…}` mappings. Inherited, and given by the abstract classes of
/// `collections.abc` to what is registered with them. Counterpart: `Py_TPFLAGS_SEQUENCE`, `Py_TPFLAGS_MAPPING`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collection {
    #[default]
    Neither,
    Sequence,
    Mapping,
}

/// Special methods whose presence decides between a fast path and a call.
pub mod special {
    /// Method names in the order of their bits.
    pub const NAMES: [&str; 24] = [
        "__eq__",
        "__hash__",
        "__del__",
        "__getattribute__",
        "__getattr__",
        "__setattr__",
        "__delattr__",
        "__get__",
        "__set__",
        "__delete__",
        "__bool__",
        "__len__",
        "__iter__",
        "__next__",
        "__call__",
        "__getitem__",
        "__contains__",
        "__repr__",
        "__str__",
        "__new__",
        "__init__",
        "__index__",
        "__format__",
        "__missing__",
    ];
    pub const EQ: u32 = 1 << 0;
    pub const HASH: u32 = 1 << 1;
    pub const DEL: u32 = 1 << 2;
    pub const GETATTRIBUTE: u32 = 1 << 3;
    pub const GETATTR: u32 = 1 << 4;
    pub const SETATTR: u32 = 1 << 5;
    pub const DELATTR: u32 = 1 << 6;
    pub const GET: u32 = 1 << 7;
    pub const SET: u32 = 1 << 8;
    pub const DELETE: u32 = 1 << 9;
    pub const BOOL: u32 = 1 << 10;
    pub const LEN: u32 = 1 << 11;
    pub const ITER: u32 = 1 << 12;
    pub const NEXT: u32 = 1 << 13;
    pub const CALL: u32 = 1 << 14;
    pub const GETITEM: u32 = 1 << 15;
    pub const CONTAINS: u32 = 1 << 16;
    pub const REPR: u32 = 1 << 17;
    pub const STR: u32 = 1 << 18;
    pub const NEW: u32 = 1 << 19;
    pub const INIT: u32 = 1 << 20;
    pub const INDEX: u32 = 1 << 21;
    pub const FORMAT: u32 = 1 << 22;
    pub const MISSING: u32 = 1 << 23;
}

impl Type {
    /// `__name__`
    pub fn short_name(&self) -> &str {
        if self.is_heap { &self.name } else { self.name.rsplit_once('.').map_or(&self.name, |(_, short)| short) }
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.traverse(visit);
        self.subclasses.iter().for_each(|&dict| visit(dict));
        self.slots.iter().for_each(|&slots| visit(slots));
    }

    /// What the collector goes through.
    pub fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.dict);
        visit(self.bases);
        visit(self.mro);
        visit(self.qualname);
        self.base.iter().for_each(|&base| visit(base));
        self.shared_keys.iter().flat_map(SharedKeys::names).for_each(|&name| visit(name));
    }
}

//! Where instances of a class keep what: sizes and offsets, as CPython lays them out.
//!
//! ```python
//! class P: pass               # 16 dict and values │ 16 collector │ refcount, type, list of weak references
//! class S: __slots__ = "x"    #                      16 collector │ refcount, type, x
//! ```
//!
//! Builtin types have a row in [`crate::objects::layout`]; a class adds to its base its slots, a list of weak references, a dict.
//! Counterpart in CPython 3.11: `tp_basicsize`, `tp_dictoffset`, `tp_weaklistoffset` as `type_new` computes them.

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        instance::SharedKeys,
        layout::{TypeLayout, core_layout, module_layout},
    },
    vm::Vm,
};

/// Bytes from the start of an instance.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// `__basicsize__`
    pub basic: usize,
    /// 0: instances have no `__dict__`; below 0: it is found through what stands in front of the object.
    pub dict: i64,
    /// 0: instances cannot be referred to weakly
    pub weakrefs: usize,
}

/// What the collector, or a pointer to values and one to a dict, take in front of an object.
const HEAD: u32 = 16;

/// The layout of a type that no program made; `None` for a class of Python code.
pub fn layout_of(vm: &Vm, class: ObjRef) -> Option<TypeLayout> {
    let mut at = class;
    if class.index() < TYPES_END {
        loop {
            if let Some(layout) = core_layout(at) {
                return Some(layout);
            }
            at = vm.heap.type_of_type(at).base?;
        }
    }
    let name = vm.full_type_name(class);
    if vm.heap.type_of_type(class).is_heap && name != "_random.Random" {
        return None;
    }
    module_layout(&name)
}

/// A class of Python code adds to its base: its slots, a list of weak references, a dict.
pub fn measures(vm: &Vm, class: ObjRef) -> Measures {
    if let Some(layout) = layout_of(vm, class) {
        return Measures { basic: layout.basic.into(), dict: layout.dict.into(), weakrefs: layout.weakrefs.into() };
    }
    let ty = vm.heap.type_of_type(class);
    let base = ty.base.unwrap_or(OBJECT);
    let Measures { mut basic, mut dict, mut weakrefs } = measures(vm, base);
    basic += 8 * (ty.slot_names.len() - vm.heap.type_of_type(base).slot_names.len().min(ty.slot_names.len()));
    if ty.has_weakrefs && weakrefs == 0 {
        weakrefs = basic;
        basic += 8;
    }
    if ty.has_dict && dict == 0 {
        if item_size(vm, class) == 0 {
            dict = -(basic as i64) - 24;
        } else {
            dict = -8;
            basic += 8;
        }
    }
    Measures { basic, dict, weakrefs }
}

/// The layout of the type that decides what instances look like.
pub fn solid_layout(vm: &Vm, class: ObjRef) -> TypeLayout {
    // Along `__base__`: the MRO may be anything that a metaclass says.
    let mut bases = std::iter::successors(Some(class), |&class| vm.heap.type_of_type(class).base);
    bases.find_map(|class| layout_of(vm, class)).expect("that of object at least")
}

/// `__itemsize__`
pub fn item_size(vm: &Vm, class: ObjRef) -> usize {
    solid_layout(vm, class).item.into()
}

/// The dict is managed by the interpreter: two words in front of the object, see `Py_TPFLAGS_MANAGED_DICT`.
pub fn has_managed_dict(measures: Measures) -> bool {
    measures.dict < -8
}

impl Vm {
    /// Notes the sizes of a type's instances in its record, once it has bases and an MRO.
    pub fn measure_type(&mut self, class: ObjRef) {
        let measures = measures(self, class);
        let item = item_size(self, class);
        let mro = self.heap.tuple(self.heap.type_of_type(class).mro).unwrap_or_default();
        let made_by_object = mro.iter().all(|&class| class == OBJECT || self.heap.type_of_type(class).is_heap);
        let Body::Type(ty) = self.heap.body_mut(class) else { return };
        ty.basic_size = measures.basic as u32;
        ty.item_size = item as u32;
        ty.managed_dict = has_managed_dict(measures);
        // Only `object.__new__` makes room for values; what other types make gets a dict with the first attribute.
        if ty.managed_dict && made_by_object && ty.shared_keys.is_none() {
            ty.shared_keys = Some(SharedKeys::default());
        }
        ty.front = HEAD * u32::from(ty.is_gc) + HEAD * u32::from(ty.managed_dict);
        let (wants_keys, memory) = (ty.managed_dict, ty.keys_memory);
        let memory = match (wants_keys, memory) {
            (true, 0) => self.heap.alloc_memory(crate::objects::size::CLASS_KEYS),
            (false, 1..) => {
                self.heap.free_memory(memory);
                0
            }
            _ => return,
        };
        if let Body::Type(ty) = self.heap.body_mut(class) {
            ty.keys_memory = memory;
        }
    }
}

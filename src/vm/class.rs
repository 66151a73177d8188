//! Making types: the builtin ones at the start, and classes from name, bases and namespace.
//!
//! Counterpart in CPython 3.11: `PyType_Ready`, `type_new`, `mro_internal` in `Objects/typeobject.c`.

mod build;
pub mod measures;
pub mod subclasses;

pub use build::{ClassParts, build_class};

use std::sync::Arc;

use thin_vec::ThinVec;

use super::{Raised, Vm};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        instance::{Attrs, Instance},
        set::Set,
        types::{Collection, Type, special},
    },
};

/// Fills the slots of the builtin types. Their methods are added by the interpreter.
pub(super) fn place_core_types(vm: &mut Vm) {
    // First all slots, so that types can refer to each other; dicts and tuples then.
    for row in CORE_TYPES {
        let qualname = vm.interned.get(&mut vm.heap, short_name(row.name));
        let dict = vm.heap.alloc(DICT, 0, Body::Dict(Box::default()));
        let ty = Type {
            name: row.name.into(),
            qualname,
            bases: EMPTY_TUPLE,
            mro: EMPTY_TUPLE,
            base: None,
            dict,
            solid_base: if is_core_type(row.object) || row.layout == Layout::Foreign || row.base == OBJECT { row.object } else { row.base },
            layout: row.layout,
            // The one type with two bases is made at the start as a program would make it.
            is_heap: row.object == EXCEPTION_GROUP,
            is_base: row.basetype,
            is_gc: row.gc,
            has_dict: matches!(row.layout, Layout::Exception)
                || matches!(row.object, FUNCTION | MODULE | TYPE | SIMPLE_NAMESPACE | STATICMETHOD | CLASSMETHOD)
                || is_io_type(row.object),
            basic_size: 0,
            item_size: 0,
            front: 0,
            managed_dict: false,
            has_weakrefs: HAVE_WEAKREFS.contains(&row.object) || is_io_type(row.object),
            overrides_equality: false,
            special: 0,
            collection: match row.object {
                LIST | TUPLE | RANGE | MEMORYVIEW => Collection::Sequence,
                DICT | MAPPINGPROXY => Collection::Mapping,
                _ => Collection::Neither,
            },
            slot_names: Vec::new(),
            slots: None,
            shared_keys: None,
            keys_memory: 0,
            plain_init: None,
            constructor: None,
            kept: None,
            subclasses: None,
        };
        vm.heap.place(row.object, TYPE, 0, Body::Type(Box::new(ty)));
        // Fixed objects hold themselves; each `place` and interned name is counted once more here.
        let version = vm.new_type_version();
        vm.heap.slot_mut(row.object).num = u64::from(version);
    }
    for row in CORE_TYPES {
        if row.object != OBJECT {
            vm.incref(row.base);
            let bases = new_untracked_tuple(vm, [row.base]);
            vm.heap.incref(row.base);
            let Body::Type(ty) = vm.heap.body_mut(row.object) else { panic!("a type") };
            ty.bases = bases;
            ty.base = Some(row.base);
        } else {
            vm.incref(EMPTY_TUPLE);
        }
        let mut mro = vec![row.object];
        while *mro.last().expect("not empty") != OBJECT {
            let last = *mro.last().expect("not empty");
            mro.push(CORE_TYPES.iter().find(|other| other.object == last).expect("a row").base);
        }
        // The builtin types with two bases: the second one, and where it stands in the MRO.
        let second = match row.object {
            EXCEPTION_GROUP => Some((EXCEPTION, 2)),
            UNSUPPORTED_OPERATION => Some((VALUE_ERROR, 2)),
            _ => None,
        };
        if let Some((second, place)) = second {
            mro.insert(place, second);
            vm.incref(row.base);
            vm.incref(second);
            let bases = new_untracked_tuple(vm, [row.base, second]);
            let Body::Type(ty) = vm.heap.body_mut(row.object) else { panic!("a type") };
            let old = std::mem::replace(&mut ty.bases, bases);
            vm.decref(old);
        }
        mro.iter().for_each(|&class| vm.incref(class));
        let mro = new_untracked_tuple(vm, mro);
        let Body::Type(ty) = vm.heap.body_mut(row.object) else { panic!("a type") };
        ty.mro = mro;
    }
    CORE_TYPES.iter().for_each(|row| vm.measure_type(row.object));
    for row in CORE_TYPES.iter().filter(|row| row.object != OBJECT) {
        let bases = vm.heap.type_of_type(row.object).bases;
        for base in vm.heap.tuple(bases).unwrap_or_default().to_vec() {
            vm.add_subclass(base, row.object);
        }
    }
}

/// Types made by no program whose instances can be weakly referenced.
const HAVE_WEAKREFS: [ObjRef; 13] = [
    FUNCTION,
    TYPE,
    SET,
    FROZENSET,
    GENERATOR,
    METHOD,
    MODULE,
    CODE,
    BUILTIN_FUNCTION,
    COROUTINE,
    ASYNC_GENERATOR,
    MEMORYVIEW,
    GENERIC_ALIAS,
];

/// `types.SimpleNamespace` → `SimpleNamespace`
fn short_name(name: &'static str) -> &'static str {
    name.rsplit_once('.').map_or(name, |(_, short)| short)
}

fn new_untracked_tuple(vm: &mut Vm, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
    vm.heap.alloc(TUPLE, 0, Body::Tuple(items.into_iter().collect()))
}

impl Vm {
    /// An instance of a class, with the empty body of its builtin base; owned.
    pub fn new_instance(&mut self, class: ObjRef) -> ObjRef {
        if let Body::Type(ty) = self.heap.body_mut(class)
            && ty.layout == Layout::Object
            && ty.is_gc
            && ty.is_heap
            && ty.slot_names.is_empty()
            && let Some(keys) = &mut ty.shared_keys
        {
            let bytes = (ty.front + ty.basic_size) as usize + ty.item_size as usize;
            let (mut instance, more) = self.spare.instance(keys);
            self.incref(class);
            if self.heap.collector.note_allocation() {
                let object = self.heap.alloc_sized(bytes, class, 0, Body::Instance(instance));
                self.collect_if_due();
                self.heap.collector.track(object);
                self.settle_values(object);
                return object;
            }
            let object = self.heap.alloc_pair(bytes, more, class, |memory| {
                if let Attrs::Values(values) = &mut instance.attrs {
                    values.memory = memory;
                }
                Body::Instance(instance)
            });
            self.heap.collector.track_new(object);
            return object;
        }
        let ty = self.heap.type_of_type(class);
        let (layout, slots) = (ty.layout, ty.slot_names.len());
        let inner = match layout {
            Layout::Str => Body::Str(Arc::new(crate::text::PyStr::empty())),
            Layout::Bytes => Body::Bytes(Arc::new(Vec::new())),
            Layout::ByteArray => Body::ByteArray(Box::default()),
            Layout::Tuple => Body::Tuple(ThinVec::new()),
            Layout::List => Body::List(ThinVec::new()),
            Layout::Dict => Body::Dict(Box::default()),
            Layout::Set => Body::Set(Box::<Set>::default()),
            Layout::Complex => Body::Complex(Box::default()),
            Layout::Property | Layout::Fields => Body::Fields([None; 6].into_iter().collect()),
            Layout::Exception => {
                let args = self.own(EMPTY_TUPLE);
                return self.new_exception(class, args);
            }
            _ => Body::None,
        };
        if !is_core_type(class) {
            self.incref(class);
        } else if !matches!(inner, Body::None) {
            return self.alloc_generic(class, 0, inner);
        }
        let mut values = ThinVec::new();
        if slots > 0 {
            values.resize(slots, None);
        }
        self.alloc_instance(class, 0, inner, values)
    }

    fn alloc_instance(&mut self, class: ObjRef, num: u64, inner: Body, slots: ThinVec<Option<ObjRef>>) -> ObjRef {
        let Body::Type(ty) = self.heap.body_mut(class) else { panic!("a type") };
        let attrs = ty.shared_keys.as_mut().map_or(Attrs::Missing, |keys| Attrs::Values(keys.new_values()));
        let (is_gc, kept) = (ty.is_gc, ty.kept);
        let mut inner = inner;
        if let Body::Dict(table) = &mut inner
            && self.is_ordered_dict(class)
        {
            table.nodes = Some(Box::default());
        }
        let body = Body::Instance(Box::new(Instance { inner, attrs, slots }));
        let object = match kept {
            Some(kept) => self.alloc_from(kept, class, body),
            None if is_gc => self.alloc_tracked(class, num, body),
            None => self.heap.alloc(class, num, body),
        };
        self.settle_values(object);
        object
    }

    /// Whether a class is `OrderedDict` or inherits from it.
    fn is_ordered_dict(&self, class: ObjRef) -> bool {
        let mut bases = std::iter::successors(Some(class), |&class| self.heap.type_of_type(class).base);
        bases.any(|class| &*self.heap.type_of_type(class).name == "collections.OrderedDict")
    }

    /// Gives the values of a new instance their block.
    #[inline]
    fn settle_values(&mut self, object: ObjRef) {
        let Body::Instance(instance) = &self.heap.slot(object).body else { return };
        let Attrs::Values(values) = &instance.attrs else { return };
        let block = self.heap.alloc_memory(values.block_size());
        if let Body::Instance(instance) = &mut self.heap.slot_mut(object).body
            && let Attrs::Values(values) = &mut instance.attrs
        {
            values.memory = block;
        }
    }

    /// Puts a value of a builtin type into a new instance of a class that inherits from that type (`class N(int)`).
    pub fn new_derived(&mut self, class: ObjRef, num: u64, inner: Body) -> ObjRef {
        if is_core_type(class) {
            let is_gc = self.heap.type_of_type(class).is_gc;
            return if is_gc { self.alloc_tracked(class, num, inner) } else { self.heap.alloc(class, num, inner) };
        }
        if class.index() < TYPES_END {
            self.incref(class);
            return self.alloc_tracked(class, num, inner);
        }
        let slots = self.heap.type_of_type(class).slot_names.len();
        self.incref(class);
        self.alloc_instance(class, num, inner, std::iter::repeat_n(None, slots).collect())
    }

    /// A type's attributes have changed: cached lookups on it and its subclasses are stale.
    pub fn type_modified(&mut self, class: ObjRef) {
        let mut work = vec![class];
        while let Some(class) = work.pop() {
            let version = self.new_type_version();
            self.heap.slot_mut(class).num = u64::from(version);
            if !is_core_type(class) {
                let bits = self.special_bits(class);
                let Body::Type(ty) = self.heap.body_mut(class) else { panic!("a type") };
                ty.special = bits;
                ty.overrides_equality = bits & (special::EQ | special::HASH) != 0;
            }
            work.extend(self.subclasses(class));
        }
    }

    /// Which special methods the classes of the MRO that programs made define.
    fn special_bits(&self, class: ObjRef) -> u32 {
        let mro = self.heap.tuple(self.heap.type_of_type(class).mro).map(<[ObjRef]>::to_vec).unwrap_or_default();
        let mut bits = 0;
        for class in mro.into_iter().filter(|&class| !is_core_type(class)) {
            let dict = self.heap.type_of_type(class).dict;
            for (bit, &name) in self.names.special.iter().enumerate() {
                if let Some(found) = self.dict_get_str(dict, name)
                    && !self.is_that_of_object(found, name)
                {
                    bits |= 1 << bit;
                }
            }
        }
        bits
    }

    /// Many types written in Rust show `object.__getattribute__` and its siblings as their own.
    fn is_that_of_object(&self, found: ObjRef, name: ObjRef) -> bool {
        let func = |object: ObjRef| self.native_of(object).map(|native| self.natives[native.id.0 as usize].func);
        match (func(found), self.dict_get_str(self.heap.type_of_type(OBJECT).dict, name).and_then(func)) {
            (Some(x), Some(y)) => std::ptr::fn_addr_eq(x, y),
            _ => false,
        }
    }

    /// The `mro` that a metaclass written in Python defines; borrowed.
    fn own_mro(&mut self, metaclass: ObjRef) -> Option<ObjRef> {
        if metaclass == TYPE {
            return None;
        }
        let name = self.new_interned("mro");
        let found = self.type_lookup(metaclass, name);
        self.decref(name);
        found.filter(|&method| self.native_of(method).is_none_or(|native| native.owner != Some(TYPE)))
    }

    /// The MRO of a class, which has its bases already: the class, then what C3 says, unless its metaclass has a say; all owned.
    pub fn find_mro(&mut self, class: ObjRef) -> Result<Vec<ObjRef>, Raised> {
        let metaclass = self.ty(class);
        let Some(method) = self.own_mro(metaclass) else {
            let bases = self.heap.tuple(self.heap.type_of_type(class).bases).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let mut order = vec![class];
            order.extend(self.linearize(&bases)?);
            order.iter().for_each(|&class| self.heap.incref(class));
            return Ok(order);
        };
        let depth = self.frames.len();
        let outcome = self.call_method_object(method, class, &[])?;
        let answer = self.finish_now(depth, outcome)?;
        let order = self.collect_now(answer);
        self.decref(answer);
        let order = order?;
        let solid = self.layout_owner(class);
        for &item in &order {
            let message = match self.heap.as_type(item) {
                None => format!("mro() returned a non-class ('{}')", self.type_name(item)),
                Some(_) if self.has_layout_of(solid, self.layout_owner(item)) => continue,
                Some(ty) => format!("mro() returned base with unsuitable layout ('{}')", ty.name),
            };
            self.decref_all(order);
            return Err(self.type_error(message));
        }
        Ok(order)
    }

    /// Whether a class extends the layout of another: along `__base__`, for its MRO is just being made.
    fn has_layout_of(&self, class: ObjRef, other: ObjRef) -> bool {
        let mut next = Some(class);
        while let Some(class) = next {
            if class == other {
                return true;
            }
            next = self.heap.type_of_type(class).base;
        }
        false
    }

    /// Takes over the classes of an MRO.
    pub fn set_mro(&mut self, class: ObjRef, order: Vec<ObjRef>) {
        let mro = self.new_tuple(order);
        let Body::Type(ty) = self.heap.body_mut(class) else { panic!("a type") };
        let old = std::mem::replace(&mut ty.mro, mro);
        self.decref(old);
    }

    /// The C3 linearisation of a class with these bases, the class itself left out.
    ///
    /// `class D(B, C)` with `B(A)`, `C(A)` gives B, C, A, object.
    pub fn linearize(&mut self, bases: &[ObjRef]) -> Result<Vec<ObjRef>, Raised> {
        if let Some((_, &twice)) = bases.iter().enumerate().find(|&(i, base)| bases[i + 1..].contains(base)) {
            let name = self.heap.type_of_type(twice).name.clone();
            return Err(self.type_error(format!("duplicate base class {name}")));
        }
        let mut sequences: Vec<Vec<ObjRef>> = bases
            .iter()
            .map(|&base| self.heap.tuple(self.heap.type_of_type(base).mro).map(<[ObjRef]>::to_vec).unwrap_or_default())
            .collect();
        sequences.push(bases.to_vec());
        let mut result = Vec::new();
        loop {
            sequences.retain(|sequence| !sequence.is_empty());
            if sequences.is_empty() {
                return Ok(result);
            }
            let next = sequences
                .iter()
                .map(|sequence| sequence[0])
                .find(|candidate| !sequences.iter().any(|sequence| sequence[1..].contains(candidate)));
            let Some(next) = next else {
                let mut names: Vec<String> = Vec::new();
                for sequence in &sequences {
                    let name = self.heap.type_of_type(sequence[0]).name.to_string();
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                let names = names.join(", ");
                return Err(self.type_error(format!("Cannot create a consistent method resolution\norder (MRO) for bases {names}")));
            };
            for sequence in &mut sequences {
                if sequence[0] == next {
                    sequence.remove(0);
                }
            }
            result.push(next);
        }
    }

    /// The names of a module's or class's attributes behind `__module__` and `__qualname__`, for messages: `m.C`.
    pub fn full_type_name(&self, class: ObjRef) -> String {
        let ty = self.heap.type_of_type(class);
        if !ty.is_heap {
            return ty.name.to_string();
        }
        let qualname = self.name_text(ty.qualname);
        match self.dict_get_str(ty.dict, self.names.module).filter(|&module| self.ty(module) == STR) {
            Some(module) if self.name_text(module) != "builtins" => format!("{}.{qualname}", self.name_text(module)),
            _ => qualname,
        }
    }
}

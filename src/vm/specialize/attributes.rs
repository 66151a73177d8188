//! Forms of names and attributes: they depend on versions.
//!
//! ```text
//!   self.x      LOAD_ATTR_INSTANCE_VALUE   the type has version 357, the value has number 0
//!   len         LOAD_GLOBAL_BUILTIN        the keys of the globals have version 88, those of builtins 71: entry 33
//! ```
//!
//! A type's version changes with its attributes, a dict's with its keys; a version that is given out anew never comes back.
//! Counterparts in CPython 3.11: `tp_version_tag`, `dk_version`.

use super::Found;
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, dict::Dict, instance::Attrs, types::special},
    vm::{Vm, instr::Unit},
};

/// `dict_offset` of a dict in front of the object.
const MANAGED_DICT: u16 = -24i16 as u16;
/// `index` of `__class__`, and our number for it.
const CLASS_OFFSET: u16 = 8;
pub(crate) const CLASS_SLOT: u32 = u32::MAX;

/// What a lookup on the type found (`DescriptorClassification`).
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// a data descriptor, or nothing that can be relied on
    Overriding,
    /// a function, a method of a builtin type
    Method(ObjRef),
    /// a slot
    Slot(ObjRef),
    /// `__class__`
    Class,
    /// a value that is no descriptor
    Value(ObjRef),
    /// another descriptor, which an attribute of the instance hides
    NonData,
    Absent,
}

impl Vm {
    fn analyze(&mut self, ty: ObjRef, name: ObjRef, store: bool) -> Kind {
        let class = self.heap.type_of_type(ty);
        let hooks = if store { special::SETATTR | special::DELATTR } else { special::GETATTR | special::GETATTRIBUTE };
        let has_own = matches!(class.solid_base, TYPE | SUPER) || !store && matches!(class.solid_base, MODULE | METHOD | GENERIC_ALIAS);
        if class.special & hooks != 0 || has_own {
            return Kind::Overriding;
        }
        let Some(found) = self.type_lookup(ty, name) else { return Kind::Absent };
        let kind = self.ty(found);
        if self.heap.type_of_type(kind).is_heap {
            return Kind::Overriding;
        }
        match kind {
            MEMBER_DESCRIPTOR if self.native_of(found).is_none() => Kind::Slot(found),
            GETSET_DESCRIPTOR if name == self.names.class && self.type_lookup(OBJECT, name) == Some(found) => Kind::Class,
            MEMBER_DESCRIPTOR | GETSET_DESCRIPTOR | PROPERTY => Kind::Overriding,
            FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => Kind::Method(found),
            CLASSMETHOD | STATICMETHOD | CLASSMETHOD_DESCRIPTOR | METHOD => Kind::NonData,
            _ => Kind::Value(found),
        }
    }

    pub(super) fn global_form(&mut self, pc: usize, unit: Unit) -> Found {
        let (globals, builtins) = (self.frame().globals, self.frame().builtins);
        let (name, hash) = (unit.object(), self.str_hash(unit.object()));
        let entry_in = |vm: &Vm, dict: ObjRef| -> Option<Option<u16>> {
            let table = vm.heap.dict(dict).filter(|table| vm.ty(dict) == DICT && table.is_unicode())?;
            match table.find_str(&vm.heap, name, hash) {
                Some(entry) => Some(Some(u16::try_from(entry).ok()?)),
                None => Some(None),
            }
        };
        match entry_in(self, globals) {
            None => Found::Nothing,
            Some(Some(index)) => {
                let version = self.keys_version(globals);
                let cache = &mut self.caches[pc];
                (cache.index, cache.version) = (index, version);
                Found::Form(Op::LOAD_GLOBAL_MODULE)
            }
            Some(None) => {
                let Some(Some(index)) = entry_in(self, builtins) else { return Found::Nothing };
                let (version, other) = (self.keys_version(globals), self.keys_version(builtins));
                if other > u32::from(u16::MAX) {
                    return Found::Nothing;
                }
                let cache = &mut self.caches[pc];
                (cache.index, cache.version, cache.other) = (index, version, other);
                Found::Form(Op::LOAD_GLOBAL_BUILTIN)
            }
        }
    }

    /// Whether the keys of the namespaces are those that a form of LOAD_GLOBAL is for.
    pub(super) fn global_fits(&self, pc: usize, unit: Unit) -> bool {
        let (frame, cache) = (self.frame(), self.caches[pc]);
        let version_of = |dict: ObjRef| self.heap.dict(dict).map_or(0, |table| table.version);
        version_of(frame.globals) == cache.version && (unit.op == Op::LOAD_GLOBAL_MODULE || version_of(frame.builtins) == cache.other)
    }

    /// LOAD_ATTR and STORE_ATTR.
    pub(super) fn attribute_form(&mut self, pc: usize, unit: Unit, store: bool) -> Found {
        let (object, name) = (self.peek(1), unit.object());
        let ty = self.ty(object);
        if ty == MODULE {
            return if store { Found::Nothing } else { self.module_form(pc, object, name, Op::LOAD_ATTR_MODULE) };
        }
        let version = self.heap.slot(ty).num as u32;
        match self.analyze(ty, name, store) {
            Kind::Overriding | Kind::Method(_) => Found::Nothing,
            Kind::Class if store => Found::Nothing,
            Kind::Class => {
                let cache = &mut self.caches[pc];
                (cache.version, cache.index, cache.other) = (version, CLASS_OFFSET, CLASS_SLOT);
                Found::Form(Op::LOAD_ATTR_SLOT)
            }
            Kind::Slot(member) => {
                let owner_fits = self.field(member, 0).is_none_or(|owner| self.heap.as_type(owner).is_none() || self.is_subtype(ty, owner));
                let Some(number) = self.field(member, 2).and_then(|index| self.small_value(index)).filter(|_| owner_fits) else {
                    return Found::Nothing;
                };
                let solid = self.heap.type_of_type(ty).solid_base;
                let offset = i64::from(self.heap.type_of_type(solid).basic_size.max(16)) + 8 * number;
                let cache = &mut self.caches[pc];
                (cache.version, cache.index, cache.other) = (version, offset as u16, number as u32);
                Found::Form(if store { Op::STORE_ATTR_SLOT } else { Op::LOAD_ATTR_SLOT })
            }
            Kind::Value(_) | Kind::NonData | Kind::Absent => self.dict_form(pc, object, name, version, store),
        }
    }

    /// An attribute among the instance's own (`specialize_dict_access`).
    fn dict_form(&mut self, pc: usize, object: ObjRef, name: ObjRef, version: u32, store: bool) -> Found {
        let ty = self.ty(object);
        let class = self.heap.type_of_type(ty);
        if !class.managed_dict {
            return Found::Nothing;
        }
        let Body::Instance(instance) = &self.heap.slot(object).body else { return Found::Nothing };
        let (index, form) = match &instance.attrs {
            Attrs::Values(_) | Attrs::Missing => {
                let index = class.shared_keys.as_ref().and_then(|keys| keys.position(name));
                (index, if store { Op::STORE_ATTR_INSTANCE_VALUE } else { Op::LOAD_ATTR_INSTANCE_VALUE })
            }
            Attrs::Dict(dict) => {
                let table = self.heap.dict(*dict).filter(|_| self.ty(*dict) == DICT);
                let index = table.and_then(|table| table.find_str(&self.heap, name, self.str_hash(name)));
                (index, if store { Op::STORE_ATTR_WITH_HINT } else { Op::LOAD_ATTR_WITH_HINT })
            }
        };
        let Some(index) = index.and_then(|index| u16::try_from(index).ok()) else { return Found::Nothing };
        let cache = &mut self.caches[pc];
        (cache.version, cache.index) = (version, index);
        Found::Form(form)
    }

    /// An attribute of a module, for LOAD_ATTR and LOAD_METHOD.
    fn module_form(&mut self, pc: usize, module: ObjRef, name: ObjRef, form: Op) -> Found {
        let Body::Module(record) = self.heap.body(module) else { return Found::Nothing };
        let dict = record.dict;
        let Some(table) = self.heap.dict(dict).filter(|table| table.is_unicode()) else { return Found::Nothing };
        if self.dict_get_str(dict, self.names.getattr).is_some() {
            return Found::Nothing;
        }
        let Some(index) = table.find_str(&self.heap, name, self.str_hash(name)).and_then(|index| u16::try_from(index).ok()) else {
            return Found::Nothing;
        };
        let version = self.keys_version(dict);
        let cache = &mut self.caches[pc];
        (cache.version, cache.index) = (version, index);
        Found::Form(form)
    }

    pub(super) fn method_form(&mut self, pc: usize, unit: Unit) -> Found {
        let (object, name) = (self.peek(1), unit.object());
        let ty = self.ty(object);
        if ty == MODULE {
            return self.module_form(pc, object, name, Op::LOAD_METHOD_MODULE);
        }
        if self.heap.as_type(object).is_some() {
            let on_meta = self.type_lookup(ty, name);
            let (Kind::Method(found) | Kind::Value(found)) = self.analyze(object, name, false) else { return Found::Nothing };
            let hooks = special::GETATTR | special::GETATTRIBUTE;
            if on_meta.is_some() || self.heap.type_of_type(ty).special & hooks != 0 {
                return Found::Nothing;
            }
            let version = self.heap.slot(object).num as u32;
            let cache = &mut self.caches[pc];
            (cache.version, cache.object) = (version, found.index());
            return Found::Form(Op::LOAD_METHOD_CLASS);
        }
        let Kind::Method(found) = self.analyze(ty, name, false) else { return Found::Nothing };
        let class = self.heap.type_of_type(ty);
        let attrs = match &self.heap.slot(object).body {
            Body::Instance(instance) => Some(&instance.attrs),
            Body::Exception(exception) => Some(&exception.attrs),
            _ => None,
        };
        let (form, offset) = if class.managed_dict {
            match attrs {
                Some(Attrs::Dict(_)) => (Op::LOAD_METHOD_WITH_DICT, MANAGED_DICT),
                _ => (Op::LOAD_METHOD_WITH_VALUES, 0),
            }
        } else if !class.has_dict {
            (Op::LOAD_METHOD_NO_DICT, 0)
        } else {
            let offset = crate::objects::layout::core_layout(class.solid_base).map_or(0, |layout| layout.dict);
            match attrs {
                Some(Attrs::Dict(_)) if offset > 0 => (Op::LOAD_METHOD_WITH_DICT, offset),
                _ => return Found::Nothing,
            }
        };
        let keys_version = match form {
            Op::LOAD_METHOD_WITH_VALUES => {
                if self.shared_keys(ty).contains(&name) {
                    return Found::Nothing;
                }
                Some(self.shared_keys_version(ty))
            }
            Op::LOAD_METHOD_WITH_DICT => {
                let Some(&Attrs::Dict(dict)) = attrs else { return Found::Nothing };
                let Some(table) = self.heap.dict(dict) else { return Found::Nothing };
                if table.find_str(&self.heap, name, self.str_hash(name)).is_some()
                    || table.split > 0 && self.shared_keys(ty).contains(&name)
                {
                    return Found::Nothing;
                }
                Some(if table.split > 0 { self.shared_keys_version(ty) } else { self.keys_version(dict) })
            }
            _ => None,
        };
        let version = self.heap.slot(ty).num as u32;
        let cache = &mut self.caches[pc];
        (cache.version, cache.object) = (version, found.index());
        if form == Op::LOAD_METHOD_WITH_DICT {
            cache.index = offset;
        }
        if let Some(keys_version) = keys_version {
            cache.other = keys_version;
        }
        Found::Form(form)
    }

    /// The version of the names that the instances of a class have values for.
    fn shared_keys_version(&mut self, class: ObjRef) -> u32 {
        let next = self.next_keys_version;
        let Body::Type(record) = self.heap.body_mut(class) else { return 0 };
        let Some(keys) = &mut record.shared_keys else { return 0 };
        if keys.version == 0 {
            keys.version = next;
            self.next_keys_version += 1;
        }
        keys.version
    }

    /// Whether an object is of the kind that a form of an attribute instruction is for.
    pub(super) fn attribute_fits(&mut self, pc: usize, unit: Unit) -> bool {
        let (object, cache) = (self.peek(1), self.caches[pc]);
        let ty = self.ty(object);
        let slot = self.heap.slot(object);
        let type_fits = self.heap.slot(ty).num as u32 == cache.version;
        let attrs = match &slot.body {
            Body::Instance(instance) => Some(&instance.attrs),
            Body::Exception(exception) => Some(&exception.attrs),
            _ => None,
        };
        // The entries of a dict that shares its keys have their values elsewhere: no hint finds them.
        let hinted = |dict: ObjRef| {
            self.heap
                .dict(dict)
                .filter(|table| table.split == 0)
                .is_some_and(|table| table.entry(usize::from(cache.index)).is_some_and(|entry| entry.key == Some(unit.object())))
        };
        match unit.op {
            Op::LOAD_ATTR_INSTANCE_VALUE => {
                type_fits && matches!(attrs, Some(Attrs::Values(values)) if values.get(usize::from(cache.index)).is_some())
            }
            Op::STORE_ATTR_INSTANCE_VALUE => type_fits && matches!(attrs, Some(Attrs::Values(_))),
            Op::LOAD_ATTR_WITH_HINT | Op::STORE_ATTR_WITH_HINT => type_fits && matches!(attrs, Some(Attrs::Dict(dict)) if hinted(*dict)),
            Op::LOAD_ATTR_SLOT => {
                let is_set =
                    |body: &Body| matches!(body, Body::Instance(it) if it.slots.get(cache.other as usize).is_some_and(Option::is_some));
                type_fits && (cache.other == CLASS_SLOT || is_set(&slot.body))
            }
            Op::STORE_ATTR_SLOT => type_fits,
            Op::LOAD_ATTR_MODULE | Op::LOAD_METHOD_MODULE => {
                let Body::Module(module) = &slot.body else { return false };
                ty == MODULE && self.heap.dict(module.dict).is_some_and(|table| table.version == cache.version)
            }
            Op::LOAD_METHOD_CLASS => self.heap.as_type(object).is_some() && slot.num as u32 == cache.version,
            Op::LOAD_METHOD_NO_DICT => type_fits,
            Op::LOAD_METHOD_WITH_VALUES => {
                let keys_fit = self.heap.type_of_type(ty).shared_keys.as_ref().is_some_and(|keys| keys.version == cache.other);
                type_fits && keys_fit && matches!(attrs, Some(Attrs::Values(_)))
            }
            Op::LOAD_METHOD_WITH_DICT => {
                let Some(Attrs::Dict(dict)) = attrs else { return false };
                let keys_fit = |table: &Dict| match table.split {
                    0 => table.version == cache.other,
                    _ => {
                        self.heap.type_of_type(ty).shared_keys.as_ref().is_some_and(|keys| keys.version == cache.other)
                            && table.find_str(&self.heap, unit.object(), self.str_hash(unit.object())).is_none()
                    }
                };
                type_fits && self.heap.dict(*dict).is_some_and(keys_fit)
            }
            _ => false,
        }
    }
}

//! Attributes: `x.name`, `x.name = v`, `del x.name`, descriptors and bound methods.
//!
//! The order for an instance: a data descriptor of the type (property, slot), the instance's own attributes, anything else
//! of the type, then `__getattr__`. Counterpart in CPython 3.11: `PyObject_GenericGetAttr`, `type_getattro`,
//! `super_getattro`, `_PyObject_GetMethod`.

mod plain;
mod store;

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        dict::Dict,
        instance::{Attrs, Values},
        types::special,
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// What LOAD_METHOD found.
pub enum Method {
    /// A function to be called with the object as first argument (borrowed from the type).
    Unbound(ObjRef),
    /// Anything else: an attribute value, owned, or still being computed.
    Bound(Outcome),
}

impl Vm {
    /// `object.name`; the result is owned.
    #[inline]
    pub fn get_attr(&mut self, object: ObjRef, name: ObjRef) -> Res {
        let ty = self.ty(object);
        if !is_core_type(ty) {
            let class = self.heap.type_of_type(ty);
            let is_hooked = class.special & (special::GETATTRIBUTE | special::GETATTR) != 0;
            if is_hooked {
                return self.get_attr_hooked(object, name);
            }
            if class.solid_base == OBJECT
                && let Some(getter) = self.getter(ty, name)
            {
                return self.call(getter, &[object]);
            }
        }
        self.get_attr_plain(object, name)
    }

    /// The function that a property of a class gets its value from, borrowed.
    #[inline]
    fn getter(&mut self, class: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let property = self.type_lookup(class, name)?;
        let property = self.heap.slot(property);
        match &property.body {
            Body::Fields(fields) if property.ty == PROPERTY => fields[0].filter(|&getter| getter != NONE),
            _ => None,
        }
    }

    /// `object.__getattribute__(name)` as the builtin types define it.
    pub fn get_attr_plain(&mut self, object: ObjRef, name: ObjRef) -> Res {
        match self.try_attr(object, name)? {
            Some(outcome) => Ok(outcome),
            None => {
                // What shows another object's attributes reports that object.
                let mut shown = object;
                loop {
                    match self.heap.body(shown) {
                        Body::Method(parts) => shown = parts[0],
                        Body::Fields(fields) if self.ty(shown) == GENERIC_ALIAS => shown = fields[0].unwrap_or(NONE),
                        _ => break,
                    }
                }
                Err(self.no_attribute(shown, name))
            }
        }
    }

    /// The attribute if there is one. `Err` is for exceptions of descriptors only.
    fn try_attr(&mut self, object: ObjRef, name: ObjRef) -> Result<Option<Outcome>, Raised> {
        let ty = self.ty(object);
        match &self.heap.slot(object).body {
            Body::Fields(fields) if ty == GENERIC_ALIAS => {
                // An alias shows the attributes of its class, but for a few of its own.
                const OWN: [&str; 11] = [
                    "__class__",
                    "__origin__",
                    "__args__",
                    "__unpacked__",
                    "__parameters__",
                    "__typing_unpacked_tuple_args__",
                    "__mro_entries__",
                    "__reduce_ex__",
                    "__reduce__",
                    "__copy__",
                    "__deepcopy__",
                ];
                let origin = fields[0].unwrap_or(NONE);
                if !OWN.contains(&&*self.name_text(name)) {
                    return self.try_attr(origin, name);
                }
            }
            Body::Fields(_) if ty == UNION_TYPE && name == self.names.module => {
                return Ok(Some(Outcome::Done(self.new_interned("types"))));
            }
            Body::Type(_) => return self.try_type_attr(object, name),
            Body::Module(_) => return self.try_module_attr(object, name),
            _ if ty == SUPER || self.heap.type_of_type(ty).solid_base == SUPER => return self.try_super_attr(object, name),
            _ => {}
        }
        let on_type = self.type_lookup(ty, name);
        if let Some(descriptor) = on_type
            && self.is_data_descriptor(descriptor)
        {
            return self.bind_descriptor(descriptor, object, ty).map(Some);
        }
        if let Some(value) = self.own_attr(object, name) {
            self.incref(value);
            return Ok(Some(Outcome::Done(value)));
        }
        match on_type {
            Some(descriptor) => self.bind_descriptor(descriptor, object, ty).map(Some),
            None => match self.heap.body(object) {
                // A bound method shows the attributes of its function.
                Body::Method(parts) => {
                    let function = parts[0];
                    self.try_attr(function, name)
                }
                _ => Ok(None),
            },
        }
    }

    /// An attribute in the object's own `__dict__`, borrowed.
    #[inline]
    pub fn own_attr(&self, object: ObjRef, name: ObjRef) -> Option<ObjRef> {
        match &self.heap.slot(object).body {
            Body::Function(function) => return self.dict_get_str(function.dict?, name),
            Body::Fields(fields) if matches!(self.ty(object), STATICMETHOD | CLASSMETHOD) => {
                return self.dict_get_str(fields[1]?, name);
            }
            _ => {}
        }
        match self.attrs_of(object)? {
            Attrs::Values(values) => values.get(self.key_number(self.ty(object), name)?),
            Attrs::Dict(dict) => self.dict_get_str(*dict, name),
            Attrs::Missing => None,
        }
    }

    /// The number of a name among those that the instances of a class have values for.
    #[inline]
    fn key_number(&self, class: ObjRef, name: ObjRef) -> Option<usize> {
        let keys = self.shared_keys(class);
        keys.iter().position(|&key| key == name).or_else(|| self.key_number_by_text(keys, name))
    }

    /// Names made at run time are not interned: compare texts.
    #[cold]
    fn key_number_by_text(&self, keys: &[ObjRef], name: ObjRef) -> Option<usize> {
        if keys.is_empty() || self.interned.is_interned(name) {
            return None;
        }
        let text = self.heap.str(name)?;
        keys.iter().position(|&key| self.heap.str(key) == Some(text))
    }

    /// The names that the instances of a class have values for.
    #[inline]
    pub fn shared_keys(&self, class: ObjRef) -> &[ObjRef] {
        self.heap.type_of_type(class).shared_keys.as_ref().map_or(&[], |keys| keys.names())
    }

    /// Where the object keeps its attributes, if it has a `__dict__`.
    #[inline]
    fn attrs_of(&self, object: ObjRef) -> Option<&Attrs> {
        match &self.heap.slot(object).body {
            Body::Instance(instance) => Some(&instance.attrs),
            Body::Exception(exception) => Some(&exception.attrs),
            _ => None,
        }
    }

    fn attrs_mut(&mut self, object: ObjRef) -> Option<&mut Attrs> {
        match &mut self.heap.slot_mut(object).body {
            Body::Instance(instance) => Some(&mut instance.attrs),
            Body::Exception(exception) => Some(&mut exception.attrs),
            _ => None,
        }
    }

    /// The `__dict__` object, made now if need be; borrowed. `None`: the object has none.
    pub fn instance_dict(&mut self, object: ObjRef) -> Option<ObjRef> {
        match &self.heap.slot(object).body {
            Body::Module(module) => return Some(module.dict),
            Body::Function(function) => {
                if let Some(dict) = function.dict {
                    return Some(dict);
                }
                let dict = self.new_dict();
                if let Body::Function(function) = &mut self.heap.slot_mut(object).body {
                    function.dict = Some(dict);
                }
                return Some(dict);
            }
            Body::Fields(fields) if matches!(self.ty(object), STATICMETHOD | CLASSMETHOD) => {
                if let Some(dict) = fields[1] {
                    return Some(dict);
                }
                let dict = self.new_dict();
                if let Body::Fields(fields) = &mut self.heap.slot_mut(object).body {
                    fields[1] = Some(dict);
                }
                return Some(dict);
            }
            _ => {}
        }
        let ty = self.ty(object);
        if !self.heap.type_of_type(ty).has_dict {
            return None;
        }
        let taken = match self.attrs_mut(object)? {
            Attrs::Dict(dict) => return Some(*dict),
            attrs => attrs.take(),
        };
        let mut table = Dict::default();
        let mut trackable = Vec::new();
        if let Attrs::Values(values) = &taken {
            for (name, value) in self.named(ty, values) {
                // The class's names are counted for the class; those of a dict for the dict.
                self.incref(name);
                let hash = self.cached_str_hash(name);
                table.insert_new(name, hash, value, true);
                trackable.push(value);
            }
        }
        // The values stay where they are; the keys are the class's.
        if let Attrs::Values(values) = &taken {
            table.split = self.heap.type_of_type(ty).shared_keys.as_ref().map_or(0, |keys| keys.size());
            table.memory = crate::objects::dict::Memory { block: values.memory, ..Default::default() };
        }
        let dict = self.new_dict_from(table);
        for value in trackable {
            self.track_dict_for(dict, value);
        }
        *self.attrs_mut(object).expect("looked up before") = Attrs::Dict(dict);
        Some(dict)
    }

    /// Names and values in the order in which they were set.
    fn named(&self, class: ObjRef, values: &Values) -> Vec<(ObjRef, ObjRef)> {
        let keys = self.shared_keys(class);
        values.numbers().filter_map(|number| Some((*keys.get(number)?, values.get(number)?))).collect()
    }

    /// Makes another dict the object's `__dict__`; takes over the reference.
    pub fn set_instance_dict(&mut self, object: ObjRef, dict: ObjRef) {
        let old = match self.attrs_mut(object) {
            Some(attrs) => std::mem::replace(attrs, Attrs::Dict(dict)),
            None => return self.decref(dict),
        };
        let mut held = Vec::new();
        old.trace(&mut |o| held.push(o));
        self.decref_all(held);
        if let Attrs::Values(values) = old
            && values.memory != 0
        {
            self.heap.free_memory(values.memory);
        }
    }

    /// Names and values of the object's own attributes, in order; borrowed.
    pub fn own_attrs(&self, object: ObjRef) -> Vec<(ObjRef, ObjRef)> {
        let dict = match &self.heap.slot(object).body {
            Body::Module(module) => Some(module.dict),
            Body::Function(function) => function.dict,
            Body::Type(ty) => Some(ty.dict),
            Body::Fields(fields) if matches!(self.ty(object), STATICMETHOD | CLASSMETHOD) => fields[1],
            _ => match self.attrs_of(object) {
                Some(Attrs::Values(values)) => return self.named(self.ty(object), values),
                Some(Attrs::Dict(dict)) => Some(*dict),
                Some(Attrs::Missing) | None => None,
            },
        };
        dict.and_then(|dict| self.heap.dict(dict)).map(|dict| dict.iter().collect()).unwrap_or_default()
    }

    // ── types, modules, super ───────────────────────────────────────────────────────────────────────────────────────

    fn try_type_attr(&mut self, class: ObjRef, name: ObjRef) -> Result<Option<Outcome>, Raised> {
        let metaclass = self.ty(class);
        let on_meta = self.type_lookup(metaclass, name);
        if let Some(descriptor) = on_meta
            && self.is_data_descriptor(descriptor)
        {
            return self.bind_descriptor(descriptor, class, metaclass).map(Some);
        }
        if let Some(value) = self.type_lookup(class, name) {
            return self.bind_on_class(value, class).map(Some);
        }
        match on_meta {
            Some(descriptor) => self.bind_descriptor(descriptor, class, metaclass).map(Some),
            None => Ok(None),
        }
    }

    /// What `C.name` gives for a value found in the class: functions stay as they are, class methods are bound.
    fn bind_on_class(&mut self, value: ObjRef, class: ObjRef) -> Res {
        match self.ty(value) {
            STATICMETHOD | CLASSMETHOD | CLASSMETHOD_DESCRIPTOR => self.bind_descriptor(value, class, class),
            ty if is_core_type(ty) => Ok(Outcome::Done(self.own(value))),
            ty if self.heap.type_of_type(ty).special & special::GET != 0 => {
                self.holding(value, |vm| vm.call_special(value, vm.names.get, &[NONE, class]).expect("it defines __get__"))
            }
            ty if matches!(self.heap.type_of_type(ty).solid_base, STATICMETHOD | CLASSMETHOD) => self.bind_descriptor(value, class, class),
            _ => Ok(Outcome::Done(self.own(value))),
        }
    }

    fn try_module_attr(&mut self, module: ObjRef, name: ObjRef) -> Result<Option<Outcome>, Raised> {
        let Body::Module(record) = self.heap.body(module) else { return Ok(None) };
        let dict = record.dict;
        if let Some(value) = self.dict_get_str(dict, name) {
            return Ok(Some(Outcome::Done(self.own(value))));
        }
        let ty = self.ty(module);
        if let Some(descriptor) = self.type_lookup(ty, name) {
            return self.bind_descriptor(descriptor, module, ty).map(Some);
        }
        match self.dict_get_str(dict, self.names.getattr) {
            Some(hook) => self.call(hook, &[name]).map(Some),
            None => Ok(None),
        }
    }

    /// `super(C, x).name`: looks in the MRO of x's type behind C.
    fn try_super_attr(&mut self, object: ObjRef, name: ObjRef) -> Result<Option<Outcome>, Raised> {
        let (class, bound, start) = match self.heap.body(object) {
            Body::Fields(fields) => (fields[0], fields[1], fields[2]),
            _ => (None, None, None),
        };
        if let (Some(class), Some(bound), Some(start)) = (class, bound, start)
            && name != self.names.class
        {
            let mro = self.heap.tuple(self.heap.type_of_type(start).mro).unwrap_or(&[]);
            let behind = mro.iter().position(|&entry| entry == class).map_or(0, |index| index + 1);
            let found = mro[behind..].iter().find_map(|&entry| self.dict_get_str(self.heap.type_of_type(entry).dict, name));
            if let Some(value) = found {
                // A class as `self` (in a class method) binds like a class.
                return if bound == start {
                    self.bind_on_class(value, start).map(Some)
                } else {
                    self.bind_descriptor(value, bound, start).map(Some)
                };
            }
        }
        let ty = self.ty(object);
        match self.type_lookup(ty, name) {
            Some(descriptor) => self.bind_descriptor(descriptor, object, ty).map(Some),
            None => Ok(None),
        }
    }

    // ── descriptors ─────────────────────────────────────────────────────────────────────────────────────────────────

    /// Properties, slots, and what defines `__set__` or `__delete__`: they go before the instance's own attributes.
    ///
    /// One that has no `__get__` does not: `PyObject_GenericGetAttr` asks for both.
    pub(super) fn is_data_descriptor(&self, value: ObjRef) -> bool {
        match self.ty(value) {
            PROPERTY | GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR => true,
            ty if is_core_type(ty) => false,
            ty => {
                let ty = self.heap.type_of_type(ty);
                ty.special & special::GET != 0 && ty.special & (special::SET | special::DELETE) != 0 || ty.solid_base == PROPERTY
            }
        }
    }

    /// `value.__get__(object, ty)` for a value found on the type; values that are no descriptors come back as they are.
    pub fn bind_descriptor(&mut self, value: ObjRef, object: ObjRef, ty: ObjRef) -> Res {
        let kind = self.ty(value);
        let kind = if is_core_type(kind) {
            kind
        } else {
            let kind_type = self.heap.type_of_type(kind);
            if kind_type.special & special::GET != 0 {
                return self.holding(value, |vm| vm.call_special(value, vm.names.get, &[object, ty]).expect("it defines __get__"));
            }
            kind_type.solid_base
        };
        let result = match kind {
            FUNCTION => self.new_method(value, object),
            METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => self.bind_native(value, object),
            CLASSMETHOD_DESCRIPTOR => self.bind_native(value, ty),
            STATICMETHOD => {
                let inner = self.field(value, 0).unwrap_or(NONE);
                self.own(inner)
            }
            CLASSMETHOD => {
                let inner = self.field(value, 0).unwrap_or(NONE);
                let class = if self.heap.as_type(object).is_some() && object == ty { object } else { ty };
                match self.ty(inner) {
                    FUNCTION => self.new_method(inner, class),
                    METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => self.bind_native(inner, class),
                    PROPERTY | CLASSMETHOD | STATICMETHOD => return self.bind_descriptor(inner, class, class),
                    kind if !is_core_type(kind) && self.heap.type_of_type(kind).special & special::GET != 0 => {
                        return self
                            .holding(inner, |vm| vm.call_special(inner, vm.names.get, &[class, class]).expect("it defines __get__"));
                    }
                    _ => self.new_method(inner, class),
                }
            }
            PROPERTY => {
                return match self.field(value, 0).filter(|&getter| getter != NONE) {
                    Some(getter) => self.call(getter, &[object]),
                    None => Err(self.property_error(value, object, "getter")),
                };
            }
            GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR if let Some(native) = self.native_of(value) => {
                let func = self.natives[native.id.0 as usize].func;
                return self.call_native_fn(func, &[object]);
            }
            MEMBER_DESCRIPTOR => match self.slot_value(value, object) {
                Some(value) => self.own(value),
                None => {
                    let name = self.field(value, 1).expect("a name");
                    let message = format!("'{}' object has no attribute '{}'", self.type_name(object), self.name_text(name));
                    return Err(self.attribute_error(message, object, name));
                }
            },
            _ => self.own(value),
        };
        Ok(Outcome::Done(result))
    }

    fn property_error(&mut self, property: ObjRef, object: ObjRef, what: &str) -> Raised {
        let ty = self.ty(object);
        let type_name = self.name_text(self.heap.type_of_type(ty).qualname);
        let message = match self.field(property, 4).filter(|&name| name != NONE) {
            Some(name) => format!("property '{}' of '{type_name}' object has no {what}", self.name_text(name)),
            None => format!("property of '{type_name}' object has no {what}"),
        };
        self.raise(ATTRIBUTE_ERROR, message)
    }

    /// A field of an object whose body is a few references; borrowed.
    pub fn field(&self, object: ObjRef, index: usize) -> Option<ObjRef> {
        match self.heap.body(object) {
            Body::Fields(fields) => fields.get(index).copied().flatten(),
            _ => None,
        }
    }

    pub fn new_method(&mut self, function: ObjRef, this: ObjRef) -> ObjRef {
        self.incref(function);
        self.incref(this);
        self.alloc_tracked(METHOD, 0, Body::Method(Box::new([function, this])))
    }

    /// The value in the slot that a member descriptor stands for; borrowed.
    fn slot_value(&self, member: ObjRef, object: ObjRef) -> Option<ObjRef> {
        let index = self.field(member, 2).and_then(|index| self.small_value(index))? as usize;
        match &self.heap.slot(object).body {
            Body::Instance(instance) => instance.slots.get(index).copied().flatten(),
            Body::Exception(exception) => exception.slots.get(index).copied().flatten(),
            _ => None,
        }
    }

    // ── methods about to be called ──────────────────────────────────────────────────────────────────────────────────

    /// The function that `object.name(…)` calls with the object as its first argument, if it is as simple as that; borrowed.
    #[inline]
    pub fn find_method(&mut self, object: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let ty = self.ty(object);
        let class = self.heap.type_of_type(ty);
        let hooked = class.special & (special::GETATTRIBUTE | special::GETATTR) != 0;
        let special = matches!(self.heap.slot(object).body, Body::Type(_) | Body::Module(_))
            || matches!(class.solid_base, SUPER | GENERIC_ALIAS | UNION_TYPE | METHOD);
        if hooked || special {
            return None;
        }
        let found = self.type_lookup(ty, name)?;
        let is_method = matches!(self.ty(found), FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR);
        (is_method && self.own_attr(object, name).is_none()).then_some(found)
    }

    /// `object.name` for a call that follows: avoids making a bound method where it can.
    pub fn load_method(&mut self, object: ObjRef, name: ObjRef) -> Result<Method, Raised> {
        match self.find_method(object, name) {
            Some(method) => Ok(Method::Unbound(method)),
            None => Ok(Method::Bound(self.get_attr(object, name)?)),
        }
    }

    /// Calls a method by name, found as any attribute; `None` if there is no such attribute.
    pub fn call_attribute(&mut self, object: ObjRef, name: ObjRef, args: &[ObjRef]) -> Option<Res> {
        let method = match self.lookup_attribute_now(object, name) {
            Ok(None) => return None,
            Ok(Some(method)) => method,
            Err(raised) => return Some(Err(raised)),
        };
        let result = self.call(method, args);
        self.decref(method);
        Some(result)
    }

    /// The same for a name as text, and an AttributeError if there is no such attribute. Counterpart: `PyObject_CallMethod`.
    pub fn call_method(&mut self, object: ObjRef, name: &str, args: &[ObjRef]) -> Res {
        let name = self.new_interned(name);
        let result = match self.call_attribute(object, name, args) {
            Some(result) => result,
            None => Err(self.no_attribute(object, name)),
        };
        self.decref(name);
        result
    }

    /// The object's `__dict__` if it has attributes of its own, otherwise None; borrowed.
    pub fn dict_in_use(&mut self, object: ObjRef) -> ObjRef {
        if self.own_attrs(object).is_empty() { NONE } else { self.instance_dict(object).unwrap_or(NONE) }
    }

    /// An attribute, owned, or `None` where AttributeError would be raised. Runs Python code to its end.
    pub fn lookup_attribute_now(&mut self, object: ObjRef, name: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let ty = self.ty(object);
        let depth = self.frames.len();
        let hooked = !is_core_type(ty) && self.heap.type_of_type(ty).special & (special::GETATTRIBUTE | special::GETATTR) != 0;
        let result = if hooked {
            self.get_attr_hooked(object, name)
        } else {
            match self.try_attr(object, name) {
                Ok(None) => return Ok(None),
                Ok(Some(outcome)) => Ok(outcome),
                Err(raised) => Err(raised),
            }
        };
        let result = match result {
            Ok(outcome) => self.finish_now(depth, outcome),
            Err(raised) => Err(raised),
        };
        match result {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.exception_matches(raised.0, ATTRIBUTE_ERROR) => {
                self.decref(raised.0);
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    // ── __getattribute__ and __getattr__ ────────────────────────────────────────────────────────────────────────────

    #[cold]
    fn get_attr_hooked(&mut self, object: ObjRef, name: ObjRef) -> Res {
        let ty = self.ty(object);
        let bits = self.heap.type_of_type(ty).special;
        if bits & special::GETATTR == 0 {
            return self.call_special(object, self.names.getattribute, &[name]).expect("it defines __getattribute__");
        }
        if bits & special::GETATTRIBUTE == 0 {
            // Most classes define __getattr__ only: no need to raise and catch where nothing is found.
            if self.type_lookup(ty, name).is_none() && self.own_attr(object, name).is_none() && self.heap.as_type(object).is_none() {
                self.pass_packed(1, false); // the arguments of the AttributeError
                return self.call_special_bound(object, self.names.getattr, &[name]).expect("it defines __getattr__");
            }
        }
        let hook = self.type_lookup(ty, self.names.getattr);
        self.xincref(hook);
        self.drive(GetAttr { object, name, hook, fallback: false })
    }

    /// The AttributeError for an attribute that is not there.
    pub fn no_attribute(&mut self, object: ObjRef, name: ObjRef) -> Raised {
        if self.heap.str(name).is_none() {
            let ty = self.type_name(name);
            return self.type_error(format!("attribute name must be string, not '{ty}'"));
        }
        let text = self.name_text(name);
        let partial = self.is_initializing(object);
        let message = match self.heap.body(object) {
            Body::Module(module) if partial => format!(
                "partially initialized module '{}' has no attribute '{text}' (most likely due to a circular import)",
                self.name_text(module.name)
            ),
            Body::Type(ty) => format!("type object '{}' has no attribute '{text}'", ty.name),
            Body::Module(module) => format!("module '{}' has no attribute '{text}'", self.name_text(module.name)),
            _ => format!("'{}' object has no attribute '{text}'", self.type_name(object)),
        };
        self.attribute_error(message, object, name)
    }
}

/// `object.name` where the class defines `__getattr__`: first the usual way, then the hook, even if the first has taken it from
/// the class. Object and name are borrowed.
#[derive(Clone)]
struct GetAttr {
    object: ObjRef,
    name: ObjRef,
    hook: Option<ObjRef>,
    fallback: bool,
}

impl Native for GetAttr {
    fn name(&self) -> &'static str {
        "getattr"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            return Ok(Outcome::Done(value));
        }
        let (object, name) = (self.object, self.name);
        let result = if vm.has_special(object, special::GETATTRIBUTE) {
            vm.call_special_bound(object, vm.names.getattribute, &[name]).expect("it defines __getattribute__")
        } else {
            vm.get_attr_plain(object, name)
        };
        match result {
            Err(raised) => self.raised(vm, raised),
            other => other,
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.fallback || !vm.exception_matches(raised.0, ATTRIBUTE_ERROR) {
            return Err(raised);
        }
        let Some(hook) = self.hook else { return Err(raised) };
        self.fallback = true;
        vm.decref(raised.0);
        vm.call_bound(hook, self.object, &[self.name])
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.hook.iter().for_each(|&hook| visit(hook));
    }
}

//! `x.name = v` and `del x.name`: descriptors of the type first, then the instance's own attributes.
//!
//! Counterpart in CPython 3.11: `_PyObject_GenericSetAttrWithDict`, `type_setattro`.

use super::*;

impl Vm {
    /// `object.name = value`, or `del object.name` without a value; all borrowed. The result is to be dropped.
    pub fn set_attr(&mut self, object: ObjRef, name: ObjRef, value: Option<ObjRef>) -> Res {
        let ty = self.ty(object);
        if !is_core_type(ty) {
            let bits = self.heap.type_of_type(ty).special;
            match value {
                Some(value) if bits & special::SETATTR != 0 => {
                    return self.call_special(object, self.names.setattr, &[name, value]).expect("it defines __setattr__");
                }
                None if bits & special::DELATTR != 0 => {
                    return self.call_special(object, self.names.delattr, &[name]).expect("it defines __delattr__");
                }
                _ => {}
            }
        }
        self.set_attr_plain(object, name, value)
    }

    /// `object.__setattr__` as the builtin types define it.
    pub fn set_attr_plain(&mut self, object: ObjRef, name: ObjRef, value: Option<ObjRef>) -> Res {
        if self.heap.as_type(object).is_some_and(|ty| !ty.is_heap) {
            return self.set_type_attr(object, name, value);
        }
        let ty = self.ty(object);
        let on_type = self.type_lookup(ty, name);
        if let Some(descriptor) = on_type
            && let Some(result) = self.set_through_descriptor(descriptor, object, name, value)
        {
            return result;
        }
        if self.heap.as_type(object).is_some() {
            return self.set_type_attr(object, name, value);
        }
        let done = match (&self.heap.slot(object).body, value) {
            (Body::Module(_) | Body::Function(_), value) => {
                let dict = self.instance_dict(object).expect("modules and functions have one");
                self.set_in_dict(dict, name, value)
            }
            (Body::Fields(_), value) if matches!(ty, STATICMETHOD | CLASSMETHOD) => {
                let dict = self.instance_dict(object).expect("they have one");
                self.set_in_dict(dict, name, value)
            }
            (_, Some(value)) => self.set_own_attr(object, name, value),
            (_, None) => self.del_own_attr(object, name),
        };
        if done {
            return Ok(Outcome::Done(self.none()));
        }
        let (type_name, text) = (self.type_name(object), self.name_text(name));
        let message = match (on_type, self.heap.type_of_type(ty).has_dict) {
            (Some(_), false) => format!("'{type_name}' object attribute '{text}' is read-only"),
            _ => format!("'{type_name}' object has no attribute '{text}'"),
        };
        Err(self.raise(ATTRIBUTE_ERROR, message))
    }

    fn set_in_dict(&mut self, dict: ObjRef, name: ObjRef, value: Option<ObjRef>) -> bool {
        match value {
            Some(value) => {
                self.incref(value);
                self.dict_set_str(dict, name, value);
                true
            }
            None => self.dict_del_str(dict, name),
        }
    }

    /// Sets an attribute in the object's own dict; false if it has none.
    pub fn set_own_attr(&mut self, object: ObjRef, name: ObjRef, value: ObjRef) -> bool {
        let ty = self.ty(object);
        if !self.heap.type_of_type(ty).has_dict {
            return false;
        }
        match self.attrs_mut(object) {
            Some(Attrs::Values(_)) => match self.number_key(ty, name) {
                Some(number) => {
                    self.incref(value);
                    let Some(Attrs::Values(values)) = self.attrs_mut(object) else { unreachable!("just matched") };
                    let old = values.set(number, value);
                    self.xdecref(old);
                }
                None => self.set_in_instance_dict(object, name, value),
            },
            Some(Attrs::Dict(dict)) => {
                let dict = *dict;
                // A new key of a dict that shares them with its class is one of the class too, or ends that.
                if self.heap.dict(dict).is_some_and(|table| table.split > 0)
                    && self.heap.type_of_type(ty).shared_keys.is_some()
                    && self.number_key(ty, name).is_none()
                    && let Some(table) = self.heap.dict_mut(dict)
                {
                    table.unsplit();
                }
                self.incref(value);
                self.dict_set_str(dict, name, value);
            }
            Some(Attrs::Missing) => self.set_in_instance_dict(object, name, value),
            None => return false,
        }
        true
    }

    /// Sets an attribute where a dict has to be made for it.
    fn set_in_instance_dict(&mut self, object: ObjRef, name: ObjRef, value: ObjRef) {
        let dict = self.instance_dict(object).expect("it has one");
        if let Some(table) = self.heap.dict_mut(dict) {
            table.unsplit();
        }
        self.incref(name);
        let name = self.intern(name);
        self.incref(value);
        self.dict_set_str(dict, name, value);
        self.decref(name);
    }

    /// The number under which the instances of a class keep the value of a name: a new one if need be and possible.
    fn number_key(&mut self, class: ObjRef, name: ObjRef) -> Option<usize> {
        if let Some(number) = self.key_number(class, name) {
            return Some(number);
        }
        self.incref(name);
        let name = self.intern(name);
        let Body::Type(ty) = self.heap.body_mut(class) else { panic!("a type") };
        let keys = ty.shared_keys.as_mut().expect("the class of an instance with values");
        if !keys.add(name) {
            self.decref(name);
            return None;
        }
        Some(self.shared_keys(class).len() - 1)
    }

    fn del_own_attr(&mut self, object: ObjRef, name: ObjRef) -> bool {
        let number = self.key_number(self.ty(object), name);
        match self.attrs_mut(object) {
            Some(Attrs::Values(values)) => {
                let old = number.and_then(|number| values.take(number));
                self.xdecref(old);
                old.is_some()
            }
            Some(Attrs::Dict(dict)) => {
                let dict = *dict;
                self.dict_del_str(dict, name)
            }
            Some(Attrs::Missing) | None => false,
        }
    }

    fn set_type_attr(&mut self, class: ObjRef, name: ObjRef, value: Option<ObjRef>) -> Res {
        let ty = self.heap.type_of_type(class);
        // `io.UnsupportedOperation` is made at run time, and `io` tells it its module.
        if !ty.is_heap && class != UNSUPPORTED_OPERATION {
            let (text, type_name) = (self.name_text(name), ty.name.clone());
            return Err(self.type_error(format!("cannot set '{text}' attribute of immutable type '{type_name}'")));
        }
        let dict = ty.dict;
        if !self.set_in_dict(dict, name, value) {
            return Err(self.no_attribute(class, name));
        }
        self.type_modified(class);
        Ok(Outcome::Done(self.none()))
    }

    /// Setting where the type has a descriptor of that name; `None`: it is no data descriptor.
    fn set_through_descriptor(&mut self, descriptor: ObjRef, object: ObjRef, name: ObjRef, value: Option<ObjRef>) -> Option<Res> {
        let kind = self.ty(descriptor);
        let kind = if is_core_type(kind) {
            kind
        } else {
            let ty = self.heap.type_of_type(kind);
            let (bits, solid) = (ty.special, ty.solid_base);
            match value {
                Some(value) if bits & special::SET != 0 => {
                    let set = self.names.set;
                    return Some(
                        self.holding(descriptor, |vm| vm.call_special(descriptor, set, &[object, value]).expect("it defines __set__")),
                    );
                }
                None if bits & special::DELETE != 0 => {
                    let delete = self.names.delete;
                    return Some(
                        self.holding(descriptor, |vm| vm.call_special(descriptor, delete, &[object]).expect("it defines __delete__")),
                    );
                }
                _ if bits & (special::SET | special::DELETE) != 0 => {
                    let missing = if value.is_some() { "__set__" } else { "__delete__" };
                    return Some(Err(self.raise(ATTRIBUTE_ERROR, missing)));
                }
                _ => solid,
            }
        };
        match kind {
            PROPERTY => {
                let (index, what) = if value.is_some() { (1, "setter") } else { (2, "deleter") };
                Some(match self.field(descriptor, index).filter(|&function| function != NONE) {
                    Some(function) => match value {
                        Some(value) => self.call(function, &[object, value]),
                        None => self.call(function, &[object]),
                    },
                    None => Err(self.property_error(descriptor, object, what)),
                })
            }
            MEMBER_DESCRIPTOR if self.native_of(descriptor).is_none() => {
                let index = self.field(descriptor, 2).and_then(|index| self.small_value(index)).unwrap_or(0) as usize;
                let place = match &mut self.heap.slot_mut(object).body {
                    Body::Instance(instance) => instance.slots.get_mut(index),
                    Body::Exception(exception) => exception.slots.get_mut(index),
                    _ => None,
                };
                let old = place.and_then(|place| std::mem::replace(place, value));
                self.xincref(value);
                if value.is_none() && old.is_none() {
                    let text = self.name_text(name);
                    return Some(Err(self.raise(ATTRIBUTE_ERROR, text)));
                }
                self.xdecref(old);
                Some(Ok(Outcome::Done(self.none())))
            }
            GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR => {
                let native = self.native_of(descriptor).expect("a native");
                let setter = self.natives[native.id.0 as usize].setter;
                Some(match (setter, value) {
                    (Some(setter), Some(value)) => self.call_native_fn(setter, &[object, value]),
                    (Some(setter), None) => self.call_native_fn(setter, &[object]),
                    (None, _) => {
                        let (text, owner) = (self.name_text(name), native_owner_name(self, descriptor));
                        Err(self.raise(ATTRIBUTE_ERROR, format!("attribute '{text}' of '{owner}' objects is not writable")))
                    }
                })
            }
            _ => None,
        }
    }
}

fn native_owner_name(vm: &Vm, descriptor: ObjRef) -> String {
    let owner = vm.native_of(descriptor).and_then(|native| native.owner);
    owner.map(|owner| vm.heap.type_of_type(owner).name.to_string()).unwrap_or_default()
}

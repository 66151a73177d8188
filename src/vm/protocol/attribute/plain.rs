//! Attributes that are there as they are: where no descriptor and no hook has a say, nothing is to be run.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, types::special},
    vm::Vm,
};

impl Vm {
    /// An attribute of an instance or class that is there as it is, borrowed: where no descriptor and no hook has a say.
    pub fn plain_attr(&mut self, object: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let ty = self.ty(object);
        match &self.heap.slot(object).body {
            Body::Instance(_) => {
                let class = self.heap.type_of_type(ty);
                if class.special & (special::GETATTRIBUTE | special::GETATTR) != 0 || class.solid_base != OBJECT {
                    return None;
                }
                let on_type = self.type_lookup(ty, name);
                if on_type.is_some_and(|value| self.is_data_descriptor(value)) {
                    return None;
                }
                self.own_attr(object, name).or(on_type.filter(|&value| self.is_plain(value)))
            }
            Body::Type(_) if ty == TYPE => {
                if self.type_lookup(TYPE, name).is_some() {
                    return None;
                }
                let value = self.type_lookup(object, name)?;
                (self.ty(value) == FUNCTION || self.is_plain(value)).then_some(value)
            }
            _ => None,
        }
    }

    /// Whether the value is surely no descriptor.
    fn is_plain(&self, value: ObjRef) -> bool {
        match self.ty(value) {
            INT | FLOAT | STR | BOOL | NONE_TYPE | TUPLE | LIST | DICT | SET | FROZENSET => true,
            ty => {
                let class = self.heap.type_of_type(ty);
                !is_core_type(ty) && class.solid_base == OBJECT && class.special & (special::GET | special::SET | special::DELETE) == 0
            }
        }
    }
}

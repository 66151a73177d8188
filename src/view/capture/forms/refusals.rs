//! Why an instruction found no form: a sentence that follows from its operands.
//!
//! `1 + 1.5`: `int + float: operands of two types`. Empty where nothing is known to say.

use super::Site;
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs, types::special},
};

impl Site<'_> {
    pub(super) fn refusal(&self) -> String {
        let unit = self.vm().unit_at(self.pc);
        let why = match unit.op {
            Op::BINARY_OP => self.no_operator(unit.arg),
            Op::COMPARE_OP => self.no_comparison(unit.arg),
            Op::BINARY_SUBSCR | Op::STORE_SUBSCR => self.no_subscript(unit.op == Op::STORE_SUBSCR),
            Op::UNPACK_SEQUENCE => self.no_unpacking(unit.arg),
            Op::LOAD_ATTR | Op::STORE_ATTR => self.no_attribute(unit.object(), unit.op == Op::STORE_ATTR),
            Op::LOAD_METHOD => self.no_method(unit.object()),
            Op::PRECALL => self.no_precall(unit.arg),
            Op::CALL => self.no_call(unit.arg),
            Op::LOAD_GLOBAL => Some("the name is in neither namespace, or a key there is no str".into()),
            _ => None,
        };
        why.unwrap_or_default()
    }

    fn no_operator(&self, arg: u32) -> Option<String> {
        const SIGNS: [&str; 13] = ["+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"];
        let sign = *SIGNS.get(arg as usize % 13)?;
        if !matches!(sign, "+" | "-" | "*") {
            return Some(format!("`{sign}` has none, only + - * have"));
        }
        let (left, right) = (self.type_name(self.operand(2)?), self.type_name(self.operand(1)?));
        Some(match left == right {
            false => format!("{left} {sign} {right}: operands of two types"),
            true => format!("{left} {sign} {right} has none"),
        })
    }

    fn no_comparison(&self, arg: u32) -> Option<String> {
        let next = self.vm().unit_at(self.pc + 1).op;
        if !next.name().starts_with("POP_JUMP_") || next.name().ends_with("NONE") {
            return Some("no conditional jump comes right behind it".into());
        }
        let (left, right) = (self.operand(2)?, self.operand(1)?);
        let (left_name, right_name) = (self.type_name(left), self.type_name(right));
        Some(match self.vm().ty(left) {
            _ if left_name != right_name => format!("{left_name} and {right_name}: operands of two types"),
            INT => "an int of more than one digit".into(),
            STR if !matches!(arg, 2 | 3) => "strs only have one for == and !=".into(),
            _ => format!("comparing two {left_name} has none"),
        })
    }

    fn no_subscript(&self, is_store: bool) -> Option<String> {
        let (container, key) = (self.operand(2)?, self.operand(1)?);
        let vm = self.vm();
        let (ty, name, key_name) = (vm.ty(container), self.type_name(container), self.type_name(key));
        Some(match ty {
            LIST | TUPLE if vm.ty(key) != INT => format!("{name}[{key_name}] has none, only an int as index has"),
            LIST => "the index is not between 0 and the end".into(),
            _ if is_store => format!("storing into {name} has none, only list and dict have"),
            _ if vm.heap.type_of_type(ty).is_heap => match self.found_on_type(ty, vm.names.getitem) {
                Some(found) if vm.ty(found) == FUNCTION => format!("{name}.__getitem__ takes more than self and the key"),
                _ => format!("{name}.__getitem__ is not a Python function"),
            },
            _ => format!("{name}[…] has none, only list, tuple, dict and classes with a __getitem__ in Python have"),
        })
    }

    fn no_unpacking(&self, count: u32) -> Option<String> {
        let value = self.operand(1)?;
        let name = self.type_name(value);
        Some(match self.vm().heap.sequence(value) {
            Some(items) if matches!(self.vm().ty(value), LIST | TUPLE) => format!("{} items for {count} names", items.len()),
            _ => format!("{name} has none, only tuple and list have"),
        })
    }

    fn no_attribute(&self, name: ObjRef, is_store: bool) -> Option<String> {
        let object = self.operand(1)?;
        let vm = self.vm();
        let ty = vm.ty(object);
        let (class, word) = (self.type_name(object), vm.name_text(name));
        if ty == MODULE {
            return Some(match is_store {
                true => "storing into a module has none".into(),
                false => format!("the module has a __getattr__, or no key {word}"),
            });
        }
        if vm.heap.as_type(object).is_some() {
            return Some("attributes of classes have none".into());
        }
        let record = vm.heap.type_of_type(ty);
        let hooks = if is_store { special::SETATTR | special::DELATTR } else { special::GETATTR | special::GETATTRIBUTE };
        if record.special & hooks != 0 {
            let hook = if is_store { "__setattr__ or __delattr__" } else { "__getattr__ or __getattribute__" };
            return Some(format!("{class} defines {hook}"));
        }
        if let Some(found) = self.found_on_type(ty, name) {
            match vm.ty(found) {
                PROPERTY => return Some(format!("{class}.{word} is a property")),
                FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => return Some(format!("{class}.{word} is a method")),
                GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR => return Some(format!("{class}.{word} is a descriptor in C")),
                kind if vm.heap.type_of_type(kind).is_heap => {
                    return Some(format!("{class}.{word} is a {}, whose class is the program's", self.type_name(found)));
                }
                _ => {}
            }
        }
        if !record.managed_dict {
            return Some(format!("{class} has no dict where the form looks for it"));
        }
        Some(format!("{word} is not among the instance's own attributes so far"))
    }

    fn no_method(&self, name: ObjRef) -> Option<String> {
        let object = self.operand(1)?;
        let vm = self.vm();
        let ty = vm.ty(object);
        let (class, word) = (self.type_name(object), vm.name_text(name));
        if ty == MODULE {
            return Some(format!("the module has a __getattr__, or no key {word}"));
        }
        if vm.heap.as_type(object).is_some() {
            return Some(format!("{word} is no plain function or value of the class, or its metaclass has it too"));
        }
        let record = vm.heap.type_of_type(ty);
        if record.special & (special::GETATTR | special::GETATTRIBUTE) != 0 {
            return Some(format!("{class} defines __getattr__ or __getattribute__"));
        }
        let Some(found) = self.found_on_type(ty, name) else {
            return Some(format!("{word} is not found on {class}: an attribute of the instance"));
        };
        if !matches!(vm.ty(found), FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR) {
            return Some(format!("{class}.{word} is a {}, no method", self.type_name(found)));
        }
        let has_own = match &vm.heap.slot(object).body {
            Body::Instance(instance) => match instance.attrs {
                Attrs::Dict(dict) => vm.dict_get_str(dict, name).is_some(),
                _ => vm.shared_keys(ty).contains(&name),
            },
            _ => false,
        };
        Some(match has_own {
            true => format!("instances of {class} may have a {word} of their own"),
            false => "its instances keep their dict elsewhere".into(),
        })
    }

    fn no_precall(&self, arg: u32) -> Option<String> {
        let (callable, _) = self.call(arg)?;
        let vm = self.vm();
        let text = || match vm.native_of(callable) {
            Some(native) => native.name.to_owned(),
            None => self.scribe.text(callable, 32),
        };
        Some(match vm.ty(callable) {
            _ if vm.kwnames.is_some() => "keyword arguments".into(),
            BUILTIN_FUNCTION | METHOD_DESCRIPTOR => format!("{} takes its arguments in another way, or another number of them", text()),
            CLASSMETHOD_DESCRIPTOR => format!("{} is a class method in C", text()),
            _ if vm.heap.as_type(callable).is_some_and(|ty| ty.is_heap) => "calling a class of the program has none".into(),
            _ if vm.heap.as_type(callable).is_some() => format!("the class {} packs its arguments", self.class_name(callable)),
            _ => format!("a {} has none", self.type_name(callable)),
        })
    }

    fn no_call(&self, arg: u32) -> Option<String> {
        let (callable, given) = self.call(arg)?;
        let vm = self.vm();
        let Body::Function(function) = &vm.heap.slot(callable).body else {
            return Some("only Python functions have one".into());
        };
        if vm.kwnames.is_some() {
            return Some("keyword arguments".into());
        }
        let Body::Code(code) = vm.heap.body(function.code) else { return None };
        let name = vm.name_text(function.qualname);
        let is_plain = code.is_simple;
        Some(match is_plain {
            true => format!("{given} arguments for the {} parameters of {name}", code.argcount),
            false => format!("{name} has * or keyword-only parameters"),
        })
    }
}

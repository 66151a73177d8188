//! `match`: the questions that patterns ask about the subject.

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, types::Collection},
    vm::{Outcome, Raised, Vm},
};

/// `GET_LEN`: `[… subject] → [… subject len]`
pub(super) fn get_len(vm: &mut Vm, _unit: Unit) -> Flow {
    let subject = vm.peek(1);
    let depth = vm.frames.len();
    match vm.length(subject)? {
        Outcome::Done(length) => {
            let length = vm.new_usize(length);
            vm.push(length);
        }
        Outcome::Pushed => debug_assert!(vm.frames.len() > depth),
    }
    Ok(())
}

/// `MATCH_MAPPING`: `[… subject] → [… subject verdict]`
pub(super) fn match_mapping(vm: &mut Vm, _unit: Unit) -> Flow {
    let subject = vm.peek(1);
    let verdict = vm.heap.type_of_type(vm.ty(subject)).collection == Collection::Mapping;
    let verdict = vm.new_bool(verdict);
    vm.push(verdict);
    Ok(())
}

/// `MATCH_SEQUENCE`: `[… subject] → [… subject verdict]`
pub(super) fn match_sequence(vm: &mut Vm, _unit: Unit) -> Flow {
    let subject = vm.peek(1);
    let verdict = vm.heap.type_of_type(vm.ty(subject)).collection == Collection::Sequence;
    let verdict = vm.new_bool(verdict);
    vm.push(verdict);
    Ok(())
}

/// `MATCH_KEYS`: `[… subject keys] → [… subject keys values]`, or None in place of the values
pub(super) fn match_keys(vm: &mut Vm, _unit: Unit) -> Flow {
    let (subject, keys) = (vm.peek(2), vm.peek(1));
    let keys = vm.heap.tuple(keys).expect("a tuple of keys").to_vec();
    let mut values = Vec::new();
    let found = values_of_keys(vm, subject, &keys, &mut values);
    let values = match found {
        Ok(true) => vm.new_tuple(values),
        Ok(false) => {
            vm.decref_all(values);
            vm.none()
        }
        Err(raised) => {
            vm.decref_all(values);
            return Err(raised);
        }
    };
    vm.push(values);
    Ok(())
}

/// Whether the subject has all keys; their values (owned) are added to the list.
fn values_of_keys(vm: &mut Vm, subject: ObjRef, keys: &[ObjRef], values: &mut Vec<ObjRef>) -> Result<bool, Raised> {
    for (i, &key) in keys.iter().enumerate() {
        // Names with a dot may stand for equal keys, which only shows now.
        for &other in &keys[..i] {
            if vm.equal_now(other, key)? {
                let key = vm.repr_now(key)?;
                return Err(vm.value_error(format!("mapping pattern checks duplicate key ({key})")));
            }
        }
        let found = if vm.ty(subject) == DICT {
            let found = vm.dict_lookup_now(subject, key)?;
            vm.xincref(found);
            found
        } else {
            get_or_nothing(vm, subject, key)?
        };
        match found {
            Some(value) => values.push(value),
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// `subject.get(key, nothing)`, which does not make a missing key as `subject[key]` may.
fn get_or_nothing(vm: &mut Vm, subject: ObjRef, key: ObjRef) -> Result<Option<ObjRef>, Raised> {
    let (name, nothing, depth) = (vm.new_interned("get"), vm.new_instance(OBJECT), vm.frames.len());
    let result = match vm.call_attribute(subject, name, &[key, nothing]) {
        Some(Ok(outcome)) => vm.finish_now(depth, outcome),
        Some(Err(raised)) => Err(raised),
        None => Err(vm.no_attribute(subject, name)),
    };
    vm.decref_all([name, nothing]);
    match result? {
        value if value == nothing => {
            vm.decref(value);
            Ok(None)
        }
        value => Ok(Some(value)),
    }
}

/// `MATCH_CLASS n`: `[… subject class names] → [… attributes]`, or None where the pattern does not match
pub(super) fn match_class(vm: &mut Vm, unit: Unit) -> Flow {
    let (names, class, subject) = (vm.pop(), vm.pop(), vm.pop());
    let result = class_attributes(vm, subject, class, names, unit.arg as usize);
    for object in [subject, class, names] {
        vm.decref(object);
    }
    let attributes = match result? {
        Some(attributes) => vm.new_tuple(attributes),
        None => vm.none(),
    };
    vm.push(attributes);
    Ok(())
}

/// The attributes that the sub-patterns are matched with, owned.
fn class_attributes(vm: &mut Vm, subject: ObjRef, class: ObjRef, names: ObjRef, positional: usize) -> Result<Option<Vec<ObjRef>>, Raised> {
    if vm.heap.as_type(class).is_none() {
        return Err(vm.type_error("called match pattern must be a type"));
    }
    if !vm.isinstance_now(subject, class)? {
        return Ok(None);
    }
    let mut found: Vec<ObjRef> = Vec::new();
    let give_up = |vm: &mut Vm, found: Vec<ObjRef>, raised: Raised| {
        vm.decref_all(found);
        Err(raised)
    };
    let class_name = vm.heap.type_of_type(class).name.clone();
    let mut seen: Vec<String> = Vec::new();
    if positional > 0 {
        let match_args = vm.lookup_attribute_now(class, vm.names.match_args)?;
        // Builtin types that match themselves as a whole.
        let matches_self = match_args.is_none()
            && matches!(
                vm.heap.type_of_type(class).solid_base,
                BOOL | BYTEARRAY | BYTES | DICT | FLOAT | FROZENSET | INT | LIST | SET | STR | TUPLE
            );
        let args = match match_args {
            Some(match_args) if vm.ty(match_args) != TUPLE => {
                let name = vm.type_name(match_args);
                vm.decref(match_args);
                return Err(vm.type_error(format!("{class_name}.__match_args__ must be a tuple (got {name})")));
            }
            Some(match_args) => {
                let items = vm.heap.tuple(match_args).expect("a tuple").to_vec();
                items.iter().for_each(|&item| vm.incref(item));
                vm.decref(match_args);
                items
            }
            None => Vec::new(),
        };
        let allowed = if matches_self { 1 } else { args.len() };
        if positional > allowed {
            vm.decref_all(args);
            let s = if allowed == 1 { "" } else { "s" };
            return Err(vm.type_error(format!("{class_name}() accepts {allowed} positional sub-pattern{s} ({positional} given)")));
        }
        if matches_self {
            found.push(vm.own(subject));
        } else {
            for &name in &args[..positional] {
                if vm.heap.str(name).is_none() {
                    let ty = vm.type_name(name);
                    vm.decref_all(args);
                    let raised = vm.type_error(format!("__match_args__ elements must be strings (got {ty})"));
                    return give_up(vm, found, raised);
                }
                let text = vm.name_text(name);
                if seen.contains(&text) {
                    vm.decref_all(args);
                    let raised = vm.type_error(format!("{class_name}() got multiple sub-patterns for attribute '{text}'"));
                    return give_up(vm, found, raised);
                }
                seen.push(text);
                match vm.lookup_attribute_now(subject, name) {
                    Ok(Some(value)) => found.push(value),
                    Ok(None) => {
                        vm.decref_all(args);
                        vm.decref_all(found);
                        return Ok(None);
                    }
                    Err(raised) => {
                        vm.decref_all(args);
                        return give_up(vm, found, raised);
                    }
                }
            }
        }
        if !matches_self {
            vm.decref_all(args);
        }
    }
    for name in vm.heap.tuple(names).expect("a tuple of names").to_vec() {
        let text = vm.name_text(name);
        if seen.contains(&text) {
            let raised = vm.type_error(format!("{class_name}() got multiple sub-patterns for attribute '{text}'"));
            return give_up(vm, found, raised);
        }
        seen.push(text);
        match vm.lookup_attribute_now(subject, name) {
            Ok(Some(value)) => found.push(value),
            Ok(None) => {
                vm.decref_all(found);
                return Ok(None);
            }
            Err(raised) => return give_up(vm, found, raised),
        }
    }
    Ok(Some(found))
}

impl Vm {
    /// `isinstance(object, class)`, `__instancecheck__` included, run to its end.
    pub fn isinstance_now(&mut self, object: ObjRef, class: ObjRef) -> Result<bool, Raised> {
        if self.is_instance(object, class) {
            return Ok(true);
        }
        let metaclass = self.ty(class);
        if is_core_type(metaclass) {
            return Ok(false);
        }
        let depth = self.frames.len();
        match self.call_special_bound(class, self.names.instancecheck, &[object]) {
            None => Ok(false),
            Some(result) => {
                let outcome = result?;
                let value = self.finish_now(depth, outcome)?;
                let depth = self.frames.len();
                let truth = self.truth(value);
                self.decref(value);
                match truth? {
                    Outcome::Done(truth) => Ok(truth),
                    Outcome::Pushed => {
                        let value = self.finish_now(depth, Outcome::Pushed)?;
                        self.decref(value);
                        Ok(value == TRUE)
                    }
                }
            }
        }
    }
}

//! What a form asks before it does its work: the `DEOPT_IF` conditions of its instruction, with what is there.
//!
//! `LOAD_ATTR_INSTANCE_VALUE`: the type's version is that in the cache, and the instance has its values in an array.

use super::{Check, Site};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs},
    vm::specialize::Cache,
};

/// What a form with a hint asks that nobody asks when it is found.
pub(super) const KIND_OF_DICT: &str = "the dict";
/// The biggest number in one digit of an int.
const ONE_DIGIT: i64 = (1 << 30) - 1;

impl Site<'_> {
    /// The conditions of a form with this cache.
    pub(super) fn guards(&self, form: Op, cache: Cache) -> Vec<Check> {
        let unit = self.vm().unit_at(self.pc);
        let checks = match form.base() {
            Op::BINARY_OP | Op::COMPARE_OP => self.of_two(form),
            Op::BINARY_SUBSCR | Op::STORE_SUBSCR => self.of_subscript(form, cache),
            Op::UNPACK_SEQUENCE => self.of_unpacking(form, unit.arg),
            Op::LOAD_ATTR | Op::STORE_ATTR | Op::LOAD_METHOD => self.of_attribute(form, unit.object(), cache),
            Op::LOAD_GLOBAL => self.of_global(form, cache),
            Op::PRECALL => self.of_precall(form, unit.arg),
            Op::CALL => self.of_call(unit.arg, cache),
            _ => None,
        };
        checks.unwrap_or_default()
    }

    fn type_is(&self, what: &str, object: ObjRef, ty: ObjRef) -> Check {
        check(format!("type of {what}"), self.class_name(ty), self.type_name(object), self.vm().ty(object) == ty)
    }

    fn of_two(&self, form: Op) -> Option<Vec<Check>> {
        let (left, right) = (self.operand(2)?, self.operand(1)?);
        let name = form.name();
        let ty = match name {
            _ if name.contains("_FLOAT") => FLOAT,
            _ if name.ends_with("_INT") || name.ends_with("_INT_JUMP") => INT,
            _ => STR,
        };
        let mut checks = vec![self.type_is("the left operand", left, ty), self.type_is("the right operand", right, ty)];
        match form {
            Op::COMPARE_OP_INT_JUMP => {
                for (what, object) in [("the left operand", left), ("the right operand", right)] {
                    let is_small = self.vm().small_value(object).is_some_and(|value| value.abs() <= ONE_DIGIT);
                    let found = if is_small { "1" } else { "more" };
                    checks.push(check(format!("number of digits of {what}"), "1", found, is_small));
                }
            }
            Op::COMPARE_OP_FLOAT_JUMP => {
                let is_nan = |object: ObjRef| self.vm().ty(object) == FLOAT && f64::from_bits(self.vm().heap.slot(object).num).is_nan();
                let found = if is_nan(left) || is_nan(right) { "nan" } else { "numbers" };
                checks.push(check("the operands", "numbers", found, found == "numbers"));
            }
            Op::BINARY_OP_INPLACE_ADD_UNICODE => {
                let next = self.vm().unit_at(self.pc + 1);
                let base = self.python.frame.base as usize;
                let variable = self.vm().stack.get(base + next.arg as usize).copied().flatten();
                let holds = next.op == Op::STORE_FAST && variable == Some(left);
                let found = if holds { "the left operand" } else { "another object" };
                checks.push(check("the variable that is stored to next", "the left operand", found, holds));
            }
            _ => {}
        }
        Some(checks)
    }

    fn of_subscript(&self, form: Op, cache: Cache) -> Option<Vec<Check>> {
        let (container, key) = (self.operand(2)?, self.operand(1)?);
        let vm = self.vm();
        let ty = match form {
            Op::BINARY_SUBSCR_LIST_INT | Op::STORE_SUBSCR_LIST_INT => LIST,
            Op::BINARY_SUBSCR_TUPLE_INT => TUPLE,
            Op::BINARY_SUBSCR_DICT | Op::STORE_SUBSCR_DICT => return Some(vec![self.type_is("the container", container, DICT)]),
            _ => {
                let ty = vm.ty(container);
                let function = self.found_on_type(ty, vm.names.getitem);
                let version = function.map_or(0, |function| vm.heap.slot(function).num as u32);
                return Some(vec![
                    self.type_version(ty, cache),
                    check("function version of __getitem__", cache.other, version, version == cache.other),
                ]);
            }
        };
        let mut checks = vec![self.type_is("the container", container, ty), self.type_is("the index", key, INT)];
        if vm.ty(key) == INT {
            let length = vm.heap.sequence(container).map_or(0, <[ObjRef]>::len);
            let index = vm.small_value(key);
            let holds = index.is_some_and(|index| (0..=ONE_DIGIT).contains(&index) && (index as usize) < length);
            checks.push(check("the index", format!("from 0 to {}", length.saturating_sub(1)), self.scribe.text(key, 20), holds));
        }
        Some(checks)
    }

    fn of_unpacking(&self, form: Op, count: u32) -> Option<Vec<Check>> {
        let value = self.operand(1)?;
        let ty = if form == Op::UNPACK_SEQUENCE_LIST { LIST } else { TUPLE };
        let length = self.vm().heap.sequence(value).map(<[ObjRef]>::len);
        let found = length.map_or("none".into(), |length| length.to_string());
        Some(vec![self.type_is("the value", value, ty), check("number of items", count, found, length == Some(count as usize))])
    }

    fn type_version(&self, ty: ObjRef, cache: Cache) -> Check {
        let found = self.vm().heap.slot(ty).num as u32;
        check(format!("version of type {}", self.class_name(ty)), cache.version, found, found == cache.version)
    }

    fn of_attribute(&self, form: Op, name: ObjRef, cache: Cache) -> Option<Vec<Check>> {
        let object = self.operand(1)?;
        let vm = self.vm();
        let (ty, slot) = (vm.ty(object), vm.heap.slot(object));
        match form {
            Op::LOAD_ATTR_MODULE | Op::LOAD_METHOD_MODULE => {
                let Body::Module(module) = vm.heap.body(object) else { return Some(vec![self.type_is("the object", object, MODULE)]) };
                return Some(vec![self.keys_version("the module's keys", module.dict, cache.version)]);
            }
            Op::LOAD_METHOD_CLASS => {
                let is_class = vm.heap.as_type(object).is_some();
                let kind = check("the object", "a class", if is_class { "a class" } else { "no class" }, is_class);
                return Some(if is_class { vec![kind, self.type_version(object, cache)] } else { vec![kind] });
            }
            _ => {}
        }
        let mut checks = vec![self.type_version(ty, cache)];
        let attrs = match &slot.body {
            Body::Instance(instance) => Some(&instance.attrs),
            Body::Exception(exception) => Some(&exception.attrs),
            _ => None,
        };
        let lie = match attrs {
            Some(Attrs::Values(_)) => "an array of values",
            Some(Attrs::Dict(_)) => "a dict",
            Some(Attrs::Missing) => "nothing yet",
            None => "no place",
        };
        let name_text = || vm.name_text(name);
        match form {
            Op::LOAD_ATTR_INSTANCE_VALUE | Op::STORE_ATTR_INSTANCE_VALUE => {
                checks.push(check("what holds its attributes", "an array of values", lie, matches!(attrs, Some(Attrs::Values(_)))));
                if let (Op::LOAD_ATTR_INSTANCE_VALUE, Some(Attrs::Values(values))) = (form, attrs) {
                    let is_set = values.get(usize::from(cache.index)).is_some();
                    checks.push(check(format!("value {}", cache.index), "set", if is_set { "set" } else { "not set" }, is_set));
                }
            }
            Op::LOAD_ATTR_WITH_HINT | Op::STORE_ATTR_WITH_HINT => {
                let dict = match attrs {
                    Some(Attrs::Dict(dict)) => vm.heap.dict(*dict),
                    _ => None,
                };
                checks.push(check("what holds its attributes", "a dict", lie, dict.is_some()));
                let key = dict.and_then(|dict| dict.entry(usize::from(cache.index))).and_then(|entry| entry.key);
                if dict.is_some_and(|dict| dict.split > 0) {
                    checks.push(check(KIND_OF_DICT, "one with values of its own", "one whose keys other instances share", false));
                } else if dict.is_some() {
                    let found = key.map_or("nothing".into(), |key| vm.name_text(key));
                    checks.push(check(format!("key of entry {}", cache.index), name_text(), found, key == Some(name)));
                }
            }
            Op::LOAD_ATTR_SLOT if cache.index != 8 => {
                let is_set = matches!(&slot.body, Body::Instance(it) if it.slots.get(cache.other as usize).is_some_and(Option::is_some));
                checks.push(check(format!("slot at offset {}", cache.index), "set", if is_set { "set" } else { "not set" }, is_set));
            }
            Op::LOAD_METHOD_WITH_VALUES => {
                let version = vm.heap.type_of_type(ty).shared_keys.as_ref().map_or(0, |keys| keys.version);
                checks.push(check("version of the names that instances have", cache.other, version, version == cache.other));
                checks.push(check("what holds its attributes", "an array of values", lie, matches!(attrs, Some(Attrs::Values(_)))));
            }
            Op::LOAD_METHOD_WITH_DICT => match attrs {
                Some(Attrs::Dict(dict)) if vm.heap.dict(*dict).is_some_and(|dict| dict.split == 0) => {
                    checks.push(self.keys_version("the instance's keys", *dict, cache.other));
                }
                _ => {
                    let has_dict = matches!(attrs, Some(Attrs::Dict(_)));
                    checks.push(check("what holds its attributes", "a dict", lie, has_dict));
                    let version = vm.heap.type_of_type(ty).shared_keys.as_ref().map_or(0, |keys| keys.version);
                    checks.push(check("version of the names that instances have", cache.other, version, version == cache.other));
                }
            },
            _ => {}
        }
        Some(checks)
    }

    fn keys_version(&self, what: &str, dict: ObjRef, wanted: u32) -> Check {
        let found = self.vm().heap.dict(dict).map_or(0, |dict| dict.version);
        // A dict whose keys have changed has no version until somebody asks for one.
        let text = if found == 0 { "none, they have changed".to_owned() } else { found.to_string() };
        check(format!("version of {what}"), wanted, text, found == wanted)
    }

    fn of_global(&self, form: Op, cache: Cache) -> Option<Vec<Check>> {
        let mut checks = vec![self.keys_version("the globals' keys", self.python.frame.globals, cache.version)];
        if form == Op::LOAD_GLOBAL_BUILTIN {
            checks.push(self.keys_version("the builtins' keys", self.python.frame.builtins, cache.other));
        }
        Some(checks)
    }

    fn of_precall(&self, form: Op, arg: u32) -> Option<Vec<Check>> {
        let (callable, _) = self.call(arg)?;
        let vm = self.vm();
        let ty = vm.ty(callable);
        let (wanted, holds) = match form {
            Op::PRECALL_PYFUNC => ("a Python function", ty == FUNCTION),
            Op::PRECALL_BOUND_METHOD => ("a bound method", ty == METHOD),
            Op::PRECALL_NO_KW_STR_1 => ("str", callable == STR),
            Op::PRECALL_NO_KW_TYPE_1 => ("type", callable == TYPE),
            Op::PRECALL_NO_KW_TUPLE_1 => ("tuple", callable == TUPLE),
            Op::PRECALL_BUILTIN_CLASS => ("a builtin class", vm.heap.as_type(callable).is_some_and(|ty| !ty.is_heap)),
            Op::PRECALL_NO_KW_LEN => ("len", self.is_native(callable, "len")),
            Op::PRECALL_NO_KW_ISINSTANCE => ("isinstance", self.is_native(callable, "isinstance")),
            Op::PRECALL_NO_KW_LIST_APPEND => ("list.append", self.is_native(callable, "append")),
            Op::PRECALL_NO_KW_BUILTIN_O | Op::PRECALL_NO_KW_BUILTIN_FAST | Op::PRECALL_BUILTIN_FAST_WITH_KEYWORDS => {
                ("a builtin function", ty == BUILTIN_FUNCTION)
            }
            _ => ("a method of a builtin type", ty == METHOD_DESCRIPTOR),
        };
        let what = match ty {
            FUNCTION => "a Python function".to_owned(),
            METHOD => "a bound method".to_owned(),
            _ => vm.native_of(callable).map_or_else(|| self.scribe.text(callable, 32), |native| native.name.to_owned()),
        };
        let found = if holds { wanted.to_owned() } else { what };
        let mut checks = vec![check("what is called", wanted, found, holds)];
        if let (true, Op::PRECALL_NO_KW_LIST_APPEND, Some(list)) = (holds, form, self.operand(2)) {
            checks.push(self.type_is("self", list, LIST));
        }
        Some(checks)
    }

    fn is_native(&self, callable: ObjRef, name: &str) -> bool {
        self.vm().native_of(callable).is_some_and(|native| native.name == name)
    }

    fn of_call(&self, arg: u32, cache: Cache) -> Option<Vec<Check>> {
        let (callable, given) = self.call(arg)?;
        let vm = self.vm();
        let mut checks = vec![self.type_is("what is called", callable, FUNCTION)];
        if let Body::Function(function) = &vm.heap.slot(callable).body {
            let version = vm.heap.slot(callable).num as u32;
            let name = vm.name_text(function.qualname);
            let found = if version == 0 { "none yet".to_owned() } else { version.to_string() };
            checks.push(check(format!("version of function {name}"), cache.version, found, version == cache.version));
            if let Body::Code(code) = vm.heap.body(function.code) {
                let (least, most) = (usize::from(cache.index), code.argcount as usize);
                let wanted = if least == most { most.to_string() } else { format!("{least} to {most}") };
                checks.push(check("number of arguments", wanted, given, (least..=most).contains(&given)));
            }
        }
        Some(checks)
    }
}

fn check(what: impl Into<String>, wanted: impl ToString, found: impl ToString, holds: bool) -> Check {
    Check { what: what.into(), wanted: wanted.to_string(), found: found.to_string(), holds }
}

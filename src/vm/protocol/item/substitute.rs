//! `list[T][int]`, `(T | int)[str]`: the type variables of an alias or a union are replaced.
//!
//! What can be replaced says so itself: a variable by `__typing_subst__`, what contains variables by `__parameters__`, a
//! TypeVarTuple or ParamSpec that takes several arguments as one by `__typing_prepare_subst__`. Counterpart in CPython 3.11:
//! `_Py_make_parameters` and `_Py_subs_parameters`. Example: `dict[K, list[V]][str, int]` is `dict[str, list[int]]`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{Raised, Res, Vm, raised::done},
};

impl Vm {
    /// The variables in a tuple of arguments, each once; owned.
    pub fn type_parameters(&mut self, args: ObjRef) -> Result<Vec<ObjRef>, Raised> {
        let mut found: Vec<ObjRef> = Vec::new();
        for arg in self.items_of_tuple(args) {
            if self.heap.as_type(arg).is_some() {
                continue;
            }
            let add = match self.attribute_now(arg, "__typing_subst__")? {
                Some(substitute) => {
                    self.decref(substitute);
                    self.incref(arg);
                    vec![arg]
                }
                None => match self.attribute_now(arg, "__parameters__")? {
                    Some(inner) => {
                        let more = self.items_of_tuple(inner);
                        more.iter().for_each(|&parameter| self.incref(parameter));
                        self.decref(inner);
                        more
                    }
                    None => Vec::new(),
                },
            };
            for parameter in add {
                if found.contains(&parameter) {
                    self.decref(parameter);
                } else {
                    found.push(parameter);
                }
            }
        }
        Ok(found)
    }

    /// `alias[key]`
    pub(super) fn subscript_alias(&mut self, alias: ObjRef, key: ObjRef) -> Res {
        let (origin, args) = (self.field(alias, 0).expect("an origin"), self.field(alias, 1).expect("arguments"));
        let new = self.substituted(alias, args, key)?;
        let result = self.new_generic_alias(origin, new);
        self.decref(new);
        let unpacked = self.heap.slot(alias).num;
        self.heap.slot_mut(result).num = unpacked;
        done(result)
    }

    /// `union[key]`: what has become of its members, joined by `|`.
    pub(super) fn subscript_union(&mut self, union: ObjRef, key: ObjRef) -> Res {
        let args = self.field(union, 0).expect("arguments");
        let new = self.substituted(union, args, key)?;
        let members = self.items_of_tuple(new);
        let mut result = self.own(members[0]);
        for &member in &members[1..] {
            let depth = self.frames.len();
            let joined = self.binary_op(crate::vm::protocol::arith::OR, result, member);
            let joined = match joined {
                Ok(outcome) => self.finish_now(depth, outcome),
                Err(raised) => Err(raised),
            };
            self.decref(result);
            match joined {
                Ok(value) => result = value,
                Err(raised) => {
                    self.decref(new);
                    return Err(raised);
                }
            }
        }
        self.decref(new);
        done(result)
    }

    /// The arguments with their variables replaced, an owned tuple. `whole` is what they are of, for messages.
    fn substituted(&mut self, whole: ObjRef, args: ObjRef, key: ObjRef) -> Result<ObjRef, Raised> {
        let parameters = self.type_parameters(args)?;
        let result = self.substitute_all(whole, args, key, &parameters);
        self.decref_all(parameters);
        result
    }

    fn substitute_all(&mut self, whole: ObjRef, args: ObjRef, key: ObjRef, parameters: &[ObjRef]) -> Result<ObjRef, Raised> {
        if parameters.is_empty() {
            let text = self.repr_now(whole)?;
            return Err(self.type_error(format!("{text} is not a generic class")));
        }
        let mut given = self.unpacked_arguments(key)?;
        for &parameter in parameters {
            let prepare = match self.attribute_now(parameter, "__typing_prepare_subst__") {
                Ok(Some(prepare)) if prepare != NONE => prepare,
                Ok(_) => continue,
                Err(raised) => {
                    self.decref(given);
                    return Err(raised);
                }
            };
            let prepared = self.call_now(prepare, &[whole, given]);
            self.decref_all([prepare, given]);
            given = prepared?;
            if self.heap.tuple(given).is_none() {
                given = self.new_tuple([given]);
            }
        }
        let result = self.substitute_given(whole, args, given, parameters);
        self.decref(given);
        result
    }

    fn substitute_given(&mut self, whole: ObjRef, args: ObjRef, given: ObjRef, parameters: &[ObjRef]) -> Result<ObjRef, Raised> {
        let given = self.items_of_tuple(given);
        if given.len() != parameters.len() {
            let text = self.repr_now(whole)?;
            let amount = if given.len() > parameters.len() { "many" } else { "few" };
            return Err(self.type_error(format!(
                "Too {amount} arguments for {text}; actual {}, expected {}",
                given.len(),
                parameters.len()
            )));
        }
        let mut new: Vec<ObjRef> = Vec::new();
        for arg in self.items_of_tuple(args) {
            match self.substitute_one(arg, &given, parameters) {
                Ok(values) => new.extend(values),
                Err(raised) => {
                    self.decref_all(new);
                    return Err(raised);
                }
            }
        }
        Ok(self.new_tuple(new))
    }

    /// What stands in one argument's place: a value, or several for an unpacked TypeVarTuple. Owned.
    fn substitute_one(&mut self, arg: ObjRef, given: &[ObjRef], parameters: &[ObjRef]) -> Result<Vec<ObjRef>, Raised> {
        if self.heap.as_type(arg).is_some() {
            return Ok(vec![self.own(arg)]);
        }
        let unpacks = match self.attribute_now(arg, "__typing_is_unpacked_typevartuple__")? {
            Some(flag) => {
                self.decref(flag);
                flag == TRUE
            }
            None => false,
        };
        let value = match self.attribute_now(arg, "__typing_subst__")? {
            Some(substitute) => {
                let value = match parameters.iter().position(|&parameter| parameter == arg) {
                    Some(at) => self.call_now(substitute, &[given[at]]),
                    None => Ok(self.own(arg)),
                };
                self.decref(substitute);
                value?
            }
            None => self.substitute_within(arg, given, parameters)?,
        };
        if unpacks && self.heap.tuple(value).is_some() {
            let values = self.items_of_tuple(value);
            values.iter().for_each(|&value| self.incref(value));
            self.decref(value);
            return Ok(values);
        }
        Ok(vec![value])
    }

    /// An argument that has variables itself is subscripted with theirs.
    fn substitute_within(&mut self, arg: ObjRef, given: &[ObjRef], parameters: &[ObjRef]) -> Result<ObjRef, Raised> {
        let Some(inner) = self.attribute_now(arg, "__parameters__")? else { return Ok(self.own(arg)) };
        let names = self.items_of_tuple(inner);
        if names.is_empty() {
            self.decref(inner);
            return Ok(self.own(arg));
        }
        let mut values = Vec::new();
        for name in names {
            let value = parameters.iter().position(|&parameter| parameter == name).map_or(name, |at| given[at]);
            let takes_several = value != name && self.heap.tuple(value).is_some() && self.has_iter(name);
            if takes_several { values.extend(self.items_of_tuple(value)) } else { values.push(value) }
        }
        values.iter().for_each(|&value| self.incref(value));
        let key = self.new_tuple(values);
        let depth = self.frames.len();
        let result = match self.get_item(arg, key) {
            Ok(outcome) => self.finish_now(depth, outcome),
            Err(raised) => Err(raised),
        };
        self.decref_all([inner, key]);
        result
    }

    /// The arguments in the brackets as a tuple, `*tuple[int, str]` among them as its own; owned.
    fn unpacked_arguments(&mut self, key: ObjRef) -> Result<ObjRef, Raised> {
        let items = if self.heap.tuple(key).is_some() { self.items_of_tuple(key) } else { vec![key] };
        let mut found = Vec::new();
        for item in items {
            let inner = if self.heap.as_type(item).is_some() { None } else { self.attribute_now(item, "__typing_unpacked_tuple_args__")? };
            let Some(inner) = inner else {
                found.push(self.own(item));
                continue;
            };
            let parts = self.items_of_tuple(inner);
            if inner != NONE && self.heap.tuple(inner).is_some() && parts.last() != Some(&ELLIPSIS) {
                found.extend(parts.into_iter().map(|part| self.own(part)));
            } else {
                found.push(self.own(item));
            }
            self.decref(inner);
        }
        Ok(self.new_tuple(found))
    }

    /// Borrowed.
    fn items_of_tuple(&self, tuple: ObjRef) -> Vec<ObjRef> {
        self.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default()
    }

    fn attribute_now(&mut self, object: ObjRef, name: &str) -> Result<Option<ObjRef>, Raised> {
        let name = self.new_interned(name);
        let found = self.lookup_attribute_now(object, name);
        self.decref(name);
        found
    }

    fn has_iter(&mut self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        self.type_lookup(ty, self.names.iter).is_some()
    }
}

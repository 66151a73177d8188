//! `item in container`.
//!
//! Counterpart in CPython 3.11: `PySequence_Contains`. Lists and tuples compare item by item, dicts and sets look the key
//! up, text searches, and what has no `__contains__` is iterated.

use num_integer::Integer;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::equal, int::to_big_int},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

impl Vm {
    /// `item in container`, both borrowed. When `Pushed`, a bool object comes.
    pub fn contains(&mut self, container: ObjRef, item: ObjRef) -> Res<bool> {
        let ty = self.ty(container);
        match self.own_method(ty, self.names.contains) {
            Some(NONE) => {
                let name = self.type_name(container);
                Err(self.type_error(format!("'{name}' object is not a container")))
            }
            Some(method) => {
                let depth = self.frames.len();
                let result = self.call_method_object(method, container, &[item]);
                let result = self.after(depth, result, After::new("__contains__", &[], 0, |vm, _, value| vm.truth_object(value)));
                self.as_bool(result)
            }
            None => self.contains_builtin(container, item),
        }
    }

    /// `item in container` as the builtin type behind the container defines it.
    pub fn contains_builtin(&mut self, container: ObjRef, item: ObjRef) -> Res<bool> {
        match self.heap.body(container) {
            Body::List(_) | Body::Tuple(_) => match self.search_plainly(container, item, 0) {
                Ok(found) => Ok(Outcome::Done(found)),
                Err(index) => {
                    let result = self.drive(Search { sequence: container, value: item, index, item: None });
                    self.as_bool(result)
                }
            },
            Body::Dict(_) => self.dict_contains(container, item),
            Body::Set(_) => self.set_contains(container, item),
            Body::Str(text) => match self.heap.str(item) {
                Some(part) => Ok(Outcome::Done(find_text(text, part))),
                None => {
                    let name = self.type_name(item);
                    Err(self.type_error(format!("'in <string>' requires string as left operand, not {name}")))
                }
            },
            Body::Bytes(_) | Body::ByteArray(_) => self.bytes_contain(container, item).map(Outcome::Done),
            Body::Range(parts) if matches!(self.ty(item), INT | BOOL) => {
                let parts = **parts;
                let [start, _, step, length] = parts.map(|part| to_big_int(&self.heap, part));
                let offset = to_big_int(&self.heap, item) - start;
                let (index, rest) = offset.div_mod_floor(&step);
                let zero = num_bigint::BigInt::ZERO;
                Ok(Outcome::Done(rest == zero && index >= zero && index < length))
            }
            Body::Fields(_) => match (self.core_of(container), self.field(container, 0)) {
                (DICT_KEYS, Some(dict)) => self.dict_contains(dict, item),
                (DICT_ITEMS, Some(dict)) => self.items_contain(dict, item),
                (MAPPINGPROXY, Some(mapping)) => self.contains(mapping, item),
                _ => self.contains_by_iteration(container, item),
            },
            _ => self.contains_by_iteration(container, item),
        }
    }

    /// Whether a value is among the items of a list or tuple from an index on. `Err`: it is none of those before that index, and
    /// about that one Python code must be asked.
    fn search_plainly(&self, sequence: ObjRef, value: ObjRef, from: usize) -> Result<bool, usize> {
        for (index, &item) in self.heap.sequence(sequence).unwrap_or_default().iter().enumerate().skip(from) {
            match equal(&self.heap, item, value) {
                _ if item == value => return Ok(true),
                Some(true) => return Ok(true),
                Some(false) => {}
                None => return Err(index),
            }
        }
        Ok(false)
    }

    fn contains_by_iteration(&mut self, container: ObjRef, item: ObjRef) -> Res<bool> {
        let result = self.search_iterable(container, item);
        self.as_bool(result)
    }

    fn bytes_contain(&mut self, container: ObjRef, item: ObjRef) -> Result<bool, Raised> {
        if self.has_index(item) {
            match self.byte_value(item) {
                Ok(byte) => return Ok(self.heap.bytes(container).is_some_and(|bytes| bytes.contains(&byte))),
                Err(raised) if self.is_int(item) => return Err(raised),
                // Then it may be bytes-like.
                Err(raised) => self.decref(raised.0),
            }
        }
        match (self.heap.bytes(container), self.heap.buffer(item)) {
            (Some(bytes), Some(part)) => Ok(part.is_empty() || bytes.windows(part.len()).any(|window| window == &*part)),
            _ => {
                let name = self.type_name(item);
                Err(self.type_error(format!("a bytes-like object is required, not '{name}'")))
            }
        }
    }

    /// `(key, value) in dict.items()`
    fn items_contain(&mut self, dict: ObjRef, item: ObjRef) -> Res<bool> {
        let Some(&[key, value]) = self.heap.tuple(item) else { return Ok(Outcome::Done(false)) };
        use super::keyed::Keyed;
        let result = self.keyed(Keyed::new("dict_items.__contains__", dict, key, Some(value), |vm, op, at| match at {
            None => done(vm.new_bool(false)),
            Some(entry) => {
                let found = vm.heap.dict(op.table).expect("a dict").value_at(entry);
                vm.incref(found);
                let depth = vm.frames.len();
                let result = vm.equal_object(found, op.value.expect("a value"));
                vm.after(depth, result, After::new("==", &[], 0, |_, _, value| done(value)).owning([found]))
            }
        }));
        self.as_bool(result)
    }

    /// The element of a set, dict or view at `position`, owned; moves the position on.
    pub(crate) fn element_at(&mut self, object: ObjRef, position: &mut usize) -> Option<ObjRef> {
        let dict = match self.heap.body(object) {
            Body::Set(_) => loop {
                let entry = self.heap.set(object)?.slot(*position)?;
                *position += 1;
                if let Some(key) = entry.key {
                    return Some(self.own(key));
                }
            },
            Body::Fields(_) => self.view_dict(object)?,
            _ => object,
        };
        let table = self.heap.dict(dict)?;
        while *position < table.nentries() {
            let entry = table.entry(*position);
            *position += 1;
            if let Some(entry) = entry {
                let key = entry.key.expect("a live entry");
                return Some(match self.core_of(object) {
                    DICT_ITEMS => {
                        self.incref(key);
                        self.incref(entry.value);
                        self.new_tuple([key, entry.value])
                    }
                    DICT_VALUES => self.own(entry.value),
                    _ => self.own(key),
                });
            }
        }
        None
    }
}

fn find_text(text: &crate::text::PyStr, part: &crate::text::PyStr) -> bool {
    match (text.as_ascii(), part.as_ascii()) {
        (Some(text), Some(part)) => text.contains(part),
        (Some(_), None) => false,
        _ => {
            let (text, part) = (text.to_code_points(), part.to_code_points());
            part.is_empty() || text.windows(part.len()).any(|window| window == part)
        }
    }
}

/// Looking through a list or tuple; the item compared is not held, as in CPython 3.11.
#[derive(Clone)]
struct Search {
    sequence: ObjRef,
    value: ObjRef,
    index: usize,
    /// The item being compared, held if it is a list's.
    item: Option<ObjRef>,
}

impl Native for Search {
    fn name(&self) -> &'static str {
        "in"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(found) = input.take() {
                let item = self.item.take();
                vm.xdecref(item);
                if found == TRUE {
                    return done(found);
                }
                vm.decref(found);
            }
            let item = match vm.search_plainly(self.sequence, self.value, self.index) {
                Ok(found) => return done(vm.new_bool(found)),
                Err(index) => {
                    self.index = index + 1;
                    vm.heap.sequence(self.sequence).expect("a list or tuple")[index]
                }
            };
            if vm.heap.list(self.sequence).is_some() {
                self.item = Some(vm.own(item));
            }
            match vm.equal_object(item, self.value)? {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.item.iter().for_each(|&item| visit(item));
    }
}

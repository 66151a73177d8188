//! What a builtin type has beside the natives that its file lists, and the order of its dict.
//!
//! `int.__dict__` starts with `__new__`, then come the slot wrappers in the order of CPython's slots, then methods, members
//! and computed attributes. A type that defines `__eq__` shows all six comparisons, most show a `__getattribute__` of their own.
//! Counterpart in CPython 3.11: `type_ready` and `slotdefs` in `Objects/typeobject.c`.

use super::{exception, object};
use crate::{
    builtins::{signatures, slots},
    heap::ObjRef,
    objects::core_types::*,
    vm::native::{Kind, NativeDef, Signature::One},
};

/// Special methods in the order of CPython's slots.
const SLOT_ORDER: &[&str] = &[
    "__repr__",
    "__hash__",
    "__call__",
    "__str__",
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__lt__",
    "__le__",
    "__eq__",
    "__ne__",
    "__gt__",
    "__ge__",
    "__iter__",
    "__next__",
    "__get__",
    "__set__",
    "__delete__",
    "__init__",
    "__del__",
    "__await__",
    "__aiter__",
    "__anext__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__mod__",
    "__rmod__",
    "__divmod__",
    "__rdivmod__",
    "__pow__",
    "__rpow__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__bool__",
    "__invert__",
    "__lshift__",
    "__rlshift__",
    "__rshift__",
    "__rrshift__",
    "__and__",
    "__rand__",
    "__xor__",
    "__rxor__",
    "__or__",
    "__ror__",
    "__int__",
    "__float__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imod__",
    "__ipow__",
    "__ilshift__",
    "__irshift__",
    "__iand__",
    "__ixor__",
    "__ior__",
    "__floordiv__",
    "__rfloordiv__",
    "__truediv__",
    "__rtruediv__",
    "__ifloordiv__",
    "__itruediv__",
    "__index__",
    "__matmul__",
    "__rmatmul__",
    "__imatmul__",
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
];

/// The slots of sequences that share their names with numbers' come last.
const SEQUENCE_SLOTS: &[&str] =
    &["__add__", "__mul__", "__rmul__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__iadd__", "__imul__"];

/// Types that leave attribute access to `object`.
const PLAIN_ACCESS: &[ObjRef] = &[
    BOOL,
    CLASSMETHOD,
    STATICMETHOD,
    FUNCTION,
    NONE_TYPE,
    NOT_IMPLEMENTED_TYPE,
    DICT_REVERSEKEYITERATOR,
    DICT_REVERSEVALUEITERATOR,
    DICT_REVERSEITEMITERATOR,
    GENERIC_ALIAS_ITERATOR,
    WEAKREF,
    STRUCT_SEQUENCE,
    TEXT_IO,
    ODICT_KEYS,
    ODICT_VALUES,
    ODICT_ITEMS,
    OBJECT,
];

/// The rows of a builtin type as its dict will have them.
pub fn core_rows(ty: ObjRef, mut rows: Vec<NativeDef>) -> Vec<NativeDef> {
    if is_exception(ty) {
        if ty != BASE_EXCEPTION {
            rows.extend(exception::fields::inherited_makers(ty, &rows));
        }
    } else if !PLAIN_ACCESS.contains(&ty) {
        add(&mut rows, NativeDef::wrapper("__getattribute__", One, object::getattribute));
    }
    let name = CORE_TYPES.iter().find(|row| row.object == ty).map_or("", |row| row.name);
    ordered(name.rsplit_once('.').map_or(name, |(_, short)| short), rows)
}

/// The rows of a class of a module.
pub fn module_rows(name: &str, mut rows: Vec<NativeDef>, plain_access: bool) -> Vec<NativeDef> {
    if !plain_access {
        add(&mut rows, NativeDef::wrapper("__getattribute__", One, object::getattribute));
    }
    ordered(name, rows)
}

fn is_exception(ty: ObjRef) -> bool {
    (BASE_EXCEPTION.index()..=EXCEPTION_GROUP.index()).contains(&ty.index())
}

/// Adds a row unless there is one of that name.
fn add(rows: &mut Vec<NativeDef>, row: NativeDef) {
    if !rows.iter().any(|other| other.name == row.name) {
        rows.push(row);
    }
}

/// Names behind the slot wrappers, by type: `list: __reversed__ __sizeof__ clear copy …`
const ORDER: &str = include_str!("order.txt");

fn ordered(name: &str, mut rows: Vec<NativeDef>) -> Vec<NativeDef> {
    if rows.iter().any(|row| row.name == "__eq__" && row.kind == Kind::Wrapper) {
        slots::comparisons().into_iter().for_each(|row| add(&mut rows, row));
    }
    let is_number = rows.iter().any(|row| row.name == "__radd__");
    let listed = signatures::row(ORDER, name).unwrap_or("");
    let listed: Vec<&str> = listed.split(' ').collect();
    rows.sort_by_cached_key(|row| {
        let (group, place) = rank(row, is_number, name == "deque");
        match listed.iter().position(|name| *name == row.name) {
            Some(place) if group > 2 => (3, place),
            _ => (group, place),
        }
    });
    rows
}

/// Where in the dict: `__new__`, slot wrappers, methods, members, computed attributes.
fn rank(row: &NativeDef, is_number: bool, is_plain_sequence: bool) -> (usize, usize) {
    match row.kind {
        Kind::StaticMethod if row.name == "__new__" => (0, 0),
        Kind::Wrapper => match SEQUENCE_SLOTS.iter().position(|name| *name == row.name) {
            Some(place) if matches!(row.name, "__getitem__" | "__setitem__" | "__delitem__") && is_plain_sequence => (2, place),
            Some(_) if matches!(row.name, "__getitem__" | "__setitem__" | "__delitem__") => slot_place(row),
            Some(place) if !is_number || row.name == "__contains__" => (2, place),
            _ => slot_place(row),
        },
        // They take the places of their slots.
        Kind::Method if row.name == "__getitem__" => slot_place(row),
        Kind::Method if row.name == "__contains__" => (2, 6),
        Kind::Method | Kind::ClassMethod | Kind::StaticMethod | Kind::Function => (3, 0),
        Kind::Member => (4, 0),
        Kind::Getter => (5, 0),
    }
}

fn slot_place(row: &NativeDef) -> (usize, usize) {
    (1, SLOT_ORDER.iter().position(|name| *name == row.name).unwrap_or(SLOT_ORDER.len()))
}

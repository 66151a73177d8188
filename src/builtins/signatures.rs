//! `__text_signature__` and `__doc__`: what `help` and `inspect` show of a native's parameters.
//!
//! The table is data, `signatures.txt`: `list.append ($self, object, /)`, a line each; a name without signature has None, as in
//! CPython, which tells it only where its own tables do. Slot wrappers of one name have one signature, whatever the type.

use memchr::memmem;

/// The signature of a method or function by its full name: `list.append`, `len`, `math.gcd`.
pub fn of(name: &str) -> Option<String> {
    const TABLE: &str = include_str!("signatures.txt");
    let start = memmem::find(TABLE.as_bytes(), format!("\n{name} (").as_bytes())? + name.len() + 2;
    TABLE[start..].lines().next().map(|line| line.replace('⏎', "\n"))
}

/// A short description in our own words (`⏎` ends a line), for `__doc__`: of a function by its full name, of a type behind `type `.
pub fn doc(name: &str) -> Option<&'static str> {
    const TABLE: &str = include_str!("docs.txt");
    row(TABLE, name)
}

/// What stands behind `name: ` in a table of lines.
pub(super) fn row(table: &'static str, name: &str) -> Option<&'static str> {
    let start = memmem::find(table.as_bytes(), format!("\n{name}: ").as_bytes())? + name.len() + 3;
    table[start..].lines().next()
}

/// The signature of a slot wrapper: `__add__`.
pub fn of_wrapper(name: &str) -> Option<&'static str> {
    Some(match name {
        "__del__" => return None,
        "__call__" | "__init__" => "($self, /, *args, **kwargs)",
        "__get__" => "($self, instance, owner=None, /)",
        "__set__" => "($self, instance, value, /)",
        "__delete__" => "($self, instance, /)",
        "__getattribute__" | "__delattr__" => "($self, name, /)",
        "__setattr__" => "($self, name, value, /)",
        "__getitem__" | "__delitem__" | "__contains__" => "($self, key, /)",
        "__setitem__" => "($self, key, value, /)",
        "__pow__" | "__rpow__" => "($self, value, mod=None, /)",
        "__abs__" | "__aiter__" | "__anext__" | "__await__" | "__bool__" | "__float__" | "__hash__" | "__index__" | "__int__"
        | "__invert__" | "__iter__" | "__len__" | "__neg__" | "__next__" | "__pos__" | "__repr__" | "__str__" => "($self, /)",
        _ => "($self, value, /)",
    })
}

//! Subscripts and membership: `a[k]`, `a[k] = v`, `del a[k]`, `x in a`, and the tables behind dicts and sets.
//!
//! Counterpart in CPython 3.11: `PyObject_GetItem`, `PySequence_Contains`, `lookdict`, `set_lookkey`.

pub mod contains;
pub mod dict;
pub mod each;
pub mod keyed;
pub mod set;
pub mod slice;
pub mod store;
pub mod subscript;
pub mod substitute;
pub mod update;

//! Who refers to an object, and by what name.
//!
//! Invariant: a list of holders is complete, one entry a counted reference, so that its length is the object's refcount; an
//! audit of the machine and a test hold it. CPython 3.11 has `gc.get_referrers`, which knows neither names nor the stack.
//!
//! `a = Node(); b = [a, a]`: `global a`, `list #4[0]`, `list #4[1]`: refcount 3.

/// One counted reference to an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// `local x of area`, `stack 1 of area`, `list #4[0]`
    pub text: String,
    pub kind: HolderKind,
    /// The object that holds it, as [`super::ValueView::slot`] names it; `None`: a frame or the interpreter.
    pub owner: Option<u32>,
}

/// What sort of place holds a reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HolderKind {
    /// The value stack of a frame, arguments on their way to a native function included.
    Stack,
    /// A name: local, global, cell.
    #[default]
    Name,
    /// An item, attribute or field of another object.
    Object,
    /// The interpreter itself.
    Machine,
}

impl HolderKind {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            HolderKind::Stack => "stack",
            HolderKind::Name => "name",
            HolderKind::Object => "object",
            HolderKind::Machine => "machine",
        }
    }
}

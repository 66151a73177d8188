//! The names that the selected frame can see, in the order of lookup.

use super::ValueView;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariablesView {
    pub sections: Vec<VariableSection>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct VariableSection {
    pub scope: Scope,
    pub rows: Vec<VariableRow>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariableRow {
    pub name: String,
    /// `None`: a local that is not bound yet.
    pub value: Option<ValueView>,
}

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// No names, but expressions of the user.
    Displayed,
    /// Fast locals of a function, or the namespace of a class body.
    Locals,
    /// Variables of its own that inner functions share.
    Cells,
    /// Variables of enclosing functions.
    Free,
    Globals,
    Builtins,
}

impl Scope {
    pub fn title(self) -> &'static str {
        match self {
            Scope::Displayed => "Displayed",
            Scope::Locals => "Locals",
            Scope::Cells => "Cells",
            Scope::Free => "Free variables",
            Scope::Globals => "Globals",
            Scope::Builtins => "Builtins",
        }
    }
}

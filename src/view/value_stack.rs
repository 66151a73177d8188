//! The value stack of the selected frame, top first.
//!
//! Rows are slots: slot 0 is the bottom. A slot that the last step popped stays for one step, marked
//! [`Change::Removed`](super::Change::Removed). Counterpart in CPython 3.11: `frame->localsplus` from `stackbase` up.

use super::ValueView;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueStackView {
    /// Top first.
    pub rows: Vec<StackRow>,
    /// Values on the stack now.
    pub depth: usize,
    /// `code.co_stacksize`
    pub limit: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackRow {
    /// 0 is the bottom.
    pub slot: usize,
    pub value: ValueView,
    /// What the next instruction takes it for.
    pub role: Option<Role>,
}

/// What the next instruction does with a value on the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The left and the right operand of `a + b`, `a < b`, `a is b`, `a in b`.
    Lhs,
    Rhs,
    /// The only operand.
    Operand,
    /// What is called, and what it is called with (from 1).
    Callable,
    Argument(u32),
    KeywordArgument(String),
    /// `NULL` below a callable, or the `self` of a method call.
    SelfOrNull,
    Container,
    Key,
    /// The value to store.
    Value,
    /// The object whose attribute is looked at.
    Object,
    Iterator,
    /// A part of what is built, from 1.
    Item(u32),
    Condition,
    Result,
    Exception,
    Other(String),
}

impl Role {
    /// The word after `◂`.
    pub fn label(&self) -> String {
        match self {
            Role::Lhs => "lhs".into(),
            Role::Rhs => "rhs".into(),
            Role::Operand => "operand".into(),
            Role::Callable => "callable".into(),
            Role::Argument(number) => format!("arg {number}"),
            Role::KeywordArgument(name) => format!("{name}="),
            Role::SelfOrNull => "self/NULL".into(),
            Role::Container => "container".into(),
            Role::Key => "key".into(),
            Role::Value => "value".into(),
            Role::Object => "object".into(),
            Role::Iterator => "iterator".into(),
            Role::Item(number) => format!("item {number}"),
            Role::Condition => "condition".into(),
            Role::Result => "result".into(),
            Role::Exception => "exception".into(),
            Role::Other(text) => text.clone(),
        }
    }
}

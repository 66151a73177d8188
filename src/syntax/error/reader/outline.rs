//! What messages need to know of an expression that was read: what it is, where it stands, and what it is made of.
//!
//! Counterpart in CPython 3.11: `_PyPegen_get_expr_name`, `_PyPegen_get_invalid_target`. `f()` is a "function call".

use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Name,
    True,
    False,
    None,
    Ellipsis,
    Literal,
    JoinedStr,
    Attribute,
    Subscript,
    Call,
    Tuple,
    List,
    Set,
    Dict,
    ListComp,
    SetComp,
    DictComp,
    GeneratorExp,
    /// Binary, unary and boolean operators.
    Operation,
    /// A comparison whose first operator is `in`; its left side is the only part.
    CompareIn,
    Compare,
    Lambda,
    IfExp,
    NamedExpr,
    Await,
    Yield,
    Starred,
}

impl Shape {
    /// How messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Name => "name",
            Shape::True => "True",
            Shape::False => "False",
            Shape::None => "None",
            Shape::Ellipsis => "ellipsis",
            Shape::Literal => "literal",
            Shape::JoinedStr => "f-string expression",
            Shape::Attribute => "attribute",
            Shape::Subscript => "subscript",
            Shape::Call => "function call",
            Shape::Tuple => "tuple",
            Shape::List => "list",
            Shape::Set => "set display",
            Shape::Dict => "dict literal",
            Shape::ListComp => "list comprehension",
            Shape::SetComp => "set comprehension",
            Shape::DictComp => "dict comprehension",
            Shape::GeneratorExp => "generator expression",
            Shape::Operation => "expression",
            Shape::CompareIn | Shape::Compare => "comparison",
            Shape::Lambda => "lambda",
            Shape::IfExp => "conditional expression",
            Shape::NamedExpr => "named expression",
            Shape::Await => "await expression",
            Shape::Yield => "yield expression",
            Shape::Starred => "starred",
        }
    }
}

/// An expression: the tokens `first..last`, parentheses around it left out.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub shape: Shape,
    pub first: u32,
    pub last: u32,
    /// The elements of tuples and lists, the value of a starred expression, the left side of `in`, the arguments of a call.
    pub parts: Rc<[Outline]>,
}

impl Outline {
    pub fn new(shape: Shape, first: u32, last: u32) -> Outline {
        Outline { shape, first, last, parts: Rc::new([]) }
    }

    pub fn with(shape: Shape, first: u32, last: u32, parts: Vec<Outline>) -> Outline {
        Outline { shape, first, last, parts: parts.into() }
    }

    /// The first part of it that cannot be a target.
    pub fn invalid_target(&self, targets: Targets) -> Option<&Outline> {
        match self.shape {
            Shape::Name | Shape::Attribute | Shape::Subscript => None,
            Shape::Tuple | Shape::List => self.parts.iter().find_map(|part| part.invalid_target(targets)),
            Shape::Starred if targets != Targets::Del => self.parts.first()?.invalid_target(targets),
            Shape::CompareIn if targets == Targets::For => self.parts.first()?.invalid_target(targets),
            Shape::Compare if targets == Targets::For => None,
            _ => Some(self),
        }
    }
}

/// What the targets are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Targets {
    Star,
    Del,
    For,
}

//! The objects that the names of all frames lead to, each once, with what they hold: for exports that draw pictures of their own.
//!
//! Unlike [`super::graph`], which is made for a screen, nothing is put in columns, and simple values keep their kind. Counterpart:
//! the `globals`, `stack_to_render` and `heap` of a Python Tutor trace.
//!
//! `a = [1]; b = a`: both names are `Held::Object(0)`, and thing 0 is a list with the part `Held::Int("1")`.

use crate::{
    num::float_text,
    text::{PyStr, repr::str_repr},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectsView {
    /// The names of the module.
    pub globals: Vec<(String, Held)>,
    /// The functions that run, outermost first.
    pub frames: Vec<ObjectsFrame>,
    pub things: Vec<Thing>,
    /// The value on top of the innermost frame's stack: what is about to be returned, before `RETURN_VALUE`.
    pub top: Option<Held>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectsFrame {
    pub name: String,
    /// Only names that are bound.
    pub names: Vec<(String, Held)>,
}

/// A value, or which of the things it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    None,
    Bool(bool),
    /// In decimal.
    Int(String),
    Float(f64),
    Str(String),
    /// An index of [`ObjectsView::things`].
    Object(usize),
    /// One too many to be shown.
    Cut,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// The same number at every instant, and no other object's.
    pub id: u64,
    pub kind: ThingKind,
    /// The name of its type; of a function or a class its own.
    pub name: String,
    /// As `repr` shows it, without running code.
    pub text: String,
    /// Keys and values of a dict, names and values of an instance; of others only the second counts.
    pub parts: Vec<(Held, Held)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThingKind {
    List,
    Tuple,
    Set,
    Dict,
    Instance,
    Function,
    Class,
    Other,
}

impl ObjectsView {
    /// What is held, as `repr` shows it.
    pub fn text(&self, held: &Held) -> String {
        match held {
            Held::None => "None".into(),
            Held::Bool(true) => "True".into(),
            Held::Bool(false) => "False".into(),
            Held::Int(text) => text.clone(),
            Held::Float(value) => float_text::repr(*value),
            Held::Str(text) => str_repr(&PyStr::from(text.as_str())).to_string_lossy(),
            Held::Object(index) => self.things.get(*index).map_or_else(String::new, |thing| thing.text.clone()),
            Held::Cut => "…".into(),
        }
    }
}

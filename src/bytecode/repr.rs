//! Constants as text, as `repr` writes them and `dis` shows them.
//!
//! A code object's text names its address; what address that is, the caller says, since nothing here lies in memory.

use std::sync::Arc;

use super::{
    code::{CodeObject, Constant},
    set_order,
};
use crate::{
    num::{complex::complex_repr, float_text, int_text},
    text::repr::{bytes_repr, str_repr},
};

/// `repr(constant)`, with code objects at address 0.
pub fn constant(value: &Constant) -> String {
    constant_at(value, &|_| 0)
}

/// `repr(constant)`, with code objects where `address` says.
pub fn constant_at(value: &Constant, address: &dyn Fn(&Arc<CodeObject>) -> u64) -> String {
    let list = |items: &[Constant]| items.iter().map(|item| constant_at(item, address)).collect::<Vec<_>>().join(", ");
    match value {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "Ellipsis".into(),
        Constant::Int(value) => int_text::unlimited_decimal(value),
        Constant::Float(value) => float_text::repr(*value),
        Constant::Complex { real, imag } => complex_repr((*real, *imag)),
        Constant::Str(text) => str_repr(text).to_string_lossy(),
        Constant::Bytes(bytes) => bytes_repr(bytes),
        Constant::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Constant::Tuple(items) => format!("({})", list(items)),
        Constant::FrozenSet(items) if items.is_empty() => "frozenset()".into(),
        Constant::FrozenSet(items) => {
            let shown: Vec<String> = set_order::iterated(items).into_iter().map(|item| constant_at(item, address)).collect();
            format!("frozenset({{{}}})", shown.join(", "))
        }
        Constant::Code(code) => code_object(code, address(code)),
    }
}

/// `repr(code)`
pub fn code_object(code: &CodeObject, address: u64) -> String {
    format!("<code object {} at {address:#x}, file \"{}\", line {}>", code.name, code.filename, code.firstlineno)
}

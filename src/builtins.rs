//! What values *do*: the methods of the builtin types and the builtin functions, as tables of natives.
//!
//! What a value *is* stands in `objects/`; what an operator means in `vm/protocol`. A method of `list` is in
//! `types/list.rs`, the function `sorted` in `functions/iteration.rs`.

pub mod convert;
pub mod functions;
pub mod signatures;
pub mod slots;
pub mod syntax_tree;
pub mod types;

use crate::vm::Vm;

/// Gives the builtin types their methods and fills the `builtins` namespace.
pub fn install(vm: &mut Vm) {
    types::install(vm);
    functions::install(vm);
}

//! Modules written in Rust, one file a module.

use crate::{heap::ObjRef, vm::Vm};

/// Name → what fills the module's dict.
pub type Row = (&'static str, fn(&mut Vm, ObjRef));

/// Siblings share a shape: `pub fn fill(vm: &mut Vm, dict: ObjRef)`.
pub const MODULES: &[Row] = &[];

//! Modules written in Rust, one file a module.

pub mod gc;
pub mod struct_sequence;
pub mod sys;

use crate::{
    heap::ObjRef,
    vm::{Vm, native::NativeDef},
};

/// Name → what fills the module's dict.
pub type Row = (&'static str, fn(&mut Vm, ObjRef));

/// Siblings share a shape: `pub fn fill(vm: &mut Vm, dict: ObjRef)`.
pub const MODULES: &[Row] = &[("gc", gc::fill), ("sys", sys::fill)];

/// Modules that come along as Python source: name → source.
pub const SOURCES: &[(&str, &str)] = &[];

/// Puts functions into a module's dict.
pub fn add_functions(vm: &mut Vm, dict: ObjRef, module: &str, natives: Vec<NativeDef>) {
    let module = vm.new_interned(module);
    for def in natives {
        let name = def.name;
        let function = vm.new_native_function(def, Some(module));
        vm.dict_set_text(dict, name, function);
    }
    vm.decref(module);
}

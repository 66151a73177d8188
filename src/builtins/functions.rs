//! The builtin functions, by subject, and the names of the builtin types and constants.

pub mod code;
pub mod introspection;
pub mod io;
pub mod iteration;
pub mod numbers;

use crate::{
    objects::core_types::*,
    vm::{Vm, native::NativeDef},
};

/// Subject → its functions. Siblings share a shape: `pub fn natives() -> Vec<NativeDef>`.
const SUBJECTS: &[fn() -> Vec<NativeDef>] = &[code::natives, introspection::natives, io::natives, iteration::natives, numbers::natives];

/// Types that have a name in `builtins`; every exception has one too.
const NAMED_TYPES: &[crate::heap::ObjRef] = &[
    BOOL,
    BYTEARRAY,
    BYTES,
    CLASSMETHOD,
    COMPLEX,
    DICT,
    ENUMERATE,
    FILTER,
    FLOAT,
    FROZENSET,
    INT,
    LIST,
    MAP,
    MEMORYVIEW,
    OBJECT,
    PROPERTY,
    RANGE,
    REVERSED,
    SET,
    SLICE,
    STATICMETHOD,
    STR,
    SUPER,
    TUPLE,
    TYPE,
    ZIP,
];

/// Fills the `builtins` namespace.
pub fn install(vm: &mut Vm) {
    let builtins = vm.builtins;
    for natives in SUBJECTS {
        for def in natives() {
            let name = def.name;
            let module = vm.new_interned("builtins");
            let function = vm.new_native_function(def, Some(module));
            vm.decref(module);
            vm.dict_set_text(builtins, name, function);
        }
    }
    let io = vm.new_interned("io");
    for def in crate::stdlib::io::open::functions() {
        if def.name == "open" {
            let function = vm.new_native_function(def, Some(io));
            vm.dict_set_text(builtins, "open", function);
        }
    }
    vm.decref(io);
    for (name, value) in [("None", NONE), ("Ellipsis", ELLIPSIS), ("NotImplemented", NOT_IMPLEMENTED), ("False", FALSE), ("True", TRUE)] {
        vm.incref(value);
        vm.dict_set_text(builtins, name, value);
    }
    let exceptions = CORE_TYPES.iter().filter(|row| row.layout == Layout::Exception && !row.name.contains('.')).map(|row| row.object);
    for ty in NAMED_TYPES.iter().copied().chain(exceptions) {
        vm.incref(ty);
        let name = CORE_TYPES.iter().find(|row| row.object == ty).expect("a row").name;
        vm.dict_set_text(builtins, name, ty);
    }
    for (alias, ty) in [("IOError", OS_ERROR), ("EnvironmentError", OS_ERROR)] {
        vm.incref(ty);
        vm.dict_set_text(builtins, alias, ty);
    }
    let debug = vm.new_bool(vm.config.optimize == 0);
    vm.dict_set_text(builtins, "__debug__", debug);
}

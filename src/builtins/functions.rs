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
    // Inline caches show at which place of the dict a name is.
    for name in ORDER.split_ascii_whitespace() {
        vm.incref(NONE);
        vm.dict_set_text(builtins, name, NONE);
    }
    let doc = vm.new_str(DOC);
    vm.dict_set_text(builtins, "__doc__", doc);
    let package = vm.new_str("");
    vm.dict_set_text(builtins, "__package__", package);
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

/// `builtins.__doc__`
const DOC: &str =
    "Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' object; Ellipsis represents `...' in slices.";

/// The names in `builtins`, in their order.
const ORDER: &str = "\
    __name__ __doc__ __package__ __loader__ __spec__ __build_class__ __import__ abs all any ascii bin breakpoint \
    callable chr compile delattr dir divmod eval exec format getattr globals hasattr hash hex id input isinstance \
    issubclass iter aiter len locals max min next anext oct ord pow print repr round setattr sorted sum vars None \
    Ellipsis NotImplemented False True bool memoryview bytearray bytes classmethod complex dict enumerate filter \
    float frozenset property int list map object range reversed set slice staticmethod str super tuple type zip \
    __debug__ BaseException BaseExceptionGroup Exception GeneratorExit KeyboardInterrupt SystemExit ArithmeticError \
    AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError \
    ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError \
    Warning FloatingPointError OverflowError ZeroDivisionError BytesWarning DeprecationWarning EncodingWarning \
    FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning \
    UnicodeWarning UserWarning BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError \
    InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError \
    IndentationError IndexError KeyError ModuleNotFoundError NotImplementedError RecursionError UnboundLocalError \
    UnicodeError BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError TabError \
    UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError ExceptionGroup EnvironmentError IOError open";

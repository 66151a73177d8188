//! THE table of builtin types: name, fixed slot, base, layout of the instances, whether a class may inherit from it.
//!
//! A builtin type is known by its slot, so that the machine can compare types as numbers: `ty == INT`. Exceptions stand
//! here too. After the types come the singletons, the small integers and the one-character strings, all at fixed slots.

use crate::heap::ObjRef;

/// The shape of an instance's body; a class inherits that of its `__base__`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// nothing but a dict and slots: `object`
    Object,
    Number,
    Complex,
    Str,
    Bytes,
    ByteArray,
    Tuple,
    List,
    Dict,
    Set,
    Exception,
    Type,
    Module,
    Property,
    /// staticmethod, classmethod, super and the like: references only
    Fields,
    /// defined by a Rust module
    Foreign,
    /// made by the machine only: functions, frames, code, iterators
    Internal,
}

/// A row of the table.
pub struct CoreType {
    pub object: ObjRef,
    pub name: &'static str,
    pub base: ObjRef,
    pub layout: Layout,
    /// Python classes may inherit from it (`Py_TPFLAGS_BASETYPE`).
    pub basetype: bool,
    /// Its instances can be part of a cycle (`Py_TPFLAGS_HAVE_GC`).
    pub gc: bool,
}

macro_rules! core_types {
    ($($constant:ident = $index:literal, $name:literal, $base:ident, $layout:ident, $basetype:ident, $gc:ident;)*) => {
        $(pub const $constant: ObjRef = ObjRef::new($index);)*
        /// All builtin types in the order of their slots.
        pub const CORE_TYPES: &[CoreType] = &[
            $(CoreType { object: $constant, name: $name, base: $base, layout: Layout::$layout, basetype: core_types!(@ $basetype), gc: core_types!(@ $gc) },)*
        ];
    };
    (@ base) => { true };
    (@ last) => { false };
    (@ gc) => { true };
    (@ leaf) => { false };
}

core_types! {
    // constant          slot  name                  base      layout     basetype gc
    INT                  = 1,  "int",                OBJECT,   Number,    base, leaf;
    FLOAT                = 2,  "float",              OBJECT,   Number,    base, leaf;
    BOOL                 = 3,  "bool",               INT,      Number,    last, leaf;
    NONE_TYPE            = 4,  "NoneType",           OBJECT,   Internal,  last, leaf;
    STR                  = 5,  "str",                OBJECT,   Str,       base, leaf;
    TUPLE                = 6,  "tuple",              OBJECT,   Tuple,     base, gc;
    LIST                 = 7,  "list",               OBJECT,   List,      base, gc;
    DICT                 = 8,  "dict",               OBJECT,   Dict,      base, gc;
    FUNCTION             = 9,  "function",           OBJECT,   Internal,  last, gc;
    METHOD               = 10, "method",             OBJECT,   Internal,  last, gc;
    BUILTIN_FUNCTION     = 11, "builtin_function_or_method", OBJECT, Internal, last, gc;
    METHOD_DESCRIPTOR    = 12, "method_descriptor",  OBJECT,   Internal,  last, gc;
    WRAPPER_DESCRIPTOR   = 13, "wrapper_descriptor", OBJECT,   Internal,  last, gc;
    METHOD_WRAPPER       = 14, "method-wrapper",     OBJECT,   Internal,  last, gc;
    GETSET_DESCRIPTOR    = 15, "getset_descriptor",  OBJECT,   Internal,  last, gc;
    MEMBER_DESCRIPTOR    = 16, "member_descriptor",  OBJECT,   Internal,  last, gc;
    CLASSMETHOD_DESCRIPTOR = 17, "classmethod_descriptor", OBJECT, Internal, last, gc;
    PROPERTY             = 18, "property",           OBJECT,   Property,  base, gc;
    STATICMETHOD         = 19, "staticmethod",       OBJECT,   Fields,    base, gc;
    CLASSMETHOD          = 20, "classmethod",        OBJECT,   Fields,    base, gc;
    SUPER                = 21, "super",              OBJECT,   Fields,    base, gc;
    OBJECT               = 22, "object",             OBJECT,   Object,    base, leaf;
    TYPE                 = 23, "type",               OBJECT,   Type,      base, gc;
    COMPLEX              = 24, "complex",            OBJECT,   Complex,   base, leaf;
    BYTES                = 25, "bytes",              OBJECT,   Bytes,     base, leaf;
    BYTEARRAY            = 26, "bytearray",          OBJECT,   ByteArray, base, leaf;
    SET                  = 27, "set",                OBJECT,   Set,       base, gc;
    FROZENSET            = 28, "frozenset",          OBJECT,   Set,       base, gc;
    SLICE                = 29, "slice",              OBJECT,   Internal,  last, gc;
    RANGE                = 30, "range",              OBJECT,   Internal,  last, leaf;
    CODE                 = 31, "code",               OBJECT,   Internal,  last, leaf;
    FRAME                = 32, "frame",              OBJECT,   Internal,  last, gc;
    TRACEBACK            = 33, "traceback",          OBJECT,   Internal,  last, gc;
    MODULE               = 34, "module",             OBJECT,   Module,    base, gc;
    CELL                 = 35, "cell",               OBJECT,   Internal,  last, gc;
    NOT_IMPLEMENTED_TYPE = 36, "NotImplementedType", OBJECT,   Internal,  last, leaf;
    ELLIPSIS_TYPE        = 37, "ellipsis",           OBJECT,   Internal,  last, leaf;
    GENERATOR            = 38, "generator",          OBJECT,   Internal,  last, gc;
    COROUTINE            = 39, "coroutine",          OBJECT,   Internal,  last, gc;
    ASYNC_GENERATOR      = 40, "async_generator",    OBJECT,   Internal,  last, gc;
    LIST_ITERATOR        = 41, "list_iterator",      OBJECT,   Internal,  last, gc;
    LIST_REVERSEITERATOR = 42, "list_reverseiterator", OBJECT, Internal,  last, gc;
    TUPLE_ITERATOR       = 43, "tuple_iterator",     OBJECT,   Internal,  last, gc;
    STR_ITERATOR         = 44, "str_iterator",       OBJECT,   Internal,  last, gc;
    BYTES_ITERATOR       = 45, "bytes_iterator",     OBJECT,   Internal,  last, gc;
    BYTEARRAY_ITERATOR   = 46, "bytearray_iterator", OBJECT,   Internal,  last, gc;
    RANGE_ITERATOR       = 47, "range_iterator",     OBJECT,   Internal,  last, leaf;
    LONGRANGE_ITERATOR   = 48, "longrange_iterator", OBJECT,   Internal,  last, leaf;
    SET_ITERATOR         = 49, "set_iterator",       OBJECT,   Internal,  last, gc;
    DICT_KEYITERATOR     = 50, "dict_keyiterator",   OBJECT,   Internal,  last, gc;
    DICT_VALUEITERATOR   = 51, "dict_valueiterator", OBJECT,   Internal,  last, gc;
    DICT_ITEMITERATOR    = 52, "dict_itemiterator",  OBJECT,   Internal,  last, gc;
    DICT_REVERSEKEYITERATOR   = 53, "dict_reversekeyiterator", OBJECT, Internal, last, gc;
    DICT_REVERSEVALUEITERATOR = 54, "dict_reversevalueiterator", OBJECT, Internal, last, gc;
    DICT_REVERSEITEMITERATOR  = 55, "dict_reverseitemiterator", OBJECT, Internal, last, gc;
    DICT_KEYS            = 56, "dict_keys",          OBJECT,   Internal,  last, gc;
    DICT_VALUES          = 57, "dict_values",        OBJECT,   Internal,  last, gc;
    DICT_ITEMS           = 58, "dict_items",         OBJECT,   Internal,  last, gc;
    CALLABLE_ITERATOR    = 59, "callable_iterator",  OBJECT,   Internal,  last, gc;
    SEQ_ITERATOR         = 60, "iterator",           OBJECT,   Internal,  last, gc;
    ENUMERATE            = 61, "enumerate",          OBJECT,   Internal,  base, gc;
    ZIP                  = 62, "zip",                OBJECT,   Internal,  base, gc;
    MAP                  = 63, "map",                OBJECT,   Internal,  base, gc;
    FILTER               = 64, "filter",             OBJECT,   Internal,  base, gc;
    REVERSED             = 65, "reversed",           OBJECT,   Internal,  base, gc;
    MAPPINGPROXY         = 66, "mappingproxy",       OBJECT,   Internal,  last, gc;
    GENERIC_ALIAS        = 68, "types.GenericAlias", OBJECT,   Internal,  base, gc;
    UNION_TYPE           = 69, "types.UnionType",    OBJECT,   Internal,  last, gc;
    WEAKREF              = 70, "weakref.ReferenceType", OBJECT, Internal, base, gc;
    SIMPLE_NAMESPACE     = 72, "types.SimpleNamespace", OBJECT, Object,   base, gc;
    COROUTINE_WRAPPER    = 73, "coroutine_wrapper",  OBJECT,   Internal,  last, gc;
    ASYNC_GENERATOR_ASEND = 74, "async_generator_asend", OBJECT, Internal, last, gc;
    ASYNC_GENERATOR_ATHROW = 75, "async_generator_athrow", OBJECT, Internal, last, gc;
    ASYNC_GENERATOR_WRAPPED_VALUE = 76, "async_generator_wrapped_value", OBJECT, Internal, last, gc;
    STR_ASCII_ITERATOR   = 77, "str_ascii_iterator", OBJECT,   Internal,  last, gc;
    STRUCT_SEQUENCE      = 79, "sys.version_info",   TUPLE,    Tuple,     last, gc;
    // 67, 71, 78 and 80 to 89 are free
    BASE_EXCEPTION       = 90,  "BaseException",     OBJECT,         Exception, base, gc;
    EXCEPTION            = 91,  "Exception",         BASE_EXCEPTION, Exception, base, gc;
    ARITHMETIC_ERROR     = 92,  "ArithmeticError",   EXCEPTION,      Exception, base, gc;
    ASSERTION_ERROR      = 93,  "AssertionError",    EXCEPTION,      Exception, base, gc;
    ATTRIBUTE_ERROR      = 94,  "AttributeError",    EXCEPTION,      Exception, base, gc;
    BLOCKING_IO_ERROR    = 95,  "BlockingIOError",   OS_ERROR,       Exception, base, gc;
    BROKEN_PIPE_ERROR    = 96,  "BrokenPipeError",   CONNECTION_ERROR, Exception, base, gc;
    BUFFER_ERROR         = 97,  "BufferError",       EXCEPTION,      Exception, base, gc;
    BYTES_WARNING        = 98,  "BytesWarning",      WARNING,        Exception, base, gc;
    CHILD_PROCESS_ERROR  = 99,  "ChildProcessError", OS_ERROR,       Exception, base, gc;
    CONNECTION_ABORTED_ERROR = 100, "ConnectionAbortedError", CONNECTION_ERROR, Exception, base, gc;
    CONNECTION_ERROR     = 101, "ConnectionError",   OS_ERROR,       Exception, base, gc;
    CONNECTION_REFUSED_ERROR = 102, "ConnectionRefusedError", CONNECTION_ERROR, Exception, base, gc;
    CONNECTION_RESET_ERROR = 103, "ConnectionResetError", CONNECTION_ERROR, Exception, base, gc;
    DEPRECATION_WARNING  = 104, "DeprecationWarning", WARNING,       Exception, base, gc;
    EOF_ERROR            = 105, "EOFError",          EXCEPTION,      Exception, base, gc;
    ENCODING_WARNING     = 106, "EncodingWarning",   WARNING,        Exception, base, gc;
    FILE_EXISTS_ERROR    = 107, "FileExistsError",   OS_ERROR,       Exception, base, gc;
    FILE_NOT_FOUND_ERROR = 108, "FileNotFoundError", OS_ERROR,       Exception, base, gc;
    FLOATING_POINT_ERROR = 109, "FloatingPointError", ARITHMETIC_ERROR, Exception, base, gc;
    FUTURE_WARNING       = 110, "FutureWarning",     WARNING,        Exception, base, gc;
    GENERATOR_EXIT       = 111, "GeneratorExit",     BASE_EXCEPTION, Exception, base, gc;
    IMPORT_ERROR         = 112, "ImportError",       EXCEPTION,      Exception, base, gc;
    IMPORT_WARNING       = 113, "ImportWarning",     WARNING,        Exception, base, gc;
    INDENTATION_ERROR    = 114, "IndentationError",  SYNTAX_ERROR,   Exception, base, gc;
    INDEX_ERROR          = 115, "IndexError",        LOOKUP_ERROR,   Exception, base, gc;
    INTERRUPTED_ERROR    = 116, "InterruptedError",  OS_ERROR,       Exception, base, gc;
    IS_A_DIRECTORY_ERROR = 117, "IsADirectoryError", OS_ERROR,       Exception, base, gc;
    KEY_ERROR            = 118, "KeyError",          LOOKUP_ERROR,   Exception, base, gc;
    KEYBOARD_INTERRUPT   = 119, "KeyboardInterrupt", BASE_EXCEPTION, Exception, base, gc;
    LOOKUP_ERROR         = 120, "LookupError",       EXCEPTION,      Exception, base, gc;
    MEMORY_ERROR         = 121, "MemoryError",       EXCEPTION,      Exception, base, gc;
    MODULE_NOT_FOUND_ERROR = 122, "ModuleNotFoundError", IMPORT_ERROR, Exception, base, gc;
    NAME_ERROR           = 123, "NameError",         EXCEPTION,      Exception, base, gc;
    NOT_A_DIRECTORY_ERROR = 124, "NotADirectoryError", OS_ERROR,     Exception, base, gc;
    NOT_IMPLEMENTED_ERROR = 125, "NotImplementedError", RUNTIME_ERROR, Exception, base, gc;
    OS_ERROR             = 126, "OSError",           EXCEPTION,      Exception, base, gc;
    OVERFLOW_ERROR       = 127, "OverflowError",     ARITHMETIC_ERROR, Exception, base, gc;
    PENDING_DEPRECATION_WARNING = 128, "PendingDeprecationWarning", WARNING, Exception, base, gc;
    PERMISSION_ERROR     = 129, "PermissionError",   OS_ERROR,       Exception, base, gc;
    PROCESS_LOOKUP_ERROR = 130, "ProcessLookupError", OS_ERROR,      Exception, base, gc;
    RECURSION_ERROR      = 131, "RecursionError",    RUNTIME_ERROR,  Exception, base, gc;
    REFERENCE_ERROR      = 132, "ReferenceError",    EXCEPTION,      Exception, base, gc;
    RESOURCE_WARNING     = 133, "ResourceWarning",   WARNING,        Exception, base, gc;
    RUNTIME_ERROR        = 134, "RuntimeError",      EXCEPTION,      Exception, base, gc;
    RUNTIME_WARNING      = 135, "RuntimeWarning",    WARNING,        Exception, base, gc;
    STOP_ASYNC_ITERATION = 136, "StopAsyncIteration", EXCEPTION,     Exception, base, gc;
    STOP_ITERATION       = 137, "StopIteration",     EXCEPTION,      Exception, base, gc;
    SYNTAX_ERROR         = 138, "SyntaxError",       EXCEPTION,      Exception, base, gc;
    SYNTAX_WARNING       = 139, "SyntaxWarning",     WARNING,        Exception, base, gc;
    SYSTEM_ERROR         = 140, "SystemError",       EXCEPTION,      Exception, base, gc;
    SYSTEM_EXIT          = 141, "SystemExit",        BASE_EXCEPTION, Exception, base, gc;
    TAB_ERROR            = 142, "TabError",          INDENTATION_ERROR, Exception, base, gc;
    TIMEOUT_ERROR        = 143, "TimeoutError",      OS_ERROR,       Exception, base, gc;
    TYPE_ERROR           = 144, "TypeError",         EXCEPTION,      Exception, base, gc;
    UNBOUND_LOCAL_ERROR  = 145, "UnboundLocalError", NAME_ERROR,     Exception, base, gc;
    UNICODE_DECODE_ERROR = 146, "UnicodeDecodeError", UNICODE_ERROR, Exception, base, gc;
    UNICODE_ENCODE_ERROR = 147, "UnicodeEncodeError", UNICODE_ERROR, Exception, base, gc;
    UNICODE_ERROR        = 148, "UnicodeError",      VALUE_ERROR,    Exception, base, gc;
    UNICODE_TRANSLATE_ERROR = 149, "UnicodeTranslateError", UNICODE_ERROR, Exception, base, gc;
    UNICODE_WARNING      = 150, "UnicodeWarning",    WARNING,        Exception, base, gc;
    USER_WARNING         = 151, "UserWarning",       WARNING,        Exception, base, gc;
    VALUE_ERROR          = 152, "ValueError",        EXCEPTION,      Exception, base, gc;
    WARNING              = 153, "Warning",           EXCEPTION,      Exception, base, gc;
    ZERO_DIVISION_ERROR  = 154, "ZeroDivisionError", ARITHMETIC_ERROR, Exception, base, gc;
    BASE_EXCEPTION_GROUP = 155, "BaseExceptionGroup", BASE_EXCEPTION, Exception, base, gc;
    EXCEPTION_GROUP      = 156, "ExceptionGroup",    BASE_EXCEPTION_GROUP, Exception, base, gc;
    // from here on: types that the protocols know by their methods only; first the files, see is_io_type
    IO_BASE              = 160, "_io._IOBase",       OBJECT,      Foreign,  base, gc;
    RAW_IO_BASE          = 161, "_io._RawIOBase",    IO_BASE,     Foreign,  base, gc;
    BUFFERED_IO_BASE     = 162, "_io._BufferedIOBase", IO_BASE,   Foreign,  base, gc;
    TEXT_IO_BASE         = 163, "_io._TextIOBase",   IO_BASE,     Foreign,  base, gc;
    FILE_IO              = 164, "_io.FileIO",        RAW_IO_BASE, Foreign,  base, gc;
    BYTES_IO             = 165, "_io.BytesIO",       BUFFERED_IO_BASE, Foreign, base, gc;
    STRING_IO            = 166, "_io.StringIO",      TEXT_IO_BASE, Foreign, base, gc;
    BUFFERED_READER      = 167, "_io.BufferedReader", BUFFERED_IO_BASE, Foreign, base, gc;
    BUFFERED_WRITER      = 168, "_io.BufferedWriter", BUFFERED_IO_BASE, Foreign, base, gc;
    BUFFERED_RANDOM      = 169, "_io.BufferedRandom", BUFFERED_IO_BASE, Foreign, base, gc;
    BUFFERED_RW_PAIR     = 170, "_io.BufferedRWPair", BUFFERED_IO_BASE, Foreign, base, gc;
    TEXT_IO              = 171, "_io.TextIOWrapper", TEXT_IO_BASE, Foreign, base, gc;
    NEWLINE_DECODER      = 172, "_io.IncrementalNewlineDecoder", OBJECT, Foreign, base, leaf;
    UNSUPPORTED_OPERATION = 173, "io.UnsupportedOperation", OS_ERROR, Exception, base, gc;
    MEMORYVIEW           = 180, "memoryview",        OBJECT,      Foreign,  last, gc;
    MEMORY_ITERATOR      = 181, "memory_iterator",   OBJECT,      Foreign,  last, gc;
    GENERIC_ALIAS_ITERATOR = 182, "generic_alias_iterator", OBJECT, Foreign, last, gc;
    ANEXT_AWAITABLE      = 183, "anext_awaitable",   OBJECT,      Foreign,  last, gc;
    WEAKPROXY            = 184, "weakref.ProxyType", OBJECT,      Foreign,  last, gc;
    CALLABLE_WEAKPROXY   = 185, "weakref.CallableProxyType", OBJECT, Foreign, last, gc;
    ODICT_KEYS           = 186, "odict_keys",        DICT_KEYS,   Internal, last, gc;
    ODICT_VALUES         = 187, "odict_values",      DICT_VALUES, Internal, last, gc;
    ODICT_ITEMS          = 188, "odict_items",       DICT_ITEMS,  Internal, last, gc;
    MANAGED_BUFFER       = 190, "managedbuffer",     OBJECT,      Internal, last, gc;
    ODICT_ITERATOR       = 189, "odict_iterator",    OBJECT,      Foreign,  last, gc;
}

/// Builtin types live below this slot, classes made by programs above.
pub const TYPES_END: u32 = 200;
/// The machine itself knows what values of the types below this slot do; for those above it asks their methods.
const CORE_END: u32 = 160;

pub const NONE: ObjRef = ObjRef::new(200);
pub const TRUE: ObjRef = ObjRef::new(201);
pub const FALSE: ObjRef = ObjRef::new(202);
pub const NOT_IMPLEMENTED: ObjRef = ObjRef::new(203);
pub const ELLIPSIS: ObjRef = ObjRef::new(204);
pub const EMPTY_TUPLE: ObjRef = ObjRef::new(205);
pub const EMPTY_STR: ObjRef = ObjRef::new(206);
pub const EMPTY_BYTES: ObjRef = ObjRef::new(207);
/// `str(True)` and `str(False)`.
pub const TRUE_TEXT: ObjRef = ObjRef::new(208);
pub const FALSE_TEXT: ObjRef = ObjRef::new(209);
/// What CPython's file gives the objects of its tables, lest they die: no program has so many references.
pub const STATIC_REFCOUNT: u32 = 999_999_999;

/// The small integers -5 to 256, one object each.
const SMALL_INTS: u32 = 210;
pub const SMALLEST: i64 = -5;
pub const LARGEST: i64 = 256;

/// The one-character strings U+0000 to U+00FF.
const CHARACTERS: u32 = SMALL_INTS + 262;
/// The one-byte `bytes`.
const ONE_BYTE: u32 = CHARACTERS + 256;
/// The names that are interned strings of CPython's file: see [`super::static_data::names`].
const NAMES: u32 = ONE_BYTE + 256;
/// The last slot that is never freed.
pub const RESERVED: u32 = NAMES + super::static_data::NAME_COUNT as u32 - 1;

/// The tables that the reserved slots are divided into.
pub enum Reserved {
    /// Types and singletons.
    Single,
    SmallInt,
    Character,
    Byte,
    Name,
}

/// The table of an object in a reserved slot, and its number there.
pub fn reserved(object: ObjRef) -> (Reserved, u64) {
    let (table, first) = match object.index() {
        SMALL_INTS..CHARACTERS => (Reserved::SmallInt, SMALL_INTS),
        CHARACTERS..ONE_BYTE => (Reserved::Character, CHARACTERS),
        ONE_BYTE..NAMES => (Reserved::Byte, ONE_BYTE),
        NAMES.. => (Reserved::Name, NAMES),
        _ => (Reserved::Single, 0),
    };
    (table, u64::from(object.index() - first))
}

/// The references that an object in a reserved slot has to itself, which nobody gives back. `None`, types and the like are static
/// too, but count from 1.
pub fn static_references(object: ObjRef) -> u32 {
    match object.index() {
        0..=RESERVED if matches!(reserved(object).0, Reserved::Single) && object.index() < EMPTY_TUPLE.index() => 1,
        0..=RESERVED => STATIC_REFCOUNT,
        _ => 0,
    }
}

#[inline(always)]
pub const fn is_core_type(ty: ObjRef) -> bool {
    ty.index() < CORE_END
}

/// Whether a builtin type is `_io._IOBase` or inherits from it. Such objects have a `__dict__`, and are closed when they die.
#[inline(always)]
pub const fn is_io_type(ty: ObjRef) -> bool {
    ty.index() >= IO_BASE.index() && ty.index() <= TEXT_IO.index()
}

/// The shared object of a small integer.
#[inline(always)]
pub const fn small_int(value: i64) -> Option<ObjRef> {
    if value >= SMALLEST && value <= LARGEST { Some(ObjRef::new(SMALL_INTS + (value - SMALLEST) as u32)) } else { None }
}

pub const fn latin1_character(c: u8) -> ObjRef {
    ObjRef::new(CHARACTERS + c as u32)
}

/// The interned string of CPython's file with that number.
pub const fn static_name(number: usize) -> ObjRef {
    ObjRef::new(NAMES + number as u32)
}

pub const fn one_byte(c: u8) -> ObjRef {
    ObjRef::new(ONE_BYTE + c as u32)
}

#[inline(always)]
pub const fn bool_object(value: bool) -> ObjRef {
    if value { TRUE } else { FALSE }
}

//! The memory layout that CPython gives to instances of builtin types: what `__basicsize__`, `__itemsize__`,
//! `__dictoffset__`, `__weakrefoffset__` and `__flags__` show, and what `sys.getsizeof` and the allocator start from.
//!
//! `list.__basicsize__` is 40: refcount, type, length, pointer to the items, allocated. Exceptions keep their dict at 16.
//! Counterpart in CPython 3.11: the heads of the `PyTypeObject`s.

use super::core_types::*;
use crate::heap::ObjRef;

/// The collector does not know instances. None of CPython's bits, as the next.
pub const UNCOLLECTED: u32 = 1 << 0;
/// A type of a module that CPython makes when the module is loaded (`PyType_FromSpec`): a heap type.
pub const FROM_SPEC: u32 = 1 << 1;
/// No class may inherit from it.
pub const FINAL: u32 = 1 << 2;
/// The bits that `__flags__` does not show.
pub const INNER: u32 = UNCOLLECTED | FROM_SPEC | FINAL;
/// `case [a, b]` matches instances.
pub const SEQUENCE: u32 = 1 << 5;
/// `case {"k": v}` matches instances.
pub const MAPPING: u32 = 1 << 6;
/// Calling the type makes no instance.
pub const NO_INSTANCES: u32 = 1 << 7;
/// Found on a type, the instance binds as a function does.
pub const METHOD_LIKE: u32 = 1 << 17;
/// `case int(x)` binds the object itself.
pub const SELF_MATCH: u32 = 1 << 22;

/// Where CPython keeps what, in bytes from the start of an object.
#[derive(Clone, Copy, Debug)]
pub struct TypeLayout {
    pub flags: u32,
    pub basic: u16,
    pub item: u16,
    /// 0: instances have no `__dict__`
    pub dict: u16,
    /// 0: instances cannot be referred to weakly
    pub weakrefs: u16,
}

impl TypeLayout {
    pub fn is_collected(self) -> bool {
        self.flags & UNCOLLECTED == 0
    }

    pub fn is_from_spec(self) -> bool {
        self.flags & FROM_SPEC != 0
    }

    pub fn is_final(self) -> bool {
        self.flags & FINAL != 0
    }
}

const fn row(flags: u32, basic: u16, item: u16, dict: u16, weakrefs: u16) -> TypeLayout {
    TypeLayout { flags, basic, item, dict, weakrefs }
}

/// Types of the core. An exception that is not here has the layout of its base.
const CORE: &[(ObjRef, TypeLayout)] = &[
    (BOOL, row(SELF_MATCH, 32, 4, 0, 0)),
    (BYTEARRAY, row(SELF_MATCH, 56, 0, 0, 0)),
    (BYTES, row(SELF_MATCH, 33, 1, 0, 0)),
    (CLASSMETHOD, row(0, 32, 0, 24, 0)),
    (COMPLEX, row(0, 32, 0, 0, 0)),
    (DICT, row(MAPPING | SELF_MATCH, 48, 0, 0, 0)),
    (ENUMERATE, row(0, 56, 0, 0, 0)),
    (FILTER, row(0, 32, 0, 0, 0)),
    (FLOAT, row(SELF_MATCH, 24, 0, 0, 0)),
    (FROZENSET, row(SELF_MATCH, 200, 0, 0, 192)),
    (INT, row(SELF_MATCH, 24, 4, 0, 0)),
    (LIST, row(SEQUENCE | SELF_MATCH, 40, 0, 0, 0)),
    (MAP, row(0, 32, 0, 0, 0)),
    (MEMORYVIEW, row(SEQUENCE, 144, 8, 0, 136)),
    (OBJECT, row(0, 16, 0, 0, 0)),
    (PROPERTY, row(0, 64, 0, 0, 0)),
    (RANGE, row(SEQUENCE, 48, 0, 0, 0)),
    (REVERSED, row(0, 32, 0, 0, 0)),
    (SET, row(SELF_MATCH, 200, 0, 0, 192)),
    (SLICE, row(0, 40, 0, 0, 0)),
    (STATICMETHOD, row(0, 32, 0, 24, 0)),
    (STR, row(SELF_MATCH, 80, 0, 0, 0)),
    (SUPER, row(0, 40, 0, 0, 0)),
    (TUPLE, row(SEQUENCE | SELF_MATCH, 24, 8, 0, 0)),
    (TYPE, row(0, 904, 40, 264, 368)),
    (ZIP, row(0, 48, 0, 0, 0)),
    (FUNCTION, row(METHOD_LIKE, 136, 0, 88, 96)),
    (METHOD_WRAPPER, row(NO_INSTANCES, 32, 0, 0, 0)),
    (BUILTIN_FUNCTION, row(NO_INSTANCES, 56, 0, 0, 40)),
    (WRAPPER_DESCRIPTOR, row(NO_INSTANCES | METHOD_LIKE, 56, 0, 0, 0)),
    (METHOD_DESCRIPTOR, row(NO_INSTANCES | METHOD_LIKE, 56, 0, 0, 0)),
    (CLASSMETHOD_DESCRIPTOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (GETSET_DESCRIPTOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (MEMBER_DESCRIPTOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (CODE, row(0, 184, 2, 0, 144)),
    (FRAME, row(NO_INSTANCES, 120, 8, 0, 0)),
    (TRACEBACK, row(0, 40, 0, 0, 0)),
    (GENERATOR, row(NO_INSTANCES, 152, 8, 0, 24)),
    (COROUTINE, row(NO_INSTANCES, 152, 8, 0, 24)),
    (COROUTINE_WRAPPER, row(NO_INSTANCES, 24, 0, 0, 0)),
    (ASYNC_GENERATOR, row(NO_INSTANCES, 152, 8, 0, 24)),
    (ASYNC_GENERATOR_ASEND, row(NO_INSTANCES, 40, 0, 0, 0)),
    (ASYNC_GENERATOR_ATHROW, row(NO_INSTANCES, 40, 0, 0, 0)),
    (CELL, row(0, 24, 0, 0, 0)),
    (MODULE, row(0, 56, 0, 16, 40)),
    (MAPPINGPROXY, row(MAPPING, 24, 0, 0, 0)),
    (SIMPLE_NAMESPACE, row(0, 24, 0, 16, 0)),
    (GENERIC_ALIAS, row(0, 64, 0, 0, 40)),
    (UNION_TYPE, row(NO_INSTANCES, 32, 0, 0, 0)),
    (NONE_TYPE, row(0, 16, 0, 0, 0)),
    (NOT_IMPLEMENTED_TYPE, row(0, 16, 0, 0, 0)),
    (ELLIPSIS_TYPE, row(0, 16, 0, 0, 0)),
    (DICT_KEYS, row(NO_INSTANCES, 24, 0, 0, 0)),
    (DICT_VALUES, row(NO_INSTANCES, 24, 0, 0, 0)),
    (DICT_ITEMS, row(NO_INSTANCES, 24, 0, 0, 0)),
    (DICT_KEYITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (DICT_VALUEITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (DICT_ITEMITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (DICT_REVERSEKEYITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (DICT_REVERSEVALUEITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (DICT_REVERSEITEMITERATOR, row(NO_INSTANCES, 56, 0, 0, 0)),
    (LIST_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (LIST_REVERSEITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (TUPLE_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (STR_ASCII_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (STR_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (BYTES_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (BYTEARRAY_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (SET_ITERATOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (RANGE_ITERATOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (LONGRANGE_ITERATOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (CALLABLE_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (SEQ_ITERATOR, row(NO_INSTANCES, 32, 0, 0, 0)),
    (WEAKREF, row(0, 64, 0, 0, 0)),
    (WEAKPROXY, row(NO_INSTANCES, 64, 0, 0, 0)),
    (METHOD, row(0, 48, 0, 0, 32)),
    (ATTRIBUTE_ERROR, row(0, 88, 0, 16, 0)),
    (BASE_EXCEPTION, row(0, 72, 0, 16, 0)),
    (BASE_EXCEPTION_GROUP, row(0, 88, 0, 16, 0)),
    (OS_ERROR, row(0, 112, 0, 16, 0)),
    (IMPORT_ERROR, row(0, 96, 0, 16, 0)),
    (NAME_ERROR, row(0, 80, 0, 16, 0)),
    (STOP_ITERATION, row(0, 80, 0, 16, 0)),
    (SYNTAX_ERROR, row(0, 136, 0, 16, 0)),
    (SYSTEM_EXIT, row(0, 80, 0, 16, 0)),
    (UNICODE_DECODE_ERROR, row(0, 112, 0, 16, 0)),
    (UNICODE_ENCODE_ERROR, row(0, 112, 0, 16, 0)),
    (UNICODE_TRANSLATE_ERROR, row(0, 112, 0, 16, 0)),
    (ANEXT_AWAITABLE, row(NO_INSTANCES, 32, 0, 0, 0)),
    (MEMORY_ITERATOR, row(NO_INSTANCES, 48, 0, 0, 0)),
    (GENERIC_ALIAS_ITERATOR, row(NO_INSTANCES, 24, 0, 0, 0)),
    (CALLABLE_WEAKPROXY, row(NO_INSTANCES, 64, 0, 0, 0)),
    (ODICT_KEYS, row(0, 24, 0, 0, 0)),
    (ODICT_VALUES, row(0, 24, 0, 0, 0)),
    (ODICT_ITEMS, row(0, 24, 0, 0, 0)),
    (ODICT_ITERATOR, row(NO_INSTANCES, 64, 0, 0, 0)),
    (ASYNC_GENERATOR_WRAPPED_VALUE, row(NO_INSTANCES, 24, 0, 0, 0)),
    (MANAGED_BUFFER, row(NO_INSTANCES, 112, 0, 0, 0)),
    (IO_BASE, row(0, 32, 0, 16, 24)),
    (FILE_IO, row(0, 48, 0, 40, 32)),
    (BYTES_IO, row(0, 64, 0, 40, 48)),
    (STRING_IO, row(0, 120, 0, 104, 112)),
    (BUFFERED_READER, row(0, 152, 0, 136, 144)),
    (BUFFERED_WRITER, row(0, 152, 0, 136, 144)),
    (BUFFERED_RANDOM, row(0, 152, 0, 136, 144)),
    (BUFFERED_RW_PAIR, row(0, 48, 0, 32, 40)),
    (TEXT_IO, row(0, 192, 0, 184, 176)),
    (NEWLINE_DECODER, row(0, 40, 0, 0, 0)),
    // Two classes that CPython makes as a program would.
    (EXCEPTION_GROUP, row(0, 96, 0, 16, 88)),
    (UNSUPPORTED_OPERATION, row(0, 120, 0, 16, 112)),
];

/// Types of the modules.
const IN_MODULES: &[(&str, TypeLayout)] = &[
    ("sys.version_info", row(SEQUENCE | NO_INSTANCES | SELF_MATCH, 24, 8, 0, 0)),
    ("sys.flags", row(SEQUENCE | NO_INSTANCES | SELF_MATCH, 24, 8, 0, 0)),
    ("sys.float_info", row(SEQUENCE | SELF_MATCH, 24, 8, 0, 0)),
    ("sys.int_info", row(SEQUENCE | SELF_MATCH, 24, 8, 0, 0)),
    ("sys.hash_info", row(SEQUENCE | SELF_MATCH, 24, 8, 0, 0)),
    ("sys.thread_info", row(SEQUENCE | SELF_MATCH, 24, 8, 0, 0)),
    ("collections.deque", row(SEQUENCE, 216, 0, 0, 208)),
    ("_collections._deque_iterator", row(FINAL, 56, 0, 0, 0)),
    ("_collections._deque_reverse_iterator", row(FINAL, 56, 0, 0, 0)),
    ("collections.defaultdict", row(MAPPING | SELF_MATCH, 56, 0, 0, 0)),
    ("collections.OrderedDict", row(MAPPING | SELF_MATCH, 112, 0, 96, 104)),
    ("_collections._tuplegetter", row(FINAL, 32, 0, 0, 0)),
    ("functools.partial", row(FROM_SPEC, 64, 0, 40, 48)),
    ("functools._lru_cache_wrapper", row(FROM_SPEC | METHOD_LIKE | FINAL, 152, 0, 136, 144)),
    ("functools.KeyWrapper", row(FROM_SPEC | NO_INSTANCES | FINAL, 32, 0, 0, 0)),
    ("operator.attrgetter", row(FROM_SPEC | FINAL, 40, 0, 0, 0)),
    ("operator.itemgetter", row(FROM_SPEC | FINAL, 48, 0, 0, 0)),
    ("operator.methodcaller", row(FROM_SPEC | FINAL, 40, 0, 0, 0)),
    ("_random.Random", row(UNCOLLECTED, 2520, 0, 0, 0)),
    ("re.Pattern", row(FROM_SPEC | NO_INSTANCES | FINAL, 96, 4, 0, 64)),
    ("re.Match", row(FROM_SPEC | NO_INSTANCES | FINAL, 88, 8, 0, 0)),
    ("_sre.SRE_Scanner", row(FROM_SPEC | NO_INSTANCES | FINAL, 240, 0, 0, 0)),
    ("_struct.Struct", row(FROM_SPEC, 56, 0, 0, 48)),
    ("_struct.unpack_iterator", row(FROM_SPEC | FINAL, 112, 0, 0, 0)),
    ("array.array", row(FROM_SPEC | SEQUENCE, 64, 0, 0, 48)),
    ("array.arrayiterator", row(FROM_SPEC | NO_INSTANCES | FINAL, 40, 0, 0, 0)),
    ("_thread.lock", row(FROM_SPEC | NO_INSTANCES | FINAL, 40, 0, 0, 24)),
    ("_thread.RLock", row(FROM_SPEC, 48, 0, 0, 40)),
    ("_json.Encoder", row(FROM_SPEC | FINAL, 80, 0, 0, 0)),
    ("_json.Scanner", row(FROM_SPEC | FINAL, 72, 0, 0, 0)),
    ("_md5.md5", row(FROM_SPEC | NO_INSTANCES, 112, 0, 0, 0)),
    ("_sha1.sha1", row(FROM_SPEC | NO_INSTANCES, 112, 0, 0, 0)),
    ("_blake2.blake2b", row(FROM_SPEC | UNCOLLECTED | FINAL, 448, 0, 0, 0)),
    ("_blake2.blake2s", row(FROM_SPEC | UNCOLLECTED | FINAL, 240, 0, 0, 0)),
    ("_sha3.sha3_224", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("_sha3.sha3_256", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("_sha3.sha3_384", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("_sha3.sha3_512", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("_sha3.shake_128", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("_sha3.shake_256", row(FROM_SPEC | UNCOLLECTED, 240, 0, 0, 0)),
    ("zlib.Compress", row(FROM_SPEC | UNCOLLECTED | NO_INSTANCES | FINAL, 168, 0, 0, 0)),
    ("zlib.Decompress", row(FROM_SPEC | UNCOLLECTED | NO_INSTANCES | FINAL, 168, 0, 0, 0)),
    ("pickle.PickleBuffer", row(FINAL, 104, 0, 0, 96)),
    ("functools._lru_list_elem", row(FROM_SPEC | UNCOLLECTED | FINAL, 56, 0, 0, 0)),
    ("datetime.date", row(UNCOLLECTED, 32, 0, 0, 0)),
    ("datetime.datetime", row(UNCOLLECTED, 48, 0, 0, 0)),
    ("datetime.time", row(UNCOLLECTED, 40, 0, 0, 0)),
    ("datetime.timedelta", row(UNCOLLECTED, 40, 0, 0, 0)),
    ("datetime.timezone", row(UNCOLLECTED | FINAL, 32, 0, 0, 0)),
    ("datetime.tzinfo", row(UNCOLLECTED, 16, 0, 0, 0)),
    ("datetime.IsoCalendarDate", row(SEQUENCE | SELF_MATCH | FINAL, 32, 8, 0, 0)),
    ("decimal.Decimal", row(UNCOLLECTED, 104, 0, 0, 0)),
    ("decimal.Context", row(UNCOLLECTED, 96, 0, 0, 0)),
    ("decimal.ContextManager", row(NO_INSTANCES | UNCOLLECTED | FINAL, 32, 0, 0, 0)),
    ("_csv.reader", row(FROM_SPEC | NO_INSTANCES, 88, 0, 0, 0)),
    ("_csv.writer", row(FROM_SPEC | NO_INSTANCES, 72, 0, 0, 0)),
    ("_csv.Dialect", row(FROM_SPEC, 48, 0, 0, 0)),
    ("_thread._local", row(FROM_SPEC, 64, 0, 0, 40)),
    ("_contextvars.Context", row(FINAL, 48, 0, 0, 32)),
    ("_contextvars.ContextVar", row(FINAL, 64, 0, 0, 0)),
    ("_contextvars.Token", row(FINAL, 48, 0, 0, 0)),
    ("Token.MISSING", row(NO_INSTANCES | UNCOLLECTED | FINAL, 16, 0, 0, 0)),
    ("_pickle.Pickler", row(0, 152, 0, 0, 0)),
    ("_pickle.Unpickler", row(0, 272, 0, 0, 0)),
    ("_queue.SimpleQueue", row(FROM_SPEC, 56, 0, 0, 48)),
    ("posix.DirEntry", row(FROM_SPEC | NO_INSTANCES | UNCOLLECTED | FINAL, 72, 0, 0, 0)),
    ("_tokenize.TokenizerIter", row(FROM_SPEC | UNCOLLECTED, 24, 0, 0, 0)),
    ("itertools.accumulate", row(0, 48, 0, 0, 0)),
    ("itertools.chain", row(0, 32, 0, 0, 0)),
    ("itertools.combinations", row(0, 56, 0, 0, 0)),
    ("itertools.combinations_with_replacement", row(0, 56, 0, 0, 0)),
    ("itertools.compress", row(0, 32, 0, 0, 0)),
    ("itertools.count", row(0, 40, 0, 0, 0)),
    ("itertools.cycle", row(0, 48, 0, 0, 0)),
    ("itertools.dropwhile", row(0, 40, 0, 0, 0)),
    ("itertools.filterfalse", row(0, 32, 0, 0, 0)),
    ("itertools.groupby", row(0, 64, 0, 0, 0)),
    ("itertools._grouper", row(FINAL, 32, 0, 0, 0)),
    ("itertools.islice", row(0, 56, 0, 0, 0)),
    ("itertools.pairwise", row(0, 32, 0, 0, 0)),
    ("itertools.permutations", row(0, 64, 0, 0, 0)),
    ("itertools.product", row(0, 48, 0, 0, 0)),
    ("itertools.repeat", row(0, 32, 0, 0, 0)),
    ("itertools.starmap", row(0, 32, 0, 0, 0)),
    ("itertools.takewhile", row(0, 40, 0, 0, 0)),
    ("itertools._tee", row(FINAL, 40, 0, 0, 32)),
    ("itertools._tee_dataobject", row(FINAL, 496, 0, 0, 0)),
    ("itertools.zip_longest", row(0, 56, 0, 0, 0)),
];

/// The layout of a builtin type that has one of its own.
pub fn core_layout(class: ObjRef) -> Option<TypeLayout> {
    CORE.iter().find(|(ty, _)| *ty == class).map(|(_, layout)| *layout)
}

/// The layout of a type that a module defines, by its full name; in CPython the module is C.
pub fn module_layout(name: &str) -> Option<TypeLayout> {
    IN_MODULES.iter().find(|(title, _)| *title == name).map(|(_, layout)| *layout)
}

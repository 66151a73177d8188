"""Stands in for CPython's module of that name, for tests of what the language shows that use it only to get there."""

import sys

CHAR_MAX, CHAR_MIN, UCHAR_MAX = 127, -128, 255
SHRT_MAX, SHRT_MIN, USHRT_MAX = 2**15 - 1, -2**15, 2**16 - 1
INT_MAX, INT_MIN, UINT_MAX = 2**31 - 1, -2**31, 2**32 - 1
LONG_MAX, LONG_MIN, ULONG_MAX = 2**63 - 1, -2**63, 2**64 - 1
LLONG_MAX, LLONG_MIN, ULLONG_MAX = LONG_MAX, LONG_MIN, ULONG_MAX
PY_SSIZE_T_MAX, PY_SSIZE_T_MIN, SIZEOF_TIME_T, SIZEOF_WCHAR_T = LONG_MAX, LONG_MIN, 8, 4
FLT_MAX, FLT_MIN, DBL_MAX, DBL_MIN = 3.4028234663852886e38, 1.1754943508222875e-38, sys.float_info.max, sys.float_info.min


class error(Exception):
    """What the module's functions raise."""


def exception_print(exception, /):
    """Has the interpreter show an exception on sys.stderr."""
    if not isinstance(exception, BaseException):
        shown = f"TypeError: print_exception(): Exception expected for value, {type(exception).__name__} found\n"
        return sys.stderr.write(shown) and None
    sys.__excepthook__(type(exception), exception, exception.__traceback__)


def traceback_print(traceback, file, /):
    """Has the interpreter show a traceback in a file: that of an exception, but for its last line."""
    from io import StringIO
    errors, sys.stderr = sys.stderr, StringIO()
    try:
        sys.__excepthook__(KeyError, KeyError(), traceback)
        shown = sys.stderr.getvalue()
    finally:
        sys.stderr = errors
    file.write(shown.removesuffix("KeyError\n"))


def raise_exception(cls, count, /):
    """Raises an exception with that many arguments: 0, 1, 2, …"""
    raise cls(*range(count))


def raise_memoryerror():
    raise MemoryError


def make_exception_with_doc(name, doc=None, base=None, dict=None):
    """A new exception class, by its full name."""
    module, dot, last = name.rpartition(".")
    if not dot:
        raise SystemError("PyErr_NewException: name must be module.class")
    bases = base if isinstance(base, tuple) else (Exception if base is None else base,)
    namespace = {} if dict is None else dict
    namespace.setdefault("__module__", module)
    if doc is not None:
        namespace["__doc__"] = doc
    return type(last, bases, namespace)


def sequence_getitem(sequence, index, /):
    return sequence[index]


def sequence_setitem(sequence, index, value, /):
    sequence[index] = value


def dict_getitem_knownhash(mapping, key, hash, /):
    return mapping[key]


class RecursingInfinitelyError(Exception):
    """Its making never ends."""

    def __init__(self):
        raise type(self)

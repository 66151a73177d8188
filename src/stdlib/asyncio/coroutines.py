"""What a coroutine is, and what functions give one."""

import types
from _functools import partial

__all__ = ("iscoroutinefunction", "iscoroutine")

# Functions that are no coroutine functions, but give what can be awaited, have this as their `_is_coroutine`.
_is_coroutine = object()
_METHODS = "__await__", "send", "throw", "close"


def iscoroutine(obj):
    kind = obj.__class__
    return kind is types.CoroutineType or all(hasattr(kind, name) for name in _METHODS)


def iscoroutinefunction(func):
    marked = getattr(func, "_is_coroutine", None) is _is_coroutine
    while isinstance(func, (types.MethodType, partial)):
        func = func.func if isinstance(func, partial) else func.__func__
    return marked or isinstance(func, types.FunctionType) and bool(func.__code__.co_flags & 0x80)

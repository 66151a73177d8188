"""Shallow and deep copies.

`copy(x)` asks, in this order: whether the type is one of unchanging values, `x.__copy__`, `copyreg.dispatch_table`, `x.__reduce_ex__(4)`.
`deepcopy` keeps a memo from `id(original)` to the copy, so that what was shared stays shared and cycles end.
"""

import types
import weakref
from copyreg import dispatch_table

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

_UNCHANGING = {type(None), types.CodeType, int, float, bool, complex, str, tuple, bytes, frozenset, type, range, slice, property,
               types.BuiltinFunctionType, type(Ellipsis), type(NotImplemented), types.FunctionType, weakref.ref}
_ATOMS = {type(None), type(Ellipsis), type(NotImplemented), int, float, bool, complex, bytes, str, types.CodeType, type, range,
          types.BuiltinFunctionType, types.FunctionType, weakref.ref, property}
_SHALLOW = {list: list.copy, dict: dict.copy, set: set.copy, bytearray: bytearray.copy}


def copy(x):
    """A new object with the same contents."""
    cls = type(x)
    if cls in _UNCHANGING:
        return x
    if cls in _SHALLOW:
        return _SHALLOW[cls](x)
    if issubclass(cls, type):
        return x
    method = getattr(cls, '__copy__', None)
    if method is not None:
        return method(x)
    parts = _reduced(x, cls, 'un(shallow)copyable')
    return x if isinstance(parts, str) else _reconstruct(x, None, *parts)


def deepcopy(x, memo=None, _nil=[]):
    """A new object with copies of the contents."""
    if memo is None:
        memo = {}
    key = id(x)
    known = memo.get(key, _nil)
    if known is not _nil:
        return known
    cls = type(x)
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        made = copier(x, memo)
    elif cls in _ATOMS or issubclass(cls, type):
        made = x
    else:
        method = getattr(x, '__deepcopy__', None)
        if method is not None:
            made = method(memo)
        else:
            parts = _reduced(x, cls, 'un(deep)copyable')
            made = x if isinstance(parts, str) else _reconstruct(x, memo, *parts)
    if made is not x:
        memo[key] = made
        _keep_alive(x, memo)
    return made


def _reduced(x, cls, complaint):
    "What makes the object anew: the name of a global, or a function with arguments, state and items."
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    for name, arguments in (('__reduce_ex__', (4,)), ('__reduce__', ())):
        method = getattr(x, name, None)
        if method is not None:
            return method(*arguments)
    raise Error(f'{complaint} object of type {cls}')


def _keep_alive(x, memo):
    "Originals live as long as the memo does: otherwise an id could come back for something else."
    memo.setdefault(id(memo), []).append(x)


def _deepcopy_list(x, memo, deepcopy=deepcopy):
    made = memo[id(x)] = []
    for item in x:
        made.append(deepcopy(item, memo))
    return made


def _deepcopy_tuple(x, memo, deepcopy=deepcopy):
    made = [deepcopy(item, memo) for item in x]
    if id(x) in memo:  # a cycle has made it already
        return memo[id(x)]
    return x if all(old is new for old, new in zip(x, made)) else tuple(made)


def _deepcopy_dict(x, memo, deepcopy=deepcopy):
    made = memo[id(x)] = {}
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = {list: _deepcopy_list, tuple: _deepcopy_tuple, dict: _deepcopy_dict, types.MethodType: _deepcopy_method}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, *, deepcopy=deepcopy):
    deep = memo is not None
    if deep and args:
        args = tuple([deepcopy(arg, memo) for arg in args])
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, '__setstate__'):
            made.__setstate__(state)
        else:
            values, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
            if values is not None:
                made.__dict__.update(values)
            for name, value in (slots or {}).items():
                setattr(made, name, value)
    for item in listiter or ():
        made.append(deepcopy(item, memo) if deep else item)
    for key, value in dictiter or ():
        if deep:
            key, value = deepcopy(key, memo), deepcopy(value, memo)
        made[key] = value
    return made

"""Weak references, and containers that do not keep their keys or values alive."""

import _collections_abc
from _weakref import (getweakrefcount, getweakrefs, ref, proxy, CallableProxyType, ProxyType, ReferenceType)

ProxyTypes = (ProxyType, CallableProxyType)

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


class WeakMethod(ref):
    """A weak reference to a bound method: it lives as long as the object."""

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            obj, func = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def gone(_):
            self = self_ref()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, obj, gone)
        self._func_ref = ref(func, gone)
        self._meth_type = type(meth)
        self._alive = True
        self_ref = ref(self)
        return self

    def __call__(self):
        obj = super().__call__()
        func = self._func_ref()
        return None if obj is None or func is None else self._meth_type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._alive and other._alive:
            return self._func_ref == other._func_ref and ref.__eq__(self, other)
        return self is other

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows the key of its place in a WeakValueDictionary."""

    __slots__ = ("key",)

    def __new__(type, ob, callback, key):
        made = ref.__new__(type, ob, callback)
        made.key = key
        return made

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


def _remover(owner):
    """A callback that takes a dead reference out of its container, if that still lives."""
    owner_ref = ref(owner)

    def remove(dead):
        owner = owner_ref()
        if owner is not None:
            owner._forget(dead)

    return remove


class _WeakMapping(_collections_abc.MutableMapping):
    def __init__(self, other=(), /, **kw):
        self.data = {}
        self._remove = _remover(self)
        self.update(other, **kw)

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def __len__(self):
        return sum(1 for _ in self.items())

    def __iter__(self):
        return self.keys()

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
            return default

    def pop(self, key, *args):
        try:
            value = self[key]
        except KeyError:
            if args:
                return args[0]
            raise
        del self[key]
        return value

    def popitem(self):
        for key, value in self.items():
            del self[key]
            return key, value
        raise KeyError("dictionary is empty")

    def clear(self):
        self.data.clear()

    def update(self, other=(), /, **kw):
        if other is None:
            other = ()
        if not hasattr(other, "items"):
            other = dict(other)
        for key, value in [*other.items(), *kw.items()]:
            self[key] = value

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __eq__(self, other):
        try:
            return dict(self.items()) == dict(other.items())
        except AttributeError:
            return NotImplemented

    __hash__ = None

    def __or__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        new = type(self)()
        new.update(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_WeakMapping):
    """A mapping whose entries go when their values die."""

    def __init__(self, other=(), /, **kw):
        super().__init__(other, **kw)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        return type(self)({deepcopy(key, memo): value for key, value in self.items()})

    def _forget(self, dead):
        if self.data.get(dead.key) is dead:
            del self.data[dead.key]

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def items(self):
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                yield key, value

    def itervaluerefs(self):
        yield from list(self.data.values())

    def valuerefs(self):
        return [*self.itervaluerefs()]


class WeakKeyDictionary(_WeakMapping):
    """A mapping whose entries go when their keys die."""

    def __init__(self, dict=None):
        super().__init__(() if dict is None else dict)

    def _forget(self, dead):
        self.data.pop(dead, None)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        return type(self)({key: deepcopy(value, memo) for key, value in self.items()})

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def items(self):
        for reference, value in list(self.data.items()):
            key = reference()
            if key is not None:
                yield key, value

    def keyrefs(self):
        return list(self.data)


class WeakSet:
    """A set whose elements go when they die."""

    def __init__(self, data=None):
        self.data = set()
        self._remove = _remover(self)
        if data is not None:
            self.update(data)

    def _forget(self, dead):
        self.data.discard(dead)

    def __iter__(self):
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return sum(1 for _ in self)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __repr__(self):
        return repr({reference for reference in self.data})

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    def pop(self):
        while True:
            if not self.data:
                raise KeyError("pop from empty WeakSet")
            item = self.data.pop()()
            if item is not None:
                return item

    def remove(self, item):
        self.data.remove(ref(item))

    def discard(self, item):
        self.data.discard(ref(item))

    def update(self, other):
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def intersection_update(self, other):
        self.data.intersection_update([ref(item) for item in other])

    def symmetric_difference_update(self, other):
        self.data.symmetric_difference_update([ref(item, self._remove) for item in other])

    def union(self, other):
        return self.__class__(item for items in (self, other) for item in items)

    __or__ = union

    def intersection(self, other):
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def difference(self, other):
        other = set(other)
        return self.__class__(item for item in self if item not in other)

    __sub__ = difference

    def symmetric_difference(self, other):
        mine, other = set(self), set(other)
        return self.__class__(mine ^ other)

    __xor__ = symmetric_difference

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def issubset(self, other):
        return all(item in other for item in self)

    __le__ = issubset

    def issuperset(self, other):
        return all(item in self for item in other)

    __ge__ = issuperset

    def isdisjoint(self, other):
        return not any(item in self for item in other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return set(self) == set(other)

    __hash__ = None


_collections_abc.MutableSet.register(WeakSet)


class finalize:
    """Calls a function when an object dies, or at exit."""

    __slots__ = ()
    _registry = {}
    _count = 0

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

        def call(self):
            return self.func, self.args, self.kwargs or {}

    def __init__(self, obj, func, /, *args, **kwargs):
        info = self._Info()
        finalize._count += 1
        values = ref(obj, self), func, args, kwargs or None, True, finalize._count
        for name, value in zip(info.__slots__, values):
            setattr(info, name, value)
        self._registry[self] = info

    def __call__(self, _=None):
        if self.alive:
            func, args, kwargs = self._registry.pop(self).call()
            return func(*args, **kwargs)

    def _living(self):
        "The object, as long as it lives and the function has not been called; and what is known."
        info = self._registry.get(self)
        return (None, None) if info is None else (info.weakref(), info)

    def peek(self):
        obj, info = self._living()
        return None if obj is None else (obj, *info.call())

    def detach(self):
        call = self.peek()
        return call if call is not None and self._registry.pop(self, None) else None

    @property
    def alive(self):
        return self in self._registry

    @property
    def atexit(self):
        _, info = self._living()
        return info is not None and info.atexit

    @atexit.setter
    def atexit(self, value):
        _, info = self._living()
        if info is not None:
            info.atexit = bool(value)

    def __repr__(self):
        obj, _ = self._living()
        state = "dead" if obj is None else f"for {type(obj).__name__!r} at {id(obj):#x}"
        return f"<{type(self).__name__} object at {id(self):#x}; {state}>"

"""Tools for functions: caches, wrappers, orderings, dispatch by type."""

from _abc import get_cache_token
from _functools import cmp_to_key, partial, reduce, _lru_cache_wrapper
from _thread import RLock
from collections import namedtuple
from reprlib import recursive_repr
from types import GenericAlias

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache', 'cmp_to_key',
           'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ── total_ordering ──────────────────────────────────────────────────────────────────────────────────────────────────

def _derive(name, root, negate, or_equal):
    """The comparison `name` in terms of `root`: its opposite if `negate`, joined with == (or !=) if `or_equal`."""
    def compare(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if negate:
            result = not result
        if or_equal == 'or':
            return result or self == other
        if or_equal == 'and':
            return result and self != other
        return result
    compare.__name__ = name
    compare.__qualname__ = name
    compare.__doc__ = getattr(int, name).__doc__
    return compare


_DERIVED = {
    '__lt__': {'__gt__': (True, 'and'), '__le__': (False, 'or'), '__ge__': (True, None)},
    '__le__': {'__ge__': (True, 'or'), '__lt__': (False, 'and'), '__gt__': (True, None)},
    '__gt__': {'__lt__': (True, 'and'), '__ge__': (False, 'or'), '__le__': (True, None)},
    '__ge__': {'__le__': (True, 'or'), '__gt__': (False, 'and'), '__lt__': (True, None)},
}


def total_ordering(cls):
    roots = {name for name in _DERIVED if getattr(cls, name, None) is not getattr(object, name, None)}
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = max(roots)
    for name, (negate, or_equal) in _DERIVED[root].items():
        if name not in roots:
            setattr(cls, name, _derive(name, root, negate, or_equal))
    return cls


# ── caches ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_CacheInfo = None


def _cache_info_type():
    global _CacheInfo
    if _CacheInfo is None:
        from collections import namedtuple
        _CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'], module='functools')
    return _CacheInfo


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize) and isinstance(typed, bool):
        return _remembering(maxsize, 128, typed)
    if maxsize is not None:
        if not isinstance(maxsize, int):
            raise TypeError("Expected first argument to be an integer, a callable, or None")
        maxsize = maxsize if maxsize > 0 else 0

    def decorating_function(user_function):
        return _remembering(user_function, maxsize, typed)

    return decorating_function


def _remembering(function, maxsize, typed):
    cached = _lru_cache_wrapper(function, maxsize, typed, _cache_info_type())
    cached.cache_parameters = lambda: dict(maxsize=maxsize, typed=typed)
    return update_wrapper(cached, function)


def cache(user_function, /):
    return _remembering(user_function, None, False)


_NOT_FOUND = object()


class cached_property:
    def __init__(self, func):
        self.func, self.attrname, self.__doc__ = func, None, func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            names = f'{self.attrname!r} and {name!r}'
            raise TypeError(f'Cannot assign the same cached_property to two different names ({names}).')
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError(f'Cannot use {type(self).__name__} instance without calling __set_name__ on it.')
        try:
            values = instance.__dict__
        except AttributeError:
            message = (f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {self.attrname!r} property.")
            raise TypeError(message) from None
        value = values.get(self.attrname, _NOT_FOUND)
        if value is _NOT_FOUND:
            # Only one thread finds it out.
            with self.lock:
                value = values.get(self.attrname, _NOT_FOUND)
                if value is _NOT_FOUND:
                    value = self.func(instance)
                    self._keep(values, value, instance)
        return value

    def _keep(self, values, value, instance):
        try:
            values[self.attrname] = value
        except TypeError:
            message = (f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support item assignment for caching "
                       f"{self.attrname!r} property.")
            raise TypeError(message) from None

    __class_getitem__ = classmethod(GenericAlias)


# ── partialmethod ───────────────────────────────────────────────────────────────────────────────────────────────────

def _as_method(func):
    """What can stand for a method: it is called, or gives something for an instance."""
    if callable(func) or hasattr(func, '__get__'):
        return func
    raise TypeError(f'{func!r} is not callable or a descriptor')


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        inner = _as_method(func)
        if isinstance(inner, partialmethod):
            inner, args, keywords = inner.func, inner.args + args, inner.keywords | keywords
        self.func, self.args, self.keywords = inner, args, keywords

    def __repr__(self):
        args = ', '.join(map(repr, self.args))
        keywords = ', '.join(f'{name}={value!r}' for name, value in self.keywords.items())
        return f'{type(self).__module__}.{type(self).__qualname__}({self.func!r}, {args}, {keywords})'

    def __get__(self, instance, owner=None):
        bind = getattr(self.func, '__get__', None)
        if bind is not None:
            bound = bind(instance, owner)
            if bound is not self.func:
                method = partial(bound, *self.args, **self.keywords)
                try:
                    method.__self__ = bound.__self__
                except AttributeError:
                    pass
                return method
        return self._make_unbound_method().__get__(instance, owner)

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *more, **named):
            return self.func(cls_or_self, *self.args, *more, **{**self.keywords, **named})

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)

    __class_getitem__ = classmethod(GenericAlias)


# ── singledispatch ──────────────────────────────────────────────────────────────────────────────────────────────────

def _find_impl(cls, registry):
    """What is registered for a class: for itself, for a base, or for an abstract class that it counts as a subclass of.

    An abstract class counts where it first applies, seen from object: behind the class that it was registered with, and behind
    those of its bases that are abstract themselves.
    """
    order = cls.__mro__
    held, until = [], 0
    for place, base in enumerate(order):
        if base in registry:
            closer = [each for each in held if issubclass(each, base)]
            return registry[_closest(closer) if closer else base]
        for each in registry:
            if each not in order and issubclass(base, each) and not any(issubclass(other, each) for other in order[place + 1:]):
                held.append(each)
                abstract = [order.index(known) for known in base.__bases__ if hasattr(known, '__abstractmethods__')]
                until = max([until, place, *abstract])
        if held and place >= until:
            return registry[_closest(held)]


def _closest(classes):
    """The one that is a subclass of all the others."""
    best = [each for each in classes if not any(other is not each and issubclass(other, each) for other in classes)]
    if len(best) > 1:
        raise RuntimeError(f'Ambiguous dispatch: {best[0]} or {best[1]}')
    return best[0]


def _classes(kind):
    """A class, or all that a union is made of; None for anything else."""
    parts = kind.__args__ if _is_union(kind) else (kind,)
    return parts if all(isinstance(part, type) and not isinstance(part, GenericAlias) for part in parts) else None


def _is_union(kind):
    import types
    import typing
    return isinstance(kind, types.UnionType) or getattr(kind, '__origin__', None) is typing.Union


def singledispatch(func):
    import types
    import weakref
    registry = {object: func}
    found, token = weakref.WeakKeyDictionary(), None

    def dispatch(cls):
        nonlocal token
        if token is not None and token != (now := get_cache_token()):
            token = now
            found.clear()
        try:
            return found[cls]
        except KeyError:
            pass
        found[cls] = chosen = _find_impl(cls, registry)
        return chosen

    def register(cls, func=None):
        nonlocal token
        kinds = (cls,) if isinstance(cls, type) and not isinstance(cls, GenericAlias) else None
        if kinds is None and not isinstance(cls, types.FunctionType):
            kinds = _classes(cls)
        if kinds is not None and func is None:
            return lambda function: register(cls, function)
        if kinds is None:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            func, kinds = cls, _annotated(cls)
        for kind in kinds:
            registry[kind] = func
            if token is None and hasattr(kind, '__abstractmethods__'):
                token = get_cache_token()
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        chosen = dispatch(args[0].__class__)
        return chosen(*args, **kw)

    name = getattr(func, '__name__', 'singledispatch function')
    vars(wrapper).update(register=register, dispatch=dispatch, registry=types.MappingProxyType(registry), _clear_cache=found.clear)
    return update_wrapper(wrapper, func)


def _annotated(function):
    """The classes that a function's first parameter is annotated with."""
    if not getattr(function, '__annotations__', None):
        raise TypeError(f'Invalid first argument to `register()`: {function!r}. Use either `@register(some_class)` '
                        'or plain `@register` on an annotated function.')
    from typing import get_type_hints
    name, kind = next(iter(get_type_hints(function).items()))
    kinds = _classes(kind)
    if kinds is None:
        wrong = 'not all arguments are classes' if _is_union(kind) else 'is not a class'
        raise TypeError(f'Invalid annotation for {name!r}. {kind!r} {wrong}.')
    return kinds


class singledispatchmethod:
    def __init__(self, func):
        self.func = _as_method(func)
        self.dispatcher = singledispatch(self.func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        choose = self.dispatcher.dispatch

        def _method(*args, **kwargs):
            chosen = choose(args[0].__class__).__get__(obj, cls)
            return chosen(*args, **kwargs)

        bound = update_wrapper(_method, self.func)
        bound.register = self.register
        bound.__isabstractmethod__ = self.__isabstractmethod__
        return bound

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)

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
            value = self.func(instance)
            values[self.attrname] = value
        return value

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

def singledispatch(func):
    registry = {object: func}
    found = {}

    def dispatch(cls):
        if cls not in found:
            for base in cls.__mro__:
                if base in registry:
                    found[cls] = registry[base]
                    break
            else:
                found[cls] = registry[object]
        return found[cls]

    def register(cls, func=None):
        if not isinstance(cls, type):
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            annotations = getattr(cls, '__annotations__', {})
            if not annotations:
                raise TypeError(
                    f'Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` '
                    'or plain `@register` on an annotated function.')
            func, cls = cls, next(iter(annotations.values()))
        if func is None:
            return lambda function: register(cls, function)
        registry[cls] = func
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        chosen = dispatch(args[0].__class__)
        return chosen(*args, **kw)

    name = getattr(func, '__name__', 'singledispatch function')
    vars(wrapper).update(register=register, dispatch=dispatch, registry=registry, _clear_cache=found.clear)
    return update_wrapper(wrapper, func)


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

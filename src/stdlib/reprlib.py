"""Texts of objects with a limit on their size, and the cure for representations that contain themselves."""

import builtins
from itertools import islice

__all__ = ["Repr", "repr", "recursive_repr"]


def recursive_repr(fillvalue='...'):
    """Decorates a __repr__: where it comes to the same object once more it gives the fill value."""

    def decorate(user_function):
        running = set()

        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return user_function(self)
            finally:
                running.discard(key)

        for name, *default in (('__module__',), ('__doc__',), ('__name__',), ('__qualname__',), ('__annotations__', {})):
            setattr(wrapper, name, getattr(user_function, name, *default))
        return wrapper

    return decorate


# How much is shown: levels inside each other, items of containers, characters of other texts.
_LIMITS = dict(level=6, tuple=6, list=6, array=5, dict=4, set=6, frozenset=6, deque=6, string=30, long=40, other=30)


def _container(kind, left, right, trail=''):
    """The method for containers of a kind whose items are shown in these brackets."""
    def method(self, x, level):
        return self._repr_iterable(x, level, left, right, getattr(self, f'max{kind}'), trail)
    method.__name__, method.__qualname__ = f'repr_{kind}', f'Repr.repr_{kind}'
    return method


class Repr:
    def __init__(self):
        self.fillvalue = '...'
        for what, limit in _LIMITS.items():
            setattr(self, f'max{what}', limit)

    def repr(self, x):
        level = self.maxlevel
        return self.repr1(x, level)

    def repr1(self, x, level):
        typename = type(x).__name__
        if ' ' in typename:
            typename = '_'.join(typename.split())
        method = getattr(self, 'repr_' + typename, None)
        return method(x, level) if method else self.repr_instance(x, level)

    def _repr_iterable(self, x, level, left, right, maxiter, trail=''):
        count = len(x)
        if level <= 0 and count:
            content = self.fillvalue
        else:
            rest = [self.fillvalue] if count > maxiter else []
            content = ', '.join([self.repr1(item, level - 1) for item in islice(x, maxiter)] + rest)
            if count == 1 and trail:
                right = trail + right
        return f'{left}{content}{right}'

    repr_tuple = _container('tuple', '(', ')', ',')
    repr_list = _container('list', '[', ']')
    repr_deque = _container('deque', 'deque([', '])')

    def repr_array(self, x, level):
        if not x:
            return f"array('{x.typecode}')"
        return self._repr_iterable(x, level, f"array('{x.typecode}', [", '])', self.maxarray)

    def repr_set(self, x, level):
        return self._repr_iterable(_possibly_sorted(x), level, '{', '}', self.maxset) if x else 'set()'

    def repr_frozenset(self, x, level):
        return self._repr_iterable(_possibly_sorted(x), level, 'frozenset({', '})', self.maxfrozenset) if x else 'frozenset()'

    def repr_dict(self, x, level):
        count = len(x)
        if count == 0 or level <= 0:
            return f"{{{self.fillvalue if count else ''}}}"
        rest = [self.fillvalue] if count > self.maxdict else []
        pieces = [f'{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}'
                  for key in islice(_possibly_sorted(x), self.maxdict)]
        return f"{{{', '.join(pieces + rest)}}}"

    def _shortened(self, text, most):
        """Beginning and end of a text that is longer than allowed."""
        if len(text) <= most:
            return text
        before = max(0, (most - 3) // 2)
        after = max(0, most - 3 - before)
        return text[:before] + self.fillvalue + text[len(text) - after:]

    def repr_str(self, x, level):
        text = builtins.repr(x[:self.maxstring])
        if len(text) <= self.maxstring:
            return text
        before = max(0, (self.maxstring - 3) // 2)
        after = max(0, self.maxstring - 3 - before)
        text = builtins.repr(x[:before] + x[len(x) - after:])
        return text[:before] + self.fillvalue + text[len(text) - after:]

    def repr_int(self, x, level):
        return self._shortened(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return f'<{x.__class__.__name__} instance at {id(x):#x}>'
        return self._shortened(text, self.maxother)


def _possibly_sorted(x):
    try:
        return sorted(x)
    except Exception:
        return list(x)


aRepr = Repr()
repr = aRepr.repr

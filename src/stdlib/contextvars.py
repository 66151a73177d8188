"""Variables that each context, and so each thread and each task, has for itself."""

import _thread
from _like_builtin import builtin_class as _builtin_class
from types import GenericAlias

__all__ = ("Context", "ContextVar", "Token", "copy_context")

_MISSING = object()
_NOTHING = {}  # what a new context holds; never changed


class Context:
    """What all context variables are set to. A copy costs nothing: what changes is the dict."""

    __module__ = "_contextvars"
    __slots__ = "_values", "_before", "_entered"

    def __new__(cls, *args, **kwargs):
        if args or kwargs:
            raise TypeError("Context() does not accept any arguments")
        self = object.__new__(cls)
        self._values = _NOTHING
        self._entered = False
        return self

    def run(self, callable, /, *args, **kwargs):
        """Call something in this context."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self} is already entered")
        before = _thread._context(self)
        self._entered = True
        try:
            return callable(*args, **kwargs)
        finally:
            self._entered = False
            _thread._context(before)

    def copy(self):
        made = Context()
        made._values = self._values
        return made

    def __getitem__(self, var):
        return self._values[_checked(var)]

    def __contains__(self, var):
        return _checked(var) in self._values

    def get(self, var, default=None, /):
        return self._values.get(_checked(var), default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._values == other._values

    __hash__ = None


def _checked(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")
    return var


def _here():
    """The context of the running thread."""
    context = _thread._context()
    if context is None:
        context = Context()
        _thread._context(context)
    return context


def copy_context():
    return _here().copy()


class ContextVar:
    """One variable."""

    __module__ = "_contextvars"
    __slots__ = "_name", "_default"

    def __new__(cls, name, /, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self = object.__new__(cls)
        self._name = name
        self._default = default
        return self

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def name(self):
        return self._name

    def get(self, *default):
        """Its value here, or the default."""
        values = _here()._values
        if self in values:
            return values[self]
        if default:
            return default[0]
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Give it another value here; a token to take that back."""
        context = _here()
        token = object.__new__(Token)
        token._context, token._var, token._used = context, self, False
        token._old = context._values.get(self, Token.MISSING)
        context._values = {**context._values, self: value}
        return token

    def reset(self, token, /):
        """What it was before the set that gave the token."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        context = _here()
        if token._context is not context:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        values = dict(context._values)
        if token._old is Token.MISSING:
            values.pop(self, None)
        else:
            values[self] = token._old
        context._values = values


class Token:
    """Takes back what ContextVar.set did."""

    __module__ = "_contextvars"
    __slots__ = "_context", "_var", "_old", "_used"

    class MISSING:
        __slots__ = ()

        def __repr__(self):
            return "<Token.MISSING>"

    MISSING = MISSING()

    def __new__(cls, *args, **kwargs):
        raise RuntimeError("Tokens can only be created by ContextVars")

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old


for _class in (Context, ContextVar, Token):
    _builtin_class(_class, f"_contextvars.{_class.__name__}")
_builtin_class(type(Token.MISSING), "Token.MISSING")
del _class

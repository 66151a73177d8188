"""Type hints at run time: objects that stand for types, and say what they are made of.

`List[int]` is an alias: an origin (`list`) and arguments (`int`). Type variables among the arguments are its parameters, which further
brackets fill: `Dict[str, T][int]`. Special forms (`Union`, `Literal`) make aliases of their own kinds. Nothing here checks a value's type.
"""

import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from abc import abstractmethod, ABCMeta
from types import WrapperDescriptorType, MethodWrapperType, MethodDescriptorType, GenericAlias

__all__ = [
    'Annotated', 'Any', 'Callable', 'ClassVar', 'Concatenate', 'Final', 'ForwardRef', 'Generic', 'Literal', 'Optional', 'ParamSpec',
    'Protocol', 'Tuple', 'Type', 'TypeVar', 'TypeVarTuple', 'Union', 'AbstractSet', 'ByteString', 'Container', 'ContextManager',
    'Hashable', 'ItemsView', 'Iterable', 'Iterator', 'KeysView', 'Mapping', 'MappingView', 'MutableMapping', 'MutableSequence',
    'MutableSet', 'Sequence', 'Sized', 'ValuesView', 'Awaitable', 'AsyncIterator', 'AsyncIterable', 'Coroutine', 'Collection',
    'AsyncGenerator', 'AsyncContextManager', 'Reversible', 'SupportsAbs', 'SupportsBytes', 'SupportsComplex', 'SupportsFloat',
    'SupportsIndex', 'SupportsInt', 'SupportsRound', 'ChainMap', 'Counter', 'Deque', 'Dict', 'DefaultDict', 'List', 'OrderedDict',
    'Set', 'FrozenSet', 'NamedTuple', 'TypedDict', 'Generator', 'BinaryIO', 'IO', 'Match', 'Pattern', 'TextIO', 'AnyStr',
    'assert_type', 'assert_never', 'cast', 'clear_overloads', 'dataclass_transform', 'final', 'get_args', 'get_origin',
    'get_overloads', 'get_type_hints', 'is_typeddict', 'LiteralString', 'Never', 'NewType', 'no_type_check',
    'no_type_check_decorator', 'NoReturn', 'NotRequired', 'overload', 'ParamSpecArgs', 'ParamSpecKwargs', 'Required', 'reveal_type',
    'runtime_checkable', 'Self', 'Text', 'TYPE_CHECKING', 'TypeAlias', 'TypeGuard', 'Unpack']

TYPE_CHECKING = False


# ── helpers ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _is_dunder(name):
    return name.startswith('__') and name.endswith('__')


# What errors say, by a short name.
_MESSAGES = {
    'argument': '{} is not valid as type argument',
    'plain': 'Plain {} is not valid as type argument',
    'tuple': '{} Got {!r:.100}.',
    'base': 'Cannot subclass {!r}',
    'instance as base': 'Cannot subclass an instance of {}',
    'special base': 'Cannot subclass special typing classes',
    'call': 'Cannot instantiate {!r}',
    'origin call': 'Type {} cannot be instantiated; use {}() instead',
    'check': '{} cannot be used with {}()',
    'alias check': 'Subscripted generics cannot be used with class and instance checks',
    'brackets': '{} is not subscriptable',
    'more brackets': 'Cannot subscript already-subscripted {}',
    'not generic': '{} is not a generic class',
    'empty': 'Cannot take a {} of no types.',
    'concatenate': 'The last parameter to Concatenate should be a ParamSpec variable or ellipsis.',
    'reference': 'Forward reference must be a string -- got {!r}',
    'bound and constraints': 'Constraints cannot be combined with bound=...',
    'one constraint': 'A single constraint is not allowed',
    'bare tuple variable': 'Substitution of bare TypeVarTuple is not supported',
    'two tuple variables': 'More than one TypeVarTuple parameter in {}',
    'two open tuples': 'More than one unpacked arbitrary-length tuple argument',
    'parameters': 'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {}',
    'too few': 'Too few arguments for {}',
    'callable': 'Callable must be used as Callable[[arg, ...], result].',
    'annotated call': 'Type Annotated cannot be instantiated.',
    'annotated': 'Annotated[...] should be used with at least two arguments (a type and an annotation).',
    'annotated unpacked': 'Annotated[...] should not be used with an unpacked TypeVarTuple',
    'plain generic': 'Cannot inherit from plain Generic',
    'two generics': 'Cannot inherit from Generic[...] multiple times.',
    'no parameters': 'Parameter list to {}[...] cannot be empty',
    'no variables': 'Parameters to {}[...] must all be type variables or parameter specification variables.',
    'repeated variables': 'Parameters to {}[...] must all be unique',
    'protocol call': 'Protocols cannot be instantiated',
    'not runtime': 'Instance and class checks can only be used with @runtime_checkable protocols',
    'data members': "Protocols with non-method members don't support issubclass()",
    'no class': 'issubclass() arg 1 must be a class',
    'named tuple base': 'can only inherit from a NamedTuple type and Generic',
    'named tuple fields': 'Either list of fields or keywords can be provided to NamedTuple, not both',
    'typed dict base': 'cannot inherit from both a TypedDict type and a non-TypedDict base class',
    'typed dict check': 'TypedDict does not support instance and class checks',
    'typed dict fields': 'TypedDict takes either a dict or keyword arguments, but not both',
}


def _wrong(what, *parts):
    return TypeError(_MESSAGES[what].format(*parts))


def _caller(depth=1, default='__main__'):
    """The module that a function was called from."""
    try:
        space = sys._getframe(depth + 1).f_globals
    except (AttributeError, ValueError):
        return None
    return space.get('__name__', default)


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None stands for its type, a text for a reference to be looked up later."""
    if isinstance(arg, str):
        arg = ForwardRef(arg, True, module, is_class=allow_special_forms)
    return type(None) if arg is None else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """The argument as a type; TypeError for what can be none."""
    form = _type_convert(arg, module, allow_special_forms=allow_special_forms)
    qualifiers = () if allow_special_forms else (ClassVar, Final) if is_argument else (ClassVar,)
    if isinstance(form, _GenericAlias) and form.__origin__ in (Generic, Protocol, *qualifiers):
        raise _wrong('argument', form)
    if form in (Any, LiteralString, NoReturn, Never, Self, TypeAlias) or allow_special_forms and form in (ClassVar, Final):
        return form
    if isinstance(form, _SpecialForm) or form in (Generic, Protocol):
        raise _wrong('plain', form)
    if type(form) is tuple:
        raise _wrong('tuple', msg, form)
    return form


def _should_unflatten_callable_args(origin, args):
    """Whether the arguments are those of a callable with its parameters in a row: `Callable[[int], str]`."""
    return origin is collections.abc.Callable and not (len(args) == 2 and _is_param_expr(args[0]))


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias)) \
        or isinstance(arg, _GenericAlias) and arg.__origin__ is Concatenate


def _idfunc(_, x):
    return x


def _type_repr(obj):
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        return obj.__qualname__ if obj.__module__ == 'builtins' else f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    if isinstance(obj, tuple):
        return '[' + ', '.join(map(_type_repr, obj)) + ']'
    return repr(obj)


def _collect_parameters(args):
    """The type variables in arguments, each once, in the order in which they first appear."""
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, (tuple, list)):
            inner = _collect_parameters(arg)
        elif hasattr(arg, '__typing_subst__'):
            inner = (arg,)
        else:
            inner = getattr(arg, '__parameters__', ())
            inner = inner if isinstance(inner, tuple) else ()
        found += [parameter for parameter in inner if parameter not in found]
    return tuple(found)


def _wrong_count(cls, given, wanted):
    how = 'many' if given > wanted else 'few'
    return TypeError(f"Too {how} arguments for {cls}; actual {given}, expected {wanted}")


def _deduplicate(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def _flatten_literal_params(parameters):
    flat = []
    for parameter in parameters:
        flat.extend(parameter.__args__ if isinstance(parameter, _LiteralGenericAlias) else (parameter,))
    return tuple(flat)


def _unpack_args(args):
    """Arguments with `*tuple[int, str]` replaced by its items."""
    flat = []
    for arg in args:
        inner = getattr(arg, '__typing_unpacked_tuple_args__', None)
        if inner is not None and not (inner and inner[-1] is ...):
            flat.extend(inner)
        else:
            flat.append(arg)
    return flat


_cleanups = []


def _tp_cache(function=None, /, *, typed=False):
    """Remembers what a function gave for arguments that have a hash."""
    def decorate(function):
        cached = functools.lru_cache(typed=typed)(function)
        _cleanups.append(cached.cache_clear)

        @functools.wraps(function)
        def inner(*args, **kwargs):
            try:
                return cached(*args, **kwargs)
            except TypeError:
                pass  # no hash, or an error of the function itself, which comes again
            return function(*args, **kwargs)
        return inner
    return decorate if function is None else decorate(function)


class _Final:
    """Classes that cannot be inherited from."""

    __slots__ = ('__weakref__',)

    def __init_subclass__(cls, /, *args, **kwds):
        if '_root' not in kwds:
            raise _wrong('special base')


class _Immutable:
    """What is its own copy."""

    __slots__ = ()

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _NotIterable:
    __slots__ = ()
    __iter__ = None


class _Joinable:
    """What `|` makes a Union of."""

    __slots__ = ()

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]


class _NoBase:
    """Instances that cannot stand among the bases of a class."""

    __slots__ = ()

    def __mro_entries__(self, bases):
        raise _wrong('instance as base', type(self).__name__)


# ── special forms ───────────────────────────────────────────────────────────────────────────────────────────────────────

class _SpecialForm(_Final, _NotIterable, _Joinable, _root=True):
    # `Union`, `Literal` and the like: a function that is called with brackets.
    __slots__ = ('_name', '__doc__', '_getitem')

    def __init__(self, getitem):
        self._getitem, self._name, self.__doc__ = getitem, getitem.__name__, getitem.__doc__

    def __getattr__(self, item):
        if item in ('__name__', '__qualname__'):
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise _wrong('base', self)

    def __repr__(self):
        return f'typing.{self._name}'

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise _wrong('call', self)

    def __instancecheck__(self, obj):
        raise _wrong('check', self, 'isinstance')

    def __subclasscheck__(self, cls):
        raise _wrong('check', self, 'issubclass')

    @_tp_cache
    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _TypedCacheSpecialForm(_SpecialForm, _root=True):
    def __getitem__(self, parameters):
        given = parameters if isinstance(parameters, tuple) else (parameters,)
        return self._getitem(self, *given)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise _wrong('check', 'typing.Any', 'isinstance')
        return type.__instancecheck__(self, obj)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Fits every type, and every type fits it."""

    def __new__(cls, *args, **kwargs):
        if cls is not Any:
            return super().__new__(cls, *args, **kwargs)
        raise TypeError("Any cannot be instantiated")


def _bare_form(name, doc):
    def getitem(self, parameters):
        raise _wrong('brackets', self)
    getitem.__name__, getitem.__doc__ = name, doc
    return _SpecialForm(getitem)


def _one_type_form(name, doc, what, **options):
    def getitem(self, parameters):
        return _GenericAlias(self, (_type_check(parameters, f'{self} {what}', **options),))
    getitem.__name__, getitem.__doc__ = name, doc
    return _SpecialForm(getitem)


NoReturn = _bare_form('NoReturn', 'The result of a function that never returns.')
Never = _bare_form('Never', 'The type that no value has.')
Self = _bare_form('Self', 'The class of which the method is called.')
LiteralString = _bare_form('LiteralString', 'A text that stands in the source.')
TypeAlias = _bare_form('TypeAlias', 'Marks an assignment that names a type.')
_SINGLE = 'accepts only single type.'
ClassVar = _one_type_form('ClassVar', 'An attribute of the class, not of its instances.', _SINGLE)
Final = _one_type_form('Final', 'A name that is bound only once.', _SINGLE)
TypeGuard = _one_type_form('TypeGuard', 'A bool that tells of what type the argument is.', _SINGLE)
Required = _one_type_form('Required', 'A key that a TypedDict must have.', 'accepts only a single type.', allow_special_forms=True)
NotRequired = _one_type_form('NotRequired', 'A key that a TypedDict may leave out.', 'accepts only a single type.',
                             allow_special_forms=True)


@_SpecialForm
def Union(self, parameters):
    """One of several types: `Union[int, str]`."""
    if parameters == ():
        raise _wrong('empty', 'Union')
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for parameter in parameters:
        parameter = _type_check(parameter, 'Union[arg, ...]: each arg must be a type.')
        flat.extend(parameter.__args__ if isinstance(parameter, (_UnionGenericAlias, types.UnionType)) else (parameter,))
    kept = tuple(_deduplicate(flat))
    if len(kept) == 1:
        return kept[0]
    return _UnionGenericAlias(self, kept, name='Optional' if len(kept) == 2 and type(None) in kept else None)


@_SpecialForm
def Optional(self, parameters):
    """The type or None."""
    return Union[_type_check(parameters, f'{self} requires a single type.'), type(None)]


@_TypedCacheSpecialForm
@_tp_cache(typed=True)
def Literal(self, *parameters):
    """One of these very values."""
    values = _flatten_literal_params(parameters)
    try:
        values = tuple({(value, type(value)): value for value in values}.values())
    except TypeError:
        pass  # what has no hash stays as it is
    return _LiteralGenericAlias(self, values)


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters in front of those that a ParamSpec stands for."""
    if parameters == ():
        raise _wrong('empty', 'Concatenate')
    *fixed, last = parameters if isinstance(parameters, tuple) else (parameters,)
    if last is not ... and not isinstance(last, ParamSpec):
        raise _wrong('concatenate')
    checked = [_type_check(t, 'Concatenate[arg, ...]: each arg must be a type.') for t in fixed]
    return _ConcatenateGenericAlias(self, (*checked, last))


@_SpecialForm
def Unpack(self, parameters):
    """The items of a tuple type, one by one: `Tuple[Unpack[Ts]]`."""
    return _UnpackGenericAlias(self, (_type_check(parameters, f'{self} accepts only single type.'),))


# ── references and variables ────────────────────────────────────────────────────────────────────────────────────────────

class ForwardRef(_Final, _Joinable, _root=True):
    """A type by its name, to be looked up when it is known."""

    __slots__ = ('__forward_arg__', '__forward_code__', '__forward_evaluated__', '__forward_value__', '__forward_is_argument__',
                 '__forward_is_class__', '__forward_module__')

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise _wrong('reference', arg)
        text = f'({arg},)[0]' if arg[:1] == '*' else arg
        try:
            code = compile(text, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}')
        self.__forward_arg__, self.__forward_code__ = arg, code
        self.__forward_evaluated__, self.__forward_value__ = False, None
        self.__forward_is_argument__, self.__forward_is_class__, self.__forward_module__ = is_argument, is_class, module

    def _evaluate(self, globalns, localns, recursive_guard):
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            found = self._found(globalns, localns, recursive_guard | {self.__forward_arg__})
            self.__forward_value__, self.__forward_evaluated__ = found, True
        return self.__forward_value__

    def _found(self, globalns, localns, recursive_guard):
        if globalns is None:
            globalns = {} if localns is None else localns
        if localns is None:
            localns = globalns
        home = None if self.__forward_module__ is None else sys.modules.get(self.__forward_module__)
        globalns = getattr(home, '__dict__', globalns)
        t = _type_check(eval(self.__forward_code__, globalns, localns), 'Forward references must evaluate to types.',
                        is_argument=self.__forward_is_argument__, allow_special_forms=self.__forward_is_class__)
        return _eval_type(t, globalns, localns, recursive_guard)

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        same = self.__forward_arg__ == other.__forward_arg__
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return same and self.__forward_value__ == other.__forward_value__
        return same and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        place = '' if self.__forward_module__ is None else f', module={self.__forward_module__!r}'
        return f'ForwardRef({self.__forward_arg__!r}{place})'


def _is_unpacked_typevartuple(x):
    return not isinstance(x, type) and getattr(x, '__typing_is_unpacked_typevartuple__', False)


def _is_typevar_like(x):
    return isinstance(x, (TypeVar, ParamSpec)) or _is_unpacked_typevartuple(x)


class _PickleUsingNameMixin:
    def __reduce__(self):
        return self.__name__


class _BoundVarianceMixin(_Joinable, _NoBase):
    """A bound and a variance, as TypeVar and ParamSpec have them."""

    def _vary(self, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__covariant__, self.__contravariant__ = bool(covariant), bool(contravariant)
        self.__bound__ = _type_check(bound, 'Bound must be a type.') if bound else None

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


def _set_module(variable):
    module = _caller(2)
    if module != 'typing':
        variable.__module__ = module


class TypeVar(_Final, _Immutable, _BoundVarianceMixin, _PickleUsingNameMixin, _root=True):
    """A type that is chosen later: TypeVar('T'), TypeVar('A', str, bytes), TypeVar('N', bound=int)."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._vary(bound, covariant, contravariant)
        if constraints and bound is not None:
            raise _wrong('bound and constraints')
        if len(constraints) == 1:
            raise _wrong('one constraint')
        self.__constraints__ = tuple(_type_check(t, 'TypeVar(name, constraint, ...): constraints must be types.') for t in constraints)
        _set_module(self)

    def __typing_subst__(self, arg):
        arg = _type_check(arg, 'Parameters to generic types must be types.', is_argument=True)
        if isinstance(arg, _GenericAlias) and arg.__origin__ is Unpack or isinstance(arg, GenericAlias) and getattr(arg, '__unpacked__', False):
            raise _wrong('argument', arg)
        return arg


class TypeVarTuple(_Final, _Immutable, _NoBase, _PickleUsingNameMixin, _root=True):
    """Any number of types: `Ts = TypeVarTuple('Ts')`, used as `*Ts`."""

    def __init__(self, name):
        self.__name__ = name
        _set_module(self)

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, arg):
        raise _wrong('bare tuple variable')

    def __typing_prepare_subst__(self, alias, args):
        parameters = alias.__parameters__
        here = parameters.index(self)
        for other in parameters[here + 1:]:
            if isinstance(other, TypeVarTuple):
                raise _wrong('two tuple variables', alias)
        given, before, behind = len(args), here, len(parameters) - here - 1
        star = star_at = None
        for i, arg in enumerate(args):
            inner = None if isinstance(arg, type) else getattr(arg, '__typing_unpacked_tuple_args__', None)
            if inner and len(inner) == 2 and inner[-1] is ...:
                if star_at is not None:
                    raise _wrong('two open tuples')
                star_at, star = i, inner[0]
        if star_at is not None:
            before, behind = min(before, star_at), min(behind, given - star_at - 1)
        elif before + behind > given:
            raise TypeError(f'Too few arguments for {alias}; actual {given}, expected at least {len(parameters) - 1}')
        return (*args[:before], *([star] * (here - before)), tuple(args[before:given - behind]),
                *([star] * (len(parameters) - here - behind - 1)), *args[given - behind:])


class _ParamSpecPart(_Final, _Immutable, _NoBase, _root=True):
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._part}'

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(other) is type(self) else NotImplemented

    __hash__ = object.__hash__


class ParamSpecArgs(_ParamSpecPart, _root=True):
    """`P.args`: what a ParamSpec's positional arguments are."""

    _part = 'args'


class ParamSpecKwargs(_ParamSpecPart, _root=True):
    """`P.kwargs`: what a ParamSpec's keyword arguments are."""

    _part = 'kwargs'


class ParamSpec(_Final, _Immutable, _BoundVarianceMixin, _PickleUsingNameMixin, _root=True):
    """The parameters of a callable: `Callable[P, int]`."""

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._vary(bound, covariant, contravariant)
        _set_module(self)

    def __typing_subst__(self, arg):
        if isinstance(arg, (list, tuple)):
            return tuple(_type_check(a, 'Expected a type.') for a in arg)
        if _is_param_expr(arg):
            return arg
        raise _wrong('parameters', arg)

    def __typing_prepare_subst__(self, alias, args):
        parameters = alias.__parameters__
        here = parameters.index(self)
        if here >= len(args):
            raise _wrong('too few', alias)
        if len(parameters) == 1 and not _is_param_expr(args[0]):
            return (tuple(args),)
        if isinstance(args[here], list):
            args = (*args[:here], tuple(args[here]), *args[here + 1:])
        return args


# ── aliases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

class _BaseGenericAlias(_Final, _root=True):
    """An origin with a name under which it is shown."""

    def __init__(self, origin, *, inst=True, name=None):
        self._inst, self._name = inst, name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise _wrong('origin call', self._name, self.__origin__.__name__)
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise _wrong('base', self)
        entries = [] if self.__origin__ in bases else [self.__origin__]
        behind = bases[bases.index(self) + 1:]
        if not any(isinstance(base, _BaseGenericAlias) or issubclass(base, Generic) for base in behind):
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, name):
        if '__origin__' in self.__dict__:
            if name in ('__name__', '__qualname__'):
                return self._name or self.__origin__.__name__
            if not _is_dunder(name):
                return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if _is_dunder(name) or name in ('_name', '_inst', '_nparams', '_paramspec_tvars', '_typevar_types'):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise _wrong('alias check')

    def _like(self, kind, args, **more):
        "Another alias of the same origin and name."
        return kind(self.__origin__, args, inst=self._inst, name=self._name, **more)

    def __dir__(self):
        return list(set(super().__dir__() + [name for name in dir(self.__origin__) if not _is_dunder(name)]))


def _identity(alias):
    """What makes aliases equal: the order does not count in unions and literals, `1` and `True` differ in the latter."""
    if isinstance(alias, (_UnionGenericAlias, types.UnionType)):
        return frozenset(alias.__args__)
    if isinstance(alias, _LiteralGenericAlias):
        return frozenset((value, type(value)) for value in alias.__args__)
    if isinstance(alias, _AnnotatedAlias):
        return Annotated, alias.__origin__, alias.__metadata__
    return alias.__origin__, alias.__args__


def _brackets_again(origin, args):
    """What `pickle` takes: how to make an alias once more."""
    alone = len(args) == 1 and not isinstance(args[0], tuple)
    return operator.getitem, (origin, args[0] if alone else tuple(args))


def _prepared(owner, args):
    """Arguments as the parameters of a class or alias want them, one for each."""
    for parameter in owner.__parameters__:
        prepare = getattr(parameter, '__typing_prepare_subst__', None)
        args = args if prepare is None else prepare(owner, args)
    _check_generic(owner, args, len(owner.__parameters__))
    return args


class _GenericAlias(_Joinable, _BaseGenericAlias, _root=True):
    """An origin with arguments: `List[int]`."""

    def __init__(self, origin, args, *, inst=True, name=None, _paramspec_tvars=False):
        super().__init__(origin, inst=inst, name=name)
        args = args if isinstance(args, tuple) else (args,)
        self.__args__ = tuple(... if arg is _TypingEllipsis else arg for arg in args)
        self.__parameters__, self._paramspec_tvars = _collect_parameters(args), _paramspec_tvars
        if not name:
            self.__module__ = origin.__module__

    def _comparable(self):
        "The classes of what can equal it."
        return _GenericAlias

    def __eq__(self, other):
        return _identity(self) == _identity(other) if isinstance(other, self._comparable()) else NotImplemented

    def __hash__(self):
        return hash(_identity(self))

    @_tp_cache
    def __getitem__(self, args):
        if self.__origin__ in (Generic, Protocol):
            raise _wrong('more brackets', self)
        if not self.__parameters__:
            raise _wrong('not generic', self)
        given = _unpack_args(args if isinstance(args, tuple) else (args,))
        chosen = _prepared(self, tuple(map(_type_convert, given)))
        return self.copy_with(tuple(self._replaced(self.__args__, dict(zip(self.__parameters__, chosen)))))

    def _replaced(self, old_args, chosen):
        new = []
        for old in old_args:
            if isinstance(old, type):
                new.append(old)
                continue
            if isinstance(old, tuple):
                new.append(tuple(self._replaced(old, chosen)))
                continue
            substitute = getattr(old, '__typing_subst__', None)
            if substitute is not None:
                value = substitute(chosen[old])
            else:
                inner = getattr(old, '__parameters__', ())
                if not inner or not isinstance(inner, tuple):
                    new.append(old)
                    continue
                given = []
                for parameter in inner:
                    if isinstance(parameter, TypeVarTuple):
                        given.extend(chosen[parameter])
                    else:
                        given.append(chosen[parameter])
                value = old[tuple(given)]
            if self.__origin__ == collections.abc.Callable and isinstance(value, tuple):
                new.extend(value)
            elif _is_unpacked_typevartuple(old):
                new.extend(value if isinstance(value, tuple) else (value,))
            else:
                new.append(value)
        return new

    def copy_with(self, args):
        return self._like(self.__class__, args, _paramspec_tvars=self._paramspec_tvars)

    def __repr__(self):
        name = f'typing.{self._name}' if self._name else _type_repr(self.__origin__)
        args = ', '.join(map(_type_repr, self.__args__)) if self.__args__ else '()'
        return f'{name}[{args}]'

    def __reduce__(self):
        return _brackets_again(globals()[self._name] if self._name else self.__origin__, self.__args__)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise _wrong('base', self)
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            for base in bases[bases.index(self) + 1:]:
                if isinstance(base, _BaseGenericAlias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


class _TypingEllipsis:
    """Stands for `...` in arguments on their way."""


class _SpecialGenericAlias(_NotIterable, _Joinable, _BaseGenericAlias, _root=True):
    """`List`, `Dict` and the like, before they get arguments."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams = nparams
        place = '' if origin.__module__ == 'builtins' else f'{origin.__module__}.'
        self.__doc__ = f'A generic version of {place}{origin.__qualname__}.'

    @_tp_cache
    def __getitem__(self, params):
        given = params if isinstance(params, tuple) else (params,)
        types = tuple(_type_check(t, 'Parameters to generic types must be types.') for t in given)
        _check_generic(self, types, self._nparams)
        return self.copy_with(types)

    def copy_with(self, params):
        return self._like(_GenericAlias, params)

    def __repr__(self):
        return f'typing.{self._name}'

    def __subclasscheck__(self, cls):
        if isinstance(cls, _GenericAlias):
            raise _wrong('alias check')
        return issubclass(cls.__origin__ if isinstance(cls, _SpecialGenericAlias) else cls, self.__origin__)

    def __reduce__(self):
        return self._name


def _in_brackets(args):
    """The arguments of a callable as they were written: the parameters in a list, the result."""
    *parameters, result = args
    return parameters, result


class _CallableGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        plain = len(args) == 2 and _is_param_expr(args[0])
        return _brackets_again(Callable, args if plain else _in_brackets(args))


class _CallableType(_SpecialGenericAlias, _root=True):
    def copy_with(self, params):
        return self._like(_CallableGenericAlias, params, _paramspec_tvars=True)

    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise _wrong('callable')
        args, result = params
        return self._with_hashable((tuple(args) if isinstance(args, list) else args, result))

    @_tp_cache
    def _with_hashable(self, params):
        args, result = params
        result = _type_check(result, 'Callable[args, result]: result must be a type.')
        if args is ...:
            args = _TypingEllipsis
        return self.copy_with((*map(_type_convert, args if isinstance(args, tuple) else (args,)), result))


class _TupleType(_SpecialGenericAlias, _root=True):
    @_tp_cache
    def __getitem__(self, params):
        items, tail = params if isinstance(params, tuple) else (params,), ()
        form = 'Tuple[t0, t1, ...]: each t must be a type.'
        if len(items) > 1 and items[-1] is ...:
            items, tail, form = items[:-1], (_TypingEllipsis,), 'Tuple[t, ...]: t must be a type.'
        return self.copy_with((*(_type_check(item, form) for item in items), *tail))


class _UnionGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def copy_with(self, params):
        return Union[params]

    def _comparable(self):
        return _UnionGenericAlias, types.UnionType

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return f'typing.Optional[{_type_repr(args[args[0] is type(None)])}]'
        return super().__repr__()

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __reduce__(self):
        return _brackets_again(Union, self.__args__)


class _LiteralGenericAlias(_GenericAlias, _root=True):
    def _comparable(self):
        return _LiteralGenericAlias


class _ConcatenateGenericAlias(_GenericAlias, _root=True):
    def copy_with(self, params):
        *fixed, last = params
        if isinstance(last, (list, tuple)):
            return (*fixed, *last)
        return super().copy_with((*fixed, *(last.__args__ if isinstance(last, _ConcatenateGenericAlias) else (last,))))


class _UnpackGenericAlias(_GenericAlias, _root=True):
    def __repr__(self):
        return f'*{self.__args__[0]!r}'

    def __getitem__(self, args):
        return args if self.__typing_is_unpacked_typevartuple__ else super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        inner, = self.__args__
        if isinstance(inner, (_GenericAlias, GenericAlias)):
            if inner.__origin__ is not tuple:
                raise TypeError("Unpack[...] must be used with a tuple type")
            return inner.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_NotIterable, _GenericAlias, _root=True):
    """A type with notes, which do not make it another one."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, (*origin.__metadata__, *metadata)
        super().__init__(origin, origin, name='Annotated')
        self.__metadata__ = metadata

    def copy_with(self, params):
        return _AnnotatedAlias(params[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join(repr(note) for note in self.__metadata__)}]"

    def __reduce__(self):
        return _brackets_again(Annotated, (self.__origin__, *self.__metadata__))

    def _comparable(self):
        return _AnnotatedAlias

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return 'Annotated'
        return super().__getattr__(name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    """A type with notes: `Annotated[int, 'metres']`."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise _wrong('annotated call')

    def __class_getitem__(cls, params):
        return cls._made_of(*params) if isinstance(params, tuple) else cls._made_of(params)

    @classmethod
    @_tp_cache(typed=True)
    def _made_of(cls, *params):
        if len(params) < 2:
            raise _wrong('annotated')
        if _is_unpacked_typevartuple(params[0]):
            raise _wrong('annotated unpacked')
        origin = _type_check(params[0], 'Annotated[t, ...]: t must be a type.', allow_special_forms=True)
        return _AnnotatedAlias(origin, tuple(params[1:]))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f'Cannot subclass {cls.__module__}.Annotated')


# ── Generic and Protocol ────────────────────────────────────────────────────────────────────────────────────────────────

def _own_parameters(cls):
    """The parameters of a class, by the bases it was written with."""
    if '__orig_bases__' in cls.__dict__:
        wrong = Generic in cls.__orig_bases__
    else:
        wrong = Generic in cls.__bases__ and cls.__name__ != 'Protocol' and type(cls) is not _TypedDictMeta
    if wrong:
        raise _wrong('plain generic')
    if '__orig_bases__' not in cls.__dict__:
        return ()
    found = _collect_parameters(cls.__orig_bases__)
    declared = None
    for base in cls.__orig_bases__:
        if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
            if declared is not None:
                raise _wrong('two generics')
            declared = base.__parameters__
    if declared is None:
        return found
    if not set(found) <= set(declared):
        missing = ', '.join(str(t) for t in found if t not in set(declared))
        raise TypeError(f"Some type variables ({missing}) are not listed in Generic[{', '.join(map(str, declared))}]")
    return declared


class Generic:
    """The base of classes with type parameters: `class Stack(Generic[T])`, then `Stack[int]`."""

    __slots__ = ()
    _is_protocol = False

    @_tp_cache
    def __class_getitem__(cls, params):
        given = tuple(map(_type_convert, params if isinstance(params, tuple) else (params,)))
        if cls not in (Generic, Protocol):
            chosen = zip(cls.__parameters__, _prepared(cls, given))
            given = tuple(arg for parameter, value in chosen
                          for arg in (value if isinstance(parameter, TypeVarTuple) else (value,)))
        elif not given:
            raise _wrong('no parameters', cls.__qualname__)
        elif not all(map(_is_typevar_like, given)):
            raise _wrong('no variables', cls.__name__)
        elif len(set(given)) != len(given):
            raise _wrong('repeated variables', cls.__name__)
        return _GenericAlias(cls, given, _paramspec_tvars=True)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls.__parameters__ = tuple(_own_parameters(cls))


def _check_generic(cls, params, wanted):
    if not wanted:
        raise _wrong('not generic', cls)
    if len(params) != wanted:
        raise _wrong_count(cls, len(params), wanted)


_NO_MEMBERS = frozenset((
    '__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__', '__slots__',
    '__subclasshook__', '__weakref__', '__class_getitem__', '__parameters__', '__orig_bases__', '__orig_class__', '_is_protocol',
    '_is_runtime_protocol', '_abc_impl', '_MutableMapping__marker', '__match_args__', '__final__'))


def _get_protocol_attrs(cls):
    """The names that an instance must have."""
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ('Protocol', 'Generic'):
            names.update((*base.__dict__, *getattr(base, '__annotations__', {})))
    return {name for name in names if not name.startswith('_abc_') and name not in _NO_MEMBERS}


def _is_callable_members_only(cls):
    return all(callable(getattr(cls, name, None)) for name in _get_protocol_attrs(cls))


def _no_init_or_replace_init(self, *args, **kwargs):
    """The `__init__` of protocols: none for themselves; a class that fulfils one gets the next real one."""
    cls = type(self)
    if cls._is_protocol:
        raise _wrong('protocol call')
    if cls.__init__ is _no_init_or_replace_init:
        inits = (vars(base).get('__init__', cls.__init__) for base in cls.__mro__)
        cls.__init__ = next(init for init in inits if init is not _no_init_or_replace_init)
        cls.__init__(self, *args, **kwargs)


def _asked_by_abc(depth=2):
    "Whether `abc` or `functools` asks, who shall not be told off."
    return _caller(depth) in ('abc', 'functools', None)


_PROTO_ALLOWLIST = {
    'collections.abc': ['Callable', 'Awaitable', 'Iterable', 'Iterator', 'AsyncIterable', 'Hashable', 'Sized', 'Container',
                        'Collection', 'Reversible'],
    'contextlib': ['AbstractContextManager', 'AbstractAsyncContextManager'],
}


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        is_protocol = getattr(cls, '_is_protocol', False)
        if is_protocol and not getattr(cls, '_is_runtime_protocol', False) and not _asked_by_abc(2):
            raise _wrong('not runtime')
        if (not is_protocol or _is_callable_members_only(cls)) and issubclass(instance.__class__, cls):
            return True
        if is_protocol:
            names = _get_protocol_attrs(cls)
            if all(hasattr(instance, name) and (not callable(getattr(cls, name, None)) or getattr(instance, name) is not None)
                   for name in names):
                return True
        return super().__instancecheck__(instance)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of classes that only say which members others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol', False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)

        def check(other):
            if not cls.__dict__.get('_is_protocol', False):
                return NotImplemented
            if not getattr(cls, '_is_runtime_protocol', False):
                if _asked_by_abc(3):
                    return NotImplemented
                raise _wrong('not runtime')
            if not _is_callable_members_only(cls):
                if _asked_by_abc(3):
                    return NotImplemented
                raise _wrong('data members')
            if not isinstance(other, type):
                raise _wrong('no class')
            return True if all(_has_member(other, name) for name in _get_protocol_attrs(cls)) else NotImplemented

        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = check
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            fine = base in (object, Generic) or base.__name__ in _PROTO_ALLOWLIST.get(base.__module__, ()) \
                or issubclass(base, Generic) and getattr(base, '_is_protocol', False)
            if not fine:
                raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
        if cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init_or_replace_init


def _has_member(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
        if name in getattr(base, '__annotations__', {}) and issubclass(cls, Generic) and getattr(cls, '_is_protocol', False):
            return True
    return False


def runtime_checkable(cls):
    """Class decorator: `isinstance` may be asked whether an object has the members of the protocol."""
    if not (isinstance(cls, type) and issubclass(cls, Generic) and getattr(cls, '_is_protocol', False)):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


# ── the types of the library ────────────────────────────────────────────────────────────────────────────────────────────

T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')
T_co = TypeVar('T_co', covariant=True)
V_co = TypeVar('V_co', covariant=True)
VT_co = TypeVar('VT_co', covariant=True)
T_contra = TypeVar('T_contra', contravariant=True)
CT_co = TypeVar('CT_co', covariant=True, bound=type)
AnyStr = TypeVar('AnyStr', bytes, str)
Text = str

Callable = _CallableType(collections.abc.Callable, 2)
Callable.__doc__ = 'What can be called: `Callable[[int, str], bool]`, `Callable[..., bool]`.'
Tuple = _TupleType(tuple, -1, inst=False, name='Tuple')
Tuple.__doc__ = 'A tuple of these types: `Tuple[int, str]`; of any length: `Tuple[int, ...]`.'
Type = _SpecialGenericAlias(type, 1, inst=False, name='Type')
Type.__doc__ = 'A class that is the argument or inherits from it.'

for _name, _count in (('Hashable', 0), ('Awaitable', 1), ('Coroutine', 3), ('AsyncIterable', 1), ('AsyncIterator', 1), ('Iterable', 1),
                      ('Iterator', 1), ('Reversible', 1), ('Sized', 0), ('Container', 1), ('Collection', 1), ('MutableSet', 1),
                      ('Mapping', 2), ('MutableMapping', 2), ('Sequence', 1), ('MutableSequence', 1), ('ByteString', 0),
                      ('MappingView', 1), ('KeysView', 1), ('ItemsView', 2), ('ValuesView', 1), ('Generator', 3), ('AsyncGenerator', 2)):
    globals()[_name] = _SpecialGenericAlias(getattr(collections.abc, _name), _count)
AbstractSet = _SpecialGenericAlias(collections.abc.Set, 1, name='AbstractSet')
ContextManager = _SpecialGenericAlias(contextlib.AbstractContextManager, 1, name='ContextManager')
AsyncContextManager = _SpecialGenericAlias(contextlib.AbstractAsyncContextManager, 1, name='AsyncContextManager')
for _name, _origin, _count in (('List', list, 1), ('Set', set, 1), ('FrozenSet', frozenset, 1), ('Dict', dict, 2),
                               ('Deque', collections.deque, 1), ('DefaultDict', collections.defaultdict, 2)):
    globals()[_name] = _SpecialGenericAlias(_origin, _count, inst=False if _origin.__module__ == 'builtins' else True, name=_name)
OrderedDict = _SpecialGenericAlias(collections.OrderedDict, 2)
Counter = _SpecialGenericAlias(collections.Counter, 1)
ChainMap = _SpecialGenericAlias(collections.ChainMap, 2)
del _name, _origin, _count


def __getattr__(name):
    """`Pattern` and `Match`, once somebody wants them."""
    if name in ('Pattern', 'Match'):
        import re
        made = globals()[name] = _SpecialGenericAlias(getattr(re, name), 1, name=name)
        return made
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def _supports(name, method, result, generic=False):
    """A protocol with one method."""
    def member(self):
        pass
    member.__name__, member.__qualname__ = method, f'{name}.{method}'
    member.__annotations__['return'] = result
    body = {'__slots__': (), '__module__': 'typing', method: abstractmethod(member), '__doc__': f'What has the method {method}.'}
    bases = (Protocol[T_co],) if generic else (Protocol,)
    return runtime_checkable(types.new_class(name, bases, {}, lambda namespace: namespace.update(body)))


SupportsInt = _supports('SupportsInt', '__int__', int)
SupportsFloat = _supports('SupportsFloat', '__float__', float)
SupportsComplex = _supports('SupportsComplex', '__complex__', complex)
SupportsBytes = _supports('SupportsBytes', '__bytes__', bytes)
SupportsIndex = _supports('SupportsIndex', '__index__', int)
SupportsAbs = _supports('SupportsAbs', '__abs__', T_co, True)
SupportsRound = _supports('SupportsRound', '__round__', T_co, True)


# ── functions ───────────────────────────────────────────────────────────────────────────────────────────────────────────

def cast(typ, val):
    """The value: only a type checker sees another type."""
    return val


def assert_type(val, typ, /):
    """The value: a type checker makes sure of its type."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg, /):
    """A place that no value gets to."""
    shown = repr(arg)
    if len(shown) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        shown = shown[:_ASSERT_NEVER_REPR_MAX_LENGTH] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {shown}')


def reveal_type(obj, /):
    """The value, whose class is told on standard error."""
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def _defaults_of(func):
    code = getattr(func, '__code__', None)
    if code is None:
        return {}
    names = code.co_varnames[:code.co_argcount]
    defaults = func.__defaults__ or ()
    return {**dict(zip(names[len(names) - len(defaults):], defaults)), **(func.__kwdefaults__ or {})}


_HINTED = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, WrapperDescriptorType, MethodWrapperType,
           MethodDescriptorType)


def _eval_type(t, globalns, localns, recursive_guard=frozenset()):
    """A type with all references in it looked up."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, recursive_guard)
    if not isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        return t
    if isinstance(t, GenericAlias):
        args = tuple(ForwardRef(arg) if isinstance(arg, str) else arg for arg in t.__args__)
        unpacked = t.__unpacked__
        if _should_unflatten_callable_args(t.__origin__, args):
            t = t.__origin__[_in_brackets(args)]
        else:
            t = t.__origin__[args]
        if unpacked:
            t = Unpack[t]
    evaluated = tuple(_eval_type(arg, globalns, localns, recursive_guard) for arg in t.__args__)
    if evaluated == t.__args__:
        return t
    if isinstance(t, GenericAlias):
        return GenericAlias(t.__origin__, evaluated)
    if isinstance(t, types.UnionType):
        return functools.reduce(operator.or_, evaluated)
    return t.copy_with(evaluated)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, function or module, with texts looked up."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    if isinstance(obj, type):
        return _class_hints(obj, globalns, localns, include_extras)
    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, '__wrapped__'):
                inner = inner.__wrapped__
            globalns = getattr(inner, '__globals__', {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    hints = getattr(obj, '__annotations__', None)
    if hints is None:
        if isinstance(obj, _HINTED):
            return {}
        raise TypeError(f'{obj!r} is not a module, class, method, or function.')
    is_argument = not isinstance(obj, types.ModuleType)
    result = {name: _looked_up(value, globalns, localns, is_argument) for name, value in dict(hints).items()}
    return result if include_extras else {name: _strip_annotations(t) for name, t in result.items()}


def _looked_up(value, globalns, localns, is_argument, is_class=False):
    """An annotation as a type."""
    if isinstance(value, str):
        value = ForwardRef(value, is_argument, is_class=is_class)
    return _eval_type(type(None) if value is None else value, globalns, localns)


def _class_hints(cls, globalns, localns, include_extras):
    hints = {}
    for base in reversed(cls.__mro__):
        space = getattr(sys.modules.get(base.__module__, None), '__dict__', {}) if globalns is None else globalns
        annotations = base.__dict__.get('__annotations__', {})
        if isinstance(annotations, types.GetSetDescriptorType):
            annotations = {}
        own = dict(vars(base)) if localns is None else localns
        if localns is None and globalns is None:
            space, own = own, space
        hints.update((name, _looked_up(value, space, own, False, True)) for name, value in annotations.items())
    return hints if include_extras else {name: _strip_annotations(t) for name, t in hints.items()}


def _strip_annotations(t):
    """A type without notes in it."""
    while isinstance(t, _AnnotatedAlias) or hasattr(t, '__origin__') and t.__origin__ in (Required, NotRequired):
        t, = t.__args__
    if isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        stripped = tuple(_strip_annotations(arg) for arg in t.__args__)
        if stripped == t.__args__:
            return t
        if isinstance(t, _GenericAlias):
            return t.copy_with(stripped)
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, stripped)
        return functools.reduce(operator.or_, stripped)
    return t


def get_origin(tp):
    """What a type was made of: `list` for `List[int]`."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return types.UnionType if isinstance(tp, types.UnionType) else None


def get_args(tp):
    """The arguments of a type: `(int,)` for `List[int]`."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        args = tp.__args__
        return _in_brackets(args) if _should_unflatten_callable_args(tp.__origin__, args) else args
    return tp.__args__ if isinstance(tp, types.UnionType) else ()


def is_typeddict(tp):
    """Whether something is a class that TypedDict made."""
    return isinstance(tp, _TypedDictMeta)


def no_type_check(arg):
    """Decorator: the annotations are no types."""
    if isinstance(arg, type):
        for name in dir(arg):
            obj = getattr(arg, name)
            inside = getattr(obj, '__qualname__', None) == f'{arg.__qualname__}.{getattr(obj, "__name__", "")}' \
                and getattr(obj, '__module__', None) == arg.__module__
            if not inside:
                continue
            if isinstance(obj, (types.MethodType, types.FunctionType)):
                getattr(obj, '__func__', obj).__no_type_check__ = True
            elif isinstance(obj, type):
                no_type_check(obj)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass  # a builtin class
    return arg


def no_type_check_decorator(decorator):
    """Decorator of decorators: what they give has annotations that are no types."""
    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


def _overload_dummy(*args, **kwds):
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions outside a stub '
                              'module should always be followed by an implementation that is not @overload-ed.')


_overload_registry = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    """Decorator: one of several signatures of the function that follows."""
    inner = getattr(func, '__func__', func)
    try:
        _overload_registry[inner.__module__][inner.__qualname__][inner.__code__.co_firstlineno] = func
    except AttributeError:
        pass  # not an ordinary function
    return _overload_dummy


def get_overloads(func):
    """The signatures of a function that `overload` has noted."""
    inner = getattr(func, '__func__', func)
    module = _overload_registry.get(inner.__module__, {})
    return list(module.get(inner.__qualname__, {}).values())


def clear_overloads():
    """Forget all that `overload` has noted."""
    _overload_registry.clear()


def final(f):
    """Decorator: nobody shall override the method, or inherit from the class."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass  # a builtin
    return f


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs):
    """Decorator: what it decorates makes classes like `dataclass` does."""
    def decorate(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = dict(eq_default=eq_default, order_default=order_default, kw_only_default=kw_only_default,
                                                 field_specifiers=field_specifiers, kwargs=kwargs)
        return cls_or_fn
    return decorate


class NewType(_Joinable):
    """A name for a type that a type checker keeps apart: `UserId = NewType('UserId', int)`."""

    __call__ = _idfunc

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    def __mro_entries__(self, bases):
        name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                other = cls.__name__
                raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: '
                                f'`{other} = NewType({other!r}, {name})`')
        return (Dummy,)

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'

    def __reduce__(self):
        return self.__qualname__


# ── NamedTuple and TypedDict ────────────────────────────────────────────────────────────────────────────────────────────

def _named_tuple(name, fields, module, defaults=()):
    checked = {field: _type_check(t, f'field {field} annotation must be a type') for field, t in fields}
    made = collections.namedtuple(name, [field for field, _ in fields], defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = checked
    return made


_FIXED = frozenset({'__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_field_types', '_make',
                    '_replace', '_asdict', '_source'})
_NOT_COPIED = frozenset({'__module__', '__name__', '__annotations__'})


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        if _NamedTuple not in bases:
            raise TypeError('NamedTuple is missing')
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise _wrong('named tuple base')
        bases = tuple({_NamedTuple: tuple}.get(base, base) for base in bases)
        annotations, defaults = ns.get('__annotations__', {}), []
        for field in annotations:
            if field in ns:
                defaults.append(field)
            elif defaults:
                plural = 's' if len(defaults) > 1 else ''
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default field{plural} {', '.join(defaults)}")
        made = _named_tuple(typename, annotations.items(), ns['__module__'], [ns[field] for field in defaults])
        made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key in ns:
            if key in _FIXED:
                raise AttributeError(f'Cannot overwrite NamedTuple attribute {key}')
            if key not in _NOT_COPIED and key not in made._fields:
                setattr(made, key, ns[key])
        if Generic in bases:
            made.__init_subclass__()
        return made


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})


def NamedTuple(typename, fields=None, /, **kwargs):
    """A named tuple with types: as a base class, or `NamedTuple('P', [('x', int)])`."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise _wrong('named tuple fields')
    made = _named_tuple(typename, list(fields), module=_caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


def _namedtuple_mro_entries(bases):
    assert NamedTuple in bases
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _namedtuple_mro_entries


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise _wrong('typed dict base')
        generic = (Generic,) if any(issubclass(base, Generic) for base in bases) else ()
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        form = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _type_check(t, form, module=made.__module__) for key, t in ns.get('__annotations__', {}).items()}
        annotations, required, optional = {}, set(), set()
        for inherited in map(vars, bases):
            annotations.update(inherited.get('__annotations__', {}))
            required.update(inherited.get('__required_keys__', ()))
            optional.update(inherited.get('__optional_keys__', ()))
        annotations.update(own)
        for key, t in own.items():
            origin = get_origin(t)
            if origin is Annotated and get_args(t):
                t = get_args(t)[0]
                origin = get_origin(t)
            if origin is Required or origin is not NotRequired and total:
                required.add(key)
                optional.discard(key)
            else:
                optional.add(key)
                required.discard(key)
        made.__annotations__ = annotations
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        if not hasattr(made, '__total__'):
            made.__total__ = total
        return made

    __call__ = dict  # a plain dict comes of it

    def __subclasscheck__(cls, other):
        raise _wrong('typed dict check')

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dict with known keys: as a base class, or `TypedDict('Movie', {'title': str})`."""
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise _wrong('typed dict fields')
    if kwargs:
        import warnings
        warnings.warn('The kwargs-based syntax for TypedDict definitions is deprecated in Python 3.11, will be removed in Python 3.13, '
                      'and may not be understood by third-party type checkers.', DeprecationWarning, stacklevel=2)
    namespace = {'__annotations__': dict(fields)}
    module = _caller()
    if module is not None:
        namespace['__module__'] = module
    made = _TypedDictMeta(typename, (), namespace, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

class IO(Generic[AnyStr]):
    """A file, of text or of bytes."""

    __slots__ = ()

    @property
    @abstractmethod
    def mode(self) -> str:
        pass

    @property
    @abstractmethod
    def name(self) -> str:
        pass

    @property
    @abstractmethod
    def closed(self) -> bool:
        pass

    @abstractmethod
    def close(self) -> None:
        pass

    @abstractmethod
    def fileno(self) -> int:
        pass

    @abstractmethod
    def flush(self) -> None:
        pass

    @abstractmethod
    def isatty(self) -> bool:
        pass

    @abstractmethod
    def read(self, n: int = -1) -> AnyStr:
        pass

    @abstractmethod
    def readable(self) -> bool:
        pass

    @abstractmethod
    def readline(self, limit: int = -1) -> AnyStr:
        pass

    @abstractmethod
    def readlines(self, hint: int = -1) -> List[AnyStr]:
        pass

    @abstractmethod
    def seek(self, offset: int, whence: int = 0) -> int:
        pass

    @abstractmethod
    def seekable(self) -> bool:
        pass

    @abstractmethod
    def tell(self) -> int:
        pass

    @abstractmethod
    def truncate(self, size: int = None) -> int:
        pass

    @abstractmethod
    def writable(self) -> bool:
        pass

    @abstractmethod
    def write(self, s: AnyStr) -> int:
        pass

    @abstractmethod
    def writelines(self, lines: List[AnyStr]) -> None:
        pass

    @abstractmethod
    def __enter__(self) -> 'IO[AnyStr]':
        pass

    @abstractmethod
    def __exit__(self, type, value, traceback) -> None:
        pass


class BinaryIO(IO[bytes]):
    """A file of bytes."""

    __slots__ = ()

    @abstractmethod
    def write(self, s: Union[bytes, bytearray]) -> int:
        pass

    @abstractmethod
    def __enter__(self) -> 'BinaryIO':
        pass


class TextIO(IO[str]):
    """A file of text."""

    __slots__ = ()

    @property
    @abstractmethod
    def buffer(self) -> BinaryIO:
        pass

    @property
    @abstractmethod
    def encoding(self) -> str:
        pass

    @property
    @abstractmethod
    def errors(self) -> Optional[str]:
        pass

    @property
    @abstractmethod
    def line_buffering(self) -> bool:
        pass

    @property
    @abstractmethod
    def newlines(self) -> Any:
        pass

    @abstractmethod
    def __enter__(self) -> 'TextIO':
        pass

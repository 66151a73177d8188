"""Classes made of annotated fields: `@dataclass class P: x: int; y: int = 0` gets `__init__`, `__repr__`, `__eq__` and more.

The fields are gathered from the bases and the class's annotations; then each method is written as source text and compiled, so that
a step into `__init__` shows assignments like those of a class written by hand.
"""

import copy
import sys
import types
from _thread import get_ident
from reprlib import recursive_repr
from types import GenericAlias

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict', 'astuple',
           'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


class _MISSING_TYPE:
    pass


class _KW_ONLY_TYPE:
    pass


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
MISSING = _MISSING_TYPE()
KW_ONLY = _KW_ONLY_TYPE()
_EMPTY_METADATA = types.MappingProxyType({})
_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'


# What can be wrong with a class.
_ERRORS = {
    'two defaults': (ValueError, 'cannot specify both default and default_factory'),
    'order': (TypeError, 'non-default argument {!r} follows default argument'),
    'factory': (TypeError, 'field {} cannot have a default factory'),
    'class variable': (TypeError, 'field {} is a ClassVar but specifies kw_only'),
    'mutable': (ValueError, 'mutable default {} for field {} is not allowed: use default_factory'),
    'marker': (TypeError, '{!r} is KW_ONLY, but KW_ONLY has already been specified'),
    'annotation': (TypeError, '{!r} is a field but has no type annotation'),
    'thaw': (TypeError, 'cannot inherit non-frozen dataclass from a frozen one'),
    'freeze': (TypeError, 'cannot inherit frozen dataclass from a non-frozen one'),
    'eq': (ValueError, 'eq must be true if order is true'),
    'comparison': (TypeError, 'Cannot overwrite attribute {} in class {}. Consider using functools.total_ordering'),
    'method': (TypeError, 'Cannot overwrite attribute {} in class {}'),
    'weakref': (TypeError, 'weakref_slot is True but slots is False'),
    'slots': (TypeError, '{} already specifies __slots__'),
    'unknown slots': (TypeError, 'Slots of {!r} cannot be determined'),
    'item': (TypeError, 'Invalid field: {!r}'),
    'identifier': (TypeError, 'Field names must be valid identifiers: {!r}'),
    'keyword': (TypeError, 'Field names must not be keywords: {!r}'),
    'twice': (TypeError, 'Field name duplicated: {!r}'),
    'not in init': (ValueError, 'field {} is declared with init=False, it cannot be specified with replace()'),
    'init only': (ValueError, 'InitVar {!r} must be specified with replace()'),
    'call': (TypeError, '{}() should be called on dataclass instances'),
}


def _error(what, *told):
    kind, text = _ERRORS[what]
    return kind(text.format(*told))


class InitVar:
    """The annotation of what only `__init__` takes, to hand it on to `__post_init__`."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        of = self.type
        plain = isinstance(of, type(InitVar)) and not isinstance(of, GenericAlias)
        return f'dataclasses.InitVar[{of.__name__ if plain else repr(of)}]'

    def __class_getitem__(cls, type):
        return cls(type)


class Field:
    """What a dataclass knows of one field."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare, self.kw_only = init, repr, hash, compare, kw_only
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)

    @recursive_repr()
    def __repr__(self):
        shown = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata', 'kw_only')
        items = [f'{name}={getattr(self, name)!r}' for name in shown]
        return f"Field({','.join(items)},_field_type={self._field_type})"

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), '__set_name__', None)
        if hook is not None:
            hook(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        for name, value in zip(self.__slots__, (init, repr, eq, order, unsafe_hash, frozen)):
            setattr(self, name, value)

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """What a field is to be beside its type: `y: list = field(default_factory=list)`."""
    if default is not MISSING and default_factory is not MISSING:
        raise _error('two defaults')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# ── text of methods ─────────────────────────────────────────────────────────────────────────────────────────────────────

def _function(name, parameters, body, *, globals=None, locals=None, returns=MISSING):
    """Compiles one method. Names in `locals` become variables of a function around it."""
    names = {} if locals is None else locals
    arrow = ''
    if returns is not MISSING:
        names['__dataclass_return_type__'] = returns
        arrow = '->__dataclass_return_type__'
    lines = [f"def __create_fn__({', '.join(names)}):", f" def {name}({', '.join(parameters)}){arrow}:"]
    lines += [f'  {line}' for line in body]
    lines.append(f' return {name}')
    made = {}
    exec('\n'.join(lines), globals, made)
    return made['__create_fn__'](**names)


def _tuple_text(owner, fields):
    return f"({''.join(f'{owner}.{f.name},' for f in fields)})" if fields else '()'


def _init_method(fields, positional, keyword_only, frozen, has_post_init, self_name, globals, slots):
    seen_default = None
    for f in positional:
        if not f.init:
            continue
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = f
        elif seen_default is not None:
            raise _error('order', f.name)
    names = {f'__dataclass_type_{f.name}__': f.type for f in fields}
    names.update(__dataclass_HAS_DEFAULT_FACTORY__=_HAS_DEFAULT_FACTORY, __dataclass_builtins_object__=object)

    def parameter(f):
        text = f'{f.name}:__dataclass_type_{f.name}__'
        if f.default is not MISSING:
            return f'{text}=__dataclass_dflt_{f.name}__'
        return text if f.default_factory is MISSING else f'{text}=__dataclass_HAS_DEFAULT_FACTORY__'

    # What is frozen sets its attributes as object does.
    assign = '__dataclass_builtins_object__.__setattr__({},{!r},{})' if frozen else '{}.{}={}'
    body = []
    for f in fields:
        default = f'__dataclass_dflt_{f.name}__'
        if f.default_factory is not MISSING:
            names[default] = f.default_factory
            value = f'{default}()'
            if f.init:
                value += f' if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}'
        elif f.init:
            if f.default is not MISSING:
                names[default] = f.default
            value = f.name
        elif slots and f.default is not MISSING:
            names[default], value = f.default, default
        else:
            continue
        if f._field_type is not _FIELD_INITVAR:
            body.append(assign.format(self_name, f.name, value))
    if has_post_init:
        handed = ','.join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body.append(f'{self_name}.{_POST_INIT_NAME}({handed})')
    parameters = [self_name, *map(parameter, positional)]
    if keyword_only:
        parameters += ['*', *map(parameter, keyword_only)]
    return _function('__init__', parameters, body or ['pass'], locals=names, globals=globals, returns=None)


def _repr_method(fields, globals):
    shown = ', '.join(f'{f.name}={{self.{f.name}!r}}' for f in fields)
    function = _function('__repr__', ('self',), [f'return self.__class__.__qualname__ + f"({shown})"'], globals=globals)
    function.__qualname__ = '__create_fn__.<locals>.__repr__'
    made = recursive_repr()(function)
    made.__wrapped__ = function  # by which pprint knows it
    return made


def _frozen_methods(cls, fields, globals):
    names = {'cls': cls, 'FrozenInstanceError': FrozenInstanceError}
    known = f"({''.join(f'{f.name!r},' for f in fields)})" if fields else None
    test = f'if type(self) is cls or name in {known}:' if fields else 'if type(self) is cls:'

    def refusing(method, parameters, doing, call):
        body = [test, f' raise FrozenInstanceError(f"cannot {doing} field {{name!r}}")', f'super(cls, self).{method}({call})']
        return _function(method, parameters, body, locals=dict(names), globals=globals)

    return (refusing('__setattr__', ('self', 'name', 'value'), 'assign to', 'name, value'),
            refusing('__delattr__', ('self', 'name'), 'delete', 'name'))


def _comparison(name, operator, fields, globals):
    body = ['if other.__class__ is self.__class__:',
            f" return {_tuple_text('self', fields)}{operator}{_tuple_text('other', fields)}", 'return NotImplemented']
    return _function(name, ('self', 'other'), body, globals=globals)


def _put(cls, name, value):
    """Sets an attribute unless the class has it; true if it has."""
    is_there = name in cls.__dict__
    if not is_there:
        setattr(cls, name, _belonging(cls, value))
    return is_there


def _belonging(cls, value):
    """A function is known as one of the class."""
    if isinstance(value, types.FunctionType):
        value.__qualname__ = '.'.join((cls.__qualname__, value.__name__))
    return value


# ── gathering fields ────────────────────────────────────────────────────────────────────────────────────────────────────

def _annotation_is(annotation, cls, module, is_kind):
    """Whether an annotation, perhaps the text of one, means what `is_kind` looks for, known in `module`."""
    if not isinstance(annotation, str):
        return False
    text = annotation.lstrip()
    name = _word(text)
    if not name:
        return False
    rest = text[len(name):].lstrip()
    space = sys.modules.get(cls.__module__).__dict__
    if rest.startswith('.'):
        holder = space.get(name)
        if holder is not module:
            return False
        space, name = module.__dict__, _word(rest[1:].lstrip())
    return bool(name) and is_kind(space.get(name))


def _word(text):
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] == '_'):
        end += 1
    return text[:end]


def _is_classvar(annotation, typing):
    return annotation is typing.ClassVar or type(annotation) is typing._GenericAlias and annotation.__origin__ is typing.ClassVar


def _is_initvar(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _make_field(cls, name, annotation, kw_only_default):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING  # a slot of the class
        f = field(default=default)
    f.name, f.type, f._field_type = name, annotation, _field_kind(cls, annotation)
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise _error('factory', name)
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise _error('class variable', name)
    elif f.kw_only is MISSING:
        f.kw_only = kw_only_default
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise _error('mutable', type(f.default), name)
    return f


def _field_kind(cls, annotation):
    typing, this = sys.modules.get('typing'), sys.modules[__name__]
    if typing and (_is_classvar(annotation, typing) or _annotation_is(annotation, cls, typing, lambda a: _is_classvar(a, typing))):
        return _FIELD_CLASSVAR
    return _FIELD_INITVAR if _is_initvar(annotation) or _annotation_is(annotation, cls, this, _is_initvar) else _FIELD


def _own_fields(cls, kw_only):
    annotations = cls.__dict__.get('__annotations__', {})
    seen_marker, this, result = False, sys.modules[__name__], []
    for name, annotation in annotations.items():
        is_marker = annotation is KW_ONLY or _annotation_is(annotation, cls, this, lambda a: a is KW_ONLY)
        if not is_marker:
            result.append(_make_field(cls, name, annotation, kw_only))
            continue
        if seen_marker:
            raise _error('marker', name)
        seen_marker = kw_only = True
    for f in result:
        # A default stands in the class itself, where field() stood.
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise _error('annotation', name)
    return result


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    fields = {}
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    parents = [base for base in cls.__mro__[-1:0:-1] if getattr(base, _FIELDS, None) is not None]
    for base in parents:
        fields.update((f.name, f) for f in getattr(base, _FIELDS).values())
    fields.update((f.name, f) for f in _own_fields(cls, kw_only))
    if parents:
        frozen_parents = [getattr(base, _PARAMS).frozen for base in parents]
        if any(frozen_parents) and not frozen:
            raise _error('thaw')
        if not all(frozen_parents) and frozen:
            raise _error('freeze')
    setattr(cls, _FIELDS, fields)
    own_hash = cls.__dict__.get('__hash__', MISSING)
    has_hash = not (own_hash is MISSING or own_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise _error('eq')
    in_init = [f for f in fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    positional = [f for f in in_init if f.init and not f.kw_only]
    keyword_only = [f for f in in_init if f.init and f.kw_only]
    real = [f for f in fields.values() if f._field_type is _FIELD]
    if init:
        self_name = '__dataclass_self__' if 'self' in fields else 'self'
        _put(cls, '__init__', _init_method(in_init, positional, keyword_only, frozen, hasattr(cls, _POST_INIT_NAME), self_name,
                                           globals, slots))
    if repr:
        _put(cls, '__repr__', _repr_method([f for f in real if f.repr], globals))
    compared = [f for f in real if f.compare]
    if eq:
        _put(cls, '__eq__', _comparison('__eq__', '==', compared, globals))
    if order:
        for name, operator in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            if _put(cls, name, _comparison(name, operator, compared, globals)):
                raise _error('comparison', name, cls.__name__)
    if frozen:
        for function in _frozen_methods(cls, real, globals):
            if _put(cls, function.__name__, function):
                raise _error('method', function.__name__, cls.__name__)
    _set_hash(cls, unsafe_hash, eq, frozen, has_hash, real, globals)
    if not getattr(cls, '__doc__'):
        cls.__doc__ = cls.__name__ + _signature_text(cls)
    if match_args:
        _put(cls, '__match_args__', tuple(f.name for f in positional))
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot)
    elif weakref_slot:
        raise _error('weakref')
    import abc
    abc.update_abstractmethods(cls)
    return cls


def _set_hash(cls, unsafe_hash, eq, frozen, has_hash, fields, globals):
    """`unsafe_hash` makes one, a frozen class with `__eq__` too; a class that only has `__eq__` has no hash."""
    if unsafe_hash and has_hash:
        raise _error('method', '__hash__', cls.__name__)
    if unsafe_hash or eq and frozen and not has_hash:
        used = [f for f in fields if (f.compare if f.hash is None else f.hash)]
        made = _function('__hash__', ('self',), [f"return hash({_tuple_text('self', used)})"], globals=globals)
        cls.__hash__ = _belonging(cls, made)
    elif eq and not frozen and not has_hash:
        cls.__hash__ = None


def _annotation_text(annotation):
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        module, name = annotation.__module__, annotation.__qualname__
        return name if module == 'builtins' else f'{module}.{name}'
    return repr(annotation)


def _signature_text(cls):
    """The parameters of a call of the class, as `inspect.signature` shows them."""
    metaclass_call = type(cls).__call__ is not type.__call__
    init = cls.__init__
    if metaclass_call or not isinstance(init, types.FunctionType):
        if '__init__' not in cls.__dict__ and init is object.__init__:
            return '()'
        try:
            import inspect
            return str(inspect.signature(cls)).replace(' -> None', '')
        except (ImportError, TypeError, ValueError):
            return ''
    code, defaults = init.__code__, init.__defaults__ or ()
    names = code.co_varnames[:code.co_argcount]
    first_default = len(names) - len(defaults)
    parts = []

    def show(name, has_default, default, stars=''):
        noted = name in init.__annotations__
        text = stars + name
        if noted:
            text += f': {_annotation_text(init.__annotations__[name])}'
        if has_default:
            text += f' = {default!r}' if noted else f'={default!r}'
        parts.append(text)

    for i, name in enumerate(names):
        if i:
            show(name, i >= first_default, defaults[i - first_default] if i >= first_default else None)
        if i and i == code.co_posonlyargcount - 1:
            parts.append('/')
    rest = list(code.co_varnames[code.co_argcount:])
    keywords = rest[:code.co_kwonlyargcount]
    rest = rest[code.co_kwonlyargcount:]
    if code.co_flags & 4:
        show(rest.pop(0), False, None, '*')
    elif keywords:
        parts.append('*')
    for name in keywords:
        has_default = name in (init.__kwdefaults__ or {})
        show(name, has_default, init.__kwdefaults__[name] if has_default else None)
    if code.co_flags & 8:
        show(rest.pop(0), False, None, '**')
    return f"({', '.join(parts)})"


# ── slots ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _getstate(self):
    return [value for _, value in _items(self)]


def _items(instance):
    """The fields with their values."""
    return ((f.name, getattr(instance, f.name)) for f in fields(instance))


def _setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _slots_of(cls):
    slots = cls.__dict__.get('__slots__')
    if slots is None:
        return
    if isinstance(slots, str):
        yield slots
    elif hasattr(slots, '__next__'):
        raise _error('unknown slots', cls.__name__)
    else:
        yield from slots


def _with_slots(cls, frozen, weakref_slot):
    """The class once more, with slots for its fields."""
    if '__slots__' in cls.__dict__:
        raise _error('slots', cls.__name__)
    namespace = dict(cls.__dict__)
    names = tuple(f.name for f in fields(cls))
    taken = {slot for base in cls.__mro__[1:-1] for slot in _slots_of(base)}
    wanted = names + ('__weakref__',) if weakref_slot else names
    namespace['__slots__'] = tuple(name for name in wanted if name not in taken)
    for name in names:
        namespace.pop(name, None)
    namespace.pop('__dict__', None)
    namespace.pop('__weakref__', None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    if frozen:
        if '__getstate__' not in namespace:
            made.__getstate__ = _getstate
        if '__setstate__' not in namespace:
            made.__setstate__ = _setstate
    return made


# ── what programs call ──────────────────────────────────────────────────────────────────────────────────────────────────

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    """Class decorator, with or without arguments: adds the methods that its options ask for."""
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass or of an instance of one, as a tuple."""
    known = getattr(class_or_instance, _FIELDS, None)
    if known is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple(f for f in known.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return is_dataclass(type(obj))


def is_dataclass(obj):
    """Whether an object is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _check_instance(obj, function):
    if not _is_dataclass_instance(obj):
        raise _error('call', function)


def _converted(obj, convert_dataclass):
    """A copy of nested containers in which `convert_dataclass` has replaced the dataclasses."""
    if _is_dataclass_instance(obj):
        return convert_dataclass(obj)
    kind = type(obj)
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return kind(*[_converted(item, convert_dataclass) for item in obj])
    if isinstance(obj, (list, tuple)):
        return kind(_converted(item, convert_dataclass) for item in obj)
    if isinstance(obj, dict):
        items = ((_converted(key, convert_dataclass), _converted(value, convert_dataclass)) for key, value in obj.items())
        if not hasattr(kind, 'default_factory'):
            return kind(items)
        made = kind(obj.default_factory)
        for key, value in items:
            made[key] = value
        return made
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict, with those of dataclasses inside: `asdict(P(1, 2))` is `{'x': 1, 'y': 2}`."""
    _check_instance(obj, 'asdict')

    def convert(instance):
        return dict_factory([(name, _converted(value, convert)) for name, value in _items(instance)])
    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields, with those of dataclasses inside."""
    _check_instance(obj, 'astuple')

    def convert(instance):
        return tuple_factory([_converted(value, convert) for _, value in _items(instance)])
    return convert(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
                   frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """A dataclass made without a class statement: `make_dataclass('P', ['x', ('y', int), ('z', int, 0)])`."""
    from keyword import iskeyword
    annotations, defaults = {}, {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, 'typing.Any'
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[item[0]] = item
        else:
            raise _error('item', item)
        if not isinstance(name, str) or not name.isidentifier():
            raise _error('identifier', name)
        if iskeyword(name):
            raise _error('keyword', name)
        if name in annotations:
            raise _error('twice', name)
        annotations[name] = annotation

    def body(space):
        space.update(namespace or {})
        space.update(defaults)
        space['__annotations__'] = annotations

    cls = types.new_class(cls_name, bases, {}, body)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
                     kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new instance with some fields changed: `replace(p, x=3)`."""
    _check_instance(obj, 'replace')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise _error('not in init', f.name)
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise _error('init only', f.name)
            changes |= {f.name: getattr(obj, f.name)}
    return obj.__class__(**changes)

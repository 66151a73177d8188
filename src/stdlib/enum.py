"""Classes whose members are constants with a name and a value.

The class statement fills a namespace that notes which names are members. Each member waits in the new class as a `_proto_member`,
whose `__set_name__` makes the instance: so all are there when `__init_subclass__` runs. `Color(1)` looks the value up again.
"""

import sys
import builtins as bltns
from functools import reduce
from operator import or_ as _or_
from types import MappingProxyType, DynamicClassAttribute

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto', 'unique', 'property',
           'verify', 'member', 'nonmember', 'FlagBoundary', 'STRICT', 'CONFORM', 'EJECT', 'KEEP', 'global_flag_repr',
           'global_enum_repr', 'global_str', 'global_enum', 'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE',
           'pickle_by_global_name', 'pickle_by_enum_name']

Enum = Flag = ReprEnum = EJECT = _stdlib_enums = None


class nonmember:
    """Keeps an item of the class body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes an item of the class body a member, whatever it is."""

    def __init__(self, value):
        self.value = value


class _Missing:
    def __repr__(self):
        return '_auto_null'


_auto_null = _Missing()


class auto:
    """Stands for a value that `_generate_next_value_` gives."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f'auto({self.value!r})'


# ── kinds of names and numbers ──────────────────────────────────────────────────────────────────────────────────────────

def _is_descriptor(obj):
    return any(hasattr(obj, method) for method in ('__get__', '__set__', '__delete__'))


def _framed(name, frame):
    "Whether a name begins and ends with just this frame of underscores."
    n = len(frame)
    return len(name) > 2 * n and name.startswith(frame) and name.endswith(frame) and name[n] != '_' != name[-n - 1]


def _is_dunder(name):
    return _framed(name, '__')


def _is_sunder(name):
    return _framed(name, '_')


def _is_private(cls_name, name):
    start = f'_{cls_name}__'
    return len(name) > len(start) and name.startswith(start) and not name.endswith('__')


def _is_internal_class(cls_name, obj):
    if not isinstance(obj, type):
        return False
    inner = f"{cls_name}.{getattr(obj, '__name__', '')}"
    qualname = obj.__qualname__
    return qualname == inner or qualname.endswith('.' + inner)


def _words(text):
    "Names in a text, between blanks and commas."
    return [word for piece in text.split(',') for word in piece.split()]


_SOON = {
    'class': 'In 3.13 classes created inside an enum will not become a member.  '
             'Use the `member` decorator to keep the current behavior.',
    'auto': 'In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable and '
            'support adding +1\nand the value returned will be the largest value in the enum incremented by 1',
    'in': 'in 3.12 __contains__ will no longer raise TypeError, but will return True or\n'
          'False depending on whether the value is a member or the value of a member',
}


def _warn(what, level):
    "Tell of what will change, where it stands so many frames up."
    import warnings
    warnings.warn(_SOON[what], DeprecationWarning, stacklevel=level + 1)


def _is_single_bit(num):
    return num != 0 and num & (num - 1) == 0


def _high_bit(value):
    return value.bit_length() - 1


def _iter_bits_lsb(num):
    "The powers of two in a number, the lowest first."
    if isinstance(num, Enum):
        num = num.value
    if num < 0:
        raise ValueError(f'{num!r} is not a positive integer')
    while num:
        bit = num & -num
        yield bit
        num -= bit


def bin(num, max_bits=None):
    """Binary with a sign bit in front, as `0b1 0110` for -10."""
    width = num.bit_length()
    if num >= 0:
        sign, digits = '0', bltns.bin(num + (1 << width))[3:]
    else:
        sign, digits = '1', bltns.bin(~num ^ ((1 << width) - 1) | 1 << width)[3:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign * max_bits + digits)[-max_bits:]
    return f'0b{sign} {digits}'


def _make_class_unpicklable(obj):
    def refuse(self, proto):
        raise TypeError(f'{self!r} cannot be pickled')
    if isinstance(obj, dict):
        obj['__reduce_ex__'], obj['__module__'] = refuse, '<unknown>'
    else:
        type.__setattr__(obj, '__reduce_ex__', refuse)
        type.__setattr__(obj, '__module__', '<unknown>')


class property(DynamicClassAttribute):
    """An attribute of members that does not keep a member from having the same name."""

    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is not None and self.fget is not None:
            return self.fget(instance)
        found = ownerclass._member_map_.get(self.name) if self.member is None else self.member
        if found is None:
            raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}')
        return found

    def __set__(self, instance, value):
        return self._asked('set', self.fset)(instance, value)

    def __delete__(self, instance):
        return self._asked('delete', self.fdel)(instance)

    def _asked(self, what, function):
        if function is None:
            raise AttributeError(f'<enum {self.clsname!r}> cannot {what} attribute {self.name!r}')
        return function

    def __set_name__(self, ownerclass, name):
        self.name, self.clsname = name, ownerclass.__name__


# ── how a class is made ─────────────────────────────────────────────────────────────────────────────────────────────────

class _proto_member:
    """A member to be, in the dict of a new class until `__set_name__` puts the member there."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, member_name):
        delattr(enum_class, member_name)
        value = self.value
        new = self._instance(enum_class, value)
        value = new._value_
        new._name_ = member_name
        new.__objclass__ = enum_class
        new.__init__(*self._args(enum_class, self.value))
        names = enum_class._member_names_
        new._sort_order_ = len(names)
        has_bits = isinstance(value, int) and Flag is not None and issubclass(enum_class, Flag)
        if has_bits:
            self._note_bits(enum_class, value)
        known = self._alias_of(enum_class, new._value_)
        if known is not None:
            new = known
        elif not has_bits or _is_single_bit(value):
            names.append(member_name)
        self._publish(enum_class, member_name, new)
        enum_class._member_map_[member_name] = new
        try:
            enum_class._value2member_map_.setdefault(value, new)
        except TypeError:
            enum_class._unhashable_values_ += [value]

    @staticmethod
    def _note_bits(enum_class, value):
        mask = enum_class._flag_mask_ | value
        enum_class._flag_mask_, enum_class._all_bits_ = mask, (1 << mask.bit_length()) - 1
        if _is_single_bit(value):
            enum_class._singles_mask_ = enum_class._singles_mask_ | value

    @staticmethod
    def _args(enum_class, value):
        args = value if isinstance(value, tuple) else (value,)
        return (args,) if enum_class._member_type_ is tuple else args

    def _instance(self, enum_class, value):
        args = self._args(enum_class, value)
        make = enum_class._new_member_
        new = make(enum_class, *args) if enum_class._use_args_ else make(enum_class)
        if not hasattr(new, '_value_'):
            data_type = enum_class._member_type_
            if data_type is object:
                new._value_ = value
            else:
                try:
                    new._value_ = data_type(*args)
                except Exception as exc:
                    error = TypeError('_value_ not set in __new__, unable to create it')
                    error.__cause__ = exc
                    raise error
        return new

    @staticmethod
    def _alias_of(enum_class, value):
        try:
            return enum_class._value2member_map_.get(value)
        except TypeError:
            for name in enum_class._member_names_:
                if enum_class._member_map_[name]._value_ == value:
                    return enum_class._member_map_[name]

    @staticmethod
    def _publish(enum_class, name, new):
        "Puts the member into the class, behind a property where a base has a descriptor of the name."
        inherited = None
        for base in enum_class.__mro__[1:]:
            attribute = base.__dict__.get(name)
            if isinstance(attribute, (property, DynamicClassAttribute)):
                inherited = attribute
                break
            if attribute is not None and _is_descriptor(attribute) and inherited is None:
                inherited = attribute
        if inherited is not None:
            theirs = ('fget', 'fset', 'fdel') if isinstance(inherited, DynamicClassAttribute) else ('__get__', '__set__', '__delete__')
            new, behind = property(*(getattr(inherited, part, None) for part in theirs)), new
            new.member = behind
            new.__set_name__(enum_class, name)
        setattr(enum_class, name, new)


_SUNDER_NAMES = ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_',
                 '_iter_member_by_value_', '_iter_member_by_def_')


class _EnumDict(dict):
    """The namespace of a class statement: notes members in order, and refuses to define one twice."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_internal_class(self._cls_name, value):
            self._inner_class(value)
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            key, value = self._sunder(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if key in self:
                raise TypeError(f'{key!r} already defined as {self[key]!r}')
            value = self._filled(key, value)
            self._member_names.setdefault(key)
        super().__setitem__(key, value)

    def _inner_class(self, cls):
        _warn('class', 3)

    def _sunder(self, key, value):
        if key not in _SUNDER_NAMES:
            raise ValueError(f'_sunder_ names, such as {key!r}, are reserved for future Enum use')
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError(f'{key} must be defined before members')
            function = value.__func__ if isinstance(value, staticmethod) else value
            self._generate_next_value = function
        elif key == '_ignore_':
            self._ignore = value = _words(value) if isinstance(value, str) else list(value)
            taken = set(value) & set(self._member_names)
            if taken:
                raise ValueError(f'_ignore_ cannot specify already set names: {taken!r}')
        return key, value

    def _filled(self, key, value):
        "The value with what `auto()` stands for."
        if isinstance(value, auto):
            parts, single = (value,), True
        elif type(value) is tuple and any(isinstance(part, auto) for part in value):
            parts, single = value, False
        else:
            value = value.value if isinstance(value, member) else value
            self._last_values += [value]
            return value
        result = []
        for part in parts:
            if isinstance(part, auto):
                if part.value is _auto_null:
                    part.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
                    self._auto_called = True
                part = part.value
                self._last_values += [part]
            result.append(part)
        return result[0] if single else tuple(result)

    def update(self, members, **more_members):
        for key, value in [*dict(members).items(), *more_members.items()]:
            self[key] = value


def _choose_methods(enum_class, namespace, data_type, first_enum, is_flag):
    "Which of `repr`, `str`, `format` and pickling come from the data type, and the operators of flags."
    if ReprEnum is not None and ReprEnum in enum_class.__bases__:
        for name in ('__format__', '__str__'):
            if name not in namespace:
                method = getattr(data_type, name)
                setattr(enum_class, name, data_type.__repr__ if method is object.__str__ else method)
    for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
        if name in namespace or first_enum is None:
            continue
        inherited = getattr(enum_class, name)
        if inherited is getattr(data_type, name, None) and inherited is not getattr(first_enum, name):
            if not (ReprEnum is not None and ReprEnum in enum_class.__bases__ and name in ('__str__', '__format__')):
                setattr(enum_class, name, getattr(first_enum, name))
    if Flag is not None and is_flag:
        for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
            if name not in namespace:
                setattr(enum_class, name, getattr(Flag, name))


def _check_order(enum_class, order, is_flag):
    names = enum_class._member_names_
    if is_flag:
        values = [enum_class._member_map_[name]._value_ for name in names]
        if sorted(values) != values:
            setattr(enum_class, '_iter_member_', enum_class._iter_member_by_def_)
    if order:
        order = [name for name in order if name not in enum_class._member_map_ or name in names
                 and enum_class._member_map_[name]._name_ == name]
        if order != names:
            raise TypeError(f'member order does not match _order_:\n  {names!r}\n  {order!r}')


class EnumType(type):
    """The class of enumeration classes."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        _, first_enum = metacls._get_mixins_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        for name in [*classdict.get('_ignore_', ()), '_ignore_']:
            classdict.pop(name, None)
        names = classdict._member_names
        bad = set(names) & {'mro', ''}
        if bad:
            raise ValueError('invalid enum member name(s) ' + ','.join(repr(name) for name in bad))
        order = _words(classdict.pop('_order_', None) or '')
        plain = dict(classdict)
        data_type, first_enum = metacls._get_mixins_(cls, bases)
        new_member, save_new, use_args = metacls._find_new_(classdict, data_type, first_enum)
        for name in names:
            plain[name] = _proto_member(plain[name])
        if '_generate_next_value_' in plain and not isinstance(plain['_generate_next_value_'], staticmethod):
            plain['_generate_next_value_'] = staticmethod(plain['_generate_next_value_'])
        plain.update(_new_member_=new_member, _use_args_=use_args, _member_names_=[], _member_map_={}, _value2member_map_={},
                     _unhashable_values_=[], _member_type_=data_type, _value_repr_=metacls._find_data_repr_(cls, bases))
        is_flag = Flag is not None and any(issubclass(base, Flag) for base in bases)
        if is_flag or cls == 'Flag':
            plain.update(_boundary_=boundary or getattr(first_enum, '_boundary_', None), _flag_mask_=0, _singles_mask_=0,
                         _all_bits_=0, _inverted_=None)
        plain.setdefault('__doc__', None)
        try:
            enum_class = super().__new__(metacls, cls, bases, plain, **kwds)
        except RuntimeError as error:
            if error.__cause__ is not None:
                raise error.__cause__
            raise
        _choose_methods(enum_class, plain, data_type, first_enum, is_flag)
        if Enum is not None:
            if save_new:
                enum_class.__new_member__ = new_member
            enum_class.__new__ = Enum.__new__
        _check_order(enum_class, order, is_flag)
        return enum_class

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """Look a value up, or make a new class: `Color(1)`, `Enum('Color', 'RED GREEN')`."""
        if names is None and type is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)

    def __contains__(cls, member):
        if isinstance(member, Enum):
            return isinstance(member, cls) and member._name_ in cls._member_map_
        _warn('in', 2)
        given, own = type(member).__qualname__, cls.__class__.__qualname__
        raise TypeError(f"unsupported operand type(s) for 'in': '{given}' and '{own}'")

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f'{cls.__name__!r} cannot delete member {attr!r}.')
        super().__delattr__(attr)

    def __dir__(cls):
        shown = {'__contains__', '__getitem__', '__iter__', '__len__', '__members__', '__class__', '__doc__', '__name__',
                 '__module__', '__qualname__', '__init_subclass__', *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            shown.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            shown.add('__init_subclass__')
        return sorted(shown if cls._member_type_ is object else shown | set(dir(cls._member_type_)))

    def __getattr__(cls, name):
        found = None if _is_dunder(name) else cls.__dict__.get('_member_map_', {}).get(name)
        if found is None:
            raise AttributeError(name)
        return found

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return map(cls._member_map_.__getitem__, cls._member_names_)

    def __reversed__(cls):
        return map(cls._member_map_.__getitem__, reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @bltns.property
    def __members__(cls):
        """A read-only view of all names, those of aliases too."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = 'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'
        return f'<{kind} {cls.__name__!r}>'

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The class that `Enum('Name', names)` asks for."""
        metacls = cls.__class__
        bases = (type, cls)[type is None:]
        namespace = metacls.__prepare__(class_name, bases)
        names = _words(names) if isinstance(names, str) else names
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            bare, names, earlier = names, [], []
            for count, name in enumerate(bare):
                value = cls._generate_next_value_(name, start, count, earlier[:])
                earlier.append(value)
                names.append((name, value))
        for item in names or ():
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is None:
            module = sys._getframe(2).f_globals.get('__name__')
        if module is None:
            _make_class_unpicklable(namespace)
        else:
            namespace['__module__'] = module
        if qualname is not None:
            namespace['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Make members of those constants of a module that the filter likes."""
        target = sys.modules[module].__dict__
        constants = target if source is None else getattr(source, '__dict__', source)
        members = [(key, value) for key, value in constants.items() if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP) if members else cls(name, {}, module=module)
        if as_global:
            global_enum(made)
        else:
            target.update(made.__members__)
        target[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for base in bases:
            for ancestor in base.__mro__:
                if isinstance(ancestor, EnumType) and ancestor._member_names_:
                    raise TypeError(f'<enum {class_name!r}> cannot extend {ancestor!r}')

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The data type of the members, and the enumeration that the class inherits from."""
        if not bases:
            return object, Enum
        mcls._check_for_existing_members_(class_name, bases)
        *_, last = bases
        if isinstance(last, EnumType):
            return mcls._find_data_type_(class_name, bases) or object, last
        raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`')

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for base in (ancestor for chain in bases for ancestor in chain.__mro__):
            if base is object:
                continue
            found = base._value_repr_ if isinstance(base, EnumType) else vars(base).get('__repr__')
            if found is not None or isinstance(base, EnumType):
                return found
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = []
        for chain in bases:
            plain = []  # classes below the one that makes instances
            for base in chain.__mro__[:-1]:
                if not isinstance(base, EnumType):
                    plain.append(base)
                    if not {'__new__', '__dataclass_fields__'}.isdisjoint(base.__dict__):
                        found.append(plain[0])
                        break
                elif base._member_type_ is not object:
                    found.append(base._member_type_)
                    break
        distinct = set(found)
        if len(distinct) > 1:
            raise TypeError(f'too many data types for {class_name!r}: {distinct!r}')
        return distinct.pop() if distinct else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """What makes an instance, whether `__new__` is to be kept under another name, and whether it wants the value."""
        own = classdict.get('__new__')
        saved = own is not None and first_enum is not None
        if own is None:
            plain = (None, None.__new__, object.__new__, Enum.__new__ if Enum is not None else None)
            for method in ('__new_member__', '__new__'):
                for holder in (member_type, first_enum):
                    candidate = getattr(holder, method, None)
                    if candidate not in plain:
                        own = candidate
                        break
                if own is not None:
                    break
            else:
                own = object.__new__
        wants_value = not (first_enum is None or own in (None if Enum is None else Enum.__new__, object.__new__))
        return own, saved, wants_value


EnumMeta = EnumType


# ── Enum and its kin ────────────────────────────────────────────────────────────────────────────────────────────────────

class Enum(metaclass=EnumType):
    """A set of names bound to values, compared by identity: `class Color(Enum): RED = 1`."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            # what has no hash is no key
            for candidate in cls._member_map_.values():
                if candidate._value_ == value:
                    return candidate
        if not cls._member_map_:
            raise TypeError(f'{cls!r} has no members defined')
        try:
            failure, result = None, cls._missing_(value)
        except Exception as exc:
            failure, result = exc, None
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            invalid = ValueError(f'{value!r} is not a valid {cls.__qualname__}')
            if failure is None:
                if result is None:
                    raise invalid
                failure = TypeError(f'error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member')
            if not isinstance(failure, ValueError):
                failure.__context__ = invalid
            raise failure
        finally:
            failure = invalid = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of `auto()`: one more than the last, or the highest where they can be compared."""
        if not last_values:
            return start
        *_, latest = last_values
        try:
            if sorted(last_values)[-1] == latest:
                return latest + 1
        except TypeError:
            pass
        _warn('auto', 3)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                continue
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f'<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __dir__(self):
        if self.__class__._member_type_ is object:
            shown = {'__class__', '__doc__', '__eq__', '__hash__', '__module__'}
        else:
            shown = set(object.__dir__(self))
        shown |= {name for name in getattr(self, '__dict__', ()) if name[0] != '_'}
        for cls in self.__class__.mro():
            for name, attribute in cls.__dict__.items():
                if name[0] == '_':
                    continue
                if isinstance(attribute, property):
                    if attribute.fget is not None or name not in self._member_map_:
                        shown.add(name)
                    else:
                        shown.discard(name)
                elif name not in self._member_map_:
                    shown.add(name)
        return sorted(shown | {'name', 'value'})

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the Enum member."""
        return self._name_

    @property
    def value(self):
        """The value of the Enum member."""
        return self._value_


class ReprEnum(Enum):
    """An enumeration that leaves `str()` and `format()` to the data type."""


class IntEnum(int, ReprEnum):
    """Members that are integers too."""


class StrEnum(str, ReprEnum):
    """Members that are texts too; `auto()` is the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f'{values[0]!r} is not a string')
        for argument, what in zip(values[1:], ('encoding', 'errors')):
            if not isinstance(argument, str):
                raise TypeError(f'{what} must be a string, not {argument!r}')
        new = str.__new__(cls, *values)
        new._value_ = str(*values)
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def pickle_by_global_name(self, proto):
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What becomes of a value with bits that no flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits_of(self, other):
    "The number of another flag, or of what the data type allows; None: not for us."
    if isinstance(other, self.__class__):
        return other._value_
    data_type = self._member_type_
    return other if data_type is not object and isinstance(other, data_type) else None


class Flag(Enum, boundary=STRICT):
    """Members that are bits, and combinations of them: `Perm.R | Perm.W`."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return 1 if start is None else start
        last = max(last_values)
        try:
            return 2 ** (_high_bit(last) + 1)
        except Exception:
            raise TypeError(f'invalid flag value {last!r}') from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _iter_bits_lsb(value & cls._singles_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        members = {member._sort_order_: member for member in cls._iter_member_by_value_(value)}
        yield from map(members.get, sorted(members))

    @classmethod
    def _missing_(cls, value):
        """A combination that was not asked for before."""
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        mask, singles, every = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        negative = value if value < 0 else None
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(f'{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n  allowed {bin(mask, width)}')
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP:
                if value < 0:
                    value += max(every + 1, 2 ** value.bit_length())
            else:
                raise ValueError(f'{cls!r} unknown flag boundary {cls._boundary_!r}')
        if value < 0:
            value += every + 1
        if cls._boundary_ is not KEEP:
            unnamed = value & ~mask
            if unnamed:
                raise ValueError(f'{cls.__name__}({value!r}) -->  unknown values {unnamed!r} [{bltns.bin(unnamed)}]')
        if cls._member_type_ is object:
            new = object.__new__(cls)
        else:
            new = cls._member_type_.__new__(cls, value)
        if not hasattr(new, '_value_'):
            new._value_ = value
        parts = list(cls._iter_member_(value))
        beyond = value & ~singles
        for alias in cls._member_map_.values():
            if alias._value_ & beyond and alias._value_ & value == alias._value_:
                parts.append(alias)
                beyond &= ~alias._value_
        if parts:
            new._name_ = '|'.join(part._name_ for part in parts)
            if beyond:
                new._name_ += f'|{cls._numeric_repr_(beyond)}'
        else:
            new._name_ = None
        known = cls._value2member_map_.setdefault(value, new)
        if negative is not None:
            cls._value2member_map_[negative] = known
        return known

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            given, own = type(other).__qualname__, self.__class__.__qualname__
            raise TypeError(f"unsupported operand type(s) for 'in': {given!r} and {own!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        name, show = self.__class__.__name__, self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f'<{name}: {show(self._value_)}>'
        return f'<{name}.{self._name_}: {show(self._value_)}>'

    def __str__(self):
        name = self.__class__.__name__
        return f'{name}({self._value_!r})' if self._name_ is None else f'{name}.{self._name_}'

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        bits = _bits_of(self, other)
        return NotImplemented if bits is None else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = _bits_of(self, other)
        return NotImplemented if bits is None else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = _bits_of(self, other)
        return NotImplemented if bits is None else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._inverted_ is None:
            mask = -1 if self._boundary_ in (EJECT, KEEP) else self._singles_mask_
            self._inverted_ = self.__class__(mask & ~self._value_)
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are integers too."""


# ── decorators ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def unique(enumeration):
    """Refuse an enumeration in which two names have the same value."""
    doubles = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
    if doubles:
        listed = ', '.join(f'{alias} -> {name}' for alias, name in doubles)
        raise ValueError(f'duplicate values found in {enumeration!r}: {listed}')
    return enumeration


class EnumCheck(StrEnum):
    """What `verify` can look at."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Class decorator that checks what its arguments name."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._named(enumeration)
        return enumeration

    @staticmethod
    def _unique(enumeration):
        doubles = [f'{name} -> {m.name}' for name, m in enumeration.__members__.items() if name != m.name]
        if doubles:
            raise ValueError(f"aliases found in {enumeration!r}: {', '.join(doubles)}")

    @staticmethod
    def _continuous(enumeration):
        values = {m.value for m in enumeration}
        if len(values) < 2:
            return
        low, *_, high = sorted(values)
        if issubclass(enumeration, Flag):
            missing = [2 ** i for i in range(_high_bit(low) + 1, _high_bit(high)) if 2 ** i not in values]
        elif all(isinstance(value, int) for value in values):
            missing = [i for i in range(low + 1, high) if i not in values]
        else:
            raise TypeError(f'{enumeration!r} has values that are no integers')
        if missing:
            listed = ', '.join(str(value) for value in missing)
            raise ValueError(f'invalid {"flag" if issubclass(enumeration, Flag) else "enum"} {enumeration.__name__!r}: '
                             f'missing values {listed}'[:256])

    @staticmethod
    def _named(enumeration):
        members = enumeration._member_map_
        single = [m.value for m in enumeration]
        bad, bits = [], 0
        for name, alias in members.items():
            if name in enumeration._member_names_ or alias.value < 0:
                continue
            unnamed = [bit for bit in _iter_bits_lsb(alias.value) if bit not in single]
            if unnamed:
                bad.append(name)
                for bit in unnamed:
                    bits |= bit
        if not bad:
            return
        start = f'alias {bad[0]} is missing' if len(bad) == 1 else \
            f"aliases {', '.join(bad[:-1])} and {bad[-1]} are missing"
        number = f'value 0x{bits:x}' if _is_single_bit(bits) else f'combined values of 0x{bits:x}'
        raise ValueError(f'invalid Flag {enumeration.__name__!r}: {start} {number} '
                         '[use enum.show_flag_values(value) for details]')


def show_flag_values(value):
    """The bits of a number, as a list."""
    return [*_iter_bits_lsb(value)]


def _home(self):
    return self.__class__.__module__.rpartition('.')[2]


def global_enum_repr(self):
    """`module.NAME`, for constants that live in a module."""
    return f'{_home(self)}.{self._name_}'


def global_flag_repr(self):
    """`module.A|module.B`, for flags that live in a module."""
    module = _home(self)
    if self._name_ is None:
        return f'{module}.{self.__class__.__name__}({self._value_})'
    if _is_single_bit(self._value_):
        return f'{module}.{self._name_}'
    if self._boundary_ is not FlagBoundary.KEEP:
        return '|'.join(f'{module}.{part}' for part in self.name.split('|'))
    return '|'.join(part if part[0].isdigit() else f'{module}.{part}' for part in self._name_.split('|'))


def global_str(self):
    """Only the name."""
    if self._name_ is None:
        return f'{self.__class__.__name__}({self._value_})'
    return self._name_


def global_enum(cls, update_str=False):
    """Class decorator: the members become constants of the module, and show themselves as such."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if update_str or not issubclass(cls, ReprEnum):
        cls.__str__ = global_str
    vars(sys.modules[cls.__module__]).update(cls.__members__)
    return cls


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Class decorator: makes an enumeration of a plain class without its class statement's checks."""
    def convert(cls):
        bases = (etype,) if cls.__bases__ == (object,) else (*cls.__bases__, etype)
        metacls = type(etype)
        namespace = metacls.__prepare__(cls.__name__, bases)
        for name, value in cls.__dict__.items():
            if name not in ('__dict__', '__weakref__'):
                namespace[name] = value
        extra = {} if boundary is None else {'boundary': boundary}
        return metacls.__new__(metacls, cls.__name__, bases, namespace, **extra)
    return convert


def _test_simple_enum(checked_enum, simple_enum):
    """TypeError unless both enumerations have the same members."""
    ours, theirs = ({name: (m._name_, m._value_) for name, m in cls._member_map_.items()} for cls in (checked_enum, simple_enum))
    if ours != theirs or checked_enum.__doc__ != simple_enum.__doc__ or checked_enum._member_type_ is not simple_enum._member_type_:
        raise TypeError(f'enum mismatch: {ours!r} and {theirs!r}')


_stdlib_enums = IntEnum, StrEnum, IntFlag

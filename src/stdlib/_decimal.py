"""Decimal numbers of any precision, after the General Decimal Arithmetic Specification.

A number is a sign, an integer coefficient and an exponent of ten. Each operation computes exactly, or with one digit that stands for the rest,
and then fits the result into the context: its precision, its bounds, its way of rounding. What happened on the way is noted as flags;
a flag whose trap is set becomes an exception. `getcontext().prec = 5; Decimal(1) / 3` is `Decimal('0.33333')`.
"""

import contextvars as _contextvars
import math as _math
import numbers as _numbers
import sys as _sys
from _like_builtin import builtin_class as _builtin_class
from collections import namedtuple as _namedtuple
from collections.abc import MutableMapping as _MutableMapping

__name__ = 'decimal'  # where the classes are at home

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException', 'Clamped',
           'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow', 'FloatOperation',
           'DivisionImpossible', 'InvalidContext', 'ConversionSyntax', 'DivisionUndefined', 'ROUND_DOWN', 'ROUND_HALF_UP',
           'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext',
           'localcontext', 'MAX_PREC', 'MAX_EMAX', 'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS', 'HAVE_CONTEXTVAR']

__version__, __libmpdec_version__ = '1.70', '2.5.1'

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN = 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN'
ROUND_CEILING, ROUND_FLOOR, ROUND_UP = 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP'
ROUND_HALF_DOWN, ROUND_05UP = 'ROUND_HALF_DOWN', 'ROUND_05UP'
_ROUNDINGS = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)

HAVE_THREADS = HAVE_CONTEXTVAR = True
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)

DecimalTuple = _namedtuple('DecimalTuple', 'sign digits exponent', module='decimal')


# ── signals ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class InvalidContext(InvalidOperation):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)
_SHOWN = (Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)
_CONDITIONS = (InvalidOperation, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext)
_signals = [InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped]


class _SignalDict(_MutableMapping):
    """Flags or traps of a context, by signal."""

    __module__ = 'decimal'

    def __init__(self, on=()):
        self._on = set(on)

    @staticmethod
    def _check(signal):
        if signal not in _SIGNALS:
            raise KeyError('invalid error flag')

    def __getitem__(self, signal):
        self._check(signal)
        return signal in self._on

    def __setitem__(self, signal, value):
        self._check(signal)
        (self._on.add if value else self._on.discard)(signal)

    def __delitem__(self, signal):
        raise ValueError('signal keys cannot be deleted')

    def __iter__(self):
        return iter(_SIGNALS)

    def __len__(self):
        return len(_SIGNALS)

    def __repr__(self):
        return '{' + ', '.join(f'{signal!r}:{signal in self._on}' for signal in _SIGNALS) + '}'

    def __eq__(self, other):
        if isinstance(other, _SignalDict):
            return self._on == other._on
        return dict(self) == other if isinstance(other, dict) else NotImplemented

    def copy(self):
        return dict(self)


# ── the context ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_RANGES = {'prec': 'valid range for prec is [1, MAX_PREC]', 'Emax': 'valid range for Emax is [0, MAX_EMAX]',
           'Emin': 'valid range for Emin is [MIN_EMIN, 0]', 'capitals': 'valid values for capitals are 0 or 1',
           'clamp': 'valid values for clamp are 0 or 1'}


def _int_in(name, value, low, high):
    if not isinstance(value, int):
        raise TypeError('an integer is required')
    if not low <= value <= high:
        raise ValueError(_RANGES[name])
    return value


class Context:
    """Precision, rounding, bounds of the exponent, flags and traps."""

    __slots__ = '_values', 'flags', 'traps'
    _FIELDS = ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp')
    _LIMITS = {'prec': (1, MAX_PREC), 'Emin': (MIN_EMIN, 0), 'Emax': (0, MAX_EMAX), 'capitals': (0, 1), 'clamp': (0, 1)}

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        set_ = super().__setattr__
        given = (prec, rounding, Emin, Emax, capitals, clamp)
        base = DefaultContext._values if 'DefaultContext' in globals() else (28, ROUND_HALF_EVEN, -999999, 999999, 1, 0)
        set_('_values', tuple(base))
        for name, value in zip(self._FIELDS, given):
            if value is not None:
                setattr(self, name, value)
        default_traps = DefaultContext.traps._on if 'DefaultContext' in globals() else (DivisionByZero, Overflow, InvalidOperation)
        set_('traps', _SignalDict(default_traps))
        set_('flags', _SignalDict())
        for name, signals in (('traps', traps), ('flags', flags)):
            if signals is not None:
                setattr(self, name, signals)

    prec = property(lambda self: self._values[0])
    rounding = property(lambda self: self._values[1])
    Emin = property(lambda self: self._values[2])
    Emax = property(lambda self: self._values[3])
    capitals = property(lambda self: self._values[4])
    clamp = property(lambda self: self._values[5])

    def __setattr__(self, name, value):
        if name in ('flags', 'traps'):
            if isinstance(value, list):
                if any(signal not in _SIGNALS for signal in value):
                    raise TypeError(f'valid values for signals are:\n  [{", ".join(s.__name__ for s in _signals)}]')
                super().__setattr__(name, _SignalDict(value))
            elif isinstance(value, _SignalDict):
                super().__setattr__(name, _SignalDict(value._on))
            elif isinstance(value, dict):
                if set(value) != set(_SIGNALS):
                    raise KeyError('invalid signal dict') if len(value) == len(_SIGNALS) else KeyError('invalid error flag')
                super().__setattr__(name, _SignalDict(signal for signal in value if value[signal]))
            else:
                raise TypeError('argument must be a signal dict')
            return
        if name == 'rounding':
            if value not in _ROUNDINGS:
                raise TypeError('valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n'
                                '   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]')
        elif name in self._LIMITS:
            _int_in(name, value, *self._LIMITS[name])
        else:
            raise AttributeError(f"'decimal.Context' object has no attribute {name!r}")
        at = self._FIELDS.index(name)
        super().__setattr__('_values', self._values[:at] + (value,) + self._values[at + 1:])

    def __delattr__(self, name):
        raise AttributeError(f'{name} cannot be deleted')

    def __repr__(self):
        names = {which: ', '.join(s.__name__ for s in _SHOWN if s in getattr(self, which)._on) for which in ('flags', 'traps')}
        return f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, capitals={self.capitals}, " \
               f"clamp={self.clamp}, flags=[{names['flags']}], traps=[{names['traps']}])"

    def __reduce__(self):
        return Context, (*self._values, [s for s in _SIGNALS if s in self.flags._on], [s for s in _SIGNALS if s in self.traps._on])

    def copy(self):
        """A context with the same settings, flags and traps."""
        made = Context.__new__(Context)
        object.__setattr__(made, '_values', self._values)
        object.__setattr__(made, 'flags', _SignalDict(self.flags._on))
        object.__setattr__(made, 'traps', _SignalDict(self.traps._on))
        return made

    __copy__ = copy

    def clear_flags(self):
        self.flags._on.clear()

    def clear_traps(self):
        self.traps._on.clear()

    def Etiny(self):
        """The smallest exponent of all."""
        return self.Emin - self.prec + 1

    def Etop(self):
        """The largest exponent of a number with all digits."""
        return self.Emax - self.prec + 1

    def radix(self):
        return _made(0, 10, 0)

    def _note(self, conditions):
        "Sets flags, and raises what is trapped."
        signals = {InvalidOperation if condition in _CONDITIONS else condition for condition in conditions}
        self.flags._on |= signals
        trapped = [signal for signal in _SIGNALS if signal in signals and signal in self.traps._on]
        if trapped:
            listed = [condition for condition in _CONDITIONS if condition in conditions] if InvalidOperation in trapped else []
            raise trapped[0](listed + [signal for signal in trapped if signal is not InvalidOperation])

    def create_decimal(self, num='0', /):
        """A number that fits into the context."""
        return _convert(num, self, exact=False)

    def create_decimal_from_float(self, f, /):
        return _fit(Decimal.from_float(f), self)

    def to_sci_string(self, x, /):
        return _text(_operand(x, self), capitals=self.capitals)

    def to_eng_string(self, x, /):
        return _text(_operand(x, self), True, self.capitals)

    def is_finite(self, x, /):
        return _operand(x, self).is_finite()

    def abs(self, x, /):
        x = _operand(x, self)
        return _minus(x, self) if x._sign and not x._is_nan() else _plus(x, self)

    def minus(self, x, /):
        return _minus(_operand(x, self), self)

    def plus(self, x, /):
        return _plus(_operand(x, self), self)

    def copy_decimal(self, x, /):
        return Decimal(_operand(x, self))

    def add(self, x, y, /):
        return _add(_operand(x, self), _operand(y, self), self)

    def subtract(self, x, y, /):
        return _subtract(_operand(x, self), _operand(y, self), self)

    def multiply(self, x, y, /):
        return _multiply(_operand(x, self), _operand(y, self), self)

    def divide(self, x, y, /):
        return _divide(_operand(x, self), _operand(y, self), self)

    def divide_int(self, x, y, /):
        return _divide_whole(_operand(x, self), _operand(y, self), self, 0)

    def remainder(self, x, y, /):
        return _divide_whole(_operand(x, self), _operand(y, self), self, 1)

    def divmod(self, x, y, /):
        x, y = _operand(x, self), _operand(y, self)
        return _divide_whole(x, y, self, None)

    def power(self, a, b, modulo=None):
        a, b = _operand(a, self), _operand(b, self)
        return _power(a, b, self) if modulo is None else _power_modulo(a, b, _operand(modulo, self), self)

    def canonical(self, x, /):
        if not isinstance(x, Decimal):
            raise TypeError('argument must be a Decimal')
        return x


def _operand(value, context):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _made(int(value < 0), abs(value), 0)
    raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')


# ── parts of numbers ────────────────────────────────────────────────────────────────────────────────────────────────────

def _length(n):
    "How many decimal digits an integer above zero has; 1 for zero."
    if n < 10:
        return 1
    estimate = int((n.bit_length() - 1) * 0.30102999566398120) + 1
    return estimate + (n >= 10 ** estimate)


def _digit_text(n):
    "The digits of an integer, however many."
    if n.bit_length() < 2000:
        return str(n)
    half = _length(n) // 2
    high, low = divmod(n, 10 ** half)
    return _digit_text(high) + _digit_text(low).rjust(half, '0')


def _digit_value(text):
    if len(text) < 600:
        return int(text or '0')
    half = len(text) // 2
    return _digit_value(text[:-half]) * 10 ** half + _digit_value(text[-half:])


def _cut(sign, coefficient, count, rounding):
    "The coefficient without its last digits, rounded, and whether nothing was lost."
    if count <= 0:
        return coefficient * 10 ** -count, True
    if count > _length(coefficient) + 1:
        whole, rest, unit = 0, coefficient, None
    else:
        unit = 10 ** count
        whole, rest = divmod(coefficient, unit)
    if not rest:
        return whole, True
    half = -1 if unit is None else (2 * rest > unit) - (2 * rest < unit)
    if rounding == ROUND_HALF_EVEN:
        up = half > 0 or half == 0 and whole % 2
    elif rounding == ROUND_HALF_UP:
        up = half >= 0
    elif rounding == ROUND_HALF_DOWN:
        up = half > 0
    elif rounding == ROUND_UP:
        up = True
    elif rounding == ROUND_DOWN:
        up = False
    elif rounding == ROUND_CEILING:
        up = not sign
    elif rounding == ROUND_FLOOR:
        up = bool(sign)
    else:
        up = whole % 5 == 0
    return whole + bool(up), False


def _made(sign, coefficient, exponent, cls=None):
    self = object.__new__(Decimal if cls is None else cls)
    self._sign, self._int, self._exp = sign, coefficient, exponent
    self._hash = None
    return self


def _finished(sign, coefficient, exponent, context, conditions=(), rounding=None):
    "An exact result as the context allows it."
    conditions = set(conditions)
    prec, default_rounding, emin, emax, _, clamp = context._values
    rounding = rounding or default_rounding
    etiny, etop = emin - prec + 1, emax - prec + 1
    if not coefficient:
        fitted = min(max(exponent, etiny), etop if clamp else emax)
        if fitted != exponent:
            conditions.add(Clamped)
            exponent = fitted
    else:
        lowest = _length(coefficient) + exponent - prec
        if lowest > etop:
            return _overflowed(sign, context, conditions, rounding)
        subnormal = lowest < etiny
        if subnormal:
            lowest = etiny
            conditions.add(Subnormal)
        if exponent < lowest:
            coefficient, exact = _cut(sign, coefficient, lowest - exponent, rounding)
            exponent = lowest
            if _length(coefficient) > prec:
                coefficient //= 10
                exponent += 1
            conditions.add(Rounded)
            if not exact:
                conditions.add(Inexact)
                if subnormal:
                    conditions.add(Underflow)
            if not coefficient:
                conditions.add(Clamped)
            if exponent > etop:
                return _overflowed(sign, context, conditions, rounding)
        elif clamp and exponent > etop:
            coefficient *= 10 ** (exponent - etop)
            exponent = etop
            conditions.add(Clamped)
    if conditions:
        context._note(conditions)
    return _made(sign, coefficient, exponent)


def _overflowed(sign, context, conditions, rounding):
    context._note(conditions | {Overflow, Inexact, Rounded})
    to_infinity = rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_UP) \
        or rounding == ROUND_CEILING and not sign or rounding == ROUND_FLOOR and sign
    if to_infinity:
        return _made(sign, 0, 'F')
    return _made(sign, 10 ** context.prec - 1, context.Etop())


def _invalid(context, condition=InvalidOperation):
    context._note({condition})
    return _made(0, 0, 'n')


def _fit(x, context):
    "A number as the context allows it."
    if x._exp == 'F':
        return _made(x._sign, 0, 'F')
    if isinstance(x._exp, str):
        room = context.prec - context.clamp
        return _made(x._sign, x._int % 10 ** room if _length(x._int) > room else x._int, x._exp)
    return _finished(x._sign, x._int, x._exp, context)


def _nan_of(context, *operands):
    "What comes of operands of which one is no number: None if all are numbers."
    found = None
    for kind in 'N', 'n':
        found = next((x for x in operands if x._exp == kind), None)
        if found is not None:
            break
    if found is None:
        return None
    if found._exp == 'N':
        context._note({InvalidOperation})
    room = context.prec - context.clamp
    payload = found._int % 10 ** room if _length(found._int) > room else found._int
    return _made(found._sign, payload, 'n')


def _parse(text):
    "Sign, coefficient and exponent of a text; None if it is no number."
    text = text.strip().replace('_', '')
    if not text.isascii():
        try:
            text = ''.join(c if c.isascii() else str(int(c)) if c.isdecimal() else 'x' for c in text)
        except ValueError:
            return None
    sign = int(text[:1] == '-')
    rest = (text[1:] if text[:1] in ('-', '+') else text).lower()
    if rest in ('inf', 'infinity'):
        return sign, 0, 'F'
    for word, kind in (('nan', 'n'), ('snan', 'N')):
        if rest.startswith(word) and (rest == word or rest[len(word):].isdigit()):
            return sign, _digit_value(rest[len(word):]), kind
    mantissa, mark, exponent = rest.partition('e')
    power = 0
    if mark:
        unsigned = exponent[1:] if exponent[:1] in ('-', '+') else exponent
        if not unsigned.isdigit():
            return None
        power = int(exponent) if len(unsigned) < 30 else int(exponent[:30])
    whole, _, decimals = mantissa.partition('.')
    digits = whole + decimals
    if not digits.isdigit():
        return None
    return sign, _digit_value(digits), power - len(decimals)


def _convert(value, context, cls=None, exact=True):
    "A number of anything that can be made one."
    if isinstance(value, str):
        found = _parse(value)
        if found is None:
            context._note({ConversionSyntax})
            found = 0, 0, 'n'
    elif isinstance(value, Decimal):
        found = value._sign, value._int, value._exp
    elif isinstance(value, int):
        found = int(value < 0), abs(value), 0
    elif isinstance(value, float):
        context._note({FloatOperation})
        x = Decimal.from_float(value)
        found = x._sign, x._int, x._exp
    elif isinstance(value, (tuple, list)):
        found = _of_tuple(value)
    else:
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
    made = _made(*found, cls)
    if not exact:
        if isinstance(made._exp, str) and made._exp != 'F' and _length(made._int) > context.prec - context.clamp:
            return _invalid(context, ConversionSyntax)
        return _fit(made, context)
    if not isinstance(made._exp, str) and made._int and made._exp + _length(made._int) - 1 > MAX_EMAX:
        context._note({InvalidOperation})
        return _made(0, 0, 'n', cls)
    return made


def _of_tuple(value):
    if len(value) != 3:
        raise ValueError('argument must be a sequence of length 3')
    sign, digits, exponent = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError('sign must be an integer with the value 0 or 1')
    if isinstance(exponent, str):
        if exponent not in ('F', 'n', 'N'):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
        if exponent == 'F':
            return sign, 0, 'F'
    elif not isinstance(exponent, int):
        raise ValueError("exponent must be an integer")
    if not isinstance(digits, (tuple, list)) or any(not isinstance(d, int) or not 0 <= d <= 9 for d in digits):
        raise ValueError('coefficient must be a tuple of digits')
    return sign, _digit_value(''.join(map(str, digits))), exponent


def _text(x, engineering=False, capitals=1):
    sign = '-' if x._sign else ''
    if isinstance(x._exp, str):
        if x._exp == 'F':
            return sign + 'Infinity'
        payload = _digit_text(x._int) if x._int else ''
        return sign + ('NaN' if x._exp == 'n' else 'sNaN') + payload
    digits = _digit_text(x._int)
    left = x._exp + len(digits)
    if x._exp <= 0 and left > -6:
        point = left
    elif not engineering:
        point = 1
    elif digits == '0':
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    if point <= 0:
        body = '0.' + '0' * -point + digits
    elif point >= len(digits):
        body = digits + '0' * (point - len(digits))
    else:
        body = f'{digits[:point]}.{digits[point:]}'
    if left == point:
        return sign + body
    return f"{sign}{body}{'E' if capitals else 'e'}{left - point:+d}"


# ── arithmetic ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def _plus(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp != 'F' and not x._int and context.rounding != ROUND_FLOOR:
        return _finished(0, 0, x._exp, context)
    return _fit(x, context)


def _minus(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp != 'F' and not x._int and context.rounding != ROUND_FLOOR:
        return _finished(0, 0, x._exp, context)
    return _fit(_made(1 - x._sign, x._int, x._exp), context)


def _add(x, y, context):
    nan = _nan_of(context, x, y)
    if nan is not None:
        return nan
    if x._exp == 'F' or y._exp == 'F':
        if x._exp == y._exp and x._sign != y._sign:
            return _invalid(context)
        return _made(x._sign if x._exp == 'F' else y._sign, 0, 'F')
    negative_zero = context.rounding == ROUND_FLOOR
    exponent = min(x._exp, y._exp)
    if not x._int and not y._int:
        sign = min(x._sign, y._sign)
        if x._sign != y._sign and negative_zero:
            sign = 1
        return _finished(sign, 0, exponent, context)
    if not x._int or not y._int:
        zero, other = (x, y) if not x._int else (y, x)
        exponent = max(exponent, other._exp - context.prec - 1) if zero._exp < other._exp else other._exp
        return _finished(other._sign, other._int * 10 ** (other._exp - exponent), exponent, context)
    high, low = (x, y) if x._exp >= y._exp else (y, x)
    high_int, low_int, low_exp = high._int, low._int, low._exp
    # What lies far below the precision counts only as a last digit.
    floor = high._exp + min(-1, _length(high_int) - context.prec - 2)
    if low._exp + _length(low_int) - 1 < floor:
        low_int, low_exp = 1, floor
    total = (-high_int if high._sign else high_int) * 10 ** (high._exp - low_exp) + (-low_int if low._sign else low_int)
    if not total:
        return _finished(int(negative_zero), 0, exponent, context)
    return _finished(int(total < 0), abs(total), low_exp, context)


def _subtract(x, y, context):
    nan = _nan_of(context, x, y)
    return _add(x, _made(1 - y._sign, y._int, y._exp), context) if nan is None else nan


def _multiply(x, y, context):
    nan = _nan_of(context, x, y)
    if nan is not None:
        return nan
    sign = x._sign ^ y._sign
    if x._exp == 'F' or y._exp == 'F':
        other = y if x._exp == 'F' else x
        if other._exp != 'F' and not other._int:
            return _invalid(context)
        return _made(sign, 0, 'F')
    return _finished(sign, x._int * y._int, x._exp + y._exp, context)


def _divide(x, y, context):
    nan = _nan_of(context, x, y)
    if nan is not None:
        return nan
    sign = x._sign ^ y._sign
    if x._exp == 'F':
        return _invalid(context) if y._exp == 'F' else _made(sign, 0, 'F')
    if y._exp == 'F':
        context._note({Clamped})
        return _made(sign, 0, context.Etiny())
    if not y._int:
        if not x._int:
            return _invalid(context, DivisionUndefined)
        context._note({DivisionByZero})
        return _made(sign, 0, 'F')
    if not x._int:
        return _finished(sign, 0, x._exp - y._exp, context)
    shift = _length(y._int) - _length(x._int) + context.prec + 1
    exponent = x._exp - y._exp - shift
    if shift >= 0:
        coefficient, rest = divmod(x._int * 10 ** shift, y._int)
    else:
        coefficient, rest = divmod(x._int, y._int * 10 ** -shift)
    if rest:
        if coefficient % 5 == 0:
            coefficient += 1
    else:
        ideal = x._exp - y._exp
        while exponent < ideal and coefficient % 10 == 0:
            coefficient //= 10
            exponent += 1
    return _finished(sign, coefficient, exponent, context)


def _divide_whole(x, y, context, part):
    "Quotient (part 0) or remainder (part 1) of a division to a whole number; None: both."
    def both(a, b):
        return (a, b) if part is None else (a, b)[part]

    nan = _nan_of(context, x, y)
    if nan is not None:
        return both(nan, nan)
    sign = x._sign ^ y._sign
    if x._exp == 'F':
        if part is None:
            if y._exp == 'F':
                nan = _invalid(context)
                return nan, nan
            return _made(sign, 0, 'F'), _invalid(context)
        if part == 0 and y._exp != 'F':
            return _made(sign, 0, 'F')
        return _invalid(context)
    if y._exp != 'F' and not y._int:
        if not x._int:
            nan = _invalid(context, DivisionUndefined)
            return both(nan, nan)
        if part is None:
            context._note({DivisionByZero, InvalidOperation})
            return _made(sign, 0, 'F'), _made(0, 0, 'n')
        if part:
            return _invalid(context)
        context._note({DivisionByZero})
        return _made(sign, 0, 'F')
    ideal = x._exp if y._exp == 'F' else min(x._exp, y._exp)
    if not x._int or y._exp == 'F' or x._exp + _length(x._int) < y._exp + _length(y._int):
        rest = None if part == 0 else _finished(x._sign, x._int * 10 ** (x._exp - ideal), ideal, context)
        return both(_made(sign, 0, 0), rest)
    if x._exp + _length(x._int) - y._exp - _length(y._int) <= context.prec:
        top, bottom = x._int, y._int
        if x._exp >= y._exp:
            top *= 10 ** (x._exp - y._exp)
        else:
            bottom *= 10 ** (y._exp - x._exp)
        quotient, rest = divmod(top, bottom)
        if quotient < 10 ** context.prec:
            return both(_made(sign, quotient, 0), None if part == 0 else _finished(x._sign, rest, ideal, context))
    nan = _invalid(context, DivisionImpossible)
    return both(nan, nan)


# ── powers, roots, logarithms ───────────────────────────────────────────────────────────────────────────────────────────

def _square_root(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp == 'F' and not x._sign:
        return _made(0, 0, 'F')
    if x._exp != 'F' and not x._int:
        return _finished(x._sign, 0, x._exp // 2, context)
    if x._sign:
        return _invalid(context)
    digits = context.prec + 1
    half, odd = divmod(x._exp, 2)
    coefficient = x._int * 10 if odd else x._int
    pairs = (_length(coefficient) + 1) // 2
    shift = digits - pairs
    exact = True
    if shift >= 0:
        coefficient *= 100 ** shift
    else:
        coefficient, rest = divmod(coefficient, 100 ** -shift)
        exact = not rest
    exponent = half - shift
    root = _math.isqrt(coefficient)
    exact = exact and root * root == coefficient
    if exact:
        if shift >= 0:
            root //= 10 ** shift
        else:
            root *= 10 ** -shift
        exponent += shift
    elif root % 5 == 0:
        root += 1
    return _finished(0, root, exponent, context, rounding=ROUND_HALF_EVEN)


def _exp_scaled(top, bottom, places):
    "exp(top / bottom) times 10 ** places, with an error of at most a few units."
    # Halve the argument until it is small, sum the series, square as often.
    unit = 10 ** places
    halvings = max(0, top.bit_length() - bottom.bit_length() + 8)
    guard = 10 ** (len(str(1 << halvings)) + 5)
    scale = unit * guard
    r = (top * scale // bottom) >> halvings
    total = term = scale
    n = 1
    while term:
        term = term * r // (scale * n)
        total += term
        n += 1
    for _ in range(halvings):
        total = total * total // scale
    return total // guard


def _exponential(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp == 'F':
        return _made(0, 0, 0) if x._sign else _made(0, 0, 'F')
    if not x._int:
        return _made(0, 1, 0)
    prec, adjusted = context.prec, x.adjusted()
    if not x._sign and adjusted > _length((context.Emax + 1) * 3) - 1 + 1:
        return _finished(0, 1, context.Emax + 1, context, rounding=ROUND_HALF_EVEN)
    if x._sign and adjusted > _length((-context.Etiny() + 1) * 3) - 1 + 1:
        return _finished(0, 1, context.Etiny() - 1, context, rounding=ROUND_HALF_EVEN)
    if adjusted < -prec - 1:
        sign = x._sign
        coefficient = 10 ** (prec + 1) + (-1 if sign else 1)
        return _finished(0, coefficient, -prec - 1, context, rounding=ROUND_HALF_EVEN)
    extra = 3
    while True:
        places = prec + extra
        # e**x = e**(x - k ln 10) * 10**k
        precise = places + max(0, adjusted) + 5
        value = x._int * 10 ** (precise + x._exp) if precise + x._exp >= 0 else x._int // 10 ** -(precise + x._exp)
        if x._sign:
            value = -value
        k, rest = divmod(value, _ln10(precise))
        coefficient = _exp_scaled(rest, 10 ** precise, places)
        exponent = k - places
        unit = 10 ** (_length(coefficient) - prec - 1)
        if coefficient % (5 * unit) not in range(0, 40) and (coefficient + 40) % (5 * unit) not in range(0, 40):
            break
        extra += 3
    return _finished(0, coefficient, exponent, context, rounding=ROUND_HALF_EVEN)


_known_ln10 = [0, 0]


def _atanh_inverse(n, scale):
    "artanh(1/n) times scale."
    term = scale // n
    total, square, k = term, n * n, 3
    while term:
        term //= square
        total += term // k
        k += 2
    return total


def _ln2(places):
    scale = 10 ** (places + 10)
    return (18 * _atanh_inverse(26, scale) - 2 * _atanh_inverse(4801, scale) + 8 * _atanh_inverse(8749, scale)) // 10 ** 10


def _ln10(places):
    "The natural logarithm of ten times 10 ** places."
    known, value = _known_ln10
    if known < places:
        known = places + 20
        scale = 10 ** (known + 10)
        # ln 10 = 46 artanh(1/31) + 34 artanh(1/49) + 20 artanh(1/161)
        value = (46 * _atanh_inverse(31, scale) + 34 * _atanh_inverse(49, scale) + 20 * _atanh_inverse(161, scale)) // 10 ** 10
        _known_ln10[:] = known, value
    return value // 10 ** (known - places)


def _ln_scaled(coefficient, exponent, places):
    "The logarithm of coefficient * 10 ** exponent, times 10 ** places, with an error of at most a few units."
    length = _length(coefficient)
    power = exponent + length - 1
    guard = places + 10 + _length(abs(power) + 1)
    scale = 10 ** guard
    # m between 1 and 10
    m = coefficient * 10 ** (guard - length + 1) if guard >= length - 1 else coefficient // 10 ** (length - 1 - guard)
    doublings = 0
    while m > scale * 3 // 2:
        m = m // 2
        doublings += 1
    # Square roots bring it near 1, where the series is quick.
    roots = 0
    while abs(m - scale) > scale >> 12 and roots < 40:
        m = _math.isqrt(m * scale)
        roots += 1
    z = (m - scale) * scale // (m + scale)
    square, total, term, k = z * z // scale, z, z, 3
    while term:
        term = term * square // scale
        total += term // k
        k += 2
        if abs(term) <= 1:
            break
    total = (2 * total << roots) + doublings * _ln2(guard) + power * _ln10(guard)
    return total // 10 ** (guard - places)


def _rounded_logarithm(compute, prec, context, estimate):
    "A logarithm with enough digits that its rounding is certain."
    extra = 3
    while True:
        places = prec - estimate + extra
        coefficient = compute(places)
        size = abs(coefficient)
        unit = 10 ** max(_length(size) - prec - 1, 0)
        tail = size % (5 * unit)
        if _length(size) > prec + 1 and tail > 40 and 5 * unit - tail > 40:
            break
        extra += 3
    return _finished(int(coefficient < 0), size, -places, context, rounding=ROUND_HALF_EVEN)


def _natural_logarithm(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp != 'F' and not x._int:
        return _made(1, 0, 'F')
    if x._sign:
        return _invalid(context)
    if x._exp == 'F':
        return _made(0, 0, 'F')
    if x == 1:
        return _made(0, 0, 0)
    return _rounded_logarithm(lambda places: _ln_scaled(x._int, x._exp, places), context.prec, context, _ln_estimate(x))


def _ln_estimate(x):
    "About the exponent of the logarithm."
    adjusted = x.adjusted()
    if adjusted >= 1:
        return _length(adjusted * 23 // 10) - 1
    if adjusted <= -2:
        return _length((-1 - adjusted) * 23 // 10) - 1
    distance = x._int - 10 ** -x._exp if x._exp <= 0 else x._int
    return _length(abs(distance)) + x._exp - 1 if x._exp < 0 else 0


def _decimal_logarithm(x, context):
    nan = _nan_of(context, x)
    if nan is not None:
        return nan
    if x._exp != 'F' and not x._int:
        return _made(1, 0, 'F')
    if x._sign:
        return _invalid(context)
    if x._exp == 'F':
        return _made(0, 0, 'F')
    if _digit_text(x._int).rstrip('0') == '1':
        power = x.adjusted()
        return _finished(int(power < 0), abs(power), 0, context)

    def compute(places):
        guard = places + 10
        return _ln_scaled(x._int, x._exp, guard) * 10 ** places // _ln10(guard)
    return _rounded_logarithm(compute, context.prec, context, _ln_estimate(x) - 1)


def _is_even(x):
    return x._int == 0 or x._exp > 0 or x._exp <= 0 and x._int // 10 ** -x._exp % 2 == 0


def _power(x, y, context):
    if y._exp not in ('n', 'N') and y._exp != 'F' and not y._int:
        nan = _nan_of(context, x)
        if nan is not None:
            return nan
        return _invalid(context) if x._exp != 'F' and not x._int else _made(0, 1, 0)
    nan = _nan_of(context, x, y)
    if nan is not None:
        return nan
    whole = y._is_whole()
    sign = int(x._sign and whole and not _is_even(y))
    if x._sign and not whole and (x._exp == 'F' or x._int):
        return _invalid(context)
    if x._exp != 'F' and not x._int:
        return _made(sign, 0, 0) if not y._sign else _made(sign, 0, 'F')
    if x._exp == 'F':
        return _made(sign, 0, 'F') if not y._sign else _made(sign, 0, 0)
    size = _made(0, x._int, x._exp)
    if size == 1:
        if y._exp == 'F' or not whole:
            context._note({Inexact, Rounded})
            return _made(0, 10 ** (context.prec - 1), 1 - context.prec)
        ideal = x._exp * int(y) if x._exp and abs(y) < 10 ** 6 else x._exp
        if ideal < 0 and not y._sign:
            lowest = max(ideal, 1 - context.prec)
            if lowest > ideal:
                context._note({Rounded})
            return _made(sign, 10 ** -lowest, lowest)
        if ideal and y._sign and x._exp:
            context._note({Rounded})
            return _made(sign, 10 ** (context.prec - 1), 1 - context.prec)
        return _made(sign, 1, 0)
    if y._exp == 'F':
        return _made(0, 0, 0) if (y._sign == 0) == (size < 1) else _made(0, 0, 'F')
    log_size = x.adjusted() + 1 if x.adjusted() >= 0 else x.adjusted()
    # Far beyond the bounds there is no need to compute.
    growth = log_size * (1 if not y._sign else -1)
    if y.adjusted() > 20:
        if (size > 1) == (not y._sign):
            return _finished(sign, 1, context.Emax + 1, context)
        return _finished(sign, 1, context.Etiny() - 1, context)
    if whole and abs(int(y)) < 10 ** 4 + 20 * context.prec and _length(x._int) * abs(int(y)) < 60 * context.prec + 2000:
        n = int(y)
        if n > 0:
            return _finished(sign, x._int ** n, x._exp * n, context)
        bottom = x._int ** -n
        return _divide_exactly(sign, 1, bottom, -x._exp * -n, context)
    exact = _exact_root(x, y, context) if not whole else None
    if exact is not None:
        return exact
    # x ** y = exp(y ln x)
    prec, extra = context.prec, 4
    while True:
        places = prec + extra + max(0, y.adjusted()) + _length(abs(growth) + 1) + 5
        product = _ln_scaled(x._int, x._exp, places + max(0, y.adjusted()) + 5)
        shift = y._exp - max(0, y.adjusted()) - 5
        value = (-1 if y._sign else 1) * product * y._int
        value = value * 10 ** shift if shift >= 0 else value // 10 ** -shift
        k, rest = divmod(value, _ln10(places))
        if k > context.Emax + 10:
            return _finished(sign, 1, context.Emax + 1, context)
        if k < context.Etiny() - 10:
            return _finished(sign, 1, context.Etiny() - 1, context)
        coefficient = _exp_scaled(rest, 10 ** places, prec + extra)
        exponent = k - prec - extra
        unit = 10 ** max(_length(coefficient) - prec - 1, 0)
        tail = coefficient % (5 * unit)
        if 60 < tail < 5 * unit - 60 or extra > 40:
            break
        extra += 4
    return _finished(sign, coefficient, exponent, context, {Inexact, Rounded})


def _divide_exactly(sign, top, bottom, exponent, context):
    shift, ideal = _length(bottom) + context.prec + 2, exponent
    coefficient, rest = divmod(top * 10 ** shift, bottom)
    if rest:
        if coefficient % 5 == 0:
            coefficient += 1
    exponent -= shift
    if not rest:
        while exponent < ideal and coefficient % 10 == 0:
            coefficient //= 10
            exponent += 1
    return _finished(sign, coefficient, exponent, context)


def _exact_root(x, y, context):
    "x ** y where y is a fraction and the result has few digits; None otherwise."
    top, bottom = y.as_integer_ratio()
    if bottom > 64 or abs(top) > 1000:
        return None
    number, power = x._int, x._exp
    while number % 10 == 0:
        number, power = number // 10, power + 1
    if power % bottom:
        grow = power % bottom
        number, power = number * 10 ** grow, power - grow
    root = round(number ** (1 / bottom)) if number < 1 << 900 else 0
    for candidate in (root - 1, root, root + 1):
        if candidate > 0 and candidate ** bottom == number:
            power //= bottom
            if top < 0:
                return _with_all_digits(_divide_exactly(0, 1, candidate ** -top, power * top, context), context)
            return _with_all_digits(_finished(0, candidate ** top, power * top, context), context)
    return None


def _with_all_digits(x, context):
    "An exact result of a power that is no whole one is shown with all digits."
    missing = context.prec - _length(x._int)
    if missing <= 0 or not isinstance(x._exp, int):
        return x
    context._note({Inexact, Rounded})
    return _made(x._sign, x._int * 10 ** missing, x._exp - missing)


def _power_modulo(x, y, modulo, context):
    nan = _nan_of(context, x, y, modulo)
    if nan is not None:
        return nan
    if not (x._is_whole() and y._is_whole() and modulo._is_whole()) or 'F' in (x._exp, y._exp, modulo._exp) or y._sign and y._int \
            or not modulo._int or modulo.adjusted() >= context.prec or not x._int and not y._int:
        return _invalid(context)
    result = pow(abs(int(x)), int(y), abs(int(modulo)))
    return _finished(int(x._sign and not _is_even(y)), result, 0, context)


# ── Decimal ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_PRIME = _sys.hash_info.modulus
_INVERSE_OF_10 = pow(10, -1, _PRIME)


def _unary(name, compute):
    def method(self, context=None):
        return compute(self, _context_or(context))
    method.__name__, method.__qualname__ = name, f'Decimal.{name}'
    return method


def _context_or(context):
    if context is None:
        return getcontext()
    if not isinstance(context, Context):
        raise TypeError('optional argument must be a context')
    return context


class Decimal:
    """A decimal number: Decimal('1.10'), Decimal(3), Decimal((0, (1, 2), -1)), Decimal(0.5)."""

    __slots__ = '_sign', '_int', '_exp', '_hash'

    def __sizeof__(self):
        "In CPython up to four words of 19 digits have room in the object."
        words = -(-_length(self._int) // 19) if self._int else 1
        return type(self).__basicsize__ + (8 * words if words > 4 else 0)

    def __new__(cls, value='0', context=None):
        return _convert(value, _context_or(context), cls)

    @classmethod
    def from_float(cls, f, /):
        """The exact value of a float."""
        if isinstance(f, int):
            made = int(f < 0), abs(f), 0
        elif isinstance(f, float):
            if _math.isinf(f) or _math.isnan(f):
                made = int(_math.copysign(1.0, f) < 0), 0, 'F' if _math.isinf(f) else 'n'
            else:
                top, bottom = abs(f).as_integer_ratio()
                power = bottom.bit_length() - 1
                made = int(_math.copysign(1.0, f) < 0), top * 5 ** power, -power
        else:
            raise TypeError('argument must be int or float')
        return _made(*made, cls) if cls is Decimal else cls(_made(*made))

    # ── what it is ──

    def _is_nan(self):
        return self._exp == 'n' or self._exp == 'N'

    def _is_whole(self):
        if isinstance(self._exp, str):
            return self._exp == 'F'
        return self._exp >= 0 or self._int % 10 ** -self._exp == 0

    def is_canonical(self):
        return True

    def is_finite(self):
        return not isinstance(self._exp, str)

    def is_infinite(self):
        return self._exp == 'F'

    def is_nan(self):
        return self._is_nan()

    def is_qnan(self):
        return self._exp == 'n'

    def is_snan(self):
        return self._exp == 'N'

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return not isinstance(self._exp, str) and not self._int

    def is_normal(self, context=None):
        """Whether it is a number with all digits of the precision."""
        return bool(self.is_finite() and self._int and _context_or(context).Emin <= self.adjusted())

    def is_subnormal(self, context=None):
        """Whether it is too small to have all digits."""
        return bool(self.is_finite() and self._int and self.adjusted() < _context_or(context).Emin)

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if isinstance(self._exp, str) else self._exp + _length(self._int) - 1

    def as_tuple(self):
        """Sign, digits and exponent."""
        if self._exp == 'F':
            return DecimalTuple(self._sign, (0,), 'F')
        digits = tuple(map(int, _digit_text(self._int))) if self._int or not self._is_nan() else ()
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        """Numerator and denominator."""
        if isinstance(self._exp, str):
            if self._is_nan():
                raise ValueError('cannot convert NaN to integer ratio')
            raise OverflowError('cannot convert Infinity to integer ratio')
        number = -self._int if self._sign else self._int
        if self._exp >= 0:
            return number * 10 ** self._exp, 1
        bottom = 10 ** -self._exp
        common = _math.gcd(number, bottom)
        return number // common, bottom // common

    def number_class(self, context=None):
        """`+Normal`, `-Zero`, `NaN`, …"""
        context = _context_or(context)
        if self._is_nan():
            return 'NaN' if self._exp == 'n' else 'sNaN'
        kind = 'Infinity' if self._exp == 'F' else 'Zero' if not self._int else \
            'Subnormal' if self.is_subnormal(context) else 'Normal'
        return ('-' if self._sign else '+') + kind

    # ── text ──

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self):
        return _text(self, capitals=getcontext().capitals)

    def to_eng_string(self, context=None):
        """Text with an exponent that three divides."""
        return _text(self, True, _context_or(context).capitals)

    def __format__(self, format_spec, override=None):
        return _formatted(self, format_spec)

    # ── comparing ──

    def _order(self, other):
        "-1, 0 or 1 for numbers that are not NaN."
        infinities = [(0 if x._exp != 'F' else -1 if x._sign else 1) for x in (self, other)]
        if infinities[0] or infinities[1]:
            return (infinities[0] > infinities[1]) - (infinities[0] < infinities[1])
        if not self._int or not other._int:
            if not self._int and not other._int:
                return 0
            return (-1 if not other._sign else 1) if not self._int else (1 if not self._sign else -1)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        sign = -1 if self._sign else 1
        mine, its = self.adjusted(), other.adjusted()
        if mine != its:
            return sign if mine > its else -sign
        exponent = min(self._exp, other._exp)
        a, b = self._int * 10 ** (self._exp - exponent), other._int * 10 ** (other._exp - exponent)
        return sign * ((a > b) - (a < b))

    def _other(self, other, equality=False):
        "What it is compared with, both as Decimals; None: they cannot be compared."
        if isinstance(other, Decimal):
            return self, other
        if isinstance(other, int):
            return self, _made(int(other < 0), abs(other), 0)
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags._on.add(FloatOperation)
            else:
                context._note({FloatOperation})
            return self, Decimal.from_float(other)
        if isinstance(other, complex) and equality and other.imag == 0:
            return self._other(other.real, True)
        if isinstance(other, _numbers.Rational):
            if not isinstance(self._exp, str):
                return _made(self._sign, self._int * other.denominator, self._exp), Decimal(other.numerator)
            return self, Decimal(other.numerator)
        return None

    def __eq__(self, other):
        pair = self._other(other, True)
        if pair is None:
            return NotImplemented
        a, b = pair
        if a._is_nan() or b._is_nan():
            if a._exp == 'N' or b._exp == 'N':
                getcontext()._note({InvalidOperation})
            return False
        return a._order(b) == 0

    def _ordered(self, other, accept):
        pair = self._other(other)
        if pair is None:
            return NotImplemented
        a, b = pair
        if a._is_nan() or b._is_nan():
            getcontext()._note({InvalidOperation})
            return False
        return accept(a._order(b))

    def __lt__(self, other):
        return self._ordered(other, lambda order: order < 0)

    def __le__(self, other):
        return self._ordered(other, lambda order: order <= 0)

    def __gt__(self, other):
        return self._ordered(other, lambda order: order > 0)

    def __ge__(self, other):
        return self._ordered(other, lambda order: order >= 0)

    def __hash__(self):
        if self._hash is None:
            self._hash = self._compute_hash()
        return self._hash

    def _compute_hash(self):
        if self._exp == 'N':
            raise TypeError('Cannot hash a signaling NaN value')
        if self._exp == 'n':
            return object.__hash__(self)
        if self._exp == 'F':
            return -_sys.hash_info.inf if self._sign else _sys.hash_info.inf
        power = pow(10, self._exp, _PRIME) if self._exp >= 0 else pow(_INVERSE_OF_10, -self._exp, _PRIME)
        value = self._int * power % _PRIME
        return -2 if self._sign and value == 1 else -value if self._sign else value

    def compare(self, other, context=None):
        """-1, 0 or 1 as a Decimal."""
        context = _context_or(context)
        other = _operand(other, context)
        nan = _nan_of(context, self, other)
        return Decimal(self._order(other)) if nan is None else nan

    def compare_signal(self, other, context=None):
        """The same; any NaN is an invalid operation."""
        context = _context_or(context)
        other = _operand(other, context)
        if self._is_nan() or other._is_nan():
            nan = _nan_of(context, self, other)
            context._note({InvalidOperation})
            return nan
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        """The order of all there is: 1.0 comes before 1, NaN behind all numbers."""
        other = _operand(other, context)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        sign = -1 if self._sign else 1
        ranks = [{'F': 1, 'N': 2, 'n': 3}.get(x._exp, 0) for x in (self, other)]
        if ranks[0] >= 2 or ranks[1] >= 2:
            a, b = (ranks[0], _length(self._int) if self._int else 0, self._int), (ranks[1], _length(other._int) if other._int else 0, other._int)
            return Decimal(sign * ((a > b) - (a < b)))
        order = self._order(other)
        if not order and ranks == [0, 0]:
            order = sign * ((self._exp > other._exp) - (self._exp < other._exp))
        return Decimal(order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_operand(other, context).copy_abs())

    def _pick(self, other, context, largest, magnitude):
        context = _context_or(context)
        other = _operand(other, context)
        if self._is_nan() or other._is_nan():
            if self._exp == 'n' and not other._is_nan():
                return _fit(other, context)
            if other._exp == 'n' and not self._is_nan():
                return _fit(self, context)
            return _nan_of(context, self, other)
        order = self.copy_abs()._order(other.copy_abs()) if magnitude else self._order(other)
        order = order or self._order(other) or int(self.compare_total(other))
        return _fit(self if (order > 0) == largest or not order else other, context)

    def max(self, other, context=None):
        """The larger; a NaN gives way."""
        return self._pick(other, context, True, False)

    def min(self, other, context=None):
        """The smaller; a NaN gives way."""
        return self._pick(other, context, False, False)

    def max_mag(self, other, context=None):
        return self._pick(other, context, True, True)

    def min_mag(self, other, context=None):
        return self._pick(other, context, False, True)

    def same_quantum(self, other, context=None):
        """Whether both have the same exponent."""
        other = _operand(other, context)
        if isinstance(self._exp, str) or isinstance(other._exp, str):
            return self._is_nan() and other._is_nan() or self._exp == 'F' == other._exp
        return self._exp == other._exp

    # ── operators ──

    def __bool__(self):
        return isinstance(self._exp, str) or self._int != 0

    def __neg__(self):
        return _minus(self, getcontext())

    def __pos__(self):
        return _plus(self, getcontext())

    def __abs__(self):
        return getcontext().abs(self)

    def _operators(compute):
        def forward(self, other):
            if not isinstance(other, (Decimal, int)):
                return NotImplemented
            context = getcontext()
            return compute(self, _operand(other, context), context)

        def backward(self, other):
            if not isinstance(other, (Decimal, int)):
                return NotImplemented
            context = getcontext()
            return compute(_operand(other, context), self, context)
        return forward, backward

    __add__, __radd__ = _operators(_add)
    __sub__, __rsub__ = _operators(_subtract)
    __mul__, __rmul__ = _operators(_multiply)
    __truediv__, __rtruediv__ = _operators(_divide)
    __floordiv__, __rfloordiv__ = _operators(lambda a, b, context: _divide_whole(a, b, context, 0))
    __mod__, __rmod__ = _operators(lambda a, b, context: _divide_whole(a, b, context, 1))
    __divmod__, __rdivmod__ = _operators(lambda a, b, context: _divide_whole(a, b, context, None))
    _forward_power, __rpow__ = _operators(_power)
    del _operators

    def __pow__(self, other, modulo=None):
        if modulo is None:
            return self._forward_power(other)
        if not isinstance(other, (Decimal, int)) or not isinstance(modulo, (Decimal, int)):
            return NotImplemented
        context = getcontext()
        return _power_modulo(self, _operand(other, context), _operand(modulo, context), context)

    def __int__(self):
        if isinstance(self._exp, str):
            if self._is_nan():
                raise ValueError('cannot convert NaN to integer')
            raise OverflowError('cannot convert Infinity to integer')
        size = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** -self._exp
        return -size if self._sign else size

    __trunc__ = __int__

    def __float__(self):
        if self._exp == 'N':
            raise ValueError('cannot convert signaling NaN to float')
        if self._exp == 'n':
            return -_math.nan if self._sign else _math.nan
        return float(_text(self))

    def __complex__(self):
        return complex(float(self))

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def conjugate(self):
        return self

    def _rounded_whole(self, rounding):
        if isinstance(self._exp, str):
            if self._is_nan():
                raise ValueError('cannot convert NaN to integer')
            raise OverflowError('cannot convert Infinity to integer')
        whole, _ = _cut(self._sign, self._int, -self._exp, rounding)
        return -whole if self._sign else whole

    def __round__(self, n=None):
        if n is None:
            return self._rounded_whole(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError('optional arg must be an integer')
        return self.quantize(_made(0, 1, -n))

    def __floor__(self):
        return self._rounded_whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._rounded_whole(ROUND_CEILING)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (str(self),)

    # ── named operations ──

    def canonical(self):
        return self

    def copy_abs(self):
        return _made(0, self._int, self._exp)

    def copy_negate(self):
        return _made(1 - self._sign, self._int, self._exp)

    def copy_sign(self, other, context=None):
        return _made(_operand(other, context)._sign, self._int, self._exp)

    def radix(self):
        return Decimal(10)

    exp = _unary('exp', _exponential)
    ln = _unary('ln', _natural_logarithm)
    log10 = _unary('log10', _decimal_logarithm)
    sqrt = _unary('sqrt', _square_root)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context = _context_or(context)
        other, third = _operand(other, context), _operand(third, context)
        if 'N' in (self._exp, other._exp, third._exp):
            return _nan_of(context, self, other, third)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
        if 'F' in (self._exp, other._exp):
            product = _multiply(self, other, context)
        else:
            product = _made(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return _add(product, third, context)

    def normalize(self, context=None):
        """The same without zeros at the end."""
        context = _context_or(context)
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        fitted = _fit(self, context)
        if fitted._exp == 'F':
            return fitted
        if not fitted._int:
            return _made(fitted._sign, 0, 0)
        coefficient, exponent = fitted._int, fitted._exp
        top = context.Etop() if context.clamp else context.Emax
        while coefficient % 10 == 0 and exponent < top:
            coefficient, exponent = coefficient // 10, exponent + 1
        return _made(fitted._sign, coefficient, exponent)

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of another, rounded."""
        context = _context_or(context)
        exp = _operand(exp, context)
        if rounding is not None and rounding not in _ROUNDINGS:
            context.copy().rounding = rounding
        nan = _nan_of(context, self, exp)
        if nan is not None:
            return nan
        if self._exp == 'F' or exp._exp == 'F':
            return _made(self._sign, 0, 'F') if self._exp == exp._exp else _invalid(context)
        target = exp._exp
        if not context.Etiny() <= target <= context.Emax:
            return _invalid(context)
        if not self._int:
            return _finished(self._sign, 0, target, context)
        if self.adjusted() > context.Emax or self.adjusted() - target + 1 > context.prec:
            return _invalid(context)
        coefficient, exact = _cut(self._sign, self._int, target - self._exp, rounding or context.rounding)
        made = _made(self._sign, coefficient, target)
        if made.adjusted() > context.Emax or _length(coefficient) > context.prec:
            return _invalid(context)
        conditions = set()
        if coefficient and made.adjusted() < context.Emin:
            conditions.add(Subnormal)
        if target > self._exp:
            conditions.add(Rounded)
            if not exact:
                conditions.add(Inexact)
        if context.clamp and target > context.Etop():
            return _finished(self._sign, coefficient, target, context, conditions)
        if conditions:
            context._note(conditions)
        return made

    def to_integral_exact(self, rounding=None, context=None):
        """A whole number; tells whether it had to be rounded."""
        context = _context_or(context)
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        if isinstance(self._exp, str) or self._exp >= 0:
            return _made(self._sign, self._int, self._exp)
        if not self._int:
            return _made(self._sign, 0, 0)
        coefficient, exact = _cut(self._sign, self._int, -self._exp, rounding or context.rounding)
        context._note({Rounded} if exact else {Rounded, Inexact})
        return _made(self._sign, coefficient, 0)

    def to_integral_value(self, rounding=None, context=None):
        """A whole number, without flags."""
        context = _context_or(context)
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        if isinstance(self._exp, str) or self._exp >= 0:
            return _made(self._sign, self._int, self._exp)
        return _made(self._sign, _cut(self._sign, self._int, -self._exp, rounding or context.rounding)[0], 0)

    to_integral = to_integral_value

    def remainder_near(self, other, context=None):
        """The remainder of the division to the nearest whole number."""
        context = _context_or(context)
        other = _operand(other, context)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
        if self._exp == 'F':
            return _invalid(context)
        if other._exp == 'F':
            return _fit(self, context)
        if not other._int:
            return _invalid(context, InvalidOperation if self._int else DivisionUndefined)
        ideal = min(self._exp, other._exp)
        if not self._int:
            return _finished(self._sign, 0, ideal, context)
        distance = self.adjusted() - other.adjusted()
        if distance > context.prec:
            return _invalid(context, DivisionImpossible)
        if distance <= -2:
            return _finished(self._sign, self._int * 10 ** (self._exp - ideal), ideal, context)
        top, bottom = self._int * 10 ** (self._exp - ideal), other._int * 10 ** (other._exp - ideal)
        quotient, rest = divmod(top, bottom)
        if 2 * rest + quotient % 2 > bottom:
            rest -= bottom
            quotient += 1
        if quotient >= 10 ** context.prec:
            return _invalid(context, DivisionImpossible)
        sign = self._sign
        if rest < 0:
            sign, rest = 1 - sign, -rest
        return _finished(sign, rest, ideal, context)

    def logb(self, context=None):
        """The exponent of the first digit, as a Decimal."""
        context = _context_or(context)
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        if self._exp == 'F':
            return _made(0, 0, 'F')
        if not self._int:
            context._note({DivisionByZero})
            return _made(1, 0, 'F')
        return _fit(Decimal(self.adjusted()), context)

    def scaleb(self, other, context=None):
        """The number times a power of ten."""
        context = _context_or(context)
        other = _operand(other, context)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
        if other._exp != 0 or abs(int(other)) > 2 * (context.Emax + context.prec):
            return _invalid(context)
        if self._exp == 'F':
            return _made(self._sign, 0, 'F')
        return _finished(self._sign, self._int, self._exp + int(other), context)

    def _moved(self, other, context, move):
        "What move makes of the digits within the precision and of the number of places."
        context = _context_or(context)
        other = _operand(other, context)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
        if other._exp != 0 or not -context.prec <= int(other) <= context.prec:
            return _invalid(context)
        if self._exp == 'F':
            return _made(self._sign, 0, 'F')
        return _made(self._sign, move(self._int % 10 ** context.prec, int(other), context.prec), self._exp)

    def shift(self, other, context=None):
        """The digits moved to the left, or to the right for a negative number."""
        def move(digits, places, prec):
            return digits // 10 ** -places if places < 0 else digits * 10 ** places % 10 ** prec
        return self._moved(other, context, move)

    def rotate(self, other, context=None):
        """The digits moved round within the precision."""
        def move(digits, places, prec):
            text = _digit_text(digits).rjust(prec, '0')
            places %= prec
            return _digit_value(text[places:] + text[:places])
        return self._moved(other, context, move)

    def _beside(self, context, direction):
        "The next number up (1) or down (-1)."
        nan = _nan_of(context, self)
        if nan is not None:
            return nan
        if self._exp == 'F':
            if self._sign == (direction < 0):
                return _made(self._sign, 0, 'F')
            return _made(self._sign, 10 ** context.prec - 1, context.Etop())
        quiet = context.copy()
        quiet.clear_traps()
        quiet.rounding = ROUND_CEILING if direction > 0 else ROUND_FLOOR
        fitted = _fit(self, quiet)
        if fitted != self:
            return fitted
        return _add(self, _made(int(direction < 0), 1, context.Etiny() - 1), quiet)

    def next_plus(self, context=None):
        """The smallest larger number."""
        return self._beside(_context_or(context), 1)

    def next_minus(self, context=None):
        """The largest smaller number."""
        return self._beside(_context_or(context), -1)

    def next_toward(self, other, context=None):
        """The next number in the direction of another."""
        context = _context_or(context)
        other = _operand(other, context)
        nan = _nan_of(context, self, other)
        if nan is not None:
            return nan
        order = self._order(other)
        if not order:
            return self.copy_sign(other)
        made = self._beside(context, -order)
        if made._exp == 'F':
            context._note({Overflow, Inexact, Rounded})
        elif made.adjusted() < context.Emin:
            conditions = {Underflow, Subnormal, Inexact, Rounded}
            context._note(conditions | {Clamped} if not made._int else conditions)
        return made

    def _bits(self, context):
        "The digits, if all are 0 or 1; None otherwise."
        if self._sign or self._exp != 0:
            return None
        digits = _digit_text(self._int)
        return None if set(digits) - {'0', '1'} else int(digits[-context.prec:], 2)

    def _logical(self, other, context, compute):
        context = _context_or(context)
        a, b = self._bits(context), _operand(other, context)._bits(context)
        if a is None or b is None:
            return _invalid(context)
        return _made(0, _digit_value(bin(compute(a, b))[2:]), 0)

    def logical_and(self, other, context=None):
        return self._logical(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._logical(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._logical(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        context = _context_or(context)
        bits = self._bits(context)
        return _invalid(context) if bits is None else _made(0, _digit_value(bin(bits ^ (1 << context.prec) - 1)[2:]), 0)


_numbers.Number.register(Decimal)


def _mirror(name, count):
    "A method of the context that is the method of a number."
    method = getattr(Decimal, name)
    takes_context = 'context' in method.__code__.co_varnames[:method.__code__.co_argcount]

    def call(self, *operands):
        if len(operands) != count:
            raise TypeError(f'{name}() takes exactly {count} arguments ({len(operands)} given)' if count > 1
                            else f'Context.{name}() takes exactly one argument ({len(operands)} given)')
        first, *rest = (_operand(operand, self) for operand in operands)
        return method(first, *rest, **({'context': self} if takes_context else {}))
    call.__name__, call.__qualname__, call.__doc__ = name, f'Context.{name}', method.__doc__
    setattr(Context, name, call)


for _name in ('copy_abs', 'copy_negate', 'exp', 'is_canonical', 'is_infinite', 'is_nan', 'is_normal', 'is_qnan', 'is_signed', 'is_snan',
              'is_subnormal', 'is_zero', 'ln', 'log10', 'logb', 'logical_invert', 'next_minus', 'next_plus', 'normalize', 'number_class',
              'sqrt', 'to_integral_exact', 'to_integral_value', 'to_integral'):
    _mirror(_name, 1)
for _name in ('compare', 'compare_signal', 'compare_total', 'compare_total_mag', 'copy_sign', 'logical_and', 'logical_or', 'logical_xor',
              'max', 'max_mag', 'min', 'min_mag', 'next_toward', 'quantize', 'remainder_near', 'rotate', 'same_quantum', 'scaleb', 'shift'):
    _mirror(_name, 2)
_mirror('fma', 3)
del _name


# ── formatting ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def _parse_format(spec):
    "Fill, align, sign, z, zero padding, width, separator, precision, type; None: the text is wrong."
    fill, align, at = ' ', '', 0
    if len(spec) >= 2 and spec[1] in '<>=^':
        fill, align, at = spec[0], spec[1], 2
    elif spec[:1] in ('<', '>', '=', '^'):
        align, at = spec[0], 1

    def take(options):
        nonlocal at
        if at < len(spec) and spec[at] in options:
            at += 1
            return spec[at - 1]
        return ''

    def number():
        nonlocal at
        start = at
        while at < len(spec) and spec[at].isdigit():
            at += 1
        return spec[start:at]

    sign = take('-+ ')
    no_negative_zero = take('z')
    if take('0'):
        if align:
            return None
        fill, align = '0', '='
    width = number()
    separator = take(',')
    precision = None
    if take('.'):
        precision = number()
        if not precision:
            return None
    kind = take('eEfFgGn%')
    if at != len(spec):
        return None
    return fill, align or '>', sign, bool(no_negative_zero), int(width or 0), separator, None if precision is None else int(precision), kind


def _formatted(x, spec):
    if not isinstance(spec, str):
        raise TypeError('format arg must be str')
    parsed = _parse_format(spec)
    if parsed is None or parsed[7] == 'n' and parsed[5]:
        raise ValueError('invalid format string')
    fill, align, sign_option, no_negative_zero, width, separator, precision, kind = parsed
    context = getcontext()
    if isinstance(x._exp, str):
        sign = '-' if x._sign else '' if sign_option in ('', '-') else sign_option
        body = _text(_made(0, x._int, x._exp))
        if kind == '%':
            body += '%'
        if align == '=' and fill == '0':
            fill, align = ' ', '>'
        return _padded(sign, body, fill, align, width)
    kind = kind or ('g' if context.capitals == 0 else 'G')
    shown_type = kind
    if kind == 'n':
        kind = 'g'
    sign, coefficient, exponent = x._sign, x._int, x._exp
    if kind == '%':
        exponent += 2
    if precision is not None:
        if kind in 'eE':
            drop = _length(coefficient) - precision - 1
        elif kind in 'fF%':
            drop = -precision - exponent
        else:
            drop = _length(coefficient) - max(precision, 1)
        if drop > 0 and (coefficient or kind in 'fF%'):
            coefficient, _ = _cut(sign, coefficient, drop, context.rounding)
            exponent += drop
            if kind not in 'fF%' and _length(coefficient) > (precision + 1 if kind in 'eE' else max(precision, 1)):
                coefficient //= 10
                exponent += 1
    if not coefficient and exponent > 0 and kind in 'fF%':
        exponent = 0
    if no_negative_zero and not coefficient:
        sign = 0
    digits = _digit_text(coefficient)
    left = exponent + len(digits)
    if kind in 'eE':
        point = 1
        if not coefficient and precision is not None:
            digits, left = '0' * (precision + 1), x._exp + precision + 1
    elif kind in 'fF%':
        point = left
    elif exponent <= 0 and left > -6:
        point = left
    else:
        point = 1
    if point < 0:
        whole, decimals = '0', '0' * -point + digits
    elif point > len(digits):
        whole, decimals = digits + '0' * (point - len(digits)), ''
    else:
        whole, decimals = digits[:point] or '0', digits[point:]
    if precision is not None and kind in 'eEfF%':
        decimals = decimals.ljust(precision, '0')
    sign_text = '-' if sign else '' if sign_option in ('', '-') else sign_option
    power = left - point
    tail = ''
    if power or kind in 'eE':
        tail = f"{'E' if kind in 'EG' else 'e'}{power:+d}"
    if kind == '%':
        tail += '%'
    fraction = '.' + decimals if decimals else ''
    if separator:
        least = width - len(sign_text) - len(fraction) - len(tail) if fill == '0' and align == '=' else 0
        whole = _grouped(whole, least)
    return _padded(sign_text, whole + fraction + tail, fill, align, width)


def _grouped(whole, least):
    "Commas between groups of three, with leading zeros up to a length."
    text = whole
    grouped = ','.join(_threes(text))
    while len(grouped) < least:
        text = '0' + text
        grouped = ','.join(_threes(text))
    return grouped


def _threes(text):
    first = len(text) % 3 or 3
    return [text[:first]] + [text[at:at + 3] for at in range(first, len(text), 3)]


def _padded(sign, body, fill, align, width):
    missing = fill * (width - len(sign) - len(body))
    if align == '<':
        return sign + body + missing
    if align == '=':
        return sign + missing + body
    if align == '^':
        half = len(missing) // 2
        return missing[:half] + sign + body + missing[half:]
    return missing + sign + body


# ── contexts of threads ─────────────────────────────────────────────────────────────────────────────────────────────────

DefaultContext = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, Overflow, InvalidOperation], flags=[], Emax=999999,
                         Emin=-999999, capitals=1, clamp=0)
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow], flags=[])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[], flags=[])
_current = _contextvars.ContextVar('decimal_context')


def getcontext():
    """The context of this thread or task."""
    context = _current.get(None)
    if context is None:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
    return context


def setcontext(context, /):
    """Make a context that of this thread or task."""
    if not isinstance(context, Context):
        raise TypeError('argument must be a context')
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class ContextManager:
    """What `localcontext` gives."""

    __slots__ = '_new', '_saved'

    def __new__(cls, context):
        self = object.__new__(cls)
        self._new = context.copy()
        return self

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *exc_info):
        setcontext(self._saved)


def localcontext(ctx=None, **kwargs):
    """For `with`: a copy of the context, with changes, until the end of the block."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError('optional argument must be a context')
    manager = ContextManager(ctx)
    for name, value in kwargs.items():
        if name not in (*Context._FIELDS, 'flags', 'traps'):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(manager._new, name, value)
    return manager


for _class in (Decimal, Context, ContextManager):
    _builtin_class(_class, f'decimal.{_class.__name__}')
del _class

"""Exact fractions: `Fraction(1, 3) + Fraction('0.5')` is `Fraction(5, 6)`.

Always in lowest terms, with a denominator above zero. A float is taken for exactly what it is; together with one, a fraction becomes a float.
"""

import math
import numbers
import operator
import sys
from decimal import Decimal

__all__ = ['Fraction']

_PRIME = sys.hash_info.modulus
_INFINITY_HASH = sys.hash_info.inf


def _parsed(text):
    """Numerator and denominator of `3/4`, `-1.25`, `1e-3`; None: it is neither."""
    rest = text.strip()
    sign = -1 if rest[:1] == '-' else 1
    rest = rest[1:] if rest[:1] in ('-', '+') else rest
    if '/' in rest:
        top, bottom = rest.split('/', 1)
        if _digits(top) is None or _digits(bottom) is None:
            return None
        return sign * int(top), int(bottom)
    mantissa, mark, exponent = rest.replace('E', 'e').partition('e')
    power = 0
    if mark:
        unsigned = exponent[1:] if exponent[:1] in ('-', '+') else exponent
        if _digits(unsigned) is None:
            return None
        power = int(exponent)
    whole, point, decimals = mantissa.partition('.')
    if not (whole or decimals) or any(part and _digits(part) is None for part in (whole, decimals)):
        return None
    decimals = decimals.replace('_', '')
    top = sign * int(whole.replace('_', '') + decimals)
    power -= len(decimals)
    return (top * 10 ** power, 1) if power >= 0 else (top, 10 ** -power)


def _digits(text):
    "The text if it is digits, with single underscores between them."
    return text if text and all(part.isdecimal() for part in text.split('_')) else None


class Fraction(numbers.Rational):
    """A fraction: Fraction(3, 4), Fraction('3/4'), Fraction('1.5'), Fraction(0.5)."""

    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        self = super().__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator, self._denominator = numerator.numerator, numerator.denominator
                return self
            if isinstance(numerator, (float, Decimal)):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError('argument should be a string or a Rational instance')
            found = _parsed(numerator)
            if found is None:
                raise ValueError(f'Invalid literal for Fraction: {numerator!r}')
            numerator, denominator = found
        elif type(numerator) is type(denominator) is int:
            pass
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = (numerator.numerator * denominator.denominator, denominator.numerator * numerator.denominator)
        else:
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        common = math.gcd(numerator, denominator)
        if denominator < 0:
            common = -common
        self._numerator, self._denominator = numerator // common, denominator // common
        return self

    @classmethod
    def _made(cls, numerator, denominator):
        "From parts that are in lowest terms already."
        self = object.__new__(cls)
        self._numerator, self._denominator = numerator, denominator
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError(f'{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})')
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal."""
        if isinstance(dec, numbers.Integral):
            dec = Decimal(int(dec))
        elif not isinstance(dec, Decimal):
            raise TypeError(f'{cls.__name__}.from_decimal() only takes Decimals, not {dec!r} ({type(dec).__name__})')
        return cls(*dec.as_integer_ratio())

    def as_integer_ratio(self):
        """Numerator and denominator."""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is not larger."""
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        # Convergents of the continued fraction, as long as they are small enough.
        older, newer = (0, 1), (1, 0)
        top, bottom = self._numerator, self._denominator
        while True:
            whole = top // bottom
            following = older[1] + whole * newer[1]
            if following > max_denominator:
                break
            older, newer = newer, (older[0] + whole * newer[0], following)
            top, bottom = bottom, top - whole * bottom
        steps = (max_denominator - older[1]) // newer[1]
        between = older[0] + steps * newer[0], older[1] + steps * newer[1]
        if 2 * bottom * between[1] <= self._denominator:
            return Fraction._made(*newer)
        return Fraction._made(*between)

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def __repr__(self):
        return f'{self.__class__.__name__}({self._numerator}, {self._denominator})'

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    def _pair(operate, fallback):
        """Both directions of an operator: `operate` is for fractions, `fallback` for floats and complex numbers."""
        name = fallback.__name__

        def forward(a, b):
            if isinstance(b, Fraction):
                return operate(a, b)
            if isinstance(b, int):
                return operate(a, Fraction(b))
            if isinstance(b, float):
                return fallback(float(a), b)
            if isinstance(b, complex):
                return fallback(complex(a), b)
            return NotImplemented

        def backward(b, a):
            if isinstance(a, numbers.Rational):
                return operate(Fraction(a), b)
            if isinstance(a, numbers.Real):
                return fallback(float(a), float(b))
            if isinstance(a, numbers.Complex):
                return fallback(complex(a), complex(b))
            return NotImplemented

        forward.__name__, backward.__name__ = f'__{name}__', f'__r{name}__'
        return forward, backward

    def _add(a, b):
        return Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator)

    __add__, __radd__ = _pair(_add, operator.add)

    def _sub(a, b):
        return Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator)

    __sub__, __rsub__ = _pair(_sub, operator.sub)

    def _mul(a, b):
        return Fraction(a._numerator * b._numerator, a._denominator * b._denominator)

    __mul__, __rmul__ = _pair(_mul, operator.mul)

    def _div(a, b):
        top, bottom = a._numerator * b._denominator, a._denominator * b._numerator
        if bottom == 0:
            raise ZeroDivisionError(f'Fraction({top // math.gcd(a._denominator, b._denominator)}, 0)')
        return Fraction(top, bottom)

    __truediv__, __rtruediv__ = _pair(_div, operator.truediv)

    def _floordiv(a, b):
        return a._numerator * b._denominator // (a._denominator * b._numerator)

    __floordiv__, __rfloordiv__ = _pair(_floordiv, operator.floordiv)

    def _divmod(a, b):
        quotient, rest = divmod(a._numerator * b._denominator, a._denominator * b._numerator)
        return quotient, Fraction(rest, a._denominator * b._denominator)

    __divmod__, __rdivmod__ = _pair(_divmod, divmod)

    def _mod(a, b):
        return Fraction(a._numerator * b._denominator % (b._numerator * a._denominator), a._denominator * b._denominator)

    __mod__, __rmod__ = _pair(_mod, operator.mod)
    del _pair

    def __pow__(a, b):
        if not isinstance(b, numbers.Rational):
            return float(a) ** b
        if b.denominator != 1:
            return float(a) ** float(b)
        power, top, bottom = b.numerator, a._numerator, a._denominator
        if power >= 0:
            return Fraction._made(top ** power, bottom ** power)
        if top > 0:
            return Fraction._made(bottom ** -power, top ** -power)
        if top == 0:
            raise ZeroDivisionError(f'Fraction({bottom ** -power}, 0)')
        return Fraction._made((-bottom) ** -power, (-top) ** -power)

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        return a ** b._numerator if b._denominator == 1 else a ** float(b)

    def __pos__(a):
        return Fraction._made(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction._made(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction._made(abs(a._numerator), a._denominator)

    def __int__(a, _index=operator.index):
        top, bottom = a._numerator, a._denominator
        return _index(-(-top // bottom) if top < 0 else top // bottom)

    def __trunc__(a):
        return int(a)

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            whole, rest = divmod(self._numerator, self._denominator)
            twice = rest * 2
            up = twice > self._denominator or twice == self._denominator and whole % 2
            return whole + 1 if up else whole
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __hash__(self):
        try:
            inverse = pow(self._denominator, -1, _PRIME)
        except ValueError:
            magnitude = _INFINITY_HASH
        else:
            magnitude = hash(hash(abs(self._numerator)) * inverse)
        result = magnitude if self._numerator >= 0 else -magnitude
        return -2 if result == -1 else result

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return 0.0 == b if math.isnan(b) or math.isinf(b) else a == a.from_float(b)
        return NotImplemented

    def _compared(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return op(0.0, other) if math.isnan(other) or math.isinf(other) else op(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._compared(b, operator.lt)

    def __gt__(a, b):
        return a._compared(b, operator.gt)

    def __le__(a, b):
        return a._compared(b, operator.le)

    def __ge__(a, b):
        return a._compared(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()

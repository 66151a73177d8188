# numbers: the tower.
import numbers
from decimal import Decimal
from fractions import Fraction

kinds = [numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral]


class Half(numbers.Number):
    pass


for text in r'''
[isinstance(5, kind) for kind in kinds]
[isinstance(Fraction(1, 2), kind) for kind in kinds]
[isinstance(1.5, kind) for kind in kinds]
[isinstance(1j, kind) for kind in kinds]
[isinstance(Decimal(1), kind) for kind in kinds]
[isinstance(True, kind) for kind in kinds]
isinstance("5", numbers.Number)
[issubclass(a, b) for a, b in zip(kinds[1:], kinds)]
numbers.Integral()
type(numbers.Number())
hash(Half())
numbers.Complex.__abstractmethods__ >= {"real", "imag", "conjugate"}
sorted(numbers.Integral.__abstractmethods__ - numbers.Rational.__abstractmethods__)
numbers.Integral.numerator.fget(7), numbers.Integral.denominator.fget(7)
numbers.__all__
(3).conjugate(), (3).real, (3).imag, (2.5).imag
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

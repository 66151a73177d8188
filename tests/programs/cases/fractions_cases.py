# fractions: exact quotients.
from decimal import Decimal
from fractions import Fraction
import math


for text in r'''
Fraction(6, -4), Fraction(), Fraction(7)
Fraction("3/4"), Fraction(" -1.25e1 "), Fraction("7_0/1_0")
Fraction(0.1), Fraction(Decimal("0.1"))
Fraction(1, 0)
Fraction("1/0")
Fraction("a")
Fraction(1.5, 2)
Fraction(float("nan"))
Fraction(float("inf"))
Fraction(1, 3) + Fraction(1, 6), Fraction(1, 3) - 1, 2 * Fraction(3, 4), Fraction(1, 2) / 3
Fraction(1, 3) + 0.5, Fraction(1, 2) + 1j
Fraction(7, 2) // 1, Fraction(-7, 2) % 2, divmod(Fraction(7, 2), Fraction(3, 4))
Fraction(2, 3) ** 2, Fraction(2, 3) ** -2, Fraction(4) ** Fraction(1, 2), 2 ** Fraction(2, 1)
Fraction(3.14159265).limit_denominator(100), Fraction(math.pi).limit_denominator(1000)
Fraction(1, 3).limit_denominator(0)
round(Fraction(5, 2)), round(Fraction(7, 2)), round(Fraction(22, 7), 2), math.floor(Fraction(-1, 2)), math.ceil(Fraction(-1, 2)), math.trunc(Fraction(-3, 2))
Fraction(1, 2) == 0.5, Fraction(1, 2) == Decimal("0.5"), hash(Fraction(1, 2)) == hash(0.5), Fraction(1, 3) < 0.3334
str(Fraction(3, 1)), str(Fraction(-1, 2)), repr(Fraction(2, 4)), bool(Fraction(0)), float(Fraction(1, 3)), int(Fraction(-7, 2))
Fraction(5, 10).as_integer_ratio(), Fraction.from_float(0.25), Fraction.from_decimal(Decimal("1.5"))
Fraction.from_float("x")
sorted([Fraction(1, 2), 0.25, Fraction(2, 3), 1])
sum([Fraction(1, n) for n in range(1, 6)])
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

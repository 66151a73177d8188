"""enum: members, lookups, aliases, flags and their boundaries, auto, decorators, mixed-in types."""
import copy
from enum import *
import enum


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as error:
        print(type(error).__name__, error)


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def describe(self):
        return self.name, self.value

    @classmethod
    def default(cls):
        return cls.GREEN


print(list(Color), len(Color), Color.CRIMSON is Color.RED, Color.__members__)
print(Color(2), repr(Color['RED']), str(Color.RED), f'{Color.RED:>12}|', Color.default().describe())
attempt(Color, 7)
attempt(lambda: Color['BLUE'])
attempt(lambda: Color.BLUE)
attempt(setattr, Color, 'RED', 3)
attempt(delattr, Color, 'RED')
attempt(lambda: Color.RED < Color.GREEN)
attempt(lambda: type('More', (Color,), {}))
attempt(lambda: setattr(Color.RED, 'value', 3))
print(Color.RED in Color, isinstance(Color.RED, Color), hash(Color.RED) == hash('RED'), list(reversed(Color)))
print({Color.RED: 'r'}[Color(1)], copy.copy(Color.RED) is Color.RED, copy.deepcopy(Color.RED) is Color.RED, bool(Color))


class Planet(Enum):
    EARTH = (5.9e24, 6.3e6)
    MARS = (6.4e23, 3.4e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def density(self):
        return round(self.mass / self.radius ** 3, 1)


print(Planet.EARTH, Planet.MARS.density, Planet((6.4e23, 3.4e6)), repr(Planet.EARTH))


class Ordered(Enum):
    _order_ = 'A B'
    A = auto()
    B = auto()


print(list(Ordered))
try:
    class Wrong(Enum):
        _order_ = 'B A'
        A = auto()
        B = auto()
except TypeError as error:
    print(error)
try:
    class Twice(Enum):
        A = 1
        A = 2
except TypeError as error:
    print(error)
try:
    @unique
    class Same(Enum):
        A = 1
        B = 1
        C = 1
except ValueError as error:
    print(error)


class Weekday(IntEnum):
    MON = 1
    TUE = 2


print(Weekday.MON + 1, Weekday.MON < Weekday.TUE, str(Weekday.MON), repr(Weekday.TUE), f'{Weekday.TUE:03}', [10, 20, 30][Weekday.MON])


class Word(StrEnum):
    HELLO = auto()
    BYE = 'bye!'


print(Word.HELLO, Word.BYE.upper(), repr(Word.HELLO), Word('hello'), 'x' + Word.BYE)
attempt(lambda: StrEnum('Bad', [('A', 3)]))


class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RWX = 7


print(list(Perm), Perm.R | Perm.W, Perm(0), repr(Perm(5)), ~Perm.R, Perm.R in Perm.RWX, list(Perm.RWX), len(Perm.RWX), bool(Perm(0)))
print(repr(Perm.R & Perm.W), Perm.R ^ Perm.RWX, Perm.RWX.name, (Perm.R | Perm.X).value, repr(Perm.RWX))
attempt(Perm, 8)
attempt(Perm, 'a')
attempt(lambda: Perm.R | 1)
attempt(lambda: 4 in Perm.RWX)


class Bits(IntFlag):
    A = auto()
    B = auto()
    C = auto()


print(Bits.A | 8, repr(Bits.A | 8), Bits.A + Bits.B, ~Bits.A, repr(~Bits.A), Bits.B | 4, list(Bits(6)))
for boundary in FlagBoundary:
    class Limited(Flag, boundary=boundary):
        A = 1
        B = 2
    print(boundary, end=' ')
    attempt(Limited, 5)

print(list(Enum('Animal', 'CAT DOG')), Enum('Animal', {'CAT': 3}).CAT.value, list(IntEnum('N', ['A', 'B'], start=5)))


class Shape(Enum):
    SQUARE = member(lambda side: side * side)
    helper = nonmember(42)
    _ignore_ = ['tmp']
    tmp = 3

    @classmethod
    def _missing_(cls, value):
        if value == 'sq':
            return cls.SQUARE


print(list(Shape.__members__), Shape.helper, Shape('sq') is Shape.SQUARE, Shape.SQUARE.value(3))


class Named(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return f'{name}{count}{last_values}'

    A = auto()
    B = auto()


print([m.value for m in Named])


@verify(CONTINUOUS, UNIQUE)
class Steps(IntEnum):
    ONE = 1
    TWO = 2


for check, members in ((CONTINUOUS, 'A B'), (UNIQUE, 'A'), (NAMED_FLAGS, '')):
    print(repr(check), check)
try:
    @verify(CONTINUOUS)
    class Gaps(Enum):
        A = 1
        D = 5
except ValueError as error:
    print(error)
try:
    @verify(NAMED_FLAGS)
    class Holes(Flag):
        A = 1
        BIG = 13
except ValueError as error:
    print(error)


class Text(str, Enum):
    A = 'a'


print(str(Text.A), repr(Text.A), Text.A == 'a', f'{Text.A}', Text.A.upper())
print(enum.show_flag_values(13), enum.bin(10), enum.bin(-10), repr(auto()), auto(5).value)
print(sorted(dir(Color)), dir(Color.RED), Color, Perm, type(Color))
attempt(lambda: Enum('E', '')(1))


@global_enum
class Const(IntEnum):
    ALPHA = 1


print(repr(ALPHA), str(ALPHA), Const.ALPHA is ALPHA)


class Inner(Enum):
    name = 'n'
    value = 'v'


print(Inner.name, Inner.value.value)
match Color.RED:
    case Color.GREEN:
        print('green')
    case Color.RED:
        print('red')

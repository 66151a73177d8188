# enum: names for values.
import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Num(IntEnum):
    ONE = 1
    TWO = 2


class Word(StrEnum):
    HELLO = auto()


class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)

    def __init__(self, mass, radius):
        self.mass = mass

    @property
    def heavy(self):
        return self.mass > 1e24


for text in r'''
Color.RED, Color.RED.name, Color.RED.value, str(Color.RED), Color.CRIMSON is Color.RED
Color(2), Color["GREEN"], list(Color), len(Color), Color.__members__
Color(9)
Color["BLUE"]
Color.RED == 1, Color.RED in Color, Num.ONE == 1, Num.ONE + 1, Num.TWO > Num.ONE, format(Num.ONE), f"{Num.ONE!r}"
[color in Color for color in Color], "RED" in Color.__members__
Perm.R | Perm.X, Perm.RW & Perm.W, ~Perm.R, Perm(0), Perm(7), bool(Perm(0)), list(Perm.RW), Perm.R in Perm.RW
Perm(8)
Word.HELLO, Word.HELLO == "hello", Word.HELLO.upper()
Planet.EARTH.mass, Planet.EARTH.heavy, Planet.EARTH.value
setattr(Color, "RED", 5)
type("Sub", (Color,), {})
unique(Color)
Enum("Animal", "CAT DOG"), list(Enum("Animal", {"CAT": "meow"})), IntFlag("F", "A B")(3)
enum.verify(enum.CONTINUOUS)(IntEnum("Gap", {"A": 1, "B": 3}))
Color.RED < Color.GREEN
hash(Color.RED) == hash("RED"), isinstance(Color.RED, Color), type(Color), Color.RED.__objclass__ if hasattr(Color.RED, "__objclass__") else None
IntEnum._missing_(5), Num("1")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

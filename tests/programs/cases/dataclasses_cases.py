# dataclasses: classes that write themselves.
import dataclasses
from dataclasses import dataclass, field


@dataclass(order=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fixed:
    a: int
    b: dataclasses.InitVar[int] = 1

    def __post_init__(self, b):
        object.__setattr__(self, "a", self.a * b)


@dataclass(kw_only=True)
class Named(Point):
    name: str


for text in r'''
Point(1), Point(1, 2) == Point(1, 2), Point(1) < Point(1, 5), Point(1).tags is Point(1).tags
Point()
Point(1) < 5
Fixed(2, 3), Fixed.__slots__, hash(Fixed(1)) == hash(Fixed(1))
setattr(Fixed(1), "a", 2)
delattr(Fixed(1), "a")
hash(Point(1))
Named(1, name="n"), [f.name for f in dataclasses.fields(Named)]
Named(1, 2, [], "n")
dataclasses.asdict(Point(1, tags=[Point(2)])), dataclasses.astuple(Point(1))
dataclasses.replace(Point(1, 2), y=9), dataclasses.is_dataclass(Point), dataclasses.is_dataclass(5)
dataclasses.replace(Point(1), z=9)
dataclasses.make_dataclass("Made", ["a", ("b", int, 5)])(1), Point.__match_args__
dataclasses.fields(5)
dataclass(type("Bad", (), {"__annotations__": {"x": list}, "x": []}))
dataclass(type("Bad", (), {"__annotations__": {"a": int, "b": int}, "a": 1}))
field(default=1, default_factory=list)
dataclasses.fields(Point)[2].default_factory, dataclasses.fields(Point)[0].default is dataclasses.MISSING
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

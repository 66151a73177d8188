"""dataclasses and copy: options, defaults, frozen, order, slots, inheritance, replace, asdict, messages."""
import copy
import dataclasses
from dataclasses import *


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


@dataclass
class Point:
    x: int
    y: int = 0


p = Point(1)
print(p, p == Point(1, 0), p != Point(2), Point.__match_args__, Point.__hash__, Point.__doc__, Point.__init__.__annotations__)
attempt(Point)
attempt(Point, 1, 2, 3)
attempt(lambda: Point(1) < Point(2))
match Point(3, 4):
    case Point(a, b):
        print(a, b)


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = field(default=0, compare=False)
    tags: list = field(default_factory=list, repr=False, hash=False, compare=False)


v = Version(1, 2)
print(v, v < Version(2), sorted([Version(3), Version(1)]), hash(v) == hash(Version(1, 9)), v.tags)
attempt(setattr, v, 'major', 3)
attempt(delattr, v, 'major')
print(replace(v, major=7), v)
attempt(lambda: v < 3)


@dataclass
class Shape:
    name: str
    sides: int = field(init=False, default=3)
    scale: InitVar[int] = 1
    kw: KW_ONLY
    color: str = 'red'

    def __post_init__(self, scale):
        self.sides *= scale


print(Shape('t', 2, color='blue'), [f.name for f in fields(Shape)], Shape.__doc__)
attempt(Shape, 't', 1, 'green')
attempt(replace, Shape('t'), sides=3)


@dataclass
class Square(Shape):
    size: float = 1.0


print(Square('s', size=2), isinstance(Square('s'), Shape), is_dataclass(Square), is_dataclass(p), is_dataclass(3))


@dataclass(slots=True)
class Slotted:
    a: int
    b: int = 2


s = Slotted(1)
print(s, Slotted.__slots__, hasattr(s, '__dict__'))
attempt(setattr, s, 'c', 3)


@dataclass
class Tree:
    value: object
    children: list = field(default_factory=list)
    extra: dict = field(default_factory=dict, metadata={'doc': 'more'})


t = Tree(1, [Tree(2), Tree((3, Point(1, 2)))], {'k': Point(5)})
print(t, asdict(t), astuple(t), sep='\n')
print(fields(Tree)[2].metadata['doc'], repr(fields(Tree)[0])[:40])
t.children.append(t)
print(t)
attempt(asdict, 3)
attempt(fields, 3)
print(asdict(p, dict_factory=list), astuple(p, tuple_factory=list))


def bad(name, /, _options={}, **annotations):
    try:
        namespace = {'__annotations__': {k: type(v) for k, v in annotations.items()}}
        namespace.update((k, v) for k, v in annotations.items() if v != 0)
        dataclass(type(name, (), namespace), **_options)
    except Exception as error:
        print(type(error).__name__, error)


bad('A', x=1, y=0)
bad('B', x=[])
bad('C', {'order': True, 'eq': False}, x=1)
bad('D', {'weakref_slot': True}, x=1)
attempt(field, default=1, default_factory=list)
attempt(make_dataclass, 'E', ['a', 'a'])
attempt(make_dataclass, 'E', ['1a'])
attempt(make_dataclass, 'E', [('a', int, 1, 2)])
M = make_dataclass('M', [('a', int, 3), ('b', int, 4), ('c', str, 'x')], namespace={'double': lambda self: self.b * 2}, bases=(Point,))
print(M(1, 2, 3, 4), M(1, 2, 3, 4).double(), M.__mro__)
try:
    @dataclass
    class Thawed(Version):
        pass
except TypeError as error:
    print(error)


@dataclass(eq=False)
class Plain:
    a: int


print(Plain(1) == Plain(1), Plain.__hash__ is object.__hash__)


@dataclass(unsafe_hash=True)
class Hashed:
    a: int


print(hash(Hashed(1)) == hash((1,)), {Hashed(1), Hashed(1)})
print(repr(dataclasses.MISSING)[:34], repr(InitVar[int]), Point.__dataclass_params__)

# copy
a = [1, [2, 3], {'k': (4, [5])}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append(9)
print(b, c, b[1] is a[1], c[2]['k'] is a[2]['k'])
loop = [1]
loop.append(loop)
d = copy.deepcopy(loop)
print(d, d[1] is d, copy.copy((1, 2)), copy.deepcopy((1, (2,))))


class Custom:
    def __init__(self, value):
        self.value = value

    def __copy__(self):
        return Custom('copied')

    def __deepcopy__(self, memo):
        return Custom(copy.deepcopy(self.value, memo))


print(copy.copy(Custom([1])).value, copy.deepcopy(Custom([1])).value)


class Bare:
    pass


o = Bare()
o.items = [1]
print(copy.copy(o).items is o.items, copy.deepcopy(o).items is o.items, copy.deepcopy({1, 2}), copy.copy({3: 4}))
attempt(copy.copy, (i for i in ()))

"""Every kind of place that can hold a reference."""
import functools
from collections import deque, namedtuple


class Slots:
    __slots__ = ("x", "y")


class Base:
    shared = []

    @property
    def size(self):
        return len(self.shared)

    @staticmethod
    def make():
        return Base()


class Child(Base, dict):
    pass


def outer(thing, *rest, key=()):
    kept = [thing]

    def inner(more):
        kept.append(more)
        return kept

    return inner


def gen(things):
    for thing in things:
        try:
            yield thing
        finally:
            kept.append(thing)


kept = []
thing = object()
s = Slots()
s.x = thing
c = Child(k=thing)
c.attribute = thing
c.__dict__
d = deque([thing, thing])
Point = namedtuple("Point", "x y")
p = Point(thing, 2)
f = outer(thing, thing, key=(thing,))
f(thing)
part = functools.partial(outer, thing)
g = gen([thing, s])
next(g)
bound = d.append
m = map(f, [thing])
z = zip([thing], (thing,))
e = enumerate([thing])
view = {thing: {thing}}.items()
try:
    raise KeyError(thing)
except KeyError as error:
    caught = error
    print(sorted([3, 1, 2], key=lambda x: -x))
    del d[0]
next(g)
fs = frozenset([thing])
sl = slice(thing, None)
r = range(10**9, 10**10)
print(c.size, len(Base.make().shared), max([1.5, 2.5]))
for i, w in enumerate("ab"):
    total = (i, w, thing)
del thing

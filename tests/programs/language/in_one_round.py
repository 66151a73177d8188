"""What the loop does in one round gives what its instructions give one by one: with operands that are not what was expected,
with variables that are not bound, and for who counts references in the middle of it."""
import sys


class Watch:
    """Tells how often an object is held, at the moment when this one dies."""

    def __init__(self, watched, counts=True):
        self.watched = watched
        self.counts = counts

    def __del__(self):
        print("dies:", sys.getrefcount(self.watched) if self.counts else type(self.watched).__name__)


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, dx):
        self.x += dx
        self.y = self.x - dx
        return self.x * self.y

    def hold(self, value):
        self.x = value


class Slow:
    """Numbers that are none."""

    def __init__(self, name):
        self.name = name

    def __add__(self, other):
        print("add", self.name, other)
        return 1

    def __radd__(self, other):
        print("radd", self.name, other)
        return 2

    def __lt__(self, other):
        print("lt", self.name, other)
        return False

    def __bool__(self):
        print("bool", self.name)
        return self.name == "yes"


def arithmetic(a, b):
    c = a + b
    d = a - 1
    e = 2 * b
    f = c + d + e
    return c * d - e, f & 255, f >> 1, a // 3, b % 7


def compared(a, b):
    told = []
    if a < b:
        told.append("<")
    if a == 3:
        told.append("is 3")
    while a < 5:
        a += 1
    if not a >= b + 1:
        told.append("not >=")
    return told, a


def truth(value):
    if value:
        return "true"
    return "false"


def unbound(which):
    if which == 0:
        x = 1
    if which < 3:
        y = 2
    try:
        return x + y
    except UnboundLocalError as error:
        return str(error)


def items(sequence, n):
    total = 0
    for i in range(n):
        value = sequence[i]
        total = total + value
    try:
        return total, sequence[-1], sequence[n]
    except IndexError as error:
        return total, str(error)


def loops():
    for i in range(3):
        pass
    for i in 1.5, "two", [3]:
        last = i
    for i in iter([]):
        last = i
    return i, last


for _ in range(12):
    results = [arithmetic(3, 4), arithmetic(2**62, 2**62), arithmetic(1 << 70, 5)]
print(results)
try:
    print(arithmetic(1.5, 2.25))
except TypeError as error:
    print(error)
for _ in range(12):
    results = [compared(1, 9), compared(3, 3), compared(7, 2), compared(2.5, 2.5)]
print(results, compared(float("nan"), 1), compared(2**80, 2**81))
for _ in range(12):
    results = [truth(x) for x in (True, False, None, 0, 5, 2**70, "", "x", [], 0.0)]
print(results, truth(Slow("yes")), truth(Slow("no")))
print([unbound(which) for which in (0, 1, 3) * 5])
for _ in range(12):
    results = [items([1, 2, 3], 3), items((4, 5), 2)]
print(results, items(range(4), 3), items(b"ab", 2))
print(loops())

points = [Point(n, n) for n in range(3)]
for _ in range(12):
    results = [point.moved(2) for point in points]
print(results)
# Its values are in a dict, it has a value of the method's name, it is of another class.
vars(points[0])["extra"] = 1
points[1].moved = lambda dx: ("own", dx)
print([point.moved(1) for point in points])
points[2].x = 2**63 - 1
print(points[2].moved(1))

held = Point(None, None)
for n in range(12):
    held.hold(n * 1000)
held.hold(Watch(held, counts=False))
held.hold(0)
for value in Watch(held, counts=False), 5:
    held.hold(value)
del value
held.hold(None)


def replaced(watched):
    kept = Watch(watched)
    for n in range(10):
        kept = n + n
    kept = Watch(watched)
    kept = watched.y
    return kept


for _ in range(3):
    replaced(held)
for left, right in [(Slow("a"), 1), (1, Slow("b"))]:
    for _ in range(2):
        try:
            total = left + right
            print(total, left < 3)
        except TypeError as error:
            print(error)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a
        self.b = [a]

    def swap(self):
        self.a, self.b = self.b, self.a
        return self.a


class Wide:
    """So many attributes that they live in a dict."""

    def __init__(self):
        for i in range(40):
            setattr(self, f"x{i}", i)

    def turn(self):
        self.x3 = self.x7
        return self.x3 + self.x9


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def places():
    one, two = Slotted(1), Wide()
    items, pair = [0, 1, 2], (5, 6)
    for i in range(30):
        one.swap()
        two.turn()
        k = i % 3
        items[k] = i
        items[0], items[k] = items[k], items[0]
        total = pair[i % 2] + items[k]
        if i == 20:
            del one.a
            one.a = Noted("slot")
            items[1] = Noted("item")
            items[1] = 3
            one.a = 2
            two.x3 = Noted("wide")
        if i in (10, 25):
            for wrong in (3, -1, True, "x", None, 10**20):
                try:
                    items[wrong] = 7
                    print(items, items[wrong])
                except (IndexError, TypeError) as e:
                    print(e)
    del one.b
    try:
        one.swap()
    except AttributeError as e:
        print(e)
    return items, total, two.turn()


def of_temporaries():
    for i in range(20):
        x = [i, i + 1, i + 2][i % 3] + (i, 1)[i % 2]
        [0, 1][i % 2] = Noted(i) if i > 17 else i
    return x


print(places())
print(of_temporaries())


def gathers(x, into=[], by=2, *, more=None):
    into.append(x * by)
    return sys.getrefcount(into), len(into), more


def defaulted(a, b=Noted("default"), c=3):
    return a, sys.getrefcount(b), c


def with_defaults():
    for i in range(20):
        found = defaulted(i), defaulted(i, b=1)[2], defaulted(i, i)[2]
        if i == 10:
            defaulted.__defaults__ = (7, 8)
            print(found)
        if i == 12:
            defaulted.__defaults__ = (9,)
            try:
                defaulted(1)
            except TypeError as e:
                print(e)
            defaulted.__defaults__ = ([], 2)
    for i in range(12):
        counts = gathers(i), gathers(i, [1]), gathers(i, more=1), gathers(i, [], 3)

    def deep(n, step=1):
        return deep(n + step) if n < 10**6 else n

    try:
        deep(0)
    except RecursionError as e:
        print(e)
    return found, counts


print(with_defaults())

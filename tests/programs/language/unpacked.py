"""Unpacking into variables, warm: what dies meanwhile, and what stays."""

import sys


class Dying:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"

    def __del__(self):
        seen = sys._getframe(1).f_locals
        print(self.name, "dies;", {name: seen.get(name) for name in ("a", "b", "c")})


def stores(values):
    a = b = c = None
    for i in range(12):
        if i == 10:
            a, b, c = Dying("a"), Dying("b"), Dying("c")
            sys.stdout.write("now ")
        a, b, c = values
    return a, b, c


print(stores((1, 2, 3)))
print(stores([1.5, 2.5, 3.5]))
print(stores(("x", "x", "x")))


def itself():
    for i in range(12):
        x = (i, i + 1000)
        y = x
        x, y = x
        x = [x, y, 3]
        x, y, z = x
    return x, y, z


print(itself())


def nested(pairs):
    total = 0
    for _ in range(10):
        for a, (b, (c, d)) in pairs:
            total += a + b * c - d
        a, b, c = c, a, b
        [a, b] = a, b
        (a, *b), c = (1, 2, 3), 4
        [] = ()
    return total, a, b, c


print(nested([(1, (2, (3, 4))), (5, (6, (7, 8)))]))


def other_kinds(values):
    found = []
    for value in values * 3:
        try:
            a, b = value
            found.append((a, b))
        except (TypeError, ValueError) as e:
            found.append(str(e))
    return found


print(other_kinds([(1, 2)] * 9 + [[1, 2], (1, 2, 3), "xy", {"k": 1, "l": 2}, 5, (1,), range(2), (x for x in "pq"), [1], (7, 8)]))


def counts():
    value = object()
    pair = (value, value)
    a = b = None
    for _ in range(20):
        a, b = pair
        b, a = pair
    return sys.getrefcount(value) - 2, sys.getrefcount(pair) - 1


print(counts())


def slices(items):
    out = []
    for i in range(12):
        items[1:3] = items[2:0:-1]
        items[::2] = items[::-2] if len(items) % 2 else items[1::2]
        out.append(items[i % 4:][:2])
        items[i % 3:i % 3] = (i,)
        del items[-1:]
    return items, out


print(slices([1, 2, 3, 4, 5, 6]))


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print("index", self.n)
        return self.n

    def __del__(self):
        print("gone", self.n)


for sequence in ([1, 2, 3, 4], (1, 2, 3, 4), "abcd"):
    for _ in range(9):
        part = sequence[1:3]
    print(part, sequence[Index(1):Index(3)], sequence[10**30:], sequence[-10**30::True], sequence[::-1], sequence[None:2])
    for wrong in (slice("a"), slice(None, None, 0), slice(1.5), "x"):
        try:
            sequence[wrong]
        except (TypeError, ValueError) as e:
            print(e)


class Noted:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n, end=" ")


held = [Noted(i) for i in range(8)]
held[2:5] = [1, 2, 3]
print()
held[::3] = held[1::3]
print()
held[:2] = []
print()
try:
    held[::2] = [1]
except ValueError as e:
    print(e)
held[1:2] = (x for x in "ab")
print(held[1:3])
held.clear()
print()

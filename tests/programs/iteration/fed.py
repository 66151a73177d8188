"""Generators whose items are taken by native code: what goes on between two items, and where it ends."""

import gc
import sys


def noisy(items, log):
    for item in items:
        log.append(f"before {item!r}")
        yield item
        log.append(f"after {item!r}")


def show(what, take, items):
    log = []
    generator = noisy(items, log)
    try:
        result = take(generator)
    except Exception as e:
        result = f"{type(e).__name__}: {e}"
    print(what, result, log, generator.gi_frame is None, sys.getrefcount(generator))


for items in ([], [1], [1, 2, 3], [1.5, 2], [True, 0, 5], ["a", "b"], [(1, 2), (3, 4)], [[], [1]], [None, 0]):
    print("==", items)
    show("list", list, items)
    show("tuple", tuple, items)
    show("set", lambda x: sorted(set(x), key=repr), items)
    show("sum", sum, items)
    show("any", any, items)
    show("all", all, items)
    show("max", max, items)
    show("in", lambda x: 2 in x, items)
    show("join", "-".join, items)
    show("dict", dict, items)
    show("sorted", sorted, items)
    show("star", lambda x: [*x], items)


# More than any first guess of the room for them.
for n in (9, 10, 11, 12, 13, 40, 1023, 1024, 1025, 5000):
    made = tuple(i * i for i in range(n))
    print(n, len(made), made[-1], sum(i for i in range(n)), len(set(i % 7 for i in range(n))), sys.getsizeof(made), sys.getsizeof(list(i for i in range(n))))


class Dying:
    """Dies when the set has one like it already."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return True

    def __del__(self):
        print("dies", self.name)


print(len(set(Dying(i) for i in range(3))))
print(sum(len([Dying(i)]) for i in range(3)))


def itself():
    """Looks at the tuple to be, while it is made."""
    for i in range(20):
        if i in (1, 12):
            gc.collect()
            print(i, me.gi_running, me.gi_suspended, sys._getframe().f_back.f_code.co_name)
        yield i


me = itself()
print(len(tuple(me)), me.gi_running)


def grows(items):
    """Adds to the list that it is added to."""
    for i in range(3):
        items.append(-i)
        yield i


items = [9]
items.extend(grows(items))
print(items)


def asks_itself():
    try:
        next(again)
    except ValueError as e:
        print(e)
    yield 1


again = asks_itself()
print(sum(again))


def in_handler():
    """What is handled while a generator runs stays its own affair."""
    try:
        raise KeyError("mine")
    except KeyError:
        for i in range(3):
            yield i
            print(repr(sys.exc_info()[1]))


try:
    raise ValueError("outer")
except ValueError:
    print(sum(in_handler()), repr(sys.exc_info()[1]))


def told(frame, event, arg):
    if frame.f_code.co_name in ("<genexpr>", "traced"):
        print(event, frame.f_code.co_name, arg)
    return told


def traced():
    return sum(x for x in (1, 2)) + len(tuple(x for x in (3, 4)))


sys.settrace(told)
traced()
sys.settrace(None)


def deep(n):
    return sum(deep(n - 1) for _ in range(2)) if n else 1


print(deep(6))

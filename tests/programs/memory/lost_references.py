# References that CPython 3.11 forgets to give back, and the order in which what a generator delegates to is closed.
import sys


class NoHash:
    def __hash__(self):
        return kept


class Kept:
    pass


kept = Kept()
for i in range(3):
    try:
        {NoHash()}
    except TypeError as error:
        print(error, sys.getrefcount(kept))


def f(**k):
    pass


for i in range(3):
    try:
        f(*1, **{'a': kept})
    except TypeError as error:
        print(error, sys.getrefcount(kept))


def counted(n):
    try:
        yield from range(n)
    finally:
        print('closed', n)


def g():
    for m in counted(3):
        yield from counted(2)


i = g()
next(i)
del i
print({None, 1}, {int, str, 'x'}, {ValueError, KeyError, OSError, 'q'}, {list, dict, set, frozenset, tuple, float, object, type})

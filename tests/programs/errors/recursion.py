"""Endless recursion ends."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import sys
sys.setrecursionlimit(120)
def f(n): return f(n + 1)
def a(n): return b(n)
def b(n): return a(n)
attempt(lambda: f(0), lambda: a(0))
class R:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return self == other
    def __getattr__(self, name): return self.missing
attempt(lambda: repr(R()), lambda: R() == R(), lambda: R().x)
l = []; l.append(l)
print(l)
d = {}; d[1] = d
print(d)
attempt(lambda: l == [l], lambda: sys.setrecursionlimit(0), lambda: sys.setrecursionlimit("a"), lambda: sys.setrecursionlimit(1))
f(0)

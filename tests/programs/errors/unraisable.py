"""Errors that nobody can catch are told and passed over."""

class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): raise RuntimeError("in del of " + self.name)
x = Noisy("x")
del x
print("goes on")
def f():
    y = Noisy("y")
    return 1
print(f())
import weakref
class C: pass
c = C()
r = weakref.ref(c, lambda ref: 1 / 0)
del c
print("after callback")
def g():
    try:
        yield 1
    finally:
        raise ValueError("closing")
it = g(); next(it); del it
print("end")

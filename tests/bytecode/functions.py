def f(a, b=1, /, c=2, *d, e, f=3, **g): "doc"; return a
def g(a: 1, b: 2, /, c: 3, *d: 4, e: 5, **f: 6) -> 7: pass
@a
@b.c(1)
def h(): pass
@a
class D(B, metaclass=M, *c, **d): "doc"; x = 1
class E(*a): pass

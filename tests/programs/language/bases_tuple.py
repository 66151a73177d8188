import sys
from sys import getrefcount as g
class M(type):
    def __new__(m, n, b, d, **k):
        print(n, g(b), end=' ')
        c = super().__new__(m, n, b, d)
        print(g(b), g(c.__bases__), end=' ')
        c2 = super().__new__(m, n, b, d)
        print(g(b))
        del c2
        import gc; gc.collect()
        print(g(b))
        return c
class P: pass
class A(P, metaclass=M): pass
print(g(A.__bases__))
class B(A): pass
print(g(B.__bases__))
bb=(P,)
print(g(bb)); X=type('X', bb, {}); print(g(bb), g(X.__bases__))
Y=M('Y', bb, {}); print(g(bb), g(Y.__bases__))
class Meta2(type):
    def __init__(c, n, b, d):
        print(g(b), end=' ')
        super().__init__(n,b,d)
        print(g(b))
class Z(P, metaclass=Meta2): pass
print(g(Z.__bases__))

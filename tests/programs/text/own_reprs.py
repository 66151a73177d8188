"""Subclasses of builtin types with a `__repr__` of their own: what `str` shows of them."""
class C(bytes):
    def __repr__(self): return "C!"
c=C(b"\0")
print(str(c), format(c), f"{c}", repr(c), c.__str__(), bytes.__str__(c))
class D(bytearray):
    def __repr__(self): return "D!"
d=D(b"\0")
print(str(d), format(d), f"{d}", repr(d), d.__str__())
class I(int):
    def __repr__(self): return "I!"
print(str(I(3)), f"{I(3)}")
class F(float):
    def __repr__(self): return "F!"
print(str(F(3)))
class L(list):
    def __repr__(self): return "L!"
print(str(L()))
class E(Exception):
    def __repr__(self): return "E!"
print(str(E(1)))
class S(str):
    def __repr__(self): return "S!"
print(str(S("q")), repr(S("q")))

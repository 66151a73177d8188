"""Classes that cannot be made."""

def text(source):
    try:
        exec(source, {})
        print("fine")
    except Exception as error:
        print(type(error).__name__ + ":", error)
for source in ("class A(5): pass", "class A(int, str): pass", "class A(bool): pass", "class A(object, int): pass", "class A: pass\nclass B(A, A): pass", "class X: pass\nclass Y(X): pass\nclass Z(X, Y): pass", "class A(type(None)): pass", "class A(range): pass",
               "class A(metaclass=5): pass", "class A(x=1): pass", "class M(type): pass\nclass N(type): pass\nclass A(metaclass=M): pass\nclass B(A, metaclass=N): pass", "class A: __slots__ = 5", "class A: __slots__ = ('a', 1)", "class A: __slots__ = ('1a',)", "class A: __slots__ = ('x',); x = 1",
               "class A(tuple): __slots__ = ('a',)", "class A:\n def __set_name__(s, o, n): 1/0\nclass B: a = A()", "class A:\n def __init_subclass__(cls): raise ValueError('no')\nclass B(A): pass", "class A:\n __hash__ = None\nhash(A())", "class A:\n def __eq__(self, o): return True\nhash(A())",
               "class A:\n def __len__(self): return -1\nlen(A())", "class A:\n def __len__(self): return 'x'\nlen(A())", "class A:\n def __bool__(self): return 1\nbool(A())", "class A:\n def __repr__(self): return 1\nrepr(A())", "class A:\n def __str__(self): return 1\nstr(A())", "class A:\n def __hash__(self): return 'x'\nhash(A())",
               "class A:\n def __index__(self): return 'x'\n[1][A()]", "class A:\n def __int__(self): return 'x'\nint(A())", "class A:\n def __float__(self): return 1\nfloat(A())", "class A:\n def __iter__(self): return 1\nlist(A())", "class A:\n def __contains__(self, x): 1/0\n1 in A()", "class A:\n def __format__(self, s): return 1\nformat(A())",
               "class A:\n def __init__(self): return 1\nA()", "class A:\n def __new__(cls): pass\nprint(A())", "class A:\n def __new__(cls, x): return super().__new__(cls, x)\nA(1)", "class A:\n def __bytes__(self): return 1\nbytes(A())", "class A:\n def __length_hint__(self): return -1\n def __iter__(self): return iter(())\nprint(list(A()))", "class A:\n def __dir__(self): return 5\ndir(A())",
               "class A:\n def __getattr__(self, n): return 5\nprint(A().x, len(A()))", "class A:\n def __call__(self): return self.y\nA()()", "class A:\n def __enter__(self): pass\nwith A(): pass", "with 5: pass", "class A:\n @property\n def x(self): return 1\nA().x = 2", "class A: x = property(lambda s: 1, None, None)\ndel A().x"):
    text(source)
class Broken(1, 2): pass

def check(name, f):
    try:
        print(name, repr(f()))
    except BaseException as e:
        print(name, type(e).__name__, e)
import types, abc, weakref
check("types", lambda: sorted(n for n in dir(types) if n[0] != "_"))
check("sn", lambda: types.SimpleNamespace(a=1, b=2))
check("sn2", lambda: types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1))
check("mt", lambda: types.MethodType(len, [1, 2])())
check("ft", lambda: types.FunctionType((lambda x: x + 1).__code__, globals(), "nm")(4))
check("mod", lambda: types.ModuleType("mm", "doc").__dict__)
check("mp", lambda: types.MappingProxyType({"a": 1})["a"])
check("mp2", lambda: types.MappingProxyType({"a": 1}))
check("mp3", lambda: types.MappingProxyType([1]))
check("nc", lambda: types.new_class("N", (), {}, lambda ns: ns.update(a=1)).a)
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
    @property
    @abc.abstractmethod
    def g(self): ...
check("abs", lambda: A())
class B(A):
    def f(self): return 1
check("abs2", lambda: B())
class Cc(B):
    g = 3
check("abs3", lambda: Cc().g)
check("abs4", lambda: A.__abstractmethods__)
A.register(int)
check("reg", lambda: (isinstance(3, A), issubclass(int, A), issubclass(str, A), isinstance(Cc(), A)))
class H(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return hasattr(C, "quack")
class Q:
    quack = 1
check("hook", lambda: (issubclass(Q, H), isinstance(Q(), H), issubclass(int, H)))
class O: pass
o = O()
r = weakref.ref(o, lambda r: print("dead", r() is None))
check("ref", lambda: (r() is o, weakref.getweakrefcount(o), weakref.ref(o) is weakref.ref(o)))
p = weakref.proxy(o); o.x = 5
check("proxy", lambda: p.x)
del o
check("ref2", lambda: r())
check("proxy2", lambda: p.x)
check("noref", lambda: weakref.ref(1))
d = weakref.WeakValueDictionary()
o = O(); d["k"] = o
check("wvd", lambda: len(d))
del o
check("wvd2", lambda: len(d))
k = weakref.WeakKeyDictionary(); o = O(); k[o] = 1
check("wkd", lambda: len(k)); del o
check("wkd2", lambda: len(k))
s = weakref.WeakSet(); o = O(); s.add(o)
check("ws", lambda: len(s)); del o
check("ws2", lambda: len(s))
def fin(x): print("finalize", x)
o = O(); f = weakref.finalize(o, fin, 3)
check("alive", lambda: f.alive)
del o
check("alive2", lambda: f.alive)

"""LOAD_ATTR, STORE_ATTR, LOAD_METHOD, LOAD_GLOBAL: versions, indices, what takes them away."""
import show as module
from show import show, warm


class S:
    __slots__ = ("b", "a")
    def __init__(self): self.a = 1; self.b = 2


class T(S):
    __slots__ = ("c",)


class C:
    x = 1
    def m(self): return 1
    @classmethod
    def k(cls): return 1
    @staticmethod
    def s(): return 1
    @property
    def p(self): return 1
    def __init__(self): self.y = 1; self.z = 2


class Hooked(C):
    def __getattr__(self, name): return name


class E(Exception):
    def m(self): pass


class L(list):
    def m(self): return len(self)


def getter(name):
    space = {}
    exec(f"def get(o): return o.{name}\ndef put(o): o.{name} = 5\ndef call(o): return o.{name}()", space)
    return space["get"], space["put"], space["call"]


def trial(o, name, about, n=9):
    for function in getter(name)[::2 if isinstance(o, type) or o is module else 1]:
        try:
            warm(function, o, n=n)
        except (TypeError, AttributeError) as error:
            print(type(error).__name__)
        show(function, about, only="ATTR" if function.__name__ != "call" else "METHOD")


t = T(); t.c = 3
trial(t, "a", "slot"); trial(t, "c", "slot of the class itself"); trial(t, "__class__", "__class__")
trial(C(), "x", "of the class"); trial(C(), "y", "value"); trial(C(), "z", "value"); trial(C(), "m", "method")
trial(C(), "k", "class method"); trial(C(), "s", "static method"); trial(C(), "p", "property"); trial(C(), "none", "none")
c = C(); c.x = 5; trial(c, "x", "hidden")
c = C(); c.__dict__["w"] = 1; trial(c, "y", "with a dict"); trial(c, "m", "with a dict")
c = C(); c.__dict__ = {"q": 1, "y": 2}; trial(c, "y", "with another dict"); trial(c, "m", "with another dict")
trial(Hooked(), "y", "__getattr__"); trial(Hooked(), "m", "__getattr__")
trial(E(), "m", "exception"); e = E(); e.x = 1; trial(e, "m", "exception with a dict"); trial(e, "x", "exception with a dict")
trial(L(), "m", "list"); trial([], "copy", "list"); trial(1.5, "is_integer", "float"); trial(1, "real", "int")
trial(C, "x", "class"); trial(C, "m", "class"); trial(C, "k", "class"); trial(C, "s", "class")
trial(module, "CACHES", "module"); trial(module, "show", "module"); trial(keep := lambda: 1, "attr", "function"); trial(keep, "__name__", "function")


def get(o): return o.y
warm(get, C()); show(get)
warm(get, T() if 0 else Hooked(), n=3); show(get, "three of another class")
C.new = 1; get(C()); show(get, "the class has changed")
warm(get, C(), n=90); show(get, "again")


def method(o): return o.m()
warm(method, C()); show(method)
c = C(); c.other = 1
warm(method, C(), n=2); show(method, "a new name")
warm(method, C(), n=90); show(method, "again")


def init(o): o.a = 1; o.b = 2
warm(init, Hooked()); show(init)
for _ in range(10): init(Hooked())
show(init)

g = 1
def glob(): return g, len, module, unknown_yet
unknown_yet = 1
warm(glob); show(glob)
h = 2
warm(glob, n=3); show(glob, "one more global")
warm(glob, n=100); show(glob, "again")
g = 3
warm(glob, n=2); show(glob, "another value")
del h
warm(glob, n=2); show(glob, "one less")
def of_module(): return module.family("x"), module.OWN
warm(of_module); show(of_module)
module.extra = 1; warm(of_module, n=3); show(of_module, "one name more")

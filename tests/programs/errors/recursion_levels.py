# How deep calls of each kind may nest: which levels of recursion CPython counts.
import sys, functools, operator, itertools, copyreg
sys.setrecursionlimit(200)
def depth(make):
    global n
    n = 0
    def bump():
        global n
        n += 1
    f = make(bump)
    try: f()
    except RecursionError as e: return n, str(e)
    return n, "none"
def case(name):
    def deco(make):
        print(name, depth(make))
    return deco
@case("plain")
def _(b):
    def f(): b(); f()
    return f
@case("next gen")
def _(b):
    def g():
        b(); yield next(g())
    return lambda: next(g())
@case("for gen")
def _(b):
    def g():
        b()
        for x in g(): yield x
    return lambda: next(g())
@case("yield from")
def _(b):
    def g():
        b(); yield from g()
    return lambda: next(g())
@case("eval str")
def _(b):
    def f(): b(); eval("f()", {"f": f})
    return f
@case("eval code")
def _(b):
    c = compile("f()", "x", "eval")
    def f(): b(); eval(c, {"f": f})
    return f
@case("exec str")
def _(b):
    def f(): b(); exec("f()", {"f": f})
    return f
@case("exec code")
def _(b):
    c = compile("f()", "x", "exec")
    def f(): b(); exec(c, {"f": f})
    return f
@case("sorted key")
def _(b):
    def f(x=0): b(); sorted([1], key=f)
    return f
@case("list.sort key")
def _(b):
    def f(x=0): b(); [1].sort(key=f)
    return f
@case("sorted cmp_to_key")
def _(b):
    def f(x=0, y=0): b(); sorted([1, 2], key=functools.cmp_to_key(f))
    return f
@case("max key")
def _(b):
    def f(x=0): b(); max([1], key=f)
    return f
@case("map list")
def _(b):
    def f(x=0): b(); list(map(f, [1]))
    return f
@case("map next")
def _(b):
    def f(x=0): b(); next(map(f, [1]))
    return f
@case("map for")
def _(b):
    def f(x=0):
        b()
        for y in map(f, [1]): pass
    return f
@case("filter list")
def _(b):
    def f(x=0): b(); list(filter(f, [1]))
    return f
@case("partial")
def _(b):
    def f(x=0): b(); p()
    p = functools.partial(f)
    return f
@case("partial args")
def _(b):
    def f(x=0): b(); p(3)
    p = functools.partial(f)
    return f
@case("partial kw")
def _(b):
    def f(x=0): b(); p()
    p = functools.partial(f, x=3)
    return f
@case("reduce")
def _(b):
    def f(x=0, y=0): b(); functools.reduce(f, [1, 2])
    return f
@case("r.__call__")
def _(b):
    def f(): b(); f.__call__()
    return f
@case("__call__ class")
def _(b):
    class C:
        def __call__(self): b(); self()
    return C()
@case("C().__call__()")
def _(b):
    class C:
        def __call__(self): b(); self.__call__()
    return C()
@case("method")
def _(b):
    class C:
        def m(self): b(); self.m()
    return C().m
@case("bound method var")
def _(b):
    class C:
        def m(self): b(); m()
    m = C().m
    return m
@case("init")
def _(b):
    class C:
        def __init__(self): b(); C()
    return C
@case("new")
def _(b):
    class C:
        def __new__(cls): b(); C()
    return C
@case("init sub")
def _(b):
    class B: pass
    class C(B):
        def __init__(self): super().__init__(); b(); C()
    return C
@case("getattr")
def _(b):
    class C:
        def __getattr__(self, n): b(); return self.x
    c = C()
    return lambda: c.x
@case("getattr builtin")
def _(b):
    class C:
        def __getattr__(self, n): b(); return getattr(self, "x")
    c = C()
    return lambda: c.x
@case("getattribute")
def _(b):
    class C:
        def __getattribute__(self, n): b(); return self.x
    c = C()
    return lambda: c.x
@case("property")
def _(b):
    class C:
        @property
        def x(self): b(); return self.x
    c = C()
    return lambda: c.x
@case("setattr")
def _(b):
    class C:
        def __setattr__(self, n, v): b(); self.x = 1
    c = C()
    return lambda: setattr(c, "x", 1)
@case("getitem")
def _(b):
    class C:
        def __getitem__(self, i): b(); return self[0]
    return lambda: C()[0]
@case("setitem")
def _(b):
    class C:
        def __setitem__(self, i, v): b(); self[0] = 1
    c = C()
    def f(): c[0] = 1
    return f
@case("add")
def _(b):
    class C:
        def __add__(self, o): b(); return self + o
    return lambda: C() + 1
@case("radd")
def _(b):
    class C:
        def __radd__(self, o): b(); return 1 + self
    return lambda: 1 + C()
@case("eq")
def _(b):
    class C:
        def __eq__(self, o): b(); return self == o
    return lambda: C() == 1
@case("lt")
def _(b):
    class C:
        def __lt__(self, o): b(); return self < o
    return lambda: C() < 1
@case("hash")
def _(b):
    class C:
        def __hash__(self): b(); return hash(self)
    return lambda: hash(C())
@case("bool")
def _(b):
    class C:
        def __bool__(self): b(); return bool(self)
    return lambda: bool(C())
@case("if")
def _(b):
    class C:
        def __bool__(self):
            b()
            if self: return True
    return lambda: not C()
@case("len")
def _(b):
    class C:
        def __len__(self): b(); return len(self)
    return lambda: len(C())
@case("repr")
def _(b):
    class C:
        def __repr__(self): b(); return repr(self)
    return lambda: repr(C())
@case("repr list")
def _(b):
    class C:
        def __repr__(self): b(); return repr([self])
    return lambda: repr(C())
@case("str")
def _(b):
    class C:
        def __str__(self): b(); return str(self)
    return lambda: str(C())
@case("fstring")
def _(b):
    class C:
        def __str__(self): b(); return f"{self}"
    return lambda: str(C())
@case("format")
def _(b):
    class C:
        def __format__(self, s): b(); return format(self, s)
    return lambda: format(C())
@case("print")
def _(b):
    class C:
        def __str__(self): b(); print(self); return ""
    return lambda: print(C())
@case("iter")
def _(b):
    class C:
        def __iter__(self): b(); return iter(self)
    return lambda: iter(C())
@case("for iter")
def _(b):
    class C:
        def __iter__(self):
            b()
            for x in self: pass
    return lambda: iter(C())
@case("next class")
def _(b):
    class C:
        def __next__(self): b(); return next(self)
    return lambda: next(C())
@case("contains")
def _(b):
    class C:
        def __contains__(self, x): b(); return x in self
    return lambda: 1 in C()
@case("int")
def _(b):
    class C:
        def __int__(self): b(); return int(self)
    return lambda: int(C())
@case("index")
def _(b):
    class C:
        def __index__(self): b(); return operator.index(self)
    return lambda: operator.index(C())
@case("isinstance")
def _(b):
    class M(type):
        def __instancecheck__(cls, o): b(); return isinstance(1, cls)
    class C(metaclass=M): pass
    return lambda: isinstance(1, C)
@case("with")
def _(b):
    class C:
        def __enter__(self):
            b()
            with self: pass
        def __exit__(self, *a): pass
    return lambda: C().__enter__()
@case("listcomp")
def _(b):
    def f(): b(); [f() for x in [1]]
    return f
@case("genexp list")
def _(b):
    def f(): b(); list(f() for x in [1])
    return f
@case("sum genexp")
def _(b):
    def f(): b(); sum(f() for x in [1])
    return f
@case("class body")
def _(b):
    def f():
        b()
        class A: f()
    return f
@case("metaclass call")
def _(b):
    class M(type):
        def __call__(cls): b(); return cls()
    class C(metaclass=M): pass
    return lambda: C()
@case("*args")
def _(b):
    def f(*a): b(); f(*a)
    return f
@case("**kw")
def _(b):
    def f(**a): b(); f(**{"a": 1})
    return f
@case("kw")
def _(b):
    def f(x=1): b(); f(x=2)
    return f
@case("lru_cache")
def _(b):
    @functools.lru_cache
    def f(x=0): b(); return f(x + 1)
    return f
@case("wraps")
def _(b):
    def d(g):
        @functools.wraps(g)
        def w(*a): return g(*a)
        return w
    @d
    def f(): b(); f()
    return f
@case("staticmethod")
def _(b):
    class C:
        @staticmethod
        def m(): b(); C.m()
    return C.m
@case("classmethod")
def _(b):
    class C:
        @classmethod
        def m(cls): b(); cls.m()
    return C.m
@case("super")
def _(b):
    class B:
        def m(self): self.m()
    class C(B):
        def m(self): b(); super().m()
    return C().m
@case("del")
def _(b):
    class C:
        def __init__(self, n): self.n = n
        def __getstate__(self): b(); return self.__getstate__()
    return C(1).__getstate__
@case("send")
def _(b):
    def g():
        b(); x = yield 1; 
        h = g(); next(h); h.send(1)
    def s():
        h = g(); next(h); h.send(1)
    return s
@case("coroutine")
def _(b):
    async def c(): b(); await c()
    return lambda: c().send(None)
@case("itemgetter etc")
def _(b):
    class C:
        @property
        def x(self): b(); return operator.attrgetter("x")(self)
    return lambda: C().x
@case("methodcaller")
def _(b):
    class C:
        def m(self): b(); return operator.methodcaller("m")(self)
    return C().m
@case("starmap")
def _(b):
    def f(*a): b(); list(itertools.starmap(f, [(1,)]))
    return f
@case("dict get hash")
def _(b):
    class C:
        def __hash__(self): b(); return {}.get(self)
    return lambda: hash(C())
@case("type()")
def _(b):
    class M(type):
        def __new__(m, *a): b(); return type.__new__(m, *a)
        def __init__(c, *a): M("X", (), {})
    return lambda: M("X", (), {})
@case("init_subclass")
def _(b):
    class B:
        def __init_subclass__(cls): b(); type("X", (B,), {})
    return lambda: type("X", (B,), {})

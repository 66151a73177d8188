# Blocks of memory that results of calls take and that stay when they die; what the collector counts and knows meanwhile.
import sys, gc, collections, itertools, functools, contextvars, array, io, re, weakref, types, operator, struct, random
from sys import getallocatedblocks as blocks
gc.disable()

class C: pass
class S: __slots__=("a",)
class K:
    def __init__(self): self.x=1; self.y=2
def kw(**k): return k
def up(d, *a, **k): d.update(*a, **k); return d
def seta(o, **k):
    for n,v in k.items(): setattr(o,n,v)
    return o
def tri(f, *a, **k):
    try: f(*a, **k)
    except BaseException as e: return e
def raise_(e): raise e
def raise_from(e, c): raise e from c
import threading, queue, heapq, bisect, math, fractions, json, datetime, decimal, time, os, pathlib, string, textwrap, uuid, hashlib, zlib, base64, csv, pickle, marshal, dis, ast, inspect, enum, typing, dataclasses, copy, contextlib, collections.abc
def gen(n):
    for i in range(n): yield i
def genfrom(n):
    yield from gen(n)
async def co(): return 1
async def co2(): return await co()
async def ag():
    yield 1
    yield 2
async def agl(): return [x async for x in ag()]
def runco(c):
    try: c.send(None)
    except (StopIteration, StopAsyncIteration) as e: return e.value if isinstance(e, StopIteration) else None
def outer(a):
    def inner(): return a
    return inner
def closure2():
    a = b = c = 1
    def f(): return a, b, c
    return f
def default():
    def f(a=1, *, b=[]): pass
    return f
def annotated(a: int, b: "str") -> list: pass
class Prop:
    @property
    def p(self): return 1000
    @classmethod
    def c(cls): return 1
    @staticmethod
    def s(): return 1
    def m(self): return self
class Slots:
    __slots__ = ("a", "b")
    __match_args__ = ("a",)
    def __init__(self, a): self.a = a
@dataclasses.dataclass
class DC:
    x: int
    y: int = 5
NT = collections.namedtuple("NT", "a b")
class En(enum.Enum):
    A = 1
    B = 2
class Fl(enum.Flag):
    A = 1
    B = 2
class Ctx:
    def __enter__(self): return self
    def __exit__(self, *a): return True
def withctx():
    with Ctx() as c: return c
def withtwo():
    with Ctx() as c, Ctx() as d: raise ValueError
def trys():
    try: 1/0
    except ZeroDivisionError: pass
def tryfin():
    try: return [1]
    finally: x = 1
def tryelse():
    try: pass
    except ValueError: pass
    else: return 1
def nested():
    try:
        try: 1/0
        except ZeroDivisionError: {}["a"]
    except KeyError as e: return e
def reraise():
    try:
        try: 1/0
        except ZeroDivisionError: raise
    except ZeroDivisionError as e: return e
def catchas():
    try: int("a")
    except ValueError as e: return str(e)
def excgroup():
    try: raise ExceptionGroup("a", [ValueError(1), TypeError(2)])
    except* ValueError as e: pass
    except* TypeError: pass
def assertfail():
    try: assert [] , "msg"
    except AssertionError as e: return e
def raisefrom():
    try: raise ValueError(1) from KeyError(2)
    except ValueError as e: return e
def loops():
    s = 0
    for i in range(1000, 1010): s += i
    else: s += 1
    return s
def whileloop():
    n = 1000
    while n > 900: n -= 7
    return n
def unpack():
    a, (b, c) = 1, [2, 3]
    return a, b, c
def starunpack():
    a, *b, c = range(10)
    return b
def walrus():
    return [y for x in range(5) if (y := x * 1000)]
def matches(x):
    match x:
        case {"a": a, **rest}: return a, rest
        case [a, *b]: return b
        case Slots(a): return a
        case str(): return x
def delvar():
    x = [1]; del x
    return 5
GV = 0
def globalvar():
    global GV
    GV = [1]
def nonlocalvar():
    n = 1000
    def f():
        nonlocal n
        n += 1
        return n
    return f()
def lam(): return (lambda *a, **k: (a, k))(1, b=2)
def compre(): return {(a, b) for a in range(3) for b in range(3)}
def fstr(): x = 1000; return f"{x!r:>10}{x}"
def slicing(): l = list(range(10)); l[2:4] = [1]; del l[::2]; return l[1:3]
def chained(): a = 1000; return 1 < a < 2000
def tern(): return [1] if GV else [2]
def augm():
    x = [1]; x += [2]; x *= 2
    s = "a"; s += "b"; n = 1000; n += 1; n **= 2
    return x, s, n
def dictcomp(): return {k: v for k, v in zip("abc", range(3))}
def impt():
    import os.path
    return os
def impfrom():
    from os import path
    return path
class Base1:
    x = [1]
    def hello(self): return [self]
class Sub(Base1):
    def hello(self): return super().hello()
class Del:
    def __del__(self): pass
class M1(type): pass
class Meta1(metaclass=M1): pass
class Getattr:
    def __getattr__(self, n): return n
class Call:
    def __call__(self): return self
class Iter:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
class Idx2:
    def __index__(self): return 1
class Add:
    def __add__(self, o): return [self, o]
    __radd__ = __add__
    def __eq__(self, o): return True
class Len:
    def __len__(self): return 5
class Contains:
    def __contains__(self, x): return True
class Seq3:
    def __getitem__(self, i):
        if i > 3: raise IndexError(i)
        return i
class Set1(set): pass
class Hash:
    def __hash__(self): return 5
    def __eq__(self, o): return self is o
class Repr:
    def __repr__(self): return "repr%d" % 5
@contextlib.contextmanager
def ctx_(): yield [1]
def ctxm():
    with ctx_() as c: return c
CV = contextvars.ContextVar("CV", default=1)

CASES = r'''
collections.OrderedDict(a=1)
collections.OrderedDict(a=1,b=2)
collections.OrderedDict([(1,2)])
collections.OrderedDict.fromkeys("abc")
collections.OrderedDict.fromkeys(range(10))
(lambda d: (d.popitem(), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.pop("a"), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.move_to_end("a"), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.clear(), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.__delitem__("a"), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.setdefault("c", 1), d)[1])(collections.OrderedDict(a=1,b=2))
(lambda d: (d.update(c=3), d)[1])(collections.OrderedDict(a=1,b=2))
collections.OrderedDict(a=1).copy()
collections.OrderedDict(a=1).items()
collections.OrderedDict(a=1).keys()
iter(collections.OrderedDict(a=1))
iter(collections.OrderedDict(a=1).items())
next(iter(collections.OrderedDict(a=1).items()))
list(collections.OrderedDict(a=1).items())
reversed(collections.OrderedDict(a=1))
collections.OrderedDict(a=1) | {"b": 2}
repr(collections.OrderedDict(a=1))
collections.OrderedDict(a=1) == {"a": 1}
seta(type("O", (collections.OrderedDict,), {})(a=1), x=1)
tri(int, "x")
tri(int, "x", 10)
tri(float, "x")
tri(complex, "x")
tri(len, 5)
tri(len)
tri(ord, "ab")
tri(chr, -1)
tri([].pop)
tri([].index, 1)
tri([].remove, 1)
tri({}.pop, 1)
tri({}.__getitem__, 1)
tri({}.popitem)
tri(set().pop)
tri(set().remove, 1)
tri("a".index, "b")
tri("a".join, [1])
tri("a".join, 1)
tri("é".encode, "ascii")
tri(b"\xff".decode, "utf-8")
tri(iter, 5)
tri(next, iter([]))
tri(getattr, 5, "x")
tri(setattr, 5, "x", 1)
tri(delattr, 5, "x")
tri(hash, [])
tri(sum, ["a"])
tri(max, [])
tri(max, 5)
tri(sorted, [1, "a"])
tri(divmod, 1, 0)
tri(pow, 0, -1)
tri(pow, 2, -1, 4)
tri(range, 1, 2, 0)
tri(range, "a")
tri(bytes, [300])
tri(bytes, -1)
tri(bytearray, "a")
tri(list, 5)
tri(tuple, 5)
tri(dict, 5)
tri(dict, [1])
tri(dict, [(1,)])
tri(set, 5)
tri(set, [[]])
tri(isinstance, 1, 1)
tri(issubclass, 1, 1)
tri(type, 1, 2)
tri(type, "a", 1, 1)
tri(object, 1)
tri(kw, 1)
tri(lambda a: a)
tri(lambda a: a, 1, 2)
tri(lambda *, a: a)
tri(lambda: 1/0)
tri(lambda: undefined)
tri(lambda: {}["a"])
tri(lambda: (1,)[5])
tri(lambda: "a"[5])
tri(lambda: 1 + "a")
tri(lambda: "a" + 1)
tri(lambda: [] + ())
tri(lambda: 1 < "a")
tri(lambda: None.x)
tri(lambda: K().zz)
tri(lambda: len(*5))
tri(lambda: kw(**5))
tri(lambda: [*5])
tri(lambda: {**5})
tri(lambda: "%d" % "a")
tri(lambda: "%d" % ())
tri(lambda: "%s" % (1, 2))
tri(lambda: "{}".format())
tri(lambda: "{x}".format())
tri(lambda: f"{1:q}")
tri(lambda: int.from_bytes(b"a", "x"))
tri(lambda: (1000).to_bytes(1, "big"))
tri(lambda: open("/nope"))
tri(lambda: compile("a", "b", "c"))
tri(lambda: next(x for x in []))
tri(lambda: (1).__add__())
tri(lambda: list.append())
tri(lambda: list.append([]))
tri(lambda: list.append(1, 2))
tri(lambda: [].append(1, 2))
tri(lambda: "a".upper(1))
tri(lambda: super())
tri(lambda: [1].__getitem__("a"))
tri(lambda: sys.getrefcount())
tri(lambda: S().a)
tri(lambda: setattr(S(), "b", 1))
tri(lambda: K(1))
tri(lambda: raise_(ValueError("a")))
tri(lambda: raise_(ValueError))
tri(lambda: raise_(KeyError(1)))
tri(lambda: raise_(5))
tri(lambda: raise_from(ValueError(1), KeyError(2)))
functools.lru_cache(4)
functools.lru_cache
functools.lru_cache()(kw)
functools.lru_cache(kw)
functools.cache(kw)
(lambda f: (f(1), f)[1])(functools.lru_cache(None)(lambda x: x))
(lambda f: (f(1), f(1), f)[1])(functools.lru_cache(None)(lambda x: x))
(lambda f: (f(1), f)[1])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f(1), f(1), f)[2])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f(1,2), f(a=1,b=2), f)[2])(functools.lru_cache(4)(lambda a,b: a))
(lambda f: ([f(i) for i in range(10)], f)[1])(functools.lru_cache(4)(lambda x: x))
(lambda f: ([f(i) for i in range(10)], f)[1])(functools.lru_cache(None)(lambda x: x))
(lambda f: (f(1), f.cache_clear(), f)[2])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f("a"), f)[1])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f(1.5), f)[1])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f((1,2)), f)[1])(functools.lru_cache(4)(lambda x: x))
(lambda f: (f(1), f)[1])(functools.lru_cache(4, typed=True)(lambda x: x))
(lambda f: (f(1), f)[1])(functools.lru_cache(0)(lambda x: x))
(lambda f: f.cache_info())(functools.lru_cache(4)(lambda x: x))
iter(range(10**20))
next(iter(range(10**20)))
(lambda it: (next(it), it)[1])(iter(range(10**20)))
reversed(range(10**20))
reversed(range(5))
iter(range(10**20, 10**20+5))
list(range(10**20, 10**20+5))
range(10**20)[5]
range(10**20)[5:]
len(range(5))
5 in range(10**20)
range(1, 10**20, 3)
range(1000, 2000)
range(1000, 2000).start
kw.__code__
(lambda: 1).__code__.co_lines
kw.__code__.co_lnotab
kw.__code__.co_code
kw.__code__.co_varnames
kw.__code__.co_linetable
kw.__code__.co_freevars
kw.__code__.replace(co_name="x")
compile("x = 1", "a", "exec")
compile("def f(a): return a+1", "a", "exec")
compile("x+1", "a", "eval")
eval("1+1")
eval("lambda x: x")
eval("[i for i in range(3)]")
exec("a=1", {})
sys._getframe()
sys._getframe().f_locals
sys._getframe().f_lineno
(lambda: sys._getframe())()
(lambda a, b: sys._getframe())(1, 2)
types.CodeType
type("E", (Exception,), {})
type("E", (type,), {})
(lambda: [x for x in range(3)])()
[x for x in range(300)]
{x: x for x in range(300)}
{x for x in range(300)}
(x for x in range(300))
list(x for x in range(300))
sum(x for x in range(300))
dict(enumerate("abc"))
list(enumerate("abc"))
list(zip("abc", range(3)))
list(map(str, range(3)))
list(filter(None, range(3)))
list(reversed([1, 2, 3]))
[1, 2, 3].copy()
[1, 2, 3] + [4]
[*range(5)]
(*range(5),)
{*range(5)}
[1000, 2000][::-1]
(lambda l: (l.append(1), l)[1])([])
(lambda l: (l.extend([1]*20), l)[1])([])
(lambda l: (l.insert(0, 1), l)[1])([])
(lambda l: (l.clear(), l)[1])([1])
(lambda l: (l.pop(), l)[1])([1])
(lambda l: (l.sort(), l)[1])([3, 1, 2])
(lambda l: (l.sort(key=str), l)[1])([3, 1, 2])
(lambda l: (l.reverse(), l)[1])([3, 1, 2])
(lambda l: (l.__setitem__(slice(0, 1), [5, 6, 7]), l)[1])([3, 1, 2])
(lambda l: (l.__delitem__(slice(0, 2)), l)[1])([3, 1, 2])
(lambda d: (d.pop(1), d)[1])({1: 2})
(lambda d: (d.clear(), d)[1])({1: 2})
(lambda d: (d.setdefault(1, []), d)[1])({})
(lambda d: (d.popitem(), d)[1])({1: 2})
(lambda s: (s.add(1), s)[1])(set())
(lambda s: (s.update(range(30)), s)[1])(set())
(lambda s: (s.discard(1), s)[1])({1})
(lambda s: (s.clear(), s)[1])(set(range(30)))
{1, 2} & {2}
{1, 2} | {2}
{1, 2} - {2}
{1, 2} ^ {2}
{1, 2} <= {2}
frozenset([1]) | {2}
"abc".upper()
"abc".title()
"abc".replace("a", "bb")
"abc" * 3
"a,b".rsplit(",", 1)
"a\nb".splitlines()
"abc".ljust(10)
"abc".zfill(10)
"abc".encode("utf-16")
"abc".encode("latin-1")
"é".encode()
"abc".casefold()
"abc".strip("a")
"aXb".swapcase()
"abc".expandtabs()
"abc".format_map({})
"{0}{1}".format("a", 1000)
"{:>10}".format("a")
"{!r}".format("a")
"%5.2f" % 1.5
"%x" % 1000
"%s" % "a"
"%s" % 1000
str(b"abc", "utf-8")
str(object)
str(1000)
str(10**30)
str(None)
repr("a'b")
repr(1.5)
repr(object)
ascii("é")
format(1.5, ".3f")
format("a", ">5")
chr(65)
chr(0x1F600)
b"abc".upper()
b"abc".hex()
b"a,b".split(b",")
b"abc".replace(b"a", b"bb")
b"abc"[1:]
b"abc"[1]
bytes.fromhex("abcd")
bytes([1, 2, 3])
bytes("abc", "utf-8")
bytearray("abc", "utf-8")
bytearray(b"abc").decode()
memoryview(b"abc").tobytes()
memoryview(b"abc").tolist()
memoryview(bytearray(5))[1:3]
memoryview(b"abc").obj
memoryview(b"abc").shape
int("0x10", 16)
int(1e30)
int("9" * 50)
10**30 % 7
10**30 + 1
10**30 * 10**30
10**30 >> 5
1 << 100
-10**30
abs(-10**30)
10**30 & 0xffff
divmod(10**30, 10**10)
pow(2, 100, 10**9 + 7)
(10**30).bit_length()
(5).__pow__(2)
float("1e10")
1.5 // 0.5
divmod(1.5, 0.5)
(1.5).is_integer()
(1.5).__round__()
round(1234.5678, 2)
complex(1, 2) * 1j
1e308 * 10
sum([0.1] * 10)
sum([[1], [2]], [])
min([3000, 1000])
min("abc", "abd")
max({1: 2}, key=str)
sorted({"b": 1, "a": 2})
sorted([3, 1, 2], reverse=True)
sorted([3, 1, 2], key=lambda x: -x)
list(range(1000, 1005))
tuple([1, 2, 3])
tuple(x for x in range(3))
set("hello")
frozenset("hello")
dict(a=1, b=2)
dict.fromkeys([1, 2], [])
{**{"a": 1}, "b": 2}
{"a": 1, **kw(b=2)}
[i for i in range(3) if i]
[[j for j in range(2)] for i in range(2)]
(lambda: (yield))()
(lambda g: (g.send(None), g)[1])((lambda: (yield))())
(lambda g: (next(g), g.close(), g)[2])((lambda: (yield))())
(lambda g: (next(g), tri(g.throw, ValueError), g)[2])((lambda: (yield))())
(lambda g: list(g))(x for x in range(5))
(lambda g: (list(g), g)[1])(x for x in range(5))
gen(5)
(lambda g: (next(g), g)[1])(gen(5))
list(gen(5))
(lambda g: (next(g), g)[1])(genfrom(5))
runco(co())
runco(co2())
runco(agl())
(lambda c: c.close())(co())
ag()
ag().asend(None)
runco(ag().__anext__())
anext(ag())
anext(ag(), 5)
runco(ag().aclose())
outer(1)
outer(1)()
outer(1).__closure__
closure2()
default()
annotated
annotated.__annotations__
K.__init__
K().__init__
K.__dict__
vars(K)
K.__mro__
K.mro()
K.__subclasses__()
K().__class__
K().__repr__
repr(K())
str(K())
hash(K())
K() == K()
K().__sizeof__()
Prop().p
Prop.p
Prop().m
Prop().m()
Prop.c
Prop.c()
Prop().s
Prop.s()
Slots(1)
Slots(1).a
Slots.a
DC(1, 2)
repr(DC(1, 2))
DC(1, 2) == DC(1, 2)
NT(1, 2)
NT(1, 2)._asdict()
NT(1, 2)._replace(a=5)
NT(1, 2).a
NT._make([1, 2])
En.A
En(1)
En["A"]
list(En)
En.A.name
Fl.A | Fl.B
Fl(3)
withctx()
withtwo()
trys()
tryfin()
tryelse()
nested()
reraise()
catchas()
assertfail()
raisefrom()
loops()
whileloop()
unpack()
walrus()
matches({"a": 1})
matches([1, 2, 3])
matches("x")
delvar()
globalvar()
nonlocalvar()
lam()
compre()
fstr()
slicing()
chained()
tern()
augm()
dictcomp()
impt()
impfrom()
weakref.ref(K())
(lambda k: (k, weakref.ref(k)))(K())
(lambda k: (k, weakref.ref(k, kw)))(K())
(lambda k: (k, weakref.ref(k), weakref.ref(k)))(K())
(lambda k: (k, weakref.proxy(k)))(K())
weakref.WeakMethod(Prop().m)
collections.deque([1])
collections.deque([1], 5)
iter(collections.deque([1]))
collections.deque(range(100))
collections.ChainMap({}, {})
collections.ChainMap({"a": 1})["a"]
collections.UserDict(a=1)
collections.UserString("a")
collections.Counter("abc").most_common()
list(collections.Counter("ab").elements())
collections.defaultdict(list)["a"]
(lambda d: (d["a"], d)[1])(collections.defaultdict(list))
functools.reduce(operator.add, [1, 2, 3])
functools.partial(divmod, 7)(2)
functools.partialmethod(kw)
functools.cached_property(kw)
functools.total_ordering
operator.itemgetter(1)([1, 2])
operator.itemgetter(0, 1)([1, 2])
operator.attrgetter("x")(K())
operator.methodcaller("upper")("a")
itertools.chain([1], [2]).__next__()
list(itertools.permutations([1, 2, 3]))
list(itertools.combinations([1, 2, 3], 2))
list(itertools.groupby([1, 1, 2]))
list(itertools.accumulate([1000, 2000]))
list(itertools.islice(itertools.count(), 5))
list(itertools.pairwise([1, 2, 3]))
list(itertools.starmap(divmod, [(7, 2)]))
list(itertools.takewhile(bool, [1, 0]))
itertools.tee([1, 2], 3)
next(itertools.count(10**20))
(lambda c: (next(c), c)[1])(itertools.count(10**20))
itertools.count(10**20, 5)
(lambda c: (next(c), c)[1])(itertools.count(sys.maxsize))
(lambda c: (next(c), c)[1])(itertools.repeat(5, 3))
re.compile("a").match("a")
re.compile("(a)(b)").match("ab")
re.compile("(a)(b)").match("ab").groups()
re.compile("a").findall("aaa")
re.compile("(a)(b)").findall("abab")
re.compile("a").sub("b", "aaa")
re.compile("a").sub(lambda m: "b", "aaa")
re.compile("a").split("bab")
re.compile("(?P<x>a)").match("a").groupdict()
re.compile("a").search("ba").span()
re.match("a", "a")
re.escape("a.b")
re.sub("a", "b\\1", "ccc") if 0 else 0
struct.pack("ii", 1, 2)
struct.unpack("ii", b"12345678")
struct.Struct("ii")
struct.iter_unpack("i", b"12345678")
struct.calcsize("ii")
array.array("i", [1, 2]) + array.array("i", [3])
array.array("i", [1, 2]).tolist()
array.array("i", [1, 2]).tobytes()
array.array("i", range(10))[2:5]
(lambda a: (a.append(5), a)[1])(array.array("i"))
iter(array.array("i", [1]))
io.StringIO("abc").read()
io.StringIO("a\nb").readlines()
io.StringIO("a\nb").readline()
io.BytesIO(b"a\nb").readlines()
random.Random(1).random()
random.Random(1).randint(1, 10)
types.SimpleNamespace(a=1).a
types.MappingProxyType({"a": 1})["a"]
types.MappingProxyType({"a": 1}).copy()
types.GenericAlias(list, (int,))
list[int]
dict[str, int]
int | str
int | None
list[int] | None
list[int].__args__
tuple[int, ...]
type("A", (), {})
isinstance(1, int | str)
isinstance([], (int, list))
issubclass(bool, int)
callable(len)
id(object())
hash("abc")
hash((1, 2, 3))
hash(frozenset([1]))
globals().get("x")
locals()
eval("1000 + 1")
eval("K()")
exec("x = 1")
exec("def f(): pass\nf()")
compile("1", "", "eval")
print(end="")
print("", end="")
input.__name__
sys.exc_info()
sys.version_info
sys.version_info[:2]
sys.getsizeof([])
sys.getrefcount(None)
sys.intern("abc def")
sys.intern("zzz" + str(5))
gc.get_count()
gc.get_objects
gc.get_referents([1000])
gc.is_tracked([])
property(kw).setter(kw)
Prop.__dict__["p"]
super(type("X", (K,), {}), type("X", (K,), {})())if 0 else 0
Sub()
Sub().hello()
Sub().x
Del()
Meta1()
Getattr().zzz
Call()()
Iter()
list(Iter())
Ctx()
Idx2()
[1, 2, 3][Idx2()]
Add() + 1
1 + Add()
Add() == 1
{Add(): 1} if 0 else 0
len(Len())
bool(Len())
Contains() 
1 in Contains()
Seq3()[0]
list(Seq3())
Set1()
Hash()
{Hash(): 1}
{Hash(), Hash()}
Repr()
repr(Repr())
f"{Repr()}"
str(Repr())
print(Repr(), end="") if 0 else 0
copy.copy([1])
copy.deepcopy([1, [2]])
copy.copy(K())
contextlib.suppress(ValueError)
contextlib.ExitStack()
contextlib.nullcontext()
threading.Lock()
threading.RLock()
threading.Event()
threading.Condition()
threading.Semaphore()
heapq.merge([1], [2])
(lambda h: (heapq.heappush(h, 1), h)[1])([])
bisect.bisect([1, 2], 1)
math.sqrt(2)
math.factorial(30)
math.gcd(10**20, 15)
math.floor(1e20)
math.modf(1.5)
fractions.Fraction(1, 2)
datetime.date(2020, 1, 1)
datetime.datetime(2020, 1, 1)
datetime.time(1)
contextvars.copy_context()
contextvars.Context()
CV.get()
contextvars.copy_context().run(kw)
pathlib.PurePath("a")
pathlib.PurePath("a") / "b"
string.Template("$a").substitute(a=1)
uuid.UUID(int=5)
hashlib.md5(b"a").hexdigest()
hashlib.sha256(b"a").digest()
zlib.compress(b"a") if 0 else 0
zlib.crc32(b"a")
base64.b64encode(b"abc")
pickle.dumps([1])
pickle.loads(pickle.dumps([1]))
marshal.dumps([1])
dis.Bytecode("1") if 0 else 0
typing.List[int]
typing.Optional[int]
'''.strip().splitlines()


def blocks_of(run):
    for _ in range(12):
        held = run()
        held = None
    before = blocks()
    held = run()
    during = blocks()
    held = None
    return during - before, blocks() - before


def counts_of(run):
    gc.collect()
    held = run()
    held = None
    objects = len(gc.get_objects())
    before = gc.get_count()[0]
    held = run()
    during = gc.get_count()[0]
    more = len(gc.get_objects())
    held = None
    return during - before, gc.get_count()[0] - before, more - objects


for text in CASES:
    names = dict(globals())
    exec(compile("run = lambda: " + text, "case", "exec"), names)
    print(*blocks_of(names["run"]), *counts_of(names["run"]), text)

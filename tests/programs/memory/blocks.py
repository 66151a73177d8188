# How many blocks of memory an object and what it makes take, and how many stay when it dies.
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
CASES = r'''
bytearray()
bytearray(5)
bytearray(b"abc")
bytearray(100)
bytearray(600)
bytearray(range(20))
bytearray(b"a").center(10)
b"abc".center(20)
itertools.cycle([1,2,3])
itertools.cycle("abc")
itertools.zip_longest([1],[2,3])
itertools.zip_longest("ab", "cde", fillvalue=0)
(lambda c: (next(c), c)[1])(itertools.zip_longest([1],[2,3]))
list(itertools.zip_longest([1],[2,3]))
itertools.chain([1],[2])
itertools.chain.from_iterable([[1],[2]])
itertools.count()
itertools.count(5)
itertools.count(1.5)
itertools.repeat(1)
itertools.repeat(1, 5)
itertools.accumulate([1,2])
list(itertools.product([1,2],[3,4]))
itertools.groupby([1,1,2])
(lambda c: (next(c), c)[1])(itertools.groupby([1,1,2]))
itertools.tee([1,2])
(lambda c: (next(c[0]), c)[1])(itertools.tee([1,2]))
itertools.islice([1,2], 1)
itertools.starmap(pow, [(1,2)])
itertools.takewhile(bool, [1])
itertools.dropwhile(bool, [1])
itertools.filterfalse(bool, [1])
itertools.compress([1],[1])
itertools.pairwise([1,2])
(lambda c: (next(c), c)[1])(itertools.pairwise([1,2,3]))
zip([1],[2])
(lambda c: (next(c), c)[1])(zip([1],[2]))
map(str, [1])
(lambda c: (next(c), c)[1])(map(str, [1000]))
filter(None, [1])
enumerate([1])
(lambda c: (next(c), c)[1])(enumerate([1000]))
reversed([1])
iter([1])
iter({1:2})
iter({1})
iter("abc")
iter((1,))
iter(range(5))
iter(b"ab")
iter(bytearray(b"ab"))
{1:2}.items()
{1:2}.keys()
{1:2}.values()
iter({1:2}.items())
iter({}.values())
slice(1,2)
range(1000)
range(10**20)
memoryview(b"abc")
memoryview(b"abc")[1:]
memoryview(bytearray(b"abc"))
memoryview(b"abcd").cast("I")
frozenset()
frozenset([1,2])
frozenset(range(10))
set()
{1,2}
set(range(10))
set(range(200))
{1,2}.copy()
{}
{1:2}
dict(a=1)
{"a":1}
dict.fromkeys("abc")
dict.fromkeys(range(100))
{i:i for i in range(6)}
[]
[1]
[1]*10
list(range(10))
[0]*100
()
(1000,2000)
tuple(range(30))
"abc"+str(5)
"é"*10
"€"*10
1.5+blocks.__name__.__len__()
10**30
10**9
10**10
2**60+1
1j*2
object()
(lambda: None)
(lambda x: lambda: x)(1)
(i for i in [1])
(lambda g: (next(g), g)[1])(i for i in [1,2])
functools.partial(int, base=2)
functools.partial(int)
functools.lru_cache(None)(lambda x: x)
functools.lru_cache(4)(lambda x: x)
(lambda f: (f(1), f(2), f)[2])(functools.lru_cache(4)(lambda x: x))
functools.cmp_to_key(max)
functools.cmp_to_key(max)(1)
operator.itemgetter(1)
operator.itemgetter(1,2)
operator.attrgetter("a")
operator.attrgetter("a.b","c")
operator.methodcaller("a", 1)
contextvars.ContextVar("x")
(lambda v: (v.set(5), v))(contextvars.ContextVar("x"))
array.array("i")
array.array("i", [1,2,3])
array.array("d", range(100))
io.BytesIO()
io.BytesIO(b"abc")
types.SimpleNamespace()
types.MappingProxyType({})
types.MethodType(len, [])
types.ModuleType("m")
[].append
"a".upper
[].__len__
int.__add__
(5).__add__
ValueError()
ValueError(1)
KeyError("a")
OSError(2, "x")
StopIteration(5)
UnicodeDecodeError("utf-8", b"a", 0, 1, "r")
ImportError("x", name="y")
SyntaxError("a", ("f",1,2,"t"))
ExceptionGroup("a", [ValueError(1)])
type("A", (), {})()
super(type("A", (), {}))
property()
property(len)
collections.OrderedDict()
collections.defaultdict(int)
collections.Counter()
collections.Counter("abc")
weakref.ref(int)
(lambda a: (a, weakref.ref(a)))(set())
(lambda a: (a, weakref.proxy(a)))(set())
weakref.WeakSet()
random.Random(1)
re.compile("a")
"abc".split("b")
"a,b,c,d".split(",")
"a b c".split()
"abc".partition("b")
"%s %d" % ("a", 5)
"{} {}".format(1000, 2)
f"{1000}a"
"abc".encode()
b"abc".decode()
"abc".join(["x","y"])
int("12345")
int("1"*40)
float("1.5")
str(1.5)
repr([1,2])
bytes(5)
bytes(range(10))
b"ab"+b"c"*2
hash((1,2))
sorted([3,1,2])
divmod(1000,7)
"abc".maketrans("a","b")
"abc".translate({97:98})
sys.exc_info()
globals()
vars(type("A", (), {}))
dir([])
int.from_bytes(b"ab","big")
(1000).to_bytes(2,"big")
(1.5).as_integer_ratio()
(1.5).hex()
float.fromhex("0x1p3")
complex("1j")
round(1.567, 2)
[1,2,3][::2]
(1,2,3)[::2]
"abcdef"[::2]
b"abcdef"[::2]
range(10)[::2]
bytearray(b"abc")[::2]
bytearray(b"abc")+b"d"
bytearray(b"abc").split(b"b")
(lambda b: (b.append(1), b)[1])(bytearray(b"abc"))
(lambda b: (b.extend(range(30)), b)[1])(bytearray(b"abc"))
(lambda b: (b.pop(), b)[1])(bytearray(b"abc"))
(lambda b: (b.clear(), b)[1])(bytearray(b"abc"*20))
(lambda b: (b.__delitem__(slice(0,50)), b)[1])(bytearray(b"abc"*20))
up({}, {1:2})
up({1:2}, {3:4})
up({}, [(1,2)])
up({}, {i:i for i in range(20)})
up(collections.defaultdict(int), {1:2})
collections.defaultdict(int, {1:2})
collections.defaultdict(int, [(1,2)])
collections.Counter([1,2])
seta(types.SimpleNamespace(), a=1)
seta(C(), a=1)
seta(K(), z=1)
C()
K()
S()
K().__dict__
seta(C(), a=1).__dict__
seta(lambda: 0, a=1)
seta(functools.partial(int), a=1)
staticmethod(kw)
staticmethod(lambda: 1)
classmethod(kw)
functools.partial(int, 1)
functools.partial(functools.partial(int, 1), 2)
kw(a=1)
kw(a=1,b=2,c=3,d=4,e=5,f=6)
dict({1:2})
dict({1:2}, a=1)
dict([(1,2)])
{**{1:2}}
{**{1:2}, 3:4}
{1:2} | {3:4}
{1:2}.copy()
dict(zip("ab","cd"))
type("A", (), {})
type("A", (C,), {})
type("A", (int,), {})
type("A", (dict,), {})()
type("A", (list,), {})()
seta(type("A", (), {})(), x=1)
set([1,2]) | {3}
set(range(50))
frozenset(range(50))
{1,2,3}.union([4,5,6,7])
ValueError("a").with_traceback(None)
seta(ValueError("a"), note=1)
(lambda e: (e.add_note("x"), e)[1])(ValueError("a"))
super(K, K())
property(kw)
property(kw).getter(kw)
kw.__get__(1)
types.FunctionType(kw.__code__, {})
types.CellType(1)
(lambda: (yield))()
eval("[]")
__import__("sys")
"a b c d".split()
"%r %s" % (1000, [])
str([1000, 2000])
repr({1: [2]})
sum([1000, 2000])
sorted("hello")
tuple("hello")
"hello"[1:3]
"x" * 100
[1000] * 3 + [2]
(1000,) + (2,)
[[]] * 3
[[] for _ in range(3)]
{i: [] for i in range(3)}
{i for i in range(3)}
(lambda *a, **k: (a, k))(1, 2, x=3)
max([1000, 2000])
divmod(10**20, 7)
pow(3, 100)
10**20 // 3
-(10**10)
1000 + 0
1.5 * 2
abs(-1000)
int(1000.7)
round(1000.5)
hash("x")
isinstance(1, int)
id(1)
len("x")
ord("x")
chr(1000)
bin(1000)
hex(1000)
format(1000, ",")
any([0])
all([0])
zip()
iter(lambda: 1, 1)
range(3)[1:]
slice(1)
memoryview(b"x")
type(1)
vars(K())
getattr(K(), "x")
locals()
input
print
open
'''.strip().splitlines()

for text in CASES:
    names = dict(globals())
    exec(compile("run = lambda: " + text, "case", "exec"), names)
    run = names["run"]
    for _ in range(12):
        held = run()
        held = None
    before = blocks()
    held = run()
    during = blocks()
    held = None
    after = blocks()
    print(f"{during - before:3} {after - before:3}  {text}")

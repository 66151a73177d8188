from collections import *
import collections
P = namedtuple("P", "x y", defaults=[7])
p = P(1); print(p, p.x, p.y, p == (1, 7), P._fields, p._replace(y=2), p._asdict(), P._make([3, 4]), P.__doc__, P.x.__doc__, p[0], *p)
try: P()
except TypeError as e: print(e)
try: p.x = 3
except AttributeError as e: print(e)
print(P.__mro__, isinstance(p, tuple), P.__module__, P.__new__.__defaults__, P._field_defaults, hash(p) == hash((1, 7)))
class Q(P):
    def area(self): return self.x * self.y
print(Q(2, 3).area(), Q(2, 3))
match p:
    case P(a, b): print("match", a, b)
for f in [lambda: namedtuple('P','x x'), lambda: namedtuple('P','_x'), lambda: namedtuple('P','def'), lambda: namedtuple('1','x'), lambda: namedtuple('P','x def',rename=True)._fields, lambda: namedtuple('P','x',defaults=[1,2]), lambda: P._make([1]), lambda: p._replace(z=3), lambda: namedtuple('P','x').__doc__]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
c = Counter("abracadabra"); print(c, c.most_common(2), c["z"], c + Counter("ab"), c - Counter("aaa"), c & Counter("aab"), c | Counter("zz"), sorted(c.elements()), c.total())
c.update("zz"); c.subtract("a"); del c["q"]; print(c, len(c), c == Counter(c), Counter(a=1) < Counter(a=2), dict(c), +Counter(a=-1, b=2), -Counter(a=-1), Counter())
d = defaultdict(list); d["a"].append(1); d["b"]; print(d, d.default_factory, dict(d), d.get("q"), defaultdict(int, a=1) | {"b": 2}, d.copy(), defaultdict(None, {1: 2}))
try: defaultdict()[1]
except KeyError as e: print("KeyError", e)
try: defaultdict(3)
except TypeError as e: print(e)
class DD(defaultdict):
    def __missing__(self, key): return key * 2
print(DD()[4], DD(int))
o = OrderedDict(a=1, b=2, c=3); o.move_to_end("a"); print(o, o.popitem(last=False), o.popitem(), o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), OrderedDict(), list(reversed(OrderedDict(a=1, b=2))), o | {"z": 1})
o = OrderedDict(a=1, b=2, c=3); o.move_to_end("c", last=False); print(o, OrderedDict.fromkeys("ab", 0), o.copy(), o != o)
q = deque([1, 2, 3], maxlen=4); q.append(4); q.append(5); q.appendleft(0); print(q, len(q), q[0], q[-1], q.pop(), q.popleft(), q, list(reversed(q)), 3 in q, q.index(3), q.count(3))
q.rotate(1); print(q); q.extend([7, 8]); print(q); q.extendleft("ab"); print(q, q.maxlen, q == deque(q), q < deque("z"), q + deque([1]), deque([1]) * 3, deque(), bool(deque()))
q = deque(range(5)); q.remove(2); q.insert(1, "i"); q.reverse(); del q[0]; q[0] = "z"; print(q, q.copy())
try:
    for x in q: q.append(1)
except RuntimeError as e: print(e)
q = deque(); q.append(q); print(q)
def g():
    yield 1
    yield 2
print(deque(g()), deque("abc", 2), deque(iterable=[1], maxlen=3), sum(deque([1, 2])), max(deque([3, 9])), sorted(deque([3, 1])))
for f in [lambda: deque(1), lambda: deque([1],-1), lambda: deque([1],'a'), lambda: deque([1],2,3), lambda: deque(foo=1), lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1])[0:1], lambda: deque([1]).index(5), lambda: deque([1]).remove(5), lambda: deque([1],1).insert(0,2), lambda: deque([1])+[1], lambda: OrderedDict().popitem(), lambda: OrderedDict().move_to_end(3)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
m = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(m, m["a"], m["b"], list(m), len(m), m.new_child({"c": 1}), dict(m), "b" in m)
class UD(UserDict): pass
u = UD(a=1); u["b"] = 2; print(u, len(u), list(u), u.get("z"), u.pop("a"), u); print(UserList([1, 2]) + [3], UserString("ab").upper())
import functools
from functools import *
print(reduce(lambda a, b: a * 10 + b, [1, 2, 3]), reduce(lambda a, b: a + b, [], 5), sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
try: reduce(lambda a, b: 1, [])
except TypeError as e: print(e)
add = partial(lambda *a, **k: (a, k), 1, z=2); print(add(3, y=4), add.args, add.keywords, partial(add, 9)(8)); print(partial(print, 1, sep="-"))
calls = []
@lru_cache(maxsize=2)
def sq(n):
    "doc"
    calls.append(n); return n * n
print(sq(2), sq(3), sq(2), sq(4), sq(3), calls, sq.cache_info(), sq.__name__, sq.__doc__, sq.__wrapped__ is not None); sq.cache_clear(); print(sq.cache_info(), sq.cache_parameters())
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info())
class A:
    def __init__(s): s.k = 0
    @lru_cache
    def m(self, x=1, *, y=2): self.k += 1; return (x, y, self.k)
    @cached_property
    def cp(self): print("computing"); return 42
a = A(); print(a.m(), a.m(), a.m(1), a.m(x=1), a.m(y=3), a.cp, a.cp)
@total_ordering
class T:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(T(1) <= T(1), T(1) > T(2), T(3) >= T(2), T.__ge__.__name__)
def deco(f):
    @wraps(f)
    def w(*a): return f(*a) + 1
    return w
@deco
def foo(x):
    "foodoc"
    return x
print(foo(1), foo.__name__, foo.__doc__, foo.__wrapped__(1))
@singledispatch
def show(x): return "obj"
@show.register
def _(x: int): return "int"
@show.register(list)
def _(x): return "list"
print(show(1), show([]), show("a"), show(True), show.dispatch(int).__name__)
class PM:
    def f(self, a, b): return (a, b)
    g = partialmethod(f, 1)
print(PM().g(2), lru_cache(1)(len)("ab"))
try: lru_cache("a")
except TypeError as e: print(e)
print(type(sq), P, Counter, deque, OrderedDict, defaultdict, partial)

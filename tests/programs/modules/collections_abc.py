# collections.abc: its classes, what they recognize, their mixin methods; the wrappers of collections made of them; reprlib.
import collections.abc
from collections import abc, ChainMap, UserDict, UserList, UserString, Counter, OrderedDict, deque, defaultdict
from collections.abc import *
print(abc is collections.abc, abc.__name__, Sequence, Mapping.__module__, sorted(collections.abc.__all__))
samples = dict(int=1, str="a", bytes=b"", ba=bytearray(), list=[], tuple=(), set=set(), fs=frozenset(), dict={}, range=range(2), mv=memoryview(b""),
  keys={}.keys(), values={}.values(), items={}.items(), li=iter([]), gen=(x for x in ()), fun=len, cls=int, deque=deque(), cm=ChainMap(), ud=UserDict(), ul=UserList(), us=UserString("a"), c=Counter(), od=OrderedDict(), dd=defaultdict(), none=None, rev=reversed([]), zip=zip(), map=map(len, []), proxy=int.__dict__, odk=OrderedDict().keys(), obj=object(), ri=iter(range(0)), si=iter(set()), st=iter(""))
classes = [getattr(collections.abc, n) for n in collections.abc.__all__]
for name, value in samples.items():
    print(name, [c.__name__ for c in classes if isinstance(value, c)])
for c in classes:
    print(c.__name__, [b.__name__ for b in c.__mro__[1:]], sorted(c.__abstractmethods__), sorted(n for n in vars(c) if n not in ("_abc_impl", "__doc__", "__abstractmethods__", "_MutableMapping__marker", "__abc_tpflags__")), type(c).__name__)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: Callable[[int], str]); t(lambda: Callable[[], None]); t(lambda: Callable[..., int]); t(lambda: Callable[int]); t(lambda: Callable[int, str]); t(lambda: Callable[[int, str], list[int]].__args__); t(lambda: Callable[[int], str].__origin__); t(lambda: Callable[[int, str], bool] == Callable[[int, str], bool])
t(lambda: Callable[[int], str].__reduce__()); t(lambda: Sequence[int]); t(lambda: Mapping[str, int]); t(lambda: Iterable[int].__origin__); t(lambda: Hashable[int]); t(lambda: Sized[int]); t(lambda: MappingView[int]); t(lambda: Awaitable[int])
class Seq(Sequence):
    def __init__(self, *a): self.a = a
    def __getitem__(self, i): return self.a[i]
    def __len__(self): return len(self.a)
s = Seq(1, 2, 3, 2)
print(list(s), list(reversed(s)), 2 in s, 9 in s, s.index(2), s.index(2, 2), s.count(2), s.index(3, -3, -1))
t(lambda: s.index(9)); t(lambda: Sequence()); t(lambda: type("X", (MutableSequence,), {})()); t(lambda: type("Y", (Mapping,), {"__len__": len})())
class MSeq(MutableSequence):
    def __init__(self, *a): self.a = list(a)
    def __getitem__(self, i): return self.a[i]
    def __len__(self): return len(self.a)
    def __setitem__(self, i, v): self.a[i] = v
    def __delitem__(self, i): del self.a[i]
    def insert(self, i, v): self.a.insert(i, v)
m = MSeq(1, 2, 3)
m.append(4); m.extend([5, 6]); m.reverse(); print(m.a, m.pop(), m.pop(0)); m.remove(3); m += [7]; m.extend(m); print(m.a); m.clear(); print(m.a); t(lambda: m.pop())
class Map(MutableMapping):
    def __init__(self, **k): self.d = k
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
    def __repr__(self): return f"Map({self.d})"
m = Map(a=1, b=2)
print(m.keys(), m.items(), m.values(), m.get("a"), m.get("z", 0), "a" in m, "q" in m, m == {"a": 1, "b": 2}, m != Map(a=1), len(m.keys()))
print(sorted(m.keys() | {"c"}), sorted(m.keys() & {"a"}), m.items() - {("a", 1)}, {"a", "z"} - m.keys(), m.keys() ^ {"a"}, m.keys() <= {"a", "b", "c"}, ("a", 1) in m.items(), 2 in m.values(), m.keys().isdisjoint({"z"}))
print(m.pop("a"), m.pop("zz", 5), m.popitem(), m.setdefault("n", 3), m.setdefault("n", 4)); m.update({"k": 1}, j=2); m.update([("l", 3)]); m.update(Map(o=9)); print(m); t(lambda: m.pop("no")); t(lambda: reversed(m)); t(lambda: hash(m)); m.clear(); print(m); t(lambda: m.popitem())
class S(MutableSet):
    def __init__(self, it=()): self.l = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.l
    def __iter__(self): return iter(self.l)
    def __len__(self): return len(self.l)
    def add(self, x): self.l.append(x) if x not in self.l else None
    def discard(self, x): self.l.remove(x) if x in self.l else None
    def __repr__(self): return f"S({self.l})"
a, b = S([1, 2, 3]), S([2, 3, 4])
print(a & b, a | b, a - b, a ^ b, a <= b, a < b, a == S([3, 2, 1]), a >= S([1]), a > S([1]), a.isdisjoint(b), [1, 9] & a, [9] | a, [1, 9] - a, a._hash() == hash(frozenset([1, 2, 3])), S()._hash() == hash(frozenset()), a & 5 if 0 else None)
t(lambda: a & 5); t(lambda: a < 5); t(lambda: a.remove(77)); print(a.pop(), a); a |= [8]; a &= [8, 3]; a ^= [3, 5]; a -= [5]; print(a); a -= a; print(a); t(lambda: a.pop()); a ^= a; print(a)
@Sequence.register
class R: pass
print(issubclass(R, Sequence), isinstance(R(), Collection), issubclass(R, Iterable))
class NoHash: __hash__ = None
class It:
    def __iter__(self): return iter([])
class NoIter: __iter__ = None
print(isinstance(NoHash(), Hashable), isinstance(It(), Iterable), isinstance(NoIter(), Iterable), issubclass(It, Sized), isinstance([], Hashable), isinstance(lambda: 0, Callable))
class G(Generator):
    def send(self, v): return v
    def throw(self, *a): return super().throw(*a)
g = G(); print(next(g), g.send(4), iter(g) is g); t(lambda: g.throw(ValueError)); t(lambda: g.throw(ValueError, ValueError("x"))); print(g.close())
match s:
    case [1, *rest]: print("seq", rest)
match Map(a=1):
    case {"a": x}: print("map", x)
cm = ChainMap({"a": 1}, {"b": 2, "a": 3})
print(cm.keys(), cm.items(), list(cm), cm | {"z": 1}, {"q": 1} | cm, cm == {"a": 1, "b": 2}, cm.setdefault("n", 5), cm.get("x")); t(lambda: cm | 5)
cm.maps.append(cm); print(repr(cm)[:60])
u = UserDict(a=1); print(u, u | {"b": 2}, {"c": 3} | u, u.copy(), u == {"a": 1}, u.keys(), u.pop("a"), u); t(lambda: u | 4)
us = UserString("hello %s"); print(us % "x", us.upper(), type(us.upper()).__name__, us.join(["a", "b"]), type(us.join([])).__name__, us.split(), us > "a", int(UserString("5")), us.index("l"), us.count("l"), hash(us) == hash("hello %s"), UserString("{}").format(3))
ul = UserList([1, 2]); print(ul + [3], ul * 2, ul.index(2), 1 in ul, ul[:1], list(reversed(ul)), ul == [1, 2]); t(lambda: hash(ul))
import reprlib
print(reprlib.repr(list(range(100))), reprlib.repr({i: i for i in range(10)}), reprlib.repr("x" * 100), reprlib.repr(10**100), reprlib.repr([[[[[[[1]]]]]]]), reprlib.repr({3, 1, 2}), reprlib.repr((1,)), reprlib.repr(frozenset()), reprlib.repr(deque([1])), reprlib.repr(int))

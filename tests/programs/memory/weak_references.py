"""Weak references, callbacks and the collector. After the manner of CPython's test_weakref and test_gc."""
import gc, weakref

gc.collect()
gc.disable()
log = []

class C:
    def __init__(self, name="c"): self.name = name
    def __repr__(self): return f"C({self.name})"

# 1: the same reference for the same object
c = C(); r1 = weakref.ref(c); r2 = weakref.ref(c); print(r1 is r2, weakref.getweakrefcount(c))
cb = lambda r: log.append(("cb", r() is None))
r3 = weakref.ref(c, cb); r4 = weakref.ref(c, cb); print(r3 is r1, r3 is r4, weakref.getweakrefcount(c), r3 == r1, hash(r1) == hash(r3))
print([type(r).__name__ for r in weakref.getweakrefs(c)], weakref.getweakrefs(c)[0] is r1)
del c; print(log, r1(), r3()); log.clear()
# 2: callbacks run youngest first
c = C()
refs = [weakref.ref(c, lambda r, i=i: log.append(i)) for i in range(4)]
del c; print(log); log.clear()
# 3: a dead callback does not run
c = C(); r = weakref.ref(c, lambda r: log.append("no")); del r; del c; print(log)
# 4: in a cycle, the reference outside
c = C(); c.me = c; r = weakref.ref(c, lambda r: log.append(("gc", r() is None))); del c
print(gc.collect(), log, r()); log.clear()
# 5: the reference inside the cycle is silent
c = C(); c.me = c; c.r = weakref.ref(c, lambda r: log.append("inside")); del c
print(gc.collect(), log)
# 6: the reference in the cycle to something outside
o = C("outer"); c = C(); c.me = c; c.r = weakref.ref(o, lambda r: log.append("outer")); del c
print(gc.collect(), log); del o; print(log)
# 7: callback before __del__ in a collection, after it otherwise
class D(C):
    def __del__(self): log.append(("del", r7() is None))
d = D(); r7 = weakref.ref(d, lambda r: log.append("callback")); del d; print(log); log.clear()
d = D(); d.me = d; r7 = weakref.ref(d, lambda r: log.append("callback")); del d; print(gc.collect(), log); log.clear()
# 8: a callback that makes a new reference to its object fails: it is gone
c = C(); r = weakref.ref(c, lambda r: log.append(r())); del c; print(log); log.clear()
# 9: proxies
c = C("p"); p = weakref.proxy(c); print(p.name, repr(p) == repr(c), p == c, type(p).__name__, p.__class__)
p.x = 5; print(c.x); del c
try: p.name
except ReferenceError as e: print(e)
# 10: what cannot be referred to
for value in (1, "a", (), [], {}, None, object()):
    try: weakref.ref(value)
    except TypeError as e: print(e)
class S: __slots__ = ()
try: weakref.ref(S())
except TypeError as e: print(e)
class S2: __slots__ = ("__weakref__",)
s2 = S2(); print(weakref.ref(s2)() is s2)
# 11: WeakValueDictionary
w = weakref.WeakValueDictionary(); a, b = C("a"), C("b"); w["a"] = a; w["b"] = b; w["t"] = C("t")
print(sorted(w), len(w), w.get("t"), w["a"]); del a; print(sorted(w.items()), "a" in w)
b.me = b; del b; print(len(w)); gc.collect(); print(len(w), list(w.values()))
# 12: WeakKeyDictionary and WeakSet
k = weakref.WeakKeyDictionary(); a = C("k"); k[a] = 1; print(len(k), k[a], list(k)); del a; print(len(k))
s = weakref.WeakSet(); a = C("s"); s.add(a); s.add(C()); print(len(s), a in s); del a; print(len(s))
# 13: finalize
c = C("f"); f = weakref.finalize(c, log.append, "finalized"); print(f.alive); del c; print(log, f.alive, f()); log.clear()
c = C("g"); f = weakref.finalize(c, log.append, "by hand"); print(f(), log, f.alive); log.clear(); del c; print(log)
c = C("h"); f = weakref.finalize(c, log.append, "no"); print(f.detach() is not None, f.alive); del c; print(log)
# 14: methods
class M:
    def m(self): return 42
m = M(); r = weakref.WeakMethod(m.m); print(r()()); del m; print(r())
# 15: subclass of ref
class R(weakref.ref):
    def __call__(self): return ("called", super().__call__())
c = C("r"); r = R(c); print(r()[0], r()[1] is c, weakref.getweakrefcount(c)); del c; print(r())
# 16: equality after death is identity
a, b = C("1"), C("1"); ra, rb = weakref.ref(a), weakref.ref(b); C.__eq__ = lambda s, o: s.name == o.name; C.__hash__ = None
print(ra == rb, ra != rb); del a; print(ra == rb, ra == ra)
try: hash(rb)
except TypeError as e: print(e)
# 17: an exception in a callback
import sys
sys.unraisablehook = lambda u: log.append((str(u.exc_value), type(u.object).__name__))
class E: pass
e = E(); r = weakref.ref(e, lambda r: 1 / 0); del e; print(log); log.clear()
# 18: two cycles, each with a reference to the other
class N: pass
a, b = N(), N(); a.me, b.me = a, b; a.r = weakref.ref(b, lambda r: log.append("a")); b.r = weakref.ref(a, lambda r: log.append("b")); del a, b
print(gc.collect(), log)
# 19: callback keeps alive what the collection wants
keep = []
a = N(); a.me = a; a.data = [1, 2]; r = weakref.ref(a, lambda r, keep=keep: keep.append(len(keep))); del a
print(gc.collect(), keep, gc.collect())
# 20: references in containers
l = [N() for _ in range(3)]; rs = [weakref.ref(n, lambda r, i=i: log.append(i)) for i, n in enumerate(l)]
del l; print(log); log.clear()

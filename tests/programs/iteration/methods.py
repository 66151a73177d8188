# The methods of list, dict, set and of the iterators, as far as they are no syntax.
def g(n):
    for i in range(n):
        yield i


xs = list(g(5))
print(xs.index(3), xs.index(3, 1), xs.index(2, -4, -1), xs.count(2), xs.pop(0), xs.pop(), xs)
xs.insert(1, "a"); xs.insert(-1, "b"); xs.insert(99, "c"); xs.insert(-99, "d"); print(xs)
xs.extend(g(2)); xs.extend(xs); xs.remove("a"); xs.reverse(); print(xs, xs.copy() == xs, len(xs))
xs *= 2; print(len(xs)); xs.clear(); print(xs, xs.__len__(), [].__add__([1]), [1].__mul__(2), [1, 2].__contains__(1))
print([1, 2] + [3], [1] * 3, 3 * [0], [1, 2] < [1, 3], [1] == [1.0], [[1], [2]].__eq__([[1], [2]]), list("abc")[::-1])
d = dict(a=1); d.update({"b": 2}, c=3); d.update([("d", 4)]); print(d, d | {"a": 9}, d.setdefault("a", 0), d.setdefault("z"))
print(d.pop("z"), d.pop("z", "none"), d.popitem(), list(d), list(d.values()), list(d.items()), list(reversed(d)), dict.fromkeys("ab"), dict.fromkeys(g(2), []))
print(d.keys() & {"a", "q"}, sorted(d.keys() | {"q"}), d.keys() - {"a"}, sorted(d.keys() ^ {"a", "q"}), d.items() & {("a", 1)}, d.keys() >= {"a"}, d.keys().isdisjoint(["z"]), d.keys().mapping["a"])
print(("a", 1) in d.items(), 2 in d.values(), len(d.keys()), repr(d.items()), {1: 2} == {1: 2.0}, {} != {1: 1})
s = set(g(4)); s.add(9); s.discard(77); s.discard(0); s.update([5], (6,), {7: 1}); print(sorted(s), s >= {1}, s.issubset(range(10)), {1}.issuperset([]), s.isdisjoint(g(1)))
print(sorted(s & {1, 2}), sorted(s - {1, 2}), sorted({1, 2} ^ {2, 3}), {1, 2}.intersection([2], g(5)), {1, 2, 3}.difference(g(2), [3]), sorted({1}.symmetric_difference(g(3))), sorted({1}.union("a" for _ in g(1))) if False else "")
t = {1, 2, 3, 4}; t &= {2, 3, 4}; t |= {8}; t -= {2}; t ^= {3, 5}; print(sorted(t)); t.intersection_update([5, 8], g(9)); t.difference_update([5]); t.symmetric_difference_update([1, 8]); print(sorted(t))
f = frozenset([1, 2]); print(f | {3}, f == {1, 2}, hash(f) == hash(frozenset([2, 1])), f.copy() is f, frozenset(f) is f, {f: 1}[frozenset([2, 1])], {frozenset([1])} == {frozenset([1])}, {1} in {frozenset([1])})
it = iter([1, 2, 3]); print(it.__length_hint__(), next(it), it.__length_hint__(), it.__reduce__()[2], next(iter(()), "none"))
it.__setstate__(0); print(list(it), list(it), iter(it) is it, list(iter([3, 4].pop, 3)))
print(list(map(lambda a, b: a + b, [1, 2], g(5))), list(filter(lambda v: v > 1, g(4))), list(zip(g(2), "abc")), list(enumerate(g(2), start=-1)), list(reversed(range(3))))
for make in (lambda: iter({1: 2}), lambda: iter({1}), lambda: reversed([1, 2]), lambda: iter(range(3)), lambda: iter("ab"), lambda: iter(b"ab")):
    it = make(); print(type(it).__name__, it.__length_hint__(), list(it), it.__length_hint__(), list(it))
class R:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
    def __len__(self): return 3
print(list(R()), list(reversed(R())), 20 in R(), max(R()), sorted(R(), reverse=True))
class D(dict):
    def __missing__(self, key): return f"<{key}>"
    def __setitem__(self, key, value): super().__setitem__(key, value * 2)
x = D(a=1); x["b"] = 2; print(x, x["q"], x.get("q"), D.fromkeys("ab", 1), type(x.copy()), x | {"z": 1})
class L(list):
    def append(self, v): super().append(v + 1)
l = L([1]); l.append(1); print(l, l + [3], type(l + [3]), L("ab") == ["a", "b"], isinstance(l[:], L))
class E:
    def __init__(self, v): self.v = v
    def __eq__(self, o): print("eq", self.v, o); return self.v == o
    def __hash__(self): return hash(self.v)
print([E(1), E(2)].index(2), {E(1): "x"}.get(1), 2 in [E(1), E(2)], {E(5)} & {5} != set(), [1, E(2)].count(2))
try:
    for k in d: d[k + "x"] = 1
except RuntimeError as e: print(e)
try:
    for v in s: s.add(v + 100)
except RuntimeError as e: print(e)
print(any(v > 2 for v in g(5)), all(v < 9 for v in g(5)), min("b", "a", key=ord), max(g(4), key=lambda v: -v), min([], default=7), max({"a": 2, "b": 3}.items(), key=lambda p: p[1]))

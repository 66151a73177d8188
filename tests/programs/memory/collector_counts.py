"""gc.get_count() at points of a program without imports of Python code."""
import gc, math, itertools, time

class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
def f(*args, **kw): return args, kw
def g(n):
    for i in range(n): yield i
gc.collect()
c = gc.get_count
print(1, c())
a = [[] for _ in range(100)]; print(2, c())
del a; print(3, c())
a = [(i,) for i in range(50)]; print(4, c())
a = {i: [i] for i in range(30)}; print(5, c())
b = [P(i) for i in range(20)]; print(6, c())
del a, b; print(7, c())
x = [f(1, 2, a=3) for _ in range(10)]; print(8, c())
y = sorted([P(1), P(2)], key=lambda p: p.x); print(9, c())
z = list(map(str, range(10))); print(10, c())
z = list(zip(range(10), "abcdefghij")); print(11, c())
z = [list(g(3)) for _ in range(10)]; print(12, c())
z = "a-b-c".split("-"); print(13, c())
z = [s.upper() for s in z]; print(14, c())
z = {*range(10)}; print(15, c())
z = [lambda: i for i in range(10)]; print(16, c())
try: 1 / 0
except ZeroDivisionError as e: print(17, c())
print(18, c())
z = "%s %d" % ("a", 1); print(21, c())
z = "{} {}".format("a", 1); print(22, c())
z = f"{1}{2!r:>5}"; print(23, c())
z = list(enumerate("abc")); print(24, c())
z = dict(a=1, b=2); print(25, c())
z = [x for x in itertools.chain([1], [2])]; print(26, c())
z = math.floor(2.5), max(1, 2), min([1, 2]); print(27, c())
z = isinstance(1, (int, str)), hasattr(z, "foo"), getattr(z, "foo", 1); print(28, c())
z = "abc".find("b"), "abc".replace("b", "x"), "abc".startswith("a"); print(29, c())
z = [1, 2, 3][::2], (1, 2, 3)[1:], "abc"[1:]; print(30, c())
a, *b = range(5); print(31, c())
z = {**{"a": 1}, **{"b": [2]}}; print(32, c())
z = {1} | {2}, {1} & {2}, {1: 2} | {3: 4}; print(33, c())
z = type("T", (), {}); print(34, c())
z = [P] * 3 + [1]; z.extend([1, 2]); z.insert(0, []); z.pop(); z.sort(key=id); print(35, c())

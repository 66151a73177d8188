seed = 12345
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed // 65536 % n
log = 0
cnt = 0
class K:
    __slots__ = ("v", "i")
    def __init__(self, v, i): self.v = v; self.i = i
    def __lt__(self, o):
        global log, cnt
        cnt += 1
        log = (log * 31 + self.i * 7 + o.i + 1) % 1000000007
        return self.v < o.v
for n in [0, 1, 2, 3, 5, 10, 31, 63, 64, 65, 100, 257, 600]:
    for kind in range(6):
        if kind == 0: vals = [rnd(1000) for _ in range(n)]
        elif kind == 1: vals = [i for i in range(n)]
        elif kind == 2: vals = [n - i for i in range(n)]
        elif kind == 3: vals = [rnd(4) for _ in range(n)]
        elif kind == 4: vals = sorted(rnd(100) for _ in range(n // 2)) + sorted((rnd(1000) for _ in range(n - n // 2)), reverse=rnd(2))
        else: vals = list(range(n // 2)) + [5] * (n // 4) + list(range(n // 3))
        log = 0; cnt = 0
        ks = [K(v, i) for i, v in enumerate(vals)]
        out = sorted(ks, reverse=kind == 3 and n % 2)
        print(n, kind, cnt, log, sum((i + 1) * k.i for i, k in enumerate(out)) % 1000003)
xs = [3, 1, 2]
try: xs.sort(key=lambda v: xs.append(1) or v)
except ValueError as e: print(e, xs)
def bad(v):
    if v == 2: raise KeyError(v)
    return v
try: xs.sort(key=bad)
except KeyError as e: print("KeyError", e, xs)
class Bad:
    def __init__(s, v): s.v = v
    def __lt__(s, o):
        if s.v == 4: raise OverflowError("x")
        return s.v < o.v
    def __repr__(s): return f"B{s.v}"
bs = [Bad(v) for v in [3, 1, 2, 7, 4, 9, 0]]
try: bs.sort(reverse=True)
except OverflowError: print(bs)
class T:
    def __init__(s, v): s.v = v
    def __bool__(s): return s.v
class L:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return T(s.v < o.v)
print([l.v for l in sorted([L(3), L(1), L(2)])])
print(sorted([(2, "b"), (1, "z"), (2, "a")]), sorted(["b", "a", "C"], key=str.lower), sorted([1, 2.5, True, -1]), sorted([[2], [1, 2], [1]]))
try: sorted([1, "a"])
except TypeError as e: print(e)

import itertools as I, sys
from itertools import *
def g(n):
    for i in range(n):
        yield i
print(list(islice(count(), 3)), list(islice(count(5, 2), 3)), list(islice(count(1.5), 2)), count(3), count(1, 2))
c = count(2**63 - 2); print(next(c), next(c), next(c), next(c))
print(list(islice(cycle("abc"), 7)), list(islice(cycle(g(2)), 5)), list(cycle([])))
print(list(repeat(1, 3)), repeat(4), repeat(4, 2), list(zip(repeat(0), "ab")))
print(list(chain("ab", g(2), [9])), list(chain.from_iterable(["ab", g(2)])), list(chain()))
print(list(islice(g(10), 2, 8, 3)), list(islice(g(10), 3)), list(islice("abc", 1, None)), list(islice("abc", 0)))
print(list(accumulate([1, 2, 3])), list(accumulate(g(4), lambda a, b: a * 10 + b)), list(accumulate([1, 2], initial=100)), list(accumulate([])))
print(list(product("ab", [1, 2])), list(product()), list(product([])), list(product("ab", repeat=2)), len(list(product(range(3), repeat=3))))
print(list(permutations("abc")), list(permutations(range(3), 2)), list(permutations([], 1)), list(permutations([], 0)))
print(list(combinations("abcd", 2)), list(combinations("ab", 3)), list(combinations("ab", 0)), list(combinations_with_replacement("ab", 2)), list(combinations_with_replacement("", 1)))
print(list(zip_longest("ab", [1], g(3), fillvalue="-")), list(zip_longest()))
print(list(takewhile(lambda v: v < 3, g(9))), list(dropwhile(lambda v: v < 3, g(6))), list(filterfalse(None, [0, 1, "", "a"])), list(filterfalse(lambda v: v % 2, g(5))))
print(list(starmap(pow, [(2, 3), [3, 2]])), list(starmap(lambda *a: a, ["ab", (1,)])), list(compress("abcd", [1, 0, True, []])), list(pairwise("abcd")), list(pairwise([1])))
print([(k, list(v)) for k, v in groupby("aabbbca")], [(k, list(v)) for k, v in groupby(g(7), key=lambda v: v // 3)])
gs = [(k, v) for k, v in groupby("aab")]; print([(k, list(v)) for k, v in gs])
a, b, d = tee(g(4), 3); print(next(a), next(a), list(b), list(a), list(d))
x, y = tee(range(130)); s = sum(x); print(s, len(list(y)))
class It:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 3: raise StopIteration
        return s.n
print(list(chain(It(), It())), list(islice(It(), 2)), list(zip_longest(It(), [5])), list(accumulate(It())), list(product(It(), "a")), list(tee(It())[0]))
print(type(count()), isinstance(chain(), chain), iter(count()) is not None)
try: islice([], -1)
except ValueError as e: print(e)
for f in [lambda: count("a"), lambda: cycle(), lambda: repeat(), lambda: chain(1).__next__(), lambda: chain(a=1), lambda: accumulate(), lambda: product(foo=1), lambda: permutations([], -1), lambda: combinations([]), lambda: zip_longest(foo=1), lambda: takewhile(1), lambda: compress([]), lambda: groupby(), lambda: tee([], -1), lambda: list(starmap(pow, [1])), lambda: count(foo=1), lambda: next(islice([1], 0))]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class C(count):
    def __repr__(s): return "C!"
print(C(3), next(C(3)), list(islice(C(1), 2)))
e = object(); p = product([e], [e]); t = next(p); print(sys.getrefcount(e)); del t, p; print(sys.getrefcount(e))

"""Holders without a name: nodes of an OrderedDict, links of a cache, the numbers of a long range, the tables of code objects."""
import functools
import itertools
from collections import OrderedDict

key = object()
ordered = OrderedDict({key: 1, "b": 2, "c": 3})
ordered.move_to_end(key)
ordered["d"] = key
del ordered["b"]
copy = ordered.copy()
ordered.popitem(last=False)
copy.clear()


@functools.lru_cache(maxsize=2)
def bounded(thing):
    return [thing]


@functools.cache
def unbounded(thing):
    return [thing]


for thing in "abcab":
    bounded(thing)
    unbounded(thing)
bounded.cache_clear()
start = 10**20
numbers = iter(range(start, start + 5))
first = next(numbers)
rest = tuple(n for n in numbers)
code = compile("def f(a, b):\n    try: return a\n    except b: pass", "text", "exec")
other = code.replace(co_name="other")
lines = code.co_linetable
many = tuple(i for i in itertools.chain(range(300, 330), [key]))
del code, many, unbounded
ring = OrderedDict()
ring["self"] = ring
del ring

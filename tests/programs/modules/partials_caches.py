"""partial: repr, state; lru_cache: one hash a call, calls within calls."""
from functools import lru_cache, partial


def f(*args, **keywords):
    return args, keywords


class Sub(partial):
    pass


def told(p):
    return repr(p).replace(repr(f), "f")


print(told(partial(f, 1, a=[2])), told(Sub(f, x=1)))
p = partial(f)
p.keywords[3] = "three"
print(told(p))


class Changes:
    def __str__(self):
        q.keywords[self] = ["second"]
        return "key"


q = partial(f)
q.keywords[Changes()] = ["first"]
print(told(q))
r = partial(f)
for state in [(r, (), {}, {}), (f, (r,), {}, {}), (f, (), {"a": r}, {})]:
    r.__setstate__(state)
    print(told(r))


class Tuple(tuple):
    pass


class Dict(dict):
    pass


r.attr = 1
r.__setstate__((f, Tuple((1,)), Dict(a=2), None))
print(type(r.args), type(r.keywords), vars(r), r())


class Key:
    hashed = 0

    def __hash__(self):
        Key.hashed += 1
        return 7

    def __eq__(self, other):
        return self is other


@lru_cache(maxsize=2)
def g(key, deeper=False):
    return g(key, False) if deeper else id(key) and "made"


k = Key()
for call in [lambda: g(k), lambda: g(k), lambda: g(1), lambda: g(2), lambda: g(k)]:
    print(call(), Key.hashed, g.cache_info())


@lru_cache(maxsize=3)
def h(n, again=[True]):
    if n == 9 and again.pop():
        again.append(False)
        return h(n)
    return -n


print([h(n) for n in range(9)], h(9), h(9), h.cache_info())

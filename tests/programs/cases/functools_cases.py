# functools: functions out of functions.
import collections.abc
import functools
from functools import *

calls = []


@lru_cache(maxsize=2)
def slow(n, *, k=0):
    calls.append(n)
    return n * 10


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


@singledispatch
def kind(value):
    return "thing"


@kind.register
def _(value: int):
    return "int"


@kind.register(list)
@kind.register(tuple)
def _(value):
    return "row"


def logged(function):
    @wraps(function)
    def wrapper(*args):
        "The wrapper's own."
        return function(*args)
    return wrapper


@logged
def doubled(n: int) -> int:
    "Twice."
    return 2 * n


class Box:
    made = 0

    @cached_property
    def value(self):
        Box.made += 1
        return Box.made

    def call(self, a, b=0):
        return a, b

    one = partialmethod(call, 1)
    two = partialmethod(call, b=2)

    @singledispatchmethod
    def told(self, value):
        return "any"

    @told.register
    def _(self, value: str):
        return "str"


class Slots:
    __slots__ = ()
    value = cached_property(len)


box = Box()
basetwo = partial(int, base=2)


for text in r'''
reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(max, [3, 9, 2]), reduce(lambda a, b: a + b, [], "start")
reduce(lambda a, b: a, [])
reduce(lambda a, b: a, 5)
basetwo("101"), basetwo.func, basetwo.args, basetwo.keywords
partial(print, 1, sep="-"), partial(partial(max, 1), 2).args
partial()
partial(5)
partial(divmod, 7)(2), partial(dict, a=1)(a=2, b=3)
slow(1), slow(2), slow(1), slow(3), slow(2), calls
slow.cache_info(), slow.cache_parameters(), slow.cache_clear(), slow.cache_info()
slow(1), slow(1.0), slow(1, k=0), slow.cache_info().misses
slow([])
fib(60), fib.cache_info().hits, fib.cache_info().maxsize
lru_cache(maxsize="big")
lru_cache(typed=True)(lambda n: n)(1.0), lru_cache(0)(abs)(-3)
Version(1) <= Version(2), Version(2) > Version(1), Version(2) >= Version(3), Version(1) != Version(1)
total_ordering(type("Nothing", (), {}))
sorted(["b", "A", "c"], key=cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower())))
cmp_to_key(lambda a, b: 0)(1) == cmp_to_key(lambda a, b: 0)(2), cmp_to_key(lambda a, b: b - a)(1) < cmp_to_key(len)(2)
kind(1), kind(True), kind([]), kind(()), kind("s"), kind.dispatch(bool) is kind.dispatch(int)
kind()
kind.register(collections.abc.Mapping, lambda m: "mapping") is not None, kind({}), kind(collections.ChainMap()), kind.dispatch(dict)({})
kind.register(bytes | bytearray, lambda b: "bytes") is not None, kind(b""), kind(bytearray()), kind(memoryview(b""))
kind.register(collections.abc.Sized, lambda s: "sized") is not None, kind({}), kind("abc"), kind({1}), kind(1.5)
kind.register(collections.abc.Hashable, lambda s: "hashable") is not None, kind(b""), kind("abc")
kind.register(list[int], len)
kind.register(5)
kind.register(len)
sorted(t.__name__ for t in kind.registry), kind.registry[int](0)
doubled(4), doubled.__name__, doubled.__doc__, doubled.__wrapped__(5), doubled.__annotations__
update_wrapper(partial(len), len).__doc__ == len.__doc__, functools.WRAPPER_ASSIGNMENTS, functools.WRAPPER_UPDATES
box.value, box.value, vars(box), Box.made, Box().value
Slots().value
setattr(box, "value", 99), box.value, delattr(box, "value"), box.value
type("Twice", (), {"a": (p := cached_property(len)), "b": p})
box.one(), box.one(5), box.two(3), Box.one(box, 7)
repr(partialmethod(len, 1))
partialmethod(5)
box.told(1), box.told("x"), Box.told.register is not None
cached_property[int], partial[int], sorted(functools.__all__)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

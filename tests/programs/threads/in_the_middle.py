# Whatever native code has called Python may be left by a switch in the middle: two threads do the same thing in turns.
import collections
import functools
import operator
import threading
import warnings

other = threading.Barrier(2, timeout=5)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        other.wait()
        return 7

    def __eq__(self, other_key):
        other.wait()
        return self.n == other_key.n

    def __lt__(self, other_key):
        other.wait()
        return self.n < other_key.n

    def __repr__(self):
        other.wait()
        return f"Key({self.n})"

    def __str__(self):
        other.wait()
        return f"key {self.n}"

    def __format__(self, spec):
        other.wait()
        return f"<{self.n}:{spec}>"

    def __index__(self):
        other.wait()
        return self.n

    def __len__(self):
        other.wait()
        return self.n

    def __bool__(self):
        other.wait()
        return self.n > 1

    def __complex__(self):
        other.wait()
        return complex(self.n)

    def __float__(self):
        other.wait()
        return float(self.n)

    def __contains__(self, x):
        other.wait()
        return x == self.n

    def __getitem__(self, i):
        other.wait()
        if i > self.n:
            raise IndexError
        return i

    def __missing__(self, key):
        other.wait()
        return key

    def __iter__(self):
        for i in range(self.n):
            other.wait()
            yield i

    def __length_hint__(self):
        other.wait()
        return self.n

    def __call__(self, *args):
        other.wait()
        return self.n

    def __reversed__(self):
        other.wait()
        return iter([3])

    def __instancecheck__(self, x):
        other.wait()
        return True

    def __subclasscheck__(self, x):
        other.wait()
        return True

    def __fspath__(self):
        other.wait()
        return "p"

    def __add__(self, x):
        other.wait()
        return x

    __radd__ = __mod__ = __pow__ = __and__ = __divmod__ = __add__

    def __enter__(self):
        other.wait()

    def __exit__(self, *args):
        other.wait()

    def keys(self):
        other.wait()
        return ["a", "b"]

    def __get__(self, obj, ty):
        other.wait()
        return self.n

    def __set_name__(self, owner, name):
        other.wait()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        other.wait()
        return name


class Dir:
    def __dir__(self):
        other.wait()
        return ["b", "a"]

    def __sizeof__(self):
        other.wait()
        return 1

    def __reduce_ex__(self, n):
        other.wait()
        return "x"


class Default(dict):
    def __missing__(self, key):
        other.wait()
        return key


def deleted():
    class Dies:
        def __del__(self):
            other.wait()

    x = Dies()
    del x
    return "gone"


def described():
    class Has:
        x = Key(5)

    return Has.x, Has().x, getattr(Has(), "x"), hasattr(Has(), "x")


def with_statement():
    with Key(1):
        return 3


def raised():
    try:
        raise ValueError(Key(3))
    except ValueError as e:
        return str(e)


def matched():
    match Key(2):
        case Key(n=2):
            return "two"


def pattern():
    match {"a": 1}:
        case {"a": Key(n=1)}:
            return 1
        case {"a": x}:
            return x


def warned():
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        warnings.warn("a")
    return len(w)


def gen():
    def g():
        try:
            yield 1
        finally:
            other.wait()

    it = g()
    next(it)
    it.close()
    return list(g())


@functools.lru_cache
def cached(x):
    return x.n


@functools.singledispatch
def single(x):
    return 1


ops = {
    "dict": lambda: {Key(1): 1, Key(2): 2, Key(1): 3}.__len__(),
    "setdefault": lambda: {Key(1): 1}.setdefault(Key(2), 4),
    "pop": lambda: {Key(1): 1}.pop(Key(1)),
    "update": lambda: len(dict([(Key(1), 1)]) | {Key(1): 2}),
    "fromkeys": lambda: len(dict.fromkeys([Key(1), Key(1)])),
    "dict eq": lambda: {1: Key(1)} == {1: Key(1)},
    "sets": lambda: (len({Key(1)} & {Key(1)}), len({Key(1)} - {Key(2)}), len({Key(1)} ^ {Key(1)}), {Key(1)} <= {Key(1)}),
    "set in": lambda: Key(1) in {Key(2), Key(1)},
    "frozenset": lambda: len(frozenset([Key(1), Key(2)])),
    "isdisjoint": lambda: {Key(1)}.isdisjoint([Key(1)]),
    "sorted": lambda: [k.n for k in sorted([Key(3), Key(1), Key(2)])],
    "sorted key": lambda: sorted([3, 1, 2], key=Key(2)),
    "min": lambda: min([Key(3), Key(1)]).n,
    "index": lambda: [Key(1), Key(2)].index(Key(2)),
    "count": lambda: (Key(1), Key(1)).count(Key(1)),
    "remove": lambda: [Key(1)].remove(Key(1)),
    "list eq": lambda: [Key(1)] == [Key(1)],
    "list lt": lambda: [Key(1)] < [Key(2)],
    "in": lambda: Key(2) in [Key(1), Key(2)],
    "repr": lambda: repr([Key(1), {Key(2).n: Key(2)}, (Key(3),)]),
    "set repr": lambda: repr({Key(1)}),
    "str": lambda: str(Key(1)),
    "format": lambda: f"{Key(1):x} {Key(2)!r} {Key(3)!s}",
    "str.format": lambda: "{:5} {!r}".format(Key(1), Key(2)),
    "percent": lambda: "%s %r %d" % (Key(1), Key(2), Key(3).n),
    "percent map": lambda: "%(a)s" % {"a": Key(1)},
    "join": lambda: ",".join(str(i) for i in Key(2)),
    "index slot": lambda: [0, 1, 2][Key(1)],
    "slice": lambda: [0, 1, 2][Key(1) :],
    "len": lambda: len(Key(2)),
    "bool": lambda: bool(Key(2)),
    "complex": lambda: complex(Key(2)),
    "float": lambda: float(Key(2)),
    "int": lambda: int(Key(2)),
    "bytes": lambda: bytes(Key(2)),
    "contains": lambda: 3 in Key(3),
    "list": lambda: list(Key(3)),
    "tuple": lambda: tuple(Key(3)),
    "unpack": lambda: [*Key(2), *Key(1)],
    "hint": lambda: operator.length_hint(Key(2)),
    "map": lambda: list(map(Key(1), [1, 2])),
    "filter": lambda: list(filter(Key(1), [1, 2])),
    "zip": lambda: list(zip(Key(2), Key(2))),
    "enumerate": lambda: list(enumerate(Key(2))),
    "sum": lambda: sum(Key(3)),
    "sum add": lambda: sum([1, 2], Key(3)),
    "any": lambda: any(Key(2)),
    "reversed": lambda: list(reversed(Key(1))),
    "isinstance": lambda: isinstance(3, Key(1)),
    "issubclass": lambda: issubclass(int, Key(1)),
    "operators": lambda: (Key(1) + 1, 1 + Key(1), Key(1) % 2, Key(1) & 3, divmod(Key(1), 4), pow(Key(1), 5)),
    "with": with_statement,
    "describe": described,
    "getattr": lambda: getattr(Key(1), "foo"),
    "missing": lambda: Default()["q"],
    "dir": lambda: dir(Dir()),
    "del": deleted,
    "raise": raised,
    "match": matched,
    "pattern": pattern,
    "warn": warned,
    "generator": gen,
    "single": lambda: single(Key(1)),
    "defaultdict": lambda: collections.defaultdict(Key(5))[3],
    "chainmap": lambda: len(collections.ChainMap({Key(1): 1}, {Key(1): 2})),
    "namedtuple": lambda: repr(collections.namedtuple("P", "x")(Key(1))),
    "partial": lambda: functools.partial(Key(1), 3)(),
    "cmp_to_key": lambda: sorted([2, 1], key=functools.cmp_to_key(lambda a, b: Key(1)(a))),
    "reduce": lambda: functools.reduce(Key(1), [1, 2, 3]),
    "hash tuple": lambda: hash((Key(1), 2)) == hash((Key(1), 2)),
    "hash": lambda: hash(Key(1)),
    "type": lambda: type("T", (), {"a": Key(1)}).__name__,
    "range": lambda: list(range(Key(2))),
    "chr": lambda: chr(Key(65)),
    "hex": lambda: hex(Key(2)),
    "round": lambda: "x" * Key(2),
    "itemgetter": lambda: operator.itemgetter(1)(Key(3)),
    "exec": lambda: exec("x = list(Key(2))", {"Key": Key}),
    "eval": lambda: eval("[*Key(2)]"),
    "list mul": lambda: [1] * Key(2),
    "bytearray": lambda: bytearray(Key(2)),
    "memo": lambda: max(Key(2), key=lambda x: [*Key(1)]),
    "star assign": lambda: (lambda a, *b: b)(*Key(3)),
    "extend": lambda: [].extend(Key(2)),
    "int base": lambda: int("11", Key(3)),
    "print": lambda: print(end=str(Key(3)) + "\n" if 0 else ""),
    "abs": lambda: abs(-Key(2).n),
}
results = {}


def run(name, which):
    try:
        results[name, which] = ops[name]()
    except BaseException as e:
        results[name, which] = type(e).__name__, e.args
        other.abort()


for name in ops:
    other.reset()
    threads = [threading.Thread(target=run, args=(name, which)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        if thread.is_alive():
            print(name, "hangs")
    print(name, results.get((name, 0)), results.get((name, 1)))

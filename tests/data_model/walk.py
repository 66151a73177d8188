"""Prints every builtin type with what its dict holds, and the public names of every module: one line a fact.

Run by CPython 3.11 it records `walk.out`; run by uncoil it must print the same.
"""
import abc, collections, contextlib, functools, gc, itertools, math, operator, random, string, sys, time, types, weakref
import builtins

if "site" in sys.modules:
    for name in ("copyright", "credits", "exit", "help", "license", "quit"):
        vars(builtins).pop(name, None)

TYPE_FLAGS = 1 << 5 | 1 << 6 | 1 << 7 | 1 << 10 | 1 << 14 | 1 << 17 | 1 << 22 | 0xFF << 24  # what a class statement may rely on


def function(a=1):
    return (yield a)

async def coroutine():
    pass

async def asynchronous():
    yield

class Plain:
    __slots__ = ("slot",)

def cell_maker():
    x = 1
    return lambda: x

def frame_maker():
    try:
        raise ValueError
    except ValueError as e:
        return e.__traceback__

one, agen, traceback = coroutine(), asynchronous(), frame_maker()
awaiter = one.__await__()
asend, athrow, aclose = agen.asend(None), agen.athrow(ValueError), agen.aclose()
anext_default = anext(agen, None)
empty = {}

reachable = [
    type(function), types.MethodType, type(Plain().__init__), type(len), type((1).__add__), type(int.__add__), type(list.append),
    type(dict.__dict__["fromkeys"]), type(type.__dict__["__name__"]), type(Plain.slot), type(function.__code__),
    type(traceback.tb_frame), type(traceback), type(function()), type(one), type(awaiter), type(agen), type(asend),
    type(athrow), type(anext_default), type(cell_maker().__closure__[0]), type(sys), type(int.__dict__), types.SimpleNamespace,
    types.GenericAlias, types.UnionType, type(None), type(NotImplemented), type(...),
    type(empty.keys()), type(empty.values()), type(empty.items()),
    type(iter(empty)), type(iter(empty.values())), type(iter(empty.items())),
    type(reversed(empty)), type(reversed(empty.values())), type(reversed(empty.items())),
    type(iter([])), type(reversed([])), type(iter(())), type(iter("")), type(iter("\u20ac")), type(iter(b"")),
    type(iter(bytearray())), type(iter(set())), type(iter(range(0))), type(iter(range(2**70))),
    type(iter(memoryview(b""))), type(iter(int, 1)), type(iter(type("S", (), {"__getitem__": None})())), type(iter(list[int])),
    weakref.ref, weakref.ProxyType, weakref.CallableProxyType,
    type(sys.version_info), type(sys.flags), type(sys.float_info), type(sys.int_info), type(sys.hash_info), type(sys.thread_info),
    collections.deque, type(iter(collections.deque())), type(reversed(collections.deque())), collections.defaultdict,
    collections.OrderedDict, type(collections.OrderedDict().keys()), type(collections.OrderedDict().values()),
    type(collections.OrderedDict().items()), type(iter(collections.OrderedDict())), type(collections.namedtuple("N", "a").a),
    functools.partial, type(functools.lru_cache(len)), type(functools.cmp_to_key(len)), type(functools.cmp_to_key(len)(1)),
    operator.attrgetter, operator.itemgetter, operator.methodcaller, random.Random.__base__,
    itertools.accumulate, itertools.chain, itertools.combinations, itertools.combinations_with_replacement, itertools.compress,
    itertools.count, itertools.cycle, itertools.dropwhile, itertools.filterfalse, itertools.groupby,
    type(next(itertools.groupby("a"))[1]), itertools.islice, itertools.pairwise, itertools.permutations, itertools.product,
    itertools.repeat, itertools.starmap, itertools.takewhile, type(itertools.tee([])[0]), itertools.zip_longest,
    getattr(time, "struct_time", object),
]
in_python = """collections.Counter collections.ChainMap collections.UserDict collections.UserList collections.UserString
    contextlib.ExitStack contextlib.AsyncExitStack contextlib.ContextDecorator random.Random string.Formatter string.Template
    weakref.WeakValueDictionary weakref.WeakKeyDictionary weakref.WeakSet weakref.WeakMethod weakref.finalize
    functools.singledispatchmethod functools.partialmethod functools.cached_property abc.ABC abc.ABCMeta""".split()
for coro in (one, athrow, aclose, asend, anext_default):
    coro.close()

seen = []
for kind in [value for name, value in sorted(vars(builtins).items()) if isinstance(value, type) and name != '__loader__'] + reachable:
    if kind in seen:
        continue
    seen.append(kind)
    title = f"{kind.__module__}.{kind.__qualname__}"
    print(f"{title} ({', '.join(base.__name__ for base in kind.__bases__)})")
    heap = kind.__flags__ & 1 << 9
    if not heap or kind.__module__ in ("itertools", "functools", "operator", "_random", "collections"):
        print(f"{title} flags {kind.__flags__ & TYPE_FLAGS:#x} sizes {kind.__basicsize__} {kind.__itemsize__} {kind.__dictoffset__} {kind.__weakrefoffset__}")
    if not heap:
        print(f"{title} order {' '.join(name for name in kind.__dict__ if name != '__doc__')}")
    for name, value in sorted(kind.__dict__.items()):
        what = type(value).__name__
        if name == "__doc__":
            continue
        if isinstance(value, (str, int, tuple)) or value is None:
            what = f"{what} {value!r}"[:60]
        else:
            try:
                signature = value.__text_signature__
            except AttributeError:
                signature = None
            if signature is not None:
                what += " " + signature.replace("\n", " ")
        print(f"{title}.{name}: {what}")

# Classes that the library has in Python: only their public names count.
for title in in_python:
    module, name = title.split(".")
    for name in dir(getattr(globals()[module], name, None)):
        if not name.startswith("_"):
            print(f"{title}.{name}")

for module in (abc, builtins, collections, contextlib, functools, gc, itertools, math, operator, random, string, time, types, weakref):
    for name in sorted(dir(module)):
        if name.startswith("_"):
            continue
        value = getattr(module, name)
        what = type(value).__name__
        signature = value.__text_signature__ if what == "builtin_function_or_method" else None
        if what != "module":
            print(f"module {module.__name__}.{name}: {what}{' ' + signature.replace(chr(10), ' ') if signature is not None else ''}")

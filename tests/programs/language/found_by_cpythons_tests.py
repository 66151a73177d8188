# What CPython's own tests of the language found.
import ast, collections, types


def told(call, *args, **keywords):
    try:
        return call(*args, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


# A descriptor written in Python computes a special method.
class Descriptor:
    calls = 0

    def __get__(self, instance, owner=None):
        def getter(name):
            self.calls += 1
            raise AttributeError(name)

        return getter


hooks = Descriptor()


class Hooked:
    __getattribute__ = hooks
    __getattr__ = hooks


print(told(getattr, Hooked(), "attr"), hooks.calls)


class Vanishing:
    def __getattr__(self, name):
        raise AttributeError("never called")

    def __getattribute__(self, name):
        del Vanishing.__getattr__
        raise AttributeError(name)


print(told(getattr, Vanishing(), "attr"))


# A frame object outlives a coroutine that never ran.
async def never():
    pass


coroutine = never()
frame = coroutine.cr_frame
coroutine.close()
frame.clear()
print(coroutine.cr_frame, frame.f_code.co_name)
coroutine = never()
frame = coroutine.cr_frame
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    del coroutine
frame.clear()
print(frame.f_locals)

# A chain of contexts that is a cycle already.
try:
    raise TypeError
except TypeError as first:
    second = ValueError()
    first.__context__, second.__context__ = second, first
    try:
        raise KeyError
    except KeyError as third:
        print(third.__context__ is first, first.__context__ is second)
    first.__context__ = second.__context__ = None


# What is a sequence, what a mapping, for patterns.
import collections.abc as abc


def kind(subject):
    match subject:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"


class Late:
    pass


print(kind(Late()), end=" ")
abc.Mapping.register(Late)
print(kind(Late()), [bool(cls.__flags__ & 0x40) for cls in (Late, dict, list)], hasattr(abc.Mapping, "__abc_tpflags__"))
Both = type("Both", (collections.UserDict, abc.Sequence), {"__getitem__": None, "__len__": len})
print([kind(object) for object in ("a", b"a", range(2), collections.deque(), types.MappingProxyType({}), collections.Counter())])


class Twice:
    __match_args__ = ("a", "a")
    a = 1
    key = 1
    other = True


def twice(subject):
    match subject:
        case Twice(x, y):
            return x, y


def keys(subject):
    match subject:
        case {Twice.key: x, Twice.other: y}:
            return x, y


print(told(twice, Twice()))
print(told(keys, {1: 2}))
match collections.defaultdict(list):
    case {"absent": x}:
        print("made")
    case _:
        print("nothing was made")


# Namespaces of exec that are more than a dict.
class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"

    def __getitem__(self, key):
        raise LookupError(key)


print(told(exec, "x", {"__builtins__": Missing()}), "|", told(exec, "x", {"__builtins__": 123}), "|", told(exec, "def f(): return x\nf()", Missing()))
class Keys:
    def __getitem__(self, key):
        raise KeyError(key)
    def keys(self):
        return list("xyz")
print(eval("dir()", {}, Keys()))


class Own:
    __dict__ = property(lambda self: {"own": 1})


print(vars(Own()), Own.__dict__["__dict__"].__class__.__name__)
Module = type("Module", (types.ModuleType,), {"__dict__": 8})
print(told(dir, Module("m")))

# Trees that nobody could have written.
at = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}
x, stored = ast.Name("x", ast.Load(), **at), ast.Name("x", ast.Store(), **at)
one = ast.Constant(1, **at)
statements = [
    ast.Expr(stored, **at),
    ast.Delete([], **at),
    ast.Delete([None], **at),
    ast.Assign([one], x, **at),
    ast.Raise(None, x, **at),
    ast.With([], [ast.Pass(**at)], **at),
    ast.Try([ast.Pass(**at)], [], [], [], **at),
    ast.Nonlocal([], **at),
    ast.Expr(ast.expr(**at), **at),
    ast.Expr(ast.NamedExpr(one, x, **at), **at),
    ast.Expr(ast.ListComp(stored, [], **at), **at),
    ast.Match(x, [ast.match_case(ast.MatchStar("y", **at), None, [ast.Pass(**at)])], **at),
    ast.Match(x, [ast.match_case(ast.MatchAs(None, "_", **at), None, [ast.Pass(**at)])], **at),
    ast.Match(x, [ast.match_case(ast.MatchValue(ast.Constant((1,), **at), **at), None, [ast.Pass(**at)])], **at),
    ast.Match(x, [ast.match_case(ast.MatchStar("y", lineno=1, col_offset=0), None, [ast.Pass(**at)])], **at),
    ast.Pass(lineno=3, col_offset=0, end_lineno=1, end_col_offset=0),
    ast.Pass(lineno=1, col_offset=-1, end_lineno=1, end_col_offset=0),
]
for statement in statements:
    print(str(told(compile, ast.Module([statement], []), "f", "exec")).partition(" object at")[0])


# Keywords of a call are merged one by one.
def f(**keywords):
    return keywords


class Multi:
    def keys(self):
        return iter("axx")

    def __getitem__(self, key):
        return ord(key)


print(told(lambda: f(**{1: 3}, **{1: 5})), told(lambda: f(**{1: 3})), told(lambda: f(**Multi())), told(lambda: dict(**{1: 3})))


class Set(set):
    def __new__(cls, items, new=None):
        return super().__new__(cls, items)


print(told(Set, [1], new=2))
huge = 2**100
print(range(huge)[:: -huge] == range(huge - 1, -1, -huge), range(-(2**63), 2**63)[2**63], range(2**70)[2**64 : 2**64 + 2])
print(told(type, "A\0B", (), {}), ascii(told(type, "A", (), {"__doc__": "\udcdc"})))
print(told(lambda: compile(memoryview(b"1"), "f", "eval").co_consts), repr(__import__("symtable").symtable("pass", b"name", "exec"))[:12])


# Coroutines that are over, and things that are no asynchronous iterators.
async def over():
    pass


coroutine = over()
waiter = coroutine.__await__()
print(told(waiter.send, None), told(waiter.throw, ValueError()), coroutine.close())


class Aiter:
    def __aiter__(self):
        return self.target


class Anext:
    def __anext__(self):
        return ()


async def iterate(target):
    source = Aiter()
    source.target = target
    async for _ in source:
        pass


print(told(iterate(1).send, None))
error = None
try:
    iterate(Anext()).send(None)
except TypeError as caught:
    print(caught, "|", caught.__cause__)


async def numbers():
    yield 1


print(told(numbers().asend(5).send, None), told(anext(Anext(), 0).send, None))

import os, sys

pauses = []
sys.pause = lambda *args: pauses.append(args)
os.environ["PYTHONBREAKPOINT"] = "sys.pause"
breakpoint(1, 2)
os.environ["PYTHONBREAKPOINT"] = "0"
breakpoint()
print(pauses)

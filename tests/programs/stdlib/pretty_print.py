# pprint: all kinds of containers, widths, depth, recursion
import collections
import dataclasses
import pprint
import types

@dataclasses.dataclass
class Point:
    x: int
    label: str = "a rather long label for a point"
    hidden: int = dataclasses.field(default=0, repr=False)

class MyList(list):
    def __repr__(self):
        return "MyList!" * 20

values = [
    list(range(40)), {"b": list(range(12)), "a": "words " * 20, "c": {"deep": {"deeper": (1, 2, 3)}}}, tuple("abcdefghijklmnopqrstuvwxyz"), (1,), ("x" * 90,),
    set(range(30)), frozenset("abc"), set(), "line one\nline two\n" * 4, b"bytes " * 20, bytearray(b"x" * 60), collections.OrderedDict((i, "v" * i) for i in range(12)),
    collections.Counter("mississippi " * 10), collections.defaultdict(list, {i: [i] * 9 for i in range(6)}), collections.deque(range(40), 50), collections.ChainMap({"a": 1}, {"b": list(range(30))}),
    types.SimpleNamespace(a=list(range(20)), b="x" * 40), types.MappingProxyType({"k" * i: i for i in range(1, 14)}), Point(1), [Point(2), Point(3, "short")], MyList([1]), collections.UserList(range(40)),
    {1: "a", "1": "b", None: "c", (1, 2): "d"}, 123456789012, [True, None, 1.5, ...], collections.UserDict({"a" * 30: "b" * 30, "c" * 30: 1}), collections.Counter(), {},
]
for value in values:
    pprint.pprint(value)
nested = [[[[["deep"]]]], {"a": {"b": {"c": 1}}}]
for options in [dict(depth=1), dict(depth=2), dict(width=10), dict(width=1), dict(indent=4, width=20), dict(compact=True, width=20), dict(sort_dicts=False), dict(underscore_numbers=True)]:
    print(options)
    print(pprint.pformat([nested, {"z": 1, "a": 1234567}, list(range(15))], **options))
pprint.pp({"z": 1, "a": 2})
loop = [1]
loop.append(loop)
print(pprint.isrecursive(loop), pprint.isreadable(loop), pprint.isreadable([1, "a"]), pprint.isreadable([object]), pprint.saferepr({"b": 1, "a": [2]}))
print(pprint.pformat(loop).replace(str(id(loop)), "ID"))
for call in [lambda: pprint.PrettyPrinter(indent=-1), lambda: pprint.PrettyPrinter(depth=0), lambda: pprint.PrettyPrinter(width=0), lambda: pprint.pformat(1, width="x")]:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)

class Short(pprint.PrettyPrinter):
    def format(self, object, context, maxlevels, level):
        if isinstance(object, int):
            return f"<{object}>", True, False
        return super().format(object, context, maxlevels, level)

print(Short(width=20).pformat({"a": [1, 2, 3], "b": (4,)}))

@dataclasses.dataclass
class Node:
    next: object
    name: str = "a node"

loop = Node(None)
loop.next = Node(loop, "another node")
pprint.pprint([Point(1), loop], width=30)
print(Node.__repr__.__qualname__, Node.__repr__.__wrapped__.__qualname__, loop)

@dataclasses.dataclass(repr=False)
class Plain:
    x: int = 1
    def __repr__(self):
        return "Plain" * 8

pprint.pprint([Plain(), Plain()], width=30)

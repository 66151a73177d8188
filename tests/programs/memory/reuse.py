# Which addresses are used again: blocks last freed first, free lists of floats, tuples, lists, dicts and keys.
import sys
# Whatever the start has left: from here on the pools have no holes, and the free lists are full.
hold = [bytes(16 * size) for size in range(30) for _ in range(16000 // (16 * size + 33))], [object() for _ in range(3000)], list(range(10**6, 10**6 + 1500))
full = [[[] for _ in range(100)], [{} for _ in range(100)], [{"a": 1} for _ in range(100)], [i + 0.5 for i in range(200)]]
del full
class C: pass
class S: __slots__ = ("a",)
print(id([]) == id([]), id({}) == id({}), id(object()) == id(object()), id(C()) == id(C()), id((1, C)) == id((2, C)), id(S()) == id(S()))
def same(make, other=None):
    a = make(); old = id(a); del a
    b = (other or make)()
    return id(b) == old
for make in (list, dict, set, object, C, S, lambda: [1, 2, 3], lambda: {1: 2}, lambda: {"a": 1}, lambda: {1, 2}, lambda: (1, C), lambda: 1.5 * 2 + id(C) * 0,
             lambda: id(C) * 0 + 1000, lambda: "%d!" % 5, lambda: bytes(5), lambda: bytearray(5), lambda: slice(1, 2), lambda: range(5), lambda: iter([]),
             lambda: C().__init__, lambda: [].append, lambda: (lambda: 0), lambda: Exception("x"), lambda: (i for i in ()), lambda: complex(1, id(C)), lambda: type("T", (), {})):
    print(same(make), end=" ")
print()
# Objects of one size class share it, those of others do not.
print(same(lambda: C(), lambda: S()), same(lambda: C(), lambda: [1]), same(lambda: (1, C), lambda: (1, 2, C)), same(lambda: (1, C), lambda: (3, C)))
x = (256, C, "s"); old = id(x); del x
y = ("s", C, 256)
print(id(y) == old)
# Last in, first out.
objects = [object() for _ in range(50)]
a, b, c = (id(objects[i]) for i in (10, 20, 30))
objects[10] = objects[20] = objects[30] = None
new = [object() for _ in range(3)]
print([id(o) for o in new] == [c, b, a])
floats = [i + 0.5 for i in range(10)]
a, b = id(floats[3]), id(floats[7])
floats[3] = floats[7] = None
x = 1.25 * len(floats); y = 2.25 * len(floats)
print(id(x) == b, id(y) == a)
# A list dies from the end; its items' memory goes before the list itself.
x = [object(), object(), object()]
ids = [id(o) for o in x]
del x
y = [object(), object(), object()]
print([id(o) for o in y] == ids)
x = (object(), object())
ids = [id(o) for o in x]
del x
a = object(); b = object()
print(id(a) == ids[0], id(b) == ids[1])
class Node:
    def __init__(self, next): self.next = next
n = Node(Node(Node(None)))
ids = [id(n), id(n.next), id(n.next.next)]
del n
m = [Node(None) for _ in range(3)]
print([ids.index(id(o)) if id(o) in ids else None for o in m])
# Pools: 16 KiB, a header of 48 bytes, blocks of one size.
objects = [object() for _ in range(5000)]
pools = {}
for o in objects:
    pools.setdefault(id(o) >> 14, []).append(id(o) & 0x3fff)
full = [p for p in pools.values() if len(p) == 1021]
print(len(full) >= 3, full[-1] == [48 + 16 * i for i in range(1021)], {i % 16 for p in pools.values() for i in p})
lists = [[] for _ in range(2000)]
pools = {}
for o in lists:
    pools.setdefault(id(o) >> 14, []).append(id(o) & 0x3fff)
full = [p for p in pools.values() if len(p) == 255]
print(len(full) >= 4, full[-1] == [48 + 16 + 64 * i for i in range(255)])
print(id(2) - id(1), id(256) - id(0), id(int) % 16)

# Each node of an OrderedDict counts its key once more, and the order changes without the table of the dict.
import collections
import gc
import sys

count, size = sys.getrefcount, sys.getsizeof
key = object()
d = collections.OrderedDict()
print(count(key), end=" ")
d[key] = 1
print(count(key), end=" ")
d[key] = 2
print(count(key), end=" ")
d.move_to_end(key)
d.move_to_end(key, last=False)
print(count(key), end=" ")
e = d.copy()
print(count(key), end=" ")
e.clear()
print(count(key), end=" ")
e.update({key: 1})
print(count(key), end=" ")
del e[key]
print(count(key), end=" ")
e = collections.OrderedDict([(key, 1), (2, 3)])
e.popitem(last=False)
print(count(key), end=" ")
e = d | {key: 5, 6: 7}
print(count(key), e.pop(key), count(key), end=" ")
e.setdefault(key, 0)
print(count(key), end=" ")
e = d | {key: 5, 6: 7}
print([type(o).__name__ for o in gc.get_referents(e)], gc.get_referents(collections.OrderedDict(a=5)))
e["self"] = e
del e
gc.collect()
print(count(key), end=" ")
del d
print(count(key))


class Last:
    "Tells when it dies."

    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name, end=" ")


d = collections.OrderedDict((Last(i), Last(chr(i + 97))) for i in range(3))
d.popitem()
print("| popped")
d.clear()
print("| cleared")
d = collections.OrderedDict((Last(i), Last(chr(i + 97))) for i in range(3))
del d
print("| deleted")
# Moving needs no room: a cache of the least recently used stays as large as it is.
d = collections.OrderedDict.fromkeys(range(5))
sizes = set()
for i in range(200):
    d.move_to_end(i % 5, last=i % 3 > 0)
    sizes.add(size(d))
print(sizes, list(d))
for i in range(5, 60):
    d[i] = None
    d.move_to_end(i - 3)
    if len(d) > 8:
        d.popitem(last=False)
    sizes.add(size(d))
print(sorted(sizes), list(d), [k for k in reversed(d)])

"""Trains a build: objects that are born and die, cycles, the collector, weak references, copies, enumerations, data classes."""

import collections
import copy
import dataclasses
import enum
import gc
import pickle
import weakref


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


@dataclasses.dataclass(order=True)
class Record:
    key: int
    name: str = "n"
    parts: list = dataclasses.field(default_factory=list)


Pair = collections.namedtuple("Pair", "left right")


class Tree:
    def __init__(self, depth, above=None):
        self.above = above
        self.below = [Tree(depth - 1, self) for _ in range(2)] if depth else []

    def size(self):
        return 1 + sum(tree.size() for tree in self.below)


class Counted:
    alive = 0

    def __init__(self):
        Counted.alive += 1

    def __del__(self):
        Counted.alive -= 1


def cycles(n):
    for i in range(n):
        a, b = [i], {}
        a.append(b)
        b["a"] = a
    return gc.collect() >= 0


def watched(n):
    died = []
    for i in range(n):
        node = Tree(0)
        reference = weakref.ref(node, died.append)
        if i % 2:
            del node
            assert reference() is None
    return len(died)


def chained(n):
    chain = None
    for i in range(n):
        chain = (chain, i)
    return chain[1]


print(sum(Tree(6).size() for _ in range(25)), cycles(6000), watched(2000), chained(20000))
print(len([Counted() for _ in range(3000)]), Counted.alive)
records = [Record(i * 37 % 101, f"r{i}", [i]) for i in range(800)]
print(sorted(records)[3], len(copy.deepcopy(records[:150])), sum(r.key for r in records if Colour(1 + r.key % 2) is Colour.RED))
print(sum(Pair(i, i + 1).right for i in range(5000)), Pair(1, 2)._replace(left=5), len(pickle.dumps(records[:100])))
print(len({Pair(i % 50, i % 7): i for i in range(5000)}), copy.copy(records[0]) == records[0])

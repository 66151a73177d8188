"""The hash of a tuple, and tuples that iterators give again with other items; sets and tuples compared."""
import itertools


def walk(iterator):
    """Each tuple is hashed and let go, so that the iterator may use it again."""
    hashes = []
    for pair in iterator:
        hashes.append(hash(pair) == hash(tuple(list(pair))))
        hashes.append(pair in {pair: 1})
        del pair
    return all(hashes), len(hashes)


letters = ["a", "b", "c", "d"]
numbers = [1, 2, 3, 4]
print(walk(zip(letters, numbers)))
print(walk(zip(letters, numbers, numbers)))
print(walk(enumerate(letters)))
print(walk(dict(zip(letters, numbers)).items()))
print(walk(reversed(dict(zip(letters, numbers)).items())))
print(walk(itertools.product(letters, numbers)))
print(walk(itertools.combinations(letters, 2)))
print(walk(itertools.permutations(letters, 3)))
print(walk(itertools.combinations_with_replacement(numbers, 2)))
print(walk(itertools.zip_longest(letters, numbers[:2])))
print(walk(itertools.pairwise(numbers)))

# Kinds of numbers that are equal, in tuples.
keys = {(1, 2.0): "a", (True, "x"): "b", ((1, (2.5, "y")), -1): "c"}
print(keys[1.0, 2], keys[1, "x"], keys[(True, (2.5, "y")), -1.0], (-1,) in {(-1.0,): 0}, hash((-1,)) == hash((-2,)))
nan = float("nan")
print((nan,) in {(nan,)}, (float("nan"),) in {(nan,)}, (nan, 1) == (nan, 1), (float("nan"),) == (nan,))


class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        print("hash", self.value)
        return self.value

    def __eq__(self, other):
        print("eq", self.value, other)
        return self.value == other


pair = (1, Key(5))
print(hash(pair) == hash(pair), pair in {(1, 5)})
try:
    hash((1, (2, [])))
except TypeError as error:
    print(error)

# Comparisons of what needs no Python, and of what does.
small, large = frozenset({1, 2}), {1, 2, 3.5, "x"}
print(small <= large, small < large, large >= small, large > small, small == {2.0, 1}, small != {1, 3}, large <= small, small < small)
print(small & large, sorted(large - small, key=str), small - large, large & {"x", 9}, len({Key(1)} & {1}), len({Key(2)} - {3}))
print({Key(1)} <= {1}, (1, Key(1)) == (1, 1), (1, (2, 3)) != (1, (2, 3)), (1, [2]) == (1, [2]))

# Builtin types called all the time: with and without arguments, with names, with too many, and with one that is none.
for _ in range(12):
    made = [list(), tuple("ab"), set("a"), frozenset(), dict(a=1), dict([(1, 2)]), bool(0), float("1.5"), type(1), list(range(3)), range(2, 8, 3)]
print(made, list(enumerate("ab", 5)), list(reversed([1, 2])), int("12"), int("ff", 16), int(), sorted([3, 1]), sum([1, 2], 10))
for attempt in range(3):
    for call in [lambda: list(1), lambda: tuple(1, 2), lambda: set(1, 2), lambda: range(), lambda: enumerate(), lambda: float(1, 2), lambda: type(),
                 lambda: int(1, 2, 3), lambda: sum(), lambda: sum([1], start=2, stop=3), lambda: dict(1), lambda: dict([1])]:
        try:
            print(call())
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)


def make(kind):
    return kind("12")


for kind in [list] * 10 + [int, str, tuple, float, set, len, bool] * 3:
    print(make(kind) == kind("12"), end=" ")
print()

"""Trains a build: what a program does by the library: copies, tuples as keys, sets of states, streams, protocols, classes above."""

import asyncio
import collections
import copy
import functools
import itertools
import typing
from fractions import Fraction

Place = collections.namedtuple("Place", "row column")
State = collections.namedtuple("State", "place keys steps")


class Shape:
    kind = "shape"

    def __init__(self, name, *parts):
        self.name, self.parts = name, list(parts)

    def area(self):
        return sum(part.area() for part in self.parts)

    def scaled(self, by):
        return type(self)(self.name, *[part.scaled(by) for part in self.parts])


class Square(Shape):
    kind = "square"

    def __init__(self, name, side):
        super().__init__(name)
        self.side = side

    def area(self):
        return super().area() + self.side * self.side

    def scaled(self, by):
        return Square(self.name, self.side * by)


@typing.runtime_checkable
class Measured(typing.Protocol):
    def area(self): ...


def copies(n):
    """Structures that hold one another, copied with all that is in them."""
    drawing = Shape("all", Square("a", 2), Shape("b", Square("c", 3), Square("d", 1)))
    page = {"drawing": drawing, "sizes": [1, 2.5, (3, "x"), {4, 5}], "again": drawing}
    for _ in range(n):
        page = copy.deepcopy(page)
        page["sizes"] = copy.copy(page["sizes"])
    return page["drawing"] is page["again"], page["drawing"].scaled(2).area(), isinstance(drawing, Measured), isinstance(n, Measured)


def maze(size, doors):
    """The shortest way through a grid with doors and keys: states are tuples in sets and dicts."""
    walls = {Place(i, (i * 3 + 1) % size) for i in range(0, size, 2)}
    start = State(Place(0, 0), frozenset(), 0)
    seen, waiting, best = {(start.place, start.keys)}, collections.deque([start]), {}
    while waiting:
        state = waiting.popleft()
        (row, column), keys, steps = state
        best[state.place] = min(best.get(state.place, steps), steps)
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            place = Place(row + down, column + right)
            if not (0 <= place.row < size and 0 <= place.column < size) or place in walls and place.row not in keys:
                continue
            held = keys | {place.column} if place.column in doors else keys
            if (place, held) not in seen and len(held - keys) <= 1:
                seen.add((place, held))
                waiting.append(state._replace(place=place, keys=held, steps=steps + 1))
    return len(seen), best[Place(size - 1, size - 1)]


def cover(pieces, free, chosen=()):
    """Sets that cover another exactly once."""
    if not free:
        return 1
    first = min(free)
    return sum(cover(pieces, free - piece, chosen + (piece,)) for piece in pieces if first in piece and piece <= free)


@functools.lru_cache(maxsize=None)
def dice(count, total):
    """How likely so many dice give a total."""
    if count == 0:
        return Fraction(total == 0)
    return sum((dice(count - 1, total - side) for side in range(1, 7)), Fraction(0)) / 6


async def numbers(n):
    for i in range(n):
        yield i
        if i % 16 == 0:
            await asyncio.sleep(0)


async def halves(stream):
    async for number in stream:
        if number % 2 == 0:
            yield number // 2


async def streams(n):
    total = 0
    async for number in halves(halves(numbers(n))):
        total += number
    return total + sum([x async for x in halves(numbers(n))])


def arrangements(items):
    """All orders of a list, each from the one of the rest, with slices and generators."""
    if len(items) < 2:
        yield items
        return
    for i, item in enumerate(items):
        for rest in arrangements(items[:i] + items[i + 1:]):
            yield [item] + rest


def patterns(n):
    found = 0
    for order in arrangements(list(range(n))):
        if len(set(order[i] + i for i in range(n))) == n and tuple(reversed(order)) != tuple(order):
            found += any(x == i for i, x in enumerate(order))
    return found


if __name__ == "__main__":
    print(copies(60))
    print(maze(9, {2, 5, 7}))
    pieces = [frozenset(range(i, i + k)) for i in range(12) for k in (1, 2, 3)]
    print(cover(pieces, frozenset(range(12))))
    print(dice(6, 21), sum(1 for pair in itertools.product(range(40), repeat=2) if pair[0] < pair[1]))
    print(asyncio.run(streams(4000)))
    print(patterns(6))

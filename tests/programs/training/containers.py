"""Trains a build: lists, tuples, dicts, sets, slices, comprehensions, sorting, unpacking."""

import collections
import itertools


def lists(n):
    items = [(i * 7919) % 1000 for i in range(n)]
    items.sort()
    items.sort(key=lambda x: (x % 10, -x))
    found = sorted(items, reverse=True)[:10] + items[::-7] + items[5:50:3]
    stack = []
    for item in items:
        stack.append(item)
        if item % 3 == 0:
            stack.pop()
            stack.insert(0, item)
    stack.reverse()
    items[10:20] = [0] * 5
    del items[::9]
    return len(found), sum(stack[:100]), items.count(0), items.index(999), len(items), 5 in items


def flips(n):
    """Parts of lists turned round and moved."""
    order, most = list(range(n)), 0
    for _ in range(4000):
        top = order[0] % n
        if top:
            order[:top + 1] = order[top::-1]
            most += 1
        else:
            order.append(order.pop(0))
        order[1], order[-1] = order[-1], order[1]
    return most, order


def words(n):
    counted, by_length = {}, collections.defaultdict(list)
    for i in range(n):
        word = "w" + str(i * i % 211)
        counted[word] = counted.get(word, 0) + 1
        if word not in by_length[len(word)]:
            by_length[len(word)].append(word)
    most = max(counted.items(), key=lambda pair: pair[1])
    inverted = {count: word for word, count in counted.items()}
    inverted.update(a=1, b=2)
    total = 0
    for key, value in counted.items():
        total += value if key in counted else len(key)
    for key in list(counted)[::2]:
        del counted[key]
    return most, len(inverted), total, len(counted), {k: len(v) for k, v in by_length.items()}


def sets(n):
    a, b = set(range(0, n, 3)), {i * i % n for i in range(n)}
    together = 0
    for i in range(40):
        together += len(a | b) + len(a & b) - len(a - b) + len(a ^ {i})
        a.add(i)
        b.discard(i)
    return together, a <= b, frozenset(a) == a, min(a), sorted(b)[-1]


def grids(size):
    grid = [[(x * y) % 5 for x in range(size)] for y in range(size)]
    turned = [list(row) for row in zip(*grid)]
    near = 0
    for y in range(1, size - 1):
        row = grid[y]
        for x in range(1, size - 1):
            near += row[x - 1] + row[x + 1] + grid[y - 1][x] + grid[y + 1][x]
            if row[x] == 4:
                row[x] = near % 5
    return near, turned == grid, sum(map(sum, grid)), any(x > 4 for row in grid for x in row)


def queens(n):
    """The places of queens that do not see each other."""
    found = 0
    for order in itertools.permutations(range(n)):
        if n == len({order[i] + i for i in range(n)}) == len(set(order[i] - i for i in range(n))):
            found += 1
    return found


def orders(items):
    """The same without itertools."""
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in orders(items[:i] + items[i + 1:]):
            yield (item, *rest)


def pairs(n):
    total, triple, listed = 0, (1, 2, 3), [4, 5, 6]
    for i, (x, y) in enumerate(zip(range(n), reversed(range(n)))):
        a, b, c = triple
        d, e, f = listed
        first, *rest = x, y, i
        a, b = b, a
        total += a * x - b * y + c + d + e + f + len(rest) + first
    return total


print(lists(4000), flips(9)[0], words(12000), sets(300), grids(120))
print(queens(6), len(set(orders(tuple("abcdef")))), sum(len(tuple(o)) for o in orders([1, 2, 3, 4, 5])), pairs(12000))
queue = collections.deque(maxlen=50)
for i in range(5000):
    queue.append(i)
    if i % 3:
        queue.popleft()
print(len(queue), collections.Counter("abracadabra" * 50).most_common(2), list(itertools.accumulate(range(9)))[-1])

"""Heaps in lists: the smallest item is heap[0], and heap[k] <= heap[2*k+1], heap[2*k+2]."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def heappush(heap, item, /):
    """Put an item into the heap."""
    _is_list("heappush", heap)
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Take the smallest item out of the heap."""
    _is_list("heappop", heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    smallest, heap[0] = heap[0], last
    _sink(heap, 0)
    return smallest


def heapreplace(heap, item, /):
    """Take the smallest item out, and put another one in."""
    _is_list("heapreplace", heap)
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return smallest


def heappushpop(heap, item, /):
    """Put an item in, and take the smallest out."""
    _is_list("heappushpop", heap)
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(heap, /):
    """Make a heap of a list, in place."""
    _is_list("heapify", heap)
    for place in reversed(range(len(heap) // 2)):
        _sink(heap, place)


def _is_list(function, heap):
    if not isinstance(heap, list):
        raise TypeError(f"{function}() argument must be list, not {type(heap).__name__}")


def _rise(heap, top, place):
    """Move the item at a place up, until its parent is no larger."""
    item = heap[place]
    while place > top:
        parent = (place - 1) // 2
        if not item < heap[parent]:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item


def _sink(heap, place):
    """Move the item at a place down to a leaf along the smaller children, and up again to where it belongs."""
    top, end, item = place, len(heap), heap[place]
    while (child := 2 * place + 1) < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[place] = heap[child]
        place = child
    heap[place] = item
    _rise(heap, top, place)


def merge(*iterables, key=None, reverse=False):
    """All items of sorted iterables, sorted."""
    rows = []
    for number, iterator in enumerate(map(iter, iterables)):
        for value in iterator:
            rows.append(_Row(value, value if key is None else key(value), number, iterator, reverse))
            break
    heapify(rows)
    while rows:
        row = rows[0]
        yield row.value
        for value in row.iterator:
            heapreplace(rows, _Row(value, value if key is None else key(value), row.number, row.iterator, reverse))
            break
        else:
            heappop(rows)


class _Row:
    """The next item of one of the iterables that are merged."""

    def __init__(self, value, key, number, iterator, reverse):
        self.value, self.key, self.number, self.iterator, self.reverse = value, key, number, iterator, reverse

    def __lt__(self, other):
        first, second = (other, self) if self.reverse else (self, other)
        if first.key < second.key:
            return True
        return not second.key < first.key and self.number < other.number


def nsmallest(n, iterable, key=None):
    """The n smallest items, the smallest first."""
    return sorted(iterable, key=key)[: max(n, 0)]


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]

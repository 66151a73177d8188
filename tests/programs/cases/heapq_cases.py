# heapq: heaps in lists.
import heapq


def pops(items):
    heapq.heapify(items)
    while items:
        yield heapq.heappop(items)


heap = []


for text in r'''
[heapq.heappush(heap, n) for n in (5, 1, 4, 1, 3)]
heap
heapq.heappop(heap), heap
heapq.heappushpop(heap, 0), heap
heapq.heappushpop(heap, 9), heap
heapq.heapreplace(heap, 2), heap
list(pops([7, 2, 9, 2, 8, 1]))
heapq.heappop([])
heapq.heapreplace([], 1)
heapq.heappushpop([], 1)
heapq.nlargest(3, [4, 1, 7, 7, 2])
heapq.nsmallest(2, ["pear", "fig", "apple"], key=len)
heapq.nlargest(2, "abcdef", key=lambda c: -ord(c))
heapq.nlargest(0, [1]), heapq.nsmallest(9, [2, 1]), heapq.nsmallest(-1, [1])
list(heapq.merge([1, 4, 9], [2, 3], [], [5]))
list(heapq.merge([9, 4], [5, 3], reverse=True))
list(heapq.merge(["a", "ccc"], ["bb"], key=len))
heapq.heapify((1, 2))
heapq.heappush([1], "a")
heapq.nsmallest(2, [3, "a"])
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

"""The allocations at which collections of each generation start."""
import gc

def spacing(generation, times):
    starts = []
    keep = []
    append = keep.append
    seen = gc.get_stats()[generation]["collections"]
    n = 0
    gc.collect()
    seen = gc.get_stats()[generation]["collections"]
    while len(starts) < times:
        append([])
        n += 1
        now = gc.get_stats()[generation]["collections"]
        if now != seen:
            starts.append(n)
            seen = now
    return [b - a for a, b in zip(starts, starts[1:])]

# every gc.get_stats() makes a list and three dicts, which come from free lists and go back there
print(spacing(0, 5))
print(spacing(1, 3))

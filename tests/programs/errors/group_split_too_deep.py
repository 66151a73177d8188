# ExceptionGroup.split and subgroup of groups that nest deeper than recursion may go.
import sys
sys.setrecursionlimit(150)
def nest(n):
    e = ValueError(1)
    for i in range(n): e = ExceptionGroup("g", [e])
    return e
for n in (10, 100, 140, 145, 147, 148, 149, 150, 160, 300, 3000):
    for m in ("split", "subgroup"):
        for arg in (ValueError, lambda e: isinstance(e, ValueError), TypeError):
            try: r = getattr(nest(n), m)(arg); print(n, m, type(r).__name__)
            except RecursionError as e: print(n, m, "RecursionError", e)

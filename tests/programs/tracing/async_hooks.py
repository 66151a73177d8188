# sys.set_asyncgen_hooks and sys.set_coroutine_origin_tracking_depth.
import sys, gc
print(sys.get_asyncgen_hooks(), type(sys.get_asyncgen_hooks()).__name__)
seen = []
async def agen():
    try:
        yield 1
        yield 2
    finally:
        print("agen finally")
def step(aw):
    try: aw.send(None)
    except StopIteration as e: return e.value
    except StopAsyncIteration: return "end"
def first(g): seen.append(g.__name__); print("first", g.__name__)
def final(g): print("final", g.__name__, sys.getrefcount(g)); keep.append(g)
keep = []
sys.set_asyncgen_hooks(first, final)
h = sys.get_asyncgen_hooks(); print(h.firstiter is first, h.finalizer is final, h[0] is first, len(h))
g = agen()
print(step(g.__anext__())); print(step(g.__anext__()))
del g
print(keep)if 0 else print(len(keep))
print(step(keep[0].aclose()))
keep.clear()
g = agen(); a = g.asend(None); del a; del g; print(len(keep)); keep.clear()
g = agen(); print(step(g.__anext__()), step(g.__anext__()), step(g.__anext__())); del g; print(len(keep))
g = agen(); del g; print(len(keep))
sys.set_asyncgen_hooks(finalizer=None)
g = agen(); print(step(g.__anext__())); del g; print(len(keep))
def bad(g): raise ValueError("bad")
sys.set_asyncgen_hooks(firstiter=bad)
g = agen()
try: g.__anext__()
except ValueError as e: print(e)
print(step(g.__anext__()))
sys.set_asyncgen_hooks(None, bad)
g = agen(); print(step(g.__anext__())); del g
for args in ((1,), (None, 2), (3, 4)):
    try: sys.set_asyncgen_hooks(*args)
    except TypeError as e: print(e)
sys.set_asyncgen_hooks(None, None)
print(sys.get_coroutine_origin_tracking_depth())
async def c(): pass
co = c(); print(co.cr_origin and [(file.rsplit('/')[-1], line, name) for file, line, name in co.cr_origin]); co.close()
sys.set_coroutine_origin_tracking_depth(1)
co = c(); print(co.cr_origin and [(file.rsplit('/')[-1], line, name) for file, line, name in co.cr_origin]); co.close()
def make(): return c()
def make2(): return make()
sys.set_coroutine_origin_tracking_depth(5)
co = make2(); print(co.cr_origin and [(file.rsplit('/')[-1], line, name) for file, line, name in co.cr_origin]); co.close()
make2()
sys.set_coroutine_origin_tracking_depth(0)
for v in (-1, "x", 1.5, 10**20):
    try: sys.set_coroutine_origin_tracking_depth(v)
    except Exception as e: print(type(e).__name__, e)
f = sys._current_frames(); print(len(f), list(f.values())[0] is sys._getframe())

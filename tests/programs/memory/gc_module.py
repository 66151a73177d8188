import gc, weakref, sys
gc.collect()
class N:
    def __init__(self, name): self.name = name
    def __repr__(self): return f"N({self.name})"
# automatic callbacks
log = []
def cb(phase, info): log.append((phase, info["generation"], info["collected"], info["uncollectable"]))
gc.callbacks.append(cb)
gc.collect(0); gc.collect(1)
print(log); log.clear()
keep = [[] for _ in range(1500)]
print(log[:6]); log.clear()
keep = None
def cyc():
    a = N("a"); a.self = a
for _ in range(5): cyc()
print(gc.collect(), log[-1]); log.clear()
gc.callbacks.remove(cb)
# saveall
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug())
cyc()
n = gc.collect()
print(n, gc.garbage, len(gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())
# stats
s = gc.get_stats()
print(len(s), sorted(s[0]), s[2]["uncollectable"])
before = gc.get_stats()[2]["collections"]
gc.collect()
print(gc.get_stats()[2]["collections"] - before)
# freeze
print(gc.get_freeze_count())
gc.freeze(); print(gc.get_freeze_count() > 0, gc.get_count()[1:], len(gc.get_objects()) < 20); gc.unfreeze(); print(gc.get_freeze_count())
# objects
x = N("x")
print(any(o is x for o in gc.get_objects()), any(o is x for o in gc.get_objects(0)), any(o is x for o in gc.get_objects(2)))
gc.collect(0)
print(any(o is x for o in gc.get_objects(0)), any(o is x for o in gc.get_objects(1)))
gc.collect(1)
print(any(o is x for o in gc.get_objects(1)), any(o is x for o in gc.get_objects(2)))
try: gc.get_objects(3)
except ValueError as e: print(e)
try: gc.get_objects(-1)
except ValueError as e: print(e)
try: gc.collect(3)
except ValueError as e: print(e)
try: gc.get_objects("a")
except TypeError as e: print(e)
# referrers
y = [x]; z = {"k": x}; t = (x,)
r = gc.get_referrers(x)
print(sum(o is y for o in r), sum(o is z for o in r), sum(o is t for o in r), sum(o is globals() for o in r), len(r))
print(gc.get_referents(y, z, t), gc.get_referents(1, "a"), gc.get_referents(x))
# thresholds
print(gc.get_threshold()); gc.set_threshold(10, 2); print(gc.get_threshold()); gc.set_threshold(5, 6, 7); print(gc.get_threshold()); gc.set_threshold(0); print(gc.get_threshold()); gc.set_threshold(700, 10, 10)
gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
print(gc.is_tracked([]), gc.is_tracked({}), gc.is_tracked({1: []}), gc.is_tracked((1,)), gc.is_tracked(x), gc.is_tracked(N), gc.is_tracked(1), gc.is_finalized(x), gc.is_finalized(3))

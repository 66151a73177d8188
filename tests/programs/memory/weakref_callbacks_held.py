# Who holds a weak reference while its callback runs: a tuple of all if there are several, the collector, or nobody.
import weakref, gc, sys
class N: pass
def cb(r): print("  cb", sys.getrefcount(r), [sys.getrefcount(x) for x in ws])
for n in (1,2,3):
    for how in ("ref", "gc"):
        a=N(); ws=[weakref.ref(a, cb) for _ in range(n)]
        print(n, how, [sys.getrefcount(x) for x in ws])
        if how=="gc": a.me=a
        del a
        gc.collect()
        print(n, how, [sys.getrefcount(x) for x in ws])
a=N(); ws=[weakref.ref(a), weakref.ref(a,cb), weakref.proxy(a)]
print([sys.getrefcount(x) for x in ws[:2]])
del a
print([sys.getrefcount(x) for x in ws[:2]])

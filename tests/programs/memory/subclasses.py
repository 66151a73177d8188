# A class knows those below it by a dict of weak references, which count like all other objects.
import gc, sys, weakref
count = lambda: gc.get_count()[0]


class Base: pass
class Other: pass


told = []
def tell(name):
    global before
    told.append((name, count() - before))
    before = count()


gc.collect(), gc.collect()
before = count()
class C(Base): pass
tell("first below Base")
class D(Base): pass
tell("second")
class E(Base, Other): pass
tell("two bases")
D.__bases__ = (Other,)
tell("__bases__")
D.__bases__ = (Base,)
tell("__bases__ again")
class N3(Base):
    x = 1
    def f(self): return super().f()
tell("with a cell")
class N4(int): pass
tell("int")
class N5(Exception): pass
tell("Exception")
T = type("T", (), {})
tell("type()")
T = type("T", (Base,), {"a": 1})
tell("type() with a base")
for i in range(4):
    class Loop: pass
    tell("loop")
print(*told, sep="\n")

print([weakref.getweakrefcount(c) for c in (C, D, E, Base, Other, int, object, type, Exception, bool)])
r = weakref.ref(C)
print(weakref.getweakrefcount(C), r is weakref.getweakrefs(C)[0], sys.getrefcount(r))
holders = [x for x in gc.get_referrers(r) if type(x) is dict and x is not globals()]
print(len(holders), gc.is_tracked(holders[0]), [v() for v in holders[0].values()], [k == id(v()) for k, v in holders[0].items()])
del holders
print(Base.__subclasses__(), Other.__subclasses__(), C.__subclasses__())
D.__bases__ = (Other,)
print(Base.__subclasses__(), Other.__subclasses__())
D.__bases__ = (Base, Other)
print(Base.__subclasses__(), Other.__subclasses__())
del C, r, T
print(gc.collect() > 0, Base.__subclasses__())
del D, E, N3
print(gc.collect() > 0, Base.__subclasses__(), Other.__subclasses__())
class Again(Base): pass
print(Base.__subclasses__(), weakref.getweakrefcount(Base))
print([c.__name__ for c in Exception.__subclasses__()[:5]], bool in int.__subclasses__(), [c.__name__ for c in int.__subclasses__()][:1])

# A class that dies with its cycle leaves nothing behind; its weak references are emptied before.
gone = []
class Short(Base): pass
watch = weakref.ref(Short, lambda ref: gone.append((ref() is None, len(Base.__subclasses__()))))
print(weakref.getweakrefcount(Short), [type(x).__name__ for x in weakref.getweakrefs(Short)])
del Short
gc.collect()
print(gone, Base.__subclasses__())

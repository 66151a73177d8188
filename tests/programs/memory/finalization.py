"""__del__: when it runs, in which order, and what it may do. After the manner of CPython's test_finalization."""
import gc, sys, weakref

gc.collect()
gc.disable()
log = []

class Simple:
    def __init__(self, name): self.name = name
    def __del__(self): log.append(("del", self.name))

class Selfcycle(Simple):
    def __init__(self, name):
        super().__init__(name)
        self.me = self

def told(what):
    print(what, log, gc.garbage)
    log.clear()

# 1: no cycle
s = Simple("a"); del s; told("simple")
# 2: a cycle of one
s = Selfcycle("b"); del s; told("before"); print(gc.collect()); told("self-cycle")
# 3: a cycle of two, finalized in order of age
a = Simple("first"); b = Simple("second"); a.o = b; b.o = a
del a, b; print(gc.collect()); told("two")
# 4: made the other way round
b = Simple("second"); a = Simple("first"); a.o = b; b.o = a
del a, b; print(gc.collect()); told("two, younger first")
# 5: resurrection without a cycle
survivors = []
class Phoenix(Simple):
    def __del__(self):
        super().__del__()
        survivors.append(self)
p = Phoenix("p"); r = weakref.ref(p); del p; told("resurrected"); print(survivors[0].name, r() is None)
survivors.clear(); told("not again"); 
# 6: resurrection of a cycle
class Cyclic(Phoenix):
    def __init__(self, name): super().__init__(name); self.me = self
p = Cyclic("c"); r = weakref.ref(p); del p
print(gc.collect()); told("cycle resurrected"); print(len(survivors), r() is None, gc.is_finalized(survivors[0]))
survivors.clear(); print(gc.collect()); told("cycle not again")
# 7: one of two resurrects both
class Saver(Simple):
    def __del__(self):
        super().__del__(); survivors.append(self.other)
a = Saver("saver"); b = Simple("saved"); a.other = b; b.other = a
del a, b; print(gc.collect()); told("both"); print([s.name for s in survivors])
survivors.clear(); print(gc.collect()); told("both gone")
# 8: outside the cycle but held by it only
class Leaf(Simple): pass
a = Simple("root"); a.me = a; a.leaf = Leaf("leaf"); del a
print(gc.collect()); told("leaf")
# 9: an exception in __del__
class Broken:
    def __del__(self): raise ValueError("broken")
seen = []
sys.unraisablehook = lambda u: seen.append((type(u.exc_value).__name__, str(u.exc_value), u.err_msg, u.object.__qualname__))
b = Broken(); del b
b = Broken(); b.me = b; del b; print(gc.collect())
print(seen); seen.clear(); sys.unraisablehook = sys.__unraisablehook__
# 10: __del__ breaks the cycle itself
class Breaker(Simple):
    def __del__(self): super().__del__(); self.__dict__.clear()
a = Breaker("x"); a.me = a; b = Breaker("y"); b.a = a; a.b = b; del a, b
try: print(gc.collect())
finally: told("breaker")
# 11: a generator with finally in a cycle
def gen(box):
    try: yield box
    finally: log.append("finally")
box = []; g = gen(box); next(g); box.append(g); del g, box
print(gc.collect()); told("generator")
# 12: a generator without finally
def plain(box): yield box
box = []; g = plain(box); next(g); box.append(g); del g, box
print(gc.collect()); told("plain generator")
# 13: a slot
class Slotted:
    __slots__ = ("other", "name", "__weakref__")
    def __del__(self): log.append(("del", self.name))
a = Slotted(); a.name = "s1"; b = Slotted(); b.name = "s2"; a.other = b; b.other = a; del a, b
print(gc.collect()); told("slots")
# 14: __del__ added later, on the class; on the instance it does not count
class Late: pass
l = Late(); Late.__del__ = lambda self: log.append("late"); l.__del__ = lambda: log.append("never"); del l; told("late")
# 15: __del__ found on the base, removed from the class
class Sub(Late): pass
s = Sub(); del Late.__del__; del s; told("removed")
# 16: it runs once, even if called by hand
s = Simple("twice"); s.__del__(); del s; told("by hand")
# 17: order in a container
l = [Simple(i) for i in range(4)]; del l; told("list")
t = tuple(Simple(i) for i in range(4)); del t; told("tuple")
d = {i: Simple(i) for i in range(4)}; del d; told("dict")
class Holder: pass
h = Holder(); h.x = Simple("x"); h.a = Simple("a"); del h; told("attributes")
def f():
    one = Simple("one"); two = Simple("two")
f(); told("locals")
# 18: a new object is born while another dies
class Parent(Simple):
    def __del__(self): super().__del__(); Simple("child of " + self.name)
p = Parent("p"); del p; told("child")
p = Parent("q"); p.me = p; del p; print(gc.collect()); told("child in a collection")
# 19: collecting inside __del__
class Collector(Simple):
    def __del__(self): log.append(gc.collect()); super().__del__()
c = Collector("inner"); Selfcycle("nested"); del c; told("collect in del")
c = Collector("in cycle"); c.me = c; del c; print(gc.collect()); told("collect in collect")
# 20: a long chain
class Node:
    def __init__(self, next): self.next = next
    def __del__(self): log.append(1)
n = None
for _ in range(20000): n = Node(n)
del n; print(len(log), sum(log)); log.clear()

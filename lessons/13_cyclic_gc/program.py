import gc, weakref
gc.disable()
gc.collect(); gc.freeze()  # so that only what follows is looked at
class Node:
    def __del__(self): print("finalize", self.name)
a, b = Node(), Node()
a.name, b.name, a.peer, b.peer = "a", "b", b, a
w = weakref.ref(a, lambda r: print("weakref callback"))
del a, b
print("unreachable but alive:", w() is not None)
print("collected", gc.collect(), "dead:", w() is None)
print([gc.is_tracked(o) for o in ([], {}, (1, 2), "s", Node)])
gc.enable()
keep = [[] for i in range(800)]

import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print("finalized", self.name)


class Plain:
    pass


a, b = Node("a"), Node("b")
a.other, b.other = b, a
gone = []
ref = weakref.ref(a, lambda it: gone.append(it))
del a, b
print(gc.collect())
p = Plain()
p.me = p
q = [p]
q.append(q)
del p, q
print(gc.collect())
print(gone)
xs = [[] for _ in range(900)]
print(len(xs))

import sys
class P:
    def __init__(self, x, y):
        self.x, self.y = x, y
class S:
    __slots__ = ("x", "y")
p, q = P(1, 2), P(3, 4)
print(sys.getsizeof(p), sys.getsizeof(S()), sys.getsizeof(p.__dict__))
q.z = 5
del p.x
p.x = 9
print(list(vars(p)), list(vars(q)))

"""match."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q: pass
class W:
    __match_args__ = 5
class V:
    __match_args__ = ["x"]
def m(value):
    match value:
        case P(1, y): return "P", y
        case Q(a): return a
        case W(a): return a
        case {"k": v, **rest}: return v, rest
        case [1, *_, last]: return last
        case int(n) if n > 5: return n
        case None: return "none"
def too_many(value):
    match value:
        case P(1, 2, 3): return 1
def twice(value):
    match value:
        case P(1, x=2): return 1
def no_class(value):
    match value:
        case print(): return 1
attempt(lambda: m(P(1, 2)), lambda: m(Q()), lambda: m(W()), lambda: m({"k": 1, "z": 2}), lambda: m([1, 2, 3]), lambda: m(7), lambda: m(None), lambda: m(3), lambda: too_many(P(1, 2)), lambda: twice(P(1, 2)), lambda: no_class(1))
def v(value):
    match value:
        case V(a): return a
attempt(lambda: v(V()))
v(V())

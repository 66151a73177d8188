"""Functions called with the wrong arguments."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def none(): pass
def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def default(a, b=1): pass
def only_keyword(*, k): pass
def keywords(*, k, j): pass
def positional(a, /, b): pass
def star(a, *rest, k=1): pass
attempt(lambda: none(1), lambda: none(x=1), lambda: one(), lambda: one(1, 2), lambda: one(1, a=2), lambda: one(b=1), lambda: two(), lambda: two(1), lambda: two(b=1), lambda: two(1, 2, 3), lambda: three(), lambda: three(1), lambda: default(),
        lambda: default(1, 2, 3), lambda: default(1, 2, b=3), lambda: only_keyword(), lambda: only_keyword(1), lambda: only_keyword(1, k=2), lambda: keywords(), lambda: keywords(k=1), lambda: positional(a=1, b=2), lambda: positional(1, a=2), lambda: positional(),
        lambda: star(), lambda: star(k=1), lambda: one(*5), lambda: one(**5), lambda: one(**{1: 2}), lambda: one(*[1, 2]), lambda: two(1, **{"a": 2}), lambda: one(1, **{"x": 1}), lambda: (lambda x: x)(), lambda: (5)(), lambda: "a"(), lambda: None(), lambda: [](1),
        lambda: two(*[1], *[2], *[3]), lambda: default(**{"b": 1}, **{"b": 2}))
class C:
    def m(self, a): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
attempt(lambda: C(1), lambda: C().m(), lambda: C().m(1, 2), lambda: C.m(), lambda: C.m(1), lambda: C().c(), lambda: C.s(), lambda: C().s(1, 2), lambda: C().m(1, b=2))
two(1, 2, 3, 4)

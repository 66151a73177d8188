"""collections."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

from collections import deque, Counter, namedtuple, OrderedDict, defaultdict, ChainMap
attempt(lambda: deque().pop(), lambda: deque().popleft(), lambda: deque(5), lambda: deque([1], -1), lambda: deque([1], "a"), lambda: deque([1])[3], lambda: deque([1]).remove(2), lambda: deque([1]).index(2), lambda: deque([1], 1).insert(0, 2), lambda: deque() < [], lambda: deque([1]) + [1], lambda: deque().rotate("a"), lambda: hash(deque()),
        lambda: Counter(5), lambda: Counter(a=1)["b"], lambda: Counter("ab") + 1, lambda: Counter.fromkeys("ab"), lambda: namedtuple("1a", "x"), lambda: namedtuple("A", "x x"), lambda: namedtuple("A", "_x"), lambda: namedtuple("A", "class"), lambda: namedtuple("A", ["a b"]), lambda: namedtuple("A", "x", defaults=[1, 2]), lambda: namedtuple("A", "x y")(1), lambda: namedtuple("A", "x")(1, 2), lambda: namedtuple("A", "x")(1)._replace(y=1),
        lambda: namedtuple("A", "x")._make([1, 2]), lambda: OrderedDict().popitem(), lambda: OrderedDict(a=1).move_to_end("b"), lambda: defaultdict(5), lambda: defaultdict()["a"], lambda: defaultdict(lambda: 1 / 0)["a"], lambda: ChainMap({})["x"], lambda: ChainMap({}).popitem(), lambda: ChainMap({}).pop("x"))
def mutate():
    d = deque([1, 2])
    for x in d:
        d.append(x)
attempt(mutate)
namedtuple("Point", "x y")(1, 2).x = 5

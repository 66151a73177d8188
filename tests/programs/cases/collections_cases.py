# collections: more containers.
import collections
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple

Point = namedtuple("Point", "x y", defaults=[0])
queue = deque("abcd", maxlen=4)
words = Counter("abracadabra")
stock = Counter(a=3, b=1, c=-1)
grouped = defaultdict(list)
ordered = OrderedDict(a=1, b=2, c=3)
chain = ChainMap({"a": 1}, {"a": 9, "b": 2})


class Missing(dict):
    def __missing__(self, key):
        return key.upper()


class Doubled(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


for text in r'''
Point(1), Point(1, 2).y, Point(x=5), Point._fields, Point._field_defaults
Point(1, 2)._replace(y=9), Point(1, 2)._asdict(), Point._make([3, 4]), Point(1, 2) == (1, 2)
Point()
Point(1, 2)._replace(z=1)
namedtuple("T", "a a")
namedtuple("T", "a class 1x a", rename=True)._fields
namedtuple("T", "_a")
namedtuple("class", "a")
Point.__doc__, Point.x.__doc__, Point(1, 2).__getnewargs__()
queue.append("e"), queue, queue.maxlen
queue.appendleft("z"), queue
queue.rotate(1), queue, queue.rotate(-2), list(queue)
queue.pop(), queue.popleft(), queue.index("b"), queue.count("b")
deque().pop()
deque([1]).index(5)
deque(range(3)) + deque([9]), deque([1]) * 3, deque("ab") < deque("b"), deque([1, 2, 3])[1]
deque([1, 2])[2:]
(lambda d: [d.extendleft([1, 2]), d.insert(1, 9), d.remove(1), d.reverse(), d])(deque([5]))
deque(maxlen=-1)
words.most_common(2), words["zzz"], words.total(), len(words)
stock + Counter(b=2), stock - Counter(a=1), stock & Counter(a=1, b=5), stock | Counter(c=2), +stock, -stock
sorted(stock.elements()), stock.subtract(a=5), stock["a"], stock.update("ab"), stock
Counter(a=1) <= Counter(a=2), Counter(a=0) == Counter(), Counter([1, 1]).items()
Counter.fromkeys("ab")
Counter(5)
grouped["x"].append(1), grouped["y"], grouped, grouped.get("z"), "z" in grouped
defaultdict(int, a=1) | {"b": 2}, defaultdict(lambda: 7)["q"], defaultdict(None).default_factory
defaultdict()["none"]
defaultdict(5)
ordered.move_to_end("a"), list(ordered), ordered.move_to_end("c", last=False), list(ordered)
ordered.popitem(), ordered.popitem(last=False), ordered, ordered == {"b": 2}
OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), {"b": 2, "a": 1} == OrderedDict(a=1, b=2)
ordered.move_to_end("nobody")
list(reversed(OrderedDict.fromkeys("abc", 0))), OrderedDict([(1, 2)]) | {3: 4}
chain["a"], chain["b"], len(chain), list(chain), chain.maps
chain.new_child({"c": 3})["c"], chain.parents["a"], chain.new_child().maps[0]
chain["nothing"]
[chain.__setitem__("b", 5), chain.maps, chain.pop("b"), chain["b"]]
Missing(a=1)["a"], Missing()["b"], Missing().get("b")
Doubled({"a": 2}), Doubled(a=2)["a"], Doubled(a=1) | {"b": 2}, UserDict({1: 2}).data
UserList([3, 1, 2]) + [5], sorted(UserList([2, 1])), UserList("ab") * 2, UserList([1])[0:1]
UserString("ab").upper() + "c", UserString("a,b").split(","), "b" in UserString("ab"), UserString(5) == "5"
isinstance(chain, collections.abc.MutableMapping), isinstance(queue, collections.abc.MutableSequence), sorted(collections.__all__)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)

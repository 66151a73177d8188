# The very bytes of pickles, in all protocols, and what comes back.
import collections
import copyreg
import datetime
import decimal
import enum
import fractions
import functools
import pickle


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__


class Slotted:
    __slots__ = ('a', 'b')

    def __init__(self):
        self.a = 1

    def __eq__(self, other):
        return type(self) is type(other) and self.a == other.a


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyInt(int):
    pass


class WithState:
    def __init__(self):
        self.cache, self.value = 'big', 7

    def __getstate__(self):
        return self.value

    def __setstate__(self, state):
        self.value, self.cache = state, None

    def __eq__(self, other):
        return type(self) is type(other) and self.value == other.value


class WithNewargs:
    def __new__(cls, n, *, k=0):
        self = object.__new__(cls)
        self.n, self.k = n, k
        return self

    def __getnewargs_ex__(self):
        return (self.n,), {'k': self.k}

    def __eq__(self, other):
        return type(self) is type(other) and (self.n, self.k) == (other.n, other.k)


class Reduced:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return Reduced, self.args, {'args': self.args, 'more': True}

    def __eq__(self, other):
        return type(self) is type(other) and self.args == other.args


class Colour(enum.Enum):
    RED = 1


class Outer:
    class Inner:
        pass


Pair = collections.namedtuple('Pair', 'a b')


def function():
    pass


class Extended:
    pass


copyreg.add_extension('__main__', 'Extended', 0x1234)

recursive = []
recursive.append(recursive)
loop = {}
loop['loop'] = loop
shared = ['shared']
text = 'shared text'

VALUES = [
    None, True, False, 0, 1, 255, 256, 65535, 65536, -1, -128, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**63, -2**2050,
    0.0, -0.0, 1.5, 1e300, float('inf'), 1j, 3 - 4j, ...,  NotImplemented,
    '', 'abc', 'é', '\u20ac', '\U0001f40d', '\ud800', 'a\\b\nc\r\0\x1a', 'x' * 255, 'x' * 256, 'line\n' * 30,
    b'', b'abc', b'\xff\x00', b'y' * 256, bytearray(), bytearray(b'ab\xfe'),
    (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), ((),)), [], [1], [1, 2], [[], [[]]], {}, {1: 2}, {'a': 1, 'b': [2]},
    set(), {1}, {1, 2, 3}, frozenset(), frozenset({1}), frozenset('a'),
    recursive, loop, [shared, shared, text, text], (shared, shared), [(text,), (text,)],
    list(range(999)), list(range(1000)), list(range(1001)), list(range(2001)), dict.fromkeys(range(1000)), dict.fromkeys(range(1001)),
    set(range(1000)), MyList(range(1000)), MyList(range(1001)), MyList([1]), MyList(), MyDict(a=1), MyDict(a=1, b=2), MyInt(5),
    range(5), slice(1, 2), int, str, type(None), type(...), type(NotImplemented), Point, Outer.Inner, function, Colour, Colour.RED,
    Point(1, [2]), Slotted(), WithState(), WithNewargs(3, k=4), Reduced(1, 2), Pair(1, 2), Extended, [Extended, Point],
    ValueError('a', 1), OSError(2, 'gone'), KeyError, collections.OrderedDict(a=1, b=2), collections.deque([1, 2], 5),
    collections.Counter('aab'), collections.defaultdict(int, a=1), collections.ChainMap({1: 2}), fractions.Fraction(1, 3),
    decimal.Decimal('1.50'), datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 30), datetime.timedelta(1, 2, 3),
    datetime.timezone.utc, functools.partial(int, base=2), len, iter([1, 2]), zip([1], [2]), enumerate('ab'), reversed([1]),
]


def shown(data):
    return repr(data) if len(data) < 400 else f'{len(data)} bytes, {hash_of(data)}, {data[:60]} … {data[-40:]}'


def hash_of(data):
    total = 0
    for byte in data:
        total = (total * 31 + byte) % 2**61
    return total


for value in VALUES:
    name = repr(value)
    print('==', name if len(name) < 60 and ' at 0x' not in name else type(value).__name__)
    seen = None
    for protocol in range(6):
        try:
            data = pickle.dumps(value, protocol)
        except Exception as error:
            print(protocol, type(error).__name__, error)
            continue
        print(protocol, shown(data))
        back = pickle.loads(data)
        assert type(back) is type(value)
        assert value in (recursive, loop) or repr(back) == repr(value) or back == value or ' at 0x' in name, (value, back)
back = pickle.loads(pickle.dumps(recursive))
print(back[0] is back)
back = pickle.loads(pickle.dumps(loop, 0))
print(back['loop'] is back)
back = pickle.loads(pickle.dumps([shared, shared]))
print(back[0] is back[1])

print('== frames')
for value in ['x' * 70000, ['x' * 40000, 'y' * 40000, 'z'], b'x' * 70000, list(range(40000)), bytearray(70000)]:
    for protocol in (2, 3, 4, 5):
        print(protocol, shown(pickle.dumps(value, protocol)))

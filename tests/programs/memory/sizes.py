# The bytes that each builtin type takes: sys.getsizeof, __basicsize__ and __itemsize__.
import sys, types
def f(a, b=1):
    return a
class A: pass
class S:
    __slots__ = ('x', 'y')
class W:
    __slots__ = ('x', '__weakref__')
class D0:
    __slots__ = ('__dict__',)
class I(int): pass
class I2(int): __slots__ = ()
class F(float): pass
class St(str): pass
class By(bytes): pass
class T(tuple): pass
class T2(tuple): __slots__ = ()
class L(list): pass
class Di(dict): pass
class Se(set): pass
class Fs(frozenset): pass
class Ex(Exception): pass
class Ba(bytearray): pass
class Co(complex): pass
class M(type): pass
class Mo(types.ModuleType): pass
class Meta(metaclass=M): pass
class P(property): pass
class Sm(staticmethod): pass
class Sup(super): pass
def gen(a, b):
    c = a + b
    yield c
async def coro(): pass
async def agen(): yield 1
def show(name, o):
    try:
        print(name, sys.getsizeof(o), type(o).__basicsize__, type(o).__itemsize__)
    except Exception as e:
        print(name, type(e).__name__, e)
for v in (None, True, False, ..., NotImplemented, object(), 0, 1, -1, 255, 2**15, 2**30-1, 2**30, -2**30, 2**60-1, 2**60, 2**62, 2**63, 2**64, 2**90, 10**100, 1.5, 1j):
    show(repr(v) if type(v) is not object else 'object', v)
for t in ('', 'a', 'abc', '\xe9', '\xe9\xe9', '\u0394', '\u0394\u0394', '\U0001F600', '\U0001F600' * 3, 'x' * 100):
    show(ascii(t)[:20], t)
for b in (b'', b'a', b'abc', bytes(100)):
    show(repr(b)[:20], b)
for n in (0, 1, 3, 10):
    show('bytearray', bytearray(n))
for n in range(6):
    show('tuple', tuple(range(n))); show('list', list(range(n))); show('list *', [0] * n)
    show('set', set(range(n))); show('frozenset', frozenset(range(n)))
    show('dict', dict.fromkeys(range(n))); show('dict str', {c: 1 for c in 'abcdefgh'[:n]})
show('dict()', dict()); show('dict(a=1)', dict(a=1)); show('dict 6', dict.fromkeys('abcdef'))

for v in (I(), I(5), I(2**40), I(2**100), I2(7), F(1.5), St(), St('abc'), St('\u0394'), By(b'abc'), T(), T((1, 2)), T2(), T2((1, 2)), L(), L([1, 2]), Di(), Di(a=1), Se(), Se([1]), Fs([1]), Ex(), Ba(b'abc'), Co(1j), Mo('m')):
    show(type(v).__name__, v)
for v in (A(), S(), W(), D0()):
    show(type(v).__name__, v)
for v in (A, S, W, D0, I, T, M, Meta, Ex, int, type, object, str, list, dict, Exception, ValueError, OSError, types.SimpleNamespace, types.FunctionType, L, St, P):
    show('type ' + v.__name__, v)
a = A(); a.x = 1; show('A x', a); show('A dict', a.__dict__); show('A after', a)
class Pt:
    def __init__(self): self.x = 1; self.y = 2
for i in range(3):
    show('Pt dict', Pt().__dict__)
show('range', range(3)); show('range big', range(2**70)); show('slice', slice(1)); show('function', f); show('lambda', lambda: 0)
show('code f', f.__code__); show('code gen', gen.__code__); show('code coro', coro.__code__); show('code agen', agen.__code__)
def big(a, *args, k=3, **kw):
    try:
        for x in args:
            if x: print(x, kw)
    except ValueError as e:
        def inner(): return e, a
        return inner
show('code big', big.__code__)
g = gen(1, 2); show('gen', g); next(g); show('gen started', g); list(g); show('gen done', g)
c = coro(); show('coro', c); show('coro wrapper', c.__await__()); c.close(); show('agen', agen()); show('asend', agen().asend(None)); show('athrow', agen().athrow(ValueError)); show('anext', agen().__anext__())
show('cell', types.CellType(1)); show('frame', sys._getframe())
def inframe(a, b, c):
    d = 1
    show('frame in', sys._getframe()); return sys._getframe()
show('frame after', inframe(1, 2, 3))
class B:
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    @property
    def p(self): pass
    __slots__ = ('v', '__weakref__', '__dict__')
show('bound', B().m); show('builtin bound', [].append); show('builtin', len); show('method desc', list.append); show('wrapper', list.__add__); show('method-wrapper', [].__add__)
show('classmethod bound', B.c); show('classmethod', B.__dict__['c']); show('staticmethod', B.__dict__['s']); show('property', B.__dict__['p']); show('member', B.__dict__['v']); show('getset', A.__dict__['__dict__']); show('cm desc', dict.__dict__['fromkeys']); show('staticmethod new', object.__new__)
show('mappingproxy', A.__dict__); show('B()', B())
show('P', P()); show('Sm', Sm(f)); show('super', super(B, B())); show('module', sys); show('module2', types.ModuleType('x'))
for e in (BaseException(), Exception(1, 2), ValueError('x'), KeyError(1), OSError(1, 'x'), StopIteration(3), SystemExit(1), ImportError('x'), NameError('x'), AttributeError('x'), SyntaxError('x'), UnicodeDecodeError('a', b'', 0, 1, 'r'), UnicodeEncodeError('a', '', 0, 1, 'r'), UnicodeTranslateError('', 0, 1, 'r'), KeyboardInterrupt(), GeneratorExit(), MemoryError(), RecursionError(), ExceptionGroup('a', [ValueError()]), BlockingIOError(), StopAsyncIteration(), UnboundLocalError(), IndentationError(), ModuleNotFoundError(), Warning()):
    show(type(e).__name__, e)
try: 1 / 0
except Exception as e: show('traceback', e.__traceback__); show('ZeroDivisionError', e)
for it in (iter([]), reversed([]), iter(()), iter('a'), iter('\u0394'), iter(b''), iter(bytearray()), iter(range(3)), iter(range(2**70)), iter(set()), iter({}), iter({}.values()), iter({}.items()), reversed({}), reversed({}.values()), reversed({}.items()), {}.keys(), {}.values(), {}.items(), iter(int, 1), enumerate([]), zip(), zip([], []), map(f, []), map(f, [], []), filter(None, []), reversed('abc'), memoryview(b'abc'), iter(memoryview(b'')), memoryview(bytes(6)).cast('b', (2, 3)), list[int], dict[str, int], iter(list[int]), int | str, types.SimpleNamespace(), types.SimpleNamespace(a=1), sys.version_info, sys.flags, sys.float_info, sys.int_info, sys.hash_info, sys.thread_info):
    show(type(it).__name__, it)
class Old:
    def __getitem__(self, i): raise IndexError
show('iterator', iter(Old()))
import weakref
show('weakref', weakref.ref(f)); show('proxy', weakref.proxy(B())); show('callable proxy', weakref.proxy(f)); show('WeakMethod', weakref.WeakMethod(B().m))
import collections, functools, itertools, operator, random, io
show('deque', collections.deque()); show('deque iter', iter(collections.deque())); show('deque rev', reversed(collections.deque()))
show('defaultdict', collections.defaultdict(int)); show('OrderedDict', collections.OrderedDict()); show('OrderedDict 1', collections.OrderedDict(a=1)); show('od keys', collections.OrderedDict().keys()); show('od iter', iter(collections.OrderedDict())); show('Counter', collections.Counter('abc'))
Pn = collections.namedtuple('Pn', 'x y'); show('namedtuple', Pn(1, 2)); show('tuplegetter', Pn.__dict__['x'])
show('partial', functools.partial(f)); show('lru', functools.lru_cache(f)); show('cmp', functools.cmp_to_key(f)); show('cmp1', functools.cmp_to_key(f)(1))
for it in (itertools.accumulate([]), itertools.chain(), itertools.combinations([1, 2], 2), itertools.combinations_with_replacement([1, 2], 2), itertools.compress([], []), itertools.count(), itertools.cycle([]), itertools.dropwhile(f, []), itertools.filterfalse(f, []), itertools.groupby([]), itertools.islice([], 1), itertools.pairwise([]), itertools.permutations([1]), itertools.product([1], [2]), itertools.repeat(1), itertools.starmap(f, []), itertools.takewhile(f, []), itertools.tee([])[0], itertools.zip_longest([])):
    show(type(it).__name__, it)
show('attrgetter', operator.attrgetter('a')); show('itemgetter', operator.itemgetter(1)); show('methodcaller', operator.methodcaller('a')); show('Random', random.Random())
show('StringIO', io.StringIO()); show('StringIO x', io.StringIO('abc')); show('BytesIO', io.BytesIO()); show('stdout', sys.stdout)

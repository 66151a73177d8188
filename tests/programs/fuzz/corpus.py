"""The names that snippets use, and `run`, which runs one. Each batch and each recorded corpus begins with this."""
import sys
import collections
import gc
import functools
import itertools
import math
import operator
import random
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from contextlib import contextmanager, suppress
from functools import cmp_to_key, partial, reduce
from itertools import islice
from operator import attrgetter, itemgetter, methodcaller

def show(*values):
    for value in values:
        name = type(value).__name__
        if hasattr(value, '__next__') and not isinstance(value, type):
            kept = []
            try:
                for item in islice(value, 12):
                    kept.append(item)
            finally:
                print('  ' + name + ' of ' + repr(kept)[:400])
        else:
            text = repr(value)
            print('  ' + name + ' ' + (text if len(text) <= 400 else text[:390] + '...' + str(len(text))))

def explain(e, indent='  '):
    try:
        text = str(e)
    except BaseException as inner:
        text = '<' + type(inner).__name__ + '>'
    print((indent + type(e).__name__ + ': ' + text)[:500])
    if isinstance(e, BaseExceptionGroup):
        for member in e.exceptions:
            explain(member, indent + '  | ')
    if e.__cause__ is not None and len(indent) < 12:
        explain(e.__cause__, indent + '  cause ')
    elif e.__context__ is not None and len(indent) < 12:
        explain(e.__context__, indent + '  in ')

def plain(a, b=2, *rest, c=3, **more):
    return (a, b, rest, c, more)

def two(x, /, y, *, z=None):
    return [x, y, z]

ticks = [0]

def tick():
    ticks[0] += 1
    if ticks[0] > 20: raise IndexError('enough')

def counted(n):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                print('  got', got)
    finally:
        print('  closed', n)

class Idx:
    def __init__(self, n=3): self.n = n
    def __index__(self): return self.n
    def __repr__(self): return f'Idx({self.n})'

class Flt:
    def __float__(self): return 2.5
    def __complex__(self): return 1+2j
    def __int__(self): return 7
    def __repr__(self): return 'Flt()'

class Bad:
    def __index__(self): return 'no'
    def __float__(self): return 1
    def __int__(self): return None
    def __len__(self): return -1
    def __hash__(self): return 'h'
    def __bool__(self): return 2
    def __iter__(self): return 5
    def __repr__(self): return 'Bad()'
    def __contains__(self, x): raise KeyError(x)
    def __eq__(self, other): raise ValueError('eq')
    def __lt__(self, other): raise ValueError('lt')
    def __format__(self, spec): return 3
    def __str__(self): return 4

class Key:
    def __init__(self, k): self.k = k
    def __eq__(self, other): return isinstance(other, Key) and self.k == other.k
    def __lt__(self, other): return self.k < other.k if isinstance(other, Key) else NotImplemented
    def __hash__(self): return hash(self.k) % 4
    def __repr__(self): return f'Key({self.k!r})'

class Seq:
    def __init__(self, *items): self.items = items
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
    def __repr__(self): return f'Seq{self.items}'

class It:
    def __init__(self, n=3, hint=None): self.n, self.hint = n, hint
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration(self.n)
        return self.n
    def __length_hint__(self): return self.hint if self.hint is not None else NotImplemented
    def __repr__(self): return f'It({self.n})'

class Maps:
    def keys(self): return ['a', 'b']
    def __getitem__(self, k): return k * 2
    def __repr__(self): return 'Maps()'

class CM:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self): print('  enter'); return self
    def __exit__(self, *args): print('  exit', args[0] and args[0].__name__, args[1]); return self.swallow
    def __repr__(self): return f'CM({self.swallow})'

class Ops:
    def __init__(self, tag='o'): self.tag = tag
    def __repr__(self): return f'Ops({self.tag})'
    def __add__(self, o): return (self.tag, '+', o)
    def __radd__(self, o): return (self.tag, 'r+', o)
    def __iadd__(self, o): return (self.tag, '+=', o)
    def __mul__(self, o): return NotImplemented
    def __rmul__(self, o): return (self.tag, 'r*', o)
    def __matmul__(self, o): return (self.tag, '@', o)
    def __neg__(self): return (self.tag, '-')
    def __divmod__(self, o): return (self.tag, 'divmod', o)
    def __rpow__(self, o): return (self.tag, 'r**', o)
    def __lt__(self, o): return (self.tag, '<', o)
    def __ge__(self, o): return NotImplemented
    def __call__(self, *a, **k): return (self.tag, a, k)
    def __round__(self, n=None): return (self.tag, 'round', n)
    def __getitem__(self, k): tick(); return (self.tag, k)
    def __contains__(self, x): return [x]
    def __format__(self, spec): return f'<{self.tag}:{spec}>'

class IntSub(int):
    def __repr__(self): return f'IntSub({int(self)})'
class StrSub(str): pass
class ListSub(list): pass
class TupleSub(tuple): pass
class DictSub(dict):
    def __missing__(self, key): return ('missing', key)
class FloatSub(float): pass
class BytesSub(bytes): pass
class SetSub(set): pass
class StrOver(str):
    def __str__(self): return 'over'
    def __len__(self): return 99
class RevInt(int):
    def __radd__(self, o): return ('radd', o)
    def __rsub__(self, o): return ('rsub', o)
    def __eq__(self, o): return 'eq'
    def __hash__(self): return 5
class Slotted:
    __slots__ = ('a', 'b')
    def __init__(self, a=1): self.a = a
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x=1, y=2): self.x, self.y = x, y
    def __repr__(self): return f'Point({self.x}, {self.y})'
class MyError(ValueError):
    def __init__(self, *args): super().__init__(*args); self.extra = 5
NT = namedtuple('NT', 'a b c', defaults=[9])

SENTINEL = ['sentinel']
WATCH = [True, False, Ellipsis, NotImplemented, 0, 1, 2, -1, 3, b'', (), int, str, list, dict, tuple,
         object, type, float, set, bytes, SENTINEL, show, plain, Idx, Key, Seq, It, Ops, IntSub, StrSub, ListSub, DictSub,
         Point, NT, ValueError, TypeError, StopIteration, len, sorted, print, CM, counted]
NAMES = [getattr(o, '__name__', None) or repr(o) for o in WATCH]
getrefcount = sys.getrefcount
before = [0] * len(WATCH)
after = [0] * len(WATCH)

def run(name, snippet):
    print('\x1e' + name)
    random.seed(7)
    ticks[0] = 0
    for i in range(len(WATCH)):
        before[i] = getrefcount(WATCH[i])
    try:
        snippet()
    except BaseException as e:
        explain(e)
        e = None
    del snippet
    gc.collect()
    for i in range(len(WATCH)):
        after[i] = getrefcount(WATCH[i])
    changed = []
    for i in range(len(WATCH)):
        if after[i] != before[i]:
            changed.append(f'{NAMES[i]} {after[i] - before[i]:+}')
    if changed and name != 'warm':
        print('refs', *changed)

def finish():
    print('\x1e')


def warm():
    from copyreg import __newobj__
    for codec in 'utf-16', 'utf-32', 'utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be', 'latin-1', 'ascii', 'utf-8', 'UTF8', 'utf_8', 'iso-8859-1', 'nope':
        with suppress(LookupError):
            'a'.encode(codec).decode(codec)
    Counter('ab').most_common(1)
    reduce(operator.add, [1, 2])
    functools.lru_cache(abs)
    1 / 0

gc.collect()
run('warm', warm)
gc.freeze()
gc.disable()

def snippet():
    show(itertools.product(bytearray(b'%d'), 5))

run('0.0', snippet)
def snippet():
    v = slice(5)
    show(v.start({hash(1.5): ['-3.5e2', True, 10**20, 257], 2.5: slice(None), ('a',): [], 1j: bytearray(b'\t\x0b'), 1: range(5)}))
    show(v)

run('0.1', snippet)
def snippet():
    show((getattr(-2, 'nope', '', frozenset('ab'))) <= ((set('hello')) is not (bytearray(b'\xc3\xa4'))))

run('0.2', snippet)
def snippet():
    show('{0.}'.format(True, '_id9'))

run('0.3', snippet)
def snippet():
    class C(dict):
        pass
    c = C(1)
    try:
        show(type(c).__mro__)
    except BaseException as e:
        explain(e)
    try:
        del c.a
    except BaseException as e:
        explain(e)
    try:
        show(format(c, 'X'))
    except BaseException as e:
        explain(e)
    try:
        with c as w:
            show(w)
            1/0
    except BaseException as e:
        explain(e)

run('0.4', snippet)
def snippet():
    show((min).func)

run('0.5', snippet)
def snippet():
    show(list('abcd').insert())

run('0.7', snippet)
def snippet():
    show([*Point(), *{'äöüß': 256, Key('a'): Ops()}], (*range(7),))

run('0.8', snippet)
def snippet():
    show(int('aXbXc'))

run('0.9', snippet)
def snippet():
    v = [[2], [1, 2], [1]]
    try:
        v.sort(key=lambda x: (x is None, x))
    finally:
        show(v)

run('0.10', snippet)
def snippet():
    v = [1, 2, 3]
    try:
        v[10:3] = ()
    except Exception as e:
        explain(e)
    try:
        v[2] = FloatSub(2.5)
    except Exception as e:
        explain(e)
    try:
        v[2] = '-3.5e2'
    except Exception as e:
        explain(e)
    show(v)

run('0.11', snippet)
def snippet():
    show(('ﬁx') >= (3.0))

run('0.12', snippet)
def snippet():
    v = [1e308, -1]
    v[0] //= b'abc'
    show(v)

run('0.13', snippet)
def snippet():
    v = list(range(8))
    v[None:Idx(1)] = 2
    show(v)

run('0.14', snippet)
def snippet():
    v = deque(range(6))
    v[1] = list(range(8))
    show(v)

run('0.15', snippet)
def snippet():
    show(bytes(3).strip(b'a'))

run('0.16', snippet)
def snippet():
    show(int(-7))

run('0.17', snippet)
def snippet():
    def f():
        global Gx
        Gx = 'inf'
        return Gx
    show(f(), Gx)
    del globals()['Gx']
    show(Gx)

run('0.18', snippet)
def snippet():
    show('{:{}}'.format(['b', 'a', 'C'], 'Hello World', a={1, 2, 3}))

run('0.19', snippet)
def snippet():
    show(('ǅungla', b'\xc3\xa4', bytearray(b'ab\ncd\r\ne')).index([3]))

run('1.0', snippet)
def snippet():
    v = deque(range(6))
    v[None:Idx(1):] = set(['\x7f\xa0\xad', 10, 'tab\there'])
    show(v)

run('1.1', snippet)
def snippet():
    show(map(list, '1_000', plain))

run('1.2', snippet)
def snippet():
    show('x%.3dx%05d' % (FloatSub(2.5)))

run('1.3', snippet)
def snippet():
    e = ValueError('v')
    show(e)
    show(e.args, str(e), e.__cause__, e.__suppress_context__, e.__traceback__)

run('1.4', snippet)
def snippet():
    v = list(range(8))
    v[[1, 2, 3]:16:Idx(1)] = SetSub({1})
    show(v)

run('1.5', snippet)
def snippet():
    v = '+5'
    w = v
    v @= b'  x  '
    show(v, w, v is w)

run('1.6', snippet)
def snippet():
    class A:
        x = {1: 2}.keys()
        y = [x for _ in range(2)]
    show(A.y)

run('1.7', snippet)
def snippet():
    def deco(f):
        @functools.wraps(f)
        def w(*args, **kw):
            show(args, kw)
            return f(*args, **kw)
        return w
    @deco
    def h(a, b=[], *c, d=4):
        'doc'
        return a, b, c, d
    show(h([], b'12', {'x': [1]}), h.__name__, h.__doc__, h.__wrapped__.__defaults__)

run('1.9', snippet)
def snippet():
    v = bytearray(b'abcdefgh')
    del v[257]
    show(v)

run('1.10', snippet)
def snippet():
    v = list(range(8))
    del v[:[1, 2, 3]:-7]
    show(v)

run('1.12', snippet)
def snippet():
    v = []
    for i, x in enumerate(v):
        v.append(x)
        if i > 9: break
    show(v)

run('1.13', snippet)
def snippet():
    v = ()
    show(v.count({'½': 1000, '\x7f\xa0\xad': 256, 2**70: {1: 2}.keys(), Key('a'): {2.5: -1, range(3): SetSub({1})}, Key('a'): range(16, -2)}))
    show(v)

run('1.14', snippet)
def snippet():
    for a, b, *c in [(1, 2, 3)]:
        show(a, b, c)

run('1.15', snippet)
def snippet():
    show(([{*[range(3), 'nan', 'ab' * 5, 3, 5]}, 2**63, 0j]) % ([0, 0j, (reversed([1, 2]), {*[-7, '\u0130', '\u0130', -2, '{0!r:>5}', 37]})]))

run('1.16', snippet)
def snippet():
    v = [bytearray(b'a'), 1e16, set(range(6)), 0, StrSub('sub')]
    v[2:-2:3] = b'abc' * 3
    show(v)

run('1.17', snippet)
def snippet():
    show((9.999999e5).__rmod__(b'', default=[0] * 4))

run('1.18', snippet)
def snippet():
    class C(list):
        def __new__(cls): return 7
        def __floor__(self, *a): return (type(self).__name__, *a)
        def __delattr__(self, *a): raise MyError(1, 2)
    c = C()
    try:
        match c:
            case C(a=1): show(1)
            case C(q): show(q)
            case _: show(0)
    except BaseException as e:
        explain(e)
    try:
        show(c % {'\x7f\xa0\xad': range(36, -2)})
    except BaseException as e:
        explain(e)

run('1.19', snippet)
def snippet():
    show((enumerate('ab')).func)

run('2.0', snippet)
def snippet():
    v = bytearray(b'abcdefgh')
    del v[' 7 ']
    show(v)

run('2.1', snippet)
def snippet():
    def rec(n):
        return n if n <= 0 else rec(n - 1) + 'a'
    show(rec(5))

run('2.2', snippet)
def snippet():
    show(NT(list[int], {1: 2, 3: 4}))

run('2.3', snippet)
def snippet():
    show((defaultdict(int))[:-2:16])

run('2.4', snippet)
def snippet():
    show(bytearray(b'').hex(*It(2, 5)))

run('2.5', snippet)
def snippet():
    a = [1, slice(10), (), '0b101']
    a.append(a)
    show(a, a[-1] is a)
    b = {}
    b[1] = b
    show(b)

run('2.6', snippet)
def snippet():
    show('%.10x' % {'a': 'x'})

run('2.7', snippet)
def snippet():
    v = {16: DictSub(a=1), 'aXbXc': {}}
    show(v.copy())
    show(v)

run('2.8', snippet)
def snippet():
    a = [SetSub({1}), NT(1, 2, 3), {1: 2}.keys(), 1+2j, slice(set(), None)]
    a.append(a)
    show(a, a[-1] is a)
    b = {}
    b[1] = b
    show(b)

run('2.9', snippet)
def snippet():
    v = bytearray(b'abcdefgh')
    v[0] = 9.999999e5
    show(v)

run('2.10', snippet)
def snippet():
    v = []
    v[[1e16]:1] = range(10, 3)
    show(v)

run('2.11', snippet)
def snippet():
    v = list(range(8))
    v[-1:10:] = b'ab\ncd\r\ne'
    show(v)

run('2.12', snippet)
def snippet():
    class E(ValueError):
        def __init__(self, *a): self.z = a
    e = E('+5')
    show(e, e.args)
    raise e

run('2.13', snippet)
def snippet():
    v = list(range(8))
    v[1000] = map(str, range(3))
    show(v)

run('2.14', snippet)
def snippet():
    class C(Key):
        def __rtruediv__(self, *a): return 's'
        n = 0
        def __next__(self):
            self.n += 1
            if self.n > 3: raise StopIteration
            return self.n
        def __repr__(self, *a): return None
    class D(C):
        @staticmethod
        def sm(*a): return a
        def __getitem__(self, *a): tick(); return self
        __enter__ = property(lambda s: lambda *a: a)
    c = C()
    d = D()
    try:
        c[2] = b''
        show(c)
    except BaseException as e:
        explain(e)
    try:
        show(divmod(c, c))
    except BaseException as e:
        explain(e)
    try:
        show(c[bytearray(b'abc' * 3), -1])
    except BaseException as e:
        explain(e)

run('2.15', snippet)
def snippet():
    show(((~(slice(None)))) is not (It(2, 'x')))

run('2.16', snippet)
def snippet():
    def g(n=0, m=1):
        m = undefined
        show((yield 5))
        assert [n] * 2, m
        yield n
        assert str(n), plain(n)
        raise ImportError('i', name='n') from NotImplementedError
        raise
    i = g()
    try:
        show(sum(i))
    except BaseException as e:
        explain(e)
    try:
        show(i.send())
    except BaseException as e:
        explain(e)

run('2.18', snippet)
def snippet():
    class A: 
        def m(self): return 'A'
    class B(A):
        def m(self): return 'B' + super().m()
    class C(A):
        def m(self): return 'C' + super().m()
    class D(len, object, list):
        __slots__ = ('q',)
    D.__bases__ = (list,)
    show(D.__mro__)

run('2.19', snippet)
def snippet():
    def f(n=0, m=1):
        print('  at', 68)
    show(f(-7))

run('3.0', snippet)
def snippet():
    show(deque([1, 2, 3]).popleft(**[]))

run('3.1', snippet)
def snippet():
    show(itertools.accumulate({}, type))

run('3.2', snippet)
def snippet():
    show(set(range(6)).add(5e-324))

run('3.3', snippet)
def snippet():
    v = memoryview(bytearray(b'abcdefgh'))
    v[b'x'] = {36: 3, '\u0130': -10**19, 'aXbXc': 'x' * 20, -128: '_id9'}
    show(v)

run('3.4', snippet)
def snippet():
    class A:
        x = 'Title Case'
        y = [x for _ in range(2)]
    show(A.y)

run('3.6', snippet)
def snippet():
    show((range(2**63)).stop(-1e-5))

run('3.7', snippet)
def snippet():
    show(math.remainder(RevInt(3)))

run('3.8', snippet)
def snippet():
    v = [b'\xc3\xa4', counted(3)]
    v[0] |= range(2, -7)
    show(v)

run('3.9', snippet)
def snippet():
    show(('ǅungla')[16])

run('3.10', snippet)
def snippet():
    v = memoryview(bytearray(b'abcdefgh'))
    v[:10:-7] = b'12'
    show(v)

run('3.11', snippet)
def snippet():
    show(b'aaa'.capitalize())

run('3.12', snippet)
def snippet():
    show((ChainMap({1: 2}, {3: 4})) <= (zip('ab', [1, 2])))

run('3.13', snippet)
def snippet():
    show(b'\xc3\xa4'.swapcase())

run('3.14', snippet)
def snippet():
    class C(set):
        def __invert__(self, *a): return self
        def __rdivmod__(self, *a): return SetSub({1})
        def __ror__(self, *a): return slice(1, None, -7)
    c = C()
    try:
        show(type(c).__mro__)
    except BaseException as e:
        explain(e)
    try:
        c += 7
        show(c)
    except BaseException as e:
        explain(e)

run('3.15', snippet)
def snippet():
    def f(n=0, m=1):
        if n + 'a':
            n += 0
            if n + 1:
                try:
                    raise
                except KeyError:
                    print('  at', 94)
                    return undefined
                except 5 as e:
                    n = [][1]
                    raise OSError(2, 'no', 'f')
                m = n == m
            else:
                try:
                    print('  at', 27)
                    raise RuntimeError('r', 1)
                    raise ZeroDivisionError('z')
                except (ValueError, (TypeError, 3)) as e:
                    raise ExceptionGroup('g', [ValueError(1), TypeError(2)]) from ZeroDivisionError('z')
                    raise KeyboardInterrupt()
                assert str(n), undefined
            show(undefined)
        else:
            print('  at', 86)
            try:
                n += 10
            finally:
                try:
                    return int('x')
                except TypeError as e:
                    return [n] * 2
                    raise StopIteration(3)
                    show(next(iter([])))
                m += -7
            show(n)
        try:
            n = n == m
            if str(n):
                raise RuntimeError('r', 1) from AssertionError
                if undefined:
                    print('  at', 59)
                    n = n + 1
                try:
                    show(None.x)
                    del n
                    show([n] * 2)
                except* OSError as e:
                    explain(e)
                    raise
            else:
                return [][1]
                try:
                    print('  at', 83)
                except* (KeyError, TypeError) as e:
                    explain(e)
                    raise KeyError(1)
                try:
                    assert int('x'), [][1]
                except* ValueError as e:
                    explain(e)
                    raise
            assert plain(n), {}['k']
        except* ValueError as e:
            explain(e)
            raise
    show(f(16))

run('3.16', snippet)
def snippet():
    show(((lambda: x)() for x in (1, 2, 3) if x))

run('3.17', snippet)
def snippet():
    show((set(['0x1F', 7, '\x7f\xa0\xad']))[None:5:16])

run('3.18', snippet)
def snippet():
    def f(x=[]):
        x.append(3)
        return x
    show(f(), f(), f.__defaults__)
    f.__defaults__ = 3
    show(f())

run('3.19', snippet)
def snippet():
    show(([1j, 100, set('hello')]) is (list(range(8))))

run('4.0', snippet)
def snippet():
    show(format(It(2, 5), 'z'))

run('4.1', snippet)
def snippet():
    class Des:
        def __get__(self, o, t=None): print('  get', o is None); return None
        def __delete__(self, o): print('  delete')
        def __getattr__(self, n): return n
    class C:
        d = Des()
        @property
        def p(self): return self.q
        @property
        def p(self, *a): self.q = a
        e = Ops()
    c = C()
    try:
        c.d = 3
        show(c.__dict__)
    except BaseException as e:
        explain(e)
    try:
        c.e = 2
        show(c.e)
    except BaseException as e:
        explain(e)
    try:
        show(c.d)
    except BaseException as e:
        explain(e)
    try:
        show(c.e)
    except BaseException as e:
        explain(e)

run('4.2', snippet)
def snippet():
    v = bytearray(b'abcdefgh')
    v[36] = Point()
    show(v)

run('4.3', snippet)
def snippet():
    def f(n=0, m=1):
        try:
            if n + 'a':
                for m in range(3):
                    m += 36
                    continue
                try:
                    raise
                except TypeError:
                    print('  at', 93)
                    n += 36
                except ArithmeticError as e:
                    m += 5
                print('  at', 10)
            else:
                raise GeneratorExit from NotImplementedError
        except KeyError as n:
            assert next(iter([])), int('x')
            try:
                if [][1]:
                    del n
                    raise RuntimeError('r', 1) from SystemExit(3)
                else:
                    raise KeyError
                    m = plain(n)
                with CM():
                    print('  at', 49)
                    print('  at', 33)
                    print('  at', 80)
                del m
            except (KeyError, IndexError) as e:
                with Ops():
                    raise
                c2 = 3
                while c2:
                    c2 -= 1
                    return n + 'a'
                    print('  at', 56)
                else:
                    m += 36
                    raise
            except ValueError:
                try:
                    n += 1
                except ZeroDivisionError:
                    raise
                    del n
                    print('  at', 20)
                else:
                    n = m
                    n += 10
                n = m
                assert undefined, [][1]
        except 5 as n:
            if n + 'a':
                try:
                    raise TypeError()
                    raise
                    return undefined
                finally:
                    n = (n, m)
                    return next(iter([]))
            else:
                try:
                    raise GeneratorExit
                    del n
                    n = (n, m)
                except* TypeError as e:
                    explain(e)
                    raise
                m += -1
                raise AssertionError
            c1 = 3
            while c1:
                c1 -= 1
                n += 7
        else:
            try:
                assert 1 / 1, int('x')
                assert 's'.nope, n + 'a'
                raise ZeroDivisionError('z')
            except OSError as n:
                assert [frozenset('ab'), bytearray(b'aXbXc'), set([5, 36, 255, b'x', StrSub('a'), '1j'])], int('x')
    show(f(10, 16))

run('4.4', snippet)
def snippet():
    a = ['12', 10, 37, b'a']
    a.append(a)
    show(a, a[-1] is a)
    b = {}
    b[1] = b
    show(b)

run('4.5', snippet)
def snippet():
    v = bytearray(b'12')
    try:
        show(v.join())
    except Exception as e:
        explain(e)
    try:
        show(v.fromhex())
    except Exception as e:
        explain(e)
    show(v)

run('4.7', snippet)
def snippet():
    show('def'.upper(maxsplit=[]))

run('4.8', snippet)
def snippet():
    show(({'a': 1})['1j', 7])

run('4.9', snippet)
def snippet():
    x = 461480393.2e28
    show(x, round(x, 5), x.hex(), f'{x:.2e}', x.as_integer_ratio() if abs(x) < 1e50 and abs(x) > 1e-50 else 0)

run('4.10', snippet)
def snippet():
    show(sum('', map(str, range(3))))

run('4.11', snippet)
def snippet():
    class A: 
        def m(self): return 'A'
    class B(A):
        def m(self): return 'B' + super().m()
    class C(A):
        def m(self): return 'C' + super().m()
    class D(bool, range, type):
        __slots__ = ()
    show(D.__subclasses__(), A.__subclasses__())

run('4.12', snippet)
def snippet():
    def outer(x):
        y = [36, 0.1, -2.5]
        def inner():
            nonlocal x, y
            x = {'\x00': [1, 2, 3], StrSub('a'): {*[hash(1.5), '\x00', '-3.5e2', 'a,b,,c']}}
            del y
            return x
        show(inner(), x)
        show(y)
        return inner
    f = outer([36, 0.1, -2.5])
    show(f(), [type(c.cell_contents).__name__ for c in f.__closure__])

run('4.13', snippet)
def snippet():
    v = list(range(8))
    v[-2:5] = ['b', 'a', 'C']
    show(v)

run('4.15', snippet)
def snippet():
    class C(float):
        x = 9.999999e5
        def __exit__(self, *a): return True
        def __ceil__(self, *a): return self
        def __format__(self, *a): return None
    class D(C):
        def __getattribute__(self, name):
            if name.startswith('__') or name == 'n': return object.__getattribute__(self, name)
            return name
    c = C('')
    d = D()
    try:
        show(c[Idx(1):1000])
    except BaseException as e:
        explain(e)
    try:
        show({d: 1}, {d, d})
    except BaseException as e:
        explain(e)
    try:
        show(pow(c, 2))
    except BaseException as e:
        explain(e)

run('4.17', snippet)
def snippet():
    def g(n=0, m=1):
        del m
        yield n
        yield n
        for m in (1,):
            raise
        else:
            m = undefined
            m = yield from [1, 2]
            print('  at', 60)
        n = str(n)
    i = g()
    try:
        show(next(i))
    except BaseException as e:
        explain(e)
    try:
        show(i.send(1))
    except BaseException as e:
        explain(e)

run('4.18', snippet)
def snippet():
    show(bytes(5, DictSub(a=1)))

run('4.19', snippet)
def snippet():
    show((slice(2))['ﬁx'])

run('5.1', snippet)
def snippet():
    class C(Ops):
        def __new__(cls, *a): return super().__new__(cls, *a)
        def __floordiv__(self, *a): return super().__floordiv__(*a)
        def __ror__(self, *a): return NotImplemented
        def __rpow__(self, *a): return NotImplemented
        def __getattr__(self, name):
            if name.startswith('__') or name == 'n': raise AttributeError(name)
            return [name] * 2
    class D(C):
        x = 100
        def __contains__(self, *a): return 1
        def __enter__(self, *a): return 's'
        def __instancecheck__(self, *a): return 10
    c = C()
    d = D()
    try:
        show(pow(d, 16))
    except BaseException as e:
        explain(e)
    try:
        show(pow(d, 0))
    except BaseException as e:
        explain(e)
    try:
        show(type(c).__bases__)
    except BaseException as e:
        explain(e)
    try:
        show([d, 1].index([-10**19, []]), [d].count(d))
    except BaseException as e:
        explain(e)

run('5.2', snippet)
def snippet():
    show((ChainMap({1: 2}, {3: 4})) & ((bytearray(b'it\'s').index(Ops(), int)) > (ord('inf'))))

run('5.3', snippet)
def snippet():
    v = deque(range(6))
    v[7] = '{}'
    show(v)

run('5.4', snippet)
def snippet():
    show((((({1, 2, 3} if -7 else -1) if range(-1) else '٣')) ^ (operator.or_(2.5))) < ((-(1000))))

run('5.5', snippet)
def snippet():
    show(bytearray(b'\t\x0b').extend([(256, 1), 36, 3.0]))

run('5.6', snippet)
def snippet():
    v = list(range(8))
    del v[1]
    show(v)

run('5.7', snippet)
def snippet():
    show(([-128]) is not (ListSub([1, 2])) >= (Idx(2)))

run('5.9', snippet)
def snippet():
    v = deque(range(6))
    v[Key(1)] = slice(7, {16: '_id9', 1: ('abc'.upper, [10**30+7, slice(1), slice(-2)])})
    show(v)

run('5.10', snippet)
def snippet():
    v = [(0, '²'), (3, '_id9'), (10, 'ab\ncd\r\ne'), (1, 'def'), (2, ''), (10, '-3.5e2')]
    show(sorted(v, key=repr, reverse=True))

run('5.11', snippet)
def snippet():
    show(sorted(x for x in ' 7 ' if not x))

run('5.12', snippet)
def snippet():
    v = [range(7), b'abc']
    del v[100]
    show(v)

run('5.13', snippet)
def snippet():
    show(sum((lambda: x)() for x in {'ﬁx': b'\x00\xff\x80'} for y in range(2) if y))

run('5.14', snippet)
def snippet():
    def g(n=0, m=1):
        raise OSError(2, 'no', 'f')
        n += -7
        yield n
        for n in {1, 2, 3}:
            raise
            for m in range(3):
                n = yield 1 / n
                show((yield 36))
                raise StopAsyncIteration
            else:
                m = yield from counted(2)
        else:
            show([][1])
            c2 = 3
            while c2:
                c2 -= 1
                raise IndexError
                m = m
                m = yield from set()
            else:
                del n
                assert len(5), n + 'a'
                n += 2
        raise
    i = g()
    try:
        show(next(i))
    except BaseException as e:
        explain(e)
    try:
        show(next(i, 9))
    except BaseException as e:
        explain(e)

run('5.15', snippet)
def snippet():
    v = {Key('a'): 5e-324}
    try:
        show(v.pop(None, 255))
    except Exception as e:
        explain(e)
    try:
        del v[-1]
    except Exception as e:
        explain(e)
    try:
        show(v.setdefault('a'))
    except Exception as e:
        explain(e)
    try:
        show(v.values())
    except Exception as e:
        explain(e)
    show(v)

run('5.16', snippet)
def snippet():
    show(itertools.starmap('e\u0301'))

run('5.17', snippet)
def snippet():
    v = bytearray(b'  x  ')
    try:
        v[::None] = set('hello')
    except Exception as e:
        explain(e)
    try:
        del v[0]
    except Exception as e:
        explain(e)
    try:
        v[-7] = 1e16
    except Exception as e:
        explain(e)
    try:
        show(v.ljust(5, b'*'))
    except Exception as e:
        explain(e)
    try:
        v[-7] = 3+0j
    except Exception as e:
        explain(e)
    show(v)

run('5.18', snippet)
def snippet():
    def f():
        global Gx
        Gx = 64
        return Gx
    show(f(), Gx)
    del globals()['Gx']
    show(Gx)

run('5.19', snippet)
def snippet():
    def g(n=0, m=1):
        c0 = 3
        while c0:
            c0 -= 1
            raise MyError(1, 2)
        yield n
        n = yield [n] * 2
        try:
            raise KeyError('k') from MyError(1, 2)
            print('  at', 25)
        except (KeyError, IndexError) as n:
            for n in counted(3):
                show((yield 5))
                m = {}['k']
            else:
                print('  at', 2)
            yield n
        else:
            show((yield -7))
            print('  at', 87)
            if n + 1:
                show((yield 36))
                assert 1 / n, m
    i = g()
    try:
        show(i.close())
    except BaseException as e:
        explain(e)
    try:
        show(next(i, 9))
    except BaseException as e:
        explain(e)
    try:
        show(next(i))
    except BaseException as e:
        explain(e)
    try:
        show(next(i))
    except BaseException as e:
        explain(e)

run('6.0', snippet)
def snippet():
    v = ['b', 'a', 'C']
    show(v.count(float('-inf')))
    show(v)

run('6.1', snippet)
def snippet():
    show((9.999999e5) & ((NT(1, 2) if (' 7 ', b'') else [3, 1, 2])))

run('6.2', snippet)
def snippet():
    class C(Key):
        def __iadd__(self, *a): return self
    c = C()
    try:
        show(c({'a': 1, 'b': 2}))
    except BaseException as e:
        explain(e)
    try:
        del c.x
    except BaseException as e:
        explain(e)

run('6.4', snippet)
def snippet():
    v = [[0.0, b'\xc3\xa4', 10**20], -128]
    v[1] += set()
    show(v)

run('6.6', snippet)
def snippet():
    show(frozenset(SetSub({1})).isdisjoint({frozenset({1}): '\ud800', -2: object}))

run('6.7', snippet)
def snippet():
    try:
        try:
            raise ImportError('i', name='n')
        except (KeyError, IndexError) as x:
            raise UnicodeDecodeError('utf-8', b'ab\xff', 2, 3, 'bad') from x
        finally:
            print('  finally')
    except Exception as y:
        explain(y)
        show(y.__cause__, y.__context__, y.__suppress_context__)
        raise RuntimeError('again')

run('6.8', snippet)
def snippet():
    def rec(n):
        return n if n <= 0 else rec(n - 1) + n
    show(rec(50))

run('6.9', snippet)
def snippet():
    show((bytearray(bytes(range(5)))) % (bytearray(b'%s-%x')))

run('6.10', snippet)
def snippet():
    show(isinstance('\x00', range))

run('6.11', snippet)
def snippet():
    v = []
    del v[:]
    show(v)

run('6.12', snippet)
def snippet():
    v = Seq(1, 2, 3)
    w = v
    v >>= [3, 1, 2]
    show(v, w, v is w)

run('6.14', snippet)
def snippet():
    v = {64: [0] * 4, -1: {'x': [1]}, 'ﬁx': '\u0130'}
    for k in v:
        v['abc'] = 1
        if len(v) > 9: break
    show(v)

run('6.15', snippet)
def snippet():
    show(frozenset(set()))

run('6.16', snippet)
def snippet():
    v = OrderedDict(a=1, b=2)
    try:
        show(v.pop())
    except Exception as e:
        explain(e)
    try:
        show(v.clear())
    except Exception as e:
        explain(e)
    try:
        show(v.items())
    except Exception as e:
        explain(e)
    try:
        show(v.pop(10, '_id9'))
    except Exception as e:
        explain(e)
    try:
        v['aXbXc'] = 3
    except Exception as e:
        explain(e)
    show(v)

run('6.17', snippet)
def snippet():
    class L(list):
        def __iter__(self, *a): return 10**30+7
    v = L([1, 2])
    show(list(v), v, 2 in v, bool(v), v == [1, 2], v + [3], v[0:1])

run('6.18', snippet)
def snippet():
    def f(n=0, m=1):
        raise UnicodeDecodeError('utf-8', b'ab\xff', 2, 3, 'bad') from OSError(2, 'no', 'f')
        try:
            n = [n] * 2
            print('  at', 26)
            return m
        finally:
            try:
                m = undefined
                print('  at', 8)
                try:
                    n = b'aXbXc'
                    return undefined
                except BaseException:
                    del n
                    assert m, len(5)
            except TypeError as e:
                if n == m:
                    return len(5)
                try:
                    print('  at', 67)
                    raise AssertionError from ImportError('i', name='n')
                    return str(n)
                except LookupError as e:
                    raise StopAsyncIteration
                except BaseException:
                    print('  at', 55)
                    raise
                    n += 16
            else:
                n = str(n)
                try:
                    assert 1 / 1, n == m
                except OSError as n:
                    del n
                    show(int('x'))
                    return len(5)
                c2 = 3
                while c2:
                    c2 -= 1
                    if n: break
            finally:
                raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
                try:
                    assert b'\xc3\xa4'.removesuffix(), 1 / 1
                    return 1 / 1
                except StopIteration as n:
                    del m
                    m = n + 'a'
                    n = 's'.nope
                else:
                    raise KeyboardInterrupt()
                    show(next(iter([])))
                    show(int('x'))
                c2 = 3
                while c2:
                    c2 -= 1
                    print('  at', 28)
            assert n == m, (n, m)
        show(n)
    show(f(0))

run('6.19', snippet)
def snippet():
    show((range(2**64, 2**64+3)) % (range(-2, 10, -1)))

run('7.0', snippet)
def snippet():
    show(functools.lru_cache(maxsize=2)(str.upper)(()))

run('7.1', snippet)
def snippet():
    v = [lambda: 0, defaultdict(list, a=[1])]
    v[-1] **= 'x'
    show(v)

run('7.3', snippet)
def snippet():
    show(' %(b)d' % (True))

run('7.4', snippet)
def snippet():
    class C(list):
        def __le__(self, *a): return None
    c = C()
    try:
        show(isinstance(c, type(c)), issubclass(type(c), dict))
    except BaseException as e:
        explain(e)
    try:
        with c as w:
            show(w)
            1/0
    except BaseException as e:
        explain(e)

run('7.5', snippet)
def snippet():
    show(f"{ range(-7, -7, 5)!s:g}|")

run('7.6', snippet)
def snippet():
    show(((x, x) for x in b'ab\ncd\r\ne'))

run('7.7', snippet)
def snippet():
    show(((10**30+7)).from_bytes(b'it\'s'))

run('7.8', snippet)
def snippet():
    show('x%#g' % (False))

run('7.9', snippet)
def snippet():
    show(({*[100, 7, '\u2028x', -1]}).union())

run('7.10', snippet)
def snippet():
    show(itertools.accumulate(range(16), initial='tab\there'))

run('7.11', snippet)
def snippet():
    v = 'a'
    w = v
    v /= 3
    show(v, w, v is w)

run('7.12', snippet)
def snippet():
    for a, b in [(1, 2, 3)]:
        show(a, b)

run('7.13', snippet)
def snippet():
    def f(n=0, m=1):
        show(n)
        del m
    show(f())

run('7.14', snippet)
def snippet():
    show((complex(-0.0, 1))[:-2])

run('7.15', snippet)
def snippet():
    show(complex(-0j, False))

run('7.16', snippet)
def snippet():
    def g(n=0, m=1):
        del n
        raise RuntimeError('r', 1)
        try:
            print('  at', 78)
        except LookupError as e:
            try:
                m += 3
            except MyError:
                try:
                    m = yield from [1, 2]
                    n = yield (n, m)
                except BaseException as e:
                    show((yield 2))
                    raise ZeroDivisionError('z')
                except (ValueError, (TypeError, 3)) as e:
                    return {}['k']
                    n = n + 1
                    assert [], int('x')
            else:
                m += 2
                show((yield 7))
        yield n
        for n in counted(3):
            n = yield {}['k']
        else:
            show((n, m))
        show((n, m))
    i = g()
    try:
        show(i.send())
    except BaseException as e:
        explain(e)
    try:
        show(i.throw(AssertionError))
    except BaseException as e:
        explain(e)
    try:
        show(i.throw(ValueError))
    except BaseException as e:
        explain(e)
    try:
        show(i.send())
    except BaseException as e:
        explain(e)
    try:
        show(i.send(None))
    except BaseException as e:
        explain(e)
    try:
        show(next(i))
    except BaseException as e:
        explain(e)

run('7.17', snippet)
def snippet():
    show(reduce(str.join, (1,)))

run('7.18', snippet)
def snippet():
    show(OrderedDict().__delitem__(0))

run('7.19', snippet)
def snippet():
    show(((isinstance(Flt(), deque) if 2.0**53 else set('hello'))) >> ('😀a'))

run('8.0', snippet)
def snippet():
    v = [[2], [1, 2], [1]]
    try:
        v.sort()
    finally:
        show(v)

run('8.1', snippet)
def snippet():
    show(b'a'.hex(b'*'))

run('8.2', snippet)
def snippet():
    def g(n=0, m=1):
        raise OSError(13, 'x') from AssertionError
        yield n
        raise KeyError from ExceptionGroup('g', [ValueError(1), TypeError(2)])
        raise
        raise AttributeError('a')
    i = g()
    try:
        show(i.close())
    except BaseException as e:
        explain(e)
    try:
        show(sum(i))
    except BaseException as e:
        explain(e)

run('8.3', snippet)
def snippet():
    a = []
    a.append(a)
    show(a, a[-1] is a)
    b = {}
    b[1] = b
    show(b)

run('8.4', snippet)
def snippet():
    v = defaultdict(None, {1: 2})
    show(v.default_factory())
    show(v)

run('8.5', snippet)
def snippet():
    def f(n=0, m=1):
        for n in range(3):
            c1 = 3
            while c1:
                c1 -= 1
                raise KeyError('k')
                return [n] * 2
            else:
                try:
                    show({}['k'])
                    assert len(5), 's'.nope
                    if 1 / 0: continue
                except (KeyError, IndexError):
                    continue
                except BaseException as n:
                    n += -1
                    n = m
                else:
                    raise ExceptionGroup('g', [ValueError(1), TypeError(2)]) from AttributeError('a')
                    show(m)
        with CM(True):
            assert [][1], 's'.nope
    show(f())

run('8.6', snippet)
def snippet():
    v = deque([1, 2, 3], 4)
    try:
        show(v.copy())
    except Exception as e:
        explain(e)
    try:
        show(v.clear())
    except Exception as e:
        explain(e)
    show(v)

run('8.7', snippet)
def snippet():
    show(any(('a', 'b')))

run('8.8', snippet)
def snippet():
    show('\u0130'.lower())

run('8.9', snippet)
def snippet():
    show(any(-x for x in range(2, 1) if not x))

run('8.10', snippet)
def snippet():
    v = deque([1, 2, 3], 4)
    try:
        v[-1:] = -0j
    except Exception as e:
        explain(e)
    try:
        show(v.copy())
    except Exception as e:
        explain(e)
    try:
        show(v.rotate(16))
    except Exception as e:
        explain(e)
    show(v)

run('8.11', snippet)
def snippet():
    show([(lambda: x)() for x in {True: 1e308, '-3.5e2': '%d', '\\': -7} if isinstance(x, int)])

run('8.12', snippet)
def snippet():
    show((' 7 ') == ('  x y  '))

run('8.13', snippet)
def snippet():
    show(list(len(x) for x in b'a'))

run('8.15', snippet)
def snippet():
    class C(str):
        x = False
        def __new__(cls, *a): return super().__new__(cls)
        def __mul__(self, *a): return None
    c = C()
    try:
        show(sorted([c, {NT(1, 2): 100, '\\': b'\xc3\xa4'}]))
    except BaseException as e:
        explain(e)
    try:
        show({c: 1}, {c, c})
    except BaseException as e:
        explain(e)
    try:
        show(c and 1, c or 2, 5 if c else 6)
    except BaseException as e:
        explain(e)

run('8.16', snippet)
def snippet():
    show(f"{{{[1]!s:+,d}|")

run('8.17', snippet)
def snippet():
    class Des:
        def __get__(self, o, t=None): print('  get', o is None); return 16
        def __set_name__(self, o, n): print('  name', n)
        def __getattr__(self, n): return n
    class C:
        d = Des()
        @property
        def p(self): return self.q
        @p.setter
        def p(self, *a): self.q = a
        e = classmethod(plain)
    c = C()
    try:
        del c.d
    except BaseException as e:
        explain(e)
    try:
        c.q = 1
        show(c.p)
    except BaseException as e:
        explain(e)
    try:
        show(c.e)
    except BaseException as e:
        explain(e)

run('8.18', snippet)
def snippet():
    show((str).numerator)

run('8.19', snippet)
def snippet():
    i = iter(CM(True))
    show(next(i, None), i, next(i, 'end'), list(i))

run('9.0', snippet)
def snippet():
    show(zip(set(), [3, 1, 2]))

run('9.1', snippet)
def snippet():
    v = ['it\'s "q"']
    for i, x in enumerate(v):
        v.clear()
        if i > 9: break
    show(v)

run('9.2', snippet)
def snippet():
    show(int('7997830189357432870691.01017210604059287e-300\n'))

run('9.3', snippet)
def snippet():
    a, b = 6053072999, 22788699814998968081
    show(a ^ b)

run('9.4', snippet)
def snippet():
    show(itertools.dropwhile(str.lower, {('a',): 257, 0: (1,), 'UPPER': '  x y  ', '\u0130': Bad()}))

run('9.5', snippet)
def snippet():
    show(round(float('inf'), -1-0.5j))

run('9.6', snippet)
def snippet():
    show(frozenset(range(3, 10)))

run('9.7', snippet)
def snippet():
    v = [7, 'nan']
    v[None] **= None
    show(v)

run('9.8', snippet)
def snippet():
    class C:
        __slots__ = ('a', 'a')
        __match_args__ = ('a',)
    c = C()
    try:
        show([1, 2, 3][c:], 'abc'[c])
    except BaseException as e:
        explain(e)
    try:
        with c as w:
            show(w)
            1/0
    except BaseException as e:
        explain(e)
    try:
        show(c[3::Idx(1)])
    except BaseException as e:
        explain(e)
    try:
        show(c.a)
    except BaseException as e:
        explain(e)

run('9.9', snippet)
def snippet():
    v = deque([1, 2, 3], 4)
    try:
        show(v.copy())
    except Exception as e:
        explain(e)
    try:
        show(v.insert(10, (dict(a=1, b='x'), '😀a', b'abc')))
    except Exception as e:
        explain(e)
    try:
        show(v.index('e\u0301'))
    except Exception as e:
        explain(e)
    try:
        v[3] = 1+2j
    except Exception as e:
        explain(e)
    show(v)

run('9.10', snippet)
def snippet():
    show((256).__rxor__())

run('9.11', snippet)
def snippet():
    *a, = 'Hello World'
    show(a)

run('9.12', snippet)
def snippet():
    show((reversed).__qualname__)

run('9.13', snippet)
def snippet():
    def f(n=0, m=1):
        show(next(iter([])))
    show(f(3, 10))

run('9.14', snippet)
def snippet():
    def g(n=0, m=1):
        raise
        yield n
        n = yield str(n)
    i = g()
    try:
        show(next(i, 9))
    except BaseException as e:
        explain(e)
    try:
        show(list(i))
    except BaseException as e:
        explain(e)
    try:
        show(i.throw(ImportError('i', name='n')))
    except BaseException as e:
        explain(e)
    try:
        show(sum(i))
    except BaseException as e:
        explain(e)

run('9.15', snippet)
def snippet():
    v = list[int]
    v.gi_frame = bytearray(b'Hello World')
    show(v.gi_frame)

run('9.16', snippet)
def snippet():
    v = ListSub([1, 2])
    show(v.pop(2, -0.0))
    show(v)

run('9.17', snippet)
def snippet():
    class C(str):
        def __init__(self): return 5
        def __ge__(self, *a): return TupleSub((1, 2))
        def __eq__(self, *a): return super().__eq__(*a)
        def __ror__(self, *a): return Idx(2)
        def __contains__(self, *a): return 255
    c = C()
    try:
        del c[36]
    except BaseException as e:
        explain(e)
    try:
        show([c, 1].index(3.0), [c].count(c))
    except BaseException as e:
        explain(e)

run('9.18', snippet)
def snippet():
    v = {'a': 1, 'b': 2}
    show(v.copy())
    show(v)

run('9.19', snippet)
def snippet():
    show([*[1, 2, 3], *'+5'], (*(),))

run('10.0', snippet)
def snippet():
    show(delattr(64, '\x00'))

run('10.1', snippet)
def snippet():
    class C(frozenset):
        pass
    c = C()
    try:
        show([c, 1].index([None]), [c].count(c))
    except BaseException as e:
        explain(e)
    try:
        del c.p
    except BaseException as e:
        explain(e)

run('10.2', snippet)
def snippet():
    v = [None]
    del v[7:Idx(1):1]
    show(v)

run('10.3', snippet)
def snippet():
    show(list('abcd').copy(**{1: 2}))

run('10.4', snippet)
def snippet():
    def f(n=0, m=1):
        return int('x')
        for n in [1, 0, 2]:
            if len(5):
                print('  at', 86)
                try:
                    show('s'.nope)
                except 5 as n:
                    continue
                except MyError as n:
                    raise ZeroDivisionError('z') from LookupError('l')
                finally:
                    m = {}['k']
                    continue
                c2 = 3
                while c2:
                    c2 -= 1
                    break
            if n: break
            return {}['k']
        else:
            return b'aaa'
            raise
            try:
                raise
            except KeyError:
                try:
                    del m
                    raise IndexError
                except OSError as n:
                    raise AttributeError('a') from ExceptionGroup('g', [ValueError(1), TypeError(2)])
                    raise ZeroDivisionError('z')
                    n += 36
                except ZeroDivisionError:
                    m = 's'.nope
                    show(undefined)
                c2 = 3
                while c2:
                    c2 -= 1
                    raise AssertionError from ImportError('i', name='n')
            except StopIteration as e:
                try:
                    assert [][1], [n] * 2
                except* TypeError as e:
                    explain(e)
                    raise
                try:
                    n += 36
                    print('  at', 35)
                    m += 0
                except BaseException as n:
                    raise
                    print('  at', 61)
                except (KeyError, IndexError) as e:
                    show(undefined)
                    raise
        show((n, m))
    show(f(5, 10))

run('10.5', snippet)
def snippet():
    show((+(['b', 'a', 'C'])))

run('10.6', snippet)
def snippet():
    def g(n=0, m=1):
        return (n, m)
        yield n
        try:
            try:
                show(1 / n)
            finally:
                m = yield from It(2)
                m = n == m
                return 1 / n
        finally:
            assert next(iter([])), n
            raise OSError(2, 'no', 'f') from None
            raise KeyboardInterrupt()
    i = g()
    try:
        show(sum(i))
    except BaseException as e:
        explain(e)
    try:
        show(next(i))
    except BaseException as e:
        explain(e)

run('10.7', snippet)
def snippet():
    v = bytearray(b'abcdefgh')
    v[::None] = ['abc', slice(None), {'a': 1}.values(), 'UPPER']
    show(v)

run('10.8', snippet)
def snippet():
    show((deque('abc', 2))[SetSub({1}), 1])

run('10.9', snippet)
def snippet():
    show(format(2**64, '.1%'))

run('10.10', snippet)
def snippet():
    show(bool('-9272205118154818262\n'))

run('10.11', snippet)
def snippet():
    show(TupleSub((1, 2)).__str__(StrOver('o'), slice({'x': [1]}, 0), '\u0130'))

run('10.12', snippet)
def snippet():
    class L(list):
        def __getitem__(self, *a): return set('hello')
    v = L([1, 2])
    show(list(v), v, 2 in v, bool(v), v == [1, 2], v + [3], v[0:1])

run('10.13', snippet)
def snippet():
    show(list(map(operator.sub, b'12', range(-2))))

run('10.14', snippet)
def snippet():
    v = DictSub(a=1)
    try:
        v[range(3)] = '%d'
    except Exception as e:
        explain(e)
    try:
        show(v.fromkeys())
    except Exception as e:
        explain(e)
    try:
        show(v.values({1, 2, 3}, **{}))
    except Exception as e:
        explain(e)
    try:
        show(v.copy())
    except Exception as e:
        explain(e)
    try:
        show(v.values(bytearray(b'Title Case')))
    except Exception as e:
        explain(e)
    show(v)

run('10.15', snippet)
def snippet():
    v = memoryview(bytearray(b'abcdefgh'))
    v[-2] = It(2, 5)
    show(v)

run('10.16', snippet)
def snippet():
    ExceptionGroup(10, dict(a=1, b='x'))

run('10.17', snippet)
def snippet():
    class C(dict):
        def __new__(cls, *a): return super().__new__(cls)
        def __index__(self, *a): return None
    c = C(256)
    try:
        show(pow(c, 36))
    except BaseException as e:
        explain(e)
    try:
        c.a = {1, 2, 3}
        show(c.b)
    except BaseException as e:
        explain(e)

run('10.18', snippet)
def snippet():
    show(format('abc', 'ss'))

run('10.19', snippet)
def snippet():
    class A: 
        def m(self): return 'A'
    class B(A):
        def m(self): return 'B' + super().m()
    class C(A):
        def m(self): return 'C' + super().m()
    class D(object, NT, Key):
        __slots__ = ()
    show(issubclass(D, Ops))

run('11.0', snippet)
def snippet():
    class C(float):
        def __del__(self): print('  del')
        def __pos__(self, *a): return NotImplemented
        def __float__(self, *a): return 1
    class D(C):
        def __set_name__(self, owner, name): show(owner.__name__, name)
        def __trunc__(self, *a): return 1
        def __missing__(self, *a): return 1
        def __ror__(self, *a): return None
    c = C(2)
    d = D()
    try:
        show(sorted([c, c]))
    except BaseException as e:
        explain(e)
    try:
        show(~d)
    except BaseException as e:
        explain(e)

run('11.1', snippet)
def snippet():
    show(frozenset().difference(range(3, 1)))

run('11.2', snippet)
def snippet():
    show(enumerate({'{0!r:>5}': {257: ('a', 'b'), 1.0: b'aXbXc'}, '0x1F': dict(a=1, b='x')}, 1e20j))

run('11.3', snippet)
def snippet():
    v = [{'a': 1, 'b': 2}, '_id9']
    v[0] >>= 3.0
    show(v)

run('11.4', snippet)
def snippet():
    show((100.0).__wrapped__)

run('11.5', snippet)
def snippet():
    class C(bytes):
        x = 1/3
        def __repr__(self, *a): return 'C!'
        def __sub__(self, *a): return super().__sub__(*a)
    c = C(255)
    try:
        show(c['ﬁx', -7])
    except BaseException as e:
        explain(e)
    try:
        show(sorted([c, (b'a', 'tab\there', 'é')]))
    except BaseException as e:
        explain(e)

run('11.6', snippet)
def snippet():
    v = list(range(8))
    v[2**64] = deque([1, 2, 3])
    show(v)

run('11.7', snippet)
def snippet():
    class C(Key):
        __slots__ = ('a', 'a')
        def __pow__(self, *a): return 1
        def __reversed__(self, *a): return self
        def __contains__(self, *a): return super().__contains__(*a)
    c = C()
    try:
        show([c, 1].index({'x': [1]}), [c].count(c))
    except BaseException as e:
        explain(e)
    try:
        c.b = 1
        show(c.p)
    except BaseException as e:
        explain(e)
    try:
        show(divmod(c, 0))
    except BaseException as e:
        explain(e)

run('11.8', snippet)
def snippet():
    class C(list):
        def __round__(self, *a): return 2**100
        def __index__(self, *a): return FloatSub(2.5)
        def __rpow__(self, *a): return NotImplemented
        def __rand__(self, *a): return range(3, 2)
    class D(C):
        __slots__ = 3
        def __setattr__(self, k, v): print('  set', k); object.__setattr__(self, k, v)
        def __eq__(self, *a): return 's'
    c = C(It(3))
    d = D()
    try:
        show([1, 2, 3][c:], 'abc'[c])
    except BaseException as e:
        explain(e)
    try:
        show(f'{d}', f'{d!r:>9}', '%s' % d, '%d' % d)
    except BaseException as e:
        explain(e)
    try:
        with d as w:
            show(w)
            1/0
    except BaseException as e:
        explain(e)

run('11.9', snippet)
def snippet():
    show(tuple('ab\ncd\r\ne'))

run('11.10', snippet)
def snippet():
    v = '\x7f\xa0\xad'
    show(v.title())
    show(v)

run('11.11', snippet)
def snippet():
    show(((1, 2, 3)) % (2))

run('11.12', snippet)
def snippet():
    v = SetSub({1})
    try:
        show(v.issuperset(NT(1, 2)))
    except Exception as e:
        explain(e)
    try:
        show(v.discard(slice(3)))
    except Exception as e:
        explain(e)
    try:
        show(v.symmetric_difference(set(['1_000', 1j])))
    except Exception as e:
        explain(e)
    try:
        show(v.difference_update(frozenset('ab')))
    except Exception as e:
        explain(e)
    show(v)

run('11.14', snippet)
def snippet():
    v = 'e\u0301'
    w = v
    v //= '\u2028x'
    show(v, w, v is w)

run('11.15', snippet)
def snippet():
    v = 256
    show(v.numerator())
    show(v)

run('11.16', snippet)
def snippet():
    class C(tuple):
        __slots__ = 'a'
        def __add__(self, *a): return []
        def __delete__(self, *a): return 's'
    c = C()
    try:
        for x in c:
            show(x)
    except BaseException as e:
        explain(e)
    try:
        show(c * b'Title Case')
    except BaseException as e:
        explain(e)

run('11.17', snippet)
def snippet():
    v = 'a,b,,c'
    show(v.endswith('aXbXc', 10**20))
    show(v)

run('11.18', snippet)
def snippet():
    show(any(len(x) for x in b'12' if x != 1))

run('11.19', snippet)
def snippet():
    show(format(1+2j, '!'))

run('12.0', snippet)
def snippet():
    v = {'x': [1]}
    v[[1, 2, 3], 16] = -7
    show(v)

run('12.1', snippet)
def snippet():
    show((5) and (5))

run('12.2', snippet)
def snippet():
    class C(OrderedDict):
        def __init__(self, *a): self.a = a
    class D(C):
        x = 0.5
    c = C()
    d = D()
    try:
        show(isinstance({-2: Slotted(), '+5': set('hello'), -2: '1_000', '0x1F': list(range(8))}, type(c)), issubclass(type(c), OrderedDict))
    except BaseException as e:
        explain(e)
    try:
        d <<= float('-inf')
        show(d)
    except BaseException as e:
        explain(e)
    try:
        d.x = [(1,), set('hello')]
        show(d.p)
    except BaseException as e:
        explain(e)
    try:
        show(d[0])
    except BaseException as e:
        explain(e)

run('12.3', snippet)
def snippet():
    show('%.*f' % ('abc', 123456.789))

run('12.4', snippet)
def snippet():
    class A: 
        def m(self): return 'A'
    class B(A):
        def m(self): return 'B' + super().m()
    class C(A):
        def m(self): return 'C' + super().m()
    M = lambda *a, **k: a[:2]
    class D(Exception, Slotted, metaclass=M):
        __slots__ = ()
    show(D.__bases__, D.__dictoffset__, D.__flags__ & 1024)

run('12.5', snippet)
def snippet():
    show((set(range(6)))[0:Idx(1)])

run('12.6', snippet)
def snippet():
    show(max((x[0] for x in It(2, 'x')), default=None))

run('12.7', snippet)
def snippet():
    v = [iter('ab'), len]
    v[1] <<= None
    show(v)

run('12.8', snippet)
def snippet():
    class C(Exception):
        def __str__(self, *a): return 'C!'
    c = C()
    try:
        show(c.nope)
    except BaseException as e:
        explain(e)
    try:
        show(f'{c}', f'{c!r:>9}', '%s' % c, '%d' % c)
    except BaseException as e:
        explain(e)
    try:
        show(c('UPPER'))
    except BaseException as e:
        explain(e)

run('12.9', snippet)
def snippet():
    show(map(divmod, None, range(0, 10)))

run('12.10', snippet)
def snippet():
    class C:
        def __missing__(self, *a): return (type(self).__name__, *a)
        def __format__(self, *a): raise KeyError('k')
    c = C()
    try:
        c.p = []
        show(c.b)
    except BaseException as e:
        explain(e)
    try:
        show(c - bytearray(b'ab\ncd\r\ne'))
    except BaseException as e:
        explain(e)
    try:
        show(c[Slotted():-1])
    except BaseException as e:
        explain(e)
    try:
        show(c.__dict__)
    except BaseException as e:
        explain(e)

run('12.11', snippet)
def snippet():
    match [10**30+7, '\x7f\xa0\xad', b'  x  ', iter({1: 2})]:
        case [_, _] if True:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case {'a': float(x)}:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case Slotted(a=1):
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})

run('12.12', snippet)
def snippet():
    class C(dict):
        def __init_subclass__(cls, **kw): show(cls.__name__, kw)
        def __format__(self, *a): return NotImplemented
        def __float__(self, *a): return 1
    c = C(1)
    try:
        show(c <= 7)
    except BaseException as e:
        explain(e)
    try:
        show(type(c).cm)
    except BaseException as e:
        explain(e)
    try:
        show([c, 1].index({1, 2, 3}), [c].count(c))
    except BaseException as e:
        explain(e)

run('12.13', snippet)
def snippet():
    show((x * 2 for x in {1: 2}.keys() if isinstance(x, int)))

run('12.14', snippet)
def snippet():
    v = list(range(8))
    v[2**70] = {2.5: [Flt()]}
    show(v)

run('12.15', snippet)
def snippet():
    v = list(range(8))
    del v[Idx(1):'Title Case':Idx(1)]
    show(v)

run('12.16', snippet)
def snippet():
    v = {}
    del v[::]
    show(v)

run('12.17', snippet)
def snippet():
    class A:
        x = 'aaa'
        y = [x for _ in range(2)]
    show(A.y)

run('12.19', snippet)
def snippet():
    v = 'it\'s "q"'
    show(v.join(Counter('abca')))
    show(v)

run('13.0', snippet)
def snippet():
    show('aaa'.expandtabs())

run('13.2', snippet)
def snippet():
    def f(n=0, m=1):
        raise
    show(f(1, 3))

run('13.3', snippet)
def snippet():
    e = UnicodeDecodeError('utf-8', b'ab\xff', 2, 3, 'bad')
    show(e)
    show(e.args, str(e), e.__cause__, e.__suppress_context__, e.__traceback__)

run('13.4', snippet)
def snippet():
    show('a'.rstrip(slice(3, 0)))

run('13.5', snippet)
def snippet():
    show((sum(NT(1, 2), {'aaa': 36, 37: 'Title Case', 'ΑΣ': RevInt(3), b'x': '1j'})) in ((range(36, 0, -1))[256]))

run('13.6', snippet)
def snippet():
    v = {10: 3.0, (1, 2): '{}'}
    for k in v:
        v[0] = 1
        if len(v) > 9: break
    show(v)

run('13.7', snippet)
def snippet():
    v = {i: i * i for i in range(5)}
    for k in v:
        v['\ud800'] = 1
        if len(v) > 9: break
    show(v)

run('13.8', snippet)
def snippet():
    class C(Exception):
        __slots__ = {'a': 'doc'}
        x = 5e-324
        def __iadd__(self, *a): return NotImplemented
        def __floordiv__(self, *a): return NotImplemented
    c = C(1)
    try:
        c *= 1e308
        show(c)
    except BaseException as e:
        explain(e)
    try:
        show(type(c).__mro__)
    except BaseException as e:
        explain(e)

run('13.9', snippet)
def snippet():
    v = [NT(1, 2), 257]
    show(v.reverse())
    show(v)

run('13.10', snippet)
def snippet():
    show((operator.neg).__class__)

run('13.11', snippet)
def snippet():
    show(reversed('tab\there'))

run('13.12', snippet)
def snippet():
    v = [' 7 ', 'def', '٣', 'ǆßb', 'nan', '-3.5e2', 'x' * 20, 'inf']
    show(sorted(v, key=lambda x: 1/x))

run('13.13', snippet)
def snippet():
    show(oct(7, 'ab' * 5))

run('13.14', snippet)
def snippet():
    show(getattr(NT(1, 2), ''))

run('13.15', snippet)
def snippet():
    show(type('ab\ncd\r\ne', DictSub(a=1), Maps()))

run('13.16', snippet)
def snippet():
    match False:
        case (len() as w) if True:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case math.pi if x:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case other:
            show('other', other)

run('13.17', snippet)
def snippet():
    show((0).denominator())

run('13.18', snippet)
def snippet():
    show((3+0j) >= (-1-0.5j))

run('13.19', snippet)
def snippet():
    class C(dict):
        def __trunc__(self, *a): return {}
    c = C('ǆ')
    try:
        c @= zip('ab', [1, 2])
        show(c)
    except BaseException as e:
        explain(e)
    try:
        with c as w:
            show(w)
            1/0
    except BaseException as e:
        explain(e)
    try:
        c[-7] = 2.675
        show(c)
    except BaseException as e:
        explain(e)

run('14.0', snippet)
def snippet():
    show(frozenset('ab').isdisjoint(' 7 '))

run('14.1', snippet)
def snippet():
    show((-x for x in [] if x))

run('14.2', snippet)
def snippet():
    v = 'aaa'
    show(v.ljust())
    show(v)

run('14.4', snippet)
def snippet():
    def f(n=0, m=1):
        try:
            raise
            try:
                with Ops():
                    show(object('aaa'))
                    print('  at', 13)
            except* Exception as e:
                explain(e)
                raise KeyError(1)
            try:
                return [][1]
                with CM() as n:
                    del m
                    show(len(5))
                    raise
                del m
            except ArithmeticError as e:
                c2 = 3
                while c2:
                    c2 -= 1
                    raise KeyError from RuntimeError('r', 1)
                raise
        except* OSError as e:
            explain(e)
            raise
    show(f(5))

run('14.5', snippet)
def snippet():
    match bytearray(b'%d'):
        case {1: _, **k}:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case _ if True:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case _ if 0:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case 'abc' if x:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case other:
            show('other', other)

run('14.6', snippet)
def snippet():
    v = bytearray(b'abc' * 3)
    try:
        show(v.strip())
    except Exception as e:
        explain(e)
    try:
        show(v.index(None))
    except Exception as e:
        explain(e)
    try:
        show(v.lower())
    except Exception as e:
        explain(e)
    try:
        show(v.split())
    except Exception as e:
        explain(e)
    try:
        show(v.lstrip(None))
    except Exception as e:
        explain(e)
    show(v)

run('14.7', snippet)
def snippet():
    v = enumerate('ab')
    v.__origin__ = -1-0.5j
    show(v.__origin__)

run('14.8', snippet)
def snippet():
    class C(Exception):
        x = 'abc'
        def __instancecheck__(self, *a): raise StopIteration(3)
        def __lt__(self, *a): return None
        def __getitem__(self, *a): tick(); return 1
    c = C(b'aXbXc')
    try:
        del c.x
    except BaseException as e:
        explain(e)
    try:
        show({c: 1}, {c, c})
    except BaseException as e:
        explain(e)

run('14.9', snippet)
def snippet():
    def f(n=0, m=1):
        with 3:
            for m in ChainMap({1: 2}, {3: 4}):
                with 3:
                    raise AttributeError('a')
                    continue
                    return 's'.nope
    show(f(7))

run('14.10', snippet)
def snippet():
    v = list(range(8))
    del v[Idx(1):5]
    show(v)

run('14.11', snippet)
def snippet():
    show(methodcaller(1)((1, 0, -1e-5, [[]])))

run('14.12', snippet)
def snippet():
    try:
        int.bar
    except BaseException as e:
        show(e, e.args, getattr(e, 'name', 0), getattr(e, 'path', 0))
    x = 1

run('14.13', snippet)
def snippet():
    show(methodcaller('split', 'a')(1e16))

run('14.14', snippet)
def snippet():
    show(float('+651190.6182e-300'))

run('14.15', snippet)
def snippet():
    show(([1, 2, 3])[16:-1])

run('14.16', snippet)
def snippet():
    v = [(0, list[int], bytes(3)), '²']
    v[-1] %= range(-7, -7, 0)
    show(v)

run('14.17', snippet)
def snippet():
    v = {1, 2, 3}
    show(v.clear())
    show(v)

run('14.18', snippet)
def snippet():
    v = deque(range(6))
    v[:] = [range(2**63)]
    show(v)

run('14.19', snippet)
def snippet():
    show(iter(list(range(8))))

run('15.0', snippet)
def snippet():
    v = deque()
    show(v.insert())
    show(v)

run('15.1', snippet)
def snippet():
    show(Seq(-2, slice(None), {}, *['b', 'a', 'C']))

run('15.2', snippet)
def snippet():
    match set([(1, 2), 'def', -2]):
        case float(x) if True:
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case b'x':
            show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})
        case other:
            show('other', other)

run('15.3', snippet)
def snippet():
    e = UnicodeDecodeError('utf-8', b'ab\xff', 2, 3, 'bad')
    show(e.__reduce__())

run('15.4', snippet)
def snippet():
    def f(n=0, m=1):
        del m
    show(f(-7, -2))

run('15.5', snippet)
def snippet():
    v = SetSub({1})
    try:
        show(v.intersection_update(257))
    except Exception as e:
        explain(e)
    try:
        show(v.add())
    except Exception as e:
        explain(e)
    try:
        show(v.union({1, 2, 3}, range(0, 16)))
    except Exception as e:
        explain(e)
    try:
        show(v.issuperset(set(range(6))))
    except Exception as e:
        explain(e)
    show(v)

run('15.6', snippet)
def snippet():
    def f(n=0, m=1):
        raise KeyError('k') from SystemExit(3)
    show(f())

run('15.7', snippet)
def snippet():
    show((round(100.0, len, n=b'abc' * 3)) >> ((b'aXbXc' if {'def': {*['inf']}, '٣': [0] * 4, -2: [16, 7]} else 5)))

run('15.8', snippet)
def snippet():
    v = list(range(8))
    v[2**63] = 3
    show(v)

run('15.11', snippet)
def snippet():
    v = OrderedDict(a=1, b=2)
    try:
        show(v.fromkeys(range(5)))
    except Exception as e:
        explain(e)
    try:
        show(v.popitem())
    except Exception as e:
        explain(e)
    try:
        v['ﬁx'] = 'äöüß'
    except Exception as e:
        explain(e)
    show(v)

run('15.12', snippet)
def snippet():
    show((enumerate('ab')) < (Bad()))

run('15.13', snippet)
def snippet():
    show(dict((f'{x!r:>3}' for x in ('a', 'b') for y in (x, x))))

run('15.15', snippet)
def snippet():
    show(any(b'a'))

run('15.16', snippet)
def snippet():
    show(itertools.count(ValueError('v'), 3))

run('15.17', snippet)
def snippet():
    show((lambda *a: len(a))())

run('15.18', snippet)
def snippet():
    v = deque([1, 2, 3], 4)
    try:
        show(v.index(-1))
    except Exception as e:
        explain(e)
    try:
        show(v.remove(2))
    except Exception as e:
        explain(e)
    show(v)

run('15.19', snippet)
def snippet():
    v = [2.5, b'\t\x0b']
    v[0] /= range(2**64, 2**64+3)
    show(v)

run('16.0', snippet)
def snippet():
    show(complex(255, complex('inf')))

run('16.1', snippet)
finish()

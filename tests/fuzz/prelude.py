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
            # The docstrings of builtin types are our own.
            text = repr(value if name != 'mappingproxy' else {k: v for k, v in value.items() if k != '__doc__'})
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


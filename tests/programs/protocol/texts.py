# repr, str, ascii, format and % of everything.
import sys


def rc(o):
    return sys.getrefcount(o) - 2


def alloc(l):
    return (sys.getsizeof(l) - 56) // 8


def view(d, k):
    return [d.keys, d.values, d.items][k]()


def make(c, *a):
    return c(*a)


def show(f):
    try:
        r = f()
        print(repr(r), str(r))
    except BaseException as e:
        print('!', repr(e), '|', str(e))
class R:
    def __repr__(self): return '<R>'
class S:
    def __str__(self): return '<S>'
class RS(R, S): pass
class BadR:
    def __repr__(self): return 5
class BadS:
    def __str__(self): return 5
class F:
    def __format__(self, spec): return 'F[%s]' % spec
class BadF:
    def __format__(self, spec): return 5
show(lambda: [R(), [R(), {'a': R()}], (R(),), {1: (R(), R())}])
show(lambda: RS())
show(lambda: BadR())
show(lambda: [BadR()])
show(lambda: str(BadS()))
l = [1]; l.append(l) if False else None
l += [l]
show(lambda: l)
d = {}
d['d'] = d
d['l'] = [d, l]
show(lambda: d)
show(lambda: view(d, 1))
show(lambda: ())
show(lambda: (1,))
show(lambda: [])
show(lambda: {})
show(lambda: set(()))
show(lambda: frozenset({1}))
show(lambda: set([R()]))
show(lambda: {1, 'a'} == {'a', 1})
show(lambda: view({1: 'a', 2: R()}, 0))
show(lambda: view({1: 'a', 2: R()}, 1))
show(lambda: view({1: 'a', 2: R()}, 2))
show(lambda: range(0, 5, 1))
show(lambda: range(0, 5, 2))
show(lambda: K()[1:2])
class K:
    def __getitem__(self, k): return k
show(lambda: K()[1:2])
show(lambda: K()[R()::'a'])
show(lambda: ...)
show(lambda: None)
show(lambda: NotImplemented)
show(lambda: 1.0)
show(lambda: 1e16)
show(lambda: 1j)
show(lambda: -0.0)
show(lambda: 10 ** 25)
show(lambda: True)
show(lambda: 'it\'s')
show(lambda: 'a\n\x00é\u20ac\ud800')
show(lambda: b'a\n\xff')
show(lambda: bytearray(b'a'))
show(lambda: int)
show(lambda: K)
show(lambda: ValueError)
show(lambda: len)
show(lambda: make(ValueError))
show(lambda: make(ValueError, 'x'))
show(lambda: make(ValueError, 'x', R()))
show(lambda: make(KeyError, 'x'))
show(lambda: make(KeyError, 'x', 'y'))
show(lambda: make(KeyError))
show(lambda: make(OSError, 2, 'No such file'))
show(lambda: make(OSError, 2, 'No such file', 'f.txt'))
show(lambda: make(OSError, 2, 'No such file', 'f.txt', None, 'g.txt'))
show(lambda: make(OSError, 'x'))
show(lambda: make(StopIteration, 5))
show(lambda: make(SystemExit, 5))
show(lambda: make(ImportError, 'x'))
show(lambda: make(SyntaxError, 'bad', ('a/f.py', 3, 1, 'x', 3, 2)))
show(lambda: make(SyntaxError, 'bad'))
show(lambda: make(UnicodeDecodeError, 'utf-8', b'a\xff', 1, 2, 'why'))
show(lambda: make(UnicodeDecodeError, 'utf-8', b'a\xff', 0, 2, 'why'))
show(lambda: make(UnicodeEncodeError, 'ascii', 'a\xff', 1, 2, 'why'))
show(lambda: make(UnicodeEncodeError, 'ascii', 'a\u20ac', 1, 2, 'why'))
show(lambda: make(ExceptionGroup, 'msg', [ValueError(1)]))
show(lambda: ascii('é€𝄞'))
show(lambda: ascii([R(), 'é']))
show(lambda: format(255, '#x'))
show(lambda: format(1.5, '08.3f'))
show(lambda: format('ab', '>5'))
show(lambda: format(True))
show(lambda: format(True, 'd'))
show(lambda: format(1j, '.2f'))
show(lambda: format([], 'd'))
show(lambda: format([1]))
show(lambda: format(R()))
show(lambda: format(R(), 'x'))
show(lambda: format(F(), 'x'))
show(lambda: format(BadF(), 'x'))
show(lambda: format(1, 's'))
show(lambda: f'{R()!r:>6}|{S()}|{1.5:.2f}|{"a"!a}')
show(lambda: '%d %s %r %5.2f|%-5s|%05d|%x|%c' % (3, R(), 'a', 2.5, 'ab', 42, 255, 'z'))
show(lambda: '%(a)s %(b)d' % {'a': R(), 'b': 5})
show(lambda: '%s %s' % 1)
show(lambda: '%s' % (1, 2))
show(lambda: '%d' % 'a')
show(lambda: '%x' % 1.5)
show(lambda: '%d' % 1.9)
show(lambda: '%f' % 'a')
show(lambda: '%*d' % (5, 3))
show(lambda: '%*d' % ('a', 3))
show(lambda: '%(a)s' % 5)
show(lambda: '%q' % 5)
show(lambda: '%' % 5)
show(lambda: '%%' % ())
show(lambda: 'a' % 5)
show(lambda: 'a' % {})
show(lambda: 'a' % [1])
show(lambda: b'%d %s %b %a' % (1, b'a', b'c', 'é'))
show(lambda: b'%s' % 'a')
class It:
    def __int__(self): return 7
    def __float__(self): return 2.5
    def __index__(self): return 9
show(lambda: '%d %x %f' % (It(), It(), It()))
class SI(int): pass
show(lambda: SI(5))
class E2(ValueError):
    def __str__(self): return 'custom'
show(lambda: E2(1))
class E3(KeyError): pass
show(lambda: E3('k'))
def deep(n):
    x = []
    for i in range(0, n, 1): x = [x]
    return x
show(lambda: len(repr(deep(100))))
show(lambda: repr(deep(2000)))
show(lambda: deep(2000) == deep(2000))
show(lambda: deep(100) == deep(100))

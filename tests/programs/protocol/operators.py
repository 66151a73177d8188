# Operators: who is asked, in which order, and what is said when nobody answers.
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
        print(repr(r))
    except BaseException as e:
        print('!', repr(e), '|', str(e))
class A:
    def __init__(self, n): self.n = n
    def __add__(self, o): print('add', self.n); return NotImplemented
    def __radd__(self, o): print('radd', self.n); return NotImplemented if self.n == 0 else ('r', self.n)
    def __eq__(self, o): print('eq', self.n); return NotImplemented
    def __lt__(self, o): print('lt', self.n); return True
    def __hash__(self): print('hash', self.n); return 5
    def __repr__(self): return 'A(%d)' % self.n
class B(A):
    def __radd__(self, o): print('B.radd'); return 'B'
class C(A): pass
show(lambda: A(1) + A(2))
show(lambda: A(1) + B(2))
show(lambda: A(1) + C(2))
show(lambda: A(1) + 5)
show(lambda: 5 + A(1))
show(lambda: 5 + A(0))
show(lambda: [] + A(1))
show(lambda: [] + A(0))
show(lambda: 'a' + A(0))
show(lambda: 3 * [1, 2])
show(lambda: [1] * A(0))
show(lambda: 7 // -2)
show(lambda: (-7) % 2)
show(lambda: 2 ** 100)
show(lambda: 2 ** -1)
show(lambda: (-8) ** 0.5)
show(lambda: 10 ** 400 / 10 ** 399)
show(lambda: 1 / 0)
show(lambda: 1 // 0)
show(lambda: 1 % 0)
show(lambda: 1.0 / 0)
show(lambda: 1.0 // 0)
show(lambda: 1.0 % 0)
show(lambda: 2.0 ** 10000)
show(lambda: 1 << -1)
show(lambda: 1 << 100)
show(lambda: -1 >> 100)
show(lambda: True + True)
show(lambda: True & False)
show(lambda: True | 2)
show(lambda: 1j * 1j)
show(lambda: 1j / 0)
show(lambda: 1j // 1)
show(lambda: ~5)
show(lambda: -True)
show(lambda: +1.5)
show(lambda: -'a')
show(lambda: ~1.5)
show(lambda: abs(-5))
show(lambda: abs(3+4j))
show(lambda: abs('a'))
show(lambda: divmod(7, -2))
show(lambda: divmod(7.5, 2))
show(lambda: divmod(7, 'a'))
show(lambda: divmod(1, 0))
show(lambda: pow(3, -2, 7))
show(lambda: pow(2, 3, 'a'))
show(lambda: pow(2.0, 3, 4))
show(lambda: pow(2, 10))
show(lambda: 1 + 'a')
show(lambda: 'a' + 1)
show(lambda: [] + 1)
show(lambda: () + [])
show(lambda: b'a' + 1)
show(lambda: b'a' + b'b')
show(lambda: {} + {})
show(lambda: 2 ** 'a')
show(lambda: print >> 5)
show(lambda: len >> 5)
show(lambda: 'ab' * 3)
show(lambda: 'ab' * -1)
show(lambda: 'ab' * 1.5)
show(lambda: 'ab' * 2 ** 62)
show(lambda: [1] * 2 ** 62)
show(lambda: 'ab' * 10 ** 30)
show(lambda: 1 @ 2)
show(lambda: {1, 2} | {3})
show(lambda: {1, 2} & {2, 3})
show(lambda: {1, 2} - {2})
show(lambda: {1, 2} ^ {2, 3})
show(lambda: {1} | [1])
show(lambda: frozenset({1, 2}) | {5})
show(lambda: {'a': 1} | {'b': 2})
show(lambda: {'a': 1} | 5)
show(lambda: view({1: 2}, 0) & [1, 5])
show(lambda: view({1: 2}, 0) | [1, 5])
show(lambda: view({1: 2}, 0) - [1, 5])
show(lambda: view({1: 2}, 2) ^ {(1, 2), 5})
show(lambda: {1, 9} - view({1: 2}, 0))
show(lambda: int | None)
show(lambda: int | str | int)
show(lambda: None | int)
show(lambda: int | 5)
show(lambda: list[int] | None)
show(lambda: list[int, str])
show(lambda: dict[str, list[int]])
show(lambda: int[0])
show(lambda: tuple[()])
show(lambda: type[0])
def ip(op, a, b):
    x = a
    try:
        if op == 0: a += b
        elif op == 1: a *= b
        elif op == 2: a |= b
        elif op == 3: a -= b
        elif op == 4: a &= b
        elif op == 5: a ^= b
        elif op == 6: a **= b
        elif op == 7: a @= b
        print(repr(a), a is x)
    except BaseException as e:
        print('!', repr(e))
def gen():
    yield 1
    yield 2
ip(0, [1], [2])
ip(0, [1], gen())
ip(0, [1], 'ab')
ip(0, [1], {3: 4})
ip(0, [1], 5)
ip(0, [1], A(1))
ip(1, [1, 2], 2)
ip(1, [1, 2], 0)
ip(1, [1, 2], 'a')
ip(2, {1}, {2})
ip(2, {1}, [2])
ip(3, {1, 2}, {2})
ip(4, {1, 2}, {2})
ip(5, {1, 2}, {2, 3})
ip(2, {1: 2}, {3: 4})
ip(2, {1: 2}, [(3, 4), 'ab'])
ip(2, {1: 2}, [(3, 4, 5)])
ip(2, {1: 2}, [5])
ip(2, {1: 2}, 5)
ip(0, 1, 'a')
ip(0, (1,), (2,))
ip(0, (), [])
ip(6, 2, 'a')
ip(7, 1, 2)
ip(3, None, 1)
ip(0, 'a', 1)
ip(0, bytearray(b'a'), b'bc')
ip(0, bytearray(b'a'), 1)
class I:
    def __iadd__(self, o): print('iadd'); return 77
    def __index__(self): print('index'); return 2
ip(0, I(), 1)
show(lambda: [1, 2, 3][I()])
show(lambda: [1] * I())
show(lambda: 'abc'[I()])
show(lambda: [1, 2, 3, 4][I():])
class L(list):
    def __add__(self, o): print('L.add'); return 'L'
ip(0, L(), [1])

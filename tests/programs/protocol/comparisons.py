# Comparisons, membership and hashes of all pairs of builtin types.
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
class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        print('eq', self.n, getattr_n(o)); return self.n == getattr_n(o)
    def __hash__(self): print('hash', self.n); return self.n % 4
    def __repr__(self): return 'E%d' % self.n
def getattr_n(o):
    try: return o.n
    except AttributeError: return o
class N:
    __hash__ = None
class O: pass
for a in (1, 2.0, 10**30, 'a', 'b', b'a', None, [1], (1, 2), {1}, {1: 2}, True, 1j, range(0, 3, 1), bytearray(b'a')):
    for b in (1, 2.0, 10**30, 'a', b'a', None, [1], [2], (1, 2), (1, 3), {1, 2}, {1: 2}, {1: 3}, 1j, range(0, 3, 1), O):
        for op in (0, 1, 2, 3, 4, 5):
            try:
                if op == 0: r = a < b
                elif op == 1: r = a <= b
                elif op == 2: r = a == b
                elif op == 3: r = a != b
                elif op == 4: r = a > b
                else: r = a >= b
                print(r)
            except TypeError as e: print(e)
show(lambda: [E(1), E(2)] == [E(1), E(3)])
show(lambda: (E(1), E(2)) < (E(1), E(3)))
show(lambda: {1: E(1)} == {1: E(1)})
show(lambda: {E(1): 1} == {E(1): 1})
show(lambda: {E(1), E(2)} == {E(2), E(1)})
show(lambda: {E(1), E(2)} <= {E(2), E(1), E(6)})
show(lambda: E(1) in [E(2), E(1)])
show(lambda: E(1) in {E(5): 1, E(1): 2})
show(lambda: {E(5): 1, E(1): 2}[E(1)])
show(lambda: {E(5): 1, E(1): 2}[E(9)])
show(lambda: E(2) in view({1: E(2)}, 1))
show(lambda: (1, E(2)) in view({1: E(2)}, 2))
show(lambda: 1 in E(1))
show(lambda: 'a' in 'bab')
show(lambda: 5 in 'bab')
show(lambda: b'a' in b'bab')
show(lambda: 97 in b'bab')
show(lambda: 300 in b'bab')
show(lambda: 'a' in b'b')
show(lambda: 5 in range(0, 10, 5))
show(lambda: 5 in range(0, 10, 3))
show(lambda: 5.0 in range(0, 10, 5))
show(lambda: {1} in {frozenset({1})})
show(lambda: {1} in {1: 2})
show(lambda: [] in {1})
show(lambda: 5 in 7)
show(lambda: hash([]))
show(lambda: hash({}))
show(lambda: hash({1}))
show(lambda: hash(N()))
show(lambda: hash((1, [])))
show(lambda: hash((1, E(2))))
show(lambda: hash((1, 2.0, 'a')) == hash((1.0, 2, 'a')))
show(lambda: hash((1, 2.5)))
show(lambda: hash(10**30))
show(lambda: hash(1.5))
show(lambda: hash(1j))
show(lambda: hash(frozenset({1, 2, 3})))
show(lambda: hash(range(0, 10, 2)) == hash(range(0, 9, 2)))
show(lambda: hash(-1))

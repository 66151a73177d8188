# How many references operands have while a special method runs.
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
    def __init__(self, n, h=None): self.n = n; self.h = n if h is None else h
    def __eq__(self, o):
        print('eq', self.n, 'rc', rc(self), rc(o))
        return self.n == o.n
    def __hash__(self): print('hash', self.n, 'rc', rc(self)); return self.h
    def __repr__(self): print('rc', rc(self)); return 'E%d' % self.n
    def __add__(self, o): print('add rc', rc(self), rc(o)); return NotImplemented
    def __radd__(self, o): print('radd rc', rc(self), rc(o)); return 5
    def __lt__(self, o): print('lt rc', rc(self), rc(o)); return self.n < o.n
    def __bool__(self): print('bool rc', rc(self)); return True
    def __len__(self): print('len rc', rc(self)); return 2
    def __contains__(self, o): print('contains rc', rc(self), rc(o)); return True
    def __getitem__(self, o): print('getitem rc', rc(self), rc(o)); return True
    def __setitem__(self, o, v): print('setitem rc', rc(self), rc(o), rc(v)); return True
    def __delitem__(self, o): print('delitem rc', rc(self), rc(o)); return True
    def __iadd__(self, o): print('iadd rc', rc(self), rc(o)); return self
    def __neg__(self): print('neg rc', rc(self)); return 1
    def __index__(self): print('index rc', rc(self)); return 1
    def __format__(self, s): print('format rc', rc(self)); return 'f'
    def __str__(self): print('str rc', rc(self)); return 's'
class F(E):
    def __radd__(self, o): print('F.radd rc', rc(self), rc(o)); return 6
class G:
    def __add__(self, o): print('G.add rc', rc(self), rc(o)); return NotImplemented
def main():
    a, b, c = E(1), E(2), F(3)
    g = G()
    print(g + a)
    print(a + c)
    print(g + 5 if False else 0)
    print(a == b)
    print(a != b)
    print(a < b)
    print(a > b)
    print(not a)
    if a: print('yes')
    print(len(a))
    print(g in a)
    a[g]
    a[g] = b
    del a[g]
    a += g
    -a
    [1, 2, 3][a]
    [1] * a
    x = [10, 20, 30]
    x[a] = 5
    del x[a]
    x[a:]
    d = {a: 1}
    print('d')
    d[b] = 2
    print('e')
    k = E(9, 1)
    print(k in d)
    print(d[a])
    d[k] = g
    d[k] = 5
    del d[k]
    s = {a, b}
    print('s')
    print(k in s)
    s2 = {k, a}
    print('cmp')
    print([a, b] == [E(1), b])
    print((a, b) == (E(1), b))
    print([a, b] < [b, a])
    print(a in [b, k])
    print(repr([a, {1: b}, (c,)]))
    print(f'{a} {b!r} {c!s}')
    print('%s %r' % (a, b))
    print(hash((a, b)))
    print({1: a} == {1: b})
    print(s == s2)
    print(s | s2)
    print(s & s2)
    print(s - s2)
    list(i for i in [a])
    print(set([a, E(1)]))
    y = []
    y += (i for i in [a, b])
    print(rc(a), rc(b), rc(g))
    m = {}
    m |= [(a, b)]
    print(rc(a), rc(b), rc(g), rc(k), rc(c))
main()
class Boom:
    def __init__(self, n): self.n = n
    def __eq__(self, o): raise ValueError(self.n)
    def __hash__(self): return 1
    def __repr__(self): raise ValueError('repr')
    def __bool__(self): raise ValueError('bool')
    def __add__(self, o): raise ValueError('add')
    def __len__(self): raise ValueError('len')
    def __index__(self): raise ValueError('index')
    def __iter__(self): yield 1; raise ValueError('iter')
def main2():
    a, b = Boom(1), Boom(2)
    show(lambda: a == b)
    show(lambda: [a] == [b])
    show(lambda: {a: 1}[b])
    show(lambda: {a, b})
    show(lambda: {a: 1, b: 2})
    show(lambda: b in [a])
    show(lambda: [1, [a]])
    show(lambda: [1, [a]])
    show(lambda: {1: a})
    show(lambda: not a)
    show(lambda: a + b)
    show(lambda: a + 1)
    show(lambda: [1] * a)
    show(lambda: [1][a])
    show(lambda: list(a))
    show(lambda: set(a))
    show(lambda: 5 in a)
    show(lambda: {1: a} == {1: b})
    show(lambda: '%s' % a)
    show(lambda: '%d' % a)
    x = [1, 2]
    try: x += a
    except ValueError as e: print(e, x)
    try: x[0:1] = a
    except ValueError as e: print(e, x)
    print(rc(a), rc(b))
main2()
class P:
    def __eq__(self, o): return [1]
    def __lt__(self, o): return 'lt'
print(P() == 1, P() != 1, P() < 1, 1 > P(), 1 == P())
class Q:
    def __eq__(self, o): return NotImplemented
print(Q() == 1, Q() != 1)
class V(int):
    def __radd__(self, o): return 'radd'
print(1 + V(2), V(1) + 2, V(1) + V(2), V(5) == 5, V(5) < 6, hash(V(5)))
class T:
    def __getattr__(self, n): print('getattr', n); raise AttributeError
show(lambda: T() + 1)
show(lambda: len(T()))
class H:
    def __init__(self, n): self.n = n
    def __eq__(self, o): print('eq', self.n, o.n, rc(self), rc(o)); return self.n == o.n
    def __hash__(self): print('hash', self.n); return 1
    def __repr__(self): return 'H%d' % self.n
def hs(*a): return set(a)
def main3():
    a, b, c, d = H(1), H(2), H(3), H(1)
    x, y = hs(a, b), hs(c, d)
    print('-or'); print(x | y)
    print('-and'); print(x & y)
    print('-sub'); print(x - y)
    print('-xor'); print(x ^ y)
    print('-ior'); z = hs(a); z |= y; print(z)
    print('-iand'); z = hs(a, b); z &= y; print(z)
    print('-isub'); z = hs(a, b); z -= y; print(z)
    print('-ixor'); z = hs(a, b); z ^= y; print(z)
    print('-m'); print(x.union(y), x.intersection(y), x.difference(y), x.symmetric_difference(y))
    print(x.issubset(y), x.issuperset(y), x.isdisjoint(y))
    print('-d'); print({a: 1} | {d: 2, b: 3})
    e = {b: 1}; e |= {d: 1}; print(e); e.update({a: 5}); print(e)
    print({**e, c: 2}, {**{}, **e})
    print(rc(a), rc(b), rc(c), rc(d))
main3()
import sys
def dsizes():
    out = []
    for k in (0, 1, 5, 6, 10, 11, 21, 22, 50):
        for m in (0, 1, 5, 6, 11, 22):
            d = {i: i for i in range(k)}
            d.update({i + 100: 1 for i in range(m)})
            out.append(sys.getsizeof(d))
            d = {str(i): i for i in range(k)}
            d |= {i + 100: 1 for i in range(m)}
            out.append(sys.getsizeof(d))
            out.append(sys.getsizeof({**d}))
    return out
print(dsizes())

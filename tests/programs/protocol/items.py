# Items, slices, lengths, and how lists grow.
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
class K:
    def __getitem__(self, k): return ('get', k)
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __len__(self): print('len'); return 3
    def __contains__(self, x): print('in', x); return []
class S:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
class NC:
    __contains__ = None
class BadLen:
    def __len__(self): return -1
class BadLen2:
    def __len__(self): return 'a'
class BadBool:
    def __bool__(self): return 1
class GB:
    def __bool__(self): print('bool'); return False
show(lambda: K()[1])
show(lambda: K()[1:2, ...])
show(lambda: len(K()))
show(lambda: bool(K()))
show(lambda: 5 in K())
show(lambda: 10 in S())
show(lambda: 11 in S())
show(lambda: list(S()))
show(lambda: 5 in NC())
show(lambda: len(BadLen()))
show(lambda: bool(BadLen()))
show(lambda: len(BadLen2()))
show(lambda: bool(BadBool()))
show(lambda: bool(GB()))
show(lambda: not GB())
show(lambda: len(5))
show(lambda: len('abc'))
show(lambda: len(range(0, 10, 3)))
show(lambda: bool(0.0))
show(lambda: bool(''))
show(lambda: bool({}))
show(lambda: bool(range(0, 0, 1)))
show(lambda: 'a'['x'])
show(lambda: 'a'[1.5])
show(lambda: [1]['x'])
show(lambda: (1,)['x'])
show(lambda: b'a'['x'])
show(lambda: range(0, 3, 1)['x'])
show(lambda: 'a'[5])
show(lambda: b'a'[5])
show(lambda: range(0, 3, 1)[5])
show(lambda: range(0, 10, 3)[-1])
show(lambda: range(0, 10, 3)[::-1])
show(lambda: range(0, 10, 3)[1:])
show(lambda: [1][5])
show(lambda: (1,)[-2])
show(lambda: [1][10**30])
show(lambda: 1[0])
show(lambda: 'abcdef'[1:4])
show(lambda: 'abcdef'[::-1])
show(lambda: 'abcdef'[4:0:-2])
show(lambda: 'abcdef'[10**30:])
show(lambda: [1, 2, 3, 4][1:3])
show(lambda: (1, 2, 3, 4)[::2])
show(lambda: b'abc'[::-1])
show(lambda: bytearray(b'abc')[1:])
show(lambda: [1][:'a'])
show(lambda: [1][::0])
show(lambda: {}['a'])
show(lambda: {}[[]])
show(lambda: {}[(1, 2)])
def do(src, x, *a):
    try:
        src(x, *a)
        print(repr(x))
    except BaseException as e:
        print('!', repr(e))
def st(x, k, v): x[k] = v
def dl(x, k): del x[k]
def ss(x, i, j, k, v): x[i:j:k] = v
def ds(x, i, j, k): del x[i:j:k]
do(st, [1, 2, 3], 1, 9)
do(st, [1, 2, 3], -1, 9)
do(st, [1, 2, 3], 5, 9)
do(st, [1, 2, 3], 'a', 9)
do(dl, [1, 2, 3], 1)
do(dl, [1, 2, 3], 7)
do(st, (1,), 0, 2)
do(dl, (1,), 0)
do(st, 'a', 0, 2)
do(dl, 'a', 0)
do(st, 1, 0, 2)
do(dl, 1, 0)
do(st, {}, 'a', 2)
do(st, {}, [], 2)
do(dl, {}, 'a')
do(dl, {'a': 1, 'b': 2}, 'a')
do(st, K(), 1, 2) if False else st(K(), 1, 2)
dl(K(), 5)
for v in ([7, 8, 9], (7,), 'xy', [], 5):
    do(ss, [1, 2, 3, 4], 1, 3, None, v)
    do(ss, [1, 2, 3, 4], None, None, 2, v)
    do(ss, [1, 2, 3, 4], 3, 1, 1, v)
    do(ss, [1, 2, 3, 4], None, None, -1, v)
do(ss, [1, 2, 3, 4], None, None, -1, [4, 3, 2, 1])
do(ds, [1, 2, 3, 4], 1, 3, None)
do(ds, [1, 2, 3, 4, 5, 6, 7], None, None, 2)
do(ds, [1, 2, 3, 4, 5, 6, 7], None, None, -3)
do(ds, [1, 2, 3, 4], None, None, None)
do(st, bytearray(b'abc'), 0, 65)
do(st, bytearray(b'abc'), 0, 300)
do(st, bytearray(b'abc'), 0, 'a')
do(st, bytearray(b'abc'), 9, 5)
do(ss, bytearray(b'abc'), 0, 1, None, b'xyz')
do(ss, bytearray(b'abc'), 0, 1, None, [65, 66])
do(ss, bytearray(b'abc'), 0, 1, None, 'xyz')
do(ss, bytearray(b'abc'), None, None, 2, b'x')
do(dl, bytearray(b'abc'), 1)
do(ds, bytearray(b'abcdef'), None, None, 2)
def sizes():
    l = []
    out = []
    for i in range(0, 40, 1):
        l.append(i); out.append(alloc(l))
    while l:
        del l[-1]; out.append(alloc(l))
    return out
show(sizes)
def sizes2():
    out = []
    for k in (0, 1, 2, 3, 5, 9, 17):
        l = []
        l += range(0, k, 1); out.append(alloc(l))
        l += [1] * k; out.append(alloc(l))
        l += (i for i in range(0, k, 1)); out.append(alloc(l))
        l *= 2; out.append(alloc(l))
        l[1:2] = [1, 2, 3]; out.append(alloc(l))
        l = l + [1]; out.append(alloc(l))
        l = l[1:]; out.append(alloc(l))
        out.append(alloc(list('abcdefghijk'[:k])))
        out.append(alloc(list(i for i in 'abcdefghijk'[:k])))
        out.append(alloc([i for i in 'abcdefghijk'[:k]]))
        out.append(alloc([*'abcdefghijk'[:k]]))
    return out
show(sizes2)
class M(dict):
    def __missing__(self, k): print('missing', k); return 'm'
m = M()
show(lambda: m['q'])
